// Glossaries, CSV, TSV and TBX: any bytes give terms that can be looked for, or an error
// with a message.
#include "lexicon/formtable.h"
#include "source/glossary.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char AFF[] = "SET UTF-8\nSFX S Y 1\nSFX S 0 s .\n";
static const char DIC[] = "2\ncarte/S po:nom is:fem\ntour/S po:nom is:fem\n";

static const cq_lexicon *lexicon(void)
{
    static cq_lexicon *l; // built once
    static cq_buf table;
    if (l) return l;
    cq_formtable_source s = {.aff = {AFF, sizeof AFF - 1},
                             .dic = {DIC, sizeof DIC - 1},
                             .aff_path = "t.aff",
                             .dic_path = "t.dic"};
    cq_err err;
    cq_buf_init(&table, 16 << 20);
    if (!cq_formtable_build(&s, &table, &err)) abort();
    l = cq_lexicon_over(table.p, table.n);
    if (!l) abort();
    return l;
}

static void look(cq_arena *a, const cq_glossary *g)
{
    cq_document d = {.arena = a, .source = cq_str_of("Les cartes vidéo de la tour.")};
    cq_builder b;
    cq_builder_init(&b, &d);
    cq_builder_open(&b, CQ_BLOCK_PARAGRAPH, 0);
    cq_builder_verbatim(&b, 0, (uint32_t)d.source.n);
    cq_builder_close(&b);
    cq_builder_finish(&b);
    cq_passage p;
    cq_tokenize_fr(a, &d, 0, d.blocks.n, &p);
    for (size_t i = 0; i < p.n; i++) {
        const cq_term *t;
        size_t found = cq_glossary_at(g, &p, i, p.n, &t);
        if (i + found > p.n) abort();
        if (found && t->concept >= cq_glossary_concepts(g)) abort();
    }
    for (uint32_t i = 0; i < cq_glossary_concepts(g); i++) {
        if (!cq_glossary_concept(g, i)->sources.n) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    char *exact = malloc(n + !n); // so that reading past them is seen
    if (!exact) abort();
    if (n) memcpy(exact, bytes, n);
    cq_arena *a = cq_arena_new();
    cq_err err = {0};
    cq_glossary *g = cq_glossary_new(a, lexicon());
    if (!cq_glossary_add(g, "f", (cq_str){exact, n}, &err) && !err.message[0]) abort();
    look(a, g);
    cq_arena_free(a);
    free(exact);
    return 0;
}
