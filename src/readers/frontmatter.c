// Front matter. libyaml gives the structure and the place of each value; the text is
// taken from the file, so that every character keeps its source.
#include "readers/frontmatter.h"

#include <stdlib.h>
#include <yaml.h>

#include "base/utf8.h"

enum {
    // Real front matter has a page at most; libyaml is no linear reader of hostile input.
    BYTES_MAX = 64 << 10,
    VALUES_MAX = 2000,
    DEPTH_MAX = 16, // nesting of mappings and lists
    AUTHORS_MAX = 16,
};

// Fields that hold text, by key: lower case, without - and _, at any depth.
static const struct {
    const char *key;
    cq_block_kind kind;
} TEXTS[] = {
    {"title", CQ_BLOCK_TITLE},
    {"subtitle", CQ_BLOCK_SUBTITLE},
    {"tagline", CQ_BLOCK_SUBTITLE},
    {"soustitre", CQ_BLOCK_SUBTITLE},
    {"titre", CQ_BLOCK_TITLE},
    {"headline", CQ_BLOCK_TITLE},
    {"seotitle", CQ_BLOCK_TITLE},
    {"metatitle", CQ_BLOCK_TITLE},
    {"ogtitle", CQ_BLOCK_TITLE},
    {"description", CQ_BLOCK_DESCRIPTION},
    {"metadescription", CQ_BLOCK_DESCRIPTION},
    {"seodescription", CQ_BLOCK_DESCRIPTION},
    {"ogdescription", CQ_BLOCK_DESCRIPTION},
    {"excerpt", CQ_BLOCK_DESCRIPTION},
    {"summary", CQ_BLOCK_DESCRIPTION},
    {"abstract", CQ_BLOCK_DESCRIPTION},
    {"chapo", CQ_BLOCK_DESCRIPTION},
    {"lead", CQ_BLOCK_DESCRIPTION},
    {"lede", CQ_BLOCK_DESCRIPTION},
    {"intro", CQ_BLOCK_DESCRIPTION},
    {"introduction", CQ_BLOCK_DESCRIPTION},
    {"standfirst", CQ_BLOCK_DESCRIPTION},
    {"teaser", CQ_BLOCK_DESCRIPTION},
    {"dek", CQ_BLOCK_DESCRIPTION},
    {"caption", CQ_BLOCK_CAPTION},
    {"imagecaption", CQ_BLOCK_CAPTION},
    {"legend", CQ_BLOCK_CAPTION},
    {"legende", CQ_BLOCK_CAPTION},
    {"alt", CQ_BLOCK_ALT_TEXT},
    {"imagealt", CQ_BLOCK_ALT_TEXT},
    {"linktitle", CQ_BLOCK_FIELD},
    {"question", CQ_BLOCK_FIELD},
    {"answer", CQ_BLOCK_FIELD},
    {"quote", CQ_BLOCK_FIELD},
    {"text", CQ_BLOCK_FIELD},
    {"bio", CQ_BLOCK_BIO},
};

// Fields that say something of the article.
typedef enum { AUTHOR, PUBLISHED, LANGUAGE, SECTION, URL, SOURCE } fact;
static const struct {
    const char *key;
    fact fact;
} FACTS[] = {
    {"author", AUTHOR},
    {"authors", AUTHOR},
    {"auteur", AUTHOR},
    {"auteurs", AUTHOR},
    {"byline", AUTHOR},
    {"date", PUBLISHED},
    {"published", PUBLISHED},
    {"publishedat", PUBLISHED},
    {"publisheddate", PUBLISHED},
    {"publishdate", PUBLISHED},
    {"pubdate", PUBLISHED},
    {"lang", LANGUAGE},
    {"language", LANGUAGE},
    {"locale", LANGUAGE},
    {"section", SECTION},
    {"category", SECTION},
    {"categories", SECTION},
    {"rubrique", SECTION},
    {"url", URL},
    {"permalink", URL},
    {"canonical", URL},
    {"canonicalurl", URL},
    {"source", SOURCE},
    {"original", SOURCE},
    {"sourcepath", SOURCE},
    {"sourcefile", SOURCE},
    {"originalpath", SOURCE},
    {"translationof", SOURCE},
};

// How a value is written, which says how to read it.
typedef enum { PLAIN, SINGLE, DOUBLE, BLOCK } style;

typedef struct {
    cq_str path;         // "image.alt"
    cq_str text;         // decoded
    uint32_t start, end; // in the input, quotation marks included
    style style;
} value;

typedef struct {
    cq_builder *b;
    CQ_VEC(value) values;
} fields;

// --- the text of a value, with its source ---

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

static uint32_t past_blanks(cq_str in, uint32_t at, uint32_t end, bool *broke)
{
    while (at < end && cq_is_space(in.p[at])) *broke |= is_line_end(in.p[at++]);
    return at;
}

// An escape at in[at] == '\\': its length, and its text in out. A line break after it is
// read as nothing.
static uint32_t escape(cq_str in, uint32_t at, uint32_t end, char out[4], size_t *n)
{
    static const char PLAIN_ESCAPES[] = "n\nt\tr\r\"\"//\\\\  __e\x1b";
    static const struct {
        char key, digits;
    } HEX[] = {{'x', 2}, {'u', 4}, {'U', 8}};
    *n = 0;
    if (at + 1 >= end) return 0;
    char key = in.p[at + 1];
    for (size_t k = 0; k < CQ_COUNT(HEX); k++) {
        uint32_t stop = at + 2 + (uint32_t)HEX[k].digits, c = 0;
        if (key != HEX[k].key || stop > end) continue;
        for (uint32_t i = at + 2; i < stop; i++) {
            char d = in.p[i], low = (char)(d | 32);
            if (!cq_is_digit(d) && !(low >= 'a' && low <= 'f')) return 0;
            c = c << 4 | (uint32_t)(cq_is_digit(d) ? d - '0' : low - 'a' + 10);
        }
        if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) c = 0xfffd;
        *n = cq_utf8_put(out, c);
        return stop - at;
    }
    for (size_t k = 0; k + 1 < sizeof PLAIN_ESCAPES; k += 2) {
        if (key != PLAIN_ESCAPES[k]) continue;
        out[0] = key == 'n' || key == 't' || key == 'r' ? ' ' : PLAIN_ESCAPES[k + 1];
        *n = 1;
        return 2;
    }
    return 0;
}

// A value in one or more lines: line breaks and the blanks around them are one space.
static void add_flow(cq_builder *b, uint32_t at, uint32_t end, style how)
{
    cq_str in = b->in.text;
    uint32_t done = at;
    while (at < end) {
        uint32_t length = 0;
        char text[4];
        size_t n = 0;
        char c = in.p[at];
        if (how == SINGLE && c == '\'' && at + 1 < end && in.p[at + 1] == '\'') {
            length = 2;
            text[0] = '\'';
            n = 1;
        } else if (how == DOUBLE && c == '\\') {
            length = escape(in, at, end, text, &n);
        } else if (cq_is_space(c)) {
            bool broke = false;
            uint32_t to = past_blanks(in, at, end, &broke);
            if (broke) {
                length = to - at;
                text[0] = ' ';
                n = 1;
            } else {
                at = to;
                continue;
            }
        }
        if (!length) {
            at++;
            continue;
        }
        cq_builder_verbatim(b, done, at);
        cq_builder_replaced(b, (cq_str){text, n}, at, at + length);
        done = at += length;
    }
    cq_builder_verbatim(b, done, end);
}

// A value after | or >: the first line is its header.
static void add_block(cq_builder *b, uint32_t at, uint32_t end)
{
    const char *nl = memchr(b->in.text.p + at, '\n', end - at);
    if (!nl) return;
    bool broke = false;
    at = past_blanks(b->in.text, (uint32_t)(nl - b->in.text.p), end, &broke);
    add_flow(b, at, end, PLAIN);
}

// --- what the fields mean ---

// The last part of a path in lower case, without - and _.
static cq_str last_key(cq_str path, char *out, size_t size)
{
    size_t from = path.n, n = 0;
    while (from && path.p[from - 1] != '.') from--;
    for (size_t i = from; i < path.n && n < size; i++) {
        if (path.p[i] != '-' && path.p[i] != '_') out[n++] = cq_lower(path.p[i]);
    }
    return (cq_str){out, n};
}

static void add_fact(cq_document *d, fact f, cq_str text)
{
    cq_str *const places[] = {[PUBLISHED] = &d->published,
                              [LANGUAGE] = &d->language_claim,
                              [SECTION] = &d->section,
                              [URL] = &d->url,
                              [SOURCE] = &d->source_claim};
    if (f == AUTHOR) {
        if (d->authors.n < AUTHORS_MAX) *CQ_PUSH(d->arena, &d->authors) = text;
    } else if (!places[f]->n) {
        *places[f] = text;
    }
}

static bool has_letter(cq_str s)
{
    for (size_t i = 0; i < s.n;) {
        if (cq_is_letter(cq_utf8_next(s, &i))) return true;
    }
    return false;
}

static void add_text(cq_builder *b, const value *v, cq_block_kind kind)
{
    cq_block *block = cq_builder_open(b, kind, kind == CQ_BLOCK_TITLE ? 1 : 0);
    block->field = v->path;
    block->hints = CQ_HINT_HEAD | CQ_HINT_BLANK_BEFORE | CQ_HINT_BLANK_AFTER;
    bool quoted = v->style == SINGLE || v->style == DOUBLE;
    if (v->style == BLOCK)
        add_block(b, v->start, v->end);
    else
        add_flow(b, v->start + quoted, v->end - quoted, v->style);
    cq_builder_close(b);
}

// Texts become blocks, in order; all else is metadata.
static void add_values(fields *f, uint32_t end)
{
    uint32_t done = 0;
    for (size_t i = 0; i < f->values.n; i++) {
        const value *v = &f->values.v[i];
        char buffer[24];
        cq_str key = last_key(v->path, buffer, sizeof buffer);
        bool inner = memchr(v->path.p, '.', v->path.n) != NULL;
        for (size_t k = 0; k < CQ_COUNT(FACTS); k++) {
            if (cq_str_is(key, FACTS[k].key) && !inner)
                add_fact(f->b->doc, FACTS[k].fact, cq_str_trim(v->text));
        }
        if (inner && cq_str_is(key, "name") &&
            cq_str_starts(v->path, cq_str_of("author")))
            add_fact(f->b->doc, AUTHOR, cq_str_trim(v->text));
        if (!has_letter(v->text)) continue;
        for (size_t k = 0; k < CQ_COUNT(TEXTS); k++) {
            if (!cq_str_is(key, TEXTS[k].key)) continue;
            add_text(f->b, v, TEXTS[k].kind);
            cq_builder_skip(f->b, done, v->start, CQ_SKIP_METADATA);
            done = v->end;
            break;
        }
    }
    cq_builder_skip(f->b, done, end, CQ_SKIP_METADATA);
}

static void push_value(fields *f, value v)
{
    if (f->values.n < VALUES_MAX) *CQ_PUSH(f->b->doc->arena, &f->values) = v;
}

// --- YAML ---

// libyaml counts characters; this leads to bytes, forward only.
typedef struct {
    cq_str in; // what libyaml was given
    size_t byte, character;
    uint32_t base; // where it stands in the input
} place;

static uint32_t byte_of(place *p, size_t character)
{
    while (p->character < character && p->byte < p->in.n) {
        cq_utf8_next(p->in, &p->byte);
        p->character++;
    }
    return p->base + (uint32_t)p->byte;
}

typedef struct {
    bool mapping, has_key;
    size_t path_n; // of the path above it
} level;

typedef struct {
    fields *f;
    place at;
    level levels[DEPTH_MAX];
    size_t depth;
    char path[256];
    size_t path_n;
} walk;

static void set_key(walk *w, const char *key, size_t n)
{
    level *l = &w->levels[w->depth - 1];
    w->path_n = l->path_n;
    if (w->path_n && w->path_n < sizeof w->path) w->path[w->path_n++] = '.';
    if (n > sizeof w->path - w->path_n) n = sizeof w->path - w->path_n;
    memcpy(w->path + w->path_n, key, n);
    w->path_n += n;
    l->has_key = true;
}

static void value_done(walk *w)
{
    if (!w->depth) return;
    level *l = &w->levels[w->depth - 1];
    if (l->mapping) {
        l->has_key = false;
        w->path_n = l->path_n;
    }
}

static void on_scalar(walk *w, const yaml_event_t *e)
{
    level *l = w->depth ? &w->levels[w->depth - 1] : NULL;
    cq_str text = {(const char *)e->data.scalar.value, e->data.scalar.length};
    if (l && l->mapping && !l->has_key) {
        set_key(w, text.p, text.n);
        return;
    }
    cq_arena *a = w->f->b->doc->arena;
    yaml_scalar_style_t s = e->data.scalar.style;
    value v = {.path = cq_str_copy(a, (cq_str){w->path, w->path_n}),
               .text = cq_str_copy(a, text),
               .start = byte_of(&w->at, e->start_mark.index),
               .end = byte_of(&w->at, e->end_mark.index),
               .style = s == YAML_SINGLE_QUOTED_SCALAR_STYLE   ? SINGLE
                        : s == YAML_DOUBLE_QUOTED_SCALAR_STYLE ? DOUBLE
                        : s == YAML_PLAIN_SCALAR_STYLE         ? PLAIN
                                                               : BLOCK};
    push_value(w->f, v);
    value_done(w);
}

// False: not YAML, or too deep.
static bool on_event(walk *w, const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        if (w->depth == DEPTH_MAX) return false;
        w->levels[w->depth++] =
            (level){.mapping = e->type == YAML_MAPPING_START_EVENT, .path_n = w->path_n};
        return true;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        w->depth--;
        value_done(w);
        return true;
    case YAML_SCALAR_EVENT:
        on_scalar(w, e);
        return true;
    case YAML_ALIAS_EVENT:
        value_done(w);
        return true;
    default:
        return true;
    }
}

static bool read_yaml(fields *f, uint32_t start, uint32_t end)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) abort(); // out of memory
    cq_str in = cq_str_sub(f->b->in.text, start, end);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)in.p, in.n);
    walk w = {.f = f, .at = {.in = in, .base = start}};
    bool ok = true, mapping = false, done = false;
    for (size_t n = 0; ok && !done; n++) {
        yaml_event_t e;
        ok = yaml_parser_parse(&parser, &e);
        if (!ok) break;
        if (n == 2)
            mapping = e.type == YAML_MAPPING_START_EVENT; // after stream, document
        done = e.type == YAML_DOCUMENT_END_EVENT || e.type == YAML_STREAM_END_EVENT;
        ok = on_event(&w, &e);
        yaml_event_delete(&e);
    }
    yaml_parser_delete(&parser);
    return ok && mapping;
}

// Broken YAML (often an unquoted colon): its top-level lines of "key: value".
static size_t read_lines(fields *f, uint32_t start, uint32_t end)
{
    cq_str in = f->b->in.text, rest = cq_str_sub(in, start, end), line;
    f->values.n = 0;
    while (cq_str_split(&rest, '\n', &line)) {
        size_t key = 0;
        while (key < line.n &&
               (cq_is_alpha(line.p[key]) || line.p[key] == '_' || line.p[key] == '-'))
            key++;
        if (!key || key + 1 >= line.n || line.p[key] != ':' || line.p[key + 1] != ' ')
            continue;
        cq_str text = cq_str_trim(cq_str_sub(line, key + 1, line.n));
        if (!text.n) continue;
        uint32_t at = (uint32_t)(text.p - in.p);
        char q = text.p[0];
        bool quoted = text.n > 1 && (q == '"' || q == '\'') && text.p[text.n - 1] == q;
        push_value(f, (value){.path = cq_str_sub(line, 0, key),
                              .text = quoted ? cq_str_sub(text, 1, text.n - 1) : text,
                              .start = at,
                              .end = at + (uint32_t)text.n,
                              .style = !quoted    ? PLAIN
                                       : q == '"' ? DOUBLE
                                                  : SINGLE});
    }
    return f->values.n;
}

// --- TOML: tables, strings and lists of strings; all else is passed over ---

static uint32_t toml_string_end(cq_str in, uint32_t at, uint32_t end, uint32_t marks)
{
    char q = in.p[at];
    for (uint32_t i = at + marks; i < end; i++) {
        if (q == '"' && in.p[i] == '\\') {
            i++;
        } else if (in.p[i] == q) {
            if (marks == 1) return i + 1;
            if (i + 2 < end && in.p[i + 1] == q && in.p[i + 2] == q) return i + 3;
        } else if (marks == 1 && in.p[i] == '\n') {
            return at;
        }
    }
    return at; // never closed
}

static uint32_t toml_string(fields *f, cq_str path, uint32_t at, uint32_t end)
{
    cq_str in = f->b->in.text;
    bool three = at + 2 < end && in.p[at + 1] == in.p[at] && in.p[at + 2] == in.p[at];
    uint32_t marks = three ? 3 : 1, to = toml_string_end(in, at, end, marks);
    if (to == at) return at + 1;
    value v = {.path = path,
               .text = cq_str_sub(in, at + marks, to - marks),
               .start = at + marks - 1, // one mark is left on either side
               .end = to - marks + 1,
               .style = in.p[at] == '"' ? DOUBLE : SINGLE};
    // '' in a literal string of TOML is no escape: as if it were plain.
    if (v.style == SINGLE) {
        v.style = PLAIN;
        v.start++;
        v.end--;
    }
    push_value(f, v);
    return to;
}

static void read_toml(fields *f, uint32_t at, uint32_t end)
{
    cq_str in = f->b->in.text, table = cq_str_of("");
    while (at < end) {
        bool broke = false;
        at = past_blanks(in, at, end, &broke);
        const char *nl = memchr(in.p + at, '\n', end - at);
        uint32_t stop = nl ? (uint32_t)(nl - in.p) : end;
        cq_str line = cq_str_trim(cq_str_sub(in, at, stop));
        size_t equals = 0;
        while (equals < line.n && line.p[equals] != '=') equals++;
        if (line.n > 2 && line.p[0] == '[') {
            table = cq_str_sub(line, 1, line.n - 1);
        } else if (equals < line.n && line.p[0] != '#') {
            cq_str key = cq_str_trim(cq_str_sub(line, 0, equals));
            if (table.n)
                key = cq_strf(f->b->doc->arena, "%.*s.%.*s", CQ_PRI(table), CQ_PRI(key));
            uint32_t i = at + (uint32_t)equals + 1;
            bool list = false;
            for (; i < end && (list || i < stop);) {
                char c = in.p[i];
                if (c == '[') list = true;
                if (c == ']' || c == '#') break;
                i = c == '"' || c == '\'' ? toml_string(f, key, i, end) : i + 1;
            }
            nl = i < end ? memchr(in.p + i, '\n', end - i) : NULL;
            stop = nl ? (uint32_t)(nl - in.p) : end;
        }
        at = stop + 1;
    }
}

// --- where it is ---

// The line that begins at `at` without blanks at its end; *next is where the next begins.
static cq_str line_at(cq_str in, uint32_t at, uint32_t *next)
{
    const char *nl = at < in.n ? memchr(in.p + at, '\n', in.n - at) : NULL;
    uint32_t end = nl ? (uint32_t)(nl - in.p) : (uint32_t)in.n;
    *next = nl ? end + 1 : end;
    return cq_str_trim(cq_str_sub(in, at, end));
}

uint32_t cq_read_front_matter(cq_builder *b)
{
    cq_str in = b->in.text;
    uint32_t start, at;
    cq_str fence = line_at(in, 0, &start);
    bool toml = cq_str_is(fence, "+++");
    if (!toml && !cq_str_is(fence, "---")) return 0;
    for (uint32_t end = start; end < in.n && end < BYTES_MAX; end = at) {
        cq_str line = line_at(in, end, &at);
        if (!cq_str_eq(line, fence) && (toml || !cq_str_is(line, "..."))) continue;
        fields f = {.b = b};
        if (toml) {
            read_toml(&f, start, end);
        } else if (!read_yaml(&f, start, end)) {
            if (!read_lines(&f, start, end)) return 0; // a rule, and another one
            cq_builder_note(b, "front-matter: not valid YAML; its simple lines are read");
        }
        add_values(&f, at);
        return at;
    }
    return 0;
}
