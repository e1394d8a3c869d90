"""From what the command line names to a sorted list of files, each with a unique name."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote_to_bytes

from archiver.errors import InputNotFoundError
from archiver.model.intake import Form, InputFile
from archiver.readers.forms import form_of_file
from archiver.readers.input_list import InputList

STDIN = "-"
STDIN_NAME = "stdin"

#: Called with each folder that is gone through and the names in it; tells whether all below it holds no article.
NoArticles = Callable[[str, Collection[str]], bool]


def _never(_folder: str, _names: Collection[str]) -> bool:
    return False


def discover(
    arguments: Sequence[str],
    *,
    stdin: bytes | None = None,
    leave_out: Iterable[str] = (),
    no_articles: NoArticles = _never,
) -> InputList:
    """Return every file that ``arguments`` (files, folders, glob patterns, ``-``) name, sorted by name.

    Names are relative to the deepest folder that holds everything named, so they do not depend on
    where that folder lies; the order is bytewise and never the file system's. Links to folders are
    not followed (they can loop). ``leave_out`` lists files and folders that are no input (the sidecar, an unfinished
    run). ``no_articles`` is asked about every folder on the way: where it says so, what lies below is carried and
    not read, save files that are named one by one. Raises InputNotFoundError for a path or pattern that matches
    nothing, OSError where the folder for temporary files takes nothing.
    """
    paths = [path for argument in arguments if argument != STDIN for path in named_paths(argument)]
    left_out = {os.path.realpath(path) for path in leave_out}
    root = _common_folder(paths)
    walk = _Walk(left_out, no_articles, named={os.path.abspath(one) for one in arguments if os.path.isfile(one)})
    # Folders first, those above before those within: what holds no article is known then, in whatever order they came.
    in_turn = sorted(paths, key=lambda path: (not os.path.isdir(path), path))
    files = (_input_file(file, root, carried=carried) for path in in_turn for file, carried in walk.files(path))
    if STDIN not in arguments or stdin is None:
        return InputList(files)
    found = tuple(files)
    return InputList([*found, _standard_input(stdin, taken={file.name for file in found})])


def named_paths(argument: str) -> list[str]:
    """Return the absolute paths that an argument names, by itself or as a pattern. Raises InputNotFoundError."""
    if os.path.lexists(argument):
        return [os.path.abspath(argument)]
    matches = glob.glob(argument, recursive=True) if glob.has_magic(argument) else []
    if not matches:
        what = "no file matches this pattern" if glob.has_magic(argument) else "there is no such file or folder"
        raise InputNotFoundError(what, place=argument, advice="check the spelling and the folder you are in")
    return [os.path.abspath(match) for match in matches if not _through_link(match, argument)]


def _through_link(match: str, pattern: str) -> bool:
    """Tell whether ``**`` went through a link to a folder on its way, as it must not (it can loop)."""
    fixed = pattern.partition("**")[0].count("/")
    parts = match.split("/")
    return "**" in pattern and any(os.path.islink("/".join(parts[:depth])) for depth in range(fixed + 1, len(parts)))


def _common_folder(paths: Sequence[str]) -> str:
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]
    return os.path.commonpath(folders) if folders else ""


class _Walk:
    """Goes through what is named, and remembers which folders hold no article.

    Files in them that are ``named`` one by one are read all the same.
    """

    def __init__(self, left_out: Collection[str], no_articles: NoArticles, *, named: Collection[str]) -> None:
        self._left_out = left_out
        self._named = named
        self._no_articles = no_articles
        self._closed: set[str] = set()

    def files(self, path: str) -> Iterable[tuple[str, bool]]:
        """Yield each file at or below ``path``, and whether it is carried without being read for articles."""
        if os.path.realpath(path) in self._left_out:
            return
        closed = bool(self._closed) and any(str(above) in self._closed for above in Path(path).parents)
        if not os.path.isdir(path):
            yield path, closed and path not in self._named
            return
        pending = [(path, closed)]
        while pending:
            folder, closed = pending.pop()
            try:
                entries = list(os.scandir(folder))
            except OSError:
                yield folder, closed
                continue
            if not closed and self._no_articles(folder, {entry.name for entry in entries}):
                self._closed.add(folder)
                closed = True
            for entry in entries:
                if os.path.realpath(entry.path) in self._left_out:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append((entry.path, closed))
                else:
                    yield entry.path, closed and entry.path not in self._named


def _input_file(path: str, root: str, *, carried: bool) -> InputFile:
    relative = os.path.relpath(path, root) if root else os.path.basename(path)
    name, encoding = portable_name(relative.replace(os.sep, "/"))
    try:
        status = os.stat(path)
    except OSError:
        return InputFile(path, name, encoding, 0, Form.UNREADABLE)
    if not stat.S_ISREG(status.st_mode):
        return InputFile(path, name, encoding, 0, Form.UNREADABLE)
    form = form_of_file(Path(path))
    if carried and form is not Form.UNREADABLE:
        form = Form.OTHER
    return InputFile(path, name, encoding, status.st_size, form, modified=status.st_mtime_ns)


def portable_name(relative: str) -> tuple[str, str]:
    """Return a name that is valid Unicode, and how it was made: ``utf-8`` or ``percent``; no two files share one."""
    raw = os.fsencode(relative)
    if _says_itself(raw):
        return raw.decode("utf-8"), "utf-8"
    kept = bytes(range(0x20, 0x7F)).replace(b"%", b"")
    return "".join(chr(byte) if byte in kept else f"%{byte:02X}" for byte in raw), "percent"


def _says_itself(raw: bytes) -> bool:
    """Whether a name is UTF-8, and cannot be taken for the percent-encoded bytes of a name that is not."""
    while True:
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            return False
        plain = unquote_to_bytes(raw) if b"%" in raw else raw
        if plain == raw:
            return True
        raw = plain


def _standard_input(data: bytes, *, taken: Collection[str]) -> InputFile:
    name = STDIN_NAME
    while name in taken:
        name += "-"
    return InputFile(STDIN, name, "utf-8", len(data), form_of_file(Path(name), head=data[:4096]), data)
