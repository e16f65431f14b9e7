// "chaque État d’entrée" for "each input state": the French word has a capital inside a
// sentence, the English one that is linked to it has none there nor elsewhere. Only of
// texts about software: elsewhere French honours institutions (le Parlement, la Cour). A
// label may well get its capital back ("le bouton Fermer").
#include "checks/source_capitals.h"

#include "base/utf8.h"
#include "checks/labels.h"
#include "checks/source_common.h"

enum { NAME = CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED };

typedef struct {
    bool technical;
} capitals;

void *cq_source_capitals_begin(cq_check_run *run)
{
    capitals *s = CQ_NEW(run->arena, capitals);
    s->technical = run->pair && run->linker && cq_about_software(run->pair);
    return s;
}

// A label or the name of a thing of the program may stand behind these.
static bool carries_name(cq_str w)
{
    static const char *const WORDS[] = {
        "objet",   "section",  "page",    "option",   "dossier",     "vue",
        "jeu",     "script",   "classe",  "liste",    "paramètre",   "type",
        "mode",    "zone",     "appelé",  "appelée",  "nommé",       "nommée",
        "sur",     "classes",  "champs",  "élément",  "paramètres",  "propriété",
        "conflit", "nuanceur", "guide",   "fonction", "outil",       "groupe",
        "article", "chapitre", "méthode", "nœud",     "didacticiel", "objets"};
    static const char *const VERBS[] = {"coch", "tap", "entr", "sais"};
    for (size_t i = 0; i < CQ_COUNT(VERBS); i++) {
        if (cq_str_starts(w, cq_str_of(VERBS[i]))) return true;
    }
    return cq_labels_follow(w) || CQ_IN(WORDS, w);
}

// Some of these are names where they have a capital.
static bool may_be_name(cq_str w)
{
    static const char *const WORDS[] = {"internet", "web",    "cloud", "bureau", "store",
                                        "terre",    "soleil", "lune",  "clouds", "mars"};
    return CQ_IN(WORDS, w);
}

// A capital that nothing asks for: in the sentence, and no other beside it.
static bool stands_out(const cq_passage *p, uint32_t i)
{
    enum { NOT = CQ_TOKEN_FIRST | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED | CQ_TOKEN_QUOTED };
    const cq_token *t = &p->tokens[i];
    if (!i || t->kind != CQ_TOKEN_WORD || !(t->flags & CQ_TOKEN_CAPITAL) ||
        t->flags & NOT || p->tokens[i - 1].sentence != t->sentence)
        return false;
    const cq_token *before = &p->tokens[i - 1], *after = &p->tokens[i + 1];
    if (before->kind != CQ_TOKEN_WORD || before->flags & NAME) return false;
    if (i + 1 == p->n || after->sentence != t->sentence) return true;
    return !(after->flags & NAME) &&
           (after->flags & CQ_TOKEN_SPACE || after->kind == CQ_TOKEN_PUNCT);
}

static bool is_small_everywhere(cq_check_run *run, uint32_t english)
{
    const cq_passage *e = &run->pair->english;
    if (e->tokens[english].flags & NAME) return false;
    cq_str word = cq_pair_folded(run->pair, english);
    for (uint32_t k = 0; k < e->n; k++) {
        const cq_token *t = &e->tokens[k];
        if (t->flags & NAME && !(t->flags & CQ_TOKEN_FIRST) &&
            cq_str_eq(cq_pair_folded(run->pair, k), word) &&
            !cq_is_title_case(e, &e->sentences[t->sentence], NAME))
            return false;
    }
    return true;
}

static void report(cq_check_run *run, const cq_passage *p, uint32_t i, uint32_t english)
{
    const cq_token *e = &run->pair->english.tokens[english];
    cq_hit *h =
        cq_hit_add(run, cq_str_of("source/capital"), cq_spot_of_tokens(p, i, i + 1));
    h->category = cq_str_of("linguistic-conventions/casing");
    h->severity = CQ_MINOR;
    h->confidence = CQ_MEDIUM;
    h->source_at = (cq_span){e->start, e->end};
    h->source = cq_token_text(&run->pair->english, english);
    h->message = cq_str_of(cq_say(run, "La source n’a pas de majuscule ici.",
                                  "The source has no capital here."));
    cq_hit_fix_add(run, h, h->at.start, h->at.end,
                   cq_fold(run->arena, cq_token_text(p, i)));
}

void cq_source_capitals_run(cq_check_run *run, void *state, const cq_passage *p)
{
    enum { COMMON = CQ_UPOS_BIT(CQ_NOUN) | CQ_UPOS_BIT(CQ_ADJ) | CQ_UPOS_BIT(CQ_VERB) };
    const capitals *s = state;
    if (!s->technical) return;
    for (uint32_t i = 1; i < p->n; i++) {
        if (!stands_out(p, i)) continue;
        char buf[64];
        cq_str before = cq_fold_into(buf, sizeof buf, cq_token_text(p, i - 1));
        if (!before.p || carries_name(before)) continue;
        cq_str word = cq_fold(run->scratch, cq_token_text(p, i));
        uint32_t form = cq_lexicon_find(run->lexicon, word);
        if (!form || !(cq_lexicon_upos(run->lexicon, form) & COMMON) || may_be_name(word))
            continue;
        if (cq_is_title_case(p, &p->sentences[p->tokens[i].sentence], NAME)) continue;
        const cq_word_links *w = cq_link_words(run->linker, run->scratch, p, i);
        cq_word_link l = cq_link_of(w, CQ_SIDE_TARGET, i);
        if (l.other == CQ_NO_LINK || l.slot || l.confidence < CQ_LINK_SURE) continue;
        if (is_small_everywhere(run, l.other)) report(run, p, i, l.other);
    }
}
