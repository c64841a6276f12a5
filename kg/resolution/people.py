"""Decides who the printed people of a set are, from name, role, party, office and time.

A full name decides by itself; a surname or an office needs a time in which one person only fits.
Where the set states no date, the time is where the terms of its fully named people overlap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from kg.model.authority import Authority, AuthorityEntry, Kind, Period, Tenure
from kg.model.document import PrintedPerson
from kg.model.question_set import Participant, QuestionSet, Role, Standing
from kg.resolution.names import (
    PrintedName,
    PrintedOffice,
    fold,
    is_full_name,
    office_fields,
    read_name,
    read_offices,
    slug,
    surname_forms,
)

_ALWAYS = (Period(),)
_MOST_CANDIDATES = 4


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
            return _union(self.asked, self.answered)
        return self.asked


@dataclass(frozen=True, slots=True)
class Finding:
    """The judgement on one printed name: a person of the authority, or why there is none."""

    person: AuthorityEntry | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """A person of the authority with the parts of every printed form."""

    entry: AuthorityEntry
    given: frozenset[str]
    initials: frozenset[str]


class People:
    """The authority's people, parties and offices, indexed by how documents print them."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._by_surname: dict[str, dict[str, tuple[_Known, int]]] = {}
        self._by_label: dict[str, set[str]] = {}
        self._known: dict[str, _Known] = {}
        self._pools: dict[PrintedName, list[tuple[bool, list[_Known]]]] = {}
        self._holders: dict[str, list[tuple[AuthorityEntry, Tenure]]] = {}
        self._offices: list[tuple[AuthorityEntry, tuple[str, ...], tuple[str, ...]]] = []
        self._parties: dict[str, str] = {}
        for entry in authority.of_kind(Kind.PARTY):
            for label in (entry.label, *entry.labels, *entry.notations):
                self._parties.setdefault(fold(label), entry.key)
        for entry in authority.of_kind(Kind.PERSON):
            self._add_person(entry)
        for entry in authority.of_kind(Kind.OFFICE):
            ministry = authority.get(entry.ministry) if entry.ministry else None
            own = [
                field for label in (entry.label, *entry.labels) for field in office_fields(label)
            ]
            wide: list[str] = []
            if ministry is not None:
                for label in (ministry.label, *ministry.labels, *ministry.notations):
                    wide.extend(office_fields(label))
            self._offices.append((entry, tuple(own), tuple(wide)))

    def _add_person(self, entry: AuthorityEntry) -> None:
        surname = entry.surname or entry.label
        forms = surname_forms(surname)
        names = [read_name(label) for label in (entry.label, *entry.labels)]
        given, initials = set(), set()
        for name in names:
            if name.initials:
                initials.add(name.initials)
            for before, after in name.readings():
                if after in forms and before:
                    given.add(before)
            self._by_label.setdefault(name.text, set()).add(entry.key)
        known = _Known(entry, frozenset(given), frozenset(initials))
        self._known[entry.key] = known
        others = {
            after
            for name in names
            for before, after in name.readings()
            if before in given or (name.initials and not before)
        }
        for rank, form in enumerate(dict.fromkeys((*forms, *sorted(others)))):
            part = int(rank > 1 and form not in others)
            self._by_surname.setdefault(form, {}).setdefault(entry.key, (known, part))
        for tenure in entry.offices:
            self._holders.setdefault(tenure.key, []).append((entry, tenure))

    def party(self, printed: str | None) -> str | None:
        """The key of a printed party, in full or abbreviated, or None."""
        return self._parties.get(fold(printed)) if printed else None

    def same_party(self, one: str, other: str) -> bool:
        """Whether two keys are one party, or a party and the group it sits in."""
        return other in self._upwards(one) or one in self._upwards(other)

    def _upwards(self, key: str) -> tuple[str, ...]:
        chain = [key]
        while (entry := self._authority.get(chain[-1])) and entry.broader:
            if entry.broader in chain:
                break
            chain.append(entry.broader)
        return tuple(chain)

    def offices(self, printed: PrintedOffice) -> tuple[str, ...]:
        """Keys of the offices a printed one may be: of that very name, else of its ministry."""
        if printed.title == "minister-president":
            return tuple(e.key for e, _, _ in self._offices if e.title == "minister-president")
        titled = [
            (entry, own, wide)
            for entry, own, wide in self._offices
            if (entry.title or "").split(" ")[0] == printed.title
        ]
        if not printed.field:
            return tuple(entry.key for entry, _, _ in titled)
        exact = tuple(entry.key for entry, own, _ in titled if printed.field in own)
        return exact or tuple(entry.key for entry, _, wide in titled if printed.field in wide)

    def holders(self, office: str, periods: Sequence[Period]) -> tuple[AuthorityEntry, ...]:
        """Who held an office in any of the periods, each once, in key order."""
        found = {
            entry.key: entry
            for entry, tenure in self._holders.get(office, ())
            if _meets(tenure.period, periods)
        }
        return tuple(found[key] for key in sorted(found))

    def find(
        self,
        name: PrintedName,
        role: Role,
        periods: Sequence[Period],
        *,
        party: str | None = None,
        offices: Sequence[str] = (),
    ) -> Finding:
        """The one person that a printed name can mean in a role at a time.

        `party` and `offices` are keys of what is printed beside the name; they choose between
        namesakes and are never a reason to refuse a full name.
        """
        tiers = self._candidates(name)
        if not tiers:
            return Finding(None, f"no person of the authority is called “{name.text}”")
        for full, pool in tiers:
            finding = self._choose(full, pool, role, periods, party, offices)
            if finding.person is not None or full:
                return finding
        return finding

    def _candidates(self, name: PrintedName) -> list[tuple[bool, list[_Known]]]:
        """Pools of candidates, best first; True for those that a full name or initials decide."""
        if name not in self._pools:
            self._pools[name] = self._pools_of(name)
        return self._pools[name]

    def _pools_of(self, name: PrintedName) -> list[tuple[bool, list[_Known]]]:
        full: dict[str, _Known] = {}
        parts: dict[str, _Known] = {}
        bare: dict[str, _Known] = {}
        bare_parts: dict[str, _Known] = {}
        for key in sorted(self._by_label.get(name.text, ())) if name.is_full else ():
            if _initials_agree(name.initials, self._known[key].initials):
                full[key] = self._known[key]
        for given, surname in name.readings():
            for form in surname_forms(surname):
                for key, (known, part) in sorted(self._by_surname.get(form, {}).items()):
                    part = part or int(form != surname)
                    if given and given not in known.given:
                        if not (len(name.initials) > 1 and name.initials in known.initials):
                            continue
                    elif not _initials_agree(name.initials, known.initials):
                        continue
                    decides = bool(given) or (
                        bool(name.initials) and name.initials in known.initials
                    )
                    pool = (parts if part else full) if decides else bare_parts if part else bare
                    pool.setdefault(key, known)
        return [
            (decided, list(pool.values()))
            for decided, pool in ((True, full), (True, parts), (False, bare), (False, bare_parts))
            if pool
        ]

    def _choose(
        self,
        full: bool,
        pool: list[_Known],
        role: Role,
        periods: Sequence[Period],
        party: str | None,
        offices: Sequence[str],
    ) -> Finding:
        entries = [known.entry for known in pool]
        serving = [entry for entry in entries if _served(entry, role, periods)]
        chosen = serving or entries
        supported = bool(serving) and periods != _ALWAYS
        if offices:
            holding = [e for e in chosen if any(t.key in offices for t in e.offices)]
            chosen, supported = holding or chosen, supported or bool(holding)
        if party is not None:
            loyal = [
                entry
                for entry in chosen
                if any(
                    self.same_party(t.key, party) and _meets(t.period, periods)
                    for t in entry.parties
                )
            ]
            chosen, supported = loyal or chosen, supported or bool(loyal)
        if len(chosen) > 1:
            return Finding(None, f"several persons fit: {_listed(chosen)}")
        only = chosen[0]
        if full:
            reason = None if serving else f"{only.label} is not known in this role at that time"
            return Finding(only, reason)
        if not serving:
            return Finding(None, f"only a surname, and {only.label} did not serve then")
        if not supported:
            return Finding(None, f"only a surname, and no time tells whether it is {only.label}")
        return Finding(only)


@lru_cache(maxsize=4)
def people_of(authority: Authority) -> People:
    """The index of an authority, built once."""
    return People(authority)


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
    if periods == _ALWAYS:
        return Finding(None, "only an office is printed, and no date says who held it")
    holders = {e.key: e for office in offices for e in people.holders(office, periods)}
    if len(holders) == 1:
        return Finding(next(iter(holders.values())))
    if not holders:
        return Finding(None, "nobody is known to have held this office then")
    return Finding(None, f"several persons held this office then: {_listed(holders.values())}")


def _party_of(
    printed: str | None,
    person: AuthorityEntry,
    periods: Sequence[Period],
    then: Standing | None,
    asked: Standing | None,
    people: People,
) -> str | None:
    held = [t.key for t in person.parties if _meets(t.period, periods)]
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
    held = {t.key for t in person.offices if _meets(t.period, periods)}
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
        return tuple(key for key, held in sorted(by_key.items()) if _covers(_merged(held), periods))

    return Standing(hull, throughout(person.parties), throughout(person.offices), basis)


def _times(question_set: QuestionSet, people: People) -> _Times:
    asked, answered = question_set.submitted_on, question_set.answered_on
    if asked is not None and answered is not None:
        return _Times(
            _day(asked), _day(answered), "printed day of asking", "printed day of answering"
        )
    terms = _overlap_of_terms(question_set.participants, people)
    basis = "time in which all fully named people of the set served" if terms else ""
    undated = terms or _ALWAYS
    if asked is not None:
        after = (Period(asked, None),)
        return _Times(
            _day(asked), _intersection(undated, after) or after, "printed day of asking", basis
        )
    if answered is not None:
        before = (Period(None, answered + timedelta(days=1)),)
        return _Times(
            _intersection(undated, before) or before,
            _day(answered),
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
        person = people.find(name, participant.role, _ALWAYS).person
        if person is None:
            continue
        terms = _terms(person, participant.role, printed, people)
        if not terms:
            continue
        common = terms if common is None else _intersection(common, terms)
    return common or None


def _terms(
    person: AuthorityEntry, role: Role, printed: PrintedPerson, people: People
) -> tuple[Period, ...]:
    if role is Role.SUBMITTER:
        return _merged([tenure.period for tenure in _seats(person)])
    keys = {key for office in read_offices(printed.office) for key in people.offices(office)}
    fitting = [t.period for t in person.offices if not keys or t.key in keys]
    return _merged(fitting or [tenure.period for tenure in person.offices])


def _served(entry: AuthorityEntry, role: Role, periods: Sequence[Period]) -> bool:
    tenures = _seats(entry) if role is Role.SUBMITTER else entry.offices
    return any(_meets(tenure.period, periods) for tenure in tenures)


def _seats(entry: AuthorityEntry) -> tuple[Tenure, ...]:
    """The memberships that were seats in the Kamer, not those of a member of the government."""
    return tuple(tenure for tenure in entry.parties if tenure.role != "bewindspersoon")


def _initials_agree(printed: str, known: frozenset[str]) -> bool:
    """Whether printed initials do not contradict the known ones; unknown ones never do."""
    if not printed or not known:
        return True
    return any(one.startswith(printed) or printed.startswith(one) for one in known)


def _listed(entries: Iterable[AuthorityEntry]) -> str:
    labels = sorted(f"{entry.label} ({entry.key})" for entry in entries)
    shown = ", ".join(labels[:_MOST_CANDIDATES])
    more = len(labels) - _MOST_CANDIDATES
    return f"{shown} and {more} more" if more > 0 else shown


def _day(day: date) -> tuple[Period, ...]:
    return (Period(day, day + timedelta(days=1)),)


def _start(period: Period) -> date:
    return period.start or date.min


def _end(period: Period) -> date:
    return period.end or date.max


def _meets(period: Period, periods: Sequence[Period]) -> bool:
    return any(_start(period) < _end(other) and _start(other) < _end(period) for other in periods)


def _merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The periods in order, those that touch or overlap joined."""
    result: list[Period] = []
    for period in sorted(periods, key=lambda one: (_start(one), _end(one))):
        if result and _start(period) <= _end(result[-1]):
            last = result[-1]
            result[-1] = last if _end(last) >= _end(period) else Period(last.start, period.end)
        else:
            result.append(period)
    return tuple(result)


def _union(one: Sequence[Period], other: Sequence[Period]) -> tuple[Period, ...]:
    return _merged([*one, *other])


def _intersection(one: Sequence[Period], other: Sequence[Period]) -> tuple[Period, ...]:
    result = []
    for left in one:
        for right in other:
            start, end = max(_start(left), _start(right)), min(_end(left), _end(right))
            if start < end:
                result.append(
                    Period(None if start == date.min else start, None if end == date.max else end)
                )
    return _merged(result)


def _covers(held: Sequence[Period], periods: Sequence[Period]) -> bool:
    return all(any(_start(h) <= _start(p) and _end(p) <= _end(h) for h in held) for p in periods)
