"""The description as JSON and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import canon
from archiver.model.metadata import Dateline, DateValue, Image, Metadata, Person, SourceRef
from archiver.model.metadata_from import metadata_from_dict

SOURCE = SourceRef("a.txt", "file:///a.txt", "text/plain", "utf-8", 3, "0" * 64, "urn:uuid:0")
BARE = Metadata(id="a-0000000000000000", source=SOURCE, text_sha256="0" * 64, word_count=0)


def test_what_is_not_known_is_left_out_and_what_is_unknown_is_listed() -> None:
    assert BARE.to_dict() == {
        "id": "a-0000000000000000",
        "schema_version": "1.0",
        "source": {
            "path": "a.txt",
            "uri": "file:///a.txt",
            "media_type": "text/plain",
            "charset": "utf-8",
            "bytes": 3,
            "sha256": "0" * 64,
            "warc_record_id": "urn:uuid:0",
        },
        "text_sha256": "0" * 64,
        "word_count": 0,
        "language": "und",
        "provenance": {},
        "unknown": [],
    }


def test_false_and_zero_are_values() -> None:
    made = Metadata(id="a", source=SOURCE, text_sha256="", word_count=0, paywalled=False)
    assert made.to_dict()["paywalled"] is False
    assert made.to_dict()["word_count"] == 0


WORDS = st.text(max_size=10)
MAYBE = st.none() | WORDS
DATES = st.builds(DateValue, WORDS, WORDS, WORDS, WORDS, MAYBE, MAYBE)
METADATA = st.builds(
    Metadata,
    id=WORDS,
    source=st.builds(SourceRef, WORDS, WORDS, WORDS, WORDS, st.integers(0), WORDS, WORDS, MAYBE, MAYBE),
    text_sha256=WORDS,
    word_count=st.integers(0),
    url=MAYBE,
    title=MAYBE,
    byline=MAYBE,
    authors=st.lists(st.builds(Person, WORDS, WORDS), max_size=2).map(tuple),
    dateline=st.none() | st.builds(Dateline, WORDS, MAYBE, MAYBE),
    published=st.none() | DATES,
    modified=st.none() | DATES,
    keywords=st.lists(WORDS, max_size=2).map(tuple),
    images=st.lists(st.builds(Image, MAYBE, MAYBE, MAYBE), max_size=2).map(tuple),
    paywalled=st.none() | st.booleans(),
    corrections=st.lists(WORDS, max_size=2).map(tuple),
    provenance=st.dictionaries(WORDS, WORDS, max_size=2),
    unknown=st.lists(WORDS, max_size=2).map(tuple),
    extensions=st.dictionaries(WORDS, st.integers() | st.lists(WORDS, max_size=2), max_size=2),
)


@given(METADATA)
def test_a_description_comes_back_from_its_json(made: Metadata) -> None:
    line = canon.canonical_json(made.to_dict())
    assert metadata_from_dict(json.loads(line)) == made


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"colour": "blue"}, "unknown field colour"),
        ({"source": {**BARE.to_dict()["source"], "box": 1}}, r"unknown field source\.box"),
        ({"source": "a.txt"}, "source is no object"),
        ({"source": {"path": "a.txt"}}, "source: "),
        ({"published": "2016"}, "published is no object"),
        ({"authors": {"name": "Jane"}}, "authors is no array"),
        ({"authors": ["Jane"]}, "authors is no object"),
        ({"unknown": "title"}, "unknown is no array"),
        ({"authors": [{"role": "author"}]}, "authors: "),
        ({"title": 1}, "title is of another kind"),
        ({"word_count": True}, "word_count is of another kind"),
        ({"word_count": 5.5}, "word_count is of another kind"),
        ({"paywalled": "yes"}, "paywalled is of another kind"),
        ({"unknown": ["title", 1]}, "unknown is of another kind"),
        ({"authors": [{"name": 1}]}, "authors is of another kind"),
        ({"published": {"value": 2016, "precision": "year", "text": "2016"}}, "published is of another kind"),
        ({"provenance": {"title": []}}, "provenance is of another kind"),
        ({"extensions": []}, "extensions is of another kind"),
    ],
)
def test_what_is_no_description_is_refused_by_the_field(change: dict[str, object], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        metadata_from_dict({**BARE.to_dict(), **change})


def test_a_missing_field_is_named() -> None:
    values = BARE.to_dict()
    del values["text_sha256"]
    with pytest.raises(ValueError, match="text_sha256"):
        metadata_from_dict(values)
