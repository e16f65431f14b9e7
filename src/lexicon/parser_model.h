// What the parser and its trainer share: transitions, states, features, weights. Private
// to them.
#ifndef CQ_LEXICON_PARSER_MODEL_H
#define CQ_LEXICON_PARSER_MODEL_H

#include "lexicon/parser.h"

// One row of weights, half a cache line, per hashed feature; one weight per
// class: so many sixths, above 0 by 128.
enum {
    CQ_PARSE_ROW_BITS = 17,
    CQ_PARSE_ROWS = 1 << CQ_PARSE_ROW_BITS,
    CQ_PARSE_CLASSES = 32,
    CQ_PARSE_FEATURES = 56,
    CQ_PARSE_UNIT = 6,
    CQ_PARSE_ZERO = 128,
};

// ORDER: CQ_PARSE_CLASS: classes to the left from here on, the root's, those to the
// right.
enum { CQ_PARSE_LEFT = 1, CQ_PARSE_ROOT = 2, CQ_PARSE_RIGHT = 18 };

// A class is a transition of the arc-hybrid system with the relation that it makes.
typedef enum { CQ_SHIFT, CQ_LEFT, CQ_RIGHT } cq_transition;
typedef struct {
    uint8_t transition, relation;
} cq_parse_class;
extern const cq_parse_class CQ_PARSE_CLASS[CQ_PARSE_CLASSES];
// The class by which `relation` is made in this direction.
unsigned cq_parse_class_of(cq_transition t, cq_relation relation);

// What stays the same about a token while its sentence is parsed.
typedef struct {
    uint32_t word, suffix; // hashes; a rare word counts as its ending
    uint8_t tag;           // UPOS and verb form
    uint8_t agrees;        // genders and numbers that its readings allow, 4 bits; 0: none
    uint8_t comma;         // a comma or the like stands before it
} cq_parse_node;

// Tokens of the sentence by number from 0; behind them the root, and one that stands for
// where there is none.
enum { CQ_NOBODY = CQ_PARSE_MAX + 1, CQ_PARSE_NODES };

typedef struct {
    cq_parse_node node[CQ_PARSE_NODES];
    uint32_t head[CQ_PARSE_NODES]; // CQ_NOBODY so far
    uint8_t relation[CQ_PARSE_NODES];
    uint32_t left[CQ_PARSE_NODES], right[CQ_PARSE_NODES];   // outermost children
    uint32_t marker[CQ_PARSE_NODES];                        // child that is its case
    uint32_t before[CQ_PARSE_NODES], after[CQ_PARSE_NODES]; // relations of children
    uint32_t stack[CQ_PARSE_NODES];
    uint32_t stack_n, next, n; // n: tokens, and the number of the root
} cq_parse_state;

// The token so far from the top of the stack, or from the next one.
static inline uint32_t cq_parse_stacked(const cq_parse_state *s, uint32_t below)
{
    return s->stack_n > below ? s->stack[s->stack_n - 1 - below] : CQ_NOBODY;
}
static inline uint32_t cq_parse_coming(const cq_parse_state *s, uint32_t behind)
{
    return s->next + behind <= s->n ? s->next + behind : CQ_NOBODY;
}

void cq_parse_begin(cq_parse_state *s, const cq_lexicon *l, const cq_passage *p,
                    size_t first, size_t last);
static inline bool cq_parse_done(const cq_parse_state *s)
{
    return s->next == s->n && !s->stack_n;
}
// Which transitions are possible, a set of bits.
unsigned cq_parse_possible(const cq_parse_state *s);
void cq_parse_step(cq_parse_state *s, unsigned class);
void cq_parse_extract(const cq_parse_state *s, uint32_t rows[CQ_PARSE_FEATURES]);

// "calqpar1", then the rows.
#define CQ_PARSE_MAGIC "calqpar1"

#endif
