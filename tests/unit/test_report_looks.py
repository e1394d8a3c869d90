"""Articles that were looked at, told in JSON: each is valid against the schema that its command names."""

from __future__ import annotations

import json

import pytest

import archiver
from archiver.describe.schema_files import own_validator
from archiver.errors import DecodeError, ExitCode, InternalFaultError
from archiver.model.look import Look
from archiver.report.looks import LookTally, look_document

TEXT = (
    "Lighthouse stays open for years\nBy Jane Doe\n21 October 2026\n"
    "The council of Harbour Town voted on Tuesday to keep the old lighthouse open for another ten years, although its "
    "upkeep has become dear.\nShare this article\n"
)
PAGE = "<html><body><article><h1>Lighthouse stays open</h1><p>" + TEXT.splitlines()[3] + "</p></article></body></html>"
BAD = DecodeError("its bytes are no text", place="b.txt", advice="save it again")


def look(text: str | None, *, path: str = "a.txt") -> Look:
    article = archiver.extract(text, name=path) if text else None
    return Look(path, 0, None, article, None if article else BAD)


@pytest.mark.parametrize("command", ["strip", "explain"])
def test_looks_hold_articles_and_rejects(command: str) -> None:
    tally = LookTally()
    looks = tally.counted([look(TEXT), look(PAGE, path="p.html"), look(None, path="b.txt")])
    articles = [look_document(one) for one in looks if one.article is not None]
    document = {**tally.document(command), "articles": articles}
    assert list(own_validator(command).iter_errors(json.loads(json.dumps(document)))) == []
    assert [one["path"] for one in document["articles"]] == ["a.txt", "p.html"]
    assert document["rejects"] == [
        {"path": "b.txt", "code": "article.undecodable", "message": "its bytes are no text", "advice": "save it again"}
    ]
    text, page = document["articles"]
    assert text["text"] == TEXT.splitlines()[3]
    assert [block["fate"] for block in text["blocks"]] == ["kept"] * 4 + ["removed"]
    start, end = text["blocks"][3]["place"]["char"]
    assert TEXT[start:end] == text["blocks"][3]["text"]
    assert page["blocks"][0]["place"]["xpath"].startswith("/html/")
    gone = text["blocks"][4]
    assert gone["category"] == "share"
    assert gone["rule"] in {verdict["rule"] for verdict in gone["verdicts"]}


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ([TEXT], ExitCode.DONE),
        ([TEXT, None], ExitCode.SOME_REJECTED),
        ([None, None], ExitCode.NOT_TRUSTWORTHY),
        ([], ExitCode.NOT_TRUSTWORTHY),
    ],
)
def test_the_exit_code_of_looking(texts: list[str | None], code: ExitCode) -> None:
    tally = LookTally()
    list(tally.counted(look(text) for text in texts))
    assert tally.exit_code is code


def test_a_bug_says_more_than_any_other_failure() -> None:
    tally = LookTally(articles=3)
    tally.refuse("a.txt", InternalFaultError("broken", place="a.txt", advice="report it"))
    assert tally.exit_code is ExitCode.INTERNAL_FAULT
