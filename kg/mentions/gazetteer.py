"""All known labels, found in one pass over a text, and the words that open a pattern.

Labels are matched on the folded text, between word boundaries, so that spaces, hyphens, quotes
and accents never matter. Capitals decide afterwards, label by label: an abbreviation must stand
as it is written, a name must have its capitals, a title of a law or a policy may start small.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import ahocorasick

from kg.mentions.names import bare_surnames
from kg.mentions.normalise import NormalText, fold
from kg.model.authority import Authority, AuthorityEntry, Kind

LABELLED_KINDS = frozenset(
    {Kind.PERSON, Kind.PARTY, Kind.MINISTRY, Kind.ORGANISATION, Kind.LAW, Kind.POLICY}
)

_WORD = re.compile(r"[^\W_]+")
_GLUED_NUMBER = re.compile(r"(?<=[a-z])(?=\d)")
_SPACED_NUMBER = re.compile(r"(?<=[a-z]) (?=\d)")
_BROAD = re.compile(r"breed\b")


@dataclass(frozen=True, slots=True)
class Label:
    """One spelling of a known thing.

    `shape` says which capitals it asks for; an `unclear` one needs context to be a link.
    """

    key: str
    kind: Kind
    text: str
    shape: str
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of clean text that is the label of something, capitals and all."""

    start: int
    end: int
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that may open a pattern, and where it stands in the clean text."""

    start: int
    end: int
    word: str


def _shape(text: str, kind: Kind) -> str:
    """How the capitals of a label bind: `exact`, `small`, `initial`, `words` or `free`.

    Surnames alone have `name`: capitals where they are, whatever the accents.
    """
    words = _WORD.findall(text)
    if len(words) > 1 and not all(len(word) <= 3 for word in words):
        if kind in (Kind.LAW, Kind.POLICY):
            return "free"
        capitals = sum(word[0].isupper() for word in words)
        return "free" if len(words) >= 4 and len(text) >= 20 and capitals else "words"
    if not any(char.isupper() for char in text):
        return "small"
    if sum(char.isupper() for char in text) > 1 or len(text) <= 4 or not text[0].isupper():
        return "exact"
    if kind in (Kind.LAW, Kind.POLICY) and len(text) >= 8:
        return "free"
    return "initial"


def _fits(label: Label, exact: str) -> bool:
    """Whether the capitals of `exact` are those that `label` asks for."""
    if exact == label.text or label.shape == "free":
        return True
    if label.shape == "name":
        return [c.isupper() for c in exact] == [c.isupper() for c in label.text]
    if label.shape == "words":
        rest = exact.partition(" ")[2]
        return _capitals(exact) or exact.isupper() or (rest[:1].isupper() and _capitals(rest))
    if label.shape == "initial":
        return exact[0].isupper()
    if label.shape == "small":
        return len(label.text) > 4 and fold(exact) == fold(label.text)
    if label.kind is Kind.LAW and " " in exact and exact[1:] == label.text[1:]:
        return True
    if exact.isupper():
        return len(label.text) >= 3 and label.text[0].isupper()
    if _letters(exact) == _letters(label.text):
        return True
    # TenneT printed as Tennet
    return len(label.text) >= 6 and exact[0].isupper() and exact[1:].islower()


def _capitals(exact: str) -> bool:
    """Whether every word of four letters or more, and the last, starts with a capital."""
    words = _WORD.findall(exact)
    return all(
        word[0].isupper() or word[0].isdigit() or word in _SMALL or (i > 0 and word in _INNER)
        for i, word in enumerate(words)
    )


_SMALL = frozenset(
    [
        "de",
        "het",
        "een",
        "der",
        "den",
        "des",
        "van",
        "voor",
        "en",
        "in",
        "op",
        "te",
        "ter",
        "ten",
        "aan",
        "bij",
        "uit",
        "of",
        "and",
        "of",
        "the",
        "for",
        "and",
    ]
)
_INNER = frozenset(["tegen", "over", "naar", "om", "met", "zonder", "tot", "onder", "online"])


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


_MINISTERS = frozenset({"minister", "staatssecretaris"})


class Gazetteer:
    """The automaton over all labels and trigger words; built once, used for every text."""

    def __init__(self, authority: Authority, triggers: Iterable[str]) -> None:
        forms: dict[str, list[Label]] = {}
        for entry in authority:
            if entry.kind is Kind.OFFICE and entry.ministry and entry.title in _MINISTERS:
                name = fold(authority[entry.ministry].label.removeprefix("Ministerie van "))
                for text in (entry.label, *entry.labels):
                    # "Minister van Justitie" is read as head and name, as the name has its dates
                    if not fold(text).strip().endswith(f" {name.strip()}"):
                        label = Label(entry.ministry, Kind.MINISTRY, text, "free")
                        forms.setdefault(fold(text).strip(), []).append(label)
            if entry.kind in LABELLED_KINDS:
                for text in _spellings(entry):
                    unclear = text in entry.ambiguous_labels
                    label = Label(entry.key, entry.kind, text, _shape(text, entry.kind), unclear)
                    for form in _forms(text):
                        known = forms.setdefault(form, [])
                        if label not in known:
                            known.append(label)
        for key, names in bare_surnames(authority).items():
            for name in names:
                label = Label(key, Kind.PERSON, name, "name", unclear=True)
                others = forms.setdefault(fold(name).strip(), [])
                if all(other.shape == "name" for other in others):
                    others.append(label)
        words = frozenset(triggers)
        automaton: Any = ahocorasick.Automaton()
        for form, labels in forms.items():
            automaton.add_word(
                f" {form} ", (len(form), tuple(labels), form if form in words else None)
            )
        for word in words - forms.keys():
            automaton.add_word(f" {word} ", (len(word), (), word))
        automaton.make_automaton()
        self._automaton = automaton

    def scan(self, text: NormalText) -> tuple[list[Hit], list[Trigger]]:
        """All hits, longer ones included in none dropped, and all triggers, by their end."""
        hits: list[Hit] = []
        triggers: list[Trigger] = []
        clean = text.clean
        for last, (length, labels, word) in self._automaton.iter(f" {text.folded} "):
            # the text is read with a space before it, and `last` is the space after the form
            end = last - 1
            start = end - length
            if word is not None:
                triggers.append(Trigger(start, end, word))
            if labels:
                exact = clean[start:end]
                if len(labels) == 1:
                    fitting = labels if _fits(labels[0], exact) else ()
                else:
                    fitting = tuple(label for label in labels if _fits(label, exact))
                if fitting:
                    hits.append(Hit(start, end, fitting))
        return hits, triggers


def _spellings(entry: AuthorityEntry) -> Iterable[str]:
    texts = dict.fromkeys((entry.label, *entry.labels, *entry.ambiguous_labels))
    if entry.kind is Kind.PERSON:
        # a surname alone is a person only where the text says so: kg/mentions/persons.py
        surname = fold(entry.surname or "")
        known = {label for label, rule in entry.context_rules if rule == "default"}
        return [
            text
            for text in texts
            if text in known or (" " in text.strip() and fold(text) != surname)
        ]
    if entry.kind is Kind.MINISTRY:
        return [*texts, *_short_names(texts)]
    return texts


def _short_names(texts: Iterable[str]) -> list[str]:
    """The first part of a name, for use after a head: "Onderwijs" of "Onderwijs, Cultuur …"."""
    names = {text.removeprefix("Ministerie van ") for text in texts if " " in text}
    firsts = {re.split(r", | en ", name)[0] for name in names}
    return sorted(firsts - names)


def _forms(text: str) -> Iterable[str]:
    form = fold(text).strip()
    if not form:
        return ()
    forms = {form, _GLUED_NUMBER.sub(" ", form), _SPACED_NUMBER.sub("", form)}
    if _BROAD.search(form):
        forms |= {_BROAD.sub("brede", one) for one in forms}
    return sorted(forms)
