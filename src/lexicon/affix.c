// Parsing of .aff, expansion of .dic. The rules of what may combine with what are those
// of Hunspell 1.7 (affixmgr.cxx strips affixes where we add them); tests hold the two
// against each other.
#include "lexicon/affix.h"

#include "base/map.h"
#include "base/utf8.h"

enum {
    FLAGS = 65536,
    FLAGS_MAX = 512,               // of one entry or affix; real ones have some 30
    FORM_MAX = 250,                // bytes; longer forms are left out
    FORMS_MAX = 8 * 1000 * 1000,   // emitted; French has 0.6 million, Hungarian some 5
    STEPS_MAX = 400 * 1000 * 1000, // affix entries tried; French needs 4 million
};

enum { FLAG_CHAR, FLAG_LONG, FLAG_NUM, FLAG_UTF8 };

// ---- words and flags -----------------------------------------------------------------

static bool next_line(cq_str *rest, cq_str *line)
{
    if (!cq_str_split(rest, '\n', line)) return false;
    if (line->n && line->p[line->n - 1] == '\r') line->n--;
    return true;
}

static bool next_word(cq_str *line, cq_str *word)
{
    size_t i = 0;
    while (i < line->n && cq_is_space(line->p[i])) i++;
    size_t start = i;
    while (i < line->n && !cq_is_space(line->p[i])) i++;
    *word = cq_str_sub(*line, start, i);
    *line = cq_str_sub(*line, i, line->n);
    return word->n > 0;
}

static unsigned number(cq_str s) // 0 when it is none
{
    unsigned n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!cq_is_digit(s.p[i]) || n > 1000000) return 0;
        n = n * 10 + (unsigned)(s.p[i] - '0');
    }
    return n;
}

// Flags in out[0..max); a malformed rest is dropped.
static size_t parse_flags(int kind, cq_str s, uint16_t *out, size_t max)
{
    size_t n = 0, i = 0;
    while (i < s.n && n < max) {
        uint32_t flag;
        if (kind == FLAG_LONG) {
            if (i + 1 >= s.n) break;
            flag = (uint32_t)((unsigned char)s.p[i] << 8 | (unsigned char)s.p[i + 1]);
            i += 2;
        } else if (kind == FLAG_NUM) {
            size_t end = i;
            while (end < s.n && s.p[end] != ',') end++;
            flag = number(cq_str_sub(s, i, end));
            i = end + 1;
        } else if (kind == FLAG_UTF8) {
            flag = cq_utf8_next(s, &i);
        } else {
            flag = (unsigned char)s.p[i++];
        }
        if (flag && flag < FLAGS) out[n++] = (uint16_t)flag;
    }
    return n;
}

static const uint16_t *copy_flags(cq_arena *a, int kind, cq_str s, size_t *n)
{
    uint16_t flags[FLAGS_MAX];
    *n = parse_flags(kind, s, flags, FLAGS_MAX);
    uint16_t *copy = cq_alloc(a, *n * sizeof *copy);
    if (*n) memcpy(copy, flags, *n * sizeof *copy);
    return copy;
}

static uint16_t one_flag(int kind, cq_str s)
{
    uint16_t f = 0;
    return parse_flags(kind, s, &f, 1) ? f : 0;
}

static bool has(const uint16_t *flags, size_t n, uint16_t flag)
{
    for (size_t i = 0; flag && i < n; i++) {
        if (flags[i] == flag) return true;
    }
    return false;
}

static const cq_affix_class *class_of(const cq_affix *x, uint16_t flag)
{
    return &x->classes.v[x->class_of[flag]];
}

// ---- .aff ----------------------------------------------------------------------------

typedef struct {
    cq_arena *a;
    cq_affix *x;
    cq_map fields; // text -> index into field_texts
    CQ_VEC(cq_str) field_texts;
    unsigned line;
    // The affix class being read: its lines still to come.
    uint16_t open_flag;
    bool open_prefix, open_cross;
    CQ_VEC(cq_affix_entry) entries;
    bool breaks_given;
} reader;

static void not_complete(reader *r, cq_str what)
{
    if (!r->x->complete) return;
    r->x->complete = false;
    r->x->why_not = cq_strf(r->a, "%.*s in line %u", CQ_PRI(what), r->line).p;
}

static cq_str intern(cq_arena *a, cq_map *m, cq_str s)
{
    (void)a;
    bool fresh;
    uint32_t *at = cq_map_put(m, s, &fresh);
    if (fresh) *at = (uint32_t)(m->n - 1);
    return m->items[*at].key;
}

static unsigned condition_chars(cq_str c)
{
    unsigned n = 0;
    for (size_t i = 0; i < c.n; n++) {
        if (c.p[i] == '[') {
            while (i < c.n && c.p[i] != ']') i++;
            i++;
        } else {
            cq_utf8_next(c, &i);
        }
    }
    return n;
}

bool cq_affix_condition(cq_str c, cq_str text)
{
    size_t t = 0;
    for (size_t i = 0; i < c.n;) {
        if (t >= text.n) return false;
        uint32_t have = cq_utf8_next(text, &t);
        if (c.p[i] == '.') {
            i++;
            continue;
        }
        if (c.p[i] != '[') {
            if (cq_utf8_next(c, &i) != have) return false;
            continue;
        }
        i++;
        bool not = i < c.n && c.p[i] == '^', found = false;
        if (not ) i++;
        while (i < c.n && c.p[i] != ']') found |= cq_utf8_next(c, &i) == have;
        i++;
        if (found == not ) return false;
    }
    return true;
}

static void close_class(reader *r)
{
    if (!r->open_flag) return;
    cq_affix *x = r->x;
    cq_affix_class c = {r->entries.v, r->entries.n, r->open_prefix, -1};
    bool elision = c.prefix && c.n && x->elisions_n < CQ_ELISIONS_MAX;
    for (size_t i = 0; i < c.n; i++) {
        const cq_affix_entry *e = &c.v[i];
        elision = elision && e->cont_n == 0 && e->cross && e->append.n &&
                  memchr(e->append.p, '\'', e->append.n);
    }
    if (x->class_of[r->open_flag] || x->classes.n == FLAGS) {
        // One class in two pieces, as prefix and suffix: nobody does that.
        not_complete(r, (cq_str)CQ_LIT("affix class defined twice"));
    } else {
        if (elision) {
            c.elision = (int)x->elisions_n;
            x->elisions[x->elisions_n++] = (uint16_t)x->classes.n;
        }
        x->class_of[r->open_flag] = (uint16_t)x->classes.n;
        *CQ_PUSH(r->a, &x->classes) = c;
    }
    r->open_flag = 0;
    memset(&r->entries, 0, sizeof r->entries);
}

// The rest of "PFX L' Y 34" or of "PFX L' a l'A/xy [ab] dp:le".
static void read_affix(reader *r, bool prefix, cq_str line)
{
    cq_str flag_text, word;
    if (!next_word(&line, &flag_text)) {
        not_complete(r, (cq_str)CQ_LIT("affix without flag"));
        return;
    }
    uint16_t flag = one_flag(r->x->flag_kind, flag_text);
    if (!r->open_flag || flag != r->open_flag || prefix != r->open_prefix) {
        close_class(r);
        if (!next_word(&line, &word) || !flag) {
            not_complete(r, (cq_str)CQ_LIT("affix class without a head"));
            return;
        }
        r->open_flag = flag;
        r->open_prefix = prefix;
        r->open_cross = cq_str_is(word, "Y");
        return;
    }
    cq_affix_entry e = {.cross = r->open_cross};
    if (!next_word(&line, &e.strip) || !next_word(&line, &e.append)) {
        not_complete(r, (cq_str)CQ_LIT("affix without an ending"));
        return;
    }
    next_word(&line, &e.condition);
    e.fields = intern(r->a, &r->fields, cq_str_trim(line));
    const char *slash = memchr(e.append.p, '/', e.append.n);
    if (slash) {
        size_t at = (size_t)(slash - e.append.p);
        cq_str cont = cq_str_sub(e.append, at + 1, e.append.n);
        e.cont = copy_flags(r->a, r->x->flag_kind, cont, &e.cont_n);
        e.append.n = at;
    }
    if (cq_str_is(e.strip, "0")) e.strip.n = 0;
    if (cq_str_is(e.append, "0")) e.append.n = 0;
    if (cq_str_is(e.condition, ".")) e.condition.n = 0;
    e.condition_chars = condition_chars(e.condition);
    *CQ_PUSH(r->a, &r->entries) = e;
}

static void read_pair(reader *r, cq_str line)
{
    cq_affix_pair p;
    cq_str count = line;
    if (!next_word(&line, &p.from)) return;
    if (!next_word(&line, &p.to)) {
        if (!number(cq_str_trim(count))) not_complete(r, (cq_str)CQ_LIT("ICONV"));
        return;
    }
    if (memchr(p.from.p, '_', p.from.n)) not_complete(r, (cq_str)CQ_LIT("ICONV with _"));
    *CQ_PUSH(r->a, &r->x->iconv) = p;
}

static void read_break(reader *r, cq_str line)
{
    cq_str word;
    if (!next_word(&line, &word)) return;
    if (!r->breaks_given) { // the count; "BREAK 0" turns breaking off
        r->breaks_given = true;
        r->x->breaks.n = 0;
        if (number(word) || cq_str_is(word, "0")) return;
    }
    *CQ_PUSH(r->a, &r->x->breaks) = word;
}

// Directives that name a special flag.
static uint16_t *flag_field(cq_affix *x, cq_str name)
{
    if (cq_str_is(name, "NEEDAFFIX") || cq_str_is(name, "PSEUDOROOT")) {
        return &x->need_affix;
    }
    if (cq_str_is(name, "CIRCUMFIX")) return &x->circumfix;
    if (cq_str_is(name, "KEEPCASE")) return &x->keep_case;
    if (cq_str_is(name, "FORBIDDENWORD")) return &x->forbidden;
    if (cq_str_is(name, "NOSUGGEST")) return &x->no_suggest;
    return NULL;
}

// Directives that do not touch what is a word.
static const char *const HARMLESS[] = {
    "WORDCHARS",   "TRY",         "MAP",          "REP",        "KEY",          "OCONV",
    "NAME",        "VERSION",     "HOME",         "PHONE",      "MAXNGRAMSUGS", "MAXDIFF",
    "NOSPLITSUGS", "ONLYMAXDIFF", "SUGSWITHDOTS", "MAXCPDSUGS", "SUBSTANDARD",
};

static bool harmless(cq_str name) { return CQ_IN(HARMLESS, name); }

static void read_flag_kind(reader *r, cq_str line)
{
    cq_str kind;
    next_word(&line, &kind);
    r->x->flag_kind = cq_str_is(kind, "long")    ? FLAG_LONG
                      : cq_str_is(kind, "num")   ? FLAG_NUM
                      : cq_str_is(kind, "UTF-8") ? FLAG_UTF8
                                                 : FLAG_CHAR;
}

static void read_directive(reader *r, cq_str line)
{
    cq_affix *x = r->x;
    cq_str name, word;
    if (!next_word(&line, &name) || name.p[0] == '#') return;
    uint16_t *flag = flag_field(x, name);
    if (flag) {
        if (next_word(&line, &word)) *flag = one_flag(x->flag_kind, word);
    } else if (cq_str_is(name, "PFX") || cq_str_is(name, "SFX")) {
        read_affix(r, name.p[0] == 'P', line);
    } else if (cq_str_is(name, "SET")) {
        x->utf8 = next_word(&line, &word) && cq_str_is(word, "UTF-8");
    } else if (cq_str_is(name, "FLAG")) {
        read_flag_kind(r, line);
    } else if (cq_str_is(name, "FULLSTRIP")) {
        x->full_strip = true;
    } else if (cq_str_is(name, "ICONV")) {
        read_pair(r, line);
    } else if (cq_str_is(name, "BREAK")) {
        read_break(r, line);
    } else if (!harmless(name)) {
        not_complete(r, name);
    }
}

// What a special flag in a continuation class means is known once all lines are read.
static void mark_entries(cq_affix *x)
{
    for (size_t c = 0; c < x->classes.n; c++) {
        for (size_t i = 0; i < x->classes.v[c].n; i++) {
            cq_affix_entry *e = (cq_affix_entry *)(uintptr_t)&x->classes.v[c].v[i];
            e->need_affix = has(e->cont, e->cont_n, x->need_affix);
            e->circumfix = has(e->cont, e->cont_n, x->circumfix);
        }
    }
}

void cq_affix_parse(cq_arena *a, cq_str aff, cq_affix *out)
{
    *out = (cq_affix){.complete = true, .class_of = CQ_NEWN(a, uint16_t, FLAGS)};
    *CQ_PUSH(a, &out->classes) = (cq_affix_class){.elision = -1};
    static const char *const DEFAULT_BREAKS[] = {"-", "^-", "-$"};
    for (size_t i = 0; i < CQ_COUNT(DEFAULT_BREAKS); i++) {
        *CQ_PUSH(a, &out->breaks) = cq_str_of(DEFAULT_BREAKS[i]);
    }
    reader r = {.a = a, .x = out};
    cq_map_init(&r.fields, a);
    if (cq_str_starts(aff, (cq_str)CQ_LIT("\xef\xbb\xbf"))) {
        aff = cq_str_sub(aff, 3, aff.n);
    }
    if (cq_utf8_invalid(aff) != SIZE_MAX) {
        not_complete(&r, (cq_str)CQ_LIT("invalid UTF-8"));
        return;
    }
    for (cq_str line; next_line(&aff, &line);) {
        r.line++;
        read_directive(&r, line);
    }
    close_class(&r);
    mark_entries(out);
    if (!out->utf8) not_complete(&r, (cq_str)CQ_LIT("SET other than UTF-8"));
}

// ---- .dic ----------------------------------------------------------------------------

typedef struct {
    cq_str stem, lemma, fields;
    const uint16_t *flags;
    size_t flags_n;
    unsigned form_flags;
    size_t homonym; // number of the entry before with this stem, 0: none
} entry;

typedef struct {
    cq_arena *a;
    const cq_affix *x;
    void (*emit)(void *ctx, const cq_affix_form *f);
    void *ctx;
    size_t forms, steps;
    const entry *e;
    uint32_t elisions; // that its flags allow
    bool prefixed;     // they hold prefixes that are no elisions
} expander;

cq_case cq_case_of(cq_str w)
{
    if (cq_is_folded(w)) return CQ_CASE_NONE;
    size_t capitals = 0, neutral = 0, n = 0;
    bool first = false;
    for (size_t i = 0; i < w.n; n++) {
        uint32_t c = cq_utf8_next(w, &i), lower = cq_to_lower(c);
        if (c != lower) {
            capitals++;
            if (n == 0) first = true;
        }
        if (cq_to_upper(c) == lower) neutral++;
    }
    if (capitals == 0) return CQ_CASE_NONE;
    if (capitals == 1 && first) return CQ_CASE_INIT;
    if (capitals == n || capitals + neutral == n) return CQ_CASE_ALL;
    return first ? CQ_CASE_HUH_INIT : CQ_CASE_HUH;
}

// The entry's own fields, and where its flags begin: man 5 hunspell, "Dictionary file".
static void cut_line(cq_str line, cq_str *word, cq_str *flags, cq_str *fields)
{
    size_t end = line.n;
    for (size_t i = 3; i < line.n; i++) {
        if (line.p[i] == ':' && (line.p[i - 3] == ' ' || line.p[i - 3] == '\t')) {
            end = i - 3;
            break;
        }
    }
    const char *tab = memchr(line.p, '\t', end);
    if (tab) end = (size_t)(tab - line.p);
    *fields = cq_str_trim(cq_str_sub(line, end, line.n));
    *word = cq_str_trim(cq_str_sub(line, 0, end));
    *flags = (cq_str){"", 0};
    for (size_t i = 1; i < word->n; i++) {
        if (word->p[i] == '/' && word->p[i - 1] != '\\') {
            *flags = cq_str_sub(*word, i + 1, word->n);
            word->n = i;
            break;
        }
    }
}

static cq_str unescape_slash(cq_arena *a, cq_str s)
{
    if (cq_str_find(s, (cq_str)CQ_LIT("\\/")) == SIZE_MAX) return s;
    char *out = cq_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '/') continue;
        out[n++] = s.p[i];
    }
    return (cq_str){out, n};
}

// The value of st:, else the stem; apostrophes made straight.
static cq_str lemma_of(cq_arena *a, cq_str fields, cq_str stem)
{
    for (cq_str f; next_word(&fields, &f);) {
        if (!cq_str_starts(f, (cq_str)CQ_LIT("st:")) || f.n == 3) continue;
        cq_str lemma = cq_str_sub(f, 3, f.n), typographic = CQ_LIT("\u2019");
        size_t at = cq_str_find(lemma, typographic);
        if (at == SIZE_MAX) return lemma;
        cq_str after = cq_str_sub(lemma, at + typographic.n, lemma.n);
        return cq_strf(a, "%.*s'%.*s", (int)at, lemma.p, CQ_PRI(after));
    }
    return stem;
}

// Fields without st:, so that few different texts remain.
static cq_str without_stem(cq_arena *a, cq_str fields)
{
    size_t at = cq_str_find(fields, (cq_str)CQ_LIT("st:"));
    if (at == SIZE_MAX || (at && !cq_is_space(fields.p[at - 1]))) return fields;
    cq_str rest = cq_str_sub(fields, at, fields.n), dropped;
    next_word(&rest, &dropped);
    return cq_str_trim(cq_strf(a, "%.*s%.*s", (int)at, fields.p, CQ_PRI(rest)));
}

static uint32_t elisions_in(const cq_affix *x, const uint16_t *flags, size_t n)
{
    uint32_t set = 0;
    for (size_t i = 0; i < n; i++) {
        const cq_affix_class *c = class_of(x, flags[i]);
        if (c->n && c->elision >= 0) set |= 1u << c->elision;
    }
    return set;
}

static bool has_prefixes(const cq_affix *x, const uint16_t *flags, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const cq_affix_class *c = class_of(x, flags[i]);
        if (c->prefix && c->elision < 0) return true;
    }
    return false;
}

static void emit(expander *g, cq_str form, const cq_affix_entry *s,
                 const cq_affix_entry *s2, const cq_affix_entry *p, uint32_t elisions)
{
    static const cq_str NOTHING = {"", 0};
    cq_affix_form f = {.form = form, .lemma = g->e->lemma, .flags = g->e->form_flags};
    f.fields[0] = g->e->fields;
    f.fields[1] = s ? s->fields : NOTHING;
    f.fields[2] = s2 ? s2->fields : NOTHING;
    f.fields[3] = p ? p->fields : NOTHING;
    f.elisions = elisions;
    if (!s && !p) f.flags |= CQ_FORM_ROOT;
    if (p && memchr(p->append.p, '\'', p->append.n)) f.flags |= CQ_FORM_ELIDED;
    g->forms++;
    g->emit(g->ctx, &f);
}

// There has been too much work, which cq_affix_expand() reports.
static bool exhausted(const expander *g)
{
    return g->steps > STEPS_MAX || g->forms > FORMS_MAX;
}

// Bytes written, 0 when the suffix does not fit the word.
static size_t add_suffix(expander *g, const cq_affix_entry *s, cq_str w, char *out)
{
    g->steps++;
    if (w.n < s->strip.n || memcmp(w.p + w.n - s->strip.n, s->strip.p, s->strip.n) != 0) {
        return 0;
    }
    size_t stem = w.n - s->strip.n;
    if (stem == 0 && !g->x->full_strip) return 0;
    if (stem + s->append.n > FORM_MAX) return 0;
    if (s->condition_chars) {
        size_t at = w.n;
        for (unsigned i = 0; i < s->condition_chars; i++) {
            if (at == 0) return 0;
            do at--;
            while (at && (w.p[at] & 0xc0) == 0x80);
        }
        if (!cq_affix_condition(s->condition, cq_str_sub(w, at, w.n))) return 0;
    }
    memcpy(out, w.p, stem);
    memcpy(out + stem, s->append.p, s->append.n);
    return stem + s->append.n;
}

static size_t add_prefix(expander *g, const cq_affix_entry *p, cq_str w, char *out)
{
    g->steps++;
    if (!cq_str_starts(w, p->strip)) return 0;
    size_t rest = w.n - p->strip.n;
    if (rest == 0 && !g->x->full_strip) return 0;
    if (rest + p->append.n > FORM_MAX) return 0;
    if (!cq_affix_condition(p->condition, w)) return 0;
    memcpy(out, p->append.p, p->append.n);
    memcpy(out + p->append.n, w.p + p->strip.n, rest);
    return rest + p->append.n;
}

// Prefixes of one flag before a word that already has suffix s (NULL: the bare stem).
static void prefixes(expander *g, uint16_t flag, cq_str w, const cq_affix_entry *s,
                     const cq_affix_entry *s2)
{
    const cq_affix_class *c = class_of(g->x, flag);
    g->steps++;
    if (!c->prefix || c->elision >= 0) return;
    for (size_t i = 0; i < c->n && !exhausted(g); i++) {
        const cq_affix_entry *p = &c->v[i];
        char out[FORM_MAX];
        if (s && !p->cross) continue;
        if (p->need_affix && (!s || s->need_affix)) continue;
        if (s && s->circumfix != p->circumfix) continue;
        size_t n = add_prefix(g, p, w, out);
        if (n) emit(g, (cq_str){out, n}, s, s2, p, 0);
    }
}

// A word with suffix s, alone, with a second suffix, and with prefixes.
static void suffixed(expander *g, const cq_affix_entry *s, cq_str w)
{
    const cq_affix *x = g->x;
    const entry *e = g->e;
    uint32_t own = s->cross ? g->elisions : 0;
    uint32_t elisions = s->cross ? own | elisions_in(x, s->cont, s->cont_n) : 0;
    if (!s->need_affix && !s->circumfix) emit(g, w, s, NULL, NULL, elisions);
    for (size_t i = 0; i < s->cont_n && !exhausted(g); i++) {
        const cq_affix_class *c = class_of(x, s->cont[i]);
        for (size_t k = 0; !c->prefix && k < c->n && !exhausted(g); k++) {
            char out[FORM_MAX];
            size_t n = add_suffix(g, &c->v[k], w, out);
            if (!n) continue;
            uint32_t outer = elisions_in(x, c->v[k].cont, c->v[k].cont_n);
            emit(g, (cq_str){out, n}, s, &c->v[k], NULL, own | outer);
            for (size_t f = 0; g->prefixed && f < e->flags_n && !exhausted(g); f++) {
                prefixes(g, e->flags[f], (cq_str){out, n}, s, &c->v[k]);
            }
        }
    }
    if (!s->cross) return;
    for (size_t i = 0; g->prefixed && i < e->flags_n && !exhausted(g); i++)
        prefixes(g, e->flags[i], w, s, NULL);
    for (size_t i = 0; i < s->cont_n && !exhausted(g); i++)
        prefixes(g, s->cont[i], w, s, NULL);
}

// Suffixes that a prefix brings with it: PFX Um 0 kilo/S.()
static void suffixes_of_prefix(expander *g, const cq_affix_entry *p)
{
    for (size_t i = 0; p->cross && i < p->cont_n && !exhausted(g); i++) {
        const cq_affix_class *c = class_of(g->x, p->cont[i]);
        if (c->prefix) continue;
        for (size_t k = 0; k < c->n && !exhausted(g); k++) {
            const cq_affix_entry *s = &c->v[k];
            if (!s->cross || (s->need_affix && p->need_affix) ||
                s->circumfix != p->circumfix) {
                continue;
            }
            char word[FORM_MAX], out[FORM_MAX];
            size_t n = add_suffix(g, s, g->e->stem, word);
            size_t m = n ? add_prefix(g, p, (cq_str){word, n}, out) : 0;
            if (m) emit(g, (cq_str){out, m}, s, NULL, p, 0);
        }
    }
}

static void expand_entry(expander *g, const entry *e)
{
    const cq_affix *x = g->x;
    g->e = e;
    g->elisions = elisions_in(x, e->flags, e->flags_n);
    g->prefixed = has_prefixes(x, e->flags, e->flags_n);
    if (!has(e->flags, e->flags_n, x->need_affix)) {
        emit(g, e->stem, NULL, NULL, NULL, g->elisions);
    }
    for (size_t i = 0; i < e->flags_n && !exhausted(g); i++) {
        const cq_affix_class *c = class_of(x, e->flags[i]);
        if (c->prefix) {
            prefixes(g, e->flags[i], e->stem, NULL, NULL);
            for (size_t k = 0; c->elision < 0 && k < c->n && !exhausted(g); k++) {
                suffixes_of_prefix(g, &c->v[k]);
            }
            continue;
        }
        for (size_t k = 0; k < c->n && !exhausted(g); k++) {
            char out[FORM_MAX];
            size_t n = add_suffix(g, &c->v[k], e->stem, out);
            if (n) suffixed(g, &c->v[k], (cq_str){out, n});
        }
    }
}

// OpenOffice.org is also accepted as OPENOFFICE.ORG: Hunspell looks that up as
// "Openoffice.org", an entry that it adds unless the dictionary has the word.
static bool wants_hidden(const entry *e)
{
    if (e->form_flags & CQ_FORM_FORBIDDEN) return false;
    cq_case c = cq_case_of(e->stem);
    return c == CQ_CASE_HUH || c == CQ_CASE_HUH_INIT ||
           (c == CQ_CASE_ALL && e->flags_n > 0);
}

static cq_str initial_capital(cq_arena *a, cq_str s)
{
    char *lower = cq_alloc(a, s.n * 2 + 4);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = cq_to_lower(cq_utf8_next(s, &i));
        n += cq_utf8_put(lower + n, n == 0 ? cq_to_upper(c) : c);
    }
    return (cq_str){lower, n};
}

static bool fits(expander *g, const char *path, unsigned line, cq_err *err)
{
    if (!exhausted(g)) return true;
    return cq_fail(err, CQ_ELIMIT, path, line, "more than %d forms or %d steps",
                   FORMS_MAX, STEPS_MAX);
}

// House words borrow the flags and fields of the entries that they inflect like.
static bool expand_house(expander *g, cq_str house, const cq_map *stems,
                         const entry *entries, cq_err *err)
{
    cq_str line, word;
    for (unsigned at = 1; next_line(&house, &line); at++) {
        if (!line.n || line.p[0] == '#' || !cq_str_split(&line, '\t', &word)) continue;
        uint32_t *like = line.p ? cq_map_get(stems, cq_str_trim(line)) : NULL;
        if (!like || !word.n || word.n > FORM_MAX) continue;
        for (size_t i = *like; i; i = entries[i].homonym) {
            entry e = entries[i];
            e.stem = e.lemma = word;
            e.form_flags |= CQ_FORM_HOUSE;
            expand_entry(g, &e);
        }
        if (!fits(g, "words.tsv", at, err)) return false;
    }
    return true;
}

bool cq_affix_expand(cq_arena *a, const cq_affix *x, cq_str dic, cq_str house,
                     const char *path,
                     void (*emit_form)(void *ctx, const cq_affix_form *f), void *ctx,
                     cq_err *err)
{
    if (cq_str_starts(dic, (cq_str)CQ_LIT("\xef\xbb\xbf"))) {
        dic = cq_str_sub(dic, 3, dic.n);
    }
    if (cq_utf8_invalid(dic) != SIZE_MAX) {
        return cq_fail(err, CQ_EENCODING, path, 0, "is not UTF-8");
    }
    expander g = {.a = a, .x = x, .emit = emit_form, .ctx = ctx};
    cq_map stems, fields_seen;
    cq_map_init(&stems, a);
    cq_map_init(&fields_seen, a);
    CQ_VEC(entry) entries = {0}, hidden = {0};
    *CQ_PUSH(a, &entries) = (entry){0}; // number 0 is none
    cq_str line;
    next_line(&dic, &line); // the number of entries
    for (unsigned at = 2; next_line(&dic, &line); at++) {
        cq_str word, flags, fields;
        cut_line(line, &word, &flags, &fields);
        if (!word.n || word.n > FORM_MAX) continue;
        entry e = {.stem = unescape_slash(a, word)};
        const uint16_t *list = copy_flags(a, x->flag_kind, flags, &e.flags_n);
        e.flags = list;
        e.lemma = lemma_of(a, fields, e.stem);
        e.fields = intern(a, &fields_seen, without_stem(a, fields));
        if (has(list, e.flags_n, x->keep_case)) e.form_flags |= CQ_FORM_KEEPCASE;
        if (has(list, e.flags_n, x->no_suggest)) e.form_flags |= CQ_FORM_NOSUGGEST;
        if (has(list, e.flags_n, x->forbidden)) e.form_flags |= CQ_FORM_FORBIDDEN;
        uint32_t *last = cq_map_put(&stems, e.stem, NULL);
        e.homonym = *last;
        *last = (uint32_t)entries.n;
        *CQ_PUSH(a, &entries) = e;
        if (wants_hidden(&e)) *CQ_PUSH(a, &hidden) = e;
        expand_entry(&g, &e);
        if (!fits(&g, path, at, err)) return false;
    }
    for (size_t i = 0; i < hidden.n; i++) {
        entry e = hidden.v[i];
        bool fresh;
        e.stem = initial_capital(a, e.stem);
        e.form_flags |= CQ_FORM_HIDDEN;
        cq_map_put(&stems, e.stem, &fresh);
        if (fresh) expand_entry(&g, &e);
        if (!fits(&g, path, 0, err)) return false;
    }
    return expand_house(&g, house, &stems, entries.v, err);
}
