// A bump allocator over a list of chunks, each twice the size of the one before.
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_CHUNK = 64 << 10, LARGEST_STEP = 8 << 20, ALIGN = 16 };

typedef struct chunk {
    struct chunk *next;
    size_t size, used;
    _Alignas(ALIGN) char bytes[];
} chunk;

struct cq_arena {
    chunk *top; // the one in use; the others are full
    size_t used;
};

static chunk *chunk_new(size_t size, chunk *next)
{
    chunk *c = malloc(sizeof *c + size);
    if (!c) abort();
    c->next = next;
    c->size = size;
    c->used = 0;
    return c;
}

cq_arena *cq_arena_new(void)
{
    cq_arena *a = malloc(sizeof *a);
    if (!a) abort();
    a->top = chunk_new(FIRST_CHUNK, NULL);
    a->used = 0;
    return a;
}

static void free_chunks(chunk *c)
{
    while (c) {
        chunk *next = c->next;
        free(c);
        c = next;
    }
}

void cq_arena_free(cq_arena *a)
{
    if (!a) return;
    free_chunks(a->top);
    free(a);
}

void cq_arena_reset(cq_arena *a)
{
    chunk *keep = a->top;
    for (chunk *c = a->top; c; c = c->next) {
        if (c->size > keep->size) keep = c;
    }
    for (chunk *c = a->top; c;) {
        chunk *next = c->next;
        if (c != keep) free(c);
        c = next;
    }
    keep->next = NULL;
    keep->used = 0;
    a->top = keep;
    a->used = 0;
}

size_t cq_arena_used(const cq_arena *a) { return a->used; }

size_t cq_mul(size_t a, size_t b)
{
    size_t r;
    if (__builtin_mul_overflow(a, b, &r)) abort();
    return r;
}

static void *take(cq_arena *a, size_t size, size_t align)
{
    if (size > SIZE_MAX / 4) abort();
    size_t from = (a->top->used + align - 1) & ~(align - 1);
    if (from > a->top->size || a->top->size - from < size) {
        size_t want = a->top->size * 2 < LARGEST_STEP ? a->top->size * 2 : LARGEST_STEP;
        a->top = chunk_new(want > size ? want : size, a->top);
        from = 0;
    }
    a->top->used = from + size;
    a->used += size;
    return a->top->bytes + from;
}

void *cq_alloc(cq_arena *a, size_t size) { return take(a, size, ALIGN); }

void *cq_zalloc(cq_arena *a, size_t size)
{
    void *p = cq_alloc(a, size);
    memset(p, 0, size);
    return p;
}

void *cq_grow(cq_arena *a, void *old, size_t n, size_t *cap, size_t item)
{
    *cap = *cap ? cq_mul(*cap, 2) : 8;
    void *p = cq_alloc(a, cq_mul(*cap, item));
    if (n) memcpy(p, old, n * item);
    return p;
}

cq_str cq_str_copy(cq_arena *a, cq_str s)
{
    char *p = take(a, s.n + 1, 1);
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return (cq_str){p, s.n};
}

const char *cq_str_c(cq_arena *a, cq_str s) { return cq_str_copy(a, s).p; }

cq_str cq_strf(cq_arena *a, const char *fmt, ...)
{
    char most[256]; // are shorter, and then need not be formatted twice
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(most, sizeof most, fmt, ap);
    va_end(ap);
    if (n < 0) abort();
    if ((size_t)n < sizeof most) {
        va_end(again);
        return cq_str_copy(a, (cq_str){most, (size_t)n});
    }
    char *p = take(a, (size_t)n + 1, 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (cq_str){p, (size_t)n};
}
