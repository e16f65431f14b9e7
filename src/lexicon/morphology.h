// Part of speech and features of one reading in 32 bits, named after Universal
// Dependencies (universaldependencies.org/u/feat). Gender, Number and Person are sets:
// "épicène" is both genders; 0 means that the feature does not apply.
#ifndef CQ_LEXICON_MORPHOLOGY_H
#define CQ_LEXICON_MORPHOLOGY_H

#include "base/str.h"

// ORDER: names in morphology.c. 0 is no reading at all.
typedef enum {
    CQ_UPOS_NONE,
    CQ_ADJ,
    CQ_ADP,
    CQ_ADV,
    CQ_AUX,
    CQ_CCONJ,
    CQ_DET,
    CQ_INTJ,
    CQ_NOUN,
    CQ_NUM,
    CQ_PART,
    CQ_PRON,
    CQ_PROPN,
    CQ_PUNCT,
    CQ_SCONJ,
    CQ_SYM,
    CQ_VERB,
    CQ_X,
    CQ_UPOS_N
} cq_upos;
#define CQ_UPOS_BIT(u) (1u << (u))

// field:      shift, bits
enum {
    CQ_M_UPOS = 0,     // 5: cq_upos
    CQ_M_GENDER = 5,   // 2: set of Masc 1, Fem 2
    CQ_M_NUMBER = 7,   // 2: set of Sing 1, Plur 2
    CQ_M_VERBFORM = 9, // 2: Fin 1, Inf 2, Part 3
    CQ_M_MOOD = 11,    // 3: Ind 1, Cnd 2, Sub 3, Imp 4
    CQ_M_TENSE = 14,   // 3: Pres 1, Imp 2, Past 3, Fut 4
    CQ_M_PERSON = 17,  // 3: set of 1 1, 2 2, 3 4
    CQ_M_PRONTYPE =
        20,           // 4: Prs 1, Rel 2, Int 3, Dem 4, Ind 5, Neg 6, Art 7, Tot 8, Exc 9
    CQ_M_POSS = 24,   // 1: Yes
    CQ_M_REFLEX = 25, // 1: Yes
    CQ_M_DEFINITE = 26,   // 2: Def 1, Ind 2
    CQ_M_NUMTYPE = 28,    // 2: Card 1, Ord 2
    CQ_M_NEGATIVE = 30,   // 1: Polarity=Neg
    CQ_M_CONTRACTED = 31, // 1: du des au aux: ADP whose second part is a DET
};

#define CQ_MORPH(m, field, bits) (((m) >> (field)) & ((1u << (bits)) - 1u))
#define CQ_GET_UPOS(m) CQ_MORPH(m, CQ_M_UPOS, 5)
#define CQ_GET_GENDER(m) CQ_MORPH(m, CQ_M_GENDER, 2)
#define CQ_GET_NUMBER(m) CQ_MORPH(m, CQ_M_NUMBER, 2)
#define CQ_GET_VERBFORM(m) CQ_MORPH(m, CQ_M_VERBFORM, 2)
#define CQ_GET_MOOD(m) CQ_MORPH(m, CQ_M_MOOD, 3)
#define CQ_GET_TENSE(m) CQ_MORPH(m, CQ_M_TENSE, 3)
#define CQ_GET_PERSON(m) CQ_MORPH(m, CQ_M_PERSON, 3)
#define CQ_GET_PRONTYPE(m) CQ_MORPH(m, CQ_M_PRONTYPE, 4)
enum { CQ_MASC = 1, CQ_FEM = 2, CQ_SING = 1, CQ_PLUR = 2 };
enum { CQ_FIN = 1, CQ_INF = 2, CQ_PART_FORM = 3 };
enum { CQ_IND = 1, CQ_CND = 2, CQ_SUB = 3, CQ_IMP = 4 };
enum { CQ_PRES = 1, CQ_IMPERFECT = 2, CQ_PAST = 3, CQ_FUT = 4 };
enum { CQ_P1 = 1, CQ_P2 = 2, CQ_P3 = 4 };

const char *cq_upos_name(cq_upos u);
cq_upos cq_upos_find(cq_str name); // CQ_UPOS_NONE when unknown

// One row per feature, for rule attributes and `calque rules explain`.
typedef struct {
    const char *name; // "Gender"
    unsigned shift, bits;
    bool set;               // values are bits of a set, not numbers
    const char *values[10]; // by value (set: by bit), values[0] unused unless a set
} cq_feature;
extern const cq_feature CQ_FEATURES[];
extern const size_t CQ_FEATURES_N;
const cq_feature *cq_feature_find(cq_str name); // NULL: no such feature

// "VERB Mood=Ind|Number=Sing|..." into buf (for people and tests).
// The reverse, from two columns as in CoNLL-U: "VERB", "Mood=Ind|Number=Sing" ("_" or "":
// none; values of a set separated by commas). False for an unknown name or value.
bool cq_morph_parse(cq_str upos, cq_str features, uint32_t *morph);
// Sets the features named ("Mood=Sub|Number=Plur") in place of those that *morph has. Of
// another form of the verb ("VerbForm=Inf") nothing else than what is named is kept.
bool cq_morph_change(cq_str features, uint32_t *morph);
const char *cq_morph_text(uint32_t morph, char *buf, size_t size);

#endif
