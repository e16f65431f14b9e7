// Repetition within a sentence. French repeats much on purpose ("nous nous levons", "très
// très bien", "le roi des rois"), so a single word counts only when it is a function word
// that never stands beside itself, and nouns only in the plural.
#include "checks/duplication.h"

#include "base/utf8.h"

enum { PHRASE_WORDS_MAX = 5 };

// Words that never follow themselves in correct French. Left out on purpose: nous, vous
// (nous nous levons), en (tout en en parlant), la (là-là, songs), son (son son), entre
// (on entre entre amis), vers, sous, est (l'est est), a (ce qu'il a a de la valeur).
static const char *const NEVER_TWICE[] = {
    "le",     "les",     "un",      "une",   "des",   "du",    "de",   "au",   "aux",
    "à",      "ce",      "cet",     "cette", "ces",   "sa",    "ses",  "mes",  "tes",
    "nos",    "vos",     "leur",    "leurs", "notre", "votre", "et",   "ou",   "mais",
    "que",    "qui",     "dont",    "dans",  "pour",  "par",   "avec", "sans", "chez",
    "depuis", "pendant", "il",      "elle",  "ils",   "elles", "se",   "ne",   "je",
    "on",     "comme",   "lorsque", "quand", "parce",
};

// "peu à peu", "face à face".
static const char *const TWICE_WITH_A[] = {
    "un",   "une",   "deux", "trois",  "peu", "petit", "face", "bout",
    "côte", "coude", "dos",  "goutte", "mot", "pas",   "tête", "nez",
};

// "ligne par ligne", "jour après jour", "de page en page", "mot pour mot".
static const char *const TWICE_WITH[] = {"par", "après", "en", "pour"};

typedef struct {
    cq_check_run *run;
    const cq_passage *p;
} scan;

// Both tokens are words with the same letters, case and apostrophe folded.
static bool same_word(const cq_passage *p, size_t i, size_t j)
{
    const cq_token *a = &p->tokens[i], *b = &p->tokens[j];
    if (a->form != b->form || a->kind != CQ_TOKEN_WORD || b->kind != CQ_TOKEN_WORD)
        return false;
    if (a->form) return true;
    cq_str s = cq_token_text(p, i), t = cq_token_text(p, j);
    if (s.n != t.n) return false;
    char x[128], y[128];
    cq_str fs = cq_fold_into(x, sizeof x, s), ft = cq_fold_into(y, sizeof y, t);
    return fs.p && ft.p && cq_str_eq(fs, ft);
}

static bool never_twice(cq_str word)
{
    char buf[32];
    cq_str folded = cq_fold_into(buf, sizeof buf, word);
    return folded.p && CQ_IN(NEVER_TWICE, folded);
}

static bool is_name(const cq_token *t)
{
    return t->flags & (CQ_TOKEN_CAPITAL | CQ_TOKEN_MIXED) && !(t->flags & CQ_TOKEN_FIRST);
}

// Nothing but space between tokens first..last: no hyphen, bracket or mark.
static bool spaced(const cq_passage *p, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        const cq_token *t = &p->tokens[i];
        bool apart = t->flags & CQ_TOKEN_SPACE;
        if (i > first && !apart && !(p->tokens[i - 1].flags & CQ_TOKEN_ELIDED))
            return false;
        if (t->kind != CQ_TOKEN_WORD || t->flags & CQ_TOKEN_INVERTED) return false;
    }
    return true;
}

static cq_hit *report(scan *s, const char *rule, size_t first, size_t last,
                      cq_confidence confidence)
{
    cq_hit *h = cq_hit_add(s->run, cq_str_of(rule), cq_spot_of_tokens(s->p, first, last));
    h->category = cq_str_of("linguistic-conventions/duplication");
    h->severity = CQ_MINOR;
    h->confidence = confidence;
    cq_str match = cq_str_sub(s->p->doc->text, h->at.start, h->at.end);
    h->message = cq_strf(s->run->arena,
                         cq_say(s->run, "Répétition : « %.*s ».", "Repetition: “%.*s”."),
                         CQ_PRI(match));
    return h;
}

// "le le": tokens i and i + 1. True when it was looked at and settled.
static bool word_twice(scan *s, size_t i, size_t end)
{
    const cq_passage *p = s->p;
    cq_str word = cq_token_text(p, i);
    if (!never_twice(word) || is_name(&p->tokens[i + 1])) return false;
    if (p->tokens[i].flags & (CQ_TOKEN_ELIDED | CQ_TOKEN_UPPER)) return false;
    // The second may belong to a name: "la mort de de Gaulle".
    bool name_next = i + 2 < end && is_name(&p->tokens[i + 2]);
    if (name_next && cq_str_is(word, "de")) return false;
    // "un un deux": a score or a figure spelt out.
    if (i + 2 < end && CQ_GET_UPOS(p->tokens[i + 2].morph) == CQ_NUM) return false;
    cq_hit *h = report(s, "duplication/word", i, i + 2, CQ_HIGH);
    cq_hit_fix_add(s->run, h, h->at.start, h->at.end, cq_token_text(p, i));
    h->safe = true;
    return true;
}

// "peu à peu à Paris", "ligne par ligne par": a word said twice by idiom, and the
// preposition of what comes next.
static bool idiom_goes_on(const cq_passage *p, size_t i)
{
    char buf[32];
    cq_str word = cq_fold_into(buf, sizeof buf, cq_token_text(p, i));
    cq_str link = cq_token_text(p, i + 1);
    if (!word.p) return false;
    if (cq_str_is(link, "à")) return CQ_IN(TWICE_WITH_A, word);
    if (!CQ_IN(TWICE_WITH, link)) return false;
    unsigned upos = CQ_GET_UPOS(p->tokens[i].morph);
    return upos == CQ_NOUN || upos == CQ_NUM || cq_str_is(word, "un") ||
           cq_str_is(word, "une");
}

// "immersifs immersifs": nouns and adjectives that say the same twice.
static bool content_twice(scan *s, size_t i)
{
    enum {
        CONTENT = CQ_UPOS_BIT(CQ_NOUN) | CQ_UPOS_BIT(CQ_ADJ),
        NAMES = CQ_TOKEN_CAPITAL | CQ_TOKEN_UPPER | CQ_TOKEN_MIXED,
    };
    const cq_token *t = &s->p->tokens[i];
    bool content = CONTENT & CQ_UPOS_BIT(CQ_GET_UPOS(t->morph)) ||
                   CQ_GET_VERBFORM(t->morph) == CQ_PART_FORM;
    cq_str word = cq_token_text(s->p, i);
    if (!content || (t->flags | t[1].flags) & NAMES || cq_utf8_count(word) < 5 ||
        cq_str_is(word, "souvenirs")) // des souvenirs souvenirs
        return false;
    report(s, "duplication/word", i, i + 2, CQ_MEDIUM)->severity = CQ_MAJOR;
    return true;
}

// The same two to five words once more, at i and i + n.
static bool phrase_twice(scan *s, size_t i, size_t n, size_t end)
{
    const cq_passage *p = s->p;
    // "mémoire tampon de mémoire tampon"
    static const char *const LINKS[] = {"de", "du", "des", "en"};
    size_t second = i + n;
    if (n == 2 && second + 1 < end && same_word(p, i, second + 1) &&
        CQ_GET_UPOS(p->tokens[i].morph) == CQ_NOUN &&
        CQ_IN(LINKS, cq_token_text(p, second)))
        second++;
    if (second + n > end) return false;
    bool all_names = true;
    for (size_t k = 0; k < n; k++) {
        if (!same_word(p, i + k, second + k)) return false;
        if (!is_name(&p->tokens[i + k])) all_names = false;
    }
    if (all_names || !spaced(p, i, second + n)) return false;
    if (n == 2 && idiom_goes_on(p, i)) return false;
    // "jour après jour après jour" goes on: not a phrase said twice.
    if (second + n < end && same_word(p, i, second + n)) return false;
    if (i && same_word(p, i - 1, second - 1)) return false;
    cq_hit *h = report(s, "duplication/phrase", i, second + n, CQ_MEDIUM);
    cq_str once = {p->doc->text.p + p->tokens[i].start,
                   p->tokens[i + n - 1].end - p->tokens[i].start};
    cq_hit_fix_add(s->run, h, h->at.start, h->at.end, once);
    return true;
}

// Nouns that are their own complement: le roi des rois, l'ami d'un ami, la fin des fins.
static const char *const OWN_COMPLEMENT[] = {
    "ami",      "amour",    "art",     "autre", "bout",    "centre", "chef",    "client",
    "critique", "culte",    "cours",   "côté",  "cœur",    "degré",  "dieu",    "droit",
    "enfant",   "ennemi",   "fait",    "femme", "fille",   "fils",   "fin",     "frère",
    "guerre",   "histoire", "homme",   "jour",  "langage", "liste",  "main",    "maître",
    "meilleur", "mot",      "mémoire", "mère",  "nom",     "nombre", "oncle",   "parent",
    "part",     "peur",     "prix",    "père",  "raison",  "roi",    "réforme", "science",
    "siècle",   "théorie",  "tour",    "vague", "voisin",
};

static bool is_plain_noun(const cq_token *t)
{
    return t->kind == CQ_TOKEN_WORD && CQ_GET_UPOS(t->morph) == CQ_NOUN;
}

// "les défenseurs des défenseurs", "le plan du plan", "des usines d'usine": two English
// words got one rendering. The singular of plurals is a superlative and stays.
static bool own_complement(scan *s, size_t i, size_t end)
{
    static const char *const LINKS[] = {"de", "d'", "d’", "du", "des"};
    const cq_passage *p = s->p;
    if (i + 3 > end) return false;
    bool determined = CQ_GET_UPOS(p->tokens[i + 2].morph) == CQ_DET;
    size_t j = i + 2 + determined;
    const cq_token *noun = &p->tokens[i], *second = &p->tokens[j];
    if (j >= end || !noun->lemma || noun->lemma != second->lemma ||
        !CQ_IN(LINKS, cq_token_text(p, i + 1)))
        return false;
    if (!is_plain_noun(noun) || !is_plain_noun(second) ||
        (is_name(noun) && !same_word(p, i, j)) || !spaced(p, i, j + 1) ||
        cq_token_text(p, i).n < 4 ||
        CQ_IN(OWN_COMPLEMENT, cq_lexicon_form(s->run->lexicon, noun->lemma)))
        return false;
    bool plural = CQ_GET_NUMBER(noun->morph) == CQ_PLUR;
    bool plurals = CQ_GET_NUMBER(second->morph) == CQ_PLUR;
    bool bare = !determined && cq_token_text(p, i + 1).p[0] == 'd' &&
                !(p->tokens[i + 1].flags & CQ_TOKEN_CONTRACTED);
    if (plurals ? !plural : !bare && (plural || !same_word(p, i, j))) return false;
    report(s, "duplication/complement", i, j + 1, CQ_MEDIUM)->severity = CQ_MAJOR;
    return true;
}

void cq_duplication_run(cq_check_run *run, void *state, const cq_passage *p)
{
    (void)state;
    scan s = {run, p};
    for (size_t k = 0; k < p->sentences_n; k++) {
        size_t end = p->sentences[k].last;
        for (size_t i = p->sentences[k].first; i + 1 < end; i++) {
            if (p->tokens[i].kind != CQ_TOKEN_WORD) continue;
            if (same_word(p, i, i + 1)) {
                bool thrice = i + 2 < end && same_word(p, i, i + 2);
                bool told = spaced(p, i, i + 2) &&
                            (content_twice(&s, i) || (!thrice && word_twice(&s, i, end)));
                if (told) i++;
                while (i + 1 < end && same_word(p, i, i + 1)) i++;
                continue;
            }
            if (own_complement(&s, i, end)) {
                i += 2;
                continue;
            }
            for (size_t n = 2; n <= PHRASE_WORDS_MAX; n++) {
                if (!phrase_twice(&s, i, n, end)) continue;
                i += 2 * n - 1;
                break;
            }
        }
    }
}
