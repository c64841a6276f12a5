"""The links keep their measured quality on the project's own gold."""

import json

import pytest

from kg.evaluation import evaluate, read_gold
from kg.pipeline import link_documents
from tests.evaluation.subjects import METADATA, ROOT, SHARED, write_subjects

TEXTS = {
    "seeds": ROOT / "seeds",
    "documents": SHARED / "documents" / "official-text",
    "ministry-letters": SHARED / "documents" / "docx",
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_kind_falls(name):
    if not TEXTS[name].exists():
        pytest.skip(f"{TEXTS[name]} is not here; it lies beside the project in CI")
    keeps_its_floors(ROOT / "tests" / "gold" / name, TEXTS[name])


def test_no_kind_falls_in_subjects(tmp_path):
    if not METADATA.exists():
        pytest.skip(f"{METADATA} is not here; it lies beside the project in CI")
    write_subjects(tmp_path)
    keeps_its_floors(ROOT / "tests" / "gold" / "subjects", tmp_path)


def keeps_its_floors(gold, documents):
    floors = json.loads((gold / "floors.json").read_text(encoding="utf-8"))
    found = evaluate(link_documents([documents]), read_gold(gold))
    assert not found.texts_not_found
    for kind, floor in floors.items():
        score = found.kinds[kind]
        cases = [c for c in (*found.missed, *found.spurious) if c.kind == kind]
        measured = {"precision": score.precision, "f1": score.f1}
        fallen = {name: measured[name] for name in floor if measured[name] < floor[name]}
        assert not fallen, f"{kind} fell below {floor}: {fallen}, {cases}"
