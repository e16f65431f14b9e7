// Token queries: backtracking over a bounded number of repetitions, with a budget of
// tests.
#include "rules/match.h"

#include "base/utf8.h"
#include "rules/pattern.h"

typedef struct {
    pass *s;
    const pattern_rec *rec;
    const token_rec *tokens;
    uint32_t n, limit;
    int64_t *steps;
    cq_match_part *parts;
    uint32_t end;
} query_try;

// Folded text of a token in a buffer; empty when it is too long to be anything.
typedef struct {
    char bytes[192];
} folded;

static cq_str fold_token(const cq_passage *p, uint32_t i, folded *f)
{
    cq_str s = cq_fold_into(f->bytes, sizeof f->bytes, cq_token_word(p, i));
    return s.p ? s : cq_str_of("");
}

const cq_reading *cq_query_readings(const pass *s, const token_info *t, uint32_t i,
                                    cq_reading *guess, size_t *n)
{
    const cq_reading *r = cq_lexicon_readings(s->scan->rules->lexicon, t->form, n);
    if (*n) return r;
    *guess = (cq_reading){s->p->tokens[i].lemma, s->p->tokens[i].morph};
    *n = 1;
    return guess;
}

static const cq_reading *readings(const pass *s, uint32_t i, cq_reading *guess, size_t *n)
{
    return cq_query_readings(s, &s->info[i], i, guess, n);
}

// The lemma in context; du des au aux are first of all de and à.
static uint32_t lemma_of(const pass *s, uint32_t i)
{
    const cq_token *t = &s->p->tokens[i];
    if (!(t->flags & CQ_TOKEN_CONTRACTED)) return t->lemma;
    uint32_t flags = s->info[i].flags;
    if (flags & LIST_DE) return s->layer->v.head->de;
    if (flags & LIST_A) return s->layer->v.head->a_;
    return t->lemma;
}

static bool holds_number(const layer_view *v, uint32_t at, uint32_t n, uint32_t number)
{
    if (n > v->n[S_NUMBERS] || at > v->n[S_NUMBERS] - n) return false;
    const uint32_t *list = (const uint32_t *)v->p[S_NUMBERS] + at;
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (list[mid] < number) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < n && list[low] == number;
}

static bool field_is(const test_rec *t, uint32_t morph)
{
    if (t->shift > 31 || t->bits > 8) return false; // damaged
    uint32_t v = CQ_MORPH(morph, t->shift, t->bits);
    if (t->set) return v & t->values;
    // Value 0 is "does not apply" and is no name, but where the set of values says so.
    return v && v < 32 && t->values >> v & 1;
}

static bool lemma_in(const pass *s, const test_rec *t, uint32_t lemma)
{
    return lemma && holds_number(&s->layer->v, t->right, t->lemmas_n, lemma);
}

static bool regex_is(pass *s, const test_rec *t, cq_str text, int64_t *steps)
{
    uint32_t number = t->values - 1;
    if (number >= s->layer->v.head->regexes_n || !text.n) return false;
    if (!s->scan->matcher) s->scan->matcher = cq_regex_matcher_new(s->scan->article);
    const cq_ref *source = LAYER_AT(&s->layer->v, S_REGEXES, cq_ref, number);
    *steps -= 16; // an expression costs more than a test
    return cq_regex_full(&s->layer->regexes[number], s->scan->matcher,
                         layer_str(&s->layer->v, *source), text, steps) == CQ_REGEX_FOUND;
}

static bool flag_is(const pass *s, const test_rec *t, uint32_t i)
{
    const cq_token *k = &s->p->tokens[i];
    uint32_t f = k->flags, v;
    switch (t->flag) {
    case CQ_FLAG_CASE:
        if (k->kind != CQ_TOKEN_WORD) return false;
        v = f & CQ_TOKEN_MIXED     ? CQ_CASE_MIXED
            : f & CQ_TOKEN_UPPER   ? CQ_CASE_UPPER
            : f & CQ_TOKEN_CAPITAL ? CQ_CASE_CAPITAL
                                   : CQ_CASE_LOWER;
        break;
    case CQ_FLAG_KIND:
        v = k->kind;
        break;
    case CQ_FLAG_QUOTED:
        v = (f & CQ_TOKEN_QUOTED) != 0;
        break;
    case CQ_FLAG_KNOWN:
        v = s->info[i].form != 0;
        break;
    case CQ_FLAG_ELIDES:
        v = cq_lexicon_elides(s->scan->rules->lexicon, s->info[i].form);
        break;
    case CQ_FLAG_FIRST:
        v = (f & CQ_TOKEN_FIRST) != 0;
        break;
    case CQ_FLAG_INVERTED:
        v = (f & CQ_TOKEN_INVERTED) != 0;
        break;
    case CQ_FLAG_CONTRACTED:
        v = (f & CQ_TOKEN_CONTRACTED) != 0;
        break;
    default:
        return false;
    }
    return t->values >> v & 1;
}

static bool lemma_is(pass *s, const test_rec *t, uint32_t i, int64_t *steps)
{
    const cq_lexicon *l = s->scan->rules->lexicon;
    if (!t->any && !t->values) return lemma_in(s, t, lemma_of(s, i));
    if (!t->any) return regex_is(s, t, cq_lexicon_form(l, lemma_of(s, i)), steps);
    if (!t->values) return has_symbol(s->layer, &s->info[i], t->left);
    cq_reading guess;
    size_t n;
    const cq_reading *r = readings(s, i, &guess, &n);
    for (size_t k = 0; k < n; k++) {
        if (regex_is(s, t, cq_lexicon_form(l, r[k].lemma), steps)) return true;
    }
    return false;
}

// Does one reading pass all tests of a CQ_TEST_SAME?
static bool reading_is(pass *s, const test_rec *same, cq_reading r, int64_t *steps)
{
    for (uint32_t k = 0; k < same->right; k++) {
        uint32_t number = layer_number(&s->layer->v, S_NUMBERS, same->left + k);
        const test_rec *t = LAYER_AT(&s->layer->v, S_TESTS, test_rec, number);
        bool ok =
            t->kind == CQ_TEST_FIELD ? field_is(t, r.morph)
            : t->values
                ? regex_is(s, t, cq_lexicon_form(s->scan->rules->lexicon, r.lemma), steps)
                : lemma_in(s, t, r.lemma);
        if (!ok) return false;
    }
    return true;
}

static bool passes(pass *s, uint32_t number, uint32_t i, int64_t *steps)
{
    const test_rec *t = LAYER_AT(&s->layer->v, S_TESTS, test_rec, number);
    if (--*steps < 0) return false;
    cq_reading guess;
    size_t n;
    const cq_reading *r;
    switch (t->kind) {
    case CQ_TEST_TRUE:
        return true;
    case CQ_TEST_AND: // operands come first, so that a damaged file cannot go in circles
        return t->left < number && t->right < number && passes(s, t->left, i, steps) &&
               passes(s, t->right, i, steps);
    case CQ_TEST_OR:
        return t->left < number && t->right < number &&
               (passes(s, t->left, i, steps) || passes(s, t->right, i, steps));
    case CQ_TEST_NOT:
        return t->left < number && !passes(s, t->left, i, steps) && *steps >= 0;
    case CQ_TEST_WORD:
        if (t->values) {
            folded f;
            return regex_is(s, t, fold_token(s->p, i, &f), steps);
        }
        return has_symbol(s->layer, &s->info[i], t->left);
    case CQ_TEST_LEMMA:
        return lemma_is(s, t, i, steps);
    case CQ_TEST_FLAG:
        return flag_is(s, t, i);
    case CQ_TEST_FIELD:
        if (!t->any) return field_is(t, s->p->tokens[i].morph);
        if (t->shift == CQ_M_UPOS) return s->info[i].classes & t->values;
        r = readings(s, i, &guess, &n);
        for (size_t k = 0; k < n; k++) {
            if (field_is(t, r[k].morph)) return true;
        }
        return false;
    case CQ_TEST_SAME:
        r = readings(s, i, &guess, &n);
        for (size_t k = 0; k < n; k++) {
            if (reading_is(s, t, r[k], steps)) return true;
        }
        return false;
    default:
        return false;
    }
}

// ---- constraints ---------------------------------------------------------------------

// The values of a field as a bit set, over one reading or all; 0: not known.
static uint32_t values_of(const pass *s, const compare_side_rec *c, uint32_t i)
{
    if (c->shift > 31 || c->bits > 5) return 0;
    cq_reading guess, chosen = {0, s->p->tokens[i].morph};
    size_t n = 1;
    const cq_reading *r = c->any ? readings(s, i, &guess, &n) : &chosen;
    uint32_t out = 0;
    for (size_t k = 0; k < n; k++) {
        uint32_t v = CQ_MORPH(r[k].morph, c->shift, c->bits);
        if (v) out |= c->set ? v : 1u << v;
    }
    return out;
}

static bool lemmas_meet(const pass *s, const compare_side_rec *c, uint32_t i,
                        uint32_t lemma)
{
    if (!c->any) return lemma_of(s, i) == lemma;
    cq_reading guess;
    size_t n;
    const cq_reading *r = readings(s, i, &guess, &n);
    for (size_t k = 0; k < n; k++) {
        if (r[k].lemma == lemma) return true;
    }
    return false;
}

// 1: they share a value, 0: they do not, -1: one of them is not known.
static int sharing(const pass *s, const compare_rec *c, uint32_t i, uint32_t j)
{
    const compare_side_rec *l = &c->side[0], *r = &c->side[1];
    if (l->what == CQ_COMPARE_WORD) {
        folded fi, fj;
        cq_str a = fold_token(s->p, i, &fi), b = fold_token(s->p, j, &fj);
        return !a.n || !b.n ? -1 : cq_str_eq(a, b);
    }
    if (l->what == CQ_COMPARE_FIELD) {
        uint32_t a = values_of(s, l, i), b = values_of(s, r, j);
        return !a || !b ? -1 : (a & b) != 0;
    }
    cq_reading guess;
    size_t n;
    if (!r->any) {
        uint32_t lemma = lemma_of(s, j);
        return !lemma || !lemma_of(s, i) ? -1 : lemmas_meet(s, l, i, lemma);
    }
    const cq_reading *all = readings(s, j, &guess, &n);
    bool known = false;
    for (size_t k = 0; k < n; k++) {
        if (!all[k].lemma) continue;
        known = true;
        if (lemmas_meet(s, l, i, all[k].lemma)) return 1;
    }
    return known ? 0 : -1;
}

static bool constraints_hold(const query_try *q)
{
    const layer_view *v = &q->s->layer->v;
    cq_ref compares = search_at(q->s->layer, q->rec)->compares;
    uint32_t n = layer_count(v, S_COMPARES, compares);
    for (uint32_t k = 0; k < n; k++) {
        const compare_rec *c = LAYER_AT(v, S_COMPARES, compare_rec, compares.at + k);
        uint32_t l = c->side[0].token, r = c->side[1].token;
        if (l >= q->n || r >= q->n) continue;
        const cq_match_part *i = &q->parts[l], *j = &q->parts[r];
        if (i->first == i->last || j->first == j->last) continue; // missing
        int share = sharing(q->s, c, i->first, j->first);
        if (share != (c->equal ? 1 : 0)) return false;
    }
    return true;
}

// ---- the tokens ----------------------------------------------------------------------

static bool is_token(query_try *q, const token_rec *t, uint32_t i)
{
    --*q->steps;
    if (!has_traits(&q->s->info[i], t)) return false;
    return t->exact || passes(q->s, t->test, i, q->steps);
}

static bool match_rest(query_try *q, uint32_t e, uint32_t at)
{
    if (e == q->n) {
        q->end = at;
        return constraints_hold(q);
    }
    const token_rec *t = &q->tokens[e];
    uint32_t count = 0;
    while (count < t->max && at + count < q->limit && is_token(q, t, at + count)) {
        count++;
    }
    for (;; count--) { // as many as there are, then fewer
        if (count < t->min || *q->steps < 0) return false;
        q->parts[e] =
            (cq_match_part){.first = at, .last = at + count, .kind = CQ_ITEM_TOKEN};
        if (match_rest(q, e + 1, at + count)) return true;
        if (count == 0) return false;
    }
}

// Can the tokens that each stand once at the start of the query be there? Settles most
// tries.
static bool may_begin(const pass *s, const token_rec *tokens, uint32_t n, uint32_t start,
                      uint32_t limit)
{
    for (uint32_t i = 0; i < n && tokens[i].min == 1; i++) {
        if (start + i >= limit || !has_traits(&s->info[start + i], &tokens[i]))
            return false;
        if (tokens[i].max != 1) return true;
    }
    return true;
}

bool cq_query_at(pass *s, const pattern_rec *rec, uint32_t start, uint32_t limit,
                 int64_t *steps, cq_match_part *parts, uint32_t *end)
{
    const layer_view *v = &s->layer->v;
    uint32_t n = layer_count(v, S_TOKENS, parts_of(rec));
    if (!n || n > CQ_QUERY_TOKENS_MAX) return false;
    const token_rec *tokens = LAYER_AT(v, S_TOKENS, token_rec, rec->parts_at);
    --*steps;
    if (!may_begin(s, tokens, n, start, limit)) return false;
    query_try q = {s, rec, tokens, n, limit, steps, parts, 0};
    if (!match_rest(&q, 0, start) || q.end == start) return false;
    for (uint32_t i = 0; i < q.n; i++) {
        cq_match_part *part = &parts[i];
        const cq_token *t = s->p->tokens;
        bool there = part->first < part->last;
        part->start = t[there ? part->first : start].start;
        part->end = there ? t[part->last - 1].end : part->start;
        if (part->last - part->first == 1) {
            part->reading = (cq_reading){t[part->first].lemma, t[part->first].morph};
        }
    }
    *end = q.end;
    return true;
}
