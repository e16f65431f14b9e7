// From the bytes of a file to a document: which format they are in, and its reader. A
// reader is one file and one row of READERS in reader.c.
#ifndef CQ_READERS_READER_H
#define CQ_READERS_READER_H

#include "text/document.h"

// Offsets are 32 bits, and a Latin-1 letter becomes two bytes, a lost one three.
enum { CQ_READ_BYTES_MAX = 1 << 30 };

// Reads b->in.text: opens, fills and closes blocks, sets what the file says of itself in
// b->doc. Whatever the bytes, it ends in a document; limits it reached are in the notes.
typedef void (*cq_reader)(cq_builder *b);

// One file per reader.
void cq_read_text(cq_builder *b); // also saved pages: sets doc->format "page-dump"
void cq_read_markdown(cq_builder *b);
void cq_read_html(cq_builder *b);
// These hold the source as well: they make doc->beside.
void cq_read_po(cq_builder *b);
void cq_read_tsv(cq_builder *b);
void cq_read_jsonl(cq_builder *b);
void cq_read_exchange(cq_builder *b); // XLIFF, TMX

// For those: makes doc->beside, and its builder, to be finished by the reader.
void cq_builder_beside(cq_builder *b, cq_builder *english);

// Reads a file of a format by name, or, where it is NULL, of what path and content say.
// The document and all in it live in `a`; document.source is `bytes`, which must live as
// long. Blocks are as the file has them, furniture included. NULL: see *err
// (CQ_EENCODING, CQ_ELIMIT, CQ_EUSAGE for a format that does not exist).
cq_document *cq_read(cq_arena *a, cq_str bytes, const char *path, const char *format,
                     cq_err *err);

const char *cq_reader_name(size_t i); // names of formats; NULL past the last

#endif
