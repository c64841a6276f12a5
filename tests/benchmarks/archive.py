"""Writes an archive of the size of the real one, for measuring: seeded, so the same each time.

Names, dates, addressees and subjects come from real metadata (`zaken_2007_2022.csv.gz`); the
questions and answers are made of sentences that name laws, motions, bodies, policies and other
answers, and of runs of words from real subjects, about as long as in real documents. A set
depends on its index and the seed alone: the first 1,000 sets of 60,000 are those of an archive of
1,000.
"""

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from kg.model.authority import Authority, Kind, Period
from kg.model.question_set import Role
from kg.resolution.known_people import people_of
from kg.resolution.names import read_name

SETS_A_PAGE = 20
"""Blocks on one list page; the real one holds 22."""

_INITIALS = re.compile(r"\s*\([A-Z][^()]*\)")
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
    *("augustus", "september", "oktober", "november", "december"),
)

_OPENINGS = (
    "Bent u bekend met het bericht over {subject}?{mark}",
    "Kent u het bericht «{Subject}»?{mark}",
    "Heeft u kennisgenomen van de berichtgeving over {subject}?{mark}",
)
_QUESTIONS = (
    "Klopt het dat {body} over {theme} al in {year} aan de bel heeft getrokken?",
    "Hoe verhoudt dit zich tot de {law}?",
    "Kunt u uitsluiten dat dit in strijd is met artikel {article} van de {law}? Zo nee, waarom "
    "niet?",
    "Welke rol ziet u hierin voor {body} en voor {body2}?",
    "Op welke manier geeft u uitvoering aan de motie-{member} c.s. (Kamerstuk {dossier}, nr. "
    "{paper})?",
    "Deelt u de mening dat {body} over voldoende middelen moet beschikken om hierop toe te zien?",
    "Wat is de stand van zaken van de afspraken die u met {body} heeft gemaakt over {topic}?",
    "Herinnert u zich uw antwoord op eerdere vragen over {topic} van {day}?{mark}",
    "Kunt u een overzicht geven van het aantal meldingen bij {body} in de jaren {year} tot en met "
    "{year2}, uitgesplitst naar provincie?",
    "Welke gevolgen heeft {theme} voor mensen die zijn aangewezen op {topic}?",
    "Bent u bereid om hierover in gesprek te gaan met {body} en de Kamer daarover te informeren?",
    "In hoeverre past dit bij het {policy} en bij de brief van {day} (Kamerstuk {dossier}, nr. "
    "{paper})?",
    "Waarom is er niet voor gekozen de {law} op dit punt aan te scherpen?",
)
_CLOSINGS = (
    "Kunt u deze vragen afzonderlijk beantwoorden?",
    "Kunt u deze vragen beantwoorden vóór het commissiedebat over {topic}?",
    "Kunt u de Kamer hierover vóór {day} informeren?",
)
_SHORT = ("Ja.", "Nee.", "Ja, ik ben bekend met dit bericht.", "Zie het antwoord op vraag {other}.")
_ANSWERS = (
    "Ik hecht groot belang aan {topic}, en ook aan {theme}.",
    "Op grond van artikel {article} van de {law} houdt {body} toezicht op {theme}.",
    "{Body} heeft mij laten weten dat het aantal meldingen over {theme} in {year} is gestegen "
    "naar {count}.",
    "Zoals ik in mijn brief van {day} (Kamerstuk {dossier}, nr. {paper}) heb aangegeven, is "
    "{theme} onderdeel van het {policy}.",
    "Met de motie-{member} (Kamerstuk {dossier}, nr. {paper}) heeft uw Kamer verzocht {theme} "
    "nader te onderzoeken.",
    "Daarbij wijs ik op het antwoord op vraag {other}, waarin ik nader inga op {theme}.",
    "De {law} biedt hiervoor het wettelijk kader en de uitvoering is belegd bij {body}.",
    "Samen met {body} en {body2} werk ik aan een aanpak van {theme}, die in {year2} "
    "gereed zal zijn.",
    "In gesprekken met gemeenten en provincies komt {theme} geregeld aan de orde.",
    "Ik kan niet ingaan op individuele gevallen, maar in zijn algemeenheid geldt dat "
    "zorgvuldigheid voorop staat.",
    "Over {theme} wordt uw Kamer voor het einde van {year2} per brief geïnformeerd.",
    "Uit onderzoek van {body} naar {theme} blijkt dat de kosten over {year} circa {count} euro "
    "bedroegen.{mark}",
    "Het kabinet ziet op dit moment geen aanleiding om de {law} te wijzigen.",
    "Daarnaast zijn er signalen dat de regels in de praktijk verschillend worden uitgelegd, met "
    "name waar het gaat om {topic} en {theme}.",
)


@dataclass(frozen=True, slots=True)
class ArchivedSet:
    """One set to be printed: its metadata and its texts. `answers` is empty where none came."""

    index: int
    kenmerk: str
    aanhangsel: str
    subject: str
    submitters: tuple[str, ...]
    addressees: tuple[str, ...]
    submitted_on: date
    answered_on: date
    questions: tuple[str, ...]
    answers: tuple[str, ...]


class Archive:
    """Sets made from the metadata at `metadata` and the names that the authority knows."""

    def __init__(self, metadata: Path, authority: Authority, seed: int = 1) -> None:
        self._seed = seed
        with gzip.open(metadata, "rt", encoding="utf-8", newline="") as stream:
            self._rows = [row for row in csv.DictReader(stream) if row["gericht_aan"]]
        Random(f"{seed} rows").shuffle(self._rows)
        self._authority = authority
        self._people = people_of(authority)
        self._parties: dict[tuple[str, str], str | None] = {}
        self._names = {
            kind: _names(authority, kind)
            for kind in (Kind.LAW, Kind.ORGANISATION, Kind.POLICY, Kind.TOPIC)
        }
        self._themes = tuple(_subject(row["onderwerp"]) for row in self._rows)
        self._words = _successors(self._themes)
        self._members = sorted(
            {
                entry.surname[0].upper() + entry.surname[1:]
                for entry in authority.of_kind(Kind.PERSON)
                if entry.surname
            }
        )

    def sets(self, count: int) -> Iterator[ArchivedSet]:
        """The first `count` sets. Past the end of the metadata, rows return under new numbers."""
        for index in range(count):
            yield self._set(index)

    def _set(self, index: int) -> ArchivedSet:
        random = Random(f"{self._seed} {index}")
        turn, row_number = divmod(index, len(self._rows))
        row = self._rows[row_number]
        year, number = row["nummer"].split("Z")
        asked = date.fromisoformat(row["gestart_op"][:10])
        submitters = tuple(
            self._with_party(name, asked)
            for name in (row["indiener"], *row["medeindiener"].split(", "))
            if name
        )
        subject = _subject(row["onderwerp"])
        texts = _Texts(
            random, self._names, self._members, self._themes, self._words, subject, asked
        )
        length = min(24, max(2, round(random.gammavariate(3.2, 2.2))))
        return ArchivedSet(
            index=index,
            kenmerk=f"{year}Z{(int(number) + 50_000 * turn) % 100_000:05d}",
            aanhangsel=f"{row['vergaderjaar'].replace('-', '')}-{index + 1}",
            subject=subject,
            submitters=tuple(dict.fromkeys(submitters)),
            addressees=tuple(
                dict.fromkeys(_INITIALS.sub("", name) for name in row["gericht_aan"].split(", "))
            ),
            submitted_on=asked,
            answered_on=asked + timedelta(days=random.randint(9, 60)),
            questions=texts.questions(length),
            answers=texts.answers(length) if random.random() < 0.9 else (),
        )

    def _with_party(self, printed: str, day: date) -> str:
        """The name without initials, and the party where the authority knows one for that day."""
        name = _INITIALS.sub("", printed)
        month = day.strftime("%Y-%m")
        if (name, month) not in self._parties:
            self._parties[name, month] = self._party(name, day)
        party = self._parties[name, month]
        return f"{name} ({party})" if party else name

    def _party(self, name: str, day: date) -> str | None:
        that_day = (Period(day, day + timedelta(days=1)),)
        person = self._people.find(read_name(name), Role.SUBMITTER, that_day).person
        for tenure in person.parties if person else ():
            if tenure.role == "kamerlid" and tenure.period.holds_on(day):
                party = self._authority[tenure.key]
                return party.notations[0] if party.notations else party.label
        return None


@dataclass(slots=True)
class _Texts:
    """Fills the sentences for one set."""

    random: Random
    names: dict[Kind, Sequence[str]]
    members: Sequence[str]
    themes: Sequence[str]
    words: Mapping[str, Sequence[str]]
    subject: str
    asked: date

    def questions(self, count: int) -> tuple[str, ...]:
        middle = self.random.choices(_QUESTIONS, k=count - 2)
        patterns = (self.random.choice(_OPENINGS), *middle, self.random.choice(_CLOSINGS))
        return tuple(self._fill(pattern, count) for pattern in patterns)

    def answers(self, count: int) -> tuple[str, ...]:
        return tuple(self._answer(count) for _ in range(count))

    def _answer(self, count: int) -> str:
        if self.random.random() < 0.25:
            return self._fill(self.random.choice(_SHORT), count)
        length = max(2, round(self.random.gammavariate(2.2, 2.4)))
        sentences = [self._sentence(count) for _ in range(length)]
        half = length // 2
        if length < 5:
            return " ".join(sentences)
        return " ".join(sentences[:half]) + "\n" + " ".join(sentences[half:])

    def _sentence(self, count: int) -> str:
        """Half of the sentences name nothing; the others go on after they did."""
        if self.random.random() < 0.5:
            words = self._run_on(8, 26)
            return f"{words[:1].upper()}{words[1:]}."
        filled = self._fill(self.random.choice(_ANSWERS), count)
        if not filled.endswith(".") or self.random.random() < 0.2:
            return filled
        return f"{filled[:-1]}, {self._run_on(6, 16)}."

    def _run_on(self, least: int, most: int) -> str:
        """Words that follow one another as they do in real subjects."""
        words: list[str] = []
        length = self.random.randint(least, most)
        while len(words) < length:
            following = self.words.get(words[-1] if words else "")
            words.append(self.random.choice(following or self.words[""]))
        return " ".join(words)

    def _fill(self, pattern: str, count: int) -> str:
        random = self.random
        body = self._name(Kind.ORGANISATION)
        year = self.asked.year
        day = self.asked - timedelta(days=random.randint(20, 900))
        return pattern.format(
            subject=self.subject[:1].lower() + self.subject[1:],
            Subject=self.subject,
            mark=random.choice(("", "1", "2")),
            body=body,
            Body=body[:1].upper() + body[1:],
            body2=self._name(Kind.ORGANISATION),
            law=self._name(Kind.LAW),
            policy=self._name(Kind.POLICY),
            topic=self._name(Kind.TOPIC).lower(),
            theme=random.choice(self.themes),
            member=random.choice(self.members),
            dossier=f"{random.randint(24, 36)} {random.randint(0, 999):03d}",
            paper=random.randint(1, 900),
            article=random.randint(1, 120),
            year=year - random.randint(1, 5),
            year2=year + 1,
            day=to_dutch(day),
            other=random.randint(1, count),
            count=f"{random.randint(2, 950)}.{random.randint(0, 999):03d}",
        )

    def _name(self, kind: Kind) -> str:
        """Few names are common and many are rare, as in real texts."""
        names = self.names[kind]
        return names[int(len(names) * self.random.random() ** 3)]


def write_archive(archive: Archive, count: int, folder: Path) -> int:
    """Writes `count` sets as documents below `folder` and returns the number of documents.

    A set in ten waits for its answer on the list page and has a page of its own with it.
    """
    documents = 0
    (folder / "list").mkdir(parents=True, exist_ok=True)
    (folder / "detail").mkdir(exist_ok=True)
    page: list[str] = []
    for one in archive.sets(count):
        own_page = one.index % 10 == 9 and bool(one.answers)
        page.append(to_list_block(one, answered=not own_page))
        if own_page:
            (folder / "detail" / f"{one.kenmerk}.txt").write_text(to_detail_page(one), "utf-8")
            documents += 1
        if len(page) == SETS_A_PAGE or one.index == count - 1:
            path = folder / "list" / f"{one.index // SETS_A_PAGE:05d}.txt"
            path.write_text("".join(page), "utf-8")
            documents += 1
            page = []
    return documents


def to_list_block(one: ArchivedSet, *, answered: bool) -> str:
    """The set as a block of an openkamer list page, with its answers where `answered`."""
    lines = [
        f"{one.subject} |",
        "|",
        f"{', '.join(one.submitters)} |",
        "|",
        f"{', '.join(f'{name} (minister )' for name in one.addressees)} |",
        "|",
        "![]() ![]() |",
    ]
    for number, question in enumerate(one.questions):
        lines.append(question)
        if answered and one.answers:
            lines.append(one.answers[number])
    return "\n".join(lines) + "\n"


def to_detail_page(one: ArchivedSet) -> str:
    """The set as an openkamer detail page: facts and answers, no questions."""
    days = (one.answered_on - one.submitted_on).days
    rows = (
        f"Ingediend | {to_dutch(one.submitted_on)} |",
        "---|---|",
        f"Beantwoord | {to_dutch(one.answered_on)} (na {days} dagen) |",
        f"Indieners | {', '.join(one.submitters)} |",
        f"Beantwoord door | {', '.join(f'{name} (minister )' for name in one.addressees)} |",
        "Onderwerpen | economie overige economische sectoren |",
        f"Bron vraag | https://zoek.officielebekendmakingen.nl/kv-tk-{one.kenmerk}.html |",
        f"Bron antwoord | https://zoek.officielebekendmakingen.nl/ah-tk-{one.aanhangsel}.html |",
    )
    return "\n".join((*rows, *one.answers)) + "\n"


def to_dutch(day: date) -> str:
    """`23 mei 2025`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _names(authority: Authority, kind: Kind) -> tuple[str, ...]:
    """Names as texts print them: every label of the kind, in a fixed shuffled order."""
    names = sorted(
        {name for entry in authority.of_kind(kind) for name in (entry.label, *entry.labels[:1])}
    )
    Random(kind.value).shuffle(names)
    return tuple(names)


def _successors(texts: Sequence[str]) -> dict[str, list[str]]:
    """What follows each word in `texts`; the empty word is followed by what opens them."""
    following: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        words = re.findall(r"[a-zà-ÿ]+(?:-[a-zà-ÿ]+)*", text.lower())
        for word, successor in pairwise(["", *words]):
            following[word].append(successor)
    return dict(following)


def _subject(printed: str) -> str:
    return " ".join(printed.split()).rstrip(".|")
