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

    def __call__(self, name: str, /, **values: str) -> Rows:
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


def test_who_asks_with_whom_across_parties(ask: Ask) -> None:
    rows = ask("co-submitters")
    assert (rows[0]["first"], rows[0]["second"]) == ("Barbara Kathmann", "Jesse Six Dijkstra")
    assert rows[0]["sets"] == "9"
    assert rows[0]["firstParty"] != rows[0]["secondParty"]
    assert {row["sets"] for row in rows[1:]} == {"1"}


def test_six_sets_have_one_submitter(ask: Ask) -> None:
    rows = ask("submitters")
    assert sum(int(row["alone"]) for row in rows) == 6
    assert {row["person"]: row["sets"] for row in rows}["Barbara Kathmann"] == "13"


def test_szabo_is_addressed_or_answers_most(ask: Ask) -> None:
    first, second, *_ = ask("government-members")
    assert (first["person"], first["sets"]) == ("Zsolt Szabó", "14")
    assert int(second["sets"]) < 14


def test_motions_by_number_misprint_and_reach(ask: Ask) -> None:
    for number, misprints in (("26643-1315", 0), ("26643-1320", 3)):
        rows = ask("motions", number=number)
        papers = [row for row in rows if row["label"].startswith("Kamerstuk")]
        assert len({row["set"] for row in papers}) == 4
        assert sum("6643" in row["printed"].split()[1] for row in papers) == misprints
        assert sum(row["status"] == "corrected" for row in papers) == misprints
        motions = [row for row in rows if not row["label"].startswith("Kamerstuk")]
        assert len({row["set"] for row in motions}) == 8
    (other,) = {row["set"] for row in ask("motions", number="26643-1302")}
    assert "schijnveiligheid" in other
    answers = [row for row in ask("motions") if "/answer/" in row["unit"]]
    assert {(row["identifier"], row["printed"]) for row in answers} == {
        ("26643-1315", "motie Kathmann")
    }


def test_laws_by_set_with_their_articles(ask: Ask) -> None:
    cloud_act = ask("laws-by-set", name="cloud act")
    titles = [row["title"] for row in cloud_act]
    assert titles.count("De groeiende afhankelijkheid van Amerikaanse techgiganten") == 8
    assert sum("Defensie" in title or "SSC-ICT" in title for title in titles) == 2
    assert {row["article"] for row in ask("laws-by-set", name="inlichtingen")} == {"", "8"}
    for name in ("NIS2", "Cyberbeveiligingswet", "zelfstandige bestuursorganen", "EU-instellingen"):
        assert ask("laws-by-set", name=name), name


def test_slips_of_the_source_are_flagged_once(ask: Ask) -> None:
    slips = [row["quote"] for row in ask("source-errors") if row["code"] == "misprint"]
    assert "Cyberveiligheidswet" in slips
    assert sum("6643" in slip for slip in slips) == 3
    assert not any(slip.startswith("motie") for slip in slips)


def test_every_mention_can_be_found_in_its_document(ask: Ask) -> None:
    rows = ask("mentions-of", name="Motie-Kathmann (26 643, nr. 1315)")
    assert len(rows) == 9
    assert {row["document"][:3] for row in rows if "/answer/" in row["unit"]} == {"000"}
    assert {row["document"][:3] for row in rows if "/question/" in row["unit"]} == {"002"}


def test_what_is_not_certain_says_why(ask: Ask) -> None:
    rows = ask("unsure-mentions")
    assert all(row["reason"] for row in rows)
    assert {"Kamerstuk 6643, nr. 1320", "BGC"} <= {row["printed"] for row in rows}
    assert all(row["candidates"] != "0" for row in rows if row["status"] == "ambiguous")


def test_cross_references_stay_in_their_set(ask: Ask) -> None:
    rows = ask("cross-references")
    assert len(rows) > 40
    assert all(row["target"].startswith(row["set"] + "/") for row in rows if row["target"])


def test_a_set_reads_in_order(ask: Ask) -> None:
    rows = ask("question-and-answer", name="2025Z10397")
    assert [int(row["number"]) for row in rows] == sorted(int(row["number"]) for row in rows)
    assert rows[0]["answer"] == "Ja."
    assert {row["kenmerk"] for row in rows} == {"2025Z10397"}
    assert len(ask("question-and-answer", name="stroomstoring")) > 5


def test_texts_with_a_word(ask: Ask) -> None:
    rows = ask("texts-about", word="Ivanti")
    assert rows
    assert all("ivanti" in row["text"].lower() for row in rows)
    assert ask("texts-about", word="zeppelin") == []


def test_parties_organisations_and_names_come_with_their_counts(ask: Ask) -> None:
    assert int(ask("parties-and-ministries")[0]["sets"]) >= 10
    organisations = {row["organisation"]: row for row in ask("organisations")}
    assert int(organisations["Microsoft"]["sets"]) >= 10
    assert organisations["Microsoft"]["elsewhere"] == "http://www.wikidata.org/entity/Q2283"
    assert {row["printedParty"] for row in ask("printed-names", name="Szabó")} >= {"VVD"}
