// A greedy dependency parser: the arc-hybrid transitions of Kuhlmann, Gómez-Rodríguez and
// Satta (2011), chosen by an averaged perceptron that was trained with the dynamic oracle
// of Goldberg and Nivre (2013, "Training deterministic parsers with non-deterministic
// oracles"); features after Zhang and Nivre (2011). The root stands behind the sentence.
#include "lexicon/parser_model.h"

#include "base/utf8.h"
#include "lexicon/model.h"
#include "lexicon/tagger_model.h"

struct cq_parser {
    const cq_lexicon *lexicon;
    cq_arena *arena;
    cq_mapping map; // of the model, or nothing
    const uint8_t *weights;
};

enum { WEIGHTS_BYTES = CQ_PARSE_ROWS * CQ_PARSE_CLASSES };

// ORDER: cq_relation
static const char *const NAMES[CQ_REL_N] = {
    "dep",       "root",  "det",  "case",  "amod",   "nsubj", "aux",
    "aux:pass",  "cop",   "mark", "cc",    "advmod", "punct", "nummod",
    "obj",       "expl",  "obl",  "nmod",  "conj",   "xcomp", "acl",
    "acl:relcl", "appos", "flat", "ccomp", "advcl"};

const char *cq_relation_name(cq_relation r) { return r < CQ_REL_N ? NAMES[r] : ""; }

const cq_parse_class CQ_PARSE_CLASS[CQ_PARSE_CLASSES] = {
    {CQ_SHIFT, 0},
    {CQ_LEFT, CQ_REL_DEP},
    {CQ_LEFT, CQ_REL_ROOT},
    {CQ_LEFT, CQ_REL_DET},
    {CQ_LEFT, CQ_REL_CASE},
    {CQ_LEFT, CQ_REL_AMOD},
    {CQ_LEFT, CQ_REL_NSUBJ},
    {CQ_LEFT, CQ_REL_AUX},
    {CQ_LEFT, CQ_REL_PASSIVE},
    {CQ_LEFT, CQ_REL_COP},
    {CQ_LEFT, CQ_REL_MARK},
    {CQ_LEFT, CQ_REL_CC},
    {CQ_LEFT, CQ_REL_ADVMOD},
    {CQ_LEFT, CQ_REL_PUNCT},
    {CQ_LEFT, CQ_REL_NUMMOD},
    {CQ_LEFT, CQ_REL_OBJ},
    {CQ_LEFT, CQ_REL_EXPL},
    {CQ_LEFT, CQ_REL_OBL},
    {CQ_RIGHT, CQ_REL_DEP},
    {CQ_RIGHT, CQ_REL_NMOD},
    {CQ_RIGHT, CQ_REL_AMOD},
    {CQ_RIGHT, CQ_REL_CONJ},
    {CQ_RIGHT, CQ_REL_OBJ},
    {CQ_RIGHT, CQ_REL_OBL},
    {CQ_RIGHT, CQ_REL_XCOMP},
    {CQ_RIGHT, CQ_REL_ACL},
    {CQ_RIGHT, CQ_REL_RELCL},
    {CQ_RIGHT, CQ_REL_APPOS},
    {CQ_RIGHT, CQ_REL_FLAT},
    {CQ_RIGHT, CQ_REL_ADVMOD},
    {CQ_RIGHT, CQ_REL_CCOMP},
    {CQ_RIGHT, CQ_REL_PUNCT},
};

unsigned cq_parse_class_of(cq_transition t, cq_relation relation)
{
    if (t == CQ_SHIFT) return 0;
    unsigned other = 0;
    // What is rare in a direction has no class of its own there.
    if (t == CQ_LEFT && (relation == CQ_REL_ADVCL || relation == CQ_REL_NMOD))
        relation = CQ_REL_OBL;
    if (t == CQ_RIGHT && relation == CQ_REL_ADVCL) relation = CQ_REL_OBL;
    for (unsigned c = 1; c < CQ_PARSE_CLASSES; c++) {
        if (CQ_PARSE_CLASS[c].transition != t) continue;
        if (CQ_PARSE_CLASS[c].relation == relation) return c;
        if (CQ_PARSE_CLASS[c].relation == CQ_REL_DEP) other = c;
    }
    return other;
}

// ---- states

static uint32_t mix(uint32_t a, uint32_t b)
{
    uint32_t h = (a ^ b * 0x9e3779b1u) * 0x85ebca6bu;
    return h ^ h >> 13;
}

static uint32_t hash(cq_str s)
{
    uint32_t h = 0x811c9dc5u;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x01000193u;
    return h;
}

static cq_str tail(cq_str s, size_t letters)
{
    size_t i = s.n;
    while (i && letters--) {
        do {
            i--;
        } while (i && (s.p[i] & 0xc0) == 0x80);
    }
    return cq_str_sub(s, i, s.n);
}

// Genders and numbers of what a token may agree with: bit 0 masculine singular, 1
// feminine singular, 2 and 3 their plurals.
static unsigned agrees(const cq_lexicon *l, const cq_token *k)
{
    enum {
        NOMINAL = CQ_UPOS_BIT(CQ_NOUN) | CQ_UPOS_BIT(CQ_ADJ) | CQ_UPOS_BIT(CQ_DET) |
                  CQ_UPOS_BIT(CQ_PRON) | CQ_UPOS_BIT(CQ_PROPN)
    };
    unsigned upos = CQ_GET_UPOS(k->morph), set = 0;
    bool finite = CQ_GET_VERBFORM(k->morph) == CQ_FIN;
    size_t n;
    const cq_reading *r = cq_lexicon_readings(l, k->form, &n);
    for (size_t i = 0; i < n; i++) {
        uint32_t m = r[i].morph;
        unsigned form = CQ_GET_VERBFORM(m), gender = CQ_GET_GENDER(m),
                 number = CQ_GET_NUMBER(m);
        bool counts =
            finite ? form == CQ_FIN && (!CQ_GET_PERSON(m) || CQ_GET_PERSON(m) & CQ_P3)
                   : NOMINAL & CQ_UPOS_BIT(CQ_GET_UPOS(m)) || form == CQ_PART_FORM;
        if (!counts ||
            (upos == CQ_VERB && form == CQ_PART_FORM && CQ_GET_TENSE(m) == CQ_PRES))
            continue;
        if (!gender) gender = 3;
        if (!number) number = 3;
        if (number & CQ_SING) set |= gender;
        if (number & CQ_PLUR) set |= gender << 2;
    }
    return set;
}

static cq_parse_node node_of(const cq_lexicon *l, const cq_passage *p, size_t i)
{
    enum { FREQUENT = 7 };
    const cq_token *k = &p->tokens[i];
    cq_str s = cq_token_word(p, i);
    cq_parse_node n = {.tag = (uint8_t)cq_tag_coarse(k->morph),
                       .suffix = hash(tail(s, 3))};
    bool frequent = k->form && cq_lexicon_frequency(l, k->form) >= FREQUENT;
    if (k->kind == CQ_TOKEN_PUNCT || k->kind == CQ_TOKEN_SYMBOL) {
        n.word = hash(s);
    } else if (k->lemma && frequent) {
        n.word = hash(cq_lexicon_form(l, k->lemma));
    } else {
        n.word = n.suffix ^ 1u;
    }
    n.agrees = (uint8_t)agrees(l, k);
    return n;
}

static void clear(cq_parse_state *s, uint32_t i, cq_parse_node node)
{
    s->node[i] = node;
    s->head[i] = s->left[i] = s->right[i] = s->marker[i] = CQ_NOBODY;
    s->relation[i] = 0;
    s->before[i] = s->after[i] = 0;
}

void cq_parse_begin(cq_parse_state *s, const cq_lexicon *l, const cq_passage *p,
                    size_t first, size_t last)
{
    s->n = (uint32_t)(last - first);
    s->stack_n = s->next = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        clear(s, i, node_of(l, p, first + i));
        unsigned mark = i ? p->tokens[first + i - 1].mark : 0;
        s->node[i].comma = mark == CQ_MARK_COMMA || mark == CQ_MARK_SEMICOLON;
    }
    clear(s, s->n, (cq_parse_node){.word = 7, .suffix = 7, .tag = 31});
    clear(s, CQ_NOBODY, (cq_parse_node){.word = 3, .suffix = 5, .tag = 30});
}

unsigned cq_parse_possible(const cq_parse_state *s)
{
    unsigned set = 0;
    if (s->next < s->n) set |= 1u << CQ_SHIFT;
    // Only the last one left becomes the root's.
    if (s->stack_n && (s->next < s->n || s->stack_n == 1)) set |= 1u << CQ_LEFT;
    if (s->stack_n > 1) set |= 1u << CQ_RIGHT;
    return set;
}

static void attach(cq_parse_state *s, uint32_t child, uint32_t head, cq_relation relation)
{
    s->head[child] = head;
    s->relation[child] = (uint8_t)relation;
    if (relation == CQ_REL_CASE && child < head) s->marker[head] = child;
    if (child < head) {
        if (s->left[head] == CQ_NOBODY || child < s->left[head]) s->left[head] = child;
        s->before[head] |= 1u << relation;
    } else {
        if (s->right[head] == CQ_NOBODY || child > s->right[head]) s->right[head] = child;
        s->after[head] |= 1u << relation;
    }
}

void cq_parse_step(cq_parse_state *s, unsigned class)
{
    const cq_parse_class *c = &CQ_PARSE_CLASS[class];
    if (c->transition == CQ_SHIFT) {
        s->stack[s->stack_n++] = s->next++;
        return;
    }
    uint32_t child = s->stack[--s->stack_n];
    uint32_t head = c->transition == CQ_LEFT ? s->next : s->stack[s->stack_n - 1];
    attach(s, child, head, c->relation);
}

// ---- features

// Compiled a second time for processors with wider registers, chosen at run time.
#if defined(__x86_64__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define CQ_PARSE_FAST __attribute__((target_clones("avx2", "default")))
#else
#define CQ_PARSE_FAST
#endif

static uint32_t distance(uint32_t a, uint32_t b)
{
    uint32_t d = b - a;
    return d < 5 ? d : d < 8 ? 5 : d < 14 ? 6 : 7;
}

// Whether two nodes may agree: in number, in gender, in both at once; 0 where one has
// nothing that agrees.
static uint32_t agreement(const cq_parse_node *a, const cq_parse_node *b)
{
    unsigned x = a->agrees, y = b->agrees;
    if (!x || !y) return 0;
    bool number = (x & 3 && y & 3) || (x >> 2 && y >> 2);
    bool gender = (x & 5 && y & 5) || (x & 10 && y & 10);
    return 1 + number + 2u * gender + 4u * ((x & y) != 0);
}

CQ_PARSE_FAST void cq_parse_extract(const cq_parse_state *s,
                                    uint32_t rows[CQ_PARSE_FEATURES])
{
    uint32_t i0 = cq_parse_stacked(s, 0), i1 = cq_parse_stacked(s, 1);
    const cq_parse_node *s0 = &s->node[i0], *s1 = &s->node[i1];
    const cq_parse_node *s2 = &s->node[cq_parse_stacked(s, 2)];
    const cq_parse_node *b0 = &s->node[s->next];
    const cq_parse_node *b1 = &s->node[cq_parse_coming(s, 1)];
    const cq_parse_node *b2 = &s->node[cq_parse_coming(s, 2)];
    const cq_parse_node *s0l = &s->node[s->left[i0]], *s0r = &s->node[s->right[i0]];
    const cq_parse_node *s1l = &s->node[s->left[i1]], *s1r = &s->node[s->right[i1]];
    const cq_parse_node *b0l = &s->node[s->left[s->next]];
    const cq_parse_node *s0c = &s->node[s->marker[i0]], *s1c = &s->node[s->marker[i1]];
    uint32_t d0 = i0 == CQ_NOBODY ? 0 : distance(i0, s->next);
    uint32_t d1 = i1 == CQ_NOBODY ? 0 : distance(i1, i0);
    uint32_t s0lv = s->before[i0], s0rv = s->after[i0];
    uint32_t s1lv = s->before[i1], s1rv = s->after[i1];
    uint32_t s0v = s0lv ^ s0rv * 0x9e3779b1u, s1v = s1lv ^ s1rv * 0x9e3779b1u;
    uint32_t b0v = s->before[s->next];
    uint32_t tags = s0->tag | (uint32_t)s1->tag << 8 | (uint32_t)b0->tag << 16;
    uint32_t near = s0->tag | (uint32_t)b0->tag << 8;
    uint32_t under = s1->tag | (uint32_t)s0->tag << 8;
    uint32_t a0 = agreement(s0, b0), a1 = agreement(s1, s0), a2 = agreement(s1, b0);
    uint32_t commas = s0->comma | b0->comma * 2u | b1->comma * 4u;
    uint32_t n = 0;
#define ADD(value) (rows[n++] = (value))
    ADD(tags);
    ADD(mix(s0->word, s0->tag));
    ADD(mix(s1->word, s1->tag));
    ADD(mix(b0->word, b0->tag));
    ADD(mix(b1->word, b1->tag));
    ADD(s0->suffix);
    ADD(b0->suffix);
    ADD(s2->tag | s1->tag << 8);
    ADD(mix(s0->word, b0->word));
    ADD(mix(s0->word, b0->tag));
    ADD(mix(b0->word, s0->tag));
    ADD(near);
    ADD(mix(s1->word, s0->word));
    ADD(mix(s1->word, s0->tag));
    ADD(mix(s0->word, s1->tag));
    ADD(under);
    ADD(s1->tag | b0->tag << 8);
    ADD(mix(s1->word, b0->tag));
    ADD(mix(s1->tag, b0->word));
    ADD(mix(near, b1->tag));
    ADD(mix(mix(near, b1->tag), b2->tag));
    ADD(mix(tags, b1->tag));
    ADD(mix(tags, s2->tag));
    ADD(mix(near, mix(s0l->tag, 1)));
    ADD(mix(near, mix(s0r->tag, 2)));
    ADD(mix(under, mix(s1r->tag, 3)));
    ADD(mix(under, mix(s1l->tag, 4)));
    ADD(mix(near, mix(b0l->tag, 5)));
    ADD(mix(tags, mix(b0l->tag, 6)));
    ADD(mix(near, d0));
    ADD(mix(under, d1));
    ADD(mix(s0->word, d0));
    ADD(mix(s1->word, d1));
    ADD(mix(s0->tag, s0v));
    ADD(mix(s1->tag, s1v));
    ADD(mix(near, s0lv));
    ADD(mix(near, s0rv));
    ADD(mix(under, s1lv));
    ADD(mix(under, s1rv));
    ADD(mix(near, b0v));
    ADD(mix(s0->word, s0v));
    ADD(mix(s1->word, s1v));
    ADD(mix(mix(s1->word, s0c->word), 1));
    ADD(mix(mix(s1->tag, s0c->word), s0->tag));
    ADD(mix(mix(under, s0c->word), s1c->word));
    ADD(mix(mix(s0->word, s0c->word), s1->tag));
    ADD(mix(near, s0c->word));
    ADD(mix(near, a0));
    ADD(mix(under, a1));
    ADD(mix(tags, mix(a0, a2)));
    ADD(mix(tags, mix(a1, a2)));
    ADD(mix(tags, commas));
    ADD(mix(near, commas));
    ADD(mix(b1->word, near));
    ADD(mix(b2->word, b0->tag));
    ADD(mix(b1->tag, b0->word));
#undef ADD
    for (n = 0; n < CQ_PARSE_FEATURES; n++)
        rows[n] = mix(rows[n], n + 1) * 0xc2b2ae35u >> (32 - CQ_PARSE_ROW_BITS);
}

// ---- parsing

typedef struct {
    unsigned class;
    uint32_t score; // of what is chosen: by how much it is above another transition
} choice;

// The weights of a row as numbers of 16 bits, those at even and at odd places apart.
typedef uint16_t halves __attribute__((vector_size(CQ_PARSE_CLASSES)));

// Sums of the rows' weights by class, which 16 bits never outgrow.
CQ_PARSE_FAST static void add_up(const uint8_t *weights, const uint32_t *rows,
                                 uint16_t sum[CQ_PARSE_CLASSES])
{
    halves even = {0}, odd = {0};
#pragma GCC unroll 8
    for (size_t f = 0; f < CQ_PARSE_FEATURES; f++) {
        halves w;
        memcpy(&w, weights + (size_t)rows[f] * CQ_PARSE_CLASSES, sizeof w);
        even += w & 0xff;
        odd += w >> 8;
    }
    // In order again: those of the first 16 classes, then the others.
    const halves parts[2] = {__builtin_shufflevector(even, odd, 0, 16, 1, 17, 2, 18, 3,
                                                     19, 4, 20, 5, 21, 6, 22, 7, 23),
                             __builtin_shufflevector(even, odd, 8, 24, 9, 25, 10, 26, 11,
                                                     27, 12, 28, 13, 29, 14, 30, 15, 31)};
    memcpy(sum, parts, sizeof parts);
}

// The best class of a transition. The root's own is the only one once all are read.
static choice best_of(const uint16_t *sum, cq_transition t, bool at_end)
{
    if (t == CQ_SHIFT) return (choice){0, sum[0]};
    if (t == CQ_LEFT && at_end) return (choice){CQ_PARSE_ROOT, sum[CQ_PARSE_ROOT]};
    choice best = {0};
    unsigned last = t == CQ_LEFT ? CQ_PARSE_RIGHT : CQ_PARSE_CLASSES;
    for (unsigned c = t == CQ_LEFT ? CQ_PARSE_LEFT : CQ_PARSE_RIGHT; c < last; c++) {
        if (sum[c] >= best.score && c != CQ_PARSE_ROOT) best = (choice){c, sum[c]};
    }
    return best;
}

static choice best(const uint8_t *weights, const cq_parse_state *s)
{
    uint32_t rows[CQ_PARSE_FEATURES];
    uint16_t sum[CQ_PARSE_CLASSES];
    unsigned possible = cq_parse_possible(s);
    if (possible == 1u << CQ_SHIFT) return (choice){0, UINT16_MAX};
    cq_parse_extract(s, rows);
    add_up(weights, rows, sum);
    choice c[3] = {{0}};
    unsigned first = 3;
    for (unsigned t = 0; t < 3; t++) {
        if (!(possible >> t & 1)) continue;
        c[t] = best_of(sum, (cq_transition)t, s->next == s->n);
        if (first == 3 || c[t].score > c[first].score) first = t;
    }
    uint32_t margin = UINT16_MAX;
    for (unsigned t = 0; t < 3; t++) {
        if (t == first || !(possible >> t & 1)) continue;
        uint32_t by = (c[first].score - c[t].score) * 32 / CQ_PARSE_UNIT;
        if (by < margin) margin = by;
    }
    c[first].score = margin;
    return c[first];
}

void cq_parse(const cq_parser *p, const cq_passage *passage, size_t first, size_t last,
              cq_arc *arcs)
{
    size_t n = last - first;
    for (size_t i = 0; i < n; i++) arcs[i] = (cq_arc){CQ_NO_HEAD, UINT16_MAX, 0};
    if (n > CQ_PARSE_MAX || !n) return;
    cq_parse_state s;
    cq_parse_begin(&s, p->lexicon, passage, first, last);
    while (!cq_parse_done(&s)) {
        choice c = best(p->weights, &s);
        // What is decided about the next token, and about the one that gets its head.
        uint32_t child = cq_parse_stacked(&s, 0);
        bool attaches = CQ_PARSE_CLASS[c.class].transition != CQ_SHIFT;
        if (s.next < n && c.score < arcs[s.next].margin)
            arcs[s.next].margin = (uint16_t)c.score;
        if (attaches && c.score < arcs[child].margin)
            arcs[child].margin = (uint16_t)c.score;
        cq_parse_step(&s, c.class);
    }
    for (size_t i = 0; i < n; i++) {
        arcs[i].relation = s.relation[i];
        if (s.head[i] < n) arcs[i].head = (uint32_t)first + s.head[i];
    }
}

cq_parser *cq_parser_open(const char *model_path, const cq_lexicon *l, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    cq_mapping map;
    const uint8_t *weights =
        cq_model_open(a, model_path, CQ_PARSE_MAGIC, WEIGHTS_BYTES, "parser", &map, err);
    if (!weights) {
        cq_arena_free(a);
        return NULL;
    }
    cq_parser *p = CQ_NEW(a, cq_parser);
    *p = (cq_parser){l, a, map, weights};
    return p;
}

void cq_parser_idle(const cq_parser *p) { cq_file_idle(&p->map); }

void cq_parser_free(cq_parser *p)
{
    if (!p) return;
    cq_file_unmap(&p->map);
    cq_arena_free(p->arena);
}
