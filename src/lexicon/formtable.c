// Builds the table from a dictionary and the house vocabulary, and opens a built one.
#include "lexicon/formtable.h"

#include "base/sha256.h"
#include "base/utf8.h"
#include "lexicon/affix.h"
#include "lexicon/graph.h"
#include "lexicon/tags_fr.h"

#include <pthread.h>

enum {
    ID_MASK = (1 << CQ_FORM_ID_BITS) - 1,
    KINDS_MAX = 1 << 14, // French has some 1200
    FREQUENCIES = 16,
    FILL = 80, // percent of the slots that are taken
};

// ORDER: view() and lay_out() name each of them
enum {
    GROUPS,
    TEXT,
    SLOTS,
    READINGS,
    KINDS,
    LEMMAS,
    LEMMA_FORMS,
    GRAPH,
    ELISIONS,
    ICONV,
    BREAKS,
    SHA256,
    WHY_NOT,
    SECTIONS
};

typedef struct {
    char magic[8];
    uint32_t forms_n;
    uint16_t complete, full_strip;
    struct {
        uint64_t at, n; // bytes
    } sections[SECTIONS];
} table_header;

static const char MAGIC[8] = "cqforms2";

// ---- opening -------------------------------------------------------------------------

typedef struct {
    const unsigned char *p;
    const table_header *h;
} opener;

static const void *section(const opener *o, int s, size_t item, size_t *count)
{
    *count = (size_t)o->h->sections[s].n / item;
    return o->p + o->h->sections[s].at;
}

static cq_str text_section(const opener *o, int s)
{
    size_t n;
    const char *p = section(o, s, 1, &n);
    return (cq_str){p, n};
}

bool cq_formtable_view(const void *p, size_t n, cq_formtable *out)
{
    if (n < sizeof(table_header)) return false;
    opener o = {p, p};
    if (memcmp(o.h->magic, MAGIC, sizeof MAGIC) != 0) return false;
    for (int i = 0; i < SECTIONS; i++) {
        uint64_t at = o.h->sections[i].at, bytes = o.h->sections[i].n;
        if (at > n || bytes > n - at || at % 8) return false;
    }
    cq_formtable t = {.forms_n = o.h->forms_n,
                      .complete = o.h->complete == 1,
                      .full_strip = o.h->full_strip == 1};
    size_t groups_n;
    t.groups = section(&o, GROUPS, sizeof *t.groups, &groups_n);
    t.text = section(&o, TEXT, 1, &t.text_n);
    t.slots = section(&o, SLOTS, sizeof *t.slots, &t.slots_n);
    t.readings = section(&o, READINGS, sizeof *t.readings, &t.readings_n);
    t.kinds = section(&o, KINDS, sizeof *t.kinds, &t.kinds_n);
    t.lemmas = section(&o, LEMMAS, sizeof *t.lemmas, &t.lemmas_n);
    t.lemma_forms = section(&o, LEMMA_FORMS, sizeof *t.lemma_forms, &t.lemma_forms_n);
    t.graph = section(&o, GRAPH, 1, &t.graph_n);
    t.elisions = text_section(&o, ELISIONS);
    t.iconv = text_section(&o, ICONV);
    t.breaks = text_section(&o, BREAKS);
    t.sha256 = text_section(&o, SHA256);
    t.why_not_complete = text_section(&o, WHY_NOT);
    if (groups_n != t.forms_n / CQ_FORM_GROUP + 1 || !t.slots_n || !t.kinds_n ||
        !t.lemmas_n)
        return false;
    t.lemmas_n--;
    *out = t;
    return true;
}

// ---- building: collecting ------------------------------------------------------------

// A form while the table is built. Its number is temporary: the order in which forms
// came.
typedef struct {
    uint32_t text, elisions;
    uint8_t n, flags, frequency;
    bool closed; // its readings come from closed.tsv alone
    bool aspirated;
} raw_form;

typedef struct {
    uint32_t form, lemma, morph;
} raw_reading;

enum { MEMO = 1 << 14, MEMO_TRIES = 32, MORPHS = 16 };

// The readings of a combination of fields, found before.
typedef struct {
    const char *fields[4];
    cq_case letters;   // of the form: names are told by their capitals
    uint32_t first, n; // in morphs
} memo;

typedef struct {
    cq_buf text, forms, readings, morphs;
    uint32_t *slots;
    size_t slots_n;
    cq_arena *arena;
    memo *memos;
    const char *last_lemma; // where the lemma of the last form lies, and its number
    uint32_t last_lemma_id;
    const char *why_not; // the dictionary is not complete, NULL: it is
    bool overflow;       // more forms or sets than numbers for them
} builder;

static raw_form *forms_of(const builder *b) { return (raw_form *)(void *)b->forms.p; }
static size_t forms_count(const builder *b) { return b->forms.n / sizeof(raw_form); }

static cq_str raw_text(const builder *b, uint32_t id)
{
    const raw_form *f = &forms_of(b)[id];
    return (cq_str){b->text.p + f->text, f->n};
}

static uint32_t slot_value(uint64_t hash, uint32_t id)
{
    return (uint32_t)(hash >> (32 + CQ_FORM_ID_BITS)) << CQ_FORM_ID_BITS | id;
}

static void place(uint32_t *slots, size_t n, uint64_t hash, uint32_t id)
{
    size_t i = hash & (n - 1);
    while (slots[i]) i = (i + 1) & (n - 1);
    slots[i] = slot_value(hash, id);
}

static void grow_slots(builder *b)
{
    size_t n = b->slots_n * 2;
    b->slots = CQ_NEWN(b->arena, uint32_t, n);
    b->slots_n = n;
    for (uint32_t id = 1; id < forms_count(b); id++) {
        place(b->slots, n, cq_str_hash(raw_text(b, id)), id);
    }
}

// The number of a form; made when it is new and `make`. 0: none, or no room left.
static uint32_t form_id(builder *b, cq_str s, bool make)
{
    uint64_t h = cq_str_hash(s);
    uint32_t print = (uint32_t)(h >> (32 + CQ_FORM_ID_BITS));
    for (size_t i = h & (b->slots_n - 1); b->slots[i]; i = (i + 1) & (b->slots_n - 1)) {
        uint32_t id = b->slots[i] & ID_MASK;
        if (b->slots[i] >> CQ_FORM_ID_BITS == print && cq_str_eq(raw_text(b, id), s)) {
            return id;
        }
    }
    if (!make || !s.n || s.n > UINT8_MAX) return 0;
    if (forms_count(b) >= ID_MASK) {
        b->overflow = true;
        return 0;
    }
    if (forms_count(b) > b->slots_n / 2) grow_slots(b);
    uint32_t id = (uint32_t)forms_count(b);
    raw_form f = {.text = (uint32_t)b->text.n, .n = (uint8_t)s.n};
    cq_buf_add(&b->forms, &f, sizeof f);
    cq_buf_str(&b->text, s);
    place(b->slots, b->slots_n, h, id);
    return id;
}

static const memo *readings_of_fields(builder *b, cq_str form, const cq_str fields[4])
{
    // Most forms begin with a small ASCII letter, and then are no names.
    bool small = form.n && form.p[0] >= 'a' && form.p[0] <= 'z';
    cq_case letters = small ? CQ_CASE_NONE : cq_case_of(form);
    uint64_t h = letters;
    const char *key[4];
    for (int i = 0; i < 4; i++) {
        key[i] = fields[i].n ? fields[i].p : NULL;
        h = cq_hash_mix(h ^ (uintptr_t)key[i], 0x9e3779b97f4a7c15u);
    }
    memo *m = &b->memos[h % MEMO];
    for (int i = 0; i < MEMO_TRIES && m->n != UINT32_MAX; i++) {
        if (m->letters == letters && memcmp(m->fields, key, sizeof key) == 0) return m;
        m = m == &b->memos[MEMO - 1] ? b->memos : m + 1;
    }
    char text[1024];
    size_t n = 0;
    for (int i = 0; i < 4; i++) {
        if (!fields[i].n || n + fields[i].n + 1 > sizeof text) continue;
        memcpy(text + n, fields[i].p, fields[i].n);
        n += fields[i].n;
        text[n++] = ' ';
    }
    uint32_t morphs[MORPHS];
    size_t found = cq_tags_fr(form, (cq_str){text, n}, morphs, MORPHS);
    memcpy(m->fields, key, sizeof key);
    m->letters = letters;
    m->first = (uint32_t)(b->morphs.n / sizeof *morphs);
    m->n = (uint32_t)found;
    cq_buf_add(&b->morphs, morphs, found * sizeof *morphs);
    return m;
}

static void add_reading(builder *b, uint32_t form, uint32_t lemma, uint32_t morph)
{
    raw_reading r = {form, lemma, morph};
    cq_buf_add(&b->readings, &r, sizeof r);
}

static void take_form(void *ctx, const cq_affix_form *f)
{
    builder *b = ctx;
    uint32_t id = form_id(b, f->form, true);
    if (!id) return;
    raw_form *raw = &forms_of(b)[id];
    unsigned flags = f->flags & ~(unsigned)CQ_FORM_ROOT;
    bool root = f->flags & CQ_FORM_ROOT;
    bool was_root = raw->flags & CQ_FORM_ROOT;
    if (flags & CQ_FORM_HIDDEN && raw->flags & CQ_FORM_WORD) return;
    raw->elisions |= f->elisions;
    if (flags & CQ_FORM_HIDDEN) {
        raw->flags |= (uint8_t)flags;
    } else if (flags & CQ_FORM_HOUSE && raw->flags & (CQ_FORM_WORD | CQ_FORM_FORBIDDEN)) {
        // The dictionary knows it: only the readings are new.
    } else if (flags & CQ_FORM_FORBIDDEN) {
        raw->flags |= CQ_FORM_FORBIDDEN;
    } else if (!(raw->flags & CQ_FORM_WORD) || (root && !was_root)) {
        // The first entry that is this very word decides on KEEPCASE, as Hunspell finds
        // it before any that becomes this word by affixes.
        unsigned kept = raw->flags & CQ_FORM_FORBIDDEN;
        raw->flags = (uint8_t)(flags | kept | CQ_FORM_WORD | (root ? CQ_FORM_ROOT : 0u));
    } else if (!was_root) { // several ways by affixes: the mildest
        raw->flags &= (uint8_t)(flags | CQ_FORM_WORD);
    }
    const memo *m = readings_of_fields(b, f->form, f->fields);
    if (!m->n) return;
    if (f->lemma.p != b->last_lemma) { // forms come lemma by lemma
        b->last_lemma = f->lemma.p;
        b->last_lemma_id = form_id(b, f->lemma, true);
    }
    uint32_t lemma = b->last_lemma_id;
    const uint32_t *morphs = (const uint32_t *)(const void *)b->morphs.p + m->first;
    for (uint32_t i = 0; lemma && i < m->n; i++) add_reading(b, id, lemma, morphs[i]);
}

// ---- building: house files -----------------------------------------------------------

// Next line of a TSV that is neither empty nor a comment, cut into `n` columns; missing
// ones are "".
static bool next_row(cq_str *rest, unsigned *line, cq_str *columns, size_t n)
{
    cq_str row;
    while (cq_str_split(rest, '\n', &row)) {
        ++*line;
        if (row.n && row.p[row.n - 1] == '\r') row.n--;
        if (!row.n || row.p[0] == '#') continue;
        for (size_t i = 0; i < n; i++) {
            if (!cq_str_split(&row, '\t', &columns[i])) columns[i] = (cq_str){"", 0};
        }
        return true;
    }
    return false;
}

// closed.tsv: form, lemma, UPOS, features. The first row of a form drops what the
// dictionary says of it.
static bool read_closed(builder *b, const cq_formtable_source *s, cq_err *err)
{
    cq_str rest = s->closed, row[4];
    unsigned line = 0;
    size_t from = b->readings.n / sizeof(raw_reading);
    while (next_row(&rest, &line, row, 4)) {
        uint32_t morph;
        if (!row[0].n || !row[1].n || !cq_morph_parse(row[2], row[3], &morph)) {
            return cq_fail(err, CQ_ESYNTAX, s->closed_path, line,
                           "expected form, lemma, UPOS and features");
        }
        uint32_t form = form_id(b, row[0], true), lemma = form_id(b, row[1], true);
        if (!form || !lemma) continue;
        add_reading(b, form, lemma, morph);
        forms_of(b)[form].closed = true;
    }
    size_t end = b->readings.n / sizeof(raw_reading), n = 0;
    raw_reading *all = (raw_reading *)(void *)b->readings.p;
    for (size_t i = 0; i < end; i++) {
        if (i < from && forms_of(b)[all[i].form].closed) continue;
        all[n++] = all[i];
    }
    b->readings.n = n * sizeof *all;
    return true;
}

// frequency.tsv: form in lower case, 0..15. A name takes the figure of its lower case
// when no common word has it.
static bool read_frequency(builder *b, const cq_formtable_source *s, cq_err *err)
{
    cq_str rest = s->frequency, row[2];
    unsigned line = 0;
    while (next_row(&rest, &line, row, 2)) {
        unsigned f = 0;
        for (size_t i = 0; i < row[1].n; i++) f = f * 10 + (unsigned)(row[1].p[i] - '0');
        if (!row[0].n || !row[1].n || row[1].n > 2 || f >= FREQUENCIES) {
            return cq_fail(err, CQ_ESYNTAX, s->frequency_path, line,
                           "expected form and 0..%d", FREQUENCIES - 1);
        }
        uint32_t id = form_id(b, row[0], false);
        if (id) forms_of(b)[id].frequency = (uint8_t)f;
        if (row[0].n < 64) {
            char name[80];
            size_t i = 0;
            size_t n = cq_utf8_put(name, cq_to_upper(cq_utf8_next(row[0], &i)));
            memcpy(name + n, row[0].p + i, row[0].n - i);
            id = form_id(b, (cq_str){name, n + row[0].n - i}, false);
        }
        if (id) forms_of(b)[id].frequency = (uint8_t)f;
    }
    return true;
}

typedef CQ_VEC(cq_str) rows;

// aspirated.txt: beginnings of lemmas; "=": the lemma alone, "!": an exception. The
// longest that fits decides.
static bool is_aspirated(const rows *all, cq_str lemma)
{
    char low[64];
    cq_str w = cq_fold_into(low, sizeof low, lemma);
    size_t best = 0;
    bool found = false;
    for (size_t i = 0; w.n && i < all->n; i++) {
        char mark = all->v[i].p[0];
        cq_str start = all->v[i];
        if (mark == '=' || mark == '!') start = cq_str_sub(start, 1, start.n);
        if (start.n < best || !cq_str_starts(w, start)) continue;
        if (mark == '=' && start.n != w.n) continue;
        best = start.n;
        found = mark != '!';
    }
    return found;
}

static void mark_aspirated(builder *b, const cq_formtable_source *s)
{
    rows all = {0};
    cq_str rest = s->aspirated, row;
    for (unsigned line = 0; next_row(&rest, &line, &row, 1);)
        *CQ_PUSH(b->arena, &all) = row;
    if (!all.n) return;
    const raw_reading *r = (const raw_reading *)(const void *)b->readings.p;
    size_t n = b->readings.n / sizeof *r;
    uint8_t *known = CQ_NEWN(b->arena, uint8_t, forms_count(b)); // 1: no, 2: yes
    for (size_t i = 0; i < n; i++) {
        raw_form *f = &forms_of(b)[r[i].form];
        const char *first = b->text.p + f->text;
        if (!f->elisions || !memchr("hHyYoOuU", *first, 8)) continue;
        uint8_t *k = &known[r[i].lemma];
        if (!*k) *k = is_aspirated(&all, raw_text(b, r[i].lemma)) ? 2 : 1;
        if (*k == 2) f->aspirated = true;
    }
}

// ---- building: laying out ------------------------------------------------------------

typedef struct {
    cq_buf *out;
    size_t base;
    table_header h;
} writer;

// A section of n zero bytes to fill in.
static void *begin(writer *w, int s, size_t n)
{
    static const char PAD[8];
    cq_buf_add(w->out, PAD, (8 - (w->out->n - w->base) % 8) % 8);
    w->h.sections[s].at = w->out->n - w->base;
    w->h.sections[s].n = n;
    return cq_buf_take(w->out, n);
}

static void put(writer *w, int s, cq_str bytes)
{
    void *p = begin(w, s, bytes.n);
    if (p && bytes.n) memcpy(p, bytes.p, bytes.n);
}

// New numbers: frequent forms first, else as they came; those that are no words last.
static uint32_t *number_forms(builder *b)
{
    size_t n = forms_count(b);
    uint32_t *id = CQ_NEWN(b->arena, uint32_t, n + 1);
    uint32_t starts[FREQUENCIES + 2] = {0};
    const raw_form *f = forms_of(b);
#define RANK(f) ((f).flags & CQ_FORM_WORD || (f).closed ? 15u - (f).frequency : 16u)
    for (size_t i = 1; i < n; i++) starts[RANK(f[i]) + 1]++;
    for (size_t r = 1; r < CQ_COUNT(starts); r++) starts[r] += starts[r - 1];
    for (size_t i = 1; i < n; i++) id[i] = 1 + starts[RANK(f[i])]++;
#undef RANK
    return id;
}

// The distinct kinds, and a hash table of twice as many slots over them: number + 1.
typedef struct {
    cq_form_kind v[KINDS_MAX];
    uint16_t slots[2 * KINDS_MAX];
    size_t n;
} kinds;

static uint16_t kind_number(builder *b, kinds *all, cq_form_kind k)
{
    uint64_t words[2];
    memcpy(words, &(cq_form_kind[2]){k}, sizeof words);
    uint64_t h =
        cq_hash_mix(words[0] ^ 0xe7037ed1a0b428dbu, words[1] ^ 0x8ebc6af09c88c6e3u);
    for (size_t i = h % CQ_COUNT(all->slots);; i = (i + 1) % CQ_COUNT(all->slots)) {
        uint16_t at = all->slots[i];
        if (at && memcmp(&all->v[at - 1], &k, sizeof k) == 0) return at - 1;
        if (at) continue;
        if (all->n == KINDS_MAX) {
            b->overflow = true;
            return 0;
        }
        all->v[all->n++] = k;
        all->slots[i] = (uint16_t)all->n;
        return (uint16_t)(all->n - 1);
    }
}

// Readings in order of form, each once.
static cq_reading *sort_readings(builder *b, const uint32_t *id, size_t forms,
                                 uint32_t *first, size_t *count)
{
    size_t n = b->readings.n / sizeof(raw_reading);
    const raw_reading *raw = (const raw_reading *)(const void *)b->readings.p;
    cq_reading *sorted = cq_alloc(b->arena, (n + 1) * sizeof *sorted);
    for (size_t i = 0; i < n; i++) first[id[raw[i].form] + 1]++;
    for (size_t f = 1; f <= forms + 1; f++) first[f] += first[f - 1];
    for (size_t i = 0; i < n; i++) {
        sorted[first[id[raw[i].form]]++] = (cq_reading){id[raw[i].lemma], raw[i].morph};
    }
    size_t out = 0, from = 0;
    for (size_t f = 1; f <= forms; f++) { // first[f] is now the end of f
        size_t to = first[f], start = out;
        first[f] = (uint32_t)start;
        for (size_t i = from; i < to; i++) {
            size_t k = start;
            while (k < out && (sorted[k].lemma != sorted[i].lemma ||
                               sorted[k].morph != sorted[i].morph)) {
                k++;
            }
            if (k == out) sorted[out++] = sorted[i];
        }
        from = to;
    }
    first[forms + 1] = (uint32_t)out;
    *count = out;
    return sorted;
}

static void put_lemmas(builder *b, writer *w, const cq_reading *readings,
                       const uint32_t *first, size_t forms)
{
    size_t n = first[forms + 1], lemmas_n = 0, out = 0;
    uint32_t *start = CQ_NEWN(b->arena, uint32_t, forms + 2);
    uint32_t *of = cq_alloc(b->arena, (n + 1) * sizeof *of);
    for (size_t i = 0; i < n; i++) start[readings[i].lemma + 1]++;
    for (size_t f = 1; f <= forms + 1; f++) start[f] += start[f - 1];
    for (uint32_t f = 1; f <= forms; f++) {
        for (uint32_t i = first[f]; i < first[f + 1]; i++) {
            of[start[readings[i].lemma]++] = f;
        }
    }
    for (size_t f = 1; f <= forms; f++) lemmas_n += start[f] > start[f - 1];
    cq_lemma_entry *lemmas = begin(w, LEMMAS, (lemmas_n + 1) * sizeof *lemmas);
    if (!lemmas) return;
    size_t at = 0;
    uint32_t *kept = of;                    // packed in place
    for (uint32_t f = 1; f <= forms; f++) { // start[f] is now the end of f
        uint32_t from = start[f - 1], to = start[f];
        if (from == to) continue;
        lemmas[at++] = (cq_lemma_entry){f, (uint32_t)out};
        for (uint32_t i = from; i < to; i++) {
            if (i == from || of[i] != of[i - 1]) kept[out++] = of[i];
        }
    }
    lemmas[at] = (cq_lemma_entry){UINT32_MAX, (uint32_t)out};
    put(w, LEMMA_FORMS, (cq_str){(const char *)kept, out * sizeof *kept});
}

static void put_lines(writer *w, const cq_affix *x)
{
    cq_buf t;
    cq_buf_init(&t, 1 << 20);
    for (size_t bit = 0; bit < x->elisions_n; bit++) {
        for (size_t i = 0; i < x->classes.v[x->elisions[bit]].n; i++) {
            const cq_affix_entry *e = &x->classes.v[x->elisions[bit]].v[i];
            cq_buf_f(&t, "%zu\t%.*s\t%.*s\t%.*s\n", bit, CQ_PRI(e->append),
                     CQ_PRI(e->strip), CQ_PRI(e->condition));
        }
    }
    put(w, ELISIONS, cq_buf_view(&t));
    cq_buf_reset(&t);
    for (size_t i = 0; i < x->iconv.n; i++) {
        cq_buf_f(&t, "%.*s\t%.*s\n", CQ_PRI(x->iconv.v[i].from),
                 CQ_PRI(x->iconv.v[i].to));
    }
    put(w, ICONV, cq_buf_view(&t));
    cq_buf_reset(&t);
    for (size_t i = 0; i < x->breaks.n; i++) {
        cq_buf_f(&t, "%.*s\n", CQ_PRI(x->breaks.v[i]));
    }
    put(w, BREAKS, cq_buf_view(&t));
    cq_buf_free(&t);
}

// The graph is a fifth of the work and needs the forms alone: a thread of its own makes
// it while the rest is laid out.
typedef struct {
    const builder *b;
    cq_buf out;
} graph_maker;

static void *make_graph(void *arg)
{
    graph_maker *m = arg;
    const builder *b = m->b;
    enum { LEFT_OUT = CQ_FORM_NOSUGGEST | CQ_FORM_FORBIDDEN | CQ_FORM_ELIDED };
    cq_arena *scratch = cq_arena_new();
    size_t n = forms_count(b), words_n = 0;
    cq_str *words = cq_alloc(scratch, n * sizeof *words);
    for (uint32_t i = 1; i < n; i++) {
        unsigned flags = forms_of(b)[i].flags;
        if ((flags & (CQ_FORM_WORD | LEFT_OUT)) == CQ_FORM_WORD) {
            words[words_n++] = raw_text(b, i);
        }
    }
    cq_graph_build(scratch, words, words_n, &m->out);
    cq_arena_free(scratch);
    return NULL;
}

// Groups, kinds and text; back: the raw form of each final number.
static void put_forms(builder *b, writer *w, const uint32_t *back,
                      const cq_reading *readings, const uint32_t *first)
{
    size_t forms = forms_count(b) - 1;
    size_t groups_n = forms / CQ_FORM_GROUP + 1;
    cq_form_group *groups = begin(w, GROUPS, groups_n * sizeof *groups);
    if (!groups) return;
    kinds *all = CQ_NEW(b->arena, kinds);
    kind_number(b, all, (cq_form_kind){0}); // the first: of what is no form
    uint32_t text = 0;
    for (size_t i = 0; i <= forms; i++) {
        cq_form_group *g = &groups[i / CQ_FORM_GROUP];
        size_t at = i % CQ_FORM_GROUP;
        if (!at) {
            g->text = text;
            g->readings = first[i];
        }
        if (!i) continue;
        const raw_form *f = &forms_of(b)[back[i]];
        cq_form_kind k = {.elisions = f->elisions,
                          .flags = f->flags,
                          .frequency =
                              f->frequency | (f->aspirated ? CQ_FORM_ASPIRATED : 0)};
        for (size_t r = first[i]; r < first[i + 1]; r++) {
            k.upos |= CQ_UPOS_BIT(CQ_GET_UPOS(readings[r].morph));
        }
        g->kind[at] = kind_number(b, all, k);
        g->text_n[at] = f->n;
        g->readings_n[at] = (uint8_t)(first[i + 1] - first[i]);
        b->overflow |= first[i + 1] - first[i] > UINT8_MAX;
        text += f->n;
    }
    char *bytes = begin(w, TEXT, text);
    for (size_t i = 1; bytes && i <= forms; i++) {
        cq_str s = raw_text(b, back[i]);
        memcpy(bytes, s.p, s.n);
        bytes += s.n;
    }
    put(w, KINDS, (cq_str){(const char *)all->v, all->n * sizeof *all->v});
}

static void put_slots(builder *b, writer *w, const uint32_t *id)
{
    size_t forms = forms_count(b), n = forms * 100 / FILL + 1;
    uint32_t *slots = begin(w, SLOTS, n * sizeof *slots);
    for (uint32_t f = 1; slots && f < forms; f++) {
        uint64_t hash = cq_str_hash(raw_text(b, f));
        size_t i = cq_form_slot(hash, n);
        while (slots[i]) i = i + 1 < n ? i + 1 : 0;
        slots[i] = slot_value(hash, id[f]);
    }
}

static void lay_out(builder *b, writer *w)
{
    graph_maker graph = {.b = b};
    cq_buf_init(&graph.out, SIZE_MAX / 2);
    pthread_t thread;
    bool apart = pthread_create(&thread, NULL, make_graph, &graph) == 0;
    size_t forms = forms_count(b) - 1, readings_n;
    const uint32_t *id = number_forms(b);
    uint32_t *back = CQ_NEWN(b->arena, uint32_t, forms + 2);
    for (uint32_t i = 1; i <= forms; i++) back[id[i]] = i;
    uint32_t *first = CQ_NEWN(b->arena, uint32_t, forms + 3);
    const cq_reading *readings = sort_readings(b, id, forms, first, &readings_n);
    cq_buf_free(&b->readings);
    put_forms(b, w, back, readings, first);
    put_slots(b, w, id);
    put(w, READINGS, (cq_str){(const char *)readings, readings_n * sizeof *readings});
    put_lemmas(b, w, readings, first, forms);
    if (apart)
        pthread_join(thread, NULL);
    else
        make_graph(&graph);
    put(w, GRAPH, cq_buf_view(&graph.out));
    cq_buf_free(&graph.out);
    const char *why =
        b->overflow ? "more forms or sets than the table can number" : b->why_not;
    put(w, WHY_NOT, cq_str_of(why));
    w->h.forms_n = (uint32_t)forms;
    w->h.complete = !why;
    memcpy(w->h.magic, MAGIC, sizeof MAGIC);
    if (!w->out->full) memcpy(w->out->p + w->base, &w->h, sizeof w->h);
}

// Collects the forms of dictionary and house vocabulary, and writes what is needed of the
// affix file. Its memory is freed before the table is laid out.
static bool expand(builder *b, const cq_formtable_source *s, writer *w, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    cq_affix x;
    b->memos = cq_alloc(a, MEMO * sizeof *b->memos);
    for (size_t i = 0; i < MEMO; i++) b->memos[i].n = UINT32_MAX;
    cq_affix_parse(a, s->aff, &x);
    bool ok = cq_affix_expand(a, &x, s->dic, s->words, s->dic_path, take_form, b, err);
    put_lines(w, &x);
    cq_str files[2] = {s->aff, s->dic};
    put(w, SHA256, cq_sha256_hex(a, files, 2));
    w->h.full_strip = x.full_strip;
    b->why_not = x.complete ? NULL : cq_str_c(b->arena, cq_str_of(x.why_not));
    cq_arena_free(a);
    return ok;
}

bool cq_formtable_build(const cq_formtable_source *s, cq_buf *out, cq_err *err)
{
    enum { FIRST_SLOTS = 1 << 12 };
    builder b = {.arena = cq_arena_new(), .slots_n = FIRST_SLOTS};
    writer w = {.out = out, .base = out->n};
    cq_buf_take(out, sizeof w.h);
    cq_buf_init(&b.text, UINT32_MAX / 2);
    cq_buf_init(&b.forms, SIZE_MAX / 2);
    cq_buf_init(&b.readings, SIZE_MAX / 2);
    cq_buf_init(&b.morphs, 1 << 30);
    // As many as French needs, without growing: a form takes some six bytes of .dic.
    while (b.slots_n < s->dic.n / 3 && b.slots_n < 1 << CQ_FORM_ID_BITS) b.slots_n *= 2;
    b.slots = CQ_NEWN(b.arena, uint32_t, b.slots_n);
    cq_buf_take(&b.forms, sizeof(raw_form)); // number 0 is no form
    bool ok =
        expand(&b, s, &w, err) && read_closed(&b, s, err) && read_frequency(&b, s, err);
    if (ok) mark_aspirated(&b, s);
    if (ok) lay_out(&b, &w);
    cq_buf_free(&b.text);
    cq_buf_free(&b.forms);
    cq_buf_free(&b.readings);
    cq_buf_free(&b.morphs);
    cq_arena_free(b.arena);
    return ok;
}
