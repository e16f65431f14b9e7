// Languages by function words, letters and endings.
#include "text/language.h"

#include "base/utf8.h"
#include "text/language_words.h"

enum {
    LANGUAGES = 8,
    WORD_MAX = 40,        // bytes of a word that are looked at
    ENDING_MIN = 5,       // letters of a word whose ending tells something
    SCAN_BYTES = 4000,    // of a text: more says nothing new
    LEAD_EARLY = 16,      // over every other: the text's beginning is enough
    LEAD_SURE = 8,        // over the next, to call a text a language at all
    LEAD_FOREIGN = 30,    // over the document's language, to leave a block out
    FOREIGN_RATIO = 3,    // and so many times its evidence
    WORDS_ENOUGH = 40,    // of a document, to miss its language's function words
    OTHER_SCRIPT = 0x370, // from here on no letters of ours, but for U+1E00 and U+FB00
};

// ORDER: FR, EN, ... in language_words.h
static const char CODES[LANGUAGES][3] = {"fr", "en", "de", "es", "it", "pt", "nl", "ca"};

// A word of one language alone weighs 8, of two 4, of four 1.
static const uint8_t WEIGHT[LANGUAGES + 1] = {0, 8, 4, 2, 1, 1, 0, 0, 0};

// Letters that few of the languages write, by code point.
static const struct {
    uint16_t letter;
    uint8_t languages;
} LETTERS[] = {
    {0xa1, ES},      {0xb7, CA},      {0xbf, ES},      {0xdf, DE},
    {0xe2, FR | PT}, {0xe3, PT},      {0xe4, DE},      {0xe8, FR | IT | CA},
    {0xea, FR | PT}, {0xec, IT},      {0xee, FR},      {0xf1, ES},
    {0xf2, IT | CA}, {0xf4, FR | PT}, {0xf5, PT},      {0xf6, DE | NL},
    {0xf9, FR | IT}, {0xfb, FR},      {0xfc, DE | NL}, {0x153, FR},
};

typedef struct {
    uint32_t score[LANGUAGES];
    uint32_t latin, other; // letters
    cq_word_counts counts;
} evidence;

static int compare_word(const char *row, cq_str w)
{
    int c = (unsigned char)row[0] - (unsigned char)w.p[0]; // settles most
    if (c == 0) c = memcmp(row, w.p, w.n);
    return c ? c : row[w.n] != '\0';
}

static uint8_t languages_of(cq_str w)
{
    if (w.n >= sizeof WORDS[0].word) return 0;
    size_t lo = 0, hi = CQ_COUNT(WORDS);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = compare_word(WORDS[mid].word, w);
        if (c == 0) return WORDS[mid].languages;
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return 0;
}

static uint8_t languages_of_ending(cq_str w)
{
    size_t best = 0;
    uint8_t found = 0;
    for (size_t i = 0; i < CQ_COUNT(ENDINGS); i++) {
        cq_str e = {ENDINGS[i].ending, ENDINGS[i].n};
        if (e.p[e.n - 1] != w.p[w.n - 1] || e.n <= best || !cq_str_ends(w, e)) continue;
        best = e.n;
        found = ENDINGS[i].languages;
    }
    return found;
}

static void vote(evidence *e, uint8_t languages, unsigned divisor)
{
    unsigned weight = WEIGHT[__builtin_popcount(languages)] / divisor;
    for (size_t k = 0; k < LANGUAGES; k++) {
        if (languages >> k & 1) e->score[k] += weight;
    }
}

static void count_letter(evidence *e, uint32_t c)
{
    bool latin = c < OTHER_SCRIPT || (c >= 0x1e00 && c < 0x1f00) ||
                 (c >= 0xfb00 && c < 0xfb07) || (c >= 0x2000 && c < 0x2c00);
    e->latin += latin;
    e->other += !latin;
    if (c < 0x80) return;
    for (size_t i = 0; i < CQ_COUNT(LETTERS); i++) {
        if (LETTERS[i].letter == c) vote(e, LETTERS[i].languages, 4);
    }
}

static void count_word(evidence *e, cq_str w, size_t letters, bool elided)
{
    e->counts.words++;
    uint8_t languages = languages_of(w);
    if (!languages && elided) languages = languages_of(cq_str_sub(w, 0, w.n - 1));
    if (languages) {
        e->counts.function_words++;
        vote(e, languages, 1);
    } else if (letters >= ENDING_MIN) {
        vote(e, languages_of_ending(w), 2);
    }
}

// The leading language and by how much; LANGUAGES: no evidence.
static size_t leader(const evidence *e, uint32_t *lead)
{
    size_t best = 0;
    uint32_t second = 0;
    for (size_t k = 1; k < LANGUAGES; k++) {
        if (e->score[k] > e->score[best]) best = k;
    }
    for (size_t k = 0; k < LANGUAGES; k++) {
        if (k != best && e->score[k] > second) second = e->score[k];
    }
    *lead = e->score[best] - second;
    return e->score[best] ? best : LANGUAGES;
}

// Reads a text word by word, in lower case; stops early once `expected` leads clearly
// (LANGUAGES: never).
static void weigh(evidence *e, cq_str s, size_t expected)
{
    size_t limit = s.n < SCAN_BYTES ? s.n : SCAN_BYTES;
    for (size_t i = 0; i < limit;) {
        char word[WORD_MAX + 8];
        size_t n = 0, letters = 0;
        bool elided = false, code = false; // with digits: a key, a version, a name
        while (i < s.n) {
            unsigned char plain = (unsigned char)cq_lower(s.p[i]);
            if (plain >= 'a' && plain <= 'z') { // most of all letters
                letters++;
                e->latin++;
                if (n < WORD_MAX) word[n++] = (char)plain;
                i++;
                continue;
            }
            uint32_t c = cq_utf8_next(s, &i);
            if (cq_is_apostrophe(c) && n) {
                if (n < WORD_MAX) word[n++] = '\'';
                elided = true;
                break;
            }
            code |= cq_is_number(c) || c == '_';
            if (!cq_is_letter(c) && !cq_is_number(c) && c != '_') break;
            letters++;
            c = cq_to_lower(c);
            count_letter(e, c);
            if (n < WORD_MAX) n += cq_utf8_put(word + n, c);
        }
        if (!n || code) continue;
        count_word(e, (cq_str){word, n}, letters, elided);
        if (expected == LANGUAGES || e->score[expected] < LEAD_EARLY) continue;
        uint32_t lead;
        if (leader(e, &lead) == expected && lead >= LEAD_EARLY) return;
    }
}

static cq_language decide(const evidence *e)
{
    cq_language l = {"", 0};
    if (e->other > e->latin) {
        memcpy(l.code, "xx", sizeof l.code);
        l.lead = 8 * (e->other - e->latin);
        return l;
    }
    uint32_t lead;
    size_t best = leader(e, &lead);
    if (best == LANGUAGES || lead < LEAD_SURE) return l;
    memcpy(l.code, CODES[best], sizeof l.code);
    l.lead = lead;
    return l;
}

cq_language cq_language_identify(cq_str text)
{
    evidence e = {0};
    weigh(&e, text, LANGUAGES);
    return decide(&e);
}

cq_word_counts cq_language_count(cq_str text)
{
    evidence e = {0};
    weigh(&e, text, LANGUAGES);
    return e.counts;
}

static size_t index_of(const char *code)
{
    size_t k = 0;
    while (k < LANGUAGES && strcmp(CODES[k], code) != 0) k++;
    return k;
}

// Surely in another language than the target, not merely full of names or quotations.
static bool is_foreign(const evidence *e, size_t target)
{
    if (e->other > 2 * e->latin) return e->other >= 12;
    uint32_t lead, own = target < LANGUAGES ? e->score[target] : 0;
    size_t best = leader(e, &lead);
    if (best == LANGUAGES || best == target) return false;
    return lead >= LEAD_SURE && e->score[best] >= own + LEAD_FOREIGN &&
           e->score[best] >= FOREIGN_RATIO * own;
}

bool cq_language_mark(cq_document *d, const char *target)
{
    size_t wanted = index_of(target);
    uint64_t bytes_of[LANGUAGES + 1] = {0}, foreign = 0; // by language; last: "xx"
    uint64_t bytes = 0, words = 0, points[LANGUAGES + 1] = {0};
    bool *away = CQ_NEWN(d->arena, bool, d->blocks.n);
    for (size_t i = 0; i < d->blocks.n; i++) {
        cq_block *b = &d->blocks.v[i];
        if (b->skip) continue;
        cq_str text = cq_str_sub(d->text, b->text.start, b->text.end);
        evidence e = {0};
        weigh(&e, text, wanted);
        cq_language l = decide(&e);
        memcpy(b->language, l.code, sizeof l.code);
        away[i] = is_foreign(&e, wanted);
        if (away[i]) foreign += text.n;
        bytes += text.n;
        words += e.counts.words;
        for (size_t k = 0; k < LANGUAGES; k++) points[k] += e.score[k];
        if (l.code[0]) bytes_of[index_of(l.code)] += text.n; // "xx" is past the last
    }
    size_t best = wanted;
    for (size_t k = 0; k <= LANGUAGES; k++) {
        if (bytes_of[k] > bytes_of[best]) best = k;
    }
    const char *code = best < LANGUAGES ? CODES[best] : "xx";
    memcpy(d->language, bytes_of[best] ? code : "", bytes_of[best] ? 3 : 1);
    // One that we do not know, in Latin letters: hardly any function word (French
    // and its neighbours have one to four points a word).
    bool none =
        words >= WORDS_ENOUGH && points[best] < words && bytes_of[wanted] * 4 < bytes;
    if (none) memcpy(d->language, "xx", sizeof d->language);
    // An article with some paragraphs of the target is checked all the same.
    if (none || (best != wanted && bytes_of[wanted] * 4 < bytes_of[best])) return false;
    if (!foreign) return true;
    for (size_t i = 0; i < d->blocks.n; i++) {
        if (!away[i]) continue;
        d->blocks.v[i].skip = CQ_SKIP_LANGUAGE;
        cq_document_skip(d, d->blocks.v[i].source, CQ_SKIP_LANGUAGE);
    }
    cq_document_sort_skipped(d);
    return true;
}
