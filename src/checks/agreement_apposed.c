// Agreement of a participle apposed to the subject: before it, with which its sentence
// begins, or between commas behind it.
#include "checks/agreement_tree.h"

enum { FAR = 14 };

// `set`: of the subject; 0: another subject may be meant, and nothing is proposed.
static void report_apposed(const cq_scan *s, size_t i, unsigned set)
{
    cq_agr_report(s, "agreement/apposition", i, i + 1,
                  "« %.*s » ne s’accorde pas avec le sujet, auquel il se rapporte.",
                  "“%.*s” does not agree with the subject, which it is said of.", i,
                  set ? cq_agr_inflected(s, i, set) : (cq_str){"", 0});
}

// A past participle that is nothing else, and no preposition in fact ("vu les faits").
static bool is_apposable(const cq_scan *s, size_t i)
{
    static const char *const FIXED[] = {
        "vu",      "étant",  "donné",   "attendu", "passé", "mis",     "excepté",
        "compris", "hormis", "supposé", "fini",    "dit",   "entendu", "considéré",
        "été",     "eu",     "pu",      "fait",    "pris",  "terminé", "désolé",
        "promis",  "juré",   "né",      "enchanté"};
    return upos(s, i) == CQ_VERB && cq_agr_is_participle(s, i) &&
           CQ_GET_TENSE(at(s, i)->morph) != CQ_PRES && at(s, i)->form &&
           !cq_agr_has_verb_form(s, i, CQ_FIN) && !may_be(s, i, CLOSED) &&
           !CQ_IN(FIXED, cq_agr_folded(s, i));
}

// The finite verb right behind token k, past clitics; SIZE_MAX: there is none.
static size_t verb_at(const cq_scan *s, size_t k)
{
    size_t verb = cq_agr_past_clitics(s, k);
    return verb < s->last && cq_agr_is_finite(s, verb) ? verb : SIZE_MAX;
}

// The next comma, no other mark and no finite verb before it; SIZE_MAX: there is none.
static size_t comma_after(const cq_scan *s, size_t i)
{
    for (size_t k = i; k < s->last && k < i + FAR; k++) {
        if (CQ_GET_VERBFORM(at(s, k)->morph) == CQ_FIN) return SIZE_MAX;
        if (at(s, k)->mark == CQ_MARK_COMMA) return k;
        if (at(s, k)->kind == CQ_TOKEN_PUNCT) return SIZE_MAX;
    }
    return SIZE_MAX;
}

// What agrees with the subject that begins at token k, right behind a comma; 0: none.
static unsigned subject_at(const cq_scan *s, size_t k)
{
    static const char *const PRONOUNS[] = {"elle", "ils", "elles"}; // not: il s’agit
    static const unsigned SETS[] = {FS, MP, FP};
    unsigned set = 0;
    size_t noun = k;
    for (size_t p = 0; p < CQ_COUNT(PRONOUNS); p++) {
        if (cq_str_is(cq_agr_folded(s, k), PRONOUNS[p])) set = SETS[p];
    }
    if (!set) {
        cq_str word;
        unsigned determiner = upos(s, k) == CQ_DET ? cq_agr_determiner(s, k, &word) : 0;
        noun = k + 1;
        while (noun < s->last && noun < k + 3 && upos(s, noun) == CQ_ADJ) noun++;
        if (!determiner || noun >= s->last || !cq_agr_is_noun(s, noun, false)) return 0;
        if (cq_agr_is_collective(s, noun)) return 0;
        set = determiner & cq_agr_agrees_with(s, noun, NOUN);
        while (noun + 1 < s->last && upos(s, noun + 1) == CQ_ADJ) noun++;
    }
    size_t verb = verb_at(s, noun + 1);
    return verb != SIZE_MAX && cq_agr_numbers(s, verb) & set ? set : 0;
}

// "Soutenu par la foule, les joueuses gagnent".
static void check_fronted(const cq_scan *s, size_t i)
{
    size_t comma = comma_after(s, i + 1);
    if (comma == SIZE_MAX || comma + 2 >= s->last) return;
    unsigned set = subject_at(s, comma + 1), own = cq_agr_agrees_with(s, i, ADJ);
    if (set && own && !(set & own)) report_apposed(s, i, 0);
}

// What agrees with one of the nouns of tokens [from, to); 0: there is a name among them,
// a word that is not known, a second subject or a collective.
static unsigned nouns_among(const cq_scan *s, size_t from, size_t to)
{
    unsigned set = 0;
    for (size_t k = from; k < to; k++) {
        if (upos(s, k) == CQ_CCONJ || upos(s, k) == CQ_PRON) return 0;
        if (!cq_agr_may_name(s, k)) continue;
        if (cq_agr_is_collective(s, k)) return 0;
        if (!cq_agr_is_noun(s, k, false) && upos(s, k) != CQ_ADJ) return 0;
        set |= cq_agr_agrees_with(s, k, NOUN);
    }
    return set;
}

// "La monnaie, appelé couronne, circule": the sentence begins with a phrase at token i,
// none of whose nouns agrees.
static void check_enclosed(const cq_scan *s, size_t i)
{
    size_t first = comma_after(s, i);
    if (first == SIZE_MAX || first + 1 >= s->last || !is_apposable(s, first + 1)) return;
    size_t second = comma_after(s, first + 1);
    if (second == SIZE_MAX || verb_at(s, second + 1) == SIZE_MAX) return;
    unsigned set = nouns_among(s, i, first), own = cq_agr_agrees_with(s, first + 1, ADJ);
    if (set && own && !(own & set)) report_apposed(s, first + 1, set);
}

void cq_agr_check_apposition(const cq_scan *s)
{
    size_t i = s->first;
    while (i + 1 < s->last && at(s, i)->kind == CQ_TOKEN_PUNCT) i++;
    if (upos(s, i) == CQ_DET) check_enclosed(s, i);
    if (i + 3 < s->last && is_apposable(s, i)) check_fronted(s, i);
}
