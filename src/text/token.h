// Tokens and sentences of a passage: a run of blocks of at most some 64 KiB of text, so
// that all work on it stays in the cache.
#ifndef CQ_TEXT_TOKEN_H
#define CQ_TEXT_TOKEN_H

#include "text/document.h"

typedef enum {
    CQ_TOKEN_WORD, // letters, inner hyphens and apostrophes: semi-conducteurs,
                   // aujourd'hui
    CQ_TOKEN_NUMBER, // 25 000 · 3,5 · -1 · 1er · 2e · 10h30 · 2006-08-07; XXIe is a word
    CQ_TOKEN_PUNCT,  // one mark each; "..." and « are one
    CQ_TOKEN_SYMBOL, // % € $ + = ...
    CQ_TOKEN_URL,    // addresses, e-mail, hashtags, mentions, file names, host names
} cq_token_kind;

enum {
    CQ_TOKEN_SPACE = 1 << 0,       // white space (or the block's start) before it
    CQ_TOKEN_QUOTED = 1 << 1,      // stands inside quotation marks
    CQ_TOKEN_ELIDED = 1 << 2,      // ends in an apostrophe: l' qu' d'
    CQ_TOKEN_INVERTED = 1 << 3,    // a clitic after a hyphen: -il, -t-il, -le, -ci, -là
    CQ_TOKEN_FIRST = 1 << 4,       // first word of its sentence
    CQ_TOKEN_CAPITAL = 1 << 5,     // first letter is a capital
    CQ_TOKEN_UPPER = 1 << 6,       // two letters or more, all capitals
    CQ_TOKEN_MIXED = 1 << 7,       // a capital after a small letter: iPhone, DeepSeek
    CQ_TOKEN_DIGITS = 1 << 8,      // a word with digits: H100, 5G
    CQ_TOKEN_NBSP = 1 << 9,        // the space before it is a no-break one
    CQ_TOKEN_CONTRACTED = 1 << 10, // du des au aux (and their capitals) as ADP+DET
    CQ_TOKEN_KNOWN = 1 << 11,      // the lexicon has readings for it
    CQ_TOKEN_ABBREVIATION = 1 << 12, // its final point belongs to it: M. etc. U.S.
    CQ_TOKEN_LAST = 1 << 13,         // last token of its sentence
    CQ_TOKEN_NAME = 1 << 14, // taken for a name by case and position, or known as one
};

// Which punctuation a token is, so that nobody has to look at its bytes again.
typedef enum {
    CQ_MARK_NONE,
    CQ_MARK_POINT,    // .
    CQ_MARK_ELLIPSIS, // … and two points or more
    CQ_MARK_QUESTION,
    CQ_MARK_EXCLAMATION,
    CQ_MARK_COMMA,
    CQ_MARK_SEMICOLON,
    CQ_MARK_COLON,
    CQ_MARK_DASH,  // - standing alone, --, –, —
    CQ_MARK_OPEN,  // ( [ {
    CQ_MARK_CLOSE, // ) ] }
    CQ_MARK_QUOTE, // any quotation mark, also an apostrophe that stands alone
    CQ_MARK_SLASH,
    CQ_MARK_OTHER, // any other punctuation
    // Of words whose point belongs to them (CQ_TOKEN_ABBREVIATION):
    CQ_MARK_TITLE,   // M. Dr. art. p.: never ends a sentence
    CQ_MARK_SHORT,   // U.S. J.-C. J. Inc.: ends one before a word such as Le or Elle
    CQ_MARK_FINISHES // etc.: ends one before any capital
} cq_mark;

// 32 bytes. Fields below `kind` are 0 until the lexicon and the tagger have run.
typedef struct {
    uint32_t start, end; // in document.text
    uint32_t form;  // lexicon id of the form as read (case folded if need be), 0: unknown
    uint32_t lemma; // lexicon id of the lemma of the reading chosen in context, 0: none
    uint32_t morph; // morphology of that reading (lexicon/morphology.h), 0: none
    uint32_t upos;  // bit set of UPOS of all its readings (CQ_UPOS_BIT)
    uint16_t flags;
    uint8_t kind;      // cq_token_kind
    uint8_t mark;      // cq_mark
    uint32_t sentence; // index into passage.sentences
} cq_token;

typedef struct {
    uint32_t first, last; // tokens, half-open
    uint32_t block;       // index into document.blocks
} cq_sentence;

typedef struct {
    const cq_document *doc;
    cq_token *tokens;
    size_t n;
    cq_sentence *sentences;
    size_t sentences_n;
} cq_passage;

static inline cq_str cq_token_text(const cq_passage *p, size_t i)
{
    return (cq_str){p->doc->text.p + p->tokens[i].start,
                    p->tokens[i].end - p->tokens[i].start};
}

// The word a token stands for, to look it up: -il and -t-il give il, -le gives le; any
// other token its text (an elision keeps its apostrophe, an abbreviation its point).
cq_str cq_token_word(const cq_passage *p, size_t i);

// Tokenises and splits blocks [first, last) of a French document into *out, whose arrays
// lie in `a`. Skipped blocks give nothing. Quotation state is reset at each block.
void cq_tokenize_fr(cq_arena *a, const cq_document *d, size_t first, size_t last,
                    cq_passage *out);
void cq_tokenize_en(cq_arena *a, const cq_document *d, size_t first, size_t last,
                    cq_passage *out);

#endif
