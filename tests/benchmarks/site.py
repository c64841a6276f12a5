"""Prints what the static site of a graph costs, and what a search on it loads.

    python -m tests.benchmarks.site GRAPH… [--workers N] [--every N] [--words WORDS…]

Each GRAPH is the folder of a build. A page is one HTML file with its data beside it. `--every N`
sorts the graph wholly and makes every Nth batch of pages only: pages, files, bytes and seconds are
then N times what was measured, and nothing is searched. Times are processor seconds, memory is the
largest resident size of a process. Searches are run in headless Chromium from disk; the sizes are
those of all files that one loads.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from playwright.sync_api import Page, sync_playwright

from kg.building.building import silent
from kg.export.graph import ExportGraph
from kg.export.site import write_site
from kg.export.site.batches import BatchTask, make_batch
from kg.export.site.directory import write_directory
from kg.export.site.sorting import sort_part, sort_tasks
from kg.store.embedded import graph_file

CHROMIUM = os.environ.get("KG_CHROMIUM", "/usr/bin/chromium")
WORDS = ("kathmann", "toezicht gemeenten", "cloud act", "onderzoek", "26643")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graphs", metavar="GRAPH", nargs="+", type=Path)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--words", nargs="+", default=WORDS)
    asked = parser.parse_args()
    for graph in asked.graphs:
        with tempfile.TemporaryDirectory() as folder:
            if asked.every > 1:
                print_part(graph, Path(folder), asked.every)
            else:
                print_whole(graph, Path(folder) / "site", asked.workers, asked.words)


def print_whole(graph: Path, site: Path, workers: int | None, words: Sequence[str]) -> None:
    """Makes the whole site, and searches it."""
    start = time.monotonic()
    with used() as spent:
        write_site(graph, site, silent, workers)
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    pages = sum(path.suffix == ".html" for path in sizes)
    print_row(graph, pages, len(sizes), sum(sizes.values()), spent, time.monotonic() - start)
    for name, kinds in (("doc", ("html", "ttl", "nt", "jsonld")), ("search", ("js",))):
        for kind in kinds:
            of_kind = [
                size
                for path, size in sizes.items()
                if path.is_relative_to(site / name) and path.suffix == f".{kind}"
            ]
            largest = max(of_kind)
            print(f"  {name}/*.{kind}: {len(of_kind):,} files, {sum(of_kind) / 1e6:,.0f} MB, "
                  f"largest {largest / 1e3:,.0f} kB")  # fmt: skip
    print(f"  most files in a folder: {max(entries_of(site)):,}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for asked in words:
            print_search(browser.new_page(), site, asked)
        browser.close()


def print_part(graph: Path, folder: Path, every: int) -> None:
    """Makes some of the batches, and extrapolates."""
    opened = ExportGraph.open(graph)
    start = time.monotonic()
    with used() as sorting:
        tasks = sort_tasks(graph_file(graph), f"{opened.base}id/", folder)
        parts = [sort_part(task) for task in tasks]
        write_directory(parts, folder / "directory")
    pages = files = size = 0
    with used() as making:
        for number in range(0, len(parts[0].places), every):
            batch = make_batch(
                BatchTask(number, parts, opened.base, folder / "directory", folder / "site",
                          folder, explorer=True)
            )  # fmt: skip
            pages += len(batch.pages)
            files += sum(entry.files for entry in batch.folders.values())
            size += sum(entry.size for entry in batch.folders.values())
    share = len(parts[0].places) / len(range(0, len(parts[0].places), every))
    spent = [sorting[0] + making[0] * share, max(sorting[1], making[1])]
    print_row(graph, round(pages * share), round(files * share), round(size * share), spent,
              time.monotonic() - start)  # fmt: skip
    print(f"  of these, sorting {sorting[0]:,.1f} s")


def print_row(
    graph: Path, pages: int, files: int, size: int, spent: Sequence[float], seconds: float
) -> None:
    """Prints one line of figures."""
    print(f"{graph}: {pages:,} pages, {files:,} files, {size / 1e9:.2f} GB, "
          f"{spent[0]:,.0f} CPU s ({1e3 * spent[0] / pages:.2f} ms a page), "
          f"{spent[1]:,.0f} MiB, {seconds:,.0f} s in all")  # fmt: skip


def print_search(page: Page, site: Path, words: str) -> None:
    """Prints what one search loads and finds."""
    loaded: list[int] = []
    page.on("request", lambda request: loaded.append(
        Path(unquote(urlsplit(request.url).path)).stat().st_size
        if request.url.startswith("file:") else 0
    ))  # fmt: skip
    start = time.monotonic()
    page.goto(f"{(site / 'search.html').as_uri()}?q={quote(words)}")
    page.wait_for_function("document.getElementById('found').textContent.includes('evonden')")
    seconds = time.monotonic() - start
    print(f"  search {words!r}: {len(loaded)} files, {sum(loaded) / 1e3:,.0f} kB, {seconds:.2f} s, "
          f"{page.inner_text('#found')}")  # fmt: skip


def entries_of(site: Path) -> Iterator[int]:
    """How many entries each folder of the site has."""
    for folder, folders, files in os.walk(site):
        yield len(folders) + len(files) if folder != str(site) else 0


@contextmanager
def used() -> Iterator[list[float]]:
    """Processor seconds of this process and its children, and MiB of the largest so far."""
    before = processor_seconds()
    spent: list[float] = []
    yield spent
    largest = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    spent += [processor_seconds() - before, largest / 1024]


def processor_seconds() -> float:
    """Processor seconds of this process and those of its children that ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    main()
