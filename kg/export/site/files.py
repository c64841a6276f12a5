"""Writes the many files of a site, and keeps count of them for its manifest."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from kg.store.manifest import FolderEntry, entry_in_folder


class SiteFiles:
    """Writes files below the folder `site`."""

    def __init__(self, site: Path) -> None:
        self.folders: dict[str, FolderEntry] = defaultdict(FolderEntry)
        """What was written to each of the folders in `site`."""
        self._site = site
        self._made: set[Path] = set()

    def write(self, name: str, content: bytes) -> None:
        """Writes a file by its path in the site, which is in a folder."""
        path = self._site / name
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        path.write_bytes(content)
        folder, _, rest = name.partition("/")
        self.folders[folder] += entry_in_folder(rest, content)

    def add(self, folders: Mapping[str, FolderEntry]) -> None:
        """Takes in what others wrote."""
        for name, entry in folders.items():
            self.folders[name] += entry
