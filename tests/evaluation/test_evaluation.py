"""The scores: what counts as right, spurious and missed, on an invented page and its gold."""

import json

import pytest

from kg.errors import UsageError
from kg.evaluation import evaluate, read_gold
from kg.evaluation.comparison import compare, read_evaluation
from kg.evaluation.tables import case_lines, score_lines
from kg.pipeline import link_documents

PAGE = """De opslag van kaas |
|
Barbara Kathmann (PvdA) |
|
Zsolt Szabó (VVD) |
|
![]() |
Heeft het RIVM de kaas van de NVWA onderzocht?
Ja, met het RIVM. Zie ook de motie-Kathmann (Kamerstuk 30 000, nr. 12).
Bent u het eens met Follow the Money?
Zie het antwoord op vraag 1.
"""
MENTIONS = """file\tline\ttype\tkey\tsurface\tstatus
page\t8\tORG\torg:rivm\tRIVM\tgold
page\t8\tORG\torg:kaasraad\tKaasraad\tgold
page\t9\tORG\torg:rivm\tRIVM\tgold
page\t9\tMOTION\tmotion:30000-12\tmotie-Kathmann\tgold
page\t9\tPERSON\tperson:kathmann\tKathmann\tgold
page\t10\tORG\torg:ftm\tFollow the Money\tignore
page\t11\tXREF\txref:1\tvraag 1\tgold
"""
ENTITIES = """key\tlabel\taliases
org:rivm\tRIVM\tRijksinstituut voor Volksgezondheid en Milieu
org:kaasraad\tKaasraad\t
org:ftm\tFollow the Money\t
motion:30000-12\tmotie-Kathmann\t
person:kathmann\tKathmann\t
xref:1\tvraag 1\t
"""


@pytest.fixture
def found(tmp_path):
    (tmp_path / "gold").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "gold" / "mentions.tsv").write_text(MENTIONS, encoding="utf-8")
    (tmp_path / "gold" / "entities.tsv").write_text(ENTITIES, encoding="utf-8")
    return evaluate(link_documents([tmp_path / "docs"]), read_gold(tmp_path / "gold"))


def test_each_text_counts_the_set_of_things_that_it_names(found):
    organisations = found.kinds["ORG"]
    assert (organisations.right, organisations.spurious, organisations.missed) == (2, 1, 1)
    assert [case.key for case in found.missed] == ["org:kaasraad"]
    assert [case.key for case in found.spurious] == ["organisation/nvwa"]
    assert organisations.precision == pytest.approx(2 / 3)
    assert organisations.f1 == pytest.approx(2 / 3)


def test_the_paper_of_a_motion_is_no_error_and_ignored_rows_do_not_count(found):
    assert found.kinds["KAMERSTUK"].spurious == 0
    assert found.kinds["MOTION"].right == found.kinds["PERSON"].right == 1
    assert found.kinds["XREF"].right == 1
    assert not found.texts_not_found


def test_the_table_names_every_kind_and_every_case(found):
    table = "\n".join([*score_lines(found, per_set=True), *case_lines(found)])
    assert "micro" in table
    assert "missed: ORG page:8 org:kaasraad" in table
    assert "spurious: ORG page:8 organisation/nvwa" in table


def test_a_comparison_says_what_was_gained_and_lost(found, tmp_path):
    now = found.to_dict()
    (tmp_path / "old.json").write_text(json.dumps(now), encoding="utf-8")
    old = read_evaluation(tmp_path / "old.json")
    assert compare(old, now) == []
    old["missed"] = [["ORG", "page", 9, "org:rivm"]]
    old["kinds"]["ORG"]["f1"] = 0.5
    assert compare(old, now) == [
        "ORG: F1 0.500 -> 0.667",
        "found now: ORG page:9 org:rivm",
        "missed now: ORG page:8 org:kaasraad",
    ]


def test_gold_that_is_not_there_is_a_wrong_use(tmp_path):
    with pytest.raises(UsageError, match=r"mentions\.tsv: no gold file here"):
        read_gold(tmp_path)
    with pytest.raises(UsageError, match="no evaluation to compare with"):
        read_evaluation(tmp_path / "none.json")
