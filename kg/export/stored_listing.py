"""What is listed of the things of a graph in the engine, without looking at all of them."""

from itertools import islice

import pyoxigraph as ox

from kg.export.listed import MOST_LISTED, SUBMITTED_ON, Listed, listed_of
from kg.export.stored_things import StoredThings

_DAY = ox.NamedNode(SUBMITTED_ON)
_NEWEST = f"""
SELECT ?set ?day {{
  {{ SELECT (MIN(?one) AS ?since) {{
    {{ SELECT ?one {{ ?any {_DAY} ?one }} ORDER BY DESC(?one) LIMIT {MOST_LISTED} }} }} }}
  ?set {_DAY} ?day FILTER (?day >= ?since)
}}"""
"""The newest sets, and all others of the same day as the last of them."""


def list_stored(stored: StoredThings) -> Listed:
    """What is listed of each kind, and how many there are.

    In the graph of a build all things of a class stand in one folder of IRIs, with none of another
    class: the engine counts them by their class, and only those to list are looked up.
    """
    listed = Listed()
    if stored.graph.written is None:
        for local in stored.wholes():
            day = stored.graph.value(stored.node(local), _DAY)
            listed.take(stored.kind(local), local, day)
        return listed
    for first in stored.first_wholes():
        kind = stored.kind(first)
        listed.counts[kind] = _count(stored, first)
        most = listed_of(listed.counts[kind])
        for local in islice(stored.wholes_in(first.partition("/")[0]), most):
            listed.show(kind, local)
    for row in _rows(stored, _NEWEST):
        local = stored.local(row["set"])
        listed.show(stored.kind(local), local, row["day"].value)
    return listed


def _count(stored: StoredThings, example: str) -> int:
    """How many things there are of the class of one of them; a thing of no class is alone."""
    classes = stored.classes(example)
    if not classes:
        return 1
    (row,) = _rows(stored, f"SELECT (COUNT(?one) AS ?count) {{ ?one a <{classes[0]}> }}")
    return int(row["count"].value)


def _rows(stored: StoredThings, query: str) -> ox.QuerySolutions:
    rows = stored.graph.store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    return rows
