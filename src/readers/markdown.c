// Markdown, by md4c. What md4c does not know (front matter, footnotes, shortcodes, ...)
// is taken out before, in a copy of the same length; HTML inside goes to the HTML reader.
#include <md4c.h>

#include "base/utf8.h"
#include "readers/frontmatter.h"
#include "readers/html.h"
#include "readers/markdown_mask.h"
#include "readers/markup.h"
#include "readers/reader.h"

// A call of the text callback, kept: alternative texts come within their paragraph, and
// are blocks of their own after it.
typedef struct {
    MD_TEXTTYPE type;
    uint32_t start, n; // n == 0: a new alternative text begins
} piece;

typedef struct {
    cq_builder *b;
    const cq_mask *mask;
    char *view; // the masked input; md4c has read it to the end before it calls back
    CQ_VEC(char) containers; // open quotations and list items: 'q', 'l'
    uint32_t lists, region;  // region: cursor into mask->regions
    cq_block_kind kind;      // of what is open: heading, table cell; else paragraph
    uint8_t level;
    bool in_block, in_code_block, in_html;
    uint32_t bytes, link_bytes, links, images;
    bool break_pending;
    uint32_t break_start, break_end; // of a <br>; start == end: of a line, to be found
    uint32_t last;                   // end of the last text
    bool code_said;
    uint32_t html_code;          // depth of <code> and its like in the paragraph
    uint32_t raw_start, raw_end; // of a code or HTML block; start == end: nothing yet
    CQ_VEC(piece) alts;
    bool titled;
} reader;

static const cq_region *region_at(reader *r, uint32_t at)
{
    const cq_mask *m = r->mask;
    while (r->region < m->regions.n && m->regions.v[r->region].end <= at) r->region++;
    if (r->region == m->regions.n || m->regions.v[r->region].start > at) return NULL;
    return &m->regions.v[r->region];
}

static void open_block(reader *r, uint32_t at)
{
    const cq_region *region = region_at(r, at);
    char container = r->containers.n ? r->containers.v[r->containers.n - 1] : '\0';
    cq_block_kind kind = r->kind;
    uint8_t level = r->level;
    if (kind == CQ_BLOCK_PARAGRAPH && region && region->footnote) {
        kind = CQ_BLOCK_FOOTNOTE;
    } else if (kind == CQ_BLOCK_PARAGRAPH && container == 'l') {
        kind = CQ_BLOCK_LIST_ITEM;
        level = (uint8_t)(r->lists < 9 ? r->lists : 9);
    } else if (kind == CQ_BLOCK_PARAGRAPH && container == 'q' && !region) {
        kind = CQ_BLOCK_QUOTATION;
    } else if (kind == CQ_BLOCK_HEADING && level == 1 && !r->titled) {
        kind = CQ_BLOCK_TITLE;
        r->titled = true;
    }
    cq_block *block = cq_builder_open(r->b, kind, level);
    block->hints = CQ_HINT_BLANK_BEFORE | CQ_HINT_BLANK_AFTER;
    if (r->lists) block->hints |= CQ_HINT_LIST;
    if (container == 'q' && !region) block->hints |= CQ_HINT_QUOTE;
    if (kind == CQ_BLOCK_TABLE_CELL) block->hints |= CQ_HINT_TABLE;
    if (kind == CQ_BLOCK_LIST_ITEM) block->hints |= CQ_HINT_BULLET;
    r->in_block = true;
    r->break_pending = false;
    r->bytes = r->link_bytes = 0;
    r->last = at;
}

// --- text ---

// A space is due before the next text of the block.
static void note_break(reader *r, uint32_t start, uint32_t end)
{
    if (!r->in_block || r->break_pending) return;
    r->break_pending = true;
    r->break_start = start;
    r->break_end = end;
}

// A line break since the last text is a space; it stands for the first line end there.
static void add_break(reader *r, uint32_t to)
{
    if (!r->break_pending) return;
    r->break_pending = false;
    cq_str in = r->b->in.text;
    uint32_t at = r->last;
    if (r->break_start < r->break_end) {
        cq_builder_replaced(r->b, cq_str_of(" "), r->break_start, r->break_end);
        return;
    }
    while (at < to && in.p[at] != '\n' && in.p[at] != '\r') at++;
    uint32_t end = at < to ? at + 1 : at;
    if (end < to && in.p[at] == '\r' && in.p[end] == '\n') end++;
    cq_builder_replaced(r->b, cq_str_of(" "), at, end);
}

static void before_text(reader *r, uint32_t at, uint32_t n)
{
    if (!r->in_block) open_block(r, at);
    add_break(r, at);
    r->bytes += n;
    if (r->links) r->link_bytes += n;
    r->last = at + n;
}

static void add_object(reader *r, uint32_t start, uint32_t n)
{
    before_text(r, start, n);
    cq_builder_replaced(r->b, cq_str_of(CQ_OBJECT), start, start + n);
}

static void add_unmasked(reader *r, uint32_t start, uint32_t end)
{
    const cq_builder *b = r->b;
    // What was left out stood between two blanks: one is enough.
    if (start < end && r->in_block && start > r->last && b->in.text.p[start] == ' ' &&
        b->out.n && b->out.v[b->out.n - 1] == ' ' && !r->break_pending)
        start++;
    if (start >= end) return;
    before_text(r, start, end - start);
    cq_builder_verbatim(r->b, start, end);
}

static void add_text(reader *r, uint32_t start, uint32_t n)
{
    const char *in = r->b->in.text.p;
    uint32_t end = start + n;
    if (memcmp(in + start, r->view + start, n) == 0) {
        add_unmasked(r, start, end);
        return;
    }
    for (uint32_t i = start; i < end;) {
        uint32_t k = i;
        while (k < end && in[k] == r->view[k]) k++;
        add_unmasked(r, i, k);
        i = k;
        while (k < end && in[k] != r->view[k]) k++;
        // A value to insert, or a picture by its name, has its place in the sentence.
        if (k > i && (in[i] == ':' || (k > i + 4 && in[i] == '{' && in[i + 1] == '{')))
            add_object(r, i, k - i);
        i = k;
    }
}

static void add_entity(reader *r, uint32_t start, uint32_t n)
{
    char text[8];
    size_t text_n;
    cq_str in = {r->b->in.text.p, start + n};
    if (cq_markup_reference(in, start, false, text, &text_n) != n) {
        add_text(r, start, n);
        return;
    }
    before_text(r, start, n);
    cq_builder_replaced(r->b, (cq_str){text, text_n}, start, start + n);
}

// An attribute's value: text with character references.
static void add_attribute(reader *r, uint32_t start, uint32_t n)
{
    cq_str in = {r->b->in.text.p, start + n};
    uint32_t done = start;
    for (uint32_t i = start; i < start + n;) {
        char text[8];
        size_t text_n, length = 0;
        if (in.p[i] == '&') length = cq_markup_reference(in, i, true, text, &text_n);
        if (length) {
            add_text(r, done, i - done);
            add_entity(r, i, (uint32_t)length);
            done = i + (uint32_t)length;
        }
        i += length ? (uint32_t)length : 1;
    }
    add_text(r, done, start + n - done);
}

static void begin_alt(reader *r) { *CQ_PUSH(r->b->doc->arena, &r->alts) = (piece){0}; }

// A tag or comment within a paragraph.
static void on_inline_html(reader *r, uint32_t start, uint32_t n)
{
    static const char *const CODE[] = {"code", "kbd", "samp", "tt", "var"};
    cq_str in = {r->view, start + n}, alt;
    cq_markup m = cq_markup_of(in, start);
    cq_markup_token t;
    if (!cq_markup_next(&m, &t)) return;
    bool is_start = t.kind == CQ_MARKUP_START;
    if (is_start && cq_str_ieq(t.name, "br")) note_break(r, start, start + n);
    if (is_start && cq_str_ieq(t.name, "img") && cq_markup_get(in, &t, "alt", &alt) &&
        alt.n) {
        begin_alt(r);
        *CQ_PUSH(r->b->doc->arena, &r->alts) =
            (piece){MD_TEXT_HTML, (uint32_t)(alt.p - r->view), (uint32_t)alt.n};
    }
    for (size_t k = 0; k < CQ_COUNT(CODE); k++) {
        if (!cq_str_ieq(t.name, CODE[k])) continue;
        if (is_start && !r->html_code++) r->code_said = false;
        if (t.kind == CQ_MARKUP_END && r->html_code) r->html_code--;
    }
}

static void close_block(reader *r);

static void replay_alts(reader *r)
{
    size_t n = r->alts.n;
    const piece *v = r->alts.v;
    memset(&r->alts, 0, sizeof r->alts);
    cq_block_kind kind = r->kind;
    r->kind = CQ_BLOCK_ALT_TEXT;
    r->html_code = 0;
    for (size_t i = 0; i < n; i++) {
        if (v[i].n == 0) {
            close_block(r);
        } else if (v[i].type == MD_TEXT_ENTITY) {
            add_entity(r, v[i].start, v[i].n);
        } else if (v[i].type == MD_TEXT_HTML) {
            add_attribute(r, v[i].start, v[i].n);
        } else if (v[i].type == MD_TEXT_SOFTBR || v[i].type == MD_TEXT_BR) {
            note_break(r, 0, 0);
        } else {
            add_text(r, v[i].start, v[i].n);
        }
    }
    close_block(r);
    r->kind = kind;
}

static void close_block(reader *r)
{
    if (r->in_block) {
        cq_block *block = cq_builder_close(r->b);
        uint64_t share = r->bytes ? (uint64_t)r->link_bytes * 100 / r->bytes : 0;
        if (block) block->link_percent = (uint8_t)share;
    }
    r->in_block = r->break_pending = false;
    r->html_code = 0;
    if (r->alts.n) replay_alts(r);
}

// Lines of a code or HTML block. What stands before them (the > of a quotation) is taken
// out of the view.
static void add_raw(reader *r, uint32_t start, uint32_t n)
{
    if (r->raw_start == r->raw_end) r->raw_start = r->raw_end = start;
    for (uint32_t i = r->raw_end; i < start && r->in_html; i++) {
        if (r->view[i] != '\n' && r->view[i] != '\r') r->view[i] = ' ';
    }
    r->raw_end = start + n;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *ctx)
{
    reader *r = ctx;
    // md4c also hands out literals, for line breaks and the blanks of code.
    uintptr_t from = (uintptr_t)r->view, at = (uintptr_t)p;
    bool ours = at >= from && at < from + r->b->in.text.n;
    uint32_t start = ours ? (uint32_t)(at - from) : 0;
    if (r->in_code_block || r->in_html) {
        if (ours) add_raw(r, start, n);
        return 0;
    }
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
        if (r->images)
            *CQ_PUSH(r->b->doc->arena, &r->alts) = (piece){type, 0, 1};
        else
            note_break(r, 0, 0);
        return 0;
    }
    if (!ours || !n) return 0;
    if (r->images) {
        if (type != MD_TEXT_HTML)
            *CQ_PUSH(r->b->doc->arena, &r->alts) = (piece){type, start, n};
        return 0;
    }
    if (type == MD_TEXT_HTML) {
        on_inline_html(r, start, n);
    } else if (type == MD_TEXT_CODE || r->html_code) {
        if (!r->code_said) add_object(r, start, n);
        r->code_said = true;
    } else if (type == MD_TEXT_ENTITY) {
        add_entity(r, start, n);
    } else {
        // Footnotes that follow line by line are one paragraph for md4c.
        if (r->in_block && r->break_pending && cq_mask_footnote_at(r->mask, start))
            close_block(r);
        add_text(r, start, n);
    }
    return cq_builder_full(r->b);
}

// --- blocks and spans ---

static int enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    reader *r = ctx;
    cq_arena *a = r->b->doc->arena;
    close_block(r);
    r->kind = CQ_BLOCK_PARAGRAPH;
    r->level = 0;
    switch (type) {
    case MD_BLOCK_QUOTE:
        *CQ_PUSH(a, &r->containers) = 'q';
        break;
    case MD_BLOCK_LI:
        *CQ_PUSH(a, &r->containers) = 'l';
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        r->lists++;
        break;
    case MD_BLOCK_H:
        r->kind = CQ_BLOCK_HEADING;
        r->level = (uint8_t)((MD_BLOCK_H_DETAIL *)detail)->level;
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        r->kind = CQ_BLOCK_TABLE_CELL;
        break;
    case MD_BLOCK_CODE:
        r->in_code_block = true;
        break;
    case MD_BLOCK_HTML:
        r->in_html = true;
        break;
    default:
        break;
    }
    r->raw_start = r->raw_end = 0;
    return cq_builder_full(r->b);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    (void)detail;
    reader *r = ctx;
    close_block(r);
    switch (type) {
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_LI:
        r->containers.n--;
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        r->lists--;
        break;
    case MD_BLOCK_CODE:
        r->in_code_block = false;
        cq_builder_skip(r->b, r->raw_start, r->raw_end, CQ_SKIP_CODE);
        break;
    case MD_BLOCK_HTML:
        r->in_html = false;
        if (r->raw_end > r->raw_start)
            cq_html_fragment(r->b, (cq_str){r->view, r->b->in.text.n}, r->raw_start,
                             r->raw_end, 0);
        break;
    default:
        break;
    }
    r->kind = CQ_BLOCK_PARAGRAPH;
    r->level = 0;
    return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    (void)detail;
    reader *r = ctx;
    if (type == MD_SPAN_A) r->links++;
    if (type == MD_SPAN_IMG && !r->images++) begin_alt(r);
    if (type == MD_SPAN_CODE) r->code_said = false;
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    (void)detail;
    reader *r = ctx;
    if (type == MD_SPAN_A) r->links--;
    if (type == MD_SPAN_IMG) r->images--;
    return 0;
}

void cq_read_markdown(cq_builder *b)
{
    uint32_t start = cq_read_front_matter(b);
    cq_arena *passing = cq_arena_new(); // the masked text is as large as the article
    cq_mask mask = cq_mask_markdown(passing, b->in.text, start);
    reader r = {.b = b, .mask = &mask, .view = mask.view};
    MD_PARSER parser = {.flags =
                            MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS,
                        .enter_block = enter_block,
                        .leave_block = leave_block,
                        .enter_span = enter_span,
                        .leave_span = leave_span,
                        .text = on_text};
    if (md_parse(mask.view + start, (MD_SIZE)(b->in.text.n - start), &parser, &r) < 0)
        cq_builder_note(b, "markdown: not read to its end");
    close_block(&r);
    cq_arena_free(passing);
}
