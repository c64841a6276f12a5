"""An evaluation as lines of text."""

from collections.abc import Iterator, Mapping

from kg.evaluation.scoring import Case, Evaluation, Score

_HEAD = f"{'kind':10} {'right':>6} {'spurious':>9} {'missed':>7} {'P':>6} {'R':>6} {'F1':>6}"


def score_lines(found: Evaluation, *, per_set: bool = False) -> Iterator[str]:
    """A table of the kinds, with all of them together; and one for each set."""
    yield _HEAD
    yield from _rows(found.kinds)
    yield _row("micro", found.micro)
    for name, kinds in sorted(found.sets.items()) if per_set else ():
        yield ""
        yield name
        yield from _rows(kinds)


def case_lines(found: Evaluation) -> Iterator[str]:
    """What was missed and what was found in error, one a line."""
    for name, cases in (
        ("missed", found.missed),
        ("spurious", found.spurious),
        ("text not found", found.texts_not_found),
    ):
        for case in sorted(cases):
            yield f"{name}: {_words(case)}"


def _rows(kinds: Mapping[str, Score]) -> Iterator[str]:
    for kind, score in sorted(kinds.items()):
        yield _row(kind, score)


def _row(kind: str, score: Score) -> str:
    return (
        f"{kind:10} {score.right:6} {score.spurious:9} {score.missed:7} "
        f"{score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}"
    )


def _words(case: Case) -> str:
    return f"{case.kind} {case.file}:{case.line} {case.key}"
