// Beside the source: words, passages and sentences that stand in French as they stand in
// the English they render.
#ifndef CQ_CHECKS_VERBATIM_H
#define CQ_CHECKS_VERBATIM_H

#include "checks/check.h"

void cq_verbatim_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
