"""What recurs between sets: round robins and reused passages, from the shards' facts alone."""

from collections.abc import Iterator, Sequence

from kg.analysis.passages import Occurrence, group_passages, passage_key
from kg.analysis.round_robins import Asked, describe_round_robin, group_round_robins
from kg.building.plain import from_plain
from kg.building.planning import Unit
from kg.building.work import Work
from kg.model.assertion import Assertion
from kg.model.question_set import QuestionSet
from kg.rdf.iris import Mint
from kg.rdf.repetition import map_occurrence, map_round_robin


def map_repetition(
    work: Work, shards: Sequence[str], batches: Sequence[tuple[Unit, ...]], mint: Mint
) -> Iterator[Assertion]:
    """All that recurs between the sets of `batches`, stated in `shards`, both in order."""
    yield from _round_robins(work, shards, batches, mint)
    yield from _passages(work, shards, mint)


def _round_robins(
    work: Work, shards: Sequence[str], batches: Sequence[tuple[Unit, ...]], mint: Mint
) -> Iterator[Assertion]:
    places: dict[str, tuple[int, int]] = {}

    def asked() -> Iterator[Asked]:
        for batch, shard in enumerate(shards):
            for place, told in work.open(shard).section("asked"):
                one: Asked = from_plain(told)
                places[one.key] = (batch, place)
                yield one

    for keys in group_round_robins(asked()):
        sets: dict[str, QuestionSet] = {}
        for key in keys:
            batch, place = places[key]
            sets.update((one.key, one) for one in batches[batch][place].merged(work))
        found = describe_round_robin([sets[key] for key in keys])
        yield from map_round_robin(found, sets, mint)


def _passages(work: Work, shards: Sequence[str], mint: Mint) -> Iterator[Assertion]:
    def section(name: str) -> Iterator[tuple[str, bytes]]:
        return (each for shard in shards for each in work.open(shard).section(name))

    groups = group_passages(section("sentences"))
    group_of = dict[int, int]()
    for number, group in enumerate(groups):
        group_of.update(dict.fromkeys(group, number))
    if not groups:
        return
    texts: dict[int, str] = {}
    del groups
    for index, told in enumerate(section("occurrences")):
        number = group_of.get(index, -1)
        if number >= 0:
            one: Occurrence = from_plain(told)
            text = texts.setdefault(number, one.text)
            yield from map_occurrence(passage_key(text), text, one, mint)
