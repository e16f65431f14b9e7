// Hours, round quantities ("thousands of") and the figures of kings and popes, by value.
// Each kind is compared within one pair of sentences, and only where exactly one of the
// French has no counterpart and exactly one of the English is left: what is said once for
// twice is no error.
#include "checks/source_values.h"

#include <string.h>

#include "base/utf8.h"
#include "source/pair.h"

enum { WORD_MAX = 16, MENTIONS_MAX = 16 };

static const float SURE = 0.5f;

// What of one kind stands in a sentence: values, each with its token.
typedef struct {
    struct {
        int value;
        size_t token;
    } v[MENTIONS_MAX];
    size_t n;
} mentions;

static void add(mentions *m, int value, size_t token)
{
    if (m->n == MENTIONS_MAX) return;
    m->v[m->n].value = value;
    m->v[m->n++].token = token;
}

static bool has(const mentions *m, int value)
{
    for (size_t i = 0; i < m->n; i++) {
        if (m->v[i].value == value) return true;
    }
    return false;
}

// The only value of `m` that `other` lacks, as an index; SIZE_MAX: none, or several.
static size_t only_one(const mentions *m, const mentions *other)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < m->n; i++) {
        if (has(other, m->v[i].value)) continue;
        if (found != SIZE_MAX && m->v[i].value != m->v[found].value) return SIZE_MAX;
        found = i;
    }
    return found;
}

static cq_str word_at(const cq_passage *p, size_t i, char buf[WORD_MAX])
{
    cq_str w = cq_fold_into(buf, WORD_MAX, cq_token_text(p, i));
    if (!w.p) return (cq_str){"", 0};
    if (w.n && w.p[w.n - 1] == '.') w.n--;
    return w;
}

static void report(cq_check_run *run, cq_spot at, cq_span english)
{
    cq_hit *h = cq_hit_add(run, cq_str_of("source/value"), at);
    h->category = cq_str_of("accuracy/mistranslation/number");
    h->severity = CQ_MAJOR;
    h->priority = 1; // the source is the best evidence
    h->confidence = at.quoted ? CQ_MEDIUM : CQ_HIGH;
    cq_str text = run->pair->doc[CQ_SIDE_SOURCE]->text;
    h->source = cq_str_sub(text, english.start, english.end);
    h->message = cq_strf(
        run->arena, cq_say(run, "L’original dit « %.*s ».", "The source says “%.*s”."),
        CQ_PRI(h->source));
}

static cq_span span_of(const cq_passage *p, size_t first, size_t last)
{
    return (cq_span){p->tokens[first].start, p->tokens[last - 1].end};
}

static void compare(cq_check_run *run, const cq_passage *p, const mentions *f,
                    const mentions *e)
{
    size_t changed = only_one(f, e), meant = only_one(e, f);
    if (changed == SIZE_MAX || meant == SIZE_MAX) return;
    size_t i = f->v[changed].token, k = e->v[meant].token;
    report(run, cq_spot_of_tokens(p, i, i + 1), span_of(&run->pair->english, k, k + 1));
}

// --- round quantities

static const struct {
    const char *english, *french;
} QUANTITIES[] = {
    {"dozens", "dizaines"},   {"hundreds", "centaines"}, {"thousands", "milliers"},
    {"millions", "millions"}, {"billions", "milliards"}, {"trillions", "billions"},
};

static mentions read_quantities(const cq_passage *p, size_t first, size_t last,
                                bool french)
{
    mentions m = {0};
    for (size_t i = first; i < last; i++) {
        bool counted = i > first && (p->tokens[i - 1].kind == CQ_TOKEN_NUMBER ||
                                     p->tokens[i - 1].upos == CQ_UPOS_BIT(CQ_NUM));
        if (p->tokens[i].kind != CQ_TOKEN_WORD || counted) continue;
        char buf[WORD_MAX];
        cq_str w = word_at(p, i, buf);
        for (size_t k = 0; k < CQ_COUNT(QUANTITIES); k++) {
            const char *word = french ? QUANTITIES[k].french : QUANTITIES[k].english;
            if (cq_str_is(w, word)) add(&m, (int)k, i);
        }
        bool tens = cq_str_is(w, "tens") || cq_str_is(w, "scores");
        if (cq_str_is(w, french ? "douzaines" : "tens") || (!french && tens))
            add(&m, 0, i);
    }
    return m;
}

// --- kings and popes

static int roman(cq_str text)
{
    static const char LETTERS[] = "IVX";
    static const int VALUES[] = {1, 5, 10};
    int sum = 0, last = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char *letter = strchr(LETTERS, text.p[i]);
        if (!letter || !*letter) return 0;
        int value = VALUES[letter - LETTERS];
        sum += value > last ? value - 2 * last : value;
        last = value;
    }
    return text.n > 1 ? sum : 0;
}

// Behind a name: "Benoît XVI", "Elizabeth II".
static mentions read_figures(const cq_passage *p, size_t first, size_t last)
{
    mentions m = {0};
    for (size_t i = first + 1; i < last; i++) {
        if (p->tokens[i].kind != CQ_TOKEN_WORD ||
            !(p->tokens[i - 1].flags & CQ_TOKEN_CAPITAL))
            continue;
        cq_str text = cq_token_text(p, i);
        if (cq_str_ends(text, cq_str_of("'s")) || cq_str_ends(text, cq_str_of("’s")))
            text.n -= text.p[text.n - 2] == '\'' ? 2 : 4;
        int value = roman(text);
        if (value) add(&m, value, i);
    }
    return m;
}

// --- the clock

typedef struct {
    size_t first, last; // tokens, half-open
    int hour;
    bool afternoon;
    size_t n; // times in the sentence; only one can be compared
} hour;

static int leading_number(cq_str text)
{
    int n = 0;
    size_t i = 0;
    for (; i < text.n && i < 2 && cq_is_digit(text.p[i]); i++)
        n = 10 * n + (text.p[i] - '0');
    bool ends = i && (i == text.n || !cq_is_digit(text.p[i]));
    return ends ? n : -1;
}

static hour english_hour(const cq_passage *p, size_t first, size_t last)
{
    static const char *const HALVES[] = {"a.m", "am", "p.m", "pm"};
    hour h = {.hour = -1};
    for (size_t i = first; i + 1 < last; i++) {
        char buf[WORD_MAX];
        cq_str half = word_at(p, i + 1, buf);
        if (p->tokens[i].kind != CQ_TOKEN_NUMBER || !CQ_IN(HALVES, half)) continue;
        h.n++;
        h.first = i;
        h.last = i + 2;
        h.hour = leading_number(cq_token_text(p, i));
        h.afternoon = half.p[0] == 'p';
    }
    return h;
}

static hour french_hour(const cq_passage *p, size_t first, size_t last)
{
    static const char *const UNITS[] = {"h", "heure", "heures"};
    hour h = {.hour = -1};
    for (size_t i = first; i + 1 < last; i++) {
        char buf[WORD_MAX];
        if (p->tokens[i].kind != CQ_TOKEN_NUMBER || !CQ_IN(UNITS, word_at(p, i + 1, buf)))
            continue;
        h.n++;
        h.first = i;
        h.last = i + 2;
        h.hour = leading_number(cq_token_text(p, i));
        if (h.last < last && p->tokens[h.last].kind == CQ_TOKEN_NUMBER &&
            p->tokens[h.last].end - p->tokens[h.last].start == 2)
            h.last++;
    }
    return h;
}

// "à 2 heures de l'après-midi", "6 h du soir": the French says it in another way.
static bool names_half(const cq_passage *p, const cq_sentence *s)
{
    static const char *const WORDS[] = {"après-midi", "soir",  "soirée", "nuit", "midi",
                                        "minuit",     "matin", "p.m",    "pm",   "am",
                                        "matinée",    "soirs", "a.m"};
    for (size_t i = s->first; i < s->last; i++) {
        char buf[WORD_MAX];
        if (CQ_IN(WORDS, word_at(p, i, buf))) return true;
    }
    return false;
}

static void compare_hours(cq_check_run *run, const cq_passage *p, const cq_sentence *s,
                          const cq_aligned *at)
{
    hour f = french_hour(p, s->first, s->last);
    if (f.n != 1) return;
    const cq_passage *english = &run->pair->english;
    hour e = english_hour(english, at->first_token, at->last_token);
    if (e.n != 1 || e.hour < 1 || e.hour > 12) return;
    int twelve = e.hour % 12, meant = e.afternoon ? twelve + 12 : twelve;
    bool other_half = f.hour != meant && (f.hour == twelve || f.hour == twelve + 12);
    if (!other_half || names_half(p, s)) return;
    report(run, cq_spot_of_tokens(p, f.first, f.last), span_of(english, e.first, e.last));
}

void cq_source_values_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    if (!run->pair) return;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *s = &p->sentences[k];
        cq_aligned at;
        if (!cq_pair_of_sentence(run->pair, p, s, &at)) continue;
        if (at.target_last - at.target_first != 1 || at.confidence < SURE) continue;
        const cq_passage *english = &run->pair->english;
        mentions f = read_quantities(p, s->first, s->last, true), e;
        e = read_quantities(english, at.first_token, at.last_token, false);
        compare(run, p, &f, &e);
        f = read_figures(p, s->first, s->last);
        e = read_figures(english, at.first_token, at.last_token);
        compare(run, p, &f, &e);
        compare_hours(run, p, s, &at);
    }
}
