// The parse of a sentence as agreement asks for it.
#include "checks/agreement_tree.h"

size_t cq_agr_head_by(const cq_scan *s, size_t i, unsigned relations)
{
    const cq_arc *a = arc(s, i);
    return a->head != CQ_NO_HEAD && relations >> a->relation & 1 ? a->head : SIZE_MAX;
}

size_t cq_agr_child_by(const cq_scan *s, size_t i, unsigned relations, size_t from)
{
    for (size_t k = from; k < s->last; k++) {
        if (cq_agr_head_by(s, k, relations) == i) return k;
    }
    return SIZE_MAX;
}

bool cq_agr_has_child(const cq_scan *s, size_t i, unsigned relations)
{
    return cq_agr_child_by(s, i, relations, s->first) != SIZE_MAX;
}

bool cq_agr_is_under(const cq_scan *s, size_t i, size_t h)
{
    for (size_t steps = 0; steps < s->last - s->first; steps++) {
        if (i == h) return true;
        if (arc(s, i)->head == CQ_NO_HEAD) return false;
        i = arc(s, i)->head;
    }
    return false;
}

size_t cq_agr_phrase_start(const cq_scan *s, size_t noun)
{
    enum { PARTS = REL(DET) | REL(CASE) | REL(AMOD) | REL(NUMMOD) };
    size_t from = noun - s->first > BEFORE_MAX ? noun - BEFORE_MAX - 1 : s->first;
    size_t k = cq_agr_child_by(s, noun, PARTS, from);
    return k < noun ? k : noun;
}

bool cq_agr_has_preposition(const cq_scan *s, size_t noun)
{
    size_t start = cq_agr_phrase_start(s, noun);
    if (upos(s, start) == CQ_ADP || at(s, start)->flags & CQ_TOKEN_CONTRACTED)
        return true;
    for (size_t k = start; k < noun; k++) {
        if (upos(s, k) == CQ_ADP) return true; // la même à six secondes
    }
    while (start > s->first && upos(s, start - 1) == CQ_NUM) start--;
    return start > s->first && upos(s, start - 1) == CQ_ADP;
}

unsigned cq_agr_noun_set(const cq_scan *s, size_t noun)
{
    enum { PARTS = REL(DET) | REL(CASE) | REL(NUMMOD) };
    unsigned set = cq_agr_agrees_with(s, noun, NOUN);
    if (!set) set = cq_agr_agrees_with(s, noun, NOUN | ADJ);
    for (size_t k = cq_agr_child_by(s, noun, PARTS, s->first); k < noun;
         k = cq_agr_child_by(s, noun, PARTS, k + 1)) {
        cq_str word;
        unsigned determined = cq_agr_determiner(s, k, &word);
        for (size_t between = k + 1; between < noun && determined; between++) {
            if (upos(s, between) == CQ_ADP || upos(s, between) == CQ_NUM)
                determined = 0; // trente pour cent de temps, leur quelque 30 cas
        }
        if (determined) set &= determined;
    }
    return set;
}

bool cq_agr_sure_noun(const cq_scan *s, size_t i)
{
    enum { SURE = 2000, OTHERS = CLOSED & ~CQ_UPOS_BIT(CQ_INTJ) };
    static const char *const CLITICS[] = {"je", "j'", "me",   "m'", "te",
                                          "t'", "se", "s'",   "ne", "n'",
                                          "tu", "il", "elle", "on", "y"};
    static const char *const OBJECTS[] = {"leur", "lui", "nous", "vous"};
    cq_str before = i > s->first ? cq_agr_folded(s, i - 1) : (cq_str){"", 0};
    if (upos(s, i) != CQ_NOUN || cq_agr_is_collective(s, i)) return false;
    if (i > s->first && CQ_IN(CLITICS, cq_agr_folded(s, i - 1))) return false;
    if (cq_agr_has_verb_form(s, i, CQ_FIN) &&
        (CQ_IN(OBJECTS, before) || cq_agr_may_be_pronoun(s, i - 1, i, before)))
        return false; // leur donne droit
    if (i > s->first && !follows(s, i) && at(s, i - 1)->kind != CQ_TOKEN_PUNCT)
        return false;
    if (i > s->first && at(s, i - 1)->mark == CQ_MARK_POINT) return false; // .png
    if (cq_str_is(before, "à") && cq_str_is(cq_agr_folded(s, i), "fait"))
        return false; // tout à fait
    if (cq_agr_is_noun(s, i, false)) return true;
    const cq_token *t = at(s, i);
    bool capital =
        t->flags & CQ_TOKEN_CAPITAL && !(t->flags & (CQ_TOKEN_UPPER | CQ_TOKEN_MIXED));
    if (!capital || !t->form || arc(s, i)->margin < SURE) return false;
    if (may_be(s, i, OTHERS) || !may_be(s, i, NOUN)) return false;
    if (cq_lexicon_upos(s->run->lexicon, t->form) & CQ_UPOS_BIT(CQ_PROPN)) return false;
    // "Boutique agréable": a heading
    bool alone = t->flags & CQ_TOKEN_FIRST && !may_be(s, i, ADJ) && i + 1 < s->last &&
                 ((arc(s, i + 1)->head == i && upos(s, i + 1) == CQ_ADJ) ||
                  cq_str_is(cq_agr_folded(s, i + 1), "qui"));
    size_t start = cq_agr_phrase_start(s, i);
    return alone ||
           (start < i &&
            (upos(s, start) != CQ_ADP || at(s, start)->flags & CQ_TOKEN_CONTRACTED)) ||
           cq_agr_has_child(s, i, REL(DET));
}

size_t cq_agr_finite_of(const cq_scan *s, size_t h)
{
    enum { AUXILIARIES = REL(AUX) | REL(PASSIVE) | REL(COP) };
    if (CQ_GET_VERBFORM(at(s, h)->morph) == CQ_FIN) return h;
    size_t finite = SIZE_MAX; // the one nearest to it, should the parse give it several
    for (size_t k = cq_agr_child_by(s, h, AUXILIARIES, s->first);
         k < h || (k != SIZE_MAX && finite == SIZE_MAX);
         k = cq_agr_child_by(s, h, AUXILIARIES, k + 1)) {
        if (CQ_GET_VERBFORM(at(s, k)->morph) == CQ_FIN) finite = k;
    }
    return finite;
}
