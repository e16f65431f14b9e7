// "Getting started - Part 2" rendered "Mise en route-Partie 2": engines take the blanks
// off a dash, and what it parts becomes one compound. Dashes of linked sentences are
// counted; where the French has fewer, a hyphen between words that make no compound is
// what is left of one.
#include "checks/source_dashes.h"

#include "base/utf8.h"

enum {
    PART_MIN = 2,   // bytes on either side: "e-mail", "x-y"
    HYPHENS_MAX = 8 // of a sentence; more are a list of codes
};

static const float SURE = 0.5f;

static bool is_letter(char c) { return cq_is_alpha(c) || (unsigned char)c >= 0x80; }

static bool is_blank_before(cq_str s, size_t at)
{
    static const char *const BLANKS[] = {" ", "\xC2\xA0", "\xE2\x80\xAF"};
    cq_str before = cq_str_sub(s, 0, at);
    for (size_t i = 0; i < CQ_COUNT(BLANKS); i++) {
        if (cq_str_ends(before, cq_str_of(BLANKS[i]))) return true;
    }
    return false;
}

// How wide the dash at `at` is: 0, none.
static size_t dash_at(cq_str s, size_t at)
{
    static const char *const DASHES[] = {"-", "–", "—"};
    cq_str rest = cq_str_sub(s, at, s.n);
    for (size_t i = 0; i < CQ_COUNT(DASHES); i++) {
        if (cq_str_starts(rest, cq_str_of(DASHES[i]))) return strlen(DASHES[i]);
    }
    return 0;
}

// Dashes with a blank before them, between words.
static size_t count_dashes(cq_str s)
{
    size_t n = 0;
    for (size_t i = 1; i < s.n; i++) {
        size_t wide = dash_at(s, i);
        if (!wide || !is_blank_before(s, i)) continue;
        bool ends = i + wide >= s.n, minus = !ends && cq_is_digit(s.p[i + wide]);
        bool again = !ends && dash_at(s, i + wide) != 0; // "--flag"
        bool arrow = !ends && s.p[i + wide] == '>';
        if (!ends && !minus && !again && !arrow) n++;
    }
    return n;
}

// Bytes of the word or number that ends at `at`, without what is elided before it.
static size_t left_of(cq_str s, size_t at)
{
    size_t n = 0;
    while (n < at && (is_letter(s.p[at - n - 1]) || cq_is_digit(s.p[at - n - 1])) &&
           !cq_str_ends(cq_str_sub(s, 0, at - n), cq_str_of("’")))
        n++;
    return n;
}

static size_t right_of(cq_str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && (is_letter(s.p[at + n]) || cq_is_digit(s.p[at + n]))) n++;
    return n;
}

static bool joins(cq_str part)
{
    static const char *const PREFIXES[] = {
        "multi", "sous",   "non",   "auto",  "pré",   "anti",  "ex",    "mi",    "demi",
        "semi",  "co",     "inter", "intra", "micro", "mini",  "hors",  "après", "avant",
        "sur",   "quasi",  "pro",   "post",  "méga",  "super", "ultra", "extra", "néo",
        "vice",  "contre", "en",    "e",     "re",    "peut",  "bien",  "là",    "ci",
        "x",     "y",      "z",     "t",     "rez",   "vis",   "entre", "plus",  "moins"};
    static const char *const TAILS[] = {
        "je", "tu",   "il",    "elle", "on", "nous", "vous", "ils", "elles", "ce",
        "ci", "là",   "moi",   "toi",  "le", "la",   "les",  "lui", "leur",  "y",
        "en", "même", "mêmes", "t",    "né", "née",  "clé",  "clés"};
    for (size_t i = 0; i < CQ_COUNT(PREFIXES); i++) {
        if (cq_str_ieq(part, PREFIXES[i])) return true;
    }
    return CQ_IN(TAILS, part);
}

static bool is_number(cq_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!cq_is_digit(s.p[i])) return false;
    }
    return true;
}

static bool is_known_token(const cq_passage *p, const cq_sentence *s, uint32_t at)
{
    for (size_t i = s->first; i < s->last; i++) {
        const cq_token *t = &p->tokens[i];
        if (t->start > at || t->end <= at) continue;
        return t->flags & CQ_TOKEN_KNOWN || t->kind == CQ_TOKEN_URL;
    }
    return false;
}

// Is the same compound in the source ("Wi-Fi", "C-3PO")?
static bool is_in(cq_str source, cq_str word)
{
    return cq_str_find(source, word) != SIZE_MAX;
}

static size_t count_hyphens(cq_str s)
{
    size_t n = 0;
    for (size_t i = 1; i + 1 < s.n; i++)
        n += s.p[i] == '-' && cq_is_alpha(s.p[i - 1]) && cq_is_alpha(s.p[i + 1]);
    return n;
}

static void report(cq_check_run *run, const cq_passage *p, cq_span word, uint32_t hyphen)
{
    cq_spot at = cq_spot_of_text(p, word.start, word.end);
    cq_hit *h = cq_hit_add(run, cq_str_of("source/dash"), at);
    h->category = cq_str_of("design-and-markup/markup");
    h->severity = CQ_MINOR;
    h->confidence = CQ_HIGH;
    h->message = cq_str_of(
        cq_say(run, "Le tiret a perdu ses espaces.", "The dash has lost its spaces."));
    cq_str text = p->doc->text;
    cq_str left = cq_str_sub(text, word.start, hyphen);
    cq_str right = cq_str_sub(text, hyphen + 1, word.end);
    cq_hit_fix_add(run, h, word.start, word.end,
                   cq_strf(run->arena, "%.*s – %.*s", CQ_PRI(left), CQ_PRI(right)));
}

static void look_at(cq_check_run *run, const cq_passage *p, const cq_sentence *s,
                    cq_str english)
{
    uint32_t begin = p->tokens[s->first].start, end = p->tokens[s->last - 1].end;
    cq_str french = cq_str_sub(p->doc->text, begin, end);
    size_t dashes = count_dashes(english), kept = count_dashes(french), found = 0;
    if (dashes <= kept) return;
    cq_span words[HYPHENS_MAX];
    uint32_t hyphens[HYPHENS_MAX];
    for (size_t i = 1; i + 1 < french.n; i++) {
        if (french.p[i] != '-') continue;
        size_t l = left_of(french, i), r = right_of(french, i + 1);
        cq_str left = cq_str_sub(french, i - l, i),
               right = cq_str_sub(french, i + 1, i + 1 + r);
        bool chain = i - l > 0 && french.p[i - l - 1] == '-';
        if (!l || !r || (l < PART_MIN && !cq_is_digit(left.p[0])) ||
            (r < PART_MIN && !cq_is_digit(right.p[0])))
            continue;
        if ((is_number(left) && is_number(right)) || joins(right) ||
            (!chain && joins(left)))
            continue;
        if (is_known_token(p, s, begin + (uint32_t)i) ||
            is_in(english, cq_str_sub(french, i - l, i + 1 + r)))
            continue;
        if (found == HYPHENS_MAX) return;
        words[found] =
            (cq_span){begin + (uint32_t)(i - l), begin + (uint32_t)(i + 1 + r)};
        hyphens[found++] = begin + (uint32_t)i;
    }
    // "Asia-Pacific" is a compound of both.
    if (!found || found > dashes - kept || count_hyphens(english) >= found) return;
    for (size_t i = 0; i < found; i++) report(run, p, words[i], hyphens[i]);
}

void cq_source_dashes_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    if (!run->pair) return;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *s = &p->sentences[k];
        cq_aligned at;
        if (!cq_pair_of_sentence(run->pair, p, s, &at) || at.confidence < SURE ||
            at.target_last - at.target_first != 1)
            continue;
        const cq_passage *e = &run->pair->english;
        look_at(run, p, s,
                cq_str_sub(e->doc->text, e->tokens[at.first_token].start,
                           e->tokens[at.last_token - 1].end));
    }
}
