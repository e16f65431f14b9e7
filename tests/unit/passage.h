// For tests of what works on tokens: a passage from a literal, one paragraph a line.
#ifndef TESTS_UNIT_PASSAGE_H
#define TESTS_UNIT_PASSAGE_H

#include "base/buf.h"
#include "text/token.h"

typedef void (*tokenizer)(cq_arena *, const cq_document *, size_t, size_t, cq_passage *);

// Everything lies in `a`.
static inline cq_passage passage_of(cq_arena *a, cq_str text, tokenizer tokenize)
{
    cq_document *d = CQ_NEW(a, cq_document);
    d->arena = a;
    d->source = text;
    cq_builder b;
    cq_builder_init(&b, d);
    for (size_t i = 0; i < text.n;) {
        size_t end = i;
        while (end < text.n && text.p[end] != '\n') end++;
        cq_builder_open(&b, CQ_BLOCK_PARAGRAPH, 0);
        cq_builder_verbatim(&b, (uint32_t)i, (uint32_t)end);
        cq_builder_close(&b);
        i = end + 1;
    }
    cq_builder_finish(&b);
    cq_passage p;
    tokenize(a, d, 0, d->blocks.n, &p);
    return p;
}

// Token texts joined by '|', sentences by " / "; with `flag`, only tokens that have it.
static inline const char *joined(cq_arena *a, const cq_passage *p, unsigned flag)
{
    cq_buf b;
    cq_buf_init(&b, 1 << 20);
    for (size_t i = 0; i < p->n; i++) {
        if (flag && !(p->tokens[i].flags & flag)) continue;
        bool new_sentence =
            !flag && i && p->tokens[i].sentence != p->tokens[i - 1].sentence;
        if (b.n) cq_buf_c(&b, new_sentence ? " / " : "|");
        cq_buf_str(&b, cq_token_text(p, i));
    }
    const char *text = cq_str_c(a, cq_buf_view(&b));
    cq_buf_free(&b);
    return text;
}

#endif
