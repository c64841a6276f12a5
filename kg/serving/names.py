"""Things by their names, in memory: for the search page."""

from collections.abc import Iterator
from functools import cached_property

import pyoxigraph as ox

from kg.export.page_parts import full_iri
from kg.export.search_page import NAMELESS
from kg.export.stored_things import StoredThings
from kg.querying.search import fold, stem, words_of

_ALIASES = tuple(
    ox.NamedNode(full_iri(name))
    for name in ("skos:altLabel", "skos:notation", "dcterms:identifier")
)


class Names:
    """The words in the names of all things that have a page; of a set, those of its number."""

    def __init__(self, stored: StoredThings) -> None:
        self._stored = stored

    def found(self, text: str) -> list[str]:
        """The things whose names hold all words of `text`, or words that begin so.

        They are local ids, those with the fewest words first.
        """
        asked = list(dict.fromkeys((fold(word), stem(word)) for word in words_of(text)))
        if not asked:
            return []
        hits = [
            (len(words), local)
            for local, words in self._words
            if all(
                root in words or any(word.startswith(opening) for word in words)
                for opening, root in asked
            )
        ]
        return [local for _, local in sorted(hits)]

    @cached_property
    def _words(self) -> list[tuple[str, frozenset[str]]]:
        return [
            (local, frozenset(form for word in words_of(name) for form in (fold(word), stem(word))))
            for local in self._stored.wholes
            if NAMELESS not in self._stored.classes(local)
            for name in [" ".join(self._names_of(local))]
        ]

    def _names_of(self, local: str) -> Iterator[str]:
        entry = self._stored.entry(local)
        assert entry is not None
        if entry.number:
            yield entry.number
            return
        yield entry.label
        node = ox.NamedNode(f"{self._stored.graph.base}id/{local}")
        for predicate in _ALIASES:
            for quad in self._stored.graph.store.quads_for_pattern(node, predicate, None):
                yield quad.object.value if isinstance(quad.object, ox.Literal) else ""
