"""Questions to the graph: the catalogue of named queries, their parameters, running, results."""
