// Where a byte of a file is: its line, its column, its UTF-16 offset. The only place
// that derives them. It works on the bytes as read, whatever they are encoded in.
#ifndef CQ_TEXT_POSITION_H
#define CQ_TEXT_POSITION_H

#include "base/arena.h"

// Lines count from 1 and end at \n, \r\n or a lone \r. Columns count code points from 1.
// A byte-order mark is no character: what follows it is at column 1 and UTF-16 offset 0.
// utf16 counts code units from the start of the file (what editors and browsers use).
typedef struct {
    uint32_t line, column;
    size_t utf16;
} cq_place;

typedef struct cq_positions cq_positions;

// One pass over the bytes. `encoding` is document.encoding: "utf-8", "utf-16le",
// "utf-16be", or any of one byte a character.
cq_positions *cq_positions_new(cq_arena *a, cq_str bytes, const char *encoding);

// The place of the byte at `offset` (past the end: the end). Within a character: its
// start. Time: logarithmic in the number of lines, plus some 100 bytes of counting.
cq_place cq_place_at(const cq_positions *p, size_t offset);
uint32_t cq_positions_lines(const cq_positions *p); // an empty last line counts

#endif
