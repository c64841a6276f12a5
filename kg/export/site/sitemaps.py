"""Sitemaps: one, or an index of several where there are more pages than one may hold.

https://www.sitemaps.org/protocol.html
"""

from pathlib import Path
from typing import TextIO
from urllib.parse import quote
from xml.sax.saxutils import escape

SITEMAP = "sitemap.xml"
_MOST = 50_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


class Sitemaps:
    """Writes the sitemaps of a site at the web address `base` to `folder`, page by page."""

    def __init__(self, folder: Path, base: str) -> None:
        self._folder, self._base = folder, base
        self._names: list[str] = []
        self._open: TextIO | None = None
        self.count = 0

    def add(self, page: str) -> None:
        """Tells of a page by its path."""
        if self.count % _MOST == 0:
            self._end()
            self._names.append(f"sitemap-{len(self._names) + 1}.xml")
            self._open = (self._folder / self._names[-1]).open("w", encoding="utf-8")
            self._open.write(_HEAD.format("urlset"))
        assert self._open is not None
        self._open.write(f"<url>{self._place(page)}</url>\n")
        self.count += 1

    def close(self) -> None:
        """Finishes them."""
        self._end()
        if len(self._names) == 1:
            (self._folder / self._names[0]).rename(self._folder / SITEMAP)
            return
        lines = "".join(f"<sitemap>{self._place(name)}</sitemap>\n" for name in self._names)
        text = f"{_HEAD.format('sitemapindex')}{lines}</sitemapindex>\n"
        (self._folder / SITEMAP).write_text(text, encoding="utf-8")

    def _place(self, path: str) -> str:
        return f"<loc>{escape(self._base + quote(path))}</loc>"

    def _end(self) -> None:
        if self._open is not None:
            self._open.write("</urlset>\n")
            self._open.close()
            self._open = None
