"""The newest sets of a graph that is too large for one page, with all that they point at."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

import pyoxigraph as ox

from kg.building.merging import MergedRuns, Run
from kg.building.planning import Unit
from kg.model.spelling import natural_order
from kg.store.turtle import HEAD, Block

PAGE_SETS = 600
"""Sets that the explorer of a build draws at most: a page of more opens slowly."""

_KENMERK = re.compile(r"\d{4}Z\d{5}")
_AT_ONCE = 1000
"""Blocks that are in memory at a time, beside what is loaded of them."""
_ROUNDS = 4
"""From a set to a person to a term of office to its period."""


def newest_keys(batches: Iterable[Sequence[Unit]], most: int = PAGE_SETS) -> frozenset[str]:
    """The keys of the sets of the highest numbers, and where these are few of others."""
    keys = sorted(
        (unit.key for batch in batches for unit in batch),
        key=lambda key: (_KENMERK.match(key) is not None, natural_order(key)),
    )
    return frozenset(keys[-most:])


def newest_store(
    of_sets: Sequence[Run], others: MergedRuns, keys: frozenset[str], base: str
) -> ox.Store:
    """A graph in memory of the sets of `keys`, which are in `of_sets`, and of what they lead to."""
    store = ox.Store()
    prefix = f"{base}id/set/"

    def is_chosen(block: Block) -> bool:
        key = block.subject[len(prefix) :].partition("/")[0]
        return block.subject.startswith(prefix) and (key in keys or key.rpartition("-")[0] in keys)

    known: set[str] = set()
    blocks = (block for run in of_sets for block in run.read())
    wanted = _load(store, filter(is_chosen, blocks), known)
    of_these = others.blocks(*others.stretch(natural_order(prefix)))
    wanted |= _load(store, filter(is_chosen, of_these), known)
    for _ in range(_ROUNDS):
        wanted = _load(store, others.about(wanted - known), known)
    return store


def _load(store: ox.Store, blocks: Iterable[Block], known: set[str]) -> set[str]:
    """Loads blocks, notes their subjects in `known`, and gives the IRIs that they point at."""
    pointed: set[str] = set()
    chosen = iter(blocks)
    while some := list(islice(chosen, _AT_ONCE)):
        known.update(block.subject for block in some)
        text = HEAD + "".join(block.text for block in some)
        quads = list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))
        objects = (quad.object for quad in quads)
        pointed.update(one.value for one in objects if isinstance(one, ox.NamedNode))
        store.extend(quads)
    return pointed
