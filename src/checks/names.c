// Two questions about a capitalised word. Is it a known name in other capitals
// ("Deepseek" for "DeepSeek")? Is it one or two letters away from one ("Rebik Anadol" for
// "Refik Anadol")? The world is full of names that resemble famous ones, so the second
// answer needs a witness: the other words of the full name beside it, or the right
// spelling more often in the same article. Never more than medium confidence: only the
// source knows.
#include "checks/names.h"

#include "base/utf8.h"
#include "checks/gazetteer.h"
#include "source/pair.h"

enum {
    SEEN_MAX = 4000,     // distinct known words of an article, a bound on work
    SUSPECTS_MAX = 4000, // distinct unknown ones
    WORD_MIN = 5,
    WORD_MAX = 40,      // bytes of a word that is compared
    TWO_EDITS_FROM = 8, // shorter words may differ by one letter only
};

// An unknown word, with no name beside it that has one like it: the article's other words
// decide.
typedef struct {
    cq_spot at;
    cq_str folded;
} suspect;

// A family name in a spelling that French has another for: "Zelenskyy".
typedef struct {
    cq_spot at;
    cq_str usual;
} variant;

typedef struct {
    cq_map seen; // folded words of the gazetteer in the article -> id
    CQ_VEC(suspect) suspects;
    CQ_VEC(cq_spot) plurals;
    CQ_VEC(variant) variants;
} names;

void *cq_names_begin(cq_check_run *run)
{
    names *s = CQ_NEW(run->arena, names);
    cq_map_init(&s->seen, run->arena);
    return s;
}

static cq_str capital_at(const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    bool name =
        t->kind == CQ_TOKEN_WORD && t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED);
    return name ? cq_token_text(p, i) : (cq_str){0};
}

// --- casing

// Has a capital after its first letter: such a spelling is deliberate.
static bool has_inner_capital(cq_str word)
{
    size_t i = 0;
    cq_utf8_next(word, &i);
    while (i < word.n) {
        if (cq_is_upper(cq_utf8_next(word, &i))) return true;
    }
    return false;
}

static bool all_capitals(cq_str word)
{
    for (size_t i = 0; i < word.n;) {
        if (cq_is_lower(cq_utf8_next(word, &i))) return false;
    }
    return true;
}

// Is this word, alone, a name? Its words of longer names are written by other rules.
static bool stands_alone(const cq_names *g, uint32_t word)
{
    const cq_name_use *uses;
    size_t n = cq_names_uses(g, word, &uses);
    for (size_t i = 0; i < n; i++) {
        cq_name name;
        if (cq_names_get(g, uses[i].name, &name) && name.words_n == 1) return true;
    }
    return false;
}

// Does the lexicon have the word as it is written? It finds PayPal for "Paypal".
static bool is_known(const cq_check_run *run, const cq_token *t)
{
    return t->flags & CQ_TOKEN_KNOWN && cq_lexicon_word(run->lexicon, t->form);
}

// Does a word of a longer name, for which token i stands, have its neighbour beside it:
// "Leonardo Dicaprio"?
static bool stands_in_name(const cq_check_run *run, const cq_passage *p, size_t i,
                           uint32_t word)
{
    const cq_name_use *uses;
    size_t n = cq_names_uses(run->names, word, &uses);
    for (size_t k = 0; k < n; k++) {
        cq_name name;
        if (!cq_names_get(run->names, uses[k].name, &name) || name.words_n < 2) continue;
        uint32_t place = uses[k].place;
        bool first = place == 0;
        if (first ? i + 1 >= p->n : i == 0) continue;
        cq_str other = cq_names_word(run->names, name.words[first ? 1 : place - 1]);
        if (cq_str_eq(other, cq_token_text(p, first ? i + 1 : i - 1))) return true;
    }
    return false;
}

// How the dictionary writes a name that the text writes with one capital, "Directx".
static cq_str in_lexicon(const cq_check_run *run, const cq_token *t)
{
    size_t n = 0;
    if (!(t->flags & CQ_TOKEN_KNOWN) || is_known(run, t)) return (cq_str){0};
    const cq_reading *r = cq_lexicon_readings(run->lexicon, t->form, &n);
    bool name = n && CQ_GET_UPOS(r->morph) == CQ_PROPN; // "Vie" is no VIe
    name =
        name && cq_is_upper((unsigned char)cq_lexicon_form(run->lexicon, r->lemma).p[0]);
    return name ? cq_lexicon_form(run->lexicon, r->lemma) : (cq_str){0};
}

// The only way in which the gazetteer, or else the dictionary, writes these letters. ""
// where there is none, or the word is one.
static cq_str usual_casing(const cq_check_run *run, const cq_passage *p, size_t i,
                           cq_str folded)
{
    cq_str word = cq_token_text(p, i);
    uint32_t first, right = 0;
    size_t n = cq_names_find(run->names, folded, &first);
    if (!n) return in_lexicon(run, &p->tokens[i]);
    for (size_t k = 0; k < n; k++) {
        uint32_t candidate = first + (uint32_t)k;
        cq_str text = cq_names_word(run->names, candidate);
        if (cq_str_eq(text, word)) return (cq_str){0};
        bool fit = stands_alone(run->names, candidate) ||
                   cq_str_starts(text, cq_str_of("Mc")) || // of every McConnell
                   (text.p[0] == word.p[0] && stands_in_name(run, p, i, candidate));
        if (fit && !right) right = candidate;
    }
    return right ? cq_names_word(run->names, right) : (cq_str){0};
}

// "Deepseek": the usual way to write these letters has capitals inside, and this is not
// it. True when that was reported.
static bool check_casing(cq_check_run *run, const cq_passage *p, size_t i, cq_str folded)
{
    const cq_token *t = &p->tokens[i];
    cq_str word = cq_token_text(p, i);
    if (t->flags & CQ_TOKEN_UPPER || is_known(run, t)) return false;
    cq_str text = usual_casing(run, p, i, folded);
    if (text.n != word.n || !has_inner_capital(text) || all_capitals(text)) return false;
    cq_hit *h =
        cq_hit_add(run, cq_str_of("names/casing"), cq_spot_of_tokens(p, i, i + 1));
    h->category = cq_str_of("linguistic-conventions/casing");
    h->severity = CQ_MINOR;
    h->confidence = CQ_HIGH;
    h->fold_key = text;
    h->message =
        cq_strf(run->arena,
                cq_say(run, "Ce nom s’écrit « %.*s ».", "This name is written “%.*s”."),
                CQ_PRI(text));
    h->safe = true;
    cq_hit_fix_add(run, h, h->at.start, h->at.end, text);
    return true;
}

// --- near names

// The words differ only in an ending that makes another name, or a plural, of it: Martin
// and Martins, Simon and Simone.
static bool another_ending(cq_str a, cq_str b)
{
    if (a.n > b.n) {
        cq_str swap = a;
        a = b;
        b = swap;
    }
    return b.n <= a.n + 2 && cq_str_starts(b, a);
}

// Are these folded words one or two letters apart?
static bool are_near(cq_str a, cq_str b)
{
    unsigned max = a.n >= TWO_EDITS_FROM ? 2 : 1;
    unsigned edits = cq_edit_distance(a, b, max);
    return edits && edits <= max && !another_ending(a, b);
}

// Without the possessive that an engine left in English: "Anadol's".
static cq_str without_possessive(cq_str word)
{
    static const cq_str ENDINGS[] = {CQ_LIT("'s"), CQ_LIT("’s")};
    for (size_t i = 0; i < CQ_COUNT(ENDINGS); i++) {
        if (cq_str_ends(word, ENDINGS[i]))
            return cq_str_sub(word, 0, word.n - ENDINGS[i].n);
    }
    return word;
}

static bool same_word(cq_check_run *run, cq_str a, cq_str b)
{
    return cq_str_eq(cq_names_fold(run->scratch, a), cq_names_fold(run->scratch, b));
}

// Do the other words of `name` stand around token i, which would be its word at `place`?
static bool others_match(cq_check_run *run, const cq_passage *p, size_t i,
                         const cq_name *name, size_t place)
{
    if (name->words_n < 2 || place > i || i - place + name->words_n > p->n) return false;
    size_t first = i - place;
    if (p->tokens[first].sentence != p->tokens[first + name->words_n - 1].sentence)
        return false;
    for (size_t k = 0; k < name->words_n; k++) {
        cq_str other = cq_names_word(run->names, name->words[k]);
        cq_str there = without_possessive(cq_token_text(p, first + k));
        if (k != place && !same_word(run, other, there)) return false;
    }
    return true;
}

// The name as French writes it, where `name` is the same words in another spelling.
static cq_name usual_name(const cq_check_run *run, cq_name name)
{
    cq_name main;
    bool found = cq_names_get(run->names, name.main, &main);
    return found && main.words_n == name.words_n ? main : name;
}

static void report_near(cq_check_run *run, cq_spot at, cq_str right)
{
    cq_hit *h = cq_hit_add(run, cq_str_of("names/near"), at);
    h->category = cq_str_of("accuracy/mistranslation/entity");
    h->severity = CQ_MAJOR;
    h->confidence = CQ_MEDIUM;
    h->message = cq_strf(run->arena,
                         cq_say(run, "Est-ce « %.*s » ? Vérifier dans la source.",
                                "Is this “%.*s”? Check the source."),
                         CQ_PRI(right));
    cq_hit_fix_add(run, h, at.start, at.end, right);
}

// Is token i the damaged word of a name that has the known word of token i + step beside
// it? Reported with the whole name.
static bool check_beside(cq_check_run *run, const cq_passage *p, size_t i, int step,
                         cq_str folded)
{
    size_t beside = i + (size_t)step;
    cq_str word = without_possessive(capital_at(p, beside));
    if (!word.n || word.n > WORD_MAX) return false;
    uint32_t first;
    size_t n = cq_names_find(run->names, cq_names_fold(run->scratch, word), &first);
    for (uint32_t k = 0; k < n; k++) {
        const cq_name_use *uses;
        size_t uses_n = cq_names_uses(run->names, first + k, &uses);
        for (size_t u = 0; u < uses_n; u++) {
            cq_name name;
            size_t place = uses[u].place - (size_t)step; // wraps below the first word
            if (!cq_names_get(run->names, uses[u].name, &name)) continue;
            if (place >= name.words_n) continue;
            cq_str right = cq_names_word(run->names, name.words[place]);
            if (!are_near(folded, cq_names_fold(run->scratch, right))) continue;
            if (!others_match(run, p, i, &name, place)) continue;
            size_t start = i - place;
            report_near(run, cq_spot_of_tokens(p, start, start + name.words_n),
                        usual_name(run, name).text);
            return true;
        }
    }
    return false;
}

// "Rebik Anadol".
static bool check_full_name(cq_check_run *run, const cq_passage *p, size_t i,
                            cq_str folded)
{
    return (i && check_beside(run, p, i, -1, folded)) ||
           (i + 1 < p->n && check_beside(run, p, i, 1, folded));
}

// A word that no dictionary and no list of names knows, long enough to compare.
static bool unknown_name(cq_check_run *run, const cq_token *t, cq_str word)
{
    if (word.n < WORD_MIN || word.n > WORD_MAX) return false;
    if (t->flags & (CQ_TOKEN_KNOWN | CQ_TOKEN_UPPER | CQ_TOKEN_ELIDED | CQ_TOKEN_DIGITS))
        return false;
    if (run->pair && cq_pair_says(run->pair, word))
        return false; // as the author wrote it
    return !cq_lexicon_accepts(run->lexicon, word) &&
           !(run->foreign && cq_lexicon_accepts(run->foreign, word));
}

// "les Obeids": family names take no s, unless they are those of a dynasty.
static bool is_english_plural(const cq_passage *p, size_t i)
{
    static const char *const PLURALS[] = {"les", "aux", "des", "ces"};
    cq_str word = cq_token_text(p, i);
    if (!i || word.n < WORD_MIN || word.p[word.n - 1] != 's') return false;
    if (i + 1 < p->n && capital_at(p, i + 1).n) return false; // part of another name
    char buf[8];
    cq_str before = cq_fold_into(buf, sizeof buf, cq_token_text(p, i - 1));
    return before.p && CQ_IN(PLURALS, before);
}

static void report_plural(cq_check_run *run, cq_spot at)
{
    cq_str word = cq_str_sub(run->doc->text, at.start, at.end);
    cq_str single = cq_str_sub(word, 0, word.n - 1);
    if (!cq_word_count(run, single)) return;
    cq_hit *h = cq_hit_add(run, cq_str_of("names/plural"), at);
    h->category = cq_str_of("linguistic-conventions/grammar");
    h->severity = CQ_MINOR;
    h->confidence = CQ_MEDIUM;
    h->message =
        cq_str_of(cq_say(run, "Un nom de famille ne prend pas la marque du pluriel.",
                         "A family name takes no plural s."));
    cq_hit_fix_add(run, h, at.start, at.end, single);
}

// Notes a family name that is spelt as an alias spells it.
static void note_variant(cq_check_run *run, names *s, const cq_passage *p, size_t i,
                         uint32_t word)
{
    const cq_name_use *uses;
    size_t n = cq_names_uses(run->names, word, &uses);
    cq_str usual = {0};
    for (size_t k = 0; k < n; k++) {
        cq_name name;
        if (!cq_names_get(run->names, uses[k].name, &name)) return;
        if (name.type != 'p' || uses[k].place == 0 || uses[k].place + 1 != name.words_n ||
            name.main == uses[k].name)
            return; // somebody else is called so, too
        cq_name main = usual_name(run, name);
        usual = cq_names_word(run->names, main.words[main.words_n - 1]);
    }
    if (usual.n && s->variants.n < SUSPECTS_MAX)
        *CQ_PUSH(run->arena, &s->variants) =
            (variant){cq_spot_of_tokens(p, i, i + 1), usual};
}

// Only where the article has it the usual way as well.
static void report_variant(cq_check_run *run, const variant *v)
{
    cq_str word = cq_str_sub(run->doc->text, v->at.start, v->at.end);
    if (cq_str_eq(word, v->usual) || !cq_word_count(run, v->usual)) return;
    cq_hit *h = cq_hit_add(run, cq_str_of("names/spelling"), v->at);
    h->category = cq_str_of("terminology/term-inconsistency");
    h->severity = CQ_MINOR;
    h->confidence = CQ_MEDIUM;
    h->message = cq_strf(run->arena,
                         cq_say(run, "Ce nom s’écrit « %.*s » ailleurs dans l’article.",
                                "Elsewhere in the article this name is written “%.*s”."),
                         CQ_PRI(v->usual));
    cq_hit_fix_add(run, h, v->at.start, v->at.end, v->usual);
}

void cq_names_run(cq_check_run *run, void *state, const cq_passage *p)
{
    names *s = state;
    for (size_t i = 0; i < p->n; i++) {
        cq_str word = capital_at(p, i);
        if (!word.n || word.n > WORD_MAX || is_known(run, &p->tokens[i])) continue;
        cq_str folded = cq_names_fold(run->scratch, word);
        if (check_casing(run, p, i, folded)) continue;
        uint32_t first;
        if (cq_names_find(run->names, folded, &first)) { // a known name as it is
            if (s->seen.n < SEEN_MAX && !cq_map_get(&s->seen, folded)) {
                *cq_map_put(&s->seen, cq_str_copy(run->arena, folded), NULL) = first;
            }
            note_variant(run, s, p, i, first);
            continue;
        }
        if (s->plurals.n < SUSPECTS_MAX && is_english_plural(p, i))
            *CQ_PUSH(run->arena, &s->plurals) = cq_spot_of_tokens(p, i, i + 1);
        if (!unknown_name(run, &p->tokens[i], word)) continue;
        if (check_full_name(run, p, i, folded) || s->suspects.n == SUSPECTS_MAX) continue;
        *CQ_PUSH(run->arena, &s->suspects) =
            (suspect){cq_spot_of_tokens(p, i, i + 1), cq_str_copy(run->arena, folded)};
    }
}

// "Okafour" once, where the article else has "Okafor": neither is in any list.
static void report_odd_one(cq_check_run *run, const names *s, const suspect *x,
                           cq_str word)
{
    enum { USUAL = 3, LETTERS = 6 };
    if (word.n < LETTERS || cq_word_count(run, word) > 1) return;
    for (size_t k = 0; k < s->suspects.n; k++) {
        const suspect *y = &s->suspects.v[k];
        if (y->folded.p[0] != x->folded.p[0] ||
            cq_edit_distance(x->folded, y->folded, 1) != 1 ||
            another_ending(x->folded, y->folded))
            continue;
        cq_str other = cq_str_sub(run->doc->text, y->at.start, y->at.end);
        if (cq_word_count(run, other) < USUAL) continue;
        report_near(run, x->at, other);
        return;
    }
}

// The right spelling stands in the article itself, more often: "Bolsonaro" twice and
// "Bolsonara" once.
void cq_names_finish(cq_check_run *run, void *state)
{
    const names *s = state;
    for (size_t i = 0; i < s->plurals.n; i++) report_plural(run, s->plurals.v[i]);
    for (size_t i = 0; i < s->variants.n; i++) report_variant(run, &s->variants.v[i]);
    for (size_t i = 0; i < s->suspects.n; i++) {
        const suspect *x = &s->suspects.v[i];
        cq_str word = cq_str_sub(run->doc->text, x->at.start, x->at.end);
        report_odd_one(run, s, x, word);
        for (size_t k = 0; k < s->seen.n; k++) {
            const cq_map_item *known = &s->seen.items[k];
            if (known->key.p[0] != x->folded.p[0]) continue;
            if (!are_near(x->folded, known->key)) continue;
            cq_str right = cq_names_word(run->names, known->value);
            if (cq_word_count(run, right) <= cq_word_count(run, word)) continue;
            report_near(run, x->at, right);
            break;
        }
    }
}
