"""Names, and round robins, in 39,479 real sets: `python -m tests.benchmarks.zaken FILE.csv.gz`.

The file holds one set a row: number, subject, date, submitters and addressees as the Tweede Kamer
prints them. Prints how many names resolve, which do not, and what the round robins take.
"""

import csv
import gzip
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from kg.analysis.round_robins import RoundRobin
from kg.analysis.topics import infer_from_text
from kg.model.authority import Authority, Period
from kg.model.document import PrintedPerson
from kg.model.question_set import Participant, Question, QuestionSet, Role
from kg.model.text import Passage, Span
from kg.rdf.authority import load_authority
from kg.resolution.known_people import people_of
from kg.resolution.names import read_name
from kg.resources import ontology_dir
from tests.analysis.round_robins import find_round_robins

_COLUMNS = {
    Role.SUBMITTER: ("indiener", "medeindiener"),
    Role.ADDRESSEE: ("gericht_aan",),
}


@dataclass(slots=True)
class Tally:
    """Printed names of one role: how many, how many resolved, and why the others did not.

    `elsewhen` counts people who are sure by full name, but not known in the role on that day.
    """

    printed: int = 0
    resolved: int = 0
    elsewhen: int = 0
    failures: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        return self.resolved / self.printed if self.printed else 1.0


def read_rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def names_in(row: dict[str, str], role: Role) -> Iterator[str]:
    for column in _COLUMNS[role]:
        yield from filter(None, (name.strip() for name in row[column].split(", ")))


def tally_names(rows: Sequence[dict[str, str]], role: Role, authority: Authority) -> Tally:
    people = people_of(authority)
    tally = Tally()
    for row in rows:
        day = date.fromisoformat(row["gestart_op"][:10])
        for name in names_in(row, role):
            finding = people.find(read_name(name), role, (Period(day, day + timedelta(days=1)),))
            tally.printed += 1
            tally.resolved += finding.person is not None
            tally.elsewhen += finding.person is not None and finding.reason is not None
            if finding.person is None:
                tally.failures[(name, finding.reason or "")] += 1
    return tally


def find_on_subjects(rows: Sequence[dict[str, str]]) -> tuple[RoundRobin, ...]:
    """Round robins with each row's subject as its only question; a number twice is one row."""
    sets = []
    for row in {row["nummer"]: row for row in rows}.values():
        text = row["onderwerp"].strip()
        people = tuple(
            Participant(role, order, PrintedPerson(name, Span(0, 0)), ())
            for role in _COLUMNS
            for order, name in enumerate(names_in(row, role), 1)
        )
        sets.append(
            QuestionSet(
                row["nummer"],
                (),
                (),
                title=text,
                participants=people,
                submitted_on=date.fromisoformat(row["gestart_op"][:10]),
                questions=(Question(Passage(text, (Span(0, len(text)),)), (), number=1),),
            )
        )
    return find_round_robins(sets)


# Which ministries answer for a topic, by the start of their key; the rest is not measured.
_MINISTRIES = {
    "topic/zorg-en-gezondheid": ("vws",),
    "topic/onderwijs-en-wetenschap": ("ocw",),
    "topic/recht": ("jenv", "venj", "justitie", "jus"),
    "topic/openbare-orde-en-veiligheid": ("jenv", "venj", "justitie", "jus", "bzk"),
    "topic/migratie-en-integratie": (
        "jenv",
        "venj",
        "justitie",
        "jus",
        "bzk",
        "szw",
        "aenm",
        "vrom",
    ),
    "topic/financien": ("fin",),
    "topic/sociale-zekerheid": ("szw", "vws", "jeg"),
    "topic/werk": ("szw",),
    "topic/huisvesting": ("bzk", "vrom", "wwi", "vro"),
    "topic/verkeer": ("ienw", "ienm", "venw"),
    "topic/ruimte-en-infrastructuur": ("ienw", "ienm", "venw", "vrom", "bzk"),
    "topic/cultuur-en-recreatie": ("ocw", "vws"),
    "topic/internationaal": ("bz", "def", "az"),
    "topic/landbouw": ("lnv", "lvvn", "ez", "eleni", "ezk"),
    "topic/natuur-en-milieu": ("lnv", "ez", "eleni", "ezk", "ienw", "ienm", "vrom", "kgg", "lvvn"),
    "topic/economie": ("ez", "ezk", "eleni", "fin", "bzk", "jenv", "venj"),
    "topic/bestuur": ("bzk", "az"),
}


def check_topics(rows: Sequence[dict[str, str]], authority: Authority) -> tuple[int, int, int]:
    """(sets with an inferred topic, those that can be checked, those where the ministry fits).

    No list of official topics of these sets is at hand; whether one of the addressed ministries
    answers for the topic is the nearest thing that can be measured.
    """
    people = people_of(authority)
    inferred = checked = right = 0
    for row in rows:
        topics = infer_from_text(row["onderwerp"])
        inferred += bool(topics)
        expected = {
            ministry
            for topic in topics
            for key in (topic.key, authority[topic.key].broader)
            for ministry in _MINISTRIES.get(key or "", ())
        }
        day = date.fromisoformat(row["gestart_op"][:10])
        period = (Period(day, day + timedelta(days=1)),)
        addressed = set()
        for name in names_in(row, Role.ADDRESSEE):
            person = people.find(read_name(name), Role.ADDRESSEE, period).person
            for tenure in person.offices if person else ():
                if tenure.period.holds_on(day):
                    office = authority[tenure.key]
                    addressed.add((office.ministry or "").partition("/")[2])
        if expected and addressed:
            checked += 1
            right += bool(expected & addressed)
    return inferred, checked, right


def main(path: Path) -> None:
    rows = read_rows(path)
    authority = load_authority(ontology_dir() / "authority").authority
    print(f"{len(rows)} rows")
    for role in _COLUMNS:
        start = time.perf_counter()
        tally = tally_names(rows, role, authority)
        print(
            f"{role.value}: {tally.resolved} of {tally.printed} resolved ({tally.share:.2%}), "
            f"{tally.elsewhen} of them not in the role on that day, "
            f"{time.perf_counter() - start:.1f} s"
        )
        for (name, reason), count in tally.failures.most_common(20):
            print(f"  {count:5} {name}: {reason}")
    inferred, checked, right = check_topics(rows, authority)
    print(
        f"topics inferred for {inferred} subjects ({inferred / len(rows):.1%}); "
        f"of {checked} that can be checked the ministry fits {right} ({right / checked:.1%})"
    )
    start = time.perf_counter()
    found = find_on_subjects(rows)
    sets = sum(len(one.sets) for one in found)
    print(f"{len(found)} round robins of {sets} sets, {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
