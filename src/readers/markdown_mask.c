// The pass over Markdown before md4c: line by line, and in each line from { to { and [.
#include "readers/markdown_mask.h"

#include "readers/html.h"

enum {
    SHORTCODE_MAX = 4096, // bytes; what is longer is no shortcode
    SHORT_MAX = 200,      // of attribute lists, labels, tags in [ ]
    CODE_MAX = 1000,      // of a code span that is stepped over
    DEPTH_MAX = 8,        // admonitions within each other
};

// The next occurrence of something, found once and kept until it is passed: the searches
// of a whole file take linear time.
typedef struct {
    const char *what;
    size_t at;
    bool known;
} finder;

typedef struct {
    cq_arena *arena;
    cq_str in;
    cq_mask *mask;
    finder braces, percent, blank, blank_crlf;
    char fence; // ` or ~ inside a fenced code block
    size_t fence_n;
    size_t depth; // of indented content
    bool in_region;
} masker;

static size_t next_of(masker *m, finder *f, size_t from)
{
    if (f->known && f->at >= from) return f->at;
    size_t n = strlen(f->what);
    const char *hit = memmem(m->in.p + from, m->in.n - from, f->what, n);
    f->at = hit ? (size_t)(hit - m->in.p) : m->in.n;
    f->known = true;
    return f->at;
}

// In the destination of a link, control characters end the link.
static void hide_as(masker *m, size_t from, size_t to, char mark)
{
    for (size_t i = from; i < to; i++) {
        char *c = &m->mask->view[i];
        if (*c != '\n' && *c != '\r') *c = mark;
    }
}

static void hide(masker *m, size_t from, size_t to) { hide_as(m, from, to, CQ_MASKED); }

static bool starts(cq_str in, size_t at, size_t end, const char *what)
{
    return cq_str_starts(cq_str_sub(in, at, end), cq_str_of(what));
}

static size_t find_in(cq_str in, size_t from, size_t end, char c)
{
    if (end > from + SHORT_MAX) end = from + SHORT_MAX;
    const char *hit = from < end ? memchr(in.p + from, c, end - from) : NULL;
    return hit ? (size_t)(hit - in.p) : SIZE_MAX;
}

// --- within a line ---

// {{< ... >}}, {{% ... %}}, {{ ... }} and {% ... %}: may run over lines, not paragraphs.
static size_t template_end(masker *m, size_t at, size_t end)
{
    finder *close = starts(m->in, at, end, "{{")   ? &m->braces
                    : starts(m->in, at, end, "{%") ? &m->percent
                                                   : NULL;
    if (!close) return 0;
    size_t to = next_of(m, close, at + 2);
    if (to == m->in.n || to > at + SHORTCODE_MAX || to > next_of(m, &m->blank, at) ||
        to > next_of(m, &m->blank_crlf, at))
        return 0;
    return to + 2;
}

// {: .class}, {.class}, {#id}
static size_t attributes_end(masker *m, size_t at, size_t end)
{
    if (at + 2 >= end || !strchr(":.#", m->in.p[at + 1])) return 0;
    size_t to = find_in(m->in, at, end, '}');
    return to == SIZE_MAX ? 0 : to + 1;
}

// [^label]
static size_t footnote_end(masker *m, size_t at, size_t end)
{
    if (!starts(m->in, at, end, "[^")) return 0;
    size_t to = find_in(m->in, at, end, ']');
    if (to == SIZE_MAX || to == at + 2) return 0;
    for (size_t i = at + 2; i < to; i++) {
        if (cq_is_space(m->in.p[i])) return 0;
    }
    return to + 1;
}

// [name key=value ...] and [/name], the shortcodes of WordPress. What a link follows, or
// has no attribute, is text.
static size_t tag_end(masker *m, size_t at, size_t end)
{
    size_t i = at + 1;
    bool closing = i < end && m->in.p[i] == '/';
    if (closing) i++;
    size_t name = i;
    while (i < end && (cq_is_alpha(m->in.p[i]) || m->in.p[i] == '_' || m->in.p[i] == '-'))
        i++;
    if (i - name < 2 || i == end) return 0;
    size_t to = find_in(m->in, i, end, ']');
    if (to == SIZE_MAX || (closing && to != i)) return 0;
    if (!closing) {
        if (m->in.p[i] != ' ') return 0;
        size_t key = i + 1, k = key;
        while (k < to && (cq_is_alpha(m->in.p[k]) || m->in.p[k] == '_')) k++;
        if (k == key || m->in.p[k] != '=') return 0;
    }
    char after = to + 1 < end ? m->in.p[to + 1] : ' ';
    return after == '(' || after == '[' || after == ':' ? 0 : to + 1;
}

// The end of the code span that begins at a backtick, or of its marks when it has no end.
static size_t code_end(cq_str in, size_t at, size_t end)
{
    size_t n = 0;
    while (at + n < end && in.p[at + n] == '`') n++;
    size_t stop = end < at + CODE_MAX ? end : at + CODE_MAX;
    for (size_t i = at + n; i < stop;) {
        size_t k = 0;
        while (i + k < stop && in.p[i + k] == '`') k++;
        if (k == n) return i + k;
        i += k ? k : 1;
    }
    return at + n;
}

// :book: and other names of pictures
static size_t emoji_end(masker *m, size_t at, size_t end)
{
    enum { NAME_MAX = 48 };
    bool follows = at && m->in.p[at - 1] == ':' && m->mask->view[at - 1] == CQ_MASKED;
    if (at && !cq_is_space(m->in.p[at - 1]) && !strchr("([*_", m->in.p[at - 1]) &&
        !follows)
        return 0;
    size_t i = at + 1;
    if (i >= end || !cq_is_alpha(m->in.p[i])) return 0;
    while (
        i < end && i < at + NAME_MAX &&
        (cq_is_alpha(m->in.p[i]) || cq_is_digit(m->in.p[i]) || strchr("_+-", m->in.p[i])))
        i++;
    return i > at + 2 && i < end && m->in.p[i] == ':' ? i + 1 : 0;
}

static void mask_inline(masker *m, size_t at, size_t end)
{
    bool destination = false; // of a link: after "]("
    while (at < end) {
        char c = m->in.p[at];
        size_t to = 0;
        if (c == '\\') {
            at += 2;
            continue;
        }
        if (c == '`') {
            at = code_end(m->in, at, end);
            continue;
        }
        if (c == '{') {
            to = template_end(m, at, end);
            if (!to) to = attributes_end(m, at, end);
        } else if (c == '[') {
            to = footnote_end(m, at, end);
            if (!to) to = tag_end(m, at, end);
        } else if (c == ':') {
            to = emoji_end(m, at, end);
        } else if (c == '(' && at && m->in.p[at - 1] == ']') {
            destination = true;
        } else if (c == ')' || c == ' ') {
            destination = false;
        }
        if (to) hide_as(m, at, to, destination ? 'x' : CQ_MASKED);
        at = to ? to : at + 1;
    }
}

// --- whole lines ---

static void close_region(masker *m, size_t at)
{
    if (m->in_region) m->mask->regions.v[m->mask->regions.n - 1].end = (uint32_t)at;
    m->in_region = false;
}

// Lines that follow indented belong to what begins at `at`.
static void open_region(masker *m, size_t at, bool footnote)
{
    if (m->depth < DEPTH_MAX) m->depth++;
    if (m->in_region && m->depth > 1) return;
    close_region(m, at);
    *CQ_PUSH(m->arena, &m->mask->regions) =
        (cq_region){(uint32_t)at, (uint32_t)m->in.n, footnote};
    m->in_region = true;
}

// Takes the indentation off content: four columns become a quotation mark, which md4c
// reads as a container (with indentation it would read code). Gives where the line's own
// text begins.
static size_t quote_indentation(masker *m, size_t start, size_t end)
{
    size_t at = start;
    for (size_t k = 0; k < m->depth; k++) {
        bool tab = at < end && m->in.p[at] == '\t';
        if (!tab && !starts(m->in, at, end, "    ")) {
            m->depth = k;
            if (k == 0) close_region(m, start);
            break;
        }
        m->mask->view[at] = '>';
        at += tab ? 1 : 4;
    }
    return at;
}

static bool toggle_fence(masker *m, size_t at, size_t end)
{
    char c = at < end ? m->in.p[at] : ' ';
    size_t n = 0;
    while ((c == '`' || c == '~') && at + n < end && m->in.p[at + n] == c) n++;
    if (n < 3) return m->fence != 0;
    if (!m->fence) {
        // A line of inline code is no fence.
        if (c == '`' && memchr(m->in.p + at + n, '`', end - at - n)) return false;
        m->fence = c;
        m->fence_n = n;
    } else if (m->fence == c && n >= m->fence_n &&
               !cq_str_trim(cq_str_sub(m->in, at + n, end)).n) {
        m->fence = 0;
    }
    return true;
}

// !!! note "Title", ??? tip, === "Tab": only the title is text.
static bool mask_admonition(masker *m, size_t at, size_t end)
{
    bool tab = starts(m->in, at, end, "=== \"");
    if (!tab && !starts(m->in, at, end, "!!! ") && !starts(m->in, at, end, "??? ") &&
        !starts(m->in, at, end, "???+ "))
        return false;
    size_t quote = find_in(m->in, at, end, '"');
    size_t close = quote == SIZE_MAX ? SIZE_MAX : find_in(m->in, quote + 1, end, '"');
    if (close == SIZE_MAX) {
        hide(m, at, end);
    } else {
        hide(m, at, quote + 1);
        hide(m, close, end);
    }
    open_region(m, at, false);
    return true;
}

// ::: note Title, the ::: that closes it, and :::column-end::: of a line of its own
static bool mask_directive(masker *m, size_t at, size_t end)
{
    if (!starts(m->in, at, end, ":::")) return false;
    size_t to = at;
    while (to < end && m->in.p[to] == ':') to++;
    cq_str rest = cq_str_trim(cq_str_sub(m->in, to, end));
    bool closed = rest.n && cq_str_ends(rest, cq_str_of(":::"));
    while (to < end && m->in.p[to] == ' ') to++;
    while (to < end && (cq_is_alpha(m->in.p[to]) || m->in.p[to] == '-')) to++;
    hide(m, at, closed ? end : to);
    return true;
}

// > [!NOTE] of GitHub, [!INCLUDE [x](y)] of Microsoft
static bool mask_alert(masker *m, size_t at, size_t end)
{
    if (!starts(m->in, at, end, "[!") || at + 2 == end || !cq_is_alpha(m->in.p[at + 2]))
        return false;
    size_t depth = 0;
    for (size_t i = at; i < end && i < at + SHORT_MAX; i++) {
        depth += m->in.p[i] == '[';
        if (m->in.p[i] != ']' || --depth) continue;
        hide(m, at, i + 1);
        return true;
    }
    return false;
}

// [^label]: text
static bool mask_footnote(masker *m, size_t at, size_t end)
{
    size_t to = footnote_end(m, at, end);
    if (!to || to >= end || m->in.p[to] != ':') return false;
    to++;
    while (to < end && m->in.p[to] == ' ') to++;
    hide(m, at, to);
    open_region(m, at, true);
    return true;
}

// import X from "..." of MDX
static bool mask_import(masker *m, size_t at, size_t end)
{
    if (!starts(m->in, at, end, "import ")) return false;
    cq_str line = cq_str_trim(cq_str_sub(m->in, at, end));
    if (line.n && line.p[line.n - 1] == ';') line.n--;
    char last = line.n ? line.p[line.n - 1] : ' ';
    if ((last != '"' && last != '\'') ||
        cq_str_find(line, cq_str_of(" from ")) == SIZE_MAX)
        return false;
    hide(m, at, end);
    return true;
}

// A line of which nothing is left is a blank line.
static void blank_if_empty(masker *m, size_t start, size_t end)
{
    char *v = m->mask->view;
    bool hidden = false;
    for (size_t i = start; i < end; i++) {
        if (v[i] != CQ_MASKED && !cq_is_space(v[i])) return;
        hidden |= v[i] == CQ_MASKED;
    }
    if (!hidden) return;
    for (size_t i = start; i < end; i++) {
        if (v[i] == CQ_MASKED) v[i] = ' ';
    }
}

static void mask_line(masker *m, size_t start, size_t end)
{
    if (!cq_str_trim(cq_str_sub(m->in, start, end)).n) return;
    size_t at = m->depth ? quote_indentation(m, start, end) : start, text = at;
    while (text < end && (cq_is_space(m->in.p[text]) || m->in.p[text] == '>')) text++;
    if (toggle_fence(m, text, end)) return;
    if (!mask_admonition(m, at, end) && !mask_directive(m, text, end) &&
        !mask_alert(m, text, end) && !mask_footnote(m, text, end))
        mask_import(m, at, end);
    mask_inline(m, text, end);
    blank_if_empty(m, start, end);
}

cq_mask cq_mask_markdown(cq_arena *a, cq_str in, uint32_t start)
{
    cq_mask mask = {.view = cq_alloc(a, in.n + 1)};
    if (in.n) memcpy(mask.view, in.p, in.n);
    mask.view[in.n] = '\0';
    masker m = {.arena = a,
                .in = in,
                .mask = &mask,
                .braces = {.what = "}}"},
                .percent = {.what = "%}"},
                .blank = {.what = "\n\n"},
                .blank_crlf = {.what = "\n\r\n"}};
    for (size_t at = start; at < in.n;) {
        const char *nl = memchr(in.p + at, '\n', in.n - at);
        size_t end = nl ? (size_t)(nl - in.p) : in.n;
        mask_line(&m, at, end);
        at = end + 1;
    }
    close_region(&m, in.n);
    return mask;
}

bool cq_mask_footnote_at(const cq_mask *m, uint32_t at)
{
    size_t lo = 0, hi = m->regions.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (m->regions.v[mid].start < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < m->regions.n && m->regions.v[lo].start == at && m->regions.v[lo].footnote;
}
