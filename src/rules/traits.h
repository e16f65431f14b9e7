// What most tests of a query ask, in 64 bits of a token, so that most tries end after
// three instructions. A field's values have a bit each: of what the tagger chose one is
// set, of all readings ("any.") one or more. Private to rules/.
#ifndef CQ_RULES_TRAITS_H
#define CQ_RULES_TRAITS_H

#include "lexicon/lexicon.h"
#include "rules/pattern.h"
#include "text/token.h"

// Of one token; `upos` and the readings are all that it may be.
uint64_t cq_traits(const cq_token *t, uint32_t upos, const cq_reading *readings, size_t n,
                   bool known);

// What a token must be to pass a test: it has none of `none`, and one of `any`.
typedef struct {
    uint64_t none, any;
    bool exact; // nothing else is asked
} cq_trait_test;
cq_trait_test cq_traits_of(const cq_test *t);

#endif
