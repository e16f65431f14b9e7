// Hunspell dictionaries: reads an .aff file and expands the words of a .dic file by it,
// as man 5 hunspell defines it, for the directives that dictionaries without compounding
// use. One that needs more is not `complete`: what is understood is expanded, and
// libhunspell stays the authority (see lexicon.h).
//
// Elisions are prefixes in French dictionaries (l' d' qu' ...). Prefix classes that only
// put something with an apostrophe before a word are not expanded: a form carries the set
// of such classes it may take, and lexicon.c applies them the other way round.
#ifndef CQ_LEXICON_AFFIX_H
#define CQ_LEXICON_AFFIX_H

#include "base/arena.h"
#include "base/err.h"

typedef struct {
    cq_str strip, append; // taken off the stem, put in its place
    cq_str condition;     // on the stem before stripping: "." or "[^ae]u"
    cq_str fields;        // morphological, as written; equal ones share their pointer
    const uint16_t *cont; // continuation classes, special flags among them
    size_t cont_n;
    unsigned condition_chars;
    bool cross; // may meet an affix of the other side
    bool need_affix, circumfix;
} cq_affix_entry;

typedef struct {
    const cq_affix_entry *v;
    size_t n;
    bool prefix;
    int elision; // bit number of an elision class, -1: none
} cq_affix_class;

typedef struct {
    cq_str from, to;
} cq_affix_pair;

enum { CQ_ELISIONS_MAX = 32 };

typedef struct {
    bool utf8;                      // SET UTF-8; nothing else is expanded
    bool complete;                  // every directive in it is one that we follow
    const char *why_not;            // the first that is not: "COMPOUNDRULE in line 12"
    uint16_t *class_of;             // by flag, index into classes; 0: no such class
    CQ_VEC(cq_affix_class) classes; // [0] is empty
    CQ_VEC(cq_affix_pair) iconv;
    CQ_VEC(cq_str)
    breaks; // as BREAK has them, ^ and $ included; "-" "^-" "-$" by default
    uint16_t elisions[CQ_ELISIONS_MAX]; // indices into classes
    size_t elisions_n;
    int flag_kind; // private from here on
    bool full_strip;
    uint16_t need_affix, circumfix, keep_case, forbidden, no_suggest; // 0: not defined
} cq_affix;

// Never fails for what the file says: at worst the result is not complete. All views
// point into `aff` or the arena.
void cq_affix_parse(cq_arena *a, cq_str aff, cq_affix *out);

enum {
    CQ_FORM_KEEPCASE = 1 << 0,  // only as written: no capitals
    CQ_FORM_NOSUGGEST = 1 << 1, // right, but never to be proposed
    CQ_FORM_HIDDEN = 1 << 2,    // "Iphone": only for IPHONE in capitals
    CQ_FORM_FORBIDDEN = 1 << 3, // explicitly wrong
    CQ_FORM_ROOT = 1 << 4,      // stands in the .dic file as it is
    CQ_FORM_ELIDED = 1 << 5,    // l'exaoctet: begins with an elision
    CQ_FORM_HOUSE = 1 << 7,     // from the house vocabulary; 1 << 6: see formtable.h
};

typedef struct {
    cq_str form;       // valid during the call
    cq_str lemma;      // st: of the entry, else its stem
    cq_str fields[4];  // of stem, suffixes and prefix, "" where there is none; each the
                       // same pointer for the same text, so that they can be a key
    uint32_t elisions; // set of elision classes it takes
    unsigned flags;    // CQ_FORM_*
} cq_affix_form;

// Calls `emit` for each form of each entry; a form may come several times. `house` is a
// list of further words, each with an entry that it inflects like, separated by a tab
// (dictionaries/fr/words.tsv). CQ_ELIMIT past a bound on the work, which keeps a hostile
// dictionary from filling the memory.
bool cq_affix_expand(cq_arena *a, const cq_affix *x, cq_str dic, cq_str house,
                     const char *path, void (*emit)(void *ctx, const cq_affix_form *f),
                     void *ctx, cq_err *err);

// The characters of `text`, from its start, satisfy the condition.
bool cq_affix_condition(cq_str condition, cq_str text);

// How a word is capitalised, as Hunspell sees it.
typedef enum {
    CQ_CASE_NONE,     // no capital: iris
    CQ_CASE_INIT,     // Iris
    CQ_CASE_ALL,      // IRIS
    CQ_CASE_HUH,      // iPhone
    CQ_CASE_HUH_INIT, // IPhone
} cq_case;
cq_case cq_case_of(cq_str word);

#endif
