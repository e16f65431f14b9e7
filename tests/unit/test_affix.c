// The expansion of small dictionaries, directive by directive, held against libhunspell:
// every form that comes out is accepted, each word of the `wrong` column refused.
#include "lexicon/affix.h"
#include "lexicon/hunspell.h"

#include "base/buf.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
    const char *why, *aff, *dic;
    const char *want;  // forms in order of expansion, each once
    const char *wrong; // what must not be accepted
} ROWS[] = {
    {"a word without flags is itself", "", "1\nsel\n", "sel", "sels"},
    {"suffix, strip and condition", "SFX A Y 2\nSFX A 0 s [^sx]\nSFX A al aux al\n",
     "3\ncheval/A\nbas/A\nlit/A\n", "cheval chevals chevaux bas lit lits", "bass chevau"},
    {"a negated condition over accented letters", "SFX A Y 1\nSFX A 0 e [^éè]\n",
     "2\nnoir/A\nblé/A\n", "noir noire blé", "blée"},
    {"prefix and suffix cross", "PFX P Y 1\nPFX P 0 re .\nSFX S Y 1\nSFX S 0 s .\n",
     "1\nfaire/PS\n", "faire refaire faires refaires", "rere"},
    {"no cross without Y on both sides",
     "PFX P N 1\nPFX P 0 re .\nSFX S Y 1\nSFX S 0 s .\n", "1\nmis/PS\n", "mis remis miss",
     "remiss"},
    {"continuation: a suffix upon a suffix",
     "SFX A Y 1\nSFX A 0 eur/B .\n"
     "SFX B Y 1\nSFX B 0 s .\n",
     "1\nchant/A\n", "chant chanteur chanteurs", "chants"},
    {"continuation: a suffix brings a prefix",
     "PFX P Y 1\nPFX P 0 in .\nSFX A Y 1\nSFX A 0 able/P .\n", "1\nfaçonn/A\n",
     "façonn façonnable infaçonnable", "infaçonn"},
    {"continuation: a prefix brings a suffix",
     "PFX P Y 1\nPFX P 0 kilo/S .\nSFX S Y 1\nSFX S 0 s .\n", "1\ngramme/P\n",
     "gramme kilogramme kilogrammes", "grammes"},
    {"NEEDAFFIX on a stem", "NEEDAFFIX X\nSFX A Y 1\nSFX A 0 s .\n", "1\nvictuaille/AX\n",
     "victuailles", "victuaille"},
    {"NEEDAFFIX on a suffix",
     "NEEDAFFIX X\nPFX P Y 1\nPFX P 0 re .\n"
     "SFX A Y 1\nSFX A 0 s/X .\n",
     "1\nmot/AP\n", "mot remots remot", "mots"},
    {"CIRCUMFIX: both or none",
     "CIRCUMFIX X\nPFX P Y 1\nPFX P 0 ge/X .\n"
     "SFX A Y 2\nSFX A 0 t/X .\nSFX A 0 e .\n",
     "1\nlieb/AP\n", "lieb geliebt liebe gelieb", "liebt geliebe"},
    {"without FULLSTRIP something must remain", "SFX A Y 1\nSFX A aller ira aller\n",
     "1\naller/A\n", "aller", "ira"},
    {"FULLSTRIP", "FULLSTRIP\nSFX A Y 1\nSFX A aller ira aller\n", "1\naller/A\n",
     "aller ira", "alle"},
    {"FLAG long", "FLAG long\nSFX aa Y 1\nSFX aa 0 s .\nSFX ab Y 1\nSFX ab 0 x .\n",
     "1\npneu/ab\n", "pneu pneux", "pneus"},
    {"FLAG num", "FLAG num\nSFX 12 Y 1\nSFX 12 0 s .\nSFX 1 Y 1\nSFX 1 0 x .\n",
     "1\npneu/12\n", "pneu pneus", "pneux"},
    {"FLAG UTF-8", "FLAG UTF-8\nSFX é Y 1\nSFX é 0 s .\n", "1\npneu/é\n", "pneu pneus",
     "pneux"},
    {"an escaped slash is a letter", "SFX A Y 1\nSFX A 0 s .\n", "1\nkm\\/h/A\n",
     "km/h km/hs", "km"},
    {"fields are no part of the word", "", "1\nsel po:nom is:mas\n", "sel", "nom"},
    {"capitals inside: also the hidden form", "", "1\niPad\n", "iPad Ipad", "ipad"},
    {"capitals only, with flags: also the hidden form", "SFX A Y 1\nSFX A 0 s .\n",
     "1\nTGV/A\n", "TGV TGVs Tgv Tgvs", "tgv"},
    {"no hidden form over a real one", "", "2\niRis\nIris\n", "iRis Iris", "iris"},
    {"elisions are not expanded", "PFX L Y 2\nPFX L 0 l' .\nPFX L a l'A a\n",
     "1\narbre/L\n", "arbre", "l'abre"},
};

typedef struct {
    cq_arena *a;
    cq_buf forms;
} collector;

static void collect(void *ctx, const cq_affix_form *f)
{
    collector *c = ctx;
    cq_str seen = cq_strf(c->a, " %.*s ", CQ_PRI(cq_buf_view(&c->forms)));
    cq_str padded = cq_strf(c->a, " %.*s ", CQ_PRI(f->form));
    if (cq_str_find(seen, padded) != SIZE_MAX) return;
    if (c->forms.n) cq_buf_char(&c->forms, ' ');
    cq_buf_str(&c->forms, f->form);
}

static void write_file(cq_arena *a, const char *path, const char *text, bool aff)
{
    cq_err err;
    cq_str s = aff ? cq_strf(a, "SET UTF-8\n%s", text) : cq_str_of(text);
    if (!cq_file_replace(path, s, &err)) fail_msg("%s", err.message);
}

static void test_expansion(void **state)
{
    (void)state;
    char dir[] = "/tmp/calque-affix-XXXXXX";
    assert_non_null(mkdtemp(dir));
    cq_arena *a = cq_arena_new();
    const char *aff = cq_strf(a, "%s/t.aff", dir).p, *dic = cq_strf(a, "%s/t.dic", dir).p;
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        write_file(a, aff, ROWS[i].aff, true);
        write_file(a, dic, ROWS[i].dic, false);
        cq_err err;
        cq_affix x;
        collector c = {.a = a};
        cq_buf_init(&c.forms, 10000);
        cq_affix_parse(a, cq_strf(a, "SET UTF-8\n%s", ROWS[i].aff), &x);
        assert_true(cq_affix_expand(a, &x, cq_str_of(ROWS[i].dic), (cq_str){"", 0}, dic,
                                    collect, &c, &err));
        if (!cq_str_is(cq_buf_view(&c.forms), ROWS[i].want)) {
            fail_msg("%s: got %s", ROWS[i].why, c.forms.p);
        }
        cq_hunspell *h = cq_hunspell_open(aff, dic, &err);
        assert_non_null(h);
        cq_str rest = cq_str_of(ROWS[i].want), word;
        while (cq_str_split(&rest, ' ', &word)) {
            // Hidden forms stand for capitals.
            bool hidden =
                cq_str_is(word, "Ipad") || cq_str_starts(word, (cq_str)CQ_LIT("Tgv"));
            if (!hidden && !cq_hunspell_accepts(h, word)) {
                fail_msg("%s: libhunspell refuses %.*s", ROWS[i].why, CQ_PRI(word));
            }
        }
        for (rest = cq_str_of(ROWS[i].wrong); cq_str_split(&rest, ' ', &word);) {
            if (cq_hunspell_accepts(h, word)) {
                fail_msg("%s: libhunspell accepts %.*s", ROWS[i].why, CQ_PRI(word));
            }
        }
        cq_hunspell_free(h);
        cq_buf_free(&c.forms);
    }
    unlink(aff);
    unlink(dic);
    rmdir(dir);
    cq_arena_free(a);
}

static const struct {
    const char *aff, *why_not; // NULL: complete
} COMPLETE[] = {
    {"SET UTF-8\nTRY esia\nREP 1\nREP f ph\nMAP 1\nMAP aà\nKEY azerty\n", NULL},
    {"SET UTF-8\nICONV 1\nICONV \u2019 '\nBREAK 1\nBREAK -\nOCONV 1\nOCONV ' \u2019\n",
     NULL},
    {"SET UTF-8\nCOMPOUNDFLAG C\n", "COMPOUNDFLAG in line 2"},
    {"SET UTF-8\n# remark\nCHECKSHARPS\n", "CHECKSHARPS in line 3"},
    {"SET ISO8859-1\n", "SET other than UTF-8 in line 2"},
    {"", "SET other than UTF-8 in line 1"},
    {"SET UTF-8\nSFX A\n", "affix class without a head in line 2"},
    {"SET UTF-8\nSFX A Y 2\nSFX A 0\n", "affix without an ending in line 3"},
    {"SET UTF-8\n\xff\n", "invalid UTF-8 in line 0"},
};

static void test_completeness(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(COMPLETE); i++) {
        cq_affix x;
        cq_affix_parse(a, cq_str_of(COMPLETE[i].aff), &x);
        const char *got = x.complete ? NULL : x.why_not;
        if (!cq_str_eq(cq_str_of(got), cq_str_of(COMPLETE[i].why_not))) {
            fail_msg("row %zu: %s", i, got ? got : "complete");
        }
    }
    cq_arena_free(a);
}

static void count(void *ctx, const cq_affix_form *f)
{
    (void)f;
    ++*(size_t *)ctx;
}

// Some hundred bytes that stand for 10^9 forms: refused after a bounded amount of work.
static void test_bomb(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    cq_buf aff, dic;
    cq_buf_init(&aff, 1 << 24);
    cq_buf_init(&dic, 1 << 24);
    cq_buf_c(&aff, "SET UTF-8\nSFX A Y 2000\n");
    for (int i = 0; i < 2000; i++) cq_buf_f(&aff, "SFX A 0 a%d/B .\n", i);
    cq_buf_c(&aff, "SFX B Y 2000\n");
    for (int i = 0; i < 2000; i++) cq_buf_f(&aff, "SFX B 0 b%d .\n", i);
    for (int i = 0; i < 300; i++) cq_buf_f(&dic, "%d/AAAAAAAAAAAA\n", i);
    cq_affix x;
    cq_affix_parse(a, cq_buf_view(&aff), &x);
    cq_err err = {0};
    size_t n = 0;
    assert_false(cq_affix_expand(a, &x, cq_buf_view(&dic), (cq_str){"", 0}, "bomb.dic",
                                 count, &n, &err));
    assert_int_equal(err.code, CQ_ELIMIT);
    assert_in_range(n, 1, 20 * 1000 * 1000);
    cq_buf_free(&aff);
    cq_buf_free(&dic);
    cq_arena_free(a);
}

static const struct {
    const char *word;
    cq_case want;
} CASES[] = {
    {"iris", CQ_CASE_NONE}, {"Iris", CQ_CASE_INIT},     {"IRIS", CQ_CASE_ALL},
    {"iRis", CQ_CASE_HUH},  {"IRis", CQ_CASE_HUH_INIT}, {"É", CQ_CASE_INIT},
    {"ÉTÉ-2", CQ_CASE_ALL}, {"été", CQ_CASE_NONE},      {"", CQ_CASE_NONE},
    {"12", CQ_CASE_NONE},   {"2D", CQ_CASE_ALL},
};

static void test_case(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(CASES); i++) {
        if (cq_case_of(cq_str_of(CASES[i].word)) != CASES[i].want) {
            fail_msg("%s", CASES[i].word);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_expansion),
        cmocka_unit_test(test_completeness),
        cmocka_unit_test(test_bomb),
        cmocka_unit_test(test_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
