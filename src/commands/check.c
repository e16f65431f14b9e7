// calque check: collects the articles, checks them, reports, closes the gate.
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "commands/command.h"
#include "commands/jobs.h"

enum { ARTICLE_MAX = 64 << 20, WIDTH_DEFAULT = 80, WIDTH_MIN = 40, WIDTH_MAX = 120 };
// Missing sources that are named one by one: more of them mean a wrong template.
enum { MISSING_SHOWN = 5 };

// What a folder is searched for. A file that is named itself may be called anything.
static const char *const ENDINGS[] = {".txt",  ".md",    ".markdown", ".mdx",
                                      ".html", ".htm",   ".xhtml",    ".po",
                                      ".xlf",  ".xliff", ".tmx"};

typedef struct {
    cq_arena *arena;
    cq_paths articles;
    CQ_VEC(size_t) below; // by article: where its path below the named folder begins
    size_t folder;        // bytes of the folder that is searched, and its slash
    int status;
} inputs;

static bool visit(void *ctx, const char *path)
{
    inputs *in = ctx;
    cq_str p = cq_str_of(path);
    for (size_t i = 0; i < CQ_COUNT(ENDINGS); i++) {
        size_t n = strlen(ENDINGS[i]);
        if (p.n > n && cq_str_ieq(cq_str_sub(p, p.n - n, p.n), ENDINGS[i])) {
            *CQ_PUSH(in->arena, &in->articles) = cq_str_c(in->arena, p);
            *CQ_PUSH(in->arena, &in->below) = in->folder;
            break;
        }
    }
    return true;
}

static void collect(inputs *in, const cq_paths *words)
{
    for (size_t i = 0; i < words->n; i++) {
        const char *path = words->v[i];
        if (strcmp(path, "-") == 0 || !cq_path_is_dir(path)) {
            *CQ_PUSH(in->arena, &in->articles) = path;
            *CQ_PUSH(in->arena, &in->below) = 0;
            continue;
        }
        in->folder = strlen(path) + (path[strlen(path) - 1] != '/');
        size_t before = in->articles.n;
        cq_err err = {0};
        if (!cq_dir_walk(path, visit, in, &err)) {
            cq_complain(&err);
            in->status = cq_worse_exit(in->status, CQ_EXIT_INPUT);
        } else if (in->articles.n == before) {
            fprintf(stderr, "calque: %s: no article there (.txt, .md, .html)\n", path);
        }
    }
}

// What stands for {name} in a template of paths; false when it means nothing.
static bool placeholder(cq_str path, size_t below, cq_str name, cq_str *out)
{
    size_t slash = path.n, dot;
    while (slash && path.p[slash - 1] != '/') slash--;
    cq_str file = cq_str_sub(path, slash, path.n);
    for (dot = file.n; dot && file.p[dot - 1] != '.';) dot--;
    if (!dot) dot = file.n + 1;
    if (cq_str_is(name, "path")) {
        *out = cq_str_sub(path, below, path.n);
    } else if (cq_str_is(name, "dir")) {
        *out = slash ? cq_str_sub(path, 0, slash - 1) : cq_str_of(".");
    } else if (cq_str_is(name, "name")) {
        *out = file;
    } else if (cq_str_is(name, "stem")) {
        static const cq_str LANGUAGES[] = {CQ_LIT(".fr"), CQ_LIT(".en")};
        *out = cq_str_sub(file, 0, dot - 1);
        for (size_t i = 0; i < CQ_COUNT(LANGUAGES); i++) {
            if (!cq_str_ends(*out, LANGUAGES[i])) continue;
            out->n -= LANGUAGES[i].n;
            break;
        }
    } else if (cq_str_is(name, "ext")) {
        *out = cq_str_sub(file, dot, file.n);
    } else {
        return false;
    }
    return true;
}

static const char *filled(cq_arena *a, cq_str template, cq_str path, size_t below)
{
    cq_str out = {0};
    for (size_t i = 0; i < template.n;) {
        cq_str rest = cq_str_sub(template, i, template.n), value;
        size_t close = rest.p[0] == '{' ? cq_str_find(rest, cq_str_of("}")) : SIZE_MAX;
        if (close != SIZE_MAX &&
            placeholder(path, below, cq_str_sub(rest, 1, close), &value)) {
            i += close + 1;
        } else {
            value = cq_str_sub(rest, 0, 1);
            i++;
        }
        out = cq_strf(a, "%.*s%.*s", CQ_PRI(out), CQ_PRI(value));
    }
    return cq_str_c(a, out);
}

// The source of each article. False: the flags do not fit what is checked.
static bool find_sources(const cq_settings *s, inputs *in, const char *const **out)
{
    *out = NULL;
    if (!s->source && !s->source_path) return true;
    if (s->source && in->articles.n != 1) {
        fputs("calque: --source is for one article; for many, --source-path\n", stderr);
        return false;
    }
    const char **sources = CQ_NEWN(in->arena, const char *, in->articles.n);
    for (size_t i = 0; i < in->articles.n; i++) {
        cq_str path = cq_str_of(in->articles.v[i]);
        sources[i] = s->source ? s->source
                               : filled(in->arena, cq_str_of(s->source_path), path,
                                        in->below.v[i]);
    }
    size_t missing = 0;
    for (size_t i = 0; i < in->articles.n; i++) {
        if (strcmp(sources[i], in->articles.v[i]) == 0) { // a source among the articles
            sources[i] = NULL;
            continue;
        }
        bool there = cq_path_exists(sources[i]) && !cq_path_is_dir(sources[i]);
        if (strcmp(sources[i], "-") == 0 || there) continue;
        if (missing++ < MISSING_SHOWN)
            fprintf(stderr, "calque: %s: there is no such source\n", sources[i]);
        in->status = cq_worse_exit(in->status, CQ_EXIT_INPUT);
    }
    if (missing > MISSING_SHOWN)
        fprintf(stderr, "calque: %zu more sources are missing\n",
                missing - MISSING_SHOWN);
    *out = sources;
    return true;
}

static unsigned processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    return (unsigned)CPU_COUNT(&set);
}

static unsigned width(const cq_settings *s)
{
    struct winsize size;
    unsigned w = s->width;
    if (!w && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) w = size.ws_col;
    if (!w) w = WIDTH_DEFAULT;
    if (w < WIDTH_MIN) return WIDTH_MIN;
    return w > WIDTH_MAX && !s->width ? WIDTH_MAX : w; // long lines are hard to read
}

static bool colored(const cq_settings *s)
{
    if (strcmp(s->color, "auto") != 0) return strcmp(s->color, "always") == 0;
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (no && *no) return false;
    return isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0;
}

static cq_fail_on fail_on(const cq_settings *s)
{
    int on = CQ_FAIL_ON_MUST_FIX;
    while (on < CQ_FAIL_ON_NEVER &&
           strcmp(cq_fail_on_name((cq_fail_on)on), s->fail_on) != 0) {
        on++;
    }
    return (cq_fail_on)on;
}

// Totals to the terminal, as far as the format has any, and to the --summary file.
static int finish(const cq_settings *s, const cq_jobs *jobs, const cq_totals *totals)
{
    int status = CQ_EXIT_OK;
    cq_buf out;
    cq_buf_init(&out, SIZE_MAX / 2);
    if (jobs->writer->end) jobs->writer->end(jobs->report, totals, &out);
    fwrite(out.p ? out.p : "", 1, out.n, stdout);
    if (s->summary) {
        cq_err err = {0};
        cq_buf_reset(&out);
        cq_write_summary(jobs->report, totals, &out);
        if (!cq_file_replace(s->summary, cq_buf_view(&out), &err)) {
            cq_complain(&err);
            status = CQ_EXIT_USAGE;
        }
    }
    cq_buf_free(&out);
    if (totals->by_status[CQ_FAILED]) status = cq_worse_exit(status, CQ_EXIT_INPUT);
    if (totals->gate_failed) status = cq_worse_exit(status, CQ_EXIT_GATE);
    return status;
}

int cq_command_check(cq_cli *cli)
{
    const cq_settings *s = &cli->settings;
    if (!cli->words.n) {
        fputs("calque: check what? Name articles, folders, or - for standard input.\n",
              stderr);
        return CQ_EXIT_USAGE;
    }
    inputs in = {.arena = cli->arena, .status = CQ_EXIT_OK};
    collect(&in, &cli->words);
    if (!in.articles.n) return CQ_EXIT_USAGE; // said of each folder
    const char *const *sources;
    if (!find_sources(s, &in, &sources)) return CQ_EXIT_USAGE;
    int status = in.status;
    cq_checker *checker = cq_cli_checker(cli, &status);
    if (!checker) return status;

    cq_report_options report = {.config_sha256 = cq_checker_config_sha256(checker),
                                .fail_on = fail_on(s),
                                .ui = s->ui,
                                .color = colored(s),
                                .width = width(s),
                                .suggest = s->suggest,
                                .alignment = s->alignment};
    report.packs_n = cq_checker_packs(checker, &report.packs);
    report.dictionaries_n = cq_checker_dictionaries(checker, &report.dictionaries);
    cq_jobs jobs = {.checker = checker,
                    .paths = in.articles.v,
                    .sources = sources,
                    .paths_n = in.articles.n,
                    .from = s->from,
                    .max_bytes = ARTICLE_MAX,
                    .jobs = s->jobs ? s->jobs : processors(),
                    .writer = cq_writer_find(cq_str_of(s->format)),
                    .report = &report};
    cq_totals totals;
    cq_totals_init(&totals, cli->arena);
    if (!cq_jobs_run(&jobs, &totals)) status = cq_worse_exit(status, CQ_EXIT_INPUT);
    status = cq_worse_exit(status, finish(s, &jobs, &totals));
    cq_checker_free(checker);
    return status;
}
