// An affix file, a NUL, a dictionary: the table that comes of them answers for each of
// its forms, and holds together.
#include "lexicon/affix.h"
#include "lexicon/formtable.h"

#include <stdlib.h>

#define MUST(condition)                                                                  \
    do {                                                                                 \
        if (!(condition)) abort();                                                       \
    } while (0)

enum { INPUT_MAX = 4096, TABLE_MAX = 64 << 20 };

// Small inputs that stand for millions of forms are tested apart (test_affix.c).
static void count(void *ctx, const cq_affix_form *f)
{
    MUST(f->form.n > 0 && f->lemma.n > 0);
    ++*(size_t *)ctx;
}

static bool small(cq_str aff, cq_str dic)
{
    cq_arena *a = cq_arena_new();
    cq_affix x;
    size_t forms = 0;
    cq_err err;
    cq_affix_parse(a, aff, &x);
    bool ok = cq_affix_expand(a, &x, dic, (cq_str){"", 0}, "t.dic", count, &forms, &err);
    cq_arena_free(a);
    return ok && forms < 20000;
}

static void ask(const cq_lexicon *l)
{
    cq_arena *a = cq_arena_new();
    for (uint32_t id = 0; id <= cq_lexicon_size(l) + 1; id++) {
        cq_str form = cq_lexicon_form(l, id);
        size_t n;
        cq_lexicon_readings(l, id, &n);
        cq_lexicon_forms_of(l, id, &n);
        if (!form.n) continue;
        MUST(cq_lexicon_find(l, form) == id);
        cq_lexicon_accepts(l, form);
        cq_lexicon_lookup(l, form);
        cq_lexicon_elides(l, id);
        cq_lexicon_inflect(l, id, CQ_NOUN);
        if (id % 64 == 1) {
            cq_suggestion s[4];
            cq_str token = cq_strf(a, "%.*sx", CQ_PRI(form)), none = {"", 0};
            size_t k = cq_lexicon_suggest(l, a, token, none, none, 4, s);
            MUST(k <= 4);
        }
    }
    cq_arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n > INPUT_MAX) return 0;
    cq_str rest = {(const char *)bytes, n}, aff, dic = {"", 0};
    if (n && cq_str_split(&rest, '\0', &aff) && rest.p) dic = rest;
    if (!n || !small(aff, dic)) return 0;
    cq_formtable_source s = {
        .aff = aff, .dic = dic, .words = dic, .aff_path = "t.aff", .dic_path = "t.dic"};
    cq_buf out;
    cq_err err;
    cq_buf_init(&out, TABLE_MAX);
    if (cq_formtable_build(&s, &out, &err) && !out.full) {
        cq_lexicon *l = cq_lexicon_over(out.p, out.n);
        MUST(l != NULL);
        ask(l);
        cq_lexicon_free(l);
    }
    cq_buf_free(&out);
    return 0;
}
