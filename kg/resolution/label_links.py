"""Which known thing a label stands for, where several share it or it is an ordinary word."""

import re
from collections.abc import Sequence

from kg.model.authority import Authority, AuthorityEntry, Kind, Period
from kg.model.mention import Link, LinkStatus, Mention, undecided
from kg.resolution.names import fold
from kg.resolution.set_context import SetContext, overlap, rule_of

_LAW_COMPOUND = re.compile(
    r"[-–](?:verzoek|procedure|besluit|dossier|document|traject|wijziging|plichtig|norm|aanvraag|"
    r"toets|beoordeling|wetgeving|uitkering|gerechtigd|zorg|indicatie|bepaling)"
)
_LAW_BEFORE = re.compile(
    r"(?:op grond van|ingevolge|krachtens|in het kader van|op basis van|artikel \d+\w*,?|"
    r"binnen|in|onder|van|uit|conform|volgens|met)"
    r"\s(?:de|het)\s$"
)
_BODY_BEFORE = re.compile(
    r"\b[a-z]*(?:bedrijf|bureau|organisatie|instelling|vereniging|stichting|bond|verzekeraar|fonds|"
    r"instituut|krant|omroep|toezichthouder|platform|concern|bank|maatschappij|inspectie|"
    r"agentschap|ngo|denktank|beweging|coalitie|dienst|groep|militie)\s$"
)
_NAME_LIKE = re.compile(r"[A-ZÀ-Ž][a-zà-ž]{2,}[\w-]*")
_COMMON_ENDINGS = (
    "commissie", "kamer", "dienst", "raad", "unie", "toeslagen", "hof", "stichting", "bank",
    "pact", "statuut", "college", "fonds", "akkoord", "werk", "balans", "senaat", "agenda",
    "plan",
)  # fmt: skip
POLITIES = frozenset({"organisation/eu"})
"""Entries that texts name as a place or a legal order rather than as a body."""


def link_label(
    mention: Mention, text: str, context: SetContext, authority: Authority
) -> Link | None:
    """The link of a mention that is a label; None where the text does not mean a thing at all."""
    candidates = _of_the_day([authority[key] for key in mention.candidates], context.time)
    defined = context.defined.get(fold(mention.exact))
    if defined:
        return Link(mention, LinkStatus.CERTAIN, defined)
    if all(entry.key in POLITIES for entry in candidates):
        return None
    fitting = [entry for entry in candidates if _allowed(entry, mention, text, context)]
    if len(fitting) > 1:
        fitting = _narrowed(fitting, mention, context)
    if len(fitting) == 1:
        return _certain(mention, fitting[0], context)
    keys = tuple(sorted(entry.key for entry in fitting or candidates))
    if fitting:
        return undecided(mention, keys, "several things have this name")
    return undecided(mention, keys, "a short form that the text does not introduce")


def _of_the_day(entries: list[AuthorityEntry], time: Period) -> list[AuthorityEntry]:
    """Of ministries that share a name, those that bore it at the time; all where none did."""
    if time == Period() or any(entry.kind is not Kind.MINISTRY for entry in entries):
        return entries
    there = [e for e in entries if any(overlap(p, time) for p in e.periods or (e.period,))]
    return there or entries


def _certain(mention: Mention, entry: AuthorityEntry, context: SetContext) -> Link:
    alone = mention.rule == "ministry.bare"
    if alone and not any(overlap(p, context.time) for p in entry.periods or (entry.period,)):
        reason = "no ministry of this name existed at the time"
        return Link(mention, LinkStatus.UNLINKED, reason=reason)
    if rule_of(entry, _bare(mention)) == "misprint":
        reason = f"a known misprint of {entry.label}"
        return Link(mention, LinkStatus.CORRECTED, (entry.key,), reason)
    return Link(mention, LinkStatus.CERTAIN, (entry.key,))


def _allowed(entry: AuthorityEntry, mention: Mention, text: str, context: SetContext) -> bool:
    rule = rule_of(entry, _bare(mention))
    if rule in ("", "default", "after-head", "misprint"):
        return True
    if rule == "dated":
        return any(overlap(p, context.time) for p in entry.periods or (entry.period,))
    if entry.key in context.introduced:
        return True
    return len(mention.candidates) == 1 and _cued(entry, mention, text)


def _bare(mention: Mention) -> str:
    """The label itself: the head of "Ministerie van X" is part of the mention only."""
    if mention.kind is Kind.MINISTRY:
        return re.sub(
            r"^(?:minister(?:s|ies|ie)?|staatssecretaris(?:sen)?|bewinds\w+|departement(?:en)?)\s"
            r"(?:(?:van|voor|de|het)\s)*",
            "",
            mention.exact,
            flags=re.IGNORECASE,
        )
    return mention.exact


def _narrowed(
    entries: Sequence[AuthorityEntry], mention: Mention, context: SetContext
) -> list[AuthorityEntry]:
    introduced = [entry for entry in entries if entry.key in context.introduced]
    clear = [entry for entry in entries if rule_of(entry, _bare(mention)) in ("", "default")]
    dated = [
        entry
        for entry in entries
        if any(overlap(p, context.time) for p in entry.periods or (entry.period,))
    ]
    for choice in (introduced, clear, dated):
        if len(choice) == 1:
            return list(choice)
    both = [entry for entry in dated if entry in introduced]
    return both if len(both) == 1 else list(dated or entries)


def _cued(entry: AuthorityEntry, mention: Mention, text: str) -> bool:
    """Whether the words around a short form say that it is this kind of thing."""
    span = mention.span
    if entry.kind is Kind.LAW:
        return (
            mention.read("article") is not None
            or _LAW_COMPOUND.match(text, span.end) is not None
            or (
                not mention.exact.isupper()
                and _LAW_BEFORE.search(text, max(0, span.start - 40), span.start) is not None
            )
        )
    if _BODY_BEFORE.search(text, max(0, span.start - 30), span.start):
        return True
    if mention.read("opens") is not None or not _NAME_LIKE.fullmatch(mention.exact):
        return False
    return not mention.exact.lower().endswith(_COMMON_ENDINGS)
