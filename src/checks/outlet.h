// The page's own site named as the outlet that somebody talked to, which is what is left
// where a site's find-and-replace put its own name for that of the medium it translates
// ("told Le Monde" becomes "a déclaré à notre-site.fr"). Says so for the editor to look
// up; a site may after all quote its own interview.
#ifndef CQ_CHECKS_OUTLET_H
#define CQ_CHECKS_OUTLET_H

#include "checks/check.h"

void *cq_outlet_begin(cq_check_run *run);
void cq_outlet_run(cq_check_run *run, void *state, const cq_passage *p);

#endif
