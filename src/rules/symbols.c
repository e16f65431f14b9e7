// Resolving words to sets of readings, and sets to symbols.
#include "rules/symbols.h"

#include <stdlib.h>

#include "base/utf8.h"

void cq_symbols_init(cq_symbols *s, cq_arena *a, const cq_lexicon *l)
{
    *s = (cq_symbols){.a = a, .lexicon = l};
    cq_map_init(&s->by_key, a);
    for (int i = 0; i < SETS; i++) { // parts of speech: no set
        *CQ_PUSH(a, &s->sets) = (cq_elements){0};
        *CQ_PUSH(a, &s->frequency) = -1;
        *CQ_PUSH(a, &s->starts) = false;
        *CQ_PUSH(a, &s->article) = 0;
    }
}

// The text in capitals, all of them or the first of each part between hyphens.
static cq_str capitals(cq_arena *a, cq_str text, bool all)
{
    char *p = cq_alloc(a, text.n * 3 + 4);
    size_t at = 0, n = 0;
    for (bool begins = true; at < text.n;) {
        uint32_t c = cq_utf8_next(text, &at);
        n += cq_utf8_put(p + n, all || begins ? cq_to_upper(c) : c);
        begins = c == '-';
    }
    return (cq_str){p, n};
}

// The lexicon's number of a folded word, which it may know with a capital only.
static uint32_t find(const cq_symbols *s, cq_str folded)
{
    uint32_t id = cq_lexicon_find(s->lexicon, folded);
    if (!id) id = cq_lexicon_find(s->lexicon, cq_upper_first(s->a, folded));
    if (!id) id = cq_lexicon_find(s->lexicon, capitals(s->a, folded, false));
    return id;
}

void cq_symbols_exact(cq_symbols *s, cq_str folded, cq_elements *out)
{
    *CQ_PUSH(s->a, out) = (cq_element){.text = folded};
}

static void add_forms(cq_symbols *s, const char *const *forms, cq_elements *out)
{
    for (; *forms; forms++) cq_symbols_exact(s, cq_str_of(*forms), out);
}

// Words of closed classes keep these readings beside that as a lemma of another kind:
// "la" is a note, too.
static const uint32_t CLOSED = CQ_UPOS_BIT(CQ_DET) | CQ_UPOS_BIT(CQ_PRON) |
                               CQ_UPOS_BIT(CQ_ADP) | CQ_UPOS_BIT(CQ_AUX) |
                               CQ_UPOS_BIT(CQ_CCONJ) | CQ_UPOS_BIT(CQ_SCONJ);

// De and à also stand in their contractions.
static void add_contractions(cq_symbols *s, cq_str folded, cq_elements *out)
{
    static const char *const DE[] = {"du", "des", "d'", "de", NULL};
    static const char *const A[] = {"au", "aux", "à", NULL};
    if (cq_str_is(folded, "de") || cq_str_is(folded, "d'")) add_forms(s, DE, out);
    if (cq_str_is(folded, "à")) add_forms(s, A, out);
}

bool cq_symbols_word(cq_symbols *s, cq_phrase_word w, cq_elements *out, bool *verb)
{
    if (w.exact) {
        cq_symbols_exact(s, w.text, out);
        return true;
    }
    uint32_t id = find(s, w.text);
    size_t n;
    const cq_reading *r = cq_lexicon_readings(s->lexicon, id, &n);
    if (!id || !n) return false;
    bool lemma = false; // the word as written is a lemma
    for (size_t i = 0; i < n; i++) lemma = lemma || r[i].lemma == id;
    for (size_t i = 0; i < n; i++) {
        bool participle = CQ_GET_VERBFORM(r[i].morph) == CQ_PART_FORM;
        bool closed = CQ_UPOS_BIT(CQ_GET_UPOS(r[i].morph)) & CLOSED;
        if (lemma && r[i].lemma != id && !participle && !closed) continue;
        if (CQ_GET_VERBFORM(r[i].morph) == CQ_INF && r[i].lemma == id) *verb = true;
        *CQ_PUSH(s->a, out) = (cq_element){
            .lemma = r[i].lemma,
            .upos = (uint8_t)CQ_GET_UPOS(r[i].morph),
            .participle = (uint8_t)(participle ? CQ_MORPH(r[i].morph, CQ_M_TENSE, 3) : 0),
            .text = cq_str_of("")};
    }
    add_contractions(s, w.text, out);
    return true;
}

bool cq_symbols_lemma(cq_symbols *s, cq_str lemma, cq_elements *out, uint32_t *id)
{
    size_t n = 0;
    *id = cq_lexicon_find(s->lexicon, lemma);
    if (*id) cq_lexicon_forms_of(s->lexicon, *id, &n);
    if (!n) {
        *id = find(s, cq_fold(s->a, lemma));
        if (*id) cq_lexicon_forms_of(s->lexicon, *id, &n);
    }
    if (!n) return false;
    *CQ_PUSH(s->a, out) = (cq_element){.lemma = *id, .text = cq_str_of("")};
    add_contractions(s, lemma, out);
    return true;
}

static int compare(const void *a, const void *b)
{
    const cq_element *x = a, *y = b;
    if (x->lemma != y->lemma) return x->lemma < y->lemma ? -1 : 1;
    if (x->upos != y->upos) return x->upos < y->upos ? -1 : 1;
    if (x->participle != y->participle) return x->participle < y->participle ? -1 : 1;
    return cq_str_cmp(x->text, y->text);
}

uint32_t cq_symbols_of(cq_symbols *s, cq_elements *set)
{
    if (set->n) qsort(set->v, set->n, sizeof *set->v, compare);
    size_t kept = 0, size = 0;
    for (size_t i = 0; i < set->n; i++) {
        if (kept && compare(&set->v[kept - 1], &set->v[i]) == 0) continue;
        set->v[kept++] = set->v[i];
        size += 10 + set->v[i].text.n;
    }
    set->n = kept;
    char *key = cq_alloc(s->a, size + 1);
    size_t at = 0;
    for (size_t i = 0; i < kept; i++) {
        const cq_element *e = &set->v[i];
        uint32_t text_n = (uint32_t)e->text.n;
        memcpy(key + at, &e->lemma, 4);
        key[at + 4] = (char)e->upos;
        key[at + 5] = (char)e->participle;
        memcpy(key + at + 6, &text_n, 4);
        if (text_n) memcpy(key + at + 10, e->text.p, text_n);
        at += 10 + text_n;
    }
    bool fresh;
    uint32_t *number = cq_map_put(&s->by_key, (cq_str){key, at}, &fresh);
    if (fresh) {
        *number = (uint32_t)s->sets.n;
        *CQ_PUSH(s->a, &s->sets) = *set;
        *CQ_PUSH(s->a, &s->frequency) = -1;
        *CQ_PUSH(s->a, &s->starts) = false;
        *CQ_PUSH(s->a, &s->article) = 0;
    }
    return *number;
}

void cq_symbols_start(cq_symbols *s, uint32_t symbol) { s->starts.v[symbol] = true; }

uint32_t cq_symbols_article(cq_symbols *s, uint32_t symbol)
{
    if (!s->article.v[symbol]) s->article.v[symbol] = ++s->article_n;
    cq_symbols_start(s, symbol);
    return s->article.v[symbol];
}

uint64_t cq_symbols_bits(const cq_symbols *s, uint32_t symbol)
{
    enum { FEW = 6, WORDS = 64 - BITS_WORDS, LARGE = BITS_WORDS - BITS_LARGE };
    if (symbol < SETS) return class_bits(1u << symbol);
    const cq_elements *set = &s->sets.v[symbol];
    if (set->n > FEW) return 1ull << (BITS_LARGE + symbol % LARGE);
    uint64_t bits = 0;
    for (size_t i = 0; i < set->n; i++) {
        const cq_element *e = &set->v[i];
        uint64_t hash = e->lemma ? cq_hash(&e->lemma, sizeof e->lemma, 0)
                                 : cq_hash(e->text.p, e->text.n, 0);
        bits |= 1ull << (BITS_WORDS + hash % WORDS);
    }
    return bits;
}

static bool has_reading(const cq_symbols *s, uint32_t form, const cq_element *e)
{
    size_t n;
    const cq_reading *r = cq_lexicon_readings(s->lexicon, form, &n);
    for (size_t i = 0; i < n; i++) {
        if (r[i].lemma != e->lemma) continue;
        if (e->upos && CQ_GET_UPOS(r[i].morph) != e->upos) continue;
        if (e->participle && (CQ_GET_VERBFORM(r[i].morph) != CQ_PART_FORM ||
                              CQ_MORPH(r[i].morph, CQ_M_TENSE, 3) != e->participle)) {
            continue;
        }
        return true;
    }
    return false;
}

const uint32_t *cq_symbols_forms(const cq_symbols *s, const cq_element *e, size_t *n)
{
    *n = 0;
    if (e->lemma) {
        size_t all;
        const uint32_t *forms = cq_lexicon_forms_of(s->lexicon, e->lemma, &all);
        uint32_t *out = CQ_NEWN(s->a, uint32_t, all + 1);
        for (size_t i = 0; i < all; i++) {
            if (has_reading(s, forms[i], e)) out[(*n)++] = forms[i];
        }
        return out;
    }
    // A token takes the form it finds first: as it stands, lower case, one capital. So
    // each spelling that folds to this text is to be there ("pays-bas", "Pays-bas",
    // "PAYS-BAS", "Pays-Bas").
    uint32_t *out = CQ_NEWN(s->a, uint32_t, 4);
    const cq_str spellings[] = {e->text, cq_upper_first(s->a, e->text),
                                capitals(s->a, e->text, true),
                                capitals(s->a, e->text, false)};
    for (size_t i = 0; i < CQ_COUNT(spellings); i++) {
        uint32_t id = cq_lexicon_find(s->lexicon, spellings[i]);
        if (id && (*n == 0 || out[*n - 1] != id)) out[(*n)++] = id;
    }
    return out;
}

// The list of frequent words has no elisions: l', d', qu' are among them.
static double form_frequency(const cq_lexicon *l, uint32_t form)
{
    unsigned f = cq_lexicon_frequency(l, form);
    return 1u << (f || !cq_str_ends(cq_lexicon_form(l, form), cq_str_of("'")) ? f : 14);
}

// The dictionary has no marks, which yet are frequent.
static double mark_frequency(cq_str text)
{
    if (cq_str_is(text, ".") || cq_str_is(text, ",")) return 1 << 15;
    bool mark = text.n && text.p[0] > ' ' && text.p[0] < 0x7f &&
                !cq_is_alpha(text.p[0]) && !cq_is_digit(text.p[0]);
    return mark || cq_str_is(text, "«") || cq_str_is(text, "»") ? 1 << 12 : 0;
}

double cq_symbols_frequency(cq_symbols *s, uint32_t symbol)
{
    double sum = 0, *known = &s->frequency.v[symbol];
    if (*known >= 0) return *known;
    const cq_elements *set = &s->sets.v[symbol];
    for (size_t i = 0; i < set->n; i++) {
        size_t n;
        const uint32_t *forms = cq_symbols_forms(s, &set->v[i], &n);
        if (!n) sum += mark_frequency(set->v[i].text);
        for (size_t k = 0; k < n; k++) {
            sum += form_frequency(s->lexicon, forms[k]);
        }
    }
    return *known = sum;
}
