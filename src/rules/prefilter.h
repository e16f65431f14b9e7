// All required literals of all regular expressions in one pass over the text (Aho and
// Corasick, "Efficient string matching", 1975). The automaton knows their first bytes
// only, and folds ASCII letters; the whole literal is then compared, with case where it
// counts. Blanks are one, and apostrophes: expressions that write the plain one mean all
// (cq_regex_source), which makes many literals of one.
#ifndef CQ_RULES_PREFILTER_H
#define CQ_RULES_PREFILTER_H

#include "rules/builder.h"

// What the automaton knows of a literal: more states would not stay in the cache.
enum { CQ_PREFILTER_BYTES = 6 };

typedef struct {
    cq_str text;
    uint32_t owner;
    bool caseless; // of ASCII letters
} cq_prefilter_literal;

// Writes the automaton into S_SCAN; false: too many literals.
bool cq_prefilter_write(layer_build *b, const cq_prefilter_literal *v, size_t n);

typedef struct {
    uint32_t owner, at; // where in the text the literal begins
} cq_prefilter_hit;
typedef CQ_VEC(cq_prefilter_hit) cq_prefilter_hits;

// Appends what occurs in `text`, in order of the places.
void cq_prefilter_run(const layer_view *v, cq_arena *a, cq_str text,
                      cq_prefilter_hits *out);

#endif
