// Dashes of the source that became hyphens.
#ifndef CQ_CHECKS_SOURCE_DASHES_H
#define CQ_CHECKS_SOURCE_DASHES_H

#include "checks/check.h"

void cq_source_dashes_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
