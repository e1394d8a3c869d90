"""What packages of archiver have and bags need not: all of the tag files, and tag manifests in one form only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from archiver.model.outcome import Finding
from archiver.package import bag_profile, layout
from archiver.package.bag_read import Line, read_info, read_manifest
from archiver.package.fixity import walk
from archiver.package.run_facts import SOFTWARE
from archiver.package.run_told import check_software, software_told
from archiver.schemas import schema_names

_REQUIRED = (
    "bag-info.txt",
    "manifest-sha256.txt",
    "manifest-sha512.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha512.txt",
    layout.README,
    *(f"{layout.DATA}/{name}" for name in (layout.DATAPACKAGE_DIGEST, layout.ARTICLES, layout.SOURCES)),
)
#: Beside those that its profile demands, what every package of this version has.
_OF_THIS_VERSION = (f"{layout.DATA}/{layout.JSONLD}",)


def check_outside(root: Path) -> Iterator[Finding]:
    """Yield files that are missing or not listed, and tag manifests that were touched. Raises OSError.

    Nothing lists the tag manifests themselves, so a change in their white space or in the case of
    their digits is found by the form in which they are written.
    """
    for name in _REQUIRED:
        if not (root / name).is_file():
            yield Finding("package.file-missing", "every package has this file", file=name)
    yield from check_software(root)
    ours = SOFTWARE in software_told(root).values()
    for name, why in _demanded(root, ours=ours).items():
        if name not in _REQUIRED and not (root / name).is_file():
            yield Finding("package.file-missing", why, file=name)
    if not ours:
        yield from _check_schemas(root)
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


def _demanded(root: Path, *, ours: bool) -> dict[str, str]:
    """Return the files that have to be there, with the reason; ``ours`` tells that this version made the package."""
    if not ours:
        profiled = (bag_profile.LABEL, bag_profile.IDENTIFIER) in _labels(root)
        return dict.fromkeys(bag_profile.TAG_FILES if profiled else (), "the BagIt profile of the package demands it")
    has_articles = (root / layout.DATA / layout.ARTICLES).is_file() and (
        (root / layout.DATA / layout.ARTICLES).stat().st_size > 0
    )
    corpus = (f"{layout.DATA}/{layout.CORPUS}",) if has_articles else ()
    schemas = (f"schemas/{name}" for name in schema_names())
    names = (*bag_profile.TAG_FILES, *schemas, *_OF_THIS_VERSION, *corpus)
    return dict.fromkeys(names, f"every package of {SOFTWARE} has this file")


def _labels(root: Path) -> list[tuple[str, str]]:
    if not (root / "bag-info.txt").is_file():
        return []
    return [item for item in read_info(root, "bag-info.txt", "utf-8") if not isinstance(item, Finding)]


def _check_schemas(root: Path) -> Iterator[Finding]:
    """Of another version it is not known what its schemas say; that they are some at all is."""
    folder = root / "schemas"
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            value = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            value = None
        if not isinstance(value, dict) or "$schema" not in value:
            message = "the file is no JSON Schema"
            yield Finding("package.schema-invalid", message, file=layout.relative(path, root))


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
