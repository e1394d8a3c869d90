"""Laws of the judge: every block has one fate, a removal has its reasons, profiles only differ in demand."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.clean.judge import judge
from archiver.clean.match import Matcher
from archiver.clean.ruleset import load_rules
from archiver.clean.shape import shape_of
from archiver.model.article import Block, BlockKind
from archiver.model.document import Document
from archiver.model.verdict import Action, Fate, Profile
from archiver.parse.decode import Decoded
from archiver.parse.html import parse_html
from archiver.parse.text import parse_text


@cache
def matcher(language: str) -> Matcher:
    return load_rules().matcher((language,))


@cache
def prompts(language: str) -> tuple[str, ...]:
    return tuple(line for rule in load_rules().rules if rule.language in (language, "any") for line in rule.match)


WORDS = (
    "the council keeper tower lighthouse harbour storm of and a in on mayor said Tuesday coast lamp old roof".split()
)
FURNITURE = (
    "By Jane Doe",
    "21 October 2026",
    "The Harbour Courier",
    "HARBOUR TOWN, Oct. 21",
    "The tower at dusk. Photograph: Jane Doe/Sample Press",
    "Correction: an earlier version of this article named another year.",
    "• A new roof",
    "Who pays for the roof?",
    "Lighthouse stays open for ten more years",
    "42",
    "***",
    "©",
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=45))
    end = draw(st.sampled_from((".", "", "?", ":", ".”")))
    return " ".join(words).capitalize() + end


ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1, max_size=40)
LINES = st.one_of(
    sentences(),
    sentences(),
    st.sampled_from(FURNITURE),
    st.deferred(lambda: st.sampled_from(prompts("en"))),
    st.deferred(lambda: st.sampled_from(prompts("de"))),
    ANY_TEXT,
)
TEXTS = st.lists(LINES, max_size=16)


def of_text(lines: list[str]) -> Document:
    return parse_text(Decoded("\n".join(lines), "utf-8", "given"))


_ELEMENTS = ("p", "p", "p", "div", "h1", "h2", "li", "figcaption", "blockquote", "td", "span")
_AROUND = ("article", "main", "nav", "aside", "footer", "header", "div", "section", "form", "figure")
_CLASSES = ("", "share", "related", "article-body", "comment", "newsletter", "byline", "caption")


@st.composite
def pages(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 5))):
        around, name = draw(st.sampled_from(_AROUND)), draw(st.sampled_from(_CLASSES))
        inner = []
        for line in draw(st.lists(LINES, max_size=5)):
            element = draw(st.sampled_from(_ELEMENTS))
            text = line.replace("&", "&amp;").replace("<", "&lt;")
            text = f"<a href='/x'>{text}</a>" if draw(st.integers(0, 5)) == 0 else text
            inner.append(f"<{element}>{text}</{element}>")
        parts.append(f"<{around} class='{name}'>{''.join(inner)}</{around}>")
    return f"<html><body>{''.join(parts)}</body></html>"


def of_page(page: str) -> Document:
    return parse_html(page, charset="utf-8", charset_origin="given", url=None, media_type="text/html")


def judged(document: Document, profile: Profile = Profile.BALANCED, *, language: str = "en") -> tuple[Block, ...]:
    return judge(document, matcher(language), language=language, profile=profile).blocks


def check_fates(document: Document, blocks: tuple[Block, ...]) -> None:
    assert [block.index for block in blocks] == list(range(len(document.blocks)))
    assert [block.text for block in blocks] == [raw.text for raw in document.blocks]
    assert [(block.span, block.path) for block in blocks] == [(raw.span, raw.path) for raw in document.blocks]
    for block in blocks:
        assert block.fate in (Fate.KEPT, Fate.REMOVED)
        assert all(type(verdict.weight) is int and verdict.evidence for verdict in block.verdicts)
        if block.fate is Fate.REMOVED:
            assert block.kind is BlockKind.LEFTOVER
            assert block.category is not None
            assert not block.doubtful
            deciding = [verdict for verdict in block.verdicts if verdict.rule == block.rule]
            assert any(one.action is Action.REMOVE and one.evidence == block.evidence for one in deciding)
        else:
            assert block.kind is not BlockKind.LEFTOVER
            assert block.category is None
            spoke = any(verdict.action is Action.KEEP for verdict in block.verdicts)
            assert bool(block.rule) is bool(block.evidence) is spoke
            against = any(verdict.action is Action.REMOVE for verdict in block.verdicts)
            assert block.doubtful or not against


@settings(max_examples=70, deadline=None)
@given(TEXTS, st.sampled_from(list(Profile)), st.sampled_from(("en", "de", "und")))
def test_every_line_has_one_fate_with_its_reasons(lines: list[str], profile: Profile, language: str) -> None:
    document = of_text(lines)
    check_fates(document, judged(document, profile, language=language))


@settings(max_examples=40, deadline=None)
@given(pages(), st.sampled_from(list(Profile)))
def test_every_block_of_a_page_has_one_fate_with_its_reasons(page: str, profile: Profile) -> None:
    document = of_page(page)
    check_fates(document, judged(document, profile))


@settings(max_examples=70, deadline=None)
@given(TEXTS)
def test_a_more_careful_profile_removes_no_line_that_a_bolder_one_keeps(lines: list[str]) -> None:
    document = of_text(lines)
    strict, balanced, generous = (
        {block.index for block in judged(document, profile) if block.fate is Fate.REMOVED}
        for profile in (Profile.STRICT, Profile.BALANCED, Profile.GENEROUS)
    )
    assert strict <= balanced <= generous


@settings(max_examples=70, deadline=None)
@given(TEXTS)
def test_strict_removes_nothing_but_whole_sure_prompts(lines: list[str]) -> None:
    document = of_text(lines)
    for block in judged(document, Profile.STRICT):
        if block.fate is Fate.REMOVED:
            match = matcher("en").match(block.text)
            assert match is not None
            assert match.strength == "sure"


@settings(max_examples=70, deadline=None)
@given(st.lists(sentences(), max_size=14), st.sampled_from(list(Profile)))
def test_a_long_sentence_is_never_removed(lines: list[str], profile: Profile) -> None:
    for block in judged(of_text(lines), profile):
        shape = shape_of(block.text)
        if shape.ends_sentence and shape.words >= 25:
            assert block.fate is Fate.KEPT


@settings(max_examples=50, deadline=None)
@given(TEXTS, st.sampled_from(list(Profile)))
def test_a_protected_line_is_never_removed(lines: list[str], profile: Profile) -> None:
    document = of_text([*lines, FURNITURE[5], *reversed(lines)])
    for block in judged(document, profile):
        if matcher("en").protect(block.text) is not None:
            assert block.fate is Fate.KEPT


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_judging_twice_gives_the_same(lines: list[str]) -> None:
    document = of_text(lines)
    assert judged(document) == judged(document)
