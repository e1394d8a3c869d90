"""Canonical forms: the same content gives the same bytes, and other people's tools read them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import uuid
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import canon


def test_canonical_json_sorts_keys_and_wastes_no_space() -> None:
    value = {"b": [1, {"z": None, "a": True}], "a": "ü"}
    assert canon.canonical_json(value) == '{"a":"ü","b":[1,{"a":true,"z":null}]}'.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), {"deep": [float("nan")]}])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canon.canonical_json(value)
    with pytest.raises(ValueError, match="JSON compliant"):
        canon.pretty_json(value)


def test_a_lone_surrogate_becomes_an_escape_and_comes_back() -> None:
    data = canon.canonical_json({"title": "half \ud83d of é"})
    assert data.isascii()
    assert json.loads(data) == {"title": "half \ud83d of é"}


def test_pretty_json_is_for_people() -> None:
    assert canon.pretty_json({"b": 1, "a": "é"}) == '{\n  "a": "é",\n  "b": 1\n}\n'


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(_JSON)
def test_canonical_json_is_json_in_utf_8_on_one_line(value: object) -> None:
    data = canon.canonical_json(value)
    assert json.loads(data.decode("utf-8")) == value
    assert b"\n" not in data
    assert canon.canonical_json(json.loads(data)) == data


@given(st.binary(max_size=2000), st.integers(0, 9))
def test_a_member_is_gzip_for_everybody(data: bytes, level: int) -> None:
    member = canon.gzip_member(data, level=level)
    assert gzip.decompress(member) == data
    assert zlib.decompress(member, wbits=31) == data
    assert gzip.decompress(member + member) == data + data
    assert canon.gzip_member(data, level=level) == member


def test_the_member_header_says_nothing_of_clock_and_machine() -> None:
    member = canon.gzip_member(b"text")
    # RFC 1952 section 2.3.1: magic, CM 8, no flags, MTIME 0, XFL 0, OS 255 (unknown).
    assert member[:10] == bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
    assert member[-8:] == zlib.crc32(b"text").to_bytes(4, "little") + (4).to_bytes(4, "little")


def test_a_content_urn_is_a_version_5_uuid() -> None:
    urn = canon.content_urn("resource", "file:///a.txt")
    assert urn.startswith("urn:uuid:")
    found = uuid.UUID(urn.removeprefix("urn:uuid:"))
    assert (found.version, found.variant) == (5, uuid.RFC_4122)
    space = uuid.uuid5(uuid.NAMESPACE_OID, "archiver content ids 1")
    assert found == uuid.uuid5(space, "8:resource13:file:///a.txt")


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "bc"), ("ab", "c")), (("a", ""), ("a",)), (("1:a",), ("a",)), (("a", "1:b"), ("a1:b",)), ((), ("",))],
)
def test_parts_are_told_apart(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert canon.content_urn(*one) != canon.content_urn(*other)
    assert canon.content_id(*one) != canon.content_id(*other)


def test_an_article_id_is_an_xml_name_of_sixteen_digits() -> None:
    assert re.fullmatch(r"a-[0-9a-f]{16}", canon.content_id("a.txt", "0", "ff"))
    assert len(canon.content_id("a.txt", digits=32)) == 34


@given(st.lists(st.text(), max_size=3))
def test_any_text_has_ids(parts: list[str]) -> None:
    assert canon.content_urn(*parts) == canon.content_urn(*parts)
    assert canon.content_id(*parts) == canon.content_id(*parts)


def test_lone_surrogates_have_ids_too() -> None:
    assert canon.content_urn("\ud800") != canon.content_urn("\ud801")
    assert canon.content_id("\ud800") != canon.content_id("\ud801")


@given(st.lists(st.binary(max_size=50), max_size=5))
def test_a_running_digest_is_that_of_the_whole(pieces: list[bytes]) -> None:
    running = canon.Sha256()
    for piece in pieces:
        running.update(piece)
    whole = b"".join(pieces)
    assert running.hexdigest() == canon.sha256_hex(whole) == hashlib.sha256(whole).hexdigest()
    assert running.size == len(whole)
