// Where an English expression stands in the source, in any inflection.
#include "source/pair.h"

#include "base/utf8.h"

enum { WORDS_MAX = 16, GAP_MAX = 2, KEY_MAX = 64 };

// A word of the expression.
typedef struct cq_wanted_word {
    cq_str folded;    // not empty
    uint32_t letters; // a bit of each byte of it
    bool any;         // something, sb: whatever stands there, perhaps nothing
    bool possessive;  // one's: my, your, his, ...
    bool thing;       // savings, alone: saving may be a verb
    bool exact;       // "=founded": this form alone
    bool tied;        // by a hyphen to the word before: "write-down"
    uint32_t firsts;  // of the first bytes of it and of its lemmas
} wanted;

static bool is_letter_byte(char c)
{
    return cq_is_alpha(c) || cq_is_digit(c) || (unsigned char)c >= 0x80;
}

static bool is_one_of(cq_str word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (cq_str_is(word, list[i])) return true;
    }
    return false;
}

// The next word of a folded text, cut as the tokeniser of English does: do + n't, it +
// 's; but "one's" and "sb's" are one, as they stand for a word.
static cq_str next_word(cq_str text, size_t *at)
{
    static const char *const OWNERS[] = {"one", "someone", "somebody", "sb"};
    while (*at < text.n && !is_letter_byte(text.p[*at]) && text.p[*at] != '\'') ++*at;
    size_t start = *at, i = start;
    if (i < text.n && text.p[i] == '\'') i++;
    while (i < text.n && is_letter_byte(text.p[i])) i++;
    cq_str rest = cq_str_sub(text, i, text.n), word = cq_str_sub(text, start, i);
    if (cq_str_starts(rest, cq_str_of("'s")) && is_one_of(word, OWNERS, CQ_COUNT(OWNERS)))
        i += 2;
    if (word.n > 2 && cq_str_ends(word, cq_str_of("n")) &&
        cq_str_starts(rest, cq_str_of("'t")))
        i--;
    else if (start < text.n &&
             cq_str_starts(cq_str_sub(text, start, text.n), cq_str_of("n't")))
        i = start + 3;
    *at = i > start ? i : start + 1;
    return cq_str_sub(text, start, i);
}

// Forms that begin with another letter than their lemma.
static bool changes_letter(cq_str word)
{
    enum { LONGEST = 6 };
    if (!word.n || word.n > LONGEST || !strchr("wai'nbmuhe", word.p[0])) return false;
    static const char *const WORDS[] = {
        "went",  "was", "were", "is",  "are",   "am",     "'s",   "'re",
        "'m",    "'ve", "'d",   "'ll", "n't",   "better", "best", "worse",
        "worst", "me",  "us",   "her", "elder", "eldest", "an"};
    return is_one_of(word, WORDS, CQ_COUNT(WORDS));
}

static uint32_t letters_of(cq_str word)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < word.n; i++) letters |= 1u << (word.p[i] & 31);
    return letters;
}

// Lemmas are looked up only of the few words that change their first letter.
static uint32_t firsts_of(cq_pair *p, cq_str folded)
{
    uint32_t firsts = letters_of(cq_str_sub(folded, 0, 1));
    if (!changes_letter(folded)) return firsts;
    const cq_english_lemma *v;
    size_t n = cq_pair_lemmas_of(p, folded, &v);
    for (size_t i = 0; i < n; i++) firsts |= letters_of(cq_str_sub(v[i].lemma, 0, 1));
    return firsts;
}

static size_t split(cq_pair *p, cq_str expression, wanted out[WORDS_MAX])
{
    static const char *const ANY[] = {"someone", "somebody",  "something", "sb",
                                      "sth",     "someone's", "sb's",      "somebody's"};
    static const char *const OWN[] = {"one's", "oneself"};
    const char *bracket = memchr(expression.p, '(', expression.n);
    if (bracket) expression.n = (size_t)(bracket - expression.p);
    cq_str text = cq_fold(p->arena, expression);
    size_t n = 0;
    for (size_t i = 0; i < text.n && n < WORDS_MAX;) {
        bool tied = n && text.p[i] == '-' && i + 1 < text.n && text.p[i + 1] != ' ' &&
                    text.p[i - 1] != ' ';
        cq_str word = next_word(text, &i);
        if (!word.n || cq_str_is(word, "'")) continue;
        wanted *w = &out[n++];
        *w = (wanted){.folded = word, .letters = letters_of(word), .tied = tied};
        w->exact = word.p > text.p && word.p[-1] == '=';
        w->any = word.p[0] == 's' && is_one_of(word, ANY, CQ_COUNT(ANY));
        w->possessive = word.p[0] == 'o' && is_one_of(word, OWN, CQ_COUNT(OWN));
        w->firsts = firsts_of(p, word);
    }
    out->thing = n == 1 && cq_str_ends(out->folded, cq_str_of("ings"));
    return n;
}

// The words of an expression, which are looked up once for each article.
static const wanted *words_of(cq_pair *p, cq_str expression, size_t *n)
{
    const uint32_t *known = cq_map_get(&p->expressions, expression);
    if (!known) {
        wanted words[WORDS_MAX];
        cq_str key = cq_str_copy(p->arena, expression); // its words are slices of it
        size_t words_n = split(p, key, words);
        wanted *kept = CQ_NEWN(p->arena, wanted, words_n + 1);
        memcpy(kept, words, words_n * sizeof *kept);
        *cq_map_put(&p->expressions, key, NULL) = (uint32_t)p->split.n;
        *CQ_PUSH(p->arena, &p->split) = (cq_pair_expression){kept, words_n};
        *n = words_n;
        return kept;
    }
    *n = p->split.v[*known].n;
    return p->split.v[*known].words;
}

static bool is_possessive(cq_str word)
{
    static const char *const WORDS[] = {
        "my",      "your",   "his",       "her",        "its",        "our",
        "their",   "'s",     "one's",     "myself",     "yourself",   "himself",
        "herself", "itself", "ourselves", "themselves", "yourselves", "oneself"};
    return is_one_of(word, WORDS, CQ_COUNT(WORDS));
}

// Only then are the lemmas of the wanted word looked up, which costs most.
static bool shares_lemma(cq_pair *p, const wanted *w, const cq_english_lemma *v, size_t n)
{
    if (w->exact) return false;
    for (size_t i = 0; i < n; i++) {
        if (cq_str_eq(v[i].lemma, w->folded)) return true;
    }
    if (w->any || w->possessive) return false;
    const cq_english_lemma *own;
    size_t own_n = cq_pair_lemmas_of(p, w->folded, &own);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < own_n; k++) {
            if (cq_str_eq(v[i].lemma, own[k].lemma)) return true;
        }
    }
    return false;
}

// What is asked of each token again and again: most of them are told from a word by it.
static const cq_pair_trait *traits(cq_pair *p)
{
    if (p->traits) return p->traits;
    p->traits = CQ_NEWN(p->arena, cq_pair_trait, p->english.n + 1);
    for (uint32_t i = 0; i < p->english.n; i++) {
        cq_str folded = cq_pair_folded(p, i);
        cq_pair_trait *t = &p->traits[i];
        t->letters = letters_of(folded);
        t->firsts = firsts_of(p, folded);
        t->hyphened = memchr(folded.p, '-', folded.n) != NULL;
    }
    return p->traits;
}

static bool may_be(const wanted *w, const cq_pair_trait *t)
{
    return (t->firsts & w->firsts) || w->possessive;
}

static bool same_word(cq_pair *p, const wanted *w, uint32_t token)
{
    if (!may_be(w, &traits(p)[token])) return false;
    cq_str folded = cq_pair_folded(p, token);
    if (w->possessive) return is_possessive(folded);
    if (cq_str_eq(w->folded, folded)) return true;
    if (w->thing) return false;
    const cq_english_lemma *lemmas;
    size_t n = cq_pair_lemmas(p, token, &lemmas);
    return shares_lemma(p, w, lemmas, n);
}

// A hyphened word is one token: "cherry-picked" against "cherry pick". How many of the
// wanted words from w on it is; 0: none.
static size_t joined(cq_pair *p, const wanted *w, size_t n, uint32_t token)
{
    if (!traits(p)[token].hyphened) return 0;
    cq_str rest = cq_pair_folded(p, token), part;
    size_t k = 0;
    while (cq_str_split(&rest, '-', &part)) {
        if (k == n) return 0;
        if (!cq_str_eq(part, w[k].folded)) {
            const cq_english_lemma *v;
            size_t found = cq_pair_lemmas_of(p, part, &v);
            if (!shares_lemma(p, &w[k], v, found)) return 0;
        }
        k++;
    }
    return k;
}

// Too common to say that an expression is behind a passage.
static bool is_function_word(const wanted *w)
{
    static const char *const WORDS[] = {"the",  "and", "for",  "with", "from", "that",
                                        "one",  "not", "all",  "out",  "off",  "into",
                                        "over", "who", "what", "this", "there"};
    if (w->any || w->possessive || w->folded.n < 3) return true;
    return is_one_of(w->folded, WORDS, CQ_COUNT(WORDS));
}

// Whether other words may stand from `at` on before the word k: objects and adverbs do,
// as in "throw the whole plan out". No clause is entered, and between words like "as" and
// "to" there is nothing. Who leaves the office has not left office, and "at the same
// time" is not "at the time".
static bool may_skip(cq_pair *p, const wanted *w, size_t n, size_t k, uint32_t at)
{
    static const char *const LINKS[] = {"and",  "or",    "but",    "to",
                                        "who",  "that",  "which",  "than",
                                        "same", "other", "another"};
    static const char *const RELATIVES[] = {"that", "who", "which"}; // that can
    cq_str folded = cq_pair_folded(p, at);
    if (w[k].tied || (k && is_one_of(w[k - 1].folded, RELATIVES, CQ_COUNT(RELATIVES))))
        return false;
    if (is_one_of(folded, LINKS, CQ_COUNT(LINKS))) return false;
    bool firm = !w[k].possessive && is_function_word(&w[k]);
    if (firm && k && !w[k - 1].any && !w[k - 1].possessive && is_function_word(&w[k - 1]))
        return false;
    bool bare = n == 2 && !firm && !w[k].possessive && at + 1 < p->english.n &&
                cq_str_is(folded, "the");
    return !bare || !same_word(p, &w[k], at + 1);
}

static bool stands_at(cq_pair *p, const wanted *w, size_t n, uint32_t at, uint32_t last,
                      uint32_t *end)
{
    unsigned skipped = 0;
    size_t k = 0;
    bool first = true;
    while (k < n) {
        if (w[k].any) {
            k++;
            continue;
        }
        if (at == last) return false;
        size_t together = joined(p, w + k, n - k, at);
        if (together || same_word(p, &w[k], at)) {
            k += together ? together : 1;
            skipped = 0;
            first = false;
        } else {
            const cq_token *t = &p->english.tokens[at];
            if (first || !may_skip(p, w, n, k, at)) return false;
            if (t->kind != CQ_TOKEN_PUNCT && ++skipped > GAP_MAX) return false;
            if (t->mark == CQ_MARK_POINT || t->mark == CQ_MARK_QUESTION) return false;
        }
        at++;
    }
    *end = at;
    return !first;
}

// By the first letters alone: does each word have one there that may be it?
static bool all_may_stand(cq_pair *p, const wanted *w, size_t n, uint32_t first,
                          uint32_t last)
{
    const cq_pair_trait *t = traits(p);
    uint32_t firsts = 0;
    for (uint32_t at = first; at < last; at++) {
        if (t[at].hyphened) return true; // of more than one word
        firsts |= t[at].firsts;
    }
    for (size_t k = 0; k < n; k++) {
        if (!w[k].any && !w[k].possessive && !(w[k].firsts & firsts)) return false;
    }
    return true;
}

static bool find_one(cq_pair *p, cq_str expression, uint32_t first, uint32_t last,
                     uint32_t *found_first, uint32_t *found_last)
{
    size_t n;
    const wanted *words = words_of(p, expression, &n);
    const cq_pair_trait *t = traits(p);
    for (; n && words->any; n--) words++; // perhaps nothing
    if (!all_may_stand(p, words, n, first, last)) return false;
    for (uint32_t at = first; n && at < last; at++) {
        if (!may_be(words, &t[at]) && !t[at].hyphened) continue;
        if (!stands_at(p, words, n, at, last, found_last)) continue;
        *found_first = at;
        return true;
    }
    return false;
}

// The next alternative of "local residents; locals" or "feet, miles".
static bool next_one(cq_str *rest, cq_str *one)
{
    if (!rest->n) return false;
    size_t i = 0;
    while (i < rest->n && rest->p[i] != ';' && rest->p[i] != ',') i++;
    *one = cq_str_sub(*rest, 0, i);
    *rest = cq_str_sub(*rest, i + 1, rest->n);
    return true;
}

bool cq_pair_find(cq_pair *p, cq_str expression, uint32_t first, uint32_t last,
                  uint32_t *found_first, uint32_t *found_last)
{
    cq_str one;
    while (next_one(&expression, &one)) {
        if (find_one(p, one, first, last, found_first, found_last)) return true;
    }
    return false;
}

static bool is_plain(cq_str expression)
{
    for (size_t i = 0; i < expression.n; i++) {
        char c = expression.p[i];
        if (!cq_is_alpha(c) && c != ' ' && c != '-' && c != '\'') return false;
    }
    return true;
}

static bool any_word(cq_pair *p, cq_str expression, uint32_t first, uint32_t last)
{
    size_t n = 0, content = 0;
    const wanted *words = is_plain(expression) ? words_of(p, expression, &n) : NULL;
    const cq_pair_trait *t = traits(p);
    for (size_t k = 0; k < n; k++) {
        if (is_function_word(&words[k])) continue;
        content++;
        for (uint32_t at = first; at < last; at++) {
            if ((t[at].letters & words[k].letters) == words[k].letters &&
                cq_str_find(cq_pair_folded(p, at), words[k].folded) != SIZE_MAX)
                return true;
            if (same_word(p, &words[k], at)) return true;
        }
    }
    return n < 2 || !content;
}

bool cq_pair_any_word(cq_pair *p, cq_str expression, uint32_t first, uint32_t last)
{
    cq_str one;
    while (next_one(&expression, &one)) {
        if (any_word(p, one, first, last)) return true;
    }
    return false;
}
