// Lines, columns and UTF-16 offsets, by table and against a slow count of every offset.
#include "text/position.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
// cmocka needs the headers above
#include <cmocka.h>

#define BYTES(lit)                                                                       \
    {                                                                                    \
        (lit), sizeof(lit) - 1                                                           \
    }

static const struct {
    const char *why;
    cq_str bytes;
    const char *encoding;
    size_t offset;
    unsigned line, column;
    size_t utf16;
} ROWS[] = {
    {"the first byte", BYTES("abc"), "utf-8", 0, 1, 1, 0},
    {"an empty file has a place too", BYTES(""), "utf-8", 0, 1, 1, 0},
    {"past the end is the end", BYTES("ab\n"), "utf-8", 99, 2, 1, 3},
    {"columns are code points", BYTES("é€x"), "utf-8", 5, 1, 3, 2},
    {"inside a character is its start", BYTES("a€x"), "utf-8", 3, 1, 2, 1},
    {"an astral character is one column, two UTF-16 units", BYTES("😀x"), "utf-8", 4, 1, 2,
     2},
    {"CRLF ends a line once", BYTES("a\r\nb"), "utf-8", 3, 2, 1, 3},
    {"the \\n of CRLF is still on its line", BYTES("a\r\nb"), "utf-8", 2, 1, 3, 2},
    {"a lone CR ends a line", BYTES("a\rb"), "utf-8", 2, 2, 1, 2},
    {"a byte-order mark is no character",
     BYTES("\xef\xbb\xbf"
           "ab"),
     "utf-8", 4, 1, 2, 1},
    {"the mark itself is at the start",
     BYTES("\xef\xbb\xbf"
           "ab"),
     "utf-8", 1, 1, 1, 0},
    {"one byte is one character in Latin-1", BYTES("\xe9t\xe9\n\xe0x"), "iso-8859-1", 5,
     2, 2, 5},
    {"Windows-1252 too, also above 0x80", BYTES("\x80\x93x"), "windows-1252", 2, 1, 3, 2},
    {"a mark of UTF-8 is text in Latin-1", BYTES("\xef\xbb\xbfx"), "iso-8859-1", 3, 1, 4,
     3},
    {"UTF-16, little-endian",
     BYTES("\xff\xfe"
           "a\0\n\0b\0"),
     "utf-16le", 6, 2, 1, 2},
    {"UTF-16, big-endian",
     BYTES("\xfe\xff"
           "\0a\0\n\0b\0c"),
     "utf-16be", 8, 2, 2, 3},
    {"a surrogate pair is one column",
     BYTES("\xff\xfe"
           "\x3d\xd8\x00\xde"
           "x\0"),
     "utf-16le", 6, 1, 2, 2},
    {"U+0A0A holds no line feed", BYTES("\xfe\xff\x0a\x0a\0x"), "utf-16be", 4, 1, 2, 1},
};

static void test_rows(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_positions *p = cq_positions_new(a, ROWS[i].bytes, ROWS[i].encoding);
        cq_place got = cq_place_at(p, ROWS[i].offset);
        if (got.line != ROWS[i].line || got.column != ROWS[i].column ||
            got.utf16 != ROWS[i].utf16) {
            fail_msg("%s: got line %u, column %u, utf16 %zu", ROWS[i].why, got.line,
                     got.column, got.utf16);
        }
    }
    cq_arena_free(a);
}

// Every offset of a text with all kinds of characters and line ends, long enough for
// several steps of the index, against counting from the start.
static void test_every_offset(void **state)
{
    (void)state;
    static const char *const PIECES[] = {"a",    "é",  "€",    "😀",           "\n",
                                         "\r\n", "\r", "mot ", "\xef\xbb\xbf"};
    cq_arena *a = cq_arena_new();
    char text[4000];
    size_t n = 0;
    unsigned seed = 7;
    for (const char *p = "\xef\xbb\xbf"; n < sizeof text - 8;) {
        memcpy(text + n, p, strlen(p));
        n += strlen(p);
        seed = seed * 1103515245u + 12345u;
        p = PIECES[(seed >> 16) % CQ_COUNT(PIECES)];
    }
    cq_positions *index = cq_positions_new(a, (cq_str){text, n}, "utf-8");
    unsigned line = 1, column = 1;
    size_t utf16 = 0;
    for (size_t i = 3; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c & 0xc0) == 0x80) continue;
        cq_place got = cq_place_at(index, i);
        if (got.line != line || got.column != column || got.utf16 != utf16) {
            fail_msg("offset %zu: got %u:%u (%zu), want %u:%u (%zu)", i, got.line,
                     got.column, got.utf16, line, column, utf16);
        }
        utf16 += c >= 0xf0 ? 2 : 1;
        column++;
        if (c == '\n' || (c == '\r' && !(i + 1 < n && text[i + 1] == '\n'))) {
            line++;
            column = 1;
        }
    }
    assert_int_equal(cq_positions_lines(index), line);
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_every_offset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
