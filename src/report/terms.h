// Terms of a run: renderings that articles have of them, added up.
#ifndef CQ_REPORT_TERMS_H
#define CQ_REPORT_TERMS_H

#include "report/report.h"

void cq_terms_add(cq_totals *t, const cq_result *r);

#endif
