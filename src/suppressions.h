// What authors of Markdown and HTML ask calque to keep silent about, in comments:
//
//   <!-- calque-ignore -->           the block it stands in, else the one that follows
//   <!-- calque-ignore en-fr/idioms/silver-lining spelling -->     only these rules
//   <!-- calque-off --> ... <!-- calque-on -->       everything between
//
// A rule is named in full or by its beginning up to a slash ("spelling", "en-fr/idioms").
#ifndef CQ_SUPPRESSIONS_H
#define CQ_SUPPRESSIONS_H

#include "text/document.h"

typedef struct {
    cq_span source; // bytes of the file
    cq_str rules;   // separated by blanks; "" is every rule
} cq_suppression;

typedef struct {
    const cq_suppression *v;
    size_t n;
} cq_suppressions;

cq_suppressions cq_suppressions_find(cq_arena *a, const cq_document *d);
// Is a rule named so, in full or by its beginning up to a slash?
bool cq_rule_is_named(cq_str rule, cq_str name);
bool cq_suppressed(const cq_suppressions *s, cq_span source, cq_str rule);

#endif
