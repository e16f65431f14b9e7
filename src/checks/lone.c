// A word that stands alone, as a heading, a point of a list or a cell, gives an engine no
// context: "Cube" becomes "Dernier", "Importing" becomes "Destination". People render
// such words freely, too; so the English word must be well known to the bilingual
// lexicon, and nothing that renders it may be akin to the French one.
#include "checks/lone.h"

#include "base/utf8.h"

enum {
    WORDS_MAX = 8,  // lemmas of a word
    LINKS_MIN = 12, // of the English word in the figures
    LETTERS_MIN = 3,
    STEM = 4, // bytes that kin begin with
};

static const float SURE = 0.5f;

// The only word among tokens [first, last); UINT32_MAX: none, several, or figures.
static uint32_t only_word(const cq_token *t, uint32_t first, uint32_t last)
{
    uint32_t found = UINT32_MAX;
    for (uint32_t i = first; i < last; i++) {
        if (t[i].kind == CQ_TOKEN_PUNCT || t[i].kind == CQ_TOKEN_SYMBOL) continue;
        if (t[i].kind != CQ_TOKEN_WORD || found != UINT32_MAX) return UINT32_MAX;
        found = i;
    }
    return found;
}

// The word before the colon that a sentence begins with: "Interactions: what users do".
// Engines that mistake the word may drop the colon.
static uint32_t headword(const cq_token *t, uint32_t first, uint32_t last, bool dropped)
{
    if (last - first < 3 || t[first].kind != CQ_TOKEN_WORD) return UINT32_MAX;
    const cq_token *next = &t[first + 1];
    bool capital = next->kind == CQ_TOKEN_WORD && next->flags & CQ_TOKEN_CAPITAL;
    bool colon = next->mark == CQ_MARK_COLON;
    return colon || (dropped && capital) ? first : UINT32_MAX;
}

static bool is_plain(const cq_token *t)
{
    return !(t->flags & (CQ_TOKEN_MIXED | CQ_TOKEN_DIGITS | CQ_TOKEN_QUOTED)) &&
           t->end - t->start >= LETTERS_MIN;
}

// Headings that people name otherwise.
static bool is_named_freely(cq_str english)
{
    static const char *const WORDS[] = {"background", "overview", "about",   "summary",
                                        "required",   "record",   "support", "contents",
                                        "here",       "caution",  "notebook"};
    return CQ_IN(WORDS, english);
}

static cq_str stem_of(cq_check_run *run, cq_str word)
{
    cq_str s = cq_strip_accents(run->scratch, cq_fold(run->scratch, word));
    return s.n > STEM ? cq_str_sub(s, 0, STEM) : s;
}

// Does the French word begin like the English one or like anything that renders it? True
// as well where too little is known.
static bool is_akin(cq_check_run *run, uint32_t english, cq_str french)
{
    const cq_bilingual *b = cq_linker_lexicon(run->linker);
    cq_str stem = stem_of(run, french);
    if (cq_str_eq(stem, stem_of(run, cq_token_text(&run->pair->english, english))))
        return true;
    uint32_t words[WORDS_MAX], all = 0;
    size_t n = cq_link_english(run->linker, english, words, WORDS_MAX);
    for (size_t i = 0; i < n; i++) {
        const cq_rendering *r;
        size_t r_n = cq_bilingual_of_english(b, words[i], &r);
        for (size_t k = 0; k < r_n; k++) {
            cq_str word = cq_bilingual_french_word(b, r[k].french);
            if (cq_str_eq(stem, stem_of(run, word))) return true;
            all += r[k].human + r[k].machine;
        }
    }
    return all < LINKS_MIN;
}

// Is the French word another one than what renders the English one? *usual: what does,
// where it is a name.
static bool is_mistaken(cq_check_run *run, const cq_passage *p, uint32_t french,
                        uint32_t english, cq_str *usual)
{
    cq_pair *pair = run->pair;
    const cq_token *e = &pair->english.tokens[english], *f = &p->tokens[french];
    cq_str name = cq_token_text(&pair->english, english), word = cq_token_text(p, french);
    char buf[64];
    cq_str folded = cq_fold_into(buf, sizeof buf, word);
    if (!folded.p || cq_pair_says(pair, folded)) return false;
    if (e->flags & CQ_TOKEN_MIXED) { // OneDrive
        *usual = name;
        return f->flags & CQ_TOKEN_KNOWN &&
               !cq_str_eq(stem_of(run, word), stem_of(run, name));
    }
    return is_plain(e) && !is_named_freely(cq_pair_folded(pair, english)) &&
           !cq_link_by_itself(run->linker, p, english, french) &&
           !is_akin(run, english, word);
}

static void report(cq_check_run *run, const cq_passage *p, uint32_t french,
                   uint32_t english, cq_str usual)
{
    const cq_token *e = &run->pair->english.tokens[english];
    cq_str word = cq_token_text(&run->pair->english, english);
    cq_hit *h =
        cq_hit_add(run, cq_str_of("lone/word"), cq_spot_of_tokens(p, french, french + 1));
    h->category = cq_str_of("accuracy/mistranslation/word-sense");
    h->severity = CQ_MAJOR;
    h->confidence = CQ_MEDIUM;
    h->source = word;
    h->source_at = (cq_span){e->start, e->end};
    h->message = cq_strf(run->arena,
                         cq_say(run, "Ne rend pas « %.*s », traduit sans contexte.",
                                "Does not render “%.*s”, translated without context."),
                         CQ_PRI(word));
    if (!usual.n) usual = cq_link_usual(run->linker, english);
    if (usual.n) cq_hit_fix_add_loose(run, h, usual);
}

void cq_lone_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    if (!run->pair || !run->linker) return;
    cq_pair *pair = run->pair;
    const cq_token *source = pair->english.tokens;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *s = &p->sentences[k];
        uint32_t french = only_word(p->tokens, s->first, s->last);
        bool heads = french == UINT32_MAX;
        if (heads) french = headword(p->tokens, s->first, s->last, true);
        if (french == UINT32_MAX || !is_plain(&p->tokens[french])) continue;
        cq_aligned at;
        if (!cq_pair_at(pair, p->tokens[s->first].start, p->tokens[s->last - 1].end,
                        &at) ||
            at.confidence < SURE || at.last - at.first != 1 ||
            at.target_last - at.target_first != 1)
            continue;
        uint32_t english = heads ? headword(source, at.first_token, at.last_token, false)
                                 : only_word(source, at.first_token, at.last_token);
        if (english == UINT32_MAX || source[english].flags & CQ_TOKEN_UPPER) continue;
        cq_str usual = {0};
        if (is_mistaken(run, p, french, english, &usual))
            report(run, p, french, english, usual);
    }
}
