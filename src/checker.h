// What the rule author's tools see of a checker; programs use calque.h.
#ifndef CQ_CHECKER_H
#define CQ_CHECKER_H

#include "calque.h"
#include "rules/rules.h"

const cq_rules *cq_checker_rules(const cq_checker *c);
size_t cq_checker_rule_dirs(const cq_checker *c, const char *const **dirs); // of layers

// A paragraph as it stands: it is neither looked at for its language nor for furniture.
typedef struct {
    cq_str text;
    cq_block_kind block;
    const char *region, *profile, *source; // NULL: the usual; of `source`: not known
} cq_example;

// What any check found there, before overlaps are resolved. Spans are bytes of the text.
typedef struct {
    cq_str rule;
    uint32_t variant; // which pattern of the rule
    cq_span at;
    cq_str fix; // first fix, when it can be applied; else NULL
    cq_span fix_at;
} cq_example_hit;

typedef CQ_VEC(cq_example_hit) cq_example_hits;

// Everything lies in `a`.
void cq_check_example(const cq_checker *c, cq_arena *a, const cq_example *e,
                      cq_example_hits *out);

#endif
