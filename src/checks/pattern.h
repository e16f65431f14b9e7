// The rules of the packs, as a check: their matches become findings.
#ifndef CQ_CHECKS_PATTERN_H
#define CQ_CHECKS_PATTERN_H

#include "checks/check.h"

void *cq_pattern_begin(cq_check_run *run);
void cq_pattern_run(cq_check_run *run, void *state, const cq_passage *p);
void cq_pattern_finish(cq_check_run *run, void *state);

#endif
