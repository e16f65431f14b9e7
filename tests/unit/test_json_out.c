// Writing JSON: escapes, decimals whatever the locale, layout.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <math.h>

#include "base/json_in.h"
#include "base/json_out.h"

static const struct {
    const char *why;
    cq_str in;
    const char *want;
} STRINGS[] = {
    {"plain", CQ_LIT("été"), "\"été\""},
    {"empty", CQ_LIT(""), "\"\""},
    {"quote and backslash", CQ_LIT("a\"b\\"), "\"a\\\"b\\\\\""},
    {"short escapes", CQ_LIT("\n\t\r"), "\"\\n\\t\\r\""},
    {"other controls", CQ_LIT("\x01\x1f"), "\"\\u0001\\u001f\""},
    {"a quote behind eight plain bytes", CQ_LIT("12345678\"0"), "\"12345678\\\"0\""},
    {"a backslash as the eighth", CQ_LIT("1234567\\90"), "\"1234567\\\\90\""},
    {"a control among eight", CQ_LIT("123\n5678"), "\"123\\n5678\""},
    {"letters of two bytes and DEL", CQ_LIT("àéîõü\x7f~ "), "\"àéîõü\x7f~ \""},
    {"NUL", CQ_LIT("a\0b"), "\"a\\u0000b\""},
    {"an invalid byte, as in the name of a file", CQ_LIT("a\xe9 b"),
     "\"a\xef\xbf\xbd b\""},
    {"a character cut off", CQ_LIT("a\xc3"), "\"a\xef\xbf\xbd\""},
};

static void test_strings(void **state)
{
    (void)state;
    cq_buf b;
    cq_buf_init(&b, 1000);
    for (size_t i = 0; i < CQ_COUNT(STRINGS); i++) {
        cq_buf_reset(&b);
        cq_json_out j = {.out = &b};
        cq_json_str(&j, NULL, STRINGS[i].in);
        if (strcmp(b.p, STRINGS[i].want) != 0) fail_msg("%s: %s", STRINGS[i].why, b.p);
    }
    cq_buf_free(&b);
}

static const struct {
    const char *why;
    double in;
    const char *want;
} DECIMALS[] = {
    {"zero", 0.0, "0.0"},
    {"negative zero", -0.0, "0.0"},
    {"whole", 12.0, "12.0"},
    {"one place", 12.5, "12.5"},
    {"two places", 3.25, "3.25"},
    {"rounded up", 87.299999, "87.3"},
    {"rounded to the next whole", 0.999, "1.0"},
    {"a half, away from zero", 0.125, "0.13"},
    {"negative", -0.5, "-0.5"},
    {"tiny", 1e-300, "0.0"},
    {"large", 123456789012.34, "123456789012.34"},
    {"too large", 1e15, "null"},
    {"no number", NAN, "null"},
    {"infinite", INFINITY, "null"},
};

static void test_decimals(void **state)
{
    (void)state;
    // A program that uses the library may have set any locale.
    const char *const locales[] = {"C", "fr_FR.UTF-8", "de_DE.UTF-8"};
    cq_buf b;
    cq_buf_init(&b, 1000);
    for (size_t l = 0; l < CQ_COUNT(locales); l++) {
        if (!setlocale(LC_ALL, locales[l])) continue; // not installed: C was tested
        for (size_t i = 0; i < CQ_COUNT(DECIMALS); i++) {
            cq_buf_reset(&b);
            cq_json_out j = {.out = &b};
            cq_json_decimal(&j, NULL, DECIMALS[i].in);
            if (strcmp(b.p, DECIMALS[i].want) != 0) {
                fail_msg("%s in %s: %s", DECIMALS[i].why, locales[l], b.p);
            }
        }
    }
    setlocale(LC_ALL, "C");
    cq_buf_free(&b);
}

static void write_sample(cq_json_out *j)
{
    cq_json_open(j, NULL, '{');
    cq_json_uint(j, "n", UINT64_MAX);
    cq_json_open(j, "empty", '[');
    cq_json_close(j, ']');
    cq_json_open(j, "list", '[');
    cq_json_bool(j, NULL, true);
    cq_json_null(j, NULL);
    cq_json_open(j, NULL, '{');
    cq_json_str_or_null(j, "a", (cq_str){"", 0});
    cq_json_uint(j, "b", 0);
    cq_json_close(j, '}');
    cq_json_close(j, ']');
    cq_json_close(j, '}');
}

static const struct {
    unsigned lines;
    const char *want;
} LAYOUTS[] = {
    {0, "{\"n\":18446744073709551615,\"empty\":[],\"list\":[true,null,{\"a\":null,\"b\":"
        "0}]}"},
    {1,
     "{\n \"n\": 18446744073709551615,\n \"empty\": [],\n \"list\": [true, null, {\"a\": "
     "null, \"b\": 0}]\n}"},
    {2, "{\n \"n\": 18446744073709551615,\n \"empty\": [],\n \"list\": [\n  true,\n  "
        "null,\n "
        " {\"a\": null, \"b\": 0}\n ]\n}"},
};

static void test_layouts(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    cq_buf b;
    cq_buf_init(&b, 1000);
    for (size_t i = 0; i < CQ_COUNT(LAYOUTS); i++) {
        cq_buf_reset(&b);
        cq_json_out j = {.out = &b, .lines = LAYOUTS[i].lines};
        write_sample(&j);
        assert_string_equal(b.p, LAYOUTS[i].want);
        assert_non_null(cq_json_parse(a, cq_buf_view(&b), "f", 1, NULL));
    }
    cq_buf_free(&b);
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_decimals),
        cmocka_unit_test(test_layouts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
