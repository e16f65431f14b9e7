// Labels of the source, told by its capitals and the words around, that stand small.
#ifndef CQ_CHECKS_SOURCE_LABELS_H
#define CQ_CHECKS_SOURCE_LABELS_H

#include "checks/check.h"

void cq_source_labels_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
