// The scanner below the tokenisers. A hand-written loop over bytes: plain words and
// spaces take the first branches, characters beyond Latin-1 the last ones.
#include "text/scan.h"

#include "text/quote.h"
#include "text/sentence.h"

#include <assert.h>

// clang-format off
#define L CQ_C_LOWER
#define U CQ_C_UPPER
#define D CQ_C_DIGIT
#define B (CQ_C_BLANK | CQ_C_ENDS)
#define E CQ_C_ENDS
#define H CQ_C_HIGH
const uint8_t CQ_CHARS[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, B, B, B, B, B, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    B, E, E, 0, 0, E, 0, 0, E, E, 0, 0, E, 0, 0, 0, //  !"#$%&'()*+,-./
    D, D, D, D, D, D, D, D, D, D, 0, E, E, E, E, E, // 0-9 : is no end (http:)
    0, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    U, U, U, U, U, U, U, U, U, U, U, E, 0, E, 0, 0,
    0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L, L, L, L, E, 0, E, 0, 0,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
};
#undef L
#undef U
#undef D
#undef B
#undef E
#undef H
// clang-format on

static uint32_t decode(const unsigned char *p, size_t *bytes)
{
    size_t i = 0;
    uint32_t c = cq_utf8_next((cq_str){(const char *)p, 4}, &i);
    *bytes = i;
    return c;
}

unsigned cq_letter_slow(const unsigned char *p)
{
    if (p[0] == 0xc2) { // ª µ º; ² ³ ¹ as in m²; the soft hyphen
        unsigned c = p[1];
        return c == 0xaa || c == 0xb5 || c == 0xba || c == 0xb2 || c == 0xb3 ||
                       c == 0xb9 || c == 0xad
                   ? 2
                   : 0;
    }
    if (p[0] < 0xca) return 2; // U+0100..U+027F: letters all
    if (p[0] == 0xe2 && p[1] == 0x80) {
        return p[2] == 0x8c || p[2] == 0x8d ? 3 : 0; // ZWNJ, ZWJ
    }
    size_t n;
    uint32_t c = decode(p, &n);
    bool letter = c == 0x2bc ? false : cq_is_letter(c) || cq_is_number(c);
    if (c >= 0x2070 && c < 0x20a0) letter = true; // super- and subscripts: CO₂
    if (c == 0x2060) letter = true;               // word joiner
    return letter ? (unsigned)n : 0;
}

bool cq_letter_is_upper(const unsigned char *p)
{
    if (p[0] < 0x80) return CQ_CHARS[p[0]] & CQ_C_UPPER;
    if (p[0] == 0xc3) return p[1] < 0x9f && p[1] != 0x97;
    size_t n;
    return cq_is_upper(decode(p, &n));
}

static bool letter_is_lower(const unsigned char *p)
{
    if (p[0] < 0x80) return CQ_CHARS[p[0]] & CQ_C_LOWER;
    if (p[0] == 0xc3) return p[1] >= 0x9f && p[1] != 0xb7;
    size_t n;
    return cq_is_lower(decode(p, &n));
}

unsigned cq_case_flags(const unsigned char *p, uint32_t start, uint32_t end)
{
    unsigned flags = 0, uppers = 0, lowers = 0;
    bool first = true;
    for (uint32_t i = start; i < end;) {
        unsigned char c = p[i];
        if (CQ_CHARS[c] & CQ_C_LOWER) {
            lowers++;
            first = false;
            i++;
            continue;
        }
        if (CQ_CHARS[c] & CQ_C_DIGIT) {
            flags |= CQ_TOKEN_DIGITS;
            i++;
            continue;
        }
        unsigned n = cq_letter(p + i);
        if (!n) { // hyphen, apostrophe, point: what follows is a part of its own
            i += c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
            if (lowers) lowers = 1 << 16;
            continue;
        }
        if (cq_letter_is_upper(p + i)) {
            if (first) flags |= CQ_TOKEN_CAPITAL;
            if (lowers & 0xffff) flags |= CQ_TOKEN_MIXED;
            uppers++;
            first = false;
        } else if (letter_is_lower(p + i)) {
            lowers++;
            first = false;
        }
        i += n;
    }
    if (uppers > 1 && !lowers) flags |= CQ_TOKEN_UPPER;
    return flags;
}

bool cq_spells(const unsigned char *p, size_t n, const char *lower)
{
    size_t i = 0;
    for (; *lower; lower++) {
        if (i >= n) return false;
        unsigned k = *lower == '\'' ? cq_apostrophe(p + i) : 0;
        if (!k && (unsigned char)cq_lower((char)p[i]) != (unsigned char)*lower) {
            return false;
        }
        i += k ? k : 1;
    }
    return i == n;
}

// ---- blanks

// Bytes of the blank at p, 0: none. *flags gets SPACE, and NBSP for a no-break space.
static unsigned blank(const unsigned char *p, unsigned *flags)
{
    unsigned char c = p[0];
    if (c < 0x80) {
        if (!(CQ_CHARS[c] & CQ_C_BLANK)) return 0;
        *flags |= CQ_TOKEN_SPACE;
        return 1;
    }
    if (c == 0xc2 && p[1] == 0xa0) {
        *flags |= CQ_TOKEN_SPACE | CQ_TOKEN_NBSP;
        return 2;
    }
    if (c == 0xc3) return 0;
    size_t n;
    uint32_t u = decode(p, &n);
    if (!cq_is_blank(u)) return 0;
    *flags |= CQ_TOKEN_SPACE | (u == 0x202f || u == 0x2007 ? CQ_TOKEN_NBSP : 0u);
    return (unsigned)n;
}

// Past the blanks at i (at most `most` of them).
static uint32_t skip_blanks(const cq_scan *s, uint32_t i, unsigned most)
{
    unsigned flags = 0, n;
    while (most-- && i < s->end && (n = blank(s->p + i, &flags)) != 0) i += n;
    return i;
}

// ---- numbers

static uint32_t digits_end(const unsigned char *p, uint32_t i)
{
    while (cq_digit(p[i])) i++;
    return i;
}

// Bytes of what may part groups of three digits: a space of any kind, or an apostrophe.
static unsigned group_separator(const unsigned char *p)
{
    if (p[0] == ' ' || p[0] == '\'') return 1;
    if (p[0] == 0xc2 && p[1] == 0xa0) return 2;
    if (p[0] == 0xe2 && p[1] == 0x80 &&
        (p[2] == 0xaf || p[2] == 0x89 || p[2] == 0x99 || p[2] == 0x87)) {
        return 3;
    }
    return 0;
}

// The end of the number whose first digit is at i: 25 000 · 1.200,50 · 2006-08-07 ·
// 1/10 · 10:30. A point, comma, hyphen or slash belongs to it before a digit only.
static uint32_t number_end(const unsigned char *p, uint32_t i)
{
    uint32_t j = digits_end(p, i);
    unsigned k = j - i <= 3 ? group_separator(p + j) : 0;
    if (k && p[i] != '0') {
        char separator[4] = {0};
        memcpy(separator, p + j, k);
        while (cq_at(p + j, separator) && cq_digit(p[j + k]) && cq_digit(p[j + k + 1]) &&
               cq_digit(p[j + k + 2]) && !cq_digit(p[j + k + 3])) {
            j += k + 3;
        }
    }
    for (;;) {
        unsigned char c = p[j];
        if (c != '.' && c != ',' && c != '-' && c != '/' && c != ':') return j;
        if (!cq_digit(p[j + 1])) return j;
        if (c == ':' && (!cq_digit(p[j + 2]) || cq_digit(p[j + 3]))) return j;
        j = digits_end(p, j + 1);
    }
}

static void number(cq_scan *s, uint32_t from)
{
    const unsigned char *p = s->p;
    uint32_t plain = digits_end(p, from), end = number_end(p, from);
    bool word_follows =
        end == plain && from == s->at &&
        (cq_letter(p + end) || (p[end] == '.' && cq_letter(p + end + 1)) ||
         (cq_hyphen(p + end) && cq_letter(p + end + cq_hyphen(p + end))));
    if (word_follows) { // 1er, 5G, 42mag.fr, 4-temps
        s->language->word(s);
        return;
    }
    cq_emit(s, end, CQ_TOKEN_NUMBER, 0, CQ_MARK_NONE);
}

// ---- addresses

static inline unsigned one_or(unsigned bytes) { return bytes ? bytes : 1; }

// Endings that make host names and file names. Those that are common French or English
// words (de, me, la, es, is, it) count only before a path.
static const char *const ENDINGS[] = {
    "ai",  "app",  "avi",  "be",    "bzh", "ca",   "ch",   "co",   "com",  "cpp", "css",
    "csv", "deb",  "dev",  "dll",   "dmg", "doc",  "docx", "edu",  "epub", "eu",  "exe",
    "fr",  "gg",   "gif",  "gov",   "gz",  "hpp",  "htm",  "html", "info", "int", "io",
    "iso", "java", "jpeg", "jpg",   "js",  "json", "lu",   "md",   "mov",  "mp3", "mp4",
    "net", "odt",  "org",  "paris", "pdf", "php",  "png",  "ppt",  "pptx", "py",  "qc",
    "rpm", "rs",   "sh",   "sql",   "svg", "tar",  "tech", "toml", "ts",   "tv",  "txt",
    "uk",  "us",   "webp", "wiki",  "xls", "xlsx", "xml",  "xyz",  "yaml", "yml", "zip",
};

static bool known_ending(const unsigned char *p, size_t n)
{
    if (n < 2 || n > 5) return false;
    bool lower = CQ_CHARS[p[0]] & CQ_C_LOWER;
    for (size_t i = 0; i < n; i++) { // "fin.Me" is no host: one case throughout
        if (p[i] >= 0x80 || (!cq_digit(p[i]) && lower != !!(CQ_CHARS[p[i]] & CQ_C_LOWER)))
            return false;
    }
    size_t lo = 0, hi = CQ_COUNT(ENDINGS);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (cq_spells(p, n, ENDINGS[mid])) return true;
        char key[6] = {0};
        for (size_t i = 0; i < n; i++) key[i] = cq_lower((char)p[i]);
        if (strcmp(key, ENDINGS[mid]) < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return false;
}

// Everything up to a blank, a quotation mark or an angle bracket; closing punctuation at
// its end is the sentence's.
static uint32_t url_end(const cq_scan *s, uint32_t from)
{
    const unsigned char *p = s->p;
    uint32_t i = from;
    int open = 0;
    unsigned flags = 0;
    while (i < s->end) {
        unsigned char c = p[i];
        if (c < 0x80) {
            if (CQ_CHARS[c] & CQ_C_BLANK || c < 0x20 || strchr("<>\"`{}|\\^", c)) break;
            open += (c == '(') - (c == ')');
            if (open < 0) break;
            i++;
            continue;
        }
        if (blank(p + i, &flags) || (c == 0xc2 && (p[i + 1] == 0xab || p[i + 1] == 0xbb)))
            break;
        if (c == 0xe2 && p[i + 1] == 0x80) break; // quotation marks, ellipsis, dashes
        i += c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    }
    while (i > from && strchr(".,;:!?'*_]", p[i - 1])) i--;
    return i;
}

// No host name is longer; past it a chain of points is read once more at each part, so
// that hostile input costs at most this much a byte.
enum { DOTTED_MAX = 253 };

// A dotted name from s->at, whose first part ends at i with a point.
static uint32_t dotted_end(const cq_scan *s, uint32_t i)
{
    const unsigned char *p = s->p;
    uint32_t good = 0, j = i;
    unsigned parts = 1;
    bool plain = true; // all parts are small ASCII letters, two or more
    bool www = cq_spells(p + s->at, i - s->at, "www");
    while (p[j] == '.' && cq_letter(p + j + 1) && j - i < DOTTED_MAX) {
        uint32_t from = j + 1;
        for (j = from;;) {
            unsigned n = cq_letter(p + j);
            if (!n && (p[j] == '_' || (p[j] == '-' && cq_letter(p + j + 1)))) n = 1;
            if (!n) break;
            if (n > 1 || CQ_CHARS[p[j]] & CQ_C_UPPER) plain = false;
            j += n;
        }
        if (j - from < 2) plain = false;
        parts++;
        if (www || known_ending(p + from, j - from)) good = j;
    }
    if (p[j] == '@' && CQ_CHARS[p[j + 1]] & (CQ_C_LOWER | CQ_C_UPPER | CQ_C_DIGIT)) {
        uint32_t k = j + 1;
        while (cq_letter(p + k) || p[k] == '.' || p[k] == '-')
            k += one_or(cq_letter(p + k));
        while (p[k - 1] == '.' || p[k - 1] == '-') k--;
        return k;
    }
    if (parts >= 3 && plain) good = j;
    if (!good && p[j] == '/' && parts == 2 && plain && j - i >= 3 && cq_letter(p + j + 1))
        good = j;
    if (good == j && (p[j] == '/' || p[j] == '?' || p[j] == '#' ||
                      (p[j] == ':' && cq_digit(p[j + 1])))) {
        uint32_t k = url_end(s, j + 1);
        return k > j ? k : j;
    }
    return good;
}

uint32_t cq_address_end(const cq_scan *s, uint32_t i)
{
    const unsigned char *p = s->p;
    switch (p[i]) {
    case ':':
        if (p[i + 1] != '/' || p[i + 2] != '/' || !cq_letter(p + i + 3)) return 0;
        return url_end(s, i + 3);
    case '@': {
        uint32_t k = i + 1;
        bool point = false;
        for (unsigned n; (n = cq_letter(p + k)) || p[k] == '.' || p[k] == '-';) {
            if (p[k] == '.' && cq_letter(p + k + 1)) point = true;
            k += n ? n : 1;
        }
        while (p[k - 1] == '.' || p[k - 1] == '-') k--;
        return point ? k : 0;
    }
    case '_': {
        uint32_t k = i;
        while (cq_letter(p + k) || p[k] == '_') k += one_or(cq_letter(p + k));
        while (p[k - 1] == '_') k--;
        return k > i ? k : 0;
    }
    case '.':
        return cq_letter(p + i + 1) ? dotted_end(s, i) : 0;
    default:
        return 0;
    }
}

// ---- abbreviations

// U.S. · R.E.M. · J.-C. · i.e. · G.P.S: letters each with its point. 0: fewer than two.
static uint32_t initials_end(const unsigned char *p, uint32_t i)
{
    unsigned letters = 1;
    uint32_t point = i; // the last point seen
    for (;;) {
        uint32_t k = point + 1;
        k += cq_hyphen(p + k);
        unsigned n = cq_letter(p + k);
        if (!n || cq_digit(p[k])) break;
        if (p[k + n] != '.') {
            unsigned owner = cq_apostrophe(p + k + n); // the U.S's
            if (cq_letter_is_upper(p + k) && !cq_letter(p + k + n) &&
                (letters >= 2 || (owner && p[k + n + owner] == 's')))
                return k + n;
            break;
        }
        letters++;
        point = k + n;
    }
    return letters >= 2 ? point + 1 : 0;
}

// Is the word at p written in digits or, as volumes and kings are, in Roman ones?
static bool is_numeral(const unsigned char *p)
{
    if (cq_digit(*p)) return true;
    uint32_t i = 0;
    while (p[i] && strchr("IVXLC", p[i])) i++;
    return i && !cq_letter(p + i);
}

uint32_t cq_abbreviation_end(const cq_scan *s, uint32_t i, cq_mark *mark)
{
    const unsigned char *p = s->p + s->at;
    uint32_t n = i - s->at;
    unsigned first = cq_letter(p);
    *mark = CQ_MARK_SHORT;
    if (n == first) {
        static const char THAT_IS[] = "c.-à-d."; // c'est-à-dire
        if (cq_at(p, THAT_IS)) {
            *mark = CQ_MARK_TITLE;
            return s->at + sizeof THAT_IS - 1;
        }
        uint32_t end = initials_end(s->p, i);
        if (end) return end;
    }
    uint32_t next = skip_blanks(s, i + 1, 2);
    const unsigned char *q = s->p + next;
    bool upper = cq_letter_is_upper(p), word = next < s->end && cq_letter(q);
    bool before_upper = word && cq_letter_is_upper(q);
    const cq_abbreviation *a = cq_abbreviation_find(s->language->abbreviations,
                                                    s->language->abbreviations_n, p, n);
    if (a) {
        bool holds = true;
        *mark = a->mark;
        if (a->when == CQ_ABBR_DIGIT) {
            holds = word && (is_numeral(q) || (n == 1 && cq_at(q, "ex.")));
        }
        if (a->when == CQ_ABBR_CAPITAL) holds = before_upper;
        if (a->when == CQ_ABBR_CASED) holds = upper && (word || *mark != CQ_MARK_TITLE);
        if (holds) return i + 1;
    }
    // An initial stands before a name, not before Le or Elle.
    if (n != first || !upper || !before_upper || next == i + 1) return 0;
    uint32_t end = cq_letters_end(s->p, next);
    *mark = CQ_MARK_SHORT;
    return s->language->starter((cq_str){(const char *)q, end - next}) ? 0 : i + 1;
}

// ---- punctuation and symbols

typedef struct {
    uint8_t kind, mark;
} class_of;

static const class_of ASCII[128] = {
    ['!'] = {CQ_TOKEN_PUNCT, CQ_MARK_EXCLAMATION},
    ['?'] = {CQ_TOKEN_PUNCT, CQ_MARK_QUESTION},
    [','] = {CQ_TOKEN_PUNCT, CQ_MARK_COMMA},
    [';'] = {CQ_TOKEN_PUNCT, CQ_MARK_SEMICOLON},
    [':'] = {CQ_TOKEN_PUNCT, CQ_MARK_COLON},
    ['.'] = {CQ_TOKEN_PUNCT, CQ_MARK_POINT},
    ['('] = {CQ_TOKEN_PUNCT, CQ_MARK_OPEN},
    ['['] = {CQ_TOKEN_PUNCT, CQ_MARK_OPEN},
    ['{'] = {CQ_TOKEN_PUNCT, CQ_MARK_OPEN},
    [')'] = {CQ_TOKEN_PUNCT, CQ_MARK_CLOSE},
    [']'] = {CQ_TOKEN_PUNCT, CQ_MARK_CLOSE},
    ['}'] = {CQ_TOKEN_PUNCT, CQ_MARK_CLOSE},
    ['"'] = {CQ_TOKEN_PUNCT, CQ_MARK_QUOTE},
    ['\''] = {CQ_TOKEN_PUNCT, CQ_MARK_QUOTE},
    ['-'] = {CQ_TOKEN_PUNCT, CQ_MARK_DASH},
    ['/'] = {CQ_TOKEN_PUNCT, CQ_MARK_SLASH},
    ['*'] = {CQ_TOKEN_PUNCT, CQ_MARK_OTHER},
    ['_'] = {CQ_TOKEN_PUNCT, CQ_MARK_OTHER},
    ['\\'] = {CQ_TOKEN_PUNCT, CQ_MARK_OTHER},
};

static class_of high_class(uint32_t c)
{
    if (c == 0xab || c == 0xbb || (c >= 0x2018 && c <= 0x201f) || c == 0x2039 ||
        c == 0x203a || c == 0x2bc || (c >= 0x300c && c <= 0x300f)) {
        return (class_of){CQ_TOKEN_PUNCT, CQ_MARK_QUOTE};
    }
    if (c >= 0x2010 && c <= 0x2015) return (class_of){CQ_TOKEN_PUNCT, CQ_MARK_DASH};
    if (c == 0x2026) return (class_of){CQ_TOKEN_PUNCT, CQ_MARK_ELLIPSIS};
    if (c == 0x203d || c == 0x2047 || c == 0x2048 || c == 0xff1f) {
        return (class_of){CQ_TOKEN_PUNCT, CQ_MARK_QUESTION};
    }
    if (c == 0x203c || c == 0x2049 || c == 0xff01) {
        return (class_of){CQ_TOKEN_PUNCT, CQ_MARK_EXCLAMATION};
    }
    if (c == 0xa1 || c == 0xbf || c == 0xb7 || (c >= 0x2016 && c <= 0x2027) ||
        (c >= 0x3001 && c <= 0x3003)) {
        return (class_of){CQ_TOKEN_PUNCT, CQ_MARK_OTHER};
    }
    return (class_of){CQ_TOKEN_SYMBOL, CQ_MARK_NONE};
}

// Past what modifies the pictograph before i: variation selectors, skin tones, the
// second half of a flag, joined pictographs.
static uint32_t pictograph_end(const cq_scan *s, uint32_t i, uint32_t c)
{
    bool flag = c >= 0x1f1e6 && c <= 0x1f1ff;
    while (i < s->end && s->p[i] >= 0xcc) {
        size_t n;
        uint32_t u = decode(s->p + i, &n);
        if (u == 0x200d && i + 3 < s->end && s->p[i + 3] >= 0xe2) {
            i += 3;
            decode(s->p + i, &n);
        } else if (flag && u >= 0x1f1e6 && u <= 0x1f1ff) {
            flag = false;
        } else if (u != 0xfe0e && u != 0xfe0f && u != 0x20e3 &&
                   !(u >= 0x1f3fb && u <= 0x1f3ff)) {
            break;
        }
        i += (uint32_t)n;
    }
    return i;
}

static bool number_may_begin(const cq_scan *s)
{
    if (s->space || s->tokens.n == s->block_first) return true;
    const cq_token *before = &s->tokens.v[s->tokens.n - 1];
    return before->mark == CQ_MARK_OPEN || before->kind == CQ_TOKEN_SYMBOL;
}

static void high_symbol(cq_scan *s)
{
    const unsigned char *p = s->p;
    size_t n;
    uint32_t c = decode(p + s->at, &n), end = s->at + (uint32_t)n;
    if (c == 0x2212 && cq_digit(p[end]) && number_may_begin(s)) { // minus
        number(s, end);
        return;
    }
    if (c == 0xb0 && (p[end] == 'C' || p[end] == 'F') && !cq_letter(p + end + 1)) end++;
    class_of k = high_class(c);
    if (k.mark == CQ_MARK_QUOTE) s->quotes = true;
    if (k.mark == CQ_MARK_ELLIPSIS) {
        while (cq_at(p + end, "…") || p[end] == '.') {
            end += p[end] == '.' ? 1 : 3;
        }
    }
    if (c >= 0x203c && k.kind == CQ_TOKEN_SYMBOL) end = pictograph_end(s, end, c);
    cq_emit(s, end, k.kind, 0, k.mark);
}

static void symbol(cq_scan *s)
{
    const unsigned char *p = s->p;
    unsigned char c = p[s->at];
    if (c >= 0x80) {
        high_symbol(s);
        return;
    }
    uint32_t end = s->at + 1;
    class_of k = ASCII[c].kind ? ASCII[c] : (class_of){CQ_TOKEN_SYMBOL, CQ_MARK_NONE};
    if ((c == '-' || c == '+') && cq_digit(p[end]) && number_may_begin(s)) {
        number(s, end);
        return;
    }
    if ((c == '#' || c == '@') && cq_letter(p + end)) { // hashtag, mention
        while (cq_letter(p + end) || p[end] == '_') end += one_or(cq_letter(p + end));
        cq_emit(s, end, CQ_TOKEN_URL, 0, CQ_MARK_NONE);
        return;
    }
    if (c == '.' && (p[end] == '.' || cq_at(p + end, "…"))) {
        while (p[end] == '.' || cq_at(p + end, "…")) {
            end += p[end] == '.' ? 1 : 3;
        }
        k.mark = CQ_MARK_ELLIPSIS;
    }
    if (c == '-') {
        while (p[end] == '-') end++;
    }
    if ((c == '<' || c == '>') && p[end] == c) { // << and >> for guillemets
        end++;
        k = (class_of){CQ_TOKEN_PUNCT, CQ_MARK_QUOTE};
    }
    if (k.mark == CQ_MARK_QUOTE) s->quotes = true;
    cq_emit(s, end, k.kind, 0, k.mark);
}

// ---- the main loop

static inline uint32_t small_letters_end(const unsigned char *p, uint32_t i)
{
    for (;;) {
        unsigned char c = p[i];
        if (CQ_CHARS[c] & CQ_C_LOWER)
            i++;
        else if (c == 0xc3 && p[i + 1] >= 0xa0 && p[i + 1] != 0xb7)
            i += 2;
        else
            return i;
    }
}

static void scan_block(cq_scan *s)
{
    const unsigned char *p = s->p;
    s->space = CQ_TOKEN_SPACE;
    while (s->at < s->end) {
        unsigned char c = p[s->at];
        if (c == ' ') {
            s->space |= CQ_TOKEN_SPACE;
            s->at++;
            continue;
        }
        uint32_t i = small_letters_end(p, s->at);
        if (i > s->at) { // most words: small letters, then a blank or simple punctuation
            unsigned char d = p[i];
            bool ends = CQ_CHARS[d] & CQ_C_ENDS || (d == 0xc2 && p[i + 1] == 0xa0) ||
                        (d == '.' && i - s->at > CQ_ABBREVIATION_MAX &&
                         CQ_CHARS[p[i + 1]] & CQ_C_BLANK);
            if (ends)
                cq_emit(s, i, CQ_TOKEN_WORD, 0, CQ_MARK_NONE);
            else
                s->language->word(s);
            continue;
        }
        unsigned class = CQ_CHARS[c];
        if (class & CQ_C_UPPER) {
            s->language->word(s);
        } else if (class & CQ_C_DIGIT) {
            number(s, s->at);
        } else {
            unsigned flags = 0, n = blank(p + s->at, &flags);
            if (n) {
                s->space |= (uint16_t)flags;
                s->at += n;
            } else if (c >= 0x80 && cq_letter(p + s->at)) {
                s->language->word(s);
            } else {
                symbol(s);
            }
        }
    }
}

void cq_tokenize(cq_arena *a, const cq_document *d, size_t first, size_t last,
                 const cq_scan_language *language, cq_passage *out)
{
    cq_scan s = {.p = (const unsigned char *)d->text.p, .language = language, .arena = a};
    cq_sentences sentences = {0};
    size_t bytes = 0;
    for (size_t b = first; b < last; b++) {
        const cq_block *block = &d->blocks.v[b];
        if (block->skip == CQ_SKIP_NONE) bytes += block->text.end - block->text.start;
    }
    s.tokens.cap = bytes / 5 + 16; // French has 5.5 bytes a token
    s.tokens.v = cq_alloc(a, cq_mul(s.tokens.cap, sizeof *s.tokens.v));
    for (size_t b = first; b < last; b++) {
        const cq_block *block = &d->blocks.v[b];
        if (block->skip != CQ_SKIP_NONE || block->text.start >= block->text.end) continue;
        assert(block->text.end < d->text.n && s.p[block->text.end] == '\n');
        s.at = block->text.start;
        s.end = block->text.end;
        s.quotes = false;
        s.block_first = s.tokens.n;
        scan_block(&s);
        cq_token *tokens = s.tokens.v;
        if (s.quotes) cq_mark_quoted(d->text, tokens, s.block_first, s.tokens.n);
        cq_split_sentences(a, d->text, tokens, s.block_first, s.tokens.n, (uint32_t)b,
                           language->starter, &sentences);
    }
    *out = (cq_passage){.doc = d,
                        .tokens = s.tokens.v,
                        .n = s.tokens.n,
                        .sentences = sentences.v,
                        .sentences_n = sentences.n};
}
