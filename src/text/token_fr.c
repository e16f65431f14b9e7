// French words: elision, inversion, hyphens, and what an apostrophe or a point within a
// word means. What UD French does is done here too, but for two things: "l'on" is two
// tokens, and times (20h45) are one.
//
//   l'industrie       l' + industrie                 aujourd'hui, quelqu'un   one
//   dit-il            dit + -il                      celui-ci, rendez-vous    one
//   a-t-il            a + -t-il                      ce jour-là               jour + -là
//   donne-le-moi      donne + -le + -moi             donne-m'en      donne + -m' + en
//   conducteursl'industrie (two words glued)         conducteursl' + industrie
#include "text/scan.h"

typedef struct {
    const char *p;
    uint8_t kind;
} known_piece;

static bool is_any(const unsigned char *p, size_t n, const char *const *list,
                   size_t list_n)
{
    for (size_t i = 0; i < list_n; i++) {
        if (cq_spells(p, n, list[i])) return true;
    }
    return false;
}
#define IS_ANY(p, n, list) is_any((p), (n), (list), CQ_COUNT(list))

// ---- words that begin sentences

// Function words, lower case. A capital on them after a point means a new sentence, not a
// name.
static const char *const STARTERS[] = {
    "ai",       "ainsi",        "alors",   "après",     "au",        "aucun",
    "aucune",   "aussi",        "autant",  "aux",       "avant",     "avec",
    "bien",     "bref",         "c",       "ce",        "ceci",      "cela",
    "celle",    "celles",       "celui",   "cependant", "certains",  "certes",
    "ces",      "cet",          "cette",   "ceux",      "chaque",    "chez",
    "comme",    "comment",      "contre",  "d",         "dans",      "de",
    "depuis",   "dernièrement", "des",     "donc",      "du",        "durant",
    "elle",     "elles",        "en",      "enfin",     "ensuite",   "entre",
    "est",      "et",           "face",    "grâce",     "hier",      "ici",
    "il",       "ils",          "j",       "jamais",    "je",        "jusqu",
    "l",        "la",           "le",      "les",       "leur",      "leurs",
    "lors",     "lorsqu",       "lorsque", "lui",       "ma",        "mais",
    "malgré",   "mes",          "moi",     "mon",       "même",      "n",
    "ne",       "ni",           "nos",     "notre",     "nous",      "néanmoins",
    "on",       "or",           "ou",      "où",        "par",       "parmi",
    "pas",      "pendant",      "peu",     "plus",      "plusieurs", "pour",
    "pourquoi", "pourtant",     "puis",    "puisque",   "qu",        "quand",
    "quant",    "que",          "quel",    "quelle",    "quelles",   "quels",
    "quelques", "qui",          "rien",    "s",         "sa",        "sans",
    "se",       "selon",        "ses",     "seul",      "seule",     "si",
    "sinon",    "son",          "sous",    "suite",     "sur",       "surtout",
    "ta",       "tandis",       "tes",     "ton",       "tous",      "tout",
    "toute",    "toutefois",    "toutes",  "tu",        "un",        "une",
    "vers",     "voici",        "voilà",   "vos",       "votre",     "vous",
    "à",
};

static bool starter(cq_str word)
{
    char key[16];
    if (word.n && word.p[word.n - 1] == '\'') word.n--;
    if (word.n > 3 && memcmp(word.p + word.n - 3, "\xe2\x80\x99", 3) == 0) word.n -= 3;
    cq_str folded = cq_fold_into(key, sizeof key, word);
    for (size_t i = 0; folded.p && i < CQ_COUNT(STARTERS); i++) {
        if (cq_str_is(folded, STARTERS[i])) return true;
    }
    return false;
}

// ---- apostrophes

typedef enum { STOPS, JOINS, SPLITS } verdict;

// Whole words that begin like an elision and are none; compared as prefixes.
static const char *const WHOLE[] = {"c'est-à-dire", "l'oréal", "m'sieur", "m'dame"};

static bool vowel_or_h(const unsigned char *p)
{
    static const char *const HIGH[] = {
        "à", "â", "ä", "é", "è", "ê", "ë", "î", "ï", "ô", "ö", "û", "ù", "ü", "œ", "æ",
        "À", "Â", "Ä", "É", "È", "Ê", "Ë", "Î", "Ï", "Ô", "Ö", "Û", "Ù", "Ü", "Œ", "Æ"};
    if (p[0] < 0x80) return p[0] && strchr("aeiouyhAEIOUYH", p[0]) != NULL;
    for (size_t i = 0; i < CQ_COUNT(HIGH); i++) {
        if (memcmp(p, HIGH[i], 2) == 0) return true;
    }
    return false;
}

static bool is_clitic(const unsigned char *p, size_t n)
{
    static const char *const LONG[] = {"qu",     "jusqu", "lorsqu", "puisqu",
                                       "quoiqu", "ç",     "Ç"};
    if (n == 1) return p[0] && strchr("cdjlmnstyCDJLMNSTY", p[0]) != NULL;
    return IS_ANY(p, n, LONG);
}

// Two words glued by a lost space: "conducteursl'industrie". Small letters throughout,
// the last one or two those of an elision, a vowel behind.
static bool is_glued(const unsigned char *p, size_t n, const unsigned char *next)
{
    static const char *const NOT[] = {"aujourd", "prud", "quelqu", "presqu"};
    if (n < 4 || !strchr("cdjlmnst", p[n - 1])) {
        if (n < 5 || memcmp(p + n - 2, "qu", 2) != 0) return false;
    }
    if (!vowel_or_h(next) || cq_letter_is_upper(next) || cq_letter_is_upper(p)) {
        return false;
    }
    return !IS_ANY(p, n, NOT);
}

static bool whole_word(const cq_scan *s)
{
    for (size_t i = 0; i < CQ_COUNT(WHOLE); i++) {
        size_t n = strlen(WHOLE[i]), left = s->end - s->at;
        for (size_t wide = 0; wide <= 2; wide += 2) { // the apostrophe of three bytes
            if (n + wide <= left && cq_spells(s->p + s->at, n + wide, WHOLE[i])) {
                return !cq_letter(s->p + s->at + n + wide);
            }
        }
    }
    return false;
}

// The apostrophe at i, `next` behind it; `piece` is where the letters before it begin
// (after a hyphen or an apostrophe that joins).
static verdict apostrophe(const cq_scan *s, uint32_t piece, uint32_t i, uint32_t next)
{
    const unsigned char *p = s->p;
    bool letter = cq_letter(p + next);
    if (piece == s->at && is_clitic(p + piece, i - piece)) {
        if (!letter) { // l'« oasis », or a space too many; but 'l' is a quoted letter
            const cq_token *t =
                s->tokens.n > s->block_first ? &s->tokens.v[s->tokens.n - 1] : NULL;
            bool quoted_letter =
                t && !s->space && t->mark == CQ_MARK_QUOTE && cq_apostrophe(p + t->start);
            return quoted_letter ? STOPS : SPLITS;
        }
        if (whole_word(s)) return JOINS;
        if (cq_letter_is_upper(p + piece) && cq_letter_is_upper(p + next) &&
            !vowel_or_h(p + next)) {
            return JOINS; // N'Djamena
        }
        return SPLITS;
    }
    if (!letter) return STOPS;
    return is_glued(p + piece, i - piece, p + next) ? SPLITS : JOINS;
}

// ---- hyphens

enum { SUBJECT3 = 1, SUBJECT, OBJECT, DEICTIC };
static const known_piece CLITICS[] = {
    {"il", SUBJECT3},    {"elle", SUBJECT3}, {"on", SUBJECT3}, {"ils", SUBJECT3},
    {"elles", SUBJECT3}, {"je", SUBJECT},    {"tu", SUBJECT},  {"nous", SUBJECT},
    {"vous", SUBJECT},   {"ce", SUBJECT},    {"le", OBJECT},   {"la", OBJECT},
    {"les", OBJECT},     {"lui", OBJECT},    {"leur", OBJECT}, {"moi", OBJECT},
    {"toi", OBJECT},     {"y", OBJECT},      {"en", OBJECT},   {"ci", DEICTIC},
    {"là", DEICTIC},
};

// Words that end like an inversion and are none.
static const char *const HYPHENED[] = {
    "rendez-vous", "garde-à-vous", "chez-moi", "chez-nous",  "chez-vous", "chez-lui",
    "celui-ci",    "celle-ci",     "ceux-ci",  "celles-ci",  "celui-là",  "celle-là",
    "ceux-là",     "celles-là",    "au-delà",  "par-delà",   "deçà-delà", "jusque-là",
    "par-là",      "par-ci",       "là-là",    "tra-la-la",  "oh-la-la",  "ouh-la-la",
    "add-on",      "plug-in",      "sub-en",   "entre-nous", "delà",      "vis-à-vous",
    "m'as-tu",     "comme-ci",     "ceci-là",  "celui-la",   "ex-elle",   "cui-là",
};

static uint8_t clitic_kind(const unsigned char *p, size_t n)
{
    if (n == 0 || n > 5) return 0;
    for (size_t i = 0; i < CQ_COUNT(CLITICS); i++) {
        if (cq_spells(p, n, CLITICS[i].p)) return CLITICS[i].kind;
    }
    if (n == 3 && memcmp(p, "L\xc3\x80", 3) == 0) return DEICTIC; // LÀ
    return 0;
}

// The start of the piece that ends at `end`: the last hyphen in [start, end), or `end`.
static uint32_t last_hyphen(const unsigned char *p, uint32_t start, uint32_t end)
{
    for (uint32_t i = end; i-- > start;) {
        if (cq_hyphen(p + i)) return i;
    }
    return end;
}

static bool has_hyphen(const unsigned char *p, uint32_t start, uint32_t end)
{
    return last_hyphen(p, start, end) != end;
}

// May this verb form stand before that subject? Third persons end in t or d (or have
// -t-), first and second ones in their own letters; an imperative takes any object.
static bool hosts(const unsigned char *p, uint32_t start, uint32_t end, uint8_t kind,
                  const unsigned char *clitic)
{
    unsigned char c = (unsigned char)cq_lower((char)p[end - 1]);
    if (end - start < 1 || has_hyphen(p, start, end)) return kind == DEICTIC;
    switch (kind) {
    case SUBJECT3:
        return c == 't' || c == 'd' || p[end - 1] == 'T';
    case SUBJECT:
        if ((clitic[0] | 32) == 't') return c == 's' || c == 'x';
        if ((clitic[0] | 32) == 'c') return c == 't';
        if ((clitic[0] | 32) == 'j')
            return c == 'e' || c == 's' || c == 'x' || c == 'i' || c >= 0x80;
        return true;
    default:
        return true;
    }
}

// Emits [s->at, end), a word with hyphens, cutting off clitics at its end.
static void emit_hyphened(cq_scan *s, uint32_t end, unsigned flags)
{
    enum { CLITICS_MAX = 3 };
    const unsigned char *p = s->p;
    uint32_t cuts[CLITICS_MAX], head = end;
    unsigned n = 0;
    bool upper = flags & CQ_TOKEN_UPPER, t_form = false;
    const cq_token *before =
        s->tokens.n > s->block_first ? &s->tokens.v[s->tokens.n - 1] : NULL;
    bool name = flags & CQ_TOKEN_CAPITAL && !upper && before &&
                (before->kind == CQ_TOKEN_WORD || before->kind == CQ_TOKEN_NUMBER) &&
                !(before->flags & CQ_TOKEN_ELIDED);
    if (IS_ANY(p + s->at, end - s->at, HYPHENED)) head = s->at;
    while (head > s->at && n < CLITICS_MAX && !t_form) {
        uint32_t h = last_hyphen(p, s->at, head);
        if (h == head || h == s->at) break;
        uint32_t piece = h + cq_hyphen(p + h);
        uint8_t kind = clitic_kind(p + piece, head - piece);
        // t'il for t-il
        if (!kind && (p[piece] | 32) == 't' && cq_apostrophe(p + piece + 1)) {
            uint32_t rest = piece + 1 + cq_apostrophe(p + piece + 1);
            kind = clitic_kind(p + rest, head - rest);
            t_form = kind == SUBJECT3;
            if (!t_form) break;
        }
        if (!kind || cq_letter_is_upper(p + piece) != upper) break;
        uint32_t cut = h;
        if (kind == SUBJECT3 || kind == OBJECT) { // a-t-il, va-t-en
            uint32_t t = last_hyphen(p, s->at, h);
            if (t != h && t > s->at && h - t == 1 + cq_hyphen(p + t) &&
                (p[h - 1] | 32) == 't') {
                t_form = true;
                cut = t;
            }
        }
        if (!t_form && n && kind != OBJECT && kind != SUBJECT) break;
        bool more = !t_form && kind == OBJECT && has_hyphen(p, s->at, cut);
        if (!t_form && !more && !hosts(p, s->at, cut, kind, p + piece)) break;
        if (name && !t_form) break; // Kim Jong-il
        cuts[n++] = cut;
        head = cut;
        if (kind == DEICTIC || kind == SUBJECT3) break;
    }
    // "Bar-le" keeps its hyphen: objects leave a head without one.
    if (n && !t_form && has_hyphen(p, s->at, head)) {
        uint32_t piece = cuts[0] + cq_hyphen(p + cuts[0]);
        if (n > 1 || clitic_kind(p + piece, end - piece) != DEICTIC) n = 0;
    }
    if (!n) {
        cq_emit(s, end, CQ_TOKEN_WORD, flags, CQ_MARK_NONE);
        return;
    }
    cq_emit(s, cuts[n - 1], CQ_TOKEN_WORD, cq_case_flags(p, s->at, cuts[n - 1]),
            CQ_MARK_NONE);
    while (n-- > 0) {
        uint32_t to = n ? cuts[n - 1] : end;
        cq_emit(s, to, CQ_TOKEN_WORD, CQ_TOKEN_INVERTED | cq_case_flags(p, s->at, to),
                CQ_MARK_NONE);
    }
}

// ---- words that begin with digits

// 1er 2e 3ème 2nd 1ers, and times: 10h, 10h30, 7h44.
static bool is_number_form(const unsigned char *p, uint32_t start, uint32_t end)
{
    static const char *const ORDINAL[] = {
        "er", "ers", "re",  "res",  "e", "es", "ème", "èmes", "ère", "ères", "eme",
        "nd", "nde", "nds", "ndes", "d", "de", "ᵉ",   "ᵉʳ",   "ᵉʳˢ", "ᵉˢ"};
    uint32_t i = start;
    while (cq_digit(p[i])) i++;
    if (i == end || IS_ANY(p + i, end - i, ORDINAL)) return true;
    if ((p[i] | 32) != 'h' || i - start > 2) return false;
    uint32_t minutes = i + 1;
    while (cq_digit(p[minutes])) minutes++;
    return minutes == end && (minutes == i + 1 || minutes == i + 3);
}

static void emit_word(cq_scan *s, uint32_t end, bool hyphens)
{
    const unsigned char *p = s->p;
    unsigned flags = cq_case_flags(p, s->at, end);
    if (hyphens) {
        emit_hyphened(s, end, flags);
        return;
    }
    bool number = cq_digit(p[s->at]) && is_number_form(p, s->at, end);
    if (number) flags = 0;
    cq_emit(s, end, number ? CQ_TOKEN_NUMBER : CQ_TOKEN_WORD, flags, CQ_MARK_NONE);
}

// ---- joints other than apostrophe, hyphen and point

// Where a word that has come to `i` goes on: R&D, C++, C#, n°, km/h, étudiant·e·s; or i.
static uint32_t odd_joint(const cq_scan *s, uint32_t i)
{
    const unsigned char *p = s->p;
    bool one = i - s->at == 1, upper = CQ_CHARS[p[i - 1]] & CQ_C_UPPER;
    if (p[i] == '&' && upper && CQ_CHARS[p[i + 1]] & CQ_C_UPPER) {
        return cq_letters_end(p, i + 1);
    }
    if (p[i] == '+' && p[i + 1] == '+' && one && upper) return i + 2;
    if (p[i] == '#' && one && upper && !cq_letter(p + i + 1)) return i + 1;
    if (p[i] == 0xc2 && p[i + 1] == 0xb0 && one && (p[s->at] | 32) == 'n') return i + 2;
    if (p[i] == '/' && p[i + 1] == 'h' && !cq_letter(p + i + 2) &&
        cq_spells(p + s->at, i - s->at, "km")) {
        return i + 2;
    }
    if (p[i] == 0xc2 && p[i + 1] == 0xb7 && cq_letter(p + i + 2) && !cq_digit(p[i + 2])) {
        return cq_letters_end(p, i + 2);
    }
    return i;
}

// Inclusive writing with points: étudiant.e.s, tou.te.s. Returns its end or i.
static uint32_t inclusive_end(const cq_scan *s, uint32_t i)
{
    static const char *const ENDINGS[] = {
        "e",     "es",     "s",    "ne",    "nes", "te",  "tes", "rice", "rices",
        "trice", "trices", "euse", "euses", "ve",  "ves", "ère", "ères"};
    const unsigned char *p = s->p;
    uint32_t good = i;
    if (i - s->at < 3 || cq_letter_is_upper(p + s->at)) return i;
    for (uint32_t j = i; p[j] == '.';) {
        uint32_t from = j + 1;
        j = cq_letters_end(p, from);
        if (!IS_ANY(p + from, j - from, ENDINGS)) break;
        good = j;
    }
    return good;
}

static void word(cq_scan *s)
{
    const unsigned char *p = s->p;
    uint32_t piece = s->at, i = cq_letters_end(p, s->at);
    bool hyphens = false;
    for (;;) {
        unsigned n;
        if ((n = cq_apostrophe(p + i)) != 0) {
            verdict v = apostrophe(s, piece, i, i + n);
            if (v == SPLITS) {
                unsigned flags = cq_case_flags(p, s->at, i) | CQ_TOKEN_ELIDED;
                cq_emit(s, i + n, CQ_TOKEN_WORD, flags, CQ_MARK_NONE);
                return;
            }
            if (v == STOPS) break;
            // donne-m'en: the pronoun is cut off, its apostrophe ends it
            bool pronoun =
                hyphens && i - piece == 1 && (p[piece] == 'm' || p[piece] == 't') &&
                ((p[i + n] == 'e' && p[i + n + 1] == 'n') || p[i + n] == 'y') &&
                !cq_letter(p + i + n + (p[i + n] == 'y' ? 1 : 2)) &&
                !cq_letter_is_upper(p + s->at);
            if (pronoun) {
                uint32_t cut = last_hyphen(p, s->at, piece);
                cq_emit(s, cut, CQ_TOKEN_WORD, cq_case_flags(p, s->at, cut),
                        CQ_MARK_NONE);
                cq_emit(s, i + n, CQ_TOKEN_WORD, CQ_TOKEN_INVERTED | CQ_TOKEN_ELIDED,
                        CQ_MARK_NONE);
                return;
            }
            piece = i + n;
            i = cq_letters_end(p, piece);
            continue;
        }
        if ((n = cq_hyphen(p + i)) != 0 && cq_letter(p + i + n)) {
            hyphens = true;
            piece = i + n;
            i = cq_letters_end(p, piece);
            continue;
        }
        if (p[i] == '.' || p[i] == ':' || p[i] == '@' || p[i] == '_') {
            uint32_t end = cq_address_end(s, i);
            if (end) {
                cq_emit(s, end, CQ_TOKEN_URL, 0, CQ_MARK_NONE);
                return;
            }
        }
        if (p[i] == '.') {
            cq_mark mark;
            uint32_t end = cq_abbreviation_end(s, i, &mark);
            if (end) {
                unsigned flags = cq_case_flags(p, s->at, end) | CQ_TOKEN_ABBREVIATION;
                cq_emit(s, end, CQ_TOKEN_WORD, flags, mark);
                return;
            }
            if ((end = inclusive_end(s, i)) > i) {
                i = end;
                continue;
            }
        }
        uint32_t on = odd_joint(s, i);
        if (on == i) break;
        i = on;
    }
    emit_word(s, i, hyphens);
}

static const cq_scan_language FRENCH = {word, CQ_ABBREVIATIONS_FR, 0, starter};

void cq_tokenize_fr(cq_arena *a, const cq_document *d, size_t first, size_t last,
                    cq_passage *out)
{
    cq_scan_language french = FRENCH;
    french.abbreviations_n = CQ_ABBREVIATIONS_FR_N;
    cq_tokenize(a, d, first, last, &french, out);
}
