// Function words come from closed.tsv instead, which knows UD French's conventions.
#include "lexicon/tags_fr.h"

#include "lexicon/affix.h"

#define BITS(shift, v) ((uint32_t)(v) << (shift))

typedef struct {
    const char *tag;
    uint32_t morph;
} tag_row;

static const tag_row PARTS[] = {
    {"nom", CQ_NOUN},
    {"loc.nom", CQ_NOUN},
    {"titr", CQ_NOUN},
    {"adj", CQ_ADJ},
    {"loc.adj", CQ_ADJ},
    {"npr", CQ_PROPN},
    {"prn", CQ_PROPN},
    {"patr", CQ_PROPN},
    {"loc.patr", CQ_PROPN},
    {"adv", CQ_ADV},
    {"loc.adv", CQ_ADV},
    {"negadv", CQ_ADV | BITS(CQ_M_NEGATIVE, 1)},
    {"advint", CQ_ADV | BITS(CQ_M_PRONTYPE, 3)},
    {"proadv", CQ_PRON},
    {"interj", CQ_INTJ},
    {"loc.interj", CQ_INTJ},
    {"nb", CQ_NUM | BITS(CQ_M_NUMTYPE, 1)},
    {"nbro", CQ_ADJ | BITS(CQ_M_NUMTYPE, 2)},
    {"prep", CQ_ADP},
    {"prepv", CQ_ADP},
    {"loc.prep", CQ_ADP},
    {"loc.prepv", CQ_ADP},
    {"cjco", CQ_CCONJ},
    {"cj", CQ_CCONJ},
    {"cjsub", CQ_SCONJ},
    {"loc.cj", CQ_SCONJ},
    {"loc.cjsub", CQ_SCONJ},
    {"det", CQ_DET | BITS(CQ_M_PRONTYPE, 7)},
    {"detpos", CQ_DET | BITS(CQ_M_PRONTYPE, 1) | BITS(CQ_M_POSS, 1)},
    {"detdem", CQ_DET | BITS(CQ_M_PRONTYPE, 4)},
    {"detind", CQ_DET | BITS(CQ_M_PRONTYPE, 5)},
    {"detneg", CQ_DET | BITS(CQ_M_PRONTYPE, 6)},
    {"detex", CQ_DET | BITS(CQ_M_PRONTYPE, 9)},
    {"propersuj", CQ_PRON | BITS(CQ_M_PRONTYPE, 1)},
    {"properobj", CQ_PRON | BITS(CQ_M_PRONTYPE, 1)},
    {"prodem", CQ_PRON | BITS(CQ_M_PRONTYPE, 4)},
    {"proind", CQ_PRON | BITS(CQ_M_PRONTYPE, 5)},
    {"prorel", CQ_PRON | BITS(CQ_M_PRONTYPE, 2)},
    {"proint", CQ_PRON | BITS(CQ_M_PRONTYPE, 3)},
    {"proneg", CQ_PRON | BITS(CQ_M_PRONTYPE, 6)},
    {"ponc", CQ_PUNCT},
    {"sign", CQ_SYM},
};

static const tag_row MOODS[] = {
    {"infi", BITS(CQ_M_VERBFORM, CQ_INF)},
    {"ppre", BITS(CQ_M_VERBFORM, CQ_PART_FORM) | BITS(CQ_M_TENSE, CQ_PRES)},
    {"ppas", BITS(CQ_M_VERBFORM, CQ_PART_FORM) | BITS(CQ_M_TENSE, CQ_PAST)},
    {"ipre",
     BITS(CQ_M_VERBFORM, CQ_FIN) | BITS(CQ_M_MOOD, CQ_IND) | BITS(CQ_M_TENSE, CQ_PRES)},
    {"iimp", BITS(CQ_M_VERBFORM, CQ_FIN) | BITS(CQ_M_MOOD, CQ_IND) |
                 BITS(CQ_M_TENSE, CQ_IMPERFECT)},
    {"ipsi",
     BITS(CQ_M_VERBFORM, CQ_FIN) | BITS(CQ_M_MOOD, CQ_IND) | BITS(CQ_M_TENSE, CQ_PAST)},
    {"ifut",
     BITS(CQ_M_VERBFORM, CQ_FIN) | BITS(CQ_M_MOOD, CQ_IND) | BITS(CQ_M_TENSE, CQ_FUT)},
    {"cond",
     BITS(CQ_M_VERBFORM, CQ_FIN) | BITS(CQ_M_MOOD, CQ_CND) | BITS(CQ_M_TENSE, CQ_PRES)},
    {"spre",
     BITS(CQ_M_VERBFORM, CQ_FIN) | BITS(CQ_M_MOOD, CQ_SUB) | BITS(CQ_M_TENSE, CQ_PRES)},
    {"simp", BITS(CQ_M_VERBFORM, CQ_FIN) | BITS(CQ_M_MOOD, CQ_SUB) |
                 BITS(CQ_M_TENSE, CQ_IMPERFECT)},
    {"impe",
     BITS(CQ_M_VERBFORM, CQ_FIN) | BITS(CQ_M_MOOD, CQ_IMP) | BITS(CQ_M_TENSE, CQ_PRES)},
};

static const tag_row FEATURES[] = {
    {"mas", BITS(CQ_M_GENDER, CQ_MASC)},
    {"fem", BITS(CQ_M_GENDER, CQ_FEM)},
    {"epi", BITS(CQ_M_GENDER, CQ_MASC | CQ_FEM)},
    {"sg", BITS(CQ_M_NUMBER, CQ_SING)},
    {"pl", BITS(CQ_M_NUMBER, CQ_PLUR)},
    {"inv", BITS(CQ_M_NUMBER, CQ_SING | CQ_PLUR)},
    {"1sg", BITS(CQ_M_PERSON, CQ_P1) | BITS(CQ_M_NUMBER, CQ_SING)},
    {"2sg", BITS(CQ_M_PERSON, CQ_P2) | BITS(CQ_M_NUMBER, CQ_SING)},
    {"3sg", BITS(CQ_M_PERSON, CQ_P3) | BITS(CQ_M_NUMBER, CQ_SING)},
    {"1isg", BITS(CQ_M_PERSON, CQ_P1) | BITS(CQ_M_NUMBER, CQ_SING)},
    {"1jsg", BITS(CQ_M_PERSON, CQ_P1) | BITS(CQ_M_NUMBER, CQ_SING)},
    {"1pl", BITS(CQ_M_PERSON, CQ_P1) | BITS(CQ_M_NUMBER, CQ_PLUR)},
    {"2pl", BITS(CQ_M_PERSON, CQ_P2) | BITS(CQ_M_NUMBER, CQ_PLUR)},
    {"3pl", BITS(CQ_M_PERSON, CQ_P3) | BITS(CQ_M_NUMBER, CQ_PLUR)},
    {"3pl!", BITS(CQ_M_PERSON, CQ_P3) | BITS(CQ_M_NUMBER, CQ_PLUR)},
    {"1pe", BITS(CQ_M_PERSON, CQ_P1)},
    {"2pe", BITS(CQ_M_PERSON, CQ_P2)},
    {"3pe", BITS(CQ_M_PERSON, CQ_P3)},
};

static uint32_t find(const tag_row *rows, size_t n, cq_str tag)
{
    for (size_t i = 0; i < n; i++) {
        if (cq_str_is(tag, rows[i].tag)) return rows[i].morph;
    }
    return 0;
}

size_t cq_tags_fr(cq_str form, cq_str fields, uint32_t *morphs, size_t max)
{
    enum { SOME = 8 };
    uint32_t parts[SOME], moods[SOME], features = 0;
    size_t parts_n = 0, moods_n = 0, n = 0;
    bool verb = false, auxiliary = false, honorific = false;
    cq_str field;
    while (cq_str_split(&fields, ' ', &field)) {
        if (field.n < 4 || field.p[2] != ':') continue;
        cq_str tag = cq_str_sub(field, 3, field.n);
        if (tag.p[0] == 'v' && tag.n > 2 && cq_is_digit(tag.p[1])) {
            verb = true;
            auxiliary = auxiliary || tag.p[1] == '0';
            continue;
        }
        honorific = honorific || cq_str_is(tag, "titr");
        uint32_t part = find(PARTS, CQ_COUNT(PARTS), tag);
        uint32_t mood = find(MOODS, CQ_COUNT(MOODS), tag);
        if (part && parts_n < SOME) parts[parts_n++] = part;
        if (mood && moods_n < SOME) moods[moods_n++] = mood;
        features |= find(FEATURES, CQ_COUNT(FEATURES), tag);
    }
    for (size_t i = 0; i < moods_n; i++) {
        uint32_t f = moods[i] == MOODS[0].morph ? 0 : features;
        if (n < max) morphs[n++] = CQ_VERB | moods[i] | f;
        if (auxiliary && n < max) morphs[n++] = CQ_AUX | moods[i] | f;
    }
    cq_case letters = cq_case_of(form);
    bool title = letters == CQ_CASE_INIT && form.n > 1;
    for (size_t i = 0; i < parts_n; i++) {
        // France and Europe are nouns to the dictionary; PME and TVA are both. Mme stays.
        bool name =
            parts[i] == CQ_NOUN && !honorific && (title || letters == CQ_CASE_ALL);
        if (name && n < max) morphs[n++] = CQ_PROPN | features;
        if (!(name && title) && n < max) morphs[n++] = parts[i] | features;
    }
    if (n == 0 && verb && max) morphs[n++] = CQ_VERB;
    return n;
}
