"""What is fuzzed: each target takes any bytes, and fails where a promise is broken.

A target lets the errors through that are promised and nothing else. They know nothing of the fuzzer.
"""

from __future__ import annotations

import atexit
import gzip
import io
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path

import archiver
from archiver.describe.formats import is_partial_date_time
from archiver.describe.sidecar import load_sidecar
from archiver.errors import ArticleError, InternalFaultError, SidecarError
from archiver.model.outcome import Finding
from archiver.parse.jsonld import article_bodies, json_ld_hints
from archiver.tei.validate import validate_tei
from archiver.warc.record import ScannedRecord
from archiver.warc.scan import scan_file
from archiver.wording.date_lines import parse_date_line
from archiver.wording.machine_dates import parse_machine_date

from ..support_faults import make_package, seal

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DATE = "2026-01-01T00:00:00Z"
#: What a value is in JSON, XML, CSV and the headers of a record, roughly.
_VALUE = re.compile(rb'"[^"\n]*"|[\w.:/+-]+')
_LANGUAGES = ("en", "de", "fr", "es", "pl", "ru", "ar", "ja", "zh", "und")


def _article(data: bytes, media_type: str) -> None:
    try:
        article = archiver.extract(data, media_type=media_type)
    except InternalFaultError:
        raise
    except ArticleError:
        return
    assert [block.index for block in article.blocks] == list(range(len(article.blocks)))
    assert len(article.kept) + len(article.removed) == len(article.blocks)
    json.loads(json.dumps(article.to_dict(), allow_nan=False))
    spans = [block.span for block in article.blocks if block.span is not None]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    article.to_markdown().encode("utf-8")
    assert validate_tei(article.to_tei(date=DATE), file="x") == ()


def text(data: bytes) -> None:
    """A plain text becomes an article or a typed error; every block has one fate; its TEI is valid."""
    _article(data, "text/plain")


def html(data: bytes) -> None:
    """The same for a page."""
    _article(data, "text/html")


def warc(data: bytes) -> None:
    """A damaged WARC gives records in order, that lie in the file, and findings."""
    end = 0
    for item in scan_file(io.BytesIO(data), name="fuzzed.warc"):
        if isinstance(item, Finding):
            assert item.message
            continue
        assert isinstance(item, ScannedRecord)
        assert end <= item.offset <= item.offset + item.length <= len(data)
        end = item.offset


def jsonld(data: bytes) -> None:
    """Whatever stands in a script element gives hints of text, or none."""
    script = data.decode("utf-8", "surrogateescape" if data[:1] == b"\xed" else "replace")
    for hint in json_ld_hints(script):
        assert isinstance(hint.value, str)
        assert hint.value
    assert all(isinstance(part, str) for pair in article_bodies(script) for part in pair)


def dates(data: bytes) -> None:
    """Words give a date that some calendar has, or none."""
    words = data.decode("utf-8", "replace")
    machine = parse_machine_date(words)
    assert machine is None or is_partial_date_time(machine.value)
    line = parse_date_line(words, language=_LANGUAGES[len(data) % len(_LANGUAGES)])
    assert line is None or all(is_partial_date_time(found.value) for _, found in line.dates)


def sidecar(data: bytes) -> None:
    """A metadata file is read, or refused with all that is wrong."""
    for suffix in (".csv", ".jsonl"):
        file = _scratch() / f"metadata{suffix}"
        file.write_bytes(data)
        with suppress(SidecarError):
            load_sidecar(file)


def verify(data: bytes) -> None:
    """A package with any bytes of any file changed, cut or added does not verify, and nothing else happens."""
    files = _package_files()
    number = int.from_bytes(data[:2], "big") % len(files)
    path, before = files[number]
    at = int.from_bytes(data[2:5], "big") % (len(before) + 1)
    changed = before[:at] + data[6:] + before[at + (data[5] if len(data) > 5 else 0) :]
    path.write_bytes(changed)
    try:
        found = archiver.verify(path.parents[len(path.relative_to(_package()).parts) - 1])
    finally:
        path.write_bytes(before)
    wrong = [finding for finding in found if finding.severity == "error"]
    assert bool(wrong) == (changed != before), path.name


def sealed(data: bytes) -> None:
    """A package in which a value was replaced and all checksums were made right again gives findings, or none."""
    files = _mixed_files()
    path, before = files[int.from_bytes(data[:2], "big") % len(files)]
    packed = before[:2] == b"\x1f\x8b"
    plain = gzip.decompress(before) if packed else before
    at = int.from_bytes(data[2:5], "big")
    values = [match.span() for match in _VALUE.finditer(plain)] or [(0, len(plain))]
    begin, end = values[at % len(values)]
    changed = plain[:begin] + data[5:] + plain[end:]
    path.write_bytes(gzip.compress(changed, 1, mtime=0) if packed else changed)
    try:
        seal(_mixed())
        for finding in archiver.verify(_mixed()):
            assert finding.code
    finally:
        path.write_bytes(before)


def container(data: bytes) -> None:
    """Anything that says it is a package in one file, a WARC or a TEI document can be verified."""
    packed = gzip.compress(data, 1, mtime=0)
    for name in ("fuzzed.wacz", "fuzzed.tar", "fuzzed.warc.gz", "fuzzed.xml", "packed.warc.gz"):
        file = _scratch() / name
        file.write_bytes(packed if name.startswith("packed") else data)
        for finding in archiver.verify(file):
            assert finding.code
        file.unlink()


@cache
def _scratch() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="archiver-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _package() -> Path:
    target = _scratch() / "package"
    archiver.export([SAMPLES / "text-place-byline", SAMPLES / "rejects"], target, date=DATE, max_reject_share=1)
    return target


@cache
def _package_files() -> list[tuple[Path, bytes]]:
    """The files of a package, in order, but its schemas, which are many and alike."""
    found = sorted(path for path in _package().rglob("*") if path.is_file() and path.parent.name != "schemas")
    return [(path, path.read_bytes()) for path in found]


@cache
def _mixed() -> Path:
    folder = _scratch() / "mixed"
    folder.mkdir()
    return make_package(folder)


@cache
def _mixed_files() -> list[tuple[Path, bytes]]:
    """The files that a package of several kinds of input is read from, in order."""
    written_by_seal = ("manifest-", "tagmanifest-", "datapackage")
    found = sorted(path for path in _mixed().rglob("*") if path.is_file() and path.parent.name != "schemas")
    return [(path, path.read_bytes()) for path in found if not path.name.startswith(written_by_seal)]


def _named(pattern: str) -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted(SAMPLES.glob(pattern)))


def _scripts() -> Iterator[bytes]:
    for page in _named("*/input.html"):
        for part in page.split(b'<script type="application/ld+json">')[1:]:
            yield part.partition(b"</script>")[0]


def _date_words() -> Iterator[bytes]:
    yield from (
        words.encode()
        for words in (
            "2016-10-21T10:25:00+01:00",
            "Fri, 21 Oct 2016 10:25:00 GMT",
            "Published: 21 October 2016 | Updated 3:15pm EST",
            "Veröffentlicht am 3. März 2019 um 14:05 Uhr",
            "le 1er août 2011 à 9h30",
            "2019年3月4日 10時",
            "12.04.2020",
        )
    )


def _tables() -> Iterator[bytes]:
    yield b"path,title,authors,published,x-mark\r\na.txt,A title,Mara Quill; Tobin Ashe,2016-10-21,7\r\n"
    yield "id;title;language\r\na-0123456789abcdef;Über den Fluss;de\r\n".encode("utf-16")
    yield b'{"path": "a.txt", "title": null, "keywords": ["one", "two"]}\n'


def _changes() -> Iterator[bytes]:
    yield from (bytes([0, number, 0, 0, 9, 1, 0x20]) for number in range(0, 40, 3))


def _values() -> Iterator[bytes]:
    given = (b"1", b'"x"', b"null", b"[]", b"{}", b"-1", b"1e400", b'"2026-13-01"', b"[[1]]", b'{"a":1}', b"")
    yield from (bytes([0, number, 0, 0, 3 * number]) + given[number % len(given)] for number in range(64))


def _containers() -> Iterator[bytes]:
    yield from _named("warc-capture/input.*")
    for suffix in ("wacz", "tar"):
        file = _scratch() / f"seed.{suffix}"
        if not file.exists():
            archiver.convert(_package(), file, to=suffix)
        yield file.read_bytes()
    yield next(_package().glob("data/tei/*.xml")).read_bytes()


Target = Callable[[bytes], None]

#: Name to target, inputs to begin with, and the largest input that is tried.
TARGETS: dict[str, tuple[Target, Callable[[], Iterator[bytes]], int]] = {
    "text": (text, lambda: _named("text-*/input.txt"), 16384),
    "html": (html, lambda: _named("html-*/input.html"), 32768),
    "warc": (warc, lambda: _named("warc-capture/input.*"), 65536),
    "jsonld": (jsonld, _scripts, 16384),
    "dates": (dates, _date_words, 8192),
    "sidecar": (sidecar, _tables, 8192),
    "verify": (verify, _changes, 256),
    "sealed": (sealed, _values, 8192),
    "container": (container, _containers, 65536),
}
