"""Rows for spreadsheets: CSV (RFC 4180) in UTF-8, in which no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from archiver.crosswalk.values import plain
from archiver.model.metadata import DateValue, Metadata
from archiver.wording.formulas import guarded

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def table(articles: Iterable[Metadata]) -> Iterator[bytes]:
    """Yield a row of names, then one row for each of ``articles``; the columns are always the same ones."""
    yield csv_row(list(COLUMNS))
    for metadata in articles:
        yield csv_row([value(metadata) for value in COLUMNS.values()])


def csv_row(cells: Sequence[str]) -> bytes:
    """Return one row; all cells are quoted, since spreadsheets of some countries split at the semicolon."""
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([guarded(plain(cell)) for cell in cells])
    return stream.getvalue().encode("utf-8")


def listed(values: Iterable[str]) -> str:
    """Return several values in one cell."""
    return "; ".join(values)


def _date(field: str, member: str) -> Callable[[Metadata], str]:
    def value(metadata: Metadata) -> str:
        date: DateValue | None = getattr(metadata, field)
        return str(getattr(date, member) or "") if date is not None else ""

    return value


def _text(field: str) -> Callable[[Metadata], str]:
    return lambda metadata: getattr(metadata, field) or ""


#: Name of a column to its value, in order. New columns come last.
COLUMNS: Mapping[str, Callable[[Metadata], str]] = {
    "id": _text("id"),
    "path": lambda metadata: metadata.source.path,
    "url": _text("url"),
    "canonical_url": _text("canonical_url"),
    "title": _text("title"),
    "description": _text("description"),
    "byline": _text("byline"),
    "authors": lambda metadata: listed(person.name for person in metadata.authors),
    "roles": lambda metadata: listed(person.role for person in metadata.authors),
    "published": _date("published", "value"),
    "published_certainty": _date("published", "certainty"),
    "published_not_before": _date("published", "not_before"),
    "published_not_after": _date("published", "not_after"),
    "modified": _date("modified", "value"),
    "modified_certainty": _date("modified", "certainty"),
    "publisher": _text("publisher"),
    "site_name": _text("site_name"),
    "section": _text("section"),
    "keywords": lambda metadata: listed(metadata.keywords),
    "language": lambda metadata: "" if metadata.language == "und" else metadata.language,
    "dateline": lambda metadata: metadata.dateline.text if metadata.dateline else "",
    "dateline_place": lambda metadata: (metadata.dateline.place or "") if metadata.dateline else "",
    "rights": _text("rights"),
    "paywalled": lambda metadata: "" if metadata.paywalled is None else str(metadata.paywalled).lower(),
    "corrections": lambda metadata: listed(metadata.corrections),
    "word_count": lambda metadata: str(metadata.word_count),
    "duplicate_of": _text("duplicate_of"),
    "related": lambda metadata: listed(other.id for other in metadata.related),
    "unknown": lambda metadata: listed(metadata.unknown),
    "captured": lambda metadata: metadata.source.captured or "",
    "media_type": lambda metadata: metadata.source.media_type,
    "source_sha256": lambda metadata: metadata.source.sha256,
    "text_sha256": _text("text_sha256"),
}
