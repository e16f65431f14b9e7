// Sentence boundaries: a mark that may end a sentence does so unless what follows goes on
// in small letters. Abbreviations are known from the tokeniser; closing quotation marks
// and brackets belong to the sentence that they close. A block's end always ends one.
#include "text/sentence.h"

#include "base/utf8.h"

static bool is_terminator(const cq_token *t)
{
    return t->mark == CQ_MARK_POINT || t->mark == CQ_MARK_QUESTION ||
           t->mark == CQ_MARK_EXCLAMATION || t->mark == CQ_MARK_ELLIPSIS;
}

static uint32_t first_char(cq_str text, const cq_token *t)
{
    size_t i = t->start;
    return cq_utf8_next(text, &i);
}

// Does this quotation mark or bracket close something that was opened before it?
static bool is_closing(cq_str text, const cq_token *tokens, size_t i, size_t last)
{
    if (tokens[i].mark == CQ_MARK_CLOSE) return true;
    if (tokens[i].mark != CQ_MARK_QUOTE) return false;
    switch (first_char(text, &tokens[i])) {
    case 0xbb:   // »
    case '>':    // >>
    case 0x201d: // ”
    case 0x203a: // ›
        return true;
    case 0x2019: // ’
    case '"':
    case '\'':
    case 0x201c: // “ closes „German“
        // By its spaces: the closing one is glued to what it closes.
        return !(tokens[i].flags & CQ_TOKEN_SPACE) ||
               (i + 1 < last && tokens[i + 1].flags & CQ_TOKEN_SPACE);
    default:
        return false;
    }
}

// Is token i, after the terminator `t`, the start of a sentence?
static bool begins(cq_str text, const cq_token *tokens, size_t i, size_t last,
                   const cq_token *t)
{
    bool spaced = tokens[i].flags & CQ_TOKEN_SPACE, dash = false;
    for (; i < last; i++) {
        const cq_token *n = &tokens[i];
        if (n->kind == CQ_TOKEN_WORD) {
            if (n->flags & CQ_TOKEN_CAPITAL) return true;
            // A digit or another script has no case; "iPhone" is a name.
            uint32_t c = first_char(text, n);
            if (n->flags & CQ_TOKEN_MIXED && spaced) return true;
            return spaced && !cq_is_lower(c) && cq_is_letter(c);
        }
        if (n->kind == CQ_TOKEN_NUMBER || n->kind == CQ_TOKEN_URL) return spaced;
        if (n->kind == CQ_TOKEN_SYMBOL) return spaced;
        if (n->mark == CQ_MARK_DASH) { // of dialogue; else an aside that goes on
            if (dash || !spaced) return false;
            dash = true;
            continue;
        }
        if (n->mark == CQ_MARK_ELLIPSIS) return spaced && t->mark != CQ_MARK_ELLIPSIS;
        if (n->mark != CQ_MARK_OPEN && n->mark != CQ_MARK_QUOTE &&
            n->mark != CQ_MARK_OTHER) {
            return false;
        }
    }
    return false;
}

// The point of "1." or "a)" at the start of a sentence numbers it.
static bool numbers_an_item(const cq_token *tokens, size_t start, size_t i)
{
    return tokens[i].mark == CQ_MARK_POINT && i == start + 1 &&
           tokens[start].kind == CQ_TOKEN_NUMBER;
}

static void close(cq_token *tokens, size_t first, size_t last, uint32_t block,
                  cq_arena *a, cq_sentences *out)
{
    bool found = false;
    for (size_t i = first; i < last; i++) {
        tokens[i].sentence = (uint32_t)out->n;
        if (!found && tokens[i].kind == CQ_TOKEN_WORD) {
            tokens[i].flags |= CQ_TOKEN_FIRST;
            found = true;
        }
    }
    tokens[last - 1].flags |= CQ_TOKEN_LAST;
    *CQ_PUSH(a, out) = (cq_sentence){(uint32_t)first, (uint32_t)last, block};
}

void cq_split_sentences(cq_arena *a, cq_str text, cq_token *tokens, size_t first,
                        size_t last, uint32_t block, bool (*starter)(cq_str word),
                        cq_sentences *out)
{
    size_t start = first;
    for (size_t i = first; i < last; i++) {
        const cq_token *t = &tokens[i];
        if (t->mark == CQ_MARK_NONE) continue;
        bool short_form = t->flags & CQ_TOKEN_ABBREVIATION && t->mark != CQ_MARK_TITLE;
        if (!short_form && !is_terminator(t)) continue;
        if (numbers_an_item(tokens, start, i)) continue;
        size_t next = i + 1;
        while (next < last && is_terminator(&tokens[next])) next++;
        while (next < last && is_closing(text, tokens, next, last)) next++;
        if (next == last) break;
        if (short_form && next == i + 1 && t->mark == CQ_MARK_SHORT) {
            cq_str word = {text.p + tokens[next].start,
                           tokens[next].end - tokens[next].start};
            if (!starter(word)) continue;
        }
        if (!begins(text, tokens, next, last, t)) {
            i = next - 1;
            continue;
        }
        close(tokens, start, next, block, a, out);
        start = next;
        i = next - 1;
    }
    if (start < last) close(tokens, start, last, block, a, out);
}
