// Scoring after MQM (Multidimensional Quality Metrics, themqm.org): penalty points by
// severity over the words checked. These are issues found by a program, not a human MQM
// evaluation.
#include "score.h"

#include <stdlib.h>

#include "base/map.h"

// ORDER: cq_severity
static const double POINTS[] = {0, 1, 5, 25};

// Fewer words than this make the rate a matter of chance.
enum { RELIABLE_WORDS = 300 };

// Penalty points per 1,000 words up to which an article may go out, or is worth revising.
// Set so that edited French stays under the first and raw machine output passes it.
static const double PUBLISHABLE_MAX = 10, REVISE_MAX = 60;

static cq_verdict verdict_of(const cq_result *r)
{
    if (r->penalty_per_1000_words > REVISE_MAX) return CQ_RETRANSLATE;
    bool must_fix = false;
    for (size_t i = 0; i < r->findings_n; i++) {
        if (r->findings[i].scored && r->findings[i].tier == CQ_MUST_FIX) must_fix = true;
    }
    return must_fix || r->penalty_per_1000_words > PUBLISHABLE_MAX ? CQ_REVISE
                                                                   : CQ_PUBLISHABLE;
}

static cq_text text_of(const char *s) { return (cq_text){s, strlen(s)}; }

static int by_count(const void *a, const void *b) // most first, then by name
{
    const cq_count *x = a, *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return strcmp(x->name.p, y->name.p);
}

static void count_categories(cq_arena *a, cq_result *r)
{
    cq_map seen;
    cq_map_init(&seen, a);
    CQ_VEC(cq_count) counts = {0};
    for (size_t i = 0; i < r->findings_n; i++) {
        cq_text c = r->findings[i].category;
        bool fresh;
        uint32_t *at = cq_map_put(&seen, (cq_str){c.p, c.n}, &fresh);
        if (fresh) {
            *at = (uint32_t)counts.n;
            *CQ_PUSH(a, &counts) = (cq_count){c, 0};
        }
        counts.v[*at].count++;
    }
    if (counts.n) qsort(counts.v, counts.n, sizeof *counts.v, by_count);
    r->by_category = counts.v;
    r->by_category_n = counts.n;
}

static void count_severities_and_tiers(cq_arena *a, cq_result *r)
{
    cq_count *severities = CQ_NEWN(a, cq_count, CQ_CRITICAL + 1);
    cq_count *tiers = CQ_NEWN(a, cq_count, CQ_MUST_FIX + 1);
    for (int i = 0; i <= CQ_CRITICAL; i++) { // worst first
        severities[i].name = text_of(cq_severity_name((cq_severity)(CQ_CRITICAL - i)));
    }
    for (int i = 0; i <= CQ_MUST_FIX; i++) {
        tiers[i].name = text_of(cq_tier_name((cq_tier)(CQ_MUST_FIX - i)));
    }
    for (size_t i = 0; i < r->findings_n; i++) {
        severities[CQ_CRITICAL - r->findings[i].severity].count++;
        tiers[CQ_MUST_FIX - r->findings[i].tier].count++;
    }
    r->by_severity = severities;
    r->by_severity_n = CQ_CRITICAL + 1;
    r->by_tier = tiers;
    r->by_tier_n = CQ_MUST_FIX + 1;
}

void cq_score(cq_arena *a, cq_result *r)
{
    r->penalty = 0;
    for (size_t i = 0; i < r->findings_n; i++) {
        if (r->findings[i].scored) r->penalty += POINTS[r->findings[i].severity];
    }
    double words = r->words ? r->words : 1;
    r->penalty_per_1000_words = r->penalty * 1000 / words;
    r->mqm_style_score = 100 * (1 - r->penalty / words);
    if (r->mqm_style_score < 0) r->mqm_style_score = 0;
    r->reliable = r->words >= RELIABLE_WORDS;
    r->verdict = verdict_of(r);
    count_severities_and_tiers(a, r);
    count_categories(a, r);
}
