// From what the checks found to what is reported: overlaps resolved, the author's
// suppressions kept, repeated errors counted once, everything placed in the file.
#ifndef CQ_FINDINGS_H
#define CQ_FINDINGS_H

#include "checks/check.h"

// Fills result->findings, in order of their start; all memory is run->arena's.
void cq_findings_make(cq_check_run *run, cq_result *result);

#endif
