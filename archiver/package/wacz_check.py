"""Checking what makes a folder a WACZ 1.1.1 (https://specs.webrecorder.net/wacz/1.1.1/)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from archiver.canon import sha256_hex
from archiver.model.outcome import Finding, Severity
from archiver.package import layout
from archiver.package.datapackage import PROFILE, UNLISTED
from archiver.package.fixity import Depth, hash_file, regular_files
from archiver.package.pages import PAGES_FORMAT

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
#: RFC 3339 date-time with any offset.
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)")
#: Of WACZ 1.2.0, a draft, which has no wacz_version any more.
_NEW_PROFILE = "wacz"
PROFILES = (PROFILE, _NEW_PROFILE)
#: What may stand in the folders of the standard; everything else has to stand elsewhere.
_KINDS = {
    f"{layout.ARCHIVE}/": (".warc", ".warc.gz", ".arc", ".arc.gz"),
    "indexes/": (".cdx", ".cdxj", ".cdx.gz", ".cdxj.gz", ".idx"),
    "pages/": (".jsonl", ".jsonl.gz"),
}
_ADVICE = "get the file from another copy of the package"


def check_datapackage(
    data: Path,
    *,
    depth: Depth = Depth.FULL,
    known_sha256: Mapping[str, str] | None = None,
    profiles: Sequence[str] = PROFILES,
) -> Iterator[Finding]:
    """Yield what is wrong with datapackage.json and datapackage-digest.json of ``data``.

    FULL compares digests; ``known_sha256`` (path relative to ``data`` to hexadecimal) spares reading
    files that were just hashed. ``profiles`` are those that may be. Raises OSError.
    """
    name = f"{layout.DATA}/{layout.DATAPACKAGE}"
    path = data / layout.DATAPACKAGE
    if not path.is_file():
        yield Finding("wacz.datapackage-missing", "a WACZ must have datapackage.json", file=name)
        return
    raw = path.read_bytes()
    yield from _check_digest_file(data, sha256_hex(raw))
    try:
        described = json.loads(raw)
    except (ValueError, RecursionError) as error:
        yield Finding("wacz.datapackage-invalid", f"datapackage.json is no JSON: {error}", file=name)
        return
    resources = described.get("resources") if isinstance(described, dict) else None
    if not isinstance(resources, list):
        message = "datapackage.json has no list of resources"
        yield Finding("wacz.datapackage-invalid", message, file=name, pointer="/resources")
        return
    profile, version = described.get("profile"), described.get("wacz_version")
    if profile not in profiles:
        yield Finding("wacz.profile", f'"profile" is not {PROFILE!r}', file=name, pointer="/profile")
    unversioned = profile == _NEW_PROFILE and _NEW_PROFILE in profiles and version is None
    if not unversioned and (not isinstance(version, str) or not version.startswith("1.")):
        yield Finding("wacz.version", f"WACZ version {version!r} is not known", file=name, pointer="/wacz_version")
    yield from _check_resources(data, resources, depth, known_sha256 or {})


def _check_digest_file(data: Path, actual: str) -> Iterator[Finding]:
    name = f"{layout.DATA}/{layout.DATAPACKAGE_DIGEST}"
    path = data / layout.DATAPACKAGE_DIGEST
    if not path.is_file():
        message = "there is no digest of datapackage.json"
        yield Finding("wacz.digest-missing", message, file=name, severity=Severity.WARNING)
        return
    try:
        statement = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        statement = None
    if not isinstance(statement, dict) or statement.get("path") != layout.DATAPACKAGE:
        yield Finding("wacz.digest-invalid", "the file does not name datapackage.json", file=name)
    elif statement.get("hash") != f"sha256:{actual}":
        message = f"datapackage.json has changed: expected {statement.get('hash')}, it is sha256:{actual}"
        yield Finding("wacz.digest-mismatch", message, file=name, advice=_ADVICE)
    if isinstance(statement, dict) and "signedData" in statement:
        message = "the signature was not checked"
        yield Finding("wacz.signature-unchecked", message, file=name, pointer="/signedData", severity=Severity.NOTE)


def _check_resources(data: Path, resources: list[object], depth: Depth, known: Mapping[str, str]) -> Iterator[Finding]:
    name = f"{layout.DATA}/{layout.DATAPACKAGE}"
    sizes = regular_files(data)
    seen: set[str] = set()
    for index, resource in enumerate(resources):
        pointer = f"/resources/{index}"
        path = resource.get("path") if isinstance(resource, dict) else None
        if not isinstance(resource, dict) or not isinstance(path, str) or not layout.is_inside(_bytes(path)):
            message = f"the resource has no path inside the package: {path!r}"
            yield Finding("wacz.resource-invalid", message, file=name, pointer=pointer)
            continue
        file = f"{layout.DATA}/{path}"
        if not isinstance(resource.get("name"), str) or not resource["name"]:
            yield Finding("wacz.resource-name", f"the resource {path!r} has no name", file=name, pointer=pointer)
        if path in seen:
            yield Finding("wacz.resource-twice", f"{path!r} is listed twice", file=name, pointer=pointer)
            continue
        seen.add(path)
        if path not in sizes:
            message = "the file is listed in datapackage.json and not there"
            yield Finding("wacz.resource-missing", message, file=file, pointer=pointer, advice=_ADVICE)
            continue
        if resource.get("bytes") != sizes[path]:
            message = f"datapackage.json says {resource.get('bytes')} bytes, the file has {sizes[path]}"
            yield Finding("wacz.resource-size", message, file=file, pointer=pointer, advice=_ADVICE)
        if depth is Depth.QUICK:
            continue
        stated = resource.get("hash")
        if not isinstance(stated, str) or not _DIGEST.fullmatch(stated):
            message = f"the hash {stated!r} is not sha256: and 64 lower-case digits"
            yield Finding("wacz.resource-invalid", message, file=name, pointer=f"{pointer}/hash")
            continue
        actual = known.get(path) or hash_file(data / path, ("sha256",))[1]["sha256"]
        if stated != f"sha256:{actual}":
            message = f"the file has changed: datapackage.json says {stated}, it is sha256:{actual}"
            yield Finding("wacz.resource-digest", message, file=file, pointer=pointer, advice=_ADVICE)
    for path in sizes:
        if path not in seen and path not in UNLISTED:
            message = "the file is not listed in datapackage.json"
            yield Finding("wacz.resource-unlisted", message, file=f"{layout.DATA}/{path}")
        if any(path.startswith(folder) and not path.endswith(kinds) for folder, kinds in _KINDS.items()):
            message = "files of this kind do not belong into this folder"
            yield Finding("wacz.custom-file", message, file=f"{layout.DATA}/{path}")


def _bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogatepass")


def check_pages(data: Path) -> Iterator[Finding]:
    """Yield what is wrong with ``data/pages/pages.jsonl``. Raises OSError."""
    name = f"{layout.DATA}/{layout.PAGES}"
    path = data / layout.PAGES
    if not path.is_file():
        yield Finding("wacz.pages-missing", "a WACZ must have pages/pages.jsonl", file=name)
        return
    with path.open("rb") as file:
        header = _object(file.readline())
        if header is None or header.get("format") != PAGES_FORMAT or not header.get("id"):
            message = f'the first line is not a header with "format": "{PAGES_FORMAT}"'
            yield Finding("wacz.pages-header", message, file=name, line=1)
        for number, line in enumerate(file, start=2):
            if not line.strip():
                continue
            page = _object(line)
            if page is None:
                yield Finding("wacz.pages-line", "the line is no JSON object", file=name, line=number)
                continue
            if not isinstance(page.get("url"), str) or not page["url"]:
                yield Finding("wacz.pages-line", "the page has no url", file=name, line=number, pointer="/url")
            moment = page.get("ts")
            if not isinstance(moment, str) or not _TIMESTAMP.fullmatch(moment):
                message = "the page has no RFC 3339 timestamp"
                yield Finding("wacz.pages-line", message, file=name, line=number, pointer="/ts")


def _object(line: bytes) -> dict[str, object] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
