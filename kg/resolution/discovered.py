"""Things that the documents name and no list knows: laws by number, bodies, policies."""

import difflib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from kg.model.authority import Authority, AuthorityEntry, Kind
from kg.model.mention import Entity, Link, LinkStatus, Mention
from kg.resolution.entities import merge_entity
from kg.resolution.names import fold, slug

_FOLDERS = {
    Kind.ORGANISATION: "organisation",
    Kind.POLICY: "policy",
    Kind.LAW: "law",
}
_ACT_NAMES = {
    "dir": "Richtlijn",
    "reg": "Verordening",
    "reg_impl": "Uitvoeringsverordening",
    "dec": "Besluit",
    "dec_impl": "Uitvoeringsbesluit",
    "dec_framw": "Kaderbesluit",
    "reco": "Aanbeveling",
}
_ELI_TYPES = frozenset({"dir", "reg", "dec", "reg_impl", "dec_impl"})
_CELEX_LETTERS = {"dir": "L", "reg": "R", "dec": "D", "reg_impl": "R", "dec_impl": "D"}
_SAME_NAME = 0.85


class Acts:
    """The EU acts that the authority knows, by type, year and number."""

    def __init__(self, authority: Authority) -> None:
        self._keys: dict[tuple[str, str, str], str] = {}
        for entry in authority.of_kind(Kind.LAW):
            for iri in entry.exact_matches:
                parts = iri.partition("/eli/")[2].split("/")
                if len(parts) >= 3:
                    self._keys[(parts[0], parts[1], parts[2])] = entry.key

    def find(self, kind: str, year: str, number: str) -> str | None:
        """The key of a known act, or None."""
        return self._keys.get((kind, year, number))


class Discoveries:
    """What is minted because a set names it; one entity for each name."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._acts = _acts_of(authority)
        self._named: dict[str, list[Entity]] = defaultdict(list)
        self._known = _names_known(authority)
        self._labelled = _labelled(authority)

    def entities(self) -> tuple[Entity, ...]:
        """Everything minted, in order of key; `labels` are all forms of the name."""
        merged = (merge_entity(self._named[key]) for key in sorted(self._named))
        return tuple(replace(one, labels=tuple(sorted({*one.labels, one.label}))) for one in merged)

    def act(self, mention: Mention) -> Link:
        """The link of an EU act that is named by type, year and number."""
        kind, year = mention.read("type") or "", mention.read("year") or ""
        number = (mention.read("number") or "").lstrip("0")
        known = self._acts.find(kind, year, number)
        if known is not None:
            return Link(mention, LinkStatus.CERTAIN, (known,))
        key = f"law/eu-{kind.replace('_', '-')}-{year}-{number}"
        name = _ACT_NAMES.get(kind, "Besluit")
        iris: tuple[str, ...] = ()
        identifiers: tuple[str, ...] = ()
        if kind in _ELI_TYPES and int(year) >= 2015:
            # since 2015 all acts of a year share one numbering, so that the number is the act's
            iris = (f"http://data.europa.eu/eli/{kind}/{year}/{number}/oj",)
            identifiers = (f"3{year}{_CELEX_LETTERS[kind]}{int(number):04}",)
        label = f"{name} (EU) {year}/{number}" if int(year) >= 2015 else mention.exact
        self._mint(Entity(key, Kind.LAW, label, (mention.exact,), identifiers, iris))
        return Link(mention, LinkStatus.CERTAIN, (key,))

    def named(self, mention: Mention, abbreviation: str | None = None) -> Link:
        """The link of a body, law or policy that a pattern read: known by its name, or minted.

        `abbreviation` is what the text gives for it. A known thing of that abbreviation and of
        almost the same name is a variant of its name, and marked as corrected.
        """
        kind = mention.kind or Kind.ORGANISATION
        name = mention.read("name") or mention.exact
        known = self._known.get((kind, _form(name)))
        if known is not None:
            return Link(mention, LinkStatus.CERTAIN, (known,))
        if abbreviation is not None:
            for entry in self._labelled.get((kind, abbreviation), ()):
                names = (entry.label, *entry.labels)
                if any(_alike(name, other) for other in names):
                    reason = f"a variant of the name {entry.label}"
                    return Link(mention, LinkStatus.CORRECTED, (entry.key,), reason)
        key = f"{_FOLDERS[kind]}/{slug(name)}"
        labels = (abbreviation,) if abbreviation else ()
        self._mint(Entity(key, kind, name, labels))
        return Link(mention, LinkStatus.CERTAIN, (key,))

    def person(self, mention: Mention) -> Link:
        """The link of somebody whom a text names in full and no list knows."""
        key = f"person/{slug(mention.exact)}"
        if key not in self._authority:
            self._mint(Entity(key, Kind.PERSON, mention.exact))
        return Link(mention, LinkStatus.CERTAIN, (key,))

    def _mint(self, entity: Entity) -> None:
        self._named[entity.key].append(
            replace(entity, labels=tuple(sorted({*entity.labels, entity.label})))
        )


@lru_cache(maxsize=4)
def _names_known(authority: Authority) -> Mapping[tuple[Kind, str], str]:
    """The keys of bodies, laws and policies by kind and name."""
    return {
        (entry.kind, _form(label)): entry.key
        for entry in authority
        if entry.kind in _FOLDERS
        for label in (*entry.labels, entry.label)
    }


@lru_cache(maxsize=4)
def _labelled(authority: Authority) -> Mapping[tuple[Kind, str], list[AuthorityEntry]]:
    """The entries of each kind and label, of labels that need a context too."""
    found: dict[tuple[Kind, str], list[AuthorityEntry]] = defaultdict(list)
    for entry in authority:
        for label in {*entry.labels, *entry.ambiguous_labels, entry.label}:
            found[entry.kind, label].append(entry)
    return found


@lru_cache(maxsize=4)
def _acts_of(authority: Authority) -> Acts:
    return Acts(authority)


def _form(name: str) -> str:
    return "".join(filter(str.isalnum, fold(name)))


def _alike(name: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, fold(name), fold(other)).ratio() >= _SAME_NAME
