// Reads treebanks, and breaks agreement in copies of them.
#include "treebank.h"

#include "base/file.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { TREEBANK_MAX = 256 << 20 };

static void flags_of_case(cq_token *k, cq_str s)
{
    size_t letters = 0, capitals = 0;
    bool mixed = false, small = false;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = cq_utf8_next(s, &i);
        if (cq_is_number(c)) k->flags |= CQ_TOKEN_DIGITS;
        if (!cq_is_letter(c)) continue;
        bool upper = cq_is_upper(c);
        if (!letters && upper) k->flags |= CQ_TOKEN_CAPITAL;
        if (upper && small) mixed = true;
        small = !upper;
        letters++;
        capitals += upper;
    }
    if (mixed) k->flags |= CQ_TOKEN_MIXED;
    if (letters > 1 && capitals == letters) k->flags |= CQ_TOKEN_UPPER;
}

static cq_token_kind kind_of(cq_str s, cq_upos u)
{
    if (u == CQ_PUNCT) return CQ_TOKEN_PUNCT;
    bool letter = false;
    for (size_t i = 0; i < s.n;) letter = cq_is_letter(cq_utf8_next(s, &i)) || letter;
    if (cq_is_digit(s.p[0])) return CQ_TOKEN_NUMBER;
    return letter ? CQ_TOKEN_WORD : CQ_TOKEN_SYMBOL;
}

// The features of a row that the tagger knows; the others are the treebank's own.
static uint32_t morph_of(cq_str upos, cq_str feats)
{
    uint32_t m = cq_upos_find(upos), one;
    cq_str pair;
    while (m && !cq_str_is(feats, "_") && cq_str_split(&feats, '|', &pair)) {
        if (cq_morph_parse(upos, pair, &one)) m |= one;
    }
    return m;
}

static cq_relation relation_of(cq_str name)
{
    static const struct {
        const char *name;
        cq_relation relation;
    } OTHERS[] = {
        {"aux:pass", CQ_REL_PASSIVE}, {"acl:relcl", CQ_REL_RELCL},
        {"csubj", CQ_REL_NSUBJ},      {"iobj", CQ_REL_OBJ},
        {"fixed", CQ_REL_FLAT},       {"compound", CQ_REL_FLAT},
        {"dislocated", CQ_REL_OBL},
    };
    size_t colon = cq_str_find(name, cq_str_of(":"));
    for (int whole = 1; whole >= 0; whole--) {
        cq_str n = whole ? name : cq_str_sub(name, 0, colon);
        for (size_t i = 0; i < CQ_COUNT(OTHERS); i++) {
            if (cq_str_is(n, OTHERS[i].name)) return OTHERS[i].relation;
        }
        for (unsigned r = 0; r < CQ_REL_N; r++) {
            if (cq_str_is(n, cq_relation_name((cq_relation)r))) return (cq_relation)r;
        }
    }
    return CQ_REL_DEP;
}

static void add_token(cq_arena *a, treebank *b, cq_str form, treebank_gold gold)
{
    uint32_t morph = gold.morph;
    if (b->text.n) *CQ_PUSH(a, &b->text) = ' ';
    cq_token *k = CQ_PUSH(a, &b->tokens);
    *k = (cq_token){.start = (uint32_t)b->text.n};
    for (size_t i = 0; i < form.n; i++) *CQ_PUSH(a, &b->text) = form.p[i];
    k->end = (uint32_t)b->text.n;
    k->kind = (uint8_t)kind_of(form, CQ_GET_UPOS(morph));
    k->sentence = (uint32_t)b->sentences.n;
    flags_of_case(k, form);
    if (form.n > 1 && form.p[0] == '-' && k->kind == CQ_TOKEN_WORD) {
        k->flags |= CQ_TOKEN_INVERTED;
    }
    *CQ_PUSH(a, &b->gold) = gold;
}

static void end_sentence(cq_arena *a, treebank *b, size_t *first)
{
    if (b->tokens.n == *first) return;
    for (size_t i = *first; i < b->tokens.n; i++) {
        if (b->tokens.v[i].kind != CQ_TOKEN_WORD) continue;
        b->tokens.v[i].flags |= CQ_TOKEN_FIRST;
        break;
    }
    *CQ_PUSH(a, &b->sentences) =
        (cq_sentence){(uint32_t)*first, (uint32_t)b->tokens.n, 0};
    *first = b->tokens.n;
}

// A row's word, or the contraction that it is a part of, by the row's number; 0: the
// root.
typedef CQ_VEC(uint32_t) numbering;

// Heads are rows of the sentence at first: here they become tokens.
static void end_heads(treebank *b, size_t first, const numbering *tokens)
{
    for (size_t i = first; i < b->gold.n; i++) {
        uint32_t row = b->gold.v[i].head;
        b->gold.v[i].head = row && row < tokens->n ? tokens->v[row] : CQ_NO_HEAD;
    }
}

// Columns: ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL ...
enum { ID, FORM, LEMMA, UPOS, FEATS = 5, HEAD, DEPREL, COLUMNS };

static treebank_gold gold_of(const cq_str *column)
{
    treebank_gold g = {.morph = morph_of(column[UPOS], column[FEATS])};
    g.scored = g.morph != 0;
    g.lemma = column[LEMMA];
    g.head = (uint32_t)strtoul(column[HEAD].p, NULL, 10);
    g.relation = relation_of(column[DEPREL]);
    return g;
}

bool treebank_read(cq_arena *a, const char *path, treebank *b, cq_err *err)
{
    cq_str rest, line;
    if (!cq_file_read(a, path, TREEBANK_MAX, &rest, err)) return false;
    size_t first = b->tokens.n;
    unsigned number = 0;
    cq_str joined = {"", 0};
    unsigned long until = 0;
    treebank_gold pending = {0};
    numbering tokens = {0};
    while (cq_str_split(&rest, '\n', &line)) {
        number++;
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (!line.n) {
            end_heads(b, first, &tokens);
            end_sentence(a, b, &first);
            tokens.n = 0;
        }
        if (!line.n || line.p[0] == '#') continue;
        cq_str column[COLUMNS];
        size_t n = 0;
        while (n < COLUMNS && cq_str_split(&line, '\t', &column[n])) n++;
        if (n < COLUMNS)
            return cq_fail(err, CQ_ESYNTAX, path, number, "not a row of CoNLL-U");
        size_t dash = cq_str_find(column[ID], cq_str_of("-"));
        if (dash != SIZE_MAX) {
            joined = column[FORM];
            until = strtoul(column[ID].p + dash + 1, NULL, 10);
            pending.morph = 0;
            continue;
        }
        if (cq_str_find(column[ID], cq_str_of(".")) != SIZE_MAX) continue;
        if (!tokens.n) *CQ_PUSH(a, &tokens) = CQ_NO_HEAD;
        *CQ_PUSH(a, &tokens) = (uint32_t)b->tokens.n;
        treebank_gold g = gold_of(column);
        if (!until) {
            add_token(a, b, column[FORM], g);
            continue;
        }
        // The parts of a contraction: ADP, then what carries gender and number.
        if (!pending.morph) pending = g;
        if (strtoul(column[ID].p, NULL, 10) < until) continue;
        bool article = CQ_GET_UPOS(g.morph) == CQ_DET;
        g.scored = CQ_GET_UPOS(pending.morph) == CQ_ADP;
        if (article) {
            g.morph = (g.morph & ~31u) | CQ_ADP | 1u << CQ_M_CONTRACTED;
            g.relation = CQ_REL_CASE;
        }
        add_token(a, b, joined, g);
        until = 0;
    }
    end_heads(b, first, &tokens);
    end_sentence(a, b, &first);
    b->doc.text = (cq_str){b->text.v, b->text.n};
    b->p =
        (cq_passage){&b->doc, b->tokens.v, b->tokens.n, b->sentences.v, b->sentences.n};
    return true;
}

uint64_t treebank_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

void treebank_shuffle(uint32_t *order, size_t n, uint64_t *random)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = treebank_random(random) % i;
        uint32_t swap = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swap;
    }
}

// A form of the same word of the other number or gender; {0}: leave it.
static cq_str garbled(const cq_lexicon *l, cq_str form, const treebank_gold *g,
                      uint64_t *random, uint32_t *morph)
{
    enum { ONE_IN = 7 };
    unsigned upos = CQ_GET_UPOS(g->morph), verb = CQ_GET_VERBFORM(g->morph);
    bool finite = verb == CQ_FIN;
    bool nominal = upos == CQ_DET || upos == CQ_ADJ || upos == CQ_NOUN ||
                   (verb == CQ_PART_FORM && CQ_GET_TENSE(g->morph) != CQ_PRES);
    uint64_t dice = treebank_random(random) >> 20;
    if ((!nominal && !finite) || dice % ONE_IN || cq_is_upper((unsigned char)form.p[0]))
        return (cq_str){0};
    uint32_t lemma = cq_lexicon_find(l, g->lemma);
    uint32_t want = g->morph & ~(7u << CQ_M_PRONTYPE | 3u << CQ_M_DEFINITE);
    bool gender = nominal && upos != CQ_NOUN && dice / ONE_IN % 2;
    unsigned field = gender ? CQ_M_GENDER : CQ_M_NUMBER;
    if (!CQ_MORPH(want, field, 2)) return (cq_str){0};
    want ^= 3u << field;
    uint32_t id = lemma ? cq_lexicon_inflect(l, lemma, want) : 0;
    cq_str other = cq_lexicon_form(l, id);
    if (!id || cq_str_eq(other, form)) return (cq_str){0};
    *morph = g->morph ^ 3u << field;
    return other;
}

void treebank_garble(cq_arena *a, const treebank *from, const cq_lexicon *l,
                     uint64_t *random, treebank *to)
{
    for (size_t k = 0; k < from->p.sentences_n; k++) {
        const cq_sentence *s = &from->p.sentences[k];
        size_t first = to->tokens.n;
        for (size_t i = s->first; i < s->last; i++) {
            treebank_gold g = from->gold.v[i];
            cq_str form = cq_token_text(&from->p, i);
            cq_str other = garbled(l, form, &g, random, &g.morph);
            if (g.head != CQ_NO_HEAD) g.head = g.head - s->first + (uint32_t)first;
            add_token(a, to, other.n ? other : form, g);
        }
        end_sentence(a, to, &first);
    }
    to->doc.text = (cq_str){to->text.v, to->text.n};
    to->p = (cq_passage){&to->doc, to->tokens.v, to->tokens.n, to->sentences.v,
                         to->sentences.n};
}
