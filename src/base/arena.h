// Memory by lifetime. Everything is taken from an arena and dies with it; nothing outside
// base/ and the wrappers of foreign libraries calls free(). Running out of memory aborts:
// input size, nesting and buffers are capped first, so that users cannot cause it.
// An arena is not thread-safe; give each thread its own.
#ifndef CQ_BASE_ARENA_H
#define CQ_BASE_ARENA_H

#include "base/str.h"

typedef struct cq_arena cq_arena;

cq_arena *cq_arena_new(void);
void cq_arena_free(cq_arena *a);         // NULL is fine
void cq_arena_reset(cq_arena *a);        // keeps the largest chunk for the next round
size_t cq_arena_used(const cq_arena *a); // bytes handed out since the last reset

void *cq_alloc(cq_arena *a, size_t size); // 16-byte aligned, not cleared
void *cq_zalloc(cq_arena *a, size_t size);
#define CQ_NEW(a, type) ((type *)cq_zalloc((a), sizeof(type)))
#define CQ_NEWN(a, type, n) ((type *)cq_zalloc((a), cq_mul((n), sizeof(type))))

size_t cq_mul(size_t a, size_t b); // aborts on overflow

cq_str cq_str_copy(cq_arena *a, cq_str s);
const char *cq_str_c(cq_arena *a, cq_str s); // NUL-terminated copy, for foreign calls
__attribute__((format(printf, 2, 3))) cq_str cq_strf(cq_arena *a, const char *fmt, ...);

// A growing array in an arena: struct { T *v; size_t n, cap; } things = {0};
// *CQ_PUSH(arena, &things) = thing;
#define CQ_VEC(T)                                                                        \
    struct {                                                                             \
        T *v;                                                                            \
        size_t n, cap;                                                                   \
    }
#define CQ_PUSH(a, vec)                                                                  \
    ((vec)->n == (vec)->cap                                                              \
         ? ((vec)->v = cq_grow((a), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v),  \
            &(vec)->v[(vec)->n++])                                                       \
         : &(vec)->v[(vec)->n++])
void *cq_grow(cq_arena *a, void *old, size_t n, size_t *cap, size_t item);

#endif
