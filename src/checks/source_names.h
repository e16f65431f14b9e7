// Names of the source that arrive damaged ("Rebik" for Refik), as other initials, or not
// at all.
#ifndef CQ_CHECKS_SOURCE_NAMES_H
#define CQ_CHECKS_SOURCE_NAMES_H

#include "checks/check.h"

void *cq_source_names_begin(cq_check_run *run);
void cq_source_names_run(cq_check_run *run, void *state, const cq_passage *p);
void cq_source_names_finish(cq_check_run *run, void *state);

#endif
