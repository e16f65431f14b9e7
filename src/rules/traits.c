#include "rules/traits.h"

// A field of the bits: `values` of them from `at` on.
typedef struct {
    unsigned at, values;
} place;

// ORDER: none; the sum is 62.
static const place UPOS = {0, CQ_UPOS_N}, ANY_UPOS = {18, CQ_UPOS_N}, VERBFORM = {36, 4},
                   ANY_VERBFORM = {40, 4}, NUMBER = {44, 4}, CASE = {48, 5},
                   KNOWN = {53, 2}, INVERTED = {55, 2}, FIRST = {57, 2};
enum { NO_CASE = 4 }; // what is no word has none

static uint64_t bit(place p, uint32_t value) // value: below p.values
{
    return 1ull << (p.at + value);
}

static uint64_t all_of(place p) { return ((1ull << p.values) - 1) << p.at; }

static uint32_t case_of(const cq_token *t)
{
    if (t->kind != CQ_TOKEN_WORD) return NO_CASE;
    if (t->flags & CQ_TOKEN_MIXED) return CQ_CASE_MIXED;
    if (t->flags & CQ_TOKEN_UPPER) return CQ_CASE_UPPER;
    return t->flags & CQ_TOKEN_CAPITAL ? CQ_CASE_CAPITAL : CQ_CASE_LOWER;
}

uint64_t cq_traits(const cq_token *t, uint32_t upos, const cq_reading *readings, size_t n,
                   bool known)
{
    uint64_t out = (bit(UPOS, CQ_GET_UPOS(t->morph)) & all_of(UPOS)) |
                   bit(VERBFORM, CQ_GET_VERBFORM(t->morph)) |
                   bit(NUMBER, CQ_GET_NUMBER(t->morph)) | bit(CASE, case_of(t)) |
                   bit(KNOWN, known) |
                   bit(INVERTED, (t->flags & CQ_TOKEN_INVERTED) != 0) |
                   bit(FIRST, (t->flags & CQ_TOKEN_FIRST) != 0);
    out |= (uint64_t)upos << ANY_UPOS.at & all_of(ANY_UPOS);
    for (size_t i = 0; i < n; i++)
        out |= bit(ANY_VERBFORM, CQ_GET_VERBFORM(readings[i].morph));
    return out;
}

// The values of a field for which its test holds, as bits; 0: the field is not here.
static uint64_t passing(const cq_test *t, place *p)
{
    uint64_t out = 0;
    if (t->kind == CQ_TEST_FLAG) {
        bool here = true;
        if (t->flag == CQ_FLAG_CASE) {
            *p = CASE;
        } else if (t->flag == CQ_FLAG_KNOWN) {
            *p = KNOWN;
        } else if (t->flag == CQ_FLAG_INVERTED) {
            *p = INVERTED;
        } else if (t->flag == CQ_FLAG_FIRST) {
            *p = FIRST;
        } else {
            here = false;
        }
        for (uint32_t v = 0; here && v < p->values; v++) {
            if (t->values >> v & 1) out |= bit(*p, v);
        }
        return out;
    }
    if (t->shift == CQ_M_UPOS) {
        *p = t->any ? ANY_UPOS : UPOS;
    } else if (t->shift == CQ_M_VERBFORM) {
        *p = t->any ? ANY_VERBFORM : VERBFORM;
    } else if (t->shift == CQ_M_NUMBER && !t->any) {
        *p = NUMBER;
    } else {
        return 0;
    }
    for (uint32_t v = 1; v < p->values; v++) {
        if (t->set ? v & t->values : t->values >> v & 1) out |= bit(*p, v);
    }
    return out;
}

cq_trait_test cq_traits_of(const cq_test *t)
{
    cq_trait_test out = {.any = ~(uint64_t)0};
    place p;
    if (t->kind == CQ_TEST_TRUE) {
        out.exact = true;
    } else if (t->kind == CQ_TEST_NOT) {
        const cq_test *of = t->left;
        if (of->kind != CQ_TEST_FIELD && of->kind != CQ_TEST_FLAG) return out;
        out.none = passing(of, &p);
        out.exact = out.none != 0;
    } else if (t->kind == CQ_TEST_FIELD || t->kind == CQ_TEST_FLAG) {
        uint64_t pass = passing(t, &p);
        if (!pass) return out;
        out.exact = true;
        if (t->any) {
            out.any = pass;
        } else {
            out.none = all_of(p) & ~pass;
        }
    } else if (t->kind == CQ_TEST_AND) {
        cq_trait_test l = cq_traits_of(t->left), r = cq_traits_of(t->right);
        bool both = l.any != out.any && r.any != out.any; // one is asked, the other not
        out.none = l.none | r.none;
        out.any = l.any != out.any ? l.any : r.any;
        out.exact = l.exact && r.exact && !both;
    } else if (t->kind == CQ_TEST_OR) {
        out.none = cq_traits_of(t->left).none & cq_traits_of(t->right).none;
    }
    return out;
}
