// French typography, after the Imprimerie nationale's "Lexique des règles
// typographiques": what engines and keyboards leave of English. Goes through the bytes of
// each block and looks closely at those in AT; words are then asked about their capitals.
#include "checks/typography.h"

#include "base/utf8.h"

#define NBSP "\u00a0"
#define NARROW "\u202f"

// Matters of style: writing them the plain way throughout is a choice, which only
// --style strict reports; writing them now so, now so is an error.
typedef enum { ALWAYS, APOSTROPHES, MARKS, SPACES, DASHES, STYLES } style;

// How often the article writes the French form and the plain one.
typedef struct {
    uint32_t french, plain;
} habit;

typedef struct {
    cq_check_run *run;
    const cq_passage *p;
    cq_str text;         // of the document
    size_t from, to;     // the block
    unsigned guillemets; // « opened and not yet closed
    bool english_open;   // a straight or English quotation mark is open
    const habit *habits; // by style
} scan;

// --- characters around a place; 0 outside the block

static uint32_t before(const scan *s, size_t i)
{
    return i > s->from ? cq_utf8_prev(s->text, &i) : 0;
}

static uint32_t here(const scan *s, size_t i)
{
    return i < s->to ? cq_utf8_next(s->text, &i) : 0;
}

static size_t next_of(const scan *s, size_t i)
{
    if (i < s->to) cq_utf8_next(s->text, &i);
    return i;
}

static size_t previous_of(const scan *s, size_t i)
{
    if (i > s->from) cq_utf8_prev(s->text, &i);
    return i;
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

static bool ends_word(uint32_t c) // what may stand before a high mark
{
    return (cq_is_letter(c) && c < 0x250) || is_digit(c) || c == ')' || c == ']' ||
           c == 0xbb || c == '%' || c == 0x20ac || c == 0x2019 || c == 0x2026 ||
           c == 0xfffc || c == 0xb0;
}

// --- reporting

typedef struct {
    const char *rule, *category;
    cq_confidence confidence;
    const char *fr, *en;
    style style;
} kind;

#define TYPOGRAPHY "linguistic-conventions/typography"

static const kind APOSTROPHE = {
    "typography/apostrophe",
    TYPOGRAPHY,
    CQ_HIGH,
    "Apostrophe droite : l’apostrophe typographique est « ’ ».",
    "Straight apostrophe: the typographic one is “’”.",
    APOSTROPHES};
static const kind QUOTES = {"typography/quotation-marks",
                            TYPOGRAPHY,
                            CQ_HIGH,
                            "Le français emploie les guillemets « … ».",
                            "French uses the quotation marks « … ».",
                            MARKS};
static const kind OPENING = {"typography/quotation-marks",
                             TYPOGRAPHY,
                             CQ_HIGH,
                             "Guillemet ouvrant là où un fermant est attendu.",
                             "An opening quotation mark where a closing one is due.",
                             ALWAYS};
static const kind MISSING = {"typography/space-missing",
                             TYPOGRAPHY,
                             CQ_HIGH,
                             "Il manque une espace insécable.",
                             "A no-break space is missing.",
                             ALWAYS};
static const kind BREAKABLE = {"typography/no-break-space",
                               TYPOGRAPHY,
                               CQ_HIGH,
                               "L’espace doit être insécable.",
                               "The space should be a no-break one.",
                               SPACES};
static const kind EXTRA = {"typography/space-extra",
                           TYPOGRAPHY,
                           CQ_HIGH,
                           "Il n’y a pas d’espace à cet endroit.",
                           "There is no space here.",
                           ALWAYS};
static const kind DASH = {"typography/dash",
                          TYPOGRAPHY,
                          CQ_MEDIUM,
                          "Un tiret (–) est attendu, non un trait d’union.",
                          "A dash (–) is due, not a hyphen.",
                          DASHES};
static const kind UNIT = {
    "typography/unit",
    TYPOGRAPHY,
    CQ_HIGH,
    "Le nombre et l’unité sont séparés, l’exposant est en exposant.",
    "Number and unit are apart, the exponent is raised.",
    ALWAYS};
static const kind CAPITAL = {"typography/accented-capital",
                             TYPOGRAPHY,
                             CQ_HIGH,
                             "La majuscule prend l’accent.",
                             "The capital letter takes its accent.",
                             ALWAYS};
static const kind FIRST_DAY = {"typography/first-of-month",
                               "locale-conventions/date-format",
                               CQ_HIGH,
                               "Le premier du mois s’écrit « 1er ».",
                               "The first of a month is written “1er”.",
                               ALWAYS};
static const kind THOUSANDS = {"typography/thousands",
                               "locale-conventions/number-format",
                               CQ_HIGH,
                               "Les milliers sont séparés par une espace insécable.",
                               "Thousands are parted by a no-break space.",
                               ALWAYS};
// 25 000 with a plain space; 25,000 is wrong in any style.
static const kind GROUPING = {"typography/thousands",
                              "locale-conventions/number-format",
                              CQ_HIGH,
                              "Les milliers sont séparés par une espace insécable.",
                              "Thousands are parted by a no-break space.",
                              SPACES};
static const kind DECIMAL = {"typography/decimal-point",
                             "locale-conventions/number-format",
                             CQ_HIGH,
                             "Le séparateur décimal est la virgule.",
                             "The decimal mark is a comma.",
                             ALWAYS};
static const kind CURRENCY = {"typography/currency",
                              "locale-conventions/currency-format",
                              CQ_HIGH,
                              "Le symbole monétaire suit le nombre.",
                              "The currency symbol follows the number.",
                              ALWAYS};
static const kind CALENDAR = {"typography/calendar-capital",
                              "linguistic-conventions/casing",
                              CQ_HIGH,
                              "Les jours et les mois prennent la minuscule.",
                              "Days and months take no capital.",
                              ALWAYS};
static const kind TITLE_CASE = {
    "typography/title-case",
    "linguistic-conventions/casing",
    CQ_MEDIUM,
    "Majuscules à l’anglaise : un titre français n’en prend qu’au "
    "premier mot et aux noms propres.",
    "English title case: a French title capitalises its first "
    "word and names only.",
    ALWAYS};
static const kind MISTER = {"typography/mister",
                            TYPOGRAPHY,
                            CQ_HIGH,
                            "« Monsieur » s’abrège « M. ».",
                            "“Monsieur” is abbreviated “M.”.",
                            ALWAYS};

static const kind UNCLOSED = {"typography/unclosed-quotation",
                              TYPOGRAPHY,
                              CQ_MEDIUM,
                              "Guillemet ouvert, jamais fermé.",
                              "Opened and never closed.",
                              ALWAYS};

// Is this to be reported in this article?
static bool matters(const scan *s, const kind *k)
{
    enum { MIXED_PERCENT = 10 }; // of the French form, from which on it is a habit
    const habit *h = &s->habits[k->style];
    const char *asked = s->run->options->style;
    if (k->style == ALWAYS || (asked && strcmp(asked, "strict") == 0)) return true;
    return h->french && h->french * 100 >= (h->french + h->plain) * MIXED_PERCENT;
}

static cq_hit *report(const scan *s, const kind *k, size_t start, size_t end, cq_str fix)
{
    cq_spot at = cq_spot_of_text(s->p, (uint32_t)start, (uint32_t)end);
    cq_hit *h = cq_hit_add(s->run, cq_str_of(k->rule), at);
    h->category = cq_str_of(k->category);
    h->severity = CQ_MINOR;
    h->confidence = k->confidence;
    h->message = cq_str_of(cq_say(s->run, k->fr, k->en));
    h->safe = k->confidence == CQ_HIGH;
    h->priority = -1; // what is said of the words goes first
    if (fix.p) cq_hit_fix_add(s->run, h, (uint32_t)start, (uint32_t)end, fix);
    return h;
}

// --- marks

// l'Europe. With the word before it, so that a reader sees where.
static void apostrophe(scan *s, size_t i)
{
    if (!matters(s, &APOSTROPHE)) return;
    if (!cq_is_letter(before(s, i)) || !cq_is_letter(here(s, i + 1))) {
        // l' « Europe »
        bool elision = cq_is_letter(before(s, i)) && here(s, i + 1) == 0xab;
        if (!elision) return;
    }
    size_t start = i;
    while (start > s->from && cq_is_letter(before(s, start)))
        start = previous_of(s, start);
    cq_str word = cq_str_sub(s->text, start, i);
    report(s, &APOSTROPHE, start, i + 1,
           cq_strf(s->run->arena, "%.*s\u2019", CQ_PRI(word)));
}

static bool opens(const scan *s, size_t i, size_t end)
{
    uint32_t b = before(s, i), a = here(s, end);
    bool left = !b || cq_is_blank(b) || b == '(' || b == '[' || b == '\'' ||
                b == 0x2019 || b == 0xab || b == 0x2014 || b == 0x2013;
    bool right = a && !cq_is_blank(a) && a != ')' && a != '.' && a != ',';
    return left && right;
}

// "mot": the pair is told apart by what stands around it.
static void straight_quote(scan *s, size_t i)
{
    uint32_t b = before(s, i);
    if (!s->english_open && is_digit(b)) return; // 5" is a measure
    bool open = opens(s, i, i + 1);
    if (open == s->english_open) return; // does not pair
    s->english_open = open;
    if (matters(s, &QUOTES))
        report(s, &QUOTES, i, i + 1, cq_str_of(open ? "«" NBSP : NBSP "»"));
}

static void english_quote(scan *s, size_t i)
{
    uint32_t c = here(s, i);
    if (s->guillemets || !matters(s, &QUOTES)) return; // the second level
    if (c == 0x201c || c == 0x201e) {
        s->english_open = true;
        report(s, &QUOTES, i, i + 3, cq_str_of("«" NBSP));
    } else if (c == 0x201d && s->english_open) {
        s->english_open = false;
        report(s, &QUOTES, i, i + 3, cq_str_of(NBSP "»"));
    }
}

static void ellipsis(scan *s, size_t i) // Mistral …
{
    size_t blank = previous_of(s, i);
    uint32_t after = here(s, i + 3);
    if (before(s, i) != ' ' || !cq_is_letter(before(s, blank))) return;
    if (after && !cq_is_blank(after) && after != 0xbb) return;
    report(s, &EXTRA, blank, i + 3, cq_str_of("…"));
}

static void three_bytes(scan *s, size_t i)
{
    uint32_t c = here(s, i);
    if (c == 0x2026) ellipsis(s, i);
    if (c >= 0x201c && c <= 0x201e) english_quote(s, i);
}

// What stands before ; : ! ? » %: nothing, a space that breaks, or the right one.
static void space_before(scan *s, size_t i, size_t end, const char *space)
{
    uint32_t b = before(s, i);
    cq_str mark = cq_str_sub(s->text, i, end);
    if (b == ' ') {
        size_t blank = previous_of(s, i);
        if (!ends_word(before(s, blank)) || !matters(s, &BREAKABLE)) return;
        report(s, &BREAKABLE, blank, end,
               cq_strf(s->run->arena, "%s%.*s", space, CQ_PRI(mark)));
    } else if (ends_word(b)) {
        size_t start = i;
        while (start > s->from &&
               (cq_is_letter(before(s, start)) || is_digit(before(s, start))))
            start = previous_of(s, start);
        cq_str word = cq_str_sub(s->text, start, i);
        report(s, &MISSING, start, end,
               cq_strf(s->run->arena, "%.*s%s%.*s", CQ_PRI(word), space, CQ_PRI(mark)));
    }
}

static bool spaces_high_marks(const scan *s)
{
    const char *region = s->run->region;
    return !region || (strcmp(region, "fr-CA") != 0 && strcmp(region, "fr-CH") != 0);
}

// ; ! ? in words ("what?"), not in addresses, smileys, or "(?)".
static void high_mark(scan *s, size_t i)
{
    uint32_t after = here(s, i + 1);
    bool ends = !after || cq_is_blank(after) || after == ')' || after == 0xbb ||
                after == '"' || after == 0x201d || after == '?' || after == '!' ||
                after == 0xfffc;
    if (!ends || !spaces_high_marks(s)) return;
    space_before(s, i, i + 1, NARROW);
}

static void colon(scan *s, size_t i) // not 10:30, a::b, C:\, :)
{
    uint32_t after = here(s, i + 1);
    bool ends = !after || cq_is_blank(after) || after == 0xab;
    if (!ends || before(s, i) == ':') return;
    space_before(s, i, i + 1, NBSP);
}

static void percent(scan *s, size_t i)
{
    uint32_t b = before(s, i);
    size_t blank = b == ' ' ? previous_of(s, i) : i;
    if (is_digit(before(s, blank)) && !cq_is_letter(here(s, i + 1)))
        space_before(s, i, i + 1, NBSP);
}

// « and » (two bytes each, the first shared with the no-break space).
static void guillemet(scan *s, size_t i)
{
    uint32_t c = here(s, i);
    uint32_t after = here(s, i + 2);
    if (c == 0xab) {
        s->guillemets++;
        size_t mark = i + 2;
        while (cq_is_blank(here(s, mark))) mark = next_of(s, mark);
        if (here(s, mark) == ',' || here(s, mark) == '.') { // accès « ,
            report(s, &OPENING, i, i + 2, (cq_str){0});
            return;
        }
        if (after == ' ') {
            if (matters(s, &BREAKABLE))
                report(s, &BREAKABLE, i, i + 3, cq_str_of("«" NBSP));
        } else if (after && !cq_is_blank(after)) {
            size_t end = next_of(s, i + 2);
            while (end < s->to && cq_is_letter(here(s, end))) end = next_of(s, end);
            report(s, &MISSING, i, end,
                   cq_strf(s->run->arena, "«" NBSP "%.*s",
                           CQ_PRI(cq_str_sub(s->text, i + 2, end))));
        }
    } else if (c == 0xbb) {
        if (s->guillemets) s->guillemets--;
        if (before(s, i) == '.' || before(s, i) == '!' || before(s, i) == '?')
            report(s, &MISSING, previous_of(s, i), i + 2,
                   cq_strf(s->run->arena, "%.*s" NBSP "»",
                           CQ_PRI(cq_str_sub(s->text, previous_of(s, i), i))));
        else
            space_before(s, i, i + 2, NBSP);
    }
}

// A space before a comma, a full stop or a closing bracket.
static void low_mark(scan *s, size_t i)
{
    if (before(s, i) != ' ') return;
    size_t blank = previous_of(s, i);
    uint32_t left = before(s, blank), after = here(s, i + 1);
    bool ends = !after || cq_is_blank(after) || (s->text.p[i] == ')' && after != '(');
    if (!ends || !(cq_is_letter(left) || left == ')' || left == 0xbb)) return;
    report(s, &EXTRA, blank, i + 1, cq_str_sub(s->text, i, i + 1));
}

static size_t digits_before(const scan *s, size_t i)
{
    size_t n = 0;
    while (i > s->from + n && is_digit((unsigned char)s->text.p[i - n - 1])) n++;
    return n;
}

static size_t digits_after(const scan *s, size_t i)
{
    size_t n = 0;
    while (i + n < s->to && is_digit((unsigned char)s->text.p[i + n])) n++;
    return n;
}

// Is this followed by what is counted or measured? Then a point is no section number.
static bool measures(const scan *s, size_t i)
{
    static const char *const UNITS[] = {
        "%",     "million",   "milliard", "billion", "point", "euro", "dollar", "livre",
        "yen",   "€",         "$",        "£",       "degré", "°",    "km",     "kg",
        "mètre", "kilomètre", "litre",    "tonne",   "heure", "mile", "pouce",  "fois",
        "Go",    "Mo",        "GHz",      "MHz",     "mm",    "cm",   "m ",     "an",
    };
    while (i < s->to && cq_is_blank(here(s, i))) i = next_of(s, i);
    cq_str rest = cq_str_sub(s->text, i, s->to);
    for (size_t k = 0; k < CQ_COUNT(UNITS); k++) {
        if (cq_str_starts(rest, cq_str_of(UNITS[k]))) return true;
    }
    return false;
}

// [start, end) with every separator between digits replaced.
static cq_str with_separator(const scan *s, size_t start, size_t end,
                             const char *separator)
{
    cq_str mark = cq_str_of(separator);
    char *out = cq_alloc(s->run->arena, (end - start) * mark.n);
    size_t n = 0;
    for (size_t i = start; i < end; i++) {
        bool digit = is_digit((unsigned char)s->text.p[i]);
        cq_str piece = digit ? cq_str_sub(s->text, i, i + 1) : mark;
        memcpy(out + n, piece.p, piece.n);
        n += piece.n;
    }
    return (cq_str){out, n};
}

// 3.5 % and 2.1 millions, but not 2.1.3, nor version 2.1.
static void point(scan *s, size_t i)
{
    size_t left = digits_before(s, i), right = digits_after(s, i + 1);
    if (!left || !right) {
        low_mark(s, i);
        return;
    }
    size_t start = i - left, end = i + 1 + right;
    uint32_t b = before(s, start), after = here(s, end);
    if (b == '.' || b == ',' || cq_is_letter(b) || after == '.' || !measures(s, end))
        return;
    report(s, &DECIMAL, start, end, with_separator(s, start, end, ","));
}

// 25,000 is a thousand in English; 3,125 may be a fraction where nothing is counted in
// thousands, so the group of three must follow one to three digits and not begin with 0.
static void comma(scan *s, size_t i)
{
    size_t left = digits_before(s, i), right = digits_after(s, i + 1);
    if (!left || right != 3 || left > 3 || s->text.p[i - left] == '0') {
        low_mark(s, i);
        return;
    }
    size_t start = i - left, end = i + 4;
    uint32_t b = before(s, start), after = here(s, end);
    bool more = after == ',' && digits_after(s, end + 1) == 3;
    bool round = cq_str_is(cq_str_sub(s->text, i + 1, end), "000") || left > 1 || more;
    if (b == '.' || b == ',' || is_digit(b) || !round || (after == ',' && !more)) return;
    if (measures(s, end) && !cq_str_is(cq_str_sub(s->text, i + 1, end), "000") && !more)
        return; // 12,345 km
    while (here(s, end) == ',' && digits_after(s, end + 1) == 3) end += 4;
    report(s, &THOUSANDS, start, end, with_separator(s, start, end, NARROW));
}

static bool is_month(cq_str word);

// l' Europe
static void after_elision(scan *s, size_t i)
{
    static const char *const ELIDED[] = {"l",      "d",      "j",      "m",     "t",
                                         "s",      "n",      "c",      "qu",    "jusqu",
                                         "lorsqu", "puisqu", "quoiqu", "quelqu"};
    size_t mark = previous_of(s, i), start = mark;
    uint32_t after = here(s, i + 1);
    if (!cq_is_letter(after) && after != 0xab && after != 0xfffc) return;
    while (start > s->from && cq_is_letter(before(s, start)))
        start = previous_of(s, start);
    uint32_t b = before(s, start);
    if (b && !cq_is_blank(b) && b != '(' && b != 0xab && b != '"') return;
    cq_str word = cq_str_sub(s->text, start, mark);
    cq_str folded = cq_fold(s->run->scratch, word);
    for (size_t k = 0; k < CQ_COUNT(ELIDED); k++) {
        if (cq_str_is(folded, ELIDED[k]))
            report(s, &EXTRA, start, i + 1,
                   cq_strf(s->run->arena, "%.*s’", CQ_PRI(word)));
    }
}

// A space: between the groups of a number, before a currency, after "1" and l'.
static void space(scan *s, size_t i)
{
    if (i > s->from && cq_is_alpha(s->text.p[i - 1])) return; // most are
    size_t left = digits_before(s, i), right = digits_after(s, i + 1);
    uint32_t after = here(s, i + 1), last = before(s, i);
    if (last == '\'' || last == 0x2019) after_elision(s, i);
    if (!left) return;
    size_t start = i - left;
    uint32_t b = before(s, start);
    if (right == 3 && left <= 3 && s->text.p[start] != '0' && b != '.' && b != ',' &&
        b != '/' && b != '-' && !cq_is_letter(after)) {
        bool goes_on =
            b == ' ' && is_digit(before(s, start - 1)); // reported with the first
        if (goes_on || cq_is_letter(b) || !matters(s, &GROUPING)) return;
        size_t end = i + 4;
        while (here(s, end) == ' ' && digits_after(s, end + 1) == 3) end += 4;
        report(s, &GROUPING, start, end, with_separator(s, start, end, NARROW));
        return;
    }
    if (after == 0x20ac || after == '$' || after == 0xa3) {
        size_t end = next_of(s, i + 1);
        if (!matters(s, &BREAKABLE)) return;
        report(s, &BREAKABLE, start, end,
               cq_strf(s->run->arena, "%.*s" NBSP "%.*s",
                       CQ_PRI(cq_str_sub(s->text, start, i)),
                       CQ_PRI(cq_str_sub(s->text, i + 1, end))));
        return;
    }
    if (left == 1 && s->text.p[start] == '1' && b != ',' && b != '.' && b != '/') {
        size_t end = i + 1;
        while (end < s->to && cq_is_letter(here(s, end))) end = next_of(s, end);
        cq_str word = cq_fold(s->run->scratch, cq_str_sub(s->text, i + 1, end));
        if (!is_month(word)) return;
        report(s, &FIRST_DAY, start, end,
               cq_strf(s->run->arena, "1er" NBSP "%.*s", CQ_PRI(word)));
    }
}

// $25, €25, 25€ and 25$.
static void currency(scan *s, size_t i)
{
    size_t end = next_of(s, i), right = digits_after(s, end);
    cq_str symbol = cq_str_sub(s->text, i, end);
    if (digits_before(s, i) && !right) {
        size_t start = i - digits_before(s, i);
        report(s, &MISSING, start, end,
               cq_strf(s->run->arena, "%.*s" NBSP "%.*s",
                       CQ_PRI(cq_str_sub(s->text, start, i)), CQ_PRI(symbol)));
    } else if (right && !cq_is_letter(before(s, i)) && !digits_before(s, i)) {
        size_t stop = end + right;
        while (stop + 1 < s->to && (s->text.p[stop] == ',' || s->text.p[stop] == '.') &&
               digits_after(s, stop + 1))
            stop += 1 + digits_after(s, stop + 1);
        cq_str figures = cq_str_sub(s->text, end, stop);
        cq_str behind = cq_str_sub(s->text, stop, s->to);
        // "$5 millions", "$5k", "$1,234.50": the editor's to say.
        bool plain = !memchr(figures.p, '.', figures.n) &&
                     !memchr(figures.p, ',', figures.n) &&
                     !cq_str_starts(behind, cq_str_of(" m")) &&
                     !cq_str_starts(behind, cq_str_of(NBSP "m")) &&
                     !(behind.n && cq_is_letter((unsigned char)behind.p[0]));
        report(s, &CURRENCY, i, stop,
               plain ? cq_strf(s->run->arena, "%.*s" NBSP "%.*s", CQ_PRI(figures),
                               CQ_PRI(symbol))
                     : (cq_str){0});
    }
}

static void two_bytes(scan *s, size_t i)
{
    uint32_t c = here(s, i);
    if (c == 0xab || c == 0xbb) guillemet(s, i);
    if (c == 0xa3) currency(s, i);
}

static void euro(scan *s, size_t i)
{
    if (here(s, i) == 0x20ac)
        currency(s, i);
    else
        three_bytes(s, i);
}

// " - " between words is a dash.
static void hyphen(scan *s, size_t i)
{
    if (before(s, i) != ' ' || here(s, i + 1) != ' ') return;
    uint32_t left = before(s, previous_of(s, i)), right = here(s, i + 2);
    if (!cq_is_letter(left) && left != ')' && left != 0xbb && left != ',') return;
    if (!cq_is_letter(right) || !matters(s, &DASH)) return;
    report(s, &DASH, i - 1, i + 2, cq_str_of(" – "));
}

static void square(scan *s, size_t i) // 500m2, 12 km2
{
    static const char *const UNITS[] = {"m", "km", "cm"};
    size_t start = i;
    while (start > s->from && cq_is_letter(before(s, start)))
        start = previous_of(s, start);
    cq_str unit = cq_str_sub(s->text, start, i);
    bool known = false;
    for (size_t k = 0; k < CQ_COUNT(UNITS); k++) known |= cq_str_is(unit, UNITS[k]);
    if (!known || is_digit(here(s, i + 1)) || cq_is_letter(here(s, i + 1))) return;
    size_t digits = start;
    if (cq_is_blank(before(s, digits))) digits = previous_of(s, digits);
    size_t n = digits_before(s, digits);
    if (!n) return;
    size_t from = digits - n;
    report(s, &UNIT, from, i + 1,
           cq_strf(s->run->arena, "%.*s" NBSP "%.*s%s",
                   CQ_PRI(cq_str_sub(s->text, from, digits)), CQ_PRI(unit),
                   s->text.p[i] == '2' ? "²" : "³"));
}

typedef void look(scan *s, size_t i);
// By the first byte of the character.
static look *const AT[256] = {
    ['\''] = apostrophe, ['"'] = straight_quote, [';'] = high_mark, ['!'] = high_mark,
    ['?'] = high_mark,   [':'] = colon,          ['%'] = percent,   ['.'] = point,
    [','] = comma,       [')'] = low_mark,       [' '] = space,     ['$'] = currency,
    ['-'] = hyphen,      ['2'] = square,         ['3'] = square,    [0xc2] = two_bytes,
    [0xe2] = euro,
};

// --- words

static const char *const MONTHS[] = {"janvier",   "février", "mars",     "avril",
                                     "mai",       "juin",    "juillet",  "août",
                                     "septembre", "octobre", "novembre", "décembre"};
static const char *const DAYS[] = {"lundi",    "mardi",  "mercredi", "jeudi",
                                   "vendredi", "samedi", "dimanche"};

static bool is_month(cq_str word) { return CQ_IN(MONTHS, word); }

static bool is_day(cq_str word) { return CQ_IN(DAYS, word); }

static bool is_capital(const cq_token *t)
{
    return t->kind == CQ_TOKEN_WORD && t->flags & CQ_TOKEN_CAPITAL &&
           !(t->flags & (CQ_TOKEN_UPPER | CQ_TOKEN_MIXED));
}

// Elysée, Etat, A: the same letters with an accent on the first are a word.
static void accented_capital(const scan *s, size_t i)
{
    static const struct {
        char plain;
        const char *accented[3];
    } LETTERS[] = {
        {'E', {"É", "È", "Ê"}},   {'A', {"À", "Â", NULL}},  {'C', {"Ç", NULL, NULL}},
        {'I', {"Î", NULL, NULL}}, {'O', {"Ô", NULL, NULL}},
    };
    const cq_token *t = &s->p->tokens[i];
    const cq_lexicon *l = s->run->lexicon;
    cq_str word = cq_token_text(s->p, i);
    if (!is_capital(t) || t->flags & CQ_TOKEN_KNOWN || word.n < 4) return;
    // Elite League, Modern Education: part of a foreign name.
    uint16_t name = CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED;
    if (i + 1 < s->p->n && t[1].flags & name) return;
    if (i && t[-1].flags & name && !(t[-1].flags & CQ_TOKEN_FIRST)) return;
    for (size_t k = 0; k < CQ_COUNT(LETTERS); k++) {
        if (word.p[0] != LETTERS[k].plain) continue;
        if (cq_lexicon_accepts(l, word)) return;
        for (size_t c = 0; c < 3 && LETTERS[k].accented[c]; c++) {
            cq_str right = cq_strf(s->run->arena, "%s%.*s", LETTERS[k].accented[c],
                                   CQ_PRI(cq_str_sub(word, 1, word.n)));
            if (!cq_lexicon_lookup(l, right)) continue;
            report(s, &CAPITAL, t->start, t->end, right);
            return;
        }
    }
}

// le 3 Janvier, chaque Lundi. Not "Mars" the planet, "Avril" the first name, titles.
static void calendar(const scan *s, size_t i, size_t first)
{
    const cq_token *t = &s->p->tokens[i];
    if (!is_capital(t) || i == first || t->flags & CQ_TOKEN_FIRST) return;
    cq_str word = cq_fold(s->run->scratch, cq_token_text(s->p, i));
    const cq_token *previous = t - 1;
    bool numbered = previous->kind == CQ_TOKEN_NUMBER;
    if (!(is_day(word) || is_month(word))) return;
    if (is_month(word) && !numbered) return;
    if (previous->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER)) return; // Black Friday
    if (i + 1 < s->p->n && s->p->tokens[i + 1].flags & CQ_TOKEN_CAPITAL) return;
    cq_hit *h = report(s, &CALENDAR, t->start, t->end, cq_str_copy(s->run->arena, word));
    h->safe = false;
}

static void mister(const scan *s, size_t i)
{
    const cq_token *t = &s->p->tokens[i];
    cq_str word = cq_token_text(s->p, i);
    if (!cq_str_is(word, "Mr") && !cq_str_is(word, "Mr.")) return;
    if (i + 1 < s->p->n && s->p->tokens[i + 1].flags & CQ_TOKEN_CAPITAL)
        report(s, &MISTER, t->start, t->end, cq_str_of("M."));
}

// A common word that has no business with its capital.
static bool common_word(const scan *s, size_t i)
{
    const cq_token *t = &s->p->tokens[i];
    if (t->kind != CQ_TOKEN_WORD || t->flags & (CQ_TOKEN_UPPER | CQ_TOKEN_MIXED))
        return false;
    cq_str word = cq_fold(s->run->scratch, cq_token_text(s->p, i));
    uint32_t form = word.n > 3 ? cq_lexicon_find(s->run->lexicon, word) : 0;
    return form && !(cq_lexicon_upos(s->run->lexicon, form) & CQ_UPOS_BIT(CQ_PROPN));
}

// A heading in which most common words are capitalised.
static void title_case(const scan *s, const cq_sentence *sentence)
{
    enum { WORDS_MIN = 3, CAPITALS_MIN = 2 };
    cq_block_kind block = s->p->doc->blocks.v[sentence->block].kind;
    if (block != CQ_BLOCK_TITLE && block != CQ_BLOCK_HEADING &&
        block != CQ_BLOCK_SUBTITLE && block != CQ_BLOCK_CONTENTS)
        return;
    size_t words = 0, capitals = 0, first = 0, last = 0;
    for (size_t i = sentence->first; i < sentence->last; i++) {
        if (s->p->tokens[i].flags & CQ_TOKEN_FIRST || !common_word(s, i)) continue;
        words++;
        if (!is_capital(&s->p->tokens[i])) continue;
        if (!capitals++) first = i;
        last = i;
    }
    if (words < WORDS_MIN || capitals < CAPITALS_MIN || capitals * 3 < words * 2) return;
    report(s, &TITLE_CASE, s->p->tokens[first].start, s->p->tokens[last].end,
           (cq_str){0});
}

// --- habits

static bool is_high_mark(uint32_t c)
{
    return c == ';' || c == ':' || c == '!' || c == '?' || c == '%' || c == 0xbb ||
           c == 0x20ac;
}

// Counts both forms of each style in one block.
static void count_habits(habit habits[STYLES], cq_str text)
{
    uint32_t last = 0, one_before = 0; // the two characters before this one
    for (size_t i = 0; i < text.n;) {
        unsigned char byte = (unsigned char)text.p[i];
        if (byte >= 'A' && byte <= 'z') { // most of a text
            one_before = last;
            last = byte;
            i++;
            continue;
        }
        uint32_t c = cq_utf8_next(text, &i);
        uint32_t after = i < text.n ? (unsigned char)text.p[i] : 0;
        bool no_break = last == 0xa0 || last == 0x202f;
        if (c == 0x2019) habits[APOSTROPHES].french += cq_is_letter(last);
        if (c == '\'') habits[APOSTROPHES].plain += cq_is_letter(last);
        if (c == 0xab) habits[MARKS].french++;
        if (c == '"' || c == 0x201c) habits[MARKS].plain++;
        if (c == ' ' && last == 0xab) habits[SPACES].plain++;
        if ((c == 0xa0 || c == 0x202f) && last == 0xab) habits[SPACES].french++;
        if (is_high_mark(c) && no_break) habits[SPACES].french++;
        if (is_high_mark(c) && last == ' ') habits[SPACES].plain++;
        if ((c == 0x2013 || c == 0x2014) && last == ' ') habits[DASHES].french++;
        if (c == '-' && last == ' ' && after == ' ') habits[DASHES].plain++;
        if (is_digit(c) && is_digit(one_before)) {
            habits[SPACES].french += no_break;
            habits[SPACES].plain += last == ' ';
        }
        one_before = last;
        last = c;
    }
}

// What a block leaves open: offsets of the first » that nothing opens and of the last «
// that nothing closes; 0: none.
typedef struct {
    uint32_t closing, opening; // + 1
} open_marks;

static open_marks marks_of(cq_str text, cq_span block)
{
    open_marks m = {0};
    unsigned depth = 0;
    for (uint32_t i = block.start; i + 1 < block.end; i++) {
        if ((unsigned char)text.p[i] != 0xc2) continue;
        unsigned char c = (unsigned char)text.p[i + 1];
        if (c == 0xab) {
            m.opening = i + 1;
            depth++;
        }
        if (c != 0xbb) continue;
        if (!depth && !m.closing) m.closing = i + 1;
        depth = 0; // one » may close a quotation within a quotation, too
    }
    if (!depth) m.opening = 0;
    return m;
}

static void report_mark(cq_check_run *run, uint32_t at, cq_span block)
{
    cq_str behind = cq_str_trim(cq_str_sub(run->doc->text, at + 2, block.end));
    if (!behind.n || strchr(",.;:!?)", behind.p[0])) return; // stands for a closing one
    cq_hit *h =
        cq_hit_add(run, cq_str_of(UNCLOSED.rule), (cq_spot){at, at + 2, block, false});
    h->category = cq_str_of(UNCLOSED.category);
    h->severity = CQ_MINOR;
    h->confidence = UNCLOSED.confidence;
    h->message = cq_str_of(cq_say(run, UNCLOSED.fr, UNCLOSED.en));
}

// A quotation may run over paragraphs, and each may open it again. A » alone may be an
// arrow ("Lire la suite »").
static void unclosed_quotations(cq_check_run *run)
{
    enum { BETWEEN_MAX = 6 }; // blocks of a quotation without a mark of it
    static const cq_str OPEN = CQ_LIT("«");
    const cq_document *d = run->doc;
    unsigned between = 0;
    uint32_t open = 0; // where a quotation began that goes on, + 1
    cq_span where = {0};
    for (size_t i = 0; i < d->blocks.n; i++) {
        const cq_block *b = &d->blocks.v[i];
        if (b->skip) continue;
        open_marks m = marks_of(d->text, b->text);
        cq_str text = cq_str_sub(d->text, b->text.start, b->text.end);
        bool again = cq_str_starts(text, OPEN);
        bool unsaid = !again && !m.closing && !m.opening; // or quotations within
        if (open && unsaid && between++ < BETWEEN_MAX) continue;
        bool goes_on = m.closing || again;
        if (open && !goes_on) report_mark(run, open - 1, where);
        open = m.opening;
        where = b->text;
        between = 0;
    }
    if (open) report_mark(run, open - 1, where);
}

void *cq_typography_begin(cq_check_run *run)
{
    habit *habits = CQ_NEWN(run->arena, habit, STYLES);
    for (size_t i = 0; i < run->doc->blocks.n; i++) {
        const cq_block *b = &run->doc->blocks.v[i];
        if (!b->skip)
            count_habits(habits, cq_str_sub(run->doc->text, b->text.start, b->text.end));
    }
    unclosed_quotations(run);
    return habits;
}

void cq_typography_run(cq_check_run *run, void *state, const cq_passage *p)
{
    scan s = {.run = run, .p = p, .text = p->doc->text, .habits = state};
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *sentence = &p->sentences[k];
        title_case(&s, sentence);
        for (size_t i = sentence->first; i < sentence->last; i++) {
            if (!(p->tokens[i].flags & CQ_TOKEN_CAPITAL)) continue;
            accented_capital(&s, i);
            calendar(&s, i, sentence->first);
            mister(&s, i);
        }
        if (k && p->sentences[k - 1].block == sentence->block) continue;
        const cq_block *b = &p->doc->blocks.v[sentence->block];
        s.from = b->text.start;
        s.to = b->text.end;
        s.guillemets = 0;
        s.english_open = false;
        for (size_t i = s.from; i < s.to; i++) {
            look *f = AT[(unsigned char)s.text.p[i]];
            if (f) f(&s, i);
        }
    }
}
