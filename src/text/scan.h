// The scanner below the tokenisers: character classes, the main loop over a block, and
// all that is alike in every language (numbers, addresses, punctuation, symbols). A
// language brings its words (token_fr.c, token_en.c). Private to the tokenisers.
#ifndef CQ_TEXT_SCAN_H
#define CQ_TEXT_SCAN_H

#include "base/utf8.h"
#include "text/abbreviations.h"
#include "text/token.h"

// Classes of ASCII bytes; bytes from 0x80 on are CQ_C_HIGH.
enum {
    CQ_C_LOWER = 1 << 0,
    CQ_C_UPPER = 1 << 1,
    CQ_C_DIGIT = 1 << 2,
    CQ_C_BLANK = 1 << 3,
    CQ_C_HIGH = 1 << 4,
    CQ_C_ENDS = 1 << 5, // a word before it is complete as it stands
};
extern const uint8_t CQ_CHARS[256];

typedef struct cq_scan cq_scan;

typedef struct {
    // Takes the word at s->at, a letter or digit: emits a token or more.
    void (*word)(cq_scan *s);
    const cq_abbreviation *abbreviations;
    size_t abbreviations_n;
    // Is this capitalised word one that begins sentences and is no name (Le, Elle, The)?
    bool (*starter)(cq_str word);
} cq_scan_language;

struct cq_scan {
    const unsigned char *p; // document.text; a block ends before a '\n', so p[end] is one
    uint32_t at, end;       // what is left of the block
    uint16_t space;         // flags of the blanks before s->at
    bool quotes;            // the block has quotation marks
    const cq_scan_language *language;
    cq_arena *arena;
    size_t block_first; // the block's first token
    CQ_VEC(cq_token) tokens;
};

// The token [s->at, end): what comes after it is glued unless blanks follow.
static inline cq_token *cq_emit(cq_scan *s, uint32_t end, cq_token_kind kind,
                                unsigned flags, cq_mark mark)
{
    cq_token *t = CQ_PUSH(s->arena, &s->tokens);
    *t = (cq_token){.start = s->at,
                    .end = end,
                    .flags = (uint16_t)(flags | s->space),
                    .kind = (uint8_t)kind,
                    .mark = (uint8_t)mark};
    s->at = end;
    s->space = 0;
    return t;
}

unsigned cq_letter_slow(const unsigned char *p);
// Bytes of the letter, digit, mark or inner invisible character (soft hyphen) at p; 0:
// it is something else.
static inline unsigned cq_letter(const unsigned char *p)
{
    if (p[0] < 0x80) {
        return (CQ_CHARS[p[0]] & (CQ_C_LOWER | CQ_C_UPPER | CQ_C_DIGIT)) != 0;
    }
    if (p[0] == 0xc3) return p[1] != 0x97 && p[1] != 0xb7 ? 2 : 0; // not × ÷
    return cq_letter_slow(p);
}

static inline uint32_t cq_letters_end(const unsigned char *p, uint32_t i)
{
    for (unsigned n; (n = cq_letter(p + i)) != 0;) i += n;
    return i;
}

// Bytes of the apostrophe (' U+2019 U+02BC) or hyphen (- U+2010 U+2011) at p, or 0.
static inline unsigned cq_apostrophe(const unsigned char *p)
{
    if (p[0] == '\'') return 1;
    if (p[0] == 0xe2 && p[1] == 0x80 && p[2] == 0x99) return 3;
    return p[0] == 0xca && p[1] == 0xbc ? 2 : 0;
}

static inline unsigned cq_hyphen(const unsigned char *p)
{
    if (p[0] == '-') return 1;
    return p[0] == 0xe2 && p[1] == 0x80 && (p[2] == 0x90 || p[2] == 0x91) ? 3 : 0;
}

// Do the bytes at p begin with `literal` (which holds no '\n', so this never passes a
// block's end)?
static inline bool cq_at(const unsigned char *p, const char *literal)
{
    while (*literal && *p == (unsigned char)*literal) {
        p++;
        literal++;
    }
    return !*literal;
}

static inline bool cq_digit(unsigned char c) { return CQ_CHARS[c] & CQ_C_DIGIT; }

bool cq_letter_is_upper(const unsigned char *p);
// CAPITAL, UPPER, MIXED and DIGITS of a word.
unsigned cq_case_flags(const unsigned char *p, uint32_t start, uint32_t end);
// Do n bytes at p spell this (ASCII lower case, ' for any apostrophe, accents exact)?
bool cq_spells(const unsigned char *p, size_t n, const char *lower);

// The end of an address (URL, e-mail, host, file name, identifier) that begins at s->at
// and whose first part ends at i; 0: it is none.
uint32_t cq_address_end(const cq_scan *s, uint32_t i);
// The end of a word's point(s), when they belong to it: M. U.S. J.-C. p. ex. etc. `i` is
// where its letters end; 0: the point is a full stop. *mark says what kind it is.
uint32_t cq_abbreviation_end(const cq_scan *s, uint32_t i, cq_mark *mark);

// Take the address, the abbreviation that the word before s->at and the mark at i make.
static inline bool cq_take_address(cq_scan *s, uint32_t i)
{
    unsigned char c = s->p[i];
    uint32_t end =
        c == '.' || c == ':' || c == '@' || c == '_' ? cq_address_end(s, i) : 0;
    if (end) cq_emit(s, end, CQ_TOKEN_URL, 0, CQ_MARK_NONE);
    return end;
}

static inline bool cq_take_abbreviation(cq_scan *s, uint32_t i)
{
    cq_mark mark;
    uint32_t end = s->p[i] == '.' ? cq_abbreviation_end(s, i, &mark) : 0;
    if (!end) return false;
    unsigned flags = cq_case_flags(s->p, s->at, end) | CQ_TOKEN_ABBREVIATION;
    cq_emit(s, end, CQ_TOKEN_WORD, flags, mark);
    return true;
}

void cq_tokenize(cq_arena *a, const cq_document *d, size_t first, size_t last,
                 const cq_scan_language *language, cq_passage *out);

#endif
