// Spelling is for lower-case words: names are names (checks/names.c). A word the lexicon
// refuses is first a suspect; what the rest of the article says about it (written with a
// capital, in an address, in code, in an English passage, again and again) decides at the
// end whether it is reported and how sure we are.
#include "checks/spelling.h"

#include "base/utf8.h"

enum {
    SUSPECTS_MAX = 20000,   // occurrences remembered; past it they are left out
    WORD_BYTES_MAX = 96,    // longer "words" are data
    TERM_COUNT = 3,         // as often as this in one article: likely a term, not a typo
    RANKED_FORMS_MAX = 200, // forms for which corrections are looked up, a bound on work
    SUGGEST_MAX = 8,
    FOREIGN_RUN = 3, // neighbouring words that make an English passage
};

typedef struct {
    cq_spot at;
    uint32_t joint; // glued words: where the second begins, in document.text; else 0
    cq_str previous, next; // neighbours' text, for ranking
} suspect;

typedef struct {
    CQ_VEC(suspect) suspects;
    cq_map elsewhere; // words of addresses, code and foreign passages, folded
    cq_map asked;     // suspect form -> index into answers
    CQ_VEC(cq_suggestion *) answers;
    CQ_VEC(size_t) answers_n;
} spelling;

// English words that are no French words, none of them a name: two in a short run tell
// English from an unknown French word.
static const char *const ENGLISH[] = {
    "the",   "of",    "and",   "to",    "with",   "from",  "that",  "this", "these",
    "those", "is",    "are",   "was",   "were",   "been",  "be",    "have", "has",
    "had",   "will",  "would", "could", "should", "can't", "it",    "its",  "it's",
    "they",  "their", "them",  "we",    "our",    "you",   "your",  "he",   "she",
    "his",   "her",   "who",   "which", "what",   "when",  "where", "why",  "how",
    "not",   "but",   "for",   "by",    "as",     "at",    "an",    "into", "about",
    "there", "than",  "then",  "so",    "if",     "or",    "do",    "does", "did",
    "all",   "more",  "most",  "some",  "any",    "no",    "my",    "i'm",  "don't",
};

static cq_str fold(char *buf, size_t size, cq_str word)
{
    cq_str f = cq_fold_into(buf, size, word);
    return f.p ? f : (cq_str){0};
}

static bool english_word(cq_str word)
{
    char buf[16];
    cq_str f = fold(buf, sizeof buf, word);
    for (size_t i = 0; f.n && i < CQ_COUNT(ENGLISH); i++) {
        if (cq_str_is(f, ENGLISH[i])) return true;
    }
    return false;
}

// Adds the words of some text that is not French prose to state->elsewhere.
static void note_words(cq_check_run *run, spelling *s, cq_str text)
{
    size_t i = 0;
    while (i < text.n) {
        size_t start = i, end = i;
        while (end < text.n) {
            size_t next = end;
            if (!cq_is_letter(cq_utf8_next(text, &next))) break;
            end = next;
        }
        if (end == start) {
            cq_utf8_next(text, &i);
            continue;
        }
        i = end;
        if (end - start > WORD_BYTES_MAX || s->elsewhere.n == SUSPECTS_MAX) continue;
        cq_map_put(&s->elsewhere, cq_fold(run->arena, cq_str_sub(text, start, end)),
                   NULL);
    }
}

void *cq_spelling_begin(cq_check_run *run)
{
    spelling *s = CQ_NEW(run->arena, spelling);
    cq_map_init(&s->elsewhere, run->arena);
    cq_map_init(&s->asked, run->arena);
    for (size_t i = 0; i < run->doc->blocks.n; i++) {
        const cq_block *b = &run->doc->blocks.v[i];
        if (b->skip == CQ_SKIP_CODE || b->skip == CQ_SKIP_LANGUAGE) {
            note_words(run, s, cq_str_sub(run->doc->text, b->text.start, b->text.end));
        }
    }
    return s;
}

// Where the second of two glued words begins, 0 if it is not that. "conducteursl’" is
// "conducteurs" and the elided "l’" of the next token.
static size_t glued_elision(const cq_check_run *run, cq_str word)
{
    static const char *const ELIDED[] = {"qu", "l", "d", "n", "s", "j", "m", "t", "c"};
    size_t mark = word.n;
    cq_utf8_prev(word, &mark); // the apostrophe
    cq_str stem = cq_str_sub(word, 0, mark);
    for (size_t i = 0; i < CQ_COUNT(ELIDED); i++) {
        cq_str e = cq_str_of(ELIDED[i]);
        if (stem.n < e.n + 3 || !cq_str_ends(stem, e)) continue;
        if (cq_lexicon_accepts(run->lexicon, cq_str_sub(stem, 0, stem.n - e.n)))
            return stem.n - e.n;
    }
    return 0;
}

static bool suspicious(const cq_check_run *run, const cq_passage *p, size_t i)
{
    enum {
        NOT_OURS = CQ_TOKEN_KNOWN | CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED |
                   CQ_TOKEN_DIGITS | CQ_TOKEN_ABBREVIATION | CQ_TOKEN_NAME |
                   CQ_TOKEN_INVERTED
    };
    const cq_token *t = &p->tokens[i];
    if (t->kind != CQ_TOKEN_WORD || t->flags & NOT_OURS) return false;
    cq_str word = cq_token_text(p, i);
    if (word.n < 3 || word.n > WORD_BYTES_MAX) return false;
    return !cq_lexicon_accepts(run->lexicon, word);
}

static void remember(cq_check_run *run, spelling *s, const cq_passage *p, size_t i,
                     size_t last, size_t joint)
{
    if (s->suspects.n == SUSPECTS_MAX) return;
    suspect *x = CQ_PUSH(run->arena, &s->suspects);
    *x = (suspect){.at = cq_spot_of_tokens(p, i, last)};
    if (joint) x->joint = x->at.start + (uint32_t)joint;
    if (i) x->previous = cq_token_text(p, i - 1);
    if (last < p->n) x->next = cq_token_text(p, last);
}

static bool is_foreign(const cq_check_run *run, const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    if (t->kind != CQ_TOKEN_WORD) return false;
    if (!(t->flags & CQ_TOKEN_KNOWN)) return true;
    cq_str word = cq_token_text(p, i);
    return english_word(word) ||
           (run->foreign && !(t->flags & CQ_TOKEN_ELIDED) && word.n > 3 &&
            t->flags & CQ_TOKEN_CAPITAL && cq_lexicon_accepts(run->foreign, word));
}

// The end of the run of English that begins at token i: words that are English or
// unknown, at least FOREIGN_RUN of them, two of them plain English function words.
static size_t english_run(const cq_check_run *run, const cq_passage *p, size_t i,
                          size_t end, bool *title)
{
    size_t function_words = 0, capitals = 0, words = 0, last = i;
    for (size_t k = i; k < end && is_foreign(run, p, k); k++) {
        words++;
        last = k + 1;
        function_words += english_word(cq_token_text(p, k));
        capitals += (p->tokens[k].flags & CQ_TOKEN_CAPITAL) != 0;
    }
    *title = capitals * 2 >= words; // "The Lord of the Rings": a title, left as it is
    return words >= FOREIGN_RUN && function_words >= 2 ? last : i;
}

static void report_english(cq_check_run *run, const cq_passage *p, size_t i, size_t last)
{
    cq_hit *h = cq_hit_add(run, cq_str_of("spelling/untranslated"),
                           cq_spot_of_tokens(p, i, last));
    h->category = cq_str_of("accuracy/untranslated");
    h->severity = CQ_MAJOR;
    h->confidence = h->at.quoted ? CQ_LOW : CQ_MEDIUM;
    h->priority = -1; // what a rule says about a part of it is more exact
    h->message = cq_str_of(cq_say(run, "Passage resté en anglais ?", "Left in English?"));
}

void cq_spelling_run(cq_check_run *run, void *state, const cq_passage *p)
{
    spelling *s = state;
    for (size_t k = 0; k < p->sentences_n; k++) {
        size_t end = p->sentences[k].last;
        for (size_t i = p->sentences[k].first; i < end; i++) {
            const cq_token *t = &p->tokens[i];
            if (t->kind == CQ_TOKEN_URL) {
                note_words(run, s, cq_token_text(p, i));
                continue;
            }
            if (t->kind != CQ_TOKEN_WORD || t->flags & CQ_TOKEN_KNOWN) continue;
            bool title;
            size_t last = english_run(run, p, i, end, &title);
            if (last > i) {
                for (size_t w = i; w < last; w++) note_words(run, s, cq_token_text(p, w));
                if (!title) report_english(run, p, i, last);
                i = last - 1;
                continue;
            }
            if (!suspicious(run, p, i)) continue;
            if (!(t->flags & CQ_TOKEN_ELIDED)) {
                remember(run, s, p, i, i + 1, 0);
                continue;
            }
            size_t joint = glued_elision(run, cq_token_text(p, i));
            if (joint && i + 1 < end) remember(run, s, p, i, i + 2, joint);
        }
    }
}

// Two whole words of four letters or more that make up the suspect: "partirmaintenant".
static size_t glued_words(const cq_check_run *run, cq_str word)
{
    enum { PART_MIN = 4 };
    size_t best = 0;
    unsigned best_frequency = 0;
    for (size_t i = PART_MIN; i + PART_MIN <= word.n; i++) {
        if (((unsigned char)word.p[i] & 0xC0) == 0x80) continue; // inside a character
        uint32_t a = cq_lexicon_lookup(run->lexicon, cq_str_sub(word, 0, i));
        uint32_t b = cq_lexicon_lookup(run->lexicon, cq_str_sub(word, i, word.n));
        if (!a || !b) continue;
        unsigned fa = cq_lexicon_frequency(run->lexicon, a);
        unsigned fb = cq_lexicon_frequency(run->lexicon, b);
        unsigned frequency = fa < fb ? fa : fb;
        if (frequency > best_frequency) {
            best_frequency = frequency;
            best = i;
        }
    }
    return best_frequency >= 4 ? best : 0; // both words are common ones
}

static void report_glued(cq_check_run *run, const suspect *x, uint32_t joint)
{
    cq_hit *h = cq_hit_add(run, cq_str_of("spelling/glued"), x->at);
    h->category = cq_str_of("linguistic-conventions/spelling");
    h->severity = CQ_MINOR;
    h->confidence = CQ_HIGH;
    cq_str text = run->doc->text;
    cq_str split =
        cq_strf(run->arena, "%.*s %.*s", (int)(joint - x->at.start), text.p + x->at.start,
                (int)(x->at.end - joint), text.p + joint);
    h->message = cq_strf(
        run->arena,
        cq_say(run, "Deux mots collés : « %.*s ».", "Two words run together: “%.*s”."),
        CQ_PRI(split));
    cq_hit_fix_add(run, h, x->at.start, x->at.end, split);
    h->safe = x->joint != 0; // at an apostrophe there is no other way to read it
}

// Something in the article speaks for a foreign word, a name or a term.
static bool excused(const cq_check_run *run, const spelling *s, cq_str word)
{
    char buf[3 * WORD_BYTES_MAX + 4];
    cq_str folded = fold(buf, sizeof buf, word);
    if (!folded.n || cq_map_get(&s->elsewhere, folded)) return true;
    if (cq_word_count(run, cq_upper_first(run->scratch, word))) return true;
    return run->foreign && cq_lexicon_accepts(run->foreign, folded);
}

static void report_unknown(cq_check_run *run, spelling *s, const suspect *x, cq_str word)
{
    uint32_t *known = cq_map_get(&s->asked, word);
    if (!known && s->asked.n < RANKED_FORMS_MAX) {
        cq_suggestion *found = CQ_NEWN(run->arena, cq_suggestion, SUGGEST_MAX);
        unsigned max = run->options->suggest;
        size_t n = 0;
        (void)max; // until corrections are in
        known = cq_map_put(&s->asked, word, NULL);
        *known = (uint32_t)s->answers.n;
        *CQ_PUSH(run->arena, &s->answers) = found;
        *CQ_PUSH(run->arena, &s->answers_n) = n;
    }
    cq_hit *h = cq_hit_add(run, cq_str_of("spelling/unknown"), x->at);
    h->category = cq_str_of("linguistic-conventions/spelling");
    h->severity = CQ_MINOR;
    bool term = cq_word_count(run, word) >= TERM_COUNT;
    h->confidence = term || x->at.quoted ? CQ_LOW : CQ_MEDIUM;
    h->message =
        cq_strf(run->arena,
                cq_say(run, "« %.*s » n’est pas dans le dictionnaire%s.",
                       "“%.*s” is not in the dictionary%s."),
                CQ_PRI(word), term ? cq_say(run, " : un terme ?", ": a term?") : "");
    for (size_t i = 0; known && i < s->answers_n.v[*known]; i++) {
        cq_hit_fix_add(run, h, x->at.start, x->at.end, s->answers.v[*known][i].text);
    }
}

void cq_spelling_finish(cq_check_run *run, void *state)
{
    spelling *s = state;
    for (size_t i = 0; i < s->suspects.n; i++) {
        const suspect *x = &s->suspects.v[i];
        if (x->joint) {
            report_glued(run, x, x->joint);
            continue;
        }
        cq_str word = cq_str_sub(run->doc->text, x->at.start, x->at.end);
        if (excused(run, s, word)) continue;
        size_t joint = glued_words(run, word);
        if (joint)
            report_glued(run, x, x->at.start + (uint32_t)joint);
        else
            report_unknown(run, s, x, word);
    }
}
