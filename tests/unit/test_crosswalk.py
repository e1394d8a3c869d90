"""Descriptions in the words of others: what each vocabulary asks for, nothing invented, nothing hostile."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from archiver.crosswalk.dublin_core import dublin_core
from archiver.crosswalk.ninjs import news_object, ninjs
from archiver.crosswalk.schema_org import news_article, schema_org
from archiver.crosswalk.table import COLUMNS, table
from archiver.crosswalk.targets import Target, write_as
from archiver.crosswalk.values import article_urn
from archiver.model.metadata import Dateline, DateValue, Image, Metadata, Person, Related, SourceRef
from archiver.schemas import read_schema
from archiver.wording.formulas import guarded, unguarded

DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
SOURCE = SourceRef(
    path="fair.txt",
    uri="file:///fair.txt",
    media_type="text/plain",
    charset="utf-8",
    bytes=90,
    sha256="0" * 64,
    warc_record_id="urn:uuid:00000000-0000-5000-8000-000000000001",
)
BARE = Metadata("a-00000000000000aa", SOURCE, "1" * 64, 3, unknown=("title",))
FULL = replace(
    BARE,
    title="Fair <opens> & closes",
    description="On the quay",
    byline="By Mara Quill; photographs by Tobin Ashe",
    authors=(Person("Mara Quill"), Person("Tobin Ashe", "photographer"), Person("Westmoor Press", "agency")),
    dateline=Dateline("PORT EXAMPLE, Oct 21 -", "PORT EXAMPLE"),
    published=DateValue("2016-10-21T10:25+01:00", "minute", "21 Oct 2016"),
    modified=DateValue("2016-10-22", "day", "22 Oct"),
    publisher="The Stennick Mercury",
    site_name="Mercury online",
    section="Quay",
    keywords=("fair", "Quay", "boats"),
    language="en-GB",
    url="https://mercury.example.org/fair",
    canonical_url="https://mercury.example.org/2016/fair",
    images=(Image("https://mercury.example.org/a.jpg", "The quay", "Tobin Ashe"), Image("b.jpg", "Relative")),
    rights="© The Stennick Mercury",
    paywalled=False,
    corrections=("The fair is in May.",),
    duplicate_of="a-00000000000000bb",
    related=(Related("a-00000000000000cc", 80),),
    unknown=(),
)
HOSTILE = "\x00a\x1b\ud800b\ufffe\x85c<&>]]>\"'\u2028"


@pytest.fixture(scope="module")
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(read_schema("dublin-core.rng")))


def records(*articles: Metadata, grammar: etree.RelaxNG) -> list[Any]:
    root = etree.fromstring(b"".join(dublin_core(articles)))
    grammar.assertValid(root)
    return list(root)


def said(record: Any, name: str) -> list[tuple[str, str]]:
    return [(element.text, element.get(TYPE, "").removeprefix("dcterms:")) for element in record.iter(name)]


def test_dublin_core_has_every_value_under_its_element(grammar: etree.RelaxNG) -> None:
    record = records(FULL, grammar=grammar)[0]
    assert said(record, f"{DC}identifier") == [(FULL.id, "")]
    assert said(record, f"{TERMS}identifier") == [(article_urn(FULL.id), "URI")]
    assert said(record, f"{DC}title") == [("Fair <opens> & closes", "")]
    assert said(record, f"{DC}creator") == [("Mara Quill", "")]
    assert [name for name, _ in said(record, f"{DC}contributor")] == ["Tobin Ashe", "Westmoor Press"]
    assert said(record, f"{DC}publisher") == [("The Stennick Mercury", "")]
    assert [word for word, _ in said(record, f"{DC}subject")] == ["Quay", "fair", "boats"]
    assert said(record, f"{DC}language") == [("en-GB", "RFC4646")]
    assert said(record, f"{DC}type") == [("Text", "DCMIType")]
    assert said(record, f"{DC}format") == [("text/plain", "IMT")]
    assert said(record, f"{TERMS}source") == [(FULL.url, "URI"), (FULL.canonical_url, "URI")]
    assert said(record, f"{TERMS}isPartOf") == [("Mercury online", "")]
    assert said(record, f"{TERMS}hasPart") == [("https://mercury.example.org/a.jpg", "URI")]
    others = [article_urn("a-00000000000000bb"), article_urn("a-00000000000000cc")]
    assert [uri for uri, _ in said(record, f"{TERMS}relation")] == others
    assert said(record, f"{DC}rights") == [("© The Stennick Mercury", "")]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (DateValue("2016", "year", "2016"), ("2016", "W3CDTF")),
        (DateValue("2016-10", "month", "Oct"), ("2016-10", "W3CDTF")),
        (DateValue("2016-10-21", "day", "21"), ("2016-10-21", "W3CDTF")),
        (DateValue("2016-10-21T10:25:30Z", "second", "21"), ("2016-10-21T10:25:30Z", "W3CDTF")),
        # W3C's note on date formats demands an offset, xs:dateTime seconds below 60.
        (DateValue("2016-10-21T10:25:30", "second", "21"), ("2016-10-21T10:25:30", "")),
        (DateValue("2016-10-21T10:25+01:00", "minute", "21"), ("2016-10-21T10:25+01:00", "")),
        (DateValue("2016-12-31T23:59:60Z", "second", "31"), ("2016-12-31T23:59:60Z", "")),
        (DateValue("2016-10-21", "day", "21", certainty="low"), ("2016-10-21?", "")),
        (
            DateValue("2016-06-11", "day", "11/06", "low", "2016-06-11", "2016-11-06"),
            ("start=2016-06-11; end=2016-11-06; scheme=W3C-DTF;", "Period"),
        ),
    ],
)
def test_dates_of_dublin_core_claim_no_more_than_is_known(
    grammar: etree.RelaxNG, date: DateValue, expected: tuple[str, str]
) -> None:
    record = records(replace(BARE, published=date), grammar=grammar)[0]
    assert said(record, f"{TERMS}issued") == [expected]


def test_what_is_not_known_is_in_no_vocabulary(grammar: etree.RelaxNG) -> None:
    record = records(BARE, grammar=grammar)[0]
    assert [element.tag.rpartition("}")[2] for element in record] == ["identifier", "identifier", "type", "format"]
    assert set(news_article(BARE, "")) == {"@id", "@type", "identifier", "wordCount"}
    # uri is the only property that ninjs demands.
    assert set(news_object(BARE, "")) == {"uri", "standard", "type", "altIds"}


def test_hostile_values_leave_every_form_readable(grammar: etree.RelaxNG) -> None:
    told = dict.fromkeys(("title", "description", "byline", "publisher", "site_name", "rights", "section"), HOSTILE)
    hostile = replace(
        FULL,
        **told,  # type: ignore[arg-type]
        authors=(Person(HOSTILE, HOSTILE), Person(HOSTILE)),
        keywords=(HOSTILE,),
        dateline=Dateline(HOSTILE, HOSTILE),
        corrections=(HOSTILE,),
        images=(Image("https://a.example/x", HOSTILE, HOSTILE),),
    )
    expected = "\ufffda\ufffd\ufffdb\ufffd\x85c<&>]]>\"'\u2028"
    record = records(hostile, grammar=grammar)[0]
    assert said(record, f"{DC}title") == [(expected, "")]
    for target in Target:
        data = b"".join(write_as(target, [(hostile, HOSTILE)]))
        data.decode("utf-8")
        assert b"\\ud800" not in data
        assert b"\x00" not in data
    assert news_article(hostile, HOSTILE)["headline"] == expected
    assert news_object(hostile, HOSTILE)["bodies"][0]["value"] == expected


def test_a_carriage_return_survives_xml(grammar: etree.RelaxNG) -> None:
    assert said(records(replace(BARE, title="a\r\nb"), grammar=grammar)[0], f"{DC}title") == [("a\r\nb", "")]


def test_json_ld_is_one_document_with_an_article_a_line() -> None:
    data = b"".join(schema_org([(FULL, "one\ntwo"), (BARE, "")]))
    document = json.loads(data)
    assert document["@context"] == "https://schema.org"
    assert [article["identifier"] for article in document["@graph"]] == [FULL.id, BARE.id]
    lines = data.decode("utf-8").splitlines()
    assert [json.loads(line.rstrip(","))["identifier"] for line in lines[1:-1]] == [FULL.id, BARE.id]
    assert json.loads(b"".join(schema_org([])))["@graph"] == []


def test_schema_org_has_every_value_under_its_property() -> None:
    article = news_article(FULL, "The fair opened.")
    assert article["@id"] == article_urn(FULL.id)
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == "Fair <opens> & closes"
    # The role of an author does not tell whether it is a person; that of an agency does.
    assert article["author"] == [{"name": "Mara Quill"}]
    assert article["contributor"] == [{"name": "Tobin Ashe"}, {"@type": "Organization", "name": "Westmoor Press"}]
    assert article["datePublished"] == "2016-10-21T10:25+01:00"
    assert article["dateModified"] == "2016-10-22"
    assert article["locationCreated"] == {"@type": "Place", "name": "PORT EXAMPLE"}
    assert article["isAccessibleForFree"] is True
    assert article["articleBody"] == "The fair opened."
    assert article["image"][1] == {"@type": "ImageObject", "caption": "Relative"}


@pytest.mark.parametrize("doubt", [{"certainty": "low"}, {"not_before": "2016-06-11", "not_after": "2016-11-06"}])
def test_a_date_in_doubt_is_no_fact_elsewhere(doubt: dict[str, str]) -> None:
    date = DateValue("2016-06-11T00:00:00Z", "second", "11/06/2016", **doubt)
    doubtful = replace(BARE, published=date)
    assert "datePublished" not in news_article(doubtful, "")
    assert "firstCreated" not in news_object(doubtful, "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2016-10-21T10:25:30+01:00", "2016-10-21T10:25:30+01:00"),
        ("2016-10-21T10:25+01:00", "2016-10-21T10:25:00+01:00"),
        ("2016-10-21T10:25Z", "2016-10-21T10:25:00Z"),
        ("2016-10-21T10:25:30", None),
        ("2016-10-21T10:25", None),
        ("2016-10-21", None),
    ],
)
def test_dates_of_ninjs_are_whole_moments_or_missing(value: str, expected: str | None) -> None:
    article = replace(BARE, modified=DateValue(value, "minute", value))
    assert news_object(article, "").get("versionCreated") == expected


def test_ninjs_is_one_object_a_line() -> None:
    lines = b"".join(ninjs([(FULL, "text"), (BARE, "")])).splitlines()
    assert [json.loads(line)["uri"] for line in lines] == [article_urn(FULL.id), article_urn(BARE.id)]


def rows(*articles: Metadata) -> list[dict[str, str]]:
    text = b"".join(table(articles)).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_the_same_columns_for_everybody() -> None:
    full, bare = rows(FULL, BARE)
    assert list(full) == list(bare) == list(COLUMNS)
    assert full["authors"] == "Mara Quill; Tobin Ashe; Westmoor Press"
    assert full["roles"] == "author; photographer; agency"
    assert full["related"] == "a-00000000000000cc"
    assert (bare["title"], bare["published"], bare["language"], bare["unknown"]) == ("", "", "", "title")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'=", "''@"])
def test_no_cell_of_the_table_is_a_formula(sign: str) -> None:
    cell = rows(replace(BARE, title=f"{sign}1+1"))[0]["title"]
    assert cell == f"'{sign}1+1"
    assert unguarded(cell) == f"{sign}1+1"


@pytest.mark.parametrize("cell", ["", "plain", "'quoted'", "'", "1-1", "a=b", "it's"])
def test_other_cells_stand_as_they_are(cell: str) -> None:
    assert unguarded(guarded(cell)) == guarded(cell) == cell
