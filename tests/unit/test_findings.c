// From hits to findings: which of those that overlap stays, what is counted and scored,
// which edits are made, what fingerprints depend on.
#include "findings.h"
#include "score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

// A document of one block per line of `text`. What stands in {braces} is markup: it is in
// the file, without them, and not in the text.
static cq_document *document_of(cq_arena *a, const char *text, const char *format)
{
    cq_document *d = CQ_NEW(a, cq_document);
    char *file = cq_alloc(a, strlen(text) + 2);
    uint32_t n = 0;
    *d = (cq_document){.arena = a, .format = format, .encoding = "utf-8"};
    cq_builder b;
    d->source = (cq_str){file, strlen(text)}; // filled on the way
    cq_builder_init(&b, d);
    cq_str rest = cq_str_of(text), line;
    while (cq_str_split(&rest, '\n', &line)) {
        cq_builder_open(&b, CQ_BLOCK_PARAGRAPH, 0);
        for (size_t i = 0; i < line.n;) {
            uint32_t from = n;
            while (i < line.n && line.p[i] != '{') file[n++] = line.p[i++];
            cq_builder_verbatim(&b, from, n);
            for (i++; i < line.n && line.p[i] != '}';) file[n++] = line.p[i++];
            i++;
        }
        cq_builder_close(&b);
        file[n++] = '\n';
    }
    d->source.n = n - 1;
    cq_builder_finish(&b);
    return d;
}

static void begin(cq_check_run *run, const cq_options *o, cq_arena *a,
                  const cq_document *d)
{
    *run = (cq_check_run){.options = o, .doc = d, .arena = a, .scratch = cq_arena_new()};
    cq_map_init(&run->words, a);
    cq_map_init(&run->hits_of_rule, a);
}

static cq_hit *hit(cq_check_run *run, const char *rule, const char *match, size_t nth)
{
    size_t at = 0;
    for (size_t i = 0; i <= nth; i++) {
        cq_str rest = cq_str_sub(run->doc->text, at, run->doc->text.n);
        size_t found = cq_str_find(rest, cq_str_of(match));
        if (found == SIZE_MAX) fail_msg("no %s in the text", match);
        at += found + 1;
    }
    uint32_t start = (uint32_t)at - 1;
    cq_block b = run->doc->blocks.v[cq_document_block_at(run->doc, start)];
    cq_spot spot = {start, start + (uint32_t)strlen(match), b.text, false};
    cq_hit *h = cq_hit_add(run, cq_str_of(rule), spot);
    h->category = cq_str_of("accuracy/mistranslation/overly-literal");
    h->severity = CQ_MAJOR;
    h->confidence = CQ_HIGH;
    return h;
}

typedef struct {
    const char *rule, *match;
    int priority;
    cq_severity severity;
} given;

static const struct {
    const char *why, *text;
    given hits[4];
    const char *want; // rules in order
} OVERLAPS[] = {
    {"apart, both stay",
     "un deux trois",
     {{"b", "un", 0, CQ_MAJOR}, {"a", "trois", 0, CQ_MAJOR}},
     "b a"},
    {"the longer one",
     "un deux trois",
     {{"a", "deux", 0, CQ_CRITICAL}, {"b", "deux trois", 0, CQ_MINOR}},
     "b"},
    {"priority before length",
     "un deux trois",
     {{"a", "deux", 1, CQ_MINOR}, {"b", "un deux trois", 0, CQ_MAJOR}},
     "a"},
    {"severity where they are as long",
     "un deux trois",
     {{"a", "un deux", 0, CQ_MINOR}, {"b", "un deux", 0, CQ_MAJOR}},
     "b"},
    {"the rule's name at last",
     "un deux trois",
     {{"b", "deux", 0, CQ_MAJOR}, {"a", "deux", 0, CQ_MAJOR}},
     "a"},
    {"what the loser hid is free again",
     "un deux trois quatre",
     {{"a", "un deux", 0, CQ_MAJOR},
      {"b", "deux trois", 9, CQ_MAJOR},
      {"c", "trois quatre", 0, CQ_MAJOR}},
     "b"},
    {"a chain of three keeps its ends",
     "un deux trois quatre cinq",
     {{"a", "un deux trois", 0, CQ_MAJOR},
      {"b", "trois", 0, CQ_MAJOR},
      {"c", "quatre cinq", 0, CQ_MAJOR}},
     "a c"},
    {"capitals and marks do not compete with words",
     "un deux trois",
     {{"a", "un deux trois", 0, CQ_MAJOR}, {"polish", "deux", 0, CQ_MINOR}},
     "a polish"},
    {"nor does what the sentence lacks",
     "un deux trois",
     {{"a", "un deux trois", -2, CQ_MAJOR},
      {"b", "un deux trois", -2, CQ_MAJOR},
      {"c", "deux", 0, CQ_MAJOR}},
     "a b c"},
    {"but with each other",
     "un deux trois",
     {{"polish/a", "deux trois", 0, CQ_MINOR}, {"polish/b", "deux", 0, CQ_MINOR}},
     "polish/a"},
};

static void test_overlaps(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(OVERLAPS); i++) {
        cq_arena *a = cq_arena_new();
        cq_options o = {0};
        cq_check_run run;
        begin(&run, &o, a, document_of(a, OVERLAPS[i].text, "text"));
        for (const given *g = OVERLAPS[i].hits; g->rule; g++) {
            cq_hit *h = hit(&run, g->rule, g->match, 0);
            h->priority = g->priority;
            h->severity = g->severity;
            if (strncmp(g->rule, "polish", 6) == 0)
                h->category = cq_str_of("linguistic-conventions/typography");
        }
        cq_result r = {0};
        cq_findings_make(&run, &r);
        cq_str got = {"", 0};
        for (size_t k = 0; k < r.findings_n; k++) {
            got = cq_strf(a, "%.*s%s%s", CQ_PRI(got), k ? " " : "", r.findings[k].rule.p);
        }
        if (!cq_str_is(got, OVERLAPS[i].want))
            fail_msg("%s: got %.*s, not %s", OVERLAPS[i].why, CQ_PRI(got),
                     OVERLAPS[i].want);
        cq_arena_free(run.scratch);
        cq_arena_free(a);
    }
}

static const struct {
    const char *why, *format, *text, *match, *fix;
    const char *want; // the file after the edit; NULL: there is none
} EDITS[] = {
    {"plain", "text", "un deux trois", "deux", "2", "un 2 trois"},
    {"markup inside, outside the change", "html", "un {<b>}deux{</b>} trois",
     "deux trois", "deux quatre", "un <b>deux</b> quatre"},
    {"markup inside the change", "html", "un d{<b>}eu{</b>}x trois", "deux", "2", NULL},
    {"escaped for HTML", "html", "un deux trois", "deux", "R&D", "un R&amp;D trois"},
    {"escaped for Markdown", "markdown", "un deux trois", "deux", "a*b",
     "un a\\*b trois"},
    {"not escaped in text", "text", "un deux trois", "deux", "a*b & c",
     "un a*b & c trois"},
    {"a character is changed whole", "html", "un é{<b>}{</b>}té trois", "été", "èté",
     "un è<b></b>té trois"},
    {"a blank behind a link", "markdown", "la {[}page{](page.md)}de garde", "pagede",
     "page de", "la [page](page.md) de garde"},
    {"a blank before a link", "markdown", "la{[}page{](page.md)} de garde", "lapage",
     "la page", "la [page](page.md) de garde"},
    {"a blank behind what is strong", "markdown", "un {**}mot{**}et {*}un{*} autre",
     "motet", "mot et", "un **mot** et *un* autre"},
    {"a blank before what is strong", "markdown", "{**}un{**} mot{**}et{**}", "motet",
     "mot et", "**un** mot **et**"},
    {"a blank behind an element", "html", "un {<b>}mot{</b>}et", "motet", "mot et",
     "un <b>mot</b> et"},
    {"a blank in place of nothing that tells", "html", "un mot{&zwj;}et", "motet",
     "mot et", NULL},
};

static void test_edits(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(EDITS); i++) {
        cq_arena *a = cq_arena_new();
        cq_options o = {0};
        cq_check_run run;
        begin(&run, &o, a, document_of(a, EDITS[i].text, EDITS[i].format));
        cq_hit *h = hit(&run, "r", EDITS[i].match, 0);
        cq_hit_fix_add(&run, h, h->at.start, h->at.end, cq_str_of(EDITS[i].fix));
        cq_result r = {0};
        cq_findings_make(&run, &r);
        const cq_fix *f = &r.findings[0].fixes[0];
        assert_string_equal(f->text.p, EDITS[i].fix);
        if (!EDITS[i].want) {
            if (f->edits_n) fail_msg("%s: there is an edit", EDITS[i].why);
        } else {
            if (f->edits_n != 1) fail_msg("%s: no edit", EDITS[i].why);
            const cq_edit *e = f->edits;
            cq_str file = run.doc->source, after = cq_str_sub(file, e->end, file.n);
            cq_str got =
                cq_strf(a, "%.*s%s%.*s", (int)e->start, file.p, e->text.p, CQ_PRI(after));
            if (!cq_str_is(got, EDITS[i].want))
                fail_msg("%s: got %.*s, not %s", EDITS[i].why, CQ_PRI(got),
                         EDITS[i].want);
        }
        cq_arena_free(run.scratch);
        cq_arena_free(a);
    }
}

static cq_result *result_of(cq_arena *a, const char *text)
{
    static const cq_options o = {0};
    cq_check_run run;
    cq_result *r = CQ_NEW(a, cq_result);
    begin(&run, &o, a, document_of(a, text, "text"));
    hit(&run, "r", "deux", 0);
    hit(&run, "r", "deux", 1);
    cq_hit *low = hit(&run, "low", "six", 0);
    low->confidence = CQ_LOW;
    cq_hit *t1 = hit(&run, "apostrophe", "l'a", 0), *t2;
    t1->category = cq_str_of("linguistic-conventions/typography");
    t1->severity = CQ_MINOR;
    t2 = hit(&run, "apostrophe", "d'e", 0);
    t2->category = cq_str_of("linguistic-conventions/typography");
    t2->severity = CQ_MINOR;
    r->words = 10;
    cq_findings_make(&run, r);
    cq_score(a, r);
    cq_arena_free(run.scratch);
    return r;
}

static void test_score(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    const cq_result *r = result_of(a, "un deux l'a trois\nquatre deux d'e cinq six");
    assert_int_equal(r->findings_n, 5);
    // One major error twice, one kind of typography; low confidence costs nothing.
    assert_true(r->penalty == 6);
    assert_true(r->penalty_per_1000_words == 600);
    assert_true(r->mqm_style_score == 40);
    assert_int_equal(r->verdict, CQ_RETRANSLATE);
    assert_false(r->reliable);
    assert_int_equal(r->findings[0].occurrences, 2);
    assert_int_equal(r->findings[0].tier, CQ_MUST_FIX);
    assert_int_equal(r->findings[1].tier, CQ_POLISH);
    assert_int_equal(r->findings[1].occurrences, 2);
    assert_int_equal(r->findings[2].occurrences, 0);
    assert_false(r->findings[2].scored);
    assert_int_equal(r->findings[4].tier, CQ_CHECK);
    assert_false(r->findings[4].scored);
    assert_string_equal(r->by_tier[0].name.p, "must-fix");
    assert_int_equal(r->by_tier[0].count, 2);
    assert_int_equal(r->by_category_n, 2);
    assert_int_equal(r->by_category[0].count, 3);
    cq_arena_free(a);
}

static bool same_text(cq_text a, cq_text b)
{
    return cq_str_eq(cq_str_of_text(a), cq_str_of_text(b));
}

static void test_fingerprints(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    const cq_finding *one =
        result_of(a, "un deux l'a trois\nquatre deux d'e cinq six")->findings;
    const cq_finding *moved =
        result_of(a, "avant\n\nun DEUX l'a trois\nquatre deux\u00a0d'e cinq six deux")
            ->findings;
    // The line does not matter, nor capitals and kinds of space.
    assert_true(same_text(one[0].fingerprints[0], one[0].fingerprints[0]));
    assert_true(same_text(one[2].fingerprints[1], moved[1].fingerprints[1]));
    // The same error elsewhere is another one.
    assert_false(same_text(one[0].fingerprints[0], one[2].fingerprints[0]));
    assert_false(same_text(one[0].fingerprints[1], one[2].fingerprints[1]));
    const cq_finding *edited =
        result_of(a, "un deux l'a trois\nquatre deux d'e cinq six sept")->findings;
    assert_true(same_text(one[0].fingerprints[0], edited[0].fingerprints[0]));
    // A change elsewhere in the sentence keeps the second fingerprint.
    assert_false(same_text(one[2].fingerprints[0], edited[2].fingerprints[0]));
    assert_true(same_text(one[2].fingerprints[1], edited[2].fingerprints[1]));
    cq_arena_free(a);
}

// Past the limit of one rule its hits are dropped, said once, and others still count.
static void test_limits(void **state)
{
    (void)state;
    enum { MANY = 3000 };
    cq_arena *a = cq_arena_new();
    char *text = cq_alloc(a, MANY * 2 + 8);
    for (size_t i = 0; i < MANY; i++) memcpy(text + 2 * i, "x ", 2);
    memcpy(text + MANY * 2, "fin", 4);
    cq_options o = {0};
    cq_check_run run;
    begin(&run, &o, a, document_of(a, text, "text"));
    cq_span all = run.doc->blocks.v[0].text;
    for (uint32_t i = 0; i < MANY; i++) {
        cq_hit *h =
            cq_hit_add(&run, cq_str_of("many"), (cq_spot){2 * i, 2 * i + 1, all, false});
        cq_hit_fix_add(&run, h, 2 * i, 2 * i + 1, cq_str_of("y"));
    }
    hit(&run, "other", "fin", 0);
    cq_result r = {0};
    cq_findings_make(&run, &r);
    assert_int_equal(r.findings_n, 1001);
    assert_string_equal(r.findings[1000].rule.p, "other");
    assert_int_equal(run.diagnostics.n, 1);
    assert_string_equal(run.diagnostics.v[0].code.p, "findings-limit");
    cq_arena_free(run.scratch);
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_overlaps), cmocka_unit_test(test_edits),
        cmocka_unit_test(test_score),    cmocka_unit_test(test_fingerprints),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
