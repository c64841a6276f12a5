import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import GraphError, UsageError
from kg.model.assertion import Assertion, Iri
from kg.model.question_set import SourcePlace
from kg.model.text import Span
from kg.rdf.iris import Mint, to_web_iri
from kg.store.turtle import HEAD, to_blocks

URLS = st.one_of(
    st.text(st.characters(), max_size=12).map(lambda text: f"https://{text}"),
    st.text("ab.:/?#[]@!$&'()*+,;=%é\u200e\ue000\ufffe\x7f\\\"<> 0f", max_size=20).map(
        lambda text: f"http://v.nl/{text}"
    ),
)


def test_things_documents_and_places() -> None:
    mint = Mint("https://voorbeeld.nl/k/")
    sha256 = "0123456789abcdef" * 4
    assert mint.thing("person/jo-mol") == Iri("https://voorbeeld.nl/k/id/person/jo-mol")
    assert mint.document(sha256) == Iri("https://voorbeeld.nl/k/id/document/0123456789abcdef")
    assert mint.place(SourcePlace(sha256, Span(3, 9))).value.endswith("abcdef#char=3,9")


@pytest.mark.parametrize(
    "key", ["", "person", "person/", "/person/x", "person/a b", "person/../x", 'person/"x', "a/é"]
)
def test_a_bad_local_id_is_refused(key: str) -> None:
    with pytest.raises(GraphError):
        Mint().thing(key)


@pytest.mark.parametrize(
    "base",
    ["", "voorbeeld", "https://voorbeeld.nl", "ftp://v.nl/", "https://v.nl/#", "https://v nl/"],
)
def test_a_bad_base_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="--base"):
        Mint(base)


@pytest.mark.parametrize(
    ("url", "is_iri"),
    [
        ("https://zoek.officielebekendmakingen.nl/kst-1.html", True),
        ("http://v.nl/é?q=1#a", True),
        ("javascript:alert(1)", False),
        ("https://v.nl/a b", False),
        ("https://v.nl/<script>", False),
        ("data:text/html,x", False),
        ("http://[", False),
        ("http://v.nl:poort/", False),
        ("http://v.nl/100%", False),
        ("http://v.nl/[x]", False),
        ("http://v.nl/#a#b", False),
        ("http://v.nl/\ud800", False),
        ("http://v.nl/\ufffe", False),
        ("https:///pad", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_iris(url: str, is_iri: bool) -> None:
    assert (to_web_iri(url) is not None) is is_iri


def expect_sound(iri: Iri) -> None:
    """The IRI comes through Turtle as it is, for both of the libraries."""
    text = HEAD + "".join(block.text for block in to_blocks([Assertion(iri, iri, iri)]))
    (triple,) = ox.parse(text, ox.RdfFormat.TURTLE)
    assert triple.object == ox.NamedNode(iri.value)
    read = set(rdflib.Graph().parse(data=text, format="turtle"))
    assert read == {(rdflib.URIRef(iri.value),) * 3}


@given(URLS)
@example("http://[")
def test_what_a_document_has_for_an_address_is_an_iri_or_left_out(url: str) -> None:
    iri = to_web_iri(url)
    if iri is not None:
        assert iri.value == url
        expect_sound(iri)


@given(st.text(st.characters(), max_size=20) | st.text("az09./-_%", max_size=20))
def test_any_local_id_is_minted_soundly_or_refused(key: str) -> None:
    mint = Mint()
    try:
        iri = mint.thing(key)
    except GraphError:
        return
    assert iri.value == f"{mint.base}id/{key}"
    assert not {"", ".", ".."} & set(key.split("/"))
    expect_sound(iri)


@given(URLS)
def test_any_base_is_taken_soundly_or_refused(base: str) -> None:
    try:
        mint = Mint(base)
    except UsageError:
        return
    expect_sound(mint.thing("person/jo-mol"))
