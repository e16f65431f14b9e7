// `calque tagger train MODEL TREEBANK...` and `calque tagger score MODEL TREEBANK...`.
#include <stdio.h>

#include "base/file.h"
#include "commands/command.h"
#include "lexicon/tagger.h"

static bool score(const char *model, cq_paths treebanks, const cq_lexicon *l, cq_err *err)
{
    cq_tagger *t = cq_tagger_open(model, l, err);
    bool ok = t != NULL;
    for (size_t i = 0; i < treebanks.n && ok; i++) {
        cq_tagger_score s;
        ok = cq_tagger_evaluate(t, treebanks.v[i], false, &s, err);
        if (!ok || !s.tokens) continue;
        double n = (double)s.tokens / 100;
        printf("%s: %zu tokens, %.1f %% ambiguous, UPOS %.2f %%, with gender, number and "
               "verb form %.2f %%\n",
               treebanks.v[i], s.tokens, (double)s.ambiguous / n, (double)s.upos / n,
               (double)s.full / n);
    }
    cq_tagger_free(t);
    return ok;
}

int cq_command_tagger(cq_cli *cli)
{
    cq_err err = {0};
    bool train = cli->words.n > 2 && strcmp(cli->words.v[0], "train") == 0;
    if (!train && (cli->words.n < 3 || strcmp(cli->words.v[0], "score") != 0)) {
        cq_fail(
            &err, CQ_EUSAGE, NULL, 0,
            "expected: tagger train MODEL TREEBANK... or tagger score MODEL TREEBANK...");
        cq_complain(&err);
        return CQ_EXIT_USAGE;
    }
    const char *model = cli->words.v[1], *data = cq_cli_data_dir(cli);
    cq_paths treebanks = {cli->words.v + 2, cli->words.n - 2, 0};
    cq_lexicon_options o = {.dictionary = "fr", .cache_dir = cli->settings.cache};
    if (data) {
        o.extra =
            cq_path_join(cli->arena, cq_str_of(data), cq_str_of("dictionaries/fr")).p;
    }
    cq_lexicon *l = cq_lexicon_open(&o, &err);
    bool ok = l && (train ? cq_tagger_train((const char *const *)treebanks.v, treebanks.n,
                                            model, l, &err)
                          : score(model, treebanks, l, &err));
    if (!ok) cq_complain(&err);
    cq_lexicon_free(l);
    return ok ? CQ_EXIT_OK : CQ_EXIT_INPUT;
}
