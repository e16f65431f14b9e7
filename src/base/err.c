// Errors as values.
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

bool cq_fail(cq_err *err, cq_errc code, const char *path, unsigned line, const char *fmt,
             ...)
{
    if (!err) return false;
    err->code = code;
    err->line = line;
    snprintf(err->path, sizeof err->path, "%s", path ? path : "");
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(err->message, sizeof err->message, fmt, ap);
    va_end(ap);
    return false;
}

const char *cq_err_text(const cq_err *err, char *buf, size_t size)
{
    if (err->path[0] && err->line) {
        snprintf(buf, size, "%s:%u: %s", err->path, err->line, err->message);
    } else if (err->path[0]) {
        snprintf(buf, size, "%s: %s", err->path, err->message);
    } else {
        snprintf(buf, size, "%s", err->message);
    }
    return buf;
}
