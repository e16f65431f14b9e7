// From the fields of French Hunspell dictionaries (po: is: ds:) to readings.
#ifndef CQ_LEXICON_TAGS_FR_H
#define CQ_LEXICON_TAGS_FR_H

#include "lexicon/morphology.h"

// The readings of `form` whose fields (of entry and affixes, separated by spaces) are
// given; how many, at most `max`.
size_t cq_tags_fr(cq_str form, cq_str fields, uint32_t *morphs, size_t max);

#endif
