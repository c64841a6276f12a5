"""Small archives of invented sets, each document with a few."""

from pathlib import Path

import pytest

_BODIES = ("RIVM", "Rijkswaterstaat", "de Autoriteit Persoonsgegevens", "ProRail")


def page(number: int, word: str = "brug") -> str:
    """A list page of three sets; `word` stands in a question of the second."""
    blocks = []
    for place in range(3):
        text = word if place == 1 else "sluis"
        village = "".join("bdfghjklmn"[int(digit)] + "oe" for digit in f"{number:03d}{place}")
        body = _BODIES[(number + place) % len(_BODIES)]
        blocks.append(
            f"De {text} van {village} |\n|\nJo Mol (NSC) |\n|\n"
            "Ans Smit (minister ) (VVD) |\n|\n![]() |\n"
            f"Is de {text} van {village} dicht volgens {body}?\n"
            f"Ja. Zie de motie-Mol (Kamerstuk 29 {number:03d}, nr. {place + 1}) en wat {body} "
            "daarover in het jaarverslag heeft laten weten aan de Kamer.\n"
        )
    return "".join(blocks)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder of 60 pages of three sets."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:03d}.txt").write_text(page(number), "utf-8")
    return folder
