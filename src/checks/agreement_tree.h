// The parse of a sentence as agreement asks for it. Private to the agreement check.
#ifndef CQ_CHECKS_AGREEMENT_TREE_H
#define CQ_CHECKS_AGREEMENT_TREE_H

#include "checks/agreement_words.h"

#define REL(r) (1u << CQ_REL_##r) // sets of relations

enum { BEFORE_MAX = 4 }; // adjectives and numerals between determiner and noun

// Is there a word that disagrees with one that might be its noun or subject? Needs no
// parse; where it is false, parsing would report nothing.
bool cq_agr_may_disagree(const cq_scan *s);

// The token that i depends on; SIZE_MAX: none, or not by one of these relations.
size_t cq_agr_head_by(const cq_scan *s, size_t i, unsigned relations);
// The first token from `from` on that depends on i by one of these relations.
size_t cq_agr_child_by(const cq_scan *s, size_t i, unsigned relations, size_t from);
bool cq_agr_has_child(const cq_scan *s, size_t i, unsigned relations);
bool cq_agr_is_under(const cq_scan *s, size_t i,
                     size_t h); // i is h, or depends on it, however far

// The first token of the phrase around a noun: its preposition, determiner, or what
// stands before it.
size_t cq_agr_phrase_start(const cq_scan *s, size_t noun);
// Does it begin with a preposition, alone or with an article in it?
bool cq_agr_has_preposition(const cq_scan *s, size_t noun);
// What agrees with a noun: its readings, narrowed by its determiner. 0: unknown, or the
// determiner itself does not agree.
unsigned cq_agr_noun_set(const cq_scan *s, size_t noun);
// A noun of the lexicon that is nothing else; with a capital only where the parse is sure
// of it ("les Jeux olympiques").
bool cq_agr_sure_noun(const cq_scan *s, size_t i);
// The finite verb of a clause whose predicate is token h; SIZE_MAX: there is none.
size_t cq_agr_finite_of(const cq_scan *s, size_t h);
// An adjective or participle that stands by a noun, and the noun that it, or the one that
// it is joined to, belongs to (SIZE_MAX: none).
// May token i, a determiner, be the pronoun before a verb that is also a noun: "il les
// porte"?
bool cq_agr_may_be_pronoun(const cq_scan *s, size_t i, size_t noun, cq_str word);
bool cq_agr_is_attributive(const cq_scan *s, size_t i);
size_t cq_agr_noun_of(const cq_scan *s, size_t i);

// --- the checks, each of one token; what a finding covers already is left alone

void cq_agr_check_phrase(const cq_scan *s, size_t determiner);
void cq_agr_check_article(const cq_scan *s, size_t determiner);
void cq_agr_check_adjective(const cq_scan *s, size_t adjective);
void cq_agr_check_clause(const cq_scan *s, size_t subject);
void cq_agr_check_relative(const cq_scan *s, size_t qui);
void cq_agr_check_object(const cq_scan *s, size_t que);
void cq_agr_check_clitic(const cq_scan *s, size_t les);
void cq_agr_check_pronoun(const cq_scan *s, size_t pronoun);
void cq_agr_check_apposition(const cq_scan *s); // of a sentence; needs no parse
void cq_agr_check_next(const cq_scan *s);       // of a sentence; needs no parse
void cq_agr_check_reference(const cq_scan *s, size_t ils);

// "l'application photos", "le service clients": a part of a program or firm, and its
// name.
bool cq_agr_names_part(const cq_scan *s, size_t noun, size_t i);
// Past what may stand between subject and verb: ne, clitics.
size_t cq_agr_past_clitics(const cq_scan *s, size_t i);
// Past "été" and adverbs between auxiliary and participle; true when it has been "être".
bool cq_agr_past_auxiliary(const cq_scan *s, size_t verb, size_t *i);
void cq_agr_report_verb(const cq_scan *s, size_t subject, size_t verb, unsigned set);
void cq_agr_report_predicate(const cq_scan *s, size_t subject, size_t verb, size_t i,
                             unsigned set);

#endif
