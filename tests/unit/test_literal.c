// How closely French follows English word for word.
#include "passage.h"
#include "source/literal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
    const char *why, *english, *french;
    unsigned items; // of both
    double words, order;
} ROWS[] = {
    {"word for word, in that order: but , it , not with and; only “sont” has no “are”",
     "But the bakers, it seems, do not agree with the mayor and the council.",
     "Mais les boulangers, semble-t-il, ne sont pas d’accord avec le maire et le "
     "conseil.",
     15, 14.0 / 15, 1},
    {"recast: nothing of the list is kept but “and”",
     "But the bakers, it seems, do not agree with the mayor and the council.",
     "Le maire et le conseil ont les boulangers contre eux.", 10, 0.2, 1},
    {"the same marks and words, the halves changed over",
     "When the bridge opened, the ferry was sold.",
     "Le bac était vendu, quand le pont ouvrit.", 6, 1, 1.0 / 3},
    {"both apostrophes, capitals, a clitic after its verb",
     "IF HE LEAVES, WHEN WILL HE BE BACK?", "S'il part, quand rentrera-t-il ? Lorsqu’il",
     14, 12.0 / 14, 1},
    {"a label of few words leaves no choice", "Bread and butter, please",
     "Pain et beurre", 0, 0, 0},
    {"nothing listed", "Seven bakers sold warm bread yesterday",
     "Hier le pain partait vite", 0, 0, 0},
};

static cq_literalness measure(cq_arena *a, const char *english, const char *french)
{
    cq_passage p = passage_of(a, cq_str_of(french), cq_tokenize_fr);
    cq_literal *l =
        cq_literal_new(a, cq_pair_of_text(a, cq_str_of(english), p.doc, NULL));
    cq_literal_add(l, &p);
    return cq_literal_result(l);
}

static bool near(double a, double b) { return a - b < 1e-9 && b - a < 1e-9; }

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_arena *a = cq_arena_new();
        cq_literalness r = measure(a, ROWS[i].english, ROWS[i].french);
        if (r.items != ROWS[i].items || !near(r.same_words, ROWS[i].words) ||
            !near(r.same_order, ROWS[i].order))
            fail_msg("%s: got %u, %f, %f", ROWS[i].why, r.items, r.same_words,
                     r.same_order);
        cq_arena_free(a);
    }
}

// More words and order can only make a machine likelier; no input is out of bounds.
static void test_probability(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    double close = measure(a, ROWS[0].english, ROWS[0].french).probability;
    double recast = measure(a, ROWS[1].english, ROWS[1].french).probability;
    double turned = measure(a, ROWS[2].english, ROWS[2].french).probability;
    assert_true(close > 0.9 && close <= 1);
    assert_true(recast >= 0 && recast < 0.1);
    assert_true(turned >= 0 && turned < 0.1);
    assert_true(measure(a, ROWS[4].english, ROWS[4].french).probability == 0);
    cq_arena_free(a);
}

// A link with more than fits is cut, on both sides.
static void test_long(void **state)
{
    (void)state;
    enum { TIMES = 500 };
    cq_arena *a = cq_arena_new();
    cq_buf en, fr;
    cq_buf_init(&en, 1 << 20);
    cq_buf_init(&fr, 1 << 20);
    for (int i = 0; i < TIMES; i++) {
        cq_buf_c(&en, "bread and wine with salt ");
        cq_buf_c(&fr, "pain et vin avec sel ");
    }
    cq_literalness r =
        measure(a, cq_str_c(a, cq_buf_view(&en)), cq_str_c(a, cq_buf_view(&fr)));
    assert_int_equal(r.items, 128);
    assert_true(r.same_words == 1 && r.same_order == 1);
    cq_buf_free(&en);
    cq_buf_free(&fr);
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_probability),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
