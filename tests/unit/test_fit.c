// Suggestions fitted to their place: the sentence after the fix, by table.
#include "rules/fit.h"

#include "lexicon/tagger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct {
    cq_lexicon *lexicon;
    cq_tagger *tagger;
} fixture;

static int set_up(void **state)
{
    static fixture f;
    cq_err err = {0};
    cq_lexicon_options o = {.dictionary = "fr",
                            .extra = TEST_SOURCE_DIR "/dictionaries/fr"};
    f.lexicon = cq_lexicon_open(&o, &err);
    if (!f.lexicon) fail_msg("%s", err.message);
    f.tagger =
        cq_tagger_open(TEST_SOURCE_DIR "/dictionaries/fr/tagger.model", f.lexicon, &err);
    if (!f.tagger) fail_msg("%s", err.message);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    cq_tagger_free(f->tagger);
    cq_lexicon_free(f->lexicon);
    return 0;
}

// What [brackets] hold is replaced; its first word is the head. LOOSE: it was not fitted.
static const struct {
    const char *why, *in, *suggestion, *want;
} ROWS[] = {
    {"a participle as adjective, after its adverb", "La route est [fermée solide].",
     "entièrement bloqué", "La route est entièrement bloquée."},
    {"être and participle in the plural", "Ils [font face à des charges].",
     "être poursuivi", "Ils sont poursuivis."},
    {"determiner follows the new gender", "On y voit une [doublure argentée].",
     "bon côté", "On y voit un bon côté."},
    {"a name is not inflected", "Ouvrez le [portail des périphériques].",
     "Windows Device Portal", "Ouvrez le Windows Device Portal."},
    {"a name takes no feminine article", "Ouvrez la [boîte mixte].",
     "Mixed Reality Toolkit", "LOOSE"},
    {"no elision before a name, and a contraction", "La page de l’[Explorateur solide].",
     "Galaxy Explorer", "La page du Galaxy Explorer."},
    {"a contraction within", "Il est [content le résultat].", "satisfait de le résultat",
     "Il est satisfait du résultat."},
    {"none before an infinitive", "Il est [content le dire].", "heureux de le dire",
     "Il est heureux de le dire."},
    {"a noun that describes", "Ils restent [provocateurs].", "inflexible",
     "Ils restent inflexibles."},
    {"the same gender needs nothing", "On y voit une [doublure argentée].",
     "lueur d’espoir", "On y voit une lueur d’espoir."},
    {"plural", "On y voit des [doublures argentées].", "bon côté",
     "On y voit des bons côtés."},
    {"complements keep their number", "On y voit des [doublures argentées].",
     "lueur d’espoir", "On y voit des lueurs d’espoir."},
    {"article and preposition contract", "Le prix de la [chose argentée] monte.",
     "bon côté", "Le prix du bon côté monte."},
    {"à and le", "Il pense à la [chose argentée] du plan.", "bon côté",
     "Il pense au bon côté du plan."},
    {"a lone contraction keeps its article", "Il est fier [au] père.", "de",
     "Il est fier du père."},
    {"its plural, too", "La ville tient [aux] aides.", "de", "La ville tient des aides."},
    {"du before a feminine", "Le sens du [chemin] reste.", "route",
     "Le sens de la route reste."},
    {"du before a vowel", "Le sens du [chemin] reste.", "avenir",
     "Le sens de l’avenir reste."},
    {"l’ is written out", "Cela aide l’[ouvrier].", "patron", "Cela aide le patron."},
    {"l’ is written out in the feminine", "Cela aide l’[ouvrier].", "direction",
     "Cela aide la direction."},
    {"le elides", "Voici le [patron].", "ouvrier", "Voici l’ouvrier."},
    {"ce before a vowel", "Voici ce [patron].", "ouvrier", "Voici cet ouvrier."},
    {"ma before a vowel", "Voici ma [maison].", "entreprise", "Voici mon entreprise."},
    {"an adjective before agrees", "C’est une grande [doublure].", "avantage",
     "C’est un grand avantage."},
    {"an adjective after agrees", "C’est une [doublure] importante.", "avantage",
     "C’est un avantage important."},
    {"d’ is written out", "Un manque d’[idées].", "moyens", "Un manque de moyens."},
    {"de elides", "Un manque de [moyens].", "idées", "Un manque d’idées."},
    {"infinitive stays", "Il faut [couper un accord].", "conclure un accord",
     "Il faut conclure un accord."},
    {"finite verb takes tense and person", "Ils [coupent un accord].",
     "conclure un accord", "Ils concluent un accord."},
    {"past participle", "Ils ont [coupé un accord].", "conclure un accord",
     "Ils ont conclu un accord."},
    {"imperfect", "Elle [coupait la chasse].", "aller droit au but",
     "Elle allait droit au but."},
    {"first person", "Je [coupe un accord].", "conclure un accord",
     "Je conclus un accord."},
    {"pronominal, first person", "Nous [allons en grève].", "se mettre en grève",
     "Nous nous mettons en grève."},
    {"pronominal", "Les infirmières [vont sur la grève] lundi.", "se mettre en grève",
     "Les infirmières se mettent en grève lundi."},
    {"pronominal participle has another auxiliary", "Ils sont [allés sur la grève].",
     "se mettre en grève", "LOOSE"},
    {"contracts with the article behind", "Cela va [impacter] les résultats.", "nuire à",
     "Cela va nuire aux résultats."},
    {"and with le", "Il va [participer dans] le sommet.", "participer à",
     "Il va participer au sommet."},
    {"the article in aux stays", "Il faut [écouter aux] gens.", "écouter",
     "Il faut écouter les gens."},
    {"elides before what is behind", "Il veut [sauver] une ville.", "s’occuper de",
     "Il veut s’occuper d’une ville."},
    {"another article stays out", "Il va [impacter] les résultats.", "changer",
     "Il va changer les résultats."},
    {"an adjective of both genders agrees with its noun", "Voici une course [proche].",
     "serré", "Voici une course serrée."},
    {"words that an adjective replaces agree with the noun before",
     "Voici d’autres outils [de prise en charge].", "compatible",
     "Voici d’autres outils compatibles."},
    {"before its noun", "Une [large] quantité reste.", "grand",
     "Une grande quantité reste."},
    {"a noun is no verb", "Voici la [chose].", "conclure un accord", "LOOSE"},
    {"a verb is no noun", "Ils [coupent].", "accord", "LOOSE"},
    {"an adjective for a noun", "Voici une [tenue casuelle].", "décontracté", "LOOSE"},
    {"adjectives agree", "Voici une tenue [casuelle].", "décontracté",
     "Voici une tenue décontractée."},
    {"the capital of a sentence", "[Casuellement], il part.", "sans façon",
     "Sans façon, il part."},
    {"a plural noun for a singular one", "Voici un [agenda].", "intentions", "LOOSE"},
    {"a noun of two genders keeps its own determiner", "Une [vague de crime] inquiète.",
     "vague de criminalité", "Une vague de criminalité inquiète."},
    {"another noun of two genders is not sure", "Chacun veut un [morceau de tarte].",
     "part du gâteau", "LOOSE"},
    {"an adjective says which of two nouns it is", "Il craint un [arrêt prématuré].",
     "fin prématurée", "Il craint une fin prématurée."},
    {"the determiner says how many", "Le [fonds de frappe] est vide.", "caisse de grève",
     "La caisse de grève est vide."},
    {"an article covered at the end", "Il veut [grêler la] décision.", "saluer",
     "Il veut saluer la décision."},
    {"an article covered in a contraction", "La [colère au-dessus du] verdict grandit.",
     "colère à propos de", "La colère à propos du verdict grandit."},
    {"a participle behind a noun agrees", "C’est un [chiffre religieux] respecté.",
     "figure religieuse", "C’est une figure religieuse respectée."},
    {"an article of its own", "Il a un [os à cueillir].", "un compte à régler",
     "Il a un compte à régler."},
    {"an article of its own behind a contraction", "Il rit des [poulets].", "la volaille",
     "LOOSE"},
    {"a reflexive of its own", "Il finit par s’[écraser].", "se casser",
     "Il finit par se casser."},
    {"a noun behind its adjective", "Le salon attire les [gros noms].", "grand nom",
     "Le salon attire les grands noms."},
    {"de grands dépenseurs", "Il vise de [grands noms].", "vedette", "LOOSE"},
    {"a noun that could be an adjective", "Elle loue le [fabricant].",
     "constructeur automobile", "Elle loue le constructeur automobile."},
    {"the predicate agrees", "La [grille nationale] n’est pas saturée.",
     "réseau électrique", "Le réseau électrique n’est pas saturé."},
    {"the predicate behind a complement", "L’[éclaboussure] de la sonde est prévue.",
     "amerrissage", "L’amerrissage de la sonde est prévu."},
    {"a predicate agrees with its subject", "Une hausse est [sur les cartes].", "prévu",
     "Une hausse est prévue."},
    {"a subject that is not known", "Une hausse d’impôts est [sur les cartes].", "prévu",
     "LOOSE"},
    {"the only verb is finite", "L’usine [fait face à] la fermeture.", "affronter",
     "L’usine affronte la fermeture."},
    {"que elides", "Il suit un homme [comme] il traverse le désert.", "alors que",
     "Il suit un homme alors qu’il traverse le désert."},
    {"plus stays before its adjective", "C’est le plus gros [ordre].", "commande",
     "C’est la plus grosse commande."},
    {"an adverb before an adjective", "Une peur [profondément assise].",
     "profondément enraciné", "Une peur profondément enracinée."},
    {"a present participle does not agree", "Il critique l’approche [de] les punir.",
     "consistant à", "Il critique l’approche consistant à les punir."},
    {"a predicate that says no gender", "Ces craintes sont [valides].", "fondé",
     "Ces craintes sont fondées."},
    {"typewriter apostrophes count", "Cela aide l'[ouvrier].", "patron",
     "Cela aide le patron."},
};

static cq_document document_of(cq_arena *a, cq_str text)
{
    cq_document d = {.arena = a, .source = text, .format = "text", .encoding = "utf-8"};
    cq_builder b;
    cq_builder_init(&b, &d);
    cq_builder_open(&b, CQ_BLOCK_PARAGRAPH, 0);
    cq_builder_verbatim(&b, 0, (uint32_t)text.n);
    cq_builder_close(&b);
    cq_builder_finish(&b);
    return d;
}

static cq_str fixed(cq_arena *a, const fixture *f, const char *in, const char *suggestion)
{
    cq_str s = cq_str_of(in);
    size_t open = cq_str_find(s, cq_str_of("[")), close = cq_str_find(s, cq_str_of("]"));
    cq_str text = cq_strf(a, "%.*s%.*s%s", (int)open, in, (int)(close - open - 1),
                          in + open + 1, in + close + 1);
    cq_document d = document_of(a, text);
    cq_passage p;
    cq_tokenize_fr(a, &d, 0, d.blocks.n, &p);
    cq_tag(f->tagger, NULL, &p);
    cq_fit_place at = {.whole = true};
    while (p.tokens[at.first].start < open) at.first++;
    at.last = at.first;
    while (at.last < p.n && p.tokens[at.last].end <= close - 1) at.last++;
    at.head = at.first;
    cq_fitted got = cq_fit(a, f->lexicon, &p, &at, cq_str_of(suggestion));
    if (got.loose) return cq_str_of("LOOSE");
    return cq_strf(a, "%.*s%.*s%.*s", (int)got.start, text.p, CQ_PRI(got.text),
                   (int)(text.n - got.end), text.p + got.end);
}

static void test_fit(void **state)
{
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_str got = fixed(a, *state, ROWS[i].in, ROWS[i].suggestion);
        if (!cq_str_is(got, ROWS[i].want))
            fail_msg("%s: got %.*s, not %s", ROWS[i].why, CQ_PRI(got), ROWS[i].want);
    }
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fit)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
