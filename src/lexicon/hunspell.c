// The only caller of libhunspell.
#include "lexicon/hunspell.h"

#include <hunspell/hunspell.h>
#include <iconv.h>
#include <pthread.h>
#include <stdlib.h>

// Hunspell answers false past 100 characters; ours are no longer.
enum { WORD_MAX = 1024 };

struct cq_hunspell {
    Hunhandle *handle;
    pthread_mutex_t lock;
    iconv_t to, from; // the dictionary's encoding; (iconv_t)-1: it is UTF-8
};

#define NO_ICONV ((iconv_t)-1)

cq_hunspell *cq_hunspell_open(const char *aff, const char *dic, cq_err *err)
{
    Hunhandle *handle = Hunspell_create(aff, dic);
    const char *encoding = handle ? Hunspell_get_dic_encoding(handle) : NULL;
    if (!encoding) {
        if (handle) Hunspell_destroy(handle);
        cq_fail(err, CQ_EIO, dic, 0, "libhunspell cannot open it");
        return NULL;
    }
    cq_hunspell *h = calloc(1, sizeof *h);
    if (!h) abort();
    h->handle = handle;
    h->to = h->from = NO_ICONV;
    pthread_mutex_init(&h->lock, NULL);
    if (strcmp(encoding, "UTF-8") == 0) return h;
    h->to = iconv_open(encoding, "UTF-8");
    h->from = iconv_open("UTF-8", encoding);
    if (h->to != NO_ICONV && h->from != NO_ICONV) return h;
    cq_fail(err, CQ_EENCODING, aff, 0, "unknown encoding %s", encoding);
    cq_hunspell_free(h);
    return NULL;
}

void cq_hunspell_free(cq_hunspell *h)
{
    if (!h) return;
    if (h->to != NO_ICONV) iconv_close(h->to);
    if (h->from != NO_ICONV) iconv_close(h->from);
    pthread_mutex_destroy(&h->lock);
    Hunspell_destroy(h->handle);
    free(h);
}

// Into out, NUL-terminated; false when it does not fit or cannot be written in there.
static bool convert(iconv_t cd, cq_str s, char *out, size_t size)
{
    if (s.n + 1 > size) return false;
    if (cd == NO_ICONV) {
        memcpy(out, s.p, s.n);
        out[s.n] = '\0';
        return true;
    }
    char *in = (char *)(uintptr_t)s.p;
    size_t left = s.n, room = size - 1;
    iconv(cd, NULL, NULL, NULL, NULL);
    if (iconv(cd, &in, &left, &out, &room) == (size_t)-1) return false;
    *out = '\0';
    return true;
}

bool cq_hunspell_accepts(cq_hunspell *h, cq_str word)
{
    char c[WORD_MAX];
    pthread_mutex_lock(&h->lock);
    bool ok = convert(h->to, word, c, sizeof c) && Hunspell_spell(h->handle, c) != 0;
    pthread_mutex_unlock(&h->lock);
    return ok;
}

size_t cq_hunspell_suggest(cq_hunspell *h, cq_arena *a, cq_str word, size_t max,
                           cq_str *out)
{
    char c[WORD_MAX], utf8[2 * WORD_MAX];
    size_t count = 0;
    pthread_mutex_lock(&h->lock);
    if (convert(h->to, word, c, sizeof c)) {
        char **list = NULL;
        int n = Hunspell_suggest(h->handle, &list, c);
        for (int i = 0; i < n && count < max; i++) {
            if (convert(h->from, cq_str_of(list[i]), utf8, sizeof utf8)) {
                out[count++] = cq_str_copy(a, cq_str_of(utf8));
            }
        }
        Hunspell_free_list(h->handle, &list, n);
    }
    pthread_mutex_unlock(&h->lock);
    return count;
}
