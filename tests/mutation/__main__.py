"""Mutation testing: do the tests notice wrong code? `python -m tests.mutation [NAME…]`.

Of each module some mutants are drawn by chance, with a fixed seed. Each runs, in a process of its
own, the tests that go through the changed function, until one fails. What no test notices is
printed; what makes no difference to anybody stands in equivalents.toml with the reason.

A library for this would change the files themselves, and start Python for every mutant.
"""

import argparse
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from tests.mutation.covering import measure
from tests.mutation.equivalents import is_equivalent, stale
from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.trying import KILLED, SLOW, SURVIVED, try_all

ROOT = Path(__file__).resolve().parents[2]
TESTS = {
    "kg/parsing": ("tests/parsing", "tests/documents"),
    "kg/resolution": ("tests/resolution", "tests/evaluation", "tests/test_pipeline.py"),
}
"""The rooms whose modules are changed, and the tests that are to notice."""

EQUIVALENT = "equivalent"


def main() -> int:
    """Exit code 1 where a mutant survives that is not known to be equivalent."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("names", nargs="*", metavar="NAME", help="modules; all without any")
    parser.add_argument("--each", type=int, default=7, help="mutants drawn of a module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    verdicts: dict[Path, Counter[str]] = defaultdict(Counter)
    for room, tests in TESTS.items():
        modules = [path for path in sorted((ROOT / room).glob("*.py"))
                   if not options.names or path.stem in options.names]  # fmt: skip
        of_each = [draw(module, options.each, options.seed) for module in modules]
        # in turn, so that a run that is ended early has been everywhere
        drawn = [one for turn in zip_longest(*of_each) for one in turn if one is not None]
        if not drawn:
            continue
        told = f"{room}: {len(drawn)} mutants of {len(modules)} modules"
        print(f"{told}; measuring which tests reach them", file=sys.stderr)
        for mutant, verdict in try_all(drawn, measure(tests, modules), options.jobs):
            if verdict == SURVIVED and is_equivalent(mutant):
                verdict = EQUIVALENT
            verdicts[mutant.path][verdict] += 1
            print(f"{verdict} {mutant.path.relative_to(ROOT)}:{mutant.line}", file=sys.stderr)
            if verdict == SURVIVED:
                print(_told(mutant), flush=True)
        for entry in stale(modules):
            print(f"equivalents.toml: {entry} stands in the code no more")
    _print_totals(verdicts)
    return int(any(counts[SURVIVED] for counts in verdicts.values()))


def draw(module: Path, count: int, seed: int) -> list[Mutant]:
    """Mutants of a module by chance: the kind first, so that tables of words are not all."""
    chance = random.Random(f"{seed} {module.relative_to(ROOT)}")
    by_kind: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants_of(module):
        by_kind[mutant.kind].append(mutant)
    drawn: list[Mutant] = []
    while by_kind and len(drawn) < count:
        kind = chance.choice(sorted(by_kind))
        drawn.append(by_kind[kind].pop(chance.randrange(len(by_kind[kind]))))
        if not by_kind[kind]:
            del by_kind[kind]
    return drawn


def _told(mutant: Mutant) -> str:
    place = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
    return f"survived: {place}: {mutant.change}\n    {mutant.source_line}"


def _print_totals(verdicts: dict[Path, Counter[str]]) -> None:
    names = (KILLED, SLOW, EQUIVALENT, SURVIVED)
    print(f"{'module':40}{'drawn':>12}" + "".join(f"{name:>12}" for name in names))
    rows: Sequence[tuple[str, Counter[str]]] = [
        *((str(path.relative_to(ROOT)), counts) for path, counts in verdicts.items()),
        ("all", sum(verdicts.values(), Counter())),
    ]
    for name, counts in rows:
        figures = (counts.total(), *(counts[one] for one in names))
        print(f"{name:40}" + "".join(f"{figure:>12}" for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
