"""Decides who the printed people of a set are, from name, role, party, office and time.

A full name decides by itself; a surname or an office needs a time in which one person only fits.
Where the set states no date, the time is where the terms of its fully named people overlap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from kg.model.authority import Authority, AuthorityEntry, Period, Tenure
from kg.model.document import PrintedPerson
from kg.model.question_set import Participant, QuestionSet, Role, Standing
from kg.resolution.known_people import Finding, People, listed, people_of, seats
from kg.resolution.names import (
    PrintedOffice,
    is_full_name,
    read_name,
    read_offices,
    slug,
)
from kg.resolution.periods import ALWAYS, covers, day_of, intersection, meets, merged, union


def resolve_people(question_set: QuestionSet, authority: Authority) -> QuestionSet:
    """`question_set` with person, party, office, reason and standings on every participant.

    Nothing printed is changed. Persons that the authority lacks are minted as `person/<slug>`
    when a full name is printed; otherwise `person` stays None and `reason` says why.
    """
    people = people_of(authority)
    times = _times(question_set, people)
    return replace(
        question_set,
        participants=tuple(
            _resolved(participant, times, people) for participant in question_set.participants
        ),
    )


@dataclass(frozen=True, slots=True)
class _Times:
    """When a set was asked and answered: possible periods, and what says so."""

    asked: tuple[Period, ...]
    answered: tuple[Period, ...]
    asked_basis: str
    answered_basis: str

    def of(self, role: Role) -> tuple[Period, ...]:
        if role in (Role.ANSWERER, Role.POSTPONER):
            return union(self.asked, self.answered)
        return self.asked


def _resolved(participant: Participant, times: _Times, people: People) -> Participant:
    printed, role = participant.printed, participant.role
    periods = times.of(role)
    party = people.party(printed.party)
    named = tuple(
        office
        for form in (printed, *participant.variants)
        for office in read_offices(form.office)
        if office.field or form is printed
    )
    offices = tuple(key for office in named for key in people.offices(office))
    name = read_name(printed.name)
    if name.words:
        finding = people.find(name, role, periods, party=party, offices=offices)
    else:
        on_the_day = times.answered if role is Role.ANSWERER else periods
        finding = _by_office(named, offices, on_the_day, people)
    person = finding.person
    if person is None:
        unknown = finding.reason is not None and not finding.reason.startswith("several")
        minted = f"person/{slug(printed.name)}" if unknown and is_full_name(printed.name) else None
        only_office = offices[0] if len(set(offices)) == 1 else None
        return replace(
            participant, person=minted, party=party, office=only_office, reason=finding.reason
        )
    asked = _standing(person, times.asked, times.asked_basis)
    answered = _standing(person, times.answered, times.answered_basis)
    then = answered if role is Role.ANSWERER else asked
    return replace(
        participant,
        person=person.key,
        party=_party_of(party, person, periods, then, asked, people),
        office=_office_of(offices, role, person, periods, then, asked),
        reason=finding.reason,
        when_asked=asked,
        when_answered=answered,
    )


def _by_office(
    named: Sequence[PrintedOffice],
    offices: Sequence[str],
    periods: Sequence[Period],
    people: People,
) -> Finding:
    if not named:
        return Finding(None, "neither a name nor an office is printed")
    if not offices:
        return Finding(None, f"the authority has no office “{named[0].title} {named[0].field}”")
    if periods == ALWAYS:
        return Finding(None, "only an office is printed, and no date says who held it")
    holders = {e.key: e for office in offices for e in people.holders(office, periods)}
    if len(holders) == 1:
        return Finding(next(iter(holders.values())))
    if not holders:
        return Finding(None, "nobody is known to have held this office then")
    return Finding(None, f"several persons held this office then: {listed(holders.values())}")


def _party_of(
    printed: str | None,
    person: AuthorityEntry,
    periods: Sequence[Period],
    then: Standing | None,
    asked: Standing | None,
    people: People,
) -> str | None:
    held = [t.key for t in person.parties if meets(t.period, periods)]
    if printed is not None and (not held or any(people.same_party(printed, key) for key in held)):
        return printed
    for standing in (then, asked):
        if standing is not None and standing.parties:
            return standing.parties[0]
    return held[0] if len(set(held)) == 1 else None


def _office_of(
    offices: Sequence[str],
    role: Role,
    person: AuthorityEntry,
    periods: Sequence[Period],
    then: Standing | None,
    asked: Standing | None,
) -> str | None:
    if role is Role.SUBMITTER:
        return None
    for standing in (then, asked):
        if standing is not None and standing.offices:
            fitting = [key for key in offices if key in standing.offices]
            if fitting:
                return fitting[0]
            if len(standing.offices) == 1:
                return standing.offices[0]
    held = {t.key for t in person.offices if meets(t.period, periods)}
    fitting = [key for key in dict.fromkeys(offices) if key in held]
    if len(fitting) == 1:
        return fitting[0]
    return next(iter(held)) if len(held) == 1 else None


def _standing(person: AuthorityEntry, periods: tuple[Period, ...], basis: str) -> Standing | None:
    if not basis:
        return None
    hull = Period(periods[0].start, periods[-1].end)

    def throughout(tenures: Iterable[Tenure]) -> tuple[str, ...]:
        by_key: dict[str, list[Period]] = {}
        for tenure in tenures:
            by_key.setdefault(tenure.key, []).append(tenure.period)
        return tuple(key for key, held in sorted(by_key.items()) if covers(merged(held), periods))

    return Standing(hull, throughout(person.parties), throughout(person.offices), basis)


def _times(question_set: QuestionSet, people: People) -> _Times:
    asked, answered = question_set.submitted_on, question_set.answered_on
    if asked is not None and answered is not None:
        return _Times(
            day_of(asked), day_of(answered), "printed day of asking", "printed day of answering"
        )
    terms = _overlap_of_terms(question_set.participants, people)
    basis = "time in which all fully named people of the set served" if terms else ""
    undated = terms or ALWAYS
    if asked is not None:
        after = (Period(asked, None),)
        return _Times(
            day_of(asked), intersection(undated, after) or after, "printed day of asking", basis
        )
    if answered is not None:
        before = (Period(None, answered + timedelta(days=1)),)
        return _Times(
            intersection(undated, before) or before,
            day_of(answered),
            basis,
            "printed day of answering",
        )
    return _Times(undated, undated, basis, basis)


def _overlap_of_terms(
    participants: Sequence[Participant], people: People
) -> tuple[Period, ...] | None:
    """Where the terms of the fully named people overlap, or None where they say nothing."""
    common: tuple[Period, ...] | None = None
    for participant in participants:
        printed = participant.printed
        name = read_name(printed.name)
        if not name.is_full:
            continue
        person = people.find(name, participant.role, ALWAYS).person
        if person is None:
            continue
        terms = _terms(person, participant.role, printed, people)
        if not terms:
            continue
        common = terms if common is None else intersection(common, terms)
    return common or None


def _terms(
    person: AuthorityEntry, role: Role, printed: PrintedPerson, people: People
) -> tuple[Period, ...]:
    if role is Role.SUBMITTER:
        return merged([tenure.period for tenure in seats(person)])
    keys = {key for office in read_offices(printed.office) for key in people.offices(office)}
    fitting = [t.period for t in person.offices if not keys or t.key in keys]
    return merged(fitting or [tenure.period for tenure in person.offices])
