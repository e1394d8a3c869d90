"""Numbers that others wrote down: Python refuses to read or to print one of more than some thousand digits."""

from __future__ import annotations

import html
import math
import re

#: No file is larger (POSIX ``off_t``), so nothing that is counted or sought in one can be.
LARGEST = 2**63 - 1
#: Every number of so many digits is below LARGEST.
_PLAIN = 18
_LONG_REFERENCE = re.compile("&#([0-9]{9,})")
#: The last character is U+10FFFF, seven digits.
_BEYOND = 8


def read_number(digits: str | bytes) -> int:
    """Return the number of any count of decimal ``digits``; LARGEST stands for whatever is larger.

    Raises ValueError where there is something else, or nothing.
    """
    if not digits.isdigit():
        raise ValueError(f"no number: {digits[:40]!r}")
    if len(digits) <= _PLAIN:
        return int(digits)
    rest = digits.lstrip("0") if isinstance(digits, str) else digits.lstrip(b"0")
    return min(int(rest or b"0"), LARGEST) if len(rest) <= _PLAIN + 1 else LARGEST


def read_float(digits: str) -> float:
    """Return the number of JSON with a point or an exponent (RFC 8259 section 6).

    Raises ValueError where no double holds it: Python would make it infinite, which cannot be written again.
    """
    value = float(digits)
    if math.isinf(value):
        raise ValueError(f"the number {digits[:40]} is too large")
    return value


def short_references(text: str) -> str:
    """Return ``text`` with numeric character references of any length in at most eight digits, for the same characters.

    One beyond the last character stays beyond it: it stands for U+FFFD (HTML standard section 13.2.5.80).
    """
    return _LONG_REFERENCE.sub(_short, text)


def _short(reference: re.Match[str]) -> str:
    return "&#" + (reference[1].lstrip("0")[:_BEYOND] or "0")


def unescape(text: str) -> str:
    """Return ``text`` without the character references of HTML, as ``html.unescape`` does, which can refuse numbers."""
    try:
        return html.unescape(text)
    except ValueError:
        return html.unescape(short_references(text))
