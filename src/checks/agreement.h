#ifndef CQ_CHECKS_AGREEMENT_H
#define CQ_CHECKS_AGREEMENT_H

#include "checks/check.h"

// Gender and number in noun phrases, number of verbs, predicates with être; see
// agreement.c.
void *cq_agreement_begin(cq_check_run *run);
void cq_agreement_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
