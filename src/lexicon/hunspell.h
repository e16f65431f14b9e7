// libhunspell, for dictionaries that our table does not cover. Its handle is not
// thread-safe (affixmgr.hxx: "BUG: not stateless"), so calls are serialised.
#ifndef CQ_LEXICON_HUNSPELL_H
#define CQ_LEXICON_HUNSPELL_H

#include "base/arena.h"
#include "base/err.h"

typedef struct cq_hunspell cq_hunspell;

cq_hunspell *cq_hunspell_open(const char *aff, const char *dic, cq_err *err);
void cq_hunspell_free(cq_hunspell *h);
bool cq_hunspell_accepts(cq_hunspell *h, cq_str word);
// At most `max`, in its order; slow (some 100 ms), and not the same on every machine.
size_t cq_hunspell_suggest(cq_hunspell *h, cq_arena *a, cq_str word, size_t max,
                           cq_str *out);

#endif
