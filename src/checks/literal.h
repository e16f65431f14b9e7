// Expressions of the source that were rendered word for word, told by the links of their
// words: for rules that are marked "literal", whatever form the French took.
#ifndef CQ_CHECKS_LITERAL_H
#define CQ_CHECKS_LITERAL_H

#include "checks/check.h"

void cq_literal_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
