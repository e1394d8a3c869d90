"""What a command takes for its input: files as they are found, and no articles in what archiver itself made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver.errors import UsageError
from archiver.package import layout
from archiver.package.eark_names import METS, REPRESENTATION
from archiver.package.ownership import is_surely_our_data, is_surely_ours
from archiver.pipeline.run_folder import SUFFIX, RunFolder
from archiver.readers.discover import STDIN, discover, named_paths
from archiver.readers.input_list import InputList

_EARK_DATA = Path(REPRESENTATION, layout.DATA)
_PACKAGE, _RUN = "a package", "an unfinished run"
_LOOK_INTO = {
    _PACKAGE: "name the sources; `archiver inspect PACKAGE` and `archiver explain PACKAGE ID` look into it",
    _RUN: "name the sources; `archiver inspect` tells how far it is",
}


Tell = Callable[[str], None]
"""Hears words for people."""


@dataclass(frozen=True, slots=True)
class FoundInputs:
    """Files, and the folders among them that hold no articles."""

    files: InputList
    own_work: tuple[tuple[str, str], ...]
    """Each package of archiver and unfinished run that was met: what it is, and its folder; sorted."""


def find_inputs(arguments: Sequence[str], *, stdin: bytes | None = None, leave_out: Iterable[str] = ()) -> FoundInputs:
    """Return what :func:`archiver.readers.discover.discover` finds.

    All below a package or an unfinished run are files that hold no article: the lists, schemas and texts about
    itself would be read as articles, and what was removed once as well. Raises what it raises.
    """
    met: set[tuple[str, str]] = set()

    def no_articles(folder: str, names: Collection[str]) -> bool:
        what = _own_work(folder, names)
        if what:
            met.add((what, folder))
        return bool(what)

    files = discover(arguments, stdin=stdin, leave_out=leave_out, no_articles=no_articles)
    return FoundInputs(files, tuple(sorted(met)))


def find_articles(
    arguments: Sequence[str],
    *,
    stdin: bytes | None = None,
    leave_out: Iterable[str] = (),
    tell: Tell | None = None,
) -> InputList:
    """Return the files of :func:`find_inputs`, to be looked at for articles and for nothing else.

    ``tell`` hears of what is passed over. Raises UsageError, too, where one of ``arguments`` is a package or an
    unfinished run itself.
    """
    found = find_inputs(arguments, stdin=stdin, leave_out=leave_out)
    if not found.own_work:
        return found.files
    named = {path for argument in arguments if argument != STDIN for path in named_paths(argument)}
    for what, folder in found.own_work:
        if folder in named:
            raise UsageError(f"it is {what}, whose own files are no articles", place=folder, advice=_LOOK_INTO[what])
        if tell is not None:
            tell(f"{folder}: it is {what}: no article is looked for in its files")
    return found.files


def _own_work(folder: str, names: Collection[str]) -> str:
    place = Path(folder)
    if (
        ("bagit.txt" in names and is_surely_ours(place))
        or (layout.DATAPACKAGE in names and is_surely_our_data(place))
        or (METS in names and is_surely_our_data(place / _EARK_DATA))
    ):
        return _PACKAGE
    return _RUN if place.name.endswith(SUFFIX) and RunFolder(place).plan.name in names else ""
