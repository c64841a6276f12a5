"""Reads names of people and offices as Dutch documents print them, into comparable parts."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PREFIX_WORDS = frozenset({"van", "de", "der", "den", "het", "'t", "ten", "ter", "te", "op", "in"})
_PREFIX_WORDS |= {"'s", "la", "le", "el", "al", "du", "dos", "von", "da", "di", "d'", "l'"}
_INITIALS = re.compile(r"(?:[A-Z][a-z]{0,2}\.)+|[A-Z]{2,5}\.?")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_TITLES = re.compile(
    r"\b(?:prof|dr|drs|mr|ir|ing|jhr|jkvr|bc|ba|ma|msc|bsc|llm|phd)\b\.?,?\s*", re.I
)
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´", "'"))
_HYPHEN = re.compile(r"\s*[-‐‑–—]\s*")
_NOT_DECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "ß": "ss"})


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """`text` in lower case, without diacritics, with plain apostrophes and single spaces.

    A hyphen keeps no spaces around it, so `Faber - Van de Klashorst` and
    `Faber-van de Klashorst` agree.
    """
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_NOT_DECOMPOSED))
    plain = _ACCENTS.sub("", decomposed)
    plain = _HYPHEN.sub("-", plain.translate(_APOSTROPHES))
    return " ".join(plain.split()).strip(" .,;:")


def slug(text: str) -> str:
    """`text` as the last part of a local id: ASCII letters and digits joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text).replace("'", "")).strip("-")


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A printed name in parts, all folded.

    `words` is the name without initials and titles, `initials` the first letters of the initials
    in order (`P.F.C.` gives `pfc`, `Th.J.` and `T.J.` give `tj`), empty where none are printed.
    """

    words: tuple[str, ...]
    initials: str = ""

    @property
    def text(self) -> str:
        """The words joined by spaces."""
        return " ".join(self.words)

    def readings(self) -> tuple[tuple[str, str], ...]:
        """(given name, surname) as the words allow, the longest surname first.

        A surname cannot start inside its own prefix: `van Marum` is read whole only, and of
        `Bas van 't Wout` no reading starts at `'t`.
        """
        result = []
        for start in range(len(self.words)):
            before = self.words[start - 1] if start else ""
            if before in _PREFIX_WORDS:
                continue
            result.append((" ".join(self.words[:start]), " ".join(self.words[start:])))
        return tuple(result)

    @property
    def is_full(self) -> bool:
        """Whether a given name is printed: more than a bare surname with its prefix."""
        return len(self.words) > 1 and self.words[0] not in _PREFIX_WORDS


@lru_cache(maxsize=20_000)
def read_name(printed: str) -> PrintedName:
    """The parts of a printed name: `Paulus Jansen (P.F.C.)`, `I.W. Opstelten`, `van Marum`."""
    initials = ""
    for inside in _BRACKETS.findall(printed):
        if _INITIALS.fullmatch(inside.strip()) or re.fullmatch(r"[A-Z]", inside.strip()):
            initials = _initials(inside)
    rest = _TITLES.sub("", _BRACKETS.sub(" ", printed)).strip()
    kept = []
    for position, word in enumerate(rest.split()):
        if position == 0 and _INITIALS.fullmatch(word) and len(rest.split()) > 1 and "." in word:
            initials = _initials(word)
        else:
            kept.append(word)
    return PrintedName(tuple(fold(" ".join(kept)).split()), initials)


def is_full_name(printed: str) -> bool:
    """Whether a printed text can name a person by itself: a given name and a surname.

    Every word but the prefixes has a capital, and none is a title of office.
    """
    name = read_name(printed)
    words = _BRACKETS.sub(" ", printed).split()
    return (
        name.is_full
        and not read_offices(printed)
        and all(word[0].isupper() or fold(word) in _PREFIX_WORDS for word in words)
    )


def _initials(printed: str) -> str:
    return fold("".join(re.findall(r"[A-ZÀ-Þ]", printed)))


def surname_forms(surname: str) -> tuple[str, ...]:
    """The folded forms under which a surname may be printed, the whole one first.

    A double name may be printed by either part (`Faber-van de Klashorst`: `faber`,
    `van de klashorst`); a part takes no prefix from the other.
    """
    whole = fold(surname)
    parts = [part.strip() for part in whole.split("-")]
    forms = (whole, whole.replace("-", " "), *parts)
    return tuple(dict.fromkeys(form for form in forms if len(form) > 1))


@dataclass(frozen=True, slots=True)
class PrintedOffice:
    """A printed office: title `minister`, `staatssecretaris` or `minister-president`.

    `field` is the folded rest ("justitie en veiligheid"), empty where none is printed.
    """

    title: str
    field: str


_OFFICE = re.compile(
    r"\b(?P<title>(?:vice[- ]?)?minister[- ]president|ministers?|staatss?ecretaris(?:sen)?)\b", re.I
)
_LEAD = re.compile(
    r"^(?:zonder portefeuille\b)?[\s,(–-]*"
    r"(?:(?:van|voor|v\.|op)\s+)?(?:(?:het\s+)?ministerie\s+van\s+)?"
)


@lru_cache(maxsize=20_000)
def read_offices(printed: str | None) -> tuple[PrintedOffice, ...]:
    """The offices that a printed text names, in order; none where it names no title."""
    if not printed:
        return ()
    found = list(_OFFICE.finditer(printed))
    offices = []
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(printed)
        rest = fold(printed[match.end() : end])
        rest = re.sub(r"(?:^|[\s,])(?:en|de|en de)$", "", rest.strip(" ,")).strip(" ,()")
        title = fold(match["title"])
        kind = (
            "minister-president"
            if "president" in title
            else ("minister" if title.startswith("minister") else "staatssecretaris")
        )
        offices.append(PrintedOffice(kind, fold(_LEAD.sub("", rest)).strip(" ()")))
    return tuple(offices)


def office_fields(label: str) -> tuple[str, ...]:
    """The folded names under which an office or ministry is printed, from one of its labels.

    `Staatssecretaris van Financiën (Toeslagen en Douane)` gives the whole field, `financien`
    and `toeslagen en douane`.
    """
    bare = _OFFICE.sub(" ", label, count=1)
    parts = [bare, *re.split(r"\s[–—-]\s|[()]", bare)]
    fields = (
        fold(_LEAD.sub("", fold(re.sub(r"^\s*ministerie\s+van\s+", "", part.strip(), flags=re.I))))
        for part in parts
    )
    return tuple(dict.fromkeys(field.strip(" ()") for field in fields if field.strip(" ()")))
