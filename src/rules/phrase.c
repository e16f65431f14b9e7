// Phrases: items between spaces, each an atom and perhaps a question mark.
#include "rules/phrase.h"

#include "base/utf8.h"
#include "text/token.h"

typedef struct {
    cq_arena *a;
    const char *path;
    unsigned line;
    cq_str text; // the whole phrase, for messages
    cq_err *err;
    CQ_VEC(cq_phrase_item) items;
} parser;

enum { PIECES_MAX = 8, WORDS_MAX = 64 };

static bool fail(parser *p, const char *what, cq_str item)
{
    return cq_fail(p->err, CQ_ESYNTAX, p->path, p->line,
                   "%s: \"%.*s\" in phrase \"%.*s\"", what, CQ_PRI(item),
                   CQ_PRI(p->text));
}

static bool plain_letters(cq_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!cq_is_alpha(s.p[i]) && (unsigned char)s.p[i] < 0x80) return false;
    }
    size_t i = 0;
    while (i < s.n) {
        if (!cq_is_letter(cq_utf8_next(s, &i))) return false;
    }
    return s.n > 0;
}

bool cq_phrase_cut(cq_arena *a, cq_str word, cq_str *pieces, size_t max, size_t *n)
{
    *n = 0;
    if (plain_letters(word)) {
        if (max < 1) return false;
        pieces[(*n)++] = cq_fold(a, word);
        return true;
    }
    // The tokeniser itself decides, on an article of one word.
    cq_document d = {.arena = a, .text = cq_strf(a, "%.*s\n", CQ_PRI(word))};
    cq_block *b = CQ_PUSH(a, &d.blocks);
    *b = (cq_block){.text = {0, (uint32_t)word.n}, .language = "fr"};
    b->field = cq_str_of("");
    cq_passage p;
    cq_tokenize_fr(a, &d, 0, 1, &p);
    for (size_t i = 0; i < p.n; i++) {
        if (*n == max) return false;
        pieces[(*n)++] = cq_fold(a, cq_token_text(&p, i));
    }
    return true;
}

// Adds one item per piece of a word; `optional` and alternatives want a single piece.
static bool add_words(parser *p, cq_str item, cq_str *choices, size_t n, bool optional)
{
    cq_phrase_word *words = CQ_NEWN(p->a, cq_phrase_word, n);
    for (size_t i = 0; i < n; i++) {
        cq_str w = choices[i];
        bool exact = w.n > 1 && w.p[0] == '=';
        if (exact) w = cq_str_sub(w, 1, w.n);
        cq_str pieces[PIECES_MAX];
        size_t pieces_n;
        if (!w.n || !cq_phrase_cut(p->a, w, pieces, PIECES_MAX, &pieces_n) || !pieces_n) {
            return fail(p, "no word", item);
        }
        if (pieces_n > 1 && (n > 1 || optional)) {
            return fail(p, "a choice or an optional item must be one word", item);
        }
        for (size_t k = 0; k + 1 < pieces_n; k++) {
            cq_phrase_word *one = CQ_NEW(p->a, cq_phrase_word);
            *one = (cq_phrase_word){pieces[k], exact};
            *CQ_PUSH(p->a, &p->items) =
                (cq_phrase_item){.kind = CQ_PHRASE_WORDS, .words = one, .words_n = 1};
        }
        words[i] = (cq_phrase_word){pieces[pieces_n - 1], exact};
    }
    *CQ_PUSH(p->a, &p->items) = (cq_phrase_item){
        .kind = CQ_PHRASE_WORDS, .optional = optional, .words = words, .words_n = n};
    return true;
}

static bool add_choice(parser *p, cq_str item, cq_str inner, bool optional)
{
    cq_str choices[WORDS_MAX], rest = inner;
    size_t n = 0;
    if (!inner.n || inner.p[inner.n - 1] == '|') return fail(p, "empty choice", item);
    while (cq_str_split(&rest, '|', &choices[n])) {
        if (!choices[n].n) return fail(p, "empty choice", item);
        if (++n == WORDS_MAX) return fail(p, "too many choices", item);
    }
    return add_words(p, item, choices, n, optional);
}

static bool all_capitals(cq_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < 'A' || s.p[i] > 'Z') return false;
    }
    return s.n > 0;
}

static bool add_item(parser *p, cq_str item)
{
    cq_str atom = item;
    bool optional = item.n > 1 && item.p[item.n - 1] == '?' && !cq_str_is(item, "=?");
    if (optional) atom.n--;
    cq_phrase_item it = {.optional = optional, .name = cq_str_of("")};
    if (cq_str_is(atom, "...") || cq_str_is(atom, "…")) {
        it.kind = CQ_PHRASE_GAP_ITEM;
        if (optional) return fail(p, "\"...\" may be nothing already", item);
        *CQ_PUSH(p->a, &p->items) = it;
        return true;
    }
    if (atom.p[0] == '@') {
        it.kind = CQ_PHRASE_SYNONYMS;
        it.name = cq_str_sub(atom, 1, atom.n);
        if (!it.name.n) return fail(p, "a class has a name", item);
        *CQ_PUSH(p->a, &p->items) = it;
        return true;
    }
    if (atom.p[0] == '{') {
        if (atom.p[atom.n - 1] != '}') return fail(p, "no closing brace", item);
        return add_choice(p, item, cq_str_sub(atom, 1, atom.n - 1), optional);
    }
    it.upos = all_capitals(atom) ? cq_upos_find(atom) : CQ_UPOS_NONE;
    if (it.upos) {
        it.kind = CQ_PHRASE_CLASS;
        *CQ_PUSH(p->a, &p->items) = it;
        return true;
    }
    for (size_t i = 0; i < atom.n && atom.p[0] != '='; i++) {
        if (memchr("{}|@=[]*+", atom.p[i], 9)) return fail(p, "not an item", item);
    }
    return add_words(p, item, &atom, 1, optional);
}

bool cq_phrase_parse(cq_arena *a, cq_str text, const char *path, unsigned line,
                     cq_phrase *out, cq_err *err)
{
    parser p = {.a = a, .path = path, .line = line, .text = text, .err = err};
    cq_str rest = text, item;
    size_t first = 0, last = 0;
    bool open = false;
    while (cq_str_split(&rest, ' ', &item)) {
        if (item.n > 1 && item.p[0] == '[') {
            if (open || last) return fail(&p, "one part in brackets", text);
            item = cq_str_sub(item, 1, item.n);
            first = p.items.n;
            open = true;
        }
        bool closes = open && item.n > 1 && item.p[item.n - 1] == ']';
        if (closes) item.n--;
        if (item.n && !add_item(&p, item)) return false;
        if (!closes) continue;
        last = p.items.n;
        open = false;
    }
    if (open) return fail(&p, "no closing bracket", text);
    size_t n = p.items.n, optional = 0, gaps = 0;
    for (size_t i = 0; i < n; i++) {
        bool gap = p.items.v[i].kind == CQ_PHRASE_GAP_ITEM;
        if (gap &&
            (i == 0 || i + 1 == n || p.items.v[i - 1].kind == CQ_PHRASE_GAP_ITEM)) {
            return fail(&p, "\"...\" stands between two items", text);
        }
        gaps += gap;
        optional += p.items.v[i].optional;
    }
    if (n == 0 || optional + gaps == n) return fail(&p, "nothing is required", text);
    if (n > CQ_PHRASE_ITEMS_MAX) return fail(&p, "more than 16 items", text);
    if (optional > CQ_PHRASE_OPTIONAL_MAX) {
        return fail(&p, "more than 6 optional items", text);
    }
    *out = (cq_phrase){p.items.v, n, first, last ? last : n};
    return true;
}
