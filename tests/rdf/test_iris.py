import pytest

from kg.errors import GraphError, UsageError
from kg.model.assertion import Iri
from kg.model.question_set import SourcePlace
from kg.model.text import Span
from kg.rdf.iris import Mint, to_web_iri


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
        ("", False),
    ],
)
def test_only_web_addresses_become_iris(url: str, is_iri: bool) -> None:
    assert (to_web_iri(url) is not None) is is_iri
