// Any file where the cache should be: it is refused or is what was built. The input is
// laid over a good cache file, so that most of it stays plausible.
#include "base/cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MUST(condition)                                                                  \
    do {                                                                                 \
        if (!(condition)) abort();                                                       \
    } while (0)

static bool build(void *ctx, cq_buf *out, cq_err *err)
{
    (void)ctx, (void)err;
    cq_buf_c(out, "payload");
    cq_buf_take(out, 500);
    return true;
}

static char dir[64], file[128];

static void remove_files(void)
{
    unlink(file);
    rmdir(dir);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const char *inputs[] = {"/nonexistent"};
    cq_cache_spec spec = {.dir = dir,
                          .name = "t",
                          .version = 3,
                          .inputs = inputs,
                          .inputs_n = 1,
                          .payload_max = 100000};
    cq_blob b;
    cq_err err;
    if (!dir[0]) {
        snprintf(dir, sizeof dir, "/tmp/calque-fuzz-XXXXXX");
        MUST(mkdtemp(dir));
        snprintf(file, sizeof file, "%s/t.3", dir);
        atexit(remove_files);
    }
    MUST(cq_cache_open(&spec, build, NULL, &b, &err));
    cq_blob_close(&b);
    FILE *f = fopen(file, "r+b");
    MUST(f);
    size_t at = n ? (size_t)bytes[0] : 0; // header and manifest are 192 bytes
    if (n > 1) {
        MUST(fseek(f, (long)at, SEEK_SET) == 0);
        MUST(fwrite(bytes + 1, 1, n - 1, f) == n - 1);
    }
    fclose(f);
    MUST(cq_cache_open(&spec, build, NULL, &b, &err));
    MUST(b.n <= 100000 && b.n > 0);
    if (b.built) MUST(b.n == 507 && memcmp(b.p, "payload", 7) == 0);
    unsigned sum = 0;
    for (size_t i = 0; i < b.n; i++) sum += b.p[i]; // all of it can be read
    MUST(sum || !b.built);
    cq_blob_close(&b);
    unlink(file);
    return 0;
}
