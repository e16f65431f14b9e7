// Conditions: what must hold around a match for it to count.
#include "rules/match.h"

#include "rules/pack.h"

#include "rules/pattern.h"
#include "rules/phrase.h"

static bool in_texts(const layer_view *v, cq_ref list, const char *text)
{
    uint32_t n = layer_count(v, S_TEXTS, list);
    for (uint32_t i = 0; i < n; i++) {
        cq_str s = layer_str(v, *LAYER_AT(v, S_TEXTS, cq_ref, list.at + i));
        if (cq_str_is(s, text)) return true;
    }
    return false;
}

// Of the rule's sources: one is there; else whether each is surely not.
static cq_english_behind source_given(const pass *s, const rule_rec *r, const found *f,
                                      cq_span *at)
{
    const cq_scan_options *o = &s->scan->options;
    const layer_view *v = &s->layer->v;
    uint32_t n = o->stands ? layer_count(v, S_TEXTS, r->sources) : 0, others = 0;
    for (uint32_t i = 0; i < n; i++) {
        cq_str one = layer_str(v, *LAYER_AT(v, S_TEXTS, cq_ref, r->sources.at + i));
        cq_english_behind is = o->stands(o->english, one, f->start, f->end, at);
        if (is == CQ_ENGLISH_THERE) return is;
        others += is == CQ_ENGLISH_ELSE;
    }
    return n && others == n ? CQ_ENGLISH_ELSE : CQ_ENGLISH_UNKNOWN;
}

// ---- what stands nearby --------------------------------------------------------------

static bool stands_in(const pass *s, uint32_t symbol, uint32_t first, uint32_t last,
                      const found *f)
{
    for (uint32_t i = first; i < last; i++) {
        if (i >= f->first && i < f->last) continue; // the match itself
        if (has_symbol(s->layer, &s->info[i], symbol)) return true;
    }
    return false;
}

// The tokens of the block around a sentence.
static void paragraph(const cq_passage *p, uint32_t sentence, uint32_t *first,
                      uint32_t *last)
{
    uint32_t from = sentence, to = sentence;
    while (from > 0 && p->sentences[from - 1].block == p->sentences[sentence].block) {
        from--;
    }
    while (to + 1 < p->sentences_n &&
           p->sentences[to + 1].block == p->sentences[sentence].block) {
        to++;
    }
    *first = p->sentences[from].first;
    *last = p->sentences[to].last;
}

static bool nears_hold(const pass *s, const rule_rec *r, const found *f, bool *pending)
{
    const layer_view *v = &s->layer->v;
    uint32_t sentence = s->p->tokens[f->first].sentence;
    uint32_t n = layer_count(v, S_NEARS, r->nears);
    for (uint32_t i = 0; i < n; i++) {
        const near_rec *d = LAYER_AT(v, S_NEARS, near_rec, r->nears.at + i);
        if (d->within == CQ_NEAR_ARTICLE) {
            *pending = true;
            continue;
        }
        uint32_t first = s->p->sentences[sentence].first;
        uint32_t last = s->p->sentences[sentence].last;
        if (d->within == CQ_NEAR_PARAGRAPH) paragraph(s->p, sentence, &first, &last);
        if (d->any && !stands_in(s, d->any, first, last, f)) return false;
        if (d->none && stands_in(s, d->none, first, last, f)) return false;
    }
    return true;
}

// An antipattern that shares a token with what was found.
static bool vetoed(pass *s, const rule_rec *r, const found *f)
{
    enum { REACH = 200 }; // tokens before the match: a bound on work in endless sentences
    const cq_sentence *sentence = &s->p->sentences[s->p->tokens[f->first].sentence];
    uint32_t n = layer_count(&s->layer->v, S_PATTERNS, r->unless);
    uint32_t from = sentence->first;
    if (f->first - from > REACH) from = f->first - REACH;
    for (uint32_t i = 0; i < n; i++) {
        const pattern_rec *rec = pattern_at(s->layer, r->unless.at + i);
        cq_match_part parts[CQ_QUERY_TOKENS_MAX];
        for (uint32_t at = from; at < f->last; at++) {
            int64_t steps = STEPS_AT_ONCE / 16;
            uint32_t end = UINT32_MAX;
            bool there =
                rec->kind == CQ_RULE_TOKENS
                    ? cq_query_at(s, rec, at, sentence->last, &steps, parts, &end)
                    : cq_phrase_at(s, rec, at, sentence->last, parts, &end);
            if (there && end > f->first) return true;
        }
    }
    return false;
}

// What is about the form of the French (agreement, capitals, signs) or about names is
// wrong whatever the English is.
static bool is_about_meaning(const layer_view *v, const rule_rec *r)
{
    static const cq_str MEANING[] = {CQ_LIT("accuracy/mistranslation/overly-literal"),
                                     CQ_LIT("accuracy/mistranslation/false-friend"),
                                     CQ_LIT("accuracy/mistranslation/word-sense"),
                                     CQ_LIT("terminology/"), CQ_LIT("style/")};
    for (size_t i = 0; i < CQ_COUNT(MEANING); i++) {
        if (cq_str_starts(layer_str(v, r->category), MEANING[i])) return true;
    }
    return false;
}

// Is it for this article's region and profile?
static bool is_for(const cq_scan_options *o, const layer_view *v, cq_ref region,
                   cq_ref profile)
{
    if (region.n && !in_texts(v, region, o->region)) return false;
    return !profile.n || (o->profile && cq_str_is(layer_str(v, profile), o->profile));
}

static bool is_for_gate(const cq_rules_scan *scan, const layer_view *v, const gate_rec *g)
{
    if (g->needs_source && !scan->options.stands) return false;
    return is_for(&scan->options, v, g->region, g->profile);
}

bool cq_gate_open(const cq_rules_scan *scan, const cq_layer *l, const layer_scan *state,
                  uint32_t gate, bool ends)
{
    const gate_rec *g = LAYER_AT(&l->v, S_GATES, gate_rec, gate);
    return is_for_gate(scan, &l->v, g) && (!ends || cq_topics_hold(l, state, g->topics));
}

bool cq_conditions_hold(pass *s, const rule_rec *r, const found *f, bool *pending,
                        bool *evidence, cq_span *source_at)
{
    const layer_view *v = &s->layer->v;
    const cq_sentence *sentence = &s->p->sentences[s->p->tokens[f->first].sentence];
    uint32_t kind = s->p->doc->blocks.v[sentence->block].kind;
    if (!(r->blocks >> (kind & 31) & 1)) return false;
    const gate_rec *gate = LAYER_AT(v, S_GATES, gate_rec, r->gate);
    if (!is_for_gate(s->scan, v, gate)) return false;
    cq_english_behind is = source_given(s, r, f, source_at);
    *evidence = is == CQ_ENGLISH_THERE;
    if (is == CQ_ENGLISH_ELSE && is_about_meaning(v, r)) return false;
    if (gate->needs_source && !*evidence) return false;
    *pending = gate->topics.n > 0;
    if (!nears_hold(s, r, f, pending)) return false;
    if (*pending && s->scan->ends) {
        if (!cq_article_conditions_hold(s->layer, s->state, r)) return false;
        *pending = false;
    }
    return !vetoed(s, r, f);
}

static bool seen(const layer_scan *state, uint32_t bit, uint32_t bits)
{
    return bit && bit <= bits && state->seen[(bit - 1) / 8] >> ((bit - 1) % 8) & 1;
}

bool cq_topics_hold(const cq_layer *l, const layer_scan *state, cq_ref topics)
{
    const layer_view *v = &l->v;
    uint32_t bits = v->head->article_bits, n = layer_count(v, S_NUMBERS, topics);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t number = layer_number(v, S_NUMBERS, topics.at + i);
        const topic_rec *t = LAYER_AT(v, S_TOPICS, topic_rec, number);
        uint32_t triggers = layer_count(v, S_NUMBERS, t->triggers), there = 0;
        for (uint32_t k = 0; k < triggers; k++) {
            there += seen(state, layer_number(v, S_NUMBERS, t->triggers.at + k), bits);
        }
        if (there >= 2) return true; // any of the topics
    }
    return n == 0;
}

bool cq_article_conditions_hold(const cq_layer *l, const layer_scan *state,
                                const rule_rec *r)
{
    const layer_view *v = &l->v;
    uint32_t bits = v->head->article_bits;
    uint32_t n = layer_count(v, S_NEARS, r->nears);
    for (uint32_t i = 0; i < n; i++) {
        const near_rec *d = LAYER_AT(v, S_NEARS, near_rec, r->nears.at + i);
        if (d->within != CQ_NEAR_ARTICLE) continue;
        if (d->any && !seen(state, d->any_bit, bits)) return false;
        if (d->none && seen(state, d->none_bit, bits)) return false;
    }
    return cq_topics_hold(l, state, LAYER_AT(v, S_GATES, gate_rec, r->gate)->topics);
}
