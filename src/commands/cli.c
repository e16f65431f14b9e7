// What the commands share: saying what is wrong, and making the checker.
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "commands/command.h"

enum { PROBLEMS_SHOWN = 10 };

void cq_complain(const cq_err *err)
{
    char text[1200];
    fprintf(stderr, "calque: %s\n", cq_err_text(err, text, sizeof text));
}

int cq_worse_exit(int a, int b)
{
    static const int CONCERN[] = {
        [CQ_EXIT_OK] = 0, [CQ_EXIT_GATE] = 1, [CQ_EXIT_INPUT] = 2, [CQ_EXIT_USAGE] = 3};
    return CONCERN[a] > CONCERN[b] ? a : b;
}

// The folder with rules/ and dictionaries/: as asked for, else the source tree for a
// program in its build folder, else beside the program as installed. NULL: the library's
// own choice.
static const char *data_dir(cq_cli *cli)
{
    if (cli->settings.data) return cli->settings.data;
    const char *env = getenv("CALQUE_DATA");
    if (env && *env) return env;
    char exe[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe);
    if (n <= 0 || (size_t)n == sizeof exe) return NULL;
    cq_str path = {exe, (size_t)n};
    if (cq_str_starts(path, cq_str_of(CALQUE_BUILD_DIR "/"))) return CALQUE_SOURCE_DIR;
    for (int up = 0; up < 2 && path.n; up++) {
        while (path.n && path.p[path.n - 1] != '/') path.n--;
        if (path.n) path.n--;
    }
    const char *dir =
        cq_str_c(cli->arena, cq_path_join(cli->arena, path, cq_str_of("share/calque")));
    return cq_path_is_dir(dir) ? dir : NULL;
}

cq_checker *cq_cli_checker(cq_cli *cli, int *status)
{
    const cq_settings *s = &cli->settings;
    bool no_cache = s->cache && strcmp(s->cache, "none") == 0;
    cq_options options = {
        .data_dir = data_dir(cli),
        .dictionary = s->dict,
        .cache_dir = no_cache ? "" : s->cache,
        .rule_dirs = s->rules.v,
        .rule_dirs_n = s->rules.n,
        .ignore = s->ignore.v,
        .ignore_n = s->ignore.n,
        .glossaries = s->glossaries.v,
        .glossaries_n = s->glossaries.n,
        .no_user_rules = s->no_user_rules,
        .spell_hunspell = strcmp(s->spell, "hunspell") == 0,
        .ui = s->ui,
        .profile = s->profile,
        .style = s->style,
        .region = s->region,
        .all_text = s->all_text,
        .suggest = s->suggest,
        .alignment = s->alignment,
        .follow_source = true,
    };
    cq_error error = {0};
    cq_checker *checker = cq_checker_new(&options, &error);
    if (!checker) {
        fprintf(stderr, "calque: %s\n", error.message);
        *status = CQ_EXIT_USAGE;
        return NULL;
    }
    size_t problems = cq_checker_problems(checker);
    for (size_t i = 0; i < problems && i < PROBLEMS_SHOWN; i++) {
        fprintf(stderr, "calque: %s\n", cq_checker_problem(checker, i));
    }
    if (problems > PROBLEMS_SHOWN) {
        fprintf(stderr, "calque: and %zu more; calque rules test shows all\n",
                problems - PROBLEMS_SHOWN);
    }
    if (problems) *status = cq_worse_exit(*status, CQ_EXIT_USAGE);
    return checker;
}
