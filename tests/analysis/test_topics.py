from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.topic_cues import CUES
from kg.analysis.topics import infer_from_text, infer_topics, split_topics
from kg.model.authority import Authority, Kind
from kg.rdf.authority import load_authority
from kg.resources import ontology_dir
from tests.analysis.conftest import SetOf

AUTHORITY: Authority = load_authority(ontology_dir() / "authority").authority
LABELS = sorted(
    {
        topic.label
        for topic in AUTHORITY.of_kind(Kind.TOPIC)
        if "_" not in topic.label and topic.label != "Jongeren"
    }
)


@pytest.mark.parametrize(
    ("printed", "keys", "unknown"),
    [
        (
            "economie ict overige economische sectoren",
            ("economie", "ict", "overige-economische-sectoren"),
            (),
        ),
        ("Verkeer Weg", ("verkeer", "weg"), ()),
        ("cultuur en recreatie cultuur", ("cultuur-en-recreatie", "cultuur"), ()),
        ("natuur en milieu lucht geluid", ("natuur-en-milieu", "lucht", "geluid"), ()),
        (
            "openbare orde en veiligheid politie, brandweer en hulpdiensten",
            ("openbare-orde-en-veiligheid", "politie-brandweer-en-hulpdiensten"),
            (),
        ),
        ("zorg en gezondheid jongeren", ("zorg-en-gezondheid", "jongeren-gezondheid"), ()),
        ("sociale zekerheid | jongeren", ("sociale-zekerheid", "jongeren"), ()),
        ("werk zebrapaden", ("werk",), ("zebrapaden",)),
        ("", (), ()),
    ],
)
def test_a_line_without_separators_is_cut(
    printed: str, keys: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    found = split_topics(printed, AUTHORITY)
    assert found.keys == tuple(f"topic/{key}" for key in keys)
    assert found.unknown == unknown


@given(st.lists(st.sampled_from(LABELS), min_size=1, max_size=5, unique=True))
def test_every_line_of_labels_is_cut_without_rest(labels: list[str]) -> None:
    found = split_topics(" ".join(labels).lower(), AUTHORITY)
    assert found.unknown == ()
    assert 1 <= len(found.keys) <= len(labels)


def test_every_topic_with_cues_exists_and_no_cue_stands_twice_in_a_topic() -> None:
    for key, cues in CUES.items():
        assert key in AUTHORITY, key
        assert len(set(cues)) == len(cues), key
        assert all(cue == cue.lower().strip() for cue in cues), key


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Het groot datalek bij een webwinkel", "topic/ict"),
        ("De sluiting van het ziekenhuis in Zutphen", "topic/zorg-en-gezondheid"),
        ("De vertraging van treinen in Zeeland", "topic/spoor"),
        ("Mishandeling van varkens in een slachthuis", "topic/dieren"),
    ],
)
def test_titles_point_at_topics(title: str, first: str) -> None:
    assert infer_from_text(title)[0].key == first


@pytest.mark.parametrize("title", ["", "Het bericht van gisteren", "De minister en zijn plannen"])
def test_where_nothing_points_anywhere_no_topic_is_inferred(title: str) -> None:
    assert infer_from_text(title) == ()


def test_sets_with_official_topics_get_no_inferred_ones(set_of: SetOf) -> None:
    plain = set_of(["Wat kost het ziekenhuis?"], title="Het ziekenhuis")
    assert infer_topics(plain)
    assert infer_topics(replace(plain, topics=("werk",))) == ()
