// Of a pair of sentences that render each other, the members of each class are compared.
// Where exactly one is only in the source and exactly one only in the translation, the
// one has become the other. A member may go unsaid, or be said where the source has only
// a pronoun: this is left alone.
#include "checks/source_classes.h"

#include "base/utf8.h"
#include "checks/class_words.h"

enum { MEMBERS_MAX = 160 };

static const float SURE = 0.7f;

static const struct {
    const char *rule;
    const char *const *members;
    size_t n;
} CLASSES[] = {
    {"source/weekday", WEEKDAYS, CQ_COUNT(WEEKDAYS)},
    {"source/month", MONTHS, CQ_COUNT(MONTHS)},
    {"source/season", SEASONS, CQ_COUNT(SEASONS)},
    {"source/direction", DIRECTIONS, CQ_COUNT(DIRECTIONS)},
    {"source/direction", DIAGONALS, CQ_COUNT(DIAGONALS)},
    {"source/colour", COLOURS, CQ_COUNT(COLOURS)},
    {"source/kinship", KIN, CQ_COUNT(KIN)},
    {"source/religion", RELIGIONS, CQ_COUNT(RELIGIONS)},
    {"source/nation", NATIONS, CQ_COUNT(NATIONS)},
};

_Static_assert(CQ_COUNT(WEEKDAYS) + CQ_COUNT(MONTHS) + CQ_COUNT(SEASONS) +
                       CQ_COUNT(DIRECTIONS) + CQ_COUNT(DIAGONALS) + CQ_COUNT(COLOURS) +
                       CQ_COUNT(KIN) + CQ_COUNT(RELIGIONS) + CQ_COUNT(NATIONS) <=
                   MEMBERS_MAX,
               "mentions hold every member");

// A word of the table; the same word may stand for several members.
typedef struct {
    uint16_t member; // over all classes
    bool weak;       // behind the slash
    uint32_t next;   // index into words; 0: none
} class_word;

typedef struct {
    cq_map at[2]; // by cq_side: word -> index into words
    CQ_VEC(class_word) words;
    size_t members;
} classes;

// What a pair of sentences says of one member.
typedef struct {
    bool said, strong; // anyhow; by a word that stands for nothing else
    uint32_t token;    // that word
} mention;

typedef mention mentions[2][MEMBERS_MAX];

static void add_words(cq_check_run *run, classes *c, cq_side side, cq_str words,
                      uint16_t member)
{
    bool weak = false;
    cq_str word;
    while (cq_str_split(&words, ' ', &word)) {
        if (!word.n) continue;
        if (cq_str_is(word, "/")) {
            weak = true;
            continue;
        }
        uint32_t *at = cq_map_put(&c->at[side], word, NULL);
        *CQ_PUSH(run->arena, &c->words) = (class_word){member, weak, *at};
        *at = (uint32_t)c->words.n - 1;
    }
}

void *cq_source_classes_begin(cq_check_run *run)
{
    classes *c = CQ_NEW(run->arena, classes);
    if (!run->pair) return c;
    for (int side = 0; side < 2; side++) cq_map_init(&c->at[side], run->arena);
    (void)CQ_PUSH(run->arena, &c->words); // number 0 is no word
    for (size_t k = 0; k < CQ_COUNT(CLASSES); k++) {
        for (size_t i = 0; i < CLASSES[k].n; i++) {
            cq_str french = cq_str_of(CLASSES[k].members[i]), english;
            cq_str_split(&french, '|', &english);
            add_words(run, c, CQ_SIDE_SOURCE, english, (uint16_t)c->members);
            add_words(run, c, CQ_SIDE_TARGET, french, (uint16_t)c->members++);
        }
    }
    return c;
}

// `side`: whose words; `in`: which sentence it stands in. A word of the other language
// that was left as it is says the same as its rendering.
static void note(const classes *c, cq_side side, cq_side in, cq_str word, uint32_t token,
                 mentions m)
{
    if (word.n > 1 && word.p[word.n - 1] == '.') word.n--;
    uint32_t *at = cq_map_get(&c->at[side], word);
    for (uint32_t k = at ? *at : 0; k; k = c->words.v[k].next) {
        mention *one = &m[in][c->words.v[k].member];
        one->said = true;
        if (c->words.v[k].weak || side != in) continue;
        one->strong = true;
        one->token = token;
    }
}

static void note_english(const classes *c, cq_pair *pair, uint32_t first, uint32_t last,
                         mentions m)
{
    for (uint32_t i = first; i < last; i++) {
        if (pair->english.tokens[i].kind != CQ_TOKEN_WORD) continue;
        cq_str word = cq_pair_folded(pair, i);
        note(c, CQ_SIDE_SOURCE, CQ_SIDE_SOURCE, word, i, m);
        note(c, CQ_SIDE_TARGET, CQ_SIDE_SOURCE, word, i, m);
    }
}

static void note_french(const cq_check_run *run, const classes *c, const cq_passage *p,
                        const cq_sentence *s, mentions m)
{
    for (uint32_t i = s->first; i < s->last; i++) {
        const cq_token *t = &p->tokens[i];
        if (t->kind != CQ_TOKEN_WORD) continue;
        cq_upos upos = CQ_GET_UPOS(t->morph);
        char buf[64];
        cq_str word = cq_fold_into(buf, sizeof buf, cq_token_text(p, i));
        if (!word.p) continue;
        if (upos != CQ_DET) // "son"
            note(c, CQ_SIDE_SOURCE, CQ_SIDE_TARGET, word, i, m);
        if (upos == CQ_VERB || upos == CQ_AUX) continue; // "est", "a été"
        note(c, CQ_SIDE_TARGET, CQ_SIDE_TARGET, word, i, m);
        cq_str lemma = t->lemma ? cq_lexicon_form(run->lexicon, t->lemma) : (cq_str){0};
        char other[64];
        lemma = cq_fold_into(other, sizeof other, lemma);
        if (lemma.p && !cq_str_eq(lemma, word))
            note(c, CQ_SIDE_TARGET, CQ_SIDE_TARGET, lemma, i, m);
    }
}

static uint32_t surely_renders(cq_check_run *run, const cq_passage *p, uint32_t french)
{
    const cq_word_links *w = cq_link_words(run->linker, run->scratch, p, french);
    cq_word_link link = cq_link_of(w, CQ_SIDE_TARGET, french);
    return link.slot || link.confidence < CQ_LINK_SURE ? CQ_NO_LINK : link.other;
}

// The French word surely renders another word than that of the source; or it is a colour
// and its noun is not what has one there: "feu vert", of the White House.
static bool renders_another(cq_check_run *run, const cq_passage *p, bool colour,
                            uint32_t english, uint32_t french)
{
    if (!run->linker) return false;
    uint32_t other = surely_renders(run, p, french);
    if (other != CQ_NO_LINK && other != english) return true;
    if (!colour || !french || CQ_GET_UPOS(p->tokens[french - 1].morph) != CQ_NOUN)
        return false;
    return surely_renders(run, p, french - 1) != english + 1;
}

static void report(cq_check_run *run, const cq_passage *p, const char *rule,
                   uint32_t english, uint32_t french, const char *member)
{
    const cq_token *e = &run->pair->english.tokens[english];
    cq_hit *h =
        cq_hit_add(run, cq_str_of(rule), cq_spot_of_tokens(p, french, french + 1));
    h->category = cq_str_of("accuracy/mistranslation");
    h->severity = CQ_MAJOR;
    h->confidence = h->at.quoted ? CQ_MEDIUM : CQ_HIGH;
    h->source = cq_token_text(&run->pair->english, english);
    h->source_at = (cq_span){e->start, e->end};
    h->message = cq_strf(
        run->arena, cq_say(run, "L’original dit « %.*s ».", "The source says “%.*s”."),
        CQ_PRI(h->source));
    cq_str rest = cq_str_of(member), words, word;
    cq_str_split(&rest, '|', &words);
    while (cq_str_split(&rest, ' ', &word) && cq_str_is(word, "/")) {
    }
    cq_hit_fix_add_loose(run, h, word);
}

// The sentence beside says it, and the translation may have moved it here.
static bool said_beside(const classes *c, cq_pair *pair, const cq_aligned *at,
                        size_t member)
{
    mentions m = {0};
    const cq_passage *english = &pair->english;
    if (at->first)
        note_english(c, pair, english->sentences[at->first - 1].first, at->first_token,
                     m);
    if (at->last < english->sentences_n)
        note_english(c, pair, at->last_token, english->sentences[at->last].last, m);
    return m[CQ_SIDE_SOURCE][member].said;
}

static void compare(cq_check_run *run, const classes *c, const cq_passage *p,
                    const cq_aligned *at, mentions m)
{
    size_t member = 0;
    for (size_t k = 0; k < CQ_COUNT(CLASSES); k++) {
        size_t lost = 0, added = 0, from = 0, to = 0, first = member;
        for (; member < first + CLASSES[k].n; member++) {
            const mention *e = &m[CQ_SIDE_SOURCE][member],
                          *f = &m[CQ_SIDE_TARGET][member];
            if (e->strong && !f->said) {
                lost++;
                from = member;
            }
            if (f->strong && !e->said) {
                added++;
                to = member;
            }
        }
        if (lost != 1 || added != 1 || said_beside(c, run->pair, at, to)) continue;
        uint32_t english = m[CQ_SIDE_SOURCE][from].token;
        uint32_t french = m[CQ_SIDE_TARGET][to].token;
        bool colour = CLASSES[k].members == COLOURS;
        if (!renders_another(run, p, colour, english, french))
            report(run, p, CLASSES[k].rule, english, french,
                   CLASSES[k].members[from - first]);
    }
}

void cq_source_classes_run(cq_check_run *run, void *state, const cq_passage *p)
{
    const classes *c = state;
    if (!run->pair) return;
    for (size_t k = 0; k < p->sentences_n; k++) {
        const cq_sentence *s = &p->sentences[k];
        cq_aligned at;
        if (!cq_pair_of_sentence(run->pair, p, s, &at)) continue;
        bool alone = at.last - at.first == 1 && at.target_last - at.target_first == 1;
        if (!alone || at.confidence < SURE) continue;
        mentions m = {0};
        note_english(c, run->pair, at.first_token, at.last_token, m);
        note_french(run, c, p, s, m);
        compare(run, c, p, &at, m);
    }
}
