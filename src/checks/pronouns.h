// A sentence that begins with "il" or "elle" for "it" and takes up the subject of the
// sentence before, whose gender is the other one.
#ifndef CQ_CHECKS_PRONOUNS_H
#define CQ_CHECKS_PRONOUNS_H

#include "checks/check.h"

void cq_pronouns_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
