// SHA-256 by nettle: small, and uses the processor's SHA instructions where it has them.
#include "base/sha256.h"

#include <nettle/sha2.h>

cq_str cq_sha256_hex(cq_arena *a, const cq_str *parts, size_t parts_n)
{
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    for (size_t i = 0; i < parts_n; i++) {
        sha256_update(&ctx, parts[i].n, (const uint8_t *)parts[i].p);
    }
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(&ctx, sizeof digest, digest);
    char *hex = cq_alloc(a, 2 * sizeof digest + 1);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    hex[2 * sizeof digest] = '\0';
    return (cq_str){hex, 2 * sizeof digest};
}
