"""Bodies that no list knows: "Stichting Natuur & Milieu", "het bedrijf Palantir"."""

import bisect
import re
from collections.abc import Iterable, Sequence

from kg.mentions.gazetteer import Trigger
from kg.mentions.names import NAME
from kg.mentions.normalise import NormalText, fold
from kg.model.authority import Kind
from kg.model.mention import Mention

BODY_HEADS = (
    "raad", "dienst", "instituut", "autoriteit", "inspectie", "bureau", "agentschap", "stichting",
    "vereniging", "bond", "universiteit", "hogeschool", "centrum", "center", "centre",
    "federatie", "federation", "organisatie", "organization", "organisation", "commissie",
    "commission", "college", "fonds", "bank", "unie", "union", "coalitie", "coalition", "agency",
    "authority", "association", "academie", "academy", "institute", "council", "kamer",
    "rechtbank", "gerechtshof", "koepel", "genootschap", "maatschappij", "politie", "brandweer",
    "marechaussee", "kennisinstituut", "ziekenhuis", "foundation", "comité", "committee",
    "brancheorganisatie", "werkgroep", "adviescollege", "expertisecentrum", "meldpunt",
    "ombudsman", "observatorium", "society", "bibliotheek", "network", "networks", "group",
    "museum", "alliantie", "alliance",
)  # fmt: skip
_NAMED_HEADS = (
    *BODY_HEADS, "adviesraad", "onderzoeksraad", "kenniscentrum", "brancheorganisaties",
    "veiligheidsregio", "omgevingsdienst", "kustwacht", "roc", "erkenningscommissie",
    "geschillencommissie", "adviescommissie", "onderzoekscommissie", "toetsingscommissie",
    "klachtencommissie", "begeleidingscommissie", "staatscommissie", "klachteninstituut",
    "streekziekenhuis", "ziekenhuisgroep", "woonstichting", "woningstichting", "octrooicentrum",
    "kankercentrum", "revalidatiecentrum", "innovatiecentrum", "pensioenfonds", "waarborgfonds",
    "stimuleringsfonds", "investeringsfonds", "waterbedrijf", "drinkwaterbedrijf", "energiebedrijf",
    "havenbedrijf", "vervoerbedrijf", "vakvereniging", "beroepsvereniging", "scholengroep",
    "scholengemeenschap", "rijksmuseum", "zorggroep", "stadsherstel", "woonbedrijf", "lyceum",
    "pi", "jji", "fpc", "fpk", "ctp",
)  # fmt: skip
_SMALL_HEADS = frozenset({"stichting", "rechtbank", "universiteit", "hogeschool"})
_LEFT_ONLY = frozenset({"group", "network", "networks", "society", "foundation"})
_COURTS = frozenset({"rechtbank", "gerechtshof"})
_APPOSED = (
    "bedrijf", "techbedrijf", "softwarebedrijf", "chemiebedrijf", "energiebedrijf", "mediabedrijf",
    "moederbedrijf", "wapenbedrijf", "adviesbureau", "onderzoeksbureau", "ingenieursbureau",
    "advocatenkantoor", "accountantskantoor", "zorginstelling", "zorgorganisatie", "zorggroep",
    "zorgaanbieder", "zorgbureau", "thuiszorgorganisatie", "jeugdzorginstelling",
    "woningcorporatie",
    "verzekeraar", "zorgverzekeraar", "netbeheerder", "luchtvaartmaatschappij", "uitzendbureau",
    "hulporganisatie", "mensenrechtenorganisatie", "milieuorganisatie", "natuurorganisatie",
    "dierenwelzijnsorganisatie", "dierenrechtenorganisatie", "belangenorganisatie",
    "koepelorganisatie", "branchevereniging", "belangenvereniging", "patientenvereniging",
    "patientenorganisatie", "vakbond", "denktank", "onderzoeksinstituut", "onderzoekscollectief",
    "onderzoeksjournalisten", "actiegroep", "burgerbeweging", "terreurorganisatie", "terreurgroep",
    "farmaceut", "fabrikant", "concern", "ngo", "krant", "dagblad", "nieuwssite", "omroep",
    "supermarktketen", "webwinkel", "organisatie", "burgerplatform", "vervoerder", "werkbedrijf",
    "instelling", "zorgcentrale", "nutsbedrijf", "zorgketen", "producent", "uitgever", "uitgeverij",
    "kinderopvangorganisatie", "schuldhulporganisatie", "vervoersbedrijf", "busbedrijf",
    "afvalbedrijf", "gasbedrijf", "oliebedrijf", "staatsbedrijf", "bouwbedrijf", "familiebedrijf",
    "koeriersbedrijf", "pakketbezorger", "telecombedrijf", "internetbedrijf", "farmabedrijf",
    "zorgbedrijf", "consultant", "maaltijdbezorger", "beveiligingsbedrijf", "recyclingbedrijf",
)  # fmt: skip
"""Words in small letters that the name of a body follows at once."""

_NAMED = frozenset(_NAMED_HEADS)
_APPOSING = frozenset(_APPOSED)
BODY_TRIGGERS = _NAMED | _APPOSING
_AFTER_HEAD = re.compile(
    r"(?:\s(?:(?:van|voor|tot|op|tegen|bij|ter)\s(?:de\s|het\s)?|en\s|der\s)?"
    r"(?:[A-Z][\w’'&-]*|&)){1,7}(?:\sin\sNederland\b)?"
)
_COURT_OF = re.compile(r"\s(?:in\s|te\s)?(?:Den\s|'s-)?[A-Z][\w-]+")
_APPOSED_NAME = re.compile(
    r"\s[«“‘\"']?(?P<name>[A-Z][\w&.-]*(?:’\w+)?"
    r"(?:\s(?:(?:of|for|the|&|voor)\s){0,2}[A-Z][\w&-]*(?:’\w+)?){0,5})"
)
_OTHER_BODY = re.compile(r"\svan\s(?:de|het)\s(?=(?:" + "|".join(_NAMED_HEADS) + r")\b)", re.I)
_ADJECTIVE = re.compile(r"[A-Z][a-zë-]+(?:se|sche|er)")
_GOES_ON = re.compile(r"\s(?:voor|van|der|inzake|tot|op|tegen|ter|of|for)\s")
_JOINTS = re.compile(r"(?:\s|\b(?:van|voor|en|de|het|der|bij|tot|op|ter|tegen|&))+$")
_BEFORE_HEAD = re.compile(r"(?:(?<=[\s(«])|^)(?:[A-Z][\w’&-]*\s){1,4}$")
_COMMITTEE = re.compile(rf"[-–]{NAME.pattern}")
_PLAIN_HEADS = frozenset(
    {"kamer", "raad", "unie", "union", "group", "organisatie", "dienst", "politie"}
)
ARTICLES = frozenset({"de", "het", "een", "deze", "dit", "die", "in", "bij", "via", "door", "van"})
_PARTS_OF_BODIES = re.compile(
    r"(?:raad|college) van (?:bestuur|toezicht|commissarissen|advies)\b|bestuur(?:der)? "
)
_KINDS_OF_BODIES = re.compile(
    r"(?:(?:universitair|academisch|medisch|technische|koninklijke|centrale?|nationale?|regionale?|"
    r"islamitische|financieel|landelijke?|europese?|internationale?|civil|west|nieuwe?|publieke?|"
    r"[a-z]+(?:se|sche))(?: |$))+"
)


def is_no_name(name: str) -> bool:
    """Whether a name is but the part of some body, or a kind of body: "Raad van Toezicht"."""
    folded = " ".join(fold(name).split())
    if _PARTS_OF_BODIES.match(folded) is not None:
        return True
    adjectives, _, head = folded.rpartition(" ")
    return head in _NAMED and _KINDS_OF_BODIES.fullmatch(adjectives) is not None


def find_bodies(
    text: NormalText, triggers: Iterable[Trigger], known_starts: Sequence[int]
) -> list[Mention]:
    """Bodies named by a head word and capitalised words beside it, spans in the original.

    "Stichting Natuur & Milieu", "Mulier Instituut", "commissie-Van der Meer II": the head is
    capitalised too, but for the few that a name follows at once. After "het bedrijf" and the like
    the name alone is the body. `known_starts`, in order, are where known names begin: a body ends
    before the next of these.
    """
    found = []
    for trigger in triggers:
        named = _headed(text.clean, trigger, known_starts)
        rule = "body.head"
        if named is None and trigger.word in _APPOSING:
            named = _apposed(text.clean, trigger, known_starts)
            rule = "body.apposition"
        if named is not None:
            span = text.span(*named)
            reading = (("name", text.clean[slice(*named)]),)
            exact = span.of(text.original)
            found.append(Mention(span, exact, Kind.ORGANISATION, rule, (), reading))
    return found


def _headed(clean: str, trigger: Trigger, known_starts: Sequence[int]) -> tuple[int, int] | None:
    """Where a name that holds its head word stands, or None."""
    start, end = trigger.start, trigger.end
    if trigger.word not in _NAMED:
        return None
    if trigger.word == "commissie" and (committee := _COMMITTEE.match(clean, end)):
        return start, committee.end()
    right = _AFTER_HEAD.match(clean, end)
    if right is None and trigger.word in _COURTS:
        right = _COURT_OF.match(clean, end)
    left = _BEFORE_HEAD.search(clean, max(0, start - 60), start)
    if not clean[start].isupper():
        if trigger.word not in _SMALL_HEADS or right is None or clean[end] != " ":
            return None
        left = None
    if left is not None:
        words = left[0].split()
        while words and (fold(words[0]) in ARTICLES or _opens(clean, start, words)):
            words.pop(0)
        start -= len(" ".join(words)) + 1 if words else 0
    if right is not None and trigger.word not in _LEFT_ONLY:
        tail = _OTHER_BODY.search(clean, end, right.end())
        end = _cut(clean, end, tail.start() if tail else right.end(), known_starts)
    elif start == trigger.start or trigger.word in _PLAIN_HEADS:
        return None
    if (
        end == trigger.end
        and (
            trigger.word in _PLAIN_HEADS
            # "Europees Agentschap voor netwerkbeveiliging": where the name ends is not told
            or _GOES_ON.match(clean, end)
            or is_no_name(clean[start:end])
        )
    ):
        return None
    name = clean[start:end]
    if (" " not in name and "-" not in name) or _PARTS_OF_BODIES.match(fold(name)):
        return None
    return start, end


def _apposed(clean: str, trigger: Trigger, known_starts: Sequence[int]) -> tuple[int, int] | None:
    """Where the name stands that follows a word such as "bedrijf", or None."""
    if not clean[trigger.start].islower() and not clean[trigger.start : trigger.end].isupper():
        return None
    match = _APPOSED_NAME.match(clean, trigger.end)
    if match is None:
        return None
    start, end = match.span("name")
    place = bisect.bisect_left(known_starts, start)
    if place < len(known_starts) and known_starts[place] < end:
        return None
    name = clean[start:end].rstrip(".")
    if len(name) < 3 or fold(name).split()[0] in ARTICLES or is_no_name(name):
        return None
    if _ADJECTIVE.fullmatch(name):
        return None
    return start, start + len(name)


def _cut(clean: str, start: int, end: int, known_starts: Sequence[int]) -> int:
    """`end`, or where the name stops before a known one: "Bureau X van DJI" is Bureau X."""
    place = bisect.bisect_left(known_starts, start)
    if place < len(known_starts) and known_starts[place] < end:
        end = known_starts[place]
        return start + len(_JOINTS.sub("", clean[start:end]))
    return end


def _opens(clean: str, head: int, words: list[str]) -> bool:
    """Whether the first of the words before a head opens a sentence, so that its capital may."""
    start = head - len(" ".join(words)) - 1
    return len(words) > 1 and (start == 0 or clean[:start].rstrip(" ")[-1:] in ".?!:\n")
