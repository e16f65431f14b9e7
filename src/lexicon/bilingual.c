// The file: header, words of both sides with hash slots, renderings by English and French
// word, indexes of them by French word, text. Every offset taken from it is checked: it
// may be damaged, see base/cache.h.
#include "lexicon/bilingual.h"

#include "base/cache.h"
#include "base/gzip.h"
#include "base/map.h"
#include "base/utf8.h"

#include <stdlib.h>

#define DICTD "/usr/share/dictd"

enum {
    FORMAT_VERSION = 1,
    FILE_MAX = 64 << 20, // an input unpacked, and the compiled whole
    WORD_MAX = 48,       // bytes of a word
    COLUMNS = 6,         // of the figures
    EN = 0,
    FR = 1,
};

static const struct {
    const char *name, *package;
    uint32_t bit;
} DICTIONARIES[] = {
    {"freedict-eng-fra", "dict-freedict-eng-fra", CQ_ENGLISH_FRENCH},
    {"freedict-fra-eng", "dict-freedict-fra-eng", CQ_FRENCH_ENGLISH},
};
enum { DICTIONARIES_N = CQ_COUNT(DICTIONARIES), INPUTS_N = 1 + 2 * DICTIONARIES_N };

typedef struct {
    uint32_t words_n[2], slots_n[2]; // words without number 0
    uint32_t pairs_n, text_n, dictionaries;
} counts;

typedef struct {
    uint32_t text, text_n;
    uint32_t first, n; // its rows in pairs (English) or in the index (French)
} word_row;

struct cq_bilingual {
    cq_arena *arena;
    cq_blob blob;
    counts n;
    const word_row *words[2];
    const uint32_t *slots[2]; // word number, 0 empty
    const cq_rendering *pairs;
    const uint32_t *by_french;
    const char *text;
};

// --- compiling

typedef struct {
    cq_arena *arena;
    const char *inputs[INPUTS_N];
    cq_map ids[2];   // word -> number from 1, in order of appearance
    cq_map pairs_at; // both numbers -> index into pairs
    CQ_VEC(cq_rendering) pairs;
    uint32_t dictionaries;
} draft;

static uint32_t number_of(draft *d, unsigned side, cq_str word)
{
    uint32_t *id = cq_map_get(&d->ids[side], word);
    if (id) return *id;
    id = cq_map_put(&d->ids[side], cq_str_copy(d->arena, word), NULL);
    return *id = (uint32_t)d->ids[side].n;
}

static cq_rendering *rendering(draft *d, cq_str english, cq_str french)
{
    uint32_t key[2] = {number_of(d, EN, english), number_of(d, FR, french)};
    cq_str bytes = {(const char *)key, sizeof key};
    uint32_t *at = cq_map_get(&d->pairs_at, bytes);
    if (at) return &d->pairs.v[*at];
    *cq_map_put(&d->pairs_at, cq_str_copy(d->arena, bytes), NULL) = (uint32_t)d->pairs.n;
    cq_rendering *r = CQ_PUSH(d->arena, &d->pairs);
    *r = (cq_rendering){.english = key[EN], .french = key[FR]};
    return r;
}

// English, French, times linked by people and by programs, shares.
static bool read_figures(draft *d, const char *path, cq_err *err)
{
    cq_str text, line;
    if (!cq_file_read(d->arena, path, FILE_MAX, &text, err)) return false;
    if (cq_utf8_invalid(text) != SIZE_MAX)
        return cq_fail(err, CQ_EENCODING, path, 0, "not UTF-8");
    unsigned number = 0;
    while (cq_str_split(&text, '\n', &line)) {
        number++;
        if (!line.n || line.p[0] == '#') continue;
        cq_str column[COLUMNS], field;
        size_t n = 0;
        for (; cq_str_split(&line, '\t', &field); n++) {
            if (n < COLUMNS) column[n] = field;
        }
        if (n != COLUMNS || column[0].n - 1 >= WORD_MAX || column[1].n - 1 >= WORD_MAX)
            return cq_fail(err, CQ_ESYNTAX, path, number,
                           "expected: English, French, two counts, two shares");
        cq_rendering *r = rendering(d, column[0], column[1]);
        r->human = (uint32_t)strtoul(cq_str_c(d->arena, column[2]), NULL, 10);
        r->machine = (uint32_t)strtoul(cq_str_c(d->arena, column[3]), NULL, 10);
        r->there = strtof(cq_str_c(d->arena, column[4]), NULL);
        r->back = strtof(cq_str_c(d->arena, column[5]), NULL);
    }
    return true;
}

// A word of a dictionary as it is looked up: "to run" is run, "se disputer" is disputer.
// An empty one: it is none, or several.
static cq_str plain_word(draft *d, cq_str s)
{
    static const char *const LEADING[] = {"to ", "a ", "the ", "se ", "s'", "l'"};
    s = cq_str_trim(cq_fold(d->arena, s));
    for (size_t i = 0; i < CQ_COUNT(LEADING); i++) {
        cq_str lead = cq_str_of(LEADING[i]);
        if (cq_str_starts(s, lead)) s = cq_str_sub(s, lead.n, s.n);
    }
    if (!s.n || s.n > WORD_MAX) return cq_str_of("");
    for (size_t i = 0; i < s.n;) {
        uint32_t c = cq_utf8_next(s, &i);
        if (!cq_is_letter(c) && c != '-' && c != '\'') return cq_str_of("");
    }
    return s;
}

// "1. charger, accuser" and the lines after it.
static void read_meanings(draft *d, cq_str head, cq_str text, uint32_t bit)
{
    cq_str line, field;
    while (cq_str_split(&text, '\n', &line)) {
        size_t i = 0;
        while (i < line.n && cq_is_digit(line.p[i])) i++;
        if (i && i < line.n && line.p[i] == '.') line = cq_str_sub(line, i + 1, line.n);
        while (cq_str_split(&line, ',', &field)) {
            cq_str word = plain_word(d, field);
            if (!word.n) continue;
            bool to_french = bit == CQ_ENGLISH_FRENCH;
            rendering(d, to_french ? head : word, to_french ? word : head)
                ->dictionaries |= bit;
        }
    }
}

// Numbers of a dictd index, dictfmt(1): base 64, most significant first.
static size_t base64(cq_str s)
{
    static const char DIGITS[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t value = 0;
    for (size_t i = 0; i < s.n && i < 6; i++) {
        const char *at = s.p[i] ? strchr(DIGITS, s.p[i]) : NULL;
        if (!at) return SIZE_MAX;
        value = value << 6 | (size_t)(at - DIGITS);
    }
    return value;
}

// "headword /pronunciation/ <n, masc>".
static cq_str headword(draft *d, cq_str line)
{
    size_t i = 0;
    while (i < line.n && line.p[i] != '/' && line.p[i] != '<') i++;
    return plain_word(d, cq_str_sub(line, 0, i));
}

static bool read_dictionary(draft *d, size_t k, cq_err *err)
{
    const char *index_path = d->inputs[1 + 2 * k], *path = d->inputs[2 + 2 * k];
    cq_str index, packed, text, line;
    if (!cq_path_is_file(index_path) || !cq_path_is_file(path)) return true;
    if (!cq_file_read(d->arena, index_path, FILE_MAX, &index, err) ||
        !cq_file_read(d->arena, path, FILE_MAX, &packed, err) ||
        !cq_gunzip(d->arena, packed, FILE_MAX, path, &text, err))
        return false;
    if (cq_utf8_invalid(text) != SIZE_MAX)
        return cq_fail(err, CQ_EENCODING, path, 0, "not UTF-8");
    while (cq_str_split(&index, '\n', &line)) {
        cq_str name, offset, size;
        if (!cq_str_split(&line, '\t', &name) || !cq_str_split(&line, '\t', &offset) ||
            !cq_str_split(&line, '\t', &size) || cq_str_starts(name, cq_str_of("00")))
            continue;
        size_t at = base64(offset), n = base64(size);
        if (at > text.n || n > text.n - at) continue;
        cq_str entry = cq_str_sub(text, at, at + n), first;
        if (cq_utf8_invalid(entry) != SIZE_MAX || !cq_str_split(&entry, '\n', &first))
            continue;
        cq_str head = headword(d, first);
        if (head.n) read_meanings(d, head, entry, DICTIONARIES[k].bit);
    }
    d->dictionaries |= DICTIONARIES[k].bit;
    return true;
}

static int by_english(const void *a, const void *b)
{
    const cq_rendering *x = a, *y = b;
    if (x->english != y->english) return x->english < y->english ? -1 : 1;
    return x->french < y->french ? -1 : x->french > y->french;
}

static uint32_t slots_for(size_t n)
{
    uint32_t slots = 16;
    while (slots < 2 * n) slots *= 2;
    return slots;
}

static uint32_t *make_slots(draft *d, unsigned side, uint32_t slots_n)
{
    uint32_t *slots = CQ_NEWN(d->arena, uint32_t, slots_n);
    for (size_t i = 0; i < d->ids[side].n; i++) {
        cq_str word = d->ids[side].items[i].key;
        uint64_t at = cq_hash(word.p, word.n, 0) & (slots_n - 1);
        while (slots[at]) at = (at + 1) & (slots_n - 1);
        slots[at] = d->ids[side].items[i].value;
    }
    return slots;
}

// Items of the map are in the order of their numbers.
static word_row *make_words(draft *d, unsigned side, cq_buf *text)
{
    size_t n = d->ids[side].n;
    word_row *words = CQ_NEWN(d->arena, word_row, n);
    for (size_t i = 0; i < n; i++) {
        cq_str word = d->ids[side].items[i].key;
        words[i] = (word_row){.text = (uint32_t)text->n, .text_n = (uint32_t)word.n};
        cq_buf_str(text, word);
    }
    for (size_t i = 0; i < d->pairs.n; i++) {
        const cq_rendering *r = &d->pairs.v[i];
        words[(side == EN ? r->english : r->french) - 1].n++;
    }
    for (size_t i = 1; i < n; i++) words[i].first = words[i - 1].first + words[i - 1].n;
    return words;
}

static void write_blob(draft *d, cq_buf *out)
{
    cq_buf text;
    cq_buf_init(&text, FILE_MAX);
    if (d->pairs.n) qsort(d->pairs.v, d->pairs.n, sizeof *d->pairs.v, by_english);
    counts n = {.pairs_n = (uint32_t)d->pairs.n, .dictionaries = d->dictionaries};
    word_row *words[2];
    uint32_t *slots[2];
    for (unsigned side = EN; side <= FR; side++) {
        n.words_n[side] = (uint32_t)d->ids[side].n;
        n.slots_n[side] = slots_for(n.words_n[side]);
        words[side] = make_words(d, side, &text);
        slots[side] = make_slots(d, side, n.slots_n[side]);
    }
    uint32_t *by_french = CQ_NEWN(d->arena, uint32_t, n.pairs_n);
    uint32_t *filled = CQ_NEWN(d->arena, uint32_t, n.words_n[FR]);
    for (uint32_t i = 0; i < n.pairs_n; i++) {
        uint32_t f = d->pairs.v[i].french - 1;
        by_french[words[FR][f].first + filled[f]++] = i;
    }
    n.text_n = (uint32_t)text.n;
    cq_buf_add(out, &n, sizeof n);
    for (unsigned side = EN; side <= FR; side++)
        cq_buf_add(out, words[side], n.words_n[side] * sizeof *words[side]);
    for (unsigned side = EN; side <= FR; side++)
        cq_buf_add(out, slots[side], n.slots_n[side] * sizeof *slots[side]);
    cq_buf_add(out, d->pairs.v, n.pairs_n * sizeof *d->pairs.v);
    cq_buf_add(out, by_french, n.pairs_n * sizeof *by_french);
    cq_buf_str(out, cq_buf_view(&text));
    cq_buf_free(&text);
}

static bool compile(void *ctx, cq_buf *out, cq_err *err)
{
    draft *d = ctx;
    if (!read_figures(d, d->inputs[0], err)) return false;
    for (size_t k = 0; k < DICTIONARIES_N; k++) {
        if (!read_dictionary(d, k, err)) return false;
    }
    write_blob(d, out);
    return true;
}

// --- opening

static bool lay_out(cq_bilingual *b)
{
    size_t at = 0;
    const counts *n = cq_blob_rows(&b->blob, &at, 1, sizeof *n);
    if (!n) return false;
    b->n = *n;
    bool ok = true;
    for (unsigned side = EN; side <= FR; side++) {
        b->words[side] = cq_blob_rows(&b->blob, &at, n->words_n[side], sizeof(word_row));
        ok = ok && b->words[side];
    }
    for (unsigned side = EN; side <= FR && ok; side++) {
        uint32_t slots_n = n->slots_n[side];
        b->slots[side] = cq_blob_rows(&b->blob, &at, slots_n, sizeof(uint32_t));
        ok = b->slots[side] && slots_n && !(slots_n & (slots_n - 1));
    }
    if (!ok) return false;
    b->pairs = cq_blob_rows(&b->blob, &at, n->pairs_n, sizeof *b->pairs);
    if (!b->pairs) return false;
    b->by_french = cq_blob_rows(&b->blob, &at, n->pairs_n, sizeof *b->by_french);
    if (!b->by_french) return false;
    b->text = cq_blob_rows(&b->blob, &at, n->text_n, 1);
    return b->text != NULL;
}

static void list_inputs(draft *d, const char *figures, const char *dictd)
{
    cq_str dir = cq_str_of(dictd ? dictd : DICTD);
    d->inputs[0] = figures;
    for (size_t k = 0; k < DICTIONARIES_N; k++) {
        const char *name = DICTIONARIES[k].name;
        cq_str path = cq_path_join(d->arena, dir, cq_str_of(name));
        d->inputs[1 + 2 * k] = cq_strf(d->arena, "%.*s.index", CQ_PRI(path)).p;
        d->inputs[2 + 2 * k] = cq_strf(d->arena, "%.*s.dict.dz", CQ_PRI(path)).p;
    }
}

cq_bilingual *cq_bilingual_open(const char *figures, const char *dictd,
                                const char *cache_dir, cq_err *err)
{
    cq_arena *arena = cq_arena_new();
    cq_bilingual *b = CQ_NEW(arena, cq_bilingual);
    b->arena = arena;
    draft d = {.arena = cq_arena_new()};
    for (unsigned side = EN; side <= FR; side++) cq_map_init(&d.ids[side], d.arena);
    cq_map_init(&d.pairs_at, d.arena);
    list_inputs(&d, figures, dictd);
    cq_str name = cq_strf(arena, "bilingual-%016llx",
                          (unsigned long long)cq_hash(figures, strlen(figures), 0));
    cq_cache_spec spec = {.dir = cache_dir,
                          .installed = CALQUE_SYSTEM_CACHE,
                          .name = name.p,
                          .version = FORMAT_VERSION,
                          .inputs = d.inputs,
                          .inputs_n = INPUTS_N,
                          .payload_max = FILE_MAX};
    bool ok = cq_cache_open(&spec, compile, &d, &b->blob, err);
    if (ok && !lay_out(b))
        ok = cq_fail(err, CQ_ESYNTAX, figures, 0, "damaged cache of renderings");
    cq_arena_free(d.arena);
    cq_file_idle(&b->blob.map); // most articles come without their source
    if (ok) return b;
    cq_bilingual_free(b);
    return NULL;
}

void cq_bilingual_free(cq_bilingual *b)
{
    if (!b) return;
    cq_blob_close(&b->blob);
    cq_arena_free(b->arena);
}

const char *cq_bilingual_missing(const cq_bilingual *b)
{
    for (size_t k = 0; k < DICTIONARIES_N; k++) {
        if (!(b->n.dictionaries & DICTIONARIES[k].bit)) return DICTIONARIES[k].package;
    }
    return NULL;
}

// --- asking

static const word_row *row_of(const cq_bilingual *b, unsigned side, uint32_t word)
{
    return word - 1 < b->n.words_n[side] ? &b->words[side][word - 1] : NULL;
}

static cq_str word_of(const cq_bilingual *b, unsigned side, uint32_t word)
{
    const word_row *w = row_of(b, side, word);
    if (!w || w->text > b->n.text_n || w->text_n > b->n.text_n - w->text)
        return cq_str_of("");
    return (cq_str){b->text + w->text, w->text_n};
}

static uint32_t find(const cq_bilingual *b, unsigned side, cq_str folded)
{
    uint32_t mask = b->n.slots_n[side] - 1;
    uint64_t at = cq_hash(folded.p, folded.n, 0) & mask;
    for (uint32_t tries = 0; tries <= mask && b->slots[side][at]; tries++) {
        uint32_t word = b->slots[side][at];
        if (cq_str_eq(word_of(b, side, word), folded)) return word;
        at = (at + 1) & mask;
    }
    return 0;
}

uint32_t cq_bilingual_english(const cq_bilingual *b, cq_str folded)
{
    return find(b, EN, folded);
}

uint32_t cq_bilingual_french(const cq_bilingual *b, cq_str folded)
{
    return find(b, FR, folded);
}

cq_str cq_bilingual_english_word(const cq_bilingual *b, uint32_t word)
{
    return word_of(b, EN, word);
}

cq_str cq_bilingual_french_word(const cq_bilingual *b, uint32_t word)
{
    return word_of(b, FR, word);
}

static size_t rows_of(const cq_bilingual *b, unsigned side, uint32_t word,
                      uint32_t *first)
{
    const word_row *w = row_of(b, side, word);
    if (!w || w->first > b->n.pairs_n || w->n > b->n.pairs_n - w->first) return 0;
    *first = w->first;
    return w->n;
}

size_t cq_bilingual_of_english(const cq_bilingual *b, uint32_t english,
                               const cq_rendering **out)
{
    uint32_t first = 0;
    size_t n = rows_of(b, EN, english, &first);
    *out = b->pairs + first;
    return n;
}

size_t cq_bilingual_of_french(const cq_bilingual *b, uint32_t french,
                              const uint32_t **out)
{
    uint32_t first = 0;
    size_t n = rows_of(b, FR, french, &first);
    *out = b->by_french + first;
    return n;
}

const cq_rendering *cq_bilingual_at(const cq_bilingual *b, uint32_t index)
{
    return index < b->n.pairs_n ? &b->pairs[index] : NULL;
}

const cq_rendering *cq_bilingual_pair(const cq_bilingual *b, uint32_t english,
                                      uint32_t french)
{
    const cq_rendering *r;
    size_t lo = 0, hi = cq_bilingual_of_english(b, english, &r);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (r[mid].french == french) return &r[mid];
        if (r[mid].french < french)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}
