"""The command that makes the authority files: repeatable, and kind to what people edited."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.resources import ontology_dir

FOLDER = ontology_dir() / "authority"
SCRIPT = FOLDER / "generate.py"
SHARED = Path(os.environ.get("KG_SHARED") or FOLDER.parents[2] / "shared") / "authority"

HAND_MADE = """@base <https://w3id.org/kamergraaf/id/> .
@prefix kg: <https://w3id.org/kamergraaf/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<party/vvd> a kg:Party ; skos:altLabel "de liberalen"@nl ,  "Blauw"@nl ;
    skos:prefLabel "Volkspartij"@nl .
<party/zz> skos:prefLabel "Zelf & Zo"@nl ; a kg:Party .
"""


def generate(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_format_sorts_and_lays_out_one_value_a_line(tmp_path: Path) -> None:
    (tmp_path / "parties.ttl").write_text(HAND_MADE, encoding="utf-8")
    assert generate("--format", "--out", tmp_path).returncode == 0
    text = (tmp_path / "parties.ttl").read_text(encoding="utf-8")
    assert text.endswith(
        "<party/vvd>\n"
        "    a kg:Party ;\n"
        '    skos:prefLabel "Volkspartij"@nl ;\n'
        '    skos:altLabel "Blauw"@nl ;\n'
        '    skos:altLabel "de liberalen"@nl .\n'
        "\n"
        "<party/zz>\n"
        "    a kg:Party ;\n"
        '    skos:prefLabel "Zelf & Zo"@nl .\n'
    )


def test_without_a_source_the_command_says_what_it_wants() -> None:
    done = generate()
    assert done.returncode == 2
    assert "name the folder with the lists, or --format" in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the lists are not at {SHARED}; set KG_SHARED")
def test_on_the_files_as_they_are_the_command_changes_nothing(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.ttl"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    done = generate(SHARED, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    changed = [
        p.name for p in FOLDER.glob("*.ttl") if p.read_bytes() != (tmp_path / p.name).read_bytes()
    ]
    assert changed == [], (
        "python ontology/authority/generate.py ../shared/authority, and look at git diff"
    )


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the lists are not at {SHARED}; set KG_SHARED")
def test_the_lists_give_the_same_bytes_and_edits_stay(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        done = generate(SHARED, "--fresh", "--out", folder)
        assert done.returncode == 0, done.stderr
    files = {path.name: path.read_bytes() for path in first.glob("*.ttl")}
    assert len(files) == 8
    assert files == {path.name: path.read_bytes() for path in second.glob("*.ttl")}

    parties = second / "parties.ttl"
    edited = re.sub(
        r"<party/vvd>\n.*? \.\n",
        '<party/vvd>\n    a kg:Party ;\n    skos:prefLabel "Volkspartij"@nl .\n',
        parties.read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    parties.write_text(edited, encoding="utf-8")
    assert generate(SHARED, "--out", second).returncode == 0
    assert parties.read_text(encoding="utf-8") == edited
    others = {name: content for name, content in files.items() if name != "parties.ttl"}
    assert others == {name: (second / name).read_bytes() for name in others}
