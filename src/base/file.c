// Files and folders over POSIX.
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WALK_DEPTH_MAX = 64 };

static bool fail_errno(cq_err *err, const char *path, const char *what)
{
    return cq_fail(err, CQ_EIO, path, 0, "%s: %s", what, strerror(errno));
}

bool cq_file_read(cq_arena *a, const char *path, size_t max, cq_str *out, cq_err *err)
{
    bool std = strcmp(path, "-") == 0;
    int fd = std ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail_errno(err, path, "cannot open");
    struct stat st;
    bool ok = fstat(fd, &st) == 0;
    if (!ok) {
        fail_errno(err, path, "cannot read");
    } else if (S_ISDIR(st.st_mode)) {
        ok = cq_fail(err, CQ_EIO, path, 0, "is a folder");
    }
    // One byte more than expected, so that a file of known size ends at its first read.
    size_t cap = ok && S_ISREG(st.st_mode) && (uintmax_t)st.st_size <= max
                     ? (size_t)st.st_size + 1
                     : 64 << 10;
    char *p = ok ? cq_alloc(a, cap) : NULL;
    size_t n = 0;
    while (ok) {
        if (n == cap) p = cq_grow(a, p, n, &cap, 1);
        ssize_t got = read(fd, p + n, cap - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            ok = fail_errno(err, path, "cannot read");
        } else if (got == 0) {
            break;
        } else if ((n += (size_t)got) > max) {
            ok = cq_fail(err, CQ_ELIMIT, path, 0, "larger than the limit of %zu bytes",
                         max);
        }
    }
    if (!std) close(fd);
    if (ok) *out = (cq_str){p, n};
    return ok;
}

bool cq_file_map(const char *path, size_t max, bool mine, cq_mapping *out, cq_err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | (mine ? O_NOFOLLOW : 0));
    if (fd < 0) return fail_errno(err, path, "cannot open");
    struct stat st;
    bool ok = false;
    if (fstat(fd, &st) != 0) {
        fail_errno(err, path, "cannot read");
    } else if (!S_ISREG(st.st_mode) || st.st_size == 0 || (uintmax_t)st.st_size > max) {
        cq_fail(err, CQ_ELIMIT, path, 0, "not a file of 1 to %zu bytes", max);
    } else if (mine && ((st.st_uid != geteuid() && st.st_uid != 0) || st.st_mode & 022)) {
        cq_fail(err, CQ_EIO, path, 0, "not owned by this user, or writable by others");
    } else {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        ok = p != MAP_FAILED;
        if (ok)
            *out = (cq_mapping){p, (size_t)st.st_size};
        else
            fail_errno(err, path, "cannot map");
    }
    close(fd);
    return ok;
}

void cq_file_unmap(cq_mapping *m)
{
    if (m->p) munmap((void *)(uintptr_t)m->p, m->n);
    *m = (cq_mapping){0};
}

void cq_file_idle(const cq_mapping *m)
{
    if (m->p) madvise((void *)(uintptr_t)m->p, m->n, MADV_DONTNEED); // it is read-only
}

static void make_parents(char *path)
{
    for (char *p = path + 1; *p; p++) {
        if (*p != '/') continue;
        *p = '\0';
        mkdir(path, 0700); // an error shows when the file is opened
        *p = '/';
    }
}

static bool write_all(int fd, cq_str s)
{
    while (s.n) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        s.p += n;
        s.n -= (size_t)n;
    }
    return true;
}

bool cq_file_replace(const char *path, cq_str bytes, cq_err *err)
{
    char tmp[PATH_MAX];
    int n = snprintf(tmp, sizeof tmp, "%s.XXXXXX", path);
    if (n < 0 || (size_t)n >= sizeof tmp) {
        return cq_fail(err, CQ_ELIMIT, path, 0, "path is too long");
    }
    make_parents(tmp);
    int fd = mkstemp(tmp);
    if (fd < 0) return fail_errno(err, path, "cannot write");
    bool ok = write_all(fd, bytes) && fsync(fd) == 0;
    ok = close(fd) == 0 && ok;
    ok = ok && rename(tmp, path) == 0;
    if (!ok) {
        fail_errno(err, path, "cannot write");
        unlink(tmp);
    }
    return ok;
}

static cq_str xdg(cq_arena *a, const char *variable, const char *fallback)
{
    const char *v = getenv(variable);
    if (v && v[0] == '/') return cq_strf(a, "%s/calque", v);
    const char *home = getenv("HOME");
    if (home && home[0] == '/') return cq_strf(a, "%s/%s/calque", home, fallback);
    return (cq_str){NULL, 0};
}

cq_str cq_dir_cache(cq_arena *a) { return xdg(a, "XDG_CACHE_HOME", ".cache"); }
cq_str cq_dir_config(cq_arena *a) { return xdg(a, "XDG_CONFIG_HOME", ".config"); }

cq_str cq_path_join(cq_arena *a, cq_str dir, cq_str name)
{
    const char *sep = dir.n && dir.p[dir.n - 1] != '/' ? "/" : "";
    return cq_strf(a, "%.*s%s%.*s", CQ_PRI(dir), sep, CQ_PRI(name));
}

bool cq_path_is_dir(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool cq_path_is_file(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool cq_path_exists(const char *path) { return access(path, F_OK) == 0; }

static int visible(const struct dirent *e) { return e->d_name[0] != '.'; }

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name); // not alphasort: that one asks the locale
}

static bool walk(const char *dir, int depth, bool (*visit)(void *, const char *),
                 void *ctx, bool *stop, cq_err *err)
{
    if (depth > WALK_DEPTH_MAX) {
        return cq_fail(err, CQ_ELIMIT, dir, 0, "folders nested more than %d deep",
                       WALK_DEPTH_MAX);
    }
    struct dirent **names;
    int n = scandir(dir, &names, visible, by_name);
    if (n < 0) return fail_errno(err, dir, "cannot read folder");
    bool ok = true;
    for (int i = 0; i < n; i++) {
        char path[PATH_MAX];
        struct stat st;
        int len = snprintf(path, sizeof path, "%s/%s", dir, names[i]->d_name);
        free(names[i]);
        if (*stop || len < 0 || (size_t)len >= sizeof path || lstat(path, &st) != 0)
            continue;
        bool link = S_ISLNK(st.st_mode);
        if (link && stat(path, &st) != 0) continue;
        if (S_ISDIR(st.st_mode) && !link) {
            ok = walk(path, depth + 1, visit, ctx, stop, err) && ok;
        } else if (S_ISREG(st.st_mode) && !visit(ctx, path)) {
            *stop = true;
        }
    }
    free(names);
    return ok;
}

bool cq_dir_walk(const char *dir, bool (*visit)(void *ctx, const char *path), void *ctx,
                 cq_err *err)
{
    bool stop = false;
    return walk(dir, 0, visit, ctx, &stop, err);
}
