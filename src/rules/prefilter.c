#include "rules/prefilter.h"

#include <stdlib.h>

// At the start of S_SCAN. Then follow, each at a multiple of 4: `classes` numbers of 16
// bits a state (the next state, times 2, plus 1 when something ends there or in one of
// its suffixes), a state_rec a state, the literals in groups, and their texts.
typedef struct {
    uint32_t states, classes, literals_n, texts_n;
    uint8_t class_of[256]; // of bytes; 0: a byte in no literal
} automaton;

// What ends in a state: literals whose case counts, in order of their bytes, then the
// others.
typedef struct {
    uint32_t at, n, caseless_n;
    uint16_t known; // bytes read there
    uint16_t link;  // the next state among its suffixes in which something ends; 0: none
} state_rec;

// All literals of a group that a text begins with are found from one of them: each leads
// to the next shorter one that it begins with itself.
typedef struct {
    uint32_t owner;
    uint32_t shorter; // its place in the group + 1; 0: none
    cq_ref text;
} literal_rec;

enum { STATES_MAX = 32000 };

static size_t moves_size(uint32_t states, uint32_t classes)
{
    return ((size_t)states * classes * sizeof(uint16_t) + 3) / 4 * 4;
}

// The bytes of a special blank or apostrophe at the start of `s`; 0: there is none.
// *plain is the plain one.
static size_t special(const char *s, size_t n, char *plain)
{
    *plain = ' ';
    if (n >= 2 && memcmp(s, "\xc2\xa0", 2) == 0) return 2;
    if (n < 3 || s[0] != '\xe2' || s[1] != '\x80') return 0;
    if (s[2] == '\xaf') return 3;
    *plain = '\'';
    return s[2] == '\x99' ? 3 : 0;
}

// Where a plain text lies behind the text as it was: from byte `at` on it is `by` bytes
// shorter.
typedef struct {
    uint32_t at, by;
} shift;

typedef CQ_VEC(shift) shifts;

// The text with plain blanks and apostrophes. `out` may be NULL.
static cq_str plain_text(cq_arena *a, cq_str s, shifts *out)
{
    char *p = cq_alloc(a, s.n + 1), plain;
    size_t n = 0;
    for (size_t i = 0, bytes; i < s.n; i += bytes) {
        bool may = (unsigned char)s.p[i] == 0xc2 || (unsigned char)s.p[i] == 0xe2;
        bytes = may ? special(s.p + i, s.n - i, &plain) : 0;
        p[n++] = bytes ? plain : s.p[i];
        if (bytes && out)
            *CQ_PUSH(a, out) = (shift){(uint32_t)n, (uint32_t)(i + bytes - n)};
        bytes = bytes ? bytes : 1;
    }
    return (cq_str){p, n};
}

static uint32_t place_of(const shifts *s, size_t at)
{
    size_t low = 0, high = s->n; // the first one past it
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->v[mid].at <= at) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return (uint32_t)at + (low ? s->v[low - 1].by : 0);
}

// Each text once.
typedef struct {
    cq_map known; // text -> its place
    CQ_VEC(char) bytes;
} text_pool;

static cq_ref put_text(cq_arena *a, text_pool *pool, cq_str text)
{
    bool fresh;
    uint32_t *at = cq_map_put(&pool->known, text, &fresh);
    if (fresh) *at = (uint32_t)pool->bytes.n;
    for (size_t i = 0; fresh && i < text.n; i++) *CQ_PUSH(a, &pool->bytes) = text.p[i];
    return (cq_ref){*at, (uint32_t)text.n};
}

static int by_owner_and_text(const void *a, const void *b)
{
    const cq_prefilter_literal *l = a, *m = b;
    if (l->owner != m->owner) return l->owner < m->owner ? -1 : 1;
    if (l->caseless != m->caseless) return l->caseless ? 1 : -1;
    return cq_str_cmp(l->text, m->text);
}

static void put_bytes(layer_build *b, const void *p, size_t n)
{
    if (n) memcpy(cq_build_more(b, S_SCAN, n, NULL), p, n);
}

// A literal and the state that it ends in.
typedef struct {
    uint32_t state;
    const cq_prefilter_literal *literal;
} ending;

static int by_state_and_text(const void *a, const void *b)
{
    const ending *x = a, *y = b;
    const cq_prefilter_literal *l = x->literal, *m = y->literal;
    if (x->state != y->state) return x->state < y->state ? -1 : 1;
    if (l->caseless != m->caseless) return l->caseless ? 1 : -1;
    int order = cq_str_cmp(l->text, m->text);
    return order ? order : l->owner < m->owner ? -1 : l->owner > m->owner;
}

// The literals with plain blanks and apostrophes, each once.
static size_t plain_literals(cq_arena *a, const cq_prefilter_literal *in, size_t n,
                             cq_prefilter_literal *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        out[i] = in[i];
        out[i].text = plain_text(a, in[i].text, NULL);
    }
    if (n) qsort(out, n, sizeof *out, by_owner_and_text);
    for (size_t i = 0; i < n; i++) {
        if (kept && by_owner_and_text(&out[kept - 1], &out[i]) == 0) continue;
        out[kept++] = out[i];
    }
    return kept;
}

bool cq_prefilter_write(layer_build *b, const cq_prefilter_literal *given, size_t n)
{
    cq_arena *a = b->a;
    cq_prefilter_literal *v = CQ_NEWN(a, cq_prefilter_literal, n + 1);
    n = plain_literals(a, given, n, v);
    automaton head = {.states = 1, .classes = 1};
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < v[i].text.n && k < CQ_PREFILTER_BYTES; k++) {
            uint8_t c = (uint8_t)cq_lower(v[i].text.p[k]);
            if (!head.class_of[c]) head.class_of[c] = (uint8_t)head.classes++;
        }
    }
    for (int c = 'a'; c <= 'z'; c++) head.class_of[c - 32] = head.class_of[c];

    // The trie. Next states are kept by class; 0: none yet.
    uint32_t classes = head.classes;
    CQ_VEC(uint16_t) next = {0};
    for (uint32_t c = 0; c < classes; c++) *CQ_PUSH(a, &next) = 0;
    uint32_t *ends_at = CQ_NEWN(a, uint32_t, n + 1); // literal -> its last state
    for (size_t i = 0; i < n; i++) {
        uint32_t s = 0;
        for (size_t k = 0; k < v[i].text.n && k < CQ_PREFILTER_BYTES; k++) {
            uint32_t c = head.class_of[(uint8_t)v[i].text.p[k]];
            if (!next.v[s * classes + c]) {
                if (head.states == STATES_MAX) return false;
                next.v[s * classes + c] = (uint16_t)head.states++;
                for (uint32_t d = 0; d < classes; d++) *CQ_PUSH(a, &next) = 0;
            }
            s = next.v[s * classes + c];
        }
        ends_at[i] = s;
    }

    // Breadth first: where a state fails to.
    uint32_t *fail = CQ_NEWN(a, uint32_t, head.states);
    uint32_t *queue = CQ_NEWN(a, uint32_t, head.states);
    size_t read = 0, written = 1; // the root is queue[0]
    while (read < written) {
        uint32_t s = queue[read++];
        for (uint32_t c = 0; c < classes; c++) {
            uint32_t to = next.v[s * classes + c];
            uint32_t down = s ? next.v[fail[s] * classes + c] : 0;
            if (to) {
                fail[to] = down == to ? 0 : down;
                queue[written++] = to;
            } else {
                next.v[s * classes + c] = (uint16_t)down;
            }
        }
    }

    // States are written in order of depth: most of a text is read in states near the
    // root, which so lie side by side in the cache.
    uint32_t *final = CQ_NEWN(a, uint32_t, head.states);
    for (uint32_t k = 0; k < head.states; k++) final[queue[k]] = k;
    state_rec *states = CQ_NEWN(a, state_rec, head.states);
    literal_rec *literals = CQ_NEWN(a, literal_rec, n + 1);
    text_pool texts = {0};
    cq_map_init(&texts.known, a);
    ending *ends = CQ_NEWN(a, ending, n + 1);
    for (size_t i = 0; i < n; i++) ends[i] = (ending){final[ends_at[i]], &v[i]};
    if (n) qsort(ends, n, sizeof *ends, by_state_and_text);
    for (uint32_t i = 0; i < n; i++) {
        const cq_prefilter_literal *l = ends[i].literal;
        state_rec *s = &states[ends[i].state];
        if (!s->n && !s->caseless_n) s->at = i;
        literals[i] =
            (literal_rec){.owner = l->owner, .text = put_text(a, &texts, l->text)};
        // What it begins with is the literal before it, or a shorter one of that.
        for (uint32_t k = l->caseless ? 0 : i - s->at; k;
             k = literals[s->at + k - 1].shorter) {
            if (!cq_str_starts(l->text, ends[s->at + k - 1].literal->text)) continue;
            literals[i].shorter = k;
            break;
        }
        s->n += !l->caseless;
        s->caseless_n += l->caseless;
        s->known =
            (uint16_t)(l->text.n < CQ_PREFILTER_BYTES ? l->text.n : CQ_PREFILTER_BYTES);
    }
    for (uint32_t k = 1; k < head.states; k++) { // suffixes are shorter, so before it
        uint32_t down = final[fail[queue[k]]];
        bool any = states[down].n || states[down].caseless_n;
        states[k].link = any ? (uint16_t)down : states[down].link;
    }

    head.literals_n = (uint32_t)n;
    head.texts_n = (uint32_t)texts.bytes.n;
    memcpy(cq_build_more(b, S_SCAN, sizeof head, NULL), &head, sizeof head);
    uint16_t *moves = cq_build_more(b, S_SCAN, moves_size(head.states, classes), NULL);
    for (uint32_t k = 0; k < head.states; k++) {
        for (uint32_t c = 0; c < classes; c++) {
            uint32_t to = final[next.v[queue[k] * classes + c]];
            bool any = states[to].n || states[to].caseless_n || states[to].link;
            *moves++ = (uint16_t)(to * 2 + any);
        }
    }
    put_bytes(b, states, head.states * sizeof *states);
    put_bytes(b, literals, n * sizeof *literals);
    put_bytes(b, texts.bytes.v, texts.bytes.n);
    return true;
}

// ---- the search ----------------------------------------------------------------------

// The automaton as it lies in its file, and the text it reads.
typedef struct {
    const automaton *head;
    const uint16_t *moves;
    const state_rec *states;
    const literal_rec *literals;
    cq_str texts, text;
    shifts shifts; // to the text as it was
    cq_arena *a;
    cq_prefilter_hits *out;
} scan;

// Keeps the order of places: literals are met in that of their known bytes' ends.
static void add_hit(const scan *s, uint32_t owner, size_t at)
{
    cq_prefilter_hit hit = {owner, place_of(&s->shifts, at)};
    cq_prefilter_hit *h = CQ_PUSH(s->a, s->out);
    for (; h > s->out->v && h[-1].at > hit.at; h--) *h = h[-1];
    *h = hit;
}

static cq_str literal_text(const scan *s, uint32_t i)
{
    cq_ref r = s->literals[i].text;
    return cq_str_sub(s->texts, r.at, (size_t)r.at + r.n);
}

static bool same_folded(cq_str a, cq_str b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++) {
        if (cq_lower(a.p[i]) != cq_lower(b.p[i])) return false;
    }
    return true;
}

// Literals of a state's group that stand at byte `at`.
static void compare_group(const scan *s, const state_rec *g, size_t at)
{
    cq_str rest = cq_str_sub(s->text, at, s->text.n);
    uint32_t low = 0, high = g->n; // the last one that is not behind the text
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        cq_str l = literal_text(s, g->at + mid);
        size_t n = l.n < rest.n ? l.n : rest.n;
        int order = memcmp(l.p, rest.p, n);
        if (order < 0 || (order == 0 && l.n <= rest.n)) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    for (uint32_t next; low > 0 && low <= g->n; low = next) {
        const literal_rec *l = &s->literals[g->at + low - 1];
        if (cq_str_starts(rest, literal_text(s, g->at + low - 1)))
            add_hit(s, l->owner, at);
        next = l->shorter < low ? l->shorter : 0; // never in circles
    }
    for (uint32_t i = g->n; i < g->n + g->caseless_n; i++) {
        cq_str l = literal_text(s, g->at + i);
        if (same_folded(l, cq_str_sub(rest, 0, l.n)))
            add_hit(s, s->literals[g->at + i].owner, at);
    }
}

static bool group_valid(const scan *s, const state_rec *g)
{
    uint64_t end = (uint64_t)g->at + g->n + g->caseless_n;
    return end <= s->head->literals_n && g->n <= end && g->link < s->head->states;
}

void cq_prefilter_run(const layer_view *v, cq_arena *a, cq_str text,
                      cq_prefilter_hits *out)
{
    size_t size = v->n[S_SCAN];
    if (size < sizeof(automaton)) return;
    const automaton *m = (const automaton *)v->p[S_SCAN];
    uint32_t states = m->states, classes = m->classes;
    if (!states || states > STATES_MAX || !classes || classes > 256) return;
    size_t moves_n = moves_size(states, classes);
    size_t want = sizeof *m + moves_n + states * sizeof(state_rec) +
                  (size_t)m->literals_n * sizeof(literal_rec) + m->texts_n;
    if (want != size) return;
    scan k = {.head = m, .a = a, .out = out};
    k.text = plain_text(a, text, &k.shifts);
    k.moves = (const uint16_t *)(m + 1);
    k.states = (const state_rec *)(v->p[S_SCAN] + sizeof *m + moves_n);
    k.literals = (const literal_rec *)(k.states + states);
    k.texts = (cq_str){(const char *)(k.literals + m->literals_n), m->texts_n};

    uint32_t s = 0;
    for (size_t i = 0; i < k.text.n; i++) {
        uint32_t c = m->class_of[(uint8_t)k.text.p[i]];
        if (c >= classes) return; // damaged
        uint32_t move = k.moves[s * classes + c];
        s = move >> 1;
        if (s >= states) return;
        if (!(move & 1)) continue;
        for (uint32_t e = s, tries = 0; tries <= CQ_PREFILTER_BYTES; tries++) {
            const state_rec *g = &k.states[e];
            if (!group_valid(&k, g) || g->known > i + 1) return;
            if (g->n || g->caseless_n) compare_group(&k, g, i + 1 - g->known);
            if (!(e = g->link)) break;
        }
    }
}
