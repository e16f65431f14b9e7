// A run of English is made of words that only English has, and of words that both
// languages have between them. What makes it English beyond doubt are the function words
// that French lacks ("the", "with"); a run without any is a term or a name. Titles and
// names keep their English ("The Lord of the Rings"), so runs in capitals count only
// where they fill a whole heading, list item or table cell.
#include "checks/untranslated.h"

#include "base/utf8.h"
#include "lexicon/formtable.h"
#include "text/language.h"

enum {
    RUN_WORDS_MIN = 3,
    RUN_TOKENS_MAX = 80, // longer runs are cut: a bound on work
    BLOCK_WORDS_MIN = 2,
    WORD_BYTES_MAX = 40,
    LINK_PERCENT = 80, // from which a block is a link to another page
};

// Function words that are no French words.
static const char *const FUNCTION_WORDS[] = {
    "the",   "of",    "and",   "to",     "with",  "from",  "that",  "this",   "these",
    "those", "is",    "are",   "was",    "were",  "been",  "have",  "has",    "had",
    "will",  "would", "could", "should", "can't", "it",    "its",   "it's",   "they",
    "their", "them",  "we",    "our",    "you",   "your",  "he",    "she",    "his",
    "her",   "who",   "which", "what",   "when",  "where", "why",   "how",    "not",
    "for",   "by",    "at",    "into",   "about", "there", "than",  "then",   "does",
    "did",   "some",  "any",   "my",     "i'm",   "don't", "after", "before", "because",
};

typedef enum { OTHER, SHARED, CONTENT, FUNCTION } word_kind;

bool cq_is_english_function_word(cq_str word)
{
    char buf[16];
    cq_str f = cq_fold_into(buf, sizeof buf, word);
    return f.p && CQ_IN(FUNCTION_WORDS, f);
}

// Asking the English dictionary is slow, and few words make up most of a text.
enum { MEMO_SLOTS = 1024 };

struct cq_english_memo {
    struct {
        cq_str word;
        bool french;
        word_kind kind;
    } slots[MEMO_SLOTS];
};

struct cq_english_memo *cq_english_memo_new(cq_arena *a)
{
    return CQ_NEW(a, struct cq_english_memo);
}

static word_kind kind_of_word(const cq_check_run *run, cq_str word, bool french)
{
    if (!french && cq_is_english_function_word(word)) return FUNCTION;
    if (cq_str_ends(word, cq_str_of("'s")) || cq_str_ends(word, cq_str_of("’s")))
        return CONTENT;
    char buf[3 * WORD_BYTES_MAX + 4];
    cq_str folded = cq_fold_into(buf, sizeof buf, word);
    if (!folded.p || !cq_lexicon_accepts(run->foreign, folded)) return OTHER;
    return french ? SHARED : CONTENT;
}

static word_kind kind_of(const cq_check_run *run, const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    if (t->kind != CQ_TOKEN_WORD || t->flags & (CQ_TOKEN_ELIDED | CQ_TOKEN_INVERTED))
        return OTHER;
    cq_str word = cq_token_text(p, i);
    if (word.n > WORD_BYTES_MAX) return OTHER;
    bool french = t->flags & CQ_TOKEN_KNOWN;
    uint64_t slot = cq_str_hash(word) % MEMO_SLOTS;
    if (!cq_str_eq(run->english_memo->slots[slot].word, word) ||
        run->english_memo->slots[slot].french != french) {
        run->english_memo->slots[slot].word = word;
        run->english_memo->slots[slot].french = french;
        run->english_memo->slots[slot].kind = kind_of_word(run, word, french);
    }
    return run->english_memo->slots[slot].kind;
}

typedef struct {
    size_t last;  // half-open, past the last word that only English has
    size_t reach; // past the words that both have and that follow it
    size_t words, content, function_words, capitals;
} english;

static english run_at(const cq_check_run *run, const cq_passage *p, size_t first,
                      size_t end)
{
    english e = {.last = first, .reach = first}, at = {0};
    for (size_t i = first; i < end && i < first + RUN_TOKENS_MAX; i++) {
        const cq_token *t = &p->tokens[i];
        word_kind kind = kind_of(run, p, i);
        // Names and figures may stand inside a run, not at its end.
        bool passes = t->kind == CQ_TOKEN_NUMBER ||
                      (t->kind == CQ_TOKEN_PUNCT && t->mark == CQ_MARK_COMMA) ||
                      (kind == OTHER && t->kind == CQ_TOKEN_WORD &&
                       t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED) &&
                       !(t->flags & (CQ_TOKEN_FIRST | CQ_TOKEN_ELIDED)));
        if (kind == OTHER && !passes) break;
        if (kind != OTHER) at.words++;
        if (kind != OTHER && t->flags & CQ_TOKEN_CAPITAL) at.capitals++;
        at.function_words += kind == FUNCTION;
        at.content += kind == CONTENT;
        if (kind == CONTENT || kind == FUNCTION) {
            e = at;
            e.last = i + 1;
        }
        e.reach = i + 1;
    }
    return e;
}

static bool is_english(const english *e)
{
    if (e->words < RUN_WORDS_MIN) return false;
    // "for" and "by" alone stand in many a name; words that both have may be French.
    if (e->function_words >= 2) return e->words >= 4 || e->content;
    if (e->function_words) return e->content && 2 * (e->content + 1) >= e->words;
    return false;
}

size_t cq_english_run(const cq_check_run *run, const cq_passage *p, size_t i, size_t end)
{
    if (!run->foreign) return i;
    english e = run_at(run, p, i, end);
    return is_english(&e) ? e.last : i;
}

static cq_hit *report(cq_check_run *run, cq_spot at, const char *rule, const char *fr,
                      const char *en)
{
    cq_hit *h = cq_hit_add(run, cq_str_of(rule), at);
    h->category = cq_str_of("accuracy/untranslated");
    h->severity = CQ_MAJOR;
    h->confidence = at.quoted ? CQ_LOW : CQ_MEDIUM;
    h->priority = -1; // what a rule says about a part of it is more exact
    h->message = cq_str_of(cq_say(run, fr, en));
    return h;
}

// Does the sentence hold nothing but these tokens and marks?
static bool fills(const cq_passage *p, const cq_sentence *s, size_t first, size_t last)
{
    for (size_t i = s->first; i < s->last; i++) {
        if ((i < first || i >= last) && p->tokens[i].kind == CQ_TOKEN_WORD) return false;
    }
    return true;
}

static bool short_block(cq_block_kind kind)
{
    return kind == CQ_BLOCK_TITLE || kind == CQ_BLOCK_SUBTITLE ||
           kind == CQ_BLOCK_HEADING || kind == CQ_BLOCK_CAPTION ||
           kind == CQ_BLOCK_ALT_TEXT || kind == CQ_BLOCK_TABLE_CELL;
}

// --- dates

static const struct {
    const char *english, *french;
    bool short_form; // its point follows
} MONTHS[] = {
    {"january", "janvier", false},
    {"february", "février", false},
    {"march", "mars", false},
    {"april", "avril", false},
    {"may", "mai", false},
    {"june", "juin", false},
    {"july", "juillet", false},
    {"august", "août", false},
    {"september", "septembre", false},
    {"october", "octobre", false},
    {"november", "novembre", false},
    {"december", "décembre", false},
    {"jan", "janvier", true},
    {"feb", "février", true},
    {"apr", "avril", true},
    {"aug", "août", true},
    {"sept", "septembre", true},
    {"sep", "septembre", true},
    {"oct", "octobre", true},
    {"nov", "novembre", true},
    {"dec", "décembre", true},
};

// The French name of an English month at token i, and where it ends.
static const char *month_at(const cq_passage *p, size_t i, size_t end, size_t *last)
{
    const cq_token *t = &p->tokens[i];
    char buf[16];
    cq_str word = cq_token_text(p, i);
    bool point = word.n && word.p[word.n - 1] == '.';
    *last = i + 1;
    if (point)
        word.n--;
    else if (i + 1 < end && p->tokens[i + 1].mark == CQ_MARK_POINT &&
             !(p->tokens[i + 1].flags & CQ_TOKEN_SPACE)) {
        point = true;
        ++*last;
    }
    cq_str f = cq_fold_into(buf, sizeof buf, word);
    for (size_t k = 0; f.p && k < CQ_COUNT(MONTHS); k++) {
        if (!cq_str_is(f, MONTHS[k].english)) continue;
        if (MONTHS[k].short_form != point) return NULL;
        return point || !(t->flags & CQ_TOKEN_KNOWN) ? MONTHS[k].french : NULL;
    }
    return NULL;
}

static unsigned day_of(cq_str text)
{
    unsigned day = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || i == 2) return 0;
        day = 10 * day + (unsigned)(text.p[i] - '0');
    }
    return day <= 31 ? day : 0;
}

// "Jan. 11", "March 3": a month that is English by name or by its capital and place.
static bool check_date(cq_check_run *run, const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    if (t->kind != CQ_TOKEN_WORD || !(t->flags & CQ_TOKEN_CAPITAL)) return false;
    // The point of "Jan." may have ended a sentence, so the look goes past it.
    size_t number, end = i + 3 < p->n ? i + 3 : p->n;
    const char *month = month_at(p, i, end, &number);
    if (!month || number == end || p->tokens[number].kind != CQ_TOKEN_NUMBER)
        return false;
    if (!(p->tokens[number].flags & CQ_TOKEN_SPACE)) return false;
    unsigned day = day_of(cq_token_text(p, number));
    // "le 3 Sept. 11 heures": the figure before it is its day.
    if (!day || (i && p->tokens[i - 1].kind == CQ_TOKEN_NUMBER)) return false;
    cq_hit *h = report(run, cq_spot_of_tokens(p, i, number + 1), "untranslated/date",
                       "Date à l’anglaise.", "The date is written the English way.");
    h->confidence = CQ_HIGH;
    cq_str right = cq_strf(run->arena, day == 1 ? "%uer %s" : "%u %s", day, month);
    static const char *const ARTICLES[] = {"le", "au", "du"};
    bool article = i && p->tokens[i - 1].kind == CQ_TOKEN_WORD &&
                   CQ_IN(ARTICLES, cq_token_text(p, i - 1));
    if (!article) right = cq_strf(run->arena, "le %.*s", CQ_PRI(right));
    cq_hit_fix_add(run, h, h->at.start, h->at.end, right);
    return true;
}

static bool capital(const cq_token *t)
{
    return t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED | CQ_TOKEN_UPPER) &&
           t->kind == CQ_TOKEN_WORD;
}

static bool beside_name(const cq_passage *p, const cq_sentence *s, size_t first,
                        size_t last)
{
    return (first > s->first && capital(&p->tokens[first - 1])) ||
           (last < s->last && capital(&p->tokens[last]));
}

// A message of a social network, as it stands there.
static bool is_post(const cq_passage *p, const cq_sentence *s)
{
    for (size_t i = s->first; i < s->last; i++) {
        cq_str word = cq_token_text(p, i);
        if (p->tokens[i].kind == CQ_TOKEN_URL && strchr("@#", word.p[0])) return true;
    }
    return false;
}

// "Plagiarism : ce que l’on sait": an English word before a colon, or alone in its block.
static bool check_label(cq_check_run *run, const cq_passage *p, const cq_sentence *s)
{
    enum { LABEL_MIN = 5 };
    size_t i = s->first;
    const cq_token *t = &p->tokens[i];
    const cq_block *b = &p->doc->blocks.v[s->block];
    if (!run->foreign || t->kind != CQ_TOKEN_WORD || t->end - t->start < LABEL_MIN)
        return false;
    if (!(t->flags & CQ_TOKEN_CAPITAL) ||
        t->flags & (CQ_TOKEN_KNOWN | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED | CQ_TOKEN_QUOTED))
        return false;
    if (s > p->sentences && s[-1].block == s->block) return false;
    bool colon = i + 1 < s->last && p->tokens[i + 1].mark == CQ_MARK_COLON;
    bool alone =
        s->last == i + 1 && short_block(b->kind) && b->link_percent < LINK_PERCENT;
    if (!(colon || alone) || kind_of(run, p, i) != CONTENT) return false;
    uint32_t first;
    cq_str word = cq_token_text(p, i);
    if (cq_names_find(run->names, cq_names_fold(run->scratch, word), &first))
        return false;
    cq_hit *h = report(run, cq_spot_of_tokens(p, i, i + 1), "untranslated/label",
                       "Mot resté en anglais ?", "Left in English?");
    h->severity = CQ_MINOR;
    return true;
}

void cq_untranslated_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *s = &p->sentences[k];
        const cq_block *b = &p->doc->blocks.v[s->block];
        if (is_post(p, s) || check_label(run, p, s)) continue;
        for (size_t i = s->first; i < s->last; i++) {
            const cq_token *t = &p->tokens[i];
            if (check_date(run, p, i)) continue;
            if (t->flags & CQ_TOKEN_KNOWN || t->kind != CQ_TOKEN_WORD || !run->foreign)
                continue;
            english e = run_at(run, p, i, s->last);
            if (!is_english(&e)) continue;
            if (fills(p, s, i, e.reach)) e.last = e.reach;
            if (b->link_percent >= LINK_PERCENT) continue; // the title of another page
            bool whole = short_block(b->kind) && fills(p, s, i, e.last);
            // Left as it is, inside a sentence: "the State of the Map".
            bool title = 2 * e.capitals >= e.words || beside_name(p, s, i, e.last);
            if (!title || whole)
                report(run, cq_spot_of_tokens(p, i, e.last), "untranslated/passage",
                       "Passage resté en anglais ?", "Left in English?");
            i = e.last - 1;
        }
    }
}

// --- whole blocks

static size_t words_of(cq_str text) { return cq_language_count(text).words; }

// A block that was left out because it is English is itself an error in a French article.
// Quotations and long runs of them are more often meant so.
void cq_untranslated_finish(cq_check_run *run, void *state)
{
    (void)state;
    for (size_t i = 0; i < run->doc->blocks.n; i++) {
        const cq_block *b = &run->doc->blocks.v[i];
        if (b->skip != CQ_SKIP_LANGUAGE || strcmp(b->language, "en") != 0) continue;
        if (b->kind == CQ_BLOCK_QUOTATION || b->link_percent >= LINK_PERCENT) continue;
        cq_str text = cq_str_sub(run->doc->text, b->text.start, b->text.end);
        if (words_of(text) < BLOCK_WORDS_MIN) continue;
        cq_spot at = {b->text.start, b->text.end, b->text, false};
        report(run, at, "untranslated/block", "Bloc resté en anglais ?",
               "Left in English?");
    }
}
