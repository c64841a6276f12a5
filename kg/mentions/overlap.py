"""Which of two mentions that overlap stands."""

from collections.abc import Iterable

from kg.model.authority import Kind
from kg.model.mention import Mention

_RANK = {
    "paper": 9, "motion": 9, "law": 6, "ministry": 6, "label": 6, "name": 5, "person": 7,
    "policy": 3, "body": 2, "definition": 8,
}  # fmt: skip


def settle(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that stand, in order of place: longer before shorter, known before discovered.

    People and papers within a motion's name stay beside it, articles beside their law, and a body
    whose abbreviation opens a compound ("BCG-rapport") beside the compound.
    """
    unique = dict.fromkeys(mentions)
    if len(unique) < 2:
        return tuple(unique)
    kept: list[Mention] = []
    order = sorted(
        unique,
        key=lambda m: (_is_discovered(m), m.span.start - m.span.end, -_rank(m), m.span.start),
    )
    starts: dict[int, list[Mention]] = {}
    for mention in order:
        rivals = {
            id(other): other
            for block in range(mention.span.start >> 7, (mention.span.end >> 7) + 1)
            for other in starts.get(block, ())
        }
        if all(_compatible(mention, other) for other in rivals.values()):
            kept.append(mention)
            for block in range(mention.span.start >> 7, (mention.span.end >> 7) + 1):
                starts.setdefault(block, []).append(mention)
    return tuple(sorted(kept, key=lambda m: (m.span.start, m.span.end, m.rule, m.candidates)))


_DISCOVERED = frozenset(
    {
        "body.head",
        "body.apposition",
        "person.bare",
        "policy.name",
        "law.name",
        "name.defined",
        "person.named",
    }
)


def _is_discovered(mention: Mention) -> bool:
    return mention.rule in _DISCOVERED


def _rank(mention: Mention) -> int:
    return _RANK.get(mention.rule.partition(".")[0], 0)


def _compatible(short: Mention, long: Mention) -> bool:
    if short.span.end <= long.span.start or long.span.end <= short.span.start:
        return True
    if long.kind is Kind.MOTION:
        return short.kind in (Kind.PERSON, Kind.PAPER)
    if long.kind is Kind.PAPER:
        return short.kind is Kind.MOTION
    if short.rule == "definition" or long.rule == "definition":
        return short.kind is not long.kind
    if short.rule == "policy.name" and short.span.start < long.span.start:
        # "Jaarplan 2025 Belastingdienst" names the plan and the body
        return short.span.end == long.span.end
    if short.kind is Kind.ORGANISATION and long.kind is Kind.POLICY:
        return short.span.start == long.span.start and long.exact[
            len(short.exact) : len(short.exact) + 1
        ] in ("-", "–")
    return False
