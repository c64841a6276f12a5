"""Every IRI of the graph is minted here."""

import re
from dataclasses import dataclass

from kg.errors import GraphError, UsageError
from kg.model.assertion import Iri
from kg.model.question_set import SourcePlace

DEFAULT_BASE = "https://w3id.org/kamergraaf/"
DOCUMENT_ID_LENGTH = 16

_LOCAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+")
_WEB_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`#?\x00-\x20]+/")


@dataclass(frozen=True, slots=True)
class Mint:
    """Mints the IRIs of things under `base`, an http(s) IRI that ends in a slash.

    Raises UsageError for a bad base, GraphError for a local id that would make no valid IRI.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
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
    """`url` as an IRI, or None where it is no well-formed http(s) address."""
    return Iri(url) if _WEB_IRI.fullmatch(url) else None
