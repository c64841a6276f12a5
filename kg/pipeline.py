"""Wires the stages: sources, parsing, mentions, resolution, graph, pages."""
