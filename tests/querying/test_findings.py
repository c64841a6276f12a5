"""What the named queries say of the seeds about people, terms, answers and repetition."""

from pathlib import Path

import pytest

from kg.querying.results import to_table
from kg.querying.running import read_any_query, run_embedded

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def ask(seed_graph: Path) -> "Ask":
    return Ask(seed_graph)


class Ask:
    """Runs a named query on the seeds; rows are dicts of texts, things by their local id."""

    def __init__(self, graph: Path) -> None:
        self._graph = graph

    def __call__(self, name: str, **values: str) -> Rows:
        found = to_table(run_embedded(read_any_query(name), values, self._graph))
        return [
            {
                column: "" if cell is None else cell.value.rpartition("/id/")[2]
                for column, cell in zip(found.columns, row, strict=True)
            }
            for row in found.rows
        ]


def test_nineteen_sets_of_which_three_stand_twice(ask: Ask) -> None:
    assert len(ask("sets")) == 19
    repeated = {row["title"] for row in ask("repeated-blocks")}
    assert len(repeated) == 3
    assert any("stroomstoring" in title for title in repeated)
    assert any("datalek" in title for title in repeated)
    assert any("generatieve AI" in title for title in repeated)


def test_ten_sets_have_no_answer_in_these_documents(ask: Ask) -> None:
    titles = [row["title"] for row in ask("unanswered-sets")]
    assert len(titles) == 10
    assert titles.count("De groeiende afhankelijkheid van Amerikaanse techgiganten") == 7


def test_the_one_dated_set_is_late_against_every_term(ask: Ask) -> None:
    (row,) = ask("late-answers")
    assert row["kenmerk"] == "2025Z10397"
    assert (row["submitted"], row["answered"]) == ("2025-05-23", "2025-09-19")
    assert [row[k] for k in ("totalDays", "overFirst", "overExtended", "overRequested")] == [
        "119",
        "98",
        "77",
        "109",
    ]


def test_one_letter_names_eight_numbers_and_only_one_has_a_set(ask: Ask) -> None:
    rows = ask("extension-letters")
    assert len(rows) == 8
    assert len({row["letter"] for row in rows}) == 1
    assert {row["kenmerk"]: row["set"] for row in rows if row["set"]} == {
        "2025Z10397": "set/2025Z10397"
    }


def test_answers_that_are_only_a_reference(ask: Ask) -> None:
    found = {(row["title"].split()[1], row["number"]) for row in ask("reference-only-answers")}
    assert found == {("stroomstoring", "7"), ("nieuwe", "14"), ("nieuwe", "17")}


def test_the_round_robin_has_eight_sets_and_what_varies(ask: Ask) -> None:
    rows = ask("round-robin")
    sets = {row["set"]: int(row["questions"]) for row in rows}
    assert sorted(sets.values()) == [10, 10, 10, 11, 11, 11, 11, 14]
    assert len({row["roundRobin"] for row in rows}) == 1
    varies = {row["varies"] for row in rows}
    assert varies >= {"UWV", "SVB", "DUO", "Rijkswaterstaat", "DJI", "IND", "CJIB", "DNB"}
    assert varies >= {"Logius", "KvK", "CBS", "RVO", "RIVM", "AFM", "ACM", "NZa"}
    assert {row["set"] for row in rows if row["answered"] != "0"} == {"set/2025Z10397"}


def test_the_questions_of_the_round_robin_stand_side_by_side(ask: Ask) -> None:
    rows = ask("round-robin-questions")
    assert len(rows) == 88
    assert len({(row["set"], row["number"]) for row in rows}) == 88
    forms = {
        order: sum(row["alignment"] == order for row in rows)
        for order in {row["alignment"] for row in rows}
    }
    assert sorted(forms.values()) == [4, 8, 8, 8, 8, 8, 8, 8, 9, 9, 10]
    authority = next(order for order, count in forms.items() if count == 4)
    asked = " ".join(row["text"] for row in rows if row["alignment"] == authority)
    assert all(body in asked for body in ("Autoriteit Persoonsgegevens", "AFM", "ACM", "NZa"))


def test_what_is_printed_of_szabo_is_registered_and_not_overwritten(ask: Ask) -> None:
    rows = [row for row in ask("source-errors") if row["code"] == "party"]
    quotes = {row["about"]: row["correct"] for row in rows}
    assert quotes["Zsolt Szabó"] == "Zsolt Szabó (Partij voor de Vrijheid)"
    assert len({row["set"] for row in rows if row["about"] == "Zsolt Szabó"}) == 14
    assert {row["quote"] for row in rows if row["about"] == "Zsolt Szabó"} == {
        "Zsolt Szabó (VVD)",
        "Zsolt Szabó (Volkspartij voor Vrijheid en Democratie)",
    }
    assert "Barbara Kathmann" not in quotes


def test_surnames_alone_are_who_they_are(ask: Ask) -> None:
    short = {
        row["printedName"]: row["person"]
        for row in ask("incomplete-names")
        if row["printedName"].split()[-1] == row["person"].split()[-1]
        and row["printedName"] != row["person"]
    }
    assert short["Struycken"] == "Teun Struycken"
    assert short["van Marum"] == "Eddie van Marum"
    assert short["Karremans"] == "Vincent Karremans"


def test_commitments_are_promises_only(ask: Ask) -> None:
    quotes = {row["quote"] for row in ask("commitments")}
    assert any(quote.startswith("Ik zal de betreffende Ministers vragen") for quote in quotes)
    assert sum("medio 2025 ontvangt" in quote for quote in quotes) == 2
    assert not any("geen toezeggingen" in quote for quote in quotes)
    assert not any(quote.endswith("?") for quote in quotes)


def test_a_request_handed_over_and_a_refusal_with_its_ground(ask: Ask) -> None:
    (handed,) = ask("answer-kinds", kind="handed-over")
    assert (handed["set"], handed["number"]) == ("set/2025Z10397", "10")
    assert "Autoriteit Persoonsgegevens" in handed["quote"]
    assert {row["ground"] for row in ask("answer-kinds", kind="declined")} == {
        "privacy",
        "specifieke casussen van de AIVD",
    }
    assert ask("answer-kinds", kind="absent")


def test_a_passage_recurs_in_two_sets(ask: Ask) -> None:
    rows = [row for row in ask("reused-passages") if "marktconcentraties" in row["passage"]]
    assert {row["set"].split("-")[0] for row in rows} == {"set/2025Z10397", "set/het"}


def test_official_topics_are_split_and_inferred_ones_kept_apart(ask: Ask) -> None:
    rows = ask("topics")
    official = {row["topic"] for row in rows if row["origin"] == "official"}
    assert official == {"Economie", "ICT", "Overige economische sectoren"}
    assert sum(int(row["sets"]) for row in rows if row["origin"] == "official") == 3
    assert any(row["origin"] == "inferred" and row["topic"] == "ICT" for row in rows)
