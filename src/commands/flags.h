// The command line: every flag is one row of a table. Parsing, configuration files, help,
// the manual page and shell completions all read that table.
#ifndef CQ_COMMANDS_FLAGS_H
#define CQ_COMMANDS_FLAGS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

typedef CQ_VEC(const char *) cq_paths;

// What the flags of all commands set; the table says where each one goes.
typedef struct {
    bool help;
    // What is checked, and how.
    const char *source, *source_path;
    const char *from, *dict, *spell, *profile, *style, *region, *ui, *cache, *data;
    cq_paths rules, ignore, glossaries;
    bool all_text, no_user_rules;
    unsigned suggest;
    // What is reported.
    const char *format, *fail_on, *color, *summary;
    bool alignment;
    unsigned width; // 0: that of the terminal
    unsigned jobs;  // 0: one for each processor
    // Where else settings come from.
    const char *config;
    bool no_config;
    bool verbose;
} cq_settings;

typedef enum {
    CQ_FLAG_SWITCH,
    CQ_FLAG_TEXT,   // any text, or one of `choices`
    CQ_FLAG_NUMBER, // "none" is 0
    CQ_FLAG_LIST,   // may be given several times
} cq_flag_kind;

typedef struct {
    const char *name; // long, without dashes; also the key in a configuration file
    char letter;      // short form, or 0
    cq_flag_kind kind;
    const char *value;   // how help calls its value; NULL for a switch
    const char *choices; // "a|b|c", or NULL
    const char *of;      // the commands that know it: "check rules"
    bool config;         // also a key of the configuration file
    bool path;           // relative to the configuration file that sets it
    size_t at;           // offset in cq_settings
    const char *help;
} cq_flag;

extern const cq_flag CQ_FLAGS[];
extern const size_t CQ_FLAGS_N;

cq_settings cq_settings_default(void);

// Reads the words after the command's name: flags into *s, the others into *rest.
bool cq_flags_parse(cq_arena *a, const char *command, int argc, char **argv,
                    cq_settings *s, cq_paths *rest, cq_err *err);

// Sets one flag from text, as the command line and configuration files do.
bool cq_flag_set(cq_arena *a, const cq_flag *f, const char *value, cq_settings *s,
                 cq_err *err);
bool cq_flag_known(const cq_flag *f, const char *command);

#endif
