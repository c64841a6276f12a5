"""Files that take their places together, with a manifest that tells when one is not whole."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import GraphError, UsageError
from kg.store.manifest import MANIFEST, faults, manifest_of, read_manifest
from kg.store.publication import publishing, publishing_file, replacing_listed


def publish(folder: Path, *, replaces_all: bool = False, **files: str) -> None:
    with publishing(folder, replaces_all=replaces_all) as results:
        for name, content in files.items():
            path = results.folder / name.replace("__", "/")
            path.parent.mkdir(exist_ok=True)
            path.write_text(content)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_the_files_of_a_run_come_with_their_manifest(tmp_path: Path) -> None:
    with publishing(tmp_path / "new") as results:
        (results.folder / "graph.ttl").write_text("<a:a> <a:b> <a:c> .")
        results.triples["graph.ttl"] = 1
        results.counts = {"sets": 3}
        assert list((tmp_path / "new").glob("[!.]*")) == []
    manifest = read_manifest(tmp_path / "new" / MANIFEST)
    assert manifest is not None
    assert manifest.counts == {"sets": 3}
    assert manifest.files["graph.ttl"].triples == 1
    assert names(tmp_path / "new") == ["graph.ttl", MANIFEST]
    assert list(faults(tmp_path / "new" / MANIFEST)) == []


def test_every_cut_and_every_change_is_a_fault(tmp_path: Path) -> None:
    content = "<a:a> <a:b> 'ë'.\n<a:c> <a:b> 'd'.\n"
    publish(tmp_path, graph=content)
    data = content.encode()
    for at in range(len(data)):
        (tmp_path / "graph").write_bytes(data[:at])
        assert [fault.path.name for fault in faults(tmp_path / MANIFEST)] == ["graph"]
        (tmp_path / "graph").write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert [fault.english for fault in faults(tmp_path / MANIFEST)] == [
            "was changed since the manifest was made"
        ]
    (tmp_path / "graph").unlink()
    assert [fault.english for fault in faults(tmp_path / MANIFEST)] == ["is missing"]


def test_a_run_keeps_what_it_does_not_write_unless_it_replaces_all(tmp_path: Path) -> None:
    publish(tmp_path, a="1", b="1", folder__x="1", folder__y="1")
    (tmp_path / "of the user").write_text("stays")
    publish(tmp_path, a="2", folder__x="2")
    assert names(tmp_path) == ["a", "b", "folder", "folder/x", MANIFEST, "of the user"]
    assert list(faults(tmp_path / MANIFEST)) == []
    publish(tmp_path, replaces_all=True, c="3")
    assert [n for n in names(tmp_path) if n != "folder"] == ["c", MANIFEST, "of the user"]
    assert list(faults(tmp_path / MANIFEST)) == []


def test_an_error_leaves_the_old_files_and_no_leftovers(tmp_path: Path) -> None:
    publish(tmp_path, a="old")

    def write_half() -> None:
        with publishing(tmp_path) as results:
            (results.folder / "a").write_text("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert (tmp_path / "a").read_text() == "old"
    assert names(tmp_path) == ["a", MANIFEST]


# name of the step after which the run is killed, what a file then holds after the next run
KILLED = """
import os, signal, sys
from pathlib import Path
import kg.store.publication as publication

def killed(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)

folder, step = Path(sys.argv[1]), sys.argv[2]
owner, name = (Path, step[5:]) if step.startswith("Path.") else (publication, step)
with publication.publishing(folder) as results:
    (results.folder / "a").write_text("new")
    (results.folder / "sub").mkdir()
    (results.folder / "sub" / "b").write_text("new")
    setattr(owner, name, killed)
"""


@pytest.mark.parametrize(
    ("step", "published"),
    [
        ("_complete", False),
        ("finish", False),
        ("Path.rename", False),
        ("_flush", False),
        ("_move", True),
        ("Path.replace", True),
        ("Path.rmdir", True),
    ],
)
def test_a_killed_run_is_finished_or_undone_by_the_next(
    tmp_path: Path, root: Path, step: str, published: bool
) -> None:
    publish(tmp_path, a="old", sub__b="old")
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), step],
        env=os.environ | {"PYTHONPATH": str(root)},
        check=False,
    )
    assert run.returncode == -signal.SIGKILL
    publish(tmp_path, other="x")
    expected = "new" if published else "old"
    assert (tmp_path / "a").read_text() == expected
    assert (tmp_path / "sub" / "b").read_text() == expected
    assert names(tmp_path) == ["a", MANIFEST, "other", "sub", "sub/b"]
    assert list(faults(tmp_path / MANIFEST)) == []


def test_a_run_leaves_the_work_of_a_living_one_alone(tmp_path: Path) -> None:
    with publishing(tmp_path) as first:
        (first.folder / "a").write_text("first")
        publish(tmp_path, b="second")
        assert (first.folder / "a").exists()
    assert (tmp_path / "a").read_text() == "first"
    assert list(faults(tmp_path / MANIFEST)) == []


def test_a_single_file_has_a_manifest_of_its_own_or_its_folders(tmp_path: Path) -> None:
    dump = tmp_path / "dump.nt"
    with publishing_file(dump) as results:
        (results.folder / dump.name).write_text("")
    assert manifest_of(dump) == tmp_path / f"dump.nt.{MANIFEST}"
    publish(tmp_path / "build", a="1")
    with publishing_file(tmp_path / "build" / "dump.nt") as results:
        (results.folder / "dump.nt").write_text("")
    assert manifest_of(tmp_path / "build" / "dump.nt") == tmp_path / "build" / MANIFEST


def test_a_listed_file_may_be_replaced_alone(tmp_path: Path) -> None:
    publish(tmp_path / "build", a="1")
    with replacing_listed(tmp_path / "build" / "a") as stream:
        stream.write(b"3")
    assert (tmp_path / "build" / "a").read_text() == "3"
    assert list(faults(tmp_path / "build" / MANIFEST)) == []
    with replacing_listed(tmp_path / "build" / "unlisted") as stream:
        stream.write(b"4")
    assert manifest_of(tmp_path / "build" / "unlisted") is None


def test_a_foreign_manifest_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text('{"name": "a web application"}')
    assert read_manifest(tmp_path / MANIFEST) is None
    with publishing_file(tmp_path / "dump.nt") as results:
        (results.folder / "dump.nt").write_text("")
    with pytest.raises(UsageError, match="not one of ours"):
        publish(tmp_path, a="1")
    assert (tmp_path / MANIFEST).read_text() == '{"name": "a web application"}'


def test_a_broken_manifest_of_ours_is_told(tmp_path: Path) -> None:
    publish(tmp_path, a="1")
    (tmp_path / MANIFEST).write_text((tmp_path / MANIFEST).read_text()[:-20])
    with pytest.raises(GraphError, match="write the results again"):
        read_manifest(tmp_path / MANIFEST)


@pytest.mark.parametrize("name", ["../victim", "/{victim}", "a/../../victim", "./a", "", "a//b"])
def test_a_manifest_names_only_files_in_its_folder(tmp_path: Path, name: str) -> None:
    victim, out = tmp_path / "victim", tmp_path / "out"
    victim.write_text("precious")
    publish(out, a="1")
    told = (out / MANIFEST).read_text().replace('"a"', f'"{name.format(victim=victim)}"')
    (out / MANIFEST).write_text(told)
    with pytest.raises(GraphError, match="is broken"):
        publish(out, replaces_all=True, b="2")
    assert victim.read_text() == "precious"


def test_a_link_in_a_folder_of_results_leads_no_run_elsewhere(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    publish(out, sub__a="1")
    (out / "sub").rename(home)
    (out / "sub").symlink_to(home)
    publish(out, replaces_all=True, b="2")
    assert (home / "a").read_text() == "1"

    (out / f".{MANIFEST}.whole").symlink_to(home)
    (out / f".{MANIFEST}.x.part").symlink_to(home)
    os.mkfifo(out / f".{MANIFEST}.y.part")
    publish(out, c="3")
    assert names(home) == ["a"]
    assert (out / "c").read_text() == "3"


def test_a_full_disk_leaves_the_old_files(tmp_path: Path) -> None:
    publish(tmp_path, a="old")
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(UsageError, match=r"what was there stays; free some space"):
            publish(tmp_path, a="x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert (tmp_path / "a").read_text() == "old"
    assert names(tmp_path) == ["a", MANIFEST]
    assert list(faults(tmp_path / MANIFEST)) == []
