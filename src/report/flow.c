// Wrapping: characters gather in `word` until a space sends them to the output.
#include "report/flow.h"

#include <stdio.h>

#include "base/utf8.h"

enum { WORD_MAX = 1 << 20 }; // bytes without a space; more is cut

static const char *const CODES[] = {
    [CQ_STYLE_PLAIN] = "",          [CQ_STYLE_BOLD] = "\033[1m",
    [CQ_STYLE_DIM] = "\033[2m",     [CQ_STYLE_RED] = "\033[1;31m",
    [CQ_STYLE_YELLOW] = "\033[33m", [CQ_STYLE_GREEN] = "\033[32m",
    [CQ_STYLE_CYAN] = "\033[36m",
};

// Characters that cannot be seen, or not told apart, with their names.
static const struct {
    uint32_t c;
    const char *fr, *en;
} NAMES[] = {
    {0x09, "tabulation", "tab"},
    {0x0a, "saut de ligne", "line break"},
    {0x0d, "retour chariot", "carriage return"},
    {0x20, "espace", "space"},
    {0xa0, "espace insécable", "no-break space"},
    {0xad, "trait d’union conditionnel", "soft hyphen"},
    {0x2002, "espace demi-cadratin", "en space"},
    {0x2003, "espace cadratin", "em space"},
    {0x2009, "espace fine", "thin space"},
    {0x200a, "espace ultrafine", "hair space"},
    {0x200b, "espace sans chasse", "zero-width space"},
    {0x200c, "antiliant sans chasse", "zero-width non-joiner"},
    {0x200d, "liant sans chasse", "zero-width joiner"},
    {0x200e, "marque gauche-à-droite", "left-to-right mark"},
    {0x200f, "marque droite-à-gauche", "right-to-left mark"},
    {0x2011, "trait d’union insécable", "no-break hyphen"},
    {0x202f, "espace fine insécable", "narrow no-break space"},
    {0x2060, "gluon de mots", "word joiner"},
    {0x3000, "espace idéographique", "ideographic space"},
    {0xfeff, "indicateur d’ordre des octets", "byte order mark"},
};

// What a terminal obeys instead of showing: controls, and changes of direction.
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029 || c == 0x200e ||
           c == 0x200f;
}

static bool has_no_width(uint32_t c)
{
    return (c >= 0x300 && c < 0x370) || c == 0xad || (c >= 0x200b && c <= 0x200d) ||
           c == 0x2060 || c == 0xfeff || (c >= 0xfe00 && c <= 0xfe0f);
}

static bool is_wide(uint32_t c) // East Asian and emoji, roughly
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f) ||
           (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
           (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
}

void cq_flow_init(cq_flow *f, cq_buf *out, bool color, bool french, unsigned width)
{
    *f = (cq_flow){.out = out, .color = color, .french = french, .width = width};
    cq_buf_init(&f->word, WORD_MAX);
}

void cq_flow_free(cq_flow *f) { cq_buf_free(&f->word); }

static void start_line(cq_flow *f, unsigned indent)
{
    for (unsigned i = 0; i < indent; i++) cq_buf_char(f->out, ' ');
    f->at = f->start = indent;
    f->space = false;
}

static void place_word(cq_flow *f)
{
    if (!f->word.n) return;
    if (f->at > f->start && f->at + f->space + f->word_n > f->width) {
        cq_buf_char(f->out, '\n');
        start_line(f, f->indent);
    }
    if (f->space) cq_buf_char(f->out, ' ');
    f->at += f->space + f->word_n;
    f->space = false;
    cq_buf_str(f->out, cq_buf_view(&f->word));
    cq_buf_reset(&f->word);
    f->word_n = 0;
}

// A word wider than a whole line is broken where the line ends.
static void add_char(cq_flow *f, uint32_t c)
{
    char bytes[4];
    unsigned n = has_no_width(c) ? 0 : is_wide(c) ? 2 : 1;
    if (f->word_n + n > f->width - f->indent) place_word(f);
    cq_buf_add(&f->word, bytes, cq_utf8_put(bytes, c));
    f->word_n += n;
}

static void add_ascii(cq_flow *f, const char *s)
{
    cq_str text = cq_str_of(s);
    for (size_t i = 0; i < text.n;) add_char(f, cq_utf8_next(text, &i));
}

static void add_name(cq_flow *f, uint32_t c)
{
    add_char(f, 0x27e8); // ⟨
    size_t i = 0;
    while (i < CQ_COUNT(NAMES) && NAMES[i].c != c) i++;
    if (i < CQ_COUNT(NAMES)) {
        add_ascii(f, f->french ? NAMES[i].fr : NAMES[i].en);
    } else {
        char code[16];
        snprintf(code, sizeof code, "U+%04X", c);
        add_ascii(f, code);
    }
    add_char(f, 0x27e9); // ⟩
}

static bool is_invisible(uint32_t c)
{
    for (size_t i = 0; i < CQ_COUNT(NAMES); i++) {
        if (NAMES[i].c == c) return true;
    }
    return is_control(c) || cq_is_blank(c);
}

static void open_style(cq_flow *f, cq_style style)
{
    if (f->color && style) cq_buf_c(&f->word, CODES[style]);
}

static void close_style(cq_flow *f, cq_style style)
{
    if (f->color && style) cq_buf_c(&f->word, "\033[0m");
}

// A plain space inside French quotation marks, or before a mark that has one, parts no
// line; `rest` is what follows it.
static bool holds(const cq_flow *f, cq_str rest)
{
    static const char *const BEFORE[] = {"»", ":", ";", "!", "?"};
    cq_str word = cq_buf_view(&f->word), open = cq_str_of("«");
    if (word.n >= open.n && cq_str_is(cq_str_sub(word, word.n - open.n, word.n), "«"))
        return true;
    for (size_t i = 0; i < CQ_COUNT(BEFORE) && word.n; i++) {
        if (cq_str_starts(rest, cq_str_of(BEFORE[i]))) return true;
    }
    return false;
}

static void flow(cq_flow *f, cq_style style, cq_str s, bool named)
{
    bool open = false;
    for (size_t i = 0; i < s.n;) {
        size_t start = i;
        uint32_t c = cq_utf8_next(s, &i);
        bool edge = start == 0 || i == s.n;
        bool breaks = (c == ' ' || c == '\n' || c == '\t' || c == '\r') &&
                      !(named && (edge || c != ' ')) &&
                      !(c == ' ' && holds(f, cq_str_sub(s, i, s.n)));
        if (breaks) {
            if (open) close_style(f, style);
            open = false;
            place_word(f);
            f->space = f->at > f->start;
            continue;
        }
        if (!open) open_style(f, style);
        open = true;
        if ((named && is_invisible(c) && (c != ' ' || edge)) || is_control(c)) {
            add_name(f, c);
        } else {
            add_char(f, c == 0xfffc ? 0x2026 : c); // code and images are not shown
        }
    }
    if (open) close_style(f, style);
}

void cq_flow_text(cq_flow *f, cq_style style, cq_str s)
{
    for (;;) { // a path may be any bytes
        size_t bad = cq_utf8_invalid(s);
        flow(f, style, cq_str_sub(s, 0, bad), false);
        if (bad == SIZE_MAX) return;
        add_char(f, 0xfffd);
        s = cq_str_sub(s, bad + 1, s.n);
    }
}

void cq_flow_c(cq_flow *f, cq_style style, const char *s)
{
    cq_flow_text(f, style, cq_str_of(s));
}

void cq_flow_named(cq_flow *f, cq_style style, cq_str s) { flow(f, style, s, true); }

void cq_flow_number(cq_flow *f, cq_style style, uint64_t n)
{
    char digits[40];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    cq_buf text;
    cq_buf_init(&text, 1000);
    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0) cq_buf_c(&text, f->french ? "\u202f" : ",");
        cq_buf_char(&text, digits[i]);
    }
    cq_flow_text(f, style, cq_buf_view(&text));
    cq_buf_free(&text);
}

void cq_flow_line(cq_flow *f, unsigned indent, unsigned hang)
{
    cq_flow_end(f);
    f->indent = hang;
    start_line(f, indent);
}

void cq_flow_end(cq_flow *f)
{
    place_word(f);
    if (f->at) cq_buf_char(f->out, '\n');
    f->at = 0;
    f->space = false;
}
