"""What packages of archiver have and bags need not: all of the tag files, and tag manifests in one form only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.bag_read import Line, read_manifest
from archiver.package.fixity import walk

_REQUIRED = (
    "bag-info.txt",
    "manifest-sha256.txt",
    "manifest-sha512.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha512.txt",
    layout.README,
    *(f"{layout.DATA}/{name}" for name in (layout.DATAPACKAGE_DIGEST, layout.ARTICLES, layout.SOURCES)),
)


def check_outside(root: Path) -> Iterator[Finding]:
    """Yield files that are missing or not listed, and tag manifests that were touched. Raises OSError.

    Nothing lists the tag manifests themselves, so a change in their white space or in the case of
    their digits is found by the form in which they are written.
    """
    for name in _REQUIRED:
        if not (root / name).is_file():
            yield Finding("package.file-missing", "every package has this file", file=name)
    for algorithm in ("sha256", "sha512"):
        name = f"tagmanifest-{algorithm}.txt"
        if not (root / name).is_file():
            continue
        lines = [item for item in read_manifest(root, name, "utf-8") if isinstance(item, Line)]
        written = sorted((line.path.encode("utf-8"), line.digest.encode("ascii")) for line in lines)
        if (root / name).read_bytes() != b"".join(digest + b"  " + path + b"\n" for path, digest in written):
            message = "the tag manifest is not written as archiver writes it: sorted, lower case, two spaces, LF"
            yield Finding("package.tag-manifest-form", message, file=name, advice="somebody changed it: compare copies")
        listed = {line.path for line in lines}
        for path in _tag_files(root):
            if not path.startswith("tagmanifest-") and path not in listed:
                yield Finding("package.tag-file-unlisted", f"the file is not listed in {name}", file=path)


def _tag_files(root: Path) -> list[str]:
    return sorted(path for path, _ in walk(root) if not path.startswith(f"{layout.DATA}/"))


def manifest_digests(root: Path) -> Iterator[tuple[str, str]]:
    """Yield path below ``data/`` and SHA-256 of the manifest, which the bag check compared with the files."""
    if not (root / "manifest-sha256.txt").is_file():
        return
    prefix = f"{layout.DATA}/"
    for item in read_manifest(root, "manifest-sha256.txt", "utf-8"):
        if isinstance(item, Line) and item.path.startswith(prefix) and "%" not in item.path:
            yield item.path.removeprefix(prefix), item.digest
