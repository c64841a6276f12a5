"""The terms in code, in the ontology file, in the shapes and in the graph are the same terms."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model.assertion import Iri
from kg.model.authority import Kind
from kg.rdf import vocabulary
from kg.resources import ontology_dir

KG = vocabulary.KG


@pytest.fixture(scope="module")
def declared() -> set[str]:
    triples = ox.parse(path=str(ontology_dir() / "kamergraaf.ttl"), format=ox.RdfFormat.TURTLE)
    return {t.subject.value for t in triples if t.subject.value.startswith(KG)}


def ours(path: Path) -> set[str]:
    """The IRIs of our namespace that a file uses, in any place."""
    triples = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    terms = (term for t in triples for term in (t.subject, t.predicate, t.object))
    return {
        term.value for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith(KG)
    }


def test_code_uses_declared_terms_only(declared: set[str]) -> None:
    constants = {
        name: value.value for name, value in vars(vocabulary).items() if isinstance(value, Iri)
    }
    of_ours = {name: iri for name, iri in constants.items() if iri.startswith(KG)}
    assert len(of_ours) > 40
    assert {name: iri for name, iri in of_ours.items() if iri not in declared} == {}


def test_kinds_of_entity_are_classes(declared: set[str]) -> None:
    assert {KG + kind.value for kind in Kind} <= declared


def test_shapes_use_declared_terms_only(declared: set[str]) -> None:
    assert ours(ontology_dir() / "shapes.ttl") - declared == set()


@pytest.mark.parametrize(
    "path",
    sorted((ontology_dir() / "authority").glob("*.ttl")),
    ids=lambda path: path.stem,
)
def test_authority_files_use_declared_terms_only(declared: set[str], path: Path) -> None:
    assert ours(path) - declared == set()


def test_the_graph_uses_declared_terms_only(declared: set[str], seed_graph: Path) -> None:
    used = ours(seed_graph)
    assert len(used) > 40
    assert used - declared == set()


def test_every_declared_term_has_a_user(declared: set[str]) -> None:
    constants = {value.value for value in vars(vocabulary).values() if isinstance(value, Iri)}
    files = [ontology_dir() / "shapes.ttl", *(ontology_dir() / "authority").glob("*.ttl")]
    used = constants.union(*map(ours, files)) | {KG + kind.value for kind in Kind}
    assert declared - used == set()
