"""Finds what the sources print wrongly, for the register of source errors; corrects nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kg.model.authority import Authority, AuthorityEntry, Kind, Period, Tenure
from kg.model.document import PrintedPerson
from kg.model.erratum import Erratum
from kg.model.mention import LinkStatus
from kg.model.question_set import Participant, QuestionSet, Standing
from kg.resolution.known_people import People, people_of
from kg.resolution.names import read_offices

UNREADABLE_DATE = "date-unreadable"
"""The code of a flaw that prints a day which does not exist, and of its entry."""


@dataclass(frozen=True, slots=True)
class UnreadableDay:
    """A printed day that does not exist, and the document; `alone` where it prints one set."""

    sha256: str
    quote: str
    alone: bool


def find_errata(
    question_sets: Sequence[QuestionSet],
    authority: Authority,
    unreadable: Iterable[UnreadableDay] = (),
) -> tuple[Erratum, ...]:
    """The register of resolved sets, each entry once, in order of set, code and quote.

    Sets that share a kenmerk must be given together; otherwise each stands by itself.
    `unreadable` are days that no set can hold.
    """
    people = people_of(authority)
    found: list[Erratum] = []
    for question_set in question_sets:
        found += _dates(question_set)
        found += _misprints(question_set, authority)
        for participant in question_set.participants:
            person = authority.get(participant.person or "")
            if person is not None:
                found += _of_participant(question_set, participant, person, people, authority)
    found += _kenmerken(question_sets)
    found += _of_authority(question_sets, authority)
    found += _unreadable_days(unreadable, question_sets)
    unique = {(one.code, one.set_key, one.quote, one.right, one.places): one for one in found}
    return tuple(
        sorted(unique.values(), key=lambda one: (one.set_key or "", one.code, one.quote, one.right))
    )


def _unreadable_days(
    unreadable: Iterable[UnreadableDay], question_sets: Sequence[QuestionSet]
) -> Iterator[Erratum]:
    """Days that do not exist ("31 februari"), at the set of a document that prints one set."""
    printed_in = {place.sha256: one for one in question_sets for place in one.places}
    for day in unreadable:
        one = printed_in.get(day.sha256) if day.alone else None
        places = tuple(p for p in one.places if p.sha256 == day.sha256) if one else ()
        yield Erratum(
            UNREADABLE_DATE,
            one.key if one else None,
            day.quote,
            "niet bekend",
            "deze datum bestaat niet",
            places,
        )


def _dates(question_set: QuestionSet) -> Iterator[Erratum]:
    asked, answered = question_set.submitted_on, question_set.answered_on
    if asked is not None and answered is not None and answered < asked:
        yield Erratum(
            "answered-before-asked",
            question_set.key,
            f"{asked.isoformat()} / {answered.isoformat()}",
            "niet bekend",
            "een antwoord kan niet vóór de vragen liggen",
            question_set.places,
        )


def _misprints(question_set: QuestionSet, authority: Authority) -> Iterator[Erratum]:
    units = (*question_set.questions, *question_set.answers, *question_set.letters)
    for unit in units:
        corrected = [
            link for link in unit.links if link.status is LinkStatus.CORRECTED and link.keys
        ]
        papers = {link.reason for link in corrected if link.mention.kind is Kind.PAPER}
        for link in corrected:
            if link.mention.kind is not Kind.MOTION or link.reason not in papers:
                known = authority.get(link.keys[0])
                yield Erratum(
                    "misprint",
                    question_set.key,
                    link.mention.exact,
                    known.label if known else link.keys[0].partition("/")[2],
                    link.reason or f"regel {link.mention.rule}",
                    unit.places,
                    link.keys,
                )


def _of_participant(
    question_set: QuestionSet,
    participant: Participant,
    person: AuthorityEntry,
    people: People,
    authority: Authority,
) -> Iterator[Erratum]:
    standings = [
        one for one in (participant.when_asked, participant.when_answered) if one is not None
    ]
    for printed in (participant.printed, *participant.variants):
        yield from _party(question_set, participant, printed, person, standings, people, authority)
        yield from _office(question_set, participant, printed, person, standings, people, authority)


def _party(
    question_set: QuestionSet,
    participant: Participant,
    printed: PrintedPerson,
    person: AuthorityEntry,
    standings: Sequence[Standing],
    people: People,
    authority: Authority,
) -> Iterator[Erratum]:
    key = people.party(printed.party)
    held = _held(person.parties, standings)
    if key is None or not held or any(people.same_party(key, other) for other in held):
        return
    yield Erratum(
        "party",
        question_set.key,
        f"{printed.name} ({printed.party})",
        f"{person.label} ({_labels(held, authority)})",
        _basis(person.parties, held, authority),
        participant.places,
        (person.key,),
    )


def _office(
    question_set: QuestionSet,
    participant: Participant,
    printed: PrintedPerson,
    person: AuthorityEntry,
    standings: Sequence[Standing],
    people: People,
    authority: Authority,
) -> Iterator[Erratum]:
    held = _held(person.offices, standings)
    if not held:
        return
    for office in read_offices(printed.office):
        keys = people.offices(office)
        if office.field and keys and not set(keys) & set(held):
            yield Erratum(
                "office",
                question_set.key,
                f"{printed.name} ({printed.office})",
                f"{person.label}: {_labels(held, authority)}",
                _basis(person.offices, held, authority),
                participant.places,
                (person.key,),
            )


def _held(tenures: Iterable[Tenure], standings: Sequence[Standing]) -> tuple[str, ...]:
    """What was held at some time between asking and answering."""
    if not standings:
        return ()
    start = min((one.period.start or date.min for one in standings), default=date.min)
    end = max((one.period.end or date.max for one in standings), default=date.max)
    keys = {
        tenure.key
        for tenure in tenures
        if (tenure.period.start or date.min) < end and start < (tenure.period.end or date.max)
    }
    return tuple(sorted(keys))


def _labels(keys: Iterable[str], authority: Authority) -> str:
    return ", ".join(authority[key].label if key in authority else key for key in keys)


def _basis(tenures: Iterable[Tenure], held: Sequence[str], authority: Authority) -> str:
    stated = [
        f"{_labels([tenure.key], authority)} {_printed(tenure.period)}"
        for tenure in tenures
        if tenure.key in held
    ]
    return "gezagsbestand: " + "; ".join(stated)


def _printed(period: Period) -> str:
    start = f"van {period.start.isoformat()}" if period.start else ""
    end = f"tot {period.end.isoformat()}" if period.end else ""
    return " ".join(filter(None, (start, end))) or "zonder data"


def _kenmerken(question_sets: Sequence[QuestionSet]) -> Iterator[Erratum]:
    users: dict[str, list[QuestionSet]] = defaultdict(list)
    for question_set in question_sets:
        if question_set.kenmerk:
            users[question_set.kenmerk].append(question_set)
    for kenmerk, sets in sorted(users.items()):
        if len(sets) > 1:
            for question_set in sets:
                yield Erratum(
                    "kenmerk-twice",
                    question_set.key,
                    kenmerk,
                    "niet bekend",
                    "twee sets dragen dit kenmerk: " + ", ".join(sorted(one.key for one in sets)),
                    question_set.places,
                )


def _of_authority(question_sets: Sequence[QuestionSet], authority: Authority) -> Iterator[Erratum]:
    """Offices held by two and people in two groups on the day of a set that names them."""
    for question_set in question_sets:
        for participant in question_set.participants:
            for standing in (participant.when_asked, participant.when_answered):
                if standing is None:
                    continue
                roots = {_root(key, authority): key for key in standing.parties}
                if len(roots) > 1 and participant.person:
                    yield Erratum(
                        "two-parties",
                        question_set.key,
                        participant.printed.name,
                        "niet bekend",
                        f"op één dag lid van {_labels(sorted(roots.values()), authority)}",
                        participant.places,
                        (participant.person, *sorted(roots.values())),
                    )
        yield from _held_twice(question_set, authority)


def _held_twice(question_set: QuestionSet, authority: Authority) -> Iterator[Erratum]:
    for pick in ("when_asked", "when_answered"):
        holders: dict[str, set[str]] = defaultdict(set)
        for participant in question_set.participants:
            standing: Standing | None = getattr(participant, pick)
            if standing is not None and participant.person:
                for office in standing.offices:
                    holders[office].add(participant.person)
        for office, keys in sorted(holders.items()):
            if len(keys) > 1:
                yield Erratum(
                    "office-held-twice",
                    question_set.key,
                    _labels([office], authority),
                    "niet bekend",
                    f"op één dag bekleed door {_labels(sorted(keys), authority)}",
                    question_set.places,
                    (office, *sorted(keys)),
                )


def _root(key: str, authority: Authority) -> str:
    seen = {key}
    while (entry := authority.get(key)) and entry.broader and entry.broader not in seen:
        key = entry.broader
        seen.add(key)
    return key
