"""Checking the crosswalks of a package: well-formed, and of the articles that it has, in their order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from archiver.crosswalk.schema_org import HEAD, TAIL
from archiver.model.outcome import Finding

_ADVICE = "`archiver inspect PACKAGE --to {}` writes it anew from the descriptions"
_IDENTIFIER = "http://purl.org/dc/elements/1.1/ identifier"
_BLOCK = 1024 * 1024


def check_crosswalk(path: Path, ids: Iterable[str], name: str) -> Iterator[Finding]:
    """Yield what is wrong with a crosswalk of a package: JSON-LD by its name, else Dublin Core."""
    check = check_schema_org if path.suffix == ".jsonld" else check_dublin_core
    return check(path, ids, name=name)


def check_dublin_core(path: Path, ids: Iterable[str], *, name: str) -> Iterator[Finding]:
    """Yield what is wrong with an XML document of Dublin Core records; ``ids`` are those of the articles."""
    with path.open("rb") as file:
        yield from _compared(_records(file), ids, name, "dc")


def check_schema_org(path: Path, ids: Iterable[str], *, name: str) -> Iterator[Finding]:
    """Yield what is wrong with a JSON-LD document of articles, one a line."""
    with path.open("rb") as file:
        yield from _compared(_lines(file), ids, name, "jsonld")


def _compared(found: Iterator[str], ids: Iterable[str], name: str, target: str) -> Iterator[Finding]:
    wanted = iter(ids)
    try:
        for number, identifier in enumerate(found, start=1):
            expected = next(wanted, None)
            if identifier != expected:
                message = f"entry {number} is of {identifier!r}, in order it should be of {expected!r}"
                yield Finding("package.crosswalk-order", message, file=name, advice=_ADVICE.format(target))
                return
    except ValueError as error:
        yield Finding("package.crosswalk-invalid", str(error), file=name, advice=_ADVICE.format(target))
        return
    missing = next(wanted, None)
    if missing is not None:
        message = f"article {missing} and all that follow are not in it"
        yield Finding("package.crosswalk-order", message, file=name, advice=_ADVICE.format(target))


def _records(file: BinaryIO) -> Iterator[str]:
    """Yield the first identifier of each record. Raises ValueError for what is not well-formed."""
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[str] = []
    words: list[str] | None = None

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal words
        words = [] if tag == _IDENTIFIER else None

    def data(text: str) -> None:
        if words is not None:
            words.append(text)

    def end(tag: str) -> None:
        nonlocal words
        if tag == _IDENTIFIER and words is not None:
            found.append("".join(words))
        words = None

    def refuse(*_: object) -> NoReturn:
        raise ValueError("a document type declaration does not belong in it")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = data, refuse
    try:
        while block := file.read(_BLOCK):
            parser.Parse(block, False)
            yield from found
            found.clear()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"it is no well-formed XML: {error}") from error
    yield from found


def _lines(file: BinaryIO) -> Iterator[str]:
    """Yield the identifier of each article. Raises ValueError for what has another form."""
    if file.readline() != HEAD:
        raise ValueError("the first line is not that of a JSON-LD document of articles")
    line = file.readline()
    while line.startswith(b"{"):
        following = file.readline()
        body = line.removesuffix(b"\n")
        if body.endswith(b",") != following.startswith(b"{"):
            raise ValueError("the articles are not separated by commas")
        try:
            value = json.loads(body.removesuffix(b","))
        except RecursionError:
            raise ValueError("an article is nested too deeply") from None
        yield str(value.get("identifier"))
        line = following
    # The empty list has an empty line.
    if line + file.read(16) not in (TAIL, TAIL.removeprefix(b"\n")):
        raise ValueError("the last line is not that of a JSON-LD document of articles")
