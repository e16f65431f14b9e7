// The reader of JSON Lines on any bytes, in any encoding.
#include "reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    return read_and_check("jsonl", bytes, n);
}
