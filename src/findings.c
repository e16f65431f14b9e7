// From hits to findings. Reads top to bottom: drop what the author suppressed, resolve
// overlaps, count repeated errors once, then place and describe each one.
#include "findings.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "suppressions.h"

enum {
    CONTEXT_CHARACTERS = 60,
    SENTENCE_BYTES = 512, // on each side of a match, for its fingerprint: a bound on work
    FINGERPRINT_DIGITS = 32,
    FINGERPRINT_WORDS = 3, // on each side
};

static const char *const POLISH[] = {
    "linguistic-conventions/typography",
    "linguistic-conventions/casing",
    "locale-conventions/",
};

static bool is_polish(cq_str category)
{
    for (size_t i = 0; i < CQ_COUNT(POLISH); i++) {
        if (cq_str_starts(category, cq_str_of(POLISH[i]))) return true;
    }
    return false;
}

static cq_tier tier_of(const cq_hit *h)
{
    if (is_polish(h->category)) return CQ_POLISH;
    return h->severity >= CQ_MAJOR && h->confidence == CQ_HIGH ? CQ_MUST_FIX : CQ_CHECK;
}

// --- overlaps

// An insertion is as wide as what it stands before.
static uint32_t hit_end(const cq_hit *h)
{
    return h->at.end > h->at.start ? h->at.end : h->at.start + 1;
}

static int by_start(const void *a, const void *b)
{
    const cq_hit *x = a, *y = b;
    if (x->at.start != y->at.start) return x->at.start < y->at.start ? -1 : 1;
    if (x->at.end != y->at.end) return x->at.end < y->at.end ? -1 : 1;
    return cq_str_cmp(x->rule, y->rule);
}

// Rule priority, then longer, then more severe, then rule id.
static int by_precedence(const void *a, const void *b)
{
    const cq_hit *x = a, *y = b;
    if (x->priority != y->priority) return x->priority > y->priority ? -1 : 1;
    uint32_t xn = hit_end(x) - x->at.start, yn = hit_end(y) - y->at.start;
    if (xn != yn) return xn > yn ? -1 : 1;
    if (x->severity != y->severity) return x->severity > y->severity ? -1 : 1;
    int by_rule = cq_str_cmp(x->rule, y->rule);
    return by_rule ? by_rule : by_start(a, b);
}

static bool taken(const unsigned char *bits, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (bits[i >> 3] & 1u << (i & 7)) return true;
    }
    return false;
}

static void take(unsigned char *bits, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) bits[i >> 3] |= (unsigned char)(1u << (i & 7));
}

// About something that the sentence lacks: has no place of its own in it, and takes none.
static bool is_about_sentence(const cq_hit *h)
{
    return h->priority < -1 && h->at.start == h->at.sentence.start &&
           h->at.end == h->at.sentence.end;
}

// Hits [v, v + n) overlap in a chain up to `end`. Keeps those that win, in front; returns
// how many. What is said of capitals and marks does not compete with what is said of the
// words: both stay. Nor does what is missing from a sentence.
static size_t resolve_chain(cq_arena *scratch, cq_hit *v, size_t n, uint32_t end)
{
    if (n == 1) return 1;
    uint32_t start = v[0].at.start;
    size_t bytes = (end - start + 7) / 8;
    unsigned char *layers = cq_zalloc(scratch, 2 * bytes);
    qsort(v, n, sizeof *v, by_precedence);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t from = v[i].at.start - start, to = hit_end(&v[i]) - start;
        unsigned char *bits = layers + (is_polish(v[i].category) ? bytes : 0);
        if (!is_about_sentence(&v[i])) {
            if (taken(bits, from, to)) continue;
            take(bits, from, to);
        }
        v[kept++] = v[i];
    }
    qsort(v, kept, sizeof *v, by_start);
    return kept;
}

static void resolve(cq_check_run *run)
{
    cq_hit *v = run->hits.v;
    size_t n = run->hits.n, kept = 0;
    if (n) qsort(v, n, sizeof *v, by_start);
    for (size_t i = 0; i < n;) {
        uint32_t end = hit_end(&v[i]);
        size_t j = i + 1;
        for (; j < n && v[j].at.start < end; j++) {
            if (hit_end(&v[j]) > end) end = hit_end(&v[j]);
        }
        cq_arena_reset(run->scratch);
        size_t won = resolve_chain(run->scratch, v + i, j - i, end);
        memmove(v + kept, v + i, won * sizeof *v);
        kept += won;
        i = j;
    }
    run->hits.n = kept;
}

static int by_source(const void *a, const void *b, void *document)
{
    const cq_hit *x = a, *y = b;
    cq_span s = cq_document_source(document, x->at.start, x->at.end);
    cq_span t = cq_document_source(document, y->at.start, y->at.end);
    if (s.start != t.start) return s.start < t.start ? -1 : 1;
    return by_start(a, b);
}

// Footnotes and alternative texts follow their block in the text, not in the file.
static void sort_by_source(cq_check_run *run)
{
    cq_hit *v = run->hits.v;
    for (size_t i = 1; i < run->hits.n; i++) {
        if (by_source(&v[i - 1], &v[i], (void *)run->doc) <= 0) continue;
        qsort_r(v, run->hits.n, sizeof *v, by_source, (void *)run->doc);
        return;
    }
}

static bool is_ignored(const cq_options *o, cq_str rule)
{
    for (size_t i = 0; i < o->ignore_n; i++) {
        if (cq_rule_is_named(rule, cq_str_of(o->ignore[i]))) return true;
    }
    return false;
}

static void suppress(cq_check_run *run)
{
    cq_suppressions s = cq_suppressions_find(run->arena, run->doc);
    if (!s.n && !run->options->ignore_n) return;
    size_t kept = 0;
    for (size_t i = 0; i < run->hits.n; i++) {
        const cq_hit *h = &run->hits.v[i];
        cq_span at = cq_document_source(run->doc, h->at.start, h->at.end);
        if (!cq_suppressed(&s, at, h->rule) && !is_ignored(run->options, h->rule))
            run->hits.v[kept++] = *h;
    }
    run->hits.n = kept;
}

// --- repeated errors

// Case, apostrophes and white space folded: what makes two texts the same.
static cq_str normalised(cq_arena *a, cq_str s)
{
    cq_str folded = cq_fold(a, s);
    char *out = cq_alloc(a, folded.n + 1);
    size_t n = 0, i = 0;
    while (i < folded.n) {
        if (folded.p[i] > ' ' && !(folded.p[i] & 0x80)) {
            out[n++] = folded.p[i++];
            continue;
        }
        size_t start = i;
        bool blank = cq_is_blank(cq_utf8_next(folded, &i));
        if (blank && (!n || out[n - 1] == ' ')) continue;
        if (blank)
            out[n++] = ' ';
        else
            for (size_t k = start; k < i; k++) out[n++] = folded.p[k];
    }
    return cq_str_trim((cq_str){out, n});
}

static cq_str tabbed(cq_arena *a, cq_str x, cq_str y)
{
    char *p = cq_alloc(a, x.n + 1 + y.n);
    memcpy(p, x.p, x.n);
    p[x.n] = '\t';
    memcpy(p + x.n + 1, y.p, y.n);
    return (cq_str){p, x.n + 1 + y.n};
}

static cq_str match_of(const cq_check_run *run, const cq_hit *h)
{
    return cq_str_sub(run->doc->text, h->at.start, h->at.end);
}

// The match as one reads it: code, which the text has as an object, as the file has it.
static cq_str shown_match(const cq_check_run *run, const cq_hit *h)
{
    static const cq_str OBJECT = CQ_LIT("\xef\xbf\xbc");
    const cq_document *d = run->doc;
    cq_str match = match_of(run, h);
    size_t at = cq_str_find(match, OBJECT);
    if (at == SIZE_MAX) return match;
    uint32_t start = h->at.start + (uint32_t)at;
    cq_span raw = cq_document_source(d, start, start + (uint32_t)OBJECT.n);
    cq_str rest = cq_str_sub(match, at + OBJECT.n, match.n);
    cq_str code = cq_str_sub(d->source, raw.start, raw.end);
    if (cq_utf8_invalid(code) != SIZE_MAX) return match; // of another encoding
    return cq_strf(run->arena, "%.*s%.*s%.*s", (int)at, match.p, CQ_PRI(code),
                   CQ_PRI(rest));
}

// Typography is one error a kind, whatever it stands in; anything else one a form.
static cq_str error_key(const cq_check_run *run, const cq_hit *h)
{
    if (cq_str_starts(h->category, cq_str_of("linguistic-conventions/typography")) ||
        cq_str_starts(h->category, cq_str_of("locale-conventions/")))
        return h->rule;
    cq_arena *a = run->scratch;
    cq_str form = h->fold_key.n ? h->fold_key : normalised(a, match_of(run, h));
    return tabbed(a, h->rule, form);
}

// Occurrences stand on the first of the same error, which alone is scored.
static void count_occurrences(cq_check_run *run, cq_finding *findings)
{
    cq_map firsts; // error -> finding
    cq_map_init(&firsts, run->arena);
    for (size_t i = 0; i < run->hits.n; i++) {
        cq_finding *f = &findings[i];
        bool counts = cq_block_scored(run->doc->blocks.v[f->block].kind);
        f->scored = counts && f->confidence > CQ_LOW && f->severity > CQ_NEUTRAL;
        // A related headline must not take the score away from the text, nor the reverse.
        cq_arena_reset(run->scratch);
        cq_str key = error_key(run, &run->hits.v[i]);
        if (!f->scored) key = cq_strf(run->scratch, "-%.*s", CQ_PRI(key));
        uint32_t *first = cq_map_get(&firsts, key);
        bool fresh = !first;
        if (fresh) {
            first = cq_map_put(&firsts, cq_str_copy(run->arena, key), NULL);
            *first = (uint32_t)i;
        }
        findings[*first].occurrences++;
        if (!fresh) f->scored = false;
    }
}

// --- fixes

// The text as it is written in a file of this format; false where that is not certain.
static bool written(const cq_check_run *run, const cq_block *b, cq_str text, cq_str *out)
{
    const cq_document *d = run->doc;
    bool ascii = true;
    for (size_t i = 0; i < text.n; i++) ascii = ascii && !(text.p[i] & 0x80);
    if (!ascii && strcmp(d->encoding, "utf-8") != 0) return false;
    bool html = strcmp(d->format, "html") == 0 || strcmp(d->format, "xliff") == 0 ||
                strcmp(d->format, "tmx") == 0;
    bool markdown = strcmp(d->format, "markdown") == 0;
    bool po = strcmp(d->format, "po") == 0;
    const char *special = html ? "&<>\"" : markdown ? "\\`*_[]<>&\"" : po ? "\\\"" : "";
    bool plain = true;
    for (size_t i = 0; i < text.n; i++) plain = plain && !strchr(special, text.p[i]);
    *out = text;
    if (plain) return true;
    if (b->field.n) return false; // a front-matter value has quoting rules of its own
    cq_buf buf;
    cq_buf_init(&buf, text.n * 6 + 1);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (po && strchr(special, c)) cq_buf_char(&buf, '\\');
        if (markdown && strchr(special, c) && c != '"') cq_buf_char(&buf, '\\');
        if (!html || !strchr(special, c))
            cq_buf_char(&buf, c);
        else
            cq_buf_c(&buf, c == '&'   ? "&amp;"
                           : c == '<' ? "&lt;"
                           : c == '>' ? "&gt;"
                                      : "&quot;");
    }
    *out = cq_str_copy(run->arena, cq_buf_view(&buf));
    cq_buf_free(&buf);
    return true;
}

static size_t common_head(cq_str a, cq_str b)
{
    size_t n = 0, most = a.n < b.n ? a.n : b.n;
    while (n < most && a.p[n] == b.p[n]) n++;
    while (n && n < a.n && (a.p[n] & 0xC0) == 0x80) n--; // not inside a character
    return n;
}

static size_t common_tail(cq_str a, cq_str b)
{
    size_t n = 0, most = a.n < b.n ? a.n : b.n;
    while (n < most && a.p[a.n - 1 - n] == b.p[b.n - 1 - n]) n++;
    while (n && (a.p[a.n - n] & 0xC0) == 0x80) n--;
    return n;
}

// Where a blank goes that parts two words with markup between them, in the file: outside
// what the markup encloses. False: the markup does not tell.
static bool outside_markup(const cq_check_run *run, const cq_block *b, uint32_t at,
                           uint32_t *out)
{
    const cq_document *d = run->doc;
    if (at <= b->text.start || at >= b->text.end) return false;
    uint32_t from = cq_document_source(d, at - 1, at).end;
    uint32_t to = cq_document_source(d, at, at + 1).start;
    if (from >= to) return false;
    cq_str markup = cq_str_sub(d->source, from, to);
    bool closes = markup.p[0] == ']' || cq_str_starts(markup, cq_str_of("</"));
    if (memchr("*_`", markup.p[0], 3)) { // the second of a pair closes
        size_t n = 1;
        while (n < markup.n && markup.p[n] == markup.p[0]) n++;
        cq_str mark = cq_str_sub(markup, 0, n);
        uint32_t start = cq_document_source(d, b->text.start, b->text.start + 1).start;
        cq_str before = cq_str_sub(d->source, start > n ? start - n : 0, from);
        for (size_t k; (k = cq_str_find(before, mark)) != SIZE_MAX; closes = !closes)
            before = cq_str_sub(before, k + n, before.n);
    } else if (!closes && markup.p[0] != '[' && markup.p[0] != '<') {
        return false;
    }
    *out = closes ? to : from;
    return true;
}

// The edit that makes text [start, end) into `text`. When markup stands within, what both
// have in common at either end is left alone; if markup is still within, there is none.
static const cq_edit *edit_of(const cq_check_run *run, const cq_block *b, cq_hit_fix fix)
{
    const cq_document *d = run->doc;
    cq_span at;
    if (fix.start < fix.end && !cq_document_unbroken(d, fix.start, fix.end)) {
        cq_str old = cq_str_sub(d->text, fix.start, fix.end);
        size_t head = common_head(old, fix.text);
        size_t tail = common_tail(cq_str_sub(old, head, old.n),
                                  cq_str_sub(fix.text, head, fix.text.n));
        fix.start += (uint32_t)head;
        fix.end -= (uint32_t)tail;
        fix.text = cq_str_sub(fix.text, head, fix.text.n - tail);
        if (fix.start == fix.end && cq_str_is(fix.text, " ")) {
            if (!outside_markup(run, b, fix.start, &at.start)) return NULL;
            at.end = at.start;
        } else if (!cq_document_unbroken(d, fix.start, fix.end)) {
            return NULL; // what else is put in: on which side of markup?
        } else {
            at = cq_document_source(d, fix.start, fix.end);
        }
    } else {
        at = cq_document_source(d, fix.start, fix.end);
    }
    cq_str text;
    if (!written(run, b, fix.text, &text)) return NULL;
    cq_edit *e = CQ_NEW(run->arena, cq_edit);
    *e = (cq_edit){at.start, at.end, cq_text_of(cq_str_copy(run->arena, text))};
    return e;
}

static void add_fixes(const cq_check_run *run, const cq_hit *h, cq_finding *f)
{
    cq_fix *fixes = CQ_NEWN(run->arena, cq_fix, h->fixes.n);
    const cq_block *b = &run->doc->blocks.v[f->block];
    bool may_apply = h->safe && (!h->at.quoted || f->tier == CQ_POLISH);
    for (size_t i = 0; i < h->fixes.n; i++) {
        const cq_hit_fix *fix = &h->fixes.v[i];
        const cq_edit *e = fix->loose ? NULL : edit_of(run, b, *fix);
        fixes[i] = (cq_fix){.text = cq_text_of(cq_str_copy(run->arena, fix->text)),
                            .safe = may_apply && i == 0 && e,
                            .edits = e,
                            .edits_n = e != NULL};
    }
    f->fixes = fixes;
    f->fixes_n = h->fixes.n;
}

// --- description

static cq_text kept(const cq_check_run *run, cq_str s) // ends in a NUL
{
    return s.n ? cq_text_of(cq_str_copy(run->arena, s)) : (cq_text){"", 0};
}

// The same; `like` is a text kept before that often is equal.
static cq_text kept_like(const cq_check_run *run, cq_str s, cq_text like)
{
    return cq_str_eq(s, cq_str_of_text(like)) ? like : kept(run, s);
}

static cq_str text_before(const cq_document *d, const cq_block *b, uint32_t at)
{
    size_t i = at;
    for (int n = 0; n < CONTEXT_CHARACTERS && i > b->text.start;) {
        n += (d->text.p[--i] & 0xC0) != 0x80;
    }
    return cq_str_sub(d->text, i, at);
}

static cq_str text_after(const cq_document *d, const cq_block *b, uint32_t at)
{
    size_t i = at;
    for (int n = 0; i < b->text.end; i++) {
        if ((d->text.p[i] & 0xC0) != 0x80 && n++ == CONTEXT_CHARACTERS) break;
    }
    return cq_str_sub(d->text, at, i);
}

// The last, or first, words of a normalised text.
static cq_str last_words(cq_str s, int words)
{
    size_t i = s.n;
    for (; i && words; i--) {
        if (s.p[i - 1] == ' ' && --words == 0) break;
    }
    return cq_str_sub(s, i, s.n);
}

static cq_str first_words(cq_str s, int words)
{
    size_t i = 0;
    for (; i < s.n; i++) {
        if (s.p[i] == ' ' && --words == 0) break;
    }
    return cq_str_sub(s, 0, i);
}

static cq_text fingerprint(const cq_check_run *run, const cq_str *parts, size_t n)
{
    cq_str hex = cq_sha256_hex(run->scratch, parts, n);
    return cq_text_of(cq_str_copy(run->arena, cq_str_sub(hex, 0, FINGERPRINT_DIGITS)));
}

// The sentence that was looked at last, normalised in run->scratch, and the fingerprints
// so far: several findings often stand in one sentence.
typedef struct {
    size_t from, to;
    cq_str sentence;
    uint64_t hash;
    cq_map ordinals; // hashes of rule and sentence -> how many findings so far
} fingerprints;

static void look_at_sentence(cq_check_run *run, const cq_hit *h, fingerprints *seen)
{
    const cq_str text = run->doc->text;
    size_t from = h->at.sentence.start, to = h->at.sentence.end;
    if (h->at.start - from > SENTENCE_BYTES) from = h->at.start - SENTENCE_BYTES;
    if (to - h->at.end > SENTENCE_BYTES) to = h->at.end + SENTENCE_BYTES;
    while (from < h->at.start && (text.p[from] & 0xC0) == 0x80) from++;
    while (to > h->at.end && to < text.n && (text.p[to] & 0xC0) == 0x80) to--;
    if (seen->to && from == seen->from && to == seen->to) return;
    cq_arena_reset(run->scratch);
    seen->from = from;
    seen->to = to;
    seen->sentence = normalised(run->scratch, cq_str_sub(text, from, to));
    seen->hash = cq_str_hash(seen->sentence);
}

// Neither holds a line number. The first survives changes elsewhere in the article, the
// second also changes elsewhere in the sentence.
static void add_fingerprints(cq_check_run *run, const cq_hit *h, cq_finding *f,
                             fingerprints *seen)
{
    cq_arena *a = run->scratch;
    look_at_sentence(run, h, seen);
    cq_str sentence = seen->sentence, nul = {"", 1};
    uint64_t hashes[2] = {cq_str_hash(h->rule), seen->hash};
    cq_str key = {(const char *)hashes, sizeof hashes};
    uint32_t *ordinal = cq_map_get(&seen->ordinals, key);
    if (!ordinal)
        ordinal = cq_map_put(&seen->ordinals, cq_str_copy(run->arena, key), NULL);
    cq_str number = cq_strf(a, "%u", ++*ordinal);
    f->fingerprints[0] =
        fingerprint(run, (cq_str[]){h->rule, nul, sentence, nul, number}, 5);

    cq_str before = normalised(a, cq_str_of_text(f->before));
    cq_str after = normalised(a, cq_str_of_text(f->after));
    cq_str match = normalised(a, match_of(run, h));
    f->fingerprints[1] = fingerprint(
        run,
        (cq_str[]){h->rule, nul, match, nul, last_words(before, FINGERPRINT_WORDS), nul,
                   first_words(after, FINGERPRINT_WORDS)},
        7);
}

static const cq_text *kept_list(const cq_check_run *run, const cq_text *v, size_t n)
{
    cq_text *out = CQ_NEWN(run->arena, cq_text, n);
    for (size_t i = 0; i < n; i++) out[i] = kept(run, cq_str_of_text(v[i]));
    return out;
}

// The sentences of the source behind a hit, or those around the English it names.
static void add_source(const cq_check_run *run, const cq_hit *h, cq_finding *f)
{
    const cq_pair *p = run->pair;
    cq_aligned at;
    if (h->source_at.end) {
        at.first = cq_pair_sentence_at(p, CQ_SIDE_SOURCE, h->source_at.start);
        at.last = cq_pair_sentence_at(p, CQ_SIDE_SOURCE, h->source_at.end - 1) + 1;
    } else if (!cq_pair_at(p, h->at.start, h->at.end, &at)) {
        return;
    }
    f->source_sentence = kept(run, cq_pair_text(p, CQ_SIDE_SOURCE, at.first, at.last));
}

// Where it stands in the text of the source; empty: nowhere known.
static cq_span source_span(const cq_pair *p, const cq_hit *h)
{
    cq_aligned at;
    if (h->source_at.end) return h->source_at;
    if (!cq_pair_at(p, h->at.start, h->at.end, &at)) return (cq_span){0, 0};
    const cq_pair_sentence *s = p->sentences[CQ_SIDE_SOURCE];
    return (cq_span){s[at.first].text.start, s[at.last - 1].text.end};
}

// `like`: an earlier finding of the same rule, or an empty one.
static void describe(const cq_check_run *run, const cq_hit *h, const cq_finding *like,
                     cq_finding *f)
{
    const cq_document *d = run->doc;
    f->block = cq_document_block_at(d, h->at.start);
    const cq_block *b = &d->blocks.v[f->block];
    f->rule = kept_like(run, h->rule, like->rule);
    f->category = kept_like(run, h->category, like->category);
    f->severity = h->severity;
    f->confidence = h->confidence;
    f->tier = tier_of(h);
    f->message = kept_like(run, h->message, like->message);
    f->note = kept_like(run, h->note, like->note);
    f->advice = kept_like(run, h->advice, like->advice);
    f->refs = kept_list(run, h->refs, h->refs_n);
    f->refs_n = h->refs_n;
    f->evidence = kept_list(run, h->evidence, h->evidence_n);
    f->evidence_n = h->evidence_n;
    f->source = kept(run, h->source);
    if (run->pair) add_source(run, h, f);
    f->match = kept(run, shown_match(run, h));
    f->text_start = h->at.start - b->text.start;
    f->text_end = h->at.end - b->text.start;
    f->block_kind = cq_text_of(cq_str_of(cq_block_kind_name(b->kind)));
    f->block_field = kept(run, b->field);
    f->quoted = h->at.quoted || b->kind == CQ_BLOCK_QUOTATION;
    f->before = kept(run, text_before(d, b, h->at.start));
    f->after = kept(run, text_after(d, b, h->at.end));
    if (f->quoted && !f->note.n) {
        f->note = cq_text_of(cq_str_of(cq_say(run, "Citation : vérifier l’original.",
                                              "Quotation: check the original.")));
    }
}

cq_position cq_position_of(cq_positions *places, const cq_document *d, cq_span text)
{
    cq_span at = cq_document_source(d, text.start, text.end);
    cq_place start = cq_place_at(places, at.start), end = cq_place_at(places, at.end);
    return (cq_position){
        .start = at.start,
        .end = at.end,
        .line = start.line,
        .column = start.column,
        .end_line = end.line,
        .end_column = end.column,
        .utf16_start = start.utf16,
        .utf16_end = end.utf16,
    };
}

static void place(const cq_check_run *run, cq_finding *findings)
{
    const cq_document *d = run->doc;
    if (!run->hits.n) return;
    cq_positions *places = cq_positions_new(run->scratch, d->source, d->encoding);
    for (size_t i = 0; i < run->hits.n; i++) {
        const cq_hit *h = &run->hits.v[i];
        findings[i].span = cq_position_of(places, d, (cq_span){h->at.start, h->at.end});
    }
    if (!run->pair) return;
    d = run->pair->doc[CQ_SIDE_SOURCE];
    places = cq_positions_new(run->scratch, d->source, d->encoding);
    for (size_t i = 0; i < run->hits.n; i++) {
        cq_span at = source_span(run->pair, &run->hits.v[i]);
        if (at.end) findings[i].source_span = cq_position_of(places, d, at);
    }
}

void cq_findings_make(cq_check_run *run, cq_result *result)
{
    suppress(run);
    resolve(run);
    sort_by_source(run);
    cq_arena_reset(run->scratch);
    cq_finding *findings = CQ_NEWN(run->arena, cq_finding, run->hits.n);
    cq_map firsts; // rule -> its first finding
    cq_map_init(&firsts, run->arena);
    fingerprints seen = {0};
    cq_map_init(&seen.ordinals, run->arena);
    for (size_t i = 0; i < run->hits.n; i++) {
        const cq_hit *h = &run->hits.v[i];
        cq_finding *f = &findings[i];
        bool fresh;
        uint32_t *first = cq_map_put(&firsts, h->rule, &fresh);
        if (fresh) *first = (uint32_t)i;
        describe(run, h, &findings[*first], f);
        add_fixes(run, h, f);
        add_fingerprints(run, h, f, &seen);
    }
    count_occurrences(run, findings);
    place(run, findings);
    result->findings = findings;
    result->findings_n = run->hits.n;
}
