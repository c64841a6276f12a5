"""What a mention is linked to, and what is left open: invented sets, in small tables."""

import re
from dataclasses import replace
from datetime import date

import pytest

from kg.mentions import MentionExtractor
from kg.model.authority import Authority, AuthorityEntry, Kind, Period, Tenure
from kg.model.mention import LinkStatus, UnitMentions
from kg.model.question_set import Answer, Question, QuestionSet
from kg.model.text import FootnoteMark, Passage, Span
from kg.resolution.linking import link_sets
from kg.resolution.set_context import time_of, units_of

SEAT = (Tenure("party/x", Period(date(2020, 1, 1), None), "kamerlid"),)
OLD_SEAT = (Tenure("party/x", Period(date(2001, 1, 1), date(2005, 1, 1)), "kamerlid"),)
AUTHORITY = Authority(
    [
        AuthorityEntry("person/anna-vos", Kind.PERSON, "Anna Vos", surname="Vos", parties=SEAT),
        AuthorityEntry("person/bert-vos", Kind.PERSON, "Bert Vos", surname="Vos", parties=OLD_SEAT),
        AuthorityEntry(
            "person/eva-kippenveer",
            Kind.PERSON,
            "Eva Kippenveer",
            surname="Kippenveer",
            parties=SEAT,
        ),
        AuthorityEntry("person/cor-kip", Kind.PERSON, "Cor Kip", surname="Kip", parties=SEAT),
        AuthorityEntry("person/dia-kip", Kind.PERSON, "Dia Kip", surname="Kip", parties=SEAT),
        AuthorityEntry(
            "organisation/kaasraad",
            Kind.ORGANISATION,
            "Nationale Kaasraad",
            ambiguous_labels=("NKR",),
            context_rules=(("NKR", "introduced"),),
        ),
        AuthorityEntry(
            "law/bwbr0000001",
            Kind.LAW,
            "Wet op de kaas",
            ambiguous_labels=("Wok",),
            context_rules=(("Wok", "introduced"),),
            exact_matches=("https://wetten.overheid.nl/BWBR0000001",),
        ),
        AuthorityEntry(
            "law/eu-2022-9999",
            Kind.LAW,
            "Kaasverordening",
            exact_matches=("http://data.europa.eu/eli/reg/2022/9999/oj",),
        ),
        AuthorityEntry(
            "ministry/oud",
            Kind.MINISTRY,
            "Ministerie van Kaas",
            ambiguous_labels=("KS", "Kaas"),
            context_rules=(("KS", "default"), ("Kaas", "default")),
            period=Period(date(2000, 1, 1), date(2010, 1, 1)),
        ),
        AuthorityEntry(
            "ministry/nieuw",
            Kind.MINISTRY,
            "Ministerie van Kaas en Melk",
            ambiguous_labels=("KS",),
            context_rules=(("KS", "default"),),
            period=Period(date(2010, 1, 1), None),
        ),
    ]
)
EXTRACTOR = MentionExtractor(AUTHORITY)


def passage(text):
    return Passage(text, (Span(0, len(text)),))


def question_set(*pairs, key="a", title="Kaas", day=date(2024, 5, 1)):
    questions = tuple(
        Question(passage(asked), (), number=n) for n, (asked, _) in enumerate(pairs, 1)
    )
    answers = tuple(
        Answer(passage(text), (), numbers=(n,)) for n, (_, text) in enumerate(pairs, 1) if text
    )
    return QuestionSet(
        key, (), (), title=title, submitted_on=day, questions=questions, answers=answers
    )


def link(*sets):
    def read(unit):
        own = unit.numbers if isinstance(unit, Answer) else ()
        text = unit.passage.text
        return UnitMentions(EXTRACTOR.extract(text), EXTRACTOR.references(text, own))

    return link_sets([(one, [read(unit) for unit in units_of(one)]) for one in sets], AUTHORITY)


def links_of(linked, place=0, kind=None):
    return [
        (one.mention.exact, one.status, one.keys)
        for unit in units_of(linked.question_sets[place])
        for one in unit.links
        if kind is None or one.mention.kind is kind
    ]


def test_a_misprinted_dossier_is_corrected_by_a_set_that_asks_the_same():
    right = question_set(("Wat vindt u van de motie-Vos (Kamerstuk 26 643, nr. 7)?", ""))
    wrong = question_set(
        ("Wat vindt u van de motie-Vos (Kamerstuk 6643, nr. 7)?", ""),
        ("Wat vindt u van de motie-Vos (Kamerstuk 26 643, nr. 7)?", ""),
        key="b",
    )
    found = links_of(link(right, wrong), 1, Kind.MOTION)
    assert found[0] == ("motie-Vos", LinkStatus.CORRECTED, ("motion/26643-7",))
    assert found[1][1] is LinkStatus.CERTAIN


def test_a_paper_of_a_misprinted_dossier_is_corrected_by_its_own_set():
    alone = link(
        question_set(("Zie Kamerstuk 6643, nr. 7.", "U doelt op Kamerstuk 26 643, nr. 7."))
    )
    assert [(status, keys) for _, status, keys in links_of(alone, 0, Kind.PAPER)] == [
        (LinkStatus.CORRECTED, ("paper/26643-7",)),
        (LinkStatus.CERTAIN, ("paper/26643-7",)),
    ]


def test_a_motion_that_nothing_named_before_stays_unlinked():
    alone = link(question_set(("Wat vindt u van deze motie?", "")))
    ((_, status, keys),) = links_of(alone, 0, Kind.MOTION)
    assert (status, keys) == (LinkStatus.UNLINKED, ())


def test_a_misprinted_dossier_without_evidence_stays_unlinked():
    alone = link(question_set(("Zie Kamerstuk 6643, nr. 7.", "")))
    ((_, status, keys),) = links_of(alone, 0, Kind.PAPER)
    assert (status, keys) == (LinkStatus.UNLINKED, ())


def test_a_motion_without_a_number_takes_that_of_its_own_set():
    linked = link(
        question_set(("De motie-Vos (Kamerstuk 30 000, nr. 12) vraagt kaas.", "De motie Vos?"))
    )
    assert {keys for _, _, keys in links_of(linked, 0, Kind.MOTION)} == {("motion/30000-12",)}
    motion = next(e for e in linked.entities if e.key == "motion/30000-12")
    assert motion.same_document == "paper/30000-12"
    assert motion.identifiers == ("30000-12",)
    assert motion.exact_matches == ("https://zoek.officielebekendmakingen.nl/kst-30000-12",)


def test_two_motions_of_one_author_stay_ambiguous_where_nothing_tells():
    linked = link(
        question_set(
            ("De motie-Vos (Kamerstuk 30 000, nr. 12)?", ""),
            ("De motie-Vos (Kamerstuk 30 000, nr. 13)?", ""),
            ("Wat doet u met de motie-Vos?", ""),
        )
    )
    assert links_of(linked, 0, Kind.MOTION)[-1][1:] == (
        LinkStatus.AMBIGUOUS,
        ("motion/30000-12", "motion/30000-13"),
    )


def test_a_motion_that_nothing_numbers_is_told_by_author_and_date():
    linked = link(question_set(("De motie Vos (mei 2024) over boter?", "Deze motie is af.")))
    named, back = links_of(linked, 0, Kind.MOTION)
    assert named == ("motie Vos (mei 2024)", LinkStatus.CERTAIN, ("motion/vos-2024-05",))
    assert back[2] == named[2]
    motion = next(e for e in linked.entities if e.key == "motion/vos-2024-05")
    assert motion.exact_matches == ()


def test_the_title_of_a_set_may_number_its_motion():
    titled = question_set(
        ("Hoe voert u de motie-Vos c.s. uit?", ""),
        title="De uitvoering van de motie-Vos c.s. (Kamerstuk 24 587, nr. 995)",
    )
    assert links_of(link(titled), 0, Kind.MOTION)[0][2] == ("motion/24587-995",)


@pytest.mark.parametrize(
    ("text", "status", "keys"),
    [
        ("het lid Vos vraagt", LinkStatus.CERTAIN, ("person/anna-vos",)),
        ("het lid Kip vraagt", LinkStatus.AMBIGUOUS, ("person/cor-kip", "person/dia-kip")),
        ("het lid Onbekend vraagt", LinkStatus.UNLINKED, ()),
    ],
)
def test_people_are_told_by_seat_and_time(text, status, keys):
    ((_, found, found_keys),) = links_of(link(question_set((text, ""))), 0, Kind.PERSON)
    assert (found, found_keys) == (status, keys)


def test_an_abbreviation_that_the_text_gives_binds_in_its_set_only():
    giving = question_set(("De Nationale Kaasraad (NKR) meldt.", "De NKR zegt ja."))
    silent = question_set(("De NKR zegt ja.", ""), key="b", title="Melk")
    linked = link(giving, silent)
    assert {keys for _, _, keys in links_of(linked, 0)} == {("organisation/kaasraad",)}
    ((_, status, _),) = links_of(linked, 1)
    assert status is LinkStatus.UNLINKED


def test_a_body_that_no_list_knows_is_found_by_its_definition():
    linked = link(question_set(("De Stichting Vrije Boter (SVB)?", "De SVB heeft gelijk.")))
    assert {keys for _, _, keys in links_of(linked)} == {("organisation/stichting-vrije-boter",)}
    (body,) = linked.entities
    assert (body.label, body.labels) == ("Stichting Vrije Boter", ("SVB",))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Verordening (EU) 2022/9999", ("law/eu-2022-9999",)),
        ("Richtlijn (EU) 2021/1234", ("law/eu-dir-2021-1234",)),
    ],
)
def test_acts_are_known_by_number_or_minted_with_identifiers_by_rule(text, keys):
    linked = link(question_set((f"Volgt dit uit {text}?", "")))
    assert links_of(linked, 0, Kind.LAW)[0][2] == keys
    for entity in linked.entities:
        assert entity.identifiers == ("32021L1234",)
        assert entity.exact_matches == ("http://data.europa.eu/eli/dir/2021/1234/oj",)


def test_a_law_pointed_back_at_is_the_one_named_before():
    linked = link(question_set(("Geldt de Kaasverordening?", "Ja, de Verordening. Die wet niet.")))
    answer = linked.question_sets[0].answers[0]
    assert [(one.mention.exact, one.status, one.keys) for one in answer.links] == [
        ("Verordening", LinkStatus.CERTAIN, ("law/eu-2022-9999",)),
        ("wet", LinkStatus.UNLINKED, ()),
    ]


@pytest.mark.parametrize(
    ("day", "key"),
    [(date(2005, 1, 1), "ministry/oud"), (date(2024, 1, 1), "ministry/nieuw")],
)
def test_a_ministry_is_told_by_its_time(day, key):
    linked = link(question_set(("Het Ministerie van KS zegt ja.", ""), day=day))
    assert links_of(linked, 0, Kind.MINISTRY)[0][2] == (key,)


def test_references_hold_only_numbers_that_the_set_has():
    linked = link(question_set(("1?", "Zie vraag 2 en 9."), ("2?", "Zie het vorige antwoord.")))
    answers = linked.question_sets[0].answers
    assert [[r.numbers for r in answer.references] for answer in answers] == [[(2,)], [(1,)]]


def test_a_reference_to_what_no_document_prints_stays_without_a_target():
    answers = tuple(
        Answer(passage(text), (), numbers=numbers)
        for text, numbers in (("Zie vraag 2 en 3.", ()), ("Nee.", (2,)), ("Zie vraag 9.", (4,)))
    )
    linked = link(QuestionSet("a", (), (), answers=answers)).question_sets[0].answers
    assert [(r.numbers, r.status) for answer in linked for r in answer.references] == [
        ((2, 3), LinkStatus.CERTAIN),
        ((9,), LinkStatus.UNLINKED),
    ]


CLOSING = ("Kunt u deze vragen afzonderlijk beantwoorden?", "Ja.")
TWO_RUNS = (
    ("Bent u bekend met het lek?", "Ja."),
    ("Hoe is het lek ontstaan door vergeten metadata?", "Door vergeten metadata bij publicatie."),
    CLOSING,
    ("Bent u bekend met de kaas?", "Ja."),
    ("Hoeveel wielen kaas zijn er gestolen?", "Er zijn zeven wielen gestolen."),
)


@pytest.mark.parametrize(
    ("text", "numbers", "status"),
    [
        ("De metadata was vergeten, zie vraag 2.", (2,), LinkStatus.CERTAIN),
        ("De gestolen wielen kaas, zie vraag 2.", (5,), LinkStatus.CERTAIN),
        ("Zie vraag 2.", (2, 5), LinkStatus.AMBIGUOUS),
    ],
)
def test_in_a_second_run_the_words_decide_or_both_stay(text, numbers, status):
    linked = link(question_set(*TWO_RUNS, ("En verder?", text)))
    (reference,) = linked.question_sets[0].answers[-1].references
    assert (reference.numbers, reference.status) == (numbers, status)


def test_every_external_identifier_is_well_formed():
    schemes = re.compile(
        r"https://zoek\.officielebekendmakingen\.nl/kst-\d{5}(-([IVX]+[A-K]?|\d{2}))?-(\d+|[A-Z]+)"
        r"|http://data\.europa\.eu/eli/(dir|reg|dec|reg_impl|dec_impl)/\d{4}/\d+/oj"
    )
    linked = link(
        question_set(
            ("Kamerstuk 36 600 VII, nr. 3, Kamerstuk 21 501-02, nr. 31 en Kamerstuk 36 574?", ""),
            ("Besluit (EU) 2023/77, Richtlijn 95/46/EG en Verordening (EU) nr. 910/2014?", ""),
        )
    )
    iris = [iri for entity in linked.entities for iri in entity.exact_matches]
    assert len(iris) == 3
    assert all(schemes.fullmatch(iri) for iri in iris), iris


def test_a_name_of_ministries_is_the_one_of_that_day_even_against_the_default():
    linked = link(question_set(("Zei de minister van Kaas dat?", ""), day=date(2024, 5, 1)))
    assert [keys for *_, keys in links_of(linked, 0, Kind.MINISTRY)] == [("ministry/nieuw",)]
    linked = link(question_set(("Zei de minister van Kaas dat?", ""), day=date(2005, 5, 1)))
    assert [keys for *_, keys in links_of(linked, 0, Kind.MINISTRY)] == [("ministry/oud",)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Bent u bekend met «Kippenveer wil kaas»?", ("person/eva-kippenveer",)),
        ("Het plan van Kippenveer is af.", ("person/eva-kippenveer",)),
        ("Volgens meneer Kippenveer niet.", ("person/eva-kippenveer",)),
        ("Zei Jan Kippenveer dat?", ("person/jan-kippenveer",)),
        ("Is de Kippenveer kliniek dicht?", ()),
        ("Wat kost Kippenveer 6?", ()),
        ("Is Vos een naam?", ()),
    ],
)
def test_a_bare_surname_is_somebody_in_office_whose_name_it_alone_is(text, keys):
    found = links_of(link(question_set((text, ""))), 0, Kind.PERSON)
    assert tuple(key for _, _, held in found for key in held) == keys


def test_a_bare_surname_is_nobody_before_or_after_the_seat():
    early = question_set(("Bent u bekend met «Kippenveer wil kaas»?", ""), day=date(2015, 1, 1))
    assert links_of(link(early), 0, Kind.PERSON) == []


def test_the_last_of_several_footnotes_numbers_the_motion():
    asked = "Hoe staat het met de motie-Vos."
    marks = (FootnoteMark(len(asked), "2"), FootnoteMark(len(asked), "3"))
    notes = (("2", "Kamerstuk 25 242, nr. 686"), ("3", "Kamerstuk 36 200, nr. 77"))
    one = question_set((asked, ""))
    noted = replace(passage(asked), marks=marks, notes=notes)
    one = replace(one, questions=(replace(one.questions[0], passage=noted),))
    assert links_of(link(one), 0, Kind.MOTION)[0][2] == ("motion/36200-77",)


def test_unnumbered_motions_of_two_sets_without_title_are_two():
    sets = (question_set(("De motie-Vos?", ""), key=key, title=None) for key in "ab")
    linked = link(*sets)
    (one,), (two,) = (links_of(linked, place, Kind.MOTION) for place in (0, 1))
    assert one[2] != two[2]


def test_the_answer_points_at_the_motion_of_its_question():
    linked = link(
        question_set(
            ("De motie-Vos (Kamerstuk 30 000, nr. 12)?", "De motie waar u naar verwijst is af.")
        )
    )
    assert {keys for _, _, keys in links_of(linked, 0, Kind.MOTION)} == {("motion/30000-12",)}


@pytest.mark.parametrize(
    ("submitted", "answered", "period"),
    [
        (date(2024, 5, 1), None, Period(date(2024, 5, 1), date(2024, 5, 2))),
        (None, date(2024, 6, 1), Period(date(2024, 6, 1), date(2024, 6, 2))),
        (date(2024, 5, 1), date(2024, 6, 1), Period(date(2024, 5, 1), date(2024, 6, 2))),
        (date(2024, 6, 1), date(2024, 5, 1), Period(date(2024, 5, 1), date(2024, 6, 2))),
        (None, None, Period()),
    ],
)
def test_the_time_of_a_set_ends_after_its_last_day(submitted, answered, period):
    one = QuestionSet("a", (), (), submitted_on=submitted, answered_on=answered)
    assert time_of(one) == period
