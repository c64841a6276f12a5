"""Every fenced block of README.md is executed, in order, in one sandbox.

The sandbox is a copy of the tracked files in an empty folder, with `kg` and the virtual
environment that `make` expects in place. Blocks are told apart by their language:

- `console`: lines that begin with `$ ` are commands (continued on lines that begin with `> `),
  the lines below each are its exact output, standard error included. A line `…` stands for any
  number of lines, `…` within a line for any characters. Every command must succeed, unless
  `$ echo $?` right after its output shows another exit code. Each starts in the top folder.
  A command that ends in ` &` (a server) is started, and ended after the last block.
- `sh`: commands that must succeed; their output is not shown, so not compared. `make test` is
  looked up by `make --dry-run` only, because it is what runs this test. `git clone` is not run.
- `python`: a doctest where it has `>>>` (`...` elides), else a script that must succeed.
- `sparql`: a query that must give rows on the graph that the blocks above it built.
- `turtle`: triples that all stand in that graph.

Any other language, or none, is an error.
"""

import difflib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

FENCE = re.compile(r"^```(?P<language>\S*)[ \t]*\n(?P<text>.*?)^```[ \t]*$", re.M | re.S)
LINK = re.compile(r"\]\((?!https?:|#)(?P<target>[^)#\s]+)")
LANGUAGES = {"console", "sh", "python", "sparql", "turtle"}


@dataclass
class Block:
    """A fenced block: its language, its text, and the README line it begins at."""

    language: str
    text: str
    line: int


@dataclass
class Command:
    """A command of a console block, the output shown for it and the exit code expected."""

    text: str
    output: list[str] = field(default_factory=list)
    exit_code: int = 0


def blocks(readme: str) -> list[Block]:
    return [
        Block(block["language"], block["text"], readme.count("\n", 0, block.start()) + 1)
        for block in FENCE.finditer(readme)
    ]


def commands(text: str) -> list[Command]:
    found: list[Command] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append(Command(line[2:]))
        elif line.startswith("> ") and found and not found[-1].output:
            found[-1].text += "\n" + line[2:]
        elif not found:
            raise ValueError(f"output before the first command: {line!r}")
        else:
            found[-1].output.append(line)
    asked: list[Command] = []
    for command in found:
        if command.text == "echo $?":
            asked[-1].exit_code = int(command.output[0])
        else:
            asked.append(command)
    return asked


def matches(shown: list[str], printed: str) -> bool:
    """Whether the output shown, with its elisions, is what was printed."""
    pattern = ""
    for line in shown:
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(map(re.escape, line.rstrip().split("…"))) + r"[ \t]*\n"
    text = printed if printed.endswith("\n") or not printed else printed + "\n"
    return re.fullmatch(pattern + r"\n*", text) is not None


class Sandbox:
    """A copy of the project in which blocks are run."""

    def __init__(self, root: Path, top: Path) -> None:
        self.top = top
        self.servers: list[subprocess.Popen[bytes]] = []
        names = subprocess.run(
            ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True
        ).stdout
        for name in filter(None, names.split("\0")):
            if (root / name).is_file():
                (top / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(root / name, top / name)
        bin_dir = top / ".venv" / "bin"
        bin_dir.mkdir(parents=True)
        for name, arguments in {"kg": "-m kg ", "python": ""}.items():
            script = bin_dir / name
            script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments}"$@"\n')
            script.chmod(0o755)
        for stamp in (".pip", ".kg", ".dev"):
            (top / ".venv" / stamp).touch()
        self.environment = os.environ | {
            "PATH": f"{bin_dir}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(top),
            "PYTHONUNBUFFERED": "1",
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "100",
            "NO_COLOR": "1",
            "MAKEFLAGS": "--no-print-directory",
        }

    def run(self, command: str | list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command] if isinstance(command, str) else command,
            cwd=self.top,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )

    def complaints(self, block: Block) -> Iterator[str]:
        """What is wrong with one block; nothing when it does what it shows."""
        if block.language not in LANGUAGES:
            yield f"language {block.language!r} is not one of {', '.join(sorted(LANGUAGES))}"
        elif block.language == "console":
            for command in commands(block.text):
                yield from self.console_complaints(command)
        elif block.language == "sh":
            text = re.sub(r"^make test$", "make --dry-run test", block.text, flags=re.M)
            text = re.sub(r"^git clone .*\n(?:cd .*\n)?", "", text, flags=re.M)
            yield from self.failure(f"set -e\n{text}")
        elif block.language == "python":
            script = self.top / "readme_block.txt"
            script.write_text(block.text, encoding="utf-8")
            if ">>>" in block.text:
                options = ["-m", "doctest", "-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE"]
                yield from self.failure([sys.executable, *options, str(script)])
            else:
                yield from self.failure([sys.executable, str(script)])
        else:
            yield from self.graph_complaints(block)

    def console_complaints(self, command: Command) -> Iterator[str]:
        if command.text.endswith(" &"):
            text = "exec " + command.text.removesuffix(" &")
            self.servers.append(
                subprocess.Popen(
                    ["bash", "-c", text],
                    cwd=self.top,
                    env=self.environment,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
            return
        done = self.run(command.text)
        if done.returncode != command.exit_code:
            yield f"$ {command.text}\nexit code {done.returncode}:\n{done.stdout}"
        elif not matches(command.output, done.stdout):
            difference = difflib.unified_diff(
                command.output, done.stdout.splitlines(), "README", "printed", lineterm=""
            )
            yield f"$ {command.text}\n" + "\n".join(difference)

    def failure(self, command: str | list[str]) -> Iterator[str]:
        done = self.run(command)
        if done.returncode:
            yield f"exit code {done.returncode}:\n{done.stdout}"

    def graph_complaints(self, block: Block) -> Iterator[str]:
        import pyoxigraph

        graph = pyoxigraph.Store()
        turtle = pyoxigraph.RdfFormat.TURTLE
        graph.load(path=str(self.top / "build" / "graph.ttl"), format=turtle)
        if block.language == "sparql":
            results = graph.query(block.text)
            if not (
                bool(results) if isinstance(results, pyoxigraph.QueryBoolean) else any(results)
            ):
                yield "the query gives no row"
        else:
            for quad in pyoxigraph.parse(block.text, format=turtle):
                if quad not in graph:
                    yield f"not in the graph: {quad.triple}"

    def close(self) -> None:
        for server in self.servers:
            server.terminate()
            server.wait(timeout=10)


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        (["a", "b"], "a\nb\n", True),
        (["a"], "a\nb\n", False),
        (["a", "…", "d"], "a\nb\nc\nd\n", True),
        (["a", "…"], "b\n", False),
        (["in … s"], "in 1.25 s\n", True),
        (["in … s"], "out 1.25 s\n", False),
        (["a.c"], "abc\n", False),
        ([], "", True),
        ([], "noise\n", False),
        (["a"], "a   \n", True),
    ],
)
def test_shown_output_is_compared_with_elisions(shown: list[str], printed: str, same: bool) -> None:
    assert matches(shown, printed) is same


def test_console_blocks_are_read_as_commands_and_outputs() -> None:
    text = "$ cat <<E\n> x\n> E\nx\n$ false\n$ echo $?\n1\n"
    assert commands(text) == [Command("cat <<E\nx\nE", ["x"]), Command("false", [], 1)]


def test_blocks_that_do_not_hold_are_reported(root: Path, tmp_path: Path) -> None:
    sandbox = Sandbox(root, tmp_path)
    wrong = [
        Block("console", "$ echo a\nb\n", 1),
        Block("console", "$ false\n", 1),
        Block("sh", "false\ntrue\n", 1),
        Block("python", "assert False\n", 1),
        Block("python", ">>> 1 + 1\n3\n", 1),
        Block("", "text\n", 1),
    ]
    assert [len(list(sandbox.complaints(block))) for block in wrong] == [1] * len(wrong)
    right = [
        Block("console", "$ echo a\na\n$ false\n$ echo $?\n1\n", 1),
        Block("sh", "test -f pyproject.toml\nmake test\n", 1),
        Block("python", ">>> import kg; kg.__file__\n'...kg/__init__.py'\n", 1),
        Block("console", "$ sleep 30 &\n", 1),
    ]
    assert [complaint for block in right for complaint in sandbox.complaints(block)] == []
    sandbox.close()


def test_every_block_of_the_readme_does_what_it_shows(root: Path, tmp_path: Path) -> None:
    sandbox = Sandbox(root, tmp_path)
    try:
        complaints = [
            f"README.md:{block.line}: {complaint}"
            for block in blocks((root / "README.md").read_text(encoding="utf-8"))
            for complaint in sandbox.complaints(block)
        ]
    finally:
        sandbox.close()
    assert not complaints, "\n\n".join(complaints)


def test_every_relative_link_of_the_readme_leads_to_a_file(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    missing = [link["target"] for link in LINK.finditer(readme)]
    assert [target for target in missing if not (root / target).exists()] == []
