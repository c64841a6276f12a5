"""Text of anybody's as a terminal may show it: what terminals obey is in documents too."""

_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""What turns the order of the letters that follow."""
_SHOWN = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *_TURNING), 0xFFFD),
}


def visible(text: str) -> str:
    """`text` with a visible sign, such as `␛`, for each character that a terminal would obey.

    Line ends and tabs stay, and so does the length.
    """
    return text.translate(_SHOWN)
