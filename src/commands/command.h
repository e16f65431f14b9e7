// What every subcommand is: one file and one row of the table in main.c.
#ifndef CQ_COMMANDS_COMMAND_H
#define CQ_COMMANDS_COMMAND_H

#include "calque.h"
#include "commands/flags.h"

// Exit statuses. When several apply the higher concern wins: usage, then input, then
// gate.
enum { CQ_EXIT_OK = 0, CQ_EXIT_GATE = 1, CQ_EXIT_USAGE = 2, CQ_EXIT_INPUT = 3 };

typedef struct {
    cq_arena *arena; // of the process
    cq_settings settings;
    cq_paths words;     // what is not a flag
    bool misconfigured; // the configuration file is wrong: said already; exit status 2
} cq_cli;

typedef struct {
    const char *name;
    const char *words;       // how help calls what follows: "PATH..."
    const char *help;        // one line
    const char *more;        // paragraphs for its help and the manual, or NULL
    int (*run)(cq_cli *cli); // returns the exit status
} cq_command;

extern const cq_command CQ_COMMANDS[];
extern const size_t CQ_COMMANDS_N;
const cq_command *cq_command_find(cq_str name);

int cq_command_check(cq_cli *cli);
int cq_command_help(cq_cli *cli);
int cq_command_rules(cq_cli *cli);
int cq_command_version(cq_cli *cli);

// Says on standard error what went wrong: "calque: path:line: message".
void cq_complain(const cq_err *err);
int cq_worse_exit(int a, int b);

// Makes the checker that the settings ask for and says which rules are broken. NULL: it
// said why. *status becomes CQ_EXIT_USAGE where something is wrong.
cq_checker *cq_cli_checker(cq_cli *cli, int *status);

// Reads the configuration file that applies into s; flags given on the command line come
// after and win. False: it is wrong, nothing of it holds.
bool cq_config_read(cq_arena *a, const char *path, cq_settings *s, cq_err *err);
// The nearest .calque.json in the current folder or above it; NULL: there is none.
const char *cq_config_find(cq_arena *a);

void cq_help_program(cq_buf *out);
void cq_help_command(const cq_command *c, cq_buf *out);

#endif
