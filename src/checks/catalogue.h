// What the checks can say, each by its name in reports and in a sentence: for people who
// ask what a finding is about, and to tell a name that is mistyped.
#ifndef CQ_CHECKS_CATALOGUE_H
#define CQ_CHECKS_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *rule; // "names/casing"
    bool needs_source;
    const char *what;
} cq_check_rule;

extern const cq_check_rule CQ_CHECK_RULES[]; // by name
extern const size_t CQ_CHECK_RULES_N;

#endif
