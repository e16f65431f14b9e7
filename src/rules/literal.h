// What can be known of a regular expression without running it: the finite set of texts
// it stands for, or the literal texts of which any match must hold one. After "Russ Cox,
// Regular Expression Matching with a Trigram Index" (2012): exact sets are carried
// through concatenation for as long as they stay small.
#ifndef CQ_RULES_LITERAL_H
#define CQ_RULES_LITERAL_H

#include "base/arena.h"

typedef struct {
    const cq_str *v;
    size_t n;
} cq_literals;

// The most that a text may hold. Few expressions reach over more than some words, and
// where those begin is known from the blanks, however long a word may be.
typedef struct {
    uint32_t bytes, blanks; // blanks: of ASCII; UINT32_MAX: unbounded
} cq_literal_extent;

// The texts that `pattern` matches in full, when they are finitely many, `max` at most.
// False: they are not, or the pattern holds something that is not understood here.
bool cq_literals_finite(cq_arena *a, cq_str pattern, size_t max, cq_literals *out);

// Texts of which each match of `pattern` holds one; *caseless: with ASCII letters of
// either case. *before: what may stand between the start of a match and that text. False:
// nothing is required.
bool cq_literals_required(cq_arena *a, cq_str pattern, cq_literals *out, bool *caseless,
                          cq_literal_extent *before);

// True when a pattern has none of ( ) [ ] . * + ? { } ^ $ \ in it: a plain list a|b|c.
bool cq_literals_plain(cq_str pattern);

#endif
