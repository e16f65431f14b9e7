// How closely an article follows its source word for word. Machines render function words
// one by one and in order; people recast sentences. After the measures of literalness by
// crossings and unchanged structure (Carl and Schaeffer 2017; Volansky et al. 2015 on
// interference), here over a closed list of words and marks and their longest common
// subsequence, so that neither topic nor typography counts.
#ifndef CQ_SOURCE_LITERAL_H
#define CQ_SOURCE_LITERAL_H

#include "source/pair.h"

typedef struct cq_literal cq_literal;

typedef struct {
    uint32_t items;     // listed words and marks, of both sides
    uint32_t sentences; // links that were counted
    // Items that the other side has too, 0..1; and of these, how many can be paired
    // without one crossing another, 0..1.
    double same_words, same_order;
    // Of machine translation, little or not revised, if half of all articles were:
    // 0.01..0.99; 0 where nothing is shared.
    double probability;
} cq_literalness;

cq_literal *cq_literal_new(cq_arena *a, cq_pair *p);
// The article's passages, in order.
void cq_literal_add(cq_literal *l, const cq_passage *in);
cq_literalness cq_literal_result(const cq_literal *l);

#endif
