// The source map over every file of the research data (CALQUE_SHARED, or ../shared).
#include "read_map.h"

static void test_shared(void **state)
{
    (void)state;
    const char *shared = getenv("CALQUE_SHARED");
    char dir[1024];
    snprintf(dir, sizeof dir, "%s/data", shared ? shared : TEST_SOURCE_DIR "/../shared");
    if (!cq_path_is_dir(dir)) {
        print_message("SKIPPED: no research data at %s (CALQUE_SHARED)\n", dir);
        skip();
    }
    check_folder(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_shared)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
