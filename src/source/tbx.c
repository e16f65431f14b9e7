#include "source/tbx.h"

#include "base/xml.h"

enum { TERM_BYTES_MAX = 400, NOTE_BYTES_MAX = 2000 };

typedef struct {
    cq_arena *a;
    const char *path;
    bool (*add)(void *ctx, const cq_tbx_concept *c, cq_err *err);
    void *ctx;
    cq_err *err;
    bool failed, root;
    CQ_VEC(cq_tbx_term) terms[2]; // of the concept: English, French
    int side;                     // of the language that is open; -1: another
    bool in_term;                 // inside <tig>, <ntig> or <termSec>
    cq_tbx_term term;             // that is read
    cq_str status;                // what its note of it says
    cq_str *to;                   // where text goes; NULL: nowhere
    size_t max;                   // bytes there
    unsigned depth, inside;       // `inside`: depth of the element that is collected
} reader;

static bool fail(reader *r, unsigned line, const char *what, cq_str which)
{
    r->failed = true;
    return cq_fail(r->err, CQ_ESYNTAX, r->path, line, "%s%.*s", what, CQ_PRI(which));
}

static bool is_concept(cq_str name)
{
    return cq_str_is(name, "termEntry") || cq_str_is(name, "conceptEntry");
}

static bool is_language(cq_str name)
{
    return cq_str_is(name, "langSet") || cq_str_is(name, "langSec");
}

static bool is_term(cq_str name)
{
    return cq_str_is(name, "tig") || cq_str_is(name, "ntig") ||
           cq_str_is(name, "termSec");
}

static void collect(reader *r, cq_str *to, size_t max)
{
    *to = (cq_str){"", 0};
    r->to = to;
    r->max = max;
    r->inside = r->depth;
}

static bool on_start(void *data, cq_str n, const char *const *attributes, cq_xml_place at)
{
    reader *r = data;
    r->depth++;
    if (!r->root && !cq_str_is(n, "martif") && !cq_str_is(n, "tbx"))
        return fail(r, at.line, "no TBX: the root is neither martif nor tbx, but ", n);
    r->root = true;
    if (r->to) return true;
    if (is_concept(n)) r->terms[0].n = r->terms[1].n = 0;
    if (is_language(n)) {
        cq_str two = cq_str_sub(cq_xml_attribute(attributes, "lang"), 0, 2);
        r->side = cq_str_ieq(two, "en") ? 0 : cq_str_ieq(two, "fr") ? 1 : -1;
    }
    if (is_term(n)) {
        r->in_term = true;
        r->term = (cq_tbx_term){.line = at.line, .text = {"", 0}, .note = {"", 0}};
        r->status = (cq_str){"", 0};
    }
    if (!r->in_term || r->side < 0) return true;
    if (cq_str_is(n, "term")) {
        r->term.line = at.line;
        collect(r, &r->term.text, TERM_BYTES_MAX);
    } else if (cq_str_is(n, "note")) {
        collect(r, &r->term.note, NOTE_BYTES_MAX);
    } else if (cq_str_is(n, "administrativeStatus") ||
               (cq_str_is(n, "termNote") &&
                cq_str_is(cq_xml_attribute(attributes, "type"),
                          "administrativeStatus"))) {
        collect(r, &r->status, TERM_BYTES_MAX);
    }
    return true;
}

// Line breaks and several blanks are one blank.
static cq_str squeezed(cq_arena *a, cq_str s)
{
    char *out = cq_alloc(a, s.n + 1);
    size_t n = 0;
    s = cq_str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        char c = cq_is_space(s.p[i]) ? ' ' : s.p[i];
        if (c != ' ' || out[n - 1] != ' ') out[n++] = c;
    }
    return (cq_str){out, n};
}

static bool set_status(reader *r, unsigned line)
{
    static const struct {
        const char *name;
        cq_term_status status;
    } NAMES[] = {
        {"preferredTerm-admn-sts", CQ_TERM_PREFERRED},
        {"standardizedTerm-admn-sts", CQ_TERM_PREFERRED},
        {"legalTerm-admn-sts", CQ_TERM_PREFERRED},
        {"regulatedTerm-admn-sts", CQ_TERM_PREFERRED},
        {"admittedTerm-admn-sts", CQ_TERM_ADMITTED},
        {"deprecatedTerm-admn-sts", CQ_TERM_FORBIDDEN},
        {"supersededTerm-admn-sts", CQ_TERM_FORBIDDEN},
    };
    cq_str status = cq_str_trim(r->status);
    if (!status.n) return true; // preferred
    for (size_t i = 0; i < CQ_COUNT(NAMES); i++) {
        if (!cq_str_is(status, NAMES[i].name)) continue;
        r->term.status = NAMES[i].status;
        return true;
    }
    return fail(r, line, "unknown administrativeStatus: ", status);
}

static bool end_term(reader *r, cq_xml_place at)
{
    r->in_term = false;
    if (r->side < 0) return true;
    r->term.text = squeezed(r->a, r->term.text);
    r->term.note = squeezed(r->a, r->term.note);
    if (!r->term.text.n) return fail(r, at.line, "a term without text", (cq_str){"", 0});
    if (!set_status(r, at.line)) return false;
    *CQ_PUSH(r->a, &r->terms[r->side]) = r->term;
    return true;
}

static bool end_concept(reader *r)
{
    cq_tbx_concept c = {r->terms[0].v, r->terms[1].v, r->terms[0].n, r->terms[1].n};
    if (!c.english_n || !c.french_n) return true;
    r->failed = !r->add(r->ctx, &c, r->err);
    return !r->failed;
}

static bool on_end(void *data, cq_str n, cq_xml_place at)
{
    reader *r = data;
    if (r->to && r->depth == r->inside) r->to = NULL;
    r->depth--;
    if (r->to) return true;
    if (is_term(n) && r->in_term) return end_term(r, at);
    if (is_language(n)) r->side = -1;
    return !is_concept(n) || end_concept(r);
}

static bool on_text(void *data, cq_str text, cq_xml_place at)
{
    reader *r = data;
    if (!r->to) return true;
    if (r->to->n + text.n > r->max)
        return fail(r, at.line, "a term or note that is too long", (cq_str){"", 0});
    *r->to = cq_strf(r->a, "%.*s%.*s", CQ_PRI(*r->to), CQ_PRI(text));
    return true;
}

bool cq_tbx_is(cq_str text) { return cq_str_starts(cq_str_trim(text), cq_str_of("<")); }

bool cq_tbx_read(cq_arena *a, const char *path, cq_str text,
                 bool (*add)(void *ctx, const cq_tbx_concept *c, cq_err *err), void *ctx,
                 cq_err *err)
{
    reader r = {.a = a, .path = path, .add = add, .ctx = ctx, .err = err, .side = -1};
    cq_xml_handler h = {on_start, on_end, on_text, &r};
    return cq_xml_parse(text, path, &h, err) && !r.failed;
}
