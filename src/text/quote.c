// Quotation state: a short stack of open marks, and what each glyph means in its place.
#include "text/quote.h"

#include "base/utf8.h"

enum { DEPTH_MAX = 16 }; // deeper nesting adds nothing: all of it is quoted

typedef struct {
    uint32_t mark;
    size_t token;
} open_mark;

typedef struct {
    cq_token *tokens;
    size_t first;
    open_mark open[DEPTH_MAX];
    size_t depth;
    bool quoted; // something has been quoted in this block
} state;

static void quote(state *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) s->tokens[i].flags |= CQ_TOKEN_QUOTED;
    s->quoted = true;
}

static void push(state *s, uint32_t mark, size_t token)
{
    if (s->depth < DEPTH_MAX) s->open[s->depth++] = (open_mark){mark, token};
}

// Closes the innermost of two marks (and what was opened in it); false: none is open.
static bool pop(state *s, uint32_t one, uint32_t other, size_t token)
{
    for (size_t k = s->depth; k-- > 0;) {
        if (s->open[k].mark != one && s->open[k].mark != other) continue;
        s->depth = k;
        // At once: a single mark further out may never close.
        quote(s, s->open[k].token + 1, token);
        return true;
    }
    return false;
}

static bool single(uint32_t c)
{
    return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x201a || c == 0x201b ||
           c == 0x2bc || c == 0x2039 || c == 0x203a;
}

static uint32_t glyph(cq_str text, const cq_token *t)
{
    size_t i = t->start;
    uint32_t c = cq_utf8_next(text, &i);
    if (c == '<') return 0xab; // <<
    if (c == '>') return 0xbb;
    return c;
}

// Nothing that can be quoted follows: the end, or punctuation glued to the mark.
static bool ends_clause(const cq_token *tokens, size_t next, size_t last)
{
    if (next == last) return true;
    uint8_t mark = tokens[next].mark;
    return !(tokens[next].flags & CQ_TOKEN_SPACE) &&
           (mark == CQ_MARK_COMMA || mark == CQ_MARK_POINT || mark == CQ_MARK_SEMICOLON ||
            mark == CQ_MARK_CLOSE);
}

void cq_mark_quoted(cq_str text, cq_token *tokens, size_t first, size_t last)
{
    state s = {.tokens = tokens, .first = first};
    for (size_t i = first; i < last; i++) {
        if (tokens[i].mark != CQ_MARK_QUOTE) continue;
        const cq_token *before = i > first ? &tokens[i - 1] : NULL;
        bool spaced = !before || tokens[i].flags & CQ_TOKEN_SPACE ||
                      before->mark == CQ_MARK_OPEN || before->mark == CQ_MARK_DASH ||
                      before->mark == CQ_MARK_QUOTE || before->flags & CQ_TOKEN_ELIDED;
        bool glued = i + 1 < last && !(tokens[i + 1].flags & CQ_TOKEN_SPACE);
        bool opens = spaced && glued;
        switch (glyph(text, &tokens[i])) {
        case 0xab: // « opens; in »German« it closes, and where it was typed for »
            if (!spaced && pop(&s, 0xbb, 0xbb, i)) break;
            if (ends_clause(tokens, i + 1, last) && pop(&s, 0xab, 0xab, i)) break;
            push(&s, 0xab, i);
            break;
        case 0xbb:
            if (pop(&s, 0xab, 0xab, i)) break;
            if (opens && before)
                push(&s, 0xbb, i);
            else if (!s.quoted)
                quote(&s, first, i);
            break;
        case 0x201c: // “ closes „German“ and opens “English”
            if (!opens && pop(&s, 0x201e, 0x201e, i)) break;
            push(&s, 0x201c, i);
            break;
        case 0x201d: // ” closes “English” and, in some countries, ”opens”
            if (pop(&s, 0x201c, 0x201e, i) || pop(&s, 0x201d, 0x201d, i)) break;
            if (opens)
                push(&s, 0x201d, i);
            else if (!s.quoted)
                quote(&s, first, i);
            break;
        case 0x201e: // „
        case 0x201f: // ‟
            push(&s, 0x201e, i);
            break;
        case '"':
            // A straight mark says by its spaces what it is; else it takes its turn.
            // After a number it may be inches.
            if (opens) {
                push(&s, '"', i);
                break;
            }
            if (pop(&s, '"', '"', i)) break;
            if (!spaced || i + 1 == last) break;
            push(&s, '"', i);
            break;
        case 0x2039: // ‹
            push(&s, 0x2039, i);
            break;
        case 0x203a: // ›
            pop(&s, 0x2039, 0x2039, i);
            break;
        case 0x201a: // ‚
        case 0x2018: // ‘
        case 0x201b: // ‛
            if (!opens && pop(&s, 0x201a, 0x201a, i)) break;
            push(&s, 0x2018, i);
            break;
        case 0x2019: // ’ that is no apostrophe of a word
        case 0x2bc:
            if (!opens) pop(&s, 0x2018, 0x201a, i);
            break;
        case '\'':
            if (opens)
                push(&s, '\'', i);
            else
                pop(&s, '\'', '\'', i);
            break;
        default: // 「 and its like
            break;
        }
    }
    for (size_t k = 0; k < s.depth; k++) {
        if (single(s.open[k].mark)) continue;
        quote(&s, s.open[k].token + 1, last);
        return;
    }
}
