"""What recurs between sets as assertions: round robins and reused passages."""

from collections.abc import Iterator, Mapping

from kg.analysis.passages import Occurrence
from kg.analysis.round_robins import RoundRobin
from kg.model.assertion import Assertion, Literal
from kg.model.question_set import QuestionSet
from kg.rdf import vocabulary as v
from kg.rdf.iris import Mint
from kg.rdf.mapping import to_integer


def map_round_robin(
    found: RoundRobin, sets: Mapping[str, QuestionSet], mint: Mint
) -> Iterator[Assertion]:
    """A round robin, its sets, its questions in every form, and the names that vary."""
    subject = mint.thing(f"round-robin/{found.key}")
    places = tuple(place for key in found.sets for place in sets[key].places)
    yield Assertion(subject, v.TYPE, v.ROUND_ROBIN, places)
    yield Assertion(subject, v.LABEL, Literal(f"Rondvraag: {found.label}", "nl"), places)
    for document in sorted({place.sha256 for place in places}):
        yield Assertion(subject, v.DERIVED_FROM, mint.document(document), places)
    for key in found.sets:
        member = mint.thing(f"set/{key}")
        yield Assertion(member, v.IN_ROUND_ROBIN, subject, sets[key].places)
    for key, names in found.varies:
        member = mint.thing(f"set/{key}")
        for name in names:
            yield Assertion(member, v.VARIES_IN, Literal(name), sets[key].places)
    for aligned in found.questions:
        node = mint.thing(f"round-robin/{found.key}/question/{aligned.order}")
        yield Assertion(subject, v.HAS_ALIGNMENT, node, places)
        yield Assertion(node, v.TYPE, v.ALIGNED_QUESTIONS, places)
        label = f"Rondvraag, vraag {aligned.order}"
        yield Assertion(node, v.LABEL, Literal(label, "nl"), places)
        yield Assertion(node, v.ORDER, to_integer(aligned.order), places)
        for key, number in aligned.members:
            question = mint.thing(f"set/{key}/question/{number}")
            yield Assertion(node, v.ALIGNS, question, sets[key].places)


def map_passage(key: str, first: Occurrence, mint: Mint) -> Iterator[Assertion]:
    """A recurring sentence in its first form."""
    subject, places, text = mint.thing(f"passage/{key}"), first.places, first.text
    yield Assertion(subject, v.TYPE, v.REUSED_PASSAGE, places)
    yield Assertion(subject, v.LABEL, Literal(text, "nl"), places)
    yield Assertion(subject, v.TEXT, Literal(text, "nl"), places)


def map_occurrence(key: str, occurrence: Occurrence, mint: Mint) -> Iterator[Assertion]:
    """One answer in which a recurring sentence stands, and the documents that show it."""
    subject, places = mint.thing(f"passage/{key}"), occurrence.places
    for document in sorted({place.sha256 for place in places}):
        yield Assertion(subject, v.DERIVED_FROM, mint.document(document), places)
    numbers = "-".join(map(str, occurrence.answer)) or "0"
    answer_iri = mint.thing(f"set/{occurrence.set_key}/answer/{numbers}")
    yield Assertion(subject, v.RECURS_IN, answer_iri, places)
