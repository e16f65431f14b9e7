// The lexicon: every form of a Hunspell dictionary with all its readings, expanded once
// into a table that is memory-mapped (see formtable.h), and its word graph for
// suggestions. A complete dictionary (every affix directive it uses is one we expand) is
// answered by the table alone; any other by libhunspell, with readings from the table
// where it has them. Read-only after opening: any number of threads may share one.
#ifndef CQ_LEXICON_LEXICON_H
#define CQ_LEXICON_LEXICON_H

#include "base/arena.h"
#include "base/err.h"
#include "lexicon/morphology.h"

typedef struct cq_lexicon cq_lexicon;

typedef enum {
    CQ_SPELL_TABLE,       // libhunspell where the table is not complete
    CQ_SPELL_HUNSPELL,    // libhunspell always
    CQ_SPELL_TABLE_ALONE, // never: loading it takes 20 ms, too much for a hint
} cq_speller;

typedef struct {
    const char
        *dictionary;       // "fr", or a path without .aff/.dic; searched as hunspell does
    const char *extra;     // house vocabulary folder (dictionaries/fr), NULL for none
    const char *cache_dir; // NULL: $XDG_CACHE_HOME/calque; "" for no cache
    cq_speller speller;
} cq_lexicon_options;

// NULL on failure. A missing dictionary names the Debian package to install.
cq_lexicon *cq_lexicon_open(const cq_lexicon_options *o, cq_err *err);
void cq_lexicon_free(cq_lexicon *l);
void cq_lexicon_idle(const cq_lexicon *l);        // its pages are not needed for now
uint64_t cq_lexicon_hash(const cq_lexicon *l);    // of its content; keys dependent caches
const char *cq_lexicon_name(const cq_lexicon *l); // "fr"
cq_str cq_lexicon_sha256(const cq_lexicon *l);    // hex, of .aff and .dic, for the report

typedef struct {
    uint32_t lemma; // a form id
    uint32_t morph;
} cq_reading;

// Form ids are 1..cq_lexicon_size; 0 is "unknown". Lemmas are forms too (some only as
// lemmas: then cq_lexicon_word is false).
size_t cq_lexicon_size(const cq_lexicon *l);
cq_str cq_lexicon_form(const cq_lexicon *l, uint32_t id);
bool cq_lexicon_word(const cq_lexicon *l, uint32_t id);
// Exactly these bytes (apostrophes already ').
uint32_t cq_lexicon_find(const cq_lexicon *l, cq_str exact);
// As a text has it: as it stands, else lower case, else with one capital (for ALL
// CAPITALS also Title Case); the id whose readings apply.
uint32_t cq_lexicon_lookup(const cq_lexicon *l, cq_str token);
const cq_reading *cq_lexicon_readings(const cq_lexicon *l, uint32_t id, size_t *n);
uint32_t cq_lexicon_upos(const cq_lexicon *l, uint32_t id); // bit set over its readings
// Genders that it may have as a noun, a set; both where nothing is known of it.
unsigned cq_lexicon_noun_genders(const cq_lexicon *l, uint32_t id);
bool cq_lexicon_elides(const cq_lexicon *l, uint32_t id); // l' d' qu' before it
// Occurrences per million words in the frequency list we ship, logarithmic 0..15.
unsigned cq_lexicon_frequency(const cq_lexicon *l, uint32_t id);

// Every form of a lemma (id) whose reading has that lemma and, unless CQ_UPOS_NONE, that
// UPOS. For compiling rules and for inflecting suggestions. Returns ids in `a`.
const uint32_t *cq_lexicon_forms_of(const cq_lexicon *l, uint32_t lemma, size_t *n);
// The form of `lemma` that has UPOS and features of `want` (sets must intersect, fields
// of value 0 in `want` are free), the most frequent one; 0: none.
uint32_t cq_lexicon_inflect(const cq_lexicon *l, uint32_t lemma, uint32_t want);

// The verdict of a spell-checker on one token (after elision and hyphen splitting).
bool cq_lexicon_accepts(const cq_lexicon *l, cq_str token);

typedef struct {
    cq_str text; // in the caller's arena
    float cost;  // lower is better
} cq_suggestion;
// At most `max` corrections of a token that is not accepted, best first; for a `max` of 1
// only near ones are searched for, which costs a tenth. Deterministic:
// bounded by states visited, never by time. `previous` and `next` are the neighbours'
// folded text ("" where there is none), for ranking in context.
size_t cq_lexicon_suggest(const cq_lexicon *l, cq_arena *a, cq_str token, cq_str previous,
                          cq_str next, size_t max, cq_suggestion *out);

// False: surely no suggestion for the token is one edit from it and of this frequency, or
// the same but for accents. Costs a small part of the search for suggestions.
enum { CQ_FREQUENCY_NONE = 16 }; // no word is so frequent: accents only
bool cq_lexicon_may_mean(const cq_lexicon *l, cq_arena *a, cq_str token,
                         unsigned frequency);

#endif
