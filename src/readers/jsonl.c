// JSON Lines with both texts: an object on each line, {"source": "...", "target": "..."},
// or with the keys en and fr, as such or in "translation" (as corpora have it). Each line
// is a pair; an empty line in a text parts paragraphs.
#include "base/json_in.h"
#include "base/utf8.h"
#include "readers/reader.h"

static cq_block *open(cq_builder *b)
{
    cq_block *block = cq_builder_open(b, CQ_BLOCK_PARAGRAPH, 0);
    block->hints = CQ_HINT_BLANK_BEFORE | CQ_HINT_BLANK_AFTER;
    return block;
}

// What stands between the quotes of the first of these keys that has a string; n is 0
// where none has.
static cq_str string_of(const cq_json_parts *parts, const char *const *keys, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const cq_json_part *part = cq_json_part_get(parts, keys[i]);
        cq_str v = part ? part->value : (cq_str){"", 0};
        if (v.n > 2 && v.p[0] == '"' && v.p[v.n - 1] == '"')
            return cq_str_sub(v, 1, v.n - 1);
    }
    return (cq_str){"", 0};
}

// The four digits of \uXXXX at s[i]; UINT32_MAX: there are none.
static uint32_t unit_at(cq_str s, size_t i)
{
    uint32_t value = 0;
    if (i + 6 > s.n || s.p[i] != '\\' || s.p[i + 1] != 'u') return UINT32_MAX;
    for (size_t k = i + 2; k < i + 6; k++) {
        char c = cq_lower(s.p[k]);
        bool letter = c >= 'a' && c <= 'f';
        if (!letter && !cq_is_digit(c)) return UINT32_MAX;
        value = value * 16 + (uint32_t)(letter ? c - 'a' + 10 : c - '0');
    }
    return value;
}

// What the escape at s[i] stands for, in `out`; its length in s goes to *length. Line
// breaks and other control characters are blanks.
static cq_str escaped(cq_str s, size_t i, char out[4], size_t *length)
{
    uint32_t c = unit_at(s, i);
    *length = c == UINT32_MAX ? 2 : 6;
    if (c == UINT32_MAX) {
        out[0] = i + 1 < s.n ? s.p[i + 1] : ' ';
        if (strchr("nrtbf", out[0])) out[0] = ' ';
        return (cq_str){out, 1};
    }
    if (c >= 0xd800 && c < 0xdc00) {
        uint32_t low = unit_at(s, i + 6);
        if (low >= 0xdc00 && low < 0xe000) {
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            *length = 12;
        }
    }
    if (c >= 0xd800 && c < 0xe000) c = 0xfffd; // half of a pair
    if (c < ' ' || c == 0x7f) c = ' ';
    return (cq_str){out, cq_utf8_put(out, c)};
}

// Two escaped line breaks, blanks between them or not; 0 where there is but one.
static size_t paragraph_break(cq_str s, size_t i)
{
    size_t breaks = 0, end = i;
    while (end + 1 < s.n) {
        bool newline = s.p[end] == '\\' && s.p[end + 1] == 'n';
        bool back = s.p[end] == '\\' && s.p[end + 1] == 'r';
        if (!newline && !back && s.p[end] != ' ') break;
        breaks += newline;
        end += s.p[end] == ' ' ? 1 : 2;
    }
    return breaks > 1 ? end - i : 0;
}

static void add_text(cq_builder *b, cq_str s)
{
    uint32_t base = (uint32_t)(s.p - b->in.text.p);
    size_t done = 0;
    open(b);
    for (size_t i = 0; i < s.n;) {
        if (s.p[i] != '\\') {
            i++;
            continue;
        }
        cq_builder_verbatim(b, base + (uint32_t)done, base + (uint32_t)i);
        char buf[4];
        size_t length = paragraph_break(s, i);
        if (length) {
            cq_builder_close(b);
            open(b);
        } else {
            cq_str text = escaped(s, i, buf, &length);
            uint32_t end = base + (uint32_t)(i + length < s.n ? i + length : s.n);
            if ((unsigned char)buf[0] < 0x80 || length > 2)
                cq_builder_replaced(b, text, base + (uint32_t)i, end);
            else
                length = 1; // before a letter of more bytes the mark says nothing
        }
        i += length;
        done = i;
    }
    if (done < s.n) cq_builder_verbatim(b, base + (uint32_t)done, base + (uint32_t)s.n);
    cq_builder_close(b);
}

static void read_line(cq_builder *b, cq_builder *english, cq_arena *scratch, cq_str line,
                      unsigned number, bool *told)
{
    static const char *const SOURCE[] = {"source", "en", "src"};
    static const char *const TARGET[] = {"target", "fr", "tgt"};
    cq_json_parts parts;
    cq_err err = {0};
    bool good = cq_json_split(scratch, line, CQ_JSON_OBJECT, NULL, number, &parts, &err);
    const cq_json_part *inner = good ? cq_json_part_get(&parts, "translation") : NULL;
    if (inner && inner->value.n && inner->value.p[0] == '{')
        good = cq_json_split(scratch, inner->value, CQ_JSON_OBJECT, NULL, number, &parts,
                             &err);
    if (!good) {
        if (!*told)
            cq_builder_note(b, "json: line %u: %s; such lines are left out", number,
                            err.message);
        *told = true;
        return;
    }
    cq_str source = string_of(&parts, SOURCE, CQ_COUNT(SOURCE));
    cq_str target = string_of(&parts, TARGET, CQ_COUNT(TARGET));
    if (!source.n || !target.n) return; // of what is not translated, nothing to check
    add_text(english, source);
    add_text(b, target);
}

void cq_read_jsonl(cq_builder *b)
{
    cq_str rest = b->in.text, line;
    cq_builder english;
    cq_arena *scratch = cq_arena_new();
    bool told = false;
    cq_builder_beside(b, &english);
    for (unsigned n = 1; !cq_builder_full(b) && cq_str_split(&rest, '\n', &line); n++) {
        line = cq_str_trim(line);
        if (!line.n) continue;
        cq_arena_reset(scratch);
        read_line(b, &english, scratch, line, n, &told);
    }
    cq_arena_free(scratch);
    cq_builder_finish(&english);
}
