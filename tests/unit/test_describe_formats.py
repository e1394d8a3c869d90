"""Formats: what RFC 3339, 3986, 5646, 6901, 9110 and 9562 allow, and that validation really looks."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from rfc3986_validator import validate_rfc3986

from archiver.describe.formats import CHECKS, format_checker, to_uri

GOOD = {
    "date": ["2016-02-29", "0001-01-01"],
    "date-time": [
        "1985-04-12T23:20:50.52Z",  # RFC 3339 section 5.8
        "1996-12-19T16:39:57-08:00",
        "1990-12-31T23:59:60Z",
        "1990-12-31T15:59:60-08:00",
        "1937-01-01T12:00:27.87+00:20",
        "2016-10-21t10:25:00z",
    ],
    "json-pointer": ["", "/", "/a~1b", "/m~0n/0"],
    "regex": ["", "^a+$", "[^a]{2,3}"],
    "language-tag": [
        "en",
        "en-GB",
        "und",
        "zh-Hant-TW",  # RFC 5646 appendix A
        "sl-rozaj-biske",
        "hy-Latn-IT-arevela",
        "de-CH-x-phonebk",
        "x-whatever",
        "en-US-u-islamcal",
        "zh-cmn-Hans-CN",
        "es-419",
        "i-enochian",
    ],
    "media-type": ["text/html", "application/tei+xml", 'text/html; charset="utf-8"', "text/html;charset=utf-8"],
    "partial-date-time": [
        "2016",
        "2016-10",
        "2016-10-21",
        "2016-10-21T10:25",
        "2016-10-21T10:25:30",
        "2016-10-21T10:25+01:00",
        "2016-10-21T10:25:30.5Z",
    ],
    "time": ["10:25:00Z", "23:59:60Z"],
    "uri": [
        "ftp://ftp.is.co.za/rfc/rfc1808.txt",  # RFC 3986 section 1.1.2
        "http://www.ietf.org/rfc/rfc2396.txt",
        "ldap://[2001:db8::7]/c=GB?objectClass?one",
        "mailto:John.Doe@example.com",
        "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
        "file:///notes/fair.txt",
    ],
    "uri-reference": ["/a/b", "../x#y", "?q=1", "https://www.example.org/"],
    "uuid": ["6f1c2d3e-4a5b-5c6d-8e7f-90a1b2c3d4e5"],
    "uuid-urn": ["urn:uuid:6f1c2d3e-4a5b-5c6d-8e7f-90a1b2c3d4e5"],
}
BAD = {
    "date": ["2015-02-29", "2016-13-01", "2016-1-1", "0000-01-01", "2016-10-21\n", "２０１６-10-21"],
    "date-time": [
        "nope",
        "2016-10-21T10:25:00",
        "2016-10-21T10:25Z",
        "2016-10-21 10:25:00Z",
        "2016-02-30T10:25:00Z",
        "2016-10-21T24:00:00Z",
        "1990-12-31T15:59:60Z",
        "2016-10-21T10:25:00+24:00",
        "2016-10-21T10:25:00Z\n",
    ],
    "json-pointer": ["a", "/~2", "/~"],
    "regex": ["(", "[z-a]", "a{99999999999}"],
    "language-tag": ["", "English", "german", "e", "en_GB", "en-GB-", "de-1901-1901", "en-a-bb-a-cc", "abcd", "en\n"],
    "media-type": ["html", "text/", "text/html;", "text/html; charset", "text /html"],
    "partial-date-time": ["", "16", "2016-13", "0000", "2016-02-30", "2016-10-21T10", "21/10/2016", "2016-10-21T25:00"],
    "time": ["10:25", "10:25:00", "25:00:00Z"],
    "uri": [
        "nope",
        "/a/b",
        "//www.example.org/",
        "https://www.example.org/a b",
        "https://www.example.org/ü",
        "https://www.example.org/a|b",
        "https://www.example.org/%zz",
        "http://[zz]/",
        "https://",
        "https://www.example.org/\n",
    ],
    "uri-reference": ["a b", "a|b", "\n"],
    "uuid": ["6f1c2d3e"],
    "uuid-urn": ["6f1c2d3e-4a5b-5c6d-8e7f-90a1b2c3d4e5", "urn:uuid:6f1c2d3e", "urn:isbn:0451450523"],
}


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in table.items() for text in texts]


def test_every_format_has_good_and_bad_examples() -> None:
    assert set(GOOD) == set(BAD) == set(CHECKS)


@pytest.mark.parametrize(("name", "text"), cases(GOOD))
def test_good_text_passes(name: str, text: str) -> None:
    assert CHECKS[name](text)
    assert Draft202012Validator({"format": name}, format_checker=format_checker()).is_valid(text)


@pytest.mark.parametrize(("name", "text"), cases(BAD))
def test_bad_text_fails_in_validation(name: str, text: str) -> None:
    assert not Draft202012Validator({"format": name}, format_checker=format_checker()).is_valid(text)


@pytest.mark.parametrize("name", ["date-time", "language-tag", "media-type", "uuid-urn", "partial-date-time"])
def test_jsonschema_alone_would_not_have_noticed(name: str) -> None:
    """JSON Schema 2020-12 section 7.2.1: an implementation may leave formats unchecked, and this one does."""
    schema = {"format": name}
    assert Draft202012Validator(schema).is_valid("nope")
    assert Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).is_valid("nope")
    assert not Draft202012Validator(schema, format_checker=format_checker()).is_valid("nope\n!")


def test_formats_say_nothing_of_other_types() -> None:
    for name in CHECKS:
        assert Draft202012Validator({"format": name}, format_checker=format_checker()).is_valid(3)


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("https://www.example.org/a?b=c#d", "https://www.example.org/a?b=c#d"),
        ("https://www.example.org/für", "https://www.example.org/f%C3%BCr"),  # RFC 3987 section 3.1
        ("https://www.example.org/a b|c", "https://www.example.org/a%20b%7Cc"),
        ("https://www.example.org/100%", "https://www.example.org/100%25"),
        ("https://www.example.org/?a[]=1", "https://www.example.org/?a%5B%5D=1"),
        ("http://[::1]/a", "http://[::1]/a"),
        ("nope", None),
        ("/relative", None),
        ("", None),
    ],
)
def test_to_uri_escapes_what_a_uri_cannot_hold(text: str, uri: str | None) -> None:
    assert to_uri(text) == uri


def test_a_plain_address_needs_no_full_grammar() -> None:
    parts = ["", "a", "A0", ".", "..", "-", "/", "//", "~", "_", "?", "=", "&", "%41", "%", ":", "@", "[", "é", "\n"]
    for start in ("http://a", "https://a", "file:///", "urn:uuid:0"):
        for text in (f"{start}{one}b{two}c{three}" for one in parts for two in parts for three in parts):
            valid = not text.endswith((":", "\n")) and validate_rfc3986(text, rule="URI") is not None
            assert CHECKS["uri"](text) is valid, text
