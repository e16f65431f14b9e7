// Packs to a compiled layer (layout.h): words are resolved against the lexicon, phrases
// and token queries indexed at the rarest thing that they require, regular
// expressions behind their required literals. Broken rules are left out and named in the
// layer's own list of problems.
#ifndef CQ_RULES_COMPILE_H
#define CQ_RULES_COMPILE_H

#include "base/buf.h"
#include "lexicon/lexicon.h"
#include "rules/pack.h"

typedef struct {
    const cq_lexicon *lexicon;
    const cq_pack *packs; // of this layer
    const cq_str *sha256; // of each pack's file, hex
    size_t packs_n;
    const cq_pack *below; // of the layers below: their classes and topics are known too
    size_t below_n;
    const cq_problems *problems; // met while reading
} cq_layer_source;

bool cq_layer_compile(const cq_layer_source *in, cq_buf *out, cq_err *err);

#endif
