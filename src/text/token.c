// What follows from a token's flags and bytes alone.
#include "text/scan.h"

cq_str cq_token_word(const cq_passage *p, size_t i)
{
    cq_str text = cq_token_text(p, i);
    if (!(p->tokens[i].flags & CQ_TOKEN_INVERTED)) return text;
    // A block's end stands behind every token, so looking ahead is safe.
    unsigned skip = cq_hyphen((const unsigned char *)text.p);
    const unsigned char *t = (const unsigned char *)text.p + skip;
    if ((*t | 32) == 't') {
        unsigned joint = cq_hyphen(t + 1) ? cq_hyphen(t + 1) : cq_apostrophe(t + 1);
        if (joint && skip + 1 + joint < text.n) skip += 1 + joint;
    }
    return cq_str_sub(text, skip, text.n);
}
