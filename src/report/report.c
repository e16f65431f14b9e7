// The table of writers, the gate, and the totals of a run.
#include "report/report.h"

#include "report/terms.h"
#include "report/writers.h"

const cq_writer CQ_WRITERS[] = {
    {"text", cq_write_text, cq_write_text_end},
    {"json", cq_write_json, NULL},
    {"jsonl", cq_write_jsonl, NULL},
};
const size_t CQ_WRITERS_N = CQ_COUNT(CQ_WRITERS);

const cq_writer *cq_writer_find(cq_str name)
{
    for (size_t i = 0; i < CQ_WRITERS_N; i++) {
        if (cq_str_is(name, CQ_WRITERS[i].name)) return &CQ_WRITERS[i];
    }
    return NULL;
}

// A finding closes the gate when its tier is at least this.
static const struct {
    const char *name;
    int least_tier;
} GATES[] = {
    {"must-fix", CQ_MUST_FIX},
    {"check", CQ_CHECK},
    {"polish", CQ_POLISH},
    {"never", CQ_MUST_FIX + 1},
};

const char *cq_fail_on_name(cq_fail_on on) { return GATES[on].name; }

bool cq_gate_passed(const cq_result *r, cq_fail_on on)
{
    for (size_t i = 0; i < r->findings_n; i++) {
        const cq_finding *f = &r->findings[i];
        if (f->scored && (int)f->tier >= GATES[on].least_tier) return false;
    }
    return true;
}

void cq_totals_init(cq_totals *t, cq_arena *a)
{
    *t = (cq_totals){.arena = a, .worst_rule = CQ_LIT(""), .worst_path = CQ_LIT("")};
    cq_map_init(&t->terms, a);
}

static void add_counts(cq_arena *a, cq_counts *into, const cq_count *from, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        cq_str name = cq_str_from(from[i].name);
        size_t k = 0;
        while (k < into->n && !cq_str_eq(cq_str_from(into->v[k].name), name)) k++;
        if (k == into->n) {
            name = cq_str_copy(a, name);
            *CQ_PUSH(a, into) = (cq_count){{name.p, name.n}, 0};
        }
        into->v[k].count += from[i].count;
    }
}

void cq_totals_add(cq_totals *t, const cq_result *r, cq_fail_on on)
{
    t->articles++;
    t->by_status[r->status]++;
    if (r->status != CQ_CHECKED) return;
    t->by_verdict[r->verdict]++;
    t->gate_failed += !cq_gate_passed(r, on);
    t->words += r->words;
    t->findings += r->findings_n;
    t->penalty += r->penalty;
    t->language = cq_str_is(cq_str_from(r->language), "en") ? "en" : "fr";
    add_counts(t->arena, &t->severities, r->by_severity, r->by_severity_n);
    add_counts(t->arena, &t->categories, r->by_category, r->by_category_n);
    add_counts(t->arena, &t->tiers, r->by_tier, r->by_tier_n);
    cq_terms_add(t, r);
    for (size_t i = 0; i < r->findings_n; i++) {
        const cq_finding *f = &r->findings[i];
        if (t->worst_rule.n && f->tier <= t->worst_tier) continue;
        t->worst_rule = cq_str_copy(t->arena, cq_str_from(f->rule));
        t->worst_path = cq_str_copy(t->arena, cq_str_from(r->path));
        t->worst_tier = f->tier;
    }
}
