// Beside the source: a negation that was lost, a question that became a statement.
#ifndef CQ_CHECKS_POLARITY_H
#define CQ_CHECKS_POLARITY_H

#include "checks/check.h"

void cq_polarity_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
