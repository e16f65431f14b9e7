// In instructions the pronoun of an imperative takes up the object of the imperative
// before it: "Copiez la clé. Collez-la". Reported is one of another gender or number than
// that object, where no other noun that it could mean stands between the two, and the
// English, where there is one, has "it" or "them".
#include "checks/clitics.h"

#include "base/utf8.h"

enum {
    OBJECT_MAX = 5,    // tokens from the verb to its object
    SENTENCES_MAX = 1, // between the object and the pronoun
};

// What a pronoun can stand for, as sets of CQ_GENDER and CQ_NUMBER.
typedef struct {
    unsigned gender, number;
} traits;

typedef struct {
    cq_check_run *run;
    const cq_passage *p;
    uint32_t last;   // tokens before belong to the block at hand
    uint32_t verb;   // the imperative of the object
    uint32_t before; // from where other nouns may be meant: the one before that
    uint32_t object; // its noun; CQ_NO_LINK: none
    traits is;       // of it
    bool taken_up;   // by a pronoun that fits
} scan;

static const cq_token *at(const scan *s, uint32_t i) { return &s->p->tokens[i]; }

static cq_str word(const scan *s, uint32_t i, char buf[64])
{
    cq_str w = cq_fold_into(buf, 64, cq_token_word(s->p, i));
    return w.p ? w : cq_str_of("");
}

// "Copiez": no "vous" before it, and the second person of the plural.
static bool is_imperative(const scan *s, uint32_t i)
{
    char buf[64];
    const cq_token *t = at(s, i);
    if (t->kind != CQ_TOKEN_WORD || CQ_GET_UPOS(t->morph) != CQ_VERB) return false;
    cq_str w = word(s, i, buf);
    if (!cq_str_ends(w, cq_str_of("ez")) && !cq_str_is(w, "faites")) return false;
    if (t->flags & CQ_TOKEN_FIRST) return true;
    static const char *const BEFORE[] = {"vous", "ne", "n'",  "qui", "que", "y",   "en",
                                         "le",   "la", "les", "l'",  "lui", "leur"};
    return i && !CQ_IN(BEFORE, word(s, i - 1, buf));
}

static bool is_infinitive(const scan *s, uint32_t i)
{
    const cq_token *t = at(s, i);
    return CQ_GET_UPOS(t->morph) == CQ_VERB && CQ_GET_VERBFORM(t->morph) == CQ_INF;
}

static bool is_clitic(const scan *s, uint32_t i, traits *out)
{
    char buf[64];
    if (i >= s->last || !(at(s, i)->flags & CQ_TOKEN_INVERTED)) return false;
    cq_str w = word(s, i, buf);
    if (cq_str_is(w, "le"))
        *out = (traits){CQ_MASC, CQ_SING};
    else if (cq_str_is(w, "la"))
        *out = (traits){CQ_FEM, CQ_SING};
    else if (cq_str_is(w, "les"))
        *out = (traits){CQ_MASC | CQ_FEM, CQ_PLUR};
    else
        return false;
    return true;
}

// Gender and number that a determiner leaves open.
static bool is_determiner(const scan *s, uint32_t i, traits *out)
{
    static const struct {
        const char *word;
        unsigned gender, number;
    } WORDS[] = {
        {"le", CQ_MASC, CQ_SING},   {"la", CQ_FEM, CQ_SING},  {"l'", 3, CQ_SING},
        {"les", 3, CQ_PLUR},        {"un", CQ_MASC, CQ_SING}, {"une", CQ_FEM, CQ_SING},
        {"des", 3, CQ_PLUR},        {"du", CQ_MASC, CQ_SING}, {"au", CQ_MASC, CQ_SING},
        {"aux", 3, CQ_PLUR},        {"ce", CQ_MASC, CQ_SING}, {"cet", CQ_MASC, CQ_SING},
        {"cette", CQ_FEM, CQ_SING}, {"ces", 3, CQ_PLUR},      {"votre", 3, CQ_SING},
        {"vos", 3, CQ_PLUR},        {"son", 3, CQ_SING},      {"sa", CQ_FEM, CQ_SING},
        {"ses", 3, CQ_PLUR},        {"chaque", 3, CQ_SING},   {"leur", 3, CQ_SING},
        {"leurs", 3, CQ_PLUR},      {"notre", 3, CQ_SING},    {"nos", 3, CQ_PLUR},
        {"plusieurs", 3, CQ_PLUR},  {"deux", 3, CQ_PLUR},
    };
    char buf[64];
    if (at(s, i)->flags & CQ_TOKEN_INVERTED) return false;
    cq_str w = word(s, i, buf);
    for (size_t k = 0; k < CQ_COUNT(WORDS); k++) {
        if (!cq_str_is(w, WORDS[k].word)) continue;
        *out = (traits){WORDS[k].gender, WORDS[k].number};
        return true;
    }
    return false;
}

// The noun that a determiner at `i` begins; CQ_NO_LINK: none near.
static uint32_t noun_behind(const scan *s, uint32_t i, traits *is)
{
    if (!is_determiner(s, i, is)) return CQ_NO_LINK;
    for (uint32_t k = i + 1; k < s->last && k <= i + OBJECT_MAX; k++) {
        const cq_token *t = at(s, k);
        unsigned upos = CQ_GET_UPOS(t->morph);
        if (upos == CQ_NOUN || upos == CQ_PROPN || upos == CQ_X ||
            (t->kind == CQ_TOKEN_WORD && !t->form)) {
            is->gender &= cq_lexicon_noun_genders(s->run->lexicon, t->form);
            return k;
        }
        if (upos != CQ_ADJ && upos != CQ_NUM && upos != CQ_DET &&
            t->mark != CQ_MARK_QUOTE)
            break;
    }
    return CQ_NO_LINK;
}

// What the imperative at `verb` acts on: "copiez la clé", "cliquez sur l’icône".
static void find_object(scan *s, uint32_t verb)
{
    char buf[64];
    uint32_t i = verb + 1, object;
    traits is = {0};
    while (i < s->last && CQ_GET_UPOS(at(s, i)->morph) == CQ_ADV) i++;
    if (i < s->last && cq_str_is(word(s, i, buf), "sur")) i++;
    object = i < s->last ? noun_behind(s, i, &is) : CQ_NO_LINK;
    if (object == CQ_NO_LINK && is_infinitive(s, verb)) return; // "faites-le glisser"
    s->before = s->object == CQ_NO_LINK ? verb : s->verb;
    s->verb = verb;
    s->object = object;
    s->is = is;
    s->taken_up = false;
}

// A noun that the pronoun fits: "retirez la cartouche, ôtez le film, remettez-la".
static bool may_mean_another(const scan *s, uint32_t pronoun, traits want)
{
    for (uint32_t i = (s->taken_up ? s->verb : s->before) + 1; i < pronoun; i++) {
        traits is;
        uint32_t noun = noun_behind(s, i, &is);
        if (noun == CQ_NO_LINK || noun >= pronoun || noun == s->object) continue;
        if (is.gender & want.gender && is.number & want.number) return true;
    }
    return false;
}

// "Faites-le", "sachez-le": of what was said.
static bool may_be_neuter(const scan *s, uint32_t verb)
{
    static const char *const VERBS[] = {"dire", "savoir", "croire",
                                        "voir", "avouer", "imaginer"};
    const cq_token *t = at(s, verb);
    cq_str lemma = t->lemma ? cq_lexicon_form(s->run->lexicon, t->lemma) : cq_str_of("");
    if (CQ_IN(VERBS, lemma)) return true;
    if (!cq_str_is(lemma, "faire") && !cq_str_is(lemma, "laisser")) return false;
    return verb + 2 >= s->last || CQ_GET_VERBFORM(at(s, verb + 2)->morph) != CQ_INF;
}

static bool source_says(const scan *s, uint32_t verb, const char *pronoun)
{
    cq_check_run *run = s->run;
    cq_aligned a;
    if (!run->pair) return true;
    if (!cq_pair_at(run->pair, at(s, verb)->start, at(s, verb)->end, &a)) return false;
    for (uint32_t i = a.first_token; i < a.last_token; i++) {
        if (cq_str_is(cq_pair_folded(run->pair, i), pronoun)) return true;
    }
    return false;
}

static void report(const scan *s, uint32_t verb)
{
    cq_check_run *run = s->run;
    cq_hit *h = cq_hit_add(run, cq_str_of("pronouns/object"),
                           cq_spot_of_tokens(s->p, verb, verb + 2));
    h->category = cq_str_of("linguistic-conventions/agreement");
    h->severity = CQ_MINOR;
    h->confidence = CQ_MEDIUM;
    cq_str noun = cq_token_text(s->p, s->object);
    bool plural = s->is.number == CQ_PLUR, masculine = s->is.gender == CQ_MASC;
    h->message = cq_strf(run->arena,
                         cq_say(run, "Reprend « %.*s » ? Ce nom est %s.",
                                "Stands for “%.*s”? That noun is %s."),
                         CQ_PRI(noun),
                         plural      ? cq_say(run, "au pluriel", "plural")
                         : masculine ? cq_say(run, "masculin", "masculine")
                                     : cq_say(run, "féminin", "feminine"));
    cq_hit_fix_add(run, h, at(s, verb + 1)->start, at(s, verb + 1)->end,
                   cq_str_of(plural      ? "-les"
                             : masculine ? "-le"
                                         : "-la"));
}

static void look_at(scan *s, uint32_t verb)
{
    traits clitic;
    if (!is_imperative(s, verb) || !is_clitic(s, verb + 1, &clitic)) {
        find_object(s, verb);
        return;
    }
    if (s->object == CQ_NO_LINK) return;
    uint32_t between = at(s, verb)->sentence - at(s, s->object)->sentence;
    if (between > SENTENCES_MAX || may_be_neuter(s, verb)) return;
    bool one = s->is.gender == CQ_MASC || s->is.gender == CQ_FEM;
    bool number = !(s->is.number & clitic.number);
    bool gender = one && !number && !(s->is.gender & clitic.gender);
    if (!s->is.gender) return;
    if (!number && !gender) { // "cliquez sur l’ID et copiez-le": now it is known
        s->is.gender &= clitic.gender;
        s->taken_up = true;
        return;
    }
    if (may_mean_another(s, verb, clitic)) return;
    if (number && !s->run->pair) return;
    if (!source_says(s, verb, s->is.number == CQ_PLUR ? "them" : "it")) return;
    report(s, verb);
}

void cq_clitics_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    scan s = {.run = run, .p = p};
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *in = &p->sentences[k];
        if (!k || p->sentences[k - 1].block != in->block) {
            size_t end = k;
            while (end + 1 < p->sentences_n && p->sentences[end + 1].block == in->block)
                end++;
            s.last = p->sentences[end].last;
            s.object = CQ_NO_LINK;
        }
        for (uint32_t i = in->first; i < in->last; i++) {
            if (is_imperative(&s, i) || is_infinitive(&s, i)) look_at(&s, i);
        }
    }
}
