// The rendering of a term are the French words that its two words are linked to, side by
// side. One that stands out differs from the usual one in one of the two: "rectangle
// englobant" among many "cadres englobants". Where both differ, or none is usual, the
// translator may well have had reasons.
#include "checks/consistency.h"

#include "base/utf8.h"

enum {
    USES_MAX = 20000, // remembered, a bound on memory
    WORD_MAX = 40,    // bytes
    GAP_MAX = 2,      // words between the two in French: de la
    USUAL_MIN = 3,    // times
    RARE_SHARE = 2,   // the odd one stands at most once for so many of the usual
    RENDERINGS_MAX = 32,
    LISTED_MAX = 2000, // renderings of an article for the totals
};

static const float SURE = 0.5f; // of linked sentences

typedef struct {
    cq_str words[2]; // behind the first and the second word of the term
    cq_str shown;    // as the article has it
    cq_spot at;
    cq_span english;
    bool in_order; // side by side as in English
    bool name;     // a part of one: the International Court of Justice
    uint32_t next; // the term's next use + 1; 0: none
} use;

typedef struct {
    cq_map terms; // two English lemmas -> first use + 1
    CQ_VEC(use) uses;
} consistency;

void *cq_consistency_begin(cq_check_run *run)
{
    consistency *s = CQ_NEW(run->arena, consistency);
    cq_map_init(&s->terms, run->arena);
    return s;
}

// "the new version", "many people": what has no fixed rendering.
static bool is_general(cq_str word)
{
    static const char *const WORDS[] = {
        "new",    "other",  "first",   "last",     "next",      "same",      "different",
        "many",   "more",   "most",    "several",  "few",       "own",       "good",
        "great",  "big",    "small",   "large",    "little",    "long",      "high",
        "best",   "better", "certain", "such",     "single",    "various",   "whole",
        "right",  "wrong",  "real",    "full",     "main",      "key",       "specific",
        "early",  "late",   "old",     "young",    "easy",      "hard",      "previous",
        "second", "third",  "current", "possible", "important", "available", "additional",
        "top",    "bottom", "left",    "back",     "way",       "thing",     "time",
        "people", "day",    "year",    "lot",      "kind",      "sort"};
    return CQ_IN(WORDS, word);
}

static bool is_nominal(const cq_token *t)
{
    uint32_t upos = CQ_GET_UPOS(t->morph);
    return upos == CQ_NOUN || upos == CQ_ADJ || upos == CQ_PROPN || !t->form ||
           CQ_GET_VERBFORM(t->morph) == CQ_PART_FORM;
}

static bool is_word(const cq_token *t)
{
    return t->kind == CQ_TOKEN_WORD && t->end - t->start <= WORD_MAX &&
           !(t->flags & (CQ_TOKEN_DIGITS | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED));
}

// Do tokens i and i + 1 of the source make a term? *key: their lemmas.
static bool is_term(cq_check_run *run, uint32_t i, cq_str *key)
{
    cq_pair *p = run->pair;
    const cq_token *t = p->english.tokens;
    if (!is_word(&t[i]) || !is_word(&t[i + 1]) || t[i + 1].start != t[i].end + 1 ||
        !cq_link_content_english(p, i) || !cq_link_content_english(p, i + 1))
        return false;
    const cq_english_lemma *first, *second;
    if (!cq_pair_lemmas(p, i, &first) || !cq_pair_lemmas(p, i + 1, &second)) return false;
    bool modifies = first->upos == CQ_NOUN || first->upos == CQ_ADJ ||
                    cq_str_ends(cq_pair_folded(p, i), cq_str_of("ing"));
    if (!modifies || second->upos != CQ_NOUN || is_general(cq_pair_folded(p, i)) ||
        is_general(cq_pair_folded(p, i + 1)))
        return false;
    *key =
        cq_strf(run->scratch, "%.*s %.*s", CQ_PRI(first->lemma), CQ_PRI(second->lemma));
    return true;
}

// Both words are linked to words that stand side by side, with no more than "de la"
// between them. *at: first and last of them.
static bool stand_together(const cq_passage *p, uint32_t a, uint32_t b)
{
    if (a > b) {
        uint32_t c = a;
        a = b;
        b = c;
    }
    if (a == b || b - a > GAP_MAX + 1) return false;
    if (!is_nominal(&p->tokens[a]) || !is_nominal(&p->tokens[b])) return false;
    for (uint32_t k = a + 1; k < b; k++) {
        uint32_t upos = CQ_GET_UPOS(p->tokens[k].morph);
        if (upos != CQ_ADP && upos != CQ_DET) return false;
    }
    return true;
}

// By its lemma, unless it may be a verb (the tagger takes a participle for one thing here
// and for another there); of either what is left without the ending of a plural or a
// feminine.
static cq_str word_of(cq_check_run *run, const cq_passage *p, uint32_t i)
{
    const cq_token *t = &p->tokens[i];
    uint32_t upos = CQ_GET_UPOS(t->morph);
    bool by_lemma = t->lemma && (upos == CQ_NOUN || upos == CQ_ADJ) &&
                    !(t->upos & CQ_UPOS_BIT(CQ_VERB));
    cq_str word = cq_fold(run->arena, by_lemma ? cq_lexicon_form(run->lexicon, t->lemma)
                                               : cq_token_text(p, i));
    while (word.n > 3 && strchr("esx", word.p[word.n - 1])) word.n--;
    return word;
}

static bool is_part_of_name(cq_check_run *run, uint32_t english)
{
    const cq_token *e = run->pair->english.tokens;
    return e[english].flags & e[english + 1].flags & CQ_TOKEN_CAPITAL &&
           english + 2 < run->pair->english.n &&
           cq_str_is(cq_pair_folded(run->pair, english + 2), "of");
}

static void remember(cq_check_run *run, consistency *s, const cq_passage *p, cq_str key,
                     uint32_t english, const uint32_t french[2])
{
    if (s->uses.n == USES_MAX) return;
    uint32_t first = french[0] < french[1] ? french[0] : french[1];
    uint32_t last = french[0] < french[1] ? french[1] : french[0];
    const cq_token *e = run->pair->english.tokens;
    uint32_t *at = cq_map_get(&s->terms, key);
    if (!at) at = cq_map_put(&s->terms, cq_str_copy(run->arena, key), NULL);
    cq_spot spot = cq_spot_of_tokens(p, first, last + 1);
    use *u = CQ_PUSH(run->arena, &s->uses);
    *u = (use){
        .shown = cq_str_sub(p->doc->text, spot.start, spot.end),
        .at = spot,
        .english = {e[english].start, e[english + 1].end},
        .in_order = french[1] == french[0] + 1,
        .name = is_part_of_name(run, english),
        .next = *at,
    };
    for (unsigned k = 0; k < 2; k++) u->words[k] = word_of(run, p, french[k]);
    *at = (uint32_t)s->uses.n;
}

// What the two words of a term from token `english` on are linked to. Where the lexicon
// knows only one of them, the other is what stands by it on the French side and renders
// nothing else: "box" is the noun before "englobant".
static bool lead_to(const cq_word_links *w, const cq_passage *p, const cq_sentence *in,
                    uint32_t english, uint32_t french[2])
{
    for (unsigned k = 0; k < 2; k++)
        french[k] = cq_link_of(w, CQ_SIDE_SOURCE, english + k).other;
    if (french[0] == CQ_NO_LINK && french[1] == CQ_NO_LINK) return false;
    if (french[0] != CQ_NO_LINK && french[1] != CQ_NO_LINK) return true;
    unsigned lost = french[0] == CQ_NO_LINK ? 0 : 1;
    uint32_t known = french[1 - lost];
    uint32_t other = lost ? known - 1 : known + 1; // the noun comes first
    if (lost ? known == in->first : other >= in->last) return false;
    if (cq_link_of(w, CQ_SIDE_TARGET, other).other != CQ_NO_LINK ||
        !p->tokens[other].form || !p->tokens[known].form ||
        (lost && CQ_GET_UPOS(p->tokens[other].morph) != CQ_NOUN))
        return false;
    french[lost] = other;
    return true;
}

void cq_consistency_run(cq_check_run *run, void *state, const cq_passage *p)
{
    consistency *s = state;
    if (!run->linker) return;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *in = &p->sentences[k];
        cq_aligned at;
        if (!cq_pair_of_sentence(run->pair, p, in, &at) || at.confidence < SURE ||
            at.target_last - at.target_first != 1)
            continue;
        const cq_word_links *w = cq_link_words(run->linker, run->scratch, p, in->first);
        if (!w) continue;
        for (uint32_t i = at.first_token; i + 1 < at.last_token; i++) {
            cq_str key;
            uint32_t french[2];
            if (!lead_to(w, p, in, i, french) ||
                !stand_together(p, french[0], french[1]) || !is_term(run, i, &key))
                continue;
            remember(run, s, p, key, i, french);
        }
    }
}

// How many of the two words are the same.
static unsigned shared(const use *a, const use *b)
{
    return (unsigned)cq_str_eq(a->words[0], b->words[0]) +
           (unsigned)cq_str_eq(a->words[1], b->words[1]);
}

typedef struct {
    const use *like;
    uint32_t n;
} rendering;

// The renderings of a term, each with how often it stands; past RENDERINGS_MAX they are
// left out.
static size_t renderings(const consistency *s, uint32_t first,
                         rendering out[RENDERINGS_MAX])
{
    size_t n = 0;
    for (uint32_t u = first; u; u = s->uses.v[u - 1].next) {
        const use *x = &s->uses.v[u - 1];
        size_t k = 0;
        while (k < n && shared(out[k].like, x) != 2) k++;
        if (k == RENDERINGS_MAX) continue;
        if (k == n) out[n++] = (rendering){x, 0};
        out[k].n++;
    }
    return n;
}

// Left in English: a name, or untranslated, which others say.
static bool is_english(cq_str term, const use *u)
{
    cq_str first;
    cq_str_split(&term, ' ', &first);
    return u->in_order && cq_str_starts(first, u->words[0]) &&
           cq_str_starts(term, u->words[1]);
}

static void report(cq_check_run *run, const use *odd, const rendering *usual)
{
    cq_hit *h = cq_hit_add(run, cq_str_of("consistency/term"), odd->at);
    cq_str term = cq_str_sub(run->pair->doc[CQ_SIDE_SOURCE]->text, odd->english.start,
                             odd->english.end);
    h->category = cq_str_of("terminology/term-inconsistency");
    h->severity = CQ_MINOR;
    h->confidence = CQ_MEDIUM;
    h->priority = -1; // a word of it may be told more exactly
    h->source = term;
    h->source_at = odd->english;
    h->message = cq_strf(run->arena,
                         cq_say(run, "« %.*s » : ailleurs « %.*s » (%u fois).",
                                "“%.*s”: elsewhere “%.*s” (%u times)."),
                         CQ_PRI(term), CQ_PRI(usual->like->shown), usual->n);
    cq_hit_fix_add_loose(run, h, usual->like->shown);
}

// For the totals of a run: other articles may render it otherwise.
static void list(cq_check_run *run, cq_str term, const rendering *r, size_t n)
{
    for (size_t k = 0; k < n && run->terms.n < LISTED_MAX; k++) {
        if (is_english(term, r[k].like)) continue;
        cq_str words = cq_strf(run->arena, "%.*s %.*s", CQ_PRI(r[k].like->words[0]),
                               CQ_PRI(r[k].like->words[1]));
        *CQ_PUSH(run->arena, &run->terms) =
            (cq_term_rendering){.term = cq_text_of(term),
                                .rendering = cq_text_of(r[k].like->shown),
                                .words = cq_text_of(words),
                                .count = r[k].n};
    }
}

static void look_at_term(cq_check_run *run, const consistency *s, const cq_map_item *t)
{
    rendering r[RENDERINGS_MAX] = {0};
    size_t n = renderings(s, t->value, r), best = 0;
    for (size_t k = 1; k < n; k++) {
        if (r[k].n > r[best].n) best = k;
    }
    list(run, t->key, r, n);
    if (r[best].n < USUAL_MIN || is_english(t->key, r[best].like)) return;
    for (uint32_t u = t->value; u; u = s->uses.v[u - 1].next) { // a court, and the Court
        if (s->uses.v[u - 1].name != r[best].like->name) return;
    }
    for (uint32_t u = t->value; u; u = s->uses.v[u - 1].next) {
        const use *x = &s->uses.v[u - 1];
        if (shared(x, r[best].like) != 1 || is_english(t->key, x)) continue;
        size_t k = 0;
        while (k < n && shared(r[k].like, x) != 2) k++;
        if (k < n && RARE_SHARE * r[k].n <= r[best].n) report(run, x, &r[best]);
    }
}

void cq_consistency_finish(cq_check_run *run, void *state)
{
    const consistency *s = state;
    for (size_t k = 0; k < s->terms.n; k++) look_at_term(run, s, &s->terms.items[k]);
}
