// Words of rules become symbols: a symbol is a set of readings and exact forms that are
// asked for together, and every form of the lexicon gets the list of its symbols. Used
// while compiling only.
#ifndef CQ_RULES_SYMBOLS_H
#define CQ_RULES_SYMBOLS_H

#include "base/map.h"
#include "rules/layout.h"
#include "rules/phrase.h"

// One thing a token may be: a reading of a lemma, or an exact form.
typedef struct {
    uint32_t lemma;     // 0: `text` is what counts
    uint8_t upos;       // CQ_UPOS_NONE: any
    uint8_t participle; // tense of the only participle meant; 0: any form of the lemma
    cq_str text;        // folded
} cq_element;

typedef CQ_VEC(cq_element) cq_elements;

typedef struct {
    cq_arena *a;
    const cq_lexicon *lexicon;
    cq_map by_key; // canonical text of a set -> number
    CQ_VEC(cq_elements) sets;
    CQ_VEC(double) frequency; // below 0: not asked for yet
    CQ_VEC(bool) starts;      // begins something
    CQ_VEC(uint32_t) article; // bit + 1
    uint32_t article_n;
    uint32_t *final; // number in the file, by number here; filled in by compile.c
} cq_symbols;

void cq_symbols_init(cq_symbols *s, cq_arena *a, const cq_lexicon *l);

// Adds what a word of a phrase stands for. False: the lexicon does not know it. *verb is
// set when it is an infinitive.
bool cq_symbols_word(cq_symbols *s, cq_phrase_word w, cq_elements *out, bool *verb);
// Adds any reading of a lemma; false: there is no such lemma.
bool cq_symbols_lemma(cq_symbols *s, cq_str lemma, cq_elements *out, uint32_t *id);
void cq_symbols_exact(cq_symbols *s, cq_str folded, cq_elements *out);

// The symbol of a set, the same for the same set. SETS or above.
uint32_t cq_symbols_of(cq_symbols *s, cq_elements *set);
void cq_symbols_start(cq_symbols *s, uint32_t symbol);       // mark it as a starter
uint32_t cq_symbols_article(cq_symbols *s, uint32_t symbol); // its bit + 1 in the article
// Its bits: see layout.h.
uint64_t cq_symbols_bits(const cq_symbols *s, uint32_t symbol);
// How often a token is one of them, per million: for finding the rarest.
double cq_symbols_frequency(cq_symbols *s, uint32_t symbol);

// The forms of an element, in `a`.
const uint32_t *cq_symbols_forms(const cq_symbols *s, const cq_element *e, size_t *n);

#endif
