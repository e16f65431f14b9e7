// What a pronoun takes up is most often the subject of the sentence before (Brennan,
// Friedman and Pollard, "A Centering Approach to Pronouns", ACL 1987). Only the surest
// case is looked at: both sentences stand side by side and render one English sentence
// each, the first begins with a noun that is linked to one near the beginning of the
// English, the second with "It" or "They". Verbs that may be impersonal are left alone.
#include "checks/pronouns.h"

#include "base/utf8.h"

enum { SUBJECT_MAX = 4, ENGLISH_MAX = 7, CLAUSE_MAX = 9 }; // tokens looked at

static const float SURE = 0.7f;

static cq_str lemma_of(const cq_check_run *run, const cq_token *t)
{
    return t->lemma ? cq_lexicon_form(run->lexicon, t->lemma) : cq_str_of("");
}

static cq_str word_of(const cq_passage *p, size_t i, char buf[64])
{
    cq_str s = cq_fold_into(buf, 64, cq_token_text(p, i));
    return s.p ? s : cq_str_of("");
}

// "Il faut", "il s'agit de", "il est utile de", "il se peut que".
static bool may_be_impersonal(const cq_check_run *run, const cq_passage *p,
                              const cq_sentence *s)
{
    static const char *const VERBS[] = {
        "falloir", "faillir",    "sembler", "convenir", "agir",    "paraître", "arriver",
        "suffire", "importer",   "rester",  "manquer",  "exister", "pleuvoir", "neiger",
        "valoir",  "apparaître", "aller",   "venir",    "faire"};
    static const char *const HAVES[] = {"être", "pouvoir", "devoir", "devenir"};
    static const char *const OPENERS[] = {"de", "d'", "que", "qu'", "à", "pour"};
    bool is = false, opens = false;
    for (uint32_t i = s->first + 1; i < s->last && i <= s->first + CLAUSE_MAX; i++) {
        char buf[64];
        cq_str lemma = lemma_of(run, &p->tokens[i]);
        bool near = i <= s->first + 4;
        if (near && CQ_IN(VERBS, lemma)) return true;
        is = is || (near && CQ_IN(HAVES, lemma));
        opens = opens || CQ_IN(OPENERS, word_of(p, i, buf));
    }
    return is && opens;
}

// "La Commission": a common noun with the capital of a name.
static bool is_noun(const cq_check_run *run, const cq_passage *p, uint32_t i)
{
    enum { NOT_PLAIN = CQ_TOKEN_UPPER | CQ_TOKEN_MIXED };
    const cq_token *t = &p->tokens[i];
    if (CQ_GET_UPOS(t->morph) == CQ_NOUN &&
        !(t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_NAME)))
        return true;
    return t->flags & CQ_TOKEN_CAPITAL && !(t->flags & NOT_PLAIN) && t->form &&
           cq_lexicon_upos(run->lexicon, t->form) & CQ_UPOS_BIT(CQ_NOUN) &&
           !(cq_lexicon_upos(run->lexicon, t->form) & CQ_UPOS_BIT(CQ_PROPN));
}

// Past what may stand before the determiner: a quotation mark, "environ".
static uint32_t past_opening(const cq_passage *p, const cq_sentence *s)
{
    static const char *const WORDS[] = {"environ", "quelque", "quelques"};
    char buf[64];
    uint32_t i = s->first;
    if (p->tokens[i].mark == CQ_MARK_QUOTE && i + 1 < s->last) i++;
    if (CQ_IN(WORDS, word_of(p, i, buf)) && i + 1 < s->last) i++;
    return i;
}

// The noun that the sentence begins with: "la nouvelle version", "environ 70 personnes".
// p->n: it does not.
static uint32_t subject_of(const cq_check_run *run, const cq_passage *p,
                           const cq_sentence *s)
{
    uint32_t first = past_opening(p, s);
    cq_upos opens = CQ_GET_UPOS(p->tokens[first].morph);
    if (opens != CQ_DET && opens != CQ_NUM) return (uint32_t)p->n;
    for (uint32_t i = first; i < s->last && i < first + SUBJECT_MAX; i++) {
        cq_upos upos = CQ_GET_UPOS(p->tokens[i].morph);
        if (is_noun(run, p, i)) return i;
        if (upos != CQ_DET && upos != CQ_ADJ && upos != CQ_NUM) break;
    }
    return (uint32_t)p->n;
}

// Titles and names of things keep the gender of the thing.
static bool names_another(cq_str lemma)
{
    static const char *const NOUNS[] = {"nom",   "titre", "marque", "sigle", "quelque",
                                        "sorte", "type",  "espèce", "chose"};
    return CQ_IN(NOUNS, lemma);
}

// The passage of the source behind a sentence that renders exactly one.
static bool alone(const cq_check_run *run, const cq_passage *p, const cq_sentence *s,
                  cq_aligned *at)
{
    return cq_pair_of_sentence(run->pair, p, s, at) && at->last - at->first == 1 &&
           at->target_last - at->target_first == 1 && at->confidence >= SURE;
}

static bool renders_subject(cq_check_run *run, const cq_passage *p, uint32_t noun,
                            const cq_aligned *at)
{
    const cq_word_links *w = cq_link_words(run->linker, run->scratch, p, noun);
    cq_word_link link = cq_link_of(w, CQ_SIDE_TARGET, noun);
    if (link.other == CQ_NO_LINK || link.confidence < CQ_LINK_SURE || link.slot)
        return false;
    return link.other < at->first_token + ENGLISH_MAX;
}

// A noun between the subject and its verb that the pronoun may stand for as well: "la
// troisième édition du festival", "une pièce, par exemple un pistolet".
static bool has_rival(const cq_check_run *run, const cq_passage *p, const cq_sentence *in,
                      uint32_t noun, unsigned gender, unsigned number)
{
    for (uint32_t i = noun + 1; i < in->last; i++) {
        const cq_token *t = &p->tokens[i];
        bool capital = t->flags & CQ_TOKEN_CAPITAL;
        if (CQ_GET_VERBFORM(t->morph) == CQ_FIN && !capital) return false;
        bool name = t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_NAME);
        if (!name && CQ_GET_UPOS(t->morph) != CQ_NOUN) continue;
        if (t->form && t->upos & CQ_UPOS_BIT(CQ_NOUN) &&
            (CQ_GET_NUMBER(t->morph) & number || !CQ_GET_NUMBER(t->morph)) &&
            (cq_lexicon_noun_genders(run->lexicon, t->form) == gender ||
             (number == CQ_PLUR &&
              cq_lexicon_noun_genders(run->lexicon, t->form) & gender)))
            return true;
    }
    return false;
}

static const struct {
    const char *word;
    unsigned gender, number;
    const char *other; // of the other gender
    const char *english;
} PRONOUNS[] = {
    {"il", CQ_MASC, CQ_SING, "Elle", "it"},
    {"elle", CQ_FEM, CQ_SING, "Il", "it"},
    {"ils", CQ_MASC, CQ_PLUR, "Elles", "they"},
    {"elles", CQ_FEM, CQ_PLUR, "Ils", "they"},
};

// "It", "it's".
static bool is_english(cq_check_run *run, const cq_aligned *at, const char *pronoun)
{
    cq_str word = cq_pair_folded(run->pair, at->first_token);
    size_t n = strlen(pronoun);
    return cq_str_starts(word, cq_str_of(pronoun)) && (word.n == n || word.p[n] == '\'');
}

static void look_at(cq_check_run *run, const cq_passage *p, const cq_sentence *before,
                    const cq_sentence *s)
{
    char buf[64];
    cq_str word = word_of(p, s->first, buf);
    size_t k = 0;
    while (k < CQ_COUNT(PRONOUNS) && !cq_str_is(word, PRONOUNS[k].word)) k++;
    if (k == CQ_COUNT(PRONOUNS)) return;
    uint32_t noun = subject_of(run, p, before);
    if (noun == p->n) return;
    const cq_token *t = &p->tokens[noun];
    unsigned gender = cq_lexicon_noun_genders(run->lexicon, t->form);
    if (CQ_GET_NUMBER(t->morph) != PRONOUNS[k].number ||
        gender != (CQ_MASC ^ CQ_FEM ^ PRONOUNS[k].gender))
        return;
    if (has_rival(run, p, before, noun, PRONOUNS[k].gender, PRONOUNS[k].number)) return;
    if (names_another(lemma_of(run, t)) || may_be_impersonal(run, p, s)) return;
    cq_aligned at, at_before;
    if (!alone(run, p, s, &at) || !alone(run, p, before, &at_before)) return;
    if (at_before.last != at.first || !renders_subject(run, p, noun, &at_before)) return;
    if (!is_english(run, &at, PRONOUNS[k].english)) return;
    cq_hit *h = cq_hit_add(run, cq_str_of("pronouns/gender"),
                           cq_spot_of_tokens(p, s->first, s->first + 1));
    const cq_token *it = &run->pair->english.tokens[at.first_token];
    h->category = cq_str_of("linguistic-conventions/agreement");
    h->severity = CQ_MINOR;
    h->confidence = CQ_MEDIUM;
    h->source_at = (cq_span){it->start, it->end};
    cq_str text = cq_token_text(p, noun);
    h->message = cq_strf(run->arena,
                         cq_say(run, "Reprend « %.*s » ? Ce nom est %s.",
                                "Stands for “%.*s”? That noun is %s."),
                         CQ_PRI(text),
                         gender == CQ_FEM ? cq_say(run, "féminin", "feminine")
                                          : cq_say(run, "masculin", "masculine"));
    cq_hit_fix_add(run, h, h->at.start, h->at.end, cq_str_of(PRONOUNS[k].other));
}

// In the same block, or the next paragraph.
static bool follows(const cq_document *d, uint32_t before, uint32_t block)
{
    return before == block ||
           (before + 1 == block && d->blocks.v[before].kind == CQ_BLOCK_PARAGRAPH &&
            d->blocks.v[block].kind == CQ_BLOCK_PARAGRAPH);
}

void cq_pronouns_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    if (!run->linker) return;
    for (size_t k = 1; k < p->sentences_n; k++) {
        const cq_sentence *before = &p->sentences[k - 1], *s = &p->sentences[k];
        if (follows(p->doc, before->block, s->block)) look_at(run, p, before, s);
    }
}
