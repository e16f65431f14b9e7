// Fits a suggestion, written in its dictionary form ("lueur d’espoir"), to the place it
// goes to: number, gender, tense, elision, contraction and capital. Where the words
// around must change with it, the range to replace grows over them: "une doublure
// argentée" becomes "un bon côté".
#ifndef CQ_RULES_FIT_H
#define CQ_RULES_FIT_H

#include "lexicon/lexicon.h"
#include "text/token.h"

// What is to be replaced, and the word in it that says how the suggestion is inflected.
typedef struct {
    uint32_t first, last; // tokens of the passage, half-open, at least one
    uint32_t head;        // token: the verb, noun or adjective that leads them
    cq_reading reading;   // of the head as the rule understood it; morph 0: as tagged
    bool whole;           // the tokens are the whole match, none left out between
    bool inflected;       // the suggestion has the right forms: elision alone is left
} cq_fit_place;

typedef struct {
    uint32_t start, end; // bytes of document.text that `text` replaces
    cq_str text;
    bool loose; // could not be fitted: the dictionary form, to be read and not applied
} cq_fitted;

cq_fitted cq_fit(cq_arena *a, const cq_lexicon *l, const cq_passage *p,
                 const cq_fit_place *place, cq_str suggestion);

#endif
