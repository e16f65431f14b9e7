// Beside the source: links, images, code, placeholders and footnotes that were lost or
// changed, headings that are none any more.
#ifndef CQ_CHECKS_MARKUP_H
#define CQ_CHECKS_MARKUP_H

#include "checks/check.h"

void cq_markup_finish(cq_check_run *run, void *state);

#endif
