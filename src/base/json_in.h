// Reading JSON that people write: packs and configuration (cJSON behind it; this is its
// only caller). Strict where cJSON is not: duplicate keys, invalid UTF-8, NUL in a string
// and trailing text are errors, and an error names its line.
#ifndef CQ_BASE_JSON_IN_H
#define CQ_BASE_JSON_IN_H

#include "base/arena.h"
#include "base/err.h"

typedef enum {
    CQ_JSON_NULL,
    CQ_JSON_BOOL,
    CQ_JSON_NUMBER,
    CQ_JSON_STRING,
    CQ_JSON_ARRAY,
    CQ_JSON_OBJECT,
} cq_json_kind;

typedef struct cq_json {
    cq_json_kind kind;
    bool truth;                  // of a boolean
    double number;               // of a number
    cq_str str;                  // of a string
    cq_str key;                  // as a member of an object, else ""
    const struct cq_json *items; // of an array or object, in the order of the file
    size_t n;
} cq_json;

// Parses one whole value, copied into the arena. `path` and `line` (1-based, of the first
// byte of `text`) are for messages. NULL: see *err.
const cq_json *cq_json_parse(cq_arena *a, cq_str text, const char *path, unsigned line,
                             cq_err *err);

const cq_json *cq_json_get(const cq_json *object,
                           const char *key);          // NULL: no such member
bool cq_json_is(const cq_json *v, cq_json_kind kind); // false for NULL
const char *cq_json_kind_name(cq_json_kind kind);     // "a string", "an object", ...

// One member of an object, or item of an array (key ""), as it stands in the file.
typedef struct {
    cq_str key;
    cq_str value;  // its bytes, not yet parsed
    unsigned line; // of the value's first byte
} cq_json_part;

typedef struct {
    cq_json_part *v;
    size_t n;
} cq_json_parts;

// Cuts an object or array (which of them `kind` says) into its parts without looking into
// them, so that each can be parsed, and be wrong, on its own line. Parts of a broken file
// are those before the break: they are filled in even when false is returned.
bool cq_json_split(cq_arena *a, cq_str text, cq_json_kind kind, const char *path,
                   unsigned line, cq_json_parts *out, cq_err *err);
const cq_json_part *cq_json_part_get(const cq_json_parts *parts, const char *key);

#endif
