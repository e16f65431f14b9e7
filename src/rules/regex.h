// Regular expressions (PCRE2 behind it; this is its only caller). Limits are counts, not
// times. Matching is interpretive at first: machine code (JIT) costs 50 us and more an
// expression, so it is made for those that were searched so often that it pays; and it
// counts otherwise, so what it does not settle soon is left to the interpreter.
#ifndef CQ_RULES_REGEX_H
#define CQ_RULES_REGEX_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/err.h"

// The expression as PCRE2 is to see it: an apostrophe matches both apostrophes, a space
// also a no-break one.
cq_str cq_regex_source(cq_arena *a, cq_str pattern);
bool cq_regex_check(cq_str source, const char *path, unsigned line, cq_err *err);

// A place for one compiled expression, shared by threads; zeroed at first.
typedef struct {
    _Atomic(void *) code, fast; // interpreted; a copy with machine code
    _Atomic(unsigned) searches;
} cq_regex;
void cq_regex_free(cq_regex *r);

// One thread's means of matching; lives and dies with the arena.
typedef struct cq_regex_matcher cq_regex_matcher;
cq_regex_matcher *cq_regex_matcher_new(cq_arena *a);

typedef enum { CQ_REGEX_NONE, CQ_REGEX_FOUND, CQ_REGEX_LIMIT } cq_regex_result;

enum { CQ_REGEX_GROUPS = 10 }; // the whole match and nine groups

typedef struct {
    size_t start[CQ_REGEX_GROUPS], end[CQ_REGEX_GROUPS]; // SIZE_MAX: took no part
    unsigned n;
} cq_regex_groups;

// The first match that begins in [from, until] of the text; `from` and `until` at
// characters. `steps` is what the caller is ready to spend, and goes down by what was
// spent beyond a small change.
cq_regex_result cq_regex_search(cq_regex *r, cq_regex_matcher *m, cq_str source,
                                cq_str text, size_t from, size_t until, int64_t *steps,
                                cq_regex_groups *out);
// Does it match the whole text?
cq_regex_result cq_regex_full(cq_regex *r, cq_regex_matcher *m, cq_str source,
                              cq_str text, int64_t *steps);

#endif
