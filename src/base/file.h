// Files: read whole into memory (articles: a truncated file under a mapping is SIGBUS),
// or mapped (our own caches and data only), or replaced atomically.
#ifndef CQ_BASE_FILE_H
#define CQ_BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"

// The bytes of a file, or of standard input for "-"; `max` bytes at most (CQ_ELIMIT past
// it). A file that shrinks or grows while it is read gives what was read until its end.
bool cq_file_read(cq_arena *a, const char *path, size_t max, cq_str *out, cq_err *err);

typedef struct {
    const void *p;
    size_t n;
} cq_mapping;

// Maps a regular file of at most `max` bytes read-only. With `mine`, refuses one that is
// not owned by the effective user (or root) or that others may write.
bool cq_file_map(const char *path, size_t max, bool mine, cq_mapping *out, cq_err *err);
void cq_file_unmap(cq_mapping *m);
// Gives its pages back for now: they come again, from the system's cache, when touched.
void cq_file_idle(const cq_mapping *m);

// Writes a temporary file beside `path`, syncs it, renames it over `path`: readers see
// the old or the new one, never a part. Makes the parent folders (0700) when they are
// missing.
bool cq_file_replace(const char *path, cq_str bytes, cq_err *err);

// $XDG_CACHE_HOME/calque, $XDG_CONFIG_HOME/calque and their defaults; NULL slice when
// neither the variable nor HOME is set to an absolute path.
cq_str cq_dir_cache(cq_arena *a);
cq_str cq_dir_config(cq_arena *a);
cq_str cq_path_join(cq_arena *a, cq_str dir, cq_str name);
bool cq_path_is_dir(const char *path);
bool cq_path_is_file(const char *path); // a regular one
bool cq_path_exists(const char *path);

// The regular files below `dir`, depth first, names sorted bytewise, hidden ones and
// symbolic links to folders left out; `visit` returning false stops the walk.
bool cq_dir_walk(const char *dir, bool (*visit)(void *ctx, const char *path), void *ctx,
                 cq_err *err);

#endif
