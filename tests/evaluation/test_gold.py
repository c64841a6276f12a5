"""The links keep their measured quality on the project's own gold."""

import json
import os
from pathlib import Path

import pytest

from kg.evaluation import evaluate, read_gold
from kg.pipeline import link_documents

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
TEXTS = {
    "seeds": ROOT / "seeds",
    "documents": SHARED / "documents" / "official-text",
    "ministry-letters": SHARED / "documents" / "docx",
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_kind_falls(name):
    if not TEXTS[name].exists():
        pytest.skip(f"{TEXTS[name]} is not here; it lies beside the project in CI")
    gold = ROOT / "tests" / "gold" / name
    floors = json.loads((gold / "floors.json").read_text(encoding="utf-8"))
    found = evaluate(link_documents([TEXTS[name]]), read_gold(gold))
    assert not found.texts_not_found
    for kind, floor in floors.items():
        score = found.kinds[kind]
        cases = [c for c in (*found.missed, *found.spurious) if c.kind == kind]
        measured = {"precision": score.precision, "f1": score.f1}
        fallen = {name: measured[name] for name in floor if measured[name] < floor[name]}
        assert not fallen, f"{kind} fell below {floor}: {fallen}, {cases}"
