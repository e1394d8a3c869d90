"""The cases of samples/ are true to their inputs; this needs no extraction."""

from __future__ import annotations

import runpy
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from .sample_cases import (
    CASES,
    LINES,
    LISTS,
    SampleFile,
    expected_order,
    squeezed,
    texts_of,
    warc_records,
    written_lines,
)


@pytest.mark.parametrize("sample", [case for case in CASES if case.articles], ids=str)
def test_every_expected_line_stands_in_the_input(sample: SampleFile) -> None:
    for expected, source in zip(sample.articles, texts_of(sample), strict=True):
        plain = squeezed(source)
        absent = [text for _, text in written_lines(expected) if squeezed(text) not in plain]
        assert not absent, f"{sample}: not in the input: {absent}"


@pytest.mark.parametrize(
    "sample", [case for case in CASES if case.single and case.articles and not case.markup], ids=str
)
def test_every_line_of_a_text_is_accounted_for_once(sample: SampleFile) -> None:
    expected = sample.articles[0]
    order = expected_order(texts_of(sample)[0], expected)
    assert Counter(order) == Counter(written_lines(expected))
    for name in LISTS:
        # Lists stand in the order of the input.
        assert [text for kind, text in order if kind == name] == expected[name], name


@pytest.mark.parametrize("sample", [case for case in CASES if case.articles], ids=str)
def test_expected_articles_are_written_in_the_one_form(sample: SampleFile) -> None:
    description = {
        "title",
        "description",
        "byline",
        "published",
        "modified",
        "publisher",
        "place",
        "language",
        "charset",
    }
    lists = {*LISTS, "authors", "removed"}
    single = {*LINES, *description}
    for article in sample.articles:
        assert set(article) - {"url"} == single | lists
        assert all(isinstance(article[name], list) for name in lists)
        assert len(article["paragraphs"]) >= 5
        for name in ("published", "modified"):
            assert article[name] is None or datetime.fromisoformat(article[name])
        for line in article["removed"]:
            assert set(line) == {"text", "category"}
            assert line["category"]


def test_the_cases_together_cover_what_they_are_there_for() -> None:
    articles = [article for case in CASES for article in case.articles]
    in_text = {category for article in articles for line in article["removed"] for category in line["category"]}
    taxonomy = {
        "comment-form", "comment-count", "login", "paywall", "newsletter", "share", "related", "ads", "consent",
        "copyright", "app", "nav", "readmore", "bio",
    }  # fmt: skip
    assert taxonomy <= in_text
    assert {"en", "de", "fr", "es", "pl", "ru", "ar", "zh", "ja"} <= {article["language"] for article in articles}
    assert {"utf-8", "utf-16le", "windows-1252", "iso-8859-2", "windows-1251", "shift_jis"} <= {
        article["charset"] for article in articles
    }
    assert any(not article["authors"] for article in articles)
    assert any(len(article["authors"]) > 2 for article in articles)
    assert any(article["published"] is None for article in articles)


def test_the_warc_is_what_its_script_makes(samples: Path) -> None:
    script = runpy.run_path(str(samples / "make_warc.py"))
    assert warc_records(script["make"]()) == warc_records((samples / "warc-capture" / "input.warc.gz").read_bytes())


def test_no_expected_file_is_forgotten(samples: Path) -> None:
    listed = {case.path for case in CASES}
    for folder in sorted(path.parent for path in samples.glob("*/expected.json")):
        files = {path for path in folder.iterdir() if path.is_file() and path.name != "expected.json"}
        assert files == {path for path in listed if path.parent == folder}, folder.name
