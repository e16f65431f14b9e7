// The trie of all phrases: symbols on its edges, and on its nodes what may be skipped
// before the next edge. Used while compiling only.
#ifndef CQ_RULES_TRIE_H
#define CQ_RULES_TRIE_H

#include "rules/builder.h"

typedef struct {
    uint32_t symbol;
    bool optional, verb; // verb: an infinitive
    bool gap;            // "...": no symbol
} cq_trie_item;

typedef struct {
    uint32_t parent, symbol, gap, outputs; // outputs: first of a linked list + 1
    uint32_t children;                     // number of edges
} trie_node;

typedef struct {
    cq_arena *a;
    cq_map by_edge; // (parent, symbol, gap) -> node
    CQ_VEC(trie_node) nodes;
    CQ_VEC(struct {
        uint32_t pattern;
        uint32_t next;
    })
    outputs;
} cq_trie;

enum { CQ_TRIE_NODES_MAX = 4 << 20 };

void cq_trie_init(cq_trie *t, cq_arena *a);
// Adds every reading of a phrase, with and without its optional items. False: the trie
// is full.
bool cq_trie_add(cq_trie *t, const cq_trie_item *items, size_t n, uint32_t pattern);
// Writes nodes and edges; `final` gives the symbols' numbers in the file. Fills in
// edges of S_SYMBOLS, which holds the starters.
void cq_trie_write(const cq_trie *t, layer_build *b, const uint32_t *final);

#endif
