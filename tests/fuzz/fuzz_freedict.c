// FreeDict's files, index and dictionary: any bytes give renderings whose words are
// there, or an error with a message. The input is the index up to the first NUL, then the
// dictionary: packed as it stands where the first byte is 'Z', else packed here.
#include "lexicon/bilingual.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#define MUST(condition)                                                                  \
    do {                                                                                 \
        if (!(condition)) abort();                                                       \
    } while (0)

static char dir[64], figures[96], list[96], text[96];

static void remove_files(void)
{
    unlink(figures);
    unlink(list);
    unlink(text);
    rmdir(dir);
}

static void make_folder(void)
{
    snprintf(dir, sizeof dir, "/tmp/calque-fuzz-XXXXXX");
    MUST(mkdtemp(dir));
    snprintf(figures, sizeof figures, "%s/figures.tsv", dir);
    snprintf(list, sizeof list, "%s/freedict-eng-fra.index", dir);
    snprintf(text, sizeof text, "%s/freedict-eng-fra.dict.dz", dir);
    FILE *f = fopen(figures, "wb");
    MUST(f && fclose(f) == 0);
    atexit(remove_files);
}

static void put(const char *path, const uint8_t *bytes, size_t n, bool packed)
{
    if (!packed) {
        FILE *f = fopen(path, "wb");
        MUST(f && fwrite(bytes, 1, n, f) == n && fclose(f) == 0);
        return;
    }
    gzFile f = gzopen(path, "wb1");
    MUST(f && (!n || gzwrite(f, bytes, (unsigned)n) == (int)n) && gzclose(f) == Z_OK);
}

static void ask(const cq_bilingual *b)
{
    const cq_rendering *r;
    for (uint32_t word = 1; cq_bilingual_english_word(b, word).n; word++) {
        cq_str english = cq_bilingual_english_word(b, word);
        MUST(cq_bilingual_english(b, english) == word);
        size_t count = cq_bilingual_of_english(b, word, &r);
        for (size_t i = 0; i < count; i++) {
            cq_str french = cq_bilingual_french_word(b, r[i].french);
            MUST(r[i].english == word && french.n);
            MUST(cq_bilingual_french(b, french) == r[i].french);
            MUST(cq_bilingual_pair(b, word, r[i].french) == &r[i]);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (!dir[0]) make_folder();
    bool raw = n && bytes[0] == 'Z';
    if (raw) bytes++, n--;
    const uint8_t *nul = n ? memchr(bytes, 0, n) : NULL;
    size_t index_n = nul ? (size_t)(nul - bytes) : n;
    put(list, bytes, index_n, false);
    put(text, nul ? nul + 1 : bytes, nul ? n - index_n - 1 : 0, !raw);
    cq_err err = {0};
    // No cache can be kept there, so each is compiled anew.
    cq_bilingual *b = cq_bilingual_open(figures, dir, "/proc/self", &err);
    MUST(b || err.message[0]);
    if (b) ask(b);
    cq_bilingual_free(b);
    return 0;
}
