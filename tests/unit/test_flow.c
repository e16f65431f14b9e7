// Wrapped text for terminals: where lines break, what is named, what never gets through.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/flow.h"

static const struct {
    const char *why;
    cq_str in;
    unsigned width;
    bool named;
    const char *want;
} ROWS[] = {
    {"fits", CQ_LIT("un deux trois"), 40, false, "un deux trois\n"},
    {"breaks at a space, hangs by 2", CQ_LIT("un deux trois"), 9, false,
     "un deux\n  trois\n"},
    {"a column is a character, not a byte", CQ_LIT("été été été"), 7, false,
     "été été\n  été\n"},
    {"a full line is not too long", CQ_LIT("un deux"), 7, false, "un deux\n"},
    {"spaces and line breaks fold", CQ_LIT(" un \n\n deux  "), 40, false, "un deux\n"},
    {"no break at a no-break space", CQ_LIT("dit\u00a0: «\u00a0oui\u00a0»"), 10, false,
     "dit\u00a0:\n  «\u00a0oui\u00a0»\n"},
    {"a combining accent has no width", CQ_LIT("e\u0301e\u0301 a"), 4, false,
     "e\u0301e\u0301 a\n"},
    {"an ideogram has two columns", CQ_LIT("漢字 a"), 5, false, "漢字\n  a\n"},
    {"a word wider than the line is cut", CQ_LIT("abcdefghijkl"), 8, false,
     "abcdef\n  ghijkl\n"},
    {"escape sequences are named", CQ_LIT("a\033[31mb"), 40, false, "a⟨U+001B⟩[31mb\n"},
    {"changes of direction are named", CQ_LIT("a\u202eb"), 40, false, "a⟨U+202E⟩b\n"},
    {"an invalid byte is replaced", CQ_LIT("a\xe9z"), 40, false, "a\ufffdz\n"},
    {"named: the no-break space", CQ_LIT("10\u00a0%"), 40, true,
     "10⟨espace insécable⟩%\n"},
    {"named: spaces at the edges alone", CQ_LIT(" a b "), 60, true,
     "⟨espace⟩a b⟨espace⟩\n"},
    {"named: a space alone", CQ_LIT(" "), 40, true, "⟨espace⟩\n"},
    {"named: tab within", CQ_LIT("a\tb"), 40, true, "a⟨tabulation⟩b\n"},
    {"named: zero-width space", CQ_LIT("a\u200bb"), 40, true, "a⟨espace sans chasse⟩b\n"},
    {"named: an unusual blank by its number", CQ_LIT("a\u2005b"), 40, true,
     "a⟨U+2005⟩b\n"},
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_buf out;
        cq_flow f;
        cq_buf_init(&out, 10000);
        cq_flow_init(&f, &out, false, true, ROWS[i].width);
        cq_flow_line(&f, 0, 2);
        if (ROWS[i].named) {
            cq_flow_named(&f, CQ_STYLE_PLAIN, ROWS[i].in);
        } else {
            cq_flow_text(&f, CQ_STYLE_PLAIN, ROWS[i].in);
        }
        cq_flow_end(&f);
        if (!out.p || strcmp(out.p, ROWS[i].want) != 0) {
            fail_msg("%s: got \"%s\"", ROWS[i].why, out.p);
        }
        cq_flow_free(&f);
        cq_buf_free(&out);
    }
}

// Pieces without a space between them are one word: a mark is not torn from its text.
static void test_pieces(void **state)
{
    (void)state;
    cq_buf out;
    cq_flow f;
    cq_buf_init(&out, 10000);
    cq_flow_init(&f, &out, true, false, 12);
    cq_flow_line(&f, 1, 3);
    cq_flow_c(&f, CQ_STYLE_PLAIN, "dans l’");
    cq_flow_c(&f, CQ_STYLE_RED, "industrie");
    cq_flow_c(&f, CQ_STYLE_PLAIN, ", ");
    cq_flow_number(&f, CQ_STYLE_PLAIN, 1234567);
    cq_flow_end(&f);
    assert_string_equal(out.p, " dans\n   l’\033[1;31mindustr\n   ie\033[0m,\n"
                               "   1,234,567\n");
    cq_flow_free(&f);
    cq_buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
