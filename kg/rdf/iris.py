"""Every IRI of the graph is minted here, and nowhere without a check."""

import re
from dataclasses import dataclass

from kg.errors import GraphError, UsageError
from kg.model.assertion import Iri
from kg.model.question_set import SourcePlace

DEFAULT_BASE = "https://w3id.org/kamergraaf/"
DOCUMENT_ID_LENGTH = 16

_LOCAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+")
_WEB = re.compile(r"https?://[^/?#]")


@dataclass(frozen=True, slots=True)
class Mint:
    """Mints the IRIs of things under `base`, an http(s) IRI that ends in a slash.

    Raises UsageError for a bad base, GraphError for a local id that would make no valid IRI.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        plain = self.base.endswith("/") and not set("?#") & set(self.base)
        if not (plain and to_web_iri(self.base)):
            raise UsageError(
                f"--base {self.base!r} is no http(s) IRI that ends in a slash", code="base"
            )

    def thing(self, key: str) -> Iri:
        """The IRI of a local id such as `person/barbara-kathmann`."""
        if not _LOCAL_ID.fullmatch(key):
            raise GraphError(f"no valid local id: {key!r}", code="iri")
        return Iri(f"{self.base}id/{key}")

    def document(self, sha256: str) -> Iri:
        """The IRI of a source document, by the hash of its bytes."""
        return self.thing(f"document/{sha256[:DOCUMENT_ID_LENGTH]}")

    def place(self, place: SourcePlace) -> Iri:
        """A span of a source document as a text fragment (RFC 5147, code points, half-open)."""
        document = self.document(place.sha256).value
        return Iri(f"{document}#char={place.span.start},{place.span.end}")


def to_web_iri(url: str) -> Iri | None:
    """`url` as an IRI, or None where it is no well-formed http(s) address (RFC 3987)."""
    if not _WEB.match(url):
        return None
    import pyoxigraph as ox

    try:
        return Iri(ox.NamedNode(url).value)
    except ValueError:
        return None


def parsed_iri(value: str) -> Iri:
    """`value` as an RDF parser gave it, which has checked it."""
    return Iri(value)
