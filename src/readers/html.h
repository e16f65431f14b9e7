// The part of the HTML reader that Markdown needs too: HTML inside.
#ifndef CQ_READERS_HTML_H
#define CQ_READERS_HTML_H

#include "text/document.h"

// Adds the blocks of the HTML at input bytes [start, end). `view` is the input, or a copy
// of the same length in which bytes that are no text for this purpose are CQ_MASKED.
void cq_html_fragment(cq_builder *b, cq_str view, uint32_t start, uint32_t end,
                      uint32_t hints);

// Stands in a view for bytes that are markup of another language. Where the input itself
// has this byte it is text.
enum { CQ_MASKED = 1 };

// Stands in the text for what is no text but has its place in a sentence: code, an image.
#define CQ_OBJECT "\xef\xbf\xbc" // U+FFFC, object replacement character

#endif
