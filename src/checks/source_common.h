// Names of the source that became common nouns: "photons" for Photon.
#ifndef CQ_CHECKS_SOURCE_COMMON_H
#define CQ_CHECKS_SOURCE_COMMON_H

#include "checks/check.h"

// Is the source about programs and how to use them, by its words?
bool cq_about_software(cq_pair *pair);

void *cq_source_common_begin(cq_check_run *run);
void cq_source_common_run(cq_check_run *run, void *state, const cq_passage *p);
void cq_source_common_finish(cq_check_run *run, void *state);

#endif
