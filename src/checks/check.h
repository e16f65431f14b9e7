// What every check sees and gives. A check is one file and one row of CQ_CHECKS in
// checks.c. It runs over the passages of an article in order and keeps its state in what
// `begin` returned; nothing survives the article.
#ifndef CQ_CHECKS_CHECK_H
#define CQ_CHECKS_CHECK_H

#include "base/map.h"
#include "calque.h"
#include "checks/gazetteer.h"
#include "lexicon/parser.h"
#include "rules/rules.h"
#include "source/glossary.h"
#include "source/literal.h"
#include "source/pair.h"
#include "source/wordlinks.h"
#include "text/token.h"

// Where a hit stands, in bytes of document.text. Kept apart from tokens, which die with
// their passage.
typedef struct {
    uint32_t start, end;
    cq_span sentence;
    bool quoted;
} cq_spot;

// One alternative: what stands between start and end (they may be wider than the hit)
// once corrected.
typedef struct {
    uint32_t start, end;
    cq_str text;
    bool loose; // to be read only: how it fits in is not known
} cq_hit_fix;

// A finding before it is resolved. Strings live at least as long as the article:
// literals, the rules' own, or in run->arena.
typedef struct {
    cq_spot at;
    cq_str rule, category;
    cq_severity severity;
    cq_confidence confidence;
    int priority;                 // of the rule, default 0; the higher wins an overlap
    cq_str message, note, advice; // ready to show, in the language of the messages
    cq_str source;                // the English behind it, as far as known
    cq_span source_at; // that, in the text of the source; empty: the aligned sentences
    uint32_t variant;  // which pattern of its rule
    const cq_text *refs, *evidence;
    size_t refs_n, evidence_n;
    CQ_VEC(cq_hit_fix) fixes;
    bool safe;       // the first fix may be applied without being looked at
    cq_str fold_key; // the repeated error it is an instance of; "": its folded match
} cq_hit;

// A distinct word of the article that is capitalised or that the lexicon does not know:
// what spelling and names count. Exact spelling, case and all.
typedef struct {
    uint32_t count, first; // `first` is its first occurrence, in document.text
} cq_word_use;

typedef struct {
    const cq_options *options;
    bool english; // messages in English instead of French
    const cq_lexicon *lexicon;
    const cq_lexicon *foreign; // the source language's; NULL: its dictionary is missing
    const cq_parser *parser;
    const cq_rules *rules;
    const cq_names *names;
    const cq_document *doc;
    const char *region, *profile; // which rules run; NULL: the usual ones
    const cq_glossary *glossary;  // the user's terms; NULL: none
    cq_pair *pair;                // with the English source; NULL: it is not known
    cq_linker *linker;            // its words; NULL: no pair, or no bilingual lexicon
    cq_literal *literal;          // how closely it is followed; NULL without a pair
    struct cq_english_memo *english_memo; // of untranslated.c
    cq_arena *arena;                      // the article's
    cq_arena *scratch;                    // reset after each passage
    cq_map words; // word -> index into uses; complete in `finish` only
    CQ_VEC(cq_word_use) uses;
    CQ_VEC(cq_hit) hits;
    cq_map hits_of_rule; // how many of each rule are in hits
    cq_hit overflow;     // what is past the limits goes here and is forgotten
    CQ_VEC(cq_diagnostic) diagnostics;
    CQ_VEC(cq_term_rendering) terms; // of consistency.c
    unsigned words_n;                // of the blocks that are scored
} cq_check_run;

typedef struct {
    const char *id;    // "spelling"
    const char *needs; // "" or "source": silent without it
    // Any of the three may be NULL. `run` is called for each passage, in order.
    void *(*begin)(cq_check_run *run);
    void (*run)(cq_check_run *run, void *state, const cq_passage *p);
    void (*finish)(cq_check_run *run, void *state);
} cq_check_def;

extern const cq_check_def CQ_CHECKS[];
extern const size_t CQ_CHECKS_N;

// Counts the words of a passage into run->words and run->words_n. Before the checks.
void cq_count_words(cq_check_run *run, const cq_passage *p);
// Occurrences of exactly this word so far, among those that run->words counts.
uint32_t cq_word_count(const cq_check_run *run, cq_str word);

// Have most words of the sentence one of these flags? Then it is a title, where capitals
// mean nothing.
bool cq_is_title_case(const cq_passage *p, const cq_sentence *s, unsigned flags);

cq_spot cq_spot_of_tokens(const cq_passage *p, size_t first, size_t last); // half-open
cq_spot cq_spot_of_text(const cq_passage *p, uint32_t start, uint32_t end);

// Appends a hit of this rule, all else zero. Never NULL, valid until the next one; past
// the limits of hits for one rule and for one article it is dropped, and a diagnostic
// says so.
cq_hit *cq_hit_add(cq_check_run *run, cq_str rule, cq_spot at);
void cq_hit_fix_add(cq_check_run *run, cq_hit *h, uint32_t start, uint32_t end,
                    cq_str text);

void cq_hit_fix_add_loose(cq_check_run *run, cq_hit *h, cq_str text);

// The French or the English text, as the messages of this run want it.
static inline const char *cq_say(const cq_check_run *run, const char *fr, const char *en)
{
    return run->english ? en : fr;
}

// Once for each code and rule, however often it is called.
__attribute__((format(printf, 4, 5))) void
cq_diagnose(cq_check_run *run, const char *code, cq_str rule, const char *fmt, ...);

static inline cq_text cq_text_of(cq_str s) { return (cq_text){s.p, s.n}; }
static inline cq_str cq_str_of_text(cq_text t) { return (cq_str){t.p, t.n}; }

#endif
