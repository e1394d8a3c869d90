"""Writing a BagIt 1.0 bag (RFC 8493) around a folder that already holds ``data/`` and tag files."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from archiver.errors import PackageError
from archiver.package.atomic import laid_file, lay_file
from archiver.package.bag_read import encode_manifest_path
from archiver.package.file_order import files_in_order
from archiver.package.fixity import FileDigest, digest_bytes, digest_file

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_WRITTEN_HERE = re.compile(r"bagit\.txt|bag-info\.txt|(?:tag)?manifest-[a-z0-9]+\.txt")
_ALGORITHMS = ("sha256", "sha512")
_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
#: Everything that could end a line or hide in one: C0, DEL, C1, Unicode line and paragraph separators, surrogates.
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_LINE_LENGTH = 79


@dataclass(frozen=True, slots=True)
class BagInfo:
    """What ``bag-info.txt`` says besides the sizes; None is left out (RFC 8493 section 2.2.2)."""

    bagging_date: str
    """YYYY-MM-DD."""
    software_agent: str
    source_organization: str | None = None
    contact_email: str | None = None
    external_identifier: str | None = None
    external_description: str | None = None
    group_identifier: str | None = None
    extra: tuple[tuple[str, str], ...] = ()
    """Further labels and values, in the order in which they are written."""


def write_bag(
    root: Path, info: BagInfo, *, known: Mapping[str, FileDigest] | None = None, scratch: Path | None = None
) -> FileDigest:
    """Make ``root``, which holds ``data/`` and any tag files, a BagIt 1.0 bag.

    Writes bagit.txt, bag-info.txt, manifests and tag manifests in SHA-256 and SHA-512. Files named
    in ``known`` (path relative to ``root``, ``data/…``) are not read again, only their size is
    compared. ``scratch`` is as in :func:`files_in_order`. Same content, same bytes. Returns the
    digest of tagmanifest-sha256.txt, which stands for the whole bag. Raises PackageError: no
    ``data/``, links, a file that changed since it was hashed, whatever the operating system refuses.
    """
    if not (root / "data").is_dir():
        raise PackageError("there is no folder data/ to make a bag of", place=str(root))
    tag_digests: dict[str, FileDigest] = {}
    total = count = 0
    manifests = {algorithm: root / f"manifest-{algorithm}.txt" for algorithm in _ALGORITHMS}
    with ExitStack() as stack:
        payload = {algorithm: stack.enter_context(laid_file(path)) for algorithm, path in manifests.items()}
        for path, size in files_in_order(root, scratch):
            if _WRITTEN_HERE.fullmatch(path):
                continue
            digest = _digest(root, path, size, known or {})
            if not path.startswith("data/"):
                tag_digests[path] = digest
                continue
            total += size
            count += 1
            for algorithm, file in payload.items():
                file.write(_manifest_line(path, digest, algorithm))
    written = {"bagit.txt": DECLARATION, "bag-info.txt": bag_info_text(info, f"{total}.{count}")}
    for name, content in written.items():
        lay_file(root / name, content)
        tag_digests[name] = digest_bytes(content)
    tag_digests |= {path.name: digest_file(path) for path in manifests.values()}
    for algorithm in _ALGORITHMS:
        lay_file(root / f"tagmanifest-{algorithm}.txt", manifest_lines(tag_digests, algorithm))
    return digest_file(root / "tagmanifest-sha256.txt")


def _digest(root: Path, path: str, size: int, known: Mapping[str, FileDigest]) -> FileDigest:
    digest = known.get(path)
    if digest is None:
        return digest_file(root / path)
    if digest.bytes != size:
        raise PackageError(
            f"the file has {size} bytes, {digest.bytes} were written",
            place=str(root / path),
            advice="something changed or cut the file during the run: run again",
        )
    return digest


def manifest_lines(digests: Mapping[str, FileDigest], algorithm: str) -> Iterator[bytes]:
    """Yield the lines of a manifest in bytewise order of the encoded paths (RFC 8493 section 2.1.3)."""
    for path in sorted(digests, key=lambda path: encode_manifest_path(path).encode("utf-8")):
        yield _manifest_line(path, digests[path], algorithm)


def _manifest_line(path: str, digest: FileDigest, algorithm: str) -> bytes:
    return f"{getattr(digest, algorithm)}  {encode_manifest_path(path)}\n".encode()


def bag_info_text(info: BagInfo, oxum: str) -> bytes:
    """Return bag-info.txt; Payload-Oxum is bytes, full stop, number of files."""
    elements = (
        ("Source-Organization", info.source_organization),
        ("Contact-Email", info.contact_email),
        ("External-Identifier", info.external_identifier),
        ("External-Description", info.external_description),
        ("Bag-Group-Identifier", info.group_identifier),
        ("Bagging-Date", info.bagging_date),
        ("Bag-Software-Agent", info.software_agent),
        ("Payload-Oxum", oxum),
        *info.extra,
    )
    return "".join(_element(label, value) for label, value in elements if value).encode("utf-8")


def _element(label: str, value: str) -> str:
    if not _LABEL.fullmatch(label):
        raise PackageError(f"{label!r} cannot be a label in bag-info.txt", advice="use letters, digits and hyphens")
    clean = _UNPRINTABLE.sub(" ", value).strip()
    if not clean:
        return ""
    # A folded line starts with white space; breaking at spaces only keeps long words and URLs whole.
    folded = textwrap.wrap(
        f"{label}: {clean}",
        width=_LINE_LENGTH,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(folded) + "\n"
