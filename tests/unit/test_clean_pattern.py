"""The pattern language: what each construct matches, and what is refused."""

from __future__ import annotations

import pytest

from archiver.clean.fold import fold
from archiver.clean.pattern import PatternError, compile_pattern


def whole(source: str, text: str, *, strict: bool = False) -> bool:
    """Whether the pattern can match ``text`` from its first to its last character."""
    folded = fold(text)
    return len(folded) in compile_pattern(source, strict=strict).ends(folded, 0)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Leave a comment", "LEAVE  A COMMENT"),
        ("Already a member? Log in", "Already a member - log in"),
        ("{n} comments", "1,204 comments"),
        ("{n} comments", "12comments"),
        ("comments {n}", "Comments (12"),
        ("{n} shares", "1.2k shares"),
        ("sign up [now] here", "sign up here"),
        ("sign up [now] here", "sign up now here"),
        ("<log|sign> in", "Sign in"),
        ("view comment[s]", "view comments"),
        ("view comment[s]", "view comment"),
        ("join {words} today", "join the happy few today"),
        ("posts by {name}", "Posts by Jane van der Doe"),
        (r"go \[back\]", "go [back"),
        ("评论 {n} 条", "评论12条"),
        ("关注 {word} 公众号", "关注港口公众号"),
    ],
)
def test_matches(source: str, text: str) -> None:
    assert whole(source, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("leave a comment", "leave a commentary"),
        ("leave a comment", "leaveacomment"),
        ("leave a comment", "leave acomment"),
        ("{n} comments", "comments"),
        ("join {words} today", "join one two three four five six seven today"),
        ("posts by {name}", "posts by 12"),
        ("join {word} today", "join the few today"),
    ],
)
def test_does_not_match(source: str, text: str) -> None:
    assert not whole(source, text)


def test_signs_count_where_a_pattern_only_begins_the_line() -> None:
    assert whole("read more: {any}", "Read more : a title", strict=True)
    assert not whole("read more: {any}", "Read more than one title", strict=True)
    assert whole("read more: {any}", "Read more than one title")


@pytest.mark.parametrize(
    "source",
    [
        "{n}",
        "{n} [of]",
        "* {n}",
        "{word} comments",
        "[{word}] comments",
        "read {any} more",
        "read {what}",
        "read {",
        "read [more",
        "read more]",
        "read <a|>",
        "read [[more]]",
        "read\\",
        "a {word} {word} {word} {word} {word}",
        "a " + "[b] " * 300,
        "a " + "<b|" * 8 + "c" + ">" * 8,
        "",
    ],
)
def test_patterns_that_match_too_much_or_nothing_are_refused(source: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(source)


def test_a_pattern_made_to_backtrack_takes_no_longer_than_its_length_asks() -> None:
    """Forty optional copies of one word take a backtracking matcher 2^40 steps: it would not come back."""
    pattern = compile_pattern("a " + "[a] " * 40 + "b")
    assert pattern.ends("a " * 200 + "c", 0) == []
