"""A small set as triples: what is printed, what is resolved, what is pointed at."""

from datetime import date

from kg.model.assertion import Iri, Literal
from kg.model.authority import Kind
from kg.model.document import PrintedPerson
from kg.model.mention import CrossReference, Entity, Link, LinkStatus, Mention
from kg.model.question_set import (
    Answer,
    ExtensionLetter,
    Participant,
    Question,
    QuestionSet,
    Role,
    SourcePlace,
)
from kg.model.text import FootnoteMark, Passage, Span
from kg.rdf.iris import DEFAULT_BASE, Mint
from kg.rdf.mapping import entities_of, map_entity, map_set

SHA = "ab" * 32
PLACE = SourcePlace(SHA, Span(0, 30))
MINT = Mint()


def passage(text: str, *marks: FootnoteMark) -> Passage:
    return Passage(text, (Span(0, len(text)),), marks)


def mention(text: str, exact: str, rule: str = "label") -> Mention:
    start = text.index(exact)
    return Mention(Span(start, start + len(exact)), exact, Kind.ORGANISATION, rule)


ASKED = "Kent u de Bond en de Raad?"
ANSWERED = "Zie antwoord vraag 1."
SET = QuestionSet(
    key="2024Z00001",
    documents=(SHA,),
    places=(PLACE,),
    title="De brug",
    kenmerk="2024Z00001",
    submitted_on=date(2024, 3, 3),
    pages=("https://zoek.officielebekendmakingen.nl/kv-tk-2024Z00001.html", "javascript:x"),
    participants=(
        Participant(
            Role.SUBMITTER,
            1,
            PrintedPerson("Jo Mol", Span(0, 6), party="VVD"),
            (PLACE,),
            variants=(PrintedPerson("J. Mol", Span(0, 6)),),
            person="person/jo-mol",
            party="party/pvv",
        ),
        Participant(
            Role.ANSWERER, 1, PrintedPerson("Vos", Span(0, 3)), (PLACE,), reason="two people"
        ),
    ),
    questions=(
        Question(
            passage(ASKED, FootnoteMark(26, "1")),
            (PLACE,),
            number=1,
            links=(
                Link(mention(ASKED, "Bond"), LinkStatus.CERTAIN, ("organisation/bond",)),
                Link(
                    mention(ASKED, "Raad"),
                    LinkStatus.AMBIGUOUS,
                    ("organisation/raad-a", "organisation/raad-b"),
                    "two councils",
                ),
            ),
        ),
        Question(passage("Waarom?"), (PLACE,), number=2),
    ),
    answers=(
        Answer(passage("Ja."), (PLACE,), numbers=(1,), confidence=0.91, evidence="by order"),
        Answer(
            passage(ANSWERED),
            (PLACE,),
            numbers=(2,),
            references=(CrossReference(Span(0, 20), ANSWERED[:20], (1,), "zie-antwoord"),),
        ),
    ),
    letters=(ExtensionLetter(passage("Later."), (PLACE,), kenmerken=("2024Z00002",)),),
)
FACTS = {(one.subject.value, one.predicate.value, one.object) for one in map_set(SET, MINT)}


def thing(key: str) -> str:
    return f"{DEFAULT_BASE}id/{key}"


def values(key: str, predicate: str) -> set[str]:
    return {
        found.value
        for subject, term, found in FACTS
        if subject == thing(key) and term.endswith(f"#{predicate}")
    }


def test_printed_and_resolved_stand_side_by_side() -> None:
    key = "set/2024Z00001/submitter/1"
    assert values(key, "printedParty") == {"VVD"}
    assert values(key, "party") == {thing("party/pvv")}
    assert values(key, "person") == {thing("person/jo-mol")}
    assert values(f"{key}-2", "printedName") == {"J. Mol"}


def test_an_unresolved_person_is_no_edge_but_keeps_its_reason() -> None:
    assert values("set/2024Z00001", "answeredBy") == set()
    assert values("set/2024Z00001/answerer/1", "reason") == {"two people"}


def test_only_certain_links_become_edges() -> None:
    question = "set/2024Z00001/question/1"
    assert values(question, "mentions") == {thing("organisation/bond")}
    assert values(f"{question}/mention/10-14", "entity") == {thing("organisation/bond")}
    ambiguous = f"{question}/mention/21-25"
    assert values(ambiguous, "entity") == set()
    assert len(values(ambiguous, "candidate")) == 2
    assert values(ambiguous, "reason") == {"two councils"}


def test_a_reference_points_at_the_answer() -> None:
    assert values("set/2024Z00001/answer/2", "refersTo") == {thing("set/2024Z00001/answer/1")}


def test_alignment_is_stated_only_where_it_was_needed() -> None:
    assert values("set/2024Z00001/answer/1", "alignmentConfidence") == {"0.91"}
    assert values("set/2024Z00001/answer/2", "alignmentConfidence") == set()


def test_only_web_addresses_become_pages() -> None:
    pages = {found.value for _, term, found in FACTS if term.endswith("/page")}
    assert pages == {"https://zoek.officielebekendmakingen.nl/kv-tk-2024Z00001.html"}


def test_footnotes_keep_their_place() -> None:
    assert values("set/2024Z00001/question/1/footnote/1", "start") == {"26"}


def test_every_thing_has_a_label_a_type_and_its_source() -> None:
    subjects = {subject for subject, _, _ in FACTS}
    for term in ("rdf-schema#label", "rdf-syntax-ns#type"):
        assert {subject for subject, predicate, _ in FACTS if predicate.endswith(term)} == subjects
    traced = {subject for subject, predicate, _ in FACTS if predicate.endswith("wasQuotedFrom")}
    assert {thing("set/2024Z00001"), thing("set/2024Z00001/answer/2")} <= traced


def test_every_assertion_carries_its_evidence() -> None:
    assert all(one.evidence for one in map_set(SET, MINT))


def test_entities_of_a_set_are_all_it_points_at() -> None:
    assert entities_of(SET) == {
        "person/jo-mol",
        "party/pvv",
        "organisation/bond",
        "organisation/raad-a",
        "organisation/raad-b",
    }


def test_an_entity_from_the_documents() -> None:
    motion = Entity(
        "motion/12345-6",
        Kind.MOTION,
        "Motie-Mol",
        identifiers=("12345-6",),
        exact_matches=("https://zoek.officielebekendmakingen.nl/kst-12345-6", "geen iri"),
        same_document="paper/12345-6",
    )
    facts = [
        (one.predicate.value.rpartition("#")[2], one.object) for one in map_entity(motion, MINT)
    ]
    assert ("prefLabel", Literal("Motie-Mol", "nl")) in facts
    assert ("printedAs", Iri(thing("paper/12345-6"))) in facts
    assert [found.value for name, found in facts if name == "exactMatch"] == [
        "https://zoek.officielebekendmakingen.nl/kst-12345-6"
    ]
