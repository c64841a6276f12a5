"""How many branches of the core the tests take: `python -m tests.branches COVERAGE.json`."""

import json
import sys
from pathlib import Path

LEAST = 0.92


def main() -> int:
    """Prints branches alone, without lines; 1 where the tests take too few."""
    totals = json.loads(Path(sys.argv[1]).read_text("utf-8"))["totals"]
    taken, all_of_them = totals["covered_branches"], totals["num_branches"]
    share = taken / all_of_them
    print(f"branches alone: {taken} of {all_of_them} taken, {share:.1%} (at least {LEAST:.0%})")
    return int(share < LEAST)


if __name__ == "__main__":
    sys.exit(main())
