// Trains and measures the parser on treebanks in CoNLL-U, and on copies of them in which
// agreement is broken, tagged by the tagger.
//
//   cmake --build BUILD --target train-parser
//   BUILD/train-parser train MODEL TAGGER TREEBANK [TAGGER TREEBANK]...
//   BUILD/train-parser score MODEL TAGGER TREEBANK [TAGGER TREEBANK]...
//
// A tagger that was trained on the very sentences makes fewer errors in them than in any
// others: give each treebank one that has not seen it.
#include "base/buf.h"
#include "base/file.h"
#include "lexicon/parser_model.h"
#include "lexicon/tagger.h"
#include "treebank.h"

#include <stdio.h>
#include <stdlib.h>

enum { EPOCHS = 14, COPIES = 2 };

// Averaging as in train-tagger.c.
typedef struct {
    int32_t *weight;
    int64_t *sum;
    int64_t step;
} learner;

static void change(learner *m, const uint32_t *rows, unsigned class, int32_t by)
{
    for (size_t f = 0; f < CQ_PARSE_FEATURES; f++) {
        size_t slot = (size_t)rows[f] * CQ_PARSE_CLASSES + class;
        m->weight[slot] += by;
        m->sum[slot] += m->step * by;
    }
}

static void score(const learner *m, const uint32_t *rows, int64_t *sum)
{
    memset(sum, 0, CQ_PARSE_CLASSES * sizeof *sum);
    for (size_t f = 0; f < CQ_PARSE_FEATURES; f++) {
        const int32_t *row = m->weight + (size_t)rows[f] * CQ_PARSE_CLASSES;
        for (size_t c = 0; c < CQ_PARSE_CLASSES; c++) sum[c] += row[c];
    }
}

// Right arcs that each transition would make impossible: Goldberg and Nivre (2013).
static void costs(const cq_parse_state *s, const uint32_t *heads, int cost[3])
{
    uint32_t b = s->next, top = cq_parse_stacked(s, 0), under = cq_parse_stacked(s, 1);
    cost[CQ_SHIFT] = cost[CQ_LEFT] = cost[CQ_RIGHT] = 0;
    for (size_t i = 0; i < s->stack_n; i++) {
        uint32_t d = s->stack[i];
        if (b < s->n) cost[CQ_SHIFT] += (heads[d] == b) + (heads[b] == d && d != top);
    }
    if (top == CQ_NOBODY) return;
    uint32_t head = heads[top];
    cost[CQ_LEFT] += head == under || head > b;
    cost[CQ_RIGHT] += head >= b;
    for (uint32_t d = b; d < s->n; d++) {
        cost[CQ_LEFT] += heads[d] == top;
        cost[CQ_RIGHT] += heads[d] == top;
    }
}

// The classes that lose nothing, a set of bits.
static uint32_t right_classes(const cq_parse_state *s, const uint32_t *heads,
                              const treebank_gold *gold)
{
    int cost[3], least = INT32_MAX;
    unsigned possible = cq_parse_possible(s);
    costs(s, heads, cost);
    for (unsigned t = 0; t < 3; t++) {
        if (possible >> t & 1 && cost[t] < least) least = cost[t];
    }
    uint32_t set = 0, top = cq_parse_stacked(s, 0);
    for (unsigned t = 0; t < 3; t++) {
        if (!(possible >> t & 1) || cost[t] != least) continue;
        uint32_t head = t == CQ_LEFT ? s->next : cq_parse_stacked(s, 1);
        if (t == CQ_LEFT && s->next == s->n) {
            set |= 1u << cq_parse_class_of(CQ_LEFT, CQ_REL_ROOT);
        } else if (t == CQ_SHIFT) {
            set |= 1u << 0;
        } else if (heads[top] == head) {
            set |= 1u << cq_parse_class_of((cq_transition)t, gold[top].relation);
        } else {
            for (unsigned c = 1; c < CQ_PARSE_CLASSES; c++) {
                if (CQ_PARSE_CLASS[c].transition == t &&
                    CQ_PARSE_CLASS[c].relation != CQ_REL_ROOT)
                    set |= 1u << c;
            }
        }
    }
    return set;
}

static unsigned best_of(const int64_t *sum, uint32_t set)
{
    unsigned best = CQ_PARSE_CLASSES;
    for (unsigned c = 0; c < CQ_PARSE_CLASSES; c++) {
        if (set >> c & 1 && (best == CQ_PARSE_CLASSES || sum[c] > sum[best])) best = c;
    }
    return best;
}

static uint32_t possible_classes(const cq_parse_state *s)
{
    uint32_t set = 0;
    unsigned possible = cq_parse_possible(s);
    for (unsigned c = 0; c < CQ_PARSE_CLASSES; c++) {
        unsigned t = CQ_PARSE_CLASS[c].transition;
        bool root = t == CQ_LEFT && CQ_PARSE_CLASS[c].relation == CQ_REL_ROOT;
        if (possible >> t & 1 && (t != CQ_LEFT || root == (s->next == s->n)))
            set |= 1u << c;
    }
    return set;
}

static void learn_sentence(learner *m, const treebank *b, const cq_sentence *of,
                           const cq_lexicon *l, uint64_t *random, bool explore)
{
    cq_parse_state s;
    uint32_t heads[CQ_PARSE_NODES];
    if (of->last - of->first > CQ_PARSE_MAX) return;
    const treebank_gold *gold = &b->gold.v[of->first];
    cq_parse_begin(&s, l, &b->p, of->first, of->last);
    for (uint32_t i = 0; i < s.n; i++)
        heads[i] = gold[i].head == CQ_NO_HEAD ? s.n : gold[i].head - of->first;
    while (!cq_parse_done(&s)) {
        uint32_t rows[CQ_PARSE_FEATURES];
        int64_t sum[CQ_PARSE_CLASSES];
        cq_parse_extract(&s, rows);
        score(m, rows, sum);
        uint32_t right = right_classes(&s, heads, gold);
        unsigned pick = best_of(sum, possible_classes(&s)), want = best_of(sum, right);
        m->step++;
        bool wrong = !(right >> pick & 1);
        if (wrong) {
            change(m, rows, want, 1);
            change(m, rows, pick, -1);
        }
        bool follow = explore && treebank_random(random) >> 20 & 7;
        cq_parse_step(&s, wrong && !follow ? want : pick);
    }
}

static bool write_model(const learner *m, const char *path, cq_err *err)
{
    cq_buf out;
    cq_buf_init(&out, SIZE_MAX / 2);
    cq_buf_c(&out, CQ_PARSE_MAGIC);
    for (size_t i = 0; i < (size_t)CQ_PARSE_ROWS * CQ_PARSE_CLASSES; i++) {
        int64_t w = (m->weight[i] * m->step - m->sum[i]) * CQ_PARSE_UNIT / m->step;
        w = w > INT8_MAX ? INT8_MAX : w < INT8_MIN ? INT8_MIN : w;
        cq_buf_char(&out, (char)(uint8_t)(w + CQ_PARSE_ZERO));
    }
    bool ok = cq_file_replace(path, cq_buf_view(&out), err);
    cq_buf_free(&out);
    return ok;
}

static bool tag(const char *model, const cq_lexicon *l, treebank *b, cq_err *err)
{
    cq_tagger *t = cq_tagger_open(model, l, err);
    if (!t) return false;
    cq_tag(t, NULL, &b->p);
    cq_tagger_free(t);
    return true;
}

// As many treebanks as pairs of arguments, each followed by its garbled copies.
static bool read_all(cq_arena *a, char *const *pairs, size_t n, const cq_lexicon *l,
                     size_t copies, treebank *out, cq_err *err)
{
    uint64_t random = 0x2545f4914f6cdd1du;
    for (size_t i = 0; i < n; i++) {
        treebank *clean = &out[i * (copies + 1)];
        if (!treebank_read(a, pairs[2 * i + 1], clean, err)) return false;
        if (!tag(pairs[2 * i], l, clean, err)) return false;
        for (size_t c = 1; c <= copies; c++) {
            treebank_garble(a, clean, l, &random, &clean[c]);
            if (!tag(pairs[2 * i], l, &clean[c], err)) return false;
        }
    }
    return true;
}

static bool train(char *const *pairs, size_t n, const char *model_path,
                  const cq_lexicon *l, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    size_t banks = n * (COPIES + 1), sentences = 0;
    treebank *b = CQ_NEWN(a, treebank, banks);
    bool ok = read_all(a, pairs, n, l, COPIES, b, err);
    if (ok) {
        size_t slots = (size_t)CQ_PARSE_ROWS * CQ_PARSE_CLASSES;
        learner m = {CQ_NEWN(a, int32_t, slots), CQ_NEWN(a, int64_t, slots), 1};
        for (size_t i = 0; i < banks; i++) sentences += b[i].p.sentences_n;
        uint32_t *order = CQ_NEWN(a, uint32_t, sentences);
        for (size_t i = 0; i < sentences; i++) order[i] = (uint32_t)i;
        uint64_t random = 0x2545f4914f6cdd1du;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            treebank_shuffle(order, sentences, &random);
            for (size_t i = 0; i < sentences; i++) {
                size_t k = order[i], bank = 0;
                while (k >= b[bank].p.sentences_n) k -= b[bank++].p.sentences_n;
                learn_sentence(&m, &b[bank], &b[bank].p.sentences[k], l, &random,
                               epoch > 0);
            }
        }
        ok = write_model(&m, model_path, err);
    }
    cq_arena_free(a);
    return ok;
}

static void evaluate(const cq_parser *parser, const treebank *b, const char *what)
{
    cq_arc arcs[CQ_PARSE_MAX];
    size_t n = 0, heads = 0, labels = 0;
    size_t by[CQ_REL_N][3] = {0}; // in the treebank, given, right
    for (size_t k = 0; k < b->p.sentences_n; k++) {
        const cq_sentence *s = &b->p.sentences[k];
        if (s->last - s->first > CQ_PARSE_MAX) continue;
        cq_parse(parser, &b->p, s->first, s->last, arcs);
        for (size_t i = s->first; i < s->last; i++) {
            const treebank_gold *g = &b->gold.v[i];
            const cq_arc *arc = &arcs[i - s->first];
            if (g->relation == CQ_REL_PUNCT) continue;
            bool right = arc->head == g->head;
            bool same = arc->relation == g->relation ||
                        (arc->relation == CQ_REL_OBL &&
                         (g->relation == CQ_REL_NMOD || g->relation == CQ_REL_ADVCL));
            n++;
            heads += right;
            labels += right && same;
            by[g->relation][0]++;
            by[arc->relation][1]++;
            by[g->relation][2] += right && same;
        }
    }
    printf("%s: %zu words, heads %.2f %%, with relation %.2f %%\n", what, n,
           100.0 * (double)heads / (double)n, 100.0 * (double)labels / (double)n);
    for (unsigned r = 0; r < CQ_REL_N; r++) {
        printf("  %-9s %5zu, recall %5.1f, precision %5.1f\n", cq_relation_name(r),
               by[r][0], 100.0 * (double)by[r][2] / (double)(by[r][0] ? by[r][0] : 1),
               100.0 * (double)by[r][2] / (double)(by[r][1] ? by[r][1] : 1));
    }
}

static bool score_all(char *const *pairs, size_t n, const char *model,
                      const cq_lexicon *l, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    treebank *b = CQ_NEWN(a, treebank, 2 * n);
    cq_parser *parser = cq_parser_open(model, l, err);
    bool ok = parser && read_all(a, pairs, n, l, 1, b, err);
    for (size_t i = 0; i < 2 * n && ok; i++)
        evaluate(parser, &b[i], i % 2 ? "the same, garbled" : pairs[i + 1]);
    cq_parser_free(parser);
    cq_arena_free(a);
    return ok;
}

int main(int argc, char **argv)
{
    const char *what = argc > 4 && argc % 2 ? argv[1] : "";
    bool learn = strcmp(what, "train") == 0;
    if (!learn && strcmp(what, "score") != 0) {
        fprintf(stderr, "usage: train-parser train|score MODEL TAGGER TREEBANK...\n");
        return 2;
    }
    cq_err err = {0};
    cq_lexicon_options o = {.dictionary = "fr",
                            .extra = CALQUE_SOURCE_DIR "/dictionaries/fr"};
    cq_lexicon *l = cq_lexicon_open(&o, &err);
    size_t n = ((size_t)argc - 3) / 2;
    bool ok = l && (learn ? train(argv + 3, n, argv[2], l, &err)
                          : score_all(argv + 3, n, argv[2], l, &err));
    char text[1200];
    if (!ok) fprintf(stderr, "train-parser: %s\n", cq_err_text(&err, text, sizeof text));
    cq_lexicon_free(l);
    return ok ? 0 : 1;
}
