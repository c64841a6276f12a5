import pytest

from kg.errors import SourceError
from kg.sources.plain import MAX_LINE_CHARACTERS, decode_text, refuse_unwritable


@pytest.mark.parametrize(
    ("data", "code", "line", "says"),
    [
        (b"", "empty", None, "is empty"),
        (b" \r\n\t\n", "empty", None, "is empty"),
        (b"\xef\xbb\xbf", "empty", None, "is empty"),
        (b"Vraag 1\n\0", "binary", 2, "NUL byte at offset 8"),
        ("Vraag\ncafé".encode("latin-1"), "encoding", 2, "byte 0xe9 at offset 9"),
        (b"\xef\xbb\xbfVraag \x92", "encoding", 1, "byte 0x92 at offset 9"),
        ("Vraag 1".encode("utf-16"), "encoding", None, "UTF-16"),
        (b"Vraag\n\xed\xa0\x80", "encoding", 2, "byte 0xed at offset 6"),
        (b"Vraag \xf4\x90\x80\x80", "encoding", 1, "byte 0xf4 at offset 6"),
        (b"Vraag \xc0\xaf", "encoding", 1, "byte 0xc0 at offset 6"),
        (b"\x01\x02\x03\x04 abc", "binary", None, "4 control characters"),
        (b"a\n" + b"x" * (MAX_LINE_CHARACTERS + 1), "too-large", 2, "in one line"),
    ],
    ids=[
        "none",
        "blank",
        "mark",
        "nul",
        "latin-1",
        "marked",
        "utf-16",
        "surrogate",
        "beyond",
        "overlong",
        "binary",
        "long line",
    ],
)
def test_what_is_no_clean_text_is_refused_with_its_place(data, code, line, says):
    with pytest.raises(SourceError, match=says) as caught:
        decode_text(data, "stuk.txt")
    assert (caught.value.code, caught.value.line) == (code, line)
    assert caught.value.message.startswith("stuk.txt")
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Vraag 1\r\nWaarom?\rDaarom.", "Vraag 1\nWaarom?\nDaarom."),
        ("\ufeffGemeente Súdwest-Fryslân".encode(), "Gemeente Súdwest-Fryslân"),
        (b"x" * MAX_LINE_CHARACTERS, "x" * MAX_LINE_CHARACTERS),
    ],
    ids=["line ends", "byte order mark", "longest line"],
)
def test_clean_text_comes_out_with_plain_line_ends(data, text):
    assert decode_text(data, "stuk.txt") == text


def test_long_lines_pass_where_the_format_writes_them():
    assert len(decode_text(b"x" * 2_000_000, "zaken.json", long_lines=True)) == 2_000_000


@pytest.mark.parametrize("odd", ["\0", "\ud800"])
def test_what_no_file_can_hold_is_refused_with_its_place(odd):
    with pytest.raises(SourceError, match="line 2, column 3: U") as caught:
        refuse_unwritable(f"Vraag\nja{odd}", "stuk.pdf")
    assert (caught.value.code, caught.value.line) == ("encoding", 2)


def test_all_other_characters_may_stand_in_a_text():
    refuse_unwritable("\x01\x1f \ufffe \ud7ff \ue000 \U0010ffff", "stuk.pdf")
