// Picks the reading of each token in context. See tagger.c for the model and its source.
#ifndef CQ_LEXICON_TAGGER_H
#define CQ_LEXICON_TAGGER_H

#include "lexicon/lexicon.h"
#include "text/token.h"

typedef struct cq_tagger cq_tagger;
typedef struct cq_tag_memo cq_tag_memo;

// The model is a file of its own (dictionaries/fr/tagger.model); the lexicon must outlive
// the tagger. NULL on failure.
cq_tagger *cq_tagger_open(const char *model_path, const cq_lexicon *l, cq_err *err);
void cq_tagger_free(cq_tagger *t);

cq_tag_memo *cq_tag_memo_new(cq_arena *a);

// Looks every token up (form, upos, KNOWN, NAME) and sets lemma and morph of the reading
// chosen, and CONTRACTED where du/des/au/aux is taken as ADP+DET. Tokens without readings
// get a guessed morph and lemma 0. Thread-safe. `memo` keeps what was looked up from one
// passage of a document to the next, whose text must not move; NULL: nothing is kept.
void cq_tag(const cq_tagger *t, cq_tag_memo *memo, cq_passage *p);

#endif
