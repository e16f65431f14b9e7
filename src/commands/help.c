// calque help: help texts, the manual page and shell completions, all from the tables of
// commands and flags.
#include <stdio.h>

#include "commands/command.h"

enum { COLUMN = 26, WIDTH = 80 };

static const struct {
    const char *status, *means;
} EXITS[] = {
    {"0", "The gate passed: nothing that --fail-on names was found."},
    {"1", "It did not; of rules test: an example failed."},
    {"2",
     "Usage, configuration or rules are wrong, or no file matched. What can be checked "
     "still is."},
    {"3", "Some input could not be read or checked. The rest is still reported."},
};

static const struct {
    const char *name, *means;
} ENVIRONMENT[] = {
    {"CALQUE_DATA", "Where rules/ and dictionaries/ lie, unless --data says so."},
    {"NO_COLOR", "Not empty: no colours, unless --color=always."},
    {"XDG_CACHE_HOME", "Compiled rules and dictionaries are kept in calque/ there."},
    {"XDG_CONFIG_HOME", "Rule packs of the user lie in calque/rules/ there."},
};

static const struct {
    const char *name, *means;
} FILES[] = {
    {".calque.json", "Settings of a project, in the current folder or the nearest one "
                     "above. Its keys are "
                     "the long names of flags; paths are relative to it."},
};

// Adds text from `column` on, wrapped, `at` columns being used on the first line.
static void wrap(cq_buf *out, const char *text, size_t at, size_t column)
{
    cq_str rest = cq_str_of(text), word;
    while (cq_str_split(&rest, ' ', &word)) {
        if (at > column && at + 1 + word.n > WIDTH) {
            cq_buf_char(out, '\n');
            at = 0;
        } else if (at > column) {
            cq_buf_char(out, ' ');
            at++;
        }
        for (; at < column; at++) cq_buf_char(out, ' ');
        cq_buf_str(out, word);
        at += word.n;
    }
    cq_buf_char(out, '\n');
}

static void row(cq_buf *out, const char *name, const char *means)
{
    size_t start = out->n;
    cq_buf_f(out, "  %s", name);
    size_t used = out->n - start;
    if (used >= COLUMN) {
        cq_buf_char(out, '\n');
        used = 0;
    }
    wrap(out, means, used, COLUMN);
}

// "-j, --jobs N"
static void flag_name(const cq_flag *f, cq_buf *out)
{
    if (f->letter) cq_buf_f(out, "-%c, ", f->letter);
    cq_buf_f(out, "--%s", f->name);
    if (f->value) cq_buf_f(out, " %s", f->choices ? f->choices : f->value);
}

void cq_help_program(cq_buf *out)
{
    cq_buf_c(out, "calque checks machine-translated articles.\n\nusage: calque COMMAND "
                  "[FLAG...] [WORD...]\n\n");
    for (size_t i = 0; i < CQ_COMMANDS_N; i++) {
        row(out, CQ_COMMANDS[i].name, CQ_COMMANDS[i].help);
    }
    cq_buf_c(out, "\nTo begin: calque check article.md\n");
}

void cq_help_command(const cq_command *c, cq_buf *out)
{
    cq_buf name;
    cq_buf_init(&name, 1000);
    cq_buf_f(out, "usage: calque %s [FLAG...] %s\n\n%s\n", c->name, c->words, c->help);
    if (c->more) wrap(out, c->more, 0, 0);
    cq_buf_char(out, '\n');
    for (size_t i = 0; i < CQ_FLAGS_N; i++) {
        if (!cq_flag_known(&CQ_FLAGS[i], c->name)) continue;
        cq_buf_reset(&name);
        flag_name(&CQ_FLAGS[i], &name);
        row(out, name.p, CQ_FLAGS[i].help);
    }
    cq_buf_free(&name);
    cq_buf_c(out, "\nExit status:\n");
    for (size_t i = 0; i < CQ_COUNT(EXITS); i++) {
        row(out, EXITS[i].status, EXITS[i].means);
    }
}

// Text as troff wants it: no hyphen and no leading dot or quote with a meaning.
static void troff(cq_buf *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '-' || *p == '\\') cq_buf_char(out, '\\');
        if (p == text && (*p == '.' || *p == '\'')) cq_buf_c(out, "\\&");
        cq_buf_char(out, *p);
    }
}

static void troff_item(cq_buf *out, const char *name, const char *means)
{
    cq_buf_c(out, ".TP\n.B ");
    troff(out, name);
    cq_buf_char(out, '\n');
    troff(out, means);
    cq_buf_char(out, '\n');
}

static void troff_command(cq_buf *out, const cq_command *c)
{
    cq_buf name;
    cq_buf_init(&name, 1000);
    cq_buf_f(out, ".SS calque %s ", c->name);
    troff(out, c->words);
    cq_buf_char(out, '\n');
    troff(out, c->help);
    cq_buf_char(out, '\n');
    if (c->more) {
        cq_buf_c(out, ".PP\n");
        troff(out, c->more);
        cq_buf_char(out, '\n');
    }
    for (size_t i = 0; i < CQ_FLAGS_N; i++) {
        if (!cq_flag_known(&CQ_FLAGS[i], c->name)) continue;
        cq_buf_reset(&name);
        flag_name(&CQ_FLAGS[i], &name);
        troff_item(out, name.p, CQ_FLAGS[i].help);
    }
    cq_buf_free(&name);
}

static void man(cq_buf *out)
{
    cq_buf_c(out,
             ".TH CALQUE 1 \"\" \"calque " CQ_VERSION "\" \"User Commands\"\n"
             ".SH NAME\ncalque \\- check machine\\-translated articles\n"
             ".SH SYNOPSIS\n.B calque\n.I COMMAND\n[\\fIFLAG\\fR...] [\\fIWORD\\fR...]\n"
             ".SH DESCRIPTION\ncalque reads articles that were translated by a machine "
             "from English to French, says what is wrong with them and what to write "
             "instead. It works alone: without network, in a few milliseconds an "
             "article.\n.SH COMMANDS\n");
    for (size_t i = 0; i < CQ_COMMANDS_N; i++) troff_command(out, &CQ_COMMANDS[i]);
    cq_buf_c(out, ".SH EXIT STATUS\n");
    for (size_t i = 0; i < CQ_COUNT(EXITS); i++) {
        troff_item(out, EXITS[i].status, EXITS[i].means);
    }
    cq_buf_c(out, ".PP\nWhen several apply, 2 goes before 3, and 3 before 1.\n"
                  ".SH ENVIRONMENT\n");
    for (size_t i = 0; i < CQ_COUNT(ENVIRONMENT); i++) {
        troff_item(out, ENVIRONMENT[i].name, ENVIRONMENT[i].means);
    }
    cq_buf_c(out, ".SH FILES\n");
    for (size_t i = 0; i < CQ_COUNT(FILES); i++) {
        troff_item(out, FILES[i].name, FILES[i].means);
    }
    cq_buf_c(out,
             ".SH EXAMPLES\n.nf\ncalque check article.md\n"
             "calque check \\-\\-format jsonl \\-\\-summary totals.json content/\n"
             "curl \\-s https://example.org/a.html | calque check \\-\\-from html \\-\n"
             ".fi\n.SH SEE ALSO\n.BR calque (3),\n.BR hunspell (1)\n");
}

// Words for a shell: a flag's choices, separated by spaces.
static void spaced(cq_buf *out, const char *choices)
{
    for (const char *p = choices; *p; p++) cq_buf_char(out, *p == '|' ? ' ' : *p);
}

static void bash(cq_buf *out)
{
    cq_buf_c(out, "_calque()\n{\n    local cur=${COMP_WORDS[COMP_CWORD]} "
                  "prev=${COMP_WORDS[COMP_CWORD-1]} words=\n"
                  "    if [ \"$COMP_CWORD\" = 1 ]; then\n        words='");
    for (size_t i = 0; i < CQ_COMMANDS_N; i++) {
        cq_buf_f(out, "%s%s", i ? " " : "", CQ_COMMANDS[i].name);
    }
    cq_buf_c(out, "'\n    else\n        case $prev in\n");
    for (size_t i = 0; i < CQ_FLAGS_N; i++) {
        if (!CQ_FLAGS[i].choices) continue;
        cq_buf_f(out, "        --%s) words='", CQ_FLAGS[i].name);
        spaced(out, CQ_FLAGS[i].choices);
        cq_buf_c(out, "' ;;\n");
    }
    cq_buf_c(out, "        esac\n        case ${cur}:${COMP_WORDS[1]} in\n");
    for (size_t c = 0; c < CQ_COMMANDS_N; c++) {
        cq_buf_f(out, "        -*:%s) words='", CQ_COMMANDS[c].name);
        for (size_t i = 0; i < CQ_FLAGS_N; i++) {
            if (!cq_flag_known(&CQ_FLAGS[i], CQ_COMMANDS[c].name)) continue;
            cq_buf_f(out, "--%s ", CQ_FLAGS[i].name);
        }
        cq_buf_c(out, "' ;;\n");
    }
    cq_buf_c(out, "        esac\n    fi\n"
                  "    if [ -n \"$words\" ]; then\n"
                  "        COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
                  "    else\n        COMPREPLY=($(compgen -f -- \"$cur\"))\n    fi\n}\n"
                  "complete -o filenames -F _calque calque\n");
}

// Help texts within single quotes, for zsh (where brackets end a text) and fish.
static void quoted(cq_buf *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'') cq_buf_c(out, "'\\'");
        if (*p == '[' || *p == ']' || *p == ':') cq_buf_char(out, '\\');
        cq_buf_char(out, *p);
    }
}

static void zsh(cq_buf *out)
{
    cq_buf_c(out, "#compdef calque\n_calque() {\n  if (( CURRENT == 2 )); then\n"
                  "    local -a commands=(");
    for (size_t i = 0; i < CQ_COMMANDS_N; i++) {
        cq_buf_f(out, "\n      '%s:", CQ_COMMANDS[i].name);
        quoted(out, CQ_COMMANDS[i].help);
        cq_buf_char(out, '\'');
    }
    cq_buf_c(out, ")\n    _describe command commands\n    return\n  fi\n"
                  "  case $words[2] in\n");
    for (size_t c = 0; c < CQ_COMMANDS_N; c++) {
        cq_buf_f(out, "  %s) shift words; (( CURRENT-- ))\n    _arguments -s",
                 CQ_COMMANDS[c].name);
        for (size_t i = 0; i < CQ_FLAGS_N; i++) {
            const cq_flag *f = &CQ_FLAGS[i];
            if (!cq_flag_known(f, CQ_COMMANDS[c].name)) continue;
            cq_buf_f(out, " \\\n      '%s--%s%s[", f->kind == CQ_FLAG_LIST ? "*" : "",
                     f->name, f->value ? "=" : "");
            quoted(out, f->help);
            cq_buf_char(out, ']');
            if (f->value) cq_buf_f(out, ":%s:", f->value);
            if (f->choices) {
                cq_buf_char(out, '(');
                spaced(out, f->choices);
                cq_buf_char(out, ')');
            } else if (f->value && f->kind != CQ_FLAG_NUMBER) {
                cq_buf_c(out, "_files");
            }
            cq_buf_char(out, '\'');
        }
        cq_buf_c(out, " \\\n      '*:word:_files' ;;\n");
    }
    cq_buf_c(out, "  esac\n}\n_calque \"$@\"\n");
}

static void fish(cq_buf *out)
{
    for (size_t i = 0; i < CQ_COMMANDS_N; i++) {
        cq_buf_f(out, "complete -c calque -n __fish_use_subcommand -f -a %s -d '",
                 CQ_COMMANDS[i].name);
        quoted(out, CQ_COMMANDS[i].help);
        cq_buf_c(out, "'\n");
    }
    for (size_t i = 0; i < CQ_FLAGS_N; i++) {
        const cq_flag *f = &CQ_FLAGS[i];
        cq_buf_f(out, "complete -c calque -n '__fish_seen_subcommand_from %s' -l %s",
                 f->of, f->name);
        if (f->letter) cq_buf_f(out, " -s %c", f->letter);
        if (f->value) cq_buf_c(out, " -r");
        if (f->choices) {
            cq_buf_c(out, " -f -a '");
            spaced(out, f->choices);
            cq_buf_char(out, '\'');
        }
        cq_buf_c(out, " -d '");
        quoted(out, f->help);
        cq_buf_c(out, "'\n");
    }
}

static const struct {
    const char *name;
    void (*write)(cq_buf *out);
} GENERATED[] = {{"man", man}, {"bash", bash}, {"zsh", zsh}, {"fish", fish}};

int cq_command_help(cq_cli *cli)
{
    int status = CQ_EXIT_OK;
    cq_buf out;
    cq_buf_init(&out, 1 << 20);
    cq_str word = cq_str_of(cli->words.n ? cli->words.v[0] : "");
    const cq_command *c = cq_command_find(word);
    if (!word.n) {
        cq_help_program(&out);
    } else if (c) {
        cq_help_command(c, &out);
    } else {
        for (size_t i = 0; i < CQ_COUNT(GENERATED); i++) {
            if (cq_str_is(word, GENERATED[i].name)) GENERATED[i].write(&out);
        }
    }
    if (out.n) {
        fputs(out.p, stdout);
    } else {
        fprintf(stderr, "calque: no help on %s: name a command, man, bash, zsh or fish\n",
                word.p);
        status = CQ_EXIT_USAGE;
    }
    cq_buf_free(&out);
    return status;
}
