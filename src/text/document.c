// Documents: the source map, and the builder through which readers fill them.
#include "text/document.h"

#include "base/utf8.h"

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

// The last run that starts at or before `text`, or SIZE_MAX.
static size_t run_at(const cq_document *d, uint32_t text)
{
    size_t lo = 0, hi = d->runs.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (d->runs.v[mid].text <= text)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo - 1;
}

static uint32_t source_start(const cq_document *d, uint32_t text)
{
    size_t i = run_at(d, text);
    if (i == SIZE_MAX) return d->runs.n ? d->runs.v[0].source : 0;
    const cq_run *r = &d->runs.v[i];
    uint32_t off = text - r->text;
    if (off < r->text_n) return r->verbatim ? r->source + off : r->source;
    if (i + 1 < d->runs.n) return d->runs.v[i + 1].source; // between runs: the next one
    return r->source + r->source_n;
}

static uint32_t source_end(const cq_document *d, uint32_t text) // text > 0, exclusive
{
    size_t i = run_at(d, text - 1);
    if (i == SIZE_MAX) return source_start(d, text);
    const cq_run *r = &d->runs.v[i];
    uint32_t off = text - r->text;
    if (off <= r->text_n && r->verbatim) return r->source + off;
    return r->source + r->source_n;
}

cq_span cq_document_source(const cq_document *d, uint32_t start, uint32_t end)
{
    uint32_t s = source_start(d, start);
    uint32_t e = end > start ? source_end(d, end) : s;
    return (cq_span){s, e < s ? s : e};
}

bool cq_document_unbroken(const cq_document *d, uint32_t start, uint32_t end)
{
    size_t i = run_at(d, start);
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

// Text is seldom longer than its file: reserving that much at once keeps a large article
// from being copied, and held, twice (pages that are not touched cost nothing).
void cq_builder_init(cq_builder *b, cq_document *d)
{
    *b = (cq_builder){.doc = d};
    b->out.cap = d->source.n + 64;
    b->out.v = cq_alloc(d->arena, b->out.cap);
}

void cq_builder_open(cq_builder *b, cq_block_kind kind, uint8_t level)
{
    cq_block *block = CQ_PUSH(b->doc->arena, &b->doc->blocks);
    *block = (cq_block){.kind = kind, .level = level};
    block->text.start = (uint32_t)b->out.n;
    block->field = cq_str_of("");
}

static void put(cq_builder *b, const char *p, size_t n)
{
    while (b->out.cap - b->out.n < n) {
        b->out.v = cq_grow(b->doc->arena, b->out.v, b->out.n, &b->out.cap, 1);
    }
    if (n) memcpy(b->out.v + b->out.n, p, n);
    b->out.n += n;
}

void cq_builder_verbatim(cq_builder *b, uint32_t start, uint32_t end)
{
    if (start >= end) return;
    cq_document *d = b->doc;
    cq_run *last = d->runs.n ? &d->runs.v[d->runs.n - 1] : NULL;
    if (last && last->verbatim && last->source + last->source_n == start &&
        last->text + last->text_n == b->out.n) {
        last->source_n += end - start;
        last->text_n += end - start;
    } else {
        *CQ_PUSH(d->arena, &d->runs) =
            (cq_run){(uint32_t)b->out.n, start, end - start, end - start, true};
    }
    put(b, d->source.p + start, end - start);
}

void cq_builder_replaced(cq_builder *b, cq_str text, uint32_t start, uint32_t end)
{
    if (!text.n) return;
    *CQ_PUSH(b->doc->arena, &b->doc->runs) =
        (cq_run){(uint32_t)b->out.n, start, (uint32_t)text.n, end - start, false};
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
    if (r->verbatim) r->source_n = (uint32_t)n - r->text;
    r->text_n = (uint32_t)n - r->text;
}

cq_block *cq_builder_close(cq_builder *b)
{
    cq_document *d = b->doc;
    cq_block *block = &d->blocks.v[d->blocks.n - 1];
    size_t start = block->text.start, end = b->out.n;
    while (end > start) {
        size_t at = end;
        if (!cq_is_blank(cq_utf8_prev((cq_str){b->out.v, end}, &at))) break;
        end = at;
    }
    if (end == start) {
        cut_text(b, start);
        d->blocks.n--;
        return NULL;
    }
    cut_text(b, end);
    while (start < end) {
        size_t at = start;
        if (!cq_is_blank(cq_utf8_next((cq_str){b->out.v, end}, &at))) break;
        start = at;
    }
    block->text = (cq_span){(uint32_t)start, (uint32_t)end};
    put(b, "\n", 1);
    return block;
}

// Brings block texts that are not in normal form C into it. Rare, so the whole text and
// map are made anew; a block that changes maps character cluster by character cluster.
static void normalise(cq_builder *b)
{
    cq_document *d = b->doc;
    cq_document old = *d;
    cq_builder again;
    cq_builder_init(&again, d);
    memset(&d->runs, 0, sizeof d->runs);
    for (size_t k = 0; k < d->blocks.n; k++) {
        cq_block *block = &d->blocks.v[k];
        uint32_t i = block->text.start, end = block->text.end;
        block->text.start = (uint32_t)again.out.n;
        while (i < end) {
            // A cluster: a character and what may compose with it.
            size_t next = i, mark;
            cq_utf8_next(old.text, &next);
            while (next < end) {
                size_t after = next;
                cq_utf8_next(old.text, &after);
                cq_str one = cq_str_sub(old.text, next, after);
                if (cq_nfc_quick(one, &mark)) break;
                next = after;
            }
            cq_str cluster = cq_str_sub(old.text, i, next);
            cq_str composed = cq_nfc(d->arena, cluster);
            cq_span s = cq_document_source(&old, i, (uint32_t)next);
            bool same = cq_str_eq(composed, cluster) && s.end - s.start == cluster.n &&
                        memcmp(cluster.p, d->source.p + s.start, cluster.n) == 0;
            if (same)
                cq_builder_verbatim(&again, s.start, s.end);
            else
                cq_builder_replaced(&again, composed, s.start, s.end);
            i = (uint32_t)next;
        }
        block->text.end = (uint32_t)again.out.n;
        put(&again, "\n", 1);
    }
    b->out.v = again.out.v;
    b->out.n = again.out.n;
}

void cq_builder_finish(cq_builder *b)
{
    cq_document *d = b->doc;
    size_t at;
    d->text = (cq_str){b->out.v ? b->out.v : "", b->out.n};
    if (!cq_nfc_quick(d->text, &at)) {
        normalise(b);
        d->text = (cq_str){b->out.v, b->out.n};
    }
    for (size_t i = 0; i < d->blocks.n; i++) {
        cq_block *block = &d->blocks.v[i];
        block->source = cq_document_source(d, block->text.start, block->text.end);
    }
}
