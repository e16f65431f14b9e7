// The French lexicon: lookup, readings, inflection, elision, house vocabulary; what is
// said when a dictionary is missing; the word graph.
#include "lexicon/lexicon.h"

#include "base/file.h"
#include "base/utf8.h"
#include "lexicon/formtable.h"
#include "lexicon/graph.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define HOUSE TEST_SOURCE_DIR "/dictionaries/fr"

static cq_lexicon *french, *bare; // with and without the house files

static cq_lexicon *open_or_fail(const cq_lexicon_options *o)
{
    cq_err err;
    cq_lexicon *l = cq_lexicon_open(o, &err);
    if (!l) fail_msg("%s", err.message);
    return l;
}

static int open_both(void **state)
{
    (void)state;
    french = open_or_fail(&(cq_lexicon_options){.dictionary = "fr", .extra = HOUSE});
    bare = open_or_fail(&(cq_lexicon_options){.dictionary = "fr"});
    return 0;
}

static int close_both(void **state)
{
    (void)state;
    cq_lexicon_free(french);
    cq_lexicon_free(bare);
    return 0;
}

static const struct {
    const char *why, *token, *form; // form "": unknown
} LOOKUPS[] = {
    {"as it stands", "arbre", "arbre"},
    {"first of its sentence", "Arbre", "arbre"},
    {"all capitals", "ARBRES", "arbres"},
    {"a name stays a name", "Marseille", "Marseille"},
    {"a name in capitals", "MARSEILLE", "Marseille"},
    {"mixed capitals in capitals", "GITHUB", "Github"},
    {"the usual apostrophe", "aujourd\u2019hui", "aujourd'hui"},
    {"a ligature of print", "\ufb01lm", "film"},
    {"accents count", "eleve", ""},
    {"nothing", "", ""},
    {"unknown", "xqzpt", ""},
};

static void test_lookup(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(LOOKUPS); i++) {
        uint32_t id = cq_lexicon_lookup(french, cq_str_of(LOOKUPS[i].token));
        cq_str got = cq_lexicon_form(french, id);
        // GitHub is no word of every version of the dictionary.
        if (i == 5 && !cq_lexicon_find(french, cq_str_of("GitHub"))) continue;
        if (!cq_str_is(got, LOOKUPS[i].form)) {
            fail_msg("%s: %s gives %.*s", LOOKUPS[i].why, LOOKUPS[i].token, CQ_PRI(got));
        }
    }
    char longest[600];
    memset(longest, 'a', sizeof longest);
    assert_int_equal(cq_lexicon_lookup(french, (cq_str){longest, sizeof longest}), 0);
}

// At least the reading named stands among those of the form.
static const struct {
    const char *form, *lemma, *upos, *features;
} READINGS[] = {
    {"arbres", "arbre", "NOUN", "Gender=Masc|Number=Plur"},
    {"pense", "penser", "VERB",
     "VerbForm=Fin|Mood=Ind|Tense=Pres|Person=1,3|Number=Sing"},
    {"chevaux", "cheval", "NOUN", "Gender=Masc|Number=Plur"},
    {"mangées", "manger", "VERB", "VerbForm=Part|Tense=Past|Gender=Fem|Number=Plur"},
    {"rapidement", "rapidement", "ADV", "_"},
    {"kilooctets", "kilooctet", "NOUN", "Gender=Masc|Number=Plur"},
    {"chatbots", "chatbot", "NOUN", "Gender=Masc|Number=Plur"}, // house vocabulary
    {"préentraînera", "préentraîner", "VERB",
     "VerbForm=Fin|Mood=Ind|Tense=Fut|Person=3|Number=Sing"},
};

static void test_readings(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(READINGS); i++) {
        uint32_t want;
        size_t n;
        assert_true(cq_morph_parse(cq_str_of(READINGS[i].upos),
                                   cq_str_of(READINGS[i].features), &want));
        uint32_t id = cq_lexicon_find(french, cq_str_of(READINGS[i].form));
        const cq_reading *r = cq_lexicon_readings(french, id, &n);
        bool found = false;
        for (size_t k = 0; k < n; k++) {
            found |= r[k].morph == want &&
                     cq_str_is(cq_lexicon_form(french, r[k].lemma), READINGS[i].lemma);
        }
        if (!found) fail_msg("%s", READINGS[i].form);
        assert_true(cq_lexicon_upos(french, id) & CQ_UPOS_BIT(CQ_GET_UPOS(want)));
    }
}

static const struct {
    const char *lemma, *upos, *features, *form; // form "": there is none
} INFLECTED[] = {
    {"cheval", "NOUN", "Number=Plur", "chevaux"},
    {"penser", "VERB", "Mood=Ind|Tense=Pres|Person=1|Number=Plur", "pensons"},
    {"blanc", "ADJ", "Gender=Fem|Number=Sing", "blanche"},
    {"aller", "VERB", "Mood=Ind|Tense=Fut|Person=3|Number=Sing", "ira"},
    {"créateur", "NOUN", "Gender=Fem|Number=Plur", "créatrices"},
    {"arbre", "NOUN", "Gender=Fem", ""},
    {"arbre", "VERB", "_", ""},
};

static void test_inflection(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(INFLECTED); i++) {
        uint32_t want, lemma = cq_lexicon_find(french, cq_str_of(INFLECTED[i].lemma));
        assert_true(cq_morph_parse(cq_str_of(INFLECTED[i].upos),
                                   cq_str_of(INFLECTED[i].features), &want));
        cq_str got = cq_lexicon_form(french, cq_lexicon_inflect(french, lemma, want));
        if (!cq_str_is(got, INFLECTED[i].form)) {
            fail_msg("%s %s: %.*s", INFLECTED[i].lemma, INFLECTED[i].features,
                     CQ_PRI(got));
        }
    }
}

static const struct {
    const char *upos, *features, *change, *want; // want NULL: no such feature or value
} CHANGES[] = {
    {"VERB", "VerbForm=Fin|Mood=Ind|Tense=Fut|Person=3|Number=Sing",
     "Mood=Sub|Tense=Pres", "VerbForm=Fin|Mood=Sub|Tense=Pres|Person=3|Number=Sing"},
    {"VERB", "VerbForm=Fin|Mood=Ind|Tense=Pres|Person=3|Number=Plur", "VerbForm=Inf",
     "VerbForm=Inf"},
    {"ADJ", "Gender=Masc|Number=Sing", "Number=Plur", "Gender=Masc|Number=Plur"},
    {"ADJ", "Gender=Masc,Fem|Number=Sing", "Gender=Fem", "Gender=Fem|Number=Sing"},
    {"ADJ", "Gender=Masc|Number=Sing", "Number=Dual", NULL},
    {"ADJ", "Gender=Masc|Number=Sing", "Nombre=Plur", NULL},
    {"ADJ", "Gender=Masc|Number=Sing", "", NULL},
};

static void test_changes(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(CHANGES); i++) {
        uint32_t morph, want;
        cq_str upos = cq_str_of(CHANGES[i].upos);
        assert_true(cq_morph_parse(upos, cq_str_of(CHANGES[i].features), &morph));
        bool known = cq_morph_change(cq_str_of(CHANGES[i].change), &morph);
        if (known != (CHANGES[i].want != NULL)) fail_msg("%s", CHANGES[i].change);
        if (!known) continue;
        assert_true(cq_morph_parse(upos, cq_str_of(CHANGES[i].want), &want));
        if (morph != want) fail_msg("%s", CHANGES[i].change);
    }
}

// The index of lemmas is the readings the other way round.
static void test_forms_of_are_all(void **state)
{
    (void)state;
    size_t pairs = 0, listed = 0;
    for (uint32_t id = 1; id <= cq_lexicon_size(french); id++) {
        size_t n, forms_n;
        const cq_reading *r = cq_lexicon_readings(french, id, &n);
        for (size_t k = 0; k < n; k++) {
            bool before = false;
            for (size_t j = 0; j < k; j++) before |= r[j].lemma == r[k].lemma;
            pairs += !before;
        }
        const uint32_t *forms = cq_lexicon_forms_of(french, id, &forms_n);
        listed += forms_n;
        for (size_t k = 0; k < forms_n; k++) {
            r = cq_lexicon_readings(french, forms[k], &n);
            bool found = false;
            for (size_t j = 0; j < n; j++) found |= r[j].lemma == id;
            assert_true(found);
        }
    }
    assert_int_equal(pairs, listed);
    assert_in_range(pairs, 400000, 700000);
}

static const struct {
    const char *form;
    bool elides;
} ELISIONS[] = {
    {"arbre", true},  {"arbres", true},  {"homme", true},     {"hibou", false},
    {"héros", false}, {"héroïne", true}, {"haïr", false},     {"yaourt", false},
    {"onze", false},  {"robot", false},  {"Hollande", false}, {"écologie", true},
};

static void test_elision(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(ELISIONS); i++) {
        uint32_t id = cq_lexicon_find(french, cq_str_of(ELISIONS[i].form));
        assert_int_not_equal(id, 0);
        if (cq_lexicon_elides(french, id) != ELISIONS[i].elides) {
            fail_msg("%s", ELISIONS[i].form);
        }
    }
}

static unsigned frequency(const char *form)
{
    return cq_lexicon_frequency(french, cq_lexicon_find(french, cq_str_of(form)));
}

static void test_frequency(void **state)
{
    (void)state;
    assert_true(frequency("de") > frequency("maison"));
    assert_true(frequency("maison") > frequency("maisonnette"));
    assert_int_equal(frequency("abaisserait"), 0);
    assert_true(cq_lexicon_find(french, cq_str_of("maison")) <
                cq_lexicon_find(french, cq_str_of("maisonnette")));
}

static cq_str read_or_fail(cq_arena *a, const char *path)
{
    cq_str text;
    cq_err err;
    if (!cq_file_read(a, path, 1 << 24, &text, &err)) fail_msg("%s", err.message);
    return text;
}

static size_t readings(const cq_lexicon *l, cq_str form)
{
    size_t n;
    cq_lexicon_readings(l, cq_lexicon_find(l, form), &n);
    return n;
}

// Each house word adds something to the dictionary, which has its model.
static void test_house_words(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    cq_str rest = read_or_fail(a, HOUSE "/words.tsv"), line, word;
    size_t words = 0;
    while (cq_str_split(&rest, '\n', &line)) {
        if (!line.n || line.p[0] == '#') continue;
        assert_true(cq_str_split(&line, '\t', &word));
        if (readings(french, word) == readings(bare, word)) {
            fail_msg("%.*s is known", CQ_PRI(word));
        }
        if (!cq_lexicon_find(bare, line)) fail_msg("%.*s: no model", CQ_PRI(word));
        if (!cq_lexicon_accepts(french, word)) fail_msg("%.*s refused", CQ_PRI(word));
        words++;
    }
    assert_in_range(words, 1000, 5000);
    cq_arena_free(a);
}

static void test_missing(void **state)
{
    (void)state;
    static const struct {
        const char *name, *says;
    } rows[] = {
        {"xx_YY", "apt-get install hunspell-xx-yy"},
        {"fr_XX", "apt-get install hunspell-fr-comprehensive"},
        {"/nowhere/fr", "/nowhere/fr.aff and .dic are needed"},
    };
    for (size_t i = 0; i < CQ_COUNT(rows); i++) {
        cq_err err = {0};
        assert_null(
            cq_lexicon_open(&(cq_lexicon_options){.dictionary = rows[i].name}, &err));
        assert_int_equal(err.code, CQ_EMISSING);
        if (!strstr(err.message, rows[i].says)) fail_msg("%s", err.message);
    }
}

// A dictionary with compounds goes to libhunspell; its own words have forms all the same.
static void test_other_dictionary(void **state)
{
    (void)state;
    cq_err err;
    cq_lexicon *l = cq_lexicon_open(
        &(cq_lexicon_options){.dictionary = "en_US", .cache_dir = ""}, &err);
    if (!l) fail_msg("%s", err.message); // hunspell-en-us is part of setup
    assert_true(cq_lexicon_accepts(l, cq_str_of("books")));
    assert_true(cq_lexicon_accepts(l, cq_str_of("21st"))); // by COMPOUNDRULE
    assert_false(cq_lexicon_accepts(l, cq_str_of("boocks")));
    assert_int_not_equal(cq_lexicon_find(l, cq_str_of("books")), 0);
    cq_arena *a = cq_arena_new();
    cq_suggestion s[3];
    size_t n = cq_lexicon_suggest(l, a, cq_str_of("boocks"), (cq_str){"", 0},
                                  (cq_str){"", 0}, 3, s);
    assert_in_range(n, 1, 3);
    cq_arena_free(a);
    cq_lexicon_free(l);
}

// House words are right whoever judges.
static void test_forced_hunspell(void **state)
{
    (void)state;
    cq_lexicon *l = open_or_fail(&(cq_lexicon_options){
        .dictionary = "fr", .extra = HOUSE, .speller = CQ_SPELL_HUNSPELL});
    static const char *const WORDS[] = {"chatbots", "Chatbots", "arbre", "Arbres",
                                        "d'arbre"};
    for (size_t i = 0; i < CQ_COUNT(WORDS); i++) {
        assert_true(cq_lexicon_accepts(l, cq_str_of(WORDS[i])));
    }
    assert_false(cq_lexicon_accepts(l, cq_str_of("chatbotz")));
    cq_lexicon_free(l);
}

// ---- the graph -----------------------------------------------------------------------

static size_t count_words(const cq_graph *g, uint32_t first)
{
    size_t n = 0;
    for (uint32_t i = first; i; i++) {
        n += cq_edge_final(g->edges[i]);
        n += count_words(g, cq_edge_target(g->edges[i]));
        if (cq_edge_last(g->edges[i])) break;
    }
    return n;
}

static bool graph_has(const cq_graph *g, cq_str word)
{
    uint32_t state = g->root;
    bool final = false;
    for (size_t at = 0; at < word.n;) {
        uint32_t c = cq_utf8_next(word, &at), i = state;
        for (; i; i++) {
            if (g->letters[cq_edge_letter(g->edges[i])] == c) break;
            if (cq_edge_last(g->edges[i])) return false;
        }
        if (!i) return false;
        final = cq_edge_final(g->edges[i]);
        state = cq_edge_target(g->edges[i]);
    }
    return final;
}

// Exactly the words that may be suggested are in it.
static void test_graph_holds_the_words(void **state)
{
    (void)state;
    const cq_formtable *t = cq_lexicon_table(french);
    cq_graph g;
    assert_true(cq_graph_view(t->graph, t->graph_n, &g));
    size_t words = 0, left_out = 0;
    for (uint32_t id = 1; id <= t->forms_n; id++) {
        unsigned flags = cq_formtable_kind(t, id)->flags;
        bool wanted = flags & CQ_FORM_WORD && !(flags & CQ_FORM_NOSUGGEST) &&
                      !(flags & CQ_FORM_FORBIDDEN) && !(flags & CQ_FORM_ELIDED);
        bool has = graph_has(&g, cq_formtable_text(t, id));
        if (has && !wanted) fail_msg("%.*s", CQ_PRI(cq_formtable_text(t, id)));
        words += has;
        left_out += wanted && !has; // rare letters: chemistry, old writing
    }
    assert_int_equal(count_words(&g, g.root), words);
    assert_in_range(left_out, 0, words / 1000);
}

// ---- threads -------------------------------------------------------------------------

static void *ask(void *arg)
{
    cq_lexicon *forced = arg;
    cq_arena *a = cq_arena_new();
    size_t right = 0;
    for (uint32_t id = 1; id <= 2000; id++) {
        cq_str f = cq_lexicon_form(french, id);
        right += cq_lexicon_accepts(french, f) && cq_lexicon_accepts(forced, f);
    }
    cq_suggestion s[2];
    right += cq_lexicon_suggest(french, a, cq_str_of("acceuil"), (cq_str){"", 0},
                                (cq_str){"", 0}, 2, s);
    cq_arena_free(a);
    return (void *)(uintptr_t)right;
}

static void test_threads(void **state)
{
    (void)state;
    cq_lexicon *forced = open_or_fail(&(cq_lexicon_options){
        .dictionary = "fr", .extra = HOUSE, .speller = CQ_SPELL_HUNSPELL});
    pthread_t t[4];
    void *right[4];
    for (int i = 0; i < 4; i++) pthread_create(&t[i], NULL, ask, forced);
    for (int i = 0; i < 4; i++) pthread_join(t[i], &right[i]);
    assert_in_range((uintptr_t)right[0], 1900, 2002);
    for (int i = 1; i < 4; i++) assert_ptr_equal(right[i], right[0]);
    cq_lexicon_free(forced);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lookup),
        cmocka_unit_test(test_readings),
        cmocka_unit_test(test_inflection),
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_forms_of_are_all),
        cmocka_unit_test(test_elision),
        cmocka_unit_test(test_frequency),
        cmocka_unit_test(test_house_words),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_other_dictionary),
        cmocka_unit_test(test_forced_hunspell),
        cmocka_unit_test(test_graph_holds_the_words),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, open_both, close_both);
}
