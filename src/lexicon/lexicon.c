// Finding, opening and asking a dictionary.
#include "lexicon/lexicon.h"

#include "base/cache.h"
#include "base/utf8.h"
#include "lexicon/affix.h"
#include "lexicon/formtable.h"
#include "lexicon/hunspell.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    DICTIONARY_MAX = 256 << 20, // bytes of an .aff, .dic or TSV file
    TABLE_MAX = 512 << 20,
    WORD_MAX = 300, // bytes; Hunspell refuses a word of 100 characters
    BREAKS_MAX = 16,
    SPELL_STEPS_MAX = 2000, // words tried while one token is broken apart
};

struct cq_lexicon {
    cq_formtable table;
    cq_blob blob;
    cq_hunspell *hunspell; // NULL: the table is the authority
    cq_arena *arena;
    const char *name;
    uint64_t hash;
    uint64_t iconv_leads; // bit b: a lead byte 0xc0 + b begins what ICONV converts
    bool iconv_ascii;     // some pattern is all ASCII
    cq_str breaks[BREAKS_MAX];
    size_t breaks_n;
};

// ---- finding the files ---------------------------------------------------------------

typedef struct {
    const char *aff, *dic;
} files;

static bool pair_exists(cq_arena *a, cq_str stem, files *out)
{
    out->aff = cq_strf(a, "%.*s.aff", CQ_PRI(stem)).p;
    out->dic = cq_strf(a, "%.*s.dic", CQ_PRI(stem)).p;
    return cq_path_exists(out->aff) && cq_path_exists(out->dic);
}

// A path is taken as it is; a name is looked for in $DICPATH and where Debian puts
// dictionaries.
static bool find_files(cq_arena *a, cq_str wanted, files *out, cq_err *err)
{
    cq_str stem = wanted;
    if (cq_str_ends(stem, (cq_str)CQ_LIT(".aff")) ||
        cq_str_ends(stem, (cq_str)CQ_LIT(".dic"))) {
        stem.n -= 4;
    }
    if (memchr(stem.p, '/', stem.n)) {
        if (pair_exists(a, stem, out)) return true;
        return cq_fail(err, CQ_EMISSING, cq_str_c(a, wanted), 0,
                       "no such dictionary: %s and .dic are needed", out->aff);
    }
    cq_str path = cq_strf(a, "%s:/usr/share/hunspell:/usr/share/myspell/dicts",
                          getenv("DICPATH") ? getenv("DICPATH") : "");
    for (cq_str dir; cq_str_split(&path, ':', &dir);) {
        if (dir.n && pair_exists(a, cq_path_join(a, dir, stem), out)) return true;
    }
    // Debian names its packages hunspell-de-de, hunspell-en-us; French is our default.
    char package[64];
    size_t n = 0;
    for (; n < stem.n && n + 1 < sizeof package; n++) {
        package[n] = stem.p[n] == '_' ? '-' : cq_lower(stem.p[n]);
    }
    package[n] = '\0';
    bool french = cq_str_is(stem, "fr") || cq_str_starts(stem, (cq_str)CQ_LIT("fr_"));
    return cq_fail(
        err, CQ_EMISSING, NULL, 0,
        "no dictionary \"%.*s\" found; install it: apt-get install hunspell-%s",
        CQ_PRI(stem), french ? "fr-comprehensive" : package);
}

// ---- opening -------------------------------------------------------------------------

enum { AFF, DIC, WORDS, CLOSED, FREQUENCY, ASPIRATED, INPUTS };

typedef struct {
    const char *paths[INPUTS];
    size_t n;
} inputs;

static bool build_table(void *ctx, cq_buf *out, cq_err *err)
{
    const inputs *in = ctx;
    cq_arena *a = cq_arena_new();
    cq_str text[INPUTS];
    for (size_t i = 0; i < INPUTS; i++) text[i] = (cq_str){"", 0};
    bool ok = true;
    for (size_t i = 0; ok && i < in->n; i++) {
        if (i > DIC && !cq_path_exists(in->paths[i])) continue; // house files: optional
        ok = cq_file_read(a, in->paths[i], DICTIONARY_MAX, &text[i], err);
    }
    cq_formtable_source s = {
        .aff = text[AFF],
        .dic = text[DIC],
        .words = text[WORDS],
        .closed = text[CLOSED],
        .frequency = text[FREQUENCY],
        .aspirated = text[ASPIRATED],
        .aff_path = in->paths[AFF],
        .dic_path = in->paths[DIC],
        .closed_path = in->paths[CLOSED],
        .frequency_path = in->paths[FREQUENCY],
    };
    ok = ok && cq_formtable_build(&s, out, err);
    cq_arena_free(a);
    return ok;
}

static bool table_valid(const unsigned char *p, size_t n)
{
    cq_formtable t;
    return cq_formtable_view(p, n, &t);
}

static void read_lines(cq_lexicon *l)
{
    cq_str rest = l->table.breaks, line;
    while (cq_str_split(&rest, '\n', &line)) {
        if (line.n && l->breaks_n < BREAKS_MAX) l->breaks[l->breaks_n++] = line;
    }
    rest = l->table.iconv;
    while (cq_str_split(&rest, '\n', &line)) {
        cq_str from;
        if (!line.n || !cq_str_split(&line, '\t', &from)) continue;
        bool ascii = true;
        for (size_t i = 0; i < from.n && ascii; i++) {
            unsigned char c = (unsigned char)from.p[i];
            if (c < 0xc0) continue;
            l->iconv_leads |= (uint64_t)1 << (c - 0xc0);
            ascii = false;
        }
        l->iconv_ascii = l->iconv_ascii || ascii;
    }
}

static bool open_table(cq_lexicon *l, const cq_lexicon_options *o, const files *f,
                       cq_err *err)
{
    static const char *const HOUSE[] = {"words.tsv", "closed.tsv", "frequency.tsv",
                                        "aspirated.txt"};
    inputs in = {.paths = {f->aff, f->dic}, .n = 2};
    uint64_t which = cq_hash(f->dic, strlen(f->dic), 0);
    for (size_t i = 0; o->extra && i < CQ_COUNT(HOUSE); i++) {
        in.paths[in.n] =
            cq_path_join(l->arena, cq_str_of(o->extra), cq_str_of(HOUSE[i])).p;
        which = cq_hash(in.paths[in.n], strlen(in.paths[in.n]), which);
        in.n++;
    }
    cq_str stem = cq_str_of(f->dic);
    stem.n -= 4;
    while (stem.n && memchr(stem.p, '/', stem.n)) stem = cq_str_sub(stem, 1, stem.n);
    l->name = cq_str_c(l->arena, stem);
    cq_cache_spec spec = {
        .dir = o->cache_dir,
        .installed = CALQUE_SYSTEM_CACHE,
        .name = cq_strf(l->arena, "lexicon-%s-%08x", l->name, (unsigned)which).p,
        .version = CQ_FORMTABLE_VERSION,
        .inputs = in.paths,
        .inputs_n = in.n,
        .extra = cq_str_of(CALQUE_TABLE_CODE), // of src/lexicon, by CMake
        .payload_max = TABLE_MAX,
        .valid = table_valid,
    };
    if (!cq_cache_open(&spec, build_table, &in, &l->blob, err)) return false;
    if (!cq_formtable_view(l->blob.p, l->blob.n, &l->table)) {
        return cq_fail(err, CQ_EIO, f->dic, 0, "its compiled table is damaged");
    }
    l->hash = l->blob.key;
    read_lines(l);
    return true;
}

cq_lexicon *cq_lexicon_open(const cq_lexicon_options *o, cq_err *err)
{
    cq_arena *a = cq_arena_new();
    cq_lexicon *l = CQ_NEW(a, cq_lexicon);
    l->arena = a;
    files f = {NULL, NULL};
    bool ok = find_files(a, cq_str_of(o->dictionary ? o->dictionary : "fr"), &f, err) &&
              open_table(l, o, &f, err);
    bool asked = o->speller == CQ_SPELL_HUNSPELL;
    if (ok && (asked || (!l->table.complete && o->speller != CQ_SPELL_TABLE_ALONE))) {
        l->hunspell = cq_hunspell_open(f.aff, f.dic, err);
        ok = l->hunspell != NULL;
    }
    if (ok) return l;
    cq_lexicon_free(l);
    return NULL;
}

void cq_lexicon_free(cq_lexicon *l)
{
    if (!l) return;
    cq_hunspell_free(l->hunspell);
    cq_blob_close(&l->blob);
    cq_arena_free(l->arena); // l itself lies in it
}

void cq_lexicon_idle(const cq_lexicon *l) { cq_file_idle(&l->blob.map); }

uint64_t cq_lexicon_hash(const cq_lexicon *l) { return l->hash; }
const char *cq_lexicon_name(const cq_lexicon *l) { return l->name; }
cq_str cq_lexicon_sha256(const cq_lexicon *l) { return l->table.sha256; }

cq_lexicon *cq_lexicon_over(const void *table, size_t n)
{
    cq_arena *a = cq_arena_new();
    cq_lexicon *l = CQ_NEW(a, cq_lexicon);
    l->arena = a;
    l->name = "table";
    if (cq_formtable_view(table, n, &l->table)) {
        read_lines(l);
        return l;
    }
    cq_lexicon_free(l);
    return NULL;
}

const cq_formtable *cq_lexicon_table(const cq_lexicon *l) { return &l->table; }
struct cq_hunspell *cq_lexicon_hunspell(const cq_lexicon *l) { return l->hunspell; }

// ---- forms and readings --------------------------------------------------------------

static const cq_form_kind *kind_of(const cq_lexicon *l, uint32_t id)
{
    return cq_formtable_kind(&l->table, id);
}

size_t cq_lexicon_size(const cq_lexicon *l) { return l->table.forms_n; }

cq_str cq_lexicon_form(const cq_lexicon *l, uint32_t id)
{
    return cq_formtable_text(&l->table, id);
}

bool cq_lexicon_word(const cq_lexicon *l, uint32_t id)
{
    return kind_of(l, id)->flags & CQ_FORM_WORD;
}

uint32_t cq_lexicon_find(const cq_lexicon *l, cq_str exact)
{
    return cq_formtable_find(&l->table, exact);
}

const cq_reading *cq_lexicon_readings(const cq_lexicon *l, uint32_t id, size_t *n)
{
    return cq_formtable_readings(&l->table, id, n);
}

uint32_t cq_lexicon_upos(const cq_lexicon *l, uint32_t id)
{
    return kind_of(l, id)->upos;
}

unsigned cq_lexicon_noun_genders(const cq_lexicon *l, uint32_t id)
{
    size_t n = 0;
    const cq_reading *r = id ? cq_lexicon_readings(l, id, &n) : NULL;
    unsigned out = 0;
    for (size_t i = 0; i < n; i++) {
        if (CQ_GET_UPOS(r[i].morph) != CQ_NOUN) continue;
        unsigned g = CQ_GET_GENDER(r[i].morph);
        out |= g ? g : CQ_MASC | CQ_FEM;
    }
    return out ? out : CQ_MASC | CQ_FEM;
}

bool cq_lexicon_elides(const cq_lexicon *l, uint32_t id)
{
    const cq_form_kind *k = kind_of(l, id);
    if (!k->elisions || k->frequency & CQ_FORM_ASPIRATED) return false;
    // Names carry the elision flags whatever they begin with.
    cq_str form = cq_formtable_text(&l->table, id);
    if (!form.n) return false;
    size_t i = 0;
    uint32_t c = cq_to_lower(cq_base_letter(cq_utf8_next(form, &i)));
    return c < 0x80 && memchr("aeiouyh", (int)c, 7) != NULL;
}

unsigned cq_lexicon_frequency(const cq_lexicon *l, uint32_t id)
{
    return kind_of(l, id)->frequency & 15;
}

// Input conversion: apostrophes, ligatures, decomposed letters. The longest pattern wins.
// Result in out (WORD_MAX bytes), or s itself when nothing converts.
static cq_str convert(const cq_lexicon *l, cq_str s, char *out)
{
    bool touched = l->iconv_ascii;
    for (size_t i = 0; i < s.n && !touched; i++) {
        uint64_t eight;
        if (i + 8 <= s.n) { // of ASCII at once
            memcpy(&eight, s.p + i, 8);
            if (!(eight & 0x8080808080808080u)) {
                i += 7;
                continue;
            }
        }
        unsigned char c = (unsigned char)s.p[i];
        touched = c >= 0xc0 && (l->iconv_leads >> (c - 0xc0) & 1);
    }
    if (!touched) return s;
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        cq_str rest = l->table.iconv, line, best = {NULL, 0}, with = {NULL, 0};
        while (cq_str_split(&rest, '\n', &line)) {
            cq_str from;
            if (!line.n || !cq_str_split(&line, '\t', &from)) continue;
            if (from.n > best.n && cq_str_starts(cq_str_sub(s, i, s.n), from)) {
                best = from;
                with = line;
            }
        }
        if (!best.n) {
            best.n = 1;
            with = cq_str_sub(s, i, i + 1);
        }
        if (n + with.n > WORD_MAX) return s;
        if (with.n) memcpy(out + n, with.p, with.n);
        n += with.n;
        i += best.n;
    }
    return (cq_str){out, n};
}

// One capital, the rest in lower case; into out (WORD_MAX bytes). Text of at most
// WORD_MAX / 2 bytes fits.
static cq_str title_case(cq_str s, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n && n + 4 <= WORD_MAX;) {
        uint32_t c = cq_utf8_next(s, &i);
        c = cq_to_lower(c);
        n += cq_utf8_put(out + n, n == 0 ? cq_to_upper(c) : c);
    }
    return (cq_str){out, n};
}

static cq_str lower_case(cq_str s, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n && n + 4 <= WORD_MAX;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80) {
            out[n++] = cq_lower((char)c);
            i++;
        } else {
            n += cq_utf8_put(out + n, cq_to_lower(cq_utf8_next(s, &i)));
        }
    }
    return (cq_str){out, n};
}

uint32_t cq_lexicon_lookup(const cq_lexicon *l, cq_str token)
{
    if (!token.n || token.n > WORD_MAX / 2) return 0;
    char converted[WORD_MAX], out[WORD_MAX];
    cq_str s = convert(l, token, converted);
    uint32_t id = cq_formtable_find(&l->table, s);
    if (id) return id;
    cq_str lower = lower_case(s, out);
    if (cq_str_eq(lower, s)) return 0;
    id = cq_formtable_find(&l->table, lower);
    return id ? id : cq_formtable_find(&l->table, title_case(s, out));
}

const uint32_t *cq_lexicon_forms_of(const cq_lexicon *l, uint32_t lemma, size_t *n)
{
    const cq_formtable *t = &l->table;
    size_t low = 0, high = t->lemmas_n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (t->lemmas[mid].lemma < lemma) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    *n = 0;
    if (low == t->lemmas_n || t->lemmas[low].lemma != lemma) return t->lemma_forms;
    uint32_t from = t->lemmas[low].first, to = t->lemmas[low + 1].first;
    if (from > to || to > t->lemma_forms_n) return t->lemma_forms;
    *n = to - from;
    return t->lemma_forms + from;
}

// Every feature that `want` sets is there: sets meet, numbers are equal.
static bool agrees(uint32_t have, uint32_t want)
{
    uint32_t upos = CQ_GET_UPOS(want);
    if (upos && upos != CQ_GET_UPOS(have)) return false;
    for (size_t i = 0; i < CQ_FEATURES_N; i++) {
        const cq_feature *f = &CQ_FEATURES[i];
        uint32_t h = CQ_MORPH(have, f->shift, f->bits);
        uint32_t w = CQ_MORPH(want, f->shift, f->bits);
        if (w && (f->set ? !(h & w) : h != w)) return false;
    }
    return true;
}

uint32_t cq_lexicon_inflect(const cq_lexicon *l, uint32_t lemma, uint32_t want)
{
    size_t n;
    const uint32_t *forms = cq_lexicon_forms_of(l, lemma, &n);
    for (size_t i = 0; i < n; i++) { // in order of number: the most frequent first
        if (!cq_lexicon_word(l, forms[i])) continue;
        size_t readings_n;
        const cq_reading *r = cq_lexicon_readings(l, forms[i], &readings_n);
        for (size_t k = 0; k < readings_n; k++) {
            if (r[k].lemma == lemma && agrees(r[k].morph, want)) return forms[i];
        }
    }
    return 0;
}

// ---- verdicts ------------------------------------------------------------------------

// How Hunspell's checkword() answers for one exact spelling.
typedef struct {
    bool found, keep_case, forbidden;
} verdict;

// "l'arbre" where the tokeniser left it whole: takes an elision off that the form allows.
static uint32_t find_elided(const cq_lexicon *l, cq_str w)
{
    cq_str rest = l->table.elisions, line;
    while (cq_str_split(&rest, '\n', &line)) {
        cq_str bit, append, strip;
        if (!cq_str_split(&line, '\t', &bit) || !cq_str_split(&line, '\t', &append) ||
            !cq_str_split(&line, '\t', &strip) || !line.p || !cq_str_starts(w, append)) {
            continue;
        }
        cq_str tail = cq_str_sub(w, append.n, w.n);
        char base[WORD_MAX];
        if (strip.n + tail.n > sizeof base) continue;
        if (!tail.n && !l->table.full_strip) continue;
        memcpy(base, strip.p, strip.n);
        memcpy(base + strip.n, tail.p, tail.n);
        cq_str b = {base, strip.n + tail.n};
        if (!cq_affix_condition(line, b)) continue;
        unsigned number = 0;
        for (size_t i = 0; i < bit.n; i++) number = number * 10 + (bit.p[i] - '0') % 10u;
        uint32_t id = cq_formtable_find(&l->table, b);
        if (id && number < 32 && kind_of(l, id)->elisions >> number & 1) return id;
    }
    return 0;
}

// `initial`: the token has one capital only, its first letter.
static verdict check_word(const cq_lexicon *l, cq_str w, bool initial)
{
    verdict v = {false, false, false};
    uint32_t id = cq_formtable_find(&l->table, w);
    unsigned flags = kind_of(l, id)->flags;
    unsigned hidden = initial ? 0u : CQ_FORM_HIDDEN;
    if (!(flags & (CQ_FORM_WORD | CQ_FORM_FORBIDDEN | hidden)) &&
        memchr(w.p, '\'', w.n)) {
        flags = kind_of(l, find_elided(l, w))->flags;
    }
    v.forbidden = flags & CQ_FORM_FORBIDDEN;
    v.found = !v.forbidden && flags & (CQ_FORM_WORD | hidden);
    v.keep_case = flags & CQ_FORM_KEEPCASE;
    return v;
}

// A number with single points, commas and hyphens inside: 1.234,5
static bool is_number(cq_str s)
{
    bool digit = false;
    for (size_t i = 0; i < s.n; i++) {
        if (cq_is_digit(s.p[i])) {
            digit = true;
        } else if ((s.p[i] == ',' || s.p[i] == '.' || s.p[i] == '-') && i && digit) {
            digit = false;
        } else {
            return false;
        }
    }
    return digit;
}

static cq_str with_point(cq_str s, char *out)
{
    if (s.n + 1 > WORD_MAX) return s;
    memmove(out, s.p, s.n);
    out[s.n] = '.';
    return (cq_str){out, s.n + 1};
}

// The verdict before breaking; what remains to be broken goes to `out` and *left.
static bool spell_whole(const cq_lexicon *l, cq_str s, bool points, char *out,
                        cq_str *left)
{
    char pointed[WORD_MAX];
    *left = s;
    cq_case kind = cq_case_of(s);
    if (kind != CQ_CASE_INIT) {
        if (check_word(l, s, false).found) return true;
        if (points && check_word(l, with_point(s, pointed), false).found) return true;
        if (kind != CQ_CASE_ALL) return false;
        // SANT'ELIA is also looked up as sant'Elia and Sant'elia.
        char lower[WORD_MAX];
        cq_str low = lower_case(s, lower);
        const char *mark = memchr(low.p, '\'', low.n);
        size_t at = mark ? (size_t)(mark - low.p) + 1 : low.n;
        if (mark && at < low.n) {
            char part[WORD_MAX], both[2 * WORD_MAX];
            cq_str second = title_case(cq_str_sub(low, at, low.n), part);
            memcpy(both, low.p, at);
            memcpy(both + at, second.p, second.n);
            if (at + second.n <= WORD_MAX &&
                check_word(l, (cq_str){both, at + second.n}, false).found) {
                return true;
            }
            if (check_word(l, title_case(s, part), false).found) return true;
        }
    }
    bool initial = kind == CQ_CASE_INIT;
    cq_str title = title_case(s, out);
    *left = title;
    verdict v = check_word(l, title, initial);
    if (v.forbidden) return false;
    if (v.found && !(v.keep_case && !initial)) return true;
    char lower[WORD_MAX];
    cq_str low = lower_case(s, lower);
    v = check_word(l, low, false);
    if (points && !v.found) {
        v = check_word(l, with_point(low, pointed), false);
        if (!v.found) {
            v = check_word(l, with_point(title, pointed), initial);
            return v.found && !(v.keep_case && !initial);
        }
    }
    return v.found && !v.keep_case;
}

static bool spell(const cq_lexicon *l, cq_str token, int *steps);

static size_t find_from(cq_str s, cq_str needle, size_t from)
{
    size_t at = from > s.n ? SIZE_MAX : cq_str_find(cq_str_sub(s, from, s.n), needle);
    return at == SIZE_MAX ? SIZE_MAX : at + from;
}

// Breaks at each BREAK pattern, as HunspellImpl::spell does: both sides must be right.
static bool spell_broken(const cq_lexicon *l, cq_str s, int *steps)
{
    size_t marks = 0;
    for (size_t j = 0; j < l->breaks_n; j++) {
        for (size_t at = 0; (at = find_from(s, l->breaks[j], at)) != SIZE_MAX;
             at += l->breaks[j].n) {
            marks++;
        }
    }
    if (marks >= 10) return false;
    for (size_t j = 0; j < l->breaks_n; j++) {
        cq_str b = l->breaks[j];
        if (b.n == 1 || b.n > s.n) continue;
        if (b.p[0] == '^' && cq_str_starts(s, cq_str_sub(b, 1, b.n)) &&
            spell(l, cq_str_sub(s, b.n - 1, s.n), steps)) {
            return true;
        }
        if (b.p[b.n - 1] == '$' && cq_str_ends(s, cq_str_sub(b, 0, b.n - 1)) &&
            spell(l, cq_str_sub(s, 0, s.n - b.n + 1), steps)) {
            return true;
        }
    }
    for (int round = 0; round < 2; round++) { // at the second mark first, then the first
        for (size_t j = 0; j < l->breaks_n; j++) {
            cq_str b = l->breaks[j];
            size_t at = cq_str_find(s, b);
            if (at == SIZE_MAX || at == 0 || at + b.n >= s.n) continue;
            if (round == 0) {
                size_t second = find_from(s, b, at + 1);
                if (second != SIZE_MAX && second + b.n < s.n) at = second;
            }
            if (spell(l, cq_str_sub(s, at + b.n, s.n), steps) &&
                spell(l, cq_str_sub(s, 0, at), steps)) {
                return true;
            }
        }
    }
    return false;
}

static bool spell(const cq_lexicon *l, cq_str token, int *steps)
{
    if (++*steps > SPELL_STEPS_MAX || token.n > WORD_MAX / 2) return false;
    char converted[WORD_MAX], out[WORD_MAX];
    cq_str s = convert(l, token, converted);
    while (s.n && s.p[0] == ' ') s = cq_str_sub(s, 1, s.n);
    bool points = s.n && s.p[s.n - 1] == '.';
    while (s.n && s.p[s.n - 1] == '.') s.n--;
    if (s.n == 0 || is_number(s)) return true;
    cq_str left;
    return spell_whole(l, s, points, out, &left) || spell_broken(l, left, steps);
}

bool cq_lexicon_accepts(const cq_lexicon *l, cq_str token)
{
    if (l->hunspell) {
        char lower[WORD_MAX];
        if (token.n <= WORD_MAX / 2 && cq_hunspell_accepts(l->hunspell, token))
            return true;
        if (token.n > WORD_MAX / 2) return false;
        unsigned flags =
            kind_of(l, cq_formtable_find(&l->table, token))->flags |
            kind_of(l, cq_formtable_find(&l->table, lower_case(token, lower)))->flags;
        return flags & CQ_FORM_HOUSE;
    }
    int steps = 0;
    return spell(l, token, &steps);
}
