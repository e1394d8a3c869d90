"""Laws of the HTML parser: no crash, no text lost, none twice, the same every time."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import ParseError
from archiver.parse.html import parse_html

_WORDS = st.from_regex(r"[a-z]{1,6}( [a-z]{1,6}){0,4}", fullmatch=True)
_TAGS = st.sampled_from(
    "div p span a b section article aside footer header nav ul li blockquote figure figcaption h2 tr td em".split()
)
_TREES = st.recursive(_WORDS, lambda inner: st.tuples(_TAGS, st.lists(inner, max_size=4)), max_leaves=25)


def _markup(tree: object) -> str:
    if isinstance(tree, tuple):
        tag, children = tree
        return f"<{tag}>" + "".join(map(_markup, children)) + f"</{tag}>"
    return f"{tree} "


def _texts(page: str) -> list[str]:
    document = parse_html(page, charset="utf-8", charset_origin="utf-8", url=None, media_type="text/html")
    return [block.text for block in document.blocks]


@settings(max_examples=60, deadline=None)
@given(st.lists(_TREES, max_size=5))
def test_every_visible_letter_is_in_exactly_one_block(trees: list[object]) -> None:
    page = "<body>" + "".join(map(_markup, trees)) + "</body>"
    letters = sorted(re.sub(r"<[^>]*>|\s", "", page))
    assert sorted(re.sub(r"\s", "", "".join(_texts(page)))) == letters


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/ab p=\"'!-&;\x00\ud800\n"), max_size=120))
def test_no_input_crashes_and_the_answer_is_always_the_same(noise: str) -> None:
    page = "<p>" + noise
    try:
        first = _texts(page)
    except ParseError:
        return
    assert first == _texts(page)
