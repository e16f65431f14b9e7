// The JSON emitter.
#include "base/json_out.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"

static void indent(cq_json_out *j)
{
    cq_buf_char(j->out, '\n');
    for (unsigned i = 0; i < j->depth; i++) cq_buf_char(j->out, ' ');
}

// What goes before a value: comma, line break, key.
static void lead(cq_json_out *j, const char *key)
{
    bool own_line = j->depth > 0 && j->depth <= j->lines;
    if (j->more) cq_buf_char(j->out, ',');
    if (own_line) {
        indent(j);
    } else if (j->more && j->lines) {
        cq_buf_char(j->out, ' ');
    }
    j->more = true;
    if (!key) return;
    size_t n = strlen(key); // ours: nothing to escape
    char *p = cq_buf_take(j->out, n + (j->lines ? 4 : 3));
    if (!p) return;
    *p++ = '"';
    memcpy(p, key, n);
    memcpy(p + n, "\": ", j->lines ? 3 : 2);
}

void cq_json_open(cq_json_out *j, const char *key, char bracket)
{
    lead(j, key);
    cq_buf_char(j->out, bracket);
    j->depth++;
    j->more = false;
}

void cq_json_close(cq_json_out *j, char bracket)
{
    bool own_line = j->more && j->depth <= j->lines;
    j->depth--;
    if (own_line) indent(j);
    cq_buf_char(j->out, bracket);
    j->more = true;
}

static bool is_plain(unsigned char c) { return c >= ' ' && c != '"' && c != '\\'; }

static void add_escaped(cq_buf *out, unsigned char c)
{
    static const char SHORT[][2] = {
        {'"', '"'}, {'\\', '\\'}, {'\n', 'n'}, {'\t', 't'}, {'\r', 'r'}};
    for (size_t i = 0; i < CQ_COUNT(SHORT); i++) {
        if ((unsigned char)SHORT[i][0] == c) {
            cq_buf_char(out, '\\');
            cq_buf_char(out, SHORT[i][1]);
            return;
        }
    }
    cq_buf_f(out, "\\u%04x", c);
}

// Are the next eight bytes all plain? By the usual arithmetic on a word: a byte below n
// borrows from its highest bit.
static bool are_plain(const char *p)
{
    const uint64_t ones = 0x0101010101010101u, high = 0x80 * ones;
    uint64_t w, quote, slash;
    memcpy(&w, p, 8);
    quote = w ^ '"' * ones;
    slash = w ^ '\\' * ones;
    return !((((w - ' ' * ones) & ~w) | ((quote - ones) & ~quote) |
              ((slash - ones) & ~slash)) &
             high);
}

static void add_valid(cq_buf *out, cq_str s)
{
    size_t done = 0;
    for (size_t i = 0; i < s.n; i++) {
        while (i + 8 <= s.n && are_plain(s.p + i)) i += 8;
        if (i == s.n) break;
        if (is_plain((unsigned char)s.p[i])) continue;
        cq_buf_add(out, s.p + done, i - done);
        add_escaped(out, (unsigned char)s.p[i]);
        done = i + 1;
    }
    cq_buf_add(out, s.p + done, s.n - done);
}

void cq_json_str(cq_json_out *j, const char *key, cq_str s)
{
    lead(j, key);
    cq_buf_char(j->out, '"');
    for (;;) {
        size_t bad = cq_utf8_invalid(s); // a path may be any bytes
        add_valid(j->out, cq_str_sub(s, 0, bad));
        if (bad == SIZE_MAX) break;
        cq_buf_c(j->out, "\xef\xbf\xbd");
        s = cq_str_sub(s, bad + 1, s.n);
    }
    cq_buf_char(j->out, '"');
}

void cq_json_str_or_null(cq_json_out *j, const char *key, cq_str s)
{
    if (s.n) {
        cq_json_str(j, key, s);
    } else {
        cq_json_null(j, key);
    }
}

// Digits by hand: printf would ask the locale of the program that uses the library for
// thousands separators or decimal marks.
static void add_uint(cq_buf *out, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + n % 10);
    } while (n /= 10);
    cq_buf_add(out, digits + at, sizeof digits - at);
}

void cq_json_uint(cq_json_out *j, const char *key, uint64_t n)
{
    lead(j, key);
    add_uint(j->out, n);
}

void cq_json_bool(cq_json_out *j, const char *key, bool b)
{
    lead(j, key);
    cq_buf_c(j->out, b ? "true" : "false");
}

void cq_json_null(cq_json_out *j, const char *key)
{
    lead(j, key);
    cq_buf_c(j->out, "null");
}

void cq_buf_decimal(cq_buf *out, double d, char mark)
{
    long long hundredths = llround(d * 100);
    if (hundredths < 0) cq_buf_char(out, '-');
    uint64_t n = (uint64_t)llabs(hundredths);
    add_uint(out, n / 100);
    cq_buf_char(out, mark);
    cq_buf_char(out, (char)('0' + n / 10 % 10));
    if (n % 10) cq_buf_char(out, (char)('0' + n % 10));
}

void cq_json_decimal(cq_json_out *j, const char *key, double d)
{
    if (!(fabs(d) < 1e15)) { // also what is no number
        cq_json_null(j, key);
        return;
    }
    lead(j, key);
    cq_buf_decimal(j->out, d, '.');
}
