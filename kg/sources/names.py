"""Names of files as they may be shown: anybody may have chosen them."""

import re

_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Line ends, what terminals obey, what turns the order of text, and halves of characters."""


def printable(name: str) -> str:
    """`name` on one line, with what could not be shown as itself written as escapes."""
    # bytes of a name that are no UTF-8 come as halves of characters
    told = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNSHOWN.sub(lambda match: ascii(match[0])[1:-1], told)
