// UTF-8 and Unicode properties (utf8proc behind it; this is its only caller). Positions
// are bytes, characters are code points.
#ifndef CQ_BASE_UTF8_H
#define CQ_BASE_UTF8_H

#include "base/arena.h"

// Bytes of the first invalid sequence's offset, or SIZE_MAX when all of s is valid UTF-8
// (no surrogates, no overlong forms, at most U+10FFFF). NUL is valid here.
size_t cq_utf8_invalid(cq_str s);

// Decodes the character at s[*i] (valid text, *i < s.n) and moves *i past it.
uint32_t cq_utf8_next_high(cq_str s, size_t *i); // one that is not ASCII
static inline uint32_t cq_utf8_next(cq_str s, size_t *i)
{
    unsigned char c = (unsigned char)s.p[*i];
    if (c >= 0x80) return cq_utf8_next_high(s, i);
    ++*i;
    return c;
}
uint32_t cq_utf8_prev(cq_str s, size_t *i);  // the character before s[*i], *i > 0
size_t cq_utf8_put(char out[4], uint32_t c); // bytes written
size_t cq_utf8_count(cq_str s);              // characters

bool cq_is_letter_high(uint32_t c);
static inline bool cq_is_letter(uint32_t c) // L*, and combining marks
{
    return c < 0x80 ? cq_is_alpha((char)c) : cq_is_letter_high(c);
}
bool cq_is_mark(uint32_t c);       // Mn, Mc, Me: combines with what precedes
bool cq_is_upper(uint32_t c);      // Lu, Lt
bool cq_is_lower(uint32_t c);      // Ll
bool cq_is_number(uint32_t c);     // Nd
bool cq_is_blank(uint32_t c);      // any Unicode space, no-break ones included
bool cq_is_apostrophe(uint32_t c); // ' and U+2019, and U+02BC
uint32_t cq_to_lower(uint32_t c);
uint32_t cq_to_upper(uint32_t c);
uint32_t cq_base_letter(uint32_t c); // é gives e, Œ gives O; itself when it has no accent

// Lower case, apostrophes made ': the form under which words are looked up. The result is
// never longer than max(3 * s.n, ...) and lies in the arena, or is s itself when it is
// already folded.
cq_str cq_fold(cq_arena *a, cq_str s);
bool cq_is_folded(cq_str s); // small letters of Latin 1 throughout: true is certain
cq_str cq_fold_into(char *out, size_t size,
                    cq_str s); // NULL slice when size is too small
cq_str cq_upper_first(cq_arena *a, cq_str s);
cq_str cq_lower_first(cq_arena *a, cq_str s);
cq_str cq_strip_accents(cq_arena *a, cq_str s); // "Élève" gives "Eleve", "œ" gives "oe"

// False at the first place where s may not be in normal form C (a quick check: true is
// certain, false is not); *at is that offset.
bool cq_nfc_quick(cq_str s, size_t *at);
cq_str cq_nfc(cq_arena *a, cq_str s); // s itself when nothing changes

#endif
