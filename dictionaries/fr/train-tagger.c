// Trains and measures the tagger on treebanks in CoNLL-U.
//
//   cmake --build BUILD --target train-tagger
//   BUILD/train-tagger train MODEL TREEBANK...    learns from all of them
//   BUILD/train-tagger score MODEL TREEBANK...    share of right tags, one by one,
//                                                 as they are and with broken agreement
//   BUILD/train-tagger errors MODEL TREEBANK...   the wrong ones: token, right tag, given
//   tag
#include "base/buf.h"
#include "base/file.h"
#include "lexicon/tagger_model.h"
#include "treebank.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { EPOCHS = 12 };

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
static int find_gold(const cq_tag_token *t, const treebank_gold *g)
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
    uint64_t random = 0x2545f4914f6cdd1du;
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) ok = treebank_read(a, treebanks[i], &b, err);
    if (ok) {
        learner m = {CQ_NEWN(a, int32_t, CQ_TAG_TABLE), CQ_NEWN(a, int64_t, CQ_TAG_TABLE),
                     1};
        cq_tag_token *looked = CQ_NEWN(a, cq_tag_token, b.p.n);
        uint32_t *order = CQ_NEWN(a, uint32_t, b.p.sentences_n);
        for (size_t i = 0; i < b.p.n; i++) cq_tag_look_up(l, &b.p, i, &looked[i]);
        for (size_t i = 0; i < b.p.sentences_n; i++) order[i] = (uint32_t)i;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            treebank_shuffle(order, b.p.sentences_n, &random);
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

static bool evaluate(const cq_tagger *t, const char *path, const cq_lexicon *l,
                     bool garble, bool errors, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    treebank b = {0}, clean = {0};
    uint64_t random = 0x2545f4914f6cdd1du;
    bool ok = treebank_read(a, path, garble ? &clean : &b, err);
    if (ok && garble) treebank_garble(a, &clean, l, &random, &b);
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
        printf(
            "%s%s: %zu tokens, %.1f %% ambiguous, UPOS %.2f %%, with gender, number and "
            "verb form %.2f %%; %.1f million tokens/s\n",
            path, garble ? ", garbled" : "", b.p.n, (double)ambiguous / n,
            (double)upos / n, (double)full / n, speed(t, &b.p));
    }
    cq_arena_free(a);
    return ok;
}

static bool score_all(const char *model, char *const *treebanks, size_t n, bool errors,
                      const cq_lexicon *l, cq_err *err)
{
    cq_tagger *t = cq_tagger_open(model, l, err);
    bool ok = t != NULL;
    for (size_t i = 0; i < n && ok; i++) {
        ok = evaluate(t, treebanks[i], l, false, errors, err) &&
             (errors || evaluate(t, treebanks[i], l, true, errors, err));
    }
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
