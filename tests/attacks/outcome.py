"""What came of an attack."""

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """How often something was tried, each time it got through, and figures worth knowing."""

    tried: int = 0
    failures: list[str] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    def expect(self, held: bool, failure: str) -> None:
        """Counts an attempt, and how it got through where it did."""
        self.tried += 1
        if not held:
            self.failures.append(failure)
