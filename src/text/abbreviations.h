// Abbreviations whose point is no full stop. A table per language, sorted by text.
#ifndef CQ_TEXT_ABBREVIATIONS_H
#define CQ_TEXT_ABBREVIATIONS_H

#include "text/token.h"

typedef enum {
    CQ_ABBR_ALWAYS,  // no word is written like it
    CQ_ABBR_DIGIT,   // only before a number: art. 5, p. 12, sept. 2024
    CQ_ABBR_CAPITAL, // only before a capital: M. Martin, St. Gallen
    CQ_ABBR_CASED,   // like CAPITAL, and itself capitalised
} cq_abbr_when;

typedef struct {
    const char *text; // without its point, lower case
    uint8_t when;     // cq_abbr_when
    uint8_t mark;     // cq_mark: TITLE, SHORT or FINISHES
} cq_abbreviation;

extern const cq_abbreviation CQ_ABBREVIATIONS_FR[], CQ_ABBREVIATIONS_EN[];
extern const size_t CQ_ABBREVIATIONS_FR_N, CQ_ABBREVIATIONS_EN_N;
enum { CQ_ABBREVIATION_MAX = 8 }; // bytes of the longest

const cq_abbreviation *cq_abbreviation_find(const cq_abbreviation *table, size_t n,
                                            const unsigned char *p, size_t bytes);

#endif
