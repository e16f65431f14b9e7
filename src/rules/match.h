// What the parts of the matcher share: a scan, and what a passage's tokens are to a
// layer. match.c finds phrases and brings all together, query.c tries token queries,
// condition.c decides what counts. Private to rules/.
#ifndef CQ_RULES_MATCH_H
#define CQ_RULES_MATCH_H

#include "base/cache.h"
#include "rules/layout.h"
#include "rules/regex.h"
#include "rules/traits.h"

typedef struct {
    cq_blob blob;
    layer_view v;
    uint32_t first_rule; // number of its first rule among all
    cq_regex *regexes;
} cq_layer;

struct cq_rules {
    cq_arena *arena;
    const cq_lexicon *lexicon;
    cq_layer *layers;
    size_t layers_n;
    uint32_t rules_n;
    CQ_VEC(cq_err) problems;
    CQ_VEC(cq_part) packs;
};

// What a token is to a layer: its symbols.
typedef struct {
    const uint32_t *symbols; // sorted; the first `starters` begin something
    uint64_t traits;         // of queries
    uint64_t bits;           // some of its symbols', its classes', its flags'
    uint16_t n, starters;
    uint32_t classes; // bit set of UPOS of all readings; bit 0 is always set
    uint32_t flags;   // LIST_*
    uint32_t form;    // of the lexicon; that of "il" for "-il"
} token_info;

static inline bool has_traits(const token_info *t, const token_rec *k)
{
    return !(t->traits & k->none) && t->traits & k->any;
}

// One query or expression in this article.
typedef struct {
    int64_t steps;  // left to spend
    uint64_t since; // tokens of the article read when it was last tried
    uint32_t next;  // where the next try may begin: a token, or a byte
    bool off;       // spent: not tried any more
} search_state;

// What a layer has in an article.
typedef struct {
    search_state *searches;         // by pattern_rec.search
    uint8_t *seen;                  // bit set of symbols of the article
    uint8_t shut[GATES_KEPT];       // patterns of these gates are not tried
    token_info first[2], second[2]; // de, à; le, les: the parts of contracted tokens
} layer_scan;

struct cq_rules_scan {
    const cq_rules *rules;
    cq_arena *article;
    cq_scan_options options;
    layer_scan *layers;
    cq_regex_matcher *matcher; // made on first need
    uint64_t tokens;           // of the article so far, this passage's among them
    CQ_VEC(cq_rule_limit) limits;
    bool phrases_cut; // the limit of steps for phrases was met
    bool ends;        // the passage is the article's last
};

// One passage before one layer.
typedef struct {
    cq_rules_scan *scan;
    const cq_layer *layer;
    layer_scan *state;
    const cq_passage *p;
    const token_info *info;
    cq_arena *a;          // the passage's
    int64_t phrase_steps; // left to spend on phrases
} pass;

// A pattern that was found.
typedef struct {
    uint32_t pattern;
    uint32_t first, last; // tokens
    uint32_t start, end;  // bytes of the text
    cq_match_part *parts;
    uint32_t parts_n;
} found;

typedef CQ_VEC(found) founds;

// What one rule may spend in an article on queries, or on expressions beyond the cheap
// tries: so much at once, and so much more for each token.
enum { STEPS_AT_ONCE = 1 << 20, STEPS_PER_TOKEN = 32 };

static inline uint64_t bits_of_symbol(const cq_layer *l, uint32_t symbol)
{
    return *LAYER_AT(&l->v, S_BITS, uint64_t, symbol);
}

static inline bool has_symbol(const cq_layer *l, const token_info *t, uint32_t symbol)
{
    if (!(t->bits & bits_of_symbol(l, symbol))) return false;
    if (symbol < SETS) return t->classes >> symbol & 1;
    uint32_t low = 0, high = t->n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (t->symbols[mid] < symbol) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < t->n && t->symbols[low] == symbol;
}

static inline const search_rec *search_at(const cq_layer *l, const pattern_rec *rec)
{
    return LAYER_AT(&l->v, S_SEARCHES, search_rec, rec->search);
}

// Its items or tokens.
static inline cq_ref parts_of(const pattern_rec *rec)
{
    return (cq_ref){rec->parts_at, rec->parts_n};
}

static inline const pattern_rec *pattern_at(const cq_layer *l, uint32_t i)
{
    return LAYER_AT(&l->v, S_PATTERNS, pattern_rec, i);
}

// Spends the limit of a search: names it once, and switches it off.
void cq_search_off(pass *s, const pattern_rec *rec, search_state *state,
                   const char *code);

// All readings of a token: the lexicon's, or else what the tagger guessed, in `guess`.
const cq_reading *cq_query_readings(const pass *s, const token_info *t, uint32_t i,
                                    cq_reading *guess, size_t *n);
// Tries a query with its first token at `start`; `limit` ends the sentence. Fills in
// parts (CQ_QUERY_TOKENS_MAX of them) and *end.
bool cq_query_at(pass *s, const pattern_rec *rec, uint32_t start, uint32_t limit,
                 int64_t *steps, cq_match_part *parts, uint32_t *end);
// Tries a phrase whose first item stands at `start`. `end`: where it must end, or
// UINT32_MAX: anywhere, then it is filled in.
bool cq_phrase_at(pass *s, const pattern_rec *rec, uint32_t start, uint32_t limit,
                  cq_match_part *parts, uint32_t *end);

// Whether a higher layer has a rule of that name.
bool cq_rule_is_replaced(const cq_rules *r, const cq_layer *l, cq_str id);
// Does the article let rules of this gate be tried? `ends`: all of it was seen.
bool cq_gate_open(const cq_rules_scan *scan, const cq_layer *l, const layer_scan *state,
                  uint32_t gate, bool ends);
// Whether the conditions that the passage can decide hold for what was found.
// *pending: others are left for the article's end.
bool cq_conditions_hold(pass *s, const rule_rec *r, const found *f, bool *pending,
                        bool *evidence, cq_span *source_at);
// Is the article about one of these topics, by what was seen of it? True for none.
bool cq_topics_hold(const cq_layer *l, const layer_scan *state, cq_ref topics);
// Those that are left.
bool cq_article_conditions_hold(const cq_layer *l, const layer_scan *state,
                                const rule_rec *r);

#endif
