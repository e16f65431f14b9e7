// From the bytes of a file to UTF-8 without NUL, and the way back. Read are UTF-8 and
// UTF-16 (with or without byte-order mark), ISO-8859-1 and -15 and Windows-1252.
#ifndef CQ_READERS_ENCODING_H
#define CQ_READERS_ENCODING_H

#include "text/document.h"

// Sets d->encoding ("utf-8", "utf-16le", "utf-16be", "iso-8859-1", "iso-8859-15",
// "windows-1252") and *in; a conversion, and every byte that means nothing, is said in
// d->notes. Fails (CQ_EENCODING) on binary files and on encodings it does not know.
bool cq_decode(cq_document *d, const char *path, cq_input *in, cq_err *err);

#endif
