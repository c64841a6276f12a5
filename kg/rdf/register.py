"""The register of source errors as assertions."""

import hashlib
from collections.abc import Iterator

from kg.model.assertion import Assertion, Iri, Literal
from kg.model.erratum import Erratum
from kg.rdf import vocabulary as v
from kg.rdf.iris import Mint
from kg.rdf.mapping import map_provenance

_ID_LENGTH = 12


def map_erratum(erratum: Erratum, mint: Mint) -> Iterator[Assertion]:
    """One entry: what is printed where, what is right, what says so, and whom it is about."""
    identity = "\n".join(
        (erratum.code, erratum.set_key or "", erratum.quote, erratum.right, repr(erratum.places))
    )
    name = hashlib.sha256(identity.encode()).hexdigest()[:_ID_LENGTH]
    subject = mint.thing(f"source-error/{name}")
    facts: list[tuple[Iri, Iri | Literal]] = [
        (v.TYPE, v.SOURCE_ERROR),
        (v.LABEL, Literal(f"{erratum.quote} → {erratum.right}", "nl")),
        (v.ERROR_CODE, Literal(erratum.code)),
        (v.QUOTE, Literal(erratum.quote)),
        (v.CORRECT, Literal(erratum.right)),
        (v.BASIS, Literal(erratum.basis)),
    ]
    if erratum.set_key:
        facts.append((v.CONCERNS, mint.thing(f"set/{erratum.set_key}")))
    facts += ((v.ABOUT, mint.thing(key)) for key in erratum.about)
    for predicate, value in facts:
        yield Assertion(subject, predicate, value, erratum.places)
    yield from map_provenance(subject, erratum.places, mint)
