"""What of a document was recognised, and what its kind prints but was not found."""

from collections import Counter
from collections.abc import Iterator

from kg.model.document import DocumentKind, ParsedDocument, ParsedSet

_OF_EVERY_KIND = ("number", "title", "submitters", "addressees", "submitted_on")
_EXPECTED = {
    DocumentKind.QUESTIONS: (*_OF_EVERY_KIND, "questions"),
    DocumentKind.ORAL: _OF_EVERY_KIND,
    DocumentKind.ANSWERS: (*_OF_EVERY_KIND, "answerers", "answered_on", "questions", "answers"),
    DocumentKind.EXTENSION: (*_OF_EVERY_KIND, "postponers", "letters"),
    None: ("number", "title", "submitters", "submitted_on"),
}
"""What a set is to have; without a kind (pages of many sets) only what every set has."""

Counts = tuple[tuple[str, int], ...]


def recognised(document: ParsedDocument) -> Counts:
    """How many of each thing the sets of a document print: numbers, people, questions, notes."""
    counts: Counter[str] = Counter()
    for parsed in document.sets:
        counts.update(dict(_found(parsed)))
    return tuple((name, count) for name, count in counts.items() if count)


def missing(document: ParsedDocument) -> Counts:
    """In how many sets of a document each thing is absent that a document of its kind prints."""
    counts: Counter[str] = Counter()
    for parsed in document.sets:
        found = dict(_found(parsed))
        counts.update(name for name in _EXPECTED[document.kind] if not found[name])
    return tuple(counts.items())


def _found(parsed: ParsedSet) -> Iterator[tuple[str, int]]:
    units = (parsed.questions, parsed.answers, parsed.letters)
    passages = [each.passage for unit in units for each in unit]
    yield "number", int(bool(parsed.kenmerk or parsed.aanhangsel))
    yield "title", int(bool(parsed.title))
    yield "submitters", len(parsed.submitters)
    yield "addressees", len(parsed.addressees)
    yield "answerers", len(parsed.answerers)
    yield "postponers", len(parsed.postponers)
    yield "submitted_on", int(parsed.submitted_on is not None)
    yield "answered_on", int(parsed.answered_on is not None)
    yield "questions", len(parsed.questions)
    yield "answers", len(parsed.answers) + len(parsed.answer_paragraphs)
    yield "letters", len(parsed.letters)
    yield "footnotes", sum(len(passage.notes) for passage in passages)
