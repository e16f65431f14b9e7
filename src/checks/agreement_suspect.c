// Parsing a sentence costs as much as all other analysis of it, and in most sentences
// each word agrees with whatever it might depend on. What is asked here needs no parse:
// is there a word that disagrees with one that could be its noun or subject? Readings
// are those that the tagger chose; unknown features agree with everything.
#include "checks/agreement_tree.h"

enum {
    BACK = 4,
    AHEAD = 1,
    FAR = 8,
    PHRASE = 4,
    COPULA = 4,
    SUBJECT = 16,
    CLAUSE = 6,
    RELATIVE = 8
};

enum { HOLDERS = NOUN | CQ_UPOS_BIT(CQ_PROPN) | CQ_UPOS_BIT(CQ_PRON) };

static unsigned set_at(const cq_scan *s, size_t i)
{
    return cq_agr_set_of(at(s, i)->morph);
}

static bool is_holder(const cq_scan *s, size_t i)
{
    return CQ_UPOS_BIT(upos(s, i)) & HOLDERS;
}

static bool is_noun(const cq_scan *s, size_t i) { return upos(s, i) == CQ_NOUN; }

// A noun of the tokens from .. to - 1 that agrees with one of `set`.
static bool agrees_among(const cq_scan *s, size_t from, size_t to, unsigned set)
{
    for (size_t k = from; k < to; k++) {
        if (is_noun(s, k) && set_at(s, k) & set) return true;
    }
    return false;
}

static size_t behind(const cq_scan *s, size_t i, size_t n)
{
    return i - s->first > n ? i - n : s->first;
}

static size_t beyond(const cq_scan *s, size_t i, size_t n)
{
    return s->last - i > n ? i + n + 1 : s->last;
}

// What a noun agrees with, narrowed by the determiner before it: "les taux", "cette
// rodopsine".
static unsigned determined_set(const cq_scan *s, size_t noun)
{
    unsigned set = set_at(s, noun);
    cq_str word;
    size_t k = noun;
    while (k > s->first && noun - k < PHRASE && upos(s, k - 1) == CQ_ADJ) k--;
    if (k == s->first) return set;
    unsigned determiner = cq_agr_determiner(s, k - 1, &word);
    return set & determiner ? set & determiner : set;
}

// An adverb in fact: "à nouveau", "en particulier".
static bool is_adverbial(const cq_scan *s, size_t i)
{
    enum {
        NAMES = NOUN | CQ_UPOS_BIT(CQ_ADJ) | CQ_UPOS_BIT(CQ_PROPN) | CQ_UPOS_BIT(CQ_NUM)
    };
    if (i == s->first || (i + 1 < s->last && CQ_UPOS_BIT(upos(s, i + 1)) & NAMES))
        return false;
    return upos(s, i - 1) == CQ_ADP || at(s, i - 1)->flags & CQ_TOKEN_CONTRACTED;
}

// Agrees with none of the nouns beside it, or not with the one right before it.
static bool stands_alone(const cq_scan *s, size_t i)
{
    enum { BEFORE = CQ_UPOS_BIT(CQ_DET) | CQ_UPOS_BIT(CQ_ADP) | CQ_UPOS_BIT(CQ_NUM) };
    unsigned set = set_at(s, i);
    size_t from = behind(s, i, BACK), to = beyond(s, i, AHEAD);
    if (i > s->first && is_noun(s, i - 1) && !(determined_set(s, i - 1) & set))
        return true;
    if (i + 1 < s->last && is_noun(s, i + 1) && !(set_at(s, i + 1) & set) &&
        (i == s->first || CQ_UPOS_BIT(upos(s, i - 1)) & BEFORE))
        return true; // à premier vue
    if (agrees_among(s, from, i, set) || agrees_among(s, i + 1, to, set)) return false;
    set = cq_agr_agrees_with(s, i, ADJ);
    if (!set || is_adverbial(s, i)) return false;
    from = behind(s, i, FAR), to = beyond(s, i, AHEAD + 2);
    for (size_t k = from; k < to; k++) {
        if (k != i && is_noun(s, k) && !(set_at(s, k) & set)) return true;
    }
    return false;
}

// No preposition before the phrase of a noun: it may be a subject.
static bool is_bare(const cq_scan *s, size_t noun)
{
    enum { PARTS = CQ_UPOS_BIT(CQ_DET) | CQ_UPOS_BIT(CQ_NUM) | CQ_UPOS_BIT(CQ_ADJ) };
    for (size_t k = noun; k > s->first && noun - k < PHRASE; k--) {
        if (upos(s, k - 1) == CQ_ADP || at(s, k - 1)->flags & CQ_TOKEN_CONTRACTED)
            return false;
        if (!(CQ_UPOS_BIT(upos(s, k - 1)) & PARTS)) break;
    }
    return true;
}

// "et" between two of a kind, no comma before it.
static bool joins(const cq_scan *s, size_t i)
{
    return cq_str_is(cq_agr_folded(s, i), "et") && i > s->first &&
           at(s, i - 1)->mark != CQ_MARK_COMMA;
}

// The finite verb of a relative clause, or of one that "que" brings.
static bool in_relative(const cq_scan *s, size_t verb)
{
    static const char *const BRING[] = {"qui", "que", "qu'", "dont", "où"};
    for (size_t k = verb; k > s->first && verb - k <= PHRASE; k--) {
        if (CQ_IN(BRING, cq_agr_folded(s, k - 1))) return true;
    }
    return false;
}

// A noun before token i that may be its subject agrees with nothing of `set`, or two do
// that make a plural. Behind another verb than its own auxiliary there is none.
static bool has_other_subject(const cq_scan *s, size_t i, unsigned set)
{
    size_t from = behind(s, i, SUBJECT);
    for (size_t k = i; k-- > from;) {
        if (is_holder(s, k) && !(determined_set(s, k) & set) && is_bare(s, k))
            return true;
        // le roi et la reine
        if (!(set & PLUR) && joins(s, k) && upos(s, k + 1) == CQ_DET) return true;
        if (CQ_GET_VERBFORM(at(s, k)->morph) == CQ_FIN && i - k > COPULA &&
            !in_relative(s, k))
            return false;
    }
    return false;
}

// The pronoun or bare noun right before a verb agrees with it: "le chat ne mange".
static bool has_subject_beside(const cq_scan *s, size_t i, unsigned set)
{
    static const char *const PRONOUNS[] = {"il", "elle", "on", "ils",  "elles", "je",
                                           "j'", "tu",   "ce", "cela", "ça",    "c'"};
    static const char *const BETWEEN[] = {"ne",   "n'",   "se",   "s'",  "y",   "en",
                                          "le",   "la",   "l'",   "me",  "m'",  "lui",
                                          "leur", "nous", "vous", "les", "pas", "plus"};
    size_t k = i;
    while (k > s->first && i - k < 3 && CQ_IN(BETWEEN, cq_agr_folded(s, k - 1))) k--;
    if (k == s->first) return false;
    bool pronoun = CQ_IN(PRONOUNS, cq_agr_folded(s, k - 1));
    if (pronoun) return set_at(s, k - 1) & set;
    while (k > s->first + 1 && upos(s, k - 1) == CQ_ADJ && i - k < 4) k--;
    if (upos(s, k - 1) != CQ_NOUN || !is_bare(s, k - 1)) return false;
    for (size_t n = k; n > s->first && k - n < PHRASE; n--) {
        if (joins(s, n - 1)) return false;
    }
    return determined_set(s, k - 1) & set;
}

// Of the nouns before a relative pronoun one disagrees.
static bool has_other_antecedent(const cq_scan *s, size_t i, unsigned set)
{
    for (size_t k = i; k > s->first && i - k < CLAUSE; k--) {
        cq_str word = cq_agr_folded(s, k - 1);
        if (!cq_str_is(word, "qui") && !cq_str_is(word, "que") && !cq_str_is(word, "qu'"))
            continue;
        for (size_t n = k - 1; n > s->first && k - n < SUBJECT; n--) {
            if (upos(s, n - 1) == CQ_NOUN && !(set_at(s, n - 1) & set)) return true;
        }
        return false;
    }
    return false;
}

// The verb before a predicate; SIZE_MAX: there is none.
static size_t verb_before(const cq_scan *s, size_t i)
{
    for (size_t k = i; k > s->first && i - k < COPULA; k--) {
        if (CQ_UPOS_BIT(upos(s, k - 1)) & VERBS) return k - 1;
        unsigned u = upos(s, k - 1);
        if (u == CQ_NOUN || u == CQ_DET || u == CQ_ADP) break; // within another phrase
    }
    return SIZE_MAX;
}

// "les a montrés": an object before the auxiliary.
static bool has_clitic(const cq_scan *s, size_t verb)
{
    static const char *const OBJECTS[] = {"la", "les", "l'", "nous", "vous", "me", "m'"};
    return verb > s->first && CQ_IN(OBJECTS, cq_agr_folded(s, verb - 1)) &&
           CQ_GET_PERSON(at(s, verb)->morph) & CQ_P3;
}

// The "qui" that is the subject of the verb i; SIZE_MAX: there is none.
static size_t relative_before(const cq_scan *s, size_t i)
{
    for (size_t k = i; k > s->first && i - k < 4; k--) {
        if (cq_str_is(cq_agr_folded(s, k - 1), "qui")) return k - 1;
        if (upos(s, k - 1) != CQ_PRON && upos(s, k - 1) != CQ_ADV) break;
    }
    return SIZE_MAX;
}

// "tous les voitures"
static bool is_other_all(const cq_scan *s, size_t i, unsigned set)
{
    if (i + 1 >= s->last || upos(s, i + 1) != CQ_DET) return false;
    if (!cq_str_starts(cq_agr_folded(s, i), cq_str_of("tou"))) return false;
    for (size_t k = i + 2; k < s->last && k <= i + PHRASE; k++) {
        if (is_noun(s, k)) return !(set_at(s, k) & set);
    }
    return false;
}

static bool is_odd(const cq_scan *s, size_t i)
{
    uint32_t m = at(s, i)->morph;
    unsigned u = upos(s, i), form = CQ_GET_VERBFORM(m), set = set_at(s, i);
    if (form == CQ_FIN) {
        if (!(CQ_GET_PERSON(m) & CQ_P3)) return false;
        set = (set & SING ? SING : 0) | (set & PLUR ? PLUR : 0);
        size_t qui = relative_before(s, i);
        if (qui != SIZE_MAX) return !agrees_among(s, behind(s, qui, RELATIVE), qui, set);
        return !has_subject_beside(s, i, set) && has_other_subject(s, i, set);
    }
    if (is_other_all(s, i, set)) return true;
    bool describes = u == CQ_ADJ || (form == CQ_PART_FORM && CQ_GET_TENSE(m) != CQ_PRES);
    if (describes) {
        size_t verb = verb_before(s, i);
        if (verb == SIZE_MAX) return stands_alone(s, i);
        if (u == CQ_ADJ || !cq_str_is(lemma(s, verb), "avoir"))
            return has_other_subject(s, i, set) || has_other_antecedent(s, i, set);
        return has_clitic(s, verb) || has_other_antecedent(s, i, set);
    }
    static const char *const BEFORE_VOWELS[] = {"mon", "ton", "son"};
    if (u == CQ_NUM) set = PLUR;
    if (CQ_IN(BEFORE_VOWELS, cq_agr_folded(s, i))) set &= MASC; // or "son amie"
    if (u != CQ_DET && u != CQ_PRON && u != CQ_NUM && !cq_agr_determines(s, i))
        return false;
    for (size_t k = i + 1; k < s->last && k - i <= PHRASE; k++) {
        unsigned noun = may_be(s, k, NOUN) ? cq_agr_agrees_with(s, k, NOUN) : 0;
        if (noun && !(noun & set)) return true; // also where it is taken for a verb
        if (upos(s, k) != CQ_ADJ && upos(s, k) != CQ_NUM) return false;
    }
    return false;
}

bool cq_agr_may_disagree(const cq_scan *s)
{
    for (size_t i = s->first; i < s->last; i++) {
        if (at(s, i)->kind == CQ_TOKEN_WORD && is_odd(s, i)) return true;
    }
    return false;
}
