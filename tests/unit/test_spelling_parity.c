// The table's verdicts are libhunspell's: over the whole expansion, over variants of its
// forms, over running text. The one place where a word of text is made without our
// tokeniser: any string must agree, not only what we cut.
#include "parity.h"

static void test_whole_expansion(void **state)
{
    (void)state;
    size_t accepted = 0, n = cq_lexicon_size(table);
    for (uint32_t id = 1; id <= n; id += STEP) {
        cq_str form = cq_lexicon_form(table, id);
        same(form);
        bool ok = cq_lexicon_accepts(table, form);
        accepted += ok;
        if (cq_lexicon_word(table, id)) assert_true(ok);
    }
    assert_in_range(accepted, n / STEP * 98 / 100, n);
}

static cq_str upper(cq_arena *a, cq_str s)
{
    cq_str out = {"", 0};
    for (size_t i = 0; i < s.n;) {
        char c[4];
        size_t n = cq_utf8_put(c, cq_to_upper(cq_utf8_next(s, &i)));
        out = cq_strf(a, "%.*s%.*s", CQ_PRI(out), (int)n, c);
    }
    return out;
}

// Capitals, points, elisions, breaks, damaged ends, as printf() patterns on a form and
// the one before it.
static void test_variants(void **state)
{
    (void)state;
    static const char *const ONE[] = {
        "%.*s.",       "%.*s...", "l'%.*s",  "L'%.*s",
        "d\u2019%.*s", "n'%.*s",  "'%.*s'",  "%.*s's",
        "%.*ss",       "%.*se",   "%.*s-là", "2%.*s",
        "%.*s1",       "qu'%.*s", "-%.*s",   "%.*s\u00b7e\u00b7s",
        "\u2018%.*s"};
    cq_arena *a = cq_arena_new();
    cq_str before = {"a", 1};
    for (uint32_t id = 1; id <= cq_lexicon_size(table); id += 97 * STEP) {
        cq_str f = cq_lexicon_form(table, id), up = upper(a, f);
        same(up);
        same(cq_upper_first(a, f));
        same(cq_fold(a, f));
        same(cq_strf(a, "L'%.*s", CQ_PRI(up)));
        same(cq_strf(a, "D'%.*s.", CQ_PRI(cq_upper_first(a, f))));
        same(cq_strf(a, "%.*s-%.*s", CQ_PRI(before), CQ_PRI(f)));
        same(cq_strf(a, "%.*s-%.*s", CQ_PRI(upper(a, before)), CQ_PRI(up)));
        same(cq_strf(a, "%.*s%.*s", CQ_PRI(before), CQ_PRI(f)));
        same(cq_strf(a, "%.*s.%.*s-%.*s", CQ_PRI(f), CQ_PRI(before), CQ_PRI(f)));
        size_t end = f.n;
        cq_utf8_prev(f, &end);
        same(cq_str_sub(f, 0, end));
        for (size_t i = 0; i < CQ_COUNT(ONE); i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            same(cq_strf(a, ONE[i], CQ_PRI(f)));
#pragma GCC diagnostic pop
        }
        before = cq_str_copy(a, f);
        if (cq_arena_used(a) > 1 << 20) {
            cq_arena_reset(a);
            before = (cq_str){"a", 1};
        }
    }
    cq_arena_free(a);
}

static const char *const ODD[] = {
    "",
    ".",
    "..",
    "-",
    "--",
    "'",
    "\u2019",
    "1",
    "1,5",
    "1.234,5",
    "1..2",
    "-1",
    "1-",
    "12e",
    "XXIe",
    "l'A",
    "l'O.U.A.",
    "U.R.S.S.",
    "etc.",
    "M.",
    "KM",
    "km/h",
    "µm",
    "MHz",
    "mhz",
    "KHZ",
    "kwh",
    "a-a-a-a-a-a-a-a-a-a-a-a",
    "a-a-a-a-x-a-a",
    "aujourd'hui",
    "AUJOURD'HUI",
    "Aujourd\u2019hui",
    "quelqu'un",
    "QUELQU'UN",
    "iPad",
    "IPAD",
    "Ipad",
    "ipad",
    "McDonald",
    "MCDONALD",
    "c'est-à-dire",
    "t-il",
    "-il",
    "dit-il",
    "a-t-il",
    "l'",
    "qu'",
    "\ufb01lm",

    "1er",
    "1ER",
    "Ier",
    "2D",
    "3d",
    "CO₂",
    "co2",
    "\u0153uf",
    "\u0152UF",
    "OEUF",
    "straße",
    "STRASSE",
    "ÉTAT",
    "ETAT",
    "Œuvre",
    "oeuvre",
    "d'Hollande",
    "Saint-Étienne",
    "saint-étienne",
    "SAINT-ÉTIENNE",
    "rock'n'roll",
    "R'n'B",
    "presqu'île",
    "entr'aperçu",
};

static void test_odd_tokens(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(ODD); i++) same(cq_str_of(ODD[i]));
    char longest[400];
    memset(longest, 'a', sizeof longest);
    for (size_t n = 90; n < sizeof longest; n += 10) same((cq_str){longest, n});
}

static void test_corpus(void **state)
{
    (void)state;
    over_texts(TEST_SOURCE_DIR "/corpus");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_expansion),
        cmocka_unit_test(test_variants),
        cmocka_unit_test(test_odd_tokens),
        cmocka_unit_test(test_corpus),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
