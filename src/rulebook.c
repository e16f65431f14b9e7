// Runs, lists and explains rules; their examples are read from the packs, which hold more
// than what is compiled.
#include "rulebook.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "checker.h"
#include "checks/catalogue.h"
#include "rules/pack.h"

enum { EXPLANATION_MAX = 64 << 10 };

static const char *const KINDS[] = {"phrase", "tokens", "regex"};

// --- packs

static bool read_pack(cq_arena *a, const char *dir, cq_str path, cq_pack *out)
{
    cq_str text;
    cq_err err;
    cq_problems problems = {0}; // the checker has named them already
    if (!cq_file_read(a, path.p, CQ_PACK_MAX, &text, &err)) return false;
    cq_pack_parse(a, path.p, cq_pack_name(a, dir, path), text, out, &problems);
    return true;
}

typedef void pack_visitor(void *ctx, const cq_pack *pack);

static void each_pack(const cq_checker *c, cq_arena *a, pack_visitor *visit, void *ctx)
{
    const char *const *dirs;
    size_t n = cq_checker_rule_dirs(c, &dirs);
    for (size_t i = 0; i < n; i++) {
        cq_strs paths = {0};
        cq_err err;
        if (!cq_pack_files(a, dirs[i], &paths, &err)) continue;
        for (size_t k = 0; k < paths.n; k++) {
            cq_pack pack = {0};
            cq_str path = {cq_str_c(a, paths.v[k]), paths.v[k].n};
            if (read_pack(a, dirs[i], path, &pack)) visit(ctx, &pack);
        }
    }
}

// --- test

typedef struct {
    const cq_checker *checker;
    const cq_rules *rules;
    cq_arena *arena, *scratch;
    const char *const *only;
    size_t only_n;
    cq_rule_test *out;
    // Of the rule at hand:
    const cq_pack *pack;
    const cq_rule_def *def;
    cq_str id;
    bool *fired;           // by variant
    cq_map homes;          // pattern and conditions -> index into owners
    CQ_VEC(cq_str) owners; // ids
} tester;

__attribute__((format(printf, 3, 4))) static void
complain(tester *t, cq_rule_complaints *to, const char *fmt, ...)
{
    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    cq_rule_complaint c = {t->pack->path, t->def->line, t->id,
                           cq_str_copy(t->arena, cq_str_of(text))};
    *CQ_PUSH(t->arena, to) = c;
}

// The text without its brackets; *want is what stood between them. "\[" is a bracket.
static bool unbracket(cq_arena *a, cq_str marked, cq_str *text, cq_span *want)
{
    char *out = cq_alloc(a, marked.n + 1);
    size_t n = 0, opened = 0, closed = 0;
    for (size_t i = 0; i < marked.n; i++) {
        char ch = marked.p[i];
        bool escaped = ch == '\\' && i + 1 < marked.n &&
                       (marked.p[i + 1] == '[' || marked.p[i + 1] == ']');
        if (escaped) {
            out[n++] = marked.p[++i];
        } else if (ch == '[') {
            want->start = (uint32_t)n;
            opened++;
        } else if (ch == ']') {
            want->end = (uint32_t)n;
            closed++;
        } else {
            out[n++] = ch;
        }
    }
    *text = (cq_str){out, n};
    return opened == 1 && closed == 1 && want->start <= want->end;
}

// A kind of block in which the rule holds.
static cq_block_kind block_for(const cq_rule_def *d)
{
    if (!d->blocks || d->blocks & 1u << CQ_BLOCK_PARAGRAPH) return CQ_BLOCK_PARAGRAPH;
    for (unsigned k = 0; k < CQ_BLOCK_KINDS; k++) {
        if (d->blocks & 1u << k) return (cq_block_kind)k;
    }
    return CQ_BLOCK_PARAGRAPH;
}

static void run(tester *t, cq_str text, cq_str source, cq_example_hits *hits)
{
    cq_example e = {
        .text = text,
        .block = block_for(t->def),
        .region = t->def->region.n ? cq_str_c(t->scratch, t->def->region.v[0]) : NULL,
        .profile = t->def->profile.n ? cq_str_c(t->scratch, t->def->profile) : NULL,
        .source = source.n ? cq_str_c(t->scratch, source) : NULL,
    };
    t->out->examples++;
    cq_check_example(t->checker, t->scratch, &e, hits);
}

static cq_str applied(cq_arena *a, cq_str text, const cq_example_hit *h)
{
    return cq_strf(a, "%.*s%.*s%.*s", (int)h->fix_at.start, text.p, CQ_PRI(h->fix),
                   CQ_PRI(cq_str_sub(text, h->fix_at.end, text.n)));
}

static void test_bad(tester *t, const cq_rule_example *e)
{
    cq_str text;
    cq_span want = {0, 0};
    if (!unbracket(t->scratch, e->text, &text, &want)) {
        complain(t, &t->out->failures, "a bad example needs one pair of brackets: %.*s",
                 CQ_PRI(e->text));
        return;
    }
    cq_example_hits hits;
    run(t, text, e->source, &hits);
    const cq_example_hit *exact = NULL, *elsewhere = NULL;
    for (size_t i = 0; i < hits.n; i++) {
        const cq_example_hit *h = &hits.v[i];
        if (!cq_str_eq(h->rule, t->id)) continue;
        if (h->at.start == want.start && h->at.end == want.end)
            exact = h;
        else
            elsewhere = h;
        if (h->variant < t->def->patterns.n) t->fired[h->variant] = true;
    }
    if (!exact && elsewhere) {
        complain(t, &t->out->failures, "found “%.*s” instead: %.*s",
                 CQ_PRI(cq_str_sub(text, elsewhere->at.start, elsewhere->at.end)),
                 CQ_PRI(e->text));
    } else if (!exact) {
        complain(t, &t->out->failures, "not found: %.*s", CQ_PRI(e->text));
    } else if (e->fixed.n) {
        cq_str got = exact->fix.p ? applied(t->scratch, text, exact) : cq_str_of("");
        if (!cq_str_eq(got, e->fixed))
            complain(t, &t->out->failures, "the fix gives “%.*s”", CQ_PRI(got));
    }
}

static void test_good(tester *t, const cq_rule_example *e)
{
    cq_example_hits hits;
    run(t, e->text, e->source, &hits);
    for (size_t i = 0; i < hits.n; i++) {
        const cq_example_hit *h = &hits.v[i];
        if (cq_rule_find(t->rules, h->rule) == UINT32_MAX) continue; // not of a pack
        complain(t, &t->out->failures, "%.*s fires on “%.*s” in a good example: %.*s",
                 CQ_PRI(h->rule), CQ_PRI(cq_str_sub(e->text, h->at.start, h->at.end)),
                 CQ_PRI(e->text));
    }
}

static void add_all(cq_buf *b, cq_strs v)
{
    for (size_t i = 0; i < v.n; i++) cq_buf_f(b, "%.*s|", CQ_PRI(v.v[i]));
    cq_buf_char(b, '\n');
}

// Under which conditions the patterns of a rule hold, as a key.
static cq_str conditions(cq_arena *a, const cq_rule_def *d)
{
    enum { KEY_MAX = 1 << 20 };
    cq_buf b;
    cq_buf_init(&b, KEY_MAX);
    cq_buf_f(&b, "%d %u %d %.*s\n", (int)d->kind, d->blocks, d->needs_source,
             CQ_PRI(d->profile));
    if (d->needs_source) add_all(&b, d->source);
    add_all(&b, d->topic);
    add_all(&b, d->region);
    for (size_t i = 0; i < d->near.n; i++) {
        cq_buf_f(&b, "%d\n", (int)d->near.v[i].within);
        add_all(&b, d->near.v[i].any);
        add_all(&b, d->near.v[i].none);
    }
    cq_str key = cq_str_copy(a, cq_buf_view(&b));
    cq_buf_free(&b);
    return key;
}

// The same pattern under the same conditions has one home: two findings of one passage
// say the same, and who mends the one forgets the other.
static void test_homes(tester *t)
{
    const cq_rule_def *d = t->def;
    cq_str under = conditions(t->scratch, d);
    for (size_t i = 0; i < d->patterns.n; i++) {
        cq_str key =
            cq_strf(t->arena, "%.*s%.*s", CQ_PRI(under), CQ_PRI(d->patterns.v[i]));
        bool fresh;
        uint32_t *owner = cq_map_put(&t->homes, key, &fresh);
        if (!fresh) {
            complain(t, &t->out->failures, "%.*s has the same pattern: %.*s",
                     CQ_PRI(t->owners.v[*owner]), CQ_PRI(d->patterns.v[i]));
            continue;
        }
        *owner = (uint32_t)t->owners.n;
        *CQ_PUSH(t->arena, &t->owners) = t->id;
    }
}

static void test_rule(tester *t)
{
    const cq_rule_def *d = t->def;
    cq_arena_reset(t->scratch);
    t->out->rules++;
    t->out->patterns += d->patterns.n;
    t->fired = CQ_NEWN(t->arena, bool, d->patterns.n);
    test_homes(t);
    for (size_t i = 0; i < d->bad.n; i++) test_bad(t, &d->bad.v[i]);
    for (size_t i = 0; i < d->good.n; i++) test_good(t, &d->good.v[i]);
    bool any = false;
    for (size_t i = 0; i < d->patterns.n; i++) any |= t->fired[i];
    for (size_t i = 0; i < d->patterns.n; i++) {
        if (!t->fired[i])
            complain(t, any ? &t->out->unfired : &t->out->silent,
                     "no example fires: %.*s", CQ_PRI(d->patterns.v[i]));
    }
}

static void test_pack(void *ctx, const cq_pack *pack)
{
    tester *t = ctx;
    bool wanted = t->only_n == 0;
    for (size_t i = 0; i < t->only_n; i++) {
        wanted = wanted || cq_str_is(pack->name, t->only[i]) ||
                 strcmp(pack->path, t->only[i]) == 0;
    }
    t->pack = pack;
    for (size_t i = 0; wanted && i < pack->rules_n; i++) {
        t->def = &pack->rules[i];
        t->id = cq_strf(t->arena, "%.*s/%.*s", CQ_PRI(pack->name), CQ_PRI(t->def->id));
        uint32_t number = cq_rule_find(t->rules, t->id);
        cq_rule_info info;
        if (number == UINT32_MAX || !cq_rule(t->rules, number, &info)) continue; // broken
        if (cq_str_is(info.path, pack->path)) test_rule(t); // else replaced from above
    }
}

void cq_rulebook_test(const cq_checker *c, cq_arena *a, const char *const *only,
                      size_t only_n, cq_rule_test *out)
{
    *out = (cq_rule_test){0};
    tester t = {.checker = c,
                .rules = cq_checker_rules(c),
                .arena = a,
                .scratch = cq_arena_new(),
                .only = only,
                .only_n = only_n,
                .out = out};
    cq_map_init(&t.homes, a);
    each_pack(c, a, test_pack, &t);
    cq_arena_free(t.scratch);
}

// --- list

size_t cq_rulebook_count(const cq_checker *c)
{
    return cq_rules_count(cq_checker_rules(c));
}

cq_rule_line cq_rulebook_line(const cq_checker *c, size_t i)
{
    cq_rule_info r = {0};
    cq_rule(cq_checker_rules(c), (uint32_t)i, &r);
    return (cq_rule_line){r.id,
                          r.category,
                          KINDS[r.kind],
                          cq_severity_name(r.severity),
                          cq_confidence_name(r.confidence),
                          r.patterns};
}

// --- explain

typedef struct {
    const cq_rule_info *info;
    cq_str id; // without its pack
    cq_buf *out;
} explainer;

static void line(cq_buf *b, const char *label, cq_str text)
{
    if (text.n) cq_buf_f(b, "%-13s%.*s\n", label, CQ_PRI(text));
}

static void lines(cq_buf *b, const char *label, cq_strs v)
{
    for (size_t i = 0; i < v.n; i++) line(b, i ? "" : label, v.v[i]);
}

static void examples(cq_buf *b, const char *label, cq_rule_examples v)
{
    for (size_t i = 0; i < v.n; i++) {
        line(b, i ? "" : label, v.v[i].text);
        line(b, "", v.v[i].source);
    }
}

static void nears(cq_buf *b, cq_nears v)
{
    static const char *const WITHIN[] = {"sentence", "paragraph", "article"};
    for (size_t i = 0; i < v.n; i++) {
        const cq_near_def *n = &v.v[i];
        char label[64];
        snprintf(label, sizeof label, "same %s", WITHIN[n->within]);
        for (size_t k = 0; k < n->any.n; k++)
            cq_buf_f(b, "%-13s%.*s%s", k ? "" : "with any of", CQ_PRI(n->any.v[k]), "\n");
        for (size_t k = 0; k < n->none.n; k++)
            cq_buf_f(b, "%-13s%.*s%s", k ? "" : "without", CQ_PRI(n->none.v[k]), "\n");
        line(b, "in the", cq_str_of(label));
    }
}

static void explain_in(void *ctx, const cq_pack *pack)
{
    explainer *e = ctx;
    cq_buf *b = e->out;
    if (!cq_str_is(e->info->path, pack->path)) return;
    for (size_t i = 0; i < pack->rules_n; i++) {
        const cq_rule_def *d = &pack->rules[i];
        if (!cq_str_eq(d->id, e->id)) continue;
        cq_buf_f(b, "%.*s\n%s:%u\n\n", CQ_PRI(e->info->id), pack->path, d->line);
        line(b, "category", d->category);
        line(b, "severity", cq_str_of(cq_severity_name(d->severity)));
        line(b, "confidence", cq_str_of(cq_confidence_name(d->confidence)));
        lines(b, KINDS[d->kind], d->patterns);
        lines(b, "source", d->source);
        if (d->needs_source) line(b, "", cq_str_of("(silent without it)"));
        lines(b, "topic", d->topic);
        nears(b, d->near);
        lines(b, "unless", d->unless);
        lines(b, "region", d->region);
        line(b, "profile", d->profile);
        lines(b, "write", d->suggest);
        line(b, "advice", d->advice.fr);
        line(b, "", d->advice.en);
        line(b, "note", d->note.fr);
        lines(b, "see", d->refs);
        examples(b, "bad", d->bad);
        examples(b, "good", d->good);
    }
}

// Shares the most leading letters of its last part; good enough to find a mistyped pack.
// How many letters the name, or its end behind a slash, begins with as `id` does.
static size_t alike(cq_str name, cq_str id)
{
    size_t most = 0;
    for (size_t from = 0; from < name.n; from++) {
        if (from && name.p[from - 1] != '/') continue;
        cq_str part = cq_str_sub(name, from, name.n);
        size_t n = 0;
        while (n < part.n && n < id.n && part.p[n] == id.p[n]) n++;
        if (n > most) most = n;
    }
    return most;
}

static cq_str most_similar(const cq_rules *rules, cq_str id)
{
    enum { ENOUGH = 3 };
    cq_str best = cq_str_of("");
    size_t most = ENOUGH - 1;
    for (uint32_t i = 0; i < cq_rules_count(rules) + CQ_CHECK_RULES_N; i++) {
        cq_rule_info r = {0};
        if (!cq_rule(rules, i, &r))
            r.id = cq_str_of(CQ_CHECK_RULES[i - cq_rules_count(rules)].rule);
        size_t n = alike(r.id, id);
        if (n <= most) continue;
        most = n;
        best = r.id;
    }
    return best;
}

static bool explain_check(cq_arena *a, cq_str id, cq_str *out)
{
    for (size_t i = 0; i < CQ_CHECK_RULES_N; i++) {
        const cq_check_rule *r = &CQ_CHECK_RULES[i];
        if (!cq_str_is(id, r->rule)) continue;
        *out = cq_strf(a, "%s\n\n%s\n\nkind         a check of the program, no rule%s\n",
                       r->rule, r->what, r->needs_source ? "; needs the source" : "");
        return true;
    }
    return false;
}

bool cq_rulebook_explain(const cq_checker *c, cq_arena *a, cq_str id, cq_str *out,
                         cq_str *near)
{
    const cq_rules *rules = cq_checker_rules(c);
    cq_rule_info info;
    if (explain_check(a, id, out)) return true;
    uint32_t number = cq_rule_find(rules, id);
    if (number == UINT32_MAX || !cq_rule(rules, number, &info)) {
        *near = most_similar(rules, id);
        return false;
    }
    size_t slash = info.id.n;
    while (slash && info.id.p[slash - 1] != '/') slash--;
    cq_buf b;
    cq_buf_init(&b, EXPLANATION_MAX);
    explainer e = {&info, cq_str_sub(info.id, slash, info.id.n), &b};
    cq_arena *packs = cq_arena_new();
    each_pack(c, packs, explain_in, &e);
    cq_arena_free(packs);
    *out = cq_str_copy(a, cq_buf_view(&b));
    cq_buf_free(&b);
    return true;
}
