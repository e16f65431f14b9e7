// Unicode by utf8proc, with fast paths for what French is made of.
#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

size_t cq_utf8_invalid(cq_str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;
    while (i < s.n) {
        if (i + 8 <= s.n) { // eight ASCII bytes at once
            uint64_t w;
            memcpy(&w, p + i, 8);
            if (!(w & 0x8080808080808080u)) {
                i += 8;
                continue;
            }
        }
        unsigned c = p[i];
        size_t n = c < 0x80                 ? 1
                   : c >= 0xc2 && c < 0xe0  ? 2
                   : (c & 0xf0) == 0xe0     ? 3
                   : c >= 0xf0 && c <= 0xf4 ? 4
                                            : 0;
        if (!n || i + n > s.n) return i;
        for (size_t k = 1; k < n; k++) {
            if ((p[i + k] & 0xc0) != 0x80) return i;
        }
        if (n == 3 &&
            ((c == 0xe0 && p[i + 1] < 0xa0) || (c == 0xed && p[i + 1] > 0x9f))) {
            return i;
        }
        if (n == 4 &&
            ((c == 0xf0 && p[i + 1] < 0x90) || (c == 0xf4 && p[i + 1] > 0x8f))) {
            return i;
        }
        i += n;
    }
    return SIZE_MAX;
}

uint32_t cq_utf8_next_high(cq_str s, size_t *i)
{
    const unsigned char *p = (const unsigned char *)s.p + *i;
    uint32_t c = p[0];
    if (c < 0xe0) {
        *i += 2;
        return (c & 0x1f) << 6 | (p[1] & 0x3fu);
    }
    if (c < 0xf0) {
        *i += 3;
        return (c & 0xf) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    }
    *i += 4;
    return (c & 7) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
}

uint32_t cq_utf8_prev(cq_str s, size_t *i)
{
    do {
        --*i;
    } while (*i && (s.p[*i] & 0xc0) == 0x80);
    size_t at = *i;
    return cq_utf8_next(s, &at);
}

size_t cq_utf8_put(char out[4], uint32_t c)
{
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
}

size_t cq_utf8_count(cq_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += (s.p[i] & 0xc0) != 0x80;
    return n;
}

static utf8proc_category_t category(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c);
}

bool cq_is_letter_high(uint32_t c)
{
    if (c >= 0xc0 && c < 0x250) return c != 0xd7 && c != 0xf7;
    utf8proc_category_t k = category(c);
    return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
           k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_MC;
}

bool cq_is_mark(uint32_t c)
{
    if (c < 0x300) return false;
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_MC ||
           k == UTF8PROC_CATEGORY_ME;
}

bool cq_is_upper(uint32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    if (c < 0x100) return c >= 0xc0 && c <= 0xde && c != 0xd7;
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
}

bool cq_is_lower(uint32_t c)
{
    if (c < 0x80) return c >= 'a' && c <= 'z';
    if (c < 0x100) return c == 0xb5 || (c >= 0xdf && c != 0xf7);
    return category(c) == UTF8PROC_CATEGORY_LL;
}

bool cq_is_number(uint32_t c)
{
    if (c < 0x80) return cq_is_digit((char)c);
    return category(c) == UTF8PROC_CATEGORY_ND;
}

bool cq_is_blank(uint32_t c)
{
    if (c < 0x80) return cq_is_space((char)c);
    return c == 0xa0 || c == 0x85 || c == 0x1680 || (c >= 0x2000 && c <= 0x200b) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 ||
           c == 0xfeff;
}

bool cq_is_apostrophe(uint32_t c) { return c == '\'' || c == 0x2019 || c == 0x2bc; }

uint32_t cq_to_lower(uint32_t c)
{
    if (c < 0x80) return (uint32_t)(unsigned char)cq_lower((char)c);
    if (c < 0x100) return c >= 0xc0 && c <= 0xde && c != 0xd7 ? c + 32 : c;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

uint32_t cq_to_upper(uint32_t c)
{
    if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
    if (c >= 0xe0 && c < 0xff) return c != 0xf7 ? c - 32 : c;
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
}

uint32_t cq_base_letter(uint32_t c)
{
    if (c < 0xc0) return c;
    if (c == 0x152 || c == 0xd8) return 'O';
    if (c == 0x153 || c == 0xf8) return 'o';
    if (c == 0xc6) return 'A';
    if (c == 0xe6) return 'a';
    utf8proc_int32_t out[8];
    utf8proc_ssize_t n = utf8proc_decompose_char(
        (utf8proc_int32_t)c, out, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, NULL);
    return n > 0 ? (uint32_t)out[0] : c;
}

// One folded character into out; bytes written.
static size_t fold_char(char out[4], uint32_t c)
{
    if (cq_is_apostrophe(c)) {
        out[0] = '\'';
        return 1;
    }
    return cq_utf8_put(out, cq_to_lower(c));
}

// Small letters of Latin 1 throughout, as most words are: folding changes nothing.
bool cq_is_folded(cq_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80 ? (unsigned)(c - 'A') < 26u
                     : c != 0xc3 || (unsigned char)s.p[++i] < 0x9f)
            return false;
    }
    return true;
}

cq_str cq_fold_into(char *out, size_t size, cq_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80) {
            if (n + 1 > size) return (cq_str){NULL, 0};
            out[n++] = cq_lower((char)c);
            i++;
            continue;
        }
        char one[4];
        size_t k = fold_char(one, cq_utf8_next(s, &i));
        if (n + k > size) return (cq_str){NULL, 0};
        memcpy(out + n, one, k);
        n += k;
    }
    return (cq_str){out, n};
}

cq_str cq_fold(cq_arena *a, cq_str s)
{
    if (cq_is_folded(s)) return s;
    // No character of two or more bytes becomes longer than four.
    char *out = cq_alloc(a, cq_mul(s.n, 2) + 4);
    cq_str f = cq_fold_into(out, s.n * 2 + 4, s);
    return cq_str_eq(f, s) ? s : f;
}

static cq_str with_first(cq_arena *a, cq_str s, uint32_t (*change)(uint32_t))
{
    if (!s.n) return s;
    size_t i = 0;
    char first[4];
    size_t k = cq_utf8_put(first, change(cq_utf8_next(s, &i)));
    char *out = cq_alloc(a, k + s.n - i + 1);
    memcpy(out, first, k);
    memcpy(out + k, s.p + i, s.n - i);
    return (cq_str){out, k + s.n - i};
}

cq_str cq_upper_first(cq_arena *a, cq_str s) { return with_first(a, s, cq_to_upper); }

cq_str cq_lower_first(cq_arena *a, cq_str s) { return with_first(a, s, cq_to_lower); }

cq_str cq_strip_accents(cq_arena *a, cq_str s)
{
    char *out = cq_alloc(a, cq_mul(s.n, 2) + 4);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = cq_utf8_next(s, &i);
        n += cq_utf8_put(out + n, cq_base_letter(c));
        if (c == 0x153 || c == 0xe6) out[n++] = 'e'; // œ, æ
        if (c == 0x152 || c == 0xc6) out[n++] = 'E';
    }
    return (cq_str){out, n};
}

bool cq_nfc_quick(cq_str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p;
    // Below U+0300 (lead byte 0xcc) every character is its own composed form; above, ask
    // for the combining class and for what decomposes otherwise.
    for (size_t i = 0; i < s.n;) {
        if (p[i] < 0xcc) {
            i++;
            continue;
        }
        size_t start = i;
        uint32_t c = cq_utf8_next(s, &i);
        if (c >= 0x2010 && c <= 0x2125) continue; // punctuation of everyday
        const utf8proc_property_t *prop = utf8proc_get_property((utf8proc_int32_t)c);
        if (prop->combining_class || prop->decomp_seqindex != UINT16_MAX ||
            prop->comb_index != UINT16_MAX) {
            *at = start;
            return false;
        }
    }
    return true;
}

cq_str cq_nfc(cq_arena *a, cq_str s)
{
    size_t at;
    if (cq_nfc_quick(s, &at)) return s;
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &out,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n < 0) return s; // invalid text: callers check first
    cq_str r = cq_str_copy(a, (cq_str){(const char *)out, (size_t)n});
    free(out);
    return cq_str_eq(r, s) ? s : r;
}
