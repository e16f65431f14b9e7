#include "source/pair.h"

#include <math.h>

#include "base/utf8.h"
#include "source/align.h"
#include "source/features.h"

enum { PASSAGE_BYTES = 64 << 10 };

// Lengths and a few words in common say little of a pair on its own; that its neighbours
// are linked beside it says as much as a name.
static const float NEIGHBOUR = 1.0f;
static const double RELATED_MIN = 0.25;

static void add_sentences(cq_pair *p, cq_side side, const cq_passage *in,
                          cq_pair_sentence *out)
{
    for (size_t i = 0; i < in->sentences_n; i++) {
        const cq_sentence *s = &in->sentences[i];
        cq_pair_sentence *q = &out[p->sentences_n[side]++];
        *q = (cq_pair_sentence){
            .text = {in->tokens[s->first].start, in->tokens[s->last - 1].end},
            .block = s->block,
            .link = CQ_NO_LINK,
        };
        for (uint32_t k = s->first; k < s->last; k++) {
            uint8_t kind = in->tokens[k].kind;
            q->words += kind == CQ_TOKEN_WORD || kind == CQ_TOKEN_NUMBER;
        }
    }
}

static void read_source(cq_pair *p, cq_features *f)
{
    const cq_document *d = p->doc[CQ_SIDE_SOURCE];
    cq_tokenize_en(p->arena, d, 0, d->blocks.n, &p->english);
    size_t n = p->english.sentences_n;
    p->sentences[CQ_SIDE_SOURCE] = CQ_NEWN(p->arena, cq_pair_sentence, n + 1);
    add_sentences(p, CQ_SIDE_SOURCE, &p->english, p->sentences[CQ_SIDE_SOURCE]);
    cq_features_add(f, CQ_SIDE_SOURCE, &p->english);
    p->known_of = CQ_NEWN(p->arena, uint32_t, p->english.n + 1);
}

// Passage by passage: tokens of the article are not kept.
static void read_target(cq_pair *p, cq_features *f)
{
    const cq_document *d = p->doc[CQ_SIDE_TARGET];
    cq_arena *scratch = cq_arena_new();
    CQ_VEC(cq_pair_sentence) all = {0};
    for (size_t first = 0, last; first < d->blocks.n; first = last) {
        uint32_t start = d->blocks.v[first].text.start;
        last = first + 1;
        while (last < d->blocks.n && d->blocks.v[last].text.end - start <= PASSAGE_BYTES)
            last++;
        cq_arena_reset(scratch);
        cq_passage in;
        cq_tokenize_fr(scratch, d, first, last, &in);
        for (size_t i = 0; i < in.sentences_n; i++) CQ_PUSH(p->arena, &all);
        if (in.sentences_n) add_sentences(p, CQ_SIDE_TARGET, &in, all.v);
        cq_features_add(f, CQ_SIDE_TARGET, &in);
    }
    p->sentences[CQ_SIDE_TARGET] = all.v;
    cq_arena_free(scratch);
}

static bool follows(const cq_bead *a, const cq_bead *b)
{
    return a->last[0] == b->first[0] && a->last[1] == b->first[1];
}

static void set_links(cq_pair *p, const cq_beads *beads)
{
    cq_link *links = CQ_NEWN(p->arena, cq_link, beads->n);
    double linked = 0, all = 0;
    for (size_t k = 0; k < beads->n; k++) {
        const cq_bead *b = &beads->v[k];
        float odds = b->score;
        if (k && follows(b - 1, b)) odds += NEIGHBOUR;
        if (k + 1 < beads->n && follows(b, b + 1)) odds += NEIGHBOUR;
        links[k] = (cq_link){.first = {b->first[0], b->first[1]},
                             .last = {b->last[0], b->last[1]},
                             .confidence = 1 / (1 + expf(-odds / 2)),
                             .moved = b->moved};
        for (unsigned side = 0; side < 2; side++) {
            for (uint32_t i = b->first[side]; i < b->last[side]; i++) {
                p->sentences[side][i].link = (uint32_t)k;
                if (b->score > 0) linked += p->sentences[side][i].words;
            }
        }
    }
    // The longer text may well hold more than what was translated.
    double words[2] = {0};
    for (unsigned side = 0; side < 2; side++) {
        for (uint32_t i = 0; i < p->sentences_n[side]; i++)
            words[side] += p->sentences[side][i].words;
    }
    all = 2 * (words[0] < words[1] ? words[0] : words[1]);
    p->links = links;
    p->links_n = (uint32_t)beads->n;
    p->relatedness = all > 0 ? linked / all : 0;
    if (p->relatedness > 1) p->relatedness = 1;
}

static cq_pair *new_pair(cq_arena *a, const cq_document *source,
                         const cq_document *target, cq_english *words)
{
    cq_pair *p = CQ_NEW(a, cq_pair);
    p->arena = a;
    p->doc[CQ_SIDE_SOURCE] = source;
    p->doc[CQ_SIDE_TARGET] = target;
    p->words = words;
    cq_map_init(&p->known_at, a);
    cq_map_init(&p->said, a);
    cq_map_init(&p->expressions, a);
    return p;
}

cq_pair *cq_pair_new(cq_arena *a, const cq_document *source, const cq_document *target,
                     cq_english *words, const char *path)
{
    cq_pair *p = new_pair(a, source, target, words);
    p->path = path;
    cq_arena *work = cq_arena_new();
    cq_features *f = cq_features_new(work);
    read_source(p, f);
    read_target(p, f);
    cq_align_task task;
    cq_features_task(f, &task);
    cq_beads beads;
    cq_align(work, &task, &beads);
    set_links(p, &beads);
    cq_arena_free(work);
    return p;
}

cq_pair *cq_pair_of_text(cq_arena *a, cq_str source, const cq_document *target,
                         cq_english *words)
{
    cq_document *d = CQ_NEW(a, cq_document);
    cq_builder b;
    d->arena = a;
    d->source = source;
    cq_builder_init(&b, d);
    cq_builder_open(&b, CQ_BLOCK_PARAGRAPH, 0);
    cq_builder_verbatim(&b, 0, (uint32_t)source.n);
    cq_builder_close(&b);
    cq_builder_finish(&b);
    cq_pair *p = new_pair(a, d, target, words);
    cq_arena *work = cq_arena_new();
    cq_features *f = cq_features_new(work);
    read_source(p, f);
    read_target(p, f);
    cq_arena_free(work);
    cq_bead all = {.last = {p->sentences_n[0], p->sentences_n[1]}, .score = 10};
    cq_beads beads = {.v = &all, .n = all.last[0] && all.last[1]};
    set_links(p, &beads);
    return p;
}

bool cq_pair_unrelated(const cq_pair *p) { return p->relatedness < RELATED_MIN; }

uint32_t cq_pair_sentence_at(const cq_pair *p, cq_side side, uint32_t at)
{
    uint32_t lo = 0, hi = p->sentences_n[side];
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (p->sentences[side][mid].text.start <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo ? lo - 1 : 0;
}

const cq_link *cq_pair_link(const cq_pair *p, cq_side side, uint32_t sentence)
{
    if (sentence >= p->sentences_n[side]) return NULL;
    uint32_t link = p->sentences[side][sentence].link;
    return link == CQ_NO_LINK ? NULL : &p->links[link];
}

static uint32_t first_token(const cq_pair *p, uint32_t sentence)
{
    return p->english.sentences[sentence].first;
}

bool cq_pair_at(const cq_pair *p, uint32_t start, uint32_t end, cq_aligned *out)
{
    bool any = false;
    uint32_t n = p->sentences_n[CQ_SIDE_TARGET];
    for (uint32_t i = cq_pair_sentence_at(p, CQ_SIDE_TARGET, start); i < n; i++) {
        if (i && p->sentences[CQ_SIDE_TARGET][i].text.start >= end &&
            p->sentences[CQ_SIDE_TARGET][i].text.start > start)
            break;
        const cq_link *l = cq_pair_link(p, CQ_SIDE_TARGET, i);
        if (!l) continue;
        if (any && l->first[0] == out->first) continue; // the same one
        if (any && l->first[0] != out->last) break;     // elsewhere: the first counts
        if (!any) {
            *out = (cq_aligned){.first = l->first[0],
                                .target_first = l->first[1],
                                .confidence = l->confidence,
                                .moved = l->moved};
        }
        any = true;
        out->last = l->last[0];
        out->target_last = l->last[1];
        if (l->confidence < out->confidence) out->confidence = l->confidence;
    }
    if (!any) return false;
    out->first_token = first_token(p, out->first);
    out->last_token = p->english.sentences[out->last - 1].last;
    return true;
}

bool cq_pair_of_sentence(const cq_pair *p, const cq_passage *in, const cq_sentence *s,
                         cq_aligned *out)
{
    return cq_pair_at(p, in->tokens[s->first].start, in->tokens[s->last - 1].end, out);
}

cq_str cq_pair_text(const cq_pair *p, cq_side side, uint32_t first, uint32_t last)
{
    if (first >= last) return (cq_str){"", 0};
    const cq_pair_sentence *s = p->sentences[side];
    return cq_str_sub(p->doc[side]->text, s[first].text.start, s[last - 1].text.end);
}

bool cq_pair_hides_more(const cq_pair *p, const cq_link *l)
{
    static const char OBJECT[] = "\xef\xbf\xbc"; // stands for code and images
    size_t n[2] = {0, 0};
    for (int side = 0; side < 2; side++) {
        cq_str rest = cq_pair_text(p, (cq_side)side, l->first[side], l->last[side]);
        size_t at;
        while ((at = cq_str_find(rest, cq_str_of(OBJECT))) != SIZE_MAX) {
            n[side]++;
            rest = cq_str_sub(rest, at + sizeof OBJECT - 1, rest.n);
        }
    }
    return n[CQ_SIDE_TARGET] > n[CQ_SIDE_SOURCE];
}

// Where the word stands in p->known. `text` must live as long as the pair.
static uint32_t known(cq_pair *p, cq_str text)
{
    bool fresh;
    uint32_t *at = cq_map_put(&p->known_at, text, &fresh);
    if (fresh) {
        *at = (uint32_t)p->known.n;
        *CQ_PUSH(p->arena, &p->known) = (cq_pair_word){.folded = cq_fold(p->arena, text)};
    }
    return *at;
}

static cq_pair_word *word_of(cq_pair *p, uint32_t token)
{
    if (!p->known_of[token])
        p->known_of[token] = known(p, cq_token_text(&p->english, token)) + 1;
    return &p->known.v[p->known_of[token] - 1];
}

cq_str cq_pair_folded(cq_pair *p, uint32_t token) { return word_of(p, token)->folded; }

static size_t lemmas_of(cq_pair *p, cq_pair_word *w, const cq_english_lemma **out)
{
    if (!w->lemmas_n) {
        cq_english_lemma found[CQ_ENGLISH_LEMMAS_MAX];
        size_t n = p->words ? cq_english_lemmas(p->words, p->arena, w->folded, found) : 0;
        if (!n) found[n++] = (cq_english_lemma){w->folded, CQ_X};
        w->lemmas = CQ_NEWN(p->arena, cq_english_lemma, n);
        memcpy(w->lemmas, found, n * sizeof *found);
        w->lemmas_n = n;
    }
    *out = w->lemmas;
    return w->lemmas_n;
}

size_t cq_pair_lemmas(cq_pair *p, uint32_t token, const cq_english_lemma **out)
{
    return lemmas_of(p, word_of(p, token), out);
}

size_t cq_pair_lemmas_of(cq_pair *p, cq_str word, const cq_english_lemma **out)
{
    uint32_t i = known(p, word); // may move p->known.v
    return lemmas_of(p, &p->known.v[i], out);
}

bool cq_pair_says(cq_pair *p, cq_str word)
{
    if (!p->said.n) {
        for (uint32_t i = 0; i < p->english.n; i++)
            cq_map_put(&p->said, cq_pair_folded(p, i), NULL);
    }
    char buf[128];
    cq_str folded = cq_fold_into(buf, sizeof buf, word);
    return folded.p && cq_map_get(&p->said, folded);
}
