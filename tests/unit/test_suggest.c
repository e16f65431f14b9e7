// Suggestions for French words as they are mistyped, misheard, misread and glued
// together.
#include "lexicon/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

enum { MAX = 5 };

static cq_lexicon *french;

static int set_up(void **state)
{
    (void)state;
    cq_err err;
    french = cq_lexicon_open(
        &(cq_lexicon_options){.dictionary = "fr",
                              .extra = TEST_SOURCE_DIR "/dictionaries/fr"},
        &err);
    if (!french) fail_msg("%s", err.message);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    cq_lexicon_free(french);
    return 0;
}

static const struct {
    const char *why, *previous, *token, *first; // first "": no suggestion at all
} ROWS[] = {
    {"a letter not doubled", "", "developement", "développement"},
    {"a letter doubled", "", "traffic", "trafic"},
    {"two of them", "", "conditionement", "conditionnement"},
    {"accents left out", "", "education", "éducation"},
    {"wrong accent", "", "évènnement", "évènement"},
    {"letters swapped", "", "langauge", "langage"},
    {"swapped vowels", "", "acceuil", "accueil"},
    {"a neighbour on the keyboard", "", "ordinzteur", "ordinateur"},
    {"a letter missing", "", "technolgie", "technologie"},
    {"a letter too many", "", "artificiielle", "artificielle"},
    {"as heard: ph", "", "orthografe", "orthographe"},
    {"as heard: eau", "un", "batau", "bateau"},
    {"a mute letter at the end", "", "parmis", "parmi"},
    {"plural of -al", "les", "chevals", "chevaux"},
    {"scanned: rn for m", "", "rnodèle", "modèle"},
    {"scanned: m for rn", "", "modeme", "moderne"},
    {"scanned: 1 for l", "", "1ogiciel", "logiciel"},
    {"apostrophe missing", "", "aujourdhui", "aujourd'hui"},
    {"apostrophe missing after an elision", "", "lindustrie", "l'industrie"},
    {"hyphen missing", "", "peutetre", "peut-être"},
    {"two words", "", "ordinateurpuissant", "ordinateur puissant"},
    {"two words with an elision between", "", "conducteursl\u2019industrie",
     "conducteurs l'industrie"},
    {"the elision of the next word alone", "", "conducteursl'", "conducteurs l'"},
    {"first capital stays", "", "Developement", "Développement"},
    {"all capitals stay", "", "DEVELOPEMENT", "DÉVELOPPEMENT"},
    {"a long word", "", "anticonstitutionelement", "anticonstitutionnellement"},
    {"a word of the house vocabulary", "", "chatbott", "chatbot"},
    {"nothing is near", "", "xqzpt", ""},
    {"nothing to correct", "", "", ""},
};

static size_t suggest(cq_arena *a, const char *previous, const char *token, size_t max,
                      cq_suggestion *out)
{
    return cq_lexicon_suggest(french, a, cq_str_of(token), cq_str_of(previous),
                              (cq_str){"", 0}, max, out);
}

static void test_first_suggestion(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_suggestion s[MAX];
        size_t n = suggest(a, ROWS[i].previous, ROWS[i].token, MAX, s);
        cq_str got = n ? s[0].text : (cq_str){"", 0};
        if (!cq_str_is(got, ROWS[i].first)) {
            fail_msg("%s: %s gives %.*s", ROWS[i].why, ROWS[i].token, CQ_PRI(got));
        }
    }
    cq_arena_free(a);
}

// The words around decide between candidates that cost the same.
static const struct {
    const char *previous, *token, *better, *worse; // worse may be missing
} CONTEXT[] = {
    {"les", "ordinateures", "ordinateurs", "ordinateur"},
    {"l'", "ereur", "erreur", "leurre"},
    {"des", "chevau", "chevaux", "cheveu"},
};

static size_t rank(const cq_suggestion *s, size_t n, const char *text)
{
    size_t i = 0;
    while (i < n && !cq_str_is(s[i].text, text)) i++;
    return i;
}

static void test_context(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(CONTEXT); i++) {
        cq_suggestion s[20];
        size_t n = suggest(a, CONTEXT[i].previous, CONTEXT[i].token, 20, s);
        size_t better = rank(s, n, CONTEXT[i].better);
        assert_true(better < n);
        if (better >= rank(s, n, CONTEXT[i].worse)) fail_msg("%s", CONTEXT[i].token);
    }
    cq_arena_free(a);
}

// Sorted, distinct, accepted, no more than asked, the same each time.
static void test_properties(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (uint32_t id = 1; id < 60000; id += 331) {
        // A word with its middle letter dropped.
        cq_str w = cq_lexicon_form(french, id);
        size_t cut = w.n / 2;
        while (cut && (w.p[cut] & 0xc0) == 0x80) cut--;
        size_t next = cut + 1;
        while (next < w.n && (w.p[next] & 0xc0) == 0x80) next++;
        cq_str rest = cq_str_sub(w, next, w.n);
        const char *token = cq_strf(a, "%.*s%.*s", (int)cut, w.p, CQ_PRI(rest)).p;
        cq_suggestion s[MAX], again[MAX];
        size_t n = suggest(a, "", token, MAX, s);
        assert_true(n <= MAX);
        assert_int_equal(suggest(a, "", token, MAX, again), n);
        for (size_t i = 0; i < n; i++) {
            assert_true(cq_str_eq(s[i].text, again[i].text));
            assert_true(i == 0 || s[i - 1].cost <= s[i].cost);
            for (size_t k = 0; k < i; k++) assert_false(cq_str_eq(s[i].text, s[k].text));
            cq_str words = s[i].text, part;
            while (cq_str_split(&words, ' ', &part)) {
                if (!cq_lexicon_accepts(french, part)) {
                    fail_msg("%s gives %.*s", token, CQ_PRI(s[i].text));
                }
            }
        }
        cq_arena_reset(a);
    }
    cq_arena_free(a);
}

// Tokens made to make the search work: it gives up by count, and says what it has.
static void test_hostile(void **state)
{
    (void)state;
    static const char *const UNITS[] = {"a", "ae", "'", "-", "é", "rn", "aau", "\u00b7"};
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(UNITS); i++) {
        char token[241] = "";
        for (size_t n = strlen(UNITS[i]); n <= 240; n += strlen(UNITS[i])) {
            memcpy(token + n - strlen(UNITS[i]), UNITS[i], strlen(UNITS[i]));
            if (n % 8 >= strlen(UNITS[i])) continue;
            cq_suggestion s[MAX];
            assert_true(suggest(a, "'", token, MAX, s) <= MAX);
            cq_arena_reset(a);
        }
    }
    cq_arena_free(a);
}

static void test_no_inverted_form(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    cq_suggestion out[MAX];
    size_t n = suggest(a, "", "addresse", MAX, out);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) assert_false(cq_str_ends(out[i].text, cq_str_of("è")));
    cq_arena_free(a);
}

static void test_may_mean(void **state)
{
    static const struct {
        const char *why, *token;
        unsigned frequency;
        bool may;
    } rows[] = {
        {"a letter is missing", "simuation", 6, true},
        {"one too many", "précisemment", 6, true},
        {"another one", "numérigue", 6, true},
        {"two the wrong way round", "nuémrique", 6, true},
        {"the last is missing", "numériqu", 6, true},
        {"one at the end", "numériquee", 6, true},
        {"accents", "celibataire", CQ_FREQUENCY_NONE, true},
        {"a ligature of which a half is missing", "mananvre", 6, false},
        {"a ligature", "manoeuvre", CQ_FREQUENCY_NONE, true},
        {"a letter of a ligature is wrong", "manouuvre", 6, true},
        {"an apostrophe is missing", "lindustrie", 6, true},
        {"letters, where only accents count", "simuation", CQ_FREQUENCY_NONE, false},
        {"two edits", "simuatoin", 6, false},
        {"nothing is near", "dmitrii", 6, false},
    };
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(rows); i++) {
        cq_str token = cq_str_of(rows[i].token);
        if (cq_lexicon_may_mean(french, a, token, rows[i].frequency) != rows[i].may)
            fail_msg("%s: %s", rows[i].why, rows[i].token);
    }
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_suggestion), cmocka_unit_test(test_context),
        cmocka_unit_test(test_may_mean),         cmocka_unit_test(test_properties),
        cmocka_unit_test(test_hostile),          cmocka_unit_test(test_no_inverted_form),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
