// What of a sentence can be recognised in its translation: names, numbers, addresses,
// the first letters of words, words of a small lexicon, questions.
#ifndef CQ_SOURCE_FEATURES_H
#define CQ_SOURCE_FEATURES_H

#include "base/map.h"
#include "source/align.h"
#include "text/token.h"

typedef struct cq_features cq_features;

// Everything lies in `a`.
cq_features *cq_features_new(cq_arena *a);
// Appends the sentences of a passage to one side (0 source, 1 target).
void cq_features_add(cq_features *f, unsigned side, const cq_passage *p);
void cq_features_task(cq_features *f, cq_align_task *out);

#endif
