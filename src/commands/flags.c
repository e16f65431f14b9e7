// The table of flags, and its parser.
#include "commands/flags.h"

#include <stdlib.h>

enum { NUMBER_MAX = 1000000 };

#define AT(member) offsetof(cq_settings, member)

const cq_flag CQ_FLAGS[] = {
    {"format", 'f', CQ_FLAG_TEXT, "FORMAT", "text|json|jsonl", "check", true, false,
     AT(format),
     "How findings are written: for people, as one JSON report an article, or as one "
     "such "
     "report a line."},
    {"fail-on", 0, CQ_FLAG_TEXT, "TIER", "must-fix|check|polish|never", "check", true,
     false, AT(fail_on), "The least serious findings that make the exit status 1."},
    {"source", 's', CQ_FLAG_TEXT, "FILE", NULL, "check", false, false, AT(source),
     "The English that the article was translated from: it is checked against it."},
    {"source-path", 0, CQ_FLAG_TEXT, "TEMPLATE", NULL, "check", true, true,
     AT(source_path),
     "Where the source of each article lies, as in 'en/{path}' or "
     "'{dir}/{stem}.en.{ext}': "
     "{path} is the article's below the folder that is checked, {dir} its folder, {name} "
     "its name, {stem} that without its ending and language, {ext} the ending."},
    {"alignment", 0, CQ_FLAG_SWITCH, NULL, NULL, "check", true, false, AT(alignment),
     "Add to JSON reports which sentences of article and source belong together."},
    {"suggest", 0, CQ_FLAG_NUMBER, "N", NULL, "check", true, false, AT(suggest),
     "At most N corrections for a misspelt word; none for none (faster)."},
    {"jobs", 'j', CQ_FLAG_NUMBER, "N", NULL, "check", false, false, AT(jobs),
     "Articles checked at once. The output does not depend on it. By default one for "
     "each "
     "processor."},
    {"summary", 0, CQ_FLAG_TEXT, "FILE", NULL, "check", false, false, AT(summary),
     "Also write the totals of the run to FILE, as JSON."},
    {"ui", 0, CQ_FLAG_TEXT, "LANGUAGE", "fr|en", "check rules", true, false, AT(ui),
     "Language of messages. By default that of each article."},
    {"color", 0, CQ_FLAG_TEXT, "WHEN", "auto|always|never", "check", false, false,
     AT(color), "Colours in text. By default on a terminal, unless NO_COLOR is set."},
    {"width", 0, CQ_FLAG_NUMBER, "COLUMNS", NULL, "check", false, false, AT(width),
     "Where text is wrapped. By default the width of the terminal, or 80."},
    {"from", 0, CQ_FLAG_TEXT, "FORMAT", "text|markdown|html|po|tsv|jsonl|xliff|tmx",
     "check", false, false, AT(from),
     "Format of the articles. By default told from name and content."},
    {"all-text", 0, CQ_FLAG_SWITCH, NULL, NULL, "check", true, false, AT(all_text),
     "Check the furniture of pages too: menus, share buttons, footers."},
    {"dict", 0, CQ_FLAG_TEXT, "NAME", NULL, "check rules", true, false, AT(dict),
     "Hunspell dictionary, by name or path. By default fr."},
    {"spell", 0, CQ_FLAG_TEXT, "ENGINE", "table|hunspell", "check", true, false,
     AT(spell), "Ask the compiled table (the default), or libhunspell, about words."},
    {"rules", 'r', CQ_FLAG_LIST, "DIR", NULL, "check rules", true, true, AT(rules),
     "A folder of rule packs to add, above the built-in ones. May be repeated."},
    {"ignore", 0, CQ_FLAG_LIST, "RULE", NULL, "check", true, false, AT(ignore),
     "Leave out what this rule finds: its name as in JSON reports, or the beginning of "
     "it up to a slash, such as typography. May be repeated."},
    {"glossary", 0, CQ_FLAG_LIST, "FILE", NULL, "check", true, true, AT(glossaries),
     "Terms and their renderings: TBX, or CSV or TSV with the columns source, target, "
     "status "
     "and note. May be repeated."},
    {"no-user-rules", 0, CQ_FLAG_SWITCH, NULL, NULL, "check rules", true, false,
     AT(no_user_rules), "Leave out the packs in $XDG_CONFIG_HOME/calque/rules."},
    {"profile", 0, CQ_FLAG_TEXT, "NAME", NULL, "check rules", true, false, AT(profile),
     "Also run the rules of this profile, such as strict."},
    {"style", 0, CQ_FLAG_TEXT, "STYLE", "consistent|strict", "check rules", true, false,
     AT(style),
     "Typography: report what is wrong in any style or mixed within the article (the "
     "default), or all that departs from the strict rules."},
    {"region", 0, CQ_FLAG_TEXT, "REGION", "fr-FR|fr-CA|fr-BE|fr-CH", "check rules", true,
     false, AT(region), "Whose French it is. By default fr-FR."},
    {"config", 0, CQ_FLAG_TEXT, "FILE", NULL, "check rules", false, false, AT(config),
     "Read settings from FILE instead of the nearest .calque.json."},
    {"no-config", 0, CQ_FLAG_SWITCH, NULL, NULL, "check rules", false, false,
     AT(no_config), "Read no configuration file."},
    {"cache", 0, CQ_FLAG_TEXT, "DIR", NULL, "check rules", false, false, AT(cache),
     "Where compiled data is kept; none to keep nothing. By default "
     "$XDG_CACHE_HOME/calque."},
    {"data", 0, CQ_FLAG_TEXT, "DIR", NULL, "check rules", false, false, AT(data),
     "Where rules/ and dictionaries/ lie. By default $CALQUE_DATA, else as installed."},
    {"verbose", 'v', CQ_FLAG_SWITCH, NULL, NULL, "rules", false, false, AT(verbose),
     "rules test: list every pattern that no example fires, not how many."},
    {"help", 'h', CQ_FLAG_SWITCH, NULL, NULL, "check rules help version", false, false,
     AT(help), "Show this help."},
};
const size_t CQ_FLAGS_N = CQ_COUNT(CQ_FLAGS);

cq_settings cq_settings_default(void)
{
    return (cq_settings){
        .format = "text",
        .fail_on = "must-fix",
        .color = "auto",
        .spell = "table",
        .suggest = 3,
    };
}

bool cq_flag_known(const cq_flag *f, const char *command)
{
    cq_str rest = cq_str_of(f->of), name;
    while (cq_str_split(&rest, ' ', &name)) {
        if (cq_str_is(name, command)) return true;
    }
    return false;
}

static const cq_flag *find(const char *command, cq_str name, char letter)
{
    for (size_t i = 0; i < CQ_FLAGS_N; i++) {
        const cq_flag *f = &CQ_FLAGS[i];
        bool named = letter ? f->letter == letter : cq_str_is(name, f->name);
        if (named && cq_flag_known(f, command)) return f;
    }
    return NULL;
}

static bool set_number(const cq_flag *f, const char *value, unsigned *out, cq_err *err)
{
    *out = 0;
    if (strcmp(value, "none") == 0) return true;
    for (const char *p = value; *p; p++) {
        if (!cq_is_digit(*p) || *out > NUMBER_MAX) {
            return cq_fail(err, CQ_EUSAGE, NULL, 0,
                           "--%s wants a number up to %d or none, not \"%s\"", f->name,
                           NUMBER_MAX, value);
        }
        *out = *out * 10 + (unsigned)(*p - '0');
    }
    if (!*value) return cq_fail(err, CQ_EUSAGE, NULL, 0, "--%s wants a number", f->name);
    return true;
}

static bool is_choice(const char *choices, const char *value)
{
    cq_str rest = cq_str_of(choices), one;
    while (cq_str_split(&rest, '|', &one)) {
        if (cq_str_is(one, value)) return true;
    }
    return false;
}

bool cq_flag_set(cq_arena *a, const cq_flag *f, const char *value, cq_settings *s,
                 cq_err *err)
{
    void *to = (char *)s + f->at;
    if (f->choices && !is_choice(f->choices, value)) {
        return cq_fail(err, CQ_EUSAGE, NULL, 0, "--%s is one of %s, not \"%s\"", f->name,
                       f->choices, value);
    }
    switch (f->kind) {
    case CQ_FLAG_SWITCH:
        *(bool *)to = strcmp(value, "false") != 0;
        return true;
    case CQ_FLAG_TEXT:
        *(const char **)to = value;
        return true;
    case CQ_FLAG_NUMBER:
        return set_number(f, value, to, err);
    case CQ_FLAG_LIST:
        *CQ_PUSH(a, (cq_paths *)to) = value;
        return true;
    }
    return false;
}

static bool unknown(const char *command, const char *word, cq_err *err)
{
    return cq_fail(err, CQ_EUSAGE, NULL, 0, "no such flag: %s (see calque %s --help)",
                   word, command);
}

// "--name", "--name=value", "--name value". *i is moved past what is used.
static bool parse_long(cq_arena *a, const char *command, int argc, char **argv, int *i,
                       cq_settings *s, cq_err *err)
{
    const char *word = argv[*i];
    const char *equals = strchr(word, '=');
    cq_str name = {word + 2, equals ? (size_t)(equals - word) - 2 : strlen(word) - 2};
    const cq_flag *f = find(command, name, 0);
    if (!f) return unknown(command, word, err);
    if (f->kind == CQ_FLAG_SWITCH) {
        if (!equals) return cq_flag_set(a, f, "true", s, err);
        return cq_fail(err, CQ_EUSAGE, NULL, 0, "--%s takes no value", f->name);
    }
    if (!equals && *i + 1 == argc) {
        return cq_fail(err, CQ_EUSAGE, NULL, 0, "--%s wants a value: %s", f->name,
                       f->value);
    }
    return cq_flag_set(a, f, equals ? equals + 1 : argv[++*i], s, err);
}

// "-h", "-j4", "-j 4". Switches cannot be bundled: there is only one.
static bool parse_short(cq_arena *a, const char *command, int argc, char **argv, int *i,
                        cq_settings *s, cq_err *err)
{
    const char *word = argv[*i];
    const cq_flag *f = find(command, (cq_str){0}, word[1]);
    if (!f || (f->kind == CQ_FLAG_SWITCH && word[2])) return unknown(command, word, err);
    if (f->kind == CQ_FLAG_SWITCH) return cq_flag_set(a, f, "true", s, err);
    if (word[2]) return cq_flag_set(a, f, word + 2, s, err);
    if (*i + 1 == argc) {
        return cq_fail(err, CQ_EUSAGE, NULL, 0, "-%c wants a value: %s", f->letter,
                       f->value);
    }
    return cq_flag_set(a, f, argv[++*i], s, err);
}

bool cq_flags_parse(cq_arena *a, const char *command, int argc, char **argv,
                    cq_settings *s, cq_paths *rest, cq_err *err)
{
    bool flags = true; // until "--"
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        bool ok = true;
        if (flags && strcmp(word, "--") == 0) {
            flags = false;
        } else if (!flags || word[0] != '-' || !word[1]) {
            *CQ_PUSH(a, rest) = word;
        } else if (word[1] == '-') {
            ok = parse_long(a, command, argc, argv, &i, s, err);
        } else {
            ok = parse_short(a, command, argc, argv, &i, s, err);
        }
        if (!ok) return false;
    }
    return true;
}
