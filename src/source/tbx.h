// TBX term bases, of 2008 (martif, termEntry, langSet, tig or ntig) and of 2019 (tbx,
// conceptEntry, langSec, termSec; both its styles): the concepts that have terms in
// English and in French.
#ifndef CQ_SOURCE_TBX_H
#define CQ_SOURCE_TBX_H

#include "base/arena.h"
#include "base/err.h"
#include "source/glossary.h"

typedef struct {
    cq_str text, note;
    cq_term_status status;
    unsigned line;
} cq_tbx_term;

typedef struct {
    const cq_tbx_term *english, *french;
    size_t english_n, french_n; // neither is 0
} cq_tbx_concept;

bool cq_tbx_is(cq_str text); // XML, whichever

// Calls `add` for each concept in order of the file, until it returns false.
bool cq_tbx_read(cq_arena *a, const char *path, cq_str text,
                 bool (*add)(void *ctx, const cq_tbx_concept *c, cq_err *err), void *ctx,
                 cq_err *err);

#endif
