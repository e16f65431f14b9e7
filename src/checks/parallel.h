// Items of one list that begin alike: all with an imperative, or all with an infinitive.
#ifndef CQ_CHECKS_PARALLEL_H
#define CQ_CHECKS_PARALLEL_H

#include "checks/check.h"

void *cq_parallel_begin(cq_check_run *run);
void cq_parallel_run(cq_check_run *run, void *state, const cq_passage *p);
void cq_parallel_finish(cq_check_run *run, void *state);

#endif
