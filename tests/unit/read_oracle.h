// An oracle for the readers that shares no code with them. It does not know how to read a
// format; it only answers whether a text can be what is left of some bytes of a file when
// markup is left out, entities are resolved and white space is folded.
#ifndef TESTS_READ_ORACLE_H
#define TESTS_READ_ORACLE_H

#include "base/utf8.h"
#include "text/document.h"

#include <stdlib.h>

// Every property of a document that needs no oracle. NULL, or what is wrong.
static inline const char *document_fault(const cq_document *d)
{
    if (cq_utf8_invalid(d->text) != SIZE_MAX) return "text is not UTF-8";
    if (d->text.n && memchr(d->text.p, '\0', d->text.n)) return "NUL in the text";
    uint32_t end = 0;
    for (size_t i = 0; i < d->runs.n; i++) {
        const cq_run *r = &d->runs.v[i];
        if (!r->text_n || r->text < end) return "runs out of order";
        end = r->text + r->text_n;
        if (end > d->text.n) return "run past the text";
        if ((uint64_t)r->source + r->source_n > d->source.n) return "run past the file";
        if (r->step && r->source_n != r->text_n * r->step) return "run of a wrong length";
        if (r->step == 1 &&
            memcmp(d->text.p + r->text, d->source.p + r->source, r->text_n))
            return "run that is not verbatim";
        if (r->step > 2) return "unknown step";
        for (uint32_t k = 0; r->step == 2 && k < r->text_n; k++) {
            const char *two = d->source.p + r->source + 2 * k;
            bool le = strcmp(d->encoding, "utf-16le") == 0;
            if (two[!le] != d->text.p[r->text + k] || two[le]) return "run not UTF-16";
        }
    }
    end = 0;
    size_t run = 0;
    for (size_t i = 0; i < d->blocks.n; i++) {
        const cq_block *b = &d->blocks.v[i];
        if (b->text.start < end || b->text.end <= b->text.start) return "blocks overlap";
        end = b->text.end;
        if (end > d->text.n || d->text.p[end] != '\n') return "block without its end";
        if (b->source.end > d->source.n || b->source.start >= b->source.end)
            return "block without source";
        if (b->box >= d->boxes.n) return "block in no box";
        if (b->link_percent > 100) return "more than all in links";
        if (cq_document_block_at(d, b->text.start) != i) return "block not found";
        while (run < d->runs.n && d->runs.v[run].text < b->text.start) run++;
        uint32_t source = b->source.start;
        uint32_t covered = run ? d->runs.v[run - 1].text + d->runs.v[run - 1].text_n : 0;
        if (covered < b->text.start) covered = b->text.start;
        for (; run < d->runs.n && d->runs.v[run].text < end; run++) {
            const cq_run *r = &d->runs.v[run];
            if (r->source < source) return "source runs backwards in a block";
            if (r->text != covered) return "text without source in a block";
            source = r->source + r->source_n;
            covered = r->text + r->text_n;
        }
        if (covered < end) return "text without source at a block's end";
    }
    for (size_t i = 0; i < d->boxes.n; i++) {
        if (d->boxes.v[i].parent > i || (i && d->boxes.v[i].parent == i))
            return "box before its parent";
    }
    end = 0;
    for (size_t i = 0; i < d->skipped.n; i++) {
        cq_span s = d->skipped.v[i].source;
        if (s.start < end || s.end <= s.start || s.end > d->source.n)
            return "skipped spans overlap";
        end = s.end;
    }
    return NULL;
}

static const struct {
    const char *name, *text;
} ORACLE_ENTITIES[] = {
    {"GT", ">"},     {"LT", "<"},     {"amp", "&"},         {"lt", "<"},
    {"gt", ">"},     {"quot", "\""},  {"apos", "'"},        {"nbsp", "\u00a0"},
    {"eacute", "é"}, {"egrave", "è"}, {"agrave", "à"},      {"ccedil", "ç"},
    {"laquo", "«"},  {"raquo", "»"},  {"rsquo", "’"},       {"lsquo", "‘"},
    {"hellip", "…"}, {"mdash", "—"},  {"ndash", "–"},       {"copy", "©"},
    {"euro", "€"},   {"oelig", "œ"},  {"ecirc", "ê"},       {"rarr", "→"},
    {"larr", "←"},   {"shy", ""},     {"thinsp", "\u2009"}, {"ldquo", "“"},
    {"rdquo", "”"},  {"times", "×"},  {"bull", "•"},        {"reg", "®"},
    {"deg", "°"},    {"Egrave", "È"}, {"Eacute", "É"},      {"ocirc", "ô"},
    {"ucirc", "û"},  {"icirc", "î"},  {"trade", "™"},
};

// The text of an entity at raw[i] == '&' (into out), and its length; 0: none.
static inline size_t oracle_entity(cq_str raw, size_t i, char out[8], size_t *n)
{
    size_t end = i + 1;
    while (end < raw.n && end < i + 12 && raw.p[end] != ';' && raw.p[end] != '&') end++;
    if (raw.p[i + 1 < raw.n ? i + 1 : i] == '#') {
        bool hex = i + 2 < raw.n && (raw.p[i + 2] | 32) == 'x';
        char digits[16] = {0};
        memcpy(digits, raw.p + i, end - i < 15 ? end - i : 15);
        unsigned long c = strtoul(digits + (hex ? 3 : 2), NULL, hex ? 16 : 10);
        *n = cq_utf8_put(out, (uint32_t)c);
        if (c == 0xad) *n = 0;
        return end < raw.n && raw.p[end] == ';' ? end + 1 - i : 0;
    }
    if (end >= raw.n || raw.p[end] != ';') return 0;
    for (size_t k = 0; k < CQ_COUNT(ORACLE_ENTITIES); k++) {
        if (!cq_str_is(cq_str_sub(raw, i + 1, end), ORACLE_ENTITIES[k].name)) continue;
        *n = strlen(ORACLE_ENTITIES[k].text);
        memcpy(out, ORACLE_ENTITIES[k].text, *n);
        return end + 1 - i;
    }
    return 0;
}

// Where markup that may be left out at raw[i] can end: up to 8 places into ends[].
static inline size_t oracle_skips(const char *format, cq_str raw, size_t i,
                                  size_t ends[8])
{
    size_t n = 0;
    char c = raw.p[i];
    bool markdown = strcmp(format, "markdown") == 0, html = strcmp(format, "html") == 0;
    const char *hit;
#define UNTIL(mark)                                                                      \
    if ((hit = memmem(raw.p + i, raw.n - i, mark, strlen(mark))))                        \
    ends[n++] = (size_t)(hit - raw.p) + strlen(mark)
    if ((unsigned char)c == 0xc2 && i + 1 < raw.n && (unsigned char)raw.p[i + 1] == 0xad)
        ends[n++] = i + 2;
    if ((markdown || html) && c == '<') {
        if (cq_str_starts(cq_str_sub(raw, i, raw.n), cq_str_of("<!--"))) {
            UNTIL("-->");
        } else { // to the first >, or to the first outside quotation marks
            UNTIL(">");
            char quote = 0;
            for (size_t k = i; k < raw.n; k++) {
                if (quote ? raw.p[k] == quote : strchr("\"'", raw.p[k]) != NULL) {
                    quote = quote ? 0 : raw.p[k];
                } else if (!quote && raw.p[k] == '>') {
                    ends[n++] = k + 1;
                    break;
                }
            }
        }
    }
    if (markdown) {
        if (strchr("*_~\\[]<>#|!`\"'", c)) ends[n++] = i + 1;
        if (c == ']' && i + 1 < raw.n && raw.p[i + 1] == '(') {
            size_t depth = 0, k = i + 1;
            for (; k < raw.n; k++) {
                depth += raw.p[k] == '(';
                if (raw.p[k] == ')' && --depth == 0) break;
            }
            if (k < raw.n) ends[n++] = k + 1;
        }
        if (c == '[') UNTIL("]");
        if (c == ']' && i + 1 < raw.n && raw.p[i + 1] == '[') UNTIL("]");
        if (c == '{') UNTIL("}");
        if (c == '{' && i + 1 < raw.n && raw.p[i + 1] == '{') UNTIL("}}");
        if (c == '!' && i + 1 < raw.n && raw.p[i + 1] == '[') UNTIL(")");
    }
#undef UNTIL
    return n;
}

static inline bool oracle_blank(cq_str s, size_t at, size_t *next)
{
    if (at >= s.n) return false;
    *next = at;
    return cq_is_blank(cq_utf8_next(s, next));
}

// Can `text` be read out of `raw`, its first and last bytes being text? By search over
// pairs of positions, each tried once.
static inline bool oracle_reads(cq_arena *a, const char *format, cq_str raw, cq_str text)
{
    size_t width = text.n + 1, cells = (raw.n + 1) * width, top = 0;
    unsigned char *seen = cq_zalloc(a, cells / 8 + 1);
    uint32_t *stack = cq_alloc(a, (cells + 1) * sizeof *stack);
#define PUSH(i, j)                                                                       \
    do {                                                                                 \
        size_t at_ = (i)*width + (j);                                                    \
        if (!(seen[at_ >> 3] & 1 << (at_ & 7))) {                                        \
            seen[at_ >> 3] |= (unsigned char)(1 << (at_ & 7));                           \
            stack[top++] = (uint32_t)at_;                                                \
        }                                                                                \
    } while (0)
    PUSH(0, 0);
    while (top) {
        size_t cell = stack[--top], i = cell / width, j = cell % width;
        if (i == raw.n && j == text.n) return true;
        if (i == raw.n) continue;
        size_t ri, tj, n, ends[8];
        size_t character = 1;
        while (i + character < raw.n && (raw.p[i + character] & 0xc0) == 0x80)
            character++;
        if (j + character <= text.n && memcmp(raw.p + i, text.p + j, character) == 0)
            PUSH(i + character, j + character);
        if (oracle_blank(raw, i, &ri)) { // any blanks are one, and > of a quotation
            if (oracle_blank(text, j, &tj)) {
                PUSH(ri, tj);
                PUSH(ri, j);
            }
            if (i && j < text.n) PUSH(ri, j);
        }
        if (j + 3 <= text.n && memcmp(text.p + j, "\xef\xbf\xbc", 3) == 0) {
            for (size_t k = i + 1; k <= raw.n; k++) {
                if (k == raw.n || (raw.p[k] & 0xc0) != 0x80) PUSH(k, j + 3);
            }
        }
        if (j + 3 <= text.n && memcmp(text.p + j, "\xef\xbf\xbd", 3) == 0)
            PUSH(i + 1, j + 3);
        char entity[8];
        size_t length = raw.p[i] == '&' ? oracle_entity(raw, i, entity, &n) : 0;
        if (length && j + n <= text.n && memcmp(text.p + j, entity, n) == 0)
            PUSH(i + length, j + n);
        if (j == text.n) continue; // markup at the edges is not of the range
        size_t skips = oracle_skips(format, raw, i, ends);
        for (size_t k = 0; k < skips && i; k++) PUSH(ends[k], j);
        // A tag that is read as a blank.
        for (size_t k = 0; k < skips && oracle_blank(text, j, &tj); k++)
            PUSH(ends[k], tj);
    }
#undef PUSH
    return false;
}

#endif
