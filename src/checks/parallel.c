// English has one form for "Open the menu" as a step and "to open the menu" as an aim;
// engines render item by item, now "Ouvrez", now "Ouvrir". A list that mixes them is
// reported at the items of the rarer form. Lists of links are titles of other pages and
// are left alone. "Obtient la clé", where the source has no "Gets" but "Get", is neither;
// without a source it is reported where most items of its list are steps or aims.
#include "checks/parallel.h"

#include "base/utf8.h"
#include "source/pair.h"

enum {
    LEVELS = 10,
    ITEMS_MAX = 200, // of one list that are remembered
    LINKS_PERCENT = 60,
};

static const float SURE = 0.5f;

typedef enum { NEITHER, INFINITIVE, IMPERATIVE, THIRD } form;

typedef struct {
    cq_spot at;
    form form;
    cq_str other; // what the verb is in the other form; "": not known
} item;

typedef struct {
    CQ_VEC(item) items;
    size_t of[THIRD + 1]; // by form
    bool wanting;         // what opens it wants infinitives
} list;

typedef struct {
    list open[LEVELS]; // by level
    uint32_t block;    // the last that was looked at
    bool wanting;      // what stands before ended with "à :", that wants an infinitive
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
    if (!word.p || cq_str_starts(word, cq_str_of("voi"))) return NEITHER; // "Voir aussi"
    if (cq_str_ends(word, cq_str_of("ez"))) return IMPERATIVE;
    bool common = t->upos & (CQ_UPOS_BIT(CQ_NOUN) | CQ_UPOS_BIT(CQ_ADJ));
    return CQ_GET_VERBFORM(t->morph) == CQ_INF && !common ? INFINITIVE : NEITHER;
}

// "Obtient", "Permet": the present, of what is no noun as well.
static bool is_third_person(const cq_token *t)
{
    uint32_t nominal = CQ_UPOS_BIT(CQ_NOUN) | CQ_UPOS_BIT(CQ_ADJ) | CQ_UPOS_BIT(CQ_ADP);
    return t->kind == CQ_TOKEN_WORD && t->flags & CQ_TOKEN_CAPITAL &&
           !(t->upos & nominal) && CQ_GET_VERBFORM(t->morph) == CQ_FIN &&
           CQ_GET_MOOD(t->morph) == CQ_IND && CQ_GET_TENSE(t->morph) == CQ_PRES &&
           CQ_GET_PERSON(t->morph) == CQ_P3 && CQ_GET_NUMBER(t->morph) == CQ_SING;
}

// The source begins the block with the bare verb: "Get", not "Gets" or "Getting"; nor
// with the French word itself, as in "Azure".
static bool begins_bare(cq_check_run *run, const cq_passage *p, const cq_sentence *in)
{
    cq_aligned at;
    if (!run->pair || !cq_pair_of_sentence(run->pair, p, in, &at)) return false;
    const cq_passage *english = &run->pair->english;
    const cq_sentence *s = &english->sentences[at.first];
    bool inside = at.first && english->sentences[at.first - 1].block == s->block;
    cq_str word = cq_pair_folded(run->pair, s->first);
    if (at.confidence < SURE || inside ||
        cq_str_eq(cq_token_text(english, s->first), cq_token_text(p, in->first)))
        return false;
    const cq_english_lemma *lemmas;
    size_t n = cq_pair_lemmas(run->pair, s->first, &lemmas);
    for (size_t k = 0; k < n; k++) {
        if (lemmas[k].upos == CQ_VERB && cq_str_eq(lemmas[k].lemma, word)) return true;
    }
    return false;
}

// "Ouvrir" of "Ouvrez", and the reverse; "Assurez-vous" would change its pronoun, too.
static cq_str other_form(cq_check_run *run, const cq_passage *p, size_t i, form from)
{
    enum {
        INF = CQ_VERB | CQ_INF << CQ_M_VERBFORM,
        IMP = CQ_VERB | CQ_FIN << CQ_M_VERBFORM | CQ_IMP << CQ_M_MOOD |
              CQ_P2 << CQ_M_PERSON | CQ_PLUR << CQ_M_NUMBER
    };
    size_t n;
    const cq_reading *r = cq_lexicon_readings(
        run->lexicon, cq_lexicon_lookup(run->lexicon, cq_token_text(p, i)), &n);
    uint32_t end = p->tokens[i].end, verb = 0;
    for (size_t k = 0; k < n; k++) { // "ouvrez" is of "ouvrir" rather than of "ouvrer"
        if (CQ_GET_UPOS(r[k].morph) != CQ_VERB) continue;
        if (!verb || cq_lexicon_frequency(run->lexicon, r[k].lemma) >
                         cq_lexicon_frequency(run->lexicon, verb))
            verb = r[k].lemma;
    }
    if (end < p->doc->text.n && p->doc->text.p[end] == '-') return (cq_str){"", 0};
    uint32_t id = cq_lexicon_inflect(run->lexicon, verb, from == INFINITIVE ? IMP : INF);
    return cq_upper_first(run->arena, cq_lexicon_form(run->lexicon, id));
}

static item item_of(cq_check_run *run, const cq_passage *p, size_t i, form f)
{
    return (item){cq_spot_of_tokens(p, i, i + 1), f, other_form(run, p, i, f)};
}

static void suggest(cq_check_run *run, cq_hit *h, const item *x)
{
    if (x->other.n) cq_hit_fix_add(run, h, x->at.start, x->at.end, x->other);
}

static void report_third(cq_check_run *run, const item *x)
{
    cq_hit *h = cq_hit_add(run, cq_str_of("parallel/third"), x->at);
    h->category = cq_str_of("linguistic-conventions/grammar");
    h->severity = CQ_MINOR;
    h->confidence = CQ_MEDIUM;
    h->message =
        run->pair ? cq_str_of(cq_say(
                        run, "La source donne un ordre ou un but, non un constat.",
                        "The source gives an order or an aim; this states a fact."))
                  : cq_str_of(cq_say(run, "Un constat parmi des consignes ou des buts.",
                                     "A fact among steps or aims."));
    suggest(run, h, x);
}

static void report(cq_check_run *run, const item *x)
{
    if (x->form == THIRD) {
        report_third(run, x);
        return;
    }
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
    suggest(run, h, x);
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
    for (size_t i = 0; i < l->items.n && l->of[THIRD] <= inf + imp; i++) {
        if (l->items.v[i].form != THIRD) continue;
        if (imp > inf) l->items.v[i].other.n = 0; // an infinitive would not do
        report(run, &l->items.v[i]);
    }
    l->items.n = 0;
    l->wanting = false;
    memset(l->of, 0, sizeof l->of);
}

static void close_from(cq_check_run *run, parallel *s, unsigned level)
{
    for (unsigned k = level; k < LEVELS; k++) close_list(run, &s->open[k]);
}

// "Vous allez apprendre à :", "Il sert à :"
static bool wants_infinitive(const cq_passage *p, const cq_sentence *in)
{
    static const char *const WORDS[] = {
        "à",      "pour", "devez", "pouvez", "pourrez", "allez",    "devrez",
        "voulez", "doit", "peut",  "pourra", "devra",   "souhaitez"};
    if (in->last - in->first < 3 || p->tokens[in->last - 1].mark != CQ_MARK_COLON)
        return false;
    char buf[64];
    cq_str word = cq_fold_into(buf, sizeof buf, cq_token_text(p, in->last - 2));
    return word.p && CQ_IN(WORDS, word);
}

// "à : Ouvrez", "à : Comment ouvrir": an item of such a list.
static void look_at_wanted(cq_check_run *run, const cq_passage *p, const cq_sentence *in)
{
    char buf[64];
    cq_str word = cq_fold_into(buf, sizeof buf, cq_token_text(p, in->first));
    bool asks = word.p && cq_str_is(word, "comment");
    if (!asks && form_of(p, in->first) != IMPERATIVE) return;
    item x = item_of(run, p, in->first, IMPERATIVE);
    cq_hit *h = cq_hit_add(run, cq_str_of("parallel/opening"), x.at);
    h->category = cq_str_of("linguistic-conventions/grammar");
    h->severity = CQ_MINOR;
    h->confidence = CQ_HIGH;
    h->message = cq_str_of(cq_say(run, "Ce qui ouvre la liste demande un infinitif.",
                                  "What opens the list wants an infinitive."));
    if (!asks) suggest(run, h, &x);
}

void cq_parallel_run(cq_check_run *run, void *state, const cq_passage *p)
{
    parallel *s = state;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *in = &p->sentences[k];
        bool wanting = s->wanting;
        s->wanting = wants_infinitive(p, in);
        if (in->block == s->block) continue;
        s->block = in->block;
        const cq_block *b = &p->doc->blocks.v[in->block];
        if (b->kind == CQ_BLOCK_ALT_TEXT || b->kind == CQ_BLOCK_CAPTION) continue;
        bool third = is_third_person(&p->tokens[in->first]);
        bool bare = third && begins_bare(run, p, in);
        if (b->kind != CQ_BLOCK_LIST_ITEM) {
            close_from(run, s, 0);
            if (bare && b->kind == CQ_BLOCK_HEADING) {
                item x = item_of(run, p, in->first, THIRD);
                report_third(run, &x);
            }
            continue;
        }
        unsigned level = b->level < LEVELS ? b->level : LEVELS - 1;
        close_from(run, s, level + 1);
        list *l = &s->open[level];
        l->wanting |= wanting;
        if (l->wanting) {
            look_at_wanted(run, p, in);
            continue;
        }
        form f = bare || (third && !run->pair) ? THIRD : form_of(p, in->first);
        if (f == NEITHER || b->link_percent >= LINKS_PERCENT || l->items.n == ITEMS_MAX)
            continue;
        *CQ_PUSH(run->arena, &l->items) = item_of(run, p, in->first, f);
        l->of[f]++;
    }
}

void cq_parallel_finish(cq_check_run *run, void *state) { close_from(run, state, 0); }
