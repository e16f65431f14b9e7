// Borrowed text: a view into bytes that somebody else owns. Valid UTF-8 unless said
// otherwise (checked once, on load); no terminating NUL.
#ifndef CQ_BASE_STR_H
#define CQ_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CQ_COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define CQ_PRI(s) (int)(s).n, (s).p // for "%.*s"

typedef struct {
    const char *p;
    size_t n;
} cq_str;

// A string literal as a slice, also in static initialisers: CQ_LIT("abc").
#define CQ_LIT(lit)                                                                      \
    {                                                                                    \
        (lit), sizeof(lit) - 1                                                           \
    }

static inline cq_str cq_str_of(const char *s) // NULL gives the empty slice
{
    return (cq_str){s ? s : "", s ? strlen(s) : 0};
}

static inline cq_str cq_str_sub(cq_str s, size_t from, size_t to) // [from, to), clamped
{
    if (to > s.n) to = s.n;
    if (from > to) from = to;
    return (cq_str){s.p + from, to - from};
}

static inline uint64_t cq_str_load(const char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

// Most words that are compared have up to 16 bytes: two loads, which may overlap, cost
// less than a call.
static inline bool cq_str_eq(cq_str a, cq_str b)
{
    if (a.n != b.n) return false;
    if (a.n > 16) return memcmp(a.p, b.p, a.n) == 0;
    if (a.n < 8) {
        for (size_t i = 0; i < a.n; i++) {
            if (a.p[i] != b.p[i]) return false;
        }
        return true;
    }
    size_t last = a.n - 8;
    return cq_str_load(a.p) == cq_str_load(b.p) &&
           cq_str_load(a.p + last) == cq_str_load(b.p + last);
}

static inline bool cq_str_is(cq_str a, const char *b)
{
    if (__builtin_constant_p(strlen(b))) return cq_str_eq(a, cq_str_of(b));
    for (size_t i = 0; i < a.n; i++) { // from a table: most differ in the first letters
        if (a.p[i] != b[i] || !b[i]) return false;
    }
    return !b[a.n];
}

// Is it one of the words of a list? CQ_IN takes an array.
bool cq_str_among(cq_str s, const char *const *list, size_t n);
#define CQ_IN(list, s) cq_str_among((s), (list), CQ_COUNT(list))

static inline bool cq_str_starts(cq_str s, cq_str prefix)
{
    return s.n >= prefix.n && memcmp(s.p, prefix.p, prefix.n) == 0;
}

static inline bool cq_str_ends(cq_str s, cq_str suffix)
{
    return s.n >= suffix.n && memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0;
}

int cq_str_cmp(cq_str a, cq_str b);          // bytewise, like memcmp then length
cq_str cq_str_trim(cq_str s);                // ASCII white space off both ends
size_t cq_str_find(cq_str s, cq_str needle); // offset, or SIZE_MAX
bool cq_str_ieq(cq_str a, const char *b);    // ASCII case folded

// Cuts the next field off *rest, at `sep`; false when nothing is left. "a|b" gives a, b.
bool cq_str_split(cq_str *rest, char sep, cq_str *field);

static inline bool cq_is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool cq_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool cq_is_alpha(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static inline char cq_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

// 64-bit hash (FNV-1a folded by a final avalanche); the same on every machine, so it may
// be stored in caches. Not for hostile keys: tables that take them cap their probes.
uint64_t cq_hash(const void *bytes, size_t n, uint64_t seed);

static inline uint64_t cq_hash_mix(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 wide;
    wide r = (wide)a * b;
    return (uint64_t)r ^ (uint64_t)(r >> 64);
}

// A hash for short words, several times as fast: wyhash's mixing (Wang Yi, public domain)
// over two overlapping reads; words longer than 16 bytes go in steps of 16. Differs with
// the byte order.
static inline uint64_t cq_str_hash(cq_str s)
{
    uint64_t a = 0, b = 0, h = s.n * 0x9e3779b97f4a7c15u ^ 0xa0761d6478bd642fu;
    const char *p = s.p;
    size_t n = s.n;
    for (; n > 16; n -= 16, p += 16) {
        memcpy(&a, p, 8);
        memcpy(&b, p + 8, 8);
        h = cq_hash_mix(a ^ 0xe7037ed1a0b428dbu, b ^ h);
    }
    if (n >= 8) {
        memcpy(&a, p, 8);
        memcpy(&b, p + n - 8, 8);
    } else if (n >= 4) {
        uint32_t lo, hi;
        memcpy(&lo, p, 4);
        memcpy(&hi, p + n - 4, 4);
        a = lo;
        b = hi;
    } else if (n) {
        a = (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[n / 2] << 8 |
            (unsigned char)p[n - 1];
        b = 0;
    }
    h = cq_hash_mix(a ^ 0xe7037ed1a0b428dbu, b ^ h);
    return cq_hash_mix(h, 0x8ebc6af09c88c6e3u);
}

#endif
