// "sélecteurs de [fichiers](...)" for "[file pickers](...)": of two links to one address
// in linked sentences the English one holds a word whose French stands right beside the
// French link.
#include "checks/anchors.h"

#include "base/utf8.h"

enum {
    ANCHORS_MAX = 16, // of a sentence
    WORDS_MAX = 12,   // tokens of a link; longer ones are sentences
    ADDRESS_MAX = 400,
};

static const float SURE = 0.7f;

typedef struct {
    uint32_t first, last; // tokens, half-open
    cq_str address;
} anchor;

typedef struct {
    anchor v[ANCHORS_MAX];
    size_t n;
} anchors;

static cq_span in_file(const cq_passage *p, uint32_t i)
{
    return cq_document_source(p->doc, p->tokens[i].start, p->tokens[i].end);
}

// What stands between the brackets behind the text of a link that ends at `at`.
static cq_str address_at(cq_str file, uint32_t at)
{
    cq_str rest = cq_str_sub(file, at, file.n);
    if (!cq_str_starts(rest, cq_str_of("]("))) return (cq_str){"", 0};
    size_t n = 2;
    while (n < rest.n && n < ADDRESS_MAX && rest.p[n] != ')' && rest.p[n] != '\n') n++;
    return cq_str_sub(rest, 2, n);
}

static void find_anchors(const cq_passage *p, uint32_t first, uint32_t last, anchors *out)
{
    cq_str file = p->doc->source;
    out->n = 0;
    for (uint32_t i = first; i < last && out->n < ANCHORS_MAX; i++) {
        uint32_t start = in_file(p, i).start;
        if (!start || file.p[start - 1] != '[' || (start > 1 && file.p[start - 2] == '!'))
            continue;
        for (uint32_t k = i; k < last && k < i + WORDS_MAX; k++) {
            cq_str address = address_at(file, in_file(p, k).end);
            if (!address.n) continue;
            out->v[out->n++] = (anchor){i, k + 1, address};
            i = k;
            break;
        }
    }
}

// The one link of `in` to the address; NULL: none, or more.
static const anchor *same_address(const anchors *in, cq_str address)
{
    const anchor *found = NULL;
    for (size_t i = 0; i < in->n; i++) {
        if (!cq_str_eq(in->v[i].address, address)) continue;
        if (found) return NULL;
        found = &in->v[i];
    }
    return found;
}

// Verbs may well stay outside: "consultez [l’article](...)".
static bool is_nominal(const cq_token *t)
{
    uint32_t upos = CQ_GET_UPOS(t->morph);
    return upos == CQ_NOUN || upos == CQ_ADJ || upos == CQ_PROPN;
}

// Nothing but function words lies between.
static bool is_beside(const cq_passage *p, const anchor *a, uint32_t i)
{
    uint32_t from = i < a->first ? i + 1 : a->last, to = i < a->first ? a->first : i;
    for (uint32_t k = from; k < to; k++) {
        if (p->tokens[k].kind != CQ_TOKEN_WORD || cq_link_content(&p->tokens[k]))
            return false;
    }
    return true;
}

static void look_at(cq_check_run *run, const cq_passage *p, const cq_word_links *w,
                    const anchor *french, const anchor *english)
{
    uint32_t outside = CQ_NO_LINK;
    size_t inside = 0;
    for (uint32_t i = english->first; i < english->last; i++) {
        if (!cq_link_content_english(run->pair, i)) continue;
        cq_word_link l = cq_link_of(w, CQ_SIDE_SOURCE, i);
        if (l.other == CQ_NO_LINK || l.slot || l.confidence < CQ_LINK_SURE) continue;
        if (l.other >= french->first && l.other < french->last)
            inside++;
        else if (is_nominal(&p->tokens[l.other]) && is_beside(p, french, l.other))
            outside = l.other;
    }
    if (outside == CQ_NO_LINK || !inside) return;
    uint32_t first = outside < french->first ? outside : french->first;
    uint32_t last = outside < french->first ? french->last : outside + 1;
    cq_hit *h =
        cq_hit_add(run, cq_str_of("labels/anchor"), cq_spot_of_tokens(p, first, last));
    const cq_token *e = run->pair->english.tokens;
    h->category = cq_str_of("design-and-markup/link");
    h->severity = CQ_MINOR;
    h->confidence = CQ_MEDIUM;
    h->source_at = (cq_span){e[english->first].start, e[english->last - 1].end};
    h->source = cq_str_sub(run->pair->doc[CQ_SIDE_SOURCE]->text, h->source_at.start,
                           h->source_at.end);
    cq_str word = cq_token_text(p, outside);
    h->message = cq_strf(run->arena,
                         cq_say(run, "Le lien de l’original comprend aussi « %.*s ».",
                                "In the source “%.*s” is part of the link."),
                         CQ_PRI(word));
}

void cq_anchors_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    const cq_passage *e = run->pair ? &run->pair->english : NULL;
    if (!run->linker || !p->doc->format || strcmp(p->doc->format, "markdown") != 0 ||
        !e->doc->format || strcmp(e->doc->format, "markdown") != 0)
        return;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *in = &p->sentences[k];
        anchors french, english;
        find_anchors(p, in->first, in->last, &french);
        cq_aligned at;
        if (!french.n || !cq_pair_of_sentence(run->pair, p, in, &at) ||
            at.confidence < SURE)
            continue;
        find_anchors(e, at.first_token, at.last_token, &english);
        const cq_word_links *w = cq_link_words(run->linker, run->scratch, p, in->first);
        for (size_t i = 0; w && i < french.n; i++) {
            const anchor *other = same_address(&english, french.v[i].address);
            if (other && same_address(&french, french.v[i].address))
                look_at(run, p, w, &french.v[i], other);
        }
    }
}
