"""A package as one WACZ 1.1.1 file that carries its bag along (https://specs.webrecorder.net/wacz/1.1.1/).

``data/`` becomes the top of the WACZ. The tag files of the bag stand in folders of their own:
``bag/NAME`` for those at the top of the bag, ``bag-FOLDER/NAME`` for ``FOLDER/NAME``. They are one
folder deep, since the public validator refuses what stands deeper. datapackage.json lists them after
everything else, one a line, so that the bag's own datapackage.json is what remains without them.
"""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from archiver.canon import canonical_json, sha256_hex
from archiver.errors import PackageError
from archiver.package import layout
from archiver.package.datapackage import UNLISTED, resource_line
from archiver.package.fixity import digest_file
from archiver.package.sealed_files import SealedFile, sealed_files
from archiver.package.zip_write import DEFLATED, STORED, ZipWriter

_TOP = "bag/"
_FOLDER = "bag-"
_CARRIED = re.compile(rf"(?:{_TOP}|{_FOLDER}[^/]+/)[^/]+")
_PAYLOAD = f"{layout.DATA}/"
#: How datapackage.json ends, and what stands between its resources.
_END = b"\n]}\n"
_BETWEEN = b",\n"
_COMPRESSED = (".gz", ".zip", ".png", ".jpg", ".jpeg", ".webp", ".zst")


def carried_name(tag_file: str) -> str:
    """Return where a tag file of the bag stands in the WACZ."""
    folder, slash, name = tag_file.rpartition("/")
    return f"{_FOLDER}{urllib.parse.quote(folder, safe='')}/{name}" if slash else f"{_TOP}{name}"


def tag_file_of(name: str) -> str | None:
    """Return which tag file of the bag a member of a WACZ is, None if it belongs to ``data/``."""
    if not _CARRIED.fullmatch(name):
        return None
    if name.startswith(_TOP):
        return name.removeprefix(_TOP)
    folder, _, last = name.removeprefix(_FOLDER).partition("/")
    return f"{urllib.parse.unquote(folder)}/{last}"


def write_wacz(bag: Path, file: BinaryIO) -> None:
    """Write the package at ``bag`` as a WACZ into ``file``, which was opened for reading and writing.

    WARC files and what else is compressed are stored, the rest is deflated; members in bytewise
    order of their names. Same package, same bytes. Every file is compared with the manifests on the
    way. Raises FixityError for a package that is not whole, PackageError, OSError.
    """
    members = _members(sealed_files(bag))
    described = b"".join(_described(bag, members))
    digest = digest_statement(described)
    own = {layout.DATAPACKAGE: described, layout.DATAPACKAGE_DIGEST: digest}
    archive = ZipWriter(file)
    for name, member in members:
        content = own.get(name)
        if content is not None:
            archive.add(name, (content,), len(content), method=DEFLATED)
            _read_through(member)
        else:
            archive.add(name, member.pieces(), member.size, method=method_of(name))
    archive.close()


def method_of(name: str) -> int:
    """Return how a file is packed: WARC files and what is compressed already are stored."""
    return STORED if name.endswith((".warc", *_COMPRESSED)) else DEFLATED


def digest_statement(datapackage: bytes) -> bytes:
    """Return datapackage-digest.json for a datapackage.json."""
    return canonical_json({"path": layout.DATAPACKAGE, "hash": f"sha256:{sha256_hex(datapackage)}"}) + b"\n"


def without_carried(datapackage: bytes) -> bytes:
    """Return the datapackage.json of the bag from that of the WACZ: the same without the tag files.

    Raises ValueError if a line is no resource.
    """
    body = datapackage.removesuffix(_END)
    kept = [line for line in body.split(_BETWEEN) if tag_file_of(_path_of(line)) is None]
    return _BETWEEN.join(kept) + (_END if body != datapackage else b"")


def _path_of(line: bytes) -> str:
    """Return the path of a resource; of the first, which stands below the head, as well."""
    value = json.loads(line.rpartition(b"\n")[2])
    path = value.get("path") if isinstance(value, dict) else None
    return path if isinstance(path, str) else ""


def _members(files: Iterable[SealedFile]) -> Sequence[tuple[str, SealedFile]]:
    members = []
    for file in files:
        inside = file.path.removeprefix(_PAYLOAD)
        if inside == file.path:
            inside = carried_name(file.path)
        elif tag_file_of(inside) is not None:
            advice = "folders that begin with bag are for the tag files of the bag"
            raise PackageError("a file of data/ has a name that a WACZ keeps", place=file.path, advice=advice)
        members.append((inside, file))
    return sorted(members, key=lambda member: member[0].encode("utf-8"))


def _described(bag: Path, members: Iterable[tuple[str, SealedFile]]) -> Iterator[bytes]:
    path = bag / layout.DATA / layout.DATAPACKAGE
    before = path.read_bytes()
    if not before.endswith(_END):
        advice = "only packages of archiver can become a WACZ"
        raise PackageError("datapackage.json is not written as archiver writes it", place=str(path), advice=advice)
    yield before.removesuffix(_END)
    names: set[str] = set()
    for name, file in members:
        if not file.path.startswith(_PAYLOAD):
            yield _BETWEEN + resource_line(name, digest_file(bag / file.path), names)
    yield _END


def _read_through(member: SealedFile) -> None:
    """Compare a file that is not taken over as it is; datapackage-digest.json is made anew as well."""
    assert member.path.removeprefix(_PAYLOAD) in UNLISTED
    for _ in member.pieces():
        pass
