"""What a text names: mentions (text), entities (things) and links (the judgement between)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.model.authority import Kind
from kg.model.text import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a unit's text that names something.

    `span` is half-open into the unit's `Passage.text`, `exact` the characters there, `rule` the
    name of what matched. `candidates` are keys of authority entries whose label this is;
    `reading` holds what a pattern read from the text, as sorted (field, value) pairs: a paper's
    `dossier` and `number`, a motion's `author`, a law's `article`, a reference's `question`.
    """

    span: Span
    exact: str
    kind: Kind | None
    rule: str
    candidates: tuple[str, ...] = ()
    reading: tuple[tuple[str, str], ...] = ()

    def read(self, field: str) -> str | None:
        """The value of `field` in the reading, or None."""
        return dict(self.reading).get(field)


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that the documents name and no authority file has: made from its mentions.

    `key` is the local id (`motion/26643-1315`), `identifiers` official numbers
    (`26643-1315`), `exact_matches` IRIs of other schemes, `same_document` the key of the
    parliamentary paper that a motion was printed as.
    """

    key: str
    kind: Kind
    label: str
    labels: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    exact_matches: tuple[str, ...] = ()
    same_document: str | None = None


class LinkStatus(StrEnum):
    """How sure a link is; only certain and corrected ones become edges."""

    CERTAIN = "certain"
    CORRECTED = "corrected"
    AMBIGUOUS = "ambiguous"
    UNLINKED = "unlinked"


_CONFIDENCE: Mapping[str, float] = {
    "body.head": 0.90,  # 33 wrong of 350 names read
    "body.apposition": 0.95,  # 5 of 107
    "body.again": 0.90,
    "body.anaphor": 0.90,
    "law.name": 0.90,  # 1 of 15
    "name.defined": 0.93,  # 8 of 123
    "person.bare": 0.95,  # 3 of 62
    "person.named": 0.91,  # 13 of 153
    "person.surname": 0.90,
    "policy.name": 0.85,  # 8 of 55
    "policy.title": 0.90,
}
"""How often a rule that goes beyond the lists is right.

Counts are of distinct names read by eye in the subjects of 39,479 sets (November 2026); a rule
without a count takes that of the rule it builds on, less five points.
"""


@dataclass(frozen=True, slots=True)
class Link:
    """The judgement on one mention.

    `keys` holds one key when certain or corrected, all candidates when ambiguous, at most the one
    that it may be when unlinked. `reason` says why in a readable sentence where the status is not
    certain.
    """

    mention: Mention
    status: LinkStatus
    keys: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def confidence(self) -> float | None:
        """How sure a sure link is, from 0 to 1, where no list but a rule made it; else None."""
        if self.status not in (LinkStatus.CERTAIN, LinkStatus.CORRECTED):
            return None
        return _CONFIDENCE.get(self.mention.rule)


def undecided(mention: Mention, keys: tuple[str, ...], reason: str) -> Link:
    """A link that the text does not decide: ambiguous between several keys, else unlinked."""
    status = LinkStatus.AMBIGUOUS if len(keys) > 1 else LinkStatus.UNLINKED
    return Link(mention, status, keys, reason)


@dataclass(frozen=True, slots=True)
class CrossReference:
    """An answer (or question) that points at questions of its own set.

    `numbers` are the question numbers; `status` ambiguous where the set numbers twice.
    """

    span: Span
    exact: str
    numbers: tuple[int, ...]
    rule: str
    status: LinkStatus = LinkStatus.CERTAIN
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class UnitMentions:
    """What one question, answer or letter names and points at, before anything is linked."""

    mentions: tuple[Mention, ...] = ()
    references: tuple[CrossReference, ...] = ()
