"""An entry of the register of source errors: what a document prints that is not so."""

from dataclasses import dataclass

from kg.model.question_set import SourcePlace


@dataclass(frozen=True, slots=True)
class Erratum:
    """Something wrong or contradictory in a source; the printed form stays in the graph.

    `code` is stable (`party`, `office`, `answered-before-asked`, `office-held-twice`,
    `two-parties`, `kenmerk-twice`, `misprint`, `date-unreadable`), `set_key` the set it stands
    in, None where it concerns what is known beforehand. `quote` is what is printed, `right` what
    is so, `basis` what says so. `about` are local ids of the people, offices or things concerned.
    """

    code: str
    set_key: str | None
    quote: str
    right: str
    basis: str
    places: tuple[SourcePlace, ...] = ()
    about: tuple[str, ...] = ()
