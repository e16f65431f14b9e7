// calque: the commands, and how one of them is started.
#include <signal.h>
#include <stdio.h>

#include "commands/command.h"

const cq_command CQ_COMMANDS[] = {
    {"check", "PATH...", "Say what is wrong with articles, and what to write instead.",
     "Each PATH is an article (plain text, Markdown or HTML), a folder that is searched "
     "for articles, or - for standard input. Findings go to standard output, troubles of "
     "the program itself to standard error.",
     cq_command_check},
    {"help", "[COMMAND|man|bash|zsh|fish]",
     "Show help, the manual page, or completions for a shell.", NULL, cq_command_help},
    {"rules", "test|list|explain|measure [WORD...]",
     "Test, list and explain rules, or count what they find.",
     "test [PACK...] runs the examples of all rules, or of some packs, against the whole "
     "set. list names the rules. explain RULE... shows what a rule looks for and says. "
     "measure PATH... counts the hits of each rule for 100,000 words, to be run over "
     "good "
     "French.",
     cq_command_rules},
    {"version", "", "Show the version.", NULL, cq_command_version},
};
const size_t CQ_COMMANDS_N = CQ_COUNT(CQ_COMMANDS);

const cq_command *cq_command_find(cq_str name)
{
    for (size_t i = 0; i < CQ_COMMANDS_N; i++) {
        if (cq_str_is(name, CQ_COMMANDS[i].name)) return &CQ_COMMANDS[i];
    }
    return NULL;
}

// Configuration first, then flags over it. Flags are parsed twice, because they say which
// configuration file to read.
static bool read_settings(cq_cli *cli, const cq_command *c, int argc, char **argv,
                          cq_err *err)
{
    cli->settings = cq_settings_default();
    cq_settings first = cli->settings;
    cq_paths ignored = {0};
    if (!cq_flags_parse(cli->arena, c->name, argc, argv, &first, &ignored, err)) {
        return false;
    }
    const char *path = first.config;
    if (!path && !first.no_config) path = cq_config_find(cli->arena);
    if (path && !cq_config_read(cli->arena, path, &cli->settings, err)) {
        cq_complain(err);
        cli->misconfigured = true;
        cli->settings = cq_settings_default();
    }
    return cq_flags_parse(cli->arena, c->name, argc, argv, &cli->settings, &cli->words,
                          err);
}

static int run(cq_cli *cli, int argc, char **argv)
{
    cq_buf help;
    cq_buf_init(&help, 1 << 20);
    cq_str word = cq_str_of(argc > 1 ? argv[1] : "");
    if (cq_str_is(word, "--help") || cq_str_is(word, "-h")) word = cq_str_of("help");
    if (cq_str_is(word, "--version")) word = cq_str_of("version");
    const cq_command *c = cq_command_find(word);
    if (!c) {
        cq_help_program(&help);
        if (argc > 1) fprintf(stderr, "calque: no such command: %s\n\n", argv[1]);
        fputs(help.p, stderr);
        cq_buf_free(&help);
        return CQ_EXIT_USAGE;
    }
    cq_err err = {0};
    if (!read_settings(cli, c, argc - 2, argv + 2, &err)) {
        cq_complain(&err);
        return CQ_EXIT_USAGE;
    }
    if (cli->settings.help) {
        cq_help_command(c, &help);
        fputs(help.p, stdout);
        cq_buf_free(&help);
        return CQ_EXIT_OK;
    }
    int status = c->run(cli);
    return cli->misconfigured ? cq_worse_exit(status, CQ_EXIT_USAGE) : status;
}

int main(int argc, char **argv)
{
    signal(SIGXFSZ, SIG_IGN); // a full quota is a message, not a death
    cq_cli cli = {.arena = cq_arena_new()};
    int status = run(&cli, argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("calque: cannot write to standard output");
        status = cq_worse_exit(status, CQ_EXIT_INPUT);
    }
    cq_arena_free(cli.arena);
    return status;
}
