// Counts which French words render which English ones in texts that exist in both
// languages, and prints the table of figures that renderings.tsv is.
//
//   cmake --build BUILD --target train-lexicon
//   BUILD/train-lexicon --human FILE|DIR... --machine FILE|DIR... > renderings.tsv
//
// A DIR holds NAME.en.EXT and NAME.fr.EXT; where both have as many lines they are taken
// line by line, else aligned (source/align.h). A FILE ends in .tsv and has an English and
// a French text on each line. --human: translated by people; --machine: by programs.
//
// Method: IBM model 1 with the diagonal prior of Dyer, Chahuneau and Smith, "A Simple,
// Fast, and Effective Reparameterization of IBM Model 2" (NAACL 2013), over lemmas, in
// both directions; links that both directions agree on are counted. A pair is printed
// when it was linked often enough, and in a good enough share of cases, that the table
// says something of the words and nothing of any text.
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "lexicon/english.h"
#include "lexicon/tagger.h"
#include "readers/reader.h"
#include "source/pair.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORDS_MAX = 64, ROUNDS = 5, FILE_BYTES_MAX = 64 << 20, CHUNK = 2000 };
enum { LINKED_MIN = 3 }; // times, over all texts
static const double SHARE_MIN = 0.01, SHARE_EITHER_MIN = 0.04;
static const double DIAGONAL = 4, NOTHING = 0.08; // of the prior: strength; no link

typedef struct {
    uint32_t first[2]; // into words.v of the side
    uint16_t n[2];
    bool machine;
} sentence_pair;

typedef struct {
    cq_str text;
    bool printed; // a word of the dictionary, no name
    uint32_t linked;
} word;

// One pair of lemmas that met in a sentence. p[d], c[d]: d 0 is French given English.
typedef struct {
    uint64_t key; // 0: free
    float p[2], c[2];
    uint32_t linked[2]; // by people, by programs
} cell;

typedef struct {
    cq_arena *arena;
    cq_lexicon *lexicon;
    cq_tagger *tagger;
    cq_english *english;
    cq_map ids[2];
    CQ_VEC(word) words[2]; // word 0 is "nothing"
    CQ_VEC(uint32_t) tokens[2];
    CQ_VEC(sentence_pair) pairs;
    cell *cells;
    uint64_t cells_n, cells_used;
    uint64_t size[2][2]; // words read, [machine][side]
} trainer;

static uint32_t id_of(trainer *t, unsigned side, cq_str text, bool printed)
{
    bool fresh;
    uint32_t *id = cq_map_get(&t->ids[side], text);
    if (id) {
        t->words[side].v[*id].printed |= printed;
        return *id;
    }
    cq_str kept = cq_str_copy(t->arena, text);
    id = cq_map_put(&t->ids[side], kept, &fresh);
    *id = (uint32_t)t->words[side].n;
    *CQ_PUSH(t->arena, &t->words[side]) = (word){kept, printed, 0};
    return *id;
}

static void add_english(trainer *t, cq_arena *work, const cq_passage *p, uint32_t i)
{
    cq_english_lemma lemmas[CQ_ENGLISH_LEMMAS_MAX];
    cq_str folded = cq_fold(work, cq_token_text(p, i));
    size_t n = cq_english_lemmas(t->english, work, folded, lemmas);
    cq_str lemma = n ? lemmas[0].lemma : folded;
    unsigned upos = n ? lemmas[0].upos : CQ_X;
    bool content = upos == CQ_NOUN || upos == CQ_VERB || upos == CQ_ADJ ||
                   upos == CQ_ADV || upos == CQ_SCONJ || upos == CQ_CCONJ;
    *CQ_PUSH(t->arena, &t->tokens[0]) = id_of(t, 0, lemma, content);
}

static void add_french(trainer *t, cq_arena *work, const cq_passage *p, uint32_t i)
{
    const cq_token *k = &p->tokens[i];
    cq_str lemma = k->lemma ? cq_lexicon_form(t->lexicon, k->lemma)
                            : cq_fold(work, cq_token_word(p, i));
    unsigned upos = CQ_GET_UPOS(k->morph);
    bool content = upos != CQ_DET && upos != CQ_ADP && upos != CQ_PRON && upos != CQ_AUX;
    *CQ_PUSH(t->arena, &t->tokens[1]) = id_of(t, 1, lemma, k->lemma && content);
}

// Words of [first, last) of a passage; false: too many, or none.
static bool add_side(trainer *t, cq_arena *work, unsigned side, const cq_passage *p,
                     uint32_t first, uint32_t last, sentence_pair *s)
{
    s->first[side] = (uint32_t)t->tokens[side].n;
    for (uint32_t i = first; i < last; i++) {
        if (p->tokens[i].kind != CQ_TOKEN_WORD) continue;
        if (side)
            add_french(t, work, p, i);
        else
            add_english(t, work, p, i);
    }
    size_t n = t->tokens[side].n - s->first[side];
    s->n[side] = (uint16_t)(n > WORDS_MAX ? 0 : n);
    return n && n <= WORDS_MAX;
}

static void add_pair(trainer *t, cq_arena *work, const cq_passage p[2],
                     const uint32_t first[2], const uint32_t last[2], bool machine)
{
    sentence_pair s = {.machine = machine};
    bool good = true;
    for (unsigned side = 0; side < 2; side++)
        good = add_side(t, work, side, &p[side], first[side], last[side], &s) && good;
    if (good) *CQ_PUSH(t->arena, &t->pairs) = s;
    for (unsigned side = 0; side < 2; side++) {
        if (good)
            t->size[machine][side] += s.n[side];
        else
            t->tokens[side].n = s.first[side];
    }
}

static cq_document *document_of_lines(cq_arena *a, const cq_str *lines, size_t n)
{
    cq_document *d = CQ_NEW(a, cq_document);
    cq_buf all;
    cq_buf_init(&all, FILE_BYTES_MAX);
    for (size_t i = 0; i < n; i++) {
        cq_buf_str(&all, lines[i]);
        cq_buf_char(&all, '\n');
    }
    d->arena = a;
    d->source = cq_str_copy(a, cq_buf_view(&all));
    cq_buf_free(&all);
    cq_builder b;
    cq_builder_init(&b, d);
    uint32_t at = 0;
    for (size_t i = 0; i < n; i++) {
        cq_builder_open(&b, CQ_BLOCK_PARAGRAPH, 0);
        cq_builder_verbatim(&b, at, at + (uint32_t)lines[i].n);
        cq_builder_close(&b);
        at += (uint32_t)lines[i].n + 1;
    }
    cq_builder_finish(&b);
    return d;
}

// The tokens of a block: sentences come in the order of blocks.
static void block_tokens(const cq_passage *p, uint32_t block, size_t *sentence,
                         uint32_t *first, uint32_t *last)
{
    while (*sentence < p->sentences_n && p->sentences[*sentence].block < block)
        ++*sentence;
    *first = *last = 0;
    for (; *sentence < p->sentences_n && p->sentences[*sentence].block == block;
         ++*sentence) {
        if (!*last) *first = p->sentences[*sentence].first;
        *last = p->sentences[*sentence].last;
    }
}

static void read_lines(trainer *t, const cq_str *lines[2], size_t n, bool machine)
{
    cq_arena *work = cq_arena_new();
    cq_passage p[2];
    for (unsigned side = 0; side < 2; side++) {
        cq_document *d = document_of_lines(work, lines[side], n);
        (side ? cq_tokenize_fr : cq_tokenize_en)(work, d, 0, d->blocks.n, &p[side]);
    }
    cq_tag(t->tagger, NULL, &p[1]);
    size_t sentence[2] = {0};
    for (uint32_t b = 0; b < n; b++) {
        uint32_t first[2], last[2];
        for (unsigned side = 0; side < 2; side++)
            block_tokens(&p[side], b, &sentence[side], &first[side], &last[side]);
        add_pair(t, work, p, first, last, machine);
    }
    cq_arena_free(work);
}

static void read_in_chunks(trainer *t, cq_str *lines[2], size_t n, bool machine)
{
    for (size_t i = 0; i < n; i += CHUNK) {
        const cq_str *part[2] = {lines[0] + i, lines[1] + i};
        read_lines(t, part, n - i < CHUNK ? n - i : CHUNK, machine);
    }
}

static bool read_table(trainer *t, const char *path, bool machine, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    cq_str text, line;
    CQ_VEC(cq_str) lines[2] = {{0}, {0}};
    bool ok = cq_file_read(a, path, FILE_BYTES_MAX, &text, err);
    while (ok && cq_str_split(&text, '\n', &line)) {
        cq_str english, french = line;
        if (cq_utf8_invalid(line) != SIZE_MAX) continue;
        if (!cq_str_split(&french, '\t', &english) || !french.n) continue;
        *CQ_PUSH(a, &lines[0]) = cq_nfc(a, english);
        *CQ_PUSH(a, &lines[1]) = cq_nfc(a, french);
    }
    cq_str *v[2] = {lines[0].v, lines[1].v};
    if (ok) read_in_chunks(t, v, lines[0].n, machine);
    cq_arena_free(a);
    return ok;
}

static size_t full_lines(cq_arena *a, cq_str text, cq_str **out)
{
    CQ_VEC(cq_str) lines = {0};
    cq_str line;
    while (cq_str_split(&text, '\n', &line)) {
        line = cq_str_trim(line);
        if (line.n) *CQ_PUSH(a, &lines) = cq_nfc(a, line);
    }
    *out = lines.v;
    return lines.n;
}

static bool read_aligned(trainer *t, cq_arena *a, const char *path[2],
                         const cq_str text[2], bool machine, cq_err *err)
{
    cq_document *d[2];
    for (unsigned side = 0; side < 2; side++) {
        d[side] = cq_read(a, text[side], path[side], NULL, err);
        if (!d[side]) return false;
    }
    cq_pair *pair = cq_pair_new(a, d[0], d[1], t->english, path[0]);
    cq_passage p[2] = {pair->english};
    cq_tokenize_fr(a, d[1], 0, d[1]->blocks.n, &p[1]);
    cq_tag(t->tagger, NULL, &p[1]);
    for (uint32_t k = 0; k < pair->links_n; k++) {
        const cq_link *l = &pair->links[k];
        if (l->confidence < 0.8f || l->last[1] > p[1].sentences_n) continue;
        uint32_t first[2], last[2];
        for (unsigned side = 0; side < 2; side++) {
            first[side] = p[side].sentences[l->first[side]].first;
            last[side] = p[side].sentences[l->last[side] - 1].last;
        }
        add_pair(t, a, p, first, last, machine);
    }
    return true;
}

static bool read_files(trainer *t, const char *english, bool machine, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    cq_str name = cq_str_of(english);
    size_t at = cq_str_find(name, cq_str_of(".en."));
    cq_str french = cq_strf(a, "%.*s.fr.%s", (int)at, english, english + at + 4);
    const char *path[2] = {english, french.p};
    cq_str text[2], *lines[2];
    size_t n[2];
    bool ok = true;
    for (unsigned side = 0; side < 2 && ok; side++) {
        ok = cq_file_read(a, path[side], FILE_BYTES_MAX, &text[side], err) &&
             (cq_utf8_invalid(text[side]) == SIZE_MAX ||
              cq_fail(err, CQ_EENCODING, path[side], 0, "not UTF-8"));
        if (ok) n[side] = full_lines(a, text[side], &lines[side]);
    }
    if (ok && n[0] == n[1])
        read_in_chunks(t, lines, n[0], machine);
    else if (ok)
        ok = read_aligned(t, a, path, text, machine, err);
    cq_arena_free(a);
    return ok;
}

typedef struct {
    trainer *t;
    bool machine;
    cq_err *err;
} visitor;

static bool visit(void *ctx, const char *path)
{
    visitor *v = ctx;
    if (!strstr(path, ".en.")) return true;
    return read_files(v->t, path, v->machine, v->err);
}

// ---- the model

static cell *cell_of(trainer *t, uint32_t e, uint32_t f)
{
    uint64_t key = (((uint64_t)e << 32) | f) + 1;
    uint64_t i = cq_hash(&key, sizeof key, 0) & (t->cells_n - 1);
    while (t->cells[i].key && t->cells[i].key != key) i = (i + 1) & (t->cells_n - 1);
    cell *c = &t->cells[i];
    if (!c->key) {
        if (++t->cells_used > t->cells_n / 4 * 3) {
            fprintf(stderr, "train-lexicon: too many pairs of words\n");
            exit(1);
        }
        *c = (cell){.key = key, .p = {1e-3f, 1e-3f}};
    }
    return c;
}

// The prior that word j of n comes from word i of m.
static double prior(unsigned i, unsigned m, unsigned j, unsigned n)
{
    return exp(-DIAGONAL * fabs((i + 0.5) / m - (j + 0.5) / n));
}

// Weights of all words of the given side as origins of word j; [0] is none.
static double weigh(trainer *t, const sentence_pair *s, unsigned d, unsigned j,
                    double weight[WORDS_MAX + 1], cell *at[WORDS_MAX + 1])
{
    const uint32_t *given = &t->tokens[d].v[s->first[d]];
    uint32_t made = t->tokens[!d].v[s->first[!d] + j];
    unsigned m = s->n[d], n = s->n[!d];
    double z = 0, sum = 0;
    for (unsigned i = 0; i < m; i++) z += weight[i + 1] = prior(i, m, j, n);
    for (unsigned i = 0; i <= m; i++) {
        uint32_t from = i ? given[i - 1] : 0;
        at[i] = d ? cell_of(t, made, from) : cell_of(t, from, made);
        weight[i] = at[i]->p[d] * (i ? (1 - NOTHING) * weight[i] / z : NOTHING);
        sum += weight[i];
    }
    return sum;
}

static void count(trainer *t)
{
    double weight[WORDS_MAX + 1];
    cell *at[WORDS_MAX + 1];
    for (size_t k = 0; k < t->pairs.n; k++) {
        const sentence_pair *s = &t->pairs.v[k];
        for (unsigned d = 0; d < 2; d++) {
            for (unsigned j = 0; j < s->n[!d]; j++) {
                double sum = weigh(t, s, d, j, weight, at);
                for (unsigned i = 0; i <= s->n[d]; i++)
                    at[i]->c[d] += (float)(weight[i] / sum);
            }
        }
    }
}

static void normalise(trainer *t)
{
    for (unsigned d = 0; d < 2; d++) {
        double *total = calloc(t->words[d].n, sizeof *total);
        if (!total) abort();
        for (int pass = 0; pass < 2; pass++) {
            for (uint64_t i = 0; i < t->cells_n; i++) {
                cell *c = &t->cells[i];
                if (!c->key) continue;
                uint32_t given =
                    d ? (uint32_t)(c->key - 1) : (uint32_t)((c->key - 1) >> 32);
                if (!pass) {
                    total[given] += c->c[d] + 1e-4f;
                    continue;
                }
                c->p[d] = (float)((c->c[d] + 1e-4f) / total[given]);
                c->c[d] = 0;
            }
        }
        free(total);
    }
}

// The likeliest origin of each word, one direction. UINT16_MAX: none.
static void likeliest(trainer *t, const sentence_pair *s, unsigned d, uint16_t *out)
{
    double weight[WORDS_MAX + 1];
    cell *at[WORDS_MAX + 1];
    for (unsigned j = 0; j < s->n[!d]; j++) {
        weigh(t, s, d, j, weight, at);
        unsigned best = 0;
        for (unsigned i = 1; i <= s->n[d]; i++) {
            if (weight[i] > weight[best]) best = i;
        }
        out[j] = best ? (uint16_t)(best - 1) : UINT16_MAX;
    }
}

static void link_words(trainer *t)
{
    for (size_t k = 0; k < t->pairs.n; k++) {
        const sentence_pair *s = &t->pairs.v[k];
        uint16_t of[2][WORDS_MAX];
        for (unsigned d = 0; d < 2; d++) likeliest(t, s, d, of[d]);
        for (unsigned j = 0; j < s->n[1]; j++) {
            unsigned i = of[0][j];
            if (i == UINT16_MAX || of[1][i] != j) continue;
            uint32_t e = t->tokens[0].v[s->first[0] + i];
            uint32_t f = t->tokens[1].v[s->first[1] + j];
            cell_of(t, e, f)->linked[s->machine]++;
            t->words[0].v[e].linked++;
            t->words[1].v[f].linked++;
        }
    }
}

// ---- the table

static const trainer *sorted_by;
static int by_words(const void *a, const void *b)
{
    const cell *x = *(cell *const *)a, *y = *(cell *const *)b;
    uint64_t i = x->key - 1, j = y->key - 1;
    int c = cq_str_cmp(sorted_by->words[0].v[i >> 32].text,
                       sorted_by->words[0].v[j >> 32].text);
    if (c) return c;
    return cq_str_cmp(sorted_by->words[1].v[(uint32_t)i].text,
                      sorted_by->words[1].v[(uint32_t)j].text);
}

static bool worth_printing(const trainer *t, const cell *c)
{
    uint32_t e = (uint32_t)((c->key - 1) >> 32), f = (uint32_t)(c->key - 1);
    const word *en = &t->words[0].v[e], *fr = &t->words[1].v[f];
    double linked = c->linked[0] + c->linked[1];
    if (!en->printed || !fr->printed || linked < LINKED_MIN) return false;
    double there = linked / en->linked, back = linked / fr->linked;
    if (there < SHARE_MIN && back < SHARE_MIN) return false;
    return there >= SHARE_EITHER_MIN || back >= SHARE_EITHER_MIN;
}

static void print(trainer *t)
{
    cell **rows = calloc(t->cells_used, sizeof *rows);
    size_t n = 0;
    if (!rows) abort();
    for (uint64_t i = 0; i < t->cells_n; i++) {
        cell *c = &t->cells[i];
        if (c->key && worth_printing(t, c)) rows[n++] = c;
    }
    sorted_by = t;
    qsort(rows, n, sizeof *rows, by_words);
    for (size_t i = 0; i < n; i++) {
        const cell *c = rows[i];
        const word *en = &t->words[0].v[(c->key - 1) >> 32];
        const word *fr = &t->words[1].v[(uint32_t)(c->key - 1)];
        double linked = c->linked[0] + c->linked[1];
        printf("%.*s\t%.*s\t%u\t%u\t%.3f\t%.3f\n", CQ_PRI(en->text), CQ_PRI(fr->text),
               c->linked[0], c->linked[1], linked / en->linked, linked / fr->linked);
    }
    free(rows);
    fprintf(
        stderr, "%zu sentences; words: people %llu/%llu, programs %llu/%llu; %zu rows\n",
        t->pairs.n, (unsigned long long)t->size[0][0], (unsigned long long)t->size[0][1],
        (unsigned long long)t->size[1][0], (unsigned long long)t->size[1][1], n);
}

static bool open(trainer *t, cq_err *err)
{
    t->arena = cq_arena_new();
    cq_lexicon_options o = {.dictionary = "fr",
                            .extra = CALQUE_SOURCE_DIR "/dictionaries/fr"};
    const char *model = CALQUE_SOURCE_DIR "/dictionaries/fr/tagger.model";
    for (unsigned side = 0; side < 2; side++) {
        cq_map_init(&t->ids[side], t->arena);
        id_of(t, side, cq_str_of(""), false);
    }
    t->cells_n = 1 << 25;
    t->cells = calloc(t->cells_n, sizeof *t->cells);
    if (!t->cells) abort();
    return (t->lexicon = cq_lexicon_open(&o, err)) &&
           (t->tagger = cq_tagger_open(model, t->lexicon, err)) &&
           (t->english = cq_english_open(NULL, NULL, err));
}

static bool read_all(trainer *t, char **arguments, cq_err *err)
{
    bool machine = false, ok = true;
    for (; *arguments && ok; arguments++) {
        if (strcmp(*arguments, "--machine") == 0 || strcmp(*arguments, "--human") == 0) {
            machine = arguments[0][2] == 'm';
            continue;
        }
        visitor v = {t, machine, err};
        ok = cq_path_is_dir(*arguments) ? cq_dir_walk(*arguments, visit, &v, err)
                                        : read_table(t, *arguments, machine, err);
        ok = ok && !err->code;
        fprintf(stderr, "%s: %zu sentences so far\n", *arguments, t->pairs.n);
    }
    return ok;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: train-lexicon --human|--machine FILE|DIR...\n");
        return 2;
    }
    static trainer t;
    cq_err err = {0};
    bool ok = open(&t, &err) && read_all(&t, argv + 1, &err);
    for (unsigned round = 0; ok && round < ROUNDS; round++) {
        count(&t);
        normalise(&t);
    }
    if (ok) {
        link_words(&t);
        print(&t);
    }
    char text[1200];
    if (!ok) fprintf(stderr, "train-lexicon: %s\n", cq_err_text(&err, text, sizeof text));
    cq_english_free(t.english);
    cq_tagger_free(t.tagger);
    cq_lexicon_free(t.lexicon);
    cq_arena_free(t.arena);
    free(t.cells);
    return ok ? 0 : 1;
}
