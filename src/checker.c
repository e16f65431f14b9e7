// The pipeline: bytes -> document -> passages of tokens -> checks -> findings -> score.
#include "checker.h"

#include <pthread.h>
#include <stdio.h>

#include "base/file.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "checks/catalogue.h"
#include "checks/check.h"
#include "checks/gazetteer.h"
#include "checks/untranslated.h"
#include "findings.h"
#include "lexicon/parser.h"
#include "lexicon/tagger.h"
#include "readers/furniture.h"
#include "readers/reader.h"
#include "score.h"
#include "source/glossary.h"
#include "source/pair.h"
#include "source/wordlinks.h"
#include "suppressions.h"
#include "text/language.h"

enum {
    MAX_BYTES = 64 << 20,     // of an article, unless the options say otherwise
    PASSAGE_BYTES = 64 << 10, // what is worked on at once stays in the cache
    HIT_BYTES = 128,          // of text for a hit, and seldom less
    LAYERS_MAX = 16,          // of rule packs
    MACHINE_WORDS_MIN = 150,  // an article with fewer is not judged as a whole,
    MACHINE_ITEMS_MIN = 70,   // nor one of which less is beside its source
    PROBLEM_BYTES = 1100,
    LARGE = 1 << 20, // bytes of a text whose findings take much memory
};

struct cq_checker {
    cq_arena *arena;
    cq_options options;
    cq_lexicon *lexicon, *foreign;
    cq_english *english;     // NULL: not there; of use beside a source only
    cq_bilingual *bilingual; // likewise
    cq_tagger *tagger;
    cq_parser *parser;
    cq_rules *rules;
    const char *rule_dirs[LAYERS_MAX]; // layers of packs, lowest first
    size_t rule_dirs_n;
    cq_names *names;
    cq_glossary *glossary; // NULL: none
    CQ_VEC(cq_str) problems;
    cq_part dictionaries[2];
    size_t dictionaries_n;
    cq_str config_sha256;
};

// A result and the memory it lies in.
typedef struct {
    cq_result result;
    cq_arena *arena;
} owned_result;

// --- making a checker

static cq_str data_path(cq_checker *c, const char *name)
{
    const char *dir = c->options.data_dir;
    if (!dir) dir = cq_path_is_dir(CALQUE_DATA_DIR) ? CALQUE_DATA_DIR : CALQUE_SOURCE_DIR;
    return cq_path_join(c->arena, cq_str_of(dir), cq_str_of(name));
}

static void note_problem(cq_checker *c, const cq_err *err)
{
    char text[PROBLEM_BYTES];
    cq_str copy = cq_str_copy(c->arena, cq_str_of(cq_err_text(err, text, sizeof text)));
    *CQ_PUSH(c->arena, &c->problems) = copy;
}

static void add_dictionary(cq_checker *c, const cq_lexicon *l)
{
    cq_part *d = &c->dictionaries[c->dictionaries_n++];
    d->name = cq_text_of(cq_str_of(cq_lexicon_name(l)));
    d->sha256 = cq_text_of(cq_lexicon_sha256(l));
}

static bool open_lexicon(cq_checker *c, cq_err *err)
{
    const cq_options *o = &c->options;
    cq_lexicon_options french = {
        .dictionary = o->dictionary ? o->dictionary : "fr",
        .extra = data_path(c, "dictionaries/fr").p,
        .cache_dir = o->cache_dir,
        .speller = o->spell_hunspell ? CQ_SPELL_HUNSPELL : CQ_SPELL_TABLE,
    };
    c->lexicon = cq_lexicon_open(&french, err);
    if (!c->lexicon) return false;
    add_dictionary(c, c->lexicon);
    return true;
}

// What needs nothing of the French dictionary and the rules. A thread of its own opens
// it: where the caches have to be built, that takes a fifth of the work.
typedef struct {
    const char *cache_dir, *names_dir, *renderings;
    cq_lexicon *foreign;
    cq_english *english;
    cq_bilingual *bilingual;
    cq_names *names;
    cq_err no_foreign, no_bilingual, no_names;
} aside;

static void *open_aside(void *arg)
{
    aside *a = arg;
    cq_lexicon_options english = {.dictionary = "en_US",
                                  .cache_dir = a->cache_dir,
                                  .speller = CQ_SPELL_TABLE_ALONE};
    a->foreign = cq_lexicon_open(&english, &a->no_foreign);
    a->english = cq_english_open(NULL, a->cache_dir, NULL);
    a->bilingual = cq_bilingual_open(a->renderings, NULL, a->cache_dir, &a->no_bilingual);
    a->names = cq_names_open(a->names_dir, a->cache_dir, &a->no_names);
    return NULL;
}

// Called when the thread is done. English tells foreign words from misspelt ones; without
// it, a little less is known.
static bool take_aside(cq_checker *c, const aside *a, cq_err *err)
{
    c->foreign = a->foreign;
    c->english = a->english;
    c->bilingual = a->bilingual;
    c->names = a->names;
    if (c->foreign)
        add_dictionary(c, c->foreign);
    else
        note_problem(c, &a->no_foreign);
    if (!c->bilingual) note_problem(c, &a->no_bilingual);
    if (!c->names && err) *err = a->no_names;
    return c->names != NULL;
}

static bool open_rules(cq_checker *c, cq_err *err)
{
    const char **dirs = c->rule_dirs;
    size_t n = 0;
    dirs[n++] = data_path(c, "rules").p;
    cq_str user = cq_dir_config(c->arena);
    if (user.n && !c->options.no_user_rules) {
        const char *path = cq_path_join(c->arena, user, cq_str_of("rules")).p;
        if (cq_path_is_dir(path)) dirs[n++] = path;
    }
    for (size_t i = 0; i < c->options.rule_dirs_n; i++) {
        if (n == LAYERS_MAX)
            return cq_fail(err, CQ_ELIMIT, c->options.rule_dirs[i], 0,
                           "more than %d layers of rule packs", LAYERS_MAX);
        dirs[n++] = c->options.rule_dirs[i];
    }
    c->rule_dirs_n = n;
    c->rules = cq_rules_open(c->lexicon, dirs, n, c->options.cache_dir, err);
    return c->rules != NULL;
}

// Is there a rule, or a check, of this name?
static bool is_rule(const cq_rules *r, cq_str name)
{
    cq_rule_info rule;
    for (uint32_t i = 0; cq_rule(r, i, &rule); i++) {
        if (cq_rule_is_named(rule.id, name)) return true;
    }
    for (size_t i = 0; i < CQ_CHECK_RULES_N; i++) {
        if (cq_rule_is_named(cq_str_of(CQ_CHECK_RULES[i].rule), name)) return true;
    }
    return false;
}

static void note_rule_problems(cq_checker *c)
{
    for (size_t i = 0; i < cq_rules_problems(c->rules); i++) {
        note_problem(c, cq_rules_problem(c->rules, i));
    }
    const char *profile = c->options.profile;
    if (profile && !cq_rules_have_profile(c->rules, cq_str_of(profile))) {
        cq_err none;
        cq_fail(&none, CQ_EUSAGE, NULL, 0, "no rule has the profile “%s”", profile);
        note_problem(c, &none);
    }
    for (size_t i = 0; i < c->options.ignore_n; i++) {
        cq_str name = cq_str_of(c->options.ignore[i]);
        if (!is_rule(c->rules, name)) {
            cq_err none;
            cq_fail(&none, CQ_EUSAGE, NULL, 0, "no rule is named “%s”", name.p);
            note_problem(c, &none);
        }
    }
}

// What decides the findings besides the packs and the dictionaries.
static cq_str config_hash(cq_checker *c)
{
    const cq_options *o = &c->options;
    cq_str text = cq_strf(
        c->arena,
        "dictionary=%s\nhunspell=%d\nui=%s\nprofile=%s\nstyle=%s\nregion=%s\nall=%"
        "d\nsuggest=%u\nmax=%zu\n",
        o->dictionary ? o->dictionary : "fr", o->spell_hunspell, o->ui ? o->ui : "",
        o->profile ? o->profile : "", o->style ? o->style : "",
        o->region ? o->region : "fr-FR", o->all_text, o->suggest, o->max_bytes);
    for (size_t i = 0; i < o->ignore_n; i++)
        text = cq_strf(c->arena, "%.*signore=%s\n", CQ_PRI(text), o->ignore[i]);
    for (size_t i = 0; i < o->glossaries_n; i++)
        text = cq_strf(c->arena, "%.*sglossary=%s\n", CQ_PRI(text), o->glossaries[i]);
    return cq_sha256_hex(c->arena, &text, 1);
}

static bool checker_open(cq_checker *c, cq_err *err)
{
    aside beside = {.cache_dir = c->options.cache_dir,
                    .names_dir = data_path(c, "dictionaries/names").p,
                    .renderings = data_path(c, "dictionaries/en-fr/renderings.tsv").p};
    pthread_t thread;
    bool apart = pthread_create(&thread, NULL, open_aside, &beside) == 0;
    const char *model = data_path(c, "dictionaries/fr/tagger.model").p;
    const char *trees = data_path(c, "dictionaries/fr/parser.model").p;
    bool ok = open_lexicon(c, err) &&
              (c->tagger = cq_tagger_open(model, c->lexicon, err)) &&
              (c->parser = cq_parser_open(trees, c->lexicon, err)) && open_rules(c, err);
    if (apart)
        pthread_join(thread, NULL);
    else
        open_aside(&beside);
    if (!take_aside(c, &beside, ok ? err : NULL) || !ok) return false;
    note_rule_problems(c);
    const cq_options *o = &c->options;
    if (!o->glossaries_n) return true;
    c->glossary =
        cq_glossary_open(c->arena, c->lexicon, o->glossaries, o->glossaries_n, err);
    return c->glossary != NULL;
}

cq_checker *cq_checker_new(const cq_options *options, cq_error *error)
{
    cq_arena *arena = cq_arena_new();
    cq_checker *c = CQ_NEW(arena, cq_checker);
    c->arena = arena;
    if (options) c->options = *options;
    if (!c->options.max_bytes) c->options.max_bytes = MAX_BYTES;
    c->config_sha256 = config_hash(c);
    cq_err err = {0};
    if (checker_open(c, &err)) return c;
    cq_checker_free(c);
    if (error) {
        error->code = (int)err.code;
        cq_err_text(&err, error->message, sizeof error->message);
    }
    return NULL;
}

void cq_checker_free(cq_checker *c)
{
    if (!c) return;
    cq_names_free(c->names);
    cq_rules_free(c->rules);
    cq_tagger_free(c->tagger);
    cq_bilingual_free(c->bilingual);
    cq_parser_free(c->parser);
    cq_english_free(c->english);
    cq_lexicon_free(c->foreign);
    cq_lexicon_free(c->lexicon);
    cq_arena_free(c->arena);
}

size_t cq_checker_problems(const cq_checker *c) { return c->problems.n; }
const char *cq_checker_problem(const cq_checker *c, size_t i)
{
    return c->problems.v[i].p;
}

size_t cq_checker_packs(const cq_checker *c, const cq_part **packs)
{
    return cq_rules_packs(c->rules, packs);
}

size_t cq_checker_dictionaries(const cq_checker *c, const cq_part **dictionaries)
{
    *dictionaries = c->dictionaries;
    return c->dictionaries_n;
}

cq_text cq_checker_config_sha256(const cq_checker *c)
{
    return cq_text_of(c->config_sha256);
}

// --- checking an article
static cq_text text_kept(cq_arena *a, cq_str s) { return cq_text_of(cq_str_copy(a, s)); }

static cq_result *unchecked(owned_result *owned, cq_status status, const char *reason,
                            const char *message)
{
    cq_result *r = &owned->result;
    r->status = status;
    r->reason = cq_text_of(cq_str_of(reason));
    if (message) {
        cq_diagnostic *d = CQ_NEW(owned->arena, cq_diagnostic);
        *d = (cq_diagnostic){r->reason, text_kept(owned->arena, cq_str_of(message)), {0}};
        r->diagnostics = d;
        r->diagnostics_n = 1;
    }
    cq_score(owned->arena, r);
    return r;
}

// Why an article could not be read, in the report's words.
static const char *failure(cq_errc code)
{
    if (code == CQ_ELIMIT) return "too-large";
    return code == CQ_EUSAGE ? "unknown-format" : "unreadable";
}

static void describe_document(cq_result *r, cq_document *d)
{
    r->format = cq_text_of(cq_str_of(d->format));
    r->encoding = cq_text_of(cq_str_of(d->encoding));
    r->language = text_kept(d->arena, cq_str_of(d->language));
    r->title = text_kept(d->arena, d->title);
    r->url = text_kept(d->arena, d->url);
    r->published = text_kept(d->arena, d->published);
    r->section = text_kept(d->arena, d->section);
    cq_text *authors = CQ_NEWN(d->arena, cq_text, d->authors.n);
    for (size_t i = 0; i < d->authors.n; i++) {
        authors[i] = text_kept(d->arena, d->authors.v[i]);
    }
    r->authors = authors;
    r->authors_n = d->authors.n;
    r->sha256 = cq_text_of(cq_sha256_hex(d->arena, &d->source, 1));
    r->text_sha256 = cq_text_of(cq_sha256_hex(d->arena, &d->text, 1));
    cq_skip_span *skipped = CQ_NEWN(d->arena, cq_skip_span, d->skipped.n);
    for (size_t i = 0; i < d->skipped.n; i++) {
        const cq_skipped *s = &d->skipped.v[i];
        const char *kind = cq_skip_name(s->why);
        skipped[i] =
            (cq_skip_span){s->source.start, s->source.end, cq_text_of(cq_str_of(kind))};
    }
    r->skipped = skipped;
    r->skipped_n = d->skipped.n;
}

// The last thing done with the text: each block gets a NUL in the place of the line feed
// that follows it, so that results need no copy of the article.
static void describe_blocks(cq_result *r, cq_document *d)
{
    cq_block_text *blocks = CQ_NEWN(d->arena, cq_block_text, d->blocks.n);
    for (size_t i = 0; i < d->blocks.n; i++) {
        const cq_block *b = &d->blocks.v[i];
        cq_str text = cq_str_sub(d->text, b->text.start, b->text.end);
        if (b->skip)
            text = cq_str_of("");
        else if (b->text.end < d->text.n && text.p[text.n] == '\n')
            ((char *)text.p)[text.n] = '\0';
        else
            text = cq_str_copy(d->arena, text);
        blocks[i].text = cq_text_of(text);
        blocks[i].kind = cq_text_of(cq_str_of(cq_block_kind_name(b->kind)));
        blocks[i].field = text_kept(d->arena, b->field);
    }
    r->blocks = blocks;
    r->blocks_n = d->blocks.n;
}

static bool has_text(const cq_document *d)
{
    for (size_t i = 0; i < d->blocks.n; i++) {
        if (!d->blocks.v[i].skip) return true;
    }
    return false;
}

// Cuts blocks longer than a passage after a line or a sentence, so that the memory used
// does not depend on how the text is cut into paragraphs.
static void split_long_blocks(cq_document *d)
{
    bool any = false;
    for (size_t i = 0; i < d->blocks.n && !any; i++) {
        any = d->blocks.v[i].text.end - d->blocks.v[i].text.start > PASSAGE_BYTES;
    }
    if (!any) return;
    cq_document before = *d;
    memset(&d->blocks, 0, sizeof d->blocks);
    for (size_t i = 0; i < before.blocks.n; i++) {
        cq_block b = before.blocks.v[i];
        while (b.text.end - b.text.start > PASSAGE_BYTES) {
            uint32_t cut = b.text.start + PASSAGE_BYTES;
            while (cut > b.text.start + PASSAGE_BYTES / 2 && d->text.p[cut - 1] != '\n' &&
                   !(d->text.p[cut - 1] == ' ' && strchr(".!?", d->text.p[cut - 2])))
                cut--;
            if (cut == b.text.start + PASSAGE_BYTES / 2) cut += PASSAGE_BYTES / 2;
            while (((unsigned char)d->text.p[cut] & 0xC0) == 0x80) cut--;
            cq_block head = b;
            head.text.end = b.text.start = cut;
            head.source = cq_document_source(d, head.text.start, head.text.end);
            *CQ_PUSH(d->arena, &d->blocks) = head;
        }
        b.source = cq_document_source(d, b.text.start, b.text.end);
        *CQ_PUSH(d->arena, &d->blocks) = b;
    }
}

// The end of the passage that begins at this block.
static size_t passage_end(const cq_document *d, size_t first)
{
    uint32_t start = d->blocks.v[first].text.start;
    size_t last = first + 1;
    while (last < d->blocks.n && d->blocks.v[last].text.end - start <= PASSAGE_BYTES)
        last++;
    return last;
}

// Findings come when dictionaries and rules have done their part: many may have the room
// that the pages of those take.
static void make_room(const cq_checker *c)
{
    cq_lexicon_idle(c->lexicon);
    if (c->foreign) cq_lexicon_idle(c->foreign);
    cq_rules_idle(c->rules);
    cq_parser_idle(c->parser);
}

static void run_checks(const cq_checker *c, cq_check_run *run)
{
    void **states = CQ_NEWN(run->arena, void *, CQ_CHECKS_N);
    cq_tag_memo *memo = cq_tag_memo_new(run->arena);
    for (size_t k = 0; k < CQ_CHECKS_N; k++) {
        if (CQ_CHECKS[k].begin) states[k] = CQ_CHECKS[k].begin(run);
    }
    for (size_t first = 0, last; first < run->doc->blocks.n; first = last) {
        last = passage_end(run->doc, first);
        cq_arena_reset(run->scratch);
        cq_passage p;
        cq_tokenize_fr(run->scratch, run->doc, first, last, &p);
        if (!p.n) continue;
        cq_tag(c->tagger, memo, &p);
        cq_count_words(run, &p);
        if (run->literal) cq_literal_add(run->literal, &p);
        for (size_t k = 0; k < CQ_CHECKS_N; k++) {
            if (CQ_CHECKS[k].run) CQ_CHECKS[k].run(run, states[k], &p);
        }
    }
    if (run->doc->text.n > LARGE) make_room(c);
    for (size_t k = 0; k < CQ_CHECKS_N; k++) {
        if (CQ_CHECKS[k].finish) CQ_CHECKS[k].finish(run, states[k]);
    }
}

// --- the source

// Surely meant as a path, so that it is said where no such file is.
static bool names_file(cq_str claim)
{
    static const cq_str ENDINGS[] = {CQ_LIT(".md"), CQ_LIT(".mdx"), CQ_LIT(".markdown"),
                                     CQ_LIT(".txt"), CQ_LIT(".html")};
    if (cq_str_find(claim, cq_str_of("://")) != SIZE_MAX) return false;
    for (size_t i = 0; i < CQ_COUNT(ENDINGS); i++) {
        if (cq_str_ends(claim, ENDINGS[i])) return true;
    }
    return false;
}

// The file that the article's front matter names as its source, beside it.
static bool read_claimed(const cq_checker *c, const cq_article *article,
                         const cq_document *d, cq_article *out)
{
    cq_str claim = d->source_claim, dir = cq_str_of(article->path);
    if (!c->options.follow_source || !claim.n || claim.p[0] == '/') return false;
    while (dir.n && dir.p[dir.n - 1] != '/') dir.n--;
    const char *path = cq_str_c(d->arena, claim);
    if (dir.n) path = cq_strf(d->arena, "%.*s%s", CQ_PRI(dir), path).p;
    *out = (cq_article){.path = path};
    if (!cq_path_is_file(path)) return names_file(claim); // not "Reuters", an address
    cq_str bytes;
    if (cq_file_read(d->arena, path, c->options.max_bytes, &bytes, NULL)) {
        out->bytes = bytes.p;
        out->n = bytes.n;
    }
    return true;
}

// NULL: it could not be read, which is said.
static cq_document *read_source(const cq_checker *c, cq_check_run *run,
                                const cq_article *source, const char *path)
{
    cq_str bytes = {source->bytes, source->n};
    cq_err err = {0};
    cq_document *s = NULL;
    if (bytes.p && bytes.n <= c->options.max_bytes)
        s = cq_read(run->arena, bytes, path, source->format, &err);
    if (s) return s;
    cq_diagnose(run, "source-unreadable", (cq_str){0},
                cq_say(run, "la source %s ne peut pas être lue : %s",
                       "the source %s cannot be read: %s"),
                path,
                err.code  ? err.message
                : bytes.p ? cq_say(run, "trop grande", "too large")
                          : cq_say(run, "absente", "missing"));
    return NULL;
}

static void set_pair(const cq_checker *c, cq_check_run *run, cq_pair *p)
{
    run->pair = p;
    if (c->bilingual)
        run->linker = cq_linker_new(run->arena, p, c->bilingual, c->lexicon);
}

// Reads the source, if there is one, and aligns it with the article. What keeps it from
// being used is said in a diagnostic.
static void open_pair(const cq_checker *c, cq_check_run *run, const cq_article *article,
                      const cq_document *d)
{
    cq_document *s = d->beside;
    const char *path = cq_str_copy(d->arena, cq_str_of(article->path)).p;
    if (!s) {
        cq_article claimed;
        const cq_article *source = article->source;
        if (!source && read_claimed(c, article, d, &claimed)) source = &claimed;
        if (!source) return;
        path = cq_str_copy(d->arena, cq_str_of(source->path)).p;
        s = read_source(c, run, source, path);
        if (!s) return;
    }
    if (!c->options.all_text) cq_furniture_mark(s);
    if (!cq_language_mark(s, "en") || !has_text(s)) {
        cq_diagnose(run, "source-language", (cq_str){0},
                    cq_say(run, "la source %s n’est pas un texte anglais",
                           "the source %s is no English text"),
                    path);
        return;
    }
    cq_pair *p = cq_pair_new(d->arena, s, d, c->english, path);
    if (cq_pair_unrelated(p)) {
        cq_diagnose(run, "source-unrelated", (cq_str){0},
                    cq_say(run,
                           "l’article ne semble pas traduit de %s : vérifié sans source",
                           "the article seems to be no translation of %s: checked alone"),
                    path);
        return;
    }
    set_pair(c, run, p);
    run->literal = cq_literal_new(d->arena, p);
    const char *package = c->bilingual ? cq_bilingual_missing(c->bilingual) : NULL;
    if (package)
        cq_diagnose(run, "bilingual-dictionary", (cq_str){0},
                    cq_say(run,
                           "moins de mots sont reliés à la source : dictionnaire absent "
                           "(paquet Debian %s)",
                           "fewer words are linked to the source: a dictionary is "
                           "missing (Debian package %s)"),
                    package);
}

// The sentences of one side of a link, or a sentence without one.
static void describe_side(const cq_pair *p, cq_side side, uint32_t first, uint32_t last,
                          cq_positions *places, cq_position *span, cq_text *text)
{
    if (first == last) return;
    const cq_pair_sentence *s = p->sentences[side];
    cq_span at = {s[first].text.start, s[last - 1].text.end};
    *span = cq_position_of(places, p->doc[side], at);
    *text = text_kept(p->arena, cq_pair_text(p, side, first, last));
}

static void describe_links(const cq_pair *p, cq_result *r)
{
    cq_positions *places[2];
    CQ_VEC(cq_sentence_link) out = {0};
    for (unsigned side = 0; side < 2; side++)
        places[side] =
            cq_positions_new(p->arena, p->doc[side]->source, p->doc[side]->encoding);
    uint32_t source = 0; // sentences of the source before it are out
    for (uint32_t j = 0; j <= p->sentences_n[CQ_SIDE_TARGET];) {
        const cq_link *l = cq_pair_link(p, CQ_SIDE_TARGET, j);
        bool end = j == p->sentences_n[CQ_SIDE_TARGET];
        // What was left out stands where its neighbours are.
        uint32_t until = end ? p->sentences_n[0] : l && !l->moved ? l->first[0] : source;
        for (; source < until; source++) {
            if (cq_pair_link(p, CQ_SIDE_SOURCE, source)) continue;
            cq_sentence_link *o = CQ_PUSH(p->arena, &out);
            *o = (cq_sentence_link){0};
            describe_side(p, CQ_SIDE_SOURCE, source, source + 1, places[0],
                          &o->source_span, &o->source_text);
        }
        if (end) break;
        cq_sentence_link *o = CQ_PUSH(p->arena, &out);
        *o = (cq_sentence_link){0};
        if (l) {
            o->confidence = l->confidence;
            o->moved = l->moved;
            describe_side(p, CQ_SIDE_SOURCE, l->first[0], l->last[0], places[0],
                          &o->source_span, &o->source_text);
        }
        uint32_t last = l ? l->last[1] : j + 1;
        describe_side(p, CQ_SIDE_TARGET, j, last, places[1], &o->span, &o->text);
        j = last;
    }
    r->links = out.v;
    r->links_n = out.n;
}

static void describe_pair(const cq_checker *c, const cq_pair *p, cq_result *r)
{
    r->with_source = true;
    r->source_path = cq_text_of(cq_str_of(p->path));
    r->source_language = cq_text_of(cq_str_of("en"));
    if (c->options.alignment) describe_links(p, r);
}

static void describe_literalness(cq_literalness l, cq_result *r)
{
    if (l.items < MACHINE_ITEMS_MIN || r->words < MACHINE_WORDS_MIN) return;
    r->machine = (cq_machine){
        .known = true,
        .probability = l.probability,
        .same_words = l.same_words,
        .same_order = l.same_order,
        .sentences = l.sentences,
    };
}

static cq_check_run new_run(const cq_checker *c, const cq_document *d)
{
    cq_check_run run = {
        .options = &c->options,
        .english = c->options.ui && strcmp(c->options.ui, "en") == 0,
        .lexicon = c->lexicon,
        .foreign = c->foreign,
        .parser = c->parser,
        .rules = c->rules,
        .names = c->names,
        .glossary = c->glossary,
        .doc = d,
        .region = c->options.region,
        .profile = c->options.profile,
        .english_memo = cq_english_memo_new(d->arena),
        .arena = d->arena,
        .scratch = cq_arena_new(),
    };
    // Room for most articles' hits and words, so that they need not move (untouched pages
    // cost nothing).
    run.hits.cap = d->text.n / HIT_BYTES + 8;
    run.hits.v = cq_alloc(d->arena, cq_mul(run.hits.cap, sizeof *run.hits.v));
    cq_map_init(&run.words, d->arena);
    run.words.cap = run.hits.cap;
    run.words.items = cq_alloc(d->arena, run.words.cap * sizeof *run.words.items);
    cq_map_init(&run.hits_of_rule, d->arena);
    return run;
}

const cq_rules *cq_checker_rules(const cq_checker *c) { return c->rules; }

size_t cq_checker_rule_dirs(const cq_checker *c, const char *const **dirs)
{
    *dirs = c->rule_dirs;
    return c->rule_dirs_n;
}

void cq_check_example(const cq_checker *c, cq_arena *a, const cq_example *e,
                      cq_example_hits *out)
{
    cq_document *d = CQ_NEW(a, cq_document);
    cq_builder b;
    d->arena = a;
    d->source = e->text;
    cq_builder_init(&b, d);
    cq_builder_open(&b, e->block, 0);
    cq_builder_verbatim(&b, 0, (uint32_t)e->text.n);
    cq_builder_close(&b);
    cq_builder_finish(&b);
    cq_check_run run = new_run(c, d);
    run.region = e->region;
    run.profile = e->profile;
    if (e->source)
        set_pair(c, &run, cq_pair_of_text(a, cq_str_of(e->source), d, c->english));
    run_checks(c, &run);
    cq_arena_free(run.scratch);
    *out = (cq_example_hits){0};
    for (size_t i = 0; i < run.hits.n; i++) {
        const cq_hit *h = &run.hits.v[i];
        const cq_hit_fix *f = h->fixes.n && !h->fixes.v[0].loose ? h->fixes.v : NULL;
        cq_span span = cq_document_source(d, h->at.start, h->at.end);
        *CQ_PUSH(a, out) = (cq_example_hit){
            .rule = h->rule,
            .variant = h->variant,
            .at = span,
            .fix = f ? f->text : (cq_str){NULL, 0},
            .fix_at = f ? cq_document_source(d, f->start, f->end) : span,
        };
    }
}

cq_result *cq_check(const cq_checker *c, const cq_article *article)
{
    cq_arena *arena = cq_arena_new();
    owned_result *owned = CQ_NEW(arena, owned_result);
    owned->arena = arena;
    cq_result *r = &owned->result;
    r->path = text_kept(arena, cq_str_of(article->path));
    if (article->n > c->options.max_bytes)
        return unchecked(owned, CQ_FAILED, "too-large", NULL);

    cq_err err = {0};
    cq_document *d = cq_read(arena, (cq_str){article->bytes, article->n}, article->path,
                             article->format, &err);
    if (!d) return unchecked(owned, CQ_FAILED, failure(err.code), err.message);
    if (!c->options.all_text) cq_furniture_mark(d);
    bool french = cq_language_mark(d, "fr");
    describe_document(r, d);
    if (!french) return unchecked(owned, CQ_SKIPPED, "not-french", NULL);
    if (!has_text(d)) { // none at all, or the parser gave up before any
        cq_str note = d->notes.n ? d->notes.v[0] : cq_str_of("");
        bool broken = cq_str_starts(note, cq_str_of("xml:")) ||
                      cq_str_starts(note, cq_str_of("json:"));
        cq_str why;
        if (broken && cq_str_split(&note, ';', &why)) // "; what stands before ..."
            return unchecked(owned, CQ_FAILED, "unreadable", cq_str_c(arena, why));
        return unchecked(owned, CQ_SKIPPED, "no-text", NULL);
    }

    cq_check_run run = new_run(c, d);
    for (size_t i = 0; i < d->notes.n; i++) { // "code: message"
        cq_str message = d->notes.v[i], code;
        cq_str_split(&message, ':', &code);
        cq_diagnose(&run, cq_str_c(arena, code), (cq_str){0}, "%.*s",
                    CQ_PRI(cq_str_trim(message)));
    }
    split_long_blocks(d);
    open_pair(c, &run, article, d);
    run_checks(c, &run);
    cq_findings_make(&run, r);
    if (run.pair) describe_pair(c, run.pair, r);
    r->terms = run.terms.v;
    r->terms_n = run.terms.n;
    r->words = run.words_n;
    if (run.literal) describe_literalness(cq_literal_result(run.literal), r);
    r->diagnostics = run.diagnostics.v;
    r->diagnostics_n = run.diagnostics.n;
    describe_blocks(r, d);
    cq_score(arena, r);
    cq_arena_free(run.scratch);
    return r;
}

void cq_result_free(cq_result *result)
{
    if (result) cq_arena_free(((owned_result *)result)->arena);
}
