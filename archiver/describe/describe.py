"""The description of one article: for each field the best candidate, and where it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archiver import canon
from archiver.describe.alternatives import alternatives
from archiver.describe.authors import choose_authors
from archiver.describe.candidates import Candidate, Candidates, gather, place_of
from archiver.describe.dates import choose_date
from archiver.describe.formats import is_date_time, is_partial_date_time, to_place, to_uri, to_web_address
from archiver.describe.pictures import pictures
from archiver.describe.sidecar import SidecarRow
from archiver.describe.titles import choose_title
from archiver.model.article import BODY_KINDS, Block, BlockKind
from archiver.model.document import Document
from archiver.model.metadata import Dateline, DateValue, Metadata, SourceRef
from archiver.model.source import Source
from archiver.model.verdict import Fate
from archiver.wording.datelines import parse_dateline
from archiver.wording.language import LanguageGuess
from archiver.wording.people import parse_byline
from archiver.wording.publishers import publisher_name

#: Fields of which an article can tell something; those without a value are listed as unknown.
TELLABLE = (
    "authors",
    "byline",
    "canonical_url",
    "dateline",
    "description",
    "keywords",
    "language",
    "modified",
    "paywalled",
    "published",
    "publisher",
    "rights",
    "section",
    "site_name",
    "title",
    "url",
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A value and where it came from."""

    value: object
    origin: str


def describe(
    source: Source,
    document: Document,
    blocks: Sequence[Block],
    *,
    language: LanguageGuess,
    row: SidecarRow | None = None,
) -> Metadata:
    """Return the description; what neither the source nor the sidecar tells is listed in ``unknown``."""
    candidates = gather(document, blocks, source.given, url=source.url)
    text = "\n".join(block.text for block in blocks if block.fate is Fate.KEPT and block.kind in BODY_KINDS)
    found: dict[str, _Found] = {}
    for field, choose in _CHOICES.items():
        chosen = choose(candidates, language.tag)
        if chosen is not None:
            found[field] = chosen
    urls = [Candidate("url", item.value, f"{item.origin}:path") for item in candidates.of("address")]
    urls += [Candidate("url", item.value, f"{item.origin}:path") for item in candidates.of("canonical_url")]
    dates: dict[str, DateValue] = {}
    for field in ("published", "modified"):
        dated = choose_date(field, candidates, urls=urls, language=language.tag)
        if dated is not None:
            found[field] = _Found(*dated)
            dates[field] = dated[0]
    found.update(_from_body(document, blocks, candidates, language.tag))
    url = to_place(source.url) if source.url else None
    if url:
        found["url"] = _Found(url, "capture" if source.captured else "given:url")
    if language.tag != "und":
        found["language"] = _Found(language.tag, "given:language" if language.given else f"text:{language.evidence}")
    images, corrections = pictures(blocks, candidates), candidates.of("correction")
    provenance = {field: item.origin for field, item in found.items()}
    if images:
        provenance["images"] = ", ".join(_picture_places(document, blocks, candidates))
    if corrections:
        provenance["corrections"] = ", ".join(item.origin for item in corrections)
    metadata = Metadata(
        id=canon.content_id(source.path, str(source.ordinal), source.sha256),
        source=_source_ref(source, document),
        text_sha256=canon.sha256_hex(text.encode("utf-8", "replace")),
        word_count=len(text.split()),
        images=images,
        corrections=tuple(item.value for item in corrections),
        **{field: item.value for field, item in found.items()},  # type: ignore[arg-type]
        provenance=dict(sorted(provenance.items())),
    )
    others = alternatives(
        candidates, title=metadata.title, authors=metadata.authors, dates=dates, language=language.tag
    )
    metadata = replace(metadata, alternatives=others) if others else metadata
    if row is not None:
        metadata = _with_row(metadata, row)
    return replace(metadata, unknown=_unknown(metadata))


def _picture_places(document: Document, blocks: Sequence[Block], candidates: Candidates) -> Iterator[str]:
    for block in blocks:
        if block.fate is Fate.KEPT and block.kind is BlockKind.CAPTION:
            yield place_of(document, block)
    lead = candidates.first("image")
    if lead is not None:
        yield lead.origin


def _source_ref(source: Source, document: Document) -> SourceRef:
    return SourceRef(
        path=source.path,
        uri=to_uri(source.target_uri) or source.record_id,
        media_type=source.media_type,
        charset=document.charset,
        bytes=source.size,
        sha256=source.sha256,
        warc_record_id=source.record_id,
        # WARC 1.1 allows dates of less precision; those say less than the field promises.
        captured=source.captured if source.captured and is_date_time(source.captured) else None,
        pointer=source.pointer,
    )


def _with_row(metadata: Metadata, row: SidecarRow) -> Metadata:
    """What the archivist wrote beside the source wins over what the source says."""
    origin = f"sidecar:row {row.row}"
    provenance = {**metadata.provenance, **dict.fromkeys(row.values, origin)}
    extensions = {**metadata.extensions, **row.values.get("extensions", {})}
    values = {**row.values, "extensions": extensions}
    return replace(metadata, **values, provenance=dict(sorted(provenance.items())))


def _unknown(metadata: Metadata) -> tuple[str, ...]:
    def empty(field: str) -> bool:
        value = getattr(metadata, field)
        return value is None or value == () or (field == "language" and value == "und")

    return tuple(sorted(field for field in TELLABLE if empty(field)))


def _simple(field: str, *origins: str, hint: str = "") -> Callable[[Candidates, str], _Found | None]:
    def choose(candidates: Candidates, _language: str) -> _Found | None:
        item = candidates.first(hint or field, "given:", *origins)
        return _Found(item.value, item.origin) if item else None

    return choose


def _title(candidates: Candidates, _language: str) -> _Found | None:
    item = choose_title(candidates)
    return _Found(item.value, item.origin) if item else None


def _description(candidates: Candidates, _language: str) -> _Found | None:
    item = candidates.first("description", "given:", "text:", "html:/", "json-ld:", "meta:")
    return _Found(item.value, item.origin) if item else None


def _authors(candidates: Candidates, language: str) -> _Found | None:
    chosen = choose_authors(candidates, language=language)
    return _Found(*chosen) if chosen else None


def _byline(candidates: Candidates, _language: str) -> _Found | None:
    item = candidates.first("byline", "given:", "text:", "html:/")
    return _Found(item.value, item.origin) if item else None


def _publisher(candidates: Candidates, _language: str) -> _Found | None:
    item = candidates.first("publisher", "given:", "json-ld:", "microdata:", "text:", "html:/", "meta:")
    # The name of the site is what the publication calls itself, so it is the next best word for who published.
    item = item or candidates.first("site_name")
    if item is None:
        return None
    return _Found(publisher_name(item.value) or item.value, item.origin)


def _keywords(candidates: Candidates, _language: str) -> _Found | None:
    items = candidates.of("keyword", "given:") or candidates.of("keyword", "json-ld:") or candidates.of("keyword")
    first: dict[str, str] = {}
    for item in items:
        for word in filter(None, map(str.strip, item.value.split(","))):
            first.setdefault(word, item.origin)
    return _Found(tuple(first), ", ".join(dict.fromkeys(first.values()))) if first else None


def _paywalled(candidates: Candidates, _language: str) -> _Found | None:
    said = candidates.first("paywalled", "json-ld:", "meta:") or candidates.first("paywalled")
    return _Found(said.value.lower() in ("true", "1", "yes"), said.origin) if said else None


def _canonical(candidates: Candidates, _language: str) -> _Found | None:
    for item in candidates.of("canonical_url"):
        uri = to_web_address(item.value)
        if uri:
            return _Found(uri, item.origin)
    return None


_CHOICES: Mapping[str, Callable[[Candidates, str], _Found | None]] = {
    "title": _title,
    "description": _description,
    "authors": _authors,
    "byline": _byline,
    "publisher": _publisher,
    "site_name": _simple("site_name", "meta:", "json-ld:"),
    "section": _simple("section", "json-ld:", "meta:"),
    "rights": _simple("rights", "json-ld:", "meta:", "text:", "html:/"),
    "keywords": _keywords,
    "paywalled": _paywalled,
    "canonical_url": _canonical,
}


def _from_body(document: Document, blocks: Sequence[Block], candidates: Candidates, language: str) -> dict[str, _Found]:
    """The dateline: at the head of the first paragraph, on a line of its own, or in the byline (“… in Beirut”)."""
    for block in blocks:
        if block.fate is Fate.REMOVED or block.kind not in (BlockKind.DATELINE, BlockKind.PARAGRAPH):
            continue
        parts = parse_dateline(block.text, language=language)
        if parts is not None:
            date = parts.date if parts.date and is_partial_date_time(parts.date) else None
            return {"dateline": _Found(Dateline(parts.text, parts.place, date), place_of(document, block))}
        if block.kind is BlockKind.DATELINE:
            place = block.text.partition(",")[0].strip()
            return {"dateline": _Found(Dateline(block.text, place), place_of(document, block))}
        break
    for byline in candidates.of("byline"):
        parsed = parse_byline(byline.value, language=language)
        if parsed is not None and parsed.place:
            return {"dateline": _Found(Dateline(byline.value, parsed.place), byline.origin)}
    return {}
