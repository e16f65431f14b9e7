// The bilingual lexicon, and which words of two sentences are linked by it.
#include "base/buf.h"
#include "lexicon/bilingual.h"
#include "lexicon/tagger.h"
#include "passage.h"
#include "source/wordlinks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define FIGURES TEST_SOURCE_DIR "/dictionaries/en-fr/renderings.tsv"

static cq_english *english;
static cq_lexicon *french;
static cq_tagger *tagger;
static cq_bilingual *bilingual;

static int set_up(void **state)
{
    (void)state;
    cq_err err = {0};
    cq_lexicon_options o = {.dictionary = "fr",
                            .extra = TEST_SOURCE_DIR "/dictionaries/fr"};
    const char *model = TEST_SOURCE_DIR "/dictionaries/fr/tagger.model";
    english = cq_english_open(NULL, "", &err);
    french = cq_lexicon_open(&o, &err);
    tagger = french ? cq_tagger_open(model, french, &err) : NULL;
    bilingual = cq_bilingual_open(FIGURES, NULL, "", &err);
    if (!english || !tagger || !bilingual) fail_msg("%s", err.message);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    cq_bilingual_free(bilingual);
    cq_tagger_free(tagger);
    cq_lexicon_free(french);
    cq_english_free(english);
    return 0;
}

// ---- the lexicon

static const cq_rendering *known(const cq_bilingual *b, const char *en, const char *fr)
{
    uint32_t e = cq_bilingual_english(b, cq_str_of(en));
    return cq_bilingual_pair(b, e, cq_bilingual_french(b, cq_str_of(fr)));
}

static void test_lexicon(void **state)
{
    (void)state;
    assert_null(cq_bilingual_missing(bilingual));
    const cq_rendering *r = known(bilingual, "water", "eau");
    assert_non_null(r);
    assert_true(r->human > 0 && r->there > 0.5f && r->dictionaries == 3);
    assert_null(known(bilingual, "water", "feu"));
    assert_null(known(bilingual, "", "eau"));
    assert_null(known(bilingual, "xyzzy", "eau"));
    assert_non_null(known(bilingual, "quarrel", "disputer")); // "se disputer" there
    const uint32_t *of;
    size_t n = cq_bilingual_of_french(
        bilingual, cq_bilingual_french(bilingual, cq_str_of("eau")), &of);
    assert_true(n > 0);
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        uint32_t e = cq_bilingual_at(bilingual, of[i])->english;
        found = found || cq_str_is(cq_bilingual_english_word(bilingual, e), "water");
    }
    assert_true(found);
    assert_null(cq_bilingual_at(bilingual, UINT32_MAX));
}

static void test_without_dictionaries(void **state)
{
    (void)state;
    cq_err err = {0};
    cq_bilingual *b = cq_bilingual_open(FIGURES, "/nowhere", "", &err);
    assert_non_null(b);
    assert_string_equal(cq_bilingual_missing(b), "dict-freedict-eng-fra");
    const cq_rendering *r = known(b, "water", "eau");
    assert_true(r && r->dictionaries == 0);
    cq_bilingual_free(b);
    assert_null(cq_bilingual_open("/nowhere/renderings.tsv", NULL, "", &err));
    assert_int_equal(err.code, CQ_EIO);
}

// ---- links

// Words that render each other, "English=French"; of a word that stands there twice the
// second is written with a 2 behind it.
static const struct {
    const char *source, *target, *links;
} PAIRS[] = {
    {"The mayor opened the new bridge on Monday.",
     "Le maire a inauguré le nouveau pont lundi.",
     "mayor=maire opened=inauguré new=nouveau bridge=pont Monday=lundi"},
    {"Two fishermen found the old boat near the harbour.",
     "Deux pêcheurs ont trouvé le vieux bateau près du port.",
     "Two=Deux fishermen=pêcheurs found=trouvé old=vieux boat=bateau harbour=port"},
    {"Click the red button to close the window.",
     "Cliquez sur le bouton rouge pour fermer la fenêtre.",
     "Click=Cliquez red=rouge button=bouton close=fermer window=fenêtre"},
    {"The company lost 40 percent of its customers last year.",
     "L’entreprise a perdu 40 pour cent de ses clients l’année dernière.",
     "company=entreprise lost=perdu 40=40 percent=cent customers=clients last=dernière "
     "year=année"},
    {"Doctors say the drug is safe for children.",
     "Les médecins disent que le médicament est sûr pour les enfants.",
     "Doctors=médecins say=disent drug=médicament safe=sûr children=enfants"},
    {"The court rejected the appeal of the former minister.",
     "Le tribunal a rejeté l’appel de l’ancien ministre.",
     "court=tribunal rejected=rejeté appeal=appel former=ancien minister=ministre"},
    {"Select the file that you want to copy to the server.",
     "Sélectionnez le fichier que vous voulez copier sur le serveur.",
     "Select=Sélectionnez file=fichier want=voulez copy=copier server=serveur"},
    {"Heavy rain flooded the streets of Lyon on Saturday night.",
     "De fortes pluies ont inondé les rues de Lyon samedi soir.",
     "Heavy=fortes rain=pluies flooded=inondé streets=rues Lyon=Lyon Saturday=samedi "
     "night=soir"},
    {"The fans of the club sang for an hour.",
     "Les supporters du club ont chanté pendant une heure.",
     "fans=supporters club=club sang=chanté hour=heure"},
    {"Her brother works in a small bakery in Bristol.",
     "Son frère travaille dans une petite boulangerie à Bristol.",
     "brother=frère works=travaille small=petite bakery=boulangerie Bristol=Bristol"},
    {"Prices rose by 3.5% in March.", "Les prix ont augmenté de 3,5 % en mars.",
     "Prices=prix rose=augmenté March=mars"},
    {"The headset shows the hologram in front of the user.",
     "Le casque affiche l’hologramme devant l’utilisateur.",
     "headset=casque shows=affiche hologram=hologramme user=utilisateur"},
    {"Nobody knows why the bees disappeared.",
     "Personne ne sait pourquoi les abeilles ont disparu.",
     "knows=sait bees=abeilles disappeared=disparu why=pourquoi"},
    {"The president will meet farmers and teachers tomorrow.",
     "Le président rencontrera demain des agriculteurs et des enseignants.",
     "president=président meet=rencontrera farmers=agriculteurs teachers=enseignants "
     "tomorrow=demain"},
    {"Save your changes before you restart the application.",
     "Enregistrez vos modifications avant de redémarrer l’application.",
     "Save=Enregistrez changes=modifications restart=redémarrer application=application"},
    {"The museum bought three paintings by young artists.",
     "Le musée a acheté trois tableaux de jeunes artistes.",
     "museum=musée bought=acheté three=trois paintings=tableaux young=jeunes "
     "artists=artistes"},
    {"Thousands of workers left the country during the war.",
     "Des milliers de travailleurs ont quitté le pays pendant la guerre.",
     "Thousands=milliers workers=travailleurs left=quitté country=pays war=guerre"},
    {"The new law protects the rights of prisoners.",
     "La nouvelle loi protège les droits des prisonniers.",
     "new=nouvelle law=loi protects=protège rights=droits prisoners=prisonniers"},
    {"A black cat slept under the kitchen table.",
     "Un chat noir dormait sous la table de la cuisine.",
     "black=noir cat=chat slept=dormait kitchen=cuisine table=table"},
    {"You can change the size of the text in the settings.",
     "Vous pouvez modifier la taille du texte dans les paramètres.",
     "change=modifier size=taille text=texte settings=paramètres"},
    {"The coach praised the young goalkeeper after the match.",
     "L’entraîneur a félicité le jeune gardien après le match.",
     "coach=entraîneur praised=félicité young=jeune goalkeeper=gardien match=match"},
    {"Scientists discovered water under the surface of the planet.",
     "Des scientifiques ont découvert de l’eau sous la surface de la planète.",
     "Scientists=scientifiques discovered=découvert water=eau surface=surface "
     "planet=planète"},
    {"The banks refused to lend money to small firms.",
     "Les banques ont refusé de prêter de l’argent aux petites entreprises.",
     "banks=banques refused=refusé lend=prêter money=argent small=petites "
     "firms=entreprises"},
    {"Install the package on every computer of the network.",
     "Installez le paquet sur chaque ordinateur du réseau.",
     "Install=Installez package=paquet computer=ordinateur network=réseau"},
    {"The soldiers crossed the frozen river at dawn.",
     "Les soldats ont traversé la rivière gelée à l’aube.",
     "soldiers=soldats crossed=traversé frozen=gelée river=rivière dawn=aube"},
    {"Many readers wrote to the editor of the newspaper.",
     "De nombreux lecteurs ont écrit au rédacteur en chef du journal.",
     "Many=nombreux readers=lecteurs wrote=écrit editor=rédacteur newspaper=journal"},
    {"The strike stopped trains and buses in the capital.",
     "La grève a arrêté les trains et les bus dans la capitale.",
     "strike=grève stopped=arrêté trains=trains buses=bus capital=capitale"},
    {"Drag the red cube to the blue cube.",
     "Faites glisser le cube rouge vers le cube bleu.",
     "Drag=glisser red=rouge cube=cube blue=bleu cube2=cube2"},
    {"The old man told the old story again.",
     "Le vieil homme a raconté encore la vieille histoire.",
     "old=vieil man=homme told=raconté old2=vieille story=histoire again=encore"},
    {"European leaders discussed the budget in Brussels.",
     "Les dirigeants européens ont discuté du budget à Bruxelles.",
     "European=européens leaders=dirigeants discussed=discuté budget=budget "
     "Brussels=Bruxelles"},
    {"The police arrested a man who threatened the driver.",
     "La police a arrêté un homme qui menaçait le conducteur.",
     "police=police arrested=arrêté man=homme threatened=menaçait driver=conducteur"},
    {"Open the menu, choose a colour and press the green key.",
     "Ouvrez le menu, choisissez une couleur et appuyez sur la touche verte.",
     "Open=Ouvrez menu=menu choose=choisissez colour=couleur press=appuyez green=verte "
     "key=touche"},
    {"The cost of the project doubled in ten years.",
     "Le coût du projet a doublé en dix ans.",
     "cost=coût project=projet doubled=doublé ten=dix years=ans"},
    {"Her lawyer said the accusations were false.",
     "Son avocat a déclaré que les accusations étaient fausses.",
     "lawyer=avocat said=déclaré accusations=accusations false=fausses"},
    {"Snow covered the roofs of the village.",
     "La neige recouvrait les toits du village.",
     "Snow=neige covered=recouvrait roofs=toits village=village"},
    {"The camera records the position of your hands.",
     "La caméra enregistre la position de vos mains.",
     "camera=caméra records=enregistre position=position hands=mains"},
    {"Unemployment fell for the third month in a row.",
     "Le chômage a baissé pour le troisième mois consécutif.",
     "Unemployment=chômage fell=baissé third=troisième month=mois row=consécutif"},
    {"He sold his house and bought a farm in Spain.",
     "Il a vendu sa maison et acheté une ferme en Espagne.",
     "sold=vendu house=maison bought=acheté farm=ferme Spain=Espagne"},
    {"The report criticises the weakness of the safety rules.",
     "Le rapport critique la faiblesse des règles de sécurité.",
     "report=rapport criticises=critique weakness=faiblesse safety=sécurité "
     "rules=règles"},
    {"Young voters prefer the green party.",
     "Les jeunes électeurs préfèrent le parti vert.",
     "Young=jeunes voters=électeurs prefer=préfèrent green=vert party=parti"},
};

// The token that is written so ("cube2" is the second cube).
static uint32_t find_token(const cq_passage *p, cq_str word)
{
    bool second = word.n > 1 && word.p[word.n - 1] == '2' && !cq_is_digit(word.p[0]);
    unsigned skip = second;
    if (second) word.n--;
    for (uint32_t i = 0; i < p->n; i++) {
        if (cq_str_eq(cq_token_text(p, i), word) && !skip--) return i;
    }
    fail_msg("no token %.*s", CQ_PRI(word));
    return 0;
}

typedef struct {
    unsigned right, given, wanted, right_sure, sure;
} tally;

static void measure_pair(cq_arena *a, size_t k, tally *t)
{
    cq_passage p = passage_of(a, cq_str_of(PAIRS[k].target), cq_tokenize_fr);
    cq_tag(tagger, NULL, &p);
    cq_pair *pair = cq_pair_of_text(a, cq_str_of(PAIRS[k].source), p.doc, english);
    cq_linker *l = cq_linker_new(a, pair, bilingual, french);
    const cq_word_links *w = cq_link_words(l, a, &p, 0);
    assert_non_null(w);
    uint32_t *wanted = CQ_NEWN(a, uint32_t, pair->english.n);
    cq_str rest = cq_str_of(PAIRS[k].links), one, en;
    while (cq_str_split(&rest, ' ', &one)) {
        cq_str_split(&one, '=', &en);
        wanted[find_token(&pair->english, en)] = find_token(&p, one) + 1;
        t->wanted++;
    }
    for (uint32_t i = 0; i < pair->english.n; i++) {
        cq_word_link link = cq_link_of(w, CQ_SIDE_SOURCE, i);
        bool right = link.other != CQ_NO_LINK && wanted[i] == link.other + 1;
        if (link.other != CQ_NO_LINK) {
            assert_int_equal(cq_link_of(w, CQ_SIDE_TARGET, link.other).other, i);
            bool sure = link.confidence >= CQ_LINK_SURE;
            t->given++;
            t->right += right;
            t->sure += sure;
            t->right_sure += right && sure;
        }
        bool wrong = link.other != CQ_NO_LINK && !right;
        if (getenv("CALQUE_SHOW_LINKS") && (wrong || (wanted[i] && !right)))
            print_message("%s: %.*s is %.*s (%.2f%s)\n", PAIRS[k].source,
                          CQ_PRI(cq_token_text(&pair->english, i)),
                          link.other == CQ_NO_LINK ? 0
                                                   : (int)cq_token_text(&p, link.other).n,
                          link.other == CQ_NO_LINK ? "" : cq_token_text(&p, link.other).p,
                          link.confidence, link.slot ? " slot" : "");
    }
}

static void test_links(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    tally t = {0};
    for (size_t k = 0; k < CQ_COUNT(PAIRS); k++) measure_pair(a, k, &t);
    double precision = 100.0 * t.right / t.given, recall = 100.0 * t.right / t.wanted;
    double sure = 100.0 * t.right_sure / t.sure, reach = 100.0 * t.right_sure / t.wanted;
    print_message("all links: precision %.1f, recall %.1f; sure ones: %.1f, %.1f\n",
                  precision, recall, sure, reach);
    assert_true(precision >= 90 && recall >= 90);
    assert_true(sure >= 97 && reach >= 75);
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lexicon),
        cmocka_unit_test(test_without_dictionaries),
        cmocka_unit_test(test_links),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
