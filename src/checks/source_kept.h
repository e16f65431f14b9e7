// Names that French keeps as the source has them and the translation took for words:
// "Miami Heat" as « chaleur de Miami ».
#ifndef CQ_CHECKS_SOURCE_KEPT_H
#define CQ_CHECKS_SOURCE_KEPT_H

#include "checks/check.h"

void cq_source_kept_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
