// How a compiled layer lies in its file: sections of plain records that name each other
// by number. Written by compile.c, read by match.c and rules.c. Whoever follows a number
// checks it first: see layer_* below. Private to rules/.
#ifndef CQ_RULES_LAYOUT_H
#define CQ_RULES_LAYOUT_H

#include "base/str.h"
#include "lexicon/morphology.h"
#include "rules/rules.h"

enum { CQ_LAYER_VERSION = 11 }; // raise it when anything here changes

// Items [at, at + n) of a section, or bytes of S_STRINGS.
typedef struct {
    uint32_t at, n;
} cq_ref;

// What each token asks for lies first, what a rule is and says last: pages of it are
// touched only where something was found.
typedef enum {
    S_FORMS,         // form_block: which forms of the lexicon are words of rules
    S_LIST_OF,       // uint32_t for each of those forms: its list in S_LISTS
    S_LISTS,         // uint32_t: see list_head
    S_EXACT,         // exact_rec, sorted: lists of texts that are no forms
    S_SYMBOLS,       // symbol_rec, of the starters only
    S_BITS,          // uint64_t of each symbol
    S_ANCHORS,       // anchor_rec, of phrases by symbol
    S_QUERY_ANCHORS, // query_anchor_rec, by symbol
    S_SCAN,          // the automaton of required literals, see prefilter.h
    S_GATES,         // gate_rec
    S_TOPICS,        // topic_rec
    S_PATTERNS,      // pattern_rec
    S_ITEMS,         // item_rec
    S_TOKENS,        // token_rec
    S_TESTS,         // test_rec, operands before operators
    S_SEARCHES,      // search_rec: of queries and expressions
    S_COMPARES,      // compare_rec
    S_NUMBERS,       // uint32_t: lists of symbols, patterns, lemmas
    S_NEARS,         // near_rec
    S_RULES,         // rule_rec
    S_REGEXES,       // cq_ref into S_STRINGS: expressions, of rules and of values
    S_SAYS,          // says_rec: of each rule
    S_TEXTS,         // cq_ref into S_STRINGS
    S_STRINGS,       // bytes
    S_PACKS,         // pack_rec
    S_PROBLEMS,      // problem_rec
    S_RULE_IDS,      // uint32_t: open-addressed hash of rule ids, rule + 1
    S_RENDERED,      // rendered_rec, sorted: see cq_rules_literal
    SECTIONS
} section;

typedef struct {
    char magic[8];
    uint32_t version, forms_n; // of the lexicon
    uint32_t starters_n;       // symbols below this begin something
    uint32_t class_used;       // bit set of UPOS that some rule asks for
    uint32_t article_bits;     // symbols from SETS on that are watched over the article
    uint32_t symbols_n, regexes_n;
    uint32_t ascii_lists[128];                  // lists of single ASCII characters
    uint32_t de, a_, le, les, du, des, au, aux; // forms
    struct {
        uint32_t at, n; // bytes
    } sections[SECTIONS];
} layer_header;

// A symbol is what a token may be: below SETS a part of speech, else one of a set of
// readings and forms. A token has several.
enum { SETS = CQ_UPOS_N };

typedef struct {
    cq_ref phrases, queries; // S_ANCHORS, S_QUERY_ANCHORS: what to try where it is
} symbol_rec;

// A pattern is tried around each token that has the rarest symbol it requires. The tokens
// beside it are asked, too, so that few tries are in vain.
typedef struct {
    uint64_t before, after; // the token there has one of these bits; all: not asked
    uint32_t pattern;
    uint32_t gate; // S_GATES
} anchor_rec;

// Of a query also the traits that none of the three may have.
typedef struct {
    anchor_rec beside;
    uint64_t none, none_before, none_after;
} query_anchor_rec;

// What an article must be for rules to be tried at all; 0 is open to all. Patterns name
// the first ones only: what is behind others is tried in vain.
typedef struct {
    cq_ref topics; // S_NUMBERS: topics
    cq_ref region; // S_TEXTS
    cq_ref profile;
    uint32_t needs_source;
} gate_rec;
enum { GATES_KEPT = 256 };

// 64 forms of the lexicon: those that have a list, and how many have one before them.
typedef struct {
    uint64_t some;
    uint32_t before, reserved;
} form_block;

// A list, at an even place: its head, then n symbols in order; the first `starters` begin
// something.
typedef struct {
    uint16_t n, starters;
    uint32_t flags; // LIST_*
    uint64_t bits;  // some bit of each symbol's
} list_head;
enum { LIST_HEAD = sizeof(list_head) / 4 };
enum {
    LIST_AFTER_VERB = 1,  // may stand between an infinitive and what follows it
    LIST_BEFORE_VERB = 2, // ... and what precedes it
    LIST_DE = 4,          // du des: also two tokens
    LIST_A = 8,           // au aux
    LIST_PLURAL = 16,     // des aux
};

typedef struct {
    uint64_t hash; // of the folded text
    uint32_t list, reserved;
} exact_rec;

// Bits settle most questions: a token that has none of a symbol's bits does not have that
// symbol. Those of a class are its own; those of a set are its words', or of a large set
// one that few others have. A list has one bit at least of each of its symbols, as few in
// all as will do.
enum {
    BITS_CLASSES = 16, // the first ones
    BIT_AFTER_VERB = BITS_CLASSES,
    BIT_BEFORE_VERB,
    BIT_NO_TOKEN, // stands where a sentence has ended
    BITS_LARGE,   // the first of those of large sets
    BITS_WORDS = BITS_LARGE + 6,
};

static inline uint64_t class_bits(uint32_t classes)
{
    classes >>= 1; // that of no class is any token's
    return (classes | classes >> BITS_CLASSES) & ((1u << BITS_CLASSES) - 1);
}

static inline uint64_t flag_bits(uint32_t flags)
{
    return (flags & LIST_AFTER_VERB ? 1ull << BIT_AFTER_VERB : 0) |
           (flags & LIST_BEFORE_VERB ? 1ull << BIT_BEFORE_VERB : 0);
}

typedef struct {
    cq_ref name, sha256, path;
} pack_rec;

typedef struct {
    cq_ref path, message;
    uint32_t line, code;
} problem_rec;

typedef struct {
    cq_ref id, category;
    cq_ref sources; // S_TEXTS
    cq_ref nears;   // S_NEARS
    cq_ref unless;  // S_PATTERNS
    uint32_t gate;  // S_GATES
    uint32_t blocks;
} rule_rec;

// An English expression whose rendering word for word is an error by itself.
typedef struct {
    uint32_t hash;       // of its longest word
    uint32_t rule, text; // S_RULES, S_TEXTS
} rendered_rec;

static inline cq_str literal_key(cq_str expression)
{
    cq_str word, best = {"", 0};
    while (cq_str_split(&expression, ' ', &word)) {
        if (word.n > best.n && !memchr(word.p, '\'', word.n)) best = word;
    }
    return best;
}

static inline uint32_t literal_hash(cq_str key) { return (uint32_t)cq_str_hash(key); }

typedef struct {
    cq_ref path;
    cq_ref message_fr, message_en, advice_fr, advice_en, note_fr, note_en;
    cq_ref suggest, refs; // S_TEXTS
    uint32_t line;
    int32_t priority;
    uint32_t patterns;
    uint8_t kind, severity, confidence, needs_source;
} says_rec;

// Parts are S_ITEMS of a phrase, S_TOKENS of a query, groups of an expression.
typedef struct {
    uint32_t rule; // UINT32_MAX: a broken one's
    uint32_t parts_at;
    uint32_t search; // S_SEARCHES, but of a phrase
    uint8_t parts_n;
    uint8_t kind; // cq_rule_kind
    uint8_t variant;
    uint8_t gate;                   // S_GATES
    uint8_t mark_from, mark_to;     // parts; MARK_ALL: the whole match
    uint8_t before_min, before_max; // tokens before its anchor
} pattern_rec;
enum { MARK_ALL = 255 };

typedef struct {
    cq_ref compares;         // S_COMPARES
    uint32_t regex;          // S_REGEXES
    uint32_t before, blanks; // bytes and blanks before the required literal
} search_rec;

typedef struct {
    uint32_t symbol : 24; // 0: "..."
    uint32_t kind : 4;    // cq_item_kind
    uint32_t optional : 1;
    uint32_t verb : 1;
    uint32_t open : 1; // see cq_match_part
    uint32_t named : 1;
} item_rec;
enum { SYMBOLS_MAX = 1 << 24 };

typedef struct {
    uint64_t none, any; // traits it has none of, and one of
    cq_ref label;
    uint32_t test;
    uint16_t min, max;
    uint32_t exact; // its traits are all that is asked
    uint32_t reserved;
} token_rec;

typedef struct {
    uint8_t kind; // cq_test_kind
    uint8_t any, set, flag;
    uint8_t shift, bits;
    uint16_t lemmas_n;
    uint32_t left, right; // operands; of WORD and LEMMA the symbol, and of LEMMA its ids:
                          // lemmas_n sorted S_NUMBERS from `right`
    uint32_t values;      // FIELD, FLAG; WORD, LEMMA: expression + 1, 0: a set
} test_rec;

typedef struct {
    uint8_t token, any, what, shift, bits, set;
    uint8_t reserved[2];
} compare_side_rec;

typedef struct {
    compare_side_rec side[2];
    uint32_t equal;
} compare_rec;

typedef struct {
    uint32_t any, none;         // symbols, 0: not asked
    uint32_t any_bit, none_bit; // within the article: bit + 1
    uint32_t within;
} near_rec;

typedef struct {
    cq_ref name;
    cq_ref triggers; // S_NUMBERS: bits
} topic_rec;

// A layer, ready to be read. Records past the end read as the record `EMPTY`.
typedef struct {
    const layer_header *head;
    const unsigned char *p[SECTIONS];
    uint32_t n[SECTIONS]; // records
} layer_view;

// Checks the header and that all sections lie within the payload.
bool cq_layer_view(const unsigned char *payload, size_t n, layer_view *out);

extern const unsigned char CQ_LAYER_EMPTY[256];

#define LAYER_AT(view, section, type, i)                                                 \
    ((const type *)((i) < (view)->n[section]                                             \
                        ? (view)->p[section] + (size_t)(i) * sizeof(type)                \
                        : CQ_LAYER_EMPTY))

static inline uint32_t layer_number(const layer_view *v, section s, uint32_t i)
{
    return *LAYER_AT(v, s, uint32_t, i);
}

static inline cq_str layer_str(const layer_view *v, cq_ref r)
{
    if (r.at > v->n[S_STRINGS] || r.n > v->n[S_STRINGS] - r.at) return cq_str_of("");
    return (cq_str){(const char *)v->p[S_STRINGS] + r.at, r.n};
}

// How many items of a reference really are there.
static inline uint32_t layer_count(const layer_view *v, section s, cq_ref r)
{
    return r.at > v->n[s] || r.n > v->n[s] - r.at ? 0 : r.n;
}

// The list that starts at `at`, its symbols behind it; an empty one when it is damaged.
static inline const list_head *layer_list(const layer_view *v, uint32_t at)
{
    if (at % 2 || at >= v->n[S_LISTS] || v->n[S_LISTS] - at < LIST_HEAD) {
        return (const list_head *)CQ_LAYER_EMPTY;
    }
    const list_head *h = (const list_head *)(v->p[S_LISTS] + (size_t)at * 4);
    return h->n <= v->n[S_LISTS] - at - LIST_HEAD && h->starters <= h->n
               ? h
               : (const list_head *)CQ_LAYER_EMPTY;
}
// The list of a form.
static inline const list_head *layer_list_of(const layer_view *v, uint32_t form)
{
    const form_block *b = LAYER_AT(v, S_FORMS, form_block, form / 64);
    uint64_t bit = 1ull << form % 64;
    if (!(b->some & bit)) return (const list_head *)CQ_LAYER_EMPTY;
    uint32_t at = b->before + (uint32_t)__builtin_popcountll(b->some & (bit - 1));
    return layer_list(v, layer_number(v, S_LIST_OF, at));
}
static inline const uint32_t *list_symbols(const list_head *h)
{
    return (const uint32_t *)(h + 1);
}

#endif
