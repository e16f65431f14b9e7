// Numbers of a sentence by value, whatever they are written with: 25,000 and 25 000, "six
// and a half million" and 6,5 millions, 3 p.m. and 15 h, the 1990s and les années 90,
// half and 50 %, the 21st century and le XXIe siècle.
#ifndef CQ_SOURCE_NUMBERS_H
#define CQ_SOURCE_NUMBERS_H

#include "text/token.h"

typedef enum {
    CQ_NUMBER_PLAIN,
    CQ_NUMBER_ORDINAL, // first, 21st: French often says it otherwise
    CQ_NUMBER_SHARE,   // half, a third: the value is below 1
} cq_number_kind;

typedef struct {
    double value, other; // what else it may stand for (15 for 3 p.m.), or the same
    cq_span at;          // in the document's text
    cq_number_kind kind;
    bool figures;     // written with digits
    bool imperial;    // miles, feet, degrees Fahrenheit: may have been converted
    bool rough;       // a dozen, une quarantaine: about so many
    bool metric;      // metres, litres, degrees Celsius
    char currency[4]; // "USD", "EUR", ...; "" none
} cq_number;

typedef CQ_VEC(cq_number) cq_numbers;

// Appends the numbers of tokens [first, last). "one", "un" and "une" alone are none, nor
// are indefinite ones (thousands of, des milliers de).
void cq_numbers_english(cq_arena *a, const cq_passage *p, size_t first, size_t last,
                        cq_numbers *out);
void cq_numbers_french(cq_arena *a, const cq_passage *p, size_t first, size_t last,
                       cq_numbers *out);

// Same value, in either meaning.
bool cq_numbers_equal(const cq_number *a, const cq_number *b);
// `metric` is what `imperial` is once converted, within a tenth.
bool cq_numbers_converted(const cq_number *imperial, const cq_number *metric);

#endif
