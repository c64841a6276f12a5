"""Things by their names, in memory: for the search page, and for addresses of nothing."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from itertools import islice, takewhile
from threading import Thread

import pyoxigraph as ox

from kg.export.graph import LABEL, types_of
from kg.export.page_parts import full_iri
from kg.export.search_page import NAMELESS
from kg.export.stored_things import StoredThings
from kg.export.things import entry_of
from kg.querying.search import fold, stem, words_of
from kg.serving.nearby import NearbyNames

_ALIASES = tuple(
    ox.NamedNode(full_iri(name))
    for name in ("skos:altLabel", "skos:notation", "dcterms:identifier")
)
_PATIENCE = 1.0
"""Seconds that a request waits for the names; those of 60,000 sets take longer to read."""


class Names:
    """The words in the names of all things that have a page; of a set, those of its number."""

    def __init__(self, stored: StoredThings) -> None:
        self.nearby = NearbyNames()
        self._things: list[str] = []
        self._sizes = array("I")
        self._having: dict[str, array[int]] = {}
        for local, triples in stored.briefly((LABEL, *_ALIASES)):
            self.nearby.add(local)
            if NAMELESS not in types_of(triples):
                self._add(local, triples)
        self._words = sorted(self._having)

    def found(self, text: str) -> list[str]:
        """The things whose names hold all words of `text`, or words that begin so.

        They are local ids, those with the fewest words first.
        """
        asked = list(dict.fromkeys((fold(word), stem(word)) for word in words_of(text)))
        if not asked:
            return []
        found = set.intersection(*(self._with(*forms) for forms in asked))
        ordered = sorted(found, key=lambda one: (self._sizes[one], self._things[one]))
        return [self._things[one] for one in ordered]

    def _add(self, local: str, triples: Sequence[ox.Triple]) -> None:
        entry = entry_of(local, triples, "")
        names = [entry.number] if entry.number else [entry.label]
        if not entry.number:
            names += [
                one.object.value
                for one in triples
                if one.predicate in _ALIASES and isinstance(one.object, ox.Literal)
            ]
        words = words_of(" ".join(names))
        forms = {form for word in words for form in (fold(word), stem(word))}
        for form in forms:
            self._having.setdefault(form, array("I")).append(len(self._things))
        self._things.append(local)
        self._sizes.append(len(forms))

    def _with(self, opening: str, root: str) -> set[int]:
        """The things with the word `root`, or with one that begins so."""
        begins = islice(self._words, bisect_left(self._words, opening), None)
        words = takewhile(lambda word: word.startswith(opening), begins)
        return {one for word in (root, *words) for one in self._having.get(word, ())}


class NamesInMaking:
    """The names of a graph, which are read while the server already answers."""

    def __init__(self, stored: StoredThings) -> None:
        self._made = Future[Names]()
        Thread(target=self._make, args=(stored,), daemon=True).start()

    def names(self) -> Names | None:
        """The names; None as long as they are not all read."""
        with suppress(TimeoutError):
            return self._made.result(_PATIENCE)
        return None

    def _make(self, stored: StoredThings) -> None:
        try:
            self._made.set_result(Names(stored))
        except Exception as error:  # raised again where they are asked for
            self._made.set_exception(error)
