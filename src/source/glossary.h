// Terms and how they are to be rendered: TBX (see tbx.h), whose concepts with an English
// term in common are one, or tables in CSV or TSV, whose first line names the
// columns: `source` (English), `target` (French; several renderings parted by "|"),
// `status` (preferred, admitted, forbidden; preferred where it is empty) and `note`. Rows
// with the same source are one concept. Fields may stand in double quotes, as RFC 4180
// says; the separator is the tab, semicolon or comma that the first line uses.
#ifndef CQ_SOURCE_GLOSSARY_H
#define CQ_SOURCE_GLOSSARY_H

#include "lexicon/lexicon.h"
#include "text/token.h"

typedef enum { CQ_TERM_PREFERRED, CQ_TERM_ADMITTED, CQ_TERM_FORBIDDEN } cq_term_status;

typedef struct {
    cq_str text; // French, as written
    cq_term_status status;
    uint32_t concept;
    cq_str note;
    // Private part: words as sets of lemmas, see glossary.c.
    uint32_t first_word, words_n;
} cq_term;

typedef struct {
    CQ_VEC(cq_str) sources; // English, never none
    cq_str preferred; // the first preferred rendering, else the first admitted; "" none
} cq_concept;

typedef struct cq_glossary cq_glossary;

// One without terms; and the terms of a file in memory, which must live as long as
// `a`, where everything lies.
cq_glossary *cq_glossary_new(cq_arena *a, const cq_lexicon *l);
bool cq_glossary_add(cq_glossary *g, const char *path, cq_str text, cq_err *err);
// Reads all files; everything lies in `a`. Words of terms are recognised in any
// inflection that the lexicon knows.
cq_glossary *cq_glossary_open(cq_arena *a, const cq_lexicon *l, const char *const *paths,
                              size_t n, cq_err *err);
size_t cq_glossary_concepts(const cq_glossary *g);
const cq_concept *cq_glossary_concept(const cq_glossary *g, uint32_t i);
const cq_term *cq_glossary_term(const cq_glossary *g, uint32_t i);

// The longest French term that begins at a token; 0 tokens: none.
size_t cq_glossary_at(const cq_glossary *g, const cq_passage *p, size_t i, size_t end,
                      const cq_term **out);
// Concepts whose English begins with this word or lemma (folded).
const uint32_t *cq_glossary_english(const cq_glossary *g, cq_str word, size_t *n);

#endif
