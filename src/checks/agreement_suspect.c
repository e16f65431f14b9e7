// Parsing a sentence costs as much as all other analysis of it, and in most sentences
// each word agrees with whatever it might depend on. What is asked here needs no parse:
// is there a word that disagrees with one that could be its noun or subject? Readings
// are those that the tagger chose; unknown features agree with everything.
#include "checks/agreement_tree.h"

enum { BACK = 2, AHEAD = 1, PHRASE = 4, COPULA = 4, SUBJECT = 14 };

enum { HOLDERS = NOUN | CQ_UPOS_BIT(CQ_PROPN) | CQ_UPOS_BIT(CQ_PRON) };

static unsigned set_at(const cq_scan *s, size_t i)
{
    return cq_agr_set_of(at(s, i)->morph);
}

static bool is_holder(const cq_scan *s, size_t i)
{
    return CQ_UPOS_BIT(upos(s, i)) & HOLDERS;
}

// Agrees with none of the nouns beside it, or not with the one right before it.
static bool stands_alone(const cq_scan *s, size_t i)
{
    if (i > s->first && upos(s, i - 1) == CQ_NOUN && !(set_at(s, i - 1) & set_at(s, i)))
        return true;
    size_t from = i - s->first > BACK ? i - BACK : s->first;
    size_t to = s->last - i > AHEAD ? i + AHEAD + 1 : s->last;
    unsigned set = set_at(s, i);
    for (size_t k = from; k < to; k++) {
        if (k != i && upos(s, k) == CQ_NOUN && set_at(s, k) & set) return false;
    }
    return true;
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

// A noun before token i that may be its subject agrees with nothing of `set`, or two do
// that make a plural.
static bool has_other_subject(const cq_scan *s, size_t i, unsigned set)
{
    size_t from = i - s->first > SUBJECT ? i - SUBJECT : s->first;
    for (size_t k = from; k < i; k++) {
        if (is_holder(s, k) && !(set_at(s, k) & set) && is_bare(s, k)) return true;
        bool joins = cq_str_is(cq_agr_folded(s, k), "et") && upos(s, k + 1) == CQ_DET;
        if (joins && !(set & PLUR)) return true; // le roi et la reine
    }
    return false;
}

// The pronoun or bare noun right before a verb agrees with it: "le chat ne mange".
static bool has_subject_beside(const cq_scan *s, size_t i, unsigned set)
{
    static const char *const PRONOUNS[] = {"il", "elle", "on", "ils",  "elles", "je",
                                           "j'", "tu",   "ce", "cela", "ça",    "c'"};
    static const char *const BETWEEN[] = {"ne", "n'", "se", "s'", "y",  "en",
                                          "le", "la", "l'", "me", "m'", "lui"};
    size_t k = i;
    while (k > s->first && i - k < 3 && CQ_IN(BETWEEN, cq_agr_folded(s, k - 1))) k--;
    if (k == s->first) return false;
    bool pronoun = CQ_IN(PRONOUNS, cq_agr_folded(s, k - 1));
    if (!pronoun && (upos(s, k - 1) != CQ_NOUN || !is_bare(s, k - 1))) return false;
    for (size_t n = k; n > s->first && k - n < PHRASE; n--) {
        if (cq_str_is(cq_agr_folded(s, n - 1), "et")) return false;
    }
    return set_at(s, k - 1) & set;
}

// Of the nouns before a relative pronoun one disagrees.
static bool has_other_antecedent(const cq_scan *s, size_t i, unsigned set)
{
    enum { RELATIVE = 6 };
    for (size_t k = i; k > s->first && i - k < RELATIVE; k--) {
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
    return verb > s->first && CQ_IN(OBJECTS, cq_agr_folded(s, verb - 1));
}

static bool is_odd(const cq_scan *s, size_t i)
{
    uint32_t m = at(s, i)->morph;
    unsigned u = upos(s, i), form = CQ_GET_VERBFORM(m), set = set_at(s, i);
    if (form == CQ_FIN) {
        set = (set & SING ? SING : 0) | (set & PLUR ? PLUR : 0);
        return !has_subject_beside(s, i, set) &&
               (has_other_subject(s, i, set) || has_other_antecedent(s, i, set));
    }
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
