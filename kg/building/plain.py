"""Frozen values of the model as tuples, numbers and strings, which `marshal` writes fast.

Unlike pickle, reading them back runs no code: a record can at worst be nonsense.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kg.analysis import passages, round_robins
from kg.model import authority, document, mention, question_set, text
from kg.resolution import paper_numbers, paper_trail, traits

_CLASSES: Mapping[str, type[Any]] = {
    name: one
    for module in (
        authority, document, mention, question_set, text, paper_numbers, paper_trail, passages,
        round_robins, traits,
    )
    for name, one in vars(module).items()
    if isinstance(one, type) and (is_dataclass(one) or issubclass(one, StrEnum))
}  # fmt: skip
_FIELDS = {
    one: (name, tuple(field.name for field in fields(one)))
    for name, one in _CLASSES.items()
    if is_dataclass(one)
}
_AS_IT_IS = frozenset({str, int, bool, float, bytes, type(None)})


def to_plain(value: Any) -> Any:
    """`value` with its classes by their name."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is tuple:
        return ("", *map(to_plain, value))
    known = _FIELDS.get(kind)
    if known is not None:
        name, names = known
        return (name, *[to_plain(getattr(value, each)) for each in names])
    return _SPECIAL[kind](value) if kind in _SPECIAL else (kind.__name__, value.value)


_SPECIAL: Mapping[type, Callable[[Any], Any]] = {
    date: lambda day: ("date", day.toordinal()),
    frozenset: lambda values: ("frozenset", *sorted(map(to_plain, values), key=repr)),
    dict: lambda values: ("dict", *sorted((to_plain(one) for one in values.items()), key=repr)),
}


def from_plain(value: Any) -> Any:
    """What `to_plain` was given. Raises KeyError, TypeError or ValueError for anything else."""
    if type(value) is not tuple:
        return value
    name = value[0]
    if name == "":
        return tuple(map(from_plain, value[1:]))
    if name == "date":
        return date.fromordinal(value[1])
    if name == "frozenset":
        return frozenset(map(from_plain, value[1:]))
    if name == "dict":
        return dict(map(from_plain, value[1:]))
    return _CLASSES[name](*map(from_plain, value[1:]))
