"""Where this server has its pages."""

from urllib.parse import quote

DESCRIPTION = "/.well-known/void"
ONTOLOGY = "/ontology/"
SEARCH = "/search.js"
YASGUI = "/yasgui"


class ServedAddresses:
    """Addresses of the pages as this server has them."""

    def __init__(self, explorer: bool, texts: bool) -> None:
        self._rooms = {
            "query": "/query",
            "sparql": "/sparql",
            "ontology": ONTOLOGY,
            "search": SEARCH,
            "texts": "/search" if texts else None,
            "explorer": "/explorer" if explorer else None,
        }

    def page(self, local: str, fragment: str = "") -> str:
        """The address of the page of a thing; of the index for an empty local id."""
        address = f"/doc/{quote(local)}" if local else "/"
        return f"{address}#{quote(fragment)}" if fragment else address

    def data(self, local: str, ending: str) -> str:
        """The address of a thing's data in a format."""
        return f"/doc/{quote(local)}.{ending}"

    def room(self, name: str) -> str | None:
        """The address of a page that is of no thing."""
        return self._rooms[name]
