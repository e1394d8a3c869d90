"""From JSON back to the description of an article: the inverse of ``Metadata.to_dict``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from archiver.model.metadata import Alternative, Dateline, DateValue, Image, Metadata, Person, Related, SourceRef

_T = TypeVar("_T")

_RECORDS: dict[str, type] = {
    "source": SourceRef,
    "dateline": Dateline,
    "published": DateValue,
    "modified": DateValue,
}
_RECORD_LISTS: dict[str, type] = {"authors": Person, "images": Image, "related": Related, "alternatives": Alternative}
_LISTS = frozenset({"keywords", "corrections", "unknown"})


def metadata_from_dict(value: Mapping[str, Any]) -> Metadata:
    """Return the description that one line of articles.jsonl holds.

    Raises ValueError that names the field if one is missing, not known or of another kind than it should be.
    Values are not judged otherwise; that is the work of the schema.
    """
    metadata = loose_metadata(value)
    name = of_another_kind(metadata)
    if name is not None:
        raise ValueError(f"{name} is of another kind than it should be")
    return metadata


def of_another_kind(metadata: Metadata) -> str | None:
    """Return the name of the first field with a number in place of a text, say; None if there is none."""
    return next((name for name, fits in _kinds(Metadata) if not fits(getattr(metadata, name))), None)


def loose_metadata(value: Mapping[str, Any]) -> Metadata:
    """Return the description with values of any kind but in what others are found by.

    Raises ValueError that names the field if one is missing or not known, an object or array is expected
    and not there, or an id, a digest or a path is no text.
    """
    plain: dict[str, Any] = {}
    for key, item in value.items():
        if key in _RECORDS:
            plain[key] = _record(_RECORDS[key], item, key)
        elif key in _RECORD_LISTS:
            plain[key] = tuple(_record(_RECORD_LISTS[key], one, key) for one in _array(item, key))
        elif key in _LISTS:
            plain[key] = tuple(_array(item, key))
        else:
            plain[key] = item
    metadata = _record(Metadata, plain, "")
    source = metadata.source
    keys = (metadata.id, metadata.text_sha256, source.path, source.sha256, source.warc_record_id)
    if not all(isinstance(key, str) for key in (*keys, *(other.id for other in metadata.related))):
        raise ValueError("an id, a digest or a path is no text")
    return metadata


def _array(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{name} is no array")
    return value


def _record(kind: type[_T], value: Any, name: str) -> _T:
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} is no object")
    known = {item.name for item in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(str(key) for key in value if key not in known)
    if unknown:
        raise ValueError(f"unknown field {_path(name, unknown[0])}")
    try:
        return kind(**value)
    except TypeError as error:
        raise ValueError(f"{name or 'the description'}: {error}") from error


@cache
def _kinds(record: type) -> tuple[tuple[str, Callable[[Any], bool]], ...]:
    return tuple((name, _fits(hint)) for name, hint in get_type_hints(record).items())


def _fits(hint: Any) -> Callable[[Any], bool]:
    """Return whether a value is what an annotation of a description says."""
    origin, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        kinds = _kinds(hint)  # type: ignore[arg-type]
        return lambda value: all(fits(getattr(value, name)) for name, fits in kinds)
    if origin is tuple:
        each = _fits(inner[0])
        return lambda value: all(map(each, value))
    if origin is Mapping:
        each = _fits(inner[1])
        return lambda value: isinstance(value, Mapping) and all(map(each, value.values()))
    if NoneType in inner:
        one = _fits(inner[0])
        return lambda value: value is None or one(value)
    if hint is Any:
        return lambda _: True
    # True is an integer to Python and none to JSON.
    return lambda value: type(value) is hint


def _path(name: str, field: str) -> str:
    return f"{name}.{field}" if name else field
