// An identifier is told by what no word has inside: a point, an underscore, a pair of
// brackets. It is looked for in the linked sentence as it is, and where it is not there,
// with spaces and capitals left out; of a call, also the French word that translates it.
#include "checks/identifiers.h"

#include "base/utf8.h"
#include "source/pair.h"

enum {
    LETTERS_MIN = 5, // bytes of an identifier
    LETTERS_MAX = 80,
    SENTENCE_MAX = 2000, // bytes
};

static const float SURE = 0.5f;

static bool is_inner(char c) { return cq_is_alpha(c) || cq_is_digit(c) || c == '_'; }

// The identifier that begins with token i of the source; "": none does.
static cq_str identifier_at(const cq_passage *p, uint32_t i, uint32_t last)
{
    const cq_token *t = &p->tokens[i];
    cq_str none = {"", 0}, text = cq_token_text(p, i);
    if ((t->kind != CQ_TOKEN_WORD && t->kind != CQ_TOKEN_URL) || !cq_is_alpha(text.p[0]))
        return none;
    uint32_t end = t->end;
    bool call = i + 2 < last && p->tokens[i + 1].start == end &&
                cq_str_is(cq_token_text(p, i + 1), "(") &&
                cq_str_is(cq_token_text(p, i + 2), ")") &&
                p->tokens[i + 2].start == end + 1;
    if (call) end += 2;
    size_t points = 0, inner = call;
    for (size_t k = 1; k + 1 < text.n; k++) {
        points += text.p[k] == '.';
        inner += text.p[k] == '.' || text.p[k] == '_';
        if (text.p[k] != '.' && !is_inner(text.p[k])) return none;
    }
    static const cq_str HOSTS[] = {CQ_LIT(".com"), CQ_LIT(".org"), CQ_LIT(".net"),
                                   CQ_LIT(".io")}; // may be written in any case
    for (size_t k = 0; k < CQ_COUNT(HOSTS); k++) {
        if (cq_str_ends(text, HOSTS[k])) return none;
    }
    bool abbreviation = points && text.n < 3 * points + 3; // e.g. U.S.A
    text = cq_str_sub(p->doc->text, t->start, end);
    bool fits = text.n >= LETTERS_MIN && text.n <= LETTERS_MAX;
    return inner && fits && !abbreviation ? text : none;
}

// A text in small letters without its spaces, and where its bytes were.
typedef struct {
    char text[SENTENCE_MAX];
    uint32_t at[SENTENCE_MAX];
    size_t n;
} squeezed;

static void squeeze(cq_str text, squeezed *out)
{
    out->n = 0;
    for (size_t i = 0; i < text.n && out->n < SENTENCE_MAX;) {
        size_t start = i;
        uint32_t c = cq_utf8_next(text, &i);
        if (cq_is_blank(c)) continue;
        for (size_t k = start; k < i && out->n < SENTENCE_MAX; k++) {
            out->at[out->n] = (uint32_t)k;
            out->text[out->n++] = cq_lower(text.p[k]);
        }
    }
}

static cq_hit *report(cq_check_run *run, const cq_passage *p, cq_span at,
                      const char *rule, cq_str right)
{
    cq_hit *h = cq_hit_add(run, cq_str_of(rule), cq_spot_of_text(p, at.start, at.end));
    h->category = cq_str_of("design-and-markup/markup");
    h->severity = CQ_MINOR;
    h->confidence = CQ_HIGH;
    h->priority = 1; // knows how it was
    h->source = right;
    h->message = cq_strf(run->arena,
                         cq_say(run, "L’original a « %.*s ».", "The source has “%.*s”."),
                         CQ_PRI(right));
    cq_hit_fix_add(run, h, at.start, at.end, right);
    return h;
}

// "la méthode éveillé ()": a word that stands in brackets' company only here, linked to
// the name of the call at token `i` of the source.
static void look_for_translated(cq_check_run *run, const cq_passage *p, cq_span sentence,
                                uint32_t i, cq_str name)
{
    const cq_word_links *w = NULL;
    for (uint32_t k = 0; k + 2 < p->n; k++) {
        const cq_token *t = &p->tokens[k];
        if (t->start < sentence.start) continue;
        if (t->end > sentence.end) break;
        if (t->flags & CQ_TOKEN_UPPER) continue; // SOMME() of French spreadsheets
        if (t->kind != CQ_TOKEN_WORD || !(t->flags & CQ_TOKEN_KNOWN) ||
            !cq_str_is(cq_token_text(p, k + 1), "(") ||
            !cq_str_is(cq_token_text(p, k + 2), ")"))
            continue;
        if (!w) w = cq_link_words(run->linker, run->scratch, p, k);
        if (cq_link_of(w, CQ_SIDE_TARGET, k).other != i) continue;
        cq_span at = {t->start, p->tokens[k + 2].end};
        cq_hit *h = report(run, p, at, "identifiers/translated", name);
        h->category = cq_str_of("accuracy/mistranslation/entity");
        h->severity = CQ_MAJOR;
        return;
    }
}

static void look_for(cq_check_run *run, const cq_passage *p, cq_span sentence,
                     const squeezed *s, uint32_t i, cq_str name)
{
    cq_str french = cq_str_sub(p->doc->text, sentence.start, sentence.end);
    if (cq_str_find(french, name) != SIZE_MAX) return;
    cq_str all = {s->text, s->n}, key = cq_fold(run->scratch, name);
    size_t found = cq_str_find(all, key);
    if (found == SIZE_MAX) {
        if (run->linker && cq_str_ends(name, cq_str_of("()")))
            look_for_translated(run, p, sentence, i, name);
        return;
    }
    uint32_t start = sentence.start + s->at[found];
    uint32_t end = sentence.start + s->at[found + key.n - 1] + 1;
    const char *text = p->doc->text.p;
    bool inside = (start > sentence.start && is_inner(text[start - 1])) ||
                  (end < sentence.end && is_inner(text[end]));
    if (!inside) report(run, p, (cq_span){start, end}, "identifiers/changed", name);
}

void cq_identifiers_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    if (!run->pair) return;
    const cq_passage *english = &run->pair->english;
    squeezed *s = NULL;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *in = &p->sentences[k];
        cq_span text = {p->tokens[in->first].start, p->tokens[in->last - 1].end};
        cq_aligned at;
        if (!cq_pair_at(run->pair, text.start, text.end, &at) || at.confidence < SURE)
            continue;
        // "Run. CSX" ends a sentence; all that is linked counts, once.
        const cq_pair_sentence *all = run->pair->sentences[CQ_SIDE_TARGET];
        if (all[at.target_first].text.start != text.start) continue;
        text.end = all[at.target_last - 1].text.end;
        bool ready = false;
        for (uint32_t i = at.first_token; i < at.last_token; i++) {
            cq_str name = identifier_at(english, i, at.last_token);
            if (!name.n) continue;
            if (!s) s = CQ_NEW(run->scratch, squeezed);
            if (!ready) squeeze(cq_str_sub(p->doc->text, text.start, text.end), s);
            ready = true;
            look_for(run, p, text, s, i, name);
        }
    }
}
