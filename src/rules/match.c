// The matcher. One pass over the tokens of a passage finds phrases through the trie and
// the places where a token query may stand; one pass over the bytes of a block finds
// those of regular expressions. What is found is then looked at closely, and judged.
#include "rules/match.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "rules/pattern.h"
#include "rules/phrase.h"
#include "rules/prefilter.h"

enum {
    PHRASE_STEPS = 20000,             // of one try
    PHRASE_STEPS_AT_ONCE = 1 << 20,   // of all tries in a passage, and
    PHRASE_STEPS_PER_TOKEN = 1 << 10, // so many more for each token
    ENDS_MAX = 32,                    // of a phrase from one start
};

// ---- what tokens are -----------------------------------------------------------------

static void set_list(const list_head *h, token_info *t)
{
    t->symbols = list_symbols(h);
    t->n = h->n;
    t->starters = h->starters;
    t->flags = h->flags;
    t->bits = h->bits;
}

// The list of a text that is no form.
static uint32_t exact_list(const layer_view *v, cq_str text)
{
    if (text.n == 1) return v->head->ascii_lists[text.p[0] & 127];
    uint32_t low = 0, high = v->n[S_EXACT];
    if (!high) return 0;
    char buffer[192];
    cq_str folded = cq_fold_into(buffer, sizeof buffer, text);
    if (!folded.p) return 0;
    uint64_t hash = cq_hash(folded.p, folded.n, 0);
    const exact_rec *list = (const exact_rec *)v->p[S_EXACT];
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (list[mid].hash < hash) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    bool there = low < v->n[S_EXACT] && list[low].hash == hash;
    return there ? list[low].list : 0;
}

// "Pierre" may be the name or a stone, "Blanche" white: a capital takes nothing away.
// Adds the symbols of the form in lower case.
static void add_lower(pass *s, cq_str text, token_info *o)
{
    const cq_lexicon *l = s->scan->rules->lexicon;
    size_t at = 0;
    cq_str form = cq_lexicon_form(l, o->form);
    if (!form.n || !cq_is_upper(cq_utf8_next(form, &at))) return; // is in lower case
    char buffer[192];
    cq_str lower = cq_fold_into(buffer, sizeof buffer, text);
    uint32_t id = lower.p ? cq_lexicon_find(l, lower) : 0;
    if (!id) return;
    o->classes |= cq_lexicon_upos(l, id);
    token_info more = {.n = 0};
    set_list(layer_list_of(&s->layer->v, id), &more);
    o->flags |= more.flags;
    o->bits |= more.bits;
    if (!more.n) return;
    uint32_t *merged = CQ_NEWN(s->a, uint32_t, (size_t)o->n + more.n);
    uint32_t n = 0, i = 0, k = 0;
    while (i < o->n || k < more.n) {
        bool mine = k == more.n || (i < o->n && o->symbols[i] <= more.symbols[k]);
        uint32_t symbol = mine ? o->symbols[i] : more.symbols[k];
        if (i < o->n && o->symbols[i] == symbol) i++;
        if (k < more.n && more.symbols[k] == symbol) k++;
        merged[n++] = symbol;
    }
    o->symbols = merged;
    o->n = (uint16_t)(n > UINT16_MAX ? UINT16_MAX : n);
    o->starters = 0;
    while (o->starters < o->n && merged[o->starters] < s->layer->v.head->starters_n) {
        o->starters++;
    }
}

static uint32_t classes_of(const cq_token *t)
{
    static const uint8_t BY_KIND[] = {CQ_UPOS_NONE, CQ_NUM, CQ_PUNCT, CQ_SYM, CQ_X};
    uint32_t bits = 1u | t->upos | CQ_UPOS_BIT(CQ_GET_UPOS(t->morph));
    if (!(bits & ~1u)) bits |= CQ_UPOS_BIT(BY_KIND[t->kind % CQ_COUNT(BY_KIND)]);
    return bits;
}

static token_info *infos(pass *s)
{
    const layer_view *v = &s->layer->v;
    const cq_lexicon *l = s->scan->rules->lexicon;
    token_info *out = CQ_NEWN(s->a, token_info, s->p->n + 1);
    for (size_t i = 0; i < s->p->n; i++) {
        const cq_token *t = &s->p->tokens[i];
        token_info *o = &out[i];
        o->form = t->form;
        o->classes = classes_of(t);
        if (!o->form && t->flags & CQ_TOKEN_INVERTED) {
            o->form = cq_lexicon_lookup(l, cq_token_word(s->p, i));
            o->classes |= cq_lexicon_upos(l, o->form);
        }
        set_list(o->form ? layer_list_of(v, o->form)
                         : layer_list(v, exact_list(v, cq_token_text(s->p, i))),
                 o);
        if (o->form && t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER)) {
            add_lower(s, cq_token_text(s->p, i), o);
        }
        if (t->flags & CQ_TOKEN_INVERTED) o->flags |= LIST_AFTER_VERB;
        o->bits |= flag_bits(o->flags);
        // Du and des are articles, too; au and aux are one only within "à DET".
        if (o->flags & LIST_A) o->classes &= ~CQ_UPOS_BIT(CQ_DET);
        if (o->flags & (LIST_DE | LIST_A)) o->classes |= CQ_UPOS_BIT(CQ_ADP);
        o->bits |= class_bits(o->classes);
        if (!v->n[S_TOKENS]) continue;
        cq_reading guess;
        size_t n;
        const cq_reading *r = cq_query_readings(s, o, (uint32_t)i, &guess, &n);
        o->traits = cq_traits(t, o->classes, r, n, o->form != 0);
    }
    return out;
}

// The two words in a contracted token; false when it is none.
static bool contracted(const pass *s, const token_info *t, const token_info **first,
                       const token_info **second)
{
    if (!(t->flags & (LIST_DE | LIST_A))) return false;
    *first = &s->state->first[(t->flags & LIST_A) != 0];
    *second = &s->state->second[(t->flags & LIST_PLURAL) != 0];
    return true;
}

// ---- phrases -------------- -----------------------------------------------------------

typedef struct {
    pass *s;
    const item_rec *items;
    uint32_t n, limit, end;
    int steps;
    cq_match_part *parts;
    uint32_t *ends, ends_n; // all that were found; NULL: the first will do
} phrase_try;

// Notes where a phrase ended; false: goes on to look for other ends.
static bool arrive(phrase_try *t, uint32_t at)
{
    if (!t->ends) {
        if (t->end != UINT32_MAX) return at == t->end;
        t->end = at;
        return true;
    }
    for (uint32_t i = 0; i < t->ends_n; i++) {
        if (t->ends[i] == at) return false;
    }
    if (t->ends_n < ENDS_MAX) t->ends[t->ends_n++] = at;
    return false;
}

static bool skippable(const phrase_try *t, uint32_t at, const item_rec *left,
                      const item_rec *right, bool gap, unsigned *any, unsigned *verbal)
{
    uint32_t flags = t->s->info[at].flags;
    bool is_verbal = (left->verb && flags & LIST_AFTER_VERB) ||
                     (right->verb && flags & LIST_BEFORE_VERB);
    if (is_verbal && *verbal) {
        --*verbal;
        return true;
    }
    if (!gap || !*any || t->s->p->tokens[at].kind == CQ_TOKEN_PUNCT) return false;
    --*any;
    return true;
}

static void set_part(phrase_try *t, uint32_t k, uint32_t first, uint32_t last, int kind)
{
    const item_rec *item = &t->items[k];
    t->parts[k] = (cq_match_part){.first = first,
                                  .last = last,
                                  .kind = (uint8_t)kind,
                                  .open = item->open,
                                  .named = item->named};
}

// Item k and what follows it, from token `at` on; `left` is the item before that is
// there, `gap` whether "..." lies between.
static bool match_items(phrase_try *t, uint32_t k, uint32_t at, const item_rec *left,
                        bool gap)
{
    if (--t->steps < 0) return false;
    if (k == t->n) return arrive(t, at);
    const item_rec *item = &t->items[k];
    if (item->kind == CQ_ITEM_GAP) {
        set_part(t, k, at, at, CQ_ITEM_GAP);
        return match_items(t, k + 1, at, left, true);
    }
    const token_info *first, *second;
    if (left && !gap && contracted(t->s, &t->s->info[at - 1], &first, &second) &&
        has_symbol(t->s->layer, first, left->symbol) &&
        has_symbol(t->s->layer, second, item->symbol) && t->parts[k - 1].last == at &&
        t->parts[k - 1].kind != CQ_ITEM_SECOND) {
        set_part(t, k, at - 1, at, CQ_ITEM_SECOND);
        if (match_items(t, k + 1, at, item, false)) return true;
    }
    unsigned any = CQ_PHRASE_GAP, verbal = CQ_PHRASE_VERBAL;
    for (uint32_t here = at; here < t->limit; here++) {
        if (has_symbol(t->s->layer, &t->s->info[here], item->symbol)) {
            set_part(t, k, here, here + 1, item->kind);
            if (gap) t->parts[k - 1].last = here;
            if (match_items(t, k + 1, here + 1, item, false)) return true;
            if (gap) t->parts[k - 1].last = t->parts[k - 1].first;
        }
        if (!left || !skippable(t, here, left, item, gap, &any, &verbal)) break;
    }
    if (!item->optional) return false;
    set_part(t, k, at, at, item->kind);
    return match_items(t, k + 1, at, left, gap);
}

// The reading by which a word matched: the tagger's when it is one of those meant.
static cq_reading reading_of(const pass *s, uint32_t at, uint32_t symbol)
{
    const cq_token *t = &s->p->tokens[at];
    size_t n;
    const cq_reading *r =
        cq_lexicon_readings(s->scan->rules->lexicon, s->info[at].form, &n);
    (void)symbol; // sets are not kept; the tagger's reading is the best guess
    if (t->lemma || !n) return (cq_reading){t->lemma, t->morph};
    return r[0];
}

bool cq_phrase_at(pass *s, const pattern_rec *rec, uint32_t start, uint32_t limit,
                  cq_match_part *parts, uint32_t *end)
{
    const layer_view *v = &s->layer->v;
    phrase_try t = {.s = s, .limit = limit, .end = *end, .parts = parts};
    t.steps = PHRASE_STEPS;
    t.n = layer_count(v, S_ITEMS, parts_of(rec));
    if (!t.n || t.n > CQ_PHRASE_ITEMS_MAX) return false;
    t.items = LAYER_AT(v, S_ITEMS, item_rec, rec->parts_at);
    if (!match_items(&t, 0, start, NULL, false) || t.end == start) return false;
    for (uint32_t i = 0; i < t.n; i++) {
        cq_match_part *part = &parts[i];
        bool there = part->first < part->last;
        part->start = s->p->tokens[there ? part->first : start].start;
        part->end = there ? s->p->tokens[part->last - 1].end : part->start;
        if (part->kind == CQ_ITEM_WORD || part->kind == CQ_ITEM_VERB) {
            if (there) part->reading = reading_of(s, part->first, t.items[i].symbol);
        }
    }
    *end = t.end;
    return true;
}

// ---- queries and expressions ---------------------------------------------------------

static void note_limit(cq_rules_scan *scan, const char *code, uint32_t rule)
{
    for (size_t i = 0; i < scan->limits.n; i++) {
        if (scan->limits.v[i].rule == rule) return;
    }
    *CQ_PUSH(scan->article, &scan->limits) = (cq_rule_limit){code, rule};
}

void cq_search_off(pass *s, const pattern_rec *rec, search_state *state, const char *code)
{
    state->off = true;
    note_limit(s->scan, code, s->layer->first_rule + rec->rule);
}

// Most are not tried in most passages: what is new is seen to when one is.
static search_state *state_of(const pass *s, const pattern_rec *rec)
{
    if (rec->search >= s->layer->v.n[S_SEARCHES]) return NULL;
    search_state *state = &s->state->searches[rec->search];
    uint64_t tokens = s->scan->tokens;
    if (state->since == tokens) return state;
    state->steps += STEPS_PER_TOKEN * (int64_t)(tokens - state->since);
    state->since = tokens;
    state->next = 0;
    return state;
}

static found *add_found(pass *s, founds *out, uint32_t pattern, uint32_t first,
                        uint32_t last, const cq_match_part *parts, uint32_t n)
{
    found *f = CQ_PUSH(s->a, out);
    *f = (found){.pattern = pattern, .first = first, .last = last, .parts_n = n};
    f->start = s->p->tokens[first].start;
    f->end = s->p->tokens[last - 1].end;
    f->parts = CQ_NEWN(s->a, cq_match_part, n + 1);
    if (n) memcpy(f->parts, parts, n * sizeof *parts);
    return f;
}

// Tries a phrase wherever its anchor at token `at` lets it begin.
static void try_phrase(pass *s, uint32_t pattern, uint32_t at,
                       const cq_sentence *sentence, founds *out)
{
    const pattern_rec *rec = pattern_at(s->layer, pattern);
    uint32_t ends[ENDS_MAX];
    cq_match_part parts[CQ_PHRASE_ITEMS_MAX];
    phrase_try t = {.s = s, .limit = sentence->last, .parts = parts, .ends = ends};
    t.n = layer_count(&s->layer->v, S_ITEMS, parts_of(rec));
    if (!t.n || t.n > CQ_PHRASE_ITEMS_MAX || rec->rule == UINT32_MAX) return;
    t.items = LAYER_AT(&s->layer->v, S_ITEMS, item_rec, rec->parts_at);
    const item_rec *head = t.items;
    bool certain = !head->optional && head->kind != CQ_ITEM_GAP;
    uint64_t bits = certain ? bits_of_symbol(s->layer, head->symbol) : ~(uint64_t)0;
    uint32_t from = sentence->first;
    if (at - from > rec->before_max) from = at - rec->before_max;
    for (uint32_t start = from; start + rec->before_min <= at; start++) {
        if (s->phrase_steps < 0) {
            s->scan->phrases_cut = true;
            return;
        }
        // Settles most without a call; an optional item may be missing.
        if (!(s->info[start].bits & bits)) continue;
        t.ends_n = 0;
        t.steps = PHRASE_STEPS;
        match_items(&t, 0, start, NULL, false);
        s->phrase_steps -= PHRASE_STEPS - t.steps;
        for (uint32_t i = 0; i < t.ends_n; i++) {
            if (cq_phrase_at(s, rec, start, sentence->last, parts, &ends[i]))
                add_found(s, out, pattern, start, ends[i], parts, t.n);
        }
    }
}

// Tries a query wherever its anchor at token `at` lets it begin.
static void try_query(pass *s, uint32_t pattern, uint32_t at, const cq_sentence *sentence,
                      founds *out)
{
    const pattern_rec *rec = pattern_at(s->layer, pattern);
    search_state *state = state_of(s, rec);
    if (rec->kind != CQ_RULE_TOKENS || !state || state->off) return;
    uint32_t back = rec->before_max, from = sentence->first;
    if (at - from > back) from = at - back;
    if (from < state->next) from = state->next;
    uint32_t to = at >= rec->before_min ? at - rec->before_min : 0;
    for (uint32_t start = from; start <= to && start < sentence->last; start++) {
        cq_match_part parts[CQ_QUERY_TOKENS_MAX];
        uint32_t end;
        state->next = start + 1;
        if (cq_query_at(s, rec, start, sentence->last, &state->steps, parts, &end)) {
            add_found(s, out, pattern, start, end, parts, rec->parts_n);
            state->next = end;
            start = end - 1;
        }
        if (state->steps < 0) {
            cq_search_off(s, rec, state, "tokens-limit");
            return;
        }
    }
}

// The tokens that a range of bytes touches; false when there is none.
static bool tokens_of(const cq_passage *p, uint32_t start, uint32_t end, uint32_t *first,
                      uint32_t *last)
{
    uint32_t low = 0, high = (uint32_t)p->n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (p->tokens[mid].end <= start) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    *first = *last = low;
    while (*last < p->n && p->tokens[*last].start < end) ++*last;
    return *last > *first;
}

static void add_regex_match(pass *s, uint32_t pattern, uint32_t base,
                            const cq_regex_groups *g, founds *out)
{
    uint32_t start = base + (uint32_t)g->start[0], end = base + (uint32_t)g->end[0];
    uint32_t first, last;
    if (!tokens_of(s->p, start, end, &first, &last)) return; // blanks only
    cq_match_part parts[CQ_REGEX_GROUPS - 1] = {0};
    for (unsigned i = 0; i + 1 < CQ_REGEX_GROUPS; i++) {
        cq_match_part *part = &parts[i];
        *part = (cq_match_part){.first = first,
                                .last = first,
                                .start = start,
                                .end = start,
                                .kind = CQ_ITEM_GROUP};
        if (g->start[i + 1] == SIZE_MAX) continue;
        part->start = base + (uint32_t)g->start[i + 1];
        part->end = base + (uint32_t)g->end[i + 1];
        if (part->start < part->end) {
            tokens_of(s->p, part->start, part->end, &part->first, &part->last);
        }
    }
    found *f = add_found(s, out, pattern, first, last, parts, CQ_REGEX_GROUPS - 1);
    f->start = start;
    f->end = end;
}

// Where a match may begin that has its literal at byte `at` of a block.
static uint32_t regex_start(const search_rec *rec, cq_str text, uint32_t at)
{
    uint32_t from = at > rec->before ? at - rec->before : 0, i = at;
    if (rec->blanks == UINT32_MAX) return from;
    for (uint32_t blanks = 0; i > from; i--) {
        if (cq_is_space(text.p[i - 1]) && ++blanks > rec->blanks) break;
    }
    return i;
}

// A literal of an expression stands at byte `at` of a block.
static void try_regex(pass *s, uint32_t pattern, cq_str text, uint32_t base, uint32_t at,
                      founds *out)
{
    const pattern_rec *rec = pattern_at(s->layer, pattern);
    search_state *state = state_of(s, rec);
    if (rec->kind != CQ_RULE_REGEX || rec->rule == UINT32_MAX || !state || state->off ||
        s->state->shut[rec->gate]) {
        return;
    }
    const search_rec *search = search_at(s->layer, rec);
    if (search->regex >= s->layer->v.head->regexes_n) return;
    const cq_ref *ref = LAYER_AT(&s->layer->v, S_REGEXES, cq_ref, search->regex);
    cq_str source = layer_str(&s->layer->v, *ref);
    if (!s->scan->matcher) s->scan->matcher = cq_regex_matcher_new(s->scan->article);
    for (;;) {
        uint32_t from = regex_start(search, text, at);
        if (from < state->next) from = state->next;
        while (from < text.n && ((unsigned char)text.p[from] & 0xc0) == 0x80) from++;
        if (from > at) return;
        cq_regex_groups g;
        cq_regex_result r =
            cq_regex_search(&s->layer->regexes[search->regex], s->scan->matcher, source,
                            text, from, at, &state->steps, &g);
        if (r == CQ_REGEX_LIMIT) cq_search_off(s, rec, state, "regex-limit");
        state->next = at + 1;
        if (r != CQ_REGEX_FOUND) return;
        uint32_t end = (uint32_t)g.end[0];
        state->next = end > g.start[0] ? end : end + 1;
        if (end > g.start[0]) add_regex_match(s, pattern, base, &g, out);
    }
}

static void search_blocks(pass *s, founds *out)
{
    const layer_view *v = &s->layer->v;
    if (!v->n[S_SCAN]) return;
    cq_prefilter_hits hits = {0};
    for (size_t i = 0; i < s->p->sentences_n; i++) {
        uint32_t block = s->p->sentences[i].block;
        if (i && s->p->sentences[i - 1].block == block) continue;
        cq_span span = s->p->doc->blocks.v[block].text;
        cq_str text = cq_str_sub(s->p->doc->text, span.start, span.end);
        hits.n = 0;
        cq_prefilter_run(v, s->a, text, &hits);
        for (size_t k = 0; k < hits.n; k++) { // each block begins anew
            search_state *state = state_of(s, pattern_at(s->layer, hits.v[k].owner));
            if (state) state->next = 0;
        }
        for (size_t k = 0; k < hits.n; k++) {
            try_regex(s, hits.v[k].owner, text, span.start, hits.v[k].at, out);
        }
    }
}

// ---- a passage -----------------------------------------------------------------------

// What anchors ask of the tokens around one: bits of those beside it, and traits of all
// three. Where the one or its neighbour is a contraction, either of its words may stand
// there.
typedef struct {
    uint64_t before, after;
    uint64_t traits, traits_before, traits_after;
} neighbours;

static uint64_t bits_of(const pass *s, uint32_t at)
{
    const token_info *t = &s->info[at], *first, *second;
    if (!contracted(s, t, &first, &second)) return t->bits;
    return t->bits | first->bits | second->bits;
}

static neighbours neighbours_of(const pass *s, uint32_t at, const cq_sentence *sentence)
{
    neighbours n = {1ull << BIT_NO_TOKEN, 1ull << BIT_NO_TOKEN, s->info[at].traits, 0, 0};
    uint64_t own = s->info[at].flags & (LIST_DE | LIST_A) ? bits_of(s, at) : 0;
    if (at > sentence->first) {
        n.before = bits_of(s, at - 1);
        n.traits_before = s->info[at - 1].traits;
    }
    if (at + 1 < sentence->last) {
        n.after = bits_of(s, at + 1);
        n.traits_after = s->info[at + 1].traits;
    }
    n.before |= own;
    n.after |= own;
    return n;
}

static bool may_stand(const pass *s, const anchor_rec *k, const neighbours *beside)
{
    return beside->before & k->before && beside->after & k->after &&
           !s->state->shut[k->gate % GATES_KEPT];
}

// Tries the phrases that are anchored in what token `at` is.
static void try_phrases(pass *s, cq_ref anchors, const neighbours *beside, uint32_t at,
                        const cq_sentence *sentence, founds *out)
{
    const layer_view *v = &s->layer->v;
    uint32_t n = layer_count(v, S_ANCHORS, anchors);
    const anchor_rec *k = LAYER_AT(v, S_ANCHORS, anchor_rec, anchors.at);
    for (const anchor_rec *end = k + n; k < end; k++) {
        if (may_stand(s, k, beside)) try_phrase(s, k->pattern, at, sentence, out);
    }
}

static void try_queries(pass *s, cq_ref anchors, const neighbours *beside, uint32_t at,
                        const cq_sentence *sentence, founds *out)
{
    const layer_view *v = &s->layer->v;
    uint32_t n = layer_count(v, S_QUERY_ANCHORS, anchors);
    const query_anchor_rec *k =
        LAYER_AT(v, S_QUERY_ANCHORS, query_anchor_rec, anchors.at);
    for (const query_anchor_rec *end = k + n; k < end; k++) {
        if (k->none & beside->traits || k->none_before & beside->traits_before ||
            k->none_after & beside->traits_after)
            continue;
        if (may_stand(s, &k->beside, beside))
            try_query(s, k->beside.pattern, at, sentence, out);
    }
}

// Tries what is anchored at token `at`, which is `t`; of the second word in a contracted
// token, phrases only.
static void try_anchors(pass *s, const token_info *t, bool phrases_only, uint32_t at,
                        const cq_sentence *sentence, founds *out)
{
    const layer_view *v = &s->layer->v;
    const neighbours beside = neighbours_of(s, at, sentence);
    uint32_t classes = t->classes & v->head->class_used;
    for (uint32_t i = 0; classes || i < t->starters;) {
        uint32_t symbol;
        if (classes) {
            symbol = (uint32_t)__builtin_ctz(classes);
            classes &= classes - 1;
        } else {
            symbol = t->symbols[i++];
        }
        const symbol_rec *r = LAYER_AT(v, S_SYMBOLS, symbol_rec, symbol);
        try_phrases(s, r->phrases, &beside, at, sentence, out);
        if (!phrases_only && r->queries.n)
            try_queries(s, r->queries, &beside, at, sentence, out);
    }
}

// Notes what the article's conditions watch for.
static void watch(pass *s)
{
    uint32_t bits = s->layer->v.head->article_bits;
    for (size_t i = 0; i < s->p->n; i++) {
        const token_info *t = &s->info[i];
        for (uint32_t k = 0; k < t->n && t->symbols[k] - SETS < bits; k++) {
            uint32_t bit = t->symbols[k] - SETS;
            s->state->seen[bit / 8] |= (uint8_t)(1u << bit % 8);
        }
    }
}

static void set_gates(pass *s)
{
    uint32_t n = s->layer->v.n[S_GATES];
    for (uint32_t i = 0; i < n && i < GATES_KEPT; i++) {
        s->state->shut[i] = !cq_gate_open(s->scan, s->layer, s->state, i, s->scan->ends);
    }
}

static void search_sentence(pass *s, const cq_sentence *sentence, founds *out)
{
    for (uint32_t at = sentence->first; at < sentence->last; at++) {
        const token_info *first, *second;
        try_anchors(s, &s->info[at], false, at, sentence, out);
        if (contracted(s, &s->info[at], &first, &second))
            try_anchors(s, second, true, at, sentence, out);
    }
}

// Narrows what is covered to the marked parts that are there.
static void apply_mark(const pattern_rec *rec, cq_match *m)
{
    if (rec->mark_from == MARK_ALL) return;
    bool any = false;
    for (uint32_t i = rec->mark_from; i <= rec->mark_to && i < m->parts_n; i++) {
        const cq_match_part *part = &m->parts[i];
        if (part->start == part->end) continue;
        if (!any) {
            m->start = part->start;
            m->first = part->first;
        }
        m->end = part->end;
        m->last = part->last;
        any = true;
    }
}

static void judge(pass *s, founds *all, cq_matches *out)
{
    const layer_view *v = &s->layer->v;
    for (size_t i = 0; i < all->n; i++) {
        const found *f = &all->v[i];
        const pattern_rec *rec = pattern_at(s->layer, f->pattern);
        if (rec->rule >= v->n[S_RULES]) continue;
        const rule_rec *r = LAYER_AT(v, S_RULES, rule_rec, rec->rule);
        if (cq_rule_is_replaced(s->scan->rules, s->layer, layer_str(v, r->id))) continue;
        bool pending, evidence;
        cq_span source_at = {0, 0};
        if (!cq_conditions_hold(s, r, f, &pending, &evidence, &source_at)) continue;
        cq_match *m = CQ_PUSH(s->a, out);
        *m = (cq_match){
            .rule = s->layer->first_rule + rec->rule,
            .variant = rec->variant,
            .pattern = f->pattern,
            .start = f->start,
            .end = f->end,
            .first = f->first,
            .last = f->last,
            .whole_first = f->first,
            .whole_last = f->last,
            .sentence = s->p->tokens[f->first].sentence,
            .pending = pending,
            .evidence = evidence,
            .source_at = source_at,
            .parts = f->parts,
            .parts_n = f->parts_n,
        };
        apply_mark(rec, m);
    }
}

static int by_rule(const void *a, const void *b)
{
    const cq_match *x = a, *y = b;
    if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1; // the longer one first
    return x->variant < y->variant ? -1 : x->variant > y->variant;
}

static int by_place(const void *a, const void *b)
{
    const cq_match *x = a, *y = b;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

// Of overlapping matches of one rule the longest counts, then the first.
static void drop_overlaps(cq_match *m, size_t *n)
{
    if (*n < 2) return;
    qsort(m, *n, sizeof *m, by_rule);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        cq_match *last = kept ? &m[kept - 1] : NULL;
        if (!last || last->rule != m[i].rule || last->end <= m[i].start) {
            m[kept++] = m[i];
        } else if (m[i].end - m[i].start > last->end - last->start) {
            *last = m[i];
        }
    }
    *n = kept;
    qsort(m, *n, sizeof *m, by_place);
}

static void passage_of_layer(cq_rules_scan *scan, size_t layer, cq_arena *a,
                             const cq_passage *p, cq_matches *out)
{
    pass s = {.scan = scan,
              .layer = &scan->rules->layers[layer],
              .state = &scan->layers[layer],
              .p = p,
              .a = a,
              .phrase_steps =
                  PHRASE_STEPS_AT_ONCE + PHRASE_STEPS_PER_TOKEN * (int64_t)p->n};
    s.info = infos(&s);
    watch(&s);
    set_gates(&s);
    founds all = {0};
    for (size_t i = 0; i < p->sentences_n; i++) {
        search_sentence(&s, &p->sentences[i], &all);
    }
    search_blocks(&s, &all);
    judge(&s, &all, out);
    if (scan->phrases_cut) note_limit(scan, "phrase-limit", UINT32_MAX);
}

// Is nothing of the article left to read?
static bool is_last(const cq_passage *p)
{
    const cq_document *d = p->doc;
    size_t block = p->sentences_n ? p->sentences[p->sentences_n - 1].block : 0;
    for (size_t i = block + 1; i < d->blocks.n; i++) {
        if (d->blocks.v[i].skip == CQ_SKIP_NONE &&
            d->blocks.v[i].text.end > d->blocks.v[i].text.start)
            return false;
    }
    return true;
}

void cq_rules_passage(cq_rules_scan *scan, cq_arena *a, const cq_passage *p,
                      cq_matches *out)
{
    if (!p->n) return;
    scan->ends = is_last(p);
    scan->tokens += p->n;
    size_t before = out->n;
    for (size_t i = 0; i < scan->rules->layers_n; i++) {
        passage_of_layer(scan, i, a, p, out);
    }
    size_t n = out->n - before;
    if (!n) return;
    drop_overlaps(out->v + before, &n);
    out->n = before + n;
}

// ---- an article ----------------------------------------------------------------------

static token_info word_info(const layer_view *v, const cq_lexicon *l, uint32_t form)
{
    token_info t = {.form = form, .classes = cq_lexicon_upos(l, form)};
    set_list(layer_list_of(v, form), &t);
    t.bits |= class_bits(t.classes);
    return t;
}

cq_rules_scan *cq_rules_begin(const cq_rules *r, cq_arena *article,
                              const cq_scan_options *o)
{
    cq_rules_scan *scan = CQ_NEW(article, cq_rules_scan);
    scan->rules = r;
    scan->article = article;
    if (o) scan->options = *o;
    if (!scan->options.region) scan->options.region = "fr-FR";
    scan->layers = CQ_NEWN(article, layer_scan, r->layers_n + 1);
    for (size_t i = 0; i < r->layers_n; i++) {
        const layer_view *v = &r->layers[i].v;
        const layer_header *h = v->head;
        layer_scan *s = &scan->layers[i];
        s->searches = CQ_NEWN(article, search_state, v->n[S_SEARCHES] + 1);
        for (uint32_t k = 0; k < v->n[S_SEARCHES]; k++)
            s->searches[k].steps = STEPS_AT_ONCE;
        s->seen = CQ_NEWN(article, uint8_t, h->article_bits / 8 + 1);
        s->first[0] = word_info(v, r->lexicon, h->de);
        s->first[1] = word_info(v, r->lexicon, h->a_);
        s->second[0] = word_info(v, r->lexicon, h->le);
        s->second[1] = word_info(v, r->lexicon, h->les);
    }
    return scan;
}

size_t cq_rules_limits(const cq_rules_scan *s, const cq_rule_limit **limits)
{
    *limits = s->limits.v;
    return s->limits.n;
}
