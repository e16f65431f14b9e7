// The report for people and the gate, from results made by hand.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/report.h"

#define T(lit)                                                                           \
    {                                                                                    \
        (lit), sizeof(lit) - 1                                                           \
    }

static const cq_edit EDIT[] = {{0, 1, T("x")}};
static const cq_fix COLON[] = {{T("\u00a0:"), true, EDIT, 1}};
static const cq_fix NAME[] = {{T("DeepSeek"), true, EDIT, 1}};
static const cq_fix HOPE[] = {{T("une lueur d’espoir"), false, EDIT, 1},
                              {T("un bon côté"), false, EDIT, 1},
                              {T("un point positif"), false, EDIT, 1}};
static const cq_fix NOTHING[] = {{T(""), false, EDIT, 1}};
static const cq_text REFS[] = {T("https://example.org/a")};

#define TEXT "On y voit une doublure argentée : c’est Deepseek, c’est c’est tout."

#define FINDING(rule_, category_, tier_, start_, end_, match_, fixes_, message_)         \
    {                                                                                    \
        .rule = T(rule_), .category = T(category_), .severity = CQ_MAJOR,                \
        .confidence = CQ_HIGH, .tier = (tier_), .scored = true, .occurrences = 1,        \
        .message = T(message_), .match = T(match_),                                      \
        .span = {(start_), (end_), 3, (start_) + 1, 3, (end_) + 1, 0, 1},                \
        .block_kind = T("title"), .text_start = (start_), .text_end = (end_),            \
        .fixes = (fixes_), .fixes_n = sizeof(fixes_) / sizeof *(fixes_)                  \
    }

static const cq_finding FINDINGS[] = {
    FINDING("en-fr/idioms/silver-lining", "accuracy/mistranslation/overly-literal",
            CQ_MUST_FIX, 14, 32, "doublure argentée", HOPE,
            "Calque de « silver lining »."),
    FINDING("fr/typography/colon", "linguistic-conventions/typography", CQ_POLISH, 32, 34,
            " :", COLON, "Espace insécable devant le deux-points."),
    FINDING("names/casing", "linguistic-conventions/casing", CQ_POLISH, 43, 51,
            "Deepseek", NAME, "Ce nom s’écrit « DeepSeek »."),
    FINDING("duplication/words", "linguistic-conventions/duplication", CQ_CHECK, 53, 68,
            "c’est c’est", NOTHING, "Répétition."),
};
static const cq_block_text BLOCKS[] = {{T(TEXT), T("title"), T("")}};
static const cq_count BY_TIER[] = {{T("must-fix"), 1}, {T("check"), 1}, {T("polish"), 2}};

static cq_result sample(void)
{
    return (cq_result){.status = CQ_CHECKED,
                       .path = T("a.md"),
                       .format = T("markdown"),
                       .language = T("fr"),
                       .words = 1342,
                       .blocks = BLOCKS,
                       .blocks_n = 1,
                       .findings = FINDINGS,
                       .findings_n = CQ_COUNT(FINDINGS),
                       .by_tier = BY_TIER,
                       .by_tier_n = CQ_COUNT(BY_TIER),
                       .penalty = 11,
                       .penalty_per_1000_words = 8.2,
                       .reliable = true,
                       .verdict = CQ_REVISE};
}

// No-break spaces made spaces, so that the expectations below can be read.
static const char *seen(cq_buf *out)
{
    static const char *const HARD[] = {"\u00a0", "\u202f"};
    for (size_t i = 0; i < CQ_COUNT(HARD); i++) {
        size_t n = strlen(HARD[i]);
        for (char *p; (p = strstr(out->p, HARD[i]));) {
            *p = ' ';
            memmove(p + 1, p + n, strlen(p + n) + 1);
        }
    }
    return out->p;
}

static void expect(const cq_report_options *o, const cq_result *r, const char *want)
{
    cq_buf out;
    cq_buf_init(&out, 1 << 20);
    cq_writer_find(cq_str_of("text"))->article(o, r, &out);
    assert_string_equal(seen(&out), want);
    cq_buf_free(&out);
}

static void test_text(void **state)
{
    (void)state;
    cq_result r = sample();
    cq_report_options o = {.width = 60, .suggest = 2};
    expect(&o, &r,
           "a.md\n"
           "\n"
           "ligne 3, titre\n"
           "  On y voit une [doublure argentée]¹ : c’est Deepseek,\n"
           "  [c’est c’est]² tout.\n"
           "   1 À corriger : Calque de « silver lining ».\n"
           "      → une lueur d’espoir ou un bon côté\n"
           "   2 À vérifier : Répétition.\n"
           "      → (supprimer)\n"
           "\n"
           "Finitions\n"
           "  Espace insécable devant le deux-points. ⟨espace⟩: →\n"
           "      ⟨espace insécable⟩: (ligne 3)\n"
           "  Deepseek → DeepSeek (ligne 3)\n"
           "\n"
           "a.md : 1 à corriger, 1 à vérifier, 2 finitions ; 1 342 mots,\n"
           "  8,2 points pour 1 000 mots : à réviser\n");
    o.ui = "en";
    o.width = 70;
    expect(&o, &r,
           "a.md\n"
           "\n"
           "line 3, title\n"
           "  On y voit une [doublure argentée]¹ : c’est Deepseek, [c’est c’est]²\n"
           "  tout.\n"
           "   1 Must fix: Calque de « silver lining ».\n"
           "      → une lueur d’espoir or un bon côté\n"
           "   2 Check: Répétition.\n"
           "      → (delete)\n"
           "\n"
           "Polish\n"
           "  Espace insécable devant le deux-points. ⟨space⟩: → ⟨no-break space⟩:\n"
           "      (line 3)\n"
           "  Deepseek → DeepSeek (line 3)\n"
           "\n"
           "a.md: 1 to fix, 1 to check, 2 to polish; 1,342 words, 8.2 points per\n"
           "  1,000 words: to be revised\n");
}

// What is rare: no text of the block, findings that overlap, remarks of all kinds.
static void test_rare(void **state)
{
    (void)state;
    cq_finding v[2] = {FINDINGS[0], FINDINGS[0]};
    v[0].occurrences = 3;
    v[0].advice = (cq_text)T("Reformuler.");
    v[0].note = (cq_text)T("Citation : vérifier l’original.");
    v[0].refs = REFS;
    v[0].refs_n = 1;
    v[0].block_field = (cq_text)T("headline");
    v[1].text_start = 20; // within the first
    v[1].rule = (cq_text)T("en-fr/idioms/other");
    v[1].match = (cq_text)T("re argentée");
    cq_result r = sample();
    r.findings = v;
    r.findings_n = 2;
    r.by_tier_n = 0;
    r.reliable = false;
    cq_report_options o = {.width = 60, .suggest = 1};
    expect(&o, &r,
           "a.md\n\nligne 3, titre headline\n"
           "  On y voit une [doublure argentée]¹ / [re argentée]² :\n"
           "  c’est Deepseek, c’est c’est tout.\n"
           "   1 À corriger : Calque de « silver lining ». (3 fois)\n"
           "      → une lueur d’espoir\n"
           "      conseil : Reformuler.\n"
           "      note : Citation : vérifier l’original.\n"
           "      voir https://example.org/a\n"
           "   2 À corriger : Calque de « silver lining ».\n"
           "      → une lueur d’espoir\n"
           "\na.md : rien à signaler ; 1 342 mots, 8,2 points pour 1 000\n"
           "  mots : à réviser (texte court : note peu fiable)\n");
    r.blocks_n = 0;
    r.findings_n = 1;
    o.suggest = 0; // not asked for: all that there are
    v[0] = FINDINGS[0];
    expect(&o, &r,
           "a.md\n\nligne 3, titre\n  [doublure argentée]¹\n"
           "   1 À corriger : Calque de « silver lining ».\n"
           "      → une lueur d’espoir ou un bon côté ou un point\n"
           "        positif\n"
           "\na.md : rien à signaler ; 1 342 mots, 8,2 points pour 1 000\n"
           "  mots : à réviser (texte court : note peu fiable)\n");
}

static void test_not_checked(void **state)
{
    (void)state;
    static const cq_diagnostic D[] = {{T("x"), T("pas de \033[31m couleur"), T("")}};
    cq_result r = {.status = CQ_SKIPPED,
                   .reason = T("not-french"),
                   .path = T("b.md"),
                   .diagnostics = D,
                   .diagnostics_n = 1};
    cq_report_options o = {.width = 60};
    expect(&o, &r, "b.md n’est pas en français\nnote : pas de ⟨U+001B⟩[31m couleur\n");
}

// A long passage is cut down to the surroundings of its marks.
static void test_long_passage(void **state)
{
    (void)state;
    char text[4000] = "";
    for (int i = 0; i < 100; i++) strcat(text, "mot ");
    size_t start = strlen(text);
    strcat(text, "doublure argentée ");
    for (int i = 0; i < 100; i++) strcat(text, "fin ");
    cq_block_text block = {{text, strlen(text)}, T("paragraph"), T("")};
    cq_finding f = FINDINGS[0];
    f.text_start = start;
    f.text_end = start + strlen("doublure argentée");
    cq_result r = sample();
    r.blocks = &block;
    r.findings = &f;
    r.findings_n = 1;
    cq_report_options o = {.width = 80, .suggest = 1};
    cq_buf out;
    cq_buf_init(&out, 1 << 20);
    cq_writer_find(cq_str_of("text"))->article(&o, &r, &out);
    const char *passage = strstr(out.p, "[…]");
    assert_non_null(passage);
    assert_non_null(strstr(passage, "mot [doublure argentée]¹ fin"));
    const char *cut = strstr(passage + 3, "[…]"); // not "[doublure argentée]"
    assert_non_null(cut);
    assert_true((size_t)(cut - passage) < 260);
    cq_buf_free(&out);
}

static const struct {
    const char *why;
    cq_tier tier;
    bool scored;
    const char *closes; // the gates it closes
} GATES[] = {
    {"must-fix", CQ_MUST_FIX, true, "must-fix check polish "},
    {"check", CQ_CHECK, true, "check polish "},
    {"polish", CQ_POLISH, true, "polish "},
    {"a related headline never fails a gate", CQ_MUST_FIX, false, ""},
};

static void test_gate(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(GATES); i++) {
        cq_finding f = {.tier = GATES[i].tier, .scored = GATES[i].scored};
        cq_result r = {.status = CQ_CHECKED, .findings = &f, .findings_n = 1};
        char got[100] = "";
        for (int on = CQ_FAIL_ON_MUST_FIX; on <= CQ_FAIL_ON_NEVER; on++) {
            if (cq_gate_passed(&r, (cq_fail_on)on)) continue;
            strcat(strcat(got, cq_fail_on_name((cq_fail_on)on)), " ");
        }
        if (strcmp(got, GATES[i].closes) != 0) fail_msg("%s: %s", GATES[i].why, got);
    }
}

static void test_totals(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    cq_totals t;
    cq_totals_init(&t, a);
    cq_result r = sample(), skipped = {.status = CQ_SKIPPED, .words = 7};
    cq_totals_add(&t, &r, CQ_FAIL_ON_MUST_FIX);
    cq_totals_add(&t, &skipped, CQ_FAIL_ON_MUST_FIX);
    cq_totals_add(&t, &r, CQ_FAIL_ON_MUST_FIX);
    assert_int_equal(t.articles, 3);
    assert_int_equal(t.by_status[CQ_CHECKED], 2);
    assert_int_equal(t.by_status[CQ_SKIPPED], 1);
    assert_int_equal(t.gate_failed, 2);
    assert_int_equal(t.words, 2684);
    assert_int_equal(t.tiers.n, 3);
    assert_int_equal(t.tiers.v[2].count, 4);
    assert_true(cq_str_is(t.worst_rule, "en-fr/idioms/silver-lining"));
    cq_buf out;
    cq_buf_init(&out, 10000);
    cq_report_options o = {.width = 80};
    cq_writer_find(cq_str_of("text"))->end(&o, &t, &out);
    assert_string_equal(seen(&out),
                        "3 articles : 2 à corriger, 2 à vérifier, 4 finitions ; 2 684 "
                        "mots, 2 à réviser,\n"
                        "  1 non vérifié\n"
                        "Ensuite : calque rules explain en-fr/idioms/silver-lining\n");
    cq_buf_free(&out);
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),        cmocka_unit_test(test_rare),
        cmocka_unit_test(test_not_checked), cmocka_unit_test(test_long_passage),
        cmocka_unit_test(test_gate),        cmocka_unit_test(test_totals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
