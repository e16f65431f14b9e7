// Whether a word of the graph lies one edit from a token, accents not counted: a cheap
// question, by which the dear search for corrections is spared where nothing is near.
#include "base/utf8.h"
#include "lexicon/formtable.h"
#include "lexicon/graph.h"

enum { TOKEN_MAX = 40 }; // characters

typedef struct {
    const cq_lexicon *l;
    const cq_formtable *t;
    cq_graph g;
    unsigned frequency;
    size_t n;
    uint32_t token[TOKEN_MAX + 2];   // without accents and ligatures; then zeros
    uint8_t path[CQ_GRAPH_WORD_MAX]; // letters of the graph
} near_walk;

// The word of `depth` letters that was found, so many edits away.
static bool usual(const near_walk *w, size_t depth, unsigned edits)
{
    char text[4 * CQ_GRAPH_WORD_MAX];
    size_t n = 0;
    if (cq_is_upper(w->g.letters[w->path[0]])) return false;
    if (!edits) return true;
    for (size_t i = 0; i < depth; i++) {
        n += cq_utf8_put(text + n, w->g.letters[w->path[i]]);
    }
    uint32_t id = cq_formtable_find(w->t, (cq_str){text, n});
    return id && cq_lexicon_frequency(w->l, id) >= w->frequency;
}

static bool is_ligature(const near_walk *w, unsigned letter)
{
    return w->g.lower[letter] == 0x153 || w->g.lower[letter] == 0xe6; // œ, æ
}

// Where the token goes on behind the letter, which stands at `at`; 0: it stands not
// there.
static size_t behind(const near_walk *w, unsigned letter, size_t at)
{
    if (w->g.base[letter] != w->token[at]) return 0;
    if (!is_ligature(w, letter)) return at + 1;
    return w->token[at + 1] == 'e' ? at + 2 : 0;
}

static bool rest(near_walk *w, uint32_t edge, size_t depth, size_t at);

// The one edit was made: from the state on, the token's rest must stand there.
static bool follow(near_walk *w, uint32_t first, size_t depth, size_t at)
{
    if (depth >= CQ_GRAPH_WORD_MAX || at >= w->n) return false;
    for (uint32_t i = first; i && i < w->g.edges_n; i++) {
        uint32_t edge = w->g.edges[i];
        unsigned letter = cq_edge_letter(edge);
        size_t next = behind(w, letter, at);
        if (next) {
            w->path[depth] = (uint8_t)letter;
            if (rest(w, edge, depth + 1, next)) return true;
        }
        if (cq_edge_last(edge)) break;
    }
    return false;
}

static bool rest(near_walk *w, uint32_t edge, size_t depth, size_t at)
{
    if (cq_edge_final(edge) && at == w->n && usual(w, depth, 1)) return true;
    return follow(w, cq_edge_target(edge), depth, at);
}

// Two letters the wrong way round, the first of them taken.
static bool swapped(near_walk *w, uint32_t edge, size_t depth, size_t at)
{
    if (depth >= CQ_GRAPH_WORD_MAX || at + 1 >= w->n) return false;
    for (uint32_t i = cq_edge_target(edge); i && i < w->g.edges_n; i++) {
        uint32_t second = w->g.edges[i];
        unsigned letter = cq_edge_letter(second);
        if (w->g.base[letter] == w->token[at]) {
            w->path[depth] = (uint8_t)letter;
            if (rest(w, second, depth + 1, at + 2)) return true;
            if (is_ligature(w, letter) && at + 3 <= w->n &&
                rest(w, second, depth + 1, at + 3))
                return true;
        }
        if (cq_edge_last(second)) break;
    }
    return false;
}

// The one edit is made at the letter that the edge adds, the token's character `at`.
static bool edited(near_walk *w, uint32_t edge, size_t depth, size_t at)
{
    unsigned letter = cq_edge_letter(edge);
    if (rest(w, edge, depth, at)) return true;
    if (at < w->n && rest(w, edge, depth, at + 1)) return true;
    if (w->g.base[letter] == w->token[at + 1] && swapped(w, edge, depth, at)) return true;
    if (!is_ligature(w, letter)) return false; // of its two letters either may be wrong
    return (at + 2 <= w->n && rest(w, edge, depth, at + 2)) ||
           (at + 3 <= w->n && rest(w, edge, depth, at + 3));
}

// Nothing differs before the state and the token's character `at`.
static bool walk(near_walk *w, uint32_t first, size_t depth, size_t at)
{
    if (depth >= CQ_GRAPH_WORD_MAX) return false;
    bool edits = w->frequency < CQ_FREQUENCY_NONE;
    if (edits && follow(w, first, depth, at + 1)) return true; // one too many
    for (uint32_t i = first; i && i < w->g.edges_n; i++) {
        uint32_t edge = w->g.edges[i];
        unsigned letter = cq_edge_letter(edge);
        size_t next = at < w->n ? behind(w, letter, at) : 0;
        w->path[depth] = (uint8_t)letter;
        if (next) {
            bool final = cq_edge_final(edge);
            if (final && next == w->n && usual(w, depth + 1, 0)) return true;
            if (final && next + 1 == w->n && usual(w, depth + 1, 1)) return true;
            if (walk(w, cq_edge_target(edge), depth + 1, next)) return true;
            w->path[depth] = (uint8_t)letter;
        }
        if (edits && edited(w, edge, depth + 1, at)) return true;
        if (cq_edge_last(edge)) break;
    }
    return false;
}

// "lindustrie": a word from which an apostrophe is missing.
static bool lacks_apostrophe(const cq_formtable *t, cq_str low)
{
    static const char *const ELISIONS[] = {"l", "d", "qu", "n",     "s",      "j",
                                           "m", "t", "c",  "jusqu", "lorsqu", "puisqu"};
    for (size_t i = 0; i < CQ_COUNT(ELISIONS); i++) {
        cq_str e = cq_str_of(ELISIONS[i]);
        if (cq_str_starts(low, e) && cq_formtable_find(t, cq_str_sub(low, e.n, low.n)))
            return true;
    }
    return false;
}

bool cq_lexicon_may_mean(const cq_lexicon *l, cq_arena *a, cq_str token,
                         unsigned frequency)
{
    const cq_formtable *t = cq_lexicon_table(l);
    cq_str low = cq_fold(a, token), plain = cq_strip_accents(a, low);
    size_t at = 0, n = cq_utf8_count(plain);
    bool upper = token.n && cq_is_upper(cq_utf8_next(token, &at));
    if (!t->complete || upper || lacks_apostrophe(t, low)) return true;
    near_walk *w = CQ_NEW(a, near_walk);
    if (n > TOKEN_MAX || !cq_graph_view(t->graph, t->graph_n, &w->g)) return true;
    w->l = l;
    w->t = t;
    w->frequency = frequency;
    for (at = 0; at < plain.n;) w->token[w->n++] = cq_utf8_next(plain, &at);
    return walk(w, w->g.root, 0, 0);
}
