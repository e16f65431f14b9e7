#include "source/align.h"

#include <math.h>
#include <stdlib.h>

#include "text/document.h"

enum {
    SPAN_MAX = 3,         // sentences of one side in a bead
    FULL_CELLS = 1 << 14, // so few are all looked at
    ANCHORS_ASIDE = 2,    // the band reaches so many anchors back and ahead
    BAND_ASIDE = 8,       // and so many sentences further
    BAND_MAX = 1200,      // sentences, where anchors are few
    BAND_MIN = 64,        // and where the text is so long that CELLS_MAX would be passed
    CELLS_MAX = 1 << 24,
    POSTINGS_MAX = 64, // features of more sentences say little
};

// Natural logarithms of odds, as the rest.
static const float SKIP = 2.6f;          // a sentence without a partner
static const float MISSING = 0.25f;      // of the weight that one side alone has
static const float LENGTH_MAX = 8.0f;    // lengths alone never decide
static const float VARIANCE = 6.8f;      // Gale and Church: of a character's expansion
static const float BOUNDARY = 2.0f;      // of blocks within a bead
static const float OTHER_NUMBER = -1.5f; // of blocks, where both sides have as many
static const float MOVED_SCORE = 3.0f;   // of a pair that is off the path
static const float MOVED_SHARED = 4.0f;
static const float NEAR_SCORE = 0.5f; // of one that is no more than NEAR away
static const float NEAR_SHARED = 1.5f;
enum { NEAR = 3, EXCHANGED = 2 };
static const float EXCHANGED_COST = 1.5f;

// Beads: sentences of either side, and what Gale and Church's frequencies make of them.
enum { ONE = 0, LEFT = 1, RIGHT = 2, SWAP = 8 };
static const struct {
    uint8_t n[2];
    float prior;
} MOVES[] = {
    {{1, 1}, 0.1f}, {{1, 0}, 0}, {{0, 1}, 0}, {{2, 1}, 1.8f}, {{1, 2}, 1.8f},
    {{2, 2}, 5},    {{3, 1}, 4}, {{1, 3}, 4}, {{2, 2}, 3}, // the last: crosswise
};

typedef struct {
    const cq_align_task *task;
    cq_arena *a;
    float *weight;            // by feature
    float *total[2];          // by sentence: weight of its features
    uint32_t *post, *post_at; // sentences of the target that have a feature
    uint32_t *df[2];
    float ratio;          // characters of the target for one of the source
    uint32_t *ordinal[2]; // of the block of each sentence
    bool even;            // as many blocks on both sides
    // Prefixes [lo, hi] of the target that are tried with i sentences of the source.
    uint32_t *lo, *hi;
} aligner;

// --- weights

static void count(aligner *al)
{
    const cq_align_task *t = al->task;
    for (unsigned s = 0; s < 2; s++) {
        al->df[s] = CQ_NEWN(al->a, uint32_t, t->features_n + 1);
        const cq_align_side *side = &t->side[s];
        uint32_t n = side->n ? side->sentences[side->n - 1].last : 0;
        for (uint32_t i = 0; i < n; i++) al->df[s][side->features[i]]++;
    }
    float most = (float)(t->side[0].n > t->side[1].n ? t->side[0].n : t->side[1].n);
    al->weight = CQ_NEWN(al->a, float, t->features_n + 1);
    for (uint32_t f = 0; f < t->features_n; f++) {
        uint32_t x = al->df[0][f], y = al->df[1][f];
        if (!x || !y) continue;
        float w = logf((1 + (most + 10) / (float)(x > y ? x : y)) / 2);
        al->weight[f] = w > 0 ? w * t->scale[f] : 0;
    }
    for (unsigned s = 0; s < 2; s++) {
        const cq_align_side *side = &t->side[s];
        al->total[s] = CQ_NEWN(al->a, float, side->n + 1);
        for (uint32_t i = 0; i < side->n; i++) {
            const cq_align_sentence *q = &side->sentences[i];
            for (uint32_t k = q->first; k < q->last; k++)
                al->total[s][i] += al->weight[side->features[k]];
        }
    }
}

static void index_target(aligner *al)
{
    const cq_align_side *side = &al->task->side[1];
    uint32_t n = al->task->features_n, sum = 0;
    al->post_at = CQ_NEWN(al->a, uint32_t, n + 2);
    for (uint32_t f = 0; f < n; f++) {
        al->post_at[f] = sum;
        sum += al->df[0][f] ? al->df[1][f] : 0;
    }
    al->post_at[n] = sum;
    al->post = CQ_NEWN(al->a, uint32_t, sum + 1);
    uint32_t *fill = CQ_NEWN(al->a, uint32_t, n + 1);
    for (uint32_t j = 0; j < side->n; j++) {
        for (uint32_t k = side->sentences[j].first; k < side->sentences[j].last; k++) {
            uint32_t f = side->features[k];
            if (al->df[0][f]) al->post[al->post_at[f] + fill[f]++] = j;
        }
    }
}

// --- the band

typedef struct {
    uint32_t i, j;
    float weight, best; // best: of a chain that ends here
    uint32_t before;    // index + 1
} point;

static int by_place(const void *x, const void *y)
{
    const point *a = x, *b = y;
    if (a->i != b->i) return a->i < b->i ? -1 : 1;
    return a->j > b->j ? -1 : a->j < b->j; // later ones first: one of a row in a chain
}

// Points where each side has a feature once, with the weights of all that fall together.
static size_t find_points(aligner *al, point **out)
{
    const cq_align_side *side = &al->task->side[0];
    CQ_VEC(point) points = {0};
    for (uint32_t i = 0; i < side->n; i++) {
        for (uint32_t k = side->sentences[i].first; k < side->sentences[i].last; k++) {
            uint32_t f = side->features[k];
            if (al->df[0][f] != 1 || al->df[1][f] != 1) continue;
            *CQ_PUSH(al->a, &points) =
                (point){.i = i, .j = al->post[al->post_at[f]], .weight = al->weight[f]};
        }
    }
    if (!points.n) return 0;
    qsort(points.v, points.n, sizeof *points.v, by_place);
    size_t n = 0;
    for (size_t k = 1; k < points.n; k++) {
        point *last = &points.v[n];
        if (last->i == points.v[k].i && last->j == points.v[k].j)
            last->weight += points.v[k].weight;
        else
            points.v[++n] = points.v[k];
    }
    *out = points.v;
    return n + 1;
}

// The heaviest chain that rises on both sides; a Fenwick tree over j holds the best so
// far. Points of the chain are moved to the front of v; returns how many.
static size_t heaviest_chain(aligner *al, point *v, size_t n)
{
    uint32_t m = al->task->side[1].n;
    uint32_t *tree = CQ_NEWN(al->a, uint32_t, m + 2); // index + 1 of a point
    size_t best = 0;
    for (size_t k = 0; k < n; k++) {
        v[k].best = v[k].weight;
        for (uint32_t x = v[k].j; x; x -= x & -x) { // chains that end before j
            if (!tree[x] || v[tree[x] - 1].best + v[k].weight <= v[k].best) continue;
            v[k].best = v[tree[x] - 1].best + v[k].weight;
            v[k].before = tree[x];
        }
        for (uint32_t x = v[k].j + 1; x <= m; x += x & -x) {
            if (!tree[x] || v[tree[x] - 1].best < v[k].best) tree[x] = (uint32_t)k + 1;
        }
        if (v[k].best > v[best].best) best = k;
    }
    size_t length = 0;
    for (size_t k = best + 1; k; k = v[k - 1].before) length++;
    point *chain = CQ_NEWN(al->a, point, length);
    size_t at = length;
    for (size_t k = best + 1; k; k = v[k - 1].before) chain[--at] = v[k - 1];
    memcpy(v, chain, length * sizeof *v);
    return length;
}

static uint32_t clamped(int64_t x, uint32_t max)
{
    return x < 0 ? 0 : x > max ? max : (uint32_t)x;
}

static void find_band(aligner *al)
{
    uint32_t n = al->task->side[0].n, m = al->task->side[1].n;
    al->lo = CQ_NEWN(al->a, uint32_t, n + 1);
    al->hi = CQ_NEWN(al->a, uint32_t, n + 1);
    for (uint32_t i = 0; i <= n; i++) al->hi[i] = m;
    if ((uint64_t)n * m <= FULL_CELLS) return;
    point *v = NULL;
    size_t k = 0, chain = find_points(al, &v);
    if (chain) chain = heaviest_chain(al, v, chain);
    int64_t widest = CELLS_MAX / n;
    if (widest > BAND_MAX) widest = BAND_MAX;
    if (widest < BAND_MIN) widest = BAND_MIN;
    for (uint32_t i = 0; i <= n; i++) {
        while (k < chain && v[k].i < i) k++;
        // Anchors k - 1 and before lie behind, k and after ahead.
        int64_t lo = k >= ANCHORS_ASIDE ? v[k - ANCHORS_ASIDE].j : 0;
        int64_t hi = k + ANCHORS_ASIDE <= chain ? v[k + ANCHORS_ASIDE - 1].j : m;
        lo -= BAND_ASIDE;
        hi += BAND_ASIDE;
        if (hi - lo > widest) {
            // Few anchors: the way between the nearest ones, or along the diagonal.
            uint32_t i0 = k ? v[k - 1].i : 0, j0 = k ? v[k - 1].j : 0;
            uint32_t i1 = k < chain ? v[k].i : n, j1 = k < chain ? v[k].j : m;
            int64_t mid = j0 + (int64_t)(j1 - j0) * (i - i0) / (i1 > i0 ? i1 - i0 : 1);
            if (mid - widest / 2 > lo) lo = mid - widest / 2;
            if (mid + widest / 2 < hi) hi = mid + widest / 2;
        }
        al->lo[i] = clamped(lo, m);
        al->hi[i] = clamped(hi, m);
    }
    al->lo[0] = 0;
    al->hi[n] = m;
    for (uint32_t i = 1; i <= n; i++) {
        if (al->lo[i] < al->lo[i - 1]) al->lo[i] = al->lo[i - 1];
        if (al->hi[i] < al->hi[i - 1]) al->hi[i] = al->hi[i - 1];
        if (al->lo[i] > al->hi[i - 1]) al->lo[i] = al->hi[i - 1]; // stays in one piece
    }
}

// --- beads

// Shared weights of one sentence of the source with those of the target from `lo` on.
typedef struct {
    float *v;
    uint32_t lo, n;
} row;

static float in_row(const row *r, uint32_t j)
{
    return j >= r->lo && j - r->lo < r->n ? r->v[j - r->lo] : 0;
}

static void fill_row(const aligner *al, uint32_t i, row *r)
{
    const cq_align_side *side = &al->task->side[0];
    memset(r->v, 0, r->n * sizeof *r->v);
    for (uint32_t k = side->sentences[i].first; k < side->sentences[i].last; k++) {
        uint32_t f = side->features[k];
        const uint32_t *at = al->post + al->post_at[f];
        const uint32_t *end = al->post + al->post_at[f + 1];
        float w = al->weight[f];
        if (w <= 0 || at == end) continue;
        for (size_t size = (size_t)(end - at); size > 8;) { // to the first at or past lo
            size_t half = size / 2;
            if (at[half] < r->lo) at += half;
            size -= half;
        }
        for (; at < end && *at < r->lo + r->n; at++) {
            if (*at >= r->lo) r->v[*at - r->lo] += w;
        }
    }
}

static bool starts_block(const cq_align_side *s, uint32_t i)
{
    return !i || s->sentences[i].block != s->sentences[i - 1].block;
}

static bool is_heading(uint8_t kind)
{
    return kind == CQ_BLOCK_TITLE || kind == CQ_BLOCK_SUBTITLE ||
           kind == CQ_BLOCK_HEADING;
}

// Blocks by number; where both sides have as many, the numbers say which belong together.
static void count_blocks(aligner *al)
{
    uint32_t blocks[2] = {0};
    for (unsigned s = 0; s < 2; s++) {
        const cq_align_side *side = &al->task->side[s];
        al->ordinal[s] = CQ_NEWN(al->a, uint32_t, side->n + 1);
        for (uint32_t i = 0; i < side->n; i++) {
            blocks[s] += starts_block(side, i);
            al->ordinal[s][i] = blocks[s];
        }
    }
    al->even = blocks[0] == blocks[1];
}

static float by_number(const aligner *al, uint32_t i, uint32_t j)
{
    return al->even && al->ordinal[0][i] != al->ordinal[1][j] ? OTHER_NUMBER : 0;
}

// What the places say: both begin a block, of the same kind.
static float structure(const cq_align_task *t, uint32_t i, uint32_t j)
{
    const cq_align_sentence *x = &t->side[0].sentences[i], *y = &t->side[1].sentences[j];
    bool a = starts_block(&t->side[0], i), b = starts_block(&t->side[1], j);
    float score = a && b ? 0.6f : a != b ? -0.6f : 0;
    if (is_heading(x->kind) != is_heading(y->kind)) return score - 1.5f;
    if (x->kind != y->kind) score -= 0.6f;
    if (x->level != y->level) score -= 0.4f;
    return score;
}

static float length_cost(const aligner *al, float source, float target)
{
    float mean = (source + target / al->ratio) / 2;
    float d = fabsf(target - source * al->ratio) / sqrtf(VARIANCE * (mean + 1));
    float cost = d * (0.6f + 0.5f * d); // about -log of the two-sided probability
    return cost < LENGTH_MAX ? cost : LENGTH_MAX;
}

static float bead_score(const aligner *al, uint32_t i, uint32_t ds, uint32_t j,
                        uint32_t dt, float shared)
{
    const cq_align_task *t = al->task;
    float total[2] = {0}, chars[2] = {0}, score = structure(t, i, j);
    for (uint32_t k = 0; k < ds; k++) {
        total[0] += al->total[0][i + k];
        chars[0] += (float)t->side[0].sentences[i + k].chars;
        if (k && starts_block(&t->side[0], i + k)) score -= BOUNDARY;
    }
    for (uint32_t k = 0; k < dt; k++) {
        total[1] += al->total[1][j + k];
        chars[1] += (float)t->side[1].sentences[j + k].chars;
        if (k && starts_block(&t->side[1], j + k)) score -= BOUNDARY;
    }
    if (shared > total[0]) shared = total[0];
    if (shared > total[1]) shared = total[1];
    score += shared - MISSING * (total[0] + total[1] - 2 * shared);
    return score - length_cost(al, chars[0], chars[1]);
}

// --- the path

typedef struct {
    aligner *al;
    row rows[SPAN_MAX];         // of sentences i - 1, i - 2, i - 3, in turn
    float *score[SPAN_MAX + 1]; // of prefixes i, i - 1, ...
    uint8_t **back;             // by prefix: the move that led to each cell
} path;

static float score_at(const path *p, uint32_t i, uint32_t j)
{
    const aligner *al = p->al;
    if (j < al->lo[i] || j > al->hi[i]) return -INFINITY;
    return p->score[i % (SPAN_MAX + 1)][j - al->lo[i]];
}

static float shared_of(const path *p, uint32_t i, uint32_t ds, uint32_t j, uint32_t dt,
                       bool crosswise)
{
    float sum = 0;
    for (uint32_t a = 0; a < ds; a++) {
        for (uint32_t b = 0; b < dt; b++) {
            if (!crosswise || a != b) sum += in_row(&p->rows[(i + a) % SPAN_MAX], j + b);
        }
    }
    return sum;
}

// Two sentences that changed places.
static float swap_score(const path *p, uint32_t i, uint32_t j)
{
    float x = bead_score(p->al, i, 1, j + 1, 1, shared_of(p, i, 1, j + 1, 1, false));
    float y = bead_score(p->al, i + 1, 1, j, 1, shared_of(p, i + 1, 1, j, 1, false));
    return x > 0 && y > 0 ? x + y : -INFINITY;
}

static void try_cell(path *p, uint32_t i, uint32_t j)
{
    float best = -INFINITY;
    uint8_t move = 0;
    for (uint8_t m = 0; m < CQ_COUNT(MOVES); m++) {
        uint32_t ds = MOVES[m].n[0], dt = MOVES[m].n[1];
        if (ds > i || dt > j) continue;
        float score = score_at(p, i - ds, j - dt) - MOVES[m].prior;
        if (score <= best) continue;
        if (m == LEFT || m == RIGHT)
            score -= SKIP;
        else if (m == SWAP)
            score += swap_score(p, i - ds, j - dt);
        else
            score += bead_score(p->al, i - ds, ds, j - dt, dt,
                                shared_of(p, i - ds, ds, j - dt, dt, false)) +
                     by_number(p->al, i - ds, j - dt);
        if (score <= best) continue;
        best = score;
        move = m;
    }
    if (!i && !j) best = 0;
    p->score[i % (SPAN_MAX + 1)][j - p->al->lo[i]] = best;
    p->back[i][j - p->al->lo[i]] = move;
}

static void push_bead(const path *p, uint32_t i, uint32_t ds, uint32_t j, uint32_t dt,
                      bool moved, cq_beads *out)
{
    *CQ_PUSH(p->al->a, out) =
        (cq_bead){.first = {i, j}, .last = {i + ds, j + dt}, .moved = moved};
}

// Beads from the end to the start.
static void trace(const path *p, cq_beads *out)
{
    uint32_t i = p->al->task->side[0].n, j = p->al->task->side[1].n;
    while (i || j) {
        uint8_t m = p->back[i][j - p->al->lo[i]];
        i -= MOVES[m].n[0];
        j -= MOVES[m].n[1];
        if (m == SWAP) {
            push_bead(p, i + 1, 1, j, 1, false, out);
            push_bead(p, i, 1, j + 1, 1, true, out);
        } else if (m != LEFT && m != RIGHT) {
            push_bead(p, i, MOVES[m].n[0], j, MOVES[m].n[1], false, out);
        }
    }
}

static void find_path(aligner *al, cq_beads *out)
{
    uint32_t n = al->task->side[0].n;
    uint32_t widest = 0;
    path p = {.al = al, .back = CQ_NEWN(al->a, uint8_t *, n + 1)};
    for (uint32_t i = 0; i <= n; i++) {
        uint32_t w = al->hi[i] - al->lo[i] + 1,
                 over = al->hi[i < n ? i + 1 : n] - al->lo[i];
        if (w > widest) widest = w;
        if (over > widest) widest = over;
    }
    for (unsigned k = 0; k <= SPAN_MAX; k++)
        p.score[k] = CQ_NEWN(al->a, float, widest + 1);
    for (unsigned k = 0; k < SPAN_MAX; k++)
        p.rows[k].v = CQ_NEWN(al->a, float, widest + 1);
    for (uint32_t i = 0; i <= n; i++) {
        p.back[i] = cq_alloc(al->a, al->hi[i] - al->lo[i] + 1);
        if (i) {
            row *r = &p.rows[(i - 1) % SPAN_MAX];
            r->lo = al->lo[i - 1];
            r->n = al->hi[i] - r->lo;
            fill_row(al, i - 1, r);
        }
        for (uint32_t j = al->lo[i]; j <= al->hi[i]; j++) try_cell(&p, i, j);
    }
    trace(&p, out);
}

// --- what was moved

static float shared_weight(const aligner *al, uint32_t i, uint32_t j)
{
    const cq_align_side *s = &al->task->side[0], *t = &al->task->side[1];
    uint32_t x = s->sentences[i].first, y = t->sentences[j].first;
    float sum = 0;
    while (x < s->sentences[i].last && y < t->sentences[j].last) {
        if (s->features[x] == t->features[y]) {
            sum += al->weight[s->features[x]];
            x++;
            y++;
        } else if (s->features[x] < t->features[y]) {
            x++;
        } else {
            y++;
        }
    }
    return sum;
}

typedef struct {
    aligner *al;
    bool *taken[2];
    cq_beads *out;
} finder;

static float pair_score(const finder *f, uint32_t i, uint32_t j, float *shared)
{
    *shared = shared_weight(f->al, i, j);
    return bead_score(f->al, i, 1, j, 1, *shared);
}

static void take(finder *f, uint32_t i, uint32_t j)
{
    f->taken[0][i] = f->taken[1][j] = true;
    *CQ_PUSH(f->al->a, f->out) =
        (cq_bead){.first = {i, j}, .last = {i + 1, j + 1}, .moved = true};
}

// From a pair that is sure, on to its neighbours in one direction.
static void extend(finder *f, uint32_t i, uint32_t j, int step)
{
    for (;;) {
        int64_t x = (int64_t)i + step, y = (int64_t)j + step;
        if (x < 0 || y < 0 || x >= f->al->task->side[0].n || y >= f->al->task->side[1].n)
            return;
        i = (uint32_t)x;
        j = (uint32_t)y;
        float shared;
        if (f->taken[0][i] || f->taken[1][j] || pair_score(f, i, j, &shared) < 0) return;
        take(f, i, j);
    }
}

// What is left on both sides around the same place changed places with what stands
// between, however little they share, when their lengths agree.
static void find_exchanged(finder *f, const uint32_t *place)
{
    const cq_align_task *task = f->al->task;
    for (uint32_t i = 0; i < task->side[0].n; i++) {
        if (f->taken[0][i]) continue;
        uint32_t j = place[i] > EXCHANGED ? place[i] - EXCHANGED : 0, best = UINT32_MAX;
        float cheapest = EXCHANGED_COST;
        for (; j <= place[i] + EXCHANGED && j < task->side[1].n; j++) {
            if (f->taken[1][j]) continue;
            float cost = length_cost(f->al, (float)task->side[0].sentences[i].chars,
                                     (float)task->side[1].sentences[j].chars);
            if (cost >= cheapest) continue;
            cheapest = cost;
            best = j;
        }
        if (best != UINT32_MAX) take(f, i, best);
    }
}

static void find_moved(aligner *al, cq_beads *out)
{
    const cq_align_side *s = &al->task->side[0], *t = &al->task->side[1];
    finder f = {.al = al, .out = out};
    f.taken[0] = CQ_NEWN(al->a, bool, s->n + 1);
    f.taken[1] = CQ_NEWN(al->a, bool, t->n + 1);
    for (size_t k = 0; k < out->n; k++) {
        for (unsigned side = 0; side < 2; side++) {
            for (uint32_t i = out->v[k].first[side]; i < out->v[k].last[side]; i++)
                f.taken[side][i] = true;
        }
    }
    // Where each sentence of the source would stand, had it been left in its place.
    uint32_t *place = CQ_NEWN(al->a, uint32_t, s->n + 1);
    for (size_t k = 0; k < out->n; k++) { // beads stand in reverse
        for (uint32_t i = out->v[k].last[0]; i < s->n && !place[i]; i++)
            place[i] = out->v[k].last[1];
    }
    float *votes = CQ_NEWN(al->a, float, t->n + 1);
    uint32_t *touched = CQ_NEWN(al->a, uint32_t, t->n + 1);
    for (uint32_t i = 0; i < s->n; i++) {
        if (f.taken[0][i]) continue;
        uint32_t touched_n = 0, best = 0;
        for (uint32_t k = s->sentences[i].first; k < s->sentences[i].last; k++) {
            uint32_t feature = s->features[k];
            uint32_t from = al->post_at[feature], to = al->post_at[feature + 1];
            if (to - from > POSTINGS_MAX || al->weight[feature] <= 0) continue;
            for (uint32_t at = from; at < to; at++) {
                uint32_t j = al->post[at];
                if (f.taken[1][j]) continue;
                if (votes[j] == 0) touched[touched_n++] = j;
                votes[j] += al->weight[feature];
            }
        }
        for (uint32_t k = 1; k < touched_n; k++) {
            if (votes[touched[k]] > votes[touched[best]]) best = k;
        }
        uint32_t j = touched_n ? touched[best] : 0;
        for (uint32_t k = 0; k < touched_n; k++) votes[touched[k]] = 0;
        float shared;
        bool near = j + NEAR >= place[i] && j <= place[i] + NEAR;
        if (!touched_n) continue;
        if (pair_score(&f, i, j, &shared) < (near ? NEAR_SCORE : MOVED_SCORE)) continue;
        if (shared < (near ? NEAR_SHARED : MOVED_SHARED)) continue;
        take(&f, i, j);
        extend(&f, i, j, -1);
        extend(&f, i, j, 1);
    }
    find_exchanged(&f, place);
}

static int by_source(const void *x, const void *y)
{
    const cq_bead *a = x, *b = y;
    return a->first[0] < b->first[0] ? -1 : a->first[0] > b->first[0];
}

void cq_align(cq_arena *a, const cq_align_task *task, cq_beads *out)
{
    const cq_align_side *s = &task->side[0], *t = &task->side[1];
    *out = (cq_beads){0};
    if (!s->n || !t->n) return;
    aligner al = {.task = task, .a = cq_arena_new()};
    float chars[2] = {1, 1};
    for (uint32_t i = 0; i < s->n; i++) chars[0] += (float)s->sentences[i].chars;
    for (uint32_t i = 0; i < t->n; i++) chars[1] += (float)t->sentences[i].chars;
    al.ratio = fminf(fmaxf(chars[1] / chars[0], 0.9f), 1.4f);
    count(&al);
    index_target(&al);
    count_blocks(&al);
    find_band(&al);
    cq_beads beads = {0};
    find_path(&al, &beads);
    find_moved(&al, &beads);
    if (beads.n) qsort(beads.v, beads.n, sizeof *beads.v, by_source);
    for (size_t k = 0; k < beads.n; k++) {
        cq_bead *b = CQ_PUSH(a, out);
        *b = beads.v[k];
        for (uint32_t i = b->first[0]; i < b->last[0]; i++) {
            for (uint32_t j = b->first[1]; j < b->last[1]; j++)
                b->shared += shared_weight(&al, i, j);
        }
        b->score = bead_score(&al, b->first[0], b->last[0] - b->first[0], b->first[1],
                              b->last[1] - b->first[1], b->shared);
    }
    cq_arena_free(al.a);
}
