"""What is known beforehand about people, bodies, laws and topics, with the periods it holds.

Keys are local ids: the IRI less the base and `id/`, e.g. `person/barbara-kathmann`,
`ministry/bzk`, `law/BWBR0045754`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """The kinds of entity; the value is the local name of the ontology's class."""

    PERSON = "Person"
    PARTY = "Party"
    MINISTRY = "Ministry"
    ORGANISATION = "Organisation"
    LAW = "Law"
    MOTION = "Motion"
    POLICY = "Policy"
    PAPER = "ParliamentaryPaper"
    TOPIC = "Topic"
    OFFICE = "Office"


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open period of days; None is open."""

    start: date | None = None
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies within the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person's membership of a party, or term in an office: the other side's key and when.

    `role` is `kamerlid` for a seat in the Tweede Kamer for that party, `bewindspersoon` for the
    party of a member of the government, empty for a term in an office.
    """

    key: str
    period: Period
    role: str = ""


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """One known thing.

    `labels` are the other names that stand for this thing alone. `ambiguous_labels` need context
    before they may become a link: several things share them, or they are ordinary words; `label`
    itself is among them where that is so of the name. `context_rules` has a (label, rule) pair
    for each: `default` the label means this thing unless the text introduces another of its
    candidates, `introduced` only where another of its labels stands in the same set,
    `after-head` only after "ministerie van", "minister van" and the like, `dated` where the day
    of the text lies in `period`, `misprint` a spelling that documents print by mistake.
    `exact_matches` are IRIs of other schemes. `period` is when it existed under this name, from
    first to last where there are several `periods`. For persons: `surname` (with its prefix
    first, "van der Werf"), `parties` and `offices`. For offices: `ministry` is the key of the
    ministry, `title` minister, staatssecretaris or minister-president. `broader` is the key of
    the thing above it.
    """

    key: str
    kind: Kind
    label: str
    labels: tuple[str, ...] = ()
    ambiguous_labels: tuple[str, ...] = ()
    exact_matches: tuple[str, ...] = ()
    notations: tuple[str, ...] = ()
    period: Period = Period()
    periods: tuple[Period, ...] = ()
    context_rules: tuple[tuple[str, str], ...] = ()
    broader: str | None = None
    surname: str | None = None
    parties: tuple[Tenure, ...] = ()
    offices: tuple[Tenure, ...] = ()
    ministry: str | None = None
    title: str | None = None


class Authority:
    """All entries, by key, in key order."""

    def __init__(self, entries: Iterable[AuthorityEntry] = ()) -> None:
        self._by_key: Mapping[str, AuthorityEntry] = MappingProxyType(
            {entry.key: entry for entry in sorted(entries, key=lambda entry: entry.key)}
        )

    def __iter__(self) -> Iterator[AuthorityEntry]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> AuthorityEntry:
        return self._by_key[key]

    def get(self, key: str) -> AuthorityEntry | None:
        """The entry of `key`, or None."""
        return self._by_key.get(key)

    def of_kind(self, kind: Kind) -> Iterator[AuthorityEntry]:
        """The entries of one kind, in key order."""
        return (entry for entry in self if entry.kind is kind)
