#include "source/literal.h"

#include <math.h>

#include "base/utf8.h"
#include "source/correspondences.h"

enum {
    WORD_BYTES = 16,     // no listed word is longer
    SENTENCE_TOKENS = 6, // of English; headings and labels leave no choice
    ITEMS_MAX = 64,      // of a link: bits of a word; what is beyond is not looked at
    MARKS_N = CQ_MARK_OTHER + 1,
    CLASSES_N = CQ_COUNT(CORRESPONDENCES) + MARKS_N,
};
_Static_assert(CLASSES_N <= UINT8_MAX, "items hold a class in a byte");

// Log odds = BIAS + WORDS * same_words + ORDER * same_order; `tests/bench/literalness`
// finds and judges them.
static const double BIAS = -121.55, WORDS = 47.18, ORDER = 90.04;
// Of those given more than 0.9, one in twenty is by people: nothing is surer than this.
static const double SURE = 0.99;

struct cq_literal {
    cq_pair *pair;
    cq_map classes[2]; // by side: folded word -> class
    uint32_t items, shared, ordered, links;
};

// What a link has of the list, in order, by class.
typedef struct {
    uint8_t v[ITEMS_MAX];
    uint32_t n;
} items;

cq_literal *cq_literal_new(cq_arena *a, cq_pair *p)
{
    cq_literal *l = CQ_NEW(a, cq_literal);
    l->pair = p;
    for (uint32_t row = 0; row < CQ_COUNT(CORRESPONDENCES); row++) {
        cq_str rest = cq_str_of(CORRESPONDENCES[row]), forms, form;
        for (unsigned side = 0; side < 2; side++) {
            if (!row) cq_map_init(&l->classes[side], a);
            cq_str_split(&rest, '|', &forms);
            while (cq_str_split(&forms, ' ', &form))
                *cq_map_put(&l->classes[side], form, NULL) = MARKS_N + row;
        }
    }
    return l;
}

// 0: not on the list.
static uint32_t class_of(const cq_literal *l, cq_side side, const cq_passage *in,
                         uint32_t token)
{
    const cq_token *t = &in->tokens[token];
    if (t->kind == CQ_TOKEN_PUNCT) {
        bool counts = t->mark == CQ_MARK_COMMA || t->mark == CQ_MARK_COLON ||
                      t->mark == CQ_MARK_SEMICOLON || t->mark == CQ_MARK_QUESTION ||
                      t->mark == CQ_MARK_DASH || t->mark == CQ_MARK_OPEN;
        return counts ? t->mark : 0;
    }
    if (t->kind != CQ_TOKEN_WORD || t->end - t->start > WORD_BYTES) return 0;
    char buf[WORD_BYTES + 1];
    cq_str folded = cq_fold_into(buf, sizeof buf, cq_token_word(in, token));
    const uint32_t *found = folded.p ? cq_map_get(&l->classes[side], folded) : NULL;
    return found ? *found : 0;
}

static void collect(const cq_literal *l, cq_side side, const cq_passage *in,
                    uint32_t first, uint32_t last, items *out)
{
    out->n = 0;
    for (uint32_t i = first; i < last && out->n < ITEMS_MAX; i++) {
        uint32_t class = class_of(l, side, in, i);
        if (class) out->v[out->n++] = (uint8_t) class;
    }
}

static uint32_t in_common(const items *a, const items *b)
{
    uint8_t left[CLASSES_N] = {0};
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->n; i++) left[a->v[i]]++;
    for (uint32_t i = 0; i < b->n; i++) {
        if (!left[b->v[i]]) continue;
        left[b->v[i]]--;
        n++;
    }
    return n;
}

// Length of the longest common subsequence, in parallel over bits (Hyyrö 2004).
static uint32_t in_order(const items *a, const items *b)
{
    uint64_t at[CLASSES_N] = {0}, unmatched = ~0ull;
    for (uint32_t i = 0; i < a->n; i++) at[a->v[i]] |= 1ull << i;
    for (uint32_t i = 0; i < b->n; i++) {
        uint64_t u = unmatched & at[b->v[i]];
        unmatched = (unmatched + u) | (unmatched - u);
    }
    return (uint32_t)__builtin_popcountll(~unmatched);
}

void cq_literal_add(cq_literal *l, const cq_passage *in)
{
    cq_pair *p = l->pair;
    for (size_t i = 0; i < in->sentences_n; i++) {
        uint32_t start = in->tokens[in->sentences[i].first].start;
        uint32_t at = cq_pair_sentence_at(p, CQ_SIDE_TARGET, start);
        const cq_link *k = cq_pair_link(p, CQ_SIDE_TARGET, at);
        if (!k || at != k->first[1] || k->confidence < 0.5f) continue;
        size_t last = i + k->last[1] - k->first[1] - 1;
        if (last >= in->sentences_n) continue; // the end of the passage cuts it
        uint32_t first = p->english.sentences[k->first[0]].first;
        uint32_t end = p->english.sentences[k->last[0] - 1].last;
        if (end - first < SENTENCE_TOKENS) continue;
        items english, french;
        collect(l, CQ_SIDE_SOURCE, &p->english, first, end, &english);
        collect(l, CQ_SIDE_TARGET, in, in->sentences[i].first, in->sentences[last].last,
                &french);
        l->items += english.n + french.n;
        l->shared += in_common(&english, &french);
        l->ordered += in_order(&english, &french);
        l->links++;
    }
}

cq_literalness cq_literal_result(const cq_literal *l)
{
    cq_literalness r = {.items = l->items, .sentences = l->links};
    if (!l->shared) return r;
    r.same_words = 2.0 * l->shared / l->items;
    r.same_order = (double)l->ordered / l->shared;
    double odds = exp(BIAS + WORDS * r.same_words + ORDER * r.same_order);
    r.probability = fmin(fmax(odds / (1 + odds), 1 - SURE), SURE);
    return r;
}
