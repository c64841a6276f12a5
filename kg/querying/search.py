"""Full text search over questions, answers, letters and titles, in Dutch.

The index (`search_index`) is tantivy's, which ranks by BM25.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import Stemmer
import tantivy

from kg.errors import GraphError, QueryError
from kg.model.text import Span
from kg.rdf import vocabulary as v

SEARCH_FOLDER = "search"
KINDS: Mapping[str, str] = {
    v.QUESTION_SET.value: "set",
    v.QUESTION.value: "question",
    v.ANSWER.value: "answer",
    v.EXTENSION_LETTER.value: "letter",
}
SNIPPET_CHARACTERS = 220

_NO_QUERY = re.compile(r'[^\w\s"-]+')
_WORD = re.compile(r"\w+")
_OPERATOR = "OR"
_MORE = 20
_DUTCH = Stemmer.Stemmer("dutch_porter", 0)  # "dutch" parts antwoord and antwoorden
_STATE = re.compile(r"(?<=\w{4})(?:heid|heden)$")
_DOUBLED = re.compile(r"(.)\1$")
_VOICELESS = {"v": "f", "z": "s"}


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A text that was found. `highlights` are the places of the words in `snippet`."""

    iri: str
    kind: str
    label: str
    score: float
    snippet: str
    highlights: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best hits, best first, and how many texts there are in all."""

    words: str
    total: int
    hits: tuple[SearchHit, ...]

    def to_json(self) -> str:
        """The result as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def fold(word: str) -> str:
    """A word in lower case, without accents."""
    plain = word.lower()
    if plain.isascii():
        return plain
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(each for each in parts if not unicodedata.combining(each))


@lru_cache(maxsize=500_000)
def stem(word: str) -> str:
    """What the forms of a Dutch word share: lower case, no accents, no ending.

    To Snowball's stem it adds that a final consonant is single and voiceless, so that `bruggen`
    meets `brug` and `huizen` meets `huis`; -heid stays, for `overheid` is not `over`.
    """
    plain = fold(word)
    if _STATE.search(plain):
        return _STATE.sub("heid", plain)
    short: str = _DOUBLED.sub(r"\1", _DUTCH.stemWord(plain))
    return short[:-1] + _VOICELESS.get(short[-1:], short[-1:])


def has_words(text: str) -> bool:
    """Whether there is anything in `text` to search for."""
    return _WORD.search(_NO_QUERY.sub(" ", text)) is not None


def words_of(text: str) -> list[str]:
    """The words of a text in order, as the search tells them apart."""
    return _WORD.findall(text)


class SearchIndex:
    """An index opened once, to be asked many times.

    Raises GraphError where `folder` holds none.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
        except (OSError, ValueError) as error:
            raise GraphError(
                f"{folder}: no search index here; run `kg build` first or name the folder of "
                "another graph with --graph"
            ) from error

    @cached_property
    def _searcher(self) -> tantivy.Searcher:
        return self._index.searcher()

    def search(self, words: str, kind: str | None = None, limit: int = 10) -> SearchResult:
        """The texts that hold all `words`, in any inflection; best first, equals by IRI.

        "Quotes" ask for a phrase, OR for either, a minus for absence. `kind` is one of the values
        of `KINDS`. Raises QueryError for an unknown kind and for no words.
        """
        if kind is not None and kind not in KINDS.values():
            raise QueryError(f"unknown kind {kind!r}; use {', '.join(KINDS.values())}")
        plain = _NO_QUERY.sub(" ", words)
        if not has_words(words):
            raise QueryError("no words to search for; for example: kg search 'cloud act'")
        stemmed = _WORD.sub(
            lambda word: _OPERATOR if word.group() == _OPERATOR else stem(word.group()), plain
        )
        query, _errors = self._index.parse_query_lenient(
            stemmed, ["stems"], conjunction_by_default=True
        )
        if kind is not None:
            of_kind = tantivy.Query.term_query(self._index.schema, "kind", kind)
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    (tantivy.Occur.Must, tantivy.Query.const_score_query(of_kind, 0.0)),
                ]
            )
        found = self._searcher.search(query, limit + _MORE)
        total: int = found.count  # type: ignore[attr-defined]  # its stubs lack the field
        documents = [(score, self._searcher.doc(address)) for score, address in found.hits]
        documents.sort(key=lambda hit: (-hit[0], hit[1]["iri"][0]))
        stems = frozenset(_WORD.findall(stemmed))
        hits = tuple(_hit(score, each, stems) for score, each in documents[:limit])
        return SearchResult(words, total, hits)


def _hit(score: float, document: Any, stems: frozenset[str]) -> SearchHit:
    snippet, highlights = to_snippet(bytes(document["text"][0]).decode(), stems)
    return SearchHit(
        iri=document["iri"][0],
        kind=document["kind"][0],
        label=bytes(document["label"][0]).decode(),
        score=round(score, 4),
        snippet=snippet,
        highlights=highlights,
    )


def to_snippet(text: str, stems: frozenset[str]) -> tuple[str, tuple[Span, ...]]:
    """The stretch of `text` with most of the words, and where these stand in it.

    It is cut at white space, a little before the first word, and "…" stands where text is left out.
    """
    found = [match for match in _WORD.finditer(text) if stem(match.group()) in stems]
    room = SNIPPET_CHARACTERS - 2
    best = max(
        (found[at : at + room] for at in range(len(found))),
        key=lambda near: len(
            {stem(each.group()) for each in _until(near, near[0].start() + room * 3 // 4)}
        ),
        default=[None],
    )[0]
    start = 0
    if best is not None and best.end() > room * 3 // 4:
        start = max(text.rfind(" ", 0, max(1, best.start() - room // 4)) + 1, best.end() - room)
    end = start + room
    if end < len(text):
        end = max(text.rfind(" ", start, end), best.end() if best else start + 1)
    opening = "…" if start else ""
    closing = "…" if end < len(text) else ""
    shift = len(opening) - start
    return (
        f"{opening}{text[start:end]}{closing}".replace("\n", " "),
        tuple(
            Span(each.start() + shift, each.end() + shift)
            for each in found
            if start <= each.start() and each.end() <= end
        ),
    )


def _until(found: Sequence[re.Match[str]], end: int) -> Iterator[re.Match[str]]:
    return takewhile(lambda each: each.end() <= end, found)
