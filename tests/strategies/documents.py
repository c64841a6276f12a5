"""Strategies for whole documents: valid ones with what they say, and any of them broken.

A valid document is made together with its content, so that reading it can be compared with it.
"""

from dataclasses import dataclass
from datetime import date
from html import escape

from hypothesis import strategies as st

from kg.model.months import MONTHS
from tests.documents.bodies import ASKED, FORMS, SAID, Press
from tests.documents.heads import PARTIES, SURNAMES, Printer, document_of
from tests.documents.saved_page import as_page
from tests.sources.word_files import make_word

_WORDS = st.lists(st.text("abdefghijklmnoprstvwzéëïö", min_size=4, max_size=9), min_size=1,
                  max_size=8).map(" ".join)  # fmt: skip
_MARKUP = st.sampled_from(
    ["<b>", "&amp;", "</script>", "{{x}}", "«", "»", "’", "\u202e", "%s", "\\", '"', "'", "; --"]
)
_PROSE = st.builds(" ".join, st.lists(_WORDS | _MARKUP, min_size=1, max_size=3))
QUESTIONS = st.sampled_from(ASKED) | _PROSE.map(lambda text: f"Kunt u {text} toelichten?")
ANSWERS = st.sampled_from(SAID) | _PROSE.map(lambda text: f"Ja, {text} voldoet.")
TITLES = _PROSE.map(lambda text: f"Het bericht {text} gemeld")
DAYS = st.dates(date(2010, 1, 1), date(2026, 12, 31))
KENMERKEN = st.builds("{}Z{:05}".format, st.integers(2010, 2026), st.integers(1, 25_000))
URLS = st.sampled_from(
    ["https://zoek.example/x.html", "http://[", "https://x/%", "javascript:alert(1)", "http://a b"]
)


@dataclass(frozen=True)
class Person:
    """A person as a document prints them."""

    name: str
    party: str

    @property
    def printed(self) -> str:
        """Name and party, as openkamer has them."""
        return f"{self.name} ({self.party})"


PEOPLE = st.lists(
    st.builds(
        Person,
        st.builds("{} {}".format, st.sampled_from(["Jo", "Anna-Maria", "Çem"]),
                  st.sampled_from([name for name in SURNAMES if name[0].isupper()])),
        st.sampled_from([party for party in PARTIES if "," not in party]),
    ),
    min_size=1,
    max_size=3,
    unique=True,
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """A set on a list page: each question with the paragraphs of its answer."""

    title: str
    submitters: list[Person]
    government: list[Person]
    exchanges: list[tuple[str, list[str]]]

    @property
    def text(self) -> str:
        """As openkamer's list prints it."""
        cells = (self.title, *(", ".join(one.printed for one in people)
                               for people in (self.submitters, self.government)))  # fmt: skip
        head = "".join(f"{cell} |\n|\n" for cell in cells)
        body = "".join(f"{line}\n" for asked, said in self.exchanges for line in (asked, *said))
        return f"{head}![]() ![]() |\n{body}"


_ANSWERED = st.lists(
    st.tuples(QUESTIONS, st.lists(ANSWERS, min_size=1, max_size=2)), min_size=1, max_size=4
)
_ASKED_ONLY = st.lists(st.tuples(QUESTIONS, st.just([])), min_size=1, max_size=4)
LIST_PAGES = st.lists(
    st.builds(Block, TITLES, PEOPLE, PEOPLE, _ANSWERED | _ASKED_ONLY), min_size=1, max_size=3
)


@dataclass(frozen=True)
class DetailPage:
    """One set on a page of its own: facts, and an answer whose questions are elsewhere."""

    kenmerk: str
    submitted_on: date
    submitters: list[Person]
    topics: str
    url: str
    paragraphs: list[str]

    @property
    def text(self) -> str:
        """As openkamer's detail page prints it."""
        day = self.submitted_on
        rows = (
            ("Ingediend", f"{day.day} {MONTHS[day.month - 1]} {day.year}"),
            ("---", "---"),
            ("Indieners", ", ".join(one.printed for one in self.submitters)),
            ("Onderwerpen", self.topics),
            ("Bron vraag", f"https://zoek.example/kv-tk-{self.kenmerk}.html"),
            ("Bron antwoord", self.url),
        )
        table = "".join(
            "---|---|\n" if key == "---" else f"{key} | {value} |\n" for key, value in rows
        )
        return table + "".join(f"{line}\n" for line in self.paragraphs)


DETAIL_PAGES = st.builds(
    DetailPage, KENMERKEN, DAYS, PEOPLE, _WORDS, URLS, st.lists(ANSWERS, min_size=1, max_size=4)
)


@dataclass(frozen=True)
class Markup:
    """An official publication as XML: numbered questions, each with its answer."""

    exchanges: list[tuple[str, str]]

    @property
    def text(self) -> str:
        """As officielebekendmakingen.nl structures it."""
        units = "".join(
            f"<{name}><nr>{number}</nr><al>{escape(text)}</al></{name}>"
            for number, pair in enumerate(self.exchanges, 1)
            for name, text in zip(("vraag", "antwoord"), pair, strict=True)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<officiele-publicatie><kamervragen>'
            f"{_XML_HEAD}{units}</kamervragen></officiele-publicatie>"
        )


_XML_HEAD = (
    '<kamervraagomschrijving type="vraag">Vragen van het lid Mol (SP) aan de Minister van Defensie '
    "over schepen (ingezonden 3 november 2025).</kamervraagomschrijving>"
    '<kamervraagomschrijving type="antwoord">Antwoord van Minister Vos (Defensie) '
    "(ontvangen 24 november 2025).</kamervraagomschrijving>"
)
MARKUPS = st.builds(Markup, st.lists(st.tuples(QUESTIONS, ANSWERS), min_size=1, max_size=4))

_SEEDS = st.integers(0, 10**9)
PUBLICATIONS = st.builds(Press, _SEEDS, st.sampled_from(FORMS)).map(Press.publication)
DRAFTS = st.builds(Press, _SEEDS, st.just("draft")).map(Press.publication)
HEADS = st.builds(Printer, _SEEDS, glued=st.just(False)).map(Printer.head)

ANY_DOCUMENT: st.SearchStrategy[bytes] = st.one_of(
    LIST_PAGES.map(lambda page: "".join(block.text for block in page).encode()),
    LIST_PAGES.map(lambda page: as_page("".join(block.text for block in page)).encode()),
    DETAIL_PAGES.map(lambda page: page.text.encode()),
    MARKUPS.map(lambda markup: markup.text.encode()),
    PUBLICATIONS.map(lambda made: "\n".join(made.lines).encode()),
    HEADS.map(lambda head: document_of(head).encode()),
    DRAFTS.map(lambda made: make_word(made.lines)),
)

_STUMBLING = st.sampled_from(
    [b"\0", b"\xff", b"\xed\xa0\x80", b"\xc3", b"|", b" |\n", b"![]() |\n", b"Vraag 1\n", b"<",
     b"&", b"Antwoord 9 t/m 1\n", b"(" * 40, b"Vragen van het lid ", b"\xcc\x81", b"]]>", b"\r",
     b"\n", b"Ingediend | 31 februari 2025 |\n", "\u202e".encode(), b"\xef\xbb\xbf"]
)  # fmt: skip
_Edit = tuple[str, float, float, bytes]
_EDITS = st.lists(
    st.tuples(
        st.sampled_from(["cut", "drop", "repeat", "insert", "move"]),
        st.floats(0, 1),
        st.floats(0, 1),
        _STUMBLING | st.binary(max_size=8),
    ),
    min_size=1,
    max_size=5,
)


def _broken(data: bytes, edits: list[_Edit]) -> bytes:
    for kind, one, other, odd in edits:
        start, end = sorted((int(one * len(data)), int(other * len(data))))
        match kind:
            case "cut":
                data = data[:end]
            case "drop":
                data = data[:start] + data[end:]
            case "repeat":
                data = data[:end] + data[start:][:2000] + data[end:]
            case "insert":
                data = data[:start] + odd + data[start:]
            case "move":
                data = data[end:] + data[start:end] + data[:start]
    return data


BROKEN_DOCUMENTS = st.builds(_broken, ANY_DOCUMENT, _EDITS)
"""Any document after a few edits; it may still be one."""
