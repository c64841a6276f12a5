"""The graph over HTTP: a read-only SPARQL 1.1 endpoint and a page for every thing.

`protocol` is the SPARQL 1.1 Protocol, `pages` the things, `negotiation` picks a format, and
`application` puts them together. A query goes through `pool` to a process of `worker`; there
`reach` refuses what reaches beyond the graph, `confinement` has closed the doors, and `answering`
runs it. `alone` does the same for a single query on the command line.
"""
