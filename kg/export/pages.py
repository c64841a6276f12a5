"""Pages for people: one for each thing of the graph, the same served and as a static site.

A thing's page also shows its parts: the things whose IRI continues that of the whole, such as the
questions of a set; a part is addressed as a fragment of the page.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urlsplit

import jinja2
import pyoxigraph as ox

from kg.export.graph import TYPE, ExportGraph, Subject
from kg.export.terms import dutch_date, dutch_name, inverse_name
from kg.rdf.vocabulary import KG, PREFIXES

DATA_FORMATS = ("ttl", "jsonld", "nt")
"""The formats of the data beside each page, by file ending."""

_MOST_REFERENCES = 200
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
_SCHEMA_TYPES = {
    "QuestionSet": "CreativeWork",
    "Person": "Person",
    "Party": "Organization",
    "Ministry": "GovernmentOrganization",
    "Organisation": "Organization",
    "Law": "Legislation",
    "Motion": "CreativeWork",
    "ParliamentaryPaper": "CreativeWork",
    "Policy": "CreativeWork",
}


class Addresses(Protocol):
    """Where pages and data are, as seen from the page being written."""

    def page(self, local: str, fragment: str = "") -> str:
        """The address of the page of a local id; an empty one is the index."""

    def data(self, local: str, ending: str) -> str:
        """The address of a thing's data in a format."""

    def room(self, name: str) -> str | None:
        """The address of `sparql`, `query` or `explorer`, None where there is none."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text with an address; without one it is plain text."""

    text: str
    address: str | None = None
    note: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A property in Dutch and its values."""

    name: str
    values: tuple[Link, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """A question, answer or letter as shown: its text in pieces, mentions being links."""

    anchor: str
    heading: str
    pieces: tuple[Link, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and the answers to it."""

    question: Unit
    answers: tuple[Unit, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part that the page does not show in place."""

    anchor: str
    label: str
    kind: str
    facts: tuple[Fact, ...]


class Pages:
    """Writes the pages of a graph."""

    def __init__(self, graph: ExportGraph) -> None:
        self.graph = graph
        self._prefix = f"{graph.base}id/"
        self._notes: dict[str, str] = {}
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("kg.export", "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )

    @cached_property
    def things(self) -> tuple[str, ...]:
        """The local ids that have a page of their own, in canonical order."""
        return tuple(local for local in self._locals if self.whole_of(local) == local)

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        parts: dict[str, list[str]] = defaultdict(list)
        for local in self._locals:
            whole = self.whole_of(local)
            if whole != local:
                parts[whole].append(local)
        return parts

    @cached_property
    def _locals(self) -> dict[str, None]:
        return {
            subject.value.removeprefix(self._prefix): None
            for subject in self.graph.subjects
            if isinstance(subject, ox.NamedNode) and subject.value.startswith(self._prefix)
        }

    def knows(self, local: str) -> bool:
        """Whether the graph says something about the thing with this local id."""
        return local in self._locals

    def whole_of(self, local: str) -> str:
        """The local id of the thing on whose page `local` is shown, maybe `local` itself."""
        whole = "/".join(local.split("/")[:2])
        return whole if whole in self._locals else local

    def triples(self, local: str) -> list[ox.Triple]:
        """What the graph says about a thing and its parts."""
        found = [*self.graph.describe(self._node(local))]
        for part in self._parts.get(local, ()):
            found += self.graph.describe(self._node(part))
        return found

    def thing(self, local: str, addresses: Addresses) -> str:
        """The page of a thing."""
        writer = _ThingWriter(self, local, addresses)
        template = "set.html" if "QuestionSet" in writer.kinds else "entity.html"
        return self._render(template, addresses, **writer.content())

    def index(self, addresses: Addresses) -> str:
        """The page with all sets and entities."""
        groups: dict[str, list[Link]] = defaultdict(list)
        for local in self.things:
            kind = self.kind(self._node(local))
            groups[kind].append(self.link(self._node(local), addresses, self.set_note(local)))
        first = dutch_name(KG + "QuestionSet").lower()
        ordered = sorted(groups.items(), key=lambda group: (group[0].lower() != first, group[0]))
        return self._render(
            "index.html",
            addresses,
            title="Kamergraaf",
            groups=[
                (kind, sorted(links, key=lambda link: link.text.lower()), number)
                for number, (kind, links) in enumerate(ordered, 1)
            ],
        )

    def query_page(self, addresses: Addresses, examples: Iterable[tuple[str, str, str]]) -> str:
        """The page where queries are written; examples are title, description and query."""
        return self._render(
            "query.html", addresses, title="SPARQL – Kamergraaf", examples=[*examples]
        )

    def message(self, addresses: Addresses, title: str, lines: Sequence[str]) -> str:
        """A page that says something, such as that a thing does not exist."""
        return self._render("message.html", addresses, title=title, lines=lines)

    def set_note(self, local: str) -> str:
        """What tells a set from others with its title: its number and whom it was put to."""
        if local not in self._notes:
            values = _by_predicate(self.graph.describe(self._node(local)))
            people = values.get(KG + "answeredBy") or values.get(KG + "addressedTo") or []
            names = [self.label(one) for one in people if isinstance(one, ox.NamedNode)]
            to = f"aan {', '.join(names)}" if names else None
            is_set = KG + "QuestionSet" in self.graph.types(self._node(local))
            parts = (_first(values, _iri("dcterms:identifier")), to) if is_set else ()
            self._notes[local] = " · ".join(filter(None, parts))
        return self._notes[local]

    def kind(self, subject: Subject) -> str:
        """The Dutch name of a thing's class."""
        types = self.graph.types(subject)
        name = dutch_name(types[0]) if types else "ding"
        return name[:1].upper() + name[1:]

    def label(self, subject: Subject) -> str:
        """The name of a thing, Dutch where there is one."""
        found = self.graph.value(subject, ox.NamedNode(PREFIXES["rdfs"] + "label"))
        return found or subject.value.removeprefix(self._prefix)

    def link(self, term: object, addresses: Addresses, note: str = "") -> Link:
        """A value as it is shown: a link to its page, to the web, or text."""
        if isinstance(term, ox.Literal):
            return Link(_readable(term), note=note)
        if not isinstance(term, ox.NamedNode):
            return Link(str(term), note=note)
        local = term.value.removeprefix(self._prefix)
        if local in self._locals:
            whole = self.whole_of(local)
            fragment = local.removeprefix(whole).removeprefix("/")
            return Link(self.label(term), addresses.page(whole, fragment), note)
        document, _, place = local.partition("#char=")
        if place and document in self._locals:
            start, _, end = place.partition(",")
            text = f"{self.label(self._node(document))}, tekens {start}–{end}"
            return Link(text, addresses.page(document), note)
        if term.value.startswith(("http://", "https://")):
            parts = urlsplit(term.value)
            return Link(f"{parts.netloc}{parts.path}", term.value, note)
        return Link(term.value, note=note)

    def _node(self, local: str) -> ox.NamedNode:
        return ox.NamedNode(self._prefix + local)

    def _render(self, template: str, addresses: Addresses, **content: Any) -> str:
        rooms = {name: addresses.room(name) for name in ("query", "explorer")}
        page = self._templates.get_template(template)
        return page.render(home=addresses.page(""), rooms=rooms, **content)


class _ThingWriter:
    """Gathers what the page of one thing shows."""

    def __init__(self, pages: Pages, local: str, addresses: Addresses) -> None:
        self._pages = pages
        self._graph = pages.graph
        self._local = local
        self._addresses = addresses
        self._node = ox.NamedNode(f"{pages.graph.base}id/{local}")
        self._values = _by_predicate(self._graph.describe(self._node))
        self._shown: set[str] = set()
        types = self._graph.types(self._node)
        self.kinds = {one.removeprefix(KG) for one in types}

    def content(self) -> dict[str, Any]:
        title = self._pages.label(self._node)
        exchanges, letters = self._exchanges(), self._letters()
        people = self._people()
        mentioned = self._mentioned()
        return {
            "title": title,
            "kind": self._pages.kind(self._node),
            "iri": self._node.value,
            "kenmerk": self._first("dcterms:identifier"),
            "facts": self._facts(self._values, _HIDDEN),
            "events": self._events(),
            "people": people,
            "exchanges": exchanges,
            "answered": sum(bool(one.answers) for one in exchanges),
            "letters": letters,
            "mentioned": mentioned,
            "references": self._references(),
            "parts": self._remaining_parts(),
            "data": [(one, self._addresses.data(self._local, one)) for one in DATA_FORMATS],
            "schema": self._schema(title),
        }  # fmt: skip

    def _first(self, name: str) -> str | None:
        return _first(self._values, _iri(name))

    def _link(self, term: object, note: str = "") -> Link:
        return self._pages.link(term, self._addresses, note)

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
            role = _first(values, KG + "role") or ""
            printed = [_first(values, KG + f"printed{one}") for one in ("Name", "Party", "Office")]
            note = ", ".join(filter(None, printed[1:]))
            person = values.get(KG + "person")
            name = self._link(person[0]) if person else Link(printed[0] or printed[2] or "")
            order = int(_first(values, KG + "order") or 0)
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
        return self._pages.label(term) if isinstance(term, ox.NamedNode) else ""

    def _letters(self) -> list[Unit]:
        terms = self._values.get(KG + "extendedBy", ())
        return [self._unit(term, self._describe(term)) for term in terms]

    def _unit(self, term: object, values: dict[str, list[object]]) -> Unit:
        assert isinstance(term, ox.NamedNode)
        notes = []
        confidence = _first(values, KG + "alignmentConfidence")
        if confidence is not None and float(confidence) < 1:
            percentage = round(float(confidence) * 100)
            notes.append(f"gekoppeld aan deze vraag met zekerheid {percentage} %")
        label = self._pages.label(term).partition(" – ")[0]
        return Unit(self._anchor(term), label, self._pieces(term, values), tuple(notes))

    def _pieces(self, term: ox.NamedNode, values: dict[str, list[object]]) -> tuple[Link, ...]:
        """The text of a unit, cut at its certain mentions."""
        text = _first(values, KG + "text") or ""
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
            status = _first(values, KG + "linkStatus")
            if isinstance(entity, ox.NamedNode) and status in _EDGE_STATUSES:
                assert isinstance(triple.subject, ox.NamedNode)
                start, end = (int(_first(values, KG + one) or 0) for one in ("start", "end"))
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

    def _references(self) -> tuple[Fact, ...]:
        """What other things say about this one, by property."""
        by_predicate: dict[str, list[Link]] = defaultdict(list)
        for triple in self._graph.incoming(self._node):
            subject = triple.subject
            if triple.predicate.value == KG + "entity" or isinstance(subject, ox.Triple):
                continue
            local = subject.value.removeprefix(f"{self._graph.base}id/")
            whole = self._pages.whole_of(local)
            if whole != self._local:
                note = self._pages.set_note(whole)
                by_predicate[triple.predicate.value].append(self._link(subject, note))
        ordered = sorted(by_predicate, key=inverse_name)
        return tuple(
            Fact(
                inverse_name(predicate)[1],
                tuple(by_predicate[predicate][:_MOST_REFERENCES]),
                max(0, len(by_predicate[predicate]) - _MOST_REFERENCES),
            )
            for predicate in ordered
        )

    def _remaining_parts(self) -> list[Part]:
        parts = []
        for local in self._pages._parts.get(self._local, ()):
            anchor = local.removeprefix(self._local).removeprefix("/")
            if anchor not in self._shown:
                node = ox.NamedNode(f"{self._graph.base}id/{local}")
                facts = self._facts(_by_predicate(self._graph.describe(node)), _HIDDEN)
                parts.append(Part(anchor, self._pages.label(node), self._pages.kind(node), facts))
        return parts

    def _anchor(self, term: object) -> str:
        """The fragment at which a part is shown; it will not be shown again."""
        assert isinstance(term, ox.NamedNode)
        anchor = term.value.removeprefix(self._node.value).removeprefix("/")
        self._shown.add(anchor)
        return anchor

    def _describe(self, term: object) -> dict[str, list[object]]:
        assert isinstance(term, ox.NamedNode | ox.BlankNode)
        return _by_predicate(self._graph.describe(term))

    def _schema(self, title: str) -> str:
        """The thing in terms of schema.org, as JSON that is safe inside a script element."""
        kind = next((_SCHEMA_TYPES[one] for one in self.kinds if one in _SCHEMA_TYPES), "Thing")
        about: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": kind,
            "@id": self._node.value,
            "name": title,
        }
        if kenmerk := self._first("dcterms:identifier"):
            about["identifier"] = kenmerk
        if submitted := self._first("kg:submittedOn"):
            about["dateCreated"] = submitted
        matches = [one.value for one in self._values.get(_iri("skos:exactMatch"), ())
                   if isinstance(one, ox.NamedNode)]  # fmt: skip
        if matches:
            about["sameAs"] = matches
        return json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")


def _again(unit: Unit) -> Unit:
    """A unit shown for a second question: without anchors, so that each stays unique."""
    pieces = tuple(Link(one.text, one.address, one.note) for one in unit.pieces)
    return Unit("", unit.heading, pieces, unit.notes)


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _by_predicate(triples: Iterable[ox.Triple]) -> dict[str, list[object]]:
    values: dict[str, list[object]] = defaultdict(list)
    for triple in triples:
        values[triple.predicate.value].append(triple.object)
    return dict(values)


def _first(values: dict[str, list[object]], predicate: str) -> str | None:
    literals = (one.value for one in values.get(predicate, ()) if isinstance(one, ox.Literal))
    return next(literals, None)


def _readable(literal: ox.Literal) -> str:
    if literal.datatype.value == PREFIXES["xsd"] + "date":
        return dutch_date(literal.value)
    if literal.datatype.value == PREFIXES["xsd"] + "boolean":
        return "ja" if literal.value in ("true", "1") else "nee"
    return literal.value
