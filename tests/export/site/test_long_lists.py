"""Pages whose lists are long fill several sheets, the same served and as a static site."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pyoxigraph as ox
import pytest

from kg.building.building import silent
from kg.export.graph import ExportGraph
from kg.export.site import sorting, write_site
from kg.export.site.addresses import file_of
from kg.export.stored_things import StoredThings
from kg.export.things import Things

ID = "https://w3id.org/kamergraaf/id/"
KG = "https://w3id.org/kamergraaf/def#"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
SETS = 450
COUNTS = 1_201


def triples() -> str:
    lines = [
        f"<{ID}document/aa> a <{KG}SourceDocument> ; {LABEL} 'a.txt' .",
        f"<{ID}person/jan> a <{KG}Person> ; {LABEL} 'Jan'@nl .",
        f"<{ID}counting/by-law> a <{KG}Counting> ; {LABEL} 'Sets per wet'@nl .",
    ]
    for number in range(SETS):
        one = f"{ID}set/s{number}"
        lines.append(
            f"<{one}> a <{KG}QuestionSet> ; {LABEL} 'Set {number}'@nl ;"
            f" <{KG}submittedBy> <{ID}person/jan> ; <{KG}hasQuestion> <{one}/question/1> ."
            f"<{one}/question/1> a <{KG}Question> ; {LABEL} 'Vraag 1'@nl ; <{KG}text> 'Kaas?'@nl ."
        )
    lines += [
        f"<{ID}counting/by-law/law/l{number}> a <{KG}Count> ; {LABEL} 'Telling {number}'@nl ;"
        f" <{KG}countOf> <{ID}law/l{number}> . <{ID}law/l{number}> a <{KG}Law> ;"
        f" {LABEL} 'Wet {number}'@nl ."
        for number in range(COUNTS)
    ]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "graph.ttl"
    path.write_text(triples(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def site(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long-site") / "site"
    write_site(graph, folder, silent, workers=1)
    return folder


def test_a_person_of_many_sets_has_them_all_on_sheets(site: Path) -> None:
    listed = Counter[str]()
    ranges = ["1–200", "201–400", "401–450"]
    for sheet, shown in ((1, 200), (2, 200), (3, 50)):
        html = (site / file_of("person/jan", "html", sheet)).read_text("utf-8")
        links = re.findall(r'href="[^"]*/set/[^"]*"', html)
        assert len(links) == shown
        assert f"van {SETS}" in html
        pagers = re.findall(r'<nav class="sheets".*?</nav>', html, re.DOTALL)
        assert len(pagers) == 2
        for pager in pagers:
            assert re.findall(r'<b aria-current="page">([^<]*)</b>', pager) == [ranges[sheet - 1]]
        listed.update(links)
    assert len(listed) == SETS
    assert not (site / file_of("person/jan", "html", 4)).exists()
    assert not (site / file_of("person/jan", "ttl", 2)).exists()


def test_each_part_stands_on_one_sheet_with_its_data(site: Path) -> None:
    found = Counter[str]()
    for sheet in (1, 2, 3):
        html = (site / file_of("counting/by-law", "html", sheet)).read_text("utf-8")
        anchors = set(re.findall(r'id="(law/l\d+)"', html))
        for ending, form in (
            ("ttl", ox.RdfFormat.TURTLE),
            ("nt", ox.RdfFormat.N_TRIPLES),
            ("jsonld", ox.RdfFormat.JSON_LD),
        ):
            path = site / file_of("counting/by-law", ending, sheet)
            subjects = {quad.subject.value for quad in ox.parse(path=str(path), format=form)}
            assert subjects == {
                f"{ID}counting/by-law",
                *(f"{ID}counting/by-law/{one}" for one in anchors),
            }
        found.update(anchors)
    assert found == Counter({f"law/l{number}": 1 for number in range(COUNTS)})


def test_links_to_parts_lead_to_their_sheet(site: Path) -> None:
    broken = []
    for number in range(COUNTS):
        path = site / file_of(f"law/l{number}", "html")
        for link in re.findall(r'href="([^"]*/counting/[^"]*)"', path.read_text("utf-8")):
            address, fragment = urldefrag(unquote(link))
            target = (path.parent / address).resolve()
            if f'id="{fragment}"' not in target.read_text("utf-8"):
                broken.append(link)
    assert broken == []


def test_no_folder_holds_all_pages_of_a_class(site: Path) -> None:
    sizes = [len(list(folder.iterdir())) for folder in (site / "doc/law").iterdir()]
    assert len(sizes) == 110
    assert max(sizes) < 100


def test_served_things_have_the_same_sheets(graph: Path) -> None:
    stored = StoredThings(ExportGraph.open(graph))
    told = stored.told("counting/by-law")
    assert (told.sheets, told.data_sheets) == (3, 3)
    sheets = [stored.told("counting/by-law", number) for number in (1, 2, 3)]
    assert [len(one.subjects) - 1 for one in sheets] == [500, 500, 201]
    assert stored.told("person/jan").sheets == 3
    things = Things(ID.removesuffix("id/"), stored)

    class Addresses:
        def page(self, local: str, fragment: str = "", sheet: int = 1) -> str:
            return f"{local} {sheet} {fragment}"

        def data(self, local: str, ending: str, sheet: int = 1) -> str:
            return ""

        def room(self, name: str) -> str | None:
            return None

    assert things.address("counting/by-law/law/l499", Addresses()) == "counting/by-law 1 law/l499"
    assert things.address("counting/by-law/law/l500", Addresses()) == "counting/by-law 2 law/l500"


def test_workers_and_the_size_of_parts_do_not_change_what_is_said(
    seed_build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "BATCH_BYTES", 100_000)
    contents = []
    for name, workers, size in (("one", 1, 12_000_000), ("two", 2, 50_000)):
        monkeypatch.setattr(sorting, "PART_BYTES", size)
        write_site(seed_build, tmp_path / name, silent, workers)
        contents.append({
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*") if path.is_file()
        })  # fmt: skip
    assert contents[0].keys() == contents[1].keys()
    assert [name for name in contents[0] if contents[0][name] != contents[1][name]] == []
