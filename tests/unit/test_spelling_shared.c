// The table's verdicts are libhunspell's over the research data, where that is present.
#include "parity.h"

static void test_shared_texts(void **state)
{
    (void)state;
    const char *shared = getenv("CALQUE_SHARED");
    if (!shared) shared = TEST_SOURCE_DIR "/../shared";
    if (!cq_path_is_dir(shared)) {
        print_message("SKIPPED: no research data at %s (CALQUE_SHARED)\n", shared);
        skip();
    }
    over_texts(shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_shared_texts)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
