"""Numbers in addresses, as anybody may write them."""

_MOST_DIGITS = 9


def number_in(text: str, most: int) -> int | None:
    """The number from 1 to `most` that `text` stands for; None where it stands for none."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        return None
    number = int(text)
    return number if 1 <= number <= most else None
