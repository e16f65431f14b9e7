// What every check sees and gives. A check is one file and one row of CHECKS in checks.c;
// it keeps nothing between articles. It may keep state within one in `state`.
#ifndef CQ_CHECKS_CHECK_H
#define CQ_CHECKS_CHECK_H

#include "base/map.h"
#include "calque.h"
#include "lexicon/lexicon.h"
#include "rules/rules.h"
#include "text/token.h"

typedef struct cq_names cq_names; // checks/gazetteer.h

// A finding before it is resolved: positions are bytes of document.text.
typedef struct {
    uint32_t start, end;
    cq_str rule, category; // must outlive the article: literals, or the rules' own
    cq_severity severity;
    cq_confidence confidence;
    int priority;                  // rule priority, default 0; higher wins an overlap
    cq_str message_fr, message_en; // ready to show: templates filled
    cq_str note, advice_fr, advice_en;
    const cq_text *refs;
    size_t refs_n;
    const cq_text *evidence;
    size_t evidence_n;
    cq_str source;
    bool safe; // its fixes may be applied unseen
    struct cq_hit_fix *fixes;
    size_t fixes_n;
    cq_str fold_key; // the repeated error it is an instance of; "": rule + folded match
} cq_hit;

// One alternative: what stands between start and end (they may be wider than the hit)
// once corrected.
typedef struct cq_hit_fix {
    uint32_t start, end;
    cq_str text;
} cq_hit_fix;

// One distinct word form of the article: what names and consistency checks count.
typedef struct {
    uint32_t count;       // exact spelling, case and all
    uint32_t first;       // offset of its first occurrence
    uint32_t lower_count; // occurrences that do not begin with a capital
    uint32_t form;        // lexicon id, 0: unknown
} cq_form_use;

typedef struct {
    const cq_options *options;
    const cq_lexicon *lexicon;
    const cq_rules *rules;
    const cq_names *names;
    const cq_document *doc;
    cq_arena *arena;   // the article's
    cq_arena *scratch; // reset after each passage
    cq_map forms;      // exact word form -> index into uses; complete in `finish` only
    CQ_VEC(cq_form_use) uses;
    cq_map lemma_seen;    // for `near` article and `topic`: complete in `finish` only
    uint32_t *lemma_bits; // bit per form id: lemma occurs in the article; may be NULL
    CQ_VEC(cq_hit) hits;
    CQ_VEC(cq_diagnostic) diagnostics;
    unsigned words; // words checked
} cq_check_run;

typedef struct {
    const char *id;    // "spelling"
    const char *needs; // "" or "source": silent without it
    // Called for each passage, in order. Any of the three may be NULL.
    void *(*begin)(cq_check_run *run);
    void (*run)(cq_check_run *run, void *state, const cq_passage *p);
    void (*finish)(cq_check_run *run, void *state);
} cq_check_def;

extern const cq_check_def CQ_CHECKS[];
extern const size_t CQ_CHECKS_N;

// Appends a zeroed hit on tokens [first, last) of p.
cq_hit *cq_hit_add(cq_check_run *run, const cq_passage *p, size_t first, size_t last);
void cq_hit_fix_add(cq_check_run *run, cq_hit *h, uint32_t start, uint32_t end,
                    cq_str text);
__attribute__((format(printf, 4, 5))) void
cq_diagnose(cq_check_run *run, const char *code, cq_str rule, const char *fmt, ...);

#endif
