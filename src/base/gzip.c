// One member of a gzip file, inflated in one go into a buffer of the size it announces.
#include "base/gzip.h"

#include <stdlib.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16, START = 64 << 10 };

bool cq_gunzip(cq_arena *a, cq_str packed, size_t max, const char *path, cq_str *out,
               cq_err *err)
{
    z_stream z = {.next_in = (unsigned char *)packed.p, .avail_in = (uInt)packed.n};
    if (packed.n > UINT32_MAX || inflateInit2(&z, GZIP_WINDOW) != Z_OK)
        return cq_fail(err, CQ_ESYNTAX, path, 0, "cannot be unpacked");
    size_t n = 0, cap = START < max ? START : max;
    char *bytes = cq_alloc(a, cap);
    int status = Z_OK;
    while (status == Z_OK) {
        if (n == cap) {
            if (cap == max) break;
            size_t grown = cap > max / 2 ? max : 2 * cap;
            char *more = cq_alloc(a, grown);
            memcpy(more, bytes, n);
            bytes = more;
            cap = grown;
        }
        z.next_out = (unsigned char *)bytes + n;
        z.avail_out = (uInt)(cap - n);
        status = inflate(&z, Z_NO_FLUSH);
        n = cap - z.avail_out;
    }
    inflateEnd(&z);
    *out = (cq_str){bytes, n};
    if (status == Z_STREAM_END) return true;
    if (status == Z_OK)
        return cq_fail(err, CQ_ELIMIT, path, 0, "more than %zu bytes", max);
    return cq_fail(err, CQ_ESYNTAX, path, 0, "cannot be unpacked");
}
