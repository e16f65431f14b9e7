// French negates in many ways, and often with a verb or a prefix of negative sense
// ("refuser", "impossible"): a sentence that has any of them is left alone, and so is an
// English one whose "not" is no plain negation ("not only", "why not").
#include "checks/polarity.h"

#include "base/utf8.h"

enum { WORDS_MAX = 28 }; // of an English sentence: long ones have room for anything

static const float SURE = 0.8f;

static bool is_negation(cq_str word)
{
    static const char *const WORDS[] = {"not",    "n't",    "never",
                                        "cannot", "nobody", "nothing"};
    return CQ_IN(WORDS, word);
}

// "not only", "not just", "why not", "whether or not", "if not", "can't help but": the
// word before, or behind, tells.
static bool is_plain(cq_pair *p, const cq_aligned *at, uint32_t i)
{
    static const char *const BEFORE[] = {"why",  "or",  "if",  "whether", "certainly",
                                         "than", "but", "and", "just",    "absolutely"};
    static const char *const AFTER[] = {
        "only",   "just",     "least",   "necessarily", "until",    "to",      "so",
        "help",   "sure",     "mention", "wait",        "unlike",   "but",     "even",
        "more",   "less",     "merely",  "simply",      "always",   "because", "a",
        "an",     "the",      "all",     "every",       "entirely", "exactly", "without",
        "yet",    "long",     "far",     "think",       "believe",  "miss",    "fail",
        "forget", "hesitate", "stop",    "deny",        "worry",    "mind",    "before",
        "have",   "need",     "quite",   "much",        "many",     "enough"};
    if (i > at->first_token && CQ_IN(BEFORE, cq_pair_folded(p, i - 1))) return false;
    if (i + 1 < at->last_token && CQ_IN(AFTER, cq_pair_folded(p, i + 1))) return false;
    // A tag: "isn't it?"
    return at->last_token - i > 3 ||
           p->english.tokens[at->last_token - 1].mark != CQ_MARK_QUESTION;
}

// The one plain negation of the passage; UINT32_MAX: none, or several.
static uint32_t negation_in(cq_pair *p, const cq_aligned *at)
{
    uint32_t found = UINT32_MAX;
    for (uint32_t i = at->first_token; i < at->last_token; i++) {
        if (!is_negation(cq_pair_folded(p, i))) continue;
        if (found != UINT32_MAX || !is_plain(p, at, i)) return UINT32_MAX;
        found = i;
    }
    return found;
}

static bool negates(const cq_token *t, cq_str word)
{
    static const char *const WORDS[] = {
        "ne",        "n'",         "pas",       "non",    "ni",        "jamais",
        "rien",      "personne",   "aucun",     "aucune", "nul",       "nulle",
        "sans",      "guère",      "sauf",      "hormis", "peu",       "moins",
        "loin",      "hors",       "faute",     "plus",   "plutôt",    "seul",
        "seule",     "seulement",  "rare",      "rares",  "rarement",  "faux",
        "fausse",    "inverse",    "contraire", "mal",    "difficile", "au-delà",
        "autrement", "sinon",      "vain",      "zéro",   "trop",      "dernier",
        "dernière",  "impossible", "à peine",   "contre", "absence",   "encore"};
    static const char *const STEMS[] = {
        "manqu",   "refus",  "évit",   "empê",  "ignor",  "échou",  "échec",
        "exclu",   "abst",   "perd",   "nier",  "nie",    "inter",  "cess",
        "arrêt",   "oubli",  "hésit",  "rejet", "écart",  "priv",   "dispar",
        "dissua",  "dout",   "négl",   "rat",   "démen",  "dépour", "désac",
        "désap",   "désint", "détest", "déni",  "décou",  "déçu",   "contrairement",
        "non-",    "mépri",  "mécon",  "illég", "inaper", "incap",  "malgré",
        "au lieu", "renonc", "défens", "prohib"};
    if (CQ_IN(WORDS, word)) return true;
    for (size_t i = 0; i < CQ_COUNT(STEMS); i++) {
        if (cq_str_starts(word, cq_str_of(STEMS[i]))) return true;
    }
    static const char *const PREFIXES[] = {"im", "in", "ir", "il", "dé", "mal", "anti"};
    if (!(t->upos & (CQ_UPOS_BIT(CQ_ADJ) | CQ_UPOS_BIT(CQ_ADV))) || word.n < 6)
        return false;
    for (size_t i = 0; i < CQ_COUNT(PREFIXES); i++) {
        if (cq_str_starts(word, cq_str_of(PREFIXES[i]))) return true;
    }
    return false;
}

static bool sentence_negates(const cq_passage *p, const cq_sentence *s)
{
    for (size_t i = s->first; i < s->last; i++) {
        char buf[64];
        cq_str word = cq_fold_into(buf, sizeof buf, cq_token_text(p, i));
        if (word.p && negates(&p->tokens[i], word)) return true;
    }
    return false;
}

// What follows in the block has no counterpart of its own: a point cut the sentence in
// two.
static bool goes_on_negating(const cq_check_run *run, const cq_passage *p,
                             const cq_sentence *s)
{
    const cq_sentence *next = s + 1;
    if (next >= p->sentences + p->sentences_n || next->block != s->block) return false;
    uint32_t own =
        cq_pair_sentence_at(run->pair, CQ_SIDE_TARGET, p->tokens[next->first].start);
    return !cq_pair_link(run->pair, CQ_SIDE_TARGET, own) && sentence_negates(p, next);
}

static void look_for_negation(cq_check_run *run, const cq_passage *p,
                              const cq_sentence *s, const cq_aligned *at)
{
    cq_pair *pair = run->pair;
    if (pair->sentences[CQ_SIDE_SOURCE][at->first].words > WORDS_MAX) return;
    uint32_t negation = negation_in(pair, at);
    if (negation == UINT32_MAX || sentence_negates(p, s)) return;
    if (goes_on_negating(run, p, s)) return;
    size_t verb = s->last;
    for (size_t i = s->first; i < s->last; i++) {
        if (verb == s->last && CQ_GET_VERBFORM(p->tokens[i].morph) == CQ_FIN) verb = i;
    }
    if (verb == s->last) verb = s->first;
    size_t end = verb + 1;
    if (end < s->last && CQ_GET_VERBFORM(p->tokens[end].morph) == CQ_PART_FORM) end++;
    cq_hit *h =
        cq_hit_add(run, cq_str_of("polarity/negation"), cq_spot_of_tokens(p, verb, end));
    h->category = cq_str_of("accuracy/omission");
    h->severity = CQ_MAJOR;
    h->confidence = CQ_MEDIUM;
    h->source_at = (cq_span){pair->english.tokens[negation].start,
                             pair->english.tokens[negation].end};
    h->message = cq_str_of(cq_say(run, "La source nie, la traduction non ?",
                                  "The source negates; the translation does not?"));
}

static bool starts_with_one(const cq_passage *p, size_t i, const char *const *stems,
                            size_t n)
{
    char buf[64];
    cq_str word = cq_fold_into(buf, sizeof buf, cq_token_text(p, i));
    for (size_t k = 0; word.p && k < n; k++) {
        if (cq_str_starts(word, cq_str_of(stems[k]))) return true;
    }
    return false;
}

// "Je me suis demandé ce qu'ils feraient", "Reste à savoir si", "Découvrez comment".
static bool asks_indirectly(const cq_passage *p, size_t i, size_t last)
{
    static const char *const STEMS[] = {"demand", "question", "savoir", "interrog"};
    static const char *const TELLS[] = {"découvr", "appren", "appri", "expliqu",
                                        "compren", "explor", "montr"};
    static const char *const WHAT[] = {"ce",      "comment", "pourquoi",
                                       "combien", "quel",    "où"};
    if (starts_with_one(p, i, STEMS, CQ_COUNT(STEMS))) return true;
    return i + 1 < last && starts_with_one(p, i, TELLS, CQ_COUNT(TELLS)) &&
           starts_with_one(p, i + 1, WHAT, CQ_COUNT(WHAT));
}

// Only where both are the last, or all, of what is linked.
static void look_for_question(cq_check_run *run, const cq_passage *p,
                              const cq_sentence *s, const cq_aligned *at)
{
    const cq_passage *english = &run->pair->english;
    bool asks = false, stated = p->tokens[s->last - 1].mark == CQ_MARK_POINT;
    for (uint32_t i = at->last_token - 1; i + 3 > at->last_token && i > at->first_token;
         i--)
        asks = asks || english->tokens[i].mark == CQ_MARK_QUESTION;
    for (size_t i = s->first; i < s->last; i++) {
        if (p->tokens[i].mark == CQ_MARK_QUESTION || asks_indirectly(p, i, s->last))
            return;
    }
    if (!asks || !stated) return;
    cq_hit *h = cq_hit_add(run, cq_str_of("polarity/question"),
                           cq_spot_of_tokens(p, s->last - 1, s->last));
    h->category = cq_str_of("linguistic-conventions/grammar");
    h->severity = CQ_MAJOR;
    h->confidence = CQ_MEDIUM;
    h->message = cq_str_of(
        cq_say(run, "La source pose une question.", "The source asks a question."));
}

void cq_polarity_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    if (!run->pair) return;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *s = &p->sentences[k];
        cq_aligned at;
        if (!cq_pair_of_sentence(run->pair, p, s, &at)) continue;
        bool alone = at.last - at.first == 1 && at.target_last - at.target_first == 1;
        if (!alone || at.confidence < SURE) continue;
        look_for_negation(run, p, s, &at);
        look_for_question(run, p, s, &at);
    }
}
