// A part-of-speech tagger: an averaged perceptron (Collins 2002, "Discriminative training
// methods for hidden Markov models") that goes through the sentence once from the left
// and picks among the readings that the lexicon gives. A token with one reading is not
// scored.
#include "lexicon/tagger_model.h"

#include "base/utf8.h"
#include "lexicon/formtable.h"
#include "lexicon/model.h"

#include <stddef.h>
#include <stdlib.h>

struct cq_tagger {
    const cq_lexicon *lexicon;
    cq_arena *arena;
    cq_mapping map; // of the model, or nothing
    const int16_t *weights;
};

enum { WEIGHTS_BYTES = CQ_TAG_TABLE * 2 };

static uint32_t mix(uint32_t a, uint32_t b)
{
    uint32_t h = (a ^ b * 0x9e3779b1u) * 0x85ebca6bu;
    return h ^ h >> 13;
}

static uint32_t hash_tail(cq_str s, size_t letters)
{
    size_t i = s.n;
    while (i && letters--) {
        do {
            i--;
        } while (i && (s.p[i] & 0xc0) == 0x80);
    }
    uint32_t h = 0x811c9dc5u;
    for (; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x01000193u;
    return h;
}

static void add(cq_tag_token *t, uint32_t lemma, uint32_t morph)
{
    if (t->n == CQ_TAG_CANDIDATES) return;
    for (size_t i = 0; i < t->n; i++) {
        if (cq_tag_fine(t->c[i].morph) == cq_tag_fine(morph)) return; // the first stands
    }
    t->c[t->n++] = (cq_tag_candidate){lemma, morph};
}

static bool has(const cq_tag_token *t, cq_upos u)
{
    for (size_t i = 0; i < t->n; i++) {
        if (CQ_GET_UPOS(t->c[i].morph) == u) return true;
    }
    return false;
}

static void add_readings(const cq_lexicon *l, uint32_t form, cq_tag_token *t)
{
    size_t n;
    const cq_reading *r = cq_lexicon_readings(l, form, &n);
    for (size_t i = 0; i < n; i++) add(t, r[i].lemma, r[i].morph);
    // Treebanks call many past participles adjectives; the dictionary calls them verbs.
    for (size_t i = 0; i < n; i++) {
        if (CQ_GET_VERBFORM(r[i].morph) != CQ_PART_FORM) continue;
        if (CQ_GET_TENSE(r[i].morph) == CQ_PRES) continue;
        if (CQ_GET_UPOS(r[i].morph) == CQ_AUX) continue;
        uint32_t keep = 3u << CQ_M_GENDER | 3u << CQ_M_NUMBER;
        if (!has(t, CQ_ADJ)) add(t, r[i].lemma, CQ_ADJ | (r[i].morph & keep));
    }
}

static void drop_determiners(cq_tag_token *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (CQ_GET_UPOS(t->c[i].morph) != CQ_DET) t->c[n++] = t->c[i];
    }
    if (n) t->n = (uint8_t)n;
}

// A word that the lexicon lacks: the open classes, with what its ending says.
static void guess(cq_str s, const cq_token *k, cq_tag_token *t)
{
    uint32_t number = cq_str_ends(s, cq_str_of("s")) || cq_str_ends(s, cq_str_of("x"))
                          ? CQ_PLUR
                          : CQ_SING;
    uint32_t features = number << CQ_M_NUMBER;
    bool capital = k->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED);
    if (capital) add(t, 0, CQ_PROPN);
    add(t, 0, CQ_NOUN | features);
    if (capital && !(k->flags & CQ_TOKEN_FIRST)) {
        add(t, 0, CQ_X);
        return;
    }
    add(t, 0, CQ_PROPN);
    add(t, 0, CQ_ADJ | features);
    add(t, 0, CQ_X);
    add(t, 0, CQ_ADV);
    add(t, 0, CQ_VERB | CQ_FIN << CQ_M_VERBFORM);
    add(t, 0, CQ_VERB | CQ_PART_FORM << CQ_M_VERBFORM);
    if (cq_str_ends(s, cq_str_of("er")) || cq_str_ends(s, cq_str_of("ir"))) {
        add(t, 0, CQ_VERB | CQ_INF << CQ_M_VERBFORM);
    }
}

// Letters of an unknown compound after its last hyphen often are a word: anti-missile.
static uint32_t last_part(const cq_lexicon *l, cq_str s)
{
    for (size_t i = s.n; i-- > 1;) {
        if (s.p[i] == '-') return cq_lexicon_lookup(l, cq_str_sub(s, i + 1, s.n));
    }
    return 0;
}

void cq_tag_look_up(const cq_lexicon *l, const cq_passage *p, size_t i, cq_tag_token *t)
{
    cq_token *k = &p->tokens[i];
    cq_str s = cq_token_word(p, i);
    char folded[128];
    t->n = 0;
    k->form = 0;
    if (k->kind == CQ_TOKEN_PUNCT) {
        add(t, 0, CQ_PUNCT);
    } else if (k->kind == CQ_TOKEN_SYMBOL) {
        add_readings(l, cq_lexicon_find(l, s), t); // % may be a noun
        add(t, 0, CQ_SYM);
    } else if (k->kind == CQ_TOKEN_URL) {
        add(t, 0, CQ_X);
    } else {
        cq_str f = cq_fold_into(folded, sizeof folded, s);
        bool capital = k->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED);
        // The apostrophe of the text may be the curved one; only then is folding needed
        // for a word that has its capitals.
        bool curved = memchr(s.p, '\xe2', s.n) != NULL && f.p;
        if (!capital && f.p)
            k->form = cq_lexicon_find(l, f);
        else
            k->form = cq_lexicon_lookup(l, curved ? f : s);
        if (k->form) add_readings(l, k->form, t);
        if (k->flags & CQ_TOKEN_INVERTED) drop_determiners(t); // -le, -ce are pronouns
        if (capital && f.p) {
            uint32_t lower = cq_lexicon_find(l, f);
            // "Pierre" opens a sentence: the name or the stone.
            if (lower && lower != k->form && k->flags & CQ_TOKEN_FIRST) {
                add_readings(l, lower, t);
            }
            if (!(k->flags & CQ_TOKEN_FIRST) && !has(t, CQ_PROPN)) add(t, 0, CQ_PROPN);
        }
        if (t->n) k->flags |= k->form ? CQ_TOKEN_KNOWN : 0;
        if (!t->n && k->kind == CQ_TOKEN_NUMBER) {
            add(t, 0, CQ_NUM | 1u << CQ_M_NUMTYPE);
            if (!cq_is_digit(s.p[s.n - 1])) add(t, 0, CQ_ADJ | 2u << CQ_M_NUMTYPE);
        }
        if (!k->form && k->kind == CQ_TOKEN_WORD) {
            uint32_t part = last_part(l, s);
            if (part) add_readings(l, part, t);
            if (!t->n || capital) guess(s, k, t);
        }
    }
    k->upos = 0;
    uint32_t set = 0;
    for (size_t c = 0; c < t->n; c++) {
        k->upos |= CQ_UPOS_BIT(CQ_GET_UPOS(t->c[c].morph));
        if (t->c[c].morph >> CQ_M_CONTRACTED) k->upos |= CQ_UPOS_BIT(CQ_DET);
        set += mix(cq_tag_coarse(t->c[c].morph), 77);
    }
    t->set = set;
    t->word = k->form ? k->form : hash_tail(s, 64) | 1u << 31;
    t->suffix = hash_tail(s, 3);
    t->ending = hash_tail(s, 2);
    t->shape = (k->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED |
                            CQ_TOKEN_FIRST | CQ_TOKEN_DIGITS)) |
               (uint32_t)k->kind << 16 | (k->form ? 1u << 20 : 0);
}

void cq_tag_extract(const cq_tag_token *const around[5], uint32_t previous,
                    uint32_t before, cq_tag_features *f)
{
    static const cq_tag_token OUTSIDE = {.word = 1u << 30, .set = 1, .suffix = 2};
    const cq_tag_token *t = around[2];
    const cq_tag_token *l1 = around[1] ? around[1] : &OUTSIDE;
    const cq_tag_token *l2 = around[0] ? around[0] : &OUTSIDE;
    const cq_tag_token *r1 = around[3] ? around[3] : &OUTSIDE;
    const cq_tag_token *r2 = around[4] ? around[4] : &OUTSIDE;
    uint32_t p1 = cq_tag_coarse(previous), p2 = cq_tag_coarse(before);
    uint32_t n = 0;
    uint32_t *c = f->coarse;
#define ADD(value) (c[n] = mix((value), n + 1), n++)
    ADD(0);
    ADD(t->word);
    ADD(t->suffix);
    ADD(t->ending);
    ADD(t->shape);
    ADD(t->set);
    ADD(p1);
    ADD(p1 | p2 << 8);
    ADD(l1->word);
    ADD(r1->word);
    ADD(mix(l1->word, l2->word));
    ADD(mix(r1->word, r2->word));
    ADD(mix(t->set, p1));
    ADD(mix(t->set, r1->set));
    ADD(mix(r1->set, p1));
    ADD(r2->set);
    ADD(mix(t->word, p1));
    ADD(mix(t->word, r1->set));
    ADD(r1->suffix);
    ADD(mix(mix(t->set, p1), mix(r1->set, p2)));
#undef ADD
    // Agreement with the neighbours, and what the word itself prefers.
    uint32_t a1 = cq_tag_fine(previous), a2 = cq_tag_fine(before);
    f->fine[0] = mix(t->word, 101);
    f->fine[1] = mix(a1, 102);
    f->fine[2] = mix(mix(a1, a2), 103);
    f->fine[3] = mix(mix(p1, a2), 104);
    f->fine[4] = mix(r1->word, 105);
    f->fine[5] = mix(t->suffix, 106);
}

static size_t best(const int16_t *weights, const cq_tag_features *f,
                   const cq_tag_token *t)
{
    size_t best = 0;
    int32_t top = INT32_MIN;
    uint32_t known[CQ_TAG_CANDIDATES];
    int32_t sums[CQ_TAG_CANDIDATES];
    for (size_t c = 0; c < t->n; c++) {
        uint32_t coarse = cq_tag_coarse(t->c[c].morph);
        uint32_t fine = cq_tag_fine(t->c[c].morph);
        size_t same = 0;
        while (same < c && known[same] != coarse) same++;
        known[c] = coarse;
        if (same < c) {
            sums[c] = sums[same]; // candidates often differ in gender or number only
        } else {
            int32_t sum = 0;
            for (size_t k = 0; k < CQ_TAG_FEATURES; k++) {
                sum += weights[cq_tag_slot(f->coarse[k], coarse)];
            }
            sums[c] = sum;
        }
        int32_t score = sums[c];
        for (size_t k = 0; k < CQ_TAG_AGREEMENTS; k++) {
            score += weights[cq_tag_slot(f->fine[k], fine)];
        }
        if (score > top) {
            top = score;
            best = c;
        }
    }
    return best;
}

// A name: tagged as one, or written as one where no common word is.
static bool is_name(const cq_token *k)
{
    if (CQ_GET_UPOS(k->morph) == CQ_PROPN) return true;
    return k->flags & CQ_TOKEN_CAPITAL && !(k->flags & (CQ_TOKEN_FIRST | CQ_TOKEN_KNOWN));
}

static void choose(cq_token *k, const cq_tag_candidate *c)
{
    k->lemma = c->lemma;
    k->morph = c->morph;
    if (c->morph >> CQ_M_CONTRACTED) k->flags |= CQ_TOKEN_CONTRACTED;
    if (k->kind == CQ_TOKEN_WORD && is_name(k)) k->flags |= CQ_TOKEN_NAME;
}

// ---- what was looked up before

// Few words make up most of a text, and what is looked up of a token depends on its bytes
// and these flags alone.
enum {
    MEMO_SLOTS = 2048, // as many as stay in the second-level cache
    LOOKED_AT = CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED | CQ_TOKEN_FIRST |
                CQ_TOKEN_DIGITS | CQ_TOKEN_INVERTED,
};

typedef struct {
    cq_str text;
    uint32_t key; // kind and flags
    uint32_t form, upos;
    bool known;
    cq_tag_token token;
} memo_entry;

struct cq_tag_memo {
    cq_arena *arena;
    memo_entry *slots[MEMO_SLOTS];
};

cq_tag_memo *cq_tag_memo_new(cq_arena *a)
{
    cq_tag_memo *m = CQ_NEW(a, cq_tag_memo);
    m->arena = a;
    return m;
}

static void copy_token(cq_tag_token *to, const cq_tag_token *from)
{
    memcpy(to, from, offsetof(cq_tag_token, c) + from->n * sizeof *from->c);
}

static void look_up(const cq_lexicon *l, cq_tag_memo *m, const cq_passage *p, size_t i,
                    cq_tag_token *t)
{
    if (!m) {
        cq_tag_look_up(l, p, i, t);
        return;
    }
    cq_token *k = &p->tokens[i];
    cq_str text = cq_token_text(p, i);
    uint32_t key = (uint32_t)k->kind << 16 | (k->flags & LOOKED_AT);
    memo_entry **slot = &m->slots[(cq_str_hash(text) + key) % MEMO_SLOTS];
    memo_entry *e = *slot;
    if (e && e->key == key && cq_str_eq(e->text, text)) {
        k->form = e->form;
        k->upos = e->upos;
        if (e->known) k->flags |= CQ_TOKEN_KNOWN;
        copy_token(t, &e->token);
        return;
    }
    cq_tag_look_up(l, p, i, t);
    if (!e) e = *slot = cq_alloc(m->arena, sizeof *e);
    e->text = text;
    e->key = key;
    e->form = k->form;
    e->upos = k->upos;
    e->known = k->flags & CQ_TOKEN_KNOWN;
    copy_token(&e->token, t);
}

void cq_tag(const cq_tagger *t, cq_tag_memo *memo, cq_passage *p)
{
    for (size_t s = 0; s < p->sentences_n; s++) {
        size_t first = p->sentences[s].first, last = p->sentences[s].last;
        cq_tag_token window[8]; // a ring: tokens i - 2 .. i + 2
        uint32_t previous = 0, before = 0;
        for (size_t i = first; i < last && i < first + 2; i++) {
            look_up(t->lexicon, memo, p, i, &window[i & 7]);
        }
        for (size_t i = first; i < last; i++) {
            if (i + 2 < last) look_up(t->lexicon, memo, p, i + 2, &window[(i + 2) & 7]);
            const cq_tag_token *now = &window[i & 7];
            size_t pick = 0;
            if (now->n > 1) {
                const cq_tag_token *around[5] = {
                    i >= first + 2 ? &window[(i - 2) & 7] : NULL,
                    i >= first + 1 ? &window[(i - 1) & 7] : NULL,
                    now,
                    i + 1 < last ? &window[(i + 1) & 7] : NULL,
                    i + 2 < last ? &window[(i + 2) & 7] : NULL,
                };
                cq_tag_features f;
                cq_tag_extract(around, previous, before, &f);
                pick = best(t->weights, &f, now);
            }
            before = previous;
            previous = now->n ? now->c[pick].morph : 0;
            if (now->n) choose(&p->tokens[i], &now->c[pick]);
        }
    }
}

cq_tagger *cq_tagger_open(const char *model_path, const cq_lexicon *l, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    cq_mapping map;
    const int16_t *weights =
        cq_model_open(a, model_path, CQ_TAG_MAGIC, WEIGHTS_BYTES, "tagger", &map, err);
    if (!weights) {
        cq_arena_free(a);
        return NULL;
    }
    cq_tagger *t = CQ_NEW(a, cq_tagger);
    *t = (cq_tagger){l, a, map, weights};
    return t;
}

void cq_tagger_free(cq_tagger *t)
{
    if (!t) return;
    cq_file_unmap(&t->map);
    cq_arena_free(t->arena);
}
