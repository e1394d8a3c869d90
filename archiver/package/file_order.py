"""The files of a folder in order, by way of the disk: memory stays flat however many there are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from archiver.package.atomic import package_error
from archiver.package.bag_read import decode_manifest_path, encode_manifest_path
from archiver.package.fixity import walk_regular
from archiver.warc.line_sort import sorted_lines


def files_in_order(root: Path, scratch: Path | None = None) -> Iterator[tuple[str, int]]:
    """Yield every file below ``root`` as (path with ``/``, size in bytes), in bytewise order of the paths as BagIt
    manifests write them (:func:`encode_manifest_path`), which is that of the paths themselves but for odd names.

    All names are read before the first is yielded. ``scratch`` is made, outside of ``root``, for files that are
    gone at the end; without it they stand where the system wants its temporary files. Raises PackageError, also
    for links, devices and names that are not UTF-8, none of which may be in a package.
    """
    if scratch is None:
        with tempfile.TemporaryDirectory() as folder:
            yield from files_in_order(root, Path(folder) / "files")
        return
    try:
        for line in sorted_lines(_lines(root), scratch):
            path, _, size = line.partition(b"\0")
            yield decode_manifest_path(str(path, "utf-8")), int(size)
    except OSError as error:
        raise package_error(error, scratch, "sort the names of the files") from error


def _lines(root: Path) -> Iterator[bytes]:
    # NUL is in no file name, and sorts a path before all that begin with it.
    for path, size in walk_regular(root):
        yield b"%s\0%d\n" % (encode_manifest_path(path).encode("utf-8"), size)
