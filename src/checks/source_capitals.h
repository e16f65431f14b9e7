// Capitals inside a sentence that the source has not.
#ifndef CQ_CHECKS_SOURCE_CAPITALS_H
#define CQ_CHECKS_SOURCE_CAPITALS_H

#include "checks/check.h"

void *cq_source_capitals_begin(cq_check_run *run);
void cq_source_capitals_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
