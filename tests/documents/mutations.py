"""Damages copies of documents in a fixed random way and counts what becomes of them.

`python -m tests.documents.mutations FOLDER … --count 10000` prints the counts; every copy must
be accepted, partial or rejected with a reason, none may crash or take over ten seconds.
"""

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KgError
from kg.model.document import LineRole
from kg.model.text import SourceText
from kg.parsing import parse_document
from kg.sources import read_bytes

Mutation = Callable[[bytes, random.Random], bytes]


def cut(data: bytes, chance: random.Random) -> bytes:
    """Drops the end."""
    return data[: chance.randrange(len(data))]


def flip(data: bytes, chance: random.Random) -> bytes:
    """Changes a few bytes."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def repeat(data: bytes, chance: random.Random) -> bytes:
    """Repeats a stretch many times."""
    start = chance.randrange(len(data))
    stretch = data[start : start + chance.randint(1, 200)]
    return data[:start] + stretch * chance.randint(2, 500) + data[start:]


def shuffle_lines(data: bytes, chance: random.Random) -> bytes:
    """Puts the lines in another order."""
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def drop_lines(data: bytes, chance: random.Random) -> bytes:
    """Leaves out a third of the lines."""
    return b"\n".join(line for line in data.split(b"\n") if chance.random() > 0.33)


def join_lines(data: bytes, chance: random.Random) -> bytes:
    """Makes one line of many."""
    return b"".join(line if chance.random() < 0.7 else line + b"\n" for line in data.split(b"\n"))


def insert(data: bytes, chance: random.Random) -> bytes:
    """Puts in what readers stumble over."""
    odd = chance.choice(
        (b"\0", b"\xff\xfe", b"\xe9", b"(((((", b"Vraag 1\n", b"Antwoord 99 t/m 1\n", b"|", b"<"),
    )
    at = chance.randrange(len(data))
    return data[:at] + odd * chance.randint(1, 50) + data[at:]


def rewrite_numbers(data: bytes, chance: random.Random) -> bytes:
    """Changes digits."""
    return bytes(
        chance.choice(b"0123456789") if 48 <= byte < 58 and chance.random() < 0.3 else byte
        for byte in data
    )


def recode(data: bytes, _chance: random.Random) -> bytes:
    """Writes the text in another encoding."""
    return data.decode("utf-8", "replace").encode("cp1252", "replace")


MUTATIONS: tuple[Mutation, ...] = (
    cut, flip, repeat, shuffle_lines, drop_lines, join_lines, insert, rewrite_numbers, recode
)  # fmt: skip


@dataclass
class Outcome:
    """What became of the copies."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def mutate(paths: Sequence[Path], count: int, seed: int = 20251122) -> Iterator[tuple[str, bytes]]:
    """`count` damaged copies, the documents and the kinds of damage in turn."""
    chance = random.Random(seed)
    originals = [(path.name, path.read_bytes()) for path in sorted(paths)]
    for number in range(count):
        name, data = originals[number % len(originals)]
        mutation = MUTATIONS[(number // len(originals)) % len(MUTATIONS)]
        changed = mutation(data, chance)
        if chance.random() < 0.2 and changed:
            changed = chance.choice(MUTATIONS)(changed, chance)
        yield f"{number}-{mutation.__name__}-{name}", changed


def run(copies: Iterator[tuple[str, bytes]]) -> Outcome:
    """Reads every copy as a build does."""
    outcome = Outcome()
    for name, data in copies:
        start = time.monotonic()
        try:
            statuses = [_status(result, outcome) for result in read_bytes(data, name)]
        except Exception as error:
            outcome.crashes.append(f"{name}: {type(error).__name__}: {error}")
            continue
        outcome.counts[statuses[0] if len(statuses) == 1 else "several"] += 1
        outcome.slowest = max(outcome.slowest, (time.monotonic() - start, name))
    return outcome


def _status(result: object, outcome: Outcome) -> str:
    if not isinstance(result, SourceText):
        error = result.error  # type: ignore[attr-defined]
        outcome.reasons[f"source: {error.code}"] += 1
        assert "\n" not in error.message, error.message
        return "rejected"
    try:
        document = parse_document(result)
    except KgError as error:
        outcome.reasons[f"layout: {error.code}"] += 1
        return "rejected"
    filled = sum(1 for line in result.text.split("\n") if line.strip())
    assert len(document.roles) == filled, f"{len(document.roles)} roles for {filled} lines"
    lost = LineRole.UNCLAIMED in dict(document.roles).values()
    return "partial" if document.flaws or lost else "accepted"


def main() -> None:
    """Damages the documents below the given folders and prints what became of the copies."""
    parser = argparse.ArgumentParser(prog="python -m tests.documents.mutations")
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=10_000)
    arguments = parser.parse_args()
    paths = [path for folder in arguments.folders for path in folder.rglob("*") if path.is_file()]
    outcome = run(mutate(paths, arguments.count))
    print(f"copies {arguments.count} of {len(paths)} documents: {dict(outcome.counts)}")
    print("reasons:", dict(outcome.reasons.most_common()))
    print(f"slowest {outcome.slowest[0]:.2f} s: {outcome.slowest[1]}")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    print("crashes:", outcome.crashes[:20])
    sys.exit(1 if outcome.crashes else 0)


if __name__ == "__main__":
    main()
