// Agreement within a noun phrase: determiners, and adjectives and participles before and
// behind the noun.
//
// A determiner and its noun are found twice: where nothing but adjectives and numerals
// stands between them, by the words alone; and by the parse, where the words would not
// tell an article from a pronoun. Adjectives are given to a noun by the parse. One is
// wrong only where no other noun that it may belong to agrees with it either.
#include "checks/agreement_tree.h"

enum { LINKS_MAX = 4 }; // nouns before the phrase that an adjective may belong to

// --- determiners

static const char *const DEGREES[] = {"plus", "moins", "très", "trop", "si", "aussi"};

// "tous les", "toute la": what they agree with.
static const char *const ALL_FORMS[] = {"tout", "toute", "tous", "toutes"};

// What stands for one of several: "aucun des trois".
static const char *const ONES[] = {"un", "une", "aucun", "aucune", "chacun", "chacune"};

// Determiners that are pronouns, too.
static const char *const BOTH[] = {"le", "la", "les", "l'", "leur"};

// The set of "tout" before the determiner at token i; 0: there is none.
static unsigned before_determiner(const cq_scan *s, size_t i)
{
    static const char *const BEFORE[] = {"avant", "après",  "malgré", "en",
                                         "par",   "contre", "dessus", "du"};
    if (i == s->first || !follows(s, i) || upos(s, i - 1) == CQ_ADV) return 0;

    cq_str word = cq_agr_folded(s, i - 1);
    for (unsigned c = 0; c < CQ_COUNT(ALL_FORMS); c++) {
        if (!cq_str_is(word, ALL_FORMS[c])) continue;
        bool after = c == 0 && i > s->first + 1 && CQ_IN(BEFORE, cq_agr_folded(s, i - 2));
        return after ? 0 : 1u << c; // not in: avant tout les élus
    }
    return 0;
}

// Does the parse leave no doubt that token i is the article of a noun? It does in "Marie
// les porte", "et les porte", "il attend, les porte".
static bool is_surely_article(const cq_scan *s, size_t i, size_t noun)
{
    enum { SURE = 1500, BEFORE = NOMINAL | CQ_UPOS_BIT(CQ_CCONJ) };
    static const char *const OF[] = {"de", "d'", "du", "des"};
    if (cq_agr_head_by(s, i, REL(DET)) != noun || arc(s, i)->margin < SURE) return false;
    if (arc(s, noun)->margin >= SURE) return true;
    if (at(s, i - 1)->mark == CQ_MARK_COMMA)
        return noun + 1 < s->last && CQ_IN(OF, cq_agr_folded(s, noun + 1));
    return !(BEFORE & CQ_UPOS_BIT(upos(s, i - 1)));
}

bool cq_agr_may_be_pronoun(const cq_scan *s, size_t i, size_t noun, cq_str word)
{
    static const char *const WHEN[] = {"si", "quand", "lorsque", "puisque", "dont"};
    static const char *const BEFORE_VERBS[] = {"comme", "ne", "n'"};
    if (noun == s->first || noun != i + 1 || !CQ_IN(BOTH, word)) return false;
    if (cq_agr_has_verb_form(s, noun, CQ_INF)) return true;
    if (before_determiner(s, i)) return false;
    if (i > s->first && upos(s, i - 1) == CQ_PRON &&
        cq_agr_has_verb_form(s, noun, CQ_FIN))
        return true; // je la sens
    if (cq_str_ends(cq_agr_folded(s, noun), cq_str_of("ant")) && may_be(s, noun, VERBS))
        return true;                                              // les regardant
    if (i > s->first && cq_str_is(cq_agr_folded(s, i - 1), "en")) // en les étudiant
        return may_be(s, noun, VERBS);
    if (!cq_agr_numbers(s, noun)) return false; // "cartes" is a verb with "tu" only
    // No sentence begins with an object, and none stands between preposition and verb.
    if (i == s->first) return false;
    cq_str previous = cq_agr_folded(s, i - 1);
    if (CQ_IN(BEFORE_VERBS, previous)) return true;
    return upos(s, i - 1) != CQ_ADP && upos(s, i - 1) != CQ_VERB &&
           !CQ_IN(WHEN, previous) && !is_surely_article(s, i, noun);
}

// Between determiner and noun: an adjective and nothing else.
static bool is_prenominal(const cq_scan *s, size_t i)
{
    return upos(s, i) == CQ_ADJ && cq_agr_is_lower(s, i) && at(s, i)->form &&
           !may_be(s, i, CLOSED) && !cq_agr_has_verb_form(s, i, CQ_FIN) &&
           !cq_agr_is_loose(s, i) && cq_agr_agrees_with(s, i, ADJ);
}

static void check_determiner(const cq_scan *s, size_t i, size_t at_noun, unsigned set)
{
    unsigned noun = cq_agr_agrees_with(s, at_noun, NOUN | ADJ);
    if (!(noun & PLUR) && set & PLUR && at_noun + 2 < s->last &&
        cq_agr_joins(s, at_noun + 1) && upos(s, at_noun + 2) == CQ_NOUN)
        return; // leurs soutien et avis
    unsigned want = noun & (set & SING ? SING : PLUR), gender = noun & MASC ? MASC : FEM;
    if (!want && !(set & gender)) want = noun; // both: le galaxies, les galaxies
    cq_str right = want ? (cq_str){"", 0} : cq_agr_inflected(s, at_noun, set & gender);
    // "au yeux" has no singular; "le astronautes" would be "le astronaute".
    bool joins = !cq_str_eq(cq_agr_determiner_for(s, i, set), cq_agr_folded(s, i));
    if (!want && (!right.n || joins)) want = noun;
    if (want) right = cq_agr_determiner_for(s, i, want);
    cq_agr_report(s, "agreement/determiner", i, at_noun + 1,
                  "« %.*s » : le déterminant ne s’accorde pas avec le nom.",
                  "“%.*s”: determiner and noun do not agree.", want ? i : at_noun, right);
}

static void report_adjective(const cq_scan *s, size_t first, size_t last,
                             size_t adjective, unsigned set)
{
    cq_agr_report(s, "agreement/adjective", first, last,
                  "« %.*s » : l’adjectif ne s’accorde pas avec le nom.",
                  "“%.*s”: adjective and noun do not agree.", adjective,
                  cq_agr_inflected(s, adjective, set));
}

// "toutes les hommes": what "tout" before a determiner agrees with.
static void check_all(const cq_scan *s, size_t i, size_t at_noun, unsigned set,
                      unsigned noun)
{
    unsigned all = before_determiner(s, i);
    bool floats = all & PLUR && !(set & PLUR) &&
                  i > s->first + 1 && // jouent toutes le jeu
                  (may_be(s, i - 2, VERBS | CQ_UPOS_BIT(CQ_ADV)) ||
                   at(s, i - 2)->mark == CQ_MARK_COMMA);
    if (!all || all & noun || floats) return;
    if (cq_str_is(cq_agr_folded(s, i), "des")) return; // dix ouvriers, tous des femmes
    cq_agr_report(s, "agreement/determiner", i - 1, at_noun + 1,
                  "« %.*s » : le déterminant ne s’accorde pas avec le nom.",
                  "“%.*s”: determiner and noun do not agree.", i - 1,
                  cq_agr_inflected(s, i - 1, noun));
}

// "que l'un des deux saute": a verb, not a noun.
static bool is_one_of(const cq_scan *s, size_t i, size_t noun)
{
    size_t head = i > s->first && cq_agr_determines(s, i - 1) ? i - 1 : i; // des deux
    return head > s->first && noun == head + 2 && may_be(s, noun, VERBS) &&
           CQ_IN(ONES, cq_agr_folded(s, head - 1));
}

// "l'un avance", "mille et une forêts": no article.
static bool is_number_one(const cq_scan *s, size_t i)
{
    if (i == s->first || cq_agr_folded(s, i).p[0] != 'u') return false;
    cq_str previous = cq_agr_folded(s, i - 1);
    if (cq_str_is(previous, "l'")) return true;
    return cq_str_is(previous, "et") && i > s->first + 1 &&
           (upos(s, i - 2) == CQ_NUM || cq_str_is(cq_agr_folded(s, i - 2), "mille"));
}

static bool is_repeated(const cq_scan *s, size_t noun) // brancher les deux bout à bout
{
    return noun + 2 < s->last && cq_str_is(cq_agr_folded(s, noun + 1), "à") &&
           cq_str_eq(cq_agr_folded(s, noun), cq_agr_folded(s, noun + 2));
}

// "nommez -le": a pronoun behind a hyphen
static bool is_glued(const cq_scan *s, size_t i)
{
    return i > s->first && at(s, i - 1)->mark == CQ_MARK_DASH && !follows(s, i);
}

// "sa propre vie", "la pire des choses": an adjective for a noun; "les plus simples
// restent les meilleures": a verb behind a superlative.
static bool is_no_head(const cq_scan *s, size_t i, size_t noun, unsigned set)
{
    if (noun + 1 >= s->last || !follows(s, noun + 1)) return false;
    if (may_be(s, noun, ADJ) && upos(s, noun + 1) == CQ_NOUN) return true;
    if (cq_str_is(cq_agr_folded(s, noun + 1), "des") &&
        cq_agr_agrees_with(s, noun, ADJ) & set)
        return true;
    return noun > i + 1 && may_be(s, noun, VERBS) && upos(s, noun + 1) == CQ_DET;
}

// A determiner and its noun, with nothing but adjectives and numerals between them.
void cq_agr_check_phrase(const cq_scan *s, size_t i)
{
    cq_str word = {0};
    unsigned set = cq_agr_determiner(s, i, &word);
    if (!set || is_glued(s, i)) return;
    size_t before[BEFORE_MAX], before_n = 0, k = i + 1;
    bool numeral = false, between = false;
    for (; k < s->last && k <= i + BEFORE_MAX; k++) {
        if (!follows(s, k) || at(s, k)->kind == CQ_TOKEN_PUNCT) return;
        if (upos(s, k) == CQ_NUM) {
            numeral = true;
        } else if (upos(s, k) == CQ_ADJ) {
            if (k == i + 1 && may_be(s, k, NOUN) && set & cq_agr_agrees_with(s, k, NOUN))
                between = true;
            if (cq_agr_stands_before(s, k) || is_prenominal(s, k)) before[before_n++] = k;
        } else if (!CQ_IN(DEGREES, cq_agr_folded(s, k))) {
            break;
        }
    }
    if (CQ_IN(DEGREES, cq_agr_folded(s, k - 1))) return; // les plus source
    bool forced = before_n || !CQ_IN(BOTH, word);
    if (k >= s->last || !cq_agr_is_noun(s, k, forced) || !follows(s, k)) return;
    if (numeral && !(set & PLUR)) return; // le 5 mars, la une
    if (is_no_head(s, i, k, set)) return;
    if (numeral && cq_str_starts(cq_agr_folded(s, k), cq_str_of("mill")))
        return; // les 1,7 million d'habitants
    if (cq_agr_may_be_pronoun(s, i, k, word)) return;
    if (is_one_of(s, i, k) || is_repeated(s, k)) return;
    unsigned noun = cq_agr_agrees_with(s, k, NOUN | ADJ);
    if (!noun) return;
    if (is_number_one(s, i)) return;
    if (upos(s, i) == CQ_NUM && i > s->first &&
        cq_str_is(cq_agr_folded(s, i - 1), "sur") && may_be(s, k, VERBS))
        return; // une femme sur trois dit
    // "l'instant champions", "des limites réseau": the adjective is the noun.
    if (between && !(set & noun)) return;
    bool shared = cq_agr_joins(s, k + 1) && before_n; // le premier et le dernier tomes
    bool listed = cq_agr_joins(s, k + 1) && k + 2 < s->last &&
                  upos(s, k + 2) == CQ_NOUN && set & PLUR && !(set & SING);
    if (!(set & noun) && listed) return; // les nom, prénom et adresse
    if (!(set & noun) && !shared) {
        check_determiner(s, i, k, set);
        return;
    }
    check_all(s, i, k, set, noun);
    for (size_t j = 0; j < before_n && !s->reported[k]; j++) {
        unsigned adjective = cq_agr_agrees_with(s, before[j], ADJ);
        if (!adjective || adjective & (set & noun ? set & noun : noun)) continue;
        if (may_be(s, before[j], NOUN) && !cq_agr_stands_before(s, before[j])) continue;
        report_adjective(s, i, k + 1, before[j], set & noun);
    }
}

// Does every token between a determiner and its noun belong to the noun?
static bool is_filled(const cq_scan *s, size_t i, size_t noun, unsigned set)
{
    for (size_t k = i + 1; k <= noun; k++) {
        unsigned u = upos(s, k);
        if (!follows(s, k)) return false;
        if (k == noun) return true;
        if (u != CQ_ADJ && u != CQ_ADV && (u != CQ_NUM || !(set & PLUR))) return false;
        if (!cq_agr_stands_before(s, k) && may_be(s, k, NOUN) &&
            set & cq_agr_agrees_with(s, k, NOUN))
            return false; // "la finale préliminaire": the first is the noun
    }
    return false;
}

// A determiner and the noun that the parse gives it, whatever else the noun may be.
void cq_agr_check_article(const cq_scan *s, size_t i)
{
    enum { SURE = 1500 };
    static const char *const KNOWN[] = {"fois", "part", "fils", "point"};
    enum { AFTER = CQ_UPOS_BIT(CQ_ADP) | CQ_UPOS_BIT(CQ_PUNCT) | ADJ };
    size_t noun = cq_agr_head_by(s, i, REL(DET) | REL(CASE));
    if (noun == SIZE_MAX || noun < i || noun > i + BEFORE_MAX) return;
    if (s->reported[noun] || !cq_agr_determines(s, i) || arc(s, i)->margin < SURE) return;
    cq_str word;
    unsigned set = cq_agr_determiner(s, i, &word),
             with = cq_agr_agrees_with(s, noun, NOUN);
    if (!set || !with || set & with || upos(s, noun) != CQ_NOUN) return;
    if (!cq_agr_is_lower(s, noun) && !cq_agr_is_institution(s, noun)) return;
    // "les fin de", "cette dimanche": adverbs by form, too
    bool plain = noun == i + 1 && arc(s, noun)->margin >= SURE / 3 &&
                 (noun + 1 >= s->last || AFTER & CQ_UPOS_BIT(upos(s, noun + 1)));
    bool closed = may_be(s, noun, noun > i + 1 ? CLOSED : CQ_UPOS_BIT(CQ_ADV)) && !plain;
    if (!CQ_IN(KNOWN, cq_agr_folded(s, noun)) &&
        (closed || cq_agr_is_invariable(s, noun)))
        return;
    if (is_one_of(s, i, noun) || is_repeated(s, noun)) return;
    if (is_number_one(s, i)) return;
    if (is_glued(s, i) || cq_agr_may_be_pronoun(s, i, noun, word)) return;
    if (cq_agr_has_verb_form(s, noun, CQ_INF)) return; // commencé à la toucher
    if (!is_filled(s, i, noun, set) || is_no_head(s, i, noun, set)) return;
    if (noun + 1 < s->last) {
        unsigned mark = at(s, noun + 1)->mark;
        if (set & PLUR && cq_agr_is_coordinator(s, noun + 1)) return; // les nom et prénom
        if (!follows(s, noun + 1) && mark != CQ_MARK_COMMA && mark != CQ_MARK_POINT)
            return;
    }
    check_determiner(s, i, noun, set);
}

// --- adjectives and participles

// What the readings of a noun agree with, narrowed by the determiner right before it, or
// before the adjectives there: "le succès" is one.
static unsigned narrowed(const cq_scan *s, size_t k, unsigned classes)
{
    unsigned own = cq_agr_agrees_with(s, k, classes);
    size_t first = k;
    while (first > s->first && k - first < BEFORE_MAX && upos(s, first - 1) == CQ_ADJ)
        first--;
    cq_str word;
    unsigned set = first > s->first ? cq_agr_determiner(s, first - 1, &word) : 0;
    return own & set ? own & set : own;
}

// What belongs to "sa carrière", "une erreur" stays with it: only a complement with the
// definite article or none is passed over ("le président de la République italien").
static const char *const PASSED[] = {"le", "la", "les", "l'", "du", "des", "au", "aux"};

// May an adjective behind the phrase that begins at `start` belong to an earlier noun
// that the phrase is a complement of ("une tasse de thé brûlante"), or to several nouns?
// `sure`: not to a word that nothing is known of.
static bool agrees_earlier(const cq_scan *s, size_t start, size_t i, unsigned set,
                           bool sure)
{
    enum { NAMING = NOUN | CQ_UPOS_BIT(CQ_PROPN) | CQ_UPOS_BIT(CQ_X) };
    bool firm = upos(s, start) == CQ_DET && !cq_agr_has_verb_form(s, i, CQ_PART_FORM) &&
                !CQ_IN(PASSED, cq_agr_folded(s, start)) && !(set & PLUR);
    if (firm) return false;
    size_t k = start; // the first token of the phrase, then of those before
    for (size_t links = 0; links < LINKS_MAX && k > s->first; links++) {
        unsigned u = upos(s, k - 1);
        bool joined = u == CQ_CCONJ || at(s, k - 1)->mark == CQ_MARK_COMMA;
        if (joined) return set & PLUR; // l'homme et la femme âgés
        if (u == CQ_ADP) {
            k--;
        } else if (!(at(s, k)->flags & CQ_TOKEN_CONTRACTED)) {
            return false;
        }
        size_t words = 0;
        for (; k > s->first && words < 6 && at(s, k - 1)->kind != CQ_TOKEN_PUNCT;
             words++) {
            k--;
            if (!sure && at(s, k)->kind == CQ_TOKEN_WORD && !at(s, k)->form)
                return true; // who knows
            // "les variables": a noun, whatever else it may be
            bool article = k == s->first || cq_agr_determines(s, k - 1);
            unsigned classes = article ? NOUN | ADJ : NOUN;
            if (may_be(s, k, classes) && narrowed(s, k, classes) & set) return true;
            if (upos(s, k) == CQ_AUX || CQ_GET_VERBFORM(at(s, k)->morph) == CQ_FIN ||
                CQ_GET_VERBFORM(at(s, k)->morph) == CQ_INF ||
                cq_agr_has_present_participle(s, k))
                return false;
            if (NAMING & CQ_UPOS_BIT(upos(s, k))) {
                if (narrowed(s, k, NAMING) & set) return true;
                break;
            }
        }
        while (k > s->first && (upos(s, k - 1) == CQ_ADJ || upos(s, k - 1) == CQ_NUM))
            k--;
        if (k > s->first && cq_agr_determines(s, k - 1)) k--;
    }
    return false;
}

bool cq_agr_names_part(const cq_scan *s, size_t noun, size_t i)
{
    static const char *const NAMED[] = {
        "application", "section", "onglet",  "menu",  "page",    "option",  "rubrique",
        "touche",      "panneau", "fichier", "champ", "fenêtre", "dossier", "commande",
        "service",     "espace",  "rayon",   "pôle",  "guichet", "portail", "coin"};
    return CQ_IN(NAMED, lemma(s, noun)) && may_be(s, i, NOUN);
}

// "une femme policier", "les voitures bélier": a noun beside a noun.
static bool is_apposition(const cq_scan *s, size_t noun, size_t i)
{
    static const char *const PERSONS[] = {"femme", "fille", "homme", "dame", "personne"};
    if (i == noun + 1 && cq_agr_names_part(s, noun, i)) return true;
    if (!may_be(s, i, NOUN) || upos(s, i) == CQ_VERB) return false;
    if (i + 2 < s->last && cq_str_is(lemma(s, i + 1), "de") &&
        cq_agr_has_verb_form(s, i, CQ_FIN) && !cq_agr_numbers(s, i))
        return true; // un style courbes de niveau
    cq_str head = lemma(s, noun);
    if (CQ_IN(PERSONS, head)) return true;
    // l'interface utilisateur, but not "les saignements majeur"
    static const char *const COMPARED[] = {
        "majeur",    "majeurs",    "mineur",    "mineurs",    "meilleur",  "meilleurs",
        "supérieur", "supérieurs", "inférieur", "inférieurs", "intérieur", "intérieurs",
        "extérieur", "extérieurs", "antérieur", "antérieurs", "ultérieur", "ultérieurs"};
    cq_str word = cq_token_text(s->p, i);
    if (CQ_IN(COMPARED, word)) return false;
    if (cq_str_ends(word, cq_str_of("eur")) || cq_str_ends(word, cq_str_of("eurs")))
        return true;
    return false; // stands here as what most such words are: an adjective
}

// "a pour sa part ajouté": the participle belongs to an auxiliary before the phrase.
static bool completes_verb(const cq_scan *s, size_t start, size_t i)
{
    enum { BACK = 8 };
    if (!cq_agr_has_verb_form(s, i, CQ_PART_FORM)) return false;
    for (size_t k = start; k-- > s->first && k + BACK > start;) {
        if (upos(s, k) == CQ_VERB && cq_agr_is_participle(s, k)) return false;
        if (may_be(s, k, CQ_UPOS_BIT(CQ_AUX))) return true;
    }
    return false;
}

// "gris clair", "vert olive", "bon marché": what does not agree.
static bool is_colour_phrase(const cq_scan *s, size_t i)
{
    static const char *const SHADES[] = {"clair", "foncé", "pâle", "vif", "sombre"};
    static const char *const COLOURS[] = {"vert", "bleu",   "rouge", "jaune", "gris",
                                          "rose", "marron", "noir",  "blanc", "brun"};
    if (i > s->first && CQ_IN(SHADES, cq_agr_folded(s, i)) && upos(s, i - 1) == CQ_ADJ)
        return true;
    if (i + 1 >= s->last) return false;
    if (CQ_IN(SHADES, cq_agr_folded(s, i + 1))) return true;
    if (cq_str_is(cq_agr_folded(s, i + 1), "marché")) return true;
    return CQ_IN(COLOURS, cq_agr_folded(s, i)) && may_be(s, i + 1, NOUN);
}

// May token k be what an adjective of this set belongs to? Of a name nothing is known.
static bool may_own(const cq_scan *s, size_t k, unsigned set, bool sure)
{
    if (!cq_agr_may_name(s, k)) return false;
    if (!at(s, k)->form || upos(s, k) == CQ_PROPN) return !sure;
    return narrowed(s, k, NOMINAL) & set;
}

// "en", "de": the phrase behind it and the noun before it often make one notion, which an
// adjective may belong to as a whole ("des médailles d'or olympiques").
static bool is_loose_link(const cq_scan *s, size_t i)
{
    static const char *const LINKS[] = {"de", "d'", "du", "des", "à", "au", "aux", "en"};
    return CQ_IN(LINKS, cq_agr_folded(s, i));
}

// "l'armée de l'air mexicaine": adjectives of a people go with the whole.
static bool is_demonym(const cq_scan *s, size_t i)
{
    static const char *const ENDINGS[] = {"ain", "aine", "ien", "ienne", "ais", "aise",
                                          "ois", "oise", "ol",  "ole",   "and", "ande"};
    for (size_t k = 0; k < CQ_COUNT(ENDINGS); k++) {
        if (cq_str_ends(cq_agr_folded(s, i), cq_str_of(ENDINGS[k]))) return true;
    }
    return false;
}

// "rend le calcul de la somme difficile": said of the object by the verb.
static bool qualifies_object(const cq_scan *s, size_t noun, unsigned set)
{
    static const char *const VERBS_OF_STATE[] = {
        "rendre",   "laisser", "trouver",  "juger",   "croire", "estimer",  "considérer",
        "garder",   "tenir",   "vouloir",  "voir",    "savoir", "déclarer", "maintenir",
        "imaginer", "penser",  "supposer", "choisir", "prendre"};
    size_t object = noun, up;
    while ((up = cq_agr_head_by(s, object, REL(NMOD) | REL(CONJ))) != SIZE_MAX)
        object = up;
    size_t verb = cq_agr_head_by(s, object, REL(OBJ) | REL(OBL) | REL(XCOMP));
    return object != noun && verb != SIZE_MAX && CQ_IN(VERBS_OF_STATE, lemma(s, verb)) &&
           cq_agr_agrees_with(s, object, NOUN) & set;
}

// May another noun than `noun` be what the adjective i behind it belongs to: one between
// them, or one that the noun is a complement of?
static bool belongs_elsewhere(const cq_scan *s, size_t noun, size_t i, unsigned set)
{
    enum { UP_MAX = 6, SURE = 1000, SURE_OF_OPEN = 1500 };
    for (size_t k = noun + 1; k < i; k++) {
        if (may_own(s, k, set, false)) return true;
    }
    if (noun > s->first && may_own(s, noun - 1, set, true))
        return true; // fichiers projet
    // An adjective behind a complement with a determiner of its own, or in the plural,
    // belongs to it, if the parse says so against what agrees: "l'incidence des fractures
    // clinique". Not so "l'occupation du sol mondiale".
    size_t start = cq_agr_phrase_start(s, noun);
    if (qualifies_object(s, noun, set)) return true;
    bool bare = upos(s, start) == CQ_ADP && !(at(s, start)->flags & CQ_TOKEN_CONTRACTED);
    bool sure = i == noun + 1 && arc(s, i)->margin >= SURE &&
                !cq_agr_has_verb_form(s, i, CQ_PART_FORM);
    bool determined = start + bare < noun && cq_agr_determines(s, start + bare);
    bool passed = CQ_IN(PASSED, cq_agr_folded(s, start + bare));
    bool own = !passed || (!(cq_agr_noun_set(s, noun) & SING) && !is_demonym(s, i));
    bool open = set & PLUR || is_demonym(s, i) || may_be(s, i, NOUN);
    if (sure && determined && own && arc(s, i)->margin >= (open ? SURE_OF_OPEN : SURE))
        return false;
    // "par défaut" makes one notion with the noun before it, "par le public" does not.
    bool by = !determined && cq_str_is(cq_agr_folded(s, start), "par");
    if (sure && bare && !by && !is_loose_link(s, start)) return false;
    size_t up = noun;
    for (size_t n = 0; n < UP_MAX; n++) {
        up = cq_agr_head_by(
            s, up, REL(NMOD) | REL(CONJ) | REL(APPOS) | REL(FLAT) | REL(OBL) | REL(DEP));
        if (up == SIZE_MAX) break;
        if (up < i && may_own(s, up, set, sure && !bare)) return true;
    }
    return agrees_earlier(s, start + bare, i, set, sure && !bare);
}

// Does an adjective stand beside its noun, or behind complements of it alone?
static bool is_beside(const cq_scan *s, size_t noun, size_t i)
{
    enum { SURE = 2000 };
    bool complement = false, named = false;
    for (size_t k = noun + 1; k < i; k++) {
        unsigned u = upos(s, k);
        if (cq_agr_is_time(s, k)) return false; // ses concerts dimanche prochain
        bool participle = cq_agr_is_participle(s, k);
        if (u == CQ_ADP || at(s, k)->flags & CQ_TOKEN_CONTRACTED) {
            complement = true;
            named = false;
        } else if (u == CQ_NOUN || u == CQ_PROPN) {
            named = true;
        } else if (u != CQ_ADV && u != CQ_ADJ && u != CQ_CCONJ && !participle &&
                   at(s, k)->mark != CQ_MARK_COMMA && !(complement && u == CQ_DET)) {
            return false;
        }
    }
    return !complement || (named && arc(s, i)->margin >= SURE);
}

// "sont en réalité identiques", "fut en premier lieu habitée": an attribute behind an
// adverbial phrase.
static bool completes_copula(const cq_scan *s, size_t noun)
{
    static const char *const COPULAS[] = {"être",   "avoir",    "sembler", "devenir",
                                          "rester", "demeurer", "paraître"};
    if (!cq_agr_has_preposition(s, noun)) return false;
    size_t k = cq_agr_phrase_start(s, noun);
    for (size_t n = 0; n < 4 && k > s->first && upos(s, k - 1) == CQ_ADV; n++) k--;
    return k > s->first && CQ_IN(COPULAS, lemma(s, k - 1));
}

// The first of adjectives that are joined to each other.
static size_t first_joined(const cq_scan *s, size_t i)
{
    for (size_t n = 0; n < 3; n++) {
        size_t up = cq_agr_head_by(s, i, REL(CONJ));
        if (up == SIZE_MAX || up > i || !cq_agr_is_attributive(s, up)) break;
        i = up;
    }
    return i;
}

// One of several in the singular: "les langues française et anglaise".
static bool is_one_of_several(const cq_scan *s, size_t i, unsigned set,
                              unsigned adjective)
{
    if (!(set & PLUR) || !(adjective & SING)) return false;
    if (i > s->first && cq_agr_is_coordinator(s, i - 1)) {
        size_t first = first_joined(s, i);
        return first == i || cq_agr_agrees_with(s, first, ADJ) & SING;
    }
    if (!cq_agr_joins(s, i + 1) || i + 2 >= s->last) return false;
    if (upos(s, i + 2) == CQ_ADP && cq_str_is(lemma(s, i + 2), "de"))
        return true; // les secteurs privé et d'État
    size_t next = i + 2 + (upos(s, i + 2) == CQ_ADV && i + 3 < s->last);
    unsigned other = cq_agr_agrees_with(s, next, ADJ);
    return other & SING || !at(s, next)->form;
}

// Several nouns with one adjective: "la faune et la flore sauvages".
static bool are_several(const cq_scan *s, size_t noun, size_t i, unsigned set,
                        unsigned adjective)
{
    if (i < noun || !(adjective & PLUR)) return false;
    if (!(set & SING) && !(adjective & MP)) return false;
    size_t start = cq_agr_phrase_start(s, noun);
    if (start > s->first && at(s, start - 1)->mark == CQ_MARK_SLASH) return true;
    if (start > s->first &&
        (upos(s, start - 1) == CQ_CCONJ || cq_str_is(cq_agr_folded(s, start - 1), "&")))
        return true;
    if (cq_agr_child_by(s, noun, REL(CONJ), noun) < i) return true;
    size_t head = cq_agr_head_by(s, noun, REL(CONJ)); // it is the last of those joined
    return head != SIZE_MAX &&
           (may_be(s, i, NOUN) || cq_agr_child_by(s, head, REL(CONJ), i) == SIZE_MAX);
}

// "premier", "autre", "grand" before their noun, where such a word is no adverb.
static bool is_before_noun(const cq_scan *s, size_t i)
{
    enum { FIRST = CQ_UPOS_BIT(CQ_ADP) | CQ_UPOS_BIT(CQ_NUM) | ADJ };
    if (i + 1 >= s->last || upos(s, i) != CQ_ADJ) return false;
    if (upos(s, i + 1) != CQ_NOUN || arc(s, i)->head != i + 1) return false;
    if (may_be(s, i, CQ_UPOS_BIT(CQ_ADV)) && may_be(s, i + 1, ADJ))
        return false; // de fort discrets
    bool determined = i > s->first && cq_agr_determines(s, i - 1);
    if (cq_str_starts(cq_agr_folded(s, i), cq_str_of("même"))) return determined;
    if (cq_str_starts(cq_agr_folded(s, i), cq_str_of("seul")) && i == s->first)
        return false;
    return cq_agr_stands_before(s, i) &&
           (determined || i == s->first || FIRST & CQ_UPOS_BIT(upos(s, i - 1)));
}

bool cq_agr_is_attributive(const cq_scan *s, size_t i)
{
    const cq_token *t = at(s, i);
    if (!t->form || t->kind != CQ_TOKEN_WORD) return false;
    if (is_before_noun(s, i)) return true;
    if (upos(s, i) != CQ_ADJ && !cq_agr_is_participle(s, i)) return false;
    // "différents", "divers" behind their noun are no determiners.
    bool behind = upos(s, i) == CQ_ADJ && i > s->first && arc(s, i)->head == i - 1;
    unsigned closed = behind ? CLOSED & ~CQ_UPOS_BIT(CQ_DET) : CLOSED;
    if (!cq_agr_is_lower(s, i) || may_be(s, i, closed) || cq_agr_is_loose(s, i))
        return false;
    if (cq_agr_has_present_participle(s, i)) return false;
    if (cq_agr_has_child(s, i, REL(AUX) | REL(PASSIVE) | REL(COP)))
        return false; // a clause
    bool plain = upos(s, i) == CQ_ADJ && !cq_agr_has_verb_form(s, i, CQ_PART_FORM);
    if (cq_agr_has_verb_form(s, i, CQ_FIN) && !plain) return false;
    cq_str word = cq_agr_folded(s, i);
    if (cq_str_starts(word, cq_str_of("multi-"))) return false; // multi-utilisateur
    if (i + 1 < s->last && cq_str_starts(cq_agr_folded(s, i + 1), cq_str_of("qu")) &&
        (cq_str_starts(word, cq_str_of("tel")) || cq_str_starts(word, cq_str_of("quel"))))
        return false; // tels que, quel que soit
    if (i + 1 < s->last && at(s, i + 1)->mark == CQ_MARK_OPEN && !follows(s, i + 1))
        return false; // actif(s)
    return true;
}

size_t cq_agr_noun_of(const cq_scan *s, size_t i)
{
    size_t first = first_joined(s, i),
           noun = cq_agr_head_by(s, first, REL(AMOD) | REL(ACL));
    return noun != SIZE_MAX && (noun < first || first == i) ? noun : SIZE_MAX;
}

// "fois", "part", "nombre": a noun that agrees with what stands before it, whatever it
// does with what follows.
static bool agrees_before(const cq_scan *s, size_t noun, size_t i)
{
    static const char *const WORDS[] = {"fois", "part", "fils", "prix", "fonds"};
    if (upos(s, noun) != CQ_NOUN || !cq_agr_is_lower(s, noun) || !at(s, noun)->form)
        return false;
    if (i < noun && CQ_IN(WORDS, cq_token_text(s->p, noun))) return true;
    if (!cq_agr_is_collective(s, noun)) return false;
    return i < noun || (i == noun + 1 && i + 1 < s->last && is_loose_link(s, i + 1));
}

// "les avis divergent": may token i be the verb of a clause that has no other?
static bool is_only_verb(const cq_scan *s, size_t i)
{
    if (!cq_agr_numbers(s, i)) return false;
    for (size_t k = i; k-- > s->first && at(s, k)->kind != CQ_TOKEN_PUNCT;) {
        if (CQ_GET_VERBFORM(at(s, k)->morph) == CQ_FIN) return false;
    }
    for (size_t k = i + 1; k < s->last && at(s, k)->kind != CQ_TOKEN_PUNCT; k++) {
        if (CQ_GET_VERBFORM(at(s, k)->morph) == CQ_FIN) return false;
    }
    return true;
}

// Does an adjective stand before its noun, with no determiner between them?
static bool is_ahead(const cq_scan *s, size_t noun, size_t i)
{
    for (size_t k = i + 1; k < noun; k++) {
        unsigned u = upos(s, k);
        if (u != CQ_ADJ && u != CQ_ADV && u != CQ_NUM && u != CQ_CCONJ) return false;
    }
    return true;
}

// "elle a l'air contente": it may agree with the subject.
static bool is_air(const cq_scan *s, size_t noun)
{
    return noun > s->first + 1 && cq_str_is(cq_agr_folded(s, noun), "air") &&
           cq_str_is(lemma(s, noun - 2), "avoir");
}

// What keeps an adjective behind a noun from being wrong for not agreeing with it.
static bool is_excused(const cq_scan *s, size_t noun, size_t i, unsigned adjective)
{
    if (is_air(s, noun)) return true;
    if (!is_beside(s, noun, i)) return true;
    size_t joined = first_joined(s, i);
    for (size_t k = noun + 1; k < i; k++) { // achats groupés, tournées de ramassage
        bool listed = k > joined && !may_be(s, i, NOUN);
        if (at(s, k)->mark == CQ_MARK_COMMA && !listed) return true;
    }
    if (i + 2 < s->last && cq_str_eq(cq_agr_folded(s, i), cq_agr_folded(s, i + 2)))
        return true;                                                   // petit à petit
    if (upos(s, i - 1) == CQ_CCONJ && may_be(s, i, NOUN)) return true; // a second noun
    // "l'organisation militant pour la paix": a present participle
    if (i + 1 < s->last && upos(s, i + 1) == CQ_ADP &&
        cq_str_ends(cq_token_text(s->p, i), cq_str_of("ant")))
        return true;
    return belongs_elsewhere(s, noun, i, adjective) || completes_copula(s, noun) ||
           completes_verb(s, cq_agr_phrase_start(s, noun), i) || is_colour_phrase(s, i);
}

// "une justes récompense": the determiner before it agrees with the noun, but not with
// it.
static bool is_between(const cq_scan *s, size_t i, size_t noun)
{
    enum { SURE = 1500 };
    cq_str word;
    if (noun != i + 1 || i == s->first) return false;
    if (upos(s, i - 1) == CQ_ADP && !(at(s, i - 1)->flags & CQ_TOKEN_CONTRACTED))
        return arc(s, i)->margin >= SURE && !may_be(s, i, VERBS); // en pleins essor
    unsigned set = cq_agr_determiner(s, i - 1, &word);
    return set & cq_agr_agrees_with(s, noun, NOUN) &&
           !(set & cq_agr_agrees_with(s, i, NOUN | ADJ));
}

// "la semaine prochaine", "un moment agréable"; not "ses voisins la semaine dernière
// élus".
static bool is_said_of_time(const cq_scan *s, size_t noun, size_t i)
{
    static const char *const WHEN[] = {"prochain",  "dernier", "suivant",
                                       "précédent", "passé",   "consécutif"};
    enum { PARTS = REL(NSUBJ) | REL(OBJ) | REL(ROOT) };
    if (noun > s->first && upos(s, noun - 1) == CQ_NUM &&
        cq_agr_agrees_with(s, i, ADJ) & PLUR)
        return false; // les 15 et 16 mai prochains
    if (i == noun + 1 && CQ_IN(WHEN, lemma(s, i))) return true;
    return i == noun + 1 && PARTS >> arc(s, noun)->relation & 1;
}

void cq_agr_check_adjective(const cq_scan *s, size_t i)
{
    enum { SURE = 300, SURE_IF_NEXT = 0, SURE_IF_VERB = 1500, NEAR = 4 };
    if (s->reported[i] || !cq_agr_is_attributive(s, i)) return;
    size_t noun = cq_agr_noun_of(s, i);
    if (noun == SIZE_MAX || (!cq_agr_sure_noun(s, noun) && !agrees_before(s, noun, i)))
        return;
    unsigned set = cq_agr_noun_set(s, noun), adjective = cq_agr_agrees_with(s, i, ADJ);
    if (!set || !adjective || adjective & set) return;
    unsigned verb = cq_agr_numbers(s, i);
    unsigned least = verb & set      ? SURE_IF_VERB
                     : verb          ? SURE
                     : i == noun + 1 ? SURE_IF_NEXT
                                     : SURE;
    if (arc(s, i)->margin < least || (verb & set && is_only_verb(s, i))) return;
    if (noun < i && cq_agr_is_time(s, noun) && !is_said_of_time(s, noun, i)) return;
    if (is_apposition(s, noun, i) || is_one_of_several(s, i, set, adjective) ||
        are_several(s, noun, i, set, adjective))
        return;
    // "ses propres données": the noun may be the second.
    if (may_be(s, i, NOUN) && cq_agr_stands_before(s, noun)) return;
    if (may_be(s, noun, ADJ) && set & cq_agr_agrees_with(s, i, NOUN)) return;
    // "l'utilisateur pousse": a noun and its verb
    bool loose = i < noun && !cq_agr_stands_before(s, i) && !is_between(s, i, noun);
    if (loose && (may_be(s, i, NOUN) || cq_agr_numbers(s, noun))) return;
    if (loose && i > s->first && NOMINAL & CQ_UPOS_BIT(upos(s, i - 1)))
        return; // le menu déroulant réplication
    // No form to put in its place: the dictionary knows one gender only (long-courrier).
    if (!cq_agr_inflected(s, i, set).n) return;
    cq_str head = cq_agr_folded(s, noun);
    if (memchr(head.p, '-', head.n)) return; // un lance-roquettes multiples
    if (noun < i ? is_excused(s, noun, i, adjective) : !is_ahead(s, noun, i)) return;
    size_t first = noun < i ? noun : i, last = noun < i ? i : noun;
    bool near = last - first < NEAR;
    if (first > s->first && follows(s, first) && cq_agr_determines(s, first - 1)) first--;
    report_adjective(s, near ? first : i, near ? last + 1 : i + 1, i, set);
}
