"""Subjects of real sets, each as a document of one question: `python -m tests.evaluation.subjects`.

The subjects stand in `../shared/zaken` (or `KG_SHARED`) and are no part of the project. Which of
them are annotated, and what they name, is in `tests/gold/subjects`. Prints how well it is found.
"""

import csv
import gzip
import os
import tempfile
from datetime import date
from pathlib import Path

from kg.evaluation import evaluate, read_gold
from kg.evaluation.tables import case_lines, score_lines
from kg.model.months import MONTHS
from kg.pipeline import link_documents

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared")
METADATA = SHARED / "zaken" / "zaken_2007_2022.csv.gz"
GOLD = ROOT / "tests" / "gold" / "subjects"

_DOCUMENT = """{number}

(ingezonden {day} {month} {year})

Vragen van het lid Van der Molen (CDA) aan de minister van Financiën over een bericht

{subject}?

Kunt u deze vragen beantwoorden?
"""


def write_subjects(folder: Path) -> None:
    """One document for each annotated subject, named by the number of its set, into `folder`."""
    numbers = {file for file, _ in read_gold(GOLD).rows}
    with gzip.open(METADATA, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["nummer"] in numbers:
                (folder / f"{row['nummer']}.txt").write_text(_document(row), encoding="utf-8")


def _document(row: dict[str, str]) -> str:
    asked = date.fromisoformat(row["gestart_op"][:10])
    return _DOCUMENT.format(
        number=row["nummer"],
        day=asked.day,
        month=MONTHS[asked.month - 1],
        year=asked.year,
        subject=" ".join(row["onderwerp"].split()),
    )


def main() -> None:
    """Prints the scores and the cases."""
    with tempfile.TemporaryDirectory() as folder:
        write_subjects(Path(folder))
        found = evaluate(link_documents([Path(folder)]), read_gold(GOLD))
    print(*score_lines(found), *case_lines(found), sep="\n")


if __name__ == "__main__":
    main()
