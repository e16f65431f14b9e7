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

typedef struct {
    cq_span text;   // in document.text; never overlaps another block
    cq_span source; // in the file: from its first to past its last byte
    cq_block_kind kind;
    cq_skip skip;
    uint8_t level;        // heading level 1-6, list depth, else 0
    uint8_t link_percent; // share of its characters that stand in links, 0-100
    char language[3];     // "fr", "en", ...; "" until identified
    cq_str field;         // front-matter key, or ""
} cq_block;

// A run of the source map. Verbatim runs (source_n == text_n and `verbatim`) map byte by
// byte; any other run (an entity, a decoded Latin-1 letter, a composed character, a space
// made of a line break) maps as a whole. Text between two runs has no source of its own.
// Runs are sorted by both columns; markup is what lies between runs in the file.
typedef struct {
    uint32_t text, source; // where it starts
    uint32_t text_n, source_n;
    bool verbatim;
} cq_run;

// Bytes that are known not to be part of the text to check, for the report.
typedef struct {
    cq_span source;
    cq_skip why;
} cq_skipped;

typedef struct {
    cq_arena *arena;
    cq_str source;        // the file's bytes as read
    cq_str text;          // all blocks, each followed by '\n' (which has no source)
    const char *format;   // "text", "page-dump", "markdown", "html"
    const char *encoding; // of the file: "utf-8", "iso-8859-1", "windows-1252", "utf-16"
    CQ_VEC(cq_block) blocks;
    CQ_VEC(cq_run) runs;
    CQ_VEC(cq_skipped) skipped; // sorted, disjoint; filled by reader and furniture
    CQ_VEC(cq_str) authors;
    cq_str title, url, published, section,
        language_claim;   // "" where the file says nothing
    CQ_VEC(cq_str) notes; // what the reader wants to say in diagnostics ("code: message")
} cq_document;

// The file's byte range of a range of the text: from the first to the last byte that made
// it. Markup inside is included, markup at its edges is not. An empty range maps to the
// place before its following character.
cq_span cq_document_source(const cq_document *d, uint32_t start, uint32_t end);
// No markup inside: the bytes of the file from the first to the last are all text.
bool cq_document_unbroken(const cq_document *d, uint32_t start, uint32_t end);

const char *cq_block_kind_name(cq_block_kind k); // "list item" is "list-item"
const char *cq_skip_name(cq_skip s);
bool cq_block_scored(cq_block_kind k);
// The block that holds a byte of the text.
size_t cq_document_block_at(const cq_document *d, uint32_t text_offset);

// For readers: build the text and its map piece by piece. Blocks may not nest.
typedef struct {
    cq_document *doc;
    CQ_VEC(char) out;
} cq_builder;

void cq_builder_init(cq_builder *b, cq_document *d);
void cq_builder_open(cq_builder *b, cq_block_kind kind, uint8_t level);
// Adds source bytes [start, end) as they are (valid UTF-8 in document.source).
void cq_builder_verbatim(cq_builder *b, uint32_t start, uint32_t end);
// Adds `text` as what source bytes [start, end) mean (an entity, a line break, ...).
void cq_builder_replaced(cq_builder *b, cq_str text, uint32_t start, uint32_t end);
cq_block *cq_builder_close(cq_builder *b); // NULL: nothing but blanks, block dropped
// Ends the text: trims blocks, brings what is not NFC into it, sets document.text.
void cq_builder_finish(cq_builder *b);

#endif
