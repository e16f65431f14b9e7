// Matches become hits: messages filled in, suggestions fitted. A match whose rule asks
// something of the whole article waits, as a hit, until the last passage is read.
#include "checks/pattern.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "rules/fit.h"

enum { TEXT_MAX = 4096, PENDING_MAX = 4000 }; // bytes of a message; hits that wait

static const float SURE = 0.8f; // confidence of a link beyond which no other is looked at

typedef struct {
    cq_hit hit;
    uint32_t rule;
} pending;

typedef struct {
    cq_check_run *run;
    const cq_passage *passage; // at hand
    cq_rules_scan *scan;
    CQ_VEC(pending) waiting;
} pattern;

// Where the words of a match lead by sure links.
typedef struct {
    const cq_word_links *links; // NULL: nothing is linked
    uint32_t first, last;       // tokens of the match
    bool sure;                  // every word that can be linked is, and surely
} led;

static led lead_of(pattern *s, uint32_t start, uint32_t end)
{
    const cq_passage *p = s->passage;
    led out = {0};
    size_t lo = 0, hi = p->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (p->tokens[mid].end <= start)
            lo = mid + 1;
        else
            hi = mid;
    }
    out.first = out.last = (uint32_t)lo;
    while (out.last < p->n && p->tokens[out.last].start < end) out.last++;
    if (!s->run->linker || out.last == out.first) return out;
    out.links = cq_link_words(s->run->linker, s->run->scratch, p, out.first);
    bool any = false;
    out.sure = true;
    for (uint32_t j = out.first; j < out.last; j++) {
        if (!cq_link_content(&p->tokens[j])) continue;
        cq_word_link link = cq_link_of(out.links, CQ_SIDE_TARGET, j);
        any = true;
        out.sure = out.sure && link.confidence >= CQ_LINK_SURE && !link.slot;
    }
    out.sure = out.sure && any;
    return out;
}

// How many words of the match are linked into tokens [first, last) of the source.
static unsigned leads_into(const led *l, uint32_t first, uint32_t last)
{
    unsigned n = 0;
    for (uint32_t j = l->first; j < l->last; j++) {
        uint32_t i = cq_link_of(l->links, CQ_SIDE_TARGET, j).other;
        n += i != CQ_NO_LINK && i >= first && i < last;
    }
    return n;
}

static bool has_content(cq_pair *p, uint32_t first, uint32_t last)
{
    bool any = false;
    for (uint32_t i = first; i < last && !any; i++) any = cq_link_content_english(p, i);
    return any;
}

// The place of the expression that the match is linked to, else the first one that it is
// not surely linked past.
static bool find_behind(cq_pair *p, const led *l, cq_str expression, uint32_t from,
                        uint32_t to, cq_span *at)
{
    uint32_t first, last;
    unsigned most = 0;
    bool found = false;
    while (from < to && cq_pair_find(p, expression, from, to, &first, &last)) {
        unsigned n = leads_into(l, first, last);
        bool past = l->sure && !n && has_content(p, first, last);
        if (n > most || (!found && !past)) {
            *at = (cq_span){p->english.tokens[first].start,
                            p->english.tokens[last - 1].end};
            most = n;
            found = true;
        }
        from = first + 1;
    }
    return found;
}

// Links of sentences are at times off by one, and a mistake here would take evidence
// away: it is looked for in the linked passage and, where the link is weak, one sentence
// around it. That an expression is surely not there is said only of plain ones of two
// words or more, where no word of them stands around either.
static cq_english_behind stands(void *english, cq_str expression, uint32_t start,
                                uint32_t end, cq_span *at)
{
    pattern *s = english;
    cq_pair *p = s->run->pair;
    cq_aligned a;
    if (!cq_pair_at(p, start, end, &a)) return CQ_ENGLISH_UNKNOWN;
    uint32_t from = p->english.sentences[a.first ? a.first - 1 : 0].first, first, last;
    uint32_t next = a.last < p->english.sentences_n ? a.last : a.last - 1;
    uint32_t to = p->english.sentences[next].last;
    bool there = cq_pair_find(p, expression, a.first_token, a.last_token, &first, &last);
    if (there) {
        led l = lead_of(s, start, end);
        there = find_behind(p, &l, expression, a.first_token, a.last_token, at);
        return there ? CQ_ENGLISH_THERE : CQ_ENGLISH_UNKNOWN;
    }
    if (a.confidence < SURE && cq_pair_find(p, expression, from, to, &first, &last)) {
        *at = (cq_span){p->english.tokens[first].start, p->english.tokens[last - 1].end};
        return CQ_ENGLISH_THERE;
    }
    bool sure = a.confidence >= SURE && !cq_pair_any_word(p, expression, from, to);
    return sure ? CQ_ENGLISH_ELSE : CQ_ENGLISH_UNKNOWN;
}

void *cq_pattern_begin(cq_check_run *run)
{
    pattern *s = CQ_NEW(run->arena, pattern);
    s->run = run;
    cq_scan_options o = {.region = run->region, .profile = run->profile};
    if (run->pair) {
        o.stands = stands;
        o.english = s;
    }
    s->scan = cq_rules_begin(run->rules, run->arena, &o);
    return s;
}

// What is covered by the part of this name, or from one to another ("1-3").
static bool part_text(const cq_check_run *run, const cq_passage *p, const cq_match *m,
                      cq_str name, cq_str *out)
{
    size_t dash = cq_str_find(name, cq_str_of("-"));
    const cq_match_part *first =
        cq_match_find_part(run->rules, m, cq_str_sub(name, 0, dash));
    const cq_match_part *last = first;
    if (dash != SIZE_MAX)
        last = cq_match_find_part(run->rules, m, cq_str_sub(name, dash + 1, name.n));
    if (!first || !last || last < first) return false;
    cq_span all = {first->start, first->end};
    for (const cq_match_part *k = first; k <= last; k++) {
        if (k->start == k->end) continue; // optional, and not there
        if (all.start == all.end) all.start = k->start;
        all.end = k->end;
    }
    *out = cq_str_sub(p->doc->text, all.start, all.end);
    return true;
}

// Another form of a part that is one word: "Mood=Sub", or "~2", which agrees with part 2.
// Of "1-4" the last one is changed.
static bool inflected(const cq_check_run *run, const cq_passage *p, const cq_match *m,
                      cq_str name, cq_str change, cq_str *out)
{
    size_t dash = cq_str_find(name, cq_str_of("-"));
    cq_str last = dash == SIZE_MAX ? name : cq_str_sub(name, dash + 1, name.n);
    const cq_match_part *part = cq_match_find_part(run->rules, m, last), *from = part;
    if (dash != SIZE_MAX)
        from = cq_match_find_part(run->rules, m, cq_str_sub(name, 0, dash));
    if (!part || part->last != part->first + 1 || !from || from->start > part->start)
        return false;
    const cq_token *t = &p->tokens[part->first];
    cq_reading r = part->reading.lemma ? part->reading : (cq_reading){t->lemma, t->morph};
    if (change.p[0] == '~') {
        enum {
            KIND = 31u | 3u << CQ_M_VERBFORM | 7u << CQ_M_TENSE,
            NOMINAL = 3u << CQ_M_GENDER | 3u << CQ_M_NUMBER,
            VERBAL = 3u << CQ_M_NUMBER | 7u << CQ_M_PERSON
        };
        const cq_match_part *other =
            cq_match_find_part(run->rules, m, cq_str_sub(change, 1, change.n));
        if (!other || other->last != other->first + 1) return false;
        uint32_t with = p->tokens[other->first].morph;
        bool finite = CQ_GET_VERBFORM(r.morph) == CQ_FIN;
        if (finite)
            r.morph = (r.morph & ~VERBAL) | (with & VERBAL);
        else
            r.morph = (r.morph & KIND) | (with & NOMINAL);
        if (finite && !CQ_GET_PERSON(with)) r.morph |= CQ_P3 << CQ_M_PERSON;
    } else if (!cq_morph_change(change, &r.morph)) {
        return false;
    }
    uint32_t id = cq_lexicon_inflect(run->lexicon, r.lemma, r.morph);
    cq_str form = cq_lexicon_form(run->lexicon, id);
    if (id && t->flags & CQ_TOKEN_CAPITAL) form = cq_upper_first(run->arena, form);
    cq_str before = cq_str_sub(p->doc->text, from->start, part->start);
    *out = cq_strf(run->arena, "%.*s%.*s", CQ_PRI(before), CQ_PRI(form));
    return id != 0;
}

// The English as people read it, without the mark of an exact form.
static cq_str shown_source(const cq_check_run *run, const cq_rule_info *rule)
{
    cq_str text = cq_rule_text(rule->sources, 0);
    if (!text.n || !memchr(text.p, '=', text.n)) return text;
    char *plain = cq_alloc(run->arena, text.n);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '=') plain[n++] = text.p[i];
    }
    return (cq_str){plain, n};
}

// What stands for {name} or {name:change} in a template; false when it means nothing.
static bool placeholder(const cq_check_run *run, const cq_passage *p, const cq_match *m,
                        const cq_rule_info *rule, cq_str name, cq_str *out)
{
    size_t colon = cq_str_find(name, cq_str_of(":"));
    cq_str change = cq_str_sub(name, colon == SIZE_MAX ? name.n : colon + 1, name.n);
    name = cq_str_sub(name, 0, colon);
    bool lower = cq_str_is(change, "lower"), upper = cq_str_is(change, "upper");
    if (change.n && !lower && !upper) return inflected(run, p, m, name, change, out);
    if (cq_str_is(name, "match"))
        *out = cq_str_sub(p->doc->text, m->start, m->end);
    else if (cq_str_is(name, "source"))
        *out = shown_source(run, rule);
    else if (!part_text(run, p, m, name, out))
        return false;
    if (lower) *out = cq_lower_first(run->arena, *out);
    if (upper) *out = cq_upper_first(run->arena, *out);
    return true;
}

// The template with its {names} replaced, in the article's arena. A name that means
// nothing stays as it is; an empty text where a word has no such form.
static cq_str filled(cq_check_run *run, const cq_passage *p, const cq_match *m,
                     const cq_rule_info *rule, cq_str template)
{
    if (!template.n || !memchr(template.p, '{', template.n)) return template;
    cq_buf b;
    cq_buf_init(&b, TEXT_MAX);
    bool whole = true;
    for (size_t i = 0; i < template.n && whole;) {
        cq_str rest = cq_str_sub(template, i, template.n), value;
        size_t close = rest.p[0] == '{' ? cq_str_find(rest, cq_str_of("}")) : SIZE_MAX;
        cq_str name = cq_str_sub(rest, 1, close == SIZE_MAX ? 1 : close);
        if (close != SIZE_MAX && placeholder(run, p, m, rule, name, &value)) {
            cq_buf_str(&b, value);
            i += close + 1;
        } else {
            whole = cq_str_find(name, cq_str_of(":")) == SIZE_MAX;
            cq_buf_char(&b, template.p[i++]);
        }
    }
    cq_str text = whole ? cq_str_copy(run->arena, cq_buf_view(&b)) : (cq_str){"", 0};
    cq_buf_free(&b);
    return text;
}

// The rule's message, else one that asks rather than accuses, the less sure the more.
static cq_str message_of(cq_check_run *run, const cq_passage *p, const cq_match *m,
                         const cq_rule_info *rule)
{
    cq_str template = run->english ? rule->message_en : rule->message_fr;
    if (template.n) return filled(run, p, m, rule, template);
    const char *usual =
        cq_say(run, "À vérifier : « {match} ».", "To be checked: “{match}”.");
    if (rule->sources.n && rule->confidence == CQ_MEDIUM)
        usual = cq_say(run, "Calque possible de « {source} ».",
                       "Renders “{source}” word for word?");
    if (rule->sources.n && rule->confidence == CQ_HIGH)
        usual =
            cq_say(run, "Calque de « {source} ».", "Renders “{source}” word for word.");
    return filled(run, p, m, rule, cq_str_of(usual));
}

// The word that leads the finding: the first part with a reading, else the first token.
static cq_fit_place fit_place(const cq_match *m)
{
    cq_fit_place at = {.first = m->first, .last = m->last, .head = m->first};
    uint32_t covered = 0;
    for (uint32_t i = 0; i < m->parts_n; i++) {
        const cq_match_part *part = &m->parts[i];
        if (part->kind != CQ_ITEM_SECOND) covered += part->last - part->first;
        bool inside = part->first >= m->first && part->last <= m->last;
        bool leads = part->first == m->first && part->last == part->first + 1;
        if (!inside || !leads || !part->reading.lemma) continue;
        at.reading = part->reading;
    }
    // Clitics and auxiliaries of a verb stand between the parts.
    at.whole = covered >= m->whole_last - m->whole_first;
    return at;
}

// Where one suggestion takes the determiner along ("un bon côté"), so do the others ("une
// lueur d’espoir"): read side by side, they replace the same words.
static void widen_alike(cq_check_run *run, cq_hit *h)
{
    cq_str all = run->doc->text;
    uint32_t start = h->at.start, end = h->at.end;
    for (size_t i = 0; i < h->fixes.n; i++) {
        const cq_hit_fix *f = &h->fixes.v[i];
        if (!f->loose && f->start < start) start = f->start;
        if (!f->loose && f->end > end) end = f->end;
    }
    for (size_t i = 0; i < h->fixes.n; i++) {
        cq_hit_fix *f = &h->fixes.v[i];
        if (f->loose || (f->start == start && f->end == end)) continue;
        cq_str before = cq_str_sub(all, start, f->start);
        cq_str after = cq_str_sub(all, f->end, end);
        f->text = cq_strf(run->arena, "%.*s%.*s%.*s", CQ_PRI(before), CQ_PRI(f->text),
                          CQ_PRI(after));
        f->start = start;
        f->end = end;
    }
}

static bool says(cq_check_run *run, cq_str suggestion, cq_str word)
{
    cq_str rest = cq_fold(run->arena, suggestion), one;
    word = cq_fold(run->arena, word);
    while (cq_str_split(&rest, ' ', &one)) {
        if (cq_same_stem(one, word)) return true;
    }
    return false;
}

static unsigned weighty_words(cq_str text)
{
    static const char *const LIGHT[] = {"avec", "dans", "leur", "plus", "pour",
                                        "sans", "sous", "vers", "être"};
    unsigned n = 0;
    cq_str word;
    while (cq_str_split(&text, ' ', &word)) {
        bool light = word.n < CQ_STEM;
        for (size_t i = 0; i < CQ_COUNT(LIGHT); i++) light |= cq_str_is(word, LIGHT[i]);
        n += !light;
    }
    return n;
}

static bool is_weighty(const cq_passage *p, uint32_t i)
{
    cq_upos u = CQ_GET_UPOS(p->tokens[i].morph);
    return cq_token_text(p, i).n >= CQ_STEM &&
           (u == CQ_NOUN || u == CQ_PROPN || u == CQ_VERB || u == CQ_ADJ);
}

// Is a word lost that the pattern leaves open: "le fichier" where "enregistrer" is put
// for "sauver le fichier"? Then the suggestion is to be read only.
static bool loses_word(cq_check_run *run, const cq_passage *p, const cq_match *m,
                       cq_str template)
{
    unsigned stood = 0;
    if (memchr(template.p, '{', template.n)) return false;
    for (uint32_t i = m->first; i < m->last; i++) stood += is_weighty(p, i);
    bool fewer = weighty_words(template) < stood;
    for (uint32_t i = 0; i < m->parts_n; i++) {
        const cq_match_part *part = &m->parts[i];
        if (!part->open || part->first < m->first || part->last > m->last) continue;
        for (uint32_t k = part->first; k < part->last; k++) {
            if (!is_weighty(p, k) || says(run, template, cq_token_text(p, k))) continue;
            uint32_t lemma = p->tokens[k].lemma;
            if (lemma && says(run, template, cq_lexicon_form(run->lexicon, lemma)))
                continue;
            if (fewer || part->named) return true;
        }
    }
    return false;
}

// Does it ask for the form of a word, as in "{2:Mood=Sub}"?
static bool asks_form(cq_str template)
{
    cq_str rest = template, part;
    while (cq_str_split(&rest, '{', &part) && rest.p) {
        size_t colon = cq_str_find(rest, cq_str_of(":"));
        if (colon < cq_str_find(rest, cq_str_of("}"))) return true;
    }
    return false;
}

static void add_fixes(cq_check_run *run, const cq_passage *p, const cq_match *m,
                      const cq_rule_info *rule, cq_hit *h)
{
    cq_fit_place at = fit_place(m);
    cq_str found = cq_str_sub(run->doc->text, h->at.start, h->at.end);
    for (uint32_t i = 0; i < rule->suggest.n; i++) {
        cq_str template = cq_rule_text(rule->suggest, i);
        cq_str text = filled(run, p, m, rule, template);
        at.inflected = asks_form(template);
        // A word may lack the form asked for, and "{1} 3 %" may fill in what stood there.
        if (!text.n || (!at.inflected && cq_str_eq(text, found))) continue;
        if (rule->kind == CQ_RULE_REGEX || m->first == m->last) {
            cq_hit_fix_add(run, h, h->at.start, h->at.end, text);
            continue;
        }
        cq_fitted f = cq_fit(run->arena, run->lexicon, p, &at, text);
        if (cq_str_eq(f.text, found)) continue; // inflected, it is what stood there
        if (f.loose || loses_word(run, p, m, template))
            cq_hit_fix_add_loose(run, h, f.text);
        else
            cq_hit_fix_add(run, h, f.start, f.end, f.text);
    }
    widen_alike(run, h);
}

static const cq_text *texts(cq_check_run *run, cq_rule_texts t)
{
    cq_text *out = CQ_NEWN(run->arena, cq_text, t.n);
    for (uint32_t i = 0; i < t.n; i++) out[i] = cq_text_of(cq_rule_text(t, i));
    return out;
}

// One common word of the source ("officer", "politician") says little: its sentence may
// well hold it while the French means something else. An expression, or a word that the
// rule does without only at its peril, is evidence.
static bool makes_sure(const cq_check_run *run, const cq_match *m,
                       const cq_rule_info *rule)
{
    if (!m->evidence) return false;
    const cq_document *d = run->pair->doc[CQ_SIDE_SOURCE];
    cq_str there = cq_str_sub(d->text, m->source_at.start, m->source_at.end);
    return rule->needs_source || memchr(there.p, ' ', there.n);
}

static void fill_hit(cq_check_run *run, const cq_passage *p, const cq_match *m,
                     const cq_rule_info *rule, cq_hit *h)
{
    h->category = rule->category;
    h->severity = rule->severity;
    h->confidence = rule->confidence;
    if (h->confidence < CQ_HIGH && makes_sure(run, m, rule)) h->confidence++;
    h->source_at = m->source_at;
    h->priority = rule->priority;
    h->variant = m->variant;
    h->message = message_of(run, p, m, rule);
    h->advice = filled(run, p, m, rule, run->english ? rule->advice_en : rule->advice_fr);
    h->note = filled(run, p, m, rule, run->english ? rule->note_en : rule->note_fr);
    h->source = shown_source(run, rule);
    h->refs = texts(run, rule->refs);
    h->refs_n = rule->refs.n;
    add_fixes(run, p, m, rule, h);
}

void cq_pattern_run(cq_check_run *run, void *state, const cq_passage *p)
{
    pattern *s = state;
    cq_matches matches = {0};
    s->passage = p;
    cq_rules_passage(s->scan, run->scratch, p, &matches);
    for (size_t i = 0; i < matches.n; i++) {
        const cq_match *m = &matches.v[i];
        cq_rule_info rule;
        if (!cq_rule(run->rules, m->rule, &rule)) continue;
        cq_spot at = cq_spot_of_text(p, m->start, m->end);
        if (!m->pending) {
            fill_hit(run, p, m, &rule, cq_hit_add(run, rule.id, at));
        } else if (s->waiting.n < PENDING_MAX) {
            pending *w = CQ_PUSH(run->arena, &s->waiting);
            *w = (pending){{.at = at, .rule = rule.id}, m->rule};
            fill_hit(run, p, m, &rule, &w->hit);
        }
    }
}

void cq_pattern_finish(cq_check_run *run, void *state)
{
    pattern *s = state;
    for (size_t i = 0; i < s->waiting.n; i++) {
        const pending *w = &s->waiting.v[i];
        if (cq_rules_hold(s->scan, w->rule))
            *cq_hit_add(run, w->hit.rule, w->hit.at) = w->hit;
    }
    const cq_rule_limit *limits;
    size_t n = cq_rules_limits(s->scan, &limits);
    for (size_t i = 0; i < n; i++) {
        cq_rule_info rule = {0};
        cq_rule(run->rules, limits[i].rule, &rule);
        cq_diagnose(run, limits[i].code, rule.id, "%s",
                    cq_say(run, "limite atteinte : la règle n’a pas été essayée partout",
                           "limit reached: the rule was not tried everywhere"));
    }
}
