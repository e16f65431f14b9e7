#!/usr/bin/env python3
"""Rebuilds exonyms.json: English names of places that have a French form.

usage: exonyms.py > exonyms.json        needs npm and tar

Countries and cities are facts of CLDR (Unicode-3.0), from the npm packages below; regions, states, seas and rivers, and
what is left out because it is also a first name or good French, are listed here.
"""
import json
import pathlib
import re
import subprocess
import tempfile
import unicodedata

PACKAGES = ("cldr-localenames-full@48.2.0", "cldr-dates-full@48.2.0")

# First names, words, names that French keeps or that mean another place in it.
LEFT_OUT = set("""Chad|Jordan|Georgia|Israel|Cuba|Mexico|Mexico City|Guinea|Jersey|Guernsey|Easter Island|Vatican|Vatican City
|Kyiv|Unknown Location|Canton|Canton Island|Bermuda|Niger|Nigeria|Pacific|Antarctica|Troll|Davis|Casey|Vostok|Syowa|Palmer
|Rothera|Mawson|McMurdo|India|China|Malta|Sofia|Vienna|Florence|Indiana|Virginia|Carolina|Nicosia|Palau|Micronesia
|Canaries|United Nations|Vietnam|Kolkata|Pseudo-Accents|Pseudo-Bidi|Myanmar (Burma)|Congo - Brazzaville|Congo - Kinshasa|Hong Kong SAR China|Macao SAR China|Turkey|Türkiye|Man
|St. Martin|St. Helena|Réunion|Curaçao|Côte d’Ivoire|Isle of Man""".replace("\n", "").split("|"))

OURS = """Beijing=Pékin|Cairo=Le Caire|Algiers=Alger|Geneva=Genève|Cologne=Cologne|Munich=Munich|Venice=Venise|Naples=Naples
|Turin=Turin|Antwerp=Anvers|Ghent=Gand|Bruges=Bruges|The Hague=La Haye|Hamburg=Hambourg|Nuremberg=Nuremberg|Krakow=Cracovie
|Seville=Séville|Lisbon=Lisbonne|Edinburgh=Édimbourg|Dover=Douvres|Philadelphia=Philadelphie|New Orleans=La Nouvelle-Orléans
|Montreal=Montréal|Quebec=Québec|Quebec City=Québec|Taiwan=Taïwan|Haiti=Haïti|Bavaria=Bavière|Saxony=Saxe|Tuscany=Toscane
|Sicily=Sicile|Sardinia=Sardaigne|Corsica=Corse|Catalonia=Catalogne|Andalusia=Andalousie|Brittany=Bretagne
|Normandy=Normandie|Burgundy=Bourgogne|Flanders=Flandre|Scotland=Écosse|Wales=Pays de Galles|England=Angleterre
|Cornwall=Cornouailles|Great Britain=Grande-Bretagne|Northern Ireland=Irlande du Nord|Thames=Tamise|Rhine=Rhin
|Black Sea=mer Noire|Caspian Sea=mer Caspienne|Baltic Sea=mer Baltique|North Sea=mer du Nord|Mediterranean Sea=mer Méditerranée
|Pacific Ocean=océan Pacifique|Atlantic Ocean=océan Atlantique|Indian Ocean=océan Indien|English Channel=Manche
|Middle East=Moyen-Orient|Far East=Extrême-Orient|North Africa=Afrique du Nord|South America=Amérique du Sud
|North America=Amérique du Nord|Latin America=Amérique latine|Eastern Europe=Europe de l’Est|Western Europe=Europe de l’Ouest
|Southeast Asia=Asie du Sud-Est|Central Asia=Asie centrale|New England=Nouvelle-Angleterre|North Carolina=Caroline du Nord
|South Carolina=Caroline du Sud|North Dakota=Dakota du Nord|South Dakota=Dakota du Sud|West Virginia=Virginie-Occidentale
|New Mexico=Nouveau-Mexique|Pennsylvania=Pennsylvanie|Louisiana=Louisiane|California=Californie
|Florida=Floride|Washington State=État de Washington|New York City=New York|Newfoundland=Terre-Neuve
|Nova Scotia=Nouvelle-Écosse|British Columbia=Colombie-Britannique|New Brunswick=Nouveau-Brunswick|Gaza Strip=bande de Gaza
|West Bank=Cisjordanie|Siberia=Sibérie|Crimea=Crimée|Chechnya=Tchétchénie|Transylvania=Transylvanie
|Bohemia=Bohême|Moravia=Moravie|Silesia=Silésie|Galicia=Galice|Lapland=Laponie|Tasmania=Tasmanie|Patagonia=Patagonie
|Himalayas=Himalaya|Rocky Mountains=montagnes Rocheuses|Great Lakes=Grands Lacs|Holy Land=Terre sainte|Tibet=Tibet
|United Nations=Nations unies|Ivory Coast=Côte d’Ivoire|Burma=Birmanie|Turkey=Turquie""".replace("\n", "")


def fetch():
    work = pathlib.Path(tempfile.mkdtemp())
    for package in PACKAGES:
        subprocess.run(["npm", "pack", "--silent", package], cwd=work, check=True, stdout=subprocess.DEVNULL)
    for n, archive in enumerate(sorted(work.glob("*.tgz"))):
        (work / str(n)).mkdir()
        subprocess.run(["tar", "xzf", archive, "-C", work / str(n)], check=True)
    return work


def read(work, language, name):
    path = next(work.glob(f"*/package/main/{language}/{name}.json"))
    return json.loads(path.read_text(encoding="utf-8"))["main"][language]


def territories(work, language):
    return read(work, language, "territories")["localeDisplayNames"]["territories"]


def cities(work, language):
    found = {}

    def walk(node, path):
        for key, value in node.items():
            if key == "exemplarCity":
                found[path] = value
            elif isinstance(value, dict):
                walk(value, path + "/" + key)

    walk(read(work, language, "timeZoneNames")["dates"]["timeZoneNames"]["zone"], "")
    return found


def plain(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).lower()


def main():
    work = fetch()
    pairs, ours = {}, dict(row.split("=") for row in OURS.split("|"))
    for table in (territories, cities):
        english, french = table(work, "en"), table(work, "fr")
        for key, name in english.items():
            if key in french and len(key.split("/")[-1]) != 3 and "alt" not in key and "(" not in name:
                pairs[name] = french[key]
    pairs.update(ours)
    rules = []
    for name, french in sorted(pairs.items()):
        words = name.replace("’", "'").split()
        if name == french or (name in LEFT_OUT and name not in ours) or not all(re.fullmatch(r"[A-Za-z'-]+", w) for w in words):
            continue
        phrase = " ".join("=" + w for w in words)
        accents = plain(name) == plain(french)
        rule = {"id": "-".join(w.lower().replace("'", "") for w in words), "phrase": phrase, "source": name,
                "suggest": [french.replace("'", "’")]}
        if accents:
            rule["category"] = "linguistic-conventions/spelling"
            if name not in ("Montreal", "Quebec", "Quebec City", "Haiti", "Peru"):
                rule["profile"] = "strict"  # both ways are seen
        rule["unless"] = ["{=of|=for|=and|=the|=in|=from} " + phrase]
        if len(words) == 1:
            rule["unless"] += [phrase + " PROPN", "PROPN " + phrase]
        elif "'" not in name:  # North Sea Port: the name of something else
            rule["unless"].append(f"[word='{words[-1].lower()}'] [case='capital']")
        rule["bad"] = [f"Le train pour [{name}] part à midi."]
        rule["good"] = [f"Le train pour {french.replace(chr(39), '’')} part à midi."]
        rules.append(rule)
    head = {"$schema": "../schema.json", "pack": "en-fr/exonyms", "origin": "CLDR 48.2 and calque; made by exonyms.py",
            "licence": "Unicode-3.0 (names of countries and cities), MIT",
            "defaults": {"category": "accuracy/untranslated", "severity": "minor", "confidence": "medium",
                         "message": {"fr": "« {match} » porte un autre nom en français.", "en": "“{match}” has a French name."}}}
    print(json.dumps(head, ensure_ascii=False, indent=2)[:-2] + ',\n  "rules": [')
    print(",\n".join("    " + json.dumps(r, ensure_ascii=False) for r in rules))
    print("  ]\n}")


main()
