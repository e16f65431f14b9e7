#include "checks/completeness.h"

#include "base/utf8.h"

enum {
    WORDS_MIN = 4,     // of a sentence that is missed or added
    SHOWN_BYTES = 160, // of a sentence in a message
    LONE_MAX = 64,     // blocks
};

// Linked sentences around a gap must be linked surely, else the gap may be theirs.
static const float SURE = 0.6f;
static const float MOVED_MIN = 0.35f; // that it has no other place is evidence, too

// French bytes for one of English: 1.2 is usual.
static const double LONGEST = 1.45, TOO_LONG = 1.65;
static const double TOO_SHORT = 0.5, FAR_TOO_LONG = 2.3;
enum { SHORT_FROM = 100, LONG_FROM = 50 }; // bytes of English

typedef struct {
    cq_check_run *run;
    const cq_pair *p;
    bool page;               // HTML, where much stands around the text
    uint32_t lone[LONE_MAX]; // bytes of blocks of a page that render nothing
    size_t lone_n;
    cq_map texts[2];  // by side: folded sentence -> how often
    cq_map linked;    // folded sentence of the article -> one of that text with a link
    cq_str untouched; // text of the article that is in English still, folded
} completeness;

static cq_str folded(completeness *s, cq_side side, uint32_t i)
{
    return cq_fold(s->run->arena, cq_pair_text(s->p, side, i, i + 1));
}

// Linked surely, in its place.
static bool is_placed(const cq_pair *p, cq_side side, uint32_t i)
{
    const cq_link *l = cq_pair_link(p, side, i);
    return l && !l->moved && l->confidence >= SURE;
}

// The bytes of its block, where nothing in it is placed; else 0.
static uint32_t lone_block(const cq_pair *p, cq_side side, uint32_t i)
{
    const cq_pair_sentence *v = p->sentences[side];
    uint32_t first = i, last = i + 1;
    while (first && v[first - 1].block == v[i].block) first--;
    while (last < p->sentences_n[side] && v[last].block == v[i].block) last++;
    for (uint32_t k = first; k < last; k++) {
        if (is_placed(p, side, k)) return 0;
    }
    return v[last - 1].text.end - v[first].text.start;
}

static void find_lone_blocks(completeness *s)
{
    const cq_pair_sentence *v = s->p->sentences[CQ_SIDE_TARGET];
    for (uint32_t j = 0; j < s->p->sentences_n[CQ_SIDE_TARGET]; j++) {
        if ((j && v[j - 1].block == v[j].block) || s->lone_n == LONE_MAX) continue;
        uint32_t bytes = lone_block(s->p, CQ_SIDE_TARGET, j);
        if (bytes) s->lone[s->lone_n++] = bytes;
    }
}

static void count_texts(completeness *s)
{
    for (unsigned side = 0; side < 2; side++) {
        cq_map_init(&s->texts[side], s->run->arena);
        for (uint32_t i = 0; i < s->p->sentences_n[side]; i++)
            ++*cq_map_put(&s->texts[side], folded(s, (cq_side)side, i), NULL);
    }
    cq_map_init(&s->linked, s->run->arena);
    for (uint32_t j = 0; j < s->p->sentences_n[CQ_SIDE_TARGET]; j++) {
        if (s->p->sentences[CQ_SIDE_TARGET][j].link != CQ_NO_LINK)
            *cq_map_put(&s->linked, folded(s, CQ_SIDE_TARGET, j), NULL) = j;
    }
    cq_str text = {"", 0};
    const cq_document *d = s->run->doc;
    for (size_t i = 0; i < d->blocks.n; i++) {
        const cq_block *b = &d->blocks.v[i];
        if (b->skip != CQ_SKIP_LANGUAGE) continue;
        cq_str block = cq_str_sub(d->text, b->text.start, b->text.end);
        text = cq_strf(s->run->arena, "%.*s\n%.*s", CQ_PRI(text), CQ_PRI(block));
    }
    s->untouched = cq_fold(s->run->arena, text);
}

static uint32_t times(const completeness *s, cq_side side, cq_str text)
{
    const uint32_t *n = cq_map_get(&s->texts[side], text);
    return n ? *n : 0;
}

// Blocks that belong to the text itself: what stands around it is often changed on
// purpose.
static bool is_text(const cq_block *b)
{
    switch (b->kind) {
    case CQ_BLOCK_PARAGRAPH:
    case CQ_BLOCK_TITLE:
    case CQ_BLOCK_SUBTITLE:
    case CQ_BLOCK_HEADING:
    case CQ_BLOCK_LIST_ITEM:
    case CQ_BLOCK_TABLE_CELL:
    case CQ_BLOCK_QUOTATION:
    case CQ_BLOCK_FOOTNOTE:
        return true;
    default:
        return false;
    }
}

static bool counts(const completeness *s, cq_side side, uint32_t i)
{
    const cq_pair_sentence *q = &s->p->sentences[side][i];
    return q->words >= WORDS_MIN && is_text(&s->p->doc[side]->blocks.v[q->block]);
}

static cq_str shown(cq_check_run *run, cq_str text)
{
    if (text.n <= SHOWN_BYTES) return text;
    size_t n = SHOWN_BYTES;
    while (n && text.p[n] != ' ') n--;
    return cq_strf(run->arena, "%.*s…", CQ_PRI(cq_str_sub(text, 0, n)));
}

static cq_hit *report(completeness *s, const char *rule, const char *category, cq_span at,
                      cq_span sentence)
{
    cq_spot spot = {.start = at.start, .end = at.end, .sentence = sentence};
    cq_hit *h = cq_hit_add(s->run, cq_str_of(rule), spot);
    h->category = cq_str_of(category);
    h->severity = CQ_MAJOR;
    h->confidence = CQ_MEDIUM;
    return h;
}

// --- left out

static double bytes_of(const completeness *s, cq_side side, uint32_t first, uint32_t last)
{
    cq_str text = cq_pair_text(s->p, side, first, last);
    size_t n = 0; // blanks that stand beside each other count as one
    for (size_t i = 0; i < text.n; i++)
        n += !i || text.p[i] != ' ' || text.p[i - 1] != ' ';
    return (double)n;
}

// Beside a link that is long enough for both, the sentence was merged rather than left
// out.
static bool has_room(const completeness *s, const cq_link *l, uint32_t missing)
{
    if (!l) return false;
    double source = bytes_of(s, CQ_SIDE_SOURCE, l->first[0], l->last[0]);
    double target = bytes_of(s, CQ_SIDE_TARGET, l->first[1], l->last[1]);
    return target >
           LONGEST * source + 0.5 * bytes_of(s, CQ_SIDE_SOURCE, missing, missing + 1);
}

static bool begins_word(cq_str text, cq_str beginning)
{
    for (size_t i = 0; i + beginning.n <= text.n; i++) {
        if (i && cq_is_alpha(text.p[i - 1])) continue;
        if (memcmp(text.p + i, beginning.p, beginning.n) == 0) return true;
    }
    return false;
}

// Folded, without accents: the sentences [first, last) as far as the side has them.
static cq_str plain(const completeness *s, cq_side side, uint32_t first, uint32_t last)
{
    uint32_t n = s->p->sentences_n[side];
    return cq_names_fold(s->run->arena,
                         cq_pair_text(s->p, side, first, last < n ? last : n));
}

// Cognates tell a sentence that has no link from one that is not there: the words that it
// alone has among its neighbours begin, many of them, words around the gap.
static bool is_said_near(const completeness *s, cq_side side, uint32_t i, cq_str around)
{
    enum { COGNATE = 4, WORDS = 3, SHARE = 3 }; // letters; at least; one in
    cq_str text = plain(s, side, i, i + 1), before = plain(s, side, i ? i - 1 : 0, i);
    cq_str after = plain(s, side, i + 1, i + 2);
    size_t own = 0, found = 0;
    for (size_t at = 0, end; at < text.n; at = end + 1) {
        for (end = at; end < text.n && cq_is_alpha(text.p[end]);) end++;
        if (end - at <= COGNATE) continue;
        cq_str beginning = cq_str_sub(text, at, at + COGNATE);
        if (begins_word(before, beginning) || begins_word(after, beginning)) continue;
        own++;
        found += begins_word(around, beginning);
    }
    return found >= 2 && own >= WORDS && found * SHARE >= own;
}

// A block of a page without a link here and one without a link there, about as long, may
// be one: of whom an article is by, which is said in other words and other places.
static bool stands_elsewhere(const completeness *s, uint32_t i)
{
    if (!s->page) return false;
    double there = lone_block(s->p, CQ_SIDE_SOURCE, i);
    for (size_t k = 0; k < s->lone_n; k++) {
        double here = s->lone[k];
        if (here > TOO_SHORT * there && here < TOO_LONG * there) return true;
    }
    return false;
}

static bool left_out(const completeness *s, uint32_t i)
{
    const cq_pair *p = s->p;
    if (cq_pair_link(p, CQ_SIDE_SOURCE, i) || !counts(s, CQ_SIDE_SOURCE, i)) return false;
    const cq_link *before = i ? cq_pair_link(p, CQ_SIDE_SOURCE, i - 1) : NULL;
    const cq_link *after = cq_pair_link(p, CQ_SIDE_SOURCE, i + 1);
    if ((before && before->confidence < SURE) || (after && after->confidence < SURE))
        return false;
    if (has_room(s, before, i) || has_room(s, after, i) || stands_elsewhere(s, i))
        return false;
    if (before || after) {
        uint32_t first = before ? before->first[1] : after->first[1];
        uint32_t last = after ? after->last[1] : before->last[1];
        if (first > last) first = last;
        if (is_said_near(s, CQ_SIDE_SOURCE, i, plain(s, CQ_SIDE_TARGET, first, last)))
            return false;
    }
    cq_str text = cq_fold(s->run->arena, cq_pair_text(p, CQ_SIDE_SOURCE, i, i + 1));
    if (s->untouched.n && cq_str_find(s->untouched, text) != SIZE_MAX) return false;
    return times(s, CQ_SIDE_SOURCE, text) == 1; // said twice there: once may do
}

// The last word of a sentence, with its mark: where what follows is missing.
static cq_span last_word(const cq_document *d, cq_span sentence)
{
    uint32_t at = sentence.end;
    while (at > sentence.start + 1 && d->text.p[at - 1] != ' ') at--;
    while (at < sentence.end && ((unsigned char)d->text.p[at] & 0xc0) == 0x80) at++;
    return (cq_span){at, sentence.end};
}

static void report_left_out(completeness *s, uint32_t first, uint32_t last)
{
    const cq_pair *p = s->p;
    cq_span at = {0, 0};
    const cq_link *near = NULL;
    for (uint32_t i = first; i && !near; i--)
        near = cq_pair_link(p, CQ_SIDE_SOURCE, i - 1);
    if (near) {
        at = p->sentences[CQ_SIDE_TARGET][near->last[1] - 1].text;
    } else if (p->sentences_n[CQ_SIDE_TARGET]) {
        at = p->sentences[CQ_SIDE_TARGET][0].text;
    } else {
        return;
    }
    cq_span word = last_word(s->run->doc, at);
    cq_hit *h = report(s, "completeness/omitted", "accuracy/omission", word, at);
    cq_str text = cq_pair_text(p, CQ_SIDE_SOURCE, first, last);
    h->source_at =
        (cq_span){p->sentences[0][first].text.start, p->sentences[0][last - 1].text.end};
    h->source = cq_str_copy(s->run->arena, text);
    h->fold_key = cq_str_copy(s->run->arena, shown(s->run, text));
    const char *one = cq_say(
        s->run,
        near ? "Il manque après ce mot : « %.*s »." : "Il manque au début : « %.*s ».",
        near ? "Missing after this word: “%.*s”." : "Missing at the start: “%.*s”.");
    h->message = cq_strf(s->run->arena, one, CQ_PRI(shown(s->run, text)));
}

static void find_left_out(completeness *s)
{
    uint32_t n = s->p->sentences_n[CQ_SIDE_SOURCE];
    for (uint32_t i = 0; i < n; i++) {
        if (!left_out(s, i)) continue;
        uint32_t last = i + 1;
        while (last < n && left_out(s, last)) last++;
        report_left_out(s, i, last);
        i = last;
    }
}

// --- added, repeated

// The source beside it is long enough for both: one sentence became two.
static bool takes_in(const completeness *s, const cq_link *l, uint32_t added)
{
    if (!l) return false;
    double source = bytes_of(s, CQ_SIDE_SOURCE, l->first[0], l->last[0]);
    double target = bytes_of(s, CQ_SIDE_TARGET, l->first[1], l->last[1]);
    return target + bytes_of(s, CQ_SIDE_TARGET, added, added + 1) < TOO_LONG * source;
}

// The other copy of a repeated sentence renders one that the source has once.
static bool said_once(const completeness *s, cq_str text)
{
    const uint32_t *copy = cq_map_get(&s->linked, text);
    const cq_link *l = copy ? cq_pair_link(s->p, CQ_SIDE_TARGET, *copy) : NULL;
    if (!l) return false;
    cq_str source = cq_pair_text(s->p, CQ_SIDE_SOURCE, l->first[0], l->last[0]);
    return times(s, CQ_SIDE_SOURCE, cq_fold(s->run->arena, source)) == 1;
}

// A last paragraph that is all new, or the text from there on: who translated, a notice,
// what of the source was taken for furniture.
static bool is_notice(const completeness *s, uint32_t j)
{
    const cq_pair_sentence *v = s->p->sentences[CQ_SIDE_TARGET];
    uint32_t first = j, n = s->p->sentences_n[CQ_SIDE_TARGET];
    while (first && v[first - 1].block == v[j].block) first--;
    for (uint32_t k = first; k < n; k++) {
        if (is_placed(s->p, CQ_SIDE_TARGET, k)) return false;
    }
    return true;
}

static void find_added(completeness *s)
{
    const cq_pair *p = s->p;
    uint32_t n = p->sentences_n[CQ_SIDE_TARGET];
    for (uint32_t j = 0; j < n; j++) {
        const cq_pair_sentence *q = &p->sentences[CQ_SIDE_TARGET][j];
        if (q->link != CQ_NO_LINK || !counts(s, CQ_SIDE_TARGET, j)) continue;
        cq_str text = folded(s, CQ_SIDE_TARGET, j);
        if (times(s, CQ_SIDE_TARGET, text) > 1) {
            if (!said_once(s, text)) continue;
            cq_hit *h = report(s, "completeness/repeated",
                               "linguistic-conventions/duplication", q->text, q->text);
            h->message =
                cq_str_of(cq_say(s->run, "Phrase répétée ; la source ne l’a qu’une fois.",
                                 "Sentence repeated; the source has it once."));
            continue;
        }
        const cq_link *before = j ? cq_pair_link(p, CQ_SIDE_TARGET, j - 1) : NULL;
        const cq_link *after = cq_pair_link(p, CQ_SIDE_TARGET, j + 1);
        if (!before && !after) continue; // a stretch of its own
        if ((before && before->confidence < SURE) || (after && after->confidence < SURE))
            continue;
        if (takes_in(s, before, j) || takes_in(s, after, j) || is_notice(s, j)) continue;
        cq_hit *h =
            report(s, "completeness/added", "accuracy/addition", q->text, q->text);
        h->message = cq_str_of(cq_say(s->run, "Rien de tel dans la source.",
                                      "The source says nothing of the kind."));
    }
}

// --- moved, out of proportion

// On a page, lists and boxes stand where the template has them: what was moved there is a
// sentence of a paragraph, taken from between two that follow each other here and put
// between two that follow each other there.
static bool moved_alone(const completeness *s, const cq_link *l)
{
    for (unsigned side = 0; side < 2; side++) {
        uint32_t i = l->first[side], n = s->p->sentences_n[side];
        const cq_pair_sentence *v = s->p->sentences[side];
        if (s->p->doc[side]->blocks.v[v[i].block].kind != CQ_BLOCK_PARAGRAPH)
            return false;
        if (!i || l->last[side] >= n) return false;
        const cq_link *before = cq_pair_link(s->p, (cq_side)side, i - 1);
        const cq_link *after = cq_pair_link(s->p, (cq_side)side, l->last[side]);
        if (!before || !after || before->last[!side] != after->first[!side]) return false;
    }
    return true;
}

static void find_moved(completeness *s)
{
    const cq_pair *p = s->p;
    for (uint32_t k = 0; k < p->links_n; k++) {
        const cq_link *l = &p->links[k];
        if (!l->moved || l->confidence < MOVED_MIN) continue;
        if (s->page && !moved_alone(s, l)) continue;
        const cq_pair_sentence *q = &p->sentences[CQ_SIDE_TARGET][l->first[1]];
        if (!counts(s, CQ_SIDE_TARGET, l->first[1])) continue;
        if (k && (l - 1)->moved && l[-1].last[1] == l->first[1]) continue; // said before
        cq_hit *h =
            report(s, "completeness/moved", "design-and-markup/markup", q->text, q->text);
        h->severity = CQ_MINOR;
        h->message =
            cq_str_of(cq_say(s->run, "Dans la source, cette phrase est ailleurs.",
                             "In the source this sentence stands elsewhere."));
    }
}

// The sentences before and behind in its block are linked, too: it was cut as its
// counterpart was.
static bool stands_apart(const completeness *s, const cq_link *l)
{
    for (unsigned side = 0; side < 2; side++) {
        const cq_pair_sentence *v = s->p->sentences[side];
        uint32_t first = l->first[side], last = l->last[side];
        bool before = first && v[first - 1].block == v[first].block;
        bool behind =
            last < s->p->sentences_n[side] && v[last].block == v[last - 1].block;
        if (before && v[first - 1].link == CQ_NO_LINK) return false;
        if (behind && v[last].link == CQ_NO_LINK) return false;
    }
    return true;
}

// Half a sentence lost, or a sentence that goes on and on.
static void find_proportion(completeness *s)
{
    const cq_pair *p = s->p;
    for (uint32_t k = 0; k < p->links_n; k++) {
        const cq_link *l = &p->links[k];
        if (l->confidence < SURE || !counts(s, CQ_SIDE_SOURCE, l->first[0])) continue;
        double source = bytes_of(s, CQ_SIDE_SOURCE, l->first[0], l->last[0]);
        double target = bytes_of(s, CQ_SIDE_TARGET, l->first[1], l->last[1]);
        bool is_short = source > SHORT_FROM && target < TOO_SHORT * source;
        bool is_long = source > LONG_FROM && target > FAR_TOO_LONG * source;
        if ((!is_short && !is_long) || !stands_apart(s, l)) continue;
        cq_span first = p->sentences[CQ_SIDE_TARGET][l->first[1]].text;
        cq_span last = p->sentences[CQ_SIDE_TARGET][l->last[1] - 1].text;
        cq_span whole = {first.start, last.end};
        cq_hit *h = report(s, is_short ? "completeness/short" : "completeness/long",
                           is_short ? "accuracy/omission" : "accuracy/addition",
                           is_short ? last_word(s->run->doc, whole) : whole, whole);
        h->priority = -1;
        h->message = cq_str_of(
            is_short ? cq_say(s->run, "Bien plus court que la source : que manque-t-il ?",
                              "Far shorter than the source: what is missing?")
                     : cq_say(s->run, "Bien plus long que la source.",
                              "Far longer than the source."));
    }
}

void cq_completeness_finish(cq_check_run *run, void *state)
{
    (void)state;
    if (!run->pair) return;
    const char *format = run->doc->format;
    completeness s = {
        .run = run, .p = run->pair, .page = format && strcmp(format, "html") == 0};
    count_texts(&s);
    if (s.page) find_lone_blocks(&s);
    find_left_out(&s);
    find_added(&s);
    find_moved(&s);
    find_proportion(&s);
}
