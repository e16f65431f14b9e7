// "Click the Build Settings button": in technical writing a run of capitals inside an
// English sentence is what the screen says where it stands behind a verb that takes a
// label, before the noun of what carries one, on a path of menus, or is an order such as
// "Remove Component"; and, in texts about software, alone in quotation marks. Where the
// French words linked to it stand in small letters the label has lost its capital, and
// often its words.
#include "checks/source_labels.h"

#include "base/utf8.h"
#include "checks/source_common.h"

enum {
    LETTERS_MIN = 3, // of its first word: "the A button"
    RUN_MAX = 6,     // words of a label
    SPREAD_MAX = 8,  // tokens of its French
    CARRIER_MAX = 5, // tokens from "case" to what "case à cocher" carries
};

static const float SURE = 0.5f;

// A label of the source: tokens [first, last); `carrier`: the noun behind it, else LAST.
typedef struct {
    uint32_t first, last, carrier;
} label;

typedef struct {
    cq_check_run *run;
    const cq_passage *p, *english;
    const cq_word_links *links;
    bool technical;
} view;

static bool is_label_word(const cq_token *t)
{
    return t->kind == CQ_TOKEN_WORD &&
           t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED);
}

static bool begins_label(const cq_token *t)
{
    enum {
        NOT_PLAIN = CQ_TOKEN_UPPER | CQ_TOKEN_MIXED | CQ_TOKEN_DIGITS | CQ_TOKEN_FIRST
    };
    return is_label_word(t) && !(t->flags & NOT_PLAIN) &&
           t->end - t->start >= LETTERS_MIN;
}

static bool is_small(const cq_token *t)
{
    enum {
        NOT_SMALL = CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED | CQ_TOKEN_DIGITS |
                    CQ_TOKEN_INVERTED
    };
    return t->kind == CQ_TOKEN_WORD && !(t->flags & NOT_SMALL);
}

static bool is_near(const cq_passage *p, uint32_t i)
{
    return p->tokens[i].start == p->tokens[i - 1].end + 1;
}

static bool is_a(cq_str w) { return cq_str_is(w, "a") || cq_str_is(w, "an"); }

// One past the run of capitals that begins with token i.
static uint32_t run_end(const cq_passage *p, uint32_t i, uint32_t last)
{
    uint32_t end = i + 1;
    while (end < last && end < i + RUN_MAX && is_near(p, end)) {
        bool article = end + 1 < last && is_label_word(&p->tokens[end + 1]) &&
                       is_near(p, end + 1) && is_a(cq_token_text(p, end));
        if (!is_label_word(&p->tokens[end]) && !article) break;
        end += article ? 2 : 1;
    }
    return end;
}

static bool takes_label(cq_str w)
{
    static const char *const VERBS[] = {
        "click",  "clicking", "clicked", "select",      "selecting",    "selected",
        "choose", "choosing", "press",   "pressing",    "tap",          "tapping",
        "check",  "checking", "uncheck", "right-click", "double-click", "type"};
    return CQ_IN(VERBS, w);
}

static bool is_quote(const view *v, uint32_t i)
{
    return v->english->tokens[i].mark == CQ_MARK_QUOTE;
}

// The verb before it, with "on" or nothing between: "click the Save" is followed by a
// noun, or names a thing.
static bool is_selected(const view *v, const cq_sentence *s, uint32_t first,
                        uint32_t last)
{
    if (first > s->first && is_quote(v, first - 1)) first--;
    if (first == s->first) return false;
    cq_str w = cq_pair_folded(v->run->pair, first - 1);
    if (cq_str_is(w, "on") && first - 1 > s->first)
        w = cq_pair_folded(v->run->pair, first - 2);
    if (!takes_label(w)) return false;
    // "Select Motion controllers to pair"
    return last == s->last || !cq_link_content_english(v->run->pair, last);
}

// "Remove Component", "Player Settings": what a button does, and the name of a page, in
// two words or more.
static bool is_action(const view *v, const label *l)
{
    static const char *const VERBS[] = {
        "add",    "remove",  "create", "save",   "edit",     "open",    "close",
        "delete", "import",  "export", "enable", "disable",  "show",    "hide",
        "select", "view",    "use",    "switch", "toggle",   "reset",   "share",
        "set",    "start",   "stop",   "deploy", "build",    "allow",   "generate",
        "insert", "install", "copy",   "move",   "apply",    "publish", "connect",
        "lock",   "expand",  "play",   "launch", "configure"};
    static const char *const PAGES[] = {"settings", "options", "properties"};
    return l->last > l->first + 1 &&
           (CQ_IN(VERBS, cq_pair_folded(v->run->pair, l->first)) ||
            CQ_IN(PAGES, cq_pair_folded(v->run->pair, l->last - 1)));
}

static bool is_arrow(const view *v, const cq_sentence *s, uint32_t i)
{
    return i < s->last && i >= s->first && cq_str_is(cq_token_text(v->english, i), ">");
}

// "Go to Edit > Project Settings", "Edit -> Project Settings".
static bool is_on_path(const view *v, const cq_sentence *s, const label *l)
{
    for (uint32_t i = s->first; i < l->first; i++) { // brackets
        if (cq_str_is(cq_token_text(v->english, i), "<")) return false;
    }
    return is_arrow(v, s, l->first - 1) || is_arrow(v, s, l->last) ||
           is_arrow(v, s, l->last + 1);
}

// All of the words before the next arrow: "> Mixed reality >"; `last`: none follows.
static uint32_t path_end(const view *v, const cq_sentence *s, uint32_t last)
{
    for (uint32_t i = last; i < s->last && i < last + RUN_MAX; i++) {
        if (is_arrow(v, s, i)) return i;
        if (v->english->tokens[i].kind != CQ_TOKEN_WORD) break;
    }
    return last;
}

static bool carries(cq_str w)
{
    static const char *const NOUNS[] = {
        "button",   "buttons",    "tab",    "tabs",     "menu",      "menus",  "field",
        "fields",   "checkbox",   "panel",  "panels",   "window",    "dialog", "pane",
        "icon",     "option",     "folder", "page",     "options",   "list",   "section",
        "setting",  "property",   "node",   "toolbar",  "command",   "link",   "toggle",
        "dropdown", "drop-down",  "view",   "tile",     "component", "key",    "boxes",
        "windows",  "checkboxes", "icons",  "sections", "keys",      "object", "script",
        "app",      "prefab",     "class"};
    return CQ_IN(NOUNS, w);
}

static uint32_t carrier_of(const view *v, const cq_sentence *s, uint32_t last)
{
    static const char *const PARTS[] = {"check", "text", "dialog", "combo", "list"};
    if (last < s->last && is_quote(v, last)) last++;
    if (last >= s->last) return CQ_NO_LINK;
    cq_str w = cq_pair_folded(v->run->pair, last);
    bool longer = last + 1 < s->last && is_label_word(&v->english->tokens[last + 1]) &&
                  is_near(v->english, last + 1); // "the script API"
    if (carries(w)) return longer ? CQ_NO_LINK : last;
    bool box = last + 1 < s->last && CQ_IN(PARTS, w) &&
               cq_str_starts(cq_pair_folded(v->run->pair, last + 1), cq_str_of("box"));
    return box ? last : CQ_NO_LINK;
}

// "The Hierarchy Panel": the capital of the noun says nothing.
static bool has_carrier(const view *v, const label *l)
{
    static const char *const NOUNS[] = {"panel", "panels", "window", "windows", "pane",
                                        "tab",   "folder", "page",   "dialog"};
    return l->last > l->first + 1 &&
           CQ_IN(NOUNS, cq_pair_folded(v->run->pair, l->last - 1));
}

// One past the last word of quotation marks that open before token i; i: none do.
static uint32_t quoted_end(const view *v, const cq_sentence *s, uint32_t i)
{
    if (i == s->first || !is_quote(v, i - 1)) return i;
    for (uint32_t k = i + 1; k < s->last && k <= i + RUN_MAX; k++) {
        if (is_quote(v, k)) return k;
    }
    return i;
}

// The label that begins with token i and what carries it: "the Download and Import
// buttons".
static label label_at(const view *v, const cq_sentence *s, uint32_t i)
{
    label l = {i, quoted_end(v, s, i), CQ_NO_LINK};
    if (l.last == i) l.last = path_end(v, s, run_end(v->english, i, s->last));
    l.carrier = carrier_of(v, s, l.last);
    if (l.carrier != CQ_NO_LINK) return l;
    if (has_carrier(v, &l)) {
        l.carrier = --l.last;
        return l;
    }
    if (l.last + 1 >= s->last ||
        !cq_str_is(cq_pair_folded(v->run->pair, l.last), "and") ||
        !begins_label(&v->english->tokens[l.last + 1]))
        return l;
    uint32_t other = carrier_of(v, s, run_end(v->english, l.last + 1, s->last));
    if (other != CQ_NO_LINK &&
        cq_str_ends(cq_pair_folded(v->run->pair, other), cq_str_of("s")))
        l.carrier = other;
    return l;
}

// Part of a longer label: "the Scenes in Build list".
static bool goes_on_before(const view *v, const cq_sentence *s, uint32_t first)
{
    static const char *const WORDS[] = {"in", "of", "to", "for", "as", "with", "from"};
    return first >= s->first + 2 &&
           CQ_IN(WORDS, cq_pair_folded(v->run->pair, first - 1)) &&
           is_label_word(&v->english->tokens[first - 2]);
}

static cq_str folded(const view *v, uint32_t i, char buf[64])
{
    cq_str w = cq_fold_into(buf, 64, cq_token_text(v->p, i));
    return w.p ? w : cq_str_of("");
}

static bool is_article(cq_str w)
{
    static const char *const WORDS[] = {"le", "la", "les", "l'"};
    return CQ_IN(WORDS, w);
}

static bool is_of(cq_str w)
{
    static const char *const WORDS[] = {"de", "d'", "du", "des"};
    return CQ_IN(WORDS, w);
}

static uint32_t french_carrier(const view *v, const label *l)
{
    return l->carrier == CQ_NO_LINK
               ? CQ_NO_LINK
               : cq_link_of(v->links, CQ_SIDE_SOURCE, l->carrier).other;
}

static bool is_linked(const view *v, uint32_t french)
{
    return cq_link_of(v->links, CQ_SIDE_TARGET, french).other != CQ_NO_LINK;
}

// Of what renders one word with two ("mot clé", "point de terminaison") one is linked.
static uint32_t with_first(const view *v, uint32_t lo, uint32_t carrier)
{
    char buf[64];
    if (carrier == CQ_NO_LINK || lo < carrier + 2) return lo;
    uint32_t i = lo - 1;
    if (is_of(folded(v, i, buf)) && i > carrier + 1) i--;
    const cq_token *t = &v->p->tokens[i];
    bool noun = is_small(t) && CQ_GET_UPOS(t->morph) == CQ_NOUN && !is_linked(v, i);
    return noun ? i : lo;
}

// What stands right behind the noun that carries it, where none of its words is linked:
// "le bouton précédent" for the Back button.
static bool find_behind(const view *v, const label *l, uint32_t *lo, uint32_t *hi)
{
    static const char *const PARTS[] = {"cocher", "déroulant", "déroulante", "à",
                                        "texte"};
    char buf[64];
    uint32_t c = french_carrier(v, l), end = v->links->last[1];
    if (c == CQ_NO_LINK || !is_small(&v->p->tokens[c])) return false;
    uint32_t i = c + 1;
    while (i < end && CQ_IN(PARTS, folded(v, i, buf))) i++;
    i += i < end && v->p->tokens[i].mark == CQ_MARK_QUOTE;
    *lo = i;
    while (i < end && is_small(&v->p->tokens[i]) && cq_link_content(&v->p->tokens[i]) &&
           !is_linked(v, i))
        i++;
    *hi = i - 1;
    return i > *lo;
}

// The French words linked to it, close together, of which the first stands small.
static bool find_french(const view *v, const label *l, uint32_t *lo, uint32_t *hi)
{
    *lo = UINT32_MAX;
    *hi = 0;
    for (uint32_t i = l->first; i < l->last; i++) {
        cq_word_link w = cq_link_of(v->links, CQ_SIDE_SOURCE, i);
        if (w.other == CQ_NO_LINK) continue;
        if (w.slot && l->last == l->first + 1) return false;
        if (w.other < *lo) *lo = w.other;
        if (w.other > *hi) *hi = w.other;
    }
    if (*lo == UINT32_MAX) return find_behind(v, l, lo, hi);
    *lo = with_first(v, *lo, french_carrier(v, l));
    if (*hi - *lo >= SPREAD_MAX) return false;
    for (uint32_t i = *lo + 1; i <= *hi; i++) { // "plateforme Windows universelle"
        if (v->p->tokens[i].kind != CQ_TOKEN_WORD) return false;
    }
    return is_small(&v->p->tokens[*lo]);
}

// How what stands before the French words joins them to the sentence.
typedef enum { BARE, OF, OTHER } joint;

// "Commentaires de curseur": the label begins before.
static bool is_inside(const view *v, uint32_t before)
{
    const cq_token *t = &v->p->tokens[before];
    return !is_small(t) && !(t->flags & CQ_TOKEN_FIRST) && t->mark != CQ_MARK_QUOTE &&
           t->kind != CQ_TOKEN_SYMBOL;
}

static joint joined(const view *v, uint32_t lo, uint32_t *from)
{
    char buf[64];
    uint32_t first = v->links->first[1];
    *from = lo;
    if (lo == first) return OTHER;
    cq_str w = folded(v, lo - 1, buf);
    bool article = is_article(w) && lo - 1 > first;
    if (article) w = folded(v, lo - 2, buf);
    if (is_of(w)) {
        *from = lo - 1 - article;
        return *from > first && !is_inside(v, *from - 1) ? OF : OTHER;
    }
    bool bare = !article && CQ_GET_UPOS(v->p->tokens[lo - 1].morph) != CQ_DET;
    return bare && !is_inside(v, lo - 1) ? BARE : OTHER;
}

// "menu contextuel", "page espagnole": of which kind a thing is. English never writes a
// people small.
static bool is_adjective(const view *v, const label *l, uint32_t french)
{
    uint32_t upos = v->p->tokens[french].upos;
    if (!(upos & CQ_UPOS_BIT(CQ_ADJ))) return false;
    return upos == CQ_UPOS_BIT(CQ_ADJ) ||
           (v->run->foreign &&
            !cq_lexicon_accepts(v->run->foreign, cq_pair_folded(v->run->pair, l->first)));
}

// "la page des paramètres", "l’icône de fichier" are as good as a label, "le panneau de
// l’inspecteur" is not.
static bool may_be_of(const view *v, const label *l)
{
    static const char *const NOUNS[] = {
        "panel",  "panels", "pane",     "window",    "view",  "tab",   "tabs",
        "dialog", "folder", "property", "component", "field", "fields"};
    bool any = l->first && is_a(cq_pair_folded(v->run->pair, l->first - 1));
    if (l->carrier == CQ_NO_LINK || any) return false; // "a Navigation panel"
    cq_str carrier = cq_pair_folded(v->run->pair, l->carrier);
    if (cq_str_is(carrier, "app")) return false; // "une application de réalité mixte"
    return l->last > l->first + 1 || CQ_IN(NOUNS, carrier);
}

// "icône de menu Démarrer" for "Start Menu icon": what has a capital begins further on.
static bool begins_with_carrier(const view *v, uint32_t lo)
{
    uint32_t e = cq_link_of(v->links, CQ_SIDE_TARGET, lo).other;
    return e != CQ_NO_LINK && carries(cq_pair_folded(v->run->pair, e));
}

// The noun that carries it stands before it; "Options d’expérience": there it is part of
// the label.
static bool fits_carrier(const view *v, const label *l, uint32_t lo)
{
    uint32_t c = french_carrier(v, l);
    if (c == CQ_NO_LINK) return true;
    return is_small(&v->p->tokens[c]) && c < lo && lo - c <= CARRIER_MAX;
}

static void report(const view *v, const label *l, uint32_t lo, uint32_t hi, uint32_t from)
{
    cq_check_run *run = v->run;
    const cq_token *e = v->english->tokens;
    cq_hit *h = cq_hit_add(run, cq_str_of("source/label-small"),
                           cq_spot_of_tokens(v->p, lo, hi + 1));
    h->category = cq_str_of("linguistic-conventions/casing");
    h->severity = CQ_MINOR;
    h->confidence = CQ_MEDIUM;
    h->source_at = (cq_span){e[l->first].start, e[l->last - 1].end};
    h->source = cq_str_sub(v->english->doc->text, h->source_at.start, h->source_at.end);
    h->message = cq_strf(run->arena,
                         cq_say(run,
                                "Libellé dans l’original (« %.*s ») : il garde sa "
                                "majuscule, comme à l’écran.",
                                "A label in the source (“%.*s”): it keeps its capital, "
                                "as on the screen."),
                         CQ_PRI(h->source));
    cq_str text = cq_str_sub(v->p->doc->text, h->at.start, h->at.end);
    cq_hit_fix_add(run, h, v->p->tokens[from].start, h->at.end,
                   cq_upper_first(run->arena, text));
}

static void look_at(const view *v, const label *l)
{
    uint32_t lo, hi, from;
    if (!find_french(v, l, &lo, &hi)) return;
    joint j = joined(v, lo, &from);
    if (j == OTHER || (j == OF && !may_be_of(v, l))) return;
    if (lo == hi && is_adjective(v, l, lo)) return;
    if (begins_with_carrier(v, lo)) return;
    if (fits_carrier(v, l, lo)) report(v, l, lo, hi, from);
}

// What is said to a machine is no label: 'say "Yes"'.
static bool is_spoken(const view *v, const cq_sentence *s, uint32_t quote)
{
    static const char *const WORDS[] = {"say",     "says",     "saying",     "said",
                                        "command", "commands", "understand", "word",
                                        "words",   "phrase",   "or",         "and"};
    if (quote == s->first) return false;
    uint32_t i = quote - 1;
    if (v->english->tokens[i].mark == CQ_MARK_COLON && i > s->first) i--;
    return CQ_IN(WORDS, cq_pair_folded(v->run->pair, i));
}

// In quotation marks on both sides.
static void look_at_quoted(const view *v, const cq_sentence *s, const label *l)
{
    uint32_t lo, hi;
    bool all = quoted_end(v, s, l->first) == l->last;
    if (!v->technical || !all || is_spoken(v, s, l->first - 1)) return;
    if (!find_french(v, l, &lo, &hi) || lo == v->links->first[1]) return;
    if (v->p->tokens[lo - 1].mark == CQ_MARK_QUOTE) report(v, l, lo, hi, lo);
}

static void look_at_sentences(const view *v, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < last; i++) {
        const cq_token *t = &v->english->tokens[i];
        if (!begins_label(t)) continue;
        const cq_sentence *s = &v->english->sentences[t->sentence];
        label l = label_at(v, s, i);
        bool is = l.carrier != CQ_NO_LINK || is_selected(v, s, l.first, l.last) ||
                  is_on_path(v, s, &l) || is_action(v, &l);
        if (is && !goes_on_before(v, s, l.first) &&
            !cq_is_title_case(v->english, s, CQ_TOKEN_CAPITAL))
            look_at(v, &l);
        else if (!is && i > s->first && is_quote(v, i - 1))
            look_at_quoted(v, s, &l);
        i = l.last - 1;
    }
}

void cq_source_labels_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    if (!run->linker) return;
    view v = {run, p, &run->pair->english, NULL, cq_about_software(run->pair)};
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *in = &p->sentences[k];
        cq_aligned at;
        uint32_t start = p->tokens[in->first].start;
        if (!cq_pair_at(run->pair, start, p->tokens[in->last - 1].end, &at) ||
            at.confidence < SURE)
            continue;
        const cq_pair_sentence *all = run->pair->sentences[CQ_SIDE_TARGET];
        if (all[at.target_first].text.start != start) continue; // looked at already
        v.links = cq_link_words(run->linker, run->scratch, p, in->first);
        if (v.links) look_at_sentences(&v, at.first_token, at.last_token);
    }
}
