// XLIFF 1.2 and 2.x, and TMX: segments in two languages, in XML.
#include "base/xml.h"
#include "readers/reader.h"

enum { PIECES_MAX = 1 << 16 };

typedef struct {
    uint32_t start, bytes; // in the input
    cq_str text;           // what it means; NULL: those bytes themselves
} piece;

typedef CQ_VEC(piece) pieces;

typedef struct {
    cq_builder *b, english;
    pieces sides[2];        // of the segment that is read: English, French
    pieces *to;             // where text goes; NULL: nowhere
    int side;               // of the <tuv> that is open in TMX; -1: another language
    unsigned depth, inside; // `inside`: depth of the element whose text is collected
    unsigned code;          // elements with native codes that are open
    unsigned other;         // open <alt-trans>, <note>, <prop>, ...
    bool tmx;
} reader;

// Their text is markup of the translated file, not language.
static bool is_code(cq_str name)
{
    static const char *const NAMES[] = {"ph", "bpt", "ept", "it", "ut", "sub"};
    return CQ_IN(NAMES, name);
}

// Segments in these are no part of the text.
static bool is_other(cq_str name)
{
    static const char *const NAMES[] = {"alt-trans", "matches", "glossary",
                                        "originalData", "seg-source"};
    return CQ_IN(NAMES, name);
}

static bool is_unit(cq_str name)
{
    static const char *const NAMES[] = {"trans-unit", "segment", "tu"};
    return CQ_IN(NAMES, name);
}

static int side_of_language(const char *const *attributes)
{
    cq_str two = cq_str_sub(cq_xml_attribute(attributes, "lang"), 0, 2);
    return cq_str_ieq(two, "en") ? 0 : cq_str_ieq(two, "fr") ? 1 : -1;
}

static bool on_start(void *data, cq_str n, const char *const *attributes, cq_xml_place at)
{
    (void)at;
    reader *r = data;
    if (cq_builder_full(r->b)) return false;
    r->depth++;
    r->tmx |= r->depth == 1 && cq_str_is(n, "tmx");
    if (is_other(n)) r->other++;
    if (r->other) return true;
    if (r->to) {
        if (is_code(n)) r->code++;
        return true;
    }
    if (cq_str_is(n, "tuv")) r->side = side_of_language(attributes);
    int side = -1;
    if (r->tmx && cq_str_is(n, "seg")) side = r->side;
    if (!r->tmx && cq_str_is(n, "source")) side = 0;
    if (!r->tmx && cq_str_is(n, "target")) side = 1;
    if (side < 0) return true;
    r->to = &r->sides[side];
    r->to->n = 0; // of two in one language, the last
    r->inside = r->depth;
    return true;
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

static bool on_end(void *data, cq_str n, cq_xml_place at)
{
    (void)at;
    reader *r = data;
    if (r->to && r->depth == r->inside) {
        r->to = NULL;
        r->code = 0;
    } else if (r->to && !r->other && is_code(n) && r->code) {
        r->code--;
    }
    if (is_other(n) && r->other) r->other--;
    r->depth--;
    if (!is_unit(n) || r->other) return true;
    // Of what is not translated there is nothing to check.
    if (has_text(&r->sides[0]) && has_text(&r->sides[1])) {
        add_block(&r->english, &r->sides[0]);
        add_block(r->b, &r->sides[1]);
    }
    r->sides[0].n = r->sides[1].n = 0;
    return true;
}

static bool on_text(void *data, cq_str text, cq_xml_place at)
{
    reader *r = data;
    if (!r->to || r->code || r->other || r->to->n == PIECES_MAX || at.end == at.start)
        return true;
    cq_str s = cq_str_copy(r->b->doc->arena, text);
    for (size_t i = 0; i < s.n; i++) { // a line break within a segment is a blank
        if (s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r') ((char *)s.p)[i] = ' ';
    }
    *CQ_PUSH(r->b->doc->arena, r->to) =
        (piece){(uint32_t)at.start, (uint32_t)(at.end - at.start), s};
    return true;
}

void cq_read_exchange(cq_builder *b)
{
    reader r = {.b = b, .side = -1};
    cq_builder_beside(b, &r.english);
    cq_xml_handler h = {on_start, on_end, on_text, &r};
    cq_err err = {0};
    if (!cq_xml_parse(b->in.text, NULL, &h, &err))
        cq_builder_note(b, "xml: line %u: %s; what stands before is checked", err.line,
                        err.message);
    cq_builder_finish(&r.english);
}
