// What technical writing sets in bold or italics behind "click", "the menu" or "under" is
// a label. One that begins with a small letter has lost its capital: engines take it for
// a common noun. Beside the source the labels of linked sentences are paired in order,
// and the English capital decides; then words around it need not tell.
#include "checks/labels.h"

#include "base/utf8.h"

enum {
    WORDS_MAX = 8,   // tokens of a label; longer stretches are emphasis
    LABELS_MAX = 24, // of linked sentences; more are a table
    LETTERS_MIN = 2,
    LINK_MAX = 400, // bytes of the text of a link
    ARTICLE_MAX_BYTES = 5,
    PART_MIN = 2, // bytes of what is glued
};

static const float SURE = 0.5f;

typedef struct {
    size_t first, last; // tokens, half-open
    size_t marks;       // bytes that open it: 1 or 2; 3 for an element
} label;

typedef struct {
    label v[LABELS_MAX];
    size_t n;
} labels;

static const struct {
    const char *open, *close;
} ELEMENTS[] = {
    {"<strong>", "</strong>"}, {"<b>", "</b>"}, {"<em>", "</em>"}, {"<i>", "</i>"}};

// How emphasis opens right before `at` of a file: the width of its marks, 0: it does not.
static size_t opens_at(cq_str file, uint32_t at)
{
    cq_str before = cq_str_sub(file, 0, at);
    for (size_t i = 0; i < CQ_COUNT(ELEMENTS); i++) {
        if (cq_str_ends(before, cq_str_of(ELEMENTS[i].open))) return 3;
    }
    size_t n = 0;
    while (n < 3 && n < before.n && before.p[before.n - 1 - n] == '*') n++;
    if (n == 3) return 0;
    if (n || !before.n || before.p[before.n - 1] != '_') return n;
    bool in_word = before.n > 1 && (cq_is_alpha(before.p[before.n - 2]) ||
                                    cq_is_digit(before.p[before.n - 2]));
    return in_word ? 0 : 1;
}

static bool closes_at(cq_str file, uint32_t at, size_t marks)
{
    cq_str after = cq_str_sub(file, at, file.n);
    for (size_t i = 0; marks == 3 && i < CQ_COUNT(ELEMENTS); i++) {
        if (cq_str_starts(after, cq_str_of(ELEMENTS[i].close))) return true;
    }
    if (marks == 1 && after.n && after.p[0] == '_') return true;
    size_t n = 0;
    while (n < 3 && n < after.n && after.p[n] == '*') n++;
    return n == marks;
}

// The label that begins with token `i`; false: none does.
static bool label_at(const cq_passage *p, size_t i, size_t end, label *out)
{
    const cq_token *t = &p->tokens[i];
    cq_str file = p->doc->source;
    uint32_t start = cq_document_source(p->doc, t->start, t->end).start;
    size_t marks = opens_at(file, start);
    if (!marks) return false;
    for (size_t k = i; k < end && k < i + WORDS_MAX; k++) {
        const cq_token *last = &p->tokens[k];
        uint32_t stop = cq_document_source(p->doc, last->start, last->end).end;
        if (!closes_at(file, stop, marks)) continue;
        *out = (label){i, k + 1, marks};
        return true;
    }
    return false;
}

static void find_labels(const cq_passage *p, size_t first, size_t last, labels *out)
{
    out->n = 0;
    for (size_t i = first; i < last && out->n < LABELS_MAX; i++) {
        if (!label_at(p, i, last, &out->v[out->n])) continue;
        i = out->v[out->n].last - 1;
        out->n++;
    }
}

static cq_str folded(const cq_passage *p, size_t i, char buf[64])
{
    return cq_fold_into(buf, 64, cq_token_text(p, i));
}

// In small letters, and neither code nor a path.
static bool is_small(const cq_passage *p, const label *l)
{
    const cq_token *t = &p->tokens[l->first];
    enum {
        NOT_PLAIN = CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED | CQ_TOKEN_DIGITS |
                    CQ_TOKEN_QUOTED
    };
    if (t->kind != CQ_TOKEN_WORD || t->flags & NOT_PLAIN) return false;
    if (t->end - t->start < LETTERS_MIN) return false;
    for (size_t i = l->first; i < l->last; i++) {
        const cq_token *u = &p->tokens[i];
        if (u->kind == CQ_TOKEN_URL) return false;
        bool joined = i > l->first && !(u->flags & CQ_TOKEN_SPACE);
        if (joined && (u->kind == CQ_TOKEN_SYMBOL || u->mark == CQ_MARK_SLASH ||
                       u->mark == CQ_MARK_POINT || u->mark == CQ_MARK_OTHER))
            return false;
    }
    return true;
}

// "sélectionnez", "choisir", "cochée": what takes a label as its object.
static bool selects(cq_str w)
{
    static const char *const STEMS[] = {"sélectionn", "choisi",   "coche",
                                        "coché",      "cochant",  "décoch",
                                        "désactiv",   "définiss", "développez"};
    for (size_t i = 0; i < CQ_COUNT(STEMS); i++) {
        if (cq_str_starts(w, cq_str_of(STEMS[i]))) return true;
    }
    return false;
}

static bool clicks(cq_str w)
{
    return cq_str_starts(w, cq_str_of("cliqu")) || cq_str_starts(w, cq_str_of("appuy")) ||
           cq_str_is(w, "clic") || cq_str_is(w, "cliquer-droit");
}

static bool holds_labels(cq_str w)
{
    static const char *const NOUNS[] = {
        "bouton",   "boutons",    "menu",        "sous-menu", "onglet", "onglets",
        "panneau",  "volet",      "fenêtre",     "champ",     "cocher", "commande",
        "rubrique", "vignette",   "application", "appli",     "touche", "icône",
        "dialogue", "déroulante", "déroulant",   "bascule",   "lien",   "écran",
        "case",     "composant"};
    return CQ_IN(NOUNS, w);
}

// "Cliquez sur **le bouton**" stresses words of the sentence.
static bool begins_with_article(const cq_passage *p, size_t i)
{
    static const char *const ARTICLES[] = {"le",    "la",  "les",   "l'", "un",
                                           "une",   "des", "du",    "ce", "cet",
                                           "cette", "ces", "votre", "vos"};
    static const char *const COMPUTERS[] = {"pc", "ordinateur", "appareil",
                                            "périphérique"};
    char buf[64];
    cq_str w = folded(p, i, buf);
    if (!w.p || !CQ_IN(ARTICLES, w)) return false;
    cq_str next = i + 1 < p->n ? folded(p, i + 1, buf) : w;
    return !next.p || !CQ_IN(COMPUTERS, next); // "Cet appareil"
}

// "Sélectionnez un **abonnement**" names no label but a thing.
static bool is_any(const cq_passage *p, const label *l, size_t begin)
{
    static const char *const WORDS[] = {"un",  "une", "des", "votre",
                                        "vos", "ce",  "cet", "cette"};
    char buf[64];
    if (l->first == begin) return false;
    cq_str w = folded(p, l->first - 1, buf);
    return w.p && CQ_IN(WORDS, w);
}

bool cq_labels_follow(cq_str w) { return holds_labels(w) || selects(w) || clicks(w); }

// Do the words before it say that it is a label?
static bool introduced(const cq_passage *p, size_t first, size_t begin)
{
    char buf[64];
    if (first == begin) return false;
    cq_str w = folded(p, first - 1, buf);
    if (!w.p) return false;
    if (holds_labels(w) || selects(w)) return true;
    bool towards = cq_str_is(w, "sur") || cq_str_is(w, "à");
    if (!towards || first - begin < 2) return false;
    for (size_t i = first - 2; i + 3 > first - 1; i--) {
        w = folded(p, i, buf);
        if (w.p && (clicks(w) || cq_str_starts(w, cq_str_of("accéd")))) return true;
        if (i == begin) break;
    }
    return false;
}

static void report(cq_check_run *run, const cq_passage *p, const label *l, cq_span source,
                   cq_confidence confidence)
{
    cq_spot at = cq_spot_of_tokens(p, l->first, l->last);
    cq_hit *h = cq_hit_add(run, cq_str_of("labels/small-letter"), at);
    h->category = cq_str_of("linguistic-conventions/casing");
    h->severity = CQ_MINOR;
    h->confidence = confidence;
    h->source_at = source;
    if (source.end > source.start)
        h->source =
            cq_str_sub(run->pair->doc[CQ_SIDE_SOURCE]->text, source.start, source.end);
    h->message =
        cq_str_of(cq_say(run, "Un libellé se cite avec sa majuscule, comme à l’écran.",
                         "A label keeps its capital, as on the screen."));
    cq_str text = cq_str_sub(p->doc->text, at.start, at.end);
    cq_hit_fix_add(run, h, at.start, at.end, cq_upper_first(run->arena, text));
}

static cq_hit *say(cq_check_run *run, const char *rule, cq_spot at, const char *category)
{
    cq_hit *h = cq_hit_add(run, cq_str_of(rule), at);
    h->category = cq_str_of(category);
    h->severity = CQ_MINOR;
    h->confidence = CQ_HIGH;
    return h;
}

// Where a link that ends at `at` of a Markdown file began: behind its "[".
static uint32_t link_start(cq_str file, uint32_t at)
{
    for (uint32_t i = at; i > 0 && at - i < LINK_MAX; i--) {
        char c = file.p[i - 1];
        if (c == '[') return i;
        if (c == ']' || c == '\n') break;
    }
    return at;
}

// "[Gestionnaire de](...) manipulation": a link that ends with an article or a
// preposition was cut in the wrong place.
static void look_at_cut(cq_check_run *run, const cq_passage *p, const cq_sentence *s,
                        size_t i)
{
    static const char *const WORDS[] = {
        "de",  "du", "des", "d'", "le",   "la",   "les",  "l'",    "un",  "une",  "au",
        "aux", "et", "ou",  "à",  "pour", "dans", "avec", "votre", "vos", "cette"};
    char buf[64];
    if (p->tokens[i].end - p->tokens[i].start > ARTICLE_MAX_BYTES) return;
    cq_str w = folded(p, i, buf);
    if (i + 1 >= s->last || !w.p || !CQ_IN(WORDS, w)) return;
    cq_str file = p->doc->source;
    uint32_t end = cq_document_source(p->doc, p->tokens[i].start, p->tokens[i].end).end;
    cq_str after = cq_str_sub(file, end, end + 2);
    if (!cq_str_is(after, "](") || p->tokens[i + 1].kind != CQ_TOKEN_WORD) return;
    if (link_start(file, end) == end) return;
    cq_hit *h =
        say(run, "labels/cut", cq_spot_of_tokens(p, i, i + 1), "design-and-markup/link");
    h->message = cq_str_of(cq_say(run, "Le lien s’arrête au milieu du groupe de mots.",
                                  "The link ends in the middle of the phrase."));
}

// "Consultez [vue d’ensemble](...)", "l’article [installer les outils](...)": the title
// of a page, that neither an article nor a capital shows to be one.
static void look_at_title(cq_check_run *run, const cq_passage *p, const cq_sentence *s,
                          size_t i)
{
    static const char *const BEFORE[] = {"consultez", "consulter", "voir",    "voyez",
                                         "article",   "section",   "rubrique"};
    static const char *const OTHERS[] = {"aussi", "également", "par", "plus"};
    const cq_token *t = &p->tokens[i];
    char buf[64];
    if (i == s->first || !is_small(p, &(label){i, i + 1, 0})) return;
    cq_str w = folded(p, i - 1, buf);
    if (!w.p || !CQ_IN(BEFORE, w) || !(t->flags & CQ_TOKEN_KNOWN)) return;
    if (!run->pair && cq_str_starts(w, cq_str_of("vo"))) return; // "voir [billet](...)"
    w = folded(p, i, buf);
    if (!w.p || CQ_IN(OTHERS, w) || begins_with_article(p, i)) return;
    uint32_t upos = CQ_GET_UPOS(t->morph), form = CQ_GET_VERBFORM(t->morph);
    bool verb = upos == CQ_VERB && (form == CQ_INF || form == CQ_PART_FORM);
    if (upos != CQ_NOUN && upos != CQ_ADJ && !verb && !cq_str_is(w, "comment")) return;
    cq_str file = p->doc->source;
    uint32_t start = cq_document_source(p->doc, t->start, t->end).start;
    if (!start || file.p[start - 1] != '[') return;
    size_t last = i + 1;
    while (last < s->last) {
        const cq_token *u = &p->tokens[last];
        cq_span in_file = cq_document_source(p->doc, u->start, u->end);
        if (cq_str_find(cq_str_sub(file, start, in_file.start), cq_str_of("](")) !=
            SIZE_MAX)
            break;
        last++;
    }
    cq_spot at = cq_spot_of_tokens(p, i, last);
    cq_hit *h = say(run, "labels/title", at, "linguistic-conventions/casing");
    h->message =
        cq_str_of(cq_say(run, "Le titre d’une page citée garde sa majuscule.",
                         "The title of a page that is cited keeps its capital."));
    cq_str text = cq_str_sub(p->doc->text, at.start, at.end);
    cq_hit_fix_add(run, h, at.start, at.end, cq_upper_first(run->arena, text));
}

// Bytes of the letters that begin `s`.
static size_t letters(cq_str s)
{
    size_t n = 0;
    while (n < s.n && (cq_is_alpha(s.p[n]) || (unsigned char)s.p[n] >= 0x80)) n++;
    return n;
}

// "**Paramètres**de lancement": a word that marks of emphasis or the end of a link cut
// into two, and that is none.
static void look_at_glue(cq_check_run *run, const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    if (t->kind != CQ_TOKEN_WORD || t->flags & CQ_TOKEN_KNOWN) return;
    cq_span in_file = cq_document_source(p->doc, t->start, t->end);
    cq_str s = cq_str_sub(p->doc->source, in_file.start, in_file.end);
    size_t left = letters(s);
    if (s.n <= t->end - t->start || left < PART_MIN || left == s.n) return;
    cq_str marks = cq_str_sub(s, left, s.n);
    size_t n = marks.n;
    while (n > 0 &&
           (cq_is_alpha(marks.p[n - 1]) || (unsigned char)marks.p[n - 1] >= 0x80))
        n--;
    size_t right = marks.n - n;
    marks.n = n;
    bool emphasis =
        cq_str_is(marks, "*") || cq_str_is(marks, "**") || cq_str_is(marks, "</a>") ||
        cq_str_is(marks, "</strong>") || cq_str_is(marks, "</em>") ||
        cq_str_is(marks, "</b>") ||
        (cq_str_starts(marks, cq_str_of("](")) && marks.p[marks.n - 1] == ')');
    if (!emphasis || right < PART_MIN || left + right != t->end - t->start) return;
    cq_hit *h = say(run, "labels/glued", cq_spot_of_tokens(p, i, i + 1),
                    "linguistic-conventions/spelling");
    h->message = cq_str_of(cq_say(run, "Il manque une espace entre ces deux mots.",
                                  "A space is missing between these two words."));
    cq_str word = cq_str_sub(p->doc->text, t->start, t->end);
    cq_str tail = cq_str_sub(word, left, word.n);
    cq_hit_fix_add(run, h, t->start, t->end,
                   cq_strf(run->arena, "%.*s %.*s", (int)left, word.p, CQ_PRI(tail)));
}

// Labels of the linked English, where they pair off with those of the French.
static const label *counterparts(cq_check_run *run, const cq_passage *p,
                                 const cq_sentence *s, size_t n, labels *english)
{
    cq_aligned at;
    if (!n || !run->pair || !cq_pair_of_sentence(run->pair, p, s, &at)) return NULL;
    if (at.confidence < SURE || at.target_last - at.target_first != 1) return NULL;
    find_labels(&run->pair->english, at.first_token, at.last_token, english);
    return english->n == n ? english->v : NULL;
}

// A word of French, or the English one left in small letters; others are code.
static bool is_word_of(cq_check_run *run, const cq_passage *p, size_t i, size_t english)
{
    char buf[64];
    cq_str w = folded(p, i, buf);
    return p->tokens[i].flags & CQ_TOKEN_KNOWN ||
           (w.p && cq_str_eq(w, cq_pair_folded(run->pair, (uint32_t)english)));
}

static bool marked_up(const cq_document *d)
{
    if (!d->format) return false; // a text of no file
    return strcmp(d->format, "markdown") == 0 || strcmp(d->format, "html") == 0;
}

void cq_labels_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    if (!marked_up(p->doc)) return;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *s = &p->sentences[k];
        for (size_t i = s->first; i < s->last; i++) {
            look_at_cut(run, p, s, i);
            look_at_title(run, p, s, i);
            look_at_glue(run, p, i);
        }
        labels french, english;
        find_labels(p, s->first, s->last, &french);
        const label *other = counterparts(run, p, s, french.n, &english);
        for (size_t i = 0; i < french.n; i++) {
            const label *l = &french.v[i];
            if (!is_small(p, l)) continue;
            if (!other) {
                const cq_token *t = &p->tokens[l->first];
                if (t->flags & CQ_TOKEN_KNOWN &&
                    CQ_GET_VERBFORM(t->morph) != CQ_FIN && // "la commande **doit** finir"
                    !begins_with_article(p, l->first) &&
                    introduced(p, l->first, s->first))
                    report(run, p, l, (cq_span){0}, CQ_MEDIUM);
                continue;
            }
            const cq_token *e = &run->pair->english.tokens[other[i].first];
            const cq_token *end = &run->pair->english.tokens[other[i].last - 1];
            if (!is_any(p, l, s->first) && is_word_of(run, p, l->first, other[i].first) &&
                e->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER) &&
                !(e->flags & CQ_TOKEN_FIRST))
                report(run, p, l, (cq_span){e->start, end->end}, CQ_HIGH);
        }
    }
}
