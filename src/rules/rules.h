// The rule engine: packs are compiled to one mapped file a layer, and matched over
// passages. It knows nothing of checks and reports: it gives matches; checks/pattern.c
// makes findings.
#ifndef CQ_RULES_RULES_H
#define CQ_RULES_RULES_H

#include "calque.h"
#include "lexicon/lexicon.h"
#include "text/token.h"

typedef struct cq_rules cq_rules;

// rules/README.md defines the languages. `dirs` are layers of packs, lowest first; the
// first is the built-in one. Opening never fails for a broken rule: it is left out and
// named, with file and line, in the problems. Read-only afterwards, any thread may use
// it.
cq_rules *cq_rules_open(const cq_lexicon *l, const char *const *dirs, size_t dirs_n,
                        const char *cache_dir, cq_err *err);
void cq_rules_free(cq_rules *r);
size_t cq_rules_problems(const cq_rules *r);
const cq_err *cq_rules_problem(const cq_rules *r, size_t i);
size_t cq_rules_count(const cq_rules *r);
size_t cq_rules_packs(const cq_rules *r, const cq_part **packs);

#endif
