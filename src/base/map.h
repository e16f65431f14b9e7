// A map from bytes to a 32-bit number, in an arena. Keys are borrowed: they must outlive
// the map. Iterate over items[0..n) in order of insertion.
#ifndef CQ_BASE_MAP_H
#define CQ_BASE_MAP_H

#include "base/arena.h"

typedef struct {
    cq_str key;
    uint64_t hash;
    uint32_t value;
} cq_map_item;

typedef struct {
    cq_arena *arena;
    cq_map_item *items;
    size_t n, cap;
    uint32_t *slots; // item number + 1, 0 for empty
    size_t mask;     // number of slots - 1
} cq_map;

void cq_map_init(cq_map *m, cq_arena *a);
// The value's place, made with value 0 when the key is new (*fresh tells, may be NULL).
// Valid until the next cq_map_put.
uint32_t *cq_map_put(cq_map *m, cq_str key, bool *fresh);
uint32_t *cq_map_get(const cq_map *m, cq_str key); // NULL: not there

#endif
