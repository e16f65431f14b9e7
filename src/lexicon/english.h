// English lemmas, for the source side: WordNet's word lists and exception lists, searched
// where they lie, with the method of its Morphy (morphy(7) of WordNet 3.0); a table of
// ours for function words; and the en_US Hunspell dictionary for what is a word at all.
#ifndef CQ_LEXICON_ENGLISH_H
#define CQ_LEXICON_ENGLISH_H

#include "base/arena.h"
#include "base/err.h"
#include "lexicon/morphology.h"

typedef struct cq_english cq_english;

// `wordnet`: folder of the index and exception files, NULL: Debian's. Maps eight files
// and reads nothing. A missing one names the package to install. `cache_dir` as for
// cq_lexicon_open, kept until the first word that WordNet does not have.
cq_english *cq_english_open(const char *wordnet, const char *cache_dir, cq_err *err);
void cq_english_free(cq_english *e);

typedef struct {
    cq_str lemma; // lower case; in the caller's arena or static
    cq_upos upos; // NOUN VERB ADJ ADV, or that of a function word
} cq_english_lemma;
enum { CQ_ENGLISH_LEMMAS_MAX = 16 };

// Every lemma of a form (a token of cq_tokenize_en, any case), most likely first:
// function words, exceptions, the word itself, then what rules of detachment give.
// 0: unknown. Thread-safe.
size_t cq_english_lemmas(const cq_english *e, cq_arena *a, cq_str form,
                         cq_english_lemma out[CQ_ENGLISH_LEMMAS_MAX]);

// Is it an English word (a form of WordNet or in the en_US dictionary, opened on the
// first need; without that dictionary WordNet decides alone)? Thread-safe.
bool cq_english_accepts(cq_english *e, cq_str form);

#endif
