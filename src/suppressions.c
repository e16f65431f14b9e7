// Comments are looked for in the bytes of the file: readers leave them out of the text.
#include "suppressions.h"

// A comment and where it reaches.
typedef struct {
    cq_str verb, rules;
    uint32_t start, end;
} comment;

enum {
    SUPPRESSIONS_MAX = 1000, // each costs a walk over the blocks
    BLANKS_MAX = 8,
};

// The next "<!-- calque-VERB RULES -->" from *at on.
static bool next_comment(cq_str source, size_t *at, comment *c)
{
    static const cq_str OPEN = CQ_LIT("<!--"), NAME = CQ_LIT("calque-"),
                        CLOSE = CQ_LIT("-->");
    while (*at < source.n) {
        size_t open = cq_str_find(cq_str_sub(source, *at, source.n), OPEN);
        if (open == SIZE_MAX) return false;
        size_t start = *at + open;
        size_t close = cq_str_find(cq_str_sub(source, start, source.n), CLOSE);
        if (close == SIZE_MAX) return false;
        *at = start + close + CLOSE.n;
        cq_str body = cq_str_trim(cq_str_sub(source, start + OPEN.n, start + close));
        if (!cq_str_starts(body, NAME)) continue;
        body = cq_str_sub(body, NAME.n, body.n);
        size_t n = 0;
        while (n < body.n && !cq_is_space(body.p[n])) n++;
        c->verb = cq_str_sub(body, 0, n);
        c->rules = cq_str_trim(cq_str_sub(body, n, body.n));
        c->start = (uint32_t)start;
        c->end = (uint32_t)*at;
        return true;
    }
    return false;
}

// Only a few blanks of one line stand between them.
static bool behind(cq_str source, uint32_t end, uint32_t start)
{
    if (start - end > BLANKS_MAX) return false;
    while (end < start && (source.p[end] == ' ' || source.p[end] == '\t')) end++;
    return end == start;
}

// The block that the bytes at [start, end) stand in or right behind, else the first one
// after them.
static cq_span block_of(const cq_document *d, uint32_t start, uint32_t end)
{
    const cq_block *best = NULL;
    for (size_t i = 0; i < d->blocks.n; i++) { // footnotes are not in the file's order
        const cq_block *b = &d->blocks.v[i];
        if (b->source.start <= start && end <= b->source.end) return b->source;
        if (b->source.start < b->source.end && b->source.end <= start &&
            behind(d->source, b->source.end, start))
            return b->source;
        if (b->source.start < end) continue;
        if (!best || b->source.start < best->source.start) best = b;
    }
    return best ? best->source : (cq_span){end, end};
}

cq_suppressions cq_suppressions_find(cq_arena *a, const cq_document *d)
{
    CQ_VEC(cq_suppression) found = {0};
    bool has_comments =
        strcmp(d->format, "markdown") == 0 || strcmp(d->format, "html") == 0;
    size_t at = 0;
    comment c, off = {0};
    while (has_comments && found.n < SUPPRESSIONS_MAX &&
           next_comment(d->source, &at, &c)) {
        if (cq_str_is(c.verb, "ignore")) {
            *CQ_PUSH(a, &found) = (cq_suppression){block_of(d, c.start, c.end), c.rules};
        } else if (cq_str_is(c.verb, "off") && !off.end) {
            off = c;
        } else if (cq_str_is(c.verb, "on") && off.end) {
            *CQ_PUSH(a, &found) = (cq_suppression){{off.end, c.start}, off.rules};
            off = (comment){0};
        }
    }
    if (off.end) { // never switched on again: to the end of the file
        *CQ_PUSH(a, &found) =
            (cq_suppression){{off.end, (uint32_t)d->source.n}, off.rules};
    }
    return (cq_suppressions){found.v, found.n};
}

bool cq_rule_is_named(cq_str rule, cq_str name)
{
    return name.n && cq_str_starts(rule, name) &&
           (rule.n == name.n || rule.p[name.n] == '/');
}

static bool names_rule(cq_str rules, cq_str rule)
{
    cq_str name;
    while (cq_str_split(&rules, ' ', &name)) {
        if (cq_rule_is_named(rule, cq_str_trim(name))) return true;
    }
    return false;
}

bool cq_suppressed(const cq_suppressions *s, cq_span source, cq_str rule)
{
    for (size_t i = 0; i < s->n; i++) {
        const cq_suppression *x = &s->v[i];
        if (source.start < x->source.start || source.end > x->source.end) continue;
        if (!x->rules.n || names_rule(x->rules, rule)) return true;
    }
    return false;
}
