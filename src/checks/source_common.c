// The source writes the word with a capital within its sentences and never without; the
// article has the name, too, but here the same letters stand small, perhaps in the
// plural. Words of French are left alone: of titles, offices and institutions
// ("President Obama", the National Service) it makes common nouns.
//
// In texts about software a noun that stands bare, with a capital and in the singular
// ("import Photon", "through Steam"), is the name of a product: there a French word in
// small letters that is linked to it translates what is a name ("par vapeur").
#include "checks/source_common.h"

#include "base/utf8.h"
#include "source/pair.h"

enum {
    NAME_MIN = 4,  // letters
    WORD_MAX = 40, // bytes
    TIMES_MIN = 2, // that the source writes it as a name
    CANDIDATES_MAX = 4000,
};

enum {
    BARE_MIN = 2,      // uses of a product
    SLIP_SHARE = 8,    // one small letter in so many uses is a slip
    HEADED_SHARE = 4,  // one "the Chapter" in so many bare uses is a slip
    TECHNICAL_MIN = 4, // different words of software
};

typedef struct {
    cq_str key;
    cq_spot at;
    uint32_t link;
} candidate;

// How the source writes a word.
typedef struct {
    uint32_t names; // with a capital inside a sentence
    uint32_t small;
    uint32_t bare;   // without a determiner or another name beside it
    uint32_t headed; // as the noun of a phrase: "the next Chapter"
} usage;

typedef struct {
    cq_map source; // folded word -> index into usages
    CQ_VEC(usage) usages;
    bool technical;
    cq_map names; // folded words that the article writes as names inside a sentence
    CQ_VEC(candidate) candidates;
} common;

static bool is_word(const cq_token *t)
{
    uint32_t n = t->end - t->start;
    return t->kind == CQ_TOKEN_WORD && n >= NAME_MIN && n <= WORD_MAX &&
           !(t->flags & (CQ_TOKEN_ELIDED | CQ_TOKEN_INVERTED));
}

// In capitals within a sentence, not all of the sentence being so.
static bool is_name(const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    if (!(t->flags & CQ_TOKEN_CAPITAL) || t->flags & CQ_TOKEN_FIRST) return false;
    const cq_sentence *s = &p->sentences[t->sentence];
    size_t words = 0, capitals = 0;
    for (size_t k = s->first; k < s->last; k++) {
        if (p->tokens[k].kind != CQ_TOKEN_WORD) continue;
        words++;
        capitals += (p->tokens[k].flags & CQ_TOKEN_CAPITAL) != 0;
    }
    return 2 * capitals < words;
}

static bool has_capital(const cq_token *t)
{
    return t->kind == CQ_TOKEN_WORD &&
           t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED);
}

static bool is_verb(cq_pair *pair, uint32_t i)
{
    const cq_english_lemma *lemmas;
    return cq_pair_lemmas(pair, i, &lemmas) && lemmas[0].upos == CQ_VERB;
}

// "import Photon", "once Photon has": a noun or an adjective would make one name of both.
static bool may_take_name(cq_pair *pair, uint32_t i)
{
    static const char *const OPENERS[] = {"once", "only", "then", "also", "now"};
    const cq_english_lemma *lemmas;
    size_t n = cq_pair_lemmas(pair, i, &lemmas);
    if (!cq_link_content_english(pair, i) || CQ_IN(OPENERS, cq_pair_folded(pair, i)))
        return true;
    for (size_t k = 0; k < n; k++) {
        if (lemmas[k].upos == CQ_ADJ) return false;
        if (lemmas[k].upos == CQ_VERB) return true;
    }
    return false;
}

// "Photon is one of many"
static bool is_subject(cq_pair *pair, const cq_sentence *s, uint32_t i)
{
    static const char *const VERBS[] = {"is", "was", "has", "can", "will", "does"};
    return i == s->first && i + 1 < s->last && CQ_IN(VERBS, cq_pair_folded(pair, i + 1));
}

// What comes behind the name: a mark or what is no noun.
static bool ends_before(cq_pair *pair, const cq_sentence *s, uint32_t i)
{
    const cq_token *t = &pair->english.tokens[i];
    if (i >= s->last || t->kind == CQ_TOKEN_PUNCT) return true;
    if (t->kind != CQ_TOKEN_WORD || has_capital(t)) return false;
    return !cq_link_content_english(pair, i) || is_verb(pair, i);
}

// "through Steam", "import Photon": no determiner, and no other name beside it.
static bool is_bare(cq_pair *pair, uint32_t i)
{
    static const char *const DETERMINERS[] = {
        "a",   "an",   "the",     "this",  "these", "those", "my",   "your",
        "our", "its",  "their",   "his",   "her",   "each",  "any",  "every",
        "no",  "some", "another", "which", "what",  "next",  "last", "other"};
    static const char *const LABELS[] = {"select", "click", "choose", "press", "tap"};
    const cq_passage *e = &pair->english;
    const cq_sentence *s = &e->sentences[e->tokens[i].sentence];
    if (i == s->first || e->tokens[i - 1].kind != CQ_TOKEN_WORD ||
        (has_capital(&e->tokens[i - 1]) && i - 1 > s->first))
        return false;
    cq_str before = cq_pair_folded(pair, i - 1);
    if (CQ_IN(DETERMINERS, before) || CQ_IN(LABELS, before)) return false;
    return may_take_name(pair, i - 1) && ends_before(pair, s, i + 1);
}

static bool is_headed(cq_pair *pair, uint32_t i)
{
    const cq_passage *e = &pair->english;
    const cq_sentence *s = &e->sentences[e->tokens[i].sentence];
    return i > s->first && e->tokens[i - 1].kind == CQ_TOKEN_WORD &&
           !has_capital(&e->tokens[i - 1]) && !is_bare(pair, i) &&
           ends_before(pair, s, i + 1);
}

bool cq_about_software(cq_pair *pair)
{
    static const char *const WORDS[] = {
        "apps",   "application", "software", "click",  "install",   "menu",
        "code",   "server",      "button",   "file",   "developer", "folder",
        "user",   "users",       "device",   "script", "settings",  "debug",
        "deploy", "files",       "browser",  "build",  "plugin",    "developers"};
    unsigned n = 0;
    for (size_t i = 0; i < CQ_COUNT(WORDS); i++)
        n += cq_pair_says(pair, cq_str_of(WORDS[i]));
    return n >= TECHNICAL_MIN;
}

void *cq_source_common_begin(cq_check_run *run)
{
    common *s = CQ_NEW(run->arena, common);
    if (!run->pair) return s;
    cq_map_init(&s->source, run->arena);
    cq_map_init(&s->names, run->arena);
    const cq_passage *p = &run->pair->english;
    for (uint32_t i = 0; i < p->n; i++) {
        const cq_token *t = &p->tokens[i];
        if (!is_word(t)) continue;
        bool fresh;
        cq_str word = cq_pair_folded(run->pair, i);
        uint32_t *at = cq_map_put(&s->source, word, &fresh);
        if (fresh) {
            *at = (uint32_t)s->usages.n;
            *CQ_PUSH(run->arena, &s->usages) = (usage){0};
        }
        usage *u = &s->usages.v[*at];
        u->bare += is_subject(run->pair, &p->sentences[t->sentence], i);
        if (is_name(p, i)) {
            u->names++;
            u->bare += is_bare(run->pair, i);
            u->headed += is_headed(run->pair, i);
        } else if (!has_capital(t))
            u->small++;
    }
    s->technical = cq_about_software(run->pair);
    return s;
}

static const usage *usage_of(const common *s, cq_str key)
{
    const uint32_t *at = cq_map_get(&s->source, key);
    return at ? &s->usages.v[*at] : NULL;
}

static bool is_source_name(const common *s, cq_str key)
{
    const usage *u = usage_of(s, key);
    return u && !u->small && u->names >= TIMES_MIN;
}

static bool is_abstract(cq_str w)
{
    static const cq_str ENDINGS[] = {CQ_LIT("ion"),  CQ_LIT("ing"),  CQ_LIT("ment"),
                                     CQ_LIT("ity"),  CQ_LIT("ness"), CQ_LIT("ance"),
                                     CQ_LIT("ence"), CQ_LIT("cy"),   CQ_LIT("ure")};
    for (size_t i = 0; i < CQ_COUNT(ENDINGS); i++) {
        if (cq_str_ends(w, ENDINGS[i])) return true;
    }
    return false;
}

// A product, called by a word that English has for other things.
static bool is_product(const cq_check_run *run, const common *s, uint32_t i)
{
    // Of these French writes the first letter small, too.
    static const char *const OTHERS[] = {
        "march",      "internet", "ethernet", "earth",   "moon",       "congress",
        "god",        "senate",   "web",      "note",    "windows",    "bluetooth",
        "parliament", "english",  "french",   "german",  "spanish",    "italian",
        "dutch",      "latin",    "greek",    "russian", "chinese",    "japanese",
        "korean",     "arabic",   "hebrew",   "turkish", "portuguese", "polish",
        "swedish"};
    cq_str key = cq_pair_folded(run->pair, i);
    const usage *u = usage_of(s, key);
    const cq_english_lemma *lemmas;
    if (!u || u->bare < BARE_MIN || u->small * SLIP_SHARE > u->names ||
        CQ_IN(OTHERS, key) || u->headed * HEADED_SHARE > u->bare)
        return false;
    if (!cq_lexicon_accepts(run->foreign, key) ||
        !cq_pair_lemmas(run->pair, i, &lemmas) || lemmas[0].upos != CQ_NOUN ||
        !cq_str_eq(lemmas[0].lemma, key) || cq_str_ends(key, cq_str_of("s")))
        return false;
    uint32_t first; // "perform Calibration": such words stand bare anyway
    return !is_abstract(key) || cq_names_find(run->names, key, &first);
}

// "a Photon account".
static bool modifies(cq_pair *pair, const cq_sentence *s, uint32_t i)
{
    const cq_english_lemma *lemmas;
    return i + 1 < s->last && pair->english.tokens[i + 1].kind == CQ_TOKEN_WORD &&
           !cq_link_content_english(pair, i - 1) &&
           cq_pair_lemmas(pair, i + 1, &lemmas) && lemmas[0].upos == CQ_NOUN;
}

// Does it stand as the name here, not as "the Cursor" or a part of a longer name?
static bool stands_as_name(cq_check_run *run, uint32_t i)
{
    const cq_passage *e = &run->pair->english;
    const cq_sentence *s = &e->sentences[e->tokens[i].sentence];
    const cq_token *t = &e->tokens[i];
    if (!(t->flags & CQ_TOKEN_CAPITAL) ||
        (i > s->first + 1 && has_capital(&e->tokens[i - 1])) ||
        (i + 1 < s->last && has_capital(&e->tokens[i + 1])))
        return false;
    if (i == s->first) return i + 1 < s->last && ends_before(run->pair, s, i + 1);
    return is_bare(run->pair, i) || modifies(run->pair, s, i);
}

// `same`: but for its capital.
static void report(cq_check_run *run, cq_spot at, cq_str name, bool same)
{
    cq_hit *h = cq_hit_add(run, cq_str_of("source/name-common"), at);
    h->category = cq_str_of(same ? "linguistic-conventions/casing"
                                 : "accuracy/mistranslation/entity");
    h->severity = same ? CQ_MINOR : CQ_MAJOR;
    h->confidence = CQ_MEDIUM;
    h->source = name;
    h->message = cq_strf(run->arena,
                         cq_say(run, "Nom propre dans l’original : « %.*s ».",
                                "A name in the source: “%.*s”."),
                         CQ_PRI(name));
    cq_hit_fix_add(run, h, h->at.start, h->at.end, name);
}

static void look_at_product(cq_check_run *run, const common *s, const cq_passage *p,
                            uint32_t i)
{
    const cq_token *t = &p->tokens[i];
    bool opens = t->flags & CQ_TOKEN_FIRST && t->flags & CQ_TOKEN_CAPITAL;
    if (has_capital(t) && !opens) return;
    if (CQ_GET_UPOS(t->morph) != CQ_NOUN) return;
    const cq_word_links *w = cq_link_words(run->linker, run->scratch, p, i);
    cq_word_link l = cq_link_of(w, CQ_SIDE_TARGET, i);
    if (l.other == CQ_NO_LINK || l.slot || l.confidence < CQ_LINK_SURE) return;
    if (!is_product(run, s, l.other) || !stands_as_name(run, l.other)) return;
    cq_str folded = cq_fold(run->scratch, cq_token_text(p, i));
    bool same = cq_str_eq(folded, cq_pair_folded(run->pair, l.other));
    if (same && opens) return;
    report(run, cq_spot_of_tokens(p, i, i + 1),
           cq_token_text(&run->pair->english, l.other), same);
}

void cq_source_common_run(cq_check_run *run, void *state, const cq_passage *p)
{
    common *s = state;
    if (!run->pair) return;
    bool products = s->technical && run->linker && run->foreign;
    for (size_t i = 0; i < p->n; i++) {
        const cq_token *t = &p->tokens[i];
        if (!is_word(t)) continue;
        if (products) look_at_product(run, s, p, (uint32_t)i);
        cq_str key = cq_fold(run->scratch, cq_token_text(p, i));
        if (is_name(p, i)) {
            if (!cq_map_get(&s->names, key))
                cq_map_put(&s->names, cq_str_copy(run->arena, key), NULL);
            continue;
        }
        if (t->flags &
            (CQ_TOKEN_KNOWN | CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED))
            continue;
        if (!is_source_name(s, key) && key.p[key.n - 1] == 's') key.n--;
        if (!is_source_name(s, key) || s->candidates.n == CANDIDATES_MAX) continue;
        uint32_t sentence = cq_pair_sentence_at(run->pair, CQ_SIDE_TARGET, t->start);
        const cq_link *l = cq_pair_link(run->pair, CQ_SIDE_TARGET, sentence);
        if (!l) continue;
        *CQ_PUSH(run->arena, &s->candidates) =
            (candidate){cq_str_copy(run->arena, key), cq_spot_of_tokens(p, i, i + 1),
                        (uint32_t)(l - run->pair->links)};
    }
}

// How the linked sentences of the source write the name; "": they do not have it.
static cq_str as_written(cq_check_run *run, const cq_link *l, cq_str key)
{
    const cq_passage *p = &run->pair->english;
    for (uint32_t k = l->first[0]; k < l->last[0]; k++) {
        for (uint32_t i = p->sentences[k].first; i < p->sentences[k].last; i++) {
            if (cq_str_eq(cq_pair_folded(run->pair, i), key)) return cq_token_text(p, i);
        }
    }
    return (cq_str){"", 0};
}

void cq_source_common_finish(cq_check_run *run, void *state)
{
    const common *s = state;
    if (!run->pair) return;
    for (size_t i = 0; i < s->candidates.n; i++) {
        const candidate *c = &s->candidates.v[i];
        if (!cq_map_get(&s->names, c->key)) continue;
        cq_str name = as_written(run, &run->pair->links[c->link], c->key);
        if (!name.n) continue;
        report(run, c->at, name, false);
    }
}
