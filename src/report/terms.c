// The totals of terms: renderings of all articles by term, a map and chains of indexes.
#include "report/terms.h"

#include <stdlib.h>

enum {
    RENDERINGS_MAX = 50000, // of a run, a bound on memory
    TIMES_MIN = 4,          // that a term must stand in all
};

static cq_term_total *rendering_of(cq_totals *t, const cq_term_rendering *from)
{
    cq_str term = cq_str_from(from->term), words = cq_str_from(from->words);
    uint32_t *first = cq_map_get(&t->terms, term);
    for (uint32_t i = first ? *first : 0; i; i = t->renderings.v[i - 1].next) {
        if (cq_str_eq(t->renderings.v[i - 1].words, words))
            return &t->renderings.v[i - 1];
    }
    if (t->renderings.n == RENDERINGS_MAX) return NULL;
    term = cq_str_copy(t->arena, term);
    if (!first) first = cq_map_put(&t->terms, term, NULL);
    cq_term_total *made = CQ_PUSH(t->arena, &t->renderings);
    *made = (cq_term_total){.term = term,
                            .text = cq_str_copy(t->arena, cq_str_from(from->rendering)),
                            .words = cq_str_copy(t->arena, words),
                            .next = *first};
    *first = (uint32_t)t->renderings.n;
    return made;
}

void cq_terms_add(cq_totals *t, const cq_result *r)
{
    for (size_t i = 0; i < r->terms_n; i++) {
        cq_term_total *x = rendering_of(t, &r->terms[i]);
        if (!x) return;
        x->count += r->terms[i].count;
        x->articles++;
    }
}

// Exactly one of the two words is the same.
static bool is_variant(const cq_term_total *a, const cq_term_total *b)
{
    cq_str x = a->words, y = b->words, first[2];
    cq_str_split(&x, ' ', &first[0]);
    cq_str_split(&y, ' ', &first[1]);
    return cq_str_eq(first[0], first[1]) != cq_str_eq(x, y);
}

static int by_count(const void *a, const void *b)
{
    const cq_term_total *x = *(const cq_term_total *const *)a;
    const cq_term_total *y = *(const cq_term_total *const *)b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return cq_str_cmp(x->words, y->words);
}

static cq_varied_term renderings_of(const cq_totals *t, cq_arena *a, uint32_t first)
{
    cq_varied_term out = {0};
    CQ_VEC(const cq_term_total *) all = {0};
    for (uint32_t i = first; i; i = t->renderings.v[i - 1].next) {
        *CQ_PUSH(a, &all) = &t->renderings.v[i - 1];
        out.count += t->renderings.v[i - 1].count;
    }
    if (all.n) qsort(all.v, all.n, sizeof *all.v, by_count);
    out.renderings = all.v;
    out.n = all.n;
    return out;
}

static bool varies(const cq_varied_term *v)
{
    for (size_t k = 1; k < v->n; k++) {
        if (is_variant(v->renderings[0], v->renderings[k])) return true;
    }
    return false;
}

static int by_frequency(const void *a, const void *b)
{
    const cq_varied_term *x = a, *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return cq_str_cmp(x->renderings[0]->term, y->renderings[0]->term);
}

void cq_totals_terms(const cq_totals *t, cq_arena *a, cq_varied_terms *out)
{
    for (size_t k = 0; k < t->terms.n; k++) {
        cq_varied_term v = renderings_of(t, a, t->terms.items[k].value);
        if (v.count >= TIMES_MIN && varies(&v)) *CQ_PUSH(a, out) = v;
    }
    if (out->n) qsort(out->v, out->n, sizeof *out->v, by_frequency);
}
