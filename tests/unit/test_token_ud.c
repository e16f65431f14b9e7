// The segmentation against the treebanks of UD French, contractions as one token. Needs
// the research data (CALQUE_SHARED, or ../shared beside the project); else it is skipped.
#include "base/file.h"
#include "passage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
// cmocka needs the headers above
#include <cmocka.h>

// Token ends in a sentence's text, blanks not counted: alike in both segmentations.
typedef CQ_VEC(uint32_t) ends;

static cq_str shared_file(cq_arena *a, const char *name)
{
    const char *dir = getenv("CALQUE_SHARED");
    if (!dir) dir = TEST_SOURCE_DIR "/../shared";
    cq_str path = cq_strf(a, "%s/data/ud/%s", dir, name), text;
    if (!cq_path_exists(cq_str_c(a, path))) return (cq_str){NULL, 0};
    cq_err err = {0};
    if (!cq_file_read(a, cq_str_c(a, path), 1u << 30, &text, &err)) {
        fail_msg("%s", err.message);
    }
    return text;
}

static void add_end(cq_arena *a, ends *e, cq_str token)
{
    uint32_t at = e->n ? e->v[e->n - 1] : 0;
    for (size_t i = 0; i < token.n; i++) at += token.p[i] != ' ';
    *CQ_PUSH(a, e) = at;
}

// Reads one sentence off *rest: its text and where its surface tokens end.
static bool next_sentence(cq_arena *a, cq_str *rest, cq_str *text, ends *gold)
{
    cq_str line, field[2];
    unsigned long covered = 0; // words that a contraction has given already
    *gold = (ends){0};
    while (rest->n && cq_str_split(rest, '\n', &line)) {
        if (!line.n && gold->n) return true;
        if (cq_str_starts(line, cq_str_of("# text = ")))
            *text = cq_str_sub(line, 9, line.n);
        if (!line.n || line.p[0] == '#') continue;
        for (size_t k = 0; k < 2; k++) cq_str_split(&line, '\t', &field[k]);
        char *end;
        unsigned long id = strtoul(field[0].p, &end, 10);
        if (*end == '.' || id <= covered) continue;
        if (*end == '-') covered = strtoul(end + 1, NULL, 10);
        add_end(a, gold, field[1]);
    }
    return gold->n > 0;
}

// A token is right when both its ends are.
static size_t common(const ends *x, const ends *y)
{
    size_t i = 0, k = 0, n = 0;
    while (i < x->n && k < y->n) {
        if (x->v[i] == y->v[k]) {
            uint32_t from_x = i ? x->v[i - 1] : 0, from_y = k ? y->v[k - 1] : 0;
            n += from_x == from_y;
            i++;
            k++;
        } else if (x->v[i] < y->v[k]) {
            i++;
        } else {
            k++;
        }
    }
    return n;
}

static void measure(const char *name, double at_least)
{
    cq_arena *a = cq_arena_new(), *one = cq_arena_new();
    cq_str rest = shared_file(a, name), text = {"", 0};
    if (!rest.p) {
        printf("SKIPPED: no %s (set CALQUE_SHARED)\n", name);
        cq_arena_free(one);
        cq_arena_free(a);
        skip();
    }
    size_t right = 0, ours = 0, theirs = 0;
    for (ends gold; next_sentence(one, &rest, &text, &gold); cq_arena_reset(one)) {
        cq_passage p = passage_of(one, text, cq_tokenize_fr);
        ends found = {0};
        for (size_t i = 0; i < p.n; i++) add_end(one, &found, cq_token_text(&p, i));
        right += common(&gold, &found);
        ours += found.n;
        theirs += gold.n;
    }
    double f1 = 2.0 * (double)right / (double)(ours + theirs);
    printf("%s: %zu tokens, F1 %.4f\n", name, theirs, f1);
    assert_true(theirs > 5000);
    if (f1 < at_least) fail_msg("%s: F1 %.4f, at least %.4f", name, f1, at_least);
    cq_arena_free(one);
    cq_arena_free(a);
}

static void test_gsd(void **state)
{
    (void)state;
    measure("fr_gsd-ud-dev.conllu", 0.997);
}

static void test_sequoia(void **state)
{
    (void)state;
    measure("fr_sequoia-ud-dev.conllu", 0.994);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gsd),
        cmocka_unit_test(test_sequoia),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
