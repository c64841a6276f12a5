"""Kamergraaf: a knowledge graph of Dutch parliamentary questions, traceable to the sentence."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.library import load
    from kg.views import network, view

__version__ = "0.1.0"
__all__ = ["__version__", "load", "network", "view"]


def __getattr__(name: str) -> Any:
    """Loads `kg.load`, `kg.network` and `kg.view` on first use, to keep `import kg` light."""
    if name == "load":
        from kg.library import load

        return load
    if name in {"network", "view"}:
        from kg import views

        return getattr(views, name)
    raise AttributeError(f"module 'kg' has no attribute '{name}'")
