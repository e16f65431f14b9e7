// English lemmas against WordNet as installed, and what is an English word.
#include "lexicon/english.h"
#include "passage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
// cmocka needs the headers above
#include <cmocka.h>

static const struct {
    const char *why, *form, *want; // "" where there is none; else every lemma
} ROWS[] = {
    {"a lemma", "silver", "silver/NOUN silver/VERB silver/ADJ"},
    {"regular plural", "shake-ups", "shake-up/NOUN"},
    {"plural in -ies", "companies", "company/NOUN company/VERB"},
    {"plural in -men", "chairmen", "chairman/NOUN"},
    {"exception list", "geese", "goose/NOUN"},
    {"exceptions of a verb", "ran", "run/VERB"},
    {"verb and noun", "shakes", "shake/NOUN shake/VERB"},
    {"e comes back", "developing", "develop/VERB developing/NOUN developing/ADJ"},
    {"doubled consonant", "unplugging", "unplug/VERB"},
    {"adjective", "strangest", "strange/ADJ"},
    {"boxes full", "boxesful", "boxful/NOUN"},
    {"ss is no plural", "glass", "glass/NOUN glass/VERB"},
    {"capitals fold", "Semiconductors", "semiconductor/NOUN"},
    {"several words", "silver linings", "silver_lining/NOUN"},
    {"pronoun", "him", "he/PRON"},
    {"contractions", "n't", "not/PART"},
    {"the two of 's", "'s", "'s/PART be/AUX"},
    {"curly apostrophe", "’re", "be/AUX"},
    {"first of the function words", "'d", "would/AUX"},
    {"last of the function words", "yourselves", "yourselves/PRON"},
    {"no rule cuts a function word", "his", "his/PRON"},
    {"unknown", "xqzzy", ""},
    {"nothing", "", ""},
    {"longer than any word",
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaas", ""},
};

static void test_lemmas(void **state)
{
    cq_english *e = *state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_english_lemma found[CQ_ENGLISH_LEMMAS_MAX];
        size_t n = cq_english_lemmas(e, a, cq_str_of(ROWS[i].form), found);
        char got[512] = "";
        for (size_t k = 0; k < n; k++) {
            size_t at = strlen(got);
            snprintf(got + at, sizeof got - at, "%s%.*s/%s", k ? " " : "",
                     CQ_PRI(found[k].lemma), cq_upos_name(found[k].upos));
        }
        // Every reading wanted is there, and none else.
        cq_str rest = cq_str_of(ROWS[i].want), one;
        size_t wanted = 0;
        bool all = true;
        while (rest.n && cq_str_split(&rest, ' ', &one)) {
            wanted++;
            all &= cq_str_find(cq_str_of(got), one) != SIZE_MAX;
        }
        if (!all || wanted != n) fail_msg("%s: got %s", ROWS[i].why, got);
    }
    cq_arena_free(a);
}

static void test_accepts(void **state)
{
    cq_english *e = *state;
    static const char *const WORDS[] = {"houses", "the", "semiconductors", "Obama",
                                        "won't"};
    for (size_t i = 0; i < CQ_COUNT(WORDS); i++) {
        if (!cq_english_accepts(e, cq_str_of(WORDS[i]))) fail_msg("%s", WORDS[i]);
    }
    static const char *const NONE[] = {"argentée", "xqzzy", ""};
    for (size_t i = 0; i < CQ_COUNT(NONE); i++) {
        if (cq_english_accepts(e, cq_str_of(NONE[i]))) fail_msg("%s", NONE[i]);
    }
}

static void test_missing_wordnet_is_named(void **state)
{
    (void)state;
    cq_err err = {0};
    assert_null(cq_english_open("/nonexistent", "", &err));
    assert_int_equal(err.code, CQ_EMISSING);
    assert_non_null(strstr(err.message, "wordnet-base"));
}

static const struct {
    const char *why, *in, *want;
} TOKENS[] = {
    {"negation", "I don't, can’t", "I|do|n't|,|ca|n’t"},
    {"clitics of verbs and nouns", "it's we've Apple’s they'd",
     "it|'s|we|'ve|Apple|’s|they|'d"},
    {"apostrophes inside stay", "o'clock rock'n'roll", "o'clock|rock'n'roll"},
    {"hyphens stay", "a well-known shake-up", "a|well-known|shake-up"},
    {"titles and initials", "Mr. J. R. Smith left. He", "Mr.|J.|R.|Smith|left|. / He"},
    {"acronyms", "in the U.S. economy. The", "in|the|U.S.|economy|. / The"},
    {"acronym at the end", "in the U.S. The end", "in|the|U.S. / The|end"},
    {"numbers", "1,200.50 the 21st, 1990s $5m", "1,200.50|the|21st|,|1990s|$|5m"},
    {"quotation", "“Go!” she said. “Now.”", "“|Go|!|”|she|said|. / “|Now|.|”"},
    {"addresses", "see bbc.co.uk/news.", "see|bbc.co.uk/news|."},
};

static void test_tokens(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(TOKENS); i++) {
        cq_passage p = passage_of(a, cq_str_of(TOKENS[i].in), cq_tokenize_en);
        const char *got = joined(a, &p, 0);
        if (strcmp(got, TOKENS[i].want) != 0) fail_msg("%s: got %s", TOKENS[i].why, got);
    }
    cq_arena_free(a);
}

static int open_english(void **state)
{
    cq_err err = {0};
    char text[1100];
    *state = cq_english_open(NULL, NULL, &err);
    if (!*state) fprintf(stderr, "%s\n", cq_err_text(&err, text, sizeof text));
    return *state ? 0 : -1;
}

static int close_english(void **state)
{
    cq_english_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lemmas),
        cmocka_unit_test(test_accepts),
        cmocka_unit_test(test_missing_wordnet_is_named),
        cmocka_unit_test(test_tokens),
    };
    return cmocka_run_group_tests(tests, open_english, close_english);
}
