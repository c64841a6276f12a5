"""`python -m tests.benchmarks [TABLE ...] [--sets N ...]`: the tables of docs/benchmarks.md.

Without TABLE all are printed. Archives and graphs are kept below --work, and made where they are
missing; the metadata lies beside the project (`KG_SHARED` or ../shared).
"""

import argparse
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path

from tests.benchmarks import asking, building, engine, rebuilding
from tests.benchmarks.made_up import MadeUp
from tests.benchmarks.measuring import Row, machine


def main() -> None:
    """Measures and prints the tables that are asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=", ".join(_TABLES))
    parser.add_argument("--sets", type=int, nargs="+", default=[1_000], metavar="N")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], metavar="N")
    parser.add_argument("--work", type=Path, default=Path("build/benchmarks"))
    arguments = parser.parse_args()
    unknown = set(arguments.tables) - set(_TABLES)
    if unknown:
        parser.error(f"no table {min(unknown)}; there are {', '.join(_TABLES)}")
    print(f"## {date.today().isoformat()}: {machine()}\n", flush=True)
    made = MadeUp(arguments.work)
    for name in arguments.tables or _TABLES:
        title, head, rows = _TABLES[name]
        print_table(title, head, rows(made, sorted(arguments.sets), arguments.workers))


def print_table(title: str, head: Row, rows: Iterable[Row]) -> None:
    """One Markdown table."""
    print(f"### {title}\n")
    print(f"| {' | '.join(head)} |")
    print(f"|{'---|' * len(head)}", flush=True)
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
    print(flush=True)


_Rows = Callable[[MadeUp, list[int], list[int]], Iterator[Row]]


def _smallest(rows: Callable[[Path], Iterator[Row]]) -> _Rows:
    """Rows about the graph of the smallest archive: rdflib takes minutes for larger ones."""
    return lambda made, sizes, _: rows(made.graph(sizes[0]))


def _each(rows: Callable[[Path, int], Iterator[Row]]) -> _Rows:
    """Rows about the graph of every archive."""
    return lambda made, sizes, _: chain.from_iterable(rows(made.graph(n), n) for n in sizes)


_TABLES: dict[str, tuple[str, Row, _Rows]] = {
    "builds": ("Builds", building.BUILD_HEAD, building.build_rows),
    "dask": (
        "Dask against the pool",
        building.DASK_HEAD,
        lambda made, sizes, _: building.dask_rows(made, sizes[0]),
    ),
    "rebuild": (
        "Rebuild after one change",
        rebuilding.HEAD,
        lambda made, sizes, _: rebuilding.rows(made, sizes[-1]),
    ),
    "turtle": ("Turtle", engine.TURTLE_HEAD, _smallest(engine.turtle_rows)),
    "loading": ("Loading", engine.LOADING_HEAD, _smallest(engine.loading_rows)),
    "rdflib": ("The same in rdflib", engine.LIBRARY_HEAD, _smallest(engine.library_rows)),
    "validation": (
        "Validation",
        engine.VALIDATION_HEAD,
        _each(lambda graph, _: iter([engine.validation_row(graph)])),
    ),
    "lookups": ("Lookups", asking.LOOKUP_HEAD, _each(asking.lookup_rows)),
    "wholes": ("The whole archive", asking.WHOLE_HEAD, _each(asking.whole_rows)),
    "search": ("Full text search", asking.SEARCH_HEAD, _each(asking.search_rows)),
    "named": ("Every named query", asking.NAMED_HEAD, _each(asking.named_rows)),
}


if __name__ == "__main__":
    main()
