// A word counts when English has it, French has not, and the aligned passage has it in
// the same letters. Names, and what is set in capitals, stay as they are on purpose.
#include "checks/verbatim.h"

#include "base/utf8.h"

enum {
    WORD_BYTES_MIN = 4,
    WORD_BYTES_MAX = 40,
    TERM_TIMES = 3,   // so often in the article up to here, a word is taken for a term
    RUN_SURE = 3,     // words in a row that are beyond doubt
    SENTENCE_MIN = 3, // words of a sentence that was left as it was
    TRIMMED_MAX = 2,  // words beside a name; more are a label or a title
    STEM_MIN = 6,     // bytes of an English word with an ending
    ENDING_MAX = 3,
    INITIALS_MIN = 3, // bytes
    INITIALS_MAX = 5,
};

static const float SURE = 0.5f;

typedef struct {
    cq_check_run *run;
    const cq_passage *p;
    cq_aligned at; // of the sentence
} scan;

static cq_str folded(const cq_passage *p, size_t i, char buf[3 * WORD_BYTES_MAX + 4])
{
    cq_str word = cq_token_text(p, i);
    if (word.n > WORD_BYTES_MAX) return (cq_str){NULL, 0};
    return cq_fold_into(buf, 3 * WORD_BYTES_MAX + 4, word);
}

// Words of other languages that an English text has on purpose.
static bool is_foreign(cq_str word)
{
    static const char *const WORDS[] = {
        "amigo", "amigos", "signore",  "signora",  "signor",   "senor",
        "señor", "senora", "señora",   "gracias",  "adios",    "adiós",
        "ciao",  "herr",   "frau",     "fraulein", "fräulein", "muchas",
        "bella", "hombre", "compadre", "sayonara", "shalom",   "inshallah"};
    return CQ_IN(WORDS, word);
}

static bool same(const scan *s, size_t i, uint32_t source)
{
    char buf[3 * WORD_BYTES_MAX + 4];
    cq_str word = folded(s->p, i, buf);
    return word.p && cq_str_eq(word, cq_pair_folded(s->run->pair, source));
}

// A word that only English has.
static bool is_english(const scan *s, size_t i)
{
    const cq_token *t = &s->p->tokens[i];
    if (t->kind != CQ_TOKEN_WORD || t->end - t->start < WORD_BYTES_MIN) return false;
    if (t->flags & (CQ_TOKEN_KNOWN | CQ_TOKEN_ELIDED | CQ_TOKEN_INVERTED |
                    CQ_TOKEN_UPPER | CQ_TOKEN_MIXED | CQ_TOKEN_DIGITS))
        return false;
    char buf[3 * WORD_BYTES_MAX + 4];
    cq_str word = folded(s->p, i, buf);
    if (!word.p || memchr(word.p, '-', word.n)) return false; // anti-immigration
    if (is_foreign(word)) return false;
    static const char *const CODE[] = {"true", "false", "null", "void"};
    if (CQ_IN(CODE, word)) return false;
    return s->run->foreign && cq_lexicon_accepts(s->run->foreign, word);
}

static cq_hit *report(const scan *s, const char *rule, size_t first, size_t last,
                      uint32_t source, cq_confidence confidence)
{
    const cq_token *english = s->run->pair->english.tokens;
    cq_hit *h = cq_hit_add(s->run, cq_str_of(rule), cq_spot_of_tokens(s->p, first, last));
    h->category = cq_str_of("accuracy/untranslated");
    h->severity = CQ_MAJOR;
    h->confidence = confidence;
    h->source_at = (cq_span){english[source].start,
                             english[source + (uint32_t)(last - first) - 1].end};
    h->message = cq_str_of(cq_say(s->run, "Resté en anglais, comme dans la source.",
                                  "Left in English, as the source has it."));
    return h;
}

// What renders one word.
static void suggest(const scan *s, cq_hit *h, uint32_t source)
{
    if (!s->run->linker) return;
    cq_str usual = cq_link_usual(s->run->linker, source);
    if (usual.n && !cq_str_eq(usual, cq_pair_folded(s->run->pair, source)))
        cq_hit_fix_add_loose(s->run, h, usual);
}

// The words around token i that stand side by side in the source as well. *source: where.
static bool run_around(const scan *s, const cq_sentence *in, size_t i, size_t *first,
                       size_t *last, uint32_t *source)
{
    const cq_passage *english = &s->run->pair->english;
    size_t best = 0;
    for (uint32_t j = s->at.first_token; j < s->at.last_token; j++) {
        if (!same(s, i, j)) continue;
        size_t from = i, to = i + 1;
        uint32_t a = j, b = j + 1;
        while (from > in->first && a > s->at.first_token &&
               s->p->tokens[from - 1].kind == CQ_TOKEN_WORD &&
               english->tokens[a - 1].kind == CQ_TOKEN_WORD && same(s, from - 1, a - 1)) {
            from--;
            a--;
        }
        while (to < in->last && b < s->at.last_token &&
               s->p->tokens[to].kind == CQ_TOKEN_WORD && same(s, to, b)) {
            to++;
            b++;
        }
        if (to - from <= best) continue;
        best = to - from;
        *first = from;
        *last = to;
        *source = a;
    }
    return best > 0;
}

static bool is_capital(const scan *s, size_t i)
{
    return s->p->tokens[i].flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED);
}

static bool is_function_word(cq_str word)
{
    static const char *const WORDS[] = {
        "the", "of",   "and",  "to",  "with", "from", "that", "this", "is",  "are",
        "was", "were", "for",  "by",  "an",   "in",   "how",  "what", "who", "your",
        "you", "our",  "have", "has", "not",  "'s",   "it",   "at",   "be",  "will"};
    return CQ_IN(WORDS, word);
}

// "hip hop", "amicus curiae", and what the article says again and again, are terms.
static bool is_term(const scan *s, size_t first, size_t last)
{
    if (last - first == 1)
        return cq_word_count(s->run, cq_token_text(s->p, first)) >= TERM_TIMES;
    char buf[3 * WORD_BYTES_MAX + 4];
    for (size_t i = first; i < last; i++) {
        cq_str word = folded(s->p, i, buf);
        if (word.p && is_function_word(word)) return false;
    }
    return true;
}

// "des oiseaux appelés moas", "le jeu dit whist": told to be a word of its own.
static bool is_introduced(const scan *s, size_t i)
{
    static const char *const BEFORE[] = {"appelé",  "appelée",  "appelés", "appelées",
                                         "nommé",   "nommée",   "nommés",  "nommées",
                                         "dénommé", "dénommée", "dit",     "dite",
                                         "dits",    "dites",    "surnommé"};
    char buf[3 * WORD_BYTES_MAX + 4];
    cq_str word = i ? folded(s->p, i - 1, buf) : (cq_str){NULL, 0};
    return word.p && CQ_IN(BEFORE, word);
}

// "los zetas" for "Los Zetas": a name that lost its capital, of which others speak.
static bool lost_capital(const scan *s, size_t first, size_t last, uint32_t source)
{
    const cq_token *e = &s->run->pair->english.tokens[source];
    return last - first == 1 && !is_capital(s, first) && !(e->flags & CQ_TOKEN_FIRST) &&
           e->flags & CQ_TOKEN_CAPITAL;
}

// The source has it in small letters, too: a capital is no sign of a name.
static bool is_common(const scan *s, size_t i)
{
    const cq_passage *english = &s->run->pair->english;
    for (uint32_t j = 0; j < english->n; j++) {
        if (!(english->tokens[j].flags & CQ_TOKEN_CAPITAL) && same(s, i, j)) return true;
    }
    return false;
}

// In capitals words count only where English begins a sentence with them, as titles do.
static bool begins_english(const scan *s, const cq_sentence *in, size_t i)
{
    if (i > in->first + 1 || s->p->tokens[i].flags & (CQ_TOKEN_UPPER | CQ_TOKEN_MIXED))
        return false;
    return is_english(s, i) && is_common(s, i);
}

// "HoloStudio dissuaded": the name at one end of what both sides share is no reason to
// leave the rest. A name on both sides may hold it: "State of the Map".
static bool trim_name(const scan *s, size_t i, size_t *first, size_t *last,
                      uint32_t *source)
{
    size_t a = *first, b = *last;
    while (a < i && is_capital(s, a)) a++;
    while (b > i + 1 && is_capital(s, b - 1)) b--;
    if ((a > *first && b < *last) || b - a > TRIMMED_MAX) return false;
    for (size_t k = a; k < b; k++) {
        if (is_capital(s, k)) return false;
    }
    *source += (uint32_t)(a - *first);
    *first = a;
    *last = b;
    return true;
}

// English writes the word small in the linked passage and nowhere with a capital inside
// a sentence; the French capital came from the engine.
static bool small_in_source(const scan *s, size_t i, uint32_t *source)
{
    const cq_passage *english = &s->run->pair->english;
    bool linked = false;
    for (uint32_t j = 0; j < english->n; j++) {
        const cq_token *e = &english->tokens[j];
        if (e->flags & CQ_TOKEN_FIRST || !same(s, i, j)) continue;
        if (e->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED)) return false;
        if (j < s->at.first_token || j >= s->at.last_token || linked) continue;
        linked = true;
        *source = j;
    }
    return linked;
}

static bool opens_something(const cq_passage *p, size_t i)
{
    if (p->tokens[i].flags & (CQ_TOKEN_FIRST | CQ_TOKEN_QUOTED) || !i) return true;
    switch ((cq_mark)p->tokens[i - 1].mark) {
    case CQ_MARK_COLON:
    case CQ_MARK_OPEN:
    case CQ_MARK_QUOTE:
    case CQ_MARK_DASH:
    case CQ_MARK_POINT:
        return true;
    default:
        return p->tokens[i - 1].kind != CQ_TOKEN_WORD;
    }
}

static bool is_shouted(const cq_passage *p, const cq_sentence *in)
{
    size_t upper = 0, words = 0;
    for (size_t i = in->first; i < in->last; i++) {
        words += p->tokens[i].kind == CQ_TOKEN_WORD;
        upper += (p->tokens[i].flags & CQ_TOKEN_UPPER) != 0;
    }
    return 3 * upper > words;
}

// "PIN", "SIM": French writes as initials what English writes small.
static bool is_french_initials(cq_str word)
{
    static const char *const WORDS[] = {"pin", "sim", "ram", "led", "lan", "rom"};
    return CQ_IN(WORDS, word);
}

// Another capital beside it: part of a name of several words.
static bool beside_name(const cq_passage *p, const cq_sentence *in, size_t i)
{
    enum { ANY = CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED };
    const cq_token *before = &p->tokens[i - 1];
    if (before->flags & ANY && !(before->flags & CQ_TOKEN_FIRST)) return true;
    return i + 1 < in->last && p->tokens[i + 1].kind == CQ_TOKEN_WORD &&
           p->tokens[i + 1].flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER);
}

static void report_capital(const scan *s, size_t i, uint32_t source)
{
    bool upper = s->p->tokens[i].flags & CQ_TOKEN_UPPER;
    cq_hit *h = report(s, upper ? "verbatim/initials" : "verbatim/capital", i, i + 1,
                       source, CQ_MEDIUM);
    if (upper) {
        h->category = cq_str_of("accuracy/mistranslation/word-sense");
        h->message =
            cq_str_of(cq_say(s->run, "Pris pour un sigle : la source a un mot ordinaire.",
                             "Taken for initials: the source has an ordinary word."));
        suggest(s, h, source);
        return;
    }
    h->category = cq_str_of("linguistic-conventions/casing");
    h->severity = CQ_MINOR;
    h->message = cq_str_of(cq_say(s->run, "La source n’a pas de majuscule ici.",
                                  "The source has no capital here."));
    cq_str small = cq_fold(s->run->arena, cq_token_text(s->p, i));
    cq_hit_fix_add(s->run, h, h->at.start, h->at.end, small);
}

// A capital that English has not. Words of French, as institutions are called, are left
// alone; of initials only short ones, in a sentence that is not shouted.
static bool look_at_capital(const scan *s, const cq_sentence *in, size_t i)
{
    const cq_token *t = &s->p->tokens[i];
    enum { EITHER = CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER };
    bool upper = t->flags & CQ_TOKEN_UPPER;
    uint32_t source = 0, n = t->end - t->start;
    bool it = cq_str_is(cq_token_text(s->p, i), "IT"); // "nous l’avons nommé IT"
    if (t->kind != CQ_TOKEN_WORD || !(t->flags & EITHER) || (n < INITIALS_MIN && !it) ||
        t->flags & (CQ_TOKEN_MIXED | CQ_TOKEN_DIGITS | CQ_TOKEN_ELIDED))
        return false;
    if (upper ? n > INITIALS_MAX || is_shouted(s->p, in)
              : opens_something(s->p, i) || beside_name(s->p, in, i))
        return false;
    char buf[3 * WORD_BYTES_MAX + 4];
    cq_str word = folded(s->p, i, buf);
    if (!word.p || !s->run->foreign || !cq_lexicon_accepts(s->run->foreign, word))
        return false;
    if (!upper && (cq_lexicon_accepts(s->run->lexicon, word) || cq_str_is(word, "web") ||
                   cq_str_is(word, "internet")))
        return false;
    if (upper && is_french_initials(word)) return false;
    if (!small_in_source(s, i, &source)) return false;
    report_capital(s, i, source);
    return true;
}

// "tendrilss", "instinctuallyons": an ending that is no French plural or feminine of a
// loan, nor a word that lost its space ("textureset").
static bool is_ending(const scan *s, uint32_t source, cq_str stem, cq_str ending)
{
    static const char *const OTHERS[] = {"e",  "es", "et", "de", "du", "des",
                                         "ou", "la", "le", "en", "un", "les"};
    const cq_english_lemma *lemmas;
    if (stem.n < STEM_MIN || !ending.n || ending.n > ENDING_MAX || CQ_IN(OTHERS, ending))
        return false;
    if (!cq_str_is(ending, "s") || cq_str_ends(stem, ending)) return true;
    return cq_pair_lemmas(s->run->pair, source, &lemmas) &&
           (lemmas[0].upos == CQ_ADJ || lemmas[0].upos == CQ_VERB);
}

// "légit" for "legit"; not "désélection", which anyone may form.
static bool differs_in_accents(cq_str word, cq_str plain, cq_str english)
{
    static const cq_str PREFIXES[] = {CQ_LIT("dé"), CQ_LIT("ré"), CQ_LIT("pré"),
                                      CQ_LIT("télé")};
    for (size_t i = 0; i < CQ_COUNT(PREFIXES); i++) {
        if (cq_str_starts(word, PREFIXES[i])) return false;
    }
    return plain.n != word.n && cq_str_eq(plain, english);
}

// English in small letters that an accent or an ending makes no French.
static bool look_at_adapted(const scan *s, size_t i)
{
    enum {
        PLAIN_NOT = CQ_TOKEN_KNOWN | CQ_TOKEN_ELIDED | CQ_TOKEN_INVERTED |
                    CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED | CQ_TOKEN_DIGITS,
        NAME = CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED
    };
    const cq_token *t = &s->p->tokens[i];
    if (t->kind != CQ_TOKEN_WORD || t->end - t->start < WORD_BYTES_MIN ||
        t->flags & PLAIN_NOT)
        return false;
    char buf[3 * WORD_BYTES_MAX + 4];
    cq_str word = folded(s->p, i, buf);
    if (!word.p || memchr(word.p, '-', word.n) || memchr(word.p, '\'', word.n))
        return false;
    cq_str plain = cq_strip_accents(s->run->scratch, word);
    for (uint32_t j = s->at.first_token; j < s->at.last_token; j++) {
        const cq_token *e = &s->run->pair->english.tokens[j];
        if (e->kind != CQ_TOKEN_WORD || e->flags & NAME) continue;
        cq_str english = cq_pair_folded(s->run->pair, j);
        if (!cq_str_starts(plain, english)) continue;
        cq_str ending = cq_str_sub(plain, english.n, plain.n);
        if (!differs_in_accents(word, plain, english) &&
            !is_ending(s, j, english, ending))
            continue;
        suggest(s, report(s, "verbatim/adapted", i, i + 1, j, CQ_MEDIUM), j);
        return true;
    }
    return false;
}

static void look_at_words(scan *s, const cq_sentence *in)
{
    for (size_t i = in->first; i < in->last; i++) {
        if (look_at_capital(s, in, i) || look_at_adapted(s, i)) continue;
        bool capital = is_capital(s, i);
        if (capital ? !begins_english(s, in, i) : !is_english(s, i)) continue;
        size_t first = i, last = i + 1, capitals = 0, english = 0;
        uint32_t source = 0;
        if (!run_around(s, in, i, &first, &last, &source)) continue;
        for (size_t k = first; k < last; k++) {
            capitals += is_capital(s, k) && !(s->p->tokens[k].flags & CQ_TOKEN_FIRST);
            english += is_english(s, k);
        }
        bool title = capital && first == in->first;
        // Or part of a name: "State of the Map".
        bool part = capitals && !title && !trim_name(s, i, &first, &last, &source);
        if (part || is_term(s, first, last) || is_introduced(s, first) ||
            lost_capital(s, first, last, source)) {
            i = last - 1;
            continue;
        }
        bool sure = last - first >= RUN_SURE && english >= 2;
        cq_hit *h = report(s, sure ? "verbatim/passage" : "verbatim/word", first, last,
                           source, sure ? CQ_HIGH : CQ_MEDIUM);
        if (last == first + 1) suggest(s, h, source);
        i = last - 1;
    }
}

// The whole sentence, as it is in the source.
static bool look_at_sentence(scan *s, const cq_sentence *in)
{
    cq_pair *pair = s->run->pair;
    bool small = false;
    size_t words = 0, english = 0, function = 0;
    cq_str text = {s->p->doc->text.p + s->p->tokens[in->first].start,
                   s->p->tokens[in->last - 1].end - s->p->tokens[in->first].start};
    cq_str source = cq_pair_text(pair, CQ_SIDE_SOURCE, s->at.first, s->at.last);
    if (!cq_str_eq(cq_fold(s->run->scratch, text), cq_fold(s->run->scratch, source)))
        return false;
    char buf[3 * WORD_BYTES_MAX + 4];
    for (uint32_t j = s->at.first_token; j < s->at.last_token; j++) {
        function += is_function_word(cq_pair_folded(pair, j));
    }
    for (size_t i = in->first; i < in->last; i++) {
        const cq_token *t = &s->p->tokens[i];
        cq_str word = folded(s->p, i, buf);
        if (t->kind != CQ_TOKEN_WORD || !word.p) continue;
        words++;
        // "Game of Thrones" is a title, and stays.
        small |= is_english(s, i) && (!is_capital(s, i) || is_common(s, i));
        english += !(t->flags & CQ_TOKEN_KNOWN) && s->run->foreign &&
                   cq_lexicon_accepts(s->run->foreign, word);
    }
    if (words < SENTENCE_MIN || !function || !small || 2 * english < words) return false;
    cq_hit *h =
        report(s, "verbatim/sentence", in->first, in->last, s->at.first_token, CQ_HIGH);
    h->source_at = (cq_span){0, 0}; // the aligned sentence
    return true;
}

// "What is fuzzing? | Some Site": how a page in English is called.
static bool is_page_title(const cq_passage *p, const cq_sentence *in)
{
    const cq_block *b = &p->doc->blocks.v[in->block];
    cq_str text = cq_str_sub(p->doc->text, b->text.start, b->text.end);
    return cq_str_find(text, cq_str_of(" | ")) != SIZE_MAX;
}

void cq_verbatim_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    if (!run->pair) return;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *in = &p->sentences[k];
        scan s = {.run = run, .p = p};
        if (!cq_pair_of_sentence(run->pair, p, in, &s.at)) continue;
        if (s.at.confidence < SURE && s.at.last - s.at.first != 1) continue;
        if (is_page_title(p, in)) continue;
        if (!look_at_sentence(&s, in)) look_at_words(&s, in);
    }
}
