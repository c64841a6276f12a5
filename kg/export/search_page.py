"""The page to search the texts on: what it shows, the same served and as a static site."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.export.page_parts import Addresses, Link
from kg.export.things import Things
from kg.querying.search import SearchHit, SearchResult
from kg.rdf.vocabulary import KG

KINDS = (
    ("", "namen en teksten"),
    ("name", "namen"),
    ("set", "titels"),
    ("question", "vragen"),
    ("answer", "antwoorden"),
    ("letter", "uitstelberichten"),
)


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A text that was found: its name, its place, and its snippet in pieces, found or not."""

    label: str
    address: str
    pieces: tuple[tuple[str, bool], ...]


NAMELESS = KG + "ReusedPassage"
"""The class whose labels are sentences: these are found among the texts."""


@dataclass(frozen=True, slots=True)
class NameHit:
    """A thing that was found by its name."""

    kind: str
    link: Link


def by_kind(hits: Sequence[NameHit]) -> list[NameHit]:
    """Things of a kind together, the kind of the best first."""
    kinds = list(dict.fromkeys(hit.kind for hit in hits))
    return sorted(hits, key=lambda hit: kinds.index(hit.kind))


def found_message(names: int, texts: int) -> str:
    """How much was found, in Dutch."""
    if not names and not texts:
        return "Niets gevonden"
    return (
        " en ".join(
            f"{count} {one if count == 1 else more}"
            for count, one, more in ((names, "naam", "namen"), (texts, "tekst", "teksten"))
            if count
        )
        + " gevonden"
    )


def shown_hits(result: SearchResult, things: Things, addresses: Addresses) -> list[ShownHit]:
    """The hits with addresses, as seen from the page being written."""
    prefix = f"{things.base}id/"
    return [
        ShownHit(
            hit.label, things.address(hit.iri.removeprefix(prefix), addresses), tuple(_cut(hit))
        )
        for hit in result.hits
    ]


def _cut(hit: SearchHit) -> Iterator[tuple[str, bool]]:
    reached = 0
    for span in hit.highlights:
        yield hit.snippet[reached : span.start], False
        yield span.of(hit.snippet), True
        reached = span.end
    yield hit.snippet[reached:], False
