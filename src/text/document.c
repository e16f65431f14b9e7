// Documents: the source map, and the builder through which readers fill them.
#include "text/document.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const KINDS[] = {
    "paragraph",  "title",    "subtitle", "description", "heading",      "list-item",
    "table-cell", "caption",  "alt-text", "quotation",   "related-link", "byline",
    "bio",        "contents", "footnote", "field",
};
static const char *const SKIPS[] = {"", "furniture", "language", "code", "metadata"};

const char *cq_block_kind_name(cq_block_kind k) { return KINDS[k]; }
const char *cq_skip_name(cq_skip s) { return SKIPS[s]; }

bool cq_block_scored(cq_block_kind k)
{
    return k != CQ_BLOCK_RELATED_LINK && k != CQ_BLOCK_BYLINE && k != CQ_BLOCK_BIO;
}

// The last of n runs that starts at or before `text`, or SIZE_MAX.
static size_t run_at(const cq_run *runs, size_t n, uint32_t text)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (runs[mid].text <= text)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo - 1;
}

static uint32_t source_start(const cq_run *runs, size_t n, uint32_t text)
{
    size_t i = run_at(runs, n, text);
    if (i == SIZE_MAX) return n ? runs[0].source : 0;
    const cq_run *r = &runs[i];
    uint32_t off = text - r->text;
    if (off < r->text_n) return r->source + off * r->step; // the whole run's for step 0
    if (i + 1 < n) return runs[i + 1].source;              // between runs: the next one
    return r->source + r->source_n;
}

static uint32_t source_end(const cq_run *runs, size_t n, uint32_t text) // > 0, exclusive
{
    size_t i = run_at(runs, n, text - 1);
    if (i == SIZE_MAX) return source_start(runs, n, text);
    const cq_run *r = &runs[i];
    uint32_t off = text - r->text;
    if (off <= r->text_n && r->step) return r->source + off * r->step;
    return r->source + r->source_n;
}

static cq_span map(const cq_run *runs, size_t n, uint32_t start, uint32_t end)
{
    uint32_t s = source_start(runs, n, start);
    uint32_t e = end > start ? source_end(runs, n, end) : s;
    return (cq_span){s, e < s ? s : e};
}

cq_span cq_document_source(const cq_document *d, uint32_t start, uint32_t end)
{
    return map(d->runs.v, d->runs.n, start, end);
}

bool cq_document_unbroken(const cq_document *d, uint32_t start, uint32_t end)
{
    size_t i = run_at(d->runs.v, d->runs.n, start);
    if (i == SIZE_MAX || end <= start) return false;
    for (; d->runs.v[i].text + d->runs.v[i].text_n < end; i++) {
        if (i + 1 == d->runs.n) return false;
        const cq_run *r = &d->runs.v[i], *next = r + 1;
        if (r->source + r->source_n != next->source) return false;
        if (r->text + r->text_n != next->text) return false;
    }
    return true;
}

size_t cq_document_block_at(const cq_document *d, uint32_t at)
{
    size_t lo = 0, hi = d->blocks.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (d->blocks.v[mid].text.start <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo ? lo - 1 : 0;
}

enum { BLOCK_BYTES = 128 }; // of a text for each block and run, and seldom less

static void reserve(cq_builder *b, size_t n)
{
    if (b->out.cap - b->out.n >= n) return;
    size_t cap = b->out.cap * 2 > b->out.n + n ? b->out.cap * 2 : b->out.n + n;
    char *v = cq_alloc(b->doc->arena, cap);
    if (b->out.n) memcpy(v, b->out.v, b->out.n);
    b->out.v = v;
    b->out.cap = cap;
}

void cq_builder_init_input(cq_builder *b, cq_document *d, cq_input in)
{
    *b = (cq_builder){.doc = d, .in = in};
    // Text is seldom longer than its file: reserving that much at once keeps a large
    // article from being copied, and held, twice (untouched pages cost nothing).
    reserve(b, in.text.n + 64);
    if (!d->blocks.cap) {
        d->blocks.cap = d->runs.cap = in.text.n / BLOCK_BYTES + 8;
        d->blocks.v = cq_alloc(d->arena, cq_mul(d->blocks.cap, sizeof *d->blocks.v));
        d->runs.v = cq_alloc(d->arena, cq_mul(d->runs.cap, sizeof *d->runs.v));
    }
    if (!d->boxes.n) {
        *CQ_PUSH(d->arena, &d->boxes) =
            (cq_box){.tag = cq_str_of(""), .marks = cq_str_of("")};
    }
}

void cq_builder_init(cq_builder *b, cq_document *d)
{
    cq_builder_init_input(b, d, (cq_input){.text = d->source});
}

cq_block *cq_builder_open(cq_builder *b, cq_block_kind kind, uint8_t level)
{
    cq_block *block = CQ_PUSH(b->doc->arena, &b->doc->blocks);
    *block = (cq_block){.kind = kind, .level = level};
    block->text.start = (uint32_t)b->out.n;
    block->field = cq_str_of("");
    return block;
}

static void put(cq_builder *b, const char *p, size_t n)
{
    reserve(b, n);
    if (n) memcpy(b->out.v + b->out.n, p, n);
    b->out.n += n;
}

// Appends a run, or lengthens the last one where both map byte by byte without a gap.
static void add_run(cq_document *d, cq_run r)
{
    cq_run *last = d->runs.n ? &d->runs.v[d->runs.n - 1] : NULL;
    if (last && r.step && last->step == r.step &&
        last->source + last->source_n == r.source &&
        last->text + last->text_n == r.text) {
        last->source_n += r.source_n;
        last->text_n += r.text_n;
    } else {
        *CQ_PUSH(d->arena, &d->runs) = r;
    }
}

void cq_builder_verbatim(cq_builder *b, uint32_t start, uint32_t end)
{
    if (start >= end) return;
    add_run(b->doc, (cq_run){(uint32_t)b->out.n, start, end - start, end - start, 1});
    put(b, b->in.text.p + start, end - start);
}

void cq_builder_replaced(cq_builder *b, cq_str text, uint32_t start, uint32_t end)
{
    if (!text.n) return;
    add_run(b->doc,
            (cq_run){(uint32_t)b->out.n, start, (uint32_t)text.n, end - start, 0});
    put(b, text.p, text.n);
}

// Drops runs that lie wholly in what is cut off the text's end.
static void cut_text(cq_builder *b, size_t n)
{
    cq_document *d = b->doc;
    b->out.n = n;
    while (d->runs.n && d->runs.v[d->runs.n - 1].text >= n) d->runs.n--;
    if (!d->runs.n) return;
    cq_run *r = &d->runs.v[d->runs.n - 1];
    if (r->text + r->text_n <= n) return;
    r->text_n = (uint32_t)n - r->text;
    if (r->step) r->source_n = r->text_n * r->step;
}

// What a block neither begins nor ends with.
static bool is_edge(uint32_t c) { return cq_is_blank(c) || c == 0xad; }

// Objects alone (U+FFFC, which stands for code and images) are no text.
static bool holds_text(cq_str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = cq_utf8_next(s, &i);
        if (c != 0xfffc && !is_edge(c)) return true;
    }
    return false;
}

// --- NFC ---

// Characters that may be composed as one. Unicode's stream-safe format allows 30 marks on
// a character; reordering more takes quadratic time.
enum { CLUSTER_MAX = 32 };

static bool joins_what_precedes(uint32_t c) // combining marks, and Hangul vowels, finals
{
    if (c < 0x300) return false;
    if (c >= 0x1160 && c <= 0x11ff) return true;
    return cq_is_mark(c);
}

static size_t cluster_end(cq_str text, size_t at)
{
    cq_utf8_next(text, &at);
    for (size_t k = 1; k < CLUSTER_MAX && at < text.n; k++) {
        size_t next = at;
        if (!joins_what_precedes(cq_utf8_next(text, &next))) break;
        at = next;
    }
    return at;
}

// Copies old text [from, to) and the runs under it. *run is a cursor over the old runs.
static void copy_text(cq_builder *b, const cq_document *old, size_t *run, size_t from,
                      size_t to)
{
    if (from == to) return;
    const cq_run *v = old->runs.v;
    while (*run < old->runs.n && v[*run].text + v[*run].text_n <= from) (*run)++;
    for (size_t i = *run; i < old->runs.n && v[i].text < to; i++) {
        cq_run r = v[i];
        size_t start = r.text > from ? r.text : from;
        size_t end = r.text + r.text_n < to ? r.text + r.text_n : to;
        if (r.step) {
            r.source += (uint32_t)(start - r.text) * r.step;
            r.source_n = (uint32_t)(end - start) * r.step;
        }
        r.text = (uint32_t)(b->out.n + start - from);
        r.text_n = (uint32_t)(end - start);
        add_run(b->doc, r);
    }
    put(b, old->text.p + from, to - from);
}

// Copies a text, changing what has to change.
static void normalise_text(cq_builder *b, const cq_document *old)
{
    cq_str text = old->text;
    size_t at = 0, end = text.n, done = 0, run = 0;
    while (at < end) {
        unsigned char c = (unsigned char)text.p[at];
        bool shy = c == 0xc2 && (unsigned char)text.p[at + 1] == 0xad;
        if (!shy && c < 0xcc) { // below U+0300: composed, unless a mark follows
            size_t next = at + (c < 0x80 ? 1 : 2);
            if (next >= end || (unsigned char)text.p[next] < 0xcc) {
                at = next;
                continue;
            }
        }
        size_t next = shy ? at + 2 : cluster_end(text, at);
        cq_str cluster = cq_str_sub(text, at, next);
        cq_str composed = shy ? cq_str_of("") : cq_nfc(b->doc->arena, cluster);
        if (!cq_str_eq(composed, cluster) && b->doc->runs.n < 2 * CQ_RUNS_MAX) {
            copy_text(b, old, &run, done, at);
            cq_span s = cq_document_source(old, (uint32_t)at, (uint32_t)next);
            cq_builder_replaced(b, composed, s.start, s.end);
            done = next;
        }
        at = next;
    }
    copy_text(b, old, &run, done, end);
}

// Writes the block that ends the text again where it is not in NFC or holds soft hyphens.
static void normalise(cq_builder *b, size_t start, size_t end)
{
    cq_document *d = b->doc;
    cq_str text = {b->out.v + start, end - start};
    size_t at, first = d->runs.n;
    if (cq_nfc_quick(text, &at) && !memmem(text.p, text.n, "\xc2\xad", 2)) return;
    while (first && d->runs.v[first - 1].text + d->runs.v[first - 1].text_n > start)
        first--;
    cq_document old = {.text = cq_str_copy(d->arena, text)};
    old.runs.n = d->runs.n - first;
    old.runs.v = CQ_NEWN(d->arena, cq_run, old.runs.n);
    for (size_t i = 0; i < old.runs.n; i++) {
        cq_run r = d->runs.v[first + i];
        uint32_t cut =
            r.text < start ? (uint32_t)start - r.text : 0; // blanks at its edge
        if (r.step) {
            r.source += cut * r.step;
            r.source_n -= cut * r.step;
        }
        r.text_n -= cut;
        r.text = r.text + cut - (uint32_t)start;
        old.runs.v[i] = r;
    }
    cut_text(b, start);
    normalise_text(b, &old);
}

cq_block *cq_builder_close(cq_builder *b)
{
    cq_document *d = b->doc;
    cq_block *block = &d->blocks.v[d->blocks.n - 1];
    size_t start = block->text.start, end = b->out.n;
    if (!holds_text((cq_str){b->out.v + start, end - start})) {
        cut_text(b, start);
        d->blocks.n--;
        return NULL;
    }
    for (size_t at = end;; end = at) {
        if (!is_edge(cq_utf8_prev((cq_str){b->out.v, end}, &at))) break;
    }
    cut_text(b, end);
    for (size_t at = start;; start = at) {
        if (!is_edge(cq_utf8_next((cq_str){b->out.v, end}, &at))) break;
    }
    normalise(b, start, end);
    block->text = (cq_span){(uint32_t)start, (uint32_t)b->out.n};
    put(b, "\n", 1);
    return block;
}

bool cq_builder_full(cq_builder *b)
{
    if (b->doc->blocks.n < CQ_BLOCKS_MAX && b->doc->runs.n < CQ_RUNS_MAX) return false;
    if (!b->full)
        cq_builder_note(b, "size-limit: only the first %d blocks or %d pieces are read",
                        CQ_BLOCKS_MAX, CQ_RUNS_MAX);
    return b->full = true;
}

void cq_builder_skip(cq_builder *b, uint32_t start, uint32_t end, cq_skip why)
{
    if (start >= end) return;
    *CQ_PUSH(b->doc->arena, &b->doc->skipped) = (cq_skipped){{start, end}, why};
}

void cq_builder_note(cq_builder *b, const char *fmt, ...)
{
    char text[400];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (n < 0) return;
    size_t kept = (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    *CQ_PUSH(b->doc->arena, &b->doc->notes) =
        cq_str_copy(b->doc->arena, (cq_str){text, kept});
}

// From offsets of the input to offsets of the file.
static void map_to_file(cq_builder *b)
{
    cq_document *d = b->doc;
    const cq_run *in = b->in.runs;
    size_t n = b->in.runs_n;
    cq_document old = *d;
    d->runs.n = 0;
    d->runs.cap = old.runs.n + n; // each run of either kind begins at most one
    d->runs.v = CQ_NEWN(d->arena, cq_run, d->runs.cap);
    for (size_t i = 0; i < old.runs.n; i++) {
        cq_run r = old.runs.v[i];
        uint32_t at = r.source, end = r.source + r.source_n;
        if (!r.step) {
            cq_span s = map(in, n, at, end);
            add_run(d, (cq_run){r.text, s.start, r.text_n, s.end - s.start, 0});
            continue;
        }
        for (size_t k = run_at(in, n, at); at < end; k++) {
            uint32_t stop =
                in[k].text + in[k].text_n < end ? in[k].text + in[k].text_n : end;
            cq_span s = map(in, n, at, stop);
            add_run(d, (cq_run){r.text + (at - r.source), s.start, stop - at,
                                s.end - s.start, in[k].step});
            at = stop;
        }
    }
    for (size_t i = 0; i < d->skipped.n; i++) {
        cq_span *s = &d->skipped.v[i].source;
        *s = map(in, n, s->start, s->end);
    }
}

static int by_start(const void *x, const void *y)
{
    const cq_skipped *a = x, *b = y;
    if (a->source.start != b->source.start)
        return a->source.start < b->source.start ? -1 : 1;
    if (a->source.end != b->source.end) return a->source.end > b->source.end ? -1 : 1;
    return (int)a->why - (int)b->why;
}

void cq_document_skip(cq_document *d, cq_span source, cq_skip why)
{
    if (source.start < source.end)
        *CQ_PUSH(d->arena, &d->skipped) = (cq_skipped){source, why};
}

// Sorted and disjoint; what is skipped twice keeps the reason of the wider span.
void cq_document_sort_skipped(cq_document *d)
{
    size_t n = 0;
    if (d->skipped.n > 1)
        qsort(d->skipped.v, d->skipped.n, sizeof *d->skipped.v, by_start);
    for (size_t i = 0; i < d->skipped.n; i++) {
        cq_skipped s = d->skipped.v[i];
        if (n && s.source.start < d->skipped.v[n - 1].source.end)
            s.source.start = d->skipped.v[n - 1].source.end;
        if (s.source.start < s.source.end) d->skipped.v[n++] = s;
    }
    d->skipped.n = n;
}

void cq_builder_finish(cq_builder *b)
{
    cq_document *d = b->doc;
    d->text = (cq_str){b->out.v ? b->out.v : "", b->out.n};
    if (b->in.runs_n) map_to_file(b);
    for (size_t i = 0; i < d->blocks.n; i++) {
        cq_block *block = &d->blocks.v[i];
        block->source = cq_document_source(d, block->text.start, block->text.end);
    }
    cq_document_sort_skipped(d);
}
