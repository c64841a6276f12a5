"""Explains a thing, or an edge between two, by the sentences that made it."""

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

import pyoxigraph as ox

from kg.analysis.sentences import read_sentences
from kg.errors import UsageError
from kg.model.text import Span
from kg.querying.catalogue import Query, find_query
from kg.querying.results import Results, to_table
from kg.rdf.iris import DEFAULT_BASE

Ask = Callable[[Query, Mapping[str, str]], Results]
"""Runs a query with values for its parameters, wherever the graph is."""

_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that brings a thing into the graph.

    `relation` is named, refers, submitter, addressee, answerer, subject, inferred or text;
    `sentence` is the sentence of the text `unit` that holds the `quote`, which stands at
    `highlight` in it; both are empty where a document prints no sentence, as for a submitter.
    """

    thing: str
    relation: str
    status: str
    rule: str
    confidence: str
    reason: str
    quote: str
    sentence: str
    highlight: Span | None
    start: int | None
    end: int | None
    unit: str
    place: str
    set: str
    title: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The things explained (IRI, label), one or the two ends of an edge, and their evidence."""

    things: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...]

    def to_json(self) -> str:
        """The explanation as one JSON object."""
        things = [{"iri": iri, "label": label} for iri, label in self.things]
        evidence = [asdict(one) for one in self.evidence]
        return json.dumps({"things": things, "evidence": evidence}, ensure_ascii=False, indent=2)


def explain(ask: Ask, thing: str, other: str | None = None) -> Explanation:
    """The evidence of `thing`, or of what links it to `other`; both are IRIs or local ids.

    Two things are linked where one text names both, or where one is a set or text, or takes part
    in a set, that names the other. Raises UsageError with the nearest ids where the graph has no
    such thing.
    """
    one = _read(ask, thing)
    if other is None:
        return one
    two = _read(ask, other)
    return Explanation((*one.things, *two.things), _joined(one, two))


def _read(ask: Ask, name: str) -> Explanation:
    iri = name if ":" in name else f"{DEFAULT_BASE}id/{name.strip('/')}"
    found = Explanation((), ())
    if " " not in name:
        found = _evidence(ask, iri)
        if found.evidence:
            return found
    labels = _labels(ask)
    ids = {one.partition("/id/")[2]: one for one in labels}
    exact = iri if iri in labels else ids.get(name.strip("/"))
    if exact is None:
        raise UsageError(f"{name}: not in this graph; {_nearest(name, labels)}")
    found = _evidence(ask, exact) if exact != iri else found
    return replace(found, things=((exact, labels[exact]),))


def _evidence(ask: Ask, iri: str) -> Explanation:
    results = ask(find_query("explain"), {"entity": iri})
    assert isinstance(results, ox.QuerySolutions)
    label = ""
    rows: dict[Evidence, set[str]] = {}
    for row in to_table(results).records():
        text = {name: "" if value is None else str(value) for name, value in row.items()}
        label = text["label"]
        start, end = (int(text[name]) if text[name] else None for name in ("start", "end"))
        sentence, highlight = _sentence(text["text"], start, end)
        evidence = Evidence(
            iri, text["relation"], text["status"], text["rule"], text["confidence"], text["reason"],
            text["quote"], sentence, highlight, start, end, text["unit"], text["place"],
            text["set"], text["title"], (),
        )  # fmt: skip
        rows.setdefault(evidence, set()).add(text["document"])
    places = tuple(replace(one, documents=tuple(sorted(rows[one]))) for one in rows)
    return Explanation(((iri, label),), places)


def _sentence(text: str, start: int | None, end: int | None) -> tuple[str, Span | None]:
    """The sentence around `start`, and where the words from there to `end` stand in it."""
    if start is None or end is None:
        return text, None
    for span in read_sentences(text):
        if span.start <= start < span.end:
            last = max(span.end, end)
            return text[span.start : last], Span(start - span.start, end - span.start)
    return text, Span(start, end)


def _joined(one: Explanation, two: Explanation) -> tuple[Evidence, ...]:
    """The evidence of each that stands in a text or set of the other, and who takes part there."""
    kept = [*_within(one, two), *_within(two, one)]
    sets = {e.set for e in kept}
    kept += [e for each in (one, two) for e in each.evidence if _takes_part(e) and e.set in sets]
    unique = list(dict.fromkeys(kept))
    shown = [e for e in unique if e.relation != "text"] or unique
    return tuple(sorted(shown, key=lambda e: (e.set, e.unit, e.start or 0, e.thing)))


def _within(inner: Explanation, outer: Explanation) -> Iterator[Evidence]:
    """The evidence of `inner` in texts that name `outer`, or where `outer` is or takes part."""
    iri = outer.things[0][0]
    units = {iri, *(e.unit for e in outer.evidence)}
    sets = {iri, *(e.set for e in outer.evidence if _takes_part(e))}
    return (e for e in inner.evidence if e.unit in units or e.set in sets)


def _takes_part(evidence: Evidence) -> bool:
    return evidence.rule in ("participation", "topics", "topic.cues")


def _labels(ask: Ask) -> dict[str, str]:
    results = ask(find_query("things"), {})
    assert isinstance(results, ox.QuerySolutions)
    return {str(row["thing"]): str(row["label"]) for row in to_table(results).records()}


def _nearest(name: str, labels: Mapping[str, str]) -> str:
    """A hint with the ids whose own words or label are most like `name`."""
    wanted = name.partition("/id/")[2] or name
    forms: dict[str, str] = {}
    for iri, label in labels.items():
        key = iri.partition("/id/")[2]
        forms.setdefault(key.casefold(), key)
        forms.setdefault(label.casefold(), key)
    near: Iterable[str] = difflib.get_close_matches(
        wanted.casefold(), forms, n=_NEAREST, cutoff=0.5
    )
    if not near:
        near = [form for form in sorted(forms) if wanted.casefold() in form][:_NEAREST]
    keys = list(dict.fromkeys(forms[form] for form in near))
    return f"did you mean {' or '.join(keys)}?" if keys else "`kg query things` lists what is"
