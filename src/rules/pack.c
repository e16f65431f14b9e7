// Packs: one table of members says how each is read.
#include "rules/pack.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/file.h"
#include "base/json_in.h"
#include "base/map.h"

// What reading one rule needs at hand.
typedef struct {
    cq_arena *a;
    const char *path;
    unsigned line; // of the rule
    cq_err *err;
} context;

__attribute__((format(printf, 2, 3))) static bool fail(const context *c, const char *fmt,
                                                       ...)
{
    char text[400];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return cq_fail(c->err, CQ_ESYNTAX, c->path, c->line, "%s", text);
}

static bool fail_kind(const context *c, const cq_json *v, const char *want)
{
    return fail(c, "\"%.*s\" must be %s, not %s", CQ_PRI(v->key), want,
                cq_json_kind_name(v->kind));
}

static bool read_str(const context *c, const cq_json *v, cq_str *out)
{
    if (v->kind != CQ_JSON_STRING) return fail_kind(c, v, "a string");
    if (!cq_str_trim(v->str).n) return fail(c, "\"%.*s\" is empty", CQ_PRI(v->key));
    *out = v->str;
    return true;
}

// An array of strings; with `one`, also a single string.
static bool read_list(const context *c, const cq_json *v, bool one, cq_strs *out)
{
    if (one && v->kind == CQ_JSON_STRING) {
        cq_str *only = CQ_NEW(c->a, cq_str);
        *out = (cq_strs){only, 1};
        return read_str(c, v, only);
    }
    if (v->kind != CQ_JSON_ARRAY) {
        return fail_kind(c, v, one ? "a string or an array of strings" : "an array");
    }
    cq_str *list = CQ_NEWN(c->a, cq_str, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        if (v->items[i].kind != CQ_JSON_STRING || !cq_str_trim(v->items[i].str).n) {
            return fail(c, "\"%.*s\" holds something else than texts", CQ_PRI(v->key));
        }
        list[i] = v->items[i].str;
    }
    *out = (cq_strs){list, v->n};
    return true;
}

static bool read_strs(const context *c, const cq_json *v, void *out)
{
    return read_list(c, v, false, out);
}

static bool read_one_or_more(const context *c, const cq_json *v, void *out)
{
    cq_strs *list = out;
    if (!read_list(c, v, true, list)) return false;
    return list->n || fail(c, "\"%.*s\" is empty", CQ_PRI(v->key));
}

static bool read_line(const context *c, const cq_json *v, void *out)
{
    return read_str(c, v, out);
}

// One text for both languages, or an object of "fr" and "en".
static bool read_bilingual(const context *c, const cq_json *v, void *out)
{
    cq_wording *b = out;
    *b = (cq_wording){cq_str_of(""), cq_str_of("")};
    if (v->kind == CQ_JSON_STRING) {
        b->fr = b->en = v->str;
        return read_str(c, v, &b->fr);
    }
    if (v->kind != CQ_JSON_OBJECT) return fail_kind(c, v, "a string or an object");
    for (size_t i = 0; i < v->n; i++) {
        const cq_json *m = &v->items[i];
        bool fr = cq_str_is(m->key, "fr");
        if (!fr && !cq_str_is(m->key, "en")) {
            return fail(c, "\"%.*s\" knows \"fr\" and \"en\", not \"%.*s\"",
                        CQ_PRI(v->key), CQ_PRI(m->key));
        }
        if (!read_str(c, m, fr ? &b->fr : &b->en)) return false;
    }
    if (!b->fr.n) b->fr = b->en; // better one language than none
    if (!b->en.n) b->en = b->fr;
    return b->fr.n || fail(c, "\"%.*s\" is empty", CQ_PRI(v->key));
}

// The number of a word in a list that ends in NULL; -1: not there.
static int word_at(const char *const *words, cq_str word)
{
    for (int i = 0; words[i]; i++) {
        if (cq_str_is(word, words[i])) return i;
    }
    return -1;
}

static bool read_word(const context *c, const cq_json *v, const char *const *words,
                      int *out)
{
    cq_str s = {0};
    if (!read_str(c, v, &s)) return false;
    *out = word_at(words, s);
    return *out >= 0 || fail(c, "unknown %.*s \"%.*s\"", CQ_PRI(v->key), CQ_PRI(s));
}

static bool read_severity(const context *c, const cq_json *v, void *out)
{
    static const char *const WORDS[] = {"neutral", "minor", "major", "critical", NULL};
    int i;
    if (!read_word(c, v, WORDS, &i)) return false;
    *(cq_severity *)out = (cq_severity)i;
    return true;
}

static bool read_confidence(const context *c, const cq_json *v, void *out)
{
    static const char *const WORDS[] = {"low", "medium", "high", NULL};
    int i;
    if (!read_word(c, v, WORDS, &i)) return false;
    *(cq_confidence *)out = (cq_confidence)i;
    return true;
}

static bool read_category(const context *c, const cq_json *v, void *out)
{
    static const char *const WORDS[] = {
        // MQM 2.0
        "accuracy/mistranslation/overly-literal",
        "accuracy/mistranslation/false-friend",
        "accuracy/mistranslation/word-sense",
        "accuracy/mistranslation/entity",
        "accuracy/mistranslation/number",
        "accuracy/untranslated",
        "accuracy/no-translate",
        "accuracy/omission",
        "accuracy/addition",
        "terminology/termbase",
        "terminology/term-inconsistency",
        "linguistic-conventions/spelling",
        "linguistic-conventions/casing",
        "linguistic-conventions/agreement",
        "linguistic-conventions/grammar",
        "linguistic-conventions/unintelligible",
        "linguistic-conventions/duplication",
        "linguistic-conventions/typography",
        "locale-conventions/number-format",
        "locale-conventions/currency-format",
        "locale-conventions/date-format",
        "style/unidiomatic",
        "design-and-markup/markup",
        "design-and-markup/link",
        NULL,
    };
    int i;
    if (!read_word(c, v, WORDS, &i)) return false;
    *(cq_str *)out = cq_str_of(WORDS[i]);
    return true;
}

static bool read_needs(const context *c, const cq_json *v, void *out)
{
    static const char *const WORDS[] = {"source", NULL};
    int i;
    if (!read_word(c, v, WORDS, &i)) return false;
    *(bool *)out = true;
    return true;
}

static bool read_flag(const context *c, const cq_json *v, void *out)
{
    if (v->kind != CQ_JSON_BOOL) return fail_kind(c, v, "true or false");
    *(bool *)out = v->truth;
    return true;
}

static bool read_priority(const context *c, const cq_json *v, void *out)
{
    if (v->kind != CQ_JSON_NUMBER) return fail_kind(c, v, "a number");
    int i = v->number >= -100 && v->number <= 100 ? (int)v->number : 1000;
    if (i != v->number) return fail(c, "\"priority\" is a whole number, -100 to 100");
    *(int *)out = i;
    return true;
}

static bool read_region(const context *c, const cq_json *v, void *out)
{
    static const char *const WORDS[] = {"fr-FR", "fr-CA", "fr-BE", "fr-CH", NULL};
    cq_strs *list = out;
    if (!read_one_or_more(c, v, list)) return false;
    for (size_t i = 0; i < list->n; i++) {
        if (word_at(WORDS, list->v[i]) < 0) {
            return fail(c, "unknown region \"%.*s\"", CQ_PRI(list->v[i]));
        }
    }
    return true;
}

static const uint32_t ALL_BLOCKS = (1u << CQ_BLOCK_KINDS) - 1;

// Kinds where the rule holds; or, all with "!", where it does not.
static bool read_block(const context *c, const cq_json *v, void *out)
{
    cq_strs list;
    if (!read_one_or_more(c, v, &list)) return false;
    uint32_t in = 0, not_in = 0;
    for (size_t i = 0; i < list.n; i++) {
        bool not = list.v[i].p[0] == '!';
        cq_str name = cq_str_sub(list.v[i], not, list.v[i].n);
        int k = 0;
        while (k < CQ_BLOCK_KINDS && !cq_str_is(name, cq_block_kind_name(k))) k++;
        if (k == CQ_BLOCK_KINDS) return fail(c, "unknown block \"%.*s\"", CQ_PRI(name));
        *(not ? &not_in : &in) |= 1u << k;
    }
    *(uint32_t *)out = (in ? in : ALL_BLOCKS) & ~not_in;
    return true;
}

static bool read_near_one(const context *c, const cq_json *v, cq_near_def *out)
{
    static const char *const WITHIN[] = {"sentence", "paragraph", "article", NULL};
    if (v->kind != CQ_JSON_OBJECT) return fail(c, "\"near\" must be an object");
    for (size_t i = 0; i < v->n; i++) {
        const cq_json *m = &v->items[i];
        bool ok;
        if (cq_str_is(m->key, "any")) {
            ok = read_one_or_more(c, m, &out->any);
        } else if (cq_str_is(m->key, "none")) {
            ok = read_one_or_more(c, m, &out->none);
        } else if (cq_str_is(m->key, "within")) {
            int k = 0;
            ok = read_word(c, m, WITHIN, &k);
            out->within = (cq_near_within)k;
        } else {
            ok = fail(c, "\"near\" knows \"any\", \"none\" and \"within\", not \"%.*s\"",
                      CQ_PRI(m->key));
        }
        if (!ok) return false;
    }
    return out->any.n || out->none.n || fail(c, "\"near\" names no word");
}

static bool read_near(const context *c, const cq_json *v, void *out)
{
    bool array = v->kind == CQ_JSON_ARRAY;
    size_t n = array ? v->n : 1;
    cq_near_def *list = CQ_NEWN(c->a, cq_near_def, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!read_near_one(c, array ? &v->items[i] : v, &list[i])) return false;
    }
    *(cq_nears *)out = (cq_nears){list, n};
    return true;
}

static bool read_example(const context *c, const cq_json *v, bool bad,
                         cq_rule_example *out)
{
    *out = (cq_rule_example){cq_str_of(""), cq_str_of(""), cq_str_of("")};
    if (v->kind == CQ_JSON_STRING) {
        out->text = v->str;
    } else if (v->kind == CQ_JSON_OBJECT) {
        for (size_t i = 0; i < v->n; i++) {
            const cq_json *m = &v->items[i];
            cq_str *to = cq_str_is(m->key, "text")           ? &out->text
                         : cq_str_is(m->key, "source")       ? &out->source
                         : bad && cq_str_is(m->key, "fixed") ? &out->fixed
                                                             : NULL;
            if (!to)
                return fail(c, "unknown member \"%.*s\" in an example", CQ_PRI(m->key));
            if (!read_str(c, m, to)) return false;
        }
    } else {
        return fail(c, "an example is a string or an object");
    }
    if (!cq_str_trim(out->text).n) return fail(c, "an example has no text");
    bool open = false, closed = false;
    for (size_t i = 0; i < out->text.n; i++) {
        if (out->text.p[i] == '\\') {
            i++;
        } else if (out->text.p[i] == '[') {
            open = true;
        } else if (out->text.p[i] == ']') {
            closed = open;
        }
    }
    if (bad && !closed) return fail(c, "a bad example has no [finding]");
    return true;
}

static bool read_examples(const context *c, const cq_json *v, bool bad,
                          cq_rule_examples *out)
{
    if (v->kind != CQ_JSON_ARRAY) return fail_kind(c, v, "an array");
    cq_rule_example *list = CQ_NEWN(c->a, cq_rule_example, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        if (!read_example(c, &v->items[i], bad, &list[i])) return false;
    }
    *out = (cq_rule_examples){list, v->n};
    return true;
}

static bool read_bad(const context *c, const cq_json *v, void *out)
{
    return read_examples(c, v, true, out);
}

static bool read_good(const context *c, const cq_json *v, void *out)
{
    return read_examples(c, v, false, out);
}

static bool read_mark(const context *c, const cq_json *v, void *out)
{
    cq_str *s = out;
    if (!read_str(c, v, s)) return false;
    size_t parts = 1, run = 0;
    for (size_t i = 0; i < s->n; i++) {
        char ch = s->p[i];
        bool label = cq_is_alpha(ch) || cq_is_digit(ch);
        if (!label && (ch != '-' || !run || ++parts > 2)) run = 100;
        run = label ? run + 1 : run == 100 ? 100 : 0;
    }
    return (run > 0 && run <= 8 * parts) ||
           fail(c, "\"mark\" is a label, or two with a hyphen: \"1-3\"");
}

// How each member is read, and into what. Those for defaults may stand in "defaults".
enum { OWN, DEFAULT };
static const struct {
    const char *name;
    bool (*read)(const context *c, const cq_json *v, void *out);
    size_t at, size; // of the field
    int where;
} MEMBERS[] = {
#define FIELD(name) offsetof(cq_rule_def, name), sizeof(((cq_rule_def *)0)->name)
    {"phrase", read_one_or_more, FIELD(patterns), OWN}, // ORDER: cq_rule_kind
    {"tokens", read_one_or_more, FIELD(patterns), OWN},
    {"regex", read_one_or_more, FIELD(patterns), OWN},
    {"id", read_line, FIELD(id), OWN},
    {"source", read_one_or_more, FIELD(source), DEFAULT},
    {"needs", read_needs, FIELD(needs_source), DEFAULT},
    {"literal", read_flag, FIELD(literal), DEFAULT},
    {"near", read_near, FIELD(near), DEFAULT},
    {"topic", read_one_or_more, FIELD(topic), DEFAULT},
    {"unless", read_one_or_more, FIELD(unless), DEFAULT},
    {"block", read_block, FIELD(blocks), DEFAULT},
    {"region", read_region, FIELD(region), DEFAULT},
    {"profile", read_line, FIELD(profile), DEFAULT},
    {"mark", read_mark, FIELD(mark), DEFAULT},
    {"suggest", read_strs, FIELD(suggest), DEFAULT},
    {"message", read_bilingual, FIELD(message), DEFAULT},
    {"advice", read_bilingual, FIELD(advice), DEFAULT},
    {"note", read_bilingual, FIELD(note), DEFAULT},
    {"refs", read_strs, FIELD(refs), DEFAULT},
    {"category", read_category, FIELD(category), DEFAULT},
    {"severity", read_severity, FIELD(severity), DEFAULT},
    {"confidence", read_confidence, FIELD(confidence), DEFAULT},
    {"priority", read_priority, FIELD(priority), DEFAULT},
    {"since", read_line, FIELD(since), DEFAULT},
    {"aliases", read_strs, FIELD(aliases), OWN},
    {"bad", read_bad, FIELD(bad), OWN},
    {"good", read_good, FIELD(good), OWN},
#undef FIELD
};

// What a rule has when neither it nor the defaults say anything.
static cq_rule_def bare_rule(void)
{
    cq_str none = cq_str_of("");
    cq_wording no_text = {none, none};
    return (cq_rule_def){.id = none,
                         .blocks = ALL_BLOCKS,
                         .profile = none,
                         .mark = none,
                         .category = cq_str_of("style/unidiomatic"),
                         .since = none,
                         .severity = CQ_MINOR,
                         .confidence = CQ_MEDIUM,
                         .message = no_text,
                         .advice = no_text,
                         .note = no_text};
}

// Reads the members of `object` over what *r holds; null takes back what defaults gave.
static bool read_members(const context *c, const cq_json *object, bool defaults,
                         cq_rule_def *r)
{
    const cq_rule_def bare = bare_rule();
    if (object->kind != CQ_JSON_OBJECT) return fail(c, "an object was expected here");
    int kinds = 0;
    for (size_t i = 0; i < object->n; i++) {
        const cq_json *v = &object->items[i];
        size_t k = 0;
        while (k < CQ_COUNT(MEMBERS) && !cq_str_is(v->key, MEMBERS[k].name)) k++;
        if (k == CQ_COUNT(MEMBERS) || (defaults && MEMBERS[k].where == OWN)) {
            return fail(c, "unknown member \"%.*s\"%s", CQ_PRI(v->key),
                        defaults ? " in defaults" : "");
        }
        char *field = (char *)r + MEMBERS[k].at;
        if (v->kind == CQ_JSON_NULL && MEMBERS[k].where == DEFAULT) {
            memcpy(field, (const char *)&bare + MEMBERS[k].at, MEMBERS[k].size);
            continue;
        }
        if (!MEMBERS[k].read(c, v, field)) return false;
        if (k <= CQ_RULE_REGEX) {
            r->kind = (cq_rule_kind)k;
            kinds++;
        }
    }
    return defaults || kinds == 1 ||
           fail(c, "a rule has exactly one of \"phrase\", \"tokens\" and \"regex\"");
}

// Lower-case letters, digits, single hyphens.
static bool is_name(cq_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        bool inner = i > 0 && i + 1 < s.n && s.p[i - 1] != '-';
        if (!(ch >= 'a' && ch <= 'z') && !cq_is_digit(ch) && !(ch == '-' && inner)) {
            return false;
        }
    }
    return s.n > 0;
}

static bool read_rule(context *c, const cq_json_part *part, const cq_rule_def *defaults,
                      cq_rule_def *out)
{
    c->line = part->line;
    const cq_json *v = cq_json_parse(c->a, part->value, c->path, part->line, c->err);
    if (!v) return false;
    cq_rule_def r = *defaults;
    r.line = part->line;
    if (!read_members(c, v, false, &r)) return false;
    if (!r.id.n) return fail(c, "a rule has no \"id\"");
    if (!is_name(r.id)) {
        return fail(c, "id \"%.*s\": lower-case letters, digits and hyphens only",
                    CQ_PRI(r.id));
    }
    if (!r.message.fr.n) return fail(c, "rule %.*s has no \"message\"", CQ_PRI(r.id));
    if (!r.bad.n) return fail(c, "rule %.*s has no \"bad\" example", CQ_PRI(r.id));
    if (r.needs_source && !r.source.n) {
        return fail(c, "rule %.*s needs a source and names none", CQ_PRI(r.id));
    }
    *out = r;
    return true;
}

// Adds what went wrong, if anything, to the problems.
static bool note(cq_arena *a, cq_problems *problems, bool ok, const cq_err *err)
{
    if (!ok) *CQ_PUSH(a, problems) = *err;
    return ok;
}

static bool read_classes(context *c, const cq_json_part *part, cq_pack *out)
{
    c->line = part->line;
    const cq_json *v = cq_json_parse(c->a, part->value, c->path, part->line, c->err);
    if (!v) return false;
    if (v->kind != CQ_JSON_OBJECT) return fail(c, "\"classes\" must be an object");
    cq_class_def *list = CQ_NEWN(c->a, cq_class_def, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        const cq_json *m = &v->items[i];
        list[i] = (cq_class_def){.name = m->key, .line = part->line};
        if (!is_name(m->key)) {
            return fail(c, "class name \"%.*s\": lower-case letters, digits and hyphens",
                        CQ_PRI(m->key));
        }
        if (!read_list(c, m, false, &list[i].words)) return false;
        if (!list[i].words.n) return fail(c, "class %.*s is empty", CQ_PRI(m->key));
    }
    out->classes = list;
    out->classes_n = v->n;
    return true;
}

static bool read_topic(context *c, const cq_json_part *part, cq_pack *out)
{
    c->line = part->line;
    const cq_json *v = cq_json_parse(c->a, part->value, c->path, part->line, c->err);
    if (!v) return false;
    if (v->kind != CQ_JSON_OBJECT) return fail(c, "\"topic\" must be an object");
    cq_class_def topic = {.name = cq_str_of(""), .line = part->line};
    for (size_t i = 0; i < v->n; i++) {
        const cq_json *m = &v->items[i];
        bool ok;
        if (cq_str_is(m->key, "id")) {
            ok = read_str(c, m, &topic.name);
        } else if (cq_str_is(m->key, "triggers")) {
            ok = read_list(c, m, false, &topic.words);
        } else {
            ok = fail(c, "unknown member \"%.*s\" in \"topic\"", CQ_PRI(m->key));
        }
        if (!ok) return false;
    }
    if (!is_name(topic.name)) return fail(c, "a topic needs an \"id\"");
    if (topic.words.n < 2) return fail(c, "a topic needs two \"triggers\" or more");
    out->topic = topic;
    return true;
}

static bool known_member(cq_str key)
{
    static const char *const KNOWN[] = {"$schema", "pack",    "title",   "description",
                                        "origin",  "licence", "classes", "topic",
                                        "rules",   "defaults"};
    return CQ_IN(KNOWN, key);
}

// One rule being read into a pack that grows.
typedef struct {
    context *c;
    const cq_rule_def *defaults;
    cq_problems *problems;
    cq_map ids; // -> line
    CQ_VEC(cq_rule_def) rules;
} rule_reader;

static bool add_rule(rule_reader *r, const cq_json_part *slice)
{
    cq_rule_def rule;
    if (!read_rule(r->c, slice, r->defaults, &rule)) return false;
    bool fresh;
    uint32_t *line = cq_map_put(&r->ids, rule.id, &fresh);
    if (!fresh) {
        return fail(r->c, "id \"%.*s\" is already that of line %u", CQ_PRI(rule.id),
                    *line);
    }
    *line = rule.line;
    *CQ_PUSH(r->c->a, &r->rules) = rule;
    return true;
}

// What a missing quote or bracket leaves of the file is read a line at a time, in the
// hope of one rule a line. Lines that are no rule are named; so is the break itself, when
// nothing else is.
static void add_lines(rule_reader *r, cq_str text, unsigned line, const cq_err *broken)
{
    size_t before = r->problems->n;
    cq_str one;
    for (; cq_str_split(&text, '\n', &one); line++) {
        one = cq_str_trim(one);
        if (one.n && one.p[one.n - 1] == ',')
            one = cq_str_trim(cq_str_sub(one, 0, one.n - 1));
        if (one.n < 2 || one.p[0] != '{' || one.p[one.n - 1] != '}') continue;
        cq_json_part slice = {cq_str_of(""), one, line};
        note(r->c->a, r->problems, add_rule(r, &slice), r->c->err);
    }
    if (r->problems->n == before) note(r->c->a, r->problems, false, broken);
}

static void read_rules(context *c, const cq_json_part *part, const cq_rule_def *defaults,
                       cq_pack *out, cq_problems *problems)
{
    rule_reader r = {.c = c, .defaults = defaults, .problems = problems};
    cq_map_init(&r.ids, c->a);
    cq_json_parts slices;
    bool whole = cq_json_split(c->a, part->value, CQ_JSON_ARRAY, c->path, part->line,
                               &slices, c->err);
    cq_err broken = *c->err;
    const char *read_to = part->value.p;
    unsigned line = part->line;
    for (size_t i = 0; i < slices.n; i++) {
        const cq_json_part *slice = &slices.v[i];
        read_to = slice->value.p + slice->value.n;
        line = slice->line;
        for (size_t k = 0; k < slice->value.n; k++) line += slice->value.p[k] == '\n';
        if (add_rule(&r, slice)) continue;
        cq_err err = *c->err;
        cq_err unused;
        if (line > slice->line &&
            !cq_json_parse(c->a, slice->value, c->path, slice->line, &unused)) {
            add_lines(&r, slice->value, slice->line, &err);
        } else {
            note(c->a, problems, false, &err);
        }
    }
    if (!whole) {
        size_t at = (size_t)(read_to - part->value.p);
        add_lines(&r, cq_str_sub(part->value, at, part->value.n), line, &broken);
    }
    out->rules = r.rules.v;
    out->rules_n = r.rules.n;
}

// The array of rules in a file that is cut off or broken within it.
static bool find_broken_rules(cq_str text, cq_json_part *out)
{
    static const char KEY[] = "\"rules\"";
    size_t at = cq_str_find(text, cq_str_of(KEY));
    if (at == SIZE_MAX) return false;
    at += sizeof KEY - 1;
    while (at < text.n && (cq_is_space(text.p[at]) || text.p[at] == ':')) at++;
    if (at >= text.n || text.p[at] != '[') return false;
    unsigned line = 1;
    for (size_t i = 0; i < at; i++) line += text.p[i] == '\n';
    *out = (cq_json_part){cq_str_of("rules"), cq_str_sub(text, at, text.n), line};
    return true;
}

void cq_pack_parse(cq_arena *a, const char *path, cq_str name, cq_str text, cq_pack *out,
                   cq_problems *problems)
{
    cq_err err;
    context c = {.a = a, .path = path, .line = 1, .err = &err};
    *out = (cq_pack){.path = path, .name = name, .topic.name = cq_str_of("")};
    cq_json_parts top;
    cq_json_part rules;
    bool whole = cq_json_split(a, text, CQ_JSON_OBJECT, path, 1, &top, &err);
    const cq_json_part *array = cq_json_part_get(&top, "rules");
    bool broken = !whole && !array && find_broken_rules(text, &rules);
    if (broken) array = &rules;
    if (!broken) note(a, problems, whole, &err);
    for (size_t i = 0; i < top.n; i++) {
        c.line = top.v[i].line;
        note(a, problems,
             known_member(top.v[i].key) ||
                 fail(&c, "unknown member \"%.*s\" of a pack", CQ_PRI(top.v[i].key)),
             &err);
    }
    const cq_json_part *part = cq_json_part_get(&top, "pack");
    const cq_json *v =
        part ? cq_json_parse(a, part->value, path, part->line, &err) : NULL;
    c.line = part ? part->line : 1;
    if (!cq_json_is(v, CQ_JSON_STRING) || !cq_str_eq(v->str, name)) {
        fail(&c, "\"pack\" must be \"%.*s\", as the file is called", CQ_PRI(name));
        note(a, problems, false, &err);
    }
    part = cq_json_part_get(&top, "classes");
    if (part) note(a, problems, read_classes(&c, part, out), &err);
    part = cq_json_part_get(&top, "topic");
    if (part) note(a, problems, read_topic(&c, part, out), &err);

    cq_rule_def defaults = bare_rule();
    if (out->topic.name.n) {
        cq_str *own = CQ_NEW(a, cq_str);
        *own = out->topic.name;
        defaults.topic = (cq_strs){own, 1};
    }
    part = cq_json_part_get(&top, "defaults");
    if (part) {
        c.line = part->line;
        v = cq_json_parse(a, part->value, path, part->line, &err);
        bool ok = v && read_members(&c, v, true, &defaults);
        if (!note(a, problems, ok, &err)) return; // every rule would be another one
    }
    if (array) read_rules(&c, array, &defaults, out, problems);
}

typedef struct {
    cq_arena *a;
    CQ_VEC(cq_str) paths;
} listing;

static bool list_file(void *ctx, const char *path)
{
    listing *l = ctx;
    cq_str s = cq_str_of(path);
    if (cq_str_ends(s, (cq_str)CQ_LIT(".json")) &&
        !cq_str_ends(s, (cq_str)CQ_LIT("schema.json"))) {
        *CQ_PUSH(l->a, &l->paths) = cq_str_copy(l->a, s);
    }
    return true;
}

bool cq_pack_files(cq_arena *a, const char *dir, cq_strs *paths, cq_err *err)
{
    listing l = {.a = a};
    if (!cq_dir_walk(dir, list_file, &l, err)) return false;
    *paths = (cq_strs){l.paths.v, l.paths.n};
    return true;
}

cq_str cq_pack_name(cq_arena *a, const char *dir, cq_str path)
{
    size_t skip = strlen(dir);
    while (skip > 0 && dir[skip - 1] == '/') skip--;
    cq_str name = cq_str_sub(path, skip, path.n - strlen(".json"));
    while (name.n && name.p[0] == '/') name = cq_str_sub(name, 1, name.n);
    return cq_str_copy(a, name);
}
