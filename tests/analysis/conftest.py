from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest

from kg.model.question_set import (
    Answer,
    ExtensionLetter,
    Question,
    QuestionSet,
    SourcePlace,
)
from kg.model.text import Passage, Span

SetOf = Callable[..., QuestionSet]


@pytest.fixture
def set_of() -> SetOf:
    """Builds a question set from plain texts; question n is the n-th text."""

    def build(
        questions: Sequence[str] = (),
        answers: Mapping[int | tuple[int, ...], str] | None = None,
        *,
        key: str = "x",
        title: str | None = None,
        asked: str = "",
        answered: str = "",
        kenmerk: str | None = None,
        letters: Sequence[tuple[str, tuple[str, ...]]] = (),
    ) -> QuestionSet:
        places = (SourcePlace("0" * 64, Span(0, 1)),)

        def passage(text: str) -> Passage:
            return Passage(text, (Span(0, len(text)),))

        return QuestionSet(
            key,
            ("0" * 64,),
            places,
            title=title,
            kenmerk=kenmerk,
            submitted_on=date.fromisoformat(asked) if asked else None,
            answered_on=date.fromisoformat(answered) if answered else None,
            questions=tuple(
                Question(passage(text), places, number=number)
                for number, text in enumerate(questions, 1)
            ),
            answers=tuple(
                Answer(
                    passage(text),
                    places,
                    numbers=numbers if isinstance(numbers, tuple) else (numbers,),
                )
                for numbers, text in (answers or {}).items()
            ),
            letters=tuple(
                ExtensionLetter(passage(text), places, kenmerken=named) for text, named in letters
            ),
        )

    return build
