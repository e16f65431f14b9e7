// The only caller of libhunspell, which is loaded when a dictionary needs it: French does
// not, and the C++ library behind it costs every start.
#include "lexicon/hunspell.h"

#include <dlfcn.h>
#include <hunspell/hunspell.h>
#include <iconv.h>
#include <pthread.h>
#include <stdlib.h>

// Hunspell answers false past 100 characters; ours are no longer.
enum { WORD_MAX = 1024 };

// The functions of the library that are called.
typedef struct {
    __typeof__(Hunspell_create) *create;
    __typeof__(Hunspell_destroy) *destroy;
    __typeof__(Hunspell_get_dic_encoding) *get_dic_encoding;
    __typeof__(Hunspell_spell) *spell;
    __typeof__(Hunspell_suggest) *suggest;
    __typeof__(Hunspell_free_list) *free_list;
} library;

struct cq_hunspell {
    library call;
    Hunhandle *handle;
    pthread_mutex_t lock;
    iconv_t to, from; // the dictionary's encoding; (iconv_t)-1: it is UTF-8
};

#define NO_ICONV ((iconv_t)-1)

// It stays loaded: there is one for all dictionaries.
static bool load(library *l, cq_err *err)
{
    static const char *const NAMES[] = {
        "Hunspell_create", "Hunspell_destroy", "Hunspell_get_dic_encoding",
        "Hunspell_spell",  "Hunspell_suggest", "Hunspell_free_list"};
    void *handle = dlopen(CALQUE_HUNSPELL, RTLD_NOW | RTLD_LOCAL);
    void *found[CQ_COUNT(NAMES)];
    _Static_assert(sizeof found == sizeof *l, "ORDER: the names are those of the fields");
    for (size_t i = 0; i < CQ_COUNT(NAMES); i++) {
        found[i] = handle ? dlsym(handle, NAMES[i]) : NULL;
        if (!found[i])
            return cq_fail(err, CQ_EMISSING, CALQUE_HUNSPELL, 0,
                           "cannot be loaded (Debian package libhunspell-1.7-0)");
    }
    memcpy(l, found, sizeof found);
    return true;
}

cq_hunspell *cq_hunspell_open(const char *aff, const char *dic, cq_err *err)
{
    library call;
    if (!load(&call, err)) return NULL;
    Hunhandle *handle = call.create(aff, dic);
    const char *encoding = handle ? call.get_dic_encoding(handle) : NULL;
    if (!encoding) {
        if (handle) call.destroy(handle);
        cq_fail(err, CQ_EIO, dic, 0, "libhunspell cannot open it");
        return NULL;
    }
    cq_hunspell *h = calloc(1, sizeof *h);
    if (!h) abort();
    h->call = call;
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
    h->call.destroy(h->handle);
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
    bool ok = convert(h->to, word, c, sizeof c) && h->call.spell(h->handle, c) != 0;
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
        int n = h->call.suggest(h->handle, &list, c);
        for (int i = 0; i < n && count < max; i++) {
            if (convert(h->from, cq_str_of(list[i]), utf8, sizeof utf8)) {
                out[count++] = cq_str_copy(a, cq_str_of(utf8));
            }
        }
        h->call.free_list(h->handle, &list, n);
    }
    pthread_mutex_unlock(&h->lock);
    return count;
}
