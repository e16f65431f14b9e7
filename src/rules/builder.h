// Growing sections of a layer that is being compiled. Private to rules/.
#ifndef CQ_RULES_BUILDER_H
#define CQ_RULES_BUILDER_H

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "rules/layout.h"

typedef struct {
    cq_arena *a;
    layer_header head; // filled in on the way
    struct {
        unsigned char *p;
        size_t n, cap;
    } s[SECTIONS];
    cq_map texts; // text -> its place in S_STRINGS
} layer_build;

void cq_build_init(layer_build *b, cq_arena *a);
// n cleared records at the end of a section; *at (may be NULL) is the first one's number.
// The pointer holds until the section grows again.
void *cq_build_more(layer_build *b, section s, size_t n, uint32_t *at);
uint32_t cq_build_put(layer_build *b, section s, const void *record); // its number
uint32_t cq_build_count(const layer_build *b, section s);
cq_ref cq_build_text(layer_build *b, cq_str s); // each text once
bool cq_build_finish(layer_build *b, cq_buf *out, cq_err *err);

#endif
