"""What stands where in the TEI of an article."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from archiver.errors import InvalidDescriptionError, RecipeError
from archiver.model.article import Article, Block, BlockKind
from archiver.model.document import Notice, Span
from archiver.model.metadata import Alternative, Dateline, DateValue, Metadata, Person, SourceRef
from archiver.model.verdict import CATEGORY_TEXT, Action, Category, Fate, Profile, Verdict
from archiver.tei.header import TeiContext
from archiver.tei.read import kept_text, removed_texts
from archiver.tei.validate import validate_tei
from archiver.tei.write import write_tei
from archiver.version import __version__

ID = "a-0123456789abcdef"
NS = {"t": "http://www.tei-c.org/ns/1.0"}
XML = "{http://www.w3.org/XML/1998/namespace}"
CONTEXT = TeiContext("2026-11-21T08:00:00Z", "Example Archive", "2026.1")
RECORD = "urn:uuid:b2f45b66-b334-53c1-b1ef-ae08c34ff336"
SOURCE = SourceRef("in/a.txt", "file:in/a.txt", "text/plain", "utf-8", 321, "0" * 64, RECORD)
METADATA = Metadata(id="a-0123456789abcdef", source=SOURCE, text_sha256="1" * 64, word_count=7, language="en")
KIND = BlockKind


def article(*blocks: tuple[BlockKind, str] | Block, metadata: Metadata = METADATA) -> Article:
    made = []
    for index, block in enumerate(blocks):
        if isinstance(block, Block):
            made.append(replace(block, index=index))
        else:
            made.append(Block(index, block[0], block[1], Fate.KEPT, None, None, ""))
    return Article(tuple(made), metadata, Profile.BALANCED, "2" * 64)


def removed(text: str, category: Category = Category.SHARE, *, weight: int = 100) -> Block:
    verdict = Verdict("en.share.01@1", Action.REMOVE, weight, category, "share")
    return Block(0, KIND.LEFTOVER, text, Fate.REMOVED, verdict.rule, category, verdict.evidence, verdicts=(verdict,))


def tree(given: Article) -> etree._Element:
    data = write_tei(given, CONTEXT)
    assert validate_tei(data) == ()
    assert kept_text(data) == given.text
    return etree.fromstring(data)


def outline(given: Article) -> list[str]:
    """Return the elements below the article's div, with their types, as paths."""
    lines = []
    root = tree(given).find(".//t:body/t:div", NS)
    for element in root.iterdescendants():
        ancestors = [*reversed([a for a in element.iterancestors() if root in a.iterancestors()]), element]
        lines.append(
            "/".join(etree.QName(a).localname + (f"={a.get('type')}" if a.get("type") else "") for a in ancestors)
        )
    return lines


def test_the_header_tells_the_run_the_archive_and_the_rules() -> None:
    root = tree(article((KIND.PARAGRAPH, "One two.")))
    assert root.get(f"{XML}id") == "a-0123456789abcdef"
    statement = root.find(".//t:publicationStmt", NS)
    assert statement.findtext("t:publisher", None, NS) == "Example Archive"
    assert statement.find("t:date", NS).get("when") == "2026-11-21T08:00:00Z"
    assert [(i.get("type"), i.text) for i in statement.iterfind("t:idno", NS)] == [
        ("archiver", "a-0123456789abcdef"),
        ("sha256", "1" * 64),
    ]
    assert statement.find("t:availability", NS).get("status") == "unknown"
    assert [m.get("quantity") for m in root.iterfind(".//t:extent/t:measure", NS)] == ["7", "8"]
    assert root.findtext(".//t:idno[@type='rules-version']", None, NS) == "2026.1"
    assert root.findtext(".//t:idno[@type='rules-sha256']", None, NS) == "2" * 64
    assert root.findtext(".//t:name[@type='profile']", None, NS) == "balanced"
    assert root.find(".//t:application", NS).get("version") == __version__
    assert root.find(".//t:ptr[@type='warc-record']", NS).get("target") == RECORD


def test_the_taxonomy_has_every_category_with_its_text() -> None:
    root = tree(article((KIND.PARAGRAPH, "One.")))
    found = {c.get(f"{XML}id"): c.findtext("t:catDesc", None, NS) for c in root.iterfind(".//t:category", NS)}
    assert found == {f"{ID}.bp.{category.value}": text for category, text in CATEGORY_TEXT.items()}


def test_what_nobody_told_is_said_to_be_unknown() -> None:
    data = write_tei(article((KIND.PARAGRAPH, "One.")), replace(CONTEXT, publisher=None))
    assert validate_tei(data) == ()
    root = etree.fromstring(data)
    unknown = [element.getparent() for element in root.iterfind(".//t:supplied[@reason='unknown']", NS)]
    assert [etree.QName(element.getparent()).localname for element in unknown] == [
        "titleStmt",
        "publicationStmt",
        "imprint",
    ]
    assert root.find(".//t:analytic/t:title", NS) is None
    assert root.find(".//t:creation", NS) is None
    assert root.find(".//t:titleStmt/t:author", NS) is None


def test_the_description_stands_in_the_header() -> None:
    metadata = replace(
        METADATA,
        title="Weir & wharf",
        authors=(Person("Ann Example"), Person("Bo Lens", "photographer")),
        url="https://news.example/weir",
        canonical_url="https://news.example/w",
        publisher="Example Press",
        site_name="The Example",
        published=DateValue("2016-10-21T10:25:00+01:00", "minute", "Friday 21 October 2016 10:25 BST"),
        modified=DateValue("2016-10", "month", "October 2016", "medium"),
        section="Rivers",
        keywords=("weir", "wharf"),
        description="A weir.",
        rights="© Example",
        paywalled=True,
        duplicate_of="a-ff",
        provenance={"title": "text:line 1", "authors": "text:line 2"},
        unknown=("images", "dateline"),
        source=replace(SOURCE, captured="2026-11-20T08:00:00Z", pointer="/text"),
    )
    root = tree(
        replace(article((KIND.PARAGRAPH, "One."), metadata=metadata), notices=(Notice("odd", "An odd thing."),))
    )

    def texts(path: str) -> list[str]:
        return ["".join(element.itertext()) for element in root.iterfind(f".//t:{path}", NS)]

    assert texts("title[@type='main']") == ["Weir & wharf"] * 2
    assert texts("analytic/t:author/t:persName") == ["Ann Example"]
    assert texts("analytic/t:respStmt") == ["photographerBo Lens"]
    assert texts("analytic/t:idno[@type='URI']") == ["https://news.example/weir", "https://news.example/w"]
    assert texts("monogr/t:title") == ["The Example"]
    assert texts("imprint/t:publisher") == ["Example Press"]
    assert [dict(date.attrib) for date in root.iterfind(".//t:imprint/t:date", NS)] == [
        {"type": "published", "when": "2016-10-21T10:25:00+01:00", "cert": "high"},
        {"type": "modified", "when": "2016-10", "cert": "medium"},
    ]
    assert texts("imprint/t:date") == ["Friday 21 October 2016 10:25 BST", "October 2016"]
    assert root.find(".//t:note[@type='accessed']/t:date", NS).get("when") == "2026-11-20T08:00:00Z"
    assert root.find(".//t:creation/t:date", NS).get("when") == "2016-10-21T10:25:00+01:00"
    assert texts("keywords/t:term") == ["Rivers", "weir", "wharf"]
    assert texts("abstract") == ["A weir."]
    assert texts("availability") == ["Rights statement of the source: © Example"]
    assert texts("note[@type='access']") == ["behind a paywall"]
    assert texts("note[@type='source']") == ["text/plain; charset=utf-8; 321 bytes; member /text"]
    assert texts("relatedItem") == ["a-ff"]
    assert texts("note[@type='provenance']//t:label") == ["authors", "title"]
    assert texts("note[@type='provenance']//t:item") == ["text:line 2", "text:line 1"]
    assert texts("note[@type='unknown']//t:item") == ["dateline", "images"]
    assert texts("note[@type='notice']") == ["An odd thing."]


def test_lines_about_the_article_stand_at_the_top_or_bottom_of_the_division() -> None:
    lines = [
        (KIND.LABEL, "Rivers"),
        (KIND.HEADLINE, "Weir"),
        (KIND.HEADLINE, "And wharf"),
        (KIND.STANDFIRST, "In short."),
        (KIND.BYLINE, "By Ann"),
        (KIND.PARAGRAPH, "One."),
        (KIND.HEADING, "Later"),
        (KIND.PARAGRAPH, "Two."),
        (KIND.SOURCE, "The Example"),
        (KIND.DATE, "21 October"),
    ]
    assert outline(article(*lines)) == [
        "head=label",
        "head=main",
        "head=sub",
        "argument",
        "argument/p",
        "byline",
        "p",
        "div=section",
        "div=section/head",
        "div=section/p",
        "byline",
        "docDate",
    ]


@pytest.mark.parametrize(
    "kind", [KIND.HEADLINE, KIND.STANDFIRST, KIND.BYLINE, KIND.DATE, KIND.DATELINE, KIND.SOURCE, KIND.LABEL]
)
def test_amid_the_body_they_are_blocks_of_their_kind(kind: BlockKind) -> None:
    given = article((KIND.PARAGRAPH, "One."), (kind, "A line"), (KIND.PARAGRAPH, "Two."))
    assert outline(given) == ["p", f"ab={kind.value}", "p"]


def test_an_author_amid_the_body_is_a_person() -> None:
    metadata = replace(METADATA, authors=(Person("Ann Example"),))
    given = article((KIND.PARAGRAPH, "1"), (KIND.BYLINE, "Ann Example"), (KIND.PARAGRAPH, "2"), metadata=metadata)
    assert tree(given).findtext(".//t:ab/t:persName", None, NS) == "Ann Example"


def test_headings_open_sections_by_their_level() -> None:
    headings = [
        Block(0, KIND.HEADING, f"H{level}", Fate.KEPT, None, None, "", level=level) for level in (2, 3, 3, 2, 0)
    ]
    assert outline(article(*headings)) == [
        "div=section",
        "div=section/head",
        "div=section/div=section",
        "div=section/div=section/head",
        "div=section/div=section",
        "div=section/div=section/head",
        "div=section",
        "div=section/head",
        "div=section",
        "div=section/head",
    ]


def test_members_of_one_group_make_one_element_and_keep_their_gap() -> None:
    def member(kind: BlockKind, text: str, group: int) -> Block:
        return Block(0, kind, text, Fate.KEPT, None, None, "", group=group)

    given = article(
        member(KIND.LIST_ITEM, "a", 1),
        removed("x"),
        member(KIND.LIST_ITEM, "b", 1),
        removed("y"),
        member(KIND.LIST_ITEM, "c", 2),
        member(KIND.TABLE, "1\t\t2", 3),
        member(KIND.TABLE, "3", 3),
        member(KIND.QUOTE, "q", 0),
        member(KIND.QUOTE, "r", 0),
    )
    assert outline(given) == [
        *("list", "list/item", "list/gap", "list/item", "gap", "list", "list/item"),
        *("table", "table/row", "table/row/cell", "table/row/cell", "table/row/cell", "table/row", "table/row/cell"),
        *("quote", "quote/p", "quote/p"),
    ]


def test_caption_and_credit_make_a_figure() -> None:
    caption = Block(0, KIND.CAPTION, "The weir", Fate.KEPT, None, None, "", resource="https://news.example/i j.jpg")
    credit = Block(0, KIND.CREDIT, "Bo Lens", Fate.KEPT, None, None, "")
    given = article(caption, credit, caption, replace(caption, resource="no uri"))
    assert outline(given) == [
        *("figure", "figure/graphic", "figure/head", "figure/note=credit"),
        *("figure", "figure/graphic", "figure/head"),
        *("figure", "figure/note=graphic", "figure/head"),
    ]
    assert tree(given).find(".//t:graphic", NS).get("url") == "https://news.example/i%20j.jpg"


def test_notes_say_whose_they_are() -> None:
    metadata = replace(METADATA, corrections=("Corrected on Monday.",))
    lines = [(KIND.NOTE, "Corrected on Monday."), (KIND.NOTE, "From our archive."), (KIND.AUTHOR_NOTE, "Ann writes.")]
    assert outline(article(*lines, metadata=metadata)) == ["note=correction", "note=editorial", "note=author"]


def test_names_places_and_dates_are_marked_where_they_stand() -> None:
    metadata = replace(
        METADATA,
        authors=(Person("Ann"), Person("Ann Example"), Person("Bo Lens", "photographer")),
        publisher="The Example",
        published=DateValue("2016-11-06", "day", "06/11/2016", "low", "2016-06-11", "2016-11-06"),
        dateline=Dateline("LINZ, 2016-10-20", "LINZ", "2016-10-20"),
    )
    lines = [
        (KIND.BYLINE, "By ANN EXAMPLE, Annika and Bo Lens"),
        (KIND.DATE, "Published 06/11/2016"),
        (KIND.DATELINE, "LINZ, 2016-10-20"),
        (KIND.SOURCE, "in The Example"),
    ]
    root = tree(article(*lines, metadata=metadata))
    byline = root.find(".//t:byline", NS)
    assert [(etree.QName(e).localname, e.text) for e in byline] == [
        ("docAuthor", "ANN EXAMPLE"),
        ("persName", "Bo Lens"),
    ]
    assert "".join(byline.itertext()) == "By ANN EXAMPLE, Annika and Bo Lens"
    assert root.find(".//t:docDate/t:date", NS).get("notBefore") == "2016-06-11"
    assert root.findtext(".//t:dateline/t:placeName", None, NS) == "LINZ"
    assert root.find(".//t:dateline/t:date", NS).get("when") == "2016-10-20"
    assert root.findtext(".//t:byline/t:orgName", None, NS) == "The Example"


def test_every_removed_block_has_its_gap_and_its_record() -> None:
    given = article(
        (KIND.PARAGRAPH, "One."),
        replace(removed("Share this"), span=Span(5, 15)),
        replace(removed("Log in", Category.LOGIN, weight=60), path="/html/body/p[2]"),
        (KIND.PARAGRAPH, "Two."),
        removed(" twice ", weight=10),
    )
    root = tree(given)
    assert [dict(gap.attrib) for gap in root.iterfind(".//t:gap", NS)] == [
        {
            f"{XML}id": f"{ID}.gap1",
            "reason": "editorial",
            "unit": "chars",
            "quantity": "16",
            "corresp": f"#{ID}.rm1 #{ID}.rm2",
            "ana": f"#{ID}.bp.share #{ID}.bp.login",
        },
        {
            f"{XML}id": f"{ID}.gap4",
            "reason": "editorial",
            "unit": "chars",
            "quantity": "7",
            "corresp": f"#{ID}.rm4",
            "ana": f"#{ID}.bp.share",
        },
    ]
    records = root.findall(".//t:listAnnotation/t:note", NS)
    assert [(r.get(f"{XML}id"), r.get("target"), r.get("subtype"), r.get("cert")) for r in records] == [
        (f"{ID}.rm1", f"#{ID}.gap1", "share", "high"),
        (f"{ID}.rm2", f"#{ID}.gap1", "login", "medium"),
        (f"{ID}.rm4", f"#{ID}.gap4", "share", "low"),
    ]
    assert [r.get("source") for r in records] == [
        f"{RECORD}#char=5,15",
        f"{RECORD}#xpath(/html/body/p%5B2%5D)",
        RECORD,
    ]
    assert {r.get("n") for r in records} == {"en.share.01@1"}
    assert [r.findtext("t:note", None, NS) for r in records] == ["share"] * 3
    assert removed_texts(write_tei(given, CONTEXT)) == ["Share this", "Log in", " twice "]


def test_every_kept_block_points_to_its_place_in_the_source() -> None:
    """RFC 5147 for text, the xpath() scheme of TEI P5, 17.2.4, for HTML; nothing where no place is known."""
    text = Block(0, KIND.PARAGRAPH, "One.", Fate.KEPT, None, None, "", span=Span(7, 11))
    html = replace(text, span=None, path="/html/body/p[2]")
    headline, row = replace(text, kind=KIND.HEADLINE), replace(html, kind=KIND.TABLE)
    body = tree(article(headline, text, html, row, (KIND.PARAGRAPH, "Two."))).find(".//t:body", NS)
    assert [element.get("source") for element in body.iter() if element.get("n")] == [
        f"{RECORD}#char=7,11",
        f"{RECORD}#char=7,11",
        f"{RECORD}#xpath(/html/body/p%5B2%5D)",
        f"{RECORD}#xpath(/html/body/p%5B2%5D)",
        None,
    ]


def test_what_the_source_says_besides_the_value_chosen_is_told() -> None:
    others = (Alternative("title", "Weir", "meta:og:title"), Alternative("published", "May 2016", "text:line 3"))
    root = tree(article((KIND.PARAGRAPH, "One."), metadata=replace(METADATA, alternatives=others)))
    notes = root.findall(".//t:notesStmt/t:note[@type='alternative']", NS)
    assert [Alternative(note.get("subtype"), note.text, note.get("n")) for note in notes] == [*others]


def test_without_removal_there_is_no_record() -> None:
    assert tree(article((KIND.PARAGRAPH, "One."))).find("t:standOff", NS) is None


def test_a_doubtful_block_is_marked_with_what_it_was_taken_for() -> None:
    doubtful = replace(removed("Share this", weight=40), fate=Fate.KEPT, kind=KIND.PARAGRAPH, doubtful=True)
    paragraph = tree(article(doubtful)).find(".//t:body//t:p", NS)
    assert dict(paragraph.attrib) == {f"{XML}id": f"{ID}.p0", "n": "0", "cert": "low", "ana": f"#{ID}.bp.share"}


def test_replaced_characters_are_counted_in_the_header() -> None:
    data = write_tei(article((KIND.PARAGRAPH, "a\x00b\ufffec"), removed("\x1b[0m")), CONTEXT)
    assert validate_tei(data) == ()
    assert kept_text(data) == "a\ufffdb\ufffdc"
    assert removed_texts(data) == ["\ufffd[0m"]
    assert etree.fromstring(data).find(".//t:note[@type='replaced']/t:measure", NS).get("quantity") == "3"
    assert b'"replaced"' not in write_tei(article((KIND.PARAGRAPH, "abc")), CONTEXT)


def test_the_text_is_not_normalised() -> None:
    text = "e\u0301 \u00a0 ﬁ\r\nA\u030a  B\u2028"
    assert kept_text(write_tei(article((KIND.PARAGRAPH, text)), CONTEXT)) == text


def test_a_language_that_is_no_tag_is_undetermined() -> None:
    root = tree(article((KIND.PARAGRAPH, "One."), metadata=replace(METADATA, language="plain English")))
    assert root.find("t:text", NS).get(f"{XML}lang") == "und"


def test_an_id_that_is_no_content_id_is_refused() -> None:
    with pytest.raises(InvalidDescriptionError, match=r"in/a\.txt"):
        write_tei(article(metadata=replace(METADATA, id="p1")), CONTEXT)


@pytest.mark.parametrize("date", ["", "2026-11-21", "2026-11-21T08:00:00", "today"])
def test_the_date_of_the_run_is_an_instant(date: str) -> None:
    with pytest.raises(RecipeError):
        TeiContext(date)
