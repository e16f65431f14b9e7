// Beside the source: another weekday, month, direction, relative or country than it says.
#ifndef CQ_CHECKS_SOURCE_CLASSES_H
#define CQ_CHECKS_SOURCE_CLASSES_H

#include "checks/check.h"

void *cq_source_classes_begin(cq_check_run *run);
void cq_source_classes_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
