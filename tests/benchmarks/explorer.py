"""Prints how fast the explorer is, beside stock pyvis on the same networks.

    python -m tests.benchmarks.explorer [--runs 5] [--patience 30] [--without-pyvis]

Opens the pages in headless Chromium without a GPU. Every figure is the median of the runs; times
are seconds unless stated. `ready` is from navigation to the first complete drawing, which for a
large network is its overview; `open all` is from there to all nodes and edges drawn; stock pyvis
is ready when its physics has settled. `fps` counts frames while the mouse drags and the wheel
turns over the whole network; `focus` is from a click to the painted frame. Stock pyvis is given
`--patience` seconds; where it is not ready by then, there is a dash. `Python` is without layout.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import networkx as nx
from playwright.sync_api import Page, sync_playwright
from pyvis.network import Network

from kg.views.corpus import Corpus, Evidence, SetFacts, Text, Thing
from kg.views.layout import lay_out
from kg.views.page import PageView, render_page
from kg.views.projections import build_network

SIZES = ((300, 900), (2_000, 8_000), (10_000, 30_000))
CHROMIUM = os.environ.get("KG_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
FRAMES = """async () => {
  let frames = 0, go = true;
  const tick = () => { frames++; if (go) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  const start = performance.now();
  const target = document.querySelector('#surface, .vis-network');
  const box = target.getBoundingClientRect();
  const at = (x, y) => ({ bubbles: true, cancelable: true, clientX: box.x + x, clientY: box.y + y,
                          pointerId: 1, pointerType: 'mouse', button: 0, buttons: 1 });
  for (let step = 0; performance.now() - start < 1800; step++) {
    const x = box.width / 2 + 60 * Math.sin(step / 9), y = box.height / 2;
    target.dispatchEvent(new WheelEvent('wheel',
      { ...at(x, y), deltaY: step % 40 < 20 ? -40 : 40 }));
    if (window.kamergraaf) kamergraaf.pan(4 * Math.sin(step / 7), 3);
    await new Promise(requestAnimationFrame);
  }
  go = false;
  return 1000 * frames / (performance.now() - start);
}"""
FOCUS = """() => new Promise((done) => {
  const { nodes } = kamergraaf.picture();
  const node = nodes.find((one) => one.x > 300 && one.y > 60 && one.x < 700 && one.y < 400);
  const target = document.querySelector('#surface'), box = target.getBoundingClientRect();
  const at = { bubbles: true, clientX: box.x + node.x, clientY: box.y + node.y, pointerId: 1,
               button: 0 };
  target.setPointerCapture = () => {};
  const start = performance.now();
  target.dispatchEvent(new PointerEvent('pointerdown', at));
  target.dispatchEvent(new PointerEvent('pointerup', at));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


OPEN_ALL = """async () => {
  const start = performance.now();
  kamergraaf.go({ all: '1' });
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return (performance.now() - start) / 1000;
}"""


def invented(nodes: int, edges: int) -> tuple[Corpus, "nx.MultiDiGraph[str]"]:
    """A clustered network with sets, texts and two places of evidence an edge."""
    rng = random.Random(7)
    corpus = Corpus(base="https://w3id.org/kamergraaf/id/")
    kinds = ("QuestionSet", "Member", "Minister", "Law", "Organisation", "Topic")
    keys = [f"thing/{n:06}" for n in range(nodes)]
    for n, key in enumerate(keys):
        kind = kinds[n % len(kinds)]
        corpus.things[key] = Thing(key, kind, f"{kind} van de proef {n}")
        if kind == "QuestionSet":
            corpus.sets[key] = SetFacts(key, kenmerk=f"2099Z{n:05}")
            for number in (1, 2):
                unit = f"{key}/question/{number}"
                words = " ".join(rng.choices(("vraag", "over", "water", "wet", "plan"), k=40))
                corpus.texts[unit] = Text(unit, key, "question", words + "?", (number,))
    sets = list(corpus.sets)
    cluster = [rng.randrange(max(3, round(nodes**0.5 / 2))) for _ in keys]
    members: dict[int, list[str]] = defaultdict(list)
    for key, number in zip(keys, cluster, strict=True):
        members[number].append(key)
    found: dict[tuple[str, str, str], set[Evidence]] = {}
    while len(found) < edges:
        n = rng.randrange(nodes)
        near = rng.random() < 0.85
        other = rng.choice(members[cluster[n]]) if near else rng.choice(keys)
        if keys[n] != other:
            chosen = rng.choice(sets)
            found[keys[n], "names", other] = {
                Evidence(chosen, f"{chosen}/question/1", 6, 10),
                Evidence(chosen, f"{chosen}/question/2", 0, 5),
            }
    return corpus, build_network(corpus, found)


def open_page(page: Page, path: Path) -> list[str]:
    """Goes to the page; the requests it made beyond itself."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri(), wait_until="commit")
    return requests


def measure_ours(browser, path: Path, large: bool) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1360, "height": 820})
    requests = open_page(page, path)
    page.wait_for_function("performance.getEntriesByName('kg-ready').length", timeout=60_000)
    figures = {
        "ready": page.evaluate("performance.getEntriesByName('kg-ready')[0].startTime / 1000"),
    }
    if large:
        figures["open all"] = page.evaluate(OPEN_ALL)
    page.wait_for_timeout(300)
    figures["fps"] = page.evaluate(FRAMES)
    page.wait_for_timeout(400)
    page.evaluate("document.querySelector('#zoom-fit').click()")
    figures["focus ms"] = page.evaluate(FOCUS)
    assert page.evaluate("location.hash.includes('focus')")
    figures["requests"] = len([url for url in requests if not url.startswith(path.as_uri())])
    page.close()
    return figures


def write_stock(network: "nx.MultiDiGraph[str]", path: Path) -> None:
    """The page that pyvis makes by itself, scripts inlined so that it needs no network."""
    stock = Network(directed=True, cdn_resources="in_line")
    for node, facts in network.nodes(data=True):
        stock.add_node(node, label=facts["label"], value=facts["weight"])
    for source, target in network.edges():
        stock.add_edge(source, target)
    html = stock.generate_html()
    # the page says by itself nothing of when it is done
    path.write_text(
        html.replace(
            "network = new vis.Network(container, data, options);",
            "network = new vis.Network(container, data, options);"
            "network.once('stabilizationIterationsDone', () => performance.mark('kg-ready'));",
        ),
        encoding="utf-8",
    )


def measure_stock(browser, path: Path, patience: float) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1360, "height": 820})
    requests = open_page(page, path)
    figures: dict[str, float] = {}
    start = time.perf_counter()
    while time.perf_counter() - start < patience and not page.is_closed():
        try:
            done = page.evaluate("performance.getEntriesByName('kg-ready').map((m) => m.startTime)")
        except Exception:
            break
        if done:
            figures["ready"] = done[0] / 1000
            figures["fps"] = page.evaluate(FRAMES)
            break
        time.sleep(0.2)
    figures["requests"] = len([url for url in requests if not url.startswith(path.as_uri())])
    page.close()
    return figures


def main() -> None:
    """Makes the pages, opens them, prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--patience", type=float, default=40)
    parser.add_argument("--without-pyvis", action="store_true")
    options = parser.parse_args()
    columns = ("ready", "open all", "fps", "focus ms", "MB", "requests", "Python", "with layout")
    print(f"{'':32}" + "".join(f"{name:>12}" for name in columns))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for nodes, edges in SIZES:
            corpus, network = invented(nodes, edges)
            name = f"{nodes:,} nodes, {edges:,} edges"
            path = Path(folder) / "ours.html"
            python: list[float] = []
            layout: list[float] = []
            for _ in range(options.runs if nodes < 5000 else min(3, options.runs)):
                start = time.perf_counter()
                lay_out(network)
                layout.append(time.perf_counter() - start)
                start = time.perf_counter()
                path.write_text(render_page([PageView("all", network)], corpus, {}), "utf-8")
                python.append(time.perf_counter() - start)
            runs = [measure_ours(browser, path, nodes > 500) for _ in range(options.runs)]
            row = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
            row |= {"MB": path.stat().st_size / 1e6, "with layout": statistics.median(python)}
            row["Python"] = row["with layout"] - statistics.median(layout)
            print_row(f"kamergraaf {name}", row, columns)
            if options.without_pyvis:
                continue
            start = time.perf_counter()
            stock = Path(folder) / "stock.html"
            write_stock(network, stock)
            taken = time.perf_counter() - start
            apart = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            figures = measure_stock(apart, stock, options.patience)
            apart.close()  # a page that never settles would slow the next one
            figures |= {"MB": stock.stat().st_size / 1e6, "Python": taken}
            print_row(f"pyvis      {name}", figures, columns)
        browser.close()


def print_row(name: str, row: dict[str, float], columns: tuple[str, ...]) -> None:
    """A line of the table; what could not be had in time is a dash."""
    cells = [f"{row[key]:>12.2f}" if key in row else f"{'–':>12}" for key in columns]
    print(f"{name:32}" + "".join(cells), flush=True)


if __name__ == "__main__":
    main()
