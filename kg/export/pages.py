"""Pages for people: one for each thing of the graph, the same served and as a static site.

A thing's page also shows its parts: the things whose IRI continues that of the whole, such as the
questions of a set; a part is addressed as a fragment of the page.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import jinja2

from kg.export.graph import ExportGraph
from kg.export.ontology import Ontology
from kg.export.page_parts import (
    Addresses,
    Link,
    in_script,
)
from kg.export.search_page import KINDS, shown_hits
from kg.export.terms import dutch_name
from kg.export.thing_page import ThingWriter
from kg.export.things import Things
from kg.querying.catalogue import Query, find_query, read_catalogue
from kg.querying.search import SearchResult
from kg.rdf.vocabulary import KG, PREFIXES
from kg.resources import ontology_dir

_MOST_LISTED = 200
"""Things of a kind that the index lists; the search finds the others."""


class Pages:
    """Writes the pages of a graph."""

    def __init__(self, graph: ExportGraph) -> None:
        self.things = Things(graph)
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("kg.export", "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )

    def thing(self, local: str, addresses: Addresses) -> str:
        """The page of a thing."""
        writer = ThingWriter(self.things, local, addresses)
        template = "set.html" if "QuestionSet" in writer.kinds else "entity.html"
        return self._render(template, addresses, **writer.content())

    def index(self, addresses: Addresses) -> str:
        """The page that shows what there is: of each kind the first, and a search of all."""
        groups = [
            (kind, links[:_MOST_LISTED], max(0, len(links) - _MOST_LISTED), number)
            for number, (kind, links) in enumerate(self._by_kind(addresses), 1)
        ]
        return self._render("index.html", addresses, title="Kamergraaf", groups=groups)

    def search_data(self, addresses: Addresses) -> str:
        """All names with their addresses, as a script that the search of the index loads.

        A script and not JSON, since pages read from disk may load only that.
        """
        kinds = [
            [kind, [[link.text, link.note, link.address] for link in links]]
            for kind, links in self._by_kind(addresses)
        ]
        return f"kgSearch({in_script(kinds)});\n"

    def _by_kind(self, addresses: Addresses) -> list[tuple[str, list[Link]]]:
        """All things with a page, by kind, sets first."""
        groups: dict[str, list[Link]] = defaultdict(list)
        for local in self.things.wholes:
            kind = self.things.kind(self.things.node(local))
            groups[kind].append(self._link(local, addresses))
        first = dutch_name(KG + "QuestionSet").lower()
        ordered = sorted(groups.items(), key=lambda group: (group[0].lower() != first, group[0]))
        return [(kind, sorted(links, key=lambda one: one.text.lower())) for kind, links in ordered]

    def query_page(self, addresses: Addresses, assets: str) -> str:
        """The page where queries are written, with the named queries as examples.

        `assets` is the address of the folder that holds YASGUI.
        """
        endpoint = addresses.room("sparql") or ""
        examples = [(one.title_nl, one.about_nl, _without_header(one)) for one in read_catalogue()]
        ontology = Ontology(ontology_dir() / "kamergraaf.ttl")
        settings = {
            "endpoint": endpoint,
            "first": _without_header(find_query("sets")),
            "base": self.things.graph.base,
            "prefixes": {**PREFIXES, "id": f"{self.things.graph.base}id/"},
            "examples": [{"about": about, "query": text} for _, about, text in examples],
            "terms": {
                "class": [one.iri for one in ontology.classes],
                "property": [one.iri for one in ontology.properties],
            },
        }
        return self._render(
            "query.html",
            addresses,
            title="SPARQL – Kamergraaf",
            endpoint=endpoint,
            assets=assets,
            examples=examples,
            settings=in_script(settings),
        )

    def search(
        self,
        addresses: Addresses,
        words: str = "",
        kind: str = "",
        result: SearchResult | None = None,
        message: str = "",
        script: str | None = None,
    ) -> str:
        """The page to search the texts on, with what was found; `script` searches in the reader's
        browser instead.
        """
        if result is not None:
            message = f"{result.total} gevonden" if result.total else "Niets gevonden"
        return self._render(
            "search.html",
            addresses,
            title="Zoeken – Kamergraaf",
            words=words,
            kind=kind,
            kinds=KINDS,
            message=message,
            hits=shown_hits(result, self.things, addresses) if result is not None else (),
            script=script,
        )

    def missing(self, addresses: Addresses, near: Sequence[str]) -> str:
        """The page of an address that stands for nothing; `near` are things with a like name."""
        links = [
            self.things.link(self.things.node(one), addresses, self.things.set_note(one))
            for one in near
        ]
        return self._render("missing.html", addresses, title="Niet gevonden", links=links)

    def _link(self, local: str, addresses: Addresses) -> Link:
        things = self.things
        return things.link(things.node(local), addresses, things.set_note(local))

    def _render(self, template: str, addresses: Addresses, **content: Any) -> str:
        names = ("query", "texts", "ontology", "explorer", "search")
        rooms = {name: addresses.room(name) for name in names}
        page = self._templates.get_template(template)
        return page.render(home=addresses.page(""), rooms=rooms, **content)


def _without_header(query: Query) -> str:
    """A named query under its title, without the comments that describe it."""
    lines = query.text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.strip() and not line.startswith("#"))
    return "\n".join([f"# {query.title_nl}", "", *lines[start:]]) + "\n"
