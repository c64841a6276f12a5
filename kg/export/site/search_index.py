"""Search on a static site, in the reader's browser: names and texts in small script files.

A search loads the lists of its words, and the files with the names and texts that it shows.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate
from pathlib import Path

import pyoxigraph as ox

from kg.export.page_parts import Values, first_literal, full_iri
from kg.export.site.files import SiteFiles
from kg.export.site.postings import FOLDER, Postings, write_index, write_script
from kg.querying.search import KINDS, fold, stem, words_of
from kg.rdf.vocabulary import KG

SCRIPT = f"{FOLDER}/search.js"
_NAMES_A_FILE = 100
_TEXTS_A_FILE = 20
_TYPICAL_WORDS = 60
_STEEPNESS, _BY_LENGTH = 1.2, 0.75
"""What BM25 is mostly used with (Robertson and Zaragoza 2009, section 3.5)."""
_KINDS = tuple(KINDS.values())
_TEXTS = (KG + "text", full_iri("dcterms:title"))
_ALIASES = tuple(map(full_iri, ("skos:altLabel", "skos:notation", "dcterms:identifier")))


@dataclass(frozen=True, slots=True)
class BatchIndex:
    """What the batch of a number put into the index: how many names and texts, and the words."""

    names: int
    texts: int
    names_run: Path
    texts_run: Path


class BatchSearch:
    """Takes in the names and texts of one batch of pages."""

    def __init__(self, site: SiteFiles, work: Path, batch: int) -> None:
        self._work, self._batch = work, batch
        self._names = _Shown(site, f"names/{batch}", _NAMES_A_FILE)
        self._texts = _Shown(site, f"texts/{batch}", _TEXTS_A_FILE)

    def add_name(
        self, shown: tuple[str, str, str, str], values: Values, number: str, known: int
    ) -> None:
        """Takes in a thing: its class, name, note and address; `known` are the references to it.

        A set is found by its `number` here, and by its title among the texts.
        """
        aliases = [one.value for predicate in _ALIASES for one in values.get(predicate, ())
                   if isinstance(one, ox.Literal)]  # fmt: skip
        weight = min(3, int(math.log10(1 + known)))
        words = words_of(number or " ".join((shown[1], *aliases)))
        self._names.add(
            shown, {form: weight for word in words for form in (fold(word), stem(word))}
        )

    def add_text(self, values: Values, kinds: Sequence[str], label: str, address: str) -> None:
        """Takes in what a part of a page, or a set, says, if that can be searched."""
        kind = next((KINDS[one] for one in kinds if one in KINDS), None)
        text = next(filter(None, (first_literal(values, one) for one in _TEXTS)), None)
        if kind is None or text is None:
            return
        words = words_of(text)
        length = _STEEPNESS * (1 - _BY_LENGTH + _BY_LENGTH * len(words) / _TYPICAL_WORDS)
        counts = Counter(map(stem, words))
        marked = 4 * _KINDS.index(kind)
        marks = {word: marked + int(4 * count / (count + length)) for word, count in counts.items()}
        self._texts.add((kind, label, address, text), marks)

    def close(self) -> BatchIndex:
        """Writes the rest."""
        runs = (self._work / f"names-{self._batch}", self._work / f"texts-{self._batch}")
        for shown, run in zip((self._names, self._texts), runs, strict=True):
            shown.flush()
            shown.postings.save(run)
        return BatchIndex(self._names.count, self._texts.count, *runs)


class _Shown:
    """Names or texts as a search shows them: numbered, in files of `a_file`."""

    def __init__(self, site: SiteFiles, name: str, a_file: int) -> None:
        self.postings = Postings()
        self.count = 0
        self._site, self._name, self._a_file = site, name, a_file
        self._waiting: list[tuple[str, str, str, str]] = []

    def add(self, shown: tuple[str, str, str, str], marks: Mapping[str, int]) -> None:
        self.postings.add(self.count, marks)
        self._waiting.append(shown)
        self.count += 1
        if len(self._waiting) == self._a_file:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            name = f"{self._name}/{(self.count - 1) // self._a_file}"
            write_script(self._site, name, self._waiting)
            self._waiting = []


def write_search(batches: Sequence[BatchIndex], site: SiteFiles) -> None:
    """Writes the index of all batches to `site`, and what searches it."""
    known: dict[str, object] = {"kinds": _KINDS}
    for name, a_file, runs in (
        ("names", _NAMES_A_FILE, [(one.names_run, one.names) for one in batches]),
        ("texts", _TEXTS_A_FILE, [(one.texts_run, one.texts) for one in batches]),
    ):
        *starts, total = accumulate((count for _, count in runs), initial=0)
        words = write_index(_at(runs, starts), total, site, name)
        known[name] = {"aFile": a_file, "starts": starts, "total": total, "words": words}
    write_script(site, "index", known)
    site.write(SCRIPT, files("kg.export").joinpath("assets", "search.js").read_bytes())


def _at(runs: Sequence[tuple[Path, int]], starts: Sequence[int]) -> Iterator[tuple[Path, int]]:
    for (path, _), start in zip(runs, starts, strict=True):
        yield path, start
