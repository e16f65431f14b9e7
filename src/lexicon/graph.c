// Sorting the words, and the automaton over them.
#include "lexicon/graph.h"

#include "base/utf8.h"

#include <stdlib.h>

enum { TARGET_MAX = (1 << 22) - 1 };

typedef struct {
    uint32_t edges_n, root;
    uint32_t letters[CQ_GRAPH_LETTERS], lower[CQ_GRAPH_LETTERS], base[CQ_GRAPH_LETTERS];
} graph_header;

// ---- sorting -------------------------------------------------------------------------

// Eight bytes of a word as a number that sorts like them, and which word.
typedef struct {
    uint64_t key;
    size_t word;
} item;

static uint64_t key_at(cq_str s, size_t depth)
{
    unsigned char b[8] = {0};
    if (depth < s.n) memcpy(b, s.p + depth, s.n - depth < 8 ? s.n - depth : 8);
    uint64_t k = 0;
    for (int i = 0; i < 8; i++) k = k << 8 | b[i];
    return k;
}

static void insertion_sort(item *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        item x = v[i];
        size_t k = i;
        for (; k && v[k - 1].key > x.key; k--) v[k] = v[k - 1];
        v[k] = x;
    }
}

// By the key's bytes, lowest first; bytes that are all alike cost nothing.
static void radix_sort(item *v, item *tmp, size_t n)
{
    item *from = v, *to = tmp;
    for (int shift = 0; shift < 64; shift += 8) {
        size_t start[257] = {0};
        for (size_t i = 0; i < n; i++) start[(from[i].key >> shift & 255) + 1]++;
        if (start[(from[0].key >> shift & 255) + 1] == n) continue;
        for (int b = 1; b < 257; b++) start[b] += start[b - 1];
        for (size_t i = 0; i < n; i++) to[start[from[i].key >> shift & 255]++] = from[i];
        item *swap = from;
        from = to;
        to = swap;
    }
    if (from != v) memcpy(v, from, n * sizeof *v);
}

// Words that agree in their first `depth` bytes. A key whose last byte is 0 belongs to a
// word that ends there: words hold no NUL.
static void sort_from(item *v, item *tmp, const cq_str *words, size_t n, size_t depth)
{
    for (size_t i = 0; i < n; i++) v[i].key = key_at(words[v[i].word], depth);
    if (n < 64) {
        insertion_sort(v, n);
    } else {
        radix_sort(v, tmp, n);
    }
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && v[k].key == v[i].key;) k++;
        if (k - i > 1 && v[i].key & 255) sort_from(v + i, tmp, words, k - i, depth + 8);
    }
}

// ---- the automaton -------------------------------------------------------------------

typedef struct {
    uint32_t edges[CQ_GRAPH_LETTERS];
    size_t n;
} open_state;

typedef struct {
    cq_arena *a;
    cq_buf edges;     // uint32_t
    uint32_t *states; // register: first edges of the states that are done, hashed
    size_t states_n, slots_n;
    open_state open[CQ_GRAPH_WORD_MAX + 1]; // along the last word
    uint8_t letter_of[0x3000];              // of code points below; 0: none
    uint32_t letters[CQ_GRAPH_LETTERS];
} builder;

static const uint32_t *edges(const builder *b)
{
    return (const uint32_t *)(const void *)b->edges.p;
}

static uint64_t state_hash(const uint32_t *e)
{
    uint64_t h = 0;
    for (;; e++) {
        h = (h ^ *e) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
        if (cq_edge_last(*e)) return h;
    }
}

static bool same_state(const uint32_t *a, const uint32_t *b)
{
    for (;; a++, b++) {
        if (*a != *b) return false;
        if (cq_edge_last(*a)) return true;
    }
}

static void grow_register(builder *b)
{
    uint32_t *old = b->states;
    size_t n = b->slots_n;
    b->slots_n = n ? n * 2 : 1 << 15;
    b->states = CQ_NEWN(b->a, uint32_t, b->slots_n);
    for (size_t i = 0; i < n; i++) {
        if (!old[i]) continue;
        size_t at = state_hash(edges(b) + old[i]) & (b->slots_n - 1);
        while (b->states[at]) at = (at + 1) & (b->slots_n - 1);
        b->states[at] = old[i];
    }
}

// The number of the one state with these edges; 0 for no edges, or when full.
static uint32_t close_state(builder *b, open_state *s)
{
    if (!s->n) return 0;
    s->edges[s->n - 1] |= 1u << 9;
    if (b->states_n >= b->slots_n / 2) grow_register(b);
    size_t at = state_hash(s->edges) & (b->slots_n - 1);
    for (; b->states[at]; at = (at + 1) & (b->slots_n - 1)) {
        if (same_state(edges(b) + b->states[at], s->edges)) return b->states[at];
    }
    size_t first = b->edges.n / sizeof(uint32_t);
    if (first + s->n > TARGET_MAX) return 0;
    cq_buf_add(&b->edges, s->edges, s->n * sizeof *s->edges);
    b->states_n++;
    return b->states[at] = (uint32_t)first;
}

// Letters of a word; 0 when one has no number, or it is too long.
static size_t letters_of(const builder *b, cq_str w, uint8_t out[CQ_GRAPH_WORD_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < w.n;) {
        uint32_t c = cq_utf8_next(w, &i);
        if (n == CQ_GRAPH_WORD_MAX || c >= CQ_COUNT(b->letter_of) || !b->letter_of[c]) {
            return 0;
        }
        out[n++] = b->letter_of[c];
    }
    return n;
}

typedef struct {
    uint32_t count, c;
} letter_use;

static int by_use(const void *a, const void *b)
{
    const letter_use *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    return x->c < y->c ? -1 : 1;
}

static void number_letters(builder *b, const cq_str *words, size_t n)
{
    enum { KNOWN = sizeof b->letter_of };
    uint32_t *count = CQ_NEWN(b->a, uint32_t, KNOWN);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < words[i].n;) {
            uint32_t c = cq_utf8_next(words[i], &k);
            if (c < KNOWN) count[c]++;
        }
    }
    letter_use *use = cq_alloc(b->a, KNOWN * sizeof *use);
    size_t used = 0;
    for (uint32_t c = 0; c < KNOWN; c++) {
        if (count[c]) use[used++] = (letter_use){count[c], c};
    }
    if (used) qsort(use, used, sizeof *use, by_use);
    for (size_t i = 1; i < CQ_GRAPH_LETTERS && i <= used; i++) {
        b->letters[i] = use[i - 1].c;
        b->letter_of[use[i - 1].c] = (uint8_t)i;
    }
}

static const item *sort_words(cq_arena *a, const cq_str *words, size_t n)
{
    item *v = cq_alloc(a, cq_mul(n + 1, sizeof *v));
    item *tmp = cq_alloc(a, cq_mul(n + 1, sizeof *tmp));
    for (size_t i = 0; i < n; i++) v[i].word = i;
    if (n) sort_from(v, tmp, words, n, 0);
    return v;
}

void cq_graph_build(cq_arena *scratch, const cq_str *words, size_t n, cq_buf *out)
{
    builder *b = CQ_NEW(scratch, builder);
    b->a = scratch;
    cq_buf_init(&b->edges, SIZE_MAX / 2);
    cq_buf_take(&b->edges, sizeof(uint32_t)); // edge 0
    number_letters(b, words, n);
    const item *sorted = sort_words(scratch, words, n);
    uint8_t last[CQ_GRAPH_WORD_MAX], word[CQ_GRAPH_WORD_MAX];
    size_t last_n = 0;
    for (size_t i = 0; i < n; i++) {
        size_t len = letters_of(b, words[sorted[i].word], word), same = 0;
        if (!len) continue;
        while (same < last_n && same < len && last[same] == word[same]) same++;
        for (; last_n > same; last_n--) {
            uint32_t to = close_state(b, &b->open[last_n]);
            open_state *s = &b->open[last_n - 1];
            s->edges[s->n - 1] |= to << 10;
            b->open[last_n].n = 0;
        }
        for (size_t k = same; k < len; k++) {
            open_state *s = &b->open[k];
            s->edges[s->n++] = word[k] | (k + 1 == len ? 1u << 8 : 0);
        }
        memcpy(last, word, len);
        last_n = len;
    }
    for (; last_n; last_n--) {
        uint32_t to = close_state(b, &b->open[last_n]);
        open_state *s = &b->open[last_n - 1];
        s->edges[s->n - 1] |= to << 10;
    }
    graph_header h = {.root = close_state(b, &b->open[0])};
    h.edges_n = (uint32_t)(b->edges.n / sizeof(uint32_t));
    memcpy(h.letters, b->letters, sizeof h.letters);
    for (size_t i = 0; i < CQ_GRAPH_LETTERS; i++) {
        h.lower[i] = cq_to_lower(b->letters[i]);
        h.base[i] = cq_base_letter(h.lower[i]);
    }
    cq_buf_add(out, &h, sizeof h);
    cq_buf_add(out, b->edges.p, b->edges.n);
    cq_buf_free(&b->edges);
}

bool cq_graph_view(const void *p, size_t n, cq_graph *g)
{
    const graph_header *h = p;
    if (n < sizeof *h || (n - sizeof *h) / sizeof(uint32_t) != h->edges_n ||
        h->root >= h->edges_n) {
        return false;
    }
    *g = (cq_graph){.edges = (const uint32_t *)(const void *)(h + 1),
                    .letters = h->letters,
                    .lower = h->lower,
                    .base = h->base,
                    .edges_n = h->edges_n,
                    .root = h->root};
    return true;
}
