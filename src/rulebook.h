// The rules from their authors' side: examples run, rules listed and explained.
#ifndef CQ_RULEBOOK_H
#define CQ_RULEBOOK_H

#include "base/arena.h"
#include "calque.h"

typedef struct {
    const char *path; // of the pack
    unsigned line;
    cq_str rule;
    cq_str message;
} cq_rule_complaint;

typedef CQ_VEC(cq_rule_complaint) cq_rule_complaints;

typedef struct {
    size_t rules, patterns, examples;
    cq_rule_complaints failures;
    cq_rule_complaints silent;  // patterns of rules that no example fires
    cq_rule_complaints unfired; // of the other rules, patterns that no example fires
} cq_rule_test;

// Runs the examples of all rules, or of the packs named in only[0..only_n), against the
// whole set: a bad one must be found by its rule, exactly where the brackets are; a good
// one by no rule at all. Everything lies in `a`.
void cq_rulebook_test(const cq_checker *c, cq_arena *a, const char *const *only,
                      size_t only_n, cq_rule_test *out);

// One line a rule: name, kind, severity, confidence, category, patterns.
typedef struct {
    cq_str id, category;
    const char *kind, *severity, *confidence;
    size_t patterns;
} cq_rule_line;

size_t cq_rulebook_count(const cq_checker *c);
cq_rule_line cq_rulebook_line(const cq_checker *c, size_t i);

// What a rule looks for, says and proposes, with its examples, as text for people. False:
// there is no rule of that name; `near` is then the most similar one, or "".
bool cq_rulebook_explain(const cq_checker *c, cq_arena *a, cq_str id, cq_str *out,
                         cq_str *near);

#endif
