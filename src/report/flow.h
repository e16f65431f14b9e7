// Running text on a terminal: words wrapped at a width, a hanging indent, colours that
// count for nothing. Control characters of the text never reach the terminal.
#ifndef CQ_REPORT_FLOW_H
#define CQ_REPORT_FLOW_H

#include "base/buf.h"

typedef enum {
    CQ_STYLE_PLAIN,
    CQ_STYLE_BOLD,
    CQ_STYLE_DIM,
    CQ_STYLE_RED,
    CQ_STYLE_YELLOW,
    CQ_STYLE_GREEN,
    CQ_STYLE_CYAN,
} cq_style;

typedef struct {
    cq_buf *out;
    bool color, french;
    unsigned width;
    unsigned indent; // of lines begun by wrapping
    unsigned at;     // columns used on this line
    unsigned start;  // where it began
    cq_buf word;     // not yet placed
    unsigned word_n; // its columns
    bool space;      // before it
} cq_flow;

void cq_flow_init(cq_flow *f, cq_buf *out, bool color, bool french, unsigned width);
void cq_flow_free(cq_flow *f);
// Text goes on where the last one ended: only spaces and line breaks in it part words.
void cq_flow_text(cq_flow *f, cq_style style, cq_str s);
void cq_flow_c(cq_flow *f, cq_style style, const char *s);
// The same with invisible characters named, and spaces at its edges: "⟨espace⟩:".
void cq_flow_named(cq_flow *f, cq_style style, cq_str s);
void cq_flow_number(cq_flow *f, cq_style style, uint64_t n); // "1 342", "1,342"
// Ends the line; the next ones are indented by `indent`, and by `hang` when wrapped.
void cq_flow_line(cq_flow *f, unsigned indent, unsigned hang);
void cq_flow_end(cq_flow *f); // ends the last line

#endif
