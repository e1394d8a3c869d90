"""What the rooms write of a package, for verifying to make it anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from archiver.canon import canonical_json
from archiver.crosswalk import dublin_core, schema_org
from archiver.model.metadata import Metadata
from archiver.package import layout
from archiver.package.run_facts import TITLE
from archiver.package.verify_made import CorpusTold, Follower, Remake
from archiver.relate.likeness import resemblance, sequences
from archiver.tei.corpus import CorpusFacts, write_corpus
from archiver.tei.dates import is_instant
from archiver.tei.header import TeiContext
from archiver.tei.source import language_tag

#: Of a package that tells no moment: a corpus with this one differs from whatever stands there.
_NO_INSTANT = "0001-01-01T00:00:00Z"
_sequences = lru_cache(maxsize=16)(sequences)


def _dublin_core(metadata: Metadata, _text: str) -> bytes:
    return dublin_core.record(metadata)


def _schema_org(metadata: Metadata, text: str) -> bytes:
    return canonical_json(schema_org.news_article(metadata, text))


def _corpus(ids: Iterable[str], told: CorpusTold) -> Iterator[bytes]:
    facts = CorpusFacts(TITLE, sum(told.languages.values()), told.words, told.languages)
    date = told.date if is_instant(told.date) else _NO_INSTANT
    return write_corpus(ids, facts, TeiContext(date=date, publisher=told.organization, rules_version=""))


def _similarity(one: str, other: str) -> int:
    return resemblance(_sequences(one), _sequences(other))


REMAKE = Remake(
    followers=(
        Follower(layout.DC, dublin_core.HEAD, b"", dublin_core.TAIL, _dublin_core),
        Follower(f"{layout.DATA}/{layout.JSONLD}", schema_org.HEAD, b",\n", schema_org.TAIL, _schema_org),
    ),
    language=language_tag,
    corpus=_corpus,
    similarity=_similarity,
)
