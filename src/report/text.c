// The report for people. Passages come first: each is printed once, its findings marked
// with numbers and explained below it. What is many and easy (casing, typography) is
// folded into one line a name or kind. The summary is last, and its last line names the
// next useful command.
#include "base/json_out.h"
#include "base/map.h"
#include "base/utf8.h"
#include "report/flow.h"
#include "report/writers.h"

// Probability of machine translation from which on it is said: few literal translators
// reach it.
static const double MACHINE_SAID = 0.9;

enum {
    CONTEXT = 90,    // bytes shown around a mark when the passage is longer
    LINES_SHOWN = 6, // line numbers named for a folded kind
    MANY = 5,        // suggestions that the last line proposes to ask for
    TERMS_SHOWN = 10
};

// Every phrase we say ourselves, in both languages.
typedef struct {
    const char *fr, *en;
} phrase;

static const phrase TIERS[] = {
    // ORDER: cq_tier
    {"Finitions", "Polish"},
    {"À vérifier", "Check"},
    {"À corriger", "Must fix"},
};
static const phrase COUNTED[][2] = {
    // ORDER: cq_tier; one, many
    {{"finition", "to polish"}, {"finitions", "to polish"}},
    {{"à vérifier", "to check"}, {"à vérifier", "to check"}},
    {{"à corriger", "to fix"}, {"à corriger", "to fix"}},
};
static const cq_style TIER_STYLES[] = {CQ_STYLE_CYAN, CQ_STYLE_YELLOW, CQ_STYLE_RED};
static const phrase VERDICTS[][2] = {
    // ORDER: cq_verdict; one, many
    {{"publiable", "publishable"}, {"publiables", "publishable"}},
    {{"à réviser", "to be revised"}, {"à réviser", "to be revised"}},
    {{"à retraduire", "to be translated again"},
     {"à retraduire", "to be translated again"}},
};
static const cq_style VERDICT_STYLES[] = {CQ_STYLE_GREEN, CQ_STYLE_YELLOW, CQ_STYLE_RED};

static const struct {
    const char *name;
    phrase says;
} BLOCK_KINDS[] =
    {
        {"paragraph", {"", ""}},
        {"title", {"titre", "title"}},
        {"subtitle", {"sous-titre", "subtitle"}},
        {"description", {"description", "description"}},
        {"heading", {"intertitre", "heading"}},
        {"list-item", {"liste", "list"}},
        {"table-cell", {"tableau", "table"}},
        {"caption", {"légende", "caption"}},
        {"alt-text", {"texte de remplacement", "alternative text"}},
        {"quotation", {"citation", "quotation"}},
        {"related-link", {"article lié", "related link"}},
        {"byline", {"signature", "byline"}},
        {"bio", {"à propos de l’auteur", "about the author"}},
        {"contents", {"sommaire", "contents"}},
        {"footnote", {"note", "footnote"}},
        {"field", {"champ", "field"}},
},
  SKIP_KINDS[] =
      {
          {"furniture", {"habillage de page", "page furniture"}},
          {"language", {"autre langue", "other language"}},
},
  REASONS[] = {
      {"not-french", {"n’est pas en français", "is not in French"}},
      {"no-text", {"ne contient pas de texte", "holds no text"}},
      {"unreadable", {"ne peut pas être lu", "cannot be read"}},
      {"too-large", {"est trop grand", "is too large"}},
};

typedef struct {
    const cq_report_options *o;
    const cq_result *r;
    cq_arena *arena;
    cq_flow flow;
    bool french;
    cq_map said;     // rule, message and fix -> number of the finding that said it first
    unsigned number; // of the last finding shown in a passage
} page;

static const char *in(const page *p, phrase says)
{
    return p->french ? says.fr : says.en;
}

static void say(page *p, cq_style style, const char *fr, const char *en)
{
    cq_flow_c(&p->flow, style, p->french ? fr : en);
}

static void text(page *p, cq_style style, cq_text t)
{
    cq_flow_text(&p->flow, style, cq_str_from(t));
}

// Casing and typography, and whatever else is mere polish.
static bool is_folded(const cq_finding *f)
{
    static const char *const CATEGORIES[] = {"linguistic-conventions/casing",
                                             "linguistic-conventions/typography"};
    if (CQ_IN(CATEGORIES, cq_str_from(f->category))) return true;
    return f->tier == CQ_POLISH;
}

// Passages.

static void superscript(page *p, cq_style style, unsigned n)
{
    static const char *const DIGITS[] = {"⁰", "¹", "²", "³", "⁴",
                                         "⁵", "⁶", "⁷", "⁸", "⁹"};
    unsigned unit = 1;
    while (unit <= n / 10) unit *= 10;
    for (; unit; unit /= 10) cq_flow_c(&p->flow, style, DIGITS[n / unit % 10]);
}

// The start of the word that s[at] stands in, or the end of it.
static size_t word_start(cq_str s, size_t at)
{
    while (at > 0 && s.p[at - 1] != ' ' && s.p[at - 1] != '\n') at--;
    return at;
}

static size_t word_end(cq_str s, size_t at)
{
    while (at < s.n && s.p[at] != ' ' && s.p[at] != '\n') at++;
    return at;
}

// Text between two marks (or an edge of the block and a mark), shortened when it is long.
static void between(page *p, cq_str s, size_t from, size_t to)
{
    size_t head = from ? word_end(s, from + CONTEXT) : 0;
    size_t tail = to < s.n ? to - (to - from > CONTEXT ? CONTEXT : to - from) : s.n;
    if (to < s.n) tail = word_start(s, tail);
    if (head + CONTEXT >= tail || tail < from) { // little would be left out
        cq_flow_text(&p->flow, CQ_STYLE_PLAIN, cq_str_sub(s, from, to));
        return;
    }
    cq_flow_text(&p->flow, CQ_STYLE_PLAIN, cq_str_sub(s, from, head));
    cq_flow_c(&p->flow, CQ_STYLE_DIM, from ? " […] " : "[…] ");
    cq_flow_text(&p->flow, CQ_STYLE_PLAIN, cq_str_sub(s, tail, to));
}

static void mark(page *p, const cq_finding *f, cq_str s, unsigned number)
{
    cq_style style = TIER_STYLES[f->tier];
    if (!p->o->color) cq_flow_c(&p->flow, CQ_STYLE_PLAIN, "[");
    cq_flow_text(&p->flow, style, s);
    if (!p->o->color) cq_flow_c(&p->flow, CQ_STYLE_PLAIN, "]");
    superscript(p, style, number);
}

static void heading(page *p, const cq_finding *f)
{
    cq_flow_end(&p->flow);
    cq_buf_char(p->flow.out, '\n');
    cq_flow_line(&p->flow, 0, 2);
    say(p, CQ_STYLE_DIM, "ligne ", "line ");
    cq_flow_number(&p->flow, CQ_STYLE_DIM, f->span.line);
    for (size_t i = 0; i < CQ_COUNT(BLOCK_KINDS); i++) {
        const char *kind = in(p, BLOCK_KINDS[i].says);
        if (!*kind || !cq_str_is(cq_str_from(f->block_kind), BLOCK_KINDS[i].name))
            continue;
        cq_flow_c(&p->flow, CQ_STYLE_DIM, ", ");
        cq_flow_c(&p->flow, CQ_STYLE_DIM, kind);
    }
    // The field "title" of kind title says it twice.
    if (!cq_str_eq(cq_str_from(f->block_field), cq_str_from(f->block_kind)) &&
        f->block_field.n) {
        cq_flow_c(&p->flow, CQ_STYLE_DIM, " ");
        text(p, CQ_STYLE_DIM, f->block_field);
    }
}

// The passage of the findings v[0..n), all in one block.
static void passage(page *p, const cq_finding *const *v, size_t n)
{
    cq_str s = {0};
    if (v[0]->block < p->r->blocks_n) s = cq_str_from(p->r->blocks[v[0]->block].text);
    cq_flow_line(&p->flow, 2, 2);
    size_t done = 0;
    for (size_t i = 0; i < n; i++) {
        size_t start = v[i]->text_start, end = v[i]->text_end;
        bool sentence = end <= s.n && end > start && strchr(".!?", s.p[end - 1]);
        if (sentence && start >= done && i + 1 < n && v[i + 1]->text_start < end &&
            v[i + 1]->text_end <= end) { // holds the next one
            between(p, s, done, start);
            superscript(p, TIER_STYLES[v[i]->tier], p->number + (unsigned)i + 1);
            cq_flow_c(&p->flow, CQ_STYLE_PLAIN, " ");
            done = start;
            continue;
        }
        if (start < done || end <= start || end > s.n) { // overlaps, or has no place
            if (i) cq_flow_c(&p->flow, CQ_STYLE_DIM, " / ");
            mark(p, v[i], cq_str_from(v[i]->match), p->number + (unsigned)i + 1);
            continue;
        }
        between(p, s, done, start);
        mark(p, v[i], cq_str_from(v[i]->match), p->number + (unsigned)i + 1);
        done = end;
    }
    if (done) between(p, s, done, s.n);
}

// The sentences of the source behind these findings, each once, the shortened as above.
static void english(page *p, const cq_finding *const *v, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        cq_str s = cq_str_from(v[i]->source_sentence);
        bool said = !s.n;
        for (size_t k = 0; k < i && !said; k++)
            said = cq_str_eq(s, cq_str_from(v[k]->source_sentence));
        if (said) continue;
        if (!any) {
            cq_flow_line(&p->flow, 2, 2);
            say(p, CQ_STYLE_DIM, "anglais, ligne ", "English, line ");
            cq_flow_number(&p->flow, CQ_STYLE_DIM, v[i]->source_span.line);
            say(p, CQ_STYLE_DIM, "\u00a0: ", ": ");
        }
        if (any) cq_flow_c(&p->flow, CQ_STYLE_DIM, " / ");
        any = true;
        cq_flow_text(&p->flow, CQ_STYLE_DIM, s);
    }
}

static void fixes(page *p, const cq_finding *f)
{
    size_t n = f->fixes_n;
    if (p->o->suggest && n > p->o->suggest) n = p->o->suggest;
    if (!n) return;
    cq_flow_line(&p->flow, 6, 8);
    cq_flow_c(&p->flow, CQ_STYLE_GREEN, "→ ");
    for (size_t i = 0; i < n; i++) {
        if (i) say(p, CQ_STYLE_PLAIN, " ou ", " or ");
        if (f->fixes[i].text.n) {
            text(p, CQ_STYLE_GREEN, f->fixes[i].text);
        } else {
            say(p, CQ_STYLE_GREEN, "(supprimer)", "(delete)");
        }
    }
}

static void remark(page *p, const char *fr, const char *en, cq_text t)
{
    if (!t.n) return;
    cq_flow_line(&p->flow, 6, 8);
    say(p, CQ_STYLE_DIM, fr, en);
    text(p, CQ_STYLE_PLAIN, t);
}

// The number under which the same thing was said before; 0: never.
static unsigned said_before(page *p, const cq_finding *f, unsigned number)
{
    // "une lueur", and "Une lueur" where a sentence begins.
    cq_str fix =
        cq_fold(p->arena, f->fixes_n ? cq_str_from(f->fixes[0].text) : (cq_str){"", 0});
    cq_str key = cq_strf(p->arena, "%.*s\n%.*s\n%.*s", (int)f->rule.n, f->rule.p,
                         (int)f->message.n, f->message.p, CQ_PRI(fix));
    bool fresh;
    uint32_t *first = cq_map_put(&p->said, key, &fresh);
    if (fresh) *first = number;
    return fresh ? 0 : *first;
}

// The alternative text of a picture that the article has again and again is shown once,
// with the lines of the others.
static bool repeats(const cq_finding *f, const cq_finding *first)
{
    return !f->occurrences && first->occurrences > 1 &&
           cq_str_is(cq_str_from(f->block_kind), "alt-text") &&
           cq_str_eq(cq_str_from(f->rule), cq_str_from(first->rule)) &&
           cq_str_eq(cq_str_from(f->match), cq_str_from(first->match));
}

static bool is_repeated(const page *p, const cq_finding *f)
{
    const cq_finding *first = p->r->findings;
    if (f->occurrences || !cq_str_is(cq_str_from(f->block_kind), "alt-text"))
        return false;
    while (first < f && !repeats(f, first)) first++;
    return first < f;
}

static void repeated_lines(page *p, const cq_finding *f)
{
    const cq_finding *end = p->r->findings + p->r->findings_n;
    static const phrase ALSO = {"\u00a0; aussi l.\u00a0", "; also l.\u00a0"};
    unsigned n = 0;
    for (const cq_finding *other = f + 1; other < end && n <= LINES_SHOWN; other++) {
        if (!repeats(other, f)) continue;
        cq_flow_c(&p->flow, CQ_STYLE_DIM, n ? ", " : in(p, ALSO));
        if (n++ == LINES_SHOWN)
            cq_flow_c(&p->flow, CQ_STYLE_DIM, "…");
        else
            cq_flow_number(&p->flow, CQ_STYLE_DIM, other->span.line);
    }
}

// `first`: the finding that has said the same already, as the n - 1 after this one do.
static void explain(page *p, const cq_finding *f, unsigned number, size_t n,
                    unsigned first)
{
    cq_style style = TIER_STYLES[f->tier];
    cq_flow_line(&p->flow, number < 10 ? 3 : number < 100 ? 2 : 1, 6);
    cq_flow_number(&p->flow, style, number);
    if (n > 1) {
        cq_flow_c(&p->flow, style, n > 2 ? "–" : ", ");
        cq_flow_number(&p->flow, style, number + n - 1);
    }
    if (first) {
        say(p, CQ_STYLE_PLAIN, " comme ", " as ");
        cq_flow_number(&p->flow, CQ_STYLE_PLAIN, first);
    } else {
        cq_flow_c(&p->flow, CQ_STYLE_PLAIN, " ");
        cq_flow_c(&p->flow, style, in(p, TIERS[f->tier]));
        say(p, CQ_STYLE_PLAIN, "\u00a0: ", ": ");
        text(p, CQ_STYLE_PLAIN, f->message);
    }
    if (f->occurrences > 1) {
        cq_flow_c(&p->flow, CQ_STYLE_DIM, " (");
        cq_flow_number(&p->flow, CQ_STYLE_DIM, f->occurrences);
        say(p, CQ_STYLE_DIM, " fois", " times");
        repeated_lines(p, f);
        cq_flow_c(&p->flow, CQ_STYLE_DIM, ")");
    }
    if (first) return;
    fixes(p, f);
    remark(p, "conseil\u00a0: ", "advice: ", f->advice);
    remark(p, "note\u00a0: ", "note: ", f->note);
    for (size_t i = 0; i < f->refs_n; i++) remark(p, "voir ", "see ", f->refs[i]);
}

// The findings of one block that are not folded away.
static void block(page *p, const cq_finding *v, size_t n)
{
    CQ_VEC(const cq_finding *) shown = {0};
    for (size_t i = 0; i < n; i++) {
        if (!is_folded(&v[i]) && !is_repeated(p, &v[i]))
            *CQ_PUSH(p->arena, &shown) = &v[i];
    }
    if (!shown.n) return;
    heading(p, shown.v[0]);
    passage(p, shown.v, shown.n);
    english(p, shown.v, shown.n);
    unsigned *before = CQ_NEWN(p->arena, unsigned, shown.n);
    for (size_t i = 0; i < shown.n; i++) {
        before[i] = said_before(p, shown.v[i], p->number + (unsigned)i + 1);
    }
    for (size_t i = 0, same; i < shown.n; i += same) {
        same = 1;
        while (before[i] && i + same < shown.n && before[i + same] == before[i]) same++;
        explain(p, shown.v[i], p->number + (unsigned)i + 1, same, before[i]);
    }
    p->number += (unsigned)shown.n;
}

// What is folded.

typedef struct {
    const cq_finding *first;
    unsigned count;
    unsigned lines[LINES_SHOWN], lines_n;
} fold;

// A name for casing; else a kind of fault, which is a rule.
static cq_str fold_key(page *p, const cq_finding *f)
{
    if (!cq_str_is(cq_str_from(f->category), "linguistic-conventions/casing")) {
        return cq_str_from(f->rule);
    }
    cq_text fix = f->fixes_n ? f->fixes[0].text : (cq_text){"", 0};
    return cq_strf(p->arena, "%.*s\n%.*s\n%.*s", (int)f->rule.n, f->rule.p,
                   (int)f->match.n, f->match.p, (int)fix.n, fix.n ? fix.p : "");
}

static void fold_line(page *p, const fold *d)
{
    const cq_finding *f = d->first;
    cq_flow_line(&p->flow, 2, 6);
    bool casing = cq_str_is(cq_str_from(f->category), "linguistic-conventions/casing");
    if (!casing || !f->fixes_n) {
        text(p, CQ_STYLE_PLAIN, f->message);
        cq_flow_c(&p->flow, CQ_STYLE_PLAIN, " ");
    }
    if (f->fixes_n) {
        cq_flow_named(&p->flow, CQ_STYLE_CYAN, cq_str_from(f->match));
        cq_flow_c(&p->flow, CQ_STYLE_PLAIN, " → ");
        if (f->fixes[0].text.n) {
            cq_flow_named(&p->flow, CQ_STYLE_GREEN, cq_str_from(f->fixes[0].text));
        } else {
            say(p, CQ_STYLE_GREEN, "(supprimer)", "(delete)");
        }
    }
    if (d->count > 1) {
        cq_flow_c(&p->flow, CQ_STYLE_PLAIN, f->fixes_n ? ", " : "");
        cq_flow_number(&p->flow, CQ_STYLE_PLAIN, d->count);
        say(p, CQ_STYLE_PLAIN, " fois", " times");
    }
    say(p, CQ_STYLE_DIM, d->lines_n > 1 ? " (lignes " : " (ligne ",
        d->lines_n > 1 ? " (lines " : " (line ");
    for (unsigned i = 0; i < d->lines_n; i++) {
        if (i) cq_flow_c(&p->flow, CQ_STYLE_DIM, ", ");
        cq_flow_number(&p->flow, CQ_STYLE_DIM, d->lines[i]);
    }
    bool more = d->lines_n == LINES_SHOWN && d->count > d->lines_n;
    cq_flow_c(&p->flow, CQ_STYLE_DIM, more ? "…)" : ")");
}

static void folded(page *p)
{
    cq_map keys;
    CQ_VEC(fold) folds = {0};
    cq_map_init(&keys, p->arena);
    for (size_t i = 0; i < p->r->findings_n; i++) {
        const cq_finding *f = &p->r->findings[i];
        if (!is_folded(f)) continue;
        bool fresh;
        uint32_t *at = cq_map_put(&keys, fold_key(p, f), &fresh);
        if (fresh) {
            *at = (uint32_t)folds.n;
            *CQ_PUSH(p->arena, &folds) = (fold){.first = f};
        }
        fold *d = &folds.v[*at];
        d->count++;
        bool new_line = !d->lines_n || d->lines[d->lines_n - 1] != f->span.line;
        if (new_line && d->lines_n < LINES_SHOWN) d->lines[d->lines_n++] = f->span.line;
    }
    if (!folds.n) return;
    cq_flow_end(&p->flow);
    cq_buf_char(p->flow.out, '\n');
    cq_flow_line(&p->flow, 0, 0);
    cq_flow_c(&p->flow, TIER_STYLES[CQ_POLISH], in(p, TIERS[CQ_POLISH]));
    for (size_t i = 0; i < folds.n; i++) fold_line(p, &folds.v[i]);
}

// The summary.

static void tier_counts(page *p, const cq_count *counts, size_t n)
{
    bool any = false;
    for (int tier = CQ_MUST_FIX; tier >= CQ_POLISH; tier--) {
        for (size_t i = 0; i < n; i++) {
            bool same =
                cq_str_is(cq_str_from(counts[i].name), cq_tier_name((cq_tier)tier));
            if (!same || !counts[i].count) continue;
            cq_flow_c(&p->flow, CQ_STYLE_PLAIN, any ? ", " : "");
            any = true;
            cq_flow_number(&p->flow, TIER_STYLES[tier], counts[i].count);
            cq_flow_c(&p->flow, TIER_STYLES[tier], " ");
            cq_flow_c(&p->flow, TIER_STYLES[tier],
                      in(p, COUNTED[tier][counts[i].count > 1]));
        }
    }
    if (!any) say(p, CQ_STYLE_GREEN, "rien à signaler", "nothing to report");
}

static void decimal(page *p, double d)
{
    cq_buf number;
    cq_buf_init(&number, 100);
    cq_buf_decimal(&number, d, p->french ? ',' : '.');
    cq_flow_text(&p->flow, CQ_STYLE_PLAIN, cq_buf_view(&number));
    cq_buf_free(&number);
}

static void skipped(page *p)
{
    bool any = false;
    for (size_t k = 0; k < CQ_COUNT(SKIP_KINDS); k++) {
        uint64_t bytes = 0;
        for (size_t i = 0; i < p->r->skipped_n; i++) {
            const cq_skip_span *s = &p->r->skipped[i];
            bool same = cq_str_is(cq_str_from(s->kind), SKIP_KINDS[k].name);
            if (same) bytes += s->end - s->start;
        }
        if (!bytes) continue;
        if (!any) {
            cq_flow_line(&p->flow, 0, 2);
            say(p, CQ_STYLE_DIM, "Laissé de côté\u00a0: ", "Left out: ");
        } else {
            cq_flow_c(&p->flow, CQ_STYLE_DIM, ", ");
        }
        any = true;
        cq_flow_c(&p->flow, CQ_STYLE_DIM, in(p, SKIP_KINDS[k].says));
        cq_flow_c(&p->flow, CQ_STYLE_DIM, " (");
        cq_flow_number(&p->flow, CQ_STYLE_DIM, bytes);
        say(p, CQ_STYLE_DIM, " octets)", " bytes)");
    }
}

// Said only where it is all but sure.
static void machine_translation(page *p)
{
    const cq_machine *m = &p->r->machine;
    if (!m->known || m->probability < MACHINE_SAID) return;
    cq_flow_line(&p->flow, 0, 2);
    say(p, CQ_STYLE_PLAIN,
        "Suit l’anglais mot à mot, comme une traduction automatique peu révisée "
        "(probabilité\u00a0: ",
        "Follows the English word for word, like machine translation little revised "
        "(probability ");
    decimal(p, m->probability);
    cq_flow_c(&p->flow, CQ_STYLE_PLAIN, ")");
}

static void summary(page *p)
{
    const cq_result *r = p->r;
    cq_flow_end(&p->flow);
    if (r->findings_n) cq_buf_char(p->flow.out, '\n');
    cq_flow_line(&p->flow, 0, 2);
    text(p, CQ_STYLE_BOLD, r->path);
    say(p, CQ_STYLE_PLAIN, "\u00a0: ", ": ");
    tier_counts(p, r->by_tier, r->by_tier_n);
    say(p, CQ_STYLE_PLAIN, "\u00a0; ", "; ");
    cq_flow_number(&p->flow, CQ_STYLE_PLAIN, r->words);
    say(p, CQ_STYLE_PLAIN, " mots, ", " words, ");
    decimal(p, r->penalty_per_1000_words);
    say(p, CQ_STYLE_PLAIN,
        " points pour 1\u202f000 mots\u00a0: ", " points per 1,000 words: ");
    cq_flow_c(&p->flow, VERDICT_STYLES[r->verdict], in(p, VERDICTS[r->verdict][0]));
    if (!r->reliable) {
        say(p, CQ_STYLE_DIM, " (texte court\u00a0: note peu fiable)",
            " (short text: unreliable)");
    }
    machine_translation(p);
    skipped(p);
}

static void title(page *p)
{
    cq_flow_line(&p->flow, 0, 2);
    text(p, CQ_STYLE_BOLD, p->r->path);
    if (p->r->title.n) {
        say(p, CQ_STYLE_PLAIN, "\u00a0: ", ": ");
        text(p, CQ_STYLE_PLAIN, p->r->title);
    }
}

static void not_checked(page *p)
{
    cq_flow_line(&p->flow, 0, 2);
    text(p, CQ_STYLE_BOLD, p->r->path);
    cq_flow_c(&p->flow, CQ_STYLE_PLAIN, " ");
    for (size_t i = 0; i < CQ_COUNT(REASONS); i++) {
        if (cq_str_is(cq_str_from(p->r->reason), REASONS[i].name)) {
            cq_flow_c(&p->flow, CQ_STYLE_PLAIN, in(p, REASONS[i].says));
            return;
        }
    }
    text(p, CQ_STYLE_PLAIN, p->r->reason);
}

// What readers say, who do not know whom they speak to: how it begins, in both languages.
static const struct {
    const char *en, *fr;
} NOTES[] = {
    {"read as ", "lu comme "},
    {"binary file, not text", "fichier binaire, pas de texte"},
    {"bytes without meaning (NUL or not ", "octets sans signification (NUL ou non "},
    {"not valid YAML; its simple lines are read",
     "YAML incorrect ; ses lignes simples sont lues"},
    {"not read to its end", "pas lu jusqu’au bout"},
};

static void note(page *p, cq_text message)
{
    cq_str s = cq_str_from(message);
    cq_flow_line(&p->flow, 0, 2);
    say(p, CQ_STYLE_YELLOW, "note\u00a0: ", "note: ");
    for (size_t i = 0; i < CQ_COUNT(NOTES) && p->french; i++) {
        cq_str begins = cq_str_of(NOTES[i].en);
        if (!cq_str_starts(s, begins)) continue;
        cq_flow_c(&p->flow, CQ_STYLE_PLAIN, NOTES[i].fr);
        s = cq_str_sub(s, begins.n, s.n);
        break;
    }
    cq_flow_text(&p->flow, CQ_STYLE_PLAIN, s);
}

static bool is_french(const cq_report_options *o, const char *language)
{
    return strcmp(o->ui ? o->ui : language ? language : "fr", "en") != 0;
}

static void open_page(page *p, const cq_report_options *o, const char *language,
                      cq_buf *out)
{
    *p = (page){.o = o, .arena = cq_arena_new(), .french = is_french(o, language)};
    cq_map_init(&p->said, p->arena);
    cq_flow_init(&p->flow, out, o->color, p->french, o->width);
}

static void close_page(page *p)
{
    cq_flow_end(&p->flow);
    cq_flow_free(&p->flow);
    cq_arena_free(p->arena);
}

void cq_write_text(const cq_report_options *o, const cq_result *r, cq_buf *out)
{
    page p;
    open_page(&p, o, r->language.n ? r->language.p : NULL, out);
    p.r = r;
    if (r->status == CQ_CHECKED) {
        if (r->findings_n) title(&p);
        for (size_t i = 0, n; i < r->findings_n; i += n) {
            n = 1;
            while (i + n < r->findings_n &&
                   r->findings[i + n].block == r->findings[i].block) {
                n++;
            }
            block(&p, &r->findings[i], n);
        }
        folded(&p);
        summary(&p);
    } else {
        not_checked(&p);
    }
    for (size_t i = 0; i < r->diagnostics_n; i++) note(&p, r->diagnostics[i].message);
    close_page(&p);
}

// Rules of packs are PACK/ID with a folder before; those of checks are CHECK/ID.
static bool is_pack_rule(cq_str rule)
{
    size_t slashes = 0;
    for (size_t i = 0; i < rule.n; i++) slashes += rule.p[i] == '/';
    return slashes > 1;
}

static void shell_word(page *p, cq_str s)
{
    bool plain = s.n > 0 && s.p[0] != '-';
    for (size_t i = 0; i < s.n; i++) {
        plain &= cq_is_alpha(s.p[i]) || cq_is_digit(s.p[i]) || strchr("/._-+,", s.p[i]);
    }
    if (!plain) cq_flow_c(&p->flow, CQ_STYLE_BOLD, "'");
    cq_flow_text(&p->flow, CQ_STYLE_BOLD, s);
    if (!plain) cq_flow_c(&p->flow, CQ_STYLE_BOLD, "'");
}

// What the worst finding's rule is about; more suggestions; a stricter gate.
static void next_command(page *p, const cq_totals *t)
{
    cq_flow_line(&p->flow, 0, 2);
    say(p, CQ_STYLE_DIM, "Ensuite\u00a0: ", "Next: ");
    if (is_pack_rule(t->worst_rule)) {
        cq_flow_c(&p->flow, CQ_STYLE_BOLD, "calque rules explain ");
        shell_word(p, t->worst_rule);
    } else if (t->worst_rule.n) {
        bool few = p->o->suggest < MANY;
        cq_flow_c(&p->flow, CQ_STYLE_BOLD,
                  few ? "calque check --suggest 5 " : "calque check --fail-on check ");
        shell_word(p, t->worst_path);
    } else {
        cq_flow_c(&p->flow, CQ_STYLE_BOLD, "calque check --help");
    }
}

static void totals(page *p, const cq_totals *t)
{
    cq_flow_line(&p->flow, 0, 2);
    cq_flow_number(&p->flow, CQ_STYLE_BOLD, t->articles);
    say(p, CQ_STYLE_BOLD, " articles\u00a0: ", " articles: ");
    tier_counts(p, t->tiers.v, t->tiers.n);
    say(p, CQ_STYLE_PLAIN, "\u00a0; ", "; ");
    cq_flow_number(&p->flow, CQ_STYLE_PLAIN, t->words);
    say(p, CQ_STYLE_PLAIN, " mots", " words");
    for (int v = CQ_RETRANSLATE; v >= CQ_PUBLISHABLE; v--) {
        if (!t->by_verdict[v]) continue;
        cq_flow_c(&p->flow, CQ_STYLE_PLAIN, ", ");
        cq_flow_number(&p->flow, VERDICT_STYLES[v], t->by_verdict[v]);
        cq_flow_c(&p->flow, VERDICT_STYLES[v], " ");
        cq_flow_c(&p->flow, VERDICT_STYLES[v], in(p, VERDICTS[v][t->by_verdict[v] > 1]));
    }
    unsigned others = t->by_status[CQ_SKIPPED] + t->by_status[CQ_FAILED];
    if (others) {
        cq_flow_c(&p->flow, CQ_STYLE_PLAIN, ", ");
        cq_flow_number(&p->flow, CQ_STYLE_PLAIN, others);
        say(p, CQ_STYLE_PLAIN, others > 1 ? " non vérifiés" : " non vérifié",
            " not checked");
    }
}

static void term(page *p, const cq_varied_term *v)
{
    cq_flow_text(&p->flow, CQ_STYLE_BOLD, v->renderings[0]->term);
    const char *between = p->french ? "\u00a0: " : ": ";
    for (size_t i = 0; i < v->n; i++) {
        const cq_term_total *r = v->renderings[i];
        cq_flow_c(&p->flow, CQ_STYLE_PLAIN, between);
        cq_flow_text(&p->flow, CQ_STYLE_PLAIN, r->text);
        cq_flow_c(&p->flow, CQ_STYLE_DIM, " (");
        cq_flow_number(&p->flow, CQ_STYLE_DIM, r->count);
        cq_flow_c(&p->flow, CQ_STYLE_DIM, ")");
        between = ", ";
    }
}

// Terms that the run renders in several ways.
static void terms(page *p, const cq_totals *t)
{
    cq_varied_terms all = {0};
    cq_totals_terms(t, p->arena, &all);
    if (!all.n) return;
    cq_flow_line(&p->flow, 0, 2);
    say(p, CQ_STYLE_BOLD,
        "Rendus de plusieurs façons\u00a0:", "Rendered in several ways:");
    for (size_t k = 0; k < all.n && k < TERMS_SHOWN; k++) {
        cq_flow_line(&p->flow, 2, 4);
        term(p, &all.v[k]);
    }
    if (all.n <= TERMS_SHOWN) return;
    cq_flow_line(&p->flow, 2, 4);
    say(p, CQ_STYLE_DIM, "et ", "and ");
    cq_flow_number(&p->flow, CQ_STYLE_DIM, all.n - TERMS_SHOWN);
    say(p, CQ_STYLE_DIM, " autres (voir --summary)", " more (see --summary)");
}

void cq_write_text_end(const cq_report_options *o, const cq_totals *t, cq_buf *out)
{
    page p;
    open_page(&p, o, t->language, out);
    if (t->articles > 1) {
        totals(&p, t);
        terms(&p, t);
    }
    next_command(&p, t);
    close_page(&p);
}
