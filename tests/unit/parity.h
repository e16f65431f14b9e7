// What the two parity tests share: both spell-checkers, and words of running text.
#ifndef TESTS_UNIT_PARITY_H
#define TESTS_UNIT_PARITY_H

#include "lexicon/hunspell.h"
#include "lexicon/lexicon.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

// libhunspell takes some 7 us a word, and ten times that when it is sanitised.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STEP = 41 };
#else
enum { STEP = 1 };
#endif

static cq_lexicon *table;
static cq_hunspell *hunspell;

static int set_up(void **state)
{
    (void)state;
    cq_err err;
    table = cq_lexicon_open(&(cq_lexicon_options){.dictionary = "fr"}, &err);
    hunspell = cq_hunspell_open("/usr/share/hunspell/fr.aff",
                                "/usr/share/hunspell/fr.dic", &err);
    if (!table || !hunspell) fail_msg("%s", err.message);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    cq_lexicon_free(table);
    cq_hunspell_free(hunspell);
    return 0;
}

static void same(cq_str word)
{
    bool ours = cq_lexicon_accepts(table, word),
         theirs = cq_hunspell_accepts(hunspell, word);
    if (ours != theirs) {
        fail_msg("%.*s: table %d, libhunspell %d", CQ_PRI(word), ours, theirs);
    }
}

// ---- running text --------------------------------------------------------------------

typedef struct {
    cq_arena *a;
    cq_map seen;
} reader;

// Words between blanks, without brackets and quotation marks, and their pieces between
// hyphens and apostrophes; each once.
static void same_once(reader *r, cq_str w)
{
    bool fresh;
    if (!w.n || w.n > 250) return;
    cq_map_put(&r->seen, w, &fresh);
    if (fresh && r->seen.n % STEP == 0) same(w);
}

static bool is_edge(char c) { return strchr("()[]{}\"«»,;:!?*_`<>|=/\\", c) != NULL; }

static bool read_text(void *ctx, const char *path)
{
    reader *r = ctx;
    cq_str p = cq_str_of(path), text;
    cq_err err;
    bool wanted = cq_str_ends(p, (cq_str)CQ_LIT(".txt")) ||
                  cq_str_ends(p, (cq_str)CQ_LIT(".md")) ||
                  cq_str_ends(p, (cq_str)CQ_LIT(".html"));
    if (!wanted || !cq_file_read(r->a, path, 1 << 24, &text, &err)) return true;
    if (cq_utf8_invalid(text) != SIZE_MAX || memchr(text.p, 0, text.n)) return true;
    for (size_t i = 0; i < text.n; i++) {
        size_t start = i;
        while (i < text.n && !cq_is_space(text.p[i])) i++;
        cq_str w = cq_str_sub(text, start, i);
        while (w.n && is_edge(w.p[0])) w = cq_str_sub(w, 1, w.n);
        while (w.n && is_edge(w.p[w.n - 1])) w.n--;
        same_once(r, w);
        for (size_t k = 0, from = 0; k <= w.n; k++) {
            bool mark = k < w.n && (w.p[k] == '-' || w.p[k] == '\'');
            if (k < w.n && !mark) continue;
            same_once(r, cq_str_sub(w, from, k));
            if (mark && w.p[k] == '\'') same_once(r, cq_str_sub(w, from, k + 1));
            from = k + 1;
        }
    }
    return true;
}

static void over_texts(const char *dir)
{
    reader r = {.a = cq_arena_new()};
    cq_err err;
    cq_map_init(&r.seen, r.a);
    if (!cq_dir_walk(dir, read_text, &r, &err)) fail_msg("%s", err.message);
    print_message("%s: %zu different words\n", dir, r.seen.n);
    assert_true(r.seen.n > 0);
    cq_arena_free(r.a);
}

#endif
