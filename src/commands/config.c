// .calque.json: the settings of a project. Its keys are the names of the flags that
// flags.c marks for it; its values go through the same checks.
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json_in.h"
#include "commands/command.h"

enum { CONFIG_MAX = 1 << 20 };

const char *cq_config_find(cq_arena *a)
{
    char *here = getcwd(NULL, 0);
    size_t above = 0;
    for (const char *p = here ? here : ""; *p; p++) above += *p == '/' && p[1];
    free(here); // getcwd's own
    cq_str path = cq_str_of(".calque.json");
    for (size_t i = 0; i <= above; i++) {
        if (cq_path_exists(path.p)) return path.p;
        path = cq_strf(a, "../%.*s", CQ_PRI(path));
    }
    return NULL;
}

// A path in the file is relative to it; a template that begins with the article's own
// path is not.
static const char *placed(cq_arena *a, const char *config, cq_str path)
{
    cq_str dir = cq_str_of(config);
    while (dir.n && dir.p[dir.n - 1] != '/') dir.n--;
    bool own = cq_str_starts(path, cq_str_of("/")) || cq_str_starts(path, cq_str_of("{"));
    if (!dir.n || own) return cq_str_c(a, path);
    return cq_str_c(a, cq_path_join(a, cq_str_sub(dir, 0, dir.n - 1), path));
}

static bool wrong_kind(const char *path, unsigned line, const cq_flag *f,
                       const char *wanted, cq_err *err)
{
    return cq_fail(err, CQ_ESYNTAX, path, line, "\"%s\" must be %s", f->name, wanted);
}

// One value as the text that the command line would give.
static bool set_value(cq_arena *a, const cq_flag *f, const cq_json *v, const char *path,
                      unsigned line, cq_settings *s, cq_err *err)
{
    static const struct {
        cq_json_kind kind;
        const char *name;
    } WANTED[] = {
        [CQ_FLAG_SWITCH] = {CQ_JSON_BOOL, "true or false"},
        [CQ_FLAG_TEXT] = {CQ_JSON_STRING, "a string"},
        [CQ_FLAG_NUMBER] = {CQ_JSON_NUMBER, "a whole number"},
        [CQ_FLAG_LIST] = {CQ_JSON_STRING, "an array of strings"},
    };
    if (v->kind != WANTED[f->kind].kind) {
        return wrong_kind(path, line, f, WANTED[f->kind].name, err);
    }
    const char *text = NULL;
    if (v->kind == CQ_JSON_BOOL) {
        text = v->truth ? "true" : "false";
    } else if (v->kind == CQ_JSON_NUMBER) {
        if (!(v->number >= 0 && v->number < 1e9) ||
            v->number != (double)(unsigned)v->number) {
            return wrong_kind(path, line, f, "a whole number", err);
        }
        text = cq_strf(a, "%u", (unsigned)v->number).p;
    } else {
        text = f->path ? placed(a, path, v->str) : cq_str_c(a, v->str);
    }
    cq_err inner = {0};
    if (cq_flag_set(a, f, text, s, &inner)) return true;
    return cq_fail(err, CQ_ESYNTAX, path, line, "%s", inner.message);
}

static bool set_member(cq_arena *a, const cq_json_part *part, const char *path,
                       cq_settings *s, cq_err *err)
{
    const cq_flag *f = NULL;
    for (size_t i = 0; i < CQ_FLAGS_N; i++) {
        if (CQ_FLAGS[i].config && cq_str_is(part->key, CQ_FLAGS[i].name)) {
            f = &CQ_FLAGS[i];
        }
    }
    if (!f) {
        return cq_fail(err, CQ_ESYNTAX, path, part->line, "no such setting: \"%.*s\"",
                       CQ_PRI(part->key));
    }
    const cq_json *v = cq_json_parse(a, part->value, path, part->line, err);
    if (!v) return false;
    if (f->kind != CQ_FLAG_LIST) return set_value(a, f, v, path, part->line, s, err);
    if (v->kind != CQ_JSON_ARRAY) {
        return wrong_kind(path, part->line, f, "an array of strings", err);
    }
    for (size_t i = 0; i < v->n; i++) {
        if (!set_value(a, f, &v->items[i], path, part->line, s, err)) return false;
    }
    return true;
}

bool cq_config_read(cq_arena *a, const char *path, cq_settings *s, cq_err *err)
{
    cq_str text;
    cq_json_parts parts;
    if (!cq_file_read(a, path, CONFIG_MAX, &text, err)) return false;
    if (!cq_json_split(a, text, CQ_JSON_OBJECT, path, 1, &parts, err)) return false;
    for (size_t i = 0; i < parts.n; i++) {
        if (cq_str_is(parts.v[i].key, "$schema")) continue; // for editors
        if (!set_member(a, &parts.v[i], path, s, err)) return false;
    }
    return true;
}
