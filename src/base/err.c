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
    int n = vsnprintf(err->message, sizeof err->message, fmt, ap);
    va_end(ap);
    if (n >= (int)sizeof err->message) { // no half of a character at its end
        size_t end = sizeof err->message - 1;
        while (end && (err->message[end - 1] & 0xc0) == 0x80) end--;
        if (end && err->message[end - 1] & 0x80) end--;
        err->message[end] = 0;
    }
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
