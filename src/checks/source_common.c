// The source writes the word with a capital within its sentences and never without; the
// article has the name, too, but here the same letters stand small, perhaps in the
// plural. Words of French are left alone: of titles, offices and institutions
// ("President Obama", the National Service) it makes common nouns.
#include "checks/source_common.h"

#include "base/utf8.h"
#include "source/pair.h"

enum {
    NAME_MIN = 4,  // letters
    WORD_MAX = 40, // bytes
    TIMES_MIN = 2, // that the source writes it as a name
    CANDIDATES_MAX = 4000,
};

enum { AS_COMMON = 1u << 31 }; // of a count in `source`: also stands small there

typedef struct {
    cq_str key;
    cq_spot at;
    uint32_t link;
} candidate;

typedef struct {
    cq_map source; // folded word -> how often with a capital inside a sentence
    cq_map names;  // folded words that the article writes as names inside a sentence
    CQ_VEC(candidate) candidates;
} common;

static bool is_word(const cq_token *t)
{
    uint32_t n = t->end - t->start;
    return t->kind == CQ_TOKEN_WORD && n >= NAME_MIN && n <= WORD_MAX &&
           !(t->flags & (CQ_TOKEN_ELIDED | CQ_TOKEN_INVERTED));
}

// In capitals within a sentence, not all of the sentence being so.
static bool is_name(const cq_passage *p, size_t i)
{
    const cq_token *t = &p->tokens[i];
    if (!(t->flags & CQ_TOKEN_CAPITAL) || t->flags & CQ_TOKEN_FIRST) return false;
    const cq_sentence *s = &p->sentences[t->sentence];
    size_t words = 0, capitals = 0;
    for (size_t k = s->first; k < s->last; k++) {
        if (p->tokens[k].kind != CQ_TOKEN_WORD) continue;
        words++;
        capitals += (p->tokens[k].flags & CQ_TOKEN_CAPITAL) != 0;
    }
    return 2 * capitals < words;
}

void *cq_source_common_begin(cq_check_run *run)
{
    common *s = CQ_NEW(run->arena, common);
    if (!run->pair) return s;
    cq_map_init(&s->source, run->arena);
    cq_map_init(&s->names, run->arena);
    const cq_passage *p = &run->pair->english;
    for (uint32_t i = 0; i < p->n; i++) {
        const cq_token *t = &p->tokens[i];
        if (!is_word(t)) continue;
        uint32_t *n = cq_map_put(&s->source, cq_pair_folded(run->pair, i), NULL);
        if (is_name(p, i))
            ++*n;
        else if (!(t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED)))
            *n |= AS_COMMON;
    }
    return s;
}

static bool is_source_name(const common *s, cq_str key)
{
    const uint32_t *n = cq_map_get(&s->source, key);
    return n && !(*n & AS_COMMON) && *n >= TIMES_MIN;
}

void cq_source_common_run(cq_check_run *run, void *state, const cq_passage *p)
{
    common *s = state;
    if (!run->pair) return;
    for (size_t i = 0; i < p->n; i++) {
        const cq_token *t = &p->tokens[i];
        if (!is_word(t)) continue;
        cq_str key = cq_fold(run->scratch, cq_token_text(p, i));
        if (is_name(p, i)) {
            if (!cq_map_get(&s->names, key))
                cq_map_put(&s->names, cq_str_copy(run->arena, key), NULL);
            continue;
        }
        if (t->flags &
            (CQ_TOKEN_KNOWN | CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED))
            continue;
        if (!is_source_name(s, key) && key.p[key.n - 1] == 's') key.n--;
        if (!is_source_name(s, key) || s->candidates.n == CANDIDATES_MAX) continue;
        uint32_t sentence = cq_pair_sentence_at(run->pair, CQ_SIDE_TARGET, t->start);
        const cq_link *l = cq_pair_link(run->pair, CQ_SIDE_TARGET, sentence);
        if (!l) continue;
        *CQ_PUSH(run->arena, &s->candidates) =
            (candidate){cq_str_copy(run->arena, key), cq_spot_of_tokens(p, i, i + 1),
                        (uint32_t)(l - run->pair->links)};
    }
}

// How the linked sentences of the source write the name; "": they do not have it.
static cq_str as_written(cq_check_run *run, const cq_link *l, cq_str key)
{
    const cq_passage *p = &run->pair->english;
    for (uint32_t k = l->first[0]; k < l->last[0]; k++) {
        for (uint32_t i = p->sentences[k].first; i < p->sentences[k].last; i++) {
            if (cq_str_eq(cq_pair_folded(run->pair, i), key)) return cq_token_text(p, i);
        }
    }
    return (cq_str){"", 0};
}

void cq_source_common_finish(cq_check_run *run, void *state)
{
    const common *s = state;
    if (!run->pair) return;
    for (size_t i = 0; i < s->candidates.n; i++) {
        const candidate *c = &s->candidates.v[i];
        if (!cq_map_get(&s->names, c->key)) continue;
        cq_str name = as_written(run, &run->pair->links[c->link], c->key);
        if (!name.n) continue;
        cq_hit *h = cq_hit_add(run, cq_str_of("source/name-common"), c->at);
        h->category = cq_str_of("accuracy/mistranslation/entity");
        h->severity = CQ_MAJOR;
        h->confidence = CQ_MEDIUM;
        h->source = name;
        h->message = cq_strf(run->arena,
                             cq_say(run, "Nom propre dans l’original : « %.*s ».",
                                    "A name in the source: “%.*s”."),
                             CQ_PRI(name));
        cq_hit_fix_add(run, h, h->at.start, h->at.end, name);
    }
}
