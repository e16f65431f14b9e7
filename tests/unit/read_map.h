// The source map of every format and encoding: for random stretches of every block, the
// bytes of the file they lead to, read by an oracle, are the text. For a folder of files.
#ifndef TESTS_READ_MAP_H
#define TESTS_READ_MAP_H

#include "base/file.h"
#include "readers/reader.h"

#include "read_oracle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
// cmocka needs the headers above
#include <cmocka.h>

enum { STRETCHES = 60, TEXT_MAX = 120, RAW_MAX = 1500 };

static uint64_t seed = 1;
static uint32_t random_below(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % n;
}

static struct {
    size_t files, stretches, long_ones, wrong;
} done;

static bool inside_character(cq_str s, size_t at)
{
    return at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80;
}

// A run that maps as a whole is taken as a whole.
static void widen(const cq_document *d, uint32_t *start, uint32_t *end)
{
    while (inside_character(d->text, *start)) --*start;
    while (inside_character(d->text, *end)) ++*end;
    size_t lo = 0, hi = d->runs.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (d->runs.v[mid].text + d->runs.v[mid].text_n <= *start)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < d->runs.n && d->runs.v[lo].text < *end; lo++) {
        const cq_run *r = &d->runs.v[lo];
        if (r->step) continue;
        if (r->text < *start) *start = r->text;
        if (r->text + r->text_n > *end) *end = r->text + r->text_n;
    }
}

static void check_stretch(const cq_document *d, const char *path, uint32_t start,
                          uint32_t end)
{
    widen(d, &start, &end);
    cq_span s = cq_document_source(d, start, end);
    cq_str text = cq_str_sub(d->text, start, end);
    cq_str raw = cq_str_sub(d->source, s.start, s.end);
    if (raw.n > RAW_MAX) {
        done.long_ones++;
        return;
    }
    done.stretches++;
    cq_arena *a = cq_arena_new();
    bool right = raw.n && oracle_reads(a, d->format, cq_nfc(a, raw), text);
    cq_arena_free(a);
    if (right) return;
    done.wrong++;
    if (done.wrong < 12)
        print_error("%s: bytes %u to %u:\n  text %.*s\n  file %.*s\n", path, s.start,
                    s.end, CQ_PRI(text), CQ_PRI(raw));
}

static void check_document(const cq_document *d, const char *path)
{
    const char *fault = document_fault(d);
    if (fault) fail_msg("%s: %s", path, fault);
    for (size_t k = 0; d->blocks.n && k < STRETCHES; k++) {
        const cq_block *b = &d->blocks.v[random_below((uint32_t)d->blocks.n)];
        uint32_t n = b->text.end - b->text.start;
        uint32_t start = b->text.start + random_below(n);
        uint32_t longest =
            b->text.end - start < TEXT_MAX ? b->text.end - start : TEXT_MAX;
        check_stretch(d, path, start, start + 1 + random_below(longest));
    }
    for (size_t k = 0; k < d->blocks.n; k++) {
        const cq_block *b = &d->blocks.v[k];
        if (b->text.end - b->text.start <= TEXT_MAX)
            check_stretch(d, path, b->text.start, b->text.end);
    }
}

// The file in another encoding reads as the same text, from bytes that mean the same.
static cq_str to_utf16(cq_arena *a, cq_str in)
{
    char *out = cq_alloc(a, in.n * 2 + 2);
    size_t n = 0;
    out[n++] = '\xff';
    out[n++] = '\xfe';
    for (size_t i = 0; i < in.n;) {
        uint32_t c = cq_utf8_next(in, &i);
        uint32_t units[2] = {c, 0};
        if (c > 0xffff) {
            units[0] = 0xd800 + ((c - 0x10000) >> 10);
            units[1] = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        for (size_t k = 0; k < 2 && (k == 0 || units[k]); k++) {
            out[n++] = (char)(units[k] & 0xff);
            out[n++] = (char)(units[k] >> 8);
        }
    }
    return (cq_str){out, n};
}

static cq_str to_latin1(cq_arena *a, cq_str in) // others than Latin-1 become '?'
{
    char *out = cq_alloc(a, in.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < in.n;) {
        uint32_t c = cq_utf8_next(in, &i);
        out[n++] = c < 0x80 || (c >= 0xa0 && c < 0x100 && c != 0xbd) ? (char)c : '?';
    }
    return (cq_str){out, n};
}

// Back from the source of a stretch to UTF-8, one unit after the other.
static void check_encoded(const cq_document *d, const char *path)
{
    const char *fault = document_fault(d);
    if (fault) fail_msg("%s in %s: %s", path, d->encoding, fault);
    bool wide = strcmp(d->encoding, "utf-16le") == 0;
    for (size_t i = 0; i < d->runs.n; i++) {
        const cq_run *r = &d->runs.v[i];
        cq_str text = cq_str_sub(d->text, r->text, r->text + r->text_n);
        const unsigned char *p = (const unsigned char *)d->source.p + r->source;
        size_t at = 0;
        uint32_t c = cq_utf8_next(text, &at);
        if (r->step || at < text.n || c == ' ' || c == 0xfffc || p[0] == '&' ||
            p[0] == '`')
            continue;
        if (wide && r->source_n == 2 && c != (uint32_t)(p[0] | p[1] << 8))
            fail_msg("%s in %s: wrong character at %u", path, d->encoding, r->source);
        if (!wide && r->source_n == 1 && c != p[0])
            fail_msg("%s in %s: wrong byte at %u", path, d->encoding, r->source);
    }
}

static bool check_file(void *ctx, const char *path)
{
    (void)ctx;
    cq_arena *a = cq_arena_new();
    cq_str bytes;
    cq_err err = {0};
    cq_str name = cq_str_of(path);
    if (!cq_str_ends(name, cq_str_of(".md")) && !cq_str_ends(name, cq_str_of(".txt")) &&
        !cq_str_ends(name, cq_str_of(".html"))) {
        cq_arena_free(a);
        return true;
    }
    if (!cq_file_read(a, path, 64 << 20, &bytes, &err)) fail_msg("%s", err.message);
    cq_document *d = cq_read(a, bytes, path, NULL, &err);
    if (!d) fail_msg("%s: %s", path, err.message);
    check_document(d, path);
    if (strcmp(d->encoding, "utf-8") == 0 && done.files % 8 == 0) {
        cq_document *wide = cq_read(a, to_utf16(a, bytes), path, d->format, &err);
        cq_document *narrow = cq_read(a, to_latin1(a, bytes), path, d->format, &err);
        assert_true(wide && narrow);
        if (!cq_str_eq(wide->text, d->text))
            fail_msg("%s reads otherwise in UTF-16", path);
        check_encoded(wide, path);
        check_encoded(narrow, path);
    }
    done.files++;
    cq_arena_free(a);
    return true;
}

static void check_folder(const char *dir)
{
    cq_err err = {0};
    memset(&done, 0, sizeof done);
    if (!cq_dir_walk(dir, check_file, NULL, &err)) fail_msg("%s", err.message);
    printf("%s: %zu files, %zu stretches, %zu too long to judge, %zu wrong\n", dir,
           done.files, done.stretches, done.long_ones, done.wrong);
    assert_true(done.files > 0);
    assert_true(done.long_ones * 50 <= done.stretches);
    assert_int_equal(done.wrong, 0);
}

#endif
