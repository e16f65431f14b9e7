// "hololens" is reported where the gazetteer knows one way to write it and neither
// language has such a word, "à zurich" likewise, and "ziggy" where the source beside it
// has Ziggy. "NVIDIA" beside "Nvidia" needs no list: the article itself
// says which is usual, and the gazetteer only decides a tie. (Known names in other
// capitals, "Deepseek", are checks/names.c's.)
#include "checks/casing.h"

#include "base/utf8.h"
#include "source/pair.h"

enum {
    USES_MAX = 8000, // occurrences remembered, a bound on memory
    WORD_MIN = 5,
    WORD_MAX = 40, // bytes
};

typedef struct {
    cq_spot at;
    uint32_t form; // index into forms
    uint32_t next; // the next use of the same letters, + 1; 0: none
} use;

// One way of writing some letters.
typedef struct {
    cq_str text;
    uint32_t count;
} form;

typedef struct {
    cq_map letters; // folded -> first use + 1
    cq_map spelt;   // exact -> index into forms
    CQ_VEC(use) uses;
    CQ_VEC(form) forms;
} casing;

void *cq_casing_begin(cq_check_run *run)
{
    casing *s = CQ_NEW(run->arena, casing);
    cq_map_init(&s->letters, run->arena);
    cq_map_init(&s->spelt, run->arena);
    return s;
}

static bool is_word(const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    uint32_t n = t->end - t->start;
    return t->kind == CQ_TOKEN_WORD && n >= WORD_MIN && n <= WORD_MAX &&
           !(t->flags & (CQ_TOKEN_ELIDED | CQ_TOKEN_DIGITS));
}

// Part of a longer whole that spaces do not cut: a path, a handle, a host.
static bool glued(const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    if (i && !(t->flags & CQ_TOKEN_SPACE) &&
        (p->tokens[i - 1].kind == CQ_TOKEN_SYMBOL ||
         p->tokens[i - 1].mark == CQ_MARK_SLASH ||
         p->tokens[i - 1].mark == CQ_MARK_POINT ||
         p->tokens[i - 1].mark == CQ_MARK_OTHER))
        return true;
    return i + 1 < p->n && !(p->tokens[i + 1].flags & CQ_TOKEN_SPACE) &&
           (p->tokens[i + 1].kind == CQ_TOKEN_SYMBOL ||
            p->tokens[i + 1].mark == CQ_MARK_SLASH);
}

static void report_form(cq_check_run *run, cq_spot at, const char *rule, cq_str right)
{
    cq_hit *h = cq_hit_add(run, cq_str_of(rule), at);
    h->category = cq_str_of("linguistic-conventions/casing");
    h->severity = CQ_MINOR;
    h->confidence = CQ_HIGH;
    h->fold_key = right;
    h->priority = -1; // names/casing says more of a known name
    h->message =
        cq_strf(run->arena,
                cq_say(run, "Ce nom s’écrit « %.*s ».", "This name is written “%.*s”."),
                CQ_PRI(right));
    h->safe = true;
    cq_hit_fix_add(run, h, at.start, at.end, right);
}

// Does the gazetteer have these letters as a name of one word, of one of these types?
// `*right`: the only way in which it writes them, "" when there are more.
static bool is_named(const cq_check_run *run, cq_str folded, const char *types,
                     cq_str *right)
{
    uint32_t first;
    size_t n = cq_names_find(run->names, folded, &first);
    bool found = false;
    for (uint32_t k = 0; k < n; k++) {
        const cq_name_use *uses;
        size_t uses_n = cq_names_uses(run->names, first + k, &uses);
        for (size_t i = 0; i < uses_n; i++) {
            cq_name name;
            found |= cq_names_get(run->names, uses[i].name, &name) && name.words_n == 1 &&
                     strchr(types, name.type);
        }
    }
    *right = n == 1 ? cq_names_word(run->names, first) : (cq_str){0};
    return found;
}

static bool is_brand(const cq_check_run *run, cq_str folded, cq_str *right)
{
    return is_named(run, folded, "ow", right);
}

// After a preposition, another name or a mark: after a noun or an article, the word may
// be one that French writes small ("un repas hangi", "le meänkieli").
static bool may_be_name(const cq_passage *p, size_t i)
{
    static const char *const BEFORE[] = {"à",    "de",   "d'",     "en",    "et",
                                         "par",  "pour", "avec",   "chez",  "vers",
                                         "sans", "ou",   "contre", "entre", "selon"};
    if (!i) return true;
    const cq_token *t = &p->tokens[i - 1];
    if (t->kind != CQ_TOKEN_WORD)
        return t->kind == CQ_TOKEN_PUNCT && t->mark != CQ_MARK_OTHER;
    if (t->flags & CQ_TOKEN_CAPITAL) return true;
    char buf[16];
    cq_str word = cq_fold_into(buf, sizeof buf, cq_token_text(p, i - 1));
    return word.p && CQ_IN(BEFORE, word);
}

// Does the English behind token `i` have its letters with a capital alone, in a sentence
// where capitals mean something? Small engines lose the capital of letters that are rare
// ("zouhri").
static bool is_name_of_source(cq_check_run *run, const cq_passage *p, size_t i,
                              cq_str *right)
{
    const cq_token *t = &p->tokens[i];
    cq_aligned at;
    if (!run->pair || !cq_pair_at(run->pair, t->start, t->end, &at)) return false;
    bool likely = may_be_name(p, i);
    const cq_passage *english = &run->pair->english;
    cq_str word = cq_token_text(p, i);
    size_t capitals = 0, small = 0;
    bool found = false;
    for (uint32_t k = at.first_token; k < at.last_token; k++) {
        const cq_token *e = &english->tokens[k];
        if (e->kind != CQ_TOKEN_WORD) continue;
        bool capital = e->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED | CQ_TOKEN_UPPER);
        *(capital ? &capitals : &small) += 1;
        if (!cq_str_eq(cq_pair_folded(run->pair, k), word)) continue;
        if (!capital) return false;
        if (!(e->flags & CQ_TOKEN_CAPITAL) || e->flags & CQ_TOKEN_FIRST) continue;
        // President Zuma: a part of a name
        bool part = k > at.first_token &&
                    english->tokens[k - 1].flags & CQ_TOKEN_CAPITAL &&
                    !(english->tokens[k - 1].flags & CQ_TOKEN_FIRST);
        *right = cq_token_text(english, k);
        found |= likely || part;
    }
    return found && capitals < small;
}

static void check_small_letters(cq_check_run *run, const cq_passage *p, size_t i)
{
    cq_str word = cq_token_text(p, i), right;
    if (!is_named(run, word, "owl", &right) && !is_name_of_source(run, p, i, &right))
        return;
    if (right.n != word.n || cq_str_eq(right, word) || glued(p, i)) return;
    if (run->foreign && cq_lexicon_accepts(run->foreign, word)) return;
    report_form(run, cq_spot_of_tokens(p, i, i + 1), "casing/small-letters", right);
}

// All of the words around it are in capitals: so is the heading.
static bool shouted(const cq_passage *p, size_t i)
{
    const cq_sentence *s = &p->sentences[p->tokens[i].sentence];
    size_t upper = 0, other = 0;
    for (size_t k = s->first; k < s->last; k++) {
        const cq_token *t = &p->tokens[k];
        if (k == i || t->kind != CQ_TOKEN_WORD) continue;
        if (t->flags & CQ_TOKEN_UPPER)
            upper++;
        else
            other++;
    }
    return upper >= other;
}

static void remember(cq_check_run *run, casing *s, const cq_passage *p, size_t i)
{
    if (s->uses.n == USES_MAX) return;
    cq_str word = cq_token_text(p, i);
    bool fresh;
    uint32_t *spelt = cq_map_put(&s->spelt, word, &fresh);
    if (fresh) {
        *spelt = (uint32_t)s->forms.n;
        *CQ_PUSH(run->arena, &s->forms) = (form){word, 0};
    }
    uint32_t id = *spelt;
    s->forms.v[id].count++;
    cq_str folded = cq_fold(run->scratch, word);
    uint32_t *first = cq_map_get(&s->letters, folded);
    if (!first) first = cq_map_put(&s->letters, cq_str_copy(run->arena, folded), NULL);
    use u = {cq_spot_of_tokens(p, i, i + 1), id, *first};
    *CQ_PUSH(run->arena, &s->uses) = u;
    *first = (uint32_t)s->uses.n;
}

// Code is written as code is: only brands may begin with a small letter or be French
// words.
static bool is_name(const cq_check_run *run, const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    if (t->flags & CQ_TOKEN_UPPER && shouted(p, i)) return false;
    if (t->flags & CQ_TOKEN_CAPITAL && !(t->flags & CQ_TOKEN_KNOWN)) return true;
    cq_str right;
    return is_brand(run, cq_names_fold(run->scratch, cq_token_text(p, i)), &right);
}

void cq_casing_run(cq_check_run *run, void *state, const cq_passage *p)
{
    enum { ANY_CAPITAL = CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED };
    casing *s = state;
    for (size_t i = 0; i < p->n; i++) {
        if (!is_word(p, i)) continue;
        if (p->tokens[i].flags & ANY_CAPITAL) {
            if (is_name(run, p, i)) remember(run, s, p, i);
        } else if (!(p->tokens[i].flags & CQ_TOKEN_KNOWN))
            check_small_letters(run, p, i);
    }
}

static bool in_gazetteer(const cq_check_run *run, cq_str text)
{
    uint32_t first;
    size_t n = cq_names_find(run->names, cq_names_fold(run->scratch, text), &first);
    for (uint32_t k = 0; k < n; k++) {
        if (cq_str_eq(cq_names_word(run->names, first + k), text)) return true;
    }
    return false;
}

static bool has_small_letter(cq_str text)
{
    for (size_t i = 0; i < text.n;) {
        if (cq_is_lower(cq_utf8_next(text, &i))) return true;
    }
    return false;
}

// How the name is written of which the uses begin at `first`: as the gazetteer has it
// (Nvidia, not NVIDIA, where it has both), else as most of them; NULL: nobody can tell.
static const form *usual(const cq_check_run *run, const casing *s, uint32_t first)
{
    const form *best = NULL;
    bool tie = false;
    for (uint32_t u = first; u; u = s->uses.v[u - 1].next) {
        const form *f = &s->forms.v[s->uses.v[u - 1].form];
        if (has_small_letter(f->text) && in_gazetteer(run, f->text)) return f;
        if (f == best || (best && f->count < best->count)) continue;
        tie = best && f->count == best->count;
        best = f;
    }
    return tie ? NULL : best;
}

void cq_casing_finish(cq_check_run *run, void *state)
{
    const casing *s = state;
    for (size_t k = 0; k < s->letters.n; k++) {
        uint32_t first = s->letters.items[k].value;
        cq_arena_reset(run->scratch);
        const form *right = usual(run, s, first);
        if (!right) continue;
        for (uint32_t u = first; u; u = s->uses.v[u - 1].next) {
            const use *x = &s->uses.v[u - 1];
            if (&s->forms.v[x->form] == right) continue;
            report_form(run, x->at, "casing/inconsistent", right->text);
        }
    }
}
