// Names that are nearly, but not quite, those of the gazetteer.
#ifndef CQ_CHECKS_NAMES_H
#define CQ_CHECKS_NAMES_H

#include "checks/check.h"

void *cq_names_begin(cq_check_run *run);
void cq_names_run(cq_check_run *run, void *state, const cq_passage *p);
void cq_names_finish(cq_check_run *run, void *state);

#endif
