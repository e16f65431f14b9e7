// What the readers make of small files: blocks with their kinds, facts, notes.
#include "readers/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
// cmocka needs the headers above
#include <cmocka.h>

#define BYTES(lit)                                                                       \
    {                                                                                    \
        (lit), sizeof(lit) - 1                                                           \
    }
#define OBJECT "\xef\xbf\xbc"

static const struct {
    const char *why, *format;
    cq_str in;
    const char *want; // kind:text, joined by " | "
} ROWS[] = {
    // --- plain text
    {"an empty file has no blocks", "text", BYTES(""), ""},
    {"blank lines only", "text", BYTES("\n \n\t\n"), ""},
    {"a line is a paragraph", "text", BYTES("Un.\nDeux."),
     "paragraph:Un. | paragraph:Deux."},
    {"a title, then text", "text", BYTES("Le titre\n\nDu texte."),
     "title:Le titre | paragraph:Du texte."},
    {"a heading stands alone without a full stop", "text",
     BYTES("Un.\n\nLa suite\n\nDeux."),
     "paragraph:Un. | heading:La suite | paragraph:Deux."},
    {"bullets are no text", "text", BYTES("Voici :\n- un\n  • deux\n3. trois"),
     "paragraph:Voici : | list-item:un | list-item:deux | list-item:trois"},
    {"a dialogue is no list", "text", BYTES("— Oui.\n– Non."),
     "paragraph:— Oui. | paragraph:– Non."},
    {"CRLF and lone CR end lines", "text", BYTES("Un.\r\nDeux.\rTrois."),
     "paragraph:Un. | paragraph:Deux. | paragraph:Trois."},
    {"no-break spaces are kept inside, not at the edges", "text",
     BYTES("\u00a0a\u00a0: b\u00a0"), "paragraph:a\u00a0: b"},
    {"lines broken by a program are joined", "text",
     BYTES("Le conseil municipal a décidé hier soir de\n"
           "construire un nouveau pont sur la rivière,\n"
           "ce que les habitants attendaient depuis de\n"
           "longues années.\n\nUn autre paragraphe."),
     "paragraph:Le conseil municipal a décidé hier soir de construire un nouveau pont "
     "sur "
     "la rivière, ce que les habitants attendaient depuis de longues années. | "
     "paragraph:Un autre paragraphe."},
    {"links that lynx numbers", "text",
     BYTES("[1]Un [2]deux[3]trois\n[4]quatre [5]cinq [7]six [6]sept"),
     "paragraph:Un deuxtrois | paragraph:quatre cinq [7]six sept"},
    {"an address may be longer than the lines around it", "text",
     BYTES("Le conseil municipal a décidé hier soir de\n"
           "construire un nouveau pont sur la rivière,\n"
           "ce que les habitants attendaient depuis de\n"
           "longues années.\n"
           "https://example.org/une/adresse/qui/est/longue\n"),
     "paragraph:Le conseil municipal a décidé hier soir de construire un nouveau pont "
     "sur "
     "la rivière, ce que les habitants attendaient depuis de longues années. "
     "https://example.org/une/adresse/qui/est/longue"},
    {"a soft hyphen is no text", "text", BYTES("indus\u00adtrie"), "paragraph:industrie"},
    {"text is composed", "text", BYTES("e\u0301te\u0301"), "paragraph:été"},
    {"Greek is left alone", "text", BYTES("αβγ e\u0301"), "paragraph:αβγ é"},
    // --- encodings
    {"UTF-8 with its mark", "text",
     BYTES("\xef\xbb\xbf"
           "été"),
     "paragraph:été"},
    {"Latin-1", "text", BYTES("\xe9t\xe9 chaud."), "paragraph:été chaud."},
    {"Windows-1252", "text", BYTES("l\x92\xe9t\xe9 \x85"), "paragraph:l’été …"},
    {"Latin-9 by its oe", "text", BYTES("un c\xbdur l\xe9ger."),
     "paragraph:un cœur léger."},
    {"UTF-16, little-endian", "text",
     BYTES("\xff\xfe"
           "a\0\xe9\0"),
     "paragraph:aé"},
    {"UTF-16, big-endian, a pair and an odd byte", "text",
     BYTES("\xfe\xff"
           "\0a\xd8\x3d\xde\x00"
           "\0"),
     "paragraph:a😀\ufffd"},
    {"UTF-16 without a mark", "text", BYTES("a\0b\0c\0d\0"), "paragraph:abcd"},
    {"a NUL byte", "text", BYTES("ab\0cd ef gh ij kl"),
     "paragraph:ab\ufffdcd ef gh ij kl"},
    {"cut in the middle of a character", "text", BYTES("été \xc3"),
     "paragraph:été \ufffd"},
    // --- Markdown
    {"inline markup is left out", "markdown",
     BYTES("Un *mot* **fort** et [un lien](http://x)."),
     "paragraph:Un mot fort et un lien."},
    {"the first heading of level 1 is the title", "markdown",
     BYTES("# Titre\n\n## Sous\n\nTexte"),
     "title:Titre | heading:Sous | paragraph:Texte"},
    {"a line break is a space", "markdown", BYTES("un\ndeux  \ntrois\\\nquatre\r\ncinq"),
     "paragraph:un deux trois quatre cinq"},
    {"entities and escapes", "markdown", BYTES("a &amp; b &eacute;&#x27; \\*c\\* &nope;"),
     "paragraph:a & b é' *c* &nope;"},
    {"lists, tight, loose, nested", "markdown",
     BYTES("- un\n  - deux\n\n1. trois\n\n   suite"),
     "list-item:un | list-item:deux | list-item:trois | list-item:suite"},
    {"quotations", "markdown", BYTES("> cité\n> encore\n\nlibre"),
     "quotation:cité encore | paragraph:libre"},
    {"tables", "markdown", BYTES("| a | b |\n|---|---|\n| c | *d* |\n"),
     "table-cell:a | table-cell:b | table-cell:c | table-cell:d"},
    {"code is an object in a sentence, and no block", "markdown",
     BYTES("la commande `ls -l` affiche\n\n```sh\nls\n```\n\n    indented"),
     "paragraph:la commande " OBJECT " affiche"},
    {"alternative text follows its paragraph", "markdown",
     BYTES("Voir ![un *chat*](c.png)."), "paragraph:Voir . | alt-text:un chat"},
    {"footnotes", "markdown",
     BYTES("Texte[^1] ici.\n\n[^1]: La *note*.\n[^b]: Autre.\n\n    Suite."),
     "paragraph:Texte ici. | footnote:La note. | footnote:Autre. | footnote:Suite."},
    {"shortcodes of Hugo and Jekyll", "markdown",
     BYTES("Avant {{< ref \"x\" >}} après.\n\n{% include a.html\n  b=1 %}\n\nFin {{ "
           "page.x }}."),
     "paragraph:Avant " OBJECT " après. | paragraph:Fin " OBJECT "."},
    {"what is left out leaves one blank", "markdown",
     BYTES("Un ![x](y) mot :book: et [lien]({{ site.url }}a) *là*. 12:30:45"),
     "paragraph:Un mot " OBJECT " et lien là. 12:30:45 | alt-text:x"},
    {"shortcodes of WordPress", "markdown",
     BYTES("[caption id=\"a\" width=\"3\"]Une légende[/caption]\n\nVoir [note] et [ref "
           "x](y)."),
     "paragraph:Une légende | paragraph:Voir [note] et ref x."},
    {"attribute lists", "markdown", BYTES("## Titre {#id .c}\n\nTexte\n{: .classe }\n"),
     "heading:Titre | paragraph:Texte"},
    {"admonitions", "markdown",
     BYTES("!!! note \"Le titre\"\n    Du texte\n\n    - un point\n\nFin"),
     "paragraph:Le titre | paragraph:Du texte | list-item:un point | paragraph:Fin"},
    {"directives and alerts", "markdown",
     BYTES(":::tip\nUn conseil\n:::\n\n> [!NOTE]\n> Une note"),
     "paragraph:Un conseil | quotation:Une note"},
    {"directives in lines of their own", "markdown",
     BYTES(":::row:::\n:::column-end:::\n[!INCLUDE [x](y.md)]\nTexte"),
     "paragraph:Texte"},
    {"HTML inside", "markdown",
     BYTES("<div class=\"x\">\n<p>Un <b>mot</b>.</p>\n</div>\n\nUn <em>autre</em> "
           "mot<br>là."),
     "paragraph:Un mot. | paragraph:Un autre mot là."},
    {"HTML in a quotation", "markdown", BYTES("> <p>un\n> deux</p>\n"),
     "paragraph:un deux"},
    {"Gutenberg", "markdown",
     BYTES("<!-- wp:paragraph -->\n<p>Texte.</p>\n<!-- /wp:paragraph -->\n\n"
           "<!-- wp:image {\"id\":3} -->\n<figure><img src=\"a\" alt=\"L&#39;image\"/>"
           "<figcaption>Légende</figcaption></figure>\n<!-- /wp:image -->"),
     "paragraph:Texte. | alt-text:L'image | caption:Légende"},
    {"YAML front matter", "markdown",
     BYTES(
         "---\ntitle: \"Le \\\"titre\\\"\"\ndescription: >\n  Une longue\n  description\n"
         "tags: [a, b]\nimage:\n  src: a.png\n  alt: 'L''image'\n---\nTexte"),
     "title:Le \"titre\" | description:Une longue description | alt-text:L'image | "
     "paragraph:Texte"},
    {"YAML with an unquoted colon is read by lines", "markdown",
     BYTES("---\ntitle: Un : deux: trois\nexcerpt: Voici\n---\nTexte"),
     "title:Un : deux: trois | description:Voici | paragraph:Texte"},
    {"TOML front matter", "markdown",
     BYTES("+++\ntitle = \"Le titre\"\ndraft = true\n[seo]\ndescription = "
           "'''\nUn\nmot'''\n+++\nTexte"),
     "title:Le titre | description:Un mot | paragraph:Texte"},
    {"two rules are no front matter", "markdown", BYTES("---\n\nTexte\n\n---\n\nFin"),
     "paragraph:Texte | paragraph:Fin"},
    // --- HTML
    {"a page", "html",
     BYTES("<!DOCTYPE html><html lang=fr><head><title>Le titre - Site</title>"
           "<meta name=description content=\"Une &quot;description&quot;\">"
           "<script>var a = '<p>non</p>';</script></head><body><h1>Le titre</h1>"
           "<p>Un <b>mot</b>.<p>Deux.</body></html>"),
     "title:Le titre - Site | description:Une \"description\" | title:Le titre | "
     "paragraph:Un mot. | paragraph:Deux."},
    {"white space", "html", BYTES("<p>  a \n b<b> c </b> d  </p>"), "paragraph:a b c d"},
    {"references without semicolons", "html",
     BYTES("<p>&eacute &eacutes &amp;amp &#233 &#xE9;&#146; &x;</p>"),
     "paragraph:é és &amp é é’ &x;"},
    {"kinds", "html",
     BYTES("<ul><li>un<li>deux<ul><li>trois</ul></ul><blockquote><p>q</p></blockquote>"
           "<figure><img alt='alt'><figcaption>c</figcaption></figure>"
           "<table><tr><td>x<td>y</table>"),
     "list-item:un | list-item:deux | list-item:trois | quotation:q | alt-text:alt | "
     "caption:c | table-cell:x | table-cell:y"},
    {"pre is code, code is an object", "html",
     BYTES("<p>a <code>b c</code> d</p><pre>e</pre><p>f"),
     "paragraph:a " OBJECT " d | paragraph:f"},
    {"two line breaks end a paragraph", "html", BYTES("a<br>b<br/><br>c"),
     "paragraph:a b | paragraph:c"},
    {"drawings and their titles are left out", "html",
     BYTES("<p>a<svg><title>t</title></svg>b</p>"), "paragraph:ab"},
    {"comments, broken ones too", "html", BYTES("a<!-- b -->c<!--> d<!-- e"),
     "paragraph:ac d"},
    {"a lesser-than sign", "html", BYTES("<p>1 < 2 et 3 <4</p>"),
     "paragraph:1 < 2 et 3 <4"},
    {"a tag never closed", "html", BYTES("<p>a</p><p title=\"b"), "paragraph:a"},
    {"end tags of nothing", "html", BYTES("</p></div>a</b></table>b"),
     "paragraph:a | paragraph:b"},
};

static const char *summary(cq_arena *a, const cq_document *d)
{
    cq_str out = cq_str_of("");
    for (size_t i = 0; i < d->blocks.n; i++) {
        const cq_block *b = &d->blocks.v[i];
        cq_str text = cq_str_sub(d->text, b->text.start, b->text.end);
        out = cq_strf(a, "%.*s%s%s:%.*s", CQ_PRI(out), i ? " | " : "",
                      cq_block_kind_name(b->kind), CQ_PRI(text));
    }
    return cq_str_c(a, out);
}

static void test_blocks(void **state)
{
    (void)state;
    int failed = 0;
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_arena *a = cq_arena_new();
        cq_err err = {0};
        cq_document *d = cq_read(a, ROWS[i].in, "x", ROWS[i].format, &err);
        const char *got = d ? summary(a, d) : err.message;
        if (strcmp(got, ROWS[i].want) != 0) {
            print_error("%s:\n  want %s\n  got  %s\n", ROWS[i].why, ROWS[i].want, got);
            failed++;
        }
        cq_arena_free(a);
    }
    assert_int_equal(failed, 0);
}

static const struct {
    const char *why, *path, *format;
    cq_str in;
    const char *want; // format, or the beginning of the error
} FORMATS[] = {
    {"by ending", "a.md", NULL, BYTES("text"), "markdown"},
    {"by ending, in capitals", "A.HTM", NULL, BYTES("text"), "html"},
    {"a page saved as text", "a.txt", NULL, BYTES("<!DOCTYPE html><p>a"), "html"},
    {"front matter without an ending", "-", NULL, BYTES("---\ntitle: a\n---\n"),
     "markdown"},
    {"Markdown without an ending", "-", NULL, BYTES("# a\n\n**b** [c](d)\n\n## e"),
     "markdown"},
    {"a point in a folder is no ending", "a.md/b", NULL, BYTES("text"), "text"},
    {"what is asked for", "a.md", "text", BYTES("# a"), "text"},
    {"no such format", "a", "word", BYTES("a"), "no such format: word"},
    {"a binary file", "a", NULL, BYTES("PK\3\4\0\0\1\2\3ab"), "binary file"},
    {"UTF-32", "a", NULL, BYTES("\xff\xfe\0\0a\0\0\0"), "encoding UTF-32"},
    {"an encoding that is declared and not read", "a.html", NULL,
     BYTES("<meta charset=\"windows-1251\"><p>\xe0\xe1"), "encoding \"windows-1251\""},
};

static void test_formats(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(FORMATS); i++) {
        cq_arena *a = cq_arena_new();
        cq_err err = {0};
        cq_document *d =
            cq_read(a, FORMATS[i].in, FORMATS[i].path, FORMATS[i].format, &err);
        const char *got = d ? d->format : err.message;
        if (strncmp(got, FORMATS[i].want, strlen(FORMATS[i].want)) != 0)
            fail_msg("%s: got %s", FORMATS[i].why, got);
        cq_arena_free(a);
    }
}

// What a file says of itself, the blocks' places, what is skipped.
static cq_document *read_as(cq_arena *a, const char *format, const char *in)
{
    cq_err err = {0};
    cq_document *d = cq_read(a, cq_str_of(in), "x", format, &err);
    if (!d) fail_msg("%s", err.message);
    return d;
}

static void assert_str(cq_str got, const char *want)
{
    if (!cq_str_is(got, want)) fail_msg("want %s, got %.*s", want, CQ_PRI(got));
}

static void test_facts_of_front_matter(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    cq_document *d = read_as(a, "markdown",
                             "---\ntitle: Le titre\nauthors:\n  - name: Ada\n  - Bob\n"
                             "date: 2026-03-12\nlang: fr\ncategories: [Sciences, Monde]\n"
                             "permalink: /a/b\n---\nTexte\n\n```\ncode\n```\n");
    assert_str(d->title, "Le titre");
    assert_int_equal(d->authors.n, 2);
    assert_str(d->authors.v[0], "Ada");
    assert_str(d->authors.v[1], "Bob");
    assert_str(d->published, "2026-03-12");
    assert_str(d->language_claim, "fr");
    assert_str(d->section, "Sciences");
    assert_str(d->url, "/a/b");
    assert_str(d->blocks.v[0].field, "title");
    assert_true(d->blocks.v[0].hints & CQ_HINT_HEAD);
    assert_int_equal(d->skipped.n, 3); // metadata around the title, and code
    assert_int_equal(d->skipped.v[2].why, CQ_SKIP_CODE);
    cq_arena_free(a);
}

static void test_facts_of_pages(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    cq_document *d = read_as(
        a, "html",
        "<html lang=\"fr-FR\"><head><title>Une page | Site</title>"
        "<meta name=author content=\"Ada &amp; Bob\">"
        "<meta property=\"article:published_time\" content=2026-03-12>"
        "<link rel=canonical href=\"https://example.org/a\"></head><body>"
        "<nav class=\"menu main\" id=top><ul><li><a href=a>un</a> x</ul></nav>"
        "<article><h1>Une page</h1><time>hier</time><div hidden><p>b</div></article>");
    assert_str(d->title, "Une page");
    assert_str(d->language_claim, "fr-FR");
    assert_str(d->authors.v[0], "Ada & Bob");
    assert_str(d->published, "2026-03-12");
    assert_str(d->url, "https://example.org/a");
    assert_int_equal(d->blocks.n, 5);
    const cq_block *item = &d->blocks.v[1], *hour = &d->blocks.v[3];
    assert_true(item->hints & CQ_HINT_NAV && item->hints & CQ_HINT_LIST);
    assert_int_equal(item->link_percent, 66);
    const cq_box *box = &d->boxes.v[item->box];
    assert_str(box->tag, "li");
    box = &d->boxes.v[d->boxes.v[box->parent].parent];
    assert_str(box->tag, "nav");
    assert_str(box->marks, "menu main top");
    assert_true(hour->hints & CQ_HINT_ARTICLE && hour->hints & CQ_HINT_DATE);
    assert_true(hour->hints & CQ_HINT_LOOSE && !(hour->hints & CQ_HINT_NAV));
    assert_true(d->blocks.v[4].hints & CQ_HINT_HIDDEN);
    cq_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_blocks),
                                       cmocka_unit_test(test_formats),
                                       cmocka_unit_test(test_facts_of_front_matter),
                                       cmocka_unit_test(test_facts_of_pages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
