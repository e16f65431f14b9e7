// Packs and configuration before anything is known of them: cut into parts, each parsed.
#include "base/json_in.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cq_arena *a = cq_arena_new();
    cq_str text = {(const char *)data, size};
    cq_err err = {0};
    cq_json_parts parts;
    for (int kind = CQ_JSON_ARRAY; kind <= CQ_JSON_OBJECT; kind++) {
        bool whole = cq_json_split(a, text, (cq_json_kind)kind, "f", 1, &parts, &err);
        bool all = true;
        for (size_t i = 0; i < parts.n; i++) {
            const cq_json_part *p = &parts.v[i];
            if (p->value.p < text.p || p->value.p + p->value.n > text.p + text.n) {
                __builtin_trap();
            }
            all &= cq_json_parse(a, p->value, "f", p->line, &err) != NULL;
        }
        // Whole parts in a whole container are a whole document.
        const cq_json *v = cq_json_parse(a, text, "f", 1, &err);
        if (v && v->kind == (cq_json_kind)kind && !(whole && all && parts.n == v->n)) {
            __builtin_trap();
        }
    }
    cq_arena_free(a);
    return 0;
}
