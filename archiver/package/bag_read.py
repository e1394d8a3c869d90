"""Reading the tag files of anybody's bag, BagIt 0.93 to 1.0: each becomes plain data and findings."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archiver.digits import read_number
from archiver.model.outcome import Finding, Severity

Version = tuple[int, int]

_KNOWN_VERSIONS = frozenset({(0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0)})
#: RFC 8493 section 2.1.1: one space after the colon, two lines, nothing else.
_STRICT = re.compile(rb"BagIt-Version: (\d+)\.(\d+)(?:\r\n|\n|\r)Tag-File-Character-Encoding: (\S+)(?:\r\n|\n|\r)?")
_LENIENT = re.compile(
    rb"BagIt-Version[ \t]*:[ \t]*(\d+)\.(\d+)[ \t]*(?:\r\n|\n|\r)"
    rb"Tag-File-Character-Encoding[ \t]*:[ \t]*(\S+)\s*"
)
_MANIFEST_LINE = re.compile(r"([0-9A-Fa-f]+)([ \t]+)(\*?)(\S.*)")
_FETCH_LINE = re.compile(r"(\S+)[ \t]+(\d+|-)[ \t]+(\S.*)")
_ELEMENT = re.compile(r"([^\s:](?:[^:]*[^\s:])?)([ \t]*):[ \t]*(.*)")
_ENCODED = re.compile(r"%(?:0[AaDd]|25)")
_DECODED = {"%0A": "\n", "%0D": "\r", "%25": "%"}
_UNSAFE = re.compile(r"^/|^~|^[A-Za-z]:|\\|^%[^%/]+%|(?:^|/)\.\.(?:/|$)|[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What bagit.txt says."""

    version: Version
    encoding: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a manifest."""

    number: int
    """From 1."""
    digest: str
    """Lower-case hexadecimal."""
    path: str
    """As written, without a leading ``./`` or md5sum's asterisk."""


@dataclass(frozen=True, slots=True)
class FetchLine:
    """One line of fetch.txt: a file that is not in the bag but can be got from ``url``."""

    number: int
    url: str
    size: int | None
    path: str


def read_declaration(root: Path) -> tuple[Declaration | None, list[Finding]]:
    """Return what bagit.txt declares, None where it cannot be used, and what is wrong with it. Raises OSError."""
    path = root / "bagit.txt"
    if not path.is_file() or path.is_symlink():
        return None, [found("bag.declaration-missing", "there is no bagit.txt: this folder is no bag", "bagit.txt")]
    with path.open("rb") as file:
        data = file.read(4096)
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        message = "bagit.txt begins with a byte order mark, which RFC 8493 section 2.1.1 forbids"
        return None, [found("bag.declaration-bom", message, "bagit.txt", advice="remove the mark")]
    match = _STRICT.fullmatch(data) or _LENIENT.fullmatch(data)
    if match is None:
        message = "bagit.txt is not the two lines BagIt-Version: M.N and Tag-File-Character-Encoding: NAME"
        return None, [found("bag.declaration-invalid", message, "bagit.txt")]
    version = (int(match[1]), int(match[2]))
    if version not in _KNOWN_VERSIONS:
        message = f"BagIt version {version[0]}.{version[1]} is not known; 0.93 to 0.97 and 1.0 are"
        return None, [found("bag.version-unknown", message, "bagit.txt")]
    findings = []
    if not _STRICT.fullmatch(data):
        severity = Severity.ERROR if version >= (1, 0) else Severity.WARNING
        message = "white space in bagit.txt is not as RFC 8493 section 2.1.1 prescribes"
        findings.append(found("bag.declaration-whitespace", message, "bagit.txt", severity=severity))
    encoding = match[3].decode("ascii", "replace")
    try:
        # A codec can be known and be none of text; and a name can be no name (ValueError).
        io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    except (LookupError, ValueError):
        return None, [*findings, found("bag.encoding-unknown", f"unknown tag file encoding {encoding!r}", "bagit.txt")]
    return Declaration(version, encoding), findings


def read_lines(root: Path, name: str, encoding: str) -> Iterator[tuple[int, str] | Finding]:
    """Yield the non-empty lines of a tag file with their numbers from 1, or a finding that ends it. Raises OSError."""
    try:
        with (root / name).open("r", encoding=encoding, newline=None) as file:
            for number, raw in enumerate(file, start=1):
                line = raw.rstrip("\n")
                if number == 1 and line.startswith("\ufeff"):
                    line = line[1:]
                    message = "the tag file begins with a byte order mark"
                    yield found("bag.bom", message, name, severity=Severity.WARNING)
                if line:
                    yield number, line
    except UnicodeError as error:
        message = f"the tag file is not in the declared encoding {encoding}: {error}"
        yield found("bag.encoding-invalid", message, name)


def read_manifest(root: Path, name: str, encoding: str) -> Iterator[Line | Finding]:
    """Yield the lines of a manifest or tag manifest, and what is wrong with its form. Raises OSError."""
    starred = dotted = False
    for item in read_lines(root, name, encoding):
        if isinstance(item, Finding):
            yield item
            continue
        number, text = item
        match = _MANIFEST_LINE.fullmatch(text)
        if match is None:
            yield found("bag.manifest-syntax", "the line is not `checksum path`", name, line=number)
            continue
        path = match[4]
        if match[3] and not starred:
            starred = True
            message = "the path is marked with an asterisk, as md5sum writes it"
            advice = "remove the asterisks"
            yield found("bag.manifest-asterisk", message, name, line=number, severity=Severity.WARNING, advice=advice)
        if path.startswith("./"):
            path = path[2:]
            if not dotted:
                dotted = True
                message = "the path begins with ./"
                yield found("bag.path-relative", message, name, line=number, severity=Severity.WARNING)
        if is_unsafe(path):
            yield unsafe_path(path, name, number)
            continue
        yield Line(number, match[1].lower(), path)


def read_fetch(root: Path, encoding: str) -> Iterator[FetchLine | Finding]:
    """Yield the lines of fetch.txt (RFC 8493 section 2.2.3), and what is wrong with its form. Raises OSError."""
    for item in read_lines(root, "fetch.txt", encoding):
        if isinstance(item, Finding):
            yield item
            continue
        number, text = item
        match = _FETCH_LINE.fullmatch(text)
        if match is None:
            yield found("bag.fetch-syntax", "the line is not `url length path`", "fetch.txt", line=number)
            continue
        path = match[3].removeprefix("./")
        if is_unsafe(path) or not path.startswith("data/"):
            yield unsafe_path(path, "fetch.txt", number)
            continue
        yield FetchLine(number, match[1], None if match[2] == "-" else read_number(match[2]), path)


def read_info(root: Path, name: str, encoding: str) -> Iterator[tuple[str, str] | Finding]:
    """Yield label and value of bag-info.txt in order, folded values joined by one space. Raises OSError."""
    label = ""
    value: list[str] = []
    for item in read_lines(root, name, encoding):
        if isinstance(item, Finding):
            yield item
            continue
        number, text = item
        if text[0] in " \t":
            if label:
                value.append(text.strip())
            elif text.strip():
                yield found("bag.info-syntax", "the first line is a continuation line", name, line=number)
            continue
        if label:
            yield label, " ".join(value).strip()
        match = _ELEMENT.fullmatch(text)
        if match is None:
            label = ""
            yield found("bag.info-syntax", "the line is not `Label: value`", name, line=number)
            continue
        label, value = match[1], [match[3].strip()]
    if label:
        yield label, " ".join(value).strip()


def is_unsafe(path: str) -> bool:
    """Tell whether a path could name something outside the bag, on any operating system (RFC 8493 section 5.1.1)."""
    return _UNSAFE.search(path) is not None


def unsafe_path(path: str, name: str, number: int) -> Finding:
    """Return the finding for a path that leaves the bag or its payload."""
    message = f"the path {path!r} leads out of the bag"
    advice = "do not unpack or fetch this bag; ask its maker"
    return found("bag.path-unsafe", message, name, line=number, advice=advice)


def encode_manifest_path(path: str) -> str:
    """Percent-encode line feed, carriage return and the percent sign (RFC 8493 section 2.1.3)."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def decode_manifest_path(path: str) -> str:
    """Undo the percent-encoding of RFC 8493 section 2.1.3."""
    return _ENCODED.sub(lambda match: _DECODED[match[0].upper()], path)


def found(
    code: str,
    message: str,
    file: str,
    *,
    line: int | None = None,
    severity: Severity = Severity.ERROR,
    advice: str = "",
) -> Finding:
    """Return a finding about a tag file."""
    return Finding(code, message, file=file, line=line, severity=severity, advice=advice)
