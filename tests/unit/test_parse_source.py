"""A source becomes a document: by its media type, with what decoding had to say."""

from __future__ import annotations

import hashlib

import pytest

import archiver
from archiver.errors import BinaryInputError, EmptyInputError
from archiver.model.source import Source
from archiver.parse.source import parse_source


def source(data: bytes, media_type: str, *, charset: str | None = None, url: str | None = None) -> Source:
    return Source(
        path="folder/a",
        data=data,
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        record_id="urn:uuid:0",
        target_uri="file:///folder/a",
        charset=charset,
        url=url,
    )


def test_plain_text_stays_as_it_is_even_with_tags_in_it() -> None:
    document = parse_source(source(b"<p>Not a page.</p>\nA line.", "text/plain"))
    assert [block.text for block in document.blocks] == ["<p>Not a page.</p>", "A line."]
    assert document.media_type == "text/plain"


@pytest.mark.parametrize("media_type", ["text/html", "application/xhtml+xml"])
def test_markup_is_parsed_as_a_page(media_type: str) -> None:
    document = parse_source(source(b"<html><body><p>A <b>bold</b> line.</p></body></html>", media_type))
    assert [(block.text, block.tag) for block in document.blocks] == [("A bold line.", "p")]
    assert document.media_type == media_type


def test_the_charset_of_the_protocol_is_used() -> None:
    document = parse_source(source("Маяк открыт.".encode("koi8-r"), "text/plain", charset="koi8-r"))
    assert [block.text for block in document.blocks] == ["Маяк открыт."]
    assert (document.charset, document.charset_origin) == ("koi8-r", "protocol")


def test_text_that_is_already_text_is_not_decoded_again() -> None:
    document = parse_source(source(b"\x00\x01", "text/plain", charset="koi8-r"), text="Маяк")
    assert [block.text for block in document.blocks] == ["Маяк"]
    assert document.charset_origin == "given"


def test_notices_of_decoding_reach_the_document() -> None:
    page = "<html><body><p>Le café était fermé.</p></body></html>".encode()
    document = parse_source(source(page, "text/html", charset="koi8-r"))
    assert "charset.declared-wrong" in [notice.code for notice in document.notices]
    text = parse_source(source("Le café.".encode(), "text/plain", charset="koi8-r"))
    assert "charset.declared-wrong" in [notice.code for notice in text.notices]


@pytest.mark.parametrize(("data", "error"), [(b" \n", EmptyInputError), (b"%PDF-1.4", BinaryInputError)])
@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_what_is_no_text_is_refused_by_name(data: bytes, error: type[Exception], media_type: str) -> None:
    with pytest.raises(error, match="folder/a"):
        parse_source(source(data, media_type))


@pytest.mark.parametrize("blank", ["", " ", "\n\r\n\t", "\ufeff", "\ufeff \n", "\x00\x00"])
@pytest.mark.parametrize("media_type", [None, "text/plain", "text/html"])
def test_nothing_is_called_the_same_as_text_and_as_bytes(blank: str, media_type: str | None) -> None:
    for data in (blank, blank.encode()):
        with pytest.raises(EmptyInputError) as caught:
            archiver.extract(data, media_type=media_type)
        assert (caught.value.code, caught.value.place) == ("article.empty", "article")


def test_a_byte_order_mark_that_was_decoded_is_no_character_of_the_text() -> None:
    line = "The keepers carried the lamp up two hundred steps on Monday, and it could be seen from the ferry by night."
    text = f"\ufeffLamp of Westmoor\n\n{line}\n\n{line} {line}\n"
    read, decoded = archiver.extract(text.encode()), archiver.extract(text)
    assert read.title == decoded.title == "Lamp of Westmoor"
    assert [block.span for block in read.blocks] == [block.span for block in decoded.blocks]
