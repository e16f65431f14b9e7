// The builder and the source map by themselves.
#include "text/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
// cmocka needs the headers above
#include <cmocka.h>

// "L'<b>été</b> &amp; la  mer" as its pieces: verbatim, markup left out, an entity, a
// space made of two.
static const char SOURCE[] = "L'<b>\xc3\xa9t\xc3\xa9</b> &amp; la  mer  ";

static cq_document *build(cq_arena *a)
{
    cq_document *d = CQ_NEW(a, cq_document);
    d->arena = a;
    d->source = cq_str_of(SOURCE);
    cq_builder b;
    cq_builder_init(&b, d);
    cq_builder_open(&b, CQ_BLOCK_PARAGRAPH, 0);
    cq_builder_verbatim(&b, 0, 2);
    cq_builder_verbatim(&b, 5, 10);
    cq_builder_verbatim(&b, 14, 15);
    cq_builder_replaced(&b, cq_str_of("&"), 15, 20);
    cq_builder_verbatim(&b, 20, 23);
    cq_builder_replaced(&b, cq_str_of(" "), 23, 25);
    cq_builder_verbatim(&b, 25, 30);
    cq_builder_close(&b);
    cq_builder_finish(&b);
    return d;
}

static const struct {
    const char *why, *part; // of the text, which is "L'été & la mer"
    const char *source;
    bool unbroken;
} ROWS[] = {
    {"letter by letter", "'", "'", true},
    {"markup at the edges is left out", "\xc3\xa9t\xc3\xa9", "\xc3\xa9t\xc3\xa9", true},
    {"markup inside is included", "'\xc3\xa9t", "'<b>\xc3\xa9t", false},
    {"an entity is one", "&", "&amp;", true},
    {"from an entity on", "& la", "&amp; la", true},
    {"a folded space", "la mer", "la  mer", true},
    {"all of it", "L'\xc3\xa9t\xc3\xa9 & la mer",
     "L'<b>\xc3\xa9t\xc3\xa9</b> &amp; la  mer", false},
};

static void test_map(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    cq_document *d = build(a);
    assert_true(cq_str_is(d->text, "L'\xc3\xa9t\xc3\xa9 & la mer\n"));
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        size_t at = cq_str_find(d->text, cq_str_of(ROWS[i].part));
        size_t end = at + strlen(ROWS[i].part);
        cq_span s = cq_document_source(d, (uint32_t)at, (uint32_t)end);
        cq_str got = cq_str_sub(d->source, s.start, s.end);
        if (!cq_str_is(got, ROWS[i].source))
            fail_msg("%s: got %.*s", ROWS[i].why, CQ_PRI(got));
        if (cq_document_unbroken(d, (uint32_t)at, (uint32_t)end) != ROWS[i].unbroken)
            fail_msg("%s: unbroken is wrong", ROWS[i].why);
    }
    cq_span empty = cq_document_source(d, 2, 2);
    assert_int_equal(empty.start, 5); // before the character that follows
    assert_int_equal(empty.end, 5);
    assert_int_equal(d->blocks.v[0].source.end, 28);
    cq_arena_free(a);
}

static void test_blocks_of_nothing(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    cq_document d = {.arena = a, .source = cq_str_of(" \xc2\xa0\xc2\xad a")};
    cq_builder b;
    cq_builder_init(&b, &d);
    cq_builder_open(&b, CQ_BLOCK_PARAGRAPH, 0);
    cq_builder_verbatim(&b, 0, 5);
    cq_builder_replaced(&b, cq_str_of("\xef\xbf\xbc"), 3, 5);
    assert_null(cq_builder_close(&b));
    cq_builder_open(&b, CQ_BLOCK_PARAGRAPH, 0);
    cq_builder_verbatim(&b, 3, 7);
    assert_non_null(cq_builder_close(&b));
    cq_builder_finish(&b);
    assert_int_equal(d.blocks.n, 1);
    assert_true(cq_str_is(
        cq_str_sub(d.text, d.blocks.v[0].text.start, d.blocks.v[0].text.end), "a"));
    assert_int_equal(d.blocks.v[0].source.start, 6);
    cq_arena_free(a);
}

static void test_skipped_is_sorted_and_disjoint(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    cq_document d = {.arena = a, .source = cq_str_of("0123456789")};
    cq_builder b;
    cq_builder_init(&b, &d);
    cq_builder_skip(&b, 6, 9, CQ_SKIP_CODE);
    cq_builder_skip(&b, 1, 7, CQ_SKIP_METADATA);
    cq_builder_skip(&b, 2, 3, CQ_SKIP_CODE);
    cq_builder_finish(&b);
    assert_int_equal(d.skipped.n, 2);
    assert_int_equal(d.skipped.v[0].source.end, 7);
    assert_int_equal(d.skipped.v[1].source.start, 7);
    assert_int_equal(d.skipped.v[1].why, CQ_SKIP_CODE);
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_map), cmocka_unit_test(test_blocks_of_nothing),
        cmocka_unit_test(test_skipped_is_sorted_and_disjoint)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
