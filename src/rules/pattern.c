// Token queries by recursive descent; a function per production.
#include "rules/pattern.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "rules/literal.h"

enum { DEPTH_MAX = 32, CONSTRAINTS_MAX = 16, LABEL_MAX = 8 };

typedef struct {
    cq_arena *a;
    cq_str s;
    size_t at;
    const char *path;
    unsigned line, depth;
    cq_err *err;
} parser;

__attribute__((format(printf, 2, 3))) static bool fail(parser *p, const char *fmt, ...)
{
    char text[300];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    size_t end = p->at + 30;
    while (end > p->at && end < p->s.n && (p->s.p[end] & 0xc0) == 0x80) end--;
    cq_str left = cq_str_sub(p->s, p->at, end); // whole characters
    return cq_fail(p->err, CQ_ESYNTAX, p->path, p->line, "%s at \"%.*s\" in \"%.*s\"",
                   text, CQ_PRI(left), CQ_PRI(p->s));
}

static int peek(parser *p)
{
    while (p->at < p->s.n && cq_is_space(p->s.p[p->at])) p->at++;
    return p->at < p->s.n ? (unsigned char)p->s.p[p->at] : -1;
}

static bool take(parser *p, char c)
{
    if (peek(p) != c) return false;
    p->at++;
    return true;
}

// Letters and digits, as many as there are.
static cq_str name(parser *p)
{
    peek(p);
    size_t start = p->at;
    while (p->at < p->s.n && (cq_is_alpha(p->s.p[p->at]) || cq_is_digit(p->s.p[p->at]))) {
        p->at++;
    }
    return cq_str_sub(p->s, start, p->at);
}

static bool any_prefix(parser *p)
{
    peek(p);
    bool any = cq_str_starts(cq_str_sub(p->s, p->at, p->s.n), (cq_str)CQ_LIT("any."));
    if (any) p->at += 4;
    return any;
}

static const struct {
    const char *name;
    const char *values[6];
} FLAGS[] = {
    {"case", {"lower", "capital", "upper", "mixed"}},
    {"kind", {"word", "number", "punct", "symbol", "url"}},
    {"quoted", {"no", "yes"}},
    {"known", {"no", "yes"}},
    {"elides", {"no", "yes"}},
    {"first", {"no", "yes"}},
    {"inverted", {"no", "yes"}},
    {"contracted", {"no", "yes"}},
};

static const cq_feature UPOS = {.name = "upos", .shift = CQ_M_UPOS, .bits = 5};

static const cq_feature *field_find(cq_str attr)
{
    return cq_str_is(attr, "upos") ? &UPOS : cq_feature_find(attr);
}

static int value_at(const cq_feature *f, cq_str value)
{
    if (f == &UPOS) {
        cq_upos u = cq_upos_find(value);
        return u ? (int)u : -1;
    }
    for (unsigned i = 0; i < CQ_COUNT(f->values); i++) {
        if (f->values[i] && cq_str_is(value, f->values[i])) return (int)i;
    }
    return -1;
}

// value = "'", regex, "'" ; into its text without the quotes
static bool value(parser *p, cq_str *out)
{
    int quote = peek(p);
    if (quote != '\'' && quote != '"') return fail(p, "a value in quotes is expected");
    size_t start = ++p->at;
    while (p->at < p->s.n && p->s.p[p->at] != quote) {
        p->at += p->s.p[p->at] == '\\' ? 2 : 1;
    }
    if (p->at >= p->s.n) return fail(p, "the value does not end");
    *out = cq_str_sub(p->s, start, p->at++);
    return out->n > 0 || fail(p, "an empty value");
}

// A value of few: names joined by |.
static bool few_values(parser *p, cq_str attr, cq_str text, const cq_feature *f, int flag,
                       uint32_t *bits)
{
    cq_str rest = text, one;
    *bits = 0;
    while (cq_str_split(&rest, '|', &one)) {
        int v = -1;
        if (f) {
            v = value_at(f, one);
        } else {
            for (int i = 0; i < 6 && FLAGS[flag].values[i]; i++) {
                if (cq_str_is(one, FLAGS[flag].values[i])) v = i;
            }
        }
        if (v < 0) {
            return fail(p, "unknown value '%.*s' of %.*s", CQ_PRI(one), CQ_PRI(attr));
        }
        *bits |= 1u << v;
    }
    return true;
}

static bool text_value(parser *p, cq_str text, cq_test *t)
{
    cq_literals set;
    t->regex = cq_str_of("");
    t->plain = cq_literals_plain(text);
    if (!cq_literals_finite(p->a, text, CQ_QUERY_SET_MAX, &set)) {
        t->regex = text;
        t->plain = false;
        return true;
    }
    cq_str *list = CQ_NEWN(p->a, cq_str, set.n + 1);
    for (size_t i = 0; i < set.n; i++) {
        if (!set.v[i].n) return fail(p, "a value that may be empty");
        // Lemmas keep their capitals: they are as in the dictionary.
        list[i] = t->kind == CQ_TEST_WORD ? cq_fold(p->a, set.v[i]) : set.v[i];
    }
    t->texts = list;
    t->texts_n = set.n;
    return true;
}

static const cq_test *negated(parser *p, const cq_test *t)
{
    cq_test *not = CQ_NEW(p->a, cq_test);
    not ->kind = CQ_TEST_NOT;
    not ->left = t;
    return not ;
}

// test = [ "any." ], attr, ( "=" | "!=" ), value ;
static const cq_test *test(parser *p)
{
    cq_test *t = CQ_NEW(p->a, cq_test);
    t->any = any_prefix(p);
    cq_str attr = name(p), text;
    if (!attr.n) return fail(p, "an attribute is expected"), NULL;
    bool not = take(p, '!');
    if (!take(p, '=')) return fail(p, "= or != is expected"), NULL;
    if (!value(p, &text)) return NULL;

    const cq_feature *f = field_find(attr);
    int flag = -1;
    for (size_t i = 0; i < CQ_COUNT(FLAGS); i++) {
        if (cq_str_is(attr, FLAGS[i].name)) flag = (int)i;
    }
    bool ok;
    if (cq_str_is(attr, "word") || cq_str_is(attr, "lemma")) {
        t->kind = cq_str_is(attr, "word") ? CQ_TEST_WORD : CQ_TEST_LEMMA;
        ok = text_value(p, text, t);
    } else if (f) {
        t->kind = CQ_TEST_FIELD;
        t->shift = f->shift;
        t->bits = f->bits;
        t->set = f->set;
        ok = few_values(p, attr, text, f, -1, &t->values);
    } else if (flag >= 0) {
        t->kind = CQ_TEST_FLAG;
        t->flag = (cq_flag)flag;
        ok = few_values(p, attr, text, NULL, flag, &t->values);
    } else {
        ok = fail(p, "unknown attribute \"%.*s\"", CQ_PRI(attr));
    }
    if (!ok) return NULL;
    return not ? negated(p, t) : t;
}

static const cq_test *expr(parser *p);

// factor = "!", factor | "(", expr, ")" | test ;
static const cq_test *factor(parser *p)
{
    if (++p->depth > DEPTH_MAX) return fail(p, "nested too deeply"), NULL;
    const cq_test *t;
    if (take(p, '!')) {
        t = factor(p);
        if (t) t = negated(p, t);
    } else if (take(p, '(')) {
        t = expr(p);
        if (t && !take(p, ')')) return fail(p, ") is expected"), NULL;
    } else {
        t = test(p);
    }
    p->depth--;
    return t;
}

// What `term` and `expr` share: parts joined by one operator, from the left.
static const cq_test *joined(parser *p, char op, cq_test_kind kind,
                             const cq_test *(*part)(parser *))
{
    const cq_test *left = part(p);
    while (left && take(p, op)) {
        cq_test *both = CQ_NEW(p->a, cq_test);
        both->kind = kind;
        both->left = left;
        both->right = part(p);
        if (!both->right) return NULL;
        left = both;
    }
    return left;
}

static const cq_test *term(parser *p) { return joined(p, '&', CQ_TEST_AND, factor); }
static const cq_test *expr(parser *p) { return joined(p, '|', CQ_TEST_OR, term); }

static bool number(parser *p, unsigned *out)
{
    peek(p);
    size_t start = p->at;
    *out = 0;
    while (p->at < p->s.n && cq_is_digit(p->s.p[p->at]) && *out < 1000) {
        *out = *out * 10 + (unsigned)(p->s.p[p->at++] - '0');
    }
    return p->at > start;
}

// [ "?" | "*" | "+" | "{", m, [ ",", n ], "}" ]
static bool repetition(parser *p, cq_query_token *t)
{
    t->min = t->max = 1;
    if (take(p, '?')) {
        t->min = 0;
    } else if (take(p, '*')) {
        t->min = 0;
        t->max = CQ_QUERY_REPEAT_MAX;
    } else if (take(p, '+')) {
        t->max = CQ_QUERY_REPEAT_MAX;
    } else if (take(p, '{')) {
        if (!number(p, &t->min)) return fail(p, "a number is expected");
        t->max = t->min;
        if (take(p, ',') && !number(p, &t->max)) t->max = CQ_QUERY_REPEAT_MAX;
        if (!take(p, '}')) return fail(p, "} is expected");
        if (t->max > CQ_QUERY_REPEAT_MAX || t->min > t->max || t->max == 0) {
            return fail(p, "repetition is {m,n} with m <= n <= %d", CQ_QUERY_REPEAT_MAX);
        }
    }
    return true;
}

// token = [ label, ":" ], "[", [ expr ], "]", [ repetition ] ;
static bool token(parser *p, cq_query_token *out)
{
    out->label = cq_str_of("");
    if (peek(p) != '[') {
        out->label = name(p);
        if (!out->label.n) return fail(p, "a token [...] is expected");
        if (out->label.n > LABEL_MAX) return fail(p, "a label has 8 characters at most");
        if (!take(p, ':')) return fail(p, ": is expected after a label");
    }
    if (!take(p, '[')) return fail(p, "[ is expected");
    if (peek(p) == ']') {
        out->test = CQ_NEW(p->a, cq_test); // CQ_TEST_TRUE
    } else {
        out->test = expr(p);
        if (!out->test) return false;
    }
    if (!take(p, ']')) return fail(p, "] is expected");
    return repetition(p, out);
}

int cq_query_label(const cq_query *q, cq_str text)
{
    unsigned n = 0;
    for (size_t i = 0; i < q->tokens_n; i++) {
        if (text.n && cq_str_eq(q->tokens[i].label, text)) return (int)i;
    }
    for (size_t i = 0; i < text.n; i++) {
        if (!cq_is_digit(text.p[i]) || n > 1000) return -1;
        n = n * 10 + (unsigned)(text.p[i] - '0');
    }
    return n >= 1 && n <= q->tokens_n ? (int)n - 1 : -1;
}

// label, ".", [ "any." ], attr
static bool side(parser *p, const cq_query *q, cq_constraint_side *out)
{
    cq_str label = name(p);
    int token_at = cq_query_label(q, label);
    if (token_at < 0) return fail(p, "no token is labelled \"%.*s\"", CQ_PRI(label));
    out->token = (unsigned)token_at;
    if (!take(p, '.')) return fail(p, ". is expected after a label");
    out->any = any_prefix(p);
    cq_str attr = name(p);
    const cq_feature *f = field_find(attr);
    if (cq_str_is(attr, "word")) {
        out->what = CQ_COMPARE_WORD;
    } else if (cq_str_is(attr, "lemma")) {
        out->what = CQ_COMPARE_LEMMA;
    } else if (f) {
        out->what = CQ_COMPARE_FIELD;
        out->shift = f->shift;
        out->bits = f->bits;
        out->set = f->set;
    } else {
        return fail(p, "\"%.*s\" cannot be compared", CQ_PRI(attr));
    }
    return true;
}

// constraint = side, ( "=" | "!=" ), side ;
static bool constraint(parser *p, const cq_query *q, cq_constraint *out)
{
    if (!side(p, q, &out->left)) return false;
    out->equal = !take(p, '!');
    if (!take(p, '=')) return fail(p, "= or != is expected");
    if (!side(p, q, &out->right)) return false;
    const cq_constraint_side *l = &out->left, *r = &out->right;
    if (l->what != r->what || (l->what == CQ_COMPARE_FIELD && l->shift != r->shift)) {
        return fail(p, "two different attributes cannot be compared");
    }
    return true;
}

// query = token, { token }, { "&", constraint } ;
bool cq_query_parse(cq_arena *a, cq_str text, const char *path, unsigned line,
                    cq_query *out, cq_err *err)
{
    parser p = {.a = a, .s = text, .path = path, .line = line, .err = err};
    CQ_VEC(cq_query_token) tokens = {0};
    CQ_VEC(cq_constraint) constraints = {0};
    unsigned required = 0;
    while (peek(&p) >= 0 && peek(&p) != '&') {
        cq_query_token t = {0};
        if (!token(&p, &t)) return false;
        for (size_t i = 0; i < tokens.n && t.label.n; i++) {
            if (cq_str_eq(tokens.v[i].label, t.label)) {
                return fail(&p, "label \"%.*s\" is used twice", CQ_PRI(t.label));
            }
        }
        if (tokens.n == CQ_QUERY_TOKENS_MAX) {
            return fail(&p, "more than %d tokens", CQ_QUERY_TOKENS_MAX);
        }
        required += t.min;
        *CQ_PUSH(a, &tokens) = t;
    }
    *out = (cq_query){.tokens = tokens.v, .tokens_n = tokens.n};
    if (!required) return fail(&p, "nothing is required");
    while (take(&p, '&')) {
        cq_constraint c = {0};
        if (!constraint(&p, out, &c)) return false;
        if (constraints.n == CONSTRAINTS_MAX) return fail(&p, "too many constraints");
        *CQ_PUSH(a, &constraints) = c;
    }
    if (peek(&p) >= 0) return fail(&p, "the end is expected");
    out->constraints = constraints.v;
    out->constraints_n = constraints.n;
    return true;
}
