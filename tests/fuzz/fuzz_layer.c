// A damaged layer of compiled rules: the input is a list of values put into a good one,
// which is then searched. Matches may be wrong; reads outside are not allowed, nor is a
// loop without end, nor a match that is not within its passage.
#include "rules/layout.h"

#include <stdlib.h>

#include "../unit/passage.h"
#include "base/utf8.h"
#include "lexicon/tagger.h"
#include "rules/compile.h"
#include "rules/fit.h"
#include "rules/match.h"

static const char PACK[] =
    "{\"pack\": \"t\", \"defaults\": {\"message\": \"m {1}\", \"severity\": \"major\",\n"
    "\"confidence\": \"high\", \"category\": \"style/unidiomatic\"},\n"
    "\"classes\": {\"hit\": [\"frapper\", \"taper\"]},\n"
    "\"topic\": {\"id\": \"chess\", \"triggers\": [\"pion\", \"échiquier\", \"dame\"]},\n"
    "\"rules\": [\n"
    "{\"id\": \"a\", \"phrase\": [\"doublure argentée\", \"changeur de DET? jeu\"],\n"
    " \"topic\": null, \"source\": [\"silver lining\"], \"suggest\": [\"bon côté\"],\n"
    " \"bad\": [\"x [x]\"], \"good\": [\"y\"]},\n"
    "{\"id\": \"b\", \"phrase\": \"se casser DET jambe\", \"topic\": null,\n"
    " \"unless\": [\"casser =la jambe\", \"[lemma='ne'] [] [upos='VERB']\"],\n"
    " \"suggest\": [\"réussir {3}\"], \"bad\": [\"[x]\"], \"good\": [\"y\"]},\n"
    "{\"id\": \"c\", \"phrase\": \"@hit ... {pion|dame|=tour} ADJ?\", \"mark\": "
    "\"1-3\",\n"
    " \"suggest\": [], \"bad\": [\"[x]\"], \"good\": [\"y\"]},\n"
    "{\"id\": \"d\", \"tokens\": \"1:[upos='DET' & Number='Sing'] [upos='ADJ']* "
    "2:[word='.*s' & !any.upos='VERB'] [lemma='de|à']? & 1.Gender!=2.Gender\",\n"
    " \"topic\": null, \"suggest\": [\"{2}\"], \"bad\": [\"[x]\"], \"good\": [\"y\"]},\n"
    "{\"id\": \"e\", \"tokens\": \"[lemma='avoir' | known='no'] []{0,3} "
    "v:[VerbForm='Part' & any.Gender='Fem']\", \"topic\": null, \"block\": "
    "[\"paragraph\"],\n"
    " \"suggest\": [], \"advice\": \"x\", \"bad\": [\"[x]\"], \"good\": [\"y\"]},\n"
    "{\"id\": \"f\", \"regex\": [\"\\\\b(\\\\d+) %\", \"l'(été|hiver) (\\\\d{4})\"],\n"
    " \"topic\": null, \"suggest\": [\"{1} pour cent\"], \"bad\": [\"[x]\"], \"good\": "
    "[\"y\"]},\n"
    "{\"id\": \"g\", \"phrase\": \"pont\", \"topic\": null, \"suggest\": [],\n"
    " \"near\": [{\"any\": [\"rivière\"], \"none\": [\"dent\"], \"within\": "
    "\"paragraph\"},\n"
    " {\"any\": [\"dame\"], \"within\": \"article\"}], \"bad\": [\"[x]\"], \"good\": "
    "[\"y\"]}]}";

static const char TEXT[] = "Des doublures argentées, et les changeurs du jeu se sont "
                           "cassé les jambes. Il a tapé "
                           "dur sur le vieux pion noir de l’échiquier, la dame aussi.\n"
                           "Le maisons a été vendue 50 % plus cher l’été 2020, ne se "
                           "casse pas la jambe au pont de "
                           "la rivière xyzzy ; frapper une tour blanche aux dents.\n";

static const uint32_t SIZE_MAX_OF_BLOB = 64u << 20;

static struct {
    cq_arena *a;
    cq_lexicon *lexicon;
    cq_passage passage;
    cq_buf good;
    unsigned char *spoilt; // a block of memory just as large: nothing lies behind it
} all;

static void must(bool ok, const cq_err *err)
{
    if (ok) return;
    fprintf(stderr, "%s\n", err->message);
    abort();
}

static void set_up(void)
{
    cq_err err = {0};
    cq_lexicon_options o = {.dictionary = "fr", .extra = SOURCE_DIR "/dictionaries/fr"};
    all.a = cq_arena_new();
    all.lexicon = cq_lexicon_open(&o, &err);
    must(all.lexicon, &err);
    cq_tagger *tagger =
        cq_tagger_open(SOURCE_DIR "/dictionaries/fr/tagger.model", all.lexicon, &err);
    must(tagger, &err);
    all.passage = passage_of(all.a, cq_str_of(TEXT), cq_tokenize_fr);
    cq_tag(tagger, NULL, &all.passage);
    cq_tagger_free(tagger);

    cq_pack pack;
    cq_problems problems = {0};
    cq_pack_parse(all.a, "t.json", cq_str_of("t"), cq_str_of(PACK), &pack, &problems);
    cq_str sha256 = cq_str_of("0");
    cq_layer_source in = {.lexicon = all.lexicon,
                          .packs = &pack,
                          .sha256 = &sha256,
                          .packs_n = 1,
                          .problems = &problems};
    cq_buf_init(&all.good, SIZE_MAX_OF_BLOB);
    must(!problems.n, problems.v);
    must(cq_layer_compile(&in, &all.good, &err), &err);
    all.spoilt = malloc(all.good.n);
    if (!all.spoilt) abort();
    memcpy(all.spoilt, all.good.p, all.good.n);
    layer_view v;
    if (!cq_layer_view(all.spoilt, all.good.n, &v) || v.n[S_PROBLEMS]) {
        fprintf(stderr, "%.*s\n",
                CQ_PRI(layer_str(&v, LAYER_AT(&v, S_PROBLEMS, problem_rec, 0)->message)));
        abort();
    }
}

static void look_at(cq_arena *a, const cq_rules *r, const cq_match *m)
{
    const cq_passage *p = &all.passage;
    if (m->start > m->end || m->end > p->doc->text.n || m->first > m->last ||
        m->last > p->n || m->whole_first > m->whole_last || m->whole_last > p->n)
        __builtin_trap();
    for (uint32_t i = 0; i < m->parts_n; i++) {
        const cq_match_part *part = &m->parts[i];
        if (part->start > part->end || part->end > p->doc->text.n || part->last > p->n)
            __builtin_trap();
    }
    cq_rule_info info;
    cq_match_find_part(r, m, cq_str_of("2"));
    cq_match_find_part(r, m, cq_str_of("v"));
    if (!cq_rule(r, m->rule, &info)) __builtin_trap();
    for (uint32_t i = 0; i < info.suggest.n && i < 4 && m->first < m->last; i++) {
        cq_fit_place place = {.first = m->first,
                              .last = m->last,
                              .head = m->first,
                              .reading =
                                  m->parts_n ? m->parts[0].reading : (cq_reading){0}};
        cq_str suggestion = cq_rule_text(info.suggest, i);
        if (suggestion.n < 100 && cq_utf8_invalid(suggestion) == SIZE_MAX)
            cq_fit(a, all.lexicon, p, &place, suggestion);
    }
}

static cq_english_behind stands(void *english, cq_str expression, uint32_t start,
                                uint32_t end, cq_span *at)
{
    (void)english, (void)start, (void)end;
    *at = (cq_span){0, 1};
    return expression.n % 2 ? CQ_ENGLISH_THERE : CQ_ENGLISH_ELSE;
}

static void search(const unsigned char *blob, size_t n)
{
    cq_arena *a = cq_arena_new();
    cq_layer layer = {0};
    if (cq_layer_view(blob, n, &layer.v)) {
        layer.regexes = CQ_NEWN(a, cq_regex, layer.v.n[S_REGEXES] + 1);
        cq_rules r = {.arena = a,
                      .lexicon = all.lexicon,
                      .layers = &layer,
                      .layers_n = 1,
                      .rules_n = layer.v.n[S_RULES]};
        cq_scan_options o = {.stands = stands};
        cq_rules_scan *scan = cq_rules_begin(&r, a, &o);
        cq_matches m = {0};
        cq_rules_passage(scan, a, &all.passage, &m);
        for (size_t i = 0; i < m.n && i < 100; i++) {
            look_at(a, &r, &m.v[i]);
            cq_rules_hold(scan, m.v[i].rule);
        }
        cq_rule_find(&r, cq_str_of("t/b"));
        for (uint32_t k = 0; k < layer.v.n[S_REGEXES]; k++)
            cq_regex_free(&layer.regexes[k]);
    }
    cq_arena_free(a);
}

// Eight bytes: a section (the last: the header), an offset in it, a value of four bytes.
// In the forms' section the offset chooses one of the text's forms.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    enum { ENTRY = 8 };
    if (!all.a) set_up();
    const layer_header *h = (const layer_header *)all.good.p;
    for (size_t i = 0; i + ENTRY <= n; i += ENTRY) {
        unsigned s = bytes[i] % (SECTIONS + 1);
        size_t at = 0, size = sizeof *h;
        if (s < SECTIONS) {
            at = h->sections[s].at;
            size = h->sections[s].n;
        }
        size_t offset =
            (size_t)bytes[i + 1] | (size_t)bytes[i + 2] << 8 | (size_t)bytes[i + 3] << 16;
        if (s == S_FORMS)
            offset = sizeof(form_block) *
                     (all.passage.tokens[offset % all.passage.n].form / 64);
        if (size < 4) continue;
        memcpy(all.spoilt + at + offset % (size - 3), bytes + i + 4, 4);
    }
    // Cut short, in a block of its own: a sanitizer sees the least step behind it.
    size_t kept = n % ENTRY ? all.good.n * bytes[n - 1] / 256 : all.good.n;
    if (kept < all.good.n) {
        unsigned char *cut = malloc(kept + 1);
        if (!cut) abort();
        memcpy(cut, all.spoilt, kept);
        search(cut, kept);
        free(cut);
    } else {
        search(all.spoilt, all.good.n);
    }
    for (size_t i = 0; i + ENTRY <= n; i += ENTRY) { // as it was
        unsigned s = bytes[i] % (SECTIONS + 1);
        size_t at = s < SECTIONS ? h->sections[s].at : 0;
        size_t size = s < SECTIONS ? h->sections[s].n : sizeof *h;
        memcpy(all.spoilt + at, all.good.p + at, size);
    }
    return 0;
}
