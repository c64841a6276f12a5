"""What the archive is asked in the measurements, in SPARQL; `{person}` and the like are filled."""

from dataclasses import dataclass

import pyoxigraph as ox

from kg.querying.catalogue import find_query

PREFIXES = """\
PREFIX kg: <https://w3id.org/kamergraaf/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

LOOKUPS = {
    "a person's sets": """
        SELECT ?set ?title { ?set kg:submittedBy <{person}> ; rdfs:label ?title } LIMIT 50""",
    "a set with its texts": """
        SELECT ?part ?text { <{set}> kg:hasQuestion|kg:hasAnswer ?part . ?part kg:text ?text }
        ORDER BY ?part""",
    "one motion's chain": """
        SELECT DISTINCT ?unit ?set ?person {
          ?unit kg:mentions <{motion}> . ?set kg:hasQuestion|kg:hasAnswer ?unit ;
          kg:submittedBy ?person }
        ORDER BY ?set ?person LIMIT 50""",
    "one motion → question → answer → person": """
        SELECT ?question ?answer ?person {
          ?question kg:mentions <{answered}> . ?answer kg:answers ?question .
          ?set kg:hasQuestion ?question ; kg:answeredBy ?person }
        ORDER BY ?question ?answer ?person""",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A question about the whole: the named query that reads the counts, and their counting."""

    name: str
    counting: str

    def text(self) -> str:
        """The named query."""
        return find_query(self.name).bound({})


COUNTED = {
    "party × ministry": Counted("parties-and-ministries", "sets-by-party-and-ministry"),
    "top submitters": Counted("submitters", "sets-by-submitter"),
    "co-submission": Counted("co-submitters", "sets-by-pair-of-submitters"),
    "sets per month": Counted("sets-per-month", "sets-by-month"),
    "motion → question → answer → person": Counted(
        "motion-answerers", "questions-on-motions-by-answerer"
    ),
    "law with law": Counted("laws-together", "sets-by-pair-of-laws"),
}


def counting_query(store: ox.Store, counted: Counted) -> str:
    """The query that counts the same from the sets, as the graph states it."""
    (row,) = store.query(
        f'{PREFIXES} SELECT ?x {{ ?counting dcterms:identifier "{counted.counting}" ; '
        "kg:countingQuery ?x }"
    )
    return str(row["x"].value)


def drain(store: ox.Store, query: str) -> int:
    """Reads all rows of the answer and says how many."""
    return sum(1 for _ in store.query(query))
