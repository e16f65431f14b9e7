// The phrase language (rules/README.md, "phrase"): one line of text to a list of items.
// Words are cut like those of an article; the dictionary is not asked here.
#ifndef CQ_RULES_PHRASE_H
#define CQ_RULES_PHRASE_H

#include "base/arena.h"
#include "base/err.h"
#include "lexicon/morphology.h"

enum {
    CQ_PHRASE_ITEMS_MAX = 16,
    CQ_PHRASE_OPTIONAL_MAX = 6, // each doubles the ways to read the phrase
    CQ_PHRASE_GAP = 3,          // tokens that "..." may stand for
    CQ_PHRASE_VERBAL = 4,       // tokens between an infinitive and a neighbour
};

typedef struct {
    cq_str text; // folded
    bool exact;  // =word
} cq_phrase_word;

typedef enum {
    CQ_PHRASE_WORDS,    // one of some words
    CQ_PHRASE_CLASS,    // a part of speech
    CQ_PHRASE_SYNONYMS, // @name
    CQ_PHRASE_GAP_ITEM, // ...
} cq_phrase_kind;

typedef struct {
    cq_phrase_kind kind;
    bool optional;
    cq_upos upos;
    cq_str name;
    const cq_phrase_word *words;
    size_t words_n;
} cq_phrase_item;

typedef struct {
    const cq_phrase_item *v;
    size_t n;
    size_t first, last; // items that are covered, half-open: those in [brackets], or all
} cq_phrase;

bool cq_phrase_parse(cq_arena *a, cq_str text, const char *path, unsigned line,
                     cq_phrase *out, cq_err *err);

// Cuts a word as an article's text is cut ("l’eau" is two); false when `max` is too few.
// For the words of classes, triggers and conditions too. Folded, in `a`.
bool cq_phrase_cut(cq_arena *a, cq_str word, cq_str *pieces, size_t max, size_t *n);

#endif
