// Owned, growing bytes with a ceiling given at the start; always NUL-terminated. Past the
// ceiling nothing more is added and `full` is set: ask once, at the end.
#ifndef CQ_BASE_BUF_H
#define CQ_BASE_BUF_H

#include <stdio.h>

#include "base/str.h"

typedef struct {
    char *p;
    size_t n, cap, max;
    bool full;
    FILE *spill; // gets what is there whenever that is much; NULL: all is kept
} cq_buf;

enum { CQ_BUF_SPILL = 64 << 10 }; // bytes from which what is there is spilt

void cq_buf_init(cq_buf *b, size_t max);
void cq_buf_free(cq_buf *b); // back to empty; may be used again
void cq_buf_reset(cq_buf *b);
void cq_buf_add(cq_buf *b, const void *bytes, size_t n);
void *cq_buf_take(cq_buf *b, size_t n); // n zero bytes to fill in; NULL: past the ceiling
static inline void cq_buf_str(cq_buf *b, cq_str s) { cq_buf_add(b, s.p, s.n); }
static inline void cq_buf_c(cq_buf *b, const char *s) { cq_buf_add(b, s, strlen(s)); }
static inline void cq_buf_char(cq_buf *b, char c)
{
    bool room = b->n + 2 <= b->cap && b->n < b->max && !b->full;
    if (!room || (b->spill && b->n > CQ_BUF_SPILL)) {
        cq_buf_add(b, &c, 1);
        return;
    }
    b->p[b->n++] = c;
    b->p[b->n] = '\0';
}
__attribute__((format(printf, 2, 3))) void cq_buf_f(cq_buf *b, const char *fmt, ...);
static inline cq_str cq_buf_view(const cq_buf *b) // valid until the next change
{
    return (cq_str){b->p ? b->p : "", b->n};
}

#endif
