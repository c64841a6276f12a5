"""The stages of a build in order: read, plan, state, gather, merge."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kg.building.catalog import Catalog, Task, catalog_name, results_of
from kg.building.code_version import drawing_version, known
from kg.building.engines import Engine
from kg.building.gathering import gather_tasks
from kg.building.merging import MergedRuns, Run, in_segments, run_of, sorted_runs
from kg.building.newest import newest_keys, newest_store
from kg.building.plain import from_plain
from kg.building.planning import Unit, plan
from kg.building.reading import DocumentRead, ReadTask, Record, read_documents, read_files
from kg.building.repetition import (
    Facts,
    PapersTask,
    PassagesTask,
    RoundRobinsTask,
    occurrence_tasks,
    round_robin_tasks,
)
from kg.building.report import DocumentReport, rejected
from kg.building.stating import Stated, StateTask, counts_of
from kg.building.work import Work, name_of
from kg.model.assertion import Assertion
from kg.querying.search_index import IndexedText
from kg.rdf.counts import map_countings
from kg.rdf.iris import Mint
from kg.rdf.mapping import map_source
from kg.rdf.register import map_erratum
from kg.resolution.errata import UnreadableDay, find_errata
from kg.sources import STDIN, RejectedSource, find_files
from kg.store.segments import Source

if TYPE_CHECKING:
    import pyoxigraph as ox


class Progress(Protocol):
    """Told of each step, in Dutch, and how much of it is done where that is known."""

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        """`done` of `total` things; a `total` of 0 is not known."""


def silent(step: str, done: int = 0, total: int = 0) -> None:
    """Tells nobody."""


@dataclass(slots=True)
class Documents:
    """The documents read so far. The same bytes under two names are one document."""

    reports: list[DocumentReport] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)

    def add(self, read: DocumentRead) -> None:
        """Take in one document."""
        self.reports.append(read.report)
        if read.record is not None:
            self.records.setdefault(read.record.sha256, read.record)
            names = self.names.setdefault(read.record.sha256, set())
            names.add(Path(read.report.path).name)

    def forget_traits(self) -> None:
        """Lets go of most of what it takes in memory, once it is known which sets there are."""
        self.records = {
            sha256: replace(record, traits=()) for sha256, record in self.records.items()
        }


@dataclass(frozen=True, slots=True)
class Shards:
    """A build in sorted shards: all that the result files are made of.

    `of_sets` are runs with blocks of sets alone, a few of them with those of `newest`, the keys of
    the sets of the highest numbers.
    """

    work: Work
    base: str
    of_sets: tuple[Run, ...]
    of_newest: tuple[Run, ...]
    others: tuple[str, ...]
    texts: tuple[str, ...]
    files: frozenset[str]
    counts: dict[str, int]
    newest: frozenset[str]

    @property
    def name(self) -> str:
        """The name of all that the results are made of."""
        runs = [run.name for run in self.of_sets]
        return name_of("results", drawing_version(), self.base, runs, self.others, self.texts)

    def segments(self) -> Iterator[Source]:
        """All segments of the graph, in order."""
        return in_segments(self.of_sets, self.others, self.work, self.base)

    def newest_store(self) -> "ox.Store":
        """A graph in memory of the newest sets and all that they lead to."""
        others = MergedRuns(self.work, self.others)
        return newest_store(self.of_newest, others, self.newest, self.base)

    def searched(self) -> Mapping[str, Callable[[], Iterator[IndexedText]]]:
        """All texts to be found, by shard, read when needed."""
        return {shard: partial(self._texts, shard) for shard in self.texts}

    def _texts(self, shard: str) -> Iterator[IndexedText]:
        for told in self.work.open(shard).section("texts"):
            yield IndexedText(*told)


@dataclass(frozen=True, slots=True)
class Building:
    """What the stages of a build share: where they work, who works, and what was found before
    (`older`) and is found now (`newer`).
    """

    work: Work
    base: str
    engine: Engine
    progress: Progress
    older: Catalog
    newer: Catalog = field(default_factory=Catalog)

    def results(self, tasks: Iterable[Task]) -> Iterator[tuple[str, Any]]:
        """The name and the result of each task, in order; those that are known are not run."""
        return results_of(tasks, self.older, self.newer, self.engine)


def read_all(paths: Iterable[str | Path], here: Building) -> Documents:
    """Reads the documents at `paths` into records."""
    documents = Documents()
    files: list[str] = []
    for found in find_files(paths):
        if isinstance(found, RejectedSource):
            documents.reports.append(rejected(found.name, found.error))
        else:
            files.append(found)
    if STDIN in files:
        # the workers have no standard input of their own
        files.remove(STDIN)
        for reads in read_documents(ReadTask(here.work, str(Path.cwd()), (STDIN,))):
            for read in reads:
                documents.add(read)
    of_files = read_files(files, here.work, here.older, here.newer, here.engine)
    for done, reads in enumerate(of_files, 1):
        for read in reads:
            documents.add(read)
        here.progress("documenten lezen", done, len(files))
    return documents


def make_shards(documents: Documents, here: Building) -> Shards:
    """States all sets of the documents."""
    work, base, progress = here.work, here.base, here.progress
    progress("vragensets samenvoegen")
    batches = plan(documents.records.values())
    documents.forget_traits()
    first = _state(batches, here)
    progress("samenbrengen wat in verschillende sets staat")
    shards = tuple(one.shard for one in first)
    finding: tuple[Task, ...] = (
        PapersTask(Facts(work, shards, tuple(one.papers for one in first))),
        RoundRobinsTask(Facts(work, shards, tuple(one.asked for one in first))),
    )
    here.engine.renew()
    answers, groups = (found for _, found in here.results(finding))
    asking = here.results(_asking_tasks(batches, first, answers, work, base))
    stated = [*first, *(Stated(name, *summary) for name, summary in asking)]
    passages = PassagesTask(
        Facts(work, shards, tuple(one.sentences for one in first)),
        here.older.passages,
    )
    here.newer.passages = passages.name
    gathered, gathering = gather_tasks(work, base, stated, here.older)
    running = here.results((passages, *gathering))
    further = tuple(sorted_runs(work, _further(documents, stated, Mint(base))))
    (_, recurring), *_ = running
    here.newer.results.update(dict.fromkeys(gathered))
    repeated: Iterable[Task] = chain(
        round_robin_tasks(work, base, batches, groups),
        occurrence_tasks(work, base, first, recurring),
    )
    runs_of = chain.from_iterable(made for _, made in here.results(repeated))
    others = (*further, *runs_of, *gathered)
    counts = Counter(counts_of(()))
    for one in stated:
        counts.update(one.counts)
    # a second shard states the sets of a batch that asked others
    placed = (*range(len(batches)), *(n for n in range(len(batches)) if stated[n].asking))
    newest = newest_keys(batches)
    recent = {n for n, units in enumerate(batches) if any(unit.key in newest for unit in units)}
    runs = {
        one.shard: run_of(work, one.shard, "sets", one.first, one.last)
        for one in stated
        if one.first
    }
    records = (one.record for one in documents.records.values())
    return Shards(
        work,
        base,
        of_sets=tuple(runs.values()),
        of_newest=tuple(
            runs[one.shard]
            for place, one in zip(placed, stated, strict=True)
            if place in recent and one.first
        ),
        others=others,
        texts=tuple(one.shard for one in stated),
        files=frozenset(
            (*(one.shard for one in stated), *others, *records, catalog_name(), passages.name)
        ),
        counts=dict(counts),
        newest=newest,
    )


def _state(batches: Sequence[tuple[Unit, ...]], here: Building) -> list[Stated]:
    """The shards of all batches."""
    total = sum(map(len, batches))
    stated: list[Stated] = []
    done = 0
    results = here.results(StateTask(here.work, here.base, units) for units in batches)
    for units, (name, summary) in zip(batches, results, strict=True):
        stated.append(Stated(name, *summary))
        done += len(units)
        here.progress("vermeldingen zoeken en koppelen", done, total)
    return stated


def _asking_tasks(
    batches: Sequence[tuple[Unit, ...]],
    stated: Sequence[Stated],
    answers: Iterable[tuple[int, tuple[tuple[str, Any], ...]]],
    work: Work,
    base: str,
) -> Iterator[StateTask]:
    """The tasks for sets that wait for what all sets say of their papers and motions."""
    for number, told in answers:
        waiting = tuple(batches[number][place] for place in stated[number].asking)
        answered = tuple((key, from_plain(answer)) for key, answer in told)
        yield StateTask(work, base, waiting, answered)


def _further(documents: Documents, stated: Sequence[Stated], mint: Mint) -> Iterator[Assertion]:
    """The documents, days that no set can hold, countings, and what the authority files say."""
    for sha256, record in documents.records.items():
        yield from map_source(
            sha256, record.media_type, documents.names[sha256], record.layout, mint
        )
    days = (
        UnreadableDay(record.sha256, quote, alone=False)
        for record in documents.records.values()
        if record.sets != 1
        for quote in record.unreadable_days
    )
    for erratum in find_errata((), known().authority, days):
        yield from map_erratum(erratum, mint)
    yield from map_countings(mint)
    referred = {key for one in stated for key in one.referred}
    yield from known().describe(referred, mint.base)
