// Which language a text is in: French, English, German, Spanish, Italian, Portuguese,
// Dutch, Catalan, or one that we do not know, most often in other letters ("xx").
//
// Each function word votes for the languages that have it, the more the fewer they are,
// as do letters and endings that few languages have. (Function words identify the
// language of short texts as well as letter n-grams do: Grefenstette, "Comparing two
// language identification schemes", JADT 1995. They need no training, and say why.)
#ifndef CQ_TEXT_LANGUAGE_H
#define CQ_TEXT_LANGUAGE_H

#include "text/document.h"

typedef struct {
    char code[3];  // ISO 639-1; "" when there is too little evidence, "xx": another
    uint32_t lead; // evidence for it over that for the next; 8 is a word of its own
} cq_language;

cq_language cq_language_identify(cq_str text);

// Words, and those of them that are function words of any known language. Needs no
// decision, so it also serves to tell sentences from lists of names.
typedef struct {
    uint32_t words, function_words;
} cq_word_counts;
cq_word_counts cq_language_count(cq_str text);

// Sets block.language where it can be told, and the document's from the blocks that are
// not skipped; blocks that are surely not in `target` are marked CQ_SKIP_LANGUAGE and
// listed as skipped, unless the whole document is in another language. True: the document
// is in the target language, or nothing speaks against it.
bool cq_language_mark(cq_document *d, const char *target);

#endif
