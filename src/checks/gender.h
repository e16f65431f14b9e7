// Women that the translation makes men: "le collectionneur Anna Berg", "Anna Berg est
// arrivé".
#ifndef CQ_CHECKS_GENDER_H
#define CQ_CHECKS_GENDER_H

#include "checks/check.h"

void *cq_gender_begin(cq_check_run *run);
void cq_gender_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
