// Reads top to bottom: what kind of phrase is replaced; inflect the suggestion's words
// alike; make determiner, preposition and elision around it agree; capital.
//
// French noun phrases agree by their head: the suggestion's words before its first
// preposition are inflected together ("fonds spécial de pension" in the plural changes
// two of them), and when its gender is another, the determiner before it and adjectives
// beside it follow.
#include "rules/fit.h"

#include "base/buf.h"
#include "base/utf8.h"

enum {
    WORDS_MAX = 24, // of a suggestion; a longer one is shown as it is
    WIDEN_MAX = 3,  // adjectives between determiner and noun that are taken along
};

typedef struct {
    cq_str text;
    bool glued; // to the word before it: after an apostrophe or a hyphen
} word;

typedef struct {
    cq_arena *a;
    const cq_lexicon *l;
    const cq_passage *p;
    const cq_fit_place *place;
    word words[WORDS_MAX];
    size_t n;
    uint32_t first, last; // tokens replaced, as they widen
    bool glued;           // the last word, to the token behind
} fit;

// --- words of the suggestion

static bool split(fit *f, cq_str s)
{
    size_t i = 0;
    bool glued = false;
    while (i < s.n) {
        size_t start = i;
        bool ends = false;
        while (i < s.n && !ends) {
            size_t next = i;
            uint32_t c = cq_utf8_next(s, &next);
            if (c == ' ') break;
            i = next;
            ends = cq_is_apostrophe(c);
        }
        if (i > start) {
            if (f->n == WORDS_MAX) return false;
            f->words[f->n++] = (word){cq_str_sub(s, start, i), glued};
        }
        glued = ends;
        while (i < s.n && s.p[i] == ' ') i++, glued = false;
    }
    return f->n > 0;
}

// The reading of a word with this part of speech and, for verbs, form; lemma 0: none.
static cq_reading reading_of(const cq_lexicon *l, cq_str text, uint32_t upos_bits)
{
    size_t n = 0;
    const cq_reading *r = cq_lexicon_readings(l, cq_lexicon_lookup(l, text), &n);
    for (size_t i = 0; i < n; i++) {
        if (upos_bits & CQ_UPOS_BIT(CQ_GET_UPOS(r[i].morph))) return r[i];
    }
    return (cq_reading){0, 0};
}

static bool is_infinitive(const cq_lexicon *l, cq_str text, cq_reading *out)
{
    size_t n = 0;
    const cq_reading *r = cq_lexicon_readings(l, cq_lexicon_lookup(l, text), &n);
    for (size_t i = 0; i < n; i++) {
        if (CQ_GET_VERBFORM(r[i].morph) != CQ_INF) continue;
        *out = r[i];
        return true;
    }
    return false;
}

static bool is_adposition(const cq_lexicon *l, cq_str text)
{
    return cq_lexicon_upos(l, cq_lexicon_lookup(l, text)) & CQ_UPOS_BIT(CQ_ADP) &&
           text.n <= 7;
}

static bool is_adverb(const cq_lexicon *l, cq_str text)
{
    return cq_lexicon_upos(l, cq_lexicon_lookup(l, text)) & CQ_UPOS_BIT(CQ_ADV);
}

// A form of the lemma with these features, or an empty slice.
static cq_str inflected(const cq_lexicon *l, uint32_t lemma, uint32_t want)
{
    uint32_t id = lemma ? cq_lexicon_inflect(l, lemma, want) : 0;
    return id ? cq_lexicon_form(l, id) : (cq_str){0};
}

static uint32_t features(uint32_t gender, uint32_t number)
{
    return gender << CQ_M_GENDER | number << CQ_M_NUMBER;
}

// --- the place

static uint32_t head_morph(const fit *f)
{
    uint32_t tagged = f->p->tokens[f->place->head].morph;
    return f->place->reading.morph ? f->place->reading.morph : tagged;
}

static uint32_t single(uint32_t set) { return set == 3 ? 0 : set; } // both: not known

// Singular or plural, as the determiner before what is replaced or the head itself says:
// "le fonds" is singular.
static uint32_t number_of(const fit *f)
{
    const cq_token *head = &f->p->tokens[f->place->head];
    const cq_token *before = f->first ? &f->p->tokens[f->first - 1] : NULL;
    uint32_t n = 0;
    if (before && CQ_GET_UPOS(before->morph) == CQ_DET)
        n = single(CQ_GET_NUMBER(before->morph));
    if (!n) n = single(CQ_GET_NUMBER(head_morph(f)));
    if (!n) n = single(CQ_GET_NUMBER(head->morph));
    if (!n && f->first) n = single(CQ_GET_NUMBER(f->p->tokens[f->first - 1].morph));
    return n ? n : CQ_SING;
}

// --- determiners

// ORDER: masculine, feminine, before a vowel; plural forms do not change with gender.
static const char *const DETERMINERS[][3] = {
    {"le", "la", "l’"},         {"un", "une", NULL},
    {"ce", "cette", "cet"},     {"mon", "ma", "mon"},
    {"ton", "ta", "ton"},       {"son", "sa", "son"},
    {"du", "de la", "de l’"},   {"au", "à la", "à l’"},
    {"aucun", "aucune", NULL},  {"certain", "certaine", NULL},
    {"tout", "toute", NULL},    {"quel", "quelle", NULL},
    {"chaque", "chaque", NULL}, {"quelque", "quelque", "quelque"},
};

// Words that elide before a vowel, and how. Elided in front of `voisin`: l’ has two.
static const char *const ELISIONS[][2] = {
    {"de", "d’"},           {"que", "qu’"}, {"le", "l’"},         {"la", "l’"},
    {"ne", "n’"},           {"se", "s’"},   {"je", "j’"},         {"me", "m’"},
    {"te", "t’"},           {"ce", "c’"},   {"jusque", "jusqu’"}, {"lorsque", "lorsqu’"},
    {"puisque", "puisqu’"},
};

// Compares words; both apostrophes are one.
static bool same(cq_str a, const char *b)
{
    char x[32], y[32];
    cq_str fa = cq_fold_into(x, sizeof x, a),
           fb = cq_fold_into(y, sizeof y, cq_str_of(b));
    return fa.p && fb.p && cq_str_eq(fa, fb);
}

static bool begins_with_vowel(const fit *f, cq_str text)
{
    uint32_t id = cq_lexicon_lookup(f->l, text);
    if (id) return cq_lexicon_elides(f->l, id);
    size_t i = 0;
    uint32_t c = cq_to_lower(cq_base_letter(cq_utf8_next(text, &i)));
    return c < 0x80 && strchr("aeiou", (int)c);
}

// The determiner in the gender and before the sound that follow. NULL: not one we know.
static const char *determiner_for(cq_str old, uint32_t gender, bool vowel)
{
    for (size_t i = 0; i < CQ_COUNT(DETERMINERS); i++) {
        const char *const *d = DETERMINERS[i];
        if (!same(old, d[0]) && !same(old, d[1]) && !(d[2] && same(old, d[2]))) continue;
        if (vowel && d[2] && !(gender == CQ_FEM && strcmp(d[2], "cet") == 0)) return d[2];
        return d[gender == CQ_FEM];
    }
    return NULL;
}

// --- noun phrases

// Agrees one adjective token beside the replaced range. False: it has no such form.
static bool agree_beside(fit *f, uint32_t token, uint32_t want, cq_str *out)
{
    cq_str text = cq_token_text(f->p, token);
    cq_reading r = reading_of(f->l, text, CQ_UPOS_BIT(CQ_ADJ));
    *out = inflected(f->l, r.lemma, (uint32_t)CQ_ADJ | want);
    if (out->n) return true;
    r = reading_of(f->l, text, CQ_UPOS_BIT(CQ_VERB));
    if (CQ_GET_VERBFORM(r.morph) != CQ_PART_FORM) return false;
    uint32_t part = r.morph & (31u | 3u << CQ_M_VERBFORM | 7u << CQ_M_TENSE);
    *out = inflected(f->l, r.lemma, part | want);
    return out->n > 0;
}

static bool is_adjective(const cq_token *t)
{
    return t->kind == CQ_TOKEN_WORD && CQ_GET_UPOS(t->morph) == CQ_ADJ;
}

// Behind a noun, a past participle agrees as an adjective does.
static bool is_adjective_behind(const fit *f, uint32_t i)
{
    const cq_token *t = &f->p->tokens[i];
    bool past = CQ_GET_VERBFORM(t->morph) == CQ_PART_FORM &&
                CQ_GET_TENSE(t->morph) == CQ_PAST && !CQ_GET_MOOD(t->morph);
    return past || is_adjective(t);
}

static void prepend(fit *f, word w)
{
    if (f->n == WORDS_MAX) return;
    memmove(f->words + 1, f->words, f->n * sizeof *f->words);
    f->words[0] = w;
    f->n++;
    if (f->n > 1) {
        size_t end = w.text.n;
        f->words[1].glued = end && cq_is_apostrophe(cq_utf8_prev(w.text, &end));
    }
}

// The gender of the suggestion's noun; both: "vague" is two nouns, "un vague" and "une
// vague", and no adjective beside it says which.
static uint32_t noun_gender(const fit *f, size_t head, size_t end, cq_reading noun)
{
    size_t n = 0;
    uint32_t set = 0;
    cq_str text = f->words[head].text;
    const cq_reading *r = cq_lexicon_readings(f->l, cq_lexicon_lookup(f->l, text), &n);
    for (size_t i = 0; i < n; i++) {
        if (CQ_GET_UPOS(r[i].morph) == CQ_NOUN) set |= CQ_GET_GENDER(r[i].morph);
    }
    if (single(set)) return CQ_GET_GENDER(noun.morph);
    for (size_t i = head ? head - 1 : 1; i < end && i <= head + 1; i += 2) {
        uint32_t upos = cq_lexicon_upos(f->l, cq_lexicon_lookup(f->l, f->words[i].text));
        cq_reading a = reading_of(f->l, f->words[i].text, CQ_UPOS_BIT(CQ_ADJ));
        if (single(CQ_GET_GENDER(a.morph)) && !same(f->words[i].text, "bien") &&
            !(upos & CQ_UPOS_BIT(CQ_VERB)))
            return CQ_GET_GENDER(a.morph);
    }
    return set;
}

// An adjective that stands before its noun: "directeur technique" begins with a noun.
static bool leads_noun(const fit *f, size_t i)
{
    static const char *const LEADS[] = {
        "grand",     "petit",   "gros",      "bon",      "mauvais",   "beau",
        "bel",       "belle",   "nouveau",   "nouvel",   "vieux",     "vieil",
        "jeune",     "premier", "second",    "deuxième", "troisième", "quatrième",
        "cinquième", "dernier", "autre",     "haut",     "long",      "ancien",
        "vrai",      "faux",    "seul",      "double",   "meilleur",  "pire",
        "plein",     "sacré",   "véritable", "simple",   "libre",     "fort",
        "proche",    "maigre",  "net",       "menu",     "juste",     "rude",
        "vif",       "lourd",   "léger",     "franc",    "cher"};
    cq_str text = f->words[i].text;
    cq_reading r = reading_of(f->l, text, CQ_UPOS_BIT(CQ_ADJ));
    if (!r.lemma) return false;
    if (!reading_of(f->l, text, CQ_UPOS_BIT(CQ_NOUN)).lemma) return true;
    cq_str masculine = inflected(f->l, r.lemma, CQ_ADJ | features(CQ_MASC, CQ_SING));
    for (size_t k = 0; k < CQ_COUNT(LEADS); k++) {
        if (same(text, LEADS[k]) || (masculine.n && same(masculine, LEADS[k])))
            return true;
    }
    return false;
}

// Inflects the words of the suggestion's noun phrase; gives its gender.
static bool inflect_nouns(fit *f, uint32_t number, uint32_t *gender)
{
    const uint32_t NOMINAL = CQ_UPOS_BIT(CQ_NOUN) | CQ_UPOS_BIT(CQ_ADJ);
    size_t end = 0;
    while (end < f->n && !is_adposition(f->l, f->words[end].text)) end++;
    cq_reading noun = {0, 0};
    size_t head = 0;
    for (size_t i = 0; i < end && !noun.lemma; i++) {
        cq_reading r = reading_of(f->l, f->words[i].text, CQ_UPOS_BIT(CQ_NOUN));
        bool adjective_first =
            i + 1 < end && leads_noun(f, i) &&
            reading_of(f->l, f->words[i + 1].text, CQ_UPOS_BIT(CQ_NOUN)).lemma;
        if (!adjective_first) noun = r, head = i;
    }
    if (!noun.lemma) return false;
    *gender = noun_gender(f, head, end, noun);
    // A plural such as "mesures" or "intentions" has no singular to go back to.
    if (single(CQ_GET_NUMBER(noun.morph)) == CQ_PLUR) return number == CQ_PLUR;
    if (number == CQ_SING) return true;
    for (size_t i = 0; i < end; i++) {
        cq_reading r = reading_of(f->l, f->words[i].text, NOMINAL);
        if (!r.lemma) continue;
        bool is_noun = r.lemma == noun.lemma;
        uint32_t upos = is_noun ? CQ_NOUN : CQ_GET_UPOS(r.morph);
        uint32_t want = upos | features(is_noun ? 0 : single(*gender), CQ_PLUR);
        cq_str form = inflected(f->l, r.lemma, want);
        if (!form.n) return false;
        f->words[i].text = form;
    }
    return true;
}

// Forms of "être" that a predicate stands behind.
static bool is_copula(cq_str text)
{
    static const char *const FORMS[] = {
        "est",      "sont", "était",  "étaient", "sera",   "seront", "serait",
        "seraient", "soit", "soient", "fut",     "furent", "être",   "été"};
    for (size_t i = 0; i < CQ_COUNT(FORMS); i++) {
        if (same(text, FORMS[i])) return true;
    }
    return false;
}

// The predicate of the noun replaced, behind "être" and what completes the noun: "la
// grille [nationale] est saturée". 0: there is none.
static uint32_t predicate_behind(const fit *f, uint32_t gender)
{
    enum { FAR = 9 };
    const cq_token *t = f->p->tokens;
    uint32_t i = f->last,
             end = (uint32_t)(f->last + FAR < f->p->n ? f->last + FAR : f->p->n);
    bool copula = false;
    for (; i < end; i++) {
        uint32_t upos = CQ_GET_UPOS(t[i].morph);
        if (t[i].kind != CQ_TOKEN_WORD || t[i].sentence != t[f->first].sentence) return 0;
        if (is_copula(cq_token_text(f->p, i))) {
            copula = true;
        } else if (copula && upos != CQ_ADV && !same(cq_token_text(f->p, i), "pas")) {
            break;
        } else if (!copula && (upos == CQ_PRON || upos == CQ_SCONJ || upos == CQ_CCONJ ||
                               upos == CQ_VERB)) {
            return 0;
        }
    }
    if (i == end || !copula || !is_adjective_behind(f, i)) return 0;
    return single(CQ_GET_GENDER(t[i].morph)) == gender ? i : 0;
}

// Takes all up to this token along, which agrees with the new noun. False: it cannot.
static bool take_predicate(fit *f, uint32_t at, uint32_t want)
{
    cq_str form;
    if (f->n + (at - f->last) + 1 > WORDS_MAX || !agree_beside(f, at, want, &form))
        return false;
    for (uint32_t i = f->last; i <= at; i++) {
        bool glued = i > f->last && f->p->tokens[i].start == f->p->tokens[i - 1].end;
        f->words[f->n++] = (word){i == at ? form : cq_token_text(f->p, i), glued};
    }
    f->last = at + 1;
    return true;
}

static bool fit_noun(fit *f)
{
    uint32_t number = number_of(f), gender;
    uint32_t old_gender = single(CQ_GET_GENDER(head_morph(f)));
    if (!inflect_nouns(f, number, &gender)) return false;
    gender = single(gender);
    if (!gender) {
        // The same noun keeps its determiner; before another, one that says a gender may
        // be wrong.
        cq_str before = f->first ? cq_token_text(f->p, f->first - 1) : (cq_str){0};
        if (cq_str_eq(f->words[0].text, cq_token_text(f->p, f->first))) return true;
        bool vowel = begins_with_vowel(f, f->words[0].text);
        const char *m = determiner_for(before, CQ_MASC, vowel);
        if (m && number != CQ_PLUR && strcmp(m, determiner_for(before, CQ_FEM, vowel)))
            return false;
        gender = old_gender ? old_gender : CQ_MASC;
    }
    bool changes = old_gender && gender != old_gender;
    // Adjectives after it, and between it and its determiner, agree with the new noun.
    if (changes && f->last < f->p->n && is_adjective_behind(f, f->last)) {
        cq_str form;
        if (f->n == WORDS_MAX ||
            !agree_beside(f, f->last, features(gender, number), &form))
            return false;
        f->words[f->n++] = (word){form, false};
        f->last++;
    }
    bool open = is_adposition(f->l, f->words[f->n - 1].text); // "respect de": not its end
    uint32_t predicate = changes && !open ? predicate_behind(f, old_gender) : 0;
    if (predicate && !take_predicate(f, predicate, features(gender, number)))
        return false;
    for (int i = 0; changes && i < WIDEN_MAX && f->first &&
                    is_adjective(&f->p->tokens[f->first - 1]);
         i++) {
        cq_str form;
        if (!agree_beside(f, f->first - 1, features(gender, number), &form)) return false;
        prepend(f, (word){form, false});
        f->first--;
    }
    if (changes && f->first && same(cq_token_text(f->p, f->first - 1), "plus")) {
        prepend(f, (word){cq_token_text(f->p, f->first - 1), false}); // "le plus gros"
        f->first--;
    }
    if (!f->first || number == CQ_PLUR) return true;
    cq_str old = cq_token_text(f->p, f->first - 1);
    bool vowel = begins_with_vowel(f, f->words[0].text);
    const char *new = determiner_for(old, gender, vowel);
    if (!new) return true;
    if (same(old, new)) return true;
    // "de la doublure" in the masculine is "du bon côté".
    uint32_t before = f->first - 1;
    bool article = strcmp(new, "le") == 0;
    if (article && before && same(cq_token_text(f->p, before - 1), "de"))
        new = "du", before--;
    else if (article && before && same(cq_token_text(f->p, before - 1), "à"))
        new = "au", before--;
    f->first = before;
    prepend(f, (word){cq_str_of(new), false});
    return true;
}

// --- adjectives and participles

// Agrees an adjective or participle of the suggestion: "complètement gelé". False: it has
// no such form.
static bool agree_word(fit *f, size_t i, uint32_t gender, uint32_t number)
{
    size_t n = 0;
    cq_str text = f->words[i].text;
    const cq_reading *r = cq_lexicon_readings(f->l, cq_lexicon_lookup(f->l, text), &n);
    for (size_t k = 0; k < n; k++) {
        bool past = CQ_GET_VERBFORM(r[k].morph) == CQ_PART_FORM &&
                    CQ_GET_TENSE(r[k].morph) == CQ_PAST;
        uint32_t want = CQ_ADJ;
        if (past)
            want = r[k].morph & (31u | 3u << CQ_M_VERBFORM | 7u << CQ_M_TENSE);
        else if (CQ_GET_UPOS(r[k].morph) != CQ_ADJ)
            continue;
        cq_str form = inflected(f->l, r[k].lemma, want | features(gender, number));
        if (form.n) return f->words[i].text = form, true;
    }
    return false;
}

// The noun beside what is replaced: before it, else behind it. NULL: there is none.
static const cq_token *noun_beside(const fit *f)
{
    const cq_token *t = f->p->tokens;
    if (f->first && CQ_GET_UPOS(t[f->first - 1].morph) == CQ_NOUN)
        return &t[f->first - 1];
    for (uint32_t i = f->last; i < f->p->n && i < f->last + 2; i++) {
        if (CQ_GET_UPOS(t[i].morph) == CQ_NOUN) return &t[i];
        if (!is_adjective(&t[i])) break;
    }
    return NULL;
}

// The subject of "être" before what is replaced: a pronoun, or the noun that the sentence
// begins with. False: neither.
static bool subject_before(const fit *f, uint32_t *gender, uint32_t *number)
{
    const cq_token *t = f->p->tokens;
    uint32_t i = f->first;
    while (i && (is_copula(cq_token_text(f->p, i - 1)) ||
                 CQ_GET_UPOS(t[i - 1].morph) == CQ_ADV ||
                 CQ_GET_UPOS(t[i - 1].morph) == CQ_AUX))
        i--;
    if (!i || t[i - 1].sentence != t[f->first].sentence) return false;
    uint32_t upos = CQ_GET_UPOS(t[--i].morph);
    cq_str text = cq_token_text(f->p, i);
    bool she = same(text, "elle") || same(text, "elles");
    bool they = same(text, "ils") || same(text, "elles");
    if (she || they || same(text, "il")) {
        *gender = she ? CQ_FEM : CQ_MASC;
        *number = they ? CQ_PLUR : CQ_SING;
        return true;
    }
    bool begins = i == 1 || (i > 1 && t[i - 2].sentence != t[i].sentence);
    uint32_t before = i ? CQ_GET_UPOS(t[i - 1].morph) : 0;
    if (upos != CQ_NOUN || !i || !begins || (before != CQ_DET && before != CQ_NUM))
        return false;
    *gender = single(CQ_GET_GENDER(t[i].morph));
    if (!*gender) *gender = single(CQ_GET_GENDER(t[i - 1].morph)); // "le maire"
    *number = single(CQ_GET_NUMBER(t[i - 1].morph));               // "le fonds"
    if (!*number) *number = single(CQ_GET_NUMBER(t[i].morph));
    return *gender && *number;
}

// An adjective agrees as the one that it replaces, or with the noun beside it where that
// says nothing of a gender: "une course étroite" for "une course proche".
static bool fit_adjective(fit *f, uint32_t morph)
{
    size_t i = 0;
    while (i + 1 < f->n && is_adverb(f->l, f->words[i].text)) i++;
    uint32_t gender = single(CQ_GET_GENDER(morph));
    uint32_t number = single(CQ_GET_NUMBER(morph));
    const cq_token *noun = noun_beside(f);
    if (noun && !gender) gender = single(CQ_GET_GENDER(noun->morph));
    if (noun && !number) number = single(CQ_GET_NUMBER(noun->morph));
    uint32_t g, n;
    if ((!gender || !number) && f->first &&
        is_copula(cq_token_text(f->p, f->first - 1)) && subject_before(f, &g, &n)) {
        if (!gender) gender = g;
        if (!number) number = n;
    }
    if (!gender && !number) return true;
    return agree_word(f, i, gender, number);
}

// --- verbs

// One person out of those that the form may have: the one its subject pronoun says, else
// the third.
static uint32_t person_of(const fit *f, uint32_t persons)
{
    static const struct {
        const char *subject;
        uint32_t person;
    } SUBJECTS[] = {
        {"je", CQ_P1}, {"j'", CQ_P1}, {"tu", CQ_P2}, {"nous", CQ_P1}, {"vous", CQ_P2}};
    cq_str before = f->first ? cq_token_text(f->p, f->first - 1) : (cq_str){0};
    for (size_t i = 0; before.n && i < CQ_COUNT(SUBJECTS); i++) {
        if (same(before, SUBJECTS[i].subject) && persons & SUBJECTS[i].person)
            return SUBJECTS[i].person;
    }
    if (persons & CQ_P3) return CQ_P3;
    return persons & CQ_P1 ? CQ_P1 : persons;
}

static const char *reflexive(uint32_t person, uint32_t number)
{
    if (person == CQ_P3) return "se";
    bool plural = number == CQ_PLUR;
    if (person == CQ_P1) return plural ? "nous" : "me";
    return plural ? "vous" : "te";
}

// The features of a verb that its replacement takes over.
static uint32_t verb_features(const fit *f, uint32_t morph)
{
    const uint32_t PART =
        3u << CQ_M_VERBFORM | 7u << CQ_M_TENSE | 3u << CQ_M_GENDER | 3u << CQ_M_NUMBER;
    const uint32_t FIN =
        3u << CQ_M_VERBFORM | 7u << CQ_M_MOOD | 7u << CQ_M_TENSE | 3u << CQ_M_NUMBER;
    if (CQ_GET_VERBFORM(morph) != CQ_FIN) return morph & PART;
    return (morph & FIN) | person_of(f, CQ_GET_PERSON(morph)) << CQ_M_PERSON;
}

// A predicate behind "être" agrees with the subject. False: it is not known, and the form
// would say it.
static bool fit_predicate(fit *f)
{
    uint32_t gender, number;
    cq_str given = f->words[0].text;
    if (subject_before(f, &gender, &number)) {
        agree_word(f, 0, gender, number);
        return true;
    }
    if (!agree_word(f, 0, CQ_FEM, CQ_PLUR)) return true;
    bool same_form = cq_str_eq(given, f->words[0].text);
    f->words[0].text = given;
    return same_form;
}

// "L’usine fait face à" is no participle where the sentence has no other verb.
static uint32_t finite_morph(const fit *f, uint32_t morph)
{
    const cq_token *t = f->p->tokens;
    uint32_t head = f->place->head;
    if (CQ_GET_VERBFORM(morph) != CQ_PART_FORM || !head) return morph;
    uint32_t before = CQ_GET_UPOS(t[head - 1].morph);
    if (before != CQ_NOUN && before != CQ_PROPN) return morph;
    for (uint32_t i = 0; i < f->p->n; i++) {
        bool here = t[i].sentence == t[head].sentence && i != head;
        if (here && CQ_GET_VERBFORM(t[i].morph) == CQ_FIN) return morph;
    }
    size_t n = 0;
    uint32_t id = cq_lexicon_lookup(f->l, cq_token_text(f->p, head));
    const cq_reading *r = cq_lexicon_readings(f->l, id, &n);
    for (size_t i = 0; i < n; i++) {
        if (CQ_GET_VERBFORM(r[i].morph) == CQ_FIN && CQ_GET_PERSON(r[i].morph) & CQ_P3)
            return r[i].morph;
    }
    return morph;
}

static bool fit_verb(fit *f)
{
    // Clitics, negation or auxiliaries inside the match would be lost with it.
    if (!f->place->whole || f->place->head != f->place->first) return false;
    uint32_t morph = finite_morph(f, head_morph(f));
    size_t verb = 0;
    bool pronominal = same(f->words[0].text, "se") || same(f->words[0].text, "s'");
    if (pronominal) verb = 1;
    cq_reading inf;
    if (verb >= f->n || !is_infinitive(f->l, f->words[verb].text, &inf)) return false;
    uint32_t form = CQ_GET_VERBFORM(morph);
    if (form == CQ_INF) return true;
    if (pronominal && form != CQ_FIN) return false; // "a pris" has another auxiliary
    uint32_t want = verb_features(f, morph);
    cq_str text = inflected(f->l, inf.lemma, want | CQ_GET_UPOS(inf.morph));
    if (!text.n) return false;
    bool passive = same(f->words[verb].text, "être") && verb + 1 < f->n;
    if (passive && !verb && form == CQ_PART_FORM && f->first &&
        is_copula(cq_token_text(f->p, f->first - 1))) { // "est [venu]": no "est été"
        memmove(f->words, f->words + 1, --f->n * sizeof *f->words);
        return fit_predicate(f);
    }
    f->words[verb].text = text;
    // "être poursuivi": a subject that is not known may be feminine.
    uint32_t gender = 0, number = CQ_GET_NUMBER(want);
    if (passive && (subject_before(f, &gender, &number) || number == CQ_PLUR))
        agree_word(f, verb + 1, gender, number);
    if (pronominal) {
        const char *clitic = reflexive(CQ_GET_PERSON(want), CQ_GET_NUMBER(want));
        f->words[0].text = cq_str_of(clitic);
        f->words[1].glued = false;
    }
    return true;
}

// --- what stands before

static const char *const CONTRACTIONS[][3] = {
    {"de", "le", "du"}, {"de", "les", "des"}, {"à", "le", "au"}, {"à", "les", "aux"}};

// Elides, or writes out again, the word before; contracts de and à with an article.
static void join_before(fit *f)
{
    if (!f->first) return;
    const cq_token *t = &f->p->tokens[f->first - 1];
    if (t->sentence != f->p->tokens[f->first].sentence || t->kind != CQ_TOKEN_WORD)
        return;
    cq_str before = cq_token_text(f->p, f->first - 1);
    for (size_t i = 0; i < CQ_COUNT(CONTRACTIONS); i++) {
        if (!same(before, CONTRACTIONS[i][0]) ||
            !same(f->words[0].text, CONTRACTIONS[i][1]))
            continue;
        f->words[0].text = cq_str_of(CONTRACTIONS[i][2]);
        f->first--;
        return;
    }
    bool vowel = begins_with_vowel(f, f->words[0].text);
    for (size_t i = 0; i < CQ_COUNT(ELISIONS); i++) {
        bool elided = t->flags & CQ_TOKEN_ELIDED;
        if (vowel == elided || !same(before, ELISIONS[i][elided])) continue;
        if (f->n == WORDS_MAX) return;
        prepend(f, (word){cq_str_of(ELISIONS[i][!elided]), false});
        f->first--;
        if (elided) join_before(f); // "de l’" is "du" now
        return;
    }
}

// The article of what follows, when it is the last word covered and the suggestion, which
// ends so, has none: "grêlé la", "saluer". NULL: there is none, or it is not sure.
static const char *article_lost(cq_str covered, cq_str end)
{
    static const char *const ARTICLES[] = {"le", "la", "les", "l’"};
    static const char *const DETERMINERS_AT_END[] = {
        "le",  "la", "les",   "l'",  "un",  "une", "du",  "des", "au",
        "aux", "ce", "cette", "ces", "son", "sa",  "ses", "en",  "d'"};
    for (size_t i = 0; i < CQ_COUNT(DETERMINERS_AT_END); i++) {
        if (same(end, DETERMINERS_AT_END[i])) return NULL;
    }
    for (size_t i = 0; i < CQ_COUNT(ARTICLES); i++) {
        if (same(covered, ARTICLES[i])) return ARTICLES[i];
    }
    if (!same(end, "de") && !same(end, "à")) return NULL;
    if (same(covered, "du")) return "le";
    return same(covered, "des") && same(end, "de") ? "les" : NULL;
}

// What of au, aux is an article goes on: "écouter aux gens" is "écouter les gens". Then
// the last word contracts with the article behind it, or elides: "nuire aux gens".
static void join_behind(fit *f)
{
    const cq_token *t = f->p->tokens;
    if (f->last >= f->p->n || t[f->last].sentence != t[f->first].sentence) return;
    cq_str covered = cq_token_text(f->p, f->last - 1);
    bool one = same(covered, "au"), many = same(covered, "aux");
    uint32_t next = CQ_GET_UPOS(t[f->last].morph);
    cq_str end = f->words[f->n - 1].text;
    bool joins = same(end, "de") || same(end, "à");
    // A lone "au" may become "en" and needs no article then: only de and à keep it.
    bool single = f->last == f->first + 1;
    bool keeps = (!single || (joins && t[f->last - 1].flags & CQ_TOKEN_CONTRACTED)) &&
                 (next == CQ_NOUN || next == CQ_ADJ);
    const char *article = keeps ? article_lost(covered, end) : NULL;
    if (article && f->n < WORDS_MAX) {
        f->words[f->n++] = (word){cq_str_of(article), false};
        f->glued = strcmp(article, "l’") == 0;
    } else if (keeps && (one || many)) {
        if (f->n == WORDS_MAX) return;
        f->words[f->n++] = (word){cq_str_of(one ? "le" : "les"), false};
    } else if (joins && next == CQ_DET && f->n < WORDS_MAX &&
               (same(cq_token_text(f->p, f->last), "le") ||
                same(cq_token_text(f->p, f->last), "les"))) {
        f->words[f->n++] = (word){cq_token_text(f->p, f->last), false};
        f->last++;
    } else {
        bool vowel = t[f->last].kind == CQ_TOKEN_WORD &&
                     begins_with_vowel(f, cq_token_text(f->p, f->last));
        bool que = same(end, "que");
        if (!vowel || (!que && !same(end, "de"))) return;
        f->words[f->n - 1].text = cq_str_of(que ? "qu’" : "d’");
        f->glued = true;
        return;
    }
    for (size_t i = 0; f->n > 1 && i < CQ_COUNT(CONTRACTIONS); i++) {
        if (!same(f->words[f->n - 2].text, CONTRACTIONS[i][0]) ||
            !same(f->words[f->n - 1].text, CONTRACTIONS[i][1]))
            continue;
        f->words[--f->n - 1].text = cq_str_of(CONTRACTIONS[i][2]);
        return;
    }
}

// "s’soit" is "se soit". What "l’" was before a consonant, the noun's gender tells.
static void write_out(fit *f, size_t i)
{
    cq_str next = f->words[i + 1].text;
    size_t at = 0;
    if (!f->words[i + 1].glued || !next.n || !cq_is_letter(cq_utf8_next(next, &at)) ||
        begins_with_vowel(f, next))
        return;
    uint32_t gender =
        single(CQ_GET_GENDER(reading_of(f->l, next, CQ_UPOS_BIT(CQ_NOUN)).morph));
    for (size_t k = 0; k < CQ_COUNT(ELISIONS); k++) {
        bool article = strcmp(ELISIONS[k][1], "l’") == 0;
        if (!same(f->words[i].text, ELISIONS[k][1]) || (article && !gender)) continue;
        const char *whole = ELISIONS[k][0];
        if (article) whole = gender == CQ_FEM ? "la" : "le";
        bool capital = cq_is_upper((unsigned char)f->words[i].text.p[0]);
        f->words[i].text =
            capital ? cq_upper_first(f->a, cq_str_of(whole)) : cq_str_of(whole);
        f->words[i + 1].glued = false;
        return;
    }
}

// "de le résultat", but "de le dire".
static bool is_before_noun(fit *f, size_t article)
{
    if (article + 1 >= f->n) return false;
    cq_str next = f->words[article + 1].text;
    uint32_t verb = reading_of(f->l, next, CQ_UPOS_BIT(CQ_VERB)).morph;
    return CQ_GET_VERBFORM(verb) != CQ_INF &&
           reading_of(f->l, next, CQ_UPOS_BIT(CQ_NOUN) | CQ_UPOS_BIT(CQ_ADJ)).lemma;
}

static void contract_within(fit *f)
{
    for (size_t i = 0; i + 2 < f->n; i++) {
        for (size_t k = 0; k < CQ_COUNT(CONTRACTIONS); k++) {
            if (!same(f->words[i].text, CONTRACTIONS[k][0]) ||
                !same(f->words[i + 1].text, CONTRACTIONS[k][1]) ||
                !is_before_noun(f, i + 1))
                continue;
            f->words[i].text = cq_str_of(CONTRACTIONS[k][2]);
            memmove(&f->words[i + 1], &f->words[i + 2],
                    (f->n - i - 2) * sizeof *f->words);
            f->n--;
            break;
        }
    }
}

// Inside the suggestion, after inflection: "de affaires" is "d’affaires".
static void join_within(fit *f)
{
    contract_within(f);
    for (size_t i = 0; f->place->inflected && i + 1 < f->n; i++) write_out(f, i);
    for (size_t i = 0; i + 1 < f->n; i++) {
        for (size_t k = 0; k < CQ_COUNT(ELISIONS); k++) {
            if (!same(f->words[i].text, ELISIONS[k][0])) continue;
            if (!begins_with_vowel(f, f->words[i + 1].text)) break;
            f->words[i].text = cq_str_of(ELISIONS[k][1]);
            f->words[i + 1].glued = true;
            break;
        }
    }
}

// --- all together

static cq_str assembled(fit *f)
{
    cq_buf b;
    cq_buf_init(&b, 4096);
    for (size_t i = 0; i < f->n; i++) {
        if (i && !f->words[i].glued) cq_buf_char(&b, ' ');
        cq_buf_str(&b, f->words[i].text);
    }
    cq_str text = cq_str_copy(f->a, cq_buf_view(&b));
    cq_buf_free(&b);
    const cq_token *t = &f->p->tokens[f->first];
    bool capital = t->flags & CQ_TOKEN_FIRST && t->flags & CQ_TOKEN_CAPITAL;
    return capital ? cq_upper_first(f->a, text) : text;
}

// The noun of what is replaced, where it begins with an adjective: "gros noms".
static uint32_t noun_in(const fit *f)
{
    for (uint32_t i = f->place->head + 1; i < f->place->last; i++) {
        if (CQ_GET_UPOS(f->p->tokens[i].morph) == CQ_NOUN) return i;
        if (!is_adjective(&f->p->tokens[i])) break;
    }
    return f->place->head;
}

// "Mixed Reality Toolkit": a name, which is not inflected and, where it has no article of
// its own, is a masculine singular.
static bool is_name(const fit *f)
{
    cq_str first = f->words[0].text;
    size_t i = 0;
    return cq_is_upper(cq_utf8_next(first, &i)) &&
           !reading_of(f->l, first, CQ_UPOS_BIT(CQ_NOUN) | CQ_UPOS_BIT(CQ_VERB)).lemma;
}

static bool fit_name(const fit *f)
{
    const cq_token *before = f->first ? &f->p->tokens[f->first - 1] : NULL;
    if (!before || before->sentence != f->p->tokens[f->first].sentence) return true;
    if (is_adjective(before)) return false;
    bool determines =
        CQ_GET_UPOS(before->morph) == CQ_DET || before->flags & CQ_TOKEN_CONTRACTED;
    return !determines || (CQ_GET_NUMBER(before->morph) != CQ_PLUR &&
                           CQ_GET_GENDER(before->morph) != CQ_FEM);
}

static bool fit_head(fit *f)
{
    if (is_name(f)) return fit_name(f);
    uint32_t morph = head_morph(f);
    cq_fit_place at = *f->place;
    at.head = noun_in(f);
    if (CQ_GET_UPOS(morph) == CQ_ADJ && at.head != f->place->head &&
        reading_of(f->l, f->words[0].text, CQ_UPOS_BIT(CQ_NOUN) | CQ_UPOS_BIT(CQ_ADJ))
            .lemma) {
        at.reading = (cq_reading){0, 0};
        // "De grands dépenseurs" would be "des", without the adjective.
        cq_str before = f->first ? cq_token_text(f->p, f->first - 1) : (cq_str){0};
        if (same(before, "de") && !leads_noun(f, 0)) return false;
        const cq_fit_place *old = f->place;
        f->place = &at;
        bool fits = fit_noun(f);
        f->place = old;
        return fits;
    }
    cq_reading verb;
    size_t lead = same(f->words[0].text, "se") || same(f->words[0].text, "s'");
    bool suggests_verb = lead < f->n && is_infinitive(f->l, f->words[lead].text, &verb);
    uint32_t upos = CQ_GET_UPOS(morph);
    bool is_verb = upos == CQ_VERB || upos == CQ_AUX;
    bool suggests_noun = reading_of(f->l, f->words[0].text, CQ_UPOS_BIT(CQ_NOUN)).lemma;
    // The dictionary has "complètement" as a noun, too.
    if (f->n > 1 && is_adverb(f->l, f->words[0].text)) suggests_noun = false;
    if (suggests_noun && !is_verb) suggests_verb = false; // avenir, pouvoir, déjeuner
    bool participle =
        CQ_GET_VERBFORM(morph) == CQ_PART_FORM && CQ_GET_TENSE(morph) == CQ_PAST;
    if (!suggests_verb && !suggests_noun && participle) return fit_adjective(f, morph);
    if (suggests_verb || is_verb) return suggests_verb && is_verb && fit_verb(f);
    if (is_adposition(f->l, f->words[0].text)) return upos != CQ_NOUN && upos != CQ_PROPN;
    if (upos == CQ_NOUN || upos == CQ_PROPN) {
        // In "société vétérane", "ils restent provocateurs" a noun stands as an
        // adjective.
        uint32_t before = f->first ? CQ_GET_UPOS(f->p->tokens[f->first - 1].morph) : 0;
        bool describes = f->n == 1 && (before == CQ_NOUN || before == CQ_VERB ||
                                       before == CQ_AUX || before == CQ_ADV);
        return fit_noun(f) || (describes && !suggests_noun && fit_adjective(f, morph));
    }
    if (upos == CQ_ADJ) return fit_adjective(f, morph);
    if (f->first && is_copula(cq_token_text(f->p, f->first - 1)) &&
        !is_adverb(f->l, f->words[0].text) && !is_adposition(f->l, f->words[0].text))
        return fit_predicate(f);
    // "une décision [de repère]": its adjective agrees with what it stands beside.
    size_t first = f->n > 1 && is_adverb(f->l, f->words[0].text);
    bool behind = f->first && CQ_GET_UPOS(f->p->tokens[f->first - 1].morph) == CQ_NOUN;
    bool ends =
        f->n == first + 1 || (behind && is_adposition(f->l, f->words[first + 1].text));
    uint32_t verb_form =
        reading_of(f->l, f->words[first].text, CQ_UPOS_BIT(CQ_VERB)).morph;
    if (CQ_GET_TENSE(verb_form) == CQ_PRES) ends = false; // "consistant à"
    bool adjective = ends && (!suggests_noun || behind) &&
                     !is_adposition(f->l, f->words[0].text) &&
                     reading_of(f->l, f->words[first].text, CQ_UPOS_BIT(CQ_ADJ)).lemma;
    if (adjective && noun_beside(f)) {
        fit_adjective(f, 0);
    } else if (suggests_noun && f->first && upos != CQ_DET && upos != CQ_ADP &&
               upos != CQ_PRON &&
               CQ_GET_UPOS(f->p->tokens[f->first - 1].morph) == CQ_DET) {
        return fit_noun(f); // a word that the dictionary does not have
    }
    return true; // adverbs and the like do not change
}

static bool is_one_of(cq_str text, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (same(text, list[i])) return true;
    }
    return false;
}

// A suggestion with an article or "se" of its own takes the place of the one before: "un
// os à cueillir" is "un compte à régler". False: it cannot.
static bool take_before(fit *f, bool *whole)
{
    static const char *const ARTICLES[] = {"un", "une", "le", "la", "les", "l'"};
    static const char *const TAKEN[] = {"un",  "une", "le",  "la",    "les",  "l'",
                                        "ce",  "cet", "ces", "cette", "son",  "sa",
                                        "ses", "nos", "vos", "leur",  "leurs"};
    static const char *const CONTRACTED[] = {"du", "des", "au", "aux"};
    static const char *const REFLEXIVES[] = {"se", "s'"};
    if (!f->first || f->n < 2) return true;
    if (f->p->tokens[f->first - 1].sentence != f->p->tokens[f->first].sentence)
        return true;
    cq_str before = cq_token_text(f->p, f->first - 1), own = f->words[0].text;
    if (is_one_of(own, REFLEXIVES, CQ_COUNT(REFLEXIVES))) {
        if (is_one_of(before, REFLEXIVES, CQ_COUNT(REFLEXIVES))) f->first--;
    } else if (is_one_of(own, ARTICLES, CQ_COUNT(ARTICLES))) {
        if (is_one_of(before, CONTRACTED, CQ_COUNT(CONTRACTED))) return false;
        *whole = is_one_of(before, TAKEN, CQ_COUNT(TAKEN));
        if (*whole) f->first--;
    }
    return true;
}

cq_fitted cq_fit(cq_arena *a, const cq_lexicon *l, const cq_passage *p,
                 const cq_fit_place *place, cq_str suggestion)
{
    fit f = {.a = a, .l = l, .p = p, .place = place};
    f.first = place->first;
    f.last = place->last;
    cq_fitted out = {p->tokens[f.first].start, p->tokens[f.last - 1].end, suggestion,
                     true};
    bool whole = false;
    if (!split(&f, suggestion) || !take_before(&f, &whole)) return out;
    if (!whole && !place->inflected && !fit_head(&f)) return out;
    join_before(&f);
    join_behind(&f);
    join_within(&f);
    out.start = p->tokens[f.first].start;
    out.end = f.glued ? p->tokens[f.last].start : p->tokens[f.last - 1].end;
    out.text = assembled(&f);
    out.loose = false;
    return out;
}
