"""Reading XML of any size element by element; nothing is fetched, and entities cannot be declared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from archiver.package.atomic import package_error

_PIECE = 1 << 18

Start = Callable[[str, dict[str, str], int], None]
"""Called with the name of an element (``URI name``), its attributes, and its line."""
End = Callable[[str, str], None]
"""Called with the name of an element, and the characters since the last tag: of an element that holds no other, all."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element at its start; names are ``URI name``, of attributes without name space ``name``."""

    name: str
    attributes: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Text:
    """An element at its end, with the characters since the last tag."""

    name: str
    text: str


def feed_xml(path: Path, start: Start, end: End) -> Iterator[None]:
    """Call ``start`` and ``end`` for each element of the file, and yield now and then, when a piece has been read.

    Raises ValueError for what is not well-formed or has a document type declaration, PackageError where
    the file cannot be read.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    words: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        words.clear()
        start(name, attributes, parser.CurrentLineNumber)

    def finish(name: str) -> None:
        end(name, "".join(words))
        words.clear()

    def refuse(*_: object) -> NoReturn:
        raise ValueError("a document type declaration does not belong in it")

    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = words.append, refuse
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                parser.Parse(piece, False)
                yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"it is no well-formed XML: {error}") from error
    except OSError as error:
        raise package_error(error, path, "read the file") from error
    yield


def scan_xml(path: Path) -> Iterator[Element | Text]:
    """Yield each element of the file at its start and at its end. Raises as :func:`feed_xml`."""
    found: list[Element | Text] = []
    pieces = feed_xml(
        path,
        lambda name, attributes, line: found.append(Element(name, attributes, line)),
        lambda name, text: found.append(Text(name, text)),
    )
    for _ in pieces:
        yield from found
        found.clear()
