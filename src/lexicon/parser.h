// Which word of a sentence depends on which, and how: the relations of Universal
// Dependencies, those that do not matter to agreement put together. See parser.c for the
// method and its source.
#ifndef CQ_LEXICON_PARSER_H
#define CQ_LEXICON_PARSER_H

#include "lexicon/lexicon.h"
#include "text/token.h"

// ORDER: NAMES in parser.c
typedef enum {
    CQ_REL_DEP, // any other
    CQ_REL_ROOT,
    CQ_REL_DET,
    CQ_REL_CASE,
    CQ_REL_AMOD,
    CQ_REL_NSUBJ, // and clauses that are subjects; with a passive, too
    CQ_REL_AUX,
    CQ_REL_PASSIVE, // the auxiliary of a passive
    CQ_REL_COP,
    CQ_REL_MARK,
    CQ_REL_CC,
    CQ_REL_ADVMOD,
    CQ_REL_PUNCT,
    CQ_REL_NUMMOD,
    CQ_REL_OBJ, // iobj, too
    CQ_REL_EXPL,
    CQ_REL_OBL, // before its head: every adjunct
    CQ_REL_NMOD,
    CQ_REL_CONJ,
    CQ_REL_XCOMP,
    CQ_REL_ACL,
    CQ_REL_RELCL,
    CQ_REL_APPOS,
    CQ_REL_FLAT, // fixed and compound, too
    CQ_REL_CCOMP,
    CQ_REL_ADVCL,
    CQ_REL_N
} cq_relation;

enum { CQ_NO_HEAD = UINT32_MAX };

typedef struct {
    uint32_t head;   // token of the passage; CQ_NO_HEAD: the root, or not parsed
    uint16_t margin; // by how much this attachment was better than any other; 0: unsure
    uint8_t relation;
} cq_arc;

typedef struct cq_parser cq_parser;

// The model is a file of its own (dictionaries/fr/parser.model); the lexicon must outlive
// the parser. NULL on failure.
cq_parser *cq_parser_open(const char *model_path, const cq_lexicon *l, cq_err *err);
void cq_parser_free(cq_parser *p);
// Gives the memory of the model back until it is asked again.
void cq_parser_idle(const cq_parser *p);

// Parses tokens [first, last), a tagged sentence, into arcs[0 .. last - first). Thread-
// safe. A sentence of more than CQ_PARSE_MAX tokens is left without heads.
enum { CQ_PARSE_MAX = 200 };
void cq_parse(const cq_parser *p, const cq_passage *passage, size_t first, size_t last,
              cq_arc *arcs);

const char *cq_relation_name(cq_relation r);

#endif
