"""A metadata file to be filled in: what was found of each article, beside empty columns for what is not known.

``archiver export --metadata`` takes it as it is. What was found stands in columns whose names begin with
``found``, which an export passes over: a value that the source told keeps its own provenance and certainty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from archiver.crosswalk.table import BYTE_ORDER_MARK, COLUMNS, csv_row
from archiver.model.metadata import DateValue, Metadata
from archiver.wording.formulas import FOUND

#: Columns that an archivist can fill in, each behind the one that says what was found.
FIELDS = (
    "title",
    "authors",
    "published",
    "publisher",
    "byline",
    "description",
    "modified",
    "site_name",
    "section",
    "keywords",
    "language",
    "dateline_place",
    "rights",
    "url",
    "canonical_url",
)


def template(articles: Iterable[Metadata]) -> Iterator[bytes]:
    """Yield CSV in UTF-8 with a byte order mark, by which spreadsheet programs know it."""
    names = [name for field in FIELDS for name in (f"{FOUND}{field}", field)]
    yield BYTE_ORDER_MARK + csv_row(["id", "path", *names])
    for metadata in articles:
        cells = [cell for field in FIELDS for cell in (_FOUND.get(field, COLUMNS[field])(metadata), "")]
        yield csv_row([metadata.id, metadata.source.path, *cells])


def _dated(date: DateValue | None) -> str:
    if date is None:
        return ""
    doubt = f"{date.certainty} certainty" if date.certainty != "high" else ""
    ends = f"between {date.not_before or '?'} and {date.not_after or '?'}" if date.not_before or date.not_after else ""
    told = ", ".join(part for part in (f"“{date.text}”", doubt, ends) if part)
    # The words beside it also keep spreadsheet programs from turning the date into one of their own.
    return f"{date.value} ({told})"


_FOUND: Mapping[str, Callable[[Metadata], str]] = {
    "published": lambda metadata: _dated(metadata.published),
    "modified": lambda metadata: _dated(metadata.modified),
}
