// A forbidden rendering is reported where it stands, unless the source is known and does
// not have its term there. A term of the source is asked for in the sentences that render
// it, in any of the renderings that are allowed. The longest term counts, on both sides.
#include "checks/glossary.h"

#include "source/glossary.h"
#include "source/pair.h"

enum { SPAN_MAX = 160 }; // bytes of a sentence that is reported as a whole

static const float SURE = 0.5f;

typedef struct {
    uint32_t term, link; // CQ_NO_LINK: none
    cq_spot at;
} use;

typedef struct {
    CQ_VEC(use) uses;
} terms;

void *cq_terms_begin(cq_check_run *run) { return CQ_NEW(run->arena, terms); }

static uint32_t link_at(const cq_check_run *run, uint32_t at)
{
    if (!run->pair) return CQ_NO_LINK;
    uint32_t sentence = cq_pair_sentence_at(run->pair, CQ_SIDE_TARGET, at);
    const cq_link *l = cq_pair_link(run->pair, CQ_SIDE_TARGET, sentence);
    return l ? (uint32_t)(l - run->pair->links) : CQ_NO_LINK;
}

void cq_terms_run(cq_check_run *run, void *state, const cq_passage *p)
{
    terms *s = state;
    const cq_glossary *g = run->glossary;
    if (!g) return;
    const cq_term *none = cq_glossary_term(g, 0);
    for (size_t k = 0; k < p->sentences_n; k++) {
        size_t end = p->sentences[k].last;
        for (size_t i = p->sentences[k].first; i < end;) {
            const cq_term *t;
            size_t n = cq_glossary_at(g, p, i, end, &t);
            if (n) {
                *CQ_PUSH(run->arena, &s->uses) =
                    (use){(uint32_t)(t - none), link_at(run, p->tokens[i].start),
                          cq_spot_of_tokens(p, i, i + n)};
            }
            i += n ? n : 1;
        }
    }
}

static cq_hit *report(cq_check_run *run, cq_spot at, const char *rule,
                      const char *category, const cq_concept *c)
{
    cq_hit *h = cq_hit_add(run, cq_str_of(rule), at);
    h->category = cq_str_of(category);
    h->severity = CQ_MAJOR;
    h->confidence = CQ_HIGH;
    h->priority = 2; // the user's own word
    h->source = c->sources.v[0];
    return h;
}

static void report_forbidden(cq_check_run *run, const use *u, const cq_term *t,
                             const cq_concept *c)
{
    cq_hit *h = report(run, u->at, "glossary/forbidden", "terminology/termbase", c);
    h->note = t->note;
    h->message = cq_strf(run->arena,
                         cq_say(run, "Terme proscrit par le glossaire pour « %.*s ».",
                                "The glossary forbids this for “%.*s”."),
                         CQ_PRI(c->sources.v[0]));
    if (c->preferred.n) cq_hit_fix_add_loose(run, h, c->preferred);
}

// Does a passage of the source hold the term of this concept?
static bool source_says(cq_check_run *run, const cq_link *l, const cq_concept *c)
{
    const cq_passage *p = &run->pair->english;
    uint32_t first = p->sentences[l->first[0]].first,
             last = p->sentences[l->last[0] - 1].last;
    uint32_t a, b;
    for (size_t i = 0; i < c->sources.n; i++) {
        if (cq_pair_find(run->pair, c->sources.v[i], first, last, &a, &b)) return true;
    }
    return false;
}

static void check_forbidden(cq_check_run *run, const terms *s)
{
    for (size_t i = 0; i < s->uses.n; i++) {
        const use *u = &s->uses.v[i];
        const cq_term *t = cq_glossary_term(run->glossary, u->term);
        const cq_concept *c = cq_glossary_concept(run->glossary, t->concept);
        if (t->status != CQ_TERM_FORBIDDEN) continue;
        const cq_link *l = u->link == CQ_NO_LINK ? NULL : &run->pair->links[u->link];
        if (l && l->confidence >= SURE && !source_says(run, l, c)) continue;
        report_forbidden(run, u, t, c);
    }
}

static bool rendered(const cq_check_run *run, const terms *s, uint32_t link,
                     uint32_t concept)
{
    for (size_t i = 0; i < s->uses.n; i++) {
        const use *u = &s->uses.v[i];
        if (u->link == link &&
            cq_glossary_term(run->glossary, u->term)->concept == concept)
            return true; // a forbidden one is reported by itself
    }
    return false;
}

// The longest term of a concept that begins at a token of the source; 0 tokens: none.
static uint32_t source_at(cq_check_run *run, const cq_concept *c, uint32_t token,
                          uint32_t last, cq_str *source)
{
    uint32_t longest = 0, a, b;
    for (size_t i = 0; i < c->sources.n; i++) {
        if (!cq_pair_find(run->pair, c->sources.v[i], token, last, &a, &b)) continue;
        if (a != token || b - a <= longest) continue;
        longest = b - a;
        *source = c->sources.v[i];
    }
    return longest;
}

// The same of all concepts.
static uint32_t concept_at(cq_check_run *run, uint32_t token, uint32_t last,
                           uint32_t *concept, cq_str *source)
{
    const cq_english_lemma *lemmas;
    size_t n = cq_pair_lemmas(run->pair, token, &lemmas);
    uint32_t longest = 0;
    for (size_t k = 0; k <= n; k++) {
        cq_str word = k < n ? lemmas[k].lemma : cq_pair_folded(run->pair, token);
        size_t ids_n;
        const uint32_t *ids = cq_glossary_english(run->glossary, word, &ids_n);
        for (size_t i = 0; i < ids_n; i++) {
            cq_str there;
            uint32_t length = source_at(run, cq_glossary_concept(run->glossary, ids[i]),
                                        token, last, &there);
            if (length <= longest) continue;
            longest = length;
            *concept = ids[i];
            *source = there;
        }
    }
    return longest;
}

static void report_missing(cq_check_run *run, const cq_link *l, const cq_concept *c,
                           cq_str source)
{
    const cq_pair_sentence *t = &run->pair->sentences[CQ_SIDE_TARGET][l->first[1]];
    if (t->text.end - t->text.start > SPAN_MAX && !c->preferred.n) return;
    cq_spot at = {t->text.start, t->text.end, t->text, false};
    cq_hit *h = report(run, at, "glossary/missing", "terminology/termbase", c);
    h->priority = -2; // covers a whole sentence: whatever is more exact goes first
    h->confidence = l->confidence < SURE ? CQ_LOW : CQ_MEDIUM;
    h->source = source;
    h->message = cq_strf(run->arena,
                         cq_say(run, "« %.*s » se rend par « %.*s » selon le glossaire.",
                                "By the glossary, “%.*s” is rendered “%.*s”."),
                         CQ_PRI(source), CQ_PRI(c->preferred));
}

static void check_source(cq_check_run *run, const terms *s)
{
    const cq_passage *p = &run->pair->english;
    for (uint32_t k = 0; k < run->pair->links_n; k++) {
        const cq_link *l = &run->pair->links[k];
        if (l->confidence < SURE) continue;
        for (uint32_t i = l->first[0]; i < l->last[0]; i++) {
            uint32_t last = p->sentences[i].last;
            for (uint32_t token = p->sentences[i].first; token < last;) {
                cq_str source;
                uint32_t concept, n = concept_at(run, token, last, &concept, &source);
                if (n && !rendered(run, s, k, concept))
                    report_missing(run, l, cq_glossary_concept(run->glossary, concept),
                                   source);
                token += n ? n : 1;
            }
        }
    }
}

// Both are allowed, but not both in one article: the one that came first counts.
static void check_consistency(cq_check_run *run, const terms *s)
{
    size_t n = cq_glossary_concepts(run->glossary);
    uint32_t *first = CQ_NEWN(run->arena, uint32_t, n); // term + 1, by concept
    for (size_t i = 0; i < s->uses.n; i++) {
        const use *u = &s->uses.v[i];
        const cq_term *t = cq_glossary_term(run->glossary, u->term);
        if (t->status == CQ_TERM_FORBIDDEN) continue;
        if (!first[t->concept]) first[t->concept] = u->term + 1;
        if (first[t->concept] == u->term + 1) continue;
        const cq_concept *c = cq_glossary_concept(run->glossary, t->concept);
        cq_str usual = cq_glossary_term(run->glossary, first[t->concept] - 1)->text;
        cq_hit *h = report(run, u->at, "glossary/inconsistent",
                           "terminology/term-inconsistency", c);
        h->severity = CQ_MINOR;
        h->confidence = CQ_MEDIUM;
        h->message = cq_strf(
            run->arena,
            cq_say(run, "Rendu plus haut par « %.*s ».", "Rendered “%.*s” before."),
            CQ_PRI(usual));
    }
}

void cq_terms_finish(cq_check_run *run, void *state)
{
    const terms *s = state;
    if (!run->glossary) return;
    check_forbidden(run, s);
    check_consistency(run, s);
    if (run->pair) check_source(run, s);
}
