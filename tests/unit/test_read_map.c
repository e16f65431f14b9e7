// The source map over every file of corpus/.
#include "read_map.h"

static void test_corpus(void **state)
{
    (void)state;
    check_folder(TEST_SOURCE_DIR "/corpus");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_corpus)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
