// An article beside its English source: both as documents, the English as tokens with
// lemmas, and which sentences render which (source/align.h says how that is found).
//
//   cq_aligned at;
//   if (run->pair && cq_pair_at(run->pair, t->start, t->end, &at)) {
//       for (uint32_t i = at.first_token; i < at.last_token; i++)
//           ... cq_token_text(&run->pair->english, i) ...
//   }
//
// Sentences of the source are those of pair->english; sentences of the article are
// numbered over the whole article, as their tokens die with their passage. Every sentence
// stands in at most one link. A pair belongs to one article and one thread.
#ifndef CQ_SOURCE_PAIR_H
#define CQ_SOURCE_PAIR_H

#include "base/map.h"
#include "lexicon/english.h"
#include "text/token.h"

#define CQ_NO_LINK UINT32_MAX

typedef enum { CQ_SIDE_SOURCE, CQ_SIDE_TARGET } cq_side;

typedef struct {
    cq_span text;   // in the text of its document
    uint32_t block; // index into the blocks of its document
    uint32_t link;  // index into pair->links; CQ_NO_LINK: none
    uint32_t words; // word and number tokens
} cq_pair_sentence;

// Sentences [first, last) of either side that say the same.
typedef struct {
    uint32_t first[2], last[2]; // by cq_side
    float confidence;           // 0..1: 0.5 and above can be relied upon
    bool moved;                 // stands elsewhere than in the source
} cq_link;

typedef struct {
    cq_str folded;
    cq_english_lemma *lemmas;
    size_t lemmas_n;
} cq_pair_word;

typedef struct {
    uint32_t letters; // a bit of each byte of it
    uint32_t firsts;  // of the first bytes of it and of its lemmas
    bool hyphened;
} cq_pair_trait;

struct cq_wanted_word; // of expression.c
typedef struct {
    const struct cq_wanted_word *words;
    size_t n;
} cq_pair_expression;

typedef struct {
    cq_arena *arena;
    const char *path;          // of the source
    const cq_document *doc[2]; // by cq_side
    cq_pair_sentence *sentences[2];
    uint32_t sentences_n[2];
    cq_passage english;   // all of the source
    const cq_link *links; // in the order of the source
    uint32_t links_n;
    double relatedness; // 0..1: share of the text that is linked with confidence
    // Private part: what is known of English words, found on first need.
    cq_english *words;
    cq_map said;     // folded words of the source, filled on first need
    cq_map known_at; // text of a token -> index into `known`
    CQ_VEC(cq_pair_word) known;
    cq_map expressions; // looked for so far -> index into `split`
    CQ_VEC(cq_pair_expression) split;
    cq_pair_trait *traits; // by token of the source, made on first need
    uint32_t *known_of;    // by token of the source: index into `known` + 1
} cq_pair;

// Cuts both documents into sentences and aligns them; all lies in `a`. The documents
// must live as long. `words` may be NULL: then a word has no lemma but itself.
cq_pair *cq_pair_new(cq_arena *a, const cq_document *source, const cq_document *target,
                     cq_english *words, const char *path);

// Texts without a document, all of them linked: for examples of rules.
cq_pair *cq_pair_of_text(cq_arena *a, cq_str source, const cq_document *target,
                         cq_english *words);

// Too little is alike for the one to be a translation of the other.
bool cq_pair_unrelated(const cq_pair *p);

// The passage of the source behind a stretch of the article's text.
typedef struct {
    uint32_t first, last;               // sentences of the source, half-open
    uint32_t first_token, last_token;   // of pair->english, half-open
    uint32_t target_first, target_last; // the sentences of the article that render it
    float confidence;
    bool moved;
} cq_aligned;

// False: nothing is linked there.
bool cq_pair_at(const cq_pair *p, uint32_t start, uint32_t end, cq_aligned *out);
bool cq_pair_of_sentence(const cq_pair *p, const cq_passage *in, const cq_sentence *s,
                         cq_aligned *out);
// The link of a sentence; NULL: none (then nothing renders it).
const cq_link *cq_pair_link(const cq_pair *p, cq_side side, uint32_t sentence);
// The sentence that holds a byte of the side's text, or the last before it.
uint32_t cq_pair_sentence_at(const cq_pair *p, cq_side side, uint32_t at);
cq_str cq_pair_text(const cq_pair *p, cq_side side, uint32_t first, uint32_t last);
// Does the article have more code there than the source? It may hold a name or a number.
bool cq_pair_hides_more(const cq_pair *p, const cq_link *l);

// Lemmas of a token of the source, most likely first; the word itself, folded, where
// it has none.
size_t cq_pair_lemmas(cq_pair *p, uint32_t token, const cq_english_lemma **out);
// Those of any word in small letters, looked up once; it must live as long as the pair.
size_t cq_pair_lemmas_of(cq_pair *p, cq_str word, const cq_english_lemma **out);
// Its letters in lower case, apostrophes straight.
cq_str cq_pair_folded(cq_pair *p, uint32_t token);

// Does the source have this word, whatever its case?
bool cq_pair_says(cq_pair *p, cq_str word);

// Where an English expression stands among tokens [first, last), its words in any
// inflection: "take the bait" is found in "took the bait", "make up one's mind" in "made
// up her mind". Up to two other words may stand between two of its words. What is in
// brackets only explains: "turnover (staff)"; a comma or semicolon parts alternatives;
// "=founded" is that form alone.
bool cq_pair_find(cq_pair *p, cq_str expression, uint32_t first, uint32_t last,
                  uint32_t *found_first, uint32_t *found_last);

// Does any of its words that mean something stand there, in any inflection or within
// another word? True as well of what is no plain expression of two words or more, as of
// this nothing can be said ("feet, miles", "Mr.", "15,300 million").
bool cq_pair_any_word(cq_pair *p, cq_str expression, uint32_t first, uint32_t last);

#endif
