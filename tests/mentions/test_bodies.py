"""Bodies that no list knows: tables of (text, names), with what must not be taken for one."""

import pytest

from kg.mentions import MentionExtractor
from kg.mentions.bodies import is_no_name
from kg.model.authority import Authority, AuthorityEntry, Kind

KNOWN = Authority(
    [
        AuthorityEntry("organisation/dji", Kind.ORGANISATION, "DJI"),
        AuthorityEntry("ministry/venk", Kind.MINISTRY, "Ministerie van Veiligheid en Kaas"),
    ]
)
EXTRACTOR = MentionExtractor(KNOWN)


def bodies(text, rule):
    return [m.exact for m in EXTRACTOR.extract(text) if m.rule == rule]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("de Stichting Kaas en Wol meldt", ["Stichting Kaas en Wol"]),
        (
            "het Landelijk Bureau Kaas en Veiligheid van DJI",
            ["Landelijk Bureau Kaas en Veiligheid"],
        ),
        ("de Erkenningscommissie Zoute Kazen zegt", ["Erkenningscommissie Zoute Kazen"]),
        ("het Vliet Ziekenhuis in Kaasdorp", ["Vliet Ziekenhuis"]),
        ("het Antoni Ziekenhuis en het Hof Ziekenhuis", ["Antoni Ziekenhuis", "Hof Ziekenhuis"]),
        ("de rechtbank Den Haag oordeelt", ["rechtbank Den Haag"]),
        ("de rechtbank in Assen", ["rechtbank in Assen"]),
        ("de commissie-Van der Kaas II", ["commissie-Van der Kaas II"]),
        ("de Raad van Bestuur van het ziekenhuis", []),
        ("de Raad van Toezicht en het College van Bestuur", []),
        ("een Universitair Medisch Centrum", []),
        ("een stichting in Emmen", []),
        ("de Rotterdamse ROC", []),
        ("de raad van Kaasdorp", []),
        ("het Europees Agentschap voor netwerken", []),
    ],
)
def test_a_name_with_its_head_word(text, names):
    assert bodies(text, "body.head") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("het bedrijf Kazio levert", ["Kazio"]),
        ("het Amerikaanse bedrijf Kazio Systems Group levert", ["Kazio Systems Group"]),
        ("milieuorganisatie Zuivel & Natuur wil", ["Zuivel & Natuur"]),
        ("zorginstelling ‘De Kaasmarkt’ sluit", []),
        ("actiegroep Kick Out Kaas demonstreert", ["Kick Out Kaas"]),
        ("de krant Het Kaasblad", []),
        ("een organisatie Nederlandse gedetineerden bijstaat", []),
        ("het bedrijf heeft", []),
        ("Het bedrijf De", []),
    ],
)
def test_a_name_after_what_it_is(text, names):
    assert bodies(text, "body.apposition") == names


@pytest.mark.parametrize("name", ["Medisch Centrum", "Raad van Toezicht", "Koninklijke Vereniging"])
def test_a_kind_of_body_is_no_name(name):
    assert is_no_name(name)


@pytest.mark.parametrize("name", ["Mulier Instituut", "Stichting Wol", "Vrije Universiteit"])
def test_a_name_is_a_name(name):
    assert not is_no_name(name)
