"""Members of the government as heads print them, by office or by name.

`de Ministers van A en voor B en de Staatssecretaris van C` are three offices; `Minister D (A),
mede namens de Staatssecretaris van C` is a person with an office, and an office.
"""

import re
from collections.abc import Iterator

from kg.model.document import PrintedPerson
from kg.model.spelling import CAPITAL
from kg.parsing.members import clean, read_name
from kg.parsing.portfolios import PORTFOLIO, spaced
from kg.parsing.running_text import Paragraph

TITLE = (
    r"(?:(?:vice-?)?minister\s?[-–]\s?president|mini?n?i?sters?"
    r"|staat\s?s{0,2}\s?e?cr?etr?aris(?:sen)?)"
)
"""The titles of the government, with the misprints that occur."""
_OFFICE = re.compile(rf"(?:\b|(?<=\bde)){TITLE}(?=\b|van\b|voor\b)", re.IGNORECASE)
_PREMIER = re.compile(r"president$", re.IGNORECASE)
_GENERAL_AFFAIRS = re.compile(r"[\s,]*(?:van\s*)?Algemene\s*Zaken\b", re.IGNORECASE)
_SHARES_PORTFOLIO = re.compile(r"\s+en\s+(?:de\s+)?")
_PREPOSITION = re.compile(r"\s*(?:(van|voor)\s*(?=[^\W\d_])|\s)")
_NEXT_PORTFOLIO = re.compile(
    rf"(?:\s*,\s*(?:en\s*)?|\s*\ben\s*)(van|voor)(?:\s+(?:de|het)\b)?\s*(?={CAPITAL})"
)
_LINKED = re.compile(rf"(?:\s*,|\s*en)\s*(?={CAPITAL})")
_OFFICIAL = re.compile(
    rf"(?P<title>{TITLE})?\s*(?P<name>[^()]*?)\s*\((?P<portfolio>[^()]*)\)?", re.IGNORECASE
)
_NAMED_OFFICIAL = re.compile(
    rf"(?P<title>{TITLE})\s+(?!van\s|voor\s)(?P<name>(?-i:{CAPITAL})[^,(.]*)", re.IGNORECASE
)
_NAME_BEHIND = re.compile(
    rf",\s*(?:de heer |mevrouw |(?=(?:{CAPITAL}\.\s?)+{CAPITAL}))(?P<name>.+)"
)
_BARE = re.compile(rf"\s+(?P<rest>{CAPITAL}.*)")
_ON_BEHALF = re.compile(r",?\s*(?:mede\s*)?namens\s*", re.IGNORECASE)


def read_offices(
    paragraph: Paragraph, start: int, end: int, *, on_behalf: bool = False
) -> Iterator[PrintedPerson]:
    """The offices in `text[start:end]`: `de Ministers van A en voor B en de Staatssecretaris …`."""
    text = paragraph.text
    titles = list(_titles(text, start, end))
    for index, title in enumerate(titles):
        stop = titles[index + 1].start() if index + 1 < len(titles) else end
        singular = _singular(title.group())
        portfolios: list[tuple[str, int, int]] = []
        if not _PREMIER.search(title.group()):
            plural = title.group().lower().endswith(("sters", "sen"))
            portfolios = list(_portfolios(text, title.end(), stop, plural=plural))
            if not portfolios and _SHARES_PORTFOLIO.fullmatch(text, title.end(), stop):
                after = titles[index + 1].end()
                last = titles[index + 2].start() if index + 2 < len(titles) else end
                portfolios = list(_portfolios(text, after, last, plural=False))
        if not portfolios:
            last = _trim(text, title.end(), stop)
            bare = _BARE.match(text, title.end(), last)
            name = read_name(bare["rest"]) if bare else ""
            place = paragraph.span(title.start(), last if bare else title.end())
            yield PrintedPerson(name, place, None, singular, on_behalf)
        for number, (preposition, first, last) in enumerate(portfolios):
            begin = title.start() if number == 0 else first
            named = _NAME_BEHIND.search(text, first, last)
            portfolio = spaced(clean(text[first : named.start() if named else last]))
            yield PrintedPerson(
                read_name(named["name"]) if named else "",
                paragraph.span(begin, last),
                None,
                f"{singular} {preposition} {portfolio}",
                on_behalf,
            )


def _titles(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The titles, without the second one of `Minister-President, Minister van Algemene Zaken`."""
    before: re.Match[str] | None = None
    for title in _OFFICE.finditer(text, start, end):
        premier = before is not None and _PREMIER.search(before.group())
        if not (premier and _GENERAL_AFFAIRS.match(text, title.end(), end)):
            yield title
        before = title


def _portfolios(text: str, start: int, end: int, *, plural: bool) -> Iterator[tuple[str, int, int]]:
    """(preposition, start, end) of each portfolio after a title."""
    opening = _PREPOSITION.match(text, start, end)
    if opening is None or not (opening[1] or _is_portfolio(text, opening.end(), end)):
        return
    preposition = opening[1] or "van"
    at = opening.end()
    while at < end:
        known = PORTFOLIO.match(text, at, end)
        following = _NEXT_PORTFOLIO.search(text, known.end() if known else at, end)
        stop = following.start() if following else end
        if plural and known and known.end() < stop:
            linked = _LINKED.match(text, known.end(), stop)
            if linked:
                yield preposition, at, known.end()
                at = linked.end()
                continue
        last = _trim(text, at, stop)
        if last > at:
            yield preposition, at, last
        if following is None:
            return
        preposition, at = following[1], following.end()


def _is_portfolio(text: str, start: int, end: int) -> bool:
    """Whether what follows a title without `van` is a portfolio rather than a name."""
    rest = text[start : _trim(text, start, end)]
    several = re.match(rf"{CAPITAL}[^()]*?(?:,| en) {CAPITAL}", rest)
    return bool(PORTFOLIO.match(text, start, end) or several)


def _trim(text: str, start: int, end: int) -> int:
    """`end` without a trailing link to what follows (`, de`, ` en`, ` en de`)."""
    link = re.search(
        r"(?:[\s,.;:]|\ben\b|\bde\b|\bhet\b|\baan\b|\balsmede\b|\bmede\b)+$", text[start:end]
    )
    return start + link.start() if link else end


def read_officials(paragraph: Paragraph, start: int, end: int) -> Iterator[PrintedPerson]:
    """Who answers in `text[start:end]`, and on whose behalf too."""
    behalf = _ON_BEHALF.search(paragraph.text, start, end)
    yield from _officials(paragraph, start, behalf.start() if behalf else end)
    if behalf:
        yield from _officials(paragraph, behalf.end(), end, on_behalf=True)


def _officials(
    paragraph: Paragraph, start: int, end: int, *, on_behalf: bool = False
) -> Iterator[PrintedPerson]:
    """People with their office behind in brackets, or offices without a name."""
    text = paragraph.text
    title = ""
    at = start
    for match in _OFFICIAL.finditer(text, start, end):
        name = re.sub(r"^(?:,|en\b|de\b|\s)+", "", match["name"].strip())
        found = _OFFICE.search(match.group())
        if found and not match["title"]:
            name = text[match.start() + found.end() : match.end("name")].strip()
        if found:
            title = _singular(found.group())
        if re.match(r"(?:van|voor)\s", name) or not name:
            yield from read_offices(paragraph, match.start(), match.end(), on_behalf=on_behalf)
        else:
            first = match.start() if not found else match.start() + found.start()
            portfolio = "" if _PREMIER.search(title) else spaced(clean(match["portfolio"]))
            place = paragraph.span(first, match.end())
            sharing = re.split(rf"\s+en\s+({TITLE})\s+", f"{title} {name}", flags=re.IGNORECASE)
            names = [name] if len(sharing) == 1 else [sharing[0][len(title) + 1 :], *sharing[2::2]]
            for each, own in zip(names, [title, *map(_singular, sharing[1::2])], strict=True):
                yield PrintedPerson(
                    read_name(each), place, None, _office(own, portfolio), on_behalf
                )
        at = match.end()
    if _OFFICE.search(text[at:end]):
        named = _NAMED_OFFICIAL.search(text, at, end)
        if named and not re.search(rf"\b(?:van|voor)\s+{CAPITAL}.*\ben\b", named["name"]):
            yield PrintedPerson(
                read_name(named["name"]),
                paragraph.span(named.start(), named.end()),
                None,
                _singular(named["title"]),
                on_behalf,
            )
        else:
            yield from read_offices(paragraph, at, end, on_behalf=on_behalf)


def _office(title: str, portfolio: str) -> str | None:
    """`Minister` and `Defensie` as one; a portfolio may print its own preposition."""
    if not portfolio:
        return title or None
    own = re.match(r"(?:van|voor)\s", portfolio)
    return f"{title} {portfolio}" if own else f"{title} van {portfolio}"


def _singular(title: str) -> str:
    """`Ministers` as `Minister`, misprints (`Staatsecretaris`, `minster`) mended."""
    lower = title.lower()
    if "president" in lower:
        return re.sub(r"\s?[-–]\s?", "-", title)
    singular = "staatssecretaris" if lower.startswith("st") else "minister"
    return singular.capitalize() if title[0].isupper() else singular
