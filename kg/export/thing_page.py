"""The page of one thing: what the graph says of it, gathered for a reader."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.export.graph import TYPE, types_of
from kg.export.neighbourhood import Neighbours, draw
from kg.export.page_parts import (
    Addresses,
    Exchange,
    Fact,
    Link,
    Part,
    Unit,
    Values,
    first_literal,
    full_iri,
    in_script,
)
from kg.export.pager import pager_of, which_parts, which_references
from kg.export.schema_org import describe
from kg.export.terms import dutch_date, dutch_name, inverse_name
from kg.export.things import Things, kind_of
from kg.export.told import MOST_REFERENCES, Told
from kg.rdf.vocabulary import KG, PREFIXES

DATA_FORMATS = ("ttl", "jsonld", "nt")
"""The formats of the data beside each page, by file ending."""

_MOST_DRAWN = 10
_EDGE_STATUSES = ("certain", "corrected")
_HIDDEN = {
    TYPE.value,
    PREFIXES["rdfs"] + "label",
    PREFIXES["skos"] + "prefLabel",
    KG + "ambiguousLabel",
    KG + "contextRule",
}
_EVENTS = (
    ("submittedOn", "Ingediend"),
    ("requestedTerm", "Door de Kamer gevraagde datum"),
    ("firstTerm", "Termijn van drie weken"),
    ("extendedTerm", "Termijn na uitstel"),
    ("answeredOn", "Beantwoord"),
)
_ROLES = (
    ("submitter", "Ingediend door"),
    ("addressee", "Gericht aan"),
    ("answerer", "Beantwoord door"),
    ("postponer", "Uitgesteld door"),
)


class ThingWriter:
    """Gathers what one sheet of the page of a thing shows."""

    def __init__(self, things: Things, told: Told, addresses: Addresses) -> None:
        self._things = things
        self._told = told
        self._local = told.local
        self._addresses = addresses
        self._node = things.node(told.local)
        self._values = self._describe(self._node)
        self._shown = set[str]()
        self._mentions_of = self._certain_mentions()
        types = types_of(told.subjects[self._local])
        self.kinds = {one.removeprefix(KG) for one in types}
        self._kind = kind_of(types)

    def content(self) -> dict[str, Any]:
        """What the template shows."""
        title = self._things.label(self._node)
        told = self._told
        data_sheet = told.sheet if told.sheet <= told.data_sheets else 1
        exchanges, others = self._exchanges(), self._other_texts()
        people = self._people()
        mentioned = self._mentioned()
        return {
            "title": title,
            "kind": self._kind,
            "iri": self._node.value,
            "kenmerk": self._first("dcterms:identifier"),
            "facts": self._facts(self._values, _HIDDEN) if told.sheet == 1 else (),
            "events": self._events(),
            "people": people,
            "exchanges": exchanges,
            "answered": sum(bool(one.answers) for one in exchanges),
            "others": others,
            "unasked": len(others) - len(self._values.get(KG + "extendedBy", ())),
            "mentioned": mentioned,
            "network": self._network(title, people, mentioned),
            "references": self._references(),
            "parts": self._remaining_parts(),
            "which_parts": which_parts(told),
            "data": [
                (one, self._addresses.data(self._local, one, data_sheet))
                for one in DATA_FORMATS
            ],
            "pager": pager_of(told, self._addresses),
            "schema": in_script(describe(self._node.value, title, self.kinds, self._values)),
        }  # fmt: skip

    def _first(self, name: str) -> str | None:
        return first_literal(self._values, full_iri(name))

    def _link(self, term: object, note: str = "") -> Link:
        return self._things.link(term, self._addresses, note)

    def _facts(self, values: Values, hidden: Iterable[str] = ()) -> tuple[Fact, ...]:
        facts = []
        for predicate, terms in values.items():
            if predicate in hidden:
                continue
            shown = tuple(self._link(term) for term in terms[:MOST_REFERENCES])
            facts.append(Fact(dutch_name(predicate), shown, max(0, len(terms) - len(shown))))
        return tuple(facts)

    def _events(self) -> list[tuple[str, str, str]]:
        found = [
            (day, dutch_date(day), name)
            for key, name in _EVENTS
            if (day := self._first(f"kg:{key}")) is not None
        ]
        return sorted(found)

    def _people(self) -> list[tuple[str, list[Link]]]:
        by_role: dict[str, list[tuple[int, Link]]] = defaultdict(list)
        for term in self._values.get(KG + "participation", ()):
            values = self._describe(term)
            role = first_literal(values, KG + "role") or ""
            printed = [
                first_literal(values, KG + f"printed{one}") for one in ("Name", "Party", "Office")
            ]
            note = ", ".join(filter(None, printed[1:]))
            person = values.get(KG + "person")
            name = self._link(person[0]) if person else Link(printed[0] or printed[2] or "")
            order = int(first_literal(values, KG + "order") or 0)
            by_role[role].append((order, Link(name.text, name.address, note, self._anchor(term))))
        return [
            (heading, [link for _, link in sorted(by_role[role], key=lambda one: one[0])])
            for role, heading in _ROLES
            if by_role[role]
        ]

    def _exchanges(self) -> list[Exchange]:
        answers: dict[str, list[Unit]] = defaultdict(list)
        asked = self._values.get(KG + "hasQuestion", [])
        for term in self._values.get(KG + "hasAnswer", ()):
            values = self._describe(term)
            questions = values.get(KG + "answers", [])
            if not any(one in asked for one in questions):
                continue
            unit = self._unit(term, values)
            for index, question in enumerate(one for one in questions if one in asked):
                answers[str(question)].append(unit if index == 0 else _again(unit))
        exchanges = []
        for term in asked:
            values = self._describe(term)
            kinds = [self._kind_of_answer(one) for one in values.get(KG + "answerKind", ())]
            question = self._unit(term, values)
            exchanges.append(Exchange(question, tuple(answers[str(term)]), tuple(kinds)))
        return exchanges

    def _kind_of_answer(self, term: object) -> str:
        return self._things.label(term) if isinstance(term, ox.NamedNode) else ""

    def _other_texts(self) -> list[Unit]:
        """Answers to questions that the documents do not have, and letters."""
        asked = self._values.get(KG + "hasQuestion", [])
        terms = [
            *(
                term
                for term in self._values.get(KG + "hasAnswer", ())
                if not any(one in asked for one in self._describe(term).get(KG + "answers", ()))
            ),
            *self._values.get(KG + "extendedBy", ()),
        ]
        return [self._unit(term, self._describe(term)) for term in terms]

    def _unit(self, term: object, values: Values) -> Unit:
        assert isinstance(term, ox.NamedNode)
        notes = []
        confidence = first_literal(values, KG + "alignmentConfidence")
        if confidence is not None and float(confidence) < 1:
            percentage = round(float(confidence) * 100)
            notes.append(f"gekoppeld aan deze vraag met zekerheid {percentage} %")
        label = self._things.label(term).partition(" – ")[0]
        return Unit(self._anchor(term), label, self._pieces(term, values), tuple(notes))

    def _pieces(self, term: ox.NamedNode, values: Values) -> tuple[Link, ...]:
        """The text of a unit, cut at its certain mentions."""
        text = first_literal(values, KG + "text") or ""
        pieces: list[Link] = []
        at = 0
        for start, end, mention, entity in sorted(self._mentions_of[str(term)], key=_place):
            if start < at or end > len(text):
                continue
            target = self._link(entity)
            if start > at:
                pieces.append(Link(text[at:start]))
            anchor = self._anchor(mention)
            pieces.append(Link(text[start:end], target.address, target.text, anchor))
            at = end
        return (*pieces, Link(text[at:])) if at < len(text) else tuple(pieces)

    def _certain_mentions(self) -> dict[str, list[tuple[int, int, ox.NamedNode, ox.NamedNode]]]:
        """The certain mentions by the unit they stand in: where, the mention, the entity."""
        found: dict[str, list[tuple[int, int, ox.NamedNode, ox.NamedNode]]] = defaultdict(list)
        for local in self._told.subjects:
            values = self._told.values(local)
            if KG + "inText" not in values:
                continue
            entity = values.get(KG + "entity", [None])[0]
            status = first_literal(values, KG + "linkStatus")
            if isinstance(entity, ox.NamedNode) and status in _EDGE_STATUSES:
                start, end = (int(first_literal(values, KG + one) or 0) for one in ("start", "end"))
                for unit in values[KG + "inText"]:
                    found[str(unit)].append((start, end, self._things.node(local), entity))
        return found

    def _mentioned(self) -> list[Link]:
        """The entities that the set's texts mention, the most often mentioned first."""
        counts: Counter[str] = Counter()
        for name in ("hasQuestion", "hasAnswer", "extendedBy"):
            for unit in self._values.get(KG + name, ()):
                for entity in self._describe(unit).get(KG + "mentions", ()):
                    if isinstance(entity, ox.NamedNode):
                        counts[entity.value] += 1
        ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        return [self._link(ox.NamedNode(iri), f"{count}×") for iri, count in ordered]

    def _network(
        self, title: str, people: list[tuple[str, list[Link]]], mentioned: list[Link]
    ) -> str:
        if "QuestionSet" not in self.kinds:
            return ""
        shown = mentioned[:_MOST_DRAWN]
        counts = [int(one.note.rstrip("×")) for one in shown]
        left = [Neighbours(heading, "person", links[:_MOST_DRAWN]) for heading, links in people]
        right = [
            Neighbours("Genoemd", "thing", shown, counts),
            Neighbours("Onderwerp", "topic", self._subjects()),
            Neighbours("Zelfde vragen aan anderen", "set", self._kin()),
        ]
        return draw(title, left, right)

    def _subjects(self) -> list[Link]:
        return [self._link(one) for one in self._values.get(full_iri("dcterms:subject"), ())][
            :_MOST_DRAWN
        ]

    def _kin(self) -> list[Link]:
        """The other sets of the round robins that the set is in."""
        found = []
        for robin in self._values.get(KG + "inRoundRobin", ()):
            assert isinstance(robin, ox.NamedNode)
            for other in self._things.directory.kin(self._things.local(robin)):
                if other != self._local:
                    link = self._things.link_to(other, self._addresses)
                    note = self._things.set_note(other)
                    found.append(Link(note or link.text, link.address, link.text))
        return found[:_MOST_DRAWN]

    def _references(self) -> tuple[Fact, ...]:
        """What other things say about this one, by property."""
        listed = self._told.listed()
        facts = []
        for predicate in sorted(listed, key=inverse_name):
            name, which = inverse_name(predicate)[1], which_references(self._told, predicate)
            links = tuple(map(self._link_to_part, listed[predicate]))
            facts.append(Fact(f"{name}: {which}" if which else name, links))
        return tuple(facts)

    def _link_to_part(self, local: str) -> Link:
        note = self._things.set_note(self._things.whole_of(local))
        return self._things.link_to(local, self._addresses, note)

    def _remaining_parts(self) -> list[Part]:
        parts = []
        for local, triples in self._told.subjects.items():
            anchor = local.removeprefix(self._local).removeprefix("/")
            if local != self._local and anchor not in self._shown:
                values = self._told.values(local)
                label = self._things.name(local)
                kind = kind_of(types_of(triples))
                parts.append(Part(anchor, label, kind, self._facts(values, _HIDDEN)))
        return parts

    def _anchor(self, term: object) -> str:
        """The fragment at which a part is shown; it will not be shown again."""
        assert isinstance(term, ox.NamedNode)
        anchor = term.value.removeprefix(self._node.value).removeprefix("/")
        self._shown.add(anchor)
        return anchor

    def _describe(self, term: object) -> Values:
        """What is told of the thing or a part of it; nothing of others."""
        assert isinstance(term, ox.NamedNode | ox.BlankNode)
        return self._told.values(self._things.local(term))


def _place(mention: tuple[int, int, ox.NamedNode, ox.NamedNode]) -> tuple[int, int]:
    return mention[:2]


def _again(unit: Unit) -> Unit:
    """A unit shown for a second question: without anchors, so that each stays unique."""
    pieces = tuple(Link(one.text, one.address, one.note) for one in unit.pieces)
    return Unit("", unit.heading, pieces, unit.notes)
