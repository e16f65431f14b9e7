// Errors are values. A function that can fail returns bool and takes cq_err *err last,
// untouched on success; the good path runs down the left margin.
#ifndef CQ_BASE_ERR_H
#define CQ_BASE_ERR_H

#include "base/str.h"

typedef enum {
    CQ_OK = 0,
    CQ_EIO,       // cannot be opened, read or written
    CQ_ESYNTAX,   // a file of ours (rules, configuration, dictionary) is malformed
    CQ_EENCODING, // text that is not in a known encoding
    CQ_ELIMIT,    // a documented limit was reached (size, depth, steps)
    CQ_EUSAGE,    // the caller asked for something that does not exist
    CQ_EMISSING,  // a file or dictionary that is needed is not installed
} cq_errc;

typedef struct {
    cq_errc code;
    unsigned line; // 1-based, 0 when no line applies
    char path[512];
    char message[512];
} cq_err;

// Fills *err (NULL is fine) and returns false, so that callers can `return cq_fail(...)`.
__attribute__((format(printf, 5, 6))) bool
cq_fail(cq_err *err, cq_errc code, const char *path, unsigned line, const char *fmt, ...);
// "path:line: message", without the parts that are missing. Returns buf.
const char *cq_err_text(const cq_err *err, char *buf, size_t size);

#endif
