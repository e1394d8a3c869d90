"""Laws of the TEI room: whatever the article, the file is valid and gives the text back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.model.account import TeiAccount
from archiver.model.article import Article, Block, BlockKind
from archiver.model.document import Notice, Span
from archiver.model.metadata import Alternative, Dateline, DateValue, Metadata, Person, SourceRef
from archiver.model.verdict import Action, Category, Fate, Profile, Verdict
from archiver.tei.account import check_and_read, expect_account
from archiver.tei.header import TeiContext
from archiver.tei.read import kept_text, removed_texts
from archiver.tei.validate import validate_tei
from archiver.tei.write import write_tei
from archiver.tei.written import read_written

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


@dataclass(frozen=True)
class Line:
    """A line of the ledger."""

    block: int
    text: str
    category: str
    rule: str
    evidence: str
    place: dict[str, Any]


def ledger_of(article: Article) -> list[Line]:
    """Return the removed blocks of ``article`` as the ledger has them."""
    return [
        Line(
            block.index,
            block.text,
            block.category.value if block.category else "",
            block.rule or "",
            block.evidence,
            {"char": [block.span.start, block.span.end]} if block.span else {"xpath": block.path},
        )
        for block in article.removed
    ]


def is_borne_out(account: TeiAccount, data: bytes, article: Article) -> bool:
    """Tell whether parsing, validating and reading all of ``data`` comes to the same as the short way did."""
    findings, read = check_and_read(data, "a.xml")
    if findings or read is None:
        return False
    expected = expect_account(article.metadata, ledger_of(article))
    same = replace(read, facts={}, gaps=()) == replace(account, gaps=())
    gaps = [[(gap.blocks, gap.quantity) for gap in one.gaps] for one in (read, account)]
    return same and gaps[0] == gaps[1] and (read.facts, read.removed) == (expected.facts, expected.removed)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(articles())
def test_the_short_way_to_read_what_is_written_comes_to_the_same(article: Article) -> None:
    data = write_tei(article, CONTEXT)
    account = read_written(data, article.metadata, ledger_of(article))
    assert account is None or is_borne_out(account, data, article)


PLAIN = Article(
    (
        Block(
            0,
            BlockKind.LEFTOVER,
            "Home\tNews",
            Fate.REMOVED,
            "html.nav@1",
            Category.NAV,
            "menu",
            path="/html/body/nav[1]",
        ),
        Block(1, BlockKind.HEADLINE, "Quay & <lock>", Fate.KEPT, None, None, "", path="/html/body/h1[1]"),
        Block(2, BlockKind.PARAGRAPH, "The lock was oiled.", Fate.KEPT, None, None, "", path="/html/body/p[1]"),
        Block(
            3, BlockKind.LEFTOVER, "Share", Fate.REMOVED, "en.share@1", Category.SHARE, "prompt", path="/html/body/p[2]"
        ),
        Block(
            4,
            BlockKind.LEFTOVER,
            "Log in",
            Fate.REMOVED,
            "en.login@1",
            Category.LOGIN,
            "prompt",
            path="/html/body/p[3]",
        ),
        Block(5, BlockKind.HEADING, "Later", Fate.KEPT, None, None, "", path="/html/body/h2[1]", doubtful=True),
        Block(6, BlockKind.LIST_ITEM, "one", Fate.KEPT, None, None, "", path="/html/body/ul[1]/li[1]"),
    ),
    Metadata(
        id="a-0123456789abcdef",
        source=SourceRef("a.html", "file:a.html", "text/html", "utf-8", 12, "0" * 64, RECORD),
        text_sha256="1" * 64,
        word_count=6,
        title="Quay & <lock>",
        language="en",
        provenance={"title": "html:/html/body/h1[1]"},
        unknown=("authors",),
    ),
    Profile.BALANCED,
    "2" * 64,
    (Notice("html.odd", "something & more"),),
    3,
)


def test_a_plain_article_goes_the_short_way() -> None:
    data = write_tei(PLAIN, CONTEXT)
    account = read_written(data, PLAIN.metadata, ledger_of(PLAIN))
    assert account is not None
    assert is_borne_out(account, data, PLAIN)
    assert account.body == "The lock was oiled.\nLater\none"
    assert read_written(write_tei(PLAIN, TeiContext("2026-11-21T08:00:00Z")), PLAIN.metadata, []) is None


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (b'<text xml:lang="en">', b'<text xml:lang="fr">'),
        (b'.gap3"', b'.gap4"'),
        (b"The lock", b"The l\x00ck"),
        (b">6 words<", b">7 words<"),
        (b"archiver 0", b"archiver 9"),
        (b'type="section"', b'type="sections"'),
        (b'<taxonomy xml:id="a-0', b'<taxonomy xml:id="a-1'),
    ],
)
def test_a_document_that_tells_something_else_goes_the_long_way(here: bytes, there: bytes) -> None:
    data = write_tei(PLAIN, CONTEXT)
    assert here in data
    assert read_written(data.replace(here, there), PLAIN.metadata, ledger_of(PLAIN)) is None


def test_a_header_that_leads_astray_is_left_in_a_time_that_grows_with_it() -> None:
    part = '<measure unit="characters" quantity="1"><publicationStmt><publisher></publisher><date when="">'
    data = write_tei(PLAIN, CONTEXT).replace(b"<fileDesc>", b"<fileDesc><!--" + part.encode() * 20_000 + b"-->", 1)
    data = data.replace(b'<note type="unseen">', b'<note  type="unseen">')
    assert read_written(data, PLAIN.metadata, ledger_of(PLAIN)) is None


@st.composite
def edits(draw: st.DrawFn) -> bytes:
    """Draw the file of the plain article with a change or two."""
    data = write_tei(PLAIN, CONTEXT)
    for _ in range(draw(st.integers(1, 2))):
        start = draw(st.integers(0, len(data) - 1))
        end = start + draw(st.integers(0, 40))
        if draw(st.booleans()):
            put = draw(
                st.binary(max_size=4)
                | st.sampled_from([b' n="', b"0", b"<p/>", b"high", b"&amp;", b"&#13;", b"#", b"."])
            )
        else:
            other = draw(st.integers(0, len(data) - 1))
            put = data[other : other + draw(st.integers(0, 200))]
        if draw(st.booleans()):
            # The value of an attribute in place of another.
            values = [found.span(1) for found in re.finditer(rb'="([^"]*)"', data)]
            start, end = draw(st.sampled_from(values))
            put = data[slice(*draw(st.sampled_from(values)))]
        data = data[:start] + put + data[end:]
    return data


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits())
def test_the_short_way_never_passes_what_the_long_way_finds_wrong(data: bytes) -> None:
    account = read_written(data, PLAIN.metadata, ledger_of(PLAIN))
    assert account is None or is_borne_out(account, data, PLAIN)
