// The cache file: header, manifest, payload. See cache.h for what is trusted and why.
#include "base/cache.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char MAGIC[8] = "calqueB1";

enum { ALIGN = 64, INPUT_MAX = 1 << 30, INPUTS_MAX = 100000 };

// A file changed this recently may change again without its time telling (clocks of file
// systems tick in milliseconds): its stamp is not trusted until it is older.
enum { FRESH_NS = 100 * 1000 * 1000 };

// Native byte order and sizes: the file never leaves the machine it was made on, and the
// magic of another byte order does not match the version beside it.
typedef struct {
    char magic[8];
    uint32_t version;
    uint32_t inputs_n;
    uint64_t payload_at, payload_n;
    uint64_t key;
    uint64_t payload_hash;
    uint64_t header_hash; // of the header with this field 0, and of the manifest
    uint64_t spec_hash;   // of name, version and `extra`
} header;
_Static_assert(sizeof(header) == ALIGN, "the manifest follows the header");

// What stat() says of an input. All 0: no such file. mtime_ns 0: too fresh to be trusted.
typedef struct {
    uint64_t path_hash, device, inode, size, mtime_ns;
} stamp;

static size_t prefix_size(size_t inputs_n)
{
    size_t n = sizeof(header) + inputs_n * sizeof(stamp);
    return (n + ALIGN - 1) / ALIGN * ALIGN;
}

static uint64_t header_hash(const unsigned char *file, size_t prefix)
{
    header h;
    memcpy(&h, file, sizeof h);
    h.header_hash = 0;
    return cq_hash(file + sizeof h, prefix - sizeof h, cq_hash(&h, sizeof h, 0));
}

// Word-wise FNV-1a in four lanes: whole dictionaries at several GB/s.
static uint64_t content_hash(cq_str s, uint64_t seed)
{
    uint64_t lane[4] = {seed, seed + 1, seed + 2, seed + 3};
    size_t i = 0;
    for (; i + 32 <= s.n; i += 32) {
        uint64_t w[4];
        memcpy(w, s.p + i, sizeof w);
        for (int k = 0; k < 4; k++) {
            lane[k] = (lane[k] ^ w[k]) * 0x9e3779b97f4a7c15u;
            lane[k] ^= lane[k] >> 29;
        }
    }
    uint64_t h = cq_hash(s.p + i, s.n - i, s.n);
    return cq_hash(lane, sizeof lane, h);
}

static void take_stamps(const cq_cache_spec *spec, stamp *out)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t now_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    for (size_t i = 0; i < spec->inputs_n; i++) {
        const char *path = spec->inputs[i];
        struct stat st;
        out[i] = (stamp){.path_hash = cq_hash(path, strlen(path), 1)};
        if (stat(path, &st) != 0) continue;
        int64_t ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
        out[i].device = st.st_dev;
        out[i].inode = st.st_ino;
        out[i].size = (uint64_t)st.st_size;
        out[i].mtime_ns = now_ns - ns < FRESH_NS ? 0 : (uint64_t)ns;
    }
}

static bool trusted(const stamp *s)
{
    return s->mtime_ns != 0 || (s->inode == 0 && s->device == 0); // a missing file stays
}

static uint64_t spec_hash(const cq_cache_spec *spec)
{
    uint64_t h = cq_hash(spec->name, strlen(spec->name), spec->version);
    return cq_hash(spec->extra.p, spec->extra.n, h);
}

// The content of all inputs. A file that cannot be read counts as missing: the builder
// says so, if it minds.
static uint64_t key_of(const cq_cache_spec *spec)
{
    uint64_t h = spec_hash(spec);
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < spec->inputs_n; i++) {
        const char *path = spec->inputs[i];
        cq_str text;
        cq_err ignored;
        h = cq_hash(path, strlen(path), h);
        if (cq_file_read(a, path, INPUT_MAX, &text, &ignored)) h = content_hash(text, h);
        cq_arena_reset(a);
    }
    cq_arena_free(a);
    return h;
}

// Where the file lies in a folder; false when the path is too long.
static bool file_path(const cq_cache_spec *spec, const char *dir, char path[PATH_MAX])
{
    int n = snprintf(path, PATH_MAX, "%s/%s.%u", dir, spec->name, spec->version);
    return n > 0 && n < PATH_MAX;
}

static bool map_valid(const cq_cache_spec *spec, const char *path, cq_blob *out)
{
    cq_mapping m;
    cq_err ignored;
    if (!cq_file_map(path, SIZE_MAX, true, &m, &ignored)) return false;
    size_t prefix = prefix_size(spec->inputs_n);
    header h;
    if (m.n >= prefix) memcpy(&h, m.p, sizeof h);
    if (m.n >= prefix && memcmp(h.magic, MAGIC, sizeof MAGIC) == 0 &&
        h.version == spec->version && h.inputs_n == spec->inputs_n &&
        h.payload_at == prefix && h.payload_n == m.n - prefix &&
        h.payload_n <= spec->payload_max && h.header_hash == header_hash(m.p, prefix) &&
        (!spec->valid ||
         spec->valid((const unsigned char *)m.p + prefix, m.n - prefix))) {
        *out = (cq_blob){.p = (const unsigned char *)m.p + prefix,
                         .n = m.n - prefix,
                         .key = h.key,
                         .map = m};
        return true;
    }
    cq_file_unmap(&m);
    return false;
}

// The header and the manifest say that nothing has changed.
static bool manifest_holds(const cq_cache_spec *spec, const cq_blob *b, const stamp *now)
{
    const unsigned char *file = b->map.p;
    header h;
    memcpy(&h, file, sizeof h);
    if (h.spec_hash != spec_hash(spec)) return false;
    for (size_t i = 0; i < spec->inputs_n; i++) {
        if (!trusted(&now[i])) return false;
    }
    return memcmp(file + sizeof h, now, spec->inputs_n * sizeof *now) == 0;
}

static bool payload_intact(const cq_blob *b)
{
    header h;
    memcpy(&h, b->map.p, sizeof h);
    return content_hash((cq_str){(const char *)b->p, b->n}, 0) == h.payload_hash;
}

// Fills header and manifest in front of a payload.
static void seal(const cq_cache_spec *spec, const stamp *stamps, uint64_t key, char *file,
                 size_t n)
{
    size_t prefix = prefix_size(spec->inputs_n);
    header h = {.version = spec->version,
                .inputs_n = (uint32_t)spec->inputs_n,
                .payload_at = prefix,
                .payload_n = n - prefix,
                .key = key,
                .payload_hash = content_hash((cq_str){file + prefix, n - prefix}, 0),
                .spec_hash = spec_hash(spec)};
    memcpy(h.magic, MAGIC, sizeof MAGIC);
    memcpy(file, &h, sizeof h);
    if (spec->inputs_n) {
        memcpy(file + sizeof h, stamps, spec->inputs_n * sizeof *stamps);
    }
    h.header_hash = header_hash((const unsigned char *)file, prefix);
    memcpy(file, &h, sizeof h);
}

// Removes what nobody needs beside the file: what writers that were killed left
// ("name.version.XXXXXX", as cq_file_replace() calls them), and caches of the same kind
// (the name's first word) unused for a week, of older builds or of folders that are gone.
// Whoever does want one of them builds it again.
static void sweep(const char *path)
{
    enum { SUFFIX = 7, HOUR = 3600, WEEK = 7 * 24 * HOUR };
    const char *name = strrchr(path, '/') + 1;
    char dir[PATH_MAX], stale[PATH_MAX];
    snprintf(dir, sizeof dir, "%.*s", (int)(name - path), path);
    DIR *d = opendir(dir);
    size_t n = strlen(name), kind = strcspn(name, "-") + 1;
    for (struct dirent *e; d && (e = readdir(d));) {
        struct stat st;
        int len = snprintf(stale, sizeof stale, "%s%s", dir, e->d_name);
        if ((size_t)len >= sizeof stale || lstat(stale, &st) != 0 ||
            !S_ISREG(st.st_mode)) {
            continue;
        }
        bool left = strncmp(e->d_name, name, n) == 0 && e->d_name[n] == '.' &&
                    strlen(e->d_name) == n + SUFFIX;
        bool alike = kind < n && strncmp(e->d_name, name, kind) == 0;
        time_t used = st.st_atime > st.st_mtime ? st.st_atime : st.st_mtime;
        time_t age = time(NULL) - used;
        if ((left && age > HOUR) || (alike && age > WEEK)) unlink(stale);
    }
    if (d) closedir(d);
}

// Writes the sealed file and maps it instead of the copy in memory.
static void store(const cq_cache_spec *spec, const char *path, cq_blob *b)
{
    cq_blob stored;
    if (!cq_file_replace(path, cq_buf_view(&b->heap), &b->unsaved)) return;
    sweep(path);
    if (!map_valid(spec, path, &stored)) return; // another version's, or gone already
    if (stored.key != b->key) {
        cq_blob_close(&stored);
        return;
    }
    stored.built = b->built;
    cq_blob_close(b);
    *b = stored;
}

static bool build_blob(const cq_cache_spec *spec, const stamp *stamps, uint64_t key,
                       cq_cache_build build, void *ctx, cq_blob *out, cq_err *err)
{
    static const char ZEROS[ALIGN];
    size_t prefix = prefix_size(spec->inputs_n);
    cq_blob b = {.key = key, .built = true};
    cq_buf_init(&b.heap, prefix + spec->payload_max);
    for (size_t i = 0; i < prefix; i += ALIGN) cq_buf_add(&b.heap, ZEROS, ALIGN);
    if (!build(ctx, &b.heap, err)) {
        cq_buf_free(&b.heap);
        return false;
    }
    if (b.heap.full) {
        cq_buf_free(&b.heap);
        return cq_fail(err, CQ_ELIMIT, spec->name, 0,
                       "compiled data exceeds the limit of %zu bytes", spec->payload_max);
    }
    seal(spec, stamps, key, b.heap.p, b.heap.n);
    b.p = (const unsigned char *)b.heap.p + prefix;
    b.n = b.heap.n - prefix;
    *out = b;
    return true;
}

bool cq_cache_open(const cq_cache_spec *spec, cq_cache_build build, void *ctx,
                   cq_blob *out, cq_err *err)
{
    if (spec->inputs_n > INPUTS_MAX) {
        return cq_fail(err, CQ_ELIMIT, spec->name, 0, "more than %d input files",
                       INPUTS_MAX);
    }
    cq_arena *a = cq_arena_new();
    stamp *stamps = CQ_NEWN(a, stamp, spec->inputs_n + 1);
    take_stamps(spec, stamps);

    bool wanted = !spec->dir || spec->dir[0]; // on disk
    cq_str own = spec->dir ? cq_str_of(spec->dir) : cq_dir_cache(a);
    const char *dirs[2] = {spec->installed, wanted && own.n ? cq_str_c(a, own) : NULL};
    char path[2][PATH_MAX];
    cq_blob found[2] = {0};
    bool have[2] = {false, false}, done = false;
    for (int i = 0; i < 2 && !done; i++) {
        have[i] = dirs[i] && dirs[i][0] && file_path(spec, dirs[i], path[i]) &&
                  map_valid(spec, path[i], &found[i]);
        if (have[i] && manifest_holds(spec, &found[i], stamps)) {
            *out = found[i];
            have[i] = false; // handed over
            done = true;
        }
    }

    bool ok = true;
    if (!done) {
        uint64_t key = key_of(spec);
        int same = -1;
        for (int i = 0; i < 2 && same < 0; i++) {
            if (have[i] && found[i].key == key && payload_intact(&found[i])) same = i;
        }
        if (same >= 0) { // new stamps over the same payload
            cq_blob b = {.key = key};
            cq_buf_init(&b.heap, found[same].map.n);
            cq_buf_add(&b.heap, found[same].map.p, found[same].map.n);
            seal(spec, stamps, key, b.heap.p, b.heap.n);
            b.p = (const unsigned char *)b.heap.p + prefix_size(spec->inputs_n);
            b.n = found[same].n;
            *out = b;
        } else {
            ok = build_blob(spec, stamps, key, build, ctx, out, err);
        }
        if (ok && wanted && !own.n) {
            cq_fail(&out->unsaved, CQ_EIO, spec->name, 0,
                    "neither XDG_CACHE_HOME nor HOME says where to keep caches");
        } else if (ok && dirs[1]) {
            if (file_path(spec, dirs[1], path[1])) {
                store(spec, path[1], out);
            } else {
                cq_fail(&out->unsaved, CQ_ELIMIT, spec->name, 0, "path is too long");
            }
        }
    }
    for (int i = 0; i < 2; i++) {
        if (have[i]) cq_blob_close(&found[i]);
    }
    cq_arena_free(a);
    return ok;
}

void cq_blob_close(cq_blob *b)
{
    if (b->map.p) cq_file_unmap(&b->map);
    cq_buf_free(&b->heap);
    *b = (cq_blob){0};
}

const void *cq_blob_rows(const cq_blob *b, size_t *at, size_t n, size_t size)
{
    if (n > (b->n - *at) / size) return NULL;
    const void *p = b->p + *at;
    *at += n * size;
    return p;
}
