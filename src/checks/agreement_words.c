// Words as agreement sees them: what each agrees with, the lists of those that behave
// unlike their class, and how a finding is reported.
#include "checks/agreement_words.h"

#include "base/utf8.h"

// In the order masculine and feminine singular, masculine and feminine plural.
static const char *const DETERMINERS[][4] = {
    {"le", "la", "les", "les"},
    {"un", "une", "des", "des"},
    {"ce", "cette", "ces", "ces"},
    {"cet", "cette", "ces", "ces"},
    {"du", "de la", "des", "des"},
    {"au", "à la", "aux", "aux"},
    {"mon", "ma", "mes", "mes"},
    {"ton", "ta", "tes", "tes"},
    {"son", "sa", "ses", "ses"},
    {"notre", "notre", "nos", "nos"},
    {"votre", "votre", "vos", "vos"},
    {"leur", "leur", "leurs", "leurs"},
    {"quel", "quelle", "quels", "quelles"},
    {"aucun", "aucune", NULL, NULL},
    {"chaque", "chaque", NULL, NULL},
    {NULL, NULL, "plusieurs", "plusieurs"},
    {NULL, NULL, "quelques", "quelques"},
    {"l'", "l'", NULL, NULL},
    {"tel", "telle", "tels", "telles"},
    {NULL, NULL, "certains", "certaines"},
    {NULL, NULL, "différents", "différentes"},
    {NULL, NULL, "divers", "diverses"},
};

// Nouns in the singular that may take a verb in the plural, or an adjective that agrees
// with their complement.
static const char *const COLLECTIVES[] = {
    "majorité",  "plupart",     "partie",       "minorité",    "moitié",    "tiers",
    "quart",     "nombre",      "dizaine",      "douzaine",    "quinzaine", "vingtaine",
    "trentaine", "quarantaine", "cinquantaine", "soixantaine", "centaine",  "millier",
    "multitude", "foule",       "ensemble",     "total",       "quantité",  "totalité",
    "infinité",  "poignée",     "série",        "million",     "milliard",  "couple",
    "groupe",    "reste",       "type",         "genre",       "sorte",     "espèce",
    "catégorie", "variété",     "masse",        "paire",       "bande",     "tas",
    "flot",      "pourcentage", "fraction",     "cinquième",   "dixième",   "trio",
    "équipe",    "liste",       "suite",        "plus",        "peu",       "combien",
};

// Words that stand before or behind a noun without agreeing with it.
static const char *const LOOSE[] = {
    "même",   "possible",   "seul",     "seule",      "seuls",    "seules",    "demi",
    "nu",     "mi",         "ci",       "tel",        "telle",    "tout",      "tous",
    "toute",  "toutes",     "plein",    "fois",       "fonds",    "data",      "open",
    "street", "pull",       "revoir",   "on",         "pop",      "rock",      "fils",
    "mille",  "cent",       "express",  "standard",   "clé",      "phare",     "maison",
    "type",   "record",     "éclair",   "vedette",    "test",     "pilote",    "cible",
    "média",  "super",      "extra",    "compris",    "vu",       "passé",     "mis",
    "étant",  "donné",      "supposé",  "attendu",    "excepté",  "inclus",    "joint",
    "point",  "après-midi", "sec",      "soi-disant", "médian",   "quelque",   "dit",
    "dite",   "dits",       "dites",    "autre",      "un",       "une",       "deux",
    "trois",  "demie",      "minimum",  "maximum",    "logiciel", "logiciels", "données",
    "grand",  "méga",       "géo",      "brut",       "mini",     "maxi",      "micro",
    "macro",  "topo",       "proxy",    "prix",       "surprise", "choc",      "star",
    "culte",  "mystère",    "fantôme",  "modèle",     "butoir",   "repère",    "refuge",
    "fleuve", "vitrine",    "marathon",
};

// Offices and professions that the dictionary calls masculine and the press, for a woman,
// feminine: "l’ancienne chef de cabinet".
static const char *const EPICENE[] = {
    "chef",      "maire",     "juge",      "ministre", "professeur",   "médecin",
    "auteur",    "écrivain",  "procureur", "témoin",   "cadre",        "soldat",
    "ingénieur", "député",    "sénateur",  "policier", "peintre",      "guide",
    "modèle",    "mannequin", "otage",     "membre",   "porte-parole",
};

// Nouns that dictionaries give a second gender which articles do not use: "le page" of a
// king, "une couple" of oxen.
static const char *const FEMININE[] = {"période", "part",  "page",       "ombre",
                                       "fin",     "barbe", "ordonnance", "cave"};
static const char *const MASCULINE[] = {"couple", "hymne", "office"};

// Adjectives that stand before their noun, some of them determiners, too.
static const char *const PRENOMINAL[] = {
    "premier",    "première",   "premiers",    "premières", "dernier",    "dernière",
    "derniers",   "dernières",  "ancien",      "ancienne",  "anciens",    "anciennes",
    "petit",      "petite",     "petits",      "petites",   "bon",        "bonne",
    "bons",       "bonnes",     "mauvais",     "mauvaise",  "mauvaises",  "futur",
    "future",     "futurs",     "futures",     "prochain",  "prochaine",  "prochains",
    "prochaines", "meilleur",   "meilleure",   "meilleurs", "meilleures", "principal",
    "principale", "principaux", "principales", "certain",   "certaine",   "certains",
    "certaines",  "longue",     "longues",     "nouvelle",  "nouvelles",  "nouveaux",
    "tel",        "telle",      "tels",        "telles",    "différents", "différentes",
    "grande",     "grands",     "grandes",     "belle",     "belles",     "beaux",
    "grosse",     "grosses",    "vieille",     "vieilles",  "véritables", "divers",
    "diverses",   "nombreux",   "nombreuses",  "excellent", "excellente", "excellents",
    "fort",       "forte",      "forts",       "fortes",    "haut",       "haute",
    "hauts",      "hautes",     "second",      "seconde",   "seconds",    "secondes",
    "propre",     "propres",    "nouveau",     "beau",      "gros",       "vieux",
};

// Common nouns that keep their gender when they name an institution.
static const char *const INSTITUTIONS[] = {
    "Commission",   "Conseil",       "Assemblée",   "Ministère",  "Union",
    "Banque",       "Cour",          "Parti",       "Président",  "Gouvernement",
    "Comité",       "Chambre",       "Parlement",   "Sénat",      "Agence",
    "Organisation", "Fédération",    "Institut",    "Université", "Guerre",
    "République",   "Confédération", "Département", "Direction",  "Autorité",
    "Tribunal",     "Nations",       "États",       "Société",    "Ligue",
    "Association",  "Présidente",    "Député",      "Sénateur",   "Ministre",
    "Procureur",    "Secrétaire",    "Communauté",  "Marché",     "Mission",
    "Mairie",       "Région",        "Centre",      "Service",    "Coupe",
    "Championnat",  "Système",       "Code",        "Traité",     "Loi",
};

// When something was: "la semaine dernière ont eu lieu".
static const char *const TIMES[] = {
    "semaine",   "jour",      "année",    "an",       "mois",     "matin",
    "soir",      "nuit",      "fois",     "lundi",    "mardi",    "mercredi",
    "jeudi",     "vendredi",  "samedi",   "dimanche", "week-end", "heure",
    "moment",    "époque",    "siècle",   "été",      "hiver",    "printemps",
    "automne",   "journée",   "soirée",   "minute",   "instant",  "après-midi",
    "saison",    "lendemain", "veille",   "matinée",  "janvier",  "février",
    "mars",      "avril",     "mai",      "juin",     "juillet",  "août",
    "septembre", "octobre",   "novembre", "décembre",
};

// Words of LOOSE that do agree when they stand before the noun.
static const char *const BEFORE[] = {"grand", "seul",  "seule", "seuls", "seules",
                                     "même",  "mêmes", "autre", "autres"};

static const char *const NUMERALS[] = {
    "deux", "trois", "quatre", "cinq",  "six",    "sept",     "huit",      "neuf",
    "dix",  "douze", "quinze", "vingt", "trente", "quarante", "cinquante", "soixante"};

// Nouns that the dictionary gives too few readings, or that are half adverbs.
static const char *const INVARIABLE[] = {
    "fois",    "fonds",    "fils",       "data",   "open",     "street",     "pull",
    "pop",     "rock",     "mille",      "cent",   "prix",     "proxy",      "topo",
    "abord",   "part",     "exemple",    "égards", "géo",      "méga",       "même",
    "tout",    "point",    "plus",       "moins",  "peu",      "seul",       "seule",
    "autre",   "quelque",  "demi",       "mi",     "ci",       "soi-disant", "minimum",
    "maximum", "standard", "après-midi", "revoir", "start-up", "gif",        "live",
    "web",     "grâce",    "fil",
};

// The lists that are asked for again and again, as bits. The first four are the columns
// of DETERMINERS.
enum {
    COLLECTIVE = 1 << 4,
    IS_LOOSE = 1 << 5,
    IS_EPICENE = 1 << 6,
    IS_PRENOMINAL = 1 << 7,
    INSTITUTION = 1 << 8,
    TIME = 1 << 9,
    NUMERAL = 1 << 10,
    IS_INVARIABLE = 1 << 11,
    IS_FEMININE = 1 << 12,
    IS_MASCULINE = 1 << 13,
};

static const struct {
    unsigned bit;
    const char *const *words;
    size_t n;
} LISTS[] = {
    {COLLECTIVE, COLLECTIVES, CQ_COUNT(COLLECTIVES)},
    {IS_LOOSE, LOOSE, CQ_COUNT(LOOSE)},
    {IS_EPICENE, EPICENE, CQ_COUNT(EPICENE)},
    {IS_FEMININE, FEMININE, CQ_COUNT(FEMININE)},
    {IS_MASCULINE, MASCULINE, CQ_COUNT(MASCULINE)},
    {IS_PRENOMINAL, PRENOMINAL, CQ_COUNT(PRENOMINAL)},
    {IS_PRENOMINAL, BEFORE, CQ_COUNT(BEFORE)},
    {INSTITUTION, INSTITUTIONS, CQ_COUNT(INSTITUTIONS)},
    {TIME, TIMES, CQ_COUNT(TIMES)},
    {NUMERAL, NUMERALS, CQ_COUNT(NUMERALS)},
    {IS_INVARIABLE, INVARIABLE, CQ_COUNT(INVARIABLE)},
};

cq_map *cq_agr_lists(cq_arena *a)
{
    cq_map *lists = CQ_NEW(a, cq_map);
    cq_map_init(lists, a);
    for (size_t i = 0; i < CQ_COUNT(LISTS); i++) {
        for (size_t k = 0; k < LISTS[i].n; k++)
            *cq_map_put(lists, cq_str_of(LISTS[i].words[k]), NULL) |= LISTS[i].bit;
    }
    for (size_t k = 0; k < CQ_COUNT(DETERMINERS); k++) {
        for (unsigned c = 0; c < 4; c++) {
            if (DETERMINERS[k][c])
                *cq_map_put(lists, cq_str_of(DETERMINERS[k][c]), NULL) |= 1u << c;
        }
    }
    return lists;
}

// Which lists a word is in.
static unsigned listed(const cq_scan *s, cq_str word)
{
    const uint32_t *bits = cq_map_get(s->lists, word);
    return bits ? *bits : 0;
}

cq_str cq_agr_folded(const cq_scan *s, size_t i)
{
    if (!s->words[i].p) s->words[i] = cq_fold(s->run->scratch, cq_token_word(s->p, i));
    return s->words[i];
}

bool cq_agr_determines(const cq_scan *s, size_t i)
{
    return upos(s, i) == CQ_DET || at(s, i)->flags & CQ_TOKEN_CONTRACTED;
}

bool cq_agr_is_lower(const cq_scan *s, size_t i)
{
    const cq_token *t = at(s, i);
    return t->kind == CQ_TOKEN_WORD &&
           !(t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED |
                         CQ_TOKEN_DIGITS | CQ_TOKEN_INVERTED | CQ_TOKEN_ABBREVIATION));
}

bool cq_agr_is_participle(const cq_scan *s, size_t i)
{
    return CQ_GET_VERBFORM(at(s, i)->morph) == CQ_PART_FORM;
}

bool cq_agr_has_present_participle(const cq_scan *s, size_t i)
{
    uint32_t m = at(s, i)->morph;
    return CQ_GET_VERBFORM(m) == CQ_PART_FORM && CQ_GET_TENSE(m) == CQ_PRES;
}

bool cq_agr_has_verb_form(const cq_scan *s, size_t i, unsigned form)
{
    size_t n;
    const cq_reading *r = cq_lexicon_readings(s->run->lexicon, at(s, i)->form, &n);
    for (size_t k = 0; k < n; k++) {
        if (CQ_GET_VERBFORM(r[k].morph) == form) return true;
    }
    return false;
}

bool cq_agr_is_coordinator(const cq_scan *s, size_t i)
{
    return upos(s, i) == CQ_CCONJ || at(s, i)->mark == CQ_MARK_COMMA ||
           at(s, i)->mark == CQ_MARK_SLASH || cq_str_is(cq_agr_folded(s, i), "&");
}

bool cq_agr_joins(const cq_scan *s, size_t i)
{
    return i < s->last && (upos(s, i) == CQ_CCONJ || at(s, i)->mark == CQ_MARK_COMMA ||
                           at(s, i)->mark == CQ_MARK_SLASH);
}

bool cq_agr_is_loose(const cq_scan *s, size_t i)
{
    return listed(s, cq_agr_folded(s, i)) & IS_LOOSE;
}

bool cq_agr_is_invariable(const cq_scan *s, size_t i)
{
    return listed(s, cq_token_text(s->p, i)) & IS_INVARIABLE;
}

bool cq_agr_stands_before(const cq_scan *s, size_t i)
{
    return listed(s, cq_agr_folded(s, i)) & IS_PRENOMINAL;
}

bool cq_agr_is_institution(const cq_scan *s, size_t i)
{
    if (!(at(s, i)->flags & CQ_TOKEN_CAPITAL)) return false;
    for (size_t k = 0; k < CQ_COUNT(INSTITUTIONS); k++) {
        if (cq_str_ieq(lemma(s, i), INSTITUTIONS[k])) return true;
    }
    return listed(s, cq_token_text(s->p, i)) & INSTITUTION;
}

bool cq_agr_is_collective(const cq_scan *s, size_t i)
{
    return listed(s, lemma(s, i)) & COLLECTIVE;
}

bool cq_agr_takes_plural(const cq_scan *s, size_t i)
{
    static const char *const ONE[] = {
        "groupe", "équipe", "liste", "catégorie", "type",  "genre",  "ensemble", "série",
        "suite",  "bande",  "trio",  "variété",   "sorte", "espèce", "masse"};
    cq_str word = lemma(s, i);
    if (!cq_agr_is_collective(s, i)) return false;
    if (!CQ_IN(ONE, word) || i + 1 >= s->last) return true;
    cq_str next = cq_agr_folded(s, i + 1);
    return cq_str_is(next, "de") || cq_str_is(next, "d'") || cq_str_is(next, "des") ||
           upos(s, i + 1) == CQ_ADJ;
}

bool cq_agr_is_time(const cq_scan *s, size_t i) { return listed(s, lemma(s, i)) & TIME; }

bool cq_agr_may_name(const cq_scan *s, size_t k)
{
    return NOMINAL & CQ_UPOS_BIT(upos(s, k)) ||
           (upos(s, k) == CQ_ADJ && may_be(s, k, NOUN)) ||
           (at(s, k)->kind == CQ_TOKEN_WORD && !at(s, k)->form);
}

bool cq_agr_is_noun(const cq_scan *s, size_t i, bool forced)
{
    cq_str word = cq_token_text(s->p, i);
    if (!at(s, i)->form) return false;
    if (!cq_agr_is_lower(s, i)) return listed(s, word) & INSTITUTION;
    if (!may_be(s, i, NOUN)) return false;
    bool verb = forced && upos(s, i) == CQ_VERB && !may_be(s, i, ADJ);
    if (upos(s, i) != CQ_NOUN && !verb) return false;
    if (may_be(s, i, (CLOSED & ~CQ_UPOS_BIT(CQ_INTJ)) | CQ_UPOS_BIT(CQ_PROPN)))
        return false;
    // lecteurs/lectrices, lecteur(s), lecteur·rices
    if (i + 1 < s->last && !(at(s, i + 1)->flags & CQ_TOKEN_SPACE) &&
        (at(s, i + 1)->mark == CQ_MARK_SLASH || at(s, i + 1)->mark == CQ_MARK_OPEN ||
         at(s, i + 1)->mark == CQ_MARK_OTHER || at(s, i + 1)->kind == CQ_TOKEN_SYMBOL))
        return false;
    return (word.n > 2 || cq_str_is(word, "an")) && !(listed(s, word) & IS_INVARIABLE);
}

bool cq_agr_is_finite(const cq_scan *s, size_t i)
{
    static const char *const COMMON[] = {"être",   "avoir", "faire",   "pouvoir",
                                         "devoir", "aller", "vouloir", "dire"};
    const cq_token *t = at(s, i);
    if (!cq_agr_is_lower(s, i) || !t->form || CQ_GET_VERBFORM(t->morph) != CQ_FIN)
        return false;
    if (!(VERBS & CQ_UPOS_BIT(CQ_GET_UPOS(t->morph)))) return false;
    if (CQ_IN(COMMON, lemma(s, i)) || !may_be(s, i, CLOSED | NOUN | ADJ)) return true;
    // A noun by form, too ("place", "reste"): what follows shows that it is the verb.
    enum { AFTER = CLOSED & ~CQ_UPOS_BIT(CQ_CCONJ) };
    return !may_be(s, i, CLOSED) && i + 1 < s->last && follows(s, i + 1) &&
           AFTER & CQ_UPOS_BIT(upos(s, i + 1)) && !cq_agr_determines(s, i - 1);
}

bool cq_agr_is_predicate(const cq_scan *s, size_t i)
{
    if (!cq_agr_is_lower(s, i) || !at(s, i)->form) return false;
    bool tagged =
        upos(s, i) == CQ_ADJ ||
        (upos(s, i) == CQ_VERB && CQ_GET_VERBFORM(at(s, i)->morph) == CQ_PART_FORM &&
         CQ_GET_TENSE(at(s, i)->morph) != CQ_PRES);
    return tagged && !may_be(s, i, CLOSED) &&
           !(may_be(s, i, NOUN) && upos(s, i) == CQ_ADJ) && !cq_agr_is_loose(s, i);
}

unsigned cq_agr_set_of(uint32_t morph)
{
    unsigned gender = CQ_GET_GENDER(morph), number = CQ_GET_NUMBER(morph), set = 0;
    if (!gender) gender = CQ_MASC | CQ_FEM;
    if (!number) number = CQ_SING | CQ_PLUR;
    if (number & CQ_SING) set |= (gender & CQ_MASC ? MS : 0) | (gender & CQ_FEM ? FS : 0);
    if (number & CQ_PLUR) set |= (gender & CQ_MASC ? MP : 0) | (gender & CQ_FEM ? FP : 0);
    return set;
}

unsigned cq_agr_agrees_with(const cq_scan *s, size_t i, unsigned uposes)
{
    size_t n;
    const cq_reading *r = cq_lexicon_readings(s->run->lexicon, at(s, i)->form, &n);
    unsigned lists = uposes & NOUN ? listed(s, lemma(s, i)) : 0, set = 0;
    unsigned genders = lists & IS_FEMININE ? FEM : lists & IS_MASCULINE ? MASC : ~0u;
    for (size_t k = 0; k < n; k++) {
        uint32_t m = r[k].morph;
        bool participle = CQ_GET_VERBFORM(m) == CQ_PART_FORM &&
                          CQ_GET_TENSE(m) != CQ_PRES && uposes & ADJ;
        unsigned own = cq_agr_set_of(m);
        if (CQ_GET_UPOS(m) == CQ_NOUN) own &= genders;
        if (participle || CQ_UPOS_BIT(CQ_GET_UPOS(m)) & uposes) set |= own;
    }
    if (lists & IS_EPICENE && set & MASC)
        set |= (set & MS ? FS : 0) | (set & MP ? FP : 0);
    return set;
}

unsigned cq_agr_determiner(const cq_scan *s, size_t i, cq_str *word)
{
    const cq_token *t = at(s, i);
    if (t->kind != CQ_TOKEN_WORD || t->flags & (CQ_TOKEN_UPPER | CQ_TOKEN_INVERTED))
        return 0;
    bool counts = i == s->first || upos(s, i - 1) == CQ_ADP;
    bool determines = cq_agr_determines(s, i);
    if (!counts && !determines) return 0;
    *word = cq_agr_folded(s, i);
    unsigned lists = listed(s, *word);
    if (counts && lists & NUMERAL) return PLUR;
    if (!determines) return 0;
    unsigned set = lists & (SING | PLUR);
    // mon amie, son histoire
    bool possessive =
        cq_str_is(*word, "mon") || cq_str_is(*word, "ton") || cq_str_is(*word, "son");
    if (possessive && i + 1 < s->last) {
        size_t k = 0;
        uint32_t c =
            cq_base_letter(cq_to_lower(cq_utf8_next(cq_token_text(s->p, i + 1), &k)));
        if (c < 0x80 && strchr("aeiouyh", (int)c)) set |= FS;
    }
    return set;
}

unsigned cq_agr_numbers(const cq_scan *s, size_t i)
{
    size_t n;
    const cq_reading *r = cq_lexicon_readings(s->run->lexicon, at(s, i)->form, &n);
    unsigned set = 0;
    for (size_t k = 0; k < n; k++) {
        uint32_t m = r[k].morph;
        if (CQ_GET_VERBFORM(m) != CQ_FIN) continue;
        if (CQ_GET_PERSON(m) && !(CQ_GET_PERSON(m) & CQ_P3)) continue;
        unsigned number = CQ_GET_NUMBER(m);
        if (!number || number & CQ_SING) set |= SING;
        if (!number || number & CQ_PLUR) set |= PLUR;
    }
    return set;
}

// How a singular determiner is written before a vowel.
static cq_str before_vowel(cq_str determiner)
{
    static const char *const FORMS[][2] = {
        {"le", "l’"},   {"la", "l’"},     {"du", "de l’"}, {"de la", "de l’"},
        {"au", "à l’"}, {"à la", "à l’"}, {"ce", "cet"},   {"ma", "mon"},
        {"ta", "ton"},  {"sa", "son"},
    };
    for (size_t k = 0; k < CQ_COUNT(FORMS); k++) {
        if (cq_str_is(determiner, FORMS[k][0])) return cq_str_of(FORMS[k][1]);
    }
    return determiner;
}

cq_str cq_agr_determiner_for(const cq_scan *s, size_t i, unsigned set)
{
    cq_str word = cq_agr_folded(s, i);
    bool vowel =
        i + 1 < s->last && cq_lexicon_elides(s->run->lexicon, at(s, i + 1)->form);
    for (size_t k = 0; k < CQ_COUNT(DETERMINERS); k++) {
        for (size_t c = 0; c < 4; c++) {
            if (!DETERMINERS[k][c] || !cq_str_is(word, DETERMINERS[k][c])) continue;
            for (size_t o = 0; o < 4; o++) {
                const char *form = set >> o & 1 ? DETERMINERS[k][o] : NULL;
                if (!form) continue;
                return vowel ? before_vowel(cq_str_of(form)) : cq_str_of(form);
            }
        }
    }
    return (cq_str){"", 0};
}

cq_str cq_agr_inflected(const cq_scan *s, size_t i, unsigned set)
{
    uint32_t m = at(s, i)->morph;
    uint32_t want = CQ_GET_UPOS(m) | CQ_GET_VERBFORM(m) << CQ_M_VERBFORM |
                    CQ_GET_TENSE(m) << CQ_M_TENSE;
    want |= (uint32_t)(set & PLUR ? CQ_PLUR : CQ_SING) << CQ_M_NUMBER;
    want |= (uint32_t)(set & MASC ? CQ_MASC : CQ_FEM) << CQ_M_GENDER;
    const cq_lexicon *l = s->run->lexicon;
    return cq_lexicon_form(l, cq_lexicon_inflect(l, at(s, i)->lemma, want));
}

void cq_agr_report(const cq_scan *s, const char *rule, size_t first, size_t last,
                   const char *fr, const char *en, size_t wrong, cq_str right)
{
    cq_check_run *run = s->run;
    cq_hit *h = cq_hit_add(run, cq_str_of(rule), cq_spot_of_tokens(s->p, first, last));
    h->category = cq_str_of("linguistic-conventions/agreement");
    h->severity = CQ_MAJOR;
    h->confidence = h->at.quoted ? CQ_LOW : CQ_MEDIUM;
    cq_str match = cq_str_sub(s->p->doc->text, h->at.start, h->at.end);
    h->message = cq_strf(run->arena, cq_say(run, fr, en), CQ_PRI(match));
    for (size_t i = first; i < last; i++) s->reported[i] = true;
    const cq_token *t = at(s, wrong);
    if (!right.n || cq_str_eq(right, cq_agr_folded(s, wrong))) return;
    // "la arme": the blank goes, too.
    bool elided = cq_str_ends(right, cq_str_of("’")) && wrong + 1 < s->last;
    if (t->flags & CQ_TOKEN_CAPITAL) right = cq_upper_first(run->arena, right);
    cq_hit_fix_add(run, h, t->start, elided ? at(s, wrong + 1)->start : t->end, right);
}
