// Terms of the source that the article renders in two ways. A term is a noun with the
// word before it ("bounding box") that the source has again and again.
#ifndef CQ_CHECKS_CONSISTENCY_H
#define CQ_CHECKS_CONSISTENCY_H

#include "checks/check.h"

void *cq_consistency_begin(cq_check_run *run);
void cq_consistency_run(cq_check_run *run, void *state, const cq_passage *p);
void cq_consistency_finish(cq_check_run *run, void *state);

#endif
