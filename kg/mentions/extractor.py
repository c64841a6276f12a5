"""From the text of a question or an answer to all that it names."""

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.mentions import (
    bodies,
    definitions,
    laws,
    ministries,
    motions,
    papers,
    persons,
    policies,
    references,
)
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
_DEBATE_BEFORE = re.compile(
    r"(?:commissie|tweeminuten|nota|wetgevings|rondetafel)(?:debat|overleg|gesprek)\s$",
    re.IGNORECASE,
)
_SURNAME_IN_NAME = re.compile(r"\s(?:[A-ZÀ-Ž][a-zà-ž]|\d|kliniek|huis|stichting|straat)|[-–]")
_NAME_BEFORE = re.compile(r"(?:[A-ZÀ-Ž][\w.’]*[a-z.’]|[-–])\s?$")
_MUNICIPALITY = "Gemeente "
_WORD_AFTER = re.compile(r"\s(?P<word>[A-Z][\w'’-]+)")
_TITLE_BEGINS = re.compile(r"^(?:[Dd]e|[Hh]et|[Tt]he)\s[\w-]+$")
_NAME_GOES_ON = re.compile(r"\s[A-Z][a-z]")
_POLICY_WORD = re.compile(
    r"beleid|strategie|akkoord|programma|agenda|plan|visie|kader|nota|aanpak|pact|regeling|fonds|"
    r"convenant|monitor|kaart|handreiking|code|afspraken|operatie|beurzen|maatregel|pakket|cloud|"
    r"rapport|notitie|deal|subsidie|noodmaatregel|diensttijd"
)
_NAMED_BEFORE = re.compile(r"(?:[«“\"‘']|programma|aanpak|actieplan|rapport|nota|agenda)\s?$")
_SENTENCE_START = re.compile(r"(?:^|[.?!:;»”\n]\s?|[«“\"‘]|^\W+)$")


class MentionExtractor:
    """Finds mentions in texts. Built once from the authority; then works in linear time."""

    def __init__(self, authority: Authority) -> None:
        self._surnames = Surnames(authority)
        self._places = frozenset(
            entry.label.removeprefix(_MUNICIPALITY)
            for entry in authority.of_kind(Kind.ORGANISATION)
            if entry.label.startswith(_MUNICIPALITY)
        )
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
        first_names = {t.end + 1 for t in triggers if t.word in self._surnames.given}
        labelled = [
            m
            for hit in longest
            if (hit.start not in first_names or not _is_surname(normal.clean, hit))
            and (m := _label_mention(normal, hit, self._places)) is not None
        ]
        acts = laws.find_numbered_acts(normal, triggers)
        known_laws = laws.extend_by_number(normal, [m for m in labelled if m.kind is Kind.LAW])
        found += [m for m in labelled if m.kind is not Kind.LAW]
        all_laws = [*known_laws, *acts, *laws.find_backward(normal, triggers)]
        found += laws.read_articles(normal, triggers, _outermost(all_laws))
        found += laws.find_compounds(normal)
        ends = {hit.end: hit.start for hit in longest}
        found += definitions.find_definitions(normal, ends)
        heads = [t for t in triggers if t.word in bodies.BODY_TRIGGERS]
        if heads:
            starts = [hit.start for hit in longest if not _is_part(hit)]
            found += bodies.find_bodies(normal, heads, starts)
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


def _is_part(hit: Hit) -> bool:
    """Whether a hit is a word that stands in names of all kinds: "Veiligheid", of a ministry."""
    return all(label.kind is Kind.MINISTRY and " " not in label.text for label in hit.labels)


def _outermost(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end, not m.candidates)):
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return kept


def _label_mention(text: NormalText, hit: Hit, places: frozenset[str]) -> Mention | None:
    """The mention of a label, unless the label is part of another name or an ordinary word."""
    first = hit.labels[0]
    if first.kind is Kind.MINISTRY:
        return None
    kind: Kind | None = first.kind
    keys: tuple[str, ...] = (first.key,)
    if len(hit.labels) > 1:
        labels = [label for label in hit.labels if label.kind is not Kind.MINISTRY]
        keys = tuple(dict.fromkeys(label.key for label in labels))
        if any(label.kind is not first.kind for label in labels):
            kind = None
    clean = text.clean
    exact = clean[hit.start : hit.end]
    if kind is Kind.PERSON and first.shape == "name":
        return _surname(text, hit, keys)
    if kind is Kind.ORGANISATION and _is_other_name(clean, hit, exact, places):
        return None
    if kind is Kind.LAW and laws.OF_ANOTHER_LAND.match(clean, hit.end):
        return None
    if kind is Kind.POLICY and _is_ordinary(clean, hit, exact):
        return None
    opens = bool(_SENTENCE_START.search(clean, max(0, hit.start - 3), hit.start))
    if kind is Kind.PARTY and exact[1:].islower() and (opens or _PRODUCT.match(clean, hit.end)):
        return None
    span = text.span(hit.start, hit.end)
    rule = _RULES[kind]
    reading = _OPENS if opens else ()
    return Mention(span, span.of(text.original), kind, rule, keys, reading)


_RULES = {None: "label.several"} | {kind: f"label.{kind.value.lower()}" for kind in Kind}
_OPENS = (("opens", "sentence"),)


def _is_other_name(clean: str, hit: Hit, exact: str, places: frozenset[str]) -> bool:
    """Whether a body's name is here an ordinary word, or part of a product's or other's name."""
    if exact.islower() and exact.isalpha():
        return True
    if _DEBATE_BEFORE.search(clean, max(0, hit.start - 30), hit.start):
        # "het commissiedebat Politie" is about the police
        return True
    if " " in exact:
        # "the Independent International Commission" is no newspaper
        return bool(_TITLE_BEGINS.match(exact) and _NAME_GOES_ON.match(clean, hit.end))
    if exact.isupper():
        short = len(exact) <= 3 and all(label.unclear for label in hit.labels)
    else:
        short = True
        if _COMPOUND_NAME.match(clean, hit.end):
            return True
    return (
        short
        and _PRODUCT.match(clean, hit.end) is not None
        and not _PLACE_OR_FORM.match(clean, hit.end)
        and not ((word := _WORD_AFTER.match(clean, hit.end)) and word["word"] in places)
    )


def _surname(text: NormalText, hit: Hit, keys: tuple[str, ...]) -> Mention | None:
    """The mention of somebody by a bare surname, unless it is part of another name."""
    clean = text.clean
    opens = bool(_SENTENCE_START.search(clean, max(0, hit.start - 3), hit.start))
    if (
        _SURNAME_IN_NAME.match(clean, hit.end)
        or (not opens and _NAME_BEFORE.search(clean, max(0, hit.start - 20), hit.start))
        or (opens and clean.startswith("De ", hit.start))
    ):
        return None
    span = text.span(hit.start, hit.end)
    reading = (("name", clean[hit.start : hit.end]), ("role", "bare"))
    return Mention(span, span.of(text.original), Kind.PERSON, "person.bare", keys, reading)


def _is_surname(clean: str, hit: Hit) -> bool:
    """Whether a body's name after a given name is somebody's: "ondernemer Marjan Damen"."""
    one_word = " " not in clean[hit.start : hit.end]
    return one_word and hit.labels[0].kind is Kind.ORGANISATION


def _is_ordinary(clean: str, hit: Hit, exact: str) -> bool:
    """Whether a policy's name is but words here: "een kansrijke start", without quotes."""
    return (
        exact[0].islower()
        and " " in exact
        and not _POLICY_WORD.search(exact.lower())
        and not _NAMED_BEFORE.search(clean, max(0, hit.start - 12), hit.start)
    )


__all__ = ["MentionExtractor", "Trigger"]
