// Both tokenisers on any text: tokens are in order, never cut a character, leave out
// nothing but blanks, and sentences partition them. The first byte says how the rest is
// cut into blocks.
#include "base/utf8.h"
#include "text/token.h"

#include <stdlib.h>

#define MUST(condition)                                                                  \
    do {                                                                                 \
        if (!(condition)) abort();                                                       \
    } while (0)

static void check_blanks(cq_str text, size_t from, size_t to)
{
    while (from < to) MUST(cq_is_blank(cq_utf8_next(text, &from)));
    MUST(from == to);
}

static void check(const cq_document *d, const cq_passage *p)
{
    size_t t = 0, sentence = 0;
    for (size_t b = 0; b < d->blocks.n; b++) {
        cq_span span = d->blocks.v[b].text;
        uint32_t at = span.start;
        size_t first = t;
        for (; t < p->n && p->tokens[t].start < span.end; t++) {
            const cq_token *k = &p->tokens[t];
            MUST(k->start >= at && k->end > k->start && k->end <= span.end);
            MUST(((unsigned char)d->text.p[k->start] & 0xc0) != 0x80);
            check_blanks(d->text, at, k->start);
            MUST((t == first || k->start > at) == !!(k->flags & CQ_TOKEN_SPACE));
            at = k->end;
        }
        check_blanks(d->text, at, span.end);
        for (size_t from = first; from < t; sentence++) {
            MUST(sentence < p->sentences_n);
            const cq_sentence *s = &p->sentences[sentence];
            MUST(s->first == from && s->last > from && s->last <= t && s->block == b);
            for (; from < s->last; from++) {
                MUST(p->tokens[from].sentence == sentence);
                MUST((from + 1 == s->last) == !!(p->tokens[from].flags & CQ_TOKEN_LAST));
            }
        }
    }
    MUST(t == p->n && sentence == p->sentences_n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n < 1) return 0;
    cq_str text = {(const char *)bytes + 1, n - 1};
    if (cq_utf8_invalid(text) != SIZE_MAX) return 0;
    char ends_block = bytes[0] % 3 == 0 ? '\n' : bytes[0] % 3 == 1 ? '|' : '\0';
    cq_arena *a = cq_arena_new();
    cq_document d = {.arena = a, .source = text};
    cq_builder b;
    cq_builder_init(&b, &d);
    for (size_t i = 0; i < text.n;) {
        size_t end = i;
        while (end < text.n && text.p[end] != ends_block) end++;
        cq_builder_open(&b, CQ_BLOCK_PARAGRAPH, 0);
        cq_builder_verbatim(&b, (uint32_t)i, (uint32_t)end);
        cq_builder_close(&b);
        i = end + 1;
    }
    cq_builder_finish(&b);
    // A text of its exact size, so that reading past it is seen.
    char *exact = malloc(d.text.n + !d.text.n);
    memcpy(exact, d.text.p, d.text.n);
    d.text.p = exact;
    cq_passage p;
    cq_tokenize_fr(a, &d, 0, d.blocks.n, &p);
    check(&d, &p);
    cq_tokenize_en(a, &d, 0, d.blocks.n, &p);
    check(&d, &p);
    free(exact);
    cq_arena_free(a);
    return 0;
}
