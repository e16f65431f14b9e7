// Corrections of a word that is not accepted: the words of the graph that a few cheap
// edits lead to, and the two words it may be glued from, ranked by the cost of the edits,
// by frequency and by what stands before it.
//
// The search walks the graph and keeps, for each letter of the path, one row of the table
// of weighted edit distances between path and token (Oflazer, "Error-tolerant
// Finite-state Recognition", Computational Linguistics 22(1), 1996); a path whose row has
// nothing within bounds is left. Costs are in tenths of a plain edit.
#include "base/utf8.h"
#include "lexicon/formtable.h"
#include "lexicon/graph.h"
#include "lexicon/hunspell.h"

enum {
    TOKEN_MAX = 40,         // characters; longer ones are only tried as glued words
    BOUND_NEAR = 12,        // first search
    BOUND_FAR = 20,         // second, when the first found too few
    SHORT = 4,              // up to this length only near words
    EDGES_MAX = 300 * 1000, // tried for one token: a count, so that all machines agree
    KEPT_MAX = 64,
    COST_MAX = 200,
};

enum {
    EDIT = 10,
    INSERT = 9,
    VOWELS = 9,    // a for o
    NEIGHBOUR = 7, // of each other on an AZERTY keyboard
    SWAP = 6,      // two letters the wrong way round
    FINAL = 7,     // a letter at the end that is not heard
    SILENT_H = 5,  // rythme
    DOUBLED = 4,   // appeler, apeler
    CAPITAL = 3,   // paris
    MARK = 3,      // hyphen or apostrophe
    ACCENT = 2,    // education
    FIRST = 3,     // more, when it is the first letter: seldom wrong
};

// What is written for another: by ear, by eye (scanned text), by habit. Both ways.
static const struct {
    const char *word, *token;
    uint8_t cost;
} CONFUSIONS[] = {
    {"œ", "oe", 1},     {"æ", "ae", 1},   {"ph", "f", 3},      {"qu", "k", 3},
    {"c", "k", 4},      {"qu", "c", 5},   {"ch", "k", 6},      {"ss", "c", 5},
    {"ss", "ç", 4},     {"s", "c", 5},    {"sc", "s", 4},      {"sc", "c", 4},
    {"s", "z", 5},      {"t", "th", 3},   {"r", "rh", 3},      {"au", "o", 4},
    {"eau", "o", 4},    {"eau", "au", 3}, {"ai", "é", 4},      {"ai", "è", 4},
    {"ei", "è", 4},     {"ai", "ei", 4},  {"er", "é", 3},      {"ez", "é", 3},
    {"er", "ez", 3},    {"ée", "é", 3},   {"en", "an", 4},     {"em", "am", 4},
    {"in", "ain", 4},   {"in", "ein", 4}, {"in", "un", 6},     {"ain", "ein", 3},
    {"im", "ym", 3},    {"in", "yn", 3},  {"i", "y", 4},       {"ill", "y", 5},
    {"g", "j", 5},      {"ge", "j", 5},   {"gu", "g", 4},      {"gn", "ni", 5},
    {"oi", "oa", 6},    {"ti", "ci", 5},  {"ti", "ssi", 5},    {"x", "cs", 4},
    {"x", "ct", 6},     {"xc", "x", 4},   {"et", "é", 5},      {"ant", "ent", 4},
    {"el", "ell", 4},   {"m", "rn", 3},   {"d", "cl", 5},      {"w", "vv", 3},
    {"l", "I", 3},      {"l", "1", 2},    {"i", "1", 3},       {"o", "0", 2},
    {"s", "5", 5},      {"b", "6", 6},    {"h", "li", 6},      {"u", "ii", 6},
    {"fi", "f", 6},     {"mn", "min", 9}, {"isez", "ites", 8}, {"aux", "als", 5},
    {"aux", "ails", 6},
};
enum { RULES = 2 * sizeof CONFUSIONS / sizeof CONFUSIONS[0] };

// Where the keys from a to z lie: azertyuiop, qsdfghjklm, wxcvbn.
static const char KEY_ROWS[] = "02210111011112001010022200",
                  KEY_COLUMNS[] = "04222345767895890314630151";

typedef struct {
    uint32_t word[4], token[4];
    uint8_t word_n, token_n, cost;
    uint64_t ends; // bit j: `token` ends before character j of the token
} rule;

typedef struct {
    cq_str text; // as in the lexicon
    uint32_t id;
    float score;
} candidate;

typedef struct {
    const cq_lexicon *l;
    const cq_formtable *t;
    cq_arena *a;
    cq_graph g;
    cq_str token;
    uint32_t original[TOKEN_MAX], lower[TOKEN_MAX], base[TOKEN_MAX];
    size_t n;
    unsigned bound, edges;
    rule rules[RULES];
    size_t rules_n;
    uint8_t first_rule[128], rule_order[RULES]; // rules by the base of word's last letter
    uint8_t rows[CQ_GRAPH_WORD_MAX + 2][TOKEN_MAX + 1];
    struct {
        uint8_t low, high; // the first and the last cell within bounds
    } band[CQ_GRAPH_WORD_MAX + 2];
    uint8_t path[CQ_GRAPH_WORD_MAX + 1]; // letters of the graph
    uint8_t deletions[TOKEN_MAX];
    uint8_t substitutions[CQ_GRAPH_LETTERS][TOKEN_MAX]; // filled when first asked for
    bool has_substitutions[CQ_GRAPH_LETTERS];
    candidate kept[KEPT_MAX];
    size_t kept_n, wanted;
    cq_str previous;
    uint32_t previous_id;
} search;

// ---- costs ---------------------------------------------------------------------------

static bool is_vowel(uint32_t c) { return c < 0x80 && c && strchr("aeiouy", (int)c); }

static bool neighbours(uint32_t a, uint32_t b)
{
    if (a < 'a' || a > 'z' || b < 'a' || b > 'z') return false;
    int dr = KEY_ROWS[b - 'a'] - KEY_ROWS[a - 'a'];
    int dc = KEY_COLUMNS[b - 'a'] - KEY_COLUMNS[a - 'a'];
    if (dr == 0) return dc == 1 || dc == -1;
    if (dr == 1) return dc == 0 || dc == -1; // each row lies half a key to the right
    if (dr == -1) return dc == 0 || dc == 1;
    return false;
}

static unsigned substitution(const search *s, unsigned letter, size_t j)
{
    uint32_t c = s->g.letters[letter];
    if (c == s->original[j]) return 0;
    if (s->g.lower[letter] == s->lower[j]) {
        return c == s->g.lower[letter] ? 0 : CAPITAL; // capitals of the token are free
    }
    unsigned first = j == 0 ? FIRST : 0;
    uint32_t a = s->g.base[letter], b = s->base[j];
    if (a == b) return ACCENT;
    if (neighbours(a, b)) return NEIGHBOUR + first;
    if (is_vowel(a) && is_vowel(b)) return VOWELS + first;
    return EDIT + first;
}

static bool is_mark(uint32_t c) { return c == '-' || c == '\''; }

static const uint8_t *substitutions(search *s, unsigned letter)
{
    uint8_t *row = s->substitutions[letter];
    if (!s->has_substitutions[letter]) {
        for (size_t j = 0; j < s->n; j++) row[j] = (uint8_t)substitution(s, letter, j);
        s->has_substitutions[letter] = true;
    }
    return row;
}

// Letters that are not heard at the end of a word.
static bool is_final(uint32_t c)
{
    return c == 'e' || c == 's' || c == 't' || c == 'x' || c == 'd';
}

// A letter of the word that the token lacks.
static unsigned insertion(const search *s, unsigned letter, unsigned before)
{
    uint32_t c = s->g.lower[letter];
    if (is_mark(c)) return MARK;
    if (before && c == s->g.lower[before]) return DOUBLED;
    return c == 'h' ? SILENT_H : INSERT;
}

// A character of the token that the word lacks.
static unsigned deletion(const search *s, size_t j)
{
    uint32_t c = s->lower[j];
    if (is_mark(c)) return MARK;
    if (j && c == s->lower[j - 1]) return DOUBLED;
    if (c == 'h') return SILENT_H;
    if (j + 1 == s->n && is_final(c)) return FINAL;
    return INSERT + (j == 0 ? FIRST : 0);
}

static size_t code_points(cq_str s, uint32_t *out, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < max;) out[n++] = cq_utf8_next(s, &i);
    return n;
}

static void add_rule(search *s, const char *word, const char *token, uint8_t cost)
{
    rule *r = &s->rules[s->rules_n];
    *r = (rule){.cost = cost};
    r->word_n = (uint8_t)code_points(cq_str_of(word), r->word, CQ_COUNT(r->word));
    r->token_n = (uint8_t)code_points(cq_str_of(token), r->token, CQ_COUNT(r->token));
    for (size_t j = r->token_n; j <= s->n; j++) {
        const uint32_t *at = (word[0] == 'l' && token[0] == 'I') ? s->original : s->lower;
        if (memcmp(at + j - r->token_n, r->token, r->token_n * sizeof *at) == 0) {
            r->ends |= (uint64_t)1 << j;
        }
    }
    if (r->ends) s->rules_n++;
}

static uint32_t rule_key(const rule *r) // by which the rows find it
{
    return cq_base_letter(r->word[r->word_n - 1]) & 127;
}

// The confusions that occur in the token, by the last letter of what stands in the word.
static void choose_rules(search *s)
{
    for (size_t i = 0; i < CQ_COUNT(CONFUSIONS); i++) {
        add_rule(s, CONFUSIONS[i].word, CONFUSIONS[i].token, CONFUSIONS[i].cost);
        add_rule(s, CONFUSIONS[i].token, CONFUSIONS[i].word, CONFUSIONS[i].cost);
    }
    size_t n = 0;
    for (uint32_t key = 0; key < 128; key++) {
        s->first_rule[key] = (uint8_t)n;
        for (size_t i = 0; i < s->rules_n; i++) {
            if (rule_key(&s->rules[i]) == key) s->rule_order[n++] = (uint8_t)i;
        }
    }
}

// ---- ranking -------------------------------------------------------------------------

// What the word before demands of a candidate, in tenths of an edit.
static float context(const search *s, uint32_t id)
{
    static const char *const ELIDING[] = {"le", "la", "de", "que", "je",
                                          "ne", "me", "te", "se",  "ce"};
    if (!s->previous.n) return 0;
    bool elides = cq_lexicon_elides(s->l, id);
    if (s->previous.p[s->previous.n - 1] == '\'') return elides ? -1.0F : 10.0F;
    for (size_t i = 0; elides && i < CQ_COUNT(ELIDING); i++) {
        if (cq_str_is(s->previous, ELIDING[i])) return 5.0F;
    }
    size_t before_n, n;
    const cq_reading *before = cq_lexicon_readings(s->l, s->previous_id, &before_n);
    const cq_reading *r = cq_lexicon_readings(s->l, id, &n);
    bool determiner = false;
    for (size_t i = 0; i < before_n; i++) {
        uint32_t d = before[i].morph;
        if (CQ_GET_UPOS(d) != CQ_DET) continue;
        determiner = true;
        for (size_t k = 0; k < n; k++) {
            uint32_t m = r[k].morph, upos = CQ_GET_UPOS(m);
            if ((upos == CQ_NOUN || upos == CQ_ADJ) &&
                (!CQ_GET_NUMBER(d) || CQ_GET_NUMBER(d) & CQ_GET_NUMBER(m)) &&
                (!CQ_GET_GENDER(d) || CQ_GET_GENDER(d) & CQ_GET_GENDER(m))) {
                return -2.0F;
            }
        }
    }
    return determiner ? 2.0F : 0.0F;
}

// Frequency 15 costs nothing, a word that the list lacks half an edit.
static float rarity(unsigned frequency) { return (float)(15 - frequency) * 0.35F; }

static void keep(search *s, cq_str text, uint32_t id, float score)
{
    size_t max = s->wanted * 2 < KEPT_MAX ? s->wanted * 2 : KEPT_MAX;
    size_t i = s->kept_n;
    for (size_t k = 0; k < s->kept_n; k++) {
        if (cq_str_eq(s->kept[k].text, text)) return;
    }
    if (i == max && score >= s->kept[i - 1].score) return;
    if (i < max) s->kept_n++;
    if (i == max) i--;
    while (i && s->kept[i - 1].score > score) {
        s->kept[i] = s->kept[i - 1];
        i--;
    }
    s->kept[i] = (candidate){cq_str_copy(s->a, text), id, score};
    if (s->kept_n == max) { // no use for anything dearer
        unsigned worst = (unsigned)(s->kept[max - 1].score + 3.0F);
        if (worst < s->bound) s->bound = worst;
    }
}

// ---- the walk ------------------------------------------------------------------------

// Notes which cells of a row are within bounds; false: none is.
static bool set_band(search *s, size_t depth)
{
    const uint8_t *row = s->rows[depth];
    size_t low = 0, high = s->n;
    while (low < s->n && row[low] > s->bound) low++;
    while (high > low && row[high] > s->bound) high--;
    s->band[depth].low = (uint8_t)low;
    s->band[depth].high = (uint8_t)high;
    return row[low] <= s->bound;
}

// Row `depth` from those above it, as far as it is within bounds; false: nothing is. Nor
// is what comes of cells out of bounds, so only those near the others are looked at.
static bool fill_row(search *s, size_t depth)
{
    const uint8_t *above = s->rows[depth - 1];
    uint8_t *row = s->rows[depth];
    unsigned letter = s->path[depth - 1], before = depth > 1 ? s->path[depth - 2] : 0;
    const uint8_t *substitute = substitutions(s, letter);
    uint32_t low = s->g.lower[letter], low_before = s->g.lower[before];
    unsigned insert = insertion(s, letter, before);
    unsigned best = above[0] + insert + (insert == INSERT ? FIRST : 0u);
    size_t from = s->band[depth - 1].low, to = s->band[depth - 1].high + 1u;
    if (depth > 1) {
        if (s->band[depth - 2].low + 2u < from) from = s->band[depth - 2].low + 2u;
        if (s->band[depth - 2].high + 2u > to) to = s->band[depth - 2].high + 2u;
    }
    memset(row, COST_MAX, s->n + 1);
    row[0] = (uint8_t)(best < COST_MAX ? best : COST_MAX);
    if (row[0] <= s->bound) from = 1;
    for (size_t j = from ? from : 1; j <= s->n; j++) {
        if (j > to && row[j - 1] > s->bound) break;
        if (j == s->n && insert == INSERT && is_final(low)) insert = FINAL;
        best = above[j] + insert;
        unsigned v = above[j - 1] + (unsigned)substitute[j - 1];
        if (v < best) best = v;
        v = row[j - 1] + (unsigned)s->deletions[j - 1];
        if (v < best) best = v;
        if (j > 1 && before && low == s->lower[j - 2] && low_before == s->lower[j - 1]) {
            v = s->rows[depth - 2][j - 2] + SWAP;
            if (v < best) best = v;
        }
        row[j] = (uint8_t)(best < COST_MAX ? best : COST_MAX);
    }
    uint32_t key = s->g.base[letter] & 127;
    size_t end = key == 127 ? s->rules_n : s->first_rule[key + 1];
    for (size_t i = s->first_rule[key]; i < end; i++) {
        const rule *r = &s->rules[s->rule_order[i]];
        bool fits = r->word_n <= depth;
        for (size_t k = 0; fits && k < r->word_n; k++) {
            fits = s->g.lower[s->path[depth - r->word_n + k]] == r->word[k];
        }
        if (!fits) continue;
        const uint8_t *start = s->rows[depth - r->word_n];
        for (uint64_t ends = r->ends; ends; ends &= ends - 1) {
            size_t j = (size_t)__builtin_ctzll(ends);
            unsigned v = start[j - r->token_n] + (unsigned)r->cost;
            if (v < row[j]) row[j] = (uint8_t)v;
        }
    }
    return set_band(s, depth);
}

static void found(search *s, size_t depth)
{
    unsigned cost = s->rows[depth][s->n];
    if (cost > s->bound) return;
    char text[4 * CQ_GRAPH_WORD_MAX];
    size_t n = 0;
    for (size_t i = 0; i < depth; i++) {
        n += cq_utf8_put(text + n, s->g.letters[s->path[i]]);
    }
    cq_str word = {text, n};
    uint32_t id = cq_formtable_find(s->t, word);
    if (!id) return;
    keep(s, word, id,
         (float)cost + rarity(cq_lexicon_frequency(s->l, id)) + context(s, id));
}

// Edges of the state at `first`, below a path of `depth` letters.
static void walk(search *s, uint32_t first, size_t depth)
{
    if (depth >= CQ_GRAPH_WORD_MAX) return;
    for (uint32_t i = first; i && i < s->g.edges_n; i++) {
        uint32_t edge = s->g.edges[i];
        if (++s->edges > EDGES_MAX) return;
        s->path[depth] = (uint8_t)cq_edge_letter(edge);
        if (fill_row(s, depth + 1)) {
            if (cq_edge_final(edge)) found(s, depth + 1);
            walk(s, cq_edge_target(edge), depth + 1);
        }
        if (cq_edge_last(edge)) return;
    }
}

static void search_graph(search *s, unsigned bound)
{
    s->bound = bound;
    s->edges = 0;
    s->kept_n = 0;
    s->rows[0][0] = 0;
    for (size_t j = 1; j <= s->n; j++) {
        s->deletions[j - 1] = (uint8_t)deletion(s, j - 1);
        unsigned v = s->rows[0][j - 1] + (unsigned)s->deletions[j - 1];
        s->rows[0][j] = (uint8_t)(v < COST_MAX ? v : COST_MAX);
    }
    set_band(s, 0);
    walk(s, s->g.root, 0);
}

// ---- glued words ---------------------------------------------------------------------

static const char *const ELISIONS[] = {"l", "d", "qu", "n",     "s",      "j",
                                       "m", "t", "c",  "jusqu", "lorsqu", "puisqu"};

static bool is_elision(cq_str s) { return CQ_IN(ELISIONS, s); }

// A part of a glued word, which must be common enough to be believed.
static uint32_t part_id(const search *s, cq_str part, unsigned *frequency)
{
    uint32_t id = cq_formtable_find(s->t, part);
    if (!id || !cq_lexicon_word(s->l, id)) return 0;
    *frequency = cq_lexicon_frequency(s->l, id);
    size_t n = cq_utf8_count(part);
    // One letter: à, y, ô; two: only what is everywhere.
    unsigned least = n == 1 ? 15 : n == 2 ? 12 : n == 3 ? 8 : 5;
    if (n == 1 && (cq_str_is(part, "à") || cq_str_is(part, "y"))) least = 0;
    return *frequency >= least ? id : 0;
}

static void split(search *s, cq_str low)
{
    for (size_t k = 1; k < low.n; k++) {
        if ((low.p[k] & 0xc0) == 0x80) continue;
        cq_str left = cq_str_sub(low, 0, k), right = cq_str_sub(low, k, low.n);
        unsigned f = 15, g = 15;
        // lindustrie: an apostrophe is missing.
        if (is_elision(left)) {
            uint32_t id = part_id(s, right, &g);
            if (id && cq_lexicon_elides(s->l, id)) {
                cq_str text = cq_strf(s->a, "%.*s'%.*s", CQ_PRI(left), CQ_PRI(right));
                if (cq_lexicon_accepts(s->l, text)) { // not s' before an adjective
                    keep(s, text, id, MARK + 1.0F + rarity(g));
                }
            }
        }
        if (!part_id(s, left, &f)) continue;
        // conducteursl': the elision of the next word sticks to this one.
        const char *mark = memchr(right.p, '\'', right.n);
        size_t at = mark ? (size_t)(mark - right.p) : right.n;
        cq_str after = cq_str_sub(right, at + 1, right.n);
        bool elision = mark && is_elision(cq_str_sub(right, 0, at)) &&
                       (!after.n || part_id(s, after, &g));
        if (!elision && !part_id(s, right, &g)) continue;
        float score = elision ? MARK : EDIT - 2.0F;
        cq_str text = cq_strf(s->a, "%.*s %.*s", CQ_PRI(left), CQ_PRI(right));
        keep(s, text, 0, score + rarity(f < g ? f : g));
    }
}

// ---- putting it together -------------------------------------------------------------

static cq_str upper_case(cq_arena *a, cq_str s)
{
    char *out = cq_alloc(a, s.n * 2 + 4);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        n += cq_utf8_put(out + n, cq_to_upper(cq_utf8_next(s, &i)));
    }
    return (cq_str){out, n};
}

// The suggestion in the token's capitals.
static cq_str dress(const search *s, cq_str text)
{
    if (!s->n || !cq_is_upper(s->original[0])) return text;
    size_t capitals = 0;
    for (size_t i = 0; i < s->n; i++) capitals += cq_is_upper(s->original[i]);
    if (s->n > 1 && capitals == s->n) return upper_case(s->a, text);
    return cq_upper_first(s->a, text);
}

static size_t from_hunspell(const cq_lexicon *l, cq_arena *a, cq_str token, size_t max,
                            cq_suggestion *out)
{
    cq_str *texts = CQ_NEWN(a, cq_str, max);
    size_t n = cq_hunspell_suggest(cq_lexicon_hunspell(l), a, token, max, texts);
    for (size_t i = 0; i < n; i++) out[i] = (cq_suggestion){texts[i], EDIT + (float)i};
    return n;
}

size_t cq_lexicon_suggest(const cq_lexicon *l, cq_arena *a, cq_str token, cq_str previous,
                          cq_str next, size_t max, cq_suggestion *out)
{
    (void)next;
    const cq_formtable *t = cq_lexicon_table(l);
    if (!max || !token.n || token.n > 250) return 0;
    if (!t->complete && cq_lexicon_hunspell(l))
        return from_hunspell(l, a, token, max, out);
    search *s = CQ_NEW(a, search);
    s->l = l;
    s->t = t;
    s->a = a;
    s->token = token;
    s->wanted = max;
    s->previous = cq_fold(a, previous);
    s->previous_id = cq_lexicon_lookup(l, s->previous);
    cq_str low = cq_fold(a, token);
    size_t characters = cq_utf8_count(token);
    if (characters <= TOKEN_MAX && cq_graph_view(t->graph, t->graph_n, &s->g)) {
        s->n = code_points(token, s->original, TOKEN_MAX);
        code_points(low, s->lower, TOKEN_MAX);
        for (size_t i = 0; i < s->n; i++) {
            if (cq_is_apostrophe(s->original[i])) s->original[i] = '\'';
            s->base[i] = cq_base_letter(s->lower[i]);
        }
        choose_rules(s);
        search_graph(s, BOUND_NEAR);
        if (s->kept_n == 0 && s->n > SHORT && max > 1) search_graph(s, BOUND_FAR);
    }
    split(s, low);
    size_t n = 0;
    for (size_t i = 0; i < s->kept_n && n < max; i++) {
        // What is much worse than the best is noise.
        if (s->kept[i].score > s->kept[0].score + EDIT) break;
        // "adressè" only stands before "-je".
        if (cq_str_ends(s->kept[i].text, cq_str_of("è"))) continue;
        cq_suggestion x = {dress(s, s->kept[i].text), s->kept[i].score};
        bool again = false; // "marseille" and "Marseille", once both have a capital
        for (size_t k = 0; k < n; k++) again |= cq_str_eq(out[k].text, x.text);
        if (!again) out[n++] = x;
    }
    return n;
}
