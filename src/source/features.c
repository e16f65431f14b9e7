#include "source/features.h"

#include "base/utf8.h"
#include "source/seeds.h"

enum { OF_WORD_MAX = 4, KEY_MAX = 48 };

// The features of a word: what it says depends on its letters alone.
typedef struct {
    uint32_t v[OF_WORD_MAX];
    uint32_t n;
} word_features;

typedef struct {
    CQ_VEC(cq_align_sentence) sentences;
    CQ_VEC(uint32_t) features;
    cq_map words; // text of a token -> index into `of_word`
    CQ_VEC(word_features) of_word;
    cq_map seeds; // forms of this language -> number of their row in SEEDS
} side;

struct cq_features {
    cq_arena *a;
    side sides[2];
    cq_map ids; // "p" + key -> feature
    CQ_VEC(float) scale;
};

static void add_seeds(cq_features *f, unsigned s, cq_str forms, uint32_t row)
{
    cq_str form;
    while (cq_str_split(&forms, ' ', &form))
        *cq_map_put(&f->sides[s].seeds, form, NULL) = row;
}

cq_features *cq_features_new(cq_arena *a)
{
    cq_features *f = CQ_NEW(a, cq_features);
    f->a = a;
    cq_map_init(&f->ids, a);
    for (unsigned s = 0; s < 2; s++) {
        cq_map_init(&f->sides[s].words, a);
        cq_map_init(&f->sides[s].seeds, a);
    }
    for (uint32_t i = 0; i < CQ_COUNT(SEEDS); i++) {
        cq_str fr = cq_str_of(SEEDS[i]), en;
        cq_str_split(&fr, '|', &en);
        add_seeds(f, 0, en, i);
        add_seeds(f, 1, fr, i);
    }
    return f;
}

// `kind` keeps a prefix from being taken for a word.
static void add_feature(cq_features *f, word_features *out, char kind, cq_str key,
                        float scale)
{
    char buf[KEY_MAX + 1];
    if (out->n == OF_WORD_MAX || !key.n) return;
    if (key.n > KEY_MAX) key.n = KEY_MAX;
    buf[0] = kind;
    memcpy(buf + 1, key.p, key.n);
    cq_str whole = {buf, key.n + 1};
    uint32_t *id = cq_map_get(&f->ids, whole);
    if (!id) {
        id = cq_map_put(&f->ids, cq_str_copy(f->a, whole), NULL);
        *id = (uint32_t)f->scale.n;
        *CQ_PUSH(f->a, &f->scale) = scale;
    }
    out->v[out->n++] = *id;
}

static cq_str digits_of(cq_str text, char buf[KEY_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < text.n && n < KEY_MAX; i++) {
        if (cq_is_digit(text.p[i])) buf[n++] = text.p[i];
    }
    return (cq_str){buf, n};
}

// Letters as both languages write them: no accents, no hyphens, k for c and qu, f for ph,
// i for y, doubled letters once.
static cq_str cognate(cq_str word, char buf[KEY_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < word.n && n < KEY_MAX; i++) {
        char c = word.p[i], next = i + 1 < word.n ? word.p[i + 1] : 0;
        if (c == '-' || c == '\'' || c == '.') continue;
        if (c == 'q' && next == 'u') i++;
        if (c == 'c' || c == 'q') c = 'k';
        if (c == 'y') c = 'i';
        if (c == 'p' && next == 'h') {
            c = 'f';
            i++;
        }
        if (n && buf[n - 1] == c) continue;
        buf[n++] = c;
    }
    return (cq_str){buf, n};
}

// A prefix that does not cut a character.
static cq_str prefix(cq_str s, size_t n)
{
    while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80) n++;
    return cq_str_sub(s, 0, n);
}

static void find_features(cq_features *f, unsigned s, const cq_token *t, cq_str text,
                          word_features *out)
{
    char buf[KEY_MAX];
    if (t->kind == CQ_TOKEN_URL) {
        add_feature(f, out, 'u', text, 1.5f);
        return;
    }
    if (t->kind == CQ_TOKEN_PUNCT) {
        if (t->mark == CQ_MARK_QUESTION) add_feature(f, out, '.', cq_str_of("?"), 0.7f);
        if (t->mark == CQ_MARK_OPEN) add_feature(f, out, '.', cq_str_of("("), 0.5f);
        return;
    }
    if (t->flags & CQ_TOKEN_ELIDED && text.n > 4) return;
    cq_str plain = cq_strip_accents(f->a, cq_fold(f->a, text));
    const uint32_t *seed = cq_map_get(&f->sides[s].seeds, plain);
    if (seed) add_feature(f, out, 's', cq_strf(f->a, "%u", *seed), 0.8f);
    if (t->kind == CQ_TOKEN_SYMBOL) {
        if (!seed) add_feature(f, out, 'w', plain, 0.5f);
        return;
    }
    cq_str digits = digits_of(text, buf);
    if (digits.n && (t->kind == CQ_TOKEN_NUMBER || digits.n > 1))
        add_feature(f, out, 'n', digits, digits.n > 1 ? 1.2f : 0.6f);
    if (t->kind != CQ_TOKEN_WORD) return;
    bool name = t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED | CQ_TOKEN_DIGITS);
    if (plain.n >= 4 || (name && plain.n >= 2)) add_feature(f, out, 'w', plain, 0.6f);
    cq_str like = cognate(plain, buf);
    if (like.n >= 4) add_feature(f, out, 'p', prefix(like, 4), 0.6f);
    if (like.n >= 6) add_feature(f, out, 'p', prefix(like, 6), 0.5f);
}

static const word_features *features_of(cq_features *f, unsigned s, const cq_passage *p,
                                        size_t i)
{
    side *d = &f->sides[s];
    cq_str text = cq_token_text(p, i);
    bool fresh;
    uint32_t *at = cq_map_put(&d->words, text, &fresh);
    if (fresh) {
        *at = (uint32_t)d->of_word.n;
        word_features *w = CQ_PUSH(f->a, &d->of_word);
        *w = (word_features){0};
        find_features(f, s, &p->tokens[i], text, w);
        return w;
    }
    return &d->of_word.v[*at];
}

// Blanks that stand beside each other are printed as one.
static uint32_t printed_length(cq_str text)
{
    size_t n = cq_utf8_count(text);
    for (size_t i = 1; i < text.n; i++) n -= text.p[i] == ' ' && text.p[i - 1] == ' ';
    return (uint32_t)n;
}

// Sorts v[0..n) and leaves each once; n is small.
static uint32_t sorted(uint32_t *v, uint32_t n)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t x = v[i], k = kept;
        while (k && v[k - 1] > x) k--;
        if (k && v[k - 1] == x) continue;
        memmove(v + k + 1, v + k, (kept - k) * sizeof *v);
        v[k] = x;
        kept++;
    }
    return kept;
}

// A sentence of thousands of words is none: what is beyond says little more.
enum { OF_SENTENCE_MAX = 512 };

void cq_features_add(cq_features *f, unsigned s, const cq_passage *p)
{
    side *d = &f->sides[s];
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *in = &p->sentences[k];
        const cq_block *b = &p->doc->blocks.v[in->block];
        uint32_t found[OF_SENTENCE_MAX + OF_WORD_MAX], n = 0;
        for (uint32_t i = in->first; i < in->last && n < OF_SENTENCE_MAX; i++) {
            const word_features *w = features_of(f, s, p, i);
            for (uint32_t j = 0; j < w->n; j++) found[n++] = w->v[j];
        }
        n = sorted(found, n);
        uint32_t start = p->tokens[in->first].start, end = p->tokens[in->last - 1].end;
        cq_align_sentence *out = CQ_PUSH(f->a, &d->sentences);
        *out = (cq_align_sentence){
            .first = (uint32_t)d->features.n,
            .last = (uint32_t)d->features.n + n,
            .chars = printed_length(cq_str_sub(p->doc->text, start, end)),
            .block = in->block,
            .kind = (uint8_t)b->kind,
            .level = b->level,
        };
        for (uint32_t i = 0; i < n; i++) *CQ_PUSH(f->a, &d->features) = found[i];
    }
}

void cq_features_task(cq_features *f, cq_align_task *out)
{
    for (unsigned s = 0; s < 2; s++) {
        out->side[s] =
            (cq_align_side){f->sides[s].sentences.v, (uint32_t)f->sides[s].sentences.n,
                            f->sides[s].features.v};
    }
    out->features_n = (uint32_t)f->scale.n;
    out->scale = f->scale.v;
}
