// Encodings: which one a file is in, and its conversion with a run for every character
// that is not the same bytes in UTF-8.
#include "readers/encoding.h"

#include "base/utf8.h"

#include <stdio.h>

// Enough to tell text from binary and UTF-16 from both; a declaration of the encoding
// must stand in the first 1024 bytes (as HTML has it).
enum {
    PROBE = 64 << 10,
    DECLARATION = 1024,
    CONTROLS_UTF8 = 10, // one control character in so many bytes is no text
    CONTROLS_OTHER = 100,
};

// 0x80 to 0x9f; U+FFFD for the five that mean nothing.
static const uint16_t WINDOWS_1252[32] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
    0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

// Where ISO-8859-15 differs from ISO-8859-1.
static const struct {
    unsigned char byte;
    uint16_t c;
} LATIN_9[] = {
    {0xa4, 0x20ac}, {0xa6, 0x160}, {0xa8, 0x161}, {0xb4, 0x17d},
    {0xb8, 0x17e},  {0xbc, 0x152}, {0xbd, 0x153}, {0xbe, 0x178},
};

// The text under construction.
typedef struct {
    cq_document *d;
    char *out;
    size_t n;
    CQ_VEC(cq_run) runs;
    size_t lost; // bytes that became U+FFFD
} decoder;

static void add_run(decoder *k, size_t source, size_t text_n, size_t source_n,
                    uint32_t step)
{
    cq_run *last = k->runs.n ? &k->runs.v[k->runs.n - 1] : NULL;
    if (last && step && last->step == step && last->source + last->source_n == source) {
        last->text_n += (uint32_t)text_n;
        last->source_n += (uint32_t)source_n;
        return;
    }
    if (k->runs.n > CQ_RUNS_MAX) return; // cq_decode says so
    *CQ_PUSH(k->d->arena, &k->runs) = (cq_run){
        (uint32_t)k->n, (uint32_t)source, (uint32_t)text_n, (uint32_t)source_n, step};
}

static void add_same(decoder *k, size_t from, size_t to)
{
    if (from >= to) return;
    add_run(k, from, to - from, to - from, 1);
    memcpy(k->out + k->n, k->d->source.p + from, to - from);
    k->n += to - from;
}

static void add_character(decoder *k, uint32_t c, size_t source, size_t source_n)
{
    char one[4];
    size_t n = cq_utf8_put(one, c);
    add_run(k, source, n, source_n, c < 0x80 && source_n == 2 ? 2 : 0);
    memcpy(k->out + k->n, one, n);
    k->n += n;
    k->lost += c == 0xfffd ? source_n : 0;
}

// UTF-8 with NULs or broken sequences: each bad byte is U+FFFD.
static void decode_utf8(decoder *k, size_t start)
{
    cq_str s = k->d->source;
    const char *nul = memchr(s.p + start, '\0', s.n - start);
    for (size_t at = start; at < s.n;) {
        size_t valid = cq_utf8_invalid(cq_str_sub(s, at, s.n));
        size_t bad = valid == SIZE_MAX ? s.n : at + valid;
        while (at <= bad) { // what is valid up to there, cut at NULs
            size_t next_nul = nul ? (size_t)(nul - s.p) : s.n;
            size_t stop = next_nul < bad ? next_nul : bad;
            add_same(k, at, stop);
            at = stop;
            if (at >= s.n) return;
            add_character(k, 0xfffd, at, 1);
            at++;
            if (stop == next_nul)
                nul = at < s.n ? memchr(s.p + at, '\0', s.n - at) : NULL;
        }
    }
}

static void decode_bytes(decoder *k, const uint16_t high[128])
{
    cq_str s = k->d->source;
    size_t done = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c && c < 0x80) continue;
        add_same(k, done, i);
        add_character(k, c ? high[c - 0x80] : 0xfffd, i, 1);
        done = i + 1;
    }
    add_same(k, done, s.n);
}

static void decode_utf16(decoder *k, size_t start, bool le)
{
    const unsigned char *p = (const unsigned char *)k->d->source.p;
    size_t n = k->d->source.n;
    for (size_t i = start; i < n;) {
        if (i + 1 == n) {
            add_character(k, 0xfffd, i, 1);
            break;
        }
        uint32_t c = (uint32_t)(p[i + le] << 8 | p[i + !le]);
        size_t size = 2;
        if (c >= 0xd800 && c < 0xdc00 && i + 3 < n) {
            uint32_t low = (uint32_t)(p[i + 2 + le] << 8 | p[i + 2 + !le]);
            if (low >= 0xdc00 && low < 0xe000) {
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                size = 4;
            }
        }
        if (c == 0 || (c >= 0xd800 && c < 0xe000)) c = 0xfffd;
        add_character(k, c, i, size);
        i += size;
    }
}

// "le" or "be" when every other byte of the start is mostly NUL, as in UTF-16 without a
// byte-order mark; else NULL.
static const char *utf16_without_mark(cq_str s)
{
    size_t n = s.n < PROBE ? s.n : PROBE, nul[2] = {0, 0};
    for (size_t i = 0; i < n; i++) nul[i & 1] += !s.p[i];
    size_t pairs = n / 2;
    if (pairs < 2) return NULL;
    if (nul[1] * 2 > pairs && nul[0] * 20 < pairs) return "utf-16le";
    if (nul[0] * 2 > pairs && nul[1] * 20 < pairs) return "utf-16be";
    return NULL;
}

// More than one control character in so many bytes: no text.
static bool is_binary(cq_str s, size_t many)
{
    size_t n = s.n < PROBE ? s.n : PROBE, controls = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        controls += c < 0x20 && !cq_is_space(s.p[i]) && c != 0x1b;
    }
    return controls * many > n;
}

// Sequences of UTF-8 beyond ASCII that are whole, and bytes that belong to none.
static void count_utf8(cq_str s, size_t *whole, size_t *broken)
{
    *whole = *broken = 0;
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        if (n > 1 && cq_utf8_invalid(cq_str_sub(s, i, i + n)) == SIZE_MAX) {
            ++*whole;
            i += n;
        } else {
            *broken += n > 1;
            i++;
        }
    }
}

// The value of charset= or encoding= near the start, "" when there is none.
static cq_str declared(cq_str s)
{
    static const char *const KEYS[] = {"charset=", "encoding="};
    size_t n = s.n < DECLARATION ? s.n : DECLARATION;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < CQ_COUNT(KEYS); k++) {
            size_t key_n = strlen(KEYS[k]);
            if (!cq_str_ieq(cq_str_sub(s, i, i + key_n), KEYS[k])) continue;
            size_t start = i + key_n, end;
            while (start < n && (s.p[start] == '"' || s.p[start] == '\'')) start++;
            for (end = start; end < n; end++) {
                char c = s.p[end];
                if (!cq_is_alpha(c) && !cq_is_digit(c) && c != '-' && c != '_') break;
            }
            return cq_str_sub(s, start, end);
        }
    }
    return cq_str_of("");
}

static const struct {
    const char *label, *encoding;
} LABELS[] = {
    {"iso-8859-1", "iso-8859-1"}, {"latin1", "iso-8859-1"},
    {"us-ascii", "iso-8859-1"},   {"utf-8", "iso-8859-1"}, // declared, but it is not
    {"utf8", "iso-8859-1"},       {"windows-1252", "windows-1252"},
    {"cp1252", "windows-1252"},   {"iso-8859-15", "iso-8859-15"},
    {"latin-9", "iso-8859-15"},   {"latin9", "iso-8859-15"},
    {"iso_8859-1", "iso-8859-1"}, {"ascii", "iso-8859-1"},
};

// One byte a character: what the file says, corrected by what only one of them has.
static const char *one_byte_encoding(cq_str s, const char *path, cq_err *err)
{
    cq_str label = declared(s);
    const char *found = label.n ? NULL : "iso-8859-1";
    for (size_t k = 0; k < CQ_COUNT(LABELS) && !found; k++) {
        if (cq_str_ieq(label, LABELS[k].label)) found = LABELS[k].encoding;
    }
    if (!found) {
        cq_fail(err, CQ_EENCODING, path, 0,
                "encoding \"%.*s\" is not read; convert the file to UTF-8",
                CQ_PRI(cq_str_sub(label, 0, 40)));
        return NULL;
    }
    bool oe = false; // a byte that is œ in ISO-8859-15, 1/2 in ISO-8859-1, after a letter
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80 && c < 0xa0) return "windows-1252";
        oe |= c == 0xbd && i && i + 1 < s.n && cq_is_alpha(s.p[i - 1]) &&
              cq_is_alpha(s.p[i + 1]);
    }
    return oe && !label.n ? "iso-8859-15" : found;
}

static bool decode_one_byte(decoder *k, const char *path, cq_err *err)
{
    const char *name = one_byte_encoding(k->d->source, path, err);
    if (!name) return false;
    uint16_t high[128];
    for (size_t i = 0; i < 128; i++) high[i] = (uint16_t)(0x80 + i);
    memcpy(high, WINDOWS_1252, sizeof WINDOWS_1252);
    if (strcmp(name, "iso-8859-15") == 0) {
        for (size_t i = 0; i < CQ_COUNT(LATIN_9); i++)
            high[LATIN_9[i].byte - 0x80] = LATIN_9[i].c;
    }
    k->d->encoding = name;
    decode_bytes(k, high);
    return true;
}

static void note(cq_document *d, cq_str text) { *CQ_PUSH(d->arena, &d->notes) = text; }

static bool starts(cq_str s, const char *p, size_t n)
{
    return s.n >= n && memcmp(s.p, p, n) == 0;
}

bool cq_decode(cq_document *d, const char *path, cq_input *in, cq_err *err)
{
    cq_str s = d->source;
    d->encoding = "utf-8";
    if (starts(s, "\xff\xfe\0\0", 4) || starts(s, "\0\0\xfe\xff", 4))
        return cq_fail(err, CQ_EENCODING, path, 0,
                       "encoding UTF-32 is not read; convert the file to UTF-8");
    const char *wide = starts(s, "\xff\xfe", 2)   ? "utf-16le"
                       : starts(s, "\xfe\xff", 2) ? "utf-16be"
                                                  : NULL;
    bool mark8 = starts(s, "\xef\xbb\xbf", 3);
    size_t start = wide ? 2 : mark8 ? 3 : 0;
    size_t bad = wide ? 0 : cq_utf8_invalid(s);
    bool nul = !wide && s.n && memchr(s.p, '\0', s.n);
    if (bad == SIZE_MAX && !nul && !mark8) {
        *in = (cq_input){.text = s};
        return true;
    }
    if (nul && !mark8) wide = utf16_without_mark(s);
    if (!wide && is_binary(s, CONTROLS_UTF8))
        return cq_fail(err, CQ_EENCODING, path, 0, "binary file, not text");

    // UTF-16 gives at most 3 bytes of UTF-8 for 2, one byte at most 3.
    decoder k = {.d = d};
    size_t whole = 0, broken = 0;
    if (!wide && bad != SIZE_MAX && !mark8) count_utf8(s, &whole, &broken);
    if (!wide && bad == SIZE_MAX && !nul) { // only a mark to leave out
        cq_run *all = CQ_NEW(d->arena, cq_run);
        *all = (cq_run){0, 3, (uint32_t)(s.n - 3), (uint32_t)(s.n - 3), 1};
        *in = (cq_input){cq_str_sub(s, 3, s.n), all, s.n > 3};
        return true;
    }
    k.out = cq_alloc(d->arena, cq_mul(s.n, 3) + 4);
    if (wide) {
        d->encoding = wide;
        decode_utf16(&k, start, strcmp(wide, "utf-16le") == 0);
    } else if (broken > whole) {
        if (is_binary(s, CONTROLS_OTHER))
            return cq_fail(err, CQ_EENCODING, path, 0, "binary file, not text");
        if (!decode_one_byte(&k, path, err)) return false;
    } else {
        decode_utf8(&k, start);
    }
    if (strcmp(d->encoding, "utf-8") != 0)
        note(d, cq_strf(d->arena, "encoding: read as %s", d->encoding));
    if (k.lost)
        note(d, cq_strf(d->arena, "encoding: bytes without meaning (NUL or not %s) × %zu",
                        d->encoding, k.lost));
    if (k.runs.n > CQ_RUNS_MAX)
        return cq_fail(err, CQ_ELIMIT, path, 0,
                       "more than %d characters to convert; make the file UTF-8 first",
                       CQ_RUNS_MAX);
    *in = (cq_input){{k.out, k.n}, k.runs.v, k.runs.n};
    return true;
}
