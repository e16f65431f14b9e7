// The tables are written by us, sorted bytewise (a test holds that).
#include "text/abbreviations.h"

#define T CQ_MARK_TITLE
#define S CQ_MARK_SHORT
#define F CQ_MARK_FINISHES

const cq_abbreviation CQ_ABBREVIATIONS_FR[] = {
    {"adj", CQ_ABBR_ALWAYS, T},   {"adm", CQ_ABBR_ALWAYS, T},
    {"adr", CQ_ABBR_ALWAYS, T},   {"al", CQ_ABBR_ALWAYS, S},
    {"alin", CQ_ABBR_DIGIT, T},   {"apr", CQ_ABBR_ALWAYS, T},
    {"arr", CQ_ABBR_ALWAYS, S},   {"art", CQ_ABBR_DIGIT, T},
    {"av", CQ_ABBR_ALWAYS, T},    {"avr", CQ_ABBR_DIGIT, T},
    {"bd", CQ_ABBR_CAPITAL, T},   {"bibl", CQ_ABBR_ALWAYS, T},
    {"boul", CQ_ABBR_CAPITAL, T}, {"brig", CQ_ABBR_CASED, T},
    {"bull", CQ_ABBR_CAPITAL, T}, {"cap", CQ_ABBR_CASED, T},
    {"cf", CQ_ABBR_ALWAYS, T},    {"ch", CQ_ABBR_DIGIT, T},
    {"chap", CQ_ABBR_ALWAYS, T},  {"cit", CQ_ABBR_ALWAYS, S},
    {"co", CQ_ABBR_CASED, S},     {"col", CQ_ABBR_CASED, T},
    {"coll", CQ_ABBR_ALWAYS, T},  {"conf", CQ_ABBR_ALWAYS, T},
    {"corp", CQ_ABBR_CASED, S},   {"dir", CQ_ABBR_ALWAYS, T},
    {"doc", CQ_ABBR_DIGIT, T},    {"dr", CQ_ABBR_ALWAYS, T},
    {"déc", CQ_ABBR_ALWAYS, T},   {"dép", CQ_ABBR_CAPITAL, T},
    {"ed", CQ_ABBR_CAPITAL, T},   {"env", CQ_ABBR_ALWAYS, T},
    {"etc", CQ_ABBR_ALWAYS, F},   {"ex", CQ_ABBR_ALWAYS, S},
    {"fasc", CQ_ABBR_ALWAYS, T},  {"fig", CQ_ABBR_ALWAYS, T},
    {"fév", CQ_ABBR_ALWAYS, T},   {"févr", CQ_ABBR_ALWAYS, T},
    {"gal", CQ_ABBR_CASED, T},    {"gouv", CQ_ABBR_CAPITAL, T},
    {"gén", CQ_ABBR_CASED, T},    {"hab", CQ_ABBR_ALWAYS, S},
    {"hon", CQ_ABBR_CASED, T},    {"ibid", CQ_ABBR_ALWAYS, S},
    {"ill", CQ_ABBR_CAPITAL, T},  {"inc", CQ_ABBR_CASED, S},
    {"inf", CQ_ABBR_DIGIT, T},    {"janv", CQ_ABBR_ALWAYS, T},
    {"jr", CQ_ABBR_CASED, S},     {"juil", CQ_ABBR_ALWAYS, T},
    {"lt", CQ_ABBR_CASED, T},     {"ltd", CQ_ABBR_CASED, S},
    {"m", CQ_ABBR_CASED, T},      {"mgr", CQ_ABBR_ALWAYS, T},
    {"mlle", CQ_ABBR_ALWAYS, T},  {"mm", CQ_ABBR_CASED, T},
    {"mme", CQ_ABBR_CAPITAL, T},  {"mr", CQ_ABBR_CASED, T},
    {"mrs", CQ_ABBR_CASED, T},    {"ms", CQ_ABBR_CASED, T},
    {"mt", CQ_ABBR_CASED, T},     {"no", CQ_ABBR_DIGIT, T},
    {"nos", CQ_ABBR_DIGIT, T},    {"nov", CQ_ABBR_ALWAYS, T},
    {"obs", CQ_ABBR_ALWAYS, T},   {"oct", CQ_ABBR_DIGIT, T},
    {"op", CQ_ABBR_ALWAYS, T},    {"ouvr", CQ_ABBR_ALWAYS, T},
    {"p", CQ_ABBR_DIGIT, T},      {"ph", CQ_ABBR_CASED, T},
    {"pp", CQ_ABBR_ALWAYS, T},    {"pr", CQ_ABBR_CASED, T},
    {"prof", CQ_ABBR_CASED, T},   {"ref", CQ_ABBR_DIGIT, T},
    {"rev", CQ_ABBR_CASED, T},    {"réf", CQ_ABBR_ALWAYS, T},
    {"sec", CQ_ABBR_CAPITAL, T},  {"sept", CQ_ABBR_DIGIT, T},
    {"seq", CQ_ABBR_ALWAYS, S},   {"sgt", CQ_ABBR_ALWAYS, T},
    {"sq", CQ_ABBR_ALWAYS, S},    {"sqq", CQ_ABBR_ALWAYS, S},
    {"sr", CQ_ABBR_CASED, S},     {"st", CQ_ABBR_CASED, T},
    {"ste", CQ_ABBR_CASED, T},    {"sup", CQ_ABBR_DIGIT, T},
    {"suppl", CQ_ABBR_ALWAYS, T}, {"sén", CQ_ABBR_CASED, T},
    {"trad", CQ_ABBR_ALWAYS, T},  {"tél", CQ_ABBR_ALWAYS, T},
    {"univ", CQ_ABBR_ALWAYS, T},  {"vol", CQ_ABBR_DIGIT, T},
    {"vs", CQ_ABBR_ALWAYS, T},    {"éd", CQ_ABBR_ALWAYS, T},
    {"éq", CQ_ABBR_DIGIT, T},
};
const size_t CQ_ABBREVIATIONS_FR_N = CQ_COUNT(CQ_ABBREVIATIONS_FR);

const cq_abbreviation CQ_ABBREVIATIONS_EN[] = {
    {"adm", CQ_ABBR_CASED, T},    {"al", CQ_ABBR_ALWAYS, S},
    {"apr", CQ_ABBR_ALWAYS, T},   {"art", CQ_ABBR_DIGIT, T},
    {"assn", CQ_ABBR_CASED, T},   {"asst", CQ_ABBR_CAPITAL, T},
    {"aug", CQ_ABBR_CASED, T},    {"ave", CQ_ABBR_CASED, S},
    {"bldg", CQ_ABBR_ALWAYS, S},  {"blvd", CQ_ABBR_ALWAYS, S},
    {"bros", CQ_ABBR_CASED, S},   {"ca", CQ_ABBR_DIGIT, T},
    {"capt", CQ_ABBR_CASED, T},   {"cf", CQ_ABBR_ALWAYS, T},
    {"ch", CQ_ABBR_DIGIT, T},     {"co", CQ_ABBR_CASED, S},
    {"col", CQ_ABBR_CASED, T},    {"corp", CQ_ABBR_CASED, S},
    {"dec", CQ_ABBR_CASED, T},    {"dept", CQ_ABBR_ALWAYS, S},
    {"dist", CQ_ABBR_CASED, T},   {"dr", CQ_ABBR_CASED, T},
    {"ed", CQ_ABBR_CASED, T},     {"eds", CQ_ABBR_CAPITAL, T},
    {"est", CQ_ABBR_DIGIT, T},    {"etc", CQ_ABBR_ALWAYS, F},
    {"feb", CQ_ABBR_CASED, T},    {"fig", CQ_ABBR_DIGIT, T},
    {"figs", CQ_ABBR_DIGIT, T},   {"fri", CQ_ABBR_CASED, T},
    {"ft", CQ_ABBR_ALWAYS, S},    {"gen", CQ_ABBR_CASED, T},
    {"gov", CQ_ABBR_CASED, T},    {"hon", CQ_ABBR_CASED, T},
    {"inc", CQ_ABBR_CASED, S},    {"jan", CQ_ABBR_CASED, T},
    {"jr", CQ_ABBR_CASED, S},     {"lt", CQ_ABBR_CASED, T},
    {"ltd", CQ_ABBR_CASED, S},    {"maj", CQ_ABBR_CASED, T},
    {"messrs", CQ_ABBR_CASED, T}, {"mr", CQ_ABBR_CASED, T},
    {"mrs", CQ_ABBR_CASED, T},    {"ms", CQ_ABBR_CASED, T},
    {"mt", CQ_ABBR_CASED, T},     {"no", CQ_ABBR_DIGIT, T},
    {"nos", CQ_ABBR_DIGIT, T},    {"nov", CQ_ABBR_CASED, T},
    {"oct", CQ_ABBR_CASED, T},    {"p", CQ_ABBR_DIGIT, T},
    {"pp", CQ_ABBR_ALWAYS, T},    {"prof", CQ_ABBR_CASED, T},
    {"rep", CQ_ABBR_CASED, T},    {"reps", CQ_ABBR_CASED, T},
    {"rev", CQ_ABBR_CASED, T},    {"sec", CQ_ABBR_CASED, T},
    {"sen", CQ_ABBR_CASED, T},    {"sens", CQ_ABBR_CASED, T},
    {"sept", CQ_ABBR_ALWAYS, T},  {"sgt", CQ_ABBR_CASED, T},
    {"sr", CQ_ABBR_CASED, S},     {"st", CQ_ABBR_CASED, T},
    {"supt", CQ_ABBR_CASED, T},   {"univ", CQ_ABBR_CAPITAL, T},
    {"vol", CQ_ABBR_DIGIT, T},    {"vs", CQ_ABBR_ALWAYS, T},
};
const size_t CQ_ABBREVIATIONS_EN_N = CQ_COUNT(CQ_ABBREVIATIONS_EN);

const cq_abbreviation *cq_abbreviation_find(const cq_abbreviation *table, size_t n,
                                            const unsigned char *p, size_t bytes)
{
    if (bytes > CQ_ABBREVIATION_MAX) return NULL;
    char key[CQ_ABBREVIATION_MAX + 1];
    for (size_t i = 0; i < bytes; i++) {
        key[i] = cq_lower((char)p[i]);
        // É to é: the capitals of U+00C0..U+00DE lie 0x20 below.
        if (i && (unsigned char)key[i - 1] == 0xc3 && p[i] < 0x9f) key[i] |= 0x20;
    }
    key[bytes] = '\0';
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = strcmp(key, table[mid].text);
        if (!c) return &table[mid];
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}
