// Reports: one writer per format, a table of them. A writer puts one article's report
// into a buffer; it sees the public result and nothing of the program behind it.
#ifndef CQ_REPORT_REPORT_H
#define CQ_REPORT_REPORT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "calque.h"

// Which tier closes the gate: a scored finding of this tier, or of a worse one.
// ORDER: names in report.c
typedef enum {
    CQ_FAIL_ON_MUST_FIX,
    CQ_FAIL_ON_CHECK,
    CQ_FAIL_ON_POLISH,
    CQ_FAIL_ON_NEVER,
} cq_fail_on;

typedef struct {
    const cq_part *packs, *dictionaries; // of the checker
    size_t packs_n, dictionaries_n;
    cq_text config_sha256;
    cq_fail_on fail_on;
    const char *ui;   // "fr", "en"; NULL: the article's language
    bool color;       // escape sequences of a terminal
    unsigned width;   // columns to wrap at
    unsigned suggest; // alternatives shown for a finding; 0: none
    bool alignment;   // JSON reports list the result's links
} cq_report_options;

typedef CQ_VEC(cq_count) cq_counts;

// How often, and in how many articles, a term of the source was rendered in one way.
typedef struct {
    cq_str term, text, words; // see cq_term_rendering
    unsigned count, articles;
    uint32_t next; // the term's next rendering + 1; 0: none
} cq_term_total;

// A whole run, for --summary and the last lines of the text report.
typedef struct {
    cq_arena *arena;
    unsigned articles, by_status[3], by_verdict[3], gate_failed;
    uint64_t words, findings;
    double penalty;
    cq_counts severities, categories, tiers;
    cq_map terms; // term -> its first rendering + 1
    CQ_VEC(cq_term_total) renderings;
    cq_str worst_rule; // of the worst finding, the first met; ""
    cq_str worst_path; // of its article
    cq_tier worst_tier;
    const char *language; // of the articles, "en" or "fr"; NULL: none was checked
} cq_totals;

typedef struct {
    const char *name;
    void (*article)(const cq_report_options *o, const cq_result *r, cq_buf *out);
    // After the last article; NULL: nothing to add.
    void (*end)(const cq_report_options *o, const cq_totals *t, cq_buf *out);
} cq_writer;

extern const cq_writer CQ_WRITERS[];
extern const size_t CQ_WRITERS_N;
const cq_writer *cq_writer_find(cq_str name); // NULL: there is none

bool cq_gate_passed(const cq_result *r, cq_fail_on on);
const char *cq_fail_on_name(cq_fail_on on);

void cq_totals_init(cq_totals *t, cq_arena *a);
void cq_totals_add(cq_totals *t, const cq_result *r, cq_fail_on on);
void cq_write_summary(const cq_report_options *o, const cq_totals *t, cq_buf *out);

static inline cq_str cq_str_from(cq_text t) { return (cq_str){t.p ? t.p : "", t.n}; }

// A term that articles of the run render in two ways of which one word is the same
// ("suivi oculaire", "suivi des yeux"). The most frequent rendering is first.
typedef struct {
    const cq_term_total **renderings;
    size_t n;
    unsigned count; // of all
} cq_varied_term;

typedef CQ_VEC(cq_varied_term) cq_varied_terms;

// The most frequent first, in `a`. What stands but a few times is left out.
void cq_totals_terms(const cq_totals *t, cq_arena *a, cq_varied_terms *out);

#endif
