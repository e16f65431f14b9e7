// calque rules test|list|explain|measure: what authors of rules need.
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/map.h"
#include "commands/command.h"
#include "rulebook.h"

enum { TEXT_MAX = 64 << 20, SAMPLES = 3, HIGH_PER_MILLION = 5 };

static void print_all(const cq_rule_complaint *v, size_t n, const char *mark)
{
    for (size_t i = 0; i < n; i++) {
        printf("%s:%u: %s%.*s: %.*s\n", v[i].path, v[i].line, mark, CQ_PRI(v[i].rule),
               CQ_PRI(v[i].message));
    }
}

static int test(cq_cli *cli, const cq_checker *c)
{
    cq_rule_test t;
    cq_rulebook_test(c, cli->arena, cli->words.v + 1, cli->words.n - 1, &t);
    bool verbose = cli->settings.verbose;
    if (verbose) print_all(t.unfired.v, t.unfired.n, "note: ");
    print_all(t.silent.v, t.silent.n, "note: ");
    print_all(t.failures.v, t.failures.n, "");
    if (!t.rules && cli->words.n > 1) {
        fprintf(stderr, "calque: no such pack: %s\n", cli->words.v[1]);
        return CQ_EXIT_USAGE;
    }
    printf("%zu rules, %zu patterns, %zu examples: %zu failures; %zu patterns that no "
           "example fires%s\n",
           t.rules, t.patterns, t.examples, t.failures.n, t.silent.n + t.unfired.n,
           t.unfired.n && !verbose ? " (--verbose lists them)" : "");
    return t.failures.n ? CQ_EXIT_GATE : CQ_EXIT_OK;
}

static int list(cq_cli *cli, const cq_checker *c)
{
    (void)cli;
    for (size_t i = 0; i < cq_rulebook_count(c); i++) {
        cq_rule_line r = cq_rulebook_line(c, i);
        printf("%.*s\t%s\t%s\t%s\t%.*s\t%zu\n", CQ_PRI(r.id), r.kind, r.severity,
               r.confidence, CQ_PRI(r.category), r.patterns);
    }
    return CQ_EXIT_OK;
}

static int explain(cq_cli *cli, const cq_checker *c)
{
    int status = CQ_EXIT_OK;
    for (size_t i = 1; i < cli->words.n; i++) {
        cq_str text, near;
        if (cq_rulebook_explain(c, cli->arena, cq_str_of(cli->words.v[i]), &text,
                                &near)) {
            printf("%s%.*s", i > 1 ? "\n" : "", CQ_PRI(text));
            continue;
        }
        fprintf(stderr, "calque: no such rule: %s", cli->words.v[i]);
        if (near.n) fprintf(stderr, "; is it %.*s?", CQ_PRI(near));
        fputc('\n', stderr);
        status = CQ_EXIT_USAGE;
    }
    return status;
}

// --- measure

typedef struct {
    cq_str rule;
    const char *confidence;
    size_t count, samples_n;
    cq_str samples[SAMPLES];
} measured;

typedef struct {
    cq_arena *arena;
    const cq_checker *checker;
    cq_map index;
    CQ_VEC(measured) rules;
    size_t words, files;
    int status;
} measure;

static void count(measure *m, const cq_finding *f, const char *path)
{
    bool fresh;
    uint32_t *at = cq_map_put(&m->index, (cq_str){f->rule.p, f->rule.n}, &fresh);
    if (fresh) { // the result dies before the map
        cq_str rule = cq_str_copy(m->arena, (cq_str){f->rule.p, f->rule.n});
        m->index.items[m->index.n - 1].key = rule;
        *at = (uint32_t)m->rules.n;
        *CQ_PUSH(m->arena, &m->rules) =
            (measured){.rule = rule, .confidence = cq_confidence_name(f->confidence)};
    }
    measured *r = &m->rules.v[*at];
    r->count++;
    if (r->samples_n == SAMPLES) return;
    r->samples[r->samples_n++] =
        cq_strf(m->arena, "%s:%u: %.*s[%.*s]%.*s", path, f->span.line, (int)f->before.n,
                f->before.p, (int)f->match.n, f->match.p, (int)f->after.n, f->after.p);
}

static bool measure_file(void *ctx, const char *path)
{
    measure *m = ctx;
    cq_arena *a = cq_arena_new();
    cq_str bytes;
    cq_err err = {0};
    if (cq_file_read(a, path, TEXT_MAX, &bytes, &err)) {
        cq_article article = {.path = path, .bytes = bytes.p, .n = bytes.n};
        cq_result *r = cq_check(m->checker, &article);
        if (r->status == CQ_CHECKED) {
            m->words += r->words;
            m->files++;
        }
        for (size_t i = 0; i < r->findings_n; i++) count(m, &r->findings[i], path);
        cq_result_free(r);
    } else {
        cq_complain(&err);
        m->status = CQ_EXIT_INPUT;
    }
    cq_arena_free(a);
    return true;
}

static int most_first(const void *a, const void *b)
{
    const measured *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    return cq_str_cmp(x->rule, y->rule);
}

static int measure_all(cq_cli *cli, const cq_checker *c)
{
    measure m = {.arena = cli->arena, .checker = c};
    cq_map_init(&m.index, cli->arena);
    for (size_t i = 1; i < cli->words.n; i++) {
        const char *path = cli->words.v[i];
        cq_err err = {0};
        if (!cq_path_is_dir(path)) {
            measure_file(&m, path);
        } else if (!cq_dir_walk(path, measure_file, &m, &err)) {
            cq_complain(&err);
            m.status = CQ_EXIT_INPUT;
        }
    }
    if (m.rules.n) qsort(m.rules.v, m.rules.n, sizeof *m.rules.v, most_first);
    double words = m.words ? (double)m.words : 1;
    for (size_t i = 0; i < m.rules.n; i++) {
        const measured *r = &m.rules.v[i];
        double per_million = (double)r->count * 1e6 / words;
        bool much = strcmp(r->confidence, "high") == 0 && per_million > HIGH_PER_MILLION;
        printf("%8.2f %6zu  %-6s %.*s%s\n", per_million / 10, r->count, r->confidence,
               CQ_PRI(r->rule), much ? "  (much for high confidence)" : "");
        for (size_t k = 0; k < r->samples_n; k++)
            printf("         %.*s\n", CQ_PRI(r->samples[k]));
    }
    printf("hits per 100,000 words, hits, confidence, rule; %zu words in %zu articles\n",
           m.words, m.files);
    return m.status;
}

static const struct {
    const char *name;
    int (*run)(cq_cli *cli, const cq_checker *c);
    size_t least, most; // words after the name
} ACTIONS[] = {
    {"test", test, 0, SIZE_MAX},
    {"list", list, 0, 0},
    {"explain", explain, 1, SIZE_MAX},
    {"measure", measure_all, 1, SIZE_MAX},
};

int cq_command_rules(cq_cli *cli)
{
    for (size_t i = 0; i < CQ_COUNT(ACTIONS); i++) {
        if (!cli->words.n || strcmp(cli->words.v[0], ACTIONS[i].name) != 0) continue;
        size_t n = cli->words.n - 1;
        if (n < ACTIONS[i].least || n > ACTIONS[i].most) break;
        int status = CQ_EXIT_OK;
        cq_checker *c = cq_cli_checker(cli, &status);
        if (!c) return status;
        status = cq_worse_exit(status, ACTIONS[i].run(cli, c));
        cq_checker_free(c);
        return status;
    }
    cq_err err = {0};
    cq_fail(&err, CQ_EUSAGE, NULL, 0,
            "expected: rules test [PACK...], rules list, rules explain RULE... or rules "
            "measure PATH...");
    cq_complain(&err);
    return CQ_EXIT_USAGE;
}
