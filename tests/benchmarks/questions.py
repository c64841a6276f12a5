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
}
AGGREGATES = {
    "party × ministry": """
        SELECT ?party ?office (COUNT(DISTINCT ?set) AS ?sets) {
          ?set kg:participation ?one , ?other . ?one kg:role "submitter" ; kg:party ?party .
          ?other kg:office ?office }
        GROUP BY ?party ?office ORDER BY DESC(?sets) ?party ?office LIMIT 50""",
    "top submitters": """
        SELECT ?person (COUNT(?set) AS ?sets) { ?set kg:submittedBy ?person }
        GROUP BY ?person ORDER BY DESC(?sets) ?person LIMIT 20""",
    "co-submission": """
        SELECT ?one ?other (COUNT(?set) AS ?sets) {
          ?set kg:submittedBy ?one , ?other FILTER (STR(?one) < STR(?other)) }
        GROUP BY ?one ?other ORDER BY DESC(?sets) ?one ?other LIMIT 20""",
    "sets per month": """
        SELECT ?month (COUNT(?set) AS ?sets) {
          ?set kg:submittedOn ?day BIND (SUBSTR(STR(?day), 1, 7) AS ?month) }
        GROUP BY ?month ORDER BY ?month""",
}
JOINS = {
    "law with law": """
        SELECT ?one ?other (COUNT(DISTINCT ?unit) AS ?units) {
          ?one a kg:Law . ?unit kg:mentions ?one , ?other . ?other a kg:Law
          FILTER (STR(?one) < STR(?other)) }
        GROUP BY ?one ?other ORDER BY DESC(?units) ?one ?other LIMIT 20""",
    "motion → question → answer → person": """
        SELECT ?motion ?question ?answer ?person {
          ?motion a kg:Motion . ?question kg:mentions ?motion . ?answer kg:answers ?question .
          ?set kg:hasQuestion ?question ; kg:answeredBy ?person }
        ORDER BY ?motion ?question ?answer ?person LIMIT 50""",
}
