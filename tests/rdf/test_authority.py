"""The authority loader: from Turtle to entries and triples, with and without its cache."""

from datetime import date
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.model.assertion import Iri, Literal
from kg.model.authority import Kind, Period, Tenure
from kg.rdf.authority import load_authority
from kg.rdf.vocabulary import KG
from kg.resources import ontology_dir

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS_LABEL = Iri("http://www.w3.org/2000/01/rdf-schema#label")

FILE = """
@base <https://w3id.org/kamergraaf/id/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix kg: <https://w3id.org/kamergraaf/def#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<person/jo-van-dijk> a kg:Person ;
    skos:prefLabel "Jo van Dijk"@nl ; skos:altLabel "J. van Dijk"@nl ;
    foaf:familyName "van Dijk" ;
    skos:exactMatch <http://www.wikidata.org/entity/Q1> ;
    org:hasMembership <person/jo-van-dijk/membership/1>, <person/jo-van-dijk/membership/2>,
        <person/jo-van-dijk/term/1> .
<person/jo-van-dijk/membership/1> a kg:Membership ; org:member <person/jo-van-dijk> ;
    org:organization <party/b> ; org:role <role/kamerlid> ;
    org:memberDuring <person/jo-van-dijk/period/2> .
<person/jo-van-dijk/membership/2> a kg:Membership ; org:member <person/jo-van-dijk> ;
    org:organization <party/a> ; org:role <role/kamerlid> ;
    org:memberDuring <person/jo-van-dijk/period/1> .
<person/jo-van-dijk/term/1> a kg:Membership ; org:member <person/jo-van-dijk> ;
    org:organization <ministry/x> ; kg:office <office/minister-van-x> ;
    org:memberDuring <person/jo-van-dijk/period/2> .
<person/jo-van-dijk/period/1> a dcterms:PeriodOfTime ;
    dcat:startDate "2010-06-17"^^xsd:date ; dcat:endDate "2012-09-20"^^xsd:date .
<person/jo-van-dijk/period/2> a dcterms:PeriodOfTime ; dcat:startDate "2012-09-20"^^xsd:date .
<party/a> a kg:Party ; skos:prefLabel "Partij A"@nl ; skos:broader <party/b> .
<party/b> a kg:Party ; skos:prefLabel "Partij B"@nl .
<party/c> a kg:Party ; skos:prefLabel "Partij C"@nl .
<ministry/x> a kg:Ministry ; skos:prefLabel "Ministerie van X"@nl ; skos:notation "X" ;
    kg:ambiguousLabel "X"@nl ; kg:contextRule "X: default" ;
    dcterms:temporal <ministry/x/period/1>, <ministry/x/period/2> .
<ministry/x/period/1> a dcterms:PeriodOfTime ; dcat:endDate "2012-11-05"^^xsd:date .
<ministry/x/period/2> a dcterms:PeriodOfTime ; dcat:startDate "2017-10-26"^^xsd:date ;
    dcat:endDate "2024-07-02"^^xsd:date .
<office/minister-van-x> a kg:Office ; skos:prefLabel "Minister van X"@nl ;
    kg:officeTitle "minister" ; org:postIn <ministry/x> .
<role/kamerlid> a org:Role ; skos:prefLabel "Kamerlid"@nl .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "authority"
    place.mkdir()
    (place / "all.ttl").write_text(FILE, encoding="utf-8")
    return place


def test_entries_hold_what_the_files_say(folder: Path, tmp_path: Path) -> None:
    authority = load_authority(folder, cache_dir=tmp_path / "cache").authority
    person = authority["person/jo-van-dijk"]
    assert (person.kind, person.label, person.surname) == (Kind.PERSON, "Jo van Dijk", "van Dijk")
    assert person.labels == ("J. van Dijk",)
    assert person.exact_matches == ("http://www.wikidata.org/entity/Q1",)
    early = Period(date(2010, 6, 17), date(2012, 9, 20))
    late = Period(date(2012, 9, 20), None)
    assert person.parties == (
        Tenure("party/a", early, "kamerlid"),
        Tenure("party/b", late, "kamerlid"),
    )
    assert person.offices == (Tenure("office/minister-van-x", late),)
    ministry = authority["ministry/x"]
    assert ministry.notations == ("X",)
    assert ministry.ambiguous_labels == ("X",)
    assert ministry.context_rules == (("X", "default"),)
    assert ministry.periods == (
        Period(None, date(2012, 11, 5)),
        Period(date(2017, 10, 26), date(2024, 7, 2)),
    )
    assert ministry.period == Period(None, date(2024, 7, 2))
    office = authority["office/minister-van-x"]
    assert (office.ministry, office.title) == ("ministry/x", "minister")
    assert authority["party/a"].broader == "party/b"
    assert "role/kamerlid" not in authority


def test_describing_a_thing_brings_all_it_refers_to_and_no_more(
    folder: Path, tmp_path: Path
) -> None:
    graph = load_authority(folder, cache_dir=tmp_path / "cache")
    base = "https://example.org/"
    assertions = list(graph.describe(["person/jo-van-dijk", "law/unknown"], base))
    subjects = {assertion.subject.value for assertion in assertions}
    assert base + "id/ministry/x/period/2" in subjects
    assert base + "id/role/kamerlid" in subjects
    assert base + "id/party/c" not in subjects
    assert all(value.startswith(base + "id/") for value in subjects)
    labels = {a.subject.value: a.object for a in assertions if a.predicate == RDFS_LABEL}
    assert labels.keys() == subjects
    assert labels[base + "id/person/jo-van-dijk"] == Literal("Jo van Dijk", "nl")
    assert labels[base + "id/person/jo-van-dijk/term/1"] == Literal(
        "Jo van Dijk – Minister van X", "nl"
    )
    assert labels[base + "id/ministry/x/period/1"] == Literal("… – 2012-11-05")
    assert [a.subject.value for a in assertions] == sorted(a.subject.value for a in assertions)
    member = [a.object for a in assertions if a.predicate == Iri(KG + "office")]
    assert member == [Iri(base + "id/office/minister-van-x")]


@pytest.mark.parametrize("damage", ["none", "absent", "truncated", "altered", "not a folder"])
def test_no_state_of_the_cache_changes_the_result(
    folder: Path, tmp_path: Path, damage: str
) -> None:
    cache = tmp_path / "cache"
    fresh = load_authority(folder, cache_dir=cache)
    compiled = cache / "authority.compiled"
    stored = compiled.read_bytes()
    if damage == "absent":
        compiled.unlink()
    elif damage == "truncated":
        compiled.write_bytes(stored[: len(stored) // 2])
    elif damage == "altered":
        compiled.write_bytes(stored[:-9] + b"\0" * 9)
    elif damage == "not a folder":
        cache = tmp_path / "file"
        cache.write_text("no folder")
    again = load_authority(folder, cache_dir=cache)
    assert again.facts == fresh.facts
    assert list(again.authority) == list(fresh.authority)


def test_an_edited_file_is_seen_at_once(folder: Path, tmp_path: Path) -> None:
    load_authority(folder, cache_dir=tmp_path / "cache")
    (folder / "all.ttl").write_text(FILE.replace("Partij C", "Partij D"), encoding="utf-8")
    authority = load_authority(folder, cache_dir=tmp_path / "cache").authority
    assert authority["party/c"].label == "Partij D"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<party/c> a", "all.ttl: not Turtle"),
        ("<party/e> a kg:Party .", "party/e has no skos:prefLabel"),
        ("<party/c> kg:contextRule 'C' .", "write 'label: rule'"),
        ("<party/c> skos:related [] .", "blank node"),
        ("<http://example.org/x> a kg:Party .", "is not under"),
        (
            "<party/c> dcterms:temporal <party/c/period/1> ."
            "<party/c/period/1> dcat:startDate '31 maart' .",
            "party/c/period/1",
        ),
    ],
)
def test_a_flaw_in_a_file_is_named(folder: Path, tmp_path: Path, text: str, complaint: str) -> None:
    (folder / "all.ttl").write_text(FILE + text, encoding="utf-8")
    with pytest.raises(GraphError, match=complaint) as caught:
        load_authority(folder, cache_dir=tmp_path / "cache")
    assert "\n" not in caught.value.message


def test_a_folder_without_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no authority files"):
        load_authority(tmp_path, cache_dir=tmp_path / "cache")


def test_the_files_of_the_project_load(tmp_path: Path) -> None:
    graph = load_authority(ontology_dir() / "authority", cache_dir=tmp_path)
    kinds = {entry.kind for entry in graph.authority}
    assert kinds == set(Kind) - {Kind.MOTION, Kind.PAPER}
    szabo = graph.authority["person/zsolt-szabo"]
    assert [tenure.key for tenure in szabo.parties] == ["party/pvv"]
    assert graph.authority[szabo.offices[0].key].ministry == "ministry/bzk"
