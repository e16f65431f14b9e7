#include "source/wordlinks.h"

#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>

enum {
    TOKENS_MAX = 160, // of either side: longer ones are not linked
    WORDS_MAX = 6,    // of the lexicon, for one token
    SPELT_MAX = 32,   // bytes of a word that is compared by its letters
    NEAR = 3,         // tokens around, for neighbours
};

// Weights were set on sentences of tests/unit/test_wordlinks.c and then left alone.
static const float STEP_COST = 0.02f, STEPS_COST_MAX = 0.3f; // off the diagonal
static const float SUPPORT = 0.12f; // of a neighbour that is linked alike
static const float LINK_MIN = 0.3f, SLOT = 0.45f;

// What is known of a token that may be linked.
typedef struct {
    uint32_t token;
    uint32_t words[WORDS_MAX]; // of the lexicon
    size_t words_n;
    char spelt[SPELT_MAX]; // folded, without accents
    uint8_t spelt_n;
    bool number, name;
} item;

typedef struct {
    uint16_t i, j; // items
    float base, score;
} candidate;

struct cq_linker {
    cq_arena *arena;
    cq_pair *pair;
    const cq_bilingual *lexicon;
    const cq_lexicon *french;
    // Of the passage at hand.
    uint32_t passage;            // where it begins in the document; CQ_NO_LINK: none yet
    const cq_word_links **known; // by sentence of the passage
    bool *asked;
};

const cq_bilingual *cq_linker_lexicon(const cq_linker *l) { return l->lexicon; }

cq_linker *cq_linker_new(cq_arena *a, cq_pair *pair, const cq_bilingual *b,
                         const cq_lexicon *lexicon)
{
    cq_linker *l = CQ_NEW(a, cq_linker);
    *l = (cq_linker){a, pair, b, lexicon, CQ_NO_LINK, NULL, NULL};
    return l;
}

// ---- what is known of a token

static void add_word(uint32_t *out, size_t *n, size_t max, uint32_t word)
{
    for (size_t i = 0; i < *n; i++) {
        if (out[i] == word) return;
    }
    if (word && *n < max) out[(*n)++] = word;
}

size_t cq_link_english(cq_linker *l, uint32_t token, uint32_t *out, size_t max)
{
    const cq_english_lemma *lemmas;
    size_t n = 0, lemmas_n = cq_pair_lemmas(l->pair, token, &lemmas);
    for (size_t i = 0; i < lemmas_n; i++)
        add_word(out, &n, max, cq_bilingual_english(l->lexicon, lemmas[i].lemma));
    cq_str folded = cq_pair_folded(l->pair, token);
    add_word(out, &n, max, cq_bilingual_english(l->lexicon, folded));
    return n;
}

cq_str cq_link_usual(cq_linker *l, uint32_t token)
{
    enum { BY_PEOPLE = 3, IN_DICTIONARY = 4 };
    uint32_t words[WORDS_MAX], most = 0, best = 0;
    size_t n = cq_link_english(l, token, words, WORDS_MAX);
    for (size_t i = 0; i < n; i++) {
        const cq_rendering *r;
        size_t r_n = cq_bilingual_of_english(l->lexicon, words[i], &r);
        for (size_t k = 0; k < r_n; k++) {
            uint32_t weight =
                BY_PEOPLE * r[k].human + r[k].machine +
                IN_DICTIONARY * (uint32_t)__builtin_popcount(r[k].dictionaries);
            if (weight <= most) continue;
            most = weight;
            best = r[k].french;
        }
    }
    return best ? cq_bilingual_french_word(l->lexicon, best) : (cq_str){"", 0};
}

size_t cq_link_french(cq_linker *l, const cq_passage *p, uint32_t token, uint32_t *out,
                      size_t max)
{
    const cq_token *t = &p->tokens[token];
    size_t n = 0;
    if (t->lemma) {
        cq_str lemma = cq_lexicon_form(l->french, t->lemma);
        add_word(out, &n, max, cq_bilingual_french(l->lexicon, lemma));
    }
    size_t readings_n;
    const cq_reading *readings = cq_lexicon_readings(l->french, t->form, &readings_n);
    for (size_t i = 0; t->form && i < readings_n; i++) {
        cq_str lemma = cq_lexicon_form(l->french, readings[i].lemma);
        add_word(out, &n, max, cq_bilingual_french(l->lexicon, lemma));
    }
    char buf[64];
    cq_str folded = cq_fold_into(buf, sizeof buf, cq_token_word(p, token));
    if (folded.p) add_word(out, &n, max, cq_bilingual_french(l->lexicon, folded));
    return n;
}

static bool is_function(unsigned upos)
{
    return upos == CQ_DET || upos == CQ_ADP || upos == CQ_PRON || upos == CQ_AUX ||
           upos == CQ_PART || upos == CQ_CCONJ || upos == CQ_SCONJ;
}

static void spell(cq_arena *a, cq_str text, item *it)
{
    cq_str s = cq_strip_accents(a, cq_fold(a, text));
    if (s.n > SPELT_MAX) s.n = SPELT_MAX;
    memcpy(it->spelt, s.p, s.n);
    it->spelt_n = (uint8_t)s.n;
}

static bool is_linkable(const cq_token *t)
{
    return t->kind == CQ_TOKEN_WORD || t->kind == CQ_TOKEN_NUMBER ||
           t->kind == CQ_TOKEN_URL;
}

bool cq_link_content_english(cq_pair *pair, uint32_t token)
{
    const cq_token *t = &pair->english.tokens[token];
    if (!is_linkable(t) || t->kind != CQ_TOKEN_WORD) return is_linkable(t);
    const cq_english_lemma *lemmas;
    cq_pair_lemmas(pair, token, &lemmas);
    return !is_function(lemmas[0].upos);
}

static size_t english_items(cq_linker *l, cq_arena *a, const cq_word_links *w, item *out)
{
    const cq_passage *p = &l->pair->english;
    size_t n = 0;
    for (uint32_t i = w->first[0]; i < w->last[0]; i++) {
        const cq_token *t = &p->tokens[i];
        if (!cq_link_content_english(l->pair, i)) continue;
        item *it = &out[n++];
        *it = (item){.token = i, .number = t->kind == CQ_TOKEN_NUMBER};
        it->name = t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED);
        spell(a, cq_token_text(p, i), it);
        it->words_n = cq_link_english(l, i, it->words, WORDS_MAX);
    }
    return n;
}

bool cq_link_content(const cq_token *t)
{
    if (!is_linkable(t) || t->flags & CQ_TOKEN_ELIDED) return false;
    return t->kind != CQ_TOKEN_WORD || !is_function(CQ_GET_UPOS(t->morph));
}

static size_t french_items(cq_linker *l, cq_arena *a, const cq_passage *p,
                           const cq_word_links *w, item *out)
{
    size_t n = 0;
    for (uint32_t j = w->first[1]; j < w->last[1]; j++) {
        const cq_token *t = &p->tokens[j];
        if (!cq_link_content(t)) continue;
        item *it = &out[n++];
        *it = (item){.token = j, .number = t->kind == CQ_TOKEN_NUMBER};
        it->name = t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED);
        spell(a, cq_token_word(p, j), it);
        it->words_n = cq_link_french(l, p, j, it->words, WORDS_MAX);
    }
    return n;
}

// ---- how well two words go together

static float by_lexicon(const cq_bilingual *b, const item *e, const item *f)
{
    float best = 0;
    for (size_t i = 0; i < e->words_n; i++) {
        for (size_t j = 0; j < f->words_n; j++) {
            const cq_rendering *r = cq_bilingual_pair(b, e->words[i], f->words[j]);
            if (!r) continue;
            float both = sqrtf(sqrtf(r->there * r->back));
            float w = r->there > 0 ? 0.25f + 0.75f * both : 0;
            float said = r->dictionaries == 3 ? 0.7f : r->dictionaries ? 0.55f : 0;
            if (said > w) w = said;
            if (i > 1) w *= 0.95f; // by an unlikelier lemma
            if (w > best) best = w;
        }
    }
    return best;
}

// Words that look alike: names, cognates.
static float by_letters(const item *e, const item *f)
{
    size_t shorter = e->spelt_n < f->spelt_n ? e->spelt_n : f->spelt_n;
    size_t longer = e->spelt_n < f->spelt_n ? f->spelt_n : e->spelt_n, n = 0;
    while (n < shorter && e->spelt[n] == f->spelt[n]) n++;
    if (n == longer) return n > 2 || e->number || e->name ? 0.95f : 0.4f;
    if (e->number || f->number || n < 4) return 0;
    float share = (float)n / (float)longer;
    return share < 0.55f ? 0 : 0.3f + 0.5f * share;
}

static float pair_weight(const cq_bilingual *b, const item *e, const item *f)
{
    if (e->number != f->number && !(e->words_n && f->words_n)) return 0;
    float alike = by_letters(e, f);
    if (alike > 0.9f) return alike;
    float known = by_lexicon(b, e, f);
    return known > alike ? known : alike;
}

static float off_diagonal(const item *e, const item *f, const cq_word_links *w)
{
    float m = (float)(w->last[0] - w->first[0]), n = (float)(w->last[1] - w->first[1]);
    float i = (float)(e->token - w->first[0]), j = (float)(f->token - w->first[1]);
    float cost = STEP_COST * fabsf(j - i * n / m);
    return cost < STEPS_COST_MAX ? cost : STEPS_COST_MAX;
}

static const float SHARE_OWN = 0.05f, ALIKE_OWN = 0.6f;

bool cq_link_by_itself(cq_linker *l, const cq_passage *p, uint32_t english,
                       uint32_t french)
{
    item e = {.token = english}, f = {.token = french};
    e.words_n = cq_link_english(l, english, e.words, WORDS_MAX);
    f.words_n = cq_link_french(l, p, french, f.words, WORDS_MAX);
    for (size_t i = 0; i < e.words_n; i++) {
        for (size_t j = 0; j < f.words_n; j++) {
            const cq_rendering *r = cq_bilingual_pair(l->lexicon, e.words[i], f.words[j]);
            if (r && (r->dictionaries || r->there >= SHARE_OWN)) return true;
        }
    }
    spell(l->arena, cq_token_text(&l->pair->english, english), &e);
    spell(l->arena, cq_token_word(p, french), &f);
    return by_letters(&e, &f) >= ALIKE_OWN;
}

// ---- linking

static int by_score(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    if (x->i != y->i) return x->i < y->i ? -1 : 1;
    return x->j < y->j ? -1 : x->j > y->j;
}

typedef struct {
    item *items[2];
    size_t n[2];
    candidate *all;
    size_t all_n;
    uint16_t *to[2];  // by item: the item of the other side + 1, 0: none
    float *score[2];  // of that
    float *second[2]; // the best score that it would have had otherwise
} linking;

static void choose(linking *k)
{
    for (unsigned side = 0; side < 2; side++) {
        memset(k->to[side], 0, k->n[side] * sizeof *k->to[side]);
        memset(k->second[side], 0, k->n[side] * sizeof *k->second[side]);
    }
    if (k->all_n) qsort(k->all, k->all_n, sizeof *k->all, by_score);
    for (size_t c = 0; c < k->all_n; c++) {
        const candidate *x = &k->all[c];
        bool free = !k->to[0][x->i] && !k->to[1][x->j];
        if (free && x->score >= LINK_MIN) {
            k->to[0][x->i] = (uint16_t)(x->j + 1);
            k->to[1][x->j] = (uint16_t)(x->i + 1);
            k->score[0][x->i] = k->score[1][x->j] = x->score;
            continue;
        }
        if (x->score > k->second[0][x->i]) k->second[0][x->i] = x->score;
        if (x->score > k->second[1][x->j]) k->second[1][x->j] = x->score;
    }
}

// Neighbours of i whose links stand near j, at most two of them.
static float support(const linking *k, const candidate *x)
{
    unsigned found = 0;
    size_t lo = x->i > NEAR ? x->i - NEAR : 0;
    for (size_t i = lo; i < k->n[0] && i <= (size_t)x->i + NEAR; i++) {
        unsigned j = k->to[0][i];
        if (i == x->i || !j) continue;
        int gap = (int)(j - 1) - (int)x->j;
        found += gap && gap <= NEAR && gap >= -NEAR;
    }
    return SUPPORT * (float)(found > 2 ? 2 : found);
}

static void find_candidates(cq_linker *l, cq_arena *a, const cq_word_links *w, linking *k)
{
    CQ_VEC(candidate) all = {0};
    for (size_t i = 0; i < k->n[0]; i++) {
        for (size_t j = 0; j < k->n[1]; j++) {
            const item *e = &k->items[0][i], *f = &k->items[1][j];
            float base = pair_weight(l->lexicon, e, f);
            if (base <= 0) continue;
            base -= off_diagonal(e, f, w);
            *CQ_PUSH(a, &all) = (candidate){(uint16_t)i, (uint16_t)j, base, base};
        }
    }
    k->all = all.v;
    k->all_n = all.n;
}

// How sure a link is: its score, less where another would have been about as good.
static float confidence(const linking *k, size_t i)
{
    size_t j = k->to[0][i] - 1u;
    float score = k->score[0][i];
    float second = fmaxf(k->second[0][i], k->second[1][j]);
    float margin = score - second;
    if (margin < 0.15f) score -= 0.15f - margin;
    return score < 0 ? 0 : score > 1 ? 1 : score;
}

static void set_link(const linking *k, cq_word_links *w, size_t i, size_t j, float sure,
                     bool slot)
{
    uint32_t e = k->items[0][i].token, f = k->items[1][j].token;
    w->of[0][e - w->first[0]] = (cq_word_link){f, sure, slot};
    w->of[1][f - w->first[1]] = (cq_word_link){e, sure, slot};
}

// Exactly one item of each side lies between two linked neighbours (or the edges).
static void fill_slots(const linking *k, cq_word_links *w)
{
    for (size_t i = 0; i < k->n[0]; i++) {
        if (k->to[0][i]) continue;
        bool edge = i == 0, end = i + 1 == k->n[0];
        size_t before = edge ? 0 : k->to[0][i - 1];
        if (!edge && !before) continue;
        size_t j = before, after = j + 2; // as item; as item + 1
        if (j >= k->n[1] || k->to[1][j]) continue;
        if (end ? after <= k->n[1] : k->to[0][i + 1] != after) continue;
        if (k->items[0][i].number != k->items[1][j].number) continue;
        set_link(k, w, i, j, SLOT, true);
    }
}

static void link_all(cq_linker *l, cq_arena *a, const cq_passage *p, cq_word_links *w)
{
    linking k = {0};
    for (unsigned side = 0; side < 2; side++) {
        size_t tokens = w->last[side] - w->first[side];
        k.items[side] = CQ_NEWN(a, item, tokens);
        k.n[side] = side ? french_items(l, a, p, w, k.items[1])
                         : english_items(l, a, w, k.items[0]);
        k.to[side] = CQ_NEWN(a, uint16_t, tokens);
        k.score[side] = CQ_NEWN(a, float, tokens);
        k.second[side] = CQ_NEWN(a, float, tokens);
        w->of[side] = CQ_NEWN(a, cq_word_link, tokens);
        for (size_t i = 0; i < tokens; i++) w->of[side][i].other = CQ_NO_LINK;
    }
    find_candidates(l, a, w, &k);
    choose(&k);
    for (size_t c = 0; c < k.all_n; c++)
        k.all[c].score = k.all[c].base + support(&k, &k.all[c]);
    choose(&k);
    for (size_t i = 0; i < k.n[0]; i++) {
        if (k.to[0][i]) set_link(&k, w, i, k.to[0][i] - 1u, confidence(&k, i), false);
    }
    fill_slots(&k, w);
}

// ---- by passage

static uint32_t first_from(const cq_passage *p, uint32_t offset)
{
    uint32_t lo = 0, hi = (uint32_t)p->n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (p->tokens[mid].start < offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static cq_word_links *make_links(cq_linker *l, cq_arena *a, const cq_passage *p,
                                 const cq_sentence *s)
{
    const cq_pair *pair = l->pair;
    cq_aligned at;
    if (!cq_pair_at(pair, p->tokens[s->first].start, p->tokens[s->last - 1].end, &at))
        return NULL;
    const cq_pair_sentence *target = pair->sentences[CQ_SIDE_TARGET];
    cq_word_links *w = CQ_NEW(a, cq_word_links);
    w->first[0] = at.first_token;
    w->last[0] = at.last_token;
    w->first[1] = first_from(p, target[at.target_first].text.start);
    w->last[1] = first_from(p, target[at.target_last - 1].text.end);
    for (unsigned side = 0; side < 2; side++) {
        if (w->last[side] <= w->first[side]) return NULL;
        if (w->last[side] - w->first[side] > TOKENS_MAX) return NULL;
    }
    if (s->first < w->first[1] || s->last > w->last[1]) return NULL;
    link_all(l, a, p, w);
    return w;
}

const cq_word_links *cq_link_words(cq_linker *l, cq_arena *scratch, const cq_passage *p,
                                   uint32_t token)
{
    if (l->passage != p->tokens[0].start) {
        l->passage = p->tokens[0].start;
        l->known = CQ_NEWN(scratch, const cq_word_links *, p->sentences_n);
        l->asked = CQ_NEWN(scratch, bool, p->sentences_n);
    }
    uint32_t s = p->tokens[token].sentence;
    if (l->asked[s]) return l->known[s];
    cq_word_links *w = make_links(l, scratch, p, &p->sentences[s]);
    l->asked[s] = true;
    l->known[s] = w;
    // Sentences that are linked together share their links.
    for (uint32_t i = s + 1; w && i < p->sentences_n; i++) {
        if (p->sentences[i].last > w->last[1]) break;
        l->asked[i] = true;
        l->known[i] = w;
    }
    return w;
}

cq_word_link cq_link_of(const cq_word_links *w, cq_side side, uint32_t token)
{
    if (!w || token < w->first[side] || token >= w->last[side])
        return (cq_word_link){.other = CQ_NO_LINK};
    return w->of[side][token - w->first[side]];
}
