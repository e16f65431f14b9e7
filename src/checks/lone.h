// Beside the source: a heading, point or label of one word that is no rendering of the
// one English word.
#ifndef CQ_CHECKS_LONE_H
#define CQ_CHECKS_LONE_H

#include "checks/check.h"

void cq_lone_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
