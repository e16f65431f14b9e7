// Agreement within a noun phrase, and of a verb, a participle or an adjective with the
// noun phrase or pronoun that is its subject.
//
// Sentences in which something may disagree are parsed; the checks then go over their
// tokens. Only words whose readings leave no way out are reported: a word of the other
// class, a second noun that an adjective may belong to, an enumeration or a collective
// silence them.
#include "checks/agreement.h"

#include "checks/agreement_tree.h"

static void check_sentence(const cq_scan *s)
{
    for (size_t i = s->first; i < s->last; i++) {
        if (at(s, i)->kind != CQ_TOKEN_WORD) continue;
        cq_agr_check_pronoun(s, i);
        cq_agr_check_reference(s, i);
        cq_agr_check_phrase(s, i);
    }
    for (size_t i = s->first; i < s->last; i++) {
        if (at(s, i)->kind != CQ_TOKEN_WORD) continue;
        cq_agr_check_article(s, i);
        cq_agr_check_adjective(s, i);
        cq_agr_check_clause(s, i);
        cq_agr_check_relative(s, i);
        cq_agr_check_object(s, i);
        cq_agr_check_clitic(s, i);
    }
}

void *cq_agreement_begin(cq_check_run *run) { return cq_agr_lists(run->arena); }

void cq_agreement_run(cq_check_run *run, void *state, const cq_passage *p)
{
    cq_str *words = CQ_NEWN(run->scratch, cq_str, p->n);
    bool *reported = CQ_NEWN(run->scratch, bool, p->n);
    cq_arc *arcs = CQ_NEWN(run->scratch, cq_arc, p->n);
    for (size_t k = 0; k < p->sentences_n; k++) {
        size_t first = p->sentences[k].first, last = p->sentences[k].last;
        cq_scan s = {run, state, p, first, last, words, arcs + first, reported};
        cq_agr_check_apposition(&s);
        if (cq_agr_may_disagree(&s)) {
            cq_parse(run->parser, p, first, last, arcs + first);
            check_sentence(&s);
        }
        cq_agr_check_next(&s); // behind the parse, whose findings say more
    }
}
