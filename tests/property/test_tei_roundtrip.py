"""Laws of the TEI room: whatever the article, the file is valid and gives the text back."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.model.article import Article, Block, BlockKind
from archiver.model.document import Notice, Span
from archiver.model.metadata import Alternative, Dateline, DateValue, Metadata, Person, SourceRef
from archiver.model.verdict import Action, Category, Fate, Profile, Verdict
from archiver.tei.header import TeiContext
from archiver.tei.read import kept_text, removed_texts
from archiver.tei.validate import validate_tei
from archiver.tei.write import write_tei

CONTEXT = TeiContext("2026-11-21T08:00:00Z", "Example Archive", "2026.1")
RECORD = "urn:uuid:b2f45b66-b334-53c1-b1ef-ae08c34ff336"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Any code point at all, and often those that XML treats in its own way.
anything = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=30),
    st.text("\r\n\t\x85\u2028 \x00\x1b\ud800\ufffe\U0001fffe<>&\"']]>\u202eשלו漢字e\u0301", max_size=12),
)
dates = st.one_of(
    anything,
    st.from_regex(
        r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?", fullmatch=True
    ),
    st.datetimes().map(lambda moment: moment.isoformat(timespec="minutes")),
)
urls = st.one_of(anything, st.from_regex(r"https?://[a-z:\[\]@%]{1,8}/[^\s]{0,12}", fullmatch=True))
date_values = st.builds(
    DateValue,
    value=dates,
    precision=st.just("day"),
    text=anything,
    certainty=st.sampled_from(["high", "medium", "low", "nonsense"]),
    not_before=st.none() | dates,
    not_after=st.none() | dates,
)
sources = st.builds(
    SourceRef,
    path=anything,
    uri=st.just("file:a"),
    media_type=st.just("text/plain"),
    charset=anything,
    bytes=st.integers(0, 10**12),
    sha256=st.just("0" * 64),
    warc_record_id=st.just(RECORD) | anything,
    captured=st.none() | dates,
    pointer=st.none() | anything,
)
descriptions = st.builds(
    Metadata,
    id=st.just("a-0123456789abcdef"),
    source=sources,
    text_sha256=st.just("1" * 64),
    word_count=st.integers(0, 10**9),
    url=st.none() | urls,
    canonical_url=st.none() | urls,
    title=st.none() | anything,
    description=st.none() | anything,
    authors=st.lists(st.builds(Person, name=anything, role=st.just("author") | anything), max_size=3).map(tuple),
    dateline=st.none() | st.builds(Dateline, text=anything, place=st.none() | anything, date=st.none() | dates),
    published=st.none() | date_values,
    modified=st.none() | date_values,
    publisher=st.none() | anything,
    site_name=st.none() | anything,
    section=st.none() | anything,
    keywords=st.lists(anything, max_size=3).map(tuple),
    language=st.sampled_from(["und", "en", "zh-Hant", "ar"]) | anything,
    rights=st.none() | anything,
    paywalled=st.none() | st.booleans(),
    duplicate_of=st.none() | st.just("a-fedcba9876543210"),
    provenance=st.dictionaries(anything, anything, max_size=2),
    unknown=st.lists(anything, max_size=2).map(tuple),
    alternatives=st.lists(
        st.builds(Alternative, field=st.sampled_from(["title", "modified"]), value=anything, origin=anything),
        max_size=2,
    ).map(tuple),
)
verdicts = st.builds(
    Verdict,
    rule=anything,
    action=st.sampled_from(Action),
    weight=st.integers(0, 100),
    category=st.none() | st.sampled_from(Category),
    evidence=anything,
)
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda ends: Span(min(ends), max(ends)))
drafts = st.builds(
    Block,
    index=st.just(0),
    kind=st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.LEFTOVER]),
    text=anything,
    fate=st.just(Fate.KEPT),
    rule=st.none() | anything,
    category=st.none(),
    evidence=anything,
    level=st.integers(0, 6),
    group=st.integers(0, 1),
    resource=st.none() | urls,
    doubtful=st.booleans(),
    span=st.none() | spans,
    path=anything | st.just("/html/body/p[3]"),
    verdicts=st.lists(verdicts, max_size=2).map(tuple),
) | st.builds(
    Block,
    index=st.just(0),
    kind=st.just(BlockKind.LEFTOVER),
    text=anything,
    fate=st.just(Fate.REMOVED),
    rule=st.none() | anything,
    category=st.sampled_from(Category),
    evidence=anything,
    span=st.none() | spans,
    path=anything | st.just("/html/body/div[2]/p[1]"),
    verdicts=st.lists(verdicts, max_size=2).map(tuple),
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Draw an article whose byline, dates and corrections sometimes hold what the description says."""
    metadata = draw(descriptions)
    blocks = []
    for index, block in enumerate(draw(st.lists(drafts, max_size=14))):
        words = [block.text, *(person.name for person in metadata.authors), metadata.publisher or ""]
        words += [date.text for date in (metadata.published, metadata.modified) if date is not None]
        text = " ".join(draw(st.permutations(words))) if draw(st.booleans()) else block.text
        fields = {name: getattr(block, name) for name in Block.__slots__}
        blocks.append(Block(**{**fields, "index": index, "text": text}))
    notices = draw(st.lists(st.builds(Notice, code=anything, message=anything), max_size=2))
    return Article(tuple(blocks), metadata, draw(st.sampled_from(Profile)), "2" * 64, tuple(notices), 3)


def mapped(text: str) -> str:
    """Return ``text`` as XML 1.0 can hold it (production 2, Char)."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(articles())
def test_every_article_is_valid_and_reads_back(article: Article) -> None:
    data = write_tei(article, CONTEXT)
    assert validate_tei(data) == ()
    assert kept_text(data) == mapped(article.text)
    assert removed_texts(data) == [mapped(block.text) for block in article.removed]
    assert write_tei(article, CONTEXT) == data
