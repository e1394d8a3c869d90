"""Laws of decoding: any bytes give text or a typed error; what was UTF comes back."""

from __future__ import annotations

import codecs
from encodings.aliases import aliases

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archiver.errors import ArticleError
from archiver.parse.decode import Decoded, decode

LABELS = st.none() | st.sampled_from(sorted({*aliases, *aliases.values()})) | st.text(max_size=12)
PIECES = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")),
    st.text(max_size=60).map(lambda text: text.encode("cp1251", "replace")),
    st.text(max_size=60).map(lambda text: text.encode("utf-16-le", "replace")),
    st.sampled_from(
        [b'<meta charset="', b'">', b"<?xml encoding='", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"words and words "]
    ),
)
BYTES = st.lists(PIECES, max_size=6).map(b"".join)


@settings(max_examples=250)
@given(BYTES, LABELS, st.booleans())
def test_any_bytes_give_text_or_a_typed_error(data: bytes, declared: str | None, markup: bool) -> None:
    try:
        found = decode(data, declared=declared, markup=markup, place="x")
    except ArticleError as refused:
        error = refused
    else:
        check_text(found, data)
        assert found == decode(data, declared=declared, markup=markup, place="x")
        return
    assert error.place == "x"
    assert error.advice


def check_text(found: Decoded, data: bytes) -> None:
    assert isinstance(found, Decoded)
    found.text.encode("utf-8")
    # What the description records is enough to read the bytes again.
    assert decode(data, declared=found.charset).text == found.text
    replaced = "\ufffd" in found.text and b"\xef\xbf\xbd" not in data and b"\xfd\xff" not in data
    assert not replaced or found.notices or found.charset.startswith(("utf-16", "gb18030", "utf-7", "utf-32"))


#: Text as people write it: no control codes, and more than blanks.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=200).filter(
    lambda text: text.strip(" \ufeff") != ""
)


@given(TEXTS)
def test_utf_8_comes_back(text: str) -> None:
    data = text.encode()
    assume(not text.startswith(("\ufeff", "%PDF-", "GIF8", "{\\rtf")))
    assert decode(data).text == text
    assert decode(codecs.BOM_UTF8 + data) == Decoded(text, "utf-8", "bom")
    assert decode(data, declared="shift_jis").text == text


@given(TEXTS, st.sampled_from([("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)]))
def test_utf_16_with_its_mark_comes_back(text: str, kind: tuple[str, bytes]) -> None:
    codec, mark = kind
    data = text.encode(codec)
    assume(data.strip(b" \x00\xff\xfe"))
    assume(not data.startswith(b"\x00\x00"))
    assert decode(mark + data).text == text
