// The rule languages as a pack's author meets them: a rule, a text, what is found in it.
// Production by production of rules/README.md.
#include "rules_fixture.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static rules_fixture fixture;

static int set_up(void **state)
{
    cq_err err = {0};
    if (!rules_fixture_open(&fixture, &err)) fail_msg("%s", err.message);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state) { return rules_fixture_close(*state); }

typedef struct {
    const char *why, *rule;
    const char *in; // the findings are marked: "une [doublure argentée]"
} row;

static const char *unmarked(rules_fixture *f, const char *in)
{
    char *out = cq_alloc(f->a, strlen(in) + 1), *to = out;
    for (; *in; in++) {
        if (*in != '[' && *in != ']') *to++ = *in;
    }
    *to = '\0';
    return out;
}

static void check_rows(rules_fixture *f, const row *rows, size_t n,
                       const cq_scan_options *o)
{
    for (size_t i = 0; i < n; i++) {
        cq_rules *r = rules_of(f, rows[i].rule);
        if (cq_rules_problems(r)) {
            fail_msg("%s: %s", rows[i].why, cq_rules_problem(r, 0)->message);
        }
        const char *got = rules_marked(f, r, unmarked(f, rows[i].in), o);
        if (strcmp(got, rows[i].in) != 0) {
            fail_msg("%s\n  want %s\n  got  %s", rows[i].why, rows[i].in, got);
        }
        cq_rules_free(r);
        cq_arena_reset(f->a);
    }
}
#define CHECK_ROWS(rows, options) check_rows(*state, rows, CQ_COUNT(rows), options)

#define P(text) "\"phrase\": \"" text "\""
#define T(text) "\"tokens\": \"" text "\""

static void test_words(void **state)
{
    static const row ROWS[] = {
        {"as written", P("doublure argentée"), "Une [doublure argentée] brille."},
        {"inflected", P("doublure argentée"), "Des [doublures argentées] brillent."},
        {"a participle is no infinitive", P("doublure argentée"),
         "La doublure argentait tout."},
        {"a present participle is no past one", P("changeant DET règle"),
         "Il a changé la règle en [changeant les règles]."},
        {"a lemma is not another lemma's form", P("porte ouvert"),
         "Une [porte ouverte] ; il porte ouvertement, il portait ouvert."},
        {"a form stands for its lemma", P("prend place"),
         "Ils [prirent place] et "
         "[prennent place]."},
        {"capital at the start", P("doublure argentée"), "[Doublure argentée]."},
        {"capitals", P("doublure argentée"), "UNE [DOUBLURE ARGENTÉE] BRILLE."},
        {"a name", P("maison blanc"), "À la [Maison Blanche]."},
        {"not across sentences", P("doublure argenté"), "La doublure. Argentée, oui."},
        {"not across blocks", P("doublure argenté"), "la doublure\nargentée ou non"},
        {"the lemma of an auxiliary", P("est haut temps"), "Il [était haut temps]."},
        {"elided, apart", P("siffleur d' alerte"), "Un [siffleur d’alerte]."},
        {"elided, together", P("siffleur d’alerte"), "Un [siffleur d'alerte]."},
        {"elided, as the whole word", P("siffleur de alerte"), "[Siffleurs d’alertes]."},
        {"le is also l’", P("le eau lourd"), "Voici [l’eau lourde]."},
        {"each match by itself", P("mauvais herbe"),
         "[Mauvaise herbe] et [mauvaises herbes]."},
        {"a hyphenated word is one", P("grand rendez-vous"), "Un [grand rendez-vous]."},
        {"two words that begin alike", P("chaud pomme pomme"),
         "Une chaude pomme, une [chaude pomme pomme]."},
    };
    CHECK_ROWS(ROWS, NULL);
}

static void test_contractions(void **state)
{
    static const row ROWS[] = {
        {"de is in du", P("changeur de jeu"), "Un [changeur du jeu]."},
        {"de is in des", P("changeur de jeu"), "Un [changeur des jeux]."},
        {"de and article are in du", P("changeur de DET jeu"), "Un [changeur du jeu]."},
        {"de and article apart", P("changeur de DET jeu"), "Un [changeur de ce jeu]."},
        {"de without article", P("changeur de DET? jeu"), "Un [changeur de jeu]."},
        {"no article, none wanted", P("changeur de DET jeu"), "Un changeur de jeu."},
        {"du is also an article", P("faire DET sens"), "Cela [fait du sens]."},
        {"au is no article", P("crier DET loup"), "Il crie au loup, il [crie le loup]."},
        {"à is in aux", P("crier à loup"), "Ils [crient aux loups]."},
        {"de and le as words", P("prix de le pain"), "Le [prix du pain]."},
        {"à and les as words", P("penser à les autre"), "Il [pense aux autres]."},
        {"first in the phrase", P("de DET jeu nouveau"), "Il sort [du jeu nouveau]."},
        {"exactly du", P("faire =du sens"), "[Faire du sens], faire des sens."},
        {"exactly de", P("changeur =de jeu"), "Changeur du jeu, [changeur de jeu]."},
    };
    CHECK_ROWS(ROWS, NULL);
}

static void test_atoms(void **state)
{
    static const row ROWS[] = {
        {"exact form", P("=un secouer"), "[Un secoué] et une secouée."},
        {"exact form in any case", P("=un secouer"), "[UN SECOUER]."},
        {"exact apostrophe", P("=l' secouer"), "[L’secouer] et [l'secouer]."},
        {"exact unknown word", P("le =robotchat"), "Avec [le RobotChat]."},
        {"exact number", P("=2020 an"), "En [2020 ans]."},
        {"exact mark", P("résultat =,"), "Comme [résultat], rien."},
        {"exact question mark", P("quoi =?"), "Pour [quoi] ?"},
        {"a part is covered", P("[courber] DET {bande|ruban}"), "On [courbe] la bande."},
        {"the end is covered", P("{bande|ruban} [de rouge]"), "Un ruban [de rouge]."},
        {"choice", P("{bande|ruban} rouge"), "Une [bande rouge], un [ruban rouge]."},
        {"choice of forms", P("{=un|=ce} secouer"), "[Ce secouer], le secouer."},
        {"optional choice", P("bande {très|trop}? rouge"),
         "[Bande rouge] et [bande trop rouge]."},
        {"class", P("NUM an vieux"), "Un homme de [37 ans vieux], de [deux ans vieux]."},
        {"class of names", P("PROPN étranger"), "Chez [Paul étranger]."},
        {"any reading of a class", P("ADJ heure"), "Une [bonne heure]."},
        {"class of punctuation", P("résultat PUNCT"), "Le [résultat !]"},
        {"synonyms", P("@hit DET mur"), "Il [tape le mur] et [frappe un mur]."},
        {"optional in the middle", P("bon ADJ? côté"),
         "Un [bon côté], un [bon petit "
         "côté]."},
        {"optional at the end", P("bon côté ADJ?"),
         "Le [bon côté noir] d’un [bon côté] "
         "ici."},
        {"optional at the start", P("DET? bande rouge"),
         "[La bande rouge], et [bande "
         "rouge]."},
        {"two optional ones", P("bon ADJ? ADJ? côté"),
         "[Bon côté], [bon gros côté], [bon gros petit côté]."},
    };
    CHECK_ROWS(ROWS, NULL);
}

static void test_gaps(void **state)
{
    static const row ROWS[] = {
        {"nothing in the gap", P("noir ... blanc"), "Un [noir blanc]."},
        {"three tokens", P("noir ... blanc"), "Un [noir un deux trois blanc]."},
        {"not four", P("noir ... blanc"), "Un noir un deux trois quatre blanc."},
        {"not over punctuation", P("noir ... blanc"), "Un noir, blanc. Noir (blanc)."},
        {"not over the sentence", P("noir ... blanc"), "Un noir. Un blanc."},
        {"as far as it goes", P("noir ... blanc"), "Le [noir blanc et blanc]."},
        {"two gaps", P("noir ... blanc ... rouge"), "[Noir un blanc deux rouge]."},
        {"gap before an optional item", P("noir ... blanc ADJ?"),
         "[Noir et blanc pur] "
         "ici."},
    };
    CHECK_ROWS(ROWS, NULL);
}

static void test_infinitives(void **state)
{
    static const row ROWS[] = {
        {"finite", P("faire du sens"), "Cela [fait du sens]."},
        {"negated", P("faire du sens"), "Cela ne [fait pas du sens]."},
        {"inverted", P("faire du sens"), "Cela [fait-il du sens] ?"},
        {"inverted and negated", P("faire du sens"), "Ne [fait-il plus du sens] ?"},
        {"compound tense", P("faire du sens"), "Cela a [fait du sens]."},
        {"clitics before it", P("pour faire du sens"), "C’est [pour le faire du sens]."},
        {"auxiliary before it", P("se casser DET jambe"), "Il [s’est cassé la jambe]."},
        {"negation and auxiliary before it", P("il pleuvoir DET chat"),
         "[Il n’a pas plu des chats]."},
        {"but no other word", P("faire du sens"),
         "Il fait du bon sens, fait hier du "
         "sens."},
        {"an article is no clitic behind the verb", P("prendre place"),
         "Il prend la place, il [prend place]."},
        {"no gap around other forms", P("fait sens"), "Cela [fait sens], fait pas."},
    };
    CHECK_ROWS(ROWS, NULL);
}

static void test_queries(void **state)
{
    static const row ROWS[] = {
        {"word folds case and apostrophe", T("[word=\\\"l'\\\"] [word='eau']"),
         "[L’eau] et [l'EAU]."},
        {"set of words", T("[word='eau|vin'] [word='rouge']"),
         "[Vin rouge], [eau rouge]."},
        {"finite expression becomes a set", T("[word='ans?|années?'] [word='vieux']"),
         "[An vieux], [ans vieux], [années vieux], mois vieux."},
        {"digits", T("[word='dans'] [word='(19|20)\\\\d\\\\d']"),
         "[Dans 1999], dans 1899."},
        {"other expression", T("[word='.*phobe'] [word='fou']"), "Un [xénophobe fou]."},
        {"whole word only", T("[word='.ou']"), "Il est [fou], [mou], pas sous."},
        {"lemma", T("[lemma='cheval'] [lemma='noir']"), "Des [chevaux noirs]."},
        {"lemma by expression", T("[lemma='.*eur' & upos='NOUN'] [lemma='rouge']"),
         "Des [danseurs rouges]."},
        {"lemma de in des", T("[lemma='prix'] [lemma='de']"), "Le [prix des] choses."},
        {"upos", T("[upos='DET'] [word='chat']"), "[Le chat], chat."},
        {"upos of several", T("[upos='DET|NUM'] [word='chats']"),
         "[Les chats], [2 chats]."},
        {"feature", T("[upos='NOUN' & Number='Plur'] [word='ici']"),
         "[Chats ici], chat "
         "ici."},
        {"mood", T("[Mood='Sub'] [word='ici']"), "Qu’il [vienne ici]. Il vient ici."},
        {"not equal", T("[upos='DET'] [word!='chat']"), "[Le chien], le chat."},
        {"and", T("[word='le' & case='capital']"), "[Le] chat, le chien."},
        {"or", T("[word='chat' | word='chien']"), "Le [chat] et le [chien]."},
        {"and before or", T("[word='a' & word='b' | word='chat']"), "Le [chat]."},
        {"brackets", T("[word='chat' & (case='upper' | case='capital')]"),
         "[CHAT], [Chat] et chat."},
        {"not", T("[!word='le|la' & upos='DET']"), "[Un] chat, le chien."},
        {"not of brackets", T("[!(word='le' | word='la') & upos='DET']"),
         "[Un] chat, la "
         "chatte."},
        {"any reading", T("[word='pour'] [any.VerbForm='Inf']"), "[Pour manger] ici."},
        {"no reading", T("[upos='DET'] [any.upos!='NOUN|PROPN|ADJ' & kind='word']"),
         "Le chat, [un secouer]."},
        {"one reading for both",
         T("[word='est'] [any.VerbForm='Part' & any.Tense='Pres']"),
         "Il [est mangeant] ; c’est dit, c’est fait."},
        {"two things of one reading",
         T("[word='le'] [any.upos='VERB' & any.VerbForm='Fin']"), "[Le porte], le chat."},
        {"of one of two fields",
         T("[word='le'] [case='upper' | upos='NUM' | known='no']"),
         "[Le CHAT], [le 5], [le zblougui], le chat."},
        {"not a field of no word", T("[word='chat'] [case!='lower']"),
         "[Chat !] Chat noir, [chat Noir]."},
        {"a number that does not apply",
         T("[word='va' & Number!='Plur'] [Number!='Sing']"), "Il [va là]."},
        {"a token that may be repeated before the rarest",
         T("[upos='ADJ']{0,2} [word='chat'] [upos='ADJ']{0,2}"),
         "Un [petit chat noir], un [chat]."},
        {
            "any lemma",
            T("[any.lemma='suivre'] [word='moi']"),
            "Je suis moi, [suis moi].",
        },
    };
    check_rows(*state, ROWS, CQ_COUNT(ROWS) - 1, NULL); // the last one: see below
    rules_fixture *f = *state;
    cq_rules *r = rules_of(f, ROWS[CQ_COUNT(ROWS) - 1].rule);
    assert_string_equal(rules_marked(f, r, "Je suis moi.", NULL), "Je [suis moi].");
    cq_rules_free(r);
}

static void test_query_flags(void **state)
{
    static const row ROWS[] = {
        {"lower", T("[word='chat' & case='lower']"), "Chat, CHAT, [chat]."},
        {"capital", T("[word='chat' & case='capital']"), "[Chat], CHAT, chat."},
        {"upper", T("[word='chat' & case='upper']"), "Chat, [CHAT], chat."},
        {"mixed", T("[case='mixed']"), "Un [iPhone] et un chat."},
        {"kind", T("[kind='number'] [kind='symbol']"), "Il a [5 €] en poche."},
        {"punctuation", T("[word='chat'] [kind='punct']"), "Un [chat !]"},
        {"address", T("[kind='url']"), "Voir [www.exemple.fr] ici."},
        {"quoted", T("[word='chat' & quoted='yes']"), "Un chat « [chat] » ici."},
        {"not quoted", T("[word='chat' & quoted='no']"), "Un [chat] « chat » ici."},
        {"known", T("[word='le'] [known='no' & kind='word']"), "Voici [le zblougui]."},
        {"elides", T("[word='de'] [elides='yes' & case='lower']"),
         "La fin [de entreprise] et de héros."},
        {"first", T("[upos='DET' & first='yes']"), "[Le] chat a vu un chien."},
        {"inverted", T("[inverted='yes' & word='il']"), "A[-t-il] vu ?"},
        {"contracted", T("[contracted='yes'] [word='chat']"), "Il parle [au chat]."},
    };
    CHECK_ROWS(ROWS, NULL);
}

static void test_query_repetition(void **state)
{
    static const row ROWS[] = {
        {"empty test", T("[word='a'] [] [word='b']"), "[a x b], a b."},
        {"optional", T("[word='noir'] [word='x']? [word='blanc']"),
         "[noir blanc], [noir x blanc], noir x x blanc."},
        {"star", T("[word='noir'] [word='x']* [word='blanc']"),
         "[noir blanc], [noir x x x blanc]."},
        {"star is bounded", T("[word='noir'] [word='x']* [word='blanc']"),
         "[noir x x x x x x x x blanc], noir x x x x x x x x x blanc."},
        {"plus", T("[word='noir'] [word='x']+ [word='blanc']"),
         "noir blanc, [noir x "
         "blanc]."},
        {"exactly", T("[word='noir'] [word='x']{2} [word='blanc']"),
         "noir x blanc, [noir x x blanc]."},
        {"from, to", T("[word='noir'] [word='x']{1,2} [word='blanc']"),
         "noir blanc, [noir x blanc], noir x x x blanc."},
        {"from", T("[word='noir'] [word='x']{2,} [word='blanc']"),
         "noir x blanc, [noir x x x blanc]."},
        {"gives back", T("[]* [word='x']"), "[a b x c x] d."},
        {"anchor behind a repetition", T("[upos='DET'] []{0,2} [word='zut']"),
         "[Un chat noir zut], [le zut]."},
        {"within the sentence", T("[word='noir'] []* [word='blanc']"), "Noir. Blanc."},
        {"not overlapping", T("[word='x'] [word='x']"), "[x x] [x x] x."},
    };
    CHECK_ROWS(ROWS, NULL);
}

static void test_query_constraints(void **state)
{
    static const row ROWS[] = {
        {"genders differ", T("1:[upos='DET'] 2:[upos='NOUN'] & 1.Gender!=2.Gender"),
         "[Le solution], la solution."},
        {"both genders are no difference",
         T("1:[upos='DET'] 2:[upos='NOUN'] & 1.Gender!=2.Gender"),
         "Un élève, une élève."},
        {"not known is no difference", T("1:[upos='DET'] 2:[] & 1.Gender!=2.Gender"),
         "Les chats, ce zblougui."},
        {"numbers are the same", T("1:[upos='DET'] 2:[upos='NOUN'] & 1.Number=2.Number"),
         "[Le chat], les chat."},
        {"words are the same", T("1:[kind='word'] 2:[] & 1.word=2.word"),
         "Il a vu [le le] "
         "chat."},
        {"words differ", T("1:[word='a|b'] 2:[word='a|b'] & 1.word!=2.word"),
         "a a, [a b]."},
        {"lemmas are the same",
         T("1:[upos='NOUN'] [lemma='de'] 2:[upos='NOUN'] & 1.lemma=2.lemma"),
         "Le [roi des rois], le roi des chats."},
        {"two constraints",
         T("1:[upos='DET'] 2:[upos='NOUN'] & 1.Gender!=2.Gender & 1.Number=2.Number"),
         "[Le solution], les solution."},
        {"any reading of the other", T("1:[word='la'] 2:[] & 1.Gender!=2.any.Gender"),
         "La tour, [la chien]."},
        {"named labels", T("det:[upos='DET'] n:[upos='NOUN'] & det.Gender!=n.Gender"),
         "[Le solution]."},
        {"by number when there is no label",
         T("[upos='DET'] [upos='NOUN'] & "
           "1.Gender!=2.Gender"),
         "[Le solution]."},
        {"backtracks for a constraint",
         T("1:[word='x|y']+ 2:[word='x|y'] [] & 1.word=2.word"), "[x y x y]."},
    };
    CHECK_ROWS(ROWS, NULL);
}

static void test_expressions(void **state)
{
    static const row ROWS[] = {
        {"literal", "\"regex\": \"abc\"", "L’[abc] de l’[abc]ès."},
        {"Unicode edges of words", "\"regex\": \"\\\\bété\\\\b\"", "L’[été] étonné."},
        {"apostrophes are one", "\"regex\": \"c'est\"", "[c’est], [c'est]."},
        {"in a class, too", "\"regex\": \"c['x]est\"", "[c’est], [cxest]."},
        {"a blank is also a no-break one", "\"regex\": \"5 %\"",
         "[5 %], [5\u00a0%], [5\u202f%]."},
        {"but not escaped", "\"regex\": \"5\\\\x20%\"", "[5 %], 5\u00a0%."},
        {"caseless", "\"regex\": \"(?i)été chaud\"", "Un [ÉTÉ CHAUD], [été chaud]."},
        {"alternatives", "\"regex\": \"\\\\b(?:a\\\\.m\\\\.|p\\\\.m\\\\.)\"",
         "À 3 [a.m.], 3 "
         "[p.m.] ici."},
        {"text before the literal", "\"regex\": \"\\\\d{1,3}\\\\.\\\\d\\\\d\"",
         "De [3.25] et [117.50] à 3,25."},
        {"unbounded before the literal", "\"regex\": \"\\\\b\\\\w+zzz\\\\b\"",
         "un [abczzz] et [xyzzz]."},
        {"behind", "\"regex\": \"(?<=prix )fou\"", "Un [prix fou]."},
        {"start of the block", "\"regex\": \"^Est\"", "[Est] à l’Est."},
        {"each match once", "\"regex\": \"a(?:ba)+\"", "x [ababa] y [aba]."},
        {"within one block", "\"regex\": \"a\\\\sb\"", "a\nb"},
        {"texts that begin alike", "\"regex\": \"(?:maison|maisons|maisons de la)\\\\d\"",
         "[maison1], [maisons2], [maisons de la3], maisons de la, maisons d4."},
        {"alike but for case", "\"regex\": \"(?:Maisonnette|maisonnettes)\\\\d\"",
         "[Maisonnette1], maisonnette2, [maisonnettes3], Maisonnettes4."},
        {"a long text at the end", "\"regex\": \"maisonnette\\\\b\"",
         "maison, maisonnett"},
    };
    // The lookbehind's text is no part of the match.
    check_rows(*state, ROWS, 10, NULL);
    check_rows(*state, ROWS + 11, CQ_COUNT(ROWS) - 11, NULL);
    rules_fixture *f = *state;
    cq_rules *r = rules_of(f, ROWS[10].rule);
    assert_string_equal(rules_marked(f, r, "Un prix fou, un fou.", NULL),
                        "Un prix [fou], un fou.");
    cq_rules_free(r);
}

static void test_mark(void **state)
{
    static const row ROWS[] = {
        {"one token", T("[upos='DET'] 1:[word='chat'] []") ", \"mark\": \"1\"",
         "Le [chat] noir."},
        {"from, to", T("1:[upos='DET'] 2:[word='chat'] []") ", \"mark\": \"1-2\"",
         "[Le chat] noir."},
        {"a number without a label", T("[upos='DET'] [word='chat']") ", \"mark\": \"2\"",
         "Le [chat] noir."},
        {"part of a phrase", P("DET? chat noir") ", \"mark\": \"2-3\"",
         "Le [chat noir]."},
        {"a part that is missing", P("DET? chat") ", \"mark\": \"1\"", "Un gros [chat]."},
        {"a group", "\"regex\": \"le (chat) noir\", \"mark\": \"1\"",
         "Ah, le [chat] noir."},
    };
    CHECK_ROWS(ROWS, NULL);
}

// The English behind any of the texts: "A wall, painted black."
static cq_english_behind painted_black(void *english, cq_str expression, uint32_t start,
                                       uint32_t end, cq_span *at)
{
    (void)english;
    *at = (cq_span){16, 21};
    if (cq_str_is(expression, "white as snow")) return CQ_ENGLISH_ELSE;
    bool there = start < end && cq_str_is(expression, "black");
    return there ? CQ_ENGLISH_THERE : CQ_ENGLISH_UNKNOWN;
}

static void test_conditions(void **state)
{
    static const row ROWS[] = {
        {"near: one of them", P("noir") ", \"near\": {\"any\": [\"chat\", \"chien\"]}",
         "Un chien [noir]. Un mur noir."},
        {"near: none of them", P("noir") ", \"near\": {\"none\": [\"chat\"]}",
         "Un chat noir. Un mur [noir]."},
        {"near: inflected", P("noir") ", \"near\": {\"any\": [\"cheval\"]}",
         "Des chevaux [noirs]."},
        {"near: not the match itself", P("chat noir") ", \"near\": {\"any\": [\"chat\"]}",
         "Un chat noir. Le [chat noir] voit un chat."},
        {"near: paragraph",
         P("noir") ", \"near\": {\"any\": [\"chat\"], \"within\": \"paragraph\"}",
         "Un chat. Un mur [noir].\nUn mur noir."},
        {"near: article",
         P("noir") ", \"near\": {\"any\": [\"chat\"], \"within\": "
                   "\"article\"}",
         "Un mur [noir].\nUn chat."},
        {"near: article, none",
         P("noir") ", \"near\": {\"none\": [\"chat\"], \"within\": "
                   "\"article\"}",
         "Un mur noir.\nUn chat."},
        {"near: all of a list",
         P("noir") ", \"near\": [{\"any\": [\"chat\"]}, {\"none\": [\"chien\"]}]",
         "Un chat [noir]. Un chat noir et un chien."},
        {"topic: two triggers", P("tour") ", \"topic\": \"chess\"",
         "Sa [tour] prend un pion.\nL’échiquier est vide."},
        {"topic: one trigger twice", P("tour") ", \"topic\": \"chess\"",
         "Sa tour prend un pion.\nUn pion."},
        {"topic: an expression", "\"regex\": \"tours?\", \"topic\": \"chess\"",
         "Sa [tour] prend un pion.\nL’échiquier est vide."},
        {"topic: none, an expression", "\"regex\": \"tours?\", \"topic\": \"chess\"",
         "Sa tour prend un pion."},
        {"topic: a query", T("[word='tour']") ", \"topic\": \"chess\"",
         "Sa [tour] prend un pion.\nL’échiquier est vide."},
        {"unless: a phrase", P("bande rouge") ", \"unless\": \"bande rouge vif\"",
         "Une [bande rouge], une bande rouge vif."},
        {"unless: one of several",
         P("bande rouge") ", \"unless\": [\"bande rouge vif\", \"large bande\"]",
         "Une [bande rouge], une large bande rouge."},
        {"unless: a query",
         P("bande rouge") ", \"unless\": \"[word='bande'] [] [upos='ADJ']\"",
         "Une bande rouge vive, une [bande rouge]."},
        {"unless: must share a token", P("bande rouge") ", \"unless\": \"chat noir\"",
         "Un chat noir et une [bande rouge]."},
        {"unless: begins before", P("plus que =3") ", \"unless\": \"ne ... plus que\"",
         "Il n’a plus que 3 jours. [Plus que 3] jours."},
        {"block: not here", P("noir") ", \"block\": [\"title\"]", "Un mur noir."},
        {"block: here", P("noir") ", \"block\": [\"title\", \"paragraph\"]",
         "Un mur [noir]."},
        {"block: excluded", P("noir") ", \"block\": [\"!paragraph\"]", "Un mur noir."},
        {"block: another one excluded", P("noir") ", \"block\": [\"!title\"]",
         "Un mur [noir]."},
        {"region: of the default", P("noir") ", \"region\": \"fr-FR\"", "Un mur [noir]."},
        {"region: another", P("noir") ", \"region\": [\"fr-CA\", \"fr-CH\"]",
         "Un mur noir."},
        {"profile: not asked for", P("noir") ", \"profile\": \"strict\"", "Un mur noir."},
        {"source: needed", P("noir") ", \"source\": \"black\", \"needs\": \"source\"",
         "Un mur noir."},
        {"several patterns", "\"phrase\": [\"bande rouge\", \"ruban rouge\"]",
         "Une [bande rouge], un [ruban rouge]."},
        {"the longest of one rule",
         "\"phrase\": [\"bande rouge\", \"DET bande rouge vif\"]",
         "Voici [une bande rouge vif]."},
    };
    CHECK_ROWS(ROWS, NULL);
    static const row CANADA[] = {
        {"region: that of the article", P("noir") ", \"region\": [\"fr-CA\", \"fr-CH\"]",
         "Un mur [noir]."},
        {"region: not that", P("noir") ", \"region\": \"fr-FR\"", "Un mur noir."},
        {"profile: asked for", P("noir") ", \"profile\": \"strict\"", "Un mur [noir]."},
        {"profile: another one", P("noir") ", \"profile\": \"loose\"", "Un mur noir."},
        {"source: there", P("noir") ", \"source\": \"black\", \"needs\": \"source\"",
         "Un mur [noir]."},
        {"source: one of two",
         P("noir") ", \"source\": [\"dark\", \"black\"], \"needs\": \"source\"",
         "Un mur [noir]."},
        {"source: not there, but not needed", P("noir") ", \"source\": \"dark\"",
         "Un mur [noir]."},
        {"source: surely something else", P("noir") ", \"source\": \"white as snow\"",
         "Un mur noir."},
        {"source: not there", P("noir") ", \"source\": \"dark\", \"needs\": \"source\"",
         "Un mur noir."},
    };
    const cq_scan_options o = {
        .region = "fr-CA", .profile = "strict", .stands = painted_black};
    CHECK_ROWS(CANADA, &o);
}

static const struct {
    const char *why, *rule, *problem;
} BROKEN[] = {
    {"no such word", P("doublure argentxx"), "unknown word \"argentxx\""},
    {"no such class", P("@none DET mur"), "no class is called \"@none\""},
    {"gap first", P("... mur"), "stands between two items"},
    {"gap last", P("mur ..."), "stands between two items"},
    {"nothing required", P("DET? mur?"), "nothing is required"},
    {"choice not closed", P("{mur|chat"), "no closing brace"},
    {"empty choice", P("{mur|} noir"), "empty choice"},
    {"too many items", P("a a a a a a a a a a a a a a a a a"), "more than 16 items"},
    {"too many optional ones", P("mur ADJ? ADJ? ADJ? ADJ? ADJ? ADJ? ADJ?"),
     "more than 6 optional"},
    {"no token", T("word='x'"), ": is expected"},
    {"token not closed", T("[word='x'"), "] is expected"},
    {"whole letters in the message", T("[word='x'] à"), "is expected at \"à\" in"},
    {"value not closed", T("[word='x]"), "the value does not end"},
    {"no value", T("[word=]"), "a value in quotes"},
    {"no sign", T("[word 'x']"), "= or != is expected"},
    {"no such attribute", T("[wort='x']"), "unknown attribute \"wort\""},
    {"no such value", T("[upos='NUON']"), "unknown value 'NUON'"},
    {"no such value of a flag", T("[case='big']"), "unknown value 'big'"},
    {"no such lemma", T("[lemma='argentxx']"), "unknown lemma"},
    {"bad repetition", T("[]{9}"), "repetition"},
    {"repetition swapped", T("[]{3,2}"), "repetition"},
    {"nothing required in a query", T("[]* []?"), "nothing is required"},
    {"label twice", T("1:[] 1:[]"), "used twice"},
    {"label unknown", T("1:[] & 1.word=7.word"), "no token is labelled \"7\""},
    {"attributes differ", T("1:[] 2:[] & 1.word=2.lemma"), "two different attributes"},
    {"not comparable", T("1:[] 2:[] & 1.case=2.case"), "cannot be compared"},
    {"broken expression in a value", T("[word='(a.*']"), "regex"},
    {"broken expression", "\"regex\": \"(abc\"", "regex: missing closing parenthesis"},
    {"no literal", "\"regex\": \"\\\\w+\"", "requires no literal text"},
    {"extended", "\"regex\": \"(?x) abc\"", "(?x)"},
    {"verb", "\"regex\": \"(*LIMIT_MATCH=9)abc\"", "may not begin with (*"},
    {"two kinds", P("mur") ", \"regex\": \"abc\"", "exactly one of"},
    {"no such topic", P("mur") ", \"topic\": \"go\"", "no topic is called"},
    {"no such mark", P("mur noir") ", \"mark\": \"3\"", "no part is called \"3\""},
    {"marks swapped", P("mur noir") ", \"mark\": \"2-1\"", "swapped"},
    {"antipattern broken", P("mur") ", \"unless\": \"mur xyzzy\"", "unknown word"},
    {"unknown member", P("mur") ", \"phrases\": \"x\"", "unknown member \"phrases\""},
    {"wrong kind", "\"phrase\": 3", "\"phrase\" must be"},
    {"unknown category", P("mur") ", \"category\": \"bad\"", "unknown category \"bad\""},
    {"unknown severity", P("mur") ", \"severity\": \"bad\"", "unknown severity"},
    {"priority", P("mur") ", \"priority\": 1.5", "whole number"},
    {"unknown region", P("mur") ", \"region\": \"de-DE\"", "unknown region"},
    {"unknown block", P("mur") ", \"block\": [\"nav\"]", "unknown block \"nav\""},
    {"near without words", P("mur") ", \"near\": {}", "names no word"},
    {"near with an unknown word", P("mur") ", \"near\": {\"any\": [\"xyzzy\"]}",
     "unknown word"},
    {"near with two words", P("mur") ", \"near\": {\"any\": [\"mur noir\"]}",
     "is not one word"},
    {"asks for no form of words", P("mur") ", \"suggest\": [\"{1:Number=Two}\"]",
     "is no feature"},
    {"needs a source, names none", P("mur") ", \"needs\": \"source\"", "names none"},
    {"a key twice", P("mur") ", \"note\": \"a\", \"note\": \"b\"", "appears twice"},
    {"an empty pattern", P(""), "is empty"},
};

static void test_broken_rules(void **state)
{
    rules_fixture *f = *state;
    for (size_t i = 0; i < CQ_COUNT(BROKEN); i++) {
        cq_rules *r = rules_of(f, BROKEN[i].rule);
        if (cq_rules_problems(r) != 1 || cq_rules_count(r) != 0) {
            fail_msg("%s: %zu problems", BROKEN[i].why, cq_rules_problems(r));
        }
        const cq_err *e = cq_rules_problem(r, 0);
        if (!strstr(e->message, BROKEN[i].problem) || e->line != 4) {
            fail_msg("%s: line %u, %s", BROKEN[i].why, e->line, e->message);
        }
        // And it finds nothing.
        assert_string_equal(rules_marked(f, r, "Un mur noir, abc.", NULL),
                            "Un mur noir, abc.");
        cq_rules_free(r);
        cq_arena_reset(f->a);
    }
}

static void test_others_load(void **state)
{
    rules_fixture *f = *state;
    rules_write(f, "t.json",
                "{\"pack\": \"t\", \"defaults\": {\"message\": \"m\"},\n\"rules\": [\n"
                "{\"id\": \"a\", \"phrase\": \"mur noir\", \"bad\": [\"[x]\"]},\n"
                "{\"id\": \"b\", \"phrase\": \"xyzzy\", \"bad\": [\"[x]\"]},\n"
                "{\"id\": \"c\", \"phrase\": \"mur\" \"x\"},\n"
                "{\"id\": \"a\", \"phrase\": \"mur blanc\", \"bad\": [\"[x]\"]},\n"
                "{\"id\": \"d\", \"phrase\": \"mur gris\", \"bad\": [\"[x]\"]},\n"
                "{\"id\": \"e\", \"phrase\": \"mur\n");
    cq_rules *r = rules_open(f, (const char *const[]){""}, 1);
    assert_int_equal(cq_rules_count(r), 2);
    bool seen[9] = {false};
    for (size_t i = 0; i < cq_rules_problems(r); i++) {
        const cq_err *e = cq_rules_problem(r, i);
        assert_true(e->line < CQ_COUNT(seen));
        assert_non_null(strstr(e->path, "/t.json"));
        seen[e->line] = true;
    }
    assert_true(seen[4] && seen[5] && seen[6] && seen[8]);
    assert_string_equal(rules_marked(f, r, "Un mur noir, blanc, un mur gris.", NULL),
                        "Un [mur noir], blanc, un [mur gris].");
    cq_rules_free(r);
}

static void test_layers(void **state)
{
    rules_fixture *f = *state;
    char command[200];
    snprintf(command, sizeof command, "rm -f %s/t.json", f->dir);
    assert_int_equal(system(command), 0);
    rules_write(f, "low/a.json",
                "{\"pack\": \"a\", \"defaults\": {\"message\": \"low\"},\n"
                "\"classes\": {\"wall\": [\"mur\"], \"colour\": [\"noir\"]},\n"
                "\"rules\": [\n"
                "{\"id\": \"x\", \"phrase\": \"@wall @colour\", \"bad\": [\"[x]\"]},\n"
                "{\"id\": \"y\", \"phrase\": \"chat gris\", \"bad\": [\"[x]\"]}]}\n");
    rules_write(f, "high/a.json",
                "{\"pack\": \"a\", \"defaults\": {\"message\": \"high\"},\n"
                "\"classes\": {\"colour\": [\"blanc\"]},\n"
                "\"rules\": [\n"
                "{\"id\": \"x\", \"phrase\": \"@wall @colour\", \"bad\": [\"[x]\"]}]}\n");
    const char *const layers[] = {"low", "high"};
    cq_rules *r = rules_open(f, layers, 1);
    assert_string_equal(rules_marked(f, r, "Mur noir, mur blanc, chat gris.", NULL),
                        "[Mur noir], mur blanc, [chat gris].");
    cq_rules_free(r);
    r = rules_open(f, layers, 2);
    assert_int_equal(cq_rules_problems(r), 0);
    assert_string_equal(rules_marked(f, r, "Mur noir, mur blanc, chat gris.", NULL),
                        "Mur noir, [mur blanc], [chat gris].");
    uint32_t rule = cq_rule_find(r, cq_str_of("a/x"));
    cq_rule_info info;
    assert_true(cq_rule(r, rule, &info));
    assert_true(cq_str_is(info.message_fr, "high"));
    assert_int_equal(info.line, 4);
    assert_int_equal(cq_rule_find(r, cq_str_of("a/z")), UINT32_MAX);
    assert_false(cq_rule(r, 99, &info));
    const cq_part *packs;
    assert_int_equal(cq_rules_packs(r, &packs), 2);
    assert_int_equal(packs[0].sha256.n, 64);
    cq_rules_free(r);
    snprintf(command, sizeof command, "rm -r %s/low %s/high", f->dir, f->dir);
    assert_int_equal(system(command), 0);
}

static void test_word_for_word(void **state)
{
    rules_fixture *f = *state;
    rules_write(
        f, "below/a.json",
        "{\"pack\": \"a\", \"defaults\": {\"message\": \"m\", \"literal\": true},\n"
        "\"rules\": [\n"
        "{\"id\": \"x\", \"phrase\": \"mur noir\", \"suggest\": [\"paroi\"],\n"
        "\"source\": [\"red walls\", \"the blackest walls\"], \"bad\": [\"[x]\"]},\n"
        "{\"id\": \"y\", \"phrase\": \"chat gris\", \"suggest\": [\"souris\"],\n"
        "\"source\": \"grey walls\", \"bad\": [\"[x]\"]},\n"
        "{\"id\": \"z\", \"phrase\": \"chat noir\", \"suggest\": [\"souris\"],\n"
        "\"literal\": false, \"source\": \"thin walls\", \"bad\": [\"[x]\"]}]}\n");
    rules_write(f, "above/b.json",
                "{\"pack\": \"b\", \"defaults\": {\"message\": \"m\"}, \"rules\": [\n"
                "{\"id\": \"x\", \"phrase\": \"mur gris\", \"suggest\": [\"paroi\"],\n"
                "\"literal\": true, \"source\": \"old walls\", \"bad\": [\"[x]\"]}]}\n");
    cq_rules *r = rules_open(f, (const char *const[]){"below", "above"}, 2);
    assert_int_equal(cq_rules_problems(r), 0);
    static const char *const WANT[][2] = {
        {"b/x", "old walls"}, {"a/y", "grey walls"}, {"a/x", "red walls"}};
    cq_literal_walk w = {.word = cq_str_of("walls")};
    uint32_t rule;
    cq_str source;
    for (size_t i = 0; i < CQ_COUNT(WANT); i++) {
        assert_true(cq_rules_literal(r, &w, &rule, &source));
        assert_int_equal(rule, cq_rule_find(r, cq_str_of(WANT[i][0])));
        assert_true(cq_str_is(source, WANT[i][1]));
    }
    assert_false(cq_rules_literal(r, &w, &rule, &source));
    w = (cq_literal_walk){.word = cq_str_of("old")};
    assert_false(cq_rules_literal(r, &w, &rule, &source));
    cq_rules_free(r);
    char command[200];
    snprintf(command, sizeof command, "rm -r %s/below %s/above", f->dir, f->dir);
    assert_int_equal(system(command), 0);
}

static void test_parts(void **state)
{
    rules_fixture *f = *state;
    cq_rules *r = rules_of(f, P("changeur de DET jeu ADJ?"));
    cq_passage p = passage_of(f->a, cq_str_of("Un changeur du jeu."), cq_tokenize_fr);
    cq_tag(f->tagger, NULL, &p);
    cq_matches m = {0};
    cq_rules_passage(cq_rules_begin(r, f->a, NULL), f->a, &p, &m);
    assert_int_equal(m.n, 1);
    assert_int_equal(m.v[0].parts_n, 5);
    static const struct {
        const char *name;
        unsigned first, last, kind;
    } PARTS[] = {
        {"1", 1, 2, CQ_ITEM_WORD},   {"2", 2, 3, CQ_ITEM_WORD},
        {"3", 2, 3, CQ_ITEM_SECOND},                             // the same token, du
        {"4", 3, 4, CQ_ITEM_WORD},   {"5", 4, 4, CQ_ITEM_CLASS}, // missing
    };
    for (size_t i = 0; i < CQ_COUNT(PARTS); i++) {
        const cq_match_part *part =
            cq_match_find_part(r, &m.v[0], cq_str_of(PARTS[i].name));
        assert_non_null(part);
        assert_int_equal(part->first, PARTS[i].first);
        assert_int_equal(part->last, PARTS[i].last);
        assert_int_equal(part->kind, PARTS[i].kind);
    }
    assert_null(cq_match_find_part(r, &m.v[0], cq_str_of("6")));
    assert_null(cq_match_find_part(r, &m.v[0], cq_str_of("0")));
    cq_rules_free(r);
}

// Rules that would never end: what is done for one article is bounded, and said.
static void test_limits(void **state)
{
    static const struct {
        const char *why, *rule, *piece, *code;
    } ROWS[] = {
        {"nested repetition", "\"regex\": \"(?:a+)+b1\"",
         "aaaaaaaaaaaaaaaaaaaaaaaaaac1b1 ", "<regex-limit>"},
        {"many ways through a query",
         T("[]* []* []* []* []* []* []* []* [word='zut'] [kind='symbol']"),
         "a b c d e f g h i j k l m n o p q r s t u v w zut x ", "<tokens-limit>"},
        {"an expression on each token", T("[word='(?:a|aa|a?a)*b'] [kind='word']"),
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaabc ", "<tokens-limit>"},
    };
    rules_fixture *f = *state;
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_rules *r = rules_of(f, ROWS[i].rule);
        assert_int_equal(cq_rules_problems(r), 0);
        cq_buf b;
        cq_buf_init(&b, 1 << 20);
        for (int k = 0; k < 300; k++) cq_buf_c(&b, ROWS[i].piece);
        const char *got = rules_marked(f, r, cq_str_c(f->a, cq_buf_view(&b)), NULL);
        if (!strstr(got, ROWS[i].code)) fail_msg("%s: no limit", ROWS[i].why);
        cq_buf_free(&b);
        cq_rules_free(r);
        cq_arena_reset(f->a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_contractions),
        cmocka_unit_test(test_atoms),
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_infinitives),
        cmocka_unit_test(test_queries),
        cmocka_unit_test(test_query_flags),
        cmocka_unit_test(test_query_repetition),
        cmocka_unit_test(test_query_constraints),
        cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_mark),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_broken_rules),
        cmocka_unit_test(test_others_load),
        cmocka_unit_test(test_layers),
        cmocka_unit_test(test_word_for_word),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
