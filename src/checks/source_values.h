// Hours, round quantities, figures of kings that differ from the source's.
#ifndef CQ_CHECKS_SOURCE_VALUES_H
#define CQ_CHECKS_SOURCE_VALUES_H

#include "checks/check.h"

void cq_source_values_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
