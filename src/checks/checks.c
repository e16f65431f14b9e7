// The table of checks, and what they share: counting words, placing hits, diagnostics.
#include "checks/check.h"

#include <stdarg.h>
#include <stdio.h>

#include "checks/agreement.h"
#include "checks/anchors.h"
#include "checks/casing.h"
#include "checks/clitics.h"
#include "checks/completeness.h"
#include "checks/consistency.h"
#include "checks/duplication.h"
#include "checks/gender.h"
#include "checks/glossary.h"
#include "checks/identifiers.h"
#include "checks/labels.h"
#include "checks/literal.h"
#include "checks/lone.h"
#include "checks/markup.h"
#include "checks/names.h"
#include "checks/outlet.h"
#include "checks/parallel.h"
#include "checks/pattern.h"
#include "checks/polarity.h"
#include "checks/pronouns.h"
#include "checks/source_capitals.h"
#include "checks/source_classes.h"
#include "checks/source_common.h"
#include "checks/source_dashes.h"
#include "checks/source_kept.h"
#include "checks/source_labels.h"
#include "checks/source_names.h"
#include "checks/source_numbers.h"
#include "checks/source_values.h"
#include "checks/spelling.h"
#include "checks/typography.h"
#include "checks/untranslated.h"
#include "checks/verbatim.h"

const cq_check_def CQ_CHECKS[] = {
    {"pattern", "", cq_pattern_begin, cq_pattern_run, cq_pattern_finish},
    {"spelling", "", cq_spelling_begin, cq_spelling_run, cq_spelling_finish},
    {"names", "", cq_names_begin, cq_names_run, cq_names_finish},
    {"outlet", "", cq_outlet_begin, cq_outlet_run, NULL},
    {"agreement", "", cq_agreement_begin, cq_agreement_run, NULL},
    {"anchors", "source", NULL, cq_anchors_run, NULL},
    {"casing", "", cq_casing_begin, cq_casing_run, cq_casing_finish},
    {"clitics", "", NULL, cq_clitics_run, NULL},
    {"duplication", "", NULL, cq_duplication_run, NULL},
    {"glossary", "", cq_terms_begin, cq_terms_run, cq_terms_finish},
    {"gender", "source", cq_gender_begin, cq_gender_run, NULL},
    {"identifiers", "source", NULL, cq_identifiers_run, NULL},
    {"labels", "", NULL, cq_labels_run, NULL},
    {"parallel", "", cq_parallel_begin, cq_parallel_run, cq_parallel_finish},
    {"typography", "", cq_typography_begin, cq_typography_run, NULL},
    {"consistency", "source", cq_consistency_begin, cq_consistency_run,
     cq_consistency_finish},
    {"completeness", "source", NULL, NULL, cq_completeness_finish},
    {"literal", "source", NULL, cq_literal_run, NULL},
    {"lone", "source", NULL, cq_lone_run, NULL},
    {"markup", "source", NULL, NULL, cq_markup_finish},
    {"polarity", "source", NULL, cq_polarity_run, NULL},
    {"pronouns", "source", NULL, cq_pronouns_run, NULL},
    {"source-capitals", "source", cq_source_capitals_begin, cq_source_capitals_run, NULL},
    {"source-classes", "source", cq_source_classes_begin, cq_source_classes_run, NULL},
    {"source-kept", "source", NULL, cq_source_kept_run, NULL},
    {"source-common", "source", cq_source_common_begin, cq_source_common_run,
     cq_source_common_finish},
    {"source-dashes", "source", NULL, cq_source_dashes_run, NULL},
    {"source-labels", "source", NULL, cq_source_labels_run, NULL},
    {"source-names", "source", cq_source_names_begin, cq_source_names_run,
     cq_source_names_finish},
    {"source-numbers", "source", cq_source_numbers_begin, cq_source_numbers_run,
     cq_source_numbers_finish},
    {"source-values", "source", NULL, cq_source_values_run, NULL},
    {"untranslated", "", NULL, cq_untranslated_run, cq_untranslated_finish},
    {"verbatim", "source", NULL, cq_verbatim_run, NULL},
};
const size_t CQ_CHECKS_N = CQ_COUNT(CQ_CHECKS);

// Caps on what one article may take in memory; a real article reaches none of them, a
// dump of ten megabytes with typewriter apostrophes does.
enum { WORDS_MAX = 1 << 16, HITS_MAX = 20000, HITS_OF_RULE_MAX = 1000 };

void cq_count_words(cq_check_run *run, const cq_passage *p)
{
    enum { NOT_A_WORD = CQ_TOKEN_ELIDED | CQ_TOKEN_INVERTED };
    for (size_t i = 0; i < p->n; i++) {
        const cq_token *t = &p->tokens[i];
        if (t->kind != CQ_TOKEN_WORD) continue;
        if (!(t->flags & NOT_A_WORD)) {
            const cq_block *b = &p->doc->blocks.v[p->sentences[t->sentence].block];
            run->words_n += cq_block_scored(b->kind);
        }
        bool known = t->flags & CQ_TOKEN_KNOWN;
        bool capital = t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED);
        if (known && (!capital || t->flags & CQ_TOKEN_FIRST)) continue;
        cq_str word = cq_token_text(p, i);
        uint32_t *at = cq_map_get(&run->words, word);
        if (at) {
            run->uses.v[*at].count++;
            continue;
        }
        if (run->uses.n == WORDS_MAX) {
            cq_diagnose(
                run, "words-limit", (cq_str){0},
                cq_say(run,
                       "plus de %d mots différents : les suivants ne sont pas "
                       "comparés",
                       "more than %d different words: later ones are not compared"),
                WORDS_MAX);
            continue;
        }
        *cq_map_put(&run->words, word, NULL) = (uint32_t)run->uses.n;
        *CQ_PUSH(run->arena, &run->uses) = (cq_word_use){1, t->start};
    }
}

uint32_t cq_word_count(const cq_check_run *run, cq_str word)
{
    const uint32_t *at = cq_map_get(&run->words, word);
    return at ? run->uses.v[*at].count : 0;
}

bool cq_is_title_case(const cq_passage *p, const cq_sentence *s, unsigned flags)
{
    size_t words = 0, found = 0;
    for (size_t i = s->first; i < s->last; i++) {
        if (p->tokens[i].kind != CQ_TOKEN_WORD) continue;
        words++;
        found += (p->tokens[i].flags & flags) != 0;
    }
    return 2 * found > words;
}

cq_spot cq_spot_of_tokens(const cq_passage *p, size_t first, size_t last)
{
    const cq_sentence *s = &p->sentences[p->tokens[first].sentence];
    cq_spot at = {.start = p->tokens[first].start, .end = p->tokens[last - 1].end};
    at.sentence.start = p->tokens[s->first].start;
    at.sentence.end = p->tokens[s->last - 1].end;
    if (at.sentence.end < at.end) at.sentence.end = at.end; // a hit across sentences
    for (size_t i = first; i < last; i++) {
        if (p->tokens[i].flags & CQ_TOKEN_QUOTED) at.quoted = true;
    }
    return at;
}

// The first token that ends after `at`.
static size_t token_after(const cq_passage *p, uint32_t at)
{
    size_t lo = 0, hi = p->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (p->tokens[mid].end <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

cq_spot cq_spot_of_text(const cq_passage *p, uint32_t start, uint32_t end)
{
    size_t first = token_after(p, start), last = first;
    while (last < p->n && p->tokens[last].start < end) last++;
    if (first == p->n && first) first--; // blanks after the last token
    if (last <= first) last = first + 1;
    if (first >= p->n) return (cq_spot){start, end, {start, end}, false};
    cq_spot at = cq_spot_of_tokens(p, first, last);
    at.start = start;
    at.end = end;
    if (at.sentence.start > start) at.sentence.start = start;
    if (at.sentence.end < end) at.sentence.end = end;
    return at;
}

cq_hit *cq_hit_add(cq_check_run *run, cq_str rule, cq_spot at)
{
    cq_hit *h = &run->overflow;
    uint32_t *of_rule = cq_map_put(&run->hits_of_rule, rule, NULL);
    if (run->hits.n == HITS_MAX) {
        cq_diagnose(run, "findings-limit", (cq_str){0},
                    cq_say(run, "plus de %d constats : le reste n’est pas montré",
                           "more than %d findings: the rest is left out"),
                    HITS_MAX);
    } else if (*of_rule == HITS_OF_RULE_MAX) {
        cq_diagnose(run, "findings-limit", rule,
                    cq_say(run,
                           "plus de %d constats d’une règle : le reste n’est pas montré",
                           "more than %d findings of one rule: the rest is left out"),
                    HITS_OF_RULE_MAX);
    } else {
        ++*of_rule;
        h = CQ_PUSH(run->arena, &run->hits);
    }
    *h = (cq_hit){.at = at, .rule = rule};
    return h;
}

void cq_hit_fix_add(cq_check_run *run, cq_hit *h, uint32_t start, uint32_t end,
                    cq_str text)
{
    if (h == &run->overflow) return;
    if (!h->fixes.n) { // most hits have one
        h->fixes.v = CQ_NEW(run->arena, cq_hit_fix);
        h->fixes.cap = 1;
    }
    *CQ_PUSH(run->arena, &h->fixes) = (cq_hit_fix){start, end, text, false};
}

void cq_hit_fix_add_loose(cq_check_run *run, cq_hit *h, cq_str text)
{
    if (h == &run->overflow) return;
    *CQ_PUSH(run->arena, &h->fixes) = (cq_hit_fix){h->at.start, h->at.end, text, true};
}

void cq_diagnose(cq_check_run *run, const char *code, cq_str rule, const char *fmt, ...)
{
    for (size_t i = 0; i < run->diagnostics.n; i++) {
        const cq_diagnostic *d = &run->diagnostics.v[i];
        if (strcmp(d->code.p, code) == 0 && cq_str_eq(cq_str_of_text(d->rule), rule))
            return;
    }
    char message[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(message, sizeof message, fmt, ap);
    va_end(ap);
    *CQ_PUSH(run->arena, &run->diagnostics) =
        (cq_diagnostic){{code, strlen(code)},
                        cq_text_of(cq_str_copy(run->arena, cq_str_of(message))),
                        cq_text_of(rule)};
}
