// The site is known by the address that the page gives of itself, else by the host name
// that its furniture repeats (logo, footer, copyright line).
#include "checks/outlet.h"

#include <string.h>

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
    if (!site.n) return NULL;
    if (run->pair && cq_str_find(run->pair->english.doc->text, site) != SIZE_MAX)
        return NULL; // the English names it too
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

void cq_outlet_run(cq_check_run *run, void *state, const cq_passage *p)
{
    const outlet_state *s = state;
    if (!s) return;
    for (size_t i = 0; i < p->n; i++) {
        if (p->tokens[i].kind != CQ_TOKEN_URL || !told_to(run, p, i)) continue;
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
