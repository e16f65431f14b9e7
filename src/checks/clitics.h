// The pronoun behind an imperative and what it takes up: "Copiez la clé et collez-le".
#ifndef CQ_CHECKS_CLITICS_H
#define CQ_CHECKS_CLITICS_H

#include "checks/check.h"

void cq_clitics_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
