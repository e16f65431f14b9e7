// Picks the reading of each token in context. See tagger.c for the model and its source.
#ifndef CQ_LEXICON_TAGGER_H
#define CQ_LEXICON_TAGGER_H

#include "lexicon/lexicon.h"
#include "text/token.h"

typedef struct cq_tagger cq_tagger;

// The model is a file of its own (dictionaries/fr/tagger.model); the lexicon must outlive
// the tagger. NULL on failure.
cq_tagger *cq_tagger_open(const char *model_path, const cq_lexicon *l, cq_err *err);
void cq_tagger_free(cq_tagger *t);

// Looks every token up (form, upos, KNOWN, NAME) and sets lemma and morph of the reading
// chosen, and CONTRACTED where du/des/au/aux is taken as ADP+DET. Tokens without readings
// get a guessed morph and lemma 0. Thread-safe.
void cq_tag(const cq_tagger *t, cq_passage *p);

// Training and measuring on treebanks in CoNLL-U; contractions of a preposition and an
// article count as one token. `accuracy`: shares of tokens with the right UPOS, and with
// the right UPOS, Gender, Number and VerbForm where the treebank gives them.
typedef struct {
    size_t tokens, ambiguous, upos, full, sentences;
} cq_tagger_score;

bool cq_tagger_train(const char *const *treebanks, size_t n, const char *model_path,
                     const cq_lexicon *l, cq_err *err);
bool cq_tagger_evaluate(const cq_tagger *t, const char *treebank, bool errors,
                        cq_tagger_score *out, cq_err *err);

#endif
