#include "rules/trie.h"

#include <stdlib.h>

void cq_trie_init(cq_trie *t, cq_arena *a)
{
    *t = (cq_trie){.a = a};
    cq_map_init(&t->by_edge, a);
    *CQ_PUSH(a, &t->nodes) = (trie_node){0};
}

static uint32_t child(cq_trie *t, uint32_t parent, uint32_t symbol, uint32_t gap)
{
    uint32_t key[3] = {parent, symbol, gap};
    cq_str k = {(const char *)key, sizeof key};
    uint32_t *known = cq_map_get(&t->by_edge, k);
    if (known) return *known;
    uint32_t node = (uint32_t)t->nodes.n;
    *cq_map_put(&t->by_edge, cq_str_copy(t->a, k), NULL) = node;
    t->nodes.v[parent].children++;
    *CQ_PUSH(t->a, &t->nodes) =
        (trie_node){.parent = parent, .symbol = symbol, .gap = gap};
    return node;
}

static void accept(cq_trie *t, uint32_t node, uint32_t pattern)
{
    for (uint32_t o = t->nodes.v[node].outputs; o; o = t->outputs.v[o - 1].next) {
        if (t->outputs.v[o - 1].pattern == pattern) return;
    }
    CQ_PUSH(t->a, &t->outputs);
    t->outputs.v[t->outputs.n - 1].pattern = pattern;
    t->outputs.v[t->outputs.n - 1].next = t->nodes.v[node].outputs;
    t->nodes.v[node].outputs = (uint32_t)t->outputs.n;
}

// What may stand between an item and the next one that is there.
static uint32_t gap_between(const cq_trie_item *left, bool any, const cq_trie_item *right)
{
    return (left->verb ? GAP_AFTER_VERB : 0u) | (right->verb ? GAP_BEFORE_VERB : 0u) |
           (any ? GAP_ANY : 0u);
}

// Items of one reading, in order; the gap of a node depends on what follows it.
static bool add_path(cq_trie *t, const cq_trie_item *const *path, size_t n,
                     uint32_t pattern)
{
    uint32_t node = 0;
    for (size_t i = 0; i < n; i++) {
        if (path[i]->gap) continue;
        size_t next = i + 1;
        while (next < n && path[next]->gap) next++;
        uint32_t gap = next < n ? gap_between(path[i], next > i + 1, path[next]) : 0;
        node = child(t, node, path[i]->symbol, gap);
    }
    accept(t, node, pattern);
    return t->nodes.n < CQ_TRIE_NODES_MAX;
}

bool cq_trie_add(cq_trie *t, const cq_trie_item *items, size_t n, uint32_t pattern)
{
    unsigned optional = 0;
    for (size_t i = 0; i < n; i++) optional += items[i].optional;
    for (uint32_t without = 0; without < 1u << optional; without++) {
        const cq_trie_item *path[32];
        size_t count = 0;
        unsigned k = 0;
        for (size_t i = 0; i < n && count < CQ_COUNT(path); i++) {
            if (items[i].optional && without >> k++ & 1) continue;
            path[count++] = &items[i];
        }
        // An optional item beside "..." may leave it at an end: then it means nothing.
        if (count && !add_path(t, path, count, pattern)) return false;
    }
    return true;
}

static int by_symbol(const void *a, const void *b)
{
    const edge_rec *x = a, *y = b;
    if (x->symbol != y->symbol) return x->symbol < y->symbol ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

void cq_trie_write(const cq_trie *t, layer_build *b, const uint32_t *final)
{
    size_t n = t->nodes.n;
    node_rec *nodes = cq_build_more(b, S_NODES, n, NULL);
    edge_rec *edges = cq_build_more(b, S_EDGES, n - 1, NULL);
    uint32_t at = 0;
    for (size_t i = 0; i < n; i++) {
        nodes[i].gap = t->nodes.v[i].gap;
        nodes[i].edges.at = at;
        at += t->nodes.v[i].children;
        nodes[i].outputs.at = cq_build_count(b, S_OUTPUTS);
        for (uint32_t o = t->nodes.v[i].outputs; o; o = t->outputs.v[o - 1].next) {
            cq_build_put(b, S_OUTPUTS, &t->outputs.v[o - 1].pattern);
            nodes[i].outputs.n++;
        }
    }
    for (size_t i = 1; i < n; i++) {
        node_rec *parent = &nodes[t->nodes.v[i].parent];
        edges[parent->edges.at + parent->edges.n++] =
            (edge_rec){0, final[t->nodes.v[i].symbol], (uint32_t)i};
    }
    for (size_t i = 0; i < n; i++) {
        cq_ref e = nodes[i].edges;
        if (e.n > 1) qsort(edges + e.at, e.n, sizeof *edges, by_symbol);
    }
    for (size_t i = 0; i + 1 < n; i++) { // each node but the root has one edge to it
        const node_rec *to = &nodes[edges[i].node];
        if (to->gap || to->outputs.n) edges[i].next = BIT_ALWAYS;
        for (uint32_t k = 0; k < to->edges.n; k++) {
            edges[i].next |= symbol_bit(edges[to->edges.at + k].symbol);
        }
    }
    symbol_rec *symbols = (symbol_rec *)b->s[S_SYMBOLS].p;
    for (uint32_t i = 0; i < nodes[0].edges.n; i++) {
        symbol_rec *s = &symbols[edges[nodes[0].edges.at + i].symbol];
        if (!s->edges.n++) s->edges.at = nodes[0].edges.at + i;
        s->next |= edges[nodes[0].edges.at + i].next;
    }
}
