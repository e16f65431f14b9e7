// One rule pack as its author wrote it: JSON read into plain structs, each member checked
// for kind and value. Patterns are still strings; phrase.h, pattern.h and regex.h read
// those.
#ifndef CQ_RULES_PACK_H
#define CQ_RULES_PACK_H

#include "base/arena.h"
#include "base/err.h"
#include "calque.h"
#include "rules/rules.h"

typedef struct {
    const cq_str *v;
    size_t n;
} cq_strs;

typedef struct {
    cq_str fr, en; // "": not given
} cq_wording;

typedef enum { CQ_NEAR_SENTENCE, CQ_NEAR_PARAGRAPH, CQ_NEAR_ARTICLE } cq_near_within;

typedef struct {
    cq_strs any, none;
    cq_near_within within;
} cq_near_def;

typedef struct {
    const cq_near_def *v;
    size_t n;
} cq_nears;

typedef struct {
    cq_str text; // with the finding in [brackets] in a bad one
    cq_str source, fixed;
} cq_rule_example;

typedef struct {
    const cq_rule_example *v;
    size_t n;
} cq_rule_examples;

typedef struct {
    cq_str id; // without the pack's name
    unsigned line;
    cq_rule_kind kind;
    cq_strs patterns;
    cq_strs source, topic, unless, suggest, refs, aliases;
    cq_strs region; // none: everywhere
    cq_nears near;
    uint32_t blocks; // bit set of cq_block_kind where it holds
    bool needs_source, literal;
    cq_str profile, mark, category, since;
    cq_severity severity;
    cq_confidence confidence;
    int priority;
    cq_wording message, advice, note;
    cq_rule_examples bad, good;
} cq_rule_def;

typedef struct {
    cq_str name;
    cq_strs words;
    unsigned line;
} cq_class_def;

typedef struct {
    const char *path;
    cq_str name;
    const cq_rule_def *rules;
    size_t rules_n;
    const cq_class_def *classes;
    size_t classes_n;
    cq_class_def topic; // name "": the pack defines none
} cq_pack;

typedef CQ_VEC(cq_err) cq_problems;

// Reads what can be read of a pack; what cannot is added to `problems`, with its line.
// Everything lies in `a`. `name` is what the pack must call itself.
void cq_pack_parse(cq_arena *a, const char *path, cq_str name, cq_str text, cq_pack *out,
                   cq_problems *problems);

// The pack files below a layer's folder, sorted by name: *.json but *schema.json.
bool cq_pack_files(cq_arena *a, const char *dir, cq_strs *paths, cq_err *err);
// The name of the pack that a file holds: its path below dir, without ".json".
cq_str cq_pack_name(cq_arena *a, const char *dir, cq_str path);

enum { CQ_PACK_MAX = 32 << 20 }; // bytes of a pack file

#endif
