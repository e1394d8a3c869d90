"""Checking anybody's bag, BagIt 0.93 to 1.0 (RFC 8493): strict, and every finding names its file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from archiver.digits import read_number
from archiver.model.outcome import Finding, Severity
from archiver.package import bag_read
from archiver.package.bag_files import BagFiles, is_system_file
from archiver.package.bag_hash import Hashed, HashFiles
from archiver.package.bag_read import Declaration, found
from archiver.package.fixity import Depth

_MANIFEST = re.compile(r"(tag)?manifest-([A-Za-z0-9_-]+)\.txt")
_OXUM = re.compile(r"(\d+)\.(\d+)")
#: A percent sign that is none of the three escapes of RFC 8493 section 2.1.3.
_RAW_PERCENT = re.compile(r"%(?!0[AaDd]|25)")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_WEAK = frozenset({"md5", "sha1"})
#: A bag that does not say what it is has been told so; its manifests still tell whether its files are whole.
_ASSUMED = Declaration((0, 97), "utf-8")
#: Name in a manifest's file name, lower case without punctuation, to name in hashlib.
_ALGORITHMS = {
    "md5": "md5",
    "sha1": "sha1",
    "sha224": "sha224",
    "sha256": "sha256",
    "sha384": "sha384",
    "sha512": "sha512",
    "sha3224": "sha3_224",
    "sha3256": "sha3_256",
    "sha3384": "sha3_384",
    "sha3512": "sha3_512",
    "blake2b": "blake2b",
    "blake2s": "blake2s",
}
#: Small files are read together, this many bytes at a time; opening a file costs about as much as reading so many.
_BATCH = 8 * 1024 * 1024
_FILE_COST = 32 * 1024


@dataclass(slots=True)
class _Manifest:
    """One manifest, its paths resolved to files of the bag."""

    name: str
    algorithm: str
    is_tag: bool
    digests: dict[str, bytes] = field(default_factory=dict)
    """File of the bag to expected digest."""


class BagCheck:
    """The check of one bag, in two steps, so that who knows more of it can share out the reading of all files."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files = BagFiles()
        self._manifests: list[_Manifest] = []

    def structure(self) -> Iterator[Finding]:
        """Yield what is wrong with declaration, names, sizes and lists. Raises OSError if nothing can be listed."""
        root, files = self._root, self._files
        declaration, findings = bag_read.read_declaration(root)
        yield from findings
        if declaration is None:
            declaration = _ASSUMED
        yield from files.look(root)
        if not (root / "data").is_dir():
            yield Finding("bag.payload-missing", "there is no folder data/", file="data")
        elif not files.payload:
            yield Finding("bag.payload-empty", "the bag has no payload file", file="data", severity=Severity.WARNING)
        for name in sorted(files.sizes):
            match = _MANIFEST.fullmatch(name)
            if match is None:
                continue
            algorithm = _ALGORITHMS.get(re.sub(r"[-_]", "", match[2]).lower())
            if algorithm is None:
                yield Finding("bag.algorithm-unknown", f"unknown checksum algorithm {match[2]!r}", file=name)
                continue
            manifest = _Manifest(name, algorithm, is_tag=match[1] is not None)
            yield from _read(root, manifest, declaration, files)
            self._manifests.append(manifest)
        yield from _check_strength(self._manifests)
        yield from _check_completeness(self._manifests, declaration, files)
        yield from _check_fetch(root, declaration, files, self._manifests)
        yield from _check_info(root, declaration, files)

    def tasks(self) -> list[HashFiles]:
        """Return the files to be read, each of them once; to be called after :meth:`structure`."""
        batches: list[HashFiles] = []
        batch: list[tuple[str, tuple[str, ...]]] = []
        size = 0
        for path in sorted(self._files.sizes):
            algorithms = tuple(sorted({one.algorithm for one in self._manifests if path in one.digests}))
            if not algorithms:
                continue
            batch.append((path, algorithms))
            size += self._files.sizes[path] + _FILE_COST
            if size >= _BATCH:
                batches.append(HashFiles(tuple(batch), size))
                batch, size = [], 0
        return [*batches, HashFiles(tuple(batch), size)] if batch else batches

    def compare(self, hashed: Hashed) -> Iterator[Finding]:
        """Yield what is wrong with the files of one task."""
        for path, digests in hashed.files:
            if isinstance(digests, str):
                yield Finding("bag.file-unreadable", f"the file cannot be read: {digests}", file=path)
                continue
            for manifest in self._manifests:
                expected = manifest.digests.get(path)
                if expected is not None and digests[manifest.algorithm] != expected.hex():
                    is_now = digests[manifest.algorithm]
                    message = f"the file has changed: {manifest.name} says {expected.hex()}, it is {is_now}"
                    advice = "get the file from another copy of the bag"
                    yield Finding("bag.checksum-mismatch", message, file=path, advice=advice)


def check_bag(root: Path, *, depth: Depth = Depth.FULL) -> Iterator[Finding]:
    """Yield everything that is wrong with the bag at ``root``; nothing of error severity means valid.

    QUICK looks at structure, names and sizes; FULL also reads every byte, each file once. Accepts
    what RFC 8493 calls a valid bag and the drafts 0.93 to 0.97; what is allowed but risky is a
    warning. Never follows links or fetches anything. Raises OSError if the folder itself cannot be
    listed.
    """
    check = BagCheck(root)
    yield from check.structure()
    for task in check.tasks() if depth is Depth.FULL else ():
        yield from check.compare(task.run(root))


def _read(root: Path, manifest: _Manifest, declaration: Declaration, files: BagFiles) -> Iterator[Finding]:
    """Read one manifest into ``manifest.digests``; yield what is wrong with its lines."""
    strict = declaration.version >= (1, 0)
    size = hashlib.new(manifest.algorithm, usedforsecurity=False).digest_size
    written: dict[str, bytes] = {}
    for item in bag_read.read_manifest(root, manifest.name, declaration.encoding):
        if isinstance(item, Finding):
            yield item
            continue
        name, number = manifest.name, item.number
        if len(item.digest) != 2 * size:
            message = f"{item.path!r}: {len(item.digest)} digits are no {manifest.algorithm} checksum of {2 * size}"
            yield found("bag.manifest-syntax", message, name, line=number)
            continue
        if manifest.is_tag and item.path.startswith(("data/", "tagmanifest-")):
            message = f"a tag manifest lists tag files only, not {item.path!r}"
            yield found("bag.tag-manifest-scope", message, name, line=number)
            continue
        if not manifest.is_tag and not item.path.startswith("data/"):
            message = f"a payload manifest lists files in data/ only, not {item.path!r}"
            yield found("bag.manifest-scope", message, name, line=number)
            continue
        digest = bytes.fromhex(item.digest)
        before = written.setdefault(item.path, digest)
        if item.path in manifest.digests or before is not digest:
            same = before == digest
            code = "bag.listed-twice" if same else "bag.listed-twice-differently"
            severity = Severity.WARNING if same and not strict else Severity.ERROR
            yield found(code, f"{item.path!r} is listed more than once", name, line=number, severity=severity)
            continue
        path, finding = _resolve(item, manifest.name, digest, files, manifest.digests, strict=strict)
        if finding:
            yield finding
        if path:
            manifest.digests.setdefault(path, digest)


def _resolve(
    line: bag_read.Line, name: str, digest: bytes, files: BagFiles, seen: dict[str, bytes], *, strict: bool
) -> tuple[str | None, Finding | None]:
    """Find the file that a manifest line means.

    Old and careless bags write ``%`` as it is, on file systems that fold case or compose characters
    the name in the manifest can differ from the name on the disk.
    """
    decoded = bag_read.decode_manifest_path(line.path)
    for candidate in (decoded, line.path) if strict else (line.path, decoded):
        if candidate in files.sizes:
            if strict and (candidate != decoded or _RAW_PERCENT.search(line.path)):
                message = f"{line.path!r} is written without percent-encoding of %"
                return candidate, found("bag.percent", message, name, line=line.number, severity=Severity.WARNING)
            return candidate, None
    composed = files.same_but_for_normalization(decoded)
    if composed is not None and seen.get(composed, digest) == digest:
        message = f"{line.path!r} differs from the name on the disk in Unicode normalization"
        return composed, found("bag.name-normalization", message, name, line=line.number, severity=Severity.WARNING)
    folded = files.same_but_for_case(decoded)
    if folded is not None and not strict and seen.get(folded, digest) == digest:
        message = f"{line.path!r} differs from the name on the disk in case"
        return folded, found("bag.name-case", message, name, line=line.number, severity=Severity.WARNING)
    if not strict and is_system_file(decoded):
        files.lost += 1
        message = f"{line.path!r}, made by an operating system, is listed and not there"
        return None, found("bag.system-file", message, name, line=line.number, severity=Severity.WARNING)
    message = f"listed in {name}, line {line.number}, and not in the bag"
    advice = "get the file from another copy of the bag"
    return None, found("bag.file-missing", message, decoded, advice=advice)


def _check_strength(manifests: list[_Manifest]) -> Iterator[Finding]:
    algorithms = {manifest.algorithm for manifest in manifests if not manifest.is_tag}
    if algorithms and algorithms <= _WEAK:
        names = " and ".join(sorted(algorithms))
        message = f"{names} protects against accidents, not against intent"
        yield Finding("bag.algorithm-weak", message, severity=Severity.NOTE)


def _check_completeness(manifests: list[_Manifest], declaration: Declaration, files: BagFiles) -> Iterator[Finding]:
    """From 1.0 on every payload manifest lists every payload file, before that one of them is enough."""
    payload = [manifest for manifest in manifests if not manifest.is_tag]
    if not payload:
        yield found("bag.manifest-missing", "there is no payload manifest that can be used", "manifest-sha512.txt")
        return
    for tags in manifests:
        for manifest in payload if tags.is_tag else ():
            if manifest.name not in tags.digests:
                severity = Severity.ERROR if declaration.version >= (1, 0) else Severity.WARNING
                message = f"{tags.name} does not list {manifest.name}, so nothing vouches for it"
                yield found("bag.tag-manifest-incomplete", message, manifest.name, severity=severity)
    advice = "remove the file if it does not belong to the bag, or make the bag anew"
    if declaration.version >= (1, 0):
        for manifest in payload:
            for path in sorted(files.payload - manifest.digests.keys()):
                message = f"the file is in the bag and not listed in {manifest.name}"
                yield Finding("bag.file-extra", message, file=path, advice=advice)
        return
    listed = set().union(*(manifest.digests for manifest in payload))
    for path in sorted(files.payload - listed):
        yield Finding("bag.file-extra", "the file is in the bag and in no manifest", file=path, advice=advice)


def _check_fetch(
    root: Path, declaration: Declaration, files: BagFiles, manifests: list[_Manifest]
) -> Iterator[Finding]:
    if "fetch.txt" not in files.sizes:
        return
    message = "some of the payload is to be fetched from elsewhere; nothing was fetched"
    advice = "complete the bag before you rely on it"
    yield Finding("bag.fetch", message, file="fetch.txt", severity=Severity.WARNING, advice=advice)
    listed = set().union(*(manifest.digests for manifest in manifests if not manifest.is_tag))
    for item in bag_read.read_fetch(root, declaration.encoding):
        if isinstance(item, Finding):
            yield item
            continue
        path = bag_read.decode_manifest_path(item.path)
        name, number = "fetch.txt", item.number
        if path not in files.sizes:
            yield found("bag.fetch-incomplete", f"{path!r} has not been fetched", name, line=number, advice=advice)
        elif item.size is not None and files.sizes[path] != item.size:
            message = f"{path!r} has {files.sizes[path]} bytes, {item.size} are declared"
            yield found("bag.fetch-size", message, name, line=number, severity=Severity.WARNING)
        if path in files.sizes and path not in listed:
            yield found("bag.fetch-unlisted", f"{path!r} is in no manifest", name, line=number)


def _check_info(root: Path, declaration: Declaration, files: BagFiles) -> Iterator[Finding]:
    """Check syntax and sizes; the file was called package-info.txt before 0.96."""
    for name in ("bag-info.txt", "package-info.txt"):
        if name not in files.sizes:
            continue
        oxums = 0
        for item in bag_read.read_info(root, name, declaration.encoding):
            if isinstance(item, Finding):
                yield item
                continue
            label, value = item[0].lower(), item[1]
            if label == "payload-oxum":
                oxums += 1
                yield from _check_oxum(value, name, files)
            elif label == "bagging-date" and not _is_day(value):
                message = f"Bagging-Date {value!r} is no day as YYYY-MM-DD"
                yield found("bag.info-date", message, name, severity=Severity.WARNING)
        if oxums > 1:
            severity = Severity.ERROR if declaration.version >= (1, 0) else Severity.WARNING
            yield found("bag.oxum-repeated", f"Payload-Oxum stands there {oxums} times", name, severity=severity)


def _is_day(value: str) -> bool:
    day = _DAY.fullmatch(value)
    try:
        return day is not None and bool(date(*(int(part) for part in day.groups())))
    except ValueError:
        return False


def _check_oxum(value: str, name: str, files: BagFiles) -> Iterator[Finding]:
    match = _OXUM.fullmatch(value)
    if match is None:
        yield Finding("bag.oxum-syntax", f"Payload-Oxum {value!r} is not bytes.files", file=name)
        return
    size, count = sum(files.sizes[path] for path in files.payload), len(files.payload)
    said = (read_number(match[1]), read_number(match[2]))
    if said != (size, count):
        message = f"Payload-Oxum says {match[1][:40]} bytes in {match[2][:40]} files, there are {size} in {count}"
        only_lost = files.lost > 0 and said[1] == count + files.lost and said[0] >= size
        severity = Severity.WARNING if only_lost else Severity.ERROR
        yield found("bag.oxum-mismatch", message, name, severity=severity)
