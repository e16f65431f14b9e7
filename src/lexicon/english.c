// WordNet's files are sorted bytewise, so a binary search on the mapped bytes needs no
// index of ours and no time at the start.
#include "lexicon/english.h"

#include "base/file.h"
#include "base/utf8.h"
#include "lexicon/lexicon.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#define WORDNET "/usr/share/wordnet"

enum { NOUN, VERB, ADJ, ADV, PARTS };
enum { FILE_MAX = 64 << 20, FORM_MAX = 64 };

static const struct {
    const char *index, *exceptions;
    cq_upos upos;
} FILES[PARTS] = {
    {"index.noun", "noun.exc", CQ_NOUN},
    {"index.verb", "verb.exc", CQ_VERB},
    {"index.adj", "adj.exc", CQ_ADJ},
    {"index.adv", "adv.exc", CQ_ADV},
};

struct cq_english {
    cq_mapping index[PARTS], exceptions[PARTS];
    pthread_mutex_t lock; // of the two below
    bool tried;
    cq_lexicon *words; // en_US, NULL: not there
    char *cache_dir;   // NULL: the default
};

static bool is_sorted(void);

cq_english *cq_english_open(const char *wordnet, const char *cache_dir, cq_err *err)
{
    assert(is_sorted());
    cq_english *e = calloc(1, sizeof *e);
    if (!e) abort();
    pthread_mutex_init(&e->lock, NULL);
    if (cache_dir && !(e->cache_dir = strdup(cache_dir))) abort();
    cq_arena *a = cq_arena_new();
    cq_str dir = cq_str_of(wordnet ? wordnet : WORDNET);
    bool ok = true;
    for (size_t k = 0; ok && k < PARTS; k++) {
        cq_err why = {0};
        cq_str index = cq_path_join(a, dir, cq_str_of(FILES[k].index));
        cq_str exceptions = cq_path_join(a, dir, cq_str_of(FILES[k].exceptions));
        ok =
            cq_file_map(cq_str_c(a, index), FILE_MAX, true, &e->index[k], &why) &&
            cq_file_map(cq_str_c(a, exceptions), FILE_MAX, true, &e->exceptions[k], &why);
        if (!ok) {
            cq_fail(err, CQ_EMISSING, why.path, 0, "%s (Debian package wordnet-base)",
                    why.message);
        }
    }
    cq_arena_free(a);
    if (ok) return e;
    cq_english_free(e);
    return NULL;
}

void cq_english_free(cq_english *e)
{
    if (!e) return;
    for (size_t k = 0; k < PARTS; k++) {
        cq_file_unmap(&e->index[k]);
        cq_file_unmap(&e->exceptions[k]);
    }
    cq_lexicon_free(e->words);
    pthread_mutex_destroy(&e->lock);
    free(e->cache_dir);
    free(e);
}

// ---- searching a sorted file

// `key` against the first field of the line at p: as strcmp, a blank being its end.
static int compare_field(cq_str key, const char *p, const char *end)
{
    size_t i = 0;
    for (; i < key.n && p + i < end && p[i] == key.p[i]; i++) continue;
    bool over = p + i == end || p[i] == ' ' || p[i] == '\n';
    if (i == key.n) return over ? 0 : -1;
    return over ? 1 : (unsigned char)key.p[i] - (unsigned char)p[i];
}

// The line whose first field is `key`; NULL slice: there is none. Licence lines begin
// with a blank and so lie before every key.
static cq_str find_line(const cq_mapping *m, cq_str key)
{
    const char *lo = m->p, *hi = lo + m->n, *end = hi; // it begins in [lo, hi)
    while (key.n && lo < hi) {
        const char *middle = lo + (hi - lo) / 2;
        const char *before = memrchr(lo, '\n', (size_t)(middle - lo));
        const char *line = before ? before + 1 : lo;
        int c = compare_field(key, line, end);
        if (c < 0) {
            hi = line;
            continue;
        }
        const char *nl = memchr(line, '\n', (size_t)(end - line));
        if (c == 0) return (cq_str){line, (size_t)((nl ? nl : end) - line)};
        lo = nl ? nl + 1 : end;
    }
    return (cq_str){NULL, 0};
}

static bool has(const cq_english *e, unsigned part, cq_str word)
{
    return find_line(&e->index[part], word).p != NULL;
}

// ---- function words

typedef struct {
    const char *form, *lemma;
    uint8_t upos;
} function_word;

// clang-format off
static const function_word FUNCTION_WORDS[] = { // sorted by form
    {"'d", "would", CQ_AUX},          {"'ll", "will", CQ_AUX},       {"'m", "be", CQ_AUX},
    {"'re", "be", CQ_AUX},            {"'s", "'s", CQ_PART},         {"'s", "be", CQ_AUX},
    {"'ve", "have", CQ_AUX},          {"a", "a", CQ_DET},            {"about", "about", CQ_ADP},
    {"above", "above", CQ_ADP},       {"across", "across", CQ_ADP},  {"after", "after", CQ_ADP},
    {"against", "against", CQ_ADP},   {"all", "all", CQ_DET},        {"along", "along", CQ_ADP},
    {"although", "although", CQ_SCONJ}, {"am", "be", CQ_AUX},        {"among", "among", CQ_ADP},
    {"an", "a", CQ_DET},              {"and", "and", CQ_CCONJ},      {"another", "another", CQ_DET},
    {"any", "any", CQ_DET},           {"anybody", "anybody", CQ_PRON}, {"anyone", "anyone", CQ_PRON},
    {"anything", "anything", CQ_PRON}, {"are", "be", CQ_AUX},        {"around", "around", CQ_ADP},
    {"as", "as", CQ_ADP},             {"at", "at", CQ_ADP},          {"be", "be", CQ_AUX},
    {"because", "because", CQ_SCONJ}, {"been", "be", CQ_AUX},        {"before", "before", CQ_ADP},
    {"behind", "behind", CQ_ADP},     {"being", "be", CQ_AUX},       {"below", "below", CQ_ADP},
    {"between", "between", CQ_ADP},   {"beyond", "beyond", CQ_ADP},  {"both", "both", CQ_DET},
    {"but", "but", CQ_CCONJ},         {"by", "by", CQ_ADP},          {"ca", "can", CQ_AUX},
    {"can", "can", CQ_AUX},           {"could", "could", CQ_AUX},    {"despite", "despite", CQ_ADP},
    {"did", "do", CQ_AUX},            {"do", "do", CQ_AUX},          {"does", "do", CQ_AUX},
    {"down", "down", CQ_ADP},         {"during", "during", CQ_ADP},  {"each", "each", CQ_DET},
    {"either", "either", CQ_DET},     {"every", "every", CQ_DET},    {"everybody", "everybody", CQ_PRON},
    {"everyone", "everyone", CQ_PRON}, {"everything", "everything", CQ_PRON}, {"except", "except", CQ_ADP},
    {"for", "for", CQ_ADP},           {"from", "from", CQ_ADP},      {"had", "have", CQ_AUX},
    {"has", "have", CQ_AUX},          {"have", "have", CQ_AUX},      {"having", "have", CQ_AUX},
    {"he", "he", CQ_PRON},            {"her", "she", CQ_PRON},       {"hers", "hers", CQ_PRON},
    {"herself", "herself", CQ_PRON},  {"him", "he", CQ_PRON},        {"himself", "himself", CQ_PRON},
    {"his", "his", CQ_PRON},          {"how", "how", CQ_ADV},        {"i", "I", CQ_PRON},
    {"if", "if", CQ_SCONJ},           {"in", "in", CQ_ADP},          {"inside", "inside", CQ_ADP},
    {"into", "into", CQ_ADP},         {"is", "be", CQ_AUX},          {"it", "it", CQ_PRON},
    {"its", "its", CQ_PRON},          {"itself", "itself", CQ_PRON}, {"less", "less", CQ_ADV},
    {"may", "may", CQ_AUX},           {"me", "I", CQ_PRON},          {"might", "might", CQ_AUX},
    {"mine", "mine", CQ_PRON},        {"must", "must", CQ_AUX},      {"my", "my", CQ_PRON},
    {"myself", "myself", CQ_PRON},    {"n't", "not", CQ_PART},       {"near", "near", CQ_ADP},
    {"neither", "neither", CQ_DET},   {"no", "no", CQ_DET},          {"nobody", "nobody", CQ_PRON},
    {"none", "none", CQ_PRON},        {"nor", "nor", CQ_CCONJ},      {"not", "not", CQ_PART},
    {"nothing", "nothing", CQ_PRON},  {"of", "of", CQ_ADP},          {"off", "off", CQ_ADP},
    {"on", "on", CQ_ADP},             {"onto", "onto", CQ_ADP},      {"or", "or", CQ_CCONJ},
    {"other", "other", CQ_ADJ},       {"ought", "ought", CQ_AUX},    {"our", "our", CQ_PRON},
    {"ours", "ours", CQ_PRON},        {"ourselves", "ourselves", CQ_PRON}, {"out", "out", CQ_ADP},
    {"outside", "outside", CQ_ADP},   {"over", "over", CQ_ADP},      {"per", "per", CQ_ADP},
    {"sha", "shall", CQ_AUX},         {"shall", "shall", CQ_AUX},    {"she", "she", CQ_PRON},
    {"should", "should", CQ_AUX},     {"since", "since", CQ_SCONJ},  {"some", "some", CQ_DET},
    {"somebody", "somebody", CQ_PRON}, {"someone", "someone", CQ_PRON}, {"something", "something", CQ_PRON},
    {"such", "such", CQ_DET},         {"than", "than", CQ_SCONJ},    {"that", "that", CQ_SCONJ},
    {"the", "the", CQ_DET},           {"their", "their", CQ_PRON},   {"theirs", "theirs", CQ_PRON},
    {"them", "they", CQ_PRON},        {"themselves", "themselves", CQ_PRON}, {"these", "this", CQ_DET},
    {"they", "they", CQ_PRON},        {"this", "this", CQ_DET},      {"those", "that", CQ_DET},
    {"though", "though", CQ_SCONJ},   {"through", "through", CQ_ADP}, {"throughout", "throughout", CQ_ADP},
    {"to", "to", CQ_ADP},             {"toward", "toward", CQ_ADP},  {"towards", "towards", CQ_ADP},
    {"under", "under", CQ_ADP},       {"unless", "unless", CQ_SCONJ}, {"until", "until", CQ_SCONJ},
    {"up", "up", CQ_ADP},             {"upon", "upon", CQ_ADP},      {"us", "we", CQ_PRON},
    {"via", "via", CQ_ADP},           {"was", "be", CQ_AUX},         {"we", "we", CQ_PRON},
    {"were", "be", CQ_AUX},           {"what", "what", CQ_PRON},     {"whatever", "whatever", CQ_PRON},
    {"when", "when", CQ_ADV},         {"where", "where", CQ_ADV},    {"whether", "whether", CQ_SCONJ},
    {"which", "which", CQ_PRON},      {"while", "while", CQ_SCONJ},  {"who", "who", CQ_PRON},
    {"whom", "who", CQ_PRON},         {"whose", "whose", CQ_PRON},   {"why", "why", CQ_ADV},
    {"will", "will", CQ_AUX},         {"with", "with", CQ_ADP},      {"within", "within", CQ_ADP},
    {"without", "without", CQ_ADP},   {"wo", "will", CQ_AUX},        {"would", "would", CQ_AUX},
    {"you", "you", CQ_PRON},          {"your", "your", CQ_PRON},     {"yours", "yours", CQ_PRON},
    {"yourself", "yourself", CQ_PRON}, {"yourselves", "yourselves", CQ_PRON},
};
// clang-format on

__attribute__((unused)) static bool is_sorted(void) // asked where asserts are on
{
    for (size_t i = 1; i < CQ_COUNT(FUNCTION_WORDS); i++) {
        if (strcmp(FUNCTION_WORDS[i - 1].form, FUNCTION_WORDS[i].form) > 0) return false;
    }
    return true;
}

// ---- lemmas

// Rules of detachment, morphy(7): a suffix, and what stands in its place.
static const struct {
    uint8_t part;
    const char *suffix, *ending;
} RULES[] = {
    {NOUN, "s", ""},      {NOUN, "ses", "s"},   {NOUN, "xes", "x"},   {NOUN, "zes", "z"},
    {NOUN, "ches", "ch"}, {NOUN, "shes", "sh"}, {NOUN, "men", "man"}, {NOUN, "ies", "y"},
    {VERB, "s", ""},      {VERB, "ies", "y"},   {VERB, "es", "e"},    {VERB, "es", ""},
    {VERB, "ed", "e"},    {VERB, "ed", ""},     {VERB, "ing", "e"},   {VERB, "ing", ""},
    {ADJ, "er", ""},      {ADJ, "est", ""},     {ADJ, "er", "e"},     {ADJ, "est", "e"},
};

typedef struct {
    const cq_english *e;
    cq_arena *a; // NULL: only asked is whether there is one
    cq_english_lemma *out;
    size_t n;
} finder;

static void add(finder *f, cq_str lemma, cq_upos upos)
{
    if (!f->a) { // the lemma may lie in the caller's frame: nothing of it is kept
        f->n = 1;
        return;
    }
    for (size_t i = 0; i < f->n; i++) {
        if (f->out[i].upos == upos && cq_str_eq(f->out[i].lemma, lemma)) return;
    }
    if (f->n == CQ_ENGLISH_LEMMAS_MAX) return;
    f->out[f->n++] = (cq_english_lemma){cq_str_copy(f->a, lemma), upos};
}

// The word without n bytes at its end and with `ending`, when WordNet has that.
static void detach(finder *f, unsigned part, cq_str word, size_t n, cq_str ending)
{
    char base[FORM_MAX + 8];
    if (word.n < n + 2 && part != VERB) return;
    size_t kept = word.n - n;
    memcpy(base, word.p, kept);
    memcpy(base + kept, ending.p, ending.n);
    cq_str lemma = {base, kept + ending.n};
    if (has(f->e, part, lemma)) add(f, lemma, FILES[part].upos);
}

// Beyond Morphy: "tagged", "planning" double the consonant that "tag", "plan" end in.
static void undouble(finder *f, cq_str word)
{
    static const char *const SUFFIXES[] = {"ed", "ing", "er"};
    for (size_t i = 0; i < CQ_COUNT(SUFFIXES); i++) {
        cq_str suffix = cq_str_of(SUFFIXES[i]);
        if (!cq_str_ends(word, suffix) || word.n < suffix.n + 4) continue;
        const char *last = word.p + word.n - suffix.n - 1;
        if (last[0] != last[-1] || strchr("aeiouwxys", last[0])) continue;
        detach(f, i == 2 ? ADJ : VERB, word, suffix.n + 1, cq_str_of(""));
    }
}

static void find_regular(finder *f, unsigned part, cq_str word)
{
    // "boxesful" is detached before its -ful; nothing is cut off "glass" or "as".
    cq_str full = cq_str_of("ful"), tail = cq_str_of("");
    if (part == NOUN && word.n > 3 && cq_str_ends(word, full)) {
        tail = full;
        word.n -= 3;
    }
    if (part == NOUN && (word.n <= 2 || cq_str_ends(word, cq_str_of("ss")))) return;
    for (size_t i = 0; i < CQ_COUNT(RULES); i++) {
        cq_str suffix = cq_str_of(RULES[i].suffix);
        if (RULES[i].part != part || !cq_str_ends(word, suffix)) continue;
        char ending[8];
        size_t n = strlen(RULES[i].ending);
        memcpy(ending, RULES[i].ending, n);
        memcpy(ending + n, tail.p, tail.n);
        detach(f, part, word, suffix.n, (cq_str){ending, n + tail.n});
    }
}

// Lower case, blanks as WordNet writes them. NULL slice: no form of WordNet's.
static cq_str key_of(char buf[FORM_MAX], cq_str form)
{
    cq_str key = cq_fold_into(buf, FORM_MAX, form);
    for (size_t i = 0; i < key.n; i++) {
        if (buf[i] == ' ') buf[i] = '_';
    }
    return key;
}

size_t cq_english_lemmas(const cq_english *e, cq_arena *a, cq_str form,
                         cq_english_lemma out[CQ_ENGLISH_LEMMAS_MAX])
{
    char buf[FORM_MAX];
    finder f = {.e = e, .a = a, .out = out};
    cq_str word = key_of(buf, form);
    if (!word.n) return 0;
    size_t lo = 0, hi = CQ_COUNT(FUNCTION_WORDS);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (cq_str_cmp(cq_str_of(FUNCTION_WORDS[mid].form), word) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < CQ_COUNT(FUNCTION_WORDS) && cq_str_is(word, FUNCTION_WORDS[lo].form);
         lo++) {
        add(&f, cq_str_of(FUNCTION_WORDS[lo].lemma), FUNCTION_WORDS[lo].upos);
    }
    bool function = f.n > 0;
    for (unsigned part = 0; part < PARTS; part++) {
        cq_str line = find_line(&e->exceptions[part], word), field;
        if (line.p) cq_str_split(&line, ' ', &field); // the form itself
        while (line.n && cq_str_split(&line, ' ', &field)) {
            if (field.n && has(e, part, field)) add(&f, field, FILES[part].upos);
        }
    }
    for (unsigned part = 0; part < PARTS; part++) {
        if (has(e, part, word)) add(&f, word, FILES[part].upos);
    }
    if (function) return f.n; // "his" is no plural of "hi"
    for (unsigned part = 0; part < PARTS; part++) find_regular(&f, part, word);
    undouble(&f, word);
    return f.n;
}

// ---- is it a word?

// en_US, opened once; NULL when it is not installed.
static const cq_lexicon *dictionary(cq_english *e)
{
    pthread_mutex_lock(&e->lock);
    if (!e->tried) {
        const cq_lexicon_options options = {.dictionary = "en_US",
                                            .cache_dir = e->cache_dir};
        e->words = cq_lexicon_open(&options, NULL);
        e->tried = true;
    }
    pthread_mutex_unlock(&e->lock);
    return e->words;
}

bool cq_english_accepts(cq_english *e, cq_str form)
{
    if (!form.n) return false;
    cq_english_lemma lemmas[CQ_ENGLISH_LEMMAS_MAX];
    if (cq_english_lemmas(e, NULL, form, lemmas)) return true;
    const cq_lexicon *words = dictionary(e);
    return words && cq_lexicon_accepts(words, form);
}
