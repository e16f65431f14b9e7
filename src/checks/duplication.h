// Words and phrases written twice: "le le", "il y a il y a", "les défenseurs des
// défenseurs".
#ifndef CQ_CHECKS_DUPLICATION_H
#define CQ_CHECKS_DUPLICATION_H

#include "checks/check.h"

void cq_duplication_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
