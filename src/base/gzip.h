// Compressed files, dictzip's among them (zlib behind it; this is its only caller).
#ifndef CQ_BASE_GZIP_H
#define CQ_BASE_GZIP_H

#include "base/arena.h"
#include "base/err.h"

// The bytes that were packed, in `a`; more than `max` is CQ_ELIMIT, damage CQ_ESYNTAX.
bool cq_gunzip(cq_arena *a, cq_str packed, size_t max, const char *path, cq_str *out,
               cq_err *err);

#endif
