"""Names of ministries and portfolios of the Dutch government, 2002 to now.

They tell where one office ends and the next begins in `de Staatssecretarissen van Onderwijs,
Cultuur en Wetenschap en Volksgezondheid, Welzijn en Sport`. Source: the ministers and state
secretaries of the cabinets Balkenende II to Schoof as listed by Parlement.com.
"""

import re

PORTFOLIOS = (
    "Algemene Zaken",
    "Armoedebeleid, Participatie en Pensioenen",
    "Asiel en Migratie",
    "Basis- en Voortgezet Onderwijs en Media",
    "Bestuurlijke Vernieuwing en Koninkrijksrelaties",
    "Binnenlandse Zaken",
    "Binnenlandse Zaken en Koninkrijksrelaties",
    "Buitenlandse Handel en Ontwikkelingshulp",
    "Buitenlandse Handel en Ontwikkelingssamenwerking",
    "Buitenlandse Zaken",
    "Defensie",
    "Economische Zaken",
    "Economische Zaken en Klimaat",
    "Economische Zaken, Landbouw en Innovatie",
    "Financiën",
    "Immigratie en Asiel",
    "Immigratie, Integratie en Asiel",
    "Infrastructuur en Milieu",
    "Infrastructuur en Waterstaat",
    "Jeugd en Gezin",
    "Justitie",
    "Justitie en Veiligheid",
    "Klimaat en Energie",
    "Klimaat en Groene Groei",
    "Landbouw, Natuur en Voedselkwaliteit",
    "Landbouw, Visserij, Voedselzekerheid en Natuur",
    "Langdurige Zorg",
    "Langdurige Zorg en Sport",
    "Medische Zorg",
    "Medische Zorg en Sport",
    "Milieu en Wonen",
    "Natuur en Stikstof",
    "Onderwijs, Cultuur en Wetenschap",
    "Ontwikkelingssamenwerking",
    "Primair en Voortgezet Onderwijs",
    "Rechtsbescherming",
    "Sociale Zaken en Werkgelegenheid",
    "Veiligheid en Justitie",
    "Verkeer en Waterstaat",
    "Volksgezondheid, Welzijn en Sport",
    "Volkshuisvesting en Ruimtelijke Ordening",
    "Volkshuisvesting, Ruimtelijke Ordening en Milieubeheer",
    "Werk en Participatie",
    "Wonen en Rijksdienst",
    "Wonen, Wijken en Integratie",
)
PORTFOLIO = re.compile(
    "|".join(
        re.escape(name).replace(r"\ ", r"\s*").replace("ijksrel", "ijks?rel")
        for name in sorted(PORTFOLIOS, key=len, reverse=True)
    ),
    re.IGNORECASE,
)
"""Any of the names, the longest first; spaces may be missing, as at lost line ends."""
_SPACED = {name.replace(" ", "").lower(): name for name in PORTFOLIOS}


def spaced(printed: str) -> str:
    """`printed` with the spaces of the portfolio that it names, where lost line ends took some."""
    name = _SPACED.get(printed.replace(" ", "").lower())
    if name is None:
        return printed
    letters = iter(printed.replace(" ", ""))
    return "".join(" " if character == " " else next(letters) for character in name)
