// The gazetteer's file: header, words sorted by folded form, hash slots, uses, names,
// text. Every offset taken from it is checked: it may be damaged, see base/cache.h.
#include "checks/gazetteer.h"

#include <stdlib.h>

#include "base/cache.h"
#include "base/map.h"
#include "base/utf8.h"

enum {
    FORMAT_VERSION = 3,
    FILE_MAX = 16 << 20, // a TSV file, and the compiled whole
    FILES_MAX = 64,
    WORDS_OF_NAME_MAX = 6,
    WORD_BYTES_MAX = 64, // of folded words that are compared
    COLUMNS = 4,         // name, type, aliases, origin
};

typedef struct {
    uint32_t words_n, slots_n, uses_n, names_n, name_words_n, text_n;
} counts;

typedef struct {
    uint32_t text, folded; // offsets into text
    uint8_t text_n, folded_n, reserved[2];
    uint32_t uses, uses_n;
} word_row;

typedef struct {
    uint32_t text, text_n;
    uint32_t words, words_n; // into name_words
    uint32_t type, main;
} name_row;

struct cq_names {
    cq_arena *arena;
    cq_blob blob;
    counts n;
    const word_row *words;
    const uint32_t *slots; // word + 1 of the first of a folded form; 0 empty
    const cq_name_use *uses;
    const name_row *names;
    const uint32_t *name_words;
    const char *text;
};

// --- words

cq_str cq_names_fold(cq_arena *a, cq_str word)
{
    return cq_strip_accents(a, cq_fold(a, word));
}

unsigned cq_edit_distance(cq_str a, cq_str b, unsigned max)
{
    unsigned row[3][WORD_BYTES_MAX + 1];
    if (a.n > WORD_BYTES_MAX || b.n > WORD_BYTES_MAX) return max + 1;
    size_t gap = a.n > b.n ? a.n - b.n : b.n - a.n;
    if (gap > max) return max + 1;
    for (size_t j = 0; j <= b.n; j++) row[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        unsigned least = now[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            unsigned d = last[j - 1] + (a.p[i - 1] != b.p[j - 1]);
            if (last[j] + 1 < d) d = last[j] + 1;
            if (now[j - 1] + 1 < d) d = now[j - 1] + 1;
            bool swapped =
                i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1];
            if (swapped && before[j - 2] + 1 < d) d = before[j - 2] + 1;
            now[j] = d;
            if (d < least) least = d;
        }
        if (least > max) return max + 1;
    }
    unsigned d = row[a.n % 3][b.n];
    return d > max ? max + 1 : d;
}

// --- compiling

typedef struct {
    cq_str text, folded;
    uint32_t id; // in order of appearance; the rank once sorted
} draft_word;

typedef struct {
    cq_str text;
    uint32_t words[WORDS_OF_NAME_MAX];
    size_t words_n;
    char type;
    uint32_t main; // the name that it is an alias of, or itself
} draft_name;

typedef struct {
    cq_arena *arena;
    const char *const *files;
    size_t files_n;
    cq_map ids; // exact word -> draft_word
    CQ_VEC(draft_word) words;
    CQ_VEC(draft_name) names;
} draft;

static bool add_name(draft *d, cq_str text, char type, uint32_t main)
{
    draft_name name = {.text = text, .type = type, .main = main};
    cq_str rest = text, word;
    while (cq_str_split(&rest, ' ', &word)) {
        if (!word.n) continue;
        if (word.n > WORD_BYTES_MAX / 2 || name.words_n == WORDS_OF_NAME_MAX)
            return false;
        bool fresh;
        uint32_t *id = cq_map_put(&d->ids, word, &fresh);
        if (fresh) {
            *id = (uint32_t)d->words.n;
            *CQ_PUSH(d->arena, &d->words) =
                (draft_word){word, cq_names_fold(d->arena, word), *id};
        }
        name.words[name.words_n++] = *id;
    }
    if (name.words_n) *CQ_PUSH(d->arena, &d->names) = name;
    return true;
}

static bool read_line(draft *d, const char *path, unsigned number, cq_str line,
                      cq_err *err)
{
    cq_str column[COLUMNS] = {{0}};
    size_t n = 0;
    cq_str rest = line, field;
    while (cq_str_split(&rest, '\t', &field)) {
        if (n < COLUMNS) column[n] = cq_str_trim(field);
        n++;
    }
    if (n != COLUMNS || !column[0].n || column[1].n != 1 ||
        !strchr("powl", column[1].p[0]))
        return cq_fail(err, CQ_ESYNTAX, path, number,
                       "expected: name, type (p o w l), aliases, origin");
    uint32_t main = (uint32_t)d->names.n;
    bool ok = add_name(d, column[0], column[1].p[0], main);
    rest = column[2];
    while (rest.n && cq_str_split(&rest, '|', &field)) {
        ok = ok && add_name(d, cq_str_trim(field), column[1].p[0], main);
    }
    return ok || cq_fail(err, CQ_ELIMIT, path, number, "a name of more than %d words",
                         WORDS_OF_NAME_MAX);
}

static bool read_file(draft *d, const char *path, cq_err *err)
{
    cq_str text, line;
    if (!cq_file_read(d->arena, path, FILE_MAX, &text, err)) return false;
    if (cq_utf8_invalid(text) != SIZE_MAX)
        return cq_fail(err, CQ_EENCODING, path, 0, "not UTF-8");
    unsigned number = 0;
    while (cq_str_split(&text, '\n', &line)) {
        number++;
        if (!line.n || line.p[0] == '#') continue;
        if (!read_line(d, path, number, line, err)) return false;
    }
    return true;
}

static int by_folded(const void *a, const void *b)
{
    const draft_word *x = a, *y = b;
    int c = cq_str_cmp(x->folded, y->folded);
    return c ? c : cq_str_cmp(x->text, y->text);
}

static uint32_t put_text(cq_buf *text, cq_str s)
{
    uint32_t at = (uint32_t)text->n;
    cq_buf_str(text, s);
    return at;
}

// Sorts the words and makes ids, in words and names, their ranks.
static void rank_words(draft *d)
{
    qsort(d->words.v, d->words.n, sizeof *d->words.v, by_folded);
    uint32_t *rank = CQ_NEWN(d->arena, uint32_t, d->words.n);
    for (size_t i = 0; i < d->words.n; i++) rank[d->words.v[i].id] = (uint32_t)i;
    for (size_t i = 0; i < d->names.n; i++) {
        draft_name *name = &d->names.v[i];
        for (size_t k = 0; k < name->words_n; k++) name->words[k] = rank[name->words[k]];
    }
}

static uint64_t slot_of(cq_str folded, uint32_t slots_n)
{
    return cq_hash(folded.p, folded.n, 0) & (slots_n - 1);
}

static void write_blob(draft *d, cq_buf *out)
{
    cq_buf text;
    cq_buf_init(&text, FILE_MAX);
    counts n = {.words_n = (uint32_t)d->words.n, .names_n = (uint32_t)d->names.n};
    for (n.slots_n = 16; n.slots_n < 2 * n.words_n;) n.slots_n *= 2;

    name_row *names = CQ_NEWN(d->arena, name_row, n.names_n);
    word_row *words = CQ_NEWN(d->arena, word_row, n.words_n);
    for (size_t i = 0; i < n.names_n; i++) {
        const draft_name *name = &d->names.v[i];
        names[i] = (name_row){
            put_text(&text, name->text), (uint32_t)name->text.n, n.name_words_n,
            (uint32_t)name->words_n,     (uint32_t)name->type,   name->main};
        n.name_words_n += (uint32_t)name->words_n;
        for (size_t k = 0; k < name->words_n; k++) words[name->words[k]].uses_n++;
    }
    uint32_t *name_words = CQ_NEWN(d->arena, uint32_t, n.name_words_n);
    cq_name_use *uses = CQ_NEWN(d->arena, cq_name_use, n.name_words_n);
    uint32_t *slots = CQ_NEWN(d->arena, uint32_t, n.slots_n);
    for (size_t i = 0; i < n.words_n; i++) {
        const draft_word *w = &d->words.v[i];
        words[i].text = put_text(&text, w->text);
        words[i].text_n = (uint8_t)w->text.n;
        words[i].folded = put_text(&text, w->folded);
        words[i].folded_n = (uint8_t)w->folded.n;
        words[i].uses = n.uses_n;
        n.uses_n += words[i].uses_n;
        words[i].uses_n = 0; // counted again as they are filled in
        if (i && cq_str_eq(w->folded, d->words.v[i - 1].folded)) continue;
        uint64_t slot = slot_of(w->folded, n.slots_n);
        while (slots[slot]) slot = (slot + 1) & (n.slots_n - 1);
        slots[slot] = (uint32_t)i + 1;
    }
    for (size_t i = 0; i < n.names_n; i++) {
        const draft_name *name = &d->names.v[i];
        for (size_t k = 0; k < name->words_n; k++) {
            word_row *w = &words[name->words[k]];
            uses[w->uses + w->uses_n++] = (cq_name_use){(uint32_t)i, (uint32_t)k};
            name_words[names[i].words + k] = name->words[k] + 1;
        }
    }
    n.text_n = (uint32_t)text.n;
    cq_buf_add(out, &n, sizeof n);
    cq_buf_add(out, words, n.words_n * sizeof *words);
    cq_buf_add(out, slots, n.slots_n * sizeof *slots);
    cq_buf_add(out, uses, n.uses_n * sizeof *uses);
    cq_buf_add(out, names, n.names_n * sizeof *names);
    cq_buf_add(out, name_words, n.name_words_n * sizeof *name_words);
    cq_buf_str(out, cq_buf_view(&text));
    cq_buf_free(&text);
}

static bool compile(void *ctx, cq_buf *out, cq_err *err)
{
    draft *d = ctx;
    for (size_t i = 0; i < d->files_n; i++) {
        if (!read_file(d, d->files[i], err)) return false;
    }
    rank_words(d);
    write_blob(d, out);
    return true;
}

// --- opening

typedef struct {
    cq_arena *arena;
    const char *paths[FILES_MAX];
    size_t n;
} file_list;

static bool add_file(void *ctx, const char *path)
{
    file_list *l = ctx;
    if (!cq_str_ends(cq_str_of(path), cq_str_of(".tsv"))) return true;
    if (l->n == FILES_MAX) return false;
    l->paths[l->n++] = cq_str_c(l->arena, cq_str_of(path));
    return true;
}

static bool lay_out(cq_names *g)
{
    size_t at = 0;
    const counts *n = cq_blob_rows(&g->blob, &at, 1, sizeof *n);
    if (!n || !n->slots_n || n->slots_n & (n->slots_n - 1)) return false;
    g->n = *n;
    g->words = cq_blob_rows(&g->blob, &at, n->words_n, sizeof *g->words);
    g->slots = cq_blob_rows(&g->blob, &at, n->slots_n, sizeof *g->slots);
    g->uses = cq_blob_rows(&g->blob, &at, n->uses_n, sizeof *g->uses);
    g->names = cq_blob_rows(&g->blob, &at, n->names_n, sizeof *g->names);
    g->name_words = cq_blob_rows(&g->blob, &at, n->name_words_n, sizeof *g->name_words);
    g->text = cq_blob_rows(&g->blob, &at, n->text_n, 1);
    return g->words && g->slots && g->uses && g->names && g->name_words && g->text;
}

cq_names *cq_names_open(const char *dir, const char *cache_dir, cq_err *err)
{
    cq_arena *arena = cq_arena_new();
    cq_names *g = CQ_NEW(arena, cq_names);
    g->arena = arena;
    file_list files = {.arena = arena};
    draft d = {.arena = cq_arena_new()};
    cq_map_init(&d.ids, d.arena);
    bool ok = cq_dir_walk(dir, add_file, &files, err);
    d.files = files.paths;
    d.files_n = files.n;
    cq_str name =
        cq_strf(arena, "names-%016llx", (unsigned long long)cq_hash(dir, strlen(dir), 0));
    cq_cache_spec spec = {.dir = cache_dir,
                          .installed = CALQUE_SYSTEM_CACHE,
                          .name = name.p,
                          .version = FORMAT_VERSION,
                          .inputs = files.paths,
                          .inputs_n = files.n,
                          .payload_max = FILE_MAX};
    ok = ok && cq_cache_open(&spec, compile, &d, &g->blob, err);
    if (ok && !lay_out(g))
        ok = cq_fail(err, CQ_ESYNTAX, dir, 0, "damaged cache of names");
    cq_arena_free(d.arena);
    if (ok) return g;
    cq_names_free(g);
    return NULL;
}

void cq_names_free(cq_names *g)
{
    if (!g) return;
    cq_blob_close(&g->blob);
    cq_arena_free(g->arena);
}

// --- asking

static cq_str text_at(const cq_names *g, uint32_t at, uint32_t n)
{
    if (at > g->n.text_n || n > g->n.text_n - at) return (cq_str){"", 0};
    return (cq_str){g->text + at, n};
}

size_t cq_names_words(const cq_names *g) { return g->n.words_n; }

static const word_row *row_of(const cq_names *g, uint32_t word)
{
    return word && word <= g->n.words_n ? &g->words[word - 1] : NULL;
}

cq_str cq_names_word(const cq_names *g, uint32_t word)
{
    const word_row *w = row_of(g, word);
    return w ? text_at(g, w->text, w->text_n) : (cq_str){"", 0};
}

static cq_str folded_of(const cq_names *g, uint32_t word)
{
    const word_row *w = row_of(g, word);
    return w ? text_at(g, w->folded, w->folded_n) : (cq_str){"", 0};
}

size_t cq_names_find(const cq_names *g, cq_str folded, uint32_t *first)
{
    uint64_t slot = slot_of(folded, g->n.slots_n);
    for (uint32_t probes = 0; probes < g->n.slots_n && g->slots[slot]; probes++) {
        uint32_t word = g->slots[slot];
        if (cq_str_eq(folded_of(g, word), folded)) {
            *first = word;
            size_t n = 1;
            while (word + n <= g->n.words_n &&
                   cq_str_eq(folded_of(g, (uint32_t)(word + n)), folded))
                n++;
            return n;
        }
        slot = (slot + 1) & (g->n.slots_n - 1);
    }
    return 0;
}

size_t cq_names_uses(const cq_names *g, uint32_t word, const cq_name_use **uses)
{
    const word_row *w = row_of(g, word);
    if (!w || w->uses > g->n.uses_n || w->uses_n > g->n.uses_n - w->uses) return 0;
    *uses = g->uses + w->uses;
    return w->uses_n;
}

bool cq_names_get(const cq_names *g, uint32_t name, cq_name *out)
{
    if (name >= g->n.names_n) return false;
    const name_row *r = &g->names[name];
    if (r->words > g->n.name_words_n || r->words_n > g->n.name_words_n - r->words)
        return false;
    *out = (cq_name){text_at(g, r->text, r->text_n), g->name_words + r->words, r->words_n,
                     (char)r->type, r->main};
    return true;
}
