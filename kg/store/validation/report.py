"""What is wrong with a graph: results, and the report on all of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

VIOLATION = "Violation"
WARNING = "Warning"
_ORDER = {VIOLATION: 0, WARNING: 1}


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class ValidationResult:
    """One breach: the thing, the path, the value where there is one, and what was promised.

    `focus`, `path` and `value` are IRIs or literals in N-Triples form, `component` the constraint
    component (`minCount`) or the name of the check, `messages` pairs of language and text. What is
    found beyond the shapes has no path and no shape.
    """

    severity: str = VIOLATION
    focus: str
    path: str = ""
    value: str = ""
    component: str
    shape: str = ""
    messages: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        text = " / ".join(
            message for _, message in sorted(self.messages, key=lambda pair: pair[0] != "nl")
        )
        parts = [f"[{self.severity.lower()}] {self.focus}", self.path, text]
        line = " · ".join(part for part in parts if part)
        shown = self.value if len(self.value) <= 120 else self.value[:119] + "…"
        return f"{line} ({self.component}: {shown})" if shown else f"{line} ({self.component})"


def in_order(results: set[ValidationResult]) -> tuple[ValidationResult, ...]:
    """Results, the worst first."""
    return tuple(sorted(results, key=lambda one: (_ORDER.get(one.severity, 2), one)))


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All breaches, worst first. The graph conforms when none is a violation.

    `files` are those of a folder of exports, which holds no graph to look into.
    """

    triples: int
    results: tuple[ValidationResult, ...]
    files: int | None = None

    @property
    def conforms(self) -> bool:
        """Whether no breach is a violation; warnings do not count."""
        return not any(result.severity == VIOLATION for result in self.results)

    def counts(self) -> Mapping[str, int]:
        """The number of breaches of each severity."""
        return Counter(result.severity for result in self.results)

    def __str__(self) -> str:
        counts = self.counts()
        verdict = "geldig / valid" if self.conforms else "niet geldig / not valid"
        looked_at = f"{self.triples} triples" if self.files is None else f"{self.files} files"
        head = (
            f"{verdict}: {looked_at}, {counts.get(VIOLATION, 0)} violations, "
            f"{sum(counts.values()) - counts.get(VIOLATION, 0)} warnings"
        )
        return "\n".join([head, *map(str, self.results)])
