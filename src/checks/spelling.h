// Words that the dictionary does not know, glued words, and English left untranslated.
#ifndef CQ_CHECKS_SPELLING_H
#define CQ_CHECKS_SPELLING_H

#include "checks/check.h"

void *cq_spelling_begin(cq_check_run *run);
void cq_spelling_run(cq_check_run *run, void *state, const cq_passage *p);
void cq_spelling_finish(cq_check_run *run, void *state);

#endif
