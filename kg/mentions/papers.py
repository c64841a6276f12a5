"""Parliamentary papers: `Kamerstuk 26 643, nr. 1315`, `kst-26643-1315`, `36 600 VII, nr. 12`.

A paper is read as its `dossier` (digits, with a budget chapter or sub-dossier after a hyphen:
`36600-VII`, `21501-02`) and its `number` (digits, or a letter for papers of the Eerste Kamer).
A dossier without a number is the dossier as a whole.
"""

import re
from collections.abc import Iterable

from kg.mentions.gazetteer import Trigger
from kg.mentions.normalise import NormalText
from kg.model.authority import Kind
from kg.model.mention import Mention

TRIGGERS = frozenset((
    "kamerstuk", "kamerstukken", "kamerstuknummer", "kamerstuknr", "kst", "nr", "nrs",
    "vergaderjaar",
))  # fmt: skip

_CHAMBER = r"(?:\s?,?\s?\(?(?:I{1,2}|TK|EK|Tweede Kamer|Eerste Kamer)\)?(?=[\s,]))?"
_YEAR = r"(?:\s?,?\s?(?:vergaderjaar\s)?\d{4}\s?[-–/]\s?\d{2,4}(?!\d)(?:\s?,)?)?"
_DOSSIER = (
    r"(?!(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d\b)(?P<dossier>\d{2}[ .]\d{3}|\d{4,5})(?![\d.])"
    r"(?:\s?[-–]?\s?(?P<chapter>[IVX]{1,6}[A-K]?|[A-J](?=\s?,?\s?nr))(?![A-Za-z])"
    r"(?!,? nr\.? [IVX])"
    r"|\s?[-–]\s?(?P<sub>\d{2})(?=,? ?n[ru]|[-–]\d))?"
)
_NUMBER = (
    r"(?:\s?,?\s?(?:[Nn]rs?\b\.?|[Nn]ummers?|[-–/]|,)\s?"
    r"(?P<number>\d{1,4}(?![\d.]\d)(?! ?\d{3})|[A-Z]{1,2}\b))"
)

_AFTER_WORD = re.compile(
    rf"(?:[Nn]ummer|[Nn]r)?\.?{_CHAMBER}{_YEAR}[\s,:-]{{0,3}}{_DOSSIER}{_NUMBER}?"
)
_NEXT_NUMBER = re.compile(
    r"\s?(?:,|en|&|/)\s?(?:nr\.?\s?)?(?P<number>\d{1,4})(?![\d ]?\d{2})(?=[\s,;.)\]]|$)"
)
_NEXT_PAPER = re.compile(
    r"\s?(?:,|;|en|&|/)\s?(?:en\s)?(?:(?:I{1,2}|TK|EK)(?=[\s,])\s?,?\s?)?"
    rf"(?:\d{{4}}\s?[-–/]\s?\d{{2,4}}\s?,?\s?)?{_DOSSIER}{_NUMBER}"
)
_BRACKETED = re.compile(r"[(\[](?P<dossier>[1-9]\d \d{3})[-–](?P<number>\d{1,4})(?=[)\];,])")
_BEFORE_NR = re.compile(rf"(?<![\d.,]){_DOSSIER}\s?,?\s?$")
_AFTER_NR = re.compile(r"\.?\s?(?P<number>\d{1,4}|[A-Z]{1,2})\b")
_SUBDOSSIERS = frozenset({"21501"})

EXAMPLES = (
    ("Kamerstuk 26 643, nr. 1315", ("26643-1315",)),
    ("Kamerstuk 26643-1315", ("26643-1315",)),
    ("[Kamerstuk 26 643-1315]", ("26643-1315",)),
    ("Kamerstuk 6643–1320", ("6643-1320",)),
    ("Kamerstukken II 2023/24, 26 643, nr. 1315", ("26643-1315",)),
    ("Kamerstuk 36 574", ("36574",)),
    ("Kamerstuk 36 600 VII, nr. 1", ("36600-VII-1",)),
    ("Kamerstuk 21 501-02, nr. 3174", ("21501-02-3174",)),
    ("Tweede Kamer, vergaderjaar 2024–2025, 29 628, nr. 1234", ("29628-1234",)),
    ("Kamerstuk 29 628, nrs. 12 en 13", ("29628-12", "29628-13")),
    ("kst-26643-1315", ("26643-1315",)),
    ("Kamerstukken II 2021/22, 36 021, nr. 6; I 2022/23, 36 021, B", ("36021-6", "36021-B")),
    ("in de brief (23 432-537) staat", ("23432-537",)),
    ("kamerstuknr. 29754-580", ("29754-580",)),
    ("(Kamerstuk 35570-A, nr. 30)", ("35570-A-30",)),
    ("motie Vos (33750 V nr. 30)", ("33750-V-30",)),
)


def find_papers(text: NormalText, triggers: Iterable[Trigger]) -> list[Mention]:
    """The papers that `text` names, in order, spans in its original."""
    clean = text.clean
    found: list[Mention] = []
    reached = 0
    for trigger in triggers:
        if trigger.start < reached:
            continue
        if trigger.word in ("nr", "nrs"):
            window = max(reached, trigger.start - 20)
            before = _BEFORE_NR.search(clean, window, trigger.start)
            after = _AFTER_NR.match(clean, trigger.end)
            # a bare dossier is printed in two parts; five digits together may be anything
            if before is None or after is None:
                continue
            bracketed = clean[before.start() - 1 : before.start()] in ("(", "[")
            if clean[before.end("dossier") - 4] not in " ." and not bracketed:
                continue
            start, end = before.start("dossier"), after.end()
            number = after["number"]
            match = before
        else:
            after_word = _AFTER_WORD.match(clean, trigger.end)
            if after_word is None:
                continue
            match, number = after_word, after_word["number"]
            start, end = trigger.start, after_word.end()
            if trigger.word == "vergaderjaar":
                if number is None or len(after_word["dossier"]) < 5:
                    continue
                start = match.start("dossier")
        found.append(_paper(text, start, end, match, number))
        while True:
            more = _NEXT_NUMBER.match(clean, end) if number else None
            if more is not None:
                found.append(_paper(text, more.start("number"), more.end(), match, more["number"]))
                end = more.end()
                continue
            other = _NEXT_PAPER.match(clean, end)
            if other is None:
                break
            match, number = other, other["number"]
            found.append(_paper(text, other.start("dossier"), other.end(), other, number))
            end = other.end()
        reached = end
    ends = {mention.span.end for mention in found}
    for match in _BRACKETED.finditer(clean):
        paper = _paper(text, match.start("dossier"), match.end(), match, match["number"])
        if paper.span.end not in ends:
            found.append(paper)
    return sorted(found, key=lambda mention: mention.span)


def _paper(
    text: NormalText, start: int, end: int, match: re.Match[str], number: str | None
) -> Mention:
    dossier = re.sub(r"\D", "", match["dossier"])
    groups = match.groupdict()
    part = groups.get("chapter") or groups.get("sub")
    if number and part is None and dossier in _SUBDOSSIERS and len(number) == 2:
        part, number = number, None
    if part:
        dossier = f"{dossier}-{part}"
    reading = [("dossier", dossier)]
    if number:
        reading.append(("number", number))
    span = text.span(start, end)
    return Mention(span, span.of(text.original), Kind.PAPER, "paper.number", (), tuple(reading))
