// English has one form for "Open the menu" as a step and "to open the menu" as an aim;
// engines render item by item, now "Ouvrez", now "Ouvrir". A list that mixes them is
// reported at the items of the rarer form. Lists of links are titles of other pages and
// are left alone.
#include "checks/parallel.h"

#include "base/utf8.h"

enum {
    LEVELS = 10,
    ITEMS_MAX = 200, // of one list that are remembered
    LINKS_PERCENT = 60,
};

typedef enum { NEITHER, INFINITIVE, IMPERATIVE } form;

typedef struct {
    cq_spot at;
    form form;
} item;

typedef struct {
    CQ_VEC(item) items;
    size_t of[3]; // by form
} list;

typedef struct {
    list open[LEVELS]; // by level
    uint32_t block;    // the last that was looked at
} parallel;

void *cq_parallel_begin(cq_check_run *run)
{
    parallel *s = CQ_NEW(run->arena, parallel);
    s->block = UINT32_MAX;
    return s;
}

static form form_of(const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    if (t->kind != CQ_TOKEN_WORD || !(t->flags & CQ_TOKEN_CAPITAL) ||
        t->flags & (CQ_TOKEN_UPPER | CQ_TOKEN_QUOTED) ||
        !(t->upos & CQ_UPOS_BIT(CQ_VERB)))
        return NEITHER;
    char buf[64];
    cq_str word = cq_fold_into(buf, sizeof buf, cq_token_text(p, i));
    if (!word.p || cq_str_is(word, "voir")) return NEITHER; // "Voir aussi"
    if (cq_str_ends(word, cq_str_of("ez"))) return IMPERATIVE;
    bool common = t->upos & (CQ_UPOS_BIT(CQ_NOUN) | CQ_UPOS_BIT(CQ_ADJ));
    return CQ_GET_VERBFORM(t->morph) == CQ_INF && !common ? INFINITIVE : NEITHER;
}

static void report(cq_check_run *run, const item *x)
{
    cq_hit *h = cq_hit_add(run, cq_str_of("parallel/list"), x->at);
    h->category = cq_str_of("linguistic-conventions/grammar");
    h->severity = CQ_MINOR;
    h->confidence = CQ_MEDIUM;
    h->message = cq_str_of(cq_say(
        run,
        x->form == INFINITIVE ? "Infinitif dans une liste qui emploie aussi l’impératif."
                              : "Impératif dans une liste qui emploie aussi l’infinitif.",
        x->form == INFINITIVE ? "An infinitive in a list that uses imperatives, too."
                              : "An imperative in a list that uses infinitives, too."));
}

static void close_list(cq_check_run *run, list *l)
{
    size_t inf = l->of[INFINITIVE], imp = l->of[IMPERATIVE];
    if (inf && imp) {
        form odd = inf < imp ? INFINITIVE : IMPERATIVE;
        if (inf == imp) odd = l->items.v[0].form == INFINITIVE ? IMPERATIVE : INFINITIVE;
        for (size_t i = 0; i < l->items.n; i++) {
            if (l->items.v[i].form == odd) report(run, &l->items.v[i]);
        }
    }
    l->items.n = 0;
    memset(l->of, 0, sizeof l->of);
}

static void close_from(cq_check_run *run, parallel *s, unsigned level)
{
    for (unsigned k = level; k < LEVELS; k++) close_list(run, &s->open[k]);
}

void cq_parallel_run(cq_check_run *run, void *state, const cq_passage *p)
{
    parallel *s = state;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *in = &p->sentences[k];
        if (in->block == s->block) continue;
        s->block = in->block;
        const cq_block *b = &p->doc->blocks.v[in->block];
        if (b->kind == CQ_BLOCK_ALT_TEXT || b->kind == CQ_BLOCK_CAPTION) continue;
        if (b->kind != CQ_BLOCK_LIST_ITEM) {
            close_from(run, s, 0);
            continue;
        }
        unsigned level = b->level < LEVELS ? b->level : LEVELS - 1;
        close_from(run, s, level + 1);
        list *l = &s->open[level];
        form f = form_of(p, in->first);
        if (f == NEITHER || b->link_percent >= LINKS_PERCENT || l->items.n == ITEMS_MAX)
            continue;
        *CQ_PUSH(run->arena, &l->items) =
            (item){cq_spot_of_tokens(p, in->first, in->first + 1), f};
        l->of[f]++;
    }
}

void cq_parallel_finish(cq_check_run *run, void *state) { close_from(run, state, 0); }
