"""Sitemaps: no more pages in one than the protocol allows."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.export.site.sitemaps import Sitemaps

BASE = "https://example.org/"


def places(path: Path) -> list[str]:
    return [one.text or "" for one in ElementTree.parse(path).iter() if one.tag.endswith("}loc")]


@pytest.mark.parametrize(
    ("count", "files"),
    [
        (1, ["sitemap.xml"]),
        (50_000, ["sitemap.xml"]),
        (50_001, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]),
        (120_000, ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]),
    ],
)
def test_pages_are_spread_over_sitemaps(tmp_path: Path, count: int, files: list[str]) -> None:
    sitemaps = Sitemaps(tmp_path, BASE)
    for number in range(count):
        sitemaps.add(f"doc/{number} & co.html")
    sitemaps.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == files
    found = places(tmp_path / "sitemap.xml")
    if len(files) > 1:
        assert found == [BASE + name for name in files[:-1]]
        found = [place for name in files[:-1] for place in places(tmp_path / name)]
    assert found == [f"{BASE}doc/{number}%20%26%20co.html" for number in range(count)]
