"""The static site: every link leads somewhere, every text is as the graph has it."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.building.building import silent
from kg.errors import UsageError
from kg.export.graph import ExportGraph
from kg.export.pages import Pages
from kg.export.site import write_site
from kg.export.site.addresses import SiteAddresses, file_of
from kg.export.stored_listing import list_stored
from kg.export.stored_things import StoredThings
from kg.export.things import Things
from kg.store.manifest import MANIFEST, faults

SET_PAGE = "doc/set/97/2025Z10397.html"
HOSTILE = """
@prefix kg: <https://w3id.org/kamergraaf/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/kamergraaf/id/> .
@prefix set: <https://w3id.org/kamergraaf/id/set/> .
<https://w3id.org/kamergraaf/id/document/aa> a kg:SourceDocument ; rdfs:label "a.txt" .
<https://w3id.org/kamergraaf/id/set/x> a kg:QuestionSet ;
  rdfs:label "</script><script>alert(1)</script>"@nl ; dcterms:identifier "<b>1</b>" ;
  kg:hasQuestion <https://w3id.org/kamergraaf/id/set/x/question/1> .
<https://w3id.org/kamergraaf/id/set/x/question/1> a kg:Question ; rdfs:label "Vraag 1 – X"@nl ;
  kg:number 1 ; kg:text "Kent u <i>AVG</i> & de 'wet'?"@nl .
<https://w3id.org/kamergraaf/id/set/x/question/1/mention/10-13> a kg:Mention ; rdfs:label "AVG" ;
  kg:inText <https://w3id.org/kamergraaf/id/set/x/question/1> ; kg:start 10 ; kg:end 13 ;
  kg:linkStatus "certain" ; kg:entity <https://w3id.org/kamergraaf/id/law/avg.nt> .
<https://w3id.org/kamergraaf/id/set/x/question/1/mention/24-27> a kg:Mention ; rdfs:label "wet" ;
  kg:inText <https://w3id.org/kamergraaf/id/set/x/question/1> ; kg:start 24 ; kg:end 27 ;
  kg:linkStatus "ambiguous" ; kg:candidate <https://w3id.org/kamergraaf/id/law/avg.nt> .
<https://w3id.org/kamergraaf/id/law/avg.nt> a kg:Law ; rdfs:label "AVG"@nl ;
  rdfs:seeAlso <javascript:alert(1)> .
"""


class Page(HTMLParser):
    """The links, anchors and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.elements: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            elif name == "id" and value:
                self.ids.append(value)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def site(seed_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    write_site(seed_build, folder, silent)
    return folder


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    (tmp_path / "graph.ttl").write_text(HOSTILE, encoding="utf-8")
    return tmp_path / "graph.ttl"


def test_no_link_is_broken_and_no_anchor_stands_twice(site: Path) -> None:
    pages = {
        path: Page(path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
        if path.name != "graph.html"
    }
    assert len(pages) > 200
    broken = []
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        for link in page.links:
            if link.startswith(("http://", "https://", "data:")):
                continue
            address, fragment = urldefrag(unquote(link))
            target = (path.parent / address).resolve() if address else path
            if not target.is_file():
                broken.append(f"{path.relative_to(site)} -> {link}")
            elif fragment and fragment not in pages[target].ids:
                broken.append(f"{path.relative_to(site)} -> {link} (no such part)")
    assert broken == []


def test_the_front_page_lists_what_a_server_does(site: Path, seed_graph: Path) -> None:
    stored = StoredThings(ExportGraph.open(seed_graph))
    pages = Pages(Things(stored.graph.base, stored))
    addresses = SiteAddresses("index.html", explorer=True)
    page = pages.index(list_stored(stored).links(pages.things, addresses), addresses)
    assert (site / "index.html").read_text("utf-8") == page


def test_every_thing_has_its_page_and_the_same_data_in_three_formats(
    site: Path, seed_graph: Path
) -> None:
    graph = ExportGraph.open(seed_graph)
    found: set[str] = set()
    for local in StoredThings(graph).wholes():
        assert (site / file_of(local, "html")).is_file()
        read = [
            {
                str(quad.triple)
                for quad in ox.parse(path=str(site / file_of(local, form)), format=kind)
            }
            for form, kind in [
                ("ttl", ox.RdfFormat.TURTLE),
                ("nt", ox.RdfFormat.N_TRIPLES),
                ("jsonld", ox.RdfFormat.JSON_LD),
            ]
        ]
        assert read[0] == read[1] == read[2] != set()
        found |= read[0]
    written = ox.parse(path=str(seed_graph), format=ox.RdfFormat.TURTLE)
    assert found == {str(quad.triple) for quad in written}


def test_a_set_page_shows_its_texts_people_and_days(site: Path) -> None:
    page = Page((site / SET_PAGE).read_text(encoding="utf-8"))
    for shown in [
        "De groeiende afhankelijkheid van Amerikaanse techgiganten",
        "Ingediend door",
        "Barbara Kathmann",
        "23 mei 2025",
        "19 september 2025",
        "11 vragen",
        "Ik heb uw verzoek doorgeleid naar de Autoriteit Persoonsgegevens.",
        "Uitstelbericht",
        "met zekerheid",
    ]:
        assert shown in page.text
    assert "../../../doc/organisation/ns/autoriteit-persoonsgegevens.html" in page.links
    assert {"question/1", "answer/11", "letter/1", "submitter/1"} <= set(page.ids)


def contents(folder: Path) -> dict[Path, bytes]:
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_two_sites_of_one_graph_are_the_same_bytes(site: Path, seed_build: Path) -> None:
    again = site.parent / "again"
    write_site(seed_build, again, silent)
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [
        name for name in files if (site / name).read_bytes() != (again / name).read_bytes()
    ] == []


def test_texts_are_never_markup(hostile: Path, tmp_path: Path) -> None:
    write_site(hostile, tmp_path / "site", silent)
    html = (tmp_path / "site" / "doc/set/x/x.html").read_text(encoding="utf-8")
    page = Page(html)
    assert "i" not in page.elements
    assert "alert(1)" not in "".join(re.findall(r"<script>(.*?)</script>", html, re.S))
    assert "Kent u <i>AVG</i> & de 'wet'?" in page.text
    (schema,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert json.loads(schema)["name"] == "</script><script>alert(1)</script>"
    law = Page((tmp_path / "site" / "doc/law/nt/avg.nt.html").read_text(encoding="utf-8"))
    assert not any(link.startswith("javascript:") for link in page.links + law.links)


def test_an_answer_without_its_question_is_shown(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(
        HOSTILE + "set:y a kg:QuestionSet ; rdfs:label 'Y'@nl ;\n"
        "  kg:hasAnswer <https://w3id.org/kamergraaf/id/set/y/answer/0> .\n"
        "<https://w3id.org/kamergraaf/id/set/y/answer/0> a kg:Answer ; rdfs:label 'Antwoord'@nl ;\n"
        "  kg:text 'Ja, dat klopt.'@nl .\n",
        encoding="utf-8",
    )
    write_site(tmp_path / "graph.ttl", tmp_path / "site", silent)
    page = Page((tmp_path / "site/doc/set/y/y.html").read_text("utf-8"))
    assert "Ja, dat klopt." in page.text
    assert "1 antwoord zonder vraag in deze documenten" in page.text
    assert page.ids.count("answer/0") == 1


def test_only_certain_mentions_are_links(hostile: Path, tmp_path: Path) -> None:
    write_site(hostile, tmp_path / "site", silent)
    html = (tmp_path / "site" / "doc/set/x/x.html").read_text(encoding="utf-8")
    linked = re.findall(r'<a id="question/1/mention/[^>]*href="([^"]*)"[^>]*>([^<]*)</a>', html)
    assert linked == [("../../../doc/law/nt/avg.nt.html", "AVG")]


def test_a_folder_with_other_things_is_left_alone(hostile: Path, tmp_path: Path) -> None:
    folder = tmp_path / "precious"
    folder.mkdir()
    (folder / "work.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="choose an empty folder"):
        write_site(hostile, folder, silent)
    assert [path.name for path in folder.iterdir()] == ["work.txt"]


def test_an_older_site_is_replaced_whole(hostile: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(hostile, folder, silent)
    (folder / "doc/set/x/old.html").write_text("old", encoding="utf-8")
    write_site(hostile, folder, silent)
    assert not (folder / "doc/set/x/old.html").exists()
    assert not list(tmp_path.glob(".site.*"))


def test_a_site_that_fails_leaves_the_older_one(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    write_site(hostile, folder, silent, workers=1)
    before = contents(folder)

    def fail(task: object) -> None:
        raise UsageError("no more")

    monkeypatch.setattr("kg.export.site.make_batch", fail)
    with pytest.raises(UsageError, match="no more"):
        write_site(hostile, folder, silent, workers=1)
    assert contents(folder) == before
    assert list(faults(folder / MANIFEST)) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("doc/law/nt/avg.nt.html", "has files that were changed since the manifest was made"),
        ("search/index.js", "has files that were changed since the manifest was made"),
        ("void.ttl", "has 1 bytes instead of"),
    ],
)
def test_a_changed_file_is_found(hostile: Path, tmp_path: Path, name: str, told: str) -> None:
    folder = tmp_path / "site"
    write_site(hostile, folder, silent)
    assert list(faults(folder / MANIFEST)) == []
    (folder / name).write_text("x")
    (fault,) = faults(folder / MANIFEST)
    assert fault.english.startswith(told)


def test_a_removed_page_is_found(hostile: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(hostile, folder, silent)
    (folder / "doc/set/x/x.html").unlink()
    assert [fault.english for fault in faults(folder / MANIFEST)] == ["has 11 files instead of 12"]


def test_any_graph_has_pages_and_parts_of_nothing_known_stand_alone(tmp_path: Path) -> None:
    (tmp_path / "graph.nt").write_text(
        '<https://w3id.org/kamergraaf/id/set/x/question/1> <a:a> _:b .\n_:b <a:a> "c" .\n'
        "<https://example.org/y> <a:a> <https://w3id.org/kamergraaf/id/set/x/question/1> .\n"
    )
    write_site(tmp_path / "graph.nt", tmp_path / "site", silent)
    html = (tmp_path / "site" / file_of("set/x/question/1", "html")).read_text("utf-8")
    assert 'href="https://example.org/y"' in html


@pytest.mark.browser
@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "doc/set/97/2025Z10397.html",
        "doc/person/nn/barbara-kathmann.html",
        "doc/organisation/ft/microsoft.html",
        "doc/document/ab/8e49d6091517dcab.html",
        "doc/counting/aw/sets-by-law.html",
    ],
)
def test_pages_work_from_disk_without_any_request_and_are_accessible(
    site: Path, page: Any, axe_violations: Callable[[Any], list[str]], name: str
) -> None:
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / name).as_uri())
    assert page.evaluate("performance.getEntriesByName('kg-ready').length") == 1
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert axe_violations(page) == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert errors == []


def test_a_long_list_is_cut_and_the_search_knows_all(tmp_path: Path) -> None:
    laws = "".join(
        f"<https://w3id.org/kamergraaf/id/law/l{n}> a <https://w3id.org/kamergraaf/def#Law> ; "
        f'<http://www.w3.org/2000/01/rdf-schema#label> "Wet {n}"@nl .\n'
        for n in range(450)
    )
    (tmp_path / "graph.ttl").write_text(laws, encoding="utf-8")
    write_site(tmp_path / "graph.ttl", tmp_path / "site", silent)
    page = Page((tmp_path / "site" / "index.html").read_text(encoding="utf-8"))
    assert sum(link.startswith("doc/law/") for link in page.links) == 30
    assert "en nog 420" in page.text
    shown = [
        row
        for path in (tmp_path / "site/search/names/0").iterdir()
        for row in json.loads(path.read_text("utf-8").partition(",")[2].rstrip(");\n"))
    ]
    assert {kind for kind, *_ in shown} == {"Wet of regeling"}
    assert len({address for *_, address in shown}) == 450
    assert all((tmp_path / "site" / address).is_file() for *_, address in shown)


def test_a_set_page_draws_what_stands_around_it(site: Path) -> None:
    html = (site / SET_PAGE).read_text(encoding="utf-8")
    drawing = ElementTree.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])
    links = [one.get("href") for one in drawing.iter("a")]
    assert links[:2] == [
        "../../../doc/person/ra/jesse-six-dijkstra.html",
        "../../../doc/person/nn/barbara-kathmann.html",
    ]
    assert "../../../doc/law/ct/cloud-act.html" in links
    assert sum("/set/" in link for link in links if link) == 7
    assert len(links) == len([*drawing.iter("path")])


@pytest.mark.browser
def test_a_link_to_a_hidden_part_opens_it(site: Path, page: Any) -> None:
    page.goto((site / "doc/person/nn/barbara-kathmann.html").as_uri() + "#membership/1")
    assert page.locator("[id='membership/1']").is_visible()
