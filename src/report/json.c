// The formats json (a report per article, findings one a line) and jsonl (a report a
// line), and the --summary file. rules/report.schema.json describes what is written here.
#include "base/json_out.h"
#include "report/writers.h"

static void str(cq_json_out *j, const char *key, cq_text t)
{
    cq_json_str(j, key, cq_str_from(t));
}

static void str_or_null(cq_json_out *j, const char *key, cq_text t)
{
    cq_json_str_or_null(j, key, cq_str_from(t));
}

static void name(cq_json_out *j, const char *key, const char *s)
{
    cq_json_str(j, key, cq_str_of(s));
}

static void texts(cq_json_out *j, const char *key, const cq_text *v, size_t n)
{
    cq_json_open(j, key, '[');
    for (size_t i = 0; i < n; i++) str(j, NULL, v[i]);
    cq_json_close(j, ']');
}

static void parts(cq_json_out *j, const char *key, const cq_part *v, size_t n)
{
    cq_json_open(j, key, '[');
    for (size_t i = 0; i < n; i++) {
        cq_json_open(j, NULL, '{');
        str(j, "name", v[i].name);
        str(j, "sha256", v[i].sha256);
        cq_json_close(j, '}');
    }
    cq_json_close(j, ']');
}

static void counts(cq_json_out *j, const char *key, const cq_count *v, size_t n)
{
    cq_json_open(j, key, '[');
    for (size_t i = 0; i < n; i++) {
        cq_json_open(j, NULL, '{');
        str(j, "name", v[i].name);
        cq_json_uint(j, "count", v[i].count);
        cq_json_close(j, '}');
    }
    cq_json_close(j, ']');
}

static void tool(cq_json_out *j, const cq_report_options *o)
{
    cq_json_open(j, "tool", '{');
    name(j, "name", "calque");
    name(j, "version", CQ_VERSION);
    parts(j, "packs", o->packs, o->packs_n);
    parts(j, "dictionaries", o->dictionaries, o->dictionaries_n);
    str_or_null(j, "config_sha256", o->config_sha256);
    cq_json_close(j, '}');
}

static void machine_translation(cq_json_out *j, const cq_machine *m)
{
    if (!m->known) {
        cq_json_null(j, "machine_translation");
        return;
    }
    cq_json_open(j, "machine_translation", '{');
    cq_json_decimal(j, "probability", m->probability);
    cq_json_decimal(j, "same_words", m->same_words);
    cq_json_decimal(j, "same_order", m->same_order);
    cq_json_uint(j, "sentences", m->sentences);
    cq_json_close(j, '}');
}

static void article(cq_json_out *j, const cq_result *r)
{
    cq_json_open(j, "article", '{');
    cq_json_null(j, "id");
    str(j, "path", r->path);
    str_or_null(j, "url", r->url);
    str_or_null(j, "format", r->format);
    str_or_null(j, "encoding", r->encoding);
    name(j, "status", cq_status_name(r->status));
    str_or_null(j, "reason", r->reason);
    str_or_null(j, "language", r->language);
    str_or_null(j, "source_language", r->source_language);
    str_or_null(j, "source_path", r->source_path);
    str_or_null(j, "title", r->title);
    texts(j, "authors", r->authors, r->authors_n);
    str_or_null(j, "published", r->published);
    str_or_null(j, "section", r->section);
    str_or_null(j, "sha256", r->sha256);
    str_or_null(j, "text_sha256", r->text_sha256);
    cq_json_uint(j, "words", r->words);
    machine_translation(j, &r->machine);
    cq_json_open(j, "skipped", '[');
    for (size_t i = 0; i < r->skipped_n; i++) {
        cq_json_open(j, NULL, '{');
        cq_json_uint(j, "start", r->skipped[i].start);
        cq_json_uint(j, "end", r->skipped[i].end);
        str(j, "kind", r->skipped[i].kind);
        cq_json_close(j, '}');
    }
    cq_json_close(j, ']');
    cq_json_close(j, '}');
}

static void summary(cq_json_out *j, const cq_report_options *o, const cq_result *r)
{
    bool checked = r->status == CQ_CHECKED;
    cq_json_open(j, "summary", '{');
    cq_json_uint(j, "findings", r->findings_n);
    counts(j, "by_severity", r->by_severity, r->by_severity_n);
    counts(j, "by_category", r->by_category, r->by_category_n);
    counts(j, "by_tier", r->by_tier, r->by_tier_n);
    cq_json_decimal(j, "penalty", r->penalty);
    cq_json_decimal(j, "penalty_per_1000_words", r->penalty_per_1000_words);
    cq_json_decimal(j, "mqm_style_score", r->mqm_style_score);
    cq_json_bool(j, "reliable", r->reliable);
    cq_json_bool(j, "with_source", r->with_source);
    if (checked) {
        name(j, "verdict", cq_verdict_name(r->verdict));
    } else {
        cq_json_null(j, "verdict");
    }
    cq_json_open(j, "gate", '{');
    name(j, "fail_on", cq_fail_on_name(o->fail_on));
    if (checked) {
        cq_json_bool(j, "passed", cq_gate_passed(r, o->fail_on));
    } else {
        cq_json_null(j, "passed");
    }
    cq_json_close(j, '}');
    cq_json_close(j, '}');
}

static void span(cq_json_out *j, const char *key, const cq_position *p)
{
    cq_json_open(j, key, '{');
    cq_json_uint(j, "start", p->start);
    cq_json_uint(j, "end", p->end);
    cq_json_uint(j, "line", p->line);
    cq_json_uint(j, "column", p->column);
    cq_json_uint(j, "end_line", p->end_line);
    cq_json_uint(j, "end_column", p->end_column);
    cq_json_uint(j, "utf16_start", p->utf16_start);
    cq_json_uint(j, "utf16_end", p->utf16_end);
    cq_json_close(j, '}');
}

static void fix(cq_json_out *j, const cq_fix *f)
{
    cq_json_open(j, NULL, '{');
    str(j, "text", f->text);
    cq_json_bool(j, "safe", f->safe);
    cq_json_open(j, "edits", '[');
    for (size_t i = 0; i < f->edits_n; i++) {
        cq_json_open(j, NULL, '{');
        cq_json_uint(j, "start", f->edits[i].start);
        cq_json_uint(j, "end", f->edits[i].end);
        str(j, "text", f->edits[i].text);
        cq_json_close(j, '}');
    }
    cq_json_close(j, ']');
    cq_json_close(j, '}');
}

static void finding(cq_json_out *j, const cq_finding *f)
{
    cq_json_open(j, NULL, '{');
    str(j, "rule", f->rule);
    str(j, "category", f->category);
    name(j, "severity", cq_severity_name(f->severity));
    name(j, "confidence", cq_confidence_name(f->confidence));
    name(j, "tier", cq_tier_name(f->tier));
    cq_json_bool(j, "scored", f->scored);
    cq_json_uint(j, "occurrences", f->occurrences);
    str(j, "message", f->message);
    str_or_null(j, "note", f->note);
    str_or_null(j, "advice", f->advice);
    texts(j, "refs", f->refs, f->refs_n);
    str(j, "match", f->match);
    span(j, "span", &f->span);
    cq_json_open(j, "block", '{');
    cq_json_uint(j, "index", f->block);
    str(j, "kind", f->block_kind);
    str_or_null(j, "field", f->block_field);
    cq_json_close(j, '}');
    cq_json_bool(j, "quoted", f->quoted);
    str(j, "before", f->before);
    str(j, "after", f->after);
    cq_json_open(j, "fixes", '[');
    for (size_t i = 0; i < f->fixes_n; i++) fix(j, &f->fixes[i]);
    cq_json_close(j, ']');
    str_or_null(j, "source", f->source);
    str_or_null(j, "source_sentence", f->source_sentence);
    if (f->source_sentence.n) {
        span(j, "source_span", &f->source_span);
    } else {
        cq_json_null(j, "source_span");
    }
    texts(j, "evidence", f->evidence, f->evidence_n);
    texts(j, "fingerprints", f->fingerprints, CQ_COUNT(f->fingerprints));
    cq_json_close(j, '}');
}

static void diagnostic(cq_json_out *j, const cq_diagnostic *d)
{
    cq_json_open(j, NULL, '{');
    str(j, "code", d->code);
    str(j, "message", d->message);
    str_or_null(j, "rule", d->rule);
    cq_json_close(j, '}');
}

// One side of a link; null where it has no counterpart.
static void linked(cq_json_out *j, const char *key, const cq_position *p, cq_text text)
{
    if (!text.n) {
        cq_json_null(j, key);
        return;
    }
    cq_json_open(j, key, '{');
    str(j, "text", text);
    span(j, "span", p);
    cq_json_close(j, '}');
}

static void alignment(cq_json_out *j, const cq_result *r)
{
    cq_json_open(j, "alignment", '[');
    for (size_t i = 0; i < r->links_n; i++) {
        const cq_sentence_link *l = &r->links[i];
        cq_json_open(j, NULL, '{');
        linked(j, "source", &l->source_span, l->source_text);
        linked(j, "target", &l->span, l->text);
        cq_json_decimal(j, "confidence", l->confidence);
        cq_json_bool(j, "moved", l->moved);
        cq_json_close(j, '}');
    }
    cq_json_close(j, ']');
}

static void report(const cq_report_options *o, const cq_result *r, unsigned lines,
                   cq_buf *out)
{
    cq_json_out j = {.out = out, .lines = lines};
    cq_json_open(&j, NULL, '{');
    name(&j, "schema_version", CQ_REPORT_SCHEMA_VERSION);
    tool(&j, o);
    article(&j, r);
    summary(&j, o, r);
    cq_json_open(&j, "findings", '[');
    for (size_t i = 0; i < r->findings_n; i++) finding(&j, &r->findings[i]);
    cq_json_close(&j, ']');
    cq_json_open(&j, "diagnostics", '[');
    for (size_t i = 0; i < r->diagnostics_n; i++) diagnostic(&j, &r->diagnostics[i]);
    cq_json_close(&j, ']');
    if (o->alignment) alignment(&j, r);
    cq_json_close(&j, '}');
    cq_buf_char(out, '\n');
}

void cq_write_json(const cq_report_options *o, const cq_result *r, cq_buf *out)
{
    report(o, r, 2, out);
}

void cq_write_jsonl(const cq_report_options *o, const cq_result *r, cq_buf *out)
{
    report(o, r, 0, out);
}

// Terms that the run renders in several ways, with all their renderings.
static void terms(cq_json_out *j, const cq_totals *t)
{
    cq_arena *a = cq_arena_new();
    cq_varied_terms all = {0};
    cq_totals_terms(t, a, &all);
    cq_json_open(j, "terms", '[');
    for (size_t k = 0; k < all.n; k++) {
        cq_json_open(j, NULL, '{');
        cq_json_str(j, "term", all.v[k].renderings[0]->term);
        cq_json_open(j, "renderings", '[');
        for (size_t i = 0; i < all.v[k].n; i++) {
            const cq_term_total *r = all.v[k].renderings[i];
            cq_json_open(j, NULL, '{');
            cq_json_str(j, "text", r->text);
            cq_json_uint(j, "count", r->count);
            cq_json_uint(j, "articles", r->articles);
            cq_json_close(j, '}');
        }
        cq_json_close(j, ']');
        cq_json_close(j, '}');
    }
    cq_json_close(j, ']');
    cq_arena_free(a);
}

void cq_write_summary(const cq_report_options *o, const cq_totals *t, cq_buf *out)
{
    cq_json_out j = {.out = out, .lines = 2};
    cq_json_open(&j, NULL, '{');
    name(&j, "schema_version", CQ_REPORT_SCHEMA_VERSION);
    tool(&j, o);
    cq_json_open(&j, "articles", '{');
    cq_json_uint(&j, "count", t->articles);
    for (int i = 0; i < (int)CQ_COUNT(t->by_status); i++) {
        cq_json_uint(&j, cq_status_name((cq_status)i), t->by_status[i]);
    }
    for (int i = 0; i < (int)CQ_COUNT(t->by_verdict); i++) {
        cq_json_uint(&j, cq_verdict_name((cq_verdict)i), t->by_verdict[i]);
    }
    cq_json_close(&j, '}');
    cq_json_uint(&j, "words", t->words);
    cq_json_uint(&j, "findings", t->findings);
    counts(&j, "by_severity", t->severities.v, t->severities.n);
    counts(&j, "by_category", t->categories.v, t->categories.n);
    counts(&j, "by_tier", t->tiers.v, t->tiers.n);
    cq_json_decimal(&j, "penalty", t->penalty);
    cq_json_decimal(&j, "penalty_per_1000_words",
                    t->words ? t->penalty * 1000 / (double)t->words : 0);
    terms(&j, t);
    cq_json_open(&j, "gate", '{');
    name(&j, "fail_on", cq_fail_on_name(o->fail_on));
    cq_json_bool(&j, "passed", t->gate_failed == 0);
    cq_json_uint(&j, "articles_failed", t->gate_failed);
    cq_json_close(&j, '}');
    cq_json_close(&j, '}');
    cq_buf_char(out, '\n');
}
