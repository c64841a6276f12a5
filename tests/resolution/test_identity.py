"""Which printed sets are one, on invented pages; the order of documents never matters."""

from hashlib import sha256
from itertools import permutations

from kg.model.question_set import QuestionSet, Role
from kg.model.text import SourceText
from kg.parsing import parse_document
from kg.resolution.merging import merge_documents


def block(
    *questions: str, title: str = "De cloud", submitters: str = "Jo Mol (NSC)", third: str = "Vos"
) -> str:
    return "\n".join(
        [f"{title} |", "|", f"{submitters} |", "|", f"{third} |", "|", "![]() |", *questions]
    )


def detail(
    *paragraphs: str,
    answerers: str = "Vos",
    submitters: str = "Jo Mol (NSC)",
    number: str = "2024Z00001",
) -> str:
    return "\n".join(
        [
            "Ingediend | 3 maart 2024 |",
            "---|---|",
            f"Indieners | {submitters} |",
            f"Beantwoord door | {answerers} |",
            f"Bron vraag | https://zoek.officielebekendmakingen.nl/kv-tk-{number}.html |",
            *paragraphs,
        ]
    )


def merge(*pages: str) -> tuple[QuestionSet, ...]:
    documents = [
        parse_document(SourceText("p", page, "text/plain", sha256(page.encode()).hexdigest()))
        for page in pages
    ]
    results = {merge_documents(order) for order in permutations(documents)}
    assert len(results) == 1, "the order of the documents changes the result"
    return results.pop()


UWV = ("Gebruikt het UWV de cloud?", "Wanneer stopt het UWV daarmee?")
DUO = ("Gebruikt DUO de cloud?", "Wanneer stopt DUO daarmee?")


def test_repeated_blocks_are_one_set_with_two_places() -> None:
    (merged,) = merge("\n".join([block(*UWV), block(*UWV)]))
    assert len(merged.places) == 2
    assert [len(question.places) for question in merged.questions] == [2, 2]
    assert [len(person.places) for person in merged.participants] == [2, 2]


def test_one_title_does_not_make_one_set() -> None:
    assert len(merge("\n".join([block(*UWV), block(*DUO)]))) == 2


def test_the_same_questions_by_others_are_another_set() -> None:
    assert len(merge("\n".join([block(*UWV), block(*UWV, submitters="Wim Bos (CDA)")]))) == 2


def test_spacing_and_glued_marks_do_not_split_a_set() -> None:
    respaced = ("Gebruikt het  UWV de cloud?1", "Wanneer stopt het UWV daarmee ?")
    assert len(merge("\n".join([block(*UWV), block(*respaced)]))) == 1


def test_a_detail_page_joins_the_set_whose_people_and_bodies_it_shares() -> None:
    page = detail("Ja, het UWV gebruikt de cloud.", "Het UWV stopt in mei.", answerers="Vos, Smit")
    sets = merge(block(*UWV, third="Vos, Smit"), block(*DUO, third="Vos, Kuiper"), page)
    joined = {one.kenmerk: one for one in sets}["2024Z00001"]
    assert len(sets) == 2
    assert joined.key == "2024Z00001"
    assert [answer.numbers for answer in joined.answers] == [(1,), (2,)]
    assert all(answer.evidence and answer.confidence <= 1 for answer in joined.answers)
    assert "UWV" in (joined.identity or "")
    assert {person.role for person in joined.participants} == set(Role) - {Role.POSTPONER}
    alone = merge(block(*UWV, third="Vos, Smit"))
    assert [one.key for one in alone] == [
        key for key in joined.former_keys if not key.startswith("zonder-titel")
    ]


def test_a_detail_page_that_fits_two_sets_joins_none() -> None:
    page = detail("Ja.", "Dat is nog onbekend.")
    sets = merge(block(*UWV), block(*DUO), page)
    assert len(sets) == 3
    alone = next(one for one in sets if one.kenmerk)
    assert alone.questions == ()
    assert [(answer.numbers, answer.confidence) for answer in alone.answers] == [((), 0.0)]


def test_a_detail_page_by_other_submitters_joins_none() -> None:
    page = detail("Het UWV gebruikt de cloud.", answerers="Vos", submitters="Wim Bos (CDA)")
    assert len(merge(block(*UWV), page)) == 2


def test_two_forms_of_a_name_in_one_role_are_one_participant() -> None:
    answered = block("Gebruikt het UWV de cloud?", "Ja.", third="Jan Vos (VVD)")
    other = block("Gebruikt het UWV de cloud?", "Ja.", third="Jan Vos (minister )")
    (merged,) = merge(answered, other)
    (answerer,) = [person for person in merged.participants if person.role is Role.ANSWERER]
    assert len(answerer.variants) == 1


def test_one_kenmerk_on_pages_of_different_submitters_is_two_sets() -> None:
    sets = merge(detail("Ja."), detail("Nee.", submitters="Wim Bos (CDA)"))
    assert len(sets) == 2
    assert {one.kenmerk for one in sets} == {"2024Z00001"}
    assert len({one.key for one in sets}) == 2


def test_two_forms_of_a_submitter_do_not_split_a_kenmerk() -> None:
    short = detail("Ja.", submitters="Marjolein Faber (PVV)")
    long = detail("Ja.", "Nee.", submitters="Faber - Van de Klashorst (PVV)")
    assert len(merge(short, long)) == 1


def test_nothing_is_nothing() -> None:
    assert merge_documents([]) == ()


def test_the_same_questions_to_different_ministers_stay_sets_of_their_own() -> None:
    sets = merge("\n".join([block(*UWV, third="Vos"), block(*UWV, third="Bos"), block(*UWV)]))
    asked = {p.printed.name for one in sets for p in one.participants if p.role != Role.SUBMITTER}
    assert asked == {"Vos", "Bos"}
    assert sorted(len(one.places) for one in sets) == [1, 2]
    assert len({one.key for one in sets}) == 2


def test_one_kenmerk_under_two_different_sets_is_kept_twice() -> None:
    texts = [
        "\n".join(
            [
                "Tweede Kamer der Staten-Generaal",
                "Vergaderjaar 2024–2025",
                "Vragen gesteld door de leden der Kamer",
                "2024Z00001",
                f"Vragen van het lid Mol (NSC) aan de Minister van Defensie over {title} "
                "(ingezonden 3 maart 2024).",
                "Vraag 1",
                question,
            ]
        )
        for title, question in (("de vloot", "Vaart de vloot?"), ("het leger", "Loopt het leger?"))
    ]
    sets = merge(*texts)
    assert [one.kenmerk for one in sets] == ["2024Z00001", "2024Z00001"]
    assert len({one.key for one in sets}) == 2
    assert all(one.key.startswith("2024Z00001-") for one in sets)
