// Sections of a compiled layer: put together, and checked before they are read.
#include "rules/layout.h"

#include "rules/builder.h"

static const char MAGIC[8] = "calqueR";

enum { ARTICLE_BITS_MAX = 1 << 20 };

const unsigned char CQ_LAYER_EMPTY[256] = {0}; // no record is longer
_Static_assert(sizeof(rule_rec) <= 256, "CQ_LAYER_EMPTY stands for any record");

// Bytes of a record of each section. ORDER: section
static const size_t SIZES[SECTIONS] = {
    [S_FORMS] = sizeof(form_block),
    [S_LIST_OF] = sizeof(uint32_t),
    [S_LISTS] = sizeof(uint32_t),
    [S_EXACT] = sizeof(exact_rec),
    [S_SYMBOLS] = sizeof(symbol_rec),
    [S_BITS] = sizeof(uint64_t),
    [S_ANCHORS] = sizeof(anchor_rec),
    [S_QUERY_ANCHORS] = sizeof(query_anchor_rec),
    [S_SCAN] = 1,
    [S_GATES] = sizeof(gate_rec),
    [S_TOPICS] = sizeof(topic_rec),
    [S_PATTERNS] = sizeof(pattern_rec),
    [S_ITEMS] = sizeof(item_rec),
    [S_TOKENS] = sizeof(token_rec),
    [S_TESTS] = sizeof(test_rec),
    [S_SEARCHES] = sizeof(search_rec),
    [S_COMPARES] = sizeof(compare_rec),
    [S_NUMBERS] = sizeof(uint32_t),
    [S_NEARS] = sizeof(near_rec),
    [S_RULES] = sizeof(rule_rec),
    [S_REGEXES] = sizeof(cq_ref),
    [S_SAYS] = sizeof(says_rec),
    [S_TEXTS] = sizeof(cq_ref),
    [S_STRINGS] = 1,
    [S_PACKS] = sizeof(pack_rec),
    [S_PROBLEMS] = sizeof(problem_rec),
    [S_RULE_IDS] = sizeof(uint32_t),
    [S_RENDERED] = sizeof(rendered_rec),
};

bool cq_layer_view(const unsigned char *payload, size_t n, layer_view *out)
{
    if (n < sizeof(layer_header)) return false;
    const layer_header *h = (const layer_header *)payload;
    if (memcmp(h->magic, MAGIC, sizeof MAGIC) != 0) return false;
    if (h->version != CQ_LAYER_VERSION) return false;
    out->head = h;
    for (int s = 0; s < SECTIONS; s++) {
        size_t at = h->sections[s].at, size = h->sections[s].n;
        if (at % 16 != 0 || at > n || size > n - at || size % SIZES[s]) return false;
        out->p[s] = payload + at;
        out->n[s] = (uint32_t)(size / SIZES[s]);
    }
    return h->starters_n == out->n[S_SYMBOLS] && h->symbols_n == out->n[S_BITS] &&
           out->n[S_RULES] == out->n[S_SAYS] && h->regexes_n == out->n[S_REGEXES] &&
           h->article_bits <= ARTICLE_BITS_MAX && h->forms_n / 64 + 1 == out->n[S_FORMS];
}

void cq_build_init(layer_build *b, cq_arena *a)
{
    *b = (layer_build){.a = a};
    cq_map_init(&b->texts, a);
}

void *cq_build_more(layer_build *b, section s, size_t n, uint32_t *at)
{
    size_t size = SIZES[s] * n;
    if (b->s[s].n + size > b->s[s].cap) {
        size_t cap = b->s[s].cap ? b->s[s].cap : 4096;
        while (cap < b->s[s].n + size) cap *= 2;
        unsigned char *p = cq_alloc(b->a, cap);
        if (b->s[s].n) memcpy(p, b->s[s].p, b->s[s].n);
        b->s[s].p = p;
        b->s[s].cap = cap;
    }
    if (at) *at = (uint32_t)(b->s[s].n / SIZES[s]);
    void *p = b->s[s].p + b->s[s].n;
    if (size) memset(p, 0, size);
    b->s[s].n += size;
    return p;
}

uint32_t cq_build_put(layer_build *b, section s, const void *record)
{
    uint32_t at;
    memcpy(cq_build_more(b, s, 1, &at), record, SIZES[s]);
    return at;
}

uint32_t cq_build_count(const layer_build *b, section s)
{
    return (uint32_t)(b->s[s].n / SIZES[s]);
}

cq_ref cq_build_text(layer_build *b, cq_str s)
{
    if (!s.n) return (cq_ref){0, 0};
    bool fresh;
    uint32_t *at = cq_map_put(&b->texts, s, &fresh);
    if (fresh) memcpy(cq_build_more(b, S_STRINGS, s.n, at), s.p, s.n);
    return (cq_ref){*at, (uint32_t)s.n};
}

bool cq_build_finish(layer_build *b, cq_buf *out, cq_err *err)
{
    uint64_t total = sizeof(layer_header);
    for (int s = 0; s < SECTIONS; s++) total += b->s[s].n + 16;
    if (total > UINT32_MAX) {
        return cq_fail(err, CQ_ELIMIT, "rules", 0, "compiled rules exceed 4 GiB");
    }
    size_t start = out->n;
    layer_header *h = &b->head;
    memcpy(h->magic, MAGIC, sizeof MAGIC);
    h->version = CQ_LAYER_VERSION;
    size_t at = (sizeof *h + 15) / 16 * 16;
    for (int s = 0; s < SECTIONS; s++) {
        h->sections[s].at = (uint32_t)at;
        h->sections[s].n = (uint32_t)b->s[s].n;
        at = (at + b->s[s].n + 15) / 16 * 16;
    }
    cq_buf_add(out, h, sizeof *h);
    for (int s = 0; s < SECTIONS; s++) {
        cq_buf_take(out, start + h->sections[s].at - out->n);
        cq_buf_add(out, b->s[s].p, b->s[s].n);
    }
    return true;
}
