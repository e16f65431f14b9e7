// The table of readers, and how a file's format is found.
#include "readers/reader.h"

#include "base/utf8.h"
#include "readers/encoding.h"

static const struct {
    const char *format;
    const char *endings; // of file names, each between spaces
    cq_reader read;
} READERS[] = {
    {"text", " txt text ", cq_read_text},
    {"page-dump", " dump ", cq_read_text},
    {"markdown", " md markdown mkd mdown mdx qmd rmd ", cq_read_markdown},
    {"html", " html htm xhtml ", cq_read_html},
    {"po", " po pot ", cq_read_po},
    {"tsv", " tsv ", cq_read_tsv},
    {"jsonl", " jsonl ndjson ", cq_read_jsonl},
    {"xliff", " xlf xliff ", cq_read_exchange},
    {"tmx", " tmx ", cq_read_exchange},
};
enum { TEXT, PAGE_DUMP, MARKDOWN, HTML };

const char *cq_reader_name(size_t i)
{
    return i < CQ_COUNT(READERS) ? READERS[i].format : NULL;
}

void cq_builder_beside(cq_builder *b, cq_builder *english)
{
    cq_document *d = b->doc, *e = CQ_NEW(d->arena, cq_document);
    e->arena = d->arena;
    e->source = d->source;
    e->format = d->format;
    e->encoding = d->encoding;
    e->title = e->url = e->published = e->section = e->language_claim = cq_str_of("");
    d->beside = e;
    cq_builder_init_input(english, e, b->in);
}

static size_t by_ending(cq_str path)
{
    size_t dot = path.n;
    while (dot && path.p[dot - 1] != '.' && path.p[dot - 1] != '/') dot--;
    cq_str ending = cq_str_sub(path, dot, path.n);
    char key[16];
    if (!dot || path.p[dot - 1] != '.' || !ending.n || ending.n + 2 > sizeof key)
        return SIZE_MAX;
    key[0] = key[ending.n + 1] = ' ';
    for (size_t i = 0; i < ending.n; i++) key[i + 1] = cq_lower(ending.p[i]);
    for (size_t k = 0; k < CQ_COUNT(READERS); k++) {
        if (cq_str_find(cq_str_of(READERS[k].endings), (cq_str){key, ending.n + 2}) !=
            SIZE_MAX)
            return k;
    }
    return SIZE_MAX;
}

static bool starts_as_page(cq_str s)
{
    static const char *const STARTS[] = {"<!doctype html", "<html", "<head", "<body"};
    s = cq_str_trim(s);
    for (size_t k = 0; k < CQ_COUNT(STARTS); k++) {
        if (cq_str_ieq(cq_str_sub(s, 0, strlen(STARTS[k])), STARTS[k])) return true;
    }
    return false;
}

// Front matter, or enough lines that begin as nothing but Markdown does.
static bool looks_like_markdown(cq_str s)
{
    enum { LINES = 200, SIGNS = 2 };
    cq_str line;
    size_t signs = 0;
    for (size_t n = 0; n < LINES && cq_str_split(&s, '\n', &line); n++) {
        if (n == 0 && cq_str_is(cq_str_trim(line), "---")) return true;
        if (n == 0 && cq_str_is(cq_str_trim(line), "+++")) return true;
        size_t hashes = 0;
        while (hashes < line.n && line.p[hashes] == '#') hashes++;
        bool heading =
            hashes >= 1 && hashes <= 6 && hashes < line.n && line.p[hashes] == ' ';
        bool fence = cq_str_starts(line, cq_str_of("```"));
        bool link = cq_str_find(line, cq_str_of("](")) != SIZE_MAX;
        bool strong = cq_str_find(line, cq_str_of("**")) != SIZE_MAX;
        signs += heading + fence + link + strong;
    }
    return signs >= SIGNS;
}

static size_t find_format(cq_str text, cq_str path)
{
    size_t k = by_ending(path);
    if (k != SIZE_MAX && k != TEXT) return k;
    if (starts_as_page(text)) return HTML;
    if (k == SIZE_MAX && looks_like_markdown(text)) return MARKDOWN;
    return TEXT;
}

// What the file's own title is: its title block in the article, else in the head or front
// matter, else the first heading of the highest level.
static void set_title(cq_document *d)
{
    const cq_block *found = NULL;
    unsigned rank = 9;
    for (size_t i = 0; i < d->blocks.n; i++) {
        const cq_block *b = &d->blocks.v[i];
        unsigned r = b->kind == CQ_BLOCK_TITLE     ? !!(b->hints & CQ_HINT_HEAD)
                     : b->kind == CQ_BLOCK_HEADING ? 1u + b->level
                                                   : 9;
        if (r >= rank) continue;
        rank = r;
        found = b;
    }
    if (found) d->title = cq_str_sub(d->text, found->text.start, found->text.end);
}

cq_document *cq_read(cq_arena *a, cq_str bytes, const char *path, const char *format,
                     cq_err *err)
{
    if (bytes.n > CQ_READ_BYTES_MAX) {
        cq_fail(err, CQ_ELIMIT, path, 0, "larger than %d bytes", CQ_READ_BYTES_MAX);
        return NULL;
    }
    cq_document *d = CQ_NEW(a, cq_document);
    d->arena = a;
    d->source = bytes;
    d->title = d->url = d->published = d->section = d->language_claim = cq_str_of("");
    cq_input in;
    if (!cq_decode(d, path, &in, err)) return NULL;

    size_t k = format ? 0 : find_format(in.text, cq_str_of(path));
    while (format && k < CQ_COUNT(READERS) && strcmp(format, READERS[k].format) != 0) k++;
    if (k == CQ_COUNT(READERS)) {
        cq_fail(err, CQ_EUSAGE, path, 0, "no such format: %.40s", format);
        return NULL;
    }
    d->format = READERS[k].format;
    cq_builder b;
    cq_builder_init_input(&b, d, in);
    READERS[k].read(&b);
    cq_builder_finish(&b);
    set_title(d);
    return d;
}
