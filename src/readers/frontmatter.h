// The front matter of a Markdown file: YAML between lines of ---, TOML between lines of
// +++. Its text fields (title, description, excerpt, ...) become blocks, others say who
// wrote it, when, in which language; the rest is metadata.
#ifndef CQ_READERS_FRONTMATTER_H
#define CQ_READERS_FRONTMATTER_H

#include "text/document.h"

// Reads it at the start of the input; the offset past it, or 0 when there is none.
uint32_t cq_read_front_matter(cq_builder *b);

#endif
