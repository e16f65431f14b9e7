// English left in: paragraphs, headings and captions that stayed English in a French
// article, passages of a sentence, and dates written the English way.
#ifndef CQ_CHECKS_UNTRANSLATED_H
#define CQ_CHECKS_UNTRANSLATED_H

#include "checks/check.h"

// the, with, don't: in no case a French word.
bool cq_is_english_function_word(cq_str word);

void cq_untranslated_run(cq_check_run *run, void *state, const cq_passage *p);
void cq_untranslated_finish(cq_check_run *run, void *state);
// Keeps what was found out about words from one passage to the next.
struct cq_english_memo *cq_english_memo_new(cq_arena *a);
// The end of the run of English words that begins at token i, within [i, end); i when
// there is none. For checks that must leave English alone.
size_t cq_english_run(const cq_check_run *run, const cq_passage *p, size_t i, size_t end);

#endif
