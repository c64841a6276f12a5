"""The graph for other people's tools: dumps, descriptions, pages.

`graph` reads the graph in canonical order; `dumps`, `jsonld`, `tables` and `networks` write it,
`description` tells what is in it.
"""
