"""Precision, recall and F1 of links, per question or answer, on the set of things it names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.evaluation.gold import KINDS, REFERENCE, Gold, GoldText, Place, normal_name
from kg.model.authority import AuthorityEntry, Kind
from kg.model.mention import Entity, LinkStatus
from kg.model.question_set import Answer, Unit
from kg.model.text import Span
from kg.pipeline import LinkedDocuments
from kg.resolution.set_context import units_of

_SURE = (LinkStatus.CERTAIN, LinkStatus.CORRECTED)


@dataclass(slots=True)
class Score:
    """Right, spurious and missed."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The part of what was found that is right; 1 where nothing was found."""
        found = self.right + self.spurious
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """The part of the gold that was found; 1 where there is none."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, other: "Score") -> None:
        """Count the cases of `other` as well."""
        self.right += other.right
        self.spurious += other.spurious
        self.missed += other.missed


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """One thing missed or found in error: its type, where, and which."""

    kind: str
    file: str
    line: int
    key: str


@dataclass(slots=True)
class Evaluation:
    """Scores per kind, over all and per set, and the cases behind them."""

    kinds: dict[str, Score] = field(default_factory=dict)
    sets: dict[str, dict[str, Score]] = field(default_factory=dict)
    missed: list[Case] = field(default_factory=list)
    spurious: list[Case] = field(default_factory=list)
    texts_not_found: list[Case] = field(default_factory=list)

    @property
    def micro(self) -> Score:
        """All kinds together."""
        total = Score()
        for score in self.kinds.values():
            total.add(score)
        return total

    def to_dict(self) -> dict[str, Any]:
        """The evaluation as JSON values."""
        return {
            "kinds": {kind: _figures(score) for kind, score in sorted(self.kinds.items())},
            "micro": _figures(self.micro),
            "sets": {
                name: {kind: _figures(score) for kind, score in sorted(kinds.items())}
                for name, kinds in sorted(self.sets.items())
            },
            "missed": [_case(case) for case in sorted(self.missed)],
            "spurious": [_case(case) for case in sorted(self.spurious)],
            "texts_not_found": [_case(case) for case in sorted(self.texts_not_found)],
        }


def _figures(score: Score) -> dict[str, float]:
    return {
        "right": score.right,
        "spurious": score.spurious,
        "missed": score.missed,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }


def _case(case: Case) -> list[str | int]:
    return [case.kind, case.file, case.line, case.key]


def evaluate(read: LinkedDocuments, gold: Gold) -> Evaluation:
    """Score the links of `read` against `gold`.

    A thing counts as a gold one when one of its names is accepted, for people when the surname
    agrees, for motions and papers when its key holds the number. A paper that a motion was
    printed as is no error beside the motion.
    """
    finder = _Finder(read)
    things = {thing.key: thing for thing in (*read.linked.entities, *read.authority)}
    result = Evaluation()
    for where, unit, set_name in _units(finder, gold, result):
        _score_links(where, unit, set_name, things, gold, result)
        if isinstance(unit, Answer):
            _score_references(where, unit, set_name, gold, result)
    return result


class _Finder:
    """Finds the question or answer that stands on a line of a document."""

    def __init__(self, read: LinkedDocuments) -> None:
        self._lines: dict[str, tuple[str, list[Span]]] = {}
        for document in read.documents:
            spans, position = [], 0
            for line in document.source.text.split("\n"):
                spans.append(Span(position, position + len(line)))
                position += len(line) + 1
            self._lines[Path(document.source.name).name] = (document.source.sha256, spans)
        self._units: dict[str, list[tuple[Span, Unit]]] = defaultdict(list)
        for question_set in read.linked.question_sets:
            for unit in units_of(question_set):
                for place in unit.places:
                    self._units[place.sha256].append((place.span, unit))

    def unit_at(self, place: Place) -> Unit | None:
        """The unit of which a part stands on the line; None where there is none."""
        file, line = place
        for name, (sha256, spans) in self._lines.items():
            if not name.startswith(file) or line > len(spans):
                continue
            span = spans[line - 1]
            for other, unit in self._units[sha256]:
                if other.start < span.end and span.start < other.end:
                    return unit
        return None


def _units(
    finder: _Finder, gold: Gold, result: Evaluation
) -> Iterable[tuple[list[Place], Unit | None, str]]:
    """Each unit once, with all annotated lines that stand in it."""
    places: dict[int, list[Place]] = {}
    units: dict[int, Unit] = {}
    names: dict[int, str] = {}
    for text in gold.texts:
        unit = _unit_of(finder, text)
        if unit is None:
            file, line = text.lines[0]
            result.texts_not_found.append(Case("UNIT", file, line, text.set_name))
            yield list(text.lines), None, text.set_name
            continue
        units[id(unit)] = unit
        names.setdefault(id(unit), text.set_name)
        places.setdefault(id(unit), []).extend(text.lines)
    for key, unit in units.items():
        yield list(dict.fromkeys(places[key])), unit, names[key]


def _unit_of(finder: _Finder, text: GoldText) -> Unit | None:
    return next((unit for place in text.lines if (unit := finder.unit_at(place))), None)


def _score_links(
    where: list[Place],
    unit: Unit | None,
    set_name: str,
    things: Mapping[str, Entity | AuthorityEntry],
    gold: Gold,
    result: Evaluation,
) -> None:
    found = _found(unit, things)
    file, line = where[0]
    for kind_name, kind in KINDS.items():
        wanted = _wanted(where, kind_name, gold)
        names = dict(found[kind])
        score = Score()
        for key, status in wanted.items():
            hits = [k for k, n in names.items() if _same(kind_name, key, k, n, gold)]
            for hit in hits:
                del names[hit]
            if status != "gold":
                continue
            if hits:
                score.right += 1
            else:
                score.missed += 1
                result.missed.append(Case(kind_name, file, line, key))
        for key in names:
            if kind is Kind.PAPER and _is_of_motion(key, where, gold):
                continue
            score.spurious += 1
            result.spurious.append(Case(kind_name, file, line, key))
        _count(result, kind_name, set_name, score)


def _found(
    unit: Unit | None, things: Mapping[str, Entity | AuthorityEntry]
) -> dict[Kind, dict[str, frozenset[str]]]:
    """The keys that a unit is surely linked to, by kind, each with its names."""
    found: dict[Kind, dict[str, frozenset[str]]] = defaultdict(dict)
    for link in unit.links if unit is not None else ():
        if link.status not in _SURE:
            continue
        for key in link.keys:
            thing = things.get(key)
            if thing is None:
                continue
            more = thing.identifiers if isinstance(thing, Entity) else thing.ambiguous_labels
            names = (thing.label, *thing.labels, *more)
            found[thing.kind][key] = frozenset(map(normal_name, names))
    return found


def _wanted(where: list[Place], kind_name: str, gold: Gold) -> Mapping[str, str]:
    wanted: dict[str, str] = {}
    for place in where:
        wanted.update(gold.rows.get(place, {}).get(kind_name, {}))
    return {
        key: status
        for key, status in wanted.items()
        if kind_name != "KAMERSTUK" or key.startswith("kst:")
    }


def _same(kind_name: str, key: str, found: str, names: frozenset[str], gold: Gold) -> bool:
    accepted = gold.names.get(key, frozenset())
    if names & accepted:
        return True
    if kind_name == "PERSON":
        return bool({n.split(" ")[-1] for n in names} & {n.split(" ")[-1] for n in accepted})
    return kind_name in ("MOTION", "KAMERSTUK") and key.partition(":")[2] in found


def _is_of_motion(key: str, where: list[Place], gold: Gold) -> bool:
    return any(
        motion.partition(":")[2] in key
        for place in where
        for motion in gold.rows.get(place, {}).get("MOTION", {})
    )


def _score_references(
    where: list[Place], unit: Answer, set_name: str, gold: Gold, result: Evaluation
) -> None:
    wanted = {
        int(key.partition(":")[2])
        for place in where
        for key, status in gold.rows.get(place, {}).get(REFERENCE, {}).items()
        if status == "gold"
    }
    found = {
        number
        for reference in unit.references
        if reference.status in _SURE
        for number in reference.numbers
    }
    file, line = where[0]
    score = Score(len(wanted & found), len(found - wanted), len(wanted - found))
    result.missed += [Case(REFERENCE, file, line, f"xref:{n}") for n in sorted(wanted - found)]
    result.spurious += [Case(REFERENCE, file, line, f"xref:{n}") for n in sorted(found - wanted)]
    _count(result, REFERENCE, set_name, score)


def _count(result: Evaluation, kind_name: str, set_name: str, score: Score) -> None:
    result.kinds.setdefault(kind_name, Score()).add(score)
    result.sets.setdefault(set_name, {}).setdefault(kind_name, Score()).add(score)
