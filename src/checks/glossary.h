// Terms of the user's glossaries: forbidden renderings, terms of the source rendered
// otherwise, one term rendered now so, now so.
#ifndef CQ_CHECKS_GLOSSARY_H
#define CQ_CHECKS_GLOSSARY_H

#include "checks/check.h"

void *cq_terms_begin(cq_check_run *run);
void cq_terms_run(cq_check_run *run, void *state, const cq_passage *p);
void cq_terms_finish(cq_check_run *run, void *state);

#endif
