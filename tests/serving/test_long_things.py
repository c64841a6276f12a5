"""A thing of very many parts is served sheet by sheet, its data too."""

import pyoxigraph as ox
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from kg.export.graph import ExportGraph
from kg.export.pages import Pages
from kg.export.stored_things import StoredThings
from kg.export.things import Things
from kg.rdf.iris import DEFAULT_BASE
from kg.rdf.vocabulary import KG
from kg.serving.addresses import ServedAddresses
from kg.serving.names import NamesInMaking
from kg.serving.pages import ThingPages

WHOLE = f"{DEFAULT_BASE}id/counting/by-law"
COUNTS = 1_201


@pytest.fixture(scope="module")
def client() -> TestClient:
    lines = [f"<{WHOLE}> a <{KG}Counting> ."]
    lines += [
        f"<{WHOLE}/law/l{number}> a <{KG}Count> ; <{KG}inCounting> <{WHOLE}> ."
        for number in range(COUNTS)
    ]
    store = ox.Store()
    store.load("\n".join(lines).encode(), ox.RdfFormat.TURTLE)
    stored = StoredThings(ExportGraph(store))
    addresses = ServedAddresses(explorer=False)
    things = ThingPages(
        stored, NamesInMaking(stored), Pages(Things(DEFAULT_BASE, stored)), addresses, None
    )
    return TestClient(Starlette(routes=[Route("/doc/{local:path}", things.document)]))


@pytest.mark.parametrize("ending", ["ttl", "nt", "jsonld"])
def test_each_sheet_of_the_data_leads_to_the_next(client: TestClient, ending: str) -> None:
    following, found = f"/doc/counting/by-law.{ending}", []
    form = ox.RdfFormat.from_extension(ending)
    assert form is not None
    while following:
        response = client.get(following)
        assert response.status_code == 200
        found.append({str(one.subject) for one in ox.parse(response.content, form)})
        following = response.links.get("next", {}).get("url", "")
    assert [len(subjects) - 1 for subjects in found] == [500, 500, 201]
    assert len(set.union(*found)) == COUNTS + 1


@pytest.mark.parametrize("path", ["counting/by-law.ttl", "counting/by-law"])
@pytest.mark.parametrize(("sheet", "status"), [("1", 200), ("3", 200), ("4", 404), ("x", 404)])
def test_there_is_no_sheet_after_the_last(
    client: TestClient, path: str, sheet: str, status: int
) -> None:
    assert client.get(f"/doc/{path}?sheet={sheet}").status_code == status
