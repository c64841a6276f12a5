"""Finds texts that are nearly the same, in time linear in their number.

Each text is a set of word shingles; MinHash signatures in an LSH index name the candidates, and the
exact Jaccard index decides. A text joins the first group whose leader it resembles.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.model.spelling import letters_only

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_PERMUTATIONS = 64
_SEED = 1
_RECALL = 0.75
"""How far below the threshold the index looks, as signatures only estimate the likeness."""


@lru_cache(maxsize=200_000)
def _letters_of(word: str) -> str:
    return letters_only(word)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in order, as letters only; numbers and punctuation left out."""
    return tuple(filter(None, map(_letters_of, _WORD.findall(text))))


def shingles_of(text: str, size: int = 3) -> frozenset[str]:
    """All runs of `size` words of a text; of a shorter text the whole of it."""
    words = words_of(text)
    if not words:
        return frozenset()
    last = max(1, len(words) - size + 1)
    return frozenset(" ".join(words[start : start + size]) for start in range(last))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared shingles as part of all, 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if one or other else 0.0


def group_alike(bags: Sequence[frozenset[str]], threshold: float) -> tuple[tuple[int, ...], ...]:
    """Groups of two or more indexes whose bags resemble the group's first by `threshold`.

    The result depends on the order of `bags` alone; empty bags join nothing.
    """
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=threshold * _RECALL, num_perm=_PERMUTATIONS)
    kept = [number for number, bag in enumerate(bags) if bag]
    encoded = ([shingle.encode() for shingle in sorted(bags[number])] for number in kept)
    groups: dict[int, list[int]] = {}
    for number, signature in zip(
        kept, MinHash.generator(encoded, num_perm=_PERMUTATIONS, seed=_SEED), strict=True
    ):
        leader = _leader(bags, number, index.query(signature), threshold)
        if leader is None:
            index.insert(number, signature)
            groups[number] = [number]
        else:
            groups[leader].append(number)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _leader(
    bags: Sequence[frozenset[str]], number: int, candidates: Iterable[int], threshold: float
) -> int | None:
    size = len(bags[number])
    scored = [
        (jaccard(bags[number], bags[one]), -one)
        for one in candidates
        if threshold * size <= len(bags[one]) <= size / threshold
    ]
    best = max(scored, default=None)
    return -best[1] if best is not None and best[0] >= threshold else None
