// SHA-256 (nettle behind it; this is its only caller), for the report and fingerprints.
#ifndef CQ_BASE_SHA256_H
#define CQ_BASE_SHA256_H

#include "base/arena.h"

// The digest of all parts, one after the other, as 64 lower-case hex digits in `a`.
cq_str cq_sha256_hex(cq_arena *a, const cq_str *parts, size_t parts_n);

#endif
