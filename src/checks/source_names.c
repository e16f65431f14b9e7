// Names are words with capitals; accents, case and the possessive do not count. Those of
// an aligned passage that both sides have are set aside; of the rest, two that are nearly
// the same letters are one name and its damaged copy. Names that French has in a form of
// its own (Londres, Poutine, OTAN) are never alike by chance: the French one is in the
// dictionary, in the gazetteer, in the table of initials, or spelt by the rules of
// transcription.
#include "checks/source_names.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "source/pair.h"

enum {
    NAMES_MAX = 48,    // of a passage on one side; more are a list, left alone
    WORD_MAX = 40,     // bytes
    NEAR_MIN = 4,      // letters of names that are compared letter by letter
    ONLY_MIN = 5,      // letters of one that has no other to be taken for
    NEAR_ANYWHERE = 6, // of those that are, with two edits, beside all of the source
    TWO_EDITS_FROM = 5,
    THREE_EDITS_FROM = 11,
    LOST_MIN = 5,
    INITIALS_MAX = 6,     // letters; more are a word in capitals
    TRANSLATED_AFTER = 3, // letters of the name before
};

#define COMMON (CQ_UPOS_BIT(CQ_NOUN) | CQ_UPOS_BIT(CQ_ADJ) | CQ_UPOS_BIT(CQ_VERB))

typedef struct {
    cq_str text, key; // key: folded, without accents and possessive
    cq_spot at;
    uint32_t link;
    uint32_t behind; // the word of the source that it renders; CQ_NO_LINK: not known
    bool known;      // a French word, or a name that the gazetteer has
    bool initials;   // all capitals
    bool opens;      // its sentence: the capital may mean nothing
    bool simple;     // a capital, then small letters
    bool common;     // a noun, an adjective or a verb that is no name with a capital
    bool somebody;   // stands where people are named
    bool reported;
} french_name;

typedef struct {
    cq_str text, key;
    uint32_t token;
    bool initials, foreign;
    bool opens; // its sentence
    bool found;
} english_name;

// How the source writes a word.
enum { USE_SMALL = 1, USE_PROPER = 2 }; // PROPER: with a capital that says something

typedef struct {
    cq_map everywhere; // keys of all capitalised or unknown words of the article: times
    cq_map source;     // keys of all words of the source, with what stands for them: USE_
    CQ_VEC(french_name) names;
} source_names;

// Initials that have a French form.
static const struct {
    const char *english, *french;
} INITIALS[] = {
    {"IDE", "EDI"},   {"UN", "ONU"},    {"EU", "UE"},     {"NATO", "OTAN"},
    {"US", "USA"},    {"AI", "IA"},     {"WHO", "OMS"},   {"WTO", "OMC"},
    {"IMF", "FMI"},   {"GDP", "PIB"},   {"CEO", "PDG"},   {"HIV", "VIH"},
    {"DNA", "ADN"},   {"RNA", "ARN"},   {"ICC", "CPI"},   {"ICJ", "CIJ"},
    {"IOC", "CIO"},   {"NGO", "ONG"},   {"VAT", "TVA"},   {"ECB", "BCE"},
    {"GMO", "OGM"},   {"SME", "PME"},   {"UFO", "OVNI"},  {"AU", "UA"},
    {"ISIS", "EI"},   {"USSR", "URSS"}, {"OECD", "OCDE"}, {"OPEC", "OPEP"},
    {"IAEA", "AIEA"}, {"GDPR", "RGPD"}, {"IPCC", "GIEC"}, {"ECHR", "CEDH"},
    {"PLO", "OLP"},   {"UAE", "EAU"},   {"DRC", "RDC"},   {"VR", "RV"},
    {"AR", "RA"},     {"MR", "RM"},     {"OS", "SE"},     {"MSF", "MSF"},
    {"AIDS", "SIDA"}, {"PC", "PC"},     {"GPU", "GPU"},   {"UNHCR", "HCR"},
    {"RGB", "RVB"},   {"RGBA", "RVBA"},
};

static bool renders(const english_name *e, const french_name *f)
{
    for (size_t i = 0; i < CQ_COUNT(INITIALS); i++) {
        if (cq_str_is(e->text, INITIALS[i].english) &&
            cq_str_is(f->text, INITIALS[i].french))
            return true;
    }
    return false;
}

static bool has_french_form(cq_str english)
{
    for (size_t i = 0; i < CQ_COUNT(INITIALS); i++) {
        if (cq_str_is(english, INITIALS[i].english)) return true;
    }
    return false;
}

static cq_str without_possessive(cq_str word)
{
    static const cq_str ENDINGS[] = {CQ_LIT("'s"), CQ_LIT("’s"), CQ_LIT("'"),
                                     CQ_LIT("’")};
    for (size_t i = 0; i < CQ_COUNT(ENDINGS); i++) {
        if (cq_str_ends(word, ENDINGS[i]))
            return cq_str_sub(word, 0, word.n - ENDINGS[i].n);
    }
    return word;
}

// L'Oréal is one word in English; N.F.L. and Inc. have points.
static cq_str key_of(cq_arena *a, cq_str word)
{
    cq_str folded = cq_names_fold(a, without_possessive(word));
    if (cq_str_starts(folded, cq_str_of("l'")) || cq_str_starts(folded, cq_str_of("d'")))
        folded = cq_str_sub(folded, 2, folded.n);
    if (!memchr(folded.p, '.', folded.n)) return folded;
    char *out = cq_alloc(a, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++) {
        if (folded.p[i] != '.') out[n++] = folded.p[i];
    }
    return (cq_str){out, n};
}

// Not even an English word or name.
static bool is_foreign(const cq_check_run *run, cq_str word)
{
    return run->foreign && !cq_lexicon_accepts(run->foreign, word);
}

static bool is_capital(const cq_token *t)
{
    return t->kind == CQ_TOKEN_WORD && !(t->flags & CQ_TOKEN_ELIDED) &&
           t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED | CQ_TOKEN_UPPER) &&
           t->end - t->start <= WORD_MAX;
}

// Most words of the sentences have capitals: a title, where they mean nothing.
static bool is_title_case(const cq_passage *p, uint32_t first, uint32_t last)
{
    size_t words = 0, capitals = 0;
    for (uint32_t k = first; k < last; k++) {
        for (uint32_t i = p->sentences[k].first; i < p->sentences[k].last; i++) {
            words += p->tokens[i].kind == CQ_TOKEN_WORD;
            capitals += is_capital(&p->tokens[i]);
        }
    }
    return 2 * capitals > words;
}

void *cq_source_names_begin(cq_check_run *run)
{
    source_names *s = CQ_NEW(run->arena, source_names);
    if (!run->pair) return s;
    cq_map_init(&s->everywhere, run->arena);
    cq_map_init(&s->source, run->arena);
    const cq_passage *english = &run->pair->english;
    for (uint32_t i = 0; i < english->n; i++) {
        const cq_token *t = &english->tokens[i];
        if (t->kind != CQ_TOKEN_WORD) continue;
        uint32_t *uses =
            cq_map_put(&s->source, key_of(run->arena, cq_token_text(english, i)), NULL);
        if (!is_capital(t)) *uses |= USE_SMALL;
        bool title = is_title_case(english, t->sentence, t->sentence + 1);
        if (is_capital(t) && !(t->flags & CQ_TOKEN_FIRST) && !title) *uses |= USE_PROPER;
    }
    return s;
}

// Etat: a French word whose capital lost its accent.
static bool lacks_accent(cq_check_run *run, cq_str word)
{
    if (word.p[0] != 'E') return false;
    cq_str rest = cq_str_sub(word, 1, word.n);
    return cq_lexicon_lookup(run->lexicon,
                             cq_strf(run->scratch, "É%.*s", CQ_PRI(rest))) != 0;
}

// Choeur, Oeuvre: French words that lost their ligature.
static bool lacks_ligature(cq_check_run *run, cq_str word)
{
    cq_str folded = cq_fold(run->scratch, word);
    size_t at = cq_str_find(folded, cq_str_of("oe"));
    if (at == SIZE_MAX) return false;
    cq_str before = cq_str_sub(folded, 0, at);
    cq_str after = cq_str_sub(folded, at + 2, folded.n);
    return cq_lexicon_lookup(run->lexicon, cq_strf(run->scratch, "%.*sœ%.*s",
                                                   CQ_PRI(before), CQ_PRI(after))) != 0;
}

static uint32_t behind(cq_check_run *run, const cq_passage *p, uint32_t i)
{
    if (!run->linker) return CQ_NO_LINK;
    return cq_link_of(cq_link_words(run->linker, run->scratch, p, i), CQ_SIDE_TARGET, i)
        .other;
}

// Stands where people are named: behind a title, a verb, "selon" or "que".
static bool names_somebody(const cq_passage *p, size_t i)
{
    static const char *const BEFORE[] = {
        "m",        "mme",      "mlle",      "président", "présidente", "ministre",
        "juge",     "sénateur", "sénatrice", "maire",     "général",    "acteur",
        "actrice",  "reine",    "docteur",   "dr",        "roi",        "capitaine",
        "candidat", "avocat",   "pape",      "chanteur",  "chanteuse",  "joueur",
        "lord",     "sir",      "député",    "colonel",   "selon",      "par",
        "avec",     "contre",   "que",       "qu'",       "chez",       "pour",
        "à",        "où",       "et"};
    if (!i || p->tokens[i].flags & CQ_TOKEN_FIRST) return false;
    const cq_token *before = &p->tokens[i - 1];
    if (before->kind != CQ_TOKEN_WORD) return false;
    char buf[16];
    cq_str word = cq_fold_into(buf, sizeof buf, cq_token_text(p, i - 1));
    if (word.n && word.p[word.n - 1] == '.') word.n--;
    cq_upos upos = CQ_GET_UPOS(before->morph);
    return (word.p && CQ_IN(BEFORE, word)) || upos == CQ_VERB || upos == CQ_AUX;
}

void cq_source_names_run(cq_check_run *run, void *state, const cq_passage *p)
{
    source_names *s = state;
    if (!run->pair) return;
    for (size_t i = 0; i < p->n; i++) {
        const cq_token *t = &p->tokens[i];
        bool capital = is_capital(t);
        if (!capital && (t->kind != CQ_TOKEN_WORD || t->flags & CQ_TOKEN_KNOWN)) continue;
        cq_str text = cq_token_text(p, i), key = key_of(run->arena, text);
        ++*cq_map_put(&s->everywhere, key, NULL);
        if (!capital) continue;
        uint32_t sentence = cq_pair_sentence_at(run->pair, CQ_SIDE_TARGET, t->start);
        const cq_link *l = cq_pair_link(run->pair, CQ_SIDE_TARGET, sentence);
        uint32_t first;
        *CQ_PUSH(run->arena, &s->names) = (french_name){
            .text = cq_str_copy(run->arena, text),
            .key = key,
            .at = cq_spot_of_tokens(p, i, i + 1),
            .link = l ? (uint32_t)(l - run->pair->links) : CQ_NO_LINK,
            .behind = behind(run, p, (uint32_t)i),
            .known = t->flags & CQ_TOKEN_KNOWN || lacks_accent(run, text) ||
                     lacks_ligature(run, text) ||
                     cq_names_find(run->names, key, &first) > 0,
            .initials = t->flags & CQ_TOKEN_UPPER,
            .opens = t->flags & CQ_TOKEN_FIRST,
            .simple = t->flags & CQ_TOKEN_CAPITAL && !memchr(key.p, '-', key.n),
            .somebody = names_somebody(p, i),
            .common = t->form && cq_lexicon_upos(run->lexicon, t->form) & COMMON &&
                      !cq_str_eq(cq_lexicon_form(run->lexicon, t->form), text) &&
                      !cq_names_find(run->names, key, &first),
        };
    }
}

// --- comparing

typedef struct {
    const char *from, *to;
} sound_rule;

// What the letters at the start of `rest` become; `n` of them are read.
static cq_str sound_of(cq_str rest, size_t *n)
{
    static const sound_rule RULES[] = {
        {"tch", "c"}, {"sch", "c"}, {"ch", "c"}, {"sh", "c"}, {"ou", "u"}, {"oo", "u"},
        {"ee", "i"},  {"kh", "k"},  {"gh", "k"}, {"gu", "k"}, {"ph", "f"}, {"th", "t"},
        {"ck", "k"},  {"ts", "s"},  {"tz", "s"}, {"dj", "j"}, {"zh", "j"}, {"ey", "i"},
        {"ei", "i"},  {"ii", "i"},  {"w", "v"},  {"y", "i"},  {"q", "k"},  {"x", "ks"},
        {"eo", "o"},  {"g", "k"},   {"z", "s"},  {"h", ""},   {"'", ""},
    };
    for (size_t k = 0; k < CQ_COUNT(RULES); k++) {
        if (!cq_str_starts(rest, cq_str_of(RULES[k].from))) continue;
        *n = strlen(RULES[k].from);
        return cq_str_of(RULES[k].to);
    }
    *n = 1;
    return cq_str_sub(rest, 0, 1);
}

// Caucasia and Caucasie, Floridian and Floridiens.
static size_t without_ending(char *out, size_t n)
{
    while (n > 3 && strchr("eas", out[n - 1])) n--;
    if (n > 6 && strchr("iu", out[n - 1])) n--; // Transcaucasus, Transcaucasie
    while (n > 5 && strchr("eas", out[n - 1])) n--;
    if (n > 4 && out[n - 1] == 'n' && out[n - 2] == 'a') out[n - 2] = 'e';
    return n;
}

// What the rules of transcription, English and French, leave of a foreign name:
// Tchaïkovski and Tchaikovsky, Gorbatchev and Gorbachev, Poutine and Putin. `strict`: two
// vowels stay two, an h stays where no digraph has it.
static cq_str sound(cq_arena *a, cq_str key, bool strict)
{
    char *out = cq_alloc(a, 2 * key.n + 1);
    size_t n = 0;
    for (size_t i = 0, read; i < key.n; i += read) {
        cq_str part = sound_of(cq_str_sub(key, i, key.n), &read);
        if (strict && key.p[i] == 'h') part = cq_str_of("h");
        for (size_t k = 0; k < part.n; k++) {
            bool doubled = n && out[n - 1] == part.p[k];
            if (!doubled || (strict && strchr("aeiou", part.p[k]))) out[n++] = part.p[k];
        }
    }
    return (cq_str){out, without_ending(out, n)};
}

// The same name in French letters. A name that English knows well (Theresa, Louisiana)
// has a French form with a French ending, or none.
static bool is_transcribed(cq_arena *a, const english_name *e, const french_name *f)
{
    static const cq_str ENDINGS[] = {CQ_LIT("e"),  CQ_LIT("es"),  CQ_LIT("i"),
                                     CQ_LIT("en"), CQ_LIT("ens"), CQ_LIT("ev")};
    bool strict = !e->foreign && !f->known;
    if (!cq_str_eq(sound(a, e->key, strict), sound(a, f->key, strict))) return false;
    bool plural = f->key.n == e->key.n + 1 && cq_str_ends(f->key, cq_str_of("s"));
    if (!strict || f->key.n < 2 || plural) return true;
    for (size_t i = 0; i < CQ_COUNT(ENDINGS); i++) {
        if (cq_str_ends(f->key, ENDINGS[i])) return true;
    }
    return cq_str_ends(e->key, cq_str_sub(f->key, f->key.n - 2, f->key.n));
}

// Non-répudiation and Nonrepudiation; "2-Azure", "Azure-3", whose dash lost its spaces.
static bool differs_in_hyphens(const english_name *e, const french_name *f)
{
    size_t more = f->key.n - e->key.n;
    bool longer = f->key.n > e->key.n;
    if (longer && f->key.p[more - 1] == '-' && cq_str_ends(f->key, e->key)) return true;
    if (longer && f->key.p[e->key.n] == '-' && cq_str_starts(f->key, e->key)) return true;
    size_t i = 0, k = 0;
    for (;;) {
        while (i < e->key.n && e->key.p[i] == '-') i++;
        while (k < f->key.n && f->key.p[k] == '-') k++;
        if (i == e->key.n || k == f->key.n) return i == e->key.n && k == f->key.n;
        if (e->key.p[i++] != f->key.p[k++]) return false;
    }
}

// Of names with hyphens the one part in which they differ: Glasgow-Edinburgh,
// Glasgow-Édimbourg. False: they differ in more.
static bool differing_part(cq_str *a, cq_str *b)
{
    cq_str x = *a, y = *b, part[2], found[2] = {*a, *b};
    unsigned n = 0;
    for (;;) {
        bool more = cq_str_split(&x, '-', &part[0]);
        if (!cq_str_split(&y, '-', &part[1]) || !more) break;
        if (cq_str_eq(part[0], part[1])) continue;
        found[0] = part[0];
        found[1] = part[1];
        n++;
    }
    *a = found[0];
    *b = found[1];
    return n == 1 && !x.n && !y.n;
}

// How many edits lead from the one to the other; 0: none, or too many for their length.
static unsigned edits(const english_name *e, const french_name *f)
{
    cq_str x = e->key, y = f->key;
    bool compound = memchr(x.p, '-', x.n) && memchr(y.p, '-', y.n);
    if (compound && !differing_part(&x, &y)) return 0;
    size_t n = x.n > y.n ? x.n : y.n;
    if (n < NEAR_MIN) return 0;
    unsigned max = n >= THREE_EDITS_FROM ? 3 : n >= TWO_EDITS_FROM ? 2 : 1;
    unsigned d = cq_edit_distance(x, y, max);
    return d <= max ? d : 0;
}

// Bogd, Bogdo: a foreign name that the article writes again and again with a vowel more.
static bool is_custom(const source_names *s, const english_name *e, const french_name *f)
{
    enum { TIMES_MIN = 3 };
    bool vowel = f->key.n == e->key.n + 1 && cq_str_starts(f->key, e->key) &&
                 strchr("aeiou", f->key.p[f->key.n - 1]);
    const uint32_t *times = cq_map_get(&s->everywhere, f->key);
    return e->foreign && vowel && times && *times >= TIMES_MIN &&
           !cq_map_get(&s->everywhere, e->key);
}

// Pope Francis is le pape François: popes, saints and crowned heads have French names.
static bool has_title(const cq_pair *pair, cq_str key)
{
    static const char *const TITLES[] = {
        "pope",     "saint",   "st",     "king",  "queen",   "prince", "princess",
        "emperor",  "empress", "tsar",   "czar",  "apostle", "duke",   "duchess",
        "archduke", "pontiff", "kaiser", "popes", "kings"};
    const cq_passage *p = &pair->english;
    for (uint32_t i = 1; i < p->n; i++) {
        if (!is_capital(&p->tokens[i])) continue;
        char buf[WORD_MAX];
        cq_str before = cq_token_text(p, i - 1);
        before = cq_fold_into(buf, sizeof buf, before);
        if (!before.p || !CQ_IN(TITLES, before)) continue;
        cq_str name = cq_fold(pair->arena, without_possessive(cq_token_text(p, i)));
        if (cq_str_eq(name, key)) return true;
    }
    return false;
}

static bool has_french_name(const cq_pair *pair, const english_name *e,
                            const french_name *f)
{
    static const struct {
        const char *english, *french;
    } NAMES[] = {
        {"francis", "francois"},    {"john", "jean"},
        {"peter", "pierre"},        {"henry", "henri"},
        {"philip", "philippe"},     {"felipe", "philippe"},
        {"elizabeth", "elisabeth"}, {"benedict", "benoit"},
        {"gregory", "gregoire"},    {"mary", "marie"},
        {"nicholas", "nicolas"},    {"alexander", "alexandre"},
        {"matthew", "matthieu"},    {"luke", "luc"},
        {"mark", "marc"},           {"theresa", "therese"},
        {"teresa", "therese"},      {"leo", "leon"},
        {"lawrence", "laurent"},    {"frederick", "frederic"},
        {"andrew", "andre"},        {"constantine", "constantin"},
        {"isabella", "isabelle"},   {"margaret", "marguerite"},
        {"stephen", "etienne"},     {"james", "jacques"},
        {"sophia", "sophie"},       {"maximilian", "maximilien"},
    };
    for (size_t i = 0; i < CQ_COUNT(NAMES); i++) {
        if (cq_str_is(e->key, NAMES[i].english) && cq_str_is(f->key, NAMES[i].french))
            return has_title(pair, e->key);
    }
    return false;
}

// Talysh, Talych: French writes the sound with other letters.
static bool is_french_spelling(cq_arena *a, const english_name *e, const french_name *f)
{
    char *out = cq_alloc(a, e->key.n + 1);
    memcpy(out, e->key.p, e->key.n);
    for (size_t i = 0; i + 1 < e->key.n; i++) {
        if (out[i] == 's' && out[i + 1] == 'h') out[i] = 'c';
    }
    cq_str spelt = {out, e->key.n};
    return e->foreign && !cq_str_eq(spelt, e->key) && cq_str_starts(f->key, spelt) &&
           f->key.n <= spelt.n + 1;
}

// What the source writes with small letters too, or no name that is known.
static bool is_common_word(cq_check_run *run, const source_names *s, cq_str key)
{
    const uint32_t *uses = cq_map_get(&s->source, key);
    uint32_t first;
    return (uses && *uses & USE_SMALL) || !cq_names_find(run->names, key, &first);
}

// Both open their sentences, and French adds the ending of a verb to a word that it does
// not have: Reprocess, Reprocesser.
static bool is_made_verb(const cq_check_run *run, const english_name *e,
                         const french_name *f)
{
    static const char *const ENDINGS[] = {"er", "ez", "ant", "age", "ement"};
    return e->opens && f->opens && f->key.n > e->key.n && cq_str_starts(f->key, e->key) &&
           CQ_IN(ENDINGS, cq_str_sub(f->key, e->key.n, f->key.n)) &&
           !cq_lexicon_lookup(run->lexicon, e->key);
}

// The source has it in small letters as well, and with a capital only where any word has
// one: "heads-up", in a heading "Heads-up".
static bool is_only_heading(const source_names *s, const english_name *e)
{
    const uint32_t *uses = cq_map_get(&s->source, e->key);
    return uses && *uses & USE_SMALL && !(*uses & USE_PROPER);
}

static bool is_damaged(cq_check_run *run, const source_names *s, const english_name *e,
                       const french_name *f)
{
    if (e->initials != f->initials) return false;
    if (is_made_verb(run, e, f) || is_only_heading(s, e)) return false;
    if (f->opens && (f->common || (e->opens && memchr(f->key.p, '-', f->key.n))))
        return false; // Sécurité, Ex-banquier
    unsigned d = edits(e, f);
    if (!d || cq_map_get(&s->source, f->key)) return false; // the source has it too
    if (differs_in_hyphens(e, f) || renders(e, f)) return false;
    if (f->common && f->behind == e->token) return false; // Projet renders Project
    if (f->common && !e->foreign && !e->initials && is_common_word(run, s, e->key))
        return false; // Cour renders Court
    if (is_custom(s, e, f) || has_french_name(run->pair, e, f) ||
        is_french_spelling(run->scratch, e, f))
        return false;
    bool elsewhere = cq_map_get(&s->everywhere, e->key); // right in another place
    bool same = is_transcribed(run->scratch, e, f);
    if (f->known) return elsewhere && !e->found && d == 1 && !same;
    return elsewhere || !same;
}

static cq_hit *report(cq_check_run *run, cq_spot at, const char *rule, const cq_link *l,
                      cq_confidence confidence, cq_str source)
{
    cq_hit *h = cq_hit_add(run, cq_str_of(rule), at);
    h->category = cq_str_of("accuracy/mistranslation/entity");
    h->severity = CQ_MAJOR;
    h->confidence = l && l->confidence < 0.5f ? CQ_LOW : confidence;
    h->priority = 1; // knows more than spelling and near names do
    h->source = source;
    return h;
}

// Bahrain: Bahreïn; "" when French has no name of its own for it. (The pack of exonyms
// says so; its rules are named after the English.)
static cq_str exonym(cq_check_run *run, cq_str key)
{
    cq_str id = cq_strf(run->scratch, "en-fr/exonyms/%.*s", CQ_PRI(key));
    uint32_t rule = cq_rule_find(run->rules, id);
    cq_rule_info r;
    if (rule == UINT32_MAX || !cq_rule(run->rules, rule, &r)) return (cq_str){"", 0};
    return cq_rule_text(r.suggest, 0);
}

static void report_damaged(cq_check_run *run, const source_names *s, const cq_link *l,
                           french_name *f, const english_name *e)
{
    f->reported = true;
    cq_str right = without_possessive(e->text);
    bool elsewhere = cq_map_get(&s->everywhere, e->key) != NULL;
    cq_hit *h = report(run, f->at, "source/name", l,
                       elsewhere || e->foreign ? CQ_HIGH : CQ_MEDIUM, right);
    h->message = cq_strf(run->arena,
                         cq_say(run, "Nom altéré : l’original a « %.*s ».",
                                "Damaged name: the source has “%.*s”."),
                         CQ_PRI(right));
    cq_str french = exonym(run, e->key);
    cq_hit_fix_add(run, h, f->at.start, f->at.end, french.n ? french : right);
}

static void report_initials(cq_check_run *run, const cq_link *l, const french_name *f,
                            const english_name *e)
{
    cq_hit *h = report(run, f->at, "source/initials", l, CQ_MEDIUM, e->text);
    h->message = cq_strf(run->arena,
                         cq_say(run, "Sigle changé ? L’original a « %.*s ».",
                                "Other initials? The source has “%.*s”."),
                         CQ_PRI(e->text));
}

static void report_lost(cq_check_run *run, const cq_link *l, const english_name *e)
{
    const cq_pair_sentence *t = &run->pair->sentences[CQ_SIDE_TARGET][l->first[1]];
    cq_spot at = {t->text.start, t->text.end, t->text, false};
    cq_hit *h = report(run, at, "source/name-lost", l, CQ_MEDIUM, e->text);
    h->category = cq_str_of("accuracy/omission");
    h->priority = -2; // covers a whole sentence: whatever is more exact goes first
    h->message = cq_strf(run->arena,
                         cq_say(run, "Le nom « %.*s » de l’original manque.",
                                "The name “%.*s” of the source is missing."),
                         CQ_PRI(e->text));
}

// The capitalised words of source sentences; at most `max`, more give max + 1.
static size_t english_names(cq_check_run *run, const cq_link *l, english_name *out,
                            size_t max)
{
    const cq_passage *p = &run->pair->english;
    size_t n = 0;
    for (uint32_t k = l->first[0]; k < l->last[0]; k++) {
        for (uint32_t i = p->sentences[k].first; i < p->sentences[k].last; i++) {
            if (!is_capital(&p->tokens[i])) continue;
            if (n == max) return max + 1;
            cq_str text = without_possessive(cq_token_text(p, i));
            out[n++] = (english_name){
                .text = text,
                .key = key_of(run->scratch, text),
                .token = i,
                .initials = p->tokens[i].flags & CQ_TOKEN_UPPER,
                .foreign = is_foreign(run, text),
                .opens = p->tokens[i].flags & CQ_TOKEN_FIRST,
            };
        }
    }
    return n;
}

// Names that French says with a word of small letters.
static bool has_common_word(cq_check_run *run, const cq_link *l, cq_str key)
{
    static const struct {
        const char *english, *french;
    } WORDS[] = {{"labour", "travaillist"},
                 {"tory", "conservat"},
                 {"tories", "conservat"},
                 {"libdem", "libéra"},
                 {"moslem", "musulman"}};
    cq_str text = cq_pair_text(run->pair, CQ_SIDE_TARGET, l->first[1], l->last[1]);
    for (size_t i = 0; i < CQ_COUNT(WORDS); i++) {
        if (cq_str_is(key, WORDS[i].english) &&
            cq_str_find(text, cq_str_of(WORDS[i].french)) != SIZE_MAX)
            return true;
    }
    return false;
}

// Fiona Drake become Fiona Canard, Albion Trust become Albion Confiance: a word of the
// dictionary stands, with a capital, where the second part of a name stood.
static void find_translated(cq_check_run *run, const source_names *s, const cq_link *l,
                            english_name *e, size_t e_n, french_name *f, bool *taken,
                            size_t n)
{
    if (is_title_case(&run->pair->english, l->first[0], l->last[0])) return;
    for (size_t i = 0; i + 1 < e_n; i++) {
        english_name *part = &e[i + 1];
        if (!e[i].found || e[i].initials || part->found || part->initials ||
            part->token != e[i].token + 1 || e[i].key.n < TRANSLATED_AFTER)
            continue;
        // Microsoft Company Portal: French turns the parts round.
        if (i + 2 < e_n && e[i + 2].token == part->token + 1) continue;
        for (size_t k = 0; k + 1 < n; k++) {
            french_name *other = &f[k + 1];
            if (!cq_str_eq(f[k].key, e[i].key) || f[k].common || taken[k + 1] ||
                !other->common || other->initials || other->at.start != f[k].at.end + 1 ||
                cq_map_get(&s->source, other->key) ||
                cq_str_eq(sound(run->scratch, part->key, false),
                          sound(run->scratch, other->key, false)))
                continue;
            report_damaged(run, s, l, other, part);
            part->found = taken[k + 1] = true;
            break;
        }
    }
}

// Somebody's second name, or what a firm or a product is called.
static bool is_called_so(const cq_check_run *run, cq_str key)
{
    uint32_t first;
    size_t n = cq_names_find(run->names, key, &first);
    for (uint32_t k = 0; k < n; k++) {
        const cq_name_use *uses;
        size_t uses_n = cq_names_uses(run->names, first + k, &uses);
        for (size_t u = 0; u < uses_n; u++) {
            cq_name name;
            if (!cq_names_get(run->names, uses[u].name, &name)) continue;
            if (name.type == 'p' ? uses[u].place > 0 : name.words_n == 1) return true;
        }
    }
    return false;
}

// Somebody's second name and nothing else.
static bool is_family_name(const cq_check_run *run, cq_str key)
{
    uint32_t first;
    size_t n = cq_names_find(run->names, key, &first), seen = 0;
    for (uint32_t k = 0; k < n; k++) {
        const cq_name_use *uses;
        size_t uses_n = cq_names_uses(run->names, first + k, &uses);
        for (size_t u = 0; u < uses_n; u++, seen++) {
            cq_name name;
            if (!cq_names_get(run->names, uses[u].name, &name) || name.type != 'p' ||
                uses[u].place == 0)
                return false;
        }
    }
    return seen > 0;
}

// Does the bilingual lexicon give the French word, as a common one, for the English?
static bool is_rendering(cq_check_run *run, uint32_t english, cq_str french)
{
    enum { LEMMAS = 4 };
    const cq_bilingual *b = cq_linker_lexicon(run->linker);
    uint32_t word = cq_bilingual_french(b, cq_fold(run->scratch, french));
    uint32_t lemmas[LEMMAS];
    size_t n = cq_link_english(run->linker, english, lemmas, LEMMAS);
    for (size_t i = 0; word && i < n; i++) {
        const cq_rendering *r;
        size_t r_n = cq_bilingual_of_english(b, lemmas[i], &r);
        for (size_t k = 0; k < r_n; k++) {
            if (r[k].french == word) return true;
        }
    }
    return false;
}

// A noun or an adjective with a capital, where nothing asks for one.
static bool is_dictionary_word(cq_check_run *run, const french_name *f)
{
    static const char *const NAMES[] = {"nord",  "sud",     "est",     "ouest", "dieu",
                                        "terre", "mercure", "saturne", "lune",  "soleil"};
    uint32_t first;
    cq_str lower = cq_fold(run->scratch, f->text);
    uint32_t form = cq_lexicon_lookup(run->lexicon, lower);
    uint32_t upos = form ? cq_lexicon_upos(run->lexicon, form) : 0;
    return form && cq_str_eq(cq_lexicon_form(run->lexicon, form), lower) &&
           upos & (CQ_UPOS_BIT(CQ_NOUN) | CQ_UPOS_BIT(CQ_ADJ)) && !CQ_IN(NAMES, lower) &&
           !cq_names_find(run->names, f->key, &first);
}

// Bush becomes Buisson, Green Vert: a name that is nothing else in the source, and a
// common word with a capital that renders it as if it were none, or that is the only
// thing left that may stand for it.
static void find_rendered(cq_check_run *run, const source_names *s, const cq_link *l,
                          english_name *e, size_t e_n, french_name *f, bool *taken,
                          size_t n)
{
    if (!run->linker || is_title_case(&run->pair->english, l->first[0], l->last[0]))
        return;
    english_name *names[NAMES_MAX];
    french_name *words[NAMES_MAX];
    size_t names_n = 0, words_n = 0;
    for (size_t i = 0; i < e_n; i++) {
        const uint32_t *uses = cq_map_get(&s->source, e[i].key);
        if (e[i].found || e[i].initials || e[i].key.n < TRANSLATED_AFTER || !uses ||
            *uses != USE_PROPER || !is_called_so(run, e[i].key))
            continue;
        names[names_n++] = &e[i];
    }
    for (size_t k = 0; k < n && names_n; k++) {
        bool family = is_family_name(run, f[k].key);
        // Behind a first name: that of the source, or, of somebody well known, any.
        bool second = k && f[k - 1].simple && !f[k - 1].common &&
                      f[k].at.start == f[k - 1].at.end + 1 &&
                      (family || (taken[k - 1] && cq_map_get(&s->source, f[k - 1].key)));
        if (taken[k] || !(f[k].somebody || second) || !f[k].simple || f[k].initials ||
            cq_map_get(&s->source, f[k].key) ||
            !(family || is_dictionary_word(run, &f[k])))
            continue;
        words[words_n++] = &f[k];
    }
    for (size_t i = 0; i < names_n; i++) {
        for (size_t k = 0; k < words_n && !names[i]->found; k++) {
            bool common = is_dictionary_word(run, words[k]);
            bool kin = !common && names[i]->key.n > 1 && words[k]->key.n > 1 &&
                       memcmp(names[i]->key.p, words[k]->key.p, 2) == 0; // Colomb
            bool only = names_n == 1 && words_n == 1 && !kin &&
                        !is_transcribed(run->scratch, names[i], words[k]);
            if (words[k]->reported ||
                !(only || (common && is_rendering(run, names[i]->token, words[k]->text))))
                continue;
            report_damaged(run, s, l, words[k], names[i]);
            names[i]->found = taken[words[k] - f] = true;
        }
    }
}

// Oversized, Upskilling, Touchpad: words that the English dictionary lacks, but for their
// parts.
static bool is_made_of_words(const cq_check_run *run, cq_str key)
{
    enum { PART_MIN = 3, LONGER_MIN = 4 };
    static const cq_str ENDINGS[] = {CQ_LIT("ed"),  CQ_LIT("ing"),  CQ_LIT("ly"),
                                     CQ_LIT("ize"), CQ_LIT("able"), CQ_LIT("ism")};
    for (size_t i = 0; i < CQ_COUNT(ENDINGS); i++) {
        if (cq_str_ends(key, ENDINGS[i])) return true;
    }
    for (size_t i = PART_MIN; i + PART_MIN <= key.n; i++) {
        if (i < LONGER_MIN && key.n - i < LONGER_MIN) continue;
        if (!is_foreign(run, cq_str_sub(key, 0, i)) &&
            !is_foreign(run, cq_str_sub(key, i, key.n)))
            return true;
    }
    return false;
}

// The French has a word with its first letters: Thatcherites, thatchériens; Rican,
// portoricain.
static bool has_cognate(cq_check_run *run, const cq_link *l, cq_str key)
{
    enum { COGNATE = 4 };
    cq_str text = cq_names_fold(
        run->scratch, cq_pair_text(run->pair, CQ_SIDE_TARGET, l->first[1], l->last[1]));
    return cq_str_find(text, cq_str_sub(key, 0, COGNATE)) != SIZE_MAX;
}

// Behaviours, to an American dictionary.
static bool is_british(cq_check_run *run, cq_str key)
{
    size_t at = cq_str_find(key, cq_str_of("our"));
    if (at == SIZE_MAX) return false;
    cq_str before = cq_str_sub(key, 0, at + 1), after = cq_str_sub(key, at + 2, key.n);
    return !is_foreign(run,
                       cq_strf(run->scratch, "%.*s%.*s", CQ_PRI(before), CQ_PRI(after)));
}

// Postive: an English word that lacks a letter within.
static bool is_misspelt(const cq_check_run *run, cq_str key)
{
    enum { MISSPELT_MIN = 7, MISSPELT_MAX = 30 };
    if (key.n < MISSPELT_MIN || key.n > MISSPELT_MAX) return false;
    char word[MISSPELT_MAX + 2];
    for (size_t i = 1; i < key.n; i++) {
        memcpy(word, key.p, i);
        memcpy(word + i + 1, key.p + i, key.n - i);
        for (char c = 'a'; c <= 'z'; c++) {
            word[i] = c;
            if (!is_foreign(run, (cq_str){word, key.n + 1})) return true;
        }
    }
    return false;
}

// What the source writes with a capital for no other reason than that it is a name.
static bool is_surely_name(cq_check_run *run, const source_names *s,
                           const english_name *e)
{
    if (!e->foreign || e->initials || e->key.n < LOST_MIN) return false;
    if (memchr(e->key.p, '-', e->key.n)) return false; // Austro-Prussian
    const uint32_t *uses = cq_map_get(&s->source, e->key);
    return uses && *uses == USE_PROPER && !is_made_of_words(run, e->key) &&
           !is_british(run, e->key) && !cq_is_digit(e->key.p[0]) &&
           !is_misspelt(run, e->key);
}

static void find_lost(cq_check_run *run, const source_names *s, const cq_link *l,
                      const english_name *e, size_t e_n, const french_name *f,
                      const bool *taken, size_t n)
{
    for (size_t i = 0; i < e_n; i++) {
        if (e[i].found || !is_surely_name(run, s, &e[i])) continue;
        cq_str key = e[i].key; // in the plural: the Rosenbergs
        if (key.p[key.n - 1] == 's') key.n--;
        if (has_common_word(run, l, e[i].key) || has_cognate(run, l, e[i].key)) continue;
        if (cq_map_get(&s->everywhere, e[i].key) || cq_map_get(&s->everywhere, key))
            continue; // a pronoun may stand for it
        bool transcribed = false;
        for (size_t k = 0; k < n && !transcribed; k++)
            transcribed = !taken[k] && !(f[k].opens && f[k].known) &&
                          !cq_map_get(&s->source, f[k].key);
        if (!transcribed && !cq_pair_hides_more(run->pair, l)) report_lost(run, l, &e[i]);
    }
}

// Where one name of the source is left, and in French one word that nobody knows: then
// one edit more than else tells no other name.
static void find_only(cq_check_run *run, const source_names *s, const cq_link *l,
                      english_name *e, size_t e_n, french_name *f, bool *taken, size_t n)
{
    english_name *left = NULL;
    size_t e_left = 0, f_left = 0, only = 0;
    for (size_t i = 0; i < e_n; i++) {
        if (e[i].found || e[i].initials || e[i].opens) continue;
        left = &e[i];
        e_left++;
    }
    for (size_t k = 0; k < n; k++) {
        if (taken[k] || f[k].known || !f[k].simple || f[k].initials) continue;
        only = k;
        f_left++;
    }
    if (e_left != 1 || f_left != 1 || left->key.n < ONLY_MIN) return;
    unsigned max = left->key.n >= THREE_EDITS_FROM ? 4 : 3;
    if (left->key.p[0] != f[only].key.p[0] || cq_map_get(&s->source, f[only].key) ||
        cq_edit_distance(left->key, f[only].key, max) > max ||
        is_transcribed(run->scratch, left, &f[only]) || is_custom(s, left, &f[only]))
        return;
    report_damaged(run, s, l, &f[only], left);
    left->found = taken[only] = true;
}

// "le ministre Jean Durand" for "the minister": two words with capitals that the source
// has nowhere, where every name of it has arrived.
static void find_invented(cq_check_run *run, const source_names *s, const cq_link *l,
                          const english_name *e, size_t e_n, french_name *f,
                          const bool *taken, size_t n)
{
    static const float FIRM = 0.7f;
    bool alone = l->last[0] - l->first[0] == 1 && l->last[1] - l->first[1] == 1;
    if (!alone || l->confidence < FIRM) return;
    for (size_t i = 0; i < e_n; i++) {
        if (!e[i].found && !e[i].opens) return;
    }
    for (size_t k = 0; k + 1 < n; k++) {
        bool pair = f[k + 1].at.start == f[k].at.end + 1 && !taken[k] && !taken[k + 1] &&
                    f[k].simple && f[k + 1].simple && !f[k].common && !f[k + 1].common &&
                    !f[k].initials && !f[k + 1].initials && !f[k].reported;
        bool longer = k && f[k].at.start == f[k - 1].at.end + 1; // Kim Jong Il
        if (!pair || longer || f[k].opens || cq_map_get(&s->source, f[k].key) ||
            cq_map_get(&s->source, f[k + 1].key))
            continue;
        cq_spot at = f[k].at;
        at.end = f[k + 1].at.end;
        cq_hit *h = report(run, at, "source/name-added", l, CQ_MEDIUM, (cq_str){"", 0});
        h->category = cq_str_of("accuracy/addition");
        h->message = cq_str_of(cq_say(run, "La source ne nomme personne ainsi.",
                                      "The source has no such name."));
        f[k].reported = f[k + 1].reported = true;
    }
}

static void compare(cq_check_run *run, const source_names *s, const cq_link *l,
                    french_name *f, size_t n)
{
    english_name e[NAMES_MAX];
    size_t e_n = english_names(run, l, e, NAMES_MAX);
    if (e_n > NAMES_MAX || n > NAMES_MAX) return;
    bool taken[NAMES_MAX] = {false};
    for (size_t i = 0; i < e_n; i++) {
        for (size_t k = 0; k < n; k++) {
            if (!cq_str_eq(e[i].key, f[k].key) && !renders(&e[i], &f[k])) continue;
            e[i].found = taken[k] = true;
        }
    }
    for (size_t k = 0; k < n; k++) {
        english_name *best = NULL;
        for (size_t i = 0; i < e_n && !taken[k]; i++) {
            if (!is_damaged(run, s, &e[i], &f[k])) continue;
            if (!best || edits(&e[i], &f[k]) < edits(best, &f[k])) best = &e[i];
        }
        if (!best) continue;
        report_damaged(run, s, l, &f[k], best);
        best->found = taken[k] = true;
    }
    find_only(run, s, l, e, e_n, f, taken, n);
    find_translated(run, s, l, e, e_n, f, taken, n);
    find_rendered(run, s, l, e, e_n, f, taken, n);
    const english_name *lost = NULL;
    const french_name *added = NULL;
    size_t lost_n = 0, added_n = 0;
    for (size_t i = 0; i < e_n; i++) {
        uint32_t first; // translators turn initials of their own into French ones
        if (e[i].found || !e[i].initials || has_french_form(e[i].text)) continue;
        const uint32_t *uses = cq_map_get(&s->source, e[i].key);
        if (uses && *uses & USE_SMALL) continue; // THE condition
        if (e[i].key.n > INITIALS_MAX) continue; // SECURITY
        if (e[i].key.n >= NEAR_MIN && run->foreign &&
            cq_lexicon_accepts(run->foreign, e[i].key))
            continue; // ROMAN, a function
        if (!cq_names_find(run->names, e[i].key, &first)) continue;
        lost = &e[i];
        lost_n++;
    }
    for (size_t k = 0; k < n; k++) {
        if (taken[k] || !f[k].initials || cq_map_get(&s->source, f[k].key)) continue;
        added = &f[k];
        added_n++;
    }
    if (lost_n == 1 && added_n == 1) report_initials(run, l, added, lost);
    find_lost(run, s, l, e, e_n, f, taken, n);
    find_invented(run, s, l, e, e_n, f, taken, n);
}

// Two edits are few enough where the article has the name in another place, and neither
// is put together of other words ("2-Configuration", "leTerminal").
static bool is_near(const source_names *s, const english_name *e, const french_name *f)
{
    unsigned d = edits(e, f);
    if (d != 2) return d == 1;
    bool alike = e->key.p[0] == f->key.p[0] && e->key.n >= NEAR_ANYWHERE;
    return alike && f->simple && !f->initials && cq_map_get(&s->everywhere, e->key);
}

// Names that have no counterpart where they are expected, beside every name of the
// source: sentences may be wrongly linked, or not at all.
static void compare_with_all(cq_check_run *run, source_names *s)
{
    const cq_passage *p = &run->pair->english;
    for (size_t k = 0; k < s->names.n; k++) {
        french_name *f = &s->names.v[k];
        if (f->reported || f->known || cq_map_get(&s->source, f->key)) continue;
        for (uint32_t i = 0; i < p->n && !f->reported; i++) {
            if (!is_capital(&p->tokens[i])) continue;
            cq_str text = without_possessive(cq_token_text(p, i));
            english_name e = {.text = text,
                              .key = key_of(run->scratch, text),
                              .initials = p->tokens[i].flags & CQ_TOKEN_UPPER,
                              .opens = p->tokens[i].flags & CQ_TOKEN_FIRST};
            if (!is_near(s, &e, f)) continue;
            e.foreign = is_foreign(run, text);
            if (is_damaged(run, s, &e, f)) report_damaged(run, s, NULL, f, &e);
        }
        cq_arena_reset(run->scratch);
    }
}

static int by_link(const void *a, const void *b)
{
    const french_name *x = a, *y = b;
    if (x->link != y->link) return x->link < y->link ? -1 : 1;
    return (x->at.start > y->at.start) - (x->at.start < y->at.start);
}

void cq_source_names_finish(cq_check_run *run, void *state)
{
    source_names *s = state;
    if (!run->pair) return;
    if (s->names.n) qsort(s->names.v, s->names.n, sizeof *s->names.v, by_link);
    size_t at = 0;
    for (uint32_t i = 0; i < run->pair->links_n; i++) {
        size_t first = at;
        while (at < s->names.n && s->names.v[at].link == i) at++;
        cq_arena_reset(run->scratch);
        compare(run, s, &run->pair->links[i], s->names.v + first, at - first);
    }
    compare_with_all(run, s);
}
