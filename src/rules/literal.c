// One recursive descent over the pattern computes everything; there is no tree.
#include "rules/literal.h"

#include "base/utf8.h"

enum {
    DEPTH_MAX = 40,
    CHARS_MAX = 64,              // of a character class that still counts as a set
    CHAR_BYTES = 4,              // of any character
    TEXT_MAX = 128,              // bytes of one text of a set
    REQUIRED_MAX = 64,           // texts in a required set
    UNBOUNDED = (int)0x7fffffff, // bytes
};

// What is known of a part of the pattern.
typedef struct {
    bool exact; // `set` is all it matches
    cq_literals set;
    cq_literals required; // n == 0: none known
    uint32_t before;      // bytes before the required text, at most
    uint32_t length;      // bytes of a match, at most
} facts;

typedef struct {
    cq_arena *a;
    cq_str s;
    size_t at;
    size_t max;    // size of exact sets
    bool digits;   // \d is 0-9
    bool caseless; // letters stand for both cases
    bool failed;
    unsigned depth;
} parser;

static uint32_t add_length(uint32_t a, uint32_t b)
{
    uint64_t sum = (uint64_t)a + b;
    return sum > UNBOUNDED ? UNBOUNDED : (uint32_t)sum;
}

static cq_literals one_text(parser *p, cq_str s)
{
    cq_str *v = CQ_NEW(p->a, cq_str);
    *v = s;
    return (cq_literals){v, 1};
}

static facts nothing(parser *p) // matches the empty text only
{
    return (facts){.exact = true, .set = one_text(p, cq_str_of(""))};
}

static facts anything(uint32_t length) { return (facts){.length = length}; }

static facts give_up(parser *p)
{
    p->failed = true;
    p->at = p->s.n;
    return anything(UNBOUNDED);
}

static uint32_t longest(cq_literals l)
{
    size_t n = 0;
    for (size_t i = 0; i < l.n; i++) n = l.v[i].n > n ? l.v[i].n : n;
    return (uint32_t)n;
}

// How well a set filters; 0: not at all.
static unsigned worth(cq_literals l, uint32_t before)
{
    if (!l.n || l.n > REQUIRED_MAX) return 0;
    size_t shortest = SIZE_MAX;
    for (size_t i = 0; i < l.n; i++) {
        cq_str t = cq_str_trim(l.v[i]); // blanks are everywhere
        shortest = t.n < shortest ? t.n : shortest;
    }
    if (shortest == 0) return 0;
    unsigned score = 32 * (unsigned)(shortest > 6 ? 6 : shortest);
    if (before <= 64) score += 24; // tried in a small window only
    return score - (unsigned)(l.n > 16 ? 16 : l.n);
}

static void require(facts *f, cq_literals l, uint32_t before)
{
    if (worth(l, before) <= worth(f->required, f->before)) return;
    f->required = l;
    f->before = before;
}

static cq_literals joined(parser *p, cq_literals a, cq_literals b)
{
    cq_str *v = CQ_NEWN(p->a, cq_str, a.n + b.n);
    size_t n = 0;
    for (size_t i = 0; i < a.n + b.n; i++) {
        cq_str s = i < a.n ? a.v[i] : b.v[i - a.n];
        size_t k = 0;
        while (k < n && !cq_str_eq(v[k], s)) k++;
        if (k == n) v[n++] = s;
    }
    return (cq_literals){v, n};
}

// Everything of a followed by everything of b; false when that is too much.
static bool multiply(parser *p, cq_literals a, cq_literals b, cq_literals *out)
{
    if (a.n * b.n > p->max || longest(a) + longest(b) > TEXT_MAX) return false;
    cq_str *v = CQ_NEWN(p->a, cq_str, a.n * b.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < a.n; i++) {
        for (size_t k = 0; k < b.n; k++) {
            v[n++] = cq_strf(p->a, "%.*s%.*s", CQ_PRI(a.v[i]), CQ_PRI(b.v[k]));
        }
    }
    *out = (cq_literals){v, n};
    return true;
}

// A set that may stand for what is required: no empty text in it.
static void require_exact(facts *f, cq_literals set, uint32_t before)
{
    require(f, set, before);
}

static facts alternation(parser *p, const facts *a, const facts *b)
{
    facts f = {.length = a->length > b->length ? a->length : b->length};
    if (a->exact && b->exact && a->set.n + b->set.n <= p->max) {
        f.exact = true;
        f.set = joined(p, a->set, b->set);
    }
    facts fa = *a, fb = *b; // an exact set is also required
    if (fa.exact) require_exact(&fa, fa.set, 0);
    if (fb.exact) require_exact(&fb, fb.set, 0);
    if (fa.required.n && fb.required.n) {
        require(&f, joined(p, fa.required, fb.required),
                fa.before > fb.before ? fa.before : fb.before);
    }
    return f;
}

// A sequence grows from the left: `run` is the exact set of its last parts.
typedef struct {
    facts all;
    cq_literals run;
    uint32_t run_before;
} sequence;

static void append(parser *p, sequence *q, const facts *part)
{
    cq_literals product;
    bool extends = part->exact && multiply(p, q->run, part->set, &product);
    if (extends) {
        q->run = product;
    } else {
        require(&q->all, q->run, q->run_before);
        q->all.exact = false;
        if (part->required.n) {
            require(&q->all, part->required, add_length(q->all.length, part->before));
        }
        q->run = part->exact ? part->set : one_text(p, cq_str_of(""));
        q->run_before =
            part->exact ? q->all.length : add_length(q->all.length, part->length);
    }
    q->all.length = add_length(q->all.length, part->length);
}

static facts finish(sequence *q)
{
    require(&q->all, q->run, q->run_before);
    q->all.set = q->run;
    return q->all;
}

static facts repeated(parser *p, const facts *f, uint32_t min, uint32_t max)
{
    uint64_t length = (uint64_t)f->length * max;
    facts out = {.length = max == UINT32_MAX || length > UNBOUNDED ? UNBOUNDED
                                                                   : (uint32_t)length};
    if (f->length == 0) out.length = 0;
    if (f->exact && max <= 8) {
        cq_literals power = one_text(p, cq_str_of("")), sum = {NULL, 0};
        bool fits = true;
        for (uint32_t k = 0; k <= max && fits; k++) {
            if (k >= min) sum = joined(p, sum, power);
            if (k < max) fits = multiply(p, power, f->set, &power);
            fits = fits && sum.n <= p->max;
        }
        out.exact = fits;
        out.set = sum;
    }
    if (min > 0) {
        if (f->exact) require_exact(&out, f->set, 0);
        if (f->required.n) require(&out, f->required, f->before);
    }
    if (out.exact) require_exact(&out, out.set, 0);
    return out;
}

static int peek(const parser *p, size_t ahead)
{
    return p->at + ahead < p->s.n ? (unsigned char)p->s.p[p->at + ahead] : -1;
}

static facts chars(parser *p, const uint32_t *list, size_t n)
{
    cq_str *v = CQ_NEWN(p->a, cq_str, n * 2 + 1);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        // ASCII is searched caselessly; other letters need both cases.
        uint32_t c = list[i];
        bool both = p->caseless && c >= 0x80;
        uint32_t variants[2] = {both ? cq_to_lower(c) : c, cq_to_upper(c)};
        for (size_t k = 0; k < (both ? 2u : 1u); k++) {
            char utf8[4];
            size_t bytes = cq_utf8_put(utf8, variants[k]);
            v[count++] = cq_str_copy(p->a, (cq_str){utf8, bytes});
        }
    }
    facts f = {.exact = count <= p->max, .set = {v, count}};
    f.length = longest(f.set);
    if (!f.exact) f.set.n = 0;
    return f;
}

static facts digits(parser *p)
{
    static const uint32_t TEN[] = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9'};
    return p->digits ? chars(p, TEN, 10) : anything(CHAR_BYTES);
}

// "{hex}" or up to two hex digits.
static uint32_t hex(parser *p)
{
    uint32_t c = 0;
    bool braces = peek(p, 0) == '{';
    p->at += braces;
    for (int i = 0; i < (braces ? 8 : 2) && peek(p, 0) >= 0; i++) {
        int h = peek(p, 0);
        int v = cq_is_digit((char)h)                   ? h - '0'
                : ((h | 32) >= 'a' && (h | 32) <= 'f') ? (h | 32) - 'a' + 10
                                                       : -1;
        if (v < 0) break;
        c = c * 16 + (uint32_t)v;
        p->at++;
    }
    if (braces && peek(p, 0) == '}') p->at++;
    return c > 0x10ffff ? 0xfffd : c;
}

// After a backslash. *c is set for what is a single character.
static facts escape(parser *p, bool *single, uint32_t *c)
{
    int e = peek(p, 0);
    *single = false;
    if (e < 0) return give_up(p);
    if (e >= 0x80 || !(cq_is_alpha((char)e) || cq_is_digit((char)e))) {
        *c = cq_utf8_next(p->s, &p->at);
        *single = true;
        return chars(p, c, 1);
    }
    p->at++;
    static const char NAMES[] = "ntrfea", VALUES[] = "\n\t\r\f\x1b\a";
    const char *plain = strchr(NAMES, e);
    if (plain || e == 'x') {
        *c = plain ? (unsigned char)VALUES[plain - NAMES] : hex(p);
        *single = true;
        return chars(p, c, 1);
    }
    if (e == 'd') return digits(p);
    if (strchr("bBAzZGK", e)) return nothing(p);
    if (strchr("DwWsShHvVNX", e)) return anything(e == 'X' ? UNBOUNDED : CHAR_BYTES);
    if (e == 'R') return anything(CHAR_BYTES);
    if (e == 'p' || e == 'P') {
        if (peek(p, 0) == '{') {
            while (peek(p, 0) >= 0 && peek(p, 0) != '}') p->at++;
        }
        p->at += p->at < p->s.n;
        return anything(CHAR_BYTES);
    }
    return give_up(p); // back references, \Q, octal and the like
}

static facts bracket(parser *p) // after [
{
    uint32_t list[CHARS_MAX];
    size_t n = 0;
    bool known = true, first = true;
    if (peek(p, 0) == '^') {
        known = false;
        p->at++;
    }
    while (peek(p, 0) >= 0 && (peek(p, 0) != ']' || first)) {
        first = false;
        uint32_t c = 0;
        bool single = true;
        if (peek(p, 0) == '[' && peek(p, 1) == ':') {
            while (peek(p, 0) >= 0 && peek(p, 0) != ']') p->at++;
            p->at += p->at < p->s.n;
            known = false;
            continue;
        }
        if (peek(p, 0) == '\\') {
            p->at++;
            bool digit = peek(p, 0) == 'd' && p->digits;
            escape(p, &single, &c);
            if (digit) {
                for (uint32_t d = '0'; d <= '9' && n < CHARS_MAX; d++) list[n++] = d;
                continue;
            }
        } else {
            c = cq_utf8_next(p->s, &p->at);
        }
        if (p->failed) return anything(UNBOUNDED);
        uint32_t to = c;
        if (single && peek(p, 0) == '-' && peek(p, 1) >= 0 && peek(p, 1) != ']') {
            p->at++;
            if (peek(p, 0) == '\\') {
                p->at++;
                escape(p, &single, &to);
            } else {
                to = cq_utf8_next(p->s, &p->at);
            }
        }
        if (!single || to < c || to - c >= CHARS_MAX - n) {
            known = false;
            continue;
        }
        for (; c <= to; c++) list[n++] = c;
    }
    if (peek(p, 0) != ']') return give_up(p);
    p->at++;
    return known && n ? chars(p, list, n) : anything(CHAR_BYTES);
}

static facts alternatives(parser *p);

static facts group(parser *p) // after (
{
    bool zero_width = false;
    if (peek(p, 0) == '*') return give_up(p); // (*VERB)
    if (peek(p, 0) == '?') {
        p->at++;
        int c = peek(p, 0), d = peek(p, 1);
        if (c == '#') {
            while (peek(p, 0) >= 0 && peek(p, 0) != ')') p->at++;
            p->at += p->at < p->s.n;
            return nothing(p);
        }
        if (c == ':' || c == '>' || c == '|') {
            p->at++;
        } else if (c == '=' || c == '!') {
            p->at++;
            zero_width = true;
        } else if (c == '<' && (d == '=' || d == '!')) {
            p->at += 2;
            zero_width = true;
        } else if (c == '<' || (c == 'P' && d == '<')) {
            while (peek(p, 0) >= 0 && peek(p, 0) != '>') p->at++;
            p->at += p->at < p->s.n;
        } else { // flags: (?i) to the end of the group, (?i:...)
            while (peek(p, 0) >= 0 && (strchr("imsUJn-^", peek(p, 0)))) p->at++;
            if (peek(p, 0) == ')') {
                p->at++;
                return nothing(p);
            }
            if (peek(p, 0) != ':') return give_up(p); // recursion, conditions
            p->at++;
        }
    }
    if (++p->depth > DEPTH_MAX) return give_up(p);
    facts f = alternatives(p);
    p->depth--;
    if (peek(p, 0) != ')') return give_up(p);
    p->at++;
    return zero_width ? nothing(p) : f;
}

static facts atom(parser *p)
{
    int c = peek(p, 0);
    uint32_t letter;
    bool single;
    switch (c) {
    case '(':
        p->at++;
        return group(p);
    case '[':
        p->at++;
        return bracket(p);
    case '\\':
        p->at++;
        return escape(p, &single, &letter);
    case '.':
        p->at++;
        return anything(CHAR_BYTES);
    case '^':
    case '$':
        p->at++;
        return nothing(p);
    case '*':
    case '+':
    case '?':
        return give_up(p);
    default:
        letter = cq_utf8_next(p->s, &p->at);
        return chars(p, &letter, 1);
    }
}

static bool number(parser *p, size_t *at, uint32_t *out)
{
    size_t start = *at;
    *out = 0;
    for (; *at < p->s.n && cq_is_digit(p->s.p[*at]) && *out < 100000; ++*at) {
        *out = *out * 10 + (uint32_t)(p->s.p[*at] - '0');
    }
    return *at > start;
}

// {m}, {m,}, {m,n}; anything else is literal text.
static bool braces(parser *p, uint32_t *min, uint32_t *max)
{
    size_t at = p->at + 1;
    if (!number(p, &at, min)) return false;
    *max = *min;
    if (at < p->s.n && p->s.p[at] == ',') {
        at++;
        if (!number(p, &at, max)) *max = UINT32_MAX;
    }
    if (at >= p->s.n || p->s.p[at] != '}') return false;
    p->at = at + 1;
    return true;
}

static facts quantified(parser *p)
{
    facts f = atom(p);
    for (;;) {
        uint32_t min = 1, max = 1;
        int c = peek(p, 0);
        if (c == '*' || c == '+' || c == '?') {
            p->at++;
            min = c == '+';
            max = c == '?' ? 1 : UINT32_MAX;
        } else if (c != '{' || !braces(p, &min, &max)) {
            return f;
        }
        if (peek(p, 0) == '?' || peek(p, 0) == '+') p->at++; // lazy, possessive
        f = repeated(p, &f, min, max);
    }
}

static facts alternatives(parser *p)
{
    facts sum = {0};
    bool any = false;
    for (;;) {
        sequence q = {.all = {.exact = true}, .run = one_text(p, cq_str_of(""))};
        while (peek(p, 0) >= 0 && peek(p, 0) != '|' && peek(p, 0) != ')') {
            facts part = quantified(p);
            append(p, &q, &part);
        }
        facts f = finish(&q);
        sum = any ? alternation(p, &sum, &f) : f;
        any = true;
        if (peek(p, 0) != '|') return sum;
        p->at++;
    }
}

static bool parse(parser *p, facts *out)
{
    *out = alternatives(p);
    return !p->failed && p->at == p->s.n;
}

bool cq_literals_finite(cq_arena *a, cq_str pattern, size_t max, cq_literals *out)
{
    parser p = {.a = a, .s = pattern, .max = max, .digits = true};
    facts f;
    if (!parse(&p, &f) || !f.exact) return false;
    *out = f.set;
    return true;
}

// Does it hold (?i), (?i:...) or the like?
static bool sets_caseless(cq_str s)
{
    for (size_t i = 0; i + 2 < s.n; i++) {
        if (s.p[i] != '(' || s.p[i + 1] != '?') continue;
        for (size_t k = i + 2; k < s.n && (cq_is_alpha(s.p[k]) || s.p[k] == '^'); k++) {
            if (s.p[k] == 'i') return true;
        }
    }
    return false;
}

bool cq_literals_required(cq_arena *a, cq_str pattern, cq_literals *out, bool *caseless,
                          uint32_t *before)
{
    parser p = {.a = a, .s = pattern, .max = REQUIRED_MAX};
    *caseless = p.caseless = sets_caseless(pattern);
    facts f;
    if (!parse(&p, &f) || !worth(f.required, f.before)) return false;
    *out = f.required;
    *before = f.before >= UNBOUNDED ? UINT32_MAX : f.before;
    return true;
}

bool cq_literals_plain(cq_str pattern)
{
    for (size_t i = 0; i < pattern.n; i++) {
        if (memchr("()[].*+?{}^$\\", pattern.p[i], 13)) return false;
    }
    return true;
}
