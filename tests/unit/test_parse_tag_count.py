"""The text of a page, counted without a parser."""

from __future__ import annotations

import pytest

from archiver.parse.tag_count import visible_chars


@pytest.mark.parametrize(
    ("source", "chars"),
    [
        ("<p>The pier</p>", 7),
        ("<p>a<b>b</b>c", 3),
        ("a<!-- no <p>text</p> -->b", 2),
        ("<script>var a = '<p>';</script>b<STYLE>p{}</STYLE >", 1),
        ("a &amp; b &#x41;", 4),
        ("1 < 2", 3),
        ("a<p title='x", 11),
        ("<!-- never closed>a", 1),
        ("<script>never closed", 11),
        ("", 0),
    ],
)
def test_what_stands_outside_of_markup_counts(source: str, chars: int) -> None:
    assert visible_chars(source) == chars


@pytest.mark.parametrize(
    ("unit", "each"), [("<!--", 4), ("<script>", 0), ("<", 1), ("<!", 2), ("<p ", 2), ("&amp;", 1), ("</script ", 8)]
)
def test_what_never_ends_is_looked_for_once(unit: str, each: int) -> None:
    """A search that began anew at each of these would take minutes."""
    assert visible_chars(unit * 100_000) == each * 100_000
