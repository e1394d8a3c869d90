"""The recipe: everything that decides what an export does, besides its input."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archiver import canon
from archiver.errors import RecipeError
from archiver.model.verdict import Profile
from archiver.pipeline.outputs import PackageFormat
from archiver.wording.language_tags import normalise_tag

_SHARE_DEFAULT = 0.5
#: Far above what an article takes, even a long one on a slow machine: only attacks and accidents get there.
_SECONDS_DEFAULT = 120
_MEBIBYTES_DEFAULT = 4096
#: The size that the annex C of WARC 1.1 recommends.
_WARC_BYTES_DEFAULT = 1_000_000_000
_LARGEST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Recipe:
    """All choices of an export. Two runs with equal recipe, input and version give the same bytes."""

    date: str
    """The moment of the run, UTC: ``2026-11-21T08:00:00Z``."""
    format: PackageFormat = PackageFormat.BAG
    """Containers in which the package is sealed."""
    profile: Profile = Profile.BALANCED
    rules: Path | None = None
    schema: Path | None = None
    metadata: Path | None = None
    language: str | None = None
    """BCP 47 tag that the archivist vouches for; None lets the text tell."""
    max_reject_share: float = _SHARE_DEFAULT
    """Above this share of rejects the run is not trustworthy (exit code 4)."""
    organization: str | None = None
    """The archive that publishes the package."""
    article_seconds: int = _SECONDS_DEFAULT
    """Processor time that one article may take, 0 for any."""
    article_memory: int = _MEBIBYTES_DEFAULT
    """MiB of memory that one article may take, 0 for any."""
    warc_bytes: int = _WARC_BYTES_DEFAULT
    """A new WARC file begins before one grows larger, 0 for never; a larger record stands alone in its file."""
    jobs: int = 1
    """Worker processes; never changes the result."""

    def deciding(self) -> dict[str, str | None]:
        """Return all that decides the package: not ``jobs``, and files by the SHA-256 of their content, not by name.

        Raises RecipeError for a file that cannot be read.
        """
        return {
            "date": self.date,
            "format": self.format.value,
            "profile": self.profile.value,
            "language": self.language,
            "organization": self.organization,
            "article_seconds": str(self.article_seconds),
            "article_memory": str(self.article_memory),
            "warc_bytes": str(self.warc_bytes),
            **{name: _file_digest(getattr(self, name)) for name in ("rules", "schema", "metadata")},
        }


def _file_digest(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return canon.sha256_hex(path.read_bytes())
    except OSError as error:
        raise RecipeError(f"cannot be read: {error.strerror}", place=str(path), advice="check the path") from error


def make_recipe(
    values: Mapping[str, Any],
    *,
    file: Path | None = None,
    fallback: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> Recipe:
    """Return the recipe from ``values`` (None counts as not said), then from the TOML ``file``, then ``fallback``.

    ``now`` is the moment to use if none of them says a date. Raises RecipeError with every fault at once.
    """
    said = {**_said(fallback or {}), **_read(file), **_said(values)}
    known = {item.name for item in fields(Recipe)}
    faults = [f"unknown entry {key!r} (known: {', '.join(sorted(known))})" for key in sorted(set(said) - known)]
    made: dict[str, Any] = {}
    for key in sorted(known & set(said)):
        try:
            made[key] = _CONVERT[key](said[key])
        except (ValueError, TypeError, OverflowError) as error:
            faults.append(f"{key}: {error}")
    if faults:
        raise RecipeError("; ".join(faults), place=str(file or "recipe"), advice="correct the recipe or the option")
    if "date" not in made:
        if now is None:
            raise RecipeError("no date is given", advice="say at which moment the package is made, such as 2026-11-21")
        made["date"] = _date(now.replace(microsecond=0))
    return _relative_to(file, Recipe(**made), said_in_file=set(said) - set(_said(values)))


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _relative_to(file: Path | None, recipe: Recipe, *, said_in_file: set[str]) -> Recipe:
    """Paths in a recipe file are meant from where the file lies."""
    if file is None:
        return recipe
    moved = {
        name: file.parent / getattr(recipe, name)
        for name in ("rules", "schema", "metadata")
        if name in said_in_file and getattr(recipe, name) is not None
    }
    return replace(recipe, **moved)


def _read(file: Path | None) -> Mapping[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise RecipeError(f"cannot be read: {error.strerror}", place=str(file), advice="check the path") from error
    except RecursionError:
        raise RecipeError("is nested too deeply", place=str(file), advice="give it the form of the examples") from None
    except ValueError as error:
        # Not the errors of TOML and UTF-8 alone: Python refuses numbers of some thousand digits.
        raise RecipeError(f"is no TOML: {error}", place=str(file), advice="correct the syntax") from error


def _date(value: Any) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value).strip()
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no ISO 8601 date, such as 2026-11-21 or 2026-11-21T08:00:00Z") from None
    # Not strftime, which writes years before 1000 without their zeros on some systems.
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _profile(value: Any) -> Profile:
    try:
        return Profile(value)
    except ValueError:
        raise ValueError(f"{value!r} is none of {', '.join(Profile)}") from None


def _format(value: Any) -> PackageFormat:
    try:
        return PackageFormat(value)
    except ValueError:
        raise ValueError(f"{value!r} is none of {', '.join(PackageFormat)}") from None


def _number(value: Any) -> float:
    """Return the number that ``value`` is or writes, one that nothing is equal to if it is none."""
    try:
        return float(value)
    except (ValueError, TypeError, OverflowError):
        return math.nan


def _share(value: Any) -> float:
    share = _number(value)
    if not 0 <= share <= 1:
        raise ValueError(f"{str(value)[:80]!r} is no share between 0 and 1")
    return share


def _jobs(value: Any) -> int:
    if not 1 <= _number(value) < math.inf or int(value) != value:
        raise ValueError("must be a whole number of workers, at least 1")
    return int(value)


def _limit(value: Any) -> int:
    if not 0 <= _number(value) <= _LARGEST or int(value) != value:
        raise ValueError(f"must be a whole number, at most {_LARGEST}; 0 stands for no limit")
    return int(value)


def _bytes(value: Any) -> int:
    if not 0 <= _number(value) < math.inf or int(value) != value:
        raise ValueError("must be a whole number of bytes; 0 stands for no limit")
    return int(value)


def _line(value: Any) -> str:
    text = " ".join(str(value).split())
    if not text or not text.isprintable():
        raise ValueError("must be one line of text")
    return text


def _language(value: Any) -> str:
    tag = normalise_tag(_line(value))
    if tag is None:
        raise ValueError(f"{value!r} is no language tag (BCP 47), such as en or pt-BR")
    return tag


_CONVERT: Mapping[str, Callable[[Any], Any]] = {
    "date": _date,
    "format": _format,
    "profile": _profile,
    "rules": Path,
    "schema": Path,
    "metadata": Path,
    "language": _language,
    "max_reject_share": _share,
    "organization": _line,
    "article_seconds": _limit,
    "article_memory": _limit,
    "warc_bytes": _bytes,
    "jobs": _jobs,
}
