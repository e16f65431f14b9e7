#include "base/xml.h"

#include <expat.h>
#include <stdlib.h>

enum { DEPTH_MAX = 200 };

typedef struct {
    const cq_xml_handler *h;
    XML_Parser expat;
    unsigned depth;
    bool stopped;        // expat hands on what it has begun with
    const char *refused; // why we stopped; NULL: a callback wanted it
} parser;

static cq_str local_name(const char *name)
{
    const char *colon = strchr(name, ':');
    return cq_str_of(colon ? colon + 1 : name);
}

static void stop(parser *p, const char *why)
{
    p->stopped = true;
    p->refused = why;
    XML_StopParser(p->expat, XML_FALSE);
}

static cq_xml_place place(const parser *p)
{
    long at = (long)XML_GetCurrentByteIndex(p->expat);
    int n = XML_GetCurrentByteCount(p->expat);
    size_t start = at > 0 ? (size_t)at : 0;
    return (cq_xml_place){start, start + (n > 0 ? (size_t)n : 0),
                          (unsigned)XML_GetCurrentLineNumber(p->expat)};
}

static void on_start(void *data, const char *name, const char **attributes)
{
    parser *p = data;
    if (p->stopped) return;
    if (++p->depth > DEPTH_MAX) {
        stop(p, "nested too deeply");
        return;
    }
    if (p->h->start && !p->h->start(p->h->data, local_name(name),
                                    (const char *const *)attributes, place(p)))
        stop(p, NULL);
}

static void on_end(void *data, const char *name)
{
    parser *p = data;
    if (p->stopped) return;
    p->depth--;
    if (p->h->end && !p->h->end(p->h->data, local_name(name), place(p))) stop(p, NULL);
}

static void on_text(void *data, const char *text, int n)
{
    parser *p = data;
    if (p->stopped || n <= 0 || !p->h->text) return;
    if (!p->h->text(p->h->data, (cq_str){text, (size_t)n}, place(p))) stop(p, NULL);
}

static void on_entity(void *data, const char *name, int parameter, const char *value,
                      int value_n, const char *base, const char *system,
                      const char *public, const char *notation)
{
    (void)name, (void)parameter, (void)value, (void)value_n, (void)base;
    (void)system, (void)public, (void)notation;
    parser *p = data;
    if (!p->stopped) stop(p, "entities are refused");
}

bool cq_xml_parse(cq_str text, const char *path, const cq_xml_handler *h, cq_err *err)
{
    if (text.n > INT32_MAX) return cq_fail(err, CQ_ELIMIT, path, 0, "too large");
    // What the declaration says of the encoding is wrong once the bytes are decoded.
    parser p = {.h = h, .expat = XML_ParserCreate("UTF-8")};
    if (!p.expat) abort(); // out of memory
    XML_SetUserData(p.expat, &p);
    XML_SetElementHandler(p.expat, on_start, on_end);
    XML_SetCharacterDataHandler(p.expat, on_text);
    XML_SetEntityDeclHandler(p.expat, on_entity);
    bool ok = XML_Parse(p.expat, text.p, (int)text.n, XML_TRUE) == XML_STATUS_OK;
    enum XML_Error why = XML_GetErrorCode(p.expat);
    unsigned line = (unsigned)XML_GetCurrentLineNumber(p.expat);
    XML_ParserFree(p.expat);
    if (ok || (why == XML_ERROR_ABORTED && !p.refused)) return true;
    return cq_fail(err, CQ_ESYNTAX, path, line, "%s",
                   p.refused ? p.refused : XML_ErrorString(why));
}

cq_str cq_xml_attribute(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2) {
        if (cq_str_is(local_name(attributes[i]), name))
            return cq_str_of(attributes[i + 1]);
    }
    return (cq_str){"", 0};
}
