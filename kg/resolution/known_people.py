"""The authority's people, parties and offices, found by what documents print of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model.authority import Authority, AuthorityEntry, Kind, Period, Tenure
from kg.model.question_set import Role
from kg.resolution.names import (
    PrintedName,
    PrintedOffice,
    fold,
    office_fields,
    read_name,
    surname_forms,
)
from kg.resolution.periods import ALWAYS, meets

_MOST_CANDIDATES = 4


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
            if meets(tenure.period, periods)
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
        supported = bool(serving) and periods != ALWAYS
        if offices:
            holding = [e for e in chosen if any(t.key in offices for t in e.offices)]
            chosen, supported = holding or chosen, supported or bool(holding)
        if party is not None:
            loyal = [
                entry
                for entry in chosen
                if any(
                    self.same_party(t.key, party) and meets(t.period, periods)
                    for t in entry.parties
                )
            ]
            chosen, supported = loyal or chosen, supported or bool(loyal)
        if len(chosen) > 1:
            return Finding(None, f"several persons fit: {listed(chosen)}")
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


def _served(entry: AuthorityEntry, role: Role, periods: Sequence[Period]) -> bool:
    tenures = seats(entry) if role is Role.SUBMITTER else entry.offices
    return any(meets(tenure.period, periods) for tenure in tenures)


def seats(entry: AuthorityEntry) -> tuple[Tenure, ...]:
    """The memberships that were seats in the Kamer, not those of a member of the government."""
    return tuple(tenure for tenure in entry.parties if tenure.role != "bewindspersoon")


def _initials_agree(printed: str, known: frozenset[str]) -> bool:
    """Whether printed initials do not contradict the known ones; unknown ones never do."""
    if not printed or not known:
        return True
    return any(one.startswith(printed) or printed.startswith(one) for one in known)


def listed(entries: Iterable[AuthorityEntry]) -> str:
    """Labels and keys of candidates in order, for a reason; no more than a few."""
    labels = sorted(f"{entry.label} ({entry.key})" for entry in entries)
    shown = ", ".join(labels[:_MOST_CANDIDATES])
    more = len(labels) - _MOST_CANDIDATES
    return f"{shown} and {more} more" if more > 0 else shown
