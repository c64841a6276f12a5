"""From the text of a question or an answer to all that it names."""

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.mentions import bodies, laws, ministries, motions, papers, persons, policies, references
from kg.mentions.gazetteer import Gazetteer, Hit, Trigger
from kg.mentions.names import Surnames
from kg.mentions.normalise import NormalText, normalise
from kg.mentions.overlap import settle
from kg.model.authority import Authority, Kind
from kg.model.mention import CrossReference, Mention

_TRIGGERS = (
    *papers.TRIGGERS,
    *motions.TRIGGERS,
    *persons.TRIGGERS,
    *laws.TRIGGERS,
    *references.TRIGGERS,
    *bodies.BODY_TRIGGERS,
    *policies.TRIGGERS,
)
_PRODUCT = re.compile(r"\s(?:[A-Z][a-z]|[a-z]{1,2}[A-Z]|\d)")
_COMPOUND_NAME = re.compile(r"-[A-Z][a-z]")
_PLACE_OR_FORM = re.compile(
    r"\s(?:Nederland|Nederlandse|Europe|Europa|International|Internationaal|Group|Groep|Inc|Corporation|"
    r"Holding|België|Netherlands|Benelux|UK|Schiphol|Amsterdam|Rotterdam|Den|Utrecht|Eindhoven|N\.V|B\.V|NV|BV)\b"
)
_SENTENCE_START = re.compile(r"(?:^|[.?!:;»”\n]\s?|[«“\"‘]|^\W+)$")


class MentionExtractor:
    """Finds mentions in texts. Built once from the authority; then works in linear time."""

    def __init__(self, authority: Authority) -> None:
        self._surnames = Surnames(authority)
        self._gazetteer = Gazetteer(authority, (*_TRIGGERS, *self._surnames.given))
        self._scanned = lru_cache(maxsize=1)(self._scan)

    def extract(self, text: str) -> tuple[Mention, ...]:
        """All mentions in `text`, in order of place; spans are half-open code points of `text`."""
        normal, hits, triggers = self._scanned(text)
        longest = _longest(hits, normal.clean)
        found: list[Mention] = []
        named_papers = papers.find_papers(
            normal, [t for t in triggers if t.word in papers.TRIGGERS]
        )
        found += named_papers
        found += motions.find_motions(normal, triggers, self._surnames, named_papers)
        found += persons.find_persons(
            normal, [t for t in triggers if t.word in persons.TRIGGERS], self._surnames
        )
        found += persons.find_full_names(normal, triggers, self._surnames)
        found += ministries.find_ministries(
            normal, [hit for hit in longest if hit.labels[0].kind is Kind.MINISTRY]
        )
        labelled = [m for hit in longest if (m := _label_mention(normal, hit)) is not None]
        acts = laws.find_numbered_acts(normal, triggers)
        known_laws = laws.extend_by_number(normal, [m for m in labelled if m.kind is Kind.LAW])
        found += [m for m in labelled if m.kind is not Kind.LAW]
        all_laws = [*known_laws, *acts, *laws.find_backward(normal, triggers)]
        found += laws.read_articles(normal, triggers, _outermost(all_laws))
        found += laws.find_compounds(normal)
        ends = {hit.end: hit.start for hit in longest}
        found += bodies.find_definitions(normal, ends)
        found += bodies.find_bodies(normal, triggers, [hit.start for hit in longest])
        found += policies.find_policies(normal, triggers)
        return settle(found)

    def references(self, text: str, own: tuple[int, ...] = ()) -> tuple[CrossReference, ...]:
        """The question numbers that `text` points at, as printed.

        `own` are the numbers of the unit itself. Whether the set has the numbers, and which
        question is meant where it numbers twice, is for kg/resolution to say.
        """
        normal, _, triggers = self._scanned(text)
        return tuple(references.find_references(normal, triggers, own))

    def _scan(self, text: str) -> tuple[NormalText, list[Hit], list[Trigger]]:
        """What mentions and references are read from: a text is asked for both in turn."""
        normal = normalise(text)
        return normal, *self._gazetteer.scan(normal)


def _longest(hits: Iterable[Hit], clean: str) -> list[Hit]:
    """The hits that lie within no longer one, in order of place.

    One that opens a compound with a hyphen stays beside the compound: "BCG" and "BCG-rapport".
    """
    kept: list[Hit] = []
    reached = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        opens = bool(kept) and hit.start == kept[-1].start and clean[hit.end] in "-–"
        if hit.end > reached or (opens and hit.labels[0].kind is not kept[-1].labels[0].kind):
            kept.append(hit)
            reached = max(reached, hit.end)
    return kept


def _outermost(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end, not m.candidates)):
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return kept


def _label_mention(text: NormalText, hit: Hit) -> Mention | None:
    """The mention of a label, unless the label is part of another name or an ordinary word."""
    kinds = {label.kind for label in hit.labels} - {Kind.MINISTRY}
    if not kinds or hit.labels[0].kind is Kind.MINISTRY:
        return None
    clean = text.clean
    exact = clean[hit.start : hit.end]
    if kinds == {Kind.ORGANISATION}:
        if exact.islower() and exact.isalpha():
            return None
        short = len(exact) <= 3 and all(label.unclear for label in hit.labels)
        mixed = " " not in exact and (short or not exact.isupper())
        if mixed and not exact.isupper() and _COMPOUND_NAME.match(clean, hit.end):
            return None
        if mixed and _PRODUCT.match(clean, hit.end) and not _PLACE_OR_FORM.match(clean, hit.end):
            return None
    opens = bool(_SENTENCE_START.search(clean, max(0, hit.start - 3), hit.start))
    if kinds == {Kind.PARTY} and exact[1:].islower() and (opens or _PRODUCT.match(clean, hit.end)):
        return None
    span = text.span(hit.start, hit.end)
    keys = tuple(dict.fromkeys(label.key for label in hit.labels if label.kind in kinds))
    kind = next(iter(kinds)) if len(kinds) == 1 else None
    rule = f"label.{kind.value.lower() if kind else 'several'}"
    reading = (("opens", "sentence"),) if opens else ()
    return Mention(span, span.of(text.original), kind, rule, keys, reading)


__all__ = ["MentionExtractor", "Trigger"]
