// The parser: what depends on what in sentences of our own, and its limits.
#include "base/file.h"
#include "lexicon/parser.h"
#include "rules_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
// cmocka needs the headers above
#include <cmocka.h>

static const char MODEL[] = TEST_SOURCE_DIR "/dictionaries/fr/parser.model";

// "word relation head" of the words asked for, one after the other.
static const struct {
    const char *why, *in, *word, *want;
} ROWS[] = {
    {"a subject behind its complement", "Les murs de la maison tombent.", "murs",
     "nsubj tombent"},
    {"an object", "Le chat mange la souris.", "souris", "obj mange"},
    {"a determiner", "Le chat mange la souris.", "la", "det souris"},
    {"an adjective of the nearer noun", "Le bord de la table ronde.", "ronde",
     "amod table"},
    {"an adjective that does not agree", "Il voit la table rond.", "rond", "amod table"},
    {"a relative clause", "Il connaît les gens qui chantent.", "chantent",
     "acl:relcl gens"},
    {"a subject that is a relative", "Il connaît les gens qui chantent.", "qui",
     "nsubj chantent"},
    {"a passive", "La porte est ouverte par le gardien.", "est", "aux:pass ouverte"},
    {"a copula", "La porte est grande.", "est", "cop grande"},
    {"the root", "La porte est grande.", "grande", "root "},
};

typedef struct {
    rules_fixture f;
    cq_parser *parser;
} fixture;

static int setup(void **state)
{
    static fixture f;
    cq_err err = {0};
    if (!rules_fixture_open(&f.f, &err)) fail_msg("%s", err.message);
    f.parser = cq_parser_open(MODEL, f.f.lexicon, &err);
    if (!f.parser) fail_msg("%s", err.message);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    cq_parser_free(f->parser);
    return rules_fixture_close(&f->f);
}

static cq_passage parsed(const fixture *f, cq_str text, cq_arc **arcs)
{
    cq_passage p = passage_of(f->f.a, text, cq_tokenize_fr);
    cq_tag(f->f.tagger, NULL, &p);
    *arcs = CQ_NEWN(f->f.a, cq_arc, p.n);
    cq_parse(f->parser, &p, 0, p.n, *arcs);
    return p;
}

static void test_attachments(void **state)
{
    const fixture *f = *state;
    for (size_t r = 0; r < CQ_COUNT(ROWS); r++) {
        cq_arc *arcs;
        cq_passage p = parsed(f, cq_str_of(ROWS[r].in), &arcs);
        for (size_t i = 0; i < p.n; i++) {
            if (!cq_str_is(cq_token_text(&p, i), ROWS[r].word)) continue;
            cq_str head = {"", 0};
            if (arcs[i].head != CQ_NO_HEAD) head = cq_token_text(&p, arcs[i].head);
            cq_str got =
                cq_strf(f->f.a, "%s %.*s",
                        cq_relation_name((cq_relation)arcs[i].relation), CQ_PRI(head));
            if (!cq_str_is(got, ROWS[r].want))
                fail_msg("%s: got %.*s", ROWS[r].why, CQ_PRI(got));
            break;
        }
    }
}

static void test_limits(void **state)
{
    const fixture *f = *state;
    cq_buf b;
    cq_buf_init(&b, 1 << 16);
    for (size_t i = 0; i < CQ_PARSE_MAX + 1; i++) cq_buf_c(&b, "chat ");
    for (size_t n = CQ_PARSE_MAX; n <= CQ_PARSE_MAX + 1; n++) {
        cq_arc *arcs;
        cq_passage p = parsed(f, cq_str_sub(cq_buf_view(&b), 0, 5 * n), &arcs);
        assert_int_equal(p.n, n);
        size_t roots = 0;
        for (size_t i = 0; i < p.n; i++) roots += arcs[i].head == CQ_NO_HEAD;
        assert_int_equal(roots, n > CQ_PARSE_MAX ? n : 1); // too long: not parsed
    }
    cq_buf_free(&b);
}

static void test_broken_model(void **state)
{
    const fixture *f = *state;
    static const char *const PATHS[] = {TEST_SOURCE_DIR "/dictionaries/fr/tagger.model",
                                        TEST_SOURCE_DIR "/no/such/file"};
    for (size_t i = 0; i < CQ_COUNT(PATHS); i++) {
        cq_err err = {0};
        assert_null(cq_parser_open(PATHS[i], f->f.lexicon, &err));
        assert_int_not_equal(err.code, CQ_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_attachments),
                                       cmocka_unit_test(test_limits),
                                       cmocka_unit_test(test_broken_model)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
