"""What the sorted graph tells on each sheet of the pages of a batch.

Of a thing whose parts fill several sheets the parts are read sheet by sheet: a counting may have
more of them than all other things of its batch together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import pyoxigraph as ox

from kg.export.site.sorting import SortedPart
from kg.export.things import Things, whole_of
from kg.export.told import MOST_PARTS, Told
from kg.model.spelling import natural_order
from kg.store.turtle import HEAD

_HEAD = HEAD.encode()


def told_in(batch: int, sorted_parts: Sequence[SortedPart], things: Things) -> Iterator[Told]:
    """The sheets of all things of a batch that have a page, in order."""
    blocks: dict[str, dict[str, bytes]] = defaultdict(dict)
    references: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for sorted_part in sorted_parts:
        own, referring = sorted_part.batch(batch)
        for local, block in own:
            whole = whole_of(local)
            if whole == local or not things.directory.parts(whole).starts:
                blocks[whole][local] = block
        for target, predicate, subject in referring:
            references[target][predicate].append(subject)
    for whole in sorted(blocks, key=natural_order):
        of_page = blocks.pop(whole)
        parts = sorted(of_page.keys() - {whole}, key=natural_order)
        # parts of what the graph does not know stand alone
        for local in [whole] if whole in of_page else parts:
            others: Iterable[bytes] = ()
            if things.directory.parts(local).starts:
                others = _parts_of(local, batch, sorted_parts)
            elif local == whole:
                others = (of_page[one] for one in parts)
            found = references.pop(local, {})
            yield from _sheets(local, of_page[local], others, found, things)


def _parts_of(whole: str, batch: int, sorted_parts: Iterable[SortedPart]) -> Iterator[bytes]:
    """The statements of each part of a thing, in order, as the graph's file has them."""
    for sorted_part in sorted_parts:
        for local, block in sorted_part.batch(batch)[0]:
            if local != whole and whole_of(local) == whole:
                yield block


def _sheets(
    local: str,
    block: bytes,
    parts: Iterable[bytes],
    references: Mapping[str, Iterable[str]],
    things: Things,
) -> Iterator[Told]:
    prefix = f"{things.base}id/"
    found = {name: sorted(set(those), key=natural_order) for name, those in references.items()}
    of_thing = _parsed([block], prefix)
    sheets = things.directory.parts(local)
    left = iter(parts)
    first = Told(local, of_thing, found, sheets)
    for number in range(1, first.sheets + 1):
        here = list(islice(left, MOST_PARTS if sheets.starts else None))
        yield replace(first, subjects=of_thing | _parsed(here, prefix), sheet=number)


def _parsed(blocks: Sequence[bytes], prefix: str) -> dict[str, list[ox.Triple]]:
    subjects: dict[str, list[ox.Triple]] = {}
    text = _HEAD + b"".join(blocks)
    for triple in ox.parse(text, format=ox.RdfFormat.TURTLE):
        assert isinstance(triple.subject, ox.NamedNode)
        subjects.setdefault(triple.subject.value.removeprefix(prefix), []).append(triple)
    return subjects
