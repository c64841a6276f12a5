"""Full text search on a static site, in the reader's browser: an index in small script files.

A search reads one file for each of its words, and one for each text that it shows. They are
scripts, because a page on disk may load scripts but no data.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

from kg.export.page_parts import Addresses
from kg.export.search_page import place_of
from kg.export.things import Things
from kg.querying.search import KINDS, stem, words_of

SEARCH_FOLDER = "texts"
SCRIPT = "search.js"

_TEXTS_A_FILE = 100
_MOST_TEXTS = 0.5
"""A word of more than this part of the texts tells nothing, and is left out."""
_QUERY = """
PREFIX kg: <https://w3id.org/kamergraaf/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?kind ?label ?text
WHERE { ?thing a ?kind ; kg:text|dcterms:title ?text ; rdfs:label ?label } ORDER BY ?thing
"""


def write_site_search(things: Things, addresses: Addresses, folder: Path) -> int:
    """Writes the index of all texts below `folder` and returns the number of texts.

    `addresses` are those of the page that searches, which lies beside `folder`.
    """
    folder.mkdir()
    stems: dict[str, list[int]] = defaultdict(list)
    forms: dict[str, str] = {}
    shown: list[tuple[str, str, str, str]] = []
    number = -1
    for number, (kind, label, address, text) in enumerate(_texts(things, addresses)):
        shown.append((kind, label, address, text))
        counts: Counter[str] = Counter()
        for word in words_of(text):
            root = forms.setdefault(word.lower(), stem(word))
            counts[root] += 1
        for root, count in counts.items():
            stems[root] += (number, count)
        if len(shown) == _TEXTS_A_FILE:
            _write(folder, f"texts-{number // _TEXTS_A_FILE}", shown)
            shown = []
    if shown:
        _write(folder, f"texts-{number // _TEXTS_A_FILE}", shown)
    total = number + 1
    most = 2 * max(_TEXTS_A_FILE, _MOST_TEXTS * total)
    by_opening: dict[str, dict[str, list[int] | None]] = defaultdict(dict)
    for form, root in forms.items():
        places = stems[root]
        by_opening[_opening(form)][form] = places if len(places) <= most else None
    for opening, found in by_opening.items():
        _write(folder, f"words-{opening}", found)
    _write(folder, "texts", total)
    script = files("kg.export").joinpath("templates", SCRIPT).read_text(encoding="utf-8")
    (folder / SCRIPT).write_text(script, encoding="utf-8")
    return total


def _texts(things: Things, addresses: Addresses) -> Iterator[tuple[str, str, str, str]]:
    prefix = f"{things.graph.base}id/"
    rows = things.graph.store.query(_QUERY, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        kind = KINDS.get(row["kind"].value)
        if kind is not None:
            local = row["thing"].value.removeprefix(prefix)
            yield kind, row["label"].value, place_of(local, things, addresses), row["text"].value


def _opening(form: str) -> str:
    """The first letters of a word in hexadecimal: a name that any file system takes."""
    return form[:3].encode().hex()


def _write(folder: Path, name: str, value: object) -> None:
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path = folder / f"{name}.js"
    path.write_text(f"kgSearch({json.dumps(name)},{content});\n", encoding="utf-8")
