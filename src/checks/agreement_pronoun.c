// Agreement with a personal pronoun, and a pronoun that stands for nothing before it.
#include "checks/agreement_tree.h"

// A pronoun's verb; `attributes`: and what it says of it.
static void check_predicate(const cq_scan *s, size_t subject, size_t verb, unsigned set,
                            bool attributes)
{
    unsigned finite = cq_agr_numbers(s, verb);
    if (finite && !(finite & set)) {
        cq_agr_report_verb(s, subject, verb, set);
        return;
    }
    size_t i;
    if (!attributes || !cq_agr_past_auxiliary(s, verb, &i) || i >= s->last) return;
    if (!cq_agr_is_predicate(s, i) || cq_str_is(cq_agr_folded(s, i), "entendu"))
        return; // bien entendu
    unsigned adjective = cq_agr_agrees_with(s, i, ADJ);
    if (adjective && !(adjective & set))
        cq_agr_report_predicate(s, subject, verb, i, set);
}

void cq_agr_check_pronoun(const cq_scan *s, size_t i)
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
    cq_str word = cq_agr_folded(s, i);
    for (size_t k = 0; k < CQ_COUNT(PRONOUNS); k++) {
        if (cq_str_is(word, PRONOUNS[k].word)) set = PRONOUNS[k].set;
    }
    if (!set) return;
    bool stressed = set == FS || set == FP; // pour elle, lui et elle
    if (i > s->first) {
        unsigned u = upos(s, i - 1);
        if (stressed && (u == CQ_ADP ||
                         (u == CQ_CCONJ && !cq_str_is(cq_agr_folded(s, i - 1), "mais"))))
            return;
        if (u == CQ_NUM || u == CQ_DET) return; // l'on, un il
    }
    size_t verb = cq_agr_past_clitics(s, i + 1);
    if (verb >= s->last || !follows(s, verb) || !cq_agr_is_lower(s, verb)) return;
    // No participle follows a pronoun: "ils rejoint".
    if (!cq_agr_is_finite(s, verb) &&
        (upos(s, verb) != CQ_VERB || may_be(s, verb, CLOSED)))
        return;
    bool clitic = verb > i + 1; // il les a vues: the participle agrees with the object
    check_predicate(s, i, verb, set, !clitic && set != SING && set != MS);
}

// May token i be what a later "ils" stands for, or a part of it?
static bool is_plural(const cq_scan *s, size_t i)
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
        return cq_str_is(cq_agr_folded(s, i), "et") && before != CQ_PUNCT &&
               (after == CQ_DET || after == CQ_PROPN || after == CQ_NOUN ||
                after == CQ_X);
    }
    if (CQ_IN(MANY, cq_agr_folded(s, i))) return true;
    if (u != CQ_NOUN && u != CQ_ADJ && u != CQ_PROPN && u != CQ_X && u != CQ_VERB)
        return false;
    if (!t->form)
        return !(t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED | CQ_TOKEN_UPPER));
    if (u == CQ_NOUN && cq_agr_is_collective(s, i)) return true;
    return may_be(s, i, NOUN) && cq_agr_agrees_with(s, i, NOUN) & MP && u != CQ_VERB &&
           u != CQ_PROPN;
}

// A company, country or other body of one word that calque knows by name.
static bool is_body(const cq_scan *s, size_t i)
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

static bool begins_noun(const cq_scan *s, size_t i)
{
    return at(s, i)->mark == CQ_MARK_QUOTE || upos(s, i) == CQ_DET ||
           upos(s, i) == CQ_NOUN || upos(s, i) == CQ_PROPN;
}

// "L’entreprise ... ils": English "they" for one company or person. Reported where
// nothing before it in this sentence and the ones before could be more than one.
void cq_agr_check_reference(const cq_scan *s, size_t i)
{
    enum { SENTENCES_BACK = 2 };
    static const char *const THEIRS[] = {"leur", "leurs"};
    if (!cq_str_is(cq_agr_folded(s, i), "ils") || upos(s, i) != CQ_PRON) return;
    if (at(s, i)->flags & CQ_TOKEN_INVERTED || i + 1 >= s->last) return;
    size_t sentence = at(s, i)->sentence;
    size_t from = sentence > SENTENCES_BACK ? sentence - SENTENCES_BACK : 0;
    size_t named = 0;
    for (size_t k = i; k-- > s->p->sentences[from].first;) {
        if (is_plural(s, k) || (k < s->first && CQ_IN(THEIRS, cq_agr_folded(s, k))))
            return;
        if (cq_str_is(cq_agr_folded(s, k), "et") && begins_noun(s, k + 1))
            return; // un voisin et une amie, « nom » et « titre »
        named += at(s, k)->sentence + 1 >= sentence && is_body(s, k);
    }
    if (!named) return;
    for (size_t k = i + 1; k < s->last; k++) { // quand ils arrivent, les enfants ...
        if (i < s->first + 3 && cq_agr_determines(s, k) && is_plural(s, k)) return;
    }
    size_t verb = cq_agr_past_clitics(s, i + 1);
    if (verb >= s->last) return;
    cq_agr_report(
        s, "agreement/reference", i, verb + 1,
        "« %.*s » : aucun masculin pluriel ne précède ; l’anglais « they » désigne "
        "souvent une "
        "entreprise.",
        "“%.*s”: no masculine plural before it; English “they” often means one company.",
        i, cq_str_of(""));
}
