// Runs a fuzz target over files and folders of seeds, for builds without libFuzzer.
#include "base/file.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static bool replay(void *count, const char *path)
{
    cq_arena *a = cq_arena_new();
    cq_str bytes;
    cq_err err = {0};
    if (cq_file_read(a, path, 1u << 26, &bytes, &err)) {
        LLVMFuzzerTestOneInput((const uint8_t *)bytes.p, bytes.n);
        ++*(unsigned *)count;
    }
    cq_arena_free(a);
    return true;
}

int main(int argc, char **argv)
{
    unsigned count = 0;
    for (int i = 1; i < argc; i++) {
        cq_err err = {0};
        if (!cq_path_is_dir(argv[i])) {
            replay(&count, argv[i]);
        } else if (!cq_dir_walk(argv[i], replay, &count, &err)) {
            fprintf(stderr, "%s\n", err.message);
        }
    }
    printf("%u inputs replayed\n", count);
    return count == 0; // a target without seeds proves nothing
}
