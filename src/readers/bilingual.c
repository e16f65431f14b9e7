// Files that hold both texts: PO (the GNU gettext manual, "The Format of PO Files") and
// two columns parted by a tab. The French becomes the document, the English the document
// beside it; both lead back to the same file.
#include "base/utf8.h"
#include "readers/reader.h"
#include "text/language.h"

enum { PIECES_MAX = 4096, FORMS_MAX = 6, SAMPLE_BYTES = 4096 };

static cq_block *open(cq_builder *b)
{
    cq_block *block = cq_builder_open(b, CQ_BLOCK_PARAGRAPH, 0);
    block->hints = CQ_HINT_BLANK_BEFORE | CQ_HINT_BLANK_AFTER;
    return block;
}

// --- PO

typedef struct {
    uint32_t start, end; // between the quotation marks, in the input
} piece;

typedef CQ_VEC(piece) pieces;

typedef struct {
    cq_builder *b, english;
    pieces id, plural, forms[FORMS_MAX];
} po;

static bool has_text(const pieces *v)
{
    for (size_t i = 0; i < v->n; i++) {
        if (v->v[i].end > v->v[i].start) return true;
    }
    return false;
}

// A string of several lines is one text; \n and \t are blanks in it.
static void add_pieces(cq_builder *b, const pieces *v)
{
    cq_str in = b->in.text;
    open(b);
    for (size_t k = 0; k < v->n; k++) {
        uint32_t done = v->v[k].start, end = v->v[k].end;
        for (uint32_t i = done; i < end; i++) {
            if (in.p[i] != '\\' || i + 1 == end) continue;
            char c = in.p[i + 1];
            bool blank = c == 'n' || c == 't' || c == 'r';
            cq_builder_verbatim(b, done, i);
            done = i + 1; // before a letter of more bytes the mark says nothing
            if (c & 0x80) continue;
            cq_builder_replaced(b, blank ? cq_str_of(" ") : cq_str_sub(in, i + 1, i + 2),
                                i, i + 2);
            done = i + 2;
            i++;
        }
        cq_builder_verbatim(b, done, end);
    }
    cq_builder_close(b);
}

// An entry is complete. The header, whose msgid is empty, holds no text; of one that is
// not translated there is nothing to check.
static void flush(po *p)
{
    for (size_t k = 0; k < FORMS_MAX && has_text(&p->id); k++) {
        if (!has_text(&p->forms[k])) continue;
        add_pieces(p->b, &p->forms[k]);
        add_pieces(&p->english, k && has_text(&p->plural) ? &p->plural : &p->id);
    }
    p->id.n = p->plural.n = 0;
    for (size_t k = 0; k < FORMS_MAX; k++) p->forms[k].n = 0;
}

// Which list the strings of a line go to, by its keyword; NULL: they are not for us.
static pieces *keyword(po *p, cq_str line, bool *comment)
{
    *comment = cq_str_starts(line, cq_str_of("#"));
    if (cq_str_starts(line, cq_str_of("msgid_plural"))) return &p->plural;
    if (cq_str_starts(line, cq_str_of("msgid"))) {
        flush(p);
        return &p->id;
    }
    if (cq_str_starts(line, cq_str_of("msgstr["))) {
        size_t k = line.n > 7 ? (size_t)(line.p[7] - '0') : FORMS_MAX;
        return k < FORMS_MAX ? &p->forms[k] : NULL;
    }
    if (cq_str_starts(line, cq_str_of("msgstr"))) return &p->forms[0];
    return NULL;
}

void cq_read_po(cq_builder *b)
{
    cq_str in = b->in.text, rest = in, line;
    po p = {.b = b};
    pieces *to = NULL;
    cq_builder_beside(b, &p.english);
    while (!cq_builder_full(b) && cq_str_split(&rest, '\n', &line)) {
        line = cq_str_trim(line);
        bool comment = false;
        bool goes_on = cq_str_starts(line, cq_str_of("\""));
        if (!goes_on) to = keyword(&p, line, &comment);
        const char *open_mark = comment ? NULL : memchr(line.p, '"', line.n);
        if (!to || !open_mark || line.p[line.n - 1] != '"' ||
            open_mark == line.p + line.n - 1 || to->n == PIECES_MAX)
            continue;
        *CQ_PUSH(b->doc->arena, to) = (piece){(uint32_t)(open_mark + 1 - in.p),
                                              (uint32_t)(line.p + line.n - 1 - in.p)};
    }
    flush(&p);
    cq_builder_finish(&p.english);
}

// --- two columns

// The columns of a line; false where it has but one.
static bool columns(cq_str line, cq_str out[2])
{
    if (!cq_str_split(&line, '\t', &out[0]) || !cq_str_split(&line, '\t', &out[1]))
        return false;
    out[0] = cq_str_trim(out[0]);
    out[1] = cq_str_trim(out[1]);
    return out[0].n && out[1].n;
}

// Which of the columns is the French one: as their languages say, else the second.
static unsigned french_column(cq_arena *a, cq_str text)
{
    cq_str sample[2] = {{"", 0}, {"", 0}}, line, c[2];
    while (sample[0].n < SAMPLE_BYTES && cq_str_split(&text, '\n', &line)) {
        if (!columns(line, c)) continue;
        for (unsigned k = 0; k < 2; k++)
            sample[k] = cq_strf(a, "%.*s %.*s", CQ_PRI(sample[k]),
                                CQ_PRI(cq_str_sub(c[k], 0, SAMPLE_BYTES)));
    }
    return strcmp(cq_language_identify(sample[0]).code, "fr") == 0 ? 0 : 1;
}

static bool is_header(const cq_str c[2])
{
    static const char *const NAMES[] = {"en", "english", "source", "src",
                                        "fr", "french",  "target", "français"};
    for (size_t i = 0; i < CQ_COUNT(NAMES); i++) {
        if (cq_str_ieq(c[0], NAMES[i])) return true;
    }
    return false;
}

void cq_read_tsv(cq_builder *b)
{
    cq_str in = b->in.text, rest = in, line, c[2];
    unsigned french = french_column(b->doc->arena, in);
    cq_builder english;
    cq_builder_beside(b, &english);
    for (size_t n = 0; !cq_builder_full(b) && cq_str_split(&rest, '\n', &line); n++) {
        if (!columns(line, c) || (n == 0 && is_header(c))) continue;
        for (unsigned k = 0; k < 2; k++) {
            cq_builder *to = k == french ? b : &english;
            uint32_t start = (uint32_t)(c[k].p - in.p);
            open(to);
            cq_builder_verbatim(to, start, start + (uint32_t)c[k].n);
            cq_builder_close(to);
        }
    }
    cq_builder_finish(&english);
}
