"""The graph over HTTP: a read-only SPARQL 1.1 endpoint and a page for every thing.

`negotiation` picks a format, `worker` runs queries in processes that may be killed, `protocol`
is the SPARQL 1.1 Protocol, `pages` the things, `application` puts them together.
"""
