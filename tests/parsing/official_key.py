"""What the keys of official documents hold, taken from a parsed document."""

from kg.model.document import ParsedDocument


def key_of(document: ParsedDocument) -> dict[str, object]:
    """The checked facts of the document's one set, in plain JSON values."""
    (parsed,) = document.sets
    return {
        "kind": document.kind,
        "kenmerk": parsed.kenmerk,
        "aanhangsel": parsed.aanhangsel,
        "session_year": parsed.session_year,
        "submitted_on": parsed.submitted_on and parsed.submitted_on.isoformat(),
        "answered_on": parsed.answered_on and parsed.answered_on.isoformat(),
        "sent_on": [letter.sent_on and letter.sent_on.isoformat() for letter in parsed.letters],
        "submitters": [[person.name, person.party] for person in parsed.submitters],
        "addressees": [person.office for person in parsed.addressees],
        "answerers": [
            [person.name, person.office, person.on_behalf] for person in parsed.answerers
        ],
        "postponers": [
            [person.name, person.office, person.on_behalf] for person in parsed.postponers
        ],
        "see_also": list(parsed.see_also),
        "questions": [question.number for question in parsed.questions],
        "answers": [list(answer.numbers) for answer in parsed.answers],
        "postponed": [list(letter.kenmerken) for letter in parsed.letters],
        "notes": sum(
            len(unit.passage.notes)
            for unit in (*parsed.questions, *parsed.answers, *parsed.letters)
        ),
    }
