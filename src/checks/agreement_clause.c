// Agreement of a verb, and of what is said of its subject, with the subject; of a
// relative clause with the noun that it is about; of a participle with an object before
// it.
//
// The parse gives the subject. It is believed only where it is sure of it, and where what
// stands between subject and verb cannot hide another subject.
#include "checks/agreement_tree.h"

// Far from its subject, only what is wrong is marked.
enum { NEAR = 5 };

void cq_agr_report_verb(const cq_scan *s, size_t subject, size_t verb, unsigned set)
{
    uint32_t want = at(s, verb)->morph & ~(3u << CQ_M_NUMBER | 7u << CQ_M_PERSON);
    want |= (uint32_t)CQ_P3 << CQ_M_PERSON;
    want |= (uint32_t)(set & PLUR ? CQ_PLUR : CQ_SING) << CQ_M_NUMBER;
    const cq_lexicon *l = s->run->lexicon;
    cq_agr_report(s, "agreement/verb", verb - subject < NEAR ? subject : verb, verb + 1,
                  "« %.*s » : le verbe ne s’accorde pas avec le sujet.",
                  "“%.*s”: subject and verb do not agree.", verb,
                  cq_lexicon_form(l, cq_lexicon_inflect(l, at(s, verb)->lemma, want)));
}

void cq_agr_report_predicate(const cq_scan *s, size_t subject, size_t verb, size_t i,
                             unsigned set)
{
    cq_agr_report(s, "agreement/predicate",
                  i - subject < NEAR ? subject
                  : verb < i         ? verb
                                     : i,
                  i + 1,
                  "« %.*s » : le participe ou l’adjectif ne s’accorde pas avec le sujet.",
                  "“%.*s”: subject and participle or adjective do not agree.", i,
                  cq_agr_inflected(s, i, set));
}

size_t cq_agr_past_clitics(const cq_scan *s, size_t i)
{
    static const char *const CLITICS[] = {"ne",  "n'",   "se",  "s'", "y",    "en",
                                          "lui", "leur", "me",  "m'", "te",   "t'",
                                          "le",  "la",   "les", "l'", "nous", "vous"};
    for (size_t n = 0; n < 3 && i < s->last; n++) {
        if (!CQ_IN(CLITICS, cq_agr_folded(s, i))) break;
        i++;
    }
    return i;
}

bool cq_agr_past_auxiliary(const cq_scan *s, size_t verb, size_t *i)
{
    bool being = cq_str_is(lemma(s, verb), "être");
    bool having = cq_str_is(lemma(s, verb), "avoir");
    *i = verb + 1;
    for (size_t n = 0; n < 3 && *i < s->last; n++) {
        cq_str word = cq_agr_folded(s, *i);
        if (having && cq_str_is(word, "été")) {
            being = true;
        } else if (upos(s, *i) != CQ_ADV || cq_str_is(word, "plus")) {
            break;
        }
        ++*i;
    }
    return being;
}

// "ils se sont serré la main", "elles se sont succédé": what the participle behind the
// auxiliary at token `verb` agrees with is not "se".
static bool has_own_object(const cq_scan *s, size_t verb)
{
    static const char *const INVARIABLE_PARTICIPLES[] = {
        "succédé", "parlé", "plu",     "souri",  "nui",     "ressemblé", "téléphoné",
        "rendu",   "menti", "répondu", "suffi",  "survécu", "déplu",     "permis",
        "dit",     "écrit", "demandé", "promis", "juré"};
    size_t i;
    if (!cq_agr_past_auxiliary(s, verb, &i) || i >= s->last) return false;
    if (CQ_IN(INVARIABLE_PARTICIPLES, cq_agr_folded(s, i))) return true;
    return i + 1 < s->last &&
           (cq_agr_determines(s, i + 1) || upos(s, i + 1) == CQ_NUM ||
            upos(s, i + 1) == CQ_NOUN || cq_agr_has_verb_form(s, i + 1, CQ_INF));
}

static bool is_reflexive(const cq_scan *s, size_t verb)
{
    cq_str clitic = verb > s->first ? cq_agr_folded(s, verb - 1) : (cq_str){"", 0};
    return cq_str_is(clitic, "se") || cq_str_is(clitic, "s'");
}

// Is there a conjunction before `start` that brings a clause: not in "plus que la
// tomate", "ainsi que la reine"?
static bool is_subordinate(const cq_scan *s, size_t start)
{
    static const char *const COMPARE[] = {"ainsi",  "plus", "moins",     "aussi",
                                          "tant",   "même", "davantage", "autant",
                                          "plutôt", "tel",  "telle",     "autre"};
    if (start == s->first || upos(s, start - 1) != CQ_SCONJ) return false;
    return start < s->first + 2 ||
           (upos(s, start - 2) != CQ_ADJ && !CQ_IN(COMPARE, cq_agr_folded(s, start - 2)));
}

static bool begins_clause(const cq_scan *s, size_t start)
{
    return start == s->first || at(s, start - 1)->kind == CQ_TOKEN_PUNCT ||
           is_subordinate(s, start);
}

// Do two nouns, each with an article of its own and nothing else between them, make one
// subject that begins a clause: "le roi et la reine"?
static bool are_two(const cq_scan *s, size_t noun)
{
    size_t second = cq_agr_child_by(s, noun, REL(CONJ), noun);
    if (second == SIZE_MAX || !cq_agr_sure_noun(s, second)) return false;
    size_t start = cq_agr_phrase_start(s, second);
    return begins_clause(s, cq_agr_phrase_start(s, noun)) && start == noun + 2 &&
           second - start <= 2 && cq_str_is(cq_agr_folded(s, noun + 1), "et") &&
           upos(s, start) == CQ_DET;
}

// What an article says of a noun that the lexicon lacks or has too many readings of, or
// of a name.
static unsigned article_set(const cq_scan *s, size_t noun)
{
    cq_str word;
    size_t start = cq_agr_phrase_start(s, noun);
    if (start == noun || upos(s, start) != CQ_DET || !follows(s, noun)) return 0;
    if (memchr(cq_agr_folded(s, noun).p, '\'', cq_agr_folded(s, noun).n))
        return 0; // two words run together
    unsigned set = cq_agr_determiner(s, start, &word);
    if (!set || (set & SING && set & PLUR) || (set & PLUR && !cq_agr_is_lower(s, noun)))
        return 0;
    return !at(s, noun)->form ? set : set & SING ? SING : PLUR;
}

// What the verb of a subject agrees with, and what is said by it; 0: not known. `finite`:
// numbers of the verb.
static unsigned subject_set(const cq_scan *s, size_t subject, unsigned finite)
{
    static const char *const TWOFOLD[] = {"nombre", "plupart", "majorité", "moitié", "%"};
    if (!cq_agr_may_name(s, subject) || cq_agr_has_preposition(s, subject)) return 0;
    if (cq_agr_is_time(s, subject)) return 0;
    if (cq_agr_takes_plural(s, subject)) // la plupart sont venus
        return finite & SING || cq_agr_has_child(s, subject, REL(CONJ)) ? 0 : PLUR;
    if (subject > s->first && cq_str_is(cq_agr_folded(s, subject - 1), "quelque"))
        return 0;
    bool collective = cq_agr_is_collective(s, subject);
    bool plain = cq_agr_is_lower(s, subject) || cq_agr_is_institution(s, subject);
    bool sure = plain && (collective ? cq_agr_is_noun(s, subject, false)
                                     : cq_agr_sure_noun(s, subject));
    if (!sure && (collective || CQ_IN(TWOFOLD, cq_agr_folded(s, subject)))) return 0;
    unsigned set = sure ? cq_agr_noun_set(s, subject) : article_set(s, subject);
    if (!cq_agr_has_child(s, subject, REL(CONJ))) return set;
    if (set & PLUR || !are_two(s, subject)) return 0;
    return set & FEM ? PLUR : MP;
}

static bool is_relative(const cq_scan *s, size_t k)
{
    static const char *const WORDS[] = {"qui",      "que",       "qu'",      "dont",
                                        "où",       "lequel",    "laquelle", "lesquels",
                                        "auxquels", "lesquelles"};
    return CQ_IN(WORDS, cq_agr_folded(s, k));
}

// Does "et" at token k join something other than a second subject: adjectives, or
// complements each with a preposition of its own?
static bool joins_complements(const cq_scan *s, size_t k, size_t subject)
{
    size_t second = cq_agr_head_by(s, k, REL(CC));
    if (second == SIZE_MAX || second < k) return false;
    size_t first = cq_agr_head_by(s, second, REL(CONJ));
    if (first == SIZE_MAX || first == subject) return false;
    if (upos(s, second) != CQ_NOUN) return cq_agr_is_attributive(s, second);
    return cq_agr_has_child(s, second, REL(CASE)) && upos(s, k + 1) == CQ_ADP;
}

// What stands between subject and verb, counted.
typedef struct {
    size_t commas, open, relatives, verbs;
    bool noun; // behind the last comma
} between;

static bool passes(const cq_scan *s, size_t k, size_t subject, unsigned finite,
                   between *n)
{
    static const char *const PERSONS[] = {"je",   "j'",   "tu",  "il",    "elle", "on",
                                          "nous", "vous", "ils", "elles", "ce",   "c'"};
    const cq_token *t = at(s, k);
    bool inside = cq_agr_is_under(s, k, subject);
    n->noun =
        t->mark != CQ_MARK_COMMA && (n->noun || (n->commas && cq_agr_may_name(s, k)));
    if (t->kind == CQ_TOKEN_PUNCT) {
        n->commas += t->mark == CQ_MARK_COMMA;
        n->open += t->mark == CQ_MARK_OPEN;
        if (t->mark == CQ_MARK_CLOSE) return n->open-- > 0;
        return t->mark == CQ_MARK_COMMA || t->mark == CQ_MARK_OPEN ||
               t->mark == CQ_MARK_SLASH;
    }
    if (upos(s, k) == CQ_CCONJ) // of two subjects, or of two clauses
        return inside && (!(finite & PLUR) || joins_complements(s, k, subject));
    if (is_relative(s, k)) {
        n->relatives++;
        return inside;
    }
    if (upos(s, k) == CQ_SCONJ) return false;
    if (CQ_GET_VERBFORM(t->morph) == CQ_FIN) {
        n->verbs++;
        return inside;
    }
    if (upos(s, k) == CQ_VERB && cq_agr_numbers(s, k)) return false; // réécrit, perhaps
    return upos(s, k) != CQ_PRON || n->relatives || !CQ_IN(PERSONS, cq_agr_folded(s, k));
}

// Is what stands between subject and verb of a kind that cannot hide another subject?
// `finite`: numbers of the verb.
static bool is_clear(const cq_scan *s, size_t subject, size_t verb, unsigned finite)
{
    between n = {0};
    static const char *const OBJECTS[] = {"nous", "vous"};
    for (size_t k = subject + 1; k < verb; k++) {
        bool object = k + 1 == verb && CQ_IN(OBJECTS, cq_agr_folded(s, k));
        if (!object && !passes(s, k, subject, finite, &n)) return false;
    }
    return n.commas != 1 && !n.noun && !n.open && n.verbs == n.relatives;
}

// Another noun before the verb that agrees with it and may be its subject.
static bool has_rival(const cq_scan *s, size_t subject, size_t verb, unsigned set)
{
    enum { TAKEN = REL(NSUBJ) | REL(OBJ) | REL(FLAT) | REL(NMOD) };
    for (size_t k = s->first; k < verb; k++) {
        if (!cq_agr_may_name(s, k) || cq_agr_is_under(s, k, subject) ||
            cq_agr_has_preposition(s, k))
            continue;
        size_t governor = cq_agr_head_by(s, k, TAKEN);
        if (governor != SIZE_MAX && governor != verb &&
            !cq_agr_is_under(s, verb, governor))
            continue;
        if (!at(s, k)->form || cq_agr_agrees_with(s, k, NOMINAL) & set) return true;
    }
    return false;
}

// Do nothing but adjectives, adverbs, clitics and complements stand between a noun and
// its verb?
static bool is_filled(const cq_scan *s, size_t noun, size_t verb)
{
    static const char *const OF[] = {"de", "d'", "du", "des", "à", "au", "aux", "en"};
    enum { COMPLEMENT = NOMINAL | CQ_UPOS_BIT(CQ_DET) | CQ_UPOS_BIT(CQ_NUM) };
    bool complement = false;
    for (size_t k = noun + 1; k < verb; k++) {
        unsigned u = upos(s, k);
        bool clitic = u == CQ_PRON && cq_agr_past_clitics(s, k) > k;
        complement =
            CQ_IN(OF, cq_agr_folded(s, k)) || (complement && COMPLEMENT & CQ_UPOS_BIT(u));
        if (u != CQ_ADJ && u != CQ_ADV && !clitic && !complement) return false;
        complement = complement && u != CQ_NOUN;
    }
    return true;
}

// Does a phrase begin a clause, and its verb follow at once?
static bool is_tight(const cq_scan *s, size_t subject, size_t verb)
{
    return begins_clause(s, cq_agr_phrase_start(s, subject)) &&
           is_filled(s, subject, verb);
}

// Does "et" at token k join the clause of the verb h to an earlier one?
static bool joins_clauses(const cq_scan *s, size_t k, size_t h)
{
    if (k == s->first) return true;
    if (cq_agr_head_by(s, k, REL(CC)) != h) return false;
    size_t first = cq_agr_head_by(s, h, REL(CONJ));
    return first != SIZE_MAX && first < k && cq_agr_finite_of(s, first) != SIZE_MAX;
}

// Is the predicate said of its subject: by an auxiliary or copula "être", the finite verb
// or behind it?
static bool is_being(const cq_scan *s, size_t predicate, size_t verb)
{
    enum { AUXILIARIES = REL(AUX) | REL(PASSIVE) | REL(COP) };
    for (size_t k = cq_agr_child_by(s, predicate, AUXILIARIES, verb); k < predicate;
         k = cq_agr_child_by(s, predicate, AUXILIARIES, k + 1)) {
        if (cq_str_is(lemma(s, k), "être")) return true;
    }
    return false;
}

// What is said of a subject by "être" or a verb like it, at token i.
static void check_attribute(const cq_scan *s, size_t subject, size_t i, size_t verb,
                            unsigned set)
{
    static const char *const ALL[] = {"tous", "toutes", "tout", "toute"};
    for (size_t k = verb + 1; k < i;
         k++) { // not: sont : libre; à court; que tout est fait
        unsigned u = upos(s, k);
        if (u != CQ_ADV && u != CQ_AUX && u != CQ_VERB &&
            !CQ_IN(ALL, cq_agr_folded(s, k)))
            return;
    }
    if (s->reported[i] || !cq_agr_is_predicate(s, i)) return;
    if (cq_str_is(cq_agr_folded(s, i - 1), "bien")) return; // bien sûr, bien entendu
    unsigned adjective = cq_agr_agrees_with(s, i, ADJ);
    if (adjective && !(adjective & set))
        cq_agr_report_predicate(s, subject, verb, i, set);
}

// "Sport, ticket, tunnel ont": may a phrase behind a comma be the last of several? Not
// behind what leads to a subject: "En 2010, le gouvernement".
static bool is_enumerated(const cq_scan *s, size_t start)
{
    if (start < s->first + 2 || at(s, start - 1)->mark != CQ_MARK_COMMA) return false;
    if (cq_agr_is_time(s, start - 2) || upos(s, start - 2) == CQ_NUM)
        return false; // Le 15 mars, le général
    for (size_t k = start; k-- > s->first;) {
        if (CQ_GET_VERBFORM(at(s, k)->morph) == CQ_FIN) return false;
    }
    unsigned opener = upos(s, s->first);
    return opener != CQ_ADP && opener != CQ_ADV && opener != CQ_SCONJ &&
           opener != CQ_CCONJ && opener != CQ_PRON;
}

// "la connaissance du terrain, des chemins est utile": may the phrase that begins with
// "des" at token `start` be a complement, like one before the comma?
static bool is_listed_complement(const cq_scan *s, size_t start)
{
    static const char *const OF[] = {"de", "d'", "du", "des"};
    if (start == s->first || at(s, start - 1)->mark != CQ_MARK_COMMA) return false;
    if (!cq_str_is(cq_agr_folded(s, start), "des")) return false;
    bool complement = false;
    for (size_t k = start; k-- > s->first;) {
        if (CQ_GET_VERBFORM(at(s, k)->morph) == CQ_FIN) return false;
        if (k > s->first && CQ_IN(OF, cq_agr_folded(s, k))) complement = true;
    }
    return complement;
}

// "dix personnes dont le chef sont mortes": may the phrase behind "dont" be one of
// several that are the subject? They agree with the verb.
static bool may_be_included(const cq_scan *s, size_t start, unsigned finite)
{
    if (!(finite & PLUR)) return false;
    for (size_t k = s->first; k < start; k++) {
        if (cq_agr_may_name(s, k) && cq_agr_agrees_with(s, k, NOMINAL) & PLUR)
            return true;
    }
    return false;
}

// May the phrase of a subject be the second of two, or the parse be wrong about it?
// `agreeing`: what the predicate agrees with.
static bool is_doubtful(const cq_scan *s, size_t subject, size_t h, size_t verb,
                        unsigned finite, unsigned agreeing)
{
    enum { SURE = 250, SURE_OF_RIVALS = 800, SURE_OF_JOINED = 500, SURE_OF_NOUNS = 1000 };
    size_t start = cq_agr_phrase_start(s, subject);
    unsigned margin = arc(s, subject)->margin;
    size_t other = cq_agr_child_by(s, h, REL(NSUBJ), s->first);
    if (other < subject && cq_agr_agrees_with(s, other, NOMINAL) & agreeing) return true;
    if (!is_tight(s, subject, verb)) {
        if (margin < SURE || arc(s, h)->margin < SURE / 4) return true;
        if (start > s->first && cq_str_is(cq_agr_folded(s, start - 1), "dont") &&
            may_be_included(s, start, finite))
            return true;
        if (margin < SURE_OF_RIVALS && has_rival(s, subject, verb, agreeing)) return true;
    }
    if (finite & PLUR && is_enumerated(s, start)) return true;
    if (is_listed_complement(s, start)) return true;
    // The « nova » des données grandit: the noun is within the quotation marks.
    if (start > s->first && at(s, start - 1)->kind == CQ_TOKEN_PUNCT &&
        at(s, start - 1)->mark != CQ_MARK_COMMA &&
        cq_str_is(cq_agr_folded(s, start), "des"))
        return true;
    bool clitic = cq_agr_past_clitics(s, verb - 1) > verb - 1;
    bool plain = start < subject &&
                 (clitic || (upos(s, verb) == CQ_AUX && is_tight(s, subject, verb)));
    if (may_be(s, verb, NOUN) && !plain && margin < SURE_OF_NOUNS)
        return true; // fichiers source
    // et la soi-disant crise
    for (size_t n = 0; n < 3 && start > s->first; n++) {
        unsigned u = upos(s, start - 1);
        if (u != CQ_DET && u != CQ_ADJ && u != CQ_ADV) break;
        start--;
    }
    bool joined = start > s->first && upos(s, start - 1) == CQ_CCONJ;
    return joined && !joins_clauses(s, start - 1, h) &&
           (finite & PLUR || margin < SURE_OF_JOINED);
}

// The verb right behind a phrase that begins a clause, where the parse has lost it: "mais
// une panne a été signalé".
static void check_beside(const cq_scan *s, size_t subject)
{
    enum { FAR = 8 };
    static const char *const JOIN_CLAUSES[] = {"mais", "car", "or", "donc"};
    size_t start = cq_agr_phrase_start(s, subject), verb = subject + 1, i;
    if (start == subject || upos(s, start) != CQ_DET) return;
    bool joined = start > s->first && CQ_IN(JOIN_CLAUSES, cq_agr_folded(s, start - 1));
    if (start > s->first && !joined && !is_subordinate(s, start)) return;
    while (verb < s->last && verb < subject + FAR && !cq_agr_is_finite(s, verb)) verb++;
    if (verb >= s->last || !cq_agr_is_finite(s, verb) || s->reported[verb]) return;
    if (!is_filled(s, subject, verb)) return;
    unsigned finite = cq_agr_numbers(s, verb), set = subject_set(s, subject, finite);
    if (verb + 1 < s->last && at(s, verb + 1)->flags & CQ_TOKEN_INVERTED) return;
    if (set && finite && !(finite & set)) {
        cq_agr_report_verb(s, start, verb, set);
    } else if (set && cq_agr_past_auxiliary(s, verb, &i) && i < s->last &&
               cq_agr_is_participle(s, i) && !is_reflexive(s, verb)) {
        check_attribute(s, subject, i, verb, set);
    }
}

// The verb whose subject is this token, and what is said of the subject by it.
void cq_agr_check_clause(const cq_scan *s, size_t subject)
{
    enum { SURE = 250, NEXT = 4 };
    static const char *const LINKING[] = {"sembler", "devenir", "rester", "paraître",
                                          "demeurer"};
    size_t h = cq_agr_head_by(s, subject, REL(NSUBJ));
    bool parsed = s->last - s->first <= CQ_PARSE_MAX; // what follows walks the sentence
    if (h == SIZE_MAX && parsed && upos(s, subject) == CQ_NOUN) check_beside(s, subject);
    if (h == SIZE_MAX || h < subject) return;
    size_t verb = cq_agr_finite_of(s, h);
    if (verb == SIZE_MAX || verb < subject || s->reported[verb] || s->reported[h]) return;
    unsigned finite = cq_agr_numbers(s, verb), set = subject_set(s, subject, finite);
    if (!set || !cq_agr_is_finite(s, verb) || !is_clear(s, subject, verb, finite)) return;
    if (verb + 1 < s->last && at(s, verb + 1)->flags & CQ_TOKEN_INVERTED) return;
    if (finite && !(finite & set)) {
        if (is_doubtful(s, subject, h, verb, finite, finite)) return;
        cq_agr_report_verb(s, cq_agr_phrase_start(s, subject), verb, set);
        return;
    }
    size_t attribute = h != verb && is_being(s, h, verb) ? h : SIZE_MAX;
    if (h == verb && CQ_IN(LINKING, lemma(s, verb))) {
        size_t i = cq_agr_child_by(s, verb, REL(XCOMP), verb);
        if (i < verb + NEXT && upos(s, i) == CQ_ADJ && arc(s, i)->margin >= SURE)
            attribute = i;
    }
    if (attribute == SIZE_MAX) return;
    if (is_doubtful(s, subject, h, verb, finite, cq_agr_agrees_with(s, attribute, ADJ)))
        return;
    // "se sont serré la main"
    if (is_reflexive(s, verb) && has_own_object(s, verb)) return;
    check_attribute(s, subject, attribute, verb, set);
}

// "des outils qui sont lente": right behind the noun alone.
static void check_relative_attribute(const cq_scan *s, size_t antecedent, size_t qui,
                                     size_t h, size_t verb)
{
    enum { SURE = 250 };
    size_t start = cq_agr_phrase_start(s, antecedent);
    bool joined = start > s->first && cq_agr_is_coordinator(s, start - 1);
    if (antecedent + 1 != qui || joined || cq_agr_has_preposition(s, antecedent) ||
        h == verb || !is_being(s, h, verb) || arc(s, h)->margin < SURE ||
        !cq_agr_sure_noun(s, antecedent) || cq_agr_has_child(s, h, REL(EXPL) | REL(OBJ)))
        return;
    unsigned set = cq_agr_noun_set(s, antecedent) & cq_agr_numbers(s, verb);
    if (set) check_attribute(s, antecedent, h, verb, set);
}

// "les gens qui mangent": nothing before "qui" agrees with the verb behind it.
void cq_agr_check_relative(const cq_scan *s, size_t qui)
{
    enum { BACK = 12, SURE = 200 };
    if (!cq_str_is(cq_agr_folded(s, qui), "qui") || qui == s->first) return;
    size_t h = cq_agr_head_by(s, qui, REL(NSUBJ)), verb = cq_agr_past_clitics(s, qui + 1);
    if (h == SIZE_MAX || verb >= s->last || s->reported[verb] ||
        !cq_agr_is_finite(s, verb))
        return;
    size_t antecedent = cq_agr_head_by(s, h, REL(RELCL));
    if (antecedent == SIZE_MAX || antecedent > qui || arc(s, h)->margin < SURE) return;
    unsigned set = cq_agr_noun_set(s, antecedent), finite = cq_agr_numbers(s, verb);
    if (finite & set) check_relative_attribute(s, antecedent, qui, h, verb);
    if (!set || !finite || finite & set || !cq_agr_sure_noun(s, antecedent)) return;
    if (upos(s, qui - 1) == CQ_ADP || at(s, qui - 1)->kind == CQ_TOKEN_PUNCT) return;
    size_t start = cq_agr_phrase_start(s, antecedent);
    if (start > s->first && cq_str_starts(cq_agr_folded(s, start - 1), cq_str_of("un")))
        return; // l'un des voisins qui chante
    for (size_t k = qui; k-- > s->first && k + BACK > qui;) {
        if (k + 1 < antecedent && CQ_GET_VERBFORM(at(s, k)->morph) == CQ_FIN) break;
        if (cq_agr_is_coordinator(s, k) && (k > antecedent || finite & PLUR)) return;
        if (upos(s, k) == CQ_PRON && k > antecedent) return;
        if (cq_agr_may_name(s, k) &&
            (!at(s, k)->form || cq_agr_agrees_with(s, k, NOMINAL) & finite))
            return;
    }
    cq_agr_report_verb(s, cq_agr_phrase_start(s, antecedent), verb, set);
}

// Participles that agree with no object, or that an infinitive or clause is understood
// behind: "les efforts qu’il a pu".
static const char *const FIXED[] = {
    "pu",     "dû",   "voulu",  "su",    "cru",   "fait",   "dit",   "pensé",
    "laissé", "eu",   "permis", "fallu", "plu",   "été",    "duré",  "coûté",
    "valu",   "vécu", "dormi",  "couru", "parlé", "semblé", "servi", "travaillé"};

// Past adverbs to the participle behind a form of "avoir"; s->last: there is none.
static size_t past_having(const cq_scan *s, size_t i)
{
    if (i >= s->last || !cq_str_is(lemma(s, i), "avoir")) return s->last;
    if (!cq_agr_has_verb_form(s, i, CQ_FIN)) return s->last;
    size_t k = i + 1;
    while (k < s->last && k < i + 3 && upos(s, k) == CQ_ADV) k++;
    bool fit =
        k < s->last && cq_agr_is_predicate(s, k) && !CQ_IN(FIXED, cq_agr_folded(s, k));
    return fit ? k : s->last;
}

// Has the participle at token k something behind it that may be its object?
static bool is_followed(const cq_scan *s, size_t k)
{
    if (k + 1 >= s->last) return false;
    unsigned u = upos(s, k + 1);
    if (cq_agr_is_time(s, k + 1)) return false;        // annoncées mardi
    static const char *const TO[] = {"à", "de", "d'"}; // les pas qu'il a appris à faire
    if (k + 2 < s->last && CQ_IN(TO, cq_agr_folded(s, k + 1)) &&
        cq_agr_has_verb_form(s, k + 2, CQ_INF))
        return true;
    return cq_agr_determines(s, k + 1) || u == CQ_VERB || u == CQ_NOUN || u == CQ_SCONJ ||
           u == CQ_NUM || cq_agr_has_verb_form(s, k + 1, CQ_INF);
}

static void report_object(const cq_scan *s, size_t first, size_t participle, unsigned set)
{
    unsigned with = cq_agr_agrees_with(s, participle, ADJ);
    if (s->reported[participle] || !with || with & set) return;
    cq_agr_report(s, "agreement/object", first, participle + 1,
                  "« %.*s » : le participe s’accorde avec le complément qui précède.",
                  "“%.*s”: the participle agrees with the object before it.", participle,
                  cq_agr_inflected(s, participle, set));
}

// Past a pronoun, a name, or a determiner and its noun; s->last: none of them is here.
static size_t past_subject(const cq_scan *s, size_t i)
{
    static const char *const SUBJECTS[] = {"il",   "elle", "on", "ils", "elles",
                                           "nous", "vous", "j'", "tu"};
    if (CQ_IN(SUBJECTS, cq_agr_folded(s, i)) || upos(s, i) == CQ_PROPN) return i + 1;
    if (!cq_agr_determines(s, i)) return s->last;
    size_t k = i + 1;
    while (k < s->last && k < i + 3 && upos(s, k) != CQ_NOUN) k++;
    if (k >= s->last || !cq_agr_sure_noun(s, k)) return s->last;
    return k + 1 < s->last && upos(s, k + 1) == CQ_ADJ ? k + 2 : k + 1;
}

// "convaincre les gens que le lieu a changé": a clause that is an object beside the noun.
static bool is_told(const cq_scan *s, size_t noun)
{
    static const char *const TELL[] = {"convaincre", "informer", "persuader", "avertir",
                                       "prévenir",   "assurer",  "rappeler",  "aviser",
                                       "montrer",    "dire",     "promettre", "prouver"};
    for (size_t k = noun; k-- > s->first && k + 5 > noun;) {
        if (CQ_IN(TELL, lemma(s, k))) return true;
    }
    return false;
}

// "une étape qu’il a appelée": the participle agrees with the object before it. Not after
// a noun that a whole clause explains ("l’idée qu’il a menti"), nor before an infinitive.
void cq_agr_check_object(const cq_scan *s, size_t que)
{
    static const char *const EXPLAINED[] = {
        "idée",      "fait",         "impression", "preuve",     "certitude",
        "espoir",    "sentiment",    "crainte",    "conclusion", "rumeur",
        "nouvelle",  "hypothèse",    "chance",     "fois",       "manière",
        "façon",     "raison",       "condition",  "sorte",      "moment",
        "thèse",     "annonce",      "croyance",   "conviction", "doute",
        "peur",      "dire",         "opinion",    "théorie",    "possibilité",
        "assurance", "confirmation", "révélation", "accusation", "signe",
        "temps",
    };
    if (!cq_str_is(cq_agr_folded(s, que), "que") &&
        !cq_str_is(cq_agr_folded(s, que), "qu'"))
        return;
    if (que < s->first + 2 || que + 1 >= s->last) return;
    size_t last = at(s, que - 1)->mark == CQ_MARK_COMMA ? que - 2 : que - 1;
    size_t noun = upos(s, last) == CQ_ADJ ? cq_agr_noun_of(s, last) : last;
    if (noun == SIZE_MAX || noun > que || !cq_agr_sure_noun(s, noun)) return;
    if (cq_agr_is_time(s, noun) || cq_agr_has_preposition(s, noun)) return;
    if (noun > s->first && cq_agr_may_name(s, noun - 1)) return; // le dossier scripts
    if (CQ_IN(EXPLAINED, lemma(s, noun)) || is_told(s, noun)) return;
    if (noun > s->first && cq_str_is(cq_agr_folded(s, noun), "chose") &&
        cq_agr_determines(s, noun - 1) && !cq_str_is(lemma(s, noun - 1), "le"))
        return; // quelque chose, autre chose
    size_t start = cq_agr_phrase_start(s, noun);
    if (start == noun || (start > s->first && upos(s, start - 1) == CQ_CCONJ))
        return; // un texte ou image, un texte ou une image
    unsigned set = cq_agr_noun_set(s, noun);
    size_t k = past_having(s, past_subject(s, que + 1));
    if (set & MS || !set || k == s->last || is_followed(s, k)) return;
    report_object(s, que, k, set);
}

// "il les a vu": the same with a pronoun.
void cq_agr_check_clitic(const cq_scan *s, size_t les)
{
    if (!cq_str_is(cq_agr_folded(s, les), "les") || upos(s, les) != CQ_PRON) return;
    size_t k = past_having(s, les + 1);
    if (k < s->last && !is_followed(s, k)) report_object(s, les, k, PLUR);
}
