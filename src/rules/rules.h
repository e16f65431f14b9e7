// The rule engine: packs are compiled to one mapped file a layer, and matched over
// passages. It knows nothing of checks and reports: it gives matches; checks/pattern.c
// makes findings. rules/README.md defines the languages.
#ifndef CQ_RULES_RULES_H
#define CQ_RULES_RULES_H

#include "calque.h"
#include "lexicon/lexicon.h"
#include "text/token.h"

typedef struct cq_rules cq_rules;

// `dirs` are layers of packs, lowest first; the first is the built-in one. A rule of a
// higher layer replaces that of the same name below. Opening never fails for a broken
// rule: it is left out and named, with file and line, in the problems. Read-only
// afterwards, any thread may use it. The lexicon must outlive it.
cq_rules *cq_rules_open(const cq_lexicon *l, const char *const *dirs, size_t dirs_n,
                        const char *cache_dir, cq_err *err);
void cq_rules_free(cq_rules *r);
void cq_rules_idle(const cq_rules *r); // its pages are not needed for now
size_t cq_rules_problems(const cq_rules *r);
const cq_err *cq_rules_problem(const cq_rules *r, size_t i);
size_t cq_rules_count(const cq_rules *r);
bool cq_rules_have_profile(const cq_rules *r, cq_str name); // some rule has it
size_t cq_rules_packs(const cq_rules *r, const cq_part **packs);

// Texts in the mapped file: a list of `n` that starts at `at`.
typedef struct {
    const cq_rules *rules;
    uint32_t layer, at, n;
} cq_rule_texts;
cq_str cq_rule_text(cq_rule_texts t, uint32_t i); // "" past the end

typedef enum { CQ_RULE_PHRASE, CQ_RULE_TOKENS, CQ_RULE_REGEX } cq_rule_kind;

typedef struct {
    cq_str id;   // "en-fr/idioms/silver-lining"
    cq_str path; // of its pack's file
    unsigned line;
    cq_rule_kind kind;
    cq_str category;
    cq_severity severity;
    cq_confidence confidence;
    int priority;
    cq_str message_fr, message_en, advice_fr, advice_en, note_fr, note_en; // templates
    bool needs_source;
    uint32_t patterns; // how many
    cq_rule_texts sources, suggest, refs;
} cq_rule_info;

// Rules are numbered 0..cq_rules_count. False for a number past the end.
bool cq_rule(const cq_rules *r, uint32_t rule, cq_rule_info *out);
// Walks over the expressions whose rendering word for word is an error by itself and
// whose longest word, without apostrophe, is this one; those of later rules come first.
//   cq_literal_walk w = {.word = word};
//   while (cq_rules_literal(r, &w, &rule, &source)) ...
typedef struct {
    cq_str word;
    size_t layers; // done; then the next record of the one after
    uint32_t at;
} cq_literal_walk;
bool cq_rules_literal(const cq_rules *r, cq_literal_walk *w, uint32_t *rule,
                      cq_str *source);
uint32_t cq_rule_find(const cq_rules *r, cq_str id); // UINT32_MAX: no such rule

// Words that begin alike are taken for forms of one: "texte", "textes".
enum { CQ_STEM = 4 };
static inline bool cq_same_stem(cq_str a, cq_str b)
{
    cq_str stem = cq_str_sub(a, 0, a.n < CQ_STEM ? a.n : CQ_STEM);
    return stem.n > 2 && b.n >= stem.n && !memcmp(stem.p, b.p, stem.n);
}

// What one item of a phrase, token of a query or group of an expression stands on.
typedef struct {
    uint32_t first, last; // tokens of the passage, half-open; equal: it is missing
    uint32_t start, end;  // bytes of document.text
    cq_reading reading;   // of a single token that a word matched; else lemma 0
    uint8_t kind;         // cq_item_kind
    bool open;            // one of many words beside the one that is wrong, or "..."
    bool named;           // ... and a suggestion of the rule names one of them
} cq_match_part;

// ITEM_VERB is a word written as an infinitive. ITEM_SECOND is the article inside du des
// au aux, whose first part matched the item before: both name the same token.
typedef enum {
    CQ_ITEM_WORD,
    CQ_ITEM_VERB,
    CQ_ITEM_EXACT,
    CQ_ITEM_CLASS,
    CQ_ITEM_GAP,    // ...
    CQ_ITEM_SECOND, // see above
    CQ_ITEM_TOKEN,  // of a query
    CQ_ITEM_GROUP,  // of an expression
} cq_item_kind;

typedef struct {
    uint32_t rule;
    uint32_t variant;                 // which of the rule's patterns
    uint32_t start, end;              // bytes of document.text that the finding covers
    uint32_t first, last;             // its tokens
    uint32_t whole_first, whole_last; // tokens of the whole match
    uint32_t sentence;                // of the passage
    bool pending;      // article conditions are still open: ask cq_rules_hold at the end
    bool evidence;     // one of the rule's sources stands in the English behind it,
    cq_span source_at; // there (as cq_scan_options.stands says it)
    uint32_t pattern;  // for cq_match_find_part
    const cq_match_part *parts; // in the order of the pattern: part i is {i + 1}
    uint32_t parts_n;
} cq_match;

typedef CQ_VEC(cq_match) cq_matches;

// One article's pass over the rules.
typedef struct cq_rules_scan cq_rules_scan;

// Whether an English expression is behind a passage.
typedef enum {
    CQ_ENGLISH_UNKNOWN,
    CQ_ENGLISH_THERE,
    CQ_ENGLISH_ELSE, // surely something else: none of its words is
} cq_english_behind;

typedef struct {
    const char *region;  // NULL: "fr-FR"
    const char *profile; // NULL: none
    // Does an English expression stand, in any inflection, in the English behind bytes
    // [start, end) of the text? *at says where. NULL: no English is known.
    cq_english_behind (*stands)(void *english, cq_str expression, uint32_t start,
                                uint32_t end, cq_span *at);
    void *english;
} cq_scan_options;

cq_rules_scan *cq_rules_begin(const cq_rules *r, cq_arena *article,
                              const cq_scan_options *o);
// Appends the matches of one tagged passage; they and their parts lie in `a`. Passages
// come in order. Matches of one rule do not overlap.
void cq_rules_passage(cq_rules_scan *s, cq_arena *a, const cq_passage *p,
                      cq_matches *out);
// After the last passage: whether the rule's conditions on the article hold. True for
// rules without any.
bool cq_rules_hold(const cq_rules_scan *s, uint32_t rule);

// A rule that reached a limit and was not tried everywhere; each once.
typedef struct {
    const char *code; // "regex-limit", "tokens-limit", "phrase-limit"
    uint32_t rule;    // UINT32_MAX: no single one
} cq_rule_limit;
size_t cq_rules_limits(const cq_rules_scan *s, const cq_rule_limit **limits);

// The part that {name} stands for in the match's rule: a label, or its number from 1.
// NULL: none.
const cq_match_part *cq_match_find_part(const cq_rules *r, const cq_match *m,
                                        cq_str name);

#endif
