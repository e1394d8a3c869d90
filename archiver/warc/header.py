"""The header of a record: version line and named fields (WARC 1.1 clauses 4 and 5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.model.outcome import Severity

KNOWN_VERSIONS = frozenset({"0.17", "0.18", "1.0", "1.1"})

#: The line that begins a record, wherever it stands in a stream of bytes; literals of this grammar
#: are not case-sensitive (RFC 2616 section 2.1).
VERSION_LINE = re.compile(rb"(?:(?<=\n)|\A)WARC/\d+\.\d+\r{0,2}\n", re.IGNORECASE)
_VERSION = re.compile(r"WARC/(\d+\.\d+)", re.IGNORECASE)
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_END = re.compile(rb"\n\r{0,2}\n")
#: A header without a fault and without folded lines, and its lines.
_SOUND = re.compile(r"WARC/(\d+\.\d+)\r\n((?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\x00-\x08\x0a-\x1f\x7f]*\r\n)*)\r\n")
_FIELD = re.compile(r"([^:]+):([^\r]*)\r\n")


@dataclass(frozen=True, slots=True)
class HeaderProblem:
    """One fault of a header, before it is known where in the file it stands."""

    code: str
    message: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Header:
    """A parsed record header."""

    version: str
    """``1.1``; empty where the version line is not understood."""
    fields: tuple[tuple[str, str], ...]
    problems: tuple[HeaderProblem, ...]


def header_length(data: bytes) -> int:
    """Return how many bytes of ``data`` the header takes, with its blank line; 0 where its end is not in them."""
    match = _END.search(data)
    return match.end() if match else 0


def parse_header(raw: bytes) -> Header:
    """Read version line and fields from the bytes of one header; whatever is wrong becomes a problem.

    Fields that cannot be understood are left out. Folded lines are joined by one space. Bytes that
    are not UTF-8 are read as Latin-1.
    """
    problems: list[HeaderProblem] = []
    text = _decode(raw, problems)
    sound = _SOUND.fullmatch(text)
    if sound and sound[1] in KNOWN_VERSIONS:
        found = [(name, value.strip()) for name, value in _FIELD.findall(sound[2])]
        return Header(sound[1], tuple(found), tuple(problems))
    lines = text.split("\n")
    if not all(line.endswith("\r") and not line.endswith("\r\r") for line in lines[:-1]):
        problems.append(HeaderProblem("warc.bad-header", "a header line does not end in CR LF"))
    lines = [line.rstrip("\r") for line in lines]
    version = _version(lines[0], problems)
    fields: list[tuple[str, str]] = []
    for line in lines[1:]:
        if not line:
            break
        _add_line(line, fields, problems)
    return Header(version, tuple((name, value.strip()) for name, value in fields), tuple(problems))


def _decode(raw: bytes, problems: list[HeaderProblem]) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        message = "the header is not UTF-8; it was read as Latin-1"
        problems.append(HeaderProblem("warc.header-encoding", message, Severity.WARNING))
        return raw.decode("latin-1")


def _version(line: str, problems: list[HeaderProblem]) -> str:
    match = _VERSION.fullmatch(line)
    if not match:
        problems.append(HeaderProblem("warc.bad-header", f"the version line is not understood: {line[:40]!r}"))
        return ""
    version = match.group(1)
    if version not in KNOWN_VERSIONS:
        problems.append(HeaderProblem("warc.unknown-version", f"there is no WARC version {version}"))
    return version


def _add_line(line: str, fields: list[tuple[str, str]], problems: list[HeaderProblem]) -> None:
    if _CONTROL.search(line):
        problems.append(HeaderProblem("warc.bad-header", f"a control character stands in the header: {line[:60]!r}"))
    if line[0] in " \t" and fields:
        name, value = fields[-1]
        fields[-1] = (name, f"{value.rstrip()} {line.strip()}")
        return
    name, colon, value = line.partition(":")
    if not colon or not _TOKEN.fullmatch(name):
        problems.append(HeaderProblem("warc.bad-header", f"this is no named field: {line[:60]!r}"))
        return
    fields.append((name, value))
