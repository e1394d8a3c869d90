"""How a package refers to the package that it was made on the base of: metadata/base.json and unchanged.jsonl."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archiver import canon
from archiver.errors import PackageError
from archiver.model.outcome import BaseReference, Purpose
from archiver.package import layout
from archiver.package.atomic import package_error
from archiver.package.listing import parse_object, read_objects

#: Labels in bag-info.txt.
BASE_IDENTIFIER, BASE_DIGEST = "Base-Identifier", "Base-Tagmanifest-SHA256"

_DIGEST_DIGITS = 64


@dataclass(frozen=True, slots=True)
class Unchanged:
    """One input file that an earlier package holds as it is, one line of unchanged.jsonl."""

    path: str
    path_encoding: str
    size: int
    """Bytes."""
    sha256: str
    articles: tuple[str, ...]
    """Ids of its articles in that package."""
    rejects: int
    """How many of its candidates are rejects there."""
    package: str
    """Identifier of that package: of the base, or of one that the base refers to."""

    def to_dict(self) -> dict[str, Any]:
        """Return the line of unchanged.jsonl."""
        return {
            "path": self.path,
            "path_encoding": self.path_encoding,
            "bytes": self.size,
            "sha256": self.sha256,
            "articles": list(self.articles),
            "rejects": self.rejects,
            "package": self.package,
        }


def identifier_of(datapackage_sha256: str) -> str:
    """Return the identifier of a package: a URN made of the digest of datapackage.json, the list of ``data/``."""
    return canon.content_urn("package", datapackage_sha256)


def labels(base: BaseReference) -> tuple[tuple[str, str], ...]:
    """Return what bag-info.txt says of the base."""
    return ((BASE_IDENTIFIER, base.identifier), (BASE_DIGEST, base.sha256))


def read_base(data: Path) -> BaseReference | None:
    """Return the base of the package with this folder ``data/``, None if it has none. Raises PackageError."""
    path = data / layout.BASE
    try:
        value = parse_object(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise package_error(error, path, "read the file") from error
    except ValueError as error:
        raise PackageError(str(error), place=str(path), advice="run `archiver verify` on the package") from error
    try:
        return base_reference(value)
    except ValueError as error:
        raise PackageError(str(error), place=str(path), advice="run `archiver verify` on the package") from error


def base_reference(value: Mapping[str, Any]) -> BaseReference:
    """Return base.json as data. Raises ValueError that says what is wrong with it."""
    counts = value.get("counts")
    if not isinstance(counts, dict) or not all(type(number) is int and number >= 0 for number in counts.values()):
        raise ValueError("counts is missing or has what is no number")
    return BaseReference(
        _text(value, "identifier"), _digest(value, "tagmanifest_sha256"), Purpose(_text(value, "purpose")), counts
    )


def unchanged_files(data: Path) -> Iterator[Unchanged]:
    """Yield the lines of unchanged.jsonl in order; nothing if there is no such file. Raises PackageError."""
    for number, value in read_objects(data / layout.UNCHANGED):
        try:
            yield unchanged_file(value)
        except ValueError as error:
            place = f"{data / layout.UNCHANGED}, line {number}"
            raise PackageError(str(error), place=place, advice="run `archiver verify` on the package") from error


def unchanged_file(value: Mapping[str, Any]) -> Unchanged:
    """Return a line of unchanged.jsonl as data. Raises ValueError that says what is wrong with it."""
    articles = value.get("articles")
    if not isinstance(articles, list) or not all(isinstance(one, str) for one in articles):
        raise ValueError("articles is missing or no list of ids")
    if not all(map(layout.is_article_id, articles)):
        raise ValueError("articles is missing or has what is no id")
    made = Unchanged(
        path=_text(value, "path"),
        path_encoding=_text(value, "path_encoding"),
        size=_number(value, "bytes"),
        sha256=_digest(value, "sha256"),
        articles=tuple(articles),
        rejects=_number(value, "rejects"),
        package=_text(value, "package"),
    )
    layout.decode_path(made.path, made.path_encoding)
    return made


def _text(value: Mapping[str, Any], name: str) -> str:
    text = value.get(name)
    if not isinstance(text, str) or not text:
        raise ValueError(f"{name} is missing or no text")
    return text


def _digest(value: Mapping[str, Any], name: str) -> str:
    text = _text(value, name)
    if len(text) != _DIGEST_DIGITS or set(text) - set("0123456789abcdef"):
        raise ValueError(f"{name} is no SHA-256 in lower-case hexadecimal")
    return text


def _number(value: Mapping[str, Any], name: str) -> int:
    number = value.get(name)
    if type(number) is not int or number < 0:
        raise ValueError(f"{name} is missing or no number")
    return number
