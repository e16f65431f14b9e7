// Labels of a user interface: menus, buttons, fields. They are cited as they stand on the
// screen, with their capital.
#ifndef CQ_CHECKS_LABELS_H
#define CQ_CHECKS_LABELS_H

#include "checks/check.h"

// Is a label to be expected behind this folded word: "bouton", "sélectionnez"?
bool cq_labels_follow(cq_str w);

void cq_labels_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
