"""Strategies for valid SPARQL over our vocabulary, in odd spellings, some of it reaching outside.

Each query is made together with whether it reaches beyond the graph: an oracle that never parses.
"""

from dataclasses import dataclass

import pyoxigraph as ox
from hypothesis import strategies as st

KG = "https://w3id.org/kamergraaf/def#"
ID = "https://w3id.org/kamergraaf/id/"
HERE = "urn:here"
GRAPH = f"""
PREFIX kg: <{KG}> PREFIX id: <{ID}>
id:s1 a kg:QuestionSet ; kg:submittedBy id:p1 , id:p2 ; kg:hasQuestion id:q1 , id:q2 .
id:q1 a kg:Question ; kg:number 1 ; kg:text "SERVICE <urn:x> {{ }}"@nl ; kg:mentions id:l1 .
id:q2 a kg:Question ; kg:number 2 ; kg:text "Waarom?"@nl .
id:l1 a kg:Law ; kg:text "FROM" .
<{HERE}> {{ id:s1 kg:submittedBy id:p3 . id:s2 a kg:QuestionSet ; kg:submittedBy id:p1 }}
"""
"""TriG: a small graph, a part of it in a graph with the name `HERE`."""


def store() -> ox.Store:
    """The graph in the engine."""
    made = ox.Store()
    made.load(GRAPH.encode(), ox.RdfFormat.TRIG)
    return made


@dataclass(frozen=True)
class MadeQuery:
    """A query, whether it reaches outside, and whether it names its dataset."""

    text: str
    reaches_out: bool
    names_dataset: bool


_OUTSIDE = (
    "http://127.0.0.1:9/sparql",
    "file:///etc/passwd",
    "urn:elsewhere",
    "https://a.example/",
)
_PREFIXES = {"kg": KG, "id": ID, "service": "urn:service#", "from": ID, "load": KG, "": ID}
_PREDICATES = ("submittedBy", "hasQuestion", "number", "text", "mentions")
_THINGS = ("s1", "s2", "p1", "p2", "p3", "q1", "q2", "l1")
_VARIABLES = ("?set", "?service", "?from", "$load")
_LITERALS = (
    '"SERVICE <http://a.example/> { }"@nl', "'FROM <file:///etc/passwd>'", '"""LOAD "x" #"""',
    '"Waarom?"@nl', "1", "2.0", "true", r'"\"} SERVICE"',
)  # fmt: skip
_PATHS = (
    "kg:submittedBy|kg:hasQuestion", "(^kg:hasQuestion)/kg:submittedBy", "kg:hasQuestion?",
    "!(kg:number|^kg:text)", "(kg:mentions)*",
)  # fmt: skip
_GAPS = (" ", "\n", "\t ", " # SERVICE <http://a.example/> {\n", " # \u201cFROM\n", "\r\n")


class _Maker:
    """Draws one query, token by token. Words may be written in any case."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._fresh = 0
        self._outside_allowed = draw(st.booleans())
        self.reaches_out = False
        self.names_dataset = False

    def query(self) -> list[str]:
        form = self._one("SELECT", "SELECT", "SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
        tokens = [*self._prologue(), form]
        match form:
            case "SELECT":
                tokens += [*self._some("DISTINCT"), "*"]
            case "CONSTRUCT":
                tokens += ["{", *self._triple(constructed=True), "}"]
            case "DESCRIBE":
                tokens += [self._iri(ID + self._one(*_THINGS))]
        tokens += self._dataset()
        return [*tokens, *self._some("WHERE"), *self._group(2)]

    def _one(self, *choices: str) -> str:
        return self._draw(st.sampled_from(choices))

    def _some(self, *tokens: str) -> list[str]:
        return list(tokens) if self._draw(st.booleans()) else []

    def _prologue(self) -> list[str]:
        declared = [("PREFIX", f"{name}:", f"<{iri}>") for name, iri in _PREFIXES.items()]
        base = ("BASE", f"<{ID}>")
        order = self._draw(st.permutations([*declared, base]))
        return [token for declaration in order for token in declaration]

    def _dataset(self) -> list[str]:
        tokens = []
        for _ in range(self._draw(st.integers(0, 2))):
            inside = not self._outside_allowed or self._draw(st.booleans())
            iri = HERE if inside else self._one(*_OUTSIDE)
            self.reaches_out |= not inside
            self.names_dataset = True
            tokens += ["FROM", *self._some("NAMED"), self._iri(iri)]
        return tokens

    def _group(self, depth: int) -> list[str]:
        tokens = ["{"]
        for _ in range(self._draw(st.integers(1, 3))):
            tokens += self._pattern(depth)
        return [*tokens, "}"]

    def _pattern(self, depth: int) -> list[str]:
        kinds = ["triple", "triple", "filter", "bind", "values", "path"]
        if depth:
            kinds += ["optional", "union", "minus", "graph", "exists", "select", "group"]
        if self._outside_allowed:
            kinds += ["service"]
        match self._one(*kinds):
            case "triple":
                return [*self._triple(), "."]
            case "path":
                return [self._variable(), self._one(*_PATHS), self._variable(), "."]
            case "filter":
                return [
                    "FILTER",
                    "(",
                    self._variable(),
                    self._one("=", "!=", "<"),
                    self._term(),
                    ")",
                ]
            case "bind":
                self._fresh += 1
                return [
                    "BIND",
                    "(",
                    "STR",
                    "(",
                    self._variable(),
                    ")",
                    "AS",
                    f"?b{self._fresh}",
                    ")",
                ]
            case "values":
                return ["VALUES", self._variable(), "{", self._data(), "UNDEF", "}"]
            case "optional":
                return ["OPTIONAL", *self._group(depth - 1)]
            case "union":
                return [*self._group(depth - 1), "UNION", *self._group(depth - 1)]
            case "minus":
                return ["MINUS", *self._group(depth - 1)]
            case "graph":
                name = self._one(self._variable(), self._iri(HERE), self._iri(_OUTSIDE[2]))
                return ["GRAPH", name, *self._group(depth - 1)]
            case "exists":
                return ["FILTER", *self._some("NOT"), "EXISTS", *self._group(depth - 1)]
            case "select":
                return ["{", "SELECT", "*", "WHERE", *self._group(depth - 1), "}"]
            case "service":
                self.reaches_out = True
                name = self._one(self._variable(), self._iri(self._one(*_OUTSIDE)))
                return ["SERVICE", *self._some("SILENT"), name, *self._group(0)]
        return self._group(depth - 1)

    def _triple(self, *, constructed: bool = False) -> list[str]:
        subject = self._one(*_VARIABLES, self._iri(ID + self._one(*_THINGS)))
        predicate = self._iri(KG + self._one(*_PREDICATES))
        return [subject, predicate, self._variable() if constructed else self._term()]

    def _term(self) -> str:
        return self._one(self._variable(), self._data())

    def _data(self) -> str:
        return self._one(self._iri(ID + self._one(*_THINGS)), *_LITERALS)

    def _variable(self) -> str:
        return self._one(*_VARIABLES)

    def _iri(self, iri: str) -> str:
        """In full, with some letters escaped, by a prefix, or relative to the base."""
        ways = [f"<{iri}>"]
        at = self._draw(st.integers(0, len(iri) - 1))
        ways.append(f"<{iri[:at]}\\u{ord(iri[at]):04X}{iri[at + 1 :]}>")
        ways += [f"{name}:{iri.removeprefix(start)}" for name, start in _PREFIXES.items()
                 if iri.startswith(start)]  # fmt: skip
        if iri.startswith(ID):
            ways.append(f"<{iri.removeprefix(ID)}>")
        return self._one(*ways)


@st.composite
def queries(draw: st.DrawFn) -> MadeQuery:
    """Any query, in any spelling that the engine reads as well."""
    maker = _Maker(draw)
    tokens = maker.query()
    spelled = [_spell(token, draw) for token in tokens]
    text = "".join(token + draw(st.sampled_from(_GAPS)) for token in spelled)
    return MadeQuery(text, maker.reaches_out, maker.names_dataset)


@st.composite
def escaped_queries(draw: st.DrawFn) -> MadeQuery:
    """Any query that reaches out, with letters of its words escaped as the standard allows."""
    made = draw(queries().filter(lambda one: one.reaches_out))
    text = made.text
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text) - 1))
        if text[at].isalpha() and "\\" not in text[max(0, at - 10) : at + 1]:
            form = draw(st.sampled_from(["\\u{:04X}", "\\u{:04x}", "\\U{:08X}"]))
            text = text[:at] + form.format(ord(text[at])) + text[at + 1 :]
    return MadeQuery(text, True, made.names_dataset)


def _spell(token: str, draw: st.DrawFn) -> str:
    if token.isalpha() and token.isupper():
        return draw(st.sampled_from([token, token.lower(), token.title(), token.swapcase()]))
    return token
