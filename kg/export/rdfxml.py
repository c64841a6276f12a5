"""The graph as RDF/XML, as far as XML can hold it.

https://www.w3.org/TR/rdf-syntax-grammar/ and https://www.w3.org/TR/xml/#charsets
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import BinaryIO

import pyoxigraph as ox

from kg.errors import GraphError
from kg.model.spelling import NOT_XML

_ENDS_AS_A_NAME = re.compile(r"[^\W\d][\w.\-]*$")
_OTHER = "write it in another format, such as nt"


def write_rdfxml(
    triples: Iterable[ox.Triple], output: BinaryIO, prefixes: Mapping[str, str]
) -> None:
    """Writes triples, subject by subject.

    Raises GraphError where a text holds a character, or a property ends in a way, that XML does
    not know.
    """
    ox.serialize(
        _writable(triples),
        _WithReturns(output),  # type: ignore[arg-type]
        ox.RdfFormat.RDF_XML,
        prefixes=dict(prefixes),
    )


def _writable(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    for triple in triples:
        if not _is_element(triple.predicate.value):
            raise GraphError(f"{triple.predicate}: RDF/XML has no name for this property; {_OTHER}")
        if isinstance(triple.object, ox.Literal) and (found := NOT_XML.search(triple.object.value)):
            raise GraphError(
                f"{triple.subject} {triple.predicate}: XML cannot hold U+{ord(found[0]):04X}, "
                f"which its text has; {_OTHER}"
            )
        yield triple


@lru_cache(maxsize=1000)
def _is_element(predicate: str) -> bool:
    return _ENDS_AS_A_NAME.search(predicate) is not None


class _WithReturns:
    """Keeps carriage returns, which a reader of XML would take for line feeds (XML, 2.11)."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output

    def write(self, data: bytes) -> int:
        self._output.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._output.flush()
