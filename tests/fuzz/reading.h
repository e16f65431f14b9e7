// What the fuzz targets of the readers share: any bytes give a document whose map holds,
// or a clear error, and furniture in it does not spoil it.
#ifndef TESTS_FUZZ_READING_H
#define TESTS_FUZZ_READING_H

#include "../unit/read_oracle.h"
#include "readers/furniture.h"
#include "readers/reader.h"

#include <stdio.h>

static inline int read_and_check(const char *format, const uint8_t *bytes, size_t n)
{
    // Bytes of their exact size, so that reading past them is seen.
    char *exact = malloc(n + !n);
    if (n) memcpy(exact, bytes, n);
    cq_arena *a = cq_arena_new();
    cq_err err = {0};
    cq_document *d = cq_read(a, (cq_str){exact, n}, "fuzz", format, &err);
    const char *fault = d ? document_fault(d) : err.message[0] ? NULL : "no message";
    if (d && d->beside && !fault) fault = document_fault(d->beside);
    if (fault) {
        fprintf(stderr, "%s\n", fault);
        abort();
    }
    if (d) {
        cq_furniture_mark(d);
        fault = document_fault(d);
        if (fault) {
            fprintf(stderr, "furniture: %s\n", fault);
            abort();
        }
    }
    cq_arena_free(a);
    free(exact);
    return 0;
}

#endif
