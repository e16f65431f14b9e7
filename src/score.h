// The figures of a result: counts, penalty points, verdict.
#ifndef CQ_SCORE_H
#define CQ_SCORE_H

#include "base/arena.h"
#include "calque.h"

// From result->findings and result->words; the lists lie in `a`.
void cq_score(cq_arena *a, cq_result *result);

#endif
