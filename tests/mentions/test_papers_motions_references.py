"""Papers, motions and cross references: tables of (text, what is read)."""

import pytest

from kg.mentions import MentionExtractor, motions, papers, references
from kg.model.authority import Authority, AuthorityEntry, Kind

PEOPLE = Authority(
    [
        AuthorityEntry("person/a-vos", Kind.PERSON, "Anna Vos", surname="Vos"),
        AuthorityEntry(
            "person/b-van-den-dijk", Kind.PERSON, "Bo van den Dijk", surname="van den Dijk"
        ),
        AuthorityEntry(
            "person/d-van-der-werf", Kind.PERSON, "Dé van der Werf", surname="van der Werf"
        ),
        AuthorityEntry("person/c-zes-berg", Kind.PERSON, "Cas Zes Berg", surname="Zes Berg"),
    ]
)
EXTRACTOR = MentionExtractor(PEOPLE)


def read_papers(text):
    return tuple(
        "-".join(filter(None, (m.read("dossier"), m.read("number"))))
        for m in EXTRACTOR.extract(text)
        if m.kind is Kind.PAPER
    )


@pytest.mark.parametrize(("text", "numbers"), papers.EXAMPLES)
def test_every_example_of_a_paper_is_read(text, numbers):
    assert read_papers(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("(Kamerstukken 29 628, nr. 12 en 31 765, nr. 8)", ("29628-12", "31765-8")),
        ("Kamerstuk 36 600 XVI, nr. 7.", ("36600-XVI-7",)),
        ("(Kamerstuk 36 410-VI, nr. 22)", ("36410-VI-22",)),
        ("Kamerstuk 36 836, D", ("36836-D",)),
        ("zie 32 761, nr. 300 hierover", ("32761-300",)),
        ("Aanhangsel van de Handelingen, vergaderjaar 2023–2024, nr. 1234", ()),
        ("Er zijn 26 643 huishoudens en 1315 bedrijven", ()),
        ("in nummer 12 345 van de krant", ()),
        ("artikel 8, nr. 3 van de wet", ()),
        ("bel (06 123-4567) of (020 123-456)", ()),
    ],
)
def test_papers_are_read_and_other_numbers_are_not(text, numbers):
    assert read_papers(text) == numbers


@pytest.mark.parametrize(("text", "exact"), motions.EXAMPLES)
def test_every_example_of_a_motion_is_read(text, exact):
    assert [m.exact for m in EXTRACTOR.extract(text) if m.kind is Kind.MOTION] == [exact]


@pytest.mark.parametrize(
    ("text", "authors", "number"),
    [
        ("de motie-Vos (Kamerstuk 30 000, nr. 12) die", ["Vos"], "12"),
        ("de motie van het lid Van den Dijk over kaas", ["Van den Dijk"], None),
        ("de motie-Zes Berg c.s. [Kamerstuk 30 000-7] uit", ["Zes Berg"], "7"),
        ("de motie van de leden Vos en Zes Berg over wol", ["Vos", "Zes Berg"], None),
        ("de aangenomen motie (Kamerstuk 30 000, nr. 9)", [], "9"),
        ("Kamerstuk 30 000, nr. 8 (motie-Vos)", ["Vos"], "8"),
        ("de op 3 mei door het lid Vos ingediende motie over wol", ["Vos"], None),
        ("deze aangenomenmotie-Vos c.s. wordt", ["Vos"], None),
        ("de motie van den Dijk van 4 mei 2024", ["van den Dijk"], None),
        ("de motie van Vos over wol", ["Vos"], None),
        ("de door de leden Vos en Zes Berg (NSC) ingediende motie", ["Vos", "Zes Berg"], None),
    ],
)
def test_a_motion_has_its_authors_and_its_number(text, authors, number):
    (motion,) = (m for m in EXTRACTOR.extract(text) if m.kind is Kind.MOTION)
    assert [value for name, value in motion.reading if name == "author"] == authors
    assert motion.read("number") == number


@pytest.mark.parametrize(
    "text",
    [
        "Er is geen motie ingediend.",
        "De motie is verworpen.",
        "emotie en promotie",
        "Door het lid Vos is gevraagd naar een motie.",
    ],
)
def test_a_motion_that_is_not_named_is_no_mention(text):
    assert not [m for m in EXTRACTOR.extract(text) if m.kind is Kind.MOTION]


@pytest.mark.parametrize(("text", "numbers"), references.EXAMPLES)
def test_every_example_of_a_reference_is_read(text, numbers):
    (reference,) = EXTRACTOR.references(text)
    assert reference.numbers == numbers
    assert reference.exact == text[reference.span.start : reference.span.end]


@pytest.mark.parametrize(
    "text",
    [
        "Zie het antwoord op vraag 3 van de leden Vos en Zes Berg.",
        "Zie het antwoord op vraag 3 van eerdere Kamervragen.",
        "De vraag 2,4 miljoen slachtoffers te helpen",
        "De vraag is of 3 dat kan.",
        "Op deze vraag kan ik geen antwoord geven.",
    ],
)
def test_what_points_at_no_question_of_the_set_is_no_reference(text):
    assert EXTRACTOR.references(text) == ()


def test_the_previous_answer_is_that_of_the_question_before():
    (reference,) = EXTRACTOR.references("Zie het vorige antwoord.", (4,))
    assert reference.numbers == (3,)
    assert EXTRACTOR.references("Zie het vorige antwoord.", (1,)) == ()
