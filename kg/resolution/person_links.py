"""Who a name in running text is: by the set's own people, party, seat or office, and time."""

from collections.abc import Iterable
from datetime import timedelta

from kg.model.authority import Authority, AuthorityEntry, Period
from kg.model.mention import Link, LinkStatus, Mention, undecided
from kg.resolution.discovered import Discoveries
from kg.resolution.names import fold
from kg.resolution.set_context import SetContext, overlap, widened

_MEMORY = timedelta(days=6 * 365)
"""How far back a text reaches when it speaks of a member or a motion without a date."""


def link_person(
    mention: Mention, context: SetContext, authority: Authority, discoveries: Discoveries
) -> Link | None:
    """The link of a person's mention: certain for one person only, else ambiguous or unlinked.

    A bare surname is a person only where its bearer sat or governed at the time, else no mention.
    """
    people = [authority[key] for key in mention.candidates if key in authority]
    if not people and mention.rule == "person.named":
        return discoveries.person(mention)
    if not people:
        reason = "nobody in the authority files has this name"
        return Link(mention, LinkStatus.UNLINKED, reason=reason)
    own = [person for person in people if person.key in context.people]
    if len(own) == 1:
        return Link(mention, LinkStatus.CERTAIN, (own[0].key,))
    if mention.rule == "label.person" and len(people) == 1:
        return Link(mention, LinkStatus.CERTAIN, (people[0].key,))
    role = mention.read("role") or ""
    if role == "bare":
        bearer = _governing(people, context.time) or _sitting(people, context.time)
        return Link(mention, LinkStatus.CERTAIN, (bearer.key,)) if bearer is not None else None
    if role == "honorific" and (sitting := _sitting(people, context.time)) is not None:
        return Link(mention, LinkStatus.CERTAIN, (sitting.key,))
    fitting = _of_party(people, mention.read("party"), authority)
    fitting = _at_time(fitting, role, _time(mention, context))
    if len(fitting) > 1:
        fitting = _at_time(fitting, role, context.time) or fitting
    if len(fitting) == 1:
        politician = fitting[0].parties or fitting[0].offices
        if role in _ANYBODY and politician and not _is_full(mention, fitting[0]):
            reason = "a surname alone, of somebody who need not be a politician"
            return undecided(mention, (fitting[0].key,), reason)
        return Link(mention, LinkStatus.CERTAIN, (fitting[0].key,))
    keys = tuple(sorted(person.key for person in fitting or people))
    if not fitting:
        reason = "nobody of this name held a seat or office at the time"
        return Link(mention, LinkStatus.UNLINKED, reason=reason)
    return undecided(mention, keys, "several people of this name fit the time")


_ANYBODY = frozenset({"other", "honorific"})
"""Roles of people who need not be politicians."""


def _sitting(people: list[AuthorityEntry], time: Period) -> AuthorityEntry | None:
    """The one person of a name, if in a seat or office at the time: "meneer Vos" in a debate."""
    if len(people) != 1 or time == Period():
        return None
    (person,) = people
    seats = [t.period for t in person.parties if t.role == "kamerlid"]
    return person if any(overlap(p, time) for p in (*seats, *_offices(person))) else None


def _governing(people: list[AuthorityEntry], time: Period) -> AuthorityEntry | None:
    """The one person of a name who held an office at the time."""
    if time == Period():
        return None
    holders = [p for p in people if any(overlap(period, time) for period in _offices(p))]
    return holders[0] if len(holders) == 1 else None


def _offices(person: AuthorityEntry) -> list[Period]:
    return [tenure.period for tenure in person.offices]


def _is_full(mention: Mention, person: AuthorityEntry) -> bool:
    return fold(mention.read("name") or mention.exact) != fold(person.surname or "")


def _of_party(
    people: list[AuthorityEntry], printed: str | None, authority: Authority
) -> list[AuthorityEntry]:
    if printed is None:
        return people
    form = fold(printed)
    parties = {
        party
        for person in people
        for tenure in person.parties
        if (party := tenure.key) in authority and form in _labels(authority[party])
    }
    fitting = [p for p in people if any(tenure.key in parties for tenure in p.parties)]
    return fitting or people


def _labels(entry: AuthorityEntry) -> set[str]:
    return {fold(label) for label in (entry.label, *entry.labels, *entry.notations)}


def _time(mention: Mention, context: SetContext) -> Period:
    return widened(context.time, before=_MEMORY)


def _at_time(people: Iterable[AuthorityEntry], role: str, time: Period) -> list[AuthorityEntry]:
    fitting = []
    for person in people:
        seats = [t.period for t in person.parties if t.role == "kamerlid"]
        offices = _offices(person)
        tenures = {"member": seats, "author": seats, "government": offices}.get(
            role, [*seats, *offices, *(t.period for t in person.parties)]
        )
        if (role in _ANYBODY and not (person.parties or person.offices)) or any(
            overlap(period, time) for period in tenures
        ):
            fitting.append(person)
    return fitting
