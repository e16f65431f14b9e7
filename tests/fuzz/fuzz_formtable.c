// A damaged table: the input is a list of (offset, value) that spoils a good one. Answers
// may be wrong; reads outside are not allowed, nor is a loop without end.
#include "lexicon/affix.h"
#include "lexicon/formtable.h"

#include <stdlib.h>

static const char AFF[] =
    "SET UTF-8\nBREAK 2\nBREAK -\nBREAK ^'\nICONV 1\nICONV \u2019 '\n"
    "PFX L Y 2\nPFX L 0 l' .\nPFX L a l'A a\n"
    "SFX S Y 2\nSFX S 0 s/L [^sx] is:pl\nSFX S al aux al is:pl\n"
    "SFX V Y 3\nSFX V er e er po:ipre po:3sg\n"
    "SFX V er ons er po:ipre po:1pl\nSFX V er er er po:infi\n";
static const char DIC[] = "9\narbre/SL po:nom is:mas\ncheval/S po:nom is:mas\n"
                          "chanter/V po:v1_it____a\nnoir/S po:adj is:mas\niPad po:npr\n"
                          "TGV/S po:nom\nprocès-verbal/S po:nom is:mas\nà po:prep\n"
                          "été/S po:nom is:mas\n";
static const char *const TOKENS[] = {
    "arbre",    "Arbres", "L'arbre",        "l\u2019Arbre",   "chevals",
    "chantons", "IPAD",   "proces-verbaux", "arbrenoir",      "a-a-a-a",
    "1,5",      "larbre", "'ete",           "\u00e9t\u00e9s."};

static void ask(const cq_lexicon *l)
{
    cq_arena *a = cq_arena_new();
    cq_str none = {"", 0};
    for (size_t i = 0; i < CQ_COUNT(TOKENS); i++) {
        cq_str token = cq_str_of(TOKENS[i]);
        cq_suggestion s[3];
        cq_lexicon_lookup(l, token);
        cq_lexicon_accepts(l, token);
        cq_lexicon_suggest(l, a, token, token, none, 3, s);
        cq_arena_reset(a);
    }
    size_t forms = cq_lexicon_size(l), n;
    for (uint32_t id = 0; id < forms + 2 && id < 200; id++) {
        const cq_reading *r = cq_lexicon_readings(l, id, &n);
        for (size_t k = 0; k < n && k < 100; k++) cq_lexicon_form(l, r[k].lemma);
        const uint32_t *f = cq_lexicon_forms_of(l, id, &n);
        for (size_t k = 0; k < n && k < 100; k++) cq_lexicon_upos(l, f[k]);
        cq_lexicon_elides(l, id);
        cq_lexicon_frequency(l, id);
        cq_lexicon_inflect(l, id, CQ_NOUN);
    }
    cq_arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static cq_buf good; // built once
    if (!good.n) {
        cq_formtable_source s = {.aff = {AFF, sizeof AFF - 1},
                                 .dic = {DIC, sizeof DIC - 1},
                                 .aff_path = "t.aff",
                                 .dic_path = "t.dic"};
        cq_err err;
        cq_buf_init(&good, 16 << 20);
        if (!cq_formtable_build(&s, &good, &err)) abort();
    }
    // Its own block of memory, so that a sanitizer sees the least step outside.
    size_t size = good.n;
    if (n && bytes[0] & 1)
        size -= (size_t)bytes[0] * 16 < size ? (size_t)bytes[0] * 16 : size;
    unsigned char *spoilt = malloc(size ? size : 1);
    if (!spoilt) abort();
    memcpy(spoilt, good.p, size);
    for (size_t i = 1; i + 4 <= n; i += 4) {
        uint32_t at = (uint32_t)bytes[i] | (uint32_t)bytes[i + 1] << 8 |
                      (uint32_t)(bytes[i + 2] & 15) << 16;
        if (size) spoilt[at % size] = bytes[i + 3];
    }
    cq_lexicon *l = cq_lexicon_over(spoilt, size);
    if (l) ask(l);
    cq_lexicon_free(l);
    free(spoilt);
    return 0;
}
