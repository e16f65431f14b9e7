// The article among the furniture of its page: signs of each block, the stretch that is
// the article, the verdict on each block, and what is left out.
#include "readers/furniture.h"

#include "base/map.h"
#include "base/utf8.h"
#include "readers/furniture_cues.h"
#include "text/language.h"

enum {
    // jusText's thresholds, in characters and per cent.
    LENGTH_LOW = 70,
    LENGTH_HIGH = 200,
    LINKS_HIGH = 20,
    FUNCTION_WORDS_LOW = 30,
    // A sentence shorter than LENGTH_LOW, ended by its mark, still is one.
    SENTENCE_WORDS = 4,
    // The price of a block that is no sentence, in words; of surely furniture.
    PRICE_SHORT = 2,
    PRICE_BAD = 12,
    ARTICLE_WORDS = 40, // of sentences; a page with fewer has no article
    ASIDE_WORDS = 80,   // before the comments: enough to be the article

    KEY_BYTES = 240,     // of a block that are compared with others
    CUE_WORDS = 14,      // longer blocks begin with no cue
    HEADLINE_WORDS = 32, // a headline has no more
    TITLE_BEFORE = 40,   // blocks before the article in which its title may be
    TITLE_REACH = 1000,  // blocks around it that are looked at: a bound on work
    TITLE_SURE = 6,      // the score of a line that the page's head has too
    SUBTITLE_WORDS = 10,
    PANEL_LINES = 4, // of a dump
    SAME_BOX_WORDS = 20,
    MENU_RUN = 3, // short entries that follow each other are a menu
    BIO_WORDS_MIN = 8,
};

typedef enum { BAD, SHORT, NEAR_GOOD, GOOD } class; // ORDER: worse first

typedef struct {
    cq_str key; // lower case, letters and digits, single spaces
    uint32_t chars, words, function_words;
    class class;
    cue_kind cue;
    uint32_t cue_bytes; // of the text: where what follows the cue begins
    unsigned box;       // flags of what it stands in
    bool sentence;      // ends as sentences do
    uint32_t heading;   // the last one after it that says the same, or 0
    bool keep;
} sign;

typedef struct {
    cq_document *d;
    sign *s;
    size_t n;
    bool html;
    size_t first, last; // the article: [first, last)
    size_t title;       // its block, or n
    cq_str author;      // as a key
} page;

static cq_str text_at(const page *p, size_t i)
{
    const cq_block *b = &p->d->blocks.v[i];
    return cq_str_sub(p->d->text, b->text.start, b->text.end);
}

// --- signs of a block

static bool is_heading(const page *p, size_t i)
{
    cq_block_kind k = p->d->blocks.v[i].kind;
    return k == CQ_BLOCK_HEADING || k == CQ_BLOCK_TITLE;
}

// Lower case without accents, anything but letters and digits one space; elided letters
// keep their apostrophe. Long texts are cut.
static cq_str key_of(cq_arena *a, cq_str s)
{
    char *out = cq_alloc(a, KEY_BYTES + 8);
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < KEY_BYTES;) {
        uint32_t c = cq_utf8_next(s, &i);
        if (cq_is_letter(c) || cq_is_number(c)) {
            c = cq_to_lower(cq_base_letter(c));
            n += cq_utf8_put(out + n, c);
        } else if (cq_is_apostrophe(c) && n && out[n - 1] != ' ') {
            out[n++] = '\'';
        } else if (n && out[n - 1] != ' ' && out[n - 1] != '\'') {
            out[n++] = ' ';
        }
    }
    while (n && (out[n - 1] == ' ' || out[n - 1] == '\'')) n--;
    return (cq_str){out, n};
}

static uint32_t words_of(cq_str key)
{
    uint32_t n = key.n > 0;
    for (size_t i = 0; i < key.n; i++) n += key.p[i] == ' ';
    return n;
}

static bool ends_sentence(cq_str s)
{
    for (size_t at = s.n; at;) {
        uint32_t c = cq_utf8_prev(s, &at);
        if (c == '.' || c == '!' || c == '?' || c == 0x2026 || c == ':' || c == ';')
            return true;
        bool closes = c == ')' || c == '"' || c == ']' || c == 0xbb || c == 0x201d;
        if (!closes && !cq_is_blank(c)) return false;
    }
    return false;
}

// "Accueil > Région > Ville": two marks or more of one kind, between blanks.
static bool is_path(cq_str text)
{
    static const char *const MARKS[] = {" > ", " / ", " » ", " › ", " → "};
    for (size_t k = 0; k < CQ_COUNT(MARKS); k++) {
        cq_str mark = cq_str_of(MARKS[k]);
        size_t at = cq_str_find(text, mark);
        if (at == SIZE_MAX) continue;
        cq_str rest = cq_str_sub(text, at + mark.n - 1, text.n);
        if (cq_str_find(rest, mark) != SIZE_MAX) return true;
    }
    return false;
}

static bool is_headline(const sign *s)
{
    return s->words >= 4 && s->words <= HEADLINE_WORDS && s->cue == CUE_NONE;
}

// The byte of the text after as many letters and digits as the key's first `n` bytes
// have: where what follows a cue begins, blanks and marks included.
static uint32_t text_after(cq_str text, cq_str key, size_t n)
{
    size_t wanted = 0, seen = 0, i = 0;
    for (size_t k = 0; k < n; k++) wanted += key.p[k] != ' ' && key.p[k] != '\'';
    while (i < text.n && seen < wanted) {
        uint32_t c = cq_utf8_next(text, &i);
        if (!cq_is_letter(c) && !cq_is_number(c)) continue;
        char out[4];
        seen += cq_utf8_put(out, cq_to_lower(cq_base_letter(c)));
    }
    return (uint32_t)i;
}

// A cue may be glued to what follows it, as pages are when their markup is gone:
// "Article suivantLa mairie". A capital shows it.
static bool cue_ends(cq_str text, cq_str key, size_t n)
{
    if (n == key.n || key.p[n] == ' ') return true;
    size_t at = text_after(text, key, n);
    return at < text.n && cq_is_upper(cq_utf8_next(text, &at));
}

// "FacebookXLinkedIn": links side by side have no space between them.
static bool glued_networks(cq_str key)
{
    size_t letters = 0, known = 0, places = 0;
    for (size_t i = 0; i < key.n;) {
        size_t longest = 0;
        for (size_t k = 0; k < CQ_COUNT(NETWORKS); k++) {
            cq_str network = cq_str_of(NETWORKS[k]);
            if (network.n > longest && cq_str_starts(cq_str_sub(key, i, key.n), network))
                longest = network.n;
        }
        places += longest > 3;
        known += longest;
        letters += longest ? longest : key.p[i] != ' ';
        i += longest ? longest : 1;
    }
    return places >= 2 && known * 4 >= letters * 3;
}

static bool only_networks(cq_str key)
{
    cq_str rest = key, word;
    size_t n = 0, others = 0;
    while (cq_str_split(&rest, ' ', &word)) {
        bool known = false;
        for (size_t k = 0; k < CQ_COUNT(NETWORKS) && !known; k++)
            known = cq_str_is(word, NETWORKS[k]);
        n++;
        others += !known;
    }
    return n && (others * 4 <= n || glued_networks(key));
}

static void find_cue(sign *s, cq_str text, bool heading)
{
    for (size_t k = 0; k < CQ_COUNT(LEGAL) && s->cue == CUE_NONE; k++) {
        if (cq_str_find(s->key, cq_str_of(LEGAL[k])) != SIZE_MAX) s->cue = CUE_CONTROL;
    }
    if (cq_str_starts(text, cq_str_of("©"))) s->cue = CUE_CONTROL;
    if (s->cue != CUE_NONE || !s->key.n) return;
    cq_str rest = s->key; // a number before it: "3 commentaires"
    while (rest.n && (cq_is_digit(rest.p[0]) || rest.p[0] == ' '))
        rest = cq_str_sub(rest, 1, rest.n);
    size_t number = s->key.n - rest.n, longest = 0;
    for (size_t k = 0; k < CQ_COUNT(CUES); k++) {
        cq_str cue = cq_str_of(CUES[k].words);
        if (cue.n <= longest || !cq_str_starts(rest, cue)) continue;
        if (!cue_ends(text, s->key, number + cue.n)) continue;
        uint32_t more = s->words - words_of(cq_str_sub(s->key, 0, number + cue.n));
        bool phrase = memchr(cue.p, ' ', cue.n) || memchr(cue.p, '\'', cue.n);
        bool leads = CUES[k].kind == CUE_RELATED && phrase; // the headline may follow
        if (!leads && more > (heading && !phrase ? 0 : phrase ? 4 : 2)) continue;
        if (s->sentence && !leads && more > 2) continue;
        longest = cue.n;
        s->cue = CUES[k].kind;
        s->cue_bytes = text_after(text, s->key, number + cue.n);
    }
    if (s->cue == CUE_NONE && only_networks(s->key)) s->cue = CUE_SHARE;
    if (s->cue == CUE_NONE && !s->sentence && is_path(text)) s->cue = CUE_CONTROL;
}

// jusText's context-free classes; a block without the end of a sentence is short.
static class classify(const page *p, const sign *s, const cq_block *b)
{
    enum { NEVER = CQ_HINT_NAV | CQ_HINT_FORM | CQ_HINT_HIDDEN };
    if (b->hints & NEVER) return BAD;
    if (b->hints & (CQ_HINT_FOOTER | CQ_HINT_ASIDE) && !(b->hints & CQ_HINT_FIGURE))
        return BAD;
    if (s->box & (BOX_FURNITURE | BOX_COMMENTS)) return BAD;
    if (!s->words || s->cue != CUE_NONE) return BAD;
    if (b->kind == CQ_BLOCK_CAPTION || b->kind == CQ_BLOCK_ALT_TEXT ||
        s->box & BOX_CAPTION)
        return SHORT;
    if (s->box & (BOX_RELATED | BOX_BIO | BOX_BYLINE)) return SHORT;
    if (b->link_percent > LINKS_HIGH && (s->chars < LENGTH_HIGH || b->link_percent > 60))
        return b->link_percent > 60 || !s->sentence ? BAD : SHORT;
    if (!s->sentence || s->words < SENTENCE_WORDS) return SHORT;
    if (b->kind == CQ_BLOCK_HEADING || b->kind == CQ_BLOCK_TITLE) return SHORT;
    bool function_words = s->function_words * 100 >= s->words * FUNCTION_WORDS_LOW;
    if (s->chars < LENGTH_LOW) return function_words ? NEAR_GOOD : SHORT;
    if (!function_words) return p->html && s->chars < LENGTH_HIGH ? SHORT : BAD;
    return s->chars > LENGTH_HIGH ? GOOD : NEAR_GOOD;
}

// --- the boxes of a page

// Which of BOX_WORDS stand in a box's marks.
typedef struct {
    uint64_t bits[(CQ_COUNT(BOX_WORDS) + 63) / 64];
} word_set;

static bool has_word(const word_set *set, size_t k)
{
    return set->bits[k / 64] >> (k % 64) & 1;
}

static word_set words_in(cq_str marks)
{
    word_set set = {{0}};
    char word[24];
    size_t n = 0;
    for (size_t i = 0; i <= marks.n; i++) {
        char c = i < marks.n ? marks.p[i] : ' ';
        bool camel = n && c >= 'A' && c <= 'Z' &&
                     !(marks.p[i - 1] >= 'A' && marks.p[i - 1] <= 'Z');
        if (cq_is_alpha(c) && !camel) {
            if (n < sizeof word) word[n++] = cq_lower(c);
            continue;
        }
        for (size_t k = 0; k < CQ_COUNT(BOX_WORDS) && n; k++) {
            if (cq_str_is((cq_str){word, n}, BOX_WORDS[k].word))
                set.bits[k / 64] |= 1ull << (k % 64);
        }
        n = 0;
        if (camel) word[n++] = cq_lower(c);
    }
    return set;
}

static bool is_heading_tag(cq_str tag)
{
    return tag.n == 2 && tag.p[0] == 'h' && tag.p[1] >= '1' && tag.p[1] <= '6';
}

// What the names of a box say. A box with a good part of the page's sentences in it is no
// furniture whatever its name ("has-sidebar" of a body), and a word that names the boxes
// of a good part of them says nothing on this page ("elementor-widget" of every box).
static void name_boxes(cq_document *d, const uint32_t *words, uint32_t all,
                       unsigned *flags)
{
    uint32_t under[CQ_COUNT(BOX_WORDS)] = {0};
    word_set *own = CQ_NEWN(d->arena, word_set, d->boxes.n);
    word_set *above = CQ_NEWN(d->arena, word_set, d->boxes.n);
    for (size_t k = 1; k < d->boxes.n; k++) {
        const cq_box *box = &d->boxes.v[k];
        above[k] = above[box->parent];
        word_set set = words_in(box->marks);
        for (size_t w = 0; w < CQ_COUNT(BOX_WORDS); w++) {
            if (!has_word(&set, w)) continue;
            unsigned flag = BOX_WORDS[w].flag;
            if (words[k] * 5 > all * (flag == BOX_COMMENTS ? 4 : 2)) continue;
            if (flag == BOX_FURNITURE && is_heading_tag(box->tag)) continue;
            own[k].bits[w / 64] |= 1ull << (w % 64);
            if (!has_word(&above[k], w)) under[w] += words[k];
            above[k].bits[w / 64] |= 1ull << (w % 64);
        }
    }
    for (size_t k = 1; k < d->boxes.n; k++) {
        flags[k] = flags[d->boxes.v[k].parent];
        for (size_t w = 0; w < CQ_COUNT(BOX_WORDS); w++) {
            if (!has_word(&own[k], w)) continue;
            if (BOX_WORDS[w].flag != BOX_COMMENTS && under[w] * 5 > all * 2) continue;
            flags[k] |= BOX_WORDS[w].flag;
        }
    }
}

// A small box with buttons or a form among few words is a panel: an offer, a newsletter,
// a paywall, a product.
static void find_panels(page *p, const uint32_t *words, unsigned *flags)
{
    enum { WORDS_MAX = 40, WORDS_OF_ONE_BUTTON = 12 };
    typedef struct {
        uint32_t blocks, controls;
        bool form, head;
    } content;
    cq_document *d = p->d;
    content *c = CQ_NEWN(d->arena, content, d->boxes.n);
    for (size_t i = 0; i < p->n; i++) {
        const cq_block *b = &d->blocks.v[i];
        const sign *s = &p->s[i];
        content *in = &c[b->box];
        in->blocks++;
        bool shares = s->cue == CUE_SHARE || s->cue == CUE_COMMENTS;
        in->controls += !shares && (b->hints & CQ_HINT_FORM || s->cue == CUE_CONTROL ||
                                    flags[b->box] & BOX_BUTTON);
        in->head |= (is_heading(p, i) && b->level == 1) || b->hints & CQ_HINT_DATE ||
                    b->kind == CQ_BLOCK_CAPTION;
    }
    for (size_t k = d->boxes.n; k-- > 1;) {
        content *in = &c[d->boxes.v[k].parent];
        in->blocks += c[k].blocks;
        in->controls += c[k].controls;
        in->form |= c[k].form || cq_str_is(d->boxes.v[k].tag, "form");
        in->head |= c[k].head;
    }
    for (size_t k = 1; k < d->boxes.n; k++) {
        bool several = c[k].form || c[k].controls > 1;
        if (c[k].blocks > 1 && c[k].controls * 3 >= c[k].blocks && !c[k].head &&
            words[k] < (several ? WORDS_MAX : WORDS_OF_ONE_BUTTON))
            flags[k] |= BOX_FURNITURE;
        flags[k] |= flags[d->boxes.v[k].parent] & BOX_FURNITURE;
    }
}

// Each block gets the flags of the boxes around it.
static void find_boxes(page *p)
{
    cq_document *d = p->d;
    uint32_t *words = CQ_NEWN(d->arena, uint32_t, d->boxes.n), all = 0;
    for (size_t i = 0; i < p->n; i++) {
        const cq_block *b = &d->blocks.v[i];
        uint32_t n =
            p->s[i].sentence && b->link_percent <= LINKS_HIGH ? p->s[i].words : 0;
        words[b->box] += n;
        all += n;
    }
    for (size_t k = d->boxes.n; k-- > 1;) words[d->boxes.v[k].parent] += words[k];
    unsigned *flags = CQ_NEWN(d->arena, unsigned, d->boxes.n);
    name_boxes(d, words, all, flags);
    if (p->html) find_panels(p, words, flags);
    for (size_t i = 0; i < p->n; i++) p->s[i].box = flags[d->blocks.v[i].box];
}

// --- the article

static int32_t worth(const sign *s)
{
    if (s->class >= NEAR_GOOD) return (int32_t)s->words;
    // A time, a number, a share button and the contents stand within articles too.
    bool light = !s->words || s->cue == CUE_SHARE || s->heading;
    return s->class == SHORT || light ? -PRICE_SHORT : -PRICE_BAD;
}

// A line that opens the readers' comments.
static bool opens_comments(const page *p, size_t i)
{
    const sign *s = &p->s[i];
    return s->cue == CUE_COMMENTS || (s->box & BOX_COMMENTS && s->class == BAD);
}

// The stretch of [from, to) with the greatest worth; empty where none has any.
static int32_t best_stretch(const page *p, size_t from, size_t to, size_t *first,
                            size_t *last)
{
    int32_t best = 0, sum = 0;
    *first = *last = from;
    for (size_t i = from, start = from; i < to; i++) {
        if (sum <= 0) {
            sum = 0;
            start = i;
        }
        sum += worth(&p->s[i]);
        if (sum <= best) continue;
        best = sum;
        *first = start;
        *last = i + 1;
    }
    return best;
}

// What follows the comments' heading counts only where nothing before it is an article.
static bool find_article(page *p)
{
    int32_t best = 0;
    for (size_t from = 0, to; from < p->n; from = to) {
        to = from + 1;
        while (to < p->n && !opens_comments(p, to)) to++;
        size_t first, last;
        int32_t worth_of = best_stretch(p, from, to, &first, &last);
        if (worth_of <= best || best >= ASIDE_WORDS) continue;
        best = worth_of;
        p->first = first;
        p->last = last;
    }
    return best >= ARTICLE_WORDS;
}

// --- what is kept, and as what

static cq_block *keep(page *p, size_t i, cq_block_kind kind)
{
    p->s[i].keep = true;
    p->d->blocks.v[i].kind = kind;
    return &p->d->blocks.v[i];
}

static void keep_as_it_is(page *p, size_t i) { p->s[i].keep = true; }

static bool same(const page *p, size_t i, size_t k)
{
    return cq_str_eq(p->s[i].key, p->s[k].key);
}

static bool is_month(cq_str word)
{
    static const char *const MONTHS[] = {
        "janvier",   "fevrier", "mars",      "avril",    "juin",     "juillet",  "aout",
        "septembre", "octobre", "novembre",  "decembre", "janv",     "fevr",     "juil",
        "sept",      "nov",     "january",   "february", "march",    "april",    "june",
        "july",      "august",  "september", "october",  "november", "december", "mai"};
    return CQ_IN(MONTHS, word);
}

// How much of a date is there: a year, or a day and a month, tells a line of dates from
// a sentence; all three tell it from a headline.
static unsigned date_in(cq_str key)
{
    cq_str rest = key, word;
    unsigned found = 0, parts = 0; // of a day and a month, so far side by side
    while (cq_str_split(&rest, ' ', &word)) {
        bool year = word.n == 4 && (cq_str_starts(word, cq_str_of("19")) ||
                                    cq_str_starts(word, cq_str_of("20")));
        if (year) return parts == 2 ? 3 : found > 1 ? found : 1;
        size_t digits = 0;
        while (digits < word.n && cq_is_digit(word.p[word.n - 1 - digits])) digits++;
        if (parts && is_month(word)) {
            found = 2;
            parts = 2;
        } else if (digits == 1 || digits == 2) {
            parts = parts == 1 ? 2 : 1;
        } else {
            parts = 0;
        }
    }
    return found;
}

// How much a block before the article looks like its title; 0: not at all.
static unsigned title_score(const page *p, size_t i)
{
    enum { OUT = CQ_HINT_NAV | CQ_HINT_FOOTER | CQ_HINT_FORM | CQ_HINT_HEAD };
    const sign *s = &p->s[i];
    const cq_block *b = &p->d->blocks.v[i];
    if (s->words < 2 || s->words > HEADLINE_WORDS || s->cue != CUE_NONE) return 0;
    if (b->hints & OUT || (s->box & (BOX_FURNITURE | BOX_COMMENTS) && b->level != 1))
        return 0;
    if (b->kind == CQ_BLOCK_ALT_TEXT || b->kind == CQ_BLOCK_CAPTION) return 0;
    if (date_in(s->key) == 3 && b->level != 1) return 0;
    unsigned score = s->words >= 4 ? 2 : 1;
    if (is_heading(p, i)) score += b->level == 1 ? 8 : b->level == 2 ? 3 : 2;
    if (b->hints & CQ_HINT_BULLET) return 0;
    if (b->link_percent > 50 && !is_heading(p, i)) return 0;
    // It stands in the page's head, in the path to it, or under its picture again.
    cq_str title = key_of(p->d->arena, p->d->title);
    if (p->html && s->words >= 3 && cq_str_find(title, s->key) != SIZE_MAX) score += 4;
    size_t from = i > TITLE_BEFORE ? i - TITLE_BEFORE : 0;
    size_t to = p->last < i + TITLE_REACH ? p->last : i + TITLE_REACH;
    for (size_t k = from; k < to && s->words >= 3; k++) {
        if (k == i || cq_str_find(p->s[k].key, s->key) == SIZE_MAX) continue;
        score += 4;
        break;
    }
    return score;
}

static void find_title(page *p)
{
    unsigned best = 2;
    p->title = p->n;
    size_t reach = p->html ? TITLE_REACH : TITLE_BEFORE;
    size_t from = p->first < reach ? 0 : p->first - reach;
    for (size_t i = from; i < p->first + 3 && i < p->last; i++) { // the nearest of equals
        unsigned score = title_score(p, i);
        bool top = is_heading(p, i) && p->d->blocks.v[i].level == 1;
        if (i >= p->first && !top && score < TITLE_SURE) continue;
        if (score < best || !score) continue;
        best = score;
        p->title = i;
    }
    if (p->title == p->n) return;
    if (p->title >= p->first && p->s[p->first].words < SUBTITLE_WORDS)
        p->first = p->title + 1; // not a line over the title, but one beside it
    keep(p, p->title, CQ_BLOCK_TITLE);
    p->d->title = text_at(p, p->title);
}

// Where "Par Nom Nom" begins in a byline, past the "par"; SIZE_MAX: nowhere. The word may
// be glued to what stands before it ("Anne RoyPar Anne Roy").
static size_t author_start(cq_str text)
{
    static const char *const BY[] = {"Par ", "par ", "By ", "by ", "Von ", "de ", "PAR "};
    for (size_t k = 0; k < CQ_COUNT(BY); k++) {
        size_t at = cq_str_find(text, cq_str_of(BY[k]));
        if (at == SIZE_MAX) continue;
        if (at && cq_is_alpha(text.p[at - 1]) && !(BY[k][0] >= 'A' && BY[k][0] <= 'Z'))
            continue;
        size_t after = at + strlen(BY[k]), i = after;
        if (i < text.n && cq_is_upper(cq_utf8_next(text, &i))) return after;
    }
    return SIZE_MAX;
}

// The capitalised words at the start, "de" and the like between them.
static cq_str name_at(cq_str text)
{
    size_t end = 0, words = 0;
    for (size_t i = 0; i < text.n && words < 4;) {
        size_t start = i;
        uint32_t c = cq_utf8_next(text, &i);
        if (!cq_is_upper(c) &&
            !(words && cq_str_starts(cq_str_sub(text, start, text.n), cq_str_of("de "))))
            break;
        bool name = cq_is_upper(c);
        while (i < text.n) {
            size_t next = i;
            c = cq_utf8_next(text, &next);
            if (!cq_is_letter(c) && c != '-' && !cq_is_apostrophe(c)) break;
            i = next;
        }
        if (name) end = i;
        words++;
        if (i >= text.n || text.p[i] != ' ') break;
        i++;
    }
    return cq_str_sub(text, 0, end);
}

static bool looks_like_byline(const page *p, size_t i)
{
    const sign *s = &p->s[i];
    if (s->words < 1 || s->words > 18 || (s->sentence && s->words > 8)) return false;
    if (s->cue != CUE_NONE && s->cue != CUE_BIO) return false;
    if (p->d->blocks.v[i].hints & CQ_HINT_DATE || s->box & BOX_BYLINE) return true;
    return date_in(s->key) || author_start(text_at(p, i)) == 0;
}

static void keep_byline(page *p, size_t i)
{
    keep(p, i, CQ_BLOCK_BYLINE);
    cq_str text = text_at(p, i);
    size_t at = author_start(text);
    cq_str name = at == SIZE_MAX ? cq_str_of("") : name_at(cq_str_sub(text, at, text.n));
    if (name.n > 3 && !p->d->authors.n) *CQ_PUSH(p->d->arena, &p->d->authors) = name;
    if (name.n > 3 && !p->author.n) p->author = key_of(p->d->arena, name);
    if (p->d->published.n || !date_in(p->s[i].key)) return;
    // From the day's digits to the year's.
    size_t start = 0, end = text.n;
    while (start < text.n && !cq_is_digit(text.p[start])) start++;
    while (end > start && !cq_is_digit(text.p[end - 1])) end--;
    if (end - start <= 40) p->d->published = cq_str_sub(text, start, end);
}

// Entries of a table of contents are headings of the article.
static bool is_contents_entry(const page *p, size_t i)
{
    return p->s[i].heading && p->s[i].heading < p->last;
}

// Between title and text: byline, dates, the title again as a picture's text, a subtitle.
static void keep_head(page *p)
{
    bool subtitle = false;
    for (size_t i = p->title + 1; i < p->first; i++) {
        const sign *s = &p->s[i];
        cq_block *b = &p->d->blocks.v[i];
        bool caption = b->kind == CQ_BLOCK_CAPTION || b->kind == CQ_BLOCK_ALT_TEXT;
        if (same(p, i, p->title)) {
            keep(p, i, caption ? b->kind : CQ_BLOCK_CAPTION);
        } else if (is_contents_entry(p, i)) {
            keep(p, i, CQ_BLOCK_CONTENTS);
        } else if (b->hints &
                       (CQ_HINT_NAV | CQ_HINT_FORM | CQ_HINT_HIDDEN | CQ_HINT_ASIDE) ||
                   s->box & (BOX_FURNITURE | BOX_COMMENTS)) {
            continue;
        } else if (caption || s->box & BOX_CAPTION) {
            keep(p, i, caption ? b->kind : CQ_BLOCK_CAPTION);
        } else if (looks_like_byline(p, i)) {
            keep_byline(p, i);
        } else if (b->level > 1 && is_heading(p, i) && p->html && s->class == SHORT &&
                   p->s[i + 1].class >= NEAR_GOOD) {
            keep_as_it_is(p, i);
        } else if (s->cue == CUE_NONE && s->class >= SHORT && s->words >= 6 &&
                   (!subtitle || s->class >= NEAR_GOOD)) {
            keep(p, i, subtitle ? b->kind : CQ_BLOCK_SUBTITLE);
            subtitle = true;
        }
    }
}

// Short entries with nothing between them, in a list or under each other.
static bool in_menu_run(const page *p, size_t i)
{
    size_t n = 1;
    cq_document *d = p->d;
    for (size_t k = i; k > p->first && d->blocks.v[k - 1].kind == CQ_BLOCK_LIST_ITEM &&
                       p->s[k - 1].words <= 3 && !p->s[k - 1].sentence && n < MENU_RUN;
         k--)
        n++;
    for (size_t k = i + 1; k < p->last && d->blocks.v[k].kind == CQ_BLOCK_LIST_ITEM &&
                           p->s[k].words <= 3 && !p->s[k].sentence && n < MENU_RUN;
         k++)
        n++;
    return n >= MENU_RUN && d->blocks.v[i].link_percent >= 80;
}

// A cue with the headline in the same block: "Lire aussi : La mairie vend son toit".
static bool holds_related(const page *p, size_t i)
{
    const sign *s = &p->s[i];
    return s->cue == CUE_RELATED &&
           s->words >=
               words_of(key_of(p->d->arena, cq_str_sub(text_at(p, i), 0, s->cue_bytes))) +
                   3;
}

static bool can_be_headline(const page *p, size_t i)
{
    const cq_block *b = &p->d->blocks.v[i];
    const sign *s = &p->s[i];
    if (b->hints & (CQ_HINT_NAV | CQ_HINT_FORM | CQ_HINT_HIDDEN)) return false;
    if (s->box & (BOX_COMMENTS | BOX_FURNITURE) && !(s->box & BOX_RELATED)) return false;
    return is_headline(s) && s->chars <= 200 && !(s->sentence && s->words > 22);
}

// Headlines after a cue such as "Vous aimerez aussi", with dates and sections between
// them, up to what is none. Returns the first block that is not part of them.
static size_t keep_related(page *p, size_t i)
{
    size_t gap = 0, end = i + 1;
    bool pager = false,
         headings = false; // of a pager, one headline; of headings, only they
    for (size_t k = 0; k < CQ_COUNT(PAGERS); k++)
        pager |= cq_str_starts(p->s[i].key, cq_str_of(PAGERS[k]));
    for (size_t k = i + 1; k < p->n && gap < 3 && !(pager && k > i + 1); k++) {
        const sign *s = &p->s[k];
        if (s->cue != CUE_NONE && s->cue != CUE_CONTROL && !holds_related(p, k)) break;
        if (s->cue == CUE_CONTROL && s->words > 3) break;
        if (!p->html && k > i + 1 && p->d->blocks.v[k].hints & CQ_HINT_BLANK_BEFORE)
            break;
        bool other = headings && (!is_heading(p, k) || p->d->blocks.v[k].level !=
                                                           p->d->blocks.v[end - 1].level);
        if (holds_related(p, k) || (can_be_headline(p, k) && !other)) {
            headings |= p->html && is_heading(p, k);
            keep(p, k, CQ_BLOCK_RELATED_LINK);
            end = k + 1;
            gap = 0;
        } else {
            if (s->class >= NEAR_GOOD && s->words > 12) break;
            gap++;
        }
    }
    return end;
}

static bool is_bio(const page *p, size_t i)
{
    const sign *s = &p->s[i];
    if (s->words < BIO_WORDS_MIN || !s->sentence) return false;
    if (s->box & BOX_COMMENTS || p->d->blocks.v[i].link_percent > 60) return false;
    if (s->box & BOX_BIO) return true;
    return p->author.n && cq_str_starts(s->key, p->author);
}

// jusText's second step, for a short block inside the article: it belongs there unless
// it is like what stands in menus and between buttons.
static bool belongs(const page *p, size_t i)
{
    const sign *s = &p->s[i];
    const cq_block *b = &p->d->blocks.v[i];
    if (s->class >= NEAR_GOOD) return true;
    if (b->kind == CQ_BLOCK_CAPTION || b->kind == CQ_BLOCK_ALT_TEXT)
        return !(s->box & (BOX_FURNITURE | BOX_COMMENTS)) && s->words;
    if (s->class == BAD) {
        bool linked = s->words && s->cue == CUE_NONE && b->link_percent > LINKS_HIGH &&
                      !(s->box & (BOX_FURNITURE | BOX_COMMENTS)) &&
                      !(b->hints & (CQ_HINT_NAV | CQ_HINT_FORM | CQ_HINT_HIDDEN |
                                    CQ_HINT_FOOTER | CQ_HINT_ASIDE));
        if (!linked) // few function words, yet sentences: figures, names
            return s->cue == CUE_NONE && s->sentence && s->words >= SENTENCE_WORDS &&
                   !(s->box & (BOX_FURNITURE | BOX_COMMENTS)) &&
                   !(b->hints & (CQ_HINT_NAV | CQ_HINT_FORM | CQ_HINT_HIDDEN |
                                 CQ_HINT_FOOTER | CQ_HINT_ASIDE));
        return is_heading(p, i) || (s->words >= 3 && !in_menu_run(p, i));
    }
    if (p->author.n && cq_str_eq(s->key, p->author)) return false;
    bool again =
        (i > p->first && same(p, i, i - 1)) || (i + 1 < p->last && same(p, i, i + 1));
    if (again && s->words < 4) return false;
    return !in_menu_run(p, i);
}

// Lines of a dump between two blank ones are a panel when none is long and one is a
// button: "Vous aimez ce journal ?", "Soutenez-le", "Je m'abonne".
static bool in_panel(const page *p, size_t i)
{
    const cq_block *b = p->d->blocks.v;
    size_t from = i, to = i + 1;
    while (from > p->first && !(b[from].hints & CQ_HINT_BLANK_BEFORE)) {
        if (i - from-- > PANEL_LINES) return false;
    }
    while (to < p->n && !(b[to].hints & CQ_HINT_BLANK_BEFORE)) {
        if (to++ - from > PANEL_LINES) return false;
    }
    bool button = false, is_long = false;
    for (size_t k = from; k < to; k++) {
        button |= p->s[k].cue == CUE_CONTROL;
        is_long |= p->s[k].chars >= LENGTH_LOW || is_heading(p, k);
    }
    return button && !is_long && to - from <= PANEL_LINES;
}

static void keep_body(page *p)
{
    for (size_t i = p->first; i < p->last; i++) {
        const sign *s = &p->s[i];
        cq_block *b = &p->d->blocks.v[i];
        if (i == p->title) continue;
        if (s->keep) continue; // a headline after a cue
        if (!p->html && in_panel(p, i)) continue;
        if (holds_related(p, i)) {
            keep(p, i, CQ_BLOCK_RELATED_LINK);
        } else if (s->cue == CUE_RELATED || s->box & BOX_RELATED) {
            if (s->cue == CUE_NONE && can_be_headline(p, i))
                keep(p, i, CQ_BLOCK_RELATED_LINK);
            else if (s->cue == CUE_RELATED && s->words <= 6 && !is_heading(p, i))
                keep_related(p, i);
        } else if (is_contents_entry(p, i)) {
            keep(p, i, CQ_BLOCK_CONTENTS);
        } else if (is_bio(p, i)) {
            keep(p, i, CQ_BLOCK_BIO);
        } else if (s->box & BOX_BYLINE && s->class == SHORT && looks_like_byline(p, i)) {
            keep_byline(p, i);
        } else if (belongs(p, i)) {
            // A headline on its own that no text follows leads to another article.
            bool lost = !p->html && b->kind == CQ_BLOCK_HEADING && s->words >= 6 &&
                        i + 1 < p->last && is_heading(p, i + 1);
            if (lost || (b->link_percent > 90 && is_headline(s) && !is_heading(p, i) &&
                         b->kind == CQ_BLOCK_PARAGRAPH && !s->sentence))
                keep(p, i, CQ_BLOCK_RELATED_LINK);
            else
                keep_as_it_is(p, i);
        }
    }
}

// The innermost box around a block that has a name; 0: none.
static uint32_t named_box(const cq_document *d, const cq_block *b)
{
    uint32_t box = b->box;
    while (box && !d->boxes.v[box].marks.n) box = d->boxes.v[box].parent;
    return box;
}

// Of each box named like the one with most of the article, the words of its sentences;
// of all others 0. A thread has the answers in such boxes, below the first one's
// comments.
static uint32_t *words_of_alike(const page *p)
{
    const cq_document *d = p->d;
    uint32_t *words = CQ_NEWN(d->arena, uint32_t, d->boxes.n), body = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (p->s[i].class < NEAR_GOOD) continue;
        uint32_t box = named_box(d, &d->blocks.v[i]);
        words[box] += p->s[i].words;
        if (i >= p->first && i < p->last && words[box] > words[body]) body = box;
    }
    for (size_t k = 0; k < d->boxes.n; k++) {
        if (!body || k == body || !cq_str_eq(d->boxes.v[k].marks, d->boxes.v[body].marks))
            words[k] = 0;
    }
    return words;
}

// Below the article: the author's bio, and headlines that belong to it.
static void keep_tail(page *p)
{
    bool comments = false;
    const uint32_t *alike = words_of_alike(p);
    for (size_t i = p->last; i < p->n; i++) {
        const sign *s = &p->s[i];
        unsigned hints = p->d->blocks.v[i].hints;
        comments |= opens_comments(p, i);
        if (s->keep) continue;
        if (s->cue == CUE_LATEST && !p->html) return;
        if (comments && s->class >= SHORT &&
            alike[named_box(p->d, &p->d->blocks.v[i])] >= SAME_BOX_WORDS) {
            keep_as_it_is(p, i);
        } else if (!comments && is_bio(p, i)) {
            keep(p, i, CQ_BLOCK_BIO);
        } else if (hints & (CQ_HINT_NAV | CQ_HINT_FORM | CQ_HINT_HIDDEN) &&
                   !(s->box & BOX_RELATED)) {
            continue;
        } else if (holds_related(p, i) && !comments) {
            keep(p, i, CQ_BLOCK_RELATED_LINK);
        } else if (s->cue == CUE_RELATED && s->words <= 8) {
            keep_related(p, i);
        } else if (s->box & BOX_RELATED && can_be_headline(p, i)) {
            keep(p, i, CQ_BLOCK_RELATED_LINK);
        }
    }
}

// In one box, or in two side by side (paragraphs, list items).
static bool beside(const cq_document *d, const cq_block *b, const cq_block *other)
{
    if (b->box == other->box) return true;
    const cq_box *box = &d->boxes.v[b->box], *next = &d->boxes.v[other->box];
    return box->parent == next->parent && cq_str_eq(box->tag, next->tag);
}

// A heading or lines right before the first sentence that belong to it.
static void extend(page *p)
{
    while (p->last < p->n) { // the last sentences of a list, a quotation's author
        const sign *s = &p->s[p->last];
        const cq_block *b = &p->d->blocks.v[p->last], *before = b - 1;
        bool list = b->kind == CQ_BLOCK_LIST_ITEM && before->kind == CQ_BLOCK_LIST_ITEM &&
                    beside(p->d, b, before) && s->class != BAD;
        bool caption = (b->kind == CQ_BLOCK_CAPTION || b->kind == CQ_BLOCK_ALT_TEXT) &&
                       s->words && !(s->box & (BOX_FURNITURE | BOX_COMMENTS));
        // "À la semaine prochaine, / Gaspard"
        bool close = p->html && beside(p->d, b, before) && s->class == SHORT &&
                     b->kind == CQ_BLOCK_PARAGRAPH && !b->link_percent;
        if (!list && !caption && !close) break;
        p->last++;
    }
    while (p->first) {
        const sign *s = &p->s[p->first - 1];
        const cq_block *b = &p->d->blocks.v[p->first - 1];
        bool heading =
            is_heading(p, p->first - 1) && b->level > 1 && p->html && s->class == SHORT;
        if (!heading) break;
        p->first--;
    }
}

// --- what is left out

// From the start of a line's markup to the end of it, but not into what is kept: what
// lies between two blocks that are left out is left out with them.
static void list_skipped(page *p)
{
    cq_document *d = p->d;
    cq_str file = d->source;
    for (size_t i = 0; i < p->n;) {
        if (p->s[i].keep) {
            i++;
            continue;
        }
        size_t to = i;
        uint32_t start = d->blocks.v[i].source.start, end = d->blocks.v[i].source.end;
        while (to < p->n && !p->s[to].keep) {
            cq_block *b = &d->blocks.v[to++];
            b->skip = CQ_SKIP_FURNITURE;
            if (b->source.start < start) start = b->source.start;
            if (b->source.end > end) end = b->source.end;
        }
        uint32_t low = i ? d->blocks.v[i - 1].source.end : 0;
        uint32_t high = to < p->n ? d->blocks.v[to].source.start : (uint32_t)file.n;
        while (start > low && file.p[start - 1] != '\n') start--;
        while (end < high && file.p[end] != '\n') end++;
        cq_document_skip(d, (cq_span){start, end}, CQ_SKIP_FURNITURE);
        i = to;
    }
    cq_document_sort_skipped(d);
}

static void read_signs(page *p)
{
    for (size_t i = 0; i < p->n; i++) {
        sign *s = &p->s[i];
        cq_str text = text_at(p, i);
        cq_word_counts counts = cq_language_count(text);
        s->key = key_of(p->d->arena, text);
        s->chars = (uint32_t)cq_utf8_count(text);
        s->words = counts.words;
        s->function_words = counts.function_words;
        s->sentence = ends_sentence(text);
        find_cue(s, text, is_heading(p, i));
    }
    cq_map headings;
    cq_map_init(&headings, p->d->arena);
    for (size_t i = p->n; i-- > 0;) {
        bool fresh = false;
        if (is_heading(p, i)) {
            uint32_t *at = cq_map_put(&headings, p->s[i].key, &fresh);
            if (fresh) *at = (uint32_t)i;
        } else if (p->s[i].words) {
            const uint32_t *at = cq_map_get(&headings, p->s[i].key);
            p->s[i].heading = at ? *at : 0;
        }
    }
}

void cq_furniture_mark(cq_document *d)
{
    page p = {.d = d, .n = d->blocks.n, .html = strcmp(d->format, "html") == 0};
    if (!p.n || (!p.html && strcmp(d->format, "page-dump") != 0)) return;
    p.s = CQ_NEWN(d->arena, sign, p.n);
    read_signs(&p);
    find_boxes(&p);
    for (size_t i = 0; i < p.n; i++)
        p.s[i].class = classify(&p, &p.s[i], &d->blocks.v[i]);
    if (!find_article(&p)) return;
    extend(&p);
    find_title(&p);
    keep_head(&p);
    keep_body(&p);
    keep_tail(&p);
    list_skipped(&p);
}
