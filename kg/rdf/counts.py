"""Counts over all sets as assertions: what is counted, and the query that counts the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.analysis.counts import Counted, Counting
from kg.model.assertion import XSD, Assertion, Literal
from kg.rdf import vocabulary as v
from kg.rdf.iris import Mint
from kg.rdf.mapping import to_integer


@dataclass(frozen=True, slots=True)
class _Description:
    """A counting in words, and as a pattern that joins ?set, ?of and, of pairs, ?with.

    `counted` is the variable of what is counted.
    """

    dutch: str
    english: str
    pattern: str
    counted: str = "?set"


_SUBMITTER = "?set kg:submittedBy ?of"
_PARTY = 'kg:participation ?asking . ?asking kg:role "submitter" ; kg:party'
_MINISTRY = "kg:participation/kg:office/org:postIn"
_LAW = "(kg:hasQuestion|kg:hasAnswer)/kg:mentions"
_BODY = (
    "VALUES ?kind { kg:Organisation kg:Ministry } ?of a ?kind . ?text kg:mentions ?of . "
    "?set kg:hasQuestion|kg:hasAnswer|kg:extendedBy ?text"
)
_IN_ORDER = "FILTER (STR(?of) < STR(?with))"
_DESCRIPTIONS = {
    Counting.SUBMITTER: _Description("Sets per indiener", "Sets by submitter", _SUBMITTER),
    Counting.SOLE_SUBMITTER: _Description(
        "Sets per enige indiener",
        "Sets by sole submitter",
        f"{_SUBMITTER} FILTER NOT EXISTS {{ ?set kg:submittedBy ?other FILTER (?other != ?of) }}",
    ),
    Counting.SUBMITTER_PARTY: _Description(
        "Sets per indiener en partij of fractie",
        "Sets by submitter and party or group",
        '?set kg:participation ?one . ?one kg:role "submitter" ; kg:person ?of ; kg:party ?with',
    ),
    Counting.SUBMITTER_PAIR: _Description(
        "Sets per paar indieners",
        "Sets by pair of submitters",
        f"?set kg:submittedBy ?of , ?with {_IN_ORDER}",
    ),
    Counting.ADDRESSEE: _Description(
        "Sets per geadresseerde", "Sets by addressee", "?set kg:addressedTo ?of"
    ),
    Counting.ANSWERER: _Description(
        "Sets per beantwoorder", "Sets by answerer", "?set kg:answeredBy ?of"
    ),
    Counting.GOVERNMENT: _Description(
        "Sets per bewindspersoon",
        "Sets by member of the government",
        "?set kg:addressedTo|kg:answeredBy ?of",
    ),
    Counting.PARTY: _Description(
        "Sets per partij of fractie van een indiener",
        "Sets by party or group of a submitter",
        f"?set {_PARTY} ?of",
    ),
    Counting.MINISTRY: _Description(
        "Sets per ministerie", "Sets by ministry", f"?set {_MINISTRY} ?of"
    ),
    Counting.PARTY_MINISTRY: _Description(
        "Sets per partij of fractie en ministerie",
        "Sets by party or group and ministry",
        f"?set {_PARTY} ?of . ?set {_MINISTRY} ?with",
    ),
    Counting.MONTH: _Description(
        "Sets per maand van indiening",
        "Sets by month of submission",
        "?set kg:submittedOn ?day BIND (SUBSTR(STR(?day), 1, 7) AS ?of)",
    ),
    Counting.LAW: _Description(
        "Sets per genoemde wet",
        "Sets by law mentioned",
        f"?of a kg:Law . ?set {_LAW} ?of",
    ),
    Counting.LAW_PAIR: _Description(
        "Sets per paar genoemde wetten",
        "Sets by pair of laws mentioned",
        f"?set {_LAW} ?of , ?with . ?of a kg:Law . ?with a kg:Law {_IN_ORDER}",
    ),
    Counting.BODY: _Description(
        "Sets per genoemde organisatie of ministerie", "Sets by body mentioned", _BODY
    ),
    Counting.BODY_TEXT: _Description(
        "Teksten per genoemde organisatie of ministerie",
        "Texts by body mentioned",
        _BODY,
        "?text",
    ),
    Counting.MOTION_ANSWERER: _Description(
        "Beantwoorde vragen die een motie noemen, per beantwoorder",
        "Answered questions that mention a motion, by answerer",
        "?motion a kg:Motion . ?question kg:mentions ?motion . ?answer kg:answers ?question . "
        "?set kg:hasQuestion ?question ; kg:answeredBy ?of",
        "?question",
    ),
}


def map_countings(mint: Mint) -> Iterator[Assertion]:
    """What is counted, and from what."""
    for counting, described in _DESCRIPTIONS.items():
        subject = mint.thing(f"counting/{counting.value}")
        yield Assertion(subject, v.TYPE, v.COUNTING)
        yield Assertion(subject, v.LABEL, Literal(described.dutch, "nl"))
        yield Assertion(subject, v.LABEL, Literal(described.english, "en"))
        yield Assertion(subject, v.IDENTIFIER, Literal(counting.value))
        yield Assertion(subject, v.COUNTING_QUERY, Literal(_query(described)))


def count_id(counted: Counted) -> str:
    """The local id of a count: a part of its counting."""
    counting, first, second = counted
    return "/".join(filter(None, ("counting", counting.value, first, second)))


def map_counts(counts: Mapping[Counted, int], mint: Mint) -> Iterator[Assertion]:
    """Each count as a thing of its own, and the slices that they are in."""
    slices = set()
    for counted, count in counts.items():
        counting, first, second = counted
        magnitude = _magnitude(count)
        slices.add((counting, magnitude))
        subject = mint.thing(count_id(counted))
        yield Assertion(subject, v.TYPE, v.COUNT_CLASS)
        label = f"{_DESCRIPTIONS[counting].dutch}: {count}"
        yield Assertion(subject, v.LABEL, Literal(label, "nl"))
        yield Assertion(subject, v.IN_COUNTING, mint.thing(f"counting/{counting.value}"))
        yield Assertion(subject, v.IN_SLICE, mint.thing(_slice_id(counting, magnitude)))
        if counting is Counting.MONTH:
            yield Assertion(subject, v.MONTH, Literal(first, datatype=f"{XSD}gYearMonth"))
        else:
            yield Assertion(subject, v.COUNT_OF, mint.thing(first))
        if second:
            yield Assertion(subject, v.COUNT_WITH, mint.thing(second))
        yield Assertion(subject, v.COUNT, to_integer(count))
    for counting, magnitude in sorted(slices):
        yield from _map_slice(counting, magnitude, mint)


def _map_slice(counting: Counting, magnitude: int, mint: Mint) -> Iterator[Assertion]:
    """The counts of one magnitude (https://www.w3.org/TR/vocab-data-cube/#slices)."""
    described = _DESCRIPTIONS[counting]
    subject = mint.thing(_slice_id(counting, magnitude))
    most = 4 * magnitude - 1
    yield Assertion(subject, v.TYPE, v.SLICE)
    dutch = f"{described.dutch}: {magnitude} tot en met {most}"
    yield Assertion(subject, v.LABEL, Literal(dutch, "nl"))
    english = f"{described.english}: {magnitude} to {most}"
    yield Assertion(subject, v.LABEL, Literal(english, "en"))
    yield Assertion(subject, v.IDENTIFIER, Literal(f"{counting.value}/{magnitude}"))
    yield Assertion(subject, v.SLICE_OF, mint.thing(f"counting/{counting.value}"))
    yield Assertion(subject, v.MAGNITUDE, to_integer(magnitude))


def _slice_id(counting: Counting, magnitude: int) -> str:
    return f"counting/{counting.value}/magnitude/{magnitude}"


def _magnitude(count: int) -> int:
    """The highest power of four that is not above `count`."""
    return int(4 ** ((count.bit_length() - 1) // 2))


def _query(described: _Description) -> str:
    """The query that counts from the sets themselves; without the count, it lists the sets."""
    pattern = described.pattern
    pair = " ?with" if "?with" in pattern else ""
    return (
        f"PREFIX kg: <{v.KG}>\nPREFIX org: <{v.PREFIXES['org']}>\n"
        f"SELECT ?of{pair} (COUNT(DISTINCT {described.counted}) AS ?count)\n"
        f"WHERE {{ ?set a kg:QuestionSet . {pattern} }}\nGROUP BY ?of{pair}\n"
    )
