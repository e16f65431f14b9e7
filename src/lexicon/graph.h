// The words of the lexicon as a minimal acyclic automaton, for suggestions: half a
// million words in some 150,000 edges. Built from sorted words by the incremental method
// of Daciuk, Mihov, Watson and Watson, "Incremental Construction of Minimal Acyclic
// Finite-State Automata", Computational Linguistics 26(1), 2000.
//
// An edge is 32 bits: letter (8, an index into `letters`), final (1: a word ends here),
// last (1: of its state), target (22: first edge of the state it leads to, 0: none).
#ifndef CQ_LEXICON_GRAPH_H
#define CQ_LEXICON_GRAPH_H

#include "base/arena.h"
#include "base/buf.h"

enum { CQ_GRAPH_LETTERS = 256, CQ_GRAPH_WORD_MAX = 64 }; // characters of a word

typedef struct {
    const uint32_t *edges;        // edges[0] is unused
    const uint32_t *letters;      // code points; letters[0] is unused
    const uint32_t *lower, *base; // of each: in lower case; that without accent
    size_t edges_n;
    uint32_t root; // first edge of the first state
} cq_graph;

static inline unsigned cq_edge_letter(uint32_t e) { return e & 0xff; }
static inline bool cq_edge_final(uint32_t e) { return e >> 8 & 1; }
static inline bool cq_edge_last(uint32_t e) { return e >> 9 & 1; }
static inline uint32_t cq_edge_target(uint32_t e) { return e >> 10; }

// Appends the automaton of `words` (valid UTF-8, distinct, in any order) to `out`. Left
// out: words of more than CQ_GRAPH_WORD_MAX characters, and those with a character that
// is not among the 255 most frequent.
void cq_graph_build(cq_arena *scratch, const cq_str *words, size_t n, cq_buf *out);

// False when p is none. Targets are checked by who follows them.
bool cq_graph_view(const void *p, size_t n, cq_graph *g);

#endif
