"""Laws by number and by pattern, and the articles that a text names of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.mentions.gazetteer import Trigger
from kg.mentions.normalise import NormalText
from kg.model.authority import Kind
from kg.model.mention import Mention
from kg.model.text import Span

_TYPES = {
    "richtlijn": "dir",
    "verordening": "reg",
    "uitvoeringsverordening": "reg_impl",
    "besluit": "dec",
    "raadsbesluit": "dec",
    "uitvoeringsbesluit": "dec_impl",
    "kaderbesluit": "dec_framw",
    "aanbeveling": "reco",
}
_ARTICLE_WORDS = ("artikel", "artikelen", "art")
_ANAPHORS = ("wet", "richtlijn", "verordening")
TRIGGERS = (*_TYPES, *_ARTICLE_WORDS, "richtlijnen", "verordeningen", "wet", "eu", "eg")

_NUMBER = re.compile(
    r"\s?(?:van de (?:Raad|Commissie) )?"
    r"(?:\(?(?P<body>EU|EG|EEG|Euratom|GBVB)(?:,\s?Euratom)?\)?\s?)?(?:[Nn]r\.?\s?)?"
    r"(?P<first>\d{2,4})/(?P<second>\d{1,4})(?:/(?P<tail>EU|EG|EEG|JBZ|GBVB|Euratom))?(?![\d/])"
)
_AFTER_LABEL = re.compile(
    r"\s?\(?(?:(?:[Rr]ichtlijn|[Vv]erordening)\s)?\(?(?:EU|EG)\)?\s(?:nr\.?\s)?(?P<first>\d{2,4})/(?P<second>\d{1,4})(?![\d/])\)?"
)
_ARTICLE = r"\d{1,3}(?:[:.]\d{1,3}){0,3}[a-z]{0,2}(?![\w])"
_ARTICLES = re.compile(
    rf"\.?\s(?P<list>{_ARTICLE}(?:(?:\s?,\s?|\sen\s|\sof\s|\st/m\s|\stot\sen\smet\s|\sjo\.?\s){_ARTICLE}){{0,12}})"
)
_ONE_ARTICLE = re.compile(_ARTICLE)
_TO_LAW = re.compile(
    r"(?:\s?,?\s?(?:(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|\d{1,2}e?)\slid|lid\s\d{1,2}"
    r"|(?:aanhef\sen\s)?onder(?:deel)?\s[a-z0-9]{1,2}|sub\s[a-z0-9]{1,2}|[a-z](?=,)|en)){0,5}\s?,?\s?(?:van\s|uit\s|in\s)?(?:de\s|het\s)?(?:Europese\s|Nederlandse\s)?"
)
_POINTING = re.compile(r"\b(?:(?P<this>[Dd]eze|[Dd]ie|[Gg]enoemde|[Vv]oornoemde)|[Dd]e)\s$")
_SUFFIXES = tuple(
    re.compile(suffix + r"(?!\w)") for suffix in ("wet", "verordening", "richtlijn", "verdrag")
)
_COMPOUND = re.compile(r"(?<![\w-])[A-Z][a-zë]{3,30}$")
OF_ANOTHER_LAND = re.compile(
    r"\svan\s(?:Curaçao|Aruba|Sint Maarten|Suriname|België|Duitsland|Frankrijk|Oostenrijk)\b"
)
_GENERAL = re.compile(
    r"(?:rijks|wijzigings|reparatie|herstel|aanvullings|subsidie|nood|belasting|investerings|"
    r"associatie|invoerings|verzamel|spoed|uitvoerings|goedkeurings|intrekkings|aanpassings|"
    r"privacy|arbeids|handels|vrijhandels|vriendschaps|samenwerkings|wapen|kader|raam|model|"
    r"vervolg|grond|vakantie|schade|ontwerp|concept)(?:wet|verdrag|verordening|richtlijn)$"
)
_EUROPEAN = re.compile(r"(?:\bEU\b|Europese|Unie|Brussel)")
_BEFORE_ACT = re.compile(r"^(?:(?:De|Het|Een|The|[A-Z][a-z]+(?:se|sche))\s)+")
_ACT = re.compile(r" (?:Act|Law)(?!\w| [A-Z])")
_ACT_NAME = re.compile(
    r"(?<![\w-])(?:[A-Z][A-Za-z']+\s(?:(?:of|and|for|on|the|to|in)\s){0,2}){1,6}$"
)

EXAMPLES = (
    ("Richtlijn (EU) 2022/2555", ("dir", "2022", "2555")),
    ("Verordening (EU) nr. 910/2014", ("reg", "2014", "910")),
    ("verordening 2023/2841", ("reg", "2023", "2841")),
    ("Raadsbesluit (EU) 2022/2504", ("dec", "2022", "2504")),
    ("Richtlijn 95/46/EG", ("dir", "1995", "46")),
    ("Richtlijn 2014/24/EU", ("dir", "2014", "24")),
)


def find_numbered_acts(text: NormalText, triggers: Iterable[Trigger]) -> list[Mention]:
    """EU acts that `text` names by their number, spans in its original."""
    found = []
    for trigger in triggers:
        word = {"richtlijnen": "richtlijn", "verordeningen": "verordening"}.get(
            trigger.word, trigger.word
        )
        if word not in _TYPES:
            continue
        match = _NUMBER.match(text.clean, trigger.end)
        if match is None:
            continue
        number = _year_and_number(_TYPES[word], match["first"], match["second"])
        if number is None or (
            match["body"] is None and match["tail"] is None and len(match["first"]) < 4
        ):
            continue
        span = text.span(trigger.start, match.end())
        reading = (("number", number[1]), ("type", _TYPES[word]), ("year", number[0]))
        found.append(Mention(span, span.of(text.original), Kind.LAW, "law.number", (), reading))
    return found


def _year_and_number(kind: str, first: str, second: str) -> tuple[str, str] | None:
    """Which of the two figures is the year: first since 2015, second in older regulations."""

    def year(figure: str) -> str | None:
        if len(figure) == 4 and figure[:2] in ("19", "20"):
            return figure
        return f"19{figure}" if len(figure) == 2 and figure > "50" else None

    if kind.startswith("reg") and year(second) and (len(first) != 4 or not year(first)):
        return year(second) or "", first
    if (found := year(first)) is not None:
        return found, second
    return (found, first) if (found := year(second)) is not None else None


def extend_by_number(text: NormalText, laws: Sequence[Mention]) -> list[Mention]:
    """`laws` with the number that follows a name taken into it: "NIS2-richtlijn (EU) 2022/2555"."""
    extended = []
    for law in laws:
        match = _AFTER_LABEL.match(text.original, law.span.end) if law.candidates else None
        if match is not None and text.starts is None:
            span = Span(law.span.start, match.end())
            law = replace(law, span=span, exact=span.of(text.original))
        extended.append(law)
    return extended


def find_compounds(text: NormalText) -> list[Mention]:
    """Names of laws that are one capitalised word, or an English act, and that no list knows."""
    clean = text.clean
    places = []
    for suffix in _SUFFIXES:
        for match in suffix.finditer(clean):
            word = _COMPOUND.search(clean, max(0, match.start() - 32), match.start())
            if word is not None and clean[max(0, word.start() - 2) : word.start()] not in _OPENINGS:
                found = clean[word.start() : match.end()].lower()
                # "Drank-en Horecawet" is one name, its last word is none
                part = clean[max(0, word.start() - 4) : word.start()] == "-en "
                part = part or OF_ANOTHER_LAND.match(clean, match.end()) is not None
                if not part and not _GENERAL.match(found) and _is_act(clean, found, *match.span()):
                    places.append((word.start(), match.end()))
    for match in _ACT.finditer(clean):
        name = _ACT_NAME.search(clean, max(0, match.start() - 90), match.start() + 1)
        if name is not None:
            lead = _BEFORE_ACT.match(name[0])
            places.append((name.start() + (lead.end() if lead else 0), match.end()))
    mentions = []
    for start, end in places:
        span = text.span(start, end)
        mentions.append(Mention(span, span.of(text.original), Kind.LAW, "law.name"))
    return mentions


def _is_act(clean: str, name: str, start: int, end: int) -> bool:
    """Whether a "-richtlijn" or "-verordening" is law: Europe is named beside it.

    Guidelines for care and bylaws of municipalities bear the same words.
    """
    if name.endswith(("wet", "verdrag")):
        return True
    return _EUROPEAN.search(clean, max(0, start - 60), end + 20) is not None


_OPENINGS = frozenset({"", ". ", "? ", "! ", "\n"})


def find_backward(text: NormalText, triggers: Iterable[Trigger]) -> list[Mention]:
    """Laws that the text named before: "deze wet", "die richtlijn", "de Verordening"."""
    found = []
    for trigger in triggers:
        if trigger.word not in _ANAPHORS:
            continue
        before = _POINTING.search(text.clean, max(0, trigger.start - 12), trigger.start)
        capital = text.clean[trigger.start].isupper()
        if before is None or not (before["this"] or capital):
            continue
        following = text.clean[trigger.end : trigger.end + 12]
        if (
            re.match(r"\s(?:\(|\d|op\s|tot\s|van\s|inzake\s|[a-z]+e\s|[A-Z])|-", following)
            and capital
        ) or following.startswith("- en "):
            continue
        span = text.span(trigger.start, trigger.end)
        reading = (("word", trigger.word),)
        found.append(Mention(span, span.of(text.original), Kind.LAW, "law.anaphor", (), reading))
    return found


def read_articles(
    text: NormalText, triggers: Iterable[Trigger], laws: Sequence[Mention]
) -> list[Mention]:
    """`laws` with the articles named of them; "artikelen 3, 5 en 7 Wlz" gives three mentions."""
    starts = {law.span.start: i for i, law in enumerate(laws)}
    result = list(laws)
    more: list[Mention] = []
    for trigger in triggers:
        if trigger.word not in _ARTICLE_WORDS:
            continue
        articles = _ARTICLES.match(text.clean, trigger.end)
        if articles is None:
            continue
        joint = _TO_LAW.match(text.clean, articles.end())
        place = text.span(joint.end() if joint else articles.end(), len(text.clean)).start
        index = starts.get(place)
        if index is None:
            continue
        law = result[index]
        spans = [m.span() for m in _ONE_ARTICLE.finditer(text.clean, *articles.span("list"))]
        for start, end in spans[:-1]:
            span = text.span(start, end)
            reading = tuple(sorted({*law.reading, ("article", text.clean[start:end])}))
            more.append(
                replace(
                    law,
                    span=span,
                    exact=span.of(text.original),
                    rule="law.article",
                    reading=reading,
                )
            )
        last = text.clean[slice(*spans[-1])]
        result[index] = replace(law, reading=tuple(sorted({*law.reading, ("article", last)})))
    return [*result, *more]
