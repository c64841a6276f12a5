"""From a source's text to what it prints. One module a layout; the first that recognises reads.

A layout is a module with `NAME`, `recognises(source)` and `parse(source)`.
"""

from types import ModuleType

from kg.errors import LayoutError
from kg.model.document import ParsedDocument
from kg.model.text import SourceText
from kg.parsing import (
    official_letter,
    official_markup,
    official_metadata,
    official_text,
    openkamer_detail,
    openkamer_list,
    zaken,
)
from kg.parsing.composed import parse_composed
from kg.parsing.time_limit import limited_time

LAYOUTS: tuple[ModuleType, ...] = (
    openkamer_detail,
    openkamer_list,
    zaken,
    official_metadata,
    official_markup,
    official_letter,
    official_text,
)


def parse_document(source: SourceText) -> ParsedDocument:
    """The document as the first layout that recognises it reads it, in composed letters (NFC).

    Spans are places in `source` as it is. Raises LayoutError, naming the layouts that were tried,
    when none does, when the one that does finds no set of questions, or when it takes too long.
    """
    with limited_time(len(source.text)):
        return parse_composed(source, _parse)


def _parse(source: SourceText) -> ParsedDocument:
    for layout in LAYOUTS:
        if layout.recognises(source):
            parsed: ParsedDocument = layout.parse(source)
            if not parsed.sets:
                raise LayoutError(
                    f"looks like {layout.NAME} but holds no question set", code="no-sets"
                )
            return parsed
    tried = ", ".join(layout.NAME for layout in LAYOUTS)
    raise LayoutError(
        f"no known layout (tried: {tried}); save the page as text, or convert it to one of these",
        code="unknown-layout",
        line=1,
    )
