"""The authority files themselves: sorted, unique, complete, well-formed.

A failure names the subject and says what to do. Most are put right by editing the file and
running `python ontology/authority/generate.py --format`.
"""

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kg.model.authority import AuthorityEntry, Kind, Period
from kg.rdf.authority import AuthorityGraph, load_authority
from kg.rdf.iris import DEFAULT_BASE
from kg.rdf.vocabulary import KG
from kg.resources import ontology_dir

FOLDER = ontology_dir() / "authority"
FILES = sorted(FOLDER.glob("*.ttl"))
FORMAT = "run: python ontology/authority/generate.py --format"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RULES = {"default", "introduced", "after-head", "dated", "misprint"}
MATCHED = (Kind.LAW, Kind.MINISTRY, Kind.ORGANISATION, Kind.PARTY, Kind.PERSON, Kind.POLICY)

SCHEMES = {
    r"http://www\.wikidata\.org/entity/Q[1-9]\d*",
    r"https://identifier\.overheid\.nl/tooi/id/[a-z]+/(hv_|[a-z]{2,4})\d{2,8}",
    r"http://standaarden\.overheid\.nl/(owms|op)/terms/\S+",
    r"https://wetten\.overheid\.nl/BWB[RV]\d{7}",
    r"http://data\.europa\.eu/eli/(dir|reg|dec|dec_framw|dec_impl|reg_impl)/\d{4}/\d+/oj",
    r"http://publications\.europa\.eu/resource/celex/3\d{4}[LRDF]\d{4}",
    r"http://publications\.europa\.eu/resource/celex/1\d{4}[A-Z]/TXT",
}

# Two people in one office on one day, as it really was: the incumbent was away or shared the field.
SHARED_OFFICES = {
    "office/minister-voor-asiel-en-migratie",
    "office/staatssecretaris-van-justitie-en-veiligheid-asiel-en-migratie",
    "office/staatssecretaris-van-onderwijs-cultuur-en-wetenschap",
}

# Names that are written small and are no words.
NO_WORDS = {"bunq", "noyb"}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> AuthorityGraph:
    return load_authority(FOLDER, cache_dir=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def entries(graph: AuthorityGraph) -> list[AuthorityEntry]:
    return list(graph.authority)


def blocks(path: Path) -> Iterator[tuple[str, str]]:
    """The blocks of a file: (local id, text)."""
    _, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    for block in body.split("\n\n"):
        match = re.match(r"<([^>]+)>\n", block)
        assert match, f"{path.name}: a block does not begin with its subject: {block[:60]!r}"
        yield match[1], block


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_subject_has_one_block(path: Path) -> None:
    seen: set[str] = set()
    for key, _ in blocks(path):
        assert key not in seen, f"{path.name}: <{key}> stands there twice; join the blocks"
        seen.add(key)


def test_files_are_in_canonical_form(tmp_path: Path) -> None:
    for path in FILES:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    script = FOLDER / "generate.py"
    command = [sys.executable, str(script), "--format", "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    for path in FILES:
        same = (tmp_path / path.name).read_bytes() == path.read_bytes()
        assert same, f"{path.name} is not sorted, trimmed or laid out as it should; {FORMAT}"


def test_every_kind_is_there(entries: list[AuthorityEntry]) -> None:
    count: dict[Kind, int] = defaultdict(int)
    for entry in entries:
        count[entry.kind] += 1
    floors = {
        Kind.PERSON: 700,
        Kind.PARTY: 45,
        Kind.MINISTRY: 23,
        Kind.OFFICE: 90,
        Kind.ORGANISATION: 2900,
        Kind.LAW: 2200,
        Kind.POLICY: 200,
        Kind.TOPIC: 100,
    }
    for kind, floor in floors.items():
        assert count[kind] >= floor, f"only {count[kind]} of {kind}; was a file cut short?"


def test_keys_are_slugs_of_their_kind(entries: list[AuthorityEntry]) -> None:
    for entry in entries:
        room = entry.kind.value.lower()
        assert re.fullmatch(rf"{room}/[a-z0-9]+(-[a-z0-9]+)*", entry.key), (
            f"{entry.key}: write it as {room}/words-with-hyphens"
        )


def test_labels_are_trimmed_and_not_said_twice(entries: list[AuthorityEntry]) -> None:
    for entry in entries:
        names = [entry.label, *entry.labels]
        for name in (*names, *entry.ambiguous_labels):
            assert name == " ".join(name.split()), f"{entry.key}: {name!r} has loose spaces"
            assert name.isprintable(), f"{entry.key}: {name!r} has a control character"
            assert "√" not in name, f"{entry.key}: {name!r} was read in a wrong encoding"
        assert len(names) == len(set(names)), f"{entry.key}: a label is there twice: {names}"
        both = set(entry.labels) & set(entry.ambiguous_labels)
        assert not both, f"{entry.key}: {both} is alternative and ambiguous; keep the latter"


def clear_labels(entry: AuthorityEntry) -> set[str]:
    return {entry.label, *entry.labels} - set(entry.ambiguous_labels)


def form(label: str) -> str:
    """Short labels are matched with their capitals, others without."""
    return label if " " not in label and len(label) <= 6 else label.casefold()


def test_a_clear_label_belongs_to_one_thing(entries: list[AuthorityEntry]) -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.kind in MATCHED:
            for label in (entry.label, *entry.labels, *entry.ambiguous_labels):
                holders[form(label)].add(entry.key)
    for entry in entries:
        if entry.kind not in MATCHED:
            continue
        for label in clear_labels(entry):
            others = sorted(holders[form(label)] - {entry.key})
            assert not others, (
                f"{entry.key} and {', '.join(others)} are both called {label!r}; make it "
                "kg:ambiguousLabel on all, with a kg:contextRule"
            )


def test_topics_and_offices_are_told_apart_by_name_and_place(
    entries: list[AuthorityEntry],
) -> None:
    seen: dict[tuple[str, str | None], str] = {}
    for entry in entries:
        if entry.kind in (Kind.TOPIC, Kind.OFFICE):
            place = (entry.label.casefold(), entry.broader or entry.ministry)
            other = seen.setdefault(place, entry.key)
            assert other == entry.key, f"{entry.key} and {other} have one name in one place"


def test_every_ambiguous_label_has_its_rule(entries: list[AuthorityEntry]) -> None:
    meant: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        rules = dict(entry.context_rules)
        without = set(entry.ambiguous_labels) ^ set(rules)
        assert not without, f"{entry.key}: {without} lacks its kg:contextRule, or its label"
        assert len(rules) == len(entry.context_rules), f"{entry.key}: two rules for one label"
        for label, rule in rules.items():
            assert rule in RULES, f"{entry.key}: {rule!r} is no rule; use one of {sorted(RULES)}"
            if rule == "default" and entry.key not in meant[form(label)]:
                meant[form(label)].append(entry.key)
    for label, keys in meant.items():
        assert len(keys) == 1, f"{label!r} is the default name of {keys}; keep one"


@pytest.mark.parametrize(
    "label",
    ["Wet", "Rijk", "de", "ET", "Hof", "Commissie", "Kamer", "AR", "De Groene", "Verordening"],
)
def test_ordinary_words_are_no_clear_label(entries: list[AuthorityEntry], label: str) -> None:
    holders = [e.key for e in entries if e.kind in MATCHED and label in clear_labels(e)]
    assert not holders, f"{label!r} alone may mean anything; make it ambiguous on {holders}"


def test_short_and_lower_case_labels_are_no_words(entries: list[AuthorityEntry]) -> None:
    for entry in entries:
        if entry.kind not in MATCHED:
            continue
        for label in clear_labels(entry):
            assert len(label) > 1, f"{entry.key}: {label!r} is a letter; make it ambiguous"
            if label in NO_WORDS:
                continue
            is_plain = label.isalpha() and label == label.lower() and len(label) <= 4
            assert not is_plain, f"{entry.key}: {label!r} looks like a word; make it ambiguous"


def test_every_reference_leads_somewhere(graph: AuthorityGraph) -> None:
    for key, pairs in graph.facts.items():
        for predicate, (kind, text, _) in pairs:
            assert kind != "id" or text in graph.facts, (
                f"<{key}> {predicate} <{text}>: there is no such subject; add or correct it"
            )
            assert not (kind == "iri" and text.startswith(DEFAULT_BASE + "id/")), key


def test_every_match_is_well_formed_in_its_scheme(entries: list[AuthorityEntry]) -> None:
    for entry in entries:
        for iri in entry.exact_matches:
            assert any(re.fullmatch(scheme, iri) for scheme in SCHEMES), (
                f"{entry.key}: <{iri}> is in no known scheme; correct it or leave it out"
            )


def test_no_two_things_match_the_same_thing(entries: list[AuthorityEntry]) -> None:
    holder: dict[str, str] = {}
    for entry in entries:
        for iri in entry.exact_matches:
            other = holder.setdefault(iri, entry.key)
            assert other == entry.key, (
                f"{entry.key} and {other} both match <{iri}>; join them, or use "
                "prov:specializationOf on the one that is a name in time"
            )


def test_numbers_and_identifiers_agree(entries: list[AuthorityEntry]) -> None:
    for entry in entries:
        for iri in entry.exact_matches:
            if (match := re.search(r"BWB[RV]\d{7}$|celex/(\S+)$", iri)) is not None:
                number = match[1] or match[0]
                assert number in entry.notations, f"{entry.key}: {number} is no skos:notation"
            if (match := re.search(r"eli/(dir|reg)/(\d{4})/(\d+)/oj$", iri)) is not None:
                letter = {"dir": "L", "reg": "R"}[match[1]]
                celex = f"3{match[2]}{letter}{int(match[3]):04d}"
                assert celex in entry.notations, f"{entry.key}: ELI and CELEX differ ({celex})"


def periods_of(entry: AuthorityEntry) -> Iterator[Period]:
    yield from entry.periods
    for tenure in (*entry.parties, *entry.offices):
        yield tenure.period


def test_dates_are_sane(entries: list[AuthorityEntry]) -> None:
    for entry in entries:
        for period in periods_of(entry):
            if period.start and period.end:
                assert period.start < period.end, f"{entry.key}: {period} ends before it starts"
            for day in filter(None, (period.start, period.end)):
                assert date(1814, 1, 1) <= day <= date(2030, 1, 1), f"{entry.key}: {day}?"


def overlap(one: Period, other: Period) -> bool:
    starts_first = other.end is None or one.start is None or one.start < other.end
    return starts_first and (one.end is None or other.start is None or other.start < one.end)


def test_nobody_sits_for_two_groups_at_once(entries: list[AuthorityEntry]) -> None:
    for entry in entries:
        seats = [tenure for tenure in entry.parties if tenure.role == "kamerlid"]
        for place, seat in enumerate(seats):
            for other in seats[place + 1 :]:
                assert not overlap(seat.period, other.period), (
                    f"{entry.key}: in {seat.key} and {other.key} on one day; end the first earlier"
                )


def test_an_office_is_held_by_one_person_at_a_time(entries: list[AuthorityEntry]) -> None:
    held: dict[str, list[tuple[Period, str]]] = defaultdict(list)
    for entry in entries:
        for tenure in entry.offices:
            held[tenure.key].append((tenure.period, entry.key))
    for office, terms in held.items():
        if office in SHARED_OFFICES:
            continue
        for place, (period, person) in enumerate(terms):
            for other_period, other in terms[place + 1 :]:
                assert person == other or not overlap(period, other_period), (
                    f"{office}: {person} and {other} on one day; correct a date, or add the "
                    "office to SHARED_OFFICES with the reason"
                )


@pytest.mark.parametrize(
    "day",
    ["2010-12-01", "2013-05-01", "2016-05-01", "2018-03-01", "2021-12-01", "2024-10-01"],
)
def test_the_chamber_has_about_150_members(entries: list[AuthorityEntry], day: str) -> None:
    when = date.fromisoformat(day)
    seats = [t for e in entries for t in e.parties if t.role == "kamerlid"]
    sitting = sum(tenure.period.holds_on(when) for tenure in seats)
    assert 148 <= sitting <= 151, f"{sitting} members on {day}"


def test_offices_belong_to_a_ministry_and_have_a_title(entries: list[AuthorityEntry]) -> None:
    for entry in entries:
        if entry.kind is Kind.OFFICE:
            assert entry.ministry, f"{entry.key} has no org:postIn"
            titles = {"minister", "staatssecretaris", "minister-president"}
            assert entry.title in titles, f"{entry.key}: kg:officeTitle {entry.title!r}"


def test_people_have_a_surname_that_ends_their_name(entries: list[AuthorityEntry]) -> None:
    for entry in entries:
        if entry.kind is Kind.PERSON:
            assert entry.surname, f"{entry.key} has no foaf:familyName"
            assert entry.label.endswith(entry.surname), f"{entry.key}: {entry.surname!r}?"


@pytest.mark.parametrize(
    ("day", "office", "person"),
    [
        ("2025-05-23", "staatssecretaris-van-justitie-en-veiligheid-rechtsbescherming",
         "teun-struycken"),
        ("2025-06-20", "minister-van-economische-zaken", "vincent-karremans"),
        ("2024-12-01", "minister-van-justitie-en-veiligheid", "david-van-weel"),
        ("2012-01-01", "minister-van-binnenlandse-zaken-en-koninkrijksrelaties",
         "liesbeth-spies"),
        ("2018-02-20", "minister-van-buitenlandse-zaken", "sigrid-kaag"),
        ("2024-01-01", "minister-president", "mark-rutte"),
    ],
)  # fmt: skip
def test_who_held_what(entries: list[AuthorityEntry], day: str, office: str, person: str) -> None:
    when = date.fromisoformat(day)
    holders = [
        entry.key
        for entry in entries
        for tenure in entry.offices
        if tenure.key == f"office/{office}" and tenure.period.holds_on(when)
    ]
    assert holders == [f"person/{person}"]


@pytest.mark.parametrize(
    ("person", "day", "party"),
    [
        ("barbara-kathmann", "2023-12-05", "pvda"),
        ("barbara-kathmann", "2025-05-23", "gl-pvda"),
        ("pieter-omtzigt", "2021-02-01", "cda"),
        ("pieter-omtzigt", "2022-02-01", "omtzigt"),
        ("pieter-omtzigt", "2024-02-01", "nsc"),
        ("mona-keijzer", "2018-01-15", "cda"),
        ("mona-keijzer", "2025-01-15", "bbb"),
        ("zsolt-szabo", "2024-12-01", "pvv"),
        ("lilian-helder", "2023-10-01", "bbb"),
        ("renske-leijten", "2018-06-01", "sp"),
    ],
)
def test_who_belonged_where(graph: AuthorityGraph, person: str, day: str, party: str) -> None:
    when = date.fromisoformat(day)
    entry = graph.authority[f"person/{person}"]
    held = {tenure.key for tenure in entry.parties if tenure.period.holds_on(when)}
    assert held == {f"party/{party}"}


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Woo", "law/bwbr0045754"),
        ("AVG", "law/eu-2016-679"),
        ("Richtlijn (EU) 2022/2555", "law/eu-2022-2555"),
        ("Wiv 2017", "law/bwbr0039896"),
        ("Wwft", "law/bwbr0024282"),
        ("Wet ter voorkoming van witwassen en financieren van terrorisme", "law/bwbr0024282"),
        ("J&V", "ministry/jenv"),
        ("JenV", "ministry/jenv"),
        ("A&M", "ministry/aenm"),
        ("LVVN", "ministry/lvvn"),
        ("UWV", "organisation/uwv"),
        ("AIVD", "organisation/aivd"),
        ("GroenLinks-PvdA", "party/gl-pvda"),
    ],
)
def test_usual_names_are_known(entries: list[AuthorityEntry], label: str, key: str) -> None:
    assert [e.key for e in entries if e.kind in MATCHED and label in clear_labels(e)] == [key]


def test_groenlinks_and_pvda_stand_under_their_group(graph: AuthorityGraph) -> None:
    for party in ("party/gl", "party/pvda"):
        assert graph.authority[party].broader == "party/gl-pvda"


def test_ministries_carry_their_history(graph: AuthorityGraph) -> None:
    replaced = {
        key: [text for predicate, (_, text, _) in pairs if predicate.endswith("isReplacedBy")]
        for key, pairs in graph.facts.items()
        if key.startswith("ministry/")
    }
    assert replaced["ministry/venj"] == ["ministry/jenv"]
    assert replaced["ministry/ienm"] == ["ministry/ienw"]
    early, middle, late = graph.authority["ministry/ez"].periods
    assert (early.start, middle.start, late.start) == (None, date(2012, 11, 5), date(2024, 7, 2))


def test_every_predicate_is_used_as_the_readme_says(graph: AuthorityGraph) -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    ours = {p.removeprefix(KG) for pairs in graph.facts.values() for p, _ in pairs if KG in p}
    missing = [name for name in sorted(ours) if f"kg:{name}" not in readme]
    assert not missing, f"say in README.md what kg:{', kg:'.join(missing)} means"
