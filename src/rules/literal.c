// One recursive descent over the pattern computes everything; there is no tree.
#include "rules/literal.h"

#include "base/utf8.h"

enum {
    DEPTH_MAX = 40,
    CHARS_MAX = 64,              // of a character class that still counts as a set
    CHAR_BYTES = 4,              // of any character
    TEXT_MAX = 128,              // bytes of one text of a set
    REQUIRED_MAX = 256,          // texts in a required set
    WORD_MIN = 4,                // bytes of a word that stands for a text
    UNBOUNDED = (int)0x7fffffff, // bytes, blanks
};

typedef cq_literal_extent extent;

// What is known of a part of the pattern.
typedef struct {
    bool exact; // `set` is all it matches
    cq_literals set;
    cq_literals required; // n == 0: none known
    double cost;          // of trying wherever these stand
    extent before;        // what stands before the required text
    extent length;        // of a match
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

static uint32_t bounded(uint64_t n) { return n > UNBOUNDED ? UNBOUNDED : (uint32_t)n; }

static extent add_length(extent a, extent b)
{
    return (extent){bounded((uint64_t)a.bytes + b.bytes),
                    bounded((uint64_t)a.blanks + b.blanks)};
}

static extent longer(extent a, extent b)
{
    return (extent){a.bytes > b.bytes ? a.bytes : b.bytes,
                    a.blanks > b.blanks ? a.blanks : b.blanks};
}

static uint32_t times(uint32_t n, uint32_t max)
{
    return n == 0 ? 0 : max == UINT32_MAX ? UNBOUNDED : bounded((uint64_t)n * max);
}

static const extent NO_EXTENT = {0, 0}, NO_END = {UNBOUNDED, UNBOUNDED},
                    ANY_CHAR = {CHAR_BYTES, 1}, WORD_CHAR = {CHAR_BYTES, 0};

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

static facts anything(extent length) { return (facts){.length = length}; }

static facts give_up(parser *p)
{
    p->failed = true;
    p->at = p->s.n;
    return anything(NO_END);
}

static extent longest(cq_literals l)
{
    extent out = NO_EXTENT;
    for (size_t i = 0; i < l.n; i++) {
        extent one = {(uint32_t)l.v[i].n, 0};
        for (size_t k = 0; k < l.v[i].n; k++) one.blanks += cq_is_space(l.v[i].p[k]);
        out = longer(out, one);
    }
    return out;
}

// How often a character is met in French, in ten thousandths.
static double frequency(uint32_t c, bool caseless, bool after_digit)
{
    static const uint16_t LETTERS[] = {700, 90,  300, 340, 1300, 100, 90,  80, 670,
                                       40,  10,  510, 260, 640,  500, 260, 80, 610,
                                       730, 660, 530, 130, 5,    40,  25,  12};
    static const struct {
        uint32_t c;
        uint16_t n;
    } OTHERS[] = {{' ', 1600}, {0xe9, 220},   {0xe0, 40}, {0xe8, 35}, {0xea, 20},
                  {'\'', 120}, {0x2019, 120}, {',', 110}, {'.', 110}, {'-', 60},
                  {0xa0, 60},  {0x202f, 20},  {'(', 20},  {')', 20},  {':', 25},
                  {0xab, 15},  {0xbb, 15},    {'"', 15},  {0xe7, 10}, {'\n', 60}};
    if (c < 0x80 && cq_is_alpha((char)c)) {
        bool small = caseless || cq_lower((char)c) == (char)c;
        return small ? LETTERS[cq_lower((char)c) - 'a'] : 20;
    }
    if (c < 0x80 && cq_is_digit((char)c)) return after_digit ? 1500 : 40;
    for (size_t i = 0; i < CQ_COUNT(OTHERS); i++) {
        if (OTHERS[i].c == c) return OTHERS[i].n;
    }
    return 5;
}

// How often a text is met, by that of its characters.
static double expected(cq_str s, bool caseless)
{
    double n = 1;
    size_t letters = 0;
    uint32_t c = 0;
    for (size_t i = 0; i < s.n;) {
        bool after_digit = c < 0x80 && cq_is_digit((char)c);
        c = cq_utf8_next(s, &i);
        letters += c < 0x80 && cq_is_alpha((char)c) &&
                   (caseless || cq_lower((char)c) == (char)c);
        n *= frequency(c, caseless, after_digit) / 10000;
    }
    return letters > 1 && letters < 4 ? 8 * n : n; // de, les, and parts of words
}

// What it costs to try a pattern wherever one of these texts stands; NO_WORTH:
// everywhere.
static const double NO_WORTH = 1;

static double cost(const parser *p, cq_literals l, extent before)
{
    double sum = 0;
    if (!l.n || l.n > REQUIRED_MAX) return NO_WORTH;
    for (size_t i = 0; i < l.n; i++) {
        if (!cq_str_trim(l.v[i]).n) return NO_WORTH; // blanks are everywhere
        sum += expected(l.v[i], p->caseless);
    }
    bool wide = before.bytes > 64 && before.blanks > 4; // much is searched each time
    sum *= wide ? 4 : 1;
    return sum < NO_WORTH ? sum : NO_WORTH;
}

static void require(const parser *p, facts *f, cq_literals l, extent before)
{
    double c = cost(p, l, before);
    if (c >= (f->required.n ? f->cost : NO_WORTH)) return;
    f->required = l;
    f->cost = c;
    f->before = before;
}

// Texts of `l` that are not among the first n of v are put there; returns how many there
// are then.
static size_t add_distinct(cq_str *v, size_t n, cq_literals l)
{
    for (size_t i = 0; i < l.n; i++) {
        cq_str s = l.v[i];
        size_t k = 0;
        while (k < n && !cq_str_eq(v[k], s)) k++;
        if (k == n) v[n++] = s;
    }
    return n;
}

static cq_literals joined(parser *p, cq_literals a, cq_literals b)
{
    cq_str *v = CQ_NEWN(p->a, cq_str, a.n + b.n);
    return (cq_literals){v, add_distinct(v, add_distinct(v, 0, a), b)};
}

static bool is_nothing(cq_literals l) { return l.n == 1 && !l.v[0].n; }

// Everything of a followed by everything of b; false when that is too much.
static bool multiply(parser *p, cq_literals a, cq_literals b, cq_literals *out)
{
    if (a.n * b.n > p->max || longest(a).bytes + longest(b).bytes > TEXT_MAX)
        return false;
    if (is_nothing(a) || is_nothing(b)) {
        *out = is_nothing(a) ? b : a;
        return true;
    }
    cq_str *v = CQ_NEWN(p->a, cq_str, a.n * b.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < a.n; i++) {
        for (size_t k = 0; k < b.n; k++) {
            cq_str first = a.v[i], second = b.v[k];
            char *both = cq_alloc(p->a, first.n + second.n + 1);
            memcpy(both, first.p, first.n);
            memcpy(both + first.n, second.p, second.n);
            v[n++] = (cq_str){both, first.n + second.n};
        }
    }
    *out = (cq_literals){v, n};
    return true;
}

// A set that may stand for what is required: no empty text in it.
static void require_exact(const parser *p, facts *f, cq_literals set, extent before)
{
    require(p, f, set, before);
}

static size_t blank(cq_str s, size_t i) // bytes of the blank there, 0: none
{
    static const cq_str WIDE[] = {CQ_LIT("\xc2\xa0"), CQ_LIT("\xe2\x80\xaf")};
    if (cq_is_space(s.p[i])) return 1;
    for (size_t k = 0; k < CQ_COUNT(WIDE); k++) {
        if (cq_str_starts(cq_str_sub(s, i, s.n), WIDE[k])) return WIDE[k].n;
    }
    return 0;
}

// The longest word of each text. A blank stands for three kinds of it, so that texts of
// some words are many, their words few. Nothing where a word is so short that it is met
// everywhere.
static cq_literals words_of(parser *p, cq_literals l)
{
    cq_literals out = {NULL, 0};
    for (size_t i = 0; i < l.n; i++) {
        cq_str s = l.v[i], best = {s.p, 0};
        for (size_t at = 0, start = 0, n; at <= s.n; at += n) {
            n = at < s.n ? blank(s, at) : 1;
            if (at == s.n || n) {
                if (at - start > best.n) best = cq_str_sub(s, start, at);
                start = at + n;
            }
            n = n ? n : 1;
        }
        if (best.n < WORD_MIN) return (cq_literals){NULL, 0};
        out = joined(p, out, one_text(p, best));
    }
    return out;
}

// Any of n parts, two or more.
static facts alternation(parser *p, facts *v, size_t n)
{
    facts f = {.exact = true};
    size_t texts = 0, wanted = 0;
    bool required = true;
    for (size_t i = 0; i < n; i++) {
        f.length = longer(f.length, v[i].length);
        f.exact = f.exact && v[i].exact;
        texts += v[i].set.n;
    }
    f.exact = f.exact && texts <= p->max;
    if (f.exact) {
        cq_str *set = CQ_NEWN(p->a, cq_str, texts + 1);
        for (size_t i = 0; i < n; i++) f.set.n = add_distinct(set, f.set.n, v[i].set);
        f.set.v = set;
    }
    extent before = NO_EXTENT;
    for (size_t i = 0; i < n; i++) { // an exact set is also required
        if (v[i].exact) require_exact(p, &v[i], v[i].set, NO_EXTENT);
        required = required && v[i].required.n;
        wanted += v[i].required.n;
        before = longer(before, v[i].before);
    }
    if (!required) return f;
    cq_str *all = CQ_NEWN(p->a, cq_str, wanted + 1);
    cq_literals any = {all, 0};
    for (size_t i = 0; i < n; i++) any.n = add_distinct(all, any.n, v[i].required);
    if (any.n > REQUIRED_MAX) {
        before = add_length(before, longest(any));
        any = words_of(p, any);
    }
    require(p, &f, any, before);
    return f;
}

// A sequence grows from the left: `run` is the exact set of its last parts.
typedef struct {
    facts all;
    cq_literals run;
    extent run_before;
} sequence;

static void append(parser *p, sequence *q, const facts *part)
{
    cq_literals product;
    bool extends = part->exact && multiply(p, q->run, part->set, &product);
    if (part->required.n)
        require(p, &q->all, part->required, add_length(q->all.length, part->before));
    if (extends) {
        q->run = product;
    } else {
        require(p, &q->all, q->run, q->run_before);
        q->all.exact = false;
        q->run = part->exact ? part->set : one_text(p, cq_str_of(""));
        q->run_before =
            part->exact ? q->all.length : add_length(q->all.length, part->length);
    }
    q->all.length = add_length(q->all.length, part->length);
}

static facts finish(const parser *p, sequence *q)
{
    require(p, &q->all, q->run, q->run_before);
    q->all.set = q->run;
    return q->all;
}

static facts repeated(parser *p, const facts *f, uint32_t min, uint32_t max)
{
    facts out = {.length = {times(f->length.bytes, max), times(f->length.blanks, max)}};
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
        if (f->exact) require_exact(p, &out, f->set, NO_EXTENT);
        if (f->required.n) require(p, &out, f->required, f->before);
    }
    if (out.exact) require_exact(p, &out, out.set, NO_EXTENT);
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
    return p->digits ? chars(p, TEN, 10) : anything(WORD_CHAR);
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
    if (e == 'X') return anything(NO_END);
    if (strchr("wS", e)) return anything(WORD_CHAR);
    if (strchr("DWshHvVN", e)) return anything(ANY_CHAR);
    if (e == 'R') return anything((extent){CHAR_BYTES, 2});
    if (e == 'p' || e == 'P') {
        // \p{L}, \p{Lu}, \p{N} ... hold no blank, unlike \P{L}, \p{Z}, \p{^L}.
        bool word = e == 'p' && peek(p, 0) == '{' && strchr("LMN", peek(p, 1)) &&
                    (peek(p, 2) == '}' || peek(p, 3) == '}');
        if (peek(p, 0) == '{') {
            while (peek(p, 0) >= 0 && peek(p, 0) != '}') p->at++;
        }
        p->at += p->at < p->s.n;
        return anything(word ? WORD_CHAR : ANY_CHAR);
    }
    return give_up(p); // back references, \Q, octal and the like
}

static facts bracket(parser *p) // after [
{
    uint32_t list[CHARS_MAX];
    size_t n = 0;
    bool known = true, first = true, blank = false;
    if (peek(p, 0) == '^') {
        known = false;
        blank = true;
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
            blank = true;
            continue;
        }
        if (peek(p, 0) == '\\') {
            p->at++;
            bool digit = peek(p, 0) == 'd' && p->digits;
            blank = escape(p, &single, &c).length.blanks || blank;
            if (digit) {
                for (uint32_t d = '0'; d <= '9' && n < CHARS_MAX; d++) list[n++] = d;
                continue;
            }
        } else {
            c = cq_utf8_next(p->s, &p->at);
        }
        if (p->failed) return anything(NO_END);
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
        blank = blank || (single && c <= ' ');
        if (!single || to < c || to - c >= CHARS_MAX - n) {
            known = false;
            continue;
        }
        for (; c <= to; c++) list[n++] = c;
    }
    if (peek(p, 0) != ']') return give_up(p);
    p->at++;
    return known && n ? chars(p, list, n) : anything(blank ? ANY_CHAR : WORD_CHAR);
}

static facts alternatives(parser *p);

static facts group(parser *p) // after (
{
    bool zero_width = false, ahead = false;   // ahead: what must follow is required, too
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
            ahead = c == '=';
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
    if (!zero_width) return f;
    facts empty = nothing(p);
    if (ahead && f.exact) require_exact(p, &empty, f.set, NO_EXTENT);
    if (ahead && f.required.n) require(p, &empty, f.required, f.before);
    return empty;
}

static bool is_plain(int c)
{
    return c >= 0 && !strchr("()[].*+?{}^$|\\", c) && c != '\0';
}

// Characters that stand for themselves, up to one that a quantifier follows.
static facts text(parser *p)
{
    size_t start = p->at, last = p->at;
    uint32_t c = cq_utf8_next(p->s, &p->at);
    if (p->caseless && c >= 0x80) return chars(p, &c, 1);
    while (is_plain(peek(p, 0)) && !(p->caseless && peek(p, 0) >= 0x80) &&
           p->at - start < TEXT_MAX / 2) {
        last = p->at;
        cq_utf8_next(p->s, &p->at);
    }
    int next = peek(p, 0);
    bool quantifier = next >= 0 && strchr("*+?{", next);
    if (quantifier && last > start) p->at = last;
    facts f = {.exact = true, .set = one_text(p, cq_str_sub(p->s, start, p->at))};
    f.length = longest(f.set);
    return f;
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
        return anything(ANY_CHAR);
    case '^':
    case '$':
        p->at++;
        return nothing(p);
    case '*':
    case '+':
    case '?':
        return give_up(p);
    default:
        return text(p);
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
    CQ_VEC(facts) parts = {0};
    for (;;) {
        sequence q = {.all = {.exact = true}, .run = one_text(p, cq_str_of(""))};
        while (peek(p, 0) >= 0 && peek(p, 0) != '|' && peek(p, 0) != ')') {
            facts part = quantified(p);
            append(p, &q, &part);
        }
        *CQ_PUSH(p->a, &parts) = finish(p, &q);
        if (peek(p, 0) != '|') break;
        p->at++;
    }
    return parts.n > 1 ? alternation(p, parts.v, parts.n) : parts.v[0];
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
                          cq_literal_extent *before)
{
    parser p = {.a = a, .s = pattern, .max = REQUIRED_MAX};
    *caseless = p.caseless = sets_caseless(pattern);
    facts f;
    if (!parse(&p, &f) || !f.required.n) return false;
    *out = f.required;
    before->bytes = f.before.bytes >= UNBOUNDED ? UINT32_MAX : f.before.bytes;
    before->blanks = f.before.blanks >= UNBOUNDED ? UINT32_MAX : f.before.blanks;
    return true;
}

bool cq_literals_plain(cq_str pattern)
{
    for (size_t i = 0; i < pattern.n; i++) {
        if (memchr("()[].*+?{}^$\\", pattern.p[i], 13)) return false;
    }
    return true;
}
