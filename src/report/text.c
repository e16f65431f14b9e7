// The report for people: see text_* below. Thin for now.
#include "report/writers.h"

void cq_write_text(const cq_report_options *o, const cq_result *r, cq_buf *out)
{
    (void)o;
    for (size_t i = 0; i < r->findings_n; i++) {
        const cq_finding *f = &r->findings[i];
        cq_buf_f(out, "%.*s:%u:%u: %.*s\n", (int)r->path.n, r->path.p, f->span.line,
                 f->span.column, (int)f->message.n, f->message.p);
    }
}

void cq_write_text_end(const cq_report_options *o, const cq_totals *t, cq_buf *out)
{
    (void)o;
    cq_buf_f(out, "%llu\n", (unsigned long long)t->findings);
}
