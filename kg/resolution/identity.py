"""Which printed sets are one set, told by their traits alone.

Two printed sets are one when they print the same kenmerk, the same number of the answer, or the
same questions by the same submitters. Without a common number they are one when an answer points
at the postponement (`Zie ook Aanhangsel …`), or when submitters, day and subject or questions are
the same; then the evidence is stated. Two kenmerken never become one set. A page without
questions joins the one set whose submitters, people and named bodies it shares, when no other
comes near. A title alone never joins: eight sets may share it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from kg.resolution.traits import Traits

_ENOUGH = 0.5
_AHEAD = 0.15


@dataclass(frozen=True, slots=True)
class Identified:
    """All printed forms of one set, the one with most questions first.

    `key` is the kenmerk, else the title with a hash; several sets share it where sources give two
    sets one kenmerk. `reason` says why forms without a common number are here, if any are.
    """

    key: str
    forms: tuple[Traits, ...]
    reason: str | None = None


def identify(printed: Iterable[Traits]) -> tuple[Identified, ...]:
    """The sets that are printed, in order of key; the order of what is given has no influence."""
    ordered = sorted(printed, key=lambda item: (item.sha256, item.span, item.order))
    found = [
        _identified(group, reason)
        for group, reason in _place_pages(_join_without_number(_group(ordered)))
    ]
    return tuple(sorted(found, key=lambda one: (one.key, one.forms[0].rank)))


def _identified(group: list[Traits], reason: str | None) -> Identified:
    forms = tuple(sorted(group, key=lambda item: item.rank))
    kenmerk = next((item.kenmerk for item in forms if item.kenmerk), None)
    return Identified(kenmerk or forms[0].own_key, forms, reason)


class _Groups:
    """Things that are joined step by step; `root` names the group of a thing."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def _group(printed: Sequence[Traits]) -> list[list[Traits]]:
    """Groups joined by kenmerk, by number of the answer, or by questions and submitters.

    A group holds only what may be one set with all the rest of it. The same questions under
    several numbers prove nothing.
    """
    numbers: dict[object, set[str]] = defaultdict(set)
    for item in printed:
        if item.kenmerk:
            numbers[item.wording].add(item.kenmerk)
    members: dict[int, list[int]] = {index: [index] for index in range(len(printed))}
    group_of = list(range(len(printed)))
    seen: dict[object, list[int]] = defaultdict(list)
    for index, item in enumerate(printed):
        for evidence in _identities(item):
            if len(numbers.get(evidence, ())) > 1:
                continue
            for first in seen[evidence]:
                one, other = group_of[first], group_of[index]
                if one != other and all(
                    _may_be_one(printed[left], printed[right])
                    for left in members[one]
                    for right in members[other]
                ):
                    for moved in members.pop(other):
                        group_of[moved] = one
                        members[one].append(moved)
            if all(group_of[first] != group_of[index] for first in seen[evidence]):
                seen[evidence].append(index)
    return [[printed[index] for index in sorted(found)] for found in members.values()]


def _may_be_one(one: Traits, other: Traits) -> bool:
    """Whether nothing printed speaks against two printed sets being one.

    One kenmerk under two titles with no question in common is a misprint of the sources, and the
    same questions to different people of the government are sets of a round robin.
    """
    if one.kenmerk and other.kenmerk:
        if one.kenmerk != other.kenmerk:
            return False
        if one.names and other.names and not one.names & other.names:
            return False
        if not (one.questions and other.questions and one.title and other.title):
            return True
        return bool(one.asked & other.asked) or one.title == other.title
    if one.aanhangsel and one.aanhangsel == other.aanhangsel:
        return True
    asked, also_asked = one.government, other.government
    return not asked or not also_asked or bool(asked & also_asked)


@dataclass(frozen=True, slots=True)
class _Joined:
    """Printed forms of one set, and why those without a common number are here."""

    items: list[Traits]
    reasons: tuple[str, ...] = ()


def _join_without_number(groups: list[list[Traits]]) -> list[_Joined]:
    """Joins groups that an answer's reference, or people, day and text, show to be one set.

    Where a group could go with several that are not one another, it goes with none.
    """
    partners: dict[int, dict[int, str]] = defaultdict(dict)
    for one, other, reason in (
        *_by_reference(groups),
        *_by_questions(groups),
        *_by_people_and_day(groups),
    ):
        if not _contradict(groups[one], groups[other]):
            partners[one].setdefault(other, reason)
            partners[other].setdefault(one, reason)
    joined = _Groups(len(groups))
    reasons: dict[int, list[str]] = defaultdict(list)
    for one in sorted(partners):
        others = partners[one]
        for other, reason in others.items():
            rivals = {*others, *partners[other]} - {one, other}
            if one < other and not any(
                _contradict(groups[rival], groups[known])
                for rival in rivals
                for known in (one, other, *rivals)
            ):
                joined.join(one, other)
                reasons[other].append(reason)
    collected: dict[int, list[int]] = defaultdict(list)
    for index in range(len(groups)):
        collected[joined.root(index)].append(index)
    return [
        _Joined(
            [item for index in members for item in groups[index]],
            tuple(dict.fromkeys(reason for index in members for reason in reasons[index])),
        )
        for members in collected.values()
    ]


def _by_reference(groups: list[list[Traits]]) -> Iterator[tuple[int, int, str]]:
    """Answers that point at the postponement of the same questions."""
    postponements = {
        item.aanhangsel: index
        for index, group in enumerate(groups)
        for item in group
        if item.aanhangsel and item.has_letters and not item.has_answers
    }
    for index, group in enumerate(groups):
        for item in group:
            for number in item.see_also:
                other = postponements.get(number)
                if other is not None and other != index:
                    yield index, other, f"the answer points at the postponement {number}"


def _by_questions(groups: list[list[Traits]]) -> Iterator[tuple[int, int, str]]:
    """Groups with the same questions by the same submitters, whoever is printed as addressed."""
    alike: dict[object, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        for key in {
            (item.submitters, item.questions)
            for item in group
            if item.questions and item.submitters
        }:
            alike[key].append(index)
    for indexes in alike.values():
        for one, other in combinations(indexes, 2):
            yield one, other, "no common number; same submitters and the same questions"


def _by_people_and_day(groups: list[list[Traits]]) -> Iterator[tuple[int, int, str]]:
    """Groups with the same submitters on the same day, and the same subject or questions."""
    alike: dict[tuple[frozenset[str], date], list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        for item in group:
            day, people = item.submitted_on, item.submitters
            if day and people and index not in alike[people, day]:
                alike[people, day].append(index)
    for (people, day), indexes in alike.items():
        named = ", ".join(sorted(people))
        for one, other in combinations(indexes, 2):
            shared = _shared_text(groups[one], groups[other])
            if shared:
                reason = (
                    f"no common number; same submitters ({named}), same day ({day.isoformat()}), "
                    f"{shared}"
                )
                yield one, other, reason


def _shared_text(one: list[Traits], other: list[Traits]) -> str | None:
    """What of subject and questions two groups have in common, where that is enough."""
    if _titles(one) & _titles(other):
        return "same subject"
    asked = [{digest for item in group for digest in item.asked} for group in (one, other)]
    common = len(asked[0] & asked[1])
    if common and common * 2 >= min(map(len, asked)):
        return f"{common} questions in the same words"
    return None


def _titles(group: list[Traits]) -> frozenset[str]:
    return frozenset(item.title for item in group if item.title)


def _contradict(one: list[Traits], other: list[Traits]) -> bool:
    """Whether two groups print different numbers, people, days or addressees."""
    if one is other:
        return False

    def differ(values: Callable[[Traits], object]) -> bool:
        first = {value for item in one if (value := values(item))}
        second = {value for item in other if (value := values(item))}
        return bool(first and second and not first & second)

    return (
        differ(lambda item: item.kenmerk)
        or differ(lambda item: item.aanhangsel if item.has_answers else None)
        or differ(lambda item: item.submitters)
        or differ(lambda item: item.submitted_on)
        or differ(lambda item: item.offices)
        or not all(_may_be_one(left, right) for left in one for right in other)
    )


def _identities(item: Traits) -> Iterator[object]:
    if item.kenmerk:
        yield ("kenmerk", item.kenmerk)
    if item.aanhangsel:
        yield ("aanhangsel", item.aanhangsel)
    if item.questions:
        yield item.wording


def _place_pages(groups: list[_Joined]) -> Iterator[tuple[list[Traits], str | None]]:
    """Joins groups that have answer paragraphs but no questions to the set they answer.

    Only sets with the same submitters can be alike, so each page meets few.
    """
    pages: list[_Joined] = []
    sets: list[_Joined] = []
    alone: list[_Joined] = []
    for group in groups:
        if any(item.questions for item in group.items):
            sets.append(group)
        elif any(item.has_paragraphs for item in group.items):
            pages.append(group)
        else:
            alone.append(group)
    by_submitters: dict[frozenset[str], list[tuple[int, _Printed]]] = defaultdict(list)
    for index, group in enumerate(sets):
        if not any(item.has_answers for item in group.items):
            submitters = _all_submitters(group.items)
            by_submitters[submitters].append((index, _printed(group.items, of_questions=True)))
    joined: dict[int, list[Traits]] = defaultdict(list)
    reasons: dict[int, list[str]] = defaultdict(list)
    for page in pages:
        submitters, printed = _all_submitters(page.items), _printed(page.items)
        ranked = sorted(
            (
                (_likeness(printed, other), index, other)
                for index, other in (by_submitters[submitters] if submitters else ())
            ),
            key=lambda entry: (-entry[0], entry[1]),
        )
        if ranked and ranked[0][0] >= _ENOUGH:
            score, index, other = ranked[0]
            if len(ranked) == 1 or score - ranked[1][0] >= _AHEAD:
                joined[index] += page.items
                runner_up = ranked[1][0] if len(ranked) > 1 else 0.0
                reasons[index] += page.reasons
                reason = _reason(printed, other)
                reasons[index].append(f"{reason} (likeness {score:.2f}; next best {runner_up:.2f})")
                continue
        alone.append(page)
    for index, group in enumerate(sets):
        yield group.items + joined[index], "; ".join((*group.reasons, *reasons[index])) or None
    for group in alone:
        yield group.items, "; ".join(group.reasons) or None


def _all_submitters(group: list[Traits]) -> frozenset[str]:
    return frozenset().union(*(item.submitters for item in group))


class _Printed(NamedTuple):
    """What tells how alike a page and a set without answers are."""

    kenmerken: frozenset[str]
    government: frozenset[str]
    bodies: frozenset[str]


def _printed(group: list[Traits], *, of_questions: bool = False) -> _Printed:
    """What a group prints; with `of_questions`, of bodies those that its questions name."""
    return _Printed(
        frozenset(item.kenmerk for item in group if item.kenmerk),
        frozenset().union(*(item.government for item in group)),
        frozenset().union(*(item.bodies for item in group if item.questions or not of_questions)),
    )


def _likeness(page: _Printed, other: _Printed) -> float:
    """How alike a page and a set are, from 0 to 1.

    Half of it is the people of the government that both print, half the abbreviations of bodies
    that both texts name; it is 0 when both print a kenmerk. That the submitters are the same is
    taken for granted.
    """
    if len(page.kenmerken | other.kenmerken) > 1:
        return 0.0
    shared_people = len(page.government & other.government)
    people = len(page.government | other.government) or 1
    shared_bodies = len(page.bodies & other.bodies) / (len(other.bodies) or 1)
    return (shared_people / people + shared_bodies) / 2


def _reason(page: _Printed, other: _Printed) -> str:
    """The evidence in a sentence."""
    return (
        f"no common number; same submitters, {len(page.government & other.government)} of "
        f"{len(page.government | other.government)} members of the government in common, "
        f"bodies named in both: {', '.join(sorted(page.bodies & other.bodies)) or 'none'}"
    )
