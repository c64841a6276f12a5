"""Annotated texts: which things each question and answer names, by document and line.

A gold folder holds `mentions.tsv` (file, line, type, key, surface, status) and `entities.tsv`
(key, label, aliases separated by |). `file` is how the document's name begins, `line` counts from
1 in its text. The type `UNIT` says that the text at a line was read and may name nothing; with a
`structure.json` all texts that it lists count as read. Rows that are not `gold` are neither
rewarded nor punished.
"""

import csv
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.model.authority import Kind

KINDS: Mapping[str, Kind] = {
    "ORG": Kind.ORGANISATION,
    "MINISTRY": Kind.MINISTRY,
    "PARTY": Kind.PARTY,
    "PERSON": Kind.PERSON,
    "LAW": Kind.LAW,
    "MOTION": Kind.MOTION,
    "POLICY": Kind.POLICY,
    "KAMERSTUK": Kind.PAPER,
}
REFERENCE = "XREF"
UNIT = "UNIT"

Place = tuple[str, int]
"""How a document's name begins, and a line of it."""


@dataclass(frozen=True, slots=True)
class GoldText:
    """A question or an answer that was annotated: the lines that it stands on."""

    lines: tuple[Place, ...]
    set_name: str
    is_answer: bool | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """All annotated texts; for each place and type the keys with their status; accepted names."""

    texts: tuple[GoldText, ...]
    rows: Mapping[Place, Mapping[str, Mapping[str, str]]]
    names: Mapping[str, frozenset[str]]


def normal_name(name: str) -> str:
    """A name in the form in which names are compared."""
    text = unicodedata.normalize("NFC", name).lower().replace("’", "'")
    text = text.replace("‑", "-").replace("–", "-")
    return re.sub(r"\s+", " ", text).strip(" .\"'«»()[]")


def read_gold(folder: Path) -> Gold:
    """The gold of `folder`. Raises UsageError where a file is missing or lacks a column."""
    rows: dict[Place, dict[str, dict[str, str]]] = {}
    for row in _table(folder / "mentions.tsv", ("file", "line", "type", "key", "status")):
        place = (row["file"], int(row["line"]))
        rows.setdefault(place, {}).setdefault(row["type"], {})[row["key"]] = row["status"]
    names = {
        row["key"]: frozenset(
            normal_name(name) for name in (row["label"], *row["aliases"].split("|")) if name
        )
        for row in _table(folder / "entities.tsv", ("key", "label", "aliases"))
    }
    structure = folder / "structure.json"
    texts = _structured(structure) if structure.exists() else _read_places(rows)
    return Gold(texts, rows, names)


def _table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{path}: no gold file here ({error.strerror}); name its folder"
        ) from error
    table = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    if table and (missing := [c for c in columns if c not in table[0]]):
        raise UsageError(f"{path}: the column {missing[0]} is missing; add it", line=1)
    return table


def _structured(path: Path) -> tuple[GoldText, ...]:
    texts = []
    for one in json.loads(path.read_text(encoding="utf-8")):
        name, first = one["title"], one["blocks"][0][0]
        detail = any(block[0] == "000" for block in one["blocks"])
        answers = "000" if detail else first
        listed = next((block[0] for block in one["blocks"] if block[0] != "000"), first)
        where = f"{name} ({listed}:{one['questions'][0]['line']})"
        texts += [GoldText(((listed, q["line"]),), where, False) for q in one["questions"]]
        texts += [
            GoldText(tuple((answers, line) for line in lines), where, True)
            for lines in one["answers"].values()
        ]
    return tuple(texts)


def _read_places(rows: Mapping[Place, Mapping[str, Mapping[str, str]]]) -> tuple[GoldText, ...]:
    return tuple(GoldText((place,), place[0]) for place in sorted(rows))
