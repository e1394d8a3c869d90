"""What is wrong in a TEI file is found, with its place."""

from __future__ import annotations

import pytest

from archiver.errors import ParseError
from archiver.model.article import Article, Block, BlockKind
from archiver.model.metadata import Metadata, SourceRef
from archiver.model.verdict import Category, Fate, Profile
from archiver.tei.header import TeiContext
from archiver.tei.read import kept_text, removed_texts
from archiver.tei.validate import validate_tei
from archiver.tei.write import write_tei

SOURCE = SourceRef(
    "a.txt", "file:a.txt", "text/plain", "utf-8", 9, "0" * 64, "urn:uuid:b2f45b66-b334-53c1-b1ef-ae08c34ff336"
)
METADATA = Metadata(
    id="a-0123456789abcdef", source=SOURCE, text_sha256="1" * 64, word_count=1, title="T", language="en"
)
BLOCKS = (
    Block(0, BlockKind.HEADLINE, "T", Fate.KEPT, None, None, ""),
    Block(1, BlockKind.LEFTOVER, "Log in", Fate.REMOVED, "en.login.01@1", Category.LOGIN, "log in"),
    Block(2, BlockKind.PARAGRAPH, "One.", Fate.KEPT, None, None, ""),
)
P2 = b'<p xml:id="a-0123456789abcdef.p2" n="2">'
GOOD = write_tei(Article(BLOCKS, METADATA, Profile.STRICT, "2" * 64), TeiContext("2026-11-21T08:00:00Z"))


def test_a_good_file_has_no_finding() -> None:
    assert validate_tei(GOOD) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'reason="editorial"', b'reason="irrelevant"'),
        (b'ana="#a-0123456789abcdef.bp.login" target', b'ana="#other" target'),
        (P2, P2.replace(b'"2"', b'"two"')),
        (P2, b'<p n="2">'),
        (P2, P2.replace(b">", b' rend="bold">')),
        (b"One.</p>", b"One.</p><lb/>"),
        (b'quantity="6"', b'quantity="-6"'),
        (b' cert="low"', b""),
        (b'xml:lang="en">\n    <body>', b'xml:lang="plain English">\n    <body>'),
        (b'when="2026-11-21T08:00:00Z" who', b'when="2026-11-21" who'),
        (b'when="2026-11-21T08:00:00Z" who', b'when="2026-02-30T08:00:00Z" who'),
        (b' version="4.5.0"', b""),
        (b'<note type="unseen">', b'<note type="else">'),
        (b"2" * 64, b"2" * 64 + b"</idno><idno>"),
        (b"0" * 64, b"0" * 63),
    ],
)
def test_what_archiver_does_not_write_is_no_valid_file(old: bytes, new: bytes) -> None:
    assert old in GOOD
    findings = validate_tei(GOOD.replace(old, new, 1), file="x.xml")
    assert {finding.code for finding in findings} >= {"tei.schema"}
    assert {finding.file for finding in findings} == {"x.xml"}


def test_a_finding_names_the_line() -> None:
    line = GOOD[: GOOD.index(b"<gap")].count(b"\n") + 1
    assert line in {f.line for f in validate_tei(GOOD.replace(b'reason="editorial"', b'reason="irrelevant"'))}


def test_a_value_that_its_pattern_does_not_match_is_named_with_attribute_element_and_line() -> None:
    data = GOOD.replace(b'.p2" n', b'.q2" n')
    line = data[: data.index(b'.q2"')].count(b"\n") + 1
    [finding] = validate_tei(data)
    assert (finding.code, finding.line) == ("tei.schema", line)
    assert finding.message.startswith('@xml:id of p is "a-0123456789abcdef.q2"')


def test_white_space_around_a_value_is_no_part_of_it() -> None:
    """XML Schema, part 2, 4.3.6: white space of all types in the schema is collapsed before a pattern is matched."""
    assert validate_tei(GOOD.replace(b' version="4.5.0"', b' version=" 4.5.0 "', 1)) == ()


def test_an_id_stands_once() -> None:
    """xml:id 1.0, section 4."""
    findings = validate_tei(GOOD.replace(b'.p2" n', b'.p0" n'))
    assert "tei.duplicate-id" in {finding.code for finding in findings}


def test_an_id_begins_with_that_of_the_article() -> None:
    """So that it stands once in a corpus too."""
    findings = validate_tei(GOOD.replace(b'"a-0123456789abcdef.p2"', b'"a-fedcba9876543210.p2"'))
    assert [finding.code for finding in findings] == ["tei.foreign-id"]


@pytest.mark.parametrize("old", [b'.gap1" reason', b'.rm1" type'])
def test_a_pointer_has_its_target(old: bytes) -> None:
    findings = validate_tei(GOOD.replace(old, old.replace(b"1", b"7")))
    assert [finding.code for finding in findings] == ["tei.dangling-pointer"]
    assert findings[0].line is not None


@pytest.mark.parametrize("cut", [0, 1, 40, 2000, -8])
def test_a_cut_file_is_not_well_formed(cut: int) -> None:
    assert [finding.code for finding in validate_tei(GOOD[:cut])] == ["tei.not-well-formed"]
    with pytest.raises(ParseError):
        kept_text(GOOD[:cut])
    with pytest.raises(ParseError):
        removed_texts(GOOD[:cut])


def test_bytes_that_are_not_utf_8_are_not_well_formed() -> None:
    assert [f.code for f in validate_tei(GOOD.replace(b"One.", b"\xff\xfe"))] == ["tei.not-well-formed"]
    utf_16 = GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert [f.code for f in validate_tei(utf_16)] == ["tei.not-well-formed"]


def test_a_document_type_declaration_is_refused_before_it_is_read() -> None:
    bomb = b'<!DOCTYPE TEI [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hosts">]>\n<TEI'
    data = GOOD.replace(b"<TEI", bomb, 1).replace(b"One.", b"&b;&c;")
    assert [finding.code for finding in validate_tei(data)] == ["tei.doctype"]
    with pytest.raises(ParseError):
        kept_text(data)


def test_other_xml_is_not_valid_and_has_no_text() -> None:
    assert next(finding.code for finding in validate_tei(b"<html/>")) == "tei.schema"
    assert kept_text(b"<html/>") == ""
    assert removed_texts(b"<html/>") == []


def test_a_text_of_eleven_megabytes_is_read() -> None:
    """The XML parser stops at ten million bytes in one text unless it is told not to."""
    text = "word " * 2_200_000
    block = Block(0, BlockKind.PARAGRAPH, text, Fate.KEPT, None, None, "")
    data = write_tei(Article((block,), METADATA, Profile.STRICT, "2" * 64), TeiContext("2026-11-21T08:00:00Z"))
    assert validate_tei(data) == ()
    assert kept_text(data) == text


def test_comments_are_no_text() -> None:
    assert kept_text(GOOD.replace(b"One.", b"On<!-- not this --><?nor this?>e.")) == "One."
