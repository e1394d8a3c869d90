"""Numbers and character references of any length: Python by itself refuses those of some thousand digits."""

from __future__ import annotations

import html

import pytest

from archiver.digits import LARGEST, read_float, read_number, short_references, unescape

MANY = "1" * 5000


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        (str(LARGEST), LARGEST),
        (str(LARGEST + 1), LARGEST),
        ("9" * 19, LARGEST),
        (MANY, LARGEST),
        ("0" * 5000 + "12", 12),
        ("0" * 5000, 0),
        ("0" * 5000 + MANY, LARGEST),
    ],
)
def test_a_number_of_any_length(digits: str, number: int) -> None:
    assert read_number(digits) == read_number(digits.encode()) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", "1_000", " 1", "1.0", "a" * 5000, "-" + MANY])
def test_what_is_no_number_is_refused(text: str) -> None:
    for given in (text, text.encode()):
        with pytest.raises(ValueError, match="no number"):
            read_number(given)


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        (f"a &#{MANY}; lamp", "a \ufffd lamp"),
        (f"&#{MANY} and &amp; and &#x{MANY};", "\ufffd and & and \ufffd"),
        (f"&#{'0' * 5000}65;", "A"),
        (f"&#{'0' * 5000};", "\ufffd"),
        ("&#1114112; &#00000000065; &lt;", "\ufffd A <"),
        ("plain", "plain"),
    ],
)
def test_a_reference_of_any_length_is_a_character(text: str, characters: str) -> None:
    assert unescape(text) == characters
    assert html.unescape(short_references(text)) == characters


def test_a_number_that_no_double_holds_is_refused() -> None:
    assert read_float("1.5e308") == 1.5e308
    assert read_float("1e-999") == 0
    for digits in ("1e309", "-1e400", MANY + ".0", "1e" + MANY):
        with pytest.raises(ValueError, match="too large"):
            read_float(digits)
