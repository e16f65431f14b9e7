// Classes of words of which a translator says the same member: a Monday is no Tuesday.
// Each row is one member: "English words|French lemmas". Words after a slash may stand
// for it as well, but say nothing alone: "may" is no month in most texts. Lower case.
// Written for this project. Included by source_classes.c alone.
#ifndef CQ_CHECKS_CLASS_WORDS_H
#define CQ_CHECKS_CLASS_WORDS_H

static const char *const WEEKDAYS[] = {
    "monday mondays / mon|lundi",
    "tuesday tuesdays / tue tues|mardi",
    "wednesday wednesdays / wed|mercredi",
    "thursday thursdays / thu thur thurs|jeudi",
    "friday fridays / fri|vendredi",
    "saturday saturdays / sat|samedi",
    "sunday sundays / sun|dimanche / dominical",
};

static const char *const MONTHS[] = {
    "january / jan|janvier",
    "february / feb|février",
    "march / mar mars|mars / marche marcher",
    "april / apr|avril",
    "/ may|mai",
    "june / jun|juin",
    "july / jul|juillet",
    "/ august aug|août",
    "september / sep sept|septembre",
    "october / oct|octobre",
    "november / nov|novembre",
    "december / dec|décembre",
};

static const char *const SEASONS[] = {
    "spring / springtime|printemps / printanier source ressort jaillir",
    "summer summers / midsummer|été / estival",
    "autumn autumnal / fall|automne / automnal",
    "winter winters / wintry midwinter|hiver / hivernal",
};

static const char *const DIRECTIONS[] = {
    "north northern / northward northwards northerly|nord / septentrional",
    "south southern / southward southwards southerly|sud / méridional midi austral",
    ("east eastern / eastward eastwards easterly|est / orient oriental moyen-orient "
     "proche-orient extrême-orient"),
    "west western / westward westwards westerly|ouest / occident occidental far-west",
};

static const char *const DIAGONALS[] = {
    "northeast northeastern north-east north-eastern|nord-est",
    "northwest northwestern north-west north-western|nord-ouest",
    "southeast southeastern south-east south-eastern|sud-est",
    "southwest southwestern south-west south-western|sud-ouest",
};

static const char *const COLOURS[] = {
    "black / dark|noir",
    "white / blank whitepaper|blanc",
    "red|rouge / roux",
    "green|vert",
    "blue|bleu",
    "yellow|jaune",
    "pink|rose",
    "purple violet|violet / pourpre mauve",
    "brown|brun marron / châtain bistre",
    "grey gray|gris",
};

static const char *const KIN[] = {
    "father fathers / dad daddy paternal|père papa / paternel",
    "mother mothers / mom moms mum mommy maternal|mère maman / maternel",
    "son sons / boy boys|fils / garçon",
    "daughter daughters / girl girls|fille / fillette",
    "brother brothers|frère / frérot",
    "sister sisters|sœur",
    "uncle uncles|oncle / tonton",
    "aunt aunts|tante",
    "nephew nephews|neveu",
    "niece nieces|nièce",
    "grandfather grandfathers grandpa granddad|grand-père",
    "grandmother grandmothers grandma granny|grand-mère",
    "grandson grandsons|petit-fils",
    "granddaughter granddaughters grand-daughter|petite-fille",
    "husband husbands|mari / époux conjoint",
    "wife wives / woman women|/ épouse femme conjointe",
    "widow widows|veuve",
    "widower widowers|veuf",
};

static const char *const RELIGIONS[] = {
    "christian christians christianity|chrétien christianisme",
    "muslim muslims islam / islamic islamist|musulman islam / islamique islamiste",
    "jew jews jewish judaism|juif judaïsme",
    "catholic catholics|catholique / catholicisme",
    "protestant protestants|protestant / protestantisme",
    "buddhist buddhists buddhism|bouddhiste bouddhisme",
    "hindu hindus hinduism|hindou hindouisme / hindouiste",
    "sunni sunnis|sunnite",
    "shia shiite shiites|chiite",
};

// A country with its people and its language. Those that are parts of another may be
// named after the whole.
static const char *const NATIONS[] = {
    "germany german germans|allemagne allemand",
    "france french|france français / hexagone",
    "italy italian italians|italie italien",
    "spain spanish spaniard spaniards|espagne espagnol",
    "portugal portuguese|portugal portugais",
    "switzerland swiss|suisse / helvétique",
    "sweden swedish swede swedes|suède suédois",
    "norway norwegian norwegians|norvège norvégien",
    "denmark danish danes|danemark danois",
    "finland finnish finns|finlande finlandais / finnois",
    "iceland icelandic|islande islandais",
    "netherlands dutch / holland|pays-bas néerlandais / hollande hollandais",
    "belgium belgian belgians|belgique belge",
    "austria austrian austrians|autriche autrichien",
    "australia australian australians|australie australien",
    "zealand|nouvelle-zélande néo-zélandais",
    "poland polish / poles|pologne polonais",
    "czech czechs|tchéquie tchèque",
    "slovakia slovak slovaks|slovaquie slovaque",
    "slovenia slovenian slovenians slovene|slovénie slovène",
    "hungary hungarian hungarians|hongrie hongrois / magyar",
    "romania romanian romanians|roumanie roumain",
    "bulgaria bulgarian bulgarians|bulgarie bulgare",
    "serbia serbian serbs|serbie serbe",
    "croatia croatian croats|croatie croate",
    "greece greek greeks|grèce grec / hellénique",
    "turkey turkish turks|turquie turc / dinde",
    "russia russian russians / soviet|russie russe / soviétique",
    "ukraine ukrainian ukrainians|ukraine ukrainien",
    "lithuania lithuanian|lituanie lituanien",
    "latvia latvian|lettonie letton",
    "estonia estonian|estonie estonien",
    "china chinese|chine chinois",
    "japan japanese|japon japonais / nippon",
    "korea korean koreans|corée coréen / sud-coréen nord-coréen",
    "india indian indians|inde indien / amérindien",
    "pakistan pakistani pakistanis|pakistan pakistanais",
    "afghanistan afghan afghans|afghanistan afghan",
    "canada canadian canadians|canada canadien",
    "mexico mexican mexicans|mexique mexicain",
    "brazil brazilian brazilians|brésil brésilien",
    "argentina argentine argentinian|argentine argentin",
    "chile chilean chileans|chili chilien",
    "colombia colombian colombians|colombie colombien",
    "venezuela venezuelan venezuelans|venezuela vénézuélien / vénézuela",
    "ireland irish|irlande irlandais",
    "scotland scottish scots|écosse écossais / britannique royaume-uni",
    "wales welsh|/ galles gallois britannique royaume-uni",
    "england english / britain british uk|angleterre anglais / anglophone britannique "
    "royaume-uni grande-bretagne",
    "britain british britons / uk u.k english england kingdom|britannique "
    "grande-bretagne royaume-uni / anglais angleterre",
    "israel israeli israelis|israël israélien",
    "palestine palestinian palestinians|palestine palestinien",
    "iraq iraqi iraqis|irak irakien / iraq iraquien",
    "iran iranian iranians|iran iranien",
    "syria syrian syrians|syrie syrien",
    "lebanon lebanese|liban libanais",
    "egypt egyptian egyptians|égypte égyptien",
    "libya libyan libyans|libye libyen",
    "tunisia tunisian tunisians|tunisie tunisien",
    "algeria algerian algerians|algérie algérien",
    "morocco moroccan moroccans|maroc marocain",
    "mali malian malians|mali malien",
    "niger nigerien|niger nigérien",
    "nigeria nigerian nigerians|nigeria nigérian / nigéria",
    "american americans / america us u.s usa u.s.a states|américain états-unis / "
    "amérique usa amérindien",
};

#endif
