// What the parts of the agreement check share: a sentence with its parse, and words as
// agreement sees them. Private to them.
#ifndef CQ_CHECKS_AGREEMENT_WORDS_H
#define CQ_CHECKS_AGREEMENT_WORDS_H

#include "checks/check.h"

// Genders and numbers as one set, so that "les" and "amie" have nothing in common.
enum { MS = 1, FS = 2, MP = 4, FP = 8, SING = MS | FS, PLUR = MP | FP };
enum { MASC = MS | MP, FEM = FS | FP };

enum { NOUN = CQ_UPOS_BIT(CQ_NOUN), ADJ = CQ_UPOS_BIT(CQ_ADJ) };
enum { VERBS = CQ_UPOS_BIT(CQ_VERB) | CQ_UPOS_BIT(CQ_AUX) };
enum { NOMINAL = NOUN | CQ_UPOS_BIT(CQ_PROPN) | CQ_UPOS_BIT(CQ_X) };
enum {
    CLOSED = CQ_UPOS_BIT(CQ_PRON) | CQ_UPOS_BIT(CQ_ADP) | CQ_UPOS_BIT(CQ_ADV) |
             CQ_UPOS_BIT(CQ_DET) | CQ_UPOS_BIT(CQ_CCONJ) | CQ_UPOS_BIT(CQ_SCONJ) |
             CQ_UPOS_BIT(CQ_NUM) | CQ_UPOS_BIT(CQ_INTJ)
};

// One sentence. Tokens are numbered as in the passage.
typedef struct {
    cq_check_run *run;
    const cq_map *lists; // of cq_agr_lists
    const cq_passage *p;
    size_t first, last; // its tokens
    cq_str *words;      // folded, per token of the passage, once asked for
    const cq_arc *arcs; // its parse: arcs[i - first]
    bool *reported;     // per token of the passage: a part of a finding
} cq_scan;

static inline const cq_token *at(const cq_scan *s, size_t i) { return &s->p->tokens[i]; }

static inline const cq_arc *arc(const cq_scan *s, size_t i)
{
    return &s->arcs[i - s->first];
}

static inline unsigned upos(const cq_scan *s, size_t i)
{
    return CQ_GET_UPOS(at(s, i)->morph);
}

static inline bool may_be(const cq_scan *s, size_t i, unsigned uposes) // by any reading
{
    return at(s, i)->upos & uposes;
}

// Does a space, and nothing else, part token i from the one before, or an elision?
static inline bool follows(const cq_scan *s, size_t i)
{
    return at(s, i)->flags & CQ_TOKEN_SPACE || at(s, i - 1)->flags & CQ_TOKEN_ELIDED;
}

static inline cq_str lemma(const cq_scan *s, size_t i)
{
    return cq_lexicon_form(s->run->lexicon, at(s, i)->lemma);
}

// Which words are in which of the lists of agreement_words.c; in `a`.
cq_map *cq_agr_lists(cq_arena *a);

// --- what a token is

cq_str cq_agr_folded(const cq_scan *s, size_t i); // its word, in small letters
bool cq_agr_determines(const cq_scan *s,
                       size_t i);                 // DET, or a contraction that holds one
bool cq_agr_is_lower(const cq_scan *s, size_t i); // a word in small letters
bool cq_agr_is_participle(const cq_scan *s, size_t i); // taken for one, past or present
bool cq_agr_has_present_participle(const cq_scan *s, size_t i);       // taken for one
bool cq_agr_has_verb_form(const cq_scan *s, size_t i, unsigned form); // by any reading
bool cq_agr_is_coordinator(const cq_scan *s, size_t i); // et, ou, a comma, a slash, &
bool cq_agr_joins(const cq_scan *s, size_t i);    // the same, but for &; false at the end
bool cq_agr_is_loose(const cq_scan *s, size_t i); // stands by a noun without agreeing
bool cq_agr_is_invariable(const cq_scan *s,
                          size_t i); // of the nouns whose readings mislead
bool cq_agr_stands_before(const cq_scan *s, size_t i);  // an adjective of before the noun
bool cq_agr_is_institution(const cq_scan *s, size_t i); // Commission, États
bool cq_agr_is_collective(const cq_scan *s, size_t i);  // majorité, groupe
bool cq_agr_takes_plural(const cq_scan *s,
                         size_t i);               // a collective, as its verb may show
bool cq_agr_is_time(const cq_scan *s, size_t i);  // semaine
bool cq_agr_may_name(const cq_scan *s, size_t i); // what an adjective may belong to
bool cq_agr_is_noun(const cq_scan *s, size_t i,
                    bool forced);                     // and nothing else. `forced`: no
                                                      // verb may stand here
bool cq_agr_is_finite(const cq_scan *s, size_t i);    // a verb, and nothing else
bool cq_agr_is_predicate(const cq_scan *s, size_t i); // an adjective or past participle

// --- what it agrees with

// What a reading agrees with; a feature that it has not agrees with all.
unsigned cq_agr_set_of(uint32_t morph);
// What its readings of these classes agree with; past participles count as adjectives.
unsigned cq_agr_agrees_with(const cq_scan *s, size_t i, unsigned uposes);
// What a determiner, or a numeral that stands for one, agrees with; 0: it is none.
unsigned cq_agr_determiner(const cq_scan *s, size_t i, cq_str *word);
unsigned cq_agr_numbers(const cq_scan *s,
                        size_t i); // of its finite readings, third person

// --- findings

// The form of determiner i that agrees with one of `set`, and how it is written before
// the word that follows: "l’", "cet"; empty: none.
cq_str cq_agr_determiner_for(const cq_scan *s, size_t i, unsigned set);
// The form of token i, by its lemma as its class, that agrees with one of `set`; empty:
// none.
cq_str cq_agr_inflected(const cq_scan *s, size_t i, unsigned set);
// Reports tokens [first, last); `right`: what belongs in place of token `wrong`.
void cq_agr_report(const cq_scan *s, const char *rule, size_t first, size_t last,
                   const char *fr, const char *en, size_t wrong, cq_str right);

#endif
