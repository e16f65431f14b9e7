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
    OPEN_MAX = 1024, // phrases begun and not yet ended at one token
    VERBAL_MAX = 4,  // tokens between an infinitive and a neighbour
    PHRASE_STEPS = 20000,
};

// ---- what tokens are -----------------------------------------------------------------

static void set_list(const layer_view *v, uint32_t at, token_info *t)
{
    const list_head *h = layer_list(v, at);
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
    set_list(&s->layer->v, layer_number(&s->layer->v, S_FORMS, id), &more);
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
        uint32_t list = o->form ? layer_number(v, S_FORMS, o->form)
                                : exact_list(v, cq_token_text(s->p, i));
        set_list(v, list, o);
        if (o->form && t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER)) {
            add_lower(s, cq_token_text(s->p, i), o);
        }
        if (t->flags & CQ_TOKEN_INVERTED) o->flags |= LIST_AFTER_VERB;
        // Du and des are articles, too; au and aux are one only within "à DET".
        if (o->flags & LIST_A) o->classes &= ~CQ_UPOS_BIT(CQ_DET);
        if (o->flags & (LIST_DE | LIST_A)) o->classes |= CQ_UPOS_BIT(CQ_ADP);
        o->bits |= class_bits(o->classes);
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

// ---- finding phrases -----------------------------------------------------------------

typedef struct {
    uint32_t node, start;
    uint8_t any, verbal; // tokens that may still be skipped
} open_phrase;

typedef struct {
    uint32_t pattern, first, last;
} phrase_hit;

typedef struct {
    pass *s;
    open_phrase *now, *next; // OPEN_MAX each
    uint32_t next_n;
    uint64_t ahead; // bits of the sentence's next token, and BIT_ALWAYS
    CQ_VEC(phrase_hit) hits;
} phrase_run;

static void keep_open(phrase_run *r, open_phrase o)
{
    if (r->next_n == OPEN_MAX) {
        r->s->scan->phrases_cut = true;
        return;
    }
    r->next[r->next_n++] = o;
}

static void arrive(phrase_run *r, uint32_t node, uint32_t start, uint32_t at)
{
    const layer_view *v = &r->s->layer->v;
    const node_rec *n = LAYER_AT(v, S_NODES, node_rec, node);
    uint32_t outputs = layer_count(v, S_OUTPUTS, n->outputs);
    for (uint32_t i = 0; i < outputs; i++) {
        uint32_t pattern = layer_number(v, S_OUTPUTS, n->outputs.at + i);
        *CQ_PUSH(r->s->a, &r->hits) = (phrase_hit){pattern, start, at + 1};
    }
    if (n->edges.n) {
        keep_open(r, (open_phrase){node, start, CQ_PHRASE_GAP, VERBAL_MAX});
    }
}

// Takes an edge at token `at`; a contracted token may be two items at once.
static void take_edge(phrase_run *r, const edge_rec *e, const token_info *t,
                      uint32_t start, uint32_t at)
{
    if (e->next & r->ahead) arrive(r, e->node, start, at);
    const token_info *first, *second;
    if (!contracted(r->s, t, &first, &second) || !has_symbol(first, e->symbol)) return;
    const layer_view *v = &r->s->layer->v;
    const node_rec *n = LAYER_AT(v, S_NODES, node_rec, e->node);
    uint32_t count = layer_count(v, S_EDGES, n->edges);
    const edge_rec *edges = LAYER_AT(v, S_EDGES, edge_rec, n->edges.at);
    for (uint32_t i = 0; i < count; i++) {
        if (!(edges[i].next & r->ahead)) continue;
        if (has_symbol(second, edges[i].symbol)) arrive(r, edges[i].node, start, at);
    }
}

// Takes all edges with one symbol, of `count` sorted ones.
static void take_symbol(phrase_run *r, const edge_rec *edges, uint32_t count,
                        uint32_t symbol, const token_info *t, uint32_t start, uint32_t at)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (edges[mid].symbol < symbol) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    for (; low < count && edges[low].symbol == symbol; low++) {
        take_edge(r, &edges[low], t, start, at);
    }
}

static void follow(phrase_run *r, const open_phrase *o, const token_info *t, uint32_t at)
{
    const layer_view *v = &r->s->layer->v;
    const node_rec *n = LAYER_AT(v, S_NODES, node_rec, o->node);
    uint32_t count = layer_count(v, S_EDGES, n->edges);
    const edge_rec *edges = LAYER_AT(v, S_EDGES, edge_rec, n->edges.at);
    if (count <= 4) {
        for (uint32_t i = 0; i < count; i++) {
            if (has_symbol(t, edges[i].symbol)) {
                take_edge(r, &edges[i], t, o->start, at);
            }
        }
    } else {
        for (uint32_t bits = t->classes & v->head->class_used & ~1u; bits;
             bits &= bits - 1) {
            take_symbol(r, edges, count, (uint32_t)__builtin_ctz(bits), t, o->start, at);
        }
        for (uint32_t i = 0; i < t->n; i++) {
            take_symbol(r, edges, count, t->symbols[i], t, o->start, at);
        }
    }
    if (!n->gap) return;
    open_phrase rest = *o;
    bool verbal = (n->gap & GAP_AFTER_VERB && t->flags & LIST_AFTER_VERB) ||
                  (n->gap & GAP_BEFORE_VERB && t->flags & LIST_BEFORE_VERB);
    if (verbal && rest.verbal) {
        rest.verbal--;
    } else if (n->gap & GAP_ANY && rest.any &&
               r->s->p->tokens[at].kind != CQ_TOKEN_PUNCT) {
        rest.any--;
    } else {
        return;
    }
    keep_open(r, rest);
}

// ---- close look at phrases -----------------------------------------------------------

typedef struct {
    pass *s;
    const item_rec *items;
    uint32_t n, limit, end;
    int steps;
    cq_match_part *parts;
} phrase_try;

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
    t->parts[k] = (cq_match_part){.first = first, .last = last, .kind = (uint8_t)kind};
}

// Item k and what follows it, from token `at` on; `left` is the item before that is
// there, `gap` whether "..." lies between.
static bool match_items(phrase_try *t, uint32_t k, uint32_t at, const item_rec *left,
                        bool gap)
{
    if (--t->steps < 0) return false;
    if (k == t->n) {
        if (t->end != UINT32_MAX) return at == t->end;
        t->end = at;
        return true;
    }
    const item_rec *item = &t->items[k];
    if (item->kind == CQ_ITEM_GAP) {
        set_part(t, k, at, at, CQ_ITEM_GAP);
        return match_items(t, k + 1, at, left, true);
    }
    const token_info *first, *second;
    if (left && !gap && contracted(t->s, &t->s->info[at - 1], &first, &second) &&
        has_symbol(first, left->symbol) && has_symbol(second, item->symbol) &&
        t->parts[k - 1].last == at && t->parts[k - 1].kind != CQ_ITEM_SECOND) {
        set_part(t, k, at - 1, at, CQ_ITEM_SECOND);
        if (match_items(t, k + 1, at, item, false)) return true;
    }
    unsigned any = CQ_PHRASE_GAP, verbal = VERBAL_MAX;
    for (uint32_t here = at; here < t->limit; here++) {
        if (has_symbol(&t->s->info[here], item->symbol)) {
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
    t.n = layer_count(v, S_ITEMS, rec->parts);
    if (!t.n || t.n > CQ_PHRASE_ITEMS_MAX) return false;
    t.items = LAYER_AT(v, S_ITEMS, item_rec, rec->parts.at);
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

static search_state *state_of(const pass *s, const pattern_rec *rec)
{
    return rec->query < s->layer->v.head->queries_n ? &s->state->searches[rec->query]
                                                    : NULL;
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
            add_found(s, out, pattern, start, end, parts, rec->parts.n);
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
        *part = (cq_match_part){first, first, start, start, {0, 0}, CQ_ITEM_GROUP};
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

// A literal of an expression stands at byte `at` of a block.
static void try_regex(pass *s, uint32_t pattern, cq_str text, uint32_t base, uint32_t at,
                      founds *out)
{
    const pattern_rec *rec = pattern_at(s->layer, pattern);
    search_state *state = state_of(s, rec);
    if (rec->kind != CQ_RULE_REGEX || rec->rule == UINT32_MAX || !state || state->off) {
        return;
    }
    if (rec->regex >= s->layer->v.head->regexes_n) return;
    const cq_ref *ref = LAYER_AT(&s->layer->v, S_REGEXES, cq_ref, rec->regex);
    cq_str source = layer_str(&s->layer->v, *ref);
    if (!s->scan->matcher) s->scan->matcher = cq_regex_matcher_new(s->scan->article);
    for (;;) {
        uint32_t from = at > rec->regex_before ? at - rec->regex_before : 0;
        if (from < state->next) from = state->next;
        while (from < text.n && ((unsigned char)text.p[from] & 0xc0) == 0x80) from++;
        if (from > at) return;
        cq_regex_groups g;
        cq_regex_result r =
            cq_regex_search(&s->layer->regexes[rec->regex], s->scan->matcher, source,
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

// What begins at a token, or is anchored there.
static void begin_at(phrase_run *r, uint32_t at, const cq_sentence *sentence, founds *out)
{
    pass *s = r->s;
    const layer_view *v = &s->layer->v;
    const token_info *t = &s->info[at];
    uint32_t bits = t->classes & v->head->class_used;
    for (uint32_t i = 0; bits || i < t->starters;) {
        uint32_t symbol;
        if (bits) {
            symbol = (uint32_t)__builtin_ctz(bits);
            bits &= bits - 1;
        } else {
            symbol = t->symbols[i++];
        }
        const symbol_rec *k = LAYER_AT(v, S_SYMBOLS, symbol_rec, symbol);
        bool two = t->flags & (LIST_DE | LIST_A); // what follows may be in it already
        uint32_t n = two || k->next & r->ahead ? layer_count(v, S_EDGES, k->edges) : 0;
        for (uint32_t e = 0; e < n; e++) {
            take_edge(r, LAYER_AT(v, S_EDGES, edge_rec, k->edges.at + e), t, at, at);
        }
        n = layer_count(v, S_NUMBERS, k->anchors);
        for (uint32_t e = 0; e < n; e++) {
            try_query(s, layer_number(v, S_NUMBERS, k->anchors.at + e), at, sentence,
                      out);
        }
        if (k->article && k->article <= v->head->article_bits) {
            s->state->seen[(k->article - 1) / 8] |= (uint8_t)(1u << (k->article - 1) % 8);
        }
    }
}

static void search_sentence(phrase_run *r, const cq_sentence *sentence, founds *out)
{
    uint32_t now_n = 0;
    for (uint32_t at = sentence->first; at < sentence->last; at++) {
        bool more = at + 1 < sentence->last;
        r->ahead = BIT_ALWAYS | (more ? r->s->info[at + 1].bits : 0);
        r->next_n = 0;
        for (uint32_t i = 0; i < now_n; i++) {
            follow(r, &r->now[i], &r->s->info[at], at);
        }
        begin_at(r, at, sentence, out);
        open_phrase *swap = r->now;
        r->now = r->next;
        r->next = swap;
        now_n = r->next_n;
    }
}

static void look_closely(phrase_run *r, founds *out)
{
    pass *s = r->s;
    for (size_t i = 0; i < r->hits.n; i++) {
        const phrase_hit *h = &r->hits.v[i];
        const pattern_rec *rec = pattern_at(s->layer, h->pattern);
        if (rec->kind != CQ_RULE_PHRASE || rec->rule == UINT32_MAX) continue;
        cq_match_part parts[CQ_QUERY_TOKENS_MAX];
        uint32_t end = h->last;
        uint32_t limit = s->p->sentences[s->p->tokens[h->first].sentence].last;
        if (!cq_phrase_at(s, rec, h->first, limit, parts, &end)) continue;
        add_found(s, out, h->pattern, h->first, h->last, parts, rec->parts.n);
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
        if (s->layer->replaced && s->layer->replaced[rec->rule]) continue;
        const rule_rec *r = LAYER_AT(v, S_RULES, rule_rec, rec->rule);
        bool pending, evidence;
        if (!cq_conditions_hold(s, r, f, &pending, &evidence)) continue;
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
              .a = a};
    s.info = infos(&s);
    phrase_run r = {.s = &s};
    r.now = CQ_NEWN(a, open_phrase, OPEN_MAX);
    r.next = CQ_NEWN(a, open_phrase, OPEN_MAX);
    uint32_t searches = s.layer->v.head->queries_n;
    for (uint32_t i = 0; i < searches; i++) {
        s.state->searches[i].next = 0;
        s.state->searches[i].steps += STEPS_PER_TOKEN * (int64_t)p->n;
    }
    founds all = {0};
    for (size_t i = 0; i < p->sentences_n; i++) {
        search_sentence(&r, &p->sentences[i], &all);
    }
    look_closely(&r, &all);
    search_blocks(&s, &all);
    judge(&s, &all, out);
    if (scan->phrases_cut) note_limit(scan, "phrase-limit", UINT32_MAX);
}

void cq_rules_passage(cq_rules_scan *scan, cq_arena *a, const cq_passage *p,
                      cq_matches *out)
{
    if (!p->n) return;
    size_t before = out->n;
    for (size_t i = 0; i < scan->rules->layers_n; i++) {
        passage_of_layer(scan, i, a, p, out);
    }
    size_t n = out->n - before;
    drop_overlaps(out->v + before, &n);
    out->n = before + n;
}

// ---- an article ----------------------------------------------------------------------

static token_info word_info(const layer_view *v, const cq_lexicon *l, uint32_t form)
{
    token_info t = {.form = form, .classes = cq_lexicon_upos(l, form)};
    set_list(v, layer_number(v, S_FORMS, form), &t);
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
        s->searches = CQ_NEWN(article, search_state, h->queries_n + 1);
        for (uint32_t k = 0; k < h->queries_n; k++) s->searches[k].steps = STEPS_AT_ONCE;
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
