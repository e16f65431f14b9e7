// Reading JSON: what is refused, on which line, and how files are cut into parts.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/json_in.h"

static const struct {
    const char *why, *in;
    unsigned line; // of the error; 0: it parses
    const char *says;
} ROWS[] = {
    {"an object", "{\"a\": [1, true, null, \"x\"]}", 0, ""},
    {"byte order mark", "\xef\xbb\xbf{}", 0, ""},
    {"blanks around", " \n {} \n", 0, ""},
    {"escaped quote", "[\"a\\\"]\"]", 0, ""},
    {"empty", "", 1, "not valid JSON"},
    {"broken on its third line", "{\n\"a\": 1,\n\"b\": ]\n}", 3, "not valid JSON"},
    {"key twice", "{\"a\": 1,\n\"b\": {\"c\": 1, \"c\": 2}}", 2, "\"c\" appears twice"},
    {"same key in two objects", "[{\"a\": 1}, {\"a\": 1}]", 0, ""},
    {"keys differ in case only", "{\"a\": 1, \"A\": 1}", 0, ""},
    {"trailing text", "{}\n\nx", 3, "after the end"},
    {"two values", "{} {}", 1, "after the end"},
    {"invalid UTF-8", "\n[\"\xff\"]", 2, "invalid UTF-8"},
    {"NUL by escape", "[\"\\u0000\"]", 1, "NUL"},
    {"an escaped backslash before u0000", "[\"\\\\u0000\"]", 0, ""},
    {"lone surrogate", "[\"\\ud800\"]", 1, "not valid JSON"},
    {"pair of surrogates", "[\"\\ud83d\\ude00\"]", 0, ""},
    {"tab in a string", "[\"a\tb\"]", 1, "control character"},
    {"vertical tab between", "[\v1]", 1, "control character"},
    {"string never closed", "[\"a", 1, "not valid JSON"},
};

static void test_parse(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_err err = {0};
        const cq_json *v = cq_json_parse(a, cq_str_of(ROWS[i].in), "f", 1, &err);
        if (!v != !!ROWS[i].line) fail_msg("%s: %s", ROWS[i].why, err.message);
        if (err.line != ROWS[i].line) fail_msg("%s: line %u", ROWS[i].why, err.line);
        if (!strstr(err.message, ROWS[i].says)) {
            fail_msg("%s: %s", ROWS[i].why, err.message);
        }
    }
    cq_arena_free(a);
}

static void test_values(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    cq_str in = CQ_LIT("{\"s\": \"é\\n\\u00e9\", \"n\": -2.5, \"b\": true, \"z\": null, "
                       "\"l\": [\"x\", \"y\"]}");
    const cq_json *v = cq_json_parse(a, in, "f", 1, NULL);
    assert_non_null(v);
    assert_true(cq_str_is(cq_json_get(v, "s")->str, "é\né"));
    assert_true(cq_json_get(v, "n")->number < -2.49);
    assert_true(cq_json_get(v, "b")->truth);
    assert_true(cq_json_is(cq_json_get(v, "z"), CQ_JSON_NULL));
    assert_null(cq_json_get(v, "S"));
    const cq_json *l = cq_json_get(v, "l");
    assert_int_equal(l->n, 2);
    assert_true(cq_str_is(l->items[1].str, "y"));
    assert_true(cq_str_is(l->key, "l"));
    cq_arena_free(a);
}

static void test_deep(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    static char deep[200001];
    memset(deep, '[', 100000);
    memset(deep + 100000, ']', 100000);
    cq_err err = {0};
    assert_null(cq_json_parse(a, cq_str_of(deep), "f", 1, &err));
    assert_non_null(strstr(err.message, "deeply"));
    cq_arena_free(a);
}

static const struct {
    const char *why, *in;
    cq_json_kind kind;
    const char *parts; // key@line=value joined by ';', up to the error
    unsigned line;     // of the error
} SPLITS[] = {
    {"members", "{\"a\": [1,\n2],\n\"b\" : \"}\\\"\"}", CQ_JSON_OBJECT,
     "a@1=[1,\n2];b@3=\"}\\\"\"", 0},
    {"items", "[\n{\"x\": \"]\"}, 2,\n\"s\"]", CQ_JSON_ARRAY,
     "@2={\"x\": \"]\"};@2=2;@3=\"s\"", 0},
    {"byte order mark", "\xef\xbb\xbf{\"a\": 1}", CQ_JSON_OBJECT, "a@1=1", 0},
    {"nothing", " [ ] ", CQ_JSON_ARRAY, "", 0},
    {"a broken item between two", "[{\"a\": 1},\n{\"a\" 1,},\n{}]", CQ_JSON_ARRAY,
     "@1={\"a\": 1};@2={\"a\" 1,};@3={}", 0},
    {"other kind", "[]", CQ_JSON_OBJECT, "", 1},
    {"no comma", "[1\n2]", CQ_JSON_ARRAY, "@1=1", 2},
    {"comma at the end", "[1,\n]", CQ_JSON_ARRAY, "@1=1", 2},
    {"never ends: the line where it began", "[1,\n{\"a\": \"x\n\n", CQ_JSON_ARRAY, "@1=1",
     2},
    {"key twice", "{\"a\": 1,\n\"a\": 2}", CQ_JSON_OBJECT, "a@1=1", 2},
    {"key twice, one escaped", "{\"a\": 1,\n\"\\u0061\": 2}", CQ_JSON_OBJECT, "a@1=1", 2},
    {"key without value", "{\"a\":}", CQ_JSON_OBJECT, "", 1},
    {"trailing text", "{}\n]", CQ_JSON_OBJECT, "", 2},
    {"empty", "", CQ_JSON_OBJECT, "", 1},
    {"backslash last", "[\"\\", CQ_JSON_ARRAY, "", 1},
};

static void test_split(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(SPLITS); i++) {
        cq_err err = {0};
        cq_json_parts parts;
        bool ok = cq_json_split(a, cq_str_of(SPLITS[i].in), SPLITS[i].kind, "f", 1,
                                &parts, &err);
        cq_str got = cq_str_of("");
        for (size_t k = 0; k < parts.n; k++) {
            got = cq_strf(a, "%.*s%s%.*s@%u=%.*s", CQ_PRI(got), k ? ";" : "",
                          CQ_PRI(parts.v[k].key), parts.v[k].line,
                          CQ_PRI(parts.v[k].value));
        }
        if (!cq_str_is(got, SPLITS[i].parts)) {
            fail_msg("%s: %.*s", SPLITS[i].why, CQ_PRI(got));
        }
        if (ok != !SPLITS[i].line || err.line != SPLITS[i].line) {
            fail_msg("%s: line %u %s", SPLITS[i].why, err.line, err.message);
        }
    }
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_deep),
        cmocka_unit_test(test_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
