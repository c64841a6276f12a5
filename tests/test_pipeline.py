"""The main job on the seeds and on broken documents."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.building.report import BuildReport, Status
from kg.errors import UsageError
from kg.pipeline import build

PREFIXES = """
PREFIX kg: <https://w3id.org/kamergraaf/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""
GOOD = """\
De brug |
|
Jo Mol (NSC) |
|
Ans Smit (minister ) (VVD) |
|
![]() |
Is de brug dicht?
Ja.
"""


@pytest.fixture(scope="module")
def store(seed_graph: Path) -> ox.Store:
    graph = ox.Store()
    graph.bulk_load(path=str(seed_graph), format=ox.RdfFormat.TURTLE)
    return graph


@pytest.fixture
def ask(store: ox.Store) -> Callable[[str], list[tuple[str, ...]]]:
    def run(query: str) -> list[tuple[str, ...]]:
        solutions = store.query(PREFIXES + query)
        return sorted(
            tuple(term.value if term else "" for term in solution) for solution in solutions
        )

    return run


Ask = Callable[[str], list[tuple[str, ...]]]


def test_the_seeds_give_the_counts_that_were_read_by_hand(seed_build: Path) -> None:
    report = json.loads((seed_build / "report.json").read_text())
    totals = report["totals"]
    assert totals["printed_sets"] == 22 + 1
    assert totals["sets"] == 19
    assert totals["questions"] == 238
    assert totals["answered_questions"] == 104
    assert totals["sets_without_answer"] == 10
    assert totals["extension_letters"] == 1
    assert [document["status"] for document in report["documents"]] == ["accepted", "accepted"]
    assert all("unclaimed" not in document["lines"] for document in report["documents"])
    page, listed = (document for document in report["documents"])
    assert page["recognised"]["answers"] == 30
    assert page["missing"] == {"title": 1}
    assert listed["recognised"]["questions"] == 271
    assert listed["missing"] == {"number": 22, "submitted_on": 22}
    assert listed["flags"] == []


def test_one_set_carries_a_kenmerk_and_its_dates(ask: Ask) -> None:
    assert ask(
        "SELECT ?number ?asked ?answered { ?set a kg:QuestionSet ; dcterms:identifier ?number ;"
        " kg:submittedOn ?asked ; kg:answeredOn ?answered }"
    ) == [("2025Z10397", "2025-05-23", "2025-09-19")]
    assert len(ask("SELECT ?set { ?set a kg:QuestionSet ; kg:submittedOn ?day }")) == 1


def test_the_letter_names_eight_numbers(ask: Ask) -> None:
    rows = ask(
        "SELECT ?number { ?set dcterms:identifier '2025Z10397' ; kg:extendedBy ?letter ."
        " ?letter kg:namesKenmerk ?number }"
    )
    assert [number for (number,) in rows] == [
        f"2025Z{number}" for number in (10395, 10396, 10397, 10398, 10399, 10400, 10401, 10402)
    ]


def test_eight_sets_share_one_title(ask: Ask) -> None:
    rows = ask(
        "SELECT ?set { ?set dcterms:title"
        " 'De groeiende afhankelijkheid van Amerikaanse techgiganten'@nl }"
    )
    assert len(rows) == 8


def test_the_detail_page_met_its_set_with_evidence(ask: Ask) -> None:
    ((evidence,),) = ask(
        "SELECT ?evidence { ?set dcterms:identifier '2025Z10397' ; kg:identityEvidence ?evidence }"
    )
    assert "DJI" in evidence
    assert "4 of 4" in evidence
    rows = ask(
        "SELECT ?number ?text { ?set dcterms:identifier '2025Z10397' ; kg:hasAnswer ?answer ."
        " ?answer kg:answers/kg:number ?number ; kg:text ?text ; kg:alignmentConfidence ?c ;"
        " kg:alignmentEvidence ?why }"
    )
    texts = {int(number): text for number, text in rows}
    assert len(texts) == 11
    assert texts[1] == "Ja."
    assert "CLOUD Act" in texts[6]
    assert "motie Kathmann" in texts[7]
    assert "doorgeleid naar de Autoriteit Persoonsgegevens" in texts[10]


PEOPLE = [
    ("De stroomstoring", "submitter", "Wytske de Pater-Postma|CDA|", "Jesse Six Dijkstra|NSC|"),
    (
        "De stroomstoring",
        "answerer",
        "David van Weel||minister",
        "Judith Uitermark|NSC|minister",
        "Ruben Brekelmans|VVD|minister",
        "Sophie Hermans|VVD|minister",
    ),
    ("Het bericht 'Ministeries", "submitter", "Martijn Buijsse|VVD|"),
    ("Het bericht 'Ministeries", "answerer", "Judith Uitermark|NSC|minister"),
    ("De kansen van", "submitter", "Martijn Buijsse|VVD|", "Silvio Erkens|VVD|"),
    ("De kansen van", "answerer", "Judith Uitermark|NSC|minister", "Zsolt Szabó|VVD|"),
    ("Het emancipatiebeleid", "submitter", "Barbara Kathmann|PvdA|", "Lisa Westerveld|GL|"),
    ("Het emancipatiebeleid", "addressee", "Zsolt Szabó|VVD|", "Mariëlle Paul|VVD|"),
    ("Het bericht 'Schrikbarende", "submitter", "Songül Mutluer|PvdA|"),
    ("Het bericht 'Schrikbarende", "addressee", "David van Weel||minister"),
    ("De schijnveiligheid", "submitter", "Barbara Kathmann|PvdA|"),
    ("De schijnveiligheid", "addressee", "Karremans||", "Zsolt Szabó|VVD|"),
    ("Het werkbezoek", "submitter", "Barbara Kathmann|PvdA|", "Jimme Nordkamp|PvdA|"),
    ("Het werkbezoek", "answerer", "Gijs Tuinman|BBB|", "Zsolt Szabó|VVD|"),
    ("De nieuwe werkplek", "submitter", "Jesse Six Dijkstra|NSC|", "Barbara Kathmann|PvdA|"),
    ("De nieuwe werkplek", "answerer", "Judith Uitermark|NSC|minister", "Zsolt Szabó|VVD|"),
    ("De beschikbaarheid", "submitter", "Sandra Beckerman|SP|"),
    ("De beschikbaarheid", "answerer", "van Marum||", "Chris Jansen|PVV|"),
    ("Bescherming tegen", "submitter", "Barbara Kathmann|PvdA|"),
    ("Bescherming tegen", "answerer", "Judith Uitermark|NSC|minister"),
    ("Het gebruik van", "submitter", "Jesse Six Dijkstra|NSC|"),
    ("Het gebruik van", "answerer", "Zsolt Szabó|VVD|"),
]


def printed_people(ask: Ask, condition: str, role: str) -> list[str]:
    rows = ask(
        f"SELECT ?order ?name ?party ?office {{ ?set a kg:QuestionSet ; dcterms:title ?title ;"
        f" kg:participation ?p . {condition} ?p kg:role '{role}' ; kg:order ?order ;"
        " kg:printedName ?name . OPTIONAL { ?p kg:printedParty ?party }"
        " OPTIONAL { ?p kg:printedOffice ?office } }"
    )
    return ["|".join(row[1:]) for row in rows]


@pytest.mark.parametrize(("title", "role", "people"), [(row[0], row[1], row[2:]) for row in PEOPLE])
def test_people_are_kept_as_printed(
    ask: Ask, title: str, role: str, people: tuple[str, ...]
) -> None:
    condition = f'FILTER(STRSTARTS(?title, "{title}"))'
    assert printed_people(ask, condition, role) == list(people)


ROUND_ROBIN = [
    ("Eddy van Hijum", "Eddy van Hijum|CDA|minister", "Zsolt Szabó|VVD|"),
    ("Eppo Bruins", "Zsolt Szabó|VVD|", "Eppo Bruins|NSC|minister"),
    ("Barry Madlener", "Zsolt Szabó|VVD|", "Barry Madlener|PVV|minister"),
    (
        "Tjebbe van Oostenbruggen",
        "Tjebbe van Oostenbruggen|NSC|",
        "Eelco Heinen|VVD|minister",
        "Zsolt Szabó|VVD|",
    ),
    ("Dirk Beljaarts", "Dirk Beljaarts||minister", "Zsolt Szabó|VVD|"),
    ("Fleur Agema", "Fleur Agema|PVV|minister", "Zsolt Szabó|VVD|"),
    (
        "Struycken",
        "David van Weel||minister",
        "Struycken||",
        "Marjolein Faber|PVV|minister",
        "Zsolt Szabó|VVD|",
    ),
]


@pytest.mark.parametrize(("one", "people"), [(row[0], row[1:]) for row in ROUND_ROBIN])
def test_the_eight_sets_of_one_title_keep_their_own_addressees(
    ask: Ask, one: str, people: tuple[str, ...]
) -> None:
    condition = (
        'FILTER(STRSTARTS(?title, "De groeiende"))'
        f" ?set kg:participation [ kg:role 'addressee' ; kg:printedName '{one}' ] ."
    )
    assert printed_people(ask, condition, "addressee") == list(people)


def test_every_quoted_place_lies_in_its_document(seed_graph: Path, seeds: Path) -> None:
    graph = rdflib.Graph().parse(seed_graph)
    kg = rdflib.Namespace("https://w3id.org/kamergraaf/def#")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    texts = {
        document: (seeds / str(graph.value(document, rdflib.RDFS.label))).read_text("utf-8")
        for document in graph.subjects(rdflib.RDF.type, kg.SourceDocument)
    }
    questions = set(graph.subjects(rdflib.RDF.type, kg.Question))
    for question in questions:
        text = str(graph.value(question, kg.text))
        for place in graph.objects(question, prov.wasQuotedFrom):
            document, _, fragment = str(place).partition("#char=")
            start, end = map(int, fragment.split(","))
            printed = texts[rdflib.URIRef(document)][start:end]
            assert printed[:30] == text[:30]
            assert len(printed) >= len(text)


def test_no_blank_nodes(store: ox.Store) -> None:
    assert not any(
        isinstance(term, ox.BlankNode) for quad in store for term in (quad.subject, quad.object)
    )


def test_two_builds_and_another_order_give_the_same_bytes(
    tmp_path: Path, seed_build: Path, seeds: Path
) -> None:
    files = sorted(seeds.glob("*.txt"))
    for out, order in (("one", files), ("other", files[::-1])):
        build(order, tmp_path / out)
    for name in ("graph.ttl",):
        expected = (seed_build / name).read_bytes()
        assert (tmp_path / "one" / name).read_bytes() == expected
        assert (tmp_path / "other" / name).read_bytes() == expected


def test_another_base_moves_every_thing(tmp_path: Path, seeds: Path) -> None:
    build([seeds], tmp_path, base="https://voorbeeld.nl/")
    text = (tmp_path / "graph.ttl").read_text()
    assert "https://voorbeeld.nl/id/set/2025Z10397" in text
    assert "w3id.org/kamergraaf/id/" not in text


def result(report: BuildReport, name: str) -> tuple[Status, str | None, int | None, str]:
    (found,) = [one for one in report.documents if one.path.endswith(name)]
    return found.status, found.code, found.line, found.reason or ""


BAD = [
    ("empty.txt", b"", Status.REJECTED, "empty"),
    ("blank.txt", b" \n\n", Status.REJECTED, "empty"),
    ("binary.txt", bytes(range(256)) * 20, Status.REJECTED, None),
    ("latin.txt", "Café |\n|\n".encode("latin-1"), Status.REJECTED, None),
    ("letter.txt", b"Geachte voorzitter,\nhartelijk dank.\n", Status.REJECTED, "unknown-layout"),
    (
        "truncated.txt",
        GOOD[: GOOD.index("Is de")].encode(),
        Status.PARTIAL,
        "block-without-questions",
    ),
    (
        "row.txt",
        GOOD.replace("Jo Mol (NSC) |\n|\n", "").encode(),
        Status.PARTIAL,
        "header-row-missing",
    ),
]


@pytest.mark.parametrize(("name", "content", "status", "code"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_document_is_reported_and_the_others_are_built(
    tmp_path: Path, name: str, content: bytes, status: Status, code: str | None
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD)
    (folder / name).write_bytes(content)
    report = build([folder], tmp_path / "out")
    found = result(report, name)
    assert found[0] is status
    assert found[3], "no reason given"
    assert "\n" not in found[3]
    if code:
        assert found[1] == code
    assert result(report, "good.txt")[0] is Status.ACCEPTED
    assert not report.complete
    assert report.graph_written
    written = json.loads((tmp_path / "out" / "report.json").read_text())
    assert name in " ".join(written["warnings"])


IMPOSSIBLE = """\
Ingediend | 31 februari 2024 |
---|---|
Indieners | Jo Mol (NSC) |
Bron vraag | https://zoek.officielebekendmakingen.nl/kv-tk-2024Z00001.html |
Ja.
"""


def test_a_day_that_does_not_exist_is_in_the_register(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(IMPOSSIBLE)
    report = build([tmp_path / "page.txt"], tmp_path / "out")
    assert result(report, "page.txt")[0] is Status.PARTIAL
    graph = ox.Store()
    graph.bulk_load(path=str(tmp_path / "out" / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    quotes = graph.query(PREFIXES + "SELECT ?quote { ?e a kg:SourceError ; kg:quote ?quote }")
    assert [row["quote"].value for row in quotes] == ["31 februari 2024"]


def test_a_line_of_fifty_megabytes_is_survived(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(GOOD + "woord " * (50_000_000 // 6))
    (tmp_path / "good.txt").write_text(GOOD)
    report = build([tmp_path], tmp_path / "out")
    assert result(report, "good.txt")[0] is Status.ACCEPTED
    assert report.graph_written


def test_a_folder_without_documents_leaves_the_old_graph(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    build([tmp_path / "good.txt"], tmp_path / "out")
    before = (tmp_path / "out" / "graph.ttl").read_bytes()
    (tmp_path / "nothing").mkdir()
    report = build([tmp_path / "nothing"], tmp_path / "out")
    assert not report.graph_written
    assert not report.complete
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == before


def test_a_target_that_cannot_be_written_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UsageError, match="--out"):
        build([tmp_path / "good.txt"], tmp_path / "file")


def test_the_same_document_under_two_names_counts_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(GOOD)
    report = build([tmp_path], tmp_path / "out")
    assert report.totals["sets"] == 1
    graph = rdflib.Graph().parse(tmp_path / "out" / "graph.ttl")
    kg = rdflib.Namespace("https://w3id.org/kamergraaf/def#")
    (document,) = graph.subjects(rdflib.RDF.type, kg.SourceDocument)
    assert {str(label) for label in graph.objects(document, rdflib.RDFS.label)} == {
        "a.txt",
        "b.txt",
    }


def test_a_copy_of_a_document_adds_its_name_only(
    tmp_path: Path, seeds: Path, seed_graph: Path
) -> None:
    for file in seeds.glob("*.txt"):
        shutil.copy(file, tmp_path / file.name)
        shutil.copy(file, tmp_path / f"copy-{file.name}")
    report = build([tmp_path], tmp_path / "out")
    assert report.totals["sets"] == 19
    added = set((tmp_path / "out" / "graph.ttl").read_text().split()) - set(
        seed_graph.read_text().split()
    )
    assert all("copy-" in word for word in added)


def test_a_second_build_reuses_what_it_read_and_writes_the_same_bytes(tmp_path, seeds):
    first = build([seeds], tmp_path / "uit")
    written = (tmp_path / "uit" / "graph.ttl").read_bytes()
    again = build([seeds], tmp_path / "uit")
    fresh = build([seeds], tmp_path / "vers")
    assert first == again == fresh
    assert (tmp_path / "uit" / "graph.ttl").read_bytes() == written
    assert (tmp_path / "vers" / "graph.ttl").read_bytes() == written


@pytest.mark.parametrize("title", ["…", "2°", "Ω", "—«»", "（）"])
def test_a_title_without_letters_of_ours_ends_no_build(tmp_path: Path, title: str) -> None:
    document = tmp_path / "a.txt"
    document.write_text(
        f"{title} |\n|\nJo Mol (NSC) |\n|\nVos |\n|\n![]() |\nIs de brug dicht?\nJa.\n"
    )
    report = build([document], tmp_path / "out")
    assert report.totals["sets"] == 1
    graph = (tmp_path / "out" / "graph.ttl").read_text("utf-8")
    assert re.search(r"set/(zonder-titel|[0-9a-z]+)-[0-9a-f]{8}", graph)
