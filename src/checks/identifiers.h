// Identifiers of the source (run.csx, Start(), MR_Tools, Windows.Media.Capture) that
// stand in the article with other capitals or with spaces inside.
#ifndef CQ_CHECKS_IDENTIFIERS_H
#define CQ_CHECKS_IDENTIFIERS_H

#include "checks/check.h"

void cq_identifiers_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
