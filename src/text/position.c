// Two indexes made in one pass: the offset of each line, and at every STEP bytes how many
// characters and surrogate pairs came before. A query adds what lies past the last step.
#include "text/position.h"

enum { STEP = 256, STEP_BITS = 8 };

typedef struct {
    uint32_t characters; // code points that start before this step
    uint32_t pairs;      // those of them that UTF-16 needs two units for
} count;

typedef count (*counter)(const unsigned char *p, size_t from, size_t to);

struct cq_positions {
    cq_str bytes;
    size_t start; // after the byte-order mark
    counter counted;
    bool wide; // UTF-16: offsets are rounded to even bytes
    count *steps;
    CQ_VEC(uint32_t) lines; // where each begins; the first is `start`
};

// Counting runs over [from, to): whole characters are those whose first byte lies there.
static count count_utf8(const unsigned char *p, size_t from, size_t to)
{
    uint32_t characters = 0, pairs = 0;
    for (size_t i = from; i < to; i++) {
        characters += (p[i] & 0xc0) != 0x80;
        pairs += p[i] >= 0xf0;
    }
    return (count){characters, pairs};
}

static count count_bytes(const unsigned char *p, size_t from, size_t to)
{
    (void)p;
    return (count){(uint32_t)(to - from), 0};
}

// The first unit of a pair counts as the character, the second as the pair.
static count count_utf16(const unsigned char *p, size_t from, size_t to, size_t high)
{
    uint32_t units = 0, pairs = 0;
    for (size_t i = from; i + 1 < to; i += 2) {
        units++;
        pairs += (p[i + high] & 0xfc) == 0xdc;
    }
    return (count){units - pairs, pairs};
}

static count count_utf16be(const unsigned char *p, size_t from, size_t to)
{
    return count_utf16(p, from, to, 0);
}

static count count_utf16le(const unsigned char *p, size_t from, size_t to)
{
    return count_utf16(p, from, to, 1);
}

static void find_lines(cq_positions *s, cq_arena *a)
{
    const char *p = s->bytes.p;
    size_t n = s->bytes.n, i = s->start;
    *CQ_PUSH(a, &s->lines) = (uint32_t)i;
    if (memchr(p, '\r', n) == NULL) { // most files: as fast as memchr is
        for (const char *nl; i < n && (nl = memchr(p + i, '\n', n - i)) != NULL;) {
            i = (size_t)(nl - p) + 1;
            *CQ_PUSH(a, &s->lines) = (uint32_t)i;
        }
        return;
    }
    for (; i < n; i++) {
        if (p[i] == '\n' || (p[i] == '\r' && !(i + 1 < n && p[i + 1] == '\n'))) {
            *CQ_PUSH(a, &s->lines) = (uint32_t)(i + 1);
        }
    }
}

static void find_lines_utf16(cq_positions *s, cq_arena *a)
{
    const unsigned char *p = (const unsigned char *)s->bytes.p;
    size_t high = s->counted == count_utf16le, low = 1 - high;
    *CQ_PUSH(a, &s->lines) = (uint32_t)s->start;
    for (size_t i = s->start; i + 1 < s->bytes.n; i += 2) {
        if (p[i + high]) continue;
        bool next_nl = i + 3 < s->bytes.n && !p[i + 2 + high] && p[i + 2 + low] == '\n';
        if (p[i + low] == '\n' || (p[i + low] == '\r' && !next_nl)) {
            *CQ_PUSH(a, &s->lines) = (uint32_t)(i + 2);
        }
    }
}

cq_positions *cq_positions_new(cq_arena *a, cq_str bytes, const char *encoding)
{
    cq_positions *s = CQ_NEW(a, cq_positions);
    const unsigned char *p = (const unsigned char *)bytes.p;
    s->bytes = bytes;
    s->counted = count_bytes;
    if (cq_str_is(cq_str_of(encoding), "utf-8")) {
        s->counted = count_utf8;
        if (bytes.n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) s->start = 3;
    }
    bool le = cq_str_is(cq_str_of(encoding), "utf-16le");
    if (le || cq_str_is(cq_str_of(encoding), "utf-16be")) {
        s->wide = true;
        s->counted = le ? count_utf16le : count_utf16be;
        const char *mark = le ? "\xff\xfe" : "\xfe\xff";
        if (bytes.n >= 2 && memcmp(p, mark, 2) == 0) s->start = 2;
    }
    size_t steps = bytes.n / STEP + 1;
    s->steps = CQ_NEWN(a, count, steps);
    for (size_t k = 1; k < steps; k++) {
        size_t from = (k - 1) * STEP;
        count c = s->counted(p, from < s->start ? s->start : from, k * STEP);
        s->steps[k] = (count){s->steps[k - 1].characters + c.characters,
                              s->steps[k - 1].pairs + c.pairs};
    }
    if (s->wide)
        find_lines_utf16(s, a);
    else
        find_lines(s, a);
    return s;
}

// Characters and pairs in [start, offset).
static count count_to(const cq_positions *s, size_t offset)
{
    size_t k = offset >> STEP_BITS, from = k * STEP;
    if (from < s->start) from = s->start;
    if (offset <= from) return s->steps[k];
    count c = s->counted((const unsigned char *)s->bytes.p, from, offset);
    return (count){s->steps[k].characters + c.characters, s->steps[k].pairs + c.pairs};
}

// The start of the character that holds the byte at `offset`.
static size_t character_start(const cq_positions *s, size_t offset)
{
    const unsigned char *p = (const unsigned char *)s->bytes.p;
    if (offset >= s->bytes.n) return s->bytes.n;
    if (s->counted == count_utf8) {
        while (offset > s->start && (p[offset] & 0xc0) == 0x80) offset--;
    }
    if (s->wide) {
        offset &= ~(size_t)1;
        size_t high = s->counted == count_utf16le;
        if (offset > s->start + 1 && offset + high < s->bytes.n &&
            (p[offset + high] & 0xfc) == 0xdc)
            offset -= 2;
    }
    return offset;
}

cq_place cq_place_at(const cq_positions *s, size_t offset)
{
    offset = character_start(s, offset);
    if (offset < s->start) offset = s->start;
    size_t lo = 0, hi = s->lines.n; // the last line that starts at or before offset
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (s->lines.v[mid] <= offset)
            lo = mid;
        else
            hi = mid;
    }
    count to = count_to(s, offset), line = count_to(s, s->lines.v[lo]);
    return (cq_place){(uint32_t)lo + 1, to.characters - line.characters + 1,
                      (size_t)to.characters + to.pairs};
}

uint32_t cq_positions_lines(const cq_positions *s) { return (uint32_t)s->lines.n; }
