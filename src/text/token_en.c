// English words: the contractions of UD English are cut off (do + n't, it + 's), hyphened
// words stay one.
#include "text/scan.h"

static const char *const STARTERS[] = {
    "a",    "after", "all",   "also",  "an",   "and",   "as",   "at",    "but",  "by",
    "each", "for",   "from",  "he",    "her",  "here",  "his",  "how",   "if",   "in",
    "it",   "its",   "many",  "more",  "most", "my",    "no",   "not",   "of",   "on",
    "or",   "our",   "she",   "since", "so",   "some",  "such", "that",  "the",  "their",
    "then", "there", "these", "they",  "this", "those", "to",   "under", "we",   "what",
    "when", "where", "which", "while", "who",  "why",   "with", "you",   "your", "i",
};

static bool starter(cq_str word)
{
    char key[16];
    cq_str folded = cq_fold_into(key, sizeof key, word);
    return folded.p && CQ_IN(STARTERS, folded);
}

// The part behind an apostrophe that is a word of its own: 's 're 've 'll 'd 'm.
static bool is_contraction(const unsigned char *p, uint32_t n)
{
    static const char *const ENDS[] = {"s", "re", "ve", "ll", "d", "m"};
    for (size_t i = 0; i < CQ_COUNT(ENDS); i++) {
        if (cq_spells(p, n, ENDS[i])) return true;
    }
    return false;
}

static void emit(cq_scan *s, uint32_t end)
{
    const unsigned char *p = s->p;
    uint32_t i = s->at;
    while (cq_digit(p[i])) i++;
    bool number = i > s->at &&
                  (i == end || cq_spells(p + i, end - i, "st") ||
                   cq_spells(p + i, end - i, "nd") || cq_spells(p + i, end - i, "rd") ||
                   cq_spells(p + i, end - i, "th") || cq_spells(p + i, end - i, "s"));
    cq_emit(s, end, number ? CQ_TOKEN_NUMBER : CQ_TOKEN_WORD,
            number ? 0 : cq_case_flags(p, s->at, end), CQ_MARK_NONE);
}

static void word(cq_scan *s)
{
    const unsigned char *p = s->p;
    uint32_t i = cq_letters_end(p, s->at);
    for (;;) {
        unsigned n = cq_apostrophe(p + i);
        if (n && cq_letter(p + i + n)) {
            uint32_t next = i + n, end = cq_letters_end(p, next);
            bool not = i - s->at > 1 && (p[i - 1] | 32) == 'n' && end == next + 1 &&
                       (p[next] | 32) == 't';
            if (not || is_contraction(p + next, end - next)) {
                emit(s, not ? i - 1 : i);
                cq_emit(s, end, CQ_TOKEN_WORD, cq_case_flags(p, s->at, end),
                        CQ_MARK_NONE);
                return;
            }
            i = end;
            continue;
        }
        n = cq_hyphen(p + i);
        if (n && cq_letter(p + i + n)) {
            i = cq_letters_end(p, i + n);
            continue;
        }
        if (cq_take_address(s, i) || cq_take_abbreviation(s, i)) return;
        if (p[i] == '&' && CQ_CHARS[p[i - 1]] & CQ_C_UPPER &&
            CQ_CHARS[p[i + 1]] & CQ_C_UPPER) {
            i = cq_letters_end(p, i + 1);
            continue;
        }
        break;
    }
    emit(s, i);
}

void cq_tokenize_en(cq_arena *a, const cq_document *d, size_t first, size_t last,
                    cq_passage *out)
{
    const cq_scan_language english = {word, CQ_ABBREVIATIONS_EN, CQ_ABBREVIATIONS_EN_N,
                                      starter};
    cq_tokenize(a, d, first, last, &english, out);
}
