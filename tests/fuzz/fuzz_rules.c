// Rule packs and the three languages in them, up to where the dictionary is asked. The
// first byte chooses: p a phrase, t a query, r an expression, else a pack.
#include "base/utf8.h"
#include "rules/literal.h"
#include "rules/pack.h"
#include "rules/pattern.h"
#include "rules/phrase.h"
#include "rules/regex.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_expression(cq_arena *a, cq_str text, cq_err *err)
{
    cq_str source = cq_regex_source(a, text);
    cq_literals set;
    cq_literal_extent before;
    bool caseless;
    bool literals = cq_literals_required(a, source, &set, &caseless, &before);
    for (size_t i = 0; literals && i < set.n; i++) {
        if (!set.v[i].n) __builtin_trap(); // the empty text would be everywhere
    }
    if (!cq_regex_check(source, "f", 1, err)) return;
    cq_regex r;
    memset(&r, 0, sizeof r); // clang 14 takes no {0} for its atomic member
    cq_regex_groups g;
    int64_t steps = 10000;
    cq_str subject = cq_str_of("un abc, l’été 2020 : 5 % de a.m. aaaaaaaaaaaaaaaaaaaaa");
    if (cq_regex_search(&r, cq_regex_matcher_new(a), source, subject, 0, subject.n,
                        &steps, &g) == CQ_REGEX_FOUND &&
        g.end[0] > subject.n) {
        __builtin_trap();
    }
    cq_regex_free(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cq_str text = {(const char *)data, size};
    char kind = size ? text.p[0] : '\0';
    bool pattern = kind == 'p' || kind == 't' || kind == 'r';
    if (pattern) text = cq_str_sub(text, 1, size);
    if (pattern && (cq_utf8_invalid(text) != SIZE_MAX || memchr(text.p, 0, text.n))) {
        return 0; // a pack's texts are valid
    }
    cq_arena *a = cq_arena_new();
    cq_err err = {0};
    cq_phrase phrase;
    cq_query query;
    if (kind == 'p') {
        cq_phrase_parse(a, text, "f", 1, &phrase, &err);
    } else if (kind == 't') {
        cq_query_parse(a, text, "f", 1, &query, &err);
    } else if (kind == 'r') {
        try_expression(a, text, &err);
    } else {
        cq_pack pack;
        cq_problems problems = {0};
        cq_pack_parse(a, "f", cq_str_of("f"), text, &pack, &problems);
        for (size_t i = 0; i < pack.rules_n; i++) {
            if (!pack.rules[i].id.n || !pack.rules[i].patterns.n) __builtin_trap();
        }
    }
    cq_arena_free(a);
    return 0;
}
