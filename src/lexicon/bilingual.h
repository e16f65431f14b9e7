// Which French words render which English ones. Made of the FreeDict dictionaries that
// Debian packages (read where they are installed, never copied) and of the figures of
// dictionaries/en-fr/renderings.tsv; compiled once into a file that is memory-mapped.
// Single words only, by lemma. Read-only after opening: any number of threads may share
// one.
#ifndef CQ_LEXICON_BILINGUAL_H
#define CQ_LEXICON_BILINGUAL_H

#include "base/arena.h"
#include "base/err.h"

typedef struct cq_bilingual cq_bilingual;

// `figures`: path of the table. `dictd`: folder of the dictionaries, NULL: Debian's.
// Without them the figures are all there is. `cache_dir` as for cq_lexicon_open.
cq_bilingual *cq_bilingual_open(const char *figures, const char *dictd,
                                const char *cache_dir, cq_err *err);
void cq_bilingual_free(cq_bilingual *b); // NULL is fine
// The first dictionary that is not installed, as the package to install; NULL: all are.
const char *cq_bilingual_missing(const cq_bilingual *b);

enum { CQ_ENGLISH_FRENCH = 1, CQ_FRENCH_ENGLISH = 2 }; // dictionaries

typedef struct {
    uint32_t english, french; // words
    // Times linked in texts that people and programs translated, and the share of all
    // links of the English and of the French word that this is. 0: not in the figures.
    uint32_t human, machine;
    float there, back;
    uint32_t dictionaries; // bits: those that have it
} cq_rendering;

// Words are numbered from 1 on each side; 0: not there. `folded`: lower case, as lemma.
uint32_t cq_bilingual_english(const cq_bilingual *b, cq_str folded);
uint32_t cq_bilingual_french(const cq_bilingual *b, cq_str folded);
cq_str cq_bilingual_english_word(const cq_bilingual *b, uint32_t word);
cq_str cq_bilingual_french_word(const cq_bilingual *b, uint32_t word);

// What renders an English word, by number of the French one.
size_t cq_bilingual_of_english(const cq_bilingual *b, uint32_t english,
                               const cq_rendering **out);
// What a French word renders, as indexes for cq_bilingual_at.
size_t cq_bilingual_of_french(const cq_bilingual *b, uint32_t french,
                              const uint32_t **out);
const cq_rendering *cq_bilingual_at(const cq_bilingual *b, uint32_t index);
// NULL: the one is not known to render the other.
const cq_rendering *cq_bilingual_pair(const cq_bilingual *b, uint32_t english,
                                      uint32_t french);

#endif
