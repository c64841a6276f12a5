"""Heads of official documents in all the forms the Kamer prints, made up in a fixed random way.

`python -m tests.documents.heads --count 20000` prints what was read otherwise than it was made.
"""

import argparse
import random
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kg.model.months import MONTHS
from kg.model.spelling import letters_only
from kg.model.text import SourceText
from kg.parsing import parse_document

SURNAMES = (
    "Mol", "De Wit", "Van den Berg", "Van ’t Veer", "Özkan", "El Amrani", "De Vries-Bakker",
    "Ten Broeke-Smit", "Visser", "Van der Molen - Van de Zee", "Aart de Groot", "Joris van Dijk",
    "Den Hollander", "Yılmaz-Kaya", "Ó Briain", "Kostić", "Van der Waal-Zeegers", "In ’t Hout",
    "Bruins Meijer", "Ter Haar-van Dam", "Šimić", "D’Hondt",
)  # fmt: skip
PARTIES = (
    "VVD", "D66", "PVV", "CDA", "SP", "GroenLinks-PvdA", "GL-PvdA", "Nieuw Sociaal Contract",
    "NSC", "BBB", "DENK", "PvdD", "FVD", "SGP", "ChristenUnie", "Volt", "JA21", "Groep Van Haga",
    "50PLUS", "PvdA", "GroenLinks", "GroenLinks/PvdA", "Fractie Den Haan", "Groep Omtzigt",
    "Partij voor de Dieren", "BIJ1", "Omtzigt", "Lid Krol", "Van Haga", "Groep Kuzu/Öztürk",
)  # fmt: skip
PORTFOLIOS = (
    ("van", "Defensie"),
    ("van", "Financiën"),
    ("van", "Buitenlandse Zaken"),
    ("van", "Justitie en Veiligheid"),
    ("van", "Veiligheid en Justitie"),
    ("van", "Asiel en Migratie"),
    ("voor", "Asiel en Migratie"),
    ("van", "Binnenlandse Zaken en Koninkrijksrelaties"),
    ("van", "Onderwijs, Cultuur en Wetenschap"),
    ("van", "Sociale Zaken en Werkgelegenheid"),
    ("van", "Volksgezondheid, Welzijn en Sport"),
    ("van", "Landbouw, Visserij, Voedselzekerheid en Natuur"),
    ("van", "Landbouw, Natuur en Voedselkwaliteit"),
    ("van", "Economische Zaken"),
    ("van", "Economische Zaken en Klimaat"),
    ("van", "Infrastructuur en Waterstaat"),
    ("van", "Infrastructuur en Milieu"),
    ("van", "Klimaat en Groene Groei"),
    ("van", "Volkshuisvesting en Ruimtelijke Ordening"),
    ("voor", "Buitenlandse Handel en Ontwikkelingshulp"),
    ("voor", "Buitenlandse Handel en Ontwikkelingssamenwerking"),
    ("voor", "Rechtsbescherming"),
    ("voor", "Medische Zorg en Sport"),
    ("voor", "Langdurige Zorg en Sport"),
    ("voor", "Basis- en Voortgezet Onderwijs en Media"),
    ("voor", "Primair en Voortgezet Onderwijs"),
    ("voor", "Wonen en Rijksdienst"),
    ("voor", "Natuur en Stikstof"),
    ("voor", "Klimaat en Energie"),
    ("voor", "Armoedebeleid, Participatie en Pensioenen"),
    ("voor", "Jeugd en Gezin"),
    ("voor", "Volkshuisvesting en Ruimtelijke Ordening"),
)
SUBJECTS = (
    "de brug bij Kampen",
    "het bericht «Minister van Defensie spreekt met de Staatssecretaris over schepen»",
    "het bericht dat de minister van Financiën niet over de cijfers beschikt",
    "het artikel ‘Wie betaalt de rekening?’ in de Courant van 3 mei 2024",
    "uitspraken over vis, inzake de brief aan de Kamer (Kamerstuk 26 643, nr. 1315)",
    "antwoorden op eerdere vragen over de brand",
    "de uitzending «Zorg en wij» van 12 november jl. en het antwoord van de gemeente",
    "de motie-Mol c.s. over het toezicht aan de grens (Kamerstuk 19 637, nr. 3290)",
    "NAVO-verplichtingen",
    "het nieuws dat 1 op de 10 (van de 400) huizen leeg staat en de prijs stijgt",
    "ADL-hulp",
    "de beantwoording van de vragen van het lid Bos (SP) aan de gemeente",
    "het rapport «Staying afloat: 2021–2024»",
)
WIDTHS = (68, 72, 76, 80)


@dataclass
class Head:
    """A head as made: its lines, and what they say."""

    lines: list[str]
    kind: str
    submitters: list[tuple[str, str]] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    answerers: list[tuple[str, str, bool]] = field(default_factory=list)
    subject: str | None = None
    submitted_on: date | None = None
    dated: date | None = None
    see_also: tuple[str, ...] = ()


class Printer:
    """Makes heads; the same `seed` makes the same. `glued` loses some line ends."""

    def __init__(self, seed: int, *, glued: bool) -> None:
        self._chance = random.Random(seed)
        self._glued = glued

    def head(self) -> Head:
        """A head of a publication."""
        chance = self._chance
        kind = chance.choice(("questions", "answers", "answers", "extension letter", "oral"))
        head = Head([], kind)
        day = _day(chance)
        head.submitted_on = day
        head.subject = chance.choice(SUBJECTS)
        by, head.submitters = self._members()
        to, head.addressees = self._offices()
        sent = f"ingezonden {_written(day)}"
        sentence = f"ragen van {by} aan {to} over {head.subject} ({sent})"
        sentence = f"Mondelinge v{sentence}" if kind == "oral" else f"V{sentence}."
        if kind in ("answers", "extension letter"):
            head.dated = _day(chance)
            what = "Antwoord" if kind == "answers" else "Mededeling"
            printed, head.answerers = self._officials()
            sentence += f" {what} van {printed} (ontvangen {_written(head.dated)})."
            if chance.random() < 0.3:
                number = chance.randint(1, 3999)
                head.see_also = (f"20242025-{number}",)
                sentence += (
                    f" Zie ook Aanhangsel Handelingen, vergaderjaar 2024–2025, nr. {number}."
                )
        width = chance.choice(WIDTHS)
        head.lines = textwrap.wrap(sentence, width, break_on_hyphens=chance.random() < 0.5)
        if self._glued:
            head.lines = self._glue(head.lines)
        return head

    def _glue(self, lines: list[str]) -> list[str]:
        """Some lines run together without a space, as extractors lose line ends."""
        glued = [lines[0]]
        for line in lines[1:]:
            if self._chance.random() < 0.2:
                glued[-1] += line
            else:
                glued.append(line)
        return glued

    def _members(self) -> tuple[str, list[tuple[str, str]]]:
        chance = self._chance
        names = chance.sample(SURNAMES, chance.choice((1, 1, 1, 2, 2, 3, 4, 6)))
        parties = [chance.choice(PARTIES) for _ in names]
        groups: list[tuple[list[str], str]] = []
        for name, party in zip(names, parties, strict=True):
            if groups and chance.random() < 0.4:
                groups[-1][0].append(name)
            else:
                groups.append(([name], party))
        shown: list[str] = []
        people: list[tuple[str, str]] = []
        for group, party in groups:
            people += [(name, party) for name in group]
            word = {1: "", 2: "beiden ", 3: "allen "}.get(len(group), "allen ")
            shown += [*group[:-1], f"{group[-1]} ({word}{party})"]
        listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} en {shown[-1]}"
        article = "het lid" if len(people) == 1 else "de leden"
        return f"{article} {listed}", people

    def _offices(self) -> tuple[str, list[str]]:
        """(printed, offices): `de Ministers van A en voor B en de Staatssecretaris van C`."""
        chance = self._chance
        groups: list[str] = []
        offices: list[str] = []
        if chance.random() < 0.15:
            own = chance.choice(("", ", Minister van Algemene Zaken"))
            groups.append(f"de Minister-President{own}" + ("," if own else ""))
            offices.append("Minister-President")
        if not groups and chance.random() < 0.07:
            where = chance.choice(PORTFOLIOS[:10])
            return (
                f"de Minister en Staatssecretaris {where[0]} {where[1]}",
                [f"{title} {where[0]} {where[1]}" for title in ("Minister", "Staatssecretaris")],
            )
        for title, plural in (
            ("Minister", "Ministers"),
            ("Staatssecretaris", "Staatssecretarissen"),
        ):
            count = (
                chance.choice((0, 1, 1, 1, 2, 3))
                if title == "Minister"
                else (chance.choice((0, 0, 1, 2)))
            )
            chosen = chance.sample(PORTFOLIOS, count)
            if not chosen:
                continue
            offices += [f"{title} {how} {name}" for how, name in chosen]
            if count > 1 and chance.random() < 0.8:
                printed = [f"{how} {name}" for how, name in chosen]
                groups.append(f"de {plural} {', '.join(printed[:-1])} en {printed[-1]}")
            else:
                groups += [f"de {title} {how} {name}" for how, name in chosen]
        if not groups:
            return self._offices()
        listed = groups[0] if len(groups) == 1 else f"{', '.join(groups[:-1])} en {groups[-1]}"
        return listed.replace(",,", ",").strip(","), offices

    def _officials(self) -> tuple[str, list[tuple[str, str, bool]]]:
        """(printed, people): `Minister A (X), mede namens de Minister van Y`."""
        chance = self._chance
        printed, people = self._official()
        if chance.random() < 0.2:
            further, also = self._official()
            printed += f" en{chance.choice((' ', ' van '))}{further}"
            people += also
        if chance.random() < 0.4:
            if chance.random() < 0.25:
                further, also = self._official()
                people += [(name, office, True) for name, office, _ in also]
            else:
                further, offices = self._offices()
                people += [("", office, True) for office in offices]
            printed += f"{chance.choice((', ', ' '))}mede namens {further}"
        return printed, people

    def _official(self) -> tuple[str, list[tuple[str, str, bool]]]:
        chance = self._chance
        name = chance.choice(SURNAMES)
        if chance.random() < 0.08:
            return (
                f"Minister-President {name} (Algemene Zaken)",
                [(name, "Minister-President", False)],
            )
        title = chance.choice(("Minister", "Staatssecretaris"))
        portfolio = chance.choice(PORTFOLIOS)[1]
        return f"{title} {name} ({portfolio})", [(name, f"{title} van {portfolio}", False)]


def document_of(head: Head) -> str:
    """A publication below `head`."""
    answered = head.kind in ("answers", "extension letter")
    lines = ["Tweede Kamer der Staten-Generaal2"]
    if answered:
        lines += [
            "Vergaderjaar 2024–2025 Aanhangsel van de Handelingen",
            "Vragen gesteld door de leden der Kamer, met de daarop door de",
            "regering gegeven antwoorden",
            "575",
        ]
    else:
        lines += [
            "Vergaderjaar 2024–2025 Vragen gesteld door de leden der Kamer",
            " ",
            "2024Z18561",
        ]
    lines += head.lines
    if head.kind != "oral":
        lines += ["Vraag 1", "Kent u het bericht?"]
    if head.kind == "answers":
        lines += ["Antwoord 1", "Ja."]
    if head.kind == "extension letter":
        lines += ["Mededeling", "De vragen kunnen niet binnen de termijn worden beantwoord."]
    what = "Aanhangsel 1" if answered else "Vragen"
    lines += [
        " ",
        "ah-tk-20242025-575" if answered else "kv-tk-2024Z18561",
        f"’s-Gravenhage 2024 Tweede Kamer, vergaderjaar 2024–2025, {what}",
    ]
    return "\n".join(lines) + "\n"


def differences(head: Head) -> Iterator[tuple[str, object, object]]:
    """(what, made, read) of all that was read otherwise than it was made."""
    document = parse_document(SourceText("hoofd.txt", document_of(head), "text/plain", "0"))
    (parsed,) = document.sets
    officials = parsed.answerers
    if head.kind == "extension letter":
        officials = parsed.postponers
    kind = str(document.kind).removesuffix(" question")
    dated = parsed.answered_on or next((letter.sent_on for letter in parsed.letters), None)
    subject = head.subject and head.subject[:1].upper() + head.subject[1:]
    pairs: tuple[tuple[str, object, object], ...] = (
        ("kind", head.kind, kind),
        ("submitters", head.submitters,
         [(person.name, person.party) for person in parsed.submitters]),
        ("addressees", head.addressees, [person.office for person in parsed.addressees]),
        ("answerers", head.answerers,
         [(person.name, person.office, person.on_behalf) for person in officials]),
        ("subject", letters_only(subject or ""), letters_only(parsed.title or "")),
        ("submitted", head.submitted_on, parsed.submitted_on),
        ("dated", head.dated, dated),
        ("see also", head.see_also, parsed.see_also),
    )  # fmt: skip
    return (pair for pair in pairs if pair[1] != pair[2])


def _day(chance: random.Random) -> date:
    return date(chance.randint(2011, 2026), chance.randint(1, 12), chance.randint(1, 28))


def _written(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def main() -> int:
    """Prints every head that was read otherwise than it was made; 1 where there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--glued", action="store_true", help="lose some line ends")
    options = parser.parse_args()
    wrong = 0
    for seed in range(options.seed, options.seed + options.count):
        head = Printer(seed, glued=options.glued).head()
        found = list(differences(head))
        if found:
            wrong += 1
            print(f"--- {seed}", *head.lines, sep="\n")
            for what, made, read in found:
                print(f"  {what}: made {made}\n  {' ' * len(what)}  read {read}")
    print(f"{options.count - wrong} of {options.count} heads were read as they were made")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
