// HTML pages: which text makes a block, and of which kind. The tags come from markup.c; a
// stack of the open block-level elements stands for the tree, with the implied end tags
// of the HTML standard. Inline elements do not cut text.
#include "readers/html.h"

#include "readers/markup.h"
#include "readers/reader.h"

// Open elements remembered; deeper ones are read as if their tags were not there. Real
// pages stay under 40; browsers stop at 512.
enum { DEPTH_MAX = 256 };

typedef enum {
    INLINE,    // known, and without effect
    CONTAINER, // holds blocks; its own text is loose
    LEAF,      // its text is a block
    SKIPPED,   // neither it nor what is in it is text
    CODE,      // its content is one object in the sentence
    LINK,
    BREAK,
    RULE,
    IMAGE,
    META,
    TIME,
    TITLE,
    PAGE, // html
} role;

typedef struct {
    const char *name;
    role role;
    cq_block_kind
        kind; // LEAF, CONTAINER: of its text, unless what it stands in says more
    uint8_t level;
    uint32_t hints;
} element;

#define PARAGRAPH CQ_BLOCK_PARAGRAPH
static const element ELEMENTS[] = {
    // sorted by name
    {"a", LINK, PARAGRAPH, 0, 0},
    {"address", CONTAINER, PARAGRAPH, 0, 0},
    {"article", CONTAINER, PARAGRAPH, 0, CQ_HINT_ARTICLE},
    {"aside", CONTAINER, PARAGRAPH, 0, CQ_HINT_ASIDE},
    {"audio", SKIPPED, PARAGRAPH, 0, 0},
    {"blockquote", CONTAINER, CQ_BLOCK_QUOTATION, 0, CQ_HINT_QUOTE},
    {"body", CONTAINER, PARAGRAPH, 0, 0},
    {"br", BREAK, PARAGRAPH, 0, 0},
    {"button", LEAF, PARAGRAPH, 0, CQ_HINT_FORM},
    {"canvas", SKIPPED, PARAGRAPH, 0, 0},
    {"caption", LEAF, CQ_BLOCK_CAPTION, 0, CQ_HINT_TABLE},
    {"center", CONTAINER, PARAGRAPH, 0, 0},
    {"code", CODE, PARAGRAPH, 0, 0},
    {"dd", LEAF, CQ_BLOCK_LIST_ITEM, 0, CQ_HINT_LIST},
    {"details", CONTAINER, PARAGRAPH, 0, 0},
    {"dialog", CONTAINER, PARAGRAPH, 0, CQ_HINT_ASIDE},
    {"div", CONTAINER, PARAGRAPH, 0, 0},
    {"dl", CONTAINER, PARAGRAPH, 0, CQ_HINT_LIST},
    {"dt", LEAF, CQ_BLOCK_LIST_ITEM, 0, CQ_HINT_LIST},
    {"fieldset", CONTAINER, PARAGRAPH, 0, CQ_HINT_FORM},
    {"figcaption", LEAF, CQ_BLOCK_CAPTION, 0, CQ_HINT_FIGURE},
    {"figure", CONTAINER, PARAGRAPH, 0, CQ_HINT_FIGURE},
    {"footer", CONTAINER, PARAGRAPH, 0, CQ_HINT_FOOTER},
    {"form", CONTAINER, PARAGRAPH, 0, CQ_HINT_FORM},
    {"h1", LEAF, CQ_BLOCK_HEADING, 1, 0},
    {"h2", LEAF, CQ_BLOCK_HEADING, 2, 0},
    {"h3", LEAF, CQ_BLOCK_HEADING, 3, 0},
    {"h4", LEAF, CQ_BLOCK_HEADING, 4, 0},
    {"h5", LEAF, CQ_BLOCK_HEADING, 5, 0},
    {"h6", LEAF, CQ_BLOCK_HEADING, 6, 0},
    {"head", CONTAINER, PARAGRAPH, 0, CQ_HINT_HEAD},
    {"header", CONTAINER, PARAGRAPH, 0, CQ_HINT_HEADER},
    {"hgroup", CONTAINER, PARAGRAPH, 0, 0},
    {"hr", RULE, PARAGRAPH, 0, 0},
    {"html", PAGE, PARAGRAPH, 0, 0},
    {"img", IMAGE, PARAGRAPH, 0, 0},
    {"kbd", CODE, PARAGRAPH, 0, 0},
    {"label", LEAF, PARAGRAPH, 0, CQ_HINT_FORM},
    {"legend", LEAF, PARAGRAPH, 0, CQ_HINT_FORM},
    {"li", LEAF, CQ_BLOCK_LIST_ITEM, 0, CQ_HINT_LIST},
    {"link", META, PARAGRAPH, 0, 0},
    {"main", CONTAINER, PARAGRAPH, 0, CQ_HINT_MAIN},
    {"math", SKIPPED, PARAGRAPH, 0, 0},
    {"menu", CONTAINER, PARAGRAPH, 0, CQ_HINT_LIST},
    {"meta", META, PARAGRAPH, 0, 0},
    {"nav", CONTAINER, PARAGRAPH, 0, CQ_HINT_NAV},
    {"object", SKIPPED, PARAGRAPH, 0, 0},
    {"ol", CONTAINER, PARAGRAPH, 0, CQ_HINT_LIST},
    {"option", LEAF, PARAGRAPH, 0, CQ_HINT_FORM},
    {"p", LEAF, PARAGRAPH, 0, 0},
    {"pre", SKIPPED, PARAGRAPH, 0, 0},
    {"rp", SKIPPED, PARAGRAPH, 0, 0},
    {"rt", SKIPPED, PARAGRAPH, 0, 0},
    {"samp", CODE, PARAGRAPH, 0, 0},
    {"search", CONTAINER, PARAGRAPH, 0, CQ_HINT_FORM},
    {"section", CONTAINER, PARAGRAPH, 0, 0},
    {"select", CONTAINER, PARAGRAPH, 0, CQ_HINT_FORM},
    {"summary", LEAF, PARAGRAPH, 0, 0},
    {"svg", SKIPPED, PARAGRAPH, 0, 0},
    {"table", CONTAINER, PARAGRAPH, 0, CQ_HINT_TABLE},
    {"tbody", CONTAINER, PARAGRAPH, 0, CQ_HINT_TABLE},
    {"td", LEAF, CQ_BLOCK_TABLE_CELL, 0, CQ_HINT_TABLE},
    {"template", SKIPPED, PARAGRAPH, 0, 0},
    {"textarea", LEAF, PARAGRAPH, 0, CQ_HINT_FORM},
    {"tfoot", CONTAINER, PARAGRAPH, 0, CQ_HINT_TABLE},
    {"th", LEAF, CQ_BLOCK_TABLE_CELL, 0, CQ_HINT_TABLE},
    {"thead", CONTAINER, PARAGRAPH, 0, CQ_HINT_TABLE},
    {"time", TIME, PARAGRAPH, 0, CQ_HINT_DATE},
    {"title", TITLE, CQ_BLOCK_TITLE, 0, CQ_HINT_HEAD},
    {"tr", CONTAINER, PARAGRAPH, 0, CQ_HINT_TABLE},
    {"tt", CODE, PARAGRAPH, 0, 0},
    {"ul", CONTAINER, PARAGRAPH, 0, CQ_HINT_LIST},
    {"var", CODE, PARAGRAPH, 0, 0},
    {"video", SKIPPED, PARAGRAPH, 0, 0},
};

// ARIA roles that say what an element is for.
static const struct {
    const char *role;
    uint32_t hints;
} ROLES[] = {
    {"navigation", CQ_HINT_NAV},     {"menu", CQ_HINT_NAV},
    {"menubar", CQ_HINT_NAV},        {"banner", CQ_HINT_HEADER},
    {"contentinfo", CQ_HINT_FOOTER}, {"complementary", CQ_HINT_ASIDE},
    {"dialog", CQ_HINT_ASIDE},       {"alertdialog", CQ_HINT_ASIDE},
    {"search", CQ_HINT_FORM},        {"form", CQ_HINT_FORM},
    {"main", CQ_HINT_MAIN},          {"article", CQ_HINT_ARTICLE},
};

static const struct {
    const char *key; // of meta's name or property
    cq_block_kind kind;
} META_TEXTS[] = {
    {"description", CQ_BLOCK_DESCRIPTION},
    {"og:title", CQ_BLOCK_TITLE},
    {"og:description", CQ_BLOCK_DESCRIPTION},
    {"twitter:title", CQ_BLOCK_TITLE},
    {"twitter:description", CQ_BLOCK_DESCRIPTION},
    {"dc.description", CQ_BLOCK_DESCRIPTION},
};

typedef struct {
    const element *is;
    cq_markup_token tag;
    cq_block_kind kind;
    uint8_t level, lists; // lists: how many it stands in
    uint32_t hints;
    uint32_t box; // NO_BOX: not made, because no block stood in it yet
} entry;
enum { NO_BOX = UINT32_MAX };

typedef struct {
    cq_builder *b;
    cq_str in; // the view
    size_t depth;
    uint32_t open[CQ_COUNT(ELEMENTS)];  // how many of each are on the stack,
    uint32_t above[CQ_COUNT(ELEMENTS)]; // and open beyond DEPTH_MAX
    bool too_deep;
    uint32_t hints; // of the place the whole stands in
    // the block under construction
    bool in_block, broken; // broken: a <br> was the last thing in it
    bool has_space;        // white space to add before the next text
    uint32_t space_start, space_end;
    uint32_t bytes, link_bytes;
    bool date;
    CQ_VEC(cq_str) alts; // alternative texts that follow it
    // inline state, and the depth at which it began
    size_t link, code; // 0: none, else 1 + depth
    bool code_said;    // its object is in the text
    const element *skip;
    uint32_t skip_nested, skip_start;
    CQ_VEC(cq_str) said;    // texts of meta elements, as written
    entry stack[DEPTH_MAX]; // last: not cleared
} page;

static const element *find_element(cq_str name)
{
    char key[12];
    if (name.n >= sizeof key) return NULL;
    for (size_t i = 0; i < name.n; i++) key[i] = cq_lower(name.p[i]);
    size_t lo = 0, hi = CQ_COUNT(ELEMENTS);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = cq_str_cmp(cq_str_of(ELEMENTS[mid].name), (cq_str){key, name.n});
        if (order == 0) return &ELEMENTS[mid];
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

static bool is(const element *e, const char *name)
{
    return e && strcmp(e->name, name) == 0;
}

// --- blocks ---

static cq_str marks_of(page *h, const cq_markup_token *tag)
{
    static const char *const KEYS[] = {"class", "id", "role", "itemprop"};
    cq_str found[CQ_COUNT(KEYS)];
    size_t n = 0;
    for (size_t k = 0; k < CQ_COUNT(KEYS); k++) {
        found[k] = cq_str_of("");
        cq_markup_get(h->in, tag, KEYS[k], &found[k]);
        n += found[k].n + 1;
    }
    char *out = cq_alloc(h->b->doc->arena, n);
    cq_str marks = {out, 0};
    for (size_t k = 0; k < CQ_COUNT(KEYS); k++) {
        if (!found[k].n) continue;
        if (marks.n) out[marks.n++] = ' ';
        memcpy(out + marks.n, found[k].p, found[k].n);
        marks.n += found[k].n;
    }
    return marks;
}

// The box of what is open: boxes are made when a first block stands in them.
static uint32_t current_box(page *h)
{
    size_t k = h->depth;
    while (k && h->stack[k - 1].box == NO_BOX) k--;
    uint32_t box = k ? h->stack[k - 1].box : 0;
    for (; k < h->depth; k++) {
        entry *e = &h->stack[k];
        cq_document *d = h->b->doc;
        cq_box made = {.parent = box,
                       .depth = d->boxes.v[box].depth + 1,
                       .tag = cq_str_of(e->is->name),
                       .marks = marks_of(h, &e->tag)};
        box = (uint32_t)d->boxes.n;
        *CQ_PUSH(d->arena, &d->boxes) = made;
        e->box = box;
    }
    return box;
}

static void open_block(page *h)
{
    if (h->in_block) return;
    const entry *top = h->depth ? &h->stack[h->depth - 1] : NULL;
    cq_block *block =
        cq_builder_open(h->b, top ? top->kind : CQ_BLOCK_PARAGRAPH, top ? top->level : 0);
    block->hints = (top ? top->hints : h->hints) | CQ_HINT_BLANK_BEFORE;
    if (!top || top->is->role == CONTAINER) block->hints |= CQ_HINT_LOOSE;
    if (h->date) block->hints |= CQ_HINT_DATE;
    block->box = current_box(h);
    h->in_block = true;
    h->broken = h->has_space = h->date = false;
    h->bytes = h->link_bytes = 0;
    h->code_said = false;
}

static void add_text(page *h, uint32_t start, uint32_t end, bool attribute);

static void close_block(page *h)
{
    if (h->in_block) {
        cq_block *block = cq_builder_close(h->b);
        if (block) {
            block->hints |= CQ_HINT_BLANK_AFTER;
            uint64_t share = h->bytes ? (uint64_t)h->link_bytes * 100 / h->bytes : 0;
            block->link_percent = (uint8_t)share;
        }
    }
    h->in_block = h->has_space = h->broken = false;
    size_t code = h->code, alts = h->alts.n;
    h->code = h->alts.n = 0;
    for (size_t i = 0; i < alts; i++) {
        uint32_t at = (uint32_t)(h->alts.v[i].p - h->in.p);
        open_block(h);
        h->b->doc->blocks.v[h->b->doc->blocks.n - 1].kind = CQ_BLOCK_ALT_TEXT;
        add_text(h, at, at + (uint32_t)h->alts.v[i].n, true);
        close_block(h);
    }
    h->code = code;
}

// --- text ---

static void add_space(page *h)
{
    if (!h->has_space) return;
    h->has_space = false;
    uint32_t start = h->space_start, end = h->space_end;
    if (end == start + 1 && h->in.p[start] == ' ' && h->b->in.text.p[start] == ' ')
        cq_builder_verbatim(h->b, start, end);
    else
        cq_builder_replaced(h->b, cq_str_of(" "), start, end);
}

static void note_space(page *h, uint32_t start, uint32_t end)
{
    if (!h->in_block || h->has_space) return;
    h->has_space = true;
    h->space_start = start;
    h->space_end = end;
}

static void before_text(page *h, uint32_t bytes)
{
    open_block(h);
    add_space(h);
    h->broken = false;
    h->bytes += bytes;
    if (h->link) h->link_bytes += bytes;
}

// Bytes at which text cannot be copied blindly: white space, '&', CQ_MASKED.
static bool is_special(char c) { return cq_is_space(c) || c == '&' || c == CQ_MASKED; }

// Input bytes [start, end) as HTML text: references resolved, white space collapsed.
static void add_text(page *h, uint32_t start, uint32_t end, bool attribute)
{
    cq_str in = {h->in.p, end};
    for (uint32_t i = start; i < end;) {
        uint32_t k = i;
        while (k < end) {
            if (is_special(in.p[k]) &&
                !(in.p[k] == ' ' && k > i && k + 1 < end && !is_special(in.p[k + 1])))
                break;
            k++;
        }
        if (k > i) {
            before_text(h, k - i);
            cq_builder_verbatim(h->b, i, k);
            i = k;
            continue;
        }
        if (cq_is_space(in.p[i])) {
            while (k < end && cq_is_space(in.p[k])) k++;
            note_space(h, i, k);
            i = k;
            continue;
        }
        char text[8];
        size_t n, length = 0;
        if (in.p[i] == '&') length = cq_markup_reference(in, i, attribute, text, &n);
        if (length && n == 1 && cq_is_space(text[0])) {
            note_space(h, i, i + (uint32_t)length);
        } else if (length) {
            before_text(h, (uint32_t)length);
            cq_builder_replaced(h->b, (cq_str){text, n}, i, i + (uint32_t)length);
        } else if (in.p[i] == h->b->in.text.p[i]) { // not masked: itself
            before_text(h, 1);
            cq_builder_verbatim(h->b, i, i + 1);
        }
        i += length ? (uint32_t)length : 1;
    }
}

static void add_code(page *h, const cq_markup_token *t)
{
    if (h->code_said || !cq_str_trim(cq_str_sub(h->in, t->start, t->end)).n) return;
    before_text(h, 1);
    cq_builder_replaced(h->b, cq_str_of(CQ_OBJECT), t->start, t->end);
    h->code_said = true;
}

// --- elements ---

static bool passes_on(cq_block_kind kind) // to paragraphs that stand in it
{
    return kind == CQ_BLOCK_LIST_ITEM || kind == CQ_BLOCK_QUOTATION ||
           kind == CQ_BLOCK_TABLE_CELL || kind == CQ_BLOCK_CAPTION;
}

static uint32_t attribute_hints(page *h, const cq_markup_token *t)
{
    uint32_t hints = 0;
    size_t at = t->attributes;
    cq_str name, value;
    while (cq_markup_attribute(h->in, t, &at, &name, &value)) {
        if (cq_str_ieq(name, "role")) {
            for (size_t k = 0; k < CQ_COUNT(ROLES); k++) {
                if (cq_str_ieq(value, ROLES[k].role)) hints |= ROLES[k].hints;
            }
        } else if (cq_str_ieq(name, "hidden") ||
                   (cq_str_ieq(name, "aria-hidden") && cq_str_ieq(value, "true"))) {
            hints |= CQ_HINT_HIDDEN;
        } else if (cq_str_ieq(name, "style")) {
            size_t display = cq_str_find(value, cq_str_of("display"));
            if (display == SIZE_MAX) continue;
            cq_str rest = cq_str_trim(cq_str_sub(value, display + 7, value.n));
            if (rest.n && rest.p[0] == ':' &&
                cq_str_starts(cq_str_trim(cq_str_sub(rest, 1, rest.n)),
                              cq_str_of("none")))
                hints |= CQ_HINT_HIDDEN;
        }
    }
    return hints;
}

static void push(page *h, const element *e, const cq_markup_token *t)
{
    size_t id = (size_t)(e - ELEMENTS);
    if (h->depth == DEPTH_MAX) {
        h->above[id]++;
        if (!h->too_deep)
            cq_builder_note(h->b,
                            "depth-limit: elements nested deeper than %d are read "
                            "without their tags",
                            DEPTH_MAX);
        h->too_deep = true;
        return;
    }
    const entry *parent = h->depth ? &h->stack[h->depth - 1] : NULL;
    entry *top = &h->stack[h->depth++];
    *top = (entry){.is = e, .tag = *t, .kind = e->kind, .level = e->level, .box = NO_BOX};
    top->hints = e->hints | attribute_hints(h, t) | (parent ? parent->hints : h->hints);
    top->lists = parent ? parent->lists : 0;
    if (e->role == CONTAINER && e->hints == CQ_HINT_LIST && top->lists < 9) top->lists++;
    if (parent && e->kind == PARAGRAPH && passes_on(parent->kind))
        top->kind = parent->kind;
    if (top->kind == CQ_BLOCK_LIST_ITEM) top->level = top->lists ? top->lists : 1;
    h->open[id]++;
}

static void pop(page *h)
{
    const entry *top = &h->stack[--h->depth];
    h->open[top->is - ELEMENTS]--;
    if (h->link > h->depth + 1) h->link = 0;
    if (h->code > h->depth + 1) h->code = 0;
}

static bool top_is(const page *h, const char *name)
{
    return h->depth && is(h->stack[h->depth - 1].is, name);
}

// Pops to and with the nearest of an element, unless what `stops` says is in between.
static bool pop_to(page *h, const element *e, bool (*stops)(const element *between))
{
    if (!h->open[e - ELEMENTS]) return false;
    size_t k = h->depth;
    while (k && h->stack[k - 1].is != e) {
        if (stops(h->stack[k - 1].is)) return false;
        k--;
    }
    if (!k) return false;
    while (h->depth >= k) pop(h);
    return true;
}

static bool is_table_part(const element *e)
{
    return (e->hints & CQ_HINT_TABLE) != 0 && e->role != INLINE;
}
static bool is_table(const element *e) { return is(e, "table"); }
static bool is_no_paragraph(const element *e) { return !is(e, "p") && !is(e, "div"); }

// The end tags that a start tag implies.
static void close_implied(page *h, const element *e)
{
    if (top_is(h, "p") && !(e->hints & CQ_HINT_FORM && e->role == LEAF)) pop(h);
    if (e->kind == CQ_BLOCK_HEADING && h->depth &&
        h->stack[h->depth - 1].is->kind == CQ_BLOCK_HEADING)
        pop(h);
    if (is(e, "li")) pop_to(h, e, is_no_paragraph);
    if (is(e, "option") && top_is(h, "option")) pop(h);
    if (is(e, "dt") || is(e, "dd")) {
        pop_to(h, find_element(cq_str_of("dt")), is_no_paragraph);
        pop_to(h, find_element(cq_str_of("dd")), is_no_paragraph);
    }
    if (is(e, "td") || is(e, "th") || is(e, "tr")) {
        pop_to(h, find_element(cq_str_of("td")), is_table);
        pop_to(h, find_element(cq_str_of("th")), is_table);
    }
    if (is(e, "tr")) pop_to(h, e, is_table);
    if (is(e, "body")) pop_to(h, find_element(cq_str_of("head")), is_table);
}

static void end_block_element(page *h, const element *e)
{
    close_block(h);
    if (h->above[e - ELEMENTS])
        h->above[e - ELEMENTS]--;
    else
        pop_to(h, e, is_table_part(e) ? is_table : is_table_part);
}

static void start_skip(page *h, const element *e, const cq_markup_token *t)
{
    h->skip = e;
    h->skip_nested = 1;
    h->skip_start = t->end;
    if (is(e, "pre")) close_block(h);
}

static void end_skip(page *h, uint32_t at)
{
    if (is(h->skip, "pre")) cq_builder_skip(h->b, h->skip_start, at, CQ_SKIP_CODE);
    h->skip = NULL;
}

// --- what a page says of itself ---

static cq_str attribute_text(page *h, cq_str raw) // references resolved
{
    cq_str all = {h->in.p, (size_t)(raw.p - h->in.p) + raw.n};
    char *out = cq_alloc(h->b->doc->arena, cq_mul(raw.n, 2) + 8);
    size_t n = 0;
    for (size_t at = all.n - raw.n; at < all.n;) {
        size_t put = 0, length = all.p[at] == '&'
                                     ? cq_markup_reference(all, at, true, out + n, &put)
                                     : 0;
        if (!length) out[n] = all.p[at];
        n += length ? put : 1;
        at += length ? length : 1;
    }
    return cq_str_trim((cq_str){out, n});
}

static void set_once(page *h, cq_str *field, cq_str raw)
{
    if (!field->n) *field = attribute_text(h, raw);
}

static void add_meta_text(page *h, cq_block_kind kind, cq_str raw)
{
    enum { SAID_MAX = 16 };
    for (size_t i = 0; i < h->said.n; i++) {
        if (cq_str_eq(h->said.v[i], raw)) return;
    }
    if (h->said.n == SAID_MAX) return;
    *CQ_PUSH(h->b->doc->arena, &h->said) = raw;
    close_block(h);
    open_block(h);
    cq_block *block = &h->b->doc->blocks.v[h->b->doc->blocks.n - 1];
    block->kind = kind;
    block->hints |= CQ_HINT_HEAD;
    uint32_t at = (uint32_t)(raw.p - h->in.p);
    add_text(h, at, at + (uint32_t)raw.n, true);
    close_block(h);
}

static void read_meta(page *h, const cq_markup_token *t)
{
    cq_document *d = h->b->doc;
    cq_str key, content;
    if (!cq_markup_get(h->in, t, "content", &content) || !content.n) return;
    if (!cq_markup_get(h->in, t, "property", &key) &&
        !cq_markup_get(h->in, t, "name", &key))
        return;
    for (size_t k = 0; k < CQ_COUNT(META_TEXTS); k++) {
        if (cq_str_ieq(key, META_TEXTS[k].key))
            add_meta_text(h, META_TEXTS[k].kind, content);
    }
    if (cq_str_ieq(key, "article:published_time") || cq_str_ieq(key, "date"))
        set_once(h, &d->published, content);
    if (cq_str_ieq(key, "article:section")) set_once(h, &d->section, content);
    if (cq_str_ieq(key, "og:url")) set_once(h, &d->url, content);
    if (cq_str_ieq(key, "author") && d->authors.n < 16)
        *CQ_PUSH(d->arena, &d->authors) = attribute_text(h, content);
}

static void read_link(page *h, const cq_markup_token *t)
{
    cq_str rel, href;
    if (cq_markup_get(h->in, t, "rel", &rel) && cq_str_ieq(rel, "canonical") &&
        cq_markup_get(h->in, t, "href", &href))
        set_once(h, &h->b->doc->url, href);
}

// --- tags ---

static void start_tag(page *h, const cq_markup_token *t)
{
    const element *e = find_element(t->name);
    if (!e) return;
    bool closed = t->end >= 2 && h->in.p[t->end - 2] == '/';
    cq_str value;
    switch (e->role) {
    case CONTAINER:
    case LEAF:
        close_block(h);
        close_implied(h, e);
        push(h, e, t);
        break;
    case TITLE:
        close_block(h);
        push(h, e, t);
        break;
    case SKIPPED:
        if (!closed) start_skip(h, e, t);
        break;
    case CODE:
        if (!h->code && !closed) {
            h->code = h->depth + 1;
            h->code_said = false;
        }
        break;
    case LINK:
        h->link = cq_markup_get(h->in, t, "href", &value) ? h->depth + 1 : 0;
        break;
    case BREAK: // one is a space, two are the end of a paragraph
        if (h->broken) close_block(h);
        note_space(h, t->start, t->end);
        h->broken = h->in_block;
        break;
    case RULE:
        close_block(h);
        break;
    case IMAGE:
        if (!cq_markup_get(h->in, t, "alt", &value) || !cq_str_trim(value).n) break;
        *CQ_PUSH(h->b->doc->arena, &h->alts) = value;
        if (!h->in_block) close_block(h); // adds it at once
        break;
    case META:
        if (is(e, "link"))
            read_link(h, t);
        else
            read_meta(h, t);
        break;
    case TIME:
        h->date = !h->in_block;
        if (h->in_block)
            h->b->doc->blocks.v[h->b->doc->blocks.n - 1].hints |= CQ_HINT_DATE;
        break;
    case PAGE:
        if (cq_markup_get(h->in, t, "lang", &value))
            set_once(h, &h->b->doc->language_claim, value);
        break;
    case INLINE:
        break;
    }
}

static void end_tag(page *h, const cq_markup_token *t)
{
    const element *e = find_element(t->name);
    if (!e) return;
    if (e->role == CONTAINER || e->role == LEAF || e->role == TITLE)
        end_block_element(h, e);
    if (e->role == LINK) h->link = 0;
    if (e->role == CODE) h->code = 0;
}

// Within an element that is left out as a whole.
static void skipped_tag(page *h, const cq_markup_token *t)
{
    const element *e = find_element(t->name);
    bool drawing = is(h->skip, "svg") || is(h->skip, "math");
    if (e == h->skip) {
        bool closed = t->kind == CQ_MARKUP_START && h->in.p[t->end - 2] == '/';
        if (t->kind == CQ_MARKUP_END)
            h->skip_nested--;
        else if (!closed)
            h->skip_nested++;
        if (!h->skip_nested) end_skip(h, t->start);
    } else if (drawing && e && t->kind == CQ_MARKUP_START &&
               (e->role == LEAF || e->role == CONTAINER)) {
        end_skip(h, t->start); // a drawing that was never closed
        start_tag(h, t);
    }
}

static void read_markup(page *h, uint32_t start, uint32_t end)
{
    cq_markup m = cq_markup_of((cq_str){h->in.p, end}, start);
    cq_markup_token t;
    while (cq_markup_next(&m, &t) && !cq_builder_full(h->b)) {
        bool tag = t.kind == CQ_MARKUP_START || t.kind == CQ_MARKUP_END;
        if (h->skip) {
            if (tag) skipped_tag(h, &t);
        } else if (t.kind == CQ_MARKUP_TEXT) {
            if (h->code)
                add_code(h, &t);
            else
                add_text(h, t.start, t.end, false);
        } else if (t.kind == CQ_MARKUP_START) {
            start_tag(h, &t);
        } else if (t.kind == CQ_MARKUP_END) {
            end_tag(h, &t);
        }
    }
    if (h->skip) end_skip(h, end);
    close_block(h);
}

void cq_html_fragment(cq_builder *b, cq_str view, uint32_t start, uint32_t end,
                      uint32_t hints)
{
    page h;
    memset(&h, 0, offsetof(page, stack));
    h.b = b;
    h.in = view;
    h.hints = hints;
    read_markup(&h, start, end);
}

// The heading that says what the head's title says is the article's title; without one in
// the head, the first heading of level 1.
static void find_title(cq_builder *b)
{
    cq_document *d = b->doc;
    cq_str title = cq_str_of("");
    for (size_t i = 0; i < d->blocks.n; i++) {
        cq_block *block = &d->blocks.v[i];
        cq_str text = {b->out.v + block->text.start, block->text.end - block->text.start};
        if (block->kind == CQ_BLOCK_TITLE && !title.n) title = text;
        if (block->kind != CQ_BLOCK_HEADING || block->level != 1) continue;
        if (title.n && cq_str_find(title, text) == SIZE_MAX) continue;
        block->kind = CQ_BLOCK_TITLE;
        return;
    }
}

void cq_read_html(cq_builder *b)
{
    cq_html_fragment(b, b->in.text, 0, (uint32_t)b->in.text.n, 0);
    find_title(b);
}
