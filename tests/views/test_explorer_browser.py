"""The explorer in a real browser: every control, every view, offline, for everybody."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

import kg
from kg.views import PROJECTIONS, write_explorer, write_view
from tests.views.parliament import HEAD, parliament

pytestmark = pytest.mark.browser
VIEWS = (*PROJECTIONS, "neighbourhood")
Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def explorer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explorer")
    (folder / "graph.ttl").write_text(parliament(sets=24), encoding="utf-8")
    return write_explorer(folder, folder / "graph.html")


@pytest.fixture
def open_file(page: Any) -> Iterator[Opener]:
    """Opens a page from disk; in the end it must have asked for nothing and complained nowhere."""
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))

    def start(path: Path, hash_: str = "") -> Any:
        page.goto("about:blank")
        page.goto(f"{path.as_uri()}#{hash_}")
        page.wait_for_function("performance.getEntriesByName('kg-ready').length")
        return page

    yield start
    assert complaints == []
    beyond = [url for url in requests if not url.startswith(("file:", "about:", "blob:", "data:"))]
    assert beyond == []


@pytest.fixture
def explorer(open_file: Opener, explorer_file: Path) -> Any:
    return open_file(explorer_file)


def picture(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("kamergraaf.picture()")
    return found


def state(page: Any) -> dict[str, str]:
    text = page.evaluate("location.hash.slice(1)")
    return dict(pair.split("=", 1) for pair in text.split("&") if pair)


def click_node(page: Any, wanted: Callable[[dict[str, Any]], bool] = lambda node: True) -> None:
    shown = picture(page)
    node = next(n for n in shown["nodes"] if wanted(n) and 260 < n["x"] < 860 and 60 < n["y"] < 500)
    box = page.locator("#surface").bounding_box()
    page.mouse.click(box["x"] + node["x"], box["y"] + node["y"])


def a_person(page: Any) -> str:
    """The id of somebody with evidence in every kind of view."""
    found: str = page.evaluate(
        """() => JSON.parse(document.querySelector('#data-things').textContent)
              .filter(([id, kind]) => kind === 'Member').map(([id]) => id)[0]"""
    )
    return found


def hash_of(page: Any, view: str) -> str:
    return f"view={view}" + (f"&focus={a_person(page)}" if view == "neighbourhood" else "")


# reading it


@pytest.mark.parametrize("view", VIEWS)
def test_labels_do_not_overlap_and_can_be_read(
    open_file: Opener, explorer_file: Path, view: str
) -> None:
    page = open_file(explorer_file, "")
    page = open_file(explorer_file, hash_of(page, view))
    shown = picture(page)
    labels = shown["labels"]
    assert len(shown["nodes"]) > 4
    assert len(labels) >= len(shown["nodes"]) / 3
    for n, one in enumerate(labels):
        assert one["px"] >= 11
        assert one["x"] >= 0
        assert one["x"] + one["w"] <= shown["width"]
        for other in labels[n + 1 :]:
            apart = (
                one["x"] + one["w"] <= other["x"] + 0.5
                or other["x"] + other["w"] <= one["x"] + 0.5
                or one["y"] + one["h"] <= other["y"] + 0.5
                or other["y"] + other["h"] <= one["y"] + 0.5
            )
            assert apart, (one["text"], other["text"])
    for node in shown["nodes"]:
        assert 0 <= node["x"] <= shown["width"], "all in sight at first"
        assert 0 <= node["y"] <= shown["height"], "all in sight at first"


def test_the_drawing_is_painted_in_the_colours_of_its_legend(explorer: Any) -> None:
    colours = explorer.evaluate(
        """() => {
          const canvas = document.querySelector('#canvas'), { nodes } = kamergraaf.picture();
          const ratio = canvas.width / canvas.getBoundingClientRect().width;
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return nodes.map(({ kind, x, y }) => {
            const at = 4 * (Math.round(y * ratio) * canvas.width + Math.round(x * ratio));
            return [kind, [...data.slice(at, at + 3)]];
          });
        }"""
    )
    expected = {"Member": [0, 114, 178], "Minister": [213, 94, 0]}
    assert {kind for kind, _ in colours} == set(expected)
    for kind, colour in colours:
        assert colour == expected[kind]


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(
    open_file: Opener,
    explorer_file: Path,
    view: str,
    axe_violations: Callable[[Any], list[str]],
) -> None:
    page = open_file(explorer_file)
    for extra in ("", "&pane=table", "&pane=charts&lang=en", "&pane=table&rows=edges"):
        page = open_file(explorer_file, hash_of(page, view) + extra)
        assert axe_violations(page) == []
    click_node(page)
    page.locator("#panel details").first.click()
    page.fill("#search", "van")
    assert axe_violations(page) == []


# moving through it


def test_every_view_has_a_button(explorer: Any) -> None:
    for button in explorer.locator("#views button").all():
        button.click()
        assert button.get_attribute("aria-current") == "page" or "aria-current"
        current = explorer.locator("#views button[aria-current]")
        assert current.count() == 1
    assert state(explorer)["view"] == "all"
    assert "Alles" in explorer.locator("#panel h3").inner_text()


def test_click_shows_the_neighbourhood_and_dims_the_rest(explorer: Any) -> None:
    before = picture(explorer)
    click_node(explorer)
    after = picture(explorer)
    assert [n["node"] for n in after["nodes"]] == [n["node"] for n in before["nodes"]]
    near = {end for e in after["edges"] if e["chosen"] for end in (e["from"], e["to"])}
    assert near
    assert {n["node"] for n in after["nodes"] if not n["dim"]} == near
    assert explorer.locator("#panel blockquote").count() > 0
    assert explorer.locator("#panel a[href^='https://example.org/kv-tk-']").count() > 0
    explorer.keyboard.press("Escape")
    assert not any(node["dim"] for node in picture(explorer)["nodes"])


def test_click_on_an_edge_shows_its_sentences(open_file: Opener, explorer_file: Path) -> None:
    page = open_file(explorer_file, "view=policies")
    shown = picture(page)
    at = {node["node"]: node for node in shown["nodes"]}
    box = page.locator("#surface").bounding_box()
    for edge in shown["edges"]:
        a, b = at[edge["from"]], at[edge["to"]]
        x, y = (a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2
        if min(abs(x - n["x"]) + abs(y - n["y"]) for n in shown["nodes"]) > 50 and 250 < x < 850:
            page.mouse.click(box["x"] + x, box["y"] + y)
            break
    assert "edge" in state(page)
    marks = page.locator("#panel mark")
    assert marks.count() > 0
    ends = page.locator("#panel h3 bdi").all_inner_texts()
    assert marks.first.inner_text() in ends
    quote = page.locator("#panel .quote").first
    assert re.search(r"(Vraag|Antwoord op vraag) \d", quote.inner_text())
    quote.locator("summary").click()
    assert "‘Vragen over" in quote.locator(".cite").inner_text()


def test_back_and_forward_and_a_shared_address(open_file: Opener, explorer_file: Path) -> None:
    page = open_file(explorer_file)
    page.click("#views [data-view=topics]")
    click_node(page)
    focused, heading = state(page), page.locator("#panel h3").inner_text()
    assert {"view", "focus"} <= focused.keys()
    page.go_back()
    assert state(page).keys() == {"view"}
    page.go_back()
    assert state(page) == {}
    assert page.locator("#views [aria-current]").get_attribute("data-view") == "actors"
    page.go_forward()
    page.go_forward()
    assert page.locator("#panel h3").inner_text() == heading
    address = page.evaluate("location.hash.slice(1)")
    page = open_file(explorer_file, address)
    assert page.locator("#panel h3").inner_text() == heading


@pytest.mark.parametrize(
    "address",
    ["view=nothing", "focus=nobody", "edge=a|b", "edge=", "sort=9-&pane=table", "%", "lang=xx"],
)
def test_a_broken_address_still_opens(open_file: Opener, explorer_file: Path, address: str) -> None:
    page = open_file(explorer_file, address)
    assert len(picture(page)["nodes"]) > 4


def test_zoom_pan_and_keys(explorer: Any) -> None:
    def spread() -> float:
        xs = [node["x"] for node in picture(explorer)["nodes"]]
        return float(max(xs) - min(xs))

    first = spread()
    explorer.click("#zoom-in")
    assert spread() > first * 1.2
    explorer.click("#zoom-out")
    explorer.click("#zoom-out")
    assert spread() < first
    explorer.click("#zoom-fit")
    assert spread() == pytest.approx(first, rel=0.01)
    box = explorer.locator("#surface").bounding_box()
    explorer.mouse.move(box["x"] + 400, box["y"] + 300)
    explorer.mouse.wheel(0, -300)
    assert spread() > first * 1.2
    explorer.focus("#surface")
    explorer.keyboard.press("0")
    assert spread() == pytest.approx(first, rel=0.01)
    left = picture(explorer)["nodes"][0]["x"]
    explorer.keyboard.press("ArrowRight")
    assert picture(explorer)["nodes"][0]["x"] == pytest.approx(left - 60, abs=1)
    explorer.keyboard.press("+")
    assert spread() > first
    explorer.keyboard.press("0")
    explorer.mouse.move(box["x"] + 500, box["y"] + 40)
    explorer.mouse.down()
    explorer.mouse.move(box["x"] + 540, box["y"] + 90, steps=4)
    explorer.mouse.up()
    assert picture(explorer)["nodes"][0]["x"] == pytest.approx(left + 40, abs=2)
    assert state(explorer) == {}, "a drag is not a click"


def test_the_neighbourhood_of_what_is_chosen(explorer: Any) -> None:
    click_node(explorer)
    name = explorer.locator("#panel h3").inner_text()
    explorer.get_by_role("button", name="Toon de omgeving").click()
    assert state(explorer)["view"] == "neighbourhood"
    assert explorer.locator("#panel h3").inner_text() == name
    middle = picture(explorer)["nodes"][0]
    others = picture(explorer)["nodes"][1:]
    assert others
    assert all((n["x"], n["y"]) != (middle["x"], middle["y"]) for n in others)


# search and filters


@pytest.mark.parametrize(
    ("typed", "found"),
    [("deltaplan", "Deltaplan Digitaal"), ("ZOR", "Ministerie van Zorg"), ("2099Z00007", "(7)")],
)
def test_search_by_label_alias_and_number(explorer: Any, typed: str, found: str) -> None:
    explorer.fill("#search", typed)
    explorer.keyboard.press("Enter")
    assert found in explorer.locator("#panel h3").inner_text()
    assert "focus" in state(explorer)


def test_search_with_arrows_and_without_result(explorer: Any) -> None:
    explorer.fill("#search", "partij")
    second = explorer.locator("#found li").nth(1).locator(".main").inner_text()
    explorer.keyboard.press("ArrowDown")
    assert explorer.locator("#found li").nth(1).get_attribute("aria-selected") == "true"
    explorer.keyboard.press("Enter")
    assert explorer.locator("#panel h3").inner_text() == second
    explorer.fill("#search", "xyzzy")
    assert explorer.locator("#found").is_hidden()
    assert explorer.locator("#said").inner_text() == "Niets gevonden"
    explorer.fill("#search", "stad")
    explorer.locator("#found li").first.click()
    assert explorer.locator("#panel h3").inner_text() == "Stadspartij"


def test_legend_hides_and_shows_a_kind(explorer: Any) -> None:
    explorer.locator("#kinds input").nth(1).uncheck()
    assert {node["kind"] for node in picture(explorer)["nodes"]} == {"Member"}
    assert state(explorer)["hide"] == "Minister"
    assert explorer.evaluate("document.activeElement.dataset.kind") == "Minister"
    explorer.locator("#kinds input").nth(1).check()
    assert {node["kind"] for node in picture(explorer)["nodes"]} == {"Member", "Minister"}


def sets_in(page: Any) -> list[list[Any]]:
    rows: list[list[Any]] = page.evaluate(
        "JSON.parse(document.querySelector('#data-sets').textContent)"
    )
    return rows


def shown_sets(page: Any) -> set[str]:
    page.evaluate("kamergraaf.go({ view: 'all', pane: 'table', hide: '' })")
    rows = page.locator("#drawer tbody tr")
    return {
        row.locator("td").nth(0).inner_text()
        for row in rows.all()
        if row.locator("td").nth(1).inner_text() == "Set Kamervragen"
    }


@pytest.mark.parametrize(("control", "column"), [("#party", 7), ("#ministry", 8)])
def test_filters_by_party_and_ministry(explorer: Any, control: str, column: int) -> None:
    key = explorer.locator(f"{control} option").nth(1).get_attribute("value")
    explorer.select_option(control, key)
    things = json.loads(explorer.locator("#data-things").text_content())
    expected = {
        things[row[0]][2] for row in sets_in(explorer) if key in {things[n][0] for n in row[column]}
    }
    assert 0 < len(expected) < 24
    assert shown_sets(explorer) == expected
    explorer.click("#reset")
    assert len(shown_sets(explorer)) == 24


def test_filter_by_time(explorer: Any) -> None:
    things = json.loads(explorer.locator("#data-things").text_content())
    rows = sets_in(explorer)
    explorer.fill("#from", "2098-06-01")
    explorer.fill("#to", "2099-01-31")
    explorer.locator("#to").dispatch_event("change")
    within = {things[r[0]][2] for r in rows if "2098-06-01" <= r[3] <= "2099-01-31"}
    undated = {things[r[0]][2] for r in rows if not r[3]}
    assert within
    assert undated
    assert shown_sets(explorer) == within | undated
    explorer.uncheck("#undated")
    assert shown_sets(explorer) == within
    explorer.fill("#from", "2099-01-31")
    explorer.fill("#to", "2098-01-01")
    assert explorer.locator("#empty-lead").inner_text() == "Niets voldoet aan deze filters"


# table, charts, words


def test_table_sorts_and_picks(explorer: Any) -> None:
    explorer.click("#show-table")
    column = explorer.locator("#drawer tbody tr td:nth-child(3)")
    numbers = [int(text) for text in column.all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    explorer.locator("#drawer th button").nth(2).click()
    assert [int(text) for text in column.all_inner_texts()] == sorted(numbers)
    assert explorer.locator("#drawer th").nth(2).get_attribute("aria-sort") == "ascending"
    explorer.locator("#drawer th button").nth(0).click()
    names = explorer.locator("#drawer tbody tr td:nth-child(1)").all_inner_texts()
    assert names == sorted(names, key=str.lower)
    assert len(names) == len(picture(explorer)["nodes"])
    explorer.locator("#drawer tbody button").first.click()
    assert explorer.locator("#panel h3").inner_text() == names[0]
    explorer.locator("[data-rows=edges]").click()
    assert explorer.locator("#drawer tbody tr").count() == len(picture(explorer)["edges"])
    explorer.locator("#drawer tbody button").first.click()
    assert "edge" in state(explorer)
    explorer.click("#show-table")
    assert explorer.locator("#drawer").is_hidden()


def test_charts_and_their_tables_tell_the_same(explorer: Any) -> None:
    explorer.click("#show-charts")
    charts = explorer.locator(".chart")
    assert charts.count() == 4
    rows = sets_in(explorer)
    for summary in charts.locator("summary").all():
        summary.click()
    totals = [
        sum(int(text) for text in chart.locator("tbody td:nth-child(2)").all_inner_texts())
        for chart in charts.all()
    ]
    assert totals[0] == sum(bool(row[3]) for row in rows)
    assert totals[1] == sum(bool(row[3] and row[4]) for row in rows)
    assert totals[2] == sum(len(row[8]) for row in rows)
    assert totals[3] == sum(len(row[7]) for row in rows)
    for chart in charts.all():
        bars = chart.locator("svg rect").count()
        counted = chart.locator("tbody td:nth-child(2)").all_inner_texts()
        assert bars == sum(text != "0" for text in counted)


def test_english(explorer: Any) -> None:
    explorer.click("#lang-en")
    assert explorer.evaluate("document.documentElement.lang") == "en"
    assert explorer.locator("#views [aria-current]").inner_text() == "Who asks whom"
    words = explorer.locator("body").inner_text()
    assert "Wis filters" not in words
    explorer.click("#lang-nl")
    assert "Wis filters" in explorer.locator("body").inner_text()


def test_both_languages_say_the_same_things(explorer: Any) -> None:
    script = (Path(kg.__file__).parent / "views/assets/words.js").read_text(encoding="utf-8")
    dutch, english = (
        set(re.findall(r'(?:^|[ {,])"?([\w-]+)"?: "', block))
        for block in re.search(
            r"const nl = \{(.*?)\};\s*const en = \{(.*?)\};", script, re.S
        ).groups()
    )
    assert dutch == english
    assert len(dutch) > 100


# saving


def test_save_png(explorer: Any) -> None:
    with explorer.expect_download() as saving:
        explorer.click("#save-png")
    assert saving.value.suggested_filename == "kamergraaf-actors.png"
    assert Path(saving.value.path()).read_bytes().startswith(b"\x89PNG")


def test_save_svg(explorer: Any) -> None:
    with explorer.expect_download() as saving:
        explorer.click("#save-svg")
    root = ElementTree.parse(saving.value.path()).getroot()
    shown = picture(explorer)
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert names.count("line") == len(shown["edges"])
    assert names.count("circle") + names.count("polygon") == len(shown["nodes"])
    texts = " ".join(element.text or "" for element in root.iter())
    assert all(label["lines"][0]["text"] in texts for label in shown["labels"])


def test_save_csv(explorer: Any) -> None:
    with explorer.expect_download() as saving:
        explorer.click("#save-csv")
    lines = Path(saving.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("source,source_id,")
    assert len(lines) - 1 == len(picture(explorer)["edges"])


# notebooks


def test_notebook_frame_draws_without_access_to_its_surroundings(
    page: Any, explorer_file: Path
) -> None:
    html = kg.view("actors", explorer_file.parent)._repr_html_()
    page.set_content(f"<title>notebook</title><script>var secret = 1</script>{html}")
    frame = page.frames[1]
    frame.wait_for_function("performance.getEntriesByName('kg-ready').length")
    assert len(frame.evaluate("kamergraaf.picture().nodes")) > 4
    assert frame.evaluate("try { parent.secret } catch { 'no' }") == "no"
    frame.locator("#kinds input").first.uncheck()
    assert {n["kind"] for n in frame.evaluate("kamergraaf.picture().nodes")} == {"Minister"}


# payloads

PAYLOADS = (
    "<script>fired()</script>",
    "</script><script>fired()</script>",
    "<img src=x onerror=fired()>",
    '"><img src=x onerror=fired()>',
    "' onmouseover='fired()",
    '" autofocus onfocus="fired()',
    "<svg onload=fired()>",
    "<svg><script>fired()</script></svg>",
    "<iframe srcdoc='<script>parent.fired()</script>'></iframe>",
    "<a href='javascript:fired()'>href</a>",
    "javascript:fired()",
    "<!--<script>fired()",
    "]]><script>fired()</script>",
    "{{constructor.constructor('fired()')()}}",
    "${fired()}",
    "<details open ontoggle=fired()>",
    "\u2028fired()\u2029//",
    "<math><mtext><img src=x onerror=fired()></mtext></math>",
)
FIELD = re.compile(
    r"((?:rdfs:label|skos:\w+|dcterms:(?:title|identifier)|kg:(?:text|aanhangsel|exact))) "
    r'"((?:[^"\\]|\\.)*)"'
)
ADDRESSES = "javascript:fired()", "data:text/html,<script>fired()</script>", "JaVaScRiPt:fired()"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_fires_in_any_field(page: Any, tmp_path: Path, payload: str) -> None:
    escaped = payload.replace("\\", "\\\\").replace('"', '\\"')
    turtle = FIELD.sub(lambda field: f'{field[1]} "{escaped}{field[2]}{escaped}"', parliament(8))
    turtle = re.sub(
        r"foaf:page <[^>]*>", "foaf:page <javascript:fired()> , <data:text/html,x>", turtle
    )
    (tmp_path / "graph.ttl").write_text(turtle, encoding="utf-8")
    html = write_explorer(tmp_path, tmp_path / "graph.html")
    explore(page, html)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_fires_in_a_network_of_ones_own(page: Any, tmp_path: Path, payload: str) -> None:
    given = nx.Graph()
    for n in range(4):
        given.add_node(f"{n}{payload}", label=payload + str(n), kind=payload)
    given.add_edge(f"0{payload}", f"1{payload}", relation=payload)
    explore(page, kg.view(given).save(tmp_path / "graph.html"))


def explore(page: Any, path: Path) -> None:
    """Uses the page all over; fails where anything of the data became markup or ran."""
    alarms: list[str] = []
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    page.add_init_script("window.alarms = []; window.fired = () => window.alarms.push(1)")
    page.on(
        "request", lambda request: alarms.append(request.url) if path.name not in request.url else 0
    )
    page.goto(path.as_uri())
    markup = (
        "document.querySelectorAll('img, iframe, object, embed, script:not([type]), math').length"
    )
    assert page.evaluate(markup) == 1, "only the script of the page itself"
    for button in page.locator("#views button").all():
        button.click()
        page.evaluate(
            """() => {
              const { nodes } = kamergraaf.picture(), surface = document.querySelector('#surface');
              const box = surface.getBoundingClientRect();
              surface.setPointerCapture = () => {};
              for (const { x, y } of nodes.slice(0, 5))
                for (const kind of ['pointermove', 'pointerdown', 'pointerup']) {
                  const at = { clientX: box.left + x, clientY: box.top + y, pointerId: 1 };
                  surface.dispatchEvent(new PointerEvent(kind, at));
                }
            }"""
        )
        page.evaluate(
            "document.querySelectorAll('#panel details').forEach((each) => { each.open = true; })"
        )
    page.click("#show-table")
    page.click("#show-charts")
    page.fill("#search", "<")
    page.fill("#search", "fired")
    page.click("#lang-en")
    page.evaluate(f"location.hash = 'focus=' + encodeURIComponent({json.dumps(PAYLOADS[2])})")
    page.evaluate(
        """document.querySelectorAll('button, input, a, li').forEach((each) => {
             each.focus();
             each.dispatchEvent(new Event('mouseover'));
           })"""
    )
    with page.expect_download() as saving:
        page.click("#save-svg")
    ElementTree.parse(saving.value.path())
    page.wait_for_timeout(50)
    assert page.evaluate("window.alarms") == []
    assert alarms == []
    assert page.evaluate(markup) == 1
    for name in ("onerror", "onload", "onclick", "onfocus", "onmouseover", "srcdoc", "style"):
        assert page.locator(f"body :not(#hint)[{name}]").count() == 0, name
    hrefs = page.evaluate(
        "[...document.querySelectorAll('[href], [src]')].map((each) => each.href ?? each.src)"
    )
    assert [href for href in hrefs if not re.match(r"https?://", href)] == []


# bad input


def long_label() -> nx.Graph:
    graph = nx.path_graph(6)
    nx.set_node_attributes(
        graph, {n: "lang " * 2000 if n % 2 else "x" * 10_000 for n in graph}, "label"
    )
    return graph


def odd_labels() -> nx.Graph:
    graph = nx.cycle_graph(7)
    labels = [
        "",
        " ",
        "שלום עולם",
        "مرحبا بالعالم",
        "👩‍👩‍👧‍👦🏳️‍🌈 gezin",
        "a\u202eb\u0000c",
        "\U0001f600" * 300,
    ]
    nx.set_node_attributes(graph, dict(enumerate(labels)), "label")
    return graph


BAD = {
    "long labels": (long_label, 6),
    "empty, right to left, emoji, control characters": (odd_labels, 7),
    "a node with 5,000 neighbours": (lambda: nx.star_graph(5000), 5001),
    "no edges": (lambda: nx.empty_graph(40), 40),
    "one node": (lambda: nx.empty_graph(1), 1),
    "a loop and parallel edges": (lambda: nx.MultiGraph([(0, 0), (0, 1), (0, 1)]), 2),
}


@pytest.mark.parametrize("name", BAD)
def test_odd_networks_are_drawn(open_file: Opener, tmp_path: Path, name: str) -> None:
    make, count = BAD[name]
    page = open_file(kg.view(make()).save(tmp_path / "page.html"), "pane=table&all=1")
    shown = picture(page)
    assert len(shown["nodes"]) == count
    assert all(label["w"] < 300 for label in shown["labels"])
    page.evaluate(
        """kamergraaf.go({ focus: JSON.parse(
             document.querySelector('#data-things').textContent)[0][0] })"""
    )
    assert page.locator("#panel h3").bounding_box()["width"] <= 400
    wide = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wide, "nothing sticks out of the page"


def test_an_empty_graph_says_so(
    open_file: Opener, tmp_path: Path, axe_violations: Callable[[Any], list[str]]
) -> None:
    (tmp_path / "graph.ttl").write_text(HEAD, encoding="utf-8")
    page = open_file(write_explorer(tmp_path, tmp_path / "graph.html"))
    assert page.locator("#empty-lead").inner_text() == "Er staat nog niets in deze graaf"
    assert "kg build" in page.locator("#empty-next").inner_text()
    assert axe_violations(page) == []
    for pane in ("#show-table", "#show-charts"):
        page.click(pane)


def test_a_view_without_content_says_so(open_file: Opener, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(parliament(2).replace("kg:inRoundRobin", "kg:seeAlso"))
    page = open_file(write_view("round-robin", tmp_path, tmp_path / "view.html"))
    assert "staat niets voor deze weergave" in page.locator("#empty-lead").inner_text()


def test_a_large_network_opens_with_an_overview_and_opens_up(
    open_file: Opener, tmp_path: Path
) -> None:
    graph = nx.connected_caveman_graph(60, 15)
    page = open_file(kg.view(graph).save(tmp_path / "page.html"))
    assert len(picture(page)["nodes"]) == 160
    assert "160" in page.locator("#notice").inner_text()
    click_node(page)
    assert len(picture(page)["nodes"]) > 160
    page.click("#show-all")
    assert len(picture(page)["nodes"]) == 900
    page.click("#show-overview")
    assert len(picture(page)["nodes"]) < 200


@pytest.mark.slow
def test_a_hundred_thousand_nodes_are_aggregated_and_said_to_be(
    open_file: Opener, tmp_path: Path
) -> None:
    graph = nx.connected_caveman_graph(5000, 20)
    page = open_file(kg.view(graph).save(tmp_path / "page.html"))
    assert "100.000" in page.locator("#notice").inner_text()
    assert 0 < len(picture(page)["nodes"]) <= 2001
