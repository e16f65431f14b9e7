// Sentence boundaries of one block, by its tokens. Called by the tokenisers.
#ifndef CQ_TEXT_SENTENCE_H
#define CQ_TEXT_SENTENCE_H

#include "text/token.h"

typedef CQ_VEC(cq_sentence) cq_sentences;

// Appends the sentences of tokens [first, last), one block, and sets their `sentence`,
// FIRST and LAST. `starter` tells words that begin sentences (Le, The) from names.
void cq_split_sentences(cq_arena *a, cq_str text, cq_token *tokens, size_t first,
                        size_t last, uint32_t block, bool (*starter)(cq_str word),
                        cq_sentences *out);

#endif
