// Article and source: which sentences are linked, and where English expressions stand.
#include "base/buf.h"
#include "source/pair.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static cq_english *words;

static int set_up(void **state)
{
    (void)state;
    cq_err err = {0};
    words = cq_english_open(NULL, "", &err);
    if (!words) fail_msg("%s", err.message);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    cq_english_free(words);
    return 0;
}

// One paragraph a line; a line that begins with # is a heading.
static cq_document *document(cq_arena *a, const char *text)
{
    cq_document *d = CQ_NEW(a, cq_document);
    d->arena = a;
    d->source = cq_str_of(text);
    cq_builder b;
    cq_builder_init(&b, d);
    for (size_t i = 0; i < d->source.n;) {
        size_t end = i, start = i;
        while (end < d->source.n && text[end] != '\n') end++;
        bool heading = text[i] == '#';
        if (heading) start += 2;
        cq_builder_open(&b, heading ? CQ_BLOCK_HEADING : CQ_BLOCK_PARAGRAPH, heading);
        cq_builder_verbatim(&b, (uint32_t)start, (uint32_t)end);
        cq_builder_close(&b);
        i = end + 1;
    }
    cq_builder_finish(&b);
    return d;
}

// "0-1:0 2:1-2 3:-": sentences of the source, of the article; ~ marks what was moved.
static const char *links_of(cq_arena *a, const cq_pair *p)
{
    cq_buf b;
    cq_buf_init(&b, 1 << 16);
    for (uint32_t k = 0; k < p->links_n; k++) {
        const cq_link *l = &p->links[k];
        if (k) cq_buf_char(&b, ' ');
        for (unsigned side = 0; side < 2; side++) {
            if (side) cq_buf_char(&b, ':');
            cq_buf_f(&b, "%u", l->first[side]);
            if (l->last[side] > l->first[side] + 1)
                cq_buf_f(&b, "-%u", l->last[side] - 1);
        }
        if (l->moved) cq_buf_char(&b, '~');
    }
    const char *s = cq_str_c(a, cq_buf_view(&b));
    cq_buf_free(&b);
    return s;
}

#define A_EN "The mayor of Larkby opened the new tram line in 2018."
#define A_FR "Le maire de Larkby a inauguré la nouvelle ligne de tramway en 2018."
#define B_EN "It carries 12,000 passengers a day."
#define B_FR "Elle transporte 12 000 passagers par jour."
#define C_EN "Critics say that the depot near Fenwick cost too much."
#define C_FR "Selon ses détracteurs, le dépôt près de Fenwick a coûté trop cher."
#define D_EN "Is the city going to build another?"
#define D_FR "La ville va-t-elle en construire une autre ?"
#define E_EN "Nobody at Harrow Transit would answer that question on Tuesday."
#define E_FR "Personne chez Harrow Transit n’a voulu répondre à cette question mardi."

static const struct {
    const char *why, *source, *target, *want;
} ROWS[] = {
    {"one by one", A_EN " " B_EN "\n" C_EN, A_FR " " B_FR "\n" C_FR, "0:0 1:1 2:2"},
    {"one was left out", A_EN " " B_EN " " C_EN "\n" D_EN, A_FR " " C_FR "\n" D_FR,
     "0:0 2:1 3:2"},
    {"one was added", A_EN " " C_EN, A_FR " " B_FR " " C_FR, "0:0 1:2"},
    {"two became one", "The depot burned. Nobody in Fenwick was hurt.\n" A_EN,
     "Le dépôt a brûlé, mais personne à Fenwick n’a été blessé.\n" A_FR, "0-1:0 2:1"},
    {"one became two",
     A_EN "\n"
          "The line that leads to Fenwick, which nobody had asked "
          "for, is already a loss.",
     A_FR "\nLa ligne mène à Fenwick. Personne ne l’avait demandée et elle perd déjà de "
          "l’argent.",
     "0:0 1:1-2"},
    {"where one became two, paragraphs keep their numbers",
     A_EN "\nAnd they're determined to take back control by using any means necessary, "
          "you see the meanness, the noise.\nThey never ask who they harm, who they have "
          "to push aside in order to get control and prestige, that's what they want is "
          "control and prestige, we're not going to hand it to them.\n" C_EN,
     A_FR "\nEt ils sont résolus à reprendre le contrôle par tous les moyens. Voyez leur "
          "aigreur.\nIls se fichent de qui ils lèsent, de qui ils écartent pour prendre "
          "le contrôle et le prestige. C’est cela qu’ils veulent, le contrôle et le "
          "prestige, et nous n’allons pas le leur donner.\n" C_FR,
     "0:0 1:1-2 2:4 3:5"},
    {"two changed places", A_EN " " C_EN " " E_EN, A_FR " " E_FR " " C_FR,
     "0:0 1:2~ 2:1"},
    {"a paragraph was moved", A_EN "\n" B_EN "\n" C_EN "\n" D_EN "\n" E_EN,
     E_FR "\n" A_FR "\n" B_FR "\n" C_FR "\n" D_FR, "0:1 1:2 2:3 3:4 4:0~"},
    {"headings", "# Larkby\n" A_EN "\n# Fenwick\n" C_EN,
     "# Larkby\n" A_FR "\n# Fenwick\n" C_FR, "0:0 1:1 2:2 3:3"},
    {"nothing there", "", A_FR, ""},
};

static void test_links(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_pair *p = cq_pair_new(a, document(a, ROWS[i].source),
                                 document(a, ROWS[i].target), words, "a.en.md");
        const char *got = links_of(a, p);
        if (strcmp(got, ROWS[i].want) != 0)
            fail_msg("%s: got %s, not %s", ROWS[i].why, got, ROWS[i].want);
    }
    cq_arena_free(a);
}

static void test_at(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    const cq_document *target = document(a, A_FR " " B_FR "\n" C_FR);
    cq_pair *p = cq_pair_new(a, document(a, A_EN " " B_EN "\n" C_EN), target, words, "");
    cq_aligned at;
    uint32_t place = (uint32_t)cq_str_find(target->text, cq_str_of("passagers"));
    assert_true(cq_pair_at(p, place, place + 9, &at));
    assert_int_equal(at.first, 1);
    assert_int_equal(at.last, 2);
    assert_true(at.confidence > 0.5f);
    assert_true(cq_str_is(cq_pair_text(p, CQ_SIDE_SOURCE, at.first, at.last), B_EN));
    assert_true(cq_str_is(cq_token_text(&p->english, at.first_token), "It"));
    // Across two sentences.
    assert_true(cq_pair_at(p, 0, place, &at));
    assert_int_equal(at.last - at.first, 2);
    assert_false(cq_pair_unrelated(p));
    cq_arena_free(a);
}

static const struct {
    const char *why, *expression, *source, *want; // NULL: not there
} EXPRESSIONS[] = {
    {"as it is", "silver lining", "It has a silver lining.", "silver lining"},
    {"plural", "silver lining", "She saw silver linings.", "silver linings"},
    {"the rule's is inflected", "silver linings", "a silver lining", "silver lining"},
    {"this form alone", "=founded", "He found the town and founded the firm.", "founded"},
    {"not another form", "=founded", "They found the town.", NULL},
    {"irregular verb", "take the bait", "They took the bait.", "took the bait"},
    {"another first letter", "go bananas", "The crowd went bananas.", "went bananas"},
    {"the rule's has another first letter", "better days", "a good day", "good day"},
    {"someone first", "someone goes", "She went home.", "went"},
    {"hyphens, another first letter", "well known", "best-known", "best-known"},
    {"one word is nowhere", "take the biscuit", "They took the bait.", NULL},
    {"a contraction", "be over", "It’s over.", "’s over"},
    {"one's", "make up one's mind", "He made up his mind.", "made up his mind"},
    {"one's, of a name", "pick one's brain", "I picked Anna's brain.",
     "picked Anna's brain"},
    {"typographic apostrophe", "it’s over", "So it's over.", "it's over"},
    {"negation", "don't mind", "I don’t mind.", "don’t mind"},
    {"someone", "give someone a hand", "She gave the crew a hand.",
     "gave the crew a hand"},
    {"hyphens", "cutting edge", "a cutting-edge tool", "cutting-edge"},
    {"hyphens in the rule", "cherry-pick", "It cherry-picked facts.", "cherry-picked"},
    {"a word between", "take advantage of", "He took full advantage of it.",
     "took full advantage of"},
    {"too many between", "take off", "He took his very old coat off.", NULL},
    {"none between hyphens", "write-down", "Writes are slowed down.", NULL},
    {"hyphens as blanks", "write-down", "It is a write down.", "write down"},
    {"another subject", "that can", "Files that each program can use.", NULL},
    {"another time", "at the time", "They left at the same time.", NULL},
    {"a thing, no verb", "savings", "It saves by saving images.", NULL},
    {"not across sentences", "silver lining", "It is silver. Lining is dear.", NULL},
    {"brackets explain", "turnover (staff)", "Its turnover fell.", "turnover"},
    {"alternatives", "local residents; locals", "Ask the locals.", "locals"},
    {"another word", "bait", "They bathed.", NULL},
    {"capitals", "black friday", "On BLACK FRIDAY it rained.", "BLACK FRIDAY"},
    {"nothing", "", "Nothing.", NULL},
    {"blanks", " ( x )", "Nothing.", NULL},
};

static void test_expressions(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(EXPRESSIONS); i++) {
        cq_pair *p = cq_pair_of_text(a, cq_str_of(EXPRESSIONS[i].source),
                                     document(a, "Un texte."), words);
        uint32_t first, last;
        const char *got = NULL;
        if (cq_pair_find(p, cq_str_of(EXPRESSIONS[i].expression), 0,
                         (uint32_t)p->english.n, &first, &last)) {
            const cq_token *t = p->english.tokens;
            got = cq_str_c(
                a, cq_str_sub(p->english.doc->text, t[first].start, t[last - 1].end));
        }
        const char *want = EXPRESSIONS[i].want;
        if ((got == NULL) != (want == NULL) || (got && strcmp(got, want) != 0))
            fail_msg("%s: got %s, not %s", EXPRESSIONS[i].why, got ? got : "nothing",
                     want ? want : "nothing");
    }
    cq_arena_free(a);
}

static const struct {
    const char *why, *expression, *source;
    bool want;
} WORDS[] = {
    {"none of it", "media outlet", "A new album will be released.", false},
    {"one of its words", "jump the gun", "They blew up a field gun.", true},
    {"inflected", "face charges", "He faced justice.", true},
    {"inside a word", "health care", "Healthcare costs rose.", true},
    {"of a single word nothing is said", "headwind", "It rained.", true},
    {"nor of what is no plain expression", "(D-Calif.)", "It rained.", true},
    {"each of the alternatives", "rights groups; aid groups", "It rained.", false},
};

static void test_any_word(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(WORDS); i++) {
        cq_pair *p = cq_pair_of_text(a, cq_str_of(WORDS[i].source),
                                     document(a, "Un texte."), words);
        bool got = cq_pair_any_word(p, cq_str_of(WORDS[i].expression), 0,
                                    (uint32_t)p->english.n);
        if (got != WORDS[i].want) fail_msg("%s", WORDS[i].why);
    }
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_at),
        cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_any_word),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
