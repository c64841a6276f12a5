"""Pages for people: one for each thing of the graph, the same served and as a static site.

A thing's page also shows its parts: the things whose IRI continues that of the whole, such as the
questions of a set; a part is addressed as a fragment of the page.
"""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import jinja2

from kg.export.markup import linked, marked
from kg.export.ontology import Ontology
from kg.export.page_parts import Addresses, Link, in_script
from kg.export.search_page import KINDS, NameHit, by_kind, shown_hits
from kg.export.terms import dutch_number, plural_name
from kg.export.thing_page import ThingWriter
from kg.export.things import Things
from kg.export.told import Told
from kg.querying.catalogue import Query, find_query, read_catalogue
from kg.querying.search import SearchResult
from kg.rdf.vocabulary import PREFIXES
from kg.resources import ontology_dir

Listing = Sequence[tuple[str, Sequence[Link], int]]
"""Kinds of things, those of each that are listed, and how many there are."""


class Pages:
    """Writes the pages of a graph."""

    def __init__(self, things: Things) -> None:
        self.things = things
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("kg.export", "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        self._templates.filters.update(linked=linked, marked=marked, dutch=dutch_number)

    def thing(self, told: Told, addresses: Addresses) -> str:
        """A sheet of the page of a thing."""
        writer = ThingWriter(self.things, told, addresses)
        is_set = "QuestionSet" in writer.kinds
        template = "set.html" if is_set and told.sheet == 1 else "entity.html"
        return self._render(template, addresses, **writer.content())

    def index(self, listing: Listing, addresses: Addresses) -> str:
        """The page that shows what there is: kinds, the newest sets, and a search of all."""
        named = [(plural_name(kind), links, count) for kind, links, count in listing]
        groups = [
            (name, links, count, number)
            for number, ((_, name), links, count) in enumerate(sorted(named, key=itemgetter(0)), 1)
        ]
        return self._render("index.html", addresses, title="Kamergraaf", groups=groups)

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
            "base": self.things.base,
            "prefixes": {**PREFIXES, "id": f"{self.things.base}id/"},
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
        names: Sequence[NameHit] = (),
        texts: SearchResult | None = None,
        message: str = "",
        script: str | None = None,
    ) -> str:
        """The page to search names and texts on, with what was found; `script` searches in the
        reader's browser instead.
        """
        return self._render(
            "search.html",
            addresses,
            title="Zoeken – Kamergraaf",
            words=words,
            kind=kind,
            kinds=KINDS,
            message=message,
            names=by_kind(names),
            hits=shown_hits(texts, self.things, addresses) if texts is not None else (),
            script=script,
        )

    def missing(self, addresses: Addresses, near: Sequence[str]) -> str:
        """The page of an address that stands for nothing; `near` are things with a like name."""
        links = [
            self.things.link(self.things.node(one), addresses, self.things.set_note(one))
            for one in near
        ]
        return self._render("missing.html", addresses, title="Niet gevonden", links=links)

    def _render(self, template: str, addresses: Addresses, **content: Any) -> str:
        names = ("query", "search", "ontology", "explorer", "assets")
        rooms = {name: addresses.room(name) for name in names}
        page = self._templates.get_template(template)
        return page.render(home=addresses.page(""), rooms=rooms, **content)


def _without_header(query: Query) -> str:
    """A named query under its title, without the comments that describe it."""
    lines = query.text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.strip() and not line.startswith("#"))
    return "\n".join([f"# {query.title_nl}", "", *lines[start:]]) + "\n"
