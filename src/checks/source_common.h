// Names of the source that became common nouns: "photons" for Photon.
#ifndef CQ_CHECKS_SOURCE_COMMON_H
#define CQ_CHECKS_SOURCE_COMMON_H

#include "checks/check.h"

void *cq_source_common_begin(cq_check_run *run);
void cq_source_common_run(cq_check_run *run, void *state, const cq_passage *p);
void cq_source_common_finish(cq_check_run *run, void *state);

#endif
