"""Finds sentences that recur, in the same or nearly the same words, in answers of several sets."""

import hashlib
from array import array
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from kg.analysis.bags import Numbers, StoredBags
from kg.analysis.leaders import Grouped, choose_leaders
from kg.analysis.likeness import codes_of, shingles_of
from kg.analysis.near_copies import Search, search
from kg.analysis.sentences import read_sentences
from kg.model.question_set import QuestionSet, SourcePlace

ALIKE = 0.4
"""Jaccard index of two-word shingles above which two sentences say the same."""

_FEWEST_WORDS = 9
_Named = TypeVar("_Named")
_KEY = 6
"""Bytes of a passage's key."""
_RECURRENCE = np.dtype([("place", "<u4"), ("key", f"V{_KEY}"), ("first", "?")])


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A sentence of an answer: the set's key, the answer's numbers and places, and the text."""

    set_key: str
    answer: tuple[int, ...]
    places: tuple[SourcePlace, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of some sets, packed: the key of a passage that each would begin, the number
    of its shingles, these in order, and how many sentences each set has.
    """

    keys: bytes
    sizes: bytes
    shingles: bytes
    of_sets: tuple[int, ...]


class Recurrence(NamedTuple):
    """A sentence that recurs: its place among those of a piece, and the key of its passage.

    The first sentence of a passage gives it its text.
    """

    place: int
    key: str
    first: bool


def read_occurrences(sets: Iterable[QuestionSet]) -> tuple[list[Occurrence], Sentences]:
    """The sentences of nine words or more in the answers of sets, and what tells if they recur."""
    found: list[Occurrence] = []
    keys, sizes, shingles, of_sets = bytearray(), array("I"), array("I"), []
    for question_set in sets:
        before = len(found)
        for answer in question_set.answers:
            for span in read_sentences(answer.passage.text):
                text = span.of(answer.passage.text)
                words = codes_of(text)
                if len(words) < _FEWEST_WORDS:
                    continue
                found.append(Occurrence(question_set.key, answer.numbers, answer.places, text))
                bag = sorted(shingles_of(words, 2))
                keys += hashlib.sha256(text.encode()).digest()[:_KEY]
                sizes.append(len(bag))
                shingles.extend(bag)
        of_sets.append(len(found) - before)
    return found, Sentences(bytes(keys), sizes.tobytes(), shingles.tobytes(), tuple(of_sets))


@dataclass(frozen=True, slots=True)
class Compared:
    """What a search among the sentences of pieces found: their names, how many sentences each has,
    the keys of all these, which of them are alike, and for each the one that it repeats.
    """

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    keys: bytes
    search: Search
    leaders: Numbers


def find_recurrences(
    pieces: Iterable[tuple[str, Sentences]], older: Compared | None = None
) -> tuple[list[tuple[int, bytes]], Compared]:
    """The sentences that several sets have; their order decides where several fit.

    For each piece that has any, in order, its number and what `read_recurrences` reads; and what a
    later search, which gives the same as one from nothing, needs not do again. A piece's name
    stands for its sentences. Their shingles lie in a temporary file meanwhile.
    """
    keys = bytearray()
    of_sets, begins, names = array("q"), array("q"), []

    def packed() -> Iterator[tuple[bytes, bytes]]:
        for name, one in pieces:
            names.append(name)
            begins.append(len(keys) // _KEY)
            keys.extend(one.keys)
            of_sets.extend(one.of_sets)
            yield one.sizes, one.shingles

    bags = StoredBags.packed(packed())
    sizes = np.diff(begins, append=len(bags.sizes)).tolist()
    if older is None:
        found = search(bags, ALIKE)
        leaders = choose_leaders(bags, found.alike, ALIKE)
    else:
        kept = _kept(names, sizes, bytes(keys), older)
        found = search(bags, ALIKE, (older.search, kept))
        grouped = Grouped(older.search.alike, older.leaders, kept)
        leaders = choose_leaders(bags, found.alike, ALIKE, grouped)
    recurring = _recurring(leaders, bytes(keys), of_sets, begins)
    compared = Compared(tuple(names), tuple(sizes), bytes(keys), found, leaders)
    return list(recurring), compared


def _kept(names: Sequence[str], sizes: Sequence[int], keys: bytes, older: Compared) -> Numbers:
    """For each sentence its number in an older search, or -1 where it came; the numbers rise.

    The sentences of a piece that came are looked for where, among those that stayed, pieces went.
    """
    begins = np.cumsum([0, *older.sizes])
    kept = [np.zeros(0, np.int64)]
    for place, size in zip(_same_in_order(names, older.names), sizes, strict=True):
        first = begins[place] if place >= 0 else 0
        kept.append(np.arange(first, first + size) if place >= 0 else np.full(size, -1))
    found = np.concatenate(kept)
    came = np.diff(found < 0, prepend=False, append=False)
    for begin, end in np.flatnonzero(came).reshape(-1, 2).tolist():
        low = found[begin - 1] + 1 if begin else 0
        high = found[end] if end < len(found) else begins[-1]
        places = np.array(
            _same_in_order(_cut(keys, begin, end), _cut(older.keys, int(low), int(high)))
        )
        found[begin:end] = np.where(places >= 0, places + low, -1)
    return found


def _same_in_order(news: Iterable[_Named], olds: Iterable[_Named]) -> list[int]:
    """For each of the new the place of the same one among the old, or -1; the places rise."""
    places: dict[_Named, deque[int]] = defaultdict(deque)
    for place, one in enumerate(olds):
        places[one].append(place)
    found, last = [], -1
    for one in news:
        same = places[one]
        while same and same[0] <= last:
            same.popleft()
        found.append(same.popleft() if same else -1)
        last = max(last, found[-1])
    return found


def _cut(keys: bytes, begin: int, end: int) -> list[bytes]:
    return [keys[at : at + _KEY] for at in range(begin * _KEY, end * _KEY, _KEY)]


def _recurring(
    leaders: Numbers, keys: bytes, of_sets: Sequence[int], begins: Sequence[int]
) -> Iterator[tuple[int, bytes]]:
    sets = np.repeat(np.arange(len(of_sets)), np.array(of_sets, np.int64))
    several = np.zeros(len(leaders), bool)
    several[leaders[sets != sets[leaders]]] = True
    found = np.flatnonzero(several[leaders])
    of_piece = np.searchsorted(begins, found, side="right") - 1
    told = np.empty(len(found), _RECURRENCE)
    told["place"] = found - np.array(begins, np.int64)[of_piece]
    told["key"] = np.frombuffer(keys, f"V{_KEY}")[leaders[found]]
    told["first"] = leaders[found] == found
    borders = np.flatnonzero(np.diff(of_piece, prepend=-1))
    for some in np.split(np.arange(len(found)), borders)[1:]:
        yield int(of_piece[some[0]]), told[some].tobytes()


def read_recurrences(told: bytes) -> Iterator[Recurrence]:
    """What `find_recurrences` gives of one piece, in order."""
    for place, key, first in np.frombuffer(told, _RECURRENCE).tolist():
        yield Recurrence(place, bytes(key).hex(), first)
