"""Whether a graph keeps its promises: the SHACL shapes, and its integrity beyond them."""

from kg.store.validation.report import VIOLATION, WARNING, ValidationReport, ValidationResult
from kg.store.validation.validating import validate

__all__ = ["VIOLATION", "WARNING", "ValidationReport", "ValidationResult", "validate"]
