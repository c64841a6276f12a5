"""Where this server has its pages."""

from urllib.parse import quote

DESCRIPTION = "/.well-known/void"
ONTOLOGY = "/ontology/"
SEARCH = "/search"
ASSETS = "/assets"
YASGUI = "/yasgui"


class ServedAddresses:
    """Addresses of the pages as this server has them."""

    def __init__(self, explorer: bool) -> None:
        self._rooms = {
            "query": "/query",
            "sparql": "/sparql",
            "ontology": ONTOLOGY,
            "search": SEARCH,
            "assets": ASSETS,
            "explorer": "/explorer" if explorer else None,
        }

    def page(self, local: str, fragment: str = "", sheet: int = 1) -> str:
        """The address of a sheet of the page of a thing; of the index for an empty local id."""
        address = f"/doc/{quote(local)}" if local else "/"
        number = f"?sheet={sheet}" if sheet > 1 else ""
        return f"{address}{number}#{quote(fragment)}" if fragment else f"{address}{number}"

    def data(self, local: str, ending: str, sheet: int = 1) -> str:
        """The address of the data of a sheet in a format."""
        number = f"?sheet={sheet}" if sheet > 1 else ""
        return f"/doc/{quote(local)}.{ending}{number}"

    def room(self, name: str) -> str | None:
        """The address of a page that is of no thing."""
        return self._rooms[name]
