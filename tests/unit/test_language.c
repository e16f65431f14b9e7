// Languages of headings, sentences and short articles; paragraphs left out of an article.
#include "text/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
// cmocka needs the headers above
#include <cmocka.h>

#include "base/file.h"
#include "readers/reader.h"
#include "text/language_words.h"

static const struct {
    const char *why, *text, *want;
} TEXTS[] = {
    {"a French heading", "La France aux urnes dès dimanche prochain", "fr"},
    {"a French sentence", "Le maire a promis que les travaux seraient finis.", "fr"},
    {"elision is French", "Qu’en dit l’opposition ? Elle n’y croit pas.", "fr"},
    {"capitals", "LES OUVRIERS SONT DANS LA RUE DEPUIS CE MATIN", "fr"},
    {"French with English names in it",
     "La sortie de « The Last of Us » sur Xbox a surpris tous les joueurs, qui n’en "
     "attendaient pas tant.",
     "fr"},
    {"an English heading", "What the new budget means for you", "en"},
    {"an English sentence", "The mayor said that the work would be finished soon.", "en"},
    {"English contractions", "It doesn’t matter, they’re with us and we’ve won.", "en"},
    {"a German heading", "Die neue Brücke wird erst im Herbst fertig", "de"},
    {"a German sentence", "Der Bürgermeister hat versprochen, dass es weitergeht.", "de"},
    {"a Spanish heading", "El alcalde y las obras del puente nuevo", "es"},
    {"a Spanish sentence", "¿Quién pagará las obras? El ayuntamiento dice que no.", "es"},
    {"an Italian heading", "Il sindaco della città non parla più", "it"},
    {"an Italian sentence", "Gli operai sono tornati nelle strade dopo tre anni.", "it"},
    {"a Portuguese heading", "As obras da ponte não têm data para acabar", "pt"},
    {"a Portuguese sentence", "O presidente da câmara disse que ainda não há solução.",
     "pt"},
    {"a Dutch heading", "De brug wordt pas in het voorjaar geopend", "nl"},
    {"a Dutch sentence", "De burgemeester heeft beloofd dat het werk wordt hervat.",
     "nl"},
    {"a Catalan heading", "L’alcaldessa i les obres del pont amb els veïns", "ca"},
    {"a Catalan sentence", "Els treballs encara no han començat, però tot és a punt.",
     "ca"},
    {"Russian is in other letters", "Мэр обещал, что работы скоро закончатся", "xx"},
    {"Greek too", "Ο δήμαρχος υποσχέθηκε ότι τα έργα θα τελειώσουν", "xx"},
    {"Japanese too", "市長は工事がまもなく終わると約束した", "xx"},
    {"Arabic too", "وعد رئيس البلدية بانتهاء الأشغال", "xx"},
    {"one word could be of any language", "Information", ""},
    {"names are of no language", "Sony Nintendo Microsoft", ""},
    {"numbers are of no language", "12 345 - 67,8 % (2024)", ""},
    {"nothing", "", ""},
};

static void test_identify(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(TEXTS); i++) {
        cq_language got = cq_language_identify(cq_str_of(TEXTS[i].text));
        if (strcmp(got.code, TEXTS[i].want) != 0)
            fail_msg("%s: %s, got '%s' by %u", TEXTS[i].why, TEXTS[i].text, got.code,
                     got.lead);
    }
}

#define FRENCH                                                                           \
    "La commune a rouvert sa piscine après deux ans de travaux. Les habitants y "       \
    "reviennent déjà, et la mairie espère qu’ils seront plus nombreux cet été."

static const struct {
    const char *why, *text;
    bool french;
    const char *language;
    unsigned left_out; // blocks
} DOCUMENTS[] = {
    {"an article", FRENCH "\n\n" FRENCH "\n", true, "fr", 0},
    {"a heading that says nothing", "Nintendo\n\n" FRENCH "\n", true, "fr", 0},
    {"an English paragraph is left out",
     FRENCH "\n\nThe pool has been closed for two years, and the people of the town are "
            "glad that it is open again.\n\n" FRENCH "\n",
     true, "fr", 1},
    {"an English title within a sentence stays",
     FRENCH "\n\nSon film « The Man Who Would Be King » est ressorti.\n", true, "fr", 0},
    {"a quotation with its translation stays",
     FRENCH "\n\n« We are not going to do it », a dit le maire, ce qui veut dire que "
            "la ville n’en fera rien pour le moment.\n",
     true, "fr", 0},
    {"a Russian paragraph is left out",
     FRENCH "\n\nБассейн снова открыт после двух лет ремонта.\n", true, "fr", 1},
    {"an English article",
     "The pool has been closed for two years.\n\nThe people of the town are glad that it "
     "is open again.\n",
     false, "en", 0},
    {"an English article with a French sentence",
     "The pool has been closed for two years, and nobody knew what would become of it "
     "when the mayor left. The people of the town are glad that it is open again, and "
     "some of them have been waiting at the door since seven in the morning.\n\n"
     "« Nous avons gagné », dit-il.\n",
     false, "en", 0},
    {"a language that we do not know",
     "Uimahalli on ollut suljettuna kaksi vuotta. Kaupungin asukkaat iloitsevat, koska "
     "ovet avattiin jälleen maanantaina. Kaupunginjohtaja lupasi, että korjaukset "
     "valmistuvat ajoissa, mutta rahoitus puuttui pitkään. Nyt altaassa ui joka päivä "
     "satoja ihmisiä. Lipun hinta nousee hieman, mutta lapset pääsevät sisään "
     "ilmaiseksi. Seuraavaksi korjataan kirjasto, jonka katto vuotaa. Valtuusto "
     "päättää asiasta syksyllä, kunhan laskelmat valmistuvat ja urakoitsija löytyy.\n",
     false, "xx", 0},
    {"too little to tell is not refused", "Nintendo, Sony\n", true, "", 0},
    {"nothing is not refused", "", true, "", 0},
};

static void test_mark(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(DOCUMENTS); i++) {
        cq_arena_reset(a);
        cq_err err = {0};
        cq_document *d = cq_read(a, cq_str_of(DOCUMENTS[i].text), "a.txt", NULL, &err);
        assert_non_null(d);
        bool french = cq_language_mark(d, "fr");
        unsigned left_out = 0;
        for (size_t k = 0; k < d->blocks.n; k++)
            left_out += d->blocks.v[k].skip == CQ_SKIP_LANGUAGE;
        if (french != DOCUMENTS[i].french ||
            strcmp(d->language, DOCUMENTS[i].language) != 0 ||
            left_out != DOCUMENTS[i].left_out || d->skipped.n != left_out)
            fail_msg("%s: french %d, language '%s', %u blocks left out", DOCUMENTS[i].why,
                     french, d->language, left_out);
    }
    cq_arena_free(a);
}

static void test_words_are_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < CQ_COUNT(WORDS); i++) {
        if (strcmp(WORDS[i - 1].word, WORDS[i].word) >= 0)
            fail_msg("%s before %s", WORDS[i - 1].word, WORDS[i].word);
    }
}

static void test_count(void **state)
{
    (void)state;
    cq_word_counts menu = cq_language_count(cq_str_of("Accueil Sport Culture Contact"));
    assert_int_equal(menu.words, 4);
    assert_int_equal(menu.function_words, 0);
    cq_word_counts text = cq_language_count(cq_str_of("Il l’a vue dans la rue"));
    assert_int_equal(text.words, 7);
    assert_int_equal(text.function_words, 5); // il l’ a dans la
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identify),
        cmocka_unit_test(test_mark),
        cmocka_unit_test(test_words_are_sorted),
        cmocka_unit_test(test_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
