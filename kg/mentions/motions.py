"""Motions: by author (`motie-Kathmann c.s.`, `motie van het lid X`), by number, or `deze motie`."""

import bisect
import re
from collections.abc import Iterable, Sequence

from kg.mentions.gazetteer import Trigger
from kg.mentions.names import Surnames
from kg.mentions.normalise import NormalText
from kg.mentions.persons import person, read_names
from kg.model.authority import Kind
from kg.model.mention import Mention
from kg.model.months import MONTHS

_WORDS = ("motie", "moties", "kamermotie", "kamermoties")
_GLUED = tuple(
    before + word
    for before in ("de", "deze", "die", "een", "aangenomen", "ingediende", "gewijzigde", "genoemde")
    for word in _WORDS[:2]
)
TRIGGERS = frozenset((*_WORDS, *_GLUED))
"""Also with the word before it: texts from PDF lose spaces at the ends of lines."""

_BY = re.compile(
    r"[-–\s]?\s?(?:van\s)?(?:(?:het|de)\s)?(?:(?:Tweede\s)?(?:Kamer)?(?:lid|leden)\s|heer\s|mevrouw\s)?"
    r"(?=(?:van|de|der|den|ten|ter|el|al|[’']t)\s(?:[a-z]{2,4}\s){0,2}[A-ZÀ-Ž]|[A-ZÀ-Ž])"
)
_SPACE_BEFORE_PREFIX = re.compile(r"[-–\s](?=van\s(?:[a-z]{2,4}\s){0,2}[A-ZÀ-Ž])")
_BY_WHOM = re.compile(r"van\s|lid\s|leden\s")
_COMPANY = re.compile(r"\s?,?\sc\.?\s?s\b\.?(?!\w)")
_DATED = re.compile(
    r"\s(?:\((?:van\s|d\.d\.\s)?|van\s|d\.d\.\s)(?:\d{1,2}\s)?(?P<month>januari|februari|maart|april|mei|juni|juli|augustus|"
    r"september|oktober|november|december)\s(?P<year>\d{4})\)?"
)
_MONTHS = {month: f"{number:02}" for number, month in enumerate(MONTHS, 1)}
_BACKWARD = re.compile(
    r"\b(?:deze|die|genoemde|bovengenoemde|voornoemde|bedoelde|betreffende|desbetreffende|onderhavige|"
    r"eerdergenoemde)\s$",
    re.IGNORECASE,
)
_AS_ASKED = re.compile(
    r"\s(?:waar\s(?:in\s|u\s|deze\s)?(?:de\s)?vraag|waarnaar\s(?:in\s|u\s)|waar\s(?:u\s)?naar\s(?:u\s)?(?:wordt\s)?verw|"
    r"in\skwestie|waaraan\s(?:u\s|in\s)?(?:de\s)?(?:vraag|ref))"
)
_BROUGHT_BY = re.compile(
    r"(?:\bdoor\s(?:het|de)|\bdie\s(?:het|de))\s(?:Tweede\s)?(?:[Kk]amer)?(?:lid|leden)\s"
)
_BROUGHT = re.compile(
    r"(?:\s\([^()]{1,40}\))?(?:\s?,?\sc\.?s\.?)?(?:\s(?:op\s\d[\w\s.]{3,18}\s|eerder\s))?"
    r"\s?(?:ingediende|ingebrachte|voorgestelde)\s(?:(?:en\s)?(?:[a-z]+e|[a-z]+en)\s){0,3}"
)
_NUMBER_BEFORE = re.compile(r"\s?[(,:;–-]?\s?(?:de\s)?(?:[a-z]+e\s){0,2}")
_SENTENCE_END = re.compile(r"[.?!](?=\s[A-Z«]|\s?$)|[\n;]")
_REACH = 260

EXAMPLES = (
    ("de motie-Kathmann c.s. die", "motie-Kathmann c.s."),
    ("de motie van het lid Six Dijkstra c.s. die", "motie van het lid Six Dijkstra c.s."),
    ("de motie Van Der Werf (mei 2024). Deze", "motie Van Der Werf (mei 2024)"),
    ("de motie-Piri/Van Baarle over", "motie-Piri/Van Baarle"),
    ("de motie van de leden Bikker en Dassen over", "motie van de leden Bikker en Dassen"),
)


def find_motions(
    text: NormalText,
    triggers: Iterable[Trigger],
    surnames: Surnames,
    papers: Sequence[Mention],
) -> list[Mention]:
    """The motions that `text` names, and the people in their names, spans in its original.

    A paper that follows in the same sentence, before another motion, is the motion's number.
    """
    clean = text.clean
    words = [_unglued(t) for t in triggers if t.word in TRIGGERS]
    found: list[Mention] = []
    for i, trigger in enumerate(words):
        limit = words[i + 1].start if i + 1 < len(words) else len(clean)
        if trigger.end > (found[-1].span.end if found else 0) or not found:
            found += _read(text, trigger, limit, surnames, papers)
    return found


def _read(
    text: NormalText,
    trigger: Trigger,
    limit: int,
    surnames: Surnames,
    papers: Sequence[Mention],
) -> list[Mention]:
    clean = text.clean
    start, end = trigger.start, trigger.end
    opening = _prefixed(clean, end, surnames) or _BY.match(clean, end)
    people: list[Mention] = []
    singles: list[tuple[int, Mention]] = []
    company = False
    if opening is not None:
        # "moties van A (nummer) en B (nummer)" are read one by one below
        for first, last, keys, party in read_names(clean, opening.end(), surnames, many=True):
            if not keys and not _BY_WHOM.search(opening[0]) and not _is_compound(clean, trigger):
                break
            people.append(person(text, first, last, keys, "author", party))
            end = last
            partner = _COMPANY.match(clean, end)
            if partner is not None:
                end, company = partner.end(), True
                break
            singles.append((last, people[-1]))
    if not people:
        start, people = _before(text, trigger, surnames)
    reading: list[tuple[str, str]] = []
    dated = _DATED.match(clean, end) if people else None
    if dated is not None:
        end = dated.end()
        reading.append(("date", f"{dated['year']}-{_MONTHS[dated['month']]}"))
    sentence = _SENTENCE_END.search(clean, end, min(limit, end + _REACH))
    horizon = text.span(end, sentence.start() if sentence else min(limit, end + _REACH))
    own = text.span(start, end)
    first = bisect.bisect_left(papers, own.start, key=_start)
    last = bisect.bisect_left(papers, max(horizon.end, own.end), key=_start)
    number = next((p for p in papers[first:last] if p.read("number")), None)
    if number is None and people and first and _leads_to(text, papers[first - 1], own.start):
        number = papers[first - 1]
    if number is not None:
        reading += [field for field in number.reading if field[0] in ("dossier", "number")]
    subject = clean[end : end + 160]
    about = re.match(
        r"\s?(?:\([^()]{0,60}\)\s?)?(?:over|die|waarin|waarbij|om)\s(?P<what>[^.?!;]{3,150})",
        subject,
    )
    if about is not None:
        reading.append(("subject", about["what"].strip()))
    for who in people:
        reading.append(("author", who.read("name") or ""))
    exact = own.of(text.original)
    if not people and number is None:
        before = _BACKWARD.search(clean, max(0, start - 18), start)
        if before is None and _AS_ASKED.match(clean, end) is None:
            return []
        return [Mention(own, exact, Kind.MOTION, "motion.anaphor")]
    rule = "motion.author" if people else "motion.number"
    if company:
        reading.append(("company", "c.s."))
    return [Mention(own, exact, Kind.MOTION, rule, (), tuple(sorted(reading))), *people]


def _before(text: NormalText, trigger: Trigger, surnames: Surnames) -> tuple[int, list[Mention]]:
    """Where "door het lid X ingediende motie" begins, and who brought it; none elsewhere."""
    clean = text.clean
    for opening in _BROUGHT_BY.finditer(clean, max(0, trigger.start - 140), trigger.start):
        names = list(read_names(clean, opening.end(), surnames, many=True))
        end = names[-1][1] if names else opening.end()
        if names and _BROUGHT.fullmatch(clean, end, trigger.start) is not None:
            people = [
                person(text, first, last, keys, "author", party)
                for first, last, keys, party in names
            ]
            return opening.start(), people
    return trigger.start, []


def _prefixed(clean: str, end: int, surnames: Surnames) -> re.Match[str] | None:
    """The space before "van Nispen" in "motie van Nispen", where that is a whole surname."""
    space = _SPACE_BEFORE_PREFIX.match(clean, end)
    name = surnames.read(clean, space.end()) if space is not None else None
    return space if name is not None and name[2] else None


def _unglued(trigger: Trigger) -> Trigger:
    if trigger.word in _WORDS:
        return trigger
    word = "moties" if trigger.word.endswith("s") else "motie"
    return Trigger(trigger.end - len(word), trigger.end, word)


def _start(mention: Mention) -> int:
    return mention.span.start


def _leads_to(text: NormalText, paper: Mention, start: int) -> bool:
    """Whether a motion follows its number at once: "Kamerstuk 30 000, nr. 7 (motie-Vos)"."""
    return (
        paper.read("number") is not None
        and paper.span.end <= start <= paper.span.end + 30
        and _NUMBER_BEFORE.fullmatch(text.original[paper.span.end : start]) is not None
    )


def _is_compound(clean: str, trigger: Trigger) -> bool:
    return clean[trigger.end : trigger.end + 1] in ("-", "–")
