// The numbers of an aligned passage are compared as two bags of values. What is left on
// both sides is a changed number, what is left of the source a lost one. (What is only
// in the translation is most often an explanation, and left alone.) Small
// numbers in words ("two", "first") come and go with the phrasing, and count only against
// another number.
#include "checks/source_numbers.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "source/numbers.h"
#include "source/pair.h"

enum {
    NUMBERS_MAX = 64, // of a passage; a table of more is left alone
    SMALL = 12,       // up to it, phrasing decides whether a number is said
};

typedef struct {
    cq_number number;
    cq_spot at;
    uint32_t link;
} french_number;

typedef struct {
    CQ_VEC(french_number) numbers; // in order of the article
} source_numbers;

void *cq_source_numbers_begin(cq_check_run *run)
{
    return CQ_NEW(run->arena, source_numbers);
}

void cq_source_numbers_run(cq_check_run *run, void *state, const cq_passage *p)
{
    source_numbers *s = state;
    if (!run->pair) return;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *sentence = &p->sentences[k];
        cq_numbers found = {0};
        cq_numbers_french(run->scratch, p, sentence->first, sentence->last, &found);
        for (size_t i = 0; i < found.n; i++) {
            cq_span at = found.v[i].at;
            uint32_t n = cq_pair_sentence_at(run->pair, CQ_SIDE_TARGET, at.start);
            const cq_link *l = cq_pair_link(run->pair, CQ_SIDE_TARGET, n);
            *CQ_PUSH(run->arena, &s->numbers) =
                (french_number){found.v[i], cq_spot_of_text(p, at.start, at.end),
                                l ? (uint32_t)(l - run->pair->links) : CQ_NO_LINK};
        }
    }
}

// A number of its own: not half of something, nor the third of a row.
static bool is_plain(const cq_number *n)
{
    return n->kind == CQ_NUMBER_PLAIN || (n->kind == CQ_NUMBER_ORDINAL && n->figures);
}

// Says something that a translation keeps: has figures, or is no small number.
static bool is_firm(const cq_number *n)
{
    return is_plain(n) && (n->figures ? n->value != 1 : n->value > SMALL);
}

static cq_hit *report(cq_check_run *run, cq_spot at, const char *rule, const cq_link *l,
                      cq_confidence confidence)
{
    cq_hit *h = cq_hit_add(run, cq_str_of(rule), at);
    h->category = cq_str_of("accuracy/mistranslation/number");
    h->severity = CQ_MAJOR;
    h->priority = 1; // the source is the best evidence
    h->confidence = l->confidence < 0.5f || at.quoted ? CQ_LOW : confidence;
    return h;
}

static cq_str text_of(const cq_pair *pair, const cq_number *n)
{
    return cq_str_sub(pair->doc[CQ_SIDE_SOURCE]->text, n->at.start, n->at.end);
}

static void report_changed(cq_check_run *run, const french_number *f, const cq_number *e,
                           const cq_link *l, bool alone)
{
    cq_hit *h = report(run, f->at, "source/number", l, alone ? CQ_HIGH : CQ_MEDIUM);
    h->source = text_of(run->pair, e);
    h->message = cq_strf(
        run->arena, cq_say(run, "L’original dit « %.*s ».", "The source says “%.*s”."),
        CQ_PRI(h->source));
}

static void report_currency(cq_check_run *run, const french_number *f, const cq_number *e,
                            const cq_link *l, bool converted)
{
    cq_hit *h = report(run, f->at, "source/currency", l, CQ_MEDIUM);
    if (converted) h->severity = CQ_MINOR;
    h->source = text_of(run->pair, e);
    h->message = cq_strf(
        run->arena,
        converted ? cq_say(run, "Montant converti (%s dans l’original) : à vérifier.",
                           "Converted amount (%s in the source): to be checked.")
                  : cq_say(run, "La monnaie a changé : %s dans l’original.",
                           "The currency has changed: %s in the source."),
        e->currency);
}

// Also where they are no numbers: 10.0.17763 is a version.
static bool same_number(const cq_check_run *run, const french_number *f,
                        const cq_number *e)
{
    cq_str text = cq_str_sub(run->doc->text, f->at.start, f->at.end);
    return cq_numbers_equal(e, &f->number) || cq_str_eq(text, text_of(run->pair, e));
}

static bool other_currency(const cq_number *a, const cq_number *b)
{
    return a->currency[0] && b->currency[0] && strcmp(a->currency, b->currency) != 0;
}

// "194,301 cars" become 194 301 euros: no money is spoken of around.
static bool speaks_of_money(const cq_check_run *run, const cq_link *l)
{
    static const char *const SIGNS[] = {
        "$",     "€",     "£",     "¥",      "dollar", "euro", "pound",   "cent",
        "yen",   "money", "price", "pric",   "cost",   "sale", "paid",    "pay",
        "worth", "eur",   "usd",   "fund",   "bank",   "tax",  "revenue", "cad",
        "aud",   "chf",   "¢",     "profit", "earn",   "share"};
    uint32_t first = l->first[0] ? l->first[0] - 1 : 0, last = l->last[0];
    if (last < run->pair->sentences_n[CQ_SIDE_SOURCE]) last++;
    cq_str text =
        cq_fold(run->scratch, cq_pair_text(run->pair, CQ_SIDE_SOURCE, first, last));
    for (size_t i = 0; i < CQ_COUNT(SIGNS); i++) {
        if (cq_str_find(text, cq_str_of(SIGNS[i])) != SIZE_MAX) return true;
    }
    return false;
}

static void report_invented(cq_check_run *run, const french_number *f, const cq_number *e,
                            const cq_link *l)
{
    cq_hit *h = report(run, f->at, "source/currency-added", l, CQ_MEDIUM);
    h->source = text_of(run->pair, e);
    h->message = cq_strf(run->arena,
                         cq_say(run, "L’original ne parle pas d’argent : « %.*s ».",
                                "The source speaks of no money: “%.*s”."),
                         CQ_PRI(h->source));
}

// 10 miles become 10 kilometres. Yards are nearly metres, and of degrees neither side
// need say which.
static bool is_unit_alone_changed(const cq_check_run *run, const cq_number *f,
                                  const cq_number *e)
{
    static const cq_str UNITS[] = {
        CQ_LIT("mile"),        CQ_LIT("feet"),        CQ_LIT("foot"), CQ_LIT("ft"),
        CQ_LIT("inch"),        CQ_LIT("pound"),       CQ_LIT("lb"),   CQ_LIT("ounce"),
        CQ_LIT("oz"),          CQ_LIT("gallon"),      CQ_LIT("acre"), CQ_LIT("mph"),
        CQ_LIT("square foot"), CQ_LIT("square mile"),
    };
    if (!f->metric || f->imperial || f->value == 0) return false;
    cq_str text = run->pair->doc[CQ_SIDE_SOURCE]->text;
    cq_str behind = cq_str_sub(text, e->at.end, text.n);
    if (!cq_str_starts(behind, cq_str_of(" "))) return false;
    behind = cq_str_sub(behind, 1, behind.n);
    for (size_t i = 0; i < CQ_COUNT(UNITS); i++) {
        if (cq_str_starts(behind, UNITS[i])) return true;
    }
    return false;
}

static void report_unit(cq_check_run *run, const french_number *f, const cq_number *e,
                        const cq_link *l)
{
    cq_hit *h = report(run, f->at, "source/unit", l, CQ_HIGH);
    cq_str text = run->pair->doc[CQ_SIDE_SOURCE]->text;
    size_t end = e->at.end + 1; // with its unit
    while (end < text.n && cq_is_alpha(text.p[end])) end++;
    h->source = cq_str_sub(text, e->at.start, end);
    h->message =
        cq_strf(run->arena,
                cq_say(run, "L’unité a changé, le nombre non : « %.*s » dans l’original.",
                       "The unit has changed, the number has not: “%.*s” in the source."),
                CQ_PRI(h->source));
}

static void report_lost(cq_check_run *run, const cq_number *e, const cq_link *l)
{
    const cq_pair_sentence *s = &run->pair->sentences[CQ_SIDE_TARGET][l->first[1]];
    cq_spot at = {s->text.start, s->text.end, s->text, false};
    cq_hit *h = report(run, at, "source/number-lost", l, CQ_MEDIUM);
    h->category = cq_str_of("accuracy/omission");
    h->priority = -2; // covers a whole sentence: whatever is more exact goes first
    h->source = text_of(run->pair, e);
    h->message = cq_strf(run->arena,
                         cq_say(run, "Le nombre « %.*s » de l’original manque.",
                                "The number “%.*s” of the source is missing."),
                         CQ_PRI(h->source));
}

// Does the French also have a number in miles, feet ... that this one is not yet?
static bool imperial_left(const french_number *f, size_t n, const bool *taken,
                          const cq_number *e)
{
    for (size_t k = 0; k < n; k++) {
        if (!taken[k] && f[k].number.imperial && e->imperial) return true;
    }
    return false;
}

// "Brisbane's Nine News": a number in words with a capital that no sentence begins with.
static bool is_name(const cq_pair *pair, const cq_number *n)
{
    const cq_passage *p = &pair->english;
    for (size_t i = 1; i < p->n && p->tokens[i].start <= n->at.start && !n->figures;
         i++) {
        const cq_token *t = &p->tokens[i];
        if (t->start != n->at.start) continue;
        return t->flags & CQ_TOKEN_CAPITAL && !(t->flags & CQ_TOKEN_FIRST) &&
               i + 1 < p->n && p->tokens[i + 1].flags & CQ_TOKEN_CAPITAL;
    }
    return false;
}

// Links are at times off by a sentence: a number that stands beside it is not lost.
static bool stands_around(const cq_check_run *run, const source_numbers *s,
                          const cq_link *l, const cq_number *e)
{
    uint32_t link = (uint32_t)(l - run->pair->links);
    for (size_t k = 0; k < s->numbers.n; k++) {
        const french_number *f = &s->numbers.v[k];
        bool near = f->link == CQ_NO_LINK || (f->link + 1 >= link && f->link <= link + 1);
        if (near && same_number(run, f, e)) return true;
    }
    return false;
}

// A forty-year-old is a quadragénaire, a hundred may be centaines.
static bool stands_as_word(const cq_check_run *run, const cq_link *l, const cq_number *e)
{
    static const struct {
        double from, to;
        const char *word;
    } WORDS[] = {
        {30, 40, "trentenaire"},    {40, 50, "quadragénaire"},
        {50, 60, "quinquagénaire"}, {60, 70, "sexagénaire"},
        {70, 80, "septuagénaire"},  {80, 90, "octogénaire"},
        {90, 100, "nonagénaire"},   {100, 101, "centenaire"},
        {100, 101, "centaine"},     {50, 51, "cinquantenaire"},
        {200, 201, "bicentenaire"}, {1000, 1001, "millier"},
        {1000, 1001, "millénaire"},
    };
    cq_str text = cq_fold(
        run->scratch, cq_pair_text(run->pair, CQ_SIDE_TARGET, l->first[1], l->last[1]));
    for (size_t i = 0; i < CQ_COUNT(WORDS); i++) {
        if (e->value >= WORDS[i].from && e->value < WORDS[i].to &&
            cq_str_find(text, cq_str_of(WORDS[i].word)) != SIZE_MAX)
            return true;
    }
    return false;
}

// A third becomes a quarter: where each side has one share left.
static void compare_shares(cq_check_run *run, const cq_link *l, const cq_numbers *e,
                           bool *found, const french_number *f, bool *taken, size_t n)
{
    size_t e_left = 0, f_left = 0, lost = 0, added = 0;
    for (size_t i = 0; i < e->n; i++) {
        if (found[i] || e->v[i].kind != CQ_NUMBER_SHARE) continue;
        lost = i;
        e_left++;
    }
    for (size_t k = 0; k < n; k++) {
        if (taken[k] || f[k].number.kind != CQ_NUMBER_SHARE) continue;
        added = k;
        f_left++;
    }
    if (e_left != 1 || f_left != 1) return;
    report_changed(run, &f[added], &e->v[lost], l, false);
    found[lost] = taken[added] = true;
}

static void compare(cq_check_run *run, const source_numbers *s, const cq_link *l,
                    const french_number *f, size_t n)
{
    cq_numbers e = {0};
    const cq_passage *english = &run->pair->english;
    for (uint32_t i = l->first[0]; i < l->last[0]; i++)
        cq_numbers_english(run->scratch, english, english->sentences[i].first,
                           english->sentences[i].last, &e);
    if (n > NUMBERS_MAX || e.n > NUMBERS_MAX) return;
    bool taken[NUMBERS_MAX] = {false}, found[NUMBERS_MAX] = {false};
    for (size_t i = 0; i < e.n; i++) found[i] = is_name(run->pair, &e.v[i]);
    for (size_t i = 0; i < e.n; i++) {
        for (size_t k = 0; k < n && !found[i]; k++) {
            if (taken[k] || !same_number(run, &f[k], &e.v[i])) continue;
            found[i] = taken[k] = true;
            if (other_currency(&e.v[i], &f[k].number))
                report_currency(run, &f[k], &e.v[i], l, false);
            if (is_unit_alone_changed(run, &f[k].number, &e.v[i]))
                report_unit(run, &f[k], &e.v[i], l);
            if (f[k].number.currency[0] && !e.v[i].currency[0] &&
                !speaks_of_money(run, l))
                report_invented(run, &f[k], &e.v[i], l);
        }
    }
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < e.n && !taken[k]; i++) {
            taken[k] = same_number(run, &f[k], &e.v[i]); // said twice
            if (taken[k] || found[i]) continue;
            bool both = imperial_left(f, n, taken, &e.v[i]); // 209 km (130 miles)
            if (cq_numbers_converted(&e.v[i], &f[k].number)) {
                taken[k] = true;
                found[i] = !both;
            } else if (other_currency(&e.v[i], &f[k].number)) {
                report_currency(run, &f[k], &e.v[i], l, true);
                found[i] = taken[k] = true;
            }
        }
    }
    compare_shares(run, l, &e, found, f, taken, n);
    size_t lost = 0, added = 0;
    for (size_t i = 0; i < e.n; i++) lost += !found[i] && is_plain(&e.v[i]);
    for (size_t k = 0; k < n; k++) added += !taken[k] && is_plain(&f[k].number);
    bool alone = lost == 1 && added == 1;
    for (size_t i = 0; i < e.n; i++) {
        if (found[i] || !is_plain(&e.v[i])) continue;
        for (size_t k = 0; k < n && !found[i]; k++) {
            if (taken[k] || !is_plain(&f[k].number)) continue;
            if (!is_firm(&e.v[i]) && !is_firm(&f[k].number) && !alone) continue;
            report_changed(run, &f[k], &e.v[i], l, alone);
            found[i] = taken[k] = true;
        }
        for (size_t k = 0; k < n && !found[i]; k++) // said once for twice
            found[i] = same_number(run, &f[k], &e.v[i]);
        if (!found[i] && e.v[i].value > SMALL && !e.v[i].imperial &&
            !stands_around(run, s, l, &e.v[i]) && !stands_as_word(run, l, &e.v[i]) &&
            !cq_pair_hides_more(run->pair, l))
            report_lost(run, &e.v[i], l);
    }
}

static int by_link(const void *a, const void *b)
{
    const french_number *x = a, *y = b;
    if (x->link != y->link) return x->link < y->link ? -1 : 1;
    return (x->at.start > y->at.start) - (x->at.start < y->at.start);
}

void cq_source_numbers_finish(cq_check_run *run, void *state)
{
    source_numbers *s = state;
    if (!run->pair) return;
    if (s->numbers.n) qsort(s->numbers.v, s->numbers.n, sizeof *s->numbers.v, by_link);
    size_t at = 0;
    for (uint32_t i = 0; i < run->pair->links_n; i++) {
        size_t first = at;
        while (at < s->numbers.n && s->numbers.v[at].link == i) at++;
        cq_arena_reset(run->scratch);
        compare(run, s, &run->pair->links[i], s->numbers.v + first, at - first);
    }
}
