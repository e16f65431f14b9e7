// The names that calque knows: people, organisations, products, places
// (dictionaries/names/*.tsv), compiled into one mapped file. Read-only after opening.
#ifndef CQ_CHECKS_GAZETTEER_H
#define CQ_CHECKS_GAZETTEER_H

#include "base/arena.h"
#include "base/err.h"

typedef struct cq_names cq_names;

cq_names *cq_names_open(const char *dir, const char *cache_dir, cq_err *err);
void cq_names_free(cq_names *g); // NULL is fine

// Words of names are numbered from 1; 0 is none.
size_t cq_names_words(const cq_names *g);
cq_str cq_names_word(const cq_names *g, uint32_t word); // "DeepSeek"
// The words that read the same once case and accents are folded, as a range of ids:
// [*first, *first + n). `folded` is what cq_names_fold gives.
size_t cq_names_find(const cq_names *g, cq_str folded, uint32_t *first);
cq_str cq_names_fold(cq_arena *a, cq_str word);

// A name that has a given word, at a given place.
typedef struct {
    uint32_t name;
    uint32_t place; // 0 is its first word
} cq_name_use;
size_t cq_names_uses(const cq_names *g, uint32_t word, const cq_name_use **uses);

typedef struct {
    cq_str text; // "Refik Anadol"
    const uint32_t *words;
    size_t words_n;
    char type;     // p person, o organisation, w work or product, l place
    uint32_t main; // the name that it is an alias of (number of a name), or itself
} cq_name;
bool cq_names_get(const cq_names *g, uint32_t name, cq_name *out);

// Insertions, deletions, substitutions and transpositions of neighbours (Damerau 1964, in
// the restricted form where no part is edited twice) between two folded words;
// max + 1: more than max.
unsigned cq_edit_distance(cq_str a, cq_str b, unsigned max);

#endif
