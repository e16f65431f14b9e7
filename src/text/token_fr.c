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
    return folded.p && CQ_IN(STARTERS, folded);
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

typedef enum { NO_CLITIC, SUBJECT3, SUBJECT, OBJECT, DEICTIC } clitic;

static const struct {
    const char *text;
    clitic kind;
} CLITICS[] = {
    {"il", SUBJECT3},    {"elle", SUBJECT3}, {"on", SUBJECT3}, {"ils", SUBJECT3},
    {"elles", SUBJECT3}, {"je", SUBJECT},    {"tu", SUBJECT},  {"nous", SUBJECT},
    {"vous", SUBJECT},   {"ce", SUBJECT},    {"le", OBJECT},   {"la", OBJECT},
    {"les", OBJECT},     {"lui", OBJECT},    {"leur", OBJECT}, {"moi", OBJECT},
    {"toi", OBJECT},     {"y", OBJECT},      {"en", OBJECT},   {"ci", DEICTIC},
    {"là", DEICTIC},     {"lÀ", DEICTIC}, // accents are compared exactly
};
enum { CLITICS_MAX = 3 }; // donne-nous-les-y is no French

// Words that end like an inversion and are none.
static const char *const HYPHENED[] = {
    "add-on",    "au-delà",     "celle-ci",  "celle-là",  "celles-ci",  "celles-là",
    "celui-ci",  "celui-là",    "ceux-ci",   "ceux-là",   "chez-lui",   "chez-moi",
    "chez-nous", "chez-vous",   "comme-ci",  "deçà-delà", "entre-nous", "garde-à-vous",
    "jusque-là", "là-là",       "oh-la-la",  "ouh-la-la", "par-ci",     "par-delà",
    "par-là",    "rendez-vous", "tra-la-la",
};

static clitic clitic_kind(const unsigned char *p, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < CQ_COUNT(CLITICS); i++) {
        if (cq_spells(p + from, to - from, CLITICS[i].text)) return CLITICS[i].kind;
    }
    return NO_CLITIC;
}

// The last hyphen in [start, end), or `end`.
static uint32_t last_hyphen(const unsigned char *p, uint32_t start, uint32_t end)
{
    for (uint32_t i = end; i-- > start;) {
        if (cq_hyphen(p + i)) return i;
    }
    return end;
}

// Where -t-il, -t'il, -t-en begins at the end of [start, end), or `end`.
static uint32_t euphonic_cut(const unsigned char *p, uint32_t start, uint32_t end)
{
    uint32_t joint = end - 1;
    while (joint > start && !cq_hyphen(p + joint) && !cq_apostrophe(p + joint)) joint--;
    unsigned n = cq_hyphen(p + joint) ? cq_hyphen(p + joint) : cq_apostrophe(p + joint);
    if (joint < start + 3 || (p[joint - 1] | 32) != 't') return end;
    clitic kind = clitic_kind(p, joint + n, end);
    bool away =
        cq_hyphen(p + joint) && (cq_spells(p + joint + n, end - joint - n, "en") ||
                                 cq_spells(p + joint + n, end - joint - n, "y"));
    if (kind != SUBJECT3 && !away) return end;
    uint32_t cut = last_hyphen(p, start, joint);
    return cut < joint && cut > start && cut + cq_hyphen(p + cut) + 1 == joint ? cut
                                                                               : end;
}

// May a verb that ends in `last` stand before this subject? Third persons end in t or d
// (or have -t-), the first and second in their own letters; nous and vous may also be
// objects of an imperative.
static bool agrees(unsigned char last, clitic kind, unsigned char subject)
{
    last |= 32;
    subject |= 32;
    if (kind == SUBJECT3) return last == 't' || last == 'd';
    if (subject == 't') return last == 's' || last == 'x';
    if (subject == 'c') return last == 't';
    if (subject == 'j') return strchr("aeisx", last) || last >= 0x80; // ai-je, dussé-je
    return true;
}

// Where the clitics at the end of a hyphened word begin, last first; their number.
static unsigned find_cuts(const unsigned char *p, uint32_t start, uint32_t end,
                          bool upper, bool name, uint32_t cuts[CLITICS_MAX])
{
    if (IS_ANY(p + start, end - start, HYPHENED)) return 0;
    cuts[0] = euphonic_cut(p, start, end);
    if (cuts[0] != end) return 1;
    unsigned n = 0;
    for (uint32_t head = end; n < CLITICS_MAX; head = cuts[n - 1]) {
        uint32_t cut = last_hyphen(p, start, head);
        if (cut == head) return n; // all that follows the verb are clitics
        uint32_t piece = cut + cq_hyphen(p + cut);
        clitic kind = clitic_kind(p, piece, head);
        if (cut == start || !kind || cq_letter_is_upper(p + piece) != upper) return 0;
        cuts[n++] = cut;
        if (kind == DEICTIC) return n == 1; // ce week-end-là
        if (name) return 0;                 // Kim Jong-il
        if (kind == OBJECT || last_hyphen(p, start, cut) != cut) continue;
        if (!agrees(p[cut - 1], kind, p[piece])) return 0;
    }
    return 0;
}

// Emits [s->at, end), a word with hyphens, cutting off clitics at its end.
static void emit_hyphened(cq_scan *s, uint32_t end, unsigned flags)
{
    const unsigned char *p = s->p;
    const cq_token *before =
        s->tokens.n > s->block_first ? &s->tokens.v[s->tokens.n - 1] : NULL;
    bool upper = flags & CQ_TOKEN_UPPER;
    bool within = before && !(before->flags & CQ_TOKEN_ELIDED) &&
                  (before->kind == CQ_TOKEN_WORD || before->kind == CQ_TOKEN_NUMBER);
    uint32_t cuts[CLITICS_MAX];
    unsigned n = find_cuts(p, s->at, end, upper,
                           within && flags & CQ_TOKEN_CAPITAL && !upper, cuts);
    uint32_t head = n ? cuts[n - 1] : end;
    cq_emit(s, head, CQ_TOKEN_WORD, cq_case_flags(p, s->at, head), CQ_MARK_NONE);
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

static void emit_word(cq_scan *s, uint32_t end, bool hyphens, bool name)
{
    const unsigned char *p = s->p;
    unsigned flags = cq_case_flags(p, s->at, end);
    if (hyphens) {
        emit_hyphened(s, end, flags);
        return;
    }
    if (name && !(flags & CQ_TOKEN_UPPER)) flags |= CQ_TOKEN_NAME;
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

// donne-m'en, va-t'y: the hyphen of the pronoun [piece, i) before its apostrophe, or 0.
static uint32_t elided_pronoun(const cq_scan *s, uint32_t piece, uint32_t i,
                               uint32_t next)
{
    const unsigned char *p = s->p;
    if (i - piece != 1 || (p[piece] != 'm' && p[piece] != 't')) return 0;
    uint32_t end = cq_letters_end(p, next);
    bool object =
        cq_spells(p + next, end - next, "en") || cq_spells(p + next, end - next, "y");
    return object ? last_hyphen(p, s->at, piece) : 0;
}

static void word(cq_scan *s)
{
    const unsigned char *p = s->p;
    uint32_t piece = s->at, i = cq_letters_end(p, s->at);
    bool hyphens = false, name = false;
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
            uint32_t cut = hyphens ? elided_pronoun(s, piece, i, i + n) : 0;
            if (cut) {
                cq_emit(s, cut, CQ_TOKEN_WORD, cq_case_flags(p, s->at, cut),
                        CQ_MARK_NONE);
                cq_emit(s, i + n, CQ_TOKEN_WORD, CQ_TOKEN_INVERTED | CQ_TOKEN_ELIDED,
                        CQ_MARK_NONE);
                return;
            }
            piece = i + n; // O'Brien, L'Oréal
            name = cq_letter_is_upper(p + s->at) && cq_letter_is_upper(p + piece);
            i = cq_letters_end(p, piece);
            continue;
        }
        if ((n = cq_hyphen(p + i)) != 0 && cq_letter(p + i + n)) {
            hyphens = true;
            piece = i + n;
            i = cq_letters_end(p, piece);
            continue;
        }
        if (cq_take_address(s, i) || cq_take_abbreviation(s, i)) return;
        uint32_t on = inclusive_end(s, i);
        if (on == i) on = odd_joint(s, i);
        if (on == i) break;
        i = on;
    }
    emit_word(s, i, hyphens, name);
}

void cq_tokenize_fr(cq_arena *a, const cq_document *d, size_t first, size_t last,
                    cq_passage *out)
{
    const cq_scan_language french = {word, CQ_ABBREVIATIONS_FR, CQ_ABBREVIATIONS_FR_N,
                                     starter};
    cq_tokenize(a, d, first, last, &french, out);
}
