// XLIFF 1.2 and 2.x, and TMX: segments in two languages, in XML. expat reads them and
// tells where each piece of text stands in the file. Entities of a document's own are
// refused, external ones never read.
#include <expat.h>
#include <stdlib.h>

#include "readers/reader.h"

enum { PIECES_MAX = 1 << 16, DEPTH_MAX = 200 };

typedef struct {
    uint32_t start, bytes; // in the input
    cq_str text;           // what it means; NULL: those bytes themselves
} piece;

typedef CQ_VEC(piece) pieces;

typedef struct {
    cq_builder *b, english;
    XML_Parser parser;
    pieces sides[2];        // of the segment that is read: English, French
    pieces *to;             // where text goes; NULL: nowhere
    int side;               // of the <tuv> that is open in TMX; -1: another language
    unsigned depth, inside; // `inside`: depth of the element whose text is collected
    unsigned code;          // elements with native codes that are open
    unsigned other;         // open <alt-trans>, <note>, <prop>, ...
    bool tmx;
} reader;

static cq_str local_name(const char *name)
{
    cq_str s = cq_str_of(name);
    const char *colon = memchr(s.p, ':', s.n);
    return colon ? cq_str_sub(s, (size_t)(colon - s.p) + 1, s.n) : s;
}

static bool is_one_of(cq_str s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (cq_str_is(s, list[i])) return true;
    }
    return false;
}

// Their text is markup of the translated file, not language.
static bool is_code(cq_str name)
{
    static const char *const NAMES[] = {"ph", "bpt", "ept", "it", "ut", "sub"};
    return is_one_of(name, NAMES, CQ_COUNT(NAMES));
}

// Segments in these are no part of the text.
static bool is_other(cq_str name)
{
    static const char *const NAMES[] = {"alt-trans", "matches", "glossary",
                                        "originalData", "seg-source"};
    return is_one_of(name, NAMES, CQ_COUNT(NAMES));
}

static bool is_unit(cq_str name)
{
    static const char *const NAMES[] = {"trans-unit", "segment", "tu"};
    return is_one_of(name, NAMES, CQ_COUNT(NAMES));
}

static int side_of_language(const char **attributes)
{
    for (size_t i = 0; attributes[i]; i += 2) {
        if (!cq_str_is(local_name(attributes[i]), "lang")) continue;
        cq_str two = cq_str_sub(cq_str_of(attributes[i + 1]), 0, 2);
        return cq_str_ieq(two, "en") ? 0 : cq_str_ieq(two, "fr") ? 1 : -1;
    }
    return -1;
}

static void on_start(void *data, const char *name, const char **attributes)
{
    reader *r = data;
    cq_str n = local_name(name);
    if (++r->depth > DEPTH_MAX || cq_builder_full(r->b)) {
        XML_StopParser(r->parser, XML_FALSE);
        return;
    }
    r->tmx |= r->depth == 1 && cq_str_is(n, "tmx");
    if (is_other(n)) r->other++;
    if (r->other) return;
    if (r->to) {
        if (is_code(n)) r->code++;
        return;
    }
    if (cq_str_is(n, "tuv")) r->side = side_of_language(attributes);
    int side = -1;
    if (r->tmx && cq_str_is(n, "seg")) side = r->side;
    if (!r->tmx && cq_str_is(n, "source")) side = 0;
    if (!r->tmx && cq_str_is(n, "target")) side = 1;
    if (side < 0) return;
    r->to = &r->sides[side];
    r->to->n = 0; // of two in one language, the last
    r->inside = r->depth;
}

static bool has_text(const pieces *v)
{
    for (size_t i = 0; i < v->n; i++) {
        if (cq_str_trim(v->v[i].text).n) return true;
    }
    return false;
}

static void add_block(cq_builder *b, const pieces *v)
{
    cq_block *block = cq_builder_open(b, CQ_BLOCK_PARAGRAPH, 0);
    block->hints = CQ_HINT_BLANK_BEFORE | CQ_HINT_BLANK_AFTER;
    for (size_t i = 0; i < v->n; i++) {
        const piece *p = &v->v[i];
        uint32_t end = p->start + p->bytes, done = p->start;
        if (p->text.n != p->bytes) { // an entity
            cq_builder_replaced(b, p->text, p->start, end);
            continue;
        }
        for (uint32_t at = done; at < end; at++) { // tabs became blanks
            cq_str c = cq_str_sub(p->text, at - p->start, at - p->start + 1);
            if (c.p[0] == b->in.text.p[at]) continue;
            cq_builder_verbatim(b, done, at);
            cq_builder_replaced(b, c, at, at + 1);
            done = at + 1;
        }
        cq_builder_verbatim(b, done, end);
    }
    cq_builder_close(b);
}

static void on_end(void *data, const char *name)
{
    reader *r = data;
    cq_str n = local_name(name);
    if (r->to && r->depth == r->inside) {
        r->to = NULL;
        r->code = 0;
    } else if (r->to && !r->other && is_code(n) && r->code) {
        r->code--;
    }
    if (is_other(n) && r->other) r->other--;
    r->depth--;
    if (!is_unit(n) || r->other) return;
    // Of what is not translated there is nothing to check.
    if (has_text(&r->sides[0]) && has_text(&r->sides[1])) {
        add_block(&r->english, &r->sides[0]);
        add_block(r->b, &r->sides[1]);
    }
    r->sides[0].n = r->sides[1].n = 0;
}

static void on_text(void *data, const char *text, int n)
{
    reader *r = data;
    if (!r->to || r->code || r->other || r->to->n == PIECES_MAX || n <= 0) return;
    cq_str s = cq_str_copy(r->b->doc->arena, (cq_str){text, (size_t)n});
    for (size_t i = 0; i < s.n; i++) { // a line break within a segment is a blank
        if (s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r') ((char *)s.p)[i] = ' ';
    }
    long at = (long)XML_GetCurrentByteIndex(r->parser);
    int bytes = XML_GetCurrentByteCount(r->parser);
    if (at < 0 || bytes <= 0) return;
    *CQ_PUSH(r->b->doc->arena, r->to) = (piece){(uint32_t)at, (uint32_t)bytes, s};
}

static void on_entity(void *data, const char *name, int parameter, const char *value,
                      int value_n, const char *base, const char *system,
                      const char *public, const char *notation)
{
    (void)name, (void)parameter, (void)value, (void)value_n, (void)base;
    (void)system, (void)public, (void)notation;
    reader *r = data;
    XML_StopParser(r->parser, XML_FALSE);
}

void cq_read_exchange(cq_builder *b)
{
    cq_document *d = b->doc, *e = CQ_NEW(d->arena, cq_document);
    e->arena = d->arena;
    e->source = d->source;
    e->format = d->format;
    e->encoding = d->encoding;
    e->title = e->url = e->published = e->section = e->language_claim = cq_str_of("");
    d->beside = e;
    reader r = {.b = b, .side = -1};
    cq_builder_init_input(&r.english, e, b->in);
    // What stands in the declaration is wrong once the bytes are decoded.
    r.parser = XML_ParserCreate("UTF-8");
    if (!r.parser) abort(); // out of memory
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    XML_SetCharacterDataHandler(r.parser, on_text);
    XML_SetEntityDeclHandler(r.parser, on_entity);
    cq_str in = b->in.text;
    if (XML_Parse(r.parser, in.p, (int)in.n, XML_TRUE) != XML_STATUS_OK) {
        enum XML_Error why = XML_GetErrorCode(r.parser);
        cq_builder_note(b, "xml: line %lu: %s; what stands before is checked",
                        (unsigned long)XML_GetCurrentLineNumber(r.parser),
                        why == XML_ERROR_ABORTED ? "entities and deep nesting are refused"
                                                 : XML_ErrorString(why));
    }
    XML_ParserFree(r.parser);
    cq_builder_finish(&r.english);
}
