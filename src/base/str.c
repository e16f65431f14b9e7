// Slices: comparison, search, splitting, hashing.
#include "base/str.h"

int cq_str_cmp(cq_str a, cq_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

cq_str cq_str_trim(cq_str s)
{
    while (s.n && cq_is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n && cq_is_space(s.p[s.n - 1])) s.n--;
    return s;
}

size_t cq_str_find(cq_str s, cq_str needle)
{
    if (needle.n == 0) return 0;
    for (size_t i = 0; i + needle.n <= s.n; i++) {
        const char *hit = memchr(s.p + i, needle.p[0], s.n - needle.n + 1 - i);
        if (!hit) return SIZE_MAX;
        i = (size_t)(hit - s.p);
        if (memcmp(hit, needle.p, needle.n) == 0) return i;
    }
    return SIZE_MAX;
}

bool cq_str_among(cq_str s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (cq_str_is(s, list[i])) return true;
    }
    return false;
}

bool cq_str_ieq(cq_str a, const char *b)
{
    size_t i = 0;
    while (i < a.n && b[i] && cq_lower(a.p[i]) == cq_lower(b[i])) i++;
    return i == a.n && !b[i];
}

bool cq_str_split(cq_str *rest, char sep, cq_str *field)
{
    if (!rest->p) return false;
    const char *hit = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    size_t n = hit ? (size_t)(hit - rest->p) : rest->n;
    *field = (cq_str){rest->p, n};
    *rest = hit ? (cq_str){rest->p + n + 1, rest->n - n - 1} : (cq_str){NULL, 0};
    return true;
}

uint64_t cq_hash(const void *bytes, size_t n, uint64_t seed)
{
    const unsigned char *p = bytes;
    uint64_t h = 0xcbf29ce484222325u ^ seed;
    for (size_t i = 0; i < n; i++) h = (h ^ p[i]) * 0x100000001b3u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}
