// Placeholder until the markdown reader is in: its text as plain text.
#include "readers/reader.h"
void cq_read_markdown(cq_builder *b) { cq_read_text(b); }
