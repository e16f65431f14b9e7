// Which sentences of two texts render each other.
//
// The method is that of Gale and Church, "A Program for Aligning Sentences in Bilingual
// Corpora" (Computational Linguistics 19, 1993): the cheapest path of beads (one to one,
// two to one, ...) by dynamic programming, a bead costing the more the less the lengths
// agree. What words say is added to each bead, as in Moore, "Fast and Accurate Sentence
// Alignment of Bilingual Corpora" (AMTA 2002): features that both sides have - names,
// numbers, addresses, words that begin alike (Simard, Foster and Isabelle, "Using
// Cognates to Align Sentences", TMI 1992), words of a small lexicon - speak for it, the
// rarer the more, those that only one side has against it. The path is searched in a band
// around the chain of points where both sides have a feature once (Melamed, "Bitext Maps
// and Alignment via Pattern Recognition", Computational Linguistics 25, 1999; Sennrich
// and Volk's Bleualign anchors its search in the same way), so that memory and time grow
// with the length of the text. What has no place on the path, because it was moved, is
// looked for by its features afterwards.
#ifndef CQ_SOURCE_ALIGN_H
#define CQ_SOURCE_ALIGN_H

#include "base/arena.h"

typedef struct {
    uint32_t first, last; // features, half-open, sorted, each once
    uint32_t chars;
    uint32_t block;
    uint8_t kind;  // cq_block_kind
    uint8_t level; // of its block
} cq_align_sentence;

typedef struct {
    cq_align_sentence *sentences;
    uint32_t n;
    uint32_t *features; // numbers below features_n of cq_align_task
} cq_align_side;

typedef struct {
    cq_align_side side[2]; // source, target
    uint32_t features_n;
    const float *scale; // by feature: how much it says, 1 is usual
} cq_align_task;

typedef struct {
    uint32_t first[2], last[2];
    float shared; // weight of the features in common
    float score;  // log odds that they belong together, about
    bool moved;
} cq_bead;

typedef CQ_VEC(cq_bead) cq_beads;

// Beads in the order of the source; sentences in none are left out.
void cq_align(cq_arena *a, const cq_align_task *task, cq_beads *out);

#endif
