// Agreement of an adjective with the noun right before it, where nothing else in reach
// may be its noun: that needs no parse, and the parse of a sentence often goes wrong
// because of the very error.
#include "checks/agreement_tree.h"

enum { REACH = 24, ADJECTIVES = 2 };

enum { MAY_OWN = NOUN | ADJ | CQ_UPOS_BIT(CQ_VERB) }; // "mises en garde"

// Endings of adjectives that class a thing ("politique", "médical") and are not said of
// what a person does: in "ils ont quitté la salle ravis" the adjective is the subject's.
static bool is_classing(const cq_scan *s, size_t i)
{
    static const char *const ENDINGS[] = {"ique", "al",  "el",   "ien",  "éen",  "ais",
                                          "ois",  "ain", "aire", "guin", "ublic"};
    static const char *const ORDER[] = {
        "inférieur", "supérieur", "antérieur", "ultérieur", "intérieur", "extérieur",
        "dernier",   "prochain",  "suivant",   "précédent", "principal", "espagnol"};
    static const char *const PERSONS[] = {
        "solitaire",  "volontaire", "nostalgique", "sceptique",    "pacifique", "unique",
        "stoïque",    "certain",    "identique",   "énergique",    "loyal",     "égal",
        "nécessaire", "contraire",  "humain",      "mélancolique", "original",  "serein"};
    cq_str word = lemma(s, i);
    if (CQ_IN(ORDER, word)) return true;
    for (size_t k = 0; k < CQ_COUNT(ENDINGS); k++) {
        if (cq_str_ends(word, cq_str_of(ENDINGS[k]))) return !CQ_IN(PERSONS, word);
    }
    return false;
}

// The first token of the phrase of a noun, and what agrees with it; 0: not known.
// `classed`: by an adjective that is said of things, so that no pronoun stands before.
static unsigned phrase_before(const cq_scan *s, size_t noun, bool classed, size_t *start)
{
    size_t k = noun;
    while (k > s->first && noun - k < ADJECTIVES && upos(s, k - 1) == CQ_ADJ) k--;
    unsigned own = cq_agr_agrees_with(s, noun, NOUN);
    *start = k;
    if (k == s->first) return 0;
    cq_str word;
    unsigned determiner = cq_agr_determiner(s, k - 1, &word);
    if (!determiner) { // "de vins espagnol", "en banlieue parisiennes"
        bool one = !(own & SING) || !(own & PLUR);
        bool fixed = cq_str_is(cq_agr_folded(s, noun), "fait"); // tout à fait
        return one && !fixed && k == noun && upos(s, k - 1) == CQ_ADP ? own : 0;
    }
    if (!classed && cq_agr_may_be_pronoun(s, k - 1, noun, word)) return 0;
    if (may_be(s, noun, ADJ) && k < noun) return 0; // un petit jeune
    *start = k - 1;
    return own & determiner;
}

// What agrees with token k, as far as the determiner before it says which.
static unsigned narrowed(const cq_scan *s, size_t k)
{
    cq_str word;
    unsigned set = k > s->first ? cq_agr_determiner(s, k - 1, &word) : 0;
    unsigned own = cq_agr_agrees_with(s, k, NOUN | ADJ); // "les variables"
    return own & set ? own & set : own;
}

// "En 2007, le club", "Par ailleurs, la délégation": does the comma end what leads to the
// subject, and not the first of several nouns?
static bool leads(const cq_scan *s, size_t comma)
{
    enum { LEADING = CQ_UPOS_BIT(CQ_ADP) | CQ_UPOS_BIT(CQ_ADV) | CQ_UPOS_BIT(CQ_SCONJ) };
    if (at(s, comma)->mark != CQ_MARK_COMMA || comma == s->first) return false;
    for (size_t k = s->first; k < comma; k++) {
        if (at(s, k)->mark == CQ_MARK_COMMA) return false;
    }
    return LEADING & CQ_UPOS_BIT(upos(s, s->first)) || cq_agr_is_time(s, comma - 1);
}

// May a noun before the phrase that begins at `start` own an adjective of this set? Looks
// back to the verb or the comma before it; `verb`: there is one. `lone`: the phrase is
// the subject of a verb in the singular, and joined to no other.
static bool is_owned_before(const cq_scan *s, size_t start, unsigned set, bool lone,
                            bool *verb)
{
    *verb = false;
    if (start == s->first) return false;
    static const char *const JOINING[] = {"et", "ou", "ni", "&", "comme"};
    static const char *const THAN[] = {"que", "qu'"}; // tant l’armée que la police
    size_t edge = start - 1;
    if (upos(s, edge) == CQ_ADP && edge > s->first) edge--; // de lettres et d’histoire
    bool joined = CQ_IN(JOINING, cq_agr_folded(s, edge)) ||
                  (set & PLUR && CQ_IN(THAN, cq_agr_folded(s, edge))) ||
                  at(s, edge)->mark == CQ_MARK_COMMA ||
                  at(s, edge)->mark == CQ_MARK_SLASH;
    if (joined && edge == start - 1 && (lone || leads(s, edge))) return false;
    if (joined && edge > s->first) return true;
    for (size_t k = start; k-- > s->first;) {
        const cq_token *t = at(s, k);
        if (start - k > REACH || (t->kind == CQ_TOKEN_WORD && !t->form)) return true;
        if (upos(s, k) == CQ_PROPN) return true;
        bool named = may_be(s, k, NOUN) || (k > s->first && cq_agr_determines(s, k - 1));
        unsigned own = narrowed(s, k);
        if (named && MAY_OWN & CQ_UPOS_BIT(upos(s, k)) && (own & set || !own))
            return true;
        if (cq_agr_is_coordinator(s, k) && set & PLUR && k > s->first && !leads(s, k))
            return true; // d’une hauteur et d’une plage d’aspect spécifiques
        unsigned form = CQ_GET_VERBFORM(t->morph);
        *verb = form == CQ_FIN || form == CQ_INF || t->mark == CQ_MARK_COMMA;
        if (*verb || upos(s, k) == CQ_SCONJ || t->kind == CQ_TOKEN_PUNCT) return false;
    }
    return false;
}

// Does what follows the adjective leave it to the noun before it?
static bool is_last(const cq_scan *s, size_t i, unsigned set)
{
    static const char *const SHADES[] = {"clair", "foncé", "pâle", "vif", "sombre"};
    if (i + 1 >= s->last) return true;
    if (CQ_IN(SHADES, cq_agr_folded(s, i + 1))) return false;
    if (at(s, i + 1)->kind != CQ_TOKEN_PUNCT && !follows(s, i + 1)) return false;
    if (set & PLUR && !(set & SING)) { // les secteurs public et privé
        enum { APART = CQ_UPOS_BIT(CQ_DET) | CQ_UPOS_BIT(CQ_PRON) };
        bool listed = i + 2 >= s->last || !(APART & CQ_UPOS_BIT(upos(s, i + 2)));
        if (at(s, i + 1)->mark == CQ_MARK_DASH) return false;
        if (cq_agr_is_coordinator(s, i + 1) && listed) return false;
    }
    if (at(s, i + 1)->kind == CQ_TOKEN_PUNCT) return true;
    unsigned u = upos(s, i + 1);
    if (u == CQ_PROPN) return is_classing(s, i);
    if (u == CQ_ADJ)
        return cq_agr_agrees_with(s, i + 1, ADJ) & set &&
               (is_classing(s, i) || !may_be(s, i + 1, NOUN));
    return u != CQ_NOUN && u != CQ_X && u != CQ_NUM;
}

// Is the phrase that ends at token i the subject of a verb in the singular?
static bool is_lone_subject(const cq_scan *s, size_t i, unsigned set)
{
    size_t verb = cq_agr_past_clitics(s, i + 1);
    if (verb >= s->last || set & PLUR || !cq_agr_is_finite(s, verb)) return false;
    return !(cq_agr_numbers(s, verb) & PLUR);
}

// Back from an adjective past a degree and adjectives that agree: "les fractures
// cliniques très grave".
static size_t noun_before(const cq_scan *s, size_t i)
{
    static const char *const DEGREES[] = {"très", "plus", "moins", "trop", "assez", "si"};
    size_t k = i - 1;
    if (CQ_IN(DEGREES, cq_agr_folded(s, k)) && k > s->first) k--;
    for (size_t n = 0; n < ADJECTIVES && k > s->first && upos(s, k) == CQ_ADJ; n++) {
        if (may_be(s, k, NOUN | CLOSED) && !is_classing(s, k)) return SIZE_MAX;
        if (!follows(s, k)) return SIZE_MAX;
        k--;
    }
    return k;
}

// Does the adjective agree with the noun right before it, as the tagger reads both?
static bool agrees_plainly(const cq_scan *s, size_t i)
{
    unsigned noun = cq_agr_set_of(at(s, i - 1)->morph);
    return upos(s, i - 1) == CQ_NOUN && !(noun & (noun - 1)) &&
           cq_agr_set_of(at(s, i)->morph) & noun;
}

static void check_next(const cq_scan *s, size_t i)
{
    size_t start;
    if (upos(s, i) != CQ_ADJ || !cq_agr_is_lower(s, i) || !at(s, i)->form) return;
    if (agrees_plainly(s, i) || !follows(s, i) || may_be(s, i, CLOSED)) return;
    size_t noun = noun_before(s, i);
    if (noun == SIZE_MAX || upos(s, noun) != CQ_NOUN) return;
    unsigned own = cq_agr_agrees_with(s, i, ADJ);
    if (!own || cq_agr_is_loose(s, i) || cq_agr_numbers(s, i) ||
        cq_agr_has_verb_form(s, i, CQ_PART_FORM))
        return;
    bool classing = is_classing(s, i);
    if (may_be(s, i, NOUN) && !classing) return; // l’espace enfants
    if (!cq_agr_is_noun(s, noun, false)) return;
    if (cq_agr_is_collective(s, noun) || cq_agr_is_time(s, noun)) return;
    if (cq_agr_stands_before(s, noun) || cq_agr_names_part(s, noun, i)) return;
    unsigned set = phrase_before(s, noun, classing, &start);
    for (size_t k = noun + 1; k < i; k++) {
        if (upos(s, k) == CQ_ADJ) set &= cq_agr_agrees_with(s, k, ADJ);
    }
    bool verb;
    if (!set || own & set) return;
    if (!is_last(s, i, set)) return;
    if (is_owned_before(s, start, own, is_lone_subject(s, i, set), &verb)) return;
    if (verb && !classing) return;
    if (memchr(cq_agr_folded(s, i).p, '-', cq_agr_folded(s, i).n)) return;
    cq_str right = cq_agr_inflected(s, i, set);
    if (!right.n) return;
    cq_agr_report(s, "agreement/adjective", start, i + 1,
                  "« %.*s » : l’adjectif ne s’accorde pas avec le nom.",
                  "“%.*s”: adjective and noun do not agree.", i, right);
}

// "ces même patients", "d’autre formes": of another number than the noun right behind.
static void check_same(const cq_scan *s, size_t i)
{
    static const struct {
        const char *word, *right;
        unsigned set;
        bool adverb; // but not between a determiner and a noun
    } WORDS[] = {{"même", "mêmes", SING, true},
                 {"mêmes", "même", PLUR, true},
                 {"autre", "autres", SING, false},
                 {"autres", "autre", PLUR, false}};
    // Few words are as long as these; folding all would cost more than the rest.
    size_t length = cq_token_text(s->p, i).n;
    if (length < strlen("autre") || length > strlen("autres") || i + 1 >= s->last) return;
    if (upos(s, i + 1) != CQ_NOUN || !follows(s, i) || !follows(s, i + 1)) return;
    cq_str word;
    for (size_t k = 0; k < CQ_COUNT(WORDS); k++) {
        if (!cq_str_is(cq_agr_folded(s, i), WORDS[k].word)) continue;
        unsigned determiner = cq_agr_determiner(s, i - 1, &word);
        if (WORDS[k].adverb && !determiner) return;
        if (!cq_agr_is_noun(s, i + 1, false) || cq_agr_numbers(s, i + 1)) return;
        if (may_be(s, i + 1, ADJ)) return;
        unsigned noun = cq_agr_agrees_with(s, i + 1, NOUN);
        if (!noun || noun & WORDS[k].set || (determiner && !(determiner & noun))) return;
        cq_agr_report(s, "agreement/adjective", determiner ? i - 1 : i, i + 2,
                      "« %.*s » : l’adjectif ne s’accorde pas avec le nom.",
                      "“%.*s”: adjective and noun do not agree.", i,
                      cq_str_of(WORDS[k].right));
        return;
    }
}

void cq_agr_check_next(const cq_scan *s)
{
    for (size_t i = s->first + 1; i < s->last; i++) {
        if (at(s, i)->kind != CQ_TOKEN_WORD || s->reported[i]) continue;
        check_next(s, i);
        if (!s->reported[i]) check_same(s, i);
    }
}
