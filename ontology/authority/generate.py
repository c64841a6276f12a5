"""Writes the authority files of this folder from the lists they started from.

    python ontology/authority/generate.py ../shared/authority   new subjects from the lists
    python ontology/authority/generate.py --format              canonical form only

What stands in a .ttl file wins: a subject that is there already is kept as it is, so that the
files can be edited by hand; `--fresh` starts from nothing. Same input, same bytes. The canonical
form is one block a subject and one value a line, subjects and values sorted, for readable diffs.
README.md in this folder says what the terms mean and where the lists come from.
"""

import argparse
import csv
import datetime
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

HERE = Path(__file__).resolve().parent
BASE = "https://w3id.org/kamergraaf/id/"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "kg": "https://w3id.org/kamergraaf/def#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
FILES = {
    "law": "laws",
    "ministry": "ministries",
    "office": "offices",
    "organisation": "organisations",
    "party": "parties",
    "person": "persons",
    "policy": "policies",
    "role": "offices",
    "topic": "topics",
}
ORDER = (
    "skos:prefLabel",
    "skos:altLabel",
    "kg:ambiguousLabel",
    "kg:contextRule",
    "skos:notation",
    "foaf:givenName",
    "foaf:familyName",
    "kg:initials",
    "kg:birthYear",
    "kg:officeTitle",
    "dcterms:temporal",
    "org:postIn",
    "org:member",
    "org:organization",
    "org:role",
    "kg:office",
    "org:memberDuring",
    "dcat:startDate",
    "dcat:endDate",
    "skos:broader",
    "dcterms:isReplacedBy",
    "dcterms:isPartOf",
    "kg:memberOf",
    "kg:holdsOffice",
    "org:hasMembership",
    "skos:exactMatch",
    "prov:specializationOf",
    "foaf:page",
    "skos:scopeNote",
    "skos:editorialNote",
)

Term = tuple[str, str]
"""An object: ("id", local id), ("iri", IRI), ("date", ISO day), ("year", …), or (language, text).

An empty language is a plain literal.
"""


class Subjects:
    """Subjects by local id, each with its (predicate, object) pairs."""

    def __init__(self) -> None:
        self.pairs: dict[str, set[tuple[str, Term]]] = {}

    def add(self, key: str, predicate: str, kind: str, value: str | None) -> None:
        """Add one value; an empty one adds nothing."""
        text = re.sub(r"\s+", " ", value or "").strip()
        if text:
            self.pairs.setdefault(key, set()).add((predicate, (kind, text)))

    def texts(self, key: str, predicate: str) -> list[str]:
        """The values of one predicate, sorted."""
        return sorted(o[1] for p, o in self.pairs.get(key, ()) if p == predicate)

    def label(self, key: str) -> str:
        """The preferred label."""
        return self.texts(key, "skos:prefLabel")[0]

    def period(self, key: str, number: int, start: str, end: str) -> str:
        """Add the half-open period `number` of `key`; return its local id."""
        period = f"{key}/period/{number}"
        self.add(period, "a", "iri", PREFIXES["dcterms"] + "PeriodOfTime")
        self.add(period, "dcat:startDate", "date", start)
        self.add(period, "dcat:endDate", "date", end)
        return period


def plain(text: str) -> str:
    """Lower case, without accents; what is no letter or digit becomes one space."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ø", "o"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", " ", bare.replace("'", "").replace("’", "")).strip()


def slug(text: str) -> str:
    """`text` as the last part of a local id."""
    return plain(text.replace("&", " en ").replace("+", " plus ")).replace(" ", "-")


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV or TSV file with a header."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t" if path.suffix == ".tsv" else ","))


# ---------------------------------------------------------------- Turtle


def turtle_iri(iri: str) -> str:
    if iri.startswith(BASE):
        return f"<{iri[len(BASE) :]}>"
    for prefix, namespace in PREFIXES.items():
        local = iri[len(namespace) :]
        if iri.startswith(namespace) and re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", local):
            return f"{prefix}:{local}"
    return f"<{iri}>"


def turtle_term(term: Term) -> str:
    kind, value = term
    if kind == "id":
        return f"<{value}>"
    if kind == "iri":
        return turtle_iri(value)
    quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if kind == "date":
        return quoted + "^^xsd:date"
    if kind == "year":
        return quoted + "^^xsd:gYear"
    return f"{quoted}@{kind}" if kind else quoted


def natural(key: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts local ids with numbers inside as people count."""
    return tuple((1, int(p), "") if p.isdigit() else (0, 0, p) for p in re.split(r"(\d+)", key))


def turtle_blocks(subjects: Subjects, keys: Iterable[str]) -> Iterator[str]:
    rank = {predicate: place for place, predicate in enumerate(("a", *ORDER))}
    for key in sorted(keys, key=natural):
        lines = [
            f"{predicate} {turtle_term(term)}"
            for predicate, term in sorted(
                subjects.pairs[key], key=lambda p: (rank.get(p[0], 99), p[0], natural(p[1][1]), p)
            )
        ]
        yield f"<{key}>\n    " + " ;\n    ".join(lines) + " .\n"


def write_files(subjects: Subjects, folder: Path) -> None:
    """Write all subjects, each to the file of its kind."""
    rooms: dict[str, list[str]] = {name: [] for name in FILES.values()}
    for key in subjects.pairs:
        rooms[FILES[key.partition("/")[0]]].append(key)
    for name, keys in rooms.items():
        head = f"@base <{BASE}> .\n" + "".join(
            f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()
        )
        text = head + "\n" + "\n".join(turtle_blocks(subjects, keys))
        (folder / f"{name}.ttl").write_text(text, encoding="utf-8", newline="\n")


def read_files(folder: Path) -> Subjects:
    """What the files of `folder` say now."""
    subjects = Subjects()
    for path in sorted(folder.glob("*.ttl")):
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            name = triple.predicate.value
            predicate = "a" if name == RDF_TYPE else turtle_iri(name)
            subjects.add(triple.subject.value.removeprefix(BASE), predicate, *_term(triple.object))
    return subjects


def _term(node: ox.NamedNode | ox.Literal) -> Term:
    if isinstance(node, ox.NamedNode):
        is_ours = node.value.startswith(BASE)
        return ("id", node.value.removeprefix(BASE)) if is_ours else ("iri", node.value)
    datatype = node.datatype.value.rpartition("#")[2]
    if datatype in {"date", "gYear"}:
        return ({"date": "date", "gYear": "year"}[datatype], node.value)
    return (node.language or "", node.value)


def entity(subjects: Subjects, key: str, kind: str, label: str) -> None:
    subjects.add(key, "a", "iri", PREFIXES["kg"] + kind)
    subjects.add(key, "skos:prefLabel", "nl", label)


def free_key(subjects: Subjects, wanted: str, *more: str) -> str:
    """`wanted`, or with the first of `more` that is free behind it."""
    for key in (wanted, *(f"{wanted}-{part}" for part in more if part)):
        if key not in subjects.pairs:
            return key
    raise SystemExit(
        f"{wanted}: taken, and nothing tells the two apart; add a birth year or a number"
    )


# ---------------------------------------------------------------- ministries

# key, name, abbreviations, abbreviations that need context, periods, TOOI code, replaced by, note.
# Periods run with the cabinets that used the name; TOOI counts from the later Staatscourant notice.
# Source: tooi/ministries_tooi_periods.csv and tooi/diwoo_ministerielijst.csv.
MINISTRIES: tuple[tuple[str, str, str, str, str, str, str, str], ...] = (
    ("az", "Algemene Zaken", "AZ|MinAZ", "", "", "mnre1010", "", ""),
    ("aenm", "Asiel en Migratie", "A&M|AenM|MinAenM", "", "2024-07-02/2026-02-23", "mnre1162", "jenv",
     "since 2026-02-23 the field lies with Justitie en Veiligheid"),
    ("bz", "Buitenlandse Zaken", "BuZa|BUZA|MinBuZa", "BZ", "", "mnre1013", "", ""),
    ("bzk", "Binnenlandse Zaken en Koninkrijksrelaties", "BZK|MinBZK", "", "", "mnre1034", "", ""),
    ("def", "Defensie", "MinDef", "Def|DEF", "", "mnre1018", "", ""),
    ("eleni", "Economische Zaken, Landbouw en Innovatie", "EL&I|ELenI|ELI", "",
     "2010-10-14/2012-11-05", "", "ez", "TOOI mnre1045 under another name"),
    ("ez", "Economische Zaken", "MinEZ", "EZ",
     "/2010-10-14 2012-11-05/2017-10-26 2024-07-02/2026-02-23", "mnre1045", "ezk",
     "TOOI has mnre1040 until 2010-10-13 and mnre1045 since"),
    ("ezk", "Economische Zaken en Klimaat", "EZK|EZ&K|EZenK|MinEZK", "",
     "2017-10-26/2024-07-02 2026-02-23/", "", "", "TOOI mnre1045 under another name"),
    ("fin", "Financiën", "MinFin|MinFIN", "Fin|FIN", "", "mnre1090", "", ""),
    ("ienm", "Infrastructuur en Milieu", "I&M|IenM|MinIenM", "", "2010-10-14/2017-10-26", "", "ienw",
     "TOOI mnre1130 under another name"),
    ("ienw", "Infrastructuur en Waterstaat", "I&W|IenW|MinIenW", "", "2017-10-26/", "mnre1130", "", ""),
    ("jenv", "Justitie en Veiligheid", "J&V|JenV|MinJenV|JENV", "", "2017-10-26/", "mnre1058", "", ""),
    ("justitie", "Justitie", "MinJus", "", "/2010-10-14", "", "venj", "TOOI mnre1058 under another name"),
    ("kgg", "Klimaat en Groene Groei", "KGG|K&GG|MinKGG", "", "2024-07-02/2026-02-23", "mnre1182", "ezk", ""),
    ("lnv", "Landbouw, Natuur en Voedselkwaliteit", "LNV|MinLNV", "",
     "/2010-10-14 2017-10-26/2024-07-02", "mnre1150", "lvvn",
     "that TOOI mnre1153 also covers LNV 2017-2024 is inferred, so it is left out"),
    ("lvvn", "Landbouw, Visserij, Voedselzekerheid en Natuur", "LVVN|MinLVVN", "", "2024-07-02/", "mnre1153", "", ""),
    ("ocw", "Onderwijs, Cultuur en Wetenschap", "OCW|OC&W|OCenW|MinOCW", "", "", "mnre1109", "", ""),
    ("szw", "Sociale Zaken en Werkgelegenheid", "SZW|MinSZW", "", "", "mnre1073", "", ""),
    ("venj", "Veiligheid en Justitie", "V&J|VenJ|MinVenJ", "", "2010-10-14/2017-10-26", "", "jenv",
     "TOOI mnre1058 under another name"),
    ("venw", "Verkeer en Waterstaat", "V&W|VenW", "", "/2010-10-14", "mnre0170", "ienm", ""),
    ("vro", "Volkshuisvesting en Ruimtelijke Ordening", "VRO|MinVRO", "", "2024-07-02/2026-02-23", "mnre1171", "bzk", ""),
    ("vrom", "Volkshuisvesting, Ruimtelijke Ordening en Milieubeheer", "VROM|MinVROM", "", "/2010-10-14", "mnre0180", "ienm", ""),
    ("vws", "Volksgezondheid, Welzijn en Sport", "VWS|MinVWS", "", "", "mnre1025", "", ""),
)  # fmt: skip
CURATED_MINISTRY = {"Financiën": "fin", "Defensie": "def"}


def ministry_key(code: str) -> str | None:
    key = CURATED_MINISTRY.get(code, code.lower().replace("&", "en"))
    return f"ministry/{key}" if any(row[0] == key for row in MINISTRIES) else None


def add_ministries(subjects: Subjects) -> None:
    for short, name, clear, unclear, periods, tooi, successor, note in MINISTRIES:
        key = f"ministry/{short}"
        entity(subjects, key, "Ministry", f"Ministerie van {name}")
        subjects.add(key, "kg:ambiguousLabel", "nl", name)
        rule = "default" if short == "def" else "after-head"
        subjects.add(key, "kg:contextRule", "", f"{name}: {rule}")
        for label in clear.split("|"):
            subjects.add(key, "skos:altLabel", "nl", label)
        for label in filter(None, unclear.split("|")):
            subjects.add(key, "kg:ambiguousLabel", "nl", label)
            subjects.add(key, "kg:contextRule", "", f"{label}: default")
        subjects.add(key, "skos:notation", "", (clear.split("|")[0]))
        for number, period in enumerate(periods.split(), 1):
            start, _, end = period.partition("/")
            subjects.add(key, "dcterms:temporal", "id", subjects.period(key, number, start, end))
        if tooi:
            iri = f"https://identifier.overheid.nl/tooi/id/ministerie/{tooi}"
            subjects.add(key, "skos:exactMatch", "iri", iri)
        shared = re.search(r"mnre\d+(?= under)", note)
        if shared:
            iri = f"https://identifier.overheid.nl/tooi/id/ministerie/{shared[0]}"
            subjects.add(key, "prov:specializationOf", "iri", iri)
        elif note:
            subjects.add(key, "skos:editorialNote", "en", note)
        if successor:
            subjects.add(key, "dcterms:isReplacedBy", "id", f"ministry/{successor}")


# ---------------------------------------------------------------- parties

# group names in datagraver that differ from parties.csv, by their plain form
PARTY_NAMES = {
    "groenlinks": "party/gl",
    "christenunie": "party/cu",
    "bontes van klaveren ex pvv": "party/grbvk",
    "groep kortenoeven hernandez ex pvv": "party/grkh",
    "lid verdonk ex vvd": "party/verdonk",
    "lid brinkman ex pvv": "party/brinkman",
}  # fmt: skip
PARTY_STARTS = {"party/monasch": "2016-11-08"}  # where datagraver has a slip of the year
PARTY_PARENTS = {"party/gl": "party/gl-pvda", "party/pvda": "party/gl-pvda"}


def add_parties(subjects: Subjects, source: Path) -> dict[str, str]:
    """Add the parties; return the key of each printed name (in plain form)."""
    by_name = dict(PARTY_NAMES)
    rows = read_rows(source / "curated/parties.csv")
    for row in rows:
        key = f"party/{slug(row['abbreviation'])}"
        new = key not in subjects.pairs
        if new:
            entity(subjects, key, "Party", row["full_name"])
            subjects.add(key, "skos:notation", "", row["abbreviation"])
        names = [row["abbreviation"], row["full_name"], *row["other_names"].split(";")]
        for name in filter(None, map(str.strip, names)):
            by_name.setdefault(plain(name), key)
            if name != subjects.label(key):
                subjects.add(key, "skos:altLabel", "nl", name)
        if re.fullmatch(r"Q\d+", row["wikidata"]) and "wikidata" not in row["note"]:
            iri = f"http://www.wikidata.org/entity/{row['wikidata']}"
            subjects.add(key, "skos:exactMatch", "iri", iri)
        if row["from"] or row["until"]:
            number = 1 + len(subjects.texts(key, "dcterms:temporal"))
            period = subjects.period(key, number, row["from"], row["until"])
            subjects.add(key, "dcterms:temporal", "id", period)
        for name in filter(None, map(str.strip, row["successor"].split(";"))):
            subjects.add(key, "dcterms:isReplacedBy", "id", f"party/{slug(name)}")
        if row["certainty"] != "certain":
            subjects.add(key, "skos:editorialNote", "en", f"{row['certainty']}: {row['note']}")
        if key in PARTY_PARENTS:
            subjects.add(key, "skos:broader", "id", PARTY_PARENTS[key])
    return by_name


def add_old_party(subjects: Subjects, by_name: dict[str, str], group: str) -> str:
    """Add a group of before 2010 that only datagraver has; return its key."""
    key = f"party/{slug(group)}"
    entity(subjects, key, "Party", group)
    subjects.add(key, "skos:editorialNote", "en", "a group of before 2010, named as in datagraver")
    by_name[plain(group)] = key
    return key


# ---------------------------------------------------------------- offices

TITLES = {
    "minister": "minister",
    "minister zonder portefeuille": "minister",
    "staatssecretaris": "staatssecretaris",
    "minister-president": "minister-president",
}


def add_office(subjects: Subjects, office: str, portfolio: str, ministry: str) -> str:
    """Add the post unless it is there; return its key."""
    field, _, part = portfolio.partition(" – ")
    short = subjects.texts(ministry, "skos:notation")[0]
    others: list[str] = []
    if office == "minister-president":
        label, others = (
            "Minister-president",
            ["premier", "Minister van Algemene Zaken", "Minister-President"],
        )
    elif office == "minister":
        label, others = f"Minister van {field}", [f"Minister van {short}"]
    elif office == "minister zonder portefeuille":
        label = f"Minister voor {field}"
    elif part:
        label = f"Staatssecretaris van {field} ({part})"
        others = [
            f"Staatssecretaris {part}",
            f"Staatssecretaris van {part}",
            f"Staatssecretaris voor {part}",
        ]
    else:
        label, others = f"Staatssecretaris van {field}", [f"Staatssecretaris van {short}"]
    key = f"office/{slug(label)}"
    if key in subjects.pairs and ministry not in subjects.texts(key, "org:postIn"):
        key = f"{key}-{ministry.partition('/')[2]}"
    if key not in subjects.pairs:
        entity(subjects, key, "Office", label)
        subjects.add(key, "a", "iri", PREFIXES["org"] + "Post")
        subjects.add(key, "kg:officeTitle", "", TITLES[office])
        subjects.add(key, "org:postIn", "id", ministry)
        for other in others:
            subjects.add(key, "skos:altLabel", "nl", other)
    return key


# ---------------------------------------------------------------- persons


class Person:
    """What the lists say of one person, before it becomes triples."""

    def __init__(self, call: str, prefix: str, surname: str, initials: str) -> None:
        self.call, self.prefix, self.surname = call.strip(), prefix.strip(), surname.strip()
        self.initials = initials.replace(" ", "")
        self.birth: datetime.date | None = None
        self.birth_year = ""
        self.names: set[str] = set()
        self.wikidata: set[str] = set()
        self.pages: set[str] = set()
        self.notes: set[str] = set()
        self.seats: list[tuple[str, str, str]] = []
        self.terms: list[tuple[str, str, str, str, str]] = []

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.call, self.prefix, self.surname)))

    @property
    def family(self) -> str:
        return f"{self.prefix} {self.surname}".strip()

    def is_called(self, call: str, prefix: str, surname: str, initials: str) -> bool:
        """Whether the other name is this person's: same surname, and call name or initials."""
        mine, other = plain(self.surname), plain(surname)
        heads = (plain(self.surname.split("-")[0]), plain(surname.split("-")[0]))
        if mine != other and heads[0] != heads[1]:
            return False
        if plain(self.prefix) != plain(prefix):
            return False
        return plain(self.call) == plain(call) or (
            bool(initials) and plain(self.initials) == plain(initials)
        )


def next_day(year: str, month: str, day: str) -> str:
    return (datetime.date(int(year), int(month), int(day)) + datetime.timedelta(1)).isoformat()


CALL_NAMES = {"Cokun Çörüz": "Coşkun"}  # a letter that datagraver lost
OTHER_NAMES = {
    "Freek Jansen": "Frederik Jansen",
    "Ineke Dezentjé Hamming": "Ineke Dezentjé Hamming-Bluemink",
    "Magda Berndsen": "Magda Berndsen-Jansen",
    "Marith Rebel-Volp": "Marith Volp",
}


def unscrambled(text: str) -> str:
    """`text`, with UTF-8 that was read as Mac Roman put right ("Ren√©")."""
    readable = "".join(c for c in text if c.isprintable())
    return readable.encode("mac_roman").decode("utf-8") if "√" in readable else readable


def read_members(
    subjects: Subjects, source: Path, parties: dict[str, str], since: str
) -> list[Person]:
    """The members of the Tweede Kamer whose last seat ended after `since`, with all their seats."""
    periods: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in read_rows(source / "datagraver/TweedeKamer_perioden.tsv"):
        start = f"{int(row['Beginjaar']):04}-{int(row['Beginmaand'] or 1):02}-{int(row['Begindag'] or 1):02}"
        end = ""
        if row["Eindjaar"]:
            end = next_day(row["Eindjaar"], row["Eindmaand"] or "1", row["Einddag"] or "1")
        periods[row["Persoonnummer"]].append((start, end, row["Fractienaam"].strip()))
    people: list[Person] = []
    for row in read_rows(source / "datagraver/TweedeKamer_personen.tsv"):
        spells = sorted(periods[row["Persoonnummer"]])
        if not any(not end or end >= since for _, end, _ in spells):
            continue
        call = unscrambled(row["Roepnaam"] or row["Voornamen"].split()[0])
        call = CALL_NAMES.get(f"{call} {row['Achternaam']}", call)
        person = Person(
            call, row["Voorvoegsels"], row["Achternaam"], unscrambled(row["Voorletters"])
        )
        person.birth_year = row["Geboortejaar"]
        if row["Geboortejaar"] and row["Geboortemaand"] and row["Geboortedag"]:
            person.birth = datetime.date(
                int(row["Geboortejaar"]), int(row["Geboortemaand"]), int(row["Geboortedag"])
            )
        if person.name in OTHER_NAMES:
            person.names.add(OTHER_NAMES[person.name])
        if row["Andere naam"]:
            person.notes.add(f"full name {row['Andere naam']} (datagraver)")
        for start, end, group in spells:
            party = parties.get(plain(group)) or add_old_party(subjects, parties, group)
            founded = PARTY_STARTS.get(party, "")
            if end and start < founded < end:
                person.notes.add(f"datagraver lets {group} begin on {start}; it began on {founded}")
                start = founded
            person.seats.append((start, end, party))
        people.append(person)
    return people


def read_office_holders(
    subjects: Subjects, source: Path, parties: dict[str, str], people: list[Person]
) -> None:
    """Add the terms of office of curated/offices.csv, and those people that were no member."""
    for row in read_rows(source / "curated/offices.csv"):
        ministry = ministry_key(row["ministry"])
        if ministry is None:
            raise SystemExit(
                f"offices.csv: ministry {row['ministry']!r} is unknown; add it to MINISTRIES"
            )
        office = add_office(subjects, row["office"], row["portfolio"], ministry)
        person = find_person(people, row)
        party = parties[plain(row["party"])] if row["party"] else ""
        person.terms.append((row["start_date"], row["end_date"], office, ministry, party))
        names = (part.strip() for part in row["other_names"].split(";"))
        person.names.update(name for name in names if name and "openkamer" not in name)
        if row["wikidata"]:
            person.wikidata.add(row["wikidata"])
        if row["certainty"] != "certain":
            person.notes.add(
                f"{subjects.label(office)} from {row['start_date']}: {row['certainty']}"
                + (f"; {row['note']}" if row["note"] else "")
            )
        elif "partijloos" in row["note"]:
            person.notes.add(f"{subjects.label(office)} from {row['start_date']}: {row['note']}")


# The cabinet Balkenende IV is in no curated list; the parties are those of its members then.
OLD_TITLES = {
    "PMI": "minister-president",
    "MIN": "minister",
    "MWP": "minister zonder portefeuille",
    "SOS": "staatssecretaris",
}
OLD_PARTIES = {
    "PvdA": "Aboutaleb Albayrak Bos Bussemaker Cramer Dijksma Heemskerk Horst Klijnsma Koenders Laan Plasterk Timmermans Vogelaar",
    "CU": "Huizinga Middelkoop Rouvoet",
}  # fmt: skip
OLD_FIELDS = {
    "ontwikkelingssamenwerking": ("Ontwikkelingssamenwerking", "bz"),
    "wonen, wijken en integratie": ("Wonen, Wijken en Integratie", "vrom"),
    "programma jeugd en gezin": ("Jeugd en Gezin", "vws"),
}


def read_old_cabinet(
    subjects: Subjects, source: Path, parties: dict[str, str], people: list[Person]
) -> None:
    """Add the cabinet Balkenende IV (2007-2010) of openkamer/government.json."""
    records = json.loads((source / "openkamer/government.json").read_text(encoding="utf-8"))
    fields = {(r["model"].partition(".")[2], r["pk"]): r["fields"] for r in records}
    persons = {
        r["pk"]: r["fields"]
        for r in json.loads((source / "openkamer/person.json").read_text(encoding="utf-8"))
        if r["model"] == "person.person"
    }
    by_name = {name.casefold(): f"ministry/{key}" for key, name, *_ in MINISTRIES}
    names = {name.casefold(): name for _, name, *_ in MINISTRIES}
    for record in records:
        if record["model"] != "government.governmentmember":
            continue
        position = fields["governmentposition", record["fields"]["position"]]
        government = fields["government", position["government"]]
        title = OLD_TITLES.get(position["position"])
        if government["name"] != "Kabinet-Balkenende IV" or title is None:
            continue
        if title == "minister-president":
            field, ministry = "Algemene Zaken", "ministry/az"
        elif position["ministry"]:
            low = fields["ministry", position["ministry"]]["name"]
            field, ministry = names[low], by_name[low]
        else:
            field, short_key = OLD_FIELDS[position["extra_info"]]
            ministry = f"ministry/{short_key}"
        if (title, field) == ("minister", "Algemene Zaken"):
            continue
        f = persons[record["fields"]["person"]]
        row = {
            "name": " ".join(filter(None, (f["forename"], f["surname_prefix"], f["surname"]))),
            "surname": f["surname"],
            "surname_prefix": f["surname_prefix"],
            "initials": f["initials"],
        }
        person = find_person(people, row)
        party = next((p for p, who in OLD_PARTIES.items() if f["surname"] in who.split()), "CDA")
        office = add_office(subjects, title, field, ministry)
        start, end = record["fields"]["start_date"], record["fields"]["end_date"]
        person.terms.append((start, end, office, ministry, parties[plain(party)]))
        if f["wikidata_id"]:
            person.wikidata.add(f["wikidata_id"])


def find_person(people: list[Person], row: dict[str, str]) -> Person:
    """The person of a row with name, surname, surname_prefix and initials; added where new."""
    prefix, surname = row["surname_prefix"], row["surname"]
    call = row["name"].removesuffix(f"{prefix} {surname}".strip()).strip()
    found = [p for p in people if p.is_called(call, prefix, surname, row["initials"])]
    if len(found) > 1:
        found = [p for p in found if plain(p.call) == plain(call)]
    if len(found) > 1:
        raise SystemExit(
            f"{row['name']}: {len(found)} people of that name; tell them apart in the list"
        )
    if not found:
        found = [Person(call, prefix, surname, row["initials"])]
        people.extend(found)
    person = found[0]
    if row["name"] != person.name:
        person.names.add(row["name"])
    return person


# Rows of members_2024_2026.csv whose day of swearing-in is not known: in the seat by this day.
SEEN_IN_SEAT = {
    "new member, by 2026-03-12": "2026-03-12",
    "temporary replacement of Baudet": "2026-02-05",
}
PRO_SINCE = "2026-06-09"


def read_changes(source: Path, parties: dict[str, str], people: list[Person]) -> None:
    """Apply curated/members_2024_2026.csv to the seats, and the new name of GL-PvdA."""
    for row in read_rows(source / "curated/members_2024_2026.csv"):
        person = find_person(people, row)
        party = parties[plain(row["party"])]
        start = row["start_date"] or SEEN_IN_SEAT[row["change"]]
        if not row["start_date"]:
            person.notes.add(f"seat from {start} on: {row['change']}; {row['note']}")
        elif row["certainty"] != "certain" and row["note"]:
            person.notes.add(f"seat from {start} on: {row['note']}")
        person.seats = [s for s in person.seats if not (s[0] == start and s[2] == party)]
        person.seats.append((start, row["end_date"], party))
    for person in people:
        for seat in [s for s in person.seats if s[2] == "party/gl-pvda" and not s[1]]:
            person.seats.remove(seat)
            person.seats += [
                (seat[0], PRO_SINCE, "party/gl-pvda"),
                (PRO_SINCE, "", "party/pro"),
            ]


# Seats that openkamer shows open in December 2019 and datagraver lacks end with the term, on
# 2021-03-31, except these: the day on which the successor of the same group came, or office began.
TERM_START, TERM_END = "2017-03-23", "2021-03-31"
SEAT_ENDS = {
    "Agnes Mulder": "2023-05-10",
    "Anne Mulder": "2020-07-02",
    "Aukje de Vries": "2022-01-10",
    "Bas van 't Wout": "2020-07-09",
    "Erik Ronnes": "2020-05-20",
    "Gert-Jan Segers": "2023-01-17",
    "Jaco Geurts": "2023-05-10",
    "Jasper van Dijk": "2023-03-30",
    "Khadija Arib": "2022-11-22",
    "Léon de Jong": "2021-03-31",  # datagraver has 2017-03-30
    "Michel Rog": "2021-01-12",
    "Ockje Tellegen": "2022-03-22",
    "Paul van Meenen": "2023-06-13",
    "Pieter Omtzigt": "2021-06-01",
    "Renske Leijten": "2023-07-05",
    "Steven van Weyenberg": "2021-08-10",
}  # fmt: skip


def read_openkamer(source: Path, people: list[Person]) -> None:
    """Add ids of openkamer/person.json, and the seats that datagraver lacks.

    People are found by birth date and surname. datagraver has no rows for most members that were
    elected again in 2017; openkamer/parliament.json (December 2019) has their seats.
    """
    seats: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for record in json.loads((source / "openkamer/parliament.json").read_text(encoding="utf-8")):
        f = record["fields"]
        if record["model"] == "parliament.parliamentmember" and f["joined"]:
            seats[f["person"]].append((f["joined"], f["left"] or ""))
    for record in json.loads((source / "openkamer/person.json").read_text(encoding="utf-8")):
        f = record["fields"]
        if record["model"] != "person.person" or not f["birthdate"]:
            continue
        birth = datetime.date.fromisoformat(f["birthdate"])
        surname = plain(f["surname"].split("-")[0])
        for person in people:
            same_name = plain(person.surname.split("-")[0]) == surname
            known = same_name and person.birth == birth
            in_office = person.birth is None and f["wikidata_id"] in person.wikidata
            if not (known or in_office):
                continue
            person.birth_year = str(birth.year)
            if re.fullmatch(r"Q\d+", f["wikidata_id"] or ""):
                person.wikidata.add(f["wikidata_id"])
            if re.fullmatch(r"v[a-z0-9]{9,}", f["parlement_and_politiek_id"] or ""):
                person.pages.add(f"https://www.parlement.com/id/{f['parlement_and_politiek_id']}")
            for start, end in sorted(seats[record["pk"]]):
                if person.seats or start >= "2007":
                    fill_seats(person, start, end)


def fill_seats(person: Person, start: str, end: str) -> None:
    """Give `person` the parts of a seat, [start, end), that no known seat covers."""
    until = end or SEAT_ENDS.get(person.name, TERM_END)
    in_term = [seat[1] for seat in person.seats if TERM_START <= seat[0] < TERM_END]
    if not end and in_term and person.name not in SEAT_ENDS:
        # datagraver knows this term of the person, so its end too
        until = max(in_term)
    for seat_start, seat_end, _ in sorted(person.seats):
        if start >= until:
            return
        if seat_start > start:
            add_seat(person, start, min(until, seat_start), not end)
        start = max(start, seat_end or "9999-12-31")
    add_seat(person, start, until, not end)


def add_seat(person: Person, start: str, end: str, assumed: bool) -> None:
    """Add a seat of more than ten days; shorter gaps are counting by another day."""
    if start >= end:
        return
    if (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(start)).days <= 10:
        return
    before = [seat for seat in person.seats if seat[1] and seat[1] <= start]
    after = [seat for seat in person.seats if seat[0] >= end]
    in_office = [term[4] for term in person.terms if term[4]]
    if not (before or after or in_office):
        return
    party = max(before)[2] if before else min(after)[2] if after else in_office[0]
    person.seats.append((start, end, party))
    is_bounded = any(seat[0] == end for seat in after)
    doubt = ", its end assumed" if assumed and not is_bounded else ""
    person.notes.add(f"seat {start} to {end}: openkamer, not in datagraver{doubt}")


def joined(spells: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Spells of the same group that touch or overlap, made one; in order of time."""
    result: list[tuple[str, str, str]] = []
    for start, end, group in sorted(spells, key=lambda s: (s[2], s[0])):
        if result and result[-1][2] == group and (not result[-1][1] or start <= result[-1][1]):
            last = result.pop()
            late = "" if not end or not last[1] else max(end, last[1])
            result.append((last[0], late, group))
        else:
            result.append((start, end, group))
    return sorted(result)


def add_people(subjects: Subjects, people: list[Person]) -> None:
    for key, label in (("role/kamerlid", "Kamerlid"), ("role/bewindspersoon", "bewindspersoon")):
        subjects.add(key, "a", "iri", PREFIXES["org"] + "Role")
        subjects.add(key, "skos:prefLabel", "nl", label)
    for person in sorted(people, key=lambda p: (slug(p.name), p.birth_year)):
        wanted = f"person/{slug(person.name)}"
        key = free_key(subjects, wanted, person.birth_year, slug(person.initials))
        add_person(subjects, key, person)


def add_person(subjects: Subjects, key: str, person: Person) -> None:
    entity(subjects, key, "Person", person.name)
    subjects.add(key, "foaf:givenName", "", person.call)
    subjects.add(key, "foaf:familyName", "", person.family)
    subjects.add(key, "kg:initials", "", person.initials)
    subjects.add(key, "kg:birthYear", "year", person.birth_year)
    names = set(person.names)
    if person.initials:
        names.add(f"{person.initials} {person.family}")
    if "-" in person.surname and plain(person.surname.split("-")[0]) != plain(person.surname):
        head = person.surname.split("-")[0].strip()
        names.add(" ".join(filter(None, (person.call, person.prefix, head))))
    for name in names - {person.name}:
        # another surname alone ("Schultz van Haegen-Maas Geesteranus") is completed
        is_surname = plain(name).startswith(plain(person.surname.split("-")[0]))
        full = f"{person.call} {name}" if is_surname else name
        if full != person.name:
            subjects.add(key, "skos:altLabel", "nl", full)
    if len(person.wikidata) == 1:
        iri = f"http://www.wikidata.org/entity/{min(person.wikidata)}"
        subjects.add(key, "skos:exactMatch", "iri", iri)
    elif person.wikidata:
        found = ", ".join(sorted(person.wikidata))
        subjects.add(
            key, "skos:editorialNote", "en", f"the sources give several Wikidata ids: {found}"
        )
    for page in person.pages:
        subjects.add(key, "foaf:page", "iri", page)
    for note in person.notes:
        subjects.add(key, "skos:editorialNote", "en", note)

    spells: list[tuple[str, str, str, str]] = []
    seats = joined(person.seats)
    # the last day of one seat is the first of the next in some rows
    nexts = [seat[0] for seat in seats[1:]] + ["9999-12-31"]
    seats = [(s, min(e, n) if e else e, p) for (s, e, p), n in zip(seats, nexts, strict=False)]
    spells += [(start, end, party, "role/kamerlid") for start, end, party in seats]
    in_office = joined([(s, e, party) for s, e, _, _, party in person.terms if party])
    spells += [(start, end, party, "role/bewindspersoon") for start, end, party in in_office]
    number = 0
    for start, end, party, role in sorted(spells):
        number += 1
        membership = f"{key}/membership/{number}"
        add_membership(subjects, key, membership, party, subjects.period(key, number, start, end))
        subjects.add(membership, "org:role", "id", role)
        subjects.add(key, "kg:memberOf", "id", party)
    terms = sorted(
        {(start, end, office, ministry) for start, end, office, ministry, _ in person.terms}
    )
    for count, (start, end, office, ministry) in enumerate(terms, 1):
        term = f"{key}/term/{count}"
        period = subjects.period(key, number + count, start, end)
        add_membership(subjects, key, term, ministry, period)
        subjects.add(term, "kg:office", "id", office)
        subjects.add(key, "kg:holdsOffice", "id", office)


def add_membership(
    subjects: Subjects, person: str, membership: str, organization: str, period: str
) -> None:
    subjects.add(membership, "a", "iri", PREFIXES["kg"] + "Membership")
    subjects.add(membership, "a", "iri", PREFIXES["org"] + "Membership")
    subjects.add(membership, "org:member", "id", person)
    subjects.add(membership, "org:organization", "id", organization)
    subjects.add(membership, "org:memberDuring", "id", period)
    subjects.add(person, "org:hasMembership", "id", membership)


# ---------------------------------------------------------------- organisations, laws, policies


def add_names(subjects: Subjects, key: str, row: dict[str, str], names: Iterable[str]) -> None:
    """Add the names of a row as labels, those in `ambiguous_aliases` as such."""
    unclear = {name.strip() for name in row["ambiguous_aliases"].split("|") if name.strip()}
    label = subjects.label(key)
    for name in {*map(str.strip, names), *unclear} - {""}:
        if name in unclear:
            subjects.add(key, "kg:ambiguousLabel", "nl", name)
        elif name != label:
            subjects.add(key, "skos:altLabel", "nl", name)


def add_certainty(subjects: Subjects, key: str, row: dict[str, str]) -> None:
    """Keep the doubt of a row, and its note."""
    note = row.get("note", "")
    if row["certainty"] == "knowledge":
        doubt = "from general knowledge, no source at hand"
        subjects.add(key, "skos:editorialNote", "en", f"{doubt}; {note}" if note else doubt)
    elif note:
        subjects.add(key, "skos:editorialNote", "en", note)


def add_organisations(subjects: Subjects, source: Path) -> None:
    taken: dict[str, str] = {}
    for row in read_rows(source / "curated/organisations.csv"):
        key = free_key(
            subjects,
            f"organisation/{organisation_slug(row)}",
            slug(row["kind"]),
            slug(row["label"]),
        )
        entity(subjects, key, "Organisation", row["label"])
        add_names(subjects, key, row, row["aliases"].split("|"))
        subjects.add(key, "dcterms:type", "", row["kind"].replace("_", " "))
        ministry = ministry_key(row["parent"]) if row["parent"] else None
        if ministry:
            subjects.add(key, "dcterms:isPartOf", "id", ministry)
        if row["wikidata"]:
            iri = f"http://www.wikidata.org/entity/{row['wikidata']}"
            subjects.add(key, "skos:exactMatch", "iri", iri)
        for name in filter(None, (row["tooi_id"], row["owms_id"])):
            iri = re.sub("^overheidop:", "http://standaarden.overheid.nl/op/terms/", name)
            subjects.add(key, "skos:exactMatch", "iri", iri)
            taken[iri] = key
        add_certainty(subjects, key, row)
    add_tooi(subjects, source, taken)


# bodies whose first alias is a short name that few people use
FULL_NAME_KEYS = {
    "Algemene Rekenkamer",
    "Rijksorganisatie voor Ontwikkeling, Digitalisering en Innovatie",
}


def organisation_slug(row: dict[str, str]) -> str:
    """The usual short name of a public body where it is clear, else the full name."""
    first = row["aliases"].split("|")[0]
    is_short = re.fullmatch(r"[A-Z][A-Za-z&-]{1,7}", first) and sum(map(str.isupper, first)) >= 2
    is_clear = first not in row["ambiguous_aliases"].split("|") or first in CLEAR
    is_public = row["kind"] in {"agency", "international", "advice_or_court_or_institute"}
    if is_short and is_clear and is_public and row["label"] not in FULL_NAME_KEYS:
        return slug(first)
    return slug(row["label"])


TOOI_TYPES = {
    "caribischelijst": "public body",
    "gemeentelijst": "municipality",
    "oorglijst": "government organisation",
    "provincielijst": "province",
    "solijst": "cooperative body",
    "waterschaplijst": "water authority",
    "zbolijst": "zbo",
}


def add_tooi(subjects: Subjects, source: Path, taken: dict[str, str]) -> None:
    """Add the TOOI organisations that the curated list does not have; one body for one name."""
    by_name: dict[str, str] = {}
    for key in sorted(set(taken.values())):
        for name in (subjects.label(key), *subjects.texts(key, "skos:altLabel")):
            by_name.setdefault(name.casefold(), key)
    records = json.loads((source / "tooi/organisations.json").read_text(encoding="utf-8"))
    for record in sorted(records, key=lambda r: r["fields"]["identifier"]):
        iri, name = record["fields"]["identifier"], record["fields"]["naam"].strip()
        if iri in taken:
            continue
        known = by_name.get(name.casefold())
        if known is not None:
            # the body and its office, or one body listed twice
            subjects.add(known, "skos:closeMatch", "iri", iri)
            continue
        key = free_key(subjects, f"organisation/{slug(name)}", iri.rpartition("/")[2])
        by_name[name.casefold()] = key
        entity(subjects, key, "Organisation", name[0].upper() + name[1:])
        subjects.add(key, "dcterms:type", "", TOOI_TYPES[record["fields"]["oorsprong"]])
        subjects.add(key, "skos:exactMatch", "iri", iri)
        bare = re.sub(r" \\([^)]*\\)$", "", name)
        if bare != name:
            subjects.add(key, "kg:ambiguousLabel", "nl", bare)
        if " " not in name:
            subjects.add(key, "kg:ambiguousLabel", "nl", subjects.label(key))


def add_laws(subjects: Subjects, source: Path) -> None:
    for row in read_rows(source / "curated/laws_nl.csv"):
        key = free_key(subjects, f"law/{slug(row['bwb_id'] or row['title'])}")
        entity(subjects, key, "Law", row["title"])
        add_names(subjects, key, row, row["aliases"].split("|"))
        subjects.add(key, "dcterms:type", "", row["kind"])
        if row["bwb_id"]:
            subjects.add(key, "skos:notation", "", row["bwb_id"])
            iri = f"https://wetten.overheid.nl/{row['bwb_id']}"
            subjects.add(key, "skos:exactMatch", "iri", iri)
        if row["in_force_from"]:
            period = subjects.period(key, 1, row["in_force_from"], "")
            subjects.add(key, "dcterms:temporal", "id", period)
        add_certainty(subjects, key, row)
    for row in read_rows(source / "curated/acts_eu.csv"):
        number = f"{row['year']}-{row['number']}"
        key = free_key(subjects, f"law/eu-{number}", slug(row["type"]))
        entity(subjects, key, "Law", row["label"])
        names = [*row["aliases_nl"].split("|"), *row["aliases_en"].split("|")]
        names += [row["citation_nl"], *eu_numbers(row)]
        add_names(subjects, key, row, names)
        subjects.add(key, "dcterms:type", "", f"EU-{row['type']}")
        subjects.add(key, "skos:notation", "", row["celex"])
        subjects.add(key, "skos:exactMatch", "iri", row["eli"])
        iri = f"http://publications.europa.eu/resource/celex/{row['celex']}"
        subjects.add(key, "skos:exactMatch", "iri", iri)
        add_certainty(subjects, key, row)
    for row in read_rows(source / "curated/acts_foreign.csv"):
        key = free_key(subjects, f"law/{slug(row['label'])}", slug(row["jurisdiction"]))
        entity(subjects, key, "Law", row["label"])
        add_names(subjects, key, row, row["aliases"].split("|"))
        subjects.add(key, "dcterms:type", "", row["type"])
        subjects.add(key, "dcterms:spatial", "", row["jurisdiction"])
        if row["celex"]:
            subjects.add(key, "skos:notation", "", row["celex"])
            iri = f"http://publications.europa.eu/resource/celex/{row['celex']}"
            subjects.add(key, "skos:exactMatch", "iri", iri)
        add_certainty(subjects, key, row)


BWB_KINDS = {
    "wet": "wet",
    "rijkswet": "rijkswet",
    "wet-BES": "wet",
    "AMvB": "AMvB",
    "AMvB-BES": "AMvB",
}
BWB_NAME = re.compile(
    r"(wet|rijkswet|wetboek|kaderwet|algemene wet|uitvoeringswet|tijdelijke wet|besluit|reglement) "
    r"|.*(wet|besluit|reglement|wetboek)( bes| \d{4})?$"
)
BWB_PASSING = re.compile(
    r"wijziging|goedkeuring|aanpassing|vaststelling|begroting|naturalisatie|herindeling|grens"
    r"|samenvoeging|slotwet|suppletoir|intrekking|inwerkingtreding|tijdstip|overgang|opheffing"
    r"|instelling|invoering|liquidatie|machtiging|ex artikel|verlenging|\betc\b|^besluit van|^wet van"
)


def add_bwb(subjects: Subjects, source: Path) -> None:
    """Add the acts and decrees of the BWB list of 2017 that have a citation title of their own.

    The list gives titles without capitals and punctuation. Titles that several acts share, and
    those of acts that only change, approve or introduce something, are left out.
    """
    known = {
        plain(label)
        for key in subjects.pairs
        if key.startswith("law/") and key.count("/") == 1
        for label in (subjects.label(key), *subjects.texts(key, "skos:altLabel"))
    }
    ids: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in read_rows(source / "bwb/bwb_ids_2017.csv"):
        title = row["slug_title"].strip()
        year = re.search(r"\b(1[89]|20)\d\d\b", row["heading_title"])
        is_old = year is not None and int(year[0]) < 1920
        if row["kind"] in BWB_KINDS and BWB_NAME.match(title) and not is_old:
            ids[title].append((row["bwb_id"], BWB_KINDS[row["kind"]]))
    for title, found in sorted(ids.items()):
        if len(found) > 1 or BWB_PASSING.search(title) or plain(title) in known:
            continue
        bwb_id, kind = found[0]
        key = f"law/{bwb_id.lower()}"
        if key in subjects.pairs:
            continue
        name = re.sub(r" bes$", " BES", title[0].upper() + title[1:])
        entity(subjects, key, "Law", name)
        subjects.add(key, "dcterms:type", "", kind)
        subjects.add(key, "skos:notation", "", bwb_id)
        subjects.add(key, "skos:exactMatch", "iri", f"https://wetten.overheid.nl/{bwb_id}")


def eu_numbers(row: dict[str, str]) -> list[str]:
    """The act's number as texts write it: year first (since 2015) or number first, bare too."""
    kind = row["type"].capitalize()
    first = row["number_year_first"]
    names = [f"{kind} {first}", f"{kind} (EU) {first}"]
    if row["type"] != "richtlijn":
        names += [
            f"{kind} {row['number_number_first']}",
            f"{kind} (EU) nr. {row['number_number_first']}",
        ]
    if int(row["number"]) > 99 and int(row["year"]) >= 2015:
        names.append(first)
    return names


def add_policies(subjects: Subjects, source: Path) -> None:
    for row in read_rows(source / "curated/policies.csv"):
        key = free_key(subjects, f"policy/{slug(row['label'])}", row["year"])
        entity(subjects, key, "Policy", row["label"])
        add_names(subjects, key, row, row["aliases"].split("|"))
        subjects.add(key, "dcterms:type", "", row["kind"])
        subjects.add(key, "kg:year", "year", row["year"])
        ministry = ministry_key(row["ministry"]) if row["ministry"] else None
        if ministry:
            subjects.add(key, "dcterms:isPartOf", "id", ministry)
        add_certainty(subjects, key, row)


OWMS = "http://standaarden.overheid.nl/owms/terms/"
OWMS_BODIES = {
    "Adviescollege": "advice or court or institute",
    "OpenbaarLichaamVoorBedrijfEnBeroep": "public body",
    "RechterlijkeMacht": "advice or court or institute",
    "Rijksinspectie": "agency",
    "TuchtrechtelijkeInstantie": "advice or court or institute",
    "ZelfstandigBestuursorgaan": "zbo",
}

# under another name in the lists before
OWMS_KNOWN = re.compile(
    r"Centraal Fonds voor de|Centrale Commissie voor Mensgebonden|Vlaamse Accreditatie|toegepast|^RDW"
    r"|^Raad van State|^Zorg Onderzoek|^Raden voor|Eigen Woningen|^Edelmetaal|^Waarborg ?Holland"
    r"|^Stichting (Skal|VAM)|bedrijfstak|Omslagregelingen"
)


def read_owms(source: Path) -> dict[str, dict[str, set[str]]]:
    """The OWMS export of 2016: for each predicate (its last part), subject and values."""
    export = source / "owms/Export_OWMS_2016-09-01.ttl"
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for triple in ox.parse(path=export, format=ox.RdfFormat.TURTLE, lenient=True):
        if isinstance(triple.subject, ox.NamedNode) and not isinstance(triple.object, ox.BlankNode):
            name = re.split("[#/]", triple.predicate.value)[-1]
            found[name][triple.subject.value].add(triple.object.value)
    return found


def add_owms_bodies(subjects: Subjects, owms: dict[str, dict[str, set[str]]]) -> None:
    """Add the bodies of OWMS, many of them gone, that no other list has."""
    known: set[str] = set()
    for key in subjects.pairs:
        if key.startswith("organisation/"):
            for predicate in ("skos:prefLabel", "skos:altLabel", "kg:ambiguousLabel"):
                known.update(map(plain, subjects.texts(key, predicate)))
            known.update(subjects.texts(key, "skos:exactMatch"))
    for iri, types in sorted(owms["type"].items()):
        kinds = [
            OWMS_BODIES[t.removeprefix(OWMS)] for t in types if t.removeprefix(OWMS) in OWMS_BODIES
        ]
        name = min(owms["prefLabel"].get(iri, {""})).strip()
        is_one = name and "luster)" not in name and " " in name and not name[0].islower()
        is_one = is_one and not OWMS_KNOWN.search(name)
        if (
            not kinds
            or not is_one
            or iri in known
            or {plain(name), plain(re.sub("^Stichting ", "", name))} & known
        ):
            continue
        key = free_key(subjects, f"organisation/{slug(name)}", "owms")
        entity(subjects, key, "Organisation", name)
        subjects.add(key, "dcterms:type", "", min(kinds))
        subjects.add(key, "skos:exactMatch", "iri", iri)
        known.add(plain(name))


def add_topics(subjects: Subjects, owms: dict[str, dict[str, set[str]]]) -> None:
    """Add the TaxonomieBeleidsagenda of OWMS 2016."""
    scheme = {
        iri for iri, names in owms["inScheme"].items() if OWMS + "TaxonomieBeleidsagenda" in names
    }
    broader: dict[str, set[str]] = defaultdict(set)
    for iri in scheme:
        broader[iri] |= owms["broader"][iri] & scheme
        for below in owms["narrower"][iri] & scheme:
            broader[below].add(iri)
    keys = {iri: "topic/" + slug(re.sub(r"thema", "", iri.removeprefix(OWMS))) for iri in scheme}
    for iri in sorted(scheme):
        entity(subjects, keys[iri], "Topic", min(owms["prefLabel"][iri]))
        subjects.add(keys[iri], "skos:exactMatch", "iri", iri)
        for above in broader[iri]:
            subjects.add(keys[iri], "skos:broader", "id", keys[above])


# ---------------------------------------------------------------- labels that need context

CONTEXT_KINDS = ("law", "ministry", "organisation", "party", "person", "policy")

# Labels that the lists call ambiguous and that stand for one thing in texts of this kind.
CLEAR = {
    "ABP", "Adw", "Aedes", "Anw", "Atos", "CAK", "DOSA", "EBN", "EIB", "EPBD", "NDS", "NFU",
    "NVB", "PmG", "RWE", "Rabobank", "RvS", "SCP", "SER", "TUI", "VEU", "WOR", "WRR", "Wnb",
    "Woo", "WOO", "Wob", "WED", "Wod", "XR", "Wbk", "Wcw",
}  # fmt: skip

# Labels that need a second look, and the one thing that they mean by default.
DEFAULT = {
    "ADR": "organisation/auditdienst-rijk", "AMC": "organisation/amsterdam-umc",
    "AP": "organisation/autoriteit-persoonsgegevens", "ATR": "organisation/adviescollege-toetsing-regeldruk",
    "Amazon": "organisation/amazon", "Apple": "organisation/apple",
    "AD": "organisation/ad", "Argos": "organisation/argos",
    "BAM": "organisation/bam", "BIO": "policy/baseline-informatiebeveiliging-overheid",
    "BNN": "organisation/bnnvara", "BP": "organisation/bp", "BW": "law/burgerlijk-wetboek",
    "Bloomberg": "organisation/bloomberg", "CBG": "organisation/agentschap-college-ter-beoordeling-van-geneesmiddelen", "CER": "law/eu-2022-2557",
    "CGI": "organisation/cgi", "CIZ": "organisation/centrum-indicatiestelling-zorg", "CRA": "law/eu-2024-2847",
    "CZ": "organisation/cz", "Chw": "law/bwbr0027431", "DMA": "law/eu-2022-1925",
    "DORA": "law/eu-2022-2554", "DSA": "law/eu-2022-2065", "DSW": "organisation/dsw",
    "DTC": "organisation/digital-trust-center", "Douane": "organisation/douane",
    "EC": "organisation/europese-commissie", "EED": "law/eu-2023-1791",
    "EMA": "organisation/europees-geneesmiddelenbureau", "EP": "organisation/europees-parlement",
    "EY": "organisation/ey", "FD": "organisation/het-financieele-dagblad",
    "FIU": "organisation/financial-intelligence-unit-nederland", "FME": "organisation/fme",
    "Facebook": "organisation/meta", "Fokker": "organisation/fokker",
    "GDI": "policy/generieke-digitale-infrastructuur",
    "GLB": "policy/gemeenschappelijk-landbouwbeleid", "GVB": "organisation/gvb",
    "Groeifonds": "policy/nationaal-groeifonds", "Gw": "law/bwbr0001840",
    "HVP": "policy/herstel-en-veerkrachtplan", "IBD": "organisation/informatiebeveiligingsdienst",
    "ICC": "organisation/internationaal-strafhof", "IEA": "organisation/internationaal-energieagentschap",
    "IMO": "organisation/imo", "ING": "organisation/ing", "IPO": "organisation/ipo",
    "IS": "organisation/islamitische-staat", "Jumbo": "organisation/jumbo",
    "KRM": "law/eu-2008-56", "KiM": "organisation/kennisinstituut-voor-mobiliteitsbeleid",
    "Klimaatakkoord": "policy/klimaatakkoord", "Lbv": "policy/landelijke-beeindigingsregeling-veehouderijlocaties",
    "MOB": "organisation/mobilisation-for-the-environment", "NAM": "organisation/nam",
    "NCSC": "organisation/nationaal-cyber-security-centrum",
    "NLA": "organisation/nederlandse-arbeidsinspectie",
    "NPG": "policy/nationaal-programma-groningen", "NPO": "organisation/nederlandse-publieke-omroep",
    "NS": "organisation/ns", "ODC": "organisation/overheidsdatacenter",
    "OM": "organisation/openbaar-ministerie", "Oracle": "organisation/oracle",
    "PAS": "policy/programma-aanpak-stikstof", "PAX": "organisation/pax",
    "Politie": "organisation/politie", "Pw": "law/bwbr0015703", "RDI": "organisation/rijksinspectie-digitale-infrastructuur",
    "RET": "organisation/ret", "RIEC": "organisation/regionaal-informatie-en-expertise-centrum",
    "RVS": "organisation/raad-voor-volksgezondheid-en-samenleving",
    "Rekenkamer": "organisation/algemene-rekenkamer", "Rie": "law/eu-2010-75",
    "SLM": "organisation/strategisch-leveranciersmanagement-rijk", "SNS": "organisation/de-volksbank",
    "Shell": "organisation/shell", "Sr": "law/bwbr0001854", "Sv": "law/bwbr0001903",
    "TK": "organisation/tweede-kamer", "Tesla": "organisation/tesla", "Tw": "law/bwbr0009950",
    "Twitter": "organisation/x", "VIR": "law/bwbr0022141", "VN": "organisation/verenigde-naties",
    "VW": "organisation/volkswagen", "Vodafone": "organisation/vodafoneziggo",
    "Vw": "law/bwbr0011823", "WAB": "law/bwbr0042307", "WEC": "law/bwbr0003549",
    "WIA": "law/bwbr0019057", "WML": "law/bwbr0002638", "WSW": "organisation/waarborgfonds-sociale-woningbouw",
    "WVO": "law/bwbr0002399", "WW": "law/bwbr0004045", "Wkb": "law/bwbr0042732",
    "Wm": "law/bwbr0003245", "Wmo": "law/bwbr0035362", "ZIN": "organisation/zorginstituut-nederland",
    "ZN": "organisation/zorgverzekeraars-nederland", "ZW": "law/bwbr0001888",
    "cloudbeleid": "policy/rijksbreed-cloudbeleid-2022", "politie": "organisation/politie",
    "Landsadvocaat": "organisation/landsadvocaat",
}  # fmt: skip

# Labels that the lists think clear and that are also words, surnames or something else.
UNCLEAR = {
    "Bontes", "Brinkman", "DNA", "DPK", "Den_Haan", "Denk", "ELI", "Ephraim", "Forum", "GOUD",
    "Gündoğan", "Gündogan", "Houwers", "Keijzer", "Klein", "Krol", "LAKS", "Markuszower",
    "Monasch", "Omtzigt", "PRO", "Significant", "Twm", "VNL", "Van_Haga", "Van_Klaveren",
    "Van_Vliet", "Verdonk", "Oost", "GGD", "Magister", "Coalitieakkoord", "Alphabet", "Booking",
    "Damen", "Ahold", "Epic", "Flink", "Hecht", "Sociaal", "Spiegel", "Wagner", "Visa", "ISS",
    "DCC",
    "De_Groene", "asr",
}  # fmt: skip


# Subjects of the lists that a person took out, and why; they do not come back.
LEFT_OUT = {
    "organisation/de-unie": "texts mean the European Union by it, not the trade union",
    "organisation/overheidsdatacenter": "a kind of centre, of which there are several by name",
    "organisation/sociaal": "an ordinary word, also at the start of sentences",
}


def short(label: str) -> bool:
    """Whether a label is matched with its capitals as they are."""
    return " " not in label and len(label) <= 6


def label_form(label: str) -> str:
    """What makes two labels the same label: short ones by their capitals, others without."""
    return label if short(label) else label.casefold()


def mark_ambiguous(subjects: Subjects) -> None:
    """Move each label that needs context to kg:ambiguousLabel, and give each its rule."""
    keys = [
        key
        for key in sorted(subjects.pairs)
        if key.partition("/")[0] in CONTEXT_KINDS and key.count("/") == 1
    ]
    holders: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        for predicate in ("skos:prefLabel", "skos:altLabel", "kg:ambiguousLabel"):
            for label in subjects.texts(key, predicate):
                holders[label_form(label)].add(key)
    for key in keys:
        pairs = subjects.pairs[key]
        for label in subjects.texts(key, "kg:ambiguousLabel"):
            if label in CLEAR and len(holders[label_form(label)]) == 1:
                pairs.remove(("kg:ambiguousLabel", ("nl", label)))
                if label != subjects.label(key):
                    subjects.add(key, "skos:altLabel", "nl", label)
        for predicate in ("skos:prefLabel", "skos:altLabel"):
            for label in subjects.texts(key, predicate):
                is_word = label.replace(" ", "_") in UNCLEAR or label in DEFAULT
                if is_word or len(holders[label_form(label)]) > 1:
                    subjects.add(key, "kg:ambiguousLabel", "nl", label)
        unclear = subjects.texts(key, "kg:ambiguousLabel")
        pairs -= {("skos:altLabel", ("nl", label)) for label in unclear}
        ruled = {rule.rpartition(": ")[0] for rule in subjects.texts(key, "kg:contextRule")}
        for label in unclear:
            if label not in ruled:
                rule = "dated" if key.startswith("person/") else "introduced"
                rule = "default" if DEFAULT.get(label) == key else rule
                subjects.add(key, "kg:contextRule", "", f"{label}: {rule}")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", type=Path, nargs="?", help="the folder with the lists")
    parser.add_argument("--out", type=Path, default=HERE, help="where the .ttl files stand")
    parser.add_argument("--fresh", action="store_true", help="do not keep what stands there")
    parser.add_argument("--format", action="store_true", help="only rewrite in canonical form")
    options = parser.parse_args(arguments)
    if not options.source and not options.format:
        parser.error("name the folder with the lists, or --format")
    old = Subjects() if options.fresh else read_files(options.out)
    subjects = old
    if options.source:
        subjects = generate(options.source)
        # a subject and what stands under it (its periods and memberships) are kept together; what
        # another subject here stands for already was joined to it by hand
        kept = {head(key) for key in old.pairs} | LEFT_OUT.keys()
        held = {iri for key in old.pairs for iri in matches(old, key)}
        kept |= {key for key in subjects.pairs if held.intersection(matches(subjects, key))}
        fresh = {key: pairs for key, pairs in subjects.pairs.items() if head(key) not in kept}
        subjects.pairs = fresh | old.pairs
    options.out.mkdir(parents=True, exist_ok=True)
    write_files(subjects, options.out)


def matches(subjects: Subjects, key: str) -> list[str]:
    """The things of other schemes that a subject stands for or is close to."""
    return [
        iri
        for predicate in ("skos:exactMatch", "skos:closeMatch")
        for iri in subjects.texts(key, predicate)
    ]


def head(key: str) -> str:
    """The subject that a local id stands under: `person/x` of `person/x/period/1`."""
    return "/".join(key.split("/")[:2])


def generate(source: Path) -> Subjects:
    """All subjects that the lists of `source` give."""
    subjects = Subjects()
    add_ministries(subjects)
    parties = add_parties(subjects, source)
    people = read_members(subjects, source, parties, "2007-01-01")
    read_changes(source, parties, people)
    read_office_holders(subjects, source, parties, people)
    read_old_cabinet(subjects, source, parties, people)
    read_openkamer(source, people)
    add_people(subjects, people)
    add_organisations(subjects, source)
    add_laws(subjects, source)
    add_bwb(subjects, source)
    add_policies(subjects, source)
    owms = read_owms(source)
    add_owms_bodies(subjects, owms)
    add_topics(subjects, owms)
    mark_ambiguous(subjects)
    lost = sorted(label for label, key in DEFAULT.items() if key not in subjects.pairs)
    if lost:
        raise SystemExit(f"DEFAULT names things that are not there: {', '.join(lost)}")
    return subjects


if __name__ == "__main__":
    main(sys.argv[1:])
