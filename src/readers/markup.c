// The tokeniser of HTML, and its character references.
#include "readers/markup.h"

#include "base/utf8.h"

static const struct {
    char name[32];
    bool bare; // also without its semicolon
    uint32_t first, second;
} REFERENCES[] = {
#include "readers/entities.inc"
};

// Elements whose content is no markup. WHATWG: RCDATA is text with references.
static const struct {
    const char *name;
    bool text;
} RAW_ELEMENTS[] = {
    {"script", false}, {"style", false},   {"xmp", false},
    {"iframe", false}, {"noembed", false}, {"noframes", false},
    {"title", true},   {"textarea", true}, {"noscript", false},
};

static bool is_name_end(char c) { return cq_is_space(c) || c == '/' || c == '>'; }

// Where the tag that begins before `at` ends (past its '>'), quotes respected; in.n when
// it never does.
static size_t tag_end(cq_str in, size_t at)
{
    char quote = 0;
    bool value = false; // after '=': a quotation mark opens a value
    for (; at < in.n; at++) {
        char c = in.p[at];
        if (quote) {
            const char *close = memchr(in.p + at, quote, in.n - at);
            if (!close) return in.n;
            at = (size_t)(close - in.p);
            quote = 0;
            value = false;
        } else if (c == '>') {
            return at + 1;
        } else if (value && (c == '"' || c == '\'')) {
            quote = c;
        } else if (c == '=') {
            value = true;
        } else if (!cq_is_space(c)) {
            value = false;
        }
    }
    return in.n;
}

static size_t find(cq_str in, size_t from, const char *what)
{
    size_t n = strlen(what);
    const char *hit = from < in.n ? memmem(in.p + from, in.n - from, what, n) : NULL;
    return hit ? (size_t)(hit - in.p) + n : in.n;
}

// Where "</name" begins, followed by what ends a name; in.n when it never does.
static size_t raw_end(cq_str in, size_t at, cq_str name)
{
    while (at < in.n) {
        const char *lt = memchr(in.p + at, '<', in.n - at);
        if (!lt) return in.n;
        at = (size_t)(lt - in.p);
        size_t end = at + 2 + name.n;
        if (end < in.n && in.p[at + 1] == '/' && is_name_end(in.p[end])) {
            size_t k = 0;
            while (k < name.n && cq_lower(in.p[at + 2 + k]) == cq_lower(name.p[k])) k++;
            if (k == name.n) return at;
        }
        at++;
    }
    return in.n;
}

static bool starts_markup(cq_str in, size_t lt)
{
    if (lt + 1 >= in.n) return false;
    char c = in.p[lt + 1];
    if (c == '/') return lt + 2 < in.n && cq_is_alpha(in.p[lt + 2]);
    return cq_is_alpha(c) || c == '!' || c == '?';
}

static size_t text_end(cq_str in, size_t at)
{
    while (at < in.n) {
        const char *lt = memchr(in.p + at, '<', in.n - at);
        if (!lt) return in.n;
        at = (size_t)(lt - in.p);
        if (starts_markup(in, at)) return at;
        at++;
    }
    return in.n;
}

static size_t comment_end(cq_str in, size_t at)
{
    if (cq_str_starts(cq_str_sub(in, at, in.n), cq_str_of("<!--"))) {
        size_t to = at + 4; // "<!-->" and "<!--->" are whole comments
        if (to < in.n && in.p[to] == '>') return to + 1;
        if (to + 1 < in.n && in.p[to] == '-' && in.p[to + 1] == '>') return to + 2;
        return find(in, to, "-->");
    }
    if (cq_str_starts(cq_str_sub(in, at, in.n), cq_str_of("<![CDATA[")))
        return at + 9; // its content is text; "]]>" stays as it is
    return find(in, at, ">");
}

static void enter_raw(cq_markup *m, cq_str name)
{
    for (size_t k = 0; k < CQ_COUNT(RAW_ELEMENTS); k++) {
        if (!cq_str_ieq(name, RAW_ELEMENTS[k].name)) continue;
        m->raw = name;
        m->raw_is_text = RAW_ELEMENTS[k].text;
        return;
    }
}

bool cq_markup_next(cq_markup *m, cq_markup_token *t)
{
    cq_str in = m->in;
    size_t at = m->at;
    if (at >= in.n) return false;
    *t = (cq_markup_token){.start = (uint32_t)at};
    if (m->raw.n) {
        size_t end = raw_end(in, at, m->raw);
        m->raw.n = 0;
        if (end > at) {
            t->kind = m->raw_is_text ? CQ_MARKUP_TEXT : CQ_MARKUP_RAW;
            t->end = (uint32_t)end;
            m->at = end;
            return true;
        }
    }
    size_t end;
    if (in.p[at] != '<' || !starts_markup(in, at)) {
        t->kind = CQ_MARKUP_TEXT;
        end = text_end(in, at);
    } else if (in.p[at + 1] == '!' || in.p[at + 1] == '?') {
        t->kind = CQ_MARKUP_COMMENT;
        end = comment_end(in, at);
    } else {
        t->kind = in.p[at + 1] == '/' ? CQ_MARKUP_END : CQ_MARKUP_START;
        size_t name = at + (t->kind == CQ_MARKUP_END ? 2 : 1), stop = name;
        while (stop < in.n && !is_name_end(in.p[stop])) stop++;
        t->name = cq_str_sub(in, name, stop);
        t->attributes = (uint32_t)stop;
        end = tag_end(in, stop);
        if (t->kind == CQ_MARKUP_START) enter_raw(m, t->name);
    }
    t->end = (uint32_t)end;
    m->at = end;
    return true;
}

bool cq_markup_attribute(cq_str in, const cq_markup_token *t, size_t *at, cq_str *name,
                         cq_str *value)
{
    size_t i = *at, end = t->end;
    if (end > i && in.p[end - 1] == '>') end--;
    while (i < end && (cq_is_space(in.p[i]) || in.p[i] == '/')) i++;
    if (i >= end) return false;
    size_t start = i++; // a name may begin with '='
    while (i < end && !is_name_end(in.p[i]) && in.p[i] != '=') i++;
    *name = cq_str_sub(in, start, i);
    *value = cq_str_sub(in, i, i);
    size_t next = i;
    while (next < end && cq_is_space(in.p[next])) next++;
    if (next < end && in.p[next] == '=') {
        i = next + 1;
        while (i < end && cq_is_space(in.p[i])) i++;
        char quote = i < end && (in.p[i] == '"' || in.p[i] == '\'') ? in.p[i] : 0;
        size_t from = quote ? ++i : i;
        while (i < end && (quote ? in.p[i] != quote : !cq_is_space(in.p[i]))) i++;
        *value = cq_str_sub(in, from, i);
        if (quote && i < end) i++;
    }
    *at = i;
    return true;
}

bool cq_markup_get(cq_str in, const cq_markup_token *t, const char *name, cq_str *value)
{
    size_t at = t->attributes;
    cq_str key, found;
    while (cq_markup_attribute(in, t, &at, &key, &found)) {
        if (!cq_str_ieq(key, name)) continue;
        *value = found;
        return true;
    }
    return false;
}

static size_t numeric_reference(cq_str in, size_t at, char out[8], size_t *n)
{
    size_t i = at + 2;
    bool hex = i < in.n && (in.p[i] | 32) == 'x';
    if (hex) i++;
    size_t digits = i;
    uint32_t c = 0;
    for (; i < in.n; i++) {
        char d = in.p[i];
        uint32_t v;
        if (cq_is_digit(d))
            v = (uint32_t)(d - '0');
        else if (hex && (d | 32) >= 'a' && (d | 32) <= 'f')
            v = (uint32_t)((d | 32) - 'a' + 10);
        else
            break;
        if (c <= 0x10ffff) c = c * (hex ? 16 : 10) + v;
    }
    if (i == digits) return 0;
    if (i < in.n && in.p[i] == ';') i++;
    // The standard reads 0x80 to 0x9f as Windows-1252; those seen are these.
    static const struct {
        uint8_t from;
        uint16_t to;
    } OLD[] = {{0x80, 0x20ac}, {0x85, 0x2026}, {0x8c, 0x152},  {0x91, 0x2018},
               {0x92, 0x2019}, {0x93, 0x201c}, {0x94, 0x201d}, {0x95, 0x2022},
               {0x96, 0x2013}, {0x97, 0x2014}, {0x99, 0x2122}, {0x9c, 0x153}};
    for (size_t k = 0; k < CQ_COUNT(OLD); k++) {
        if (c == OLD[k].from) c = OLD[k].to;
    }
    if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) c = 0xfffd;
    *n = cq_utf8_put(out, c);
    return i - at;
}

// The entry whose name is s, or SIZE_MAX.
static size_t find_reference(cq_str s)
{
    size_t lo = 0, hi = CQ_COUNT(REFERENCES);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = cq_str_cmp(cq_str_of(REFERENCES[mid].name), s);
        if (order == 0) return mid;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return SIZE_MAX;
}

size_t cq_markup_reference(cq_str in, size_t at, bool attribute, char out[8], size_t *n)
{
    if (at + 1 >= in.n) return 0;
    if (in.p[at + 1] == '#') return numeric_reference(in, at, out, n);
    size_t end = at + 1;
    while (end < in.n && end - at < sizeof REFERENCES[0].name &&
           (cq_is_alpha(in.p[end]) || cq_is_digit(in.p[end])))
        end++;
    bool whole = end < in.n && in.p[end] == ';';
    // With its semicolon the whole name; else the longest name that needs none.
    for (size_t stop = end; stop > at + 1; stop--) {
        bool closed = whole && stop == end;
        if (!closed && stop - at - 1 > 6) continue; // no such name is longer
        if (!closed && attribute) {
            char next = stop < in.n ? in.p[stop] : ' ';
            if (next == '=' || cq_is_alpha(next) || cq_is_digit(next)) continue;
        }
        size_t k = find_reference(cq_str_sub(in, at + 1, stop));
        if (k == SIZE_MAX || (!closed && !REFERENCES[k].bare)) continue;
        *n = cq_utf8_put(out, REFERENCES[k].first);
        if (REFERENCES[k].second) *n += cq_utf8_put(out + *n, REFERENCES[k].second);
        return stop - at + closed;
    }
    return 0;
}
