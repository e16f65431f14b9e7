// XML as a stream of events (expat behind it; this is its only caller). A document that
// declares entities of its own is refused, external ones are never read, nesting has a
// ceiling.
#ifndef CQ_BASE_XML_H
#define CQ_BASE_XML_H

#include "base/arena.h"
#include "base/err.h"

typedef struct {
    size_t start, end; // bytes of the text that is parsed, half-open
    unsigned line;     // 1-based
} cq_xml_place;

// Any may be NULL; `false` stops the parser, which is no error of its own. Names are
// given without their prefix. Text comes in pieces of one line at most: those whose bytes
// are not what stands at their place are references (&amp;).
typedef struct {
    bool (*start)(void *data, cq_str name, const char *const *attributes,
                  cq_xml_place at);
    bool (*end)(void *data, cq_str name, cq_xml_place at);
    bool (*text)(void *data, cq_str text, cq_xml_place at);
    void *data;
} cq_xml_handler;

// Parses UTF-8, whatever its declaration says. False where it is broken, with the line;
// what stands before was handed on.
bool cq_xml_parse(cq_str text, const char *path, const cq_xml_handler *h, cq_err *err);

// In a start callback: the value, by local name; "" where there is none.
cq_str cq_xml_attribute(const char *const *attributes, const char *name);

#endif
