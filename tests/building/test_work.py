"""A file of work is whole, or it is not there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.building.work import DamagedWorkError, Work
from kg.errors import UsageError

NAME = "ab" + "c" * 38
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner),
    max_leaves=5,
)


def places(root: str) -> list[Work]:
    return [Work(root), Work(f"memory://{root}")]


@given(_VALUES, st.dictionaries(st.text(), st.lists(_VALUES, max_size=40), max_size=3))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, head: object, sections: dict[str, list[object]]
) -> None:
    for work in places(str(tmp_path_factory.mktemp("work"))):
        work.write(NAME, head, sections)
        found = work.find(NAME)
        assert found is not None
        assert found.head == head
        for section, values in sections.items():
            assert list(found.section(section)) == values
            assert [found.at(section, place) for place in range(len(values))] == values
            assert list(found.some(section, range(0, len(values), 3))) == values[::3]
        assert not list(found.section("no such section"))


def test_any_byte_that_changed_or_went_is_noticed(tmp_path: Path) -> None:
    work = Work(str(tmp_path))
    work.write(NAME, ("head",), {"numbers": range(20), "none": ()})
    (path,) = tmp_path.glob("*/*")
    whole = path.read_bytes()
    for place in range(len(whole)):
        for damaged in (
            whole[:place],
            whole[place + 1 :],
            whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :],
        ):
            path.write_bytes(damaged)
            assert work.find(NAME) is None
    path.write_bytes(whole)
    assert work.find(NAME) is not None


def test_a_damaged_file_is_an_error_where_it_is_used(tmp_path: Path) -> None:
    work = Work(str(tmp_path))
    work.write(NAME, None, {"numbers": range(20)})
    opened = work.open(NAME)
    (path,) = tmp_path.glob("*/*")
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(DamagedWorkError, match="build again"):
        list(opened.section("numbers"))
    with pytest.raises(DamagedWorkError, match="build again"):
        work.open(NAME)


def test_what_cannot_be_made_leaves_what_was_there(tmp_path: Path) -> None:
    def values() -> Iterator[int]:
        yield from range(100)
        raise ArithmeticError

    for work in places(str(tmp_path)):
        work.write(NAME, "older", {})
        with pytest.raises(ArithmeticError):
            work.write(NAME, "newer", {"values": values()})
        assert work.open(NAME).head == "older"
    assert len(list(tmp_path.glob("*/*"))) == 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME[:2]).write_text("in the way")
    with pytest.raises(UsageError, match=r"cannot be written.*--out"):
        Work(str(tmp_path)).write(NAME, None, {})
