// Numbers by value, in both languages.
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "passage.h"
#include "source/numbers.h"

static const struct {
    const char *why, *text;
    bool french;
    const char *want; // value[=other][kind][flags] separated by blanks
} ROWS[] = {
    {"thousands", "He has 25,000 stamps and 1,250,000 coins.", false, "25000 1.25e+06"},
    {"decimals", "It grew by 3.5 to 1.25.", false, "3.5 1.25"},
    {"a list is no number", "steps 5,15,30", false, "5 15 30"},
    {"scales", "6 million, 1.5 billion, $5bn, 2 trillion", false,
     "6e+06 1.5e+09 5e+09=5e+09$ 2e+12"},
    {"words", "twenty-five, two hundred and six, three thousand", false, "25 206 3000"},
    {"one is a pronoun", "one of them has no one", false, ""},
    {"indefinite", "millions of people, hundreds of cars", false, ""},
    {"a scale with its article", "a million people, half a million, a hundred", false,
     "1e+06 500000 100"},
    {"a half", "six and a half million, half of them", false, "6.5e+06 0.5=50%"},
    {"a dozen", "two dozen eggs", false, "24"},
    {"clock", "at 3 p.m., 3:30pm and 7.55am", false, "3=15 3=15 30 7=19 55"},
    {"decade", "in the 1990s", false, "1990=90"},
    {"years", "the 2011-12 season", false, "2011 12=2012"},
    {"ordinals", "the 21st century, the third time", false, "21o 3o"},
    {"imperial", "two to four inches, 60 miles, a 6-foot-6 player", false,
     "2i 4i 60i 6i 6i"},
    {"hyphens", "a 17-year-old and a two-year deal", false, "17 2"},
    {"a scale behind a hyphen", "a 700-billion market", false, "7e+11"},
    {"a scale in the plural", "some 320 millions", false, "3.2e+08"},
    {"a letter that stands apart", "the 1.7m people", false, "1.7e+06=1.7"},
    {"groups with points", "a debt of 17.280.000 pesos", false, "1.728e+07"},
    {"a comma for a point", "2,5 million cards", false, "2.5e+06"},
    {"a time without its letters", "from 20.45 or 0530", false, "20.45=20 530=5"},
    {"a scale for two", "325 to 340 million", false, "325=3.25e+08 3.4e+08"},
    {"not a sum", "three one-sided matches", false, "3"},
    {"thousands", "Il a 25 000 timbres et 1\u202f250\u202f000 pièces.", true,
     "25000 1.25e+06"},
    {"English figures left", "25,000 timbres", true, "25=25000"},
    {"scales", "6 millions, 1,5 milliard, 2 billions", true, "6e+06 1.5e+09 2e+12"},
    {"words", "vingt-cinq, deux cent six, trois mille, quatre-vingt-dix-sept", true,
     "25 206 3000 97"},
    {"soixante-dix", "soixante et onze, soixante-dix-huit", true, "71 78"},
    {"articles and indefinites", "un homme, des millions, des centaines de gens", true,
     ""},
    {"a million", "un million et demi, un demi-million", true, "1.5e+06 500000"},
    {"pour cent", "dix pour cent", true, "10"},
    {"shares", "la moitié, un tiers", true, "0.5=50% 0.333333=33.3333%"},
    {"dozens", "une quarantaine", true, "40"},
    {"two dozens", "deux douzaines, des douzaines", true, "24"},
    {"coins", "46 cents et 18,4 cents", true, "46 18.4"},
    {"a half behind the noun", "cinq ans et demi, 15 longues années et demie", true,
     "5.5 15.5"},
    {"a scale for two", "entre 325 et 340 millions", true, "325=3.25e+08 3.4e+08"},
    {"clock", "à 15 h 30 et 15h30", true, "15 30 15 30"},
    {"centuries", "au XXIe siècle, le 1er mai", true, "21o 1o"},
    {"metric", "à 12 km", true, "12m"},
};

static const char *listed(cq_arena *a, const cq_numbers *n)
{
    cq_str all = {"", 0};
    for (size_t i = 0; i < n->n; i++) {
        const cq_number *x = &n->v[i];
        bool two = x->other != x->value || x->currency[0];
        cq_str other = two ? cq_strf(a, "=%g", x->other) : (cq_str){"", 0};
        all = cq_strf(a, "%.*s%s%g%.*s%s%s%s%s", CQ_PRI(all), i ? " " : "", x->value,
                      CQ_PRI(other), x->kind == CQ_NUMBER_SHARE ? "%" : "",
                      x->kind == CQ_NUMBER_ORDINAL ? "o" : "", x->imperial ? "i" : "",
                      x->metric ? "m" : "");
        if (x->currency[0]) all = cq_strf(a, "%.*s$", CQ_PRI(all));
    }
    return cq_str_c(a, all);
}

static void test_values(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    int failed = 0;
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_passage p = passage_of(a, cq_str_of(ROWS[i].text),
                                  ROWS[i].french ? cq_tokenize_fr : cq_tokenize_en);
        cq_numbers n = {0};
        (ROWS[i].french ? cq_numbers_french : cq_numbers_english)(a, &p, 0, p.n, &n);
        const char *got = listed(a, &n);
        if (strcmp(got, ROWS[i].want) == 0) continue;
        print_error("%s (%s): got %s, not %s\n", ROWS[i].why, ROWS[i].text, got,
                    ROWS[i].want);
        failed++;
    }
    cq_arena_free(a);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_values)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
