#include "source/glossary.h"

#include "base/file.h"
#include "base/map.h"
#include "base/utf8.h"
#include "source/tbx.h"

enum {
    FILE_MAX = 32 << 20,
    FIELDS_MAX = 16,
    TERM_WORDS_MAX = 12,
    LEMMAS_MAX = 8, // of one word
};

// A word of a term: the lemmas it may belong to, or its letters where it has none.
typedef struct {
    uint32_t lemmas[LEMMAS_MAX];
    uint32_t n;
    cq_str folded;
} term_word;

typedef CQ_VEC(uint32_t) numbers;

struct cq_glossary {
    cq_arena *arena;
    const cq_lexicon *lexicon;
    CQ_VEC(cq_concept) concepts;
    CQ_VEC(cq_term) terms;
    CQ_VEC(term_word) words;
    cq_map concept_of; // folded English -> concept
    cq_map by_lemma;   // lemma id (its bytes) or folded word -> index into lists
    cq_map by_english; // folded first word -> index into lists
    CQ_VEC(numbers) lists;
};

// --- indices

static numbers *list_of(cq_glossary *g, cq_map *map, cq_str key)
{
    bool fresh;
    uint32_t *at = cq_map_put(map, key, &fresh);
    if (fresh) {
        *at = (uint32_t)g->lists.n;
        *CQ_PUSH(g->arena, &g->lists) = (numbers){0};
    }
    return &g->lists.v[*at];
}

static const numbers *find_list(const cq_glossary *g, const cq_map *map, cq_str key)
{
    const uint32_t *at = cq_map_get(map, key);
    return at ? &g->lists.v[*at] : NULL;
}

static cq_str lemma_key(const uint32_t *lemma)
{
    return (cq_str){(const char *)lemma, sizeof *lemma};
}

static void set_lemmas(const cq_lexicon *l, uint32_t form, term_word *w)
{
    size_t n = 0;
    const cq_reading *r = form ? cq_lexicon_readings(l, form, &n) : NULL;
    for (size_t i = 0; i < n && w->n < LEMMAS_MAX; i++) {
        bool seen = false;
        for (uint32_t k = 0; k < w->n; k++) seen |= w->lemmas[k] == r[i].lemma;
        if (!seen) w->lemmas[w->n++] = r[i].lemma;
    }
}

// --- reading

typedef struct {
    const char *path;
    cq_str rest;
    unsigned line;
    char separator;
} table;

// The next row's fields; 0: no more. A quoted field may hold line breaks.
static size_t next_row(cq_arena *a, table *t, cq_str fields[FIELDS_MAX])
{
    size_t n = 0;
    bool more = true;
    if (!t->rest.n) return 0;
    t->line++;
    while (more) {
        cq_str field = {t->rest.p, 0};
        size_t i = 0;
        if (t->rest.n && t->rest.p[0] == '"' && t->separator != '\t') {
            char *out = cq_alloc(a, t->rest.n);
            size_t k = 0;
            for (i = 1; i < t->rest.n; i++) {
                if (t->rest.p[i] == '"' &&
                    (i + 1 == t->rest.n || t->rest.p[i + 1] != '"'))
                    break;
                if (t->rest.p[i] == '"') i++;
                if (t->rest.p[i] == '\n') t->line++;
                out[k++] = t->rest.p[i];
            }
            field = (cq_str){out, k};
            i += i < t->rest.n;
        }
        size_t start = i;
        while (i < t->rest.n && t->rest.p[i] != t->separator && t->rest.p[i] != '\n') i++;
        if (start == 0) field = cq_str_sub(t->rest, 0, i);
        if (n < FIELDS_MAX) fields[n++] = cq_str_trim(field);
        more = i < t->rest.n && t->rest.p[i] == t->separator;
        t->rest = cq_str_sub(t->rest, i + 1, t->rest.n);
    }
    return n;
}

static uint32_t add_concept(cq_glossary *g)
{
    *CQ_PUSH(g->arena, &g->concepts) = (cq_concept){.preferred = {"", 0}};
    return (uint32_t)g->concepts.n - 1;
}

// Unless another concept has this source.
static void add_source(cq_glossary *g, uint32_t concept, cq_str source)
{
    bool fresh;
    cq_str rest = cq_fold(g->arena, source), word;
    uint32_t *at = cq_map_put(&g->concept_of, rest, &fresh);
    if (!fresh) return;
    *at = concept;
    *CQ_PUSH(g->arena, &g->concepts.v[concept].sources) = source;
    if (cq_str_split(&rest, ' ', &word))
    *CQ_PUSH(g->arena, list_of(g, &g->by_english, word)) = concept;
}

static const uint32_t *find_concept(const cq_glossary *g, cq_str source)
{
    return cq_map_get(&g->concept_of, cq_fold(g->arena, source));
}

static bool add_term(cq_glossary *g, const char *path, unsigned line, uint32_t concept,
                     cq_str text, cq_term_status status, cq_str note, cq_err *err)
{
    cq_document d = {.arena = g->arena, .source = text};
    cq_builder b;
    cq_builder_init(&b, &d);
    cq_builder_open(&b, CQ_BLOCK_PARAGRAPH, 0);
    cq_builder_verbatim(&b, 0, (uint32_t)text.n);
    cq_builder_close(&b);
    cq_builder_finish(&b);
    cq_passage p;
    cq_tokenize_fr(g->arena, &d, 0, d.blocks.n, &p);
    if (!p.n) return cq_fail(err, CQ_ESYNTAX, path, line, "a term without a word");
    if (p.n > TERM_WORDS_MAX)
        return cq_fail(err, CQ_ELIMIT, path, line, "a term of more than %d words",
                       TERM_WORDS_MAX);
    uint32_t id = (uint32_t)g->terms.n;
    cq_term term = {text, status, concept, note, (uint32_t)g->words.n, (uint32_t)p.n};
    for (size_t i = 0; i < p.n; i++) {
        cq_str word = cq_token_word(&p, i);
        term_word w = {.folded = cq_fold(g->arena, word)};
        set_lemmas(g->lexicon, cq_lexicon_lookup(g->lexicon, word), &w);
        *CQ_PUSH(g->arena, &g->words) = w;
    }
    *CQ_PUSH(g->arena, &g->terms) = term;
    const term_word *first = &g->words.v[term.first_word];
    for (uint32_t i = 0; i < first->n; i++) {
        uint32_t *key = CQ_NEW(g->arena, uint32_t);
        *key = first->lemmas[i];
        *CQ_PUSH(g->arena, list_of(g, &g->by_lemma, lemma_key(key))) = id;
    }
    *CQ_PUSH(g->arena, list_of(g, &g->by_lemma, first->folded)) = id;
    return true;
}

static bool read_status(const table *t, cq_str text, cq_term_status *out, cq_err *err)
{
    static const char *const NAMES[] = {"preferred", "admitted", "forbidden"};
    *out = CQ_TERM_PREFERRED;
    if (!text.n) return true;
    for (size_t i = 0; i < CQ_COUNT(NAMES); i++) {
        if (!cq_str_ieq(text, NAMES[i])) continue;
        *out = (cq_term_status)i;
        return true;
    }
    return cq_fail(err, CQ_ESYNTAX, t->path, t->line,
                   "unknown status \"%.*s\": preferred, admitted or forbidden",
                   CQ_PRI(text));
}

static size_t column(const cq_str *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (cq_str_ieq(names[i], name)) return i;
    }
    return FIELDS_MAX;
}

static bool read_table(cq_glossary *g, const char *path, cq_str text, cq_err *err)
{
    table t = {.path = path, .rest = text};
    const char *end = memchr(t.rest.p, '\n', t.rest.n);
    size_t head = end ? (size_t)(end - t.rest.p) : t.rest.n;
    t.separator = memchr(t.rest.p, '\t', head)  ? '\t'
                  : memchr(t.rest.p, ';', head) ? ';'
                                                : ',';
    cq_str names[FIELDS_MAX], row[FIELDS_MAX];
    size_t names_n = next_row(g->arena, &t, names), n;
    size_t source = column(names, names_n, "source"),
           target = column(names, names_n, "target");
    size_t status = column(names, names_n, "status"),
           note = column(names, names_n, "note");
    if (source == FIELDS_MAX || target == FIELDS_MAX)
        return cq_fail(err, CQ_ESYNTAX, path, 1,
                       "the first line must name the columns source and target");
    while ((n = next_row(g->arena, &t, row))) {
        if (n == 1 && !row[0].n) continue;
        if (source >= n || target >= n || !row[source].n || !row[target].n)
            return cq_fail(err, CQ_ESYNTAX, path, t.line,
                           "a row without source or target");
        cq_term_status s;
        if (!read_status(&t, status < n ? row[status] : (cq_str){"", 0}, &s, err))
            return false;
        const uint32_t *known = find_concept(g, row[source]);
        uint32_t id = known ? *known : add_concept(g);
        add_source(g, id, row[source]);
        cq_str rest = row[target], one;
        while (cq_str_split(&rest, '|', &one)) {
            cq_str why = note < n ? row[note] : (cq_str){"", 0};
            if (!add_term(g, path, t.line, id, cq_str_trim(one), s, why, err))
                return false;
        }
    }
    return true;
}

typedef struct {
    cq_glossary *g;
    const char *path;
} tbx;

static bool add_tbx_concept(void *ctx, const cq_tbx_concept *c, cq_err *err)
{
    const tbx *t = ctx;
    const uint32_t *known = NULL;
    for (size_t i = 0; i < c->english_n && !known; i++)
        known = find_concept(t->g, c->english[i].text);
    uint32_t id = known ? *known : add_concept(t->g);
    for (size_t i = 0; i < c->english_n; i++) add_source(t->g, id, c->english[i].text);
    for (size_t i = 0; i < c->french_n; i++) {
        const cq_tbx_term *f = &c->french[i];
        if (!add_term(t->g, t->path, f->line, id, f->text, f->status, f->note, err))
            return false;
    }
    return true;
}

static bool read_file(cq_glossary *g, const char *path, cq_str text, cq_err *err)
{
    if (cq_str_starts(text, cq_str_of("\xef\xbb\xbf")))
        text = cq_str_sub(text, 3, text.n);
    tbx t = {g, path};
    return cq_tbx_is(text) ? cq_tbx_read(g->arena, path, text, add_tbx_concept, &t, err)
                           : read_table(g, path, text, err);
}

static void set_preferred(cq_glossary *g)
{
    for (size_t i = 0; i < g->concepts.n; i++)
        g->concepts.v[i].preferred = (cq_str){"", 0};
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < g->terms.n; i++) {
            const cq_term *t = &g->terms.v[i];
            cq_concept *c = &g->concepts.v[t->concept];
            if (!c->preferred.n && t->status == (cq_term_status)pass)
                c->preferred = t->text;
        }
    }
}

cq_glossary *cq_glossary_new(cq_arena *a, const cq_lexicon *l)
{
    cq_glossary *g = CQ_NEW(a, cq_glossary);
    g->arena = a;
    g->lexicon = l;
    cq_map_init(&g->concept_of, a);
    cq_map_init(&g->by_lemma, a);
    cq_map_init(&g->by_english, a);
    return g;
}

bool cq_glossary_add(cq_glossary *g, const char *path, cq_str text, cq_err *err)
{
    if (cq_utf8_invalid(text) != SIZE_MAX)
        return cq_fail(err, CQ_EENCODING, path, 0, "not UTF-8");
    if (!read_file(g, path, text, err)) return false;
    set_preferred(g);
    return true;
}

cq_glossary *cq_glossary_open(cq_arena *a, const cq_lexicon *l, const char *const *paths,
                              size_t n, cq_err *err)
{
    cq_glossary *g = cq_glossary_new(a, l);
    for (size_t i = 0; i < n; i++) {
        cq_str text;
        if (!cq_file_read(a, paths[i], FILE_MAX, &text, err)) return NULL;
        if (!cq_glossary_add(g, paths[i], text, err)) return NULL;
    }
    return g;
}

size_t cq_glossary_concepts(const cq_glossary *g) { return g->concepts.n; }

const cq_concept *cq_glossary_concept(const cq_glossary *g, uint32_t i)
{
    return &g->concepts.v[i];
}

const cq_term *cq_glossary_term(const cq_glossary *g, uint32_t i)
{
    return &g->terms.v[i];
}

// --- finding

static bool word_matches(const cq_glossary *g, const cq_passage *p, size_t i,
                         const term_word *w)
{
    size_t n = 0;
    const cq_token *t = &p->tokens[i];
    const cq_reading *r = t->form ? cq_lexicon_readings(g->lexicon, t->form, &n) : NULL;
    for (size_t k = 0; k < n; k++) {
        for (uint32_t m = 0; m < w->n; m++) {
            if (r[k].lemma == w->lemmas[m]) return true;
        }
    }
    char buf[128];
    cq_str folded = cq_fold_into(buf, sizeof buf, cq_token_word(p, i));
    return folded.p && cq_str_eq(folded, w->folded);
}

static size_t term_at(const cq_glossary *g, const cq_passage *p, size_t i, size_t end,
                      const cq_term *t)
{
    if (i + t->words_n > end) return 0;
    for (uint32_t k = 0; k < t->words_n; k++) {
        if (!word_matches(g, p, i + k, &g->words.v[t->first_word + k])) return 0;
    }
    return t->words_n;
}

static void look(const cq_glossary *g, const numbers *list, const cq_passage *p, size_t i,
                 size_t end, size_t *longest, const cq_term **out)
{
    for (size_t k = 0; list && k < list->n; k++) {
        const cq_term *t = &g->terms.v[list->v[k]];
        size_t n = t->words_n > *longest ? term_at(g, p, i, end, t) : 0;
        if (n <= *longest) continue;
        *longest = n;
        *out = t;
    }
}

size_t cq_glossary_at(const cq_glossary *g, const cq_passage *p, size_t i, size_t end,
                      const cq_term **out)
{
    size_t longest = 0, n = 0;
    const cq_token *t = &p->tokens[i];
    const cq_reading *r = t->form ? cq_lexicon_readings(g->lexicon, t->form, &n) : NULL;
    for (size_t k = 0; k < n; k++)
        look(g, find_list(g, &g->by_lemma, lemma_key(&r[k].lemma)), p, i, end, &longest,
             out);
    char buf[128];
    cq_str folded = cq_fold_into(buf, sizeof buf, cq_token_word(p, i));
    if (folded.p) look(g, find_list(g, &g->by_lemma, folded), p, i, end, &longest, out);
    return longest;
}

const uint32_t *cq_glossary_english(const cq_glossary *g, cq_str word, size_t *n)
{
    const numbers *list = find_list(g, &g->by_english, word);
    *n = list ? list->n : 0;
    return list ? list->v : NULL;
}
