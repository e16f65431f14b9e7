#ifndef CQ_CHECKS_TYPOGRAPHY_H
#define CQ_CHECKS_TYPOGRAPHY_H

#include "checks/check.h"

// French typography: apostrophes, quotation marks, spaces, dashes, numbers, capitals; see
// typography.c.
void *cq_typography_begin(cq_check_run *run);
void cq_typography_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
