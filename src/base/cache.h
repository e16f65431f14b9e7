// Compiled data kept between runs: one file per name, mapped read-only. The file carries
// a manifest of its inputs (path, device, inode, size, modification time); while that
// holds, opening it hashes, parses and reads nothing. When it does not, the inputs'
// content decides: unchanged content keeps the payload, changed content builds it anew.
//
// Only a regular file that belongs to this user (or root) and that nobody else may write
// is trusted. Its header is checked in full (magic, version, sizes, hash of header and
// manifest). The payload's own hash is verified on the slow path only: on the fast path
// it would touch every page. So whoever reads a payload checks each offset it takes from
// it: a damaged one may give wrong answers, never a crash.
//
// Files are replaced atomically: two processes that build at once both succeed, the later
// rename stays, and mappings of the earlier file live on.
#ifndef CQ_BASE_CACHE_H
#define CQ_BASE_CACHE_H

#include "base/buf.h"
#include "base/file.h"

typedef struct {
    const char *dir;       // NULL: $XDG_CACHE_HOME/calque; "": keep nothing on disk
    const char *installed; // a folder looked into first, never written; NULL: none
    const char *name; // of the file, without ending; what is to be kept apart (two rule
                      // folders, two dictionaries) needs two names
    uint32_t version; // of the payload's format: raise it when that changes
    const char *const *inputs; // files the payload is made from; one may be missing
    size_t inputs_n;
    cq_str extra;       // whatever else it depends on (options, another blob's key)
    size_t payload_max; // bytes; more is CQ_ELIMIT
    // Whether a payload from disk may be used: its own header and offsets. NULL: yes.
    bool (*valid)(const unsigned char *p, size_t n);
} cq_cache_spec;

// Appends the payload to `out`, whose n is a multiple of 64 and not 0: offsets count from
// there. Called at most once.
typedef bool (*cq_cache_build)(void *ctx, cq_buf *out, cq_err *err);

typedef struct {
    const unsigned char *p; // the payload, 16-byte aligned, read-only
    size_t n;
    uint64_t key; // hash of all that it was made from: put it into `extra` of dependants
    bool built;   // by this call
    cq_err unsaved; // why it lives in memory only; code CQ_OK when it lies on disk, or is
                    // not meant to
    cq_mapping map;
    cq_buf heap;
} cq_blob;

// Opens the blob, building and storing it first when need be. One that cannot be stored
// is kept in memory. False only when `build` fails, or the payload is too large.
bool cq_cache_open(const cq_cache_spec *spec, cq_cache_build build, void *ctx,
                   cq_blob *out, cq_err *err);
void cq_blob_close(cq_blob *b);
// The next `n` rows of `size` bytes, from *at, which moves on; NULL when the payload is
// too short for them.
const void *cq_blob_rows(const cq_blob *b, size_t *at, size_t n, size_t size);

#endif
