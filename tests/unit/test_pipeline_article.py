"""The story of one article: from bytes to article, or to the error that fits."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from archiver.clean.ruleset import load_rules
from archiver.describe.validate import article_validator
from archiver.errors import BinaryInputError, EmptyInputError, InvalidDescriptionError, NoArticleError
from archiver.model.document import Document, Hint, RawBlock
from archiver.model.source import Source
from archiver.model.verdict import Profile
from archiver.pipeline.article import language_of, make_article
from archiver.pipeline.tools import Tools

STORY = (
    "Lighthouse stays open for years\nBy Jane Doe\n"
    "The council of Harbour Town voted on Tuesday to keep the old lighthouse open for another ten years, although its "
    "upkeep has become dear.\nShare this article\n"
)


def tools(*, validate: bool = True, language: str | None = None) -> Tools:
    validator = article_validator(None) if validate else None
    return Tools(rules=load_rules(), profile=Profile.BALANCED, validator=validator, language=language)


def source(data: bytes) -> Source:
    return Source(
        path="in/a.txt",
        data=data,
        media_type="text/plain",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        record_id="urn:uuid:00000000-0000-5000-8000-000000000000",
        target_uri="file:///in/a.txt",
    )


def test_an_article_has_blocks_description_profile_and_rules() -> None:
    article = make_article(source(STORY.encode()), tools())
    assert article.title == "Lighthouse stays open for years"
    assert [block.text for block in article.removed] == ["Share this article"]
    assert article.text.startswith("The council of Harbour Town")
    assert article.rules_digest == load_rules().digest
    assert (article.profile, article.metadata.language) == (Profile.BALANCED, "en")
    assert [notice.code for notice in article.notices] == ["text.few-paragraphs"]


def test_text_that_is_already_text_is_taken_as_it_is() -> None:
    article = make_article(source(b"\xff"), tools(), text=STORY)
    assert article.title == "Lighthouse stays open for years"


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"", EmptyInputError), (b"\x89PNG\r\n\x1a\n0000", BinaryInputError), ("\u00a0\u3000".encode(), NoArticleError)],
)
def test_what_is_no_article_says_why_and_where(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"in/a\.txt"):
        make_article(source(data), tools())


def test_prompts_alone_are_no_article() -> None:
    with pytest.raises(NoArticleError) as caught:
        make_article(source(b"Share this article\nSign up for our newsletter\n"), tools())
    assert caught.value.exit_code == 3
    assert caught.value.advice


def test_a_description_that_lacks_what_is_demanded_is_refused_with_every_finding(tmp_path: Path) -> None:
    schema = tmp_path / "strict.schema.json"
    schema.write_text(
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "required": ["section", "rights", "title"]}'
    )
    strict = Tools(rules=load_rules(), profile=Profile.BALANCED, validator=article_validator(schema))
    with pytest.raises(InvalidDescriptionError) as caught:
        make_article(source(STORY.encode()), strict)
    said = " ".join(finding.message for finding in caught.value.findings)
    assert "section" in said
    assert "rights" in said
    assert "--metadata" in caught.value.advice


def test_every_description_is_valid() -> None:
    for data in (
        STORY.encode(),
        b"One sentence alone is an article too, if a very short one.",
        "市议会星期二投票决定让旧灯塔再开放十年。".encode(),
    ):
        article = make_article(source(data), tools(validate=False))
        assert article_validator(None).check(article.metadata.to_dict()) == ()


GERMAN = "Der Stadtrat hat gestern beschlossen, dass der Leuchtturm für die Besucher noch lange geöffnet bleiben soll."


def document(*texts: str, declared: str | None = None) -> Document:
    hints = (Hint("language", declared, "html:lang"),) if declared else ()
    blocks = tuple(RawBlock(text=text, tag="p") for text in texts)
    return Document("text/html", "utf-8", "utf-8", blocks, hints)


def test_the_archivist_is_believed_first() -> None:
    found = language_of(document(GERMAN), "fr-ca")
    assert (found.tag, found.evidence) == ("fr-CA", "given by the archivist")
    metadata = make_article(source(STORY.encode()), tools(language="fr-ca")).metadata
    assert (metadata.language, metadata.provenance["language"]) == ("fr-CA", "given:language")
    assert make_article(source(STORY.encode()), tools()).metadata.provenance["language"].startswith("text:")


def test_long_blocks_tell_the_language_not_the_prompts_around_them() -> None:
    prompts = ["Share this", "Sign up for the newsletter", "Read more of this"] * 10
    assert language_of(document(*prompts, GERMAN), None).tag == "de"


def test_short_blocks_have_to_do_where_there_are_no_long_ones() -> None:
    assert (
        language_of(
            document("Der Stadtrat hat beschlossen,", "dass der Turm nicht mehr", "geschlossen wird."), None
        ).tag
        == "de"
    )


def test_a_text_wins_over_what_its_page_declares() -> None:
    assert language_of(document(GERMAN, declared="en"), None).tag == "de"
    assert language_of(document("Faro 21", declared="it-IT"), None).tag == "it"
