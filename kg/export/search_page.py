"""The page to search the texts on: what it shows, the same served and as a static site."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.export.page_parts import Addresses
from kg.export.things import Things
from kg.querying.search import SearchHit, SearchResult

KINDS = (
    ("", "alle teksten"),
    ("question", "vragen"),
    ("answer", "antwoorden"),
    ("letter", "uitstelberichten"),
    ("set", "titels"),
)


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A text that was found: its name, its place, and its snippet in pieces, found or not."""

    label: str
    address: str
    pieces: tuple[tuple[str, bool], ...]


def shown_hits(result: SearchResult, things: Things, addresses: Addresses) -> list[ShownHit]:
    """The hits with addresses, as seen from the page being written."""
    prefix = f"{things.graph.base}id/"
    return [
        ShownHit(
            hit.label, place_of(hit.iri.removeprefix(prefix), things, addresses), tuple(_cut(hit))
        )
        for hit in result.hits
    ]


def place_of(local: str, things: Things, addresses: Addresses) -> str:
    """The address of a text: its place on the page of its set."""
    whole = things.whole_of(local)
    return addresses.page(whole, local.removeprefix(whole).removeprefix("/"))


def _cut(hit: SearchHit) -> Iterator[tuple[str, bool]]:
    reached = 0
    for span in hit.highlights:
        yield hit.snippet[reached : span.start], False
        yield span.of(hit.snippet), True
        reached = span.end
    yield hit.snippet[reached:], False
