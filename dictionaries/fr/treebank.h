// A treebank in CoNLL-U as the trainers of tagger and parser read it: contractions of a
// preposition and an article count as one token.
#ifndef CALQUE_TREEBANK_H
#define CALQUE_TREEBANK_H

#include "base/buf.h"
#include "base/err.h"
#include "lexicon/lexicon.h"
#include "lexicon/parser.h"

typedef struct {
    uint32_t morph; // a contraction is ADP with CONTRACTED
    bool scored;    // false: not a tag that the tagger can give
    cq_str lemma;   // in the treebank's file
    uint32_t head;  // token, CQ_NO_HEAD for the root
    cq_relation relation;
} treebank_gold;

typedef struct {
    cq_document doc;
    cq_passage p;
    CQ_VEC(cq_token) tokens;
    CQ_VEC(cq_sentence) sentences;
    CQ_VEC(treebank_gold) gold;
    CQ_VEC(char) text;
} treebank;

// Appends a file to `b`.
bool treebank_read(cq_arena *a, const char *path, treebank *b, cq_err *err);

// Appends a copy of each sentence of `from` in which determiners, nouns, adjectives,
// participles and verbs here and there have the wrong gender or number: what is learned
// from it holds for text in which agreement is broken.
void treebank_garble(cq_arena *a, const treebank *from, const cq_lexicon *l,
                     uint64_t *random, treebank *to);

// The same order on every machine: xorshift (Marsaglia 2003).
uint64_t treebank_random(uint64_t *state);
void treebank_shuffle(uint32_t *order, size_t n, uint64_t *random);

#endif
