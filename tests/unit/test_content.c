// Articles beside their source, through the public interface: what is missing, added,
// repeated or moved, left in English, turned round, and what markup lost.
#include "base/arena.h"
#include "calque.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static cq_checker *checker;

static int set_up(void **state)
{
    (void)state;
    cq_options o = {
        .data_dir = TEST_SOURCE_DIR, .no_user_rules = true, .alignment = true};
    cq_error error = {0};
    checker = cq_checker_new(&o, &error);
    if (!checker) fail_msg("%s", error.message);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    cq_checker_free(checker);
    return 0;
}

#define A_EN "The harbour of Skellvik closed in March 2016 after the storm. "
#define A_FR "Le port de Skellvik a fermé en mars 2016 après la tempête. "
#define B_EN "Twelve fishing boats left for Aldhaven, and 140 families followed. "
#define B_FR                                                                             \
    "Douze bateaux de pêche sont partis pour Aldhaven, et 140 familles ont suivi. "
#define C_EN "The mayor, Ingrid Solberg, still hopes that the ferry will return. "
#define C_FR "La maire, Ingrid Solberg, espère encore que le ferry reviendra. "
#define D_EN "A museum about the herring trade opens there next summer. "
#define D_FR "Un musée du commerce du hareng y ouvrira l’été prochain. "
#define END_EN "\n\nVisitors pay 15 euros at the gate of Skellvik."
#define END_FR "\n\nLes visiteurs paient 15 euros à l’entrée de Skellvik."
#define ALL_EN A_EN B_EN C_EN D_EN
#define ALL_FR A_FR B_FR C_FR D_FR

static const struct {
    const char *why, *rules, *source, *article, *want;
} ROWS[] = {
    {"all is there", "", ALL_EN END_EN, ALL_FR END_FR, ""},
    {"a sentence is missing", "completeness", ALL_EN END_EN, A_FR B_FR D_FR END_FR,
     "omitted:suivi."},
    {"two are missing: one finding", "completeness", ALL_EN END_EN, A_FR D_FR END_FR,
     "omitted:tempête."},
    {"the first is missing", "completeness", ALL_EN END_EN, B_FR C_FR D_FR END_FR,
     "omitted:suivi."},
    {"two became one", "completeness", ALL_EN END_EN,
     A_FR B_FR "La maire, Ingrid Solberg, espère encore que le ferry reviendra, et un "
               "musée du commerce du hareng ouvrira l’été prochain. " END_FR,
     ""},
    {"two became one that is hardly longer", "completeness",
     A_EN B_EN
     "The museum is a refuge for pelicans. It was founded in the Scottish "
     "province of Melvaig in 1911 as a sanctuary by the naturalist Macrae. " END_EN,
     A_FR B_FR "Le musée, refuge de pélicans, a été fondé dans la province écossaise de "
               "Melvaig en 1911 comme sanctuaire par le naturaliste Macrae. " END_FR,
     ""},
    {"a sentence was added", "completeness", A_EN B_EN D_EN END_EN, ALL_FR END_FR,
     "added:La maire, Ingrid Solberg, espère encore que le ferry reviendra."},
    {"a notice at the end is no addition", "completeness", ALL_EN END_EN,
     ALL_FR END_FR "\n\nTexte traduit par un programme, sans aucune garantie.", ""},
    {"a sentence twice", "completeness", ALL_EN END_EN, ALL_FR B_FR END_FR,
     "repeated:Douze bateaux de pêche sont partis pour Aldhaven, et 140 familles ont "
     "suivi."},
    {"twice in the source as well", "completeness", ALL_EN B_EN END_EN,
     ALL_FR B_FR END_FR, ""},
    {"two changed places", "completeness", ALL_EN END_EN, A_FR C_FR B_FR D_FR END_FR,
     "moved:Douze bateaux de pêche sont partis pour Aldhaven, et 140 familles ont "
     "suivi."},
    {"half of it is lost", "completeness",
     ALL_EN
     "In 2017 the county of Nordfell sold the pier, the sheds and the two cranes to "
     "a company that wanted to build a hotel for 200 guests." END_EN,
     ALL_FR "En 2017, le comté de Nordfell a vendu la jetée." END_FR, "short:jetée."},
    {"it goes on", "completeness",
     ALL_EN "In 2017 the county of Nordfell sold the pier in Skellvik." END_EN,
     ALL_FR
     "En 2017, le comté de Nordfell a vendu la jetée de Skellvik, les hangars et les "
     "deux grues à une société qui voulait y construire un hôtel." END_FR,
     "long:En 2017, le comté de Nordfell a vendu la jetée de Skellvik, les hangars et "
     "les "
     "deux grues à une société qui voulait y construire un hôtel."},
    {"a word was left", "verbatim", ALL_EN "The harbourmaster collects driftwood." END_EN,
     ALL_FR "Le chef du port ramasse du driftwood." END_FR, "word:driftwood"},
    {"the source has another word", "verbatim",
     ALL_EN "The harbourmaster collects timber." END_EN,
     ALL_FR "Le chef du port ramasse du driftwood." END_FR, ""},
    {"a name stays", "verbatim", ALL_EN "He reads the Daily Driftwood." END_EN,
     ALL_FR "Il lit le Daily Driftwood." END_FR, ""},
    {"a term of two words stays", "verbatim", ALL_EN "They play hip hop there." END_EN,
     ALL_FR "Ils y jouent du hip hop." END_FR, ""},
    {"the title of a work stays", "verbatim", ALL_EN "Harbour of Ghosts!" END_EN,
     ALL_FR "Harbour of Ghosts!" END_FR, ""},
    {"a common word in capitals", "verbatim",
     ALL_EN "Driftwood burns well; nobody sells driftwood in Skellvik." END_EN,
     ALL_FR "Driftwood brûle bien ; personne n’en vend à Skellvik." END_FR,
     "word:Driftwood"},
    {"a heading was left", "verbatim", "# The harbour of the drowned\n\n" ALL_EN END_EN,
     "# The harbour of the drowned\n\n" ALL_FR END_FR,
     "sentence:The harbour of the drowned"},
    {"a negation is lost", "polarity",
     ALL_EN "The bank of Aldhaven did not pay for the pier." END_EN,
     ALL_FR "La banque d’Aldhaven a payé la jetée." END_FR, "negation:a payé"},
    {"it is there", "polarity",
     ALL_EN "The bank of Aldhaven did not pay for the pier." END_EN,
     ALL_FR "La banque d’Aldhaven n’a pas payé la jetée." END_FR, ""},
    {"a verb says it", "polarity",
     ALL_EN "The bank of Aldhaven would not pay for the pier." END_EN,
     ALL_FR "La banque d’Aldhaven a refusé de payer la jetée." END_FR, ""},
    {"not only", "polarity",
     ALL_EN "The bank of Aldhaven paid not only for the pier." END_EN,
     ALL_FR "La banque d’Aldhaven a payé la jetée et le reste." END_FR, ""},
    {"a question became a statement", "polarity",
     ALL_EN "Will the bank of Aldhaven pay for the pier?" END_EN,
     ALL_FR "La banque d’Aldhaven paiera la jetée." END_FR, "question:."},
    {"a link is lost", "markup",
     ALL_EN "See the [map](https://example.org/en/map.html)." END_EN,
     ALL_FR "Voyez la carte." END_FR, "link:carte."},
    {"a link leads elsewhere", "markup",
     ALL_EN "See the [map](https://example.org/map.html) of Skellvik." END_EN,
     ALL_FR "Voyez la [carte](https://example.org/mop.html) de Skellvik." END_FR,
     "link:carte"},
    {"a link to the French page", "markup",
     ALL_EN "See the [map](https://www.example.org/en/map.en.md#top) of Skellvik." END_EN,
     ALL_FR "Voyez la [carte](https://example.org/fr/map.fr.md#haut) de Skellvik." END_FR,
     ""},
    {"an image is lost", "markup",
     ALL_EN "\n\nThe pier of Skellvik: ![Pier](pier.png)" END_EN,
     ALL_FR "\n\nLa jetée de Skellvik :" END_FR, "image::"},
    {"code was translated", "markup",
     ALL_EN "Type `harbour --open` to see Skellvik." END_EN,
     ALL_FR "Tapez `port --ouvrir` pour voir Skellvik." END_FR, "code:port --ouvrir"},
    {"a placeholder is lost", "markup",
     ALL_EN "Skellvik has {{ count }} boats and 3 piers." END_EN,
     ALL_FR "Skellvik a {{ nombre }} bateaux et 3 jetées." END_FR,
     "placeholder:{{ nombre }}"},
    {"a footnote mark is lost", "markup",
     ALL_EN "Skellvik is old.[^1]" END_EN "\n\n[^1]: Says the mayor.",
     ALL_FR "Skellvik est vieux." END_FR, "footnote:vieux."},
    {"a heading is none", "markup", ALL_EN "\n\n## The pier of Skellvik" END_EN,
     ALL_FR "\n\nLa jetée de Skellvik" END_FR, "heading:La jetée de Skellvik"},
};

static cq_result *check(const char *source, const char *article)
{
    cq_article en = {.path = "a.en.md", .bytes = source, .n = strlen(source)};
    cq_article fr = {
        .path = "a.fr.md", .bytes = article, .n = strlen(article), .source = &en};
    return cq_check(checker, &fr);
}

static const char *const CHECKS[] = {"completeness/", "verbatim/", "polarity/",
                                     "markup/"};

static void test_findings(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_result *r = check(ROWS[i].source, ROWS[i].article);
        cq_str got = {"", 0};
        for (size_t k = 0; k < r->findings_n; k++) {
            const cq_finding *f = &r->findings[k];
            bool ours = false;
            for (size_t c = 0; c < CQ_COUNT(CHECKS); c++) {
                cq_str rule = {f->rule.p, f->rule.n};
                ours |= cq_str_starts(rule, cq_str_of(CHECKS[c])) &&
                        cq_str_starts(rule, cq_str_of(ROWS[i].rules));
            }
            if (!ours) continue;
            got = cq_strf(a, "%.*s%s%s:%s", CQ_PRI(got), got.n ? " | " : "",
                          strchr(f->rule.p, '/') + 1, f->match.p);
        }
        if (!r->with_source) fail_msg("%s: checked alone", ROWS[i].why);
        if (!cq_str_is(got, ROWS[i].want))
            fail_msg("%s: got %.*s, not %s", ROWS[i].why, CQ_PRI(got), ROWS[i].want);
        cq_result_free(r);
    }
    cq_arena_free(a);
}

// Where the source stands is said in bytes of its file.
static void test_source_span(void **state)
{
    (void)state;
    const char *source = "\xef\xbb\xbf# Skellvik\n\n" ALL_EN END_EN;
    cq_result *r = check(source, "# Skellvik\n\n" A_FR B_FR D_FR END_FR);
    bool found = false;
    for (size_t k = 0; k < r->findings_n; k++) {
        const cq_finding *f = &r->findings[k];
        if (strcmp(f->rule.p, "completeness/omitted") != 0) continue;
        found = true;
        size_t n = f->source_span.end - f->source_span.start;
        assert_int_equal(n, strlen(C_EN) - 1);
        assert_memory_equal(source + f->source_span.start, C_EN, n);
        assert_int_equal(f->source_span.line, 3);
        assert_memory_equal(f->source_sentence.p, C_EN, n);
    }
    assert_true(found);
    assert_true(r->with_source);
    assert_string_equal(r->source_path.p, "a.en.md");
    assert_true(r->links_n >= 5);
    cq_result_free(r);
}

static void test_no_source(void **state)
{
    (void)state;
    static const struct {
        const char *why, *source, *code;
    } SOURCES[] = {
        {"not there", NULL, "source-unreadable"},
        {"French", ALL_FR, "source-language"},
        {"of another text",
         "Moths fly at night. Their caterpillars eat the leaves of birches until June. "
         "Nobody has counted the pale form, which lives on two islands only.",
         "source-unrelated"},
        {"empty", "", "source-language"},
    };
    for (size_t i = 0; i < CQ_COUNT(SOURCES); i++) {
        const char *bytes = SOURCES[i].source;
        cq_article en = {
            .path = "a.en.md", .bytes = bytes, .n = bytes ? strlen(bytes) : 0};
        cq_article fr = {
            .path = "a.fr.md", .bytes = ALL_FR, .n = strlen(ALL_FR), .source = &en};
        cq_result *r = cq_check(checker, &fr);
        if (r->status != CQ_CHECKED || r->with_source || r->diagnostics_n != 1 ||
            strcmp(r->diagnostics[0].code.p, SOURCES[i].code) != 0)
            fail_msg("%s", SOURCES[i].why);
        cq_result_free(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_source_span),
        cmocka_unit_test(test_no_source),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
