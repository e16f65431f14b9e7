// Spelling is for lower-case words: names are names (checks/names.c). A word the lexicon
// refuses is first a suspect; what the rest of the article says about it (written with a
// capital, in an address, in code, in an English passage, again and again) decides at the
// end whether it is reported and how sure we are.
#include "checks/spelling.h"

#include "base/utf8.h"
#include "checks/untranslated.h"
#include "source/pair.h"

enum {
    SUSPECTS_MAX = 20000,   // occurrences remembered; past it they are left out
    WORD_BYTES_MAX = 96,    // longer "words" are data
    WORD_MIN = 4,           // characters; shorter ones are symbols and abbreviations
    TERM_COUNT = 3,         // as often as this in one article: likely a term, not a typo
    RANKED_FORMS_MAX = 200, // forms for which corrections are looked up, a bound on work
    SUGGEST_MAX = 8,
    TYPO_MIN = 6,    // characters of a word that one wrong letter is believed of
    FAMILIAR = 6,    // frequency from which a word is what one may have meant
    COMMON = 9,      // and from which two words may have run together
    ENGLISH_MIN = 5, // characters of a single word that is taken for English
};

// What a suspect is; all but the first are the same letters written in another way.
typedef enum {
    UNKNOWN,
    GLUED,
    RUN_TOGETHER,
    LIGATURE,
    HYPHEN,
    INNER_CAPITAL,
    INVENTED
} shape;

static const struct {
    const char *rule, *category;
    cq_confidence confidence;
    bool safe;
    const char *fr, *en; // message, a format for the word
} SHAPES[] = {
    [UNKNOWN] = {"spelling/unknown", "linguistic-conventions/spelling", CQ_MEDIUM, false,
                 "« %.*s » n’est pas dans le dictionnaire.",
                 "“%.*s” is not in the dictionary."},
    // At an apostrophe there is no other way to read it.
    [GLUED] = {"spelling/glued", "linguistic-conventions/spelling", CQ_HIGH, true,
               "Deux mots collés : « %.*s ».", "Two words run together: “%.*s”."},
    [RUN_TOGETHER] = {"spelling/glued", "linguistic-conventions/spelling", CQ_MEDIUM,
                      false, "Deux mots collés, semble-t-il : « %.*s ».",
                      "Two words run together, it seems: “%.*s”."},
    [LIGATURE] = {"spelling/ligature", "linguistic-conventions/typography", CQ_HIGH, true,
                  "« %.*s » s’écrit avec une ligature.",
                  "“%.*s” is written with a ligature."},
    // Many write it, and all understand it: a finishing touch.
    [HYPHEN] = {"spelling/hyphen", "linguistic-conventions/typography", CQ_LOW, true,
                "« %.*s » s’écrit d’un seul tenant.", "“%.*s” is written in one piece."},
    // A site that replaces "AI" by "IA" everywhere writes "socIAl".
    [INNER_CAPITAL] = {"spelling/inner-capital", "linguistic-conventions/spelling",
                       CQ_HIGH, true, "Majuscule au milieu du mot, qui s’écrit « %.*s ».",
                       "A capital inside the word, which is written “%.*s”."},
    // French by its ending, but no word and near to none: small engines coin such.
    [INVENTED] = {"spelling/invented", "linguistic-conventions/spelling", CQ_MEDIUM,
                  false, "« %.*s » n’existe pas, semble-t-il.",
                  "“%.*s” is no word, it seems."},
};

typedef struct {
    cq_spot at;
    shape shape;
    cq_str right;          // how it is written, where the shape says that
    bool among_strangers;  // beside another unknown word: "Karenia brevis"
    cq_str previous, next; // neighbours' text, for ranking
    uint32_t english;      // the token of the source that it stands for; CQ_NO_LINK
} suspect;

// What is known of a form once it was looked up.
typedef struct {
    cq_suggestion best[SUGGEST_MAX];
    size_t n;
    unsigned edits; // from the best correction, accents not counted
} answer;

typedef struct {
    CQ_VEC(suspect) suspects;
    cq_map elsewhere; // words of addresses, code and foreign passages, folded
    cq_map asked;     // suspect form -> index into answers
    CQ_VEC(answer *) answers;
} spelling;

// Words that begin a compound which French took over whole: "pull request", "open space",
// "data scientist". What follows them in English is a part of it.
static const char *const COMPOUND[] = {
    "pull",   "open",  "data",    "soft",  "hard",    "full",     "top",     "fast",
    "low",    "big",   "deep",    "smart", "machine", "business", "start",   "cloud",
    "civic",  "slow",  "user",    "web",   "dark",    "street",   "stand",   "live",
    "cocker", "merge", "code",    "text",  "design",  "product",  "science", "one",
    "crash",  "happy", "sitting", "night", "black",   "white",    "red",     "green",
    "blue",   "fan",   "rock",    "pop",   "free",    "think",    "task",    "swing",
    "stop",   "end",   "edge",    "back",  "front",   "bug",      "hot",     "field",
    "speed",
};

static cq_str fold(char *buf, size_t size, cq_str word)
{
    cq_str f = cq_fold_into(buf, size, word);
    return f.p ? f : (cq_str){0};
}

static bool begins_compound(cq_str word)
{
    char buf[16];
    cq_str f = fold(buf, sizeof buf, word);
    return f.n && CQ_IN(COMPOUND, f);
}

// English words, most of them no French words, none of them a name: two in a short run
// tell English from an unknown French word.
static bool english_word(cq_str word)
{
    static const char *const ALSO[] = {"be", "but", "as",  "an",   "so",   "if",
                                       "or", "do",  "all", "more", "most", "no"};
    char buf[16];
    cq_str f = fold(buf, sizeof buf, word);
    return cq_is_english_function_word(word) || (f.n && CQ_IN(ALSO, f));
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

enum {
    NOT_OURS = CQ_TOKEN_KNOWN | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED | CQ_TOKEN_DIGITS |
               CQ_TOKEN_ABBREVIATION | CQ_TOKEN_INVERTED
};

// Letters, apostrophes and hyphens only: not km/h, n°, or a word with soft hyphens.
static bool plain_letters(cq_str word)
{
    for (size_t i = 0; i < word.n;) {
        uint32_t c = cq_utf8_next(word, &i);
        if (!cq_is_letter(c) && c != '-' && !cq_is_apostrophe(c)) return false;
    }
    return true;
}

// A part of a compound that needs no entry of its own: a name (ex-Cedel), a combining
// form (tibéto-mongol, sportivo-financier), or too short to tell.
static bool free_part(cq_str part)
{
    if (cq_utf8_count(part) < WORD_MIN || cq_str_ends(part, cq_str_of("o"))) return true;
    size_t i = 0;
    return cq_is_upper(cq_utf8_next(part, &i));
}

// The part of the word that the dictionary refuses; empty when there is none.
static cq_str refused(const cq_check_run *run, cq_str word)
{
    const cq_str none = {word.p, 0};
    if (cq_lexicon_accepts(run->lexicon, word)) return none;
    if (!memchr(word.p, '-', word.n)) return word;
    cq_str rest = word, part;
    while (cq_str_split(&rest, '-', &part)) {
        if (!free_part(part) && !cq_lexicon_accepts(run->lexicon, part)) return part;
    }
    return none;
}

// "coeur" is "cœur": the dictionary knows it with its ligature.
static cq_str with_ligature(const cq_check_run *run, cq_str word)
{
    static const struct {
        const char *apart, *joined;
    } PAIRS[] = {{"oe", "œ"}, {"Oe", "Œ"}, {"ae", "æ"}, {"Ae", "Æ"}};
    for (size_t i = 0; i < CQ_COUNT(PAIRS); i++) {
        size_t at = cq_str_find(word, cq_str_of(PAIRS[i].apart));
        if (at == SIZE_MAX) continue;
        cq_str tail = cq_str_sub(word, at + 2, word.n);
        cq_str joined = cq_strf(run->arena, "%.*s%s%.*s", (int)at, word.p,
                                PAIRS[i].joined, CQ_PRI(tail));
        if (cq_lexicon_accepts(run->lexicon, joined)) return joined;
    }
    return (cq_str){0};
}

static const char *const PREFIXES[] = {
    "anti",  "auto",   "bio",    "co",      "extra", "géo",   "hyper", "inter",  "intra",
    "macro", "méga",   "micro",  "mini",    "mono",  "multi", "néo",   "poly",   "post",
    "pré",   "super",  "supra",  "sur",     "télé",  "trans", "ultra", "cyber",  "crypto",
    "nano",  "narco",  "éco",    "électro", "infra", "hydro", "agro",  "neuro",  "psycho",
    "socio", "techno", "thermo", "turbo",   "vidéo", "archi", "para",  "pseudo", "quasi",
    "semi",  "sous",   "contre", "non",
};

// "intersociétés": a word that anyone may make of a prefix and a noun or adjective.
static bool is_derived(const cq_check_run *run, cq_str word)
{
    enum { BASE_MIN = 5, LONG = 6, SHORT_BASE_MIN = 3 }; // "électropop"
    char buf[3 * WORD_BYTES_MAX + 4];
    cq_str f = fold(buf, sizeof buf, word);
    for (size_t i = 0; f.n && i < CQ_COUNT(PREFIXES); i++) {
        cq_str prefix = cq_str_of(PREFIXES[i]);
        size_t base_min = prefix.n >= LONG ? SHORT_BASE_MIN : BASE_MIN;
        if (prefix.n < 3 || f.n < prefix.n + base_min || !cq_str_starts(f, prefix))
            continue;
        cq_str base = cq_str_sub(f, prefix.n, f.n);
        uint32_t id = cq_lexicon_lookup(run->lexicon, base);
        if (id && cq_lexicon_frequency(run->lexicon, id) >= FAMILIAR) return true;
    }
    return false;
}

// "sur-régulation" is "surrégulation": prefixes that take no hyphen, where the dictionary
// has the word in one piece.
static cq_str without_hyphen(const cq_check_run *run, cq_str word)
{
    const char *hyphen = memchr(word.p, '-', word.n);
    if (!hyphen) return (cq_str){0};
    size_t n = (size_t)(hyphen - word.p);
    char buf[16];
    cq_str prefix = fold(buf, sizeof buf, cq_str_sub(word, 0, n));
    for (size_t i = 0; prefix.n && i < CQ_COUNT(PREFIXES); i++) {
        if (!cq_str_is(prefix, PREFIXES[i])) continue;
        cq_str tail = cq_str_sub(word, n + 1, word.n);
        cq_str joined = cq_strf(run->arena, "%.*s%.*s", (int)n, word.p, CQ_PRI(tail));
        if (cq_lexicon_accepts(run->lexicon, joined)) return joined;
    }
    return (cq_str){0};
}

// "socIAl" is "social": a French word in lower case but for letters inside it. Not
// "iPad", "eBook" or "desCartes", where the capital begins something.
static cq_str lower_inside(const cq_check_run *run, cq_str word)
{
    size_t i = 0, n = 0, last = 0, first = 0;
    while (i < word.n) {
        bool upper = cq_is_upper(cq_utf8_next(word, &i));
        n++;
        if (!upper) continue;
        if (!first) first = n;
        last = n;
    }
    if (first < 3 || last == n || last == first) return (cq_str){0};
    cq_str lower = cq_fold(run->arena, word);
    return cq_lexicon_accepts(run->lexicon, lower) ? lower : (cq_str){0};
}

// "précédentLes", "BornsteinPar": where a link or a byline of a page ran into the next
// text. The offset at which the second word begins; 0: none. Only words that open a text,
// for names are written so, too (DeepSeek, JavaScript).
static size_t opening_inside(cq_str word)
{
    static const char *const OPENING[] = {"Les",  "Le",    "La",   "Un",   "Une",  "Des",
                                          "Par",  "Il",    "Elle", "Dans", "Pour", "Sur",
                                          "Avec", "Cette", "Nous", "Vous"};
    enum { HEAD_MIN = 4 };
    for (size_t k = 0; k < CQ_COUNT(OPENING); k++) {
        cq_str tail = cq_str_of(OPENING[k]);
        if (word.n < tail.n + HEAD_MIN || !cq_str_ends(word, tail)) continue;
        size_t i = 0;
        cq_utf8_next(word, &i);
        while (i < word.n - tail.n) {
            if (!cq_is_lower(cq_utf8_next(word, &i))) return 0;
        }
        return word.n - tail.n;
    }
    return 0;
}

static bool is_stranger(const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    if (t->kind != CQ_TOKEN_WORD || t->flags & CQ_TOKEN_ELIDED) return false;
    return !(t->flags & CQ_TOKEN_KNOWN) || english_word(cq_token_text(p, i));
}

// The word of the source that token i stands for: the one linked to it, else the only one
// of its sentence that no French word renders.
static uint32_t english_of(cq_check_run *run, const cq_passage *p, uint32_t i)
{
    const cq_word_links *w =
        run->linker ? cq_link_words(run->linker, run->scratch, p, i) : NULL;
    if (!w) return CQ_NO_LINK;
    uint32_t found = cq_link_of(w, CQ_SIDE_TARGET, i).other;
    if (found != CQ_NO_LINK) return found;
    for (uint32_t e = w->first[CQ_SIDE_SOURCE]; e < w->last[CQ_SIDE_SOURCE]; e++) {
        if (!cq_link_content_english(run->pair, e) ||
            cq_link_of(w, CQ_SIDE_SOURCE, e).other != CQ_NO_LINK)
            continue;
        if (found != CQ_NO_LINK) return CQ_NO_LINK;
        found = e;
    }
    return found;
}

static void remember(cq_check_run *run, spelling *s, const cq_passage *p, size_t i,
                     size_t last, suspect x)
{
    if (s->suspects.n == SUSPECTS_MAX) return;
    x.among_strangers =
        (i && is_stranger(p, i - 1)) || (last < p->n && is_stranger(p, last));
    if (i) x.previous = cq_token_text(p, i - 1);
    if (last < p->n) x.next = cq_token_text(p, last);
    x.english = x.shape == UNKNOWN ? english_of(run, p, (uint32_t)i) : CQ_NO_LINK;
    *CQ_PUSH(run->arena, &s->suspects) = x;
}

// The text at a spot with a space put in.
static cq_str cut(cq_check_run *run, cq_spot at, size_t joint)
{
    cq_str all = cq_str_sub(run->doc->text, at.start, at.end);
    cq_str tail = cq_str_sub(all, joint, all.n);
    return cq_strf(run->arena, "%.*s %.*s", (int)joint, all.p, CQ_PRI(tail));
}

// Looks at an unknown word that is not part of an English passage.
static void look_at(cq_check_run *run, spelling *s, const cq_passage *p, size_t i,
                    size_t end)
{
    const cq_token *t = &p->tokens[i];
    cq_str word = cq_token_text(p, i);
    suspect x = {.at = cq_spot_of_tokens(p, i, i + 1)};
    if (word.n > WORD_BYTES_MAX || !plain_letters(word)) return;
    if (t->flags & CQ_TOKEN_MIXED && (x.right = lower_inside(run, word)).n) {
        x.shape = INNER_CAPITAL;
        remember(run, s, p, i, i + 1, x);
        return;
    }
    size_t opening = t->flags & CQ_TOKEN_MIXED ? opening_inside(word) : 0;
    if (opening) {
        x.shape = RUN_TOGETHER;
        x.right = cut(run, x.at, opening);
        remember(run, s, p, i, i + 1, x);
        return;
    }
    if (t->flags & NOT_OURS) return;
    if (t->flags & CQ_TOKEN_ELIDED) {
        size_t joint = glued_elision(run, word);
        if (!joint || i + 1 == end) return;
        x.shape = GLUED;
        x.at = cq_spot_of_tokens(p, i, i + 2);
        x.right = cut(run, x.at, joint);
        remember(run, s, p, i, i + 2, x);
        return;
    }
    bool is_name = t->flags & CQ_TOKEN_CAPITAL && !(t->flags & CQ_TOKEN_FIRST);
    if ((x.right = with_ligature(run, word)).n)
        x.shape = LIGATURE;
    else if (!is_name && (x.right = without_hyphen(run, word)).n)
        x.shape = HYPHEN;
    else if (t->flags & CQ_TOKEN_CAPITAL || cq_utf8_count(word) < WORD_MIN)
        return;
    else {
        cq_str part = refused(run, word);
        if (!part.n) return;
        x.at.start = (uint32_t)(part.p - p->doc->text.p);
        x.at.end = x.at.start + (uint32_t)part.n;
    }
    remember(run, s, p, i, i + 1, x);
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
            bool known = t->flags & CQ_TOKEN_KNOWN && !(t->flags & CQ_TOKEN_MIXED);
            if (t->kind != CQ_TOKEN_WORD || known) continue;
            size_t last = cq_english_run(run, p, i, end);
            if (last > i) {
                for (size_t w = i; w < last; w++) note_words(run, s, cq_token_text(p, w));
                i = last - 1;
                continue;
            }
            look_at(run, s, p, i, end);
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
    return best_frequency >= COMMON ? best : 0;
}

// "bordde", "lesparamètres": a common word and a function word before or behind it.
// `lax`: nothing better is known of the word, so shorter and rarer ones will do.
static size_t glued_function_word(const cq_check_run *run, cq_str word, bool lax)
{
    static const char *const BEFORE[] = {"les",  "des",   "une",  "dans", "pour",
                                         "avec", "cette", "vous", "nous", "aux"};
    static const char *const BEHIND[] = {"de",  "et",  "les",  "des",  "dans", "pour",
                                         "que", "qui", "avec", "sont", "vous"};
    static const char *const LAX[] = {"un", "une", "du",  "par", "vers", "sur",
                                      "à",  "au",  "aux", "le",  "la",   "est"};
    enum { PART_MIN = 5, RARE = 3 };
    unsigned least = lax ? RARE : FAMILIAR;
    for (size_t i = 0; i < CQ_COUNT(BEFORE); i++) {
        cq_str w = cq_str_of(BEFORE[i]);
        if (word.n < w.n + PART_MIN || !cq_str_starts(word, w)) continue;
        uint32_t id = cq_lexicon_lookup(run->lexicon, cq_str_sub(word, w.n, word.n));
        if (id && cq_lexicon_frequency(run->lexicon, id) >= least) return w.n;
    }
    for (size_t i = 0; i < CQ_COUNT(BEHIND) + (lax ? CQ_COUNT(LAX) : 0); i++) {
        bool common = i < CQ_COUNT(BEHIND);
        cq_str w = cq_str_of(common ? BEHIND[i] : LAX[i - CQ_COUNT(BEHIND)]);
        if (word.n < w.n + PART_MIN - common || !cq_str_ends(word, w)) continue;
        uint32_t id = cq_lexicon_lookup(run->lexicon, cq_str_sub(word, 0, word.n - w.n));
        if (id && cq_lexicon_frequency(run->lexicon, id) >= least) return word.n - w.n;
    }
    return 0;
}

// A word that French makes from others by rule: "cartographiquement", "spatialisable",
// "reprogrammé", "engourdissante".
static bool is_regular(const cq_check_run *run, cq_str word)
{
    static const struct {
        const char *ending, *base; // the ending goes, the base's comes
    } ENDINGS[] = {
        {"ment", ""},    {"able", "er"},   {"ables", "er"},     {"e", ""},
        {"es", ""},      {"s", ""},        {"isation", "iser"}, {"eur", "er"},
        {"eurs", "er"},  {"euse", "er"},   {"euses", "er"},     {"age", "er"},
        {"ages", "er"},  {"isme", "iste"}, {"iste", "isme"},    {"istes", "isme"},
        {"ité", ""},     {"iser", ""},     {"isé", ""},         {"isée", ""},
        {"ienne", "ie"}, {"ien", "ie"},    {"iens", "ie"},      {"ais", "e"},
        {"aise", "e"},   {"ois", "e"},     {"oise", "e"},       {"ique", "ie"}};
    static const char *const FRONT[] = {"re", "ré", "dé", "dés", "in", "im", "ir", "sur"};
    enum { BASE_MIN = 5 };
    for (size_t i = 0; i < CQ_COUNT(ENDINGS); i++) {
        cq_str e = cq_str_of(ENDINGS[i].ending);
        if (word.n < e.n + BASE_MIN || !cq_str_ends(word, e)) continue;
        cq_str base =
            cq_strf(run->scratch, "%.*s%s", (int)(word.n - e.n), word.p, ENDINGS[i].base);
        if (cq_lexicon_accepts(run->lexicon, base) ||
            cq_lexicon_accepts(run->lexicon, cq_upper_first(run->scratch, base)))
            return true;
    }
    for (size_t i = 0; i < CQ_COUNT(FRONT); i++) {
        cq_str f = cq_str_of(FRONT[i]);
        if (word.n < f.n + BASE_MIN || !cq_str_starts(word, f)) continue;
        if (cq_lexicon_accepts(run->lexicon, cq_str_sub(word, f.n, word.n))) return true;
    }
    return false;
}

static bool looks_french(cq_str word)
{
    if (memchr(word.p, 'k', word.n) || memchr(word.p, 'w', word.n)) return false;
    static const char *const ENDINGS[] = {
        "é",     "ée",   "és",    "ées",   "er",    "ez",    "ant",  "ment",
        "eux",   "euse", "euses", "tion",  "tions", "sion",  "age",  "ages",
        "ure",   "ures", "té",    "tés",   "ique",  "iques", "ère",  "ères",
        "ier",   "iers", "ière",  "aire",  "aires", "oir",   "oire", "ance",
        "ances", "ence", "ences", "esse",  "eur",   "eurs",  "elle", "elles",
        "ir",    "ait",  "aient", "eront", "era",   "ale",   "ales", "aux",
        "eaux",  "isme", "iste",  "istes", "able",  "ables", "aut",  "ent",
    };
    for (size_t i = 0; i < CQ_COUNT(ENDINGS); i++) {
        if (cq_str_ends(word, cq_str_of(ENDINGS[i]))) return true;
    }
    return false;
}

// `shown` is what the message is about: the word, or how it is written.
static cq_hit *report(cq_check_run *run, const suspect *x, shape as, cq_str shown)
{
    cq_hit *h = cq_hit_add(run, cq_str_of(SHAPES[as].rule), x->at);
    h->category = cq_str_of(SHAPES[as].category);
    h->severity = CQ_MINOR;
    h->confidence = SHAPES[as].confidence;
    h->safe = SHAPES[as].safe;
    const char *format = cq_say(run, SHAPES[as].fr, SHAPES[as].en);
    h->message = cq_strf(run->arena, format, CQ_PRI(shown));
    return h;
}

static void report_otherwise(cq_check_run *run, const suspect *x, shape as, cq_str right)
{
    cq_hit *h = report(run, x, as, right);
    cq_hit_fix_add(run, h, x->at.start, x->at.end, right);
}

static void report_english(cq_check_run *run, const suspect *x, cq_str word,
                           cq_confidence confidence)
{
    cq_hit *h = cq_hit_add(run, cq_str_of("spelling/english-word"), x->at);
    h->category = cq_str_of("accuracy/untranslated");
    h->severity = CQ_MINOR;
    h->confidence = confidence;
    h->message = cq_strf(
        run->arena,
        cq_say(run, "« %.*s » est-il resté en anglais ?", "Is “%.*s” left in English?"),
        CQ_PRI(word));
}

// "twitter", "postgres": a name of one word, which others write with a capital.
static bool is_name(const cq_check_run *run, cq_str word)
{
    uint32_t first;
    size_t n = cq_names_find(run->names, cq_names_fold(run->scratch, word), &first);
    for (size_t k = 0; k < n; k++) {
        const cq_name_use *uses;
        size_t uses_n = cq_names_uses(run->names, first + (uint32_t)k, &uses);
        for (size_t u = 0; u < uses_n; u++) {
            cq_name name;
            if (cq_names_get(run->names, uses[u].name, &name) && name.words_n == 1 &&
                (name.type == 'o' || name.type == 'w'))
                return true;
        }
    }
    return false;
}

// Something in the article speaks for a name or a foreign word.
static bool excused(const cq_check_run *run, const spelling *s, cq_str word)
{
    char buf[3 * WORD_BYTES_MAX + 4];
    cq_str folded = fold(buf, sizeof buf, word);
    return !folded.n || cq_map_get(&s->elsewhere, folded) ||
           cq_word_count(run, cq_upper_first(run->scratch, word)) || is_name(run, word);
}

// The word that a hyphen joins to the suspect, "" if there is none.
static cq_str hyphenated(const cq_check_run *run, const suspect *x)
{
    cq_str text = run->doc->text;
    size_t from = x->at.start, to = x->at.end;
    if (from && text.p[from - 1] == '-') {
        size_t end = --from;
        while (from) {
            size_t before = from;
            if (!cq_is_letter(cq_utf8_prev(text, &before))) break;
            from = before;
        }
        return cq_str_sub(text, from, end);
    }
    if (to >= text.n || text.p[to] != '-') return (cq_str){0};
    size_t start = ++to;
    while (to < text.n) {
        size_t next = to;
        if (!cq_is_letter(cq_utf8_next(text, &next))) break;
        to = next;
    }
    return cq_str_sub(text, start, to);
}

// "pull request", "soft power", "eye-tracking": the second half of an English compound.
static bool completes_compound(const cq_check_run *run, const suspect *x, cq_str word)
{
    if (!run->foreign || !cq_lexicon_accepts(run->foreign, word)) return false;
    if (begins_compound(word) || begins_compound(x->previous)) return true;
    cq_str other = hyphenated(run, x);
    return other.n && (begins_compound(other) || cq_lexicon_accepts(run->foreign, other));
}

// "icone carte" as the text of a picture is a label, often the name of its file.
static bool is_label(const cq_check_run *run, const suspect *x)
{
    const cq_document *d = run->doc;
    const cq_block *b = &d->blocks.v[cq_document_block_at(d, x->at.start)];
    size_t i = b->text.start;
    return b->kind == CQ_BLOCK_ALT_TEXT && !cq_is_upper(cq_utf8_next(d->text, &i));
}

static const answer *corrections(cq_check_run *run, spelling *s, const suspect *x,
                                 cq_str word)
{
    bool fresh;
    if (!cq_map_get(&s->asked, word) && s->asked.n == RANKED_FORMS_MAX) return NULL;
    uint32_t *at = cq_map_put(&s->asked, word, &fresh);
    if (!fresh) return s->answers.v[*at];
    *at = (uint32_t)s->answers.n;
    answer *a = *CQ_PUSH(run->arena, &s->answers) = CQ_NEW(run->arena, answer);
    unsigned max = run->options->suggest > 1 ? run->options->suggest : 1;
    cq_arena_reset(run->scratch);
    // What is not believable is not shown, so it need not be found.
    unsigned least = cq_utf8_count(word) < TYPO_MIN ? CQ_FREQUENCY_NONE : FAMILIAR;
    if (!cq_lexicon_may_mean(run->lexicon, run->scratch, word, least)) return a;
    a->n = cq_lexicon_suggest(run->lexicon, run->scratch, word, x->previous, x->next,
                              max < SUGGEST_MAX ? max : SUGGEST_MAX, a->best);
    if (!a->n) return a;
    for (size_t i = 0; i < a->n; i++) {
        a->best[i].text = cq_str_copy(run->arena, a->best[i].text);
    }
    cq_str typed = cq_strip_accents(run->scratch, cq_fold(run->scratch, word));
    cq_str meant = cq_strip_accents(run->scratch, cq_fold(run->scratch, a->best[0].text));
    a->edits = cq_edit_distance(typed, meant, 2);
    return a;
}

// A word one may have meant: not two words, not a name, and, when letters differ and not
// only accents, no rare one.
static bool believable(const cq_check_run *run, const answer *a)
{
    cq_str best = a->best[0].text;
    size_t i = 0;
    if (a->edits > 1 || memchr(best.p, ' ', best.n)) return false;
    if (cq_is_upper(cq_utf8_next(best, &i))) return false;
    uint32_t id = cq_lexicon_lookup(run->lexicon, best);
    return a->edits == 0 || cq_lexicon_frequency(run->lexicon, id) >= FAMILIAR;
}

// Only what is nearly a French word is reported: an unknown word that resembles none is a
// term, a coinage or foreign far more often than an error. False: it is not that near.
static bool report_misspelt(cq_check_run *run, spelling *s, const suspect *x, cq_str word)
{
    const answer *a = corrections(run, s, x, word);
    if (!a || !a->n || !believable(run, a)) return false;
    bool accent = a->edits == 0; // nothing but accents is wrong
    if (!accent && (x->among_strangers || cq_utf8_count(word) < TYPO_MIN)) return false;
    bool term = cq_word_count(run, word) >= TERM_COUNT;
    cq_confidence sure = accent ? CQ_HIGH : CQ_MEDIUM;
    if (x->at.quoted || term) sure = CQ_LOW;
    cq_hit *h = report(run, x, UNKNOWN, word);
    h->confidence = sure;
    for (size_t i = 0; i < a->n && i < run->options->suggest; i++) {
        cq_hit_fix_add(run, h, x->at.start, x->at.end, a->best[i].text);
    }
    return true;
}

// No "ț" or "ł": those are words of another language.
static bool french_letters(cq_str word)
{
    for (size_t i = 0; i < word.n;) {
        uint32_t c = cq_utf8_next(word, &i);
        if (c > 0xFF && c != 0x153) return false; // œ
    }
    return true;
}

static size_t common_start(cq_str a, cq_str b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n]) n++;
    return n;
}

// What the aligned English says of a word: it has the like ("lophoscopists"), or nothing
// that the word could have come from.
typedef enum { NOT_SAID, TAKEN_OVER, FROM_NOWHERE } descent;

static descent descent_of(const cq_check_run *run, const suspect *x, cq_str word)
{
    enum { ALIKE = 4, EDITS = 2 };
    static const float SURE = 0.5f;
    cq_aligned at;
    if (!run->pair || !french_letters(word)) return NOT_SAID;
    if (!cq_pair_at(run->pair, x->at.start, x->at.end, &at)) return NOT_SAID;
    descent d = at.confidence < SURE ? NOT_SAID : FROM_NOWHERE;
    cq_str plain = cq_strip_accents(run->scratch, cq_fold(run->scratch, word));
    for (uint32_t i = at.first_token; i < at.last_token; i++) {
        cq_str english = cq_pair_folded(run->pair, i);
        english = cq_strip_accents(run->scratch, english);
        if (cq_edit_distance(plain, english, EDITS) <= EDITS) return TAKEN_OVER;
        if (common_start(plain, english) >= ALIKE) d = NOT_SAID;
    }
    return d;
}

// What is neither French nor English, nor a misspelling of a word that one may guess.
static void report_strange(cq_check_run *run, const suspect *x, cq_str word)
{
    descent d = descent_of(run, x, word);
    bool doubtful = x->at.quoted || x->among_strangers || cq_word_count(run, word) > 1;
    if (d == TAKEN_OVER || (doubtful && d != FROM_NOWHERE)) return;
    size_t joint = glued_function_word(run, word, true);
    if (joint) {
        report_otherwise(run, x, RUN_TOGETHER, cut(run, x->at, joint));
        return;
    }
    bool shaped = cq_utf8_count(word) >= TYPO_MIN && looks_french(word);
    if (d != FROM_NOWHERE && (!shaped || hyphenated(run, x).n)) return;
    if (is_regular(run, word)) return;
    cq_hit *h = report(run, x, INVENTED, word);
    if (x->english == CQ_NO_LINK) return;
    const cq_token *english = &run->pair->english.tokens[x->english];
    if (english->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED)) return;
    h->source = cq_token_text(&run->pair->english, x->english);
    h->source_at = (cq_span){english->start, english->end};
    h->message = cq_strf(run->arena,
                         cq_say(run, "« %.*s » n’existe pas ; la source a « %.*s ».",
                                "“%.*s” is no word; the source has “%.*s”."),
                         CQ_PRI(word), CQ_PRI(h->source));
}

// "launch" is no slip for "lunch": an English word, and its correction is no kin of it.
static bool is_far(const cq_check_run *run, cq_str word, const answer *a)
{
    enum { KIN = 2, LONG = 8 };
    if (!a->n || a->edits == 0 || cq_utf8_count(word) >= LONG) return false;
    cq_str plain = cq_strip_accents(run->scratch, word);
    cq_str best = cq_strip_accents(run->scratch, a->best[0].text);
    return common_start(plain, best) < KIN;
}

static void judge(cq_check_run *run, spelling *s, const suspect *x)
{
    cq_str word = cq_str_sub(run->doc->text, x->at.start, x->at.end);
    if (x->shape == HYPHEN && x->among_strangers) return; // Co-op Translator
    if (x->shape != UNKNOWN) {
        report_otherwise(run, x, x->shape, x->right);
        return;
    }
    if (excused(run, s, word) || completes_compound(run, x, word)) return;
    if (is_label(run, x)) return;
    // The author wrote it: a term or a name, or English that stayed; no slip of the
    // French.
    bool quoted = run->pair && cq_pair_says(run->pair, word);
    if (quoted && run->foreign && !cq_lexicon_accepts(run->foreign, word)) return;
    const answer *a = corrections(run, s, x, word);
    bool accent = a && a->n && a->edits == 0; // "chateaux" is no "chat eaux"
    if (accent && !quoted && report_misspelt(run, s, x, word)) return;
    if (is_derived(run, word)) return;
    size_t joint = glued_words(run, word);
    bool english = run->foreign && cq_lexicon_accepts(run->foreign, word);
    if (!joint && !english) joint = glued_function_word(run, word, false);
    if (joint) {
        report_otherwise(run, x, RUN_TOGETHER, cut(run, x->at, joint));
        return;
    }
    bool far = english && a && is_far(run, word, a);
    if (!quoted && !far && report_misspelt(run, s, x, word)) return;
    if (!english) {
        if (!quoted) report_strange(run, x, word);
        return;
    }
    static const char *const VALUES[] = {"true", "false", "null"}; // of programs
    if (CQ_IN(VALUES, word)) return;
    bool gloss = x->at.start && run->doc->text.p[x->at.start - 1] == '('; // (upload)
    bool alone = !x->at.quoted && !x->among_strangers && !gloss;
    bool once = cq_word_count(run, word) < TERM_COUNT;
    if (alone && once && cq_utf8_count(word) >= ENGLISH_MIN)
        report_english(run, x, word, far ? CQ_MEDIUM : CQ_LOW);
}

void cq_spelling_finish(cq_check_run *run, void *state)
{
    spelling *s = state;
    for (size_t i = 0; i < s->suspects.n; i++) judge(run, s, &s->suspects.v[i]);
}
