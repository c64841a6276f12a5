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
    assert (run.returncode, run.stderr) == (1, "")


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


def test_every_command_has_help_with_an_example() -> None:
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert command.help, f"kg {name} has no help"
        assert "Example:" in command.help, f"the help of kg {name} has no example"
        for parameter in command.params:
            assert getattr(parameter, "help", "x"), f"kg {name} {parameter.name} has no help"
