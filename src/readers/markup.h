// HTML as a flat sequence of text and tags, with the position of each: the tokenisation
// of the HTML standard (data, RCDATA and raw text, comments, attributes), without its
// tree. One pass, no recursion, nothing allocated; whatever the bytes, every one of them
// belongs to exactly one token.
#ifndef CQ_READERS_MARKUP_H
#define CQ_READERS_MARKUP_H

#include "base/str.h"

typedef enum {
    CQ_MARKUP_TEXT,    // with character references
    CQ_MARKUP_RAW,     // content of script, style, ...: no text of the page
    CQ_MARKUP_START,   // <name ...>
    CQ_MARKUP_END,     // </name>
    CQ_MARKUP_COMMENT, // also <!DOCTYPE>, <?xml?>, CDATA marks
} cq_markup_kind;

typedef struct {
    cq_markup_kind kind;
    uint32_t start, end; // bytes of the input
    cq_str name;         // of a tag, as written
    uint32_t attributes; // of a start tag: where they begin
} cq_markup_token;

typedef struct {
    cq_str in;
    size_t at;
    cq_str raw; // the element whose raw text or RCDATA follows; n == 0: none
    bool raw_is_text;
} cq_markup;

static inline cq_markup cq_markup_of(cq_str in, size_t from)
{
    return (cq_markup){.in = in, .at = from};
}

bool cq_markup_next(cq_markup *m, cq_markup_token *t); // false at the end

// The next attribute of a start tag. *at begins as t->attributes. Name and value are
// slices of the input (the value without quotes, references not resolved).
bool cq_markup_attribute(cq_str in, const cq_markup_token *t, size_t *at, cq_str *name,
                         cq_str *value);
// A named attribute's value as it stands in the input; false when it is not there.
bool cq_markup_get(cq_str in, const cq_markup_token *t, const char *name, cq_str *value);

// The character reference at in[at] == '&': its text in UTF-8 into `out`, bytes of it in
// *n. Gives its length in the input, or 0 when it is none (then '&' is itself). In an
// attribute, a name without semicolon before a letter, digit or '=' is none.
size_t cq_markup_reference(cq_str in, size_t at, bool attribute, char out[8], size_t *n);

#endif
