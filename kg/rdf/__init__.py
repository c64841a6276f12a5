"""The graph as statements: IRIs, vocabulary, authority files, and the mapping of sets to both."""
