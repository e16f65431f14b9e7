// Open addressing with linear probing over a dense item array.
#include "base/map.h"

void cq_map_init(cq_map *m, cq_arena *a) { *m = (cq_map){.arena = a}; }

static size_t slot_of(const cq_map *m, cq_str key, uint64_t hash)
{
    size_t i = hash & m->mask;
    while (m->slots[i]) {
        const cq_map_item *it = &m->items[m->slots[i] - 1];
        if (it->hash == hash && cq_str_eq(it->key, key)) return i;
        i = (i + 1) & m->mask;
    }
    return i;
}

static void rehash(cq_map *m)
{
    size_t count = m->slots ? (m->mask + 1) * 2 : 16;
    m->slots = CQ_NEWN(m->arena, uint32_t, count);
    m->mask = count - 1;
    for (size_t k = 0; k < m->n; k++) {
        m->slots[slot_of(m, m->items[k].key, m->items[k].hash)] = (uint32_t)k + 1;
    }
}

uint32_t *cq_map_put(cq_map *m, cq_str key, bool *fresh)
{
    if (!m->slots || m->n * 2 >= m->mask) rehash(m);
    uint64_t hash = cq_str_hash(key);
    size_t i = slot_of(m, key, hash);
    if (fresh) *fresh = !m->slots[i];
    if (!m->slots[i]) {
        if (m->n == m->cap) {
            m->items = cq_grow(m->arena, m->items, m->n, &m->cap, sizeof *m->items);
        }
        m->items[m->n++] = (cq_map_item){key, hash, 0};
        m->slots[i] = (uint32_t)m->n;
    }
    return &m->items[m->slots[i] - 1].value;
}

uint32_t *cq_map_get(const cq_map *m, cq_str key)
{
    if (!m->slots) return NULL;
    size_t i = slot_of(m, key, cq_str_hash(key));
    return m->slots[i] ? &m->items[m->slots[i] - 1].value : NULL;
}
