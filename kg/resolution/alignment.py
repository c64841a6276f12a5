"""Aligns answer paragraphs that print no question number to the questions of their set.

Answers follow the order of the questions, so the paragraphs cut into runs, one run a question.
A hidden Markov model finds the cut: the states are the questions, a paragraph fits a question by
the words they share (inverse-frequency weighted), by what it says it answers, and never by its
own number when it points at others. Forward-backward gives each paragraph the probability of its
place, which is the confidence stated in the graph.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

_WORD = re.compile(r"[^\W\d_]{4,}|[A-Z]{2,}")
_POINTS_AT = re.compile(r"\b(?:vra(?:ag|gen)|antwoord(?:en)?)\s+((?:\d+(?:\s*(?:,|en|t/m)\s*)?)+)")
_BARE = re.compile(r"^\W*(?:ja|nee|neen)\W*$", re.IGNORECASE)
_CLOSED_QUESTION = re.compile(
    r"^(?:bent|deelt|kent|heeft|kunt|klopt|is|zijn|acht|onderschrijft|erkent)\b", re.IGNORECASE
)
_CONTINUES = re.compile(
    r"^(?:zie verder|verder|daarnaast|tevens|voorts|bovendien|ook|echter|om die reden|daarom|"
    r"daarbij|hierbij|deze|dit|dat|in dit geval|hiermee|daarmee|zo )\b",
    re.IGNORECASE,
)
_STEM = 6
_ADVANCE = {0: 0.55, 1: 0.40, 2: 0.035, 3: 0.01}
_SKIP_MORE = 0.005
_CONTINUATION_STAYS = 4.0
_SHARPNESS = 9.0


@dataclass(frozen=True, slots=True)
class Alignment:
    """One run: the paragraphs `first` to `last` answer question number `question`.

    `confidence` is the least probability among its paragraphs; `shared` the weightiest words
    that paragraph and question share.
    """

    question: int
    first: int
    last: int
    confidence: float
    shared: tuple[str, ...]


def align(questions: Sequence[str], paragraphs: Sequence[str]) -> tuple[Alignment, ...]:
    """The runs of `paragraphs` over `questions` (both in reading order), in order.

    Returns one Alignment for each question that receives a run; empty when either side is empty.
    """
    if not questions or not paragraphs:
        return ()
    bags = [_stems(question) for question in questions]
    weights = _weights(bags)
    sizes = [math.sqrt(sum(weights[stem] for stem in bag) + 1.0) for bag in bags]
    fits = [_fits(paragraph, questions, bags, sizes, weights) for paragraph in paragraphs]
    posterior = _posterior(fits, [_stays(paragraph) for paragraph in paragraphs])
    path = _best_path(posterior)
    runs: list[Alignment] = []
    for state in sorted(set(path)):
        members = [index for index, place in enumerate(path) if place == state]
        shared = Counter(
            {
                stem: weights[stem]
                for index in members
                for stem in _stems(paragraphs[index]) & bags[state]
            }
        )
        ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        runs.append(
            Alignment(
                state + 1,
                members[0],
                members[-1],
                min(posterior[index][state] for index in members),
                tuple(_printed(stem, questions[state]) for stem, _ in ranked[:5]),
            )
        )
    return tuple(runs)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.casefold()[:_STEM] for word in _WORD.findall(text))


def _printed(stem: str, text: str) -> str:
    """The word of `text` that has this stem."""
    words: list[str] = _WORD.findall(text)
    return next(word for word in words if word.casefold()[:_STEM] == stem)


def _weights(bags: Sequence[frozenset[str]]) -> dict[str, float]:
    """Inverse frequency over the questions: a word of every question tells nothing."""
    frequency = Counter(stem for bag in bags for stem in bag)
    return {stem: math.log(len(bags) / count) for stem, count in frequency.items()}


def _fits(
    paragraph: str,
    questions: Sequence[str],
    bags: Sequence[frozenset[str]],
    sizes: Sequence[float],
    weights: dict[str, float],
) -> list[float]:
    """How well `paragraph` fits each question, as unnormalised likelihoods."""
    stems = _stems(paragraph)
    is_bare = _BARE.match(paragraph) is not None
    size = math.sqrt(sum(weights.get(stem, 0.0) for stem in stems) + 1.0)
    pointed = {
        int(number)
        for match in _POINTS_AT.finditer(paragraph)
        for number in re.findall(r"\d+", match.group(1))
    }
    fits = []
    asked = zip(questions, bags, sizes, strict=True)
    for number, (question, bag, norm) in enumerate(asked, 1):
        score = sum(weights[stem] for stem in stems & bag) / (size * norm)
        if is_bare and _CLOSED_QUESTION.match(question):
            score += 0.2
        if number in pointed:
            score -= 0.5
        fits.append(math.exp(_SHARPNESS * score))
    return fits


def _stays(paragraph: str) -> float:
    """Factor on staying with the question before: a bare "Ja." opens, "Daarnaast …" goes on."""
    if _BARE.match(paragraph):
        return 0.0
    return _CONTINUATION_STAYS if _CONTINUES.match(paragraph) else 1.0


def _posterior(fits: list[list[float]], stays: list[float]) -> list[list[float]]:
    """Probability of each question for each paragraph, by forward-backward."""
    states = len(fits[0])

    onward = [_ADVANCE.get(steps, _SKIP_MORE) for steps in range(states)]

    def steps(index: int) -> list[float]:
        """Probability of going so many questions on, on reaching paragraph `index`."""
        return [_ADVANCE[0] * stays[index], *onward[1:]]

    forward = [[fit * _ADVANCE.get(s + 1, _SKIP_MORE) for s, fit in enumerate(fits[0])]]
    for index in range(1, len(fits)):
        before, chances = forward[-1], steps(index)
        row = [
            fit * sum(map(mul, before[: target + 1], chances[target::-1]))
            for target, fit in enumerate(fits[index])
        ]
        total = sum(row) or 1.0
        forward.append([value / total for value in row])
    backward = [[_ADVANCE.get(states - state, _SKIP_MORE) for state in range(states)]]
    for index in range(len(fits) - 1, 0, -1):
        after, chances = backward[0], steps(index)
        row = [
            sum(map(mul, map(mul, chances, fits[index][origin:]), after[origin:]))
            for origin in range(states)
        ]
        total = sum(row) or 1.0
        backward.insert(0, [value / total for value in row])
    posterior = []
    for ahead, behind in zip(forward, backward, strict=True):
        joint = [a * b for a, b in zip(ahead, behind, strict=True)]
        total = sum(joint) or 1.0
        posterior.append([value / total for value in joint])
    return posterior


def _best_path(posterior: list[list[float]]) -> list[int]:
    """The non-decreasing path with the greatest sum of probabilities."""
    states = len(posterior[0])
    best = posterior[0][:]
    back: list[list[int]] = []
    for row in posterior[1:]:
        origins, scores = [], []
        leader = 0
        for state in range(states):
            if best[state] > best[leader]:
                leader = state
            origins.append(leader)
            scores.append(best[leader] + row[state])
        back.append(origins)
        best = scores
    state = max(range(states), key=lambda s: best[s])
    path = [state]
    for origins in reversed(back):
        state = origins[state]
        path.append(state)
    return path[::-1]
