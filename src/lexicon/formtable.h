// The compiled dictionary: one relocatable piece of memory, mapped from the cache and
// used in place. Forms are numbered from 1, frequent ones first, so that an article
// touches few pages. Sections, each an array at an offset from the start:
//
//   groups     per eight forms: where their text and readings begin, and of each form
//              how much of both it has and its kind
//   text       the forms' bytes, in order, not separated
//   slots      hash table: 10 bits of the hash above 22 bits of form number, 0 for empty
//   readings   per form: lemma and morphology
//   kinds      the distinct combinations of sets, flags and frequency
//   lemmas     lemma and index of its first form, by lemma; one more as the end
//   lemma_forms
//   graph      all words as a minimal automaton (graph.h)
//   elisions, iconv, breaks   what lexicon.c needs of the .aff file, as lines of text
//
// A damaged table gives wrong answers, never a read outside: numbers taken from it are
// checked where they are used.
#ifndef CQ_LEXICON_FORMTABLE_H
#define CQ_LEXICON_FORMTABLE_H

#include <endian.h>

#include "base/buf.h"
#include "base/err.h"
#include "lexicon/affix.h"
#include "lexicon/lexicon.h"

enum { CQ_FORMTABLE_VERSION = 2, CQ_FORM_ID_BITS = 22 };

// Beside CQ_FORM_* of affix.h.
enum { CQ_FORM_WORD = 1 << 6 };
// In `frequency`: nothing elides before it, whatever the dictionary lets it take.
enum { CQ_FORM_ASPIRATED = 1 << 7 };

enum { CQ_FORM_GROUP = 8 };

typedef struct {
    uint32_t text, readings; // where those of the first form begin; the others follow
    uint8_t text_n[CQ_FORM_GROUP], readings_n[CQ_FORM_GROUP];
    uint16_t kind[CQ_FORM_GROUP];
} cq_form_group;

typedef struct {
    uint32_t upos, elisions; // sets
    uint16_t flags;          // CQ_FORM_*
    uint16_t frequency;      // 0..15, and CQ_FORM_ASPIRATED
} cq_form_kind;

typedef struct {
    uint32_t lemma, first;
} cq_lemma_entry;

typedef struct {
    const cq_form_group *groups;
    const char *text;
    const uint32_t *slots;
    const cq_reading *readings;
    const cq_form_kind *kinds; // the first: of what is no form
    const cq_lemma_entry *lemmas;
    const uint32_t *lemma_forms;
    const void *graph;
    size_t forms_n, text_n, slots_n, readings_n, kinds_n, lemmas_n, lemma_forms_n,
        graph_n;
    cq_str elisions, iconv, breaks, sha256, why_not_complete;
    bool complete, full_strip;
} cq_formtable;

typedef struct {
    cq_str aff, dic, words, closed, frequency,
        aspirated; // contents; "" where there is none
    const char *aff_path, *dic_path, *closed_path, *frequency_path;
} cq_formtable_source;

bool cq_formtable_build(const cq_formtable_source *s, cq_buf *out, cq_err *err);
// False when the header or a section's bounds are wrong.
bool cq_formtable_view(const void *p, size_t n, cq_formtable *out);

// A lexicon over a table in memory, which must outlive it; NULL when it is none. For
// tests.
cq_lexicon *cq_lexicon_over(const void *table, size_t n);
// The table of an open lexicon, and libhunspell's handle when that is the authority.
const cq_formtable *cq_lexicon_table(const cq_lexicon *l);
struct cq_hunspell *cq_lexicon_hunspell(const cq_lexicon *l);

// Of the first `count` < 8. Without branches, which no machine would predict.
static inline size_t cq_form_sum(const uint8_t n[CQ_FORM_GROUP], unsigned count)
{
    uint64_t all, pairs;
    memcpy(&all, n, CQ_FORM_GROUP);
    all = le64toh(all) & (((uint64_t)1 << 8 * count) - 1);
    pairs = (all & 0x00ff00ff00ff00ffu) + (all >> 8 & 0x00ff00ff00ff00ffu);
    return (size_t)(pairs * 0x0001000100010001u >> 48);
}

static inline cq_str cq_formtable_text(const cq_formtable *t, uint32_t id)
{
    if (id == 0 || id > t->forms_n) return (cq_str){"", 0};
    const cq_form_group *g = &t->groups[id / CQ_FORM_GROUP];
    size_t n = g->text_n[id % CQ_FORM_GROUP];
    size_t from = g->text + cq_form_sum(g->text_n, id % CQ_FORM_GROUP);
    if (from + n > t->text_n) return (cq_str){"", 0};
    return (cq_str){t->text + from, n};
}

// What is said of a form but its readings; all 0 for what is none.
static inline const cq_form_kind *cq_formtable_kind(const cq_formtable *t, uint32_t id)
{
    if (id > t->forms_n) return t->kinds;
    uint16_t kind = t->groups[id / CQ_FORM_GROUP].kind[id % CQ_FORM_GROUP];
    return &t->kinds[kind < t->kinds_n ? kind : 0];
}

// Where a hash begins to look for its slot. The number of slots is no power of two, so
// that few of them are empty.
static inline size_t cq_form_slot(uint64_t hash, size_t slots_n)
{
    return (size_t)((hash & UINT32_MAX) * slots_n >> 32);
}

static inline uint32_t cq_formtable_find(const cq_formtable *t, cq_str s)
{
    uint64_t h = cq_str_hash(s);
    uint32_t print = (uint32_t)(h >> (32 + CQ_FORM_ID_BITS));
    size_t i = cq_form_slot(h, t->slots_n);
    for (size_t tries = 0; tries < t->slots_n; tries++, i++) {
        if (i == t->slots_n) i = 0;
        uint32_t slot = t->slots[i];
        if (!slot) return 0;
        if (slot >> CQ_FORM_ID_BITS != print) continue;
        uint32_t id = slot & ((1u << CQ_FORM_ID_BITS) - 1);
        if (cq_str_eq(cq_formtable_text(t, id), s) && id) return id;
    }
    return 0;
}

static inline const cq_reading *cq_formtable_readings(const cq_formtable *t, uint32_t id,
                                                      size_t *n)
{
    *n = 0;
    if (id == 0 || id > t->forms_n) return t->readings;
    const cq_form_group *g = &t->groups[id / CQ_FORM_GROUP];
    size_t own = g->readings_n[id % CQ_FORM_GROUP];
    size_t from = g->readings + cq_form_sum(g->readings_n, id % CQ_FORM_GROUP);
    if (from + own > t->readings_n) return t->readings;
    *n = own;
    return t->readings + from;
}

#endif
