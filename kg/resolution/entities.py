"""Things that texts name and no list knows: what all sets together say of each."""

from collections import defaultdict
from collections.abc import Iterable

from kg.model.authority import Kind
from kg.model.mention import Entity


def merge_entities(named: Iterable[Entity]) -> tuple[Entity, ...]:
    """One entity of each key, in order of key; the order of what is given decides on labels."""
    by_key: dict[str, list[Entity]] = defaultdict(list)
    for entity in named:
        by_key[entity.key].append(entity)
    return tuple(merge_entity(by_key[key]) for key in sorted(by_key))


def merge_entity(forms: list[Entity]) -> Entity:
    """The entity that several sets name, each giving in `labels` all forms that it prints.

    The first label is kept, of a motion the first that names its authors.
    """
    first = forms[0]
    authored = (
        form.label
        for form in forms
        if first.kind is Kind.MOTION and form.label.startswith(MOTION_BY)
    )
    label = next(authored, first.label)
    return Entity(
        first.key,
        first.kind,
        label,
        tuple(sorted({each for form in forms for each in form.labels} - {label})),
        first.identifiers,
        first.exact_matches,
        first.same_document,
    )


MOTION_BY = "Motie-"
"""How the label of a motion begins that names its authors."""
