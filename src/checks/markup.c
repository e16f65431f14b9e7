// Documents hold text alone, so what is written around it is looked for in the bytes of
// both files, which must be of one format. Each thing has a key that a translation keeps:
// of an address what is left without its language, its fragment and its host's "www.".
#include "checks/markup.h"

#include <stdlib.h>

enum {
    ITEMS_MAX = 20000, // of one file
    KEY_MAX = 200,     // bytes of a key; longer ones are cut
    FINDINGS_MAX = 100,
};

static const float SURE = 0.5f;

// ORDER: SAYS
typedef enum { LINK, IMAGE, CODE, PLACEHOLDER, FOOTNOTE, KINDS } kind;

typedef struct {
    kind kind;
    cq_str key, shown;
    uint32_t at;    // in the file
    uint32_t order; // among those of its file
    bool matched;
} item;

typedef CQ_VEC(item) items;

typedef struct {
    cq_check_run *run;
    items of[2]; // by side, in the order of their files
    bool fewer_images;
} markup;

// --- keys

static bool is_language(cq_str part)
{
    static const char *const NAMES[] = {"en",    "fr",    "en-us",       "fr-fr",
                                        "en_us", "fr_fr", "en-gb",       "fr-ca",
                                        "eng",   "fra",   "translations"};
    for (size_t i = 0; i < CQ_COUNT(NAMES); i++) {
        if (cq_str_ieq(part, NAMES[i])) return true;
    }
    return false;
}

// "https://www.example.org/en-us/a/b.en.md#c?d" gives "example.org/a/b.md"; of a relative
// path the last part is left, as folders differ between languages; "" for what says
// nothing (an anchor).
static cq_str address_key(cq_arena *a, cq_str url)
{
    size_t scheme = cq_str_find(url, cq_str_of("://"));
    bool absolute = scheme != SIZE_MAX;
    if (absolute) url = cq_str_sub(url, scheme + 3, url.n);
    for (size_t i = 0; i < url.n; i++) {
        if (url.p[i] == '#' || url.p[i] == '?') url.n = i;
    }
    if (url.n > KEY_MAX) url.n = KEY_MAX;
    char *out = cq_alloc(a, url.n + 1);
    size_t n = 0;
    cq_str rest = url, part;
    while (cq_str_split(&rest, '/', &part)) {
        if (!part.n || is_language(part) || cq_str_is(part, "..") || cq_str_is(part, "."))
            continue;
        if (!absolute) n = 0;
        if (n) out[n++] = '/';
        for (size_t i = 0; i < part.n; i++) {
            cq_str tail = cq_str_sub(part, i, i + 4);
            bool language = cq_str_ieq(tail, ".en.") || cq_str_ieq(tail, ".fr.");
            if (language) i += 3;
            out[n++] = language ? '.' : cq_lower(part.p[i]);
        }
    }
    cq_str key = {out, n};
    if (cq_str_starts(key, cq_str_of("www."))) key = cq_str_sub(key, 4, key.n);
    return key;
}

// "[Module] [Title].md", a pattern to be filled in, has its words in any language.
static cq_str code_key(cq_arena *a, cq_str code)
{
    code = cq_str_sub(code, 0, KEY_MAX);
    if (!memchr(code.p, '[', code.n) || !memchr(code.p, ' ', code.n)) return code;
    char *out = cq_alloc(a, code.n + 1);
    size_t n = 0;
    bool inside = false;
    for (size_t i = 0; i < code.n; i++) {
        if (code.p[i] == ']') inside = false;
        if (!inside) out[n++] = code.p[i];
        if (code.p[i] == '[') inside = true;
    }
    return (cq_str){out, n};
}

static void add(markup *m, unsigned side, kind k, cq_str text, uint32_t at)
{
    items *v = &m->of[side];
    if (v->n == ITEMS_MAX || !text.n) return;
    bool address = k == LINK || k == IMAGE;
    cq_str key = address     ? address_key(m->run->arena, text)
                 : k == CODE ? code_key(m->run->arena, text)
                             : cq_str_sub(text, 0, KEY_MAX);
    if (!key.n) return;
    *CQ_PUSH(m->run->arena, v) =
        (item){.kind = k, .key = key, .shown = text, .at = at, .order = (uint32_t)v->n};
}

// --- Markdown

static bool line_starts(cq_str s, size_t at)
{
    while (at && (s.p[at - 1] == ' ' || s.p[at - 1] == '>')) at--;
    return !at || s.p[at - 1] == '\n';
}

static size_t line_end(cq_str s, size_t at)
{
    const char *nl = memchr(s.p + at, '\n', s.n - at);
    return nl ? (size_t)(nl - s.p) + 1 : s.n;
}

// A fence at s[at]: the end of its block, or `at`.
static size_t past_fence(cq_str s, size_t at)
{
    cq_str three = cq_str_sub(s, at, at + 3);
    if (!cq_str_is(three, "```") && !cq_str_is(three, "~~~")) return at;
    if (!line_starts(s, at)) return at;
    for (size_t i = line_end(s, at); i < s.n; i = line_end(s, i)) {
        size_t k = i;
        while (k < s.n && (s.p[k] == ' ' || s.p[k] == '>')) k++;
        if (cq_str_eq(cq_str_sub(s, k, k + 3), three)) return line_end(s, k);
    }
    return s.n;
}

// A code span at s[at] == '`'.
static size_t code_span(markup *m, unsigned side, cq_str s, size_t at)
{
    size_t marks = 0;
    while (at + marks < s.n && s.p[at + marks] == '`') marks++;
    for (size_t i = at + marks; i < s.n;) {
        if (s.p[i] == '\n' && i + 1 < s.n && s.p[i + 1] == '\n') break;
        size_t n = 0;
        while (i + n < s.n && s.p[i + n] == '`') n++;
        if (n == marks) {
            cq_str code = cq_str_trim(cq_str_sub(s, at + marks, i));
            add(m, side, CODE, code, (uint32_t)(at + marks));
            return i + n;
        }
        i += n ? n : 1;
    }
    return at + marks;
}

// The destination behind "](" at s[at]; images are told by the bracket before.
static size_t destination(markup *m, unsigned side, cq_str s, size_t at)
{
    size_t open = at, i = at + 2;
    unsigned depth = 1;
    while (open && depth) {
        open--;
        if (s.p[open] == ']') depth++;
        if (s.p[open] == '[') depth--;
        if (s.p[open] == '\n' && open && s.p[open - 1] == '\n') break;
    }
    bool image = !depth && open && s.p[open - 1] == '!';
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '<')) i++;
    size_t start = i;
    for (unsigned inner = 0; i < s.n && !cq_is_space(s.p[i]) && s.p[i] != '>'; i++) {
        if (s.p[i] == '(') inner++;
        if (s.p[i] == ')' && inner-- == 0) break;
    }
    // What stands between the brackets is where the reader sees it.
    add(m, side, image ? IMAGE : LINK, cq_str_sub(s, start, i), (uint32_t)at);
    return i > at + 2 ? i : at + 2;
}

// {{ name }}, ${name}, {0}, %s, %1$d.
static size_t placeholder_end(cq_str s, size_t i)
{
    size_t start = i;
    if (s.p[i] == '%') {
        i++;
        while (i < s.n && (cq_is_digit(s.p[i]) || s.p[i] == '$')) i++;
        bool type = i < s.n && strchr("sdi@", s.p[i]) && i + 1 <= s.n;
        bool word = i + 1 < s.n && (cq_is_alpha(s.p[i + 1]) || cq_is_digit(s.p[i + 1]));
        bool behind = start && (cq_is_digit(s.p[start - 1]) || s.p[start - 1] == ' ');
        return type && !word && !(behind && cq_is_digit(s.p[start - 1])) ? i + 1 : start;
    }
    if (s.p[i] == '$') i++;
    size_t marks = 0;
    while (i < s.n && s.p[i] == '{' && marks < 2) {
        i++;
        marks++;
    }
    if (!marks) return start;
    size_t inside = i;
    while (i < s.n && s.p[i] != '}' && s.p[i] != '\n' && s.p[i] != '{' && i - inside < 60)
        i++;
    if (i == inside || i >= s.n || s.p[i] != '}') return start;
    bool plain = marks == 1 && s.p[start] == '{';
    for (size_t k = inside; k < i && plain; k++) {
        if (!cq_is_digit(s.p[k])) return start; // {#id}, {.class}: not for the text
    }
    i += marks;
    return i <= s.n ? i : start;
}

static void read_markdown(markup *m, unsigned side, cq_str s)
{
    for (size_t i = 0; i < s.n;) {
        char c = s.p[i];
        size_t next = i + 1;
        if (c == '\\') {
            next = i + 2;
        } else if (c == '`' || c == '~') {
            next = past_fence(s, i);
            if (next == i) next = c == '`' ? code_span(m, side, s, i) : i + 1;
        } else if (c == '%' || c == '$' || c == '{') {
            size_t end = placeholder_end(s, i);
            if (end > i) add(m, side, PLACEHOLDER, cq_str_sub(s, i, end), (uint32_t)i);
            if (end > i) next = end;
        } else if (c == ']' && next < s.n && s.p[next] == '(') {
            next = destination(m, side, s, i);
        } else if (c == '[' && next < s.n && s.p[next] == '^') {
            while (next < s.n && s.p[next] != ']' && !cq_is_space(s.p[next])) next++;
            bool definition = next + 1 < s.n && s.p[next + 1] == ':';
            if (next < s.n && s.p[next] == ']' && !definition)
                add(m, side, FOOTNOTE, cq_str_sub(s, i, next + 1), (uint32_t)i);
        }
        i = next;
    }
}

// --- HTML, and what stands in any text

static void read_html(markup *m, unsigned side, cq_str s)
{
    static const struct {
        const char *name;
        kind kind;
    } NAMES[] = {{"href=", LINK}, {"src=", IMAGE}};
    for (size_t k = 0; k < CQ_COUNT(NAMES); k++) {
        cq_str name = cq_str_of(NAMES[k].name);
        for (size_t at = 0; at < s.n;) {
            size_t found = cq_str_find(cq_str_sub(s, at, s.n), name);
            if (found == SIZE_MAX) break;
            at += found + name.n;
            char quote = at < s.n ? s.p[at] : 0;
            if (quote != '"' && quote != '\'') continue;
            const char *end = memchr(s.p + at + 1, quote, s.n - at - 1);
            if (!end) break;
            size_t to = (size_t)(end - s.p);
            add(m, side, NAMES[k].kind, cq_str_sub(s, at + 1, to), (uint32_t)to);
            at = to;
        }
    }
}

// In other files they are looked for in the text, so that code and scripts have no part
// in them.
static void read_text(markup *m, unsigned side, const cq_document *d)
{
    for (size_t b = 0; b < d->blocks.n; b++) {
        if (d->blocks.v[b].skip) continue;
        cq_str s = cq_str_sub(d->text, 0, d->blocks.v[b].text.end);
        for (size_t i = d->blocks.v[b].text.start; i < s.n;) {
            char c = s.p[i];
            size_t end = c == '%' || c == '$' || c == '{' ? placeholder_end(s, i) : i;
            if (end > i) {
                cq_span at = cq_document_source(d, (uint32_t)i, (uint32_t)end);
                add(m, side, PLACEHOLDER, cq_str_sub(s, i, end), at.start);
            }
            i = end > i ? end : i + 1;
        }
    }
}

// --- both sides

static int by_key(const void *x, const void *y)
{
    const item *a = *(item *const *)x, *b = *(item *const *)y;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    int c = cq_str_cmp(a->key, b->key);
    if (c) return c;
    return a->order < b->order ? -1 : a->order > b->order;
}

static item **sorted(markup *m, unsigned side)
{
    item **v = CQ_NEWN(m->run->arena, item *, m->of[side].n + 1);
    for (size_t i = 0; i < m->of[side].n; i++) v[i] = &m->of[side].v[i];
    if (m->of[side].n) qsort(v, m->of[side].n, sizeof *v, by_key);
    return v;
}

// Marks what both have. A link that is there, but less often, is no loss: a name is
// linked once where English has it twice.
static void match(markup *m)
{
    item **x = sorted(m, 0), **y = sorted(m, 1);
    size_t i = 0, j = 0;
    while (i < m->of[0].n && j < m->of[1].n) {
        const item *a = x[i], *b = y[j];
        int c = a->kind != b->kind ? (a->kind < b->kind ? -1 : 1)
                                   : cq_str_cmp(a->key, b->key);
        if (c < 0) {
            i++;
        } else if (c > 0) {
            j++;
        } else {
            size_t k = i, l = j;
            for (;
                 k < m->of[0].n && x[k]->kind == a->kind && cq_str_eq(x[k]->key, a->key);
                 k++)
                x[k]->matched = true;
            for (;
                 l < m->of[1].n && y[l]->kind == a->kind && cq_str_eq(y[l]->key, a->key);
                 l++)
                y[l]->matched = true;
            i = k;
            j = l;
        }
    }
}

// The last byte of text that stands before a byte of the file. (Runs are sorted by text;
// footnotes and alternative texts, which stand elsewhere in the file, are few.)
static uint32_t text_before(const cq_document *d, uint32_t at)
{
    size_t lo = 0, hi = d->runs.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (d->runs.v[mid].source <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (!lo) return 0;
    const cq_run *r = &d->runs.v[lo - 1];
    uint32_t in = at - r->source;
    return r->text + (in < r->source_n && r->step ? in / r->step
                      : r->text_n                 ? r->text_n - 1
                                                  : 0);
}

static const struct {
    const char *rule, *category, *fr, *en;
} SAYS[KINDS] = {
    {"markup/link", "design-and-markup/link", "Lien de la source perdu ou changé : %.*s",
     "Link of the source lost or changed: %.*s"},
    {"markup/image", "design-and-markup/markup", "Image de la source absente : %.*s",
     "Image of the source missing: %.*s"},
    {"markup/code", "accuracy/no-translate", "Code de la source absent ou changé : %.*s",
     "Code of the source missing or changed: %.*s"},
    {"markup/placeholder", "accuracy/no-translate", "Variable absente ou changée : %.*s",
     "Placeholder missing or changed: %.*s"},
    {"markup/footnote", "design-and-markup/markup", "Appel de note absent : %.*s",
     "Footnote mark missing: %.*s"},
};

// The word that a byte of the text stands in.
static cq_span word_around(const cq_document *d, cq_span sentence, uint32_t at)
{
    if (at < sentence.start || at >= sentence.end) at = sentence.end - 1;
    uint32_t from = at, to = at;
    while (from > sentence.start && d->text.p[from - 1] != ' ') from--;
    while (to < sentence.end && d->text.p[to] != ' ') to++;
    return from < to ? (cq_span){from, to} : sentence;
}

static bool in_furniture(const cq_document *d, uint32_t at)
{
    for (size_t i = 0; i < d->skipped.n && d->skipped.v[i].source.start <= at; i++) {
        const cq_skipped *s = &d->skipped.v[i];
        if (s->why == CQ_SKIP_FURNITURE && at < s->source.end) return true;
    }
    return false;
}

static void report(markup *m, const item *lost)
{
    cq_check_run *run = m->run;
    cq_pair *p = run->pair;
    if (in_furniture(p->doc[CQ_SIDE_SOURCE], lost->at)) return;
    uint32_t place = text_before(p->doc[CQ_SIDE_SOURCE], lost->at);
    uint32_t i = cq_pair_sentence_at(p, CQ_SIDE_SOURCE, place);
    const cq_link *l = cq_pair_link(p, CQ_SIDE_SOURCE, i);
    // The alternative text of a picture is lost with it.
    if (!l && lost->kind == IMAGE && i) l = cq_pair_link(p, CQ_SIDE_SOURCE, i - 1);
    if (!l || l->confidence < SURE) return; // its sentence is not there either
    cq_span sentence = {p->sentences[CQ_SIDE_TARGET][l->first[1]].text.start,
                        p->sentences[CQ_SIDE_TARGET][l->last[1] - 1].text.end};
    // What stands there instead.
    uint32_t at = UINT32_MAX;
    for (size_t k = 0; k < m->of[1].n && at == UINT32_MAX; k++) {
        const item *other = &m->of[1].v[k];
        if (other->kind != lost->kind || other->matched) continue;
        uint32_t text = text_before(run->doc, other->at);
        if (text >= sentence.start && text < sentence.end) at = text;
    }
    // A translated picture has another name, and is there.
    if (lost->kind == IMAGE && (at != UINT32_MAX || !m->fewer_images)) return;
    // In a code that the article has in its text, marks alone were lost.
    cq_str french = cq_str_sub(run->doc->text, sentence.start, sentence.end);
    if (lost->kind != LINK && lost->kind != IMAGE &&
        cq_str_find(french, lost->key) != SIZE_MAX)
        return;
    cq_span word = word_around(run->doc, sentence, at);
    cq_spot spot = {.start = word.start, .end = word.end, .sentence = sentence};
    cq_hit *h = cq_hit_add(run, cq_str_of(SAYS[lost->kind].rule), spot);
    h->category = cq_str_of(SAYS[lost->kind].category);
    h->severity = CQ_MINOR;
    h->confidence = CQ_MEDIUM;
    h->source = lost->shown;
    h->fold_key = lost->shown;
    h->priority = -2;
    h->message =
        cq_strf(run->arena, cq_say(run, SAYS[lost->kind].fr, SAYS[lost->kind].en),
                CQ_PRI(lost->shown));
}

static bool is_heading(cq_block_kind k)
{
    return k == CQ_BLOCK_HEADING || k == CQ_BLOCK_TITLE || k == CQ_BLOCK_SUBTITLE;
}

enum { LEVELS = 8 }; // 0: a paragraph

static unsigned level_of(const cq_block *b)
{
    return !is_heading(b->kind) ? 0 : b->level < LEVELS ? b->level : LEVELS - 1;
}

// A heading of the source and what stands for it.
static bool heading_at(const cq_pair *p, const cq_link *l, const cq_block *of[2])
{
    for (unsigned side = 0; side < 2; side++) {
        of[side] = &p->doc[side]->blocks.v[p->sentences[side][l->first[side]].block];
        if (of[side]->field.n) return false;
    }
    return l->confidence >= SURE && is_heading(of[0]->kind) &&
           (is_heading(of[1]->kind) || of[1]->kind == CQ_BLOCK_PARAGRAPH);
}

// One sentence each, between sentences that render each other: where a page has a box in
// between, the link may be wrong.
static bool certain(const cq_pair *p, const cq_link *l)
{
    for (unsigned side = 0; side < 2; side++) {
        if (l->last[side] != l->first[side] + 1) return false;
        if (l > p->links && l[-1].last[side] != l->first[side]) return false;
        if (l + 1 < p->links + p->links_n && l[1].first[side] != l->last[side])
            return false;
    }
    return true;
}

// Said of single headings. When those of one level all have another one here, the page
// is made so; `kept` is what speaks for the source's own level from the start.
static void find_headings(cq_check_run *run, unsigned kept)
{
    const cq_pair *p = run->pair;
    const cq_block *of[2];
    unsigned seen[LEVELS][LEVELS] = {0}; // by level in the source, here
    for (uint32_t k = 0; k < p->links_n; k++) {
        if (heading_at(p, &p->links[k], of)) seen[level_of(of[0])][level_of(of[1])]++;
    }
    for (uint32_t k = 0; k < p->links_n; k++) {
        if (!heading_at(p, &p->links[k], of) || !certain(p, &p->links[k])) continue;
        unsigned there = level_of(of[0]), here = level_of(of[1]);
        if (there == here || seen[there][here] >= seen[there][there] + kept) continue;
        cq_span at = p->sentences[CQ_SIDE_TARGET][p->links[k].first[1]].text;
        cq_spot spot = {.start = at.start, .end = at.end, .sentence = at};
        cq_hit *h = cq_hit_add(run, cq_str_of("markup/heading"), spot);
        h->category = cq_str_of("design-and-markup/markup");
        h->severity = CQ_MINOR;
        h->confidence = CQ_MEDIUM;
        h->priority = -2;
        h->message = cq_str_of(
            here ? cq_say(run, "Intertitre d’un autre niveau que dans la source.",
                          "Heading of another level than in the source.")
                 : cq_say(run, "Intertitre dans la source.", "A heading in the source."));
    }
}

void cq_markup_finish(cq_check_run *run, void *state)
{
    (void)state;
    if (!run->pair) return;
    const cq_document *const *d = run->pair->doc;
    if (!d[0]->format || !d[1]->format) return; // examples of rules
    bool markdown = strcmp(d[0]->format, "markdown") == 0;
    bool html = strcmp(d[0]->format, "html") == 0;
    bool utf8 = !strcmp(d[0]->encoding, "utf-8") && !strcmp(d[1]->encoding, "utf-8");
    if (strcmp(d[0]->format, d[1]->format) != 0 || !utf8) return;
    markup m = {.run = run};
    for (unsigned side = 0; side < 2; side++) {
        if (markdown) read_markdown(&m, side, d[side]->source);
        if (html) read_html(&m, side, d[side]->source);
        if (!markdown) read_text(&m, side, d[side]);
    }
    match(&m);
    size_t images[2] = {0, 0};
    for (unsigned side = 0; side < 2; side++) {
        for (size_t i = 0; i < m.of[side].n; i++)
            images[side] += m.of[side].v[i].kind == IMAGE;
    }
    m.fewer_images = images[1] < images[0];
    size_t reported = 0;
    for (size_t i = 0; i < m.of[0].n && reported < FINDINGS_MAX; i++) {
        if (m.of[0].v[i].matched) continue;
        report(&m, &m.of[0].v[i]);
        reported++;
    }
    if (markdown || html) find_headings(run, markdown ? 2 : 0);
}
