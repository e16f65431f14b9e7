// The article among the furniture of its page, one sign at a time. Whole pages stand in
// corpus/pages, see tests/furniture.
#include "readers/furniture.h"

#include "readers/reader.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define FIRST                                                                            \
    "Le conseil municipal a voté hier soir la fermeture de la rue principale aux "      \
    "voitures, et les commerçants du quartier, qui l’avaient demandée, en sont "     \
    "contents."
#define SECOND                                                                           \
    "Les travaux commenceront au printemps, quand la place du marché sera libre, et "   \
    "ils dureront six mois si le temps le permet et que l’argent ne manque pas. "      \
    "Une réunion aura lieu le 4 mars dans la grande salle, et chacun pourra y dire ce " \
    "qu’il en pense avant que les premières pierres ne soient retirées."
#define TITLE "La rue principale se ferme aux voitures"
#define PAGE(inside) "<body><h1>" TITLE "</h1>\n" inside "</body>"
// Enough short lines that the reader takes it for a saved page.
#define DUMP(inside)                                                                     \
    "Menu\nAccueil\nLa région\nSports\nCulture\nSorties\nMétéo\nEmploi\nForum\n"      \
    "Boutique\nContact\nPartager\nFacebook\nTwitter\nWhatsApp\nImprimer\n\n" TITLE       \
    "\n\n" inside "\n"

typedef struct {
    const char *why, *page;
    const char *kept, *left_out; // blocks, separated by '|'
} row;

static const row ROWS[] = {
    {"menus by their links",
     "<body><ul><li><a>Accueil</a></li><li><a>La région</a></li></ul><h1>" TITLE
     "</h1><p>" FIRST "</p><p>" SECOND "</p></body>",
     TITLE "|" FIRST "|" SECOND, "Accueil|La région"},
    {"a name of a box",
     PAGE("<p>" FIRST "</p><div class='main-sidebar'><p>Un mot de "
          "la mairie sur la place.</p></div><p>" SECOND "</p>"),
     FIRST "|" SECOND, "Un mot de la mairie sur la place."},
    {"a name that all boxes have says nothing",
     PAGE("<div class='ed-widget'><p>" FIRST "</p></div><div class='ed-widget'><p>" SECOND
          "</p></div><div class='ed-widget'><p>" FIRST " Enfin.</p></div><div "
          "class='ed-widget'><p>Voilà ce qu’en dit la mairie.</p></div>"),
     FIRST "|" SECOND "|Voilà ce qu’en dit la mairie.", ""},
    {"a heading's own class does not count",
     PAGE("<p>" FIRST "</p><h2 class='with-sticky-navbar'>Et après</h2><p>" SECOND
          "</p>"),
     "Et après", ""},
    {"a panel: a form in a small box",
     PAGE("<p>" FIRST "</p><div class='x'><p>La lettre du quartier, chaque jeudi.</p>"
          "<form><button>Oui</button></form></div><p>" SECOND "</p>"),
     FIRST "|" SECOND, "La lettre du quartier, chaque jeudi.|Oui"},
    {"a share button makes no panel",
     PAGE("<p>" FIRST "</p><div class='x'><p>La mairie répondra demain aux "
          "questions.</p><button>Partager</button></div><p>" SECOND "</p>"),
     "La mairie répondra demain aux questions.", "Partager"},
    {"links glued to each other",
     PAGE("<p>" FIRST "</p><div><a>Facebook</a><a>LinkedIn</a><a>Copier le "
          "lien</a></div><p>" SECOND "</p>"),
     FIRST "|" SECOND, "FacebookLinkedInCopier le lien"},
    {"contents before the article, in a menu",
     PAGE("<nav><ul><li><a>Le chantier</a></li></ul></nav><p>" FIRST
          "</p><h2>Le chantier</h2><p>" SECOND "</p>"),
     "Le chantier|" FIRST, ""},
    {"a path",
     PAGE("<div>Ville &gt; Mairie &gt; Rues et places</div><p>" FIRST "</p><p>" SECOND
          "</p>"),
     FIRST, "Ville > Mairie > Rues et places"},
    {"an answer below the first one's comments",
     PAGE("<div class='post'><p>" FIRST "</p><p>" SECOND "</p></div><div "
          "class='comments'><h4>Commentaires</h4><p>Bien dit, voisin, et tant "
          "mieux.</p></div><div class='post'><p>" SECOND " Encore.</p></div>"),
     FIRST "|" SECOND " Encore.", "Bien dit, voisin, et tant mieux."},
    {"of a pager, one headline",
     PAGE("<p>" FIRST "</p><p>" SECOND "</p><a>Article précédent</a><p><a>Le lavoir "
          "retrouve son toit</a></p><p><a>Recevoir les articles par courriel</a></p>"),
     "Le lavoir retrouve son toit", "Recevoir les articles par courriel"},
    {"the last lines beside the article's paragraphs",
     PAGE("<div><p>" FIRST "</p><p>" SECOND "</p><p>Bien à vous,</p></div><div><p>Un "
          "thème sobre</p></div>"),
     "Bien à vous,", "Un thème sobre"},
    {"a dump: lines before and after", DUMP(FIRST "\n\n" SECOND "\n\nMentions légales"),
     TITLE "|" FIRST "|" SECOND, "Menu|Accueil|Mentions légales"},
    {"a dump: a panel of short lines around a button",
     DUMP(FIRST "\n\nVous aimez ce journal ?\nSoutenez-le dès aujourd’hui\nJe "
                "m’abonne\n\n" SECOND),
     FIRST "|" SECOND, "Vous aimez ce journal ?|Soutenez-le dès aujourd’hui"},
    {"a dump: a whole date is no title",
     DUMP("Publié le 14 janvier 2022 par Carole\n\n" FIRST "\n\n" SECOND), TITLE, ""},
    {"a dump: numbers and players do not end the article",
     DUMP(FIRST "\n\n250 g de farine\n4 œufs\n\nLire la vidéo\n0:00 / 2:41\n\n" SECOND),
     FIRST "|250 g de farine|4 œufs|" SECOND, "Lire la vidéo"},
};

// 1: kept, 0: left out, -1: there is no such block.
static int is_kept(const cq_document *d, cq_str text)
{
    int found = -1;
    for (size_t i = 0; i < d->blocks.n; i++) {
        const cq_block *b = &d->blocks.v[i];
        if (b->hints & CQ_HINT_HEAD) continue;
        if (!cq_str_eq(cq_str_sub(d->text, b->text.start, b->text.end), text)) continue;
        if (b->skip == CQ_SKIP_NONE) return 1;
        found = 0;
    }
    return found;
}

static void test_blocks(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        const row *r = &ROWS[i];
        cq_arena *a = cq_arena_new();
        cq_err err = {0};
        bool html = r->page[0] == '<';
        cq_document *d =
            cq_read(a, cq_str_of(r->page), "page", html ? "html" : NULL, &err);
        if (!d) fail_msg("%s: %s", r->why, err.message);
        cq_furniture_mark(d);
        for (int want = 0; want < 2; want++) {
            cq_str rest = cq_str_of(want ? r->kept : r->left_out), text;
            while (cq_str_split(&rest, '|', &text)) {
                if (!text.n || is_kept(d, text) == want) continue;
                fail_msg("%s: %s: %.*s", r->why, want ? "not kept" : "not left out",
                         CQ_PRI(text));
            }
        }
        cq_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_blocks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
