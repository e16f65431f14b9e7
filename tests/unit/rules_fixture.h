// For tests of the rule engine: layers of packs in a folder of their own, compiled
// without a cache, matched over a text.
#ifndef TESTS_UNIT_RULES_FIXTURE_H
#define TESTS_UNIT_RULES_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "lexicon/tagger.h"
#include "passage.h"
#include "rules/rules.h"

typedef struct {
    cq_lexicon *lexicon;
    cq_tagger *tagger;
    char dir[64];
    cq_arena *a;
} rules_fixture;

static inline bool rules_fixture_open(rules_fixture *f, cq_err *err)
{
    cq_lexicon_options o = {.dictionary = "fr",
                            .extra = TEST_SOURCE_DIR "/dictionaries/fr"};
    f->a = cq_arena_new();
    f->lexicon = cq_lexicon_open(&o, err);
    if (!f->lexicon) return false;
    f->tagger =
        cq_tagger_open(TEST_SOURCE_DIR "/dictionaries/fr/tagger.model", f->lexicon, err);
    snprintf(f->dir, sizeof f->dir, "/tmp/calque-rules-XXXXXX");
    return f->tagger && mkdtemp(f->dir);
}

static inline int rules_fixture_close(rules_fixture *f)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", f->dir);
    cq_tagger_free(f->tagger);
    cq_lexicon_free(f->lexicon);
    cq_arena_free(f->a);
    return system(command);
}

// Writes a pack file below the fixture's folder.
static inline void rules_write(rules_fixture *f, const char *name, const char *json)
{
    char path[128];
    cq_err err;
    snprintf(path, sizeof path, "%s/%s", f->dir, name);
    if (!cq_file_replace(path, cq_str_of(json), &err)) abort();
}

// Opens one layer, or several: folders below the fixture's, "" is itself.
static inline cq_rules *rules_open(rules_fixture *f, const char *const *layers, size_t n)
{
    const char *dirs[4];
    cq_err err = {0};
    for (size_t i = 0; i < n; i++) {
        dirs[i] = cq_strf(f->a, "%s/%s", f->dir, layers[i]).p;
    }
    cq_rules *r = cq_rules_open(f->lexicon, dirs, n, "", &err);
    if (!r) fprintf(stderr, "%s\n", err.message);
    return r;
}

// A pack of one rule: `members` are what it has beside id, message and examples.
static inline cq_rules *rules_of(rules_fixture *f, const char *members)
{
    cq_str json =
        cq_strf(f->a,
                "{\"pack\": \"t\", \"defaults\": {\"message\": \"m\", \"topic\": null},\n"
                "\"classes\": {\"hit\": [\"frapper\", \"taper\"]},\n"
                "\"topic\": {\"id\": \"chess\", \"triggers\": [\"pion\", "
                "\"échiquier\", \"dame\"]},\n"
                "\"rules\": [{\"id\": \"r\", %s,\n"
                "\"bad\": [\"[x]\"], \"good\": []}]}\n",
                members);
    rules_write(f, "t.json", json.p);
    return rules_open(f, (const char *const[]){""}, 1);
}

// The text with all matches in brackets; those whose conditions on the article do not
// hold at its end are left out.
static inline const char *rules_marked(rules_fixture *f, const cq_rules *r,
                                       const char *text, const cq_scan_options *o)
{
    cq_passage p = passage_of(f->a, cq_str_of(text), cq_tokenize_fr);
    cq_tag(f->tagger, NULL, &p);
    cq_rules_scan *scan = cq_rules_begin(r, f->a, o);
    cq_matches m = {0};
    cq_rules_passage(scan, f->a, &p, &m);
    cq_buf b;
    cq_buf_init(&b, 1 << 22);
    uint32_t at = 0;
    cq_str all = p.doc->text;
    for (size_t i = 0; i < m.n; i++) {
        if (m.v[i].pending && !cq_rules_hold(scan, m.v[i].rule)) continue;
        if (m.v[i].start < at) continue; // within another
        cq_buf_str(&b, cq_str_sub(all, at, m.v[i].start));
        cq_buf_char(&b, '[');
        cq_buf_str(&b, cq_str_sub(all, m.v[i].start, m.v[i].end));
        cq_buf_char(&b, ']');
        at = m.v[i].end;
    }
    cq_buf_str(&b, cq_str_sub(all, at, all.n - (all.n > 0)));
    const cq_rule_limit *limits;
    size_t n = cq_rules_limits(scan, &limits);
    for (size_t i = 0; i < n; i++) cq_buf_f(&b, " <%s>", limits[i].code);
    const char *out = cq_str_c(f->a, cq_buf_view(&b));
    cq_buf_free(&b);
    return out;
}

#endif
