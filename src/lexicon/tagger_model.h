// What the tagger and its trainer share: candidates, features, weights. Private to them.
#ifndef CQ_LEXICON_TAGGER_MODEL_H
#define CQ_LEXICON_TAGGER_MODEL_H

#include "lexicon/tagger.h"

// Weights lie in one hashed table (Ganchev and Dredze 2008: collisions cost next to
// nothing, and no strings need be kept). 2^18 of 16 bits stay in the second-level cache.
enum {
    CQ_TAG_TABLE_BITS = 18,
    CQ_TAG_TABLE = 1 << CQ_TAG_TABLE_BITS,
    CQ_TAG_CANDIDATES = 12,
    CQ_TAG_FEATURES = 20, // scored with the coarse tag
    CQ_TAG_AGREEMENTS = 6 // scored with gender and number
};

typedef struct {
    uint32_t lemma, morph;
} cq_tag_candidate;

// What stays the same about a token while its sentence is decoded.
typedef struct {
    uint32_t word;   // form number, or a hash of what is not in the lexicon
    uint32_t suffix; // hash of its last three letters
    uint32_t ending; // hash of its last two letters
    uint32_t shape;  // case, digits, place
    uint32_t set;    // hash of the tags of its candidates
    uint8_t n;
    cq_tag_candidate c[CQ_TAG_CANDIDATES];
} cq_tag_token;

// Fills t for token i of p, and the token's form, upos, KNOWN.
void cq_tag_look_up(const cq_lexicon *l, const cq_passage *p, size_t i, cq_tag_token *t);

// UPOS, VerbForm and contraction in 8 bits: what most weights are about.
static inline uint32_t cq_tag_coarse(uint32_t morph)
{
    return CQ_GET_UPOS(morph) | CQ_GET_VERBFORM(morph) << 5 | (morph >> 31) << 7;
}

static inline uint32_t cq_tag_fine(uint32_t morph) // gender and number besides
{
    return cq_tag_coarse(morph) | CQ_GET_GENDER(morph) << 8 | CQ_GET_NUMBER(morph) << 10;
}

// The hashed features of token i (NULL: outside the sentence) after the two tags before.
typedef struct {
    uint32_t coarse[CQ_TAG_FEATURES];
    uint32_t fine[CQ_TAG_AGREEMENTS];
} cq_tag_features;

void cq_tag_extract(const cq_tag_token *const around[5], uint32_t previous,
                    uint32_t before, cq_tag_features *f);

static inline uint32_t cq_tag_slot(uint32_t feature, uint32_t tag)
{
    uint32_t h = (feature ^ tag * 0x9e3779b1u) * 0x85ebca6bu;
    return (h ^ h >> 15) * 0xc2b2ae35u >> (32 - CQ_TAG_TABLE_BITS);
}

// "calqtag1", then the table, little-endian.
#define CQ_TAG_MAGIC "calqtag1"

#endif
