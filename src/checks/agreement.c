// Agreement within a noun phrase, and of a verb, a participle or an adjective with the
// noun phrase or pronoun that is its subject.
//
// The phrase is found first: a determiner, what may stand before the noun, the noun, the
// adjectives behind it; then every word in it must have a reading with a gender and a
// number in common with the noun's. Only words whose readings leave no way out are
// reported: a word of the other class, a second noun that an adjective may belong to, an
// enumeration or a collective silence the check.
#include "checks/agreement.h"

#include "base/utf8.h"

enum {
    BEFORE_MAX = 4, // adjectives and numerals between determiner and noun
    LINKS_MAX = 4,  // nouns before the phrase that an adjective may belong to
    CHAIN_MAX = 4,  // complements ("de la ville") between a subject and its verb
};

// Genders and numbers as one set, so that "les" and "amie" have nothing in common.
enum { MS = 1, FS = 2, MP = 4, FP = 8, SING = MS | FS, PLUR = MP | FP, ALL = 15 };
enum { MASC = MS | MP, FEM = FS | FP };

typedef struct {
    cq_check_run *run;
    const cq_map *lists; // see listed()
    const cq_passage *p;
    size_t first, last; // the sentence
    cq_str *folded;     // per token of the passage, once it was asked for
} scan;

typedef struct {
    size_t start, noun, end; // tokens: determiner, noun, past the last adjective
    unsigned agrees;         // what determiner and noun have in common; 0: an error
    bool reported;
} phrase;

// --- words

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
    "même",    "possible",   "seul",     "seule",     "demi",    "nu",      "mi",
    "ci",      "tel",        "telle",    "tout",      "tous",    "toute",   "toutes",
    "plein",   "fois",       "fonds",    "data",      "open",    "street",  "pull",
    "revoir",  "on",         "pop",      "rock",      "fils",    "mille",   "cent",
    "express", "standard",   "clé",      "phare",     "maison",  "type",    "record",
    "éclair",  "vedette",    "test",     "pilote",    "cible",   "média",   "super",
    "extra",   "compris",    "vu",       "passé",     "mis",     "étant",   "donné",
    "supposé", "attendu",    "excepté",  "inclus",    "joint",   "point",   "après-midi",
    "sec",     "soi-disant", "médian",   "quelque",   "dit",     "dite",    "dits",
    "dites",   "autre",      "un",       "une",       "deux",    "trois",   "demie",
    "minimum", "maximum",    "logiciel", "logiciels", "données", "grand",   "méga",
    "géo",     "mini",       "maxi",     "micro",     "macro",   "topo",    "proxy",
    "prix",    "surprise",   "choc",     "star",      "culte",   "mystère", "fantôme",
    "modèle",  "butoir",     "repère",   "refuge",    "fleuve",  "vitrine", "marathon",
};

// Offices and professions that the dictionary calls masculine and the press, for a woman,
// feminine: "l’ancienne chef de cabinet".
static const char *const EPICENE[] = {
    "chef",      "maire",     "juge",      "ministre", "professeur",   "médecin",
    "auteur",    "écrivain",  "procureur", "témoin",   "cadre",        "soldat",
    "ingénieur", "député",    "sénateur",  "policier", "peintre",      "guide",
    "modèle",    "mannequin", "otage",     "membre",   "porte-parole",
};

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
};

// Common nouns that keep their gender when they name an institution.
static const char *const INSTITUTIONS[] = {
    "Commission",  "Conseil",  "Assemblée",  "Ministère",     "Union",       "Banque",
    "Cour",        "Parti",    "Président",  "Gouvernement",  "Comité",      "Chambre",
    "Parlement",   "Sénat",    "Agence",     "Organisation",  "Fédération",  "Institut",
    "Université",  "Guerre",   "République", "Confédération", "Département", "Direction",
    "Autorité",    "Tribunal", "Nations",    "États",         "Société",     "Ligue",
    "Association",
};

// When something was: "la semaine dernière ont eu lieu".
static const char *const TIMES[] = {
    "semaine", "jour",       "année",     "an",        "mois",     "matin",   "soir",
    "nuit",    "fois",       "lundi",     "mardi",     "mercredi", "jeudi",   "vendredi",
    "samedi",  "dimanche",   "week-end",  "heure",     "moment",   "époque",  "siècle",
    "été",     "hiver",      "printemps", "automne",   "journée",  "soirée",  "minute",
    "instant", "après-midi", "saison",    "lendemain", "veille",   "matinée",
};

// Words of LOOSE that do agree when they stand before the noun.
static const char *const BEFORE[] = {"grand",  "seul", "seule", "seuls",
                                     "seules", "même", "mêmes"};

static const char *const DEGREES[] = {"plus", "moins", "très", "trop", "si", "aussi"};

// "tous les", "toute la": what they agree with.
static const char *const ALL_FORMS[] = {"tout", "toute", "tous", "toutes"};

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
    "maximum", "standard", "après-midi", "revoir", "start-up", "gif",
};

// What stands for one of several: "aucun des trois".
static const char *const ONES[] = {"un", "une", "aucun", "aucune", "chacun", "chacune"};

// Determiners that are pronouns, too.
static const char *const BOTH[] = {"le", "la", "les", "l'", "leur"};

// The lists that are asked for in each noun phrase, as bits of listed(). The first four
// are the columns of DETERMINERS.
enum {
    COLLECTIVE = 1 << 4,
    IS_LOOSE = 1 << 5,
    IS_EPICENE = 1 << 6,
    IS_PRENOMINAL = 1 << 7,
    INSTITUTION = 1 << 8,
    TIME = 1 << 9,
    IS_BEFORE = 1 << 10,
    NUMERAL = 1 << 11,
    IS_INVARIABLE = 1 << 12,
};

static const struct {
    unsigned bit;
    const char *const *words;
    size_t n;
} LISTS[] = {
    {COLLECTIVE, COLLECTIVES, CQ_COUNT(COLLECTIVES)},
    {IS_LOOSE, LOOSE, CQ_COUNT(LOOSE)},
    {IS_EPICENE, EPICENE, CQ_COUNT(EPICENE)},
    {IS_PRENOMINAL, PRENOMINAL, CQ_COUNT(PRENOMINAL)},
    {INSTITUTION, INSTITUTIONS, CQ_COUNT(INSTITUTIONS)},
    {TIME, TIMES, CQ_COUNT(TIMES)},
    {IS_BEFORE, BEFORE, CQ_COUNT(BEFORE)},
    {NUMERAL, NUMERALS, CQ_COUNT(NUMERALS)},
    {IS_INVARIABLE, INVARIABLE, CQ_COUNT(INVARIABLE)},
};

void *cq_agreement_begin(cq_check_run *run)
{
    cq_map *lists = CQ_NEW(run->arena, cq_map);
    cq_map_init(lists, run->arena);
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
static unsigned listed(const scan *s, cq_str word)
{
    const uint32_t *bits = cq_map_get(s->lists, word);
    return bits ? *bits : 0;
}

static bool is_in(const char *const *list, size_t n, cq_str word)
{
    for (size_t i = 0; i < n; i++) {
        if (cq_str_is(word, list[i])) return true;
    }
    return false;
}

static cq_str folded(const scan *s, size_t i)
{
    if (!s->folded[i].p) s->folded[i] = cq_fold(s->run->scratch, cq_token_word(s->p, i));
    return s->folded[i];
}

static const cq_token *at(const scan *s, size_t i) { return &s->p->tokens[i]; }

static unsigned upos(const scan *s, size_t i) { return CQ_GET_UPOS(at(s, i)->morph); }

static bool determines(const scan *s, size_t i) // DET, or a contraction that holds one
{
    return upos(s, i) == CQ_DET || at(s, i)->flags & CQ_TOKEN_CONTRACTED;
}

static bool may_be(const scan *s, size_t i, unsigned uposes)
{
    return at(s, i)->upos & uposes;
}

static bool is_lower(const scan *s, size_t i)
{
    const cq_token *t = at(s, i);
    return t->kind == CQ_TOKEN_WORD &&
           !(t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED |
                         CQ_TOKEN_DIGITS | CQ_TOKEN_INVERTED | CQ_TOKEN_ABBREVIATION));
}

static unsigned set_of(uint32_t morph)
{
    unsigned gender = CQ_GET_GENDER(morph), number = CQ_GET_NUMBER(morph), set = 0;
    if (!gender) gender = CQ_MASC | CQ_FEM;
    if (!number) number = CQ_SING | CQ_PLUR;
    if (number & CQ_SING) set |= (gender & CQ_MASC ? MS : 0) | (gender & CQ_FEM ? FS : 0);
    if (number & CQ_PLUR) set |= (gender & CQ_MASC ? MP : 0) | (gender & CQ_FEM ? FP : 0);
    return set;
}

enum { NOUN = CQ_UPOS_BIT(CQ_NOUN), ADJ = CQ_UPOS_BIT(CQ_ADJ) };
enum { VERBS = CQ_UPOS_BIT(CQ_VERB) | CQ_UPOS_BIT(CQ_AUX) };
enum {
    CLOSED = CQ_UPOS_BIT(CQ_PRON) | CQ_UPOS_BIT(CQ_ADP) | CQ_UPOS_BIT(CQ_ADV) |
             CQ_UPOS_BIT(CQ_DET) | CQ_UPOS_BIT(CQ_CCONJ) | CQ_UPOS_BIT(CQ_SCONJ) |
             CQ_UPOS_BIT(CQ_NUM) | CQ_UPOS_BIT(CQ_INTJ)
};

// What the readings of these classes agree with; past participles count as adjectives.
static unsigned agrees_with(const scan *s, size_t i, unsigned uposes)
{
    size_t n;
    const cq_reading *r = cq_lexicon_readings(s->run->lexicon, at(s, i)->form, &n);
    unsigned set = 0;
    for (size_t k = 0; k < n; k++) {
        uint32_t m = r[k].morph;
        bool participle = CQ_GET_VERBFORM(m) == CQ_PART_FORM &&
                          CQ_GET_TENSE(m) != CQ_PRES && uposes & ADJ;
        if (participle || CQ_UPOS_BIT(CQ_GET_UPOS(m)) & uposes) set |= set_of(m);
    }
    if (uposes & NOUN && set & MASC) {
        cq_str lemma = cq_lexicon_form(s->run->lexicon, at(s, i)->lemma);
        if (listed(s, lemma) & IS_EPICENE)
            set |= (set & MS ? FS : 0) | (set & MP ? FP : 0);
    }
    return set;
}

static bool has_verb_form(const scan *s, size_t i, unsigned form)
{
    size_t n;
    const cq_reading *r = cq_lexicon_readings(s->run->lexicon, at(s, i)->form, &n);
    for (size_t k = 0; k < n; k++) {
        if (CQ_GET_VERBFORM(r[k].morph) == form) return true;
    }
    return false;
}

static bool has_present_participle(const scan *s, size_t i)
{
    uint32_t m = at(s, i)->morph;
    return CQ_GET_VERBFORM(m) == CQ_PART_FORM && CQ_GET_TENSE(m) == CQ_PRES;
}

static bool is_collective(const scan *s, size_t i)
{
    cq_str lemma = cq_lexicon_form(s->run->lexicon, at(s, i)->lemma);
    return listed(s, lemma) & COLLECTIVE;
}

// A collective whose verb may be in the plural even without a complement.
static bool takes_plural(const scan *s, size_t i)
{
    static const char *const ONE[] = {
        "groupe", "équipe", "liste", "catégorie", "type",  "genre",  "ensemble", "série",
        "suite",  "bande",  "trio",  "variété",   "sorte", "espèce", "masse"};
    cq_str lemma = cq_lexicon_form(s->run->lexicon, at(s, i)->lemma);
    if (!is_collective(s, i)) return false;
    if (!is_in(ONE, CQ_COUNT(ONE), lemma) || i + 1 >= s->last) return true;
    cq_str next = folded(s, i + 1);
    return cq_str_is(next, "de") || cq_str_is(next, "d'") || cq_str_is(next, "des") ||
           upos(s, i + 1) == CQ_ADJ;
}

static bool is_time(const scan *s, size_t i)
{
    cq_str lemma = cq_lexicon_form(s->run->lexicon, at(s, i)->lemma);
    return listed(s, lemma) & TIME;
}

// Does a space, and nothing else, part token i from the one before, or an elision?
static bool follows(const scan *s, size_t i)
{
    return at(s, i)->flags & CQ_TOKEN_SPACE || at(s, i - 1)->flags & CQ_TOKEN_ELIDED;
}

// --- reporting

static void report(const scan *s, const char *rule, size_t first, size_t last,
                   const char *fr, const char *en, size_t wrong, uint32_t right)
{
    cq_check_run *run = s->run;
    cq_hit *h = cq_hit_add(run, cq_str_of(rule), cq_spot_of_tokens(s->p, first, last));
    h->category = cq_str_of("linguistic-conventions/agreement");
    h->severity = CQ_MAJOR;
    h->confidence = h->at.quoted ? CQ_LOW : CQ_MEDIUM;
    cq_str match = cq_str_sub(s->p->doc->text, h->at.start, h->at.end);
    h->message = cq_strf(run->arena, cq_say(run, fr, en), CQ_PRI(match));
    cq_str form = cq_lexicon_form(run->lexicon, right);
    if (right && form.n && !cq_str_eq(form, folded(s, wrong)))
        cq_hit_fix_add(run, h, at(s, wrong)->start, at(s, wrong)->end, form);
}

// The form of token i, by its lemma as `class`, that agrees with one of `set`.
static uint32_t inflected(const scan *s, size_t i, unsigned set)
{
    uint32_t m = at(s, i)->morph;
    uint32_t want = CQ_GET_UPOS(m) | CQ_GET_VERBFORM(m) << CQ_M_VERBFORM |
                    CQ_GET_TENSE(m) << CQ_M_TENSE;
    want |= (uint32_t)(set & PLUR ? CQ_PLUR : CQ_SING) << CQ_M_NUMBER;
    want |= (uint32_t)(set & MASC ? CQ_MASC : CQ_FEM) << CQ_M_GENDER;
    return cq_lexicon_inflect(s->run->lexicon, at(s, i)->lemma, want);
}

// --- the noun phrase

// The set of a determiner; 0: it is none that agrees.
static unsigned determiner(const scan *s, size_t i, cq_str *word)
{
    const cq_token *t = at(s, i);
    if (t->kind != CQ_TOKEN_WORD || t->flags & (CQ_TOKEN_UPPER | CQ_TOKEN_INVERTED))
        return 0;
    bool counts = i == s->first || upos(s, i - 1) == CQ_ADP;
    if (!counts && !determines(s, i)) return 0;
    *word = folded(s, i);
    unsigned lists = listed(s, *word);
    if (counts && lists & NUMERAL) return PLUR;
    if (!determines(s, i)) return 0;
    unsigned set = lists & ALL;
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

// Numbers of the finite readings in the third person.
static unsigned numbers(const scan *s, size_t i)
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

// The set of "tout" before the determiner at token i; 0: there is none.
static unsigned before_determiner(const scan *s, size_t i)
{
    if (i == s->first || !follows(s, i) || upos(s, i - 1) == CQ_ADV) return 0;

    cq_str word = folded(s, i - 1);
    for (unsigned c = 0; c < CQ_COUNT(ALL_FORMS); c++) {
        if (!cq_str_is(word, ALL_FORMS[c])) continue;
        bool after = c == 0 && i > s->first + 1 && upos(s, i - 2) == CQ_ADP;
        return after ? 0 : 1u << c; // not in: avant tout les élus
    }
    return 0;
}

// "la", "les" may be the pronoun before a verb that is also a noun: "il les porte".
static bool may_be_pronoun(const scan *s, size_t i, size_t noun, cq_str word)
{
    static const char *const WHEN[] = {"si", "quand", "lorsque", "puisque", "dont"};
    if (noun != i + 1 || !is_in(BOTH, CQ_COUNT(BOTH), word)) return false;
    if (has_verb_form(s, noun, CQ_INF)) return true;
    if (before_determiner(s, i)) return false;
    if (i > s->first && cq_str_is(folded(s, i - 1), "en")) // en les étudiant
        return may_be(s, noun, VERBS);
    if (!numbers(s, noun)) return false; // "cartes" is a verb with "tu" only
    // No sentence begins with an object, and none stands between preposition and verb.
    return i > s->first && upos(s, i - 1) != CQ_ADP && upos(s, i - 1) != CQ_VERB &&
           !is_in(WHEN, CQ_COUNT(WHEN), folded(s, i - 1));
}

// `forced`: what stands before it leaves room for no verb.
static bool good_noun(const scan *s, size_t i, bool forced)
{
    cq_str word = cq_token_text(s->p, i);
    if (!at(s, i)->form) return false;
    if (!is_lower(s, i)) return listed(s, word) & INSTITUTION;
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
    return word.n > 2 && !(listed(s, word) & IS_INVARIABLE);
}

static bool is_predicate(const scan *s, size_t i)
{
    if (!is_lower(s, i) || !at(s, i)->form) return false;
    bool tagged =
        upos(s, i) == CQ_ADJ ||
        (upos(s, i) == CQ_VERB && CQ_GET_VERBFORM(at(s, i)->morph) == CQ_PART_FORM &&
         CQ_GET_TENSE(at(s, i)->morph) != CQ_PRES);
    return tagged && !may_be(s, i, CLOSED) &&
           !(may_be(s, i, NOUN) && upos(s, i) == CQ_ADJ) &&
           !(listed(s, cq_token_text(s->p, i)) & IS_LOOSE);
}

// "la base légal": once it does not agree, the tagger takes an adjective for a noun. The
// ending tells the kind that names no person and stands beside no noun as a noun.
static bool adjective_by_form(const scan *s, size_t i)
{
    static const char *const ENDINGS[] = {
        "el",   "els",   "elle",  "elles", "al",   "aux",   "ale",
        "ales", "if",    "ifs",   "ive",   "ives", "eux",   "euse",
        "ique", "iques", "ier",   "iers",  "ière", "ières", "ain",
        "ains", "aine",  "aines", "ien",   "iens", "ienne", "iennes",
    };
    if (upos(s, i) != CQ_NOUN || !may_be(s, i, ADJ) || may_be(s, i, VERBS)) return false;
    if (i + 1 < s->last && follows(s, i + 1) &&
        (upos(s, i + 1) == CQ_NOUN || upos(s, i + 1) == CQ_PROPN))
        return false;
    cq_str word = cq_token_text(s->p, i);
    for (size_t k = 0; k < CQ_COUNT(ENDINGS); k++) {
        if (cq_str_ends(word, cq_str_of(ENDINGS[k]))) return true;
    }
    return false;
}

static bool good_adjective(const scan *s, size_t i)
{
    if (!is_lower(s, i) || !at(s, i)->form || has_verb_form(s, i, CQ_FIN)) return false;
    bool tagged =
        upos(s, i) == CQ_ADJ || upos(s, i) == CQ_VERB || adjective_by_form(s, i);
    return tagged && !may_be(s, i, CLOSED) && agrees_with(s, i, ADJ) &&
           !has_present_participle(s, i) &&
           !(listed(s, cq_token_text(s->p, i)) & IS_LOOSE);
}

static bool joins(const scan *s, size_t i) // et, ou, a comma: an enumeration
{
    return i < s->last && (upos(s, i) == CQ_CCONJ || at(s, i)->mark == CQ_MARK_COMMA ||
                           at(s, i)->mark == CQ_MARK_SLASH);
}

// May an adjective behind the phrase that begins at `start` belong to an earlier noun
// that the phrase is a complement of ("une tasse de thé brûlante"), or to several nouns?
static bool agrees_earlier(const scan *s, size_t start, size_t i, unsigned set)
{
    enum { NAMING = NOUN | CQ_UPOS_BIT(CQ_PROPN) | CQ_UPOS_BIT(CQ_X) };
    // What belongs to "sa carrière", "une erreur" stays with it: only a complement with
    // the definite article or none is passed over ("le président de la République
    // italien").
    static const char *const PASSED[] = {"le", "la",  "les", "l'",
                                         "du", "des", "au",  "aux"};
    bool firm = upos(s, start) == CQ_DET && !has_verb_form(s, i, CQ_PART_FORM) &&
                !is_in(PASSED, CQ_COUNT(PASSED), folded(s, start)) && !(set & PLUR);
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
            if (at(s, k)->kind == CQ_TOKEN_WORD && !at(s, k)->form)
                return true; // who knows
            if (upos(s, k) == CQ_AUX || CQ_GET_VERBFORM(at(s, k)->morph) == CQ_FIN ||
                CQ_GET_VERBFORM(at(s, k)->morph) == CQ_INF ||
                has_present_participle(s, k))
                return false;
            bool maybe = upos(s, k) == CQ_ADJ && may_be(s, k, NOUN); // variables
            if (maybe && agrees_with(s, k, NOUN) & set) return true;
            if (NAMING & CQ_UPOS_BIT(upos(s, k))) {
                if (agrees_with(s, k, NAMING) & set) return true;
                break;
            }
        }
        while (k > s->first && (upos(s, k - 1) == CQ_ADJ || upos(s, k - 1) == CQ_NUM))
            k--;
        if (k > s->first && determines(s, k - 1)) k--;
    }
    return false;
}

// "une femme policier", "les voitures bélier": a noun beside a noun.
static bool is_apposition(const scan *s, size_t noun, size_t i)
{
    static const char *const PERSONS[] = {"femme", "fille", "homme", "dame", "personne"};
    if (!may_be(s, i, NOUN) || upos(s, i) == CQ_VERB) return false;
    cq_str head = cq_lexicon_form(s->run->lexicon, at(s, noun)->lemma);
    if (is_in(PERSONS, CQ_COUNT(PERSONS), head)) return true;
    // "l'application photos", "la section rendu": a noun and its name
    static const char *const NAMED[] = {"application", "section", "onglet",   "menu",
                                        "page",        "option",  "rubrique", "touche"};
    if (is_in(NAMED, CQ_COUNT(NAMED), head)) return true;
    // l'interface utilisateur, but not "les saignements majeur"
    static const char *const COMPARED[] = {
        "majeur",    "majeurs",    "mineur",    "mineurs",    "meilleur",  "meilleurs",
        "supérieur", "supérieurs", "inférieur", "inférieurs", "intérieur", "intérieurs",
        "extérieur", "extérieurs", "antérieur", "antérieurs", "ultérieur", "ultérieurs"};
    cq_str word = cq_token_text(s->p, i);
    if (is_in(COMPARED, CQ_COUNT(COMPARED), word)) return false;
    if (cq_str_ends(word, cq_str_of("eur")) || cq_str_ends(word, cq_str_of("eurs")))
        return true;
    return false; // stands here as what most such words are: an adjective
}

// "a pour sa part ajouté": the participle belongs to an auxiliary before the phrase.
static bool completes_verb(const scan *s, size_t start, size_t i)
{
    enum { BACK = 8 };
    if (!has_verb_form(s, i, CQ_PART_FORM)) return false;
    for (size_t k = start; k-- > s->first && k + BACK > start;) {
        if (upos(s, k) == CQ_VERB && CQ_GET_VERBFORM(at(s, k)->morph) == CQ_PART_FORM)
            return false;
        if (may_be(s, k, CQ_UPOS_BIT(CQ_AUX))) return true;
    }
    return false;
}

// Is the phrase at token i the second of two, "de littérature et d'histoire"?
static bool is_second(const scan *s, size_t i)
{
    if (i > s->first && upos(s, i - 1) == CQ_ADP) i--;
    return i > s->first &&
           (cq_str_is(folded(s, i - 1), "et") || cq_str_is(folded(s, i - 1), "ou"));
}

static void check_behind(const scan *s, phrase *n)
{
    static const char *const SHADES[] = {"clair", "foncé", "pâle", "vif", "sombre"};
    unsigned noun = agrees_with(s, n->noun, NOUN);
    if (!noun || !(noun & n->agrees)) noun = agrees_with(s, n->noun, NOUN | ADJ);
    unsigned set = n->agrees & noun ? n->agrees & noun : noun;
    size_t i = n->noun + 1;
    for (; i < s->last && i < n->noun + 3 && good_adjective(s, i) && follows(s, i); i++) {
        if (i > n->noun + 1 && upos(s, i - 1) == CQ_VERB) break; // une minute passée seul
        unsigned adjective = agrees_with(s, i, ADJ);
        n->end = i + 1;
        if (!adjective || adjective & set || n->reported) continue;
        static const char *const NEXT[] = {"prochain", "prochaine", "dernier",
                                           "dernière"};
        bool next = is_in(NEXT, CQ_COUNT(NEXT), cq_token_text(s->p, i));
        if (is_apposition(s, n->noun, i) || (is_time(s, n->noun) && !next)) continue;
        // "ses propres données": the noun may be the second.
        if (may_be(s, n->noun, ADJ) && n->agrees & agrees_with(s, i, NOUN)) continue;
        if (i + 1 < s->last && is_in(SHADES, CQ_COUNT(SHADES), folded(s, i + 1)))
            continue; // gris clair
        if (i + 1 < s->last && cq_str_is(folded(s, i + 1), "marché"))
            continue; // bon marché
        if (is_collective(s, n->noun) || completes_verb(s, n->start, i)) continue;
        if (i + 2 < s->last && cq_str_eq(folded(s, i), folded(s, i + 2)))
            continue; // petit à petit
        // "l'organisation militant pour la paix": a present participle
        if (i + 1 < s->last && upos(s, i + 1) == CQ_ADP &&
            cq_str_ends(cq_token_text(s->p, i), cq_str_of("ant")))
            continue;
        static const char *const COLOURS[] = {"vert", "bleu",   "rouge", "jaune", "gris",
                                              "rose", "marron", "noir",  "blanc", "brun"};
        if (i + 1 < s->last && is_in(COLOURS, CQ_COUNT(COLOURS), folded(s, i)) &&
            may_be(s, i + 1, NOUN))
            continue; // vert olive
        if (i > n->noun + 1 && is_in(SHADES, CQ_COUNT(SHADES), folded(s, i)))
            continue; // des tuiles gris clair
        if (i + 1 < s->last && upos(s, i + 1) == CQ_NOUN) continue; // tout grand public
        // les langues française et anglaise, not "des outils puissant et simples"
        bool plural_behind = i + 2 < s->last && agrees_with(s, i + 2, ADJ) &&
                             !(agrees_with(s, i + 2, ADJ) & SING) &&
                             upos(s, i + 2) == CQ_ADJ;
        if (set & PLUR && adjective & SING && joins(s, i + 1) && !plural_behind) continue;
        if (agrees_earlier(s, n->start, i, adjective)) continue;
        // la littérature et l'histoire anciennes
        if (set & SING && adjective & PLUR && is_second(s, n->start)) continue;
        report(s, "agreement/adjective", n->start, i + 1,
               "« %.*s » : l’adjectif ne s’accorde pas avec le nom.",
               "“%.*s”: adjective and noun do not agree.", i, inflected(s, i, set));
        n->reported = true;
    }
}

static void check_determiner(const scan *s, phrase *n, unsigned set, cq_str word)
{
    unsigned noun = agrees_with(s, n->noun, NOUN | ADJ);
    if (!(noun & PLUR) && set & PLUR && n->noun + 2 < s->last && joins(s, n->noun + 1) &&
        upos(s, n->noun + 2) == CQ_NOUN)
        return; // leurs soutien et avis
    uint32_t right = 0;
    size_t wrong = n->start;
    if (noun & (set & SING ? SING : PLUR)) { // gender: the determiner is wrong
        unsigned want = noun & (set & SING ? SING : PLUR);
        for (size_t k = 0; k < CQ_COUNT(DETERMINERS) && !right; k++) {
            for (size_t c = 0; c < 4 && !right; c++) {
                if (!DETERMINERS[k][c] || !cq_str_is(word, DETERMINERS[k][c])) continue;
                for (size_t o = 0; o < 4 && !right; o++) {
                    const char *form = DETERMINERS[k][o];
                    if (form && want >> o & 1)
                        right = cq_lexicon_find(s->run->lexicon, cq_str_of(form));
                }
            }
        }
        size_t next = n->start + 1;
        if (right && cq_lexicon_elides(s->run->lexicon, at(s, next)->form)) right = 0;
        if (at(s, n->start)->flags & CQ_TOKEN_CAPITAL) right = 0;
    } else {
        wrong = n->noun;
        right = inflected(s, n->noun, set & (noun & MASC ? MASC : FEM));
    }
    report(s, "agreement/determiner", n->start, n->noun + 1,
           "« %.*s » : le déterminant ne s’accorde pas avec le nom.",
           "“%.*s”: determiner and noun do not agree.", wrong, right);
    n->reported = true;
}

// The phrase that begins with a determiner at token i; false: there is none.
static bool find_phrase(const scan *s, size_t i, phrase *out)
{
    cq_str word = {0};
    unsigned set = determiner(s, i, &word);
    if (!set) return false;
    size_t before[BEFORE_MAX], before_n = 0, k = i + 1;
    bool numeral = false;
    for (; k < s->last && k <= i + BEFORE_MAX; k++) {
        if (!follows(s, k) || at(s, k)->kind == CQ_TOKEN_PUNCT) return false;
        if (upos(s, k) == CQ_NUM) {
            numeral = true;
        } else if (upos(s, k) == CQ_ADJ) {
            unsigned lists = listed(s, cq_token_text(s->p, k));
            bool loose = lists & IS_LOOSE, firm = lists & (IS_BEFORE | IS_PRENOMINAL);
            if (firm || (!loose && good_adjective(s, k))) before[before_n++] = k;
        } else if (!is_in(DEGREES, CQ_COUNT(DEGREES), folded(s, k))) {
            break;
        }
    }
    bool forced = before_n || !is_in(BOTH, CQ_COUNT(BOTH), word);
    if (k >= s->last || !good_noun(s, k, forced) || !follows(s, k)) return false;
    if (numeral && !(set & PLUR)) return false; // le 5 mars, la une
    if (numeral && cq_str_starts(folded(s, k), cq_str_of("mill")))
        return false; // les 1,7 million d'habitants
    if (may_be_pronoun(s, i, k, word)) return false;
    if (k + 2 < s->last && cq_str_is(folded(s, k + 1), "à") &&
        cq_str_eq(cq_token_text(s->p, k), cq_token_text(s->p, k + 2)))
        return false; // brancher les deux bout à bout
    unsigned noun = agrees_with(s, k, NOUN | ADJ);
    if (!noun) return false;
    if (i > s->first && word.p[0] == 'u') { // l'un avance; mille et une forêts
        cq_str previous = folded(s, i - 1);
        if (cq_str_is(previous, "l'") || cq_str_is(previous, "et")) return false;
    }
    if (upos(s, i) == CQ_NUM && i > s->first && cq_str_is(folded(s, i - 1), "sur") &&
        may_be(s, k, VERBS))
        return false; // une femme sur trois dit
    size_t head = i > s->first && determines(s, i - 1) ? i - 1 : i; // des deux
    if (head > s->first && k == head + 2 && may_be(s, k, VERBS) &&
        is_in(ONES, CQ_COUNT(ONES), folded(s, head - 1)))
        return false; // que l'un des deux saute
    // "l'instant champions": the adjective is the noun.
    if (before_n && may_be(s, before[0], NOUN) && !(set & noun) &&
        set & agrees_with(s, before[0], NOUN))
        return false;
    *out = (phrase){.start = i, .noun = k, .end = k + 1, .agrees = set & noun};
    bool shared = joins(s, k + 1) && before_n; // le premier et le dernier tomes
    if (joins(s, k + 1) && k + 2 < s->last && upos(s, k + 2) == CQ_NOUN)
        shared = shared || (set & PLUR && !(set & SING)); // les nom, prénom et adresse
    if (!out->agrees && !shared) {
        check_determiner(s, out, set, word);
        return true;
    }
    unsigned all = before_determiner(s, i);
    bool floats = all & PLUR && !(set & PLUR) &&
                  i > s->first + 1 && // jouent toutes le jeu
                  may_be(s, i - 2, VERBS | CQ_UPOS_BIT(CQ_ADV));
    if (all && !(all & noun) && !floats) {
        report(s, "agreement/determiner", i - 1, k + 1,
               "« %.*s » : le déterminant ne s’accorde pas avec le nom.",
               "“%.*s”: determiner and noun do not agree.", i - 1, 0);
        out->reported = true;
    }
    for (size_t j = 0; j < before_n && !out->reported; j++) {
        unsigned adjective = agrees_with(s, before[j], ADJ);
        if (!adjective || adjective & (out->agrees ? out->agrees : noun)) continue;
        if (may_be(s, before[j], NOUN) && before[j] + 1 < k) continue;
        report(s, "agreement/adjective", i, k + 1,
               "« %.*s » : l’adjectif ne s’accorde pas avec le nom.",
               "“%.*s”: adjective and noun do not agree.", before[j],
               inflected(s, before[j], out->agrees));
        out->reported = true;
    }
    return true;
}

// An adjective and its noun without determiner: "en dernier lieu", "de petits groupes".
static bool find_adjective(const scan *s, size_t i, phrase *out)
{
    if (i + 1 >= s->last || upos(s, i) != CQ_ADJ || !is_lower(s, i)) return false;
    if (!(listed(s, cq_token_text(s->p, i)) & IS_PRENOMINAL)) return false;
    if (!good_noun(s, i + 1, false) || may_be(s, i + 1, ADJ | VERBS)) return false;
    if (!follows(s, i + 1)) return false;
    if (i == s->first || upos(s, i - 1) != CQ_ADP || determines(s, i - 1)) return false;
    unsigned noun = agrees_with(s, i + 1, NOUN), adjective = agrees_with(s, i, ADJ);
    *out = (phrase){.start = i, .noun = i + 1, .end = i + 2, .agrees = noun};
    if (!noun || !adjective) return false;
    if (noun & adjective) return true;
    report(s, "agreement/adjective", i, i + 2,
           "« %.*s » : l’adjectif ne s’accorde pas avec le nom.",
           "“%.*s”: adjective and noun do not agree.", i, inflected(s, i, noun));
    out->reported = true;
    return true;
}

// A noun without determiner, after a preposition or at the beginning: "de mémoire vive".
static bool find_bare(const scan *s, size_t i, phrase *out)
{
    if (i + 1 >= s->last || !good_noun(s, i, false) || upos(s, i) != CQ_NOUN)
        return false;
    if (may_be(s, i, VERBS | ADJ) || is_collective(s, i)) return false;
    if (i > s->first && (upos(s, i - 1) != CQ_ADP || cq_str_is(folded(s, i - 1), "en")))
        return false; // "en réalité" and its like are adverbs
    unsigned noun = agrees_with(s, i, NOUN);
    *out = (phrase){.start = i, .noun = i, .end = i + 1, .agrees = noun};
    return noun != 0;
}

// --- subject and verb

static bool is_finite(const scan *s, size_t i)
{
    static const char *const COMMON[] = {"être",   "avoir", "faire",   "pouvoir",
                                         "devoir", "aller", "vouloir", "dire"};
    const cq_token *t = at(s, i);
    if (!is_lower(s, i) || !t->form || CQ_GET_VERBFORM(t->morph) != CQ_FIN) return false;
    if (!(VERBS & CQ_UPOS_BIT(CQ_GET_UPOS(t->morph)))) return false;
    cq_str lemma = cq_lexicon_form(s->run->lexicon, t->lemma);
    if (is_in(COMMON, CQ_COUNT(COMMON), lemma) || !may_be(s, i, CLOSED | NOUN | ADJ))
        return true;
    // A noun by form, too ("place", "reste"): what follows shows that it is the verb.
    enum { AFTER = CLOSED & ~CQ_UPOS_BIT(CQ_CCONJ) };
    return !may_be(s, i, CLOSED) && i + 1 < s->last && follows(s, i + 1) &&
           AFTER & CQ_UPOS_BIT(upos(s, i + 1)) && !determines(s, i - 1);
}

// Past what may stand between subject and verb: ne, clitics, a few adverbs.
static size_t past_clitics(const scan *s, size_t i)
{
    static const char *const CLITICS[] = {"ne",  "n'",   "se",  "s'", "y",    "en",
                                          "lui", "leur", "me",  "m'", "te",   "t'",
                                          "le",  "la",   "les", "l'", "nous", "vous"};
    for (size_t n = 0; n < 3 && i < s->last; n++) {
        if (!is_in(CLITICS, CQ_COUNT(CLITICS), folded(s, i))) break;
        i++;
    }
    return i;
}

// Past "été" and adverbs between auxiliary and participle; true when it has been "être".
static bool past_auxiliary(const scan *s, size_t verb, size_t *i)
{
    cq_str lemma = cq_lexicon_form(s->run->lexicon, at(s, verb)->lemma);
    bool being = cq_str_is(lemma, "être");
    *i = verb + 1;
    for (size_t n = 0; n < 3 && *i < s->last; n++) {
        cq_str word = folded(s, *i);
        if (cq_str_is(word, "été") && cq_str_is(lemma, "avoir")) {
            being = true;
        } else if (upos(s, *i) != CQ_ADV || cq_str_is(word, "plus")) {
            break;
        }
        ++*i;
    }
    return being;
}

// "ils se sont serré la main", "elles se sont succédé": what the participle behind the
// auxiliary at token `verb` agrees with is not "se".
static bool has_own_object(const scan *s, size_t verb)
{
    static const char *const INVARIABLE_PARTICIPLES[] = {
        "succédé", "parlé", "plu",     "souri",  "nui",     "ressemblé", "téléphoné",
        "rendu",   "menti", "répondu", "suffi",  "survécu", "déplu",     "permis",
        "dit",     "écrit", "demandé", "promis", "juré"};
    size_t i;
    if (!past_auxiliary(s, verb, &i) || i >= s->last) return false;
    if (is_in(INVARIABLE_PARTICIPLES, CQ_COUNT(INVARIABLE_PARTICIPLES), folded(s, i)))
        return true;
    return i + 1 < s->last &&
           (determines(s, i + 1) || upos(s, i + 1) == CQ_NUM ||
            upos(s, i + 1) == CQ_NOUN || has_verb_form(s, i + 1, CQ_INF));
}

static void check_predicate(const scan *s, size_t subject, size_t verb, unsigned set,
                            bool attributes)
{
    // Far from its subject, only what is wrong is marked.
    enum { NEAR = 5 };
    unsigned finite = numbers(s, verb);
    if (finite && !(finite & set)) {
        uint32_t m = at(s, verb)->morph;
        uint32_t want = m & ~(3u << CQ_M_NUMBER);
        want |= (uint32_t)(set & PLUR ? CQ_PLUR : CQ_SING) << CQ_M_NUMBER;
        report(s, "agreement/verb", verb - subject < NEAR ? subject : verb, verb + 1,
               "« %.*s » : le verbe ne s’accorde pas avec le sujet.",
               "“%.*s”: subject and verb do not agree.", verb,
               cq_lexicon_inflect(s->run->lexicon, at(s, verb)->lemma, want));
        return;
    }
    size_t i;
    if (!attributes || !past_auxiliary(s, verb, &i) || i >= s->last) return;
    if (!is_predicate(s, i) || cq_str_is(folded(s, i), "entendu")) return; // bien entendu
    unsigned adjective = agrees_with(s, i, ADJ);
    if (!adjective || adjective & set) return;
    report(s, "agreement/predicate", i - subject < NEAR ? subject : verb, i + 1,
           "« %.*s » : le participe ou l’adjectif ne s’accorde pas avec le sujet.",
           "“%.*s”: subject and participle or adjective do not agree.", i,
           inflected(s, i, set));
}

// Does a part of a sentence that ends before the comma at token `comma` lead to the
// subject: "En 2010, ...", "car dans l’usine, ..."? One with a verb does not.
static bool leads_on(const scan *s, size_t comma)
{
    size_t k = comma, words = 0;
    for (; k > s->first && words < 12; k--, words++) {
        unsigned u = upos(s, k - 1);
        if (u == CQ_PUNCT || u == CQ_CCONJ || u == CQ_SCONJ) break;
        if (CQ_GET_VERBFORM(at(s, k - 1)->morph) == CQ_FIN) return false;
    }
    if (k == comma || words == 12) return false;
    unsigned opener = upos(s, k);
    if (opener != CQ_ADP && opener != CQ_ADV) return false;
    if (k == s->first) return true;
    return upos(s, k - 1) == CQ_SCONJ || cq_str_is(folded(s, k - 1), "et") ||
           cq_str_is(folded(s, k - 1), "mais") || cq_str_is(folded(s, k - 1), "car");
}

// May a subject begin at token i: the beginning of a sentence or clause?
static bool clause_begins(const scan *s, size_t i)
{
    if (i == s->first || at(s, i)->flags & CQ_TOKEN_FIRST) return true;
    unsigned mark = at(s, i - 1)->mark;
    if (mark == CQ_MARK_ELLIPSIS || mark == CQ_MARK_COLON || mark == CQ_MARK_SEMICOLON)
        return true;
    if (mark == CQ_MARK_COMMA) { // En 2010, le gouvernement ...
        unsigned opener = upos(s, s->first), commas = 0;
        for (size_t k = s->first; k < i; k++) commas += at(s, k)->mark == CQ_MARK_COMMA;
        bool leads =
            opener == CQ_ADP || opener == CQ_ADV || (commas == 1 && opener == CQ_SCONJ) ||
            (commas == 1 && CQ_GET_VERBFORM(at(s, s->first)->morph) == CQ_PART_FORM);
        return (commas <= 2 && leads) || leads_on(s, i - 1);
    }
    cq_str before = folded(s, i - 1);
    if (i > s->first + 1 && cq_str_is(folded(s, i - 2), "ainsi"))
        return false; // the second of two subjects: "ainsi que son maire"
    static const char *const OPENERS[] = {"que",     "qu'",    "si",      "quand",
                                          "lorsque", "car",    "puisque", "comme",
                                          "mais",    "tandis", "dont"};
    return is_in(OPENERS, CQ_COUNT(OPENERS), before);
}

// Past the complements of a noun: "de la ville", "des Nations", "aux saignements".
// Numbers of the nouns on the way are added to *numbers.
static size_t past_complements(const scan *s, size_t i, unsigned *numbers)
{
    static const char *const LINKS[] = {"de",   "d'",   "du",   "des",   "à",
                                        "au",   "aux",  "sur",  "dans",  "contre",
                                        "pour", "avec", "sous", "entre", "en"};
    for (size_t n = 0; n < CHAIN_MAX && i + 1 < s->last; n++) {
        if (!is_in(LINKS, CQ_COUNT(LINKS), folded(s, i)) || upos(s, i) == CQ_PRON) break;
        size_t k = i + 1, nouns = 0;
        for (; k < s->last && k < i + 7 && at(s, k)->kind != CQ_TOKEN_PUNCT; k++) {
            unsigned u = upos(s, k);
            bool part = u == CQ_DET || u == CQ_ADJ || u == CQ_NUM || u == CQ_NOUN ||
                        u == CQ_PROPN || u == CQ_X ||
                        (u == CQ_VERB &&
                         CQ_GET_VERBFORM(at(s, k)->morph) == CQ_PART_FORM && k > i + 2);
            if (!part || cq_str_is(folded(s, k), "des")) break;
            bool noun = u == CQ_NOUN || u == CQ_PROPN || u == CQ_X || u == CQ_NUM ||
                        (u == CQ_ADJ && may_be(s, k, NOUN));
            nouns += noun;
            if (noun && u == CQ_NOUN) *numbers |= agrees_with(s, k, NOUN);
            if (noun && u != CQ_NOUN) *numbers |= ALL;
        }
        if (!nouns) break;
        i = k;
    }
    return i;
}

// "Cette voie, dénommée ..., doit": past what two commas set off behind a subject.
static size_t past_insertion(const scan *s, size_t i)
{
    enum { INSERTION_MAX = 14 };
    if (i + 2 >= s->last || at(s, i)->mark != CQ_MARK_COMMA) return i;
    bool participle = CQ_GET_VERBFORM(at(s, i + 1)->morph) == CQ_PART_FORM;
    if (!participle && !cq_str_is(folded(s, i + 1), "qui")) return i;
    for (size_t k = i + 2; k < s->last && k < i + INSERTION_MAX; k++) {
        if (at(s, k)->mark == CQ_MARK_COMMA) return k + 1;
        if (at(s, k)->kind == CQ_TOKEN_PUNCT) return i;
    }
    return i;
}

// "les gens qui mangent": the verb of a relative clause agrees with the noun before it,
// or with one that this noun is a complement of.
static void check_relative(const scan *s, const phrase *n, size_t i, unsigned set)
{
    if (i + 1 >= s->last || !cq_str_is(folded(s, i), "qui") || !follows(s, i)) return;
    if (at(s, n->start)->flags & CQ_TOKEN_CONTRACTED) return;
    if (i > s->first && upos(s, i - 1) == CQ_ADP) return;
    for (size_t k = n->start; k-- > s->first && k + 6 > n->start;) {
        if (upos(s, k) == CQ_ADP || upos(s, k) == CQ_CCONJ) return; // an earlier noun
        if (CQ_GET_VERBFORM(at(s, k)->morph) == CQ_FIN) break;
    }
    size_t verb = past_clitics(s, i + 1);
    if (verb >= s->last || !is_finite(s, verb)) return;
    check_predicate(s, n->start, verb, set, false);
}

// "une étape qu’il a appelée": the participle agrees with the object before it. Not after
// a noun that a whole clause explains ("l’idée qu’il a menti"), nor before an infinitive.
static void check_object(const scan *s, const phrase *n)
{
    static const char *const EXPLAINED[] = {
        "idée",      "fait",         "impression", "preuve",     "certitude",
        "espoir",    "sentiment",    "crainte",    "conclusion", "rumeur",
        "nouvelle",  "hypothèse",    "chance",     "fois",       "manière",
        "façon",     "raison",       "condition",  "sorte",      "moment",
        "thèse",     "annonce",      "croyance",   "conviction", "doute",
        "peur",      "dire",         "opinion",    "théorie",    "possibilité",
        "assurance", "confirmation", "révélation", "accusation", "signe",
        "temps",
    };
    static const char *const FIXED[] = {
        "pu",     "dû",   "voulu",  "su",    "cru",   "fait",   "dit",   "pensé",
        "laissé", "eu",   "permis", "fallu", "plu",   "été",    "duré",  "coûté",
        "valu",   "vécu", "dormi",  "couru", "parlé", "semblé", "servi", "travaillé"};
    static const char *const SUBJECTS[] = {"il",   "elle", "on", "ils", "elles",
                                           "nous", "vous", "j'", "tu"};
    size_t i = n->end; // que
    if (n->reported || i + 4 >= s->last || n->agrees & MS || is_time(s, n->noun)) return;
    if (is_collective(s, n->noun) || at(s, n->start)->flags & CQ_TOKEN_CONTRACTED) return;
    if (n->start > s->first && upos(s, n->start - 1) == CQ_ADP) return;
    if (!cq_str_is(folded(s, i), "que") && !cq_str_is(folded(s, i), "qu'")) return;
    cq_str noun = cq_lexicon_form(s->run->lexicon, at(s, n->noun)->lemma);
    if (is_in(EXPLAINED, CQ_COUNT(EXPLAINED), noun)) return;
    if (!is_in(SUBJECTS, CQ_COUNT(SUBJECTS), folded(s, i + 1))) return;
    cq_str verb = cq_lexicon_form(s->run->lexicon, at(s, i + 2)->lemma);
    if (!cq_str_is(verb, "avoir") || !numbers(s, i + 2)) return;
    size_t k = i + 3;
    while (k < s->last && k < i + 5 && upos(s, k) == CQ_ADV) k++;
    if (k >= s->last || !is_predicate(s, k)) return;
    if (is_in(FIXED, CQ_COUNT(FIXED), cq_token_text(s->p, k))) return;
    // With an object of its own, or an infinitive, "que" is none.
    if (k + 1 < s->last && (determines(s, k + 1) || upos(s, k + 1) == CQ_VERB ||
                            upos(s, k + 1) == CQ_NOUN || upos(s, k + 1) == CQ_SCONJ ||
                            upos(s, k + 1) == CQ_NUM || has_verb_form(s, k + 1, CQ_INF)))
        return;
    unsigned participle = agrees_with(s, k, ADJ);
    if (!participle || participle & n->agrees) return;
    report(s, "agreement/object", i, k + 1,
           "« %.*s » : le participe s’accorde avec le nom qui précède.",
           "“%.*s”: the participle agrees with the noun before it.", k,
           inflected(s, k, n->agrees));
}

static void check_subject(const scan *s, const phrase *n)
{
    if (n->reported || !n->agrees) return;
    if (takes_plural(s, n->noun) || is_time(s, n->noun)) return;
    size_t i = n->end;
    while (i < s->last && i < n->end + 3 &&
           (upos(s, i) == CQ_PROPN || upos(s, i) == CQ_NUM))
        i++; // le général Untel, la version 2010
    unsigned all = n->agrees;
    bool simple = i == n->end;
    i = past_complements(s, i, &all);
    check_relative(s, n, i, all);
    bool begins = clause_begins(s, n->start - (before_determiner(s, n->start) != 0));
    if (!begins || at(s, n->start)->flags & CQ_TOKEN_CONTRACTED) return;
    size_t inserted = past_insertion(s, i);
    simple = simple && inserted == n->end;
    size_t verb = past_clitics(s, inserted);
    if (verb >= s->last || (inserted == i && joins(s, i))) return;
    bool negated = verb > inserted && (cq_str_is(folded(s, inserted), "ne") ||
                                       cq_str_is(folded(s, inserted), "n'"));
    bool reflexive = verb > inserted && (cq_str_is(folded(s, inserted), "se") ||
                                         cq_str_is(folded(s, inserted), "s'"));
    // After "ne" and "se" stands a verb, whatever else the form may be.
    bool sure = (negated || reflexive) && is_lower(s, verb) && numbers(s, verb) &&
                !may_be(s, verb, CLOSED);
    if (!is_finite(s, verb) && !sure) return;
    if (verb > inserted && !negated && !reflexive && !simple) return;
    check_predicate(s, n->start, verb, n->agrees, !reflexive || !has_own_object(s, verb));
}

static void check_pronoun(const scan *s, size_t i)
{
    static const struct {
        const char *word;
        unsigned set;
    } PRONOUNS[] = {{"il", MS}, {"elle", FS}, {"ils", MP}, {"elles", FP}, {"on", SING}};
    if (at(s, i)->kind != CQ_TOKEN_WORD ||
        at(s, i)->flags & (CQ_TOKEN_INVERTED | CQ_TOKEN_UPPER))
        return;
    if (upos(s, i) != CQ_PRON) return;
    unsigned set = 0;
    cq_str word = folded(s, i);
    for (size_t k = 0; k < CQ_COUNT(PRONOUNS); k++) {
        if (cq_str_is(word, PRONOUNS[k].word)) set = PRONOUNS[k].set;
    }
    if (!set) return;
    bool stressed = set == FS || set == FP; // pour elle, lui et elle
    if (i > s->first) {
        unsigned u = upos(s, i - 1);
        if (stressed &&
            (u == CQ_ADP || (u == CQ_CCONJ && !cq_str_is(folded(s, i - 1), "mais"))))
            return;
        if (u == CQ_NUM || u == CQ_DET) return; // l'on, un il
    }
    size_t verb = past_clitics(s, i + 1);
    if (verb >= s->last || !follows(s, verb) || !is_lower(s, verb)) return;
    // No participle follows a pronoun: "ils rejoint".
    if (!is_finite(s, verb) && (upos(s, verb) != CQ_VERB || may_be(s, verb, CLOSED)))
        return;
    bool clitic = verb > i + 1; // il les a vues: the participle agrees with the object
    check_predicate(s, i, verb, set, !clitic && set != SING && set != MS);
}

// May token i be what a later "ils" stands for, or a part of it?
static bool is_plural(const scan *s, size_t i)
{
    static const char *const MANY[] = {
        "police",    "public",   "peuple", "famille", "gens",     "monde",    "chacun",
        "quiconque", "couple",   "ils",    "eux",     "ceux",     "certains", "plusieurs",
        "tous",      "jeunesse", "armée",  "foule",   "d'autres", "uns",      "autres",
    };
    const cq_token *t = at(s, i);
    if (t->kind != CQ_TOKEN_WORD) return false;
    unsigned u = upos(s, i);
    if (u == CQ_CCONJ && i + 1 < s->last && i > s->first) { // Marie et Paul
        unsigned before = upos(s, i - 1), after = upos(s, i + 1);
        return cq_str_is(folded(s, i), "et") && before != CQ_PUNCT &&
               (after == CQ_DET || after == CQ_PROPN || after == CQ_NOUN ||
                after == CQ_X);
    }
    if (is_in(MANY, CQ_COUNT(MANY), folded(s, i))) return true;
    if (u != CQ_NOUN && u != CQ_ADJ && u != CQ_PROPN && u != CQ_X && u != CQ_VERB)
        return false;
    if (!t->form)
        return !(t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED | CQ_TOKEN_UPPER));
    if (u == CQ_NOUN && is_collective(s, i)) return true;
    return may_be(s, i, NOUN) && agrees_with(s, i, NOUN) & MP && u != CQ_VERB &&
           u != CQ_PROPN;
}

// A company, country or other body of one word that calque knows by name.
static bool is_body(const scan *s, size_t i)
{
    const cq_token *t = at(s, i);
    if (t->kind != CQ_TOKEN_WORD || !(t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED)))
        return false;
    cq_str word = cq_names_fold(s->run->scratch, cq_token_text(s->p, i));
    uint32_t first;
    size_t n = cq_names_find(s->run->names, word, &first);
    for (size_t k = 0; k < n; k++) {
        const cq_name_use *uses;
        size_t uses_n = cq_names_uses(s->run->names, first + (uint32_t)k, &uses);
        for (size_t u = 0; u < uses_n; u++) {
            cq_name name;
            bool got = cq_names_get(s->run->names, uses[u].name, &name);
            if (got && name.words_n == 1 && (name.type == 'o' || name.type == 'l'))
                return true;
        }
    }
    return false;
}

// "L’entreprise ... ils": English "they" for one company or person. Reported where
// nothing before it in this sentence and the ones before could be more than one.
static void check_reference(const scan *s, size_t i)
{
    enum { SENTENCES_BACK = 1 };
    if (upos(s, i) != CQ_PRON || !cq_str_is(folded(s, i), "ils")) return;
    if (at(s, i)->flags & CQ_TOKEN_INVERTED || i + 1 >= s->last) return;
    size_t sentence = at(s, i)->sentence;
    size_t from = sentence > SENTENCES_BACK ? sentence - SENTENCES_BACK : 0;
    size_t named = 0;
    for (size_t k = i; k-- > s->p->sentences[from].first;) {
        if (is_plural(s, k)) return;
        if (cq_str_is(folded(s, k), "et") && is_in(ONES, 2, folded(s, k + 1)))
            return; // un voisin et une amie
        named += is_body(s, k);
    }
    if (!named) return;
    for (size_t k = i + 1; k < s->last; k++) { // quand ils arrivent, les enfants ...
        if (i < s->first + 3 && determines(s, k) && is_plural(s, k)) return;
    }
    size_t verb = past_clitics(s, i + 1);
    if (verb >= s->last) return;
    report(s, "agreement/reference", i, verb + 1,
           "« %.*s » : aucun pluriel ne précède ; l’anglais « they » désigne souvent une "
           "entreprise.",
           "“%.*s”: no plural before it; English “they” often means one company.", i, 0);
}

void cq_agreement_run(cq_check_run *run, void *state, const cq_passage *p)
{
    cq_str *words = CQ_NEWN(run->scratch, cq_str, p->n);
    for (size_t k = 0; k < p->sentences_n; k++) {
        scan s = {run, state, p, p->sentences[k].first, p->sentences[k].last, words};
        for (size_t i = s.first; i < s.last; i++) {
            phrase n;
            check_pronoun(&s, i);
            check_reference(&s, i);
            bool whole = find_phrase(&s, i, &n);
            if (!whole && !find_adjective(&s, i, &n) && !find_bare(&s, i, &n)) continue;
            check_behind(&s, &n);
            if (whole) check_subject(&s, &n);
            if (whole) check_object(&s, &n);
            i = n.end - 1;
        }
    }
}
