"""What a package tells of the run that made it, and which software that was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from archiver.errors import PackageError
from archiver.model.outcome import Finding
from archiver.model.verdict import Profile
from archiver.package import layout
from archiver.package.atomic import package_error
from archiver.package.bag_read import Line, decode_manifest_path, read_info, read_manifest
from archiver.package.datapackage import UNLISTED
from archiver.package.digests import Digests
from archiver.package.fixity import FileDigest
from archiver.package.run_facts import (
    NAME,
    OF_ARCHIVE,
    OF_DERIVED,
    SOFTWARE,
    Rules,
    files_of_the_user,
    rules_in_words,
    rules_of_words,
    warcinfo_fields,
)
from archiver.version import __version__
from archiver.warc.record import ScannedRecord, WarcLimits
from archiver.warc.scan import scan_file
from archiver.warc.write import warcinfo

_AGENT = "Bag-Software-Agent"
_ORGANIZATION = "Source-Organization"
_BLOCK = 1 << 20
#: Agents stand at the end of premis.xml; of all that they say of themselves this is many times the length.
_AGENTS = 1 << 16
_NOTE = re.compile(rb"<agentNote>([^<]*)</agentNote>")
_PROFILE = re.compile(rf"profile ({'|'.join(Profile)})$")
_INFO_LIMITS = WarcLimits(block_bytes=1 << 20)
_UNKNOWN_RULES = Rules("unknown", "0" * 64)
_TAG_FILES = re.compile(
    r"README\.txt|bagit\.txt|bag-info\.txt|(?:tag)?manifest-sha(?:256|512)\.txt|schemas/[^/]+"
    r"|metadata/(?:dc\.xml|premis(?:-\d{5,})?\.xml|bagit-profile\.json)"
)
_DATA_FILES = re.compile(
    r"(?:archive|derived)/articles-\d+-\d{5,}\.warc\.gz|indexes/index\.(?:cdxj|cdx\.gz|idx)|pages/pages\.jsonl"
    r"|tei/(?:a-[0-9a-f]{16,64}|corpus)\.xml|datapackage(?:-digest)?\.json|removed/ledger\.jsonl"
    r"|metadata/(?:articles\.jsonld?|sources\.jsonl|base\.json|unchanged\.jsonl)|rejected/rejects\.jsonl"
)


@dataclass(frozen=True, slots=True)
class RunTold:
    """The run that made a package, as the first ``warcinfo`` of ``derived/`` and, for the rest, PREMIS tells of it."""

    root: Path
    date: str
    organization: str | None
    rules: str
    notes: tuple[str, ...]
    infos: tuple[bytes, ...]
    """Blocks of the ``warcinfo`` records that the run writes: in ``archive/`` and in ``derived/``."""
    sources: int
    rejects: int
    name: str = NAME
    version: str = __version__

    def digests(self) -> Digests:
        """Return the digests of the files of ``data/`` as the manifests have them, in the order of sealing.

        Raises PackageError.
        """
        found, last = Digests(), dict[str, FileDigest]()
        manifests = (_listed(self.root, "manifest-sha256.txt"), _listed(self.root, "manifest-sha512.txt"))
        try:
            for (path, sha256), (other, sha512) in zip(*manifests, strict=True):
                if path != other:
                    raise ValueError(f"{path!r} stands in one of them where {other!r} stands in the other")
                size = (self.root / path).stat().st_size
                name, digest = path.removeprefix(f"{layout.DATA}/"), FileDigest(size, sha256, sha512)
                if name in UNLISTED:
                    last[name] = digest
                else:
                    found.add(name, digest)
        except ValueError as error:
            raise PackageError(f"the manifests do not list the same files: {error}", place=str(self.root)) from error
        except OSError as error:
            raise package_error(error, self.root, "look at a file that is listed") from error
        for name in (layout.DATAPACKAGE, layout.DATAPACKAGE_DIGEST):
            if name in last:
                found.add(name, last[name])
        return found

    def unknown_files(self, listed: Digests) -> Iterator[Finding]:
        """Yield the files that no package of this version has; ``listed`` are those of ``data/``."""
        outside = (path for path in _beside(self.root) if not _TAG_FILES.fullmatch(path))
        inside = (f"{layout.DATA}/{path}" for path in listed if not _DATA_FILES.fullmatch(path))
        for path in (*outside, *inside):
            message = f"{SOFTWARE} writes no such file"
            advice = "look at what it is; it is no part of the package"
            yield Finding("package.file-unknown", message, file=path, advice=advice)


def run_told(root: Path) -> RunTold | None:
    """Return what the package at ``root`` tells of its run if this version made it, else None.

    The three places that tell the software have to be changed together by who wants it to look like that of
    another version; :func:`check_software` finds whoever forgets one. Raises PackageError, OSError.
    """
    if SOFTWARE not in software_told(root).values():
        return None
    first = _first_info(root)
    said = _fields(first.block) if first is not None else {}
    version, _, digest = said.get("rules", "").rpartition(" sha256:")
    words, *more = _agent_notes(root) or [""]
    rules = Rules(version, digest) if version else rules_of_words(words) or _UNKNOWN_RULES
    date = first.date if first is not None else None
    organization = said.get("operator") if first is not None else _labels(root).get(_ORGANIZATION)
    notes = tuple(more) if files_of_the_user(tuple(more)) is not None else ()
    profile = _PROFILE.search(words)
    return RunTold(
        root=root,
        date=date or str(_described(root).get("created")),
        organization=organization,
        rules=rules_in_words(rules, profile[1] if profile else Profile.BALANCED.value),
        notes=notes,
        infos=tuple(
            warcinfo(warcinfo_fields(what, organization=organization, rules=rules), record_id="", date="").block
            for what in (OF_ARCHIVE, OF_DERIVED)
        ),
        sources=_lines(root / layout.DATA / layout.SOURCES),
        rejects=_lines(root / layout.DATA / layout.REJECTS),
    )


def software_told(root: Path) -> dict[str, str]:
    """Return which software made the package, by the file that tells it. Raises PackageError, OSError."""
    first = _first_info(root)
    product = _fields(first.block).get("software", "") if first is not None else ""
    told = {
        "bag-info.txt": _labels(root).get(_AGENT, ""),
        f"{layout.DATA}/{layout.DATAPACKAGE}": str(_described(root).get("software", "")),
        f"{layout.DATA}/{layout.DERIVED}": product.replace("/", " "),
    }
    return {file: software for file, software in told.items() if software}


def check_software(root: Path) -> Iterator[Finding]:
    """Yield a finding where two places tell of two kinds of software. Raises PackageError, OSError."""
    told = software_told(root)
    first = next(iter(told.values()), "")
    for file, software in told.items():
        if software != first:
            message = f"it says that {software[:80]!r} made the package, {next(iter(told))} says {first[:80]!r}"
            yield Finding("package.software-differs", message, file=file)


def _labels(root: Path) -> dict[str, str]:
    if not (root / "bag-info.txt").is_file():
        return {}
    return dict(item for item in read_info(root, "bag-info.txt", "utf-8") if not isinstance(item, Finding))


def _first_info(root: Path) -> ScannedRecord | None:
    path = next(iter(layout.warc_files(root / layout.DATA, layout.DERIVED)), None)
    if path is None or not path.is_file():
        return None
    with path.open("rb") as file:
        first = next(scan_file(file, name=path.name, limits=_INFO_LIMITS), None)
    return first if isinstance(first, ScannedRecord) and first.type == "warcinfo" else None


def _fields(block: bytes) -> dict[str, str]:
    lines = (line.partition(": ") for line in block.decode("utf-8", "replace").split("\r\n"))
    return {name: value for name, mark, value in lines if mark}


def _described(root: Path) -> Mapping[str, object]:
    """Return datapackage.json without its resources where they stand on lines of their own, as archiver writes it."""
    path = root / layout.DATA / layout.DATAPACKAGE
    try:
        with path.open("rb") as file:
            head = file.readline(_BLOCK)
        value = json.loads(head + b"]}" if head.endswith(b'"resources":[\n') else path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}  # the check of the WACZ tells
    return value if isinstance(value, dict) else {}


def _agent_notes(root: Path) -> list[str]:
    path = root / layout.PREMIS
    if not path.is_file():
        return []
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _AGENTS))
        return [unescape(note.decode("utf-8", "replace")) for note in _NOTE.findall(file.read())]


def _lines(path: Path) -> int:
    if not path.is_file():
        return 0
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))


def _listed(root: Path, name: str) -> Iterator[tuple[str, str]]:
    for item in read_manifest(root, name, "utf-8"):
        if isinstance(item, Line):
            yield decode_manifest_path(item.path), item.digest


def _beside(root: Path) -> list[str]:
    """Return the files beside ``data/``."""
    tops = sorted(path for path in root.iterdir() if path.name != layout.DATA)
    files = (file for top in tops for file in ([top] if top.is_file() else top.rglob("*")) if file.is_file())
    return sorted(layout.relative(file, root) for file in files)
