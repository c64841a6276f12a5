"""Where things are in a site: `doc/<class>/<last two characters of the name>/<name>.html`.

The last two characters spread the pages of a class over folders: of numbers and of the hashes that
names end in, they are as good as random. So a redirect can tell a page from an IRI by a pattern.
"""

from functools import lru_cache
from urllib.parse import quote

INDEX = "index.html"
SEARCH_PAGE = "search.html"
EXPLORER = "graph.html"
ASSETS = "assets"

_ROOMS = {"ontology": f"ontology/{INDEX}", "search": SEARCH_PAGE, "assets": ASSETS}


def file_of(local: str, ending: str, sheet: int = 1) -> str:
    """The path of a sheet of a page, or of its data, in the site."""
    first, _, rest = local.partition("/")
    number = "" if sheet == 1 else f"~{sheet}"
    if not rest:
        return f"doc/{local}{number}.{ending}"
    name = rest.partition("/")[0]
    fan = "".join(filter(str.isalnum, name))[-2:] or "_"
    return f"doc/{first}/{fan}/{rest}{number}.{ending}"


class SiteAddresses:
    """Addresses as seen from a page of the site, by its path."""

    def __init__(self, page: str, explorer: bool) -> None:
        self._up = "../" * page.count("/")
        self._explorer = explorer

    def page(self, local: str, fragment: str = "", sheet: int = 1) -> str:
        """See `Addresses`."""
        address = self._up + (_quoted(local, "html", sheet) if local else INDEX)
        return f"{address}#{quote(fragment)}" if fragment else address

    def data(self, local: str, ending: str, sheet: int = 1) -> str:
        """See `Addresses`."""
        return self._up + _quoted(local, ending, sheet)

    def room(self, name: str) -> str | None:
        """See `Addresses`."""
        if name == "explorer" and self._explorer:
            return self._up + EXPLORER
        return self._up + _ROOMS[name] if name in _ROOMS else None


@lru_cache(maxsize=50_000)
def _quoted(local: str, ending: str, sheet: int) -> str:
    return quote(file_of(local, ending, sheet))
