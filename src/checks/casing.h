// How names are written: a brand without its capitals, one name in two ways.
#ifndef CQ_CHECKS_CASING_H
#define CQ_CHECKS_CASING_H

#include "checks/check.h"

void *cq_casing_begin(cq_check_run *run);
void cq_casing_run(cq_check_run *run, void *state, const cq_passage *p);
void cq_casing_finish(cq_check_run *run, void *state);

#endif
