#include "rules/prefilter.h"

// At the start of S_SCAN. Then follow, each at a multiple of 4: `classes` numbers of 16
// bits a state (the next state, times 2, plus 1 when something ends there), a cq_ref a
// state into the list of what ends there, and that list.
typedef struct {
    uint32_t states, classes, ends_n, reserved;
    uint8_t class_of[256]; // of bytes; 0: a byte in no literal
} automaton;

typedef struct {
    uint32_t owner;
    uint16_t length, caseless;
    char text[CQ_PREFILTER_BYTES];
} literal_end;

enum { STATES_MAX = 32000 };

static size_t moves_size(uint32_t states, uint32_t classes)
{
    return ((size_t)states * classes * sizeof(uint16_t) + 3) / 4 * 4;
}

typedef struct {
    uint32_t fail;         // the state of its longest proper suffix
    uint32_t ends, ends_n; // of itself and of its suffixes
} state;

bool cq_prefilter_write(layer_build *b, const cq_prefilter_literal *v, size_t n)
{
    cq_arena *a = b->a;
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

    // Breadth first: where a state fails to, and what ends in it.
    state *states = CQ_NEWN(a, state, head.states);
    uint32_t *queue = CQ_NEWN(a, uint32_t, head.states);
    CQ_VEC(literal_end) ends = {0};
    size_t read = 0, written = 1;                        // the root is queue[0]
    uint32_t *first = CQ_NEWN(a, uint32_t, head.states); // literal + 1, linked
    uint32_t *more = CQ_NEWN(a, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        more[i] = first[ends_at[i]];
        first[ends_at[i]] = (uint32_t)i + 1;
    }
    while (read < written) {
        uint32_t s = queue[read++];
        states[s].ends = (uint32_t)ends.n;
        for (uint32_t i = first[s]; i; i = more[i - 1]) {
            cq_str text = cq_str_sub(v[i - 1].text, 0, CQ_PREFILTER_BYTES);
            literal_end *e = CQ_PUSH(a, &ends);
            *e = (literal_end){v[i - 1].owner, (uint16_t)text.n, v[i - 1].caseless, ""};
            memcpy(e->text, text.p, text.n);
        }
        const state *suffix = &states[states[s].fail];
        for (uint32_t i = 0; s && i < suffix->ends_n; i++) {
            literal_end e = ends.v[suffix->ends + i];
            *CQ_PUSH(a, &ends) = e;
        }
        states[s].ends_n = (uint32_t)ends.n - states[s].ends;
        for (uint32_t c = 0; c < classes; c++) {
            uint32_t to = next.v[s * classes + c];
            uint32_t down = s ? next.v[states[s].fail * classes + c] : 0;
            if (to) {
                states[to].fail = down == to ? 0 : down;
                queue[written++] = to;
            } else {
                next.v[s * classes + c] = (uint16_t)down;
            }
        }
    }

    head.ends_n = (uint32_t)ends.n;
    memcpy(cq_build_more(b, S_SCAN, sizeof head, NULL), &head, sizeof head);
    // In order of depth: most of a text is read in states near the root, which so lie
    // side by side in the cache.
    uint32_t *final = CQ_NEWN(a, uint32_t, head.states);
    for (uint32_t k = 0; k < head.states; k++) final[queue[k]] = k;
    uint16_t *moves = cq_build_more(b, S_SCAN, moves_size(head.states, classes), NULL);
    for (uint32_t k = 0; k < head.states; k++) {
        for (uint32_t c = 0; c < classes; c++) {
            uint32_t to = next.v[queue[k] * classes + c];
            *moves++ = (uint16_t)(final[to] * 2 + (states[to].ends_n > 0));
        }
    }
    for (uint32_t k = 0; k < head.states; k++) {
        uint32_t s = queue[k];
        cq_ref r = {states[s].ends, states[s].ends_n};
        memcpy(cq_build_more(b, S_SCAN, sizeof r, NULL), &r, sizeof r);
    }
    size_t size = ends.n * sizeof *ends.v;
    if (size) memcpy(cq_build_more(b, S_SCAN, size, NULL), ends.v, size);
    return true;
}

void cq_prefilter_run(const layer_view *v, cq_arena *a, cq_str text,
                      cq_prefilter_hits *out)
{
    size_t size = v->n[S_SCAN];
    if (size < sizeof(automaton)) return;
    const automaton *m = (const automaton *)v->p[S_SCAN];
    uint32_t states = m->states, classes = m->classes;
    if (!states || states > STATES_MAX || !classes || classes > 256) return;
    size_t moves_n = moves_size(states, classes), refs_n = states * sizeof(cq_ref);
    size_t want = sizeof *m + moves_n + refs_n + (size_t)m->ends_n * sizeof(literal_end);
    if (want != size) return;
    const uint16_t *moves = (const uint16_t *)(v->p[S_SCAN] + sizeof *m);
    const cq_ref *refs = (const cq_ref *)(v->p[S_SCAN] + sizeof *m + moves_n);
    const literal_end *ends = (const literal_end *)(refs + states);

    uint32_t s = 0;
    for (size_t i = 0; i < text.n; i++) {
        uint32_t c = m->class_of[(uint8_t)text.p[i]];
        if (c >= classes) return; // damaged
        uint32_t move = moves[s * classes + c];
        s = move >> 1;
        if (s >= states) return;
        if (!(move & 1)) continue;
        cq_ref r = refs[s];
        if (r.at > m->ends_n || r.n > m->ends_n - r.at) return;
        for (uint32_t k = 0; k < r.n; k++) {
            const literal_end *e = &ends[r.at + k];
            if (e->length > i + 1 || e->length > CQ_PREFILTER_BYTES) continue;
            size_t at = i + 1 - e->length;
            if (!e->caseless && memcmp(text.p + at, e->text, e->length) != 0) continue;
            *CQ_PUSH(a, out) = (cq_prefilter_hit){e->owner, (uint32_t)at};
        }
    }
}
