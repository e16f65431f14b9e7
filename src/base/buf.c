// Growing byte buffers.
#include "base/buf.h"

#include <stdarg.h>
#include <stdlib.h>

void cq_buf_init(cq_buf *b, size_t max) { *b = (cq_buf){.max = max}; }

void cq_buf_free(cq_buf *b)
{
    free(b->p);
    *b = (cq_buf){.max = b->max, .spill = b->spill};
}

void cq_buf_reset(cq_buf *b)
{
    b->n = 0;
    b->full = false;
    if (b->p) b->p[0] = '\0';
}

static bool room(cq_buf *b, size_t n)
{
    if (b->full || n > b->max || b->n > b->max - n) {
        b->full = true;
        return false;
    }
    if (b->spill && b->n > CQ_BUF_SPILL) {
        fwrite(b->p, 1, b->n, b->spill); // ferror() tells, later
        b->n = 0;
    }
    if (b->n + n + 1 > b->cap) {
        size_t cap = b->cap ? b->cap : 256;
        while (cap < b->n + n + 1) cap *= 2;
        b->p = realloc(b->p, cap);
        if (!b->p) abort();
        b->cap = cap;
    }
    return true;
}

void cq_buf_add(cq_buf *b, const void *bytes, size_t n)
{
    if (!room(b, n)) return;
    if (n) memcpy(b->p + b->n, bytes, n);
    b->n += n;
    b->p[b->n] = '\0';
}

void *cq_buf_take(cq_buf *b, size_t n)
{
    if (!room(b, n)) return NULL;
    char *p = b->p + b->n;
    memset(p, 0, n + 1);
    b->n += n;
    return p;
}

void cq_buf_f(cq_buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0) abort();
    if (room(b, (size_t)n)) {
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
}
