// Names of parts of speech and features.
#include "lexicon/morphology.h"

#include <stdio.h>

static const char *const UPOS[CQ_UPOS_N] = {
    "_",   "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN",
    "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
};

const cq_feature CQ_FEATURES[] = {
    {"Gender", CQ_M_GENDER, 2, true, {"Masc", "Fem"}},
    {"Number", CQ_M_NUMBER, 2, true, {"Sing", "Plur"}},
    {"VerbForm", CQ_M_VERBFORM, 2, false, {NULL, "Fin", "Inf", "Part"}},
    {"Mood", CQ_M_MOOD, 3, false, {NULL, "Ind", "Cnd", "Sub", "Imp"}},
    {"Tense", CQ_M_TENSE, 3, false, {NULL, "Pres", "Imp", "Past", "Fut"}},
    {"Person", CQ_M_PERSON, 3, true, {"1", "2", "3"}},
    {"PronType",
     CQ_M_PRONTYPE,
     4,
     false,
     {NULL, "Prs", "Rel", "Int", "Dem", "Ind", "Neg", "Art", "Tot", "Exc"}},
    {"Poss", CQ_M_POSS, 1, false, {NULL, "Yes"}},
    {"Reflex", CQ_M_REFLEX, 1, false, {NULL, "Yes"}},
    {"Definite", CQ_M_DEFINITE, 2, false, {NULL, "Def", "Ind"}},
    {"NumType", CQ_M_NUMTYPE, 2, false, {NULL, "Card", "Ord"}},
    {"Polarity", CQ_M_NEGATIVE, 1, false, {NULL, "Neg"}},
    {"Contracted", CQ_M_CONTRACTED, 1, false, {NULL, "Yes"}},
};
const size_t CQ_FEATURES_N = CQ_COUNT(CQ_FEATURES);

const char *cq_upos_name(cq_upos u) { return u < CQ_UPOS_N ? UPOS[u] : "_"; }

cq_upos cq_upos_find(cq_str name)
{
    for (size_t i = 1; i < CQ_UPOS_N; i++) {
        if (cq_str_is(name, UPOS[i])) return (cq_upos)i;
    }
    return CQ_UPOS_NONE;
}

const cq_feature *cq_feature_find(cq_str name)
{
    for (size_t i = 0; i < CQ_FEATURES_N; i++) {
        if (cq_str_is(name, CQ_FEATURES[i].name)) return &CQ_FEATURES[i];
    }
    return NULL;
}

const char *cq_morph_text(uint32_t morph, char *buf, size_t size)
{
    size_t n = (size_t)snprintf(buf, size, "%s", cq_upos_name(CQ_GET_UPOS(morph)));
    const char *sep = " ";
    for (size_t i = 0; i < CQ_FEATURES_N; i++) {
        const cq_feature *f = &CQ_FEATURES[i];
        unsigned v = CQ_MORPH(morph, f->shift, f->bits);
        if (!v || n >= size) continue;
        n += (size_t)snprintf(buf + n, size - n, "%s%s=", sep, f->name);
        sep = "|";
        const char *comma = "";
        for (unsigned k = 0; k < CQ_COUNT(f->values); k++) {
            bool has = f->set ? k < f->bits && (v >> k & 1) : k == v;
            if (!has || !f->values[k] || n >= size) continue;
            n += (size_t)snprintf(buf + n, size - n, "%s%s", comma, f->values[k]);
            comma = ",";
        }
    }
    return buf;
}

static bool parse_value(const cq_feature *f, cq_str value, uint32_t *bits)
{
    for (unsigned k = 0; k < CQ_COUNT(f->values); k++) {
        if (!f->values[k] || !cq_str_is(value, f->values[k])) continue;
        *bits |= (f->set ? 1u << k : k) << f->shift;
        return true;
    }
    return false;
}

bool cq_morph_parse(cq_str upos, cq_str features, uint32_t *morph)
{
    uint32_t m = cq_upos_find(upos);
    if (!m) return false;
    cq_str pair, value;
    if (cq_str_is(features, "_") || !features.n) features.p = NULL;
    while (cq_str_split(&features, '|', &pair)) {
        cq_str name, values = pair;
        cq_str_split(&values, '=', &name);
        const cq_feature *f = cq_feature_find(name);
        if (!f || !values.p) return false;
        while (cq_str_split(&values, ',', &value)) {
            if (!parse_value(f, value, &m)) return false;
        }
    }
    *morph = m;
    return true;
}

bool cq_morph_change(cq_str features, uint32_t *morph)
{
    const char *upos = cq_upos_name(CQ_GET_UPOS(*morph));
    uint32_t named;
    if (!features.n || !cq_morph_parse(cq_str_of(upos), features, &named)) return false;
    if (CQ_GET_VERBFORM(named)) {
        *morph = named;
        return true;
    }
    for (size_t i = 0; i < CQ_FEATURES_N; i++) {
        uint32_t field = ((1u << CQ_FEATURES[i].bits) - 1u) << CQ_FEATURES[i].shift;
        if (named & field) *morph = (*morph & ~field) | (named & field);
    }
    return true;
}
