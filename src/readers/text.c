// Plain text and saved pages (what a browser copies, what lynx -dump prints): lines
// become paragraphs, headings and list items by blank lines, bullets and width.
#include "base/utf8.h"
#include "readers/reader.h"

typedef struct {
    uint32_t start, end; // of the line without its end, in the input
    uint32_t text;       // after indentation and bullet; == end: blank
    uint32_t indent;     // columns before text or bullet
    uint32_t width;      // columns in all
    bool bullet;
} line;

typedef struct {
    cq_str in;
    size_t at; // where the next line starts
    size_t nl; // the next \n at or after `at`, or in.n: found once, so that a file
               // of lone CRs is not searched again for every line
    bool nl_is_known;
    bool has_cr;
} lines;

// What the start of a file says of its layout.
typedef struct {
    uint32_t wrap; // columns at which lines were broken; 0: a line is a paragraph
    bool dump;     // a saved page
    bool numbered; // its links are numbered, as lynx -dump does: [12]Accueil
} layout;

enum {
    SURVEY_LINES = 4000, // more says nothing new
    WRAP_MIN = 40,       // columns: narrower are lists or verse
    WRAP_MAX = 100,      // columns: wider nobody breaks by hand
    HEADING_MAX = 100,   // columns
    MENU_WORDS = 4,      // a menu entry or button has no more
    LINKS_MIN = 5,       // numbered links, in order, that are no footnotes
};

static lines lines_of(cq_str in)
{
    return (lines){.in = in, .has_cr = in.n && memchr(in.p, '\r', in.n)};
}

// Bytes of a bullet or list number and the blanks after it; 0: none.
static uint32_t bullet_length(cq_str s)
{
    static const char *const BULLETS[] = {"•", "◦", "▪", "‣", "●",
                                          "○", "■", "□", "▸", "►"};
    uint32_t n = 0;
    bool glued = false; // a letter may follow at once
    for (size_t k = 0; k < CQ_COUNT(BULLETS) && !n; k++) {
        if (cq_str_starts(s, cq_str_of(BULLETS[k]))) n = (uint32_t)strlen(BULLETS[k]);
        glued = n;
    }
    if (!n && s.n && (s.p[0] == '*' || s.p[0] == '+' || s.p[0] == '-')) n = 1;
    if (!n && s.n && cq_is_digit(s.p[0])) {
        while (n < s.n && n < 3 && cq_is_digit(s.p[n])) n++;
        if (n == s.n || (s.p[n] != '.' && s.p[n] != ')')) return 0;
        n++;
    }
    if (!n) return 0;
    uint32_t after = n;
    while (after < s.n && (s.p[after] == ' ' || s.p[after] == '\t')) after++;
    return after > n || glued ? after : 0;
}

static uint32_t columns(cq_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

static bool next_line(lines *l, line *out)
{
    if (l->at >= l->in.n) return false;
    size_t start = l->at;
    if (!l->nl_is_known || l->nl < start) {
        const char *nl = memchr(l->in.p + start, '\n', l->in.n - start);
        l->nl = nl ? (size_t)(nl - l->in.p) : l->in.n;
        l->nl_is_known = true;
    }
    size_t end = l->nl;
    l->at = end + 1;
    if (l->has_cr) {
        const char *cr = memchr(l->in.p + start, '\r', end - start);
        if (cr) {
            end = (size_t)(cr - l->in.p);
            l->at = end + 1 == l->nl ? l->nl + 1 : end + 1;
        }
    }
    cq_str s = {l->in.p, end};
    size_t text = start;
    uint32_t indent = 0;
    while (text < end) {
        size_t next = text;
        uint32_t c = cq_utf8_next(s, &next);
        if (!cq_is_blank(c)) break;
        indent += c == '\t' ? 8 - indent % 8 : 1;
        text = next;
    }
    while (end > text) {
        size_t before = end;
        if (!cq_is_blank(cq_utf8_prev((cq_str){l->in.p, end}, &before))) break;
        end = before;
    }
    uint32_t bullet = bullet_length(cq_str_sub(s, text, end));
    *out = (line){(uint32_t)start,
                  (uint32_t)end,
                  (uint32_t)text + bullet,
                  indent,
                  indent + columns(cq_str_sub(s, text, end)),
                  bullet > 0};
    return true;
}

static bool is_blank(const line *l) { return l->text >= l->end; }

// The last character other than closing quotes and brackets.
static uint32_t last_character(cq_str s)
{
    size_t at = s.n;
    while (at) {
        uint32_t c = cq_utf8_prev(s, &at);
        if (c != ')' && c != '"' && c != ']' && c != 0xbb && c != 0x201d && c != 0x2019 &&
            c != '\'' && !cq_is_blank(c))
            return c;
    }
    return 0;
}

static bool is_sentence_end(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == ';' || c == ':' || c == ',' ||
           c == 0x2026;
}

static cq_str text_of(cq_str in, const line *l)
{
    return cq_str_sub(in, l->text, l->end);
}

static uint32_t words(cq_str s, uint32_t most)
{
    uint32_t n = 0;
    bool inside = false;
    for (size_t i = 0; i < s.n && n <= most; i++) {
        bool space = cq_is_space(s.p[i]);
        n += !space && !inside;
        inside = !space;
    }
    return n;
}

static uint32_t first_word_width(cq_str s)
{
    size_t n = 0;
    while (n < s.n && !cq_is_space(s.p[n])) n++;
    return columns(cq_str_sub(s, 0, n));
}

static bool looks_like_menu(cq_str in, const line *l)
{
    cq_str s = text_of(in, l);
    return words(s, MENU_WORDS) <= MENU_WORDS && !is_sentence_end(last_character(s));
}

// The end of the mark [n] at in[at], where n is the number that is due; 0: none.
static uint32_t link_mark(cq_str in, uint32_t at, uint32_t end, uint32_t due)
{
    uint32_t i = at + 1, n = 0;
    while (i < end && i < at + 8 && cq_is_digit(in.p[i]))
        n = n * 10 + (uint32_t)(in.p[i++] - '0');
    if (n != due || i + 1 >= end || in.p[i] != ']' || cq_is_space(in.p[i + 1])) return 0;
    return i + 1;
}

static void count_link_marks(cq_str in, const line *l, uint32_t *found)
{
    for (uint32_t at = l->text; at < l->end; at++) {
        const char *hit = memchr(in.p + at, '[', l->end - at);
        if (!hit) return;
        at = (uint32_t)(hit - in.p);
        *found += link_mark(in, at, l->end, *found + 1) != 0;
    }
}

// The width that hardly a line exceeds (one, or one in fifty: addresses are not broken).
static uint32_t usual_width(cq_str in)
{
    uint32_t of_width[WRAP_MAX + 2] = {0}, some = 0;
    lines l = lines_of(in);
    line cur;
    for (uint32_t n = 0; n < SURVEY_LINES && next_line(&l, &cur); n++) {
        if (is_blank(&cur)) continue;
        of_width[cur.width <= WRAP_MAX ? cur.width : WRAP_MAX + 1]++;
        some++;
    }
    uint32_t width = WRAP_MAX + 1, wider = of_width[width];
    while (width && (wider <= 1 || wider * 50 <= some)) wider += of_width[--width];
    return width;
}

// Broken by a program: nearly every line that another follows is so full that the other's
// first word did not fit. A saved page: many short lines stand directly under each other.
static layout survey(cq_str in)
{
    lines l = lines_of(in);
    line prev = {0}, cur;
    layout found = {.wrap = usual_width(in)};
    uint32_t pairs = 0, filled = 0, menu = 0, some = 0, links = 0;
    for (uint32_t n = 0; n < SURVEY_LINES && next_line(&l, &cur); n++, prev = cur) {
        if (is_blank(&cur)) continue;
        some++;
        count_link_marks(in, &cur, &links);
        if (n == 0 || is_blank(&prev)) continue;
        menu += looks_like_menu(in, &prev) && looks_like_menu(in, &cur);
        if (cur.bullet || prev.width * 2 < found.wrap) continue;
        pairs++;
        filled += prev.width + 1 + first_word_width(text_of(in, &cur)) > found.wrap;
    }
    bool wrapped = found.wrap >= WRAP_MIN && found.wrap <= WRAP_MAX && pairs >= 3 &&
                   filled * 20 >= pairs * 17; // 85 %
    if (!wrapped) found.wrap = 0;
    found.numbered = links >= LINKS_MIN;
    found.dump = some >= 20 && (menu * 4 >= some || found.numbered);
    return found;
}

static bool looks_like_heading(cq_str s, uint32_t width)
{
    if (!s.n || width > HEADING_MAX) return false;
    uint32_t last = last_character(s);
    if (is_sentence_end(last) && last != '?' && last != '!') return false;
    size_t at = 0;
    while (at < s.n) { // its first letter is a capital
        uint32_t c = cq_utf8_next(s, &at);
        if (cq_is_letter(c)) return cq_is_upper(c);
        if (cq_is_blank(c) && at > 8) return false;
    }
    return false;
}

static void open_block(cq_builder *b, const line *l, bool alone, bool blank_before)
{
    cq_str s = text_of(b->in.text, l);
    cq_block_kind kind = CQ_BLOCK_PARAGRAPH;
    uint32_t level = 0;
    bool first = b->doc->blocks.n == 0;
    bool text = strcmp(b->doc->format, "text") == 0;
    if (l->bullet) {
        kind = CQ_BLOCK_LIST_ITEM;
        level = l->indent / 2 < 9 ? l->indent / 2 + 1 : 9;
    } else if (alone && looks_like_heading(s, l->width)) {
        kind = first && text ? CQ_BLOCK_TITLE : CQ_BLOCK_HEADING;
        level = first && text ? 1 : 2;
    }
    cq_block *block = cq_builder_open(b, kind, (uint8_t)level);
    block->indent = l->indent;
    block->hints =
        (l->bullet ? CQ_HINT_BULLET : 0) | (blank_before ? CQ_HINT_BLANK_BEFORE : 0);
}

static void close_block(cq_builder *b, bool blank_after)
{
    cq_block *block = cq_builder_close(b);
    if (block && blank_after) block->hints |= CQ_HINT_BLANK_AFTER;
}

// The text of a line; numbers of links are no text.
static void add_line(cq_builder *b, const line *l, const layout *how, uint32_t *links)
{
    uint32_t done = l->text;
    for (uint32_t at = done; how->numbered && at < l->end; at++) {
        const char *hit = memchr(b->in.text.p + at, '[', l->end - at);
        if (!hit) break;
        at = (uint32_t)(hit - b->in.text.p);
        uint32_t end = link_mark(b->in.text, at, l->end, *links + 1);
        if (!end) continue;
        ++*links;
        cq_builder_verbatim(b, done, at);
        done = end;
        at = end - 1;
    }
    cq_builder_verbatim(b, done, l->end);
}

void cq_read_text(cq_builder *b)
{
    cq_str in = b->in.text;
    layout how = survey(in);
    if (how.dump) b->doc->format = "page-dump";
    lines l = lines_of(in);
    line prev = {0}, cur, next;
    bool more = next_line(&l, &cur), open = false;
    uint32_t links = 0;   // numbered so far
    prev.text = prev.end; // blank
    for (; more && !cq_builder_full(b); prev = cur, cur = next) {
        more = next_line(&l, &next);
        if (is_blank(&cur)) {
            if (open) close_block(b, true);
            open = false;
            continue;
        }
        bool joined = open && how.wrap && !cur.bullet &&
                      prev.width + 1 + first_word_width(text_of(in, &cur)) > how.wrap;
        if (joined) {
            cq_builder_replaced(b, cq_str_of(" "), prev.end, cur.text);
        } else {
            if (open) close_block(b, false);
            bool last = !more || is_blank(&next);
            open_block(b, &cur, is_blank(&prev) && last, is_blank(&prev));
            open = true;
        }
        add_line(b, &cur, &how, &links);
    }
    if (open) close_block(b, true);
}
