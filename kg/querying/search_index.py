"""The texts that can be searched, and the index of them on disk.

The index is tantivy's; words are stemmed by Snowball before they enter it. It lies in a folder of
its own beside the graph; its bytes differ from build to build, the texts in it do not. Texts come
in groups, and a newer index takes over from an older one the groups that both have.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import tantivy

from kg.errors import UsageError
from kg.model.assertion import Assertion
from kg.querying.search import KINDS, stem, words_of
from kg.rdf import vocabulary as v
from kg.store.publishing import replacing_folder
from kg.store.taking_over import read_names, take_over, write_names

_GROUPS = "groups"
"""The names of the groups that an index holds."""
_OWN = frozenset({".tantivy-meta.lock", ".tantivy-writer.lock", _GROUPS})
_WRITER_BYTES = 32 * 1024 * 1024
_TYPE, _LABEL = v.TYPE.value, v.LABEL.value
_TEXTS = frozenset({v.TEXT.value, v.TITLE.value})


@dataclass(frozen=True, slots=True)
class SearchedText:
    """A text that can be found: whose it is, of what kind, under which name."""

    iri: str
    kind: str
    label: str
    text: str


class IndexedText(NamedTuple):
    """A text as it enters the index: its words are stemmed, and part of one string."""

    iri: str
    kind: str
    label: str
    text: str
    stems: str


def read_texts(assertions: Iterable[Assertion]) -> Iterator[SearchedText]:
    """The texts that can be found among `assertions`; of a set, its title."""
    kinds: dict[str, str] = {}
    labels: dict[str, str] = {}
    texts: dict[str, str] = {}
    for one in assertions:
        predicate = one.predicate.value
        if predicate == _TYPE:
            if one.object.value in KINDS:
                kinds[one.subject.value] = KINDS[one.object.value]
        elif predicate == _LABEL:
            labels.setdefault(one.subject.value, one.object.value)
        elif predicate in _TEXTS:
            texts[one.subject.value] = one.object.value
    for iri, kind in kinds.items():
        if iri in texts:
            yield SearchedText(iri, kind, labels.get(iri, iri), texts[iri])


def index_texts(texts: Iterable[SearchedText]) -> Iterator[IndexedText]:
    """The texts with their words stemmed, which is most of the work."""
    for each in texts:
        stems = " ".join(map(stem, words_of(each.text)))
        yield IndexedText(each.iri, each.kind, each.label, each.text, stems)


def write_search_index(
    groups: Mapping[str, Callable[[], Iterable[IndexedText]]],
    folder: Path,
    older: Path | None = None,
) -> None:
    """Writes the index of the texts in `groups` to `folder`, in place of an older one.

    Of the groups that the index in `older` holds, those of the same name are not written again.
    The old index stays until the new one is whole. Raises UsageError when `folder` cannot be
    written.
    """
    with replacing_folder(folder) as beside:
        try:
            kept = _copy(older, beside) if older else frozenset()
            _write(groups, kept, beside)
            write_names(groups, beside / _GROUPS)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"{folder}: the search index cannot be written ({error}); is the disk full?",
                code="unwritable",
            ) from error


def _copy(older: Path, beside: Path) -> frozenset[str]:
    """Copies an index that can be used, and returns the groups in it."""
    try:
        groups = read_names(older / _GROUPS)
        take_over(older, beside, last=_GROUPS, is_fixed=_is_segment, without=_OWN)
        index = tantivy.Index(_schema(), path=str(beside))
        if index.searcher().num_docs:
            return groups
    except (OSError, ValueError):
        pass
    shutil.rmtree(beside)
    beside.mkdir()
    return frozenset()


def _is_segment(path: Path) -> bool:
    return path.suffix != ".json"


def _write(
    groups: Mapping[str, Callable[[], Iterable[IndexedText]]], kept: frozenset[str], folder: Path
) -> None:
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    try:
        for name in kept - groups.keys():
            writer.delete_documents_by_term("group", name)
        for name, texts in groups.items():
            for each in texts() if name not in kept else ():
                writer.add_document(
                    tantivy.Document(
                        iri=each.iri,
                        kind=each.kind,
                        label=each.label.encode(),
                        text=each.text.encode(),
                        stems=each.stems,
                        group=name,
                    )
                )
        writer.commit()
    finally:
        writer.wait_merging_threads()  # they write to the folder as long as they live


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("iri", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("label", stored=True)
    builder.add_bytes_field("text", stored=True)
    builder.add_text_field("stems", tokenizer_name="whitespace")
    builder.add_text_field("group", tokenizer_name="raw", index_option="basic")
    return builder.build()
