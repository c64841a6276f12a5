"""Whole documents of questions and answers, made up in a fixed random way, as extractors give them.

Publications have feet and footnotes on their pages, lines are lost or kept, marks stand glued or
on lines of their own. Drafts from Word are paragraphs with headings in many styles and notes at
the end. `python -m tests.documents.bodies FORM --count 2000` prints what was read otherwise than
it was made.
"""

import argparse
import random
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.model.spelling import letters_only
from kg.model.text import SourceText
from kg.parsing import parse_document

ASKED = (
    "Kent u het bericht «Bruggen in het noorden blijven dicht»?",
    "Bent u bekend met de uitzending van de regionale omroep van 3 november jl.?",
    "Klopt het dat de wachttijden sinds 2019 met ruim 12 procent zijn toegenomen?",
    "Hoeveel gemeenten hebben zich in de periode 2021–2024 bij u gemeld, en wat was uw reactie?",
    "Zo ja, kunt u dat toelichten? Zo nee, waarom niet?",
    "Deelt u de mening dat dit voor de bewoners van de wijk onaanvaardbaar is?",
    "Wat gaat u doen om te voorkomen dat de kosten (nu 2,4 miljoen euro) verder oplopen?",
    "Kunt u deze vragen afzonderlijk en vóór het commissiedebat van 12 december beantwoorden?",
    "Hoe verhoudt zich dit tot artikel 3 van de Wet open overheid en tot het antwoord op vraag 2 "
    "van de leden Mol en De Wit?",
    "In hoeverre is de minister het eens met de stelling dat «niemand ooit heeft gekeken naar de "
    "gevolgen»?",
    "Welke afspraken zijn er gemaakt met de provincie Flevoland over het onderhoud aan de sluizen, "
    "wie ziet op de naleving toe en wanneer wordt de Kamer daarover geïnformeerd?",
    "Is het waar dat de NZa en het RIVM u in 2023 hebben gewaarschuwd?",
    "Kunt u een overzicht geven van de uitgaven per jaar, uitgesplitst naar regio?",
)
SAID = (
    "Ja.",
    "Nee.",
    "Ja, dat bericht ken ik.",
    "Ik deel die mening niet.",
    "Het kabinet hecht aan een zorgvuldige afweging van alle belangen, zoals ook in de brief van "
    "14 mei 2024 is uiteengezet.",
    "Uit de cijfers over 2023 blijkt dat 34 van de 342 gemeenten geen gebruik maken van de "
    "regeling.",
    "Daarbij geldt dat de provincies verantwoordelijk zijn voor het beheer van de regionale wegen.",
    "De Inspectie Leefomgeving en Transport houdt toezicht en kan zo nodig handhavend optreden.",
    "Op dit moment wordt gewerkt aan een wetsvoorstel dat naar verwachting in het voorjaar "
    "van 2025 "
    "aan uw Kamer wordt gezonden.",
    "Zie het antwoord op vraag 1.",
    "Ik verwijs u naar de beantwoording van vraag 2 en 3, en naar de brief van mijn "
    "ambtsvoorganger.",
    "Waar het gaat om de financiering is in 2022 een bedrag van 1,5 miljoen euro beschikbaar "
    "gesteld; "
    "dat is 20% meer dan in het jaar daarvoor.",
    "Dat betekent niet dat er niets gebeurt: samen met de sector wordt gekeken wat er nodig is.",
    "Hoe dit zich verder ontwikkelt, is op voorhand niet te zeggen.",
    "Vraag 3 gaat over een ander onderwerp, waarop ik hieronder inga.",
    "De motie-Mol c.s. (Kamerstuk 26 643, nr. 1315) verzoekt de regering hierover in gesprek te "
    "gaan.",
    "Mijn ministerie heeft hierover contact gehad met de gemeente Zwolle, die de zorgen herkent.",
    "Het onderzoek loopt nog en de uitkomsten worden in het eerste kwartaal verwacht.",
)
ITEMS = (
    "het verbeteren van het toezicht op de naleving;",
    "een meldpunt voor bewoners en ondernemers, dat per 1 januari open gaat;",
    "extra middelen voor gemeenten met weinig inwoners en een groot oppervlak;",
    "onderzoek naar de oorzaken.",
)
NOTES = (
    "NOS, 3 november 2024, «Bruggen in het noorden blijven dicht» (https://nos.example/artikel/"
    "2541672-bruggen-in-het-noorden-blijven-dicht-zeggen-schippers)",
    "Kamerstuk 31 293, nr. 686",
    "Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1201",
    "https://www.rijksoverheid.example/documenten/rapporten/2024/05/14/staat-van-de-bruggen",
    "Zie ook: RIVM, Staat van de bruggen 2023, p. 12–14",
    "Rb. Den Haag 4 april 2023, ECLI:NL:RBDHA:2023:4752",
    "2023D12345",
    "Idem.",
)
WIDTH = 76
PAGE = 52


@dataclass
class Unit:
    """A question or answer as made: numbers, paragraphs (`^7` is a mark), list or not."""

    what: str
    numbers: tuple[int, ...]
    paragraphs: list[str]


@dataclass
class Publication:
    """A publication as made: its units in order, its notes by mark, its lines as extracted."""

    units: list[Unit] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


FORMS = ("publication", "glued", "draft")


class Press:
    """Makes documents; the same `seed` makes the same. The form `glued` loses line ends."""

    def __init__(self, seed: int, form: str) -> None:
        self._chance = random.Random(seed)
        self._form = form
        self._glued = form == "glued"

    def publication(self) -> Publication:
        """A publication of one to thirty questions with their answers."""
        made = Publication()
        chance = self._chance
        count = chance.choice((1, 2, 3, 5, 8, 12, 20, 30))
        number = 1
        while number <= count:
            size = min(chance.choice((1, 1, 1, 1, 2, 3, 5)), count - number + 1)
            group = tuple(range(number, number + size))
            apart = size == 1 or chance.random() < 0.5
            if apart:
                for one in group:
                    made.units.append(Unit("Vraag", (one,), [self._question(made)]))
            else:
                asked = [self._question(made, alone=True) for _ in group]
                made.units.append(Unit("Vraag", group, asked))
            made.units.append(Unit("Antwoord", group, self._answer(made)))
            number += size
        made.lines = self._type(made) if self._form == "draft" else self._print(made)
        return made

    def _question(self, made: Publication, *, alone: bool = False) -> str:
        count = 1 if alone else self._chance.choice((1, 1, 2, 3))
        asked = [one for one in ASKED if not (alone and one.startswith("Zo "))]
        return self._marked(" ".join(self._chance.choices(asked, k=count)), made)

    def _answer(self, made: Publication) -> list[str]:
        chance = self._chance
        paragraphs = [
            self._marked(" ".join(chance.choices(SAID, k=chance.choice((1, 2, 4, 7)))), made)
            for _ in range(chance.choice((1, 1, 2, 3)))
        ]
        if chance.random() < 0.15:
            sign = chance.choice(("–", "•", "number", "letter"))
            paragraphs.append("Het gaat om de volgende maatregelen:")
            paragraphs += [f"{_sign(sign, place)} {item}" for place, item in enumerate(ITEMS)]
        return paragraphs

    def _marked(self, text: str, made: Publication) -> str:
        if self._chance.random() > 0.3:
            return text
        mark = len(made.notes) + 1
        made.notes[mark] = self._chance.choice(NOTES)
        ends = [match.start() for match in re.finditer(r"(?<=[a-z])[.?»](?= [A-ZJ])", text)]
        at = self._chance.choice([*ends, len(text) - 1]) + 1
        return f"{text[:at]}^{mark};{text[at:]}"

    def _print(self, made: Publication) -> list[str]:
        """The pages as an extractor gives them."""
        body: list[tuple[str, list[int]]] = []
        for unit in made.units:
            body.append((f"{self._heading(unit)}", []))
            for paragraph in unit.paragraphs:
                body += self._wrap(paragraph)
        lines = list(HEAD)
        on_page: list[str] = []
        marks: list[int] = []
        page = 1
        for place, (line, on_line) in enumerate(body):
            on_page.append(line)
            marks += on_line
            opens = place + 1 < len(body) and body[place + 1][0].startswith(("Vraag", "Antwoord"))
            used = len(on_page) + 2 * len(marks)
            if place + 1 == len(body) or (
                used >= PAGE - (14 if page == 1 else 0) and (opens or self._chance.random() < 0.6)
            ):
                lines += self._extracted(on_page)
                for mark in marks:
                    note = textwrap.wrap(f"{mark}{made.notes[mark]}", 96, break_on_hyphens=True)
                    lines += note
                lines += [" ", "  ", "ah-tk-20242025-575"] if page == 1 else []
                foot = f"Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel {page}"
                lines.append(f"ISSN 0921 - 7398’s-Gravenhage 2024{foot}" if page == 1 else foot)
                on_page, marks, page = [], [], page + 1
        return lines

    def _type(self, made: Publication) -> list[str]:
        """The paragraphs of a draft from Word, with one style of headings and of marks."""
        chance = self._chance
        asks, says = chance.choice(STYLES)
        mark, note = chance.choice(MARKS)
        gap = chance.choice(([""], [], [" "]))
        lines = [*DRAFT, ""]
        for unit in made.units:
            style = asks if unit.what == "Vraag" else says
            heading = style.format(self._heading(unit).split(" ", 1)[1])
            if " | " in heading:
                lines.append(heading.replace(" | ", " ") + unit.paragraphs[0])
                lines += unit.paragraphs[1:]
            else:
                lines += [heading, *unit.paragraphs]
            lines += gap
        typed = [
            re.sub(r"\^(\d+);", lambda found: mark.format(found[1], raised(found[1])), line)
            for line in lines
        ]
        return typed + [
            f"{note.format(number, raised(str(number)))} {text}"
            for number, text in made.notes.items()
        ]

    def _heading(self, unit: Unit) -> str:
        numbers = unit.numbers
        if len(numbers) == 1:
            return f"{unit.what} {numbers[0]}"
        listed = f"{', '.join(map(str, numbers[:-1]))} en {numbers[-1]}"
        ranged = f"{numbers[0]} t/m {numbers[-1]}"
        return (
            f"{unit.what} {listed if len(numbers) == 2 else self._chance.choice((listed, ranged))}"
        )

    def _wrap(self, paragraph: str) -> Iterator[tuple[str, list[int]]]:
        """(line, marks on it); a mark stands as `^7;`."""
        for line in textwrap.wrap(paragraph, WIDTH, break_on_hyphens=False):
            yield line, [int(part.split(";")[0]) for part in line.split("^")[1:]]

    def _extracted(self, lines: list[str]) -> list[str]:
        """Printed lines as extractors give them.

        Where line ends are lost, a raised mark starts a line, and only the end of the printed line
        behind it and the end of the first line of a page are kept.
        """
        given: list[str] = []
        keep = True
        for number, line in enumerate(lines):
            parts = line.split("^")
            if _is_heading(line) or keep or not self._glued:
                given.append(parts[0])
            else:
                given[-1] += parts[0]
            keep = _is_heading(line) or number == 1
            for part in parts[1:]:
                mark, rest = part.split(";", 1)
                if self._glued and self._chance.random() < 0.8:
                    given.append(f"{mark}{rest}".rstrip())
                    keep = True
                else:
                    given[-1] += mark + rest
                    keep = keep or self._glued
        return given


HEAD = (
    "Tweede Kamer der Staten-Generaal2",
    "Vergaderjaar 2024–2025 Aanhangsel van de Handelingen",
    "Vragen gesteld door de leden der Kamer, met de daarop door de",
    "regering gegeven antwoorden",
    "575",
    "Vragen van het lid Mol (SP) aan de Minister van Infrastructuur en Waterstaat",
    "over bruggen (ingezonden 24 oktober 2024).",
    "Antwoord van Minister Vos (Infrastructuur en Waterstaat) (ontvangen",
    "18 november 2024).",
)


def _is_heading(line: str) -> bool:
    return line.startswith(("Vraag ", "Antwoord ")) and line[-1].isdigit() and "^" not in line


DRAFT = (
    "AH 575",
    "2024Z18294",
    "Antwoord van minister Vos (Infrastructuur en Waterstaat) (ontvangen 20 november 2024)",
)
STYLES = (
    ("Vraag {}", "Antwoord {}"),
    ("Vraag {}", "Antwoord op vraag {}"),
    ("Vraag {}:", "Antwoord vraag {}:"),
    ("Vraag {}.", "Antwoord {}."),
    ("VRAAG {}", "ANTWOORD {}"),
    ("Vraag {}", "Antwoord"),
    ("Vraag {}", "Antwoord:"),
    ("Vragen {}", "Antwoord op vragen {}"),
    ("Vraag {}", "Antwoord op de vragen {}"),
    ("Vraag {}: | ", "Antwoord {}: | "),
    ("Vraag nr. {}", "Antwoord op vraag nr. {}"),
    ("Vraag {} ", "Antwoord vraag {} "),
    ("Vraag {}", "Reactie op vraag {}"),
    ("Vraag {}", "Beantwoording vraag {}"),
    ("Vraag {}", "Antwoorden {}"),
)
MARKS = ((" {0})", "{0})"), (" [{0}]", "[{0}]"), ("{1}", "{1}"))


def raised(figures: str) -> str:
    """Superscript digits."""
    return figures.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _sign(sign: str, place: int) -> str:
    return {"number": f"{place + 1}.", "letter": f"{'abcdefgh'[place]})"}.get(sign, sign)


def differences(made: Publication) -> Iterator[tuple[str, object, object]]:
    """(what, made, read) of all that was read otherwise than it was made."""
    text = "\n".join(made.lines) + "\n"
    document = parse_document(SourceText("stuk.txt", text, "text/plain", "0"))
    (parsed,) = document.sets
    asked = [number for unit in made.units if unit.what == "Vraag" for number in unit.numbers]
    answered = [unit.numbers for unit in made.units if unit.what == "Antwoord"]
    if asked != [question.number for question in parsed.questions]:
        yield "questions", asked, [question.number for question in parsed.questions]
        return
    if answered != [answer.numbers for answer in parsed.answers]:
        yield "answers", answered, [answer.numbers for answer in parsed.answers]
        return
    questions, answers = iter(parsed.questions), iter(parsed.answers)
    noted = 0
    for unit in made.units:
        if unit.what == "Vraag":
            units = [next(questions).passage for _ in unit.numbers]
            pairs = (
                zip(unit.paragraphs, units, strict=True)
                if len(units) > 1
                else [(" ".join(unit.paragraphs), units[0])]
            )
        else:
            units = [next(answers).passage]
            pairs = [(" ".join(unit.paragraphs), units[0])]
        noted += sum(len(passage.notes) for passage in units)
        for paragraph, passage in pairs:
            plain = _without_marks(paragraph)
            if letters_only(plain) != letters_only(passage.text) or _digits(plain) != _digits(
                passage.text
            ):
                yield f"{unit.what} {unit.numbers}", paragraph, passage.text
    if noted != len(made.notes):
        yield "notes", len(made.notes), noted


def _without_marks(text: str) -> str:
    parts = text.split("^")
    return parts[0] + "".join(part.split(";", 1)[1] for part in parts[1:])


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def main() -> int:
    """Prints every publication that was read otherwise than it was made; 1 where there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("form", choices=FORMS)
    options = parser.parse_args()
    wrong = 0
    for seed in range(options.seed, options.seed + options.count):
        found = list(differences(Press(seed, options.form).publication()))
        wrong += bool(found)
        for what, made, read in found:
            print(f"--- {seed} {what}\n  made {made}\n  read {read}")
    print(f"{options.count - wrong} of {options.count} publications were read as they were made")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
