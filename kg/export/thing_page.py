"""The page of one thing: what the graph says of it, gathered for a reader."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.export.graph import TYPE
from kg.export.neighbourhood import Neighbours, draw
from kg.export.page_parts import (
    Addresses,
    Exchange,
    Fact,
    Link,
    Part,
    Unit,
    by_predicate,
    first_literal,
    full_iri,
    in_script,
)
from kg.export.schema_org import describe
from kg.export.terms import dutch_date, dutch_name, inverse_name
from kg.export.things import Things
from kg.rdf.vocabulary import KG, PREFIXES

DATA_FORMATS = ("ttl", "jsonld", "nt")
"""The formats of the data beside each page, by file ending."""

_MOST_REFERENCES = 200
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
    """Gathers what the page of one thing shows."""

    def __init__(self, things: Things, local: str, addresses: Addresses) -> None:
        self._things = things
        self._graph = things.graph
        self._local = local
        self._addresses = addresses
        self._node = ox.NamedNode(f"{things.graph.base}id/{local}")
        self._values = by_predicate(self._graph.describe(self._node))
        self._shown: set[str] = set()
        types = self._graph.types(self._node)
        self.kinds = {one.removeprefix(KG) for one in types}

    def content(self) -> dict[str, Any]:
        """What the template shows."""
        title = self._things.label(self._node)
        exchanges, letters = self._exchanges(), self._letters()
        people = self._people()
        mentioned = self._mentioned()
        return {
            "title": title,
            "kind": self._things.kind(self._node),
            "iri": self._node.value,
            "kenmerk": self._first("dcterms:identifier"),
            "facts": self._facts(self._values, _HIDDEN),
            "events": self._events(),
            "people": people,
            "exchanges": exchanges,
            "answered": sum(bool(one.answers) for one in exchanges),
            "letters": letters,
            "mentioned": mentioned,
            "network": self._network(title, people, mentioned),
            "references": self._references(),
            "parts": self._remaining_parts(),
            "data": [(one, self._addresses.data(self._local, one)) for one in DATA_FORMATS],
            "schema": in_script(describe(self._node.value, title, self.kinds, self._values)),
        }  # fmt: skip

    def _first(self, name: str) -> str | None:
        return first_literal(self._values, full_iri(name))

    def _link(self, term: object, note: str = "") -> Link:
        return self._things.link(term, self._addresses, note)

    def _facts(
        self, values: dict[str, list[object]], hidden: Iterable[str] = ()
    ) -> tuple[Fact, ...]:
        facts = []
        for predicate, terms in values.items():
            if predicate in hidden:
                continue
            shown = tuple(self._link(term) for term in terms[:_MOST_REFERENCES])
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
        for term in self._values.get(KG + "hasAnswer", ()):
            values = self._describe(term)
            questions = values.get(KG + "answers", [])
            unit = self._unit(term, values)
            for index, question in enumerate(questions):
                answers[str(question)].append(unit if index == 0 else _again(unit))
        exchanges = []
        for term in self._values.get(KG + "hasQuestion", ()):
            values = self._describe(term)
            kinds = [self._kind_of_answer(one) for one in values.get(KG + "answerKind", ())]
            question = self._unit(term, values)
            exchanges.append(Exchange(question, tuple(answers[str(term)]), tuple(kinds)))
        return exchanges

    def _kind_of_answer(self, term: object) -> str:
        return self._things.label(term) if isinstance(term, ox.NamedNode) else ""

    def _letters(self) -> list[Unit]:
        terms = self._values.get(KG + "extendedBy", ())
        return [self._unit(term, self._describe(term)) for term in terms]

    def _unit(self, term: object, values: dict[str, list[object]]) -> Unit:
        assert isinstance(term, ox.NamedNode)
        notes = []
        confidence = first_literal(values, KG + "alignmentConfidence")
        if confidence is not None and float(confidence) < 1:
            percentage = round(float(confidence) * 100)
            notes.append(f"gekoppeld aan deze vraag met zekerheid {percentage} %")
        label = self._things.label(term).partition(" – ")[0]
        return Unit(self._anchor(term), label, self._pieces(term, values), tuple(notes))

    def _pieces(self, term: ox.NamedNode, values: dict[str, list[object]]) -> tuple[Link, ...]:
        """The text of a unit, cut at its certain mentions."""
        text = first_literal(values, KG + "text") or ""
        pieces: list[Link] = []
        at = 0
        for start, end, mention, entity in sorted(self._mentions(term), key=lambda one: one[:2]):
            if start < at or end > len(text):
                continue
            target = self._link(entity)
            if start > at:
                pieces.append(Link(text[at:start]))
            anchor = self._anchor(mention)
            pieces.append(Link(text[start:end], target.address, target.text, anchor))
            at = end
        return (*pieces, Link(text[at:])) if at < len(text) else tuple(pieces)

    def _mentions(
        self, term: ox.NamedNode
    ) -> Iterable[tuple[int, int, ox.NamedNode, ox.NamedNode]]:
        for triple in self._graph.incoming(term):
            if triple.predicate.value != KG + "inText":
                continue
            values = self._describe(triple.subject)
            entity = values.get(KG + "entity", [None])[0]
            status = first_literal(values, KG + "linkStatus")
            if isinstance(entity, ox.NamedNode) and status in _EDGE_STATUSES:
                assert isinstance(triple.subject, ox.NamedNode)
                start, end = (int(first_literal(values, KG + one) or 0) for one in ("start", "end"))
                yield start, end, triple.subject, entity

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
            for triple in self._graph.incoming(robin):
                other = triple.subject
                if not isinstance(other, ox.NamedNode) or other == self._node:
                    continue
                if triple.predicate.value == KG + "inRoundRobin":
                    link = self._link(other)
                    note = self._things.set_note(self._things.local(other))
                    found.append(Link(note or link.text, link.address, link.text))
        return found[:_MOST_DRAWN]

    def _references(self) -> tuple[Fact, ...]:
        """What other things say about this one, by property."""
        by_predicate: dict[str, list[ox.NamedNode | ox.BlankNode]] = defaultdict(list)
        for triple in self._graph.incoming(self._node):
            subject = triple.subject
            if triple.predicate.value == KG + "entity" or isinstance(subject, ox.Triple):
                continue
            if self._things.whole_of(self._things.local(subject)) != self._local:
                by_predicate[triple.predicate.value].append(subject)
        return tuple(
            Fact(
                inverse_name(predicate)[1],
                tuple(map(self._link_to_part, subjects[:_MOST_REFERENCES])),
                max(0, len(subjects) - _MOST_REFERENCES),
            )
            for predicate, subjects in sorted(
                by_predicate.items(), key=lambda one: inverse_name(one[0])
            )
        )

    def _link_to_part(self, subject: ox.NamedNode | ox.BlankNode) -> Link:
        whole = self._things.whole_of(self._things.local(subject))
        return self._link(subject, self._things.set_note(whole))

    def _remaining_parts(self) -> list[Part]:
        parts = []
        for local in self._things.parts_of(self._local):
            anchor = local.removeprefix(self._local).removeprefix("/")
            if anchor not in self._shown:
                node = ox.NamedNode(f"{self._graph.base}id/{local}")
                facts = self._facts(by_predicate(self._graph.describe(node)), _HIDDEN)
                parts.append(Part(anchor, self._things.label(node), self._things.kind(node), facts))
        return parts

    def _anchor(self, term: object) -> str:
        """The fragment at which a part is shown; it will not be shown again."""
        assert isinstance(term, ox.NamedNode)
        anchor = term.value.removeprefix(self._node.value).removeprefix("/")
        self._shown.add(anchor)
        return anchor

    def _describe(self, term: object) -> dict[str, list[object]]:
        assert isinstance(term, ox.NamedNode | ox.BlankNode)
        return by_predicate(self._graph.describe(term))


def _again(unit: Unit) -> Unit:
    """A unit shown for a second question: without anchors, so that each stays unique."""
    pieces = tuple(Link(one.text, one.address, one.note) for one in unit.pieces)
    return Unit("", unit.heading, pieces, unit.notes)
