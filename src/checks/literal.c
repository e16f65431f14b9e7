// An expression is looked for in a sentence of the source by its longest word, so that
// most sentences cost a few look-ups, and words are linked only where one stands.
#include "checks/literal.h"

#include "base/buf.h"
#include "base/utf8.h"

enum {
    CONTENT_MAX = 8, // words of an expression that mean something
    SPREAD_MAX = 2,  // tokens for each of them that their renderings may spread over
    MESSAGE_MAX = 1024,
    STEM_MIN = 4, // bytes that words of one family have in common at least
};

static const float SURE = 0.8f; // confidence of a link of sentences
static const float LINKED = 0.35f;

// ---- is it rendered word for word?

typedef struct {
    uint32_t english[CONTENT_MAX], french[CONTENT_MAX];
    size_t n;
    uint32_t first, last; // tokens of the passage, half-open
} rendered;

static bool means_little(cq_str word)
{
    static const char *const WORDS[] = {"be",  "have", "do",   "get",  "not", "so",
                                        "too", "very", "more", "most", "one", "as"};
    return CQ_IN(WORDS, word);
}

// A name, or an expression that French borrowed: left as it was.
static bool stays(cq_check_run *run, const cq_passage *p, uint32_t english,
                  uint32_t french)
{
    cq_str form = cq_fold(run->scratch, cq_token_word(p, french));
    return cq_str_eq(form, cq_pair_folded(run->pair, english));
}

static bool word_for_word(cq_check_run *run, const cq_passage *p, const cq_word_links *w,
                          uint32_t first, uint32_t last, rendered *out)
{
    *out = (rendered){.first = UINT32_MAX};
    size_t missed = 0;
    for (uint32_t i = first; i < last; i++) {
        const cq_english_lemma *lemmas;
        cq_pair_lemmas(run->pair, i, &lemmas);
        if (!cq_link_content_english(run->pair, i) || means_little(lemmas[0].lemma))
            continue;
        cq_word_link link = cq_link_of(w, CQ_SIDE_SOURCE, i);
        bool same = link.other != CQ_NO_LINK && stays(run, p, i, link.other);
        if (same || out->n == CONTENT_MAX) return false;
        if (link.other == CQ_NO_LINK || link.slot || link.confidence < LINKED ||
            !cq_link_by_itself(run->linker, p, i, link.other)) {
            missed++;
            continue;
        }
        out->english[out->n] = i;
        out->french[out->n++] = link.other;
        if (link.other < out->first) out->first = link.other;
        if (link.other >= out->last) out->last = link.other + 1;
    }
    return out->n >= 2 && missed <= out->n / 2 &&
           out->last - out->first <= (SPREAD_MAX + 1) * out->n;
}

// ---- is what the rule suggests there?

// Words of one family, about: they begin alike.
static bool of_one_family(cq_str a, cq_str b)
{
    size_t n = 0, shorter = a.n < b.n ? a.n : b.n;
    while (n < shorter && a.p[n] == b.p[n]) n++;
    return n >= STEM_MIN || (n == a.n && n == b.n);
}

static bool is_of_family(cq_check_run *run, const cq_passage *p, uint32_t token,
                         cq_str stem)
{
    const cq_token *t = &p->tokens[token];
    cq_str lemma = t->lemma ? cq_lexicon_form(run->lexicon, t->lemma) : cq_str_of("");
    cq_str form =
        cq_strip_accents(run->scratch, cq_fold(run->scratch, cq_token_word(p, token)));
    return of_one_family(form, stem) ||
           (lemma.n && of_one_family(cq_strip_accents(run->scratch, lemma), stem));
}

static bool is_letter(char c) { return cq_is_alpha(c) || (c & 0x80); }

// The next word of a suggestion that tells something.
static bool next_stem(cq_str *rest, cq_str *stem)
{
    static const char *const LITTLE[] = {"les", "des",  "une",   "aux",   "par", "pour",
                                         "sur", "dans", "avec",  "que",   "qui", "ses",
                                         "son", "etre", "avoir", "faire", "pas", "plus"};
    while (rest->n) {
        size_t i = 0;
        while (i < rest->n && !is_letter(rest->p[i])) i++;
        size_t end = i;
        while (end < rest->n && is_letter(rest->p[end])) end++;
        *stem = cq_str_sub(*rest, i, end);
        *rest = cq_str_sub(*rest, end, rest->n);
        bool little = stem->n < 3;
        for (size_t k = 0; k < CQ_COUNT(LITTLE); k++)
            little = little || cq_str_is(*stem, LITTLE[k]);
        if (!little) return true;
    }
    return false;
}

// A suggestion has a word of the rendering, so that this may well be right, or stands in
// the sentence as a whole.
static bool agrees(cq_check_run *run, const cq_passage *p, const cq_word_links *w,
                   const rendered *r, cq_str suggestion)
{
    cq_str stem;
    bool any = false, all = true;
    cq_arena *a = run->scratch;
    suggestion = cq_strip_accents(a, cq_fold(a, suggestion));
    while (next_stem(&suggestion, &stem)) {
        bool there = false;
        for (size_t i = 0; i < r->n; i++) {
            if (is_of_family(run, p, r->french[i], stem)) return true;
        }
        for (uint32_t j = w->first[1]; j < w->last[1] && !there; j++)
            there = is_of_family(run, p, j, stem);
        any = true;
        all = all && there;
    }
    return any && all;
}

// ---- the finding

// The rule's message, as far as it speaks of the match and the source alone.
static cq_str message_of(cq_check_run *run, const cq_rule_info *rule, cq_str source,
                         cq_str match)
{
    cq_str text = run->english ? rule->message_en : rule->message_fr;
    cq_buf b;
    cq_buf_init(&b, MESSAGE_MAX);
    for (size_t i = 0; i < text.n;) {
        cq_str rest = cq_str_sub(text, i, text.n);
        bool is_match = cq_str_starts(rest, cq_str_of("{match}"));
        bool is_source = cq_str_starts(rest, cq_str_of("{source}"));
        if (is_match || is_source) {
            cq_buf_str(&b, is_match ? match : source);
            i += is_match ? 7 : 8;
        } else if (rest.p[0] == '{') {
            break; // a part of a match, of which there is none
        } else {
            cq_buf_char(&b, text.p[i++]);
        }
        if (i == text.n) text.n = 0;
    }
    if (text.n || !b.n) {
        cq_buf_reset(&b);
        cq_buf_f(&b,
                 cq_say(run, "« %.*s » traduit mot à mot « %.*s ».",
                        "“%.*s” translates “%.*s” word for word."),
                 CQ_PRI(match), CQ_PRI(source));
    }
    cq_str out = cq_str_copy(run->arena, cq_buf_view(&b));
    cq_buf_free(&b);
    return out;
}

static void add_hit(cq_check_run *run, const cq_passage *p, const cq_rule_info *rule,
                    cq_str source, const rendered *r, uint32_t first, uint32_t last)
{
    const cq_token *english = run->pair->english.tokens;
    cq_hit *h = cq_hit_add(run, rule->id, cq_spot_of_tokens(p, r->first, r->last));
    h->category = rule->category;
    h->severity = rule->severity;
    h->confidence = CQ_MEDIUM;
    h->priority = rule->priority - 1; // its own patterns know better
    h->source = source;
    h->source_at = (cq_span){english[first].start, english[last - 1].end};
    cq_str match = cq_str_sub(p->doc->text, h->at.start, h->at.end);
    h->message = message_of(run, rule, source, match);
    for (uint32_t i = 0; i < rule->suggest.n; i++)
        cq_hit_fix_add_loose(run, h, cq_rule_text(rule->suggest, i));
}

// Around token `key` of the source, which is a word of the expression.
static void try_expression(cq_check_run *run, const cq_passage *p, const cq_aligned *at,
                           uint32_t token, uint32_t key, uint32_t number, cq_str source)
{
    uint32_t first, last, words = 1;
    for (size_t i = 0; i < source.n; i++) words += source.p[i] == ' ';
    uint32_t from = key - at->first_token > words ? key - words : at->first_token;
    uint32_t to = at->last_token - key > words ? key + words + 1 : at->last_token;
    if (!cq_pair_find(run->pair, source, from, to, &first, &last)) return;
    if (last - first > words) return; // something stands in between
    const cq_word_links *w = cq_link_words(run->linker, run->scratch, p, token);
    rendered r;
    if (!w || !word_for_word(run, p, w, first, last, &r)) return;
    cq_rule_info rule;
    if (!cq_rule(run->rules, number, &rule)) return;
    for (uint32_t i = 0; i < rule.suggest.n; i++) {
        if (agrees(run, p, w, &r, cq_rule_text(rule.suggest, i))) return;
    }
    if (cq_rule_find(run->rules, rule.id) == number)
        add_hit(run, p, &rule, source, &r, first, last);
}

static void look_up(cq_check_run *run, const cq_passage *p, const cq_aligned *at,
                    uint32_t token, uint32_t i, cq_str key)
{
    cq_literal_walk walk = {.word = key};
    uint32_t rule;
    cq_str source;
    while (cq_rules_literal(run->rules, &walk, &rule, &source))
        try_expression(run, p, at, token, i, rule, source);
}

void cq_literal_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    if (!run->linker) return;
    const cq_sentence *before = NULL;
    for (size_t k = 0; k < p->sentences_n; before = &p->sentences[k++]) {
        const cq_sentence *one = &p->sentences[k];
        cq_aligned at, last;
        if (!cq_pair_of_sentence(run->pair, p, one, &at) || at.confidence < SURE)
            continue;
        if (before && cq_pair_of_sentence(run->pair, p, before, &last) &&
            last.first == at.first)
            continue; // linked together: done
        for (uint32_t i = at.first_token; i < at.last_token; i++) {
            if (run->pair->english.tokens[i].kind != CQ_TOKEN_WORD) continue;
            const cq_english_lemma *lemmas;
            cq_str folded = cq_pair_folded(run->pair, i);
            size_t n = cq_pair_lemmas(run->pair, i, &lemmas);
            look_up(run, p, &at, one->first, i, folded);
            for (size_t m = 0; m < n; m++) {
                bool again = cq_str_eq(lemmas[m].lemma, folded);
                for (size_t q = 0; q < m && !again; q++)
                    again = cq_str_eq(lemmas[m].lemma, lemmas[q].lemma);
                if (!again) look_up(run, p, &at, one->first, i, lemmas[m].lemma);
            }
        }
    }
}
