/* calque: checks machine-translated articles.
 *
 * The public interface, and its manual. A checker is made once, from rules and
 * dictionaries; cq_check() reads one article and gives a result of plain structs.
 *
 * Text is UTF-8. A cq_text is borrowed bytes with a length; those of a result also end in
 * a NUL and live until cq_result_free(). Offsets are bytes of the article as given,
 * half-open.
 *
 * Threads: a checker is read-only after cq_checker_new() and may be used by any number of
 * threads at once. A result belongs to the thread that has it. Nothing is kept between
 * calls, nothing is printed, no locale is set, no network is used.
 *
 * Errors: functions that can fail return NULL or false and fill a cq_error. A bad article
 * is no failure: its result says so (status and reason). Running out of memory aborts. */
#ifndef CALQUE_H
#define CALQUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

#define CQ_VERSION "0.1.0"
#define CQ_REPORT_SCHEMA_VERSION "1.0.0"

typedef struct {
    const char *p;
    size_t n;
} cq_text;

typedef struct {
    int code;           /* cq_errc of src/base/err.h; 0 is none */
    char message[1100]; /* "path:line: what is wrong" */
} cq_error;

typedef struct cq_checker cq_checker;

typedef struct {
    const char *data_dir;   /* where rules/ and dictionaries/ lie; NULL: as installed */
    const char *dictionary; /* Hunspell dictionary, by name or path; NULL: "fr" */
    const char *cache_dir;  /* NULL: $XDG_CACHE_HOME/calque; "": keep nothing on disk */
    const char *const *rule_dirs; /* further layers of rule packs, lowest first */
    size_t rule_dirs_n;
    const char *const *glossaries; /* CSV, TSV or TBX, see source/glossary.h */
    size_t glossaries_n;
    const char *const *ignore; /* rules to leave out: names of findings ("fr/capitals/je")
                                  or their beginnings up to a slash ("typography") */
    size_t ignore_n;
    bool no_user_rules;  /* leave $XDG_CONFIG_HOME/calque/rules out */
    bool spell_hunspell; /* ask libhunspell even where the table would do */
    const char *ui;      /* language of messages, "fr" or "en"; NULL: the article's */
    const char *profile; /* also run rules of this profile ("strict"); NULL: none */
    const char *style;   /* of typography: "consistent" (NULL) or "strict" */
    const char *region;  /* "fr-FR" (NULL), "fr-CA", "fr-BE", "fr-CH" */
    bool all_text;       /* check page furniture too */
    unsigned suggest;    /* spelling suggestions per form; 0: none */
    bool alignment;      /* fill in cq_result.links */
    bool follow_source;  /* read the source that the article's front matter names, a file
                            beside it */
    size_t max_bytes;    /* of an article; 0: 64 MiB */
} cq_options;

/* Builds or opens caches as needed. Broken rules do not fail it: they are in
 * cq_checker_problem(). */
cq_checker *cq_checker_new(const cq_options *options, cq_error *error);
void cq_checker_free(cq_checker *checker);
size_t cq_checker_problems(const cq_checker *checker);
const char *cq_checker_problem(const cq_checker *checker, size_t i);

typedef enum { CQ_CHECKED, CQ_SKIPPED, CQ_FAILED } cq_status;
typedef enum { CQ_NEUTRAL, CQ_MINOR, CQ_MAJOR, CQ_CRITICAL } cq_severity;
typedef enum { CQ_LOW, CQ_MEDIUM, CQ_HIGH } cq_confidence;
typedef enum { CQ_POLISH, CQ_CHECK, CQ_MUST_FIX } cq_tier;
typedef enum { CQ_PUBLISHABLE, CQ_REVISE, CQ_RETRANSLATE } cq_verdict;

/* Lines and columns count from 1, columns in code points; end exclusive. */
typedef struct {
    size_t start, end;
    unsigned line, column, end_line, end_column;
    size_t utf16_start, utf16_end; /* UTF-16 code units from the start of the file */
} cq_position;

typedef struct {
    size_t start, end; /* bytes of the article to replace */
    cq_text text;      /* as it goes into the file (escaped for its format) */
} cq_edit;

typedef struct {
    cq_text text; /* what the passage becomes, for reading */
    bool safe;    /* may be applied without being looked at */
    const cq_edit *edits;
    size_t edits_n;
} cq_fix;

typedef struct {
    cq_text rule;     /* "en-fr/idioms/silver-lining" */
    cq_text category; /* MQM 2.0: "accuracy/mistranslation/overly-literal" */
    cq_severity severity;
    cq_confidence confidence;
    cq_tier tier;
    bool scored;
    unsigned
        occurrences; /* of the same error, in the article; counted on its first finding */
    cq_text message, note, advice; /* n == 0: none */
    const cq_text *refs;
    size_t refs_n;
    cq_text match; /* decoded text */
    cq_position span;
    size_t block;                /* index into the result's blocks */
    size_t text_start, text_end; /* where it stands in the text of its block, in bytes */
    cq_text block_kind, block_field;
    bool quoted;
    cq_text before, after; /* text around the match, up to 60 characters each */
    const cq_fix *fixes;
    size_t fixes_n;
    cq_text source; /* English behind it, as far as known */
    /* The sentences of the source behind it, and where in its file that English stands,
       or else they do; n == 0: none is known. */
    cq_text source_sentence;
    cq_position source_span;
    const cq_text *evidence;
    size_t evidence_n;
    cq_text fingerprints[2];
} cq_finding;

typedef struct {
    size_t start, end;
    cq_text kind; /* "furniture", "language", "code", "metadata" */
} cq_skip_span;

/* A stretch of the article as a reader sees it: markup and entities resolved. */
typedef struct {
    cq_text text, kind, field;
} cq_block_text;

/* Sentences of the article and of its source that belong together. Where one side's span
 * is empty, the other's sentence has no counterpart. */
typedef struct {
    cq_position span, source_span; /* in either file */
    cq_text text, source_text;
    double confidence; /* 0..1 */
    bool moved;        /* stands elsewhere than in the source */
} cq_sentence_link;

/* Whether the article as a whole is machine translation, little or not revised: told from
 * how closely it follows its source word for word, whatever the findings are
 * (source/literal.h has the method). A literal translator comes near it. It changes
 * neither penalty nor verdict nor exit code: literal is no error. */
typedef struct {
    bool known;         /* false, and all else 0: no source, under 150 words, or too
                           little of it is linked */
    double probability; /* 0.01..0.99, if half of all articles were */
    /* How many function words and marks of either text the other has as well, 0..1 (by
       people some 0.65, by machines 0.78), and how many of these can be paired without
       crossing (0.94, 0.98). */
    double same_words, same_order;
    unsigned sentences; /* pairs that were compared */
} cq_machine;

typedef struct {
    cq_text code, message, rule;
} cq_diagnostic;

typedef struct {
    cq_text name;
    unsigned count;
} cq_count;

/* A term of the source, a noun with the word before it by their lemmas ("eye tracking"),
 * and one of its renderings. */
typedef struct {
    cq_text term, rendering; /* as it stands there first: "suivi des yeux" */
    cq_text words;           /* behind the two words of the term: "oeil suivi" */
    unsigned count;
} cq_term_rendering;

typedef struct {
    cq_status status;
    cq_text reason; /* "not-french", "no-text"; "unreadable", "too-large", ... */
    cq_text path, format, encoding, language;
    cq_text source_path, source_language; /* n == 0: checked alone */
    cq_text title, url, published, section;
    const cq_text *authors;
    size_t authors_n;
    cq_text sha256, text_sha256;
    unsigned words;
    const cq_skip_span *skipped;
    size_t skipped_n;
    const cq_block_text *blocks; /* those that were checked, and the others as "" */
    size_t blocks_n;
    const cq_finding *findings; /* in order of their start */
    size_t findings_n;
    const cq_sentence_link *links; /* in the order of the article; see cq_options */
    size_t links_n;
    const cq_term_rendering *terms; /* beside a source; those of one term together */
    size_t terms_n;
    const cq_diagnostic *diagnostics;
    size_t diagnostics_n;
    const cq_count *by_severity, *by_category, *by_tier;
    size_t by_severity_n, by_category_n, by_tier_n;
    double penalty, penalty_per_1000_words, mqm_style_score;
    bool reliable, with_source;
    cq_machine machine;
    cq_verdict verdict;
} cq_result;

typedef struct cq_article {
    const char
        *path; /* name for the report; its ending tells the format when none is set */
    const char
        *format; /* "text", "markdown", "html"; "po", "tsv", "jsonl", "xliff",
                    "tmx", which hold the source as well; NULL: from path and content */
    const void *bytes;
    size_t n;
    /* The English it was translated from; NULL: not known. With bytes NULL, it could not
       be read. One that is missing, in another language or of another text is named in a
       diagnostic, and the article is checked alone. */
    const struct cq_article *source;
} cq_article;

/* Never NULL. */
cq_result *cq_check(const cq_checker *checker, const cq_article *article);
void cq_result_free(cq_result *result);

/* Facts about the checker for a report: rule packs and dictionaries with their SHA-256.
 */
typedef struct {
    cq_text name, sha256;
} cq_part;
size_t cq_checker_packs(const cq_checker *checker, const cq_part **packs);
size_t cq_checker_dictionaries(const cq_checker *checker, const cq_part **dictionaries);
cq_text cq_checker_config_sha256(const cq_checker *checker); /* of all that options set */

const char *cq_severity_name(cq_severity s);
const char *cq_confidence_name(cq_confidence c);
const char *cq_tier_name(cq_tier t);
const char *cq_verdict_name(cq_verdict v);
const char *cq_status_name(cq_status s);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
