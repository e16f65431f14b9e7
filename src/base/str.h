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

static inline bool cq_str_eq(cq_str a, cq_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool cq_str_is(cq_str a, const char *b)
{
    if (__builtin_constant_p(strlen(b))) return cq_str_eq(a, cq_str_of(b));
    for (size_t i = 0; i < a.n; i++) { // from a table: most differ in the first letters
        if (a.p[i] != b[i] || !b[i]) return false;
    }
    return !b[a.n];
}

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

#endif
