#include "lexicon/model.h"

const void *cq_model_open(cq_arena *a, const char *path, const char magic[8], size_t n,
                          const char *what, cq_mapping *map, cq_err *err)
{
    const size_t all = n + 8;
    cq_str bytes;
    *map = (cq_mapping){0};
    if (cq_file_map(path, all, true, map, NULL))
        bytes = (cq_str){map->p, map->n};
    else if (!cq_file_read(a, path, all, &bytes, err))
        return NULL;
    if (bytes.n == all && memcmp(bytes.p, magic, 8) == 0) return bytes.p + 8;
    cq_file_unmap(map);
    cq_fail(err, CQ_ESYNTAX, path, 0, "not a %s model of this version", what);
    return NULL;
}
