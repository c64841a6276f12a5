"""Answers that are kept: the same as new ones, only whole ones, and not without end."""

from collections.abc import Callable
from functools import partial

import pytest

from kg.serving import kept_answers
from kg.serving.answering import Answer, QueryRequest
from kg.serving.kept_answers import KeptAnswers
from tests.serving.loop import outcome_of


class Workers:
    """Stands for the processes: counts what reaches them."""

    def __init__(self, status: int = 200, size: int = 10) -> None:
        self.status, self.size, self.asked = status, size, list[str]()

    async def answer(self, request: QueryRequest) -> Answer:
        self.asked.append(request.text)
        return Answer(self.status, "text/plain", request.text.encode() + b"." * self.size)


def ask(answers: KeptAnswers, *requests: QueryRequest) -> list[bytes]:
    return [outcome_of(partial(answers.answer, one)).body for one in requests]


def test_the_same_question_is_answered_once() -> None:
    workers = Workers()
    one, other = QueryRequest("a", "urn:"), QueryRequest("b", "urn:")
    found = ask(KeptAnswers(workers), one, other, one)  # type: ignore[arg-type]
    assert found[0] == found[2] != found[1]
    assert workers.asked == ["a", "b"]


def test_what_differs_in_anything_is_another_question() -> None:
    workers = Workers()
    ask(
        KeptAnswers(workers),  # type: ignore[arg-type]
        QueryRequest("a", "urn:"),
        QueryRequest("a", "urn:", accept="text/csv"),
        QueryRequest("a", "urn:", default_graphs=("urn:g",)),
        QueryRequest("a", "urn:x"),
    )
    assert len(workers.asked) == 4


@pytest.mark.parametrize(("status", "size"), [(400, 10), (503, 10), (200, 600_000)])
def test_refusals_and_large_answers_are_not_kept(status: int, size: int) -> None:
    workers = Workers(status, size)
    request = QueryRequest("a", "urn:")
    ask(KeptAnswers(workers), request, request)  # type: ignore[arg-type]
    assert workers.asked == ["a", "a"]


def test_what_was_asked_for_longest_ago_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "_MOST_BYTES", 2500)
    workers = Workers(size=100)
    one, two, three = (QueryRequest(text, "urn:") for text in "abc")
    ask(KeptAnswers(workers), one, two, one, three, one, two)  # type: ignore[arg-type]
    assert workers.asked == ["a", "b", "c", "b"]


@pytest.mark.parametrize(
    "request_of",
    [
        lambda n: QueryRequest("a", "urn:", accept=f"text/csv;v={n}{'.' * 1000}"),
        lambda n: QueryRequest("a", f"http://{n}{'.' * 1000}/sparql"),
        lambda n: QueryRequest("a", "urn:", default_graphs=(f"urn:{n}", "urn:" + "." * 1000)),
    ],
)
def test_what_tells_questions_apart_takes_room_too(
    request_of: Callable[[int], QueryRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_answers, "_MOST_BYTES", 100_000)
    answers = KeptAnswers(Workers())  # type: ignore[arg-type]
    ask(answers, *map(request_of, range(200)))
    assert 20 < len(answers._kept) < 60
