"""The manifest of a folder of results: for each file its size and SHA-256, and what it counts.

A file that was cut, mixed with another run or changed by hand no longer agrees with its manifest.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import __version__
from kg.errors import GraphError

MANIFEST = "manifest.json"
_KIND = "https://w3id.org/kamergraaf/manifest/1"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What a file must be: its bytes, their SHA-256 in hex, and its triples where it is RDF."""

    size: int
    sha256: str
    triples: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The entry as JSON values."""
        counted = {} if self.triples is None else {"triples": self.triples}
        return {"bytes": self.size, "sha256": self.sha256, **counted}


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """What a folder of very many files must be: their number, bytes and a digest of them all.

    The digest is the sum, modulo 2^256, of the SHA-256 of each file's path in the folder, a zero
    byte and its content, so that several workers can add to it in any order.
    """

    files: int = 0
    size: int = 0
    digest: int = 0

    def __add__(self, other: "FolderEntry") -> "FolderEntry":
        """The entry of both their files."""
        return FolderEntry(
            self.files + other.files,
            self.size + other.size,
            (self.digest + other.digest) % 2**256,
        )

    def to_dict(self) -> dict[str, Any]:
        """The entry as JSON values."""
        return {"files": self.files, "bytes": self.size, "digest": f"{self.digest:064x}"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a folder by relative path, and the counts of the run that made them.

    Of some folders in it not each file is listed, but all of them together.
    """

    files: Mapping[str, FileEntry] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    folders: Mapping[str, FolderEntry] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The number of files."""
        return len(self.files) + sum(entry.files for entry in self.folders.values())

    def to_json(self) -> str:
        """The content of the file."""
        content: dict[str, Any] = {
            "kind": _KIND,
            "made_by": f"kamergraaf {__version__}",
            "counts": dict(self.counts),
            "files": {name: self.files[name].to_dict() for name in sorted(self.files)},
        }
        if self.folders:
            content["folders"] = {
                name: self.folders[name].to_dict() for name in sorted(self.folders)
            }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that is not what its manifest says, and why, in Dutch and English."""

    path: Path
    dutch: str
    english: str


def entry_of(path: Path, triples: int | None = None) -> FileEntry:
    """The entry of the file at `path` as it is now."""
    with path.open("rb") as stream:
        return FileEntry(
            path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest(), triples
        )


def entry_in_folder(name: str, content: bytes) -> FolderEntry:
    """The entry of a folder with one file, at the path `name` in it."""
    found = hashlib.sha256(name.encode() + b"\0" + content).digest()
    return FolderEntry(1, len(content), int.from_bytes(found, "big"))


def folder_entry_of(folder: Path) -> FolderEntry:
    """The entry of a folder as it is now."""
    entry = FolderEntry()
    for path in folder.rglob("*"):
        if path.is_file():
            entry += entry_in_folder(path.relative_to(folder).as_posix(), path.read_bytes())
    return entry


def read_manifest(path: Path) -> Manifest | None:
    """The manifest at `path`; None where there is no file, or one that is no manifest of ours.

    Raises GraphError where the file begins as ours and is broken.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("kind") != _KIND:
            return None
        files = {
            name: FileEntry(entry["bytes"], entry["sha256"], entry.get("triples"))
            for name, entry in content["files"].items()
        }
        folders = {
            name: FolderEntry(entry["files"], entry["bytes"], int(entry["digest"], 16))
            for name, entry in content.get("folders", {}).items()
        }
        if not all(map(_is_inside, (*files, *folders))):
            raise ValueError("a file outside the folder")
        return Manifest(files, content["counts"], folders)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if _KIND in text:
            raise GraphError(f"{path}: is broken; write the results again", code="torn") from error
        return None


def _is_inside(name: str) -> bool:
    """Whether a name stands for a file in the folder, as all of ours do."""
    return "\0" not in name and not {"", ".", ".."} & set(name.split("/"))


def manifest_of(path: Path) -> Path | None:
    """The manifest that tells of a folder, or of a single file; None where there is none."""
    if path.is_dir():
        return path / MANIFEST if read_manifest(path / MANIFEST) else None
    beside = path.with_name(f"{path.name}.{MANIFEST}")
    if read_manifest(beside):
        return beside
    around = read_manifest(path.parent / MANIFEST)
    return path.parent / MANIFEST if around and path.name in around.files else None


def faults(manifest_file: Path, only: str | None = None) -> Iterator[Fault]:
    """The files that are not what the manifest says; with `only`, of that one file."""
    manifest = read_manifest(manifest_file)
    for name, entry in sorted(manifest.files.items()) if manifest else ():
        if only is not None and name != only:
            continue
        path = manifest_file.parent / name
        try:
            found = entry_of(path)
        except OSError:
            yield Fault(path, "ontbreekt", "is missing")
            continue
        if found.size != entry.size:
            yield Fault(
                path,
                f"heeft {found.size} bytes in plaats van {entry.size}: afgekapt of gewijzigd",
                f"has {found.size} bytes instead of {entry.size}: cut or changed",
            )
        elif found.sha256 != entry.sha256:
            yield Fault(
                path, "is gewijzigd sinds het manifest", "was changed since the manifest was made"
            )
    if only is None and manifest is not None:
        yield from _faults_of_folders(manifest_file.parent, manifest)


def _faults_of_folders(folder: Path, manifest: Manifest) -> Iterator[Fault]:
    for name, entry in sorted(manifest.folders.items()):
        found = folder_entry_of(folder / name)
        if found.files != entry.files:
            yield Fault(
                folder / name,
                f"heeft {found.files} bestanden in plaats van {entry.files}",
                f"has {found.files} files instead of {entry.files}",
            )
        elif found != entry:
            yield Fault(
                folder / name,
                "heeft bestanden die zijn gewijzigd sinds het manifest",
                "has files that were changed since the manifest was made",
            )
