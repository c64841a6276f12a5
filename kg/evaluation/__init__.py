"""How well names are found and linked: scores against texts that people annotated by reading."""

from kg.evaluation.gold import Gold, read_gold
from kg.evaluation.scoring import Evaluation, Score, evaluate

__all__ = ["Evaluation", "Gold", "Score", "evaluate", "read_gold"]
