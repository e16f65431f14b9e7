#include <calque.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    cq_error error;
    cq_checker *checker = cq_checker_new(NULL, &error);
    if (!checker) return fprintf(stderr, "%s\n", error.message), 1;
    const char *text = "On y voit une doublure argentée pour l’industrie.\n";
    cq_article article = {.path = "example.txt", .bytes = text, .n = strlen(text)};
    cq_result *result = cq_check(checker, &article);
    for (size_t i = 0; i < result->findings_n; i++) {
        const cq_finding *f = &result->findings[i];
        printf("%u:%u %s\n", f->span.line, f->span.column, f->message.p);
    }
    cq_result_free(result);
    cq_checker_free(checker);
    return 0;
}
