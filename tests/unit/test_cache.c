// The cache of compiled data: when it builds, when it does not, what it refuses.
#include "base/cache.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
    char dir[64], cache[96], input[96];
    int builds;
    bool fail;
} fixture;

static void write_file(const char *path, const char *text)
{
    cq_err err;
    if (!cq_file_replace(path, cq_str_of(text), &err)) fail_msg("%s", err.message);
}

// Long ago, so that its stamp is trusted.
static void age(const char *path, time_t when)
{
    struct timespec t[2] = {{when, 0}, {when, 0}};
    assert_int_equal(utimensat(AT_FDCWD, path, t, 0), 0);
}

static int set_up(void **state)
{
    static fixture f;
    f = (fixture){0};
    snprintf(f.dir, sizeof f.dir, "/tmp/calque-cache-XXXXXX");
    assert_non_null(mkdtemp(f.dir));
    snprintf(f.cache, sizeof f.cache, "%s/cache/deep", f.dir);
    snprintf(f.input, sizeof f.input, "%s/input", f.dir);
    write_file(f.input, "one");
    age(f.input, 1000000000);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    char command[256];
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -r %s", f->dir, f->dir);
    return system(command) == 0 ? 0 : -1;
}

// The payload: the input's bytes, 16-byte aligned offsets, and some bulk.
static bool build(void *ctx, cq_buf *out, cq_err *err)
{
    fixture *f = ctx;
    f->builds++;
    if (f->fail) return cq_fail(err, CQ_ESYNTAX, f->input, 3, "broken");
    assert_int_equal(out->n % 64, 0);
    cq_arena *a = cq_arena_new();
    cq_str text;
    if (cq_file_read(a, f->input, 1000, &text, err)) cq_buf_str(out, text);
    cq_buf_take(out, 5000);
    cq_arena_free(a);
    return true;
}

static cq_blob open_blob(fixture *f, const char *installed, const char *extra)
{
    const char *inputs[] = {f->input, "/nonexistent"};
    cq_cache_spec spec = {.dir = f->cache,
                          .installed = installed,
                          .name = "test",
                          .version = 1,
                          .inputs = inputs,
                          .inputs_n = 2,
                          .extra = cq_str_of(extra),
                          .payload_max = 1 << 20};
    cq_blob b;
    cq_err err;
    if (!cq_cache_open(&spec, build, f, &b, &err)) fail_msg("%s", err.message);
    assert_int_equal((uintptr_t)b.p % 16, 0);
    return b;
}

static void expect(fixture *f, const char *why, const char *installed, const char *extra,
                   const char *payload, int builds)
{
    cq_blob b = open_blob(f, installed, extra);
    if (b.n != strlen(payload) + 5000 || memcmp(b.p, payload, strlen(payload)) != 0) {
        fail_msg("%s: wrong payload", why);
    }
    if (f->builds != builds) fail_msg("%s: %d builds, not %d", why, f->builds, builds);
    cq_blob_close(&b);
}

static void test_when_it_builds(void **state)
{
    fixture *f = *state;
    expect(f, "first run", NULL, "", "one", 1);
    expect(f, "nothing changed", NULL, "", "one", 1);
    age(f->input, 1000000001);
    expect(f, "only the time changed", NULL, "", "one", 1);
    write_file(f->input, "two");
    expect(f, "content changed, and is too fresh to be trusted", NULL, "", "two", 2);
    write_file(f->input, "six");
    expect(f, "changed within a tick of the clock", NULL, "", "six", 3);
    age(f->input, 1000000002);
    expect(f, "old enough again", NULL, "", "six", 3);
    expect(f, "another option", NULL, "x", "six", 4);
    expect(f, "another option, kept", NULL, "x", "six", 4);
    char installed[96];
    snprintf(installed, sizeof installed, "%s", f->cache);
    snprintf(f->cache, sizeof f->cache, "%s/other", f->dir);
    expect(f, "found where it was installed", installed, "x", "six", 4);
    assert_false(cq_path_exists(f->cache));
    age(f->input, 1000000003);
    expect(f, "installed for the same content elsewhere", installed, "x", "six", 4);
    assert_true(cq_path_exists(f->cache));
    expect(f, "own copy with its own manifest", "/nonexistent", "x", "six", 4);
}

// Pages that were given back come again, also when another file has taken the name.
static void test_idle(void **state)
{
    fixture *f = *state;
    cq_blob b = open_blob(f, NULL, "");
    cq_file_idle(&b.map);
    assert_memory_equal(b.p, "one", 3);
    write_file(f->input, "two");
    cq_blob later = open_blob(f, NULL, "");
    cq_file_idle(&b.map);
    assert_memory_equal(b.p, "one", 3);
    assert_memory_equal(later.p, "two", 3);
    cq_blob_close(&b);
    cq_blob_close(&later);
}

static void spoil(const char *file, long at)
{
    int fd = open(file, O_RDWR);
    unsigned char c;
    assert_int_equal(pread(fd, &c, 1, at), 1);
    c ^= 0xa5;
    assert_int_equal(pwrite(fd, &c, 1, at), 1);
    close(fd);
}

static void test_what_it_refuses(void **state)
{
    fixture *f = *state;
    char file[128], other[128];
    snprintf(file, sizeof file, "%s/test.1", f->cache);
    snprintf(other, sizeof other, "%s/elsewhere", f->dir);
    int builds = 0;
    expect(f, "first", NULL, "", "one", ++builds);
    for (long at = 0; at < 64 + 2 * 40; at += 3) { // header and manifest
        struct stat st;
        assert_int_equal(stat(file, &st), 0);
        spoil(file, at);
        expect(f, "header byte spoilt", NULL, "", "one", ++builds);
    }
    assert_int_equal(truncate(file, 200), 0);
    expect(f, "cut off", NULL, "", "one", ++builds);
    assert_int_equal(truncate(file, 0), 0);
    expect(f, "empty", NULL, "", "one", ++builds);
    assert_int_equal(chmod(file, 0666), 0);
    expect(f, "writable by others", NULL, "", "one", ++builds);
    assert_int_equal(rename(file, other), 0);
    assert_int_equal(symlink(other, file), 0);
    expect(f, "a symbolic link", NULL, "", "one", ++builds);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(mkdir(file, 0700), 0);
    cq_blob b = open_blob(f, NULL, "");
    assert_int_equal(f->builds, ++builds);
    assert_int_equal(b.unsaved.code, CQ_EIO);
    cq_blob_close(&b);
    assert_int_equal(rmdir(file), 0);
    expect(f, "healed", NULL, "", "one", ++builds);
    if (geteuid() == 0) { // only root can give a file away
        assert_int_equal(chown(file, 12345, 12345), 0);
        expect(f, "another user's", NULL, "", "one", ++builds);
    }
}

static void test_damaged_payload_is_not_restamped(void **state)
{
    fixture *f = *state;
    char file[128];
    snprintf(file, sizeof file, "%s/test.1", f->cache);
    expect(f, "first", NULL, "", "one", 1);
    spoil(file, 64 + 128 + 1);
    age(f->input, 1000000009);
    expect(f, "its hash is verified before it gets a new manifest", NULL, "", "one", 2);
}

static void test_cannot_be_stored(void **state)
{
    fixture *f = *state;
    snprintf(f->cache, sizeof f->cache, "/proc/nothing/here");
    cq_blob b = open_blob(f, NULL, "");
    assert_memory_equal(b.p, "one", 3);
    assert_int_equal(b.unsaved.code, CQ_EIO);
    cq_blob_close(&b);
    f->cache[0] = '\0'; // asked for: nothing on disk, and no complaint
    b = open_blob(f, NULL, "");
    assert_memory_equal(b.p, "one", 3);
    assert_int_equal(b.unsaved.code, CQ_OK);
    cq_blob_close(&b);
    f->fail = true;
    cq_err err = {0};
    cq_cache_spec spec = {.dir = f->cache, .name = "test", .payload_max = 1000};
    assert_false(cq_cache_open(&spec, build, f, &b, &err));
    assert_int_equal(err.line, 3);
    f->fail = false;
    assert_false(cq_cache_open(&spec, build, f, &b, &err));
    assert_int_equal(err.code, CQ_ELIMIT);
}

// The child's verdict is its exit status: cmocka must not run in it.
static int child_opens(fixture *f, const char *want, bool saved)
{
    const char *inputs[] = {f->input, "/nonexistent"};
    cq_cache_spec spec = {.dir = f->cache,
                          .name = "test",
                          .version = 1,
                          .inputs = inputs,
                          .inputs_n = 2,
                          .payload_max = 1 << 20};
    cq_blob b;
    cq_err err;
    if (!cq_cache_open(&spec, build, f, &b, &err)) return 1;
    if (memcmp(b.p, want, strlen(want)) != 0) return 2;
    if ((b.unsaved.code == CQ_OK) != saved) return 3;
    return 0;
}

static void test_full_disk(void **state)
{
    fixture *f = *state;
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGXFSZ, SIG_IGN); // as the program does: EFBIG instead of death
        struct rlimit limit = {2000, 2000};
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(child_opens(f, "one", false));
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    char file[128];
    snprintf(file, sizeof file, "%s/test.1", f->cache);
    assert_false(cq_path_exists(file)); // nor half of it
}

static void test_many_at_once(void **state)
{
    fixture *f = *state;
    enum { CHILDREN = 8 };
    pid_t pids[CHILDREN];
    for (int i = 0; i < CHILDREN; i++) {
        pids[i] = fork();
        if (pids[i] != 0) continue;
        for (int k = 0; k < 30; k++) {
            age(f->input, 1000000100 + i * 100 + k); // keeps the others rewriting
            int bad = child_opens(f, "one", true);
            if (bad) _exit(bad);
        }
        _exit(0);
    }
    for (int i = 0; i < CHILDREN; i++) {
        int status;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    expect(f, "after the crowd", NULL, "", "one", f->builds);
}

// Killed at any moment, a writer leaves a valid file or none.
static void test_killed_while_writing(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 20; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            for (int k = 0;; k++) {
                age(f->input, 1000001000 + i * 1000 + k % 1000);
                if (child_opens(f, "one", true)) _exit(1);
            }
        }
        usleep((useconds_t)(1000 + i * 137));
        kill(pid, SIGKILL);
        int status;
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status));
        cq_blob b = open_blob(f, NULL, "");
        assert_memory_equal(b.p, "one", 3);
        cq_blob_close(&b);
    }
}

static void test_sweeps_what_the_killed_left(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *name;
        bool old, stays;
    } rows[] = {
        {"test.1.aB3xYz", true, false}, {"test.1.fresh1", false, true},
        {"test.12.aB3xYz", true, true}, {"other.1.aB3xYz", true, true},
        {"test.1.toolong", true, true},
    };
    char path[160];
    for (size_t i = 0; i < CQ_COUNT(rows); i++) {
        snprintf(path, sizeof path, "%s/%s", f->cache, rows[i].name);
        write_file(path, "half");
        if (rows[i].old) age(path, 1000000000);
    }
    expect(f, "builds beside them", NULL, "", "one", 1);
    for (size_t i = 0; i < CQ_COUNT(rows); i++) {
        snprintf(path, sizeof path, "%s/%s", f->cache, rows[i].name);
        if (cq_path_exists(path) != rows[i].stays) fail_msg("%s", rows[i].name);
    }
}

static void test_sweeps_what_nobody_uses(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *name;
        bool old, stays;
    } rows[] = {
        {"kind-older.1", true, false},
        {"kind-recent.1", false, true},
        {"other-older.1", true, true},
    };
    char path[160];
    for (size_t i = 0; i < CQ_COUNT(rows); i++) {
        snprintf(path, sizeof path, "%s/%s", f->cache, rows[i].name);
        write_file(path, "whole");
        if (rows[i].old) age(path, 1000000000);
    }
    cq_cache_spec spec = {
        .dir = f->cache, .name = "kind-new", .version = 1, .payload_max = 1 << 20};
    spec.extra = cq_str_of("");
    cq_blob b;
    cq_err err;
    if (!cq_cache_open(&spec, build, f, &b, &err)) fail_msg("%s", err.message);
    cq_blob_close(&b);
    for (size_t i = 0; i < CQ_COUNT(rows); i++) {
        snprintf(path, sizeof path, "%s/%s", f->cache, rows[i].name);
        if (cq_path_exists(path) != rows[i].stays) fail_msg("%s", rows[i].name);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_when_it_builds),
        TEST(test_idle),
        TEST(test_what_it_refuses),
        TEST(test_damaged_payload_is_not_restamped),
        TEST(test_cannot_be_stored),
        TEST(test_full_disk),
        TEST(test_many_at_once),
        TEST(test_killed_while_writing),
        TEST(test_sweeps_what_the_killed_left),
        TEST(test_sweeps_what_nobody_uses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
