// A trained model: eight bytes that name its version, then its weights.
#ifndef CQ_LEXICON_MODEL_H
#define CQ_LEXICON_MODEL_H

#include "base/arena.h"
#include "base/file.h"

// Gives the weights of the file at `path`, exactly `n` bytes behind `magic`. Mapped where
// nobody else may write it, for an article touches a part of it and a start has fewer
// faults; else read into `a`. `map` is for cq_file_unmap once the weights are done with.
// NULL on failure; `what` names the kind of model in the error.
const void *cq_model_open(cq_arena *a, const char *path, const char magic[8], size_t n,
                          const char *what, cq_mapping *map, cq_err *err);

#endif
