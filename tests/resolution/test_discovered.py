"""What documents bring up themselves: known under a variant of its name, or a thing of its own."""

import pytest

from kg.model.authority import Authority, AuthorityEntry, Kind
from kg.model.mention import Entity, LinkStatus, Mention
from kg.model.text import Span
from kg.resolution.discovered import Discoveries
from kg.resolution.entities import merge_entity

AUTHORITY = Authority(
    [
        AuthorityEntry(
            "organisation/bbn", Kind.ORGANISATION, "Bruggenbond Nederland", labels=("BBN",)
        )
    ]
)


def named(text: str, abbreviation: str | None = None) -> tuple[LinkStatus, tuple[str, ...]]:
    mention = Mention(Span(0, len(text)), text, Kind.ORGANISATION, "test")
    link = Discoveries(AUTHORITY).named(mention, abbreviation)
    return link.status, link.keys


@pytest.mark.parametrize(
    ("text", "abbreviation", "status", "key"),
    [
        ("Bruggenbond Nederland", None, LinkStatus.CERTAIN, "organisation/bbn"),
        ("Bruggenbond van Nederland", "BBN", LinkStatus.CORRECTED, "organisation/bbn"),
        ("Bruggenbond van Nederland", None, LinkStatus.CERTAIN,
         "organisation/bruggenbond-van-nederland"),
        ("Bakkersbond Noord", "BBN", LinkStatus.CERTAIN, "organisation/bakkersbond-noord"),
        ("Bruggenbond van Nederland", "XYZ", LinkStatus.CERTAIN,
         "organisation/bruggenbond-van-nederland"),
    ],
)  # fmt: skip
def test_a_variant_of_a_known_name_needs_its_abbreviation(text, abbreviation, status, key):
    assert named(text, abbreviation) == (status, (key,))


@pytest.mark.parametrize(
    ("kind", "labels", "expected"),
    [
        (Kind.MOTION, ["Kamerstuk 1, nr. 2", "Motie-Mol", "Motie-Vos"], "Motie-Mol"),
        (Kind.MOTION, ["Kamerstuk 1, nr. 2", "Motie over vis"], "Kamerstuk 1, nr. 2"),
        (Kind.LAW, ["Verordening 1", "Motie-Mol"], "Verordening 1"),
    ],
)
def test_the_label_of_a_motion_is_the_first_that_names_its_authors(kind, labels, expected):
    merged = merge_entity([Entity("x/1", kind, label, (label,)) for label in labels])
    assert merged.label == expected
    assert merged.labels == tuple(sorted(set(labels) - {expected}))
