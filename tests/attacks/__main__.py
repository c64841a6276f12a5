"""Runs the attacks and prints what came of each: `python -m tests.attacks [NAME…] [--brief]`."""

import argparse
import sys
import time

from tests.attacks import (
    crowd,
    cut_turtle,
    damaged_documents,
    heavy_queries,
    hostile_names,
    kill_points,
    kills,
    parameters,
    ways_out,
)

ATTACKS = {
    "ways-out": ways_out,
    "heavy-queries": heavy_queries,
    "parameters": parameters,
    "kills": kills,
    "kill-points": kill_points,
    "damaged-documents": damaged_documents,
    "hostile-names": hostile_names,
    "crowd": crowd,
    "cut-turtle": cut_turtle,
}


def main() -> None:
    """Exit code 1 where one got through."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ATTACKS))
    parser.add_argument("--brief", action="store_true", help="fewer attempts, as in CI")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - ATTACKS.keys():
        parser.error(f"no attack is called {', '.join(sorted(unknown))}")
    through = False
    started = time.monotonic()
    for name in arguments.names or ATTACKS:
        attack = ATTACKS[name]
        began = time.monotonic()
        outcome = attack.attack(brief=arguments.brief)
        verdict = f"{len(outcome.failures)} GOT THROUGH" if outcome.failures else "held"
        print(f"{name}: {attack.TITLE}\n  bar: {attack.BAR}")
        print(f"  {verdict}: {outcome.tried} tries in {time.monotonic() - began:.0f} s")
        for figure, value in outcome.figures.items():
            print(f"  {figure}: {value}")
        for failure in outcome.failures[:20]:
            print(f"  ! {failure[:300]}")
        sys.stdout.flush()
        through = through or bool(outcome.failures)
    print(f"{'GOT THROUGH' if through else 'all held'} in {time.monotonic() - started:.0f} s")
    sys.exit(through)


if __name__ == "__main__":
    main()
