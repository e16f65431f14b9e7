// Texts of links that lost a word to what stands beside them.
#ifndef CQ_CHECKS_ANCHORS_H
#define CQ_CHECKS_ANCHORS_H

#include "checks/check.h"

void cq_anchors_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
