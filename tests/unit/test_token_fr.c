// French tokens: what is one, what is cut, and what each says of itself.
#include "passage.h"
#include "text/abbreviations.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
// cmocka needs the headers above
#include <cmocka.h>

typedef struct {
    const char *why, *in, *want;
} row;

static void check(const row *rows, size_t n, unsigned flag)
{
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < n; i++) {
        cq_passage p = passage_of(a, cq_str_of(rows[i].in), cq_tokenize_fr);
        const char *got = joined(a, &p, flag);
        if (strcmp(got, rows[i].want) != 0) fail_msg("%s: got %s", rows[i].why, got);
    }
    cq_arena_free(a);
}

static const row ELISION[] = {
    {"article", "l’industrie", "l’|industrie"},
    {"both apostrophes are one", "l'industrie", "l'|industrie"},
    {"the modifier letter too", "lʼindustrie", "lʼ|industrie"},
    {"every one-letter clitic", "c'est d'un j'ai m'a n'a s'y t'en",
     "c'|est|d'|un|j'|ai|m'|a|n'|a|s'|y|t'|en"},
    {"conjunctions", "qu’il jusqu’ici lorsqu’on puisqu’elle quoiqu’il",
     "qu’|il|jusqu’|ici|lorsqu’|on|puisqu’|elle|quoiqu’|il"},
    {"capitals", "L’Europe QU’ON D’ABORD", "L’|Europe|QU’|ON|D’|ABORD"},
    {"before a number", "l’11 septembre", "l’|11|septembre"},
    {"before a quotation", "l’« oasis »", "l’|«|oasis|»"},
    {"two in a row", "s’il n’y a qu’l’eau", "s’|il|n’|y|a|qu’|l’|eau"},
    {"words that keep it", "aujourd’hui quelqu’un presqu’île prud’homme entr’ouvert",
     "aujourd’hui|quelqu’un|presqu’île|prud’homme|entr’ouvert"},
    {"fixed phrase of UD", "c’est-à-dire", "c’est-à-dire"},
    {"but not its beginning alone", "c’est à dire", "c’|est|à|dire"},
    {"Irish and African names", "O’Brien N’Djamena M’Bappé", "O’Brien|N’Djamena|M’Bappé"},
    {"a brand", "L’Oréal recrute", "L’Oréal|recrute"},
    {"not every L’ is that brand", "L’Oréalienne", "L’|Oréalienne"},
    {"a country", "Côte d’Ivoire", "Côte|d’|Ivoire"},
    {"within a compound", "main-d’œuvre chef-d’œuvre Villeneuve-d’Ascq",
     "main-d’œuvre|chef-d’œuvre|Villeneuve-d’Ascq"},
    {"English within French", "rock’n’roll Apple’s don’t", "rock’n’roll|Apple’s|don’t"},
    {"glued words are cut behind the apostrophe", "conducteursl’industrie",
     "conducteursl’|industrie"},
    {"glued with que", "ainsiqu’elle", "ainsiqu’|elle"},
    {"a quoted letter is no elision", "la lettre 'l' muette", "la|lettre|'|l|'|muette"},
    {"a trailing apostrophe is a mark", "les amis' voix", "les|amis|'|voix"},
};

static const row HYPHENS[] = {
    {"subject", "dit-il viennent-elles peut-on", "dit|-il|viennent|-elles|peut|-on"},
    {"euphonic t", "a-t-il va-t-elle parle-t-on", "a|-t-il|va|-t-elle|parle|-t-on"},
    {"t with a wrong apostrophe", "a-t’il", "a|-t’il"},
    {"first and second person", "puis-je vas-tu allons-nous êtes-vous est-ce",
     "puis|-je|vas|-tu|allons|-nous|êtes|-vous|est|-ce"},
    {"before an apostrophe", "a-t-il' dit", "a|-t-il|'|dit"},
    {"after an elision", "qu’est-ce qu’a-t-il m’a-t-on",
     "qu’|est|-ce|qu’|a|-t-il|m’|a|-t-on"},
    {"objects", "donne-le-moi dites-leur vas-y prends-en",
     "donne|-le|-moi|dites|-leur|vas|-y|prends|-en"},
    {"elided object", "donne-m’en va-t’en", "donne|-m’|en|va|-t’|en"},
    {"at the start of a sentence", "Est-il là ? Donne-moi cela.",
     "Est|-il|là|? / Donne|-moi|cela|."},
    {"in capitals", "EST-IL PRÊT", "EST|-IL|PRÊT"},
    {"the no-break hyphen", "dit‑il", "dit|‑il"},
    {"deictic after a noun", "ce jour-là cette fois-ci", "ce|jour|-là|cette|fois|-ci"},
    {"but not in pronouns", "celui-ci ceux-là Celle-ci", "celui-ci|ceux-là|Celle-ci"},
    {"deictic after a compound", "ce week-end-là", "ce|week-end|-là"},
    {"nouns and adverbs that look alike", "un rendez-vous au-delà jusque-là garde-à-vous",
     "un|rendez-vous|au-delà|jusque-là|garde-à-vous"},
    {"compounds", "semi-conducteurs États-Unis peut-être lui-même porte-parole",
     "semi-conducteurs|États-Unis|peut-être|lui-même|porte-parole"},
    {"a name in -il", "de Kim Jong-il hier", "de|Kim|Jong-il|hier"},
    {"a place in -le-", "à Bar-le-Duc et Bourg-la-Reine",
     "à|Bar-le-Duc|et|Bourg-la-Reine"},
    {"no verb, no inversion", "un add-on hands-on", "un|add-on|hands-on"},
    {"open hyphen", "les franco- et germanophones", "les|franco|-|et|germanophones"},
};

static const row POINTS[] = {
    {"titles", "M. Dupont et Mme Durand, Dr. House",
     "M.|Dupont|et|Mme|Durand|,|Dr.|House"},
    {"a title before a small letter", "M. le maire", "M.|le|maire"},
    {"etc. within", "du riz, etc., puis", "du|riz|,|etc.|,|puis"},
    {"etc. ends before a capital", "du riz, etc. Puis il", "du|riz|,|etc. / Puis|il"},
    {"p. ex. and p. 12", "p. ex. la p. 12", "p.|ex.|la|p.|12"},
    {"a word unless a number follows", "C’est de l’art. Il aime l’art. 5",
     "C’|est|de|l’|art|. / Il|aime|l’|art.|5"},
    {"Roman numerals are numbers", "Revue, vol. XII", "Revue|,|vol.|XII"},
    {"initials", "J. Dupont et J.-P. Martin, R.E.M.",
     "J.|Dupont|et|J.-P.|Martin|,|R.E.M."},
    {"no initial before a function word", "la vitamine C. Elle aide",
     "la|vitamine|C|. / Elle|aide"},
    {"acronym before a name goes on", "aux U.S. Marines", "aux|U.S.|Marines"},
    {"acronym before a function word ends", "aux U.S. Les autres",
     "aux|U.S. / Les|autres"},
    {"before Christ", "en 52 av. J.-C. les Gaulois", "en|52|av.|J.-C.|les|Gaulois"},
    {"that is to say", "c.-à-d. lui", "c.-à-d.|lui"},
    {"inclusive writing", "les étudiant.e.s et étudiant·e·s",
     "les|étudiant.e.s|et|étudiant·e·s"},
    {"a full stop", "fini.", "fini|."},
    {"a lost space", "fini.Puis il", "fini|. / Puis|il"},
    {"a lost space before a small letter", "fini.puis il", "fini|.|puis|il"},
};

static const row NUMBERS[] = {
    {"groups by any space", "25 000 1 234 567 10 000", "25 000|1 234 567|10 000"},
    {"a year is no group", "en 2024 300 voix", "en|2024|300|voix"},
    {"decimals", "3,5 3.5 1.200,50 1 200,5", "3,5|3.5|1.200,50|1 200,5"},
    {"sign", "-5 °C, +14, −3", "-5|°C|,|+14|,|−3"},
    {"ordinals", "1er 2e 3ème 21ᵉ 1re", "1er|2e|3ème|21ᵉ|1re"},
    {"times", "10 h 30, 20h45, 7h", "10|h|30|,|20h45|,|7h"},
    {"dates and ranges", "2006-08-07 23/12/2006 1971-72",
     "2006-08-07|23/12/2006|1971-72"},
    {"units and currencies", "12% 12 % €20 $5 5km 3,5kg",
     "12|%|12|%|€|20|$|5|5km|3,5|kg"},
    {"end of a sentence", "en 2024. Il", "en|2024|. / Il"},
    {"enumeration with spaces", "1, 2, 3", "1|,|2|,|3"},
    {"number sign", "n° 5 et N°7", "n°|5|et|N°|7"},
    {"letters and digits", "la 5G du H100, 4-temps, CO₂ en m²",
     "la|5G|du|H100|,|4-temps|,|CO₂|en|m²"},
    {"numbered item is one sentence", "1. Introduction au sujet",
     "1|.|Introduction|au|sujet"},
};

static const row ADDRESSES[] = {
    {"host that begins with digits", "sur 42mag.fr. Il", "sur|42mag.fr|. / Il"},
    {"URL and the sentence's marks", "(voir https://a.example/b_c?d=1#e).",
     "(|voir|https://a.example/b_c?d=1#e|)|."},
    {"URL with brackets of its own", "https://a.example/x_(y) fin",
     "https://a.example/x_(y)|fin"},
    {"URL in guillemets", "«https://a.example/é»", "«|https://a.example/é|»"},
    {"www", "www.exemple.test/a, puis", "www.exemple.test/a|,|puis"},
    {"e-mail", "jean.dupont-x@exemple.fr, moi@ici.fr.",
     "jean.dupont-x@exemple.fr|,|moi@ici.fr|."},
    {"hashtag and mention", "#IA_Europe @calque_fr !", "#IA_Europe|@calque_fr|!"},
    {"file names", "main.py photo.JPG 10.JPG rapport-2.pdf",
     "main.py|photo.JPG|10.JPG|rapport-2.pdf"},
    {"identifiers", "la variable max_len_2 ici", "la|variable|max_len_2|ici"},
    {"programming languages", "C++, C# et F#", "C++|,|C#|et|F#"},
    {"ampersand", "R&D chez AT&T, Dupont & fils", "R&D|chez|AT&T|,|Dupont|&|fils"},
    {"slash", "et/ou à 50 km/h", "et|/|ou|à|50|km/h"},
};

static const row MARKS[] = {
    {"ellipses", "Non... oui… euh..", "Non|...|oui|…|euh|.."},
    {"one mark each", "Quoi ?! Ah !!", "Quoi|?|! / Ah|!|!"},
    {"dashes", "a -- b – c — d", "a|--|b|–|c|—|d"},
    {"ASCII guillemets", "<<oui>> 3 < 4", "<<|oui|>>|3|<|4"},
    {"pictographs stay whole", "bravo 👍🏽 🇫🇷🇧🇪 👩‍💻!",
     "bravo|👍🏽|🇫🇷|🇧🇪|👩‍💻|!"},
    {"soft hyphens are left out of the text", "pre\u00admier", "premier"},
    {"other scripts", "Москва et 東京", "Москва|et|東京"},
    {"controls are not blank", "a\x01 b", "a|\x01|b"},
};

static void test_cuts(void **state)
{
    (void)state;
    check(ELISION, CQ_COUNT(ELISION), 0);
    check(HYPHENS, CQ_COUNT(HYPHENS), 0);
    check(POINTS, CQ_COUNT(POINTS), 0);
    check(NUMBERS, CQ_COUNT(NUMBERS), 0);
    check(ADDRESSES, CQ_COUNT(ADDRESSES), 0);
    check(MARKS, CQ_COUNT(MARKS), 0);
}

static const struct {
    const char *name;
    unsigned flag;
    row row;
} FLAGS[] = {
    {"space",
     CQ_TOKEN_SPACE,
     {"after blanks and at the start", "l’eau (et) dit-il", "l’|(|dit"}},
    {"nbsp", CQ_TOKEN_NBSP, {"both no-break spaces", "a\u00a0; b\u202f! c ?", ";|!"}},
    {"elided", CQ_TOKEN_ELIDED, {"only what was cut", "l’eau d’aujourd’hui", "l’|d’"}},
    {"inverted", CQ_TOKEN_INVERTED, {"pronouns", "a-t-il dit -il", "-t-il"}},
    {"first",
     CQ_TOKEN_FIRST,
     {"first word, past marks", "« Oui », dit-il. — 3 fois.", "Oui|fois"}},
    {"last", CQ_TOKEN_LAST, {"with its closing marks", "« Oui. » Bon", "»|Bon"}},
    {"capital",
     CQ_TOKEN_CAPITAL,
     {"accents too", "Élan élan iPhone NATO Œuvre", "Élan|NATO|Œuvre"}},
    {"upper",
     CQ_TOKEN_UPPER,
     {"two letters or more", "ONU À SNCF G20 H100 A-B Ab", "ONU|SNCF|A-B"}},
    {"mixed",
     CQ_TOKEN_MIXED,
     {"a capital within", "iPhone DeepSeek Jean-Paul VIIe McDo", "iPhone|DeepSeek|McDo"}},
    {"digits", CQ_TOKEN_DIGITS, {"words only", "H100 5G 1er 20h45 3", "H100|5G"}},
    {"name",
     CQ_TOKEN_NAME,
     {"an apostrophe between capitals", "L’Oréal AUJOURD’HUI O’Brien Aujourd’hui L’Eau",
      "L’Oréal|O’Brien"}},
    {"abbreviation",
     CQ_TOKEN_ABBREVIATION,
     {"with their points", "M. X. et J.-C. etc.", "M.|J.-C.|etc."}},
};

static void test_flags(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_COUNT(FLAGS); i++) check(&FLAGS[i].row, 1, FLAGS[i].flag);
}

static const row QUOTED[] = {
    {"guillemets", "Il dit : « Non, merci » et part.", "Non|,|merci"},
    {"English and German", "“a b” c „d e“ f", "a|b|d|e"},
    {"German turned outwards", "so »a b« c", "a|b"},
    {"straight", "dit \"a b\" puis \"c\".", "a|b|c"},
    {"single, paired", "dit ‘un deux’ puis 'trois six' fin", "un|deux|trois|six"},
    {"an apostrophe is no quotation", "l’eau d’ici et l'air", ""},
    {"a lone single mark neither", "les amis' voix 'douces", ""},
    {"nested", "« a “b” c » d", "a|“|b|”|c"},
    {"never closed: to the end of the block", "x « a b.\nc d", "a|b|."},
    {"never opened: from its start", "a b » dit-il", "a|b"},
    {"a lost closing mark does not turn all round", "\"a b \"c\" d", "a|b|\"|c|\"|d"},
    {"a mark after a number may be inches", "un écran de 15\" plat", ""},
    {"opening mark typed for a closing one", "« a b «, dit-il. « c. «", "a|b|c|."},
    {"closing mark alone after another pair", "« a » b » c", "a"},
};

static void test_quoted(void **state)
{
    (void)state;
    check(QUOTED, CQ_COUNT(QUOTED), CQ_TOKEN_QUOTED);
}

static const row SENTENCES[] = {
    {"points", "Il va. Elle vient.", "Il|va|. / Elle|vient|."},
    {"small letter goes on", "Il va... puis vient. Bon", "Il|va|...|puis|vient|. / Bon"},
    {"space before the mark", "Qui ? Moi ! Bon.", "Qui|? / Moi|! / Bon|."},
    {"question within", "« Qui ? » demanda-t-il. Rien.",
     "«|Qui|?|»|demanda|-t-il|. / Rien|."},
    {"closing guillemet stays", "« Il va. » Elle vient.", "«|Il|va|.|» / Elle|vient|."},
    {"straight marks by their spaces", "\"Il va.\" \"Bon.\"",
     "\"|Il|va|.|\" / \"|Bon|.|\""},
    {"dialogue", "Bon. — Oui. – Non.", "Bon|. / —|Oui|. / –|Non|."},
    {"bracket", "(Il va.) Elle vient.", "(|Il|va|.|) / Elle|vient|."},
    {"number next", "Il va. 300 viennent.", "Il|va|. / 300|viennent|."},
    {"decimal point", "Il a 3.5 points.", "Il|a|3.5|points|."},
    {"colon and semicolon do not end", "Bon : Il va ; Elle", "Bon|:|Il|va|;|Elle"},
    {"a block ends one", "Un titre\nUn autre", "Un|titre / Un|autre"},
    {"accented capital", "Il va. Être là.", "Il|va|. / Être|là|."},
    {"brand in small letters", "Il va. iPhone et iPad.", "Il|va|. / iPhone|et|iPad|."},
};

static void test_sentences(void **state)
{
    (void)state;
    check(SENTENCES, CQ_COUNT(SENTENCES), 0);
}

static void test_kinds_and_marks(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        cq_token_kind kind;
        cq_mark mark;
    } KINDS[] = {
        {"mot", CQ_TOKEN_WORD, CQ_MARK_NONE},
        {"XXIe", CQ_TOKEN_WORD, CQ_MARK_NONE},
        {"25 000", CQ_TOKEN_NUMBER, CQ_MARK_NONE},
        {"2e", CQ_TOKEN_NUMBER, CQ_MARK_NONE},
        {"%", CQ_TOKEN_SYMBOL, CQ_MARK_NONE},
        {"€", CQ_TOKEN_SYMBOL, CQ_MARK_NONE},
        {"42mag.fr", CQ_TOKEN_URL, CQ_MARK_NONE},
        {"«", CQ_TOKEN_PUNCT, CQ_MARK_QUOTE},
        {"…", CQ_TOKEN_PUNCT, CQ_MARK_ELLIPSIS},
        {"...", CQ_TOKEN_PUNCT, CQ_MARK_ELLIPSIS},
        {"—", CQ_TOKEN_PUNCT, CQ_MARK_DASH},
        {"[", CQ_TOKEN_PUNCT, CQ_MARK_OPEN},
        {";", CQ_TOKEN_PUNCT, CQ_MARK_SEMICOLON},
        {"etc.", CQ_TOKEN_WORD, CQ_MARK_FINISHES},
    };
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(KINDS); i++) {
        cq_passage p = passage_of(a, cq_str_of(KINDS[i].in), cq_tokenize_fr);
        if (p.n != 1 || p.tokens[0].kind != KINDS[i].kind ||
            p.tokens[0].mark != KINDS[i].mark) {
            fail_msg("%s: %zu tokens, kind %d, mark %d", KINDS[i].in, p.n,
                     p.n ? p.tokens[0].kind : -1, p.n ? p.tokens[0].mark : -1);
        }
    }
    cq_arena_free(a);
}

static void test_words_to_look_up(void **state)
{
    (void)state;
    static const char *const ROWS[][2] = {
        {"-il", "il"},   {"-t-il", "il"}, {"-t’il", "il"}, {"‑t‑elle", "elle"},
        {"-toi", "toi"}, {"-là", "là"},   {"-t’", "t’"},   {"-T-ON", "ON"},
    };
    cq_arena *a = cq_arena_new();
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_document d = {.text = cq_strf(a, "%s\n", ROWS[i][0])};
        cq_token t = {.end = (uint32_t)strlen(ROWS[i][0]), .flags = CQ_TOKEN_INVERTED};
        cq_passage p = {.doc = &d, .tokens = &t, .n = 1};
        if (!cq_str_is(cq_token_word(&p, 0), ROWS[i][1])) fail_msg("%s", ROWS[i][0]);
        t.flags = 0;
        assert_true(cq_str_is(cq_token_word(&p, 0), ROWS[i][0]));
    }
    cq_arena_free(a);
}

static void test_skipped_blocks_give_nothing(void **state)
{
    (void)state;
    cq_arena *a = cq_arena_new();
    cq_passage p = passage_of(a, cq_str_of("un\ndeux\ntrois"), cq_tokenize_fr);
    cq_document *d = (cq_document *)p.doc;
    d->blocks.v[1].skip = CQ_SKIP_FURNITURE;
    cq_tokenize_fr(a, d, 0, d->blocks.n, &p);
    assert_string_equal(joined(a, &p, 0), "un / trois");
    assert_int_equal(p.sentences[1].block, 2);
    cq_tokenize_fr(a, d, 1, 2, &p);
    assert_int_equal(p.n, 0);
    cq_arena_free(a);
}

// Half a megabyte of what could be read again and again: done at once, or, were it
// quadratic, not within the time a test has.
static void test_hostile_input(void **state)
{
    (void)state;
    static const char *const PIECES[] = {
        "Aa.",    "a.",     "A.B.c", "a-",      "a'",     "l'",   "a_", "a@",
        "1,",     "1 000",  "a-il",  "« ",      "\"a",    "'a ",  "(",  ". (",
        "etc. )", "….",     "a:/",   "http://", ".*",     "1.",   "-",  "J. ",
        "👍",      "\u0301", "a.e",   "www.",    "Aa.fr.", "A. («"};
    enum { BYTES = 512 << 10 };
    for (size_t i = 0; i < CQ_COUNT(PIECES); i++) {
        cq_arena *a = cq_arena_new();
        char *text = cq_alloc(a, BYTES);
        size_t n = 0, piece = strlen(PIECES[i]);
        for (; n + piece <= BYTES; n += piece) memcpy(text + n, PIECES[i], piece);
        cq_passage p = passage_of(a, (cq_str){text, n}, cq_tokenize_fr);
        assert_true(p.n > 0);
        p = passage_of(a, (cq_str){text, n}, cq_tokenize_en);
        assert_true(p.n > 0);
        cq_arena_free(a);
    }
}

static void test_abbreviations_are_sorted(void **state)
{
    (void)state;
    for (size_t i = 0; i < CQ_ABBREVIATIONS_FR_N; i++) {
        const char *text = CQ_ABBREVIATIONS_FR[i].text;
        if (i && strcmp(CQ_ABBREVIATIONS_FR[i - 1].text, text) >= 0) fail_msg("%s", text);
        assert_true(strlen(text) <= CQ_ABBREVIATION_MAX);
    }
    for (size_t i = 0; i < CQ_ABBREVIATIONS_EN_N; i++) {
        const char *text = CQ_ABBREVIATIONS_EN[i].text;
        if (i && strcmp(CQ_ABBREVIATIONS_EN[i - 1].text, text) >= 0) fail_msg("%s", text);
        assert_true(strlen(text) <= CQ_ABBREVIATION_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_quoted),
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_kinds_and_marks),
        cmocka_unit_test(test_words_to_look_up),
        cmocka_unit_test(test_skipped_blocks_give_nothing),
        cmocka_unit_test(test_hostile_input),
        cmocka_unit_test(test_abbreviations_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
