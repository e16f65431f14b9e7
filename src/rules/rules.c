// Opening layers of packs, and what is known of each rule.
#include "rules/rules.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/sha256.h"
#include "rules/compile.h"
#include "rules/match.h"

enum { LAYER_MAX = 256 << 20, LAYERS_MAX = 16 };

// What building a layer needs; built only when the cached file does not do.
typedef struct {
    const cq_lexicon *lexicon;
    const char *const *dirs;
    size_t layer;
    cq_strs files; // of this layer
} build_context;

typedef CQ_VEC(cq_pack) packs;
typedef CQ_VEC(cq_str) digests;

// A pack's file, read or not.
typedef struct {
    bool read;
    cq_pack pack;
    cq_str sha256;
    cq_problems problems;
} pack_file;

// Every second file, from `first` on: two threads share them.
typedef struct {
    cq_arena *a;
    const char *dir;
    cq_strs files;
    size_t first;
    pack_file *out; // by file
} reading;

static void *read_files(void *ctx)
{
    const reading *r = ctx;
    cq_arena *a = r->a;
    for (size_t i = r->first; i < r->files.n; i += 2) {
        pack_file *f = &r->out[i];
        const char *path = cq_str_c(a, r->files.v[i]);
        cq_str text;
        cq_err err;
        if (!cq_file_read(a, path, CQ_PACK_MAX, &text, &err)) {
            *CQ_PUSH(a, &f->problems) = err;
            continue;
        }
        f->read = true;
        cq_str name = cq_pack_name(a, r->dir, r->files.v[i]);
        cq_pack_parse(a, path, name, text, &f->pack, &f->problems);
        f->sha256 = cq_sha256_hex(a, &text, 1);
    }
    return NULL;
}

// `a` and `other` keep what is read.
static void read_packs(cq_arena *a, cq_arena *other, const char *dir, cq_strs files,
                       packs *out, digests *sha256, cq_problems *problems)
{
    pack_file *v = CQ_NEWN(a, pack_file, files.n + 1);
    reading even = {a, dir, files, 0, v}, odd = {other, dir, files, 1, v};
    pthread_t thread;
    bool apart = files.n > 1 && pthread_create(&thread, NULL, read_files, &odd) == 0;
    read_files(&even);
    if (apart)
        pthread_join(thread, NULL);
    else
        read_files(&odd);
    for (size_t i = 0; i < files.n; i++) {
        for (size_t k = 0; k < v[i].problems.n; k++)
            *CQ_PUSH(a, problems) = v[i].problems.v[k];
        if (!v[i].read) continue;
        *CQ_PUSH(a, out) = v[i].pack;
        *CQ_PUSH(a, sha256) = v[i].sha256;
    }
}

static bool build_layer(void *ctx, cq_buf *out, cq_err *err)
{
    const build_context *b = ctx;
    cq_arena *a = cq_arena_new(), *other = cq_arena_new();
    packs own = {0}, below = {0};
    digests sha256 = {0}, ignored_sha256 = {0};
    cq_problems problems = {0}, ignored = {0};
    bool ok = true;
    for (size_t i = b->layer; i-- > 0 && ok;) { // the nearest first: its names go before
        cq_strs files;
        ok = cq_pack_files(a, b->dirs[i], &files, err);
        if (ok)
            read_packs(a, other, b->dirs[i], files, &below, &ignored_sha256, &ignored);
    }
    if (ok) {
        read_packs(a, other, b->dirs[b->layer], b->files, &own, &sha256, &problems);
        cq_layer_source in = {.lexicon = b->lexicon,
                              .packs = own.v,
                              .sha256 = sha256.v,
                              .packs_n = own.n,
                              .below = below.v,
                              .below_n = below.n,
                              .problems = &problems};
        ok = cq_layer_compile(&in, out, err);
    }
    cq_arena_free(other);
    cq_arena_free(a);
    return ok;
}

static bool layer_valid(const unsigned char *p, size_t n)
{
    layer_view v;
    return cq_layer_view(p, n, &v);
}

static bool open_layer(cq_rules *r, const char *const *dirs, size_t layer,
                       const char *cache_dir, uint64_t below, cq_err *err)
{
    build_context b = {.lexicon = r->lexicon, .dirs = dirs, .layer = layer};
    if (!cq_pack_files(r->arena, dirs[layer], &b.files, err)) return false;
    const char **inputs = CQ_NEWN(r->arena, const char *, b.files.n + 1);
    for (size_t i = 0; i < b.files.n; i++) {
        inputs[i] = cq_str_c(r->arena, b.files.v[i]);
    }
    uint64_t which = cq_hash(dirs[layer], strlen(dirs[layer]), layer);
    // The code that compiles is part of the key, by CMake.
    cq_str depends = cq_strf(r->arena, "%016llx %016llx %s",
                             (unsigned long long)cq_lexicon_hash(r->lexicon),
                             (unsigned long long)below, CALQUE_RULES_CODE);
    cq_cache_spec spec = {
        .dir = cache_dir,
        .installed = CALQUE_SYSTEM_CACHE,
        .name = cq_strf(r->arena, "rules-%s-%08x", cq_lexicon_name(r->lexicon),
                        (unsigned)which)
                    .p,
        .version = CQ_LAYER_VERSION,
        .inputs = inputs,
        .inputs_n = b.files.n,
        .extra = depends,
        .payload_max = LAYER_MAX,
        .valid = layer_valid,
    };
    cq_layer *l = &r->layers[layer];
    if (!cq_cache_open(&spec, build_layer, &b, &l->blob, err)) return false;
    if (!cq_layer_view(l->blob.p, l->blob.n, &l->v)) {
        return cq_fail(err, CQ_EIO, dirs[layer], 0, "its compiled rules are damaged");
    }
    l->first_rule = r->rules_n;
    r->rules_n += l->v.n[S_RULES];
    l->regexes = CQ_NEWN(r->arena, cq_regex, l->v.n[S_REGEXES] + 1);
    return true;
}

static void read_problems(cq_rules *r, const layer_view *v)
{
    for (uint32_t i = 0; i < v->n[S_PROBLEMS]; i++) {
        const problem_rec *p = LAYER_AT(v, S_PROBLEMS, problem_rec, i);
        cq_err *e = CQ_PUSH(r->arena, &r->problems);
        memset(e, 0, sizeof *e);
        e->code = (cq_errc)p->code;
        e->line = p->line;
        cq_str path = layer_str(v, p->path), message = layer_str(v, p->message);
        snprintf(e->path, sizeof e->path, "%.*s", CQ_PRI(path));
        snprintf(e->message, sizeof e->message, "%.*s", CQ_PRI(message));
    }
}

static void read_pack_names(cq_rules *r, const layer_view *v)
{
    for (uint32_t i = 0; i < v->n[S_PACKS]; i++) {
        const pack_rec *p = LAYER_AT(v, S_PACKS, pack_rec, i);
        cq_str name = layer_str(v, p->name), sha256 = layer_str(v, p->sha256);
        *CQ_PUSH(r->arena, &r->packs) = (cq_part){{name.p, name.n}, {sha256.p, sha256.n}};
    }
}

// The layer's own number of a rule; UINT32_MAX: none of that name.
static uint32_t find_in(const layer_view *v, cq_str id)
{
    uint32_t slots = v->n[S_RULE_IDS];
    if (!slots || slots & (slots - 1)) return UINT32_MAX;
    uint32_t at = (uint32_t)cq_hash(id.p, id.n, 0) & (slots - 1);
    for (uint32_t tries = 0; tries < slots; tries++) {
        uint32_t rule = layer_number(v, S_RULE_IDS, at);
        if (!rule) return UINT32_MAX;
        const rule_rec *r = LAYER_AT(v, S_RULES, rule_rec, rule - 1);
        if (cq_str_eq(layer_str(v, r->id), id)) return rule - 1;
        at = (at + 1) & (slots - 1);
    }
    return UINT32_MAX;
}

bool cq_rule_is_replaced(const cq_rules *r, const cq_layer *l, cq_str id)
{
    for (size_t i = r->layers_n; i-- > 0 && &r->layers[i] != l;) {
        if (find_in(&r->layers[i].v, id) != UINT32_MAX) return true;
    }
    return false;
}

cq_rules *cq_rules_open(const cq_lexicon *l, const char *const *dirs, size_t dirs_n,
                        const char *cache_dir, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    cq_rules *r = CQ_NEW(a, cq_rules);
    r->arena = a;
    r->lexicon = l;
    r->layers = CQ_NEWN(a, cq_layer, dirs_n + 1);
    bool ok = dirs_n <= LAYERS_MAX || cq_fail(err, CQ_ELIMIT, NULL, 0,
                                              "more than %d layers of rules", LAYERS_MAX);
    uint64_t below = 0;
    for (size_t i = 0; i < dirs_n && ok; i++) {
        r->layers_n = i + 1;
        ok = open_layer(r, dirs, i, cache_dir, below, err);
        if (!ok) break;
        below = r->layers[i].blob.key;
        read_problems(r, &r->layers[i].v);
        read_pack_names(r, &r->layers[i].v);
    }
    if (ok) return r;
    cq_rules_free(r);
    return NULL;
}

void cq_rules_free(cq_rules *r)
{
    if (!r) return;
    for (size_t i = 0; i < r->layers_n; i++) {
        cq_layer *l = &r->layers[i];
        for (uint32_t k = 0; l->regexes && k < l->v.n[S_REGEXES]; k++) {
            cq_regex_free(&l->regexes[k]);
        }
        cq_blob_close(&l->blob);
    }
    cq_arena_free(r->arena); // r itself lies in it
}

void cq_rules_idle(const cq_rules *r)
{
    for (size_t i = 0; i < r->layers_n; i++) cq_file_idle(&r->layers[i].blob.map);
}

size_t cq_rules_problems(const cq_rules *r) { return r->problems.n; }
const cq_err *cq_rules_problem(const cq_rules *r, size_t i) { return &r->problems.v[i]; }
size_t cq_rules_count(const cq_rules *r) { return r->rules_n; }

bool cq_rules_have_profile(const cq_rules *r, cq_str name)
{
    for (size_t i = 0; i < r->layers_n; i++) {
        const layer_view *v = &r->layers[i].v;
        for (uint32_t k = 0; k < v->n[S_GATES]; k++) {
            const gate_rec *g = LAYER_AT(v, S_GATES, gate_rec, k);
            if (cq_str_eq(layer_str(v, g->profile), name)) return true;
        }
    }
    return false;
}

size_t cq_rules_packs(const cq_rules *r, const cq_part **out)
{
    *out = r->packs.v;
    return r->packs.n;
}

static const cq_layer *layer_of(const cq_rules *r, uint32_t rule)
{
    const cq_layer *l = NULL;
    for (size_t i = 0; i < r->layers_n && r->layers[i].first_rule <= rule; i++) {
        l = &r->layers[i];
    }
    return l && rule - l->first_rule < l->v.n[S_RULES] ? l : NULL;
}

static cq_rule_texts texts(const cq_rules *r, const cq_layer *l, cq_ref ref)
{
    return (cq_rule_texts){r, (uint32_t)(l - r->layers), ref.at,
                           layer_count(&l->v, S_TEXTS, ref)};
}

cq_str cq_rule_text(cq_rule_texts t, uint32_t i)
{
    if (i >= t.n) return cq_str_of("");
    const layer_view *v = &t.rules->layers[t.layer].v;
    return layer_str(v, *LAYER_AT(v, S_TEXTS, cq_ref, t.at + i));
}

bool cq_rule(const cq_rules *r, uint32_t rule, cq_rule_info *out)
{
    const cq_layer *l = layer_of(r, rule);
    if (!l) return false;
    const layer_view *v = &l->v;
    const rule_rec *rec = LAYER_AT(v, S_RULES, rule_rec, rule - l->first_rule);
    const says_rec *says = LAYER_AT(v, S_SAYS, says_rec, rule - l->first_rule);
    *out = (cq_rule_info){
        .id = layer_str(v, rec->id),
        .path = layer_str(v, says->path),
        .line = says->line,
        .kind = (cq_rule_kind)says->kind,
        .category = layer_str(v, rec->category),
        .severity =
            says->severity > CQ_CRITICAL ? CQ_CRITICAL : (cq_severity)says->severity,
        .confidence =
            says->confidence > CQ_HIGH ? CQ_HIGH : (cq_confidence)says->confidence,
        .priority = says->priority,
        .message_fr = layer_str(v, says->message_fr),
        .message_en = layer_str(v, says->message_en),
        .advice_fr = layer_str(v, says->advice_fr),
        .advice_en = layer_str(v, says->advice_en),
        .note_fr = layer_str(v, says->note_fr),
        .note_en = layer_str(v, says->note_en),
        .needs_source = says->needs_source,
        .patterns = says->patterns,
        .sources = texts(r, l, rec->sources),
        .suggest = texts(r, l, says->suggest),
        .refs = texts(r, l, says->refs),
    };
    return true;
}

// The first record with this hash or a greater one.
static uint32_t first_rendered(const layer_view *v, uint32_t hash)
{
    uint32_t lo = 0, hi = v->n[S_RENDERED];
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (LAYER_AT(v, S_RENDERED, rendered_rec, mid)->hash < hash)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

bool cq_rules_literal(const cq_rules *r, cq_literal_walk *w, uint32_t *rule,
                      cq_str *source)
{
    uint32_t hash = literal_hash(w->word);
    for (; w->layers < r->layers_n; w->layers++, w->at = 0) {
        const cq_layer *l = &r->layers[r->layers_n - 1 - w->layers];
        if (!w->at) w->at = first_rendered(&l->v, hash) + 1;
        while (w->at <= l->v.n[S_RENDERED]) {
            const rendered_rec *rec =
                LAYER_AT(&l->v, S_RENDERED, rendered_rec, w->at - 1);
            if (rec->hash != hash) break;
            w->at++;
            *rule = l->first_rule + rec->rule;
            *source = layer_str(&l->v, *LAYER_AT(&l->v, S_TEXTS, cq_ref, rec->text));
            if (cq_str_eq(literal_key(*source), w->word)) return true;
        }
    }
    return false;
}

uint32_t cq_rule_find(const cq_rules *r, cq_str id)
{
    for (size_t i = r->layers_n; i-- > 0;) { // the highest layer has it
        uint32_t rule = find_in(&r->layers[i].v, id);
        if (rule != UINT32_MAX) return r->layers[i].first_rule + rule;
    }
    return UINT32_MAX;
}

bool cq_rules_hold(const cq_rules_scan *s, uint32_t rule)
{
    const cq_layer *l = layer_of(s->rules, rule);
    if (!l) return false;
    const rule_rec *rec = LAYER_AT(&l->v, S_RULES, rule_rec, rule - l->first_rule);
    return cq_article_conditions_hold(l, &s->layers[l - s->rules->layers], rec);
}

const cq_match_part *cq_match_find_part(const cq_rules *r, const cq_match *m, cq_str name)
{
    const cq_layer *l = layer_of(r, m->rule);
    if (!l || !name.n) return NULL;
    const layer_view *v = &l->v;
    const pattern_rec *rec = pattern_at(l, m->pattern);
    if (rec->kind == CQ_RULE_TOKENS) {
        uint32_t n = layer_count(v, S_TOKENS, parts_of(rec));
        for (uint32_t i = 0; i < n && i < m->parts_n; i++) {
            const token_rec *t = LAYER_AT(v, S_TOKENS, token_rec, rec->parts_at + i);
            if (cq_str_eq(layer_str(v, t->label), name)) return &m->parts[i];
        }
    }
    uint32_t number = 0;
    for (size_t i = 0; i < name.n; i++) {
        if (!cq_is_digit(name.p[i]) || number > 1000) return NULL;
        number = number * 10 + (uint32_t)(name.p[i] - '0');
    }
    return number >= 1 && number <= m->parts_n ? &m->parts[number - 1] : NULL;
}
