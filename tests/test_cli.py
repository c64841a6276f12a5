"""The command line as a user meets it: output, exit codes, help."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from kg.cli import app

GOOD = """\
De brug |
|
Jo Mol (NSC) |
|
Ans Smit (minister ) (VVD) |
|
![]() |
Is de brug dicht?
Ja.
"""


def kg(*arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def work(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(root))
    return tmp_path


def test_build_says_what_came_out(work: Path) -> None:
    (work / "brug.txt").write_text(GOOD)
    run = kg("build", "brug.txt", cwd=work)
    assert run.returncode == 0, run.stderr
    assert "1 question set, 1 question, 1 of them answered" in run.stdout
    assert run.stderr == ""
    assert {"graph.ttl", "report.json"} <= {path.name for path in (work / "build").iterdir()}


def test_build_reads_standard_input(work: Path) -> None:
    run = kg("build", "-", "--out", "uit", cwd=work, stdin=GOOD)
    assert run.returncode == 0, run.stderr
    assert (work / "uit" / "graph.ttl").exists()


def test_a_rejected_document_is_one_line_on_stderr_and_exit_1(work: Path) -> None:
    (work / "brug.txt").write_text(GOOD)
    (work / "leeg.txt").write_text("")
    run = kg("build", "brug.txt", "leeg.txt", cwd=work)
    assert run.returncode == 1
    (line,) = run.stderr.splitlines()
    assert "leeg.txt" in line
    assert (work / "build" / "graph.ttl").exists()


def test_quiet_is_quiet(work: Path) -> None:
    (work / "leeg.txt").write_text("")
    (work / "brug.txt").write_text(GOOD)
    run = kg("build", "brug.txt", "leeg.txt", "--quiet", cwd=work)
    assert (run.returncode, run.stdout, run.stderr) == (1, "", "")


WRONG = [
    ("a bad base", ["build", "brug.txt", "--base", "geen iri"], 2, "--base"),
    ("no source", ["build"], 2, ""),
    ("an unknown command", ["bouw"], 2, ""),
    ("a missing file", ["build", "nergens.txt"], 1, "nergens.txt"),
    ("a target in the way", ["build", "brug.txt", "--out", "brug.txt"], 2, "--out"),
]


@pytest.mark.parametrize(("what", "call", "code", "says"), WRONG, ids=[row[0] for row in WRONG])
def test_wrong_use_is_told_without_a_traceback(
    work: Path, what: str, call: list[str], code: int, says: str
) -> None:
    (work / "brug.txt").write_text(GOOD)
    run = kg(*call, cwd=work)
    assert run.returncode == code, run.stderr
    assert says in run.stderr
    assert "Traceback" not in run.stderr


@pytest.fixture
def built(work: Path) -> Path:
    (work / "brug.txt").write_text(GOOD)
    assert kg("build", "brug.txt", cwd=work).returncode == 0
    return work


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("csv", "number,text\r\n1,Is de brug dicht?\r\n"),
        ("tsv", '?number\t?text\n1\t"Is de brug dicht?"@nl\n'),
        ("table", "Is de brug dicht?"),
        ("json", '"vars":["number","text"]'),
        ("xml", "http://www.w3.org/2005/sparql-results#"),
    ],
)
def test_a_query_answers_on_stdout_alone(built: Path, form: str, expected: str) -> None:
    (built / "vraag.rq").write_text(
        "PREFIX kg: <https://w3id.org/kamergraaf/def#> "
        "SELECT ?number ?text { ?q kg:number ?number ; kg:text ?text } ORDER BY ?number"
    )
    run = subprocess.run(
        [sys.executable, "-m", "kg", "query", "vraag.rq", "--format", form],
        cwd=built,
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert expected in run.stdout.decode("utf-8")
    if form in ("csv", "tsv"):
        assert run.stdout.decode("utf-8") == expected


def test_a_named_query_takes_parameters(built: Path) -> None:
    hit = kg("query", "texts-about", "-p", "word=BRUG", "-f", "csv", cwd=built)
    assert "Is de brug dicht?" in hit.stdout
    miss = kg("query", "texts-about", "-p", 'word=" } UNION { ?s ?p ?text', cwd=built)
    assert miss.returncode == 0
    assert "no results" in miss.stderr


def test_a_query_from_standard_input(built: Path) -> None:
    assert kg("query", "-", cwd=built, stdin="ASK { }").stdout == "true\n"
    graph = kg("query", "-", "-f", "ttl", cwd=built, stdin="CONSTRUCT WHERE { ?s ?p 1 }")
    assert "kg:number 1" in graph.stdout


def test_the_catalogue_is_listed(work: Path) -> None:
    run = kg("queries", cwd=work)
    assert run.returncode == 0
    assert "late-answers" in run.stdout
    assert "Hoe laat het antwoord kwam" in run.stdout


def test_validate_reports_and_fails_on_a_broken_graph(built: Path) -> None:
    good = kg("validate", cwd=built)
    assert (good.returncode, good.stdout.splitlines()[0][:14]) == (0, "geldig / valid")
    path = built / "build" / "graph.ttl"
    broken = path.read_text("utf-8").replace("kg:number 1", "kg:number 0")
    (built / "broken.ttl").write_text(broken, "utf-8")
    bad = kg("validate", "broken.ttl", cwd=built)
    assert bad.returncode == 1
    assert "niet geldig / not valid" in bad.stdout
    assert "/question/1" in bad.stdout
    assert kg("validate", "-", cwd=built, stdin=broken).returncode == 1


WRONG_QUERIES = [
    ("no such query", ["query", "late-answer"], 2, "did you mean late-answers"),
    ("no such file", ["query", "nergens.rq"], 2, "nergens.rq"),
    ("no such format", ["query", "sets", "-f", "pdf"], 2, "unknown format 'pdf'"),
    ("a format that does not fit", ["query", "sets", "-f", "ttl"], 2, "no format ttl"),
    ("a parameter without value", ["query", "sets", "-p", "days"], 2, "name=value"),
    ("an unknown parameter", ["query", "sets", "-p", "days=1"], 2, "no parameter 'days'"),
    ("a wrong value", ["query", "late-answers", "-p", "days=much"], 2, "is no integer"),
    ("a value twice", ["query", "late-answers", "-p", "days=1", "-p", "days=2"], 2, "already"),
    ("no graph", ["query", "sets", "--graph", "elders"], 1, "kg build"),
    ("no graph to validate", ["validate", "elders"], 1, "kg build"),
    ("no RDF", ["query", "sets", "--graph", "brug.txt"], 1, "line 1: not valid N-Triples"),
    ("no endpoint", ["query", "sets", "--endpoint", "sparql"], 2, "is no endpoint"),
    (
        "nobody there",
        ["query", "sets", "--endpoint", "http://127.0.0.1:9/"],
        1,
        "cannot be reached",
    ),
]


@pytest.mark.parametrize(
    ("what", "call", "code", "says"), WRONG_QUERIES, ids=[row[0] for row in WRONG_QUERIES]
)
def test_wrong_questions_are_told_in_one_line(
    work: Path, what: str, call: list[str], code: int, says: str
) -> None:
    (work / "brug.txt").write_text(GOOD)
    (work / "build").mkdir()
    (work / "build" / "graph.ttl").write_text("")
    run = kg(*call, cwd=work)
    assert run.returncode == code, run.stderr
    (line,) = run.stderr.splitlines()
    assert says in line
    assert run.stdout == ""


def test_a_query_that_does_not_parse_says_where(built: Path) -> None:
    run = kg("query", "-", cwd=built, stdin="SELECT * WHERE { ?s ?p }")
    assert run.returncode == 2
    (line,) = run.stderr.splitlines()
    assert line.startswith("kg: stdin: not valid SPARQL: ")


def test_every_command_has_help_with_an_example() -> None:
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert command.help, f"kg {name} has no help"
        assert "Example:" in command.help, f"the help of kg {name} has no example"
        for parameter in command.params:
            assert getattr(parameter, "help", "x"), f"kg {name} {parameter.name} has no help"


def test_stats_say_what_each_document_gave_and_lacks(built: Path) -> None:
    shown = kg("stats", "--documents", cwd=built)
    assert shown.returncode == 0
    assert "questions" in shown.stdout
    assert "number" in shown.stdout
    absent = kg("stats", "--documents", "--graph", "nergens", cwd=built)
    assert absent.returncode == 2
    assert "report.json" in absent.stderr
