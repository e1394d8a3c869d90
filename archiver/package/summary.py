"""What is in a package, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from archiver.digits import read_number
from archiver.package import layout
from archiver.package.listing import removed_blocks
from archiver.package.open import Package

#: Label in bag-info.txt under which the number of doubtful blocks is kept.
DOUBTFUL_LABEL = "Doubtful-Blocks"


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a package; mappings go from most to least, equals by name."""

    articles: int
    rejects: int
    sources: int
    carried: int
    """Records of source containers that hold no article."""
    languages: Mapping[str, int]
    publishers: Mapping[str, int]
    reject_codes: Mapping[str, int]
    earliest: str | None
    """Earliest date of publication, ISO 8601, as precise as known; None where no article tells one."""
    latest: str | None
    undated: int
    duplicates: int
    """Articles that say which other article they repeat."""
    removed_blocks: int
    removed_chars: int
    removed_by_category: Mapping[str, int]
    removed_by_rule: Mapping[str, int]
    doubtful_blocks: int | None
    """Blocks kept against some evidence; None where bag-info.txt does not tell."""
    source_bytes: int
    archive_bytes: int
    derived_bytes: int


def summarize(package: Package) -> Summary:
    """Return the figures of ``package``, each list read once and never held whole. Raises PackageError."""
    languages: Counter[str] = Counter()
    publishers: Counter[str] = Counter()
    articles = undated = duplicates = 0
    earliest: str | None = None
    latest: str | None = None
    for metadata in package.descriptions():
        articles += 1
        languages[metadata.language] += 1
        publishers[metadata.publisher or ""] += 1
        duplicates += metadata.duplicate_of is not None
        if metadata.published is None:
            undated += 1
            continue
        value = metadata.published.value
        earliest = value if earliest is None or value < earliest else earliest
        latest = value if latest is None or value > latest else latest

    categories: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    chars = 0
    for block in removed_blocks(package.data):
        categories[block.category] += 1
        rules[block.rule] += 1
        chars += len(block.text)

    sources = carried = source_bytes = 0
    for source in package.sources():
        sources += 1
        carried += source.carried
        source_bytes += source.size
    codes = Counter(reject.code for reject in package.rejects())
    doubtful = dict(package.info()).get(DOUBTFUL_LABEL, "")
    return Summary(
        articles=articles,
        rejects=codes.total(),
        sources=sources,
        carried=carried,
        languages=_ordered(languages),
        publishers=_ordered(publishers),
        reject_codes=_ordered(codes),
        earliest=earliest,
        latest=latest,
        undated=undated,
        duplicates=duplicates,
        removed_blocks=categories.total(),
        removed_chars=chars,
        removed_by_category=_ordered(categories),
        removed_by_rule=_ordered(rules),
        doubtful_blocks=read_number(doubtful) if doubtful.isascii() and doubtful.isdigit() else None,
        source_bytes=source_bytes,
        archive_bytes=_size(package, layout.ARCHIVE),
        derived_bytes=_size(package, layout.DERIVED),
    )


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _size(package: Package, folder: str) -> int:
    return sum(path.stat().st_size for path in layout.warc_files(package.data, folder))
