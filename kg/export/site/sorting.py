"""Sorts the statements of a graph by the page that they are for.

The graph is read once, in parts of its Turtle file, each by a worker. What a part holds for the
pages of a batch is written together, so that the worker that makes these pages reads it at once:
neither the whole graph nor its names are ever in memory.
"""

import marshal
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

import pyoxigraph as ox

from kg.export.things import entry_of, is_set, whole_of
from kg.rdf.vocabulary import KG
from kg.store.turtle import HEAD, blocks_in

PART_BYTES = 12_000_000
"""Turtle that a worker reads at once: about 170,000 triples, for some 150 MB of memory."""
BATCH_BYTES = 8_000_000
"""Turtle whose pages a worker makes at once."""

_ENTITY, _IN_ROUND_ROBIN = KG + "entity", KG + "inRoundRobin"

Own = tuple[str, bytes]
"""A thing's local id and its statements as Turtle, without prefixes."""
Reference = tuple[str, str, str]
"""A local id, and the property and the subject of a statement that points at it from elsewhere."""
Row = tuple[str, str, str, str, bool]
"""Of a thing: its local id, label, number, people it was put to, and whether it is a set."""


@dataclass(frozen=True, slots=True)
class SortTask:
    """A part of a Turtle file to sort for `batches` batches into the file `target`."""

    graph: Path
    start: int
    end: int
    batches: int
    prefix: str
    target: Path


@dataclass(frozen=True, slots=True)
class SortedPart:
    """A part that was sorted: where in its file that of each batch stands, and of the directory."""

    path: Path
    places: Sequence[tuple[int, int]]
    rows: tuple[int, int]

    def batch(self, number: int) -> tuple[list[Own], list[Reference]]:
        """What the part holds for the pages of a batch."""
        found: tuple[list[Own], list[Reference]] = self._load(self.places[number])
        return found

    def directory(self) -> tuple[list[Row], list[tuple[str, str]]]:
        """The things of the part, and the pairs of a round robin and a set in it."""
        found: tuple[list[Row], list[tuple[str, str]]] = self._load(self.rows)
        return found

    def _load(self, place: tuple[int, int]) -> Any:
        with self.path.open("rb") as stream:
            stream.seek(place[0])
            return marshal.loads(stream.read(place[1]))


def sort_tasks(graph: Path, prefix: str, folder: Path) -> list[SortTask]:
    """The parts of a Turtle file in canonical order, as we write them, cut between subjects."""
    size = graph.stat().st_size
    cuts = [0]
    with graph.open("rb") as stream:
        while cuts[-1] + PART_BYTES < size:
            stream.seek(cuts[-1] + PART_BYTES)
            stream.readline()
            at = stream.tell()
            while (line := stream.readline()).startswith(b"\t"):
                at += len(line)
            cuts.append(at)
    cuts.append(size)
    batches = max(1, -(-size // BATCH_BYTES))
    return [
        SortTask(graph, start, end, batches, prefix, folder / f"part-{number}")
        for number, (start, end) in enumerate(pairwise(cuts))
    ]


def sort_part(task: SortTask) -> SortedPart:
    """Sorts a part of a graph."""
    own: dict[int, list[Own]] = defaultdict(list)
    references: dict[int, list[Reference]] = defaultdict(list)
    rows: list[Row] = []
    robins: list[tuple[str, str]] = []
    length = len(task.prefix)
    for block, triples in _blocks(task):
        name = _name(triples[0].subject)
        ours = name.startswith(task.prefix)
        local = name[length:] if ours else name
        whole = whole_of(local)
        if ours:
            own[_batch(whole, task.batches)].append((local, block))
            entry = entry_of(local, triples, task.prefix)
            people = " ".join(entry.people)
            rows.append((local, entry.label, entry.number, people, is_set(triples)))
        for triple in triples:
            term = triple.object
            if not isinstance(term, ox.NamedNode) or not term.value.startswith(task.prefix):
                continue
            target = term.value[length:]
            of = whole_of(target)
            predicate = triple.predicate.value
            if of != whole and predicate != _ENTITY and "#" not in target:
                references[_batch(of, task.batches)].append((target, predicate, local))
            if predicate == _IN_ROUND_ROBIN:
                robins.append((target, local))
    with task.target.open("wb") as stream:
        places = []
        for number in range(task.batches):
            places.append(_dump(stream, (own.get(number, []), references.get(number, []))))
        return SortedPart(task.target, places, _dump(stream, (rows, robins)))


def _blocks(task: SortTask) -> Iterator[tuple[bytes, list[ox.Triple]]]:
    """The statements of each subject, as they are written and as they are read."""
    with task.graph.open("rb") as stream:
        stream.seek(task.start)
        text = stream.read(task.end - task.start)
    head = b"" if task.start == 0 else HEAD.encode()
    triples = ox.parse(head + text, format=ox.RdfFormat.TURTLE)
    by_subject = groupby(triples, key=lambda triple: triple.subject)
    for block, (_, group) in zip(blocks_in(text), by_subject, strict=True):
        yield block, list(group)


def _batch(whole: str, batches: int) -> int:
    return crc32(whole.encode()) % batches


def _name(subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return subject.value if isinstance(subject, ox.NamedNode) else str(subject)


def _dump(stream: BinaryIO, value: Any) -> tuple[int, int]:
    content = marshal.dumps(value)
    start = stream.tell()
    stream.write(content)
    return start, len(content)
