#include "rules/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/buf.h"
#include "base/utf8.h"

// Calls of PCRE2's matching function for one start: first few, then more for those that
// need it. What is spent beyond the first stage is charged to the caller's budget.
static const uint32_t STAGES[] = {200, 2000, 20000, 100000};
enum {
    DEPTH_LIMIT = 20000,
    HEAP_LIMIT_KIB = 8 << 10,
    PAYS = 150, // searches after which machine code is made
    OPTIONS = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT,
};

cq_str cq_regex_source(cq_arena *a, cq_str pattern)
{
    static const char APOSTROPHES[] = "'\xe2\x80\x99", BLANKS[] = " \\x{a0}\\x{202f}";
    cq_buf b;
    cq_buf_init(&b, SIZE_MAX / 2);
    bool in_class = false, quoted = false;
    for (size_t i = 0; i < pattern.n; i++) {
        cq_str rest = cq_str_sub(pattern, i, pattern.n);
        char c = pattern.p[i];
        const char *both = c == ' ' ? BLANKS : NULL;
        size_t skip = 0;
        if (c == '\'') both = APOSTROPHES;
        if (cq_str_starts(rest, (cq_str)CQ_LIT("\xe2\x80\x99"))) {
            both = APOSTROPHES;
            skip = 2;
        }
        if (c == '\\' && i + 1 < pattern.n) {
            if (pattern.p[i + 1] == 'Q') quoted = true;
            if (pattern.p[i + 1] == 'E') quoted = false;
            cq_buf_str(&b, cq_str_sub(pattern, i, i + 2));
            i++;
            continue;
        }
        if (both && !quoted) {
            if (!in_class) cq_buf_char(&b, '[');
            cq_buf_c(&b, both);
            if (!in_class) cq_buf_char(&b, ']');
            i += skip;
            continue;
        }
        if (c == '[' && !in_class) {
            in_class = true;
            cq_buf_char(&b, c);
            if (cq_str_starts(rest, (cq_str)CQ_LIT("[^"))) {
                cq_buf_char(&b, '^');
                i++;
            }
            if (i + 1 < pattern.n && pattern.p[i + 1] == ']') { // a literal one
                cq_buf_char(&b, ']');
                i++;
            }
            continue;
        }
        if (c == '[' && cq_str_starts(rest, (cq_str)CQ_LIT("[:"))) {
            size_t end = cq_str_find(rest, (cq_str)CQ_LIT(":]"));
            if (end != SIZE_MAX) {
                cq_buf_str(&b, cq_str_sub(rest, 0, end + 2));
                i += end + 1;
                continue;
            }
        }
        if (c == ']') in_class = false;
        cq_buf_char(&b, c);
    }
    cq_str out = cq_str_copy(a, cq_buf_view(&b));
    cq_buf_free(&b);
    return out;
}

static pcre2_code *compile(cq_str source, int *code, size_t *at)
{
    return pcre2_compile((PCRE2_SPTR)source.p, source.n, OPTIONS, code, at, NULL);
}

// Flags that make blanks of the pattern mean nothing: what cq_regex_source does to them
// would be wrong.
static bool extended(cq_str s)
{
    for (size_t i = 0; i + 2 < s.n; i++) {
        if (s.p[i] == '\\') {
            i++;
            continue;
        }
        if (s.p[i] != '(' || s.p[i + 1] != '?') continue;
        size_t k = i + 2;
        while (k < s.n && (cq_is_alpha(s.p[k]) || s.p[k] == '-' || s.p[k] == '^')) {
            if (s.p[k] == 'x') return true;
            if (s.p[k] == 'P' || s.p[k] == 'R') break;
            k++;
        }
    }
    return false;
}

bool cq_regex_check(cq_str source, const char *path, unsigned line, cq_err *err)
{
    if (extended(source)) {
        return cq_fail(err, CQ_ESYNTAX, path, line, "a regex may not use (?x)");
    }
    if (cq_str_starts(source, (cq_str)CQ_LIT("(*"))) {
        return cq_fail(err, CQ_ESYNTAX, path, line, "a regex may not begin with (*");
    }
    int code;
    size_t at;
    pcre2_code *c = compile(source, &code, &at);
    if (!c) {
        char text[160];
        pcre2_get_error_message(code, (PCRE2_UCHAR *)text, sizeof text);
        cq_str left = cq_str_sub(source, at, at + 20);
        while (left.n && (left.p[left.n - 1] & 0xc0) == 0x80) left.n--;
        return cq_fail(err, CQ_ESYNTAX, path, line, "regex: %s at \"%.*s\"", text,
                       CQ_PRI(left));
    }
    uint32_t groups;
    pcre2_pattern_info(c, PCRE2_INFO_CAPTURECOUNT, &groups);
    pcre2_code_free(c);
    if (groups >= CQ_REGEX_GROUPS) {
        return cq_fail(err, CQ_ESYNTAX, path, line, "regex: more than %d groups",
                       CQ_REGEX_GROUPS - 1);
    }
    return true;
}

void cq_regex_free(cq_regex *r)
{
    pcre2_code_free(atomic_exchange(&r->code, NULL));
    pcre2_code_free(atomic_exchange(&r->fast, NULL));
}

struct cq_regex_matcher {
    cq_arena *arena;
    pcre2_match_context *context;
    pcre2_match_data *data;
};

static void *arena_malloc(PCRE2_SIZE n, void *ctx) { return cq_alloc(ctx, n); }
static void arena_free(void *p, void *ctx)
{
    (void)p;
    (void)ctx;
}

cq_regex_matcher *cq_regex_matcher_new(cq_arena *a)
{
    cq_regex_matcher *m = CQ_NEW(a, cq_regex_matcher);
    pcre2_general_context *g = pcre2_general_context_create(arena_malloc, arena_free, a);
    m->arena = a;
    m->context = pcre2_match_context_create(g);
    m->data = pcre2_match_data_create(CQ_REGEX_GROUPS, g);
    pcre2_set_depth_limit(m->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(m->context, HEAP_LIMIT_KIB);
    return m;
}

// The compiled expression, made by whoever needs it first. NULL: it does not compile.
static const pcre2_code *code_of(cq_regex *r, cq_str source)
{
    void *known = atomic_load_explicit(&r->code, memory_order_acquire);
    if (known) return known;
    int code;
    size_t at;
    pcre2_code *mine = compile(source, &code, &at);
    if (!mine) return NULL;
    if (atomic_compare_exchange_strong(&r->code, &known, mine)) return mine;
    pcre2_code_free(mine); // another thread was first
    return known;
}

// The expression as machine code, once it pays and where the system lets us have some;
// else NULL. The one thread that counts to PAYS makes it.
static const pcre2_code *fast_of(cq_regex *r, const pcre2_code *code)
{
    if (atomic_load_explicit(&r->searches, memory_order_relaxed) > PAYS)
        return atomic_load_explicit(&r->fast, memory_order_acquire);
    if (atomic_fetch_add_explicit(&r->searches, 1, memory_order_relaxed) != PAYS)
        return NULL;
    pcre2_code *fast = pcre2_code_copy(code);
    if (fast && pcre2_jit_compile(fast, PCRE2_JIT_COMPLETE)) {
        pcre2_code_free(fast);
        fast = NULL;
    }
    atomic_store_explicit(&r->fast, fast, memory_order_release);
    return fast;
}

static cq_regex_result run(cq_regex *r, cq_regex_matcher *m, cq_str source, cq_str text,
                           size_t from, size_t until, uint32_t options, int64_t *steps,
                           int *groups)
{
    const pcre2_code *code = code_of(r, source);
    if (!code) return CQ_REGEX_NONE;
    pcre2_set_offset_limit(m->context, until);
    const pcre2_code *fast = options ? NULL : fast_of(r, code);
    if (fast) {
        pcre2_set_match_limit(m->context, STAGES[0]);
        int rc = pcre2_match(fast, (PCRE2_SPTR)text.p, text.n, from, PCRE2_NO_UTF_CHECK,
                             m->data, m->context);
        if (rc > 0) *groups = rc;
        if (rc > 0 || rc == PCRE2_ERROR_NOMATCH)
            return rc > 0 ? CQ_REGEX_FOUND : CQ_REGEX_NONE;
    }
    for (size_t stage = 0; stage < CQ_COUNT(STAGES); stage++) {
        if (stage > 0) {
            if (*steps < STAGES[stage]) return CQ_REGEX_LIMIT;
            *steps -= STAGES[stage];
        }
        pcre2_set_match_limit(m->context, STAGES[stage]);
        int rc = pcre2_match(code, (PCRE2_SPTR)text.p, text.n, from,
                             options | PCRE2_NO_UTF_CHECK, m->data, m->context);
        if (rc > 0) {
            *groups = rc;
            return CQ_REGEX_FOUND;
        }
        if (rc != PCRE2_ERROR_MATCHLIMIT) {
            return rc == PCRE2_ERROR_NOMATCH ? CQ_REGEX_NONE : CQ_REGEX_LIMIT;
        }
    }
    return CQ_REGEX_LIMIT;
}

cq_regex_result cq_regex_search(cq_regex *r, cq_regex_matcher *m, cq_str source,
                                cq_str text, size_t from, size_t until, int64_t *steps,
                                cq_regex_groups *out)
{
    int groups;
    cq_regex_result result = run(r, m, source, text, from, until, 0, steps, &groups);
    if (result != CQ_REGEX_FOUND) return result;
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(m->data);
    out->n = CQ_REGEX_GROUPS;
    for (unsigned i = 0; i < CQ_REGEX_GROUPS; i++) {
        bool took_part = (int)i < groups && ends[2 * i] != PCRE2_UNSET;
        out->start[i] = took_part ? ends[2 * i] : SIZE_MAX;
        out->end[i] = took_part ? ends[2 * i + 1] : SIZE_MAX;
    }
    // \K may put the start behind the end.
    return out->start[0] <= out->end[0] ? CQ_REGEX_FOUND : CQ_REGEX_NONE;
}

// ".{5,}": so many characters or more, which needs no machine.
static bool least_length(cq_str source, size_t *n)
{
    size_t i = 2;
    if (!cq_str_starts(source, (cq_str)CQ_LIT(".{"))) return false;
    for (*n = 0; i < source.n && cq_is_digit(source.p[i]) && *n < 1000; i++) {
        *n = *n * 10 + (size_t)(source.p[i] - '0');
    }
    return i > 2 && cq_str_is(cq_str_sub(source, i, source.n), ",}");
}

cq_regex_result cq_regex_full(cq_regex *r, cq_regex_matcher *m, cq_str source,
                              cq_str text, int64_t *steps)
{
    int groups;
    size_t least;
    if (least_length(source, &least) && !memchr(text.p, '\n', text.n))
        return cq_utf8_count(text) >= least ? CQ_REGEX_FOUND : CQ_REGEX_NONE;
    return run(r, m, source, text, 0, text.n, PCRE2_ANCHORED | PCRE2_ENDANCHORED, steps,
               &groups);
}
