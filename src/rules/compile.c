// From packs to a layer. Reads from top to bottom: names, words, phrases, queries,
// expressions, conditions, rules, lists of forms, the whole.
#include "rules/compile.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "rules/literal.h"
#include "rules/pattern.h"
#include "rules/phrase.h"
#include "rules/prefilter.h"
#include "rules/regex.h"
#include "rules/symbols.h"
#include "rules/traits.h"

typedef struct {
    uint32_t symbol;
    bool query;
    query_anchor_rec rec; // of a phrase, what it shares with that
} anchor;

typedef struct {
    cq_arena *a;
    const cq_layer_source *in;
    const cq_lexicon *lexicon;
    layer_build b;
    cq_symbols symbols;
    cq_map classes, topics; // name -> index below, + 1
    CQ_VEC(cq_class_def) class_defs;
    CQ_VEC(cq_class_def) topic_defs;
    cq_map topic_ids; // name -> S_TOPICS + 1, of those in use
    cq_map gates;     // what is asked of an article -> S_GATES
    uint64_t *bits;   // of symbols, by number in the file
    CQ_VEC(anchor) anchors;
    CQ_VEC(cq_prefilter_literal) literals;
    cq_map regexes;   // expression -> S_REGEXES + 1
    const char *path; // of the rule at hand
    unsigned line;
    const cq_strs *suggest; // its suggestions
    cq_err *err;
} compiler;

#define FAIL(c, ...) cq_fail((c)->err, CQ_ESYNTAX, (c)->path, (c)->line, __VA_ARGS__)

static cq_ref put_texts(compiler *c, cq_strs list)
{
    cq_ref r = {cq_build_count(&c->b, S_TEXTS), (uint32_t)list.n};
    for (size_t i = 0; i < list.n; i++) {
        cq_ref text = cq_build_text(&c->b, list.v[i]);
        cq_build_put(&c->b, S_TEXTS, &text);
    }
    return r;
}

static cq_ref put_numbers(compiler *c, const uint32_t *v, size_t n)
{
    cq_ref r = {cq_build_count(&c->b, S_NUMBERS), (uint32_t)n};
    for (size_t i = 0; i < n; i++) cq_build_put(&c->b, S_NUMBERS, &v[i]);
    return r;
}

// ---- words ---------------------------------------------------------------------------

static bool add_word(compiler *c, cq_phrase_word w, cq_elements *set, bool *verb)
{
    if (cq_symbols_word(&c->symbols, w, set, verb)) return true;
    return FAIL(c, "unknown word \"%.*s\"; write \"=%.*s\" for exactly this form",
                CQ_PRI(w.text), CQ_PRI(w.text));
}

// One word of a list (class, trigger, near): it must be cut into a single token.
static bool add_listed(compiler *c, cq_str word, cq_elements *set, bool *verb)
{
    cq_str piece;
    size_t n;
    bool exact = word.n > 1 && word.p[0] == '=';
    cq_str bare = exact ? cq_str_sub(word, 1, word.n) : word;
    if (!cq_phrase_cut(c->a, bare, &piece, 1, &n) || n != 1) {
        return FAIL(c, "\"%.*s\" is not one word", CQ_PRI(word));
    }
    return add_word(c, (cq_phrase_word){piece, exact}, set, verb);
}

static bool list_symbol(compiler *c, cq_strs words, uint32_t *symbol, bool *verb)
{
    cq_elements set = {0};
    for (size_t i = 0; i < words.n; i++) {
        if (!add_listed(c, words.v[i], &set, verb)) return false;
    }
    *symbol = cq_symbols_of(&c->symbols, &set);
    return true;
}

// ---- phrases -------------------------------------------------------------------------

static bool item_symbol(compiler *c, const cq_phrase_item *it, uint32_t *symbol,
                        cq_item_kind *kind, bool *verb)
{
    *verb = false;
    *kind = CQ_ITEM_WORD;
    if (it->kind == CQ_PHRASE_CLASS) {
        *symbol = it->upos;
        *kind = CQ_ITEM_CLASS;
        return true;
    }
    if (it->kind == CQ_PHRASE_SYNONYMS) {
        uint32_t *known = cq_map_get(&c->classes, it->name);
        if (!known) return FAIL(c, "no class is called \"@%.*s\"", CQ_PRI(it->name));
        if (!list_symbol(c, c->class_defs.v[*known - 1].words, symbol, verb)) {
            return false;
        }
    } else {
        cq_elements set = {0};
        bool exact = true;
        for (size_t i = 0; i < it->words_n; i++) {
            if (!add_word(c, it->words[i], &set, verb)) return false;
            exact = exact && it->words[i].exact;
        }
        *symbol = cq_symbols_of(&c->symbols, &set);
        if (exact) *kind = CQ_ITEM_EXACT;
    }
    if (*verb) *kind = CQ_ITEM_VERB;
    return true;
}

// A pattern is to be tried where `symbol` is.
static void add_anchor(compiler *c, uint32_t symbol, bool query, query_anchor_rec rec)
{
    if (symbol >= SETS) {
        cq_symbols_start(&c->symbols, symbol);
    } else {
        c->b.head.class_used |= 1u << symbol;
    }
    *CQ_PUSH(c->a, &c->anchors) = (anchor){symbol, query, rec};
}

// Occurrences of a part of speech in a million tokens, as one reading among others.
// Rough, from UD_French-GSD; only their order counts.
static const double CLASS_FREQUENCY[CQ_UPOS_N] = {
    [CQ_ADJ] = 120000,   [CQ_ADP] = 160000,  [CQ_ADV] = 80000,   [CQ_AUX] = 40000,
    [CQ_CCONJ] = 30000,  [CQ_DET] = 150000,  [CQ_INTJ] = 5000,   [CQ_NOUN] = 250000,
    [CQ_NUM] = 30000,    [CQ_PART] = 1000,   [CQ_PRON] = 150000, [CQ_PROPN] = 70000,
    [CQ_PUNCT] = 120000, [CQ_SCONJ] = 20000, [CQ_SYM] = 5000,    [CQ_VERB] = 150000,
    [CQ_X] = 10000,
};

static double frequency(compiler *c, uint32_t symbol)
{
    return symbol < SETS ? CLASS_FREQUENCY[symbol]
                         : cq_symbols_frequency(&c->symbols, symbol);
}

// Tokens that may be skipped between item i and the next one that is there.
static uint32_t skipped_after(const item_rec *items, size_t n, size_t i)
{
    bool gap = false, verb = items[i].verb;
    for (size_t k = i + 1; k < n; k++) {
        if (items[k].kind == CQ_ITEM_GAP) {
            gap = true;
            continue;
        }
        verb = verb || items[k].verb;
        if (!items[k].optional) break;
    }
    return (gap ? CQ_PHRASE_GAP : 0u) + (verb ? CQ_PHRASE_VERBAL : 0u);
}

static const uint64_t ALL_BITS = ~(uint64_t)0;

// Bits of which the token beside item i has one: of the next item there (step 1), or of
// the one before (-1), and of those after that while they may be missing. Around a verb,
// also of what may stand between.
static uint64_t bits_beside(const compiler *c, const item_rec *items, size_t n, size_t i,
                            int step)
{
    uint64_t bits = 0;
    bool verb = false;
    size_t k = i;
    do {
        k += (size_t)step;
        if (k >= n || items[k].kind == CQ_ITEM_GAP) return ALL_BITS;
        bits |= cq_symbols_bits(&c->symbols, items[k].symbol);
        verb = verb || items[k].verb;
    } while (items[k].optional);
    bool verb_before = step > 0 ? items[i].verb : verb;
    bool verb_after = step > 0 ? verb : items[i].verb;
    return bits | flag_bits((verb_before ? LIST_AFTER_VERB : 0u) |
                            (verb_after ? LIST_BEFORE_VERB : 0u));
}

// Indexes a phrase at the required item that is rarest, counting the starts to try.
static void index_phrase(compiler *c, const item_rec *items, size_t n, uint32_t pattern,
                         pattern_rec *rec)
{
    double best = 0;
    size_t at = n;
    uint32_t min = 0, max = 0;
    for (size_t i = 0; i < n; i++) {
        if (items[i].kind == CQ_ITEM_GAP) continue;
        // A contracted token is two items.
        uint32_t from = min / 2, to = max;
        double cost =
            items[i].optional ? 0 : frequency(c, items[i].symbol) * (to - from + 1);
        if (!items[i].optional && (at == n || cost < best)) {
            best = cost;
            at = i;
            rec->before_min = (uint8_t)from;
            rec->before_max = (uint8_t)to;
        }
        min += !items[i].optional;
        max += 1 + skipped_after(items, n, i);
    }
    anchor_rec a = {.before = bits_beside(c, items, n, at, -1),
                    .after = bits_beside(c, items, n, at, 1),
                    .pattern = pattern};
    add_anchor(c, items[at].symbol, false, (query_anchor_rec){.beside = a});
}

// Whether its last item has a mark of punctuation among its words: what ends there is
// only asked for, not found fault with.
static bool ends_in_context(const cq_phrase *phrase)
{
    const cq_phrase_item *last = &phrase->v[phrase->n - 1];
    if (last->kind != CQ_PHRASE_WORDS) return false;
    for (size_t i = 0; i < last->words_n; i++) {
        cq_str w = last->words[i].text;
        if (w.n == 1 && memchr(".,;:!?", w.p[0], 6)) return true;
    }
    return false;
}

enum { SLOT_WORDS = 4 };

// A choice of many words beside another word: what is said of, not what is wrong with it.
static bool is_slot(const cq_phrase *phrase, size_t i)
{
    const cq_phrase_item *it = &phrase->v[i];
    size_t stems = 0;
    if (it->kind != CQ_PHRASE_WORDS || it->words_n < SLOT_WORDS) return false;
    for (size_t k = 0; k < it->words_n; k++) {
        size_t same = 0;
        while (same < k && !cq_same_stem(it->words[same].text, it->words[k].text)) same++;
        stems += same == k;
    }
    if (stems < SLOT_WORDS) return false;
    for (size_t k = 0; k < phrase->n; k++) {
        const cq_phrase_item *other = &phrase->v[k];
        if (k == i || other->kind != CQ_PHRASE_WORDS) continue;
        if (other->words[0].text.n >= CQ_STEM) return true;
    }
    return false;
}

static bool is_suggested(const compiler *c, const cq_phrase_item *it)
{
    for (size_t i = 0; c->suggest && i < c->suggest->n; i++) {
        cq_str rest = cq_fold(c->a, c->suggest->v[i]), word;
        while (cq_str_split(&rest, ' ', &word)) {
            for (size_t k = 0; k < it->words_n; k++) {
                if (cq_same_stem(word, it->words[k].text)) return true;
            }
        }
    }
    return false;
}

// Fills in the pattern's parts; `search`: it is no antipattern.
static bool compile_phrase(compiler *c, cq_str text, bool search, uint32_t pattern,
                           pattern_rec *rec)
{
    cq_phrase phrase;
    item_rec items[CQ_PHRASE_ITEMS_MAX];
    if (!cq_phrase_parse(c->a, text, c->path, c->line, &phrase, c->err)) return false;
    for (size_t i = 0; i < phrase.n; i++) {
        const cq_phrase_item *it = &phrase.v[i];
        uint32_t symbol = 0;
        cq_item_kind kind = CQ_ITEM_GAP;
        bool verb = false;
        bool gap = it->kind == CQ_PHRASE_GAP_ITEM;
        if (!gap && !item_symbol(c, it, &symbol, &kind, &verb)) return false;
        items[i] = (item_rec){.symbol = symbol & (SYMBOLS_MAX - 1),
                              .kind = (unsigned)kind & 15u,
                              .optional = it->optional,
                              .verb = verb};
        items[i].open = gap || is_slot(&phrase, i);
        items[i].named = items[i].open && !gap && is_suggested(c, it);
    }
    rec->parts_at = cq_build_count(&c->b, S_ITEMS);
    rec->parts_n = (uint8_t)phrase.n;
    for (size_t i = 0; i < phrase.n; i++) cq_build_put(&c->b, S_ITEMS, &items[i]);
    if (search) index_phrase(c, items, phrase.n, pattern, rec);
    bool whole = phrase.first == 0 && phrase.last == phrase.n;
    if (whole && phrase.n > 1 && ends_in_context(&phrase)) phrase.last--;
    if (phrase.last - phrase.first < phrase.n) {
        rec->mark_from = (uint8_t)phrase.first;
        rec->mark_to = (uint8_t)(phrase.last - 1);
    }
    return true;
}

// ---- expressions ---------------------------------------------------------------------

static bool put_regex(compiler *c, cq_str source, uint32_t *number)
{
    if (!cq_regex_check(source, c->path, c->line, c->err)) return false;
    bool fresh;
    uint32_t *known = cq_map_put(&c->regexes, source, &fresh);
    if (fresh) {
        cq_ref text = cq_build_text(&c->b, source);
        *known = cq_build_put(&c->b, S_REGEXES, &text);
    }
    *number = *known;
    return true;
}

static bool compile_regex(compiler *c, cq_str text, uint32_t pattern, pattern_rec *rec)
{
    cq_str source = cq_regex_source(c->a, text);
    cq_literals literals;
    bool caseless;
    search_rec search = {.regex = 0};
    if (!put_regex(c, source, &search.regex)) return false;
    cq_literal_extent before;
    if (!cq_literals_required(c->a, source, &literals, &caseless, &before)) {
        return FAIL(c, "the regex requires no literal text: \"%.*s\"", CQ_PRI(text));
    }
    for (size_t i = 0; i < literals.n; i++) {
        *CQ_PUSH(c->a, &c->literals) =
            (cq_prefilter_literal){literals.v[i], pattern, caseless};
    }
    search.before = before.bytes;
    search.blanks = before.blanks;
    rec->search = cq_build_put(&c->b, S_SEARCHES, &search);
    rec->parts_n = CQ_REGEX_GROUPS - 1;
    return true;
}

// ---- queries -------------------------------------------------------------------------

static bool word_test(compiler *c, const cq_test *t, test_rec *rec)
{
    cq_elements set = {0};
    for (size_t i = 0; i < t->texts_n; i++) {
        cq_symbols_exact(&c->symbols, t->texts[i], &set);
    }
    rec->left = cq_symbols_of(&c->symbols, &set);
    return true;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static bool lemma_test(compiler *c, const cq_test *t, test_rec *rec)
{
    cq_elements set = {0};
    uint32_t *ids = CQ_NEWN(c->a, uint32_t, t->texts_n + 1);
    size_t n = 0;
    for (size_t i = 0; i < t->texts_n; i++) {
        if (cq_symbols_lemma(&c->symbols, t->texts[i], &set, &ids[n])) {
            n++;
        } else if (t->plain) { // of other sets, not every text is meant to exist
            return FAIL(c, "unknown lemma \"%.*s\"", CQ_PRI(t->texts[i]));
        }
    }
    if (!n) return FAIL(c, "no such lemma");
    rec->left = cq_symbols_of(&c->symbols, &set);
    qsort(ids, n, sizeof *ids, by_number);
    cq_ref list = put_numbers(c, ids, n);
    rec->right = list.at;
    rec->lemmas_n = (uint16_t)n;
    return true;
}

// Tests of all readings, joined by &, that one reading is to pass together.
static bool of_any(const cq_test *t)
{
    return t->any && (t->kind == CQ_TEST_FIELD || t->kind == CQ_TEST_LEMMA);
}

enum { CONJUNCTS_MAX = 64 };

static void conjuncts(const cq_test *t, const cq_test **out, size_t *n)
{
    if (t->kind == CQ_TEST_AND) {
        conjuncts(t->left, out, n);
        conjuncts(t->right, out, n);
    } else if (*n < CONJUNCTS_MAX) {
        out[(*n)++] = t;
    } else {
        ++*n;
    }
}

static bool compile_test(compiler *c, const cq_test *t, uint32_t *number);
// How dear a test is: the cheap ones of a conjunction go first, since most fail.
// Those that the traits have settled go last: the index asks them.
enum { DEAREST = 3, SETTLED };
static unsigned weight(const cq_test *t)
{
    unsigned l = t->left ? weight(t->left) : 0, r = t->right ? weight(t->right) : 0;
    unsigned own = t->regex.n                                            ? DEAREST
                   : t->any                                              ? 2
                   : t->kind == CQ_TEST_WORD || t->kind == CQ_TEST_LEMMA ? 1
                                                                         : 0;
    if (t->kind == CQ_TEST_FLAG && t->flag == CQ_FLAG_ELIDES) own = 2;
    if (l > own) own = l;
    return r > own ? r : own;
}

static void and_also(compiler *c, uint32_t *sum, size_t sum_n, uint32_t part)
{
    test_rec both = {.kind = CQ_TEST_AND, .left = *sum, .right = part};
    *sum = sum_n ? cq_build_put(&c->b, S_TESTS, &both) : part;
}

// `known`: of a token whose traits are seen before.
static bool compile_and(compiler *c, const cq_test *t, bool known, uint32_t *number)
{
    const cq_test *parts[CONJUNCTS_MAX];
    uint32_t same[CONJUNCTS_MAX], numbers[CONJUNCTS_MAX];
    size_t n = 0, same_n = 0, sum_n = 0;
    conjuncts(t, parts, &n);
    if (n > CONJUNCTS_MAX) return FAIL(c, "more than %d tests joined", CONJUNCTS_MAX);
    for (size_t i = 0; i < n; i++) {
        if (!compile_test(c, parts[i], &numbers[i])) return false;
        if (of_any(parts[i])) same[same_n++] = numbers[i];
    }
    for (unsigned w = 0; w <= SETTLED; w++) {
        for (size_t i = 0; i < n; i++) {
            bool settled = known && cq_traits_of(parts[i]).exact;
            if ((settled ? SETTLED : weight(parts[i])) != w || of_any(parts[i])) continue;
            and_also(c, number, sum_n++, numbers[i]);
        }
        if (w != DEAREST - 1 || !same_n) continue;
        uint32_t group = same[0];
        if (same_n > 1) {
            cq_ref list = put_numbers(c, same, same_n);
            test_rec all = {.kind = CQ_TEST_SAME, .left = list.at, .right = list.n};
            group = cq_build_put(&c->b, S_TESTS, &all);
        }
        and_also(c, number, sum_n++, group);
    }
    return true;
}

static bool compile_test(compiler *c, const cq_test *t, uint32_t *number)
{
    if (t->kind == CQ_TEST_AND) return compile_and(c, t, false, number);
    test_rec rec = {.kind = (uint8_t)t->kind, .any = t->any};
    bool ok = true;
    if (t->left) ok = compile_test(c, t->left, &rec.left);
    if (ok && t->right) ok = compile_test(c, t->right, &rec.right);
    if (!ok) return false;
    if (t->kind == CQ_TEST_FIELD) {
        rec.shift = (uint8_t)t->shift;
        rec.bits = (uint8_t)t->bits;
        rec.set = t->set;
        rec.values = t->values;
    } else if (t->kind == CQ_TEST_FLAG) {
        rec.flag = (uint8_t)t->flag;
        rec.values = t->values;
    } else if (t->kind == CQ_TEST_WORD || t->kind == CQ_TEST_LEMMA) {
        if (t->regex.n) {
            uint32_t regex;
            if (!put_regex(c, t->regex, &regex)) return false;
            rec.values = regex + 1;
        } else {
            ok = t->kind == CQ_TEST_WORD ? word_test(c, t, &rec) : lemma_test(c, t, &rec);
            if (!ok) return false;
        }
    }
    *number = cq_build_put(&c->b, S_TESTS, &rec);
    return true;
}

// Symbols of which a token that passes a test has one; cost 2e6: nothing is known.
typedef struct {
    uint32_t symbols[8], n;
    double cost;
} cover;

static const double NO_COVER = 2e6;

static cover cover_of(compiler *c, uint32_t number)
{
    cover none = {.n = 0, .cost = NO_COVER}, out = none;
    const test_rec *t = (const test_rec *)c->b.s[S_TESTS].p + number;
    if (t->kind == CQ_TEST_AND) {
        cover l = cover_of(c, t->left), r = cover_of(c, t->right);
        return l.cost <= r.cost ? l : r;
    }
    if (t->kind == CQ_TEST_OR) {
        cover l = cover_of(c, t->left), r = cover_of(c, t->right);
        if (!l.n || !r.n || l.n + r.n > CQ_COUNT(l.symbols)) return none;
        memcpy(l.symbols + l.n, r.symbols, r.n * sizeof *r.symbols);
        l.n += r.n;
        l.cost += r.cost;
        return l;
    }
    if ((t->kind == CQ_TEST_WORD || t->kind == CQ_TEST_LEMMA) && !t->values) {
        out.symbols[out.n++] = t->left;
        out.cost = cq_symbols_frequency(&c->symbols, t->left);
        return out;
    }
    if (t->kind == CQ_TEST_SAME) {
        cq_ref list = {t->left, t->right};
        for (uint32_t i = 0; i < list.n; i++) {
            const uint32_t *tests = (const uint32_t *)c->b.s[S_NUMBERS].p;
            cover one = cover_of(c, tests[list.at + i]);
            if (one.cost < out.cost) out = one;
        }
        return out;
    }
    uint32_t upos = 0;
    if (t->kind == CQ_TEST_FIELD && t->shift == CQ_M_UPOS) upos = t->values;
    if (t->kind == CQ_TEST_FIELD && t->shift == CQ_M_VERBFORM) {
        upos = CQ_UPOS_BIT(CQ_VERB) | CQ_UPOS_BIT(CQ_AUX) | CQ_UPOS_BIT(CQ_ADJ);
        if (!(t->values & 1u << CQ_PART_FORM)) upos &= ~CQ_UPOS_BIT(CQ_ADJ);
    }
    out.cost = 0;
    for (uint32_t u = 1; u < CQ_UPOS_N; u++) {
        if (!(upos >> u & 1)) continue;
        if (out.n == CQ_COUNT(out.symbols)) return none;
        out.symbols[out.n++] = u;
        out.cost += CLASS_FREQUENCY[u];
    }
    return out.n ? out : none;
}

// Bits of which a token has one that passes a test.
static uint64_t bits_of(compiler *c, uint32_t test)
{
    uint64_t bits = 0;
    cover k = cover_of(c, test);
    for (uint32_t i = 0; i < k.n; i++) bits |= cq_symbols_bits(&c->symbols, k.symbols[i]);
    return k.n ? bits : ALL_BITS;
}

// Bits of which the token beside token i has one, as for phrases.
static uint64_t query_bits_beside(compiler *c, const token_rec *tokens, size_t n,
                                  size_t i, int step)
{
    uint64_t bits = tokens[i].max > 1 ? bits_of(c, tokens[i].test) : 0;
    size_t k = i;
    do {
        k += (size_t)step;
        if (k >= n) return ALL_BITS;
        bits |= bits_of(c, tokens[k].test);
    } while (!tokens[k].min);
    return bits;
}

// Indexes a query at the required token that is rarest, counting the starts to try.
static void index_query(compiler *c, const cq_query *q, uint32_t pattern,
                        pattern_rec *rec)
{
    const token_rec *tokens = (const token_rec *)c->b.s[S_TOKENS].p + rec->parts_at;
    cover best = {.n = 0, .cost = NO_COVER * 1000};
    uint32_t min = 0, max = 0;
    size_t at = 0;
    for (size_t i = 0; i < q->tokens_n; i++) {
        if (tokens[i].min > 0) {
            cover k = cover_of(c, tokens[i].test);
            k.cost *= max - min + 1;
            if (k.cost < best.cost) {
                best = k;
                at = i;
                rec->before_min = (uint8_t)min;
                rec->before_max = (uint8_t)max;
            }
        }
        min += tokens[i].min;
        max += tokens[i].max;
    }
    if (!best.n) { // any token: the pseudo symbol 0
        best.n = 1;
        best.symbols[0] = 0;
    }
    query_anchor_rec a = {
        .beside = {.before = query_bits_beside(c, tokens, q->tokens_n, at, -1),
                   .after = query_bits_beside(c, tokens, q->tokens_n, at, 1),
                   .pattern = pattern},
        .none = tokens[at].none};
    if (tokens[at].max == 1 && at > 0 && tokens[at - 1].min)
        a.none_before = tokens[at - 1].none;
    if (tokens[at].max == 1 && at + 1 < q->tokens_n && tokens[at + 1].min)
        a.none_after = tokens[at + 1].none;
    for (uint32_t i = 0; i < best.n; i++) add_anchor(c, best.symbols[i], true, a);
}

static compare_side_rec side_rec(const cq_constraint_side *s)
{
    return (compare_side_rec){.token = (uint8_t)s->token,
                              .any = s->any,
                              .what = (uint8_t)s->what,
                              .shift = (uint8_t)s->shift,
                              .bits = (uint8_t)s->bits,
                              .set = s->set};
}

static bool compile_query(compiler *c, cq_str text, bool indexed, uint32_t pattern,
                          pattern_rec *rec, cq_query *q)
{
    if (!cq_query_parse(c->a, text, c->path, c->line, q, c->err)) return false;
    token_rec tokens[CQ_QUERY_TOKENS_MAX] = {0};
    for (size_t i = 0; i < q->tokens_n; i++) {
        const cq_query_token *t = &q->tokens[i];
        tokens[i].label = cq_build_text(&c->b, t->label);
        tokens[i].min = (uint16_t)t->min;
        tokens[i].max = (uint16_t)t->max;
        cq_trait_test traits = cq_traits_of(t->test);
        tokens[i].none = traits.none;
        tokens[i].any = traits.any;
        tokens[i].exact = traits.exact;
        bool ok = t->test->kind == CQ_TEST_AND
                      ? compile_and(c, t->test, true, &tokens[i].test)
                      : compile_test(c, t->test, &tokens[i].test);
        if (!ok) return false;
    }
    rec->parts_at = cq_build_count(&c->b, S_TOKENS);
    rec->parts_n = (uint8_t)q->tokens_n;
    for (size_t i = 0; i < q->tokens_n; i++) cq_build_put(&c->b, S_TOKENS, &tokens[i]);
    search_rec search = {
        .compares = {cq_build_count(&c->b, S_COMPARES), (uint32_t)q->constraints_n}};
    for (size_t i = 0; i < q->constraints_n; i++) {
        const cq_constraint *k = &q->constraints[i];
        compare_rec cmp = {{side_rec(&k->left), side_rec(&k->right)}, k->equal};
        cq_build_put(&c->b, S_COMPARES, &cmp);
    }
    rec->search = cq_build_put(&c->b, S_SEARCHES, &search);
    if (indexed) index_query(c, q, pattern, rec);
    return true;
}

// ---- patterns and rules --------------------------------------------------------------

// The number of a part that `mark` names.
static bool mark_part(compiler *c, const cq_query *q, const pattern_rec *rec, cq_str name,
                      uint8_t *out)
{
    int part = -1;
    if (rec->kind == CQ_RULE_TOKENS) {
        part = cq_query_label(q, name);
    } else if (name.n == 1 && cq_is_digit(name.p[0])) {
        part = name.p[0] - '1';
    } else if (name.n == 2 && cq_is_digit(name.p[0]) && cq_is_digit(name.p[1])) {
        part = (name.p[0] - '0') * 10 + name.p[1] - '1';
    }
    if (part < 0 || part >= (int)rec->parts_n) {
        return FAIL(c, "mark: no part is called \"%.*s\"", CQ_PRI(name));
    }
    *out = (uint8_t)part;
    return true;
}

// `search`: a pattern of a rule; else an antipattern.
static bool compile_pattern(compiler *c, cq_rule_kind kind, cq_str text, cq_str mark,
                            bool search, pattern_rec *rec)
{
    uint32_t number = cq_build_count(&c->b, S_PATTERNS); // where it will be put
    cq_query q = {0};
    rec->kind = (uint8_t)kind;
    rec->mark_from = rec->mark_to = MARK_ALL;
    bool ok = kind == CQ_RULE_PHRASE   ? compile_phrase(c, text, search, number, rec)
              : kind == CQ_RULE_TOKENS ? compile_query(c, text, search, number, rec, &q)
                                       : compile_regex(c, text, number, rec);
    if (!ok) return false;
    if (mark.n) {
        cq_str from = mark, to;
        cq_str rest = mark;
        cq_str_split(&rest, '-', &from);
        to = from;
        if (rest.n) to = rest;
        if (!mark_part(c, &q, rec, from, &rec->mark_from)) return false;
        if (!mark_part(c, &q, rec, to, &rec->mark_to)) return false;
        if (rec->mark_to < rec->mark_from) return FAIL(c, "mark: the parts are swapped");
    }
    return true;
}

static bool compile_nears(compiler *c, const cq_nears *nears, cq_ref *out)
{
    near_rec recs[16] = {0};
    if (nears->n > CQ_COUNT(recs)) return FAIL(c, "too many \"near\" conditions");
    for (size_t i = 0; i < nears->n; i++) {
        const cq_near_def *d = &nears->v[i];
        near_rec *r = &recs[i];
        bool verb, article = d->within == CQ_NEAR_ARTICLE;
        r->within = d->within;
        if (d->any.n && !list_symbol(c, d->any, &r->any, &verb)) return false;
        if (d->none.n && !list_symbol(c, d->none, &r->none, &verb)) return false;
        if (article && r->any) r->any_bit = cq_symbols_article(&c->symbols, r->any);
        if (article && r->none) r->none_bit = cq_symbols_article(&c->symbols, r->none);
    }
    *out = (cq_ref){cq_build_count(&c->b, S_NEARS), (uint32_t)nears->n};
    for (size_t i = 0; i < nears->n; i++) cq_build_put(&c->b, S_NEARS, &recs[i]);
    return true;
}

static bool topic_number(compiler *c, cq_str name, uint32_t *out)
{
    uint32_t *known = cq_map_get(&c->topics, name);
    if (!known) return FAIL(c, "no topic is called \"%.*s\"", CQ_PRI(name));
    bool fresh;
    uint32_t *number = cq_map_put(&c->topic_ids, name, &fresh);
    if (fresh) {
        const cq_class_def *d = &c->topic_defs.v[*known - 1];
        uint32_t *bits = CQ_NEWN(c->a, uint32_t, d->words.n);
        for (size_t i = 0; i < d->words.n; i++) {
            uint32_t symbol;
            bool verb;
            if (!list_symbol(c, (cq_strs){&d->words.v[i], 1}, &symbol, &verb)) {
                *cq_map_put(&c->topic_ids, name, NULL) = UINT32_MAX;
                return false;
            }
            bits[i] = cq_symbols_article(&c->symbols, symbol);
        }
        topic_rec t = {cq_build_text(&c->b, name), put_numbers(c, bits, d->words.n)};
        *number = cq_build_put(&c->b, S_TOPICS, &t);
    }
    if (*number == UINT32_MAX) {
        return FAIL(c, "topic \"%.*s\" is broken", CQ_PRI(name));
    }
    *out = *number;
    return true;
}

static void add_texts(cq_buf *b, cq_strs list)
{
    for (size_t i = 0; i < list.n; i++) cq_buf_f(b, "%.*s\n", CQ_PRI(list.v[i]));
}

// The gate of a rule; those that ask nothing of the article share the first one.
static uint32_t gate_of(compiler *c, const cq_rule_def *d, const uint32_t *topics)
{
    cq_buf key;
    cq_buf_init(&key, SIZE_MAX / 2);
    cq_buf_f(&key, "%s %.*s\n", d->needs_source ? "source" : "", CQ_PRI(d->profile));
    add_texts(&key, d->topic);
    cq_buf_c(&key, "region\n");
    add_texts(&key, d->region);
    bool fresh;
    uint32_t *gate = cq_map_put(&c->gates, cq_str_copy(c->a, cq_buf_view(&key)), &fresh);
    cq_buf_free(&key);
    if (!fresh) return *gate;
    gate_rec g = {.topics = put_numbers(c, topics, d->topic.n),
                  .region = put_texts(c, d->region),
                  .profile = cq_build_text(&c->b, d->profile),
                  .needs_source = d->needs_source};
    return *gate = cq_build_put(&c->b, S_GATES, &g);
}

static bool compile_conditions(compiler *c, const cq_rule_def *d, uint32_t rule,
                               rule_rec *r)
{
    if (!compile_nears(c, &d->near, &r->nears)) return false;
    uint32_t topics[16];
    if (d->topic.n > CQ_COUNT(topics)) return FAIL(c, "too many topics");
    for (size_t i = 0; i < d->topic.n; i++) {
        if (!topic_number(c, d->topic.v[i], &topics[i])) return false;
    }
    r->gate = gate_of(c, d, topics);
    r->unless.at = cq_build_count(&c->b, S_PATTERNS);
    for (size_t i = 0; i < d->unless.n; i++) {
        cq_str text = d->unless.v[i];
        bool query = memchr(text.p, '[', text.n) != NULL;
        pattern_rec rec = {.rule = rule};
        if (!compile_pattern(c, query ? CQ_RULE_TOKENS : CQ_RULE_PHRASE, text,
                             cq_str_of(""), false, &rec)) {
            return false;
        }
        cq_build_put(&c->b, S_PATTERNS, &rec);
        r->unless.n++;
    }
    return true;
}

static void put_says(compiler *c, const cq_pack *pack, const cq_rule_def *d)
{
    says_rec s = {
        .path = cq_build_text(&c->b, cq_str_of(pack->path)),
        .message_fr = cq_build_text(&c->b, d->message.fr),
        .message_en = cq_build_text(&c->b, d->message.en),
        .advice_fr = cq_build_text(&c->b, d->advice.fr),
        .advice_en = cq_build_text(&c->b, d->advice.en),
        .note_fr = cq_build_text(&c->b, d->note.fr),
        .note_en = cq_build_text(&c->b, d->note.en),
        .suggest = put_texts(c, d->suggest),
        .refs = put_texts(c, d->refs),
        .line = d->line,
        .priority = d->priority,
        .patterns = (uint32_t)d->patterns.n,
        .kind = (uint8_t)d->kind,
        .severity = (uint8_t)d->severity,
        .confidence = (uint8_t)d->confidence,
        .needs_source = d->needs_source,
    };
    cq_build_put(&c->b, S_SAYS, &s);
}

// Only a rule of expressions, which asks nothing else, says what their words one by one
// ought to have been.
static bool renders_one_by_one(const cq_rule_def *d)
{
    bool free = !d->near.n && !d->topic.n && !d->region.n && !d->profile.n;
    if (!d->literal || !free || !d->source.n || !d->suggest.n) return false;
    for (size_t i = 0; i < d->suggest.n; i++) {
        if (memchr(d->suggest.v[i].p, '{', d->suggest.v[i].n)) return false;
    }
    for (size_t i = 0; i < d->source.n; i++) {
        cq_str s = d->source.v[i];
        if (!memchr(s.p, ' ', s.n) || memchr(s.p, ',', s.n) || memchr(s.p, ';', s.n))
            return false;
    }
    return true;
}

static void put_rendered(compiler *c, const cq_rule_def *d, uint32_t rule, uint32_t text)
{
    for (size_t i = 0; i < d->source.n; i++) {
        rendered_rec l = {literal_hash(literal_key(d->source.v[i])), rule,
                          text + (uint32_t)i};
        cq_build_put(&c->b, S_RENDERED, &l);
    }
}

// "{2:Mood=Sub}": what is asked of a word must be something that words have.
static bool check_templates(compiler *c, const cq_strs *suggest)
{
    for (size_t i = 0; i < suggest->n; i++) {
        cq_str rest = suggest->v[i], name;
        while (cq_str_split(&rest, '{', &name) && rest.n) {
            cq_str change = cq_str_sub(rest, 0, cq_str_find(rest, cq_str_of("}")));
            if (!cq_str_split(&change, ':', &name) || !change.n) continue;
            uint32_t morph = CQ_VERB;
            if (!cq_str_is(change, "lower") && !cq_str_is(change, "upper") &&
                change.p[0] != '~' && !cq_morph_change(change, &morph))
                return FAIL(c, "suggest: \"%.*s\" is no feature of words",
                            CQ_PRI(change));
        }
    }
    return true;
}

// Nothing of a rule that fails is found: its patterns may be indexed already, so they are
// given to no rule.
static bool compile_rule(compiler *c, const cq_pack *pack, const cq_rule_def *d)
{
    uint32_t number = cq_build_count(&c->b, S_RULES);
    uint32_t first = cq_build_count(&c->b, S_PATTERNS);
    rule_rec r = {
        .id = cq_build_text(
            &c->b, cq_strf(c->a, "%.*s/%.*s", CQ_PRI(pack->name), CQ_PRI(d->id))),
        .category = cq_build_text(&c->b, d->category),
        .blocks = d->blocks,
    };
    bool ok = d->patterns.n <= 200 || FAIL(c, "more than 200 patterns in a rule");
    ok = ok && check_templates(c, &d->suggest);
    c->suggest = &d->suggest;
    for (size_t i = 0; ok && i < d->patterns.n; i++) {
        pattern_rec rec = {.rule = number, .variant = (uint8_t)i};
        ok = compile_pattern(c, d->kind, d->patterns.v[i], d->mark, true, &rec);
        if (!ok) rec = (pattern_rec){.rule = UINT32_MAX}; // its number may be in use
        cq_build_put(&c->b, S_PATTERNS, &rec);
    }
    ok = ok && compile_conditions(c, d, number, &r);
    if (!ok) {
        pattern_rec *p = (pattern_rec *)c->b.s[S_PATTERNS].p;
        for (uint32_t i = first; i < cq_build_count(&c->b, S_PATTERNS); i++) {
            p[i].rule = UINT32_MAX;
        }
        return false;
    }
    pattern_rec *p = (pattern_rec *)c->b.s[S_PATTERNS].p;
    for (uint32_t i = first; i < cq_build_count(&c->b, S_PATTERNS); i++)
        p[i].gate = r.gate < GATES_KEPT ? (uint8_t)r.gate : 0;
    r.sources = put_texts(c, d->source);
    if (renders_one_by_one(d)) put_rendered(c, d, number, r.sources.at);
    put_says(c, pack, d);
    cq_build_put(&c->b, S_RULES, &r);
    return true;
}

// ---- names ---------------------------------------------------------------------------

static void add_problem(compiler *c, const cq_err *e)
{
    problem_rec rec = {cq_build_text(&c->b, cq_str_of(e->path)),
                       cq_build_text(&c->b, cq_str_of(e->message)), e->line, e->code};
    cq_build_put(&c->b, S_PROBLEMS, &rec);
}

// The classes and topics of packs. Names of this layer go before those below it, so that
// a layer may redefine; twice in one layer is an error.
static void collect_names(compiler *c, const cq_pack *packs, size_t n, bool own)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k <= packs[i].classes_n; k++) {
            bool topic = k == packs[i].classes_n;
            const cq_class_def *d = topic ? &packs[i].topic : &packs[i].classes[k];
            if (!d->name.n) continue;
            bool fresh;
            uint32_t *number =
                cq_map_put(topic ? &c->topics : &c->classes, d->name, &fresh);
            if (!fresh && own) {
                cq_err e;
                cq_fail(&e, CQ_ESYNTAX, packs[i].path, d->line,
                        "%s \"%.*s\" is already defined", topic ? "topic" : "class",
                        CQ_PRI(d->name));
                add_problem(c, &e);
            }
            if (!fresh) continue;
            if (topic) {
                *CQ_PUSH(c->a, &c->topic_defs) = *d;
                *number = (uint32_t)c->topic_defs.n;
            } else {
                *CQ_PUSH(c->a, &c->class_defs) = *d;
                *number = (uint32_t)c->class_defs.n;
            }
        }
    }
}

// ---- the lists of forms --------------------------------------------------------------

// Numbers symbols for the file: those that the article is watched for, then the others
// that begin something.
static void number_symbols(compiler *c)
{
    cq_symbols *s = &c->symbols;
    s->final = CQ_NEWN(c->a, uint32_t, s->sets.n);
    uint32_t next = SETS + s->article_n;
    for (uint32_t i = 0; i < SETS; i++) s->final[i] = i;
    for (int starters = 1; starters >= 0; starters--) {
        for (size_t i = SETS; i < s->sets.n; i++) {
            if (s->article.v[i]) {
                s->final[i] = SETS + s->article.v[i] - 1;
            } else if (s->starts.v[i] == (bool)starters) {
                s->final[i] = next++;
            }
        }
        if (starters) c->b.head.starters_n = next;
    }
    c->b.head.symbols_n = (uint32_t)s->sets.n;
    c->bits = cq_build_more(&c->b, S_BITS, s->sets.n, NULL);
    for (uint32_t i = 0; i < s->sets.n; i++) c->bits[s->final[i]] = cq_symbols_bits(s, i);
    item_rec *items = (item_rec *)c->b.s[S_ITEMS].p;
    for (uint32_t i = 0; i < cq_build_count(&c->b, S_ITEMS); i++) {
        items[i].symbol = s->final[items[i].symbol] & (SYMBOLS_MAX - 1);
    }
    test_rec *tests = (test_rec *)c->b.s[S_TESTS].p;
    for (uint32_t i = 0; i < cq_build_count(&c->b, S_TESTS); i++) {
        bool texts = tests[i].kind == CQ_TEST_WORD || tests[i].kind == CQ_TEST_LEMMA;
        if (texts && !tests[i].values) tests[i].left = s->final[tests[i].left];
    }
    near_rec *nears = (near_rec *)c->b.s[S_NEARS].p;
    for (uint32_t i = 0; i < cq_build_count(&c->b, S_NEARS); i++) {
        nears[i].any = s->final[nears[i].any];
        nears[i].none = s->final[nears[i].none];
    }
}

static int by_symbol(const void *a, const void *b)
{
    const anchor *x = a, *y = b;
    if (x->symbol != y->symbol) return x->symbol < y->symbol ? -1 : 1;
    uint32_t p = x->rec.beside.pattern, q = y->rec.beside.pattern;
    return p < q ? -1 : p > q;
}

static void write_starters(compiler *c)
{
    const cq_symbols *s = &c->symbols;
    symbol_rec *out = cq_build_more(&c->b, S_SYMBOLS, c->b.head.starters_n, NULL);
    const pattern_rec *patterns = (const pattern_rec *)c->b.s[S_PATTERNS].p;
    for (size_t i = 0; i < c->anchors.n; i++) {
        anchor *k = &c->anchors.v[i];
        k->symbol = s->final[k->symbol];
        k->rec.beside.gate = patterns[k->rec.beside.pattern].gate;
    }
    if (c->anchors.n) qsort(c->anchors.v, c->anchors.n, sizeof(anchor), by_symbol);
    for (size_t i = 0; i < c->anchors.n; i++) {
        const anchor *k = &c->anchors.v[i];
        if (patterns[k->rec.beside.pattern].rule == UINT32_MAX)
            continue; // a broken rule's
        cq_ref *list = k->query ? &out[k->symbol].queries : &out[k->symbol].phrases;
        uint32_t at = k->query ? cq_build_put(&c->b, S_QUERY_ANCHORS, &k->rec)
                               : cq_build_put(&c->b, S_ANCHORS, &k->rec.beside);
        if (!list->n++) list->at = at;
    }
    c->b.head.article_bits = s->article_n;
}

typedef struct {
    uint32_t form, symbol; // symbol 0: only its flags count
    uint32_t flags;
} pair;

typedef CQ_VEC(pair) pairs;

// A counting sort, stable, of numbers below `keys`: there are a million pairs.
static void sort_pairs(cq_arena *a, pairs *list, size_t keys, bool by_symbol)
{
    pair *out = CQ_NEWN(a, pair, list->n + 1);
    uint32_t *starts = CQ_NEWN(a, uint32_t, keys + 1);
    for (size_t i = 0; i < list->n; i++)
        starts[1 + (by_symbol ? list->v[i].symbol : list->v[i].form)]++;
    for (size_t k = 1; k <= keys; k++) starts[k] += starts[k - 1];
    for (size_t i = 0; i < list->n; i++)
        out[starts[by_symbol ? list->v[i].symbol : list->v[i].form]++] = list->v[i];
    list->v = out;
}

static void add_flag(compiler *c, pairs *out, uint32_t form, uint32_t flags)
{
    if (form) *CQ_PUSH(c->a, out) = (pair){form, 0, flags};
}

static uint32_t form_of(const compiler *c, const char *text)
{
    return cq_lexicon_find(c->lexicon, cq_str_of(text));
}

// Words that may stand beside a verb without parting it from its neighbours, and those
// that are two words in one.
static void flag_forms(compiler *c, pairs *out)
{
    static const char *const NEGATION[] = {"pas",   "plus",  "jamais",
                                           "guère", "point", "rien"};
    static const char *const CLITICS[] = {"me", "m'", "te", "t'",  "se",   "s'",
                                          "le", "la", "l'", "les", "lui",  "leur",
                                          "y",  "en", "ne", "n'",  "nous", "vous"};
    static const char *const AUXILIARIES[] = {"avoir", "être"};
    for (size_t i = 0; i < CQ_COUNT(NEGATION); i++) {
        add_flag(c, out, form_of(c, NEGATION[i]), LIST_AFTER_VERB | LIST_BEFORE_VERB);
    }
    for (size_t i = 0; i < CQ_COUNT(CLITICS); i++) {
        add_flag(c, out, form_of(c, CLITICS[i]), LIST_BEFORE_VERB);
    }
    for (size_t i = 0; i < CQ_COUNT(AUXILIARIES); i++) {
        size_t n;
        const uint32_t *forms =
            cq_lexicon_forms_of(c->lexicon, form_of(c, AUXILIARIES[i]), &n);
        for (size_t k = 0; k < n; k++) {
            bool noun = cq_lexicon_upos(c->lexicon, forms[k]) & CQ_UPOS_BIT(CQ_NOUN);
            if (!noun || forms[k] == form_of(c, "est") || forms[k] == form_of(c, "été")) {
                add_flag(c, out, forms[k], LIST_BEFORE_VERB);
            }
        }
    }
    layer_header *h = &c->b.head;
    h->de = form_of(c, "de");
    h->a_ = form_of(c, "à");
    h->le = form_of(c, "le");
    h->les = form_of(c, "les");
    add_flag(c, out, h->du = form_of(c, "du"), LIST_DE);
    add_flag(c, out, h->des = form_of(c, "des"), LIST_DE | LIST_PLURAL);
    add_flag(c, out, h->au = form_of(c, "au"), LIST_A);
    add_flag(c, out, h->aux = form_of(c, "aux"), LIST_A | LIST_PLURAL);
}

// A few bits of which each of the symbols has one: always that which most of the others
// have.
static uint64_t bits_of_list(const compiler *c, const uint32_t *symbols, size_t n)
{
    uint64_t bits = 0;
    for (;;) {
        size_t having[64] = {0}, best = 0;
        for (size_t i = 0; i < n; i++) {
            uint64_t own = c->bits[symbols[i]];
            if (own & bits) continue;
            for (; own; own &= own - 1) having[__builtin_ctzll(own)]++;
        }
        for (size_t i = 1; i < 64; i++) {
            if (having[i] > having[best]) best = i;
        }
        if (!having[best]) return bits;
        bits |= 1ull << best;
    }
}

// Writes a list, or finds the same one written before.
static uint32_t write_list(compiler *c, cq_map *known, const uint32_t *symbols, size_t n,
                           uint32_t flags)
{
    if (!n && !flags) return 0;
    if (n > UINT16_MAX) n = UINT16_MAX;
    list_head head = {.n = (uint16_t)n, .flags = flags};
    while (head.starters < n && symbols[head.starters] < c->b.head.starters_n) {
        head.starters++;
    }
    size_t size = LIST_HEAD + n + n % 2; // heads stay aligned
    uint32_t *words = CQ_NEWN(c->a, uint32_t, size);
    memcpy(words, &head, sizeof head);
    if (n) memcpy(words + LIST_HEAD, symbols, n * sizeof *symbols);
    bool fresh;
    uint32_t *at = cq_map_put(known, (cq_str){(char *)words, size * 4}, &fresh);
    if (!fresh) return *at;
    char *out = cq_build_more(&c->b, S_LISTS, size, at);
    memcpy(out, words, size * 4);
    head.bits = bits_of_list(c, symbols, n);
    memcpy(out, &head, sizeof head);
    return *at;
}

// Lists of texts that are no forms of the lexicon: punctuation, numbers, foreign words.
static void write_exact(compiler *c, cq_map *lists)
{
    cq_map texts; // text -> index into symbols
    cq_map_init(&texts, c->a);
    CQ_VEC(CQ_VEC(uint32_t)) symbols = {0};
    const cq_symbols *s = &c->symbols;
    for (size_t i = SETS; i < s->sets.n; i++) {
        for (size_t k = 0; k < s->sets.v[i].n; k++) {
            const cq_element *e = &s->sets.v[i].v[k];
            if (e->lemma) continue;
            bool fresh;
            uint32_t *at = cq_map_put(&texts, e->text, &fresh);
            if (fresh) {
                *at = (uint32_t)symbols.n;
                memset(CQ_PUSH(c->a, &symbols), 0, sizeof *symbols.v);
            }
            *CQ_PUSH(c->a, &symbols.v[*at]) = s->final[i];
        }
    }
    for (size_t i = 0; i < texts.n; i++) {
        uint32_t *v = symbols.v[i].v;
        qsort(v, symbols.v[i].n, sizeof *v, by_number);
        uint32_t list = write_list(c, lists, v, symbols.v[i].n, 0);
        cq_str text = texts.items[i].key;
        if (text.n == 1) {
            c->b.head.ascii_lists[text.p[0] & 127] = list;
        }
        exact_rec rec = {.hash = cq_hash(text.p, text.n, 0), .list = list};
        cq_build_put(&c->b, S_EXACT, &rec);
    }
}

static int by_hash(const void *a, const void *b)
{
    const exact_rec *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static void write_lists(compiler *c)
{
    const cq_symbols *s = &c->symbols;
    pairs list = {0};
    flag_forms(c, &list);
    for (size_t i = SETS; i < s->sets.n; i++) {
        for (size_t k = 0; k < s->sets.v[i].n; k++) {
            size_t n;
            const uint32_t *forms = cq_symbols_forms(s, &s->sets.v[i].v[k], &n);
            for (size_t f = 0; f < n; f++) {
                *CQ_PUSH(c->a, &list) = (pair){forms[f], s->final[i], 0};
            }
        }
    }
    c->b.head.forms_n = (uint32_t)cq_lexicon_size(c->lexicon);
    sort_pairs(c->a, &list, s->sets.n, true);
    sort_pairs(c->a, &list, c->b.head.forms_n + 1u, false);
    form_block *blocks = cq_build_more(&c->b, S_FORMS, c->b.head.forms_n / 64 + 1u, NULL);
    cq_build_more(&c->b, S_LISTS, LIST_HEAD, NULL); // 0: the empty list
    cq_map known;
    cq_map_init(&known, c->a);
    uint32_t *symbols = CQ_NEWN(c->a, uint32_t, list.n + 1);
    for (size_t i = 0; i < list.n;) {
        uint32_t form = list.v[i].form, flags = 0;
        size_t n = 0;
        for (; i < list.n && list.v[i].form == form; i++) {
            flags |= list.v[i].flags;
            uint32_t symbol = list.v[i].symbol;
            if (symbol && (!n || symbols[n - 1] != symbol)) symbols[n++] = symbol;
        }
        uint32_t at = write_list(c, &known, symbols, n, flags);
        if (!at || form > c->b.head.forms_n) continue;
        blocks[form / 64].some |= 1ull << form % 64;
        cq_build_put(&c->b, S_LIST_OF, &at);
    }
    for (uint32_t i = 0, before = 0; i <= c->b.head.forms_n / 64; i++) {
        blocks[i].before = before;
        before += (uint32_t)__builtin_popcountll(blocks[i].some);
    }
    write_exact(c, &known);
    size_t n = cq_build_count(&c->b, S_EXACT);
    if (n) qsort(c->b.s[S_EXACT].p, n, sizeof(exact_rec), by_hash);
}

// ---- the whole -----------------------------------------------------------------------

static void write_rule_ids(compiler *c)
{
    uint32_t n = cq_build_count(&c->b, S_RULES), slots = 16;
    while (slots < n * 2) slots *= 2;
    uint32_t *table = cq_build_more(&c->b, S_RULE_IDS, slots, NULL);
    const rule_rec *rules = (const rule_rec *)c->b.s[S_RULES].p;
    const char *strings = (const char *)c->b.s[S_STRINGS].p;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t hash = cq_hash(strings + rules[i].id.at, rules[i].id.n, 0);
        uint32_t at = (uint32_t)hash & (slots - 1);
        while (table[at]) at = (at + 1) & (slots - 1);
        table[at] = i + 1;
    }
}

// Of one word the last rule's first, as in layers: those above come first.
static int by_word(const void *a, const void *b)
{
    const rendered_rec *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return x->text < y->text ? 1 : -(x->text > y->text);
}

bool cq_layer_compile(const cq_layer_source *in, cq_buf *out, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    cq_err rule_err;
    compiler c = {.a = a, .in = in, .lexicon = in->lexicon, .err = &rule_err};
    cq_build_init(&c.b, a);
    cq_symbols_init(&c.symbols, a, in->lexicon);
    cq_map_init(&c.classes, a);
    cq_map_init(&c.topics, a);
    cq_map_init(&c.topic_ids, a);
    cq_map_init(&c.regexes, a);
    cq_map_init(&c.gates, a);
    cq_build_more(&c.b, S_GATES, 1, NULL); // the open one
    *cq_map_put(&c.gates, cq_str_of(" \nregion\n"), NULL) = 0;

    for (size_t i = 0; i < in->problems->n; i++) add_problem(&c, &in->problems->v[i]);
    collect_names(&c, in->packs, in->packs_n, true);
    collect_names(&c, in->below, in->below_n, false);
    for (size_t i = 0; i < in->packs_n; i++) {
        const cq_pack *pack = &in->packs[i];
        pack_rec rec = {cq_build_text(&c.b, pack->name),
                        cq_build_text(&c.b, in->sha256[i]),
                        cq_build_text(&c.b, cq_str_of(pack->path))};
        cq_build_put(&c.b, S_PACKS, &rec);
        for (size_t k = 0; k < pack->rules_n; k++) {
            c.path = pack->path;
            c.line = pack->rules[k].line;
            if (!compile_rule(&c, pack, &pack->rules[k])) add_problem(&c, &rule_err);
        }
    }
    bool fits = c.symbols.sets.n < SYMBOLS_MAX;
    number_symbols(&c);
    write_starters(&c);
    write_lists(&c);
    write_rule_ids(&c);
    size_t rendered_n = cq_build_count(&c.b, S_RENDERED);
    if (rendered_n) qsort(c.b.s[S_RENDERED].p, rendered_n, sizeof(rendered_rec), by_word);
    c.b.head.regexes_n = cq_build_count(&c.b, S_REGEXES);
    bool ok = fits || cq_fail(err, CQ_ELIMIT, "rules", 0, "too many sets of words");
    ok = ok && (cq_prefilter_write(&c.b, c.literals.v, c.literals.n) ||
                cq_fail(err, CQ_ELIMIT, "rules", 0, "too many literals of regexes"));
    ok = ok && cq_build_finish(&c.b, out, err);
    cq_arena_free(a);
    return ok;
}
