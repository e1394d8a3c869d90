"""The description: each value with its origin, nothing invented, what is not told listed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from archiver import canon
from archiver.clean.judge import judge
from archiver.clean.ruleset import load_rules
from archiver.describe.describe import TELLABLE, describe
from archiver.describe.sidecar import SidecarRow
from archiver.model.document import Document, Hint
from archiver.model.metadata import DateValue, Metadata, Person
from archiver.model.source import Source
from archiver.model.verdict import Profile
from archiver.parse.source import parse_source
from archiver.wording.language import detect_language

SOLID = (
    "The council of Harbour Town voted on Tuesday to keep the old lighthouse open for another ten years, although its "
    "upkeep has become dear."
)
SECOND = (
    "In 1923 the first keeper moved in, and on 3 May 1954 the lamp was replaced by one that can be seen from as far "
    "away as the islands."
)
STORY = f"{SOLID}\n{SECOND}"


def source(text: str, media_type: str = "text/plain", **more: Any) -> Source:
    data = text.encode()
    made = Source(
        path="in/a.txt",
        data=data,
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        record_id="urn:uuid:00000000-0000-5000-8000-000000000000",
        target_uri="file:///in/a.txt",
    )
    return replace(made, **more)


def described(text: str, media_type: str = "text/plain", *, row: SidecarRow | None = None, **more: Any) -> Metadata:
    made = source(text, media_type, **more)
    return of_document(made, parse_source(made), row=row)


def of_document(made: Source, document: Document, *, row: SidecarRow | None = None) -> Metadata:
    language = detect_language(" ".join(block.text for block in document.blocks))
    matcher = load_rules().matcher((language.tag,))
    blocks = judge(document, matcher, language=language.tag, profile=Profile.BALANCED).blocks
    return describe(made, document, blocks, language=language, row=row)


def page(head: str, body: str = "") -> str:
    return (
        f"<html lang=en><head>{head}</head><body><article><h1>Lighthouse stays open</h1>{body}"
        f"<p>{SOLID}</p><p>{SECOND}</p></article></body></html>"
    )


def test_the_head_of_a_text_is_described_with_its_places() -> None:
    text = (
        "Lighthouse stays open for years\nThe vote ends a dispute that has long divided the town\n"
        f"By Jane Doe and John Roe\n21 October 2026\nThe Harbour Courier\n{STORY}"
    )
    found = described(text)
    assert found.title == "Lighthouse stays open for years"
    assert found.description == "The vote ends a dispute that has long divided the town"
    assert found.byline == "By Jane Doe and John Roe"
    assert found.authors == (Person("Jane Doe"), Person("John Roe"))
    assert found.published == DateValue("2026-10-21", "day", "21 October 2026")
    assert found.publisher == "The Harbour Courier"
    assert found.language == "en"
    for field, words in (("title", found.title), ("byline", found.byline), ("published", "21 October 2026")):
        start, end = map(int, found.provenance[field].removeprefix("text:#char=").split(","))
        assert text[start:end] == words


def test_ids_and_digests_follow_from_the_source() -> None:
    found = described(f"Lighthouse stays open\n{STORY}")
    made = source(f"Lighthouse stays open\n{STORY}")
    assert found.id == canon.content_id("in/a.txt", "0", made.sha256)
    assert found.text_sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    assert found.word_count == len(STORY.split())
    assert (found.source.path, found.source.sha256, found.source.bytes) == ("in/a.txt", made.sha256, made.size)
    assert (found.source.charset, found.source.media_type) == ("utf-8", "text/plain")
    assert described(f"Lighthouse stays open\n{STORY}", ordinal=1).id != found.id


def test_a_date_in_a_sentence_is_no_date_of_publication() -> None:
    found = described(
        f"Lighthouse stays open\n{STORY}\nOn 4 June 2020 the roof was mended, said the keeper of the light."
    )
    assert found.published is None
    assert found.modified is None
    assert {"published", "modified"} <= set(found.unknown)


def test_nothing_is_invented_for_a_bare_text() -> None:
    found = described(STORY)
    assert set(found.provenance) == {"language"}
    assert found.unknown == tuple(sorted(set(TELLABLE) - {"language"}))
    assert (found.title, found.authors, found.publisher, found.url, found.images) == (None, (), None, None, ())


@pytest.mark.parametrize(
    "text",
    [STORY, f"Lighthouse stays open\nBy Jane Doe\n{STORY}", f"21 October 2026\n{SOLID}", "1234 5678 9012 3456 7890."],
)
def test_a_field_has_a_value_and_an_origin_or_is_unknown(text: str) -> None:
    found = described(text)
    for field in TELLABLE:
        value = getattr(found, field)
        told = value not in (None, (), "und")
        assert told is (field not in found.unknown), field
        assert told is (field in found.provenance), field


def test_a_dateline_is_told_apart_from_the_story() -> None:
    found = described(f"Lighthouse stays open\nHARBOUR TOWN, Oct 21 (Reuters) - {STORY}")
    assert found.dateline is not None
    assert found.dateline.place == "HARBOUR TOWN"
    assert found.provenance["dateline"].startswith("text:#char=")


def test_the_day_of_a_dateline_is_not_that_of_publication() -> None:
    found = described(f"Lighthouse stays open\nHARBOUR TOWN, 21 October 2026 — {STORY}")
    assert found.dateline is not None
    assert found.dateline.date == "2026-10-21"
    assert found.published is None
    # The day with which the text opens is.
    told = described(f"Lighthouse stays open\n21 October 2026 – {STORY}").published
    assert told is not None
    assert (told.value, told.certainty) == ("2026-10-21", "medium")


def test_a_byline_with_a_place_gives_the_dateline() -> None:
    found = described(f"Lighthouse stays open for years\nBy Jane Doe in London\n{STORY}")
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.text) == ("London", "By Jane Doe in London")


def test_json_ld_tells_authors_dates_and_publisher_of_a_page() -> None:
    data = (
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":'
        '"Lighthouse stays open","author":[{"@type":"Person","name":"Jane Doe"},{"@type":"Person","name":"John Roe"}],'
        '"datePublished":"2026-10-21T10:25:00+01:00","dateModified":"2026-10-22","publisher":{"@type":"Organization",'
        '"name":"Harbour News"},"articleSection":"Coast","keywords":"tower, coast, tower","isAccessibleForFree":false}'
        "</script>"
    )
    found = described(page(data), "text/html")
    assert [person.name for person in found.authors] == ["Jane Doe", "John Roe"]
    assert found.published is not None
    assert (found.published.value, found.published.precision) == ("2026-10-21T10:25:00+01:00", "second")
    assert found.modified is not None
    assert found.modified.value == "2026-10-22"
    assert (found.publisher, found.section, found.keywords, found.paywalled) == (
        "Harbour News",
        "Coast",
        ("tower", "coast"),
        True,
    )
    for field in ("authors", "published", "modified", "publisher", "section", "keywords", "paywalled"):
        assert found.provenance[field].startswith("json-ld:"), field


def test_meta_elements_tell_what_json_ld_does_not() -> None:
    head = (
        "<title>Lighthouse stays open | Harbour News</title><meta name=author content='Jane Doe'>"
        "<meta property=og:site_name content='Harbour News'><meta name=description content='A short summary.'>"
        "<meta property=article:published_time content=2026-10-21><link rel=canonical href='https://example.org/a b'>"
        "<meta property=og:image content='https://example.org/a.jpg'>"
    )
    found = described(page(head), "text/html", url="https://example.org/x?y=1")
    assert found.title == "Lighthouse stays open"
    assert found.authors == (Person("Jane Doe"),)
    assert found.site_name == "Harbour News"
    assert found.description == "A short summary."
    assert found.published is not None
    assert found.canonical_url == "https://example.org/a%20b"
    assert (found.url, found.provenance["url"]) == ("https://example.org/x?y=1", "given:url")
    assert [image.url for image in found.images] == ["https://example.org/a.jpg"]


def test_keywords_of_several_elements_name_each_that_adds_to_them() -> None:
    head = (
        "<meta name=keywords content='tower, coast'><meta name=news_keywords content='coast,council, vote'>"
        "<meta property=article:tag content=tower>"
    )
    found = described(page(head), "text/html")
    assert found.keywords == ("tower", "coast", "council", "vote")
    assert found.provenance["keywords"] == "meta:keywords, meta:news_keywords"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("2016-10-21T24:00:00Z", "2016-10-22T00:00:00Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:00Z"),
        ("2016-W42-5", "2016-10-21"),
        ("2016-02-30", None),
        ("2016-10-21T10:25:00+25:00", None),
    ],
)
def test_days_that_iso_8601_knows_are_read_and_others_leave_their_words(said: str, value: str | None) -> None:
    ld = f'{{"@type": "NewsArticle", "headline": "Lighthouse stays open", "datePublished": "{said}"}}'
    found = described(page(f"<script type='application/ld+json'>{ld}</script>"), "text/html")
    assert (found.published.value if found.published else None) == value
    kept = [(other.field, other.value, other.origin) for other in found.alternatives]
    assert kept == ([] if value else [("published", said, "json-ld:NewsArticle.datePublished")])
    assert ("published" in found.unknown) is (value is None)


def test_the_address_of_a_capture_says_so() -> None:
    found = described(STORY, url="https://example.org/x", captured="2026-01-02T03:04:05Z")
    assert found.provenance["url"] == "capture"
    assert found.source.captured == "2026-01-02T03:04:05Z"
    assert described(STORY, captured="2026").source.captured is None


def test_what_came_beside_the_text_wins_over_the_text() -> None:
    given = {"title": "Given title", "authors": ["Mary Poe"], "published": "2020-01-02", "keywords": ["a", "b"]}
    found = described(f"Lighthouse stays open for years\nBy Jane Doe\n21 October 2026\n{STORY}", given=given)
    assert found.title == "Given title"
    assert found.authors == (Person("Mary Poe"),)
    assert found.published is not None
    assert found.published.value == "2020-01-02"
    assert found.keywords == ("a", "b")
    assert found.byline == "By Jane Doe"
    assert [found.provenance[field] for field in ("title", "authors", "published", "keywords")] == [
        "given:title",
        "given:authors",
        "given:published",
        "given:keywords",
    ]


def test_the_sidecar_wins_over_everything_and_says_so() -> None:
    row = SidecarRow(
        row=7,
        path="in/a.txt",
        url=None,
        id=None,
        values={"title": "From the archivist", "section": "Coast", "byline": None, "extensions": {"x-box": "12"}},
        cleared=("byline",),
    )
    found = described(f"Lighthouse stays open for years\nBy Jane Doe\n{STORY}", row=row, given={"title": "Given title"})
    assert (found.title, found.section, found.byline) == ("From the archivist", "Coast", None)
    assert (found.provenance["title"], found.provenance["section"]) == ("sidecar:row 7", "sidecar:row 7")
    assert found.extensions == {"x-box": "12"}
    assert "byline" in found.unknown
    assert not {"title", "section"} & set(found.unknown)
    assert found.authors == (Person("Jane Doe"),)


def test_addresses_and_handles_are_no_names() -> None:
    hints = tuple(
        Hint("author", value, "meta:author") for value in ("https://example.org/jane", "@jane", "Jane Doe", "JANE DOE")
    )
    made = source(page(""), "text/html")
    document = replace(parse_source(made), hints=hints)
    assert of_document(made, document).authors == (Person("Jane Doe"),)


def test_statements_that_lost_are_kept_with_their_places() -> None:
    head = (
        "<title>Lighthouse stays open</title><meta property=og:title content='Town keeps its old light'>"
        "<meta property=article:published_time content=2026-10-21><meta name=date content=2026-11-02>"
    )
    found = described(page(head), "text/html")
    assert found.title == "Lighthouse stays open"
    assert [(other.field, other.value, other.origin) for other in found.alternatives] == [
        ("title", "Town keeps its old light", "meta:og:title"),
        ("published", "2026-11-02", "meta:date"),
    ]
    assert "alternatives" not in described(STORY).to_dict()


def test_a_relative_canonical_address_is_resolved_with_its_place() -> None:
    head = "<link rel=canonical href='/news/bridge?x=1'>"
    found = described(page(head), "text/html", url="https://example.org/amp/bridge")
    assert found.canonical_url == "https://example.org/news/bridge?x=1"
    assert found.provenance["canonical_url"] == "link:canonical"
    assert described(page(head), "text/html").canonical_url is None


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "about:blank", "mailto:a@example.org", "file:///a/b", "ftp://a.org/b"],
)
def test_only_addresses_of_the_web_are_those_of_an_article(address: str) -> None:
    ld = f'{{"@type": "NewsArticle", "headline": "A", "url": "{address}", "mainEntityOfPage": "{address}"}}'
    head = f"<link rel=canonical href='{address}'><script type='application/ld+json'>{ld}</script>"
    found = described(page(head), "text/html", url=address)
    # Where it was captured is what the capture says, if that is a place at all.
    captured = address if address.startswith(("file:", "ftp:")) else None
    assert (found.canonical_url, found.url) == (None, captured)
    assert "canonical_url" in found.unknown
    behind = described(page(head + "<meta property=og:url content='HTTPS://example.org/b'>"), "text/html")
    assert (behind.canonical_url, behind.provenance["canonical_url"]) == ("HTTPS://example.org/b", "meta:og:url")
