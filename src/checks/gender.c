// English nouns have no gender; that of a person is told by the given name, by Ms or Mrs,
// or by the ending of Slavic names of women (Novakova). Only nouns count whose feminine
// nobody disputes (directrice, not cheffe), the article of those that are the same for
// both, and participles right behind the name.
#include "checks/gender.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "checks/given_names.h"

enum {
    NAME_MAX = 40,   // bytes
    BETWEEN_MAX = 4, // tokens between noun and name: "directeur du musée de"
    SURNAME_MIN = 7, // letters of one whose ending tells
};

static const struct {
    const char *man, *woman;
} NOUNS[] = {
    {"acteur", "actrice"},
    {"administrateur", "administratrice"},
    {"ambassadeur", "ambassadrice"},
    {"animateur", "animatrice"},
    {"assistant", "assistante"},
    {"avocat", "avocate"},
    {"banquier", "banquière"},
    {"blogueur", "blogueuse"},
    {"candidat", "candidate"},
    {"champion", "championne"},
    {"chancelier", "chancelière"},
    {"chanteur", "chanteuse"},
    {"chercheur", "chercheuse"},
    {"chroniqueur", "chroniqueuse"},
    {"citoyen", "citoyenne"},
    {"cofondateur", "cofondatrice"},
    {"collectionneur", "collectionneuse"},
    {"comédien", "comédienne"},
    {"commentateur", "commentatrice"},
    {"compositeur", "compositrice"},
    {"conseiller", "conseillère"},
    {"conservateur", "conservatrice"},
    {"consultant", "consultante"},
    {"coordinateur", "coordinatrice"},
    {"coureur", "coureuse"},
    {"couturier", "couturière"},
    {"créateur", "créatrice"},
    {"cuisinier", "cuisinière"},
    {"danseur", "danseuse"},
    {"député", "députée"},
    {"détenteur", "détentrice"},
    {"directeur", "directrice"},
    {"dirigeant", "dirigeante"},
    {"écrivain", "écrivaine"},
    {"éditeur", "éditrice"},
    {"employé", "employée"},
    {"enseignant", "enseignante"},
    {"entrepreneur", "entrepreneuse"},
    {"étudiant", "étudiante"},
    {"ex-président", "ex-présidente"},
    {"fermier", "fermière"},
    {"fondateur", "fondatrice"},
    {"gérant", "gérante"},
    {"habitant", "habitante"},
    {"héritier", "héritière"},
    {"historien", "historienne"},
    {"infirmier", "infirmière"},
    {"inspecteur", "inspectrice"},
    {"instituteur", "institutrice"},
    {"joueur", "joueuse"},
    {"lauréat", "lauréate"},
    {"médaillé", "médaillée"},
    {"militant", "militante"},
    {"modérateur", "modératrice"},
    {"musicien", "musicienne"},
    {"nageur", "nageuse"},
    {"organisateur", "organisatrice"},
    {"ouvrier", "ouvrière"},
    {"patron", "patronne"},
    {"physicien", "physicienne"},
    {"policier", "policière"},
    {"politicien", "politicienne"},
    {"présentateur", "présentatrice"},
    {"président", "présidente"},
    {"producteur", "productrice"},
    {"réalisateur", "réalisatrice"},
    {"rédacteur", "rédactrice"},
    {"représentant", "représentante"},
    {"romancier", "romancière"},
    {"sénateur", "sénatrice"},
    {"skieur", "skieuse"},
    {"traducteur", "traductrice"},
    {"vendeur", "vendeuse"},
    {"vice-président", "vice-présidente"},
};

// The article alone tells.
static const char *const EITHER[] = {
    "activiste",     "analyste",    "anthropologue", "archéologue",  "architecte",
    "artiste",       "astronaute",  "astronome",     "athlète",      "bibliothécaire",
    "biologiste",    "cardiologue", "chorégraphe",   "cinéaste",     "dentiste",
    "diplomate",     "économiste",  "gymnaste",      "gynécologue",  "journaliste",
    "juge",          "juriste",     "libraire",      "linguiste",    "maire",
    "ministre",      "neurologue",  "parlementaire", "pédiatre",     "philosophe",
    "photographe",   "pianiste",    "politologue",   "porte-parole", "propriétaire",
    "psychiatre",    "psychologue", "radiologue",    "scientifique", "secrétaire",
    "sociologue",    "spécialiste", "styliste",      "syndicaliste", "vétérinaire",
    "vice-ministre", "violoniste"};

static const struct {
    const char *man, *woman, *capital;
} ARTICLES[] = {{"le", "la", "La"},
                {"un", "une", "Une"},
                {"ce", "cette", "Cette"},
                {"au", "à la", "À la"}};

static int by_bytes(const void *key, const void *member)
{
    return cq_str_cmp(*(const cq_str *)key, cq_str_of(*(const char *const *)member));
}

static bool is_given_name(cq_str word)
{
    return bsearch(&word, GIVEN_NAMES, CQ_COUNT(GIVEN_NAMES), sizeof *GIVEN_NAMES,
                   by_bytes) != NULL;
}

// Novakova, Tereshkova; not Casanova.
static bool is_woman_surname(cq_str word)
{
    static const char *const ENDINGS[] = {"kova", "nova", "lova",  "tova", "sova",
                                          "pova", "rova", "yeva",  "ieva", "neva",
                                          "deva", "seva", "skaya", "ová"};
    static const char *const OTHERS[] = {"Casanova", "Villanova", "Terranova",
                                         "Supernova", "Bossanova"};
    if (word.n < SURNAME_MIN) return false;
    if (CQ_IN(OTHERS, word)) return false;
    for (size_t i = 0; i < CQ_COUNT(ENDINGS); i++) {
        if (cq_str_ends(word, cq_str_of(ENDINGS[i]))) return true;
    }
    return false;
}

static bool is_name(const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    return t->kind == CQ_TOKEN_WORD && t->flags & CQ_TOKEN_CAPITAL &&
           t->end - t->start <= NAME_MAX && !(t->flags & CQ_TOKEN_ELIDED);
}

// The words of the source that stand behind Ms or Mrs.
void *cq_gender_begin(cq_check_run *run)
{
    static const char *const TITLES[] = {"ms", "mrs", "miss", "ms.", "mrs."};
    cq_map *titled = CQ_NEW(run->arena, cq_map);
    cq_map_init(titled, run->arena);
    for (uint32_t i = 1; run->pair && i < run->pair->english.n; i++) {
        cq_str before = cq_pair_folded(run->pair, i - 1);
        for (size_t k = 0; k < CQ_COUNT(TITLES); k++) {
            if (cq_str_is(before, TITLES[k]))
                cq_map_put(titled, cq_token_text(&run->pair->english, i), NULL);
        }
    }
    return titled;
}

// Where the name of a woman that begins at token i ends; i: there is none. The source
// must have her, too.
static size_t woman(cq_check_run *run, const cq_map *titled, const cq_passage *p,
                    const cq_sentence *in, size_t i)
{
    if (!is_name(p, i) || (i > in->first && is_name(p, i - 1))) return i;
    cq_str word = cq_token_text(p, i);
    size_t end = i + 1;
    while (end < in->last &&
           (is_name(p, end) || cq_str_is(cq_token_text(p, end), "von") ||
            cq_str_is(cq_token_text(p, end), "van")))
        end++;
    bool hers = is_woman_surname(cq_token_text(p, end - 1));
    hers = hers || (end > i + 1 ? is_given_name(word) : cq_map_get(titled, word) != NULL);
    return hers && cq_pair_says(run->pair, word) ? end : i;
}

static bool is_noun(cq_str word)
{
    for (size_t j = 0; j < CQ_COUNT(NOUNS); j++) {
        if (cq_str_is(word, NOUNS[j].man)) return true;
    }
    return CQ_IN(EITHER, word);
}

// "directeur" before the name at token i, with no more than "du musée", "allemand" or a
// comma between; in->last: none.
static size_t noun_before(const cq_passage *p, const cq_sentence *in, size_t i)
{
    size_t k = i;
    if (k > in->first && p->tokens[k - 1].mark == CQ_MARK_COMMA) k--;
    for (unsigned n = 0; n <= BETWEEN_MAX && k > in->first; n++) {
        const cq_token *t = &p->tokens[--k];
        char buf[3 * NAME_MAX + 4];
        cq_str word = t->end - t->start <= NAME_MAX
                          ? cq_fold_into(buf, sizeof buf, cq_token_text(p, k))
                          : (cq_str){NULL, 0};
        if (!word.p || t->kind != CQ_TOKEN_WORD) break;
        if (is_noun(word)) return k;
        uint32_t upos = CQ_GET_UPOS(t->morph);
        bool of = cq_str_is(word, "de") || cq_str_is(word, "du") ||
                  cq_str_is(word, "d'") || cq_str_is(word, "des") ||
                  cq_str_is(word, "la") || cq_str_is(word, "l'");
        if (!of && upos != CQ_NOUN && upos != CQ_ADJ && upos != CQ_PROPN) break;
        // "du musée, Anna": what is right before the name must not be "de".
        if (of && k + 1 == i) break;
    }
    return in->last;
}

static void report(cq_check_run *run, const cq_passage *p, size_t at, cq_str name,
                   cq_str right)
{
    cq_hit *h =
        cq_hit_add(run, cq_str_of("gender/woman"), cq_spot_of_tokens(p, at, at + 1));
    h->category = cq_str_of("linguistic-conventions/agreement");
    h->severity = CQ_MAJOR;
    h->confidence = CQ_MEDIUM;
    h->message = cq_strf(
        run->arena, cq_say(run, "%.*s est une femme.", "%.*s is a woman."), CQ_PRI(name));
    if (right.n) cq_hit_fix_add_loose(run, h, right);
}

// The noun at token k, or the article before it.
static void look_at(cq_check_run *run, const cq_passage *p, const cq_sentence *in,
                    size_t k, cq_str name)
{
    cq_str word = cq_fold(run->scratch, cq_token_text(p, k));
    for (size_t j = 0; j < CQ_COUNT(NOUNS); j++) {
        if (cq_str_is(word, NOUNS[j].man))
            report(run, p, k, name, cq_str_of(NOUNS[j].woman));
    }
    if (k == in->first || !CQ_IN(EITHER, word)) return;
    cq_str before = cq_fold(run->scratch, cq_token_text(p, k - 1));
    if (cq_str_is(before, "premier") && cq_str_is(word, "ministre"))
        report(run, p, k - 1, name, cq_str_of("Première"));
    bool capital = p->tokens[k - 1].flags & CQ_TOKEN_CAPITAL;
    for (size_t j = 0; j < CQ_COUNT(ARTICLES); j++) {
        if (cq_str_is(before, ARTICLES[j].man))
            report(run, p, k - 1, name,
                   cq_str_of(capital ? ARTICLES[j].capital : ARTICLES[j].woman));
    }
}

static void look_at_noun(cq_check_run *run, const cq_passage *p, const cq_sentence *in,
                         size_t first, cq_str name)
{
    size_t k = noun_before(p, in, first);
    if (k == in->last || k == in->first) return;
    cq_str before = cq_token_text(p, k - 1);
    if (cq_str_is(before, "Mme") || cq_str_is(before, "Madame")) return; // a style
    look_at(run, p, in, k, name);
}

// "Anna Berg est arrivé", "Anna Berg, directeur du musée".
static void look_behind(cq_check_run *run, const cq_passage *p, const cq_sentence *in,
                        size_t end, cq_str name)
{
    if (end + 1 >= in->last) return;
    size_t k = end;
    if (p->tokens[k].mark == CQ_MARK_COMMA) {
        k++;
        if (CQ_GET_UPOS(p->tokens[k].morph) == CQ_DET) k++;
        if (k < in->last) look_at(run, p, in, k, name);
        return;
    }
    const cq_token *be = &p->tokens[k], *t = &p->tokens[k + 1];
    if (!be->lemma || !cq_str_is(cq_lexicon_form(run->lexicon, be->lemma), "être") ||
        CQ_GET_VERBFORM(be->morph) != CQ_FIN ||
        CQ_GET_VERBFORM(t->morph) != CQ_PART_FORM || CQ_GET_GENDER(t->morph) != CQ_MASC ||
        CQ_GET_NUMBER(t->morph) != CQ_SING)
        return;
    uint32_t want = CQ_GET_UPOS(t->morph) | CQ_PART_FORM << CQ_M_VERBFORM |
                    CQ_GET_TENSE(t->morph) << CQ_M_TENSE | CQ_FEM << CQ_M_GENDER |
                    CQ_SING << CQ_M_NUMBER;
    uint32_t id = cq_lexicon_inflect(run->lexicon, t->lemma, want);
    if (id && id != t->form)
        report(run, p, k + 1, name, cq_lexicon_form(run->lexicon, id));
}

void cq_gender_run(cq_check_run *run, void *state, const cq_passage *p)
{
    const cq_map *titled = state;
    if (!run->pair) return;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *in = &p->sentences[k];
        for (size_t i = in->first; i < in->last; i++) {
            size_t end = woman(run, titled, p, in, i);
            if (end == i) continue;
            cq_str name =
                cq_str_sub(p->doc->text, p->tokens[i].start, p->tokens[end - 1].end);
            look_at_noun(run, p, in, i, name);
            look_behind(run, p, in, end, name);
            i = end - 1;
        }
    }
}
