// Numbers of the source that arrive changed, get lost, or come from nowhere; currencies
// exchanged for others.
#ifndef CQ_CHECKS_SOURCE_NUMBERS_H
#define CQ_CHECKS_SOURCE_NUMBERS_H

#include "checks/check.h"

void *cq_source_numbers_begin(cq_check_run *run);
void cq_source_numbers_run(cq_check_run *run, void *state, const cq_passage *p);
void cq_source_numbers_finish(cq_check_run *run, void *state);

#endif
