// The language of token queries (rules/README.md, "tokens"): one line of text to a list
// of tokens, each with a tree of tests. The dictionary is not asked here.
#ifndef CQ_RULES_PATTERN_H
#define CQ_RULES_PATTERN_H

#include "base/arena.h"
#include "base/err.h"
#include "lexicon/morphology.h"

enum {
    CQ_QUERY_TOKENS_MAX = 24,
    CQ_QUERY_REPEAT_MAX = 8,
    CQ_QUERY_SET_MAX = 1024, // texts that a value may stand for and still be a set
};

typedef enum {
    CQ_TEST_TRUE, // []
    CQ_TEST_AND,
    CQ_TEST_OR,
    CQ_TEST_NOT,
    CQ_TEST_WORD,
    CQ_TEST_LEMMA,
    CQ_TEST_FIELD, // a field of the morphology
    CQ_TEST_FLAG,  // case, kind, quoted, ...: what the tokeniser knows
    CQ_TEST_SAME,  // several any. tests joined by &: one reading passes them all
} cq_test_kind;

// ORDER: names in pattern.c, meaning in match.c
typedef enum {
    CQ_FLAG_CASE,
    CQ_FLAG_KIND,
    CQ_FLAG_QUOTED,
    CQ_FLAG_KNOWN,
    CQ_FLAG_ELIDES,
    CQ_FLAG_FIRST,
    CQ_FLAG_INVERTED,
    CQ_FLAG_CONTRACTED,
} cq_flag;

enum { CQ_CASE_LOWER, CQ_CASE_CAPITAL, CQ_CASE_UPPER, CQ_CASE_MIXED };

typedef struct cq_test {
    cq_test_kind kind;
    bool any; // of all readings, not of the one the tagger chose
    const struct cq_test *left, *right;
    // WORD and LEMMA: a finite set, or else an expression for the whole of it
    const cq_str *texts;
    size_t texts_n;
    bool plain;   // the set was written out: each text is meant to exist
    cq_str regex; // "" when it is a set
    // FIELD: where it is, whether it is a set of bits, and the values that will do (bit
    // set: of values, or of the set's members). UPOS is a field too.
    unsigned shift, bits;
    bool set;
    uint32_t values;
    // FLAG: which, and its values that will do
    cq_flag flag;
} cq_test;

typedef struct {
    cq_str label; // "": none written
    unsigned min, max;
    const cq_test *test;
} cq_query_token;

typedef enum { CQ_COMPARE_WORD, CQ_COMPARE_LEMMA, CQ_COMPARE_FIELD } cq_compare;

typedef struct {
    unsigned token; // number of the labelled token
    bool any;
    cq_compare what;
    unsigned shift, bits;
    bool set;
} cq_constraint_side;

typedef struct {
    cq_constraint_side left, right;
    bool equal; // else: both known and disjoint
} cq_constraint;

typedef struct {
    const cq_query_token *tokens;
    size_t tokens_n;
    const cq_constraint *constraints;
    size_t constraints_n;
} cq_query;

bool cq_query_parse(cq_arena *a, cq_str text, const char *path, unsigned line,
                    cq_query *out, cq_err *err);

// The token that a name stands for: a label, else a number from 1. -1: none.
int cq_query_label(const cq_query *q, cq_str name);

#endif
