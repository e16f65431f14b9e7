// Words are read by the usual method of spelt-out numbers: units and tens add up, a
// hundred multiplies what stands before it, thousands and above close a group.
#include "source/numbers.h"

#include <math.h>

#include "base/utf8.h"

enum { WORD_MAX = 48, FIGURE_DIGITS_MAX = 15 };

typedef enum { ADD, HUNDRED, SCALE, SHARE, ORDINAL, COUNT, JOIN } role;

typedef struct {
    const char *word;
    role role;
    double value;
} number_word;

static const number_word ENGLISH[] = {
    {"zero", ADD, 0},         {"one", ADD, 1},           {"two", ADD, 2},
    {"three", ADD, 3},        {"four", ADD, 4},          {"five", ADD, 5},
    {"six", ADD, 6},          {"seven", ADD, 7},         {"eight", ADD, 8},
    {"nine", ADD, 9},         {"ten", ADD, 10},          {"eleven", ADD, 11},
    {"twelve", ADD, 12},      {"thirteen", ADD, 13},     {"fourteen", ADD, 14},
    {"fifteen", ADD, 15},     {"sixteen", ADD, 16},      {"seventeen", ADD, 17},
    {"eighteen", ADD, 18},    {"nineteen", ADD, 19},     {"twenty", ADD, 20},
    {"thirty", ADD, 30},      {"forty", ADD, 40},        {"fifty", ADD, 50},
    {"sixty", ADD, 60},       {"seventy", ADD, 70},      {"eighty", ADD, 80},
    {"ninety", ADD, 90},      {"hundred", HUNDRED, 100}, {"thousand", SCALE, 1e3},
    {"million", SCALE, 1e6},  {"billion", SCALE, 1e9},   {"trillion", SCALE, 1e12},
    {"millions", SCALE, 1e6}, {"billions", SCALE, 1e9},  {"bn", SCALE, 1e9},
    {"dozen", COUNT, 12},     {"decade", COUNT, 10},     {"half", SHARE, 0.5},
    {"quarter", SHARE, 0.25}, {"first", ORDINAL, 1},     {"second", ORDINAL, 2},
    {"third", ORDINAL, 3},    {"fourth", ORDINAL, 4},    {"fifth", ORDINAL, 5},
    {"sixth", ORDINAL, 6},    {"seventh", ORDINAL, 7},   {"eighth", ORDINAL, 8},
    {"ninth", ORDINAL, 9},    {"tenth", ORDINAL, 10},    {"eleventh", ORDINAL, 11},
    {"twelfth", ORDINAL, 12}, {"and", JOIN, 0},
};

static const number_word FRENCH[] = {
    {"zéro", ADD, 0},
    {"un", ADD, 1},
    {"une", ADD, 1},
    {"deux", ADD, 2},
    {"trois", ADD, 3},
    {"quatre", ADD, 4},
    {"cinq", ADD, 5},
    {"six", ADD, 6},
    {"sept", ADD, 7},
    {"huit", ADD, 8},
    {"neuf", ADD, 9},
    {"dix", ADD, 10},
    {"onze", ADD, 11},
    {"douze", ADD, 12},
    {"treize", ADD, 13},
    {"quatorze", ADD, 14},
    {"quinze", ADD, 15},
    {"seize", ADD, 16},
    {"vingt", ADD, 20},
    {"vingts", ADD, 20},
    {"trente", ADD, 30},
    {"quarante", ADD, 40},
    {"cinquante", ADD, 50},
    {"soixante", ADD, 60},
    {"septante", ADD, 70},
    {"huitante", ADD, 80},
    {"octante", ADD, 80},
    {"nonante", ADD, 90},
    {"cent", HUNDRED, 100},
    {"cents", HUNDRED, 100},
    {"mille", SCALE, 1e3},
    {"millier", SCALE, 1e3},
    {"million", SCALE, 1e6},
    {"millions", SCALE, 1e6},
    {"milliard", SCALE, 1e9},
    {"milliards", SCALE, 1e9},
    {"billion", SCALE, 1e12},
    {"billions", SCALE, 1e12},
    {"md", SCALE, 1e9},
    {"mds", SCALE, 1e9},

    {"dizaine", COUNT, 10},
    {"décennie", COUNT, 10},
    {"douzaine", COUNT, 12},
    {"douzaines", COUNT, 12},
    {"quinzaine", COUNT, 15},
    {"vingtaine", COUNT, 20},
    {"trentaine", COUNT, 30},
    {"quarantaine", COUNT, 40},
    {"cinquantaine", COUNT, 50},
    {"soixantaine", COUNT, 60},
    {"centaine", COUNT, 100},
    {"demi", SHARE, 0.5},
    {"demie", SHARE, 0.5},
    {"moitié", SHARE, 0.5},
    {"quart", SHARE, 0.25},
    {"tiers", SHARE, 1.0 / 3},
    {"premier", ORDINAL, 1},
    {"première", ORDINAL, 1},
    {"deuxième", ORDINAL, 2},
    {"second", ORDINAL, 2},
    {"seconde", ORDINAL, 2},
    {"troisième", ORDINAL, 3},
    {"quatrième", ORDINAL, 4},
    {"cinquième", ORDINAL, 5},
    {"sixième", ORDINAL, 6},
    {"septième", ORDINAL, 7},
    {"huitième", ORDINAL, 8},
    {"neuvième", ORDINAL, 9},
    {"dixième", ORDINAL, 10},
    {"et", JOIN, 0},
};

typedef struct {
    cq_arena *arena;
    const cq_passage *p;
    size_t first, last; // tokens, half-open
    bool french;
    cq_numbers *out;
} reader;

static cq_str folded(const reader *r, size_t i, char buf[WORD_MAX])
{
    cq_str f = {"", 0};
    if (i < r->last) f = cq_fold_into(buf, WORD_MAX, cq_token_text(r->p, i));
    return f.p ? f : (cq_str){"", 0};
}

// quinzième, vingtièmes: the ordinals that the table does not name.
static const number_word *find_ordinal(cq_str word)
{
    static const number_word ORDINALS[] = {
        {"onz", ORDINAL, 11},      {"douz", ORDINAL, 12},    {"treiz", ORDINAL, 13},
        {"quatorz", ORDINAL, 14},  {"quinz", ORDINAL, 15},   {"seiz", ORDINAL, 16},
        {"vingt", ORDINAL, 20},    {"trent", ORDINAL, 30},   {"quarant", ORDINAL, 40},
        {"cinquant", ORDINAL, 50}, {"soixant", ORDINAL, 60}, {"cent", ORDINAL, 100},
    };
    if (word.n && word.p[word.n - 1] == 's') word.n--;
    if (!cq_str_ends(word, cq_str_of("ième"))) return NULL;
    word.n -= strlen("ième");
    for (size_t i = 0; i < CQ_COUNT(ORDINALS); i++) {
        if (cq_str_is(word, ORDINALS[i].word)) return &ORDINALS[i];
    }
    return NULL;
}

static const number_word *find(const reader *r, cq_str word)
{
    const number_word *table = r->french ? FRENCH : ENGLISH;
    size_t n = r->french ? CQ_COUNT(FRENCH) : CQ_COUNT(ENGLISH);
    for (size_t i = 0; i < n; i++) {
        if (cq_str_is(word, table[i].word)) return &table[i];
    }
    return r->french ? find_ordinal(word) : NULL;
}

static cq_number *add(reader *r, size_t first, size_t last, double value)
{
    cq_number *n = CQ_PUSH(r->arena, r->out);
    *n = (cq_number){.value = value, .other = value};
    n->at = (cq_span){r->p->tokens[first].start, r->p->tokens[last - 1].end};
    return n;
}

// --- what stands around a number

static const struct {
    const char *word, *code;
} CURRENCIES[] = {
    {"$", "USD"},        {"€", "EUR"},       {"£", "GBP"},    {"¥", "JPY"},
    {"dollar", "USD"},   {"dollars", "USD"}, {"euro", "EUR"}, {"euros", "EUR"},
    {"yen", "JPY"},      {"yens", "JPY"},    {"usd", "USD"},  {"eur", "EUR"},
    {"sterling", "GBP"},
};

static void set_currency(const reader *r, cq_number *n, size_t first, size_t last)
{
    char buf[WORD_MAX];
    size_t at[3] = {first > r->first ? first - 1 : r->last, last, r->last};
    cq_str of = folded(r, last, buf);
    if (cq_str_is(of, "d'") || cq_str_is(of, "de"))
        at[2] = last + 1; // 6 millions d'euros
    for (size_t k = 0; k < CQ_COUNT(at); k++) {
        if (at[k] >= r->last) continue;
        cq_str word = folded(r, at[k], buf);
        for (size_t c = 0; c < CQ_COUNT(CURRENCIES) && !n->currency[0]; c++) {
            if (cq_str_is(word, CURRENCIES[c].word))
                memcpy(n->currency, CURRENCIES[c].code, sizeof n->currency);
        }
    }
}

static bool is_imperial(cq_str word)
{
    static const char *const UNITS[] = {
        "milles", "pied",    "pieds",   "pouce",  "pouces",     "livres",
        "gallon", "verges",  "mile",    "miles",  "mph",        "foot",
        "feet",   "ft",      "inch",    "inches", "yard",       "yards",
        "pound",  "pounds",  "lb",      "lbs",    "ounce",      "ounces",
        "oz",     "gallons", "acre",    "acres",  "fahrenheit", "pint",
        "pints",  "stone",   "degrees", "degree", "sq",         "mi",
    };
    return CQ_IN(UNITS, word);
}

static bool is_metric(cq_str word)
{
    static const char *const UNITS[] = {
        "m",          "cm",          "mm",     "km",          "kg",       "g",
        "l",          "cl",          "ml",     "ha",          "mètre",    "mètres",
        "centimètre", "litre",       "litres", "hectare",     "hectares", "kilomètre",
        "kilomètres", "centimètres", "km/h",   "kilogrammes", "kilos",    "kilo",
        "grammes",    "tonnes",      "tonne",  "°",           "°c",       "degrés",
        "degré",
    };
    return CQ_IN(UNITS, word);
}

static bool is_afternoon(cq_str word)
{
    return cq_str_is(word, "pm") || cq_str_is(word, "p.m.") || cq_str_is(word, "p.m") ||
           cq_str_is(word, "o'clock") || cq_str_is(word, "am") ||
           cq_str_is(word, "a.m.") || cq_str_is(word, "a.m");
}

// The time of day in the other clock.
static double other_hour(double hour)
{
    return hour < 12 ? hour + 12 : hour == 12 ? 0 : hour;
}

static void set_surroundings(const reader *r, cq_number *n, size_t first, size_t last)
{
    char buf[WORD_MAX];
    set_currency(r, n, first, last);
    cq_str word = folded(r, last, buf);
    n->imperial |= is_imperial(word);
    if (r->french) {
        n->metric = is_metric(word);
        return;
    }
    if (cq_str_is(word, "(") && cq_str_is(folded(r, last + 1, buf), "f")) // 90(F)
        n->imperial = true;
    // two to four inches
    if (n->imperial && n > r->out->v && !n[-1].imperial && n[-1].at.end + 6 > n->at.start)
        n[-1].imperial = true;
    if (is_afternoon(word) && n->value <= 12) n->other = other_hour(n->value);
}

// Multiplies by "million" and the like after token i; half a unit may follow.
static size_t scaled(const reader *r, double *value, size_t i)
{
    char buf[WORD_MAX];
    while (i < r->last) {
        if (r->p->tokens[i].kind != CQ_TOKEN_WORD) break;
        bool other =
            r->french && cq_str_is(folded(r, i, buf), "autres"); // six autres millions
        const number_word *w = find(r, folded(r, i + other, buf));
        if (!w || (w->role != SCALE && w->role != HUNDRED && w->role != COUNT)) break;
        bool coins = r->french && w->role == HUNDRED &&
                     r->p->tokens[i - 1].kind == CQ_TOKEN_NUMBER; // 46 cents
        if (coins) break;
        i += other;
        if (w->role == COUNT && *value >= 1000) break;
        *value *= w->value;
        i++;
    }
    return i;
}

// --- figures

typedef struct {
    double value, other;
    size_t end; // in the text
} figure;

// Is there another group of three digits after the same mark? 17.280.000
static bool goes_on(cq_str text, size_t i, char mark)
{
    if (i + 3 >= text.n || text.p[i] != mark) return false;
    return cq_is_digit(text.p[i + 1]) && cq_is_digit(text.p[i + 2]) &&
           cq_is_digit(text.p[i + 3]) && !(i + 4 < text.n && cq_is_digit(text.p[i + 4]));
}

// Digits with their separators from text[i] on.
static figure read_figure(cq_str text, size_t i, bool french)
{
    figure f = {0};
    double scale = 0; // of the next decimal; 0: before the mark
    size_t digits = 0;
    bool ambiguous = false, grouped = false;
    for (; i < text.n && digits < FIGURE_DIGITS_MAX; i++) {
        char c = text.p[i];
        if (cq_is_digit(c)) {
            digits++;
            if (scale > 0) {
                f.value += (c - '0') * scale;
                scale /= 10;
            } else
                f.value = f.value * 10 + (c - '0');
            continue;
        }
        size_t next = i;
        uint32_t mark = cq_utf8_next(text, &next);
        if (next >= text.n || !cq_is_digit(text.p[next])) break;
        size_t group = 0;
        while (next + group < text.n && cq_is_digit(text.p[next + group])) group++;
        if ((cq_is_blank(mark) || mark == '\'' || mark == 0x2019) && group == 3) {
            i = next - 1;
            continue;
        }
        if (mark != ',' && mark != '.') break;
        bool decimal = (mark == ',') == french;
        bool groups = group == 3 && goes_on(text, next + group, (char)mark);
        grouped |= groups;
        if (mark == ',' && !french && group != 3) break; // 15,30,60: three numbers
        // 25,000 in French and 25.000 in English may be either.
        if ((!decimal || grouped) && group == 3 && scale == 0) continue;
        if (scale > 0) break;
        ambiguous = group == 3 && digits <= 3;
        scale = 0.1;
    }
    f.end = i;
    f.other = ambiguous ? f.value * 1000 : f.value;
    return f;
}

static double power_of_suffix(cq_str suffix)
{
    static const struct {
        const char *suffix;
        double power;
    } POWERS[] = {{"k", 1e3}, {"m", 1e6},   {"mn", 1e6}, {"bn", 1e9},
                  {"b", 1e9}, {"tn", 1e12}, {"md", 1e9}, {"mds", 1e9}};
    for (size_t i = 0; i < CQ_COUNT(POWERS); i++) {
        if (cq_str_ieq(suffix, POWERS[i].suffix)) return POWERS[i].power;
    }
    return 1;
}

static bool is_ordinal_suffix(cq_str s)
{
    static const char *const SUFFIXES[] = {"st",  "nd", "rd", "th",  "er", "re",
                                           "ère", "e",  "è",  "ème", "eme"};
    for (size_t i = 0; i < CQ_COUNT(SUFFIXES); i++) {
        if (cq_str_ieq(s, SUFFIXES[i])) return true;
    }
    return false;
}

// six and a half million, 1 million et demi: `unit` is what the number was multiplied by.
static size_t and_a_half(const reader *r, cq_number *n, double unit, size_t end)
{
    char buf[WORD_MAX];
    const number_word *and = find(r, folded(r, end, buf));
    if (!and || and->role != JOIN) return end;
    size_t half = end + 1;
    if (cq_str_is(folded(r, half, buf), "a")) half++;
    const number_word *w = find(r, folded(r, half, buf));
    if (!w || w->role != SHARE || w->value != 0.5) return end;
    double scale = 1;
    size_t after = scaled(r, &scale, half + 1);
    n->value = (n->value + 0.5 * unit) * scale;
    n->other = n->value;
    return after;
}

// cinq ans et demi: the half stands behind what is counted. Where to go on.
static size_t half_behind(const reader *r, cq_number *n, size_t end)
{
    enum { WORDS = 2 }; // dernières années
    for (size_t k = end + 1; r->french && k <= end + WORDS && k < r->last; k++) {
        if (r->p->tokens[k - 1].kind != CQ_TOKEN_WORD) break;
        size_t after = and_a_half(r, n, 1, k);
        if (after != k) return after;
    }
    return end;
}

static figure read_digits(cq_str text, size_t i)
{
    figure f = {0};
    for (size_t n = 0; i < text.n && cq_is_digit(text.p[i]) && n < FIGURE_DIGITS_MAX; n++)
        f.value = f.value * 10 + (text.p[i++] - '0');
    f.other = f.value;
    f.end = i;
    return f;
}

// 7.55am, 7.55 p.m.
static bool clock_with_point(const reader *r, size_t i)
{
    char buf[WORD_MAX];
    if (r->french) return false;
    cq_str text = cq_token_text(r->p, i);
    if (!memchr(text.p, '.', text.n)) return false;
    size_t letters = text.n;
    while (letters && cq_is_alpha(text.p[letters - 1])) letters--;
    return is_afternoon(cq_str_sub(text, letters, text.n)) ||
           is_afternoon(folded(r, i + 1, buf));
}

// 2,5 million, as those write who are at home in another language.
static bool comma_is_decimal(const reader *r, size_t i)
{
    char buf[WORD_MAX];
    cq_str text = cq_token_text(r->p, i), next = folded(r, i + 1, buf);
    size_t comma = cq_str_find(text, cq_str_of(","));
    if (comma == SIZE_MAX || text.n - comma > 3) return false;
    const number_word *w = find(r, next);
    return cq_str_is(next, "%") || (w && w->role == SCALE);
}

// 6.30 that night, at 7.15 in the evening.
static bool late_behind(const reader *r, size_t i)
{
    static const char *const TIMES[] = {"night", "evening", "afternoon", "tonight"};
    enum { WORDS = 3 };
    char buf[WORD_MAX];
    for (size_t k = i; k < i + WORDS && k < r->last; k++) {
        if (CQ_IN(TIMES, folded(r, k, buf))) return true;
    }
    return false;
}

// 20.45, 0530: perhaps the time of day, of which French writes the hour apart.
static void set_hour(const reader *r, cq_number *n, size_t i)
{
    cq_str text = cq_token_text(r->p, i);
    if (r->french || n->other != n->value) return;
    bool digits = text.n == 4 && text.p[0] == '0' && !memchr(text.p, '.', text.n);
    double hour = digits ? floor(n->value / 100) : floor(n->value);
    double minutes = digits ? n->value - 100 * hour : (n->value - hour) * 100;
    bool point = text.n > 3 && text.p[text.n - 3] == '.';
    bool even = fmod(minutes + 0.5, 5) < 1;
    if (!(digits || (point && hour > 5 && even)) || hour >= 24 || minutes >= 59.5) return;
    n->other = hour;
    if (hour <= 12 && late_behind(r, i + 1)) { // 18 h 30, or 6 h 30 du soir
        n->value = hour;
        n->other = other_hour(hour);
    }
}

// "325 to 340 million", "entre 325 et 340 millions": the scale of the second number may
// be that of the first.
static void share_scale(const reader *r, cq_number *n, size_t end)
{
    static const char *const JOINTS[] = {"et", "à", "ou", "and", "to", "or", "-", "–"};
    char buf[WORD_MAX];
    if (end + 2 >= r->last || r->p->tokens[end + 1].kind != CQ_TOKEN_NUMBER) return;
    cq_str joint = folded(r, end, buf);
    bool joins = false;
    for (size_t i = 0; i < CQ_COUNT(JOINTS); i++) joins |= cq_str_is(joint, JOINTS[i]);
    const number_word *w = joins ? find(r, folded(r, end + 2, buf)) : NULL;
    if (w && w->role == SCALE && n->other == n->value) n->other = n->value * w->value;
}

// A token with figures: 25,000 · 10:30 · 2011-12 · 17-year-old · 1990s · 6bn.
static size_t figures(reader *r, size_t i)
{
    cq_str text = cq_token_text(r->p, i);
    size_t first_number = r->out->n;
    bool clock = memchr(text.p, ':', text.n) != NULL || clock_with_point(r, i);
    bool comma = r->french || comma_is_decimal(r, i);
    for (size_t at = 0; at < text.n;) {
        if (!cq_is_digit(text.p[at])) {
            cq_utf8_next(text, &at);
            continue;
        }
        figure f = clock ? read_digits(text, at) : read_figure(text, at, comma);
        cq_number *n = add(r, i, i + 1, f.value);
        n->figures = true;
        n->other = f.other;
        size_t end = f.end;
        while (end < text.n && (cq_is_alpha(text.p[end]) || text.p[end] & 0x80)) end++;
        cq_str suffix = cq_str_sub(text, f.end, end);
        double power = power_of_suffix(suffix);
        bool metres = suffix.n == 1; // or kilobytes: 5m, 10k
        if (!metres) n->other *= power;
        n->value *= power;
        if (is_ordinal_suffix(suffix)) n->kind = CQ_NUMBER_ORDINAL;
        if (is_afternoon(suffix) || (clock && r->out->n == first_number + 1))
            n->other = other_hour(n->value);
        if (cq_str_is(suffix, "s") && n->value >= 1000) // the 1990s
            n->other = fmod(n->value, 100);
        // '12, 2011-12: the century goes without saying.
        bool short_year = r->out->n > first_number + 1 && n->value < 100 &&
                          r->out->v[first_number].value >= 1000;
        if (short_year)
            n->other = floor(r->out->v[first_number].value / 100) * 100 + n->value;
        if (cq_str_starts(cq_str_sub(text, f.end, text.n), cq_str_of("-"))) {
            char buf[WORD_MAX];
            cq_str unit = cq_str_sub(text, f.end + 1, text.n);
            const char *dash = unit.n ? memchr(unit.p, '-', unit.n) : NULL;
            if (dash) unit.n = (size_t)(dash - unit.p);
            unit = cq_fold_into(buf, sizeof buf, unit);
            n->imperial = unit.p && is_imperial(unit);
            const number_word *w = unit.p ? find(r, unit) : NULL;
            if (w && w->role == SCALE) n->value = n->other = n->value * w->value;
        }
        at = end > at ? end : at + 1;
    }
    if (r->out->n == first_number) return i + 1;
    cq_number *n = &r->out->v[r->out->n - 1];
    double factor = 1;
    size_t end = i + 1;
    if (end < r->last && !(r->p->tokens[end].flags & CQ_TOKEN_SPACE)) { // 1.7 m, 2 bn
        double power = power_of_suffix(cq_token_text(r->p, end));
        n->value *= power;
        if (r->p->tokens[end].end - r->p->tokens[end].start > 1) n->other *= power;
        end += power > 1;
    }
    end = scaled(r, &factor, end);
    n->value *= factor;
    n->other *= factor;
    if (factor == 1 && r->out->n == first_number + 1) {
        set_hour(r, n, i);
        share_scale(r, n, end);
    }
    size_t with_half = and_a_half(r, n, factor, end);
    n->at.end = r->p->tokens[with_half - 1].end;
    end = with_half == end ? half_behind(r, n, end) : with_half;
    for (size_t k = first_number; k < r->out->n; k++) // 6-foot-6
        r->out->v[k].imperial |= r->out->v[first_number].imperial;
    for (size_t k = first_number; k < r->out->n; k++)
        set_surroundings(r, &r->out->v[k], i, end);
    return end;
}

// --- words

typedef struct {
    double closed, open; // groups that a scale has closed, and the one being read
    double last;         // value of the last word added
    bool any, scale, ended, rough;
    cq_number_kind kind;
} spelt;

// twenty-five and cent deux, soixante-quinze and quatre-vingt-dix; not "three one-sided".
static bool adds(double last, double value)
{
    if (last >= 100 || (last == 10 && value >= 7)) return true; // dix-sept
    return last >= 20 && (value < 10 || (value < 20 && (last == 60 || last == 80)));
}

// Takes one word of a number; false: it is none, or cannot go on from here.
static bool take(spelt *s, const number_word *w)
{
    bool half = s->kind == CQ_NUMBER_SHARE && w && w->role == SCALE;
    if (!w || (s->ended && !half)) return false;
    switch (w->role) {
    case ADD:
        // quatre-vingts multiplies; vingt-cinq, soixante-dix and cent deux add.
        if (s->any && w->value == 20 && s->last == 4)
            s->open += 76;
        else if (s->any && !adds(s->last, w->value))
            return false;
        else
            s->open += w->value;
        s->last = w->value == 20 && s->last == 4 ? 80 : w->value;
        break;
    case HUNDRED:
        s->open = s->open > 0 ? s->open * 100 : 100;
        s->last = 100;
        break;
    case SCALE:
        if (s->kind == CQ_NUMBER_SHARE) { // demi-million
            *s = (spelt){.closed = s->open * w->value, .any = true, .ended = true};
            break;
        }
        s->closed += (s->open > 0 ? s->open : 1) * w->value;
        s->open = 0;
        s->last = w->value;
        s->scale = true;
        break;
    case COUNT:
        s->open = (s->open > 0 ? s->open : 1) * w->value;
        s->ended = s->rough = true;
        break;
    case SHARE:
        if (s->any) return false;
        s->open = w->value;
        s->kind = CQ_NUMBER_SHARE;
        s->ended = true;
        break;
    case ORDINAL:
        s->open += w->value;
        s->kind = CQ_NUMBER_ORDINAL;
        s->ended = true;
        break;
    case JOIN:
        return s->any;
    }
    s->any = true;
    return true;
}

// Takes the words of one token (twenty-five); false: nothing of it.
static bool take_token(const reader *r, spelt *s, size_t i)
{
    char buf[WORD_MAX];
    cq_str rest = folded(r, i, buf), part;
    spelt tried = *s;
    size_t parts = 0;
    while (cq_str_split(&rest, '-', &part)) {
        const number_word *w = find(r, part);
        if (!take(&tried, w)) {
            // "two-year", "six-mile-long": what follows the number is counted.
            if (!parts || r->french) return false;
            tried.ended = true;
            break;
        }
        parts++;
    }
    if (!parts) return false;
    *s = tried;
    return true;
}

static bool indefinite(const reader *r, size_t first, size_t last, const spelt *s)
{
    char buf[WORD_MAX];
    if (last != first + 1) return false;
    cq_str word = folded(r, first, buf);
    // One is a pronoun, un an article; a bare scale is no figure: millions of people.
    if (s->closed + s->open == 1 && s->kind != CQ_NUMBER_ORDINAL) return true;
    const number_word *w = find(r, word);
    if (cq_str_is(word, "douzaines")) return true;
    if (!w || (w->role != SCALE && w->role != HUNDRED)) return false;
    char before_buf[WORD_MAX];
    cq_str before = first > r->first ? folded(r, first - 1, before_buf) : (cq_str){"", 0};
    if (r->french && cq_str_is(word, "cent")) return cq_str_is(before, "pour");
    if (r->french) return !cq_str_is(word, "mille");
    return !cq_str_is(before, "a") && !cq_str_is(before, "an");
}

// "a fifth of", "just over a third.", "un cinquième des": a share, not a rank.
static bool is_part(const reader *r, size_t first, size_t last)
{
    static const char *const ONE[] = {"a", "one", "un"};
    static const char *const OF[] = {"of", "de", "d'", "des", "du"};
    char buf[WORD_MAX];
    if (first == r->first || last != first + 1) return false;
    if (!CQ_IN(ONE, folded(r, first - 1, buf))) return false;
    bool ends = last >= r->last || r->p->tokens[last].kind == CQ_TOKEN_PUNCT;
    return (ends && !r->french) || CQ_IN(OF, folded(r, last, buf));
}

static size_t words(reader *r, size_t i)
{
    spelt s = {0};
    size_t end = i;
    while (end < r->last && r->p->tokens[end].kind == CQ_TOKEN_WORD &&
           take_token(r, &s, end))
        end++;
    if (end == i || !s.any) return i + 1;
    char buf[WORD_MAX];
    while (end > i + 1) { // "two and the third": a joint at the end joins nothing
        const number_word *w = find(r, folded(r, end - 1, buf));
        if (!w || w->role != JOIN) break;
        end--;
    }
    double unit = s.scale && s.open == 0 ? s.last : 1;
    cq_number tried = {.value = s.closed + s.open};
    size_t with_half = s.kind == CQ_NUMBER_PLAIN ? and_a_half(r, &tried, unit, end) : end;
    if (with_half == end && indefinite(r, i, end, &s)) return end;
    end = with_half;
    cq_number *n = add(r, i, end, tried.value);
    n->kind = s.kind;
    n->rough = s.rough;
    if (s.kind == CQ_NUMBER_ORDINAL && n->value > 2 && is_part(r, i, end)) {
        n->kind = CQ_NUMBER_SHARE;
        n->value = 1 / n->value;
        n->other = n->value * 100;
        return end;
    }
    if (s.kind == CQ_NUMBER_PLAIN && !s.scale) {
        double factor = 1;
        end = scaled(r, &factor, end);
        n->value = n->other = n->value * factor;
        n->at.end = r->p->tokens[end - 1].end;
    }
    if (s.kind == CQ_NUMBER_SHARE) n->other = n->value * 100;
    // half a million, un demi-million
    if (s.kind == CQ_NUMBER_SHARE) {
        size_t scale = end;
        if (cq_str_is(folded(r, scale, buf), "a")) scale++;
        double factor = 1;
        size_t after = scaled(r, &factor, scale);
        if (factor > 1) {
            n->value = n->other = n->value * factor;
            n->kind = CQ_NUMBER_PLAIN;
            end = after;
        }
    }
    set_surroundings(r, n, i, end);
    if (s.kind == CQ_NUMBER_PLAIN && with_half == end) end = half_behind(r, n, end);
    return end;
}

// XXIe: a century, a king.
static double roman(cq_str text)
{
    static const struct {
        char letter;
        int value;
    } LETTERS[] = {{'I', 1}, {'V', 5}, {'X', 10}, {'L', 50}, {'C', 100}, {'M', 1000}};
    int sum = 0, last = 0;
    size_t i = 0;
    for (; i < text.n; i++) {
        int value = 0;
        for (size_t k = 0; k < CQ_COUNT(LETTERS); k++) {
            if (text.p[i] == LETTERS[k].letter) value = LETTERS[k].value;
        }
        if (!value) break;
        sum += value > last ? value - 2 * last : value;
        last = value;
    }
    return i && is_ordinal_suffix(cq_str_sub(text, i, text.n)) ? sum : 0;
}

static void read_numbers(reader *r, size_t first)
{
    for (size_t i = first; i < r->last;) {
        const cq_token *t = &r->p->tokens[i];
        cq_str text = cq_token_text(r->p, i);
        bool digit =
            text.n && (cq_is_digit(text.p[0]) ||
                       (text.n > 1 && text.p[0] == '-' && cq_is_digit(text.p[1])));
        double century = t->kind == CQ_TOKEN_WORD ? roman(text) : 0;
        if (t->kind == CQ_TOKEN_NUMBER || (t->kind == CQ_TOKEN_WORD && digit)) {
            i = figures(r, i);
        } else if (century > 0) {
            add(r, i, i + 1, century)->kind = CQ_NUMBER_ORDINAL;
            i++;
        } else if (t->kind == CQ_TOKEN_WORD) {
            i = words(r, i);
        } else
            i++;
    }
}

void cq_numbers_english(cq_arena *a, const cq_passage *p, size_t first, size_t last,
                        cq_numbers *out)
{
    reader r = {.arena = a, .p = p, .first = first, .last = last, .out = out};
    read_numbers(&r, first);
}

void cq_numbers_french(cq_arena *a, const cq_passage *p, size_t first, size_t last,
                       cq_numbers *out)
{
    reader r = {
        .arena = a, .p = p, .first = first, .last = last, .french = true, .out = out};
    read_numbers(&r, first);
}

static bool same(double a, double b)
{
    return fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b)) + 1e-9;
}

bool cq_numbers_equal(const cq_number *a, const cq_number *b)
{
    static const double ABOUT = 0.2;
    if ((a->rough || b->rough) && fabs(a->value - b->value) <= ABOUT * b->value)
        return true;
    return same(a->value, b->value) || same(a->other, b->value) ||
           same(a->value, b->other) || same(a->other, b->other);
}

bool cq_numbers_converted(const cq_number *imperial, const cq_number *metric)
{
    static const double FACTORS[] = {1.609, 0.3048, 30.48, 2.54,   25.4,  0.9144, 0.4536,
                                     28.35, 3.785,  4.546, 0.4047, 0.568, 6.35};
    if (!imperial->imperial || metric->imperial) return false;
    if (metric->metric && imperial->value < 12) return true; // six feet six, 1,98 m
    double ratio = metric->value / imperial->value;
    for (size_t i = 0; i < CQ_COUNT(FACTORS); i++) {
        if (fabs(ratio / FACTORS[i] - 1) < 0.1) return true;
    }
    double celsius = (imperial->value - 32) / 1.8;
    return fabs(celsius - metric->value) < 1.5;
}
