"""What a text names: labels of known things, patterns, names that the text itself introduces."""

from kg.mentions.extractor import MentionExtractor

__all__ = ["MentionExtractor"]
