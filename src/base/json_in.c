// cJSON's tree, checked and copied into an arena; and the cutter that finds parts by
// their brackets and quotes alone.
#include "base/json_in.h"

#include <cJSON.h>

#include "base/map.h"
#include "base/utf8.h"

// Deep enough for any configuration; cJSON and the copy recurse once per level.
enum { DEPTH_MAX = 64 };

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static unsigned line_at(cq_str text, size_t at, unsigned line)
{
    for (size_t i = 0; i < at && i < text.n; i++) line += text.p[i] == '\n';
    return line;
}

static bool fail_at(cq_str text, size_t at, const char *path, unsigned line,
                    const char *what, cq_err *err)
{
    return cq_fail(err, CQ_ESYNTAX, path, line_at(text, at, line), "%s", what);
}

// What cJSON would let pass, or choke on. Knows strings and brackets, nothing else.
static bool check_bytes(cq_str text, const char *path, unsigned line, cq_err *err)
{
    size_t bad = cq_utf8_invalid(text);
    if (bad != SIZE_MAX) return fail_at(text, bad, path, line, "invalid UTF-8", err);
    bool in_string = false;
    size_t depth = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (!in_string) {
            in_string = c == '"';
            if ((c == '{' || c == '[') && ++depth > DEPTH_MAX) {
                return fail_at(text, i, path, line, "nested too deeply", err);
            }
            if (c == '}' || c == ']') depth -= depth > 0;
            if ((unsigned char)c < ' ' && !is_blank(c)) {
                return fail_at(text, i, path, line, "control character", err);
            }
        } else if ((unsigned char)c < ' ') {
            return fail_at(text, i, path, line,
                           "line break or control character in a string", err);
        } else if (c == '"') {
            in_string = false;
        } else if (c == '\\') {
            if (cq_str_starts(cq_str_sub(text, i, text.n), (cq_str)CQ_LIT("\\u0000"))) {
                return fail_at(text, i, path, line, "NUL character in a string", err);
            }
            i++; // an escaped quote ends nothing
        }
    }
    return true;
}

static cq_json_kind kind_of(const cJSON *c)
{
    if (cJSON_IsBool(c)) return CQ_JSON_BOOL;
    if (cJSON_IsNumber(c)) return CQ_JSON_NUMBER;
    if (cJSON_IsString(c)) return CQ_JSON_STRING;
    if (cJSON_IsArray(c)) return CQ_JSON_ARRAY;
    if (cJSON_IsObject(c)) return CQ_JSON_OBJECT;
    return CQ_JSON_NULL;
}

// False when an object below has a key twice; *twice is that key.
static bool copy(cq_arena *a, const cJSON *from, cq_json *to, cq_str *twice)
{
    to->kind = kind_of(from);
    to->truth = cJSON_IsTrue(from);
    to->number = to->kind == CQ_JSON_NUMBER ? from->valuedouble : 0;
    to->str = cq_str_of("");
    to->key = cq_str_of("");
    if (to->kind == CQ_JSON_STRING) {
        to->str = cq_str_copy(a, cq_str_of(from->valuestring));
    }
    if (from->string) to->key = cq_str_copy(a, cq_str_of(from->string));
    for (const cJSON *c = from->child; c; c = c->next) to->n++;
    if (!to->n) return true;
    cq_json *items = CQ_NEWN(a, cq_json, to->n);
    to->items = items;
    cq_map keys;
    cq_map_init(&keys, a);
    for (const cJSON *c = from->child; c; c = c->next) {
        if (!copy(a, c, items, twice)) return false;
        if (to->kind == CQ_JSON_OBJECT) {
            bool fresh;
            cq_map_put(&keys, items->key, &fresh);
            if (!fresh) {
                *twice = items->key;
                return false;
            }
        }
        items++;
    }
    return true;
}

const cq_json *cq_json_parse(cq_arena *a, cq_str text, const char *path, unsigned line,
                             cq_err *err)
{
    if (!check_bytes(text, path, line, err)) return NULL;
    const char *end = NULL;
    cJSON *root = cJSON_ParseWithLengthOpts(text.n ? text.p : "", text.n, &end, false);
    size_t at = end ? (size_t)(end - text.p) : 0;
    if (!root) {
        fail_at(text, at, path, line, "not valid JSON here", err);
        return NULL;
    }
    cq_json *out = CQ_NEW(a, cq_json);
    cq_str twice = {0};
    bool ok = copy(a, root, out, &twice);
    cJSON_Delete(root);
    if (!ok) {
        cq_fail(err, CQ_ESYNTAX, path, line_at(text, cq_str_find(text, twice), line),
                "key \"%.*s\" appears twice in one object", CQ_PRI(twice));
        return NULL;
    }
    while (at < text.n && is_blank(text.p[at])) at++;
    if (at < text.n) {
        fail_at(text, at, path, line, "text after the end of the JSON value", err);
        return NULL;
    }
    return out;
}

const cq_json *cq_json_get(const cq_json *object, const char *key)
{
    if (!cq_json_is(object, CQ_JSON_OBJECT)) return NULL;
    for (size_t i = 0; i < object->n; i++) {
        if (cq_str_is(object->items[i].key, key)) return &object->items[i];
    }
    return NULL;
}

bool cq_json_is(const cq_json *v, cq_json_kind kind) { return v && v->kind == kind; }

const char *cq_json_kind_name(cq_json_kind kind)
{
    static const char *const NAMES[] = {"null",     "true or false", "a number",
                                        "a string", "an array",      "an object"};
    return NAMES[kind];
}

// Cutting. A cursor over the text that keeps count of lines.
typedef struct {
    cq_str text;
    size_t at;
    unsigned line;
} cursor;

static int peek(const cursor *c)
{
    return c->at < c->text.n ? (unsigned char)c->text.p[c->at] : -1;
}

static void skip_blanks(cursor *c)
{
    while (c->at < c->text.n && is_blank(c->text.p[c->at])) {
        c->line += c->text.p[c->at] == '\n';
        c->at++;
    }
}

// Past the string that starts here; false when it does not end.
static bool skip_string(cursor *c)
{
    for (c->at++; c->at < c->text.n; c->at++) {
        char ch = c->text.p[c->at];
        c->line += ch == '\n';
        if (ch == '\\') {
            c->at++;
        } else if (ch == '"') {
            c->at++;
            return true;
        }
    }
    c->at = c->text.n;
    return false;
}

// Past the value that starts here, by balance of brackets alone. False when the text ends
// within it, or when there is none.
static bool skip_value(cursor *c)
{
    size_t depth = 0, start = c->at;
    while (c->at < c->text.n) {
        char ch = c->text.p[c->at];
        if (ch == '"') {
            if (!skip_string(c)) return false;
            if (depth == 0) return true;
            continue;
        }
        if (depth == 0 && (ch == ',' || ch == '}' || ch == ']' || is_blank(ch))) break;
        c->line += ch == '\n';
        c->at++;
        if (ch == '{' || ch == '[') depth++;
        if ((ch == '}' || ch == ']') && --depth == 0) return true;
    }
    return depth == 0 && c->at > start;
}

// One part: `"key": value` or `value`. False: *what tells.
static bool take_part(cq_arena *a, cursor *c, bool object, const char *path,
                      cq_json_part *out, const char **what, cq_err *err)
{
    out->key = cq_str_of("");
    if (object) {
        size_t start = c->at;
        *what = "a key in quotes was expected here";
        if (peek(c) != '"' || !skip_string(c)) return false;
        const cq_json *key =
            cq_json_parse(a, cq_str_sub(c->text, start, c->at), path, c->line, err);
        *what = NULL; // *err tells
        if (!key) return false;
        out->key = key->str;
        skip_blanks(c);
        *what = "':' was expected here";
        if (peek(c) != ':') return false;
        c->at++;
        skip_blanks(c);
    }
    size_t start = c->at;
    unsigned line = c->line;
    *what = "a value that ends was expected here";
    if (!skip_value(c)) {
        c->line = line; // where the value begins: its end was never found
        return false;
    }
    out->value = cq_str_sub(c->text, start, c->at);
    out->line = line;
    return true;
}

bool cq_json_split(cq_arena *a, cq_str text, cq_json_kind kind, const char *path,
                   unsigned line, cq_json_parts *out, cq_err *err)
{
    bool object = kind == CQ_JSON_OBJECT;
    int closing = object ? '}' : ']';
    cursor c = {.text = text, .line = line};
    cq_map keys;
    cq_map_init(&keys, a);
    CQ_VEC(cq_json_part) parts = {0};
    *out = (cq_json_parts){0};
    if (cq_str_starts(text, (cq_str)CQ_LIT("\xef\xbb\xbf"))) c.at = 3; // as cJSON does
    skip_blanks(&c);
    if (peek(&c) != (object ? '{' : '[')) {
        return cq_fail(err, CQ_ESYNTAX, path, c.line, "%s was expected here",
                       cq_json_kind_name(kind));
    }
    c.at++;
    skip_blanks(&c);
    while (peek(&c) != closing) {
        const char *what = NULL;
        cq_json_part part;
        if (!take_part(a, &c, object, path, &part, &what, err)) {
            if (!what) return false;
            return cq_fail(err, CQ_ESYNTAX, path, c.line, "%s", what);
        }
        bool fresh = true;
        if (object) cq_map_put(&keys, part.key, &fresh);
        if (!fresh) {
            return cq_fail(err, CQ_ESYNTAX, path, part.line,
                           "key \"%.*s\" appears twice in one object", CQ_PRI(part.key));
        }
        *CQ_PUSH(a, &parts) = part;
        *out = (cq_json_parts){parts.v, parts.n};
        skip_blanks(&c);
        if (peek(&c) == closing) break;
        if (peek(&c) != ',') {
            return cq_fail(err, CQ_ESYNTAX, path, c.line, "',' or '%c' was expected here",
                           closing);
        }
        c.at++;
        skip_blanks(&c);
        if (peek(&c) == closing) {
            return cq_fail(err, CQ_ESYNTAX, path, c.line, "',' before '%c'", closing);
        }
    }
    c.at++;
    skip_blanks(&c);
    if (c.at < text.n) {
        return cq_fail(err, CQ_ESYNTAX, path, c.line,
                       "text after the end of the JSON value");
    }
    return true;
}

const cq_json_part *cq_json_part_get(const cq_json_parts *parts, const char *key)
{
    for (size_t i = 0; i < parts->n; i++) {
        if (cq_str_is(parts->v[i].key, key)) return &parts->v[i];
    }
    return NULL;
}
