// Input made to hurt: nothing crashes, hangs, breaks the source map or takes memory out
// of proportion. Each row is repeated to some 2 MB; what takes quadratic time there does
// not end before the test's time is up.
#include "readers/reader.h"

#include "read_oracle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
// cmocka needs the headers above
#include <cmocka.h>

enum {
    BYTES = 2 << 20,
    // A block takes some 100 bytes and can be made of two; maps double as they grow.
    MEMORY_PER_BYTE = 600,
    MEMORY_AT_LEAST = 1 << 20,
};

static const struct {
    const char *why, *format, *before, *repeated, *after;
    const char *note; // that must be among the notes, or NULL
} ROWS[] = {
    {"nested quotations", "markdown", "", ">", " a", NULL},
    {"nested quotations with blanks", "markdown", "", "> ", "a", NULL},
    {"nested lists in a line", "markdown", "", "- ", "a", NULL},
    {"brackets", "markdown", "", "[", "", NULL},
    {"brackets and exclamation marks", "markdown", "", "![", "](a)", NULL},
    {"links that do not end", "markdown", "", "[a](b", "", NULL},
    {"links in angles that do not end", "markdown", "", "[a](<b", "", NULL},
    {"emphasis that does not end", "markdown", "", "*a **b ", "", NULL},
    {"underscores", "markdown", "", "_a__b ", "", NULL},
    {"backticks", "markdown", "", "`a", "", NULL},
    {"backslashes", "markdown", "", "\\*", "", NULL},
    {"ampersands", "markdown", "", "&a", "", NULL},
    {"tags that do not end", "markdown", "", "<a ", "", NULL},
    {"comments that do not end", "markdown", "a ", "<!-- b ", "", NULL},
    {"HTML blocks that do not end", "markdown", "", "<div>\n\n", "", NULL},
    {"reference definitions", "markdown", "", "[a]: b\n", "[a]", NULL},
    {"shortcodes that do not end", "markdown", "", "{{< a ", "", NULL},
    {"shortcodes that end too late", "markdown", "", "{{ a\n\n", "}}", NULL},
    {"footnotes that do not end", "markdown", "", "[^1", "", NULL},
    {"footnote definitions", "markdown", "", "[^1]: a\n", "", NULL},
    {"fences", "markdown", "", "```a\n", "", NULL},
    {"admonitions", "markdown", "", "!!! a\n    ", "", NULL},
    {"table cells", "markdown", "a|b\n-|-\n", "a|", "", NULL},
    {"table rows", "markdown", "a|b\n-|-\n", "a\n", "", NULL},
    {"YAML that opens", "markdown", "---\na: ", "[", "\n---\n", NULL},
    {"nested elements", "html", "", "<div>", "a", "depth-limit"},
    {"nested quotations", "html", "", "<blockquote>", "a", "depth-limit"},
    {"nested lists", "html", "", "<ul><li>", "a", "depth-limit"},
    {"nested tables", "html", "", "<table><tr><td>", "a", "depth-limit"},
    {"paragraphs", "html", "", "<p>", "", NULL},
    {"paragraphs of a letter", "html", "", "<p>a", "", NULL},
    {"end tags", "html", "", "</div>", "", NULL},
    {"end tags that a cell holds back", "html", "<div><table><td>", "</div>", "", NULL},
    {"attributes", "html", "<a ", "b=c ", ">", NULL},
    {"an attribute that does not end", "html", "", "<a b=\"", "", NULL},
    {"comments", "html", "", "<!--", "", NULL},
    {"scripts", "html", "", "<script>", "", NULL},
    {"scripts that nearly end", "html", "<script>", "</scrip", "", NULL},
    {"titles", "html", "", "<title>a</title>", "", NULL},
    {"drawings", "html", "", "<svg>", "<p>a", NULL},
    {"lesser-than signs", "html", "", "<", "", NULL},
    {"a long number", "html", "&#", "1", ";", NULL},
    {"a long name", "html", "&", "a", ";", NULL},
    {"pictures", "html", "<p>a", "<img alt=b>", "", NULL},
    {"classes", "html", "", "<div class=abc><p>a</div>", "", NULL},
    {"meta", "html", "", "<meta name=description content=a>", "", NULL},
    {"carriage returns", "text", "", "a\r", "", NULL},
    {"line feeds", "text", "", "\n", "a", NULL},
    {"blanks", "text", "", " ", "a", NULL},
    {"marks on a letter", "text", "a", "\u0301\u0323", "", NULL},
    {"soft hyphens", "text", "a", "\u00ad", "a", NULL},
    {"decomposed letters", "text", "", "e\u0301", "", NULL},
    {"bullets", "text", "", "• ", "", NULL},
    {"Latin-1", "text", "", "\xe9 a", "", "encoding"},
    {"broken UTF-8", "text", "", "\xc3\xa9 \xc3", "", "encoding"},
};

static cq_str build(cq_arena *a, const char *before, const char *repeated,
                    const char *after)
{
    size_t b = strlen(before), r = strlen(repeated), n = BYTES / r, e = strlen(after);
    char *out = cq_alloc(a, b + n * r + e + 1);
    memcpy(out, before, b);
    for (size_t i = 0; i < n; i++) memcpy(out + b + i * r, repeated, r);
    memcpy(out + b + n * r, after, e);
    return (cq_str){out, b + n * r + e};
}

static bool has_note(const cq_document *d, const char *note)
{
    for (size_t i = 0; i < d->notes.n; i++) {
        if (cq_str_starts(d->notes.v[i], cq_str_of(note))) return true;
    }
    return false;
}

static void test_hostile(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_arena *input = cq_arena_new(), *a = cq_arena_new();
        cq_str in = build(input, ROWS[i].before, ROWS[i].repeated, ROWS[i].after);
        cq_err err = {0};
        cq_document *d = cq_read(a, in, "x", ROWS[i].format, &err);
        if (!d) fail_msg("%s: %s", ROWS[i].why, err.message);
        const char *fault = document_fault(d);
        if (fault) fail_msg("%s: %s", ROWS[i].why, fault);
        if (cq_arena_used(a) > MEMORY_AT_LEAST + in.n * MEMORY_PER_BYTE)
            fail_msg("%s: takes %zu bytes", ROWS[i].why, cq_arena_used(a));
        if (ROWS[i].note && !has_note(d, ROWS[i].note))
            fail_msg("%s: no note \"%s\"", ROWS[i].why, ROWS[i].note);
        cq_arena_free(a);
        cq_arena_free(input);
    }
}

static void test_limit_on_blocks(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    size_t n = 2 * (size_t)CQ_BLOCKS_MAX + 10;
    char *bytes = cq_alloc(a, n);
    for (size_t i = 0; i < n; i++) bytes[i] = i % 2 ? '\n' : 'a';
    cq_err err = {0};
    cq_document *d = cq_read(a, (cq_str){bytes, n}, "x.txt", NULL, &err);
    assert_non_null(d);
    assert_int_equal(d->blocks.n, CQ_BLOCKS_MAX);
    assert_true(has_note(d, "size-limit"));
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_hostile),
                                       cmocka_unit_test(test_limit_on_blocks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
