// From what the checks found to what is reported: overlaps resolved, the author's
// suppressions kept, repeated errors counted once, everything placed in the file.
#ifndef CQ_FINDINGS_H
#define CQ_FINDINGS_H

#include "checks/check.h"
#include "text/position.h"

// Fills result->findings, in order of their start; all memory is run->arena's.
void cq_findings_make(cq_check_run *run, cq_result *result);

// A stretch of a document's text, placed in its file.
cq_position cq_position_of(cq_positions *places, const cq_document *d, cq_span text);

#endif
