"""Kamergraaf: a knowledge graph of Dutch parliamentary questions, traceable to the sentence."""

__version__ = "0.1.0"
__all__ = ["__version__"]
