import time
from pathlib import Path

import pytest

from kg.model.question_set import Role
from kg.rdf.authority import load_authority
from kg.resources import ontology_dir
from tests.benchmarks.zaken import check_topics, find_on_subjects, read_rows, tally_names


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, str]]:
    return read_rows(shared / "zaken" / "zaken_2007_2022.csv.gz")


@pytest.mark.parametrize(("role", "least"), [(Role.SUBMITTER, 0.98), (Role.ADDRESSEE, 0.90)])
def test_names_of_fifteen_years_resolve(
    rows: list[dict[str, str]], role: Role, least: float
) -> None:
    authority = load_authority(ontology_dir() / "authority").authority
    tally = tally_names(rows[::10], role, authority)
    assert tally.printed > 4000
    assert tally.share >= least, tally.failures.most_common(10)


def test_inferred_topics_belong_to_the_ministry_asked(rows: list[dict[str, str]]) -> None:
    authority = load_authority(ontology_dir() / "authority").authority
    inferred, checked, right = check_topics(rows[::40], authority)
    assert inferred > 0.4 * len(rows[::40])
    assert right / checked > 0.75


@pytest.mark.slow
def test_round_robins_are_found_among_forty_thousand_subjects(rows: list[dict[str, str]]) -> None:
    start = time.perf_counter()
    found = find_on_subjects(rows)
    assert time.perf_counter() - start < 60
    assert len(found) > 10
    assert all(len(one.sets) > 1 for one in found)
