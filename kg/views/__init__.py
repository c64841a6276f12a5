"""The explorer: networks cut from the graph, laid out, and drawn on one self-contained page.

Reading order: `corpus` (facts read from the graph), `projections` (a network for each view),
`subjects` (what sets and clusters are about), `layout` (where nodes stand), `pyvis_network`
(the model), `excerpts` (how much text fits), `aggregation` (networks too large to draw),
`page` (the HTML), `explorer` (the functions to call), `files` (GraphML and GEXF).

The page paints on a canvas with a script of its own. pyvis builds the nodes and edges, but its
renderer, vis-network, repaints every edge on every frame and was too slow for ten thousand
nodes without a graphics card; as all positions are computed here, none of its physics is needed.
"""

from kg.views.explorer import View, network, view, write_explorer, write_view
from kg.views.files import NETWORK_FORMATS, write_network
from kg.views.projections import NEIGHBOURHOOD, PROJECTIONS

__all__ = [
    "NEIGHBOURHOOD",
    "NETWORK_FORMATS",
    "PROJECTIONS",
    "View",
    "network",
    "view",
    "write_explorer",
    "write_network",
    "write_view",
]
