"""The built-in rules: every rule meets its own examples, and the phrases known from research are covered."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from archiver.clean.match import Matcher
from archiver.clean.rule import Rule
from archiver.clean.ruleset import check_examples, load_rules
from archiver.model.verdict import Category

LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "tr", "zh")
#: Languages with the most frequent prompts only.
FEW_RULES = tuple("bg cs da el fa fi he hi hr hu id ko no ro sv th uk vi".split())
PHRASED = set(Category) - {Category.REPEAT, Category.STRUCTURE}


@pytest.mark.parametrize("rule", load_rules().rules, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    check_examples(rule, "built-in")


def test_every_language_has_a_file() -> None:
    assert load_rules().languages == tuple(sorted(LANGUAGES + FEW_RULES))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_category_is_covered_in_every_language(language: str) -> None:
    rules = [rule for rule in load_rules().rules if rule.language == language]
    assert {rule.category for rule in rules if rule.category} == PHRASED
    assert {rule.keeps for rule in rules if rule.keeps} == {"caption", "credit", "note", "author_note"}


def test_ids_are_unique() -> None:
    assert max(Counter(rule.id for rule in load_rules().rules).values()) == 1


@pytest.mark.parametrize("language", FEW_RULES)
def test_the_most_frequent_prompts_are_covered_in_further_languages(language: str) -> None:
    found = {rule.category for rule in load_rules().rules if rule.language == language}
    assert found >= {Category.COMMENT_FORM, Category.SHARE, Category.RELATED, Category.ADS, Category.COPYRIGHT}


@pytest.mark.parametrize(("spoken", "line"), [("nb", "Les også"), ("nn-NO", "Les også"), ("sr", "Pročitajte i")])
def test_languages_that_are_all_but_the_same_share_their_rules(spoken: str, line: str) -> None:
    found = load_rules().matcher([spoken]).match(f"{line}: A title")
    assert found is not None
    assert found.strength == "likely"


@pytest.mark.parametrize("language", LANGUAGES + FEW_RULES)
def test_matching_lines_match_however_they_are_written(language: str) -> None:
    """Trailing spaces, NBSP, curly apostrophes, upper case and bullets change nothing."""
    matcher = load_rules().matcher([language])
    for rule in load_rules().rules:
        if rule.language != language or rule.scope != "line" or not rule.category:
            continue
        for line in rule.match:
            for written in (
                line + "  ",
                line.replace(" ", "\u00a0"),
                line.replace("'", "’"),
                f"• {line} »",
                line.upper(),
            ):
                found = matcher.match(written)
                assert found is not None, (rule.id, written)


@pytest.mark.parametrize("language", LANGUAGES + FEW_RULES)
def test_lines_that_must_stay_meet_no_sure_rule(language: str) -> None:
    matcher = load_rules().matcher(LANGUAGES + FEW_RULES)
    for rule in load_rules().rules:
        for line in rule.keep if rule.language == language else ():
            found = matcher.match(line)
            assert found is None or found.strength != "sure", (rule.id, line)


def _phrases(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def _tables(text: str) -> list[tuple[str, str, str]]:
    """Language, category and phrase of every row of the tables."""
    rows: list[tuple[str, str, str]] = []
    language = "en"
    for line in text.splitlines():
        if named := re.match(r"\*\*([a-z]{2}), ", line):
            language = named[1]
        if line.startswith("| ") and "`" in line:
            category, phrases = line.strip("| ").replace("\\|", "|").split("|", 1)
            rows += [(language, category.strip(), phrase) for phrase in _phrases(phrases)]
    return rows


def _whole(phrase: str) -> bool:
    """Whether it is a line as it stands on a page, not a beginning, a pattern or a remark."""
    return not re.search(r"\.\.\. |^\.\.\.|\\d|\(keep", phrase)


def test_lines_known_to_stay_stay(shared: Path) -> None:
    text = (shared / "research" / "prompts.md").read_text("utf-8")
    section = text[text.index("Must **stay**") : text.index("Must **go**")]
    matcher = load_rules().matcher(LANGUAGES + FEW_RULES)
    lines = _phrases(section)
    assert len(lines) > 15
    for line in lines:
        assert matcher.match(line) is None, line


def test_lines_seen_on_real_pages_go(shared: Path) -> None:
    text = (shared / "research" / "prompts.md").read_text("utf-8")
    matcher = load_rules().matcher(["en"])
    english = text[text.index("## 1 English") : text.index("## 2 Other")]
    must_go = text[text.index("Must **go**") : text.index("Language notes")]
    lines = [line for line in re.findall(r"`([^`]+)`\^", english) if _whole(line)] + _phrases(must_go)
    assert len(lines) > 10
    for line in lines:
        for written in (line, line + " ", line.upper(), line.replace(" ", "\u00a0"), line.replace("'", "’")):
            found = matcher.match(written)
            assert found is not None, written
            assert found.strength == "sure", written


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_known_phrases_are_recognised(shared: Path, language: str) -> None:
    text = (shared / "research" / "prompts.md").read_text("utf-8")
    text = text[text.index("## 1 English") : text.index("## 3 False")]
    matcher: Matcher = load_rules().matcher([language])
    rows = [row for row in _tables(text) if row[0] == language and row[1] != "bio" and _whole(row[2])]
    removing = [phrase for _, category, phrase in rows if "keep" not in category]
    keeping = [phrase for _, category, phrase in rows if "keep" in category]
    known = [phrase for phrase in removing if matcher.match(phrase) or matcher.protect(phrase)]
    assert len(known) >= 0.95 * len(removing)
    assert not [phrase for phrase in keeping if matcher.match(phrase)]
