// Is all of the source there, once and in its order: sentences that were left out, added,
// repeated or moved, and such as are far too short or too long for what they render.
#ifndef CQ_CHECKS_COMPLETENESS_H
#define CQ_CHECKS_COMPLETENESS_H

#include "checks/check.h"

void cq_completeness_finish(cq_check_run *run, void *state);

#endif
