// The gazetteer has names as French writes them, a table those that French has a form of
// its own for. One of two words or more that stands in the source letter by letter stays
// as it is, or has that form; where a word of it is linked to a French word that a
// dictionary gives for it, and that is no word of the name, it was translated word by
// word. What was only shortened ("le Heat") is left alone.
#include "checks/source_kept.h"

#include "base/utf8.h"
#include "checks/kept_forms.h"
#include "checks/kept_words.h"

enum { NAME_MAX = 8, APART_MAX = 4 }; // words of a name; tokens between its renderings

static const float SURE = 0.5f; // of linked sentences

typedef struct {
    cq_str text;          // as French writes it
    uint32_t first, last; // tokens of the source, half-open
} found_name;

static bool is_capital(const cq_passage *e, uint32_t i)
{
    const cq_token *t = &e->tokens[i];
    return t->kind == CQ_TOKEN_WORD && t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED);
}

// Are the tokens of the source from i on the words of the name?
static bool stands_at(const cq_check_run *run, uint32_t i, uint32_t last,
                      const cq_name *name)
{
    if (name->words_n < 2 || name->words_n > NAME_MAX || name->words_n > last - i)
        return false;
    for (uint32_t w = 0; w < name->words_n; w++) {
        cq_str word = cq_names_word(run->names, name->words[w]);
        if (!cq_str_eq(cq_token_text(&run->pair->english, i + w), word)) return false;
    }
    return true;
}

// The longest name of the gazetteer that begins at token i of the source, and is no part
// of a longer one ("The Independent Commission"), unless it is a person's.
static bool name_at(const cq_check_run *run, uint32_t i, uint32_t last, found_name *out)
{
    const cq_passage *e = &run->pair->english;
    if (!is_capital(e, i)) return false;
    cq_str folded = cq_names_fold(run->scratch, cq_token_text(e, i));
    uint32_t word;
    size_t n = cq_names_find(run->names, folded, &word);
    bool person = false;
    out->last = i;
    for (size_t k = 0; k < n; k++) {
        const cq_name_use *uses;
        size_t uses_n = cq_names_uses(run->names, word + (uint32_t)k, &uses);
        for (size_t u = 0; u < uses_n; u++) {
            cq_name name;
            if (uses[u].place || !cq_names_get(run->names, uses[u].name, &name)) continue;
            cq_name french; // of which it may be an alias
            if (name.type == 'l' || !cq_names_get(run->names, name.main, &french))
                continue;
            uint32_t end = i + (uint32_t)name.words_n;
            if (end <= out->last || !stands_at(run, i, last, &name)) continue;
            *out = (found_name){french.text, i, end};
            person = name.type == 'p';
        }
    }
    if (out->last == i) return false;
    return person || out->last == last || !is_capital(e, out->last);
}

// "Arab Spring": of names with a French form the one that begins at token i.
static bool form_at(const cq_check_run *run, uint32_t i, uint32_t last, found_name *out)
{
    const cq_passage *e = &run->pair->english;
    if (!is_capital(e, i)) return false;
    uint32_t start = e->tokens[i].start;
    cq_str text = cq_str_sub(e->doc->text, start, e->tokens[last - 1].end);
    for (size_t k = 0; k < CQ_COUNT(KEPT_FORMS); k++) {
        cq_str english = cq_str_of(KEPT_FORMS[k].english);
        if (!cq_str_starts(text, english)) continue;
        uint32_t end = i;
        while (end < last && e->tokens[end].start < start + english.n) end++;
        if (e->tokens[end - 1].end != start + english.n) continue;
        if (end < last && is_capital(e, end)) continue;
        *out = (found_name){cq_str_of(KEPT_FORMS[k].french), i, end};
        return true;
    }
    return false;
}

// "Target" within a sentence, and no part of a longer name.
static bool word_at(const cq_check_run *run, uint32_t i, uint32_t last, found_name *out)
{
    const cq_passage *e = &run->pair->english;
    cq_str word = cq_token_text(e, i);
    if (!i || !is_capital(e, i) || e->tokens[i].flags & CQ_TOKEN_FIRST) return false;
    if (!CQ_IN(KEPT_WORDS, word) || (i + 1 < last && is_capital(e, i + 1))) return false;
    if (is_capital(e, i - 1) && !(e->tokens[i - 1].flags & CQ_TOKEN_FIRST)) return false;
    *out = (found_name){word, i, i + 1};
    return true;
}

// Has the French sentence the word as it is?
static bool says(const cq_check_run *run, const cq_passage *p, const cq_sentence *s,
                 cq_str folded)
{
    for (uint32_t i = s->first; i < s->last; i++) {
        cq_str word = cq_names_fold(run->scratch, cq_token_text(p, i));
        if (!cq_str_starts(word, folded)) continue;
        if (word.n == folded.n || word.p[folded.n] == '\'') return true; // John's
    }
    return false;
}

// Is it a word of the name as French writes it, in whatever number?
static bool is_of_name(const cq_check_run *run, cq_str name, cq_str folded)
{
    enum { ENDING = 2 }; // -s, -es, -aux; l'
    cq_str part, word;
    while (cq_str_split(&name, ' ', &part)) {
        while (cq_str_split(&part, '-', &word)) {
            cq_str own = cq_names_fold(run->scratch, word);
            if (cq_str_starts(folded, own) && folded.n <= own.n + ENDING) return true;
            if (cq_str_starts(own, folded) && own.n <= folded.n + ENDING) return true;
            if (cq_str_ends(own, folded) && own.n <= folded.n + ENDING) return true;
        }
    }
    return false;
}

static void report(cq_check_run *run, const cq_passage *p, const found_name *f,
                   uint32_t first, uint32_t last)
{
    const cq_token *e = run->pair->english.tokens;
    cq_hit *h = cq_hit_add(run, cq_str_of("source/name-kept"),
                           cq_spot_of_tokens(p, first, last + 1));
    h->category = cq_str_of("accuracy/mistranslation/entity");
    h->severity = CQ_MAJOR;
    h->confidence = CQ_MEDIUM;
    h->source = f->text;
    h->source_at = (cq_span){e[f->first].start, e[f->last - 1].end};
    h->message = cq_strf(run->arena,
                         cq_say(run, "Nom propre dans l’original : « %.*s ».",
                                "A name in the source: “%.*s”."),
                         CQ_PRI(f->text));
    cq_hit_fix_add_loose(run, h, f->text);
}

static void look_at(cq_check_run *run, const cq_passage *p, const cq_sentence *s,
                    const cq_word_links *w, const found_name *f)
{
    uint32_t first = UINT32_MAX, last = 0;
    bool translated = false;
    for (uint32_t i = f->first; i < f->last; i++) {
        cq_word_link link = cq_link_of(w, CQ_SIDE_SOURCE, i);
        if (link.other == CQ_NO_LINK) continue;
        if (link.other < first) first = link.other;
        if (link.other > last) last = link.other;
        cq_str word = cq_token_text(&run->pair->english, i);
        if (link.slot || !cq_link_content_english(run->pair, i) ||
            says(run, p, s, cq_names_fold(run->scratch, word)))
            continue;
        cq_str other = cq_names_fold(run->scratch, cq_token_text(p, link.other));
        translated = translated || (!is_of_name(run, f->text, other) &&
                                    cq_link_by_itself(run->linker, p, i, link.other));
    }
    if (!translated || last - first > APART_MAX + NAME_MAX) return;
    report(run, p, f, first, last);
}

void cq_source_kept_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    if (!run->pair || !run->linker) return;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *s = &p->sentences[k];
        cq_aligned at;
        if (!cq_pair_of_sentence(run->pair, p, s, &at) || at.confidence < SURE ||
            at.target_last - at.target_first != 1)
            continue;
        const cq_word_links *w = cq_link_words(run->linker, run->scratch, p, s->first);
        if (!w ||
            cq_is_title_case(&run->pair->english, &run->pair->english.sentences[at.first],
                             CQ_TOKEN_CAPITAL))
            continue;
        for (uint32_t i = at.first_token; i < at.last_token;) {
            found_name f = {0};
            bool found = name_at(run, i, at.last_token, &f) ||
                         form_at(run, i, at.last_token, &f) ||
                         word_at(run, i, at.last_token, &f);
            if (found) look_at(run, p, s, w, &f);
            i = found ? f.last : i + 1;
        }
    }
}
