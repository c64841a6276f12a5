"""From mentions to links: what each name in a set stands for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.model.authority import Authority, Kind
from kg.model.mention import Entity, Link, LinkStatus, Mention, UnitMentions
from kg.model.question_set import Answer, ExtensionLetter, Question, QuestionSet, Unit
from kg.model.text import Span
from kg.resolution.discovered import Discoveries
from kg.resolution.entities import merge_entities
from kg.resolution.label_links import link_label
from kg.resolution.motion_links import PaperEntities, link_backward, link_motion, link_paper
from kg.resolution.names import fold
from kg.resolution.paper_trail import PaperAnswers, PaperTrail, paper_facts
from kg.resolution.person_links import link_person
from kg.resolution.recurrence import find_again
from kg.resolution.reference_links import link_references
from kg.resolution.set_context import Reading, SetContext, context_of, units_of


@dataclass(frozen=True, slots=True)
class Linked:
    """The sets with `links` and `references` on every unit, and the entities made for them."""

    question_sets: tuple[QuestionSet, ...]
    entities: tuple[Entity, ...]


def link_sets(
    sets: Iterable[tuple[QuestionSet, Sequence[UnitMentions]]], authority: Authority
) -> Linked:
    """Link all mentions of all sets.

    `sets` has, for each set, what each of its units names, in the order of
    `kg.resolution.set_context.units_of`. A link is certain or corrected only where the set, or a
    set that asks the same, leaves one thing to mean; otherwise it keeps its candidates or says
    why there are none.
    """
    readings = [Reading(question_set, tuple(found)) for question_set, found in sets]
    facts = [paper_facts(reading) for reading in readings]
    trail = PaperTrail(one for one in facts if one.asks)
    for one in facts:
        trail.learn(one)
    linked = [
        link_set(reading, trail.answer(one), authority)
        for reading, one in zip(readings, facts, strict=True)
    ]
    return Linked(
        tuple(one.question_set for one in linked),
        merge_entities(entity for one in linked for entity in one.entities),
    )


@dataclass(frozen=True, slots=True)
class LinkedSet:
    """A set with its links, and what it minted; `labels` of these are all forms it prints."""

    question_set: QuestionSet
    entities: tuple[Entity, ...]


def link_set(reading: Reading, answers: PaperAnswers, authority: Authority) -> LinkedSet:
    """Link all mentions of one set; `answers` are what all sets say of its papers and motions."""
    return _SetLinker(reading, answers, authority).link()


class _SetLinker:
    """Links the mentions of one set, in reading order."""

    def __init__(self, reading: Reading, answers: PaperAnswers, authority: Authority) -> None:
        self._reading = reading
        self._answers = answers
        self._papers = PaperEntities()
        self._discoveries = Discoveries(authority)
        self._authority = authority
        self._context: SetContext = context_of(reading, authority)

    def link(self) -> LinkedSet:
        question_set = self._reading.question_set
        units = units_of(question_set)
        self._define(units)
        linked: dict[int, Unit] = {}
        before: dict[str, Link] = {}
        for unit, found in zip(units, self._reading.found, strict=True):
            if isinstance(unit, Question):
                # "deze motie" may stand in a later question than the one that names it
                before = {word: link for word, link in before.items() if word == "motion"}
            links = self._unit_links(unit, found.mentions, before)
            references = link_references(unit, found.references, question_set)
            linked[id(unit)] = replace(unit, links=links, references=references)
        again = find_again([linked[id(unit)] for unit in units], self._authority)
        for unit, more in zip(units, again, strict=True):
            if more:
                one = linked[id(unit)]
                links = tuple(sorted((*one.links, *more), key=lambda link: link.mention.span))
                linked[id(unit)] = replace(one, links=links)

        def new(unit: Unit) -> Unit:
            return linked[id(unit)]

        new_set = replace(
            question_set,
            questions=tuple(q for u in question_set.questions if isinstance(q := new(u), Question)),
            answers=tuple(a for u in question_set.answers if isinstance(a := new(u), Answer)),
            letters=tuple(
                e for u in question_set.letters if isinstance(e := new(u), ExtensionLetter)
            ),
        )
        return LinkedSet(new_set, (*self._discoveries.entities(), *self._papers.entities()))

    # ------------------------------------------------------------ definitions

    def _define(self, units: Sequence[Unit]) -> None:
        """Bind the abbreviations that the set's texts give to what they stand for."""
        for unit, found in zip(units, self._reading.found, strict=True):
            places = {m.span: m for m in found.mentions}
            for mention in found.mentions:
                short = mention.read("abbreviation")
                if short is None:
                    continue
                if mention.rule == "name.defined":
                    link: Link | None = self._discoveries.named(mention, short)
                else:
                    start, _, end = (mention.read("of") or "0-0").partition("-")
                    named = places.get(Span(int(start), int(end))) or next(
                        (m for s, m in places.items() if s.end == int(end)), None
                    )
                    if named is None or named.kind in (None, Kind.PERSON, Kind.PARTY):
                        continue
                    link = self._label(named, unit.passage.text)
                if link is not None and _is_sure(link):
                    self._context.defined.setdefault(fold(short), link.keys)
                    self._context.introduced.update(link.keys)

    def _label(self, mention: Mention, text: str) -> Link | None:
        if not mention.candidates:
            return None
        return link_label(mention, text, self._context, self._authority)

    # ------------------------------------------------------------ units

    def _unit_links(
        self, unit: Unit, mentions: Sequence[Mention], before: dict[str, Link]
    ) -> tuple[Link, ...]:
        text = unit.passage.text
        links: dict[Span, Link] = {}
        for mention in (*mentions, *self._abbreviations(text, mentions)):
            link = self._link(mention, unit, before)
            if link is None:
                continue
            known = links.get(mention.span)
            if known is None or (not _is_sure(known) and _is_sure(link)):
                links[mention.span] = link
            if _is_sure(link):
                kind = mention.kind
                if kind is Kind.MOTION:
                    before["motion"] = link
                elif kind is Kind.LAW:
                    for word in self._words_of(link):
                        before[word] = link
        return tuple(links[span] for span in sorted(links))

    def _link(self, mention: Mention, unit: Unit, before: dict[str, Link]) -> Link | None:
        text = unit.passage.text
        match mention.rule:
            case "paper.number":
                return link_paper(mention, self._answers, self._papers)
            case "motion.anaphor":
                return link_backward(mention, before)
            case "motion.author" | "motion.number":
                question_set = self._reading.question_set
                title = question_set.title or question_set.key
                return link_motion(mention, unit.passage, title, self._answers, self._papers)
            case "law.number":
                return self._discoveries.act(mention)
            case "law.anaphor":
                return self._law_before(mention, before)
            case "definition":
                keys = self._context.defined.get(fold(mention.exact))
                return self._defined(mention, keys) if keys else None
            case "name.defined":
                return self._discoveries.named(mention, mention.read("abbreviation"))
        if mention.kind is Kind.PERSON:
            return link_person(mention, self._context, self._authority, self._discoveries)
        if mention.candidates:
            return link_label(mention, text, self._context, self._authority)
        return self._discoveries.named(mention)

    def _defined(self, mention: Mention, keys: tuple[str, ...]) -> Link:
        kind = self._kind_of(keys[0])
        return Link(replace(mention, kind=kind), LinkStatus.CERTAIN, keys)

    def _kind_of(self, key: str) -> Kind | None:
        entry = self._authority.get(key)
        if entry is not None:
            return entry.kind
        return {"organisation": Kind.ORGANISATION, "policy": Kind.POLICY, "law": Kind.LAW}.get(
            key.partition("/")[0]
        )

    def _abbreviations(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Where the abbreviations that the set defines stand, and no mention covers them."""
        unlisted = [
            short for short, keys in self._context.defined.items() if len(short) > 1 and keys
        ]
        if not unlisted:
            return []
        shorts = "|".join(re.escape(s) for s in sorted(unlisted, key=len, reverse=True))
        pattern = re.compile(rf"(?<!\w)(?:{shorts})(?!\w)", re.IGNORECASE)
        covered = [m.span for m in mentions]
        found = []
        for match in pattern.finditer(text):
            exact = match[0]
            if exact.islower() or any(
                s.start < match.end() and match.start() < s.end for s in covered
            ):
                continue
            keys = self._context.defined.get(fold(exact))
            if keys is None:
                continue
            span = Span(*match.span())
            found.append(Mention(span, exact, self._kind_of(keys[0]), "definition", keys))
        return found

    # ------------------------------------------------------------ looking back

    def _law_before(self, mention: Mention, before: dict[str, Link]) -> Link:
        last = before.get(mention.read("word") or "")
        if last is None:
            reason = "no law of this type is named before it in the same text"
            return Link(mention, LinkStatus.UNLINKED, reason=reason)
        return Link(mention, last.status, last.keys, last.reason)

    def _words_of(self, link: Link) -> list[str]:
        """The words by which a text may point back at a law."""
        key = link.keys[0]
        entry = self._authority.get(key)
        names = fold(" ".join((entry.label, *entry.labels)) if entry else link.mention.exact)
        words = [word for word in ("verordening", "richtlijn", "wet") if word in names]
        kinds = {"/eli/reg/": "verordening", "/eli/dir/": "richtlijn"}
        iris = " ".join(entry.exact_matches) if entry else ""
        return words + [word for part, word in kinds.items() if part in iris and word not in words]


def _is_sure(link: Link) -> bool:
    return link.status in (LinkStatus.CERTAIN, LinkStatus.CORRECTED)
