// Trains and measures the tagger on treebanks in CoNLL-U; contractions of a preposition
// and an article count as one token.
//
//   cmake --build BUILD --target train-tagger
//   BUILD/train-tagger train MODEL TREEBANK...    learns from all of them
//   BUILD/train-tagger score MODEL TREEBANK...    share of right tags, one by one
//   BUILD/train-tagger errors MODEL TREEBANK...   the wrong ones: token, right tag, given
//   tag
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "lexicon/tagger_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { EPOCHS = 12, TREEBANK_MAX = 256 << 20 };

typedef struct {
    uint32_t morph; // gold; a contraction is ADP with CONTRACTED
    bool scored;    // false: not a tag that this tagger can give
} gold;

typedef struct {
    cq_document doc;
    cq_passage p;
    CQ_VEC(cq_token) tokens;
    CQ_VEC(cq_sentence) sentences;
    CQ_VEC(gold) gold;
    CQ_VEC(char) text;
} treebank;

static void flags_of_case(cq_token *k, cq_str s)
{
    size_t letters = 0, capitals = 0;
    bool mixed = false, small = false;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = cq_utf8_next(s, &i);
        if (cq_is_number(c)) k->flags |= CQ_TOKEN_DIGITS;
        if (!cq_is_letter(c)) continue;
        bool upper = cq_is_upper(c);
        if (!letters && upper) k->flags |= CQ_TOKEN_CAPITAL;
        if (upper && small) mixed = true;
        small = !upper;
        letters++;
        capitals += upper;
    }
    if (mixed) k->flags |= CQ_TOKEN_MIXED;
    if (letters > 1 && capitals == letters) k->flags |= CQ_TOKEN_UPPER;
}

static cq_token_kind kind_of(cq_str s, cq_upos u)
{
    if (u == CQ_PUNCT) return CQ_TOKEN_PUNCT;
    bool letter = false;
    for (size_t i = 0; i < s.n;) letter = cq_is_letter(cq_utf8_next(s, &i)) || letter;
    if (cq_is_digit(s.p[0])) return CQ_TOKEN_NUMBER;
    return letter ? CQ_TOKEN_WORD : CQ_TOKEN_SYMBOL;
}

// The features of a row that the tagger knows; the others are the treebank's own.
static uint32_t morph_of(cq_str upos, cq_str feats)
{
    uint32_t m = cq_upos_find(upos), one;
    cq_str pair;
    while (m && !cq_str_is(feats, "_") && cq_str_split(&feats, '|', &pair)) {
        if (cq_morph_parse(upos, pair, &one)) m |= one;
    }
    return m;
}

static void add_token(cq_arena *a, treebank *b, cq_str form, uint32_t morph, bool scored,
                      bool space)
{
    if (space && b->text.n) *CQ_PUSH(a, &b->text) = ' ';
    cq_token *k = CQ_PUSH(a, &b->tokens);
    *k = (cq_token){.start = (uint32_t)b->text.n};
    for (size_t i = 0; i < form.n; i++) *CQ_PUSH(a, &b->text) = form.p[i];
    k->end = (uint32_t)b->text.n;
    k->kind = (uint8_t)kind_of(form, CQ_GET_UPOS(morph));
    k->sentence = (uint32_t)b->sentences.n;
    flags_of_case(k, form);
    if (form.n > 1 && form.p[0] == '-' && k->kind == CQ_TOKEN_WORD) {
        k->flags |= CQ_TOKEN_INVERTED;
    }
    *CQ_PUSH(a, &b->gold) = (gold){morph, scored};
}

static void end_sentence(cq_arena *a, treebank *b, size_t *first)
{
    if (b->tokens.n == *first) return;
    for (size_t i = *first; i < b->tokens.n; i++) {
        if (b->tokens.v[i].kind != CQ_TOKEN_WORD) continue;
        b->tokens.v[i].flags |= CQ_TOKEN_FIRST;
        break;
    }
    *CQ_PUSH(a, &b->sentences) =
        (cq_sentence){(uint32_t)*first, (uint32_t)b->tokens.n, 0};
    *first = b->tokens.n;
}

// Columns: ID FORM LEMMA UPOS XPOS FEATS ...
static bool read_treebank(cq_arena *a, const char *path, treebank *b, cq_err *err)
{
    cq_str rest, line;
    if (!cq_file_read(a, path, TREEBANK_MAX, &rest, err)) return false;
    size_t first = b->tokens.n;
    unsigned number = 0;
    cq_str joined = {"", 0};
    long until = 0;
    uint32_t pending = 0;
    while (cq_str_split(&rest, '\n', &line)) {
        number++;
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (!line.n) end_sentence(a, b, &first);
        if (!line.n || line.p[0] == '#') continue;
        cq_str column[6];
        size_t n = 0;
        while (n < 6 && cq_str_split(&line, '\t', &column[n])) n++;
        if (n < 6) return cq_fail(err, CQ_ESYNTAX, path, number, "not a row of CoNLL-U");
        size_t dash = cq_str_find(column[0], cq_str_of("-"));
        if (dash != SIZE_MAX) {
            joined = column[1];
            until = strtol(column[0].p + dash + 1, NULL, 10);
            pending = 0;
            continue;
        }
        if (cq_str_find(column[0], cq_str_of(".")) != SIZE_MAX) continue;
        uint32_t morph = morph_of(column[3], column[5]);
        if (!until) {
            add_token(a, b, column[1], morph, morph != 0, true);
            continue;
        }
        // The parts of a contraction: ADP, then what carries gender and number.
        if (!pending) pending = morph;
        if (strtol(column[0].p, NULL, 10) < until) continue;
        bool article = CQ_GET_UPOS(morph) == CQ_DET;
        if (article) morph = (morph & ~31u) | CQ_ADP | 1u << CQ_M_CONTRACTED;
        add_token(a, b, joined, morph, CQ_GET_UPOS(pending) == CQ_ADP, true);
        until = 0;
    }
    end_sentence(a, b, &first);
    b->doc.text = (cq_str){b->text.v, b->text.n};
    b->p =
        (cq_passage){&b->doc, b->tokens.v, b->tokens.n, b->sentences.v, b->sentences.n};
    return true;
}

static bool same_upos(uint32_t a, uint32_t b)
{
    return CQ_GET_UPOS(a) == CQ_GET_UPOS(b) &&
           a >> CQ_M_CONTRACTED == b >> CQ_M_CONTRACTED;
}

static bool agrees(uint32_t got, uint32_t want, unsigned field)
{
    uint32_t g = CQ_MORPH(got, field, 2), w = CQ_MORPH(want, field, 2);
    return !w || (field == CQ_M_VERBFORM ? g == w : (g & w) == w);
}

static int likeness(uint32_t got, uint32_t want)
{
    if (!same_upos(got, want)) return -1;
    return 4 * agrees(got, want, CQ_M_VERBFORM) + 2 * agrees(got, want, CQ_M_GENDER) +
           2 * agrees(got, want, CQ_M_NUMBER);
}

// The candidate that is the gold tag; -1 where there is none.
static int find_gold(const cq_tag_token *t, const gold *g)
{
    int found = -1, most = -1;
    for (int c = 0; c < t->n && g->scored; c++) {
        int like = likeness(t->c[c].morph, g->morph);
        if (like > most) {
            most = like;
            found = c;
        }
    }
    return found;
}

// Averaging without touching every weight at every step: `sum` holds weight times the
// step at which it changed (Daumé 2006).
typedef struct {
    int32_t *weight;
    int64_t *sum;
    int64_t step;
} learner;

static void change(learner *m, uint32_t slot, int32_t by)
{
    m->weight[slot] += by;
    m->sum[slot] += m->step * by;
}

static void update(learner *m, const cq_tag_features *f, uint32_t morph, int32_t by)
{
    for (size_t k = 0; k < CQ_TAG_FEATURES; k++) {
        change(m, cq_tag_slot(f->coarse[k], cq_tag_coarse(morph)), by);
    }
    for (size_t k = 0; k < CQ_TAG_AGREEMENTS; k++) {
        change(m, cq_tag_slot(f->fine[k], cq_tag_fine(morph)), by);
    }
}

static int64_t score(const learner *m, const cq_tag_features *f, uint32_t morph)
{
    int64_t sum = 0;
    for (size_t k = 0; k < CQ_TAG_FEATURES; k++) {
        sum += m->weight[cq_tag_slot(f->coarse[k], cq_tag_coarse(morph))];
    }
    for (size_t k = 0; k < CQ_TAG_AGREEMENTS; k++) {
        sum += m->weight[cq_tag_slot(f->fine[k], cq_tag_fine(morph))];
    }
    return sum;
}

static void learn_sentence(learner *m, const treebank *b, const cq_sentence *s,
                           const cq_tag_token *looked)
{
    uint32_t previous = 0, before = 0;
    for (size_t i = s->first; i < s->last; i++) {
        const cq_tag_token *t = &looked[i];
        int pick = 0, right = find_gold(t, &b->gold.v[i]);
        m->step++;
        if (t->n > 1) {
            const cq_tag_token *around[5];
            for (size_t k = 0; k < 5; k++) {
                size_t j = i + k;
                around[k] =
                    j >= s->first + 2 && j < s->last + 2ul ? &looked[j - 2] : NULL;
            }
            cq_tag_features f;
            cq_tag_extract(around, previous, before, &f);
            int64_t top = INT64_MIN;
            for (int c = 0; c < t->n; c++) {
                int64_t v = score(m, &f, t->c[c].morph);
                if (v > top) {
                    top = v;
                    pick = c;
                }
            }
            if (right >= 0 && pick != right) {
                update(m, &f, t->c[right].morph, 1);
                update(m, &f, t->c[pick].morph, -1);
            }
        }
        before = previous;
        previous = t->n ? t->c[pick].morph : 0;
    }
}

// The same order on every machine: xorshift (Marsaglia 2003).
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static bool write_model(const learner *m, const char *path, cq_err *err)
{
    cq_buf out;
    cq_buf_init(&out, SIZE_MAX / 2);
    cq_buf_c(&out, CQ_TAG_MAGIC);
    for (size_t i = 0; i < CQ_TAG_TABLE; i++) {
        // Mean weight in 64ths.
        int64_t w = (m->weight[i] * m->step - m->sum[i]) * 64 / m->step;
        if (w > INT16_MAX) w = INT16_MAX;
        if (w < INT16_MIN) w = INT16_MIN;
        uint16_t u = (uint16_t)(int16_t)w;
        cq_buf_char(&out, (char)(u & 0xff));
        cq_buf_char(&out, (char)(u >> 8));
    }
    bool ok = cq_file_replace(path, cq_buf_view(&out), err);
    cq_buf_free(&out);
    return ok;
}

static bool train(char *const *treebanks, size_t n, const char *model_path,
                  const cq_lexicon *l, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    treebank b = {0};
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) ok = read_treebank(a, treebanks[i], &b, err);
    if (ok) {
        learner m = {CQ_NEWN(a, int32_t, CQ_TAG_TABLE), CQ_NEWN(a, int64_t, CQ_TAG_TABLE),
                     1};
        cq_tag_token *looked = CQ_NEWN(a, cq_tag_token, b.p.n);
        uint32_t *order = CQ_NEWN(a, uint32_t, b.p.sentences_n);
        for (size_t i = 0; i < b.p.n; i++) cq_tag_look_up(l, &b.p, i, &looked[i]);
        for (size_t i = 0; i < b.p.sentences_n; i++) order[i] = (uint32_t)i;
        uint64_t random = 0x2545f4914f6cdd1du;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (size_t i = b.p.sentences_n; i > 1; i--) {
                size_t j = next_random(&random) % i;
                uint32_t swap = order[i - 1];
                order[i - 1] = order[j];
                order[j] = swap;
            }
            for (size_t i = 0; i < b.p.sentences_n; i++) {
                learn_sentence(&m, &b, &b.p.sentences[order[i]], looked);
            }
        }
        ok = write_model(&m, model_path, err);
    }
    cq_arena_free(a);
    return ok;
}

// Million tokens a second on one core, the best of some rounds: others use the machine.
static double speed(const cq_tagger *t, cq_passage *p)
{
    clock_t best = 0;
    for (int round = 0; round < 20; round++) {
        clock_t start = clock();
        cq_tag(t, NULL, p);
        clock_t spent = clock() - start;
        if (!best || spent < best) best = spent;
    }
    return best ? (double)p->n / (double)best * CLOCKS_PER_SEC / 1e6 : 0;
}

static bool evaluate(const cq_tagger *t, const char *path, bool errors, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    treebank b = {0};
    bool ok = read_treebank(a, path, &b, err);
    if (ok) cq_tag(t, NULL, &b.p);
    size_t ambiguous = 0, upos = 0, full = 0;
    for (size_t i = 0; i < b.p.n && ok; i++) {
        const cq_token *k = &b.p.tokens[i];
        uint32_t want = b.gold.v[i].morph;
        bool right = same_upos(k->morph, want);
        ambiguous += (k->upos & (k->upos - 1)) != 0;
        upos += right;
        full += right && likeness(k->morph, want) == 8;
        if (errors && !right) {
            cq_str s = cq_token_text(&b.p, i);
            printf("%.*s\t%s\t%s\n", CQ_PRI(s), cq_upos_name(CQ_GET_UPOS(want)),
                   cq_upos_name(CQ_GET_UPOS(k->morph)));
        }
    }
    double n = (double)b.p.n / 100;
    if (ok && b.p.n && !errors) {
        printf("%s: %zu tokens, %.1f %% ambiguous, UPOS %.2f %%, with gender, number and "
               "verb form %.2f %%; %.1f million tokens/s\n",
               path, b.p.n, (double)ambiguous / n, (double)upos / n, (double)full / n,
               speed(t, &b.p));
    }
    cq_arena_free(a);
    return ok;
}

static bool score_all(const char *model, char *const *treebanks, size_t n, bool errors,
                      const cq_lexicon *l, cq_err *err)
{
    cq_tagger *t = cq_tagger_open(model, l, err);
    bool ok = t != NULL;
    for (size_t i = 0; i < n && ok; i++) ok = evaluate(t, treebanks[i], errors, err);
    cq_tagger_free(t);
    return ok;
}

int main(int argc, char **argv)
{
    const char *what = argc > 3 ? argv[1] : "";
    bool learn = strcmp(what, "train") == 0, errors = strcmp(what, "errors") == 0;
    if (!learn && !errors && strcmp(what, "score") != 0) {
        fprintf(stderr, "usage: train-tagger train|score|errors MODEL TREEBANK...\n");
        return 2;
    }
    cq_err err = {0};
    cq_lexicon_options o = {.dictionary = "fr",
                            .extra = CALQUE_SOURCE_DIR "/dictionaries/fr"};
    cq_lexicon *l = cq_lexicon_open(&o, &err);
    size_t n = (size_t)argc - 3;
    bool ok = l && (learn ? train(argv + 3, n, argv[2], l, &err)
                          : score_all(argv[2], argv + 3, n, errors, l, &err));
    char text[1200];
    if (!ok) fprintf(stderr, "train-tagger: %s\n", cq_err_text(&err, text, sizeof text));
    cq_lexicon_free(l);
    return ok ? 0 : 1;
}
