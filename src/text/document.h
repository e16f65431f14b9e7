// A document: what a reader made of a file. One text (normal form C, entities and markup
// resolved) cut into blocks, and a source map from it back to the bytes of the file.
#ifndef CQ_TEXT_DOCUMENT_H
#define CQ_TEXT_DOCUMENT_H

#include "base/arena.h"
#include "base/err.h"

typedef struct {
    uint32_t start, end; // bytes, half-open
} cq_span;

// ORDER: names in document.c
typedef enum {
    CQ_BLOCK_PARAGRAPH,
    CQ_BLOCK_TITLE,
    CQ_BLOCK_SUBTITLE,
    CQ_BLOCK_DESCRIPTION,
    CQ_BLOCK_HEADING,
    CQ_BLOCK_LIST_ITEM,
    CQ_BLOCK_TABLE_CELL,
    CQ_BLOCK_CAPTION,
    CQ_BLOCK_ALT_TEXT,
    CQ_BLOCK_QUOTATION,
    CQ_BLOCK_RELATED_LINK, // reported, never scored
    CQ_BLOCK_BYLINE,       // reported, never scored
    CQ_BLOCK_BIO,          // reported, never scored
    CQ_BLOCK_CONTENTS,     // an entry of the table of contents
    CQ_BLOCK_FOOTNOTE,
    CQ_BLOCK_FIELD, // front-matter text other than title and description
    CQ_BLOCK_KINDS
} cq_block_kind;

// Why a block is not checked. ORDER: names in document.c
typedef enum {
    CQ_SKIP_NONE,
    CQ_SKIP_FURNITURE, // menus, share buttons, comment forms, footers, ...
    CQ_SKIP_LANGUAGE,  // not in the article's target language
    CQ_SKIP_CODE,
    CQ_SKIP_METADATA, // front-matter values that are no text
    CQ_SKIPS
} cq_skip;

// What markup or layout says about the place of a block, for those who tell an article
// from the furniture around it. Facts only: readers decide nothing.
enum {
    CQ_HINT_NAV = 1 << 0, // inside nav, menu, or an element with such a role
    CQ_HINT_HEADER = 1 << 1,
    CQ_HINT_FOOTER = 1 << 2,
    CQ_HINT_ASIDE = 1 << 3,
    CQ_HINT_FORM = 1 << 4, // form, label, select, textarea, button
    CQ_HINT_ARTICLE = 1 << 5,
    CQ_HINT_MAIN = 1 << 6,
    CQ_HINT_LIST = 1 << 7,
    CQ_HINT_TABLE = 1 << 8,
    CQ_HINT_QUOTE = 1 << 9,
    CQ_HINT_FIGURE = 1 << 10,
    CQ_HINT_HIDDEN = 1 << 11, // hidden, aria-hidden, display:none, template, noscript
    CQ_HINT_HEAD = 1 << 12,   // title or meta element, front matter
    CQ_HINT_DATE = 1 << 13,   // holds a time element
    // The edges of a block: blank lines in a text, block-level elements in markup.
    CQ_HINT_BLANK_BEFORE = 1 << 14,
    CQ_HINT_BLANK_AFTER = 1 << 15,
    CQ_HINT_BULLET = 1 << 16, // begins with a bullet or number that is not in its text
    CQ_HINT_LOOSE = 1 << 17   // text that stands in a container without a tag of its own
};

typedef struct {
    cq_span text;   // in document.text; never overlaps another block
    cq_span source; // in the file: from its first to past its last byte
    cq_block_kind kind;
    cq_skip skip;
    uint8_t level;        // heading level 1-6, list depth, else 0
    uint8_t link_percent; // share of its characters that stand in links, 0-100
    char language[3];     // "fr", "en", ...; "" until identified
    uint32_t hints;       // CQ_HINT_...
    uint32_t box;         // index into document.boxes: what it stands in
    uint32_t indent;      // columns before its text or bullet, in plain text
    cq_str field;         // front-matter key, or ""
} cq_block;

// A container of a page: an element that holds blocks. Parents come before children.
typedef struct {
    uint32_t parent; // index; box 0 is the whole file and its own parent
    uint32_t depth;  // 0 for the whole file
    cq_str tag;      // "div", "" for the whole file
    cq_str marks;    // its class, id and role as written, separated by spaces
} cq_box;

// A run of the source map. With `step` 1 it maps byte by byte, with 2 each byte of the
// text is two of the file (ASCII in UTF-16). With `step` 0 it maps as a whole: an entity,
// a decoded Latin-1 letter, a composed character, a space made of a line break. Text
// between two runs has no source of its own; what lies between runs in the file is
// markup. Runs are sorted by text, and within a block also by source. (Alternative texts
// and footnotes follow the block in which they stand.)
typedef struct {
    uint32_t text, source; // where it starts
    uint32_t text_n, source_n;
    uint32_t step;
} cq_run;

// Bytes that are known not to be part of the text to check, for the report.
typedef struct {
    cq_span source;
    cq_skip why;
} cq_skipped;

typedef struct cq_document {
    cq_arena *arena;
    cq_str source;        // the file's bytes as read
    cq_str text;          // all blocks, each followed by '\n' (which has no source)
    const char *format;   // "text", "page-dump", "markdown", "html"
    const char *encoding; // of the file, as readers/encoding.h names it
    CQ_VEC(cq_block) blocks;
    CQ_VEC(cq_box) boxes; // at least one
    CQ_VEC(cq_run) runs;
    CQ_VEC(cq_skipped) skipped; // sorted, disjoint; filled by reader and furniture
    CQ_VEC(cq_str) authors;
    // What the file says of itself, "" where it says nothing. `source_claim`: the text it
    // was translated from.
    cq_str title, url, published, section, language_claim, source_claim;
    char language[3];           // of most of its text; "" until identified
    struct cq_document *beside; // the English, where the file holds both; else NULL
    CQ_VEC(cq_str) notes; // what the reader wants to say in diagnostics ("code: message")
} cq_document;

// The file's byte range of a range of the text: from the first to the last byte that made
// it. Markup inside is included, markup at its edges is not. An empty range maps to the
// place before its following character.
cq_span cq_document_source(const cq_document *d, uint32_t start, uint32_t end);
// No markup inside: the bytes of the file from the first to the last are all text.
bool cq_document_unbroken(const cq_document *d, uint32_t start, uint32_t end);

// Lists bytes of the file as left out; sort once all are there.
void cq_document_skip(cq_document *d, cq_span source, cq_skip why);
void cq_document_sort_skipped(cq_document *d);

const char *cq_block_kind_name(cq_block_kind k); // "list item" is "list-item"
const char *cq_skip_name(cq_skip s);
bool cq_block_scored(cq_block_kind k);
// The block that holds a byte of the text.
size_t cq_document_block_at(const cq_document *d, uint32_t text_offset);

// What a reader reads: UTF-8 without NUL, and the runs that lead from it to the file
// (none: it is the file's bytes). readers/encoding.h makes it.
typedef struct {
    cq_str text;
    const cq_run *runs;
    size_t runs_n;
} cq_input;

// Limits of a document. A file of 50 MB has some 500,000 paragraphs and as many pieces of
// markup; a hostile one of a few bytes each would take gigabytes.
enum { CQ_BLOCKS_MAX = 1 << 20, CQ_RUNS_MAX = 1 << 23 };

// For readers: build the text and its map piece by piece. Blocks do not nest. Offsets are
// bytes of in.text.
typedef struct {
    cq_document *doc;
    cq_input in;
    CQ_VEC(char) out;
    bool full;
} cq_builder;

void cq_builder_init(cq_builder *b, cq_document *d); // reads d->source as it is
void cq_builder_init_input(cq_builder *b, cq_document *d, cq_input in);
// The new block, to be filled in (hints, box, field); valid until the next open.
cq_block *cq_builder_open(cq_builder *b, cq_block_kind kind, uint8_t level);
// Adds input bytes [start, end) as they are.
void cq_builder_verbatim(cq_builder *b, uint32_t start, uint32_t end);
// Adds `text` as what input bytes [start, end) mean (an entity, a line break, ...).
void cq_builder_replaced(cq_builder *b, cq_str text, uint32_t start, uint32_t end);
cq_block *cq_builder_close(cq_builder *b); // NULL: nothing but blanks, block dropped
// A limit is reached, and that was noted: stop reading.
bool cq_builder_full(cq_builder *b);
void cq_builder_skip(cq_builder *b, uint32_t start, uint32_t end, cq_skip why);
__attribute__((format(printf, 2, 3))) void cq_builder_note(cq_builder *b, const char *fmt,
                                                           ...);
// Ends the text: drops soft hyphens, composes what is not in normal form C, leads the map
// back to the file, sorts document.skipped, sets document.text.
void cq_builder_finish(cq_builder *b);

#endif
