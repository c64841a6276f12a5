"""What the extractor finds with the authority of the project: tables of text and names."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.mentions import MentionExtractor
from kg.mentions.laws import EXAMPLES as ACT_EXAMPLES
from kg.mentions.policies import EXAMPLES as POLICY_EXAMPLES
from kg.model.authority import Kind
from kg.rdf.authority import load_authority
from kg.resources import ontology_dir

EXTRACTOR = MentionExtractor(load_authority(ontology_dir() / "authority").authority)


def named(text, kind):
    return [m.exact for m in EXTRACTOR.extract(text) if m.kind is kind]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        (
            "Het Ministerie van Klimaat en Groene Groei is",
            ["Ministerie van Klimaat en Groene Groei"],
        ),
        (
            "de Minister van KGG en het Ministerie van JenV",
            ["Minister van KGG", "Ministerie van JenV"],
        ),
        (
            "de Minister en de Staatssecretaris van Justitie en Veiligheid",
            ["Staatssecretaris van Justitie en Veiligheid"],
        ),
        ("de Ministeries EZ, KGG en LVVN.", ["Ministeries EZ", "KGG", "LVVN"]),
        ("Door BZK-VRO is gemeld", ["BZK", "VRO"]),
        ("de Minister van Onderwijs zegt", ["Minister van Onderwijs"]),
        ("Defensie-aanbestedingen", ["Defensie"]),
        ("de vaste commissie voor Justitie en Veiligheid", []),
        ("de Raad Buitenlandse Zaken", []),
        ("het Oekraïense Ministerie van Buitenlandse Zaken", []),
        ("de minister van Defensie van Israël", []),
        ("bezuinigingen op onderwijs en defensie", []),
        ("politie en justitie", []),
    ],
)
def test_ministries(text, exact):
    assert named(text, Kind.MINISTRY) == exact


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("de clouddiensten van Microsoft en Amazon.", ["Microsoft", "Amazon"]),
        ("de toegang tot Microsoft-diensten", ["Microsoft"]),
        ("het gebruik van Microsoft Exchange en Microsoft 365", []),
        ("zoals Ivanti Workspace Control", []),
        ("tijdens het commissiedebat Politie", []),
        ("de Report of the Independent International Reporters", []),
        ("de KNMI-website en Tennet", ["KNMI", "Tennet"]),
        ("volgens het Rijksinstituut voor Volksgezondheid en  Milieu", None),
        ("de politie en de school", []),
        ("Om 22.00 uur, via Denk Vooruit", []),
        ("de bezetting van Oost-Jeruzalem", []),
        ("de Stichting Water & Wind onderzoekt", ["Stichting Water & Wind"]),
        ("de commissie-Van der Meer II adviseert", ["commissie-Van der Meer II"]),
        ("een commissie van wijze mannen", []),
        ("het Vrolijk Agentschap voor kaas en melk", []),
    ],
)
def test_bodies(text, exact):
    found = named(text, Kind.ORGANISATION)
    if exact is None:
        assert len(found) == 1
        assert "  " in found[0], "the span keeps what the text prints"
    else:
        assert found == exact


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("de AI-verordening en de AI Verordening", ["AI-verordening", "AI Verordening"]),
        ("de NIS2-richtlijn (EU) 2022/2555", ["NIS2-richtlijn (EU) 2022/2555"]),
        ("binnen de kaders van de Wiv2017 en de WIV 2017", ["Wiv2017", "WIV 2017"]),
        ("de Wet weerbaarheid kritieke entiteiten (Wwke)", None),
        ("WOO-procedures", ["WOO"]),
        ("zo vaak als de wet het toelaat", []),
        ("volgens de Gasketelwet moet", ["Gasketelwet"]),
        ("de Absentee Property Law", ["Absentee Property Law"]),
    ],
)
def test_laws(text, exact):
    found = named(text, Kind.LAW)
    if exact is None:
        assert found[0] == "Wet weerbaarheid kritieke entiteiten"
    else:
        assert found == exact


@pytest.mark.parametrize(
    "text", ["de Drank-en Vossewet van toen", "de Sanctiewet van Curaçao", "de Ketenrichtlijn Kaas"]
)
def test_parts_of_names_foreign_laws_and_guidelines_are_no_law_of_ours(text):
    assert named(text, Kind.LAW) == []


@pytest.mark.parametrize(("text", "reading"), ACT_EXAMPLES)
def test_every_example_of_a_numbered_act_is_read(text, reading):
    from kg.mentions.gazetteer import Trigger
    from kg.mentions.laws import find_numbered_acts
    from kg.mentions.normalise import normalise

    word = text.split()[0].lower()
    (act,) = find_numbered_acts(normalise(text), [Trigger(0, len(word), word)])
    assert (act.read("type"), act.read("year"), act.read("number")) == reading


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("artikel 8, Wiv2017.", ["8"]),
        ("op grond van artikel 16 van de Wbni", ["16"]),
        ("artikelen 3, 5 en 7 Wlz", ["3", "5", "7"]),
        ("artikel 4, tweede lid, van de AI-verordening", ["4"]),
        ("artikel 3 gaat niet over de Wlz", [None]),
    ],
)
def test_articles_are_kept_with_their_law(text, articles):
    laws = [m for m in EXTRACTOR.extract(text) if m.kind is Kind.LAW]
    assert [law.read("article") for law in laws] == articles


@pytest.mark.parametrize(("text", "exact"), POLICY_EXAMPLES)
def test_every_example_of_a_policy_is_read(text, exact):
    assert exact in named(text, Kind.POLICY)


@pytest.mark.parametrize(
    "text", ["Kent u het bericht «Kaas is gezond»?", "ons beleid en onze strategie", "een plan"]
)
def test_news_and_plain_words_are_no_policy(text):
    assert named(text, Kind.POLICY) == []


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("het lid Six Dijkstra suggereert", ["Six Dijkstra"]),
        (
            "de leden Kathmann (GroenLinks-PvdA) en Six Dijkstra (NSC) vragen",
            ["Kathmann", "Six Dijkstra"],
        ),
        ("minister Faber zegt", ["Faber"]),
        ("president Poetin", ["Poetin"]),
        ("Het gesprek met Jan Verzonnen was goed", ["Jan Verzonnen"]),
        ("lid 2 van het artikel", []),
        ("alle leden van de Kamer", []),
        ("de minister is bereid", []),
        ("de Jan Verzonnen School", []),
    ],
)
def test_people(text, exact):
    assert named(text, Kind.PERSON) == exact


ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from("() «»\n\u00ad\u200b\u202e\u0301-–&’.,:;0123456789"),
        st.sampled_from([chr(c) for c in range(0x41, 0x17F)]),
    ),
    max_size=60,
)
SEEDED = st.sampled_from(
    [
        "motie-Kathmann c.s. (Kamerstuk 26 643, nr. 1315)",
        "artikelen 3, 5 en 7 Wlz",
        "de Minister van Justitie en Veiligheid",
        "Microsoft-diensten",
        "het rapport «GenAI: naar morgen»",
        "Zie het antwoord op vraag 2, 4 en 8",
        "Jesse Six Dijkstra",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(ODD, SEEDED), max_size=8).map(" ".join))
def test_every_span_is_the_exact_text_and_lies_within_it(text):
    for mention in EXTRACTOR.extract(text):
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.exact == text[mention.span.start : mention.span.end]
    for reference in EXTRACTOR.references(text, (3,)):
        assert reference.exact == text[reference.span.start : reference.span.end]


def test_names_are_found_through_soft_hyphens_bidi_marks_and_combining_accents():
    text = "het \u202eMinis\u00adterie van Finan\u200bcie\u0308n\u202c besluit"
    (mention,) = EXTRACTOR.extract(text)
    assert mention.candidates == ("ministry/fin",)
    assert mention.exact == text[mention.span.start : mention.span.end]


HOSTILE = {
    "brackets": "(" * 10_000,
    "no spaces": "Aanbestedingsbeleid" * 5_000,
    "controls": "\x00\x01\x1f" * 10_000,
    "accents": "e" + "\u0301" * 20_000,
    "many members": "motie van de leden Vos en " * 4_000,
    "many ministers": "Minister van " * 8_000,
    "many papers": "Kamerstuk 26 643, nr. " * 5_000,
    "many quotes": "rapport «" * 10_000,
    "english": "The quick brown fox knows no Dutch. " * 3_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_read_in_time(name):
    text = HOSTILE[name]
    start = time.process_time()
    mentions = EXTRACTOR.extract(text)
    EXTRACTOR.references(text, (3,))
    assert time.process_time() - start < 10
    assert all(m.exact == text[m.span.start : m.span.end] for m in mentions)
