"""The documentation of the ontology as one page of HTML that needs nothing from elsewhere."""

from collections import defaultdict
from pathlib import Path

import jinja2

from kg.export.graph import ExportGraph
from kg.export.ontology import (
    Link,
    Ontology,
    document_shapes,
    examples,
    link_to,
    terms_of,
)
from kg.export.ontology_diagram import draw
from kg.querying.catalogue import read_catalogue
from kg.rdf.vocabulary import KG
from kg.resources import ontology_dir
from kg.store.publication import publishing
from kg.store.shapes import read_shapes

FILES = ("kamergraaf.ttl", "shapes.ttl")
"""What the page links to and stands beside."""


def render_ontology(
    graph: ExportGraph | None = None, folder: Path | None = None, home: str | None = None
) -> str:
    """The page; with a graph, each class shows its first thing as an example.

    `home` is the address of the index of the pages that it belongs to.
    `folder` holds kamergraaf.ttl and shapes.ttl, by default those that ship with the package.
    Raises GraphError where they cannot be read, QueryError where a named query is broken.
    """
    folder = folder or ontology_dir()
    ontology = Ontology(folder / FILES[0])
    shapes = document_shapes(read_shapes(folder / FILES[1]))
    both = (*ontology.classes, *ontology.properties)
    properties_of: dict[str, list[Link]] = defaultdict(list)
    for term in ontology.properties:
        for domain in term.domain:
            properties_of[domain.address.lstrip("#")].append(link_to(term.iri))
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.export"),
        autoescape=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("ontology.html").render(
        header=ontology.header,
        home=home,
        namespace=KG,
        files=FILES,
        classes=ontology.classes,
        properties=ontology.properties,
        diagram=draw(ontology.classes, ontology.properties),
        properties_of=properties_of,
        shape_of={shape.target.address.lstrip("#"): shape.name for shape in shapes},
        examples=examples(graph, ontology.classes) if graph is not None else {},
        alignments=[one for term in both for one in term.alignments],
        unaligned=[link_to(term.iri) for term in both if term.notes],
        questions=[
            {"query": query, "terms": terms_of(query)}
            for query in read_catalogue()
            if not query.name.startswith("view-")
        ],
        shapes=shapes,
    )


def write_ontology(out: Path, graph: ExportGraph | None = None) -> None:
    """Write the page as index.html, and the files that it links to, into the folder `out`.

    Raises UsageError where the folder cannot be written.
    """
    page = render_ontology(graph)
    with publishing(out, replaces_all=True) as results:
        (results.folder / "index.html").write_text(page, "utf-8")
        for name in FILES:
            (results.folder / name).write_bytes((ontology_dir() / name).read_bytes())
