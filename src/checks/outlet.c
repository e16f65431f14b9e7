// The site is known by the address that the page gives of itself, else by the host name
// that its furniture repeats (logo, footer, copyright line).
#include "checks/outlet.h"

#include <string.h>

#include "base/utf8.h"

enum { HOSTS_MAX = 16, SURE_TIMES = 2, VERB_REACH = 4, HOST_BYTES_MAX = 64 };

typedef struct {
    cq_str name;
    unsigned times;
} host;

typedef struct {
    host v[HOSTS_MAX];
    size_t n;
} hosts;

static bool is_host(cq_str w)
{
    if (w.n < 4 || w.n > HOST_BYTES_MAX || w.p[0] == '.') return false;
    size_t dot = 0;
    for (size_t i = 0; i < w.n; i++) {
        char c = w.p[i];
        bool middle = !dot && (c == '-' || cq_is_digit(c)); // not in "fr", "com"
        if (c == '.')
            dot = i;
        else if (!cq_is_alpha(c) && !middle)
            return false;
    }
    return dot && w.n - dot >= 3;
}

// "site.frsite.fr" (a logo and its alternative text, side by side) is "site.fr".
static cq_str once(cq_str w)
{
    size_t half = w.n / 2;
    if (w.n % 2 == 0 && memcmp(w.p, w.p + half, half) == 0) w.n = half;
    return w;
}

static void count_host(hosts *all, cq_str w)
{
    while (w.n && (w.p[w.n - 1] == '.' || w.p[w.n - 1] == ',')) w.n--;
    w = once(w);
    if (!is_host(w)) return;
    for (size_t i = 0; i < all->n; i++) {
        if (cq_str_eq(all->v[i].name, w)) {
            all->v[i].times++;
            return;
        }
    }
    if (all->n < HOSTS_MAX) all->v[all->n++] = (host){w, 1};
}

static cq_str host_of_url(cq_str url)
{
    size_t at = cq_str_find(url, cq_str_of("://"));
    if (at == SIZE_MAX) return cq_str_of("");
    cq_str rest = cq_str_sub(url, at + 3, url.n), field;
    if (!cq_str_split(&rest, '/', &field)) return cq_str_of("");
    if (cq_str_starts(field, cq_str_of("www."))) field = cq_str_sub(field, 4, field.n);
    return is_host(field) ? field : cq_str_of("");
}

static cq_str host_of_furniture(const cq_document *d)
{
    hosts all = {0};
    for (size_t i = 0; i < d->blocks.n; i++) {
        const cq_block *b = &d->blocks.v[i];
        if (b->skip != CQ_SKIP_FURNITURE) continue;
        cq_str rest = cq_str_sub(d->text, b->text.start, b->text.end), word;
        while (cq_str_split(&rest, ' ', &word)) count_host(&all, word);
    }
    const host *best = NULL;
    for (size_t i = 0; i < all.n; i++) {
        if (!best || all.v[i].times > best->times) best = &all.v[i];
    }
    return best && best->times >= SURE_TIMES ? best->name : cq_str_of("");
}

typedef struct {
    cq_str site;
} outlet_state;

void *cq_outlet_begin(cq_check_run *run)
{
    cq_str site = host_of_url(run->doc->url);
    if (!site.n) site = host_of_furniture(run->doc);
    if (site.n && run->pair &&
        cq_str_find(run->pair->english.doc->text, site) != SIZE_MAX)
        site.n = 0; // the English names it too
    outlet_state *s = CQ_NEW(run->arena, outlet_state);
    s->site = site;
    return s;
}

static bool is_telling(cq_str lemma)
{
    static const char *const VERBS[] = {
        "déclarer", "dire",    "confier",  "expliquer", "affirmer",  "indiquer",
        "raconter", "assurer", "préciser", "souligner", "annoncer",  "révéler",
        "ajouter",  "parler",  "répondre", "avouer",    "confirmer",
    };
    return CQ_IN(VERBS, lemma);
}

// "a déclaré (hier, mardi) à" before token i.
static bool told_to(const cq_check_run *run, const cq_passage *p, size_t i)
{
    if (!i || !cq_str_is(cq_token_text(p, i - 1), "à")) return false;
    const size_t first = p->sentences[p->tokens[i].sentence].first;
    for (size_t k = i - 1; k > first && i - k <= VERB_REACH; k--) {
        const cq_token *t = &p->tokens[k - 1];
        if (t->kind == CQ_TOKEN_PUNCT && t->mark != CQ_MARK_COMMA) return false;
        if (t->lemma && is_telling(cq_lexicon_form(run->lexicon, t->lemma))) return true;
    }
    return false;
}

static bool stands_in(const cq_passage *p, const cq_sentence *s, cq_str word)
{
    enum { BYTES = 64 };
    char x[BYTES], y[BYTES];
    cq_str wanted = cq_fold_into(x, sizeof x, word);
    for (size_t i = s->first; wanted.p && i < s->last; i++) {
        cq_str there = cq_fold_into(y, sizeof y, cq_token_text(p, i));
        if (there.p && cq_str_eq(there, wanted)) return true;
    }
    return !wanted.p;
}

// "told RFI": the first name behind a verb of telling in the aligned English, where the
// French sentence has nothing of it. UINT32_MAX: there is none.
static uint32_t told_in_source(const cq_check_run *run, const cq_passage *p,
                               const cq_sentence *s, const cq_aligned *at)
{
    static const char *const VERBS[] = {"told", "tells", "telling", "tell"};
    const cq_passage *english = &run->pair->english;
    for (uint32_t i = at->first_token; i + 1 < at->last_token; i++) {
        char buf[16];
        cq_str verb = cq_fold_into(buf, sizeof buf, cq_token_text(english, i));
        if (!verb.p || !CQ_IN(VERBS, verb)) continue;
        uint32_t k = i + 1;
        if (cq_str_ieq(cq_token_text(english, k), "the")) k++;
        if (k >= at->last_token) return UINT32_MAX;
        unsigned capital = CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED;
        bool name = english->tokens[k].flags & capital;
        return name && !stands_in(p, s, cq_token_text(english, k)) ? k : UINT32_MAX;
    }
    return UINT32_MAX;
}

// "a déclaré à France 24" for "told RFI".
static void look_at_source(cq_check_run *run, const cq_passage *p, size_t i)
{
    static const float SURE = 0.5f;
    const cq_token *t = &p->tokens[i];
    unsigned capital = CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED;
    bool name =
        t->kind == CQ_TOKEN_URL || (t->kind == CQ_TOKEN_WORD && t->flags & capital);
    if (!name || cq_pair_says(run->pair, cq_token_text(p, i))) return;
    const cq_sentence *s = &p->sentences[t->sentence];
    cq_aligned at;
    if (!cq_pair_of_sentence(run->pair, p, s, &at) || at.confidence < SURE) return;
    uint32_t k = told_in_source(run, p, s, &at);
    if (k == UINT32_MAX) return;
    cq_hit *h =
        cq_hit_add(run, cq_str_of("outlet/other"), cq_spot_of_tokens(p, i, i + 1));
    h->category = cq_str_of("accuracy/mistranslation/entity");
    h->severity = CQ_MAJOR;
    h->confidence = CQ_MEDIUM;
    h->source = cq_token_text(&run->pair->english, k);
    h->source_at =
        (cq_span){run->pair->english.tokens[k].start, run->pair->english.tokens[k].end};
    h->message = cq_strf(run->arena,
                         cq_say(run, "Propos tenus à « %.*s » dans l’original.",
                                "In the source this was told to “%.*s”."),
                         CQ_PRI(h->source));
}

void cq_outlet_run(cq_check_run *run, void *state, const cq_passage *p)
{
    const outlet_state *s = state;
    for (size_t i = 0; (s->site.n || run->pair) && i < p->n; i++) {
        if (!told_to(run, p, i)) continue;
        if (run->pair) look_at_source(run, p, i);
        if (p->tokens[i].kind != CQ_TOKEN_URL) continue;
        if (!cq_str_eq(cq_token_text(p, i), s->site)) continue;
        cq_hit *h =
            cq_hit_add(run, cq_str_of("outlet/own-site"), cq_spot_of_tokens(p, i, i + 1));
        h->category = cq_str_of("accuracy/mistranslation/entity");
        h->severity = CQ_MAJOR;
        h->confidence = CQ_MEDIUM;
        h->message = cq_strf(
            run->arena,
            cq_say(run,
                   "« %.*s » est le site lui-même : à quel média ces propos ont-ils été "
                   "tenus dans l’original ?",
                   "“%.*s” is the site itself: which outlet does the original name?"),
            CQ_PRI(s->site));
    }
}
