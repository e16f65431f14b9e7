// Writing JSON straight into a buffer: no tree, no locale, the same bytes everywhere.
// Commas and line breaks come by themselves; `key` is NULL for items of an array.
#ifndef CQ_BASE_JSON_OUT_H
#define CQ_BASE_JSON_OUT_H

#include "base/buf.h"

typedef struct {
    cq_buf *out;
    unsigned lines; // members down to this depth stand on lines of their own; 0: none
    unsigned depth;
    bool more; // something stands before in the innermost object or array
} cq_json_out;

void cq_json_open(cq_json_out *j, const char *key, char bracket); // '{' or '['
void cq_json_close(cq_json_out *j, char bracket);                 // '}' or ']'
void cq_json_str(cq_json_out *j, const char *key, cq_str s);      // invalid bytes: U+FFFD
void cq_json_str_or_null(cq_json_out *j, const char *key, cq_str s); // "" gives null
void cq_json_uint(cq_json_out *j, const char *key, uint64_t n);
void cq_json_bool(cq_json_out *j, const char *key, bool b);
void cq_json_null(cq_json_out *j, const char *key);
// Rounded to two decimals, halves away from zero; "0.0", "12.5", "-3.25". What is no
// finite number below 10^15 gives null.
void cq_json_decimal(cq_json_out *j, const char *key, double d);

// The same decimals for people: `mark` is '.' or ','.
void cq_buf_decimal(cq_buf *out, double d, char mark);

#endif
