// Which English word stands behind a French one, within sentences that render each other.
//
// The method is competitive linking (Melamed, "Models of Translational Equivalence among
// Words", Computational Linguistics 26, 2000): pairs of words are linked one to one, the
// best pair first. How good a pair is, is what the bilingual lexicon says (its figures
// are shares of links in parallel texts), else how alike the words look (Simard, Foster
// and Isabelle, "Using Cognates to Align Sentences", TMI 1992), less the way off the
// diagonal (Dyer, Chahuneau and Smith, "A Simple, Fast, and Effective Reparameterization
// of IBM Model 2", NAACL 2013), plus the support of neighbours that are linked alike. A
// word that is left between two linked neighbours is linked to the one that is left in
// the same slot of the other side, which is a guess and marked as one. Function words are
// left alone.
//
// Links are found when they are first asked for, and kept for the passage at hand.
#ifndef CQ_SOURCE_WORDLINKS_H
#define CQ_SOURCE_WORDLINKS_H

#include "lexicon/bilingual.h"
#include "lexicon/lexicon.h"
#include "source/pair.h"

typedef struct cq_linker cq_linker;

// Confidence from which a link can be relied upon.
#define CQ_LINK_SURE 0.6f

typedef struct {
    uint32_t other;   // token of the other side; CQ_NO_LINK: none
    float confidence; // 0..1
    bool slot;        // a guess by its place alone: no word says so
} cq_word_link;

// Tokens [first, last) of the source (pair->english) and of the French passage that say
// the same; links by token less `first` of the side.
typedef struct {
    uint32_t first[2], last[2]; // by cq_side
    cq_word_link *of[2];
} cq_word_links;

// `lexicon` is that of the French passages; `a` must live as long as the pair.
cq_linker *cq_linker_new(cq_arena *a, cq_pair *pair, const cq_bilingual *b,
                         const cq_lexicon *lexicon);

const cq_bilingual *cq_linker_lexicon(const cq_linker *l);

// Links of the sentence that holds a token of a tagged passage. They lie in `scratch`,
// which is reset only when another passage is asked for. NULL: the sentence has no
// counterpart, or it is too long.
const cq_word_links *cq_link_words(cq_linker *l, cq_arena *scratch, const cq_passage *p,
                                   uint32_t token);

// The link of one token; `other` is CQ_NO_LINK where there is none.
cq_word_link cq_link_of(const cq_word_links *w, cq_side side, uint32_t token);

// May a token be linked: is it a word that means something?
bool cq_link_content(const cq_token *t);
bool cq_link_content_english(cq_pair *pair, uint32_t token);

// Does the French token render the English one by itself: does a dictionary, or a good
// share of the figures, say so, or do they look alike?
bool cq_link_by_itself(cq_linker *l, const cq_passage *p, uint32_t english,
                       uint32_t french);

// Words of the lexicon for a token: its lemmas, most likely first. At most `max`.
size_t cq_link_english(cq_linker *l, uint32_t token, uint32_t *out, size_t max);
size_t cq_link_french(cq_linker *l, const cq_passage *p, uint32_t token, uint32_t *out,
                      size_t max);

// What renders an English token most often, as lemma: people count more than programs,
// and what dictionaries list is believed as well. "": nothing is known.
cq_str cq_link_usual(cq_linker *l, uint32_t token);

#endif
