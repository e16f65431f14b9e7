// The writers that report.c lists.
#ifndef CQ_REPORT_WRITERS_H
#define CQ_REPORT_WRITERS_H

#include "report/report.h"

void cq_write_json(const cq_report_options *o, const cq_result *r, cq_buf *out);
void cq_write_jsonl(const cq_report_options *o, const cq_result *r, cq_buf *out);
void cq_write_text(const cq_report_options *o, const cq_result *r, cq_buf *out);
void cq_write_text_end(const cq_report_options *o, const cq_totals *t, cq_buf *out);

#endif
