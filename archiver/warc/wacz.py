"""The records in a WACZ (1.1.1, 1.2.0; https://specs.webrecorder.net/wacz/): those of the WARC files in ``archive/``.

Nothing is unpacked to the disk, so names lead nowhere; what swells beyond all measure is not read.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from archiver.errors import UnreadableError
from archiver.model.outcome import Finding
from archiver.opening import open_regular
from archiver.warc.record import DEFAULT_LIMITS, ScannedRecord, WarcLimits
from archiver.warc.scan import scan, scan_file

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_WARC = re.compile(r"archive/[^/\x00-\x1f]+\.w?arc(?:\.gz)?", re.IGNORECASE)
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
#: What the standard library raises for files that are cut, changed, made to harm, or of a later version.
_FAULTS = (struct.error, EOFError, ValueError, RuntimeError, OverflowError)
_ENCRYPTED = 1
#: Bytes of the longest directory that is looked through for stretches; that of an ordinary WACZ has some thousand.
_DIRECTORY = 1024 * 1024
#: Bytes of a local file header before the name.
_LOCAL_HEADER = 30
#: A small file may swell as it likes.
_RATIO_FROM = 1024 * 1024
_ADVICE = "get the file again from its source"


def is_zip(path: Path) -> bool:
    """Tell whether the file at ``path`` begins as a ZIP file does. Raises UnreadableError."""
    try:
        with open_regular(path) as file:
            return file.read(4) in MAGIC
    except OSError as error:
        raise _unreadable(path.name, error) from error


def scan_container(
    path: Path, *, name: str = "", limits: WarcLimits = DEFAULT_LIMITS
) -> Iterator[ScannedRecord | Finding]:
    """Do what :func:`archiver.warc.scan.scan` does, for WACZ files too.

    WARC files in a WACZ come in bytewise order of their names, and the ordinals of records go on from one to the
    next; offsets are those in the WARC file. Findings name it behind the name of the WACZ. Raises UnreadableError.
    """
    shown = name or path.name
    if not is_zip(path):
        yield from scan(path, name=shown, limits=limits)
        return
    try:
        with open_regular(path) as file, _opened(file) as archive:
            yield from _scan_members(archive, shown, limits)
    except zipfile.BadZipFile as error:
        yield Finding("container.damaged", f"the ZIP file is damaged: {error}", shown, advice=_ADVICE)
    except OSError as error:
        raise _unreadable(shown, error) from error


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    """Open a ZIP file. Raises BadZipFile for whatever is wrong with its directory, OSError."""
    try:
        return zipfile.ZipFile(file)
    except _FAULTS as error:
        raise zipfile.BadZipFile(str(error)) from error


def _opened_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    try:
        return cast("BinaryIO", archive.open(info))
    except _FAULTS as error:
        raise zipfile.BadZipFile(str(error)) from error


def stretches(path: Path) -> Iterator[tuple[int, int]]:
    """Yield first byte and size of each WARC file that lies in the file as it is, in the order of their records.

    Of a WARC file that is all of it. A WACZ stores its WARC files unpacked (1.1.1, section 5.2.2); what follows on
    one that is packed or cannot be read is left out, as are more bytes than the file has, and all where there are
    very many files. Raises UnreadableError.
    """
    try:
        with open_regular(path) as file:
            size = file.seek(0, 2)
            if not is_zip(path):
                yield 0, size
                return
            with _opened(cast("BinaryIO", _Brief(file))) as archive:
                for info in _warcs(archive):
                    start = _start(file, info)
                    size -= info.compress_size
                    if start < 0 or size < 0:
                        return
                    yield start, info.compress_size
    except zipfile.BadZipFile:
        return
    except OSError as error:
        raise _unreadable(path.name, error) from error


class _Brief:
    """A file of which no large piece can be read, such as a directory of a million names."""

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self._read = file.seek, file.tell, file.read

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._read(_DIRECTORY + 1 if size < 0 else min(size, _DIRECTORY + 1))
        if len(data) > _DIRECTORY:
            raise zipfile.BadZipFile("its directory is too large to be looked through")
        return data


def _start(file: BinaryIO, info: zipfile.ZipInfo) -> int:
    """Return where the bytes of a member begin, -1 if they are not there as they are (APPNOTE.TXT 4.3.7)."""
    if info.compress_type != zipfile.ZIP_STORED or _reason_to_refuse(info, DEFAULT_LIMITS):
        return -1
    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or header[:4] != MAGIC[0]:
        return -1
    name, extra = struct.unpack_from("<HH", header, _LOCAL_HEADER - 4)
    return info.header_offset + _LOCAL_HEADER + int(name) + int(extra)


def _warcs(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    found = [info for info in archive.infolist() if _WARC.fullmatch(info.filename)]
    return sorted(found, key=lambda info: info.filename.encode("utf-8", "surrogatepass"))


def _scan_members(archive: zipfile.ZipFile, name: str, limits: WarcLimits) -> Iterator[ScannedRecord | Finding]:
    records = 0
    for info in _warcs(archive):
        shown = f"{name}/{info.filename}"
        reason = _reason_to_refuse(info, limits)
        if reason:
            yield Finding("container.member-refused", reason, shown, advice=_ADVICE)
            continue
        try:
            with _opened_member(archive, info) as file:
                for item in scan_file(file, name=shown, limits=limits):
                    if isinstance(item, ScannedRecord):
                        yield replace(item, index=records)
                        records += 1
                    else:
                        yield item
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            yield Finding("container.damaged", f"it cannot be unpacked to its end: {error}", shown, advice=_ADVICE)


def _reason_to_refuse(info: zipfile.ZipInfo, limits: WarcLimits) -> str:
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    if info.compress_type not in _METHODS:
        return f"its compression, method {info.compress_type}, is not read"
    if info.file_size > max(info.compress_size * limits.entity_ratio, _RATIO_FROM):
        return f"{info.compress_size} bytes would swell to {info.file_size}"
    return ""


def _unreadable(name: str, error: OSError) -> UnreadableError:
    advice = "check permissions and the storage device"
    return UnreadableError(f"the file cannot be read: {error.strerror}", place=name, advice=advice)
