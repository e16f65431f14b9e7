// What writers put into Markdown that md4c does not know: footnotes, admonitions and tabs
// with indented content, shortcodes of Hugo, Jekyll and WordPress, attribute lists. It is
// taken out in a copy of the same length, so that offsets stay those of the input.
#ifndef CQ_READERS_MARKDOWN_MASK_H
#define CQ_READERS_MARKDOWN_MASK_H

#include "base/arena.h"

// Content that stood indented under a line of its own; in the view it is quoted.
typedef struct {
    uint32_t start, end;
    bool footnote; // else an admonition or a tab
} cq_region;

typedef struct {
    char *view;                // the input; where it differs, the input's byte is no text
    CQ_VEC(cq_region) regions; // sorted, disjoint
} cq_mask;

// Works on in[start, ...); what is before stays as it is.
cq_mask cq_mask_markdown(cq_arena *a, cq_str in, uint32_t start);
bool cq_mask_footnote_at(const cq_mask *m, uint32_t at); // one begins there

#endif
