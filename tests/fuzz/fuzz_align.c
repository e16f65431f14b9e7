// Any two texts as article and source: links are in order, none but moved ones cross, and
// every sentence knows the one link it stands in. A 0x01 byte parts the texts, a line
// feed their blocks.
#include "base/utf8.h"
#include "source/pair.h"

#include <stdlib.h>

#define MUST(condition)                                                                  \
    do {                                                                                 \
        if (!(condition)) abort();                                                       \
    } while (0)

static cq_document *document(cq_arena *a, cq_str text)
{
    cq_document *d = CQ_NEW(a, cq_document);
    d->arena = a;
    d->source = text;
    cq_builder b;
    cq_builder_init(&b, d);
    for (size_t i = 0; i < text.n;) {
        size_t end = i;
        while (end < text.n && text.p[end] != '\n') end++;
        bool heading = text.p[i] == '#';
        cq_builder_open(&b, heading ? CQ_BLOCK_HEADING : CQ_BLOCK_PARAGRAPH, heading);
        cq_builder_verbatim(&b, (uint32_t)i, (uint32_t)end);
        cq_builder_close(&b);
        i = end + 1;
    }
    cq_builder_finish(&b);
    return d;
}

static void check(const cq_pair *p)
{
    uint32_t source = 0, target = 0, linked[2] = {0, 0}, seen[2] = {0, 0};
    for (uint32_t k = 0; k < p->links_n; k++) {
        const cq_link *l = &p->links[k];
        MUST(l->first[0] >= source);
        source = l->last[0];
        if (!l->moved) {
            MUST(l->first[1] >= target);
            target = l->last[1];
        }
        MUST(l->confidence >= 0 && l->confidence <= 1);
        for (unsigned side = 0; side < 2; side++) {
            MUST(l->first[side] < l->last[side]);
            MUST(l->last[side] <= p->sentences_n[side]);
            linked[side] += l->last[side] - l->first[side];
            for (uint32_t i = l->first[side]; i < l->last[side]; i++)
                MUST(p->sentences[side][i].link == k);
        }
    }
    for (unsigned side = 0; side < 2; side++) {
        for (uint32_t i = 0; i < p->sentences_n[side]; i++)
            seen[side] += p->sentences[side][i].link != CQ_NO_LINK;
        MUST(seen[side] == linked[side]);
    }
    MUST(p->relatedness >= 0 && p->relatedness <= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    cq_str all = {(const char *)bytes, n}, source;
    if (cq_utf8_invalid(all) != SIZE_MAX || memchr(bytes, 0, n)) return 0;
    if (!cq_str_split(&all, 1, &source)) return 0;
    cq_arena *a = cq_arena_new();
    const cq_document *target = document(a, all);
    cq_pair *p = cq_pair_new(a, document(a, source), target, NULL, "");
    check(p);
    for (uint32_t at = 0; at < target->text.n; at += 7) {
        cq_aligned found;
        if (!cq_pair_at(p, at, at + 11, &found)) continue;
        MUST(found.first < found.last && found.last <= p->sentences_n[0]);
        MUST(found.first_token < found.last_token && found.last_token <= p->english.n);
        uint32_t first, last;
        cq_str word = cq_pair_folded(p, found.first_token);
        if (cq_pair_find(p, word, found.first_token, found.last_token, &first, &last))
            MUST(first < last && last <= found.last_token);
    }
    cq_arena_free(a);
    return 0;
}
