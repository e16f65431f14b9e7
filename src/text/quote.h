// Which tokens stand between quotation marks.
#ifndef CQ_TEXT_QUOTE_H
#define CQ_TEXT_QUOTE_H

#include "text/token.h"

// Sets QUOTED on the tokens of a block, [first, last), that stand inside quotation marks
// of any style, nested or not; the outermost marks themselves are not inside. What is
// opened and never closed is quoted to the block's end, what is closed and never opened
// from its start: both are paragraphs of a longer quotation. Single marks must pair.
void cq_mark_quoted(cq_str text, cq_token *tokens, size_t first, size_t last);

#endif
