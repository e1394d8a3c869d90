"""The built-in rules against lists of prompts that others collected: what must go is matched, what must stay is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archiver.clean.ruleset import load_rules

#: Rows of lines that are kept, whatever else is said of them.
_KEPT_ROWS = ("credit (keep)", "correction (keep)")
#: What stands in a list for something that differs: a name, a number, a year.
_FILLED = (
    (re.compile(r"\\d\{4\}"), "2017"),
    (re.compile(r"\\d\+"), "5"),
    (re.compile(r"(?<=\w)\?(?= )"), ""),
)
#: Entries that are no lines: with a gap, or the beginning of a sentence, or words for what somebody is.
_NO_LINES = re.compile(
    r"\.\.\.|\\|^(?:Staff reporter|The writer is|We use cookies to|ist Redakteur bei|Journaliste au service|Redactor de"
    r"|Giornalista di|Repórter de|is redacteur bij|dziennikarz działu|корреспондент отдела|مراسل|muhabiri)$"
)
#: Entries that want a name or an address behind them, and one that wants the rest of its sentence.
_ENDS = {
    "Email the author at": " ann@example.org",
    "View all posts by": " Ann Lee",
    "著作権は": "当社に帰属します",
}


@dataclass(frozen=True)
class Listed:
    """One line of the lists."""

    language: str
    row: str
    text: str


def entries(folder: Path) -> Iterator[Listed]:
    text = (folder / "research" / "prompts.md").read_text("utf-8")
    language = ""
    for line in text.split("\n## 3 ")[0].split("\n"):
        if line.startswith("## 1 "):
            language = "en"
        heading = re.match(r"\*\*(?P<tag>[a-z]{2}), ", line)
        language = heading["tag"] if heading else language
        cells = re.fullmatch(r"\| (?P<row>[^|`]+?) \| (?P<items>.*`.*) \|", line)
        if not (cells and language):
            continue
        for item in cells["items"].replace("\\|", "\0").split(" · "):
            told = re.match(r"`([^`]+)`(?P<note>.*)", item.strip())
            if told is None or "keep" in told["note"] or "(keep" in told[1]:
                continue
            filled = told[1].replace("\0", "|")
            for pattern, word in _FILLED:
                filled = pattern.sub(word, filled)
            if not _NO_LINES.search(filled):
                yield Listed(language, cells["row"], filled + _ENDS.get(filled, ""))


def test_the_lists_are_read(shared: Path) -> None:
    found = list(entries(shared))
    assert len({one.language for one in found}) == 13
    assert len(found) > 700


def missed(folder: Path) -> list[Listed]:
    """Lines of prompts that no rule matches; an agency with its sign is the credit of a picture to us."""
    rules = load_rules()
    return [
        one
        for one in entries(folder)
        if one.row not in _KEPT_ROWS
        and rules.matcher((one.language,)).match(one.text) is None
        and not (one.text.startswith("©") and rules.matcher((one.language,)).protect(one.text))
    ]


def test_what_must_go_is_matched(shared: Path) -> None:
    assert missed(shared) == []


def test_what_must_stay_is_not_matched(shared: Path) -> None:
    rules = load_rules()
    hit = [one for one in entries(shared) if one.row in _KEPT_ROWS and rules.matcher((one.language,)).match(one.text)]
    assert hit == []


def test_lines_that_look_like_prompts_stay(shared: Path) -> None:
    text = (shared / "research" / "prompts.md").read_text("utf-8").split("\n## 3 ")[1]
    stay = re.findall(r"`([^`]+)`", text.split("Must **stay**:")[1].split("Must **go**")[0])
    assert len(stay) > 15
    rules = load_rules()
    for language in ("und", *rules.languages):
        assert [line for line in stay if rules.matcher((language,)).match(line) is not None] == []


@pytest.mark.parametrize("written", [str.upper, lambda line: f"  {line} ", lambda line: line.replace(" ", "\u00a0")])
def test_the_way_it_is_written_does_not_matter(shared: Path, written: object) -> None:
    rules = load_rules()
    plain = [one for one in entries(shared) if one.row not in _KEPT_ROWS]
    changed = [
        one.text
        for one in plain
        if rules.matcher((one.language,)).match(one.text) is not None
        and rules.matcher((one.language,)).match(written(one.text)) is None  # type: ignore[operator]
    ]
    assert changed == []


def test_signs_of_print_do_not_matter(shared: Path) -> None:
    rules = load_rules()
    for one in entries(shared):
        if one.row in _KEPT_ROWS:
            continue
        matcher = rules.matcher((one.language,))
        curly = one.text.replace("'", "’")
        assert (matcher.match(curly) is None) == (matcher.match(one.text) is None), one
