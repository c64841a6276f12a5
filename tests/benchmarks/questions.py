"""What the archive is asked in the measurements, in SPARQL; `{person}` and the like are filled."""

PREFIXES = """\
PREFIX kg: <https://w3id.org/kamergraaf/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

LOOKUPS = {
    "a person's sets": """
        SELECT ?set ?title { ?set kg:submittedBy <{person}> ; rdfs:label ?title }
        ORDER BY ?set LIMIT 50""",
    "a set with its texts": """
        SELECT ?part ?text { <{set}> kg:hasQuestion|kg:hasAnswer ?part . ?part kg:text ?text }
        ORDER BY ?part""",
    "one motion's chain": """
        SELECT DISTINCT ?unit ?set ?person {
          ?unit kg:mentions <{motion}> . ?set kg:hasQuestion|kg:hasAnswer ?unit ;
          kg:submittedBy ?person }
        ORDER BY ?set ?person LIMIT 50""",
    "motion → question → answer → person": """
        SELECT ?question ?answer ?person {
          ?question kg:mentions <{motion}> . ?answer kg:answers ?question .
          ?set kg:hasQuestion ?question ; kg:answeredBy ?person }
        ORDER BY ?question ?answer ?person""",
}
COUNTED = {
    "party × ministry": ("parties-and-ministries", "sets-by-party-and-ministry"),
    "top submitters": ("submitters", "sets-by-submitter"),
    "co-submission": ("co-submitters", "sets-by-pair-of-submitters"),
    "sets per month": ("sets-per-month", "sets-by-month"),
    "law with law": ("laws-together", "sets-by-pair-of-laws"),
}
"""The named query that reads the counts, and the counting whose query counts from the sets."""
